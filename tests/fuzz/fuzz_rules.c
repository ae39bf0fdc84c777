/* fuzz_rules.c - a user's abbreviations and patterns for blocks, and a page read with them.
 *
 * The first byte is the kind of block; up to the first line feed stands the pattern, up to the next an abbreviation; the rest
 * is the page. */
#include "fuzz.h"

static tt_str next_line(tt_str *rest)
{
    const char *end = rest->len != 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
    tt_str line = {rest->ptr, end != NULL ? (size_t)(end - rest->ptr) : rest->len};
    size_t used = line.len + (end != NULL);
    rest->len -= used;
    rest->ptr = used != 0 ? rest->ptr + used : rest->ptr;
    return line;
}

static void check_page(const tt_page *page, const tt_sentences *sentences, tt_str text)
{
    uint32_t end = 0;
    for (size_t i = 0; i < page->len; i++) {
        tt_span span = page->at[i].span;
        FUZZ_CHECK(span.start >= end && span.start < span.end && span.end <= text.len);
        FUZZ_CHECK(fuzz_is_border(text, span.start) && fuzz_is_border(text, span.end));
        FUZZ_CHECK((unsigned)page->at[i].kind < TT_BLOCK_KINDS);
        end = span.end;
    }
    end = 0;
    for (size_t i = 0; i < sentences->len; i++) {
        tt_span span = sentences->at[i].span, block = page->at[sentences->at[i].block].span;
        FUZZ_CHECK(span.start >= end && span.start < span.end && span.start >= block.start && span.end <= block.end);
        end = span.end;
    }
}

static void read_page(const tt_rules *rules, tt_str page_text)
{
    tt_arena arena = {0};
    tt_str raw;
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_error err;
    char *copy = fuzz_text(&raw, page_text);
    FUZZ_CHECK(tt_normalize(&text, NULL, &arena, raw, TT_PRESET_VIEW, NULL) == TT_OK);
    tt_status status = tt_page_make_with(&page, &arena, rules, &text, &err);
    FUZZ_CHECK(status == TT_OK || status == TT_ELIMIT);
    if (status == TT_OK) {
        FUZZ_CHECK(tt_sentences_make_with(&sentences, &arena, rules, &text, &page, &err) == TT_OK);
        check_page(&page, &sentences, text.norm);
    }
    tt_arena_free(&arena);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tt_str rest = {(const char *)data, size};
    unsigned kind = fuzz_choice(&rest, 1) % (TT_BLOCK_KINDS + 1);
    tt_str line = next_line(&rest), word = next_line(&rest), pattern;
    tt_rules *first = NULL, *rules = NULL;
    tt_error err;
    char *source = fuzz_copy(line), *abbreviation = fuzz_copy(word);
    pattern = (tt_str){source, line.len};
    word.ptr = abbreviation;
    tt_status status = tt_rules_with_block(&first, NULL, kind, pattern, &err);
    FUZZ_CHECK(status == TT_OK || (status == TT_EARGUMENT && err.pos <= pattern.len));
    FUZZ_CHECK((status == TT_OK) == (first != NULL) && (kind < TT_BLOCK_KINDS || status != TT_OK));
    status = tt_rules_with_abbreviations(&rules, first, &word, 1, &err);
    FUZZ_CHECK(status == TT_OK || status == TT_EARGUMENT);
    free(source); /* the rules have all they need */
    free(abbreviation);
    read_page(rules != NULL ? rules : first, rest);
    tt_rules_free(first);
    tt_rules_free(rules);
    return 0;
}
