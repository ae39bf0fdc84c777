/* item.h - numbers of items. */
#ifndef TT_SENTENCE_ITEM_H
#define TT_SENTENCE_ITEM_H

#include "tintuc/base.h"

/* "1", "12", "IV", "a" where a sentence begins, "2" within a list in one line, "5" of "Điều 5": the number of an item. `start`:
 * of the sentence. */
bool tt__is_item(tt_str word, const char *start);

#endif
