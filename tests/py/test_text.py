"""Normalized views, their alignment, syllables and search keys."""

import random
import re
import unicodedata

import pytest
import tintuc
from conftest import ROOT

PIECES = [
    "hoà", "thuỷ", "nghịêm", "đuợc", "a", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u200b", "\u00ad", "&amp;", "&nbsp;", "&#x301;",
    "&", "\u0301", "o\u0302", "“", "…", "–", "Т", "а", "Ð", "ð", "ệ", "x", "Ａ", "\ue001", "\x01", "\u0085", "\ufeff", "👨", "\u200d", "가", "ﬁ",
]


def random_texts(count, seed):
    pick = random.Random(seed)
    for _ in range(count):
        yield "".join(pick.choice(PIECES) for _ in range(pick.randrange(12)))


@pytest.mark.parametrize("preset", ["nfc", "nfkc", "view", "clean"])
@pytest.mark.parametrize("of", [str, str.encode], ids=["str", "bytes"])
def test_raw_spans_of_the_view_are_the_raw_text(preset, of):
    for text in random_texts(500, 1):
        raw = of(text)
        view, alignment = tintuc.normalize(raw, preset, align=True, encoding="utf-8")
        at = 0
        for i in range(len(view)):
            start, end = alignment.to_raw(i, i + 1)
            assert start == at or (start < at == end)  # characters made of one stretch share it
            at = end
            first, last = alignment.from_raw(start, end)
            assert first <= i < last
        assert at == len(raw) or not view


def test_every_newline_is_kept():
    for text in random_texts(500, 2):
        lines = len(re.findall(r"\r\n|\r|\n|\u0085", text))
        assert tintuc.normalize(text, html=False).count("\n") == lines


def test_clean_text_stays_as_it_is():
    for text in random_texts(500, 3):
        clean = tintuc.normalize(text, html=False)
        assert tintuc.normalize(clean, html=False) is clean


def test_alignment_to_bytes_of_a_legacy_encoding():
    data = tintuc.encode("Thủ tướng thăm Huế", "tcvn3")
    view, alignment = tintuc.normalize(data, encoding="tcvn3", align=True)
    assert (view, alignment.unit) == ("Thủ tướng thăm Huế", "byte")
    start = view.index("Huế")
    assert tintuc.decode(data[slice(*alignment.to_raw(start, start + 3))], "tcvn3") == "Huế"
    assert alignment.from_raw(*alignment.to_raw(start, start + 3)) == (start, start + 3)


def test_bytes_that_fit_nothing():
    with pytest.raises(tintuc.EncodingError) as caught:
        tintuc.normalize(b"Vi\xff", encoding="utf-8")
    assert caught.value.byte == 2
    view, alignment = tintuc.normalize(b"Vi\xffx", encoding="utf-8", errors="repair", align=True)
    assert view == "Vi\ufffdx" and alignment.to_raw(2, 3) == (2, 3)


def test_nothing_changed_gives_the_very_text():
    text = "Bộ trưởng Bộ Quốc phòng"
    assert tintuc.normalize(text) is text


@pytest.mark.parametrize(
    "arguments",
    [{"preset": "best"}, {"tone": "newest"}, {"form": "nfd"}, {"quote": True}, {"tone_old": True}, {"errors": "ignore"},
     {"encoding": "klingon"}],
)
def test_calls_that_cannot_be_meant(arguments):
    with pytest.raises(tintuc.ArgumentError):
        tintuc.normalize(b"a", **arguments)


def test_steps_are_switched():
    text = "Hoà  “bình”…"
    assert tintuc.normalize(text) == 'Hòa "bình"...'
    assert tintuc.normalize(text, tone="new", squeeze=False) == 'Hoà  "bình"...'
    assert tintuc.normalize(text, tone=None, quotes=False, ellipsis=False) == "Hoà “bình”…"
    assert tintuc.normalize(text, "nfc", lower=True) == "hoà  “bình”…"
    assert tintuc.normalize("o\u0302", "view", form=None) == "o\u0302"


def test_counts():
    _, alignment = tintuc.normalize("hoà  thuỷ “a”", align=True)
    assert alignment.counts == {"quotes": 2, "tone_old": 2, "squeeze": 1}


def test_search_key():
    assert tintuc.search_key("Đặng Thuỳ Trâm") == tintuc.search_key("ĐẶNG  THÙY TRÂM") == "dang thuy tram"
    assert tintuc.search_key("Hoà Bình", accents=True) == "hòa bình"


@pytest.mark.parametrize(
    "word, parts",
    [
        ("nghiêng", ("ngh", "", "iê", "ng", "ngang")),
        ("Nguyễn", ("Ng", "u", "yê", "n", "ngã")),
        ("QUỐC", ("QU", "", "Ô", "C", "sắc")),
        ("giếng", ("gi", "", "iê", "ng", "sắc")),
        ("gì", ("gi", "", "i", "", "huyền")),
        ("già", ("gi", "", "a", "", "huyền")),
        ("quý", ("qu", "", "y", "", "sắc")),
        ("oằn", ("", "o", "ă", "n", "huyền")),
        ("khuỷu", ("kh", "u", "y", "u", "hỏi")),
        ("hoà", ("h", "o", "a", "", "huyền")),
        ("ươm", ("", "", "ươ", "m", "ngang")),
        ("Hu\u00ea\u0301", ("H", "u", "ê", "", "sắc")),
    ],
)
def test_syllable(word, parts):
    assert tintuc.syllable(word) == parts


@pytest.mark.parametrize("word", ["", "Mac", "cat", "Roy", "zoo", "ngi", "kan", "ghà", "qan", "nghiếngg", "há n", "hòà", "B52", "дом", "bàch"])
def test_no_syllable(word):
    assert tintuc.syllable(word) is None


def test_syllables_of_the_corpus():
    """Nearly all small-letter words with Vietnamese letters in the corpus are syllables by the table."""
    words = set()
    for path in (ROOT / "csrc" / "data" / "corpus" / "train").glob("*.ann"):
        words |= set(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", path.read_text("utf-8"))))
    words = {w for w in words if w.islower() and re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỵỷỹ]", w)}
    strange = {w for w in words if tintuc.syllable(w) is None}
    assert len(words) > 2000
    assert len(strange) / len(words) < 0.04, sorted(strange)  # loan words (bêtông, garô), slips of the tongue, old spellings
