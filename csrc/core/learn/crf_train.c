/* crf_train.c - one pass over the shuffled sequences an epoch; forward and backward in the probability domain, scaled.
 *
 * Weights of a feature are a row of `states` floats (padded), so the inner loops are straight vector code. Every operation is
 * plain IEEE arithmetic in a fixed order (own exp, no fused steps), so the same data give the same bytes. */
#include "learn/crf_train.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "learn/checkpoint.h"
#include "learn/crf_pack.h"
#include "learn/fast_exp.h"
#include "learn/feature_index.h"

#include <math.h>
#include <string.h>

enum { PAD = 8, LONGEST_STEP = 1 << 16 };

typedef struct {
    const tt_crf_data *data;
    const tt_crf_settings *set;
    tt_feature_index index;
    uint32_t n, width;     /* states, and padded to PAD */
    float *weights, *seen; /* features x width: weights, sums of squared gradients */
    float *mean;           /* features x width: of the weights of the members, then of the weights after each late epoch */
    unsigned means;
    float *trans, *trans_seen, *trans_exp, *trans_grad, *trans_mean; /* classes x n x width */
    float *shared_seen; /* features x groups: sums of squared gradients of whole groups; NULL: there are no shared steps */
    uint32_t groups;
    uint32_t *order;  /* of the sequences */
    uint32_t *active; /* features of the present sequence that this step looks at, or TT_NO_FEATURE */
    size_t active_cap;
    float *psi, *alpha, *beta, *scale, *top; /* of one sequence: longest x width; longest */
    size_t psi_cap, alpha_cap, beta_cap, scale_cap, top_cap;
    bool active_row[CRF_STATES_MAX]; /* weights of a row that stay */
    double loss, dropout;
} trainer;

static float *row_at(float *rows, const trainer *tr, size_t row)
{
    return rows + row * tr->width;
}

static size_t trans_size(const trainer *tr)
{
    return (size_t)tr->set->classes * tr->n * tr->width;
}

static size_t shared_size(const trainer *tr)
{
    return (size_t)tr->index.count * tr->groups;
}

static float *trans_row(float *base, const trainer *tr, uint32_t class_index, uint32_t from)
{
    return base + ((size_t)class_index * tr->n + from) * tr->width;
}

/* trans_exp of trans; 0 where a state may not follow. */
static void apply_transitions(trainer *tr)
{
    for (uint32_t c = 0; c < tr->set->classes; c++)
        for (uint32_t x = 0; x < tr->n; x++)
            for (uint32_t y = 0; y < tr->n; y++) {
                float w = trans_row(tr->trans, tr, c, x)[y];
                trans_row(tr->trans_exp, tr, c, x)[y] = tr->set->allowed[x * tr->n + y] ? tt__exp(w) : 0;
            }
}

static tt_status prepare(trainer *tr, tt_error *err)
{
    const tt_crf_settings *s = tr->set;
    tr->n = s->states;
    tr->width = (s->states + PAD - 1) / PAD * PAD;
    tt_status status = tt__feature_index_make(&tr->index, tr->data, s->cutoff, err);
    if (status != TT_OK)
        return status;
    tr->weights = tt__calloc((size_t)tr->index.count * tr->width, sizeof(float));
    tr->seen = tt__calloc((size_t)tr->index.count * tr->width, sizeof(float));
    tr->mean = tt__calloc((size_t)tr->index.count * tr->width, sizeof(float));
    tr->trans = tt__calloc(trans_size(tr), sizeof(float));
    tr->trans_seen = tt__calloc(trans_size(tr), sizeof(float));
    tr->trans_exp = tt__calloc(trans_size(tr), sizeof(float));
    tr->trans_grad = tt__calloc(trans_size(tr), sizeof(float));
    tr->trans_mean = tt__calloc(trans_size(tr), sizeof(float));
    tr->groups = (tr->n - 1) / CRF_GROUP;
    if (s->shared_rate > 0)
        tr->shared_seen = tt__calloc(shared_size(tr), sizeof(float));
    tr->order = tt__malloc(tr->data->sequence_count * sizeof *tr->order);
    if (!tr->weights || !tr->seen || !tr->mean || !tr->trans || !tr->trans_seen || !tr->trans_exp || !tr->trans_grad ||
        !tr->trans_mean || !tr->order || (s->shared_rate > 0 && !tr->shared_seen))
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory for %u features of %u states", tr->index.count, tr->n);
    for (size_t i = 0; i < tr->data->sequence_count; i++)
        tr->order[i] = (uint32_t)i;
    apply_transitions(tr);
    return TT_OK;
}

static void release(trainer *tr)
{
    tt__feature_index_free(&tr->index);
    float *all[] = {tr->weights,    tr->seen, tr->mean,  tr->trans, tr->trans_seen, tr->trans_exp, tr->trans_grad,
                    tr->trans_mean, tr->psi,  tr->alpha, tr->beta,  tr->scale,      tr->top,       tr->shared_seen};
    for (size_t i = 0; i < TT_COUNT(all); i++)
        tt__free(all[i]);
    tt__free(tr->order);
    tt__free(tr->active);
}

static tt_status reserve(trainer *tr, uint32_t len)
{
    size_t cells = (size_t)len * tr->width;
    if (tt__grow(&tr->psi, &tr->psi_cap, cells, sizeof(float)) != TT_OK ||
        tt__grow(&tr->alpha, &tr->alpha_cap, cells, sizeof(float)) != TT_OK ||
        tt__grow(&tr->beta, &tr->beta_cap, cells, sizeof(float)) != TT_OK ||
        tt__grow(&tr->scale, &tr->scale_cap, len, sizeof(float)) != TT_OK ||
        tt__grow(&tr->top, &tr->top_cap, len, sizeof(float)) != TT_OK)
        return TT_ENOMEM;
    return TT_OK;
}

/* Which features take part: all that are known, less a share drawn anew for each step (dropout as regularization). */
static tt_status choose_active(trainer *tr, uint32_t start, uint32_t len, uint64_t draw)
{
    const uint32_t first = tr->data->first[start], count = tr->data->first[start + len] - first;
    const uint64_t dropped = (uint64_t)(tr->dropout * 4294967296.0);
    if (tt__grow(&tr->active, &tr->active_cap, count, sizeof *tr->active) != TT_OK)
        return TT_ENOMEM;
    for (uint32_t i = 0; i < count; i++)
        tr->active[i] = tt__pair(draw, i) >> 32 < dropped ? TT_NO_FEATURE : tr->index.ids[first + i];
    return TT_OK;
}

/* psi[t] = exp(unary - its maximum), which is kept in top[t]. */
static void fill_psi(trainer *tr, uint32_t start, uint32_t len)
{
    const uint32_t width = tr->width, *first = tr->data->first + start;
    const float share = (float)(1.0 / (1.0 - tr->dropout));
    for (uint32_t t = 0; t < len; t++) {
        float *psi = row_at(tr->psi, tr, t), top = -INFINITY;
        memset(psi, 0, width * sizeof *psi);
        for (uint32_t i = first[t] - first[0]; i < first[t + 1] - first[0]; i++) {
            if (tr->active[i] == TT_NO_FEATURE)
                continue;
            const float *w = row_at(tr->weights, tr, tr->active[i]);
            for (uint32_t y = 0; y < width; y++)
                psi[y] += w[y];
        }
        for (uint32_t y = 0; y < tr->n; y++)
            top = psi[y] > top ? psi[y] : top;
        for (uint32_t y = 0; y < tr->n; y++)
            psi[y] = tt__exp((psi[y] - top) * share);
        for (uint32_t y = tr->n; y < width; y++)
            psi[y] = 0;
        tr->top[t] = top;
    }
}

/* Scaled forward values: each row sums to 1, scale[t] is what it summed to. */
static void forward(trainer *tr, uint32_t start, uint32_t len)
{
    const uint32_t width = tr->width, n = tr->n;
    for (uint32_t t = 0; t < len; t++) {
        float *alpha = row_at(tr->alpha, tr, t), sum = 0;
        const float *psi = row_at(tr->psi, tr, t);
        uint32_t class_index = tr->data->classes[start + t];
        memset(alpha, 0, width * sizeof *alpha);
        for (uint32_t x = 0; x < (t ? n : 1); x++) {
            float before = t ? row_at(tr->alpha, tr, t - 1)[x] : 1;
            const float *into = trans_row(tr->trans_exp, tr, class_index, x);
            if (before == 0)
                continue;
            for (uint32_t y = 0; y < width; y++)
                alpha[y] += before * into[y];
        }
        for (uint32_t y = 0; y < n; y++) {
            alpha[y] *= psi[y];
            if (t + 1 == len && !tr->set->allowed[y * n])
                alpha[y] = 0;
            sum += alpha[y];
        }
        if (!(sum > 1e-30f))
            sum = 1e-30f;
        for (uint32_t y = 0; y < n; y++)
            alpha[y] /= sum;
        tr->scale[t] = sum;
    }
}

static float dot(const float *a, const float *b, uint32_t width)
{
    float part[PAD] = {0}, sum = 0;
    for (uint32_t i = 0; i < width; i += PAD)
        for (uint32_t k = 0; k < PAD; k++)
            part[k] += a[i + k] * b[i + k];
    for (uint32_t k = 0; k < PAD; k++)
        sum += part[k];
    return sum;
}

/* Scaled backward values, and the expected transitions added to trans_grad. */
static void backward(trainer *tr, uint32_t start, uint32_t len)
{
    const uint32_t width = tr->width, n = tr->n;
    float *last = row_at(tr->beta, tr, len - 1);
    for (uint32_t y = 0; y < width; y++)
        last[y] = y < n && tr->set->allowed[y * n] ? 1 : 0;
    for (uint32_t t = len; t-- > 0;) {
        float *beta = row_at(tr->beta, tr, t), *psi = row_at(tr->psi, tr, t);
        uint32_t class_index = tr->data->classes[start + t];
        for (uint32_t y = 0; y < width; y++)
            psi[y] = psi[y] * beta[y] / tr->scale[t];
        for (uint32_t x = 0; x < (t ? n : 1); x++) {
            const float *into = trans_row(tr->trans_exp, tr, class_index, x);
            float *grad = trans_row(tr->trans_grad, tr, class_index, x);
            float before = t ? row_at(tr->alpha, tr, t - 1)[x] : 1;
            if (t != 0)
                row_at(tr->beta, tr, t - 1)[x] = dot(into, psi, width);
            if (before > 1e-9f)
                for (uint32_t y = 0; y < width; y++)
                    grad[y] += before * into[y] * psi[y];
        }
        if (t != 0)
            for (uint32_t x = n; x < width; x++)
                row_at(tr->beta, tr, t - 1)[x] = 0;
    }
}

/* A step of AdaGrad. An infinite `seen` keeps its weight where it is. */
static void step_row(float *restrict w, float *restrict seen, const float *restrict grad, float rate, uint32_t width)
{
    for (uint32_t y = 0; y < width; y++) {
        float g = grad[y];
        seen[y] += g * g;
        w[y] -= rate * g / (sqrtf(seen[y]) + 1e-6f);
    }
}

/* A step that all states of a group take together: what a feature says of one of them, it says of the others too, if not as
 * loudly. A dropped weight stays where it is. */
static void step_groups(trainer *tr, uint32_t feature, const float *group_grad)
{
    const float rate = (float)tr->set->shared_rate, *own_seen = row_at(tr->seen, tr, feature) + 1;
    float *w = row_at(tr->weights, tr, feature) + 1, *seen = tr->shared_seen + (size_t)feature * tr->groups;
    for (uint32_t g = 0; g < tr->groups; g++) {
        seen[g] += group_grad[g] * group_grad[g];
        float step = rate * group_grad[g] / (sqrtf(seen[g]) + 1e-6f);
        for (uint32_t k = g * CRF_GROUP; k < (g + 1) * CRF_GROUP; k++)
            w[k] -= own_seen[k] == INFINITY ? 0 : step;
    }
}

static void sum_groups(float *sums, const trainer *tr, const float *grad)
{
    for (uint32_t g = 0; g < tr->groups; g++, grad += CRF_GROUP)
        sums[g] = grad[1] + grad[2] + grad[3] + grad[4];
}

/* alpha becomes the gradient of the token's states: probability minus gold; then its features' rows take a step. */
static void step_features(trainer *tr, uint32_t start, uint32_t len)
{
    const uint32_t width = tr->width, *first = tr->data->first + start;
    const float rate = (float)tr->set->rate;
    float group_grad[CRF_STATES_MAX / CRF_GROUP];
    for (uint32_t t = 0; t < len; t++) {
        float *grad = row_at(tr->alpha, tr, t), largest = 0;
        const float *beta = row_at(tr->beta, tr, t);
        for (uint32_t y = 0; y < tr->n; y++)
            grad[y] *= beta[y];
        grad[tr->data->gold[start + t]] -= 1;
        for (uint32_t y = 0; y < tr->n; y++)
            largest = fabsf(grad[y]) > largest ? fabsf(grad[y]) : largest;
        if (largest < 1e-3f)
            continue;
        sum_groups(group_grad, tr, grad);
        for (uint32_t i = first[t] - first[0]; i < first[t + 1] - first[0]; i++) {
            if (tr->active[i] == TT_NO_FEATURE)
                continue;
            step_row(row_at(tr->weights, tr, tr->active[i]), row_at(tr->seen, tr, tr->active[i]), grad, rate, width);
            if (tr->shared_seen != NULL)
                step_groups(tr, tr->active[i], group_grad);
        }
    }
}

static void step_transitions(trainer *tr, uint32_t start, uint32_t len)
{
    const uint32_t width = tr->width;
    bool done[CRF_CLASSES_MAX] = {false};
    for (uint32_t t = 0; t < len; t++) {
        uint32_t before = t ? tr->data->gold[start + t - 1] : 0;
        trans_row(tr->trans_grad, tr, tr->data->classes[start + t], before)[tr->data->gold[start + t]] -= 1;
    }
    for (uint32_t t = 0; t < len; t++) {
        uint32_t c = tr->data->classes[start + t];
        if (done[c])
            continue;
        done[c] = true;
        for (uint32_t x = 0; x < tr->n; x++) {
            float *grad = trans_row(tr->trans_grad, tr, c, x), *w = trans_row(tr->trans, tr, c, x), largest = 0;
            for (uint32_t y = 0; y < tr->n; y++)
                largest = fabsf(grad[y]) > largest ? fabsf(grad[y]) : largest;
            if (largest > 1e-4f) {
                step_row(w, trans_row(tr->trans_seen, tr, c, x), grad, (float)tr->set->rate, width);
                for (uint32_t y = 0; y < tr->n; y++)
                    trans_row(tr->trans_exp, tr, c, x)[y] = tr->set->allowed[x * tr->n + y] ? tt__exp(w[y]) : 0;
            }
            memset(grad, 0, width * sizeof *grad);
        }
    }
}

/* Negative log likelihood of the gold states. */
static double loss_of(const trainer *tr, uint32_t start, uint32_t len)
{
    double loss = 0;
    for (uint32_t t = 0; t < len; t++) {
        uint32_t y = tr->data->gold[start + t], x = t ? tr->data->gold[start + t - 1] : 0;
        const float *psi = tr->psi + (size_t)t * tr->width;
        float into = tr->trans_exp[((size_t)tr->data->classes[start + t] * tr->n + x) * tr->width + y];
        loss += log((double)tr->scale[t]) - log((double)psi[y] + 1e-30) - log((double)into + 1e-30);
    }
    return loss;
}

static tt_status learn_sequence(trainer *tr, uint32_t sequence, unsigned epoch)
{
    uint32_t start = tr->data->starts[sequence], len = tr->data->starts[sequence + 1] - start;
    if (len > LONGEST_STEP)
        len = LONGEST_STEP; /* bounds the memory of one step; no sentence is that long */
    if (reserve(tr, len) != TT_OK || choose_active(tr, start, len, tt__pair(tt__pair(tr->set->seed, epoch), sequence)) != TT_OK)
        return TT_ENOMEM;
    fill_psi(tr, start, len);
    forward(tr, start, len);
    tr->loss += loss_of(tr, start, len);
    backward(tr, start, len);
    step_features(tr, start, len);
    step_transitions(tr, start, len);
    return TT_OK;
}

/* Fisher-Yates with a counter-based generator. */
static void shuffle(trainer *tr, unsigned epoch)
{
    for (size_t i = tr->data->sequence_count; i-- > 1;) {
        size_t k = (size_t)(tt__pair(tt__pair(tr->set->seed, epoch), i) % (i + 1));
        uint32_t swap = tr->order[i];
        tr->order[i] = tr->order[k];
        tr->order[k] = swap;
    }
}

enum { BINS = 8192 };

/* Smallest size that leaves at most `most` weights, from a histogram over 0 .. 4. (Size times frequency did no better.) */
static float cut_of(const trainer *tr, size_t most)
{
    static const float PER_BIN = 4.0f / BINS;
    uint32_t bins[BINS] = {0};
    size_t left = 0;
    for (size_t i = 0; i < (size_t)tr->index.count * tr->width; i++) {
        float bin = fabsf(tr->weights[i]) / PER_BIN;
        bins[bin < BINS - 1 ? (uint32_t)bin : BINS - 1]++;
    }
    for (uint32_t b = BINS; b-- > 1;) {
        left += bins[b];
        if (left > most)
            return (float)(b + 1) * PER_BIN;
    }
    return PER_BIN;
}

static void drop(trainer *tr, size_t cell)
{
    tr->weights[cell] = 0;
    tr->seen[cell] = INFINITY;
}

/* Drop all but the `room` largest weights of the row, that of state 0 aside. */
static void thin_row(trainer *tr, size_t row, uint32_t room)
{
    const float *w = tr->weights + row * tr->width;
    for (uint32_t y = 1; y < tr->n; y++) {
        uint32_t larger = 0;
        for (uint32_t z = 1; z < tr->n; z++)
            larger += fabsf(w[z]) > fabsf(w[y]) || (fabsf(w[z]) == fabsf(w[y]) && z < y);
        tr->active_row[y] = larger < room;
    }
    for (uint32_t y = 1; y < tr->n; y++)
        if (!tr->active_row[y])
            drop(tr, row * tr->width + y);
}

/* Set small weights to 0 for good; the epochs that follow make up for them. A row that stays keeps as many as its form in the
 * file has room for: they cost nothing. */
static void prune(trainer *tr)
{
    float cut = cut_of(tr, tr->set->most_weights);
    for (size_t row = 0; row < tr->index.count; row++) {
        const float *w = tr->weights + row * tr->width;
        uint32_t large = 0;
        for (uint32_t y = 1; y < tr->n; y++)
            large += fabsf(w[y]) >= cut;
        if (large == 0 && fabsf(w[0]) < cut) {
            for (uint32_t y = 0; y < tr->width; y++)
                drop(tr, row * tr->width + y);
        } else if (tt__crf_room(large, tr->n) < tr->n - 1) {
            thin_row(tr, row, tt__crf_room(large, tr->n));
        }
    }
}

/* The mean over members forgives the order and the draws of each; over late epochs, that of the last sequences. */
static void add_to_mean(trainer *tr)
{
    float part = 1.0f / (float)++tr->means;
    for (size_t i = 0; i < (size_t)tr->index.count * tr->width; i++)
        tr->mean[i] += (tr->weights[i] - tr->mean[i]) * part;
    for (size_t i = 0; i < trans_size(tr); i++)
        tr->trans_mean[i] += (tr->trans[i] - tr->trans_mean[i]) * part;
}

static tt_status pack(tt_buf *out, const trainer *tr, const float *weights, const float *trans)
{
    tt_crf_weights all = {tr->index.hashes, weights, trans,     tr->set->allowed,
                          tr->index.count,  tr->n,   tr->width, tr->set->classes};
    out->len = 0;
    return tt__crf_pack(out, &all);
}

/* One pass over all sequences; `epoch` counts all passes. */
static tt_status run_epoch(trainer *tr, unsigned epoch, double dropout, tt_error *err)
{
    tr->loss = 0;
    tr->dropout = dropout;
    shuffle(tr, epoch);
    for (size_t i = 0; i < tr->data->sequence_count; i++)
        if (learn_sequence(tr, tr->order[i], epoch) != TT_OK)
            return tt_fail(err, TT_ENOMEM, 0, "training: out of memory");
    return TT_OK;
}

static double mean_loss(const trainer *tr)
{
    return tr->data->sequence_count ? tr->loss / (double)tr->data->sequence_count : 0;
}

/* Show the caller the mean so far. */
static tt_status report(tt_buf *out, trainer *tr, unsigned epoch, bool pruned, bool *stop, tt_error *err)
{
    if (pack(out, tr, tr->mean, pruned ? tr->trans : tr->trans_mean) != TT_OK)
        return tt_fail(err, TT_ENOMEM, 0, "training: out of memory for the model");
    return tr->set->after_epoch(tr->set->context, epoch, mean_loss(tr), (tt_str){out->ptr, out->len}, pruned, stop);
}

static void start_member(trainer *tr)
{
    memset(tr->weights, 0, (size_t)tr->index.count * tr->width * sizeof(float));
    memset(tr->seen, 0, (size_t)tr->index.count * tr->width * sizeof(float));
    if (tr->shared_seen != NULL)
        memset(tr->shared_seen, 0, shared_size(tr) * sizeof(float));
    memset(tr->trans, 0, trans_size(tr) * sizeof(float));
    memset(tr->trans_seen, 0, trans_size(tr) * sizeof(float));
    apply_transitions(tr);
}

/* Of everything that decides what the weights become. */
static uint64_t fingerprint_of(const trainer *tr)
{
    const tt_crf_data *d = tr->data;
    const tt_crf_settings *s = tr->set;
    const double reals[] = {s->rate, s->shared_rate, s->dropout, s->late_dropout};
    const uint64_t numbers[] = {s->states, s->classes, s->cutoff, s->members, s->early, s->late, s->most_weights, s->seed};
    uint64_t print = tt__hash(reals, sizeof reals, tt__hash(numbers, sizeof numbers, 1));
    print = tt__pair(print, tt__checksum(d->features, d->feature_count * sizeof *d->features));
    print = tt__pair(print, tt__checksum(d->gold, d->token_count * sizeof *d->gold));
    print = tt__pair(print, tt__checksum(d->classes, d->token_count));
    return tt__pair(print, tt__checksum(d->starts, d->sequence_count * sizeof *d->starts));
}

static tt_checkpoint checkpoint_of(const trainer *tr, uint64_t fingerprint, unsigned epoch)
{
    size_t rows = (size_t)tr->index.count * tr->width;
    return (tt_checkpoint){
        {fingerprint, epoch, tr->means},
        {tr->weights, tr->seen, tr->mean, tr->trans, tr->trans_seen, tr->trans_mean, tr->shared_seen},
        {rows, rows, rows, trans_size(tr), trans_size(tr), trans_size(tr), tr->shared_seen != NULL ? shared_size(tr) : 0},
        tr->set->caller_state};
}

/* How many epochs are done already; the trainer is as it was after them. */
static tt_status resume(unsigned *epoch, trainer *tr, uint64_t fingerprint, tt_error *err)
{
    tt_checkpoint kept = checkpoint_of(tr, fingerprint, 0);
    *epoch = 0;
    if (tr->set->checkpoint == NULL)
        return TT_OK;
    tt_status status = tt__checkpoint_read(&kept, tr->set->checkpoint, err);
    if (status != TT_OK)
        return status;
    tr->means = kept.state.means;
    apply_transitions(tr);
    for (*epoch = 0; *epoch < kept.state.epoch; ++*epoch) /* the order of one epoch comes from that of the one before */
        shuffle(tr, *epoch + 1);
    return TT_OK;
}

/* The mean of the members is what is pruned and trained on. */
static void go_late(trainer *tr)
{
    memcpy(tr->weights, tr->mean, (size_t)tr->index.count * tr->width * sizeof(float));
    memcpy(tr->trans, tr->trans_mean, trans_size(tr) * sizeof(float));
    apply_transitions(tr);
    prune(tr);
    tr->means = 0;
}

/* One epoch of a member. The members begin anew, each with other draws. */
static tt_status early_epoch(tt_buf *out, trainer *tr, unsigned epoch, bool *stop, tt_error *err)
{
    const tt_crf_settings *s = tr->set;
    if ((epoch - 1) % s->early == 0)
        start_member(tr);
    tt_status status = run_epoch(tr, epoch, s->dropout, err);
    if (status != TT_OK)
        return status;
    if (epoch % s->early != 0)
        return s->after_epoch(s->context, epoch, mean_loss(tr), (tt_str){NULL, 0}, false, stop);
    add_to_mean(tr);
    status = report(out, tr, epoch, false, stop, err);
    if (status == TT_OK && epoch == s->early * s->members)
        go_late(tr);
    return status;
}

static tt_status late_epoch(tt_buf *out, trainer *tr, unsigned epoch, bool *stop, tt_error *err)
{
    tt_status status = run_epoch(tr, epoch, tr->set->late_dropout, err);
    if (status != TT_OK)
        return status;
    add_to_mean(tr);
    return report(out, tr, epoch, true, stop, err);
}

static tt_status run_epochs(tt_buf *out, trainer *tr, tt_error *err)
{
    const tt_crf_settings *s = tr->set;
    const unsigned early = s->early * s->members;
    const uint64_t fingerprint = s->checkpoint ? fingerprint_of(tr) : 0;
    unsigned epoch;
    bool stop = false;
    tt_status status = resume(&epoch, tr, fingerprint, err);
    while (status == TT_OK && epoch < early + s->late && !(stop && epoch > early)) {
        epoch++;
        status = epoch <= early ? early_epoch(out, tr, epoch, &stop, err) : late_epoch(out, tr, epoch, &stop, err);
        if (status != TT_OK || s->checkpoint == NULL || (stop && epoch > early))
            continue;
        tt_checkpoint kept = checkpoint_of(tr, fingerprint, epoch);
        status = tt__checkpoint_write(s->checkpoint, &kept, err);
    }
    if (status != TT_OK || (s->late != 0 && out->len != 0))
        return status;
    if (s->late == 0) {
        add_to_mean(tr);
        return report(out, tr, epoch, true, &stop, err);
    }
    return pack(out, tr, tr->mean, tr->trans) == TT_OK ? TT_OK
                                                       : tt_fail(err, TT_ENOMEM, 0, "training: out of memory for the model");
}

tt_status tt__crf_train(tt_buf *out, const tt_crf_data *data, const tt_crf_settings *settings, tt_error *err)
{
    trainer tr = {.data = data, .set = settings};
    tt_status status = prepare(&tr, err);
    if (status == TT_OK)
        status = run_epochs(out, &tr, err);
    release(&tr);
    return status;
}
