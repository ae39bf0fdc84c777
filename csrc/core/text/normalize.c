/* normalize.c - the passes in order, each over the view that the one before made; the alignments are put together on the way.
 *
 * A pass that changes nothing costs its search alone. The two scratch arenas take turns: one holds the view that is read, the
 * other takes the view that is made. */
#include "tintuc/normalize.h"

#include "base/alloc.h"
#include "text/mojibake.h"
#include "text/nfc.h"
#include "text/pass.h"
#include "text/quiet.h"

#include <string.h>

/* Code points that were rewritten. */
static uint32_t changed_runs(const tt_align_run *runs, size_t len)
{
    uint32_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += runs[i].changed;
    return count;
}

static tt_status form_pass(tt_pass *pass)
{
    tt_step step = tt__takes(pass, TT_STEP_NFKC) ? TT_STEP_NFKC : TT_STEP_NFC;
    tt_status status = tt__form_edit(&pass->edit, step == TT_STEP_NFKC ? TT_NFKC : TT_NFC, pass->err);
    pass->counts[step] = changed_runs(pass->edit.runs, pass->edit.len);
    return status;
}

static tt_status mojibake_pass(tt_pass *pass)
{
    return tt__mojibake_edit(&pass->edit, &pass->counts[TT_STEP_MOJIBAKE]);
}

#define BIT(name) TT_STEP_BIT(TT_STEP_##name)

static const struct {
    unsigned steps;
    tt_status (*run)(tt_pass *pass);
} PASSES[] = {
    {BIT(MOJIBAKE), mojibake_pass},
    {BIT(HTML), tt__pass_html},
    {BIT(NEWLINES) | BIT(CONTROLS) | BIT(INVISIBLE) | BIT(PRIVATE) | BIT(SPACES) | BIT(LETTERS) | BIT(LOOKALIKES) |
         BIT(DASHES) | BIT(QUOTES) | BIT(ELLIPSIS),
     tt__pass_glyphs},
    {BIT(LOOKALIKES), tt__pass_strangers},
    {BIT(NFC) | BIT(NFKC), form_pass},
    {BIT(MARKS) | BIT(TONE_OLD) | BIT(TONE_NEW) | BIT(TO_I) | BIT(TO_Y), tt__pass_syllables},
    {BIT(SQUEEZE), tt__pass_squeeze},
    {BIT(LOWER) | BIT(PLAIN), tt__pass_fold},
};

static const unsigned EXCLUSIVE[] = {BIT(NFC) | BIT(NFKC), BIT(TONE_OLD) | BIT(TONE_NEW), BIT(TO_I) | BIT(TO_Y)};

static tt_status check_steps(unsigned steps, tt_error *err)
{
    if (steps >= 1u << TT_STEPS)
        return tt_fail(err, TT_EARGUMENT, 0, "normalize: 0x%X has steps that are none", steps);
    for (size_t i = 0; i < TT_COUNT(EXCLUSIVE); i++)
        if ((steps & EXCLUSIVE[i]) == EXCLUSIVE[i])
            return tt_fail(err, TT_EARGUMENT, 0,
                           "normalize: two steps exclude each other: take one form, one tone style, i or y");
    return TT_OK;
}

/* The view so far. */
typedef struct {
    tt_str view;
    tt_align align; /* to the raw text; no runs: nothing changed yet */
    tt_arena arenas[2];
    unsigned turn; /* arena that holds the view and its alignment */
} chain;

/* Letters can grow: y for i, and some in another case. */
static tt_status take_over(chain *c, tt_pass *pass)
{
    tt_arena *arena = pass->edit.arena;
    tt_str view;
    tt_align align;
    if (tt__edit_end(&view, &align, arena, &pass->edit) != TT_OK)
        return TT_ENOMEM;
    if (c->align.len != 0 && tt_align_compose(&align, arena, &c->align, &align, NULL) != TT_OK)
        return TT_ENOMEM;
    if (view.len > TT_TEXT_MAX)
        return tt_fail(pass->err, TT_ELIMIT, TT_TEXT_MAX, "the normalized text is longer than %zu bytes: split it",
                       TT_TEXT_MAX);
    c->view = view;
    c->align = align;
    c->turn = 1 - c->turn;
    return TT_OK;
}

static tt_status run_passes(chain *c, uint32_t *counts, unsigned steps, tt_error *err)
{
    bool quiet = (steps & TT_QUIET_STEPS) != 0 && tt__is_quiet(c->view);
    for (size_t i = 0; i < TT_COUNT(PASSES) && c->view.len != 0; i++) {
        unsigned idle = quiet && c->align.len == 0 ? TT_QUIET_STEPS : 0;
        if ((steps & PASSES[i].steps & ~idle) == 0)
            continue;
        tt_arena *other = &c->arenas[1 - c->turn];
        tt_pass pass = {.edit = {.from = c->view, .arena = other}, .steps = steps & PASSES[i].steps, .err = err};
        tt_arena_free(other);
        tt_status status = PASSES[i].run(&pass);
        if (status == TT_OK && tt__edit_any(&pass.edit))
            status = take_over(c, &pass);
        tt__edit_drop(&pass.edit);
        if (status != TT_OK)
            return status;
        for (size_t step = 0; counts != NULL && step < TT_STEPS; step++)
            counts[step] += pass.counts[step];
    }
    return TT_OK;
}

static tt_status keep(tt_text *out, tt_arena *arena, const chain *c, tt_error *err)
{
    size_t runs = c->align.len + 1;
    if (c->align.len == 0)
        return TT_OK;
    out->norm = (tt_str){tt__arena_copy(arena, c->view.ptr, c->view.len), c->view.len};
    out->align = (tt_align){tt__arena_copy(arena, c->align.runs, runs * sizeof *c->align.runs), c->align.len};
    if (out->norm.ptr == NULL || out->align.runs == NULL)
        return TT_ENOMEM;
    return tt_cp_index_make(&out->norm_index, arena, out->norm, err);
}

/* The scan of the raw text tells already where NFC has something to do. */
static tt_status nfc_alone(tt_text *out, uint32_t *counts, tt_arena *arena, tt_str raw, tt_error *err)
{
    tt_status status = tt_text_make(out, arena, raw, err);
    if (status == TT_OK && counts != NULL)
        counts[TT_STEP_NFC] = changed_runs(out->align.runs, out->align.len);
    return status;
}

tt_status tt_normalize(tt_text *out, uint32_t *counts, tt_arena *arena, tt_str raw, unsigned steps, tt_error *err)
{
    chain c = {.arenas = {{.spares = arena->spares}, {.spares = arena->spares}}};
    if (counts != NULL)
        memset(counts, 0, TT_STEPS * sizeof *counts);
    memset(out, 0, sizeof *out);
    tt_status status = check_steps(steps, err);
    if (status == TT_OK && steps == BIT(NFC))
        return nfc_alone(out, counts, arena, raw, err);
    if (status == TT_OK)
        status = tt__text_plain(out, arena, raw, err);
    if (status != TT_OK)
        return status;
    c.view = raw;
    status = run_passes(&c, counts, steps, err);
    if (status == TT_OK)
        status = keep(out, arena, &c, err);
    tt_arena_free(&c.arenas[0]);
    tt_arena_free(&c.arenas[1]);
    return status == TT_ENOMEM ? tt_fail(err, status, 0, "normalize: out of memory") : status;
}
