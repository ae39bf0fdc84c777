/* vocabulary.c - the table of words. Keys are free of tone placement and capitals, so each word stands here once for all its
 * spellings (khóa = khoá = KHÓA); i and y are both listed where both are written. A test checks the order.
 */
#include "value/vocabulary.h"

#include <string.h>

/* clang-format off */
const tt_word_row tt__words[] = { /* ORDER WORD */
    {"am", TT_W_AM_PM_A}, {"ba", TT_W_BA}, {"ban", TT_W_BAN}, {"ban4", TT_W_BAN4}, {"bay2", TT_W_BAY}, {"binh1", TT_W_BINH},
    {"binh4", TT_W_BINH4}, {"buôi2", TT_W_BUOI}, {"bây2", TT_W_BAY}, {"bôn4", TT_W_BON}, {"bưa3", TT_W_BUA},
    {"ca2", TT_W_CA}, {"cac4", TT_W_CAC}, {"canh", TT_W_CANH}, {"ch", TT_W_CH}, {"chap5", TT_W_CHAP}, {"chin4", TT_W_CHIN},
    {"chinh4", TT_W_CHINH}, {"chiêu1", TT_W_CHIEU}, {"chu", TT_W_CHU1}, {"chu2", TT_W_CHU}, {"chua4", TT_W_CHU},
    {"chuc5", TT_W_CHUC}, {"châp5", TT_W_CHAP4}, {"chưa", TT_W_CHUA}, {"chưng1", TT_W_CHUNG}, {"cn", TT_W_CN},
    {"cung1", TT_W_CUNG}, {"cuôi4", TT_W_CUOI}, {"câp5", TT_W_CAP}, {"công", TT_W_CONG}, {"dân1", TT_W_DAN1},
    {"dâu5", TT_W_DAU5}, {"dăm", TT_W_VAI}, {"dươi4", TT_W_DUOI}, {"dương", TT_W_DUONG}, {"g", TT_W_G}, {"giai", TT_W_GIAI},
    {"giang4", TT_W_GIANG}, {"giao", TT_W_GIAO}, {"giao4", TT_W_THAY}, {"giap4", TT_W_GIAP}, {"giây", TT_W_GIAY},
    {"giêng", TT_W_GIENG}, {"giô3", TT_W_GIO2}, {"giơ1", TT_W_GIO}, {"giưa3", TT_W_GIUA}, {"gmt", TT_W_GMT},
    {"gân1", TT_W_GAN}, {"h", TT_W_H}, {"ha5", TT_W_HA}, {"hai", TT_W_HAI}, {"halloween", TT_W_HALLOWEEN},
    {"han1", TT_W_HAN}, {"hang1", TT_W_HANG}, {"he1", TT_W_HE}, {"hoang1", TT_W_HOANG}, {"hoc5", TT_W_HOC},
    {"hung1", TT_W_HUNG}, {"hô1", TT_W_HO}, {"hôi1", TT_W_HOI}, {"hôm", TT_W_HOM}, {"hôn", TT_W_HOANG}, {"hơi5", TT_W_HOI5},
    {"hơn", TT_W_HON}, {"it4", TT_W_IT}, {"k", TT_W_NGHIN}, {"kem4", TT_W_KEM}, {"khanh4", TT_W_KHANH},
    {"khoa4", TT_W_KHOA}, {"khoang2", TT_W_KHOANG}, {"khuya", TT_W_KHUYA}, {"khô", TT_W_KHO}, {"không", TT_W_KHONG},
    {"ki1", TT_W_KY}, {"ki2", TT_W_KY}, {"kia", TT_W_KIA}, {"kia1", TT_W_KIA1}, {"ky1", TT_W_KY}, {"ky2", TT_W_KY},
    {"kê4", TT_W_KE}, {"kêt4", TT_W_KET}, {"lam1", TT_W_LAM1}, {"lan", TT_W_LAN1}, {"lao", TT_W_LAO}, {"le2", TT_W_LINH},
    {"lich5", TT_W_LICH}, {"linh", TT_W_LINH}, {"liên", TT_W_LIEN}, {"liên1", TT_W_LIEN}, {"luc4", TT_W_LUC},
    {"lân1", TT_W_LAN}, {"lâp5", TT_W_LAP}, {"lê3", TT_W_LE}, {"lăm", TT_W_LAM}, {"mai", TT_W_MAI}, {"mang5", TT_W_MANG},
    {"mao3", TT_W_MAO}, {"meo5", TT_W_MAO}, {"minh", TT_W_MINH}, {"miên1", TT_W_MIEN}, {"mua1", TT_W_MUA},
    {"mui1", TT_W_MUI}, {"mung1", TT_W_MUNG}, {"muôn5", TT_W_MUON}, {"mâu5", TT_W_MAU}, {"mây4", TT_W_MAY},
    {"mông1", TT_W_MUNG}, {"môt4", TT_W_MOT4}, {"môt5", TT_W_MOT}, {"mơ", TT_W_MO}, {"mơ1", TT_W_MO}, {"mưa", TT_W_MUA4},
    {"mươi", TT_W_MUOI}, {"mươi1", TT_W_MUOI1}, {"nao1", TT_W_NAO}, {"nay", TT_W_NAY1}, {"nay1", TT_W_NAY},
    {"ngan1", TT_W_NGHIN}, {"ngay1", TT_W_NGAY}, {"nghin1", TT_W_NGHIN}, {"ngo5", TT_W_NGO}, {"ngoai4", TT_W_NGOAI},
    {"nguyên", TT_W_NGUYEN}, {"nha1", TT_W_NHA}, {"nhi1", TT_W_NHI}, {"nhiêm5", TT_W_NHIEM}, {"nhâm", TT_W_NHAM},
    {"nhât4", TT_W_NHAT}, {"nhât5", TT_W_NHAT2}, {"nhăm", TT_W_LAM}, {"nhưng3", TT_W_NHUNG}, {"ni", TT_W_NAY1},
    {"niên", TT_W_NIEN}, {"no5", TT_W_DO}, {"noel", TT_W_NOEL}, {"năm", TT_W_NAM}, {"nưa2", TT_W_NUA4}, {"nưa3", TT_W_NUA},
    {"p", TT_W_P}, {"phong4", TT_W_PHONG}, {"phut4", TT_W_PHUT}, {"phân1", TT_W_PHAN}, {"phât5", TT_W_PHAT},
    {"pm", TT_W_AM_PM_P}, {"qua", TT_W_QUA}, {"qui4", TT_W_QUY}, {"quy4", TT_W_QUY}, {"quôc4", TT_W_QUOC}, {"ra", TT_W_RA},
    {"rang5", TT_W_RANG}, {"rôi1", TT_W_ROI}, {"răm1", TT_W_RAM}, {"rươi2", TT_W_RUOI}, {"rươi3", TT_W_RUOI}, {"s", TT_W_S},
    {"sa", TT_W_SA}, {"sang", TT_W_SANG0}, {"sang4", TT_W_SANG}, {"sau", TT_W_SAU}, {"sau4", TT_W_SAU4},
    {"sinh", TT_W_SINH}, {"suôt4", TT_W_SUOT}, {"săp4", TT_W_SAP}, {"sơm4", TT_W_SOM}, {"sưu2", TT_W_SUU}, {"t", TT_W_T},
    {"ta", TT_W_TA1}, {"ta4", TT_W_TA}, {"tai1", TT_W_TAI}, {"tam4", TT_W_TAM}, {"tao4", TT_W_TAO}, {"tcn", TT_W_TCN},
    {"thang4", TT_W_THANG}, {"thanh", TT_W_THANH}, {"theo", TT_W_THEO}, {"thin1", TT_W_THIN}, {"thu", TT_W_THU},
    {"thuc4", TT_W_THUC}, {"thân", TT_W_THAN}, {"thâp5", TT_W_THAP}, {"thê4", TT_W_THE}, {"thêm", TT_W_THEM},
    {"thơi1", TT_W_THOI}, {"thư4", TT_W_THU4}, {"thưa1", TT_W_THUA}, {"thưc5", TT_W_THUC}, {"thương5", TT_W_THUONG},
    {"ti2", TT_W_TY}, {"ti4", TT_W_TY4}, {"ti5", TT_W_TY5}, {"tinh", TT_W_MO}, {"tinh1", TT_W_TINH}, {"tiên", TT_W_TIEN},
    {"tiêng4", TT_W_TIENG}, {"tiêp4", TT_W_TIEP}, {"tiêu", TT_W_TIEU}, {"tr", TT_W_TRIEU}, {"triêu5", TT_W_TRIEU},
    {"tron1", TT_W_TRON}, {"trong", TT_W_TRONG}, {"trung", TT_W_TRUNG}, {"trên", TT_W_TREN}, {"trăm", TT_W_TRAM},
    {"trưa", TT_W_TRUA}, {"trươc4", TT_W_TRUOC}, {"tuân1", TT_W_TUAN}, {"tuât4", TT_W_TUAT}, {"ty2", TT_W_TY},
    {"ty4", TT_W_TY4}, {"ty5", TT_W_TY5}, {"tân", TT_W_TAN}, {"tây", TT_W_TAY}, {"tê4", TT_W_TE}, {"têt4", TT_W_TET},
    {"tô2", TT_W_TO}, {"tôi4", TT_W_TOI}, {"tơ1", TT_W_MO}, {"tơi4", TT_W_TOI4}, {"tư", TT_W_TU}, {"tư1", TT_W_TU2},
    {"utc", TT_W_UTC}, {"va1", TT_W_VA}, {"vai1", TT_W_VAI}, {"valentine", TT_W_VALENTINE}, {"van5", TT_W_VAN},
    {"vao1", TT_W_VAO}, {"viêc5", TT_W_VIEC}, {"vu", TT_W_VU0}, {"vu5", TT_W_VU}, {"vê1", TT_W_VE}, {"vưa1", TT_W_VUA},
    {"vương", TT_W_VUONG}, {"xuân", TT_W_XUAN}, {"xê4", TT_W_XE}, {"yêu", TT_W_YEU}, {"z", TT_W_Z}, {"âm", TT_W_AM},
    {"ât4", TT_W_AT}, {"ây4", TT_W_AY}, {"ông", TT_W_ONG}, {"đa", TT_W_DA}, {"đan2", TT_W_DAN4}, {"đan4", TT_W_DAN},
    {"đinh", TT_W_DINH}, {"điêm2", TT_W_DIEM}, {"đo4", TT_W_DO}, {"đoan", TT_W_DOAN0}, {"đoan5", TT_W_DOAN},
    {"đâu1", TT_W_DAU}, {"đây", TT_W_DAY1}, {"đây1", TT_W_DAY}, {"đây4", TT_W_DO}, {"đêm", TT_W_DEM}, {"đên4", TT_W_DEN},
    {"đôc5", TT_W_DOC}, {"đông", TT_W_DONG}, {"đông1", TT_W_DONG2}, {"đông5", TT_W_DONG5}, {"đăng", TT_W_DANG},
};
/* clang-format on */
const size_t tt__word_count = TT_COUNT(tt__words);

tt_word tt__word_find(const char *key)
{
    size_t low = 0, high = TT_COUNT(tt__words);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(key, tt__words[middle].key);
        if (order == 0)
            return (tt_word)tt__words[middle].word;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TT_W_NONE;
}
