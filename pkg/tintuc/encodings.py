"""Bytes to text and back, in every encoding that Vietnamese comes in.

Names: utf-8, utf-16, utf-32 (also -le, -be), windows-1258, viscii, tcvn3 (ABC), tcvn5712-1, vni, vps, viqr, windows-1252, and
common aliases; case, spaces, - and _ do not matter.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tintuc import _core


class Guess(NamedTuple):
    """What bytes are encoded in, and how likely (0-1) it is that they are read right."""

    encoding: str
    confidence: float


def decode(data: bytes, encoding: str | None = None, errors: Literal["strict", "repair"] = "strict") -> str:
    """Bytes to str, not composed beyond what the encoding splits. Linear in ``len(data)``.

    Parameters
    ----------
    encoding : str, optional
        None: as `detect` says. A byte order mark is dropped.
    errors : "strict" or "repair"
        "repair" puts U+FFFD for each byte, or ill-formed part of UTF-8, that fits nothing.

    Raises
    ------
    EncodingError
        ``byte`` is the first bad byte.
    ArgumentError
        The encoding is not known.
    """
    return _core.decode(data, encoding, errors)[0]


def encode(text: str, encoding: str) -> bytes:
    """Str, in any normal form, to bytes; nothing is ever replaced.

    Decoding gives the NFC of the text (utf-8, -16 and -32: the text itself), or something canonically equivalent.

    Raises
    ------
    EncodingError
        A character is not in the encoding; the message names it, ``byte`` is its place in the UTF-8 of `text`.
    ArgumentError
        The encoding is not known.
    """
    return _core.encode(text, encoding)


def detect(data: bytes) -> Guess:
    """Guess the encoding from at most 64 KiB: the first, or where those are all ASCII, from the first byte that is not.

    All ASCII is utf-8, unless it is plainly viqr; what looks like Vietnamese in no encoding is utf-8 with low confidence.
    """
    return Guess(*_core.detect(data))


class Mojibake(NamedTuple):
    """How much of a text is UTF-8 that was read as windows-1252 or ISO 8859-1 and saved again ("Viá»‡t")."""

    characters: int
    twice: int
    share: float
    confidence: float


def find_mojibake(text: str) -> Mojibake:
    """Look for spoilt characters: how many, how many of them spoilt twice, their share (0-1) of the characters that are not
    ASCII, and how likely (0-1) it is that the text is spoilt. ``normalize(text, mojibake=True)`` mends it.

    >>> find_mojibake("Viá»‡t Nam").characters
    1
    """
    return Mojibake(*_core.find_mojibake(text))
