/* corpus_conll.c - one token a line, its tag in the last column, a blank line between sentences, "-DOCSTART-" between
 * documents.
 *
 * One automaton reads IOB1, IOB2 (BIO), BILOU and BIOES, since their letters do not contradict each other: B begins, I and E or
 * L go on (or begin where nothing of that label is open, as IOB1 has it), E and L end, S and U are a whole mention, O is
 * outside. Tokens are joined by one space, sentences by a line feed; each sentence is a paragraph of its own, because the form
 * does not say which belong together.
 */
#include "base/alloc.h"
#include "base/space.h"
#include "learn/corpus_draft.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    tt_draft *draft;
    tt_str stem;
    tt_error *err;
    char *id;                        /* of the document being read */
    bool started, in_sentence, open; /* a document, a sentence, a mention (the draft's last) is under way */
    unsigned documents;
    tt_str label; /* of the open mention */
} conll_reader;

/* Columns are parted by tabs where the line has one, else by spaces. */
static void split_line(tt_str *token, tt_str *tag, tt_str line)
{
    bool tabs = memchr(line.ptr, '\t', line.len) != NULL;
    size_t first = 0, last = line.len;
    while (first < line.len && line.ptr[first] != '\t' && (tabs || line.ptr[first] != ' '))
        first++;
    while (last > 0 && line.ptr[last - 1] != '\t' && (tabs || line.ptr[last - 1] != ' '))
        last--;
    *token = tt__str_trim((tt_str){line.ptr, first});
    *tag = tt__str_trim((tt_str){line.ptr + last, line.len - last});
}

static bool tag_is_known(tt_str tag)
{
    if (tag.len == 1)
        return tag.ptr[0] == 'O';
    return tag.len > 2 && tag.ptr[1] == '-' && memchr("BIELSU", tag.ptr[0], 6) != NULL &&
           tt_corpus__label_len((tt_str){tag.ptr + 2, tag.len - 2}) == tag.len - 2;
}

static void end_sentence(conll_reader *r)
{
    r->open = r->in_sentence = false;
}

static tt_status end_document(conll_reader *r)
{
    end_sentence(r);
    if (!r->started)
        return TT_OK;
    r->started = false;
    /* a lone document has the file's name, the others a number after it */
    size_t room = r->stem.len + 16;
    tt__free(r->id);
    r->id = tt__malloc(room);
    if (r->id == NULL)
        return tt_draft__memory(r->err);
    int len = r->documents == 0 ? snprintf(r->id, room, "%.*s", (int)r->stem.len, r->stem.ptr)
                                : snprintf(r->id, room, "%.*s-%u", (int)r->stem.len, r->stem.ptr, r->documents + 1);
    r->documents++;
    r->draft->id = (tt_str){r->id, (size_t)len};
    return tt_draft__finish(r->draft, r->err);
}

/* Put the token into the text; begin what is not yet begun. */
static tt_status add_token(tt_span *span, conll_reader *r, tt_str token)
{
    tt_draft *draft = r->draft;
    if (!r->started)
        tt_draft__begin(draft);
    r->started = true;
    if (draft->text.len != 0 && tt_buf_add(&draft->text, r->in_sentence ? " " : "\n", 1) != TT_OK)
        return tt_draft__memory(r->err);
    *span = (tt_span){(uint32_t)draft->text.len, (uint32_t)(draft->text.len + token.len)};
    if (tt_buf_add(&draft->text, token.ptr, token.len) != TT_OK)
        return tt_draft__memory(r->err);
    if (r->in_sentence) {
        draft->sentences[draft->sentence_count - 1].end = span->end;
        draft->blocks[draft->block_count - 1].span.end = span->end;
        return TT_OK;
    }
    r->in_sentence = true;
    tt_status status = tt_draft__block(draft, *span, TT_BLOCK_PARAGRAPH, r->err);
    return status == TT_OK ? tt_draft__sentence(draft, *span, r->err) : status;
}

static tt_status apply_tag(conll_reader *r, tt_str tag, tt_span span)
{
    char letter = tag.ptr[0];
    if (letter == 'O') {
        r->open = false;
        return TT_OK;
    }
    tt_str label = {tag.ptr + 2, tag.len - 2};
    bool goes_on = r->open && (letter == 'I' || letter == 'E' || letter == 'L') && tt_str_eq(label, r->label);
    r->open = letter == 'B' || letter == 'I';
    r->label = label;
    if (goes_on) {
        r->draft->mentions[r->draft->mention_count - 1].mention.span.end = span.end;
        return TT_OK;
    }
    return tt_draft__mention(r->draft, span, label, r->err);
}

static tt_status read_line(conll_reader *r, tt_str line)
{
    static const tt_str DOCSTART = {"-DOCSTART-", 10};
    tt_str token, tag;
    tt_span span;
    if (line.len >= DOCSTART.len && memcmp(line.ptr, DOCSTART.ptr, DOCSTART.len) == 0)
        return end_document(r);
    if (line.len == 0) {
        end_sentence(r);
        return TT_OK;
    }
    split_line(&token, &tag, line);
    if (!tag_is_known(tag)) {
        if (!r->in_sentence && line.ptr[0] == '#')
            return TT_OK; /* a comment before a sentence, as CoNLL-U has them */
        return tt_draft__fail(r->draft, r->draft->place, r->err,
                              "the last column must be O or B-, I-, E-, L-, S- or U- with a label, not \"%.*s\"",
                              (int)(tag.len < 40 ? tag.len : 40), tag.ptr);
    }
    if (token.ptr == tag.ptr)
        return TT_OK; /* the token was white space, which some corpora have; it is no text */
    tt_status status = add_token(&span, r, token);
    return status == TT_OK ? apply_tag(r, tag, span) : status;
}

tt_status tt_corpus__read_conll(tt_draft *draft, tt_str stem, tt_str bytes, tt_error *err)
{
    conll_reader r = {.draft = draft, .stem = stem, .err = err};
    tt_status status = TT_OK;
    tt_str line;
    for (size_t at = 0; status == TT_OK && tt_draft__line(&line, draft, bytes, &at);)
        status = read_line(&r, line);
    if (status == TT_OK)
        status = end_document(&r);
    tt__free(r.id);
    return status;
}
