"""Documents out of packed and columnar files."""

import gzip
import json

import pytest

PAGE = "Chiều 15/9, Đại tướng Phan Văn Giang hội đàm tại Hà Nội."


def ids_and_texts(done):
    return [(row["id"], row.get("text", row.get("error"))) for row in map(json.loads, done.stdout.decode().splitlines())]


def test_gzip(run_cli, tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(PAGE.encode()))
    assert ids_and_texts(run_cli("tag", "a.txt.gz")) == [("a", PAGE)]


def test_zstandard(run_cli, tmp_path):
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(json.dumps({"id": "x", "text": PAGE}).encode() + b"\n"))
    (tmp_path / "b.txt.zst").write_bytes(b"no zstd frame")
    done = run_cli("tag", "a.jsonl.zst", "b.txt.zst")
    rows = ids_and_texts(done)
    assert done.returncode == 1 and rows[0] == ("x", PAGE)
    assert rows[1][0] == "b" and "b.txt.zst" in rows[1][1]["message"]


def test_zstandard_of_several_frames(run_cli, tmp_path):
    zstandard = pytest.importorskip("zstandard")
    frames = [json.dumps({"id": str(i), "text": PAGE}).encode() + b"\n" for i in range(300)]
    (tmp_path / "a.jsonl.zst").write_bytes(b"".join(map(zstandard.compress, frames)))
    rows = ids_and_texts(run_cli("blocks", "--format", "jsonl", "a.jsonl.zst"))
    assert rows == [(str(i), PAGE) for i in range(300)]


def test_parquet(run_cli, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"key": ["x", "y"], "body": [PAGE, None], "day": ["2021-09-15", None]})
    parquet.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"no parquet")
    fields = ("--id-field", "key", "--text-field", "body", "--date-field", "day")
    done = run_cli("tag", "a.parquet", "b.parquet", *fields)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1 and (rows[0]["id"], rows[0]["text"], rows[0]["date"]) == ("x", PAGE, "2021-09-15")
    assert [row["error"]["code"] for row in rows[1:]] == ["corpus", "corpus"]
