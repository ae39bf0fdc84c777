"""Strict scores of predicted documents against gold: blocks, sentences, words, entities, values.

An item is right when its span (and its kind or label) is the same to the code point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from tintuc._core import ArgumentError
from tintuc.api import failure

Doc = dict[str, Any]
Mention = dict[str, Any]
_LAYERS = {"blocks": ("start", "end", "kind"), "sentences": ("start", "end"), "words": ("start", "end")}


def outermost(mentions: Collection[Mention]) -> list[Mention]:
    """Mentions that lie in no longer one."""
    kept: list[Mention] = []
    reach = -1
    for m in sorted(mentions, key=lambda m: (m["start"], -m["end"])):
        if m["end"] > reach:
            kept.append(m)
            reach = m["end"]
        elif kept and (m["start"], m["end"]) == (kept[-1]["start"], kept[-1]["end"]):
            kept.append(m)
    return kept


def _f1(counts: tuple[int, int, int]) -> dict[str, float]:
    right, gold, pred = counts
    p, r = right / pred if pred else 0.0, right / gold if gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": gold, "pred": pred}


class _Tally:
    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.pred: Counter[str] = Counter()

    def add(self, name: str, gold: set[Any], pred: set[Any]) -> None:
        self.right[name] += len(gold & pred)
        self.gold[name] += len(gold)
        self.pred[name] += len(pred)

    def result(self) -> dict[str, dict[str, float]]:
        names = sorted(set(self.gold) | set(self.pred))
        return {n: _f1((self.right[n], self.gold[n], self.pred[n])) for n in names}


def _spans(items: Iterable[Doc], fields: tuple[str, ...]) -> set[tuple[Any, ...]]:
    return {tuple(item[f] for f in fields) for item in items}


def is_document(doc: Doc) -> bool:
    """Has it an id and a text to be found by, and in its layers items of the form that is counted?"""
    if not isinstance(doc.get("id"), (str, int)) or not isinstance(doc.get("text", ""), str):
        return False
    for layer, fields in {**_LAYERS, "entities": ("start", "end", "label")}.items():
        items = doc.get(layer) or []
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            return False
        if not all(isinstance(item.get(f), int if f in ("start", "end") else str) for item in items for f in fields):
            return False
    return True


def _mentions(doc: Doc, labels: Collection[str] | None, flat: bool) -> list[Mention]:
    chosen = [m for m in doc.get("entities") or () if not labels or m["label"] in labels]
    return outermost(chosen) if flat else chosen


def _add_entities(tally: _Tally, gold: list[Mention], pred: list[Mention]) -> None:
    fields = ("start", "end", "label")
    a, b = _spans(gold, fields), _spans(pred, fields)
    for label in {x[2] for x in a | b}:
        tally.add(f"entities.{label}", {x for x in a if x[2] == label}, {x for x in b if x[2] == label})
    tally.add("entities", a, b)
    tally.add("entities.unlabelled", {x[:2] for x in a}, {x[:2] for x in b})


def _add_values(counts: list[int], gold: list[Mention], pred: list[Mention]) -> None:
    found = {(m["start"], m["end"], m["label"]): m.get("value") for m in pred}
    for m in gold:
        if "value" not in m:
            continue
        key = (m["start"], m["end"], m["label"])
        counts[1] += 1
        counts[2] += key in found
        counts[0] += key in found and found[key] == m["value"]


def score(
    gold: Iterable[Doc], pred: Iterable[Doc], labels: Collection[str] | None = None, flat: bool = False
) -> dict[str, Any]:
    """Precision, recall and F1 a layer and a label.

    Parameters
    ----------
    gold, pred : iterables of dict
        Documents in JSON form, matched by "id", else by "text"; a gold document without a prediction counts as missed.
    labels : collection of str, optional
        Count these labels only.
    flat : bool
        After that, count outermost mentions only: the comparison that flat taggers can take part in.

    Raises
    ------
    ArgumentError
        A prediction is about another text than the gold of its id.
    """
    answers = {d["id"]: d for d in pred}
    by_text = {d["text"]: d for d in answers.values() if "text" in d}
    tally, values, documents, answered = _Tally(), [0, 0, 0], 0, 0
    for g in gold:
        p = answers.get(g["id"]) or by_text.get(g.get("text"), {})
        documents += 1
        answered += bool(p)
        if "text" in p and p["text"] != g.get("text"):
            raise failure(ArgumentError, "argument", f"{g['id']}: the prediction is about another text than the gold")
        for layer, fields in _LAYERS.items():
            if g.get(layer):
                tally.add(layer, _spans(g[layer], fields), _spans(p.get(layer) or (), fields))
        ge, pe = _mentions(g, labels, flat), _mentions(p, labels, flat)
        _add_entities(tally, ge, pe)
        _add_values(values, ge, pe)
    result: dict[str, Any] = tally.result()
    if values[1]:
        result["values"] = {
            "right_of_gold": values[0] / values[1],
            "right_of_found": values[0] / values[2] if values[2] else 0.0,
            "gold": values[1],
        }
    result["documents"] = {"gold": documents, "answered": answered}
    return result
