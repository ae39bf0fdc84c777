"""Sentences and blocks on text that is rougher than the corpus: the dev articles, altered, with their gold carried along.

usage: python tests/bench/rough.py [FILE.ann ...]

Each row is one alteration, with the F1 of sentences (spans) and of blocks (span and kind). The draws are the same each time.
"""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import tintuc

CORPUS = Path(__file__).resolve().parents[2] / "csrc" / "data" / "corpus"


class Copy:
    """A text whose characters are replaced one by one; spans follow them."""

    def __init__(self, document):
        self.text = document["text"]
        self.spans = [(s["start"], s["end"]) for s in document["sentences"]]
        self.blocks = [(b["start"], b["end"], b["kind"]) for b in document["blocks"]]
        self.at = list(self.text)

    def ends_inside(self):
        """Ends of sentences that do not end their block."""
        ends = {end for _, end, _ in self.blocks}
        return [end for _, end in self.spans if end not in ends]

    def moved(self, start, end):
        while start < end and not self.at[start].strip():
            start += 1
        while end > start and not self.at[end - 1].strip():
            end -= 1
        return self.places[start], self.places[end - 1] + len(self.at[end - 1])

    def finish(self):
        """The text, its sentences and its blocks."""
        self.places, place = [], 0
        for piece in self.at:
            self.places.append(place)
            place += len(piece)
        sentences = {self.moved(*span) for span in self.spans}
        return "".join(self.at), sentences, {(*self.moved(start, end), kind) for start, end, kind in self.blocks}


def as_it_is(copy, draw):
    pass


def one_line(copy, draw):
    copy.at = [" " if c == "\n" else c for c in copy.at]


def some_line_feeds_lost(copy, draw):
    copy.at = [" " if c == "\n" and draw.random() < 0.35 else c for c in copy.at]


def small_letters(copy, draw):
    copy.at = [c.lower() for c in copy.at]


def capitals(copy, draw):
    copy.at = [c.upper() if len(c.upper()) == 1 else c for c in copy.at]


def wrapped(copy, draw):
    """Lines broken at a width, as in e-mail and PDF text."""
    width = draw.randint(60, 80)
    for start, end, _ in copy.blocks:
        line, last = start, None
        for i in (i for i in range(start, end + 1) if i == end or copy.text[i] == " "):
            if i - line > width and last is not None:
                copy.at[last] = "\n"
                line = last + 1
            last = i if i < end else last


def blanks_lost(copy, draw):
    for end in copy.ends_inside():
        if copy.text[end] == " " and draw.random() < 0.5:
            copy.at[end] = ""


def tokenised(copy, draw):
    """Blanks around marks: Hà Nội , ngày 9 / 4 ."""
    for found in re.finditer(r"\.\.\.|\./\.|[^\w\s]", copy.text):
        before, after = copy.text[max(0, found.start() - 1) : found.start()], copy.text[found.end() : found.end() + 1]
        if before.isalnum() and after.isalnum() and found[0] in ",.-":
            continue
        if before.strip():
            copy.at[found.start() - 1] += " "
        if after.strip():
            copy.at[found.end() - 1] += " "


def stops_missing(copy, draw):
    for start, end, kind in copy.blocks:
        text = copy.text[start:end]
        if kind in ("paragraph", "caption", "lead") and re.search(r"[^./]\.$", text) and draw.random() < 0.5:
            copy.at[end - 1] = ""


ALTERATIONS = [
    as_it_is,
    wrapped,
    blanks_lost,
    tokenised,
    stops_missing,
    small_letters,
    capitals,
    some_line_feeds_lost,
    one_line,
]


def f1(pairs):
    right = sum(len(gold & found) for gold, found in pairs)
    return 2 * right / sum(len(gold) + len(found) for gold, found in pairs)


def main(files):
    files = files or sorted(str(path) for path in (CORPUS / "dev").glob("*.ann"))
    lines = subprocess.run(
        [sys.executable, CORPUS / "ann.py", *files], check=True, capture_output=True, text=True
    ).stdout
    documents = [json.loads(line) for line in lines.splitlines()]
    nlp = tintuc.load()
    print(f"{'':22}sentences  blocks")
    for alter in ALTERATIONS:
        draw, sentences, blocks = random.Random(alter.__name__), [], []
        for document in documents:
            copy = Copy(document)
            alter(copy, draw)
            text, gold_sentences, gold_blocks = copy.finish()
            doc = nlp(text, layers=["blocks", "sentences"])
            sentences.append((gold_sentences, {(s.start, s.end) for s in doc.sentences}))
            blocks.append((gold_blocks, {(b.start, b.end, b.kind) for b in doc.blocks}))
        print(f"{alter.__name__.replace('_', ' '):22}{f1(sentences):9.3f}{f1(blocks):8.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
