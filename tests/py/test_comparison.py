"""Comparisons: every mention judged once, figures as `tintuc.score` counts them, all of it visible."""

import pytest
import tintuc
from conftest import ROOT
from html_reading import Reader

TEXT = "Bộ Quốc phòng Lào họp tại Huế ngày 2/9."
GOLD = [(0, 17, "ORG"), (14, 17, "LOC"), (26, 29, "LOC"), (30, 38, "DATE")]
PRED = [(0, 17, "ORG"), (14, 17, "ORG"), (35, 38, "DATE"), (18, 21, "EVENT")]


def row(entities, **more):
    return {"id": "a", "text": TEXT, "entities": [{"start": s, "end": e, "label": x} for s, e, x in entities], **more}


def test_each_mention_is_judged_once():
    found = tintuc.compare(row(GOLD), PRED)
    assert [tuple(item) for item in found.items] == [
        ("right", (0, 17, "ORG"), (0, 17, "ORG")),
        ("label", (14, 17, "LOC"), (14, 17, "ORG")),
        ("spurious", None, (18, 21, "EVENT")),
        ("missing", (26, 29, "LOC"), None),
        ("border", (30, 38, "DATE"), (35, 38, "DATE")),
    ]
    assert found.counts == {"right": 1, "missing": 1, "spurious": 1, "label": 1, "border": 1}
    assert [item.verdict for item in found.errors()] == ["label", "spurious", "missing", "border"]
    assert found.text == TEXT and found.f1 == 0.25


@pytest.mark.parametrize("gold, pred", [(GOLD, PRED), (GOLD, GOLD), (GOLD, []), ([], PRED), ([], []), (GOLD + PRED, PRED)])
def test_figures_are_those_of_score(gold, pred):
    found = tintuc.compare(row(gold), row(pred))
    want = {k: v for k, v in tintuc.score([row(gold)], [row(pred)]).items() if k.startswith("entities")}
    assert found.scores == want
    assert found.counts["right"] == len(set(gold) & set(pred))
    sides = [{i.gold for i in found.items if i.gold}, {i.pred for i in found.items if i.pred}]
    assert sides == [set(gold), set(pred)]
    assert len([i for i in found.items if i.gold]) == len(set(gold)) and len([i for i in found.items if i.pred]) == len(set(pred))


def test_gold_in_three_forms(nlp):
    doc = nlp(TEXT)
    spans = [(e.start, e.end, e.label) for e in doc.entities]
    assert len(spans) > 2
    for gold in (doc, row(spans), spans):
        found = tintuc.compare(gold, doc)
        assert found.f1 == 1 and not found.errors() and found.counts["right"] == len(spans)
    assert tintuc.compare(spans, {"text": TEXT}).counts["missing"] == len(spans)


def test_each_verdict_is_told_apart():
    page = Reader(tintuc.compare(row(GOLD), PRED)._repr_html_())
    assert page.articles == [TEXT]
    assert {mark for mark in page.marks if mark[2]} == {
        (0, 17, "ORG"),
        (14, 17, "LOC\xa0≠\xa0ORG"),
        (18, 21, "+\xa0EVENT"),
        (26, 29, "−\xa0LOC"),
        (30, 38, "gold\xa0DATE"),
        (35, 38, "↔\xa0DATE"),
    }
    assert page.rows == 1 + 6  # all, DATE, EVENT, LOC, ORG, spans alone


def test_crossing_spans_and_markup():
    text = '<b>"Hà Nội"</b> & Huế'
    found = tintuc.compare({"text": text, "entities": [{"start": 0, "end": 10, "label": "<i>"}]}, [(4, 15, "<i>"), (2, 5, '"')])
    page = Reader(found._repr_html_())
    assert page.articles == [text] and "i" not in page.tags
    assert {"gold\xa0<i>", "↔\xa0<i>", '+\xa0"'} == {label for _, _, label in page.marks if label}


def test_blocks_of_the_prediction_lay_it_out(nlp):
    doc = nlp((ROOT / "notebooks" / "pages" / "2-hoi-kien.txt").read_text("utf-8"))
    html = tintuc.compare([], doc)._repr_html_()
    assert 'data-k="lead"' in html and Reader(html).articles == [doc.text]


def test_plain_repr():
    assert repr(tintuc.compare(row(GOLD), PRED)).splitlines() == [
        "<Comparison: P 0.250, R 0.250, F1 0.250; 1 right, 1 missing, 1 spurious, 1 other label, 1 other border>",
        "  other label  14:17 LOC taken for ORG 'Lào'",
        "  spurious     18:21 EVENT 'họp'",
        "  missing      26:29 LOC 'Huế'",
        "  other border 35:38 DATE 'ngày 2/9' found as '2/9'",
    ]
    many = [(i, i + 1, "X") for i in range(30)]
    assert repr(tintuc.compare(row([]), many)).splitlines()[-1] == "  ... 10 more in .errors()"


@pytest.mark.parametrize(
    "gold, pred",
    [(GOLD, PRED), (row(GOLD), {"text": "khác"}), (row(GOLD), [(0, 99, "X")]), (row(GOLD), [(5, 5, "X")]), (row(GOLD), [(-1, 2, "X")])],
)
def test_what_cannot_be_compared(gold, pred):
    with pytest.raises(tintuc.ArgumentError):
        tintuc.compare(gold, pred)
