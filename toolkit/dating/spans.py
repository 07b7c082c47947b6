"""First and last day of what names its own year, decade or century."""

from toolkit.dating.calendars import (
    Day,
    Span,
    hijri_span,
    is_day,
    month_length,
    plus_days,
    plus_months,
)
from toolkit.dating.said import Said

LONG_MONTH = 30  # days, where the moon was sighted late though the tables give the month 29
DECADE = 10  # years
PARTS_OF_YEAR = {"quarter": 3, "half": 6}  # months


def in_year(said: Said, year: int) -> Span | None:
    """The part of a year that is named."""
    if said.hijri:
        return _in_hijri_year(said, year)
    if said.unit == "decade":
        return years(year, year + DECADE - 1, hijri=False)
    if said.unit == "season":
        return months_from(year, said.month or 1, 3)
    if said.unit in PARTS_OF_YEAR:
        months = PARTS_OF_YEAR[said.unit]
        return months_from(year, months * (said.part or 1) - months + 1, months)
    if said.month is None:
        return (year, 1, 1), (year, 12, 31)
    if said.day is not None:
        day = year, said.month, said.day
        return (day, day) if is_day(*day) else None
    last = said.last_month or said.month
    return months_from(year, said.month, (last - said.month) % 12 + 1)


def _in_hijri_year(said: Said, year: int) -> Span | None:
    if said.unit in PARTS_OF_YEAR:
        months = PARTS_OF_YEAR[said.unit]
        last = months * (said.part or 1)
        first, end = hijri_span(year, last - months + 1), hijri_span(year, last)
        return (first[0], end[1]) if first and end else None
    if said.unit == "decade":
        return years(year, year + DECADE - 1, hijri=True)
    if said.unit == "season":
        return None
    found = hijri_span(year, said.month, said.day)
    before = hijri_span(year, said.month, LONG_MONTH - 1) if said.day == LONG_MONTH else None
    if found is None and before:
        following = plus_days(before[0], 1)
        return following, following
    return found


def months_from(year: int, month: int, months: int) -> Span:
    """So many months from the first day of one on.

    Examples
    --------
    >>> months_from(2023, 12, 3)
    ((2023, 12, 1), (2024, 2, 29))
    """
    last_year, last_month, _ = plus_months((year, month, 1), months - 1)
    return (year, month, 1), (last_year, last_month, month_length(last_year, last_month))


def century(number: int, said: Said) -> Span | None:
    """A whole century: the first begins with year 1, the first before Christ ends before it."""
    first = 1 - 100 * number if said.bc else 100 * number - 99
    return years(first, first + 99, hijri=said.hijri)


def years(first: int, last: int, *, hijri: bool) -> Span | None:
    """From the first day of one year to the last of another."""
    if not hijri:
        return (first, 1, 1), (last, 12, 31)
    start, end = hijri_span(first), hijri_span(last)
    return (start[0], end[1]) if start and end else None


def decade_by_name(said: Said, document: Day | None) -> Span:
    """The decade of such tens that was over last; without a document's date that of 1900 on.

    That without tens (`الألفينيات`) is the one from 2000 on.
    """
    tens = said.part or 0
    if tens == 0:
        return (2000, 1, 1), (2009, 12, 31)
    year = 1900 + tens if document is None else document[0] - (document[0] - tens) % 100
    if document is not None and year + 9 >= document[0]:
        year -= 100
    return (year, 1, 1), (year + 9, 12, 31)
