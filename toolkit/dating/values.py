"""The days that a date expression means beside the date of its document.

`resolved` turns what is `Said` into first day, last day and precision, `between` two ends of a
range, `agreed` one time in two calendars.
"""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.dating.calendars import Day, Span, hijri_year_of, number_of, plus_days, weekday
from toolkit.dating.relative import (
    counted,
    following,
    last_begun,
    nearest,
    preceding,
    relative,
    single_weekday,
)
from toolkit.dating.said import RANGE, UNKNOWN, UNRESOLVED, Meant, Said
from toolkit.dating.spans import PARTS_OF_YEAR, century, decade_by_name, in_year

HALF_YEAR = 6  # months: ديسمبر ويناير 2019 are of two years, مايو ومارس 2019 are not
FEW_MONTHS = 2  # from one time to another that it is compared with
HIJRI_BACK, HIJRI_AHEAD = 40, 10  # years; 1453 in news of 2018 is Gregorian
BARE_BACK = 10  # years, where no عام or سنة stands before it
LIFETIME = 100  # years: so far back a year is as well of the grandparents as of the Middle Ages
OLD_YEARS = range(1000, 1600)  # beside them, a year that may be Hijri is Gregorian
CALENDARS_DIFFER = 3  # days between a Hijri date as observed and as computed
# A text without a date is taken for one of this century where it counts centuries.
UNDATED: Day = (2001, 1, 1)


def resolved(said: Said, document: Day | None) -> Meant:
    """The days that an expression means, beside the date of its document where there is one.

    Examples
    --------
    >>> resolved(Said("month", month=10, direction=-1), (2025, 11, 16))
    Meant(first=(2025, 10, 1), last=(2025, 10, 31), precision='month')
    >>> resolved(Said("day", within="day", away=-1), None)
    Meant(first=None, last=None, precision='unresolved')
    """
    found = by_tables(said, document)
    return _shifted(found, _days_off(found, said))


def by_tables(said: Said, document: Day | None) -> Meant:
    """The same, a Hijri day as the tables have it."""
    if said.mark:
        return Meant(None, None, said.mark)
    span = _span(said, document)
    if said.counting and span and weekday(span[0]) != said.weekday:
        return UNKNOWN  # الأحد الثاني من مايو is no second of May
    return _of(span, said)


def _days_off(found: Meant, said: Said) -> int | None:
    """How far from the tables the moon was seen, as the weekday of a Hijri day tells.

    None without such a weekday, 0 where it is none of the days around.
    """
    if not (found.first and said.hijri and said.day) or said.weekday is None:
        return None
    return {1: 1, 6: -1}.get((said.weekday - weekday(found.first)) % 7, 0)


def _shifted(found: Meant, days: int | None) -> Meant:
    if not (days and found.first and found.last):
        return found
    first, last = plus_days(found.first, days), plus_days(found.last, days)
    return replace(found, first=first, last=last)


def as_sighted(ends: tuple[Said, Said], found: tuple[Meant, Meant]) -> tuple[Meant, Meant]:
    """Two Hijri days as their weekdays have them: those of one month as far from the tables.

    Where the weekdays of one month disagree, the tables stand.
    """
    off = [_days_off(*one) for one in zip(found, ends, strict=True)]
    left, right = ends
    if left.hijri and right.hijri and left.day and right.day and left.month == right.month:
        told = {days for days in off if days is not None}
        off = [told.pop() if len(told) == 1 else 0] * 2
    return _shifted(found[0], off[0]), _shifted(found[1], off[1])


def _of(span: Span | None, said: Said) -> Meant:
    if span is None:
        return UNKNOWN
    return Meant(*span, RANGE if _is_range(said) else said.unit)


def in_calendars(sentence: Sequence[Said], document: Day | None) -> list[Said]:
    """What a sentence says, its years without a sign all Hijri or all Gregorian.

    Hijri where they are near the document's Hijri year; one without a noun of years beside others
    only, and alone unresolved where it is very near. Gregorian where another year of the sentence
    is old and none of these.

    Examples
    --------
    >>> years = [Said("year", year=1332, unsigned=True), Said("year", year=1406, unsigned=True)]
    >>> [said.hijri for said in in_calendars(years, (2018, 5, 21))]
    [False, False]
    """
    if document is None or not any(said.unsigned for said in sentence):
        return list(sentence)
    this = hijri_year_of(document)
    near = range(this - HIJRI_BACK, this + HIJRI_AHEAD + 1)
    told = any(
        said.year in near and not said.bare and (said.hijri or said.unsigned) for said in sentence
    )

    def is_of_age(said: Said) -> bool:
        back = LIFETIME if told else HIJRI_BACK if said.paired else BARE_BACK
        return said.unsigned and said.year in range(this - back, near.stop)

    if any(_is_old(said) and not is_of_age(said) for said in sentence):
        return list(sentence)
    return [_of_age(said, told=told) if said.unsigned else said for said in sentence]


def _of_age(said: Said, *, told: bool) -> Said:
    """A year near the document's Hijri year: Hijri where one is told, else open.

    `في 1438` is of this age in a paper of Riyadh, and of the Middle Ages in an encyclopaedia.
    """
    return replace(said, hijri=True) if told else replace(said, mark=UNRESOLVED)


def _is_old(said: Said) -> bool:
    """Whether a Gregorian year is said that lies before the calendar of today."""
    return not said.hijri and said.year in OLD_YEARS


def _is_range(said: Said) -> bool:
    quarter_of_century = said.unit == "quarter" and said.within == "century"
    several = said.count is not None or said.last_month is not None
    return said.unit == "half" or quarter_of_century or several


def between(left: Said, right: Said, document: Day | None, *, rising: bool = False) -> Meant:
    """The days from the first of one expression to the last of another.

    What the left one lacks (the year of `3 مايو - 5 يونيو 2018`) it takes from the right one; a
    weekday on the right is the next one after the left, and so is a month or a day of one where
    the ends are `rising` (`من أكتوبر إلى مايو`), not those of a list.

    Examples
    --------
    >>> between(Said("month", month=1), Said("month", year=2018, month=3), None)
    Meant(first=(2018, 1, 1), last=(2018, 3, 31), precision='range')
    """
    if _is_weekday_over(left) and _is_weekday_over(right):
        return _weekdays_over(left, right, document)
    told = document is not None and left.direction is not None and right.year is not None
    opening = left if told else _completed(left, right)
    start = resolved(opening, document)
    if start.first and is_weekday(right):
        end = resolved(replace(right, direction=1), start.first)
    else:
        start, end = by_tables(opening, document), by_tables(right, document)
        if rising and lacks_year(right):
            start, end = _rising(left, right, start, end)
        start, end = as_sighted((opening, right), (start, end))
    if start.first is None or end.last is None or start.first > end.last:
        return UNKNOWN
    return Meant(start.first, end.last, RANGE)


def _rising(left: Said, right: Said, start: Meant, end: Meant) -> tuple[Meant, Meant]:
    """The two ends, the second one of which has no year, in their order.

    Where no year is told and nothing speaks of what comes, the second end is the near one, and the
    first one the last of its name before it: the sentence tells of what is over. Where the second
    is a little before the first (`بين مايو وأبريل`), they are two times that are compared.
    """
    if not (start.first and start.last and end.first and end.last):
        return start, end
    is_open = lacks_year(left) and not (left.ahead or right.ahead)
    if is_open and end.last < start.first:
        if _is_little_before(right, left):
            return start, UNKNOWN
        return _of(preceding(left, (end.first, end.last)), left), end
    return start, _of(following(right, (start.first, start.last)), right)


def _is_little_before(right: Said, left: Said) -> bool:
    """Whether a month or day stands in the calendar up to `FEW_MONTHS` before another one."""
    if left.month is None or right.month is None or left.hijri != right.hijri:
        return False
    falls = (left.month, left.day or 0) > (right.month, right.day or 0)
    return falls and left.month - right.month <= FEW_MONTHS


def is_weekday(said: Said) -> bool:
    """Whether a weekday alone is said, which behind the beginning of a range is the next one."""
    return said.weekday is not None and not (said.within or said.month or said.direction)


def _is_weekday_over(said: Said) -> bool:
    """Whether a weekday before the document's date is said."""
    alone = said.weekday is not None and not (said.within or said.month or said.year)
    return alone and (said.direction or 0) < 0


def _weekdays_over(left: Said, right: Said, document: Day | None) -> Meant:
    """`السبت والأحد الماضيين`: from the last first one before the last one to this."""
    end = resolved(right, document)
    if end.first is None:
        return UNKNOWN
    start = resolved(replace(left, direction=-1), end.first)
    return Meant(start.first, end.last, RANGE)


def agreed(hijri: Meant, gregorian: Meant) -> Meant:
    """The Gregorian of two dates that are said to be one, unresolved where they do not meet.

    The Hijri one where it says more: a month beside a year.

    Examples
    --------
    >>> year = Meant((2023, 1, 1), (2023, 12, 31), "year")
    >>> agreed(Meant((2023, 7, 19), (2024, 7, 6), "year"), year) == year
    True
    """
    if None in (hijri.first, hijri.last, gregorian.first, gregorian.last):
        return UNKNOWN
    early, late = (number_of(day) for day in (hijri.first, hijri.last) if day)
    first, last = (number_of(day) for day in (gregorian.first, gregorian.last) if day)
    meet = first - CALENDARS_DIFFER <= late and early <= last + CALENDARS_DIFFER
    if not meet:
        return UNKNOWN
    return hijri if 2 * (late - early) < last - first else gregorian


def lacks_year(said: Said) -> bool:
    """Whether a month is said, and nothing that tells of which year it is."""
    known = said.year is not None or said.within or said.direction is not None or said.mark
    return said.month is not None and not known


def with_year_of(said: Said, following: Said) -> Said:
    """What is said, of the year or century of what follows where it has none of its own.

    Examples
    --------
    >>> with_year_of(Said("month", month=5), Said("month", year=2018, month=6)).year
    2018
    >>> with_year_of(Said("decade", part=40), Said("decade", year=1850)).year
    1840
    """
    year = following.year
    if year is None:
        return said
    if lacks_year(said) and following.month and said.hijri == following.hijri:
        turns = (said.month or 0) - following.month > HALF_YEAR
        return replace(said, year=year - turns)
    by_name = said.unit == following.unit == "decade" and not (said.within or said.mark)
    if by_name and said.year is None and said.part and year > 0 and year % 10 == 0:
        return replace(said, year=year - year % 100 + said.part, hijri=following.hijri)
    return said


def _completed(left: Said, right: Said) -> Said:
    if left.unit in ("decade", "century") and left.unit == right.unit:
        left = with_year_of(left, right)
        if left.within or left.year or left.bc or left.hijri:
            return left
        return replace(left, within=right.within, away=right.away, bc=right.bc, hijri=right.hijri)
    if left.year is not None or left.within or left.unit not in ("day", "month", "season"):
        return left
    if left.month is None and left.weekday is not None and left.day is None:
        return left
    if left.month is not None and right.month is None and right.within in ("day", "month"):
        return left  # `من يناير حتى الآن`: the day or month told from the document is not its own
    if left.month is not None and right.month is not None and left.hijri != right.hijri:
        return left  # `من 17 مايو إلى 29 رمضان 1439`: the year is one of the other calendar
    year = right.year
    if year is not None and left.month and right.month and left.month > right.month:
        year -= 1
    return replace(
        left,
        year=year,
        month=left.month or right.month,
        within=right.within,
        away=right.away,
        direction=right.direction if left.direction is None else left.direction,
        hijri=left.hijri or right.hijri,
    )


def _span(said: Said, document: Day | None) -> Span | None:
    if said.year is not None:
        return in_year(said, said.year)
    if said.unit == "century" and said.part is not None:
        return century(said.part, said)
    if said.unit == "decade" and said.part is not None and not said.within:
        return decade_by_name(said, document)
    if document is None and said.within == "century":
        document = UNDATED
    if document is None:
        return None
    if said.count is not None:
        return counted(said, document)
    if said.within:
        return relative(said, document)
    if said.unit in PARTS_OF_YEAR:
        return last_begun(said, document)
    return nearest(said, document) if said.month is not None else single_weekday(said, document)
