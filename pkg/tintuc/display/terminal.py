"""Documents, lists and comparisons in a terminal: tables of rich where it is installed, else plain text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tintuc._core import Block, Document, Entity
from tintuc.display.reading import kind_of, shortened

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from tintuc.display.comparison import Comparison

_STYLES = (
    "dark_orange3", "hot_pink3", "dodger_blue2", "green4", "medium_purple3", "dark_cyan", "olive_drab", "red3", "dark_goldenrod",
    "grey58",
)  # fmt: skip  ORDER HUE
ROWS = 200


def _labelled(label: str) -> str:
    from rich.markup import escape

    from tintuc.display.style import hue_of

    return f"[{_STYLES[hue_of(label)]}]{escape(label)}[/]"


def safe(text: str, width: int) -> str:
    """Text on one line without anything that would move the cursor or turn the direction of writing."""
    return "".join(c if c.isprintable() else "\ufffd" for c in shortened(text, width))


def _grid(title: str, *columns: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim", title_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in ("from", "sure", "P", "R", "F1", "gold", "pred") else "left")
    return table


def _text(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def rich_items(items: Sequence[Any], limit: int | None = ROWS) -> Table:
    """A row an entity, block or sentence."""
    shown = items[:limit] if limit is not None else list(items)
    first = shown[0] if shown else None
    caption = f"{len(shown)} of {len(items)}" if len(shown) < len(items) else f"{len(items)}"
    if isinstance(first, Entity):
        table = _grid(f"{caption} entities", "from", "label", "text", "value", "kind", "sure")
        for e in shown:
            row = (_text("  " * e.depth + safe(e.text, 80)), _text(safe(e.value or "", 40)), _text(kind_of(e) or ""))
            table.add_row(str(e.start), _labelled(e.label), *row, f"{e.confidence:.2f}")
    elif isinstance(first, Block):
        table = _grid(f"{caption} blocks", "from", "kind", "text")
        for b in shown:
            table.add_row(str(b.start), f"[dim]{b.kind}[/]", _text(safe(b.text, 100)))
    else:
        table = _grid(f"{caption} sentences", "from", "text")
        for s in shown:
            table.add_row(str(s.start), _text(safe(s.text, 120)))
    return table


def rich_document(doc: Document) -> Table:
    """Blocks and the entities in them."""
    from tintuc.outputs import layers_of

    layers = layers_of(doc)
    entities = list(doc.entities) if "entities" in layers else []
    title = f"{doc.date or 'no date'}, {len(doc):,} characters"
    table = _grid(title, "from", "kind", "text", "value")
    at = 0
    for block in doc.blocks if "blocks" in layers else ():
        table.add_row(str(block.start), f"[dim]{block.kind}[/]", _text(safe(block.text, 100)))
        while at < len(entities) and entities[at].start < block.end:
            e = entities[at]
            text = _text("  " * (e.depth + 1) + safe(e.text, 80))
            table.add_row(f"[dim]{e.start}[/]", f"  {_labelled(e.label)}", text, _text(safe(e.value or "", 40)))
            at += 1
    return table


def rich_comparison(comparison: Comparison) -> RenderableType:
    """The scores of each label, then what is not right."""
    from rich.console import Group

    from tintuc.display.comparison import said_of

    table = _grid("gold and prediction", "label", "P", "R", "F1", "gold", "pred")
    for label, p, r, f1, gold, pred in comparison.rows():
        table.add_row(_text(safe(label, 30)), f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}", str(gold), str(pred))
    lines = [safe(said_of(item, comparison.text), 160) for item in comparison.errors()[:ROWS]]
    return Group(table, _text("\n".join(lines))) if lines else table


def rich_of(thing: Any, limit: int | None = ROWS) -> RenderableType:
    """What rich prints for a document or a list of its views."""
    return rich_document(thing) if isinstance(thing, Document) else rich_items(thing, limit)


def plain_of(thing: Any, limit: int | None = ROWS) -> str:
    """The same with nothing but the standard library."""
    if isinstance(thing, Document):
        from tintuc.outputs import layers_of, table

        if "blocks" not in layers_of(thing):
            return repr(thing)
        out = io.StringIO()
        table(out, repr(thing), thing)
        return out.getvalue().rstrip("\n")
    shown = thing[:limit] if limit is not None else list(thing)
    more = [f"... {len(thing) - len(shown)} more"] if len(shown) < len(thing) else []
    return "\n".join([*map(repr, shown), *more]) or "nothing here"
