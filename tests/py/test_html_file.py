"""Documents as one HTML file: from the command line and from Python, whole, with an index, loading and running nothing."""

import json
import re

import pytest
import tintuc
from conftest import ROOT
from html_reading import Reader

PAGES = ROOT / "notebooks" / "pages"


def text_of(name):
    return (PAGES / name).read_text("utf-8")


def test_command_line(run_cli, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"abc\xff\xfe\xfa\x01")
    done = run_cli("tag", PAGES, "bad.txt", "--format", "html", "-o", "out.html")
    html = (tmp_path / "out.html").read_text("utf-8")
    page = Reader(html)
    assert done.returncode == 1 and done.stdout == b"" and b"bad.txt" in done.stderr
    assert page.articles == [path.read_text("utf-8") for path in sorted(PAGES.iterdir())]
    assert [link for link in page.links if link != "#index"] == [f"#p{n}" for n in range(1, 11)]
    assert page.ids == [*(f"p{n}" for n in range(1, 11)), "index"]
    assert html.count("<style>") == 1 and "<script" not in html and not re.search(r'(src|href)="(?!#)', html)
    assert run_cli("tag", PAGES, "--format", "html").stdout.decode() == html


def test_ids_and_titles_are_text(run_cli, tmp_path):
    rows = [{"id": '<i>"&', "text": "<b>Huế</b>"}, {"id": "2", "text": "x"}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    html = run_cli("tag", "in.jsonl", "--format", "html").stdout.decode()
    page = Reader(html)
    assert page.articles == ["<b>Huế</b>", "x"] and "i" not in page.tags and '&lt;i&gt;&quot;&amp;' in html


def test_from_python(nlp, tmp_path):
    docs = [nlp(text_of("1-doi-thoai.txt")), nlp("Huế.")]
    html = tintuc.to_html(docs, title="Hai <trang>")
    assert Reader(html).articles == [doc.text for doc in docs] and "<title>Hai &lt;trang&gt;</title>" in html
    assert tintuc.to_html((doc for doc in docs), tmp_path / "x.html", title="Hai <trang>") is None
    assert (tmp_path / "x.html").read_text("utf-8") == html
    assert Reader(tintuc.to_html(docs[1])).articles == ["Huế."]
    assert ">tên <" in tintuc.to_html([("tên", docs[1])]) and ">r <" in tintuc.to_html({"id": "r", "text": "Huế."})


def test_pages_are_written_as_they_come_and_a_failure_leaves_no_file(nlp, tmp_path):
    def pages():
        yield nlp("Huế.")
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError):
        tintuc.to_html(pages(), tmp_path / "x.html")
    assert list(tmp_path.iterdir()) == []


def test_empty_list():
    assert Reader(tintuc.to_html([])).articles == []
