"""What sort of thing an entity is."""

import json

import pytest
from conftest import ROOT

LINES = (ROOT / "tests" / "cases" / "kinds.txt").read_text("utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("label, kind, mention", CASES, ids=lambda text: text)
def test_cases(nlp, label, kind, mention):
    doc = nlp.with_terms(label, [mention])(f"{mention} là đây")
    (entity,) = [e for e in doc.entities if e.text == mention and e.label == label]
    assert entity.kind == (None if kind == "-" else kind)


def test_json_has_a_kind_where_there_is_one(nlp):
    found = json.loads(nlp("Ông Nguyễn Văn Minh ở tỉnh Nghệ An.").to_json("x"))["entities"]
    assert [(e["text"], e.get("kind")) for e in found] == [("Nguyễn Văn Minh", None), ("tỉnh Nghệ An", "province")]
    assert "kind" not in found[0]


