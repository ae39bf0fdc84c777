/* fuzz_corpus.c - files of corpora in every form, and what is kept of them.
 *
 * The first byte chooses the form; the rest is the file. */
#include "fuzz.h"

static const char *const NAMES[] = {"x.ann", "x.jsonl", "x.conll", "x.json", "x.tsv"};

static bool is_in(tt_span span, tt_str text)
{
    return span.start < span.end && span.end <= text.len && fuzz_is_border(text, span.start) && fuzz_is_border(text, span.end);
}

static void check_mentions(const tt_corpus *corpus, const tt_example *example)
{
    for (size_t i = 0; i < example->mention_count; i++) {
        tt_mention mention = example->mentions[i];
        FUZZ_CHECK(is_in(mention.span, example->text) && mention.label < tt_corpus_label_count(corpus));
        if (i == 0)
            continue;
        tt_span before = example->mentions[i - 1].span;
        FUZZ_CHECK(before.start < mention.span.start || (before.start == mention.span.start && before.end >= mention.span.end));
        FUZZ_CHECK(mention.span.start >= before.end || mention.span.end <= before.end);
    }
}

static void check_example(const tt_corpus *corpus, const tt_example *example)
{
    uint32_t end = 0;
    FUZZ_CHECK(tt_utf8_check(example->text, NULL) == TT_OK && tt_utf8_check(example->id, NULL) == TT_OK);
    FUZZ_CHECK(example->date.len == 0 || example->date.len == 10);
    for (size_t i = 0; i < example->block_count; i++) {
        FUZZ_CHECK(is_in(example->blocks[i].span, example->text) && example->blocks[i].span.start >= end);
        end = example->blocks[i].span.end;
    }
    end = 0;
    for (size_t i = 0; i < example->sentence_count; i++) {
        FUZZ_CHECK(is_in(example->sentences[i], example->text) && example->sentences[i].start >= end);
        end = example->sentences[i].end;
    }
    check_mentions(corpus, example);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size};
    const char *name = NAMES[fuzz_choice(&rest, 1) % TT_COUNT(NAMES)];
    char *copy = fuzz_copy(rest);
    tt_corpus *corpus;
    tt_error err;
    FUZZ_CHECK(tt_corpus_new(&corpus, &err) == TT_OK);
    tt_status status = tt_corpus_parse(corpus, name, (tt_str){copy, rest.len}, &err);
    FUZZ_CHECK(status == TT_OK || status == TT_EENCODING || status == TT_ECORPUS || status == TT_ELIMIT);
    FUZZ_CHECK(status == TT_OK || (err.pos <= rest.len && memchr(err.msg, '\0', sizeof err.msg) != NULL));
    free(copy); /* the corpus has all it needs */
    for (size_t i = 0; i < tt_corpus_count(corpus); i++)
        check_example(corpus, tt_corpus_at(corpus, i));
    tt_corpus_free(corpus);
    return 0;
}
