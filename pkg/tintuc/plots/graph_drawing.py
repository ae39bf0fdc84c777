"""A picture of a graph in which no name covers another: a force layout, then the boxes of the names pushed apart."""

from __future__ import annotations

import math
from typing import Any

from tintuc.display.style import HUES, QUIET, hue_of
from tintuc.plots.drawing import axes_of, font, quieten
from tintuc.plots.mentions import needed

ROUNDS = 400  # of pushing; most graphs need a few dozen
SIZES = (10.5, 9.5, 8.5, 7.5, 6.5)  # of the names, in points: the first with which they have room
FEW = 12  # nodes for which a low figure is enough
GAP = 4.0  # pixels between two boxes

Point = list[float]


def plot_graph(graph: Any, *, top: int = 30, seed: int = 1, title: str | None = None, ax: Any = None) -> Any:
    """Names as dots, the larger the more often named; lines between those named together, the thicker the more often.

    Parameters
    ----------
    graph : networkx.Graph
        What `cooccurrence` gives; `count` and `label` of nodes and `weight` of edges are used where they are there.
    top : int
        How many nodes at most: those with the most edges by weight.
    seed : int
        The same seed and graph give the same places.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Its limits become 0 to 1. By default a new figure 8 inches wide.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    UnsupportedError
        networkx or matplotlib is not installed.
    """
    shown = _busiest(graph, top)
    ax = axes_of(ax, 8, 6 if len(shown) > FEW else 4.4)
    quieten(ax, title)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    nodes = list(shown)
    if nodes:
        radii = [_radius(shown.nodes[node].get("count", 1)) for node in nodes]
        places, size = _places(shown, ax, radii, seed)
        _draw_edges(shown, ax, dict(zip(nodes, places)))
        _draw_nodes(shown, ax, places, radii, size)
    return ax


def _busiest(graph: Any, top: int) -> Any:
    ranked = sorted(graph, key=lambda node: (-graph.degree(node, weight="weight"), -graph.nodes[node].get("count", 1)))
    chosen = set(ranked[:top])
    return graph.subgraph([node for node in graph if node in chosen]).copy()


def _radius(count: int) -> float:
    """Of a dot in points: its area grows with the count."""
    return 3.6 + 1.9 * math.sqrt(min(count, 60))


def _places(graph: Any, ax: Any, radii: list[float], seed: int) -> tuple[list[Point], float]:
    """Places on the axes, 0 to 1, and the size of the names with which they have room."""
    figure = ax.get_figure()
    figure.canvas.draw()  # the axes get their place
    box = ax.get_window_extent()
    start = _spread(graph, seed)
    points: list[Point] = []
    size = SIZES[-1]
    for size in SIZES:
        halves = _half_boxes(graph, ax, radii, size)
        points = [[x * box.width, y * box.height] for x, y in start]
        if _push_apart(points, halves, box.width, box.height):
            break
    return [[x / box.width, y / box.height] for x, y in points], size


def _spread(graph: Any, seed: int) -> list[Point]:
    """A force layout of each connected part, in a field of the unit square that is as large as the part."""
    parts = sorted((sorted(part, key=list(graph).index) for part in needed("networkx").connected_components(graph)), key=len)
    points: dict[Any, Point] = {}
    open_fields = [(parts[::-1], 0.0, 0.0, 1.0, 1.0)]
    while open_fields:
        here, x, y, width, height = open_fields.pop()
        if len(here) == 1:
            points.update(_part_spread(graph.subgraph(here[0]), here[0], seed, (x, y, width, height)))
            continue
        cut = _halfway([len(part) for part in here])
        share = sum(len(part) + 1 for part in here[:cut]) / sum(len(part) + 1 for part in here)
        if width >= height:
            open_fields += [(here[:cut], x, y, width * share, height), (here[cut:], x + width * share, y, width * (1 - share), height)]
        else:
            open_fields += [(here[:cut], x, y, width, height * share), (here[cut:], x, y + height * share, width, height * (1 - share))]
    return [points[node] for node in graph]


def _halfway(sizes: list[int]) -> int:
    """How many of the parts make half of the whole; at least one, and not all."""
    cut, so_far = 1, sizes[0]
    while cut < len(sizes) - 1 and 2 * so_far < sum(sizes):
        so_far += sizes[cut]
        cut += 1
    return cut


def _part_spread(part: Any, nodes: list[Any], seed: int, field: tuple[float, float, float, float]) -> dict[Any, Point]:
    """Places that fill the middle of the field."""
    networkx = needed("networkx")
    graph = networkx.Graph()  # in the order of the whole graph, which a subgraph does not promise
    graph.add_nodes_from(nodes)
    graph.add_edges_from(part.edges())
    found = networkx.spring_layout(graph, k=1.6 / math.sqrt(len(nodes)), iterations=200, seed=seed)
    points = {node: [float(x), float(y)] for node, (x, y) in found.items()}
    for axis in (0, 1):
        low, high = min(point[axis] for point in points.values()), max(point[axis] for point in points.values())
        start, length = field[axis], field[axis + 2]
        for point in points.values():
            along = 0.08 + 0.84 * (point[axis] - low) / (high - low) if high > low else 0.5
            point[axis] = start + length * along
    return points


def _half_boxes(graph: Any, ax: Any, radii: list[float], size: float) -> list[tuple[float, float]]:
    """Half the width and height, in pixels, of each dot with the name below it."""
    scale = ax.get_figure().dpi / 72
    renderer = ax.get_figure().canvas.get_renderer()
    halves = []
    for node, radius in zip(graph, radii):
        text = ax.text(0, 0, str(node), **font(size))
        box = text.get_window_extent(renderer)
        text.remove()
        halves.append((max(box.width / 2, radius * scale) + GAP / 2, radius * scale + (box.height + GAP) + GAP / 2))
    return halves


def _push_apart(points: list[Point], halves: list[tuple[float, float]], width: float, height: float) -> bool:
    """Move boxes away from each other, along the axis where less is missing. False where they still overlap."""
    for _ in range(ROUNDS):
        moved = False
        for i in range(len(points)):
            for j in range(i):
                moved = _part(points[i], points[j], halves[i], halves[j]) or moved
        for point, (half_width, half_height) in zip(points, halves):
            point[0] = min(max(point[0], half_width), width - half_width)
            point[1] = min(max(point[1], half_height), height - half_height)
        if not moved:
            return True
    return False


def _part(a: Point, b: Point, half_a: tuple[float, float], half_b: tuple[float, float]) -> bool:
    missing = [half_a[axis] + half_b[axis] - abs(a[axis] - b[axis]) for axis in (0, 1)]
    if min(missing) <= 0.01:
        return False
    axis = 0 if missing[0] < missing[1] else 1
    step = (missing[axis] / 2 + 0.01) * (1 if a[axis] >= b[axis] else -1)
    a[axis] += step
    b[axis] -= step
    return True


def _draw_edges(graph: Any, ax: Any, places: dict[Any, Point]) -> None:
    for a, b, weight in graph.edges(data="weight", default=1):
        (x0, y0), (x1, y1) = places[a], places[b]
        ax.plot([x0, x1], [y0, y1], color=QUIET[1], alpha=0.55, linewidth=0.8 + 0.8 * math.sqrt(min(weight, 40)),
                solid_capstyle="round", zorder=1)


def _draw_nodes(graph: Any, ax: Any, places: list[Point], radii: list[float], size: float) -> None:
    colours = [HUES[hue_of(graph.nodes[node].get("label", "PER"))][1] for node in graph]
    ax.scatter([x for x, _ in places], [y for _, y in places], s=[(2 * radius) ** 2 for radius in radii], c=colours,
               edgecolors="white", linewidths=1.2, zorder=2)
    halo = needed("matplotlib.patheffects").withStroke(linewidth=2.5, foreground="white")
    for node, place, radius in zip(graph, places, radii):
        ax.annotate(str(node), place, (0, -radius - 1), textcoords="offset points", ha="center", va="top", zorder=3,
                    path_effects=[halo], **font(size))
