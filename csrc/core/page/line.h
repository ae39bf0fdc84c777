/* line.h - a page cut into pieces, each a future block, with what the rules look at. */
#ifndef TT_PAGE_LINE_H
#define TT_PAGE_LINE_H

#include "page/map.h"
#include "page/stamp.h"
#include "tintuc/page.h"

/* What a piece looks like by itself (core/page/look.c); its neighbours decide what it is (core/page/settle.c).
 * ORDER LOOK: kinds in core/page/settle.c. */
typedef enum {
    TT_LOOK_TEXT, /* nothing else: title, lead, paragraph, caption, heading or teaser */
    TT_LOOK_STAMP,
    TT_LOOK_NAV,  /* bar, tags, footer */
    TT_LOOK_MORE, /* opens a list of other articles: "Tin liên quan" */
    TT_LOOK_LINK, /* one other article: ">> ..." */
    TT_LOOK_BAR,  /* words parted by dashes or commas: a bar, a byline or a title */
    TT_LOOK_SHARE,
    TT_LOOK_CREDIT, /* "(Ảnh: ...)" */
    TT_LOOK_SOURCE, /* "Theo TTXVN", "Bài và ảnh: ..." */
    TT_LOOK_NAME    /* could be a byline: capitalised words without a stop */
} tt_look;

enum { TT_LOOK_CHARS = 220, TT_RUN_SENTENCES = 3 }; /* longer pieces are running text */

/* Signs that a piece may hold somewhere; without them a rule need not be tried. Those up to TT_SIGN_CREDIT are noted of pieces
 * of up to TT_LOOK_CHARS only. */
enum {
    TT_SIGN_DIGIT = 1,
    TT_SIGN_BAR = 2,      /* a mark that can part a bar, after a blank; or ";" */
    TT_SIGN_DASH = 4,     /* a dash after a blank */
    TT_SIGN_CREDIT = 8,   /* ":", "©", or a word that could be "ảnh" */
    TT_SIGN_BRACKET = 16, /* "(" */
    TT_SIGN_CLOSE = 32,   /* "./." */
    TT_SIGN_CLOCK = 64,   /* "14:30" */
    TT_SIGN_INNER = 128,  /* "(" and ":" */
    TT_SIGN_COMMAS = 256, /* two commas or more, or what could be such; of pieces of up to TT_LOOK_CHARS only */
};

typedef struct {
    tt_span span;
    /* Code points; parted by blanks; a guess from stops and capitals, see tt__line_sentences. Of pieces above TT_LOOK_CHARS the
     * words are not counted. */
    uint32_t chars, words, sentences;
    uint32_t signs; /* TT_SIGN_ bits */
    uint32_t opens; /* lists of phrases (TT_PHRASE_BIT) that it begins with */
    tt_look look;
    tt_block_kind kind;
    tt_stamp stamp;      /* of TT_LOOK_STAMP; of a byline that ends in one */
    bool stop, ellipsis; /* ends in . ! ? or ..., a closing quote or bracket may follow */
    bool question;       /* ends in ? or ! */
    bool marked;         /* holds . ! or ? */
    bool asks;           /* a question to somebody */
    bool item;           /* opens with a number and a stop */
    bool capitals;       /* TT_LOOK_NAME without a small letter */
    bool bullet;         /* opens with a dash, a bullet or a bar */
    bool row;            /* of a list or a table: opens with a dash or a bullet, or ends in ; : or , */
    bool pictured;       /* TT_LOOK_TEXT that ends in "Ảnh: ..." or opens with "Clip:" */
    bool unstamped;      /* asked before, and no timestamp */
    bool glued;          /* cut off the end of the piece before it, on the same line */
    /* for settle.c, and set there */
    bool open;  /* without a stop, or a question */
    bool prose; /* TT_LOOK_TEXT with a stop, or too long for a title */
} tt_line;

typedef struct {
    tt_line *at;
    size_t len, cap;
    tt_arena *arena;
} tt_lines;

/* Cut the text of `map` into pieces: lines, and what is glued inside them. TT_ENOMEM. */
tt_status tt__lines_make(tt_lines *out, tt_arena *arena, const tt_map *map);

/* Measure the span of `line`: all but `look`, `kind`, `stamp`, `pictured` and `glued`. */
void tt__line_measure(tt_line *line, const tt_map *map);
/* Sentences of a measured line, of a long one to TT_RUN_SENTENCES only; counted when first asked for. */
uint32_t tt__line_sentences(tt_line *line, const tt_map *map);

/* Set `look`, `stamp` and `pictured` from the piece alone. */
void tt__line_look(tt_line *line, const tt_map *map);
/* The same where the piece is a timestamp; else false. Asked once: tt__line_look remembers. */
bool tt__line_look_stamp(tt_line *line, const tt_map *map);
/* Set `kind` of every piece of the text of `map`. */
void tt__lines_settle(tt_line *lines, size_t len, const tt_map *map);

/* Index of the first prose from `from` on that is no caption; `len` where there is none. */
size_t tt__next_prose(const tt_line *lines, size_t len, size_t from);

/* Cut a settled line that holds a title and something else, and tell whether there was one: then all must be settled again.
 * TT_ENOMEM. */
tt_status tt__lines_mend(bool *mended, tt_lines *lines, const tt_map *map);

/* Bytes of `line`. */
static inline tt_str tt__line_str(const tt_line *line, const char *text)
{
    return (tt_str){text + line->span.start, line->span.end - line->span.start};
}

enum { TT_CREDIT_CHARS = 120 }; /* longest credit */
/* Where the credit in brackets begins that ends `s`; s.len where there is none. */
size_t tt__credit_start(tt_str s);
/* Does `s` open like a credit ("Ảnh: ", "Nguồn: ")? */
bool tt__credit_opens(tt_str s);
/* Is `s`, in brackets, a name and a medium: "(Dũng Khảm/TTXVN)"? */
bool tt__credit_is_bare(tt_str s);
/* Does what stands in `span` of a text end in words that are a credit? */
bool tt__credit_ends(const tt_map *map, tt_span span);

#endif
