"""Documents and lists that show themselves: the very text, marks nested as the mentions are, nothing of the text taken for markup."""

import re
import sys
import types

import pytest
import tintuc
from conftest import ROOT
from html_reading import Reader
from tintuc.display import escape, html_of, pages, reading, style

PAGES = sorted((ROOT / "notebooks" / "pages").glob("*.txt"), key=lambda path: int(path.name.split("-")[0]))
HOSTILE = (
    '<script>alert("1")</script> & &amp; &lt;b&gt; \' " <!-- --> ]]> </article></div></mark></style> <img src=x onerror=y>\n'
    "TP Huế \u202engược\u202c \u2066x\u2069 \u200e\u200f\u200b\ufeff\xad\u2028\u2029 \x01\x07\x1b[31m\x7f\x85 \r\n\r\t  hai  dấu \U000e0041.\n\n"
    "Ông Trần Văn <b>A</b> đến Hà Nội ngày 2/9/2021.\n \n"
)
TAGS = {"div", "style", "header", "b", "article", "mark", "footer", "span", "p", "code"}
ATTRIBUTES = {"class", "role", "aria-label", "aria-level", "lang", "title", "data-l", "data-k", "data-c"}


@pytest.fixture(scope="module")
def long_doc(nlp):
    return nlp("\n".join(path.read_text("utf-8") for path in PAGES) * 15)


@pytest.mark.parametrize("text", [p.read_text("utf-8") for p in PAGES] + [HOSTILE, "  ", "Huế", "a\n\nb\n"])
def test_a_page_is_its_text_with_nested_marks(nlp, text):
    doc = nlp(text)
    page = Reader(doc._repr_html_())
    assert page.articles == [text]
    assert sorted(page.marks) == sorted((e.start, e.end, e.label) for e in doc.entities)
    assert page.tags <= TAGS and page.attributes <= ATTRIBUTES


def test_marks_say_value_and_confidence(nlp):
    doc = nlp("Chiều 15/9/2025, tại Hà Nội.")
    titles = Reader(doc._repr_html_()).titles
    assert titles[0] == f"TIME: time of day\nvalue 2025-09-15TAF\nconfidence {int(doc.entities[0].confidence * 100) / 100:.2f}"


def test_kinds_of_things_are_said_where_known():
    assert reading.kind_of(types.SimpleNamespace(kind="country")) == "country"
    assert reading.kind_of(types.SimpleNamespace()) is None
    span = pages.span_of(reading.Mention(0, 2, "LOC", None, "country", 0.5))
    assert "kind country" in span.title and " u" in span.classes


def test_hidden_characters_are_boxed_and_kept(nlp):
    boxes = Reader(nlp("a\u202eb\x01c\u2028d")._repr_html_()).boxes
    assert boxes == [("RLO", "\u202e"), ("U+0001", "\x01"), ("LS", "\u2028")]
    assert Reader(html_of({"text": "a\0b\ud800"})).articles == ["a\ufffdb\ufffd"]


def test_every_character_comes_back():
    for code in (*range(0x250), *range(0x2000, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF, 0xE0001, 0x10FFFF):
        char = chr(code)
        want = char if code else "\ufffd"
        assert Reader(f"<article>{escape.content('x' + char + 'y')}</article>").articles == [f"x{want}y"]
        assert not set(escape.attribute(char)) & set('<>"\u202e\x00\x1b')


def test_mentions_that_cross_and_span_blocks():
    text = "một hai ba\nbốn năm"
    blocks = [{"start": 0, "end": 10, "kind": "lead"}, {"start": 11, "end": 18, "kind": "paragraph"}]
    entities = [{"start": 0, "end": 7, "label": "A"}, {"start": 4, "end": 15, "label": "B"}, {"start": 11, "end": 15, "label": "C"}]
    page = Reader(html_of({"text": text, "blocks": blocks, "entities": entities}))
    assert page.articles == [text]
    assert {(0, 7, "A"), (4, 7, "B"), (11, 15, "C")} <= set(page.marks)
    covered = {i for start, end, _ in page.marks for i in range(start, end)}
    assert covered == set(range(10)) | set(range(11, 15))


@pytest.mark.parametrize("bad", [{"text": "abc", "entities": [{"start": 1, "end": 9, "label": "X"}]}, {"id": "x"},
                                 {"text": "abc", "blocks": [{"start": 2, "end": 3, "kind": "a"}, {"start": 0, "end": 1, "kind": "b"}]}])
def test_what_is_no_document(bad):
    with pytest.raises(tintuc.ArgumentError):
        html_of(bad)


def test_a_long_document_is_cut_and_says_so(long_doc):
    html = long_doc._repr_html_()
    page = Reader(html)
    shown = page.articles[0]
    assert len(shown) <= pages.LIMIT < len(long_doc.text) and long_doc.text.startswith(shown)
    assert f"{len(shown):,} of {len(long_doc.text):,} characters" in html and "limit=None" in html
    whole = Reader(html_of(long_doc, limit=None))
    assert whole.articles == [long_doc.text] and len(whole.marks) == len(long_doc.entities)
    assert Reader(html_of(long_doc, limit=10)).articles == [long_doc.text[:10]]


def test_cost_in_bytes(long_doc):
    html = html_of(long_doc, limit=None)
    assert len(style.CSS) < 7000
    assert len(html) - len(style.CSS) < len(long_doc.text) + 130 * len(long_doc.entities) + 60 * len(long_doc.blocks) + 2000


def test_layers_that_were_not_made(nlp):
    doc = nlp("Huế.\nHà Nội.", layers=["blocks"])
    page = doc._repr_html_()
    assert Reader(page).articles == [doc.text] and "entities" not in page
    assert repr(doc) == "<Document of 12 characters: 2 blocks>"


def contrast(one, other):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_contrast(theme):
    page = style.PAGE_GROUND[theme]
    assert contrast(style.INK[theme], page) > 7 and contrast(style.QUIET[theme], page) >= 4.5
    for hue in style.HUES:
        ground, ink = hue[2 * theme : 2 * theme + 2]
        assert contrast(ink, ground) >= 4.5 and contrast(ink, page) >= 4.5
        assert contrast(style.INK[theme], ground) >= 7 and contrast(style.QUIET[theme], ground) >= 4.5


def test_rules_are_scoped():
    rules = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\}", r"\1", style.CSS)
    selectors = [part.strip() for found in re.findall(r"([^{}]+)\{[^{}]*\}", rules) for part in found.split(",")]
    assert len(selectors) > 40 and all(style.SCOPE in selector for selector in selectors)
    assert "url(" not in style.CSS and "@import" not in style.CSS and "</" not in style.CSS


def test_colours_of_other_label_sets_stay():
    assert style.hue_of("GENE") == style.hue_of("GENE") and style.hue_of("PER") != style.hue_of("ORG")


def test_lists_as_tables(nlp, long_doc):
    doc = nlp(PAGES[1].read_text("utf-8"))
    for items in (doc.entities, doc.blocks, doc.sentences):
        assert Reader(items._repr_html_()).rows == len(items) + 1
    assert Reader(long_doc.entities._repr_html_()).rows == 61
    assert Reader(html_of(long_doc.entities, limit=None)).rows == len(long_doc.entities) + 1
    assert "limit=None" in long_doc.entities._repr_html_()
    assert Reader(nlp("\u2026").entities._repr_html_()).rows == 0
    assert "&lt;img" in nlp("<img src=x>").blocks._repr_html_()


def test_short_reprs(nlp):
    doc = nlp(PAGES[1].read_text("utf-8"))
    title = doc.title.text
    assert repr(doc) == (
        f"<Document of {len(doc)} characters, 2024-05-14, {title!r}: {len(doc.blocks)} blocks, {len(doc.sentences)} sentences, "
        f"{len(doc.entities)} entities>"
    )
    assert repr(doc.entities[0]) == "<TIME 22:40 '14/05/2024 - 09:40' = 2024-05-14T09:40>"
    assert repr(doc.entities[1]).endswith("'>")
    assert repr(doc.entities).endswith(f", ... {len(doc.entities) - 10} more]") and repr(doc.entities).count("<") == 10
    assert repr(nlp("Huế.").sentences) == "[<sentence 0:4 'Huế.'>]"
    longest = max(doc.sentences, key=lambda s: s.end - s.start)
    assert len(repr(longest)) < 90 and repr(longest).endswith("...'>")


def test_show_in_a_terminal_without_rich(nlp, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    doc = nlp(PAGES[1].read_text("utf-8"))
    tintuc.show(doc)
    table = capsys.readouterr().out
    assert "title" in table and "PER" in table and repr(doc) in table
    tintuc.show(doc.entities, limit=2)
    assert capsys.readouterr().out.splitlines() == [repr(doc.entities[0]), repr(doc.entities[1]), f"... {len(doc.entities) - 2} more"]
    tintuc.show(tintuc.compare(doc, doc))
    assert capsys.readouterr().out.startswith("<Comparison: P 1.000")


def test_show_in_a_terminal_with_rich(nlp, capsys):
    pytest.importorskip("rich")
    doc = nlp(PAGES[1].read_text("utf-8") + "\n[red]x[/] \x1b[31m \u202e Huế")
    for thing in (doc, doc.entities, doc.blocks, doc.sentences, tintuc.compare(doc, [])):
        tintuc.show(thing)
        printed = capsys.readouterr().out
        assert len(printed.splitlines()) > 10 and "\x1b[31m" not in printed and "\u202e" not in printed
    tintuc.show(doc.blocks, limit=None)
    assert "[red]x[/]" in capsys.readouterr().out


def test_show_of_one_view_several_documents_and_json(nlp, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    doc = nlp("Ông A đến Huế.")
    tintuc.show(doc.sentences[0])
    assert capsys.readouterr().out == "<sentence 0:14 'Ông A đến Huế.'>\n"
    tintuc.show([doc, doc.to_dict()])
    assert capsys.readouterr().out.count("Document of 14 characters") == 2
    assert Reader(html_of(doc.blocks[0])).rows == 2


def test_show_in_a_notebook(nlp, monkeypatch):
    shown = []
    display = types.SimpleNamespace(HTML=lambda html: html, display=shown.append)
    ipython = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=1), display=display)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    doc = nlp("Ông A đến Huế.")
    tintuc.show(doc)
    tintuc.show(doc.entities)
    assert shown == [doc._repr_html_(), doc.entities._repr_html_()]
