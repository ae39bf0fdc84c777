"""A call of every public function, and of every method and attribute of the extension's objects, by name.

`calls(folder)` makes a small model in `folder` and gives {name: call}; `public_names()` says which there must be."""

import contextlib
import datetime
import gc
import inspect
import io
import os
import pickle

import tintuc
from tintuc import _core

PAGE = (
    "Hội nghị về mưa lũ họp tại Huế chiều nay\n15/09/2025 17:19\nChiều 15/9, ông Minh đến Huế. Ông Minh nói: có 5 người.\n"
    "Người dân đi chợ. Nước ngập nhiều nơi.\nTheo TTXVN"
)
ANN = "#doc a\n#paragraph\n{DATE|Chiều 15/9}, ông {PER|Minh đến {LOC|Huế}}. {PER|Ông Minh} nói: có {QUANTITY|5 người}.\n"
SPECIAL = {"__len__", "__iter__", "__next__", "__getitem__", "__repr__", "__hash__", "__eq__", "__reduce__", "__arrow_c_stream__"}


def public_names():
    names = {name for name in tintuc.__all__ if inspect.isfunction(getattr(tintuc, name)) or inspect.isbuiltin(getattr(tintuc, name))}
    for name, thing in vars(_core).items():
        if inspect.isbuiltin(thing):
            names.add(f"_core.{name}")
        elif inspect.isclass(thing) and not issubclass(thing, Exception):
            names |= {f"{name}.{attribute}" for attribute in vars(thing) if not attribute.startswith("_") or attribute in SPECIAL}
    return names | {"Pipeline", "Pool", "Pipeline.pipe"}


def _rows(table):
    return table.__arrow_c_stream__(), table.__arrow_c_schema__()


def small_model(folder):
    corpus, model = os.path.join(folder, "a.ann"), os.path.join(folder, "m.ttm")
    with open(corpus, "w", encoding="utf-8") as file:
        file.write(ANN * 4)
    tintuc.train([corpus], output=model, epochs=12, members=1)
    return corpus, model


def fails(call, kind=tintuc.Error):
    def run():
        try:
            call()
        except kind:
            return
        raise AssertionError("no error")

    return run


def of_objects(nlp):
    """Attributes of every object, read through the object itself, so that each getter runs."""
    doc = nlp(PAGE, date="2025-09-15")
    view, alignment = tintuc.normalize(PAGE.replace(" ", "  "), align=True)
    assert len(doc.entities) >= 3 and doc.title is not None and doc.source is not None, "the small model has learned too little"
    value = tintuc.parse_time("chiều 15/9", anchor=datetime.date(2025, 9, 15))
    pool = _core.Pool(nlp, 1, 4)
    objects = {"Document": doc, "Pipeline": nlp, "Block": doc.blocks[0], "Sentence": doc.sentences[0], "Entity": doc.entities[0],
               "Items": doc.entities, "Span": doc.source, "Alignment": alignment, "Value": value, "Pool": pool}  # fmt: skip
    table = {}
    for kind, thing in objects.items():
        other = doc.entities[1] if kind == "Entity" else thing
        for name in sorted(n for n in public_names() if n.startswith(kind + ".")):
            attribute = name.split(".")[1]
            if attribute not in SPECIAL and not callable(getattr(type(thing), attribute, None)):
                table[name] = lambda thing=thing, attribute=attribute: _get(thing, attribute)
        table[f"{kind}.__repr__"] = lambda thing=thing: repr(thing)
        table[f"{kind}.__hash__"] = lambda thing=thing: _hash(thing)
        table[f"{kind}.__reduce__"] = lambda thing=thing: _pickled(thing)
        table[f"{kind}.__eq__"] = lambda thing=thing, other=other: (thing == other, thing != 3)
    for kind in set(vars(_core)) & {"ItemsIterator", "Iterator"}:
        table[f"{kind}.__next__"] = table[f"{kind}.__iter__"] = lambda: list(doc.entities)
    table |= {
        "Items.__len__": lambda: len(doc.entities),
        "Items.__iter__": lambda: list(doc.entities),
        "Items.__getitem__": lambda: (doc.entities[0], doc.entities[-1], doc.entities[:2], fails(lambda: doc.entities[99], IndexError)()),
        "Document.__len__": lambda: len(doc),
        "Document.to_json": lambda: doc.to_json("a"),
        "Alignment.to_raw": lambda: alignment.to_raw(0, 3),
        "Alignment.from_raw": lambda: alignment.from_raw(0, 3),
        "Pipeline.read": lambda: (nlp.read(PAGE), nlp.read(PAGE.encode(), "2025-09-15"), fails(lambda: nlp.read(b"\xff"))()),
        "Pipeline.with_abbreviations": lambda: (nlp.with_abbreviations(["Xn."])(PAGE), fails(lambda: nlp.with_abbreviations(["a b"]))()),
        "Pipeline.with_block_rule": lambda: (nlp.with_block_rule("nav", "^Họp")(PAGE), fails(lambda: nlp.with_block_rule("nav", "("))()),
    }  # fmt: skip
    packed, line, plain = doc.to_bytes(), doc.to_json("a"), doc.to_dict("a")
    table |= {
        "Document.to_bytes": lambda: doc.to_bytes(),
        "Document.to_dict": lambda: doc.to_dict("a"),
        "Document.from_bytes": lambda: (tintuc.Document.from_bytes(packed), fails(lambda: tintuc.Document.from_bytes(packed[:50]))()),
        "Document.from_json": lambda: (tintuc.Document.from_json(line), fails(lambda: tintuc.Document.from_json("{"))()),
        "Document.from_dict": lambda: tintuc.Document.from_dict(plain),
        "Items.index": lambda: doc.entities.index(doc.entities[1]),
        "Items.count": lambda: doc.entities.count(doc.entities[1]),
        "Pipeline.with_terms": lambda: nlp.with_terms("PER", ["Người dân"])(PAGE),
        "Pipeline.with_pattern": lambda: (nlp.with_pattern("QUANTITY", "\\d+ người")(PAGE), fails(lambda: nlp.with_pattern("PER", "("))()),
    }  # fmt: skip
    table["Pool.submit"] = table["Pool.take"] = table["Pool.pending"] = lambda: _use_pool(_core.Pool(nlp, 1, 4))
    return table


def _get(thing, attribute):
    try:
        return getattr(thing, attribute)
    except tintuc.UnsupportedError:
        return None


def _hash(thing):
    try:
        return hash(thing)
    except TypeError:
        return None


def _pickled(thing):
    try:
        return pickle.dumps(thing)
    except (TypeError, pickle.PicklingError):
        return None


def of_exchange(doc, folder):
    """What turns documents into other forms and back."""
    ann, brat, conll, path = tintuc.to_ann(doc, "a"), tintuc.to_brat(doc), tintuc.to_conll(doc), os.path.join(folder, "docs.jsonl")
    task = tintuc.to_label_studio(doc, "a", kind="annotations")
    with open(path, "w", encoding="utf-8") as file:
        file.write(doc.to_json("a") + "\n")
    return {
        "compare": lambda: tintuc.compare(doc, doc),
        "show": lambda: _quietly(lambda: tintuc.show(doc)),
        "to_html": lambda: tintuc.to_html(doc),
        "table": lambda: _rows(tintuc.table([doc], ids=["a"])),
        "Document.table": lambda: _rows(doc.table("entities", "a")),
        "_core.table_columns": lambda: _core.table_columns(0),
        "_core.table_schema": lambda: _core.table_schema(0),
        "_core.table_stream": lambda: _core.table_stream([(doc, "a")], 0, 1),
        "to_ann": lambda: tintuc.to_ann(doc, "a"),
        "from_ann": lambda: tintuc.from_ann(ann),
        "to_brat": lambda: tintuc.to_brat(doc),
        "from_brat": lambda: tintuc.from_brat(*brat),
        "to_conll": lambda: tintuc.to_conll(doc),
        "from_conll": lambda: tintuc.from_conll(conll),
        "to_label_studio": lambda: tintuc.to_label_studio(doc, "a"),
        "from_label_studio": lambda: tintuc.from_label_studio(task),
        "label_studio_config": lambda: tintuc.label_studio_config(["PER"]),
        "to_displacy": lambda: tintuc.to_displacy(doc),
        "to_spacy": lambda: _spacy(doc),
        "from_spacy": lambda: _spacy(doc),
        "read_jsonl": lambda: list(tintuc.read_jsonl(path)),
    }


def _quietly(call):
    with contextlib.redirect_stdout(io.StringIO()):
        call()


def _spacy(doc):
    try:
        return tintuc.from_spacy(tintuc.to_spacy(doc))
    except tintuc.UnsupportedError:
        return None


def _use_pool(pool):
    pool.submit(PAGE, "tag")
    pool.submit(b"\xff", None)
    assert pool.pending == 2
    return pool.take(), pool.take()


def calls(folder):
    corpus, model = small_model(folder)
    nlp = tintuc.load(model)
    gold = [{"id": "a", "text": "Huế", "entities": [{"start": 0, "end": 3, "label": "LOC"}]}]
    encoded = tintuc.encode("Thủ tướng thăm Huế", "tcvn3")
    out = os.path.join(folder, "out.ttm")
    steps = _core.PRESETS["clean"]
    return {
        **of_objects(nlp),
        **of_exchange(nlp(PAGE), folder),
        "decode": lambda: (tintuc.decode(encoded), tintuc.decode(b"\xff", "utf-8", "repair"), fails(lambda: tintuc.decode(b"\xff", "utf-8"))()),
        "detect": lambda: tintuc.detect(encoded),
        "encode": lambda: (tintuc.encode("Huế", "vni"), fails(lambda: tintuc.encode("日", "vni"))()),
        "find_mojibake": lambda: tintuc.find_mojibake("Viá»‡t"),
        "from_html": lambda: tintuc.from_html("<html><body><h1>Huế</h1><p>Trời mưa to ở Huế.</p></body></html>"),
        "load": lambda: (tintuc.load(model), fails(lambda: tintuc.load(corpus))()),
        "normalize": lambda: (tintuc.normalize(PAGE), tintuc.normalize(PAGE, align=True)),
        "parse_number": lambda: (tintuc.parse_number("6-7 triệu USD"), tintuc.parse_number("x")),
        "parse_time": lambda: (tintuc.parse_time("hôm qua", anchor="2021-09-09"), tintuc.parse_time("x")),
        "score": lambda: tintuc.score(gold, gold),
        "search_key": lambda: tintuc.search_key("Đặng Thuỳ Trâm"),
        "sentences": lambda: tintuc.sentences(PAGE),
        "syllable": lambda: (tintuc.syllable("nghiêng"), tintuc.syllable("xyz")),
        "train": lambda: tintuc.train([corpus], output=out, epochs=1, members=1, base=nlp),
        "words": fails(lambda: tintuc.words(PAGE)),
        "Pipeline": lambda: tintuc.Pipeline(model),
        "Pipeline.pipe": lambda: list(nlp.pipe([PAGE, PAGE.encode()], threads=1)),
        "Pool": lambda: _core.Pool(nlp, 1, 2),
        "_core.layer_bits": lambda: (
            _core.layer_bits(("blocks",)), _core.layer_bits(["sentences"]), nlp(PAGE, date="2021-09-09", layers=("blocks",)),
            fails(lambda: nlp(PAGE, layers=("words",)))(), fails(lambda: nlp(PAGE, layers=[1]))(),
        ),
        "_core.normalize": lambda: _core.normalize(PAGE, steps),
        "_core.syllable": lambda: _core.syllable("nghiêng"),
        "_core.decode": lambda: _core.decode(encoded, "tcvn3", "strict"),
        "_core.encode": lambda: _core.encode("Huế", "viscii"),
        "_core.detect": lambda: _core.detect(encoded),
        "_core.find_mojibake": lambda: _core.find_mojibake("Viá»‡t"),
        "_core.parse_time": lambda: _core.parse_time("9/9/2021"),
        "_core.parse_number": lambda: _core.parse_number("5 %"),
        "_core.train:refused": fails(lambda: _core.train(nlp, [corpus, out + "-none"], [], out, None, 1, 1, 0, 1, False, None)),
        "_core.train": lambda: _core.train(nlp, [corpus], [], out, lambda *a: None, 1, 1, 0, 1, False, None),
    }  # fmt: skip


SLOW = {"train", "_core.train", "from_html", "Pipeline.pipe", "Pool", "Pool.submit", "Pool.take", "Pool.pending", "load", "Pipeline",
        "compare", "show", "to_html", "to_spacy", "from_spacy", "read_jsonl"}  # fmt: skip


def collect():
    gc.collect()
    gc.collect()
