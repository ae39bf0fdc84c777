/* traits.h - what a token can be within a date, a time, an amount or a number that is none of these. */
#ifndef TT_ENTITY_TRAITS_H
#define TT_ENTITY_TRAITS_H

#include "tintuc/token.h"

#define TT_TRAIT(n) (UINT64_C(1) << (n))

/* Bits of a set of traits. A token may have several: "năm" is a year and five, 12 a day, a month and an hour. */
#define N_NUMBER TT_TRAIT(0) /* any digits */
#define N_DAY TT_TRAIT(1)    /* 1..31 */
#define N_MONTH TT_TRAIT(2)  /* 1..12 */
#define N_YEAR TT_TRAIT(3)   /* 1000..2199 */
#define N_HOUR TT_TRAIT(4)   /* 0..24 */
#define N_MINUTE TT_TRAIT(5) /* 0..59 */
#define N_PAIR TT_TRAIT(6)   /* two digits */
#define N_DOTTED TT_TRAIT(7) /* 29.3.2005 */
#define N_LONG TT_TRAIT(8)   /* so many digits and dots as a telephone has, the first a 0 or 1 */
#define M_DASH TT_TRAIT(9)
#define M_SLASH TT_TRAIT(10)
#define M_COLON TT_TRAIT(11)
#define M_COMMA TT_TRAIT(12)
#define M_PERCENT TT_TRAIT(13)
#define M_CURRENCY TT_TRAIT(14) /* $ € £ ¥ */
#define W_NUMBER TT_TRAIT(15)   /* một hai ba ... */
#define W_SCALE TT_TRAIT(16)    /* nghìn triệu tỷ ... */
#define W_HALF TT_TRAIT(17)     /* rưỡi */
#define W_NGAY TT_TRAIT(18)     /* ngày hôm */
#define W_MUNG TT_TRAIT(19)     /* mùng mồng rằm */
#define W_THANG TT_TRAIT(20)
#define W_NAM TT_TRAIT(21)
#define W_QUY TT_TRAIT(22)
#define W_GIO TT_TRAIT(23) /* giờ h g */
#define W_PHUT TT_TRAIT(24)
#define W_GIAY TT_TRAIT(25)
#define W_LENGTH TT_TRAIT(26) /* giây ... năm tiếng thập niên */
#define W_PART TT_TRAIT(27)   /* sáng trưa chiều tối đêm */
#define W_BEFORE_PART TT_TRAIT(28)
#define W_WHICH TT_TRAIT(29) /* nay qua ngoái trước sau ... */
#define W_EDGE TT_TRAIT(30)  /* đầu cuối giữa */
#define W_TO TT_TRAIT(31)    /* đến tới */
#define W_HEDGE TT_TRAIT(32)
#define W_THU TT_TRAIT(33)
#define W_WEEKDAY TT_TRAIT(34) /* hai ... bảy nhật */
#define W_CHU TT_TRAIT(35)
#define W_LAN TT_TRAIT(36)
#define W_DAU TT_TRAIT(37)
#define W_TIEN TT_TRAIT(38)
#define W_MONTH_NAME TT_TRAIT(39) /* giêng chạp */
#define W_ROMAN TT_TRAIT(40)
#define W_CAPITALS TT_TRAIT(41) /* letters that stand in the numbers of laws and on plates */
#define W_CURRENCY TT_TRAIT(42)
#define W_UNIT TT_TRAIT(43)
#define W_PERIOD TT_TRAIT(44) /* nhiệm kỳ, giai đoạn: each of the words */
#define W_TUAN TT_TRAIT(45)
#define W_NHUNG TT_TRAIT(46)
#define W_ERA TT_TRAIT(47) /* thập niên, thế kỷ: each of the words */
#define W_DEGREE TT_TRAIT(48)
#define W_CUNG TT_TRAIT(49)
#define W_ADVERB TT_TRAIT(50) /* after a length or a date: qua nay tới */
#define W_LAST TT_TRAIT(51)   /* năm ngoái */

enum { TRAIT_SLOTS = 512 };

/* The words that have traits, by the keys of tokens. */
typedef struct {
    uint64_t keys[TRAIT_SLOTS], traits[TRAIT_SLOTS];
} tt_trait_words;

/* TT_ENOMEM. */
tt_status tt__trait_words_make(tt_trait_words *out, tt_error *err);
uint64_t tt__traits_of(const tt_trait_words *self, const tt_text *text, const tt_token *token);

#endif
