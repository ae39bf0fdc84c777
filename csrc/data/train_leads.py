#!/usr/bin/env python3
"""Write leads.tsv: points for and against the first prose below a title being a lead.

usage: train_leads.py > leads.tsv      (or `make -C csrc leads`)

Every training article with a title is an example. The points are the weights of a logistic regression over what core/page/lead.c
looks at, each in bins. They are kept, so that a new article changes nothing until they are made anew on purpose. The same
articles give the same points.
"""

import math
import pathlib
import random
import re
import sys

DATA = pathlib.Path(__file__).parent
sys.path.insert(0, str(DATA / "corpus"))
import ann  # noqa: E402

UNIT = 16  # points are sixteenths of a nat
EPOCHS, RATE, DECAY = 200, 0.05, 1e-4
STOP = re.compile(r"[.!?…][\"”»)]?(?=\s+[^\Wa-zà-ỹ]|$)")
SIGNS = {"length": 20, "sentences": 3, "kinds": 10, "rest": 16, "count": 12, "next": 4, "parted": 2, "bracket": 2}  # ORDER LEAD


def sentences(text):
    return max(1, len(STOP.findall(text)))


def examples(document):
    """(bins, is a lead) of an article, if it has a title and prose below it."""
    kinds = ["paragraph" if b["kind"] == "lead" else b["kind"] for b in document["blocks"]]
    texts = [document["text"][b["start"] : b["end"]] for b in document["blocks"]]
    if "title" not in kinds or "paragraph" not in kinds[kinds.index("title") :]:
        return
    at = kinds.index("paragraph", kinds.index("title"))
    rest = [i for i in range(at + 1, len(kinds)) if kinds[i] == "paragraph"]
    mean = sum(len(texts[i]) for i in rest) // len(rest) if rest else 0
    yield (
        [
            min(len(texts[at]) // 16, SIGNS["length"] - 1),
            min(sentences(texts[at]), SIGNS["sentences"]) - 1,
            min(len(set(kinds)), SIGNS["kinds"]) - 1,
            min(mean // 32, SIGNS["rest"] - 1),
            min(len(rest), SIGNS["count"] - 1),
            min(sentences(texts[rest[0]]), SIGNS["next"] - 1) if rest else 0,
            int(at + 1 < len(kinds) and kinds[at + 1] == "caption"),
            int(texts[at][0] == "("),
        ],
        document["blocks"][at]["kind"] == "lead",
    )


def train(rows):
    points = [[0.0] * size for size in SIGNS.values()]
    order = random.Random(1)
    for epoch in range(EPOCHS):
        order.shuffle(rows)
        rate = RATE / (1 + epoch / 20)
        for bins, is_lead in rows:
            total = sum(points[k][b] for k, b in enumerate(bins))
            error = (1.0 if is_lead else 0.0) - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            for k, b in enumerate(bins):
                points[k][b] += rate * (error - DECAY * points[k][b])
    return points


def main():
    rows = []
    for path in sorted((DATA / "corpus" / "train").glob("*.ann")):
        with open(path, encoding="utf-8") as lines:
            for document in ann.documents(lines, path.name):
                rows.extend(examples(document))
    print("# Points (1/16 nat) for the first prose below a title being a lead, a row for each sign, by bin; written by")
    print(f"# csrc/data/train_leads.py from {len(rows)} articles of csrc/data/corpus/train.")
    for name, row in zip(SIGNS, train(rows)):
        print(name, *(max(-127, min(127, round(p * UNIT))) for p in row), sep="\t")


if __name__ == "__main__":
    main()
