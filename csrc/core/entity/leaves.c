/* leaves.c - count the mentions that hold others. One in HARDLY_ANY is taken for a slip: to learn it would cost all others of
 * the label a second look. */
#include "entity/leaves.h"
#include "base/alloc.h"

enum { HARDLY_ANY = 200 };

typedef struct {
    size_t all, holding;
} counts;

/* Mentions are in order, those around others first. */
static void count_document(counts *of, const tt_example *document)
{
    for (size_t i = 0; i < document->mention_count; i++) {
        tt_span own = document->mentions[i].span;
        size_t next = i + 1;
        while (next < document->mention_count && document->mentions[next].span.start == own.start &&
               document->mentions[next].span.end == own.end)
            next++;
        of[document->mentions[i].label].all++;
        of[document->mentions[i].label].holding +=
            next < document->mention_count && document->mentions[next].span.start < own.end;
    }
}

tt_status tt__leaves_find(uint8_t *leaves, const tt_corpus *corpus)
{
    const size_t labels = tt_corpus_label_count(corpus);
    counts *of = tt__calloc(labels, sizeof *of);
    if (of == NULL)
        return TT_ENOMEM;
    for (size_t i = 0; i < tt_corpus_count(corpus); i++)
        count_document(of, tt_corpus_at(corpus, i));
    for (size_t k = 0; k < labels; k++)
        leaves[k] = of[k].holding * HARDLY_ANY < of[k].all || of[k].holding == 0;
    tt__free(of);
    return TT_OK;
}
