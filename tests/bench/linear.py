"""Time over length, on texts made to be slow: four times the text may take 4.4 times the time.

    python tests/bench/linear.py [--kilobytes 250] [--rounds 5]
    make -C csrc linear [KILOBYTES=40]     counts steps instead, so that a busy machine says the same

Prints a line for each family of texts and each stage: the time of the short text in milliseconds and how many times it the long one
takes, in processor time, the least of the rounds. Exit status 1 when one is above the limit."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

TIMES, LIMIT, FLOOR = 4, 4.4, 0.002  # what takes less than FLOOR seconds cannot be compared

FAMILIES = {
    "dots": "a.b. ... v.v. TP. ",
    "quotes": "\u201cA\" 'b' \u00abc\u00bb \" ' ",
    "brackets": "(((a) [b ((c] ) ",
    "digits": "1.234,5 12/3 9:41 1-2-3 ",
    "one line": "\u00d4ng A n\u00f3i r\u1eb1ng b\u00e0 B \u0111i Hu\u1ebf, ",
    "many lines": "a\n\n1\r\n- b\n",
    "capitals": "NGUY\u1ec4N V\u0102N A \u0110\u1eaeK L\u1eaeK ",
    "combining marks": "a\u0301\u0323\u0302o\u031b\u0309",
    "html entities": "&amp;&#432;&#x1EBF;&nbsp;& &lt",
    "addresses": "http://a.vn/b?c=d#e www.x.vn a@b.vn ",
    "zero width": "a\u200b\u200d\ufeff\u00ad\u2060 ",
    "dates": "ng\u00e0y 9/9/2021 h\u00f4m qua s\u00e1ng th\u1ee9 hai, 5 gi\u1edd tr\u01b0\u1edbc ",
}


def stages():
    import tintuc

    nlp = tintuc.load()
    return {
        "normalize": tintuc.normalize,
        "blocks": lambda text: nlp(text, layers=["blocks"]),
        "sentences": lambda text: nlp(text, layers=["blocks", "sentences"]),
        "whole": nlp,
    }


def least(run, text, rounds):
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        run(text)
        taken.append(time.process_time() - start)
    return min(taken)


def count(program, kilobytes):
    """What tests/bench/count_steps.c says; its exit status."""
    model = Path(__file__).parents[2] / "pkg" / "tintuc" / "data" / "vi.ttm"
    families = [part for family in FAMILIES.items() for part in family]
    return subprocess.run([program, model, str(kilobytes), *families], check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kilobytes", type=int, default=250, help="of the short text; default %(default)s")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", metavar="PROGRAM", help="count steps with build/count_steps")
    args = parser.parse_args()
    if args.steps:
        return count(args.steps, args.kilobytes)
    worst = 0.0
    for family, piece in FAMILIES.items():
        short = piece * (args.kilobytes * 1024 // len(piece.encode()) + 1)
        for stage, run in stages().items():
            run(short)
            once, more = least(run, short, args.rounds), least(run, short * TIMES, args.rounds)
            for _ in range(3):  # a busy machine is not the text's fault
                if more <= LIMIT * once:
                    break
                once, more = max(once, least(run, short, args.rounds)), min(more, least(run, short * TIMES, args.rounds))
            ratio = more / once
            worst = max(worst, ratio if more > FLOOR else 0)
            print(f"{family:16} {stage:10} {once * 1000:9.2f} ms {ratio:6.2f}", flush=True)
    print(f"worst {worst:.2f}, limit {LIMIT}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
