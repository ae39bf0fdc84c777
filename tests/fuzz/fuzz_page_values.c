/* fuzz_page_values.c - values of mentions that lie anywhere in a page, nested and across blocks too.
 *
 * The first two bytes choose the mentions and their labels, the next the date; the rest is the page. */
#include "fuzz.h"

#include "base/hash.h"

enum { CHOICE_BYTES = 2, MENTIONS_MAX = 64, TOKENS_MOST = 8 };

/* Runs of tokens in order, some of them inside others, with labels that have values and some that have none. */
static size_t choose_mentions(tt_value_mention *out, const tt_tokens *tokens, uint32_t choice)
{
    size_t count = 0;
    for (size_t i = 0; i < tokens->len && count < MENTIONS_MAX; i++) {
        uint64_t x = tt__pair(choice, i);
        if (x % 3 == 0)
            continue;
        size_t last = i + (x >> 8) % TOKENS_MOST;
        last = last < tokens->len ? last : tokens->len - 1;
        tt_span span = {tokens->at[i].span.start, tokens->at[last].span.end};
        out[count++] = (tt_value_mention){span, (uint32_t)((x >> 16) % (TT_VALUE_LABELS + 1))};
        i = x % 3 == 1 ? last : i;
    }
    return count;
}

static void check_values(const tt_values *values, const tt_value_mention *mentions, size_t count)
{
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        if (values->index[i] == UINT32_MAX)
            continue;
        FUZZ_CHECK(values->index[i] == next && next < values->len && mentions[i].label < TT_VALUE_LABELS);
        const tt_value *value = &values->at[next++];
        FUZZ_CHECK(value->text[0] != '\0' && memchr(value->text, '\0', sizeof value->text) != NULL);
        FUZZ_CHECK(value->start <= value->end);
    }
    FUZZ_CHECK(next == values->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const DATES[] = {"", "2021-09-09", "0001-01-01", "9999-12-31", "2020-02-29"};
    tt_str rest = {(const char *)data, size}, raw;
    uint32_t choice = fuzz_choice(&rest, CHOICE_BYTES), date = fuzz_choice(&rest, 1);
    tt_value_mention mentions[MENTIONS_MAX];
    tt_arena arena = {0};
    tt_text text;
    tt_page page;
    tt_sentences sentences;
    tt_tokens tokens;
    tt_values values;
    char *copy = fuzz_text(&raw, rest);
    FUZZ_CHECK(tt_normalize(&text, NULL, &arena, raw, TT_PRESET_VIEW, NULL) == TT_OK);
    FUZZ_CHECK(tt_page_make(&page, &arena, &text, NULL) == TT_OK);
    FUZZ_CHECK(tt_sentences_make(&sentences, &arena, &text, &page, NULL) == TT_OK);
    FUZZ_CHECK(tt_tokens_make(&tokens, &arena, &text, &sentences, NULL) == TT_OK);
    char *exact = fuzz_copy(text.norm); /* of just its length, unlike a view in an arena */
    text.norm.ptr = exact;
    size_t count = choose_mentions(mentions, &tokens, choice);
    FUZZ_CHECK(tt_values_make(&values, &arena, &text, &page, mentions, count, DATES[date % TT_COUNT(DATES)], NULL) == TT_OK);
    check_values(&values, mentions, count);
    tt_arena_free(&arena);
    free(exact);
    free(copy);
    return 0;
}
