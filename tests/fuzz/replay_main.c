/* replay_main.c - run a fuzz target without libFuzzer: over files, or over random inputs that are the same for the same seed.
 *
 * usage: replay_NAME FILE...
 *        replay_NAME -n COUNT [-s SEED]
 *        replay_NAME -l FILE      inputs that longer runs found worth keeping, one a line, in hexadecimal
 *
 * A random input is made of what meets in pages, corpora and JSON, with random bytes between. Before each one is run it is
 * written to the file that FUZZ_LAST names, if that is set: after a crash it is the culprit. */
#include "fuzz.h"

#include "base/hash.h"

enum { PIECES_MAX = 40, INPUT_MAX = 1 << 16, REPEAT_MAX = 300 };

static const char *const PIECES[] = {
    /* letters, composed and not */
    "a",
    "Đ",
    "đ",
    "ð",
    "ế",
    "e\xCC\x82\xCC\x81",
    "o\xCC\x9B",
    "u\xCC\xA3",
    "\xCC\x81",
    "\xCC\x82",
    "\xCC\xA3",
    "ỹ",
    "ĩ",
    "kỹ ",
    "hòa",
    "hoà",
    "thủy",
    "đuợc",
    "nghịêm",
    "giêng",
    "quốc",
    "HOÀ",
    "Ⱥ",
    "İ",
    "ẞ",
    "ﬁ",
    "ＡＢ１",
    "Нa",
    "Аnh",
    "αb",
    "한",
    "\xE1\x84\x80",
    "\xE1\x85\xA1",
    "\xE1\x86\xA8",
    "日本",
    /* what is not seen, and what is not a line feed but ends a line */
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\v",
    "\xC2\x85",
    "\xC2\xA0",
    "\xE2\x80\xA8",
    "\xE2\x80\x8B",
    "\xE2\x80\x8D",
    "\xEF\xBB\xBF",
    "\xC2\xAD",
    "\xEF\xB8\x8F",
    "\xEE\x80\x80",
    "\x01",
    "\x7F",
    "\xE3\x80\x80",
    "👨\xE2\x80\x8D👩",
    "🇻🇳",
    /* signs */
    "&amp;",
    "&#432;",
    "&#x1EBF;",
    "&nbsp",
    "&lt;",
    "&",
    "&#;",
    "–",
    "—",
    "“",
    "”",
    "‘",
    "…",
    "...",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "]",
    "|",
    "»",
    "/",
    "-",
    ":",
    ".",
    ",",
    "!",
    "?",
    "*",
    "•",
    ">>",
    "©",
    "@",
    "%",
    "$",
    /* spoilt and old encodings */
    "Há»™i",
    "Viá»‡t",
    "Ã¡Â»â€¡",
    "\xC3",
    "\xE1\xBB",
    "\xF0\x9F",
    "\xFF",
    "\xD2",
    "a\xEC",
    "Vie^.t",
    "dd",
    "\\",
    "tr\xAD\xEA\xED",
    "n\xB5ng",
    "a\xD8"
    "e\xE4",
    /* pages */
    "Thứ Năm, 09/09/2021, 14:05 (GMT+7)",
    "09-09-2021",
    "Theo TTXVN",
    "Ảnh: ",
    "(Dân trí) - ",
    "Chia sẻ",
    "Xem thêm: ",
    "Tags: ",
    "TP.HCM",
    "Nguyễn Văn A",
    "ông A. nói: ",
    "v.v.",
    "http://a.vn/b",
    "Hà Nội",
    "5 giờ trước",
    "Đọc tiếp",
    "Video",
    "Tin liên quan",
    /* values */
    "ngày 30 tháng 4 năm 1975",
    "30/4",
    "hôm qua",
    "tháng trước",
    "thế kỷ XX",
    "quý 3/2020",
    "sáng mai",
    "2 giờ 30 phút",
    "rằm tháng Giêng",
    "ba mươi",
    "một trăm linh năm",
    "hai phẩy năm",
    "1.234,5",
    "12",
    "0",
    "999999999999999999",
    "tỷ",
    "triệu đồng",
    "USD",
    "%",
    "kg",
    "m2",
    "năm",
    "tháng",
    "ngày",
    "tuần",
    "giờ",
    "cuối",
    "đầu",
    "từ ",
    " đến ",
    "khoảng ",
    "gần ",
    "hơn ",
    "âm lịch",
    "Giáp Tý",
    "thứ hai",
    "lần thứ 3",
    /* JSON */
    "{",
    "}",
    "{\"text\": \"",
    "\"blocks\": [",
    "{\"start\": 0, \"end\": ",
    "\"kind\": \"paragraph\"",
    "\"sentences\": [",
    "\"entities\": [",
    "\"label\": \"PER\"",
    "\\u0041",
    "\\uD83D\\uDE00",
    "\\n",
    "null",
    "true",
    "-1.5e+3",
    "\"id\": \"x\"",
    "\"date\": \"2021-09-09\"",
    /* corpora */
    "#doc x date=2021-09-09\n",
    "#paragraph\n",
    "#title\n",
    "{PER|",
    "{LOC#1=VN|",
    "A\tB-PER\n",
    "B\tI-PER\n",
    "c O\n",
    "\n\n",
    "-DOCSTART- O\n",
    "{DATE=2021|",
};

typedef struct {
    uint64_t state;
    char bytes[INPUT_MAX];
    size_t len;
} maker;

static uint64_t next(maker *m, uint64_t below)
{
    m->state = tt__mix(m->state + UINT64_C(0x9E3779B97F4A7C15));
    return (m->state >> 16) % below;
}

static void add(maker *m, const char *bytes, size_t len)
{
    if (m->len + len > INPUT_MAX)
        return;
    memcpy(m->bytes + m->len, bytes, len);
    m->len += len;
}

static void make_input(maker *m)
{
    m->len = 0;
    for (uint64_t i = next(m, 8); i > 0; i--) {
        char byte = (char)next(m, 256);
        add(m, &byte, 1);
    }
    for (uint64_t i = next(m, PIECES_MAX); i > 0; i--) {
        const char *piece = PIECES[next(m, TT_COUNT(PIECES))];
        size_t len = strlen(piece);
        for (uint64_t times = next(m, 64) == 0 ? next(m, REPEAT_MAX) : 1; times > 0; times--)
            add(m, piece, next(m, 32) == 0 ? (size_t)next(m, len) : len);
        if (next(m, 4) == 0)
            add(m, " ", 1);
    }
    for (uint64_t i = next(m, 8) == 0 ? next(m, 4) : 0; i > 0 && m->len != 0; i--)
        m->bytes[next(m, m->len)] = (char)next(m, 256);
}

static void note(const maker *m)
{
    const char *path = getenv("FUZZ_LAST");
    FILE *file = path != NULL ? fopen(path, "wb") : NULL;
    if (file == NULL)
        return;
    fwrite(m->bytes, 1, m->len, file);
    fclose(file);
}

static void run_random(unsigned long long count, unsigned long long seed)
{
    static maker m;
    size_t bytes = 0;
    for (unsigned long long i = 0; i < count; i++) {
        m.state = tt__pair(seed, i);
        make_input(&m);
        note(&m);
        LLVMFuzzerTestOneInput((const uint8_t *)m.bytes, m.len);
        bytes += m.len;
    }
    printf("%llu inputs, %zu bytes\n", count, bytes);
}

static int run_file(const char *path)
{
    tt_buf bytes = {NULL, 0, 0};
    char part[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return perror(path), 2;
    for (size_t len; (len = fread(part, 1, sizeof part, file)) != 0;)
        FUZZ_CHECK(tt_buf_add(&bytes, part, len) == TT_OK);
    fclose(file);
    LLVMFuzzerTestOneInput((const uint8_t *)(bytes.ptr != NULL ? bytes.ptr : ""), bytes.len);
    tt_buf_free(&bytes);
    printf("%s: good\n", path);
    return 0;
}

static int digit_of(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int run_lines(const char *path)
{
    static maker m;
    size_t count = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return perror(path), 2;
    for (int high, low; (high = getc(file)) != EOF;) {
        if (high != '\n') {
            low = getc(file);
            char byte = (char)(digit_of(high) << 4 | digit_of(low));
            FUZZ_CHECK(digit_of(high) >= 0 && digit_of(low) >= 0);
            add(&m, &byte, 1);
            continue;
        }
        note(&m);
        LLVMFuzzerTestOneInput((const uint8_t *)m.bytes, m.len);
        m.len = 0;
        count++;
    }
    fclose(file);
    printf("%zu inputs of %s\n", count, path);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "-l") == 0)
        return run_lines(argv[2]);
    unsigned long long count = 0, seed = 1;
    int first = 1, status = 0;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "-n") != 0 && strcmp(argv[first], "-s") != 0)
            break;
        *(argv[first][1] == 'n' ? &count : &seed) = strtoull(argv[first + 1], NULL, 10);
    }
    if (count == 0 && first == argc)
        return fputs("usage: replay_NAME FILE... | -n COUNT [-s SEED] | -l FILE\n", stderr), 2;
    if (count != 0)
        run_random(count, seed);
    for (; first < argc && status == 0; first++)
        status = run_file(argv[first]);
    return status;
}
