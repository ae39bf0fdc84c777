#!/usr/bin/env python3
"""Write joints.tsv: weights that tell where a line ended that a page has lost, as between a title and the text below it.

usage: train_joints.py > joints.tsv      (or `make -C csrc joints`)

The training articles with their line feeds replaced by blanks, once as they are and once without the stops that close half of the
blocks, give the examples: every word that begins with a capital and follows no stop. The weights are those of a logistic
regression over the signs that core/page/joint.c names, in buckets by hash. They are kept, so that a new article changes nothing
until they are made anew on purpose. The same articles give the same weights.
"""

import math
import pathlib
import random
import sys

DATA = pathlib.Path(__file__).parent
sys.path.insert(0, str(DATA / "corpus"))
import ann  # noqa: E402

BUCKETS = 1 << 14  # ORDER JOINT
UNIT = 16  # weights are in sixteenths of a nat
EPOCHS, RATE, DECAY = 12, 0.15, 2e-6
OPENING, CLOSING, STOPS = '"“‘«(', '"”’»)]', ".!?…"
LOST = 0.5  # of the stops at the ends of blocks, in the second reading


def hash_word(word):
    """Small letters and digits only; 0 where there are none."""
    value = 0
    for c in word.lower():
        if c.isalpha() or c in "0123456789":
            value = (((value or 2166136261) ^ ord(c)) * 16777619) & 0xFFFFFFFF
    return value


def shape(word):
    """ORDER JOINT SHAPE"""
    word = word.lstrip(OPENING)
    if word[:1] in set("0123456789"):
        return 1
    if word[:1].isupper():
        return 2 if word[1:2].islower() else 3
    return 4 if word[:1].islower() else 0


def bucket(kind, a, b=0):
    value = ((kind * 0x9E3779B1) ^ a) * 0x01000193 & 0xFFFFFFFF
    value = ((value ^ b) * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 15
    return ((value * 0x2C1B3C6D) & 0xFFFFFFFF) >> 18


def ends_in_stop(word):
    return word.rstrip(CLOSING)[-1:] in set(STOPS)


def examples(text, borders):
    """(buckets, is a border) for every candidate."""
    words, at, offset = [], 0, 0
    for word in text.split(" "):
        words.append((word, at, offset))
        at += len(word) + 1
        offset += len(word.encode()) + 1
    after_stop, end = [0] * len(words), offset
    for i in range(len(words) - 1, -1, -1):
        after_stop[i] = end
        if ends_in_stop(words[i][0]):
            end = words[i][2]
    begin, first = 0, 1
    for i in range(1, len(words)):
        word, at, offset = words[i]
        before = words[i - 1][0]
        if ends_in_stop(before):
            begin, first = offset, 0
            continue
        shapes = [shape(words[j][0]) if 0 <= j < len(words) else 5 for j in (i - 2, i - 1, i, i + 1)]
        if shapes[2] not in (2, 3) or before[-1:] in set(",:;-–("):
            continue
        one, two = hash_word(before), hash_word(word)
        three = hash_word(words[i + 1][0]) if i + 1 < len(words) else 0
        quoted = int(word[0] in OPENING)
        pattern = ((shapes[0] * 6 + shapes[1]) * 6 + shapes[2]) * 6 + shapes[3]
        length, rest = min(offset - begin, 191) // 16, min(after_stop[i] - offset, 255) // 32
        yield (
            [
                bucket(1, one, shapes[1]),
                bucket(2, two),
                bucket(3, two, shapes[3]),
                bucket(4, pattern, quoted),
                bucket(5, length, first),
                bucket(6, rest),
                bucket(7, two, three),
                bucket(8, one, two),
                bucket(9, length, rest),
                bucket(10, shapes[1], quoted),
            ],
            at in borders,
        )
        if at in borders:
            begin, first = offset, 1


def parts(document, lost):
    """Texts of the blocks between timestamps, and where a block begins in each."""
    text, borders = "", set()
    for block in document["blocks"]:
        if block["kind"] == "timestamp":
            if text:
                yield text, borders
            text, borders = "", set()
            continue
        piece = document["text"][block["start"] : block["end"]]
        if piece[-1] == "." and piece[-2:-1] not in ("/", ".") and lost():
            piece = piece[:-1]
        text += " " if text else ""
        borders.add(len(text))
        text += piece
    if text:
        yield text, borders


def train(rows):
    weights = [0.0] * BUCKETS
    order = random.Random(1)
    for epoch in range(EPOCHS):
        order.shuffle(rows)
        rate = RATE / (1 + epoch)
        for signs, is_border in rows:
            total = sum(weights[s] for s in signs)
            error = (1.0 if is_border else 0.0) - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            step = rate * error
            for s in signs:
                weights[s] += step - rate * DECAY * weights[s]
    return weights


def main():
    chance = random.Random(2)
    rows = []
    for path in sorted((DATA / "corpus" / "train").glob("*.ann")):
        with open(path, encoding="utf-8") as lines:
            for document in ann.documents(lines, path.name):
                for lost in (lambda: False, lambda: chance.random() < LOST):
                    for text, borders in parts(document, lost):
                        rows.extend(examples(text, borders))
    print("# Weights (1/16 nat) of the signs that a line feed was lost, by bucket; written by csrc/data/train_joints.py from the")
    print(f"# {len(rows)} examples of csrc/data/corpus/train.")
    for i, weight in enumerate(train(rows)):
        value = max(-127, min(127, round(weight * UNIT)))
        if value != 0:
            print(f"{i}\t{value}")


if __name__ == "__main__":
    main()
