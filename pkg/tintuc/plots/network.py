"""Who appears with whom: a networkx graph whose every edge says where in the text it stands."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, Literal

from tintuc.plots.mentions import Mention, Place, mentions_of, needed


def cooccurrence(
    docs: Any,
    labels: str | Iterable[str] = ("PER",),
    within: Literal["sentence", "page"] = "sentence",
    *,
    min_count: int = 1,
) -> Any:
    """Graph of the things that are named together.

    Parameters
    ----------
    docs : documents or table
        Documents, (id, Document) pairs, a dict of them, or a table of entities (Arrow, pandas, polars).
    labels : str or iterable of str
        What becomes a node: ("PER",), ("PER", "ORG"), …
    within : "sentence" or "page"
        How near they have to stand.
    min_count : int
        Leave out edges of fewer sentences or pages, and nodes that then have none (1: nodes without edges stay).

    Returns
    -------
    networkx.Graph
        Nodes are names, with `count` (mentions), `label`, `kind`, `places`. Edges have `weight` (sentences or pages) and
        `evidence`, for each of these the shortest Place (doc, start, end) that holds both.

    Raises
    ------
    UnsupportedError
        networkx is not installed.
    ValueError
        Another `within`; a table without the columns of entities, or without sentences where they are asked for.
    """
    if within not in ("sentence", "page"):
        raise ValueError(f"within is 'sentence' or 'page', not {within!r}")
    graph = needed("networkx").Graph(within=within)
    mentions = mentions_of(docs, labels)
    if within == "sentence" and any(mention.sentence is None for mention in mentions):
        raise ValueError("a table without sentences: say within='page'")
    _add_nodes(graph, mentions)
    _add_edges(graph, mentions, within)
    if min_count > 1:
        graph.remove_edges_from([(a, b) for a, b, weight in graph.edges(data="weight") if weight < min_count])
        graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])
    return graph


def _add_nodes(graph: Any, mentions: list[Mention]) -> None:
    """One node a name and label; a name that has several labels says its own after it."""
    labels: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.label not in labels[mention.name]:
            labels[mention.name].append(mention.label)
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label != labels[mention.name][0]:
            mention.name = f"{mention.name} ({mention.label})"
        found[mention.name].append(mention)
    for name, same in found.items():
        kinds = Counter(mention.kind for mention in same if mention.kind is not None).most_common(1)
        places = [mention.place for mention in same]
        graph.add_node(name, count=len(same), label=same[0].label, kind=kinds[0][0] if kinds else None, places=places)


def _add_edges(graph: Any, mentions: list[Mention], within: str) -> None:
    units: dict[Any, dict[str, list[Place]]] = {}
    for mention in mentions:
        unit = (mention.place.doc, mention.sentence if within == "sentence" else None)
        units.setdefault(unit, {}).setdefault(mention.name, []).append(mention.place)
    for named in units.values():
        for (a, at_a), (b, at_b) in itertools.combinations(named.items(), 2):
            place = _around(at_a, at_b)
            if graph.has_edge(a, b):
                graph[a][b]["weight"] += 1
                graph[a][b]["evidence"].append(place)
            else:
                graph.add_edge(a, b, weight=1, evidence=[place])


def _around(at_a: list[Place], at_b: list[Place]) -> Place:
    """The shortest place that holds one of each; linear, since it is enough to look at neighbours in the text."""
    ordered = sorted([(place, 0) for place in at_a] + [(place, 1) for place in at_b], key=lambda pair: pair[0][1:])
    best: Place | None = None
    last: list[Place | None] = [None, None]
    for place, side in ordered:
        other = last[1 - side]
        if other is not None:
            both = Place(place.doc, other.start, max(place.end, other.end))
            if best is None or both.end - both.start < best.end - best.start:
                best = both
        last[side] = place
    assert best is not None
    return best
