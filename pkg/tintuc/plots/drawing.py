"""Pictures of counts: bars and time lines on matplotlib axes, quiet, with labels that have room."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import Any

from tintuc.display.style import HUES, INK, LINE, QUIET
from tintuc.plots.mentions import needed

SANS = ["Noto Sans", "DejaVu Sans"]  # both have all letters of Vietnamese; the second comes with matplotlib
BAR = "#3f78b5"
LINES = ("#3f78b5", "#c8733d", "#3f9467", "#9a5fb0", "#8a7420", "#4f5b6b")
MOST_TICKS = 9
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def axes_of(ax: Any, width: float, height: float) -> Any:
    """The given axes, or new ones of a size in inches."""
    if ax is not None:
        return ax
    figure, made = needed("matplotlib.pyplot").subplots(figsize=(width, height), layout="constrained")
    figure.set_facecolor("white")
    return made


def font(size: float, colour: str = INK[0], **more: Any) -> dict[str, Any]:
    """Keywords of a text."""
    return {"fontfamily": _family(), "fontsize": size, "color": colour, **more}


def _family() -> list[str]:
    """The fonts that are there, so that matplotlib has nothing to warn of."""
    manager = needed("matplotlib.font_manager").fontManager
    return [name for name in SANS if any(entry.name == name for entry in manager.ttflist)]


def quieten(ax: Any, title: str | None) -> None:
    """No frame, no tick marks, a title at the left."""
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, labelcolor=INK[0])
    ax.set_facecolor("none")
    if title:
        ax.set_title(title, loc="left", pad=10, **font(12, fontweight="bold"))


def plot_counts(counted: Iterable[Any], *, top: int = 15, title: str | None = None, ax: Any = None) -> Any:
    """Bars, the longest on top, each with its name and number.

    Parameters
    ----------
    counted : list of Count, iterable of (name, count, …), or mapping of names to numbers
        What `counts` gives, the largest first.
    top : int
        How many bars at most.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Draw here; by default on a new figure whose height fits the bars.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    UnsupportedError
        matplotlib is not installed.
    """
    rows = list(counted.items() if isinstance(counted, Mapping) else counted)[:top]
    names, numbers = [str(row[0]) for row in rows], [row[1] for row in rows]
    ax = axes_of(ax, 6.4, 0.55 + 0.3 * max(len(rows), 1) + (0.3 if title else 0))
    bars = ax.barh(range(len(rows)), numbers, height=0.66, color=BAR)
    ax.bar_label(bars, padding=4, **font(9.5, QUIET[0]))
    ax.set_yticks(range(len(rows)), names, **font(10.5))
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlim(0, 1.08 * max(numbers, default=1))
    ax.set_xticks([])
    quieten(ax, title)
    return ax


def plot_timeline(series: Mapping[str, Mapping[datetime.date, int]], *, title: str | None = None, ax: Any = None) -> Any:
    """Stacked bars over time, a colour a name.

    Parameters
    ----------
    series : mapping
        What `mentions_over_time` gives: `{name: {first day of the period: count}}`, all with the same periods.
    title : str, optional
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    UnsupportedError
        matplotlib is not installed.
    """
    periods = sorted({day for line in series.values() for day in line})
    ax = axes_of(ax, 8, 3.4)
    floor = [0] * len(periods)
    for number, (name, line) in enumerate(series.items()):
        heights = [line.get(day, 0) for day in periods]
        ax.bar(range(len(periods)), heights, 0.72, bottom=floor, color=_colour(number), label=name, edgecolor="white", linewidth=0.6)
        floor = [low + height for low, height in zip(floor, heights)]
    every = math.ceil(len(periods) / MOST_TICKS) or 1
    ax.set_xticks(range(0, len(periods), every), [_written(day, periods) for day in periods[::every]], **font(9.5))
    _count_axis(ax, max(floor, default=0))
    quieten(ax, title)
    if series:
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, prop={"family": _family(), "size": 10},
                  labelcolor=INK[0], handlelength=1, handleheight=1)
    return ax


def _colour(number: int) -> str:
    return LINES[number] if number < len(LINES) else HUES[number % len(HUES)][1]


def _written(day: datetime.date, periods: list[datetime.date]) -> str:
    """As Vietnamese news writes it: 5/9, 9/2021, 2021, by what differs from one period to the next."""
    if all(other.day == 1 for other in periods):
        if all(other.month == 1 for other in periods) and len(periods) > 1:
            return str(day.year)
        return f"{day.month}/{day.year}"
    return f"{day.day}/{day.month}"


def _count_axis(ax: Any, highest: int) -> None:
    """At most five whole numbers, with thin lines behind the bars."""
    step = next((step for step in STEPS if 5 * step >= highest), math.ceil(highest / 5))
    ticks = range(0, highest + 1, step)
    ax.set_yticks(ticks, [str(tick) for tick in ticks], **font(9.5))
    ax.grid(axis="y", color=LINE[0], linewidth=0.8)
    ax.set_axisbelow(True)
