/* look.c - what a piece of a page looks like by itself: lists of phrases that such lines begin or end with, and their shape.
 * The rules are tried in the order of tt__line_look; the first that holds decides. */
#include "page/line.h"

#include "page/phrase.h"

#include <string.h>

enum { CREDIT_CHARS = 120, CAPTION_CHARS = 220 };

static const char *const CREDIT_OPENERS[] = {
    "ảnh:", "ảnh :", "nguồn:", "nguồn :", "nguồn ảnh", "ảnh minh họa", "ảnh minh hoạ", "ảnh tư liệu", "ảnh chụp", "ảnh cắt",
    "ảnh bạn đọc", "ảnh do", "ảnh internet", "ảnh từ", "hình:", "đồ họa:", "đồ hoạ:", "photo:", "ảnh", "©", NULL,
};
static const char *const MORE_OPENERS[] = {
    "tin liên quan", "tin bài liên quan", "bài liên quan", "bài viết liên quan", "liên quan", "câu hỏi liên quan", "tin khác",
    "tin mới", "tin mới hơn", "tin mới nhất", "tin cũ hơn", "tin nóng", "tin nổi bật", "tin cùng chuyên mục",
    "cùng chuyên mục", "bài cùng chuyên mục", "bài viết cùng chuyên mục", "tin cùng chuỗi sự kiện", "cùng chuỗi sự kiện",
    "tin cùng chủ đề", "bài cùng chủ đề", "cùng chủ đề", "có thể bạn quan tâm", "có thể bạn chưa đọc", "đọc thêm", "đọc tiếp",
    "đọc nhiều nhất", "đọc nhiều", "xem nhiều nhất", "xem nhiều", "xem thêm", "đừng bỏ lỡ", "bài viết mới nhất", "bài mới",
    "loạt bài cũ", "các tin đã đăng", "các tin khác", "các bài khác", "tin đã đưa", "tin tiếp theo", "bài viết khác",
    "mới nhất", NULL,
};
static const char *const NAV_OPENERS[] = {
    "tags:", "tags :", "tag:", "tag :", "tag", "tags", "từ khóa", "từ khoá", "chủ đề:", "thẻ:", "xem thêm:", "xem thêm về:",
    "dòng sự kiện", "trang chủ", "trang nhất", "home", "số lượt truy cập", "đường dây nóng", "mục lục", "nghe đọc bài",
    "follow us", "theo dõi", "tệp đính kèm", "mời bạn đọc", "xem video", "giọng đọc", "trang", "website", "liên kết website",
    "lên đầu trang", "đặt lịch khám", "(*)", "họ tên", "gửi ý kiến", "mã ck:", "tin mới:", "trở lại", "liên hệ", "danh mục",
    "đăng nhập", "chuyên mục:", "chuyên trang", "« ", "bạn đọc đóng góp", "nội dung:", "media", "lịch thi đấu", "video", NULL,
};
static const char *const FOOTERS[] = {
    "© bản quyền", "© copyright", "© báo", "© tạp chí", "© 20", "bản quyền thuộc", "bản quyền ©", "bản quyền của",
    "copyright", "giấy phép", "địa chỉ:", "trụ sở:", "trụ sở chính:", "tòa soạn:", "toà soạn:", "điện thoại:", "hotline:",
    "email:", "tổng biên tập:", "phó tổng biên tập:", "tổng giám đốc:", "trưởng ban biên tập:", "chịu trách nhiệm chính:",
    "chịu trách nhiệm nội dung:", "cơ quan chủ quản", "ghi rõ nguồn", "số tài khoản", "liên hệ quảng cáo", "bạn có bài viết",
    "bạn cần tư vấn", "thông tin phản ánh", "ý kiến phản hồi", NULL,
};
static const char *const LANGUAGES[] = {"tiếng việt", "english", "vietnamese", NULL};
static const char *const SOURCE_OPENERS[] = {
    "bài và ảnh", "bài, ảnh", "bài & ảnh", "bài - ảnh", "bài:", "tin, ảnh", "tin và ảnh", "tin:", "tin - ảnh", "thực hiện:",
    "nguồn:", "nguồn tin:", "tác giả:", "ghi chép của", "nhóm phóng viên", "nhóm pv", "nhóm p.v", "p.v", "pv", "by", "theo",
    NULL,
};
static const char *const SOURCE_ENDINGS[] = {
    "thực hiện", "tổng hợp", "(tổng hợp)", "ghi", "(ghi)", "dịch", "(dịch)", "lược dịch", "biên dịch", "(thực hiện)",
    "(lược dịch)", "dịch và viết", NULL,
};
static const char *const SOURCE_BRACKETS[] = {
    "(theo", "(từ", "(tổng hợp", "(ttxvn", "(p/v", "(phóng viên", "(pv", "(phân xã", "(thực hiện từ", "(nguồn:", NULL,
};
static const char *const OUTLETS[] = {
    "báo", "tạp chí", "thời báo", "cổng ttđt", "cổng thông tin", "ttxvn", "vov", "vtv", "vtc", "sggpo", "sggp", "vnexpress",
    "tuổi trẻ", "thanh niên", "dân trí", "vietnamnet", "vietnamplus", "vietnam+", "bnews", "tto", "hnmo", "ban bạn đọc", NULL,
};
static const char *const SHARE_WORDS[] = {
    "chia", "sẻ", "thích", "like", "share", "tweet", "pin", "facebook", "zalo", "twitter", "google", "google+", "g+",
    "pinterest", "linkedin", "telegram", "viber", "messenger", "instagram", "tiktok", "youtube", "discord", "email", "mail",
    "copy", "link", "sao", "chép", "liên", "kết", "in", "lưu", "gửi", "bình", "luận", "bài", "viết", "này", "trang", "tin",
    "nội", "dung", "cho", "bạn", "bè", "ý", "kiến", "của", "qua", "lên", "và", "trên", "ngay", "quan", "tâm", "oa", "báo",
    "lỗi", "lượt", "xem", "nghe", "tòa", "toà", "soạn", "theo", "dõi", "news", "upvote", "đọc", "sau", "nhắn", "phản", "hồi",
    "cỡ", "chữ", "thảo", "fanpage", "để", "cập", "nhật", "mới", "nhất", "hay", "tặng", "x", "a+", "a-", "k", "về", "đầu",
    "trở", "ảnh", "mua", "vé", NULL,
};
static const char *const SHARE_CORE[] = {
    "chia sẻ", "thích", "like", "share", "facebook", "zalo", "twitter", "bình luận", "in bài", "in trang", "in tin",
    "lưu bài", "gửi email", "gửi mail", "gửi bình luận", "gửi cho bạn", "copy link", "sao chép", "ý kiến của bạn", "ý kiến",
    "in email", "email facebook", "g+", "tweet", "trở về đầu trang", NULL,
};

static bool is_quote_or_bracket(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '(' || cp == '[' || cp == 0x201C || cp == 0x2018 || cp == 0xAB;
}

bool tt__credit_opens(tt_str s)
{
    const char *at = s.ptr, *end = s.ptr + s.len;
    if (at < end && *at == '(')
        at = tt__skip_blank(at + 1, end);
    size_t len = tt__phrase_any(at, end, CREDIT_OPENERS);
    if (len == 0 || tt__phrase_any(at, end, FOOTERS) != 0)
        return false;
    /* "Ảnh" alone needs a name after it: "Ảnh BVCC", and not "Ảnh hưởng của bão" */
    const char *next = tt__skip_blank(at + len, end);
    return !tt__is_lower(tt__glyph_at(next, end).cp) || tt__phrase_at(at, end, "ảnh") != len;
}

/* In brackets without "Ảnh:": a name and a medium, "(Dũng Khảm/TTXVN)". */
static bool is_name_and_medium(tt_str s)
{
    if (s.len > 64 || memchr(s.ptr, '/', s.len) == NULL || !tt__is_upper(tt__glyph_at(s.ptr + 1, s.ptr + s.len).cp))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (tt__is_digit((unsigned char)s.ptr[i]))
            return false;
    return true;
}

size_t tt__credit_start(tt_str s)
{
    size_t least = s.len > 4 * CREDIT_CHARS ? s.len - 4 * CREDIT_CHARS : 0, at = s.len;
    if (s.len > 0 && s.ptr[at - 1] == '.')
        at--;
    if (at < 3 || s.ptr[at - 1] != ')')
        return s.len;
    for (int depth = 0; at > least; at--) {
        depth += s.ptr[at - 1] == ')' ? 1 : s.ptr[at - 1] == '(' ? -1 : 0;
        if (depth == 0)
            break;
    }
    if (at <= 1 || at == least)
        return s.len;
    tt_str credit = {s.ptr + at - 1, s.len - at + 1};
    const char *before = s.ptr + at - 1;
    tt_glyph last = {0, 0};
    size_t blank = tt__blank_before(s.ptr, before);
    last = tt__glyph_before(s.ptr, before - blank);
    bool after_stop = last.cp == '.' || last.cp == '!' || last.cp == '?' || last.cp == '"' || last.cp == 0x201D;
    bool colon = memchr(credit.ptr, ':', credit.len) != NULL; /* "(ảnh chụp màn hình)" belongs to its sentence */
    return (colon && tt__credit_opens(credit)) || (after_stop && is_name_and_medium(credit)) ? at - 1 : s.len;
}

static bool looks_credit(const tt_line *line, tt_str s)
{
    if (line->chars > CREDIT_CHARS || line->words > 16 || line->sentences > 1)
        return false;
    return tt__credit_opens(s) || (s.ptr[0] == '(' && s.ptr[s.len - 1] == ')' && is_name_and_medium(s));
}

static bool is_share_word(const char *at, const char *end)
{
    tt_glyph g = tt__glyph_at(at, end);
    if (tt__is_digit(g.cp) || g.cp == '+' || g.cp == '-')
        return true;
    return tt__phrase_any(at, end, SHARE_WORDS) != 0;
}

/* Every word is one of a few hundred such lines, and one phrase says what for. */
static bool looks_share(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    bool core = false, word_begins = true;
    if (line->words > 14 || line->chars > 90)
        return false;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        bool word = tt__is_letter(g.cp) || tt__is_digit(g.cp);
        if (word && word_begins) {
            if (!is_share_word(p, end))
                return false;
            core = core || tt__phrase_any(p, end, SHARE_CORE) != 0;
        }
        word_begins = !word && g.cp != '.' && g.cp != ',' && g.cp != '+';
        p += g.len;
    }
    return core;
}

static bool is_bar_mark(uint32_t cp)
{
    switch (cp) {
    case '|': case '>': case '/': case 0xBB: case 0x203A: case 0x2192: case 0x25B8: case 0x2022: case 0xB7: case 0x2044:
    case '.': case ';': case '#': case 0x2039: case 0xAB: return true;
    default: return false;
    }
}

/* Segments between marks: strong ones stand between blanks ("A > B"), weak ones are dashes between blanks and commas. */
typedef struct {
    uint32_t strong, dashes, commas;
    uint32_t longest; /* words of the longest segment */
} bar_shape;

static bar_shape shape_of(tt_str s)
{
    bar_shape out = {0, 0, 0, 0};
    const char *end = s.ptr + s.len;
    bool blank_before = true, in_word = false;
    uint32_t words = 0;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        bool blank = tt__blank_at(p, end) != 0, alone = blank_before && tt__blank_at(p + g.len, end) != 0;
        bool dash = alone && (g.cp == '-' || g.cp == 0x2013);
        bool strong = (alone && is_bar_mark(g.cp)) || g.cp == ';' || (g.cp == '#' && blank_before);
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
    }
    return out;
}

static bool looks_nav(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    if (tt__phrase_any(s.ptr, end, FOOTERS) != 0)
        return line->words <= 30;
    if (line->chars > 160)
        return false;
    size_t opener = tt__phrase_any(s.ptr, end, NAV_OPENERS);
    if (opener != 0) {
        bool colon = s.ptr[opener - 1] == ':' || tt__glyph_at(tt__skip_blank(s.ptr + opener, end), end).cp == ':';
        if (line->stop ? colon && line->words <= 24 && line->sentences <= 2 : colon || line->words <= 12)
            return true;
    }
    bar_shape bar = shape_of(s);
    if (line->row || (line->stop && bar.strong < 2))
        return false;
    if (tt__phrase_any(s.ptr, end, LANGUAGES) != 0 && line->words <= 10 && (bar.strong + bar.dashes > 0 || line->words <= 2))
        return true;
    return bar.strong >= 1 && bar.longest <= 6 && bar.commas <= 3;
}

static bool looks_more(const tt_line *line, tt_str s)
{
    return line->words <= 6 && !line->stop && tt__phrase_any(s.ptr, s.ptr + s.len, MORE_OPENERS) != 0;
}

static bool looks_link(const tt_line *line, tt_str s)
{
    static const char *const ARROWS[] = {">>", ">", "»", "►", "▶", "=>", NULL};
    return line->words >= 4 && line->sentences <= 2 && tt__phrase_any(s.ptr, s.ptr + s.len, ARROWS) != 0;
}

static bool has_bracket(tt_str s)
{
    const char *open = memchr(s.ptr, '(', s.len);
    return open != NULL && tt__phrase_any(open, s.ptr + s.len, SOURCE_BRACKETS) != 0;
}

/* The last word before `at` begins with a capital. */
static bool is_name_before(const char *begin, const char *at)
{
    at -= tt__blank_before(begin, at);
    const char *word = at;
    while (word > begin && tt__blank_before(begin, word) == 0)
        word -= tt__glyph_before(begin, word).len;
    return word < at && tt__is_upper(tt__glyph_at(word, at).cp);
}

static bool looks_source(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    if (line->words > 16 || line->chars > 100 || (line->stop && s.ptr[s.len - 1] != ')') || line->row)
        return false;
    size_t opener = tt__phrase_any(s.ptr, end, SOURCE_OPENERS);
    if (opener != 0) {
        const char *next = tt__skip_blank(s.ptr + opener, end);
        bool named = !tt__is_lower(tt__glyph_at(next, end).cp);
        return named && line->words <= (tt__phrase_at(s.ptr, end, "theo") == opener ? 10u : 16u);
    }
    size_t ending = tt__phrase_ends(s.ptr, end, SOURCE_ENDINGS);
    return (ending != 0 && (end[-1] == ')' || is_name_before(s.ptr, end - ending))) || has_bracket(s);
}

/* Capitalised words up to the first dash, comma, slash or bracket, and no long tail: a person, or a medium. */
static bool looks_name(const tt_line *line, tt_str s)
{
    const char *end = s.ptr + s.len;
    uint32_t words = 0;
    if (line->words > 12 || line->chars > 80 || line->stop || line->row)
        return false;
    if (tt__phrase_any(s.ptr, end, OUTLETS) != 0)
        return line->words <= 7;
    for (const char *p = s.ptr; p < end;) {
        tt_glyph g = tt__glyph_at(p, end);
        if (g.cp == ',' || g.cp == '(' || g.cp == '/' || g.cp == 0x2013 || (g.cp == '-' && p > s.ptr && p[-1] == ' '))
            break;
        if (!tt__is_upper(g.cp))
            return false;
        words++;
        while (p < end && tt__blank_at(p, end) == 0 && *p != ',' && *p != '/')
            p += tt__glyph_at(p, end).len;
        p = tt__skip_blank(p, end);
    }
    return words >= 1 && words <= 6;
}

static bool looks_bar(const tt_line *line, tt_str s)
{
    bar_shape bar = shape_of(s);
    if (line->stop || line->row || line->chars > 140)
        return false;
    return (bar.dashes >= 1 && bar.longest <= 5) || (bar.commas >= 2 && bar.longest <= 4);
}

/* A caption with its credit in the same words: "Bữa cơm công đoàn. Ảnh: Công đoàn cơ sở cung cấp" */
static bool ends_in_credit(tt_str s)
{
    static const char *const CREDITS[] = {
        "ảnh:", "ảnh :", "nguồn:", "ảnh cắt", "ảnh chụp", "ảnh minh họa", "ảnh minh hoạ", NULL,
    };
    const char *end = s.ptr + s.len, *least = s.len > CREDIT_CHARS ? end - CREDIT_CHARS : s.ptr + 1;
    for (const char *p = least; p < end; p++) {
        if (tt__blank_before(s.ptr, p) == 0 && p[-1] != '(')
            continue;
        tt_glyph before = tt__glyph_before(s.ptr, p - tt__blank_before(s.ptr, p));
        bool parted = before.cp == '.' || before.cp == '-' || before.cp == 0x2013 || before.cp == '(' || before.cp == '!';
        if (tt__phrase_any(p, end, CREDITS) != 0 || (parted && tt__credit_opens((tt_str){p, (size_t)(end - p)})))
            return true;
    }
    return false;
}

static bool is_pictured(const tt_line *line, tt_str s)
{
    static const char *const FILMS[] = {"clip:", "video:", "từ trái qua:", "từ trái sang:", NULL};
    if (line->sentences > 3)
        return false;
    return tt__phrase_any(s.ptr, s.ptr + s.len, FILMS) != 0 || ends_in_credit(s);
}

void tt__line_look(tt_line *line, const char *text)
{
    tt_str s = tt__line_str(line, text);
    if (line->chars > CAPTION_CHARS)
        return;
    if (tt__stamp_is(&line->stamp, s))
        line->look = TT_LOOK_STAMP;
    else if (looks_share(line, s))
        line->look = TT_LOOK_SHARE;
    else if (looks_credit(line, s))
        line->look = TT_LOOK_CREDIT;
    else if (looks_more(line, s))
        line->look = TT_LOOK_MORE;
    else if (looks_link(line, s))
        line->look = TT_LOOK_LINK;
    else if (looks_nav(line, s))
        line->look = TT_LOOK_NAV;
    else if (looks_source(line, s))
        line->look = TT_LOOK_SOURCE;
    else if (is_pictured(line, s))
        line->pictured = true;
    else if (!is_quote_or_bracket((unsigned char)s.ptr[0]) && looks_name(line, s))
        line->look = TT_LOOK_NAME;
    else if (looks_bar(line, s))
        line->look = TT_LOOK_BAR;
    if (line->look == TT_LOOK_SOURCE || line->look == TT_LOOK_NAME)
        tt__stamp_tail(&line->stamp, s);
}
