/* tintuc/page.h - the structure of a scraped page: lines, and what is glued inside a line, to blocks. */
#ifndef TINTUC_PAGE_H
#define TINTUC_PAGE_H

#include "tintuc/rules.h"

TT_BEGIN_DECLS

/* ORDER BLOCK: names in core/page/block.c. */
typedef enum {
    TT_BLOCK_NAV,
    TT_BLOCK_TITLE,
    TT_BLOCK_TIMESTAMP,
    TT_BLOCK_LEAD,
    TT_BLOCK_PARAGRAPH,
    TT_BLOCK_HEADING,
    TT_BLOCK_CAPTION,
    TT_BLOCK_CREDIT,
    TT_BLOCK_SOURCE,
    TT_BLOCK_SHARE,
    TT_BLOCK_TEASER,
    TT_BLOCK_KINDS
} tt_block_kind;

typedef struct {
    tt_span span; /* bytes of the normalized text; neither end is white space */
    tt_block_kind kind;
} tt_block;

typedef struct tt_map tt_map; /* opaque */

typedef struct {
    const tt_block *at; /* in order, apart; together they cover all that is not white space */
    size_t len;
    char date[11];     /* publication date, "YYYY-MM-DD", from the page's own timestamp; "" where none is shown */
    const tt_map *map; /* what the sentences need not look for again, in the arena; NULL is fine */
} tt_page;

/* Name of a kind as in corpus/GUIDELINES.md ("paragraph"); NULL for a number that is none. */
TT_API const char *tt_block_kind_name(tt_block_kind kind);

/* Find the blocks. An empty or blank text has none. TT_ENOMEM. Linear in the text. */
TT_API tt_status tt_page_make(tt_page *out, tt_arena *arena, const tt_text *text, tt_error *err);
/* The same with a user's rules (NULL: none). TT_ELIMIT when a pattern costs too much on a line. */
TT_API tt_status tt_page_make_with(tt_page *out, tt_arena *arena, const tt_rules *rules, const tt_text *text, tt_error *err);

/* The agency or medium that a byline, a dateline or, failing these, a credit names: "TTXVN" in "Theo TTXVN"; empty where none
 * does. Bytes of the normalized text. */
TT_API tt_span tt_page_source(const tt_page *page, const tt_text *text);

TT_END_DECLS
#endif
