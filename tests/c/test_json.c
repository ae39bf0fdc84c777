/* test_json.c - the JSON reader and writer of core/base. */
#include "tt_test.h"

#include "base/json_read.h"
#include "base/json_write.h"

static const struct {
    const char *name, *in;
    tt_json_kind kind;
    const char *text;
} VALUES[] = {
    {"null", "null", TT_JSON_NULL, ""},
    {"true in space", " \t\r\n true \n", TT_JSON_TRUE, ""},
    {"false", "false", TT_JSON_FALSE, ""},
    {"zero", "0", TT_JSON_NUMBER, "0"},
    {"negative", "-12.50e+3", TT_JSON_NUMBER, "-12.50e+3"},
    {"small exponent", "1E-7", TT_JSON_NUMBER, "1E-7"},
    {"string", "\"\xC3\xA1\"", TT_JSON_STRING, "\xC3\xA1"},
    {"empty string", "\"\"", TT_JSON_STRING, ""},
    {"short escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t.\"", TT_JSON_STRING, "\"\\/\b\f\n\r\t."},
    {"u escapes", "\"x\\u0041\\u00e1\\u1EBFy\"", TT_JSON_STRING, "xA\xC3\xA1\xE1\xBA\xBFy"},
    {"surrogate pair", "\"\\uD83D\\uDE00\"", TT_JSON_STRING, "\xF0\x9F\x98\x80"},
    {"last code point", "\"\\uDBFF\\uDFFF\"", TT_JSON_STRING, "\xF4\x8F\xBF\xBF"},
    {"empty array", "[ ]", TT_JSON_ARRAY, ""},
    {"empty object", "{ }", TT_JSON_OBJECT, ""},
};

TT_TEST(json_values)
{
    for (size_t i = 0; i < TT_COUNT(VALUES); i++) {
        const tt_json *value = NULL;
        TT_CHECK_OK(VALUES[i].name, tt_json__parse(&value, &t->arena, tt_str_c(VALUES[i].in), &t->err));
        if (value == NULL)
            continue;
        TT_CHECK_INT(VALUES[i].name, value->kind, VALUES[i].kind);
        TT_CHECK_STR(VALUES[i].name, value->text, VALUES[i].text);
    }
}

static const struct {
    const char *name, *in;
    size_t pos;
} BROKEN[] = {
    {"nothing", "", 0},
    {"space only", "  ", 2},
    {"a word", "nul", 0},
    {"leading zero", "01", 1},
    {"plus", "+1", 0},
    {"bare minus", "-", 1},
    {"bare point", "1.", 2},
    {"point and letter", "1.x", 2},
    {"bare exponent", "1e+", 3},
    {"NaN", "NaN", 0},
    {"two values", "1 2", 2},
    {"open string", "\"abc", 4},
    {"control character", "\"a\nb\"", 2},
    {"unknown escape", "\"\\x\"", 2},
    {"escape at the end", "\"\\", 2},
    {"short u escape", "\"\\u12\"", 5},
    {"lone high surrogate", "\"\\uD800\"", 1},
    {"high surrogate and letter", "\"ab\\uD800\\u0041\"", 3},
    {"lone low surrogate", "\"\\uDC00\"", 1},
    {"trailing comma", "[1,]", 3},
    {"no comma", "[1 2]", 3},
    {"open array", "[1", 2},
    {"wrong bracket", "[1}", 2},
    {"name without quotes", "{a:1}", 1},
    {"no colon", "{\"a\" 1}", 5},
    {"trailing comma in an object", "{\"a\":1,}", 7},
    {"comment", "[1] // x", 4},
};

TT_TEST(json_broken)
{
    for (size_t i = 0; i < TT_COUNT(BROKEN); i++) {
        const tt_json *value;
        TT_CHECK_INT(BROKEN[i].name, tt_json__parse(&value, &t->arena, tt_str_c(BROKEN[i].in), &t->err), TT_ECORPUS);
        TT_CHECK_INT(BROKEN[i].name, t->err.pos, BROKEN[i].pos);
        TT_CHECK(BROKEN[i].name, value == NULL);
    }
}

TT_TEST(json_depth)
{
    char text[2 * TT_JSON_DEPTH + 2];
    const tt_json *value;
    memset(text, '[', TT_JSON_DEPTH + 1);
    memset(text + TT_JSON_DEPTH + 1, ']', TT_JSON_DEPTH + 1);
    TT_CHECK_OK("deepest", tt_json__parse(&value, &t->arena, (tt_str){text + 1, 2 * TT_JSON_DEPTH}, &t->err));
    TT_CHECK_INT("too deep", tt_json__parse(&value, &t->arena, (tt_str){text, sizeof text}, &t->err), TT_ECORPUS);
    TT_CHECK_INT("too deep", t->err.pos, TT_JSON_DEPTH);
}

TT_TEST(json_members)
{
    static const char TEXT[] =
        "{\"a\":[1,{\"b\":2}],\"k\\u0065y\":4294967295,\"a\":\"last\",\"big\":4294967296,\"neg\":-1,\"frac\":1.0}";
    const tt_json *root;
    uint32_t number = 0;
    TT_CHECK_OK("members", tt_json__parse(&root, &t->arena, tt_str_c(TEXT), &t->err));
    TT_CHECK_STR("the last of equal names", tt_json__get(root, "a")->text, "last");
    TT_CHECK("inner items", root->child->child->next->child != NULL && root->child->child->next->next == NULL);
    TT_CHECK_STR("inner name", root->child->child->next->child->key, "b");
    TT_CHECK_INT("place", root->child->child->next->pos, 8);
    TT_CHECK("escaped name", tt_json__u32(&number, tt_json__get(root, "key")));
    TT_CHECK_INT("largest", number, UINT32_MAX);
    TT_CHECK("too big", !tt_json__u32(&number, tt_json__get(root, "big")));
    TT_CHECK("negative", !tt_json__u32(&number, tt_json__get(root, "neg")));
    TT_CHECK("fraction", !tt_json__u32(&number, tt_json__get(root, "frac")));
    TT_CHECK("string", !tt_json__u32(&number, tt_json__get(root, "a")));
    TT_CHECK("absent", !tt_json__u32(&number, tt_json__get(root, "none")));
    TT_CHECK("not an object", tt_json__get(root->child, "b") == NULL);
}

static const struct {
    const char *name, *in, *want;
} STRINGS[] = {
    {"empty", "", "\"\""},
    {"plain", "Vi\xE1\xBB\x87t Nam", "\"Vi\xE1\xBB\x87t Nam\""},
    {"quote and backslash", "a\"b\\c", "\"a\\\"b\\\\c\""},
    {"short escapes", "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
    {"other controls", "\x01\x1F\x7F", "\"\\u0001\\u001f\x7F\""},
    {"escape behind eight plain bytes", "01234567\n89abcdef", "\"01234567\\n89abcdef\""},
};

TT_TEST(json_strings)
{
    for (size_t i = 0; i < TT_COUNT(STRINGS); i++) {
        tt_buf buf = {NULL, 0, 0};
        TT_CHECK_OK(STRINGS[i].name, tt_json__add_string(&buf, tt_str_c(STRINGS[i].in)));
        TT_CHECK_STR(STRINGS[i].name, ((tt_str){buf.ptr, buf.len}), STRINGS[i].want);
        tt_buf_free(&buf);
    }
}

/* Each ASCII byte at each place of a word of eight comes back through the reader, NUL included. */
TT_TEST(json_round_trip)
{
    for (unsigned byte = 0; byte < 0x80; byte++)
        for (unsigned place = 0; place < 19; place++) {
            char text[19], name[32];
            const tt_json *value = NULL;
            tt_buf buf = {NULL, 0, 0};
            memset(text, 'x', sizeof text);
            text[place] = (char)byte;
            snprintf(name, sizeof name, "byte %u at %u", byte, place);
            TT_CHECK_OK(name, tt_json__add_string(&buf, (tt_str){text, sizeof text}));
            TT_CHECK_OK(name, tt_json__parse(&value, &t->arena, (tt_str){buf.ptr, buf.len}, &t->err));
            TT_CHECK(name, value != NULL && tt_str_eq(value->text, (tt_str){text, sizeof text}));
            tt_buf_free(&buf);
        }
}

TT_TEST(json_numbers)
{
    static const struct {
        uint64_t number;
        const char *want;
    } NUMBERS[] = {{0, "0"}, {9, "9"}, {10, "10"}, {4294967295u, "4294967295"}, {UINT64_MAX, "18446744073709551615"}};
    for (size_t i = 0; i < TT_COUNT(NUMBERS); i++) {
        char digits[20];
        size_t len = (size_t)(tt_json__put_number(digits, NUMBERS[i].number) - digits);
        TT_CHECK_STR(NUMBERS[i].want, ((tt_str){digits, len}), NUMBERS[i].want);
    }
}
