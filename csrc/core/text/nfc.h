/* nfc.h - normalization forms as a pass over a text. */
#ifndef TT_TEXT_NFC_H
#define TT_TEXT_NFC_H

#include "text/edit.h"

typedef enum { TT_NFC, TT_NFKC } tt_form;

tt_status tt__form_edit(tt_edit *edit, tt_form form, tt_error *err);
tt_status tt__text_plain(tt_text *out, tt_arena *arena, tt_str raw, tt_error *err);

#endif
