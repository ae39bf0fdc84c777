/* random_chain.c - the largest weight is 127, which makes the scale 1: sums of weights and of what was packed are the same
 * numbers. */
#include "random_chain.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "entity/scheme.h"
#include "learn/crf_pack.h"

int chain_draw(uint64_t a, uint64_t b, int below)
{
    return (int)(tt__pair(a, b) % (uint64_t)below);
}

static void draw_weights(random_chain *c)
{
    const size_t n = c->states;
    for (size_t f = 0; f < c->count; f++) {
        int share = chain_draw(f, 1, 4); /* none, few, some or all of the states */
        for (size_t y = 0; y < n; y++)
            if (share != 0 && chain_draw(f, y + 2, 100) < (share == 1 ? 4 : share == 2 ? 12 : 100))
                c->weights[f * n + y] = (float)(chain_draw(f, y + 1000, 41) - 20);
    }
    c->weights[n - 1] = 127;
    for (size_t i = 0; i < CHAIN_CLASSES * n * n; i++)
        c->trans[i] = (float)chain_draw(i, 3, 81) / 4 - 10;
}

void chain_make(random_chain *out, tt_test *t, uint64_t *hashes, size_t count, uint32_t labels)
{
    const uint32_t n = tt__scheme_states(labels);
    *out = (random_chain){.hashes = hashes, .count = count, .labels = labels, .states = n};
    out->weights = tt__calloc(count * n, sizeof *out->weights);
    out->trans = tt__calloc((size_t)CHAIN_CLASSES * n * n, sizeof *out->trans);
    out->allowed = tt__calloc(n, n);
    tt__scheme_allowed(out->allowed, labels);
    draw_weights(out);
    tt_crf_weights all = {.weights = out->weights,
                          .trans = out->trans,
                          .hashes = hashes,
                          .features = (uint32_t)count,
                          .states = n,
                          .classes = CHAIN_CLASSES,
                          .width = n,
                          .allowed = out->allowed};
    TT_CHECK_OK("pack", tt__crf_pack(&out->section, &all));
    TT_CHECK_OK("load", tt__crf_load(&out->crf, (tt_str){out->section.ptr, out->section.len}, out->allowed, n, &t->err));
}

void chain_free(random_chain *c)
{
    tt__crf_free(c->crf);
    tt_buf_free(&c->section);
    tt__free(c->weights);
    tt__free(c->trans);
    tt__free(c->allowed);
}
