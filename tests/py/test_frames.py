"""Tables: what pandas, polars, pyarrow and DuckDB read is what the documents say, row by row."""

import datetime
import decimal
import gc

import duckdb
import pandas
import polars
import pyarrow
import pytest

import tintuc

PAGES = [
    "Hội đàm\nChiều 15/9, Đại tướng Phan Văn Giang hội đàm với Bộ trưởng Quốc phòng Nhật Bản tại Hà Nội. Lễ ký lúc 9h30 ngày 16/9/2021.",
    "",
    "Giá vàng\n😀 Ngân hàng Nhà nước bán 2,35 tỷ đồng, tăng 4,5% và 6-7 triệu USD.\nTheo TTXVN",
    "Không có gì.",
]
IDS = ["trang 1", "rỗng", "tệp/😀.html", ""]
DATE = "2021-09-15"


def entity_row(id, entity):
    index = list(entity.doc.sentences).index(entity.sentence)
    return {
        "doc": id, "start": entity.start, "end": entity.end, "sentence": index, "depth": entity.depth, "label": entity.label,
        "kind": entity.kind, "text": entity.text, "confidence": entity.confidence, "value": entity.value,
        "start_date": entity.start_date, "end_date": entity.end_date, "datetime": entity.datetime, "number": entity.number,
        "number_end": entity.number_end, "unit": entity.unit, "currency": entity.currency,
    }


def block_row(id, block):
    return {"doc": id, "start": block.start, "end": block.end, "kind": block.kind, "text": block.text}


def sentence_row(id, sentence):
    block = list(sentence.doc.blocks).index(sentence.block)
    return {"doc": id, "start": sentence.start, "end": sentence.end, "block": block, "text": sentence.text}


ROWS = {"entities": entity_row, "sentences": sentence_row, "blocks": block_row}


def rows_of(docs, layer, ids=IDS):
    return [ROWS[layer](id, item) for id, doc in zip(ids, docs) for item in getattr(doc, layer)]


def read_pandas(table):
    frame = table.to_pandas()
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in rows:
        if row.get("datetime") is not None:
            row["datetime"] = row["datetime"].to_pydatetime() if hasattr(row["datetime"], "to_pydatetime") else row["datetime"]
    return rows


READERS = {
    "pyarrow": lambda table: pyarrow.table(table).to_pylist(),
    "to_arrow": lambda table: table.to_arrow().to_pylist(),
    "polars": lambda table: polars.DataFrame(table).to_dicts(),
    "to_polars": lambda table: table.to_polars().to_dicts(),
    "pandas": read_pandas,
    "duckdb": lambda rows: duckdb.sql("from rows").to_arrow_table().to_pylist(),
}


@pytest.fixture(scope="module")
def docs(nlp):
    return [nlp(page, date=DATE) for page in PAGES]


def test_the_pages_have_all_sorts_of_cells(docs):
    rows = rows_of(docs, "entities")
    for column in rows[0]:
        assert any(row[column] is not None for row in rows), column
    for column in ("kind", "value", "start_date", "datetime", "number", "number_end", "unit", "currency"):
        assert any(row[column] is None for row in rows), column


@pytest.mark.parametrize("batch_rows", [1, 2, 65536])
@pytest.mark.parametrize("layer", ROWS)
@pytest.mark.parametrize("reader", READERS)
def test_readers_see_what_the_documents_say(docs, reader, layer, batch_rows):
    table = tintuc.table(docs, layer, IDS, batch_rows=batch_rows)
    assert READERS[reader](table) == rows_of(docs, layer)


@pytest.mark.parametrize("layer", ROWS)
def test_texts_are_read_on_the_way(nlp, docs, layer):
    table = nlp.table(PAGES, layer, ids=IDS, dates=[DATE] * len(PAGES), threads=2)
    for _ in range(2):  # over a list as often as you like
        assert table.to_arrow().to_pylist() == rows_of(docs, layer)


def test_types(docs):
    schema = pyarrow.table(tintuc.table(docs)).schema
    assert schema.field("label").type == pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    assert schema.field("number").type == pyarrow.decimal128(38, 18)
    assert schema.field("datetime").type == pyarrow.timestamp("us")
    assert schema.field("start_date").type == pyarrow.date32()
    assert not schema.field("label").nullable and schema.field("kind").nullable
    assert pyarrow.schema(tintuc.table(docs)) == schema
    assert tuple(schema.names) == tintuc.table(docs).columns


def test_pandas_holds_no_python_objects(docs):
    frame = tintuc.table(docs).to_pandas()
    assert not [name for name, kind in frame.dtypes.items() if kind == object]
    assert frame["label"].dtype == "category"


def test_documents_are_numbered(nlp, docs):
    assert set(tintuc.table(docs).to_polars()["doc"]) == {"0", "2"}
    assert set(nlp.table(PAGES).to_polars()["doc"]) == {"0", "2"}
    assert docs[0].table("blocks").to_arrow()["doc"].to_pylist() == ["0", "0"]
    assert docs[0].table("blocks", id="x").to_arrow()["doc"].to_pylist() == ["x", "x"]
    assert docs[0].table(layer="entities", id="x").to_arrow().to_pylist() == rows_of(docs[:1], "entities", ["x"])


@pytest.mark.parametrize("layer", ROWS)
@pytest.mark.parametrize("reader", READERS)
def test_nothing(reader, layer):
    assert READERS[reader](tintuc.table([], layer)) == []
    assert tuple(tintuc.table([], layer).to_polars().columns) == tintuc.table([], layer).columns


def test_documents_without_rows(nlp):
    assert tintuc.table([nlp(""), nlp("")]).to_pandas().empty


def test_batches_are_full_and_share_their_dictionaries(docs):
    reader = pyarrow.RecordBatchReader.from_stream(tintuc.table(docs, batch_rows=3))
    batches = list(reader)
    assert len(batches) > 2 and {len(batch) for batch in batches[:-1]} == {3}
    labels = [batch["label"].dictionary.to_pylist() for batch in batches]
    for before, after in zip(labels, labels[1:]):
        assert after[: len(before)] == before


def test_batches_outlive_the_table(docs):
    batch = next(iter(pyarrow.RecordBatchReader.from_stream(tintuc.table(docs))))
    gc.collect()
    batch.validate(full=True)
    column = batch["label"]
    del batch
    assert column.to_pylist() == [row["label"] for row in rows_of(docs, "entities")]


def test_an_iterator_is_read_once(nlp, docs):
    for table in (tintuc.table(iter(docs)), nlp.table(iter(PAGES)), nlp.table(PAGES, ids=iter(IDS))):
        assert len(table.to_arrow()) > 0
        with pytest.raises(tintuc.ArgumentError, match="read already"):
            table.to_arrow()


def test_it_reads_no_further_than_asked(docs):
    taken = []

    def source():
        for doc in docs * 5:
            taken.append(doc)
            yield doc

    reader = pyarrow.RecordBatchReader.from_stream(tintuc.table(source(), batch_rows=1))
    assert not taken
    reader.read_next_batch()
    assert len(taken) == 1
    reader.close()
    assert len(taken) == 1


def broken(doc):
    yield doc
    raise KeyError("không đọc được")


@pytest.mark.parametrize("name", ["to_arrow", "to_polars", "to_pandas"])
def test_an_exception_of_the_texts_comes_as_it_was(docs, name):
    with pytest.raises(KeyError, match="không đọc được"):
        getattr(tintuc.table(broken(docs[0])), name)()


def test_readers_are_told_what_went_wrong(docs):
    reader = pyarrow.RecordBatchReader.from_stream(tintuc.table(broken(docs[0])))
    with pytest.raises(OSError, match="KeyError: 'không đọc được'"):
        reader.read_all()


def test_a_long_message_ends_with_a_whole_letter(docs):
    def source(count):
        raise ValueError("x" * count + "ế" * 200)
        yield

    for count in range(4):
        with pytest.raises(OSError, match="ValueError: x*ế+"):
            pyarrow.RecordBatchReader.from_stream(tintuc.table(source(count))).read_all()


def test_a_text_that_cannot_be_read(nlp):
    with pytest.raises(tintuc.EncodingError) as caught:
        nlp.table(["a", b"\xff"]).to_arrow()
    assert caught.value.byte == 0
    with pytest.raises(TypeError, match="text must be str or bytes"):
        nlp.table(["a", 5]).to_polars()
    with pytest.raises(tintuc.ArgumentError, match="date"):
        nlp.table(["a"], dates=["hôm qua"]).to_arrow()


def test_calls_that_cannot_be_meant(nlp, docs):
    for call in (
        lambda: nlp.table(PAGES, "câu"),
        lambda: nlp.table(PAGES, batch_rows=0),
        lambda: nlp.table("một trang"),
        lambda: nlp.table(PAGES, ids="abcd"),
        lambda: nlp.table(PAGES, ids=["x"]).to_arrow(),
        lambda: nlp.table(PAGES, dates=[None] * 9).to_arrow(),
        lambda: tintuc.table(docs, batch_rows=-1),
        lambda: docs[0].table("từ"),
    ):
        with pytest.raises(tintuc.ArgumentError):
            call()
    for layer in ("words", "links"):
        with pytest.raises(tintuc.UnsupportedError):
            tintuc.table(docs, layer)
    with pytest.raises(TypeError, match="not int"):
        tintuc.table([1]).to_arrow()
    with pytest.raises(tintuc.ArgumentError, match="made without"):
        tintuc.table([nlp("Một câu.", layers=["sentences"])]).to_polars()


def test_numbers_are_exact(nlp):
    line = {"text": "a b", "entities": [
        {"start": 0, "end": 1, "label": "QUANTITY", "value": "-123456789012345678 x"},
        {"start": 2, "end": 3, "label": "MONEY", "value": "0.00000001 VND"},
    ]}
    doc = tintuc.Document.from_dict(line)
    numbers = [entity.number for entity in doc.entities]
    assert numbers == [decimal.Decimal("-123456789012345678"), decimal.Decimal("0.00000001")]
    assert doc.table().to_arrow()["number"].to_pylist() == numbers


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "9999-12-30"])
def test_days(day):
    doc = tintuc.Document.from_dict({"text": "a", "entities": [{"start": 0, "end": 1, "label": "DATE", "value": day}]})
    assert doc.table().to_arrow()["start_date"].to_pylist() == [datetime.date.fromisoformat(day)]


def test_it_shows_itself(docs):
    assert repr(tintuc.table(docs, "blocks")) == "<tintuc.Table of blocks: doc, start, end, kind, text>"


def test_pandas_and_duckdb_count(docs):
    rows = tintuc.table(docs)
    counts = dict(duckdb.sql("select label::varchar, count(*) from rows group by 1").fetchall())
    assert counts == pandas.DataFrame(rows_of(docs, "entities"))["label"].value_counts().to_dict()
    assert len(rows.to_pandas()) == sum(counts.values())
