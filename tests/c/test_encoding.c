/* test_encoding.c - bytes to text and back in every encoding: cases, every letter, alignment, bad bytes, random bytes. */
#include "base/alloc.h"
#include "base/hash.h"
#include "tt_test.h"

#include <unicode/utf8.h>

#define S(literal) {literal, sizeof(literal) - 1}

static const struct {
    const char *name;
    tt_encoding encoding;
    tt_str bytes;
    const char *want;
} CASES[] = {
    {"UTF-8", TT_UTF_8, S("Hà Nội"), "Hà Nội"},
    {"UTF-8 with a mark", TT_UTF_8, S("\xEF\xBB\xBFHà"), "Hà"},
    {"a mark alone", TT_UTF_8, S("\xEF\xBB\xBF"), ""},
    {"nothing", TT_UTF_8, S(""), ""},
    {"nothing in VISCII", TT_VISCII, S(""), ""},
    {"nothing in UTF-16", TT_UTF_16, S(""), ""},
    {"NUL in UTF-8 and on", TT_VNI, S("a\x08o"), "a\bo"},
    {"UTF-16 without a mark", TT_UTF_16, S("H\0\xE0\0"), "Hà"},
    {"UTF-16, little-endian mark", TT_UTF_16, S("\xFF\xFEH\0\xE0\0"), "Hà"},
    {"UTF-16, big-endian mark", TT_UTF_16, S("\xFE\xFF\0H\0\xE0"), "Hà"},
    {"UTF-16-BE", TT_UTF_16BE, S("\x1E\xD9\xD8\x3D\xDE\0"), "ộ😀"},
    {"UTF-16-LE with a mark", TT_UTF_16LE, S("\xFF\xFE\xD9\x1E"), "ộ"},
    {"UTF-16, a mark alone", TT_UTF_16LE, S("\xFF\xFE"), ""},
    {"UTF-16, a mark inside", TT_UTF_16LE, S("a\0\xFF\xFE"), "a\xEF\xBB\xBF"},
    {"UTF-32", TT_UTF_32, S("\xFF\xFE\0\0\0\xF6\x01\0"), "😀"},
    {"UTF-32-BE", TT_UTF_32BE, S("\0\0\x1E\xD9"), "ộ"},
    {"windows-1258", TT_WINDOWS_1258,
     S("H\xE0 N\xF4\xF2i, th\xEA\xEC g\xEC"
       "a \xF0\xFD\xF5\xF2"
       "c"),
     "Hà Nội, thế g\u0301a được"},
    {"windows-1258, base and tone of ASCII", TT_WINDOWS_1258, S("a\xCCo\xD2u\xDE"), "àỏũ"},
    {"windows-1258, second tone", TT_WINDOWS_1258, S("a\xCC\xEC"), "à\u0301"},
    {"windows-1258, tone first", TT_WINDOWS_1258,
     S("\xCC"
       "a"),
     "\u0300a"},
    {"windows-1258, not of Vietnamese", TT_WINDOWS_1258, S("n\xDE\xFC\xDE"), "n\u0303ü\u0303"},
    {"windows-1252", TT_WINDOWS_1252, S("caf\xE9 \x80\x81"), "café €\xC2\x81"},
    {"VISCII", TT_VISCII, S("Vi\xAEt Nam \x02\x05\x06\x14\x19\x1E"), "Việt Nam ẲẴẪỶỸỴ"},
    {"TCVN3", TT_TCVN3, S("Vi\xD6t \xA7\xB5 \xA2\xB3\x93"), "Việt Đà Ấ“"},
    {"TCVN3, capitals of VN2", TT_TCVN3, S("\xC4\xFF"), "ẤỐ"},
    {"TCVN 5712-1", TT_TCVN_5712_1, S("Vi\xD6t \xA7\x80 \xC4 \x01 A\xB3"), "Việt ĐÀ Ấ Ú Á"},
    {"VNI", TT_VNI, S("Vie\xE4t Nam \xF1\xF6\xF4\xEF\x63 ti\xE1ng"), "Việt Nam được ti\u0302\u0301ng"},
    {"VNI, marks of the other case", TT_VNI, S("A\xF9 a\xD9 \xD6\xF8"), "Á á Ừ"},
    {"VNI, marks alone", TT_VNI, S("\xE2 \xE1"), "\u0302 \u0302\u0301"},
    {"VNI, letters of their own", TT_VNI, S("\xED\xEC\xE6\xF3\xF2\xEE\xCE"), "íìỉĩịỵỴ"},
    {"VPS", TT_VPS,
     S("Vi\x8Ct Nam \xC7\xDC\xAE"
       "c \x02\x1D"),
     "Việt Nam được ẠỮ"},
    {"VIQR", TT_VIQR, S("Vie^.t Nam ddu+o+.c tra('ng DDi Ddo"), "Việt Nam được trắng Đi Đo"},
    {"VIQR, escapes", TT_VIQR, S("ba\\? ad\\d \\\\ \\a ho?\\."), "ba? add \\ a hỏ."},
    {"VIQR, signs that make no letter", TT_VIQR, S("b? a+ e( i^ 'a' n~ d. a'' o+^"), "b? a+ e( i^ 'á n~ d. á' ơ^"},
    {"VIQR, tone before shape", TT_VIQR, S("a'^ o.+"), "ấ ợ"},
    {"VIQR, states", TT_VIQR, S("a' \\Ma' dd\\va' \\le^"), "á a' ddá e^"},
    {"VIQR, a switch at the end", TT_VIQR, S("ab\\v"), "ab"},
    {"VIQR, only a switch", TT_VIQR, S("\\v"), ""},
    {"VIQR, backslash at the end", TT_VIQR, S("a\\"), "a\\"},
};

/* Runs in order, without gaps, of the whole of both; copied ones copy, changed ones change. */
static void check_align(tt_test *t, const char *name, tt_str bytes, const tt_decoded *got)
{
    uint32_t norm = 0, raw = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < got->align.len; i++) {
        const tt_align_run *run = &got->align.runs[i];
        uint32_t norm_len = run[1].norm - run->norm, raw_len = run[1].raw - run->raw;
        tt_str was = {bytes.ptr + run->raw, raw_len}, is = {got->text.ptr + run->norm, norm_len};
        wrong += run->norm != norm || run->raw != raw || tt_str_eq(was, is) == run->changed;
        wrong += bytes.len != 0 && got->text.len != 0 && (raw_len == 0 || norm_len == 0);
        norm += norm_len;
        raw += raw_len;
    }
    TT_CHECK_INT(name, wrong, 0);
    TT_CHECK_INT(name, norm, got->text.len);
    TT_CHECK_INT(name, raw, bytes.len);
    TT_CHECK(name, got->align.len > 0);
    TT_CHECK(name, tt_utf8_check(got->text, NULL) == TT_OK);
}

TT_TEST(encoding_cases)
{
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_decoded got;
        TT_CHECK_OK(CASES[i].name, tt_decode(&got, &t->arena, CASES[i].bytes, CASES[i].encoding, false, &t->err));
        TT_CHECK_STR(CASES[i].name, got.text, CASES[i].want);
        TT_CHECK_INT(CASES[i].name, got.encoding, CASES[i].encoding);
        TT_CHECK_INT(CASES[i].name, got.bad_len, 0);
        check_align(t, CASES[i].name, CASES[i].bytes, &got);
    }
}

TT_TEST(encoding_good_utf8_is_not_copied)
{
    tt_str text = tt_str_c("\xEF\xBB\xBFHà Nội");
    tt_decoded got;
    TT_CHECK_OK("", tt_decode(&got, &t->arena, text, TT_UTF_8, false, &t->err));
    TT_CHECK("", got.text.ptr == text.ptr + 3);
}

static const struct {
    const char *name;
    tt_encoding encoding;
    tt_str bytes;
    const char *repaired;
    uint32_t bad[3];
    size_t bad_len;
} BAD[] = {
    {"UTF-8", TT_UTF_8, S("a\xFF\xC3\xA0\xE1\xBA"), "a\uFFFDà\uFFFD", {1, 4}, 2},
    {"UTF-8 with a mark", TT_UTF_8, S("\xEF\xBB\xBF\x80"), "\uFEFF\uFFFD", {3}, 1},
    {"UTF-16, cut", TT_UTF_16LE, S("a\0b"), "a\uFFFD", {2}, 1},
    {"UTF-16, halves", TT_UTF_16BE, S("\xDC\0\0a\xD8\0\0b\xD8\0"), "\uFFFDa\uFFFDb\uFFFD", {0, 4, 8}, 3},
    {"UTF-32, cut", TT_UTF_32LE, S("a\0\0\0b\0"), "a\uFFFD", {4}, 1},
    {"UTF-32, too large and half", TT_UTF_32BE, S("\0\x11\0\0\0\0\xD8\0"), "\uFFFD\uFFFD", {0, 4}, 2},
    {"windows-1258",
     TT_WINDOWS_1258,
     S("\x8A"
       "a\xCC\x8D"),
     "\uFFFDà\uFFFD",
     {0, 3},
     2},
    {"TCVN3", TT_TCVN3, S("ab\x81"), "ab\uFFFD", {2}, 1},
    {"VIQR", TT_VIQR, S("a'\xC3\xA0\\\xFF"), "á\uFFFD\uFFFD\\\uFFFD", {2, 3, 5}, 3},
};

TT_TEST(encoding_bad_bytes)
{
    for (size_t i = 0; i < TT_COUNT(BAD); i++) {
        const char *name = BAD[i].name;
        tt_decoded got;
        TT_CHECK_INT(name, tt_decode(&got, &t->arena, BAD[i].bytes, BAD[i].encoding, false, &t->err), TT_EENCODING);
        TT_CHECK_INT(name, t->err.pos, BAD[i].bad[0]);
        TT_CHECK(name, strstr(t->err.msg, tt_encoding_name(BAD[i].encoding)) != NULL);
        TT_CHECK_OK(name, tt_decode(&got, &t->arena, BAD[i].bytes, BAD[i].encoding, true, &t->err));
        TT_CHECK_STR(name, got.text, BAD[i].repaired);
        TT_CHECK_INT(name, got.bad_len, BAD[i].bad_len);
        for (size_t b = 0; b < got.bad_len; b++)
            TT_CHECK_INT(name, got.bad[b], BAD[i].bad[b]);
        check_align(t, name, BAD[i].bytes, &got);
    }
}

static const struct {
    const char *name;
    tt_encoding encoding;
    const char *text;
    tt_str want;
} WRITTEN[] = {
    {"UTF-16", TT_UTF_16, "Hộ😀", S("\xFF\xFEH\0\xD9\x1E\x3D\xD8\0\xDE")},
    {"UTF-16-BE", TT_UTF_16BE, "Hộ", S("\0H\x1E\xD9")},
    {"UTF-32", TT_UTF_32, "ộ", S("\xFF\xFE\0\0\xD9\x1E\0\0")},
    {"UTF-32-BE", TT_UTF_32BE, "😀", S("\0\x01\xF6\0")},
    {"UTF-32-LE", TT_UTF_32LE, "😀", S("\0\xF6\x01\0")},
    {"windows-1258 splits", TT_WINDOWS_1258, "Hà thế", S("H\xE0 th\xEA\xEC")},
    {"windows-1258 from NFD", TT_WINDOWS_1258, "the\u0302\u0301 mo\u0323\u0302t", S("th\xEA\xEC m\xF4\xF2t")},
    {"TCVN3 splits capitals", TT_TCVN3, "ĐỀ Ấ à", S("\xA7\xA3\xB0 \xA2\xB3 \xB5")},
    {"VNI keeps the case", TT_VNI, "Ấấ ÝýỪ",
     S("A\xC1"
       "a\xE1 Y\xD9y\xF9\xD6\xD8")},
    {"VPS capitals", TT_VPS, "ẠẬ", S("\x02\x03")},
    {"VIQR", TT_VIQR, "Việt được Đ", S("Vie^.t ddu+o+.c DD")},
    {"VIQR escapes", TT_VIQR, "ba? hỏi? há^ ca. dđd add \\ ơ+ b.", S("ba\\? ho?i\\? ha'\\^ ca\\. d\\ddd ad\\d \\\\ o++ b.")},
};

TT_TEST(encoding_writes)
{
    for (size_t i = 0; i < TT_COUNT(WRITTEN); i++) {
        tt_str got;
        TT_CHECK_OK(WRITTEN[i].name, tt_encode(&got, &t->arena, tt_str_c(WRITTEN[i].text), WRITTEN[i].encoding, &t->err));
        TT_CHECK(WRITTEN[i].name, tt_str_eq(got, WRITTEN[i].want));
    }
}

TT_TEST(encoding_lacks)
{
    tt_str got;
    for (int i = TT_WINDOWS_1258; i < TT_ENCODING_COUNT; i++) {
        TT_CHECK_INT(tt_encoding_name(i), tt_encode(&got, &t->arena, tt_str_c("a\u0301b\u4E2D"), i, &t->err), TT_EENCODING);
        TT_CHECK_INT(tt_encoding_name(i), t->err.pos, 4);
        TT_CHECK(tt_encoding_name(i), strstr(t->err.msg, "U+4E2D at byte 4 is not in ") == t->err.msg);
    }
    TT_CHECK_INT("", tt_encode(&got, &t->arena, tt_str_c("a\xFF"), TT_VNI, &t->err), TT_EENCODING);
    TT_CHECK_INT("", t->err.pos, 1);
    TT_CHECK_INT("", tt_encode(&got, &t->arena, tt_str_c("a"), TT_ENCODING_DETECT, &t->err), TT_EARGUMENT);
}

/* The 134 letters with marks and the others, small and capital, composed and not, alone and next to one another. */
static const char LETTERS[] =
    "aáàảãạ ăắằẳẵặ âấầẩẫậ bcdđ eéèẻẽẹ êếềểễệ ghiíìỉĩị klmnoóòỏõọ ôốồổỗộ ơớờởỡợ pqrstuúùủũụ ưứừửữự vxyýỳỷỹỵ fjwz\n"
    "AÁÀẢÃẠ ĂẮẰẲẴẶ ÂẤẦẨẪẬ BCDĐ EÉÈẺẼẸ ÊẾỀỂỄỆ GHIÍÌỈĨỊ KLMNOÓÒỎÕỌ ÔỐỒỔỖỘ ƠỚỜỞỠỢ PQRSTUÚÙỦŨỤ ƯỨỪỬỮỰ VXYÝỲỶỸỴ FJWZ\n"
    "'a' (a) a+ u+o ? a? e~ ^ `o` d dd ddd đđd dđ đd DD Dđ \\ \\\\ \\v \\L a\\. 0123456789 .,;:!?\"'()[]{}<>@#$%&*-_=/|\t\r\n";

TT_TEST(encoding_every_letter_comes_back)
{
    tt_text nfd = {.raw = tt_str_c(LETTERS)};
    for (int i = TT_UTF_8; i < TT_ENCODING_COUNT; i++) {
        tt_str bytes;
        tt_decoded got;
        if (i == TT_WINDOWS_1252) /* has no Vietnamese */
            continue;
        TT_CHECK_OK(tt_encoding_name(i), tt_encode(&bytes, &t->arena, nfd.raw, i, &t->err));
        TT_CHECK_OK(tt_encoding_name(i), tt_decode(&got, &t->arena, bytes, i, false, &t->err));
        TT_CHECK_STR(tt_encoding_name(i), got.text, LETTERS);
        check_align(t, tt_encoding_name(i), bytes, &got);
    }
}

TT_TEST(encoding_maps_spans)
{
    tt_decoded got;
    tt_str bytes = S("Vie\xE4t Nam");
    TT_CHECK_OK("", tt_decode(&got, &t->arena, bytes, TT_VNI, false, &t->err));
    tt_span raw = tt_align_to_raw(&got.align, (tt_span){2, 5}); /* ệ */
    TT_CHECK_INT("ệ", raw.start, 2);
    TT_CHECK_INT("ệ", raw.end, 4);
    raw = tt_align_to_raw(&got.align, (tt_span){7, 10}); /* Nam */
    TT_CHECK_INT("Nam", raw.start, 6);
    TT_CHECK_INT("Nam", raw.end, 9);
    tt_span norm = tt_align_from_raw(&got.align, (tt_span){3, 5}); /* mark and t */
    TT_CHECK_INT("mark", norm.start, 2);
    TT_CHECK_INT("mark", norm.end, 6);
}

static const struct {
    const char *name;
    tt_encoding want;
} FOUND[] = {
    {"utf-8", TT_UTF_8},
    {"UTF8", TT_UTF_8},
    {"utf_16_le", TT_UTF_16LE},
    {"cp1258", TT_WINDOWS_1258},
    {"Windows-1258", TT_WINDOWS_1258},
    {"ABC", TT_TCVN3},
    {"TCVN5712-1:1993", TT_TCVN_5712_1},
    {"VISCII", TT_VISCII},
    {"x-viet-vps", TT_VPS},
    {"VNI Windows", TT_VNI},
    {"viqr", TT_VIQR},
    {"ISO-8859-1", TT_WINDOWS_1252},
};

TT_TEST(encoding_names)
{
    tt_encoding got;
    for (size_t i = 0; i < TT_COUNT(FOUND); i++) {
        TT_CHECK_OK(FOUND[i].name, tt_encoding_find(&got, FOUND[i].name, &t->err));
        TT_CHECK_INT(FOUND[i].name, got, FOUND[i].want);
    }
    for (int i = TT_UTF_8; i < TT_ENCODING_COUNT; i++) {
        TT_CHECK_OK(tt_encoding_name(i), tt_encoding_find(&got, tt_encoding_name(i), &t->err));
        TT_CHECK_INT(tt_encoding_name(i), got, i);
    }
    TT_CHECK_INT("", tt_encoding_find(&got, "koi8-r", &t->err), TT_EARGUMENT);
    TT_CHECK("", strstr(t->err.msg, "koi8-r") != NULL && strstr(t->err.msg, "tcvn3") != NULL);
    TT_CHECK_INT("", tt_encoding_find(&got, "a name that is longer than any encoding has", &t->err), TT_EARGUMENT);
}

/* Any bytes: strict fails at the first place that repair records, or both give the same text. */
TT_TEST(encoding_random_bytes)
{
    for (uint64_t seed = 0; seed < 3000; seed++) {
        char bytes[40];
        tt_str in = {bytes, tt__mix(seed) % sizeof bytes};
        tt_encoding encoding = (tt_encoding)(TT_UTF_8 + seed % (TT_ENCODING_COUNT - TT_UTF_8));
        const char *name = tt_encoding_name(encoding);
        for (size_t i = 0; i < in.len; i++)
            bytes[i] = (char)(tt__pair(seed, i) >> (seed % 3 == 0 ? 57 : 56));
        tt_decoded strict, repaired;
        tt_status status = tt_decode(&strict, &t->arena, in, encoding, false, &t->err);
        TT_CHECK_OK(name, tt_decode(&repaired, &t->arena, in, encoding, true, &t->err));
        check_align(t, name, in, &repaired);
        TT_CHECK(name, (status == TT_OK) == (repaired.bad_len == 0));
        if (status == TT_OK)
            TT_CHECK(name, tt_str_eq(strict.text, repaired.text));
        else
            TT_CHECK_INT(name, t->err.pos, repaired.bad[0]);
    }
}

static tt_status round_trip(tt_test *t, tt_arena *arena, tt_encoding encoding)
{
    tt_str bytes, text = tt_str_c("The\u0302\u0301 gi\u01A1\u0301i");
    tt_decoded got;
    tt_status status = tt_encode(&bytes, arena, text, encoding, &t->err);
    if (status == TT_OK)
        status = tt_decode(&got, arena, bytes, encoding, true, &t->err);
    return status;
}

TT_TEST(encoding_allocations_fail)
{
    for (int i = TT_UTF_8; i < TT_ENCODING_COUNT; i++) {
        tt_status status = TT_ENOMEM;
        long n = 0;
        if (i == TT_WINDOWS_1252)
            continue;
        for (; n < 100 && status == TT_ENOMEM; n++) {
            tt_arena arena = {0};
            tt__fail_after(n);
            status = round_trip(t, &arena, (tt_encoding)i);
            tt__fail_after(-1);
            tt_arena_free(&arena);
        }
        TT_CHECK_INT(tt_encoding_name(i), status, TT_OK);
        TT_CHECK(tt_encoding_name(i), n > 1);
    }
}
