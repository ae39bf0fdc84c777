"""Mentions that a call of the command line demands: files of terms, and patterns."""

from __future__ import annotations

import argparse

from tintuc import _core
from tintuc.api import Pipeline, failure
from tintuc.inputs import shown


def read_terms(path: str) -> dict[str, list[str]]:
    """Terms of each label, from lines LABEL<tab>TERM; blank lines mean nothing."""
    terms: dict[str, list[str]] = {}
    try:
        with open(path, encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                label, _, term = line.rstrip("\n").partition("\t")
                if label and term.strip():
                    terms.setdefault(label, []).append(term)
                elif line.strip():
                    message = f"{shown(path)}:{number}: not a label, a tab and a term"
                    raise failure(_core.CorpusError, "corpus", message, 0, path)
    except OSError as error:
        raise failure(_core.FileError, "io", f"{shown(path)}: {error.strerror}", 0, path) from None
    except UnicodeDecodeError as error:
        raise failure(_core.EncodingError, "encoding", f"{shown(path)}: not UTF-8", error.start, path) from None
    return terms


def with_rules(nlp: Pipeline, args: argparse.Namespace) -> Pipeline:
    """The pipeline with the rules of --terms and --pattern, where the command has them."""
    for path in getattr(args, "terms", ()):
        for label, terms in read_terms(path).items():
            nlp = nlp.with_terms(label, terms, ignore_case=args.ignore_case)
    for rule in getattr(args, "pattern", ()):
        label, equals, pattern = rule.partition("=")
        if not equals:
            raise failure(_core.ArgumentError, "argument", f"--pattern {rule!r} is not LABEL=REGEX")
        nlp = nlp.with_pattern(label, pattern)
    return nlp
