"""The command line as users and batch jobs call it: formats, exit statuses, bad input among good."""

import gzip
import json
import signal
import subprocess
import sys

import pytest

PAGE = "Chiều 15/9, Đại tướng Phan Văn Giang hội đàm tại Hà Nội.\n"


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def folder(tmp_path):
    base = tmp_path / "pages"
    (base / "deep").mkdir(parents=True)
    (base / "a.txt").write_text(PAGE, "utf-8")
    (base / "deep" / "b.txt").write_text("Huế.", "utf-8")
    return base


def test_folder_to_json_lines(run_cli, folder):
    done = run_cli("tag", folder)
    assert done.returncode == 0
    docs = lines(done)
    assert [d["id"] for d in docs] == ["a", "b"]
    assert docs[0]["text"] == PAGE
    for d in docs:
        for layer in ("blocks", "sentences", "entities"):
            for item in d[layer]:
                assert d["text"][item["start"] : item["end"]].strip() != ""
        assert all(e["text"] == d["text"][e["start"] : e["end"]] for e in d["entities"])


def test_line_ends_are_kept(run_cli, tmp_path):
    (tmp_path / "a.txt").write_bytes("Một.\r\nHai.\r\n".encode())
    assert lines(run_cli("tag", "a.txt"))[0]["text"] == "Một.\r\nHai.\r\n"


def test_bad_among_good(run_cli, folder):
    (folder / "b_bad.txt").write_bytes(b"abc\xffdef")
    (folder / "c_empty.txt").write_bytes(b"")
    (folder / "d_gone.txt").symlink_to("nowhere.txt")
    (folder / "e_long.txt").write_text("x" * 5000)
    (folder / "z.txt").write_text(PAGE, "utf-8")
    done = run_cli("tag", folder, "--max-bytes", "4000")
    assert done.returncode == 1
    docs = {d["id"]: d for d in lines(done)}
    assert set(docs) == {"a", "b", "b_bad", "c_empty", "d_gone", "e_long", "z"}
    assert (docs["b_bad"]["error"]["code"], docs["b_bad"]["error"]["byte"]) == ("encoding", 3)
    for name in ("b_bad", "c_empty", "d_gone", "e_long"):
        assert docs[name]["error"]["message"].startswith(str(folder / f"{name}.txt") + ": ")
    assert (docs["c_empty"]["error"]["code"], docs["c_empty"]["error"]["byte"]) == ("argument", 0)
    assert docs["d_gone"]["error"]["code"] == "io" and "d_gone.txt" in docs["d_gone"]["error"]["message"]
    assert (docs["e_long"]["error"]["code"], docs["e_long"]["error"]["byte"]) == ("limit", 4000)
    assert [docs[k]["text"] for k in ("a", "b", "z")] == [PAGE, "Huế.", PAGE]


def test_long_line_over_the_default_limit(run_cli, tmp_path):
    (tmp_path / "long.txt").write_bytes(b"a " * 25_000_000)
    (tmp_path / "z.txt").write_text(PAGE, "utf-8")
    done = run_cli("tag", "long.txt", "z.txt")
    long, good = lines(done)
    assert done.returncode == 1
    assert (long["id"], long["error"]["code"], long["error"]["byte"]) == ("long", "limit", 32 << 20)
    assert good["text"] == PAGE


def test_skip_and_repair(run_cli, tmp_path):
    (tmp_path / "bad.txt").write_bytes("Hà ".encode() + b"\xff" + " Huế".encode())
    (tmp_path / "ok.txt").write_text("Huế", "utf-8")
    skipped = run_cli("tag", "bad.txt", "ok.txt", "--on-error", "skip")
    assert skipped.returncode == 1
    assert [d["id"] for d in lines(skipped)] == ["ok"] and b"bad" in skipped.stderr
    repaired = run_cli("tag", "bad.txt", "--on-error", "repair")
    assert repaired.returncode == 0 and lines(repaired)[0]["text"] == "Hà \ufffd Huế"


@pytest.mark.parametrize(
    "args",
    [
        ("tag", "--format", "xml"),
        ("tag", "--layers", "nouns"),
        ("tag", "--layers", "words", "a.txt"),
        ("tag", "--format", "parquet"),
        ("tag", "--model", "none.ttm", "a.txt"),
        ("nothing",),
        ("words", "a.txt"),
        ("score", "none.jsonl", "none.jsonl"),
        ("train", "none.ann", "-o", "m.ttm"),
        ("tag", "a.txt", "-o", "no/such/folder/x"),
    ],
)
def test_wrong_calls(run_cli, tmp_path, args):
    (tmp_path / "a.txt").write_text("Huế", "utf-8")
    done = run_cli(*args)
    assert done.returncode == 2
    assert done.stdout == b"" and done.stderr


def test_damaged_model_is_named(run_cli, tmp_path):
    (tmp_path / "bad.ttm").write_bytes(b"TTMODEL1" + bytes(200))
    (tmp_path / "a.txt").write_text("Huế", "utf-8")
    done = run_cli("tag", "--model", "bad.ttm", "a.txt")
    assert done.returncode == 2
    assert b"bad.ttm" in done.stderr and b"byte" in done.stderr and done.stderr.count(b"\n") == 1


def test_json_lines_in(run_cli, tmp_path):
    rows = [
        '{"id": "x", "text": "Huế.", "date": "2020-01-02"}',
        "not json",
        '{"id": 7, "text": 7}',
        "",
        '{"body": "Huế"}',
        '{"text": "Hà Nội", "date": "2020-02-31"}',
        '{"text": "Hà Nội"}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(rows), "utf-8")
    done = run_cli("tag", "in.jsonl")
    docs = lines(done)
    assert done.returncode == 1
    assert [d["id"] for d in docs] == ["x", "in-2", "in-3", "in-5", "in-6", "in-7"]
    assert docs[0]["date"] == "2020-01-02"
    assert ["error" in d for d in docs] == [False, True, True, True, True, False]
    assert docs[1]["error"]["byte"] > rows[0].encode().__len__()
    other = run_cli("tag", "in.jsonl", "--text-field", "body")
    assert [d["text"] for d in lines(other) if "text" in d] == ["Huế"]


def test_standard_input(run_cli):
    assert lines(run_cli("tag", "-", stdin=PAGE.encode()))[0]["text"] == PAGE
    assert lines(run_cli("tag", stdin=b'{"id": "a", "text": "b"}\n'))[0]["id"] == "a"


def test_gzip_and_csv(run_cli, tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(PAGE.encode())[:-9])
    (tmp_path / "t.csv").write_text('id,text\n1,"Huế, ngày 2/9"\n', "utf-8")
    done = run_cli("tag", "a.txt.gz", "cut.txt.gz", "t.csv")
    docs = lines(done)
    assert [d["id"] for d in docs] == ["a", "cut", "1"]
    assert docs[0]["text"] == PAGE and docs[1]["error"]["code"] == "io" and docs[2]["text"] == "Huế, ngày 2/9"


def test_jobs_change_nothing(run_cli, folder):
    assert run_cli("tag", folder, "--jobs", "3").stdout == run_cli("tag", folder).stdout


def test_output_appears_whole(run_cli, folder, tmp_path):
    done = run_cli("tag", folder, "-o", "out.jsonl")
    assert done.returncode == 0 and done.stdout == b""
    assert (tmp_path / "out.jsonl").read_bytes() == run_cli("tag", folder).stdout
    failed = run_cli("tag", folder, "-o", "out2.jsonl", "--model", "none")
    assert failed.returncode == 2 and not list(tmp_path.glob("*out2*")) and not list(tmp_path.glob(".tintuc-*"))


def test_table_and_columns(run_cli, folder):
    table = run_cli("tag", folder / "a.txt", "--format", "table").stdout.decode()
    assert "paragraph" in table and "PER" in table and "Phan Văn Giang" in table
    conll = run_cli("tag", folder / "a.txt", "--format", "conll").stdout.decode()
    assert "Phan\tB-PER\nVăn\tI-PER\nGiang\tI-PER\nhội\tO\n" in conll


def test_single_steps(run_cli, folder):
    assert run_cli("sentences", folder / "a.txt").stdout.decode() == PAGE
    assert run_cli("blocks", folder / "a.txt").stdout.decode().split("\t")[:3] == ["paragraph", "0", "56"]
    nfd = b"Hue\xcc\x82\xcc\x81"
    assert run_cli("normalize", stdin=nfd).stdout.decode() == "Huế\n"
    info = run_cli("info").stdout.decode()
    assert "tintuc" in info and "checksum" in info and "PER" in info


def test_score_of_itself_is_one(run_cli, folder, tmp_path):
    run_cli("tag", folder, "-o", "p.jsonl")
    result = json.loads(run_cli("score", "p.jsonl", "p.jsonl", "--json").stdout)
    assert result["entities"]["f1"] == 1 and result["sentences"]["f1"] == 1


def test_broken_pipe_is_quiet(tmp_path, folder):
    for i in range(300):
        (folder / f"n{i}.txt").write_text(PAGE * 20, "utf-8")
    shell = f"{sys.executable} -m tintuc tag {folder} | head -c 100 >/dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=tmp_path)
    assert done.stderr == b"" and done.returncode == 1


def test_interrupt_leaves_complete_lines(tmp_path):
    command = [sys.executable, "-m", "tintuc", "tag", "-"]
    line = json.dumps({"id": "a", "text": PAGE}).encode() + b"\n"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as run:
        run.stdin.write(line * 400)
        first = run.stdout.readline()  # standard input is still open: answers come while it is read
        run.send_signal(signal.SIGINT)
        rest, errors = run.communicate()
    assert (run.returncode, errors) == (130, b"tintuc: stopped; what was written is whole lines\n")
    assert (first + rest).endswith(b"\n")
    answers = [json.loads(answer) for answer in (first + rest).splitlines()]
    assert 0 < len(answers) < 400 and all(answer["text"] == PAGE for answer in answers)
