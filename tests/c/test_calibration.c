/* test_calibration.c - odds that claim too much come back as shares that are right. */
#include "base/hash.h"
#include "entity/calibration.h"
#include "tt_test.h"

#include <math.h>

enum { COUNT = 4000, LABELS = 3 };

static double draw(uint64_t a, uint64_t b)
{
    return (double)(tt__pair(a, b) >> 11) / 9007199254740992.0;
}

/* Mentions whose true odds are odds / 10 + 1, of label 2 one less. */
static void make_mentions(tt_found_mention mentions[COUNT])
{
    for (uint32_t i = 0; i < COUNT; i++) {
        float odds = (float)(60 * draw(i, 1) - 10);
        uint32_t label = i % LABELS;
        double truth = odds / 10 + 1 - (label == 2);
        mentions[i] = (tt_found_mention){odds, label, draw(i, 2) < 1 / (1 + exp(-truth))};
    }
}

TT_TEST(calibration_finds_the_line)
{
    tt_found_mention mentions[COUNT];
    tt_calibration all;
    double claimed[LABELS] = {0}, right[LABELS] = {0};
    make_mentions(mentions);
    tt__calibration_init(&all);
    tt__calibration_fit(&all.layers[1], mentions, COUNT, LABELS);
    TT_CHECK("slope", fabs(all.layers[1].slope - 0.1) < 0.02);
    for (int i = 0; i < COUNT; i++) {
        claimed[mentions[i].label] += tt__calibration_apply(&all, true, mentions[i].label, mentions[i].odds);
        right[mentions[i].label] += mentions[i].right;
    }
    for (int label = 0; label < LABELS; label++)
        TT_CHECK("claimed as often as right", fabs(claimed[label] - right[label]) < 0.02 * COUNT / LABELS);
    TT_CHECK("other layer as it was", fabsf(tt__calibration_apply(&all, false, 0, 0) - 0.5f) < 1e-6f);
    TT_CHECK("more is more", tt__calibration_apply(&all, true, 0, 5) < tt__calibration_apply(&all, true, 0, 6));
    TT_CHECK("never sure",
             tt__calibration_apply(&all, true, 0, 1e30f) < 1 && tt__calibration_apply(&all, true, 0, -1e30f) >= 0);
}

static const struct {
    const char *name;
    int count, right_below; /* the first so many are right */
    float odds;             /* of them; the others' are its negative */
} LITTLE[] = {
    {"nothing", 0, 0, 1},
    {"all right", 500, 500, 1},
    {"few wrong", 500, 495, 1},
    {"odds that mislead", 500, 250, -1},
};

TT_TEST(calibration_of_too_little)
{
    for (size_t i = 0; i < TT_COUNT(LITTLE); i++) {
        tt_found_mention mentions[500];
        tt_calibration all;
        for (int k = 0; k < LITTLE[i].count; k++)
            mentions[k] =
                (tt_found_mention){k < LITTLE[i].right_below ? LITTLE[i].odds : -LITTLE[i].odds, 0, k < LITTLE[i].right_below};
        tt__calibration_init(&all);
        tt__calibration_fit(&all.layers[0], mentions, (size_t)LITTLE[i].count, 1);
        TT_CHECK(LITTLE[i].name, all.layers[0].slope == 1 && all.layers[0].shift == 0 && all.layers[0].label_shifts[0] == 0);
    }
}

TT_TEST(calibration_section)
{
    tt_calibration all, back;
    tt_buf section = {NULL, 0, 0};
    tt__calibration_init(&all);
    all.layers[1] = (tt_calibration_line){0.25f, -1, {0.5f, 0, -2}};
    TT_CHECK_OK("write", tt__calibration_write(&section, &all, LABELS));
    TT_CHECK_OK("read", tt__calibration_read(&back, (tt_str){section.ptr, section.len}, LABELS, &t->err));
    TT_CHECK("the same", memcmp(&all, &back, sizeof all) == 0);
    for (size_t len = 1; len < section.len; len++)
        TT_CHECK_INT("cut", tt__calibration_read(&back, (tt_str){section.ptr, len}, LABELS, &t->err), TT_EMODEL);
    TT_CHECK_INT("other labels", tt__calibration_read(&back, (tt_str){section.ptr, section.len}, LABELS + 1, &t->err),
                 TT_EMODEL);
    TT_CHECK_OK("none", tt__calibration_read(&back, (tt_str){NULL, 0}, LABELS, &t->err));
    TT_CHECK("as they are", back.layers[0].slope == 1 && back.layers[1].slope == 1);
    memset(section.ptr, 0xFF, sizeof(float));
    TT_CHECK_INT("no number", tt__calibration_read(&back, (tt_str){section.ptr, section.len}, LABELS, &t->err), TT_EMODEL);
    tt_buf_free(&section);
}
