/* layer.c - names of the layers of a document. */
#include "tintuc/document.h"

static const char *const NAMES[] = {"blocks", "sentences", "words", "entities", "links"}; /* ORDER LAYER */
_Static_assert(TT_COUNT(NAMES) == TT_LAYERS, "one name a layer");

const char *tt_layer_name(tt_layer layer)
{
    return (unsigned)layer < TT_LAYERS ? NAMES[layer] : NULL;
}
