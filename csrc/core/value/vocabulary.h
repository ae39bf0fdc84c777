/* vocabulary.h - the words that dates, times, lengths and numbers are written with. */
#ifndef TT_VALUE_VOCABULARY_H
#define TT_VALUE_VOCABULARY_H

#include "tintuc/base.h"

/* ORDER WORD: rows in vocabulary.c. A word is named by its letters; a digit tells words apart that differ in tone or mark only. */
typedef enum {
    TT_W_NONE, /* any other word */
    /* numbers */
    TT_W_KHONG, TT_W_MOT, TT_W_MOT4, TT_W_HAI, TT_W_BA, TT_W_BON, TT_W_TU, TT_W_NAM, TT_W_LAM, TT_W_SAU4, TT_W_BAY, TT_W_TAM,
    TT_W_CHIN, TT_W_MUOI1, TT_W_MUOI, TT_W_CHUC, TT_W_TRAM, TT_W_NGHIN, TT_W_VAN, TT_W_TRIEU, TT_W_TY, TT_W_LINH, TT_W_RUOI,
    TT_W_NUA4, TT_W_VAI, TT_W_MAY, TT_W_NHAT, TT_W_NHI, TT_W_PHAN, TT_W_AM, TT_W_HANG, TT_W_TA,
    /* units of time */
    TT_W_GIAY, TT_W_PHUT, TT_W_GIO, TT_W_TIENG, TT_W_NGAY, TT_W_HOM, TT_W_TUAN, TT_W_THANG, TT_W_QUY, TT_W_MUA, TT_W_THAP,
    TT_W_KY, TT_W_NIEN, TT_W_THE, TT_W_HOC, TT_W_BUOI, TT_W_BUA, TT_W_H, TT_W_G, TT_W_T, TT_W_S, TT_W_CN, TT_W_P,
    /* parts of a day */
    TT_W_SANG, TT_W_SANG0, TT_W_RANG, TT_W_MO, TT_W_SOM, TT_W_BINH, TT_W_MINH, TT_W_TRUA, TT_W_CHIEU, TT_W_XE, TT_W_TOI,
    TT_W_CHAP4, TT_W_MUON, TT_W_DEM, TT_W_KHUYA, TT_W_BAN, TT_W_HOANG, TT_W_RA, TT_W_AM_PM_A, TT_W_AM_PM_P, TT_W_SA, TT_W_CH,
    /* which one */
    TT_W_NAY1, TT_W_NAY, TT_W_QUA, TT_W_MAI, TT_W_KIA, TT_W_KIA1, TT_W_NGOAI, TT_W_TRUOC, TT_W_SAU, TT_W_TOI4, TT_W_DO, TT_W_AY,
    TT_W_ROI, TT_W_VUA, TT_W_CUNG, TT_W_DAU, TT_W_CUOI, TT_W_GIUA, TT_W_TRUNG, TT_W_THUONG, TT_W_HA, TT_W_CA, TT_W_NUA, TT_W_DEN,
    TT_W_TU2, TT_W_VA, TT_W_THU4, TT_W_CHU, TT_W_CHU1, TT_W_BAN4, TT_W_KHO, TT_W_MUA4, TT_W_TIEN, TT_W_KEM, TT_W_LAN, TT_W_LE, TT_W_KHOANG, TT_W_GAN, TT_W_HON, TT_W_CHUNG,
    TT_W_TREN, TT_W_DUOI, TT_W_CHUA, TT_W_DAY, TT_W_TRON, TT_W_THEM, TT_W_HOI, TT_W_LUC, TT_W_VAO, TT_W_VE, TT_W_TRONG,
    TT_W_NHUNG, TT_W_CAC, TT_W_CAP, TT_W_NHAT2, TT_W_THOI, TT_W_DANG, TT_W_LAM1, TT_W_VIEC, TT_W_DONG2,
    /* seasons, months, years */
    TT_W_XUAN, TT_W_HE, TT_W_THU, TT_W_DONG, TT_W_GIENG, TT_W_CHAP, TT_W_MUNG, TT_W_RAM, TT_W_LICH, TT_W_DUONG, TT_W_TET,
    TT_W_NGUYEN, TT_W_DAN, TT_W_GIAI, TT_W_DOAN, TT_W_NHIEM, TT_W_KHOA, TT_W_VU, TT_W_TAI, TT_W_CHINH, TT_W_CONG, TT_W_TCN,
    TT_W_GIAP, TT_W_AT, TT_W_BINH4, TT_W_DINH, TT_W_MAU, TT_W_CANH, TT_W_TAN, TT_W_NHAM,
    TT_W_TY4, TT_W_SUU, TT_W_DAN1, TT_W_MAO, TT_W_THIN, TT_W_TY5, TT_W_NGO, TT_W_MUI, TT_W_THAN, TT_W_DAU5, TT_W_TUAT, TT_W_HOI5,
    TT_W_GIAO, TT_W_THUA, TT_W_GIANG, TT_W_SINH, TT_W_NOEL, TT_W_QUOC, TT_W_KHANH, TT_W_LAN1, TT_W_HUNG, TT_W_VUONG, TT_W_GIO2,
    TT_W_TO, TT_W_PHAT, TT_W_TIEU, TT_W_THANH, TT_W_DOAN0, TT_W_ONG, TT_W_TAO, TT_W_LAO, TT_W_DONG5,
    TT_W_MIEN, TT_W_PHONG, TT_W_NHA, TT_W_THAY, TT_W_VALENTINE, TT_W_HALLOWEEN, TT_W_TINH, TT_W_YEU, TT_W_MANG, TT_W_TE,
    TT_W_DOC, TT_W_LAP, TT_W_TAY, TT_W_TA1, TT_W_HAN, TT_W_THUC, TT_W_DAN4,
    TT_W_DIEM, TT_W_HO, TT_W_SUOT, TT_W_LIEN, TT_W_IT, TT_W_DA, TT_W_SAP, TT_W_KET, TT_W_NAO, TT_W_TIEP, TT_W_THEO, TT_W_KE, TT_W_DAY1,
    /* zones */
    TT_W_GMT, TT_W_UTC, TT_W_Z,
    TT_WORDS
} tt_word;

/* Longest key of the table, in bytes. */
enum { TT_WORD_KEY = 16 };

typedef struct {
    char key[TT_WORD_KEY]; /* small letters without tones, then the tone's digit (1 huyền to 5 nặng) where it has one */
    uint16_t word;
} tt_word_row;

/* Sorted by the bytes of the key. */
extern const tt_word_row tt__words[];
extern const size_t tt__word_count;

/* The word of a key that ends in a NUL; TT_W_NONE where the table has none. */
tt_word tt__word_find(const char *key);

#endif
