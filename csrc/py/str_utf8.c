/* str_utf8.c - UTF-8 of a str that is read once. PyUnicode_AsUTF8AndSize takes long beside the reading of a page, and keeps
 * what it makes as long as the str lives; Vietnamese is stored in two bytes a character, so that case is done here. */
#include "state.h"

enum { BLOCK = 16, SLACK = 4 }; /* characters at a time; bytes that are written at once */

static bool is_converted_here(PyObject *text)
{
    return PyUnicode_IS_READY(text) && PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND &&
           ((PyCompactUnicodeObject *)text)->utf8 == NULL;
}

/* Bytes of UTF-8; 0 where half a surrogate pair stands, which has none. Without branches: vector code. */
static size_t size_of(const Py_UCS2 *in, size_t len)
{
    size_t size = len;
    unsigned halves = 0;
    for (size_t i = 0; i < len;) {
        unsigned short more = 0, half = 0;
        size_t end = len - i < 1024 ? len : i + 1024;
        for (; i < end; i++) {
            more = (unsigned short)(more + (in[i] >= 0x80) + (in[i] >= 0x800));
            half = (unsigned short)(half | ((in[i] & 0xF800) == 0xD800));
        }
        size += more;
        halves |= half;
    }
    return halves != 0 ? 0 : size;
}

/* The UTF-8 of each character, first byte lowest, and its bytes. Vector code as well. */
static void encode_block(uint32_t words[BLOCK], uint32_t lens[BLOCK], const Py_UCS2 *in)
{
    for (int i = 0; i < BLOCK; i++) {
        uint32_t c = in[i], two = 0 - (uint32_t)(c >= 0x80), three = 0 - (uint32_t)(c >= 0x800);
        uint32_t last = 0x80 | (c & 0x3F), middle = 0x80 | (c >> 6 & 0x3F);
        uint32_t as_two = 0xC0 | c >> 6 | last << 8, as_three = 0xE0 | c >> 12 | middle << 8 | last << 16;
        words[i] = (c & ~two) | (as_two & two & ~three) | (as_three & three);
        lens[i] = 1 - two - three;
    }
}

static char *put_block(char *out, const Py_UCS2 *in, size_t count)
{
    uint32_t words[BLOCK], lens[BLOCK];
    encode_block(words, lens, in);
    for (size_t i = 0; i < count; i++) {
        unsigned char bytes[SLACK] = {(unsigned char)words[i], (unsigned char)(words[i] >> 8), (unsigned char)(words[i] >> 16),
                                      0};
        memcpy(out, bytes, SLACK);
        out += lens[i];
    }
    return out;
}

static void encode(char *out, const Py_UCS2 *in, size_t len)
{
    Py_UCS2 last[BLOCK] = {0};
    for (; len >= BLOCK; len -= BLOCK, in += BLOCK)
        out = put_block(out, in, BLOCK);
    memcpy(last, in, len * sizeof *in);
    put_block(out, last, len);
}

bool utf8_of_object(tt_str *out, char **owned, const State *state, PyObject *object)
{
    *owned = NULL;
    if (!PyUnicode_Check(object) || !is_converted_here(object))
        return text_of_object(out, state, object);
    const Py_UCS2 *in = PyUnicode_2BYTE_DATA(object);
    size_t len = (size_t)PyUnicode_GET_LENGTH(object), size = size_of(in, len);
    if (size == 0)
        return text_of_object(out, state, object); /* which says where */
    *owned = PyMem_Malloc(size + SLACK);
    if (*owned == NULL) {
        PyErr_NoMemory();
        return false;
    }
    encode(*owned, in, len);
    *out = (tt_str){*owned, size};
    return true;
}
