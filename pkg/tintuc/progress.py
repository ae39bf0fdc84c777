"""Progress bars on long work: tqdm where it is installed and somebody looks, nothing otherwise.

`progress` is True (a bar, at once), False (none) or None: a bar in a notebook or on a terminal when the work takes more
than a moment.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 1.5  # seconds of work before a bar appears that nobody asked for


def in_notebook() -> bool:
    """Whether output goes to a Jupyter kernel, which shows HTML."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


def _wanted(progress: bool | None) -> bool:
    if progress is not None:
        return progress
    return in_notebook() or (sys.stderr is not None and sys.stderr.isatty())


def bar(progress: bool | None, total: int | None = None, unit: str = "page", **options: Any) -> Any:
    """A tqdm bar on stderr, or None where none is to be shown.

    Raises
    ------
    UnsupportedError
        A bar was asked for and tqdm is not installed.
    """
    if not _wanted(progress):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that widgets are missing: a bar of text is as good
            from tqdm.auto import tqdm
    except ImportError:
        if progress:
            from tintuc.api import unsupported

            raise unsupported("a progress bar needs `pip install tqdm`") from None
        return None
    return tqdm(total=total, unit=unit, delay=0 if progress else PATIENCE, dynamic_ncols=True, **options)


def watched(items: Iterable[T], progress: bool | None = None, total: int | None = None, unit: str = "page") -> Iterator[T]:
    """The items, counted by a bar as they pass. The bar is closed when they end, when they fail and when they are dropped."""
    shown = bar(progress, total, unit)
    return iter(items) if shown is None else _counted(items, shown)


def _counted(items: Iterable[T], shown: Any) -> Iterator[T]:
    try:
        for item in items:
            yield item
            shown.update(1)
    finally:
        shown.close()


def size_of(items: Any) -> int | None:
    """How many items there are, where that can be known without drawing them."""
    try:
        return len(items)
    except TypeError:
        return None
