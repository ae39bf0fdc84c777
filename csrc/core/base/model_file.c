/* model_file.c - the model file: header, section table, sections aligned to 64 bytes; little-endian, used as mapped.
 *
 * header: magic "TTMODEL1", version u32, section count u32, file length u64, checksum u64 of all bytes after the header.
 * table: for each section name[8] (NUL-padded), offset u64, length u64. */
#include "base/alloc.h"
#include "base/hash.h"
#include "tintuc/model.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 1, SECTIONS_MAX = 32, ALIGN = 64, NAME_BYTES = 8, PATH_BYTES = 4096 };
static const char MAGIC[8] = {'T', 'T', 'M', 'O', 'D', 'E', 'L', '1'};

typedef struct {
    char magic[8];
    uint32_t version, sections;
    uint64_t length, checksum;
} header;

typedef struct {
    char name[NAME_BYTES];
    uint64_t offset, length;
} section;

struct tt_model {
    const char *bytes;
    size_t length;
    header head;
    section table[SECTIONS_MAX];
};

static size_t aligned(size_t at)
{
    return (at + ALIGN - 1) / ALIGN * ALIGN;
}

static tt_status damaged(tt_error *err, const char *path, size_t pos, const char *what)
{
    return tt_fail(err, TT_EMODEL, pos, "%s: byte %zu: %s; fetch or train the model again", path, pos, what);
}

static tt_status map(tt_model *self, const char *path, tt_error *err)
{
    struct stat info;
    tt_status status = TT_EIO;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hang us */
    if (file < 0 || fstat(file, &info) != 0) {
        tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(errno));
        goto done;
    }
    if (!S_ISREG(info.st_mode) || info.st_size < (off_t)sizeof(header)) {
        status = damaged(err, path, 0, "not a tintuc model");
        goto done;
    }
    void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED) {
        tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(errno));
        goto done;
    }
    self->bytes = at;
    self->length = (size_t)info.st_size;
    status = TT_OK;
done:
    if (file >= 0)
        close(file);
    return status;
}

static tt_status check_header(tt_model *self, const char *path, tt_error *err)
{
    header *h = &self->head;
    memcpy(h, self->bytes, sizeof *h);
    if (memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
        return damaged(err, path, 0, "not a tintuc model");
    if (h->version != VERSION)
        return tt_fail(err, TT_EMODEL, offsetof(header, version),
                       "%s: byte %zu: made for version %u of the model file, this program reads %d; "
                       "train it again",
                       path, offsetof(header, version), h->version, VERSION);
    if (h->length != self->length)
        return damaged(err, path, offsetof(header, length), "the file is cut off or has grown");
    if (h->sections == 0 || h->sections > SECTIONS_MAX || sizeof *h + h->sections * sizeof(section) > self->length)
        return damaged(err, path, offsetof(header, sections), "damaged: impossible number of sections");
    if (h->checksum != tt__checksum(self->bytes + sizeof *h, self->length - sizeof *h))
        return damaged(err, path, offsetof(header, checksum), "damaged: the checksum differs");
    return TT_OK;
}

static bool all_zero(const char *at, size_t len)
{
    while (len != 0 && at[len - 1] == 0)
        len--;
    return len == 0;
}

/* A name is 1 to 7 printable ASCII characters, then zeros, and stands once. */
static bool is_name_good(const section *table, uint32_t at)
{
    const char *name = table[at].name;
    size_t len = 0;
    while (len < NAME_BYTES && name[len] > ' ' && name[len] <= '~')
        len++;
    if (len == 0 || len == NAME_BYTES || !all_zero(name + len, NAME_BYTES - len))
        return false;
    for (uint32_t i = 0; i < at; i++)
        if (memcmp(table[i].name, name, NAME_BYTES) == 0)
            return false;
    return true;
}

/* The layout has no freedom: sections follow each other at the next multiple of ALIGN, with zeros between. */
static tt_status check_table(tt_model *self, const char *path, tt_error *err)
{
    size_t end = sizeof(header) + self->head.sections * sizeof(section);
    memcpy(self->table, self->bytes + sizeof(header), self->head.sections * sizeof(section));
    for (uint32_t i = 0; i < self->head.sections; i++) {
        const section *s = &self->table[i];
        size_t at = sizeof(header) + i * sizeof *s, start = aligned(end);
        if (!is_name_good(self->table, i))
            return damaged(err, path, at, "damaged: a section has no good name");
        if (s->offset != start || start > self->length)
            return damaged(err, path, at + offsetof(section, offset), "damaged: a section is not where it must be");
        if (s->length > self->length - start)
            return damaged(err, path, at + offsetof(section, length), "damaged: a section is longer than the file");
        if (!all_zero(self->bytes + end, start - end))
            return damaged(err, path, end, "damaged: bytes between the sections");
        end = start + (size_t)s->length;
    }
    if (aligned(end) != self->length || !all_zero(self->bytes + end, self->length - end))
        return damaged(err, path, end, "damaged: bytes after the last section");
    return TT_OK;
}

tt_status tt_model_open(tt_model **out, const char *path, tt_error *err)
{
    *out = NULL;
    tt_model *self = tt__calloc(1, sizeof *self);
    if (self == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "%s: out of memory", path);
    tt_status status = map(self, path, err);
    if (status == TT_OK)
        status = check_header(self, path, err);
    if (status == TT_OK)
        status = check_table(self, path, err);
    if (status == TT_OK)
        *out = self;
    else
        tt_model_close(self);
    return status;
}

void tt_model_close(tt_model *self)
{
    if (self == NULL)
        return;
    if (self->bytes != NULL)
        munmap((void *)(uintptr_t)self->bytes, self->length);
    tt__free(self);
}

tt_str tt_model_section(const tt_model *self, const char *name)
{
    for (uint32_t i = 0; i < self->head.sections; i++)
        if (strcmp(self->table[i].name, name) == 0)
            return (tt_str){self->bytes + self->table[i].offset, (size_t)self->table[i].length};
    return (tt_str){NULL, 0};
}

size_t tt_model_size(const tt_model *self)
{
    return self->length;
}

uint64_t tt_model_checksum(const tt_model *self)
{
    return self->head.checksum;
}

static tt_status add_zeros(tt_buf *out, size_t to)
{
    static const char ZEROS[ALIGN] = {0};
    return tt_buf_add(out, ZEROS, to - out->len);
}

static tt_status assemble(tt_buf *out, const tt_model_part *parts, size_t count)
{
    section table[SECTIONS_MAX] = {{{0}, 0, 0}};
    size_t at = aligned(sizeof(header) + count * sizeof *table);
    header h = {.version = VERSION, .sections = (uint32_t)count};
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    for (size_t i = 0; i < count; i++) {
        memcpy(table[i].name, parts[i].name, strlen(parts[i].name));
        table[i].offset = at;
        table[i].length = parts[i].bytes.len;
        at = aligned(at + parts[i].bytes.len);
    }
    h.length = at;
    if (tt_buf_add(out, &h, sizeof h) != TT_OK || tt_buf_add(out, table, count * sizeof *table) != TT_OK)
        return TT_ENOMEM;
    for (size_t i = 0; i < count; i++)
        if (add_zeros(out, (size_t)table[i].offset) != TT_OK ||
            tt_buf_add(out, parts[i].bytes.ptr, parts[i].bytes.len) != TT_OK)
            return TT_ENOMEM;
    if (add_zeros(out, at) != TT_OK)
        return TT_ENOMEM;
    h.checksum = tt__checksum(out->ptr + sizeof h, out->len - sizeof h);
    memcpy(out->ptr, &h, sizeof h);
    return TT_OK;
}

/* A new file beside `path`, of a name that nobody else uses. */
static FILE *open_temporary(char name[PATH_BYTES], const char *path, tt_error *err)
{
    int file = -1;
    for (int i = 0; i < 100 && file < 0; i++) {
        int len = snprintf(name, PATH_BYTES, "%s.%ld-%d.part", path, (long)getpid(), i);
        if (len < 0 || len >= PATH_BYTES) {
            tt_fail(err, TT_EIO, 0, "%.100s...: the path is too long", path);
            return NULL;
        }
        file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    FILE *stream = file < 0 ? NULL : fdopen(file, "wb");
    if (stream == NULL)
        tt_fail(err, TT_EIO, 0, "%s: %s", name, strerror(errno));
    if (stream == NULL && file >= 0) {
        close(file);
        remove(name);
    }
    return stream;
}

static tt_status save(const char *path, const tt_buf *bytes, tt_error *err)
{
    char temporary[PATH_BYTES];
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) /* a device must not be replaced */
        return tt_fail(err, TT_EIO, 0, "%s: not a regular file", path);
    FILE *file = open_temporary(temporary, path, err);
    if (file == NULL)
        return TT_EIO;
    bool whole = fwrite(bytes->ptr, 1, bytes->len, file) == bytes->len && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int why = errno;
    if (fclose(file) == 0 && whole && rename(temporary, path) == 0)
        return TT_OK;
    why = whole ? errno : why;
    remove(temporary);
    return tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(why));
}

static tt_status check_parts(const char *path, const tt_model_part *parts, size_t count, tt_error *err)
{
    section table[SECTIONS_MAX] = {{{0}, 0, 0}};
    if (count == 0 || count > SECTIONS_MAX)
        return tt_fail(err, TT_EARGUMENT, 0, "%s: a model has 1 to %d sections, not %zu", path, SECTIONS_MAX, count);
    for (uint32_t i = 0; i < count; i++) {
        size_t len = strlen(parts[i].name);
        memcpy(table[i].name, parts[i].name, len < NAME_BYTES ? len : NAME_BYTES);
        if (!is_name_good(table, i))
            return tt_fail(err, TT_EARGUMENT, i, "%s: \"%s\" is not a section name: 1 to 7 ASCII characters, each name once",
                           path, parts[i].name);
    }
    return TT_OK;
}

tt_status tt_model_write(const char *path, const tt_model_part *parts, size_t count, tt_error *err)
{
    tt_buf bytes = {NULL, 0, 0};
    tt_status status = check_parts(path, parts, count, err);
    if (status != TT_OK)
        return status;
    status = assemble(&bytes, parts, count);
    status = status == TT_OK ? save(path, &bytes, err) : tt_fail(err, status, 0, "%s: out of memory", path);
    tt_buf_free(&bytes);
    return status;
}
