/* stretch.c - what the fast ways leave to ICU.
 *
 * A short stretch goes through unorm2_normalize. That sorts marks by insertion, which is quadratic, so a long stretch is taken
 * apart, sorted and put together here, after UAX #15, with ICU's data: a million marks on a letter are no trouble. */
#include "text/stretch.h"

#include "base/alloc.h"
#include "text/letter.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

enum {
    LONG = 256,       /* bytes from which insertion would be slower */
    EXPANDS = 3,      /* units of UTF-16 that a byte mostly gives at most; where it does not, ICU says how many */
    CLASS_SHIFT = 24, /* of a combining class above its code point */
    SHORT_SORT = 24,  /* marks that are sorted by insertion */
};
#define POINT_MASK ((UINT32_C(1) << CLASS_SHIFT) - 1)

static uint32_t class_of(uint32_t point)
{
    return point >> CLASS_SHIFT;
}

/* ---- short: ICU ---- */

static tt_status to_utf8(tt_str *out, tt_stretch *self, int32_t len)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t bytes = 0;
    if (tt__grow(&self->bytes.ptr, &self->bytes.cap, (size_t)len * 3 + 1, 1) != TT_OK)
        return TT_ENOMEM;
    u_strToUTF8(self->bytes.ptr, (int32_t)self->bytes.cap, &bytes, self->to, len, &code);
    *out = (tt_str){self->bytes.ptr, (size_t)bytes};
    return U_FAILURE(code) ? TT_ENOMEM : TT_OK;
}

static tt_status form_short(tt_str *out, tt_stretch *self, tt_str in)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t len = 0, made;
    if (tt__grow(&self->from, &self->from_cap, in.len + 1, sizeof *self->from) != TT_OK ||
        tt__grow(&self->to, &self->to_cap, EXPANDS * in.len + 1, sizeof *self->to) != TT_OK)
        return TT_ENOMEM;
    u_strFromUTF8(self->from, (int32_t)self->from_cap, &len, in.ptr, (int32_t)in.len, &code);
    made = unorm2_normalize(self->norm, self->from, len, self->to, (int32_t)self->to_cap, &code);
    if (code == U_BUFFER_OVERFLOW_ERROR) {
        code = U_ZERO_ERROR;
        if (tt__grow(&self->to, &self->to_cap, (size_t)made + 1, sizeof *self->to) != TT_OK)
            return TT_ENOMEM;
        made = unorm2_normalize(self->norm, self->from, len, self->to, (int32_t)self->to_cap, &code);
    }
    return U_FAILURE(code) ? TT_ENOMEM : to_utf8(out, self, made);
}

/* ---- long: take apart, sort, put together ---- */

static tt_status add_point(tt_stretch *self, UChar32 cp)
{
    if (tt__grow(&self->points, &self->cap, self->len + 1, sizeof *self->points) != TT_OK)
        return TT_ENOMEM;
    self->points[self->len++] = (uint32_t)unorm2_getCombiningClass(self->norm, cp) << CLASS_SHIFT | (uint32_t)cp;
    return TT_OK;
}

static tt_status take_apart(tt_stretch *self, UChar32 cp)
{
    enum { PARTS_MAX = 64 }; /* U+FDFA has the most, 18 */
    UChar parts[PARTS_MAX];
    UErrorCode code = U_ZERO_ERROR;
    int32_t len = unorm2_getDecomposition(self->norm, cp, parts, PARTS_MAX, &code);
    if (U_FAILURE(code))
        return TT_ENOMEM;
    if (len < 0)
        return add_point(self, cp);
    for (int32_t at = 0; at < len;) {
        U16_NEXT(parts, at, len, cp);
        if (add_point(self, cp) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

static void sort_short(uint32_t *points, size_t len)
{
    for (size_t i = 1; i < len; i++) {
        uint32_t point = points[i];
        size_t at = i;
        for (; at > 0 && class_of(points[at - 1]) > class_of(point); at--)
            points[at] = points[at - 1];
        points[at] = point;
    }
}

/* Marks by class, those of a class in their order. */
static tt_status sort_marks(tt_stretch *self, uint32_t *points, size_t len)
{
    size_t next[256] = {0};
    if (len <= SHORT_SORT) {
        sort_short(points, len);
        return TT_OK;
    }
    if (tt__grow(&self->room, &self->room_cap, len, sizeof *self->room) != TT_OK)
        return TT_ENOMEM;
    for (size_t i = 0; i < len; i++)
        next[class_of(points[i])]++;
    for (size_t class = 0, before = 0; class < TT_COUNT(next); class ++) {
        size_t count = next[class];
        next[class] = before;
        before += count;
    }
    for (size_t i = 0; i < len; i++)
        self->room[next[class_of(points[i])]++] = points[i];
    memcpy(points, self->room, len * sizeof *points);
    return TT_OK;
}

static tt_status sort(tt_stretch *self)
{
    for (size_t start = 0, end; start < self->len; start = end + 1) {
        for (end = start; end < self->len && class_of(self->points[end]) != 0;)
            end++;
        if (sort_marks(self, self->points + start, end - start) != TT_OK)
            return TT_ENOMEM;
    }
    return TT_OK;
}

/* Canonical composition: a code point joins the last starter unless one of its class or a higher one stands between. */
static void put_together(tt_stretch *self)
{
    size_t kept = 0, starter = SIZE_MAX;
    for (size_t i = 0; i < self->len; i++) {
        uint32_t point = self->points[i], class = class_of(point);
        bool next_to_it = kept != 0 && starter == kept - 1;
        bool open = starter != SIZE_MAX && (next_to_it || class_of(self->points[kept - 1]) < class);
        UChar32 pair = -1;
        if (open)
            pair = unorm2_composePair(self->norm, (UChar32)self->points[starter], (UChar32)(point & POINT_MASK));
        if (pair >= 0) {
            self->points[starter] = (uint32_t)pair; /* all composites are starters */
            continue;
        }
        if (class == 0)
            starter = kept;
        self->points[kept++] = point;
    }
    self->len = kept;
}

static tt_status form_long(tt_str *out, tt_stretch *self, tt_str in)
{
    uint32_t size;
    size_t len = 0;
    self->len = 0;
    for (size_t at = 0; at < in.len; at += size)
        if (take_apart(self, (UChar32)tt__decode(in.ptr + at, &size)) != TT_OK)
            return TT_ENOMEM;
    if (sort(self) != TT_OK)
        return TT_ENOMEM;
    put_together(self);
    if (tt__grow(&self->bytes.ptr, &self->bytes.cap, 4 * self->len + 1, 1) != TT_OK)
        return TT_ENOMEM;
    for (size_t i = 0; i < self->len; i++)
        U8_APPEND_UNSAFE((uint8_t *)self->bytes.ptr, len, self->points[i] & POINT_MASK);
    *out = (tt_str){self->bytes.ptr, len};
    return TT_OK;
}

tt_status tt__stretch_form(tt_str *out, tt_stretch *self, tt_str in)
{
    return in.len < LONG ? form_short(out, self, in) : form_long(out, self, in);
}

void tt__stretch_drop(tt_stretch *self)
{
    tt_buf_free(&self->bytes);
    tt__free(self->points);
    tt__free(self->room);
    tt__free(self->from);
    tt__free(self->to);
    *self = (tt_stretch){.norm = self->norm};
}
