/* test_model_file.c - the model file: what is written is read, and nothing else is taken for a model. */
#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "tt_test.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 32, ROW = 24 };

/* A folder of its own for each test, empty at its end. */
typedef struct {
    char folder[TT_TEST_FOLDER], path[TT_TEST_FOLDER + 16];
} place;

static void make_place(tt_test *t, place *p)
{
    tt_test_folder(t, p->folder);
    snprintf(p->path, sizeof p->path, "%s/m.ttm", p->folder);
}

static void remove_place(tt_test *t, const place *p)
{
    unlink(p->path);
    TT_CHECK_INT("nothing is left beside the model", rmdir(p->folder), 0);
}

static void write_file(tt_test *t, const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    TT_CHECK(path, file != NULL);
    if (file != NULL) {
        TT_CHECK_INT(path, fwrite(bytes, 1, len, file), len);
        fclose(file);
    }
}

/* Three sections, one of them empty, one of just 64 bytes. */
static const char SIXTY_FOUR[65] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const tt_model_part PARTS[] = {
    {"first", {"\0one", 4}},
    {"empty", {NULL, 0}},
    {"seventh", {SIXTY_FOUR, 64}},
};

static tt_buf small_model(tt_test *t, const place *p)
{
    tt_buf bytes = {NULL, 0, 0};
    TT_CHECK_OK("write", tt_model_write(p->path, PARTS, TT_COUNT(PARTS), &t->err));
    TT_CHECK_OK("read", tt__file_read(&bytes, p->path, &t->err));
    return bytes;
}

/* The file must be refused as no model, at the byte `pos` (-1: anywhere in it), in words that name it. */
static void check_refused(tt_test *t, const char *row, const char *path, long pos, const char *words)
{
    tt_model *model = (tt_model *)t;
    memset(&t->err, 'x', sizeof t->err);
    TT_CHECK_INT(row, tt_model_open(&model, path, &t->err), TT_EMODEL);
    TT_CHECK(row, model == NULL);
    TT_CHECK(row, memchr(t->err.msg, 0, sizeof t->err.msg) != NULL);
    TT_CHECK(t->err.msg, strncmp(t->err.msg, path, strlen(path)) == 0 && strstr(t->err.msg, words) != NULL);
    if (pos >= 0)
        TT_CHECK_INT(row, t->err.pos, pos);
    tt_model_close(model);
}

TT_TEST(model_file_round_trip)
{
    place p;
    make_place(t, &p);
    tt_model *model = NULL;
    tt_buf bytes = small_model(t, &p);
    TT_CHECK_OK("open", tt_model_open(&model, p.path, &t->err));
    if (model != NULL) {
        for (size_t i = 0; i < TT_COUNT(PARTS); i++) {
            tt_str got = tt_model_section(model, PARTS[i].name);
            TT_CHECK(PARTS[i].name, got.ptr != NULL && (uintptr_t)got.ptr % 64 == 0 && tt_str_eq(got, PARTS[i].bytes));
        }
        TT_CHECK("unknown", tt_model_section(model, "third").ptr == NULL);
        TT_CHECK("unknown, long", tt_model_section(model, "seventh of all").ptr == NULL);
        TT_CHECK("unknown, empty", tt_model_section(model, "").ptr == NULL);
        TT_CHECK_INT("size", tt_model_size(model), bytes.len);
        TT_CHECK("checksum", tt_model_checksum(model) == tt__checksum(bytes.ptr + HEADER, bytes.len - HEADER));
    }
    tt_model_close(model);
    tt_model_close(NULL);

    tt_buf again = small_model(t, &p); /* over the old one */
    TT_CHECK("the same bytes", tt_str_eq((tt_str){again.ptr, again.len}, (tt_str){bytes.ptr, bytes.len}));
    tt_buf_free(&again);
    tt_buf_free(&bytes);
    remove_place(t, &p);
}

TT_TEST(model_file_write_refusals)
{
    static const tt_model_part SAME[] = {{"a", {"x", 1}}, {"b", {"x", 1}}, {"a", {"x", 1}}};
    static const tt_model_part LONG[] = {{"eight888", {"x", 1}}}, NONE[] = {{"", {"x", 1}}}, SPACE[] = {{"a b", {"x", 1}}};
    static const tt_model_part MANY[33] = {{"a", {"x", 1}}};
    static const struct {
        const char *name;
        const tt_model_part *parts;
        size_t count;
    } CASES[] = {
        {"no section", SAME, 0}, {"a name twice", SAME, 3},     {"long name", LONG, 1},
        {"empty name", NONE, 1}, {"space in a name", SPACE, 1}, {"too many sections", MANY, 33},
    };
    place p;
    make_place(t, &p);
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        TT_CHECK_INT(CASES[i].name, tt_model_write(p.path, CASES[i].parts, CASES[i].count, &t->err), TT_EARGUMENT);
        TT_CHECK(CASES[i].name, strstr(t->err.msg, p.path) != NULL && access(p.path, F_OK) != 0);
    }
    TT_CHECK_INT("no such folder", tt_model_write("/tmp/tintuc-no-such-folder/m.ttm", SAME, 2, &t->err), TT_EIO);
    TT_CHECK("no such folder", strstr(t->err.msg, "/tmp/tintuc-no-such-folder/m.ttm") != NULL);
    char path[5000];
    memset(path, 'a', sizeof path);
    path[sizeof path - 1] = '\0';
    TT_CHECK_INT("long path", tt_model_write(path, SAME, 2, &t->err), TT_EIO);
    TT_CHECK_INT("a folder is in the way", mkdir(p.path, 0700), 0);
    TT_CHECK_INT("a folder is in the way", tt_model_write(p.path, SAME, 2, &t->err), TT_EIO);
    rmdir(p.path);
    remove_place(t, &p);
}

TT_TEST(model_file_not_a_model)
{
    static const char ZEROS[100] = {0}, NEXT[100] = "TTMODEL2\1\0\0\0\1",
                      TEXT[] = "Hà Nội, ngày 9 tháng 9 năm 2021: một văn bản, không phải mô hình.";
    static const struct {
        const char *name, *bytes;
        size_t len;
    } CASES[] = {
        {"empty", "", 0},
        {"short", "TTMODEL1", 8},
        {"text", TEXT, sizeof TEXT},
        {"zeros", ZEROS, sizeof ZEROS},
        {"next magic", NEXT, sizeof NEXT},
    };
    place p;
    make_place(t, &p);
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        write_file(t, p.path, CASES[i].bytes, CASES[i].len);
        check_refused(t, CASES[i].name, p.path, 0, "not a tintuc model");
    }
    unlink(p.path);
    check_refused(t, "folder", p.folder, 0, "not a tintuc model");
    TT_CHECK_INT("FIFO", mkfifo(p.path, 0600), 0);
    check_refused(t, "FIFO", p.path, 0, "not a tintuc model");
    unlink(p.path);

    tt_model *model = (tt_model *)t;
    TT_CHECK_INT("missing", tt_model_open(&model, p.path, &t->err), TT_EIO);
    TT_CHECK("missing", model == NULL && strstr(t->err.msg, p.path) != NULL);
    TT_CHECK_INT("no error struct", tt_model_open(&model, p.path, NULL), TT_EIO);
    remove_place(t, &p);
}

/* Cut at every length, lengthened, and every byte changed in three ways. */
TT_TEST(model_file_damage)
{
    place p;
    make_place(t, &p);
    tt_buf bytes = small_model(t, &p);
    TT_CHECK_OK("room", tt_buf_add(&bytes, "\0\0", 2));
    bytes.len -= 2;
    for (size_t len = 0; len < bytes.len + 2; len++) {
        if (len == bytes.len)
            continue;
        write_file(t, p.path, bytes.ptr, len);
        check_refused(t, "cut or grown", p.path, len < HEADER ? 0 : 16, len < HEADER ? "not a tintuc model" : "cut off");
    }
    static const unsigned char FLIPS[] = {0x01, 0x80, 0xFF};
    for (size_t at = 0; at < bytes.len; at++)
        for (size_t i = 0; i < TT_COUNT(FLIPS); i++) {
            bytes.ptr[at] = (char)((unsigned char)bytes.ptr[at] ^ FLIPS[i]);
            write_file(t, p.path, bytes.ptr, bytes.len);
            check_refused(t, "flipped", p.path, -1, "byte ");
            TT_CHECK("position in the file", t->err.pos < bytes.len);
            bytes.ptr[at] = (char)((unsigned char)bytes.ptr[at] ^ FLIPS[i]);
        }
    tt_buf_free(&bytes);
    remove_place(t, &p);
}

/* One number or name changed with the checksum made right again: each check of the header and the table stands alone. */
TT_TEST(model_file_forged)
{
    static const struct {
        const char *name;
        size_t at, size; /* what is written over: little-endian */
        uint64_t value;
        long pos;
        const char *words;
        long more; /* zeros put to the end, or bytes taken off, and the length in the header set to fit */
    } CASES[] = {
        {"version", 8, 4, 2, 8, "made for version 2", 0},
        {"version 0", 8, 4, 0, 8, "made for version 0", 0},
        {"no section", 12, 4, 0, 12, "number of sections", 0},
        {"too many sections", 12, 4, 33, 12, "number of sections", 0},
        {"endless sections", 12, 4, UINT32_MAX, 12, "number of sections", 0},
        {"sections beyond the file", 12, 4, 16, 12, "number of sections", 0},
        {"one section less", 12, 4, 2, HEADER + 2 * ROW, "between the sections", 0},
        {"one section more", 12, 4, 4, HEADER + 3 * ROW, "no good name", 0},
        {"length", 16, 8, UINT64_MAX, 16, "cut off", 0},
        {"no name", HEADER, 1, 0, HEADER, "no good name", 0},
        {"name of control characters", HEADER, 1, 1, HEADER, "no good name", 0},
        {"name beyond ASCII", HEADER, 1, 0xC3, HEADER, "no good name", 0},
        {"name without an end", HEADER, 8, 0x6161616161616161, HEADER, "no good name", 0},
        {"bytes after the name", HEADER + 7, 1, 'x', HEADER, "no good name", 0},
        {"name twice", HEADER + ROW, 8, 0x7473726966 /* "first" */, HEADER + ROW, "no good name", 0},
        {"offset not aligned", HEADER + 8, 8, 129, HEADER + 8, "where it must be", 0},
        {"offset in the table", HEADER + 8, 8, 64, HEADER + 8, "where it must be", 0},
        {"offset later", HEADER + 8, 8, 192, HEADER + 8, "where it must be", 0},
        {"offset beyond the file", HEADER + 8, 8, UINT64_MAX - 63, HEADER + 8, "where it must be", 0},
        {"length beyond the file", HEADER + 16, 8, 4096, HEADER + 16, "longer than the file", 0},
        {"length that overflows", HEADER + 16, 8, UINT64_MAX - 127, HEADER + 16, "longer than the file", 0},
        {"overlap", HEADER + ROW + 8, 8, 128, HEADER + ROW + 8, "where it must be", 0},
        {"length shorter", HEADER + 16, 8, 3, 131, "between the sections", 0},
        {"last length shorter", HEADER + 2 * ROW + 16, 8, 63, 255, "after the last section", 0},
        {"last length by a block", HEADER + 2 * ROW + 16, 8, 0, 192, "after the last section", 0},
        {"bytes after the table", HEADER + 3 * ROW, 1, 1, HEADER + 3 * ROW, "between the sections", 0},
        {"last length longer", HEADER + 2 * ROW + 16, 8, 65, HEADER + 2 * ROW + 16, "longer than the file", 0},
        {"too many sections, room for them", 12, 4, 33, 12, "number of sections", 1024},
        {"a block more", 8, 4, 1, 256, "after the last section", 64},
        {"an end before the sections", 8, 4, 1, HEADER + 8, "where it must be", -146},
        {"a byte more", 8, 4, 1, 256, "after the last section", 1},
    };
    place p;
    make_place(t, &p);
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_buf bytes = small_model(t, &p);
        if (CASES[i].more < 0)
            bytes.len -= (size_t)-CASES[i].more;
        for (long k = 0; k < CASES[i].more; k++)
            TT_CHECK_OK(CASES[i].name, tt_buf_add(&bytes, "", 1));
        if (CASES[i].more != 0)
            for (int k = 0; k < 8; k++)
                bytes.ptr[16 + k] = (char)(bytes.len >> (8 * k));
        for (size_t k = 0; k < CASES[i].size; k++)
            bytes.ptr[CASES[i].at + k] = (char)(CASES[i].value >> (8 * k));
        uint64_t sum = tt__checksum(bytes.ptr + HEADER, bytes.len - HEADER);
        for (int k = 0; k < 8; k++)
            bytes.ptr[24 + k] = (char)(sum >> (8 * k));
        write_file(t, p.path, bytes.ptr, bytes.len);
        check_refused(t, CASES[i].name, p.path, CASES[i].pos, CASES[i].words);
        tt_buf_free(&bytes);
    }
    remove_place(t, &p);
}

/* Every bit of every position counts, in the lanes and in the rest; so does the length. */
TT_TEST(model_file_checksum)
{
    unsigned char bytes[200] = {0};
    static const size_t LENGTHS[] = {0, 1, 7, 8, 63, 64, 65, 128, 199};
    uint64_t seen[TT_COUNT(LENGTHS)];
    for (size_t i = 0; i < TT_COUNT(LENGTHS); i++) {
        seen[i] = tt__checksum(bytes, LENGTHS[i]);
        for (size_t k = 0; k < i; k++)
            TT_CHECK("zeros of another length", seen[k] != seen[i]);
        for (size_t bit = 0; bit < 8 * LENGTHS[i]; bit++) {
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
            TT_CHECK("one bit", tt__checksum(bytes, LENGTHS[i]) != seen[i]);
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
    }
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37);
    /* from a second implementation, in Python */
    TT_CHECK("the same on every machine", tt__checksum(bytes, sizeof bytes) == UINT64_C(0x136DB7B1C3382813));
    uint64_t sum = tt__checksum(bytes, 150);
    memmove(bytes + 1, bytes, 150);
    TT_CHECK("at any address", tt__checksum(bytes + 1, 150) == sum);
}

TT_TEST(model_file_allocation_failures)
{
    place p;
    make_place(t, &p);
    tt_status status = TT_ENOMEM;
    long n;
    for (n = 0; status != TT_OK && n < 100; n++) {
        tt__fail_after(n);
        status = tt_model_write(p.path, PARTS, TT_COUNT(PARTS), &t->err);
        tt__fail_after(-1);
        TT_CHECK("write", status == TT_OK || (status == TT_ENOMEM && access(p.path, F_OK) != 0));
    }
    TT_CHECK("write: some failed, then one did not", n > 1 && status == TT_OK);
    for (n = 0, status = TT_ENOMEM; status != TT_OK && n < 100; n++) {
        tt_model *model = NULL;
        tt__fail_after(n);
        status = tt_model_open(&model, p.path, &t->err);
        tt__fail_after(-1);
        TT_CHECK("open", status == TT_OK ? model != NULL : status == TT_ENOMEM && model == NULL);
        tt_model_close(model);
    }
    TT_CHECK("open: some failed, then one did not", n > 1 && status == TT_OK);
    remove_place(t, &p);
}

TT_TEST(model_file_replaces_files_only)
{
    static const tt_model_part PART = {"a", {"abc", 3}};
    tt_error err = {0, ""};
    TT_CHECK_INT("device", tt_model_write("/dev/null", &PART, 1, &err), TT_EIO);
    TT_CHECK("said so", strstr(err.msg, "not a regular file") != NULL);
    TT_CHECK_INT("folder", tt_model_write("/tmp", &PART, 1, &err), TT_EIO);
    TT_CHECK_INT("no folder", tt_model_write("/nowhere/at/all.ttm", &PART, 1, &err), TT_EIO);
}
