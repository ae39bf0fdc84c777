#!/usr/bin/env python3
"""Write core/text/charset_table.inc: what the bytes of each eight-bit encoding mean, and how a code point is written in it.

usage: make_charsets.py > ../core/text/charset_table.inc      (or `make -C csrc tables`)
"""

import unicodedata
from pathlib import Path

FOLDER = Path(__file__).parent / "charsets"
NAMES = ("windows-1258", "windows-1252", "viscii", "tcvn3", "tcvn5712-1", "vni", "vps")  # ORDER CHARSET
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ORDER TONE: none huyền hỏi ngã sắc nặng
SHAPES = ("", "\u0302", "\u0306", "\u031b")  # ORDER SHAPE: none, circumflex, breve, horn
BASES = "aeiouyAEIOUY"  # ORDER BASE
CHANGED, MARK, BAD = 8, 16, 32  # ORDER BYTE KIND


def composed(text):
    """The one code point that `text` composes to, or 0."""
    whole = unicodedata.normalize("NFC", text)
    return ord(whole) if len(whole) == 1 else 0


def is_vietnamese(base, shape):
    """Only â ê ô, ă, ơ ư: Unicode has also î, ŭ and others."""
    return shape == 0 or base in ("", "aeo", "a", "ou")[shape]


LETTERS = [
    [[composed(base + SHAPES[s] + tone) if is_vietnamese(base.lower(), s) else 0 for tone in TONES] for s in range(4)]
    for base in BASES
]
VIETNAMESE = {letter for base in LETTERS for shape in base for letter in shape} - {0}


def read(name):
    """{byte: text} of an encoding, and the bytes that are read but not written."""
    meaning, only_read = {byte: chr(byte) for byte in range(0x80)}, set()
    for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            byte, codes, *rest = line.split("\t")
            meaning[int(byte, 16)] = "".join(chr(int(code, 16)) for code in codes.split())
            if rest[1:] == ["decode"]:
                only_read.add(int(byte, 16))
    return meaning, only_read


def is_mark(text):
    return all(unicodedata.combining(char) for char in text)


def pairs_of(meaning):
    """{(letter byte, mark byte): code point} for what composes to a Vietnamese letter."""
    marks = [byte for byte in meaning if is_mark(meaning[byte])]
    letters = [byte for byte in meaning if meaning[byte].isalpha() and ord(meaning[byte]) in VIETNAMESE]
    found = {(b, m): composed(meaning[b] + meaning[m]) for b in letters for m in marks}
    return {pair: code for pair, code in found.items() if code in VIETNAMESE}


def written(name, meaning, only_read):
    """[(code point, bytes)], sorted: bytes of their own first, else a letter and a mark."""
    codes = {}
    for byte in sorted(meaning, reverse=name == "vni"):  # an isolated mark of VNI: its small case
        if len(meaning[byte]) == 1 and byte not in only_read:
            codes.setdefault(ord(meaning[byte]), bytes([byte]))
    for mark in sorted(byte for byte in meaning if is_mark(meaning[byte])):
        for code, own in [(code, own) for code, own in codes.items() if len(own) == 1]:
            whole = composed(chr(code) + meaning[mark])
            if whole and (name != "vni" or chr(code).islower() == (mark >= 0xE0)):
                codes.setdefault(whole, own + bytes([mark]))
    return sorted((code, own) for code, own in codes.items() if code >= 0x80 or own != bytes([code]))


def rows(numbers, width=16, form="{}"):
    for at in range(0, len(numbers), width):
        yield "    " + ", ".join(form.format(n) for n in numbers[at : at + width]) + ","


def array(kind, name, numbers, **options):
    print(f"static const {kind} {name}[] = {{")
    print("\n".join(rows(numbers, **options)))
    print("};")


def utf8_of(text):
    return "{" + ", ".join(f"0x{b:02X}" for b in text.encode("utf-8")) + "}"


def kind_of(byte, text):
    if text is None:
        return 3 | CHANGED | BAD
    utf8 = text.encode("utf-8")
    return len(utf8) | (utf8 != bytes([byte])) * CHANGED | is_mark(text) * MARK


def charset(name):
    meaning, only_read = read(name)
    prefix = "cs_" + name.replace("-", "_")
    pairs, codes = pairs_of(meaning), written(name, meaning, only_read)
    letters = sorted({letter for letter, _ in pairs})
    marks = sorted(byte for byte in meaning if is_mark(meaning[byte]))
    texts = [meaning.get(byte) for byte in range(256)]
    print(f"static const uint8_t {prefix}_utf8[256][4] = {{")
    print("\n".join(rows([utf8_of(text or "\ufffd") for text in texts], width=6)))
    print("};")
    array("uint8_t", f"{prefix}_kind", [kind_of(byte, text) for byte, text in enumerate(texts)], width=32)
    array("uint8_t", f"{prefix}_row", [letters.index(b) + 1 if b in letters else 0 for b in range(256)], width=32)
    array("uint8_t", f"{prefix}_column", [marks.index(b) if b in marks else 0 for b in range(256)], width=32)
    grid = [pairs.get((letter, mark), 0) for letter in letters for mark in marks] or [0]
    array("uint16_t", f"{prefix}_grid", grid, form="0x{:04X}")
    cells = [f"{{0x{code:04X}, {len(own)}, {{{', '.join(f'0x{b:02X}' for b in own)}}}}}" for code, own in codes]
    array("tt_charset_code", f"{prefix}_codes", cells, width=5)
    return prefix, len(marks), len(codes)


def main():
    print("/* charset_table.inc - the eight-bit encodings of Vietnamese, and its vowels by base, shape and tone.")
    print(
        " * GENERATED by csrc/data/make_charsets.py from the files of csrc/data/charsets (sources: their first lines);"
    )
    print(" * do not edit: `make -C csrc tables`.")
    print(
        " * layout: utf8, kind (length of utf8; 8 not ASCII as it is, 16 mark, 32 bad), row and column of grid a byte; grid: the"
    )
    print(" * letter of row - 1 with the mark of a column, or 0; codes: {code point, length, bytes}, sorted. */")
    made = [charset(name) for name in NAMES]
    print("static const tt_charset CHARSETS[] = {")
    for prefix, marks, codes in made:
        parts = ", ".join(f"{prefix}_{part}" for part in ("utf8", "kind", "row", "column", "grid", "codes"))
        print(f"    {{{parts}, {marks}, {codes}}},")
    print("};")
    print("static const uint16_t LETTERS[12][4][6] = {")
    for base in LETTERS:
        print("    {" + ", ".join("{" + ", ".join(f"0x{code:04X}" for code in shape) + "}" for shape in base) + "},")
    print("};")


if __name__ == "__main__":
    main()
