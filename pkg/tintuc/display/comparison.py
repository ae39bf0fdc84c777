"""Gold and prediction side by side: what is right, missing, spurious, of another label, or with another border."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from tintuc._core import ArgumentError, Document
from tintuc.api import failure
from tintuc.display import style
from tintuc.display.escape import attribute, content
from tintuc.display.pages import LIMIT, article, cut_at, cut_note
from tintuc.display.reading import Mention, Page, Source, mentions_of, page_of
from tintuc.display.spans import Span
from tintuc.scoring import score

if TYPE_CHECKING:
    from rich.console import RenderableType

Verdict = Literal["right", "missing", "spurious", "label", "border"]
Answers = Source | Sequence[tuple[int, int, str]]
VERDICTS: tuple[Verdict, ...] = ("right", "missing", "spurious", "label", "border")  # ORDER VERDICT
SAID = {"right": "right", "missing": "missing", "spurious": "spurious", "label": "other label", "border": "other border"}
_SIGNS = {"right": "✓", "missing": "−", "spurious": "+", "label": "≠", "border": "↔"}
_HUES = {"right": 3, "missing": 8, "spurious": 7, "label": 4, "border": 2}
_PLAIN_ROWS = 20


class Judged(NamedTuple):
    """A mention of the gold, of the prediction, or of both, and what is to be said of it.

    `gold` and `pred` are (start, end, label); None where that side has no such mention.
    """

    verdict: Verdict
    gold: tuple[int, int, str] | None
    pred: tuple[int, int, str] | None

    @property
    def start(self) -> int:
        """First code point of the first of both."""
        return min(side[0] for side in (self.gold, self.pred) if side is not None)


class Comparison:
    """What `tintuc.compare` found.

    Attributes
    ----------
    text : str
        The text both speak of.
    items : list of Judged
        Every mention in order of the text.
    counts : dict
        How many are "right", "missing", "spurious", of another "label", or have another "border".
    scores : dict
        p, r, f1, gold and pred of "entities", "entities.unlabelled" and of each label, as `tintuc.score` counts them.
    """

    def __init__(self, page: Page, gold: list[Mention], pred: list[Mention]) -> None:
        self._page = page
        self.text = page.text
        self.items = _judged([_key(m) for m in gold], [_key(m) for m in pred])
        found = Counter(item.verdict for item in self.items)
        self.counts: dict[str, int] = {verdict: found[verdict] for verdict in VERDICTS}
        rows = [{"id": "", "text": page.text, "entities": [m._asdict() for m in side]} for side in (gold, pred)]
        result = score(rows[:1], rows[1:])
        self.scores: dict[str, dict[str, float]] = {k: v for k, v in result.items() if k.startswith("entities")}

    @property
    def f1(self) -> float:
        """Strict F1 of all labels."""
        return self.scores["entities"]["f1"]

    def rows(self) -> list[tuple[str, float, float, float, int, int]]:
        """(label, p, r, f1, gold, pred) of all labels together, then of each."""
        names = {"entities": "all labels", "entities.unlabelled": "spans alone"}
        order = ["entities", *sorted(k for k in self.scores if k.count(".") and k != "entities.unlabelled"), "entities.unlabelled"]
        found = [(names.get(k, k.removeprefix("entities.")), self.scores[k]) for k in order]
        return [(name, s["p"], s["r"], s["f1"], int(s["gold"]), int(s["pred"])) for name, s in found]

    def errors(self) -> list[Judged]:
        """The items that are not right."""
        return [item for item in self.items if item.verdict != "right"]

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {SAID[verdict]}" for verdict, count in self.counts.items() if count)
        all_labels = self.scores["entities"]
        head = f"<Comparison: P {all_labels['p']:.3f}, R {all_labels['r']:.3f}, F1 {all_labels['f1']:.3f}; {counts or 'nothing'}>"
        wrong = self.errors()
        lines = [f"  {said_of(item, self.text)}" for item in wrong[:_PLAIN_ROWS]]
        more = [f"  ... {len(wrong) - _PLAIN_ROWS} more in .errors()"] if len(wrong) > _PLAIN_ROWS else []
        return "\n".join([head, *lines, *more])

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_html(self, limit: int | None = LIMIT) -> str:
        """The text with every verdict marked, and the scores; at most `limit` characters, None for all."""
        upto = cut_at(self._page, limit)
        spans = sorted((s for item in self.items for s in _spans(item) if s.end <= upto), key=lambda s: (s.start, -s.end))
        body = article(self._page, spans, upto) + cut_note(self._page, upto)
        return style.boxed(self._header() + body + self._table(), "Comparison of gold and prediction")

    def _header(self) -> str:
        parts = [f"<b>F1 {self.f1:.3f}</b> "]
        for verdict in VERDICTS:
            look = f"h{_HUES[verdict]} v v-{verdict}"
            parts.append(f'<mark class="{look}">{_SIGNS[verdict]} {SAID[verdict]} {self.counts[verdict]:,}</mark> ')
        return f"<header>{' '.join(parts)}</header>"

    def _table(self) -> str:
        head = "".join(f'<th class="r">{name}</th>' for name in ("precision", "recall", "F1", "gold", "predicted"))
        rows = []
        for label, p, r, f1, gold, pred in self.rows():
            figures = "".join(f'<td class="r">{figure}</td>' for figure in (f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}", gold, pred))
            rows.append(f"<tr><td>{content(label)}</td>{figures}</tr>")
        table = f"<table><thead><tr><th>label</th>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        return f'<div class="s">{table}</div>'

    def __rich__(self) -> RenderableType:
        from tintuc.display.terminal import rich_comparison

        return rich_comparison(self)


def said_of(item: Judged, text: str) -> str:
    """An item on a line of plain text."""
    place, shown = item.pred or item.gold or (0, 0, ""), []
    if item.verdict == "label" and item.gold and item.pred:
        shown = [f"{item.gold[2]} taken for {item.pred[2]}", repr(text[place[0] : place[1]])]
    elif item.verdict == "border" and item.gold and item.pred:
        shown = [item.gold[2], f"{text[item.gold[0] : item.gold[1]]!r} found as {text[place[0] : place[1]]!r}"]
    else:
        shown = [place[2], repr(text[place[0] : place[1]])]
    return f"{SAID[item.verdict]:<12} {place[0]}:{place[1]} {' '.join(shown)}"


def _span(place: tuple[int, int, str], label: str, classes: str, *lines: str) -> Span:
    return Span(place[0], place[1], attribute(label), classes, attribute("\n".join(lines)))


def _spans(item: Judged) -> list[Span]:
    """How an item is marked: once, or twice where the borders differ."""
    classes, sign, said = f"h{_HUES[item.verdict]} v v-{item.verdict}", _SIGNS[item.verdict], SAID[item.verdict]
    gold, pred = item.gold, item.pred
    if item.verdict == "border" and gold and pred:
        places = [f"predicted {pred[0]}:{pred[1]}", f"gold {gold[0]}:{gold[1]}"]
        return [
            _span(pred, f"{sign}\xa0{pred[2]}", classes, f"{pred[2]}: {said}", *places),
            _span(gold, f"gold\xa0{gold[2]}", classes + "-gold", f"{gold[2]}: {said}", *places),
        ]
    if item.verdict == "label" and gold and pred:
        label = f"{gold[2]}\xa0{sign}\xa0{pred[2]}"
        return [_span(pred, label, classes, said, f"gold {gold[2]}", f"predicted {pred[2]}")]
    place = gold or pred or (0, 0, "")
    label = place[2] if item.verdict == "right" else f"{sign}\xa0{place[2]}"
    return [_span(place, label, classes, f"{place[2]}: {said}")]


def _key(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.label


def _judged(gold: Iterable[tuple[int, int, str]], pred: Iterable[tuple[int, int, str]]) -> list[Judged]:
    """Each mention once: exact pairs, then pairs of one span, then pairs of one label that overlap, then what is left."""
    gold_left, pred_left = set(gold), set(pred)
    right = gold_left & pred_left
    items = [Judged("right", key, key) for key in right]
    gold_left -= right
    pred_left -= right
    for one, other in [*_same_span(gold_left, pred_left)]:
        items.append(Judged("label", one, other))
        gold_left.discard(one)
        pred_left.discard(other)
    for one, other in [*_overlapping(sorted(gold_left), sorted(pred_left))]:
        items.append(Judged("border", one, other))
        gold_left.discard(one)
        pred_left.discard(other)
    items += [Judged("missing", key, None) for key in gold_left] + [Judged("spurious", None, key) for key in pred_left]
    return sorted(items, key=lambda item: (item.start, VERDICTS.index(item.verdict), item.pred or item.gold or ()))


def _same_span(
    gold: set[tuple[int, int, str]], pred: set[tuple[int, int, str]]
) -> Iterable[tuple[tuple[int, int, str], tuple[int, int, str]]]:
    waiting: dict[tuple[int, int], list[tuple[int, int, str]]] = {}
    for key in sorted(pred, reverse=True):
        waiting.setdefault(key[:2], []).append(key)
    for key in sorted(gold):
        if waiting.get(key[:2]):
            yield key, waiting[key[:2]].pop()


def _overlapping(
    gold: list[tuple[int, int, str]], pred: list[tuple[int, int, str]]
) -> Iterable[tuple[tuple[int, int, str], tuple[int, int, str]]]:
    """Pairs of one label that share a character, in the order of the gold, each prediction in one pair."""
    by_label: dict[str, list[tuple[int, int, str]]] = {}
    for key in pred:
        by_label.setdefault(key[2], []).append(key)
    for key in gold:
        rivals = by_label.get(key[2], [])
        while rivals and rivals[0][1] <= key[0]:
            rivals.pop(0)
        if rivals and rivals[0][0] < key[1]:
            yield key, rivals.pop(0)


def compare(gold: Answers, pred: Answers) -> Comparison:
    """Compare the mentions of a prediction with gold.

    Parameters
    ----------
    gold, pred : Document, dict or sequence of (start, end, label)
        A dict is a document as JSON. One of the two has to bring the text.

    Raises
    ------
    ArgumentError
        They are about different texts, or a span leaves the text.
    """
    pages = [page_of(side) if isinstance(side, (Document, Mapping)) else None for side in (gold, pred)]
    page = pages[1] if pages[1] is not None and pages[1].blocks else pages[0] or pages[1]
    if page is None:
        raise failure(ArgumentError, "argument", "neither side brings the text: give a Document, or a dict with 'text'")
    if any(other is not None and other.text != page.text for other in pages):
        raise failure(ArgumentError, "argument", "the prediction is about another text than the gold")
    sides = [
        found.mentions if found is not None else mentions_of(page.text, side)  # type: ignore[arg-type]
        for found, side in zip(pages, (gold, pred), strict=True)
    ]
    return Comparison(page, sides[0], sides[1])
