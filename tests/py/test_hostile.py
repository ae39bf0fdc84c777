"""Bad input, and what happens: a test for each row of the README's table, under the row's own words."""

import gzip
import json
import os
import re
import resource
import subprocess
import sys

import pytest
import tintuc
from conftest import ROOT
from tintuc.api import default_model

ROWS = {}
MB = 1 << 20


def row(text):
    """The test is that of the row which begins with `text`."""

    def keep(test):
        ROWS[text] = test.__name__
        return test

    return keep


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def codes(done):
    return [row.get("error", {}).get("code", "ok") for row in lines(done)]


def test_each_row_of_the_readme_has_its_test():
    section = re.search(r"^## Bad input, and what happens$(.*?)^## ", (ROOT / "README.md").read_text("utf-8"), re.M | re.S).group(1)
    table = section.split("\n\n")[1]
    rows = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    assert len(rows) >= 20
    assert sorted(rows) == sorted(ROWS)
    assert len(set(ROWS.values())) == len(ROWS)


@row("bytes that are not UTF-8")
def test_bytes(run_cli, tmp_path, nlp):
    bad = b"abc \xe1\xba d\xff" + bytes(range(256)) * 4
    (tmp_path / "a.txt").write_bytes(bad)
    (tmp_path / "b.txt").write_text("Huế", "utf-8")
    done = run_cli("tag", "--encoding", "utf-8", "a.txt", "b.txt")
    assert done.returncode == 1 and codes(done) == ["encoding", "ok"] and lines(done)[0]["error"]["byte"] == 4
    done = run_cli("tag", "--encoding", "utf-8", "--on-error", "repair", "a.txt")
    assert done.returncode == 0 and lines(done)[0]["text"] == bad.decode("utf-8", "replace")
    with pytest.raises(tintuc.EncodingError):
        nlp(bad)


@row("an empty file")
def test_empty_file(run_cli, tmp_path, nlp):
    (tmp_path / "a.txt").write_bytes(b"")
    done = run_cli("tag", "a.txt")
    error = lines(done)[0]["error"]
    assert (done.returncode, error["code"], error["byte"]) == (1, "argument", 0)
    assert len(nlp("")) == 0 and list(nlp("").blocks) == []


@row("a text above 32 MiB")
def test_long_text(run_cli, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a" * 1001)
    done = run_cli("blocks", "--format", "jsonl", "--max-bytes", "1000", "a.txt")
    assert codes(done) == ["limit"] and lines(done)[0]["error"]["byte"] == 1000
    assert tintuc.MAX_BYTES == 32 * MB
    with pytest.raises(tintuc.LimitError):
        tintuc.sentences("a" * (32 * MB + 1))
    with pytest.raises(tintuc.Error):
        tintuc.load(max_bytes=(1 << 30) + 1)("a" * ((1 << 30) + 1))


@row("one line of 32 MiB; a million blocks")
def test_shapes(nlp):
    blocks = nlp("a\n" * 1_000_000, layers=["blocks"]).blocks
    assert len(blocks) == 1_000_000 and (blocks[999_999].start, blocks[999_999].end) == (1_999_998, 1_999_999)
    line = "Ông A nói. " * (32 * MB // 13)
    doc = nlp(line, layers=["blocks", "sentences"])
    assert len(doc.blocks) == 1 and doc.blocks[0].text == line.rstrip()


@row("a million combining marks on one letter; marks of direction, zero-width characters")
def test_marks(nlp):
    for letter in ("a", "ế", "d"):
        text = letter + "\u0301\u0323" * 500_000
        doc = nlp(text, layers=["blocks", "sentences"])
        assert (doc.blocks[0].start, doc.blocks[0].end) == (0, 1_000_001)
    text = "\u202eHà\u200b Nội\u2066\u2069\u200f\ufeff\n\u200b\u200d\n" + "\u202a" * 1000 + "Huế"
    doc = nlp(text)
    assert doc.text == text
    assert all(text[s.start : s.end] == s.text for layer in (doc.blocks, doc.sentences, doc.entities) for s in layer)
    view, alignment = tintuc.normalize(text, align=True)
    assert alignment.to_raw(0, len(view))[1] <= len(text)


@row("HTML nested 100,000 deep, or cut")
def test_html():
    pytest.importorskip("trafilatura")
    page = "<html><body><p>Họp báo chiều nay tại Hà Nội, nhiều người đến dự.</p>"
    for html in ("<div>" * 100_000 + "Huế" + "</div>" * 100_000, page, page[:40], "<" * 50_000, "&" * 50_000, "\0" * 100):
        try:
            assert isinstance(tintuc.from_html(html), str)
        except tintuc.Error as error:
            assert error.code


@row("a pattern of a user that is none, is too long, or would take hours")
def test_patterns(nlp):
    for bad in ("(", "a{99999}", "[z-a]", "a" * 5000, "(?R" * 10, "\\C"):
        with pytest.raises(tintuc.ArgumentError):
            nlp.with_block_rule("nav", bad)
    for bomb in ("^(a+)+$", "(a*)*[bc]", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"):
        piped = nlp.with_block_rule("nav", bomb)
        try:
            assert piped("a" * 100_000, layers=["blocks"]).blocks[0].kind
        except tintuc.LimitError as error:
            assert error.code == "limit" and "pattern" in str(error)
    with pytest.raises(tintuc.LimitError):
        nlp.with_block_rule("nav", "^(a+)+$")("a" * 40 + "b")


@row("a packed file that unpacks to gigabytes")
def test_zip_bombs(run_cli, tmp_path):
    limit = MB
    plain = b"a" * (64 * MB)
    for name, head in (("a.txt", b""), ("b.jsonl", b'{"text": "'), ("c.csv", b"text\n"), ("d.html", b"<p>")):
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(head + plain, 1))
    names = ["a.txt.gz", "b.jsonl.gz", "c.csv.gz", "d.html.gz"]
    zstandard = pytest.importorskip("zstandard")
    for name, head in (("e.txt", b""), ("f.jsonl", b'{"text": "')):
        (tmp_path / f"{name}.zst").write_bytes(zstandard.compress(head + plain))
        names.append(f"{name}.zst")
    (tmp_path / "good.txt").write_text("Huế", "utf-8")
    done = run_cli("blocks", "--format", "jsonl", "--max-bytes", str(limit), *names, "good.txt")
    assert done.returncode == 1 and codes(done) == ["limit"] * len(names) + ["ok"]
    assert all("max-bytes" in row["error"]["message"] for row in lines(done)[:-1])


@row("a packed file that is cut or damaged")
def test_damaged_packing(run_cli, tmp_path):
    packed = gzip.compress(b"a" * 100_000)
    (tmp_path / "a.txt.gz").write_bytes(packed[:60])
    (tmp_path / "b.txt.gz").write_bytes(packed[:50] + b"\xff\xff\xff" + packed[53:])
    (tmp_path / "c.txt.gz").write_bytes(b"no gzip")
    names = ["a.txt.gz", "b.txt.gz", "c.txt.gz"]
    zstandard = pytest.importorskip("zstandard")
    (tmp_path / "d.txt.zst").write_bytes(zstandard.compress(os.urandom(5000))[:2000])
    done = run_cli("blocks", "--format", "jsonl", *names, "d.txt.zst")
    assert done.returncode == 1 and codes(done) == ["io"] * 4
    assert [row["error"]["message"].split(":")[0] for row in lines(done)] == [*names, "d.txt.zst"]


@row("a folder with FIFOs, devices, loops of links, names that are not UTF-8")
def test_folder(run_cli, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").symlink_to("/dev/zero")
    (folder / "c.txt").symlink_to("c.txt")
    (folder / "d").symlink_to(".")
    (folder / "e.txt").symlink_to("nowhere")
    bad = os.fsencode(folder) + b"/f\xff"
    os.mkdir(bad)
    with open(bad + b"/g\xfe.txt", "wb") as file:
        file.write("Huế".encode())
    (folder / "h.txt").mkdir()
    done = run_cli("blocks", "--format", "jsonl", "in")
    assert done.returncode == 1
    assert [(row["id"], row.get("text", row.get("error", {}).get("code"))) for row in lines(done)] == [
        ("a", "io"), ("b", "io"), ("c", "io"), ("e", "io"), ("g\ufffd", "Huế"),
    ]  # fmt: skip


@row("a path that cannot be read, in a folder of good ones")
def test_unreadable(run_cli, tmp_path):
    (tmp_path / "good.txt").write_text("Huế", "utf-8")
    done = run_cli("blocks", "--format", "jsonl", "none.txt", "good.txt")
    assert done.returncode == 1 and codes(done) == ["io", "ok"]
    assert "none.txt" in lines(done)[0]["error"]["message"]


@row("JSON lines that are no JSON, lack the text, nest 100,000 deep, or hold half a character")
def test_json_lines(run_cli, tmp_path):
    rows = ["{", "[]", '{"id": 1}', '{"text": 5}', "[" * 100_000, '{"text": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
            '{"id": "\\ud800", "text": "a"}', '{"text": "a\\ud800"}', "1" * 10_000, "NaN", '{"text": "Huế", "id": {"a": [1]}}']  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "\xff"}\n{"text": "b"}\n')
    done = run_cli("tag", "a.jsonl", "b.jsonl")
    want = ["corpus"] * 6 + ["encoding"] * 2 + ["corpus"] * 2 + ["ok", "encoding", "ok"]
    assert done.returncode == 1 and codes(done) == want
    assert "a.jsonl:1:" in lines(done)[0]["error"]["message"]


@row("a model that is missing, cut, damaged, of another version")
def test_models(run_cli, tmp_path):
    with open(default_model(), "rb") as model:
        data = model.read()
    (tmp_path / "cut.ttm").write_bytes(data[:-1])
    (tmp_path / "flipped.ttm").write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    (tmp_path / "other.ttm").write_bytes(data[:8] + b"\x63" + data[9:])
    for name in ("none.ttm", "cut.ttm", "flipped.ttm", "other.ttm"):
        done = run_cli("tag", "--model", name, stdin=b"a")
        assert done.returncode == 2 and done.stdout == b""
        assert done.stderr.count(b"\n") == 1 and name.encode() in done.stderr


@row("a small model with any one byte cut off or changed")
def test_every_byte_of_a_model(small_model, tmp_path):
    data = small_model.read_bytes()
    path = tmp_path / "bad.ttm"
    for at in [*range(0, 400), *range(401, len(data), max(1, len(data) // 400))]:  # each byte: tests/c/test_damage.c
        for bad in (data[:at], data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]):
            path.write_bytes(bad)
            with pytest.raises(tintuc.ModelError):
                tintuc.load(path)
    path.write_bytes(data)
    assert tintuc.load(path).labels == ("PER", "LOC")


@pytest.fixture(scope="module")
def small_model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    (folder / "a.ann").write_text("#doc a\n#paragraph\nÔng {PER|Minh} đến {LOC|Huế}.\n", "utf-8")
    tintuc.train([folder / "a.ann"], output=folder / "m.ttm", epochs=1, members=1)
    return folder / "m.ttm"


@row("a date that is none")
def test_dates(run_cli, tmp_path, nlp):
    (tmp_path / "a.jsonl").write_text('{"text": "a", "date": "2021-02-30"}\n{"text": "b", "date": [1]}\n', "utf-8")
    assert codes(run_cli("tag", "a.jsonl")) == ["argument", "argument"]
    with pytest.raises(tintuc.ArgumentError):
        nlp("a", date="9/9/2021")


@row("a corpus that breaks its form")
def test_corpora(run_cli, tmp_path):
    for name, text in (("a.ann", "#doc a\n#lead\nx {PER|y\n"), ("b.jsonl", "[" * 100_000), ("c.conll", "a\tX-PER\n"), ("d.ann", "\0")):
        (tmp_path / name).write_text(text, "utf-8")
        done = run_cli("train", name, "-o", "m.ttm")
        assert done.returncode == 2 and done.stderr.startswith(f"tintuc: {name}:".encode()), done.stderr
        assert not (tmp_path / "m.ttm").exists()


@row("documents to score that are none")
def test_scores(run_cli, tmp_path):
    for number, bad in enumerate(("5", "{", "[" * 100_000, '{"id": [1]}', '{"id": 1, "entities": [{}]}', '{"id": 1, "blocks": 7}')):
        (tmp_path / f"{number}.jsonl").write_text(bad + "\n", "utf-8")
        done = run_cli("score", f"{number}.jsonl", f"{number}.jsonl")
        assert done.returncode == 2 and done.stderr.startswith(f"tintuc: {number}.jsonl:1: ".encode()), done.stderr


@row("a full disk, or a folder that cannot be written")
def test_full_disk(tmp_path):
    (tmp_path / "a.txt").write_text("Huế", "utf-8")
    command = [sys.executable, "-m", "tintuc", "tag", "a.txt"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr == b"tintuc: output: No space left on device\n"
    done = subprocess.run([*command, "-o", "none/x.jsonl"], capture_output=True, cwd=tmp_path)
    assert done.returncode == 2 and b"No such file" in done.stderr

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    code = "import signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from tintuc.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", code, "tag", "a.txt", "-o", "x.jsonl"], capture_output=True, cwd=tmp_path, preexec_fn=small)
    assert done.returncode == 2 and b"File too large" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["a.txt"]


@row("`-o` that names a device or a pipe")
def test_output_to_a_device(run_cli, tmp_path):
    (tmp_path / "a.txt").write_text("Huế", "utf-8")
    link = tmp_path / "out"
    os.mkfifo(link)
    reader = subprocess.Popen(["cat", link], stdout=subprocess.PIPE)
    done = run_cli("tag", "a.txt", "-o", "out")
    assert done.returncode == 0 and json.loads(reader.communicate(timeout=60)[0])["text"] == "Huế"
    assert not link.is_file()
    assert run_cli("tag", "a.txt", "-o", "/dev/full").returncode == 2
    assert not os.path.isfile("/dev/full")


@row("a reader that goes away")
def test_broken_pipe(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "Huế"}\n' * 20_000, "utf-8")
    process = subprocess.Popen([sys.executable, "-m", "tintuc", "blocks", "--format", "jsonl", "a.jsonl"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, cwd=tmp_path)  # fmt: skip
    assert process.stdout.readline().startswith(b"{")
    process.stdout.close()
    assert process.wait(timeout=120) == 1 and process.stderr.read() == b""
    process.stderr.close()


@row("memory that runs out")
def test_memory(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "' + "Ông A nói. " * 1_000_000 + '"}\n{"text": "Huế"}\n', "utf-8")
    code = (
        "import resource, sys, tintuc\nfrom tintuc.cli import main\nnlp = tintuc.load()\n"
        "now = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (now + (200 << 20), now + (200 << 20)))\nsys.exit(main(['tag', 'a.jsonl']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path)
    assert done.returncode == 1 and codes(done) == ["memory", "ok"], (done.stdout[:300], done.stderr[-2000:])
