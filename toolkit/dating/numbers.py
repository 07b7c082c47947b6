"""Numbers in dates: number words, ordinals, dates written in three numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.dating.calendars import hijri_span, is_day, weekday

LAST_DAY = 31
THOUSAND, HUNDRED = 1000, 100
HIJRI_YEARS = range(1300, 1500)  # in a date of numbers alone
FIRST_YEAR, LAST_YEAR = 1500, 2200
SHORT = 100


def cardinal(words: Sequence[int]) -> int:
    """The number that number words make together, in the order of the text.

    Examples
    --------
    >>> cardinal([1000, 900, 2, 50]), cardinal([2000, 5, 10]), cardinal([9, 100, 50])
    (1952, 2015, 950)
    """
    whole = part = last = 0
    for word in words:
        if word == THOUSAND:
            whole, part = whole + max(part, 1) * THOUSAND, 0
        elif word == HUNDRED and 3 <= last <= 9:
            part += last * HUNDRED - last
        else:
            part += word
        last = word
    return whole + part


def ordinal(words: Sequence[int]) -> int | None:
    """The number of ordinal words: third, third ten, third and thirty; None for what is none.

    Examples
    --------
    >>> ordinal([3]), ordinal([3, 10]), ordinal([5, 20]), ordinal([3, 4])
    (3, 13, 25, None)
    """
    if len(words) == 1:
        return words[0]
    unit, tens = words
    return unit + tens if tens % 10 == 0 and tens < HUNDRED and unit < 10 else None


@dataclass(frozen=True)
class Numeric:
    """A date of three numbers that can be read in one way."""

    year: int
    month: int
    day: int
    hijri: bool


def numeric(written: str, *, hijri: bool = False, on: int | None = None) -> Numeric | None:
    """The date of three numbers, or None where it has several readings, or none.

    A year of four digits stands first or last. Before it day and month, in either order where only
    one of them is a date; two that can change places are ambiguous (05/06/2020), unless the weekday
    `on` decides or the year is Hijri. Behind a leading year month and day are read in this order,
    the international one, and day before month only where nothing else is a date.

    Parameters
    ----------
    written : str
        Three numbers with their separators, digits 0 to 9.
    hijri : bool
        Whether an era says so; years from 1300 to 1499 are Hijri in any case.
    on : int, optional
        The weekday that is named beside it, Monday being 0.

    Examples
    --------
    >>> numeric("25/12/2014"), numeric("05/06/2020")
    (Numeric(year=2014, month=12, day=25, hijri=False), None)
    """
    figures = re.findall("[0-9]+", written)
    first, second, third = map(int, figures)
    orders: Iterable[list[tuple[int, int, int]]]
    if len(figures[0]) == 4:
        orders = [(first, second, third)], [(first, third, second)]
    elif len(figures[2]) == 4:
        orders = ([(third, second, first), (third, first, second)],)
    elif len(figures[2]) == 2 and LAST_DAY < third < SHORT:
        orders = ([(1900 + third, second, first), (1900 + third, first, second)],)
    else:
        return None
    if hijri or third in HIJRI_YEARS:
        orders = (order[:1] for order in orders)  # nobody writes the month first
    for order in orders:
        found = {date for date in order if _exists(date, hijri or date[0] in HIJRI_YEARS)}
        if len(found) > 1 and on is not None:
            found = {date for date in found if weekday(date) == on}
        if len(found) > 1:
            return None
        for date in found:
            return Numeric(*date, hijri or date[0] in HIJRI_YEARS)
    return None


def _exists(date: tuple[int, int, int], hijri: bool) -> bool:
    if hijri:
        return date[0] in HIJRI_YEARS and hijri_span(*date) is not None
    return FIRST_YEAR <= date[0] <= LAST_YEAR and is_day(*date)


def is_date(written: str) -> bool:
    """Whether three numbers look like a date at all, ambiguous ones included.

    Examples
    --------
    >>> is_date("05/06/2020"), is_date("12/34/5678"), is_date("1-2-3")
    (True, False, False)
    """
    figures = re.findall("[0-9]+", written)
    first, second, third = map(int, figures)
    long = [len(written) == 4 for written in figures]
    if long == [True, False, False]:
        year, rest = first, (second, third)
    elif long == [False, False, True] or (long == [False] * 3 and len(figures[2]) == 2):
        year, rest = third, (first, second)
    else:
        return False
    plausible = year < SHORT or year in HIJRI_YEARS or FIRST_YEAR <= year <= LAST_YEAR
    return plausible and 1 <= min(rest) <= 12 and 1 <= max(rest) <= LAST_DAY
