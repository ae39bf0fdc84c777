"""Documents on their way to another process: our packed form beside a pickle of the JSON line and of the dict.

usage: python tests/bench/pack.py [--mb N] [--rounds N]

The documents are the project's training articles, tagged. Writing begins at a document and ends with bytes; reading ends with a
document that has typed values, of the dict with the dict. Sizes are bytes over those of the texts, times the median of the rounds.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Callable
from statistics import median
from time import perf_counter

import tintuc
from run import articles
from tintuc import Document

FORMS: dict[str, tuple[Callable[[Document], bytes], Callable[[bytes], object]]] = {
    "to_bytes": (Document.to_bytes, Document.from_bytes),
    "pickle": (pickle.dumps, pickle.loads),
    "pickle of JSON": (lambda doc: pickle.dumps(doc.to_json("x")), lambda data: Document.from_json(pickle.loads(data))),
    "pickle of dict": (lambda doc: pickle.dumps(doc.to_dict()), pickle.loads),
    "JSON in Python": (lambda doc: json.dumps(doc.to_dict()).encode(), json.loads),
}


def seconds(call: Callable[..., object], items: list[object], rounds: int) -> float:
    """Median time for one item."""
    times = []
    for _ in range(rounds):
        begin = perf_counter()
        for item in items:
            call(item)
        times.append((perf_counter() - begin) / len(items))
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    documents = list(tintuc.load().pipe(articles(args.mb)))
    size = sum(len(doc.text.encode()) for doc in documents)
    print(f"{len(documents)} documents, {size} bytes of text, {sum(len(doc.entities) for doc in documents)} mentions")
    print(f"{'form':16}{'size':>8}{'write µs':>10}{'read µs':>10}")
    for name, (write, read) in FORMS.items():
        written = [write(doc) for doc in documents]
        took = [seconds(call, items, args.rounds) * 1e6 for call, items in ((write, documents), (read, written))]
        print(f"{name:16}{sum(map(len, written)) / size:>8.2f}{took[0]:>10.1f}{took[1]:>10.1f}")


if __name__ == "__main__":
    main()
