"""Encodings and normalization from the command line."""

import json

import pytest
import tintuc

PAGE = "Sáng 8/9, Thủ tướng Chính phủ Phạm Minh Chính tiếp Đại sứ Nhật Bản tại Hà Nội và chủ trì phiên họp Chính phủ."
LEGACY = ["utf-16", "windows-1258", "viscii", "tcvn3", "tcvn5712-1", "vni", "vps", "viqr"]


def read_one(done):
    (line,) = done.stdout.decode().splitlines()
    return json.loads(line)


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("named", [True, False], ids=["named", "guessed"])
def test_every_encoding_is_read(run_cli, tmp_path, encoding, named):
    (tmp_path / "a.txt").write_bytes(tintuc.encode(PAGE, encoding))
    done = run_cli("tag", "a.txt", *(("--encoding", encoding) if named else ()))
    document = read_one(done)
    assert done.returncode == 0 and document["text"] == PAGE
    assert ("Phạm Minh Chính", "PER") in [(e["text"], e["label"]) for e in document["entities"]]


def test_damaged_utf8_is_not_taken_for_another_encoding(run_cli, tmp_path):
    data = PAGE.encode()
    (tmp_path / "a.txt").write_bytes(data[:60] + b"\xff" + data[60:])
    done = run_cli("tag", "a.txt")
    error = read_one(done)["error"]
    assert done.returncode == 1 and (error["code"], error["byte"]) == ("encoding", 60)
    repaired = read_one(run_cli("tag", "a.txt", "--on-error", "repair"))["text"]
    assert repaired == data[:60].decode() + "\ufffd" + data[60:].decode()


def test_byte_order_mark_is_no_text(run_cli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + PAGE.encode())
    document = read_one(run_cli("tag", "a.txt"))
    assert document["text"] == PAGE and document["blocks"][0]["start"] == 0
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfab\xff")
    assert read_one(run_cli("tag", "b.txt"))["error"]["byte"] == 5


def test_unknown_encoding(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    done = run_cli("tag", "a.txt", "--encoding", "klingon")
    assert (done.returncode, done.stdout) == (2, b"") and b"klingon" in done.stderr


def test_bytes_that_the_named_encoding_lacks(run_cli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"ab\xff")
    assert read_one(run_cli("tag", "a.txt", "--encoding", "utf-8"))["error"]["byte"] == 2


def test_normalize_presets_and_steps(run_cli):
    raw = "Hoà  “bình”\u00a0…\r\n".encode()
    assert run_cli("normalize", stdin=raw).stdout.decode() == 'Hòa "bình" ...\n'
    assert run_cli("normalize", "--preset", "view", stdin=raw).stdout.decode() == "Hòa  “bình” …\n"
    assert run_cli("normalize", "--tone", "new", "--without", "quotes,ellipsis", stdin=raw).stdout.decode() == "Hoà “bình” …\n"
    assert run_cli("normalize", "--with", "lower,plain", stdin=raw).stdout.decode() == 'hoa "binh" ...\n'
    assert run_cli("normalize", "--preset", "nfkc", "--form", "none", stdin=raw).stdout == raw
    wrong = run_cli("normalize", "--with", "quote", stdin=raw)
    assert wrong.returncode == 2 and b"quote" in wrong.stderr


def test_normalize_counts(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text("hoà “a”\n", "utf-8")
    (tmp_path / "b.txt").write_text("thuỷ\n", "utf-8")
    done = run_cli("normalize", "a.txt", "b.txt", "--counts")
    assert done.stdout.decode() == 'hòa "a"\nthủy\n'
    assert [line.split() for line in done.stderr.decode().splitlines()] == [["quotes", "2"], ["tone_old", "2"]]
    rows = [json.loads(line) for line in run_cli("normalize", "a.txt", "b.txt", "--counts", "--format", "jsonl").stdout.splitlines()]
    assert [row["counts"] for row in rows] == [{"quotes": 2, "tone_old": 1}, {"tone_old": 1}]


def test_normalize_mends_mojibake_on_request(run_cli):
    spoilt = PAGE.encode().decode("latin-1").encode()
    assert run_cli("normalize", "--with", "mojibake", stdin=spoilt).stdout.decode() == PAGE + "\n"


def test_normalize_bad_among_good(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text("hoà", "utf-8")
    (tmp_path / "b.txt").write_bytes("hoà".encode() + b"\xff" + "thuỷ lợi".encode())
    (tmp_path / "c.txt").write_text("thuỷ", "utf-8")
    done = run_cli("normalize", "a.txt", "b.txt", "c.txt")
    assert done.returncode == 1 and done.stdout.decode() == "hòa\nthủy\n" and b"b.txt" in done.stderr
