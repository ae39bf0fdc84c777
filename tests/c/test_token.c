/* test_token.c - tokens of single sentences: where they are cut, their kind and case, and when their keys are the same. */
#include "base/alloc.h"
#include "base/hash.h"
#include "text/letter.h"
#include "token/respace.h"
#include "tt_test.h"

#include <unicode/uchar.h>

/* Tokens of a text that is one sentence. */
static tt_tokens cut(tt_test *t, const char *row, const char *text)
{
    tt_text view;
    tt_tokens tokens = {NULL, 0};
    TT_CHECK_OK(row, tt_text_make(&view, &t->arena, tt_str_c(text), &t->err));
    tt_sentence whole = {{0, (uint32_t)view.norm.len}, 0};
    TT_CHECK_OK(row, tt_tokens_make(&tokens, &t->arena, &view, &(tt_sentences){&whole, 1}, &t->err));
    return tokens;
}

static const struct {
    const char *name, *in, *want; /* tokens with "|" between */
} CUTS[] = {
    {"words", "Bộ Quốc phòng", "Bộ|Quốc|phòng"},
    {"marks stand alone", "(AOIP), \"mới\".", "(|AOIP|)|,|\"|mới|\"|."},
    {"hyphenated name", "Park Jae-min", "Park|Jae|-|min"},
    {"date", "18-22/6", "18|-|22|/|6"},
    {"number with separators", "1.234,5 km", "1.234,5|km"},
    {"separator at the end", "năm 2021, 5.", "năm|2021|,|5|."},
    {"clock", "9h30", "9|h|30"},
    {"digits inside words", "U22 F0 MK2", "U22|F0|MK2"},
    {"unit on a number", "35km", "35|km"},
    {"percent", "7,5%", "7,5|%"},
    {"spaces of all kinds",
     "a\xC2\xA0"
     "b\t c\xE2\x80\x8B"
     "d",
     "a|b|c|d"},
    {"words joined by segmenters", "Bệnh_nhân Hà_Nội", "Bệnh|nhân|Hà|Nội"},
    {"other underscores", "_a b_ c__d e_1 2_f", "_|a|b|_|c|_|_|d|e|_|1|2|_|f"},
    {"no letters", "...", ".|.|."},
    {"nothing", "   ", ""},
    {"letters beyond Latin", "Москва 東京", "Москва|東京"},
};

TT_TEST(token_cuts)
{
    for (size_t i = 0; i < TT_COUNT(CUTS); i++) {
        tt_tokens tokens = cut(t, CUTS[i].name, CUTS[i].in);
        char joined[256];
        size_t at = 0;
        for (size_t k = 0; k < tokens.len; k++) {
            tt_span span = tokens.at[k].span;
            if (k != 0)
                joined[at++] = '|';
            memcpy(joined + at, CUTS[i].in + span.start, span.end - span.start);
            at += span.end - span.start;
        }
        TT_CHECK_STR(CUTS[i].name, ((tt_str){joined, at}), CUTS[i].want);
    }
}

static const struct {
    const char *name, *in;
    tt_token_kind kind;
    tt_token_case cased;
    bool syllable;
} LOOKS[] = {
    {"small", "nghiêng", TT_TOKEN_WORD, TT_CASE_LOWER, true},
    {"title", "Nguyễn", TT_TOKEN_WORD, TT_CASE_TITLE, true},
    {"one capital", "Ý", TT_TOKEN_WORD, TT_CASE_TITLE, true},
    {"upper", "ASEAN", TT_TOKEN_WORD, TT_CASE_UPPER, false},
    {"upper syllable", "VIỆT", TT_TOKEN_WORD, TT_CASE_UPPER, true},
    {"mixed", "iPhone", TT_TOKEN_WORD, TT_CASE_MIXED, false},
    {"gi and qu", "quyền", TT_TOKEN_WORD, TT_CASE_LOWER, true},
    {"foreign letters", "jazz", TT_TOKEN_WORD, TT_CASE_LOWER, false},
    {"no vowel", "TTXVN", TT_TOKEN_WORD, TT_CASE_UPPER, false},
    {"number", "2021", TT_TOKEN_NUMBER, TT_CASE_NONE, false},
    {"mark", "%", TT_TOKEN_PUNCT, TT_CASE_NONE, false},
    {"script without case", "東京", TT_TOKEN_WORD, TT_CASE_LOWER, false},
};

TT_TEST(token_looks)
{
    for (size_t i = 0; i < TT_COUNT(LOOKS); i++) {
        tt_tokens tokens = cut(t, LOOKS[i].name, LOOKS[i].in);
        TT_CHECK_INT(LOOKS[i].name, tokens.len, 1);
        if (tokens.len != 1)
            continue;
        TT_CHECK_INT(LOOKS[i].name, tokens.at[0].kind, LOOKS[i].kind);
        TT_CHECK_INT(LOOKS[i].name, tokens.at[0].cased, LOOKS[i].cased);
        TT_CHECK_INT(LOOKS[i].name, tokens.at[0].syllable, LOOKS[i].syllable);
    }
}

static const struct {
    const char *name, *in; /* two tokens */
    bool same_key, same_form;
} PAIRS[] = {
    {"tone on either vowel", "hòa hoà", true, false},
    {"case", "Hòa HÒA", true, false},
    {"tone on either vowel, and case", "hoà HÒA", true, false},
    {"gi with the tone on either vowel", "gìa già", true, false},
    {"another tone", "hòa hóa", false, false},
    {"another vowel quality", "hoa hoă", false, false},
    {"itself", "thủy thủy", true, true},
    {"numbers of one form", "2019 2021", true, false},
    {"numbers of two forms", "1.5 1,5", false, false},
    {"order of letters", "an na", false, false},
};

TT_TEST(token_keys)
{
    for (size_t i = 0; i < TT_COUNT(PAIRS); i++) {
        tt_tokens tokens = cut(t, PAIRS[i].name, PAIRS[i].in);
        TT_CHECK_INT(PAIRS[i].name, tokens.len, 2);
        if (tokens.len != 2)
            continue;
        TT_CHECK_INT(PAIRS[i].name, tokens.at[0].key == tokens.at[1].key, PAIRS[i].same_key);
        TT_CHECK_INT(PAIRS[i].name, tokens.at[0].form == tokens.at[1].form, PAIRS[i].same_form);
    }
}

TT_TEST(token_spaced)
{
    static const bool WANT[] = {true, false, false, true};
    tt_tokens tokens = cut(t, "spaced", "18/6 nay");
    TT_CHECK_INT("spaced", tokens.len, TT_COUNT(WANT));
    for (size_t i = 0; i < tokens.len && i < TT_COUNT(WANT); i++)
        TT_CHECK_INT("spaced", tokens.at[i].spaced, WANT[i]);
}

/* Tokens joined by single spaces, and what is made of it: "_" where white space stands before a token. */
static const struct {
    const char *name, *in, *want;
} RESPACED[] = {
    {"commas and stops", "Sáng 25/7 , Bộ Y tế báo : 3 ca .", "Sáng_25/7,_Bộ_Y_tế_báo:_3_ca."},
    {"brackets", "Hà Nội ( TTXVN ) [ 2 ] , nay", "Hà_Nội_(TTXVN)_[2],_nay"},
    {"quotes", "nói \" vâng ạ \" rồi \" không \" .", "nói_\"vâng_ạ\"_rồi_\"không\"."},
    {"quotes of two kinds", "nói “ vâng ” , rồi đi", "nói_“vâng”,_rồi_đi"},
    {"a quotation at the start", "\" Vâng \" , cô nói .", "\"Vâng\",_cô_nói."},
    {"slash", "ngày 25 / 7 , lúc 5 km / h .", "ngày_25/7,_lúc_5_km/h."},
    {"dash before a number", "Covid - 19 , ngày 25 - 7 .", "Covid-19,_ngày_25-7."},
    {"dash between words", "tuyến Hà Nội - Huế , nay", "tuyến_Hà_Nội_-_Huế,_nay"},
    {"initials", "bà L . T . H . , 64 tuổi , ở Đ . L .", "bà_L.T.H.,_64_tuổi,_ở_Đ.L."},
    {"two letters are no initial", "ông An . Ba , Ấ . B .", "ông_An._Ba,_Ấ.B."},
    {"percent", "tăng 7,5 % .", "tăng_7,5%."},
    {"words of segmenters", "Bệnh_nhân ở Hà_Nội , khỏi .", "Bệnh_nhân_ở_Hà_Nội,_khỏi."},
    {"running text", "A - 5 / 7 \" b \" (c), d.", "A_-_5_/_7_\"_b_\"_(c),_d."},
    {"nothing", "", ""},
};

/* The tokens with "_" before those that white space stands before. */
static void show(char *out, size_t room, const tt_text *text, const tt_tokens *tokens)
{
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < tokens->len; i++) {
        tt_span span = tokens->at[i].span;
        len += (size_t)snprintf(out + len, room - len, "%s%.*s", i != 0 && tokens->at[i].spaced ? "_" : "",
                                (int)(span.end - span.start), text->norm.ptr + span.start);
    }
}

TT_TEST(tokens_are_respaced)
{
    for (size_t i = 0; i < TT_COUNT(RESPACED); i++) {
        tt_text text = {.norm = tt_str_c(RESPACED[i].in)};
        tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
        tt_tokens tokens, respaced;
        char before[256], after[256];
        TT_CHECK_OK(RESPACED[i].name, tt_tokens_make(&tokens, &t->arena, &text, &(tt_sentences){&whole, 1}, &t->err));
        show(before, sizeof before, &text, &tokens);
        TT_CHECK_OK(RESPACED[i].name, tt__respace(&respaced, &t->arena, &text, &tokens));
        show(after, sizeof after, &text, &respaced);
        TT_CHECK_STR(RESPACED[i].name, tt_str_c(after), RESPACED[i].want);
        TT_CHECK("a copy only where something changed", (respaced.at == tokens.at) == (strcmp(before, after) == 0));
        show(after, sizeof after, &text, &tokens);
        TT_CHECK("what was given stays", strcmp(before, after) == 0);
    }
}

/* One sentence was joined, its neighbour not. */
TT_TEST(tokens_are_respaced_by_sentence)
{
    tt_text text = {.norm = tt_str_c("a / b a / b , c")};
    tt_sentence both[] = {{{0, 5}, 0}, {{6, 15}, 0}};
    tt_tokens tokens, respaced;
    char shown[64];
    TT_CHECK_OK("tokens", tt_tokens_make(&tokens, &t->arena, &text, &(tt_sentences){both, 2}, &t->err));
    TT_CHECK_OK("respace", tt__respace(&respaced, &t->arena, &text, &tokens));
    show(shown, sizeof shown, &text, &respaced);
    TT_CHECK_STR("the second", tt_str_c(shown), "a_/_b_a/b,_c");
    tt__fail_after(0);
    tt_status status = tt__respace(&respaced, &(tt_arena){0}, &text, &tokens);
    tt__fail_after(-1);
    TT_CHECK_INT("no memory", status, TT_ENOMEM);
}

/* Texts of letters, digits, separators, marks and spaces: tokens are in order, apart, of one sentence, and leave out spaces
 * alone; what is a number begins with a digit; a mark is one code point. */
TT_TEST(token_random)
{
    static const char *const PIECES[] = {"a",  "Ế", "đ",         "7", "0",  ".",  ",",       " ",
                                         "\t", "-", "q\xCC\x83", "“", "漢", "😀", "\xC2\xA0"};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        char raw[256];
        size_t len = 0, wrong = 0;
        uint64_t state = tt__mix(seed);
        for (uint64_t left = state % 40; left != 0; left--) {
            state = tt__mix(state + 1);
            const char *piece = PIECES[state % TT_COUNT(PIECES)];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        raw[len] = '\0';
        tt_tokens tokens = cut(t, raw, raw);
        uint32_t at = 0, bytes;
        for (size_t i = 0; i <= tokens.len; i++) {
            tt_span span = i < tokens.len ? tokens.at[i].span : (tt_span){(uint32_t)len, (uint32_t)len};
            bool spaced = i == 0 || at < span.start;
            for (; at < span.start; at += bytes)
                wrong += !tt__char_of(tt__decode(raw + at, &bytes)).space;
            if (i == tokens.len)
                continue;
            const tt_token *token = &tokens.at[i];
            bool digit = tt__char_of(tt__decode(raw + span.start, &bytes)).digit;
            wrong += at != span.start || span.end <= span.start || token->sentence != 0 || token->spaced != spaced;
            wrong += digit != (token->kind == TT_TOKEN_NUMBER);
            wrong += token->kind == TT_TOKEN_PUNCT && span.end != span.start + bytes;
            at = span.end;
        }
        TT_CHECK_INT(raw, wrong, 0);
        TT_CHECK_INT(raw, at, len);
        tt_arena_free(&t->arena);
    }
}

TT_TEST(token_allocation_failures)
{
    tt_text text = {.norm = tt_str_c("Bộ Quốc phòng, 18/6")};
    tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
    tt_status status = TT_ENOMEM;
    long n = 0;
    for (; status == TT_ENOMEM && n < 100; n++) {
        tt_tokens tokens;
        tt_arena arena = {0};
        tt__fail_after(n);
        status = tt_tokens_make(&tokens, &arena, &text, &(tt_sentences){&whole, 1}, &t->err);
        tt__fail_after(-1);
        TT_CHECK_INT("tokens", tokens.len, status == TT_OK ? 7 : 0);
        tt_arena_free(&arena);
    }
    TT_CHECK("some failed, then one did not", n > 1 && status == TT_OK);
}

/* The tables of code points agree with the library, but for title case, and small letters without their tones. */
TT_TEST(characters_by_table)
{
    for (uint32_t cp = 0; cp < 0x2000; cp++) {
        tt_char room, is = *tt__char_look(&room, cp), want = tt__char_of_icu(cp);
        char name[16];
        snprintf(name, sizeof name, "U+%04X", cp);
        TT_CHECK_INT(name, is.letter, want.letter);
        TT_CHECK_INT(name, is.digit, want.digit);
        TT_CHECK_INT(name, is.mark, want.mark);
        TT_CHECK_INT(name, is.space, want.space);
        TT_CHECK(name, is.upper == want.upper || u_charType((UChar32)cp) == U_TITLECASE_LETTER);
        TT_CHECK(name, is.tone != 0 || is.small == want.small || cp == 0x0130);
        TT_CHECK(name, is.tone == 0 || (is.letter && is.small != want.small));
    }
}
