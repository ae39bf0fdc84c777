"""The Python API: what a document shows, and that every offset points into the unchanged text."""

import datetime
import inspect
import json
import sys
import unicodedata

import pytest
import tintuc
from conftest import ROOT

PAGE = (
    "Tiếng Việt | English\n\n21/06/2019 - 15:22\n\nĐối thoại Chính sách Quốc phòng Việt Nam - Hàn Quốc\n\n"
    "Chiều 20/6, tại Seoul, Thượng tướng Nguyễn Chí Vịnh, Thứ trưởng Bộ Quốc phòng Việt Nam, đã hội đàm với ông Park Jae-min. "
    "Hai bên trao đổi 1,2 tỉ đồng.\n\nTheo TTXVN"
)


def check_views(doc):
    text = doc.text
    for views in (doc.blocks, doc.sentences, doc.entities):
        for view in views:
            assert 0 <= view.start < view.end <= len(text)
            assert view.text == text[view.start : view.end]
            assert not view.text[0].isspace() and not view.text[-1].isspace()
            a, b = view.bytes
            assert text.encode()[a:b].decode() == view.text


def test_text_is_the_object_given(nlp):
    text = "Hà " + "Nội."
    assert nlp(text).text is text


def test_blocks(nlp):
    assert [b.kind for b in nlp(PAGE).blocks] == ["nav", "timestamp", "title", "paragraph", "source"]


def test_sentences_and_parents(nlp):
    doc = nlp(PAGE)
    assert [s.text for s in doc.sentences][-2:] == ["Hai bên trao đổi 1,2 tỉ đồng.", "Theo TTXVN"]
    for sentence in doc.sentences:
        assert sentence.block.start <= sentence.start and sentence.end <= sentence.block.end
    for entity in doc.entities:
        assert entity.sentence.start <= entity.start and entity.end <= entity.sentence.end


def test_entities_nest(nlp):
    doc = nlp(PAGE)
    found = {(e.text, e.label) for e in doc.entities}
    assert {("Nguyễn Chí Vịnh", "PER"), ("Thượng tướng", "RANK"), ("Seoul", "LOC"), ("TTXVN", "ORG")} <= found
    role = next(e for e in doc.entities if e.label == "ROLE")
    assert role.text == "Thứ trưởng Bộ Quốc phòng Việt Nam"
    (body,) = role.children
    assert (body.label, body.depth, body.parent) == ("ORG", 1, role)
    assert [c.text for c in body.children] == ["Việt Nam"]
    assert role.parent is None
    assert all(0 <= e.confidence <= 1 for e in doc.entities)


def test_views_of_a_page(nlp):
    check_views(nlp(PAGE))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_offsets_survive_decomposed_text(nlp, form):
    text = unicodedata.normalize(form, PAGE)
    doc = nlp(text)
    check_views(doc)
    composed = [(unicodedata.normalize("NFC", e.text), e.label) for e in doc.entities]
    assert composed == [(e.text, e.label) for e in nlp(PAGE).entities]


def test_bytes_and_str_agree(nlp):
    a, b = nlp(PAGE), nlp(PAGE.encode())
    assert a.text == b.text
    assert a.to_json("x") == b.to_json("x")


def test_json_is_the_contract(nlp):
    doc = nlp(PAGE)
    d = json.loads(doc.to_json('a"\\b'))
    assert d["id"] == 'a"\\b' and d["text"] == PAGE and d["date"] == "2019-06-21"
    assert d["blocks"] == [{"start": b.start, "end": b.end, "kind": b.kind} for b in doc.blocks]
    assert d["sentences"] == [{"start": s.start, "end": s.end} for s in doc.sentences]
    for found, e in zip(d["entities"], doc.entities, strict=True):
        value = {} if e.value is None else {"value": e.value}
        kind = {} if e.kind is None else {"kind": e.kind}
        assert found == {"start": e.start, "end": e.end, "label": e.label, "text": e.text, **value, **kind}
    assert "words" not in d and "facts" not in d


@pytest.mark.parametrize("date", ["2021-09-09", datetime.date(2021, 9, 9), datetime.datetime(2021, 9, 9, 17, 38)])
def test_given_date_wins(nlp, date):
    assert nlp(PAGE, date=date).date == "2021-09-09"


def test_no_date(nlp):
    assert nlp("Không có ngày.").date is None


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_nothing_to_read(nlp, text):
    doc = nlp(text)
    assert (len(doc.blocks), len(doc.sentences), len(doc.entities)) == (0, 0, 0)


def test_items_are_a_sequence(nlp):
    entities = nlp(PAGE).entities
    assert entities[-1] == entities[len(entities) - 1] and entities[0] != entities[1]
    assert [e.start for e in entities[1:3]] == [entities[1].start, entities[2].start]
    assert len({entities[0], entities[0], entities[1]}) == 2
    with pytest.raises(IndexError):
        entities[len(entities)]
    assert list(reversed(entities))[0] == entities[-1]


def test_layers_on_request(nlp):
    doc = nlp(PAGE, layers=["blocks"])
    assert len(doc.blocks) == 5
    with pytest.raises(tintuc.ArgumentError, match="sentences"):
        doc.sentences
    assert "entities" not in json.loads(doc.to_json("x"))


@pytest.mark.parametrize("layers", [("blocks", "sentences"), ["sentences"], iter(["sentences"]), {"sentences": 1}, ("".join(["sen", "tences"]),)])
def test_layers_are_any_iterable_of_names(nlp, layers):
    doc = nlp(PAGE, layers=layers)
    assert [s.text for s in doc.sentences] == [s.text for s in nlp(PAGE).sentences]
    with pytest.raises(tintuc.ArgumentError, match="entities"):
        doc.entities


def test_calls_say_what_is_wrong(nlp):
    with pytest.raises(tintuc.ArgumentError, match="'chapters' is none of blocks, sentences"):
        nlp(PAGE, layers=["chapters"])
    with pytest.raises(tintuc.ArgumentError, match="5 is none of"):
        nlp(PAGE, layers=(5,))
    with pytest.raises(tintuc.UnsupportedError, match="'words': not in tintuc"):
        nlp(PAGE, layers=("words",))
    for wrong in (lambda: nlp(), lambda: nlp(PAGE, layer=("blocks",)), lambda: nlp(PAGE, None, None, None), lambda: nlp(PAGE, layers=5)):
        with pytest.raises(TypeError):
            wrong()
    assert nlp(text=PAGE, date="2021-09-09", layers=()).date == nlp(PAGE, "2021-09-09", None).date == "2021-09-09"


def test_layers_that_fail(nlp):
    def broken():
        yield "blocks"
        raise LookupError("no more")

    class Nameless:
        def __repr__(self):
            raise LookupError("no name")

    for layers in (broken(), [Nameless()], (Nameless(),)):
        with pytest.raises(LookupError, match="no "):
            nlp(PAGE, layers=layers)
    for call in (nlp, nlp.pipe):
        with pytest.raises(TypeError, match="not a str"):
            call(PAGE, layers="blocks")
    with pytest.raises(tintuc.ArgumentError, match="layer 'ạạ.*is none of"):
        nlp(PAGE, layers=["ạ" * 100])  # cut in a message, perhaps inside a letter
    with pytest.raises(tintuc.EncodingError, match="code point 1 "):
        nlp("ạ\ud800", layers=("blocks",))  # read without letting other threads run


def test_a_call_tells_its_signature(nlp):
    class Other(tintuc.Pipeline):
        def __call__(self, page, *, raw=False):
            return page, raw

    assert str(inspect.signature(nlp)) == "(text, date=None, layers=None)"
    assert str(inspect.signature(Other(nlp.path))) == "(page, *, raw=False)"
    assert not hasattr(tintuc.Pipeline, "__signature__")


def test_every_form_of_a_call_is_the_same(nlp):
    quick = ("blocks", "sentences")
    made = nlp(PAGE, layers=quick)
    assert made == nlp(text=PAGE, layers=quick) == nlp(PAGE, None, quick) == nlp(PAGE, date=None, layers=iter(quick))
    assert made == nlp(PAGE, **{"".join(["lay", "ers"]): ["".join(["sent", "ences"])]})
    assert made == tintuc.Pipeline.__call__(nlp, PAGE, layers=quick) == type(nlp).__mro__[1].__call__(nlp, PAGE, layers=quick)
    assert nlp(PAGE) == nlp(PAGE, layers=None) == nlp(PAGE, None)
    assert nlp(PAGE, "2021-09-09") == nlp(PAGE, date="2021-09-09") != nlp(PAGE, date="2021-09-08")
    wrong = [((), {}), ((PAGE,), {"layer": quick}), ((PAGE, None, quick, 1), {}), ((PAGE,), {"text": PAGE}), ((), {"layers": quick})]
    for args, names in wrong:
        with pytest.raises(TypeError):
            nlp(*args, **names)


def test_a_class_may_call_in_its_own_way(nlp):
    class Plain(tintuc.Pipeline):
        pass

    class Other(Plain):
        def __call__(self, page, **names):
            return page, names, super().__call__(page, layers=("blocks",))

    other, plain, blocks = Other(nlp.path), Plain(nlp.path), nlp(PAGE, layers=("blocks",))
    assert other(PAGE, a=1) == (PAGE, {"a": 1}, blocks) and other(page=PAGE) == (PAGE, {}, blocks)
    assert plain(PAGE, layers=("blocks",)) == blocks == other.with_abbreviations(["TP"])(PAGE)[2]
    Plain.__call__ = lambda self, page, **names: "assigned"
    assert plain(PAGE) == "assigned" and other(PAGE) == (PAGE, {}, "assigned")
    del Plain.__call__
    assert plain(PAGE, layers=("blocks",)) == blocks
    del Other.__call__
    assert other(PAGE, layers=("blocks",)) == blocks


def test_pieces_of_text_are_as_python_cuts_them(nlp):
    for text in ("Anh An di. Chị Bình đi. He went. Ở đây.", "Em 😀 đi. Hi. Có.", "One. Two.", "Một câu.", "Đ"):
        doc = nlp(text, layers=("blocks", "sentences"))
        for view in [*doc.blocks, *doc.sentences]:
            piece = text[view.start : view.end]
            assert view.text == piece and hash(view.text) == hash(piece) and sys.getsizeof(view.text) == sys.getsizeof(piece)
        assert doc.sentences.ends == [s.end for s in doc.sentences] and doc.sentences.starts == [s.start for s in doc.sentences]


def test_views_outlive_their_document():
    entity = tintuc.load()("Hà Nội.").entities[0]
    assert entity.text == "Hà Nội" and entity.doc.pipeline.labels


def test_sentences_function():
    assert [s.text for s in tintuc.sentences("Một câu. Hai câu...; vẫn câu hai.")] == ["Một câu.", "Hai câu...; vẫn câu hai."]


def test_normalize_aligns():
    raw = unicodedata.normalize("NFD", "xã Hòa Bình")
    view, alignment = tintuc.normalize(raw, align=True)
    assert view == unicodedata.normalize("NFC", raw)
    for i in range(len(view)):
        start, end = alignment.to_raw(i, i + 1)
        assert unicodedata.normalize("NFC", raw[start:end]) == view[i]
        assert alignment.from_raw(start, end) == (i, i + 1)
    with pytest.raises(IndexError):
        alignment.to_raw(0, len(view) + 1)


def test_normalize_leaves_composed_text_alone():
    text = "Việt Nam" + "!"
    assert tintuc.normalize(text) is text


@pytest.mark.parametrize(
    "data, encoding, want",
    [
        ("Việt".encode(), None, "Việt"),
        (b"\xef\xbb\xbfa", None, "a"),
        ("Việt".encode("utf-16"), None, "Việt"),
        ("Việt".encode("utf-16-be"), "utf-16-be", "Việt"),
    ],
)
def test_decode(data, encoding, want):
    assert tintuc.decode(data, encoding) == want


@pytest.mark.parametrize("data", [b"a\xc3(", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"ok\xff\xfe", b"\xe1\xbb"])
def test_repair_is_what_python_does(data):
    assert tintuc.decode(data, errors="repair") == data.decode("utf-8", "replace")


def test_seed_shaped_samples_have_every_view_right(nlp):
    for path in sorted((ROOT / "notebooks" / "pages").glob("*.txt")):
        doc = nlp(path.read_bytes())
        check_views(doc)
        assert len(doc.entities) > 5


def test_text_is_read_the_same_as_str_and_as_bytes(nlp):
    """Strings stored in one, two and four bytes a character, of every length around a block."""
    for seed in ("abc. ", "Élan. ", "Hà Nội “mưa” ₫. ", "Hà 😀 Nội. "):
        for length in range(70):
            text = (seed * 20)[: length + 1]
            doc, twin = nlp(text, layers=("blocks", "sentences")), nlp(text.encode(), layers=("blocks", "sentences"))
            assert doc.text == text
            assert doc.to_json("a") == twin.to_json("a")
