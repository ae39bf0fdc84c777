"""Forms of other tools: the same text and mentions come back, and what a form cannot hold is known."""

import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import spacy
import tintuc
from conftest import ROOT
from spacy import displacy
from tintuc import Document, exchange
from tintuc.exchange.brat import brat_conf


def marks(doc, values=True, nested=True):
    return [(e.start, e.end, e.label, e.value if values else None) for e in doc.entities if nested or e.depth == 0]


def places(views):
    return [(view.start, view.end) for view in views]


def error_of(function, *args, **options):
    with pytest.raises(tintuc.Error) as caught:
        function(*args, **options)
    return str(caught.value)


NESTED = {"text": "Bộ trưởng Bộ Quốc phòng Việt Nam", "entities": [
    {"start": 0, "end": 32, "label": "ROLE"}, {"start": 10, "end": 32, "label": "ORG"}, {"start": 24, "end": 32, "label": "LOC"}]}


def test_the_forms_are_loaded_when_asked_for():
    code = """import sys, tintuc
assert "tintuc.exchange" not in sys.modules and "json" not in sys.modules and "to_spacy" in dir(tintuc)
assert not hasattr(tintuc, "nothing") and "tintuc.exchange" not in sys.modules
assert tintuc.to_conll is tintuc.exchange.to_conll and "spacy" not in sys.modules
from tintuc import *
assert all(name in globals() for name in tintuc.__all__)"""
    subprocess.run([sys.executable, "-c", code], check=True)


# CoNLL


@pytest.mark.parametrize("nested", [False, True])
def test_conll_comes_back_into_its_text(documents, nested):
    data = "".join(tintuc.to_conll(doc, nested=nested) for _, doc in documents)
    back = tintuc.from_conll(data, [doc.text for _, doc in documents], nested=nested)
    for (_, doc), other in zip(documents, back, strict=True):
        assert other.text == doc.text and marks(other) == marks(doc, values=False, nested=nested)
        assert places(other.sentences) == places(doc.sentences)


def test_conll_alone_keeps_mentions_but_not_white_space(documents):
    for _, doc in documents:
        [back] = tintuc.from_conll(tintuc.to_conll(doc, nested=True), nested=True)
        assert ["".join(s.text.split()) for s in back.sentences] == ["".join(s.text.split()) for s in doc.sentences]
        assert [("".join(e.text.split()), e.label) for e in back.entities] == [("".join(e.text.split()), e.label) for e in doc.entities]


def test_conll_columns():
    doc = Document.from_dict(NESTED)
    assert tintuc.to_conll(doc).split("\n")[2:5] == ["Bộ\tB-ROLE", "trưởng\tI-ROLE", "Bộ\tI-ROLE"]
    assert tintuc.to_conll(doc, nested=True).split("\n")[4:8] == [
        "Bộ\tO\tB-ORG\tI-ROLE", "Quốc\tO\tI-ORG\tI-ROLE", "phòng\tO\tI-ORG\tI-ROLE", "Việt\tB-LOC\tI-ORG\tI-ROLE"]


@pytest.mark.parametrize("tags", [("B-X", "I-X", "B-X", "O"), ("B-X", "E-X", "S-X", "O"), ("B-X", "L-X", "U-X", "O"),
                                  ("I-X", "I-X", "B-X", "O")])
def test_conll_schemes(tags):
    data = "# a comment\n" + "".join(f"w{i} _ {tag}\r\n" for i, tag in enumerate(tags))
    [doc] = tintuc.from_conll(data)
    assert [(e.text, e.label) for e in doc.entities] == [("w0 w1", "X"), ("w2", "X")] and doc.text == "w0 w1 w2 w3"


def test_conll_has_mentions_in_its_last_column():
    [doc] = tintuc.from_conll("EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n")
    assert [(e.text, e.label) for e in doc.entities] == [("EU", "ORG")]


def test_conll_faults():
    assert "line 2: the last column must be" in error_of(tintuc.from_conll, "a O\nb PER\n")
    assert "1 documents for 2 texts" in error_of(tintuc.from_conll, "a O\n", ["a", "b"])
    assert "token 'b' does not stand in its text at 1" in error_of(tintuc.from_conll, "a O\nb O\n", ["a c b"])
    spaced = Document.from_dict({"text": "a", "entities": [{"start": 0, "end": 1, "label": "T R"}]})
    assert "label 'T R'" in error_of(tintuc.to_conll, spaced) and "label 'T R'" in error_of(tintuc.to_brat, spaced)
    assert tintuc.from_conll("") == [] and [doc.text for doc in tintuc.from_conll("-DOCSTART- O\n\n-DOCSTART- O\n")] == ["", ""]


def test_train_reads_what_is_written(documents, tmp_path):
    train = []
    for name, form in (("a.conll", lambda id, doc: tintuc.to_conll(doc)), ("n.conll", lambda id, doc: tintuc.to_conll(doc, nested=True)),
                       ("b.ann", lambda id, doc: tintuc.to_ann(doc, id))):
        path = tmp_path / name
        path.write_text("".join(form(id, doc) for id, doc in documents[:4]), "utf-8", newline="")
        train.append(path)
    seen = []
    model = tintuc.train(train, output=tmp_path / "m.ttm", epochs=1, members=1, progress=lambda *step: seen.append(step))
    assert seen and set(model.labels) == {e.label for _, doc in documents[:4] for e in doc.entities}


# brat


def test_brat_comes_back(documents):
    for _, doc in documents:
        text, ann = tintuc.to_brat(doc)
        back = tintuc.from_brat(text, ann)
        assert back.text == text == doc.text and marks(back) == marks(doc)
        assert tintuc.from_brat(text, ann.replace("\n", "\r\n")) == back


def test_brat_lines():
    row = {"text": "Hội nghị\r\n  Cấp cao 😀 9/9", "entities": [{"start": 0, "end": 19, "label": "EVENT"},
                                                         {"start": 22, "end": 25, "label": "DATE", "value": "2021-09-09"}]}
    text, ann = tintuc.to_brat(Document.from_dict(row))
    assert ann == ("T1\tEVENT 0 8;12 19\tHội nghị Cấp cao\nT2\tDATE 22 25\t9/9\n#2\tAnnotatorNotes T2\tvalue=2021-09-09\n")
    more = ann + "R1\tX Arg1:T1 Arg2:T2\nA1\tNeg T1\n#3\tAnnotatorNotes T1\tnot sure\n\n"
    assert tintuc.from_brat(text, more) == tintuc.from_brat(text, ann)
    assert brat_conf(["PER", "LOC"]).startswith("[entities]\nLOC\nPER\n")


@pytest.mark.parametrize(("ann", "message"), [
    ("T1\tPER 0 1;4 5\ta c", "line 1: T1 is in pieces"),
    ("\nT1\tPER 0 9\tabc", "line 2: T1 [0, 9) is empty or beyond the text of 5"),
    ("T1\tPER 0 1\tb", "line 1: T1 is 'b', but 'a' stands at [0, 1)"),
    ("T1 PER 0 1 a", "line 1: not ID, tab"),
    ("#1\tAnnotatorNotes T7\tvalue=1", "line 1: a value for T7"),
])
def test_brat_faults(ann, message):
    assert message in error_of(tintuc.from_brat, "a b c", ann)


# Label Studio


@pytest.mark.parametrize("kind", ["predictions", "annotations"])
def test_label_studio_comes_back(documents, kind):
    for id, doc in documents:
        task = json.loads(json.dumps(tintuc.to_label_studio(doc, id, kind=kind)))
        back = tintuc.from_label_studio(task)
        assert back.text == doc.text and marks(back) == marks(doc) and back.date == doc.date and task["data"]["id"] == id


def test_label_studio_scores(nlp):
    doc = nlp("Đại tướng Phan Văn Giang thăm Hà Nội chiều 15/9/2021.")
    [prediction] = tintuc.to_label_studio(doc)["predictions"]
    scores = [region["score"] for region in prediction["result"] if region["type"] == "labels"]
    assert scores == [e.confidence for e in doc.entities] and 0 < prediction["score"] <= 1
    assert "score" not in tintuc.to_label_studio(doc, kind="annotations")["annotations"][0]


def test_label_studio_offsets_of_emoji():
    """Code points; units of UTF-16, as its first versions counted, are told by the text that stands with them."""
    text = "😀😀 Hà Nội 😀"
    for start, end in ((3, 9), (5, 11)):
        value = {"start": start, "end": end, "text": "Hà Nội", "labels": ["LOC"]}
        doc = tintuc.from_label_studio({"data": {"text": text}, "annotations": [{"result": [{"type": "labels", "value": value}]}]})
        assert [(e.text, e.start, e.end) for e in doc.entities] == [("Hà Nội", 3, 9)]


def test_label_studio_chooses_the_annotation():
    def answer(end, **more):
        return {"result": [{"id": "r", "type": "labels", "value": {"start": 0, "end": end, "labels": ["X"]}}], **more}

    task = {"data": {"text": "abc"}, "annotations": [answer(1, was_cancelled=True), answer(2)], "predictions": [answer(3)]}
    assert tintuc.from_label_studio(task).entities[0].text == "ab"
    assert tintuc.from_label_studio({**task, "annotations": []}).entities[0].text == "abc"
    short = {"id": 1, "text": "abc", "label": [{"start": 1, "end": 3, "text": "bc", "labels": ["X"]}]}
    assert tintuc.from_label_studio(short).entities[0].text == "bc"
    assert len(tintuc.from_label_studio({"data": {"text": "abc"}}).entities) == 0


@pytest.mark.parametrize(("value", "message"), [
    ({"start": 0, "end": 9, "labels": ["X"]}, "annotations[0].result[0]: 9 lies beyond the text of 3"),
    ({"start": 2, "end": 2, "labels": ["X"]}, "annotations[0].result[0]: no whole numbers start < end"),
    ({"start": 0, "end": 1, "labels": ["X", "Y"]}, "annotations[0].result[0]: not one label"),
    ({"start": 0, "end": 1, "labels": ["X"], "text": "q"}, "'q' does not stand at [0, 1)"),
])
def test_label_studio_faults(value, message):
    task = {"data": {"text": "abc"}, "annotations": [{"result": [{"type": "labels", "value": value}]}]}
    assert message in error_of(tintuc.from_label_studio, task)
    assert "data.text: missing" in error_of(tintuc.from_label_studio, {"data": {}})


def test_label_studio_config(nlp):
    root = ElementTree.fromstring(tintuc.label_studio_config([*nlp.labels, 'a"<b']))
    assert [label.get("value") for label in root.iter("Label")] == [*nlp.labels, 'a"<b']
    assert {root.find(tag).get("name") for tag in ("Labels", "Text", "TextArea")} == {"label", "text", "value"}


# the inline form


def test_ann_comes_back(documents):
    whole = [(id, doc) for id, doc in documents if not id.startswith("odd-")]
    assert tintuc.from_ann("".join(tintuc.to_ann(doc, id) for id, doc in whole)) == whole


def test_the_corpus_is_written_as_it_is():
    for path in sorted((ROOT / "csrc" / "data" / "corpus" / "dev").glob("*.ann")):
        data = path.read_text("utf-8")
        written = "".join(tintuc.to_ann(doc, id) for id, doc in tintuc.from_ann(data))
        known = re.sub(r"\{(\w+)#\w+", r"{\1", re.sub(r" topic=\S+", "", data))
        assert written == re.sub(r"\n+", "\n", known), path.name


def test_ann_of_odd_texts(documents):
    """Other white space than single blanks and line feeds is not held, marks of the form only as full-width ones."""
    for id, doc in documents:
        if not id.startswith("odd-"):
            continue
        [(back_id, back)] = tintuc.from_ann(tintuc.to_ann(doc, id, replace=True))
        wide = str.maketrans("{|}", "｛｜｝")
        assert back_id == id and back.text.split() == doc.text.translate(wide).replace("#1", "＃1").split()
        marks = [[(e.text.translate(wide).split(), e.label, e.value) for e in d.entities] for d in (back, doc)]
        assert marks[0] == marks[1]


def test_ann_faults(nlp):
    def doc(text, **mark):
        return Document.from_dict({"text": text, "entities": [{"start": 0, "end": 1, "label": "X", **mark}] if mark else []})

    assert "'|' at 2" in error_of(tintuc.to_ann, doc("a | b"), "x") and "'#' at 0" in error_of(tintuc.to_ann, doc("#a"), "x")
    assert "label '1'" in error_of(tintuc.to_ann, doc("a", label="1"), "x")
    assert "value 'a|b'" in error_of(tintuc.to_ann, doc("a", value="a|b"), "x")
    assert tintuc.to_ann(doc("a"), "my page").startswith("#doc my_page\n")
    for data, message in (("a\n", "line 1: text before"), ("#doc x\na\n", "line 2: a sentence outside"), ("#doc\n", "line 1: not #doc"),
                          ("#doc x\n#title\n#lead\na\n", "line 3: empty title"), ("#doc x\n#title\n", "empty title"),
                          ("#doc x\n#title\na {X|b\n", "line 3: a mention is never closed"), ("#doc x\n#odd\na\n", "odd"),
                          ("#doc x\n#title\na } b\n", "line 3: closing without"), ("#doc x\n#title\na | b\n", "line 3: bad opening")):
        assert message in error_of(tintuc.from_ann, data)


# spaCy


def test_spacy_comes_back(documents):
    for _, doc in documents:
        made = tintuc.to_spacy(doc)
        assert made.text == doc.text and tintuc.from_spacy(made) == doc
        assert [(e.text, e.label_, e.start_char) for e in made.ents] == [(e.text, e.label, e.start) for e in doc.entities if e.depth == 0]
        assert [(s.start_char, s.label_, s.id_) for s in made.spans["tintuc"]] == [(e.start, e.label, e.value or "") for e in doc.entities]
        starts = [token.idx for token in made if token.is_sent_start]
        assert {s.start for s in doc.sentences} <= set(starts) and len(starts) <= len(doc.sentences) + 1


def test_spacy_documents_keep_it_in_their_own_files(documents):
    vocab = spacy.blank("xx").vocab
    for _, doc in documents[:10]:
        made = tintuc.to_spacy(doc, vocab)
        assert made.vocab is vocab
        assert tintuc.from_spacy(spacy.tokens.Doc(vocab).from_bytes(made.to_bytes())) == doc


def test_spacy_of_another_pipeline():
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "Hà Nội"}])
    doc = tintuc.from_spacy(nlp("Tôi ở Hà Nội.  \n\n Anh ở Huế. "))
    assert [(e.text, e.label, e.value) for e in doc.entities] == [("Hà Nội", "LOC", None)]
    assert [s.text for s in doc.sentences] == ["Tôi ở Hà Nội.", "Anh ở Huế."]
    assert len(tintuc.from_spacy(spacy.blank("xx")("")).entities) == 0


def test_displacy_draws():
    doc = Document.from_dict(NESTED)
    ents, spans = tintuc.to_displacy(doc), tintuc.to_displacy(doc, "span")
    assert [e["label"] for e in ents["ents"]] == ["ROLE"] and [s["label"] for s in spans["spans"]] == ["ROLE", "ORG", "LOC"]
    drawn = displacy.render(spans, style="span", manual=True)
    assert all(label in drawn for label in ("ROLE", "ORG", "LOC")) and "ROLE" in displacy.render(ents, style="ent", manual=True)
    assert "style is 'ent' or 'span'" in error_of(tintuc.to_displacy, doc, "dep")


# files and the command line


def test_files_are_told_by_their_names(documents, tmp_path):
    few = documents[:3]
    (tmp_path / "a.jsonl").write_text("".join(doc.to_json(id) + "\n" for id, doc in few), "utf-8", newline="")
    (tmp_path / "b.ann").write_text("".join(tintuc.to_ann(doc, id) for id, doc in few), "utf-8", newline="")
    (tmp_path / "c.conll").write_text("".join(tintuc.to_conll(doc) for _, doc in few), "utf-8", newline="")
    (tmp_path / "d.json").write_text(json.dumps([tintuc.to_label_studio(doc, id) for id, doc in few]), "utf-8")
    text, ann = tintuc.to_brat(few[0][1])
    (tmp_path / "e.txt").write_text(text, "utf-8", newline="")
    (tmp_path / "e.ann").write_text(ann, "utf-8", newline="")
    assert list(tintuc.read_jsonl(tmp_path / "a.jsonl")) == few == list(exchange.read(tmp_path / "b.ann"))
    assert [id for id, _ in exchange.read(tmp_path / "c.conll")] == ["c", "c-2", "c-3"]
    for (id, doc), (back_id, back) in zip(few, exchange.read(tmp_path / "d.json"), strict=True):
        assert back_id == id and marks(back) == marks(doc)
    assert [(id, marks(doc)) for id, doc in exchange.read(tmp_path / "e.ann")] == [("e", marks(few[0][1]))]
    assert len(list(exchange.read(tmp_path))) == 13


def test_json_lines_without_an_id_and_with_faults(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\n{"text":"a"}\n{"id":7,"text":"b"}\n{"id":"e","error":{"message":"cut"}}\n')
    lines = tintuc.read_jsonl(path)
    assert [next(lines)[0], next(lines)[0]] == ["x-2", "7"]
    assert f"{path}:4: error: this document failed: cut" in error_of(next, lines)
    assert "No such file" in error_of(list, tintuc.read_jsonl(tmp_path / "none.jsonl"))
    (tmp_path / "y.json").write_text("{")
    (tmp_path / "z.conll").write_bytes(b"\xff")
    assert "y.json: not JSON" in error_of(list, exchange.read(tmp_path / "y.json"))
    assert "z.conll: not UTF-8" in error_of(list, exchange.read(tmp_path / "z.conll"))
    assert "the form is told by the ending" in error_of(list, exchange.read(tmp_path / "a.doc"))


def test_convert(run_cli, documents, tmp_path):
    few = documents[:3]
    (tmp_path / "gold.jsonl").write_text("".join(doc.to_json(id) + "\n" for id, doc in few), "utf-8", newline="")
    for form, name in (("ann", "o.ann"), ("conll", "o.conll"), ("label-studio", "o.json"), ("brat", "folder"), ("jsonl", "o.jsonl")):
        done = run_cli("convert", "gold.jsonl", "--to", form, "-o", name)
        assert done.returncode == 0 and done.stdout == b"", done.stderr
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "gold.jsonl").read_bytes()
    assert run_cli("convert", "o.ann").stdout == (tmp_path / "gold.jsonl").read_bytes()
    for name in ("o.json", "folder"):
        back = dict(exchange.read(tmp_path / name))
        assert {id: marks(doc) for id, doc in back.items()} == {id: marks(doc) for id, doc in few}
    assert len((tmp_path / "folder" / "annotation.conf").read_text().split()) > 4
    again = run_cli("convert", "gold.jsonl", "--to", "brat", "-o", "folder")
    assert again.returncode == 2 and b"new or empty" in again.stderr
    bad = run_cli("convert", "none.ann", "--to", "brat", "-o", "other")
    assert bad.returncode == 2 and not (tmp_path / "other").exists() and not list(tmp_path.glob(".tintuc-*"))


def test_tag_writes_every_form(run_cli, nlp, tmp_path):
    text = "Đại tướng Phan Văn Giang thăm Hà Nội | 15/9/2021.\r\n😀 Theo TTXVN"
    (tmp_path / "a.txt").write_text(text, "utf-8", newline="")
    assert run_cli("tag", "a.txt", "--format", "brat", "-o", "brat").returncode == 0
    assert (tmp_path / "brat" / "a.txt").read_bytes() == text.encode()
    assert [(id, marks(doc)) for id, doc in exchange.read(tmp_path / "brat")] == [("a", marks(nlp(text)))]
    [task] = json.loads(run_cli("tag", "a.txt", "--format", "label-studio").stdout)
    assert marks(tintuc.from_label_studio(task)) == marks(nlp(text))
    ann = run_cli("tag", "a.txt", "--format", "ann").stdout.decode()
    assert ann.startswith("#doc a\n") and "{PER|Phan Văn Giang}" in ann and "｜" in ann
    assert run_cli("tag", "a.txt", "--format", "brat").returncode == 2
    assert json.loads(run_cli("tag", "none.txt", "--format", "label-studio").stdout) == []
