"""CoNLL columns with IOB2 tags: a token and its tag a line, a blank line after a sentence, -DOCSTART- before a document.

`tintuc train` reads what is written here. The form does not hold white space, blocks, dates and values; the white space comes
back where the texts are given again. Mentions inside of others take columns of their own, to the left of the outermost ones'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tintuc._core import Document, Entity
from tintuc.exchange.parts import Span, borders, broken, cannot, tokens

_START, _TAGS = "-DOCSTART-", "BIELSU"


def _label(entity: Entity) -> str:
    if any(letter.isspace() for letter in entity.label):
        cannot(f"label {entity.label!r}: CoNLL columns hold no label with white space")
    return entity.label


def _tags(entities: list[Entity], depth: int, spans: list[Span]) -> Iterator[str]:
    layer, at = [entity for entity in entities if entity.depth == depth], 0
    for start, _ in spans:
        while at < len(layer) and layer[at].end <= start:
            at += 1
        if at == len(layer) or layer[at].start > start:
            yield "O"
        else:
            yield ("B-" if layer[at].start == start else "I-") + _label(layer[at])


def to_conll(doc: Document, *, nested: bool = False) -> str:
    """The document as CoNLL columns.

    Tokens are cut at white space, where mentions begin and end, and around punctuation at the ends of words.

    Parameters
    ----------
    nested : bool
        With all mentions: the last column has the outermost ones, the one before it what lies directly in them, and so on.
    """
    entities = list(doc.entities)
    depths = range(max((entity.depth for entity in entities), default=0) if nested else 0, -1, -1)
    cuts, lines = borders(doc, nested), [f"{_START} O\n\n"]
    for sentence in doc.sentences:
        spans = list(tokens(doc.text, sentence.start, sentence.end, cuts))
        rows = zip((doc.text[start:end] for start, end in spans), *(_tags(entities, depth, spans) for depth in depths))
        lines += ["\t".join(row) + "\n" for row in rows]
        lines.append("\n")
    return "".join(lines)


Rows = list[list[str]]


def _is_tag(tag: str) -> bool:
    return tag == "O" or (len(tag) > 2 and tag[1] == "-" and tag[0] in _TAGS)


def _documents(data: str) -> Iterator[list[Rows]]:
    """Sentences of rows (token, tags) of each document."""
    sentences: list[Rows] = []
    row_open = begun = False
    for number, line in enumerate(data.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        if line.startswith(_START):
            if begun:
                yield sentences
            sentences, begun, row_open = [], True, False
            continue
        columns = [column.strip() for column in (line.split("\t") if "\t" in line else line.split())]
        if not any(columns):
            row_open = False
        elif not _is_tag(columns[-1]):
            if row_open or not line.startswith("#"):
                broken(f"line {number}: the last column must be O or B-, I-, E-, L-, S- or U- with a label, not {columns[-1]!r}")
        elif len(columns) > 1:
            sentences += [] if row_open else [[]]
            sentences[-1].append(columns)
            row_open = begun = True
    if begun:
        yield sentences


def _mentions(rows: Rows, spans: list[Span], column: int) -> Iterator[dict[str, Any]]:
    """IOB1, IOB2, BILOU or BIOES: their letters do not contradict each other."""
    found: dict[str, Any] = {}
    for row, (start, end) in zip(rows, spans):
        tag = row[column] if -column < len(row) else "O"
        letter, label = tag[0], tag[2:]
        if letter in "IEL" and found.get("label") == label:
            found["end"] = end
        else:
            if found:
                yield found
            found = {"start": start, "end": end, "label": label} if letter != "O" and _is_tag(tag) else {}
        if letter in "ELSU" and found:
            yield found
            found = {}
    if found:
        yield found


def _joined(sentences: list[Rows]) -> tuple[str, list[list[Span]]]:
    """A text of the tokens: one space between, sentences on lines."""
    spans: list[list[Span]] = []
    at, lines = 0, []
    for rows in sentences:
        line: list[Span] = []
        for row in rows:
            line.append((at, at + len(row[0])))
            at += len(row[0]) + 1
        spans.append(line)
        lines.append(" ".join(row[0] for row in rows))
    return "\n".join(lines), spans


def _found(sentences: list[Rows], text: str) -> list[list[Span]]:
    """Where the tokens stand in the text that they are of."""
    spans: list[list[Span]] = []
    at = 0
    for rows in sentences:
        line: list[Span] = []
        for row in rows:
            start = text.find(row[0], at)
            if start < 0 or text[at:start].strip():
                broken(f"token {row[0]!r} does not stand in its text at {at}, after white space only")
            at = start + len(row[0])
            line.append((start, at))
        spans.append(line)
    return spans


def _document(sentences: list[Rows], text: str | None, nested: bool) -> Document:
    made, spans = _joined(sentences) if text is None else (text, _found(sentences, text))
    entities: list[dict[str, Any]] = []
    for rows, line in zip(sentences, spans):
        for column in range(-1, -max(map(len, rows)) if nested else -2, -1):
            entities += _mentions(rows, line, column)
    parts = [{"start": line[0][0], "end": line[-1][1]} for line in spans]
    return Document.from_dict({"text": made, "sentences": parts, "entities": entities})


def from_conll(data: str, texts: Sequence[str] | None = None, *, nested: bool = False) -> list[Document]:
    """Documents from CoNLL columns: IOB1, IOB2, BILOU or BIOES tags in the last column.

    Parameters
    ----------
    texts : sequence of str, optional
        The text of each document, so that the tokens take their places in it; without them the tokens of a sentence are joined
        by a space, the sentences by a line feed. Each sentence is a paragraph.
    nested : bool
        The columns before the last one have tags too, of mentions inside of others.

    Raises
    ------
    CorpusError
        A line without a tag, with its number; or a token that is not in its text.
    """
    documents = list(_documents(data))
    if texts is not None and len(texts) != len(documents):
        broken(f"{len(documents)} documents for {len(texts)} texts")
    return [_document(document, None if texts is None else texts[i], nested) for i, document in enumerate(documents)]
