/* form.c - UTF-8 to NFC or NFKC as edits.
 *
 * ICU's C API normalizes UTF-16 and tells no edits, so it sees only what may change: a stretch between two code points that
 * begin anew (unorm2_hasBoundaryBefore) around one that is not surely in the form. Steps of the text without such a code point
 * are passed over by the bits that a scan left. A Latin letter with marks after it, as decomposed Vietnamese has them, is put
 * together from a table: what two code points make has the same canonical decomposition as both, so that a third, too, may join
 * it, in whatever order the marks stand; the last one made is in the form. */
#include "base/alloc.h"
#include "text/letter.h"
#include "text/nfc.h"
#include "text/scan.h"
#include "text/stretch.h"

#include <unicode/uchar.h>

/* A letter; the last byte of two is followed by a zero. */
typedef struct {
    unsigned char bytes[3];
    uint8_t len;
} tt_composed;

#include "text/compose_table.inc"

_Static_assert(sizeof(tt_composed) == TT_EDIT_SHORT, "an edit copies all of it");

enum { STEP = TT_CP_STEP, BLOCK = TT_SCAN_BLOCK, MARK_LEAD = 0xCC };

typedef struct {
    tt_edit *edit;
    const unsigned char *at; /* edit->from */
    size_t len;
    size_t done;     /* start of a code point: what is before is in the form, or edited */
    size_t expected; /* edits */
    tt_form form;
    unsigned char lead; /* code points with a lower first byte are settled */
    tt_stretch stretch;
} former;

/* ---- what is settled ---- */

/* Latin and Vietnamese letters, in both forms. */
static bool is_latin(uint32_t cp)
{
    return cp < 0x80 || (cp >= 0xC0 && cp < 0x132) || (cp >= 0x1EA0 && cp < 0x1F00);
}

/* More that is NFC: Latin, punctuation, Cyrillic, Chinese, Hangul syllables, emoji. */
static bool is_common(uint32_t cp)
{
    return cp < 0x300 || (cp >= 0x2002 && cp < 0x20C0) || (cp >= 0x400 && cp < 0x483) || (cp >= 0x3400 && cp < 0xA000) ||
           (cp >= 0xAC00 && cp < 0xD7A4) || (cp >= 0x1F300 && cp < 0x1F650);
}

/* Surely in the form and never joined to what stands before. */
static bool is_settled(const former *f, uint32_t cp)
{
    if (is_latin(cp) || (f->form == TT_NFC && is_common(cp)))
        return true;
    UProperty check = f->form == TT_NFC ? UCHAR_NFC_QUICK_CHECK : UCHAR_NFKC_QUICK_CHECK;
    return unorm2_getCombiningClass(f->stretch.norm, (UChar32)cp) == 0 &&
           u_getIntPropertyValue((UChar32)cp, check) == UNORM_YES;
}

static uint32_t decode(const former *f, size_t at)
{
    uint32_t len;
    return tt__decode((const char *)f->at + at, &len);
}

static bool is_settled_at(const former *f, size_t at)
{
    return f->at[at] < f->lead || is_settled(f, decode(f, at));
}

/* Bits of text[at, end), at most a block of it. */
static uint64_t leads(const former *f, size_t at, size_t end)
{
    unsigned char last[BLOCK] = {0};
    const unsigned char *b = f->at + at;
    if (f->len - at < BLOCK)
        b = memcpy(last, b, f->len - at);
    uint64_t bits = TT_LEADS(b, f->lead);
    return end - at >= BLOCK ? bits : bits & ((UINT64_C(1) << (end - at)) - 1);
}

/* ---- letters with marks ---- */

/* What the loop over letters works with: local copies, since bytes that are written might be anything in memory. */
typedef struct {
    const unsigned char *at;
    size_t len, done;
    tt_edit edit;
} writer;

/* Number of the letter before `at`, which starts at *start; 0 when no mark can join it. */
static inline uint32_t letter_before(const writer *w, size_t *start, size_t at)
{
    uint32_t size;
    *start = at - 1;
    if (w->at[at - 1] < tt_compose_ascii_end)
        return tt_compose_ascii[w->at[at - 1]];
    while (tt__is_tail((char)w->at[*start]))
        --*start;
    uint32_t cp = tt__decode((const char *)w->at + *start, &size);
    if (cp >= tt_compose_latin_first && cp < tt_compose_latin_end)
        return tt_compose_latin[cp - tt_compose_latin_first];
    if (cp >= tt_compose_additional_first && cp < tt_compose_additional_end)
        return tt_compose_additional[cp - tt_compose_additional_first];
    return 0;
}

/* The letter that one or two marks at b[0..4] make of another, 0 if none; *len is their bytes. Both cases without a branch:
 * nobody can foretell which comes next. */
static uint32_t join(uint32_t letter, uint32_t *len, const unsigned char *b)
{
    uint32_t more = 0 - (uint32_t)(b[2] == MARK_LEAD); /* all ones or none */
    uint32_t one = tt_compose_pairs[letter][tt_compose_columns[b[1] & 0x3F]];
    uint32_t base = one & (0 - (uint32_t)(one < tt_compose_bases));
    uint32_t two = tt_compose_pairs[base][tt_compose_columns[b[3] & 0x3F]];
    *len = 2 + (more & 2);
    return one ^ ((one ^ two) & more);
}

/* Put the letter before the mark at `at` together with it; false when the table is not enough. */
static inline bool put_letter(writer *w, const former *f, size_t at)
{
    size_t start;
    const unsigned char *b = w->at + at;
    unsigned char last[5];
    uint32_t len;
    if (at == w->done)
        return false;
    if (w->len - at < sizeof last) {
        memset(last, 0, sizeof last);
        b = memcpy(last, b, w->len - at);
    }
    uint32_t letter = join(letter_before(w, &start, at), &len, b);
    if (letter == 0 || (b[len] >= 0x80 && !is_settled_at(f, at + len)))
        return false;
    const tt_composed *made = &tt_compose_utf8[letter];
    w->done = at + len;
    tt__edit_put_reserved(&w->edit, (uint32_t)start, (uint32_t)w->done, made->bytes, made->len);
    return true;
}

/* Put letters and their marks together and pass over what is settled, in a step up to `end`; gives the place of the first code
 * point for which the table is not enough, or `end`. */
static size_t put_letters(former *f, size_t at, size_t end)
{
    writer w = {f->at, f->len, f->done, *f->edit};
    size_t stop = end;
    while (at < stop) {
        for (uint64_t bits = leads(f, at, end); bits != 0; bits &= bits - 1) {
            size_t lead = at + (size_t)__builtin_ctzll(bits);
            if (w.at[lead] == MARK_LEAD ? !put_letter(&w, f, lead) : !is_settled_at(f, lead)) {
                stop = lead;
                break;
            }
        }
        at = at + BLOCK > w.done ? at + BLOCK : w.done;
    }
    *f->edit = w.edit;
    f->done = w.done;
    return stop;
}

/* ---- a stretch of any kind ---- */

/* Start of the stretch around the unsettled code point at `at`: a mark goes with the code point before it. */
static size_t stretch_start(const former *f, size_t at)
{
    if (at == f->done || unorm2_hasBoundaryBefore(f->stretch.norm, (UChar32)decode(f, at)))
        return at;
    while (tt__is_tail((char)f->at[--at]))
        ;
    return at;
}

static size_t stretch_end(const former *f, size_t at)
{
    uint32_t len;
    do
        tt__decode((const char *)f->at + at, &len);
    while ((at += len) < f->len && !unorm2_hasBoundaryBefore(f->stretch.norm, (UChar32)decode(f, at)));
    return at;
}

static tt_status put_stretch(former *f, size_t at)
{
    size_t start = stretch_start(f, at), end = stretch_end(f, at);
    tt_str out, in = {(const char *)f->at + start, end - start};
    if (tt__stretch_form(&out, &f->stretch, in) != TT_OK)
        return TT_ENOMEM;
    f->done = end;
    if (tt_str_eq(in, out))
        return TT_OK;
    if (f->edit->text.len + (start - f->edit->copied) + out.len + (f->len - end) > TT_TEXT_MAX)
        return TT_ELIMIT;
    return tt__edit_put(f->edit, start, end, out.ptr, out.len);
}

/* ---- the whole text ---- */

/* Room for all edits of a step up to `end`. */
static tt_status reserve(const former *f, size_t end)
{
    size_t left = f->len - f->done, edits = left < STEP ? left : STEP; /* each is of a byte at least */
    if (f->edit->cap == 0)
        edits += f->expected;
    return tt__edit_reserve(f->edit, end - f->edit->copied + STEP, edits);
}

static size_t pass_settled(const former *f, size_t at, size_t end)
{
    for (; at < end; at += BLOCK)
        for (uint64_t bits = leads(f, at, end); bits != 0; bits &= bits - 1) {
            size_t lead = at + (size_t)__builtin_ctzll(bits);
            if (!is_settled_at(f, lead))
                return lead;
        }
    return end;
}

/* Edit around every unsettled code point that begins in the step up to `end`. */
static tt_status form_step(former *f, size_t at, size_t end)
{
    if (f->edit->cap == 0) /* there may be nothing to edit at all */
        at = pass_settled(f, at, end);
    while (at < end) {
        if (reserve(f, end) != TT_OK)
            return TT_ENOMEM;
        at = put_letters(f, at, end);
        if (at == end)
            break;
        tt_status status = put_stretch(f, at);
        if (status != TT_OK)
            return status;
        at = f->done;
    }
    return TT_OK;
}

/* Start of the code point at or after `at` with which the next step begins that has something unsettled, or the length. */
static size_t next_odd_step(const former *f, const uint64_t *odd, size_t at)
{
    size_t step = at / STEP, word = step / 64, words = TT_SCAN_WORDS(f->len);
    uint64_t bits = odd[word] & (UINT64_MAX << step % 64);
    while (bits == 0 && ++word < words)
        bits = odd[word];
    if (bits == 0)
        return f->len;
    size_t start = (word * 64 + (size_t)__builtin_ctzll(bits)) * STEP;
    if (start <= at)
        return at;
    while (start > at && tt__is_tail((char)f->at[--start])) /* its second byte has the bit */
        ;
    return start;
}

/* About how many edits there will be: first bytes of most that is unsettled, in the steps that have some. */
TT_TWICE size_t expect_by(const unsigned char *at, size_t len, const uint64_t *odd)
{
    size_t n = 0;
    for (size_t step = 0; step < len / STEP; step++, at += STEP) {
        if ((odd[step / 64] >> step % 64 & 1) == 0)
            continue;
        for (size_t block = 0; block < STEP; block += BLOCK) {
            unsigned char some = 0;
            for (size_t i = block; i < block + BLOCK; i++)
                some = (unsigned char)(some + ((at[i] >= MARK_LEAD) & ((at[i] & 0xFC) != 0xE0)));
            n += some;
        }
    }
    return n < len / 4 ? n : len / 4; /* mostly marks on marks then */
}

TT_AVX2 static size_t expect_avx2(const unsigned char *at, size_t len, const uint64_t *odd)
{
    return expect_by(at, len, odd);
}

static size_t expect(const unsigned char *at, size_t len, const uint64_t *odd)
{
    return tt__cpu() >= TT_CPU_AVX2 ? expect_avx2(at, len, odd) : expect_by(at, len, odd);
}

static tt_status form_text(former *f, const uint64_t *odd, tt_error *err)
{
    tt_status status = TT_OK;
    size_t at = f->len == 0 ? 0 : next_odd_step(f, odd, 0);
    if (at < f->len)
        f->expected = expect(f->at, f->len, odd);
    while (at < f->len && status == TT_OK) {
        size_t end = (at / STEP + 1) * STEP < f->len ? (at / STEP + 1) * STEP : f->len;
        status = form_step(f, at, end);
        at = end > f->done ? end : f->done;
        if (at < f->len)
            at = next_odd_step(f, odd, at);
    }
    tt__stretch_drop(&f->stretch);
    if (status == TT_ELIMIT)
        return tt_fail(err, TT_ELIMIT, TT_TEXT_MAX, "the normalized text is longer than %zu bytes: split it", TT_TEXT_MAX);
    return status == TT_OK ? TT_OK : tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
}

static tt_status former_make(former *out, tt_edit *edit, tt_form form, tt_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *norm = form == TT_NFC ? unorm2_getNFCInstance(&code) : unorm2_getNFKCInstance(&code);
    *out = (former){.edit = edit,
                    .at = (const unsigned char *)edit->from.ptr,
                    .len = edit->from.len,
                    .form = form,
                    .lead = form == TT_NFC ? MARK_LEAD : 0xC2,
                    .stretch = {.norm = norm}};
    if (U_SUCCESS(code))
        return TT_OK;
    return tt_fail(err, code == U_MEMORY_ALLOCATION_ERROR ? TT_ENOMEM : TT_EUNSUPPORTED, 0, "text: ICU has no %s: %s",
                   form == TT_NFC ? "NFC" : "NFKC", u_errorName(code));
}

tt_status tt__nfc_edit(tt_edit *edit, const uint64_t *odd, tt_error *err)
{
    former f;
    tt_status status = former_make(&f, edit, TT_NFC, err);
    return status == TT_OK ? form_text(&f, odd, err) : status;
}

tt_status tt__form_edit(tt_edit *edit, tt_form form, tt_error *err)
{
    former f;
    tt_status status = former_make(&f, edit, form, err);
    if (status != TT_OK)
        return status;
    uint64_t *odd = tt__calloc(TT_SCAN_WORDS(f.len), sizeof *odd);
    if (odd == NULL)
        return tt_fail(err, TT_ENOMEM, 0, "text: out of memory");
    if (form == TT_NFC)
        tt__scan_text(NULL, NULL, odd, tt__scan_of(tt__cpu()), edit->from);
    else
        tt__scan_compat(odd, edit->from);
    status = form_text(&f, odd, err);
    tt__free(odd);
    return status;
}
