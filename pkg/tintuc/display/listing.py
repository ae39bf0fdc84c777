"""The blocks, sentences or entities of a document as a compact table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tintuc._core import Block, Entity
from tintuc.display import style
from tintuc.display.escape import content
from tintuc.display.reading import kind_of, shortened

ROWS = 60  # that a notebook shows unless told otherwise
_WIDTH = 160


def _entity_row(entity: Any, kinds: bool) -> list[str]:
    label = f'<mark class="h{style.hue_of(entity.label)}">{content(entity.label)}</mark>'
    indent = f' style="padding-left:{0.7 + 1.2 * entity.depth:.1f}em"' if entity.depth else ""
    text = f'<td class="t"{indent} lang="vi">{content(shortened(entity.text, _WIDTH))}</td>'
    kind = [f"<td>{content(kind_of(entity) or '')}</td>"] if kinds else []
    return [f"<td>{label}</td>", text, f"<td>{content(entity.value or '')}</td>", *kind, f'<td class="r">{entity.confidence:.2f}</td>']


def _block_row(block: Any) -> list[str]:
    return [f"<td>{content(block.kind)}</td>", _text_cell(block)]


def _text_cell(view: Any) -> str:
    return f'<td class="t" lang="vi">{content(shortened(view.text, _WIDTH))}</td>'


def _shape(items: Sequence[Any]) -> tuple[str, list[str], Callable[[Any], list[str]]]:
    first = items[0] if len(items) else None
    if isinstance(first, Entity):
        kinds = any(kind_of(entity) is not None for entity in items)
        return "entities", ["label", "text", "value", *(["kind"] if kinds else []), "sure"], lambda e: _entity_row(e, kinds)
    if isinstance(first, Block):
        return "blocks", ["kind", "text"], _block_row
    return "sentences", ["text"], lambda view: [_text_cell(view)]


def html_of_items(items: Sequence[Any], limit: int | None = ROWS) -> str:
    """A row an item, at most `limit` of them."""
    if not len(items):
        return style.boxed("<header>nothing here</header>", "Empty list")
    name, columns, cells = _shape(items)
    shown = items[:limit] if limit is not None else list(items)
    head = "".join(f"<th>{column}</th>" if column != "sure" else '<th class="r">sure</th>' for column in ["", "from:to", *columns])
    rows = []
    for view in shown:
        place = f'<td class="r">{view.index}</td><td class="r">{view.start}:{view.end}</td>'
        rows.append(f"<tr>{place}{''.join(cells(view))}</tr>")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return style.boxed(table + _note(len(items), len(shown), name), f"{len(items)} {name}")


def _note(count: int, shown: int, name: str) -> str:
    if shown == count:
        return ""
    return f'<p class="m">{shown:,} of {count:,} {name}. All of them: <code>tintuc.show(doc.{name}, limit=None)</code></p>'
