"""Label Studio tasks: predictions to be corrected, or annotations.

Label Studio counts code points (before its version 1.4.1: units of UTF-16, which are told by the text that stands with them, and
understood). A value is a text area of its region. Tasks do not hold blocks and sentences: they are found by the rules again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from tintuc._core import VERSION, Document
from tintuc.exchange.parts import broken

_COLOURS = ("#d95f02", "#1b9e77", "#7570b3", "#e7298a", "#66a61e", "#e6ab02", "#a6761d", "#1f78b4", "#b2182b", "#5e3c99")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_CONFIG = """<View>
  <Style>.htx-text {{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text"/>
  <TextArea name="value" toName="text" perRegion="true" maxSubmissions="1" editable="true" placeholder="value"/>
</View>
"""


def label_studio_config(labels: Iterable[str]) -> str:
    """The labelling interface (XML) for these labels, such as `nlp.labels`."""
    rows = [f'    <Label value="{label.translate(_XML)}" background="{_COLOURS[i % len(_COLOURS)]}"/>' for i, label in enumerate(labels)]
    return _CONFIG.format(labels="\n".join(rows))


def to_label_studio(
    doc: Document, id: str | None = None, *, kind: Literal["predictions", "annotations"] = "predictions"
) -> dict[str, Any]:
    """The document as a task to import; a file to import has a JSON list of them.

    With `kind` "predictions" each mention has its confidence as score, and the task their mean; "annotations" are somebody's word.
    """
    result: list[dict[str, Any]] = []
    for entity in doc.entities:
        place = {"start": entity.start, "end": entity.end}
        region = {"id": f"t{entity.index}", "from_name": "label", "to_name": "text", "type": "labels",
                  "value": {**place, "text": entity.text, "labels": [entity.label]}}
        result.append({**region, "score": entity.confidence} if kind == "predictions" else region)
        if entity.value is not None:
            result.append({**region, "from_name": "value", "type": "textarea", "value": {**place, "text": [entity.value]}})
    answer: dict[str, Any] = {"result": result}
    if kind == "predictions":
        scores = [entity.confidence for entity in doc.entities]
        answer |= {"model_version": f"tintuc {VERSION}", "score": sum(scores) / len(scores) if scores else 1.0}
    data = {key: value for key, value in (("id", id), ("date", doc.date)) if value is not None}
    return {"data": {"text": doc.text, **data}, kind: [answer]}


def _unit_offsets(text: str, start: int, end: int) -> tuple[int, int]:
    """Code points for offsets in units of UTF-16."""
    units = text.encode("utf-16-le")
    before, through = (len(units[: 2 * at].decode("utf-16-le", "ignore")) for at in (start, end))
    return before, through


def _entity(text: str, value: dict[str, Any], place: str) -> dict[str, Any]:
    start, end, shown = value.get("start"), value.get("end"), value.get("text")
    labels = value.get("labels") or value.get("hypertextlabels")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        broken(f"{place}: no whole numbers start < end")
    if not isinstance(labels, list) or len(labels) != 1 or not isinstance(labels[0], str):
        broken(f"{place}: not one label")
    if isinstance(shown, str) and text[start:end] != shown:
        start, end = _unit_offsets(text, start, end)
        if text[start:end] != shown:
            broken(f"{place}: {shown!r} does not stand at [{value['start']}, {value['end']})")
    if end > len(text):
        broken(f"{place}: {end} lies beyond the text of {len(text)} code points")
    return {"start": start, "end": end, "label": labels[0]}


def _answer(task: dict[str, Any]) -> tuple[str, list[Any]]:
    """The regions of the first annotation that was not cancelled, else of the first prediction; with their place."""
    for kind in ("annotations", "predictions"):
        for i, answer in enumerate(task.get(kind) or ()):
            if isinstance(answer, dict) and not answer.get("was_cancelled"):
                return f"{kind}[{i}].result", answer.get("result") or []
    return "result", []


def from_label_studio(task: dict[str, Any]) -> Document:
    """A document from an exported task, or one of the short export (JSON-MIN).

    The first annotation that was not cancelled counts, without any the first prediction. Regions that are no labels of the
    text, and relations, are passed over.

    Raises
    ------
    CorpusError
        With the place in the task: ``annotations[0].result[3]: ...``.
    """
    data = task.get("data", task)
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        broken("data.text: missing, or not a string")
    if data is task:
        place, regions = "label", [{"value": region, "type": "labels"} for region in task.get("label") or ()]
    else:
        place, regions = _answer(task)
    found: dict[Any, dict[str, Any]] = {}
    for i, region in enumerate(regions):
        if not isinstance(region, dict) or not isinstance(region.get("value", {}), dict):
            broken(f"{place}[{i}]: not a region")
        if region.get("type") in ("labels", "hypertextlabels"):
            found[region.get("id", i)] = _entity(text, region.get("value", {}), f"{place}[{i}]")
    for region in regions:
        if region.get("type") == "textarea" and region.get("from_name") == "value" and region.get("id") in found:
            written = region["value"].get("text") or [""]
            found[region["id"]]["value"] = written if isinstance(written, str) else str(written[-1])
    return Document.from_dict({"text": text, "date": data.get("date"), "entities": list(found.values())})
