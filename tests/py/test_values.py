"""Values in Python: entities, parse_time, parse_number, and the case file once more."""

import datetime
import json
import subprocess
import sys
from decimal import Decimal

import pytest
import tintuc
from conftest import ROOT
from test_cases import load_cases

D, DT, TD = datetime.date, datetime.datetime, datetime.timedelta
TIMES = ("DATE", "TIME", "DURATION")
ROWS = [
    (anchor, *row.split(" | ")) for file in ("values.txt", "amounts.txt") for _, anchor, rows in load_cases(file) for row in rows
]


def test_there_are_enough():
    assert len(ROWS) >= 550


@pytest.mark.parametrize("row", [r for r in ROWS if r[1] in TIMES and r[3] != "-"], ids=lambda r: f"{r[2]}@{r[0]}")
def test_parse_time(row):
    """The label is found by itself, so a length that could be a clock ("24 giờ") may come as one."""
    anchor, label, text, want = row
    found = tintuc.parse_time(text, None if anchor == "-" else anchor)
    assert found is not None
    if (found.label == "DURATION") == (label == "DURATION"):
        assert found.value == want


@pytest.mark.parametrize("row", [r for r in ROWS if r[1] in ("MONEY", "PERCENT", "QUANTITY", "ORDINAL") and r[3] != "-"], ids=lambda r: r[2])
def test_parse_number(row):
    _, label, text, want = row
    found = tintuc.parse_number(text)
    number, _, end = want.split(" ")[0].partition("/")
    assert found.number == Decimal(number)
    assert found.number_end == (Decimal(end) if end else None)
    if found.label == label:
        assert found.value == want


@pytest.mark.parametrize("text", ["31/2", "29/2/2021", "32/1", "", " ", "Hà Nội", "9h75", "x" * 100_000, "1," * 100_000])
def test_no_time(text):
    assert tintuc.parse_time(text, "2021-09-09") is None


@pytest.mark.parametrize("text", ["", "Hà Nội", "vài mét", "9" * 30, "x" * 100_000])
def test_no_number(text):
    assert tintuc.parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("8-10/9/2021", D(2021, 9, 8), D(2021, 9, 11)),
        ("tháng 2/2024", D(2024, 2, 1), D(2024, 3, 1)),
        ("cuối tuần trước", D(2021, 9, 4), D(2021, 9, 6)),
        ("năm ngoái", D(2020, 1, 1), D(2021, 1, 1)),
        ("Tết Giáp Thìn", D(2024, 2, 10), D(2024, 2, 11)),
        ("thập niên 1990", D(1990, 1, 1), D(2000, 1, 1)),
        ("111 TCN", None, None),
        ("năm 9999", D(9999, 1, 1), None),
        ("thứ Hai đến thứ Sáu", None, None),
    ],
)
def test_dates(text, start, end):
    found = tintuc.parse_time(text, D(2021, 9, 9))
    assert (found.start_date, found.end_date, found.datetime, found.timedelta) == (start, end, None, None)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("9h30 sáng mai", DT(2021, 9, 10, 9, 30)),
        ("24h hôm nay", DT(2021, 9, 10)),
        ("3 giờ trước", DT(2021, 9, 9, 4)),
        ("30 phút nữa", DT(2021, 9, 9, 7, 30)),
        ("9 giờ 44 phút 05 giây", DT(2021, 9, 9, 9, 44, 5)),
        ("chiều 4/9", None),
    ],
)
def test_datetimes(text, want):
    assert tintuc.parse_time(text, DT(2021, 9, 9, 7)).datetime == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("90 phút", TD(minutes=90)),
        ("2 tuần", TD(weeks=2)),
        ("2,5 giây", TD(seconds=2, microseconds=500_000)),
        ("0,154 giây", TD(microseconds=154_000)),
        ("400 năm", TD(days=146_097)),
        ("vài ngày", None),
        ("4,6 tỉ năm", None),
    ],
)
def test_timedeltas(text, want):
    assert tintuc.parse_time(text).timedelta == want


def test_spellings():
    """Capitals, tone placement and decomposed letters make no difference."""
    import unicodedata

    for text in ("niên khoá 2018-2022", "NIÊN KHÓA 2018-2022", unicodedata.normalize("NFD", "niên khóa 2018-2022")):
        assert tintuc.parse_time(text).value == "2018/2022"
    assert tintuc.parse_time("quý I/2024".encode()).value == "2024-Q1"


def test_wrong_calls():
    with pytest.raises(TypeError):
        tintuc.parse_time(3)
    with pytest.raises(TypeError):
        tintuc.parse_time("hôm qua", 3)
    with pytest.raises(tintuc.ArgumentError):
        tintuc.parse_time("hôm qua", "2021-02-30")
    with pytest.raises(tintuc.EncodingError):
        tintuc.parse_time(b"\xff")
    with pytest.raises(TypeError):
        tintuc.Value()


def test_entities(nlp):
    doc = nlp(
        "Chiều 15/9, Đại tướng Phan Văn Giang hội đàm tại Hà Nội.\n"
        "Ngân sách năm 2022 là 2,35 tỷ đồng, tăng 4,5% sau 30 năm, đường dài 120 km. Đây là lần thứ hai họ gặp nhau.",
        date="2021-09-16",
    )
    found = {entity.text: entity for entity in doc.entities}
    assert found["Chiều 15/9"].value == "2021-09-15TAF"
    assert (found["Chiều 15/9"].start_date, found["Chiều 15/9"].end_date) == (D(2021, 9, 15), D(2021, 9, 16))
    assert found["2,35 tỷ đồng"].number == Decimal(2_350_000_000)
    assert (found["2,35 tỷ đồng"].currency, found["2,35 tỷ đồng"].unit) == ("VND", None)
    assert (found["4,5%"].number, found["4,5%"].unit) == (Decimal("4.5"), "%")
    assert found["120 km"].unit == "km"
    assert found["30 năm"].timedelta == TD(seconds=30 * 31_556_952)
    assert found["lần thứ hai"].number == 2
    place = found["Hà Nội"]
    assert [place.value, place.start_date, place.datetime, place.timedelta, place.number, place.unit, place.currency] == [None] * 7


def test_json_has_values(nlp):
    doc = nlp("Hôm qua, giá vàng là 57 triệu đồng.", date="2021-09-16")
    written = json.loads(doc.to_json("x"))["entities"]
    assert [e.get("value") for e in written] == [e.value for e in doc.entities]
    assert {"2021-09-15", "57000000 VND"} <= {e.get("value") for e in written}
    assert all(list(e)[:5] == ["start", "end", "label", "text", "value"] for e in written if "value" in e)


def test_share_of_right_values():
    """Gold mentions of the dev articles: what their value should be, and what it comes out as when label and place are given."""
    subprocess.run(["make", "-s", "-C", str(ROOT / "csrc")], check=True)
    paths = sorted(map(str, (ROOT / "csrc" / "data" / "corpus" / "dev").glob("*.ann")))
    gold_lines = subprocess.run([sys.executable, ROOT / "csrc" / "data" / "corpus" / "ann.py", *paths], capture_output=True, check=True).stdout
    found_lines = subprocess.run([ROOT / "build" / "tt", "values", *paths], capture_output=True, check=True).stdout
    gold, found = [
        {(d["id"], e["start"], e["end"], e["label"]): e.get("value") for d in map(json.loads, lines.splitlines()) for e in d["entities"]}
        for lines in (gold_lines, found_lines)
    ]
    dated = {key: value for key, value in gold.items() if key[3] in TIMES}
    right = sum(found[key] == value for key, value in dated.items())
    assert len(dated) > 500 and right / len(dated) >= 0.95


NOT_TIMES = [row.split(" | ") for _, _, rows in load_cases("not_times.txt") for row in rows]


@pytest.mark.parametrize(("sentence", "words"), NOT_TIMES, ids=lambda x: x)
def test_no_time_is_found_there(nlp, sentence, words):
    start = sentence.index(words)
    times = [e for e in nlp(sentence).entities if e.label in ("DATE", "TIME")]
    assert not [e.text for e in times if e.start < start + len(words) and start < e.end]


def test_there_are_enough_that_are_none():
    assert len(NOT_TIMES) >= 60
