/* test_pack.c - documents as bytes and from JSON: what comes back is the same, and what was changed is refused. */
#include "tt_test.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "document/document_impl.h"
#include "document/pack_format.h"

/* Nested mentions, two of one span, values of all kinds, a letter beyond the BMP, CRLF. */
static const char GOLD[] =
    "{\"id\":\"x\",\"date\":\"2021-09-09\",\"text\":\"😀 Hội đàm\\r\\nChiều 15/9, Thứ trưởng Bộ Quốc phòng chi 1,5 tỷ đồng. "
    "Hết.\","
    "\"blocks\":[{\"start\":0,\"end\":9,\"kind\":\"title\"},{\"start\":11,\"end\":68,\"kind\":\"paragraph\"}],"
    "\"sentences\":[{\"start\":0,\"end\":9},{\"start\":11,\"end\":63},{\"start\":64,\"end\":68}],"
    "\"entities\":[{\"start\":49,\"end\":62,\"label\":\"MONEY\",\"value\":\"1500000000 VND\"},"
    "{\"start\":34,\"end\":48,\"label\":\"ORG\",\"kind\":\"ministry\"},{\"start\":23,\"end\":48,\"label\":\"ROLE\"},"
    "{\"start\":34,\"end\":48,\"label\":\"Cơ quan\"},"
    "{\"start\":11,\"end\":21,\"label\":\"TIME\",\"text\":\"Chiều 15/9\",\"value\":\"2021-09-15TAF\"}]}";

static const char *const DOCUMENTS[] = {
    GOLD,
    "{\"text\":\"\"}",
    "{\"text\":\"\",\"entities\":[]}",
    "{\"text\":\"Chỉ có chữ.\"}",
    "{\"text\":\"A. B.\\nC.\",\"blocks\":null,\"sentences\":[{\"start\":0,\"end\":5},{\"start\":6,\"end\":8}]}",
    "{\"text\":\" \\n A \\n\",\"blocks\":[{\"start\":0,\"end\":5,\"kind\":\"lead\"}]}",
    "{\"text\":\"Theo TTXVN\\nMột câu. Hai câu.\",\"entities\":[{\"start\":5,\"end\":10,\"label\":\"ORG\"}]}",
};

static tt_doc *read_json(tt_test *t, const char *line)
{
    tt_doc *doc = NULL;
    TT_CHECK_OK(line, tt_doc_from_json(&doc, NULL, tt_str_c(line), &t->err));
    return doc;
}

static tt_buf pack(tt_test *t, const tt_doc *doc)
{
    tt_buf packed = {NULL, 0, 0};
    TT_CHECK_OK("pack", tt_doc_pack(&packed, doc, &t->err));
    return packed;
}

/* In all that items say, not only in what tt_doc_equal looks at. */
static void check_same(tt_test *t, const char *name, const tt_doc *a, const tt_doc *b)
{
    TT_CHECK(name, tt_doc_equal(a, b));
    for (unsigned layer = 0; layer < TT_LAYERS; layer++) {
        tt_items x = tt_doc_items(a, (tt_layer)layer), y = tt_doc_items(b, (tt_layer)layer);
        TT_CHECK_INT(name, x.len, y.len);
        for (size_t i = 0; i < x.len && x.len == y.len; i++) {
            const tt_item *p = &x.at[i], *q = &y.at[i];
            TT_CHECK(name, p->cp.start == q->cp.start && p->cp.end == q->cp.end && p->byte.start == q->byte.start &&
                               p->byte.end == q->byte.end && p->parent == q->parent && p->depth == q->depth &&
                               p->confidence == q->confidence);
            TT_CHECK_INT(name, p->entity_kind, q->entity_kind);
            const tt_value *v = tt_doc_value(a, p), *w = tt_doc_value(b, q);
            if (layer == TT_LAYER_ENTITIES && (v != NULL || w != NULL))
                TT_CHECK(name, v != NULL && w != NULL && tt_value_equal(v, w));
        }
    }
    tt_item s, r;
    bool named = tt_doc_source(&s, a);
    TT_CHECK(name, tt_doc_source(&r, b) == named);
    TT_CHECK(name,
             s.byte.start == r.byte.start && s.byte.end == r.byte.end && s.cp.start == r.cp.start && s.cp.end == r.cp.end);
}

TT_TEST(pack_round_trip)
{
    for (size_t i = 0; i < TT_COUNT(DOCUMENTS); i++) {
        tt_doc *doc = read_json(t, DOCUMENTS[i]), *back = NULL;
        tt_buf packed = pack(t, doc), again, line = {NULL, 0, 0};
        TT_CHECK_OK(DOCUMENTS[i], tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err));
        memset(packed.ptr, 0xFF, packed.len); /* the document keeps nothing of them */
        check_same(t, DOCUMENTS[i], doc, back);
        TT_CHECK(DOCUMENTS[i], tt_doc_pipeline(back) == NULL);
        again = pack(t, back);
        tt_buf_free(&packed);
        packed = pack(t, doc);
        TT_CHECK(DOCUMENTS[i], again.len == packed.len && memcmp(again.ptr, packed.ptr, again.len) == 0);
        TT_CHECK_OK(DOCUMENTS[i], tt_doc_json(&line, back, tt_str_c("x"), &t->err));
        tt_doc_free(back);
        back = NULL;
        TT_CHECK_OK(DOCUMENTS[i], tt_doc_from_json(&back, NULL, (tt_str){line.ptr, line.len}, &t->err));
        check_same(t, DOCUMENTS[i], doc, back);
        tt_buf_free(&line);
        tt_buf_free(&packed);
        tt_buf_free(&again);
        tt_doc_free(back);
        tt_doc_free(doc);
    }
}

/* A pipeline's document, whose view differs from the text. */
TT_TEST(pack_of_a_pipeline)
{
    static const char PAGE[] =
        "Hoà bình\n09/09/2021 10:30\nBộ trưởng &amp; đoàn đến Ha\xCC\x80 No\xCC\xA3\xCC\x82i. Hết.\nTheo TTXVN";
    tt_pipeline *pipeline = NULL;
    tt_doc *doc = NULL, *back = NULL;
    TT_CHECK_OK("load", tt_pipeline_load(&pipeline, NULL, &t->err));
    TT_CHECK_OK("make", tt_doc_make(&doc, pipeline, tt_str_c(PAGE), NULL, &t->err));
    tt_buf packed = pack(t, doc);
    TT_CHECK_OK("unpack", tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err));
    check_same(t, "page", doc, back);
    TT_CHECK("source", tt_doc_source(&(tt_item){0}, back));
    TT_CHECK("view is the text", tt_doc_text(back)->norm.ptr == tt_doc_raw(back).ptr);
    TT_CHECK("date", strcmp(tt_doc_date(back), "2021-09-09") == 0);
    tt_buf_free(&packed);
    tt_doc_free(back);
    tt_doc_free(doc);
    tt_pipeline_free(pipeline);
}

TT_TEST(document_from_json)
{
    tt_doc *doc = read_json(t, GOLD);
    tt_items entities = tt_doc_items(doc, TT_LAYER_ENTITIES);
    static const struct {
        const char *label, *value;
        uint32_t depth, parent;
    } WANT[] = {{"TIME", "2021-09-15TAF", 0, 1},
                {"ROLE", "", 0, 1},
                {"ORG", "", 1, 1},
                {"Cơ quan", "", 2, 1},
                {"MONEY", "1500000000 VND", 0, 1}};
    TT_CHECK_INT("entities", entities.len, TT_COUNT(WANT));
    for (size_t i = 0; i < TT_COUNT(WANT) && entities.len == TT_COUNT(WANT); i++) {
        const tt_value *value = tt_doc_value(doc, &entities.at[i]);
        TT_CHECK_STR(WANT[i].label, tt_doc_label(doc, entities.at[i].kind), WANT[i].label);
        TT_CHECK_STR(WANT[i].label, tt_str_c(value != NULL ? value->text : ""), WANT[i].value);
        TT_CHECK_INT(WANT[i].label, entities.at[i].depth, WANT[i].depth);
        TT_CHECK_INT(WANT[i].label, entities.at[i].parent, WANT[i].parent);
    }
    const tt_value *time = tt_doc_value(doc, &entities.at[0]);
    TT_CHECK_INT("the mention was read again", time->start, tt_value_day(tt_str_c("2021-09-15")));
    TT_CHECK_INT("labels", tt_doc_label_count(doc), 5);
    TT_CHECK_STR("kind", tt_str_c(tt_kind_name(entities.at[2].entity_kind)), "ministry");
    tt_doc_free(doc);
}

TT_TEST(document_from_json_id)
{
    static const struct {
        const char *line, *want;
    } CASES[] = {{"{\"id\":\"trang 1\",\"text\":\"a\"}", "trang 1"},
                 {"{\"id\":12,\"text\":\"a\"}", "12"},
                 {"{\"id\":null,\"text\":\"a\"}", ""},
                 {"{\"text\":\"a\"}", ""},
                 {"{\"id\":[],\"text\":\"a\"}", ""}};
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_doc *doc = NULL;
        tt_buf id = {NULL, 0, 0};
        TT_CHECK_OK(CASES[i].line, tt_doc_from_json(&doc, &id, tt_str_c(CASES[i].line), &t->err));
        TT_CHECK_STR(CASES[i].line, ((tt_str){id.ptr, id.len}), CASES[i].want);
        tt_buf_free(&id);
        tt_doc_free(doc);
    }
}

/* No border that the rules draw cuts a mention. */
TT_TEST(document_from_json_borders)
{
    static const struct {
        const char *name, *entities;
        size_t blocks, sentences;
    } CASES[] = {
        {"none", "", 3, 4},
        {"over a sentence", "{\"start\":2,\"end\":9,\"label\":\"X\"}", 3, 3},
        {"over a line", "{\"start\":8,\"end\":13,\"label\":\"X\"}", 2, 3},
        {"over all", "{\"start\":0,\"end\":18,\"label\":\"X\"}", 1, 1},
        {"two chained", "{\"start\":8,\"end\":13,\"label\":\"X\"},{\"start\":14,\"end\":18,\"label\":\"X\"}", 1, 2},
    };
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        char line[256];
        snprintf(line, sizeof line, "{\"text\":\"Mua. Bán.\\nĐi về.\\nHết\",\"entities\":[%s]}", CASES[i].entities);
        tt_doc *doc = read_json(t, line);
        TT_CHECK_INT(CASES[i].name, tt_doc_items(doc, TT_LAYER_BLOCKS).len, CASES[i].blocks);
        TT_CHECK_INT(CASES[i].name, tt_doc_items(doc, TT_LAYER_SENTENCES).len, CASES[i].sentences);
        tt_doc_free(doc);
    }
}

TT_TEST(document_from_json_faults)
{
    static const struct {
        const char *line, *message;
    } CASES[] = {
        {"", "not JSON at byte 0"},
        {"[]", "a document is an object"},
        {"{\"id\":\"x\"}", "text: missing"},
        {"{\"text\":1}", "text: missing, or not a string"},
        {"{\"error\":{\"message\":\"cut\"}}", "error: this document failed: cut"},
        {"{\"text\":\"a\",\"date\":\"2021-02-30\"}", "date: \"2021-02-30\""},
        {"{\"text\":\"a\",\"date\":\"2021-02-03T10:00\"}", "date: "},
        {"{\"text\":\"a\",\"date\":1}", "date: not a string"},
        {"{\"text\":\"a\",\"blocks\":{}}", "blocks: not a list"},
        {"{\"text\":\"a\",\"blocks\":[1]}", "blocks[0]: not an object"},
        {"{\"text\":\"a\",\"blocks\":[{\"start\":0,\"end\":1,\"kind\":\"x\"}]}", "blocks[0].kind: \"x\""},
        {"{\"text\":\"a\",\"blocks\":[{\"start\":0,\"end\":1}]}", "blocks[0].kind: \"\""},
        {"{\"text\":\"ab\",\"sentences\":[{\"start\":1,\"end\":2},{\"start\":0,\"end\":1}]}", "sentences[1] begins before"},
        {"{\"text\":\"a b\",\"blocks\":[{\"start\":0,\"end\":1,\"kind\":\"lead\"}],\"sentences\":[{\"start\":0,\"end\":3}]}",
         "sentences[0] does not lie in one block"},
        {"{\"text\":\"a\",\"entities\":[{\"end\":1,\"label\":\"X\"}]}", "entities[0].start: missing"},
        {"{\"text\":\"a\",\"entities\":[{\"start\":-1,\"end\":1,\"label\":\"X\"}]}", "entities[0].start: not a whole number"},
        {"{\"text\":\"a\",\"entities\":[{\"start\":0,\"end\":1.0,\"label\":\"X\"}]}", "entities[0].end: not a whole number"},
        {"{\"text\":\"ế\",\"entities\":[{\"start\":0,\"end\":2,\"label\":\"X\"}]}",
         "entities[0].end: 2 lies beyond the text of 1"},
        {"{\"text\":\"a\",\"entities\":[{\"start\":1,\"end\":1,\"label\":\"X\"}]}", "entities[0]: [1, 1) is empty"},
        {"{\"text\":\"a b\",\"entities\":[{\"start\":1,\"end\":2,\"label\":\"X\"}]}", "entities[0]: nothing but white space"},
        {"{\"text\":\"ab\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"text\":\"b\"}]}",
         "entities[0].text: not what stands"},
        {"{\"text\":\"ab\",\"entities\":[{\"start\":0,\"end\":1}]}", "entities[0].label: missing"},
        {"{\"text\":\"ab\",\"entities\":[{\"start\":0,\"end\":1,\"label\":2}]}", "entities[0].label: not a string"},
        {"{\"text\":\"ab\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"value\":2}]}",
         "entities[0].value: not a string"},
        {"{\"text\":\"a\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"value\":"
         "\"0123456789012345678901234567890123456789012345678901234567890123\"}]}",
         "entities[0].value: longer"},
        /* the message has the place in the list, whatever the order */
        {"{\"text\":\"abc\",\"entities\":[{\"start\":1,\"end\":3,\"label\":\"X\"},{\"start\":0,\"end\":2,\"label\":\"X\"}]}",
         "entities[0] crosses the end of entities[1]"},
        {"{\"text\":\"a b\",\"sentences\":[{\"start\":0,\"end\":1},{\"start\":2,\"end\":3}],\"entities\":["
         "{\"start\":2,\"end\":3,\"label\":\"X\"},{\"start\":0,\"end\":3,\"label\":\"X\"}]}",
         "entities[1] does not lie in one sentence"},
        {"{\"text\":\"\xFF\"}", "byte 9"},
    };
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_doc *doc = NULL;
        tt_status status = tt_doc_from_json(&doc, NULL, tt_str_c(CASES[i].line), &t->err);
        TT_CHECK(CASES[i].line, status == TT_ECORPUS || status == TT_EENCODING);
        TT_CHECK(CASES[i].line, doc == NULL && strstr(t->err.msg, CASES[i].message) != NULL);
        if (strstr(t->err.msg, CASES[i].message) == NULL)
            tt_test_fail(t, __FILE__, __LINE__, CASES[i].line, "%s", t->err.msg);
    }
}

TT_TEST(pack_cut_and_flipped)
{
    tt_doc *doc = read_json(t, GOLD), *back = NULL;
    tt_buf packed = pack(t, doc);
    for (size_t len = 0; len < packed.len; len++) {
        char *cut = tt__malloc(len); /* of just this length, so that no byte behind it is read unnoticed */
        memcpy(cut, packed.ptr, len);
        TT_CHECK_INT("cut", tt_doc_unpack(&back, (tt_str){cut, len}, &t->err), TT_ECORPUS);
        TT_CHECK("cut", back == NULL && t->err.pos <= len);
        tt__free(cut);
    }
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        packed.ptr[bit / 8] = (char)(packed.ptr[bit / 8] ^ (1 << bit % 8));
        TT_CHECK_INT("flipped", tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err), TT_ECORPUS);
        packed.ptr[bit / 8] = (char)(packed.ptr[bit / 8] ^ (1 << bit % 8));
    }
    TT_CHECK("another version is told", tt_buf_add(&packed, "x", 1) == TT_OK);
    packed.ptr[TT_PACK_MAGIC] = 2;
    TT_CHECK_INT("version", tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err), TT_ECORPUS);
    TT_CHECK("version", strstr(t->err.msg, "another version") != NULL);
    tt_buf_free(&packed);
    tt_doc_free(doc);
}

static void seal(tt_buf *packed)
{
    uint64_t sum = tt__checksum(packed->ptr + TT_PACK_HEAD, packed->len - TT_PACK_HEAD);
    for (int i = 0; i < 8; i++)
        packed->ptr[TT_PACK_MAGIC + 1 + i] = (char)(sum >> 8 * i & 0xFF);
}

/* Whoever changes the bytes can make the checksum right: then the numbers themselves are refused, or say another document. */
TT_TEST(pack_forged)
{
    tt_doc *doc = read_json(t, GOLD);
    tt_buf packed = pack(t, doc);
    unsigned refused = 0, taken = 0;
    for (size_t at = TT_PACK_HEAD; at < packed.len; at++) {
        static const unsigned char BYTES[] = {0, 1, 0x7F, 0x80, 0xFF};
        char was = packed.ptr[at];
        for (size_t i = 0; i < TT_COUNT(BYTES); i++) {
            tt_doc *back = NULL;
            packed.ptr[at] = (char)BYTES[i];
            seal(&packed);
            tt_status status = tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err);
            TT_CHECK("forged", (status == TT_OK && back != NULL) || (status == TT_ECORPUS && back == NULL));
            refused += status != TT_OK;
            taken += status == TT_OK;
            if (back == NULL)
                continue;
            tt_buf again = pack(t, back), line = {NULL, 0, 0};
            tt_doc *third = NULL;
            TT_CHECK_OK("forged", tt_doc_json(&line, back, tt_str_c("x"), &t->err));
            TT_CHECK_OK("forged", tt_doc_unpack(&third, (tt_str){again.ptr, again.len}, &t->err));
            check_same(t, "forged", back, third);
            tt_buf_free(&again);
            tt_buf_free(&line);
            tt_doc_free(third);
            tt_doc_free(back);
        }
        packed.ptr[at] = was;
    }
    TT_CHECK("both happen", refused > 100 && taken > 100);
    tt_buf_free(&packed);
    tt_doc_free(doc);
}

TT_TEST(pack_values)
{
    static const struct {
        const char *text;
        bool time;
    } CASES[] = {{"8-10/9/2021", true}, {"9h30 sáng mai", true}, {"một giờ rưỡi", true},   {"2,35 tỷ đồng", false},
                 {"-4,5%", false},      {"37,5 độ C", false},    {"6-7 triệu USD", false}, {"lần thứ ba", false}};
    tt_value_anchor anchor = {tt_value_day(tt_str_c("2021-09-09")), 36000};
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        const char *name = CASES[i].text;
        tt_value value, back;
        tt_value_label label, label_back;
        tt_buf packed = {NULL, 0, 0};
        bool found = CASES[i].time ? tt_value_parse_time(&value, &label, tt_str_c(name), anchor)
                                   : tt_value_parse_number(&value, &label, tt_str_c(name));
        TT_CHECK(name, found);
        TT_CHECK_OK(name, tt_value_pack(&packed, label, &value, &t->err));
        TT_CHECK_OK(name, tt_value_unpack(&back, &label_back, (tt_str){packed.ptr, packed.len}, &t->err));
        TT_CHECK(name, label == label_back && tt_value_equal(&value, &back));
        TT_CHECK(name, tt_value_read(&back, label, tt_str_c(value.text)) && tt_value_equal(&value, &back));
        back.clock++;
        TT_CHECK(name, !tt_value_equal(&value, &back));
        packed.ptr[packed.len - 1] ^= 1;
        TT_CHECK_INT(name, tt_value_unpack(&back, &label_back, (tt_str){packed.ptr, packed.len}, &t->err), TT_ECORPUS);
        TT_CHECK_INT(name, tt_value_unpack(&back, &label_back, (tt_str){NULL, 0}, &t->err), TT_ECORPUS);
        tt_buf_free(&packed);
    }
}

/* What the rules write is read to the same value, what they do not write stays a text. */
TT_TEST(value_read)
{
    static const struct {
        tt_value_label label;
        const char *text, *start, *end; /* days, "" where none is known */
        int32_t clock;
        int64_t seconds; /* -1 unknown */
    } CASES[] = {
        {TT_VALUE_DATE, "2021", "2021-01-01", "2022-01-01", -1, -1},
        {TT_VALUE_DATE, "2021-12", "2021-12-01", "2022-01-01", -1, -1},
        {TT_VALUE_DATE, "2020-02-29", "2020-02-29", "2020-03-01", -1, -1},
        {TT_VALUE_DATE, "2021-02-29", "", "", -1, -1},
        {TT_VALUE_DATE, "2021-Q4", "2021-10-01", "2022-01-01", -1, -1},
        {TT_VALUE_DATE, "2021-H1", "2021-01-01", "2021-07-01", -1, -1},
        {TT_VALUE_DATE, "2021-W46", "2021-11-15", "2021-11-22", -1, -1},
        {TT_VALUE_DATE, "2021-W46-WE", "2021-11-20", "2021-11-22", -1, -1},
        {TT_VALUE_DATE, "2021-W53", "", "", -1, -1},
        {TT_VALUE_DATE, "2021-WI", "2021-11-01", "2022-02-01", -1, -1},
        {TT_VALUE_DATE, "2021-09-MID", "2021-09-01", "2021-10-01", -1, -1},
        {TT_VALUE_DATE, "196X", "1960-01-01", "1970-01-01", -1, -1},
        {TT_VALUE_DATE, "19XX-END", "1901-01-01", "2001-01-01", -1, -1},
        {TT_VALUE_DATE, "2021-09-08/2021-09-10", "2021-09-08", "2021-09-11", -1, -1},
        {TT_VALUE_DATE, "2021-09-08/2021-09-07", "", "", -1, -1},
        {TT_VALUE_DATE, "XXXX-09-04", "", "", -1, -1},
        {TT_VALUE_DATE, "0000", "", "", -1, -1},
        {TT_VALUE_DATE, "2021-13", "", "", -1, -1},
        {TT_VALUE_DATE, "2021-09-04 ", "", "", -1, -1},
        {TT_VALUE_DATE, "hôm nay", "", "", -1, -1},
        {TT_VALUE_TIME, "2021-09-04TAF", "2021-09-04", "2021-09-05", -1, -1},
        {TT_VALUE_TIME, "2021-09-04T14:30", "2021-09-04", "2021-09-05", 52200, -1},
        {TT_VALUE_TIME, "2021-09-04T14:30:15", "2021-09-04", "2021-09-05", 52215, -1},
        {TT_VALUE_TIME, "2021-09-04T14:60", "", "", -1, -1},
        {TT_VALUE_TIME, "T19:00", "", "", -1, -1},
        {TT_VALUE_DURATION, "P2D", "", "", -1, 172800},
        {TT_VALUE_DURATION, "P1Y6M", "", "", -1, 31556952 + 6 * 2629746},
        {TT_VALUE_DURATION, "P1DT1H1M1S", "", "", -1, 90061},
        {TT_VALUE_DURATION, "PT1H/PT2H", "", "", -1, 3600},
        {TT_VALUE_DURATION, "PTXH", "", "", -1, -1},
        {TT_VALUE_DURATION, "P", "", "", -1, -1},
        {TT_VALUE_DURATION, "P999999999999999999Y", "", "", -1, -1},
    };
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_value value;
        TT_CHECK(CASES[i].text, tt_value_read(&value, CASES[i].label, tt_str_c(CASES[i].text)));
        TT_CHECK_STR(CASES[i].text, tt_str_c(value.text), CASES[i].text);
        TT_CHECK_INT(CASES[i].text, value.start, tt_value_day(tt_str_c(CASES[i].start)));
        TT_CHECK_INT(CASES[i].text, value.end, tt_value_day(tt_str_c(CASES[i].end)));
        TT_CHECK_INT(CASES[i].text, value.clock, CASES[i].clock);
        TT_CHECK_INT(CASES[i].text, value.seconds.known ? value.seconds.digits : -1, CASES[i].seconds);
    }
}

TT_TEST(value_read_amounts)
{
    static const struct {
        tt_value_label label;
        const char *text, *number, *last, *unit, *currency;
    } CASES[] = {
        {TT_VALUE_MONEY, "1500000000 VND", "1500000000", "", "", "VND"},
        {TT_VALUE_MONEY, "490/510.5 USD", "490", "510.5", "", "USD"},
        {TT_VALUE_MONEY, "3 xu", "3", "", "xu", ""},
        {TT_VALUE_PERCENT, "-4.5 %", "-4.5", "", "%", ""},
        {TT_VALUE_QUANTITY, "55 năm ánh sáng", "55", "", "năm ánh sáng", ""},
        {TT_VALUE_QUANTITY, "52 km/h", "52", "", "km/h", ""},
        {TT_VALUE_QUANTITY, "8.2/10", "8.2", "10", "", ""},
        {TT_VALUE_ORDINAL, "3", "3", "", "", ""},
        {TT_VALUE_QUANTITY, "nhiều", "", "", "", ""},
        {TT_VALUE_QUANTITY, "1234567890123456789 m", "", "", "", ""},
        {TT_VALUE_QUANTITY, "1 ", "", "", "", ""},
        {TT_VALUE_QUANTITY, "1.", "", "", "", ""},
        {TT_VALUE_QUANTITY, "1 đơn vị có tên dài hơn chỗ", "", "", "", ""},
    };
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_value value;
        char out[40];
        TT_CHECK(CASES[i].text, tt_value_read(&value, CASES[i].label, tt_str_c(CASES[i].text)));
        size_t len = value.number.known ? tt_decimal_write(out, value.number) : 0;
        TT_CHECK_STR(CASES[i].text, ((tt_str){out, len}), CASES[i].number);
        len = value.number_end.known ? tt_decimal_write(out, value.number_end) : 0;
        TT_CHECK_STR(CASES[i].text, ((tt_str){out, len}), CASES[i].last);
        TT_CHECK_STR(CASES[i].text, tt_str_c(value.unit), CASES[i].unit);
        TT_CHECK_STR(CASES[i].text, tt_str_c(value.currency), CASES[i].currency);
    }
}

TT_TEST(value_read_refuses)
{
    static const tt_str BAD[] = {
        {"", 0}, {NULL, 0}, {"a\0b", 3}, {"\xFF", 1}, {"0123456789012345678901234567890123456789012345678901234567890123", 64}};
    for (size_t i = 0; i < TT_COUNT(BAD); i++) {
        tt_value value = {.text = "x"};
        TT_CHECK("bad", !tt_value_read(&value, TT_VALUE_DATE, BAD[i]) && value.text[0] == '\0');
    }
}

TT_TEST(pack_without_memory)
{
    tt_doc *doc = read_json(t, GOLD);
    tt_buf packed = pack(t, doc);
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 1000; n++) {
        tt_buf again = {NULL, 0, 0};
        tt_doc *back = NULL, *read = NULL;
        tt__fail_after(n);
        status = tt_doc_pack(&again, doc, &t->err);
        TT_CHECK("nothing half packed", (again.len != 0) == (status == TT_OK));
        if (status == TT_OK)
            status = tt_doc_unpack(&back, (tt_str){packed.ptr, packed.len}, &t->err);
        TT_CHECK("no half document", status == TT_OK || back == NULL);
        tt_buf id = {NULL, 0, 0};
        if (status == TT_OK)
            status = tt_doc_from_json(&read, &id, tt_str_c(GOLD), &t->err);
        TT_CHECK("no half id", (id.len != 0) == (read != NULL));
        TT_CHECK("no half document", status == TT_OK || read == NULL);
        tt__fail_after(-1);
        TT_CHECK("memory", status == TT_OK || status == TT_ENOMEM);
        tt_buf_free(&again);
        tt_buf_free(&id);
        tt_doc_free(back);
        tt_doc_free(read);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
    tt_buf_free(&packed);
    tt_doc_free(doc);
}

TT_TEST(document_equal)
{
    static const char BASE[] =
        "{\"text\":\"a b\",\"date\":\"2021-09-09\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"value\":\"v\"}]}";
    static const char *const OTHERS[] = {
        "{\"text\":\"a c\",\"date\":\"2021-09-09\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"value\":\"v\"}]}",
        "{\"text\":\"a b\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\",\"value\":\"v\"}]}",
        "{\"text\":\"a b\",\"date\":\"2021-09-09\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"X\"}]}",
        "{\"text\":\"a b\",\"date\":\"2021-09-09\",\"entities\":[{\"start\":0,\"end\":1,\"label\":\"Y\",\"value\":\"v\"}]}",
        "{\"text\":\"a b\",\"date\":\"2021-09-09\",\"entities\":[{\"start\":0,\"end\":3,\"label\":\"X\",\"value\":\"v\"}]}",
        "{\"text\":\"a b\",\"date\":\"2021-09-09\",\"entities\":[]}",
        "{\"text\":\"a b\",\"date\":\"2021-09-09\"}",
    };
    tt_doc *base = read_json(t, BASE), *same = read_json(t, BASE);
    TT_CHECK("same", tt_doc_equal(base, same) && tt_doc_equal(base, base));
    for (size_t i = 0; i < TT_COUNT(OTHERS); i++) {
        tt_doc *other = read_json(t, OTHERS[i]);
        TT_CHECK(OTHERS[i], !tt_doc_equal(base, other) && !tt_doc_equal(other, base));
        tt_doc_free(other);
    }
    tt_doc_free(base);
    tt_doc_free(same);
}
