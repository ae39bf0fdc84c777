"""Speed and memory of our stages and of the peers that are installed, on the same varied text, one process each.

usage: python tests/bench/run.py [--only NAME,...] [--json FILE] [--mb N] [--seconds S]

The text is the project's own articles, marks taken off, in a fixed shuffled order; no article comes twice. The task "one text" reads
them joined into one, "dev" the 96 dev articles again and again, which processors learn to foretell. "times" reads their marked dates,
times and lengths instead, one expression a call; in "dates" ours reads those of each article, whose places it is told, and the peer
the article, in which it finds dates by itself. Each task runs in a process of its own; a slow one stops after S seconds at the end of
an article and is measured on what it has read. The figure is the median of the rounds: five, or as many as fit into S seconds, and
more where these took less than half a second; the best and the worst stand beside it. Each round reads new strings.
MB are 10^6 bytes of UTF-8.
Exit status 1 when a task failed; a peer that is not installed is left out. The task text-stage is tests/bench/bench_text.c: the text
stage in C beside ICU, and beside simdjson's UTF-8 check where that is installed, on shuffled words, in processor time.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r"\{[A-Za-z]+(?:#\w+)?(?:=[^|{}]*)?\|([^{}]*)\}")
TIMED = re.compile(r"\{(?:DATE|TIME|DURATION)(?:#\w+)?=[^|{}]*\|([^{}]*)\}")
Read = Callable[[str], object]
ReadAll = Callable[[Iterable[str]], Iterable[object]]
BETWEEN_LOOKS = 16  # texts
ROUNDS = 5
AT_LEAST = 0.5  # seconds of rounds


def plain(line: str) -> str:
    """A line of .ann without its marks, innermost first."""
    while (stripped := MARK.sub(r"\1", line)) != line:
        line = stripped
    return line


def as_text(document: str) -> str:
    """An article without its marks, a block a line."""
    blocks = re.split(r"^#\w+$", document, flags=re.MULTILINE)
    return "\n".join(" ".join(plain(block).split()) for block in blocks if block.strip())


def plain_texts(part: str, files: str) -> list[str]:
    """Articles as plain text, in the order of the files."""
    texts: list[str] = []
    for path in sorted((ROOT / "csrc" / "data" / "corpus" / part).glob(files)):
        for document in re.split(r"^#doc .*$", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            texts.append(as_text(document))
    return texts


def dev_articles(megabytes: float) -> list[str]:
    """The dev articles, all of them as often as comes near to a size."""
    texts = plain_texts("dev", "*.ann")
    return texts * max(1, round(megabytes * 1e6 / sum(len(text.encode()) for text in texts)))


def articles(megabytes: float) -> list[str]:
    """Articles as plain text, shuffled, up to a size: of the first 5,698 ones, so that figures of versions can be compared."""
    texts = plain_texts("train", "b[0-7]*.ann")
    random.Random(1).shuffle(texts)
    size, chosen = 0, []
    for text in texts:
        chosen.append(text)
        size += len(text.encode())
        if size >= megabytes * 1e6:
            break
    return chosen


def hostile(megabytes: float) -> list[str]:
    """Texts that rules must look at long: one page a piece, one line or many, all as long."""
    pieces = [".", " ", "(", ")", '"', "“", "1", "1/1 ", "a. ", "A.", "09:00 1/1/2020 ", "Ảnh: ", "\n", ".\n", "1\n", "a. ( \n"]
    size = megabytes * 1e6 / len(pieces)
    return [piece * int(size / len(piece.encode())) for piece in pieces]


def marked_times() -> dict[str, list[str]]:
    """The dates, times and lengths that are marked in each article."""
    marked: dict[str, list[str]] = {}
    for path in sorted((ROOT / "csrc" / "data" / "corpus" / "train").glob("*.ann")):
        for document in re.split(r"^#doc .*$", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            marked[as_text(document)] = TIMED.findall(document)
    return marked


def expressions(megabytes: float) -> list[str]:
    """The marked ones of all articles, shuffled, up to a size."""
    texts = [text for found in marked_times().values() for text in found]
    random.Random(1).shuffle(texts)
    return texts[: max(1, int(megabytes * 1e6 / 16))]


def ours_times() -> Read:
    import tintuc

    return lambda text: tintuc.parse_time(text, "2021-09-09")


def ours_article_times() -> Read:
    import tintuc

    marked = marked_times()
    return lambda article: [tintuc.parse_time(text, "2021-09-09") for text in marked[article]]


def dateparser_times() -> Read:
    from datetime import datetime

    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": datetime(2021, 9, 9)}
    return lambda text: search_dates(text, languages=["vi"], settings=settings)


def ours_normalize() -> Read:
    import tintuc

    return tintuc.normalize


def ours_blocks_and_sentences() -> Read:
    import tintuc

    nlp = tintuc.load()
    return lambda text: nlp(text, layers=("blocks", "sentences"))


def ours_sentences() -> Read:
    """The end of every sentence as a Python int, which is what PyICU gives."""
    import tintuc

    nlp = tintuc.load()
    return lambda text: nlp(text, layers=("blocks", "sentences")).sentences.ends


def ours_pipeline() -> Read:
    import tintuc

    return tintuc.load()


def ours_pipeline_on_threads() -> ReadAll:
    import tintuc

    nlp = tintuc.load()
    return lambda texts: nlp.pipe(texts, threads=2)


def ours_sentences_on_threads() -> ReadAll:
    import tintuc

    nlp = tintuc.load()
    return lambda texts: (doc.sentences.ends for doc in nlp.pipe(texts, threads=2, layers=("blocks", "sentences")))


def underthesea(name: str) -> Callable[[], Read]:
    def make() -> Read:
        import underthesea as peer

        return getattr(peer, name)

    return make


def pyicu_sentences() -> Read:
    import icu

    breaker = icu.BreakIterator.createSentenceInstance(icu.Locale("vi"))

    def read(text: str) -> object:
        breaker.setText(text)
        return list(breaker)

    return read


def pyvi_words() -> Read:
    from pyvi import ViTokenizer

    return ViTokenizer.tokenize


def pysbd_sentences() -> Read:
    import pysbd

    return pysbd.Segmenter(language="en", clean=False).segment


# name: (task, distribution, maker); within a task ours comes first and is what ratios refer to
TASKS: dict[str, tuple[str, str, Callable[[], Any]]] = {
    "tintuc-normalize": ("normalize", "tintuc", ours_normalize),
    "underthesea-text_normalize": ("normalize", "underthesea", underthesea("text_normalize")),
    "tintuc-sentences": ("sentences", "tintuc", ours_sentences),
    "tintuc-sentences-2-threads": ("sentences", "tintuc", ours_sentences_on_threads),
    "pyicu-sentences": ("sentences", "PyICU", pyicu_sentences),
    "pysbd-sentences": ("sentences", "pysbd", pysbd_sentences),
    "underthesea-sent_tokenize": ("sentences", "underthesea", underthesea("sent_tokenize")),
    "tintuc-sentences-dev": ("dev", "tintuc", ours_sentences),
    "pyicu-sentences-dev": ("dev", "PyICU", pyicu_sentences),
    "tintuc-sentences-one": ("one text", "tintuc", ours_sentences),
    "pyicu-sentences-one": ("one text", "PyICU", pyicu_sentences),
    "tintuc-hostile": ("hostile", "tintuc", ours_blocks_and_sentences),
    "tintuc-pipeline": ("entities", "tintuc", ours_pipeline),
    "tintuc-pipeline-2-threads": ("entities", "tintuc", ours_pipeline_on_threads),
    "underthesea-ner": ("entities", "underthesea", underthesea("ner")),
    "underthesea-word_tokenize": ("words", "underthesea", underthesea("word_tokenize")),
    "tintuc-parse_time": ("times", "tintuc", ours_times),
    "dateparser-search_dates": ("times", "dateparser", dateparser_times),
    "tintuc-parse_time-marked": ("dates", "tintuc", ours_article_times),
    "dateparser-search_dates-article": ("dates", "dateparser", dateparser_times),
    "pyvi-words": ("words", "pyvi", pyvi_words),
}


TEXT_STAGE = "text-stage"


def fresh(texts: list[str]) -> list[str]:
    """New strings, as a page that was just fetched is: nothing about them is kept from the round before."""
    return [text[:1] + text[1:] for text in texts]


def one_round(read: Read, texts: list[str], seconds: float) -> tuple[int, float]:
    """Bytes read and seconds taken, stopping when the time is up; the clock is looked at now and then, as a look takes time, too."""
    sizes = [sum(len(text.encode()) for text in texts[i : i + BETWEEN_LOOKS]) for i in range(0, len(texts), BETWEEN_LOOKS)]
    texts = fresh(texts)
    done, start = 0, perf_counter()
    for i, size in enumerate(sizes):
        for text in texts[i * BETWEEN_LOOKS : (i + 1) * BETWEEN_LOOKS]:
            read(text)
        done += size
        if perf_counter() - start > seconds:
            break
    return done, perf_counter() - start


def threaded_round(read: ReadAll, texts: list[str]) -> tuple[int, float]:
    size = sum(len(text.encode()) for text in texts)
    texts = fresh(texts)
    start = perf_counter()
    for _ in read(texts):
        pass
    return size, perf_counter() - start


def texts_of(task: str, megabytes: float) -> list[str]:
    if task == "one text":
        return ["\n".join(articles(megabytes))]
    return {"hostile": hostile, "times": expressions, "dev": dev_articles}.get(task, articles)(megabytes)


def measure(name: str, megabytes: float, seconds: float) -> dict[str, object]:
    """In the child: warm up, measure, report."""
    task, distribution, make = TASKS[name]
    texts = texts_of(task, megabytes)
    read, two = make(), name.endswith("2-threads")
    read(texts[:1] if two else texts[0])
    rates: list[float] = []
    size, spent = 0, 0.0
    while not rates or spent < (seconds if len(rates) < ROUNDS else AT_LEAST):
        size, took = threaded_round(read, texts) if two else one_round(read, texts, seconds)
        rates.append(size / 1e6 / took)
        spent += took
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "name": name, "task": task, "version": importlib.metadata.version(distribution), "mb_per_s": median(rates),
        "worst": min(rates), "best": max(rates), "rounds": len(rates), "mb_read": size / 1e6, "peak_rss_mb": peak,
    }


def load_milliseconds() -> float:
    """Import and load in fresh interpreters: the median of five."""
    code = "from time import perf_counter as t; a = t(); import tintuc; tintuc.load(); print((t() - a) * 1000)"
    times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    return median(times)


def installed(name: str) -> bool:
    try:
        importlib.metadata.version(TASKS[name][1])
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def run_child(name: str, args: argparse.Namespace) -> dict[str, object] | None:
    """The child's report, or None when it failed, which is then said on stderr."""
    command = [sys.executable, __file__, "--child", name, "--mb", str(args.mb), "--seconds", str(args.seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        print(f"{name}: failed: {reason[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def add_ratios(rows: list[dict[str, object]]) -> None:
    """Ours divided by each row, within a task."""
    base: dict[object, float] = {}
    for row in rows:
        base.setdefault(row["task"], float(row["mb_per_s"]) if str(row["name"]).startswith("tintuc") else 0.0)  # type: ignore[arg-type]
        row["ours_over_this"] = base[row["task"]] / float(row["mb_per_s"]) or None  # type: ignore[arg-type]


def print_table(rows: list[dict[str, object]], load: float) -> None:
    print(f"import and load: {load:.0f} ms (median of 5)")
    print(f"{'task':<10} {'what':<28} {'version':<9} {'MB/s':>9} {'worst':>9} {'best':>9} {'MB read':>8} {'ours/this':>10} {'peak RSS MB':>12}")
    for row in rows:
        ratio = f"{row['ours_over_this']:.1f}" if row["ours_over_this"] else "-"
        rates = " ".join(f"{row[key]:>9.3f}" for key in ("mb_per_s", "worst", "best"))
        print(
            f"{row['task']:<10} {row['name']:<28} {row['version']:<9} {rates} {row['mb_read']:>8.2f} {ratio:>10} "
            f"{row['peak_rss_mb']:>12.0f}"
        )


def text_stage(megabytes: float) -> dict[str, object]:
    """The figures of the C program, which is built here."""
    command = ["make", "-s", "-C", str(ROOT / "csrc"), "bench", f"MEGABYTES={megabytes}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_text_stage(report: dict[str, object]) -> None:
    print(f"\ntext stage in C, {report['nfc_mb']} MB, {report['cpu']}, {report['yardstick'] or 'no simdjson'}")
    for row in report["rows"]:  # type: ignore[attr-defined]
        ratio = f"{row['ratio']:>6.2f} of {row['over']}" if "over" in row else ""
        print(f"{row['name']:<28} {row['mb_per_s']:>9} {ratio}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="names, with commas between: " + ", ".join([*TASKS, TEXT_STAGE]))
    parser.add_argument("--json", help="file to write the figures to")
    parser.add_argument("--mb", type=float, default=1.4)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(measure(args.child, args.mb, args.seconds)))
        return 0
    names = args.only.split(",") if args.only else [*TASKS, TEXT_STAGE]
    if unknown := [name for name in names if name not in TASKS and name != TEXT_STAGE]:
        parser.error(f"no such task: {', '.join(unknown)}")
    stage = text_stage(args.mb if args.only else 10) if TEXT_STAGE in names else None
    names = [name for name in names if name != TEXT_STAGE and installed(name)]
    rows = [row for name in names if (row := run_child(name, args)) is not None]
    add_ratios(rows)
    load = load_milliseconds()
    print_table(rows, load)
    if stage is not None:
        print_text_stage(stage)
    if args.json:
        Path(args.json).write_text(json.dumps({"load_ms": load, "rows": rows, "text_stage": stage}, indent=1) + "\n", "utf-8")
    return 0 if len(rows) == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
