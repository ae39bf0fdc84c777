"""Any text as HTML that shows it, and only shows it: no markup, no invisible character that reorders or hides.

Invisible characters stay in the text, so that copying gives them back, but each is boxed: it has a visible name, and what
it does to the direction of writing ends with the box. NUL and lone surrogates cannot be written in HTML; U+FFFD stands in
the box for them.
"""

from __future__ import annotations

import re

_NAMES = {
    0x00: "NUL", 0x0C: "FF", 0x0D: "CR", 0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL", 0xAD: "SHY", 0x061C: "ALM", 0x180E: "MVS",
    0x200B: "ZWSP", 0x200E: "LRM", 0x200F: "RLM", 0x2028: "LS", 0x2029: "PS", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF",
    0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_SPECIAL = re.compile(f'[&<>"{_HIDDEN}]')
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def _boxed(found: re.Match[str]) -> str:
    char = found[0]
    if char in _MARKUP:
        return _MARKUP[char]
    code = ord(char)
    shown = "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else "&#13;" if char == "\r" else char
    point = f"U+{code:04X}"
    return f'<b class="c" data-c="{_NAMES.get(code, point)}" title="{point}">{shown}</b>'


def _plain(found: re.Match[str]) -> str:
    return _MARKUP.get(found[0], "\ufffd")


def content(text: str) -> str:
    """Text between tags. CR LF, the end of a line in many files, needs no box."""
    if "\r" in text:
        return "&#13;\n".join(_SPECIAL.sub(_boxed, line) for line in text.split("\r\n"))
    return _SPECIAL.sub(_boxed, text)


def attribute(text: str) -> str:
    """A value between double quotes."""
    return _SPECIAL.sub(_plain, text)
