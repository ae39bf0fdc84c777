"""spaCy documents, and dicts for displaCy.

A spaCy document from here has the very text: tokens by white space, mention and sentence borders and punctuation at the ends of
words; other white space than a single blank is a token of its own, as spaCy has it. ``doc.ents`` are the outermost mentions,
``doc.spans["tintuc"]`` all of them, ``doc.spans["tintuc_blocks"]`` the blocks; a value is the ``id_`` of its span, the date
``doc.user_data["tintuc_date"]``. Confidence is not held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tintuc._core import Document
from tintuc.api import unsupported
from tintuc.exchange.parts import borders, cannot, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

SPANS, BLOCKS, DATE = "tintuc", "tintuc_blocks", "tintuc_date"


def _words(doc: Document) -> tuple[list[str], list[bool], list[int]]:
    """Words, whether a blank follows, and where each begins: all of the text, white space too."""
    cuts = borders(doc)
    for layer in (doc.blocks, doc.sentences):
        for view in layer:
            cuts |= {view.start, view.end}
    words, spaces, starts, at = list[str](), list[bool](), list[int](), 0
    for start, end in [*tokens(doc.text, 0, len(doc), cuts), (len(doc), len(doc))]:
        if at < start and doc.text[at] == " " and words:
            spaces[-1] = True
            at += 1
        for begin, stop in ((at, start), (start, end)):
            if begin < stop:
                words.append(doc.text[begin:stop])
                spaces.append(False)
                starts.append(begin)
        at = end
    return words, spaces, starts


def to_spacy(doc: Document, vocab: Vocab | None = None) -> Doc:
    """The document as a spaCy ``Doc`` (`pip install 'tintuc[spacy]'`).

    Parameters
    ----------
    vocab : spacy.vocab.Vocab, optional
        That of your pipeline; a new one by default.
    """
    try:
        from spacy.tokens import Doc, SpanGroup
        from spacy.vocab import Vocab as NewVocab
    except ImportError:
        raise unsupported("to_spacy needs `pip install spacy`; without it it is") from None
    words, spaces, starts = _words(doc)
    firsts = {sentence.start for sentence in doc.sentences}
    made = Doc(vocab if vocab is not None else NewVocab(), words=words, spaces=spaces,
               sent_starts=[i == 0 or start in firsts for i, start in enumerate(starts)])

    def span(start: int, end: int, label: str, id: str = "") -> Span:
        found = made.char_span(start, end, label=label)
        if found is None:
            cannot(f"[{start}, {end}) has no tokens of its own in spaCy's document")
        found.id_ = id
        return found

    mentions = [span(entity.start, entity.end, entity.label, entity.value or "") for entity in doc.entities]
    made.spans[SPANS] = SpanGroup(made, name=SPANS, spans=mentions)
    made.spans[BLOCKS] = SpanGroup(made, name=BLOCKS, spans=[span(block.start, block.end, block.kind) for block in doc.blocks])
    made.ents = tuple(mention for mention, entity in zip(mentions, doc.entities) if entity.depth == 0)
    if doc.date is not None:
        made.user_data[DATE] = doc.date
    return made


def from_spacy(doc: Doc) -> Document:
    """A document from a spaCy ``Doc``, of `to_spacy` or of any pipeline.

    Mentions are ``doc.spans["tintuc"]`` where there are such, else ``doc.ents``; the sentences are spaCy's where it has them,
    blocks those of `to_spacy`, else each sentence is a paragraph. Mentions must nest or lie apart, each in one sentence.
    """
    def spans(found: Any) -> list[dict[str, Any]]:
        return [{"start": span.start_char, "end": span.end_char, "label": span.label_, "value": span.id_ or None}
                for span in found]

    data: dict[str, Any] = {"text": doc.text, "date": doc.user_data.get(DATE)}
    data["entities"] = spans(doc.spans.get(SPANS, doc.ents))
    if doc.has_annotation("SENT_START"):
        sentences = [{"start": sentence.start_char, "end": sentence.end_char} for sentence in doc.sents]
        data["sentences"] = [place for place in sentences if doc.text[place["start"]:place["end"]].strip()]
    if BLOCKS in doc.spans:
        data["blocks"] = [{"start": span.start_char, "end": span.end_char, "kind": span.label_} for span in doc.spans[BLOCKS]]
    return Document.from_dict(data)


def to_displacy(doc: Document, style: Literal["ent", "span"] = "ent") -> dict[str, Any]:
    """What ``displacy.render(..., style=style, manual=True)`` draws: the outermost mentions, or with "span" all of them."""
    if style == "ent":
        ents = [{"start": e.start, "end": e.end, "label": e.label} for e in doc.entities if e.depth == 0]
        return {"text": doc.text, "ents": ents, "title": None}
    if style != "span":
        cannot(f"style is 'ent' or 'span', not {style!r}")
    cuts = borders(doc)
    places = [*tokens(doc.text, 0, len(doc), cuts)]
    first = {start: i for i, (start, _) in enumerate(places)}
    last = {end: i + 1 for i, (_, end) in enumerate(places)}
    spans = [{"start": e.start, "end": e.end, "start_token": first[e.start], "end_token": last[e.end], "label": e.label}
             for e in doc.entities]
    return {"text": doc.text, "spans": spans, "tokens": [doc.text[start:end] for start, end in places]}
