"""Text before it is read: normalized views with their alignment, syllables, keys to search by."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple, overload

from tintuc import _core
from tintuc._core import ArgumentError, Error

if TYPE_CHECKING:
    from tintuc._core import Alignment

    Preset = Literal["clean", "view", "nfc", "nfkc"]

_BITS = {name: 1 << place for place, name in enumerate(_core.STEPS)}
_CHOICES = {
    "form": {"nfc": "nfc", "nfkc": "nfkc"},
    "tone": {"old": "tone_old", "new": "tone_new"},
    "y": {"i": "to_i", "y": "to_y"},
}
_CHOSEN = {step for choice in _CHOICES.values() for step in choice.values()}
TONES = ("ngang", "huyền", "hỏi", "ngã", "sắc", "nặng")
_TONE_MARKS = dict.fromkeys(map(ord, "\u0300\u0309\u0303\u0301\u0323"))


def _bad(message: str) -> Error:
    error = ArgumentError(message)
    error.code, error.byte, error.path = "argument", 0, None
    return error


def step_bits(preset: str, steps: dict[str, bool | str | None]) -> int:
    """Bit set of a preset's steps with single ones switched."""
    if preset not in _core.PRESETS:
        raise _bad(f"preset {preset!r} is none of {', '.join(_core.PRESETS)}")
    bits = _core.PRESETS[preset]
    for name, value in steps.items():
        if name in _CHOICES:
            choice = _CHOICES[name]
            for step in choice.values():
                bits &= ~_BITS[step]
            if value is not None and value is not False:
                if value not in choice:
                    raise _bad(f"{name} is {' or '.join(map(repr, choice))} or None, not {value!r}")
                bits |= _BITS[choice[str(value)]]
        elif name in _BITS and name not in _CHOSEN:
            bits = bits | _BITS[name] if value else bits & ~_BITS[name]
        else:
            raise _bad(f"step {name!r} is none of {', '.join([*_CHOICES, *(s for s in _BITS if s not in _CHOSEN)])}")
    return bits


@overload
def normalize(
    text: str | bytes, preset: Preset = ..., align: Literal[False] = ..., *, encoding: str | None = ...,
    errors: Literal["strict", "repair"] = ..., **steps: bool | str | None,
) -> str: ...
@overload
def normalize(
    text: str | bytes, preset: Preset = ..., *, align: Literal[True], encoding: str | None = ...,
    errors: Literal["strict", "repair"] = ..., **steps: bool | str | None,
) -> tuple[str, Alignment]: ...
def normalize(
    text: str | bytes,
    preset: Preset = "clean",
    align: bool = False,
    *,
    encoding: str | None = None,
    errors: Literal["strict", "repair"] = "strict",
    **steps: bool | str | None,
) -> str | tuple[str, Alignment]:
    """A normalized view of a text; the text itself stays as it is.

    Linear in its length; the GIL is released meanwhile.

    Parameters
    ----------
    text : str or bytes
        Bytes are decoded first.
    preset : "clean", "view", "nfc" or "nfkc"
        "view" is what the tagger reads: NFC, one kind of line end and space, no invisible characters, HTML references
        resolved, Đ for its look-alikes, Latin for Cyrillic and Greek look-alikes, marks on the right letter, traditional tone
        placement. "clean" has also one kind of dash and quotation mark, dots for the ellipsis and single spaces.
    align : bool
        Give also the alignment: ``to_raw(start, end)`` and ``from_raw(start, end)``, in code points of a str or bytes of a
        bytes object, and ``counts`` of what each step changed.
    encoding : str, optional
        Of bytes; None: detect.
    errors : "strict" or "repair"
        Whether bytes that fit nothing raise EncodingError or become U+FFFD.
    **steps
        Switch single steps on or off: mojibake, html, newlines, controls, invisible, private, spaces, letters, lookalikes,
        dashes, quotes, ellipsis, marks, squeeze, lower, plain. Choose form ("nfc", "nfkc", None), tone ("old", "new", None)
        and y ("i", "y", None).

    Raises
    ------
    EncodingError, LimitError, ArgumentError

    >>> normalize("thuỷ lợi “Ð\u00e0 Nẵng”…", tone="new")
    'thuỷ lợi "Đà Nẵng"...'
    """
    if errors not in ("strict", "repair"):
        raise _bad(f"errors is 'strict' or 'repair', not {errors!r}")
    found = _core.normalize(text, step_bits(preset, steps), encoding, errors == "repair")
    return found if align else found[0]


def search_key(text: str, accents: bool = False) -> str:
    """The text to compare by: folded case, one tone placement, and without `accents` no marks at all.

    >>> search_key("Đặng Thuỳ Trâm")
    'dang thuy tram'
    """
    return normalize(text, "clean", lower=True, plain=not accents)


class Syllable(NamedTuple):
    """A written Vietnamese syllable; the parts bear no tone marks. In "giêng" and "gì" onset and nucleus share the i."""

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: str


def syllable(word: str) -> Syllable | None:
    """The parts of a Vietnamese syllable, or None when the word is none.

    >>> syllable("Nguyễn")
    Syllable(onset='Ng', medial='u', nucleus='yê', coda='n', tone='ngã')
    """
    word = unicodedata.normalize("NFC", word)
    found = _core.syllable(word)
    if found is None:
        return None
    onset_end, medial, nucleus, coda, tone = found[:5]
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONE_MARKS))
    return Syllable(bare[:onset_end], bare[medial:nucleus], bare[nucleus:coda], bare[coda:], TONES[tone])
