/* bar.c - a line as segments between marks, which tells bars of links from sentences: a bar has short ones. */
#include "page/bar.h"

static bool is_bar_mark(uint32_t cp)
{
    switch (cp) {
    case '|':
    case '>':
    case '/':
    case 0xBB:
    case 0x203A:
    case 0x2192:
    case 0x25B8:
    case 0x2022:
    case 0xB7:
    case 0x2044:
    case '.':
    case ';':
    case '#':
    case 0x2039:
    case 0xAB: return true;
    default: return false;
    }
}

tt_bar tt__bar_of(const tt_map *map, tt_str s, uint32_t most)
{
    tt_bar out = {0, 0, 0, 0};
    const char *end = s.ptr + s.len;
    bool blank_before = true, in_word = false;
    bool ended = s.len > 0 && end[-1] == '.'; /* then a stop between blanks ends a sentence, too */
    uint32_t words = 0;
    for (const char *p = s.ptr; p < end && out.longest <= most;) {
        tt_glyph g = tt__glyph_at(p, end);
        bool blank = tt__blank_at(p, end) != 0, alone = blank_before && tt__blank_at(p + g.len, end) != 0;
        bool dash = alone && (g.cp == '-' || g.cp == 0x2013);
        bool strong = (alone && is_bar_mark(g.cp) && !(ended && g.cp == '.')) || g.cp == ';' || (g.cp == '#' && blank_before);
        if (strong || dash || g.cp == ',') {
            out.strong += strong;
            out.dashes += dash;
            out.commas += g.cp == ',';
            words = 0;
        } else if (!blank && !in_word) {
            words++;
        }
        out.longest = words > out.longest ? words : out.longest;
        in_word = !blank && !strong && !dash && g.cp != ',';
        blank_before = blank;
        p += g.len;
        if (in_word) /* inside a word nothing else tells */
            p = tt__map_parting(map, p, end);
    }
    return out;
}
