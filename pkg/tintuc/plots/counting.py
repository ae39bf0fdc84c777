"""How often a thing is named, and when: plain lists and dicts that pandas and polars take as they are."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from tintuc.plots.mentions import Mention, Place, mentions_of

Frequency = Literal["day", "month", "year"]


class Count(NamedTuple):
    """How often a thing is named: `mentions` times on `pages` pages, standing at `places`."""

    name: str
    mentions: int
    pages: int
    places: list[Place]


def counts(
    docs: Any, label: str | Iterable[str], kind: str | Iterable[str] | None = None, *, min_count: int = 1
) -> list[Count]:
    """How often each thing is named, the most frequent first; equals in the order in which they come.

    Parameters
    ----------
    docs : documents or table
        Documents, (id, Document) pairs, a dict of them, or a table of entities (Arrow, pandas, polars).
    label : str or iterable of str
        "LOC", or several labels.
    kind : str or iterable of str, optional
        Only these kinds: "country", "province", …
    min_count : int
        Leave out what is named less often.

    Raises
    ------
    ValueError
        A table without the columns of entities.
    """
    kinds = None if kind is None else {kind} if isinstance(kind, str) else set(kind)
    places: dict[str, list[Place]] = {}
    for mention in mentions_of(docs, label):
        if kinds is None or mention.kind in kinds:
            places.setdefault(mention.name, []).append(mention.place)
    found = [Count(name, len(at), len({place.doc for place in at}), at) for name, at in places.items()]
    return sorted((one for one in found if one.mentions >= min_count), key=lambda one: -one.mentions)


def mentions_over_time(
    docs: Any,
    freq: Frequency = "month",
    *,
    label: str | Iterable[str] = "PER",
    names: Iterable[str] | None = None,
    top: int = 5,
    dates: Mapping[Any, datetime.date | str] | None = None,
) -> dict[str, dict[datetime.date, int]]:
    """Mentions a day, month or year: `{name: {first day of the period: count}}`, no period left out between the first and the last.

    The day is the page's. Pages without a date are not counted. `pandas.DataFrame(result)` has a row a period and a column a name.

    Parameters
    ----------
    docs : documents or table
        As for `counts`. A table does not know its pages' days: give `dates`, or with `label="DATE"` the days that the text
        speaks of are counted.
    freq : "day", "month" or "year"
    label : str or iterable of str
    names : iterable of str, optional
        These and no others; by default the `top` most frequent. For dates, there is one line of all.
    dates : mapping, optional
        The day of each page, by id (or number): a date or YYYY-MM-DD.

    Raises
    ------
    ValueError
        Another `freq`; a table without the columns of entities.
    """
    if freq not in ("day", "month", "year"):
        raise ValueError(f"freq is 'day', 'month' or 'year', not {freq!r}")
    found = mentions_of(docs, label)
    speaks_of_days = label == "DATE"
    if speaks_of_days:
        for mention in found:
            mention.name = "DATE"
    dated = [(mention.name, _first(day, freq)) for mention in found if (day := _day_of(mention, dates, speaks_of_days))]
    shown = list(names) if names is not None else [name for name, _ in Counter(name for name, _ in dated).most_common(top)]
    number = Counter(dated)
    periods = _periods([day for name, day in dated if name in shown], freq)
    return {name: {day: number[name, day] for day in periods} for name in shown}


def _day_of(mention: Mention, dates: Mapping[Any, datetime.date | str] | None, own: bool) -> datetime.date | None:
    if own:
        return mention.day
    day = mention.page_day if dates is None else dates.get(mention.place.doc)
    return datetime.date.fromisoformat(day[:10]) if isinstance(day, str) else day


def _first(day: datetime.date, freq: Frequency) -> datetime.date:
    """The first day of its period."""
    if freq == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if freq == "month" else day


def _periods(days: list[datetime.date], freq: Frequency) -> list[datetime.date]:
    """All periods from the first to the last."""
    if not days:
        return []
    step = datetime.timedelta(days={"day": 1, "month": 31, "year": 366}[freq])
    periods, last = [min(days)], max(days)
    while periods[-1] < last:
        periods.append(_first(periods[-1] + step, freq))
    return periods
