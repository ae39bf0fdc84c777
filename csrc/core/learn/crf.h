/* crf.h - linear-chain conditional random field over hashed features (Lafferty, McCallum, Pereira 2001).
 *
 * score(y | x) = sum over t of sum over features f of token t: w[f][y_t], plus trans[class_t][y_{t-1}][y_t]. Transitions depend
 * on the class of the token they lead to (its case, kind or mark), which costs nothing when decoding. The state before the
 * first token and after the last is 0. */
#ifndef TT_LEARN_CRF_H
#define TT_LEARN_CRF_H

#include "tintuc/base.h"

/* CRF_FEATURES_MAX: of one token; more are not read. */
enum { CRF_STATES_MAX = 256, CRF_CLASSES_MAX = 64, CRF_FEATURES_MAX = 256 };

/* One sequence: token i has features[first[i]] .. features[first[i + 1] - 1]. */
typedef struct {
    const uint64_t *features;
    const uint32_t *first; /* len + 1 */
    const uint8_t *classes;
    uint32_t len;
} tt_crf_input;

typedef struct tt_crf tt_crf; /* opaque; read-only */

/* View section bytes (aligned to 8, alive as long as *out) of a model with `states` states. `allowed` (states x states, from and
 * to) says which transitions there are; it is copied. TT_EMODEL, TT_ENOMEM. */
tt_status tt__crf_load(tt_crf **out, tt_str section, const uint8_t *allowed, uint32_t states, tt_error *err);
void tt__crf_free(tt_crf *self);

/* Grows as needed and is reused between calls. Zero-initialize. The sums stay valid until the next call. */
typedef struct {
    int16_t *sums; /* of each token's weights */
    uint8_t *back;
    size_t sums_cap, back_cap;
} tt_crf_scratch;

/* Best states of `in` into states[in->len]. TT_ENOMEM. */
tt_status tt__crf_decode(uint16_t *states, tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in);
void tt__crf_scratch_free(tt_crf_scratch *scratch);

/* Probability of states[t] given its neighbours' states and the text, 0..1, after tt__crf_decode on the same scratch. */
float tt__crf_confidence(const tt_crf_scratch *scratch, const tt_crf *self, const tt_crf_input *in, const uint16_t *states,
                         uint32_t t);

#endif
