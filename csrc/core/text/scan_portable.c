/* scan_portable.c - the scan in plain C: byte comparisons without branches, which compilers turn into whatever vector code
 * the processor has. A block in which no rare byte stands, and that is nearly all of Vietnamese, needs half of them. */
#include "text/scan.h"

enum { BLOCK = TT_SCAN_BLOCK };

/* Bytes about which there are more rules. */
static unsigned char is_rare(unsigned char byte)
{
    return (byte >= 0xE3) | (byte == 0xE0) | ((byte & 0xFE) == 0xC0);
}

/* Is no byte of the block and just before it rare, and every byte right after the two before it? */
static bool is_usual_block(const unsigned char *at)
{
    unsigned char bad = is_rare(at[-1]) | is_rare(at[-2]) | is_rare(at[-3]);
    for (int i = 0; i < BLOCK; i++) {
        unsigned char byte = at[i], wanted = (unsigned char)((at[i - 1] >= 0xC0) | (at[i - 2] >= 0xE0));
        bad |= wanted ^ ((byte & 0xC0) == 0x80);
        bad |= (byte >= 0xE3);
        bad |= (byte == 0xE0);
        bad |= ((byte & 0xFE) == 0xC0);
    }
    return bad == 0;
}

/* Is every byte of the block right after the three before it? A sequence may run on beyond the block. */
static unsigned char bad_bytes(const unsigned char *at)
{
    unsigned char bad = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char byte = at[i], one = at[i - 1], two = at[i - 2], three = at[i - 3];
        unsigned char wanted = (unsigned char)((one >= 0xC0) | (two >= 0xE0) | (three >= 0xF0));
        bad |= wanted ^ ((byte & 0xC0) == 0x80);
        bad |= (byte == 0xC0) | (byte == 0xC1) | (byte >= 0xF5);
        bad |= ((one == 0xE0) & (byte < 0xA0)) | ((one == 0xED) & (byte >= 0xA0)); /* overlong, surrogates */
        bad |= ((one == 0xF0) & (byte < 0x90)) | ((one == 0xF4) & (byte >= 0x90)); /* overlong, beyond U+10FFFF */
    }
    return bad;
}

/* Does a second byte in the block tell of something unsettled? Leads below CC are of U+0000-U+02FF, E1 B8-BB of
 * U+1E00-U+1EFF, E2 80-82 of U+2000-U+20BF, E4-E9 of U+4000-U+9FFF. */
static unsigned char odd_bytes(const unsigned char *at)
{
    unsigned char odd = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char byte = at[i], one = at[i - 1];
        unsigned char known = (unsigned char)(((one == 0xE1) & ((byte & 0xFC) == 0xB8)) | ((one == 0xE2) & (byte < 0x83)) |
                                              ((one >= 0xE4) & (one <= 0xE9)));
        odd |= (one >= 0xCC) & !known;
        odd |= (one == 0x80) & ((byte & 0xFE) == 0x80);
    }
    return odd;
}

static unsigned char starts(const unsigned char *at)
{
    unsigned char n = 0;
    for (int i = 0; i < BLOCK; i++)
        n = (unsigned char)(n + ((at[i] & 0xC0) != 0x80));
    return n;
}

size_t tt__scan_portable(tt_scan *self, const unsigned char *at, size_t steps)
{
    size_t done = 0;
    for (; done < steps; done++) {
        unsigned char bad = 0, odd = 0;
        uint32_t count = 0;
        for (const unsigned char *end = at + TT_CP_STEP; at < end; at += BLOCK) {
            bad |= is_usual_block(at) ? 0 : bad_bytes(at);
            odd |= odd_bytes(at);
            count += starts(at);
        }
        if (bad)
            break;
        tt__scan_note(self, count, odd != 0);
    }
    return done;
}

/* The top bit of each of eight bytes, gathered. */
static uint64_t gather(uint64_t tops)
{
    return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

uint64_t tt__leads_portable(const unsigned char *at, unsigned char lead)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F), one = UINT64_C(0x0101010101010101);
    uint64_t bits = 0, marks = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        uint64_t eight = 0;
        for (unsigned k = 0; k < 8; k++)
            eight |= (uint64_t)at[i + k] << 8 * k;
        uint64_t differs = eight ^ one * 0xCC;
        bits |= gather(((eight & low) + one * (0x100u - lead)) & eight & ~low) << i;
        marks |= gather(~((differs & low) + low) & ~differs & ~low) << i;
    }
    return bits & ~(marks & marks << 2);
}
