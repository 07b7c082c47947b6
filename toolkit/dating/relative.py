"""First and last day of what is counted from the document's date, or is the nearest to it."""

from dataclasses import replace

from toolkit.dating.calendars import (
    Day,
    Span,
    hijri_month_start,
    hijri_year_of,
    is_day,
    number_of,
    plus_days,
    plus_months,
    weekday,
)
from toolkit.dating.said import Said
from toolkit.dating.spans import in_year, months_from

# A month that lies further ahead in the document's year is the last one before it, and one that
# lies further back the next: in January, December is over, and in December, January comes. Where
# the sentence looks ahead, the nearest is meant.
FURTHEST_AHEAD = 120
FURTHEST_BACK = 335
FURTHEST_AGREEING = 210  # in a year, the weekday of a date moves by one or two
# The day of an event and that of the report may differ by so much where both are named.
NEAR_WEEKDAY = 3
NEAR_DAYS = 3  # what is over may lie so far ahead of a date that is itself a little off
NEAR_YEARS = 3
# What holds from a weekday on began so many days ago at most, or it is to begin.
JUST_BEGUN = 2
MID_YEAR = 7  # the month
MONTHS_OF = {"month": 1, "year": 12, "decade": 120, "century": 1200}
DAYS_OF = {"day": 1, "week": 7}


def relative(said: Said, document: Day) -> Span | None:
    """A unit so far from the document's, or what is named within it."""
    within, away = said.within or "day", said.away
    if within == "new":
        return in_year(said, _new_year(document, hijri=said.hijri))
    if within == "day":
        day = plus_days(document, away)
        return _near_weekday(day, said.weekday)
    if said.hijri and within == "year":
        return in_year(said, hijri_year_of(document) + away)
    first, last = _unit(within, away, document)
    if said.unit == within:
        return first, last
    if within == "century":
        return _in_century(said, first[0])
    if within == "month" and said.day is not None:
        day = (*first[:2], said.day)
        return (day, day) if is_day(*day) else None
    if within == "week" and said.weekday is not None:
        day = plus_days(first, said.weekday)
        return day, day
    return in_year(replace(said, year=first[0]), first[0])


def _new_year(document: Day, *, hijri: bool) -> int:
    """The year that is called new: of its second half the coming one."""
    year = hijri_year_of(document) if hijri else document[0]
    second_half = hijri_month_start(year, MID_YEAR) if hijri else number_of((year, MID_YEAR, 1))
    return year + (number_of(document) >= second_half)


def _unit(unit: str, away: int, document: Day) -> Span:
    """First and last day of the unit that lies so many units from the document's."""
    if unit in DAYS_OF:
        day = plus_days(document, away * DAYS_OF[unit])
        first = plus_days(day, -weekday(day)) if unit == "week" else day
        return first, plus_days(first, DAYS_OF[unit] - 1)
    year, month, _ = plus_months(document, away * MONTHS_OF[unit])
    if unit == "month":
        return months_from(year, month, 1)
    years = MONTHS_OF[unit] // 12
    begins = year - (year - (unit == "century")) % years  # 1901 to 2000, but 1990 to 1999
    return (begins, 1, 1), (begins + years - 1, 12, 31)


def _in_century(said: Said, begins: int) -> Span | None:
    if said.unit == "decade":
        year = begins - 1 + (said.part or 0)
        return (year, 1, 1), (year + 9, 12, 31)
    parts = {"half": 50, "quarter": 25}
    if said.unit not in parts:
        return None
    first = begins + parts[said.unit] * ((said.part or 1) - 1)
    return (first, 1, 1), (first + parts[said.unit] - 1, 12, 31)


def counted(said: Said, document: Day) -> Span | None:
    """So many units up to the document's date, or from it on."""
    back = (said.direction or 0) <= 0
    count = -(said.count or 0) if back else said.count or 0
    if said.unit in DAYS_OF:
        other = plus_days(document, count * DAYS_OF[said.unit])
    else:
        other = plus_months(document, count * MONTHS_OF[said.unit])
    return (other, document) if back else (document, other)


def _near_weekday(day: Day, wanted: int | None) -> Span:
    """The day, or the nearest of the weekday that is named beside it."""
    if wanted is not None:
        ahead = (wanted - weekday(day)) % 7
        day = plus_days(day, ahead - 7 if ahead > NEAR_WEEKDAY else ahead)
    return day, day


def single_weekday(said: Said, document: Day) -> Span:
    """A weekday alone: the last one up to the document's date, or as its sentence says."""
    back = (weekday(document) - (said.weekday or 0)) % 7
    direction = said.direction or 0
    if direction < 0:
        back = (back or 7) - 7 * (direction + 1)
    elif direction > 0:
        back -= 7 * direction
    elif (said.ahead and back) or (said.starting and back > JUST_BEGUN):
        back -= 7
    day = plus_days(document, -back)
    return day, day


# --- a month or a season without its year -----------------------------------------------------


def nearest(said: Said, document: Day) -> Span | None:
    """The month, day of a month or season that is meant where no year stands."""
    year = hijri_year_of(document) if said.hijri else document[0]
    years = range(year - NEAR_YEARS, year + NEAR_YEARS + 1)
    spans = {near: span for near in years if (span := in_year(said, near))}
    if said.direction:
        return _away(list(spans.values()), said.direction, document)
    near = [spans[one] for one in (year - 1, year, year + 1) if one in spans]
    near = [span for span in near if _agrees(span, said.weekday, document)] or near
    if said.over:
        begun = plus_days(document, NEAR_DAYS)
        near = [span for span in near if span[0] <= begun][-1:] or near
    return _usual(near, document, ahead=said.ahead) if near else None


def following(said: Said, start: Span) -> Span | None:
    """The first month or day of that name, other than `start`, that is not over when it begins."""
    first, _ = start
    year = hijri_year_of(first) if said.hijri else first[0]
    spans = (in_year(said, near) for near in range(year - 1, year + NEAR_YEARS + 1))
    coming = (span for span in spans if span and span[1] >= first and span != start)
    return next(coming, None)


def preceding(said: Said, end: Span) -> Span | None:
    """The last month or day of that name, other than `end`, that begins before it."""
    first, _ = end
    year = hijri_year_of(first) if said.hijri else first[0]
    spans = (in_year(said, near) for near in range(year, year - NEAR_YEARS - 1, -1))
    gone = (span for span in spans if span and span[0] <= first and span != end)
    return next(gone, None)


def last_begun(said: Said, document: Day) -> Span | None:
    """The quarter of the document's year, or of the one before where it has not begun.

    In a sentence on what is to come it is of the document's year, or of the next where it is over.
    """
    spans = [span for year in (-1, 0, 1) if (span := in_year(said, document[0] + year))]
    if said.ahead:
        return next((span for span in spans if span[1] >= document), None)
    return max((span for span in spans if span[0] <= document), default=None)


def _agrees(span: Span, named: int | None, document: Day) -> bool:
    """Whether the day is of the weekday that is named beside it, and not too far away."""
    near = abs(number_of(span[0]) - number_of(document)) <= FURTHEST_AGREEING
    return near and named is not None and weekday(span[0]) == named


def _away(spans: list[Span], steps: int, document: Day) -> Span | None:
    """The last span before the document's date or the next after it, or the one beyond."""
    over = [span for span in reversed(spans) if span[1] < document]
    coming = [span for span in spans if span[0] > document]
    found = (over if steps < 0 else coming)[abs(steps) - 1 :]
    return found[0] if found else None


def _usual(spans: list[Span], document: Day, *, ahead: bool) -> Span | None:
    """That of the document's year, unless it lies too far ahead or back; the nearest, if ahead."""
    today = number_of(document)

    def unusual(span: Span) -> tuple[int, int]:
        first, last = number_of(span[0]), number_of(span[1])
        until, since = max(0, first - today), max(0, today - last)
        of_year = span[0][0] == document[0] or first <= today <= last
        usual = of_year and until <= FURTHEST_AHEAD and since <= FURTHEST_BACK
        late = until > FURTHEST_AHEAD
        return (0 if usual or ahead else 1 + late), max(until, since)

    return min(spans, key=unusual)
