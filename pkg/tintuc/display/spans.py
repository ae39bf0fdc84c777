"""Spans over a text as nested elements. Linear where spans nest; where they cross, the later one is cut in two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tintuc.display.escape import content


class Span(NamedTuple):
    """A stretch of text to be marked: a `label` to read, `classes` of CSS, a `title` for hovering, escaped for attributes."""

    start: int
    end: int
    label: str
    classes: str
    title: str


def heights(spans: list[Span]) -> list[int]:
    """How many spans lie in each, one in the other; `spans` by start, longer first."""
    found = [0] * len(spans)
    around: list[int] = []

    def leave(position: int) -> None:
        while around and spans[around[-1]].end <= position:
            inner = around.pop()
            if around:
                found[around[-1]] = max(found[around[-1]], found[inner] + 1)

    for i, span in enumerate(spans):
        leave(span.start)
        around.append(i)
    while around:
        leave(spans[around[-1]].end)
    return found


class _Writer:
    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.parts: list[str] = []
        self.around: list[tuple[Span, int]] = []
        self.crossed = False

    def write_to(self, position: int) -> None:
        if position > self.at:
            self.parts.append(content(self.text[self.at : position]))
            self.at = position

    def open(self, span: Span, height: int) -> None:
        if self.around and self.around[-1][0].end < span.end:
            self.crossed = True
        more = f" n{min(height, 3)}" if height else ""
        self.parts.append(f'<mark class="{span.classes}{more}" data-l="{span.label}" title="{span.title}">')
        self.around.append((span, height))

    def open_again(self, span: Span, height: int) -> None:
        more = f" n{min(height, 3)}" if height else ""
        self.parts.append(f'<mark class="{span.classes}{more}" title="{span.title}">')
        self.around.append((span, height))

    def close_to(self, position: int) -> None:
        """Close what ends up to `position`."""
        while self.around and not self.crossed and self.around[-1][0].end <= position:
            self.write_to(self.around.pop()[0].end)
            self.parts.append("</mark>")
        if self.crossed:
            self._close_crossed(position)

    def _close_crossed(self, position: int) -> None:
        """The same; what was opened later and goes on is opened again."""
        while self.around:
            end = min(span.end for span, _ in self.around)
            if end > position:
                return
            self.write_to(end)
            going_on = []
            while any(span.end == end for span, _ in self.around):
                span, height = self.around.pop()
                self.parts.append("</mark>")
                if span.end > end:
                    going_on.append((span, height))
            for span, height in reversed(going_on):
                self.open_again(span, height)
        self.crossed = False


def marked(text: str, start: int, end: int, spans: Iterable[tuple[Span, int]]) -> str:
    """text[start:end] with its spans, each with its height; all lie in it and come by start, longer first."""
    writer = _Writer(text, start)
    for span, height in spans:
        writer.close_to(span.start)
        writer.write_to(span.start)
        writer.open(span, height)
    writer.close_to(end)
    writer.write_to(end)
    return "".join(writer.parts)
