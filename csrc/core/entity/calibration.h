/* calibration.h - from a chain's odds to how often it is right (Platt 1999: probabilities for support vector machines).
 *
 * A chain that was fitted to its training texts claims too much. On texts it has not seen, the logarithm of the true odds is
 * fitted as slope * odds + shift + shift of the label, for each layer. */
#ifndef TT_ENTITY_CALIBRATION_H
#define TT_ENTITY_CALIBRATION_H

#include "entity/scheme.h"

enum { CALIBRATION_LAYERS = 2 };

typedef struct {
    float slope, shift, label_shifts[SCHEME_LABELS_MAX];
} tt_calibration_line;

typedef struct {
    tt_calibration_line layers[CALIBRATION_LAYERS];
} tt_calibration;

/* One mention that a layer found in a text with gold. */
typedef struct {
    float odds;
    uint32_t label;
    bool right;
} tt_found_mention;

/* The line that claims the odds as they are. */
void tt__calibration_init(tt_calibration *out);
/* Fit a layer's line; few mentions leave it as it is. */
void tt__calibration_fit(tt_calibration_line *out, const tt_found_mention *mentions, size_t count, uint32_t labels);
/* Probability, 0..1, of a mention that the outer (inner: false) or the inner layer found. */
float tt__calibration_apply(const tt_calibration *self, bool inner, uint32_t label, float odds);

/* Section bytes: for each layer slope, shift, and label_shifts[labels], floats. Without a section the odds are claimed as they
 * are. TT_EMODEL, TT_ENOMEM. */
tt_status tt__calibration_read(tt_calibration *out, tt_str section, uint32_t labels, tt_error *err);
tt_status tt__calibration_write(tt_buf *out, const tt_calibration *self, uint32_t labels);

#endif
