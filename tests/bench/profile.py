"""Where the work of the pipeline goes: instructions of each stage for a byte of text, counted by Valgrind.

usage: python tests/bench/profile.py [--tt build/tt] [--model pkg/tintuc/data/vi.ttm] [--articles N]

Counts do not depend on what else the machine does, and are the same each time; waiting for memory is not in them. The text is
that of tests/bench/run.py, N articles of it, through `tt tag`. Loading the model is left out. Needs valgrind.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from pathlib import Path

from run import ROOT, articles

WHOLE = "tt_doc_make"
# What is done, the functions that do it, how deep the row stands in the table.
STAGES = [
    ("view of the text (NFC, syllables, alignment)", ["tt_normalize"], 0),
    ("pages: blocks", ["tt_page_make_with"], 0),
    ("sentences", ["tt_sentences_make_with"], 0),
    ("tokens", ["tt_tokens_make"], 0),
    ("entities", ["tt_tagger_run_with"], 0),
    ("atoms: lexicon, clusters, runs, lists, patterns", ["tt__atoms_note_names", "tt__atoms_fill"], 1),
    ("two chains: features, sums, best paths", ["tt__layer_decode"], 1),
    ("sums of a word's facts that were not kept", ["tt__crf_sum"], 2),
    ("sums that were kept, added", ["tt__crf_tell_sum"], 2),
    ("other facts looked up and added", ["tt__crf_tell"], 2),
    ("best paths", ["tt__crf_decode"], 2),
    ("confidence", ["tt__mention_odds"], 1),
    ("values", ["tt_values_make"], 0),
]


def count(tt: Path, model: Path, texts: list[str]) -> dict[str, int]:
    """Instructions of each function and what it calls."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(texts):
            files.append(Path(folder) / f"{number}.txt")
            files[-1].write_text(text, "utf-8")
        out = Path(folder) / "counts"
        tool = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}"]
        tag = [str(tt), "tag", "--model", str(model), *map(str, files)]
        subprocess.run([*tool, *tag], check=True, stdout=subprocess.DEVNULL)
        report = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", str(out)]
        lines = subprocess.run(report, check=True, capture_output=True, text=True).stdout.splitlines()
    counts: dict[str, int] = {}
    for line in lines:
        if found := re.match(r"\s*([\d,]+) \([ \d.]+%\)\s+\S+?:([\w.']+)", line):
            name = found[2].split("'")[0].split(".")[0]
            counts[name] = max(counts.get(name, 0), int(found[1].replace(",", "")))
    return counts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tt", type=Path, default=ROOT / "build" / "tt")
    parser.add_argument("--model", type=Path, default=ROOT / "pkg" / "tintuc" / "data" / "vi.ttm")
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    texts = articles(1e3)[: options.articles]
    size = sum(len(text.encode()) for text in texts)
    counts = count(options.tt, options.model, texts)
    whole = counts[WHOLE]
    print(f"| stage | instructions a byte | share |\n|---|---|---|\n| all of the pipeline | {whole / size:.0f} | 100 % |")
    for what, functions, depth in STAGES:
        spent = sum(counts[name] for name in functions)
        print(f"| {'- ' * depth}{what} | {spent / size:.1f} | {100 * spent / whole:.1f} % |")


if __name__ == "__main__":
    main()
