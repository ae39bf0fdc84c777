"""Documents as one HTML file that needs nothing else: pages one after the other and an index, written as they come.

The index is the last thing in the file, since only then all pages are known; the style sheet shows it beside them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from typing import IO

from tintuc._core import Document
from tintuc.display import style
from tintuc.display.escape import attribute, content
from tintuc.display.pages import html_of_page
from tintuc.display.reading import Source, page_of, shortened

_SHEET = f"""
body{{color-scheme:light dark;margin:0;background:{style.pair("#f4f2ec", "#121315")};color:{style.pair(*style.INK)};
font:14px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}}
main{{max-width:60em;margin:0 auto;padding:1em}}h1{{font-size:1.1em;margin:.6em 0}}h2{{font-size:13px;font-weight:600;margin:2em 0 .2em}}
nav{{padding:1em 1.4em;font-size:13px}}nav ol{{padding-left:2em;margin:0}}nav a{{color:inherit;text-decoration:none}}nav a:hover{{text-decoration:underline}}
nav small,h2 small{{color:{style.pair(*style.QUIET)};font-weight:400}}
@media(min-width:80em){{main{{margin-left:max(22em,calc(50% - 30em))}}.to-index{{display:none}}
nav{{position:fixed;left:0;top:0;bottom:0;width:18em;overflow:auto;border-right:1px solid {style.pair(*style.LINE)}}}}}
@media print{{nav,.to-index{{display:none}}main{{margin:0;max-width:none}}body{{color-scheme:light;background:none}}h2{{break-after:avoid}}}}
"""
_SAFE = "default-src 'none'; style-src 'unsafe-inline'"  # nothing in a page may run or fetch


class HtmlFile:
    """Writes a file of pages: `begin`, `add` for each document, `end`."""

    def __init__(self, out: IO[str], title: str) -> None:
        self._out, self._title = out, title
        self._index: list[str] = []

    def begin(self) -> None:
        """Head of the file."""
        self._out.write(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
            f"<title>{content(self._title)}</title><style>{style.CSS}{_SHEET}</style></head>\n<body><main>"
            f'<h1>{content(self._title)}</h1><a class="to-index" href="#index">Index</a>\n'
        )

    def add(self, id: str, source: Source) -> None:
        """One page, whole."""
        page, number = page_of(source), len(self._index) + 1
        shown = shortened(page.title or page.text[:400], 70)
        day = f" <small>{content(page.date)}</small>" if page.date else ""
        self._index.append(f'<li><a href="#p{number}">{content(shown)}</a>{day}</li>\n')
        self._out.write(f'<h2 id="p{number}">{content(id)} <small>{number}</small></h2>\n')
        self._out.write(html_of_page(page, limit=None, styled=False) + "\n")

    def end(self) -> None:
        """The index and the foot of the file."""
        self._out.write(f'</main><nav id="index" aria-label="{attribute("Index")}"><h1>{len(self._index):,} pages</h1><ol>\n')
        self._out.writelines(self._index)
        self._out.write("</ol></nav></body></html>\n")


def to_html(
    docs: Source | Iterable[Source | tuple[str, Source]], path: str | os.PathLike[str] | None = None, *, title: str = "tintuc"
) -> str | None:
    """Documents as one self-contained HTML file.

    Parameters
    ----------
    docs : Document, dict, or an iterable of them or of (id, document) pairs
        Drawn one after the other, each whole; they are not collected, so the iterable may be longer than the memory.
    path : path, optional
        The file; it appears only when it is whole. Without it the HTML is returned.
    title : str
        What the browser's tab says.
    """
    from tintuc.outputs import destination

    if path is None:
        out = io.StringIO()
        _write(out, docs, title)
        return out.getvalue()
    with destination(os.fspath(path)) as file:
        _write(file, docs, title)
    return None


def _write(out: IO[str], docs: Source | Iterable[Source | tuple[str, Source]], title: str) -> None:
    pages = HtmlFile(out, title)
    pages.begin()
    for number, item in enumerate([docs] if isinstance(docs, (Document, Mapping)) else docs, 1):
        id, source = item if isinstance(item, tuple) else (_id_of(item, number), item)
        pages.add(id, source)
    pages.end()


def _id_of(source: Source, number: int) -> str:
    return str(number) if isinstance(source, Document) else str(source.get("id", number))
