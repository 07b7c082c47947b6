"""The days of documents, as their metadata give them."""

import re
import warnings

import pandas as pd

from toolkit.dating.calendars import Day, is_day
from toolkit.statistics.periods import single_day

ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


def days_of(function: str, dates: pd.Series, *, stacklevel: int) -> list[Day | None]:
    """The day of each document, where one is known, and a warning that counts what is none."""
    days, wrong = [], []
    for value in dates:
        day = None if pd.isna(value) else _day(value)
        days.append(day)
        if day is None and not pd.isna(value):
            wrong.append(value)
    if wrong:
        warnings.warn(
            f"{function}: {len(wrong)} of {len(dates)} values of date are no ISO days, first "
            f"{wrong[0]!r:.60}. Relative dates of these documents stay unresolved; pass ISO days "
            "such as '2015-10-28'.",
            stacklevel=stacklevel + 1,
        )
    return days


def _day(value: object) -> Day | None:
    match = ISO_DAY.match(str(value)) or ISO_DAY.match(single_day(value))
    if not match:
        return None
    day = int(match[1]), int(match[2]), int(match[3])
    return day if is_day(*day) else None
