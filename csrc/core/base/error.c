/* error.c - statuses and their messages. */
#include "tintuc/base.h"

#include <stdarg.h>
#include <stdio.h>

const char *tt_status_name(tt_status status)
{
    switch (status) { /* ORDER STATUS */
    case TT_OK: return "ok";
    case TT_ENOMEM: return "memory";
    case TT_EIO: return "io";
    case TT_EENCODING: return "encoding";
    case TT_EMODEL: return "model";
    case TT_ECORPUS: return "corpus";
    case TT_ELIMIT: return "limit";
    case TT_EARGUMENT: return "argument";
    case TT_EUNSUPPORTED: return "unsupported";
    case TT_ECANCELLED: return "cancelled";
    }
    return "unknown";
}

tt_status tt_fail(tt_error *err, tt_status status, size_t pos, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        err->pos = pos;
        vsnprintf(err->msg, sizeof err->msg, format, args);
        va_end(args);
    }
    return status;
}
