/* stop.h - does a sentence end at this mark? */
#ifndef TT_SENTENCE_STOP_H
#define TT_SENTENCE_STOP_H

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
    const char *start;      /* of the sentence */
    tt_letters letters;     /* of the block, from its first sentence with a doubt on */
    bool bar;               /* in a bar of links, where a stop between blanks parts links */
    const tt_rules *rules;  /* a user's, or NULL */
    const char *limit;      /* end of the memory that may be read */
    const char *bracket;    /* where the last round bracket closes that was opened */
    const char *no_bracket; /* up to here none closes that is not known */
    const char *lanes;      /* the bytes that `bits` tells of; NULL before the first */
    uint64_t bits;          /* of the bytes there that could be marks */
} tt_stop;

/* The run of marks after `stop->next`, which the caller sets to the start of a block, as `start`, and `limit` to the end of the
 * text (all else zero) before the first call; and both to the start of a sentence. False when there is none before `end`. */
bool tt__stop_next(tt_stop *stop, const char *end);
/* Quotation marks, brackets and dashes that can open what follows. */
static inline bool tt__opens(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '-' ||
           cp == 0x2013 || cp == 0x2014 || cp == '*' || cp == 0x2022;
}

/* ":" or ";" at `at`, blanks, a dash and a blank: an entry of a list written in one line. */
bool tt__is_entry(const char *at, const char *end);

/* Does the sentence that began at `start` end at `stop`, in a block that ends at `end`? Looks at a bounded stretch only. */
bool tt__stop_ends(tt_stop *stop, const char *start, const char *end);

#endif
