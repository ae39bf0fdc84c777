"""A document as a page: blocks laid out by kind, mentions as nested marks."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator

from tintuc.display import style
from tintuc.display.escape import attribute, content
from tintuc.display.reading import Mention, Page, shortened
from tintuc.display.spans import Span, heights, marked

LIMIT = 20_000  # characters of a page that a notebook shows unless told otherwise
UNSURE = 80  # percent of confidence under which a mention is underlined with dashes


@functools.lru_cache(maxsize=4096)
def _look(label: str, kind: str | None, value: str | None, percent: int | None) -> tuple[str, str, str]:
    """Label, classes and title of a mention; few are different."""
    lines = [f"{label}: {style.MEANING[label]}" if label in style.MEANING else label]
    if kind is not None:
        lines.append(f"kind {kind}")
    if value is not None:
        lines.append(f"value {value}")
    if percent is not None:
        lines.append(f"confidence {percent / 100:.2f}")
    classes = f"h{style.hue_of(label)}" + (" u" if percent is not None and percent < UNSURE else "")
    return attribute(label), classes, attribute("\n".join(lines))


def span_of(mention: Mention) -> Span:
    """How a mention is marked, and what hovering over it says."""
    start, end, label, value, kind, confidence = mention
    return Span(start, end, *_look(label, kind, value, None if confidence is None else int(confidence * 100)))


def article(page: Page, spans: list[Span], upto: int) -> str:
    """The first `upto` characters with their spans (by start, longer first), a division for each block; text for text."""
    blocks = [block for block in page.blocks if block[0] < upto] or [(0, upto, "")]
    waiting = list(zip(spans, heights(spans), strict=True))[::-1]
    parts = ['<article lang="vi">']
    for i, (start, end, kind) in enumerate(blocks):
        start, end = start if i else 0, min(end, upto)
        after = min(blocks[i + 1][0], upto) if i + 1 < len(blocks) else upto
        named = f' class="k-{attribute(kind)}" data-k="{attribute(kind)}"' if kind else ""
        role = ' role="heading" aria-level="3"' if kind == "title" else ' role="heading" aria-level="4"' if kind == "heading" else ""
        inside = marked(page.text, start, end, _of_block(waiting, end))
        parts.append(f"<div{named}{role}>{inside}</div>{content(page.text[end:after])}")
    return "".join(parts) + "</article>"


def _of_block(waiting: list[tuple[Span, int]], end: int) -> Iterator[tuple[Span, int]]:
    """Take the spans that begin before `end` off the end of `waiting`; what reaches over it waits for the next block."""
    rest = []
    while waiting and waiting[-1][0].start < end:
        span, height = waiting.pop()
        if span.end > end:
            rest.append((span._replace(start=end), height))
            span = span._replace(end=end)
        yield span, height
    waiting.extend(reversed(rest))


def cut_at(page: Page, limit: int | None) -> int:
    """Where a page is cut so that at most `limit` characters show: at the end of a block, or in the first one."""
    if limit is None or len(page.text) <= limit:
        return len(page.text)
    ends = [end for _, end, _ in page.blocks if end <= limit]
    return ends[-1] if ends else limit


def legend(mentions: list[Mention]) -> str:
    """The labels that occur, the most frequent first, with what they mean."""
    counts = Counter(mention.label for mention in mentions)
    entries = []
    for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        meaning = style.MEANING.get(label, "")
        shown = f"{meaning} {count}" if meaning else str(count)
        entries.append(f'<mark class="h{style.hue_of(label)}" data-l="{attribute(label)}">{shown}</mark> ')
    if any(m.confidence is not None and m.confidence * 100 < UNSURE for m in mentions):
        entries.append(f"<span>dashed: confidence under {UNSURE / 100}</span>")
    return f'<footer aria-label="Labels">{"".join(entries)}</footer>' if entries else ""


def facts(page: Page) -> str:
    """Date and counts on a line."""
    parts = [f"<b>{content(page.date)}</b>"] if page.date else ["no date"]
    parts.append(f"{len(page.text):,} characters")
    parts += [f"{count:,} {name if count != 1 else name[:-1].replace('entitie', 'entity')}" for name, count in page.counts.items()]
    return f"<header>{' · '.join(parts)}</header>"


def cut_note(page: Page, upto: int) -> str:
    """What a page that was cut says about it."""
    if upto == len(page.text):
        return ""
    how = "<code>tintuc.show(doc, limit=None)</code>"
    return f'<p class="m">The first {upto:,} of {len(page.text):,} characters. All of it: {how}</p>'


def html_of_page(page: Page, limit: int | None = LIMIT, styled: bool = True) -> str:
    """HTML of a page, in an element of its own."""
    upto = cut_at(page, limit)
    mentions = [m for m in page.mentions if m.end <= upto]
    body = article(page, [span_of(m) for m in mentions], upto)
    name = attribute(shortened(page.title or page.text[:400], 80))
    return style.boxed(facts(page) + body + cut_note(page, upto) + legend(mentions), f"Document: {name}", styled)
