"""How documents show themselves: in notebooks as HTML, in terminals as tables, as a file to send to somebody."""

from __future__ import annotations

from typing import Any

from tintuc._core import Document
from tintuc.display.comparison import Comparison, Judged, compare
from tintuc.display.html_file import to_html
from tintuc.display.listing import ROWS, html_of_items
from tintuc.display.pages import LIMIT, html_of_page
from tintuc.display.reading import page_of
from tintuc.display.terminal import plain_of, rich_of
from tintuc.progress import in_notebook

__all__ = ["Comparison", "Judged", "compare", "html_of", "rich_of", "show", "to_html"]

_DEFAULT: Any = object()


def html_of(thing: Any, limit: Any = _DEFAULT) -> str:
    """HTML of a document, its JSON object, a list of its views or a comparison; at most `limit` characters or rows, None for all."""
    if isinstance(thing, Comparison):
        return thing.to_html(LIMIT if limit is _DEFAULT else limit)
    if isinstance(thing, (Document, dict)):
        return html_of_page(page_of(thing), LIMIT if limit is _DEFAULT else limit)
    return html_of_items(thing, ROWS if limit is _DEFAULT else limit)


def show(thing: Any, limit: Any = _DEFAULT) -> None:
    """Show a document, a list of its blocks, sentences or entities, or a comparison: in a notebook as HTML, else as a table of text.

    Parameters
    ----------
    thing : Document, dict, sequence of views, or Comparison
        A dict is a document as JSON.
    limit : int or None
        Characters of a document or rows of a list that are shown; None: all. By default 20,000 characters or 60 rows.
    """
    if in_notebook():
        from IPython.display import HTML, display

        display(HTML(html_of(thing, limit)))
        return
    try:
        from rich.console import Console
    except ImportError:
        print(_plain(thing, limit))
        return
    Console().print(_rich(thing, limit))


def _plain(thing: Any, limit: Any) -> str:
    if isinstance(thing, (Comparison, dict)):
        return repr(thing)
    return plain_of(thing) if limit is _DEFAULT else plain_of(thing, limit)


def _rich(thing: Any, limit: Any) -> Any:
    if isinstance(thing, (Comparison, dict)):
        return thing
    return rich_of(thing) if limit is _DEFAULT else rich_of(thing, limit)
