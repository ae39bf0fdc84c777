/* fuzz_model.c - the model loader: a file of any bytes, and a small model, trained here, with changes to its bytes.
 *
 * With an even first byte the rest is the file. With an odd one it is changes of 8 bytes, each a kind, a size, a place and a
 * value; length and checksum are then made to fit, as a forger would. Where a file is accepted, a document is read with it;
 * where the first byte has bit 1, on every CPU path, with the same result. Where bits 3 to 5 of it are 2, the small model is
 * one trained on top of the other. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "fuzz.h"

#include "../c/cpu_paths.h"
#include "base/file.h"
#include "base/hash.h"

#include <sys/mman.h>
#include <unistd.h>

enum { LENGTH_AT = 16, CHECKSUM_AT = 24, HEADER = 32 }; /* see core/base/model_file.c */
enum { CHANGE = 8, PATH_BYTES = 64 };

/* As little as fills every section: the time of a run goes with the bytes. */
static const char ANN[] = "#doc a\n#paragraph\nÔng {PER|Minh ở {LOC|Huế}}.\n";
static const char PAGE[] = "Hà Nội: ông Minh ở Huế\nNgày 9/9, bà Hoa mua 5 tấn gạo.";

static void write_fd(int file, tt_str bytes)
{
    FUZZ_CHECK(ftruncate(file, 0) == 0 && pwrite(file, bytes.ptr, bytes.len, 0) == (ssize_t)bytes.len);
}

static void put_file(const char *folder, const char *name, const char *content)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = content != NULL ? fopen(path, "wb") : NULL;
    if (content == NULL)
        remove(path);
    FUZZ_CHECK(content == NULL || (file != NULL && fputs(content, file) >= 0 && fclose(file) == 0));
}

/* `base`: on top of it; NULL: none. */
static void train(const char *path, const char *folder, const tt_model *base)
{
    tt_corpus *corpus;
    tt_train_options options;
    char clusters_path[PATH_BYTES];
    tt_buf lexicon = {NULL, 0, 0}, clusters = {NULL, 0, 0};
    snprintf(clusters_path, sizeof clusters_path, "%s/clusters.tsv", folder);
    tt_train_options_init(&options);
    options.epochs = 2;
    options.members = 1;
    options.base = base;
    FUZZ_CHECK(tt_lexicon_compile(&lexicon, &clusters, folder, clusters_path, NULL) == TT_OK);
    FUZZ_CHECK(tt_corpus_new(&corpus, NULL) == TT_OK && tt_corpus_parse(corpus, "a.ann", tt_str_c(ANN), NULL) == TT_OK);
    FUZZ_CHECK(tt_train(path, corpus, NULL, (tt_str){lexicon.ptr, lexicon.len}, (tt_str){clusters.ptr, clusters.len}, &options,
                        NULL) == TT_OK);
    tt_corpus_free(corpus);
    tt_buf_free(&lexicon);
    tt_buf_free(&clusters);
}

static void make_models(tt_buf *plain, tt_buf *stacked)
{
    static const char *const FILES[][2] = {{"classes.tsv", "class\tfile\tcolumns\tfilter\nplace\tplaces\tname\t\n"},
                                           {"places.tsv", "name\nHà Nội\nHuế\n"},
                                           {"clusters.tsv", "ông\t1\t2\t3\t9\nbà\t1\t2\t3\t8\n"},
                                           {"m.ttm", ""}};
    char folder[] = "/tmp/fuzz_model.XXXXXX", path[PATH_BYTES];
    tt_model *base = NULL;
    FUZZ_CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < TT_COUNT(FILES); i++)
        put_file(folder, FILES[i][0], FILES[i][1]);
    snprintf(path, sizeof path, "%s/m.ttm", folder);
    train(path, folder, NULL);
    FUZZ_CHECK(tt__file_read(plain, path, NULL) == TT_OK);
    FUZZ_CHECK(tt_model_open(&base, path, NULL) == TT_OK);
    train(path, folder, base);
    tt_model_close(base);
    FUZZ_CHECK(tt__file_read(stacked, path, NULL) == TT_OK);
    for (size_t i = 0; i < TT_COUNT(FILES); i++)
        put_file(folder, FILES[i][0], NULL);
    rmdir(folder);
}

/* A small model's bytes, made at the first call and kept. */
static tt_str small_model(bool on_top)
{
    static tt_buf plain, stacked;
    if (plain.ptr == NULL)
        make_models(&plain, &stacked);
    return on_top ? (tt_str){stacked.ptr, stacked.len} : (tt_str){plain.ptr, plain.len};
}

static void use_lexicon(const tt_model *model)
{
    tt_lexicon *lexicon = NULL;
    if (tt_lexicon_load(&lexicon, model, NULL) == TT_OK)
        FUZZ_CHECK(tt_lexicon_class_count(lexicon) <= 64);
    tt_lexicon_free(lexicon);
}

/* The sections of a file that is no whole model. */
static void use_parts(const char *path)
{
    tt_model *model = NULL;
    if (tt_model_open(&model, path, NULL) == TT_OK)
        use_lexicon(model);
    tt_model_close(model);
}

static void use(const char *path)
{
    tt_pipeline *pipeline = NULL;
    tt_doc *doc = NULL;
    tt_status status = tt_pipeline_load(&pipeline, path, NULL);
    FUZZ_CHECK((status == TT_OK) == (pipeline != NULL) && (status == TT_OK || status == TT_EMODEL));
    if (status == TT_OK) {
        FUZZ_CHECK(tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, NULL) == TT_OK);
        use_lexicon(tt_pipeline_model(pipeline));
    } else {
        use_parts(path);
    }
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
}

static void use_each_way(const char *path)
{
    cpu_paths paths = {{NULL}};
    if (cpu_paths_load(&paths, path, NULL) == TT_OK)
        FUZZ_CHECK(cpu_paths_agree(&paths, tt_str_c(PAGE)));
    cpu_paths_free(&paths);
}

/* One change of bytes[len]; what is left of the file. */
static size_t change(char *bytes, size_t len, const unsigned char *how)
{
    uint32_t place, value;
    memcpy(&value, how + 4, sizeof value);
    place = (uint32_t)how[2] | (uint32_t)how[3] << 8;
    size_t at = how[0] & 8 ? place % len : (size_t)place * (how[1] % 4 + 1) * 4 % len;
    size_t room = len - at;
    switch (how[0] % 8) {
    case 0: bytes[at] = (char)value; break;
    case 1: bytes[at] = (char)((unsigned char)bytes[at] ^ 1u << value % 8); break;
    case 2: memcpy(bytes + at, &value, room < 4 ? room : 4); break;
    case 3: memset(bytes + at, (int)(value & 0xFF), room < how[1] ? room : how[1]); break;
    case 4: {
        size_t from = value % len, most = len - from < room ? len - from : room;
        memmove(bytes + at, bytes + from, most < how[1] ? most : how[1]);
        break;
    }
    case 5: return at > HEADER ? at : len;
    default: { /* a small number, as counts and offsets are */
        uint32_t small = value % 512;
        memcpy(bytes + at / 4 * 4, &small, len - at / 4 * 4 < 4 ? len - at / 4 * 4 : 4);
    }
    }
    return len;
}

static tt_str forge(char *bytes, size_t len, tt_str changes)
{
    for (; changes.len >= CHANGE; changes.ptr += CHANGE, changes.len -= CHANGE)
        len = change(bytes, len, (const unsigned char *)changes.ptr);
    uint64_t length = len, checksum = tt__checksum(bytes + HEADER, len - HEADER);
    memcpy(bytes + LENGTH_AT, &length, sizeof length);
    memcpy(bytes + CHECKSUM_AT, &checksum, sizeof checksum);
    return (tt_str){bytes, len};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[PATH_BYTES];
    tt_str rest = {(const char *)data, size};
    if (file < 0) {
        file = memfd_create("fuzz_model", MFD_CLOEXEC);
        FUZZ_CHECK(file >= 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    uint32_t choice = fuzz_choice(&rest, 1);
    bool forged = choice % 2 != 0;
    tt_str bytes = forged ? small_model((choice >> 3) % 8 == 2) : rest;
    char *copy = fuzz_copy(bytes);
    if (forged)
        bytes = forge(copy, bytes.len, rest);
    write_fd(file, bytes);
    if (choice & 2)
        use_each_way(path);
    else
        use(path);
    free(copy);
    return 0;
}
