// yardstick.cc - simdjson's UTF-8 check, built where it is installed (Debian: libsimdjson-dev).
#include "yardstick.h"

#include <simdjson.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *tt_yardstick_name(void)
{
    return "simdjson " TEXT(SIMDJSON_VERSION);
}

bool tt_yardstick_utf8(const char *bytes, size_t len)
{
    return simdjson::validate_utf8(bytes, len);
}
