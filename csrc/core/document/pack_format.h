/* pack_format.h - the packed form of documents and values, the same on every machine.
 *
 * magic (4 bytes), version (1), checksum of what follows (8, little-endian), then numbers of seven bits a byte, low ones first,
 * the high bit set on all but the last; signed ones zigzag; strings with their length before them:
 *   document  layers, date, text, source, labels used, names of kinds used, values, then a layer after the other, each with its
 *             count: block: gap to the end of the one before, length, kind; sentence: gap, length; entity: start from the start
 *             of the one before, length, label, name of its kind + 1 or 0, value + 1 or 0, confidence (4 bytes, IEEE 754)
 *   value     label, text, start, end, clock, three decimals (known; digits, scale), unit, currency
 * A change of this form takes another version. */
#ifndef TT_DOCUMENT_PACK_FORMAT_H
#define TT_DOCUMENT_PACK_FORMAT_H

#define TT_PACK_DOCUMENT "\x89TTD"
#define TT_PACK_VALUE "\x89TTV"

enum { TT_PACK_MAGIC = 4, TT_PACK_VERSION = 1, TT_PACK_HEAD = TT_PACK_MAGIC + 1 + 8, TT_PACK_SCALE_MAX = 18 };
/* Far beyond what any expression says; sums with them stay numbers of 32 bits. */
enum { TT_PACK_DAY_MAX = 1 << 28, TT_PACK_CLOCK_MAX = 25 * 3600 - 1 };
#define TT_PACK_DIGITS_MAX INT64_C(999999999999999999)

#endif
