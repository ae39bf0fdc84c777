"""The command line. Exit status: 0 all well, 1 some documents failed, 2 a wrong call."""

from __future__ import annotations

import argparse
import codecs
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, Any, Literal

from tintuc import _core, api, encodings, exchange, inputs, outputs, progress, scoring, table_files, tables, terms, text
from tintuc._core import Error

FORMATS = ("jsonl", "table", "conll", "ann", "brat", "label-studio", "html", "parquet", "arrow")
MARKS = ("conll", "ann", "brat", "label-studio")  # formats that are nothing without entities


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tintuc", description="Read Vietnamese news text.")
    parser.add_argument("--version", action="version", version=f"tintuc {_core.VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    tag = commands.add_parser("tag", help="blocks, sentences and entities of documents")
    _add_inputs(tag)
    tag.add_argument("--format", choices=FORMATS, help="default: a table on a terminal, else JSON lines")
    tag.add_argument("--layers", metavar="NAME,...", help="blocks, sentences, entities; default: all of them")
    tag.add_argument("--terms", action="append", default=[], metavar="FILE", help="lines LABEL<tab>TERM: each term is a mention of "
                     "its label; may be repeated")
    tag.add_argument("--ignore-case", action="store_true", help="capitals and small letters of --terms are the same")
    tag.add_argument("--pattern", action="append", default=[], metavar="LABEL=REGEX", help="what the PCRE2 pattern matches is a "
                     "mention of the label; may be repeated")
    for name, what in (
        ("normalize", "the text cleaned, or in the form you choose"),
        ("blocks", "kind and place of each block, or JSON lines"),
        ("sentences", "one sentence a line, or JSON lines"),
        ("words", "not in this version"),
    ):
        step = commands.add_parser(name, help=what)
        _add_inputs(step)
        step.add_argument("--format", choices=("text", "jsonl"), default="text")
        if name == "normalize":
            _add_steps(step)
    convert = commands.add_parser("convert", help="annotated files to another form; no model is needed")
    convert.add_argument("paths", nargs="+", metavar="PATH",
                         help=".jsonl, .json (Label Studio), .ann (ours, or brat beside its .txt), .conll, or folders of such")
    convert.add_argument("--to", choices=("jsonl", "table", *MARKS), default="jsonl", help="default %(default)s")
    convert.add_argument("-o", "--output", help="file to write, for brat a folder; it appears only when it is whole")
    train = commands.add_parser("train", help="train a tagger on annotated files, any labels")
    train.add_argument("corpus", nargs="+", help=".ann, document .jsonl or CoNLL/IOB2 files")
    train.add_argument("--dev", action="append", default=[], help="corpus that chooses the best epoch; may be repeated")
    train.add_argument("-o", "--output", required=True, help="model file to write")
    train.add_argument("--epochs", type=int, default=0)
    train.add_argument("--members", type=int, default=0, help="trainings whose mean is taken; default: 3, 1 is quickest")
    train.add_argument("--patience", type=int, default=0, help="stop after this many epochs without gain on --dev")
    train.add_argument("--seed", type=int, default=1)
    train.add_argument("--model", help="model to start from: its lexicon, clusters and what it finds; default: the shipped one")
    train.add_argument("--checkpoint", metavar="PATH", help="keep the training in files beside this path, and go on from them if they are there")
    train.add_argument("--no-stack", action="store_true", help="do not tell the new tagger what that model finds: a smaller and faster model")
    score = commands.add_parser("score", help="compare predictions with gold")
    score.add_argument("gold")
    score.add_argument("pred")
    score.add_argument("--labels", help="count these labels only, with commas between")
    score.add_argument("--flat", action="store_true", help="count outermost mentions only")
    score.add_argument("--json", action="store_true")
    info = commands.add_parser("info", help="versions, model, processor paths, licences")
    info.add_argument("--model")
    return parser


def _add_steps(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--preset", choices=tuple(_core.PRESETS), default="clean", help="default %(default)s")
    parser.add_argument("--form", choices=("nfc", "nfkc", "none"), help="Unicode normalization form")
    parser.add_argument("--tone", choices=("old", "new", "none"), help="tone placement: hòa (old), hoà (new)")
    parser.add_argument("--y", choices=("i", "y", "none"), help="open i or y after a consonant: kĩ (i), kỹ (y)")
    parser.add_argument("--with", dest="on", default="", metavar="STEP,...", help="steps to add, such as lower,plain,mojibake")
    parser.add_argument("--without", dest="off", default="", metavar="STEP,...", help="steps to leave out, such as quotes,squeeze")
    parser.add_argument("--counts", action="store_true", help="say how many places each step changed; with jsonl, of each text")


def _step_bits(args: argparse.Namespace) -> int:
    steps: dict[str, bool | str | None] = {name: True for name in args.on.split(",") if name}
    steps.update({name: False for name in args.off.split(",") if name})
    for name in ("form", "tone", "y"):
        if getattr(args, name) is not None:
            steps[name] = None if getattr(args, name) == "none" else getattr(args, name)
    return text.step_bits(args.preset, steps)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input")
    parser.add_argument("-o", "--output", help="file to write; it appears only when it is whole")
    parser.add_argument("--model", help="model file; default: the one that comes with the package")
    parser.add_argument("--date", help="publication date of documents that carry none, YYYY-MM-DD")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="threads; 0: one for each processor")
    parser.add_argument("--on-error", choices=("fail", "skip", "repair"), default="fail",
                        help="a document that fails: an error line, a message only, or U+FFFD for bad bytes")
    parser.add_argument("--encoding", metavar="NAME", help="of files that are plain text: utf-8, windows-1258, viscii, tcvn3, "
                        "vni, vps, viqr, utf-16 ...; default: guessed")
    parser.add_argument("--max-bytes", type=int, default=_core.MAX_BYTES, help="longest document, bytes (default %(default)s)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar; without it, one on a terminal when it takes longer")
    parser.add_argument("--text-field", default="text")
    parser.add_argument("--id-field", default="id")
    parser.add_argument("--date-field", default="date")


MAX_LIMIT = 1 << 30  # the core reads no longer text


class _Run:
    """One call over documents: reads, writes, and remembers whether one failed."""

    def __init__(self, args: argparse.Namespace, out: IO[str]) -> None:
        self.args, self.out, self.failed = args, out, False
        self.lines = getattr(args, "format", None) in (None, "jsonl")
        encodings.decode(b"", args.encoding)  # an unknown name is a wrong call

    def fail(self, id: str, error: Error, path: str | None) -> None:
        """Say which file failed, at which byte, and why."""
        self.failed = True
        if path is not None and error.path is None:
            error = api.failure(type(error), error.code, f"{inputs.shown(path)}: {error}", error.byte, path)
        if self.args.on_error != "skip" and self.lines:
            self.out.write(outputs.error_line(id, error))
        else:
            print(f"tintuc: {error} (byte {error.byte})", file=sys.stderr)

    def records(self) -> Iterator[inputs.Record]:
        """Documents in order, among them those that cannot be read, with their error."""
        args = self.args
        fields = inputs.Fields(args.text_field, args.id_field, args.date_field, min(max(args.max_bytes, 0), MAX_LIMIT))
        for record in inputs.records(args.paths, fields):
            if record.error is None:
                try:
                    record.text = _decoded(record.text, args.encoding, args.on_error == "repair")
                except Error as error:
                    record.error = error
            record.date = record.date or args.date
            yield record

    def documents(self, layers: Sequence[str] | None) -> Iterator[tuple[str, _core.Document]]:
        """(id, document) in order, at most a few dozen under way at a time; a bar on a terminal that shows nothing else."""
        alone = self.args.output is not None or not sys.stdout.isatty()
        files = self.args.paths and all(path.endswith((".txt", ".html", ".htm")) for path in self.args.paths)
        total = len(self.args.paths) if files else None
        return progress.watched(self._read(layers), None if alone and not self.args.quiet else False, total)

    def _read(self, layers: Sequence[str] | None) -> Iterator[tuple[str, _core.Document]]:
        pipeline = api.load(self.args.model, max_bytes=self.args.max_bytes)
        pipeline = terms.with_rules(pipeline, self.args)
        pool, bits = _core.Pool(pipeline, max(self.args.jobs, 0), 64), api.layer_bits(layers)

        def answers(keep: int) -> Iterator[tuple[str, _core.Document]]:
            while pool.pending > keep:
                doc, (id, path) = pool.take()
                if isinstance(doc, MemoryError):
                    self.fail(id, api.failure(Error, "memory", "out of memory"), path)
                elif isinstance(doc, Error):
                    self.fail(id, doc, path)
                else:
                    yield id, doc

        for record in self.records():
            yield from answers(63)
            try:
                if record.error is not None:
                    raise record.error
                pool.submit(record.text, (record.id, record.path), record.date, bits, self.args.max_bytes)
            except Error as error:  # said in its place: after the answers of those before it
                yield from answers(0)
                self.fail(record.id, error, record.path)
        yield from answers(0)


SURE = 0.9  # confidence from which a guessed encoding is taken


def _decoded(source: str | bytes, encoding: str | None, repair: bool) -> str | bytes:
    """The text of a document; bytes that are UTF-8 stay bytes, which the core reads as they are."""
    if isinstance(source, str):
        return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if repair else source
    errors: Literal["strict", "repair"] = "repair" if repair else "strict"
    if encoding is not None:
        return encodings.decode(source, encoding, errors)
    guess = encodings.detect(source)
    if guess.encoding == "utf-8":
        marked = source.startswith(codecs.BOM_UTF8)  # the mark is no part of the text
        return encodings.decode(source, "utf-8", errors) if repair or marked else source
    if guess.confidence >= SURE:
        return encodings.decode(source, guess.encoding, errors)
    if repair:
        return encodings.decode(source, "utf-8", errors)
    try:
        return encodings.decode(source, "utf-8")
    except Error as error:
        hint = f"; perhaps {guess.encoding} ({guess.confidence:.0%} sure): --encoding {guess.encoding}"
        raise api.failure(type(error), error.code, f"{error}{hint}", error.byte) from None


def _tag(args: argparse.Namespace) -> int:
    layers = args.layers.split(",") if args.layers is not None else None
    api.layer_bits(layers)
    if args.format is None:
        args.format = "table" if args.output is None and sys.stdout.isatty() else "jsonl"
    if args.format in MARKS and layers is not None and "entities" not in layers:
        raise api.failure(_core.ArgumentError, "argument", f"format {args.format!r} needs the layer 'entities'")
    if args.format in table_files.FORMATS:
        return _tag_table(args, layers)
    with outputs.sink(args.format, args.output) as (out, write):
        run = _Run(args, out)
        for id, doc in run.documents(layers):
            try:
                write(id, doc)
            except Error as error:  # a document that the format cannot hold
                run.fail(id, error, None)
    return int(run.failed)


def _tag_table(args: argparse.Namespace, layers: list[str] | None) -> int:
    """Rows of the last of the layers."""
    if args.output is None:
        raise api.failure(_core.ArgumentError, "argument", f"format {args.format!r} needs -o FILE")
    layer = max(layers or ["entities"], key=api.LAYERS.index)
    run = _Run(args, sys.stderr)
    pairs = ((doc, id) for id, doc in run.documents([layer]))
    table_files.write(tables.of_pairs(pairs, layer), args.format, args.output)
    return int(run.failed)


def _convert(args: argparse.Namespace) -> int:
    failed = False
    with outputs.sink(args.to, args.output) as (_, write):
        for path in args.paths:
            for id, doc in exchange.read(path):
                try:
                    write(id, doc)
                except Error as error:
                    failed = True
                    print(f"tintuc: {inputs.shown(path)}: {id}: {error}", file=sys.stderr)
    return int(failed)


def _blocks(args: argparse.Namespace) -> int:
    with outputs.destination(args.output) as out:
        run = _Run(args, out)
        for id, doc in run.documents(["blocks"]):
            if args.format == "jsonl":
                out.write(doc.to_json(id) + "\n")
                continue
            for block in doc.blocks:
                out.write(f"{block.kind}\t{block.start}\t{block.end}\t{' '.join(block.text.split())}\n")
    return int(run.failed)


def _sentences(args: argparse.Namespace) -> int:
    with outputs.destination(args.output) as out:
        run = _Run(args, out)
        for id, doc in run.documents(["blocks", "sentences"]):
            if args.format == "jsonl":
                out.write(doc.to_json(id) + "\n")
                continue
            for sentence in doc.sentences:
                out.write(" ".join(sentence.text.split()) + "\n")
    return int(run.failed)


def _normalize(args: argparse.Namespace) -> int:
    bits, total = _step_bits(args), Counter[str]()
    with outputs.destination(args.output) as out:
        run = _Run(args, out)
        for record in run.records():
            try:
                if record.error is not None:
                    raise record.error
                view, alignment = _core.normalize(record.text, bits, "utf-8")
            except Error as error:
                run.fail(record.id, error, record.path)
                continue
            total.update(alignment.counts)
            if args.format == "jsonl":
                counts = {"counts": alignment.counts} if args.counts else {}
                out.write(json.dumps({"id": record.id, "text": view, **counts}, ensure_ascii=False) + "\n")
            else:
                out.write(view if view.endswith("\n") else view + "\n")
    if args.counts and args.format != "jsonl":
        for step in _core.STEPS:
            if total[step]:
                print(f"{step:12}{total[step]:>9}", file=sys.stderr)
    return int(run.failed)


def _words(_: argparse.Namespace) -> int:
    raise api.unsupported("words")


def _train(args: argparse.Namespace) -> int:
    def report(layer: int, epoch: int, epochs: int, loss: float, f1: float) -> None:
        dev = f"  dev F1 {f1:.4f}" if f1 >= 0 else ""
        print(f"layer {layer}  epoch {epoch}/{epochs}  loss {loss:.5f}{dev}", file=sys.stderr)

    if args.epochs < 0 or args.members < 0 or args.patience < 0 or args.seed < 0:
        raise api.failure(_core.ArgumentError, "argument", "--epochs, --members, --patience and --seed are not negative")
    base = api.load(args.model)
    model = api.train(args.corpus, args.dev, output=args.output, epochs=args.epochs, members=args.members, patience=args.patience, seed=args.seed,
                      progress=report, base=base, stack=not args.no_stack, checkpoint=args.checkpoint)
    print(f"{args.output}: {model.model_size} bytes, checksum {model.model_checksum}", file=sys.stderr)
    return 0


def _read_documents(path: str) -> list[dict[str, Any]]:
    documents = []
    try:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    documents.append(_scored(path, number, line))
    except OSError as error:
        raise api.failure(_core.FileError, "io", f"{path}: {error.strerror}", 0, path) from None
    except UnicodeDecodeError as error:
        raise api.failure(_core.EncodingError, "encoding", f"{path}: not UTF-8", error.start, path) from None
    return documents


def _scored(path: str, number: int, line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise api.failure(_core.CorpusError, "corpus", f"{path}:{number}: not JSON: {error}", 0, path) from None
    if not isinstance(document, dict) or "id" not in document:
        raise api.failure(_core.CorpusError, "corpus", f"{path}:{number}: no document with an id", 0, path)
    if not scoring.is_document(document):
        raise api.failure(_core.CorpusError, "corpus", f"{path}:{number}: not the form of a document", 0, path)
    return document


def _score(args: argparse.Namespace) -> int:
    labels = set(args.labels.split(",")) if args.labels else None
    result = api.score(_read_documents(args.gold), _read_documents(args.pred), labels=labels, flat=args.flat)
    if args.json:
        print(json.dumps(result))
        return 0
    for name, row in result.items():
        print(f"{name:22}", "  ".join(f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()))
    return 0


def _info(args: argparse.Namespace) -> int:
    path = args.model or api.default_model()
    nlp = api.load(path)
    print(f"tintuc     {_core.VERSION}, Python {sys.version.split()[0]}")
    print(f"model      {path}")
    print(f"           {nlp.model_size} bytes, checksum {nlp.model_checksum}")
    print(f"labels     {' '.join(nlp.labels)}")
    print(f"processor  {_core.CPU_PATH}")
    print("licences   program, model, lexicon, clusters and corpus: Apache-2.0")
    return 0


COMMANDS = {
    "tag": _tag, "convert": _convert, "blocks": _blocks, "sentences": _sentences, "normalize": _normalize, "words": _words, "train": _train,
    "score": _score, "info": _info,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns its exit status."""
    args = _parser().parse_args(argv)
    try:
        return COMMANDS[args.command](args)
    except Error as error:
        print(f"tintuc: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except MemoryError:
        print("tintuc: out of memory", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        print(f"tintuc: stopped; {str(stop) or 'what was written is whole lines'}", file=sys.stderr)
        return 128 + signal.SIGINT
    except OSError as error:
        print(f"tintuc: {error.filename or 'output'}: {error.strerror}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
