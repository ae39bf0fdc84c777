/* test_corpus.c - annotated documents in their three forms, and what is wrong with them. */
#include "tt_test.h"

#include "base/alloc.h"

/* "text | block kind start-end ... | sentence start-end ... | LABEL start-end ..." of one document, offsets in bytes. */
static tt_str show(tt_arena *arena, const tt_corpus *corpus, size_t i)
{
    const tt_example *at = tt_corpus_at(corpus, i);
    size_t size = 4096 + at->text.len, len = 0;
    char *out = tt_arena_alloc(arena, size);
    len += (size_t)snprintf(out, size, "%.*s %.*s: %.*s |", (int)at->id.len, at->id.ptr, (int)at->date.len, at->date.ptr,
                            (int)at->text.len, at->text.ptr);
    for (size_t k = 0; k < at->block_count; k++)
        len += (size_t)snprintf(out + len, size - len, " %s %u-%u", tt_block_kind_name(at->blocks[k].kind),
                                at->blocks[k].span.start, at->blocks[k].span.end);
    len += (size_t)snprintf(out + len, size - len, " |");
    for (size_t k = 0; k < at->sentence_count; k++)
        len += (size_t)snprintf(out + len, size - len, " %u-%u", at->sentences[k].start, at->sentences[k].end);
    len += (size_t)snprintf(out + len, size - len, " |");
    for (size_t k = 0; k < at->mention_count; k++) {
        tt_str label = tt_corpus_label(corpus, at->mentions[k].label);
        len += (size_t)snprintf(out + len, size - len, " %.*s %u-%u", (int)label.len, label.ptr, at->mentions[k].span.start,
                                at->mentions[k].span.end);
    }
    return (tt_str){out, len};
}

static const struct {
    const char *name, *file, *in, *want;
} READ[] = {
    {"ann", "x.ann", "#doc d1 date=2024-02-29 topic=t\n#title\nA {PER|B}\n#paragraph\n{ORG|C {LOC|D}} e.\n  F.  \n",
     "d1 2024-02-29: A B\nC D e. F. | title 0-3 paragraph 4-13 | 0-3 4-10 11-13 | PER 2-3 ORG 4-7 LOC 6-7"},
    {"ann with entity, value, own label", "x.ann", "#doc d\r\n#lead\r\n{X-y_1#12=a=b c|Z} {DATE=2024|n} {PER#1|u}\r\n",
     "d : Z n u | lead 0-5 | 0-5 | X-y_1 0-1 DATE 2-3 PER 4-5"},
    {"ann with a BOM, blank lines, no line feed at the end", "x.ann", "\xEF\xBB\xBF\n#doc d\n\n#lead\n\nx",
     "d : x | lead 0-1 | 0-1 |"},
    {"ann, one span with two labels: the outer one first", "x.ann", "#doc d\n#lead\n{ORG|{LOC|x}}",
     "d : x | lead 0-1 | 0-1 | ORG 0-1 LOC 0-1"},
    {"ann without a block", "x.ann", "#doc d", "d :  | | |"},
    {"json", "x.jsonl",
     "{\"id\":\"j\",\"date\":null,\"text\":\"\xC4\x90\xC3\xA0 "
     "N\\n\xE1\xBA\xBF\",\"blocks\":[{\"start\":0,\"end\":4,\"kind\":\"title\"},"
     "{\"start\":5,\"end\":6,\"kind\":\"lead\"}],\"sentences\":[{\"start\":0,\"end\":4},{\"start\":5,\"end\":6}],"
     "\"entities\":[{\"start\":5,\"end\":6,\"label\":\"B\"},{\"start\":0,\"end\":2,\"label\":\"A\",\"text\":\"?\"}]}",
     "j : \xC4\x90\xC3\xA0 N\n\xE1\xBA\xBF | title 0-6 lead 7-10 | 0-6 7-10 | A 0-4 B 7-10"},
    {"json loses white space at the ends of spans", "x.json",
     "\n{\"id\":\"j\",\"date\":\"2021-09-09\",\"text\":\" a b "
     "\",\"sentences\":[{\"start\":0,\"end\":5}],\"entities\":[{\"start\":2,\"end\":5,\"label\":\"L\"}]}\n",
     "j 2021-09-09:  a b  | paragraph 1-4 | 1-4 | L 3-4"},
    {"json with empty lists", "x.jsonl", "{\"id\":\"j\",\"text\":\"\",\"blocks\":[],\"sentences\":[],\"entities\":[]}",
     "j :  | | |"},
    {"conll IOB2", "f/y.conll", "A x B-PER\nB x I-PER\nc x B-LOC\n\nd O\n",
     "y : A B c\nd | paragraph 0-5 paragraph 6-7 | 0-5 6-7 | PER 0-3 LOC 4-5"},
    {"conll IOB1", "y.iob", "A I-PER\nB I-PER\nC B-PER\nd I-LOC\n",
     "y : A B C d | paragraph 0-7 | 0-7 | PER 0-3 PER 4-5 LOC 6-7"},
    {"conll BILOU", "y.bio", "A B-X\nB I-X\nC L-X\nD U-X\nE U-X\n", "y : A B C D E | paragraph 0-9 | 0-9 | X 0-5 X 6-7 X 8-9"},
    {"conll BIOES", "y.tsv", "A\tB-X\nB\tE-X\nC\tS-Y\nD\tE-Y\n", "y : A B C D | paragraph 0-7 | 0-7 | X 0-3 Y 4-5 Y 6-7"},
    {"conll: a mention ends with its sentence", "y.txt", "A B-X\n\n\nB I-X\n",
     "y : A\nB | paragraph 0-1 paragraph 2-3 | 0-1 2-3 | X 0-1 X 2-3"},
    {"conll: tokens with spaces between tabs, comments, white-space tokens", "y.iob2",
     "# text = \xC3\xA1 b\n\xC3\xA1 b\tB-X\n\xC2\xA0\tI-X\nc\tI-X\n", "y : \xC3\xA1 b c | paragraph 0-6 | 0-6 | X 0-6"},
};

TT_TEST(corpus_read)
{
    for (size_t i = 0; i < TT_COUNT(READ); i++) {
        tt_corpus *corpus = NULL;
        TT_CHECK_OK(READ[i].name, tt_corpus_new(&corpus, &t->err));
        TT_CHECK_OK(READ[i].name, tt_corpus_parse(corpus, READ[i].file, tt_str_c(READ[i].in), &t->err));
        TT_CHECK_INT(READ[i].name, tt_corpus_count(corpus), 1);
        if (tt_corpus_count(corpus) == 1)
            TT_CHECK_STR(READ[i].name, show(&t->arena, corpus, 0), READ[i].want);
        tt_corpus_free(corpus);
    }
}

TT_TEST(corpus_documents)
{
    static const struct {
        const char *file, *in, *ids[3];
    } ROWS[] = {
        {"a.ann", "#doc one\n#lead\nx\n#doc two\n#doc three\n#title\ny\n", {"one", "two", "three"}},
        {"dir.d/b.jsonl",
         "{\"text\":\"x\"}\n\n{\"id\":\"\",\"text\":\"y\"}\n{\"id\":\"z\",\"text\":\"z\"}",
         {"b-1", "b-3", "z"}},
        {"c.conll", "-DOCSTART- -X- O\n\nx O\n-DOCSTART- O\ny O\n\n-DOCSTART-\n\nz O", {"c", "c-2", "c-3"}},
    };
    for (size_t i = 0; i < TT_COUNT(ROWS); i++) {
        tt_corpus *corpus = NULL;
        TT_CHECK_OK(ROWS[i].file, tt_corpus_new(&corpus, &t->err));
        TT_CHECK_OK(ROWS[i].file, tt_corpus_parse(corpus, ROWS[i].file, tt_str_c(ROWS[i].in), &t->err));
        TT_CHECK_INT(ROWS[i].file, tt_corpus_count(corpus), 3);
        for (size_t k = 0; k < tt_corpus_count(corpus) && k < 3; k++)
            TT_CHECK_STR(ROWS[i].file, tt_corpus_at(corpus, k)->id, ROWS[i].ids[k]);
        tt_corpus_free(corpus);
    }
}

#define JSON(rest) "{\"id\":\"j\",\"text\":\"ab cd\"," rest "}"
static const struct {
    const char *name, *file, *in;
    tt_status status;
    size_t pos;
    const char *message; /* its beginning */
} BROKEN[] = {
    {"unknown kind of file", "x.pdf", "", TT_ECORPUS, 0, "x.pdf:1: the kind of corpus"},
    {"not UTF-8", "x.ann", "#doc d\n\xFF", TT_EENCODING, 7, "x.ann:2: not UTF-8 at byte 7"},
    {"stray bar", "x.ann", "#doc d\n#lead\n\xC3\xA1|b", TT_ECORPUS, 13, "x.ann:3: stray | at column 2"},
    {"bad opening", "x.ann", "#doc d\n#lead\na {1|b}", TT_ECORPUS, 13, "x.ann:3: bad opening at column 3"},
    {"no label", "x.ann", "#doc d\n#lead\n{", TT_ECORPUS, 13, "x.ann:3: bad opening at column 1"},
    {"empty entity number", "x.ann", "#doc d\n#lead\n{A#|b}", TT_ECORPUS, 13, "x.ann:3: bad opening at column 1"},
    {"never closed", "x.ann", "#doc d\n#lead\n{A|b", TT_ECORPUS, 13, "x.ann:3: a mention is never closed"},
    {"never opened", "x.ann", "#doc d\n#lead\nb}", TT_ECORPUS, 13, "x.ann:3: closing without opening at column 2"},
    {"empty mention", "x.ann", "#doc d\n#lead\nb {A|}", TT_ECORPUS, 13, "x.ann:3: empty mention"},
    {"mention that ends with a space", "x.ann", "#doc d\n#lead\n{A|b }c", TT_ECORPUS, 13,
     "x.ann:3: mention \"b \" begins or ends"},
    {"unknown block", "x.ann", "#doc d\n#story\nb", TT_ECORPUS, 7, "x.ann:2: unknown block kind \"story\""},
    {"doc without an id", "x.ann", "#doc\n", TT_ECORPUS, 0, "x.ann:1: unknown block kind \"doc\""},
    {"empty block", "x.ann", "#doc d\n#lead\n#title\nb", TT_ECORPUS, 7, "x.ann:2: empty lead"},
    {"empty block at the end", "x.ann", "#doc d\n#lead\n\n", TT_ECORPUS, 7, "x.ann:2: empty lead"},
    {"empty block before a document", "x.ann", "#doc d\n#lead\n#doc e\n", TT_ECORPUS, 7, "x.ann:2: empty lead"},
    {"sentence outside", "x.ann", "#doc d\nb", TT_ECORPUS, 7, "x.ann:2: a sentence outside any block"},
    {"block before a document", "x.ann", "\r\r\n#lead\nb", TT_ECORPUS, 3, "x.ann:3: a block before the first"},
    {"attribute", "x.ann", "#doc d what\n", TT_ECORPUS, 0, "x.ann:1: \"what\" is not KEY=VALUE"},
    {"no such day", "x.ann", "#doc d date=2023-02-29\n#lead\nb", TT_ECORPUS, 0, "x.ann:1: date \"2023-02-29\" is not a day"},
    {"the place is that of the file with its BOM", "x.ann", "\xEF\xBB\xBF#doc d\nb", TT_ECORPUS, 10, "x.ann:2: a sentence"},
    {"not JSON", "x.jsonl", "\n{\"text\":}", TT_ECORPUS, 1, "x.jsonl:2: not JSON at byte 8 of the line: no value"},
    {"no object", "x.jsonl", "[]", TT_ECORPUS, 0, "x.jsonl:1: a line must be an object"},
    {"no text", "x.jsonl", "{\"id\":\"x\"}", TT_ECORPUS, 0, "x.jsonl:1: a line must be an object with a \"text\""},
    {"text that is none", "x.jsonl", "{\"text\":1}", TT_ECORPUS, 0, "x.jsonl:1: there must be a string at \"text\""},
    {"list that is none", "x.jsonl", JSON("\"entities\":{}"), TT_ECORPUS, 0, "x.jsonl:1: there must be a list at \"entities\""},
    {"no end", "x.jsonl", JSON("\"entities\":[{\"start\":0,\"label\":\"A\"}]"), TT_ECORPUS, 0, "x.jsonl:1: no whole numbers"},
    {"outside", "x.jsonl", JSON("\"entities\":[{\"start\":0,\"end\":6,\"label\":\"A\"}]"), TT_ECORPUS, 0,
     "x.jsonl:1: \"entities\" has [0, 6)"},
    {"empty", "x.jsonl", JSON("\"entities\":[{\"start\":2,\"end\":2,\"label\":\"A\"}]"), TT_ECORPUS, 0,
     "x.jsonl:1: \"entities\" has [2, 2)"},
    {"white space", "x.jsonl", JSON("\"sentences\":[],\"entities\":[{\"start\":2,\"end\":3,\"label\":\"A\"}]"), TT_ECORPUS, 0,
     "x.jsonl:1: mention A [3, 3) is empty"},
    {"crossing", "x.jsonl",
     JSON("\"sentences\":[],\"entities\":[{\"start\":0,\"end\":4,\"label\":\"A\"},{\"start\":3,\"end\":5,\"label\":\"A\"}]"),
     TT_ECORPUS, 0, "x.jsonl:1: mention A [3, 5) crosses"},
    {"label", "x.jsonl", JSON("\"entities\":[{\"start\":0,\"end\":2,\"label\":\"A B\"}]"), TT_ECORPUS, 0,
     "x.jsonl:1: label \"A B\""},
    {"no label", "x.jsonl", JSON("\"entities\":[{\"start\":0,\"end\":2}]"), TT_ECORPUS, 0, "x.jsonl:1: no label"},
    {"block kind", "x.jsonl", JSON("\"blocks\":[{\"start\":0,\"end\":2,\"kind\":\"x\"}]"), TT_ECORPUS, 0,
     "x.jsonl:1: unknown or missing kind"},
    {"blocks overlap", "x.jsonl",
     JSON("\"blocks\":[{\"start\":0,\"end\":2,\"kind\":\"nav\"},{\"start\":1,\"end\":5,\"kind\":\"nav\"}],\"sentences\":[]"),
     TT_ECORPUS, 0, "x.jsonl:1: blocks overlap"},
    {"sentence outside its block", "x.jsonl",
     JSON("\"blocks\":[{\"start\":0,\"end\":2,\"kind\":\"nav\"}],\"sentences\":[{\"start\":0,\"end\":5}]"), TT_ECORPUS, 0,
     "x.jsonl:1: a sentence does not lie"},
    {"no tag", "x.conll", "a O\nb\n", TT_ECORPUS, 4, "x.conll:2: the last column must be O or B-"},
    {"tag without a label", "x.conll", "a B-\n", TT_ECORPUS, 0, "x.conll:1: the last column"},
    {"unknown letter", "x.conll", "a Q-PER\n", TT_ECORPUS, 0, "x.conll:1: the last column"},
};

/* Documents before the fault stay, labels of the broken one do not. */
TT_TEST(corpus_broken)
{
    for (size_t i = 0; i < TT_COUNT(BROKEN); i++) {
        tt_corpus *corpus = NULL;
        const char *want = BROKEN[i].message;
        TT_CHECK_OK(BROKEN[i].name, tt_corpus_new(&corpus, &t->err));
        TT_CHECK_OK(BROKEN[i].name, tt_corpus_parse(corpus, "good.ann", tt_str_c("#doc g\n#lead\n{GOOD|x}"), &t->err));
        TT_CHECK_INT(BROKEN[i].name, tt_corpus_parse(corpus, BROKEN[i].file, tt_str_c(BROKEN[i].in), &t->err),
                     BROKEN[i].status);
        TT_CHECK_INT(BROKEN[i].name, t->err.pos, BROKEN[i].pos);
        TT_CHECK_STR(BROKEN[i].name,
                     ((tt_str){t->err.msg, strlen(t->err.msg) < strlen(want) ? strlen(t->err.msg) : strlen(want)}), want);
        TT_CHECK_INT(BROKEN[i].name, tt_corpus_count(corpus), 1);
        TT_CHECK_INT(BROKEN[i].name, tt_corpus_label_count(corpus), 1);
        tt_corpus_free(corpus);
    }
}

TT_TEST(corpus_files)
{
    tt_corpus *corpus = NULL;
    TT_CHECK_OK("new", tt_corpus_new(&corpus, &t->err));
    TT_CHECK_INT("no file", tt_corpus_read(corpus, "tests/c/none.ann", &t->err), TT_EIO);
    TT_CHECK("no file", strstr(t->err.msg, "tests/c/none.ann") != NULL);
    TT_CHECK_OK("shipped", tt_corpus_read(corpus, "csrc/data/corpus/dev/b01.ann", &t->err));
    TT_CHECK("shipped", tt_corpus_count(corpus) > 0 && tt_corpus_label_count(corpus) > 10);
    tt_corpus_free(corpus);
}

/* Sentences that were not given come from the library, in bytes of the text as given, whatever its normal form. */
TT_TEST(corpus_json_structure)
{
    static const char *const TEXTS[] = {"Một câu. Hai câu.\nBa.", "Vie\xCC\xA3\xCC\x82t Nam.\nHa\xCC\x80 No\xCC\xA3\xCC\x82i.",
                                        ""};
    for (size_t i = 0; i < TT_COUNT(TEXTS); i++)
        for (int blocks = 0; blocks < 2; blocks++) {
            char line[512];
            tt_corpus *corpus = NULL;
            int len = snprintf(line, sizeof line, "{\"text\":\"");
            for (const char *at = TEXTS[i]; *at != '\0'; at++)
                len += snprintf(line + len, sizeof line - (size_t)len, *at == '\n' ? "\\n" : "%c", *at);
            const char *given = blocks && TEXTS[i][0] != '\0' ? ",\"blocks\":[{\"start\":0,\"end\":5,\"kind\":\"lead\"}]" : "";
            snprintf(line + len, sizeof line - (size_t)len, "\"%s}", given);
            TT_CHECK_OK(TEXTS[i], tt_corpus_new(&corpus, &t->err));
            TT_CHECK_OK(TEXTS[i], tt_corpus_parse(corpus, "x.jsonl", tt_str_c(line), &t->err));
            const tt_example *at = tt_corpus_count(corpus) != 0 ? tt_corpus_at(corpus, 0) : NULL;
            if (at != NULL && TEXTS[i][0] != '\0') {
                TT_CHECK(TEXTS[i], at->block_count >= 1 && at->sentence_count >= at->block_count);
                TT_CHECK_INT(TEXTS[i], at->sentences[at->sentence_count - 1].end, at->blocks[at->block_count - 1].span.end);
                if (given[0] == '\0')
                    TT_CHECK_INT(TEXTS[i], at->sentences[at->sentence_count - 1].end, strlen(TEXTS[i]));
            }
            tt_corpus_free(corpus);
        }
}

TT_TEST(corpus_allocation_failures)
{
    static const size_t ROWS[] = {0, 5, 6, 8, 10}; /* of READ: each reader */
    for (size_t i = 0; i < TT_COUNT(ROWS); i++) {
        const char *name = READ[ROWS[i]].name;
        tt_status status = TT_ENOMEM;
        for (long n = 0; status != TT_OK && n < 1000; n++) {
            tt_corpus *corpus = NULL;
            tt__fail_after(n);
            status = tt_corpus_new(&corpus, &t->err);
            if (status == TT_OK)
                status = tt_corpus_parse(corpus, READ[ROWS[i]].file, tt_str_c(READ[ROWS[i]].in), &t->err);
            tt__fail_after(-1);
            TT_CHECK(name, status == TT_OK || status == TT_ENOMEM);
            if (corpus != NULL && status == TT_ENOMEM) {
                TT_CHECK_INT(name, tt_corpus_count(corpus), 0);
                TT_CHECK_OK(name, tt_corpus_parse(corpus, READ[ROWS[i]].file, tt_str_c(READ[ROWS[i]].in), &t->err));
                TT_CHECK_STR(name, show(&t->arena, corpus, 0), READ[ROWS[i]].want);
            }
            tt_corpus_free(corpus);
        }
        TT_CHECK_INT(name, status, TT_OK);
    }
}
