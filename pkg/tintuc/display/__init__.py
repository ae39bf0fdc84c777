"""How documents show themselves: in notebooks as HTML, in terminals as tables, as a file to send to somebody."""

from __future__ import annotations

import importlib
from typing import Any

from tintuc._core import Block, Document, Entity, Sentence
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
    """HTML of what `show` takes; at most `limit` characters or rows, None for all."""
    if isinstance(thing, Comparison):
        return thing.to_html(LIMIT if limit is _DEFAULT else limit)
    if isinstance(thing, (Document, dict)):
        return html_of_page(page_of(thing), LIMIT if limit is _DEFAULT else limit)
    return html_of_items(_items(thing), ROWS if limit is _DEFAULT else limit)


def show(thing: Any, limit: Any = _DEFAULT) -> None:
    """Show a document, a list of its views, or a comparison: in a notebook as HTML, else as a table of text.

    Parameters
    ----------
    thing : Document, dict, block, sentence or entity, sequence of these, or Comparison
        A dict is a document as JSON.
    limit : int or None
        Characters of a document or rows of a list that are shown; None: all. By default 20,000 characters or 60 rows of HTML.
    """
    if isinstance(thing, (list, tuple)) and thing and isinstance(thing[0], (Document, dict)):
        for document in thing:
            show(document, limit)
    elif in_notebook():
        notebook: Any = importlib.import_module("IPython.display")
        notebook.display(notebook.HTML(html_of(thing, limit)))
    else:
        _print(Document.from_dict(thing) if isinstance(thing, dict) else thing, limit)


def _print(thing: Any, limit: Any) -> None:
    limits = () if limit is _DEFAULT else (limit,)
    whole = isinstance(thing, Comparison)
    try:
        from rich.console import Console
    except ImportError:
        print(repr(thing) if whole else plain_of(_items(thing), *limits))
    else:
        Console().print(thing if whole else rich_of(_items(thing), *limits))


def _items(thing: Any) -> Any:
    """One view as a list of it."""
    return [thing] if isinstance(thing, (Block, Sentence, Entity)) else thing
