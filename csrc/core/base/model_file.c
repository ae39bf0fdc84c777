/* model_file.c - the model file: header, section table, sections aligned to 64 bytes; little-endian, used as mapped.
 *
 * header: magic "TTMODEL1", version u32, section count u32, file length u64, checksum u64 of all bytes after the header.
 * table: for each section name[8] (NUL-padded), offset u64, length u64. */
#include "tintuc/model.h"
#include "base/alloc.h"
#include "base/hash.h"

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
        return tt_fail(err, TT_EMODEL, offsetof(header, version), "%s: byte %zu: model of version %u, this program reads %d",
                       path, offsetof(header, version), h->version, VERSION);
    if (h->length != self->length)
        return damaged(err, path, offsetof(header, length), "the file is cut off or has grown");
    if (h->sections == 0 || h->sections > SECTIONS_MAX || sizeof *h + h->sections * sizeof(section) > self->length)
        return damaged(err, path, offsetof(header, sections), "damaged");
    if (h->checksum != tt__checksum(self->bytes + sizeof *h, self->length - sizeof *h))
        return damaged(err, path, offsetof(header, checksum), "damaged: the checksum differs");
    return TT_OK;
}

static tt_status check_table(tt_model *self, const char *path, tt_error *err)
{
    uint64_t last = sizeof(header) + self->head.sections * sizeof(section);
    memcpy(self->table, self->bytes + sizeof(header), self->head.sections * sizeof(section));
    for (uint32_t i = 0; i < self->head.sections; i++) {
        const section *s = &self->table[i];
        if (s->offset % ALIGN != 0 || s->offset < last || s->offset > self->length || s->length > self->length - s->offset ||
            s->name[0] == '\0' || s->name[NAME_BYTES - 1] != '\0')
            return damaged(err, path, sizeof(header) + i * sizeof *s, "damaged section table");
        last = s->offset + s->length;
    }
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

static size_t aligned(size_t at)
{
    return (at + ALIGN - 1) / ALIGN * ALIGN;
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
        if (add_zeros(out, (size_t)table[i].offset) != TT_OK || tt_buf_add(out, parts[i].bytes.ptr, parts[i].bytes.len) != TT_OK)
            return TT_ENOMEM;
    if (add_zeros(out, at) != TT_OK)
        return TT_ENOMEM;
    h.checksum = tt__checksum(out->ptr + sizeof h, out->len - sizeof h);
    memcpy(out->ptr, &h, sizeof h);
    return TT_OK;
}

static tt_status save(const char *path, const tt_buf *bytes, tt_error *err)
{
    char temporary[PATH_BYTES];
    int len = snprintf(temporary, sizeof temporary, "%s.part", path);
    if (len < 0 || (size_t)len >= sizeof temporary)
        return tt_fail(err, TT_EARGUMENT, 0, "%s: the path is too long", path);
    FILE *file = fopen(temporary, "wb");
    if (file == NULL)
        return tt_fail(err, TT_EIO, 0, "%s: %s", temporary, strerror(errno));
    bool whole = fwrite(bytes->ptr, 1, bytes->len, file) == bytes->len && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int why = errno;
    if (fclose(file) == 0 && whole && rename(temporary, path) == 0)
        return TT_OK;
    why = whole ? errno : why;
    remove(temporary);
    return tt_fail(err, TT_EIO, 0, "%s: %s", path, strerror(why));
}

tt_status tt_model_write(const char *path, const tt_model_part *parts, size_t count, tt_error *err)
{
    tt_buf bytes = {NULL, 0, 0};
    if (count == 0 || count > SECTIONS_MAX)
        return tt_fail(err, TT_EARGUMENT, 0, "%s: a model has 1 to %d sections", path, SECTIONS_MAX);
    for (size_t i = 0; i < count; i++)
        if (strlen(parts[i].name) == 0 || strlen(parts[i].name) >= NAME_BYTES)
            return tt_fail(err, TT_EARGUMENT, 0, "%s: section name \"%s\" has not 1 to 7 bytes", path, parts[i].name);
    tt_status status = assemble(&bytes, parts, count);
    status = status == TT_OK ? save(path, &bytes, err) : tt_fail(err, status, 0, "%s: out of memory", path);
    tt_buf_free(&bytes);
    return status;
}
