/* stop.h - does a sentence end at this mark? */
#ifndef TT_SENTENCE_STOP_H
#define TT_SENTENCE_STOP_H

#include "sentence/marks.h"
#include "tintuc/rules.h"

/* What letters a block has: without small or without capital ones they tell less. */
typedef enum { TT_LETTERS_UNKNOWN, TT_LETTERS_BOTH, TT_LETTERS_SMALL, TT_LETTERS_CAPITAL } tt_letters;

/* A run of marks that could end a sentence ("./.", "?!", "..."), with the closing quotes and brackets right after it; or the
 * ":" or ";" before the dash of a list entry. */
typedef struct {
    const char *at;     /* first mark */
    const char *closed; /* after the last mark */
    const char *next;   /* after the closing quotes and brackets */
    bool question;      /* holds ? or ! */
    bool ellipsis;      /* "..." or U+2026 */
    bool final;         /* "./.", which ends an article */
    bool entry;         /* ":" or ";" before "- " */
    bool inside;        /* in round brackets that close soon */
    /* carried from stop to stop */
    const char *start;     /* of the sentence */
    tt_letters letters;    /* of the block, from its first sentence with a doubt on */
    bool bar;              /* in a bar of links, where a stop between blanks parts links */
    const tt_mark *mark;   /* the one at `at`, or the first one to look at next */
    const tt_rules *rules; /* a user's, or NULL */
    const tt_map *map;
    const char *begin, *end; /* of the block */
} tt_stop;

/* Is it a single stop after a plain word, with nothing but a blank, and a quotation mark perhaps, before the capital that
 * follows? Then the sentence ends right after it. False tells nothing. Nearly all ends of sentences inside a block are such. */
bool tt__stop_is_plain(tt_stop *stop);
/* Does a round bracket that opened before the mark close soon, at `next` or behind? */
bool tt__stop_inside(const tt_stop *stop, const char *next);
/* Take the whole run of marks, which sets all that is known of it. */
void tt__stop_take(tt_stop *stop);

/* Quotation marks, brackets and dashes that can open what follows. */
static inline bool tt__opens(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '-' ||
           cp == 0x2013 || cp == 0x2014 || cp == '*' || cp == 0x2022;
}

/* ":" or ";" at `at`, blanks, a dash and a blank: an entry of a list written in one line. */
bool tt__is_entry(const char *at, const char *end);

/* Find the next mark from `stop->next` on and set `stop->at` to it; false when there is none in the block but for its last
 * byte. Before the first call the caller sets `begin`, `end`, `map`, `mark` to one that no mark of the block stands before,
 * and, to the start of the block, `start` and `next`, all else zero; then both to the start of each sentence. */
static inline bool tt__stop_seek(tt_stop *stop)
{
    const char *text = stop->map->text.ptr;
    uint32_t from = (uint32_t)(stop->next - text), end = (uint32_t)(stop->end - text) - 1;
    const tt_mark *mark = stop->mark + (stop->mark->at < from); /* most often one, the last of a block or of a sentence */
    while (mark->at < from)
        mark++;
    while (mark->at < end && (text[mark->at] == ':' || text[mark->at] == ';') && !tt__is_entry(text + mark->at, stop->end))
        mark++;
    stop->mark = mark;
    stop->at = text + (mark->at < end ? mark->at : end);
    return mark->at < end;
}

/* Does no bracket stand before the mark in its block? False tells nothing. */
static inline bool tt__stop_is_bare(const tt_stop *stop)
{
    return stop->map->text.ptr + stop->mark->bracket <= stop->begin;
}

/* What letters there are from `at` on. */
tt_letters tt__letters_of(const char *at, const char *end);
/* Does the sentence end at the mark that was taken? Looks at a bounded stretch only. */
bool tt__stop_ends(tt_stop *stop);

#endif
