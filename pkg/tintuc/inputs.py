"""Documents from the command line's paths: files, folders, standard input; plain, gzip or zstd.

Every source yields records; one that cannot be read is a record with an error, so that no other is hurt.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from tintuc._core import MAX_BYTES, ArgumentError, CorpusError, EncodingError, Error, FileError, LimitError
from tintuc.api import failure, unsupported
from tintuc.html import from_html

HTML = (".html", ".htm")
SUFFIXES = (".txt", *HTML, ".jsonl", ".csv", ".parquet")
PACKED = (".gz", ".zst")
UTF32_GROWTH = 4  # bytes of a file for a byte of its text, at most
JSON_GROWTH = 6  # bytes of an escaped character for one of it
LINE_ROOM = 1 << 20  # bytes of a JSON line or CSV row for all but its text


@dataclass
class Record:
    """One document to read, or why it cannot be read."""

    id: str
    text: str | bytes = b""
    date: str | None = None
    path: str | None = None
    error: Error | None = None


@dataclass
class Fields:
    """Names of the fields that hold text, id and date; the longest text that is wanted, so that nobody's file fills the memory."""

    text: str = "text"
    id: str = "id"
    date: str = "date"
    max_bytes: int = MAX_BYTES


def records(paths: list[str], fields: Fields) -> Iterator[Record]:
    """Documents of all paths in order; folders are walked, sorted by name. "-" is standard input (JSON lines or one text)."""
    for path in paths or ["-"]:
        if path == "-":
            yield from _guarded("-", lambda: _standard_input(sys.stdin.buffer, fields))
        elif os.path.isdir(path):
            yield from _folder(path, fields)
        else:
            yield from _guarded(path, lambda path=path: _file(path, fields))  # type: ignore[misc]


def _folder(path: str, fields: Fields) -> Iterator[Record]:
    try:
        entries = sorted(os.scandir(path), key=lambda e: e.name)
    except OSError as error:
        yield Record(shown(path), error=_unreadable(path, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path, fields)
        elif _kind(entry.name) is not None:
            yield from _guarded(entry.path, lambda p=entry.path: _file(p, fields))  # type: ignore[misc]


def _guarded(path: str, read: Callable[[], Iterator[Record]]) -> Iterator[Record]:
    """The records of one file; what stops it becomes a last record."""
    try:
        for record in read():
            record.path = path
            yield record
    except Error as error:
        yield Record(_stem(path), error=error)
    except _damage() as error:
        yield Record(_stem(path), error=_unreadable(path, error))


def _damage() -> tuple[type[BaseException], ...]:
    """What readers raise on files that are cut or damaged; zstandard is imported only where a file needs it."""
    zstd = sys.modules.get("zstandard")
    return (OSError, EOFError, zlib.error, *((zstd.ZstdError,) if zstd else ()))


def _unreadable(path: str, error: BaseException) -> Error:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return failure(FileError, "io", f"{shown(path)}: {reason}", 0, path)


def shown(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _kind(name: str) -> str | None:
    """Suffix that says how to read a file, after taking off that of its compression."""
    stem, suffix = os.path.splitext(name)
    if suffix in PACKED:
        suffix = os.path.splitext(stem)[1]
    return suffix if suffix in SUFFIXES else None


def _stem(path: str) -> str:
    name = os.path.basename(path)
    root, suffix = os.path.splitext(name)
    if suffix in PACKED:
        root, suffix = os.path.splitext(root)
    return shown(root if suffix in SUFFIXES else name)


def _file(path: str, fields: Fields) -> Iterator[Record]:
    if not os.path.isfile(path) and os.path.exists(path):
        raise failure(FileError, "io", f"{shown(path)}: not a regular file", 0, path)
    if _kind(path) == ".parquet":
        return _parquet(path, fields)
    if _kind(path) in (".jsonl", ".csv"):
        stream = _open(path)
        return (_json_lines if _kind(path) == ".jsonl" else _csv)(path, stream, fields)
    with _open(path) as stream:
        return iter([_text(path, _read(path, stream, fields))])


def _too_long(path: str, limit: int, what: str) -> Error:
    return failure(LimitError, "limit", f"{shown(path)}: {what} than {limit} bytes (--max-bytes moves the limit)", limit, path)


def _read(path: str, stream: IO[bytes], fields: Fields) -> bytes:
    """All of it, unpacked; of a file that grows without end no more than what could be one text."""
    limit = UTF32_GROWTH * fields.max_bytes + UTF32_GROWTH
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_long(path, limit, "the file has, unpacked, more")
    return data


def _lines(path: str, stream: IO[bytes], fields: Fields, head: bytes = b"") -> Iterator[bytes]:
    """Lines, the first after `head`; one that does not end stops the file."""
    limit = JSON_GROWTH * fields.max_bytes + LINE_ROOM
    while line := head + stream.readline(limit + 1):
        if len(line) > limit:
            raise _too_long(path, limit, "a line is longer")
        yield line
        head = b""


def _open(path: str) -> IO[bytes]:
    if path.endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if path.endswith(".zst"):
        try:
            import zstandard
        except ImportError:
            raise unsupported(f"{path}: zstd needs `pip install zstandard`") from None
        return io.BufferedReader(_Unzstd(open(path, "rb"), zstandard.ZstdDecompressor))
    return open(path, "rb")


class _Unzstd(io.RawIOBase):
    """All frames of a zstd file; one that is cut is an error, which zstandard's own reader takes for an end."""

    CHUNK = 1 << 10  # bytes unpacked at a time: they can be 30,000 times as many

    def __init__(self, file: IO[bytes], decompressor: Callable[[], Any]) -> None:
        self._file, self._decompressor = file, decompressor
        self._frame: Any = None
        self._packed, self._out = b"", memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def _unpack(self) -> bool:
        packed = self._packed or self._file.read(self.CHUNK)
        if not packed and self._frame is not None:
            raise EOFError("the zstd file ends within a frame")
        if packed:
            self._frame = self._frame or self._decompressor().decompressobj()
            self._out = memoryview(self._frame.decompress(packed))
            self._packed = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
        return bool(packed)

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            if not self._unpack():
                return 0
        count = min(len(buffer), len(self._out))
        buffer[:count], self._out = self._out[:count], self._out[count:]
        return count


def _text(path: str, data: bytes) -> Record:
    if not data:
        error = failure(ArgumentError, "argument", f"{shown(path)}: byte 0: the file is empty", 0, path)
        return Record(_stem(path), error=error)
    if _kind(path) not in HTML:
        return Record(_stem(path), data)
    try:
        return Record(_stem(path), from_html(data))
    except Error as error:
        return Record(_stem(path), error=failure(type(error), error.code, f"{shown(path)}: {error}", error.byte, path))


def _standard_input(stream: IO[bytes], fields: Fields) -> Iterator[Record]:
    """JSON lines, read as they come, when the first byte is "{"; else one text."""
    head = stream.read(1)
    if head == b"{":
        return _json_lines("-", stream, fields, head)
    return iter([_text("-", head + _read("-", stream, fields))])


def _bad_row(path: str, number: int, offset: int, what: str, kind: type[Error] = CorpusError) -> Record:
    code = "encoding" if kind is EncodingError else "corpus"
    return Record(f"{_stem(path)}-{number}", error=failure(kind, code, f"{shown(path)}:{number}: {what}", offset, path))


def _json_lines(path: str, stream: IO[bytes], fields: Fields, head: bytes = b"") -> Iterator[Record]:
    """`head`: bytes already taken off the stream."""
    offset = 0
    with stream:
        for number, line in enumerate(_lines(path, stream, fields, head), 1):
            start, offset = offset, offset + len(line)
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except UnicodeDecodeError as error:
                yield _bad_row(path, number, start + error.start, "not UTF-8", EncodingError)
            except (ValueError, RecursionError) as error:
                at = start + (error.pos if isinstance(error, json.JSONDecodeError) else 0)
                yield _bad_row(path, number, at, f"not JSON: {error}")
            else:
                yield _row(path, number, start, row, fields)


def _row(path: str, number: int, offset: int, row: Any, fields: Fields) -> Record:
    if not isinstance(row, dict) or not isinstance(row.get(fields.text), str):
        return _bad_row(path, number, offset, f"no string {fields.text!r}")
    key = row.get(fields.id)
    date = row.get(fields.date)
    name = f"{_stem(path)}-{number}" if key is None else str(key)
    if not name.isascii() and any("\ud800" <= c <= "\udfff" for c in name):
        return _bad_row(path, number, offset, f"half a surrogate pair in {fields.id!r}", EncodingError)
    return Record(name, row[fields.text], str(date) if date else None)


def _csv_lines(path: str, stream: IO[bytes], fields: Fields) -> Iterator[str]:
    """Lines as csv wants them: ended by any line end, which stays."""
    offset = 0
    for number, line in enumerate(_lines(path, stream, fields)):
        try:
            text = line.decode("utf-8" if number else "utf-8-sig")
        except UnicodeDecodeError as error:
            raise failure(EncodingError, "encoding", f"{shown(path)}: not UTF-8", offset + error.start, path) from None
        offset += len(line)
        yield from io.StringIO(text, newline="")


def _csv(path: str, stream: IO[bytes], fields: Fields) -> Iterator[Record]:
    csv.field_size_limit(fields.max_bytes + 1)
    with stream:
        try:
            for number, row in enumerate(csv.DictReader(_csv_lines(path, stream, fields)), 1):
                yield _row(path, number, 0, row, fields)
        except csv.Error as error:
            raise failure(CorpusError, "corpus", f"{shown(path)}: not CSV: {error}", 0, path) from None


def _parquet(path: str, fields: Fields) -> Iterator[Record]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise unsupported(f"{path}: Parquet needs `pip install pyarrow`") from None
    number = 0
    try:
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                yield _row(path, number, 0, row, fields)
    except (pyarrow.ArrowException, UnicodeDecodeError) as error:
        raise failure(CorpusError, "corpus", f"{shown(path)}: not Parquet: {error}", 0, path) from None


