"""Days in periods: dates as they are written, as intervals of days, and the period of each.

Days are numpy's, which have no first and no last year worth naming: years before Christ are
counted as in ISO 8601, 0 for 1 BC and -43 for 44 BC.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]
Numbers = npt.NDArray[np.int64]

_ISO = re.compile(r"(-?\d{4,6})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:.*)?)?)?")
_FIGURES = re.compile(r"[1-9]\d{7}")  # 00000000 is no year 0
_LAST_YEAR = 9999  # of a whole number; a longer one is no year
_MONDAY = 3  # 1970-01-01, day 0, was a Thursday: the week began 3 days before


def _years(days: Days) -> Numbers:
    return days.astype("M8[Y]").astype(np.int64) + 1970


def _months(days: Days) -> Numbers:
    return days.astype("M8[M]").astype(np.int64)


def _year_begins(years: Numbers) -> Days:
    return (years - 1970).astype("M8[Y]").astype("M8[D]")


def _month_begins(months: Numbers) -> Days:
    return months.astype("M8[M]").astype("M8[D]")


# period: (its number from a day, its first day from the number)
_PERIODS: dict[str, tuple[Callable[[Days], Numbers], Callable[[Numbers], Days]]] = {
    "day": (lambda days: days.astype(np.int64), lambda numbers: numbers.astype("M8[D]")),
    "week": (
        lambda days: (days.astype(np.int64) + _MONDAY) // 7,
        lambda numbers: (numbers * 7 - _MONDAY).astype("M8[D]"),
    ),
    "month": (_months, _month_begins),
    "quarter": (lambda days: _months(days) // 3, lambda numbers: _month_begins(numbers * 3)),
    "year": (_years, _year_begins),
    "decade": (lambda days: _years(days) // 10, lambda numbers: _year_begins(numbers * 10)),
    "century": (
        lambda days: (_years(days) - 1) // 100,
        lambda numbers: _year_begins(numbers * 100 + 1),
    ),
}
PERIODS = tuple(_PERIODS)
_UNITS: dict[str, Literal["Y", "M", "D"]] = {"day": "D", "month": "M", "year": "Y"}


def numbers_of(days: Days, period: str) -> Numbers:
    """The number of the period that each day is in; the next period has the next number.

    Examples
    --------
    >>> numbers_of(np.array(["2015-10-25", "2015-10-26"], dtype="M8[D]"), "week").tolist()
    [2390, 2391]
    """
    return _PERIODS[period][0](days)


def first_days(numbers: Numbers, period: str) -> Days:
    """The first day of each period.

    Examples
    --------
    >>> first_days(np.array([2391]), "week").astype(str).tolist()
    ['2015-10-26']
    """
    return _PERIODS[period][1](numbers)


def last_days(numbers: Numbers, period: str) -> Days:
    """The last day of each period.

    Examples
    --------
    >>> last_days(np.array([2391]), "week").astype(str).tolist()
    ['2015-11-01']
    """
    return first_days(numbers + 1, period) - np.timedelta64(1, "D")


def labels_of(numbers: Numbers, period: str) -> list[str]:
    """How each period is called after ISO 8601, a decade and a century by first and last year.

    Examples
    --------
    >>> [labels_of(numbers_of(np.array(["2016-01-03"], dtype="M8[D]"), name), name)[0]
    ...  for name in PERIODS]
    ['2016-01-03', '2015-W53', '2016-01', '2016-Q1', '2016', '2010/2019', '2001/2100']
    """
    days = first_days(numbers, period)
    if period == "week":
        # a week belongs to the year of its Thursday
        thursdays = days + np.timedelta64(3, "D")
        weeks = (thursdays - thursdays.astype("M8[Y]").astype("M8[D]")).astype(np.int64) // 7 + 1
        years = _texts(thursdays, "Y")
        return [f"{year}-W{week:02d}" for year, week in zip(years, weeks, strict=True)]
    if period == "quarter":
        quarters = numbers % 4 + 1
        return [f"{year}-Q{n}" for year, n in zip(_texts(days, "Y"), quarters, strict=True)]
    if period in ("decade", "century"):
        ends = last_days(numbers, period)
        return [
            f"{one}/{other}"
            for one, other in zip(_texts(days, "Y"), _texts(ends, "Y"), strict=True)
        ]
    return _texts(days, _UNITS[period])


def _texts(days: Days, unit: Literal["Y", "M", "D"]) -> list[str]:
    found: list[str] = np.datetime_as_string(days, unit=unit).tolist()
    # numpy counts the sign of a year before 0 among its four digits
    return [f"-0{day[1:]}" if re.match(r"-\d{3}(?!\d)", day) else day for day in found]


def iso(days: Days) -> list[str]:
    """Days as ISO strings."""
    return _texts(days, "D")


def intervals(function: str, column: pd.Series, *, end: bool = False) -> Days:
    """The first day of each date, or the last one; NaT where it is missing.

    A date may be a month or a year: ``2015-10``, ``2015``. A whole number is a year, and eight
    figures, as a number or as text, are a day (``20151028``).

    Examples
    --------
    >>> dates = pd.Series(["2015-10-28", "2015", None])
    >>> intervals("timeline", dates, end=True).astype(str).tolist()
    ['2015-10-28', '2015-12-31', 'NaT']
    """
    codes, values = pd.factorize(column.to_numpy(dtype="object"))
    days = [_day(value, end=end) for value in values]
    wrong = np.flatnonzero(np.isnat(np.array(days, dtype="M8[D]")))
    if len(wrong):
        raise ValueError(
            f"{function}: {values[wrong[0]]!r:.60} is no date; pass ISO days such as '2015-10-28' "
            "('2015-10' and '2015' for a whole month and year)."
        )
    return np.array([*days, np.datetime64("NaT")], dtype="M8[D]")[codes]


def no_dates(column: pd.Series) -> npt.NDArray[np.bool_]:
    """Which values are there and are no dates.

    Examples
    --------
    >>> no_dates(pd.Series(["2015-10-28", "", None])).tolist()
    [False, True, False]
    """
    codes, values = pd.factorize(column.to_numpy(dtype="object"))
    wrong = [bool(np.isnat(_day(value, end=False))) for value in values]
    return np.array([*wrong, False], dtype=bool)[codes]


def single_day(value: object) -> str:
    """The day of a date that is one as an ISO string, empty for a month, a year and what is none.

    Examples
    --------
    >>> single_day("2015-10-28"), single_day(20151028), single_day("2015-10")
    ('2015-10-28', '2015-10-28', '')
    """
    first, last = _day(value, end=False), _day(value, end=True)
    return iso(np.array([first]))[0] if first == last else ""


def _parts(number: int) -> list[str]:
    """Year, or year, month and day of a whole number; none of one that is neither (201510)."""
    if abs(number) <= _LAST_YEAR:
        return [f"{number:05d}" if number < 0 else f"{number:04d}"]
    written = str(number)
    return [written[:4], written[4:6], written[6:]] if _FIGURES.fullmatch(written) else []


def _day(value: object, *, end: bool) -> np.datetime64:
    """The first or the last day of a date, NaT where it is none."""
    # years beside missing ones are floats
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    number = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if number or _FIGURES.fullmatch(text):
        parts = _parts(int(text))
    else:
        found = _ISO.fullmatch(text)
        parts = [part for part in found.groups() if part] if found else []
    try:
        # of a month or a year its first day
        first = np.datetime64("-".join(parts), "D") if parts else np.datetime64("NaT")
    except ValueError:
        first = np.datetime64("NaT")
    if np.isnat(first) or not end or len(parts) == 3:
        return first
    following: np.datetime64 = (first.astype(f"M8[{'YM'[len(parts) - 1]}]") + 1).astype("M8[D]")
    return following - np.timedelta64(1, "D")
