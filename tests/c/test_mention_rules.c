/* test_mention_rules.c - mentions that a user's rules demand: which matches count, and that the tagger's own give way. */
#include "base/alloc.h"
#include "case_file.h"
#include "tiny_model.h"

typedef struct {
    tiny_model files;
    tt_pipeline *nlp;
} fixture;

static void set_up(fixture *f, tt_test *t)
{
    tiny_set_up(&f->files, t);
    f->nlp = NULL;
    TT_CHECK_OK("train", tiny_train(&f->files, t, TINY_ANN, 12));
    TT_CHECK_OK("load", tt_pipeline_load(&f->nlp, f->files.model, &t->err));
}

static void tear_down(fixture *f)
{
    tt_pipeline_free(f->nlp);
    tiny_tear_down(&f->files);
}

/* Parts of "a | b". */
static size_t split(tt_str *out, size_t max, const char *list)
{
    size_t count = 0;
    for (const char *at = list, *bar; at != NULL && count < max; at = bar != NULL ? bar + 3 : NULL) {
        bar = strstr(at, " | ");
        out[count++] = (tt_str){at, bar != NULL ? (size_t)(bar - at) : strlen(at)};
    }
    return count;
}

/* Adds the rule "terms X: a | b", "TERMS X: a", "pattern X: a"; false for a line that is none. */
static bool add_rule(tt_pipeline **out, tt_test *t, const tt_pipeline *base, const char *line)
{
    tt_str terms[8];
    const char *label = strchr(line, ' '), *colon = label != NULL ? strstr(label, ": ") : NULL;
    bool pattern = strncmp(line, "pattern ", 8) == 0, ignore_case = strncmp(line, "TERMS ", 6) == 0;
    if (colon == NULL || !(pattern || ignore_case || strncmp(line, "terms ", 6) == 0))
        return false;
    tt_str name = {label + 1, (size_t)(colon - label - 1)};
    if (pattern)
        TT_CHECK_OK(line, tt_pipeline_with_pattern(out, base, name, tt_str_c(colon + 2), &t->err));
    else
        TT_CHECK_OK(line, tt_pipeline_with_terms(out, base, name, terms, split(terms, TT_COUNT(terms), colon + 2), ignore_case,
                                                 &t->err));
    return true;
}

enum { RULES_MAX = 8, LINE_MAX_BYTES = 200 };

typedef struct {
    tt_pipeline *at[RULES_MAX + 1];
    size_t len;
} chain;

/* Pipelines from the model's to that with all rules of the lines; returns how many lines were rules. */
static size_t add_rules(chain *out, tt_test *t, tt_pipeline *nlp, const char *const *lines, size_t count)
{
    size_t i = 0;
    *out = (chain){{nlp}, 0};
    while (i < count && i < RULES_MAX && add_rule(&out->at[i + 1], t, out->at[i], lines[i]))
        i++;
    out->len = i;
    return i;
}

static void free_rules(chain *rules)
{
    while (rules->len > 0)
        tt_pipeline_free(rules->at[rules->len--]);
}

/* "LABEL DEPTH | text" of an entity. */
static const char *show(char *out, const tt_doc *doc, const tt_item *item, size_t depth)
{
    tt_str label = tt_pipeline_label(tt_doc_pipeline(doc), item->kind), raw = tt_doc_raw(doc);
    snprintf(out, LINE_MAX_BYTES, "%.*s %zu | %.*s", (int)label.len, label.ptr, depth, (int)(item->byte.end - item->byte.start),
             raw.ptr + item->byte.start);
    return out;
}

/* Compare the entities of labels that the model lacks with the lines. */
static void check_found(tt_test *t, const char *row, const tt_doc *doc, size_t known, const char *const *want, size_t count)
{
    tt_items found = tt_doc_items(doc, TT_LAYER_ENTITIES);
    uint32_t ends[TT_ENTITY_DEPTH]; /* of the strange mentions around the present one */
    size_t seen = 0, depth = 0;
    for (size_t i = 0; i < found.len; i++) {
        char line[LINE_MAX_BYTES];
        while (depth > 0 && ends[depth - 1] <= found.at[i].byte.start)
            depth--;
        if (found.at[i].kind < known)
            continue;
        TT_CHECK_STR(row, tt_str_c(show(line, doc, &found.at[i], depth)), seen < count ? want[seen] : "nothing more");
        TT_CHECK(row, found.at[i].confidence == 1);
        seen++;
        if (depth < TT_ENTITY_DEPTH)
            ends[depth++] = found.at[i].byte.end;
    }
    TT_CHECK_INT(row, seen, count);
}

TT_TEST(mention_rules_cases)
{
    case_file cases;
    fixture f;
    set_up(&f, t);
    case_file_read(&cases, t, "tests/cases/mention_rules.txt");
    for (size_t i = 0; i < cases.len; i++) {
        const case_file_row *row = &cases.at[i];
        chain rules;
        tt_doc *doc = NULL;
        size_t lines = add_rules(&rules, t, f.nlp, row->want, row->want_len);
        TT_CHECK(row->name, lines > 0);
        TT_CHECK_OK(row->name, tt_doc_make(&doc, rules.at[lines], row->input, NULL, &t->err));
        if (doc != NULL)
            check_found(t, row->name, doc, tt_pipeline_label_count(f.nlp), row->want + lines, row->want_len - lines);
        tt_doc_free(doc);
        free_rules(&rules);
    }
    tear_down(&f);
}

static const char TEXT[] = "Ông Trần Văn Minh, Giám đốc Sở Y tế Hà Nội, đến Huế.";
static const struct {
    const char *name, *rules[2], *want[8];
} TAGGED[] = {
    {"none",
     {NULL},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "LOC 2 | Hà Nội", "LOC 0 | Huế"}},
    {"the same",
     {"terms LOC: Huế"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "LOC 2 | Hà Nội", "LOC 0 | Huế"}},
    {"another label",
     {"terms ORG: Huế"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "LOC 2 | Hà Nội", "ORG 0 | Huế"}},
    {"inside two",
     {"terms PER: Hà Nội"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "PER 2 | Hà Nội", "LOC 0 | Huế"}},
    {"around one of a strange label",
     {"terms X: đến Huế"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "LOC 2 | Hà Nội", "X 0 | đến Huế",
      "LOC 1 | Huế"}},
    {"in place of one of a strange label",
     {"terms X: Giám đốc Sở Y tế Hà Nội"},
     {"PER 0 | Trần Văn Minh", "X 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "LOC 2 | Hà Nội", "LOC 0 | Huế"}},
    {"inside one of a strange label",
     {"terms X: Y tế"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "ORG 1 | Sở Y tế Hà Nội", "X 2 | Y tế", "LOC 2 | Hà Nội",
      "LOC 0 | Huế"}},
    {"a strange one in a strange one",
     {"terms X: Sở Y tế Hà Nội", "terms Y: tế Hà"},
     {"PER 0 | Trần Văn Minh", "ROLE 0 | Giám đốc Sở Y tế Hà Nội", "X 1 | Sở Y tế Hà Nội", "Y 2 | tế Hà", "LOC 0 | Huế"}},
};

/* All entities, with their own depth. */
TT_TEST(mention_rules_lead_the_tagger)
{
    fixture f;
    set_up(&f, t);
    for (size_t i = 0; i < TT_COUNT(TAGGED); i++) {
        chain rules;
        tt_doc *doc = NULL;
        size_t lines = add_rules(&rules, t, f.nlp, TAGGED[i].rules,
                                 TAGGED[i].rules[0] == NULL ? 0
                                 : TAGGED[i].rules[1]       ? 2
                                                            : 1);
        TT_CHECK_OK(TAGGED[i].name, tt_doc_make(&doc, rules.at[lines], tt_str_c(TEXT), NULL, &t->err));
        tt_items found = tt_doc_items(doc, TT_LAYER_ENTITIES);
        for (size_t k = 0; k < TT_COUNT(TAGGED[i].want); k++) {
            char line[LINE_MAX_BYTES] = "none";
            if (k < found.len)
                show(line, doc, &found.at[k], found.at[k].depth);
            TT_CHECK_STR(TAGGED[i].name, tt_str_c(line), TAGGED[i].want[k] != NULL ? TAGGED[i].want[k] : "none");
        }
        tt_doc_free(doc);
        free_rules(&rules);
    }
    tear_down(&f);
}

/* Mentions that cross each other are no tree: each lies in the one before that is open, or beside it. */
static bool nested(tt_items items)
{
    for (size_t i = 1; i < items.len; i++)
        for (size_t k = 0; k < i; k++) {
            tt_span a = items.at[k].byte, b = items.at[i].byte;
            if (b.start < a.end && (b.end > a.end || (a.start == b.start && a.end == b.end) || b.start < a.start))
                return false;
        }
    return true;
}

/* Whatever three words in a row a user takes for a mention of whatever label, they are one, and all is nested. */
TT_TEST(mention_rules_always_show)
{
    static const char *const LABELS[] = {"PER", "ORG", "LOC", "ROLE", "X"};
    fixture f;
    set_up(&f, t);
    for (const char *start = TEXT; start != NULL; start = strchr(start, ' ') != NULL ? strchr(start, ' ') + 1 : NULL) {
        const char *end = start;
        for (int words = 0; words < 3 && *end != '\0'; words++) {
            end += *end == ' ';
            end += strcspn(end, " ");
            for (size_t label = 0; label < TT_COUNT(LABELS); label++) {
                tt_str term = {start, (size_t)(end - start)};
                tt_pipeline *with = NULL;
                tt_doc *doc = NULL;
                TT_CHECK_OK("rule", tt_pipeline_with_terms(&with, f.nlp, tt_str_c(LABELS[label]), &term, 1, false, &t->err));
                TT_CHECK_OK("tag", tt_doc_make(&doc, with, tt_str_c(TEXT), NULL, &t->err));
                tt_items found = tt_doc_items(doc, TT_LAYER_ENTITIES);
                bool shown = false;
                for (size_t i = 0; i < found.len; i++)
                    shown = shown || (TEXT + found.at[i].byte.start == start && TEXT + found.at[i].byte.end == end &&
                                      found.at[i].confidence == 1 &&
                                      tt_str_eq(tt_pipeline_label(with, found.at[i].kind), tt_str_c(LABELS[label])));
                TT_CHECK(start, shown);
                TT_CHECK(start, nested(found));
                tt_doc_free(doc);
                tt_pipeline_free(with);
            }
        }
    }
    tear_down(&f);
}

/* Where a sentence is cut because it has no end, mentions are whole. */
TT_TEST(mention_rules_in_a_sentence_without_end)
{
    enum { WORDS = 9000, EVERY = 7 };
    fixture f;
    tt_buf text = {NULL, 0, 0};
    tt_str term = tt_str_c("sao băng sao băng sao băng");
    tt_pipeline *with = NULL;
    tt_doc *doc = NULL;
    set_up(&f, t);
    for (int i = 0; i < WORDS; i++)
        TT_CHECK_OK("text", tt_buf_add(&text,
                                       i % EVERY == 0 ? "và "
                                       : i % 2        ? "sao "
                                                      : "băng ",
                                       strlen(i % EVERY == 0 ? "và "
                                              : i % 2        ? "sao "
                                                             : "băng ")));
    TT_CHECK_OK("rule", tt_pipeline_with_terms(&with, f.nlp, tt_str_c("X"), &term, 1, false, &t->err));
    TT_CHECK_OK("tag", tt_doc_make(&doc, with, (tt_str){text.ptr, text.len}, NULL, &t->err));
    tt_items found = tt_doc_items(doc, TT_LAYER_ENTITIES);
    size_t count = 0;
    for (size_t i = 0; i < found.len; i++)
        count += found.at[i].kind == tt_pipeline_label_count(f.nlp);
    TT_CHECK("nearly all", count + 4 >= WORDS / EVERY / 2 && count <= WORDS / EVERY / 2 + 1);
    tt_doc_free(doc);
    tt_pipeline_free(with);
    tt_buf_free(&text);
    tear_down(&f);
}

static const struct {
    const char *name, *label, *term, *pattern, *message;
    tt_status status;
} WRONG[] = {
    {"no label", "", "a", NULL, "no label", TT_EARGUMENT},
    {"label of two words", "A B", "a", NULL, "\"A B\" is no label", TT_EARGUMENT},
    {"label with a line feed", "A\n", NULL, "a", "no label", TT_EARGUMENT},
    {"label that is not UTF-8", "\xFF", "a", NULL, "not UTF-8", TT_EARGUMENT},
    {"empty term", "A", "", NULL, "term 1 is empty", TT_EARGUMENT},
    {"blank term", "A", " \n", NULL, "term 1 is empty", TT_EARGUMENT},
    {"term that is not UTF-8", "A", "a\xFF", NULL, "term 1 is not UTF-8 at byte 1", TT_EARGUMENT},
    {"no expression", "A", NULL, "a(b", "byte 3", TT_EARGUMENT},
    {"sound", "A", "a", NULL, NULL, TT_OK},
};

TT_TEST(mention_rules_refuse)
{
    fixture f;
    char label[TT_RULE_LABEL_BYTES + 2], term[2 * TT_RULE_TOKENS + 3];
    tt_pipeline *with = NULL, *none = NULL, *many[TT_RULE_LABELS + 1];
    set_up(&f, t);
    for (size_t i = 0; i < TT_COUNT(WRONG); i++) {
        tt_str words = WRONG[i].term != NULL ? tt_str_c(WRONG[i].term) : (tt_str){NULL, 0};
        tt_status status =
            WRONG[i].term != NULL
                ? tt_pipeline_with_terms(&with, f.nlp, tt_str_c(WRONG[i].label), &words, 1, false, &t->err)
                : tt_pipeline_with_pattern(&with, f.nlp, tt_str_c(WRONG[i].label), tt_str_c(WRONG[i].pattern), &t->err);
        TT_CHECK_INT(WRONG[i].name, status, WRONG[i].status);
        TT_CHECK(WRONG[i].name, (with != NULL) == (status == TT_OK));
        TT_CHECK(WRONG[i].name, status == TT_OK || strstr(t->err.msg, WRONG[i].message) != NULL);
        tt_pipeline_free(with);
    }
    memset(label, 'A', sizeof label);
    TT_CHECK_INT("long label",
                 tt_pipeline_with_pattern(&with, f.nlp, (tt_str){label, TT_RULE_LABEL_BYTES + 1}, tt_str_c("a"), &t->err),
                 TT_EARGUMENT);
    for (size_t i = 0; i < sizeof term; i++)
        term[i] = i % 2 ? ' ' : 'a';
    tt_str words = {term, 2 * TT_RULE_TOKENS + 1};
    TT_CHECK_INT("long term", tt_pipeline_with_terms(&with, f.nlp, tt_str_c("A"), &words, 1, false, &t->err), TT_ELIMIT);
    words.len = 2 * TT_RULE_TOKENS;
    TT_CHECK_OK("as long as may be", tt_pipeline_with_terms(&with, f.nlp, tt_str_c("A"), &words, 1, false, &t->err));
    tt_pipeline_free(with);
    TT_CHECK_OK("no model", tt_pipeline_load(&none, NULL, &t->err));
    TT_CHECK_INT("no model", tt_pipeline_with_pattern(&with, none, tt_str_c("A"), tt_str_c("a"), &t->err), TT_EUNSUPPORTED);
    tt_pipeline_free(none);
    size_t count = 0;
    tt_status status = TT_OK;
    for (many[0] = f.nlp; status == TT_OK && count < TT_RULE_LABELS; count += status == TT_OK) {
        snprintf(label, sizeof label, "A%zu", count);
        status = tt_pipeline_with_pattern(&many[count + 1], many[count], tt_str_c(label), tt_str_c("a"), &t->err);
    }
    TT_CHECK_INT("too many labels", status, TT_ELIMIT);
    TT_CHECK_INT("too many labels", count + tt_pipeline_label_count(f.nlp), TT_RULE_LABELS);
    while (count > 0)
        tt_pipeline_free(many[count--]);
    tear_down(&f);
}

TT_TEST(mention_rules_survive_no_memory)
{
    fixture f;
    set_up(&f, t);
    tt_status status = TT_ENOMEM;
    for (long n = 0; status != TT_OK && n < 2000; n++) {
        tt_str terms[] = {tt_str_c("Y tế Hà"), tt_str_c("đến Huế")};
        tt_pipeline *one = NULL, *two = NULL;
        tt_doc *doc = NULL;
        tt__fail_after(n);
        status = tt_pipeline_with_terms(&one, f.nlp, tt_str_c("X"), terms, 2, true, &t->err);
        if (status == TT_OK)
            status = tt_pipeline_with_pattern(&two, one, tt_str_c("PER"), tt_str_c("Văn Minh, \\w+"), &t->err);
        if (status == TT_OK)
            status = tt_doc_make(&doc, two, tt_str_c(TEXT), NULL, &t->err);
        tt__fail_after(-1);
        TT_CHECK("status", status == TT_OK || status == TT_ENOMEM);
        tt_doc_free(doc);
        tt_pipeline_free(two);
        tt_pipeline_free(one);
    }
    TT_CHECK_INT("in the end", status, TT_OK);
    tear_down(&f);
}
