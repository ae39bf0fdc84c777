/* tt.c - the library without Python: tags files, trains models, shows what is in one. */
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "usage: tt tag [--model M] [--layers L] [--date D] [--on-error fail|skip|repair] FILE...\n"
    "       tt train --lexicon DIR --clusters FILE | --base MODEL [--dev FILE]... [--epochs N] [--dropout X] [--seed N] "
    "[--checkpoint PATH] -o "
    "MODEL CORPUS...\n"
    "       tt info MODEL\n"
    "       tt values CORPUS...\n"
    "\n"
    "tag writes one JSON document a line. L is a list of layers with commas: blocks,sentences,entities; without a model there\n"
    "are blocks and sentences. FILE \"-\" is the standard input. A file that fails gives a line with an error (fail), a "
    "message\n"
    "only (skip), or is read with U+FFFD for bad bytes (repair). values gives the\n"
    "mentions of annotated documents their values, one JSON line a document. Exit status: 0, 1 when a file failed, 2 for a "
    "wrong call.\n";

static const struct {
    const char *name;
    int (*run)(tool_args *args);
} COMMANDS[] = {{"tag", tool_tag}, {"train", tool_train}, {"info", tool_info}, {"values", tool_values}};

int tool_next(tool_args *args, const char *const *names)
{
    if (args->at == args->argc)
        return TOOL_END;
    const char *word = args->value = args->argv[args->at++];
    if (!args->only_files && strcmp(word, "--") == 0) {
        args->only_files = true;
        return tool_next(args, names);
    }
    if (args->only_files || word[0] != '-' || word[1] == '\0')
        return TOOL_FILE;
    for (int i = 0; names[i] != NULL; i++) {
        size_t len = strlen(names[i]);
        if (strncmp(word, names[i], len) != 0 || (word[len] != '\0' && word[len] != '='))
            continue;
        args->value = word[len] == '=' ? word + len + 1 : args->at < args->argc ? args->argv[args->at++] : NULL;
        if (args->value != NULL)
            return i;
        fprintf(stderr, "tt: %s needs a value\n", word);
        return TOOL_BAD;
    }
    fprintf(stderr, "tt: unknown option %s\n", word);
    return TOOL_BAD;
}

bool tool_number(uint64_t *out, const char *option, const char *text)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *out = value;
    if (errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == '\0')
        return true;
    fprintf(stderr, "tt: %s needs a whole number, not \"%s\"\n", option, text);
    return false;
}

bool tool_real(double *out, const char *option, const char *text)
{
    char *end;
    *out = strtod(text, &end);
    if (end != text && *end == '\0' && *out >= 0 && *out <= 1e300)
        return true;
    fprintf(stderr, "tt: %s needs a number from 0 up, not \"%s\"\n", option, text);
    return false;
}

int tool_complain(const tt_error *err)
{
    fprintf(stderr, "tt: %s\n", err->msg);
    return TOOL_FAILED;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    tool_args args = {.argc = argc, .argv = argv, .at = 2};
    for (size_t i = 0; i < TT_COUNT(COMMANDS); i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return COMMANDS[i].run(&args);
    bool asked = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
    fputs(USAGE, asked ? stdout : stderr);
    return asked ? TOOL_OK : TOOL_WRONG_CALL;
}
