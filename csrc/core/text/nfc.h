/* nfc.h - the normalization forms as edits, a pass that others chain. */
#ifndef TT_TEXT_NFC_H
#define TT_TEXT_NFC_H

#include "text/edit.h"

typedef enum { TT_NFC, TT_NFKC } tt_form;

/* Write what turns edit->from, which is valid UTF-8, into `form`; nothing was edited before. The view is in the form, however
 * long the stretches of marks are, in linear time. TT_ENOMEM; TT_ELIMIT when the view would be longer than TT_TEXT_MAX;
 * TT_EUNSUPPORTED when ICU lacks the form's data. The editor is to be ended or dropped in any case. */
tt_status tt__form_edit(tt_edit *edit, tt_form form, tt_error *err);
/* NFC, when a scan has found the steps with something unsettled already. */
tt_status tt__nfc_edit(tt_edit *edit, const uint64_t *odd, tt_error *err);
/* Check `raw` and set up *out as its own view: what tt_text_make does but for the normalization. */
tt_status tt__text_plain(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err);
/* The same for what is UTF-8 for sure and not too long, but for the index of code points, which the caller makes. */
tt_status tt__text_known(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err);

#endif
