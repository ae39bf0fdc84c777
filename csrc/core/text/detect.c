#include "tintuc/encoding.h"
void tt_detect(tt_guess *out, tt_str bytes)
{
    (void)bytes;
    *out = (tt_guess){TT_UTF_8, 1};
}
