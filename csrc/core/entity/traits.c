/* traits.c - words by a table of their keys, numbers by their digits, marks by their bytes. Keys of words are those that the
 * tokens have, so a word stands here once for all its spellings. */
#include "entity/traits.h"

#include <string.h>

/* Words with spaces between them. */
static const struct {
    uint64_t traits;
    const char *words;
} WORDS[] = {
    {W_NUMBER, "không một mốt ba bốn tư năm lăm nhăm sáu bảy tám chín mười mươi chục trăm vài dăm mấy nửa linh lẻ hai nhiều"},
    {W_SCALE, "chục trăm nghìn ngàn vạn triệu tỷ tỉ tr k"},
    {W_HALF, "rưỡi rưởi"},
    {W_NGAY, "ngày hôm"},
    {W_MUNG, "mùng mồng rằm"},
    {W_THANG, "tháng"},
    {W_NAM, "năm"},
    {W_QUY, "quý quí"},
    {W_GIO, "giờ h g"},
    {W_PHUT, "phút p"},
    {W_GIAY, "giây"},
    {W_LENGTH, "giây phút giờ tiếng ngày hôm đêm buổi tuần tháng quý quí năm thập thế thiên mùa"},
    {W_PART, "sáng trưa chiều tối đêm khuya"},
    {W_BEFORE_PART, "rạng nửa buổi ban sớm giữa xế chập"},
    {W_WHICH, "nay qua mai kia ngoái trước sau tới này đó ấy vừa"},
    {W_EDGE, "đầu cuối giữa"},
    {W_TO, "đến tới"},
    {W_HEDGE, "khoảng gần hơn chừng ngót độ âm"},
    {W_THU, "thứ"},
    {W_WEEKDAY, "hai ba tư năm sáu bảy nhật"},
    {W_CHU, "chủ chúa"},
    {W_LAN, "lần"},
    {W_DAU, "đầu"},
    {W_TIEN, "tiên"},
    {W_MONTH_NAME, "giêng chạp"},
    {W_ROMAN, "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"},
    {W_CURRENCY, "đồng đ usd vnd euro đô yên won bảng tệ baht"},
    {W_UNIT, "tuổi điểm thìa muỗng tạ sào cân ký kí lạng chỉ ml gb tb mb mp inch mét lít độ phân calo"},
    {W_PERIOD, "nhiệm kỳ kì giai đoạn niên khóa học vụ"},
    {W_TUAN, "tuần"},
    {W_NHUNG, "những"},
    {W_ERA, "thập niên kỷ kỉ thế"},
    {W_DEGREE, "độ"},
    {W_CUNG, "cùng"},
    {W_ADVERB, "qua nay tới"},
    {W_LAST, "ngoái"},
};

static void add_word(tt_trait_words *self, uint64_t key, uint64_t traits)
{
    size_t slot = key % TRAIT_SLOTS;
    while (self->keys[slot] != 0 && self->keys[slot] != key)
        slot = (slot + 1) % TRAIT_SLOTS;
    self->keys[slot] = key;
    self->traits[slot] |= traits;
}

tt_status tt__trait_words_make(tt_trait_words *out, tt_error *err)
{
    tt_arena arena;
    tt_status status = TT_OK;
    memset(out, 0, sizeof *out);
    tt_arena_init(&arena);
    for (size_t i = 0; status == TT_OK && i < TT_COUNT(WORDS); i++) {
        tt_tokens tokens;
        tt_text text = {.norm = tt_str_c(WORDS[i].words)};
        tt_sentence whole = {{0, (uint32_t)text.norm.len}, 0};
        status = tt_tokens_make(&tokens, &arena, &text, &(tt_sentences){&whole, 1}, err);
        for (size_t k = 0; status == TT_OK && k < tokens.len; k++)
            add_word(out, tokens.at[k].key, WORDS[i].traits);
    }
    tt_arena_free(&arena);
    return status;
}

static uint64_t of_word(const tt_trait_words *self, const char *at, const tt_token *token)
{
    uint64_t traits = 0;
    uint32_t len = token->span.end - token->span.start;
    for (size_t slot = token->key % TRAIT_SLOTS; self->keys[slot] != 0; slot = (slot + 1) % TRAIT_SLOTS)
        if (self->keys[slot] == token->key) {
            traits = self->traits[slot];
            break;
        }
    if (len == 1 && *at == 'G')
        traits = 0; /* 5G */
    bool capitals = token->cased == TT_CASE_UPPER || (token->cased == TT_CASE_TITLE && len <= 2) ||
                    (token->cased == TT_CASE_MIXED && len <= 5);
    return (capitals ? traits | W_CAPITALS : traits & ~W_ROMAN);
}

static uint64_t of_value(uint32_t value, uint32_t digits)
{
    uint64_t traits = 0;
    if (digits == 4)
        return value >= 1000 && value < 2200 ? N_YEAR : 0;
    if (digits > 2)
        return 0;
    traits |= value >= 1 && value <= 31 ? N_DAY : 0;
    traits |= value >= 1 && value <= 12 ? N_MONTH : 0;
    traits |= value <= 24 ? N_HOUR : 0;
    traits |= value <= 59 ? N_MINUTE : 0;
    traits |= digits == 2 ? N_PAIR : 0;
    return traits;
}

static uint64_t of_number(const char *at, uint32_t len)
{
    uint32_t dots = 0, commas = 0, value = 0, digits = 0;
    for (uint32_t i = 0; i < len; i++) {
        dots += at[i] == '.';
        commas += at[i] == ',';
        if (at[i] >= '0' && at[i] <= '9' && digits++ < 8)
            value = value * 10 + (uint32_t)(at[i] - '0');
    }
    if (commas == 0 && digits >= 8 && digits <= 12 && (*at == '0' || *at == '1'))
        return N_NUMBER | N_LONG;
    if (dots == 2 && commas == 0 && len >= 8 && len <= 10 && at[len - 5] == '.' && digits <= 8)
        return N_NUMBER | N_DOTTED;
    return N_NUMBER | (dots + commas == 0 ? of_value(value, digits) : 0);
}

static uint64_t of_mark(const char *at, uint32_t len)
{
    static const struct {
        const char *mark;
        uint64_t traits;
    } LONG[] = {{"–", M_DASH},     {"—", M_DASH},     {"−", M_DASH},    {"‑", M_DASH},
                {"€", M_CURRENCY}, {"£", M_CURRENCY}, {"¥", M_CURRENCY}};
    if (len == 1)
        return *at == '-'   ? M_DASH
               : *at == '/' ? M_SLASH
               : *at == ':' ? M_COLON
               : *at == ',' ? M_COMMA
               : *at == '%' ? M_PERCENT
               : *at == '$' ? M_CURRENCY
                            : 0;
    for (size_t i = 0; i < TT_COUNT(LONG); i++)
        if (strlen(LONG[i].mark) == len && memcmp(LONG[i].mark, at, len) == 0)
            return LONG[i].traits;
    return len == 2 && memcmp(at, "°", 2) == 0 ? W_DEGREE | W_UNIT : 0;
}

uint64_t tt__traits_of(const tt_trait_words *self, const tt_text *text, const tt_token *token)
{
    const char *at = text->norm.ptr + token->span.start;
    uint32_t len = token->span.end - token->span.start;
    switch (token->kind) {
    case TT_TOKEN_WORD: return of_word(self, at, token);
    case TT_TOKEN_NUMBER: return of_number(at, len);
    default: return of_mark(at, len);
    }
}
