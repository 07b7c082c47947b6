"""What a date expression says, and what it means."""

from dataclasses import dataclass

from toolkit.dating.calendars import Day

UNRESOLVED, VAGUE, RANGE = "unresolved", "vague", "range"


@dataclass(frozen=True)
class Said:
    """What an expression says, without looking at any other date.

    Attributes
    ----------
    unit : str
        What is named: day, week, month, season, quarter, half, year, decade, century.
    year, month, day, weekday : int, optional
        What is said of it. Years before Christ are 0 and less. Monday is 0.
    last_month : int, optional
        The second of two months named together.
    part : int, optional
        Which quarter, half, decade (its tens, or its number in the century), century.
    within : str, optional
        The unit that is counted from the document's date, `away` units of it away.
    direction : int, optional
        -1 the last one before the document's date, -2 the one before, 0 the current one, 1 the
        next, 2 the one after.
    count : int, optional
        How many units from the document's date on, or back to it.
    hijri : bool
        Whether year, month and day are of the Hijri calendar.
    unsigned : bool
        Whether the year may be Hijri as well, which the document's date decides.
    bare : bool
        Whether such a year has no noun of years, and must be nearer to that date.
    counting : bool
        Whether a day of a month that is not of its weekday is that weekday of such a week.
    paired : bool
        Whether it is one of two with a slash, which may be of this age though they are further.
    bc : bool
        Whether a century is one before Christ.
    ahead : bool
        Whether the sentence speaks of what is to come.
    starting : bool
        Whether something holds from it on.
    over : bool
        Whether it speaks of what is over, and of nothing to come.
    mark : str, optional
        Why it means no days: unresolved or vague.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    last_month: int | None = None
    part: int | None = None
    within: str | None = None
    away: int = 0
    direction: int | None = None
    count: int | None = None
    hijri: bool = False
    unsigned: bool = False
    bare: bool = False
    counting: bool = False
    paired: bool = False
    bc: bool = False
    ahead: bool = False
    starting: bool = False
    over: bool = False
    mark: str | None = None


@dataclass(frozen=True)
class Meant:
    """First and last day, and how exactly they are known."""

    first: Day | None
    last: Day | None
    precision: str


# A text without a date is taken for one of this century where it counts centuries.
UNDATED: Day = (2001, 1, 1)


UNKNOWN = Meant(None, None, UNRESOLVED)
