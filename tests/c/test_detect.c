/* test_detect.c - the encoding of whole sentences, of headlines and of what is not Vietnamese; the dev texts give the
 * sentences. */
#include "base/hash.h"
#include "tt_test.h"

#include <math.h>

#define S(literal) {literal, sizeof(literal) - 1}

static const struct {
    const char *name;
    tt_str bytes;
    tt_encoding want;
    double least, most; /* confidence */
} CASES[] = {
    {"nothing", S(""), TT_UTF_8, 1, 1},
    {"ASCII", S("Ha Noi, ngay 5 thang 9"), TT_UTF_8, 1, 1},
    {"UTF-8 mark",
     S("\xEF\xBB\xBF"
       "a"),
     TT_UTF_8, 1, 1},
    {"UTF-16 mark", S("\xFF\xFEH\0"), TT_UTF_16, 1, 1},
    {"UTF-16 mark, big-endian", S("\xFE\xFF\0H"), TT_UTF_16, 1, 1},
    {"UTF-32 mark", S("\xFF\xFE\0\0H\0\0\0"), TT_UTF_32, 1, 1},
    {"UTF-32 mark, big-endian", S("\0\0\xFE\xFF\0\0\0H"), TT_UTF_32, 1, 1},
    {"UTF-16-LE of one letter", S("H\0"), TT_UTF_16LE, 0.9, 1},
    {"UTF-16-BE", S("\0H\0\xE0\0 \0N\x1E\xD9\0i"), TT_UTF_16BE, 0.9, 1},
    {"UTF-32-LE", S("H\0\0\0\xE0\0\0\0 \0\0\0"), TT_UTF_32LE, 0.9, 1},
    {"UTF-32-BE", S("\0\0\0H\0\0\0\xE0\0\0\x1E\xD9"), TT_UTF_32BE, 0.9, 1},
    {"UTF-8", S("Hà Nội"), TT_UTF_8, 0.95, 1},
    {"UTF-8, one letter", S("Hà"), TT_UTF_8, 0.9, 1},
    {"UTF-8, Cyrillic", S("'б'"), TT_UTF_8, 0.9, 1},
    {"UTF-8, Chinese", S("中文"), TT_UTF_8, 0.9, 1},
    {"UTF-8, one bad byte in many", S("Hà Nội hôm nay có \xFF mưa"), TT_UTF_8, 0.7, 0.99},
    {"English with apostrophes", S("I don't know if it's so. Isn't he here? They've a dog. No, he hasn't."), TT_UTF_8, 1, 1},
    {"code", S("if (a+b > u+v) { x = a^b; o(n); } // U+00AB"), TT_UTF_8, 1, 1},
    {"VIQR", S("Tru+o+`ng DDa.i ho.c Ba'ch khoa Ha` No^.i"), TT_VIQR, 0.7, 1},
    {"UTF-8, cut off", S("\xF0\x9F\x98"), TT_UTF_8, 0.5, 1},
    {"noise", S("ok\xFF\xFE"), TT_UTF_8, 0, 0},
    {"TCVN3 in a font of capitals", S("CH\xDDNH PH\xF1 H\xE4P PHI\xAAN TH\xAD\xEANG K\xFA"), TT_TCVN3, 0.9, 1},
    {"French",
     S("Le pr\xE9sident de la R\xE9publique a d\xE9"
       "clar\xE9 \xE0 la presse"),
     TT_UTF_8, 0, 0.3},
    {"German",
     S("Die L\xE4nder verf\xFCgen \xFC"
       "ber gr\xF6\xDF"
       "ere Mittel"),
     TT_UTF_8, 0, 0.3},
};

TT_TEST(detect_cases)
{
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_guess got;
        tt_detect(&got, CASES[i].bytes);
        TT_CHECK_INT(CASES[i].name, got.encoding, CASES[i].want);
        TT_CHECK(CASES[i].name, got.confidence >= CASES[i].least && got.confidence <= CASES[i].most);
    }
}

/* What stands after 64 KiB of ASCII counts; a sequence that the sample cuts does not count against UTF-8. */
TT_TEST(detect_samples)
{
    static const char HEAD[] = "Vi\xD6t Nam \xAE\xB7 \xAE\xD5n "; /* TCVN3 */
    size_t ascii = 70000, len = ascii + sizeof HEAD - 1;
    char *bytes = tt_arena_alloc(&t->arena, len);
    tt_guess got;
    if (bytes == NULL)
        return;
    memset(bytes, ' ', ascii);
    memcpy(bytes + ascii, HEAD, sizeof HEAD - 1);
    tt_detect(&got, (tt_str){bytes, len});
    TT_CHECK_INT("late", got.encoding, TT_TCVN3);
    for (size_t at = 0; at + 3 <= ascii; at += 3)
        memcpy(bytes + at, "\xE1\xBB\x99", 3);
    tt_detect(&got, (tt_str){bytes, ascii / 3 * 3});
    TT_CHECK_INT("cut", got.encoding, TT_UTF_8);
    TT_CHECK("cut", got.confidence > 0.999);
}

static size_t count_words(tt_str text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] == ' ' || text.ptr[i] == '\n';
    return words;
}

/* The first `words` words. */
static tt_str head_of(tt_str text, size_t words)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] == ' ' || text.ptr[i] == '\n') && --words == 0)
            return (tt_str){text.ptr, i};
    return text;
}

/* Vietnamese and ASCII in capitals: good enough for letters, which are two or three bytes here. */
static tt_str capitals_of(tt_arena *arena, tt_str text)
{
    tt_str bytes;
    tt_error err;
    char *viqr;
    if (tt_encode(&bytes, arena, text, TT_VIQR, &err) != TT_OK || (viqr = tt_arena_alloc(arena, bytes.len)) == NULL)
        return text;
    for (size_t i = 0; i < bytes.len; i++)
        viqr[i] = (char)(bytes.ptr[i] >= 'a' && bytes.ptr[i] <= 'z' ? bytes.ptr[i] - 32 : bytes.ptr[i]);
    tt_decoded got;
    return tt_decode(&got, arena, (tt_str){viqr, bytes.len}, TT_VIQR, false, &err) == TT_OK ? got.text : text;
}

/* Of one encoding, for headlines (5-8 words) and sentences (20 and more). */
typedef struct {
    unsigned seen[2], right[2];
    unsigned sure, sure_right; /* with a confidence above 0.9 */
} score;

static bool is_ascii(tt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] & 0x80)
            return false;
    return true;
}

/* Is the text read as in its encoding when nobody says which that is? What the encoding lacks is passed over. */
static void try_text(score *sum, int length, tt_str text, tt_encoding encoding)
{
    tt_arena arena = {0};
    tt_str bytes;
    tt_decoded got, want;
    tt_error err;
    if (!is_ascii(text) && tt_encode(&bytes, &arena, text, encoding, &err) == TT_OK &&
        tt_decode(&want, &arena, bytes, encoding, false, &err) == TT_OK) {
        bool right = tt_decode(&got, &arena, bytes, TT_ENCODING_DETECT, true, &err) == TT_OK && tt_str_eq(got.text, want.text);
        tt_guess guess;
        tt_detect(&guess, bytes);
        sum->seen[length]++;
        sum->right[length] += right;
        sum->sure += guess.confidence > 0.9;
        sum->sure_right += guess.confidence > 0.9 && right;
    }
    tt_arena_free(&arena);
}

static void try_sentence(tt_arena *arena, score scores[TT_ENCODING_COUNT], tt_str sentence)
{
    tt_str forms[2] = {sentence, capitals_of(arena, sentence)};
    size_t words = count_words(sentence), head = 5 + words % 4;
    for (size_t form = 0; form < 2; form++)
        for (int e = TT_UTF_8; e < TT_ENCODING_COUNT; e++) {
            if (e == TT_WINDOWS_1252)
                continue;
            if (words >= 20)
                try_text(&scores[e], 1, forms[form], (tt_encoding)e);
            if (words >= 5)
                try_text(&scores[e], 0, head_of(forms[form], head), (tt_encoding)e);
        }
}

TT_TEST(detect_sentences_of_the_dev_texts)
{
    static const char *const FILES[] = {"b01", "b02", "b03", "b04", "b05", "b06"};
    score scores[TT_ENCODING_COUNT] = {{{0}, {0}, 0, 0}};
    for (size_t f = 0; f < TT_COUNT(FILES); f++) {
        char path[64];
        tt_corpus *corpus = NULL;
        snprintf(path, sizeof path, "csrc/data/corpus/dev/%s.ann", FILES[f]);
        TT_CHECK_OK(path, tt_corpus_new(&corpus, &t->err));
        TT_CHECK_OK(path, tt_corpus_read(corpus, path, &t->err));
        for (size_t d = 0; d < tt_corpus_count(corpus); d++) {
            const tt_example *doc = tt_corpus_at(corpus, d);
            for (size_t s = 0; s < doc->sentence_count; s++) {
                tt_span at = doc->sentences[s];
                try_sentence(&t->arena, scores, (tt_str){doc->text.ptr + at.start, at.end - at.start});
            }
        }
        tt_corpus_free(corpus);
    }
    for (int e = TT_UTF_8; e < TT_ENCODING_COUNT; e++) {
        if (e == TT_WINDOWS_1252)
            continue;
        const score *s = &scores[e];
        TT_CHECK(tt_encoding_name(e), s->seen[0] > 600 && s->seen[1] > 350);
        TT_CHECK(tt_encoding_name(e), s->right[0] >= 0.97 * s->seen[0]);
        TT_CHECK(tt_encoding_name(e), s->right[1] >= 0.99 * s->seen[1]);
        if (e != TT_VIQR) /* what is ASCII is UTF-8 for sure */
            TT_CHECK(tt_encoding_name(e), s->sure > 900 && s->sure_right >= 0.99 * s->sure);
    }
}

TT_TEST(detect_random_bytes)
{
    for (uint64_t seed = 0; seed < 2000; seed++) {
        char bytes[64];
        size_t len = tt__mix(seed) % sizeof bytes;
        tt_guess got;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)(tt__pair(seed, i) >> (seed % 2 == 0 ? 57 : 56));
        tt_detect(&got, (tt_str){bytes, len});
        TT_CHECK("", got.encoding > TT_ENCODING_DETECT && got.encoding < TT_ENCODING_COUNT);
        TT_CHECK("", got.confidence >= 0 && got.confidence <= 1 && !isnan(got.confidence));
    }
}
