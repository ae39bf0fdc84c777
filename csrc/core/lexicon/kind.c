/* kind.c - the kinds that data/lexicon/kinds.tsv gives to entries, and their names. A name may stand under two labels: what the
 * police is as a body is not what it is as a rank. */
#include "lexicon/kind.h"

/* ORDER KIND: a model keeps the numbers, so new kinds come last. Of two kinds of one name the earlier is meant, among those of
 * countries and their parts. */
static const struct {
    const char *label, *name;
} KINDS[] = {
    {"", ""}, /* none */
    {"LOC", "country"},
    {"LOC", "province"},
    {"LOC", "city"},
    {"LOC", "district"},
    {"LOC", "commune"},
    {"LOC", "village"},
    {"LOC", "region"},
    {"LOC", "continent"},
    {"LOC", "street"},
    {"LOC", "road"},
    {"LOC", "railway"},
    {"LOC", "bridge"},
    {"LOC", "river"},
    {"LOC", "lake"},
    {"LOC", "sea"},
    {"LOC", "island"},
    {"LOC", "mountain"},
    {"LOC", "airport"},
    {"LOC", "port"},
    {"LOC", "border_gate"},
    {"LOC", "site"},
    {"ORG", "government"},
    {"ORG", "ministry"},
    {"ORG", "agency"},
    {"ORG", "parliament"},
    {"ORG", "court"},
    {"ORG", "army"},
    {"ORG", "police"},
    {"ORG", "party"},
    {"ORG", "association"},
    {"ORG", "international"},
    {"ORG", "embassy"},
    {"ORG", "company"},
    {"ORG", "bank"},
    {"ORG", "media"},
    {"ORG", "university"},
    {"ORG", "school"},
    {"ORG", "hospital"},
    {"ORG", "research"},
    {"ORG", "club"},
    {"RANK", "army"},
    {"RANK", "navy"},
    {"RANK", "air"},
    {"RANK", "police"},
    {"RANK", "diplomatic"},
    {"RANK", "academic"},
    {"RANK", "artist"},
    {"DOC", "law"},
    {"DOC", "decree"},
    {"DOC", "resolution"},
    {"DOC", "decision"},
    {"DOC", "treaty"},
    {"DOC", "declaration"},
    {"DOC", "plan"},
    {"DOC", "work"},
    {"EVENT", "meeting"},
    {"EVENT", "festival"},
    {"EVENT", "competition"},
    {"EVENT", "war"},
    {"EVENT", "disaster"},
};
_Static_assert(TT_COUNT(KINDS) <= KIND_MAX, "a kind is a bit of 64");

const char *tt_kind_name(uint32_t kind)
{
    return kind > 0 && kind < TT_COUNT(KINDS) ? KINDS[kind].name : NULL;
}

unsigned tt__kind_of(tt_str name)
{
    for (unsigned k = 1; k < TT_COUNT(KINDS); k++) {
        tt_str label = tt_str_c(KINDS[k].label);
        if (name.len > label.len && name.ptr[label.len] == '.' && tt_str_eq(label, (tt_str){name.ptr, label.len}) &&
            tt_str_eq(tt_str_c(KINDS[k].name), (tt_str){name.ptr + label.len + 1, name.len - label.len - 1}))
            return k;
    }
    return 0;
}

uint64_t tt__kinds_of_label(tt_str label)
{
    uint64_t bits = 0;
    for (unsigned k = 1; k < TT_COUNT(KINDS); k++)
        bits |= (uint64_t)tt_str_eq(label, tt_str_c(KINDS[k].label)) << k;
    return bits;
}
