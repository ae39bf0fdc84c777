/* test_syllable.c - the parts of syllables, and where the tone stands. */
#include "tt_test.h"

#include "base/decode.h"
#include "text/letter.h"
#include "text/syllable.h"

static const struct {
    const char *word;
    unsigned onset_end, medial, nucleus, coda, tone, tone_old, tone_new;
} PARTS[] = {
    {"a", 0, 0, 0, 1, 0, 0, 0},      {"nghiêng", 3, 3, 3, 5, 0, 4, 4}, {"hòa", 1, 1, 2, 3, 1, 1, 2},
    {"hoà", 1, 1, 2, 3, 1, 1, 2},    {"hoàn", 1, 1, 2, 3, 1, 2, 2},    {"thủy", 2, 2, 3, 4, 2, 2, 3},
    {"QUÝ", 2, 2, 2, 3, 4, 2, 2},    {"khoẻ", 2, 2, 3, 4, 2, 2, 3},    {"gì", 2, 1, 1, 2, 1, 1, 1},
    {"giá", 2, 2, 2, 3, 4, 2, 2},    {"giếng", 2, 1, 1, 3, 4, 2, 2},   {"giường", 2, 2, 2, 4, 1, 3, 3},
    {"mía", 1, 1, 1, 3, 4, 1, 1},    {"mưa", 1, 1, 1, 3, 0, 1, 1},     {"muốn", 1, 1, 1, 3, 4, 2, 2},
    {"Nguyễn", 2, 2, 3, 5, 3, 4, 4}, {"khuỷu", 2, 2, 3, 4, 2, 3, 3},   {"khuya", 2, 2, 3, 5, 0, 3, 3},
    {"quốc", 2, 2, 2, 3, 4, 2, 2},   {"xoong", 1, 1, 1, 3, 0, 2, 2},   {"yêu", 0, 0, 0, 2, 0, 1, 1},
    {"ỷ", 0, 0, 0, 1, 2, 0, 0},      {"đặng", 1, 1, 1, 2, 5, 1, 1},    {"thuở", 2, 2, 3, 4, 2, 3, 3},
};

TT_TEST(syllable_parts)
{
    for (size_t i = 0; i < TT_COUNT(PARTS); i++) {
        tt_syllable s;
        const char *word = PARTS[i].word;
        TT_CHECK(word, tt_syllable_read(&s, tt_str_c(word)));
        TT_CHECK_INT(word, s.onset_end, PARTS[i].onset_end);
        TT_CHECK_INT(word, s.medial, PARTS[i].medial);
        TT_CHECK_INT(word, s.nucleus, PARTS[i].nucleus);
        TT_CHECK_INT(word, s.coda, PARTS[i].coda);
        TT_CHECK_INT(word, s.tone, PARTS[i].tone);
        TT_CHECK_INT(word, s.tone_old, PARTS[i].tone_old);
        TT_CHECK_INT(word, s.tone_new, PARTS[i].tone_new);
    }
}

TT_TEST(syllable_refuses)
{
    static const char *const WORDS[] = {
        "",   "b",  "ng",  "cê",       "ka",  "ghà", "ngi", "nghà", "qa",    "quu", "Mac", "cat",  "bàch", "zoo",
        "fa", "wê", "hòà", "nghiếngg", "a b", "a1",  "дом", "yên-", "thuơ ", "ưo",  "uơn", "\xFF", "tiê",
    };
    tt_syllable s;
    for (size_t i = 0; i < TT_COUNT(WORDS); i++)
        TT_CHECK(WORDS[i], !tt_syllable_read(&s, tt_str_c(WORDS[i])));
}

/* Every letter of up to TT_SYLLABLE_MAX, by extending what may still become a syllable. */
typedef struct {
    tt_test *t;
    size_t syllables, toned;
} census;

/* Write the syllable with the tone on letter `place`, and what tone placement makes of it. */
static void check_placement(census *c, const uint16_t *letters, size_t len, const tt_syllable *s, unsigned tone, size_t place)
{
    char raw[TT_SYLLABLE_MAX * 4], want[TT_SYLLABLE_MAX * 4];
    size_t raw_len = 0, want_len = 0;
    tt_test *t = c->t;
    tt_text text;
    for (size_t i = 0; i < len; i++) {
        raw_len += tt__encode(raw + raw_len, i == place ? tt__toned_letter(letters[i], false, tone) : letters[i]);
        want_len += tt__encode(want + want_len, i == s->tone_new ? tt__toned_letter(letters[i], false, tone) : letters[i]);
    }
    unsigned steps = TT_STEP_BIT(TT_STEP_TONE_NEW) | TT_STEP_BIT(TT_STEP_MARKS);
    raw[raw_len] = '\0';
    want[want_len] = '\0';
    TT_CHECK_OK(raw, tt_normalize(&text, NULL, &t->arena, (tt_str){raw, raw_len}, steps, &t->err));
    TT_CHECK_STR(raw, text.norm, want);
    c->toned++;
}

static void visit(census *c, uint16_t *letters, size_t len)
{
    static const uint16_t ALPHABET[] = {'a', 0x103, 0xE2, 'b',   'c', 'd', 0x111, 'e', 0xEA, 'g', 'h',   'i', 'k', 'l', 'm',
                                        'n', 'o',   0xF4, 0x1A1, 'p', 'q', 'r',   's', 't',  'u', 0x1B0, 'v', 'x', 'y'};
    tt_syllable s;
    if (tt__syllable_parse(&s, letters, len)) {
        c->syllables++;
        for (unsigned tone = s.stop ? 4 : 1; tone < 6; tone++)
            for (size_t place = s.medial; place < s.coda; place++)
                check_placement(c, letters, len, &s, tone, place);
    }
    if (len == 3 || len == TT_SYLLABLE_MAX) /* three letters of every kind; the longer ones are checked on the corpus */
        return;
    for (size_t i = 0; i < TT_COUNT(ALPHABET); i++) {
        letters[len] = ALPHABET[i];
        visit(c, letters, len + 1);
    }
}

TT_TEST(syllable_tones_find_their_letter)
{
    uint16_t letters[TT_SYLLABLE_MAX];
    census c = {.t = t};
    visit(&c, letters, 0);
    TT_CHECK("syllables of up to three letters", c.syllables > 1000 && c.syllables < 1800);
    TT_CHECK("with tones", c.toned > 6000);
}
