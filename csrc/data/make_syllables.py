#!/usr/bin/env python3
"""Write core/text/syllable_table.inc: an automaton over the letters of every written Vietnamese syllable.

usage: make_syllables.py > ../core/text/syllable_table.inc      (or `make -C csrc tables`)
"""
import hashlib
import pathlib
import unicodedata

SOURCE = pathlib.Path(__file__).parent / "syllables.tsv"
ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"  # codes 1, 2, ...; 0 is any other letter
VOWELS = "aăâeêioôơuưy"
TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # none huyền hỏi ngã sắc nặng
FRONT = "eêiy"
MOVING = ("oa", "oe", "uy")  # open rimes whose tone stands on the first letter traditionally, on the second in the new style
SECOND = ("iê", "yê", "uô", "ươ", "oo")  # nuclei whose tone stands on their second letter


def read():
    """Rows of the source by their first field."""
    rows = {"onset": [], "rime": [], "qu": [], "y": []}
    for line in SOURCE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, *fields = line.split("\t")
            rows[kind].append(fields)
    return rows


def stands_before(where, rime):
    if where == "qu":
        return rime[0] in "aăâeêiyơ" or rime == "ôc"
    return where == "any" or (rime[0] in FRONT) == (where == "front")


def answer(onset, parts, y_tones, shared=0):
    """What the automaton says at the end of a syllable; ORDER SYLLABLE ROW."""
    medial, nucleus, coda = parts
    tone = len(medial) + (1 if nucleus in SECOND else 0)
    old, new = (0, 1) if medial + nucleus + coda in MOVING and onset != "qu" else (tone, tone)
    open_letter = nucleus if not medial and not coda and onset else ""
    to_y = sum(1 << int(t) for t in y_tones.get(onset, "")) if open_letter == "i" and not shared else 0
    to_i = int(open_letter == "y" and onset in y_tones)
    stop = int(coda in ("c", "ch", "p", "t"))
    return (len(medial), len(nucleus), len(coda), old, new, stop, shared, to_y, to_i)


def syllables(rows):
    """{letters: answer} of every syllable without its tone."""
    rimes = {"".join(row): row for row in rows["rime"]}
    y_tones = dict(rows["y"])
    found = {}
    for onset, where in rows["onset"]:
        for rime, parts in rimes.items():
            open_y = parts == ["", "y", ""]
            if onset == "gi" or not stands_before(where, rime) or (open_y and onset and onset not in y_tones):
                continue
            if not parts[0] and parts[1] == "yê" and onset not in ("", "qu"):
                continue  # yê without a medial begins a syllable
            found[onset + rime] = answer(onset, parts, y_tones)
    for parts in rows["qu"]:
        found["qu" + "".join(parts)] = answer("qu", parts, y_tones)
    for rime, parts in rimes.items():  # gi shares its i with a nucleus that begins with i
        if rime[0] == "i" and parts[1] in ("i", "iê"):
            found["g" + rime] = answer("gi", parts, y_tones, shared=1)
        elif rime[0] not in "iyê":
            found["gi" + rime] = answer("gi", parts, y_tones)
    return found


def automaton(words):
    """Smallest automaton as [(answer or None, {letter: state})]; state 0 is the dead end, 1 the start."""
    states, known = [(None, {})], {}

    def build(suffixes):
        own = suffixes.get("")
        heads = sorted({word[0] for word in suffixes if word}, key=ALPHABET.index)
        following = {head: build({w[1:]: a for w, a in suffixes.items() if w[:1] == head}) for head in heads}
        key = (own, tuple(following.items()))
        if key not in known:
            known[key] = len(states)
            states.append((own, following))
        return known[key]

    start = build(words)
    order = [0, start, *(n for n in range(1, len(states)) if n != start)]
    number = {old: new for new, old in enumerate(order)}
    return [(states[n][0], {head: number[to] for head, to in states[n][1].items()}) for n in order]


def toned(vowel, tone, upper):
    char = unicodedata.normalize("NFC", vowel + TONE_MARKS[tone])
    return ord(char.upper() if upper else char)


RANGES = (("latin", 0x0000, 0x0250), ("vietnamese", 0x1E00, 0x1F00))
OTHER = len(ALPHABET) + 1  # any other letter


def code(char):
    """Letter code + 32 * tone; 0 for what is no letter."""
    if unicodedata.category(char)[0] not in "LM":
        return 0
    small = char.lower() if len(char.lower()) == 1 else char
    parts = unicodedata.normalize("NFD", small)
    tone = next((TONE_MARKS.index(mark) for mark in parts if mark in TONE_MARKS[1:]), 0)
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONE_MARKS[1:]))
    if tone and base not in VOWELS or base not in ALPHABET:
        return OTHER
    return ALPHABET.index(base) + 1 + 32 * tone


def main():
    states = automaton(syllables(read()))
    answers = [None, *sorted({own for own, _ in states if own})]
    assert len(states) < 256 and len(answers) < 256
    print("/* syllable_table.inc - every written Vietnamese syllable without its tone, as an automaton over letter codes.")
    print(" * GENERATED by csrc/data/make_syllables.py; do not edit: `make -C csrc tables`.")
    print(f" * input  csrc/data/syllables.tsv, sha256 {hashlib.sha256(SOURCE.read_bytes()).hexdigest()}")
    print(f" * layout next[state][letter code] (0: no syllable, 1: start); codes {ALPHABET} = 1, 2, ...; row of each state (0: none);")
    print(f" *        {OTHER} another letter; code + 32 * tone of each code point of two ranges (0: no letter);")
    print(" *        rows as in tt_syllable_row; toned letters of each vowel by capital and tone. ORDER SYLLABLE ROW */")
    print(f"enum {{ tt_syllable_states = {len(states)}, tt_letter_codes = 32 }};")
    print("static const uint8_t tt_syllable_next[tt_syllable_states][tt_letter_codes] = {")
    for _, following in states:
        cells = [str(following.get(letter, 0)) for letter in ALPHABET]
        print("    {0, " + ", ".join(cells) + "},")
    print("};")
    print("static const uint8_t tt_syllable_row_of[tt_syllable_states] = {")
    print("    " + ", ".join(str(answers.index(own)) for own, _ in states) + ",")
    print("};")
    print("static const tt_syllable_row tt_syllable_rows[] = {")
    for row in answers:
        print("    {" + ", ".join(map(str, row or (0,) * 9)) + "},")
    print("};")
    for name, first, last in RANGES:
        print(f"enum {{ tt_{name}_code_first = 0x{first:04X}, tt_{name}_code_end = 0x{last:04X} }};")
        print(f"static const uint8_t tt_{name}_codes[] = {{")
        for at in range(first, last, 16):
            print("    " + ", ".join(str(code(chr(cp))) for cp in range(at, at + 16)) + ",")
        print("};")
    print("static const uint16_t tt_toned_letters[tt_letter_codes][2][6] = {")
    for vowel in VOWELS:
        cells = ("{" + ", ".join(f"0x{toned(vowel, tone, upper):04X}" for tone in range(6)) + "}" for upper in (0, 1))
        print(f"    [{ALPHABET.index(vowel) + 1}] = {{{', '.join(cells)}}}, /* {vowel} */")
    print("};")


if __name__ == "__main__":
    main()
