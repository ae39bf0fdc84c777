"""Memory over many short documents: what a process holds must not grow with what it has read.

    python tests/bench/million.py [--documents 1000000] [--way pipe|call|cli]

Prints the resident megabytes of the process that reads at each tenth of the documents. Exit status 1 when the second half of
them made it grow beyond a small allowance for the allocator."""

import argparse
import os
import subprocess
import sys

STEPS, SPARE_MB = 10, 4
PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1024
SENTENCES = (
    "Ông Nguyễn Văn {0} đến Huế ngày {1}/9.",
    "TP.HCM: {0} người gặp bà Lê Thị Hoa {1}.",
    "Giá vàng tăng {0},{1} triệu đồng.\nTheo TTXVN",
    "Ha\u0300 No\u0323\u0302i &amp; Đà Nẵng – {0} km, {1} giờ.",
    "😀 Bộ Y tế {0} họp lúc {1}h.",
)


def texts(count):
    """No two alike, so that what remembers a text is found."""
    for i in range(count):
        text = SENTENCES[i % len(SENTENCES)].format(i, i % 29 + 1)
        yield text if i % 3 else text.encode()


def resident_mb(pid="self"):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE_KB / 1024


def read_by_pipe(count):
    import tintuc

    for doc in tintuc.load().pipe(texts(count), threads=2):
        len(doc.entities)
        yield resident_mb


def read_by_call(count):
    import tintuc

    nlp = tintuc.load()
    for text in texts(count):
        nlp(text).to_json("a")
        yield resident_mb


def read_by_cli(count):
    """The command line between two pipes; it has read a document when its line comes out."""
    import json
    import threading

    command = [sys.executable, "-m", "tintuc", "tag", "--format", "jsonl", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def feed():
        with process.stdin as stdin:
            for text in texts(count):
                line = {"text": text if isinstance(text, str) else text.decode()}
                stdin.write(json.dumps(line).encode() + b"\n")

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    for _ in process.stdout:
        yield lambda: resident_mb(process.pid)
    feeder.join()
    if process.wait() != 0:
        raise SystemExit(f"the command line ended with {process.returncode}")


WAYS = {"pipe": read_by_pipe, "call": read_by_call, "cli": read_by_cli}


def measure(way, count):
    """Megabytes after each tenth."""
    read, held, step = 0, [], max(1, count // STEPS)
    for read, now in enumerate(WAYS[way](count), 1):
        if read % step == 0:
            held.append(now())
            print(f"{way:5} {read:9} documents {held[-1]:8.1f} MB", flush=True)
    if read != count:
        raise SystemExit(f"{read} documents came back of {count}")
    return held


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--way", choices=sorted(WAYS), action="append", help="default: all")
    args = parser.parse_args()
    grown = []
    for way in args.way or sorted(WAYS):
        held = measure(way, args.documents)
        grown.append(max(held) - held[STEPS // 2 - 1])
        print(f"{way:5} grew by {grown[-1]:.1f} MB over the second half, limit {SPARE_MB}", flush=True)
    return int(max(grown) > SPARE_MB)


if __name__ == "__main__":
    sys.exit(main())
