/* test_names.c - names of what the library counts: each has one of its own, and a number that is none has no name. */
#include "tt_test.h"

static const char *status_name(int i)
{
    return tt_status_name((tt_status)-i); /* statuses count down */
}

static const char *layer_name(int i)
{
    return tt_layer_name((tt_layer)i);
}

static const char *step_name(int i)
{
    return tt_step_name((tt_step)i);
}

static const char *kind_name(int i)
{
    return tt_block_kind_name((tt_block_kind)i);
}

static const char *value_name(int i)
{
    return tt_value_label_name((tt_value_label)i);
}

static const char *encoding_name(int i)
{
    return tt_encoding_name((tt_encoding)i);
}

static const struct {
    const char *what;
    const char *(*name)(int i);
    int count;
} SETS[] = {
    {"statuses", status_name, 10},
    {"layers", layer_name, TT_LAYERS},
    {"steps", step_name, TT_STEPS},
    {"kinds of blocks", kind_name, TT_BLOCK_KINDS},
    {"labels of values", value_name, TT_VALUE_LABELS},
    {"encodings", encoding_name, TT_ENCODING_COUNT},
};

TT_TEST(names_are_their_own)
{
    for (size_t set = 0; set < TT_COUNT(SETS); set++)
        for (int i = 0; i < SETS[set].count; i++) {
            const char *name = SETS[set].name(i);
            TT_CHECK(SETS[set].what, name != NULL && name[0] != '\0' && strcmp(name, "unknown") != 0);
            for (int k = 0; name != NULL && k < i; k++)
                TT_CHECK(name, strcmp(SETS[set].name(k), name) != 0);
        }
}

TT_TEST(names_of_nothing)
{
    TT_CHECK("status", strcmp(tt_status_name((tt_status)-100), "unknown") == 0);
    TT_CHECK("layer", tt_layer_name(TT_LAYERS) == NULL);
    TT_CHECK("step", tt_step_name(TT_STEPS) == NULL);
    TT_CHECK("kind", tt_block_kind_name(TT_BLOCK_KINDS) == NULL);
    TT_CHECK("label of a value", tt_value_label_name(TT_VALUE_LABELS) == NULL);
    TT_CHECK("version", tt_version()[0] >= '0' && tt_version()[0] <= '9');
    TT_CHECK("kinds of the body", tt_block_is_body(TT_BLOCK_LEAD) && tt_block_is_body(TT_BLOCK_PARAGRAPH) &&
                                      tt_block_is_body(TT_BLOCK_HEADING) && !tt_block_is_body(TT_BLOCK_TITLE));
}
