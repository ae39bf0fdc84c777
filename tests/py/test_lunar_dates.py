"""Tết 1975-2030, computed here by another way than the library's.

The library takes the times of new moons from a series of their own (Meeus, Astronomical Algorithms, chapter 49). Here they
are found where the longitudes of the moon (chapter 47, the terms above 0.001 degrees) and of the sun (chapter 25) are the
same. Both then follow the rules of the calendar: days at UTC+7, the solstice in the eleventh month, and no principal term in
a leap month.
"""

import datetime
from math import floor, radians, sin

import pytest
import tintuc

J2000 = datetime.datetime(2000, 1, 1, 12)
LUNATION = 29.530588861
# Degrees; multiples of the elongation, the sun's anomaly, the moon's anomaly, the moon's distance from its node.
MOON = [
    (6.288774, 0, 0, 1, 0), (1.274027, 2, 0, -1, 0), (0.658314, 2, 0, 0, 0), (0.213618, 0, 0, 2, 0),
    (-0.185116, 0, 1, 0, 0), (-0.114332, 0, 0, 0, 2), (0.058793, 2, 0, -2, 0), (0.057066, 2, -1, -1, 0),
    (0.053322, 2, 0, 1, 0), (0.045758, 2, -1, 0, 0), (-0.040923, 0, 1, -1, 0), (-0.034720, 1, 0, 0, 0),
    (-0.030383, 0, 1, 1, 0), (0.015327, 2, 0, 0, -2), (-0.012528, 0, 0, 1, 2), (0.010980, 0, 0, 1, -2),
    (0.010675, 4, 0, -1, 0), (0.010034, 0, 0, 3, 0), (0.008548, 4, 0, -2, 0), (-0.007888, 2, 1, -1, 0),
    (-0.006766, 2, 1, 0, 0), (-0.005163, 1, 0, -1, 0), (0.004987, 1, 1, 0, 0), (0.004036, 2, -1, 1, 0),
    (0.003994, 2, 0, 2, 0), (0.003861, 4, 0, 0, 0), (0.003665, 2, 0, -3, 0), (-0.002689, 0, 1, -2, 0),
    (-0.002602, 2, 0, -1, 2), (0.002390, 2, -1, -2, 0), (-0.002348, 1, 0, 1, 0), (0.002236, 2, -2, 0, 0),
    (-0.002120, 0, 1, 2, 0), (-0.002069, 0, 2, 0, 0), (0.002048, 2, -2, -1, 0), (-0.001773, 2, 0, 1, -2),
    (-0.001595, 2, 0, 0, 2), (0.001215, 4, -1, -1, 0), (-0.001110, 0, 0, 2, 2),
]  # fmt: skip


def sun(t):
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    return 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569  # of date, with aberration


def moon(t):
    d = 297.8501921 + 445267.1114034 * t - 0.0018819 * t * t
    m = 357.5291092 + 35999.0502909 * t - 0.0001536 * t * t
    a = 134.9633964 + 477198.8675055 * t + 0.0087414 * t * t
    f = 93.2720950 + 483202.0175233 * t - 0.0036539 * t * t
    e = 1 - 0.002516 * t
    terms = (s * e ** abs(j) * sin(radians(i * d + j * m + k * a + n * f)) for s, i, j, k, n in MOON)
    venus = 0.003958 * sin(radians(119.75 + 131.849 * t))
    flat = 0.001962 * sin(radians(218.3164477 + 481267.88123421 * t - f))
    return 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t + sum(terms) + venus + flat


def turn(angle):
    return (angle + 180) % 360 - 180


def local(day):
    """Days since J2000 of dynamical time -> date at UTC+7; a minute of difference holds for these years."""
    return (J2000 + datetime.timedelta(days=day - 60 / 86400 + 7 / 24)).date()


def new_moon(day):
    """The new moon near a day."""
    for _ in range(6):
        day -= turn(moon(day / 36525) - sun(day / 36525)) / 360 * LUNATION
    return day


def solstice(year):
    day = (datetime.datetime(year, 12, 21, 12) - J2000).days
    for _ in range(6):
        day -= turn(sun(day / 36525) - 270) * 365.2422 / 360
    return day


def eleventh(year):
    """The new moon that begins the month with the winter solstice."""
    day = solstice(year)
    moons = [new_moon(day + k * LUNATION) for k in (-2, -1, 0, 1)]
    return max(m for m in moons if local(m) <= local(day))


def sector(date):
    """Which principal term the day's first moment follows."""
    moment = datetime.datetime.combine(date, datetime.time()) - datetime.timedelta(hours=7)
    return floor(sun((moment - J2000).total_seconds() / 86400 / 36525) % 360 / 30)


def tet(year):
    first, last = eleventh(year - 1), eleventh(year)
    months = [new_moon(first + k * LUNATION) for k in range(round((last - first) / LUNATION) + 1)]
    days = [local(m) for m in months]
    leap = next((k for k in range(1, 13) if sector(days[k]) == sector(days[k + 1])), 0) if len(days) == 14 else 0
    return days[3] if 0 < leap <= 2 else days[2]


@pytest.mark.parametrize("year", range(1975, 2031))
def test_first_day_of_the_lunar_year(year):
    assert tintuc.parse_time(f"mùng 1 Tết năm {year}").start_date == tet(year)
    assert tintuc.parse_time("mùng 1 Tết", datetime.date(year, 2, 5)).start_date == tet(year)


def test_where_the_hour_tells():
    """Years in which the day at UTC+7 is another than at UTC+8."""
    assert (tet(1985), tet(2007), tet(2030)) == (
        datetime.date(1985, 1, 21),
        datetime.date(2007, 2, 17),
        datetime.date(2030, 2, 2),
    )
