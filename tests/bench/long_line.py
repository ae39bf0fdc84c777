"""One line without end: the answer, the time, and the memory for each megabyte of it.

    python tests/bench/long_line.py [--megabytes 64] [--line NAME]... [--stage NAME]...

Each line is read in a process of its own. Prints seconds of processor time, the peak of resident memory, and the megabytes for one
of text beside the text itself. Exit status 1 when the end of the line is read otherwise than the end of a short one, or when more
memory is taken than the limit of the stage; a clear error is an answer. The longest text is 1024 megabytes (`load(max_bytes=2**30)`)."""

import argparse
import json
import resource
import subprocess
import sys
import time

import tintuc

SHORT, TAIL = 1 << 16, 12
# Repeated; in UTF-8 each fills a power of two with the spaces behind it, so that a line can be as long as a text may be.
LINES = {
    "names": "Ông Nguyễn Văn A nói với bà Hoa ở Huế, ",
    "sentences": "Ông Nguyễn Văn A nói với bà Hoa ở Huế. ",
    "marks apart": "Ha\u0300 No\u0323\u0302i ",
    "numbers": "9/9/2021 5 kg ",
    "one letter": "a",
}
LIMITS = {"normalize": 20, "blocks": 13, "sentences": 13, "whole": 32}  # MB for one of text; blocks that are kept for the next one count


def make(name, size):
    piece = LINES[name].encode()
    piece = piece.ljust(1 << (len(piece) - 1).bit_length())
    return piece * (size // len(piece))


def tail(layer, end):
    """The last items, as seen from the end."""
    return [(end - item.start, end - item.end, item.text if item.end - item.start < 80 else "") for item in layer[-TAIL:]]


def read(nlp, stage, text):
    """What stands at the end, and how much there is."""
    if stage == "normalize":
        view = tintuc.normalize(text, encoding="utf-8")
        return view[-TAIL:], 1
    layers = {"blocks": ["blocks"], "sentences": ["blocks", "sentences"], "whole": None}[stage]
    doc = nlp(text, layers=layers)
    end, count = len(doc.text), len(doc.blocks)
    found = {"blocks": len(doc.blocks)}
    if stage == "sentences" and len(doc.sentences) > 1:
        found["sentences"] = tail(doc.sentences, end)
    if stage == "whole":
        found["entities"], count = tail(doc.entities, end) if len(doc.entities) > TAIL else [], len(doc.entities)
    return found, count


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(name, stage, megabytes):
    nlp = tintuc.load(max_bytes=1 << 30)
    want = read(nlp, stage, make(name, SHORT))
    text = make(name, megabytes << 20)
    before, start = peak_mb(), time.process_time()
    try:
        found, count = read(nlp, stage, text)
    except (tintuc.Error, MemoryError) as error:
        print(json.dumps({"error": getattr(error, "code", "memory"), "right": read(nlp, stage, make(name, SHORT)) == want}))
        return
    seconds = time.process_time() - start
    print(json.dumps({"right": found == want[0], "count": count, "seconds": seconds, "peak": peak_mb(), "each": (peak_mb() - before) / megabytes}))


def measure(name, stage, megabytes):
    """Runs one; is all well?"""
    command = [sys.executable, __file__, "--megabytes", str(megabytes), "--line", name, "--stage", stage, "--child"]
    done = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    if "error" in done:
        print(f"{name:12} {stage:10} error {done['error']}", flush=True)
        return done["right"]
    good = done["right"] and done["each"] <= LIMITS[stage]
    print(f"{name:12} {stage:10} {done['seconds']:8.1f} s {done['peak']:8.0f} MB peak {done['each']:6.1f} MB a MB"
          f" {done['count']:9} {'items' if good else 'NOT RIGHT'}", flush=True)  # fmt: skip
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--line", choices=LINES, action="append", help="default: all")
    parser.add_argument("--stage", choices=LIMITS, action="append", help="default: all")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    lines, stages = args.line or list(LINES), args.stage or list(LIMITS)
    if args.child:
        child(lines[0], stages[0], args.megabytes)
        return 0
    return int(not min([measure(name, stage, args.megabytes) for name in lines for stage in stages]))


if __name__ == "__main__":
    sys.exit(main())
