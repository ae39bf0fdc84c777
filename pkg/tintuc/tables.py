"""Layers of documents as columns, through the Arrow PyCapsule interface: for polars, pandas, pyarrow, DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

from tintuc import _core
from tintuc._core import ArgumentError, Document
from tintuc.api import LAYERS, failure, layer_bits

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from typing_extensions import CapsuleType

    from tintuc.api import Pipeline

Pairs = Iterator[tuple[Document, str]]
BATCH_ROWS = 65536


class Table:
    """Rows of a layer, made while a reader pulls them; nothing is read before.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``duckdb.sql("from rows")`` and others take it as it is. A table over an
    iterator can be read once.
    """

    __slots__ = {
        "_error": "", "_once": "", "_pairs": "", "_used": "", "batch_rows": "Rows of a batch.", "layer": "Name of the layer."
    }

    def __init__(self, pairs: Callable[[], Pairs], layer: str, once: bool, batch_rows: int = BATCH_ROWS) -> None:
        layer_bits((layer,))
        if batch_rows < 1:
            raise failure(ArgumentError, "argument", "batch_rows must be 1 or more")
        self._pairs, self._once, self._used = pairs, once, False
        self._error: BaseException | None = None
        self.layer, self.batch_rows = layer, batch_rows

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return _core.table_columns(LAYERS.index(self.layer))

    def _watched(self) -> Pairs:
        """The pairs; what goes wrong is kept, since a reader tells no more than its words."""
        try:
            for doc, id in self._pairs():
                if not isinstance(doc, Document):
                    raise TypeError(f"a table is made of documents, not {type(doc).__name__}")
                getattr(doc, self.layer)  # an error where it was not made
                yield doc, id
        except GeneratorExit:
            raise
        except BaseException as error:
            self._error = error
            raise

    def __arrow_c_schema__(self) -> CapsuleType:
        return _core.table_schema(LAYERS.index(self.layer))

    def __arrow_c_stream__(self, requested_schema: object = None) -> CapsuleType:
        if self._used and self._once:
            raise failure(ArgumentError, "argument", "this table is over an iterator and was read already: make it over a list, or "
                          "keep what to_arrow(), to_polars() or to_pandas() gave")
        self._used, self._error = True, None
        return _core.table_stream(self._watched(), LAYERS.index(self.layer), self.batch_rows)

    def read(self, reader: Callable[[Table], Any]) -> Any:
        """What `reader` makes of the table; an exception of the texts comes as it was raised, not in a library's words."""
        try:
            return reader(self)
        except Exception as error:
            if self._error is None or self._error is error:
                raise
            found, self._error = self._error, None
            raise found from None

    def to_arrow(self) -> pyarrow.Table:
        """All rows as a pyarrow.Table."""
        import pyarrow

        return self.read(lambda table: pyarrow.RecordBatchReader.from_stream(table).read_all())

    def to_polars(self) -> polars.DataFrame:
        """All rows as a polars.DataFrame."""
        import polars

        frame: polars.DataFrame = self.read(polars.DataFrame)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a pandas.DataFrame; text, dates and decimals stay Arrow's, so no row becomes Python objects."""
        import pandas
        import pyarrow

        def dtype(kind: pyarrow.DataType) -> Any:
            plain = pyarrow.types.is_integer(kind) or pyarrow.types.is_floating(kind) or pyarrow.types.is_dictionary(kind)
            return None if plain else pandas.ArrowDtype(kind)

        return self.to_arrow().to_pandas(types_mapper=dtype)

    def __repr__(self) -> str:
        return f"<tintuc.Table of {self.layer}: {', '.join(self.columns)}>"


def _many(what: str, given: Any) -> None:
    if isinstance(given, (str, bytes)):
        raise failure(ArgumentError, "argument", f"{what} must be many, not one {type(given).__name__}: put it in a list")


def _is_iterator(given: Any) -> bool:
    return given is not None and iter(given) is given


def _together(firsts: Iterable[Any], *others: Iterable[Any] | None) -> Iterator[tuple[Any, ...]]:
    """Each of the first with its own of the others, or None; they must be as many, and an endless one need not be."""
    ends = object()
    iterators = [repeat(None) if other is None else iter(other) for other in others]
    for first in firsts:
        row = (first, *(next(iterator, ends) for iterator in iterators))
        if ends in row[1:]:
            raise failure(ArgumentError, "argument", "ids and dates must be as many as the texts: there are fewer")
        yield row
    for other, iterator in zip(others, iterators):
        if hasattr(other, "__len__") and next(iterator, ends) is not ends:
            raise failure(ArgumentError, "argument", "ids and dates must be as many as the texts: there are more")


def of_texts(
    pipeline: Pipeline, texts: Iterable[Any], layer: str, ids: Iterable[Any] | None, dates: Iterable[Any] | None, threads: int, batch_rows: int
) -> Table:
    """What `Pipeline.table` gives."""
    for what, given in (("texts", texts), ("ids", ids), ("dates", dates)):
        _many(what, given)
    bits = layer_bits((layer,))

    def pairs() -> Pairs:
        names = count() if ids is None else ids
        items = ((text, str(id), date) for text, id, date in _together(texts, names, dates))
        room = 64
        return pipeline._answers(_core.Pool(pipeline, threads, room), items, room, bits, True, "raise")

    return Table(pairs, layer, any(map(_is_iterator, (texts, ids, dates))), batch_rows)


def of_pairs(pairs: Iterable[tuple[Document, str]], layer: str, batch_rows: int = BATCH_ROWS) -> Table:
    """A table of documents with their ids."""
    return Table(lambda: iter(pairs), layer, _is_iterator(pairs), batch_rows)


def of_document(doc: Document, layer: str, id: object = None) -> Table:
    """What `Document.table` gives."""
    return of_pairs([(doc, "0" if id is None else str(id))], layer)


def table(
    docs: Document | Iterable[Document], layer: str = "entities", ids: Iterable[Any] | None = None, *, batch_rows: int = BATCH_ROWS
) -> Table:
    """Documents as columns: a row for each entity, sentence or block.

    Parameters
    ----------
    docs : Document or iterable of Document
        Of a list the table can be read again and again, of an iterator once.
    layer : "entities", "sentences" or "blocks"
    ids : iterable, optional
        What the column "doc" says of each document; its number by default.
    batch_rows : int
        Rows of a batch.
    """
    many = [docs] if isinstance(docs, Document) else docs
    _many("docs", many)
    _many("ids", ids)

    def pairs() -> Pairs:
        for doc, id in _together(many, count() if ids is None else ids):
            yield doc, str(id)

    return Table(pairs, layer, _is_iterator(many) or _is_iterator(ids), batch_rows)
