"""A text given as str, as bytes, and from another thread reads the same: documents, forms, values, errors.

    python tests/fuzz/str_bytes.py [-n COUNT] [-s SEED]

Texts are cut from the kept inputs, with code points of every size between, so that Python stores them in one, two or four bytes
a character. Prints how many there were; the first one that differs ends it with a traceback."""

import argparse
import random
from pathlib import Path

import tintuc
from tintuc import _core

INPUTS = Path(__file__).parent / "inputs"
RANGES = [(0x00, 0x7F), (0x80, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x1EA0, 0x1EF9), (0x2000, 0x206F), (0x800, 0xD7FF),
          (0xE000, 0xFFFF), (0x10000, 0x10FFFF), (0x1F300, 0x1F6FF)]  # fmt: skip
BATCH = 16


def kept():
    lines = (line for path in sorted(INPUTS.glob("*.txt")) for line in path.read_text("ascii").split())
    return [bytes.fromhex(line).decode("utf-8", "replace") for line in lines]


def odd(rng):
    """Code points of one range, up to the blocks that the conversion works in."""
    low, high = rng.choice(RANGES)
    points = [rng.randint(low, high) for _ in range(rng.choice((1, 2, 3, 15, 16, 17, 33)))]
    return "".join(map(chr, points))


def make(rng, seeds):
    parts = []
    for _ in range(rng.randint(1, 4)):
        seed = rng.choice(seeds)
        start = rng.randint(0, len(seed))
        parts.append(seed[start : start + rng.choice((3, 16, 40, 300))])
        if rng.random() < 0.5:
            parts.append(odd(rng))
    text = "".join(parts) * (rng.randint(2, 80) if rng.random() < 0.05 else 1)
    if rng.random() < 0.02:
        text += chr(rng.randint(0xD800, 0xDFFF)) + rng.choice(seeds)[:20]
    return text


def failure(call, *args):
    try:
        call(*args)
    except tintuc.Error as error:
        return error
    return None


def check_refused(nlp, text, at):
    """Half a surrogate pair is no text: both say where."""
    raw = text.encode("utf-8", "surrogatepass")
    of_str, of_bytes = failure(nlp, text), failure(nlp, raw)
    assert type(of_str) is type(of_bytes) is tintuc.EncodingError
    assert (of_str.byte, of_bytes.byte) == (at, len(text[:at].encode()))


def check_forms(rng, text):
    text = text.lstrip("\ufeff")  # of bytes it is a mark of the encoding
    raw = text.encode()
    for preset in ("clean", "view", "nfc", "nfkc"):
        view, from_str = tintuc.normalize(text, preset, align=True)
        other, from_bytes = tintuc.normalize(raw, preset, align=True, encoding="utf-8")
        assert view == other == tintuc.normalize(text, preset), (preset, text)
        start = rng.randint(0, len(view))
        end = rng.randint(start, len(view))
        a, b = from_str.to_raw(start, end)
        assert from_bytes.to_raw(start, end) == (len(text[:a].encode()), len(text[:b].encode()))


def check_values(text):
    expression = text[:40]
    for call in (tintuc.parse_time, tintuc.parse_number, _core.syllable):
        assert call(expression) == call(expression.encode())


def check(nlp, rng, text):
    """Gives the packed document, None where there is none."""
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        check_refused(nlp, text, error.start)
        return None
    of_str, of_bytes = nlp(text), nlp(raw)
    again = nlp(text)
    packed = of_str.to_bytes()
    assert packed == of_bytes.to_bytes() == again.to_bytes()
    assert of_str.text == of_bytes.text == text
    assert of_str.to_json("x") == of_bytes.to_json("x")
    for layer in ("blocks", "sentences", "entities"):
        spans = [[(item.start, item.end, item.text) for item in getattr(doc, layer)] for doc in (of_str, of_bytes)]
        assert spans[0] == spans[1] and all(text[start:end] == part for start, end, part in spans[0])
    check_forms(rng, text)
    check_values(text)
    return packed


def check_batch(nlp, rng, texts):
    """The same from other threads, whatever comes as str and whatever as bytes."""
    want = [check(nlp, rng, text) for text in texts]
    good = [text for text, packed in zip(texts, want, strict=True) if packed is not None]
    mixed = [text if rng.random() < 0.5 else text.encode() for text in good]
    for threads in (1, 3):
        assert [doc.to_bytes() for doc in nlp.pipe(mixed, threads=threads)] == [packed for packed in want if packed is not None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-n", type=int, default=10_000, help="how many texts; default %(default)s")
    parser.add_argument("-s", type=int, default=1, help="seed; default %(default)s")
    args = parser.parse_args()
    nlp, seeds, done = tintuc.load(), kept(), 0
    while done < args.n:
        rng = random.Random(args.s * 1_000_003 + done)
        check_batch(nlp, rng, [make(rng, seeds) for _ in range(min(BATCH, args.n - done))])
        done += min(BATCH, args.n - done)
    print(f"{done} texts")


if __name__ == "__main__":
    main()
