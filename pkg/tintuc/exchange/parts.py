"""What the forms share: tokens for those that have them, and errors that say what a form cannot hold or read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NoReturn

from tintuc._core import ArgumentError, CorpusError
from tintuc.api import failure

if TYPE_CHECKING:
    from tintuc._core import Document

Span = tuple[int, int]


def broken(message: str, path: str | None = None) -> NoReturn:
    """Raise for input that breaks its form."""
    raise failure(CorpusError, "corpus", message, 0, path)


def cannot(message: str) -> NoReturn:
    """Raise for a document that a form cannot hold."""
    raise failure(ArgumentError, "argument", message)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _without_marks(text: str, start: int, end: int) -> Iterator[Span]:
    """A piece without white space: the marks at its ends stand alone, those inside (9/2021, 1,5) do not."""
    last = end
    while start < last and _is_mark(text[start]):
        yield start, start + 1
        start += 1
    while start < last and _is_mark(text[last - 1]):
        last -= 1
    if start < last:
        yield start, last
    for at in range(last, end):
        yield at, at + 1


def tokens(text: str, start: int, end: int, cuts: AbstractSet[int]) -> Iterator[Span]:
    """Tokens of text[start:end]: cut at white space, at the places in `cuts`, and around punctuation at the ends."""
    begin = start
    for at in range(start, end + 1):
        border = at == end or text[at].isspace()
        if border or at in cuts:
            yield from _without_marks(text, begin, at)
            begin = at + border


def borders(doc: Document, nested: bool = True) -> set[int]:
    """Where the mentions begin and end, of the outermost ones only or of all."""
    chosen = [entity for entity in doc.entities if nested or entity.depth == 0]
    return {entity.start for entity in chosen} | {entity.end for entity in chosen}
