"""HTML of a news page as plain text, a line a block: the form that the page rules read.

The article is found by trafilatura (Apache-2.0), an extra: `pip install tintuc[html]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tintuc._core import ArgumentError
from tintuc.api import failure, unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_LINES = 5  # where a page says its title and its date
CAPTION_MOST = 600  # characters; what is longer is no caption, whatever its class says
CAPTIONS = (
    "//figcaption | //*[self::div or self::p or self::span][not(ancestor::figcaption)]"
    "[contains(translate(@class, 'CAPTION', 'caption'), 'caption')][not(descendant::img)][not(descendant::figcaption)]"
    "[not(ancestor::*[contains(translate(@class, 'CAPTION', 'caption'), 'caption')][not(descendant::img)])]"
)
DIVIDER = re.compile(r"\|[-| ]+")
ONLY_CELL = re.compile(r"\| *([^|]*[^| -][^|]*?) *\|")
DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|tháng \d{1,2}(,| năm) \d{4}", re.IGNORECASE)


def from_html(html: str | bytes) -> str:
    """The text of an HTML page: title, timestamp, then each paragraph, heading, caption, list item and table row on a line of its own.

    Parameters
    ----------
    html : str or bytes
        Bytes are decoded as the page says, or as they look.

    Raises
    ------
    UnsupportedError
        trafilatura is not installed.
    ArgumentError
        There is no text in it.
    """
    try:
        import trafilatura
    except ImportError:
        raise unsupported("HTML needs `pip install tintuc[html]`") from None
    tree = trafilatura.load_html(html)
    if tree is not None:
        _keep_captions(tree)
    text = trafilatura.extract(tree, output_format="txt", include_comments=False, include_tables=True, favor_recall=True)
    if not text:
        raise failure(ArgumentError, "argument", "no text found in the HTML")
    lines = list(_lines(text))
    return "\n".join([*_missing(lines[:HEAD_LINES], trafilatura.extract_metadata(html)), *lines])


def _text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def _keep_captions(tree: Any) -> None:
    """Picture captions, which the extraction drops with their frames, become paragraphs in their place."""
    for caption in tree.xpath(CAPTIONS):
        text, frame = _text_of(caption), caption
        if not text or len(text) > CAPTION_MOST or caption.getparent() is None:
            continue
        for outer in caption.iterancestors():
            framed = outer.tag == "figure" or "caption" in (outer.get("class") or "").lower()
            if framed and len(_text_of(outer)) <= CAPTION_MOST:
                frame = outer
        paragraph = caption.makeelement("p")
        paragraph.text = text
        frame.addnext(paragraph)
        caption.drop_tree()


def _lines(text: str) -> Iterator[str]:
    """Without blank ones and the dividers of tables."""
    for line in text.splitlines():
        line = line.strip()
        if cell := ONLY_CELL.fullmatch(line):  # of a table that holds a picture and its caption
            line = cell[1]
        if line and not DIVIDER.fullmatch(line):
            yield line


def _missing(head: list[str], metadata: Any) -> Iterator[str]:
    """Title and day that the page declares but its text does not begin with."""
    title = " ".join((metadata.title or "").split()) if metadata else ""
    if title and not any(line in title or title in line for line in head):
        yield title
    if metadata and metadata.date and not any(DAY.search(line) for line in head):
        year, month, day = metadata.date.split("-")
        yield f"{day}/{month}/{year}"
