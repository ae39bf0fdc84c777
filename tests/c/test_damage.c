/* test_damage.c - sections whose bytes are not what training wrote: refused, or used without harm. The checksum of the model
 * file keeps accidents out; what is checked here is that a file made on purpose cannot lead a reader beyond its section. */
#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "entity/mention_odds.h"
#include "entity/scheme.h"
#include "learn/crf_chances.h"
#include "learn/crf_impl.h"
#include "learn/crf_pack.h"
#include "lexicon/lexicon_format.h"
#include "lexicon/lexicon_view.h"
#include "tt_test.h"

#include <math.h>
#include <unistd.h>

enum { LABELS = 3, STATES = 1 + SCHEME_PARTS * LABELS, CLASSES = 2, FEATURES = 6, TOKENS = 5, STEPS = 61 };
/* One bucket; two free bytes and three blocks, each of its kinds, a dense row and a short one. */
enum { BUCKET_AT = CRF_LINE, BLOCKS_AT = BUCKET_AT + (int)sizeof(crf_bucket), DENSE = 1 + CRF_PARTS * CRF_WIDTH };
enum { BLOCK = CRF_BLOCK_HEAD + DENSE + 9 };
enum { BLOCK_BYTES = 3 * CRF_LINE, TRANS_AT = BLOCKS_AT + BLOCK_BYTES, END = TRANS_AT + CLASSES * STEPS * 4 };

/* A small chain: facts of two members, whose first has a dense row and the second a short one. */
static tt_buf make_crf(tt_test *t, uint64_t hashes[FEATURES])
{
    enum { WIDTH = 16 };
    static float weights[FEATURES * WIDTH], trans[CLASSES * STATES * WIDTH];
    uint8_t allowed[STATES * STATES];
    tt_buf section = {NULL, 0, 0};
    tt__scheme_allowed(allowed, LABELS);
    for (uint32_t f = 0; f < FEATURES; f++) {
        hashes[f] = tt__mix(f / 2 + 1) / CRF_MEMBERS * CRF_MEMBERS + f % 2;
        for (uint32_t y = 0; y < STATES; y++)
            weights[f * WIDTH + y] = f % 2 == 0 || y == f ? 0.25f * (float)(y + 1) - (float)f : 0;
    }
    for (uint32_t i = 0; i < CLASSES * STATES * WIDTH; i++)
        trans[i] = (float)(i % 7) - 3;
    tt_crf_weights all = {.weights = weights,
                          .trans = trans,
                          .hashes = hashes,
                          .features = FEATURES,
                          .states = STATES,
                          .classes = CLASSES,
                          .width = WIDTH,
                          .allowed = allowed};
    TT_CHECK_OK("pack", tt__crf_pack(&section, &all));
    return section;
}

/* A chain made on purpose may have chances that are no numbers, but none below 0 or above 1. */
static void decode_chances(tt_test *t, const char *row, const tt_crf *crf, const tt_crf_scratch *scratch,
                           const uint8_t *classes)
{
    tt_crf_chances *chances = NULL;
    TT_CHECK_OK(row, tt__crf_chances_open(&chances, crf));
    float *room = tt__malloc(tt__crf_chances_room(chances, TOKENS) * sizeof *room);
    tt__crf_chances_of(room, chances, scratch, classes);
    for (uint32_t i = 0; i < TOKENS * tt__crf_chances_states(chances); i++)
        TT_CHECK(row, !(room[i] < 0) && !(room[i] > 1.00001f));
    tt__free(room);
    tt__crf_chances_close(chances);
}

static void decode(uint16_t states[TOKENS], tt_test *t, const char *row, const tt_crf *crf, const uint64_t hashes[FEATURES])
{
    uint8_t classes[TOKENS] = {0, 1, 0, 1, 63};
    tt_crf_scratch scratch = {.sums = NULL};
    TT_CHECK_OK(row, tt__crf_start(&scratch, crf, TOKENS));
    for (uint32_t i = 0; i < TOKENS * FEATURES; i++) {
        tt_crf_fact fact = {hashes[i % FEATURES] / CRF_MEMBERS * CRF_MEMBERS, i / FEATURES + CRF_GUARD, 0,
                            i % 2 ? CRF_MEMBERS : 2};
        tt__crf_tell(&scratch, crf, &(tt_crf_facts){&fact, &fact, 1, 0});
    }
    tt__crf_decode(states, &scratch, crf, classes);
    for (uint32_t i = 0; i < TOKENS; i++) {
        TT_CHECK(row, states[i] < STATES);
        float odds =
            tt__mention_odds(&(tt_path){&scratch, crf, classes, states, TOKENS}, LABELS, (tt_span){i, i + 1}, i % LABELS);
        TT_CHECK(row, isfinite(odds));
    }
    decode_chances(t, row, crf, &scratch, classes);
    tt__crf_scratch_free(&scratch);
}

/* In each way that the processor has. */
static void decode_each_way(tt_test *t, const char *row, tt_crf *crf, const uint64_t hashes[FEATURES])
{
    uint16_t states[2][TOKENS];
    const bool fast = crf->avx2;
    for (int plain = 0; plain < 2; plain++) {
        crf->avx2 = fast && !plain;
        decode(states[plain], t, row, crf, hashes);
    }
    TT_CHECK(row, memcmp(states[0], states[1], sizeof states[0]) == 0);
}

/* Load the bytes, from a copy of just their length, and decode where they are accepted. */
static tt_status use_crf(tt_test *t, const char *row, tt_str bytes, const uint64_t hashes[FEATURES])
{
    uint8_t allowed[STATES * STATES];
    tt_crf *crf = NULL;
    char *exact = tt__malloc(bytes.len);
    memcpy(exact, bytes.ptr, bytes.len);
    tt__scheme_allowed(allowed, LABELS);
    tt_status status = tt__crf_load(&crf, (tt_str){exact, bytes.len}, allowed, STATES, &t->err);
    TT_CHECK(row, status == TT_OK ? crf != NULL : status == TT_EMODEL && crf == NULL);
    if (status == TT_OK)
        decode_each_way(t, row, crf, hashes);
    tt__crf_free(crf);
    tt__free(exact);
    return status;
}

static const struct {
    const char *name;
    size_t at;
    uint32_t value;
} CRF_FORGED[] = {
    {"version", 0, CRF_VERSION + 1},
    {"no states", 4, 0},
    {"other states", 4, STATES - 1},
    {"too many states", 4, CRF_STATES_MAX + 1},
    {"no classes", 8, 0},
    {"other classes", 8, CLASSES + 1},
    {"too many classes", 8, UINT32_MAX},
    {"no buckets", 12, 0},
    {"more buckets", 12, 2},
    {"endless buckets", 12, UINT32_MAX},
    {"no blocks", 16, 0},
    {"less blocks", 16, CRF_LINE},
    {"endless blocks", 16, UINT32_MAX},
    {"scale 0", 20, 0},
    {"scale below 0", 20, 0xBF800000},
    {"scale infinite", 20, 0x7F800000},
    {"scale whose inverse is infinite", 20, 1},
    {"scale that makes sums infinite", 20, 0x00800000},
    {"scale no number", 20, 0x7FC00000},
    {"checks that do not rise", BUCKET_AT + 4, 0},
    {"check of a free entry", BUCKET_AT + 7 * 4, 1},
    {"entry after a free one", BUCKET_AT + 15 * 4, 2},
    {"block beyond the blocks", BUCKET_AT + 8 * 4, UINT32_MAX},
    {"block cut by the end", BUCKET_AT + 8 * 4, BLOCK_BYTES - 1},
    {"row beyond the end", BLOCKS_AT + 2 + 2 * BLOCK, 0xFFFF},
    {"state beyond the states", BLOCKS_AT + 2 + CRF_BLOCK_HEAD + DENSE + 1, 0xC8},
    {"transition infinite", TRANS_AT, 0xFF800000},
    {"transition no number", END - 4, 0x7FC00000},
};

TT_TEST(damage_crf)
{
    uint64_t hashes[FEATURES];
    tt_buf section = make_crf(t, hashes);
    tt_str bytes = {section.ptr, section.len};
    TT_CHECK_INT("layout", section.len, END);
    TT_CHECK_OK("whole", use_crf(t, "whole", bytes, hashes));
    for (size_t i = 0; i < TT_COUNT(CRF_FORGED); i++) {
        uint32_t was;
        memcpy(&was, section.ptr + CRF_FORGED[i].at, sizeof was);
        memcpy(section.ptr + CRF_FORGED[i].at, &CRF_FORGED[i].value, sizeof was);
        TT_CHECK_INT(CRF_FORGED[i].name, use_crf(t, CRF_FORGED[i].name, bytes, hashes), TT_EMODEL);
        memcpy(section.ptr + CRF_FORGED[i].at, &was, sizeof was);
    }
    for (size_t len = 0; len < section.len; len++)
        TT_CHECK_INT("cut", use_crf(t, "cut", (tt_str){section.ptr, len}, hashes), TT_EMODEL);
    for (size_t at = 0; at < section.len; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            section.ptr[at] = (char)((unsigned char)section.ptr[at] ^ 1u << bit);
            use_crf(t, "one bit", bytes, hashes);
            section.ptr[at] = (char)((unsigned char)section.ptr[at] ^ 1u << bit);
        }
    for (uint32_t i = 0; i < CRF_SLOTS; i++) { /* a search must find a free entry */
        memcpy(section.ptr + BUCKET_AT + i * 4, &i, sizeof i);
        memcpy(section.ptr + BUCKET_AT + (CRF_SLOTS + i) * 4, &(uint32_t){2}, 4);
    }
    TT_CHECK_INT("no free entry", use_crf(t, "no free entry", bytes, hashes), TT_EMODEL);
    tt_buf_free(&section);
}

/* By hand: one class "c", nodes root and 1, masks none and all, two slots of which one is free. */
typedef struct {
    lexicon_header head;
    lexicon_mask masks[2];
    uint16_t node_masks[4]; /* padded */
    lexicon_slot slots[2];
    char names[8];
} small_lexicon;
typedef struct {
    cluster_header head;
    cluster_slot slots[2];
} small_clusters;

static const small_lexicon LEXICON = {{LEXICON_VERSION, 1, 2, 2, 1, 2}, {{0, 0}, {1, 1}}, {0, 1, 0, 0}, {{7, 1}, {0, 0}}, "c"};
static const small_clusters CLUSTERS = {{LEXICON_VERSION, 1}, {{7, 1, 2, 3, 0}, {0, 0, 0, 0, 0}}};

static tt_status use_lexicon(tt_test *t, const char *row, tt_str lexicon, tt_str clusters)
{
    tt_lexicon *view = NULL;
    tt_lexicon_match found[4];
    char *words = tt__malloc(lexicon.len), *groups = tt__malloc(clusters.len);
    memcpy(words, lexicon.ptr, lexicon.len);
    memcpy(groups, clusters.ptr, clusters.len);
    tt_status status = tt__lexicon_view(&view, (tt_str){words, lexicon.len}, (tt_str){groups, clusters.len}, &t->err);
    TT_CHECK(row, status == TT_OK ? view != NULL : status == TT_EMODEL && view == NULL);
    for (uint64_t i = 0; status == TT_OK && i < 8; i++) { /* from every slot on */
        tt_token token = {.key = tt__mix(i), .cased = (uint8_t)(i % 4)};
        TT_CHECK(row, tt_lexicon_match_at(found, TT_COUNT(found), view, &(tt_tokens){&token, 1}, 0) <= 1);
        tt_lexicon_cluster(view, &token);
    }
    for (size_t i = 0; status == TT_OK && i < tt_lexicon_class_count(view); i++)
        TT_CHECK(row, tt_lexicon_class_name(view, i).len < lexicon.len);
    tt_lexicon_free(view);
    tt__free(words);
    tt__free(groups);
    return status;
}

TT_TEST(damage_lexicon)
{
    small_lexicon lexicon = LEXICON;
    small_clusters clusters = CLUSTERS;
    tt_str words = {(char *)&lexicon, sizeof lexicon}, groups = {(char *)&clusters, sizeof clusters};
    TT_CHECK_OK("whole", use_lexicon(t, "whole", words, groups));
    for (size_t len = 0; len < words.len; len++)
        TT_CHECK_INT("lexicon cut", use_lexicon(t, "cut", (tt_str){words.ptr, len}, groups), TT_EMODEL);
    for (size_t len = 0; len < groups.len; len++)
        TT_CHECK_INT("clusters cut", use_lexicon(t, "cut", words, (tt_str){groups.ptr, len}), TT_EMODEL);
    for (size_t bit = 0; bit < 8 * (sizeof lexicon + sizeof clusters); bit++) {
        unsigned char *at = bit / 8 < sizeof lexicon ? (unsigned char *)&lexicon + bit / 8
                                                     : (unsigned char *)&clusters + (bit / 8 - sizeof lexicon);
        *at ^= (unsigned char)(1u << bit % 8);
        use_lexicon(t, "one bit", words, groups);
        *at ^= (unsigned char)(1u << bit % 8);
    }
    lexicon.slots[1].child = 1;
    TT_CHECK_INT("no free slot", use_lexicon(t, "no free slot", words, groups), TT_EMODEL);
    lexicon = LEXICON;
    lexicon.slots[0].child = 2;
    TT_CHECK_INT("child beyond the nodes", use_lexicon(t, "child", words, groups), TT_EMODEL);
    lexicon = LEXICON;
    lexicon.node_masks[1] = 2;
    TT_CHECK_INT("mask beyond the masks", use_lexicon(t, "mask", words, groups), TT_EMODEL);
    lexicon = LEXICON;
    lexicon.names[1] = 'c';
    TT_CHECK_INT("name without an end", use_lexicon(t, "name", words, groups), TT_EMODEL);
    lexicon = LEXICON;
    clusters.slots[1].coarse = 1;
    TT_CHECK_INT("no free cluster slot", use_lexicon(t, "clusters", words, groups), TT_EMODEL);
}

/* A small model, with each byte changed and the file cut before each byte. */
static tt_buf make_small_model(tt_test *t, const char *path)
{
    static const tt_model_part PARTS[] = {{"labels", {"PER\0LOC", 8}}, {"lexicon", {"abc", 3}}, {"x", {"", 0}}};
    tt_buf bytes = {NULL, 0, 0};
    TT_CHECK_OK("write", tt_model_write(path, PARTS, TT_COUNT(PARTS), &t->err));
    TT_CHECK_OK("read", tt__file_read(&bytes, path, &t->err));
    return bytes;
}

static void check_refused(tt_test *t, const char *path, const char *bytes, size_t len)
{
    tt_model *model = NULL;
    FILE *file = fopen(path, "wb");
    TT_CHECK("file", file != NULL && (len == 0 || fwrite(bytes, 1, len, file) == len));
    if (file != NULL)
        fclose(file);
    t->err.msg[0] = '\0';
    TT_CHECK_INT("refused", tt_model_open(&model, path, &t->err), TT_EMODEL);
    TT_CHECK("named", model == NULL && strstr(t->err.msg, path) != NULL && t->err.pos <= len);
}

TT_TEST(damage_model_file)
{
    char folder[TT_TEST_FOLDER], path[TT_TEST_FOLDER + 16];
    tt_test_folder(t, folder);
    snprintf(path, sizeof path, "%s/m.ttm", folder);
    tt_buf model = make_small_model(t, path);
    for (size_t at = 0; at < model.len; at++) {
        check_refused(t, path, model.ptr, at);
        for (unsigned bit = 0; bit < 8; bit++) {
            model.ptr[at] = (char)((unsigned char)model.ptr[at] ^ 1u << bit);
            check_refused(t, path, model.ptr, model.len);
            model.ptr[at] = (char)((unsigned char)model.ptr[at] ^ 1u << bit);
        }
    }
    tt_buf_free(&model);
    remove(path);
    rmdir(folder);
}
