"""What `import tintuc` gives: pipelines, text functions, training, scoring."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from tintuc import _core
from tintuc._core import ArgumentError, Document, ModelError, UnsupportedError
from tintuc.progress import size_of, watched

if TYPE_CHECKING:
    import datetime
    import inspect

    from tintuc._core import Error, Items, Sentence, Value
    from tintuc.tables import Table

    PathLike = str | os.PathLike[str]

LAYERS = ("blocks", "sentences", "words", "entities", "links")  # ORDER LAYER
Sequence.register(_core.Items)


def failure(kind: type[Error], code: str, message: str, byte: int = 0, path: str | None = None) -> Error:
    """An error as the core raises it."""
    error = kind(message)
    error.code, error.byte, error.path = code, byte, path
    return error


def unsupported(what: str) -> Error:
    """The error for a capability that this version does not have."""
    return failure(UnsupportedError, "unsupported", f"{what}: not in tintuc {_core.VERSION}")


layer_bits = _core.layer_bits


class _CallSignature:
    """What `inspect.signature` tells of a pipeline, whose call is in C and says nothing of its arguments."""

    def __get__(self, pipeline: Pipeline | None, owner: type[Pipeline]) -> inspect.Signature:
        import inspect  # hardly ever needed

        if pipeline is None or owner.__call__ is not _core.Pipeline.__call__:
            raise AttributeError("__signature__")  # that of the class, or of a call of its own
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        rest = [inspect.Parameter(name, kind, default=None) for name in ("date", "layers")]
        return inspect.Signature([inspect.Parameter("text", kind), *rest])


class Pipeline(_core.Pipeline):
    """A loaded model; calling it reads one page: ``nlp(text, date=None, layers=None)``. Immutable; threads and documents may share it.

    `text` is str or bytes, which must be UTF-8 (see `tintuc.decode` for others); `date`, a str or datetime.date, is the publication date,
    without which the page's own timestamp is used; `layers` are of "blocks", "sentences", "entities", all of them by default. A text that
    cannot be read raises EncodingError or LimitError with the offset of the first bad byte, or the limit, in ``byte``. It takes time
    linear in the length of the page; the GIL is released meanwhile, but not for the microseconds that blocks and sentences of a short page take.

    It pickles as the path of its model (the shipped one by name) and what you added to its rules, so it goes to the workers of
    multiprocessing, joblib, Dask and Spark; a process loads it once. Pipelines with the same model, limit and rules are equal.

    Parameters
    ----------
    path : str or os.PathLike
        Model file.
    max_bytes : int
        Longest text accepted, in bytes of its UTF-8; a longer one raises LimitError.

    Raises
    ------
    FileError, ModelError
        The file cannot be read, or is not a sound model of this version.
    """

    __slots__ = ()
    __signature__ = _CallSignature()

    def __reduce__(self) -> tuple[Any, ...]:
        path = None if self.path == default_model() else os.path.abspath(self.path)
        return _restored, (type(self), path, self.max_bytes, self.rules, self.model_checksum)

    def pipe(
        self,
        texts: Iterable[Any],
        threads: int = 0,
        *,
        as_tuples: bool = False,
        errors: Literal["raise", "return"] = "raise",
        layers: Iterable[str] | None = None,
        capacity: int = 0,
        progress: bool | None = None,
    ) -> Iterator[Any]:
        """Read many pages on several threads; documents come in the order of the texts.

        Ctrl-C stops it where it is: the documents that came are yours, and pipeline and process go on.

        Parameters
        ----------
        texts : iterable of str or bytes
            With `as_tuples`, of (text, context) pairs; (document, context) pairs come out.
        threads : int
            0: one for each processor.
        errors : "raise" or "return"
            What happens to a text that cannot be read: its exception is raised, or yielded in its place.
        capacity : int
            Texts under way at a time, which bounds the memory; 0: 64.
        progress : bool, optional
            True: a bar of tqdm; False: none; None: one in a notebook or on a terminal when it takes more than a moment.
        """
        if errors not in ("raise", "return"):
            raise failure(ArgumentError, "argument", f"errors is 'raise' or 'return', not {errors!r}")
        room, bits = capacity or 64, layer_bits(layers)
        pool = _core.Pool(self, threads, room)
        items = ((text, context, None) for text, context in texts) if as_tuples else ((text, None, None) for text in texts)
        return watched(self._answers(pool, items, room, bits, as_tuples, errors), progress, size_of(texts))

    def _answers(
        self, pool: _core.Pool, items: Iterable[tuple[Any, Any, Any]], room: int, bits: int, as_tuples: bool, errors: str
    ) -> Iterator[Any]:
        under_way, limit = 0, self.max_bytes

        def answer() -> Any:
            nonlocal under_way
            found, context = pool.take()
            under_way -= 1
            if isinstance(found, BaseException) and errors == "raise":
                raise found
            return (found, context) if as_tuples else found

        for text, context, date in items:
            if under_way == room:
                yield answer()
            try:
                pool.submit(text, context, date, bits, limit)
                under_way += 1
            except (_core.Error, TypeError) as error:  # what is no text fails before it reaches the core
                while under_way:
                    yield answer()
                if errors == "raise" or isinstance(error, TypeError):
                    raise
                yield (error, context) if as_tuples else error
        while under_way:
            yield answer()

    def table(
        self,
        texts: Iterable[str | bytes],
        layer: str = "entities",
        ids: Iterable[Any] | None = None,
        dates: Iterable[str | datetime.date | None] | None = None,
        threads: int = 0,
        batch_rows: int = 65536,
    ) -> Table:
        """Read many pages into columns: a row for each entity, sentence or block, made while a data frame is filled.

        polars, pandas, pyarrow, DuckDB and whatever else reads the Arrow PyCapsule interface take the table as it is.

        Parameters
        ----------
        texts : iterable of str or bytes
            Of a list the table can be read again and again, of an iterator once.
        layer : "entities", "sentences" or "blocks"
        ids : iterable, optional
            What the column "doc" says of each text; its number by default.
        dates : iterable of str, datetime.date or None, optional
            Publication date of each text.
        threads : int
            0: one for each processor.
        batch_rows : int
            Rows of a batch, which bounds the memory.
        """
        from tintuc import tables

        return tables.of_texts(self, texts, layer, ids, dates, threads, batch_rows)

    def __repr__(self) -> str:
        return f"<tintuc.Pipeline {self.model_checksum}: {', '.join(self.labels)}>"


def default_model() -> str:
    """Path of the model that comes with the package."""
    return str(resources.files("tintuc") / "data" / "vi.ttm")


def load(path: PathLike | None = None, *, max_bytes: int = _core.MAX_BYTES) -> Pipeline:
    """Load the shipped model, or the one at `path`; texts above `max_bytes` bytes raise LimitError.

    Raises
    ------
    FileError, ModelError
        The file cannot be read, or is not a sound model of this version.
    """
    return Pipeline(default_model() if path is None else path, max_bytes)


@functools.lru_cache(maxsize=8)
def _restored(
    kind: Callable[[str, int], Pipeline], path: str | None, max_bytes: int, added: tuple[tuple[str, tuple[Any, ...]], ...], checksum: str
) -> Pipeline:
    """What `Pipeline.__reduce__` wrote; the last eight are kept, so that a worker loads a model once, not for each task."""
    if added:
        method, args = added[-1]
        restored: Pipeline = getattr(_restored(kind, path, max_bytes, added[:-1], checksum), method)(*args)
        return restored
    pipeline = kind(default_model() if path is None else path, max_bytes)
    if pipeline.model_checksum == checksum:
        return pipeline
    what = "the model that comes with the package" if path is None else path
    raise failure(ModelError, "model", f"{what} is another one here: {pipeline.model_checksum}, not {checksum}", 0, path)


@functools.cache
def _shipped() -> Pipeline:
    return load()


def sentences(text: str | bytes) -> Items[Sentence]:
    """Sentences of a text, as views with start, end, text and block. The shipped model is loaded once and kept."""
    return _shipped()(text, layers=("blocks", "sentences")).sentences


def parse_time(text: str | bytes, anchor: str | datetime.date | None = None) -> Value | None:
    """What a date, time or length says: `value` (TIMEX3), `start_date`, `end_date`, `datetime`, `timedelta`, `label`.

    Parameters
    ----------
    text : str or bytes
        The expression alone: "cuối tuần trước", "9h30 sáng mai", "8-10/9/2021", "một giờ rưỡi".
    anchor : str, datetime.date or datetime.datetime, optional
        When it was written; without it "hôm qua" is XXXX-XX-XX, and "3 giờ trước" needs a datetime.

    Returns
    -------
    Value or None
        None where it is no such expression, or a day that does not exist.
    """
    return _core.parse_time(text, anchor)


def parse_number(text: str | bytes) -> Value | None:
    """What an amount says: `number` and, for a range, `number_end` (decimal.Decimal), `unit`, `currency`, `label`.

    "2,35 tỷ đồng", "6-7 triệu USD", "4,5%", "37,5 độ C", "lần thứ ba", "hai phần ba"; None where there is no number.
    """
    return _core.parse_number(text)


def words(text: str | bytes) -> Any:
    """Word segmentation: not in this version."""
    raise unsupported("words()")


def train(
    corpus: PathLike | Iterable[PathLike],
    dev: PathLike | Iterable[PathLike] | None = None,
    *,
    output: PathLike,
    epochs: int = 0,
    members: int = 0,
    patience: int = 0,
    seed: int = 1,
    progress: Callable[[int, int, int, float, float], object] | None = None,
    base: Pipeline | None = None,
    stack: bool = True,
    checkpoint: PathLike | None = None,
) -> Pipeline:
    """Train a tagger on your own annotated files and load it; any label set of up to 63 labels, flat or nested.

    Parameters
    ----------
    corpus, dev : path or iterable of paths
        .ann, document .jsonl, or CoNLL/IOB2 files. With `dev`, the best epoch on it is kept.
    output : path
        Model file; it appears only when it is whole.
    epochs, members, patience, seed : int
        0: the default (10 epochs, no early stop; 3 members: trainings of three fifths of the epochs, whose mean is trained on). The same corpus and seed give the same bytes.
    progress : callable, optional
        Called after each epoch with layer (0 outer, 1 inner), epoch, epochs, loss, F1 on dev (-1 without).
    base : Pipeline, optional
        Where lexicon and clusters come from; the shipped model by default.
    stack : bool
        Tell the new tagger the mentions that `base` finds and what else it holds possible (stacking, Wolpert 1992), whatever its labels are:
        worth several points where the corpus is small. The new model then holds a copy of the base's tagger and tags with both, which takes
        between two and three times as long; it sees sentences whose tokens were joined by spaces as running text. Switch it off for a corpus
        that the base was trained on.
    checkpoint : path, optional
        Keep the training after each epoch in two files beside this path, and go on from them if they are there: a training that was stopped
        ends with the same bytes. They are removed when the model is written; those of another corpus or other settings are an ArgumentError.
    """
    _core.train(base or load(), _paths(corpus), _paths(dev), os.fspath(output), progress, epochs, members, patience, seed, stack,
                None if checkpoint is None else os.fspath(checkpoint))
    return load(output)


def _paths(paths: PathLike | Iterable[PathLike] | None) -> list[str]:
    if paths is None:
        return []
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def score(gold: Iterable[dict[str, Any]], pred: Iterable[dict[str, Any]], **options: Any) -> dict[str, Any]:
    """Precision, recall and F1 of `pred` against `gold`: documents in JSON form, matched by id; `options` are those of `tintuc.scoring.score`."""
    from tintuc import scoring

    return scoring.score(gold, pred, **options)
