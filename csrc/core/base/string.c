/* string.c - borrowed strings and the buffer that grows. */
#include "base/alloc.h"

#include <string.h>

bool tt_str_eq(tt_str a, tt_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

tt_status tt_buf_add(tt_buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return TT_OK;
    if (len > SIZE_MAX - buf->len || tt__grow(&buf->ptr, &buf->cap, buf->len + len, 1) != TT_OK)
        return TT_ENOMEM;
    memcpy(buf->ptr + buf->len, bytes, len);
    buf->len += len;
    return TT_OK;
}

void tt_buf_free(tt_buf *buf)
{
    tt__free(buf->ptr);
    *buf = (tt_buf){NULL, 0, 0};
}

const char *tt_version(void)
{
    return "0.1.0";
}
