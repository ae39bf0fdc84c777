"""`tintuc tag --format parquet` and `arrow`: the file has the rows of the documents, and is there only when it is whole."""

import pytest
import tintuc
from pyarrow import feather, parquet

READ = {"parquet": parquet.read_table, "arrow": lambda path: feather.read_table(path, memory_map=False)}
PAGES = {"một.txt": "Chiều 15/9, Đại tướng Phan Văn Giang đến Hà Nội.", "hai.txt": "Giá 2,35 tỷ đồng tại Huế."}


@pytest.fixture
def pages(tmp_path):
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in PAGES]


@pytest.mark.parametrize("format", READ)
@pytest.mark.parametrize("layers", [[], ["--layers", "blocks,sentences"]])
def test_rows(nlp, run_cli, tmp_path, pages, format, layers):
    done = run_cli("tag", "--format", format, *layers, "-o", "out", *pages)
    assert done.returncode == 0, done.stderr
    layer = "sentences" if layers else "entities"
    got = READ[format](tmp_path / "out").to_pylist()
    want = nlp.table(PAGES.values(), layer, ids=[row["doc"] for row in _first_rows(got)]).to_arrow().to_pylist()
    assert got == want and len(got) > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*PAGES, "out"])


def _first_rows(rows):
    return {row["doc"]: row for row in rows}.values()


@pytest.mark.parametrize("format", READ)
def test_dictionaries_that_grow(nlp, tmp_path, format):
    from tintuc import table_files

    table = nlp.table(PAGES.values())
    table.batch_rows = 1
    table_files.write(table, format, str(tmp_path / "out"))
    assert READ[format](tmp_path / "out").to_pylist() == table.to_arrow().to_pylist()


def test_a_document_that_fails(run_cli, tmp_path, pages):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00\xff" * 3)
    done = run_cli("tag", "--encoding", "utf-8", "--format", "parquet", "-o", "out", tmp_path / "bad.txt", *pages)
    assert done.returncode == 1 and b"bad.txt" in done.stderr
    assert len(set(parquet.read_table(tmp_path / "out")["doc"].to_pylist())) == 2


def test_wrong_calls(run_cli, tmp_path, pages):
    assert b"needs -o FILE" in run_cli("tag", "--format", "parquet", *pages).stderr
    done = run_cli("tag", "--format", "arrow", "-o", "out", tmp_path / "not-there.txt")
    assert done.returncode != 0


def test_nothing_is_left_of_a_file_that_failed(nlp, tmp_path):
    from tintuc import table_files

    with pytest.raises(tintuc.EncodingError):
        table_files.write(nlp.table(["Hà Nội.", b"\xff"]), "parquet", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []
