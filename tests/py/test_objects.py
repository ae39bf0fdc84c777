"""Pickle, copies, equality, hashes, order, iteration and weak references behave as people expect."""

import copy
import itertools
import json
import multiprocessing
import pickle
import weakref
from collections.abc import Sequence

import pytest
import tintuc
from tintuc import Document

TEXT = "15/09/2025 17:19\nChiều 15/9, Thứ trưởng Bộ Quốc phòng Lê Quang Hiển đến Hà Nội, chi 1,5 tỷ đồng. Hết.\nTheo TTXVN"
VALUES = ("value", "kind", "start_date", "end_date", "datetime", "timedelta", "number", "number_end", "unit", "currency")


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(TEXT)


def everything(nlp, doc):
    """One of each kind of object."""
    return [doc, nlp, nlp.with_abbreviations(["Xn."]), doc.blocks, doc.sentences, doc.entities, doc.blocks[0], doc.sentences[0],
            doc.entities[0], doc.source, tintuc.parse_time("8-10/9/2021"), tintuc.parse_number("6-7 triệu USD"),
            tintuc.normalize("Hoà  bình", align=True)[1], tintuc.normalize(b"Hu\xe1\xba\xbf", align=True)[1]]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_gives_an_equal_object(nlp, doc, protocol):
    for thing in everything(nlp, doc):
        back = pickle.loads(pickle.dumps(thing, protocol))
        assert type(back) is type(thing) and back == thing and hash(back) == hash(thing) and not back != thing


def test_copies_are_the_object_itself(nlp, doc):
    for thing in everything(nlp, doc):
        assert copy.copy(thing) is thing and copy.deepcopy(thing) is thing


def test_nothing_can_be_changed(nlp, doc):
    for thing in everything(nlp, doc):
        with pytest.raises((AttributeError, TypeError)):
            thing.something = 1
    for name in ("text", "date", "entities"):
        with pytest.raises(AttributeError):
            setattr(doc, name, None)
    with pytest.raises(TypeError):
        doc.entities[0] = None


def test_weak_references(nlp):
    for thing in everything(nlp, nlp(TEXT)):
        assert weakref.ref(thing)() is thing
    gone = weakref.ref(nlp(TEXT))
    assert gone() is None


def test_documents_come_back_whole(documents):
    for id, doc in documents:
        back = Document.from_bytes(doc.to_bytes())
        assert back == doc and back.text == doc.text and back.to_json(id) == doc.to_json(id) and back.pipeline is None
        assert back.source == doc.source and back.title == doc.title and back.body_text == doc.body_text
        for a, b in zip(doc.entities, back.entities, strict=True):
            assert (a.depth, a.confidence, a.sentence, a.parent, a.children) == (b.depth, b.confidence, b.sentence, b.parent, b.children)
            assert [getattr(a, name) for name in VALUES] == [getattr(b, name) for name in VALUES]


def test_json_comes_back_with_typed_values(documents):
    for id, doc in documents:
        back = Document.from_json(doc.to_json(id))
        assert back == doc and back.source == doc.source and back.to_dict(id) == doc.to_dict(id)
        for a, b in zip(doc.entities, back.entities, strict=True):
            if a.text.lower() != "tháng chạp":  # TIMEX3 has no form for the days of a lunar month: the value names a month that is near
                assert [getattr(a, name) for name in VALUES] == [getattr(b, name) for name in VALUES]
            assert (a.depth, a.sentence) == (b.depth, b.sentence)


def test_gold_keeps_its_marks(gold):
    for row in gold:
        doc = Document.from_dict(row)
        back = doc.to_dict(row["id"])
        marks = [{key: mark[key] for key in mark if key not in ("entity", "canonical")} for mark in row["entities"]]
        assert back == {**{key: row[key] for key in ("id", "date", "text", "blocks", "sentences")}, "entities": marks}
        assert "id" not in doc.to_dict()


def test_equality_is_what_documents_say(nlp, doc):
    assert doc == nlp(TEXT) == nlp(TEXT.encode()) and hash(doc) == hash(nlp(TEXT))
    assert doc != nlp(TEXT, date="2020-01-01") and doc != nlp(TEXT + " ") and doc != nlp(TEXT, layers=["blocks"])
    assert doc != TEXT and (doc == None) is False  # noqa: E711
    assert len({doc, nlp(TEXT), Document.from_json(doc.to_json("x"))}) == 1
    with pytest.raises(TypeError):
        doc < doc  # noqa: B015


def test_mentions_are_compared_by_what_they_say(nlp, doc):
    other = nlp(TEXT)
    assert doc.entities[1] == other.entities[1] != other.entities[2] and doc.entities == other.entities
    assert set(doc.entities) == set(other.entities) and len(set(doc.entities) | set(other.entities)) == len(doc.entities)
    row = doc.to_dict()
    row["entities"] = [mark for mark in row["entities"] if mark["label"] != "PER"]
    missed = set(doc.entities) - set(Document.from_dict(row).entities)
    assert missed and {entity.label for entity in missed} == {"PER"}
    assert doc.entities[0] != nlp("x " + TEXT).entities[0] and doc.entities[0] != doc.blocks[0]


def test_mentions_of_a_text_have_an_order(nlp, doc):
    entities = list(doc.entities)
    assert sorted(reversed(entities)) == entities and max(entities) == entities[-1]
    assert entities[0] < entities[1] <= entities[1] and entities[1] > entities[0] >= entities[0]
    outer = next(entity for entity in entities if entity.children)
    assert outer < outer.children[0]
    for other in (nlp("x " + TEXT).entities[0], doc.blocks[0], 1):
        with pytest.raises(TypeError):
            entities[0] < other  # noqa: B015


def test_layers_are_sequences(doc):
    entities = doc.entities
    assert isinstance(entities, Sequence) and len(entities) == len(list(entities)) > 4
    assert entities[-1] == entities[len(entities) - 1] == list(entities)[-1] and list(reversed(entities))[0] == entities[-1]
    assert entities[1:3] == [entities[1], entities[2]] and entities[::-1][0] == entities[-1] and entities[99:] == []
    assert entities[2] in entities and "x" not in entities and doc.blocks[0] not in entities
    assert entities.index(entities[2]) == 2 and entities.count(entities[2]) == 1 and entities.count(None) == 0
    for bad in (len(entities), -len(entities) - 1):
        with pytest.raises(IndexError):
            entities[bad]
    with pytest.raises(TypeError):
        entities["0"]
    with pytest.raises(ValueError):
        entities.index(doc.blocks[0])


def test_views_that_are_kept_stay_what_they_are(doc):
    kept = [item for number, item in enumerate(doc.entities) if number % 3 != 1]
    assert kept == [item for number, item in enumerate(list(doc.entities)) if number % 3 != 1]
    walk = iter(doc.sentences)
    first = weakref.ref(next(walk))
    assert [item.index for item in walk] == list(range(1, len(doc.sentences)))
    assert first() is None or first() == doc.sentences[0]
    assert [doc.entities[item.index] == item for item in doc.entities] == [True] * len(doc.entities)


def test_walks_go_on_where_a_weak_reference_tells_of_its_end(doc):
    count = len(doc.entities)
    for number in range(count):
        walk, seen = iter(doc.entities), []

        def more(_, walk=walk, seen=seen):
            seen.extend(item.index for item in itertools.islice(walk, 1))

        item = next(itertools.islice(walk, number, None))
        seen.append(item.index)
        watch = weakref.ref(item, more)
        for item in walk:
            seen.append(item.index)
        del item
        assert sorted(seen) == list(range(number, count)) and watch() is None


def test_borders_of_a_layer_are_those_of_its_items(doc):
    for layer in (doc.blocks, doc.sentences, doc.entities):
        assert len(layer) > 0
        assert layer.starts == [item.start for item in layer]
        assert layer.ends == [item.end for item in layer]


def test_borders_of_nothing(nlp):
    empty = nlp("", layers=("blocks", "sentences"))
    assert empty.sentences.starts == empty.sentences.ends == []


def test_many_views_pickle_one_document(doc):
    entities = list(doc.entities)
    packed = pickle.dumps(entities)
    back = pickle.loads(packed)
    assert back == entities and all(entity.doc is back[0].doc for entity in back)
    assert len(packed) < len(pickle.dumps(doc)) + 60 * len(entities)


def test_damaged_bytes_are_refused(doc):
    packed = doc.to_bytes()
    assert Document.from_bytes(bytearray(packed)) == doc == Document.from_bytes(memoryview(packed))
    for bad in (b"", packed[:-1], packed + b"x", packed[:40] + bytes([packed[40] ^ 1]) + packed[41:], b"PK" + packed[2:]):
        with pytest.raises(tintuc.CorpusError) as caught:
            Document.from_bytes(bad)
        assert caught.value.code == "corpus" and "packed form" in str(caught.value)
    with pytest.raises(TypeError):
        Document.from_bytes("text")


@pytest.mark.parametrize(("change", "message"), [
    ({"text": None}, "text: missing"),
    ({"date": "9/9/2021"}, 'date: "9/9/2021" is not a day'),
    ({"entities": [{"start": 0, "end": 99, "label": "X"}]}, "entities[0].end: 99 lies beyond the text of 11 code points"),
    ({"entities": [{"start": 0, "end": 1, "label": "X"}, {"start": True, "end": 1, "label": "X"}]}, "entities[1].start: not a whole"),
    ({"entities": [{"start": 0, "end": 2, "label": "X", "text": "Hà"}]}, "entities[0].text: not what stands at [0, 2)"),
    ({"sentences": [{"start": 0, "end": 5}], "entities": [{"start": 2, "end": 8, "label": "X"}]}, "entities[0] does not lie in one"),
])
def test_foreign_documents_are_checked(change, message):
    row = {"text": "😀 Hà Nội ạ.", "date": "2021-09-09", **change}
    with pytest.raises(tintuc.CorpusError) as caught:
        Document.from_dict(row)
    assert message in str(caught.value)


def test_lone_surrogates_and_other_types_are_refused():
    with pytest.raises(tintuc.Error):
        Document.from_dict({"text": "a\ud800"})
    with pytest.raises(TypeError):
        Document.from_dict({"text": {1, 2}})
    with pytest.raises(TypeError):
        Document.from_json(1)


def test_what_a_foreign_document_lacks_is_found():
    doc = Document.from_dict({"text": "Mua. Bán.\nTheo TTXVN", "entities": [{"start": 0, "end": 8, "label": "Tên riêng"}]})
    assert [s.text for s in doc.sentences] == ["Mua. Bán.", "Theo TTXVN"] and doc.entities[0].label == "Tên riêng"
    assert doc.date is None and doc.pipeline is None and doc.source.text == "TTXVN"
    with pytest.raises(tintuc.ArgumentError):
        _ = Document.from_dict({"text": "a"}).entities


def test_a_pipeline_is_loaded_once(nlp, tmp_path):
    packed = pickle.dumps(nlp)
    assert len(packed) < 400 and pickle.loads(packed) is pickle.loads(packed) == nlp
    mine = nlp.with_abbreviations(["Xn"]).with_block_rule("nav", "^Mục lục").with_terms("RIVER", ["sông lô"], ignore_case=True)
    mine = mine.with_pattern("CODE", "[A-Z]{3}-\\d+")
    assert [method for method, _ in mine.rules] == ["with_abbreviations", "with_block_rule", "with_terms", "with_pattern"]
    back = pickle.loads(pickle.dumps(mine))
    assert back == mine != nlp and back.rules == mine.rules and hash(back) == hash(mine)
    text = "Mục lục\nĐi Xn. Hà Nội. Qua Sông Lô, mã ABC-12."
    assert back(text) == mine(text) != nlp(text) and "RIVER" in {entity.label for entity in back(text).entities}
    assert Document.from_bytes(mine(text).to_bytes()) == mine(text) == pickle.loads(pickle.dumps(mine(text)))
    path = tmp_path / "my.ttm"
    path.write_bytes(open(nlp.path, "rb").read())
    copied = tintuc.load(path, max_bytes=1000)
    packed = pickle.dumps(copied)
    assert pickle.loads(packed) == copied != nlp and pickle.loads(packed).max_bytes == 1000 and copied.path == str(path)


def test_another_model_in_its_place_is_told(nlp):
    kind, args = nlp.__reduce__()
    with pytest.raises(tintuc.ModelError, match="comes with the package is another one here"):
        kind(*args[:-1], "0123456789abcdef")


def first_entity(job):
    nlp, doc = job
    return nlp(doc.text).entities[0], doc, id(nlp)


def test_other_processes(nlp, doc):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        answers = pool.map(first_entity, [(nlp, doc)] * 3, chunksize=1)
    assert all(entity == doc.entities[0] and back == doc for entity, back, _ in answers)
    assert len({loaded for _, _, loaded in answers}) == 1


def test_errors_cross_processes(nlp):
    with pytest.raises(tintuc.EncodingError) as caught:
        nlp(b"ab\xff")
    back = pickle.loads(pickle.dumps(caught.value))
    assert type(back) is tintuc.EncodingError and (str(back), back.code, back.byte, back.path) == (str(caught.value), "encoding", 2, None)


def test_work_under_way_cannot_be_pickled(nlp):
    with pytest.raises(TypeError):
        pickle.dumps(tintuc._core.Pool(nlp, 1))


def test_to_dict_is_the_line(doc):
    assert doc.to_dict(id="x") == doc.to_dict("x") == json.loads(doc.to_json("x"))
