"""Scores against figures worked out by hand."""

import pytest
import tintuc
from tintuc.scoring import outermost

TEXT = "Bộ Quốc phòng Lào họp."


def doc(entities, **more):
    spans = [{"start": s, "end": e, "label": label} for s, e, label in entities]
    return {"id": "a", "text": TEXT, "entities": spans, **more}


GOLD = doc([(0, 17, "ORG"), (14, 17, "LOC")], sentences=[{"start": 0, "end": 22}])


@pytest.mark.parametrize(
    "pred, right, found",
    [
        ([(0, 17, "ORG"), (14, 17, "LOC")], 2, 2),
        ([(0, 17, "ORG")], 1, 1),
        ([(0, 17, "LOC"), (14, 17, "LOC"), (18, 21, "EVENT")], 1, 3),
        ([], 0, 0),
    ],
)
def test_all_mentions(pred, right, found):
    e = tintuc.score([GOLD], [doc(pred)])["entities"]
    assert (e["gold"], e["pred"]) == (2, found)
    assert e["p"] == (right / found if found else 0)
    assert e["r"] == right / 2


def test_labels_and_outermost():
    result = tintuc.score([GOLD], [doc([(0, 17, "ORG"), (0, 2, "LOC")])], labels={"ORG", "LOC"}, flat=True)
    assert (result["entities"]["gold"], result["entities"]["f1"]) == (1, 1)
    assert tintuc.score([GOLD], [doc([(14, 17, "LOC")])], labels={"LOC"}, flat=True)["entities"]["f1"] == 1


def test_unlabelled_and_missing():
    result = tintuc.score([GOLD, {**GOLD, "id": "b", "text": "x"}], [doc([(0, 17, "LOC")])])
    assert result["entities.unlabelled"]["p"] == 1 and result["entities.unlabelled"]["r"] == 1 / 4
    assert result["documents"] == {"gold": 2, "answered": 1}
    assert result["sentences"]["r"] == 0


def test_matched_by_text_when_ids_differ():
    assert tintuc.score([GOLD], [{**GOLD, "id": "other"}])["entities"]["f1"] == 1


def test_another_text_is_an_error():
    with pytest.raises(tintuc.ArgumentError, match="another text"):
        tintuc.score([GOLD], [{**GOLD, "text": "khác"}])


def test_values():
    gold = {**GOLD, "entities": [{"start": 0, "end": 2, "label": "DATE", "value": "2020"}]}
    wrong = {**GOLD, "entities": [{"start": 0, "end": 2, "label": "DATE", "value": "2021"}]}
    assert tintuc.score([gold], [gold])["values"]["right_of_gold"] == 1
    assert tintuc.score([gold], [wrong])["values"]["right_of_found"] == 0


def test_outermost_keeps_two_labels_on_one_span():
    same = [{"start": 0, "end": 5, "label": "A"}, {"start": 0, "end": 5, "label": "B"}, {"start": 1, "end": 5, "label": "C"}]
    assert [m["label"] for m in outermost(same)] == ["A", "B"]
