/* tt_values.c - annotated documents to JSON lines with a value for each mention that has one: a draft for annotators, and what
 * the share of right values is measured with.
 */
#include "tool.h"

#include <stdio.h>

/* Mentions of a document as the value stage takes them. */
static tt_value_mention *gather(tt_arena *arena, const tt_corpus *corpus, const tt_example *example)
{
    tt_value_mention *mentions = tt_arena_calloc(arena, example->mention_count, sizeof *mentions);
    for (size_t i = 0; mentions != NULL && i < example->mention_count; i++)
        mentions[i] = (tt_value_mention){example->mentions[i].span,
                                         (uint32_t)tt_value_label_of(tt_corpus_label(corpus, example->mentions[i].label))};
    return mentions;
}

static void print_values(const tt_corpus *corpus, const tt_example *example, const tt_cp_index *index, const tt_values *values)
{
    printf("{\"id\":\"%.*s\",\"entities\":[", (int)example->id.len, example->id.ptr);
    for (size_t i = 0; i < example->mention_count; i++) {
        const tt_mention *mention = &example->mentions[i];
        tt_str label = tt_corpus_label(corpus, mention->label);
        printf("%s{\"start\":%u,\"end\":%u,\"label\":\"%.*s\"", i == 0 ? "" : ",", tt_cp_of_byte(index, mention->span.start),
               tt_cp_of_byte(index, mention->span.end), (int)label.len, label.ptr);
        if (values->index[i] != UINT32_MAX)
            printf(",\"value\":\"%s\"", values->at[values->index[i]].text);
        fputs("}", stdout);
    }
    fputs("]}\n", stdout);
}

/* The corpus is NFC, so its own spans are those of the normalized text. */
static tt_status value_document(const tt_corpus *corpus, const tt_example *example, tt_error *err)
{
    tt_arena arena;
    tt_text text;
    tt_values values;
    char date[11] = "";
    tt_page page = {.at = example->blocks, .len = example->block_count};
    tt_arena_init(&arena);
    tt_value_mention *mentions = gather(&arena, corpus, example);
    tt_status status =
        mentions == NULL ? tt_fail(err, TT_ENOMEM, 0, "out of memory") : tt_text_make(&text, &arena, example->text, err);
    snprintf(date, sizeof date, "%.*s", (int)example->date.len, example->date.ptr);
    if (status == TT_OK)
        status = tt_values_make(&values, &arena, &text, &page, mentions, example->mention_count, date, err);
    if (status == TT_OK)
        print_values(corpus, example, &text.raw_index, &values);
    tt_arena_free(&arena);
    return status;
}

int tool_values(tool_args *args)
{
    static const char *const NONE[] = {NULL};
    tt_corpus *corpus = NULL;
    tt_error err = {0, ""};
    int what, exit_status = TOOL_OK;
    tt_status status = tt_corpus_new(&corpus, &err);
    while (status == TT_OK && (what = tool_next(args, NONE)) != TOOL_END) {
        if (what == TOOL_BAD) {
            exit_status = TOOL_WRONG_CALL;
            break;
        }
        status = tt_corpus_read(corpus, args->value, &err);
    }
    for (size_t i = 0; status == TT_OK && exit_status == TOOL_OK && i < tt_corpus_count(corpus); i++)
        status = value_document(corpus, tt_corpus_at(corpus, i), &err);
    tt_corpus_free(corpus);
    return status != TT_OK ? tool_complain(&err) : exit_status;
}
