/* tool.h - what the commands of the tt program share. */
#ifndef TT_TOOL_H
#define TT_TOOL_H

#include "tintuc/tintuc.h"

/* Exit statuses, those of DESIGN. */
enum { TOOL_OK = 0, TOOL_FAILED = 1, TOOL_WRONG_CALL = 2 };

/* Arguments being read; zero-initialize but for argc and argv. */
typedef struct {
    int argc;
    char **argv;
    int at;
    bool only_files; /* "--" was seen */
    const char *value;
} tool_args;

enum { TOOL_END = -1, TOOL_FILE = -2, TOOL_BAD = -3 };

/* Next argument: the index in `names` (ended by NULL) of an option, which always has a value, "--name value" or
 * "--name=value"; TOOL_FILE for anything else; both set args->value. TOOL_BAD after a message on stderr. */
int tool_next(tool_args *args, const char *const *names);
/* A whole number, or a number from 0 up; false after a message on stderr. */
bool tool_number(uint64_t *out, const char *option, const char *text);
bool tool_real(double *out, const char *option, const char *text);

/* "tt: MESSAGE" on stderr; returns TOOL_FAILED. */
int tool_complain(const tt_error *err);

/* The commands; the arguments begin after the command's name. */
int tool_tag(tool_args *args);
int tool_train(tool_args *args);
int tool_info(tool_args *args);
int tool_values(tool_args *args);

#endif
