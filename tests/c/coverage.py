"""Line and branch coverage of csrc/core by the C tests, stage by stage, from what gcov counted.

    python3 coverage.py OBJECTS [--lines PERCENT] [--branches PERCENT] [--show STAGE/FILE]

OBJECTS is the folder of the instrumented objects. Exit status 1 when the whole is below a floor. --show prints the lines of a file
(or of every file whose path has that in it) that were not run, and the branches that were never taken.
"""

import argparse
import collections
import json
import subprocess
import sys
from pathlib import Path

CSRC = Path(__file__).resolve().parents[2] / "csrc"


class Counts:
    """Lines by (file, line); branches by (file, function, line, index): each with how often."""

    def __init__(self):
        self.lines = collections.Counter()
        self.branches = collections.Counter()

    def add(self, report):
        for file in report["files"]:
            path = (CSRC / file["file"]).resolve()
            if CSRC / "core" not in path.parents or path.suffix == ".inc":
                continue
            name = str(path.relative_to(CSRC / "core"))
            for line in file["lines"]:
                self.lines[name, line["line_number"]] += line["count"]
                for i, branch in enumerate(line["branches"]):
                    self.branches[name, line.get("function_name", ""), line["line_number"], i] += branch["count"]


def read(objects):
    counts = Counts()
    notes = sorted(Path(objects).resolve().rglob("core/**/*.gcno"))
    if not notes:
        raise SystemExit(f"coverage.py: no instrumented objects in {objects}")
    done = subprocess.run(
        ["gcov", "--json-format", "--branch-probabilities", "--stdout", *map(str, notes)], cwd=CSRC, capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        if line:
            counts.add(json.loads(line))
    return counts


def percent(taken, of):
    return 100 * taken / of if of else 100.0


def table(counts):
    """Rows of stage, lines run, lines, branches taken, branches; the last is the whole."""
    rows = collections.defaultdict(lambda: [0, 0, 0, 0])
    for at, items in ((0, counts.lines), (2, counts.branches)):
        for key, count in items.items():
            for stage in (key[0].split("/")[0], "~core"):
                rows[stage][at] += count > 0
                rows[stage][at + 1] += 1
    return sorted(rows.items())


def show(counts, part):
    for name in sorted({key[0] for key in counts.lines if part in key[0]}):
        source = (CSRC / "core" / name).read_text("utf-8").splitlines()
        never = collections.defaultdict(set)
        for (file, line), count in counts.lines.items():
            if file == name and count == 0:
                never[line].add("not run")
        for (file, _, line, i), count in counts.branches.items():
            if file == name and count == 0 and "not run" not in never[line]:
                never[line].add(f"branch {i}")
        for line in sorted(line for line in never if never[line]):
            print(f"{name}:{line}: {', '.join(sorted(never[line]))}: {source[line - 1].strip()}")


def main():
    parser = argparse.ArgumentParser(description="coverage of csrc/core")
    parser.add_argument("objects")
    parser.add_argument("--lines", type=float, default=0)
    parser.add_argument("--branches", type=float, default=0)
    parser.add_argument("--show")
    args = parser.parse_args()
    counts = read(args.objects)
    if args.show is not None:
        show(counts, args.show)
    print(f"{'stage':12} {'lines':>14} {'branches':>20}")
    for stage, (lines, of_lines, branches, of_branches) in table(counts):
        print(
            f"{stage.lstrip('~'):12} {percent(lines, of_lines):6.2f} of {of_lines:5} {percent(branches, of_branches):9.2f} of {of_branches:5}"
        )
    good = percent(lines, of_lines) >= args.lines and percent(branches, of_branches) >= args.branches
    if not good:
        print(f"coverage.py: below the floor of {args.lines} % of lines or {args.branches} % of branches", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
