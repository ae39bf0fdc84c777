/* yardstick.h - a UTF-8 check to measure against (simdjson's); it is linked into the benchmark, never into the library. */
#ifndef TT_YARDSTICK_H
#define TT_YARDSTICK_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef TT_YARDSTICK
const char *tt_yardstick_name(void); /* with its version */
bool tt_yardstick_utf8(const char *bytes, size_t len);
#else
static inline const char *tt_yardstick_name(void)
{
    return "";
}
static inline bool tt_yardstick_utf8(const char *bytes, size_t len)
{
    return bytes != NULL || len == 0;
}
#endif

#ifdef __cplusplus
}
#endif
#endif
