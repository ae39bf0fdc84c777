/* tintuc/base.h - what every stage shares: statuses, errors, strings, spans and the arena.
 *
 * Argument order in the whole library: outputs, arena, self, const inputs, tt_error * last.
 * Every function is safe to call from many threads on different outputs; models are read-only once loaded.
 */
#ifndef TINTUC_BASE_H
#define TINTUC_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
#define TT_BEGIN_DECLS extern "C" {
#define TT_END_DECLS }
#else
#define TT_BEGIN_DECLS
#define TT_END_DECLS
#endif

#if defined(__GNUC__)
#define TT_API __attribute__((visibility("default")))
#define TT_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define TT_API
#define TT_PRINTF(fmt, args)
#endif

#define TT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

TT_BEGIN_DECLS

/* ORDER STATUS: names in core/base/error.c, exceptions in csrc/py/convert.c. */
typedef enum {
    TT_OK = 0,
    TT_ENOMEM = -1,       /* memory ran out */
    TT_EIO = -2,          /* a file could not be opened, read or written */
    TT_EENCODING = -3,    /* bytes that are not text in the encoding asked for; pos is the first bad byte */
    TT_EMODEL = -4,       /* not a model, of another version, or damaged; pos is the bad byte of the file */
    TT_ECORPUS = -5,      /* a corpus or lexicon file breaks its form; the message has the line, pos the byte */
    TT_ELIMIT = -6,       /* input beyond a stated limit; pos is the limit */
    TT_EARGUMENT = -7,    /* a call that cannot be meant */
    TT_EUNSUPPORTED = -8, /* a capability this version does not have */
    TT_ECANCELLED = -9    /* the caller asked to stop */
} tt_status;

/* Lent by the caller, may be NULL; written only when a call fails. */
typedef struct {
    size_t pos;    /* byte offset in the input the message speaks of */
    char msg[256]; /* one line, UTF-8, NUL-terminated, says what to do */
} tt_error;

/* Lower-case word for a status, as in the JSON error object ("encoding", "limit", ...). Never NULL. */
TT_API const char *tt_status_name(tt_status status);
/* Fill `err` (NULL is fine) and return `status`. */
TT_API tt_status tt_fail(tt_error *err, tt_status status, size_t pos, const char *format, ...) TT_PRINTF(4, 5);

/* Bytes that somebody else owns; not NUL-terminated. */
typedef struct {
    const char *ptr;
    size_t len;
} tt_str;

/* View of a C string; here, so that the length of a literal is known when it is compiled. */
static inline tt_str tt_str_c(const char *s)
{
    tt_str view = {s, strlen(s)};
    return view;
}
TT_API bool tt_str_eq(tt_str a, tt_str b);

/* Half-open range, start <= end. The unit is said where it is used. */
typedef struct {
    uint32_t start, end;
} tt_span;

/* Memory that is freed at once. Not for sharing between threads. Zero-initialize, or tt_arena_init. */
typedef struct tt_arena_chunk tt_arena_chunk;
typedef struct tt_spares tt_spares; /* opaque */
typedef struct {
    tt_arena_chunk *head;
    size_t used;       /* bytes taken from head */
    size_t reserved;   /* bytes of all chunks */
    tt_spares *spares; /* where large chunks come from and go to; NULL: the system */
} tt_arena;

TT_API void tt_arena_init(tt_arena *arena);
/* `size` bytes aligned for any type, not cleared; NULL when memory ran out. size 0 gives a valid pointer. */
TT_API void *tt_arena_alloc(tt_arena *arena, size_t size);
/* `count` cleared items of `size` bytes; NULL when memory ran out or the product overflows. */
TT_API void *tt_arena_calloc(tt_arena *arena, size_t count, size_t size);
/* Free everything; the arena can be used again. */
TT_API void tt_arena_free(tt_arena *arena);

/* A byte buffer that grows. Zero-initialize; free with tt_buf_free. */
typedef struct {
    char *ptr;
    size_t len, cap;
} tt_buf;

TT_API tt_status tt_buf_add(tt_buf *buf, const void *bytes, size_t len);
TT_API void tt_buf_free(tt_buf *buf);

/* Version of the library, "major.minor.patch". */
TT_API const char *tt_version(void);
/* Instructions that the inner loops use on this processor: "avx512", "avx2", "sse2" or "portable". The results are the same. */
TT_API const char *tt_cpu_path(void);

TT_END_DECLS
#endif
