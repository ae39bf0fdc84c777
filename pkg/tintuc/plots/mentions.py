"""What the counts are made of: mentions with their names, read from documents or from the columns of a table.

A name is the commonest way in which a thing is written. Writings that differ in letter case, white space, Unicode form or
the place of the tone mark are one; writings with other marks are not, since Hùng and Hưng are two people. Within a page a
person's short name (Hiển) counts for the one longer name that ends with it (Lê Quang Hiển); ông, bà and ngài are no part of a name.
"""

from __future__ import annotations

import datetime
import functools
import importlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from tintuc._core import Document, UnsupportedError
from tintuc.api import failure
from tintuc.text import normalize

_NEEDED = ("doc", "start", "end", "label", "text")  # columns of a table of entities; the others are optional
_OPTIONAL = ("sentence", "kind", "start_date")
_COURTESIES = ("ông", "bà", "ngài")


class Place(NamedTuple):
    """Where something stands: the page's id (its number, where it has none), and code points of its text, half open."""

    doc: Any
    start: int
    end: int


@dataclass(slots=True)
class Mention:
    """An entity, wherever it came from. `day` is what a date says; `page_day` when the page appeared."""

    place: Place
    label: str
    kind: str | None
    text: str
    sentence: Any
    day: datetime.date | None
    page_day: datetime.date | None
    name: str = ""


def needed(module: str) -> Any:
    """An optional module, or an UnsupportedError that says how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        message = f"this needs {name}: pip install 'tintuc[plot]'"
        raise failure(UnsupportedError, "unsupported", message) from None


def _labels(labels: str | Iterable[str] | None) -> frozenset[str] | None:
    if labels is None:
        return None
    return frozenset([labels] if isinstance(labels, str) else labels)


def mentions_of(docs: Any, labels: str | Iterable[str] | None = None) -> list[Mention]:
    """Mentions with these labels (None: all), named.

    Parameters
    ----------
    docs : Document, iterable of Document or of (id, Document), mapping of ids to Documents, or table
        A table is anything with the columns of `tintuc.table(docs)`: Arrow, pandas or polars.
    """
    wanted = _labels(labels)
    columns = _columns(docs)
    found = list(_from_documents(docs, wanted) if columns is None else _from_columns(columns, wanted))
    _name(found)
    return found


def _from_documents(docs: Any, wanted: frozenset[str] | None) -> Iterator[Mention]:
    for page, doc in _numbered(docs):
        day = datetime.date.fromisoformat(doc.date[:10]) if doc.date else None
        for entity in doc.entities:
            if wanted is None or entity.label in wanted:
                place = Place(page, entity.start, entity.end)
                yield Mention(
                    place, entity.label, entity.kind, entity.text, entity.sentence.index, entity.start_date, day
                )


def _numbered(docs: Any) -> Iterator[tuple[Any, Document]]:
    if isinstance(docs, Document):
        docs = [docs]
    if isinstance(docs, Mapping):
        docs = docs.items()
    for number, item in enumerate(docs):
        yield item if isinstance(item, tuple) else (number, item)


def _columns(table: Any) -> dict[str, list[Any]] | None:
    """The columns of a table as lists, or None for what is no table."""
    if isinstance(table, (Document, Mapping, list, tuple)):
        return None
    columns: dict[str, list[Any]]
    if hasattr(table, "to_pydict"):  # pyarrow
        columns = table.to_pydict()
    elif hasattr(table, "get_columns"):  # polars
        columns = table.to_dict(as_series=False)
    elif hasattr(table, "iloc"):  # pandas
        columns = {name: table[name].tolist() for name in table.columns}
    elif hasattr(table, "__arrow_c_stream__"):
        columns = needed("pyarrow").table(table).to_pydict()
    else:
        return None
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise ValueError(f"a table of entities has a column {missing[0]!r}; this one has {', '.join(map(str, columns))}")
    return columns


def _from_columns(columns: dict[str, list[Any]], wanted: frozenset[str] | None) -> Iterator[Mention]:
    empty = [None] * len(columns["doc"])
    names = (*_NEEDED, *_OPTIONAL)
    for doc, start, end, label, text, sentence, kind, day in zip(*(columns.get(name, empty) for name in names)):
        if wanted is None or label in wanted:
            yield Mention(Place(doc, start, end), label, _value(kind), text, _value(sentence), _day(day), None)


def _value(cell: Any) -> Any:
    """A cell; None where pandas says NaN, NaT or NA."""
    empty = type(cell).__name__ in ("NaTType", "NAType") or (isinstance(cell, float) and math.isnan(cell))
    return None if empty else cell


def _day(cell: Any) -> datetime.date | None:
    cell = _value(cell)
    if isinstance(cell, str):
        return datetime.date.fromisoformat(cell[:10])
    return cell.date() if isinstance(cell, datetime.datetime) else cell


@functools.lru_cache(maxsize=65536)
def _key(text: str) -> str:
    """What is the same in all writings of a name."""
    return normalize(text, lower=True).casefold()


def _writing(mention: Mention) -> str:
    """What the text calls it, in one line."""
    words = mention.text.split()
    if mention.label == "PER" and len(words) > 1 and words[0].casefold() in _COURTESIES:
        words = words[1:]
    return " ".join(words)


def _name(mentions: list[Mention]) -> None:
    """Give each mention the commonest writing of its key; the first of equals."""
    written = [_writing(mention) for mention in mentions]
    keys = _full_keys(mentions, written)
    writings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mention, writing, key in zip(mentions, written, keys):
        if key == _key(writing):
            writings[mention.label, key][writing] += 1
    names = {both: found.most_common(1)[0][0] for both, found in writings.items()}
    for mention, key in zip(mentions, keys):
        mention.name = names[mention.label, key]


def _full_keys(mentions: list[Mention], written: list[str]) -> list[str]:
    """Keys of the mentions, with a person's short name as the longer one of the page."""
    long_names: dict[Any, set[str]] = defaultdict(set)
    for mention, writing in zip(mentions, written):
        if mention.label == "PER":
            long_names[mention.place.doc].add(_key(writing))
    return [
        _longest(_key(writing), long_names[mention.place.doc]) if mention.label == "PER" else _key(writing)
        for mention, writing in zip(mentions, written)
    ]


def _longest(key: str, names: set[str]) -> str:
    """The one name that ends with this one, if there is exactly one that ends with nothing longer."""
    longer = [name for name in names if name.endswith(" " + key)]
    whole = [name for name in longer if not any(other.endswith(" " + name) for other in longer)]
    return whole[0] if len(whole) == 1 else key
