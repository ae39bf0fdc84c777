/* test_lists.c - which runs of capitals stand in a row, what the lexicon says of the others, and which head stands before. */
#include "entity/lists.h"
#include "lexicon/lexicon_view.h"
#include "tt_test.h"

#include <stdlib.h>
#include <unistd.h>

enum { LONG = 9000 };

static const char *const FILES[][2] = {
    {"classes.tsv", "class\tfile\tcolumns\tfilter\ncommune\tnames\tname\tsort=place\ncompany\tnames\tname\tsort=body\n"
                    "surname\tnames\tname\tsort=surname\nhead_loc\tnames\tname\tsort=head\n"},
    {"names.tsv", "name\tsort\nHà Nội\tplace\nHuế\tplace\nVinh\tplace\nSơn La\tplace\nVingroup\tbody\nViettel\tbody\n"
                  "Trần\tsurname\nLê\tsurname\nxã\thead\ntỉnh\thead\n"},
    {"clusters.tsv", "ông\t1\t2\t3\t9\n"},
};

/* All of it a sentence, but where "|" parts two. `want`: for each token of a list "word:" and what most others are, how many
 * there are, and "^" where a head of places stands before; what is in no list is left out. */
static const struct {
    const char *name, *in, *want;
} CASES[] = {
    {"empty", "", ""},
    {"one token", "Huế", ""},
    {"one name", "ở Hà Nội", ""},
    {"two", "ở Huế, Vinh", "Huế:p2 Vinh:p2"},
    {"a word between", "Huế và Vinh", "Huế:p2 Vinh:p2"},
    {"both", "Huế, và Vinh; Ba", "Huế:p3 Vinh:p3 Ba:p3"},
    {"no mark", "Huế ở Vinh", ""},
    {"another mark", "Huế - Vinh: Ba. Bo", ""},
    {"two marks", "Huế,, Vinh", ""},
    {"names of several words", "Hà Nội, Ba Bo", "Hà:?2 Nội:?2 Ba:p2 Bo:p2"},
    {"a place that a name begins with", "Huế Ba, Ba", "Huế:?2 Ba:?2 Ba:?2"},
    {"the head before the row", "các xã Vĩnh Hải, Ba và Bo", "Vĩnh:?3^ Hải:?3^ Ba:?3^ Bo:?3^"},
    {"a head farther off", "xã nghèo Ba, Bo", "Ba:?2 Bo:?2"},
    {"five", "Ba, Bo, Bi, Bu, Be", "Ba:?5 Bo:?5 Bi:?5 Bu:?5 Be:?5"},
    {"four", "Ba, Bo, Bi, Bu", "Ba:?3 Bo:?3 Bi:?3 Bu:?3"},
    {"companies", "Vingroup, Viettel, Ba", "Vingroup:b3 Viettel:b3 Ba:b3"},
    {"persons", "Trần Bo, Lê Bi, Ba", "Trần:n3 Bo:n3 Lê:n3 Bi:n3 Ba:n3"},
    {"as many of one as of another", "Huế, Viettel, Ba", "Huế:b3 Viettel:p3 Ba:=3"},
    {"more of one", "Huế, Vinh, Viettel, Ba", "Huế:=3 Vinh:=3 Viettel:p3 Ba:p3"},
    {"in brackets", "Ba (tỉnh Hà Nội), Bo", "Ba:?2 Bo:?2"},
    {"brackets at the end", "Ba, Bo (a)", "Ba:?2 Bo:?2"},
    {"brackets alone", "Ba (a) Bo", ""},
    {"brackets too long", "Ba (a a a a a a a a), Bo", ""},
    {"brackets just short", "Ba (a a a a a a a), Bo", "Ba:?2 Bo:?2"},
    {"brackets open", "Ba (a, Bo", ""},
    {"the end after a mark", "Ba, Bo,", "Ba:?2 Bo:?2"},
    {"a small letter ends it", "Ba, Bo, bo, Bi", "Ba:?2 Bo:?2"},
    {"lists apart", "Ba, Huế ở Bo, Viettel", "Ba:p2 Huế:?2 Bo:b2 Viettel:?2"},
    {"not across sentences", "Ba, | Bo, Bi", "Bo:?2 Bi:?2"},
    {"a number is none", "Ba, 25, Bo", ""},
    {"a run of more words than are counted", "A B C D E F G H, Ba", "A:?2 B:?2 C:?2 D:?2 E:?2 F:?2 G:?2 H:?2 Ba:?2"},
};

/* A folder of a few names, compiled. */
typedef struct {
    tt_buf words, clusters;
    tt_lexicon *lexicon;
    tt_atom_source source;
} names;

static void set_up(names *f, tt_test *t)
{
    char folder[TT_TEST_FOLDER], path[TT_TEST_FOLDER + 16];
    *f = (names){.lexicon = NULL};
    tt_test_folder(t, folder);
    for (size_t i = 0; i < TT_COUNT(FILES); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, FILES[i][0]);
        FILE *file = fopen(path, "wb");
        TT_CHECK("file", file != NULL && fputs(FILES[i][1], file) >= 0 && fclose(file) == 0);
    }
    TT_CHECK_OK("compile", tt_lexicon_compile(&f->words, &f->clusters, folder, path, &t->err));
    for (size_t i = 0; i < TT_COUNT(FILES); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, FILES[i][0]);
        unlink(path);
    }
    rmdir(folder);
    TT_CHECK_OK("view", tt__lexicon_view(&f->lexicon, (tt_str){f->words.ptr, f->words.len},
                                         (tt_str){f->clusters.ptr, f->clusters.len}, &t->err));
    TT_CHECK_OK("source", tt__atom_source_make(&f->source, f->lexicon, &t->err));
}

static void tear_down(names *f)
{
    tt_lexicon_free(f->lexicon);
    tt_buf_free(&f->words);
    tt_buf_free(&f->clusters);
}

/* Atoms of a text whose sentences "|" parts; they and the tokens are in the arena. */
static tt_atom *make_atoms(tt_tokens *tokens, tt_text *text, tt_test *t, const names *f, const char *in, tt_word_notes *notes)
{
    tt_seen seen = {.slots = NULL};
    const size_t len = strlen(in);
    tt_sentence *sentences = tt_arena_calloc(&t->arena, len + 1, sizeof *sentences);
    tt_block block = {{0, (uint32_t)len}, TT_BLOCK_PARAGRAPH};
    tt_page page = {.at = &block, .len = 1};
    tt_sentences all = {sentences, 0};
    *text = (tt_text){.norm = tt_str_c(in)};
    for (size_t start = 0, end; start < len; start = end + 1) {
        end = start + strcspn(in + start, "|");
        sentences[all.len++] = (tt_sentence){{(uint32_t)start, (uint32_t)end}, 0};
    }
    tt_atom_document document = {&f->source, text, &page, &all, notes};
    TT_CHECK_OK(in, tt_tokens_make(tokens, &t->arena, text, &all, &t->err));
    tt_atom *atoms = tt_arena_calloc(&t->arena, tokens->len, sizeof *atoms);
    TT_CHECK_OK("names", tt__atoms_note_names(&seen, atoms, &document, tokens));
    tt__atoms_fill(atoms, &document, tokens, &seen, true);
    tt__seen_free(&seen);
    return atoms;
}

static void show(char *out, const tt_atom *atoms, const tt_tokens *tokens, const tt_text *text)
{
    static const char SORTS[] = "?pbn=", SIZES[] = "235";
    *out = '\0';
    for (size_t i = 0; i < tokens->len; i++) {
        tt_span span = tokens->at[i].span;
        unsigned code = atoms[i].list - 1u;
        if (atoms[i].list != 0)
            out += sprintf(out, " %.*s:%c%c%s", (int)(span.end - span.start), text->norm.ptr + span.start,
                           SORTS[code / LIST_SIZES], SIZES[code % LIST_SIZES], atoms[i].list_head != 0 ? "^" : "");
    }
}

TT_TEST(lists_of_names)
{
    names f;
    set_up(&f, t);
    for (size_t i = 0; i < TT_COUNT(CASES); i++) {
        tt_text text;
        tt_tokens tokens;
        char shown[512];
        const tt_atom *atoms = make_atoms(&tokens, &text, t, &f, CASES[i].in, NULL);
        show(shown, atoms, &tokens, &text);
        TT_CHECK_STR(CASES[i].name, tt_str_c(shown[0] == ' ' ? shown + 1 : shown), CASES[i].want);
        for (size_t k = 0; k < tokens.len; k++)
            if (atoms[k].list_head != 0)
                TT_CHECK_STR("the head", tt_lexicon_class_name(f.lexicon, atoms[k].list_head - 1u), "head_loc");
    }
    tear_down(&f);
}

/* A list is cut where it is longer than any should be; each part is told of its own. */
TT_TEST(lists_without_end)
{
    static const char *const BETWEEN[] = {", ", " và ", " (", "(((((((((", ", (a), "};
    names f;
    char *in = malloc(LONG * 16);
    set_up(&f, t);
    for (size_t i = 0; in != NULL && i < TT_COUNT(BETWEEN); i++) {
        tt_text text;
        tt_tokens tokens;
        size_t len = 0, marked = 0, runs = 0;
        for (size_t k = 0; k < LONG; k++)
            len += (size_t)sprintf(in + len, "%sA", k ? BETWEEN[i] : "");
        const tt_atom *atoms = make_atoms(&tokens, &text, t, &f, in, NULL);
        for (size_t k = 0; k < tokens.len; k++) {
            runs += atoms[k].run_place == 1;
            marked += atoms[k].list != 0;
            TT_CHECK(BETWEEN[i], atoms[k].list == 0 || atoms[k].list == 1 + LIST_OF_MANY);
        }
        TT_CHECK_INT(BETWEEN[i], runs, LONG);
        TT_CHECK_INT(BETWEEN[i], marked, i < 2 ? LONG : 0);
        tt_arena_free(&t->arena);
    }
    free(in);
    tear_down(&f);
}

/* The one name that a list has too much is in none. */
TT_TEST(lists_at_most)
{
    names f;
    tt_text text;
    tt_tokens tokens;
    char in[4 * LIST_MEMBERS_MAX] = "A";
    set_up(&f, t);
    for (size_t k = 0; k < LIST_MEMBERS_MAX; k++)
        strcat(in, ", A");
    const tt_atom *atoms = make_atoms(&tokens, &text, t, &f, in, NULL);
    for (size_t k = 0; k < tokens.len; k += 2)
        TT_CHECK_INT("marked", atoms[k].list != 0, k / 2 < LIST_MEMBERS_MAX);
    tear_down(&f);
}

/* A lexicon that has none of the classes tells that there is a list, no more. */
TT_TEST(lists_without_classes)
{
    names f;
    tt_text text;
    tt_tokens tokens;
    char shown[64];
    set_up(&f, t);
    f.source.roles = (tt_atom_roles){0};
    const tt_atom *atoms = make_atoms(&tokens, &text, t, &f, "xã Huế, Vinh, Viettel", NULL);
    show(shown, atoms, &tokens, &text);
    TT_CHECK_STR("no sorts, no head", tt_str_c(shown), " Huế:?3 Vinh:?3 Viettel:?3");
    tear_down(&f);
}

/* More words than there are notes, names among them, all of them twice. */
static void make_words(char *out, size_t room)
{
    enum { WORDS = 12000 };
    static const char *const NAMES[] = {"Huế,", "tỉnh Sơn La", "Trần Bo", "5/7", "(Viettel)", "5/7", "năm 2021"};
    size_t len = 0;
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < WORDS; i++) {
            const char *name = i % 3 == 0 ? NAMES[i / 3 % TT_COUNT(NAMES)] : "và";
            len += (size_t)snprintf(out + len, room - len, "%s %c%c%c%c ", name, 'a' + i % 26, 'a' + i / 26 % 26,
                                    (i % 5 == 0 ? 'A' : 'a') + i / 676 % 26, i % 7 == 0 ? '.' : 'x');
        }
}

/* Words that are noted tell the same as words that are looked up. */
TT_TEST(atoms_with_notes_are_the_same)
{
    enum { ROOM = 1 << 19 };
    names f;
    set_up(&f, t);
    char *in = tt_arena_alloc(&t->arena, ROOM);
    tt_word_notes *notes = tt_arena_calloc(&t->arena, 1, sizeof *notes);
    make_words(in, ROOM);
    tt_text text;
    tt_tokens tokens;
    const tt_atom *plain = make_atoms(&tokens, &text, t, &f, in, NULL);
    for (int round = 0; round < 2; round++) {
        const tt_atom *noted = make_atoms(&tokens, &text, t, &f, in, notes);
        size_t wrong = 0;
        for (size_t i = 0; i < tokens.len; i++)
            wrong += memcmp(&plain[i], &noted[i], sizeof *plain) != 0;
        TT_CHECK_INT("atoms that differ", wrong, 0);
    }
    TT_CHECK("many tokens", tokens.len > 48000);
    tear_down(&f);
}
