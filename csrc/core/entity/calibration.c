/* calibration.c - logistic regression by Newton's method, in two steps: a line for all labels, then for each label what it lies
 * above or below that, held back where the label was seen seldom. */
#include "entity/calibration.h"

#include <math.h>
#include <string.h>

/* FEWEST mentions, right or wrong, that say anything. PRIOR: as many mentions as it takes to move a label's shift half-way. */
enum { FEWEST = 10, STEPS = 30, PRIOR = 10, LOGIT_MAX = 30 };
/* Nobody is surer than this of a text that he has not seen. */
static const float SUREST = 0.999f;

static double sigmoid(double x)
{
    double bounded = x < -LOGIT_MAX ? -LOGIT_MAX : x > LOGIT_MAX ? LOGIT_MAX : x;
    return 1 / (1 + exp(-bounded));
}

void tt__calibration_init(tt_calibration *out)
{
    memset(out, 0, sizeof *out);
    for (int i = 0; i < CALIBRATION_LAYERS; i++)
        out->layers[i].slope = 1;
}

/* One Newton step of slope and shift; true when it was small. */
static bool step_line(double *slope, double *shift, const tt_found_mention *mentions, size_t count)
{
    double ga = 0, gb = 0, haa = 1e-6, hab = 0, hbb = 1e-6;
    for (size_t i = 0; i < count; i++) {
        double x = mentions[i].odds, p = sigmoid(*slope * x + *shift), off = p - mentions[i].right, weight = p * (1 - p);
        ga += off * x;
        gb += off;
        haa += weight * x * x;
        hab += weight * x;
        hbb += weight;
    }
    double det = haa * hbb - hab * hab;
    if (!(det > 0))
        return true;
    double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
    *slope -= da;
    *shift -= db;
    return fabs(da) + fabs(db) < 1e-9;
}

static double fit_label(const tt_found_mention *mentions, size_t count, uint32_t label, double slope, double shift)
{
    double more = 0;
    for (int step = 0; step < STEPS; step++) {
        double g = more * PRIOR / 4, h = PRIOR / 4.0; /* a mention weighs at most a quarter */
        for (size_t i = 0; i < count; i++) {
            if (mentions[i].label != label)
                continue;
            double p = sigmoid(slope * mentions[i].odds + shift + more);
            g += p - mentions[i].right;
            h += p * (1 - p);
        }
        more -= g / h;
    }
    return more;
}

void tt__calibration_fit(tt_calibration_line *out, const tt_found_mention *mentions, size_t count, uint32_t labels)
{
    size_t right = 0;
    double slope = 0, shift = 0;
    for (size_t i = 0; i < count; i++)
        right += mentions[i].right;
    if (right < FEWEST || count - right < FEWEST)
        return;
    for (int step = 0; step < STEPS && !step_line(&slope, &shift, mentions, count); step++)
        ;
    if (!(slope > 0) || !isfinite(slope) || !isfinite(shift)) /* the odds say nothing */
        return;
    out->slope = (float)slope;
    out->shift = (float)shift;
    for (uint32_t label = 0; label < labels; label++)
        out->label_shifts[label] = (float)fit_label(mentions, count, label, slope, shift);
}

float tt__calibration_apply(const tt_calibration *self, bool inner, uint32_t label, float odds)
{
    const tt_calibration_line *line = &self->layers[inner];
    float sure = (float)sigmoid((double)line->slope * odds + line->shift + line->label_shifts[label]);
    return sure < SUREST ? sure : SUREST;
}

tt_status tt__calibration_read(tt_calibration *out, tt_str section, uint32_t labels, tt_error *err)
{
    const size_t line = (2 + labels) * sizeof(float);
    tt__calibration_init(out);
    if (section.len == 0)
        return TT_OK;
    bool good = section.len == CALIBRATION_LAYERS * line;
    for (size_t i = 0; good && i < CALIBRATION_LAYERS; i++) {
        float numbers[2 + SCHEME_LABELS_MAX];
        memcpy(numbers, section.ptr + i * line, line);
        for (uint32_t k = 0; k < 2 + labels; k++)
            good = good && isfinite(numbers[k]);
        out->layers[i].slope = numbers[0];
        out->layers[i].shift = numbers[1];
        memcpy(out->layers[i].label_shifts, numbers + 2, labels * sizeof *numbers);
    }
    return good ? TT_OK : tt_fail(err, TT_EMODEL, 0, "the model's calibration is damaged: fetch or train the model again");
}

tt_status tt__calibration_write(tt_buf *out, const tt_calibration *self, uint32_t labels)
{
    tt_status status = TT_OK;
    for (size_t i = 0; status == TT_OK && i < CALIBRATION_LAYERS; i++) {
        float numbers[2 + SCHEME_LABELS_MAX] = {self->layers[i].slope, self->layers[i].shift};
        memcpy(numbers + 2, self->layers[i].label_shifts, labels * sizeof *numbers);
        status = tt_buf_add(out, numbers, (2 + labels) * sizeof *numbers);
    }
    return status;
}
