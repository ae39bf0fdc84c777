/* initial.c - is a capital before a stop the initial of a name, or a class behind which a sentence ends? Told by the words
 * around. */
#include "sentence/initial.h"

#include "page/phrase.h"
#include "text/syllable.h"

#include <string.h>

enum { WORD_BYTES = 64 }; /* how far a word is looked for: keeps a hostile text linear */

/* Words that open sentences and are hardly ever names: after the initial of a masked name ("chị H. Sau đó ...") they tell the
 * end of a sentence from the middle of a name. */
static const char *const OPENERS[] = {
    "sau",     "tại",       "theo",        "trong",     "khi",      "ngày",      "chiều",     "sáng",      "tối",
    "đêm",     "trưa",      "đến",         "từ",        "trước",    "nhưng",     "tuy",       "các",       "những",
    "một",     "hai",       "ông",         "bà",        "cô",       "chị",       "vì",        "do",        "nếu",
    "với",     "về",        "để",          "cùng",      "lúc",      "hiện",      "đây",       "đó",        "bị",
    "cơ quan", "công an",   "người",       "cả",        "cũng",     "vợ",        "gia",       "nhận",      "tuy nhiên",
    "ngoài",   "riêng",     "qua",         "rồi",       "không",    "quá",       "hôm",       "gần",       "trên",
    "ngay",    "vụ",        "đối",         "còn",       "mới",      "thấy",      "cháu",      "họ",        "công ty",
    "nhóm",    "chúng tôi", "tôi",         "việc",      "đơn vị",   "bị cáo",    "nghi phạm", "lực lượng", "nhờ",
    "như",     "vậy",       "thế",         "mặc dù",    "dù",       "bởi",       "song",      "và",        "trường hợp",
    "kết quả", "đồng thời", "bên cạnh",    "năm",       "tháng",    "tuần",      "mỗi",       "tất cả",    "đang",
    "đã",      "vừa",       "nguyên nhân", "thời điểm", "nạn nhân", "bệnh nhân", "thông tin", "trao đổi",  "phát biểu",
    NULL,
};

/* The same, but names too: no more than a small letter or an initial may follow, as in "Anh thừa nhận". */
static const char *const NAME_OPENERS[] = {"anh", "em", "con", "bé", "thầy", "nam", "hà", NULL};

/* Words after which a single capital is a label and no initial: "180 độ C. Bánh", "quý I. Sau". */
static const char *const LABELS[] = {
    "độ",   "loại", "nhóm", "máu",   "quý",    "khối", "chữ", "hạng", "bảng",  "lớp",  "vitamin", "gan",  "khóa",
    "khoá", "thứ",  "đợt",  "virus", "vi rút", "cúm",  "khu", "lô",   "tòa",   "toà",  "cấp",     "kỳ",   "hình",
    "mục",  "phần", "dạng", "kiểu",  "cỡ",     "size", "ca",  "điểm", "tuyến", "đoạn", "giải",    "trên", NULL,
};

/* Bytes of an initial at `at`: one capital, or the first consonant of a masked name as in "Tr", "Ng". No initial is Á or Ý, as
 * in "Đông Nam Á." */
static uint32_t initial_at(const char *at, const char *end)
{
    tt_glyph g = tt__glyph_at(at, end);
    if (!tt__is_upper(g.cp) || (g.cp >= 0x80 && g.cp != 0x0110))
        return 0;
    bool pair = end - at > 1 && strchr("AEIOUY", *at) == NULL && (at[1] == 'h' || at[1] == 'g' || at[1] == 'r');
    return pair ? 2 : g.len;
}

/* "N", "N.V.A", "H.N.Tr": initials parted by stops. */
bool tt__is_initials(tt_str word)
{
    const char *end = word.ptr + word.len;
    for (const char *p = word.ptr; p < end;) {
        uint32_t len = initial_at(p, end);
        p += len;
        if (len == 0 || (p < end && *p != '.'))
            return false;
        p += p < end;
    }
    return word.len > 0;
}

/* A single capital that names a class, a unit or a number: after one of LABELS or digits, or a Roman one after a name. */
bool tt__is_label(tt_str word, const char *start)
{
    const char *least = word.ptr - start > WORD_BYTES ? word.ptr - WORD_BYTES : start, *p = word.ptr;
    size_t blank = tt__blank_before(least, p);
    if (word.len != 1 || blank == 0)
        return false;
    p -= blank;
    tt_glyph before = tt__glyph_before(least, p);
    return word.ptr[0] == 'I' || tt__is_digit(before.cp) || tt__phrase_ends(least, p, LABELS) != 0;
}

/* "V." of "I. V. Grushvitsky". */
bool tt__is_dotted_capital(const char *at, const char *end)
{
    tt_glyph g = tt__glyph_at(at, end);
    return tt__is_upper(g.cp) && tt__glyph_at(at + g.len, end).cp == '.';
}

/* After an initial: does `next` open a sentence, or is it a name? */
bool tt__opens_sentence(const char *next, const char *end)
{
    size_t len = tt__phrase_any(next, end, NAME_OPENERS);
    if (len == 0)
        return tt__phrase_any(next, end, OPENERS) != 0;
    tt_glyph first = tt__glyph_at(tt__skip_blank(next + len, end), end);
    return !tt__is_upper(first.cp);
}

/* A syllable of Vietnamese with one capital and marks, and no hyphen behind it: where it ends; NULL where it is none. Foreign
 * names after an initial are none ("F. Kennedy", "J. Díaz", "G. Giu-cốp"). */
static const char *after_vietnamese(const char *at, const char *end)
{
    tt_syllable_look look;
    const char *over = at, *p = at, *limit = end - at > WORD_BYTES ? at + WORD_BYTES : end;
    bool marked = false;
    tt_glyph g = tt__glyph_at(at, limit);
    if (!tt__is_upper(g.cp) || !tt__is_lower(tt__glyph_at(at + g.len, limit).cp))
        return NULL;
    for (; tt__is_letter(g.cp); g = tt__glyph_at(p, limit)) {
        marked = marked || g.cp >= 0x80;
        p += g.len;
    }
    tt__syllable_look(&look, &over, p);
    return marked && g.cp != '-' && over == p && look.row != NULL ? p : NULL;
}

/* "Q. Bình Thạnh", "H. Củ Chi": a district, a ward. */
static bool is_district(tt_str word)
{
    return word.len == 1 && strchr("HPQTX", *word.ptr) != NULL;
}

/* "anh T. Hùng", "ông B. Đào": whose given name the initial may stand before. */
static bool is_behind_title(const char *start, const char *at)
{
    static const char *const TITLES[] = {"anh",  "chị", "ông",  "bà",    "cô", "chú", "bác",    "cậu", "em", "bé", "cháu",
                                         "thầy", "sĩ",  "viên", "tướng", "tá", "đội", "trưởng", "gs",  "ts", NULL};
    return tt__phrase_ends(start, at, TITLES) != 0;
}

/* After an initial right behind a word: what follows the stop is Vietnamese, and either goes on in small letters, so that it
 * opens a sentence ("hãng S. Trước nhà"), or the initial is a single letter and so a class ("khán đài B. Ông Chử"). */
bool tt__leaves_initial(tt_str word, const char *start, const char *next, const char *end)
{
    size_t blank = word.ptr > start ? tt__blank_before(start, word.ptr) : 0;
    const char *at = word.ptr - blank;
    tt_glyph before = tt__glyph_before(start, at);
    bool inside = blank != 0 && (tt__is_letter(before.cp) || tt__is_digit(before.cp)) && !is_behind_title(start, at);
    const char *after = inside ? after_vietnamese(next, end) : NULL;
    if (after == NULL)
        return false;
    if (tt__is_lower(tt__glyph_at(tt__skip_blank(after, end), end).cp))
        return true;
    return tt__glyph_at(word.ptr, word.ptr + word.len).len == word.len && !is_district(word);
}

/* "Một lãnh đạo ...": opens a sentence, and no name follows. */
bool tt__opens_plainly(const char *next, const char *end)
{
    size_t len = tt__phrase_any(next, end, OPENERS);
    return len != 0 && tt__is_lower(tt__glyph_at(tt__skip_blank(next + len, end), end).cp);
}
