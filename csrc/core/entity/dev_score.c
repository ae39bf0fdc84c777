/* dev_score.c - decode sequences whose features are known, and look at each mention found or missed. */
#include "entity/dev_score.h"
#include "base/alloc.h"
#include "entity/mention_odds.h"

#include <string.h>

typedef struct {
    size_t right, gold, found;
} counts;

static void count_mentions(counts *c, const uint16_t *gold, const uint16_t *found, uint32_t len)
{
    uint32_t at = 0, other, label, other_label;
    tt_span span, same;
    while (tt__scheme_next(&span, &label, &at, found, len))
        c->found++;
    for (at = 0; tt__scheme_next(&span, &label, &at, gold, len);) {
        c->gold++;
        /* the mention is right when the states found are the same within it and end there */
        other = span.start;
        if (memcmp(gold + span.start, found + span.start, (span.end - span.start) * sizeof *gold) == 0 &&
            tt__scheme_next(&same, &other_label, &other, found, len))
            c->right += same.start == span.start && same.end == span.end;
    }
}

/* Features as facts of one member each. */
static tt_status tell_features(tt_crf_fact **facts, size_t *cap, tt_crf_scratch *scratch, const tt_crf *crf,
                               const tt_crf_data *d, uint32_t token, uint32_t place)
{
    uint32_t start = d->first[token], count = d->first[token + 1] - start;
    if (tt__grow(facts, cap, count, sizeof **facts) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t k = 0; k < count; k++) {
        uint8_t member = d->features[start + k] % CRF_MEMBERS;
        (*facts)[k] = (tt_crf_fact){d->features[start + k] - member, place - member, member, (uint8_t)(member + 1)};
    }
    tt__crf_tell(scratch, crf, &(tt_crf_facts){*facts, *facts, count, 0});
    return TT_OK;
}

/* Decodes one sequence after another. */
typedef struct {
    const tt_dev_chain *chain;
    tt_crf *crf;
    tt_crf_scratch scratch;
    tt_crf_fact *facts;
    uint16_t *states;
    size_t fact_cap, state_cap, next;
} reader;

static tt_status open_reader(reader *out, const tt_dev_chain *chain, tt_str section)
{
    *out = (reader){.chain = chain};
    return tt__crf_load(&out->crf, section, chain->allowed, chain->states, NULL);
}

static void close_reader(reader *r)
{
    tt__crf_scratch_free(&r->scratch);
    tt__crf_free(r->crf);
    tt__free(r->facts);
    tt__free(r->states);
}

/* The next sequence; *gold is NULL after the last. */
static tt_status read_next(tt_path *path, const uint16_t **gold, reader *r)
{
    const tt_crf_data *d = r->chain->data;
    *gold = NULL;
    if (r->next == d->sequence_count)
        return TT_OK;
    uint32_t start = d->starts[r->next], len = d->starts[r->next + 1] - start;
    r->next++;
    if (tt__grow(&r->states, &r->state_cap, len, sizeof *r->states) != TT_OK ||
        tt__crf_start(&r->scratch, r->crf, len) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t t = 0; t < len; t++)
        if (tell_features(&r->facts, &r->fact_cap, &r->scratch, r->crf, d, start + t, t + CRF_GUARD) != TT_OK)
            return TT_ENOMEM;
    tt__crf_decode(r->states, &r->scratch, r->crf, d->classes + start);
    *path = (tt_path){&r->scratch, r->crf, d->classes + start, r->states, len};
    *gold = d->gold + start;
    return TT_OK;
}

tt_status tt__dev_score(double *f1, const tt_dev_chain *chain, tt_str section)
{
    counts c = {0, 0, 0};
    reader r;
    tt_path path;
    const uint16_t *gold;
    tt_status status = open_reader(&r, chain, section);
    while (status == TT_OK && (status = read_next(&path, &gold, &r)) == TT_OK && gold != NULL)
        count_mentions(&c, gold, path.states, path.len);
    *f1 = c.gold + c.found ? 2.0 * (double)c.right / (double)(c.gold + c.found) : 0;
    close_reader(&r);
    return status;
}

typedef struct {
    tt_found_mention *at;
    size_t len, cap;
} found_list;

static tt_status add_mentions(found_list *list, const tt_path *path, const uint16_t *gold, uint32_t labels, bool inner)
{
    uint32_t at = 0, label, gold_label;
    tt_span span, same;
    while (tt__scheme_next(&span, &label, &at, path->states, path->len)) {
        uint32_t gold_at = span.start;
        if (inner && span.end - span.start == path->len)
            continue;
        if (tt__grow(&list->at, &list->cap, list->len + 1, sizeof *list->at) != TT_OK)
            return TT_ENOMEM;
        bool right = tt__scheme_start(gold, span.start) == span.start &&
                     tt__scheme_next(&same, &gold_label, &gold_at, gold, path->len) && same.start == span.start &&
                     same.end == span.end && gold_label == label;
        list->at[list->len++] = (tt_found_mention){tt__mention_odds(path, labels, span, label), label, right};
    }
    return TT_OK;
}

tt_status tt__dev_calibrate(tt_calibration_line *out, const tt_dev_chain *chain, tt_str section, uint32_t labels, bool inner)
{
    found_list list = {NULL, 0, 0};
    reader r;
    tt_path path;
    const uint16_t *gold;
    tt_status status = open_reader(&r, chain, section);
    while (status == TT_OK && (status = read_next(&path, &gold, &r)) == TT_OK && gold != NULL)
        status = add_mentions(&list, &path, gold, labels, inner);
    if (status == TT_OK)
        tt__calibration_fit(out, list.at, list.len, labels);
    close_reader(&r);
    tt__free(list.at);
    return status;
}
