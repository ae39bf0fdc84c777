/* leaves.h - labels in whose mentions nothing lies, as a person's name or a time of day: the inner layer is spared them. */
#ifndef TT_ENTITY_LEAVES_H
#define TT_ENTITY_LEAVES_H

#include "tintuc/train.h"

/* For each label of the corpus, 1 into leaves[tt_corpus_label_count] if hardly any of its mentions holds another one, else 0.
 * TT_ENOMEM. */
tt_status tt__leaves_find(uint8_t *leaves, const tt_corpus *corpus);

#endif
