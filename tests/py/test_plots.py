"""Counts, graphs and pictures: the numbers against texts that are small enough to count by hand."""

import datetime
import itertools
import sys

import pytest
import tintuc
from tintuc import plots

networkx = pytest.importorskip("networkx")
pytest.importorskip("matplotlib").use("Agg")


@pytest.fixture(autouse=True)
def no_figure_stays():
    yield
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")


PER = [("Lê Văn Hùng", "PER"), ("Trần Thị Mai", "PER"), ("Lê Văn Hưng", "PER"), ("Hùng", "PER"), ("Việt Nam", "LOC"), ("Hoà Bình", "LOC"),
       ("Hòa Bình", "LOC"), ("HÒA BÌNH", "LOC")]  # fmt: skip


def page(text, date=None):
    """A document whose sentences are its lines, with the mentions of PER wherever they stand, the longest first."""
    spans, taken = [], set()
    for name, label in sorted(PER, key=lambda one: -len(one[0])):
        at = text.find(name)
        while at >= 0:
            if not taken & set(range(at, at + len(name))):
                taken |= set(range(at, at + len(name)))
                spans.append((at, at + len(name), label))
            at = text.find(name, at + 1)
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return tintuc.Document.from_dict({
        "id": "x", "text": text, "date": date,
        "blocks": [{"start": a, "end": b, "kind": "paragraph"} for a, b in lines],
        "sentences": [{"start": a, "end": b} for a, b in lines],
        "entities": [{"start": a, "end": b, "label": label} for a, b, label in sorted(spans)],
    })  # fmt: skip


TEXTS = {
    "a": ("Lê Văn Hùng gặp Trần Thị Mai.\nHùng nói với Trần Thị Mai ở Việt Nam.\nLê Văn Hưng nghỉ.", "2021-09-04"),
    "b": ("Trần Thị Mai đến Hoà Bình.\nHùng ở Hòa Bình, HÒA BÌNH, Hòa Bình.", "2021-11-30"),
}
DOCS = {name: page(*what) for name, what in TEXTS.items()}


def table(docs):
    pyarrow = pytest.importorskip("pyarrow")
    rows = [
        {"doc": name, "start": e.start, "end": e.end, "sentence": e.sentence.index, "label": e.label, "kind": e.kind,
         "text": e.text, "start_date": e.start_date}
        for name, doc in docs.items() for e in doc.entities
    ]  # fmt: skip
    return pyarrow.Table.from_pylist(rows)


def test_counts_name_a_thing_by_its_commonest_writing():
    found = plots.counts(DOCS, "LOC")
    assert [(one.name, one.mentions, one.pages) for one in found] == [("Hòa Bình", 4, 1), ("Việt Nam", 1, 1)]
    assert {DOCS[doc].text[start:end] for doc, start, end in found[0].places} == {"Hoà Bình", "Hòa Bình", "HÒA BÌNH"}
    assert plots.counts(DOCS, "LOC", min_count=2) == found[:1]


def test_marks_tell_people_apart_and_a_short_name_is_the_pages_long_one():
    found = {one.name: one.mentions for one in plots.counts(DOCS, "PER")}
    assert found == {"Trần Thị Mai": 3, "Lê Văn Hùng": 2, "Lê Văn Hưng": 1, "Hùng": 1}


def test_a_courtesy_is_no_part_of_a_name():
    text = "Ngài Tan Wei Liang"
    doc = tintuc.Document.from_dict({
        "id": "x", "text": text, "blocks": [{"start": 0, "end": 18, "kind": "paragraph"}], "sentences": [{"start": 0, "end": 18}],
        "entities": [{"start": 0, "end": 18, "label": "PER"}],
    })  # fmt: skip
    assert [one.name for one in plots.counts(doc, "PER")] == ["Tan Wei Liang"]


def test_counts_of_a_kind(nlp):
    doc = nlp("Việt Nam và Nhật Bản ký tại Hà Nội. Việt Nam cảm ơn.")
    assert [one[:2] for one in plots.counts(doc, "LOC", "country")] == [("Việt Nam", 2), ("Nhật Bản", 1)]


def test_edges_point_at_the_text():
    graph = plots.cooccurrence(DOCS)
    assert set(graph) == {"Lê Văn Hùng", "Trần Thị Mai", "Lê Văn Hưng", "Hùng"}
    assert [tuple(sorted(edge)) for edge in graph.edges] == [("Lê Văn Hùng", "Trần Thị Mai")]
    edge = graph["Lê Văn Hùng"]["Trần Thị Mai"]
    assert edge["weight"] == 2
    assert [DOCS[doc].text[start:end] for doc, start, end in edge["evidence"]] == ["Lê Văn Hùng gặp Trần Thị Mai", "Hùng nói với Trần Thị Mai"]
    assert graph.nodes["Lê Văn Hùng"] | {"places": 0} == {"count": 2, "label": "PER", "kind": None, "places": 0}


def test_pages_hold_more_together_than_sentences():
    graph = plots.cooccurrence(DOCS, within="page")
    pairs = {frozenset(pair): weight for *pair, weight in graph.edges(data="weight")}
    three = ["Lê Văn Hùng", "Trần Thị Mai", "Lê Văn Hưng"]
    assert pairs == {frozenset(pair): 1 for pair in [*itertools.combinations(three, 2), ("Trần Thị Mai", "Hùng")]}
    [place] = graph["Lê Văn Hùng"]["Trần Thị Mai"]["evidence"]
    assert DOCS[place.doc].text[place.start : place.end] == "Trần Thị Mai.\nHùng"  # the nearest pair of the page


def test_min_count_leaves_what_is_left_with_edges():
    assert set(plots.cooccurrence(DOCS, min_count=2)) == {"Lê Văn Hùng", "Trần Thị Mai"}


def test_one_writing_with_two_labels_is_two_nodes():
    text = "Viettel ở Viettel"
    doc = tintuc.Document.from_dict({
        "id": "x", "text": text, "blocks": [{"start": 0, "end": 17, "kind": "paragraph"}], "sentences": [{"start": 0, "end": 17}],
        "entities": [{"start": 0, "end": 7, "label": "ORG"}, {"start": 10, "end": 17, "label": "LOC"}],
    })  # fmt: skip
    graph = plots.cooccurrence(doc, ("ORG", "LOC"))
    assert list(graph.edges) == [("Viettel", "Viettel (LOC)")]


def test_time_has_no_holes():
    found = plots.mentions_over_time(DOCS, "month", names=["Trần Thị Mai", "Hùng"])
    months = [datetime.date(2021, month, 1) for month in (9, 10, 11)]
    assert found == {"Trần Thị Mai": dict(zip(months, [2, 0, 1])), "Hùng": dict(zip(months, [0, 0, 1]))}
    assert plots.mentions_over_time(DOCS, "year", top=1) == {"Trần Thị Mai": {datetime.date(2021, 1, 1): 3}}
    assert len(plots.mentions_over_time(DOCS, "day")["Trần Thị Mai"]) == 88
    assert plots.mentions_over_time({}, "day") == {}


def test_days_that_the_text_speaks_of(nlp):
    doc = nlp("Ngày 3/9/2021 mưa. Ngày 5/9/2021 nắng, tới 5/9/2021.")
    days = plots.mentions_over_time(doc, "day", label="DATE")["DATE"]
    assert [(day.day, number) for day, number in days.items()] == [(3, 1), (4, 0), (5, 2)]


@pytest.mark.parametrize("form", ["pyarrow", "capsule", "pandas", "polars"])
def test_tables_give_what_documents_give(form):
    made = table(DOCS)
    if form == "capsule":  # whatever speaks Arrow's protocol, and nothing else

        class Stream:
            def __arrow_c_stream__(self, schema=None, made=made):
                return made.__arrow_c_stream__(schema)

        made = Stream()
    if form == "pandas":
        pytest.importorskip("pandas")
        made = made.to_pandas()
    if form == "polars":
        made = pytest.importorskip("polars").from_arrow(made)
    for within in ("sentence", "page"):
        a, b = plots.cooccurrence(made, within=within), plots.cooccurrence(DOCS, within=within)
        assert list(a.nodes(data=True)) == list(b.nodes(data=True)) and list(a.edges(data=True)) == list(b.edges(data=True))
    assert plots.counts(made, ["PER", "LOC"]) == plots.counts(DOCS, ["PER", "LOC"])
    dates = {name: doc.date for name, doc in DOCS.items()}
    assert plots.mentions_over_time(made, dates=dates) == plots.mentions_over_time(DOCS)
    with pytest.raises(ValueError, match="'text'"):
        plots.counts(table(DOCS).drop_columns(["text"]), "PER")


def test_documents_come_in_any_form():
    pairs, numbered = list(DOCS.items()), list(DOCS.values())
    assert plots.counts(pairs, "PER") == plots.counts(DOCS, "PER") == plots.counts(iter(pairs), "PER")
    assert plots.counts(numbered, "PER")[0].places[0].doc == 0
    assert plots.counts(numbered[0], "LOC")[0].name == "Việt Nam"


def test_wrong_words_are_errors():
    with pytest.raises(ValueError, match="'week'"):
        plots.mentions_over_time(DOCS, "week")
    with pytest.raises(ValueError, match="'block'"):
        plots.cooccurrence(DOCS, within="block")


@pytest.mark.parametrize("module, call", [
    ("networkx", lambda: plots.cooccurrence(DOCS)),
    ("matplotlib.pyplot", lambda: plots.plot_counts([("a", 1)])),
])  # fmt: skip
def test_what_is_missing_is_named(monkeypatch, module, call):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(tintuc.UnsupportedError, match=r"pip install 'tintuc\[plot\]'"):
        call()


def test_bars_are_as_long_as_the_counts():
    ax = plots.plot_counts(plots.counts(DOCS, "LOC"), title="Nơi chốn")
    assert [bar.get_width() for bar in ax.patches] == [4, 1]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Hòa Bình", "Việt Nam"]
    assert [text.get_text() for text in ax.texts] == ["4", "1"] and ax.get_title(loc="left") == "Nơi chốn"
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the longest on top
    assert [bar.get_width() for bar in plots.plot_counts({"a": 3, "b": 2}, top=1).patches] == [3]


def test_time_line_stacks_the_names():
    ax = plots.plot_timeline(plots.mentions_over_time(DOCS, "month", names=["Trần Thị Mai", "Hùng"]))
    assert [(bar.get_y(), bar.get_height()) for bar in ax.patches] == [(0, 2), (0, 0), (0, 1), (2, 0), (0, 0), (1, 1)]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["9/2021", "10/2021", "11/2021"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Trần Thị Mai", "Hùng"]
    assert plots.plot_timeline({}).patches[:] == []


def crowd():
    """Twenty-four long names, some alone, some in pairs, most around one."""
    graph = networkx.Graph()
    names = [f"Nguyễn Phước Vĩnh {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVXY"]
    graph.add_nodes_from(names, count=9, label="PER")
    graph.add_edges_from([(names[0], name) for name in names[1:18]], weight=3)
    graph.add_edge(names[18], names[19], weight=1)
    return graph


def test_names_in_a_graph_have_room():
    ax = plots.plot_graph(crowd())
    figure = ax.get_figure()
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 24 and len(ax.lines) == 18
    assert not [1 for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
    frame = figure.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


def test_the_same_seed_gives_the_same_places():
    def places(seed):
        return plots.plot_graph(crowd(), seed=seed).collections[0].get_offsets().tolist()

    assert places(1) == places(1) != places(2)


def test_the_busiest_are_drawn():
    ax = plots.plot_graph(plots.cooccurrence(DOCS), top=2)
    assert sorted(text.get_text() for text in ax.texts) == ["Lê Văn Hùng", "Trần Thị Mai"]
    assert not plots.plot_graph(networkx.Graph()).texts


def test_the_projects_own_table(nlp):
    """With what pandas puts where there is nothing."""
    pytest.importorskip("pandas")
    docs = {"a": nlp("Ngày 3/9/2021, ông Lê Văn Hùng thăm Lào."), "b": nlp("Lào đón ông Trần Minh và ông Lê Văn Hùng.")}
    made = tintuc.table(docs.values(), ids=docs)
    for form in (made, made.to_pandas()):
        assert plots.counts(form, "LOC", "country") == plots.counts(docs, "LOC", "country")
        assert list(plots.cooccurrence(form).edges(data=True)) == list(plots.cooccurrence(docs).edges(data=True))
        assert plots.mentions_over_time(form, "day", label="DATE") == {"DATE": {datetime.date(2021, 9, 3): 1}}
