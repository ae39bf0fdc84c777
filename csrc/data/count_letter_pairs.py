#!/usr/bin/env python3
"""Write charsets/letter_pairs.tsv: how often one letter follows another in the words of the training articles.

usage: count_letter_pairs.py > charsets/letter_pairs.tsv      (or `make -C csrc letter-pairs`)

The counts are kept, so that a new article changes no guess of an encoding until they are made anew on purpose.
"""

import collections
import pathlib
import re
import unicodedata

CORPUS = pathlib.Path(__file__).parent / "corpus" / "train"
VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTERS = {unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} | set("abcdefghijklmnopqrstuvwxyzăâđêôơư")
MARKUP = re.compile(r"^#.*$|\{[A-Z]+(?:[=#][^|{}]*)?\||\}", re.MULTILINE)


def main():
    counts = collections.Counter()
    for path in sorted(CORPUS.glob("*.ann")):
        text = unicodedata.normalize("NFC", MARKUP.sub(" ", path.read_text("utf-8"))).lower()
        for word in re.findall(r"[^\W\d_]+", text):
            if set(word) <= LETTERS:
                counts.update(zip("_" + word, word + "_"))
    print("# How often one letter follows another in Vietnamese news, in small letters; _ is the border of a word.")
    print("# Counted by csrc/data/count_letter_pairs.py in the words of csrc/data/corpus/train.")
    for (first, second), count in sorted(counts.items()):
        print(f"{first}\t{second}\t{count}")


if __name__ == "__main__":
    main()
