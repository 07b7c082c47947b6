"""Days of the Gregorian, Julian and Hijri calendars as plain tuples, and their arithmetic.

A day is `(year, month, day)`, years counted astronomically: 1 BC is year 0. Days before 15 October
1582 are of the Julian calendar, as the texts and the historians write them. Hijri days are those
of Umm al-Qura from 1343 to 1500 (package `hijridate`), and before and after of the tabular
calendar, which may be a day or two off what was observed.
"""

from functools import cache

from hijridate import Gregorian, Hijri

Day = tuple[int, int, int]
Span = tuple[Day, Day]

FIRST_GREGORIAN = 2299161  # day number of 15 October 1582
HIJRI_EPOCH = 1948440  # day number of 16 July 622, 1 Muharram 1
UMM_AL_QURA = range(1343, 1501)
LEAP_YEARS = (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29)  # of each thirty, in the tabular calendar
THIRTY_YEARS = 10631
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NO_MONTH_BEYOND = 12


def iso(day: Day) -> str:
    """The day in ISO 8601: four digits of the year, before them a minus where it is below 0.

    Examples
    --------
    >>> iso((2025, 11, 16)), iso((-330, 1, 1))
    ('2025-11-16', '-0330-01-01')
    """
    year, month, of_month = day
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{of_month:02d}"


def number_of(day: Day) -> int:
    """Julian day number: days counted from 1 January 4713 BC on.

    Examples
    --------
    >>> number_of((2000, 1, 1)), number_of((622, 7, 16))
    (2451545, 1948440)
    """
    year, month, of_month = day
    gregorian = day >= (1582, 10, 15)
    shifted = (month + 9) % 12  # March is the first month, so that the leap day is the last
    years = year + 4800 - (month < 3)
    number = of_month + (153 * shifted + 2) // 5 + 365 * years + years // 4
    return number - years // 100 + years // 400 - 32045 if gregorian else number - 32083


def day_of(number: int) -> Day:
    """The day of a Julian day number; `number_of` backwards.

    Examples
    --------
    >>> day_of(2299160), day_of(2299161)
    ((1582, 10, 4), (1582, 10, 15))
    """
    centuries = 0
    rest = number + 32082
    if number >= FIRST_GREGORIAN:
        since = number + 32044
        centuries = (4 * since + 3) // 146097
        rest = since - 146097 * centuries // 4
    years = (4 * rest + 3) // 1461
    of_year = rest - 1461 * years // 4
    shifted = (5 * of_year + 2) // 153
    of_month = of_year - (153 * shifted + 2) // 5 + 1
    return 100 * centuries + years - 4800 + shifted // 10, (shifted + 2) % 12 + 1, of_month


def plus_days(day: Day, days: int) -> Day:
    """The day so many days later, or earlier where the number is negative.

    Examples
    --------
    >>> plus_days((2024, 2, 28), 2)
    (2024, 3, 1)
    """
    return day_of(number_of(day) + days)


def plus_months(day: Day, months: int) -> Day:
    """The same day so many months later, or the last of a month that is shorter.

    Examples
    --------
    >>> plus_months((2024, 3, 31), -1)
    (2024, 2, 29)
    """
    year, month = divmod(day[0] * 12 + day[1] - 1 + months, 12)
    return year, month + 1, min(day[2], month_length(year, month + 1))


def weekday(day: Day) -> int:
    """The day of the week: Monday is 0, Sunday 6.

    Examples
    --------
    >>> weekday((2025, 11, 16))
    6
    """
    return number_of(day) % 7


def month_length(year: int, month: int) -> int:
    """How many days the month has, by Julian leap years up to 1582.

    Examples
    --------
    >>> month_length(1900, 2), month_length(1500, 2), month_length(2024, 2)
    (28, 29, 29)
    """
    leap = year % 4 == 0 and (year <= 1582 or year % 100 != 0 or year % 400 == 0)
    return MONTH_LENGTHS[month - 1] + (leap and month == 2)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day.

    Examples
    --------
    >>> is_day(2024, 2, 29), is_day(2023, 2, 29), is_day(2023, 13, 1)
    (True, False, False)
    """
    return 1 <= month <= NO_MONTH_BEYOND and 1 <= day <= month_length(year, month)


# --- Hijri ------------------------------------------------------------------------------------


def hijri_month_start(year: int, month: int) -> int:
    """Day number of the first day of a Hijri month.

    Examples
    --------
    >>> day_of(hijri_month_start(1445, 9)), day_of(hijri_month_start(656, 2))
    ((2024, 3, 11), (1258, 2, 7))
    """
    if year in UMM_AL_QURA:
        return _umm_al_qura(year, month)
    cycles, of_cycle = divmod(year - 1, 30)
    leaps = sum(leap <= of_cycle for leap in LEAP_YEARS)
    months_before = 29 * (month - 1) + month // 2
    return HIJRI_EPOCH + THIRTY_YEARS * cycles + 354 * of_cycle + leaps + months_before


@cache
def _umm_al_qura(year: int, month: int) -> int:
    day = Hijri(year, month, 1).to_gregorian()
    return number_of((day.year, day.month, day.day))


def hijri_span(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    """First and last day of a Hijri year, month or day; None where the calendar has none such.

    Examples
    --------
    >>> hijri_span(1445)
    ((2023, 7, 19), (2024, 7, 6))
    >>> hijri_span(656, 2, 4)
    ((1258, 2, 10), (1258, 2, 10))
    """
    if year < 1 or not 1 <= (month or 1) <= NO_MONTH_BEYOND:
        return None
    first = hijri_month_start(year, month or 1)
    after = year + (month in (None, 12)), month % 12 + 1 if month else 1
    last = hijri_month_start(*after) - 1
    if day is not None:
        if not 1 <= day <= last - first + 1:
            return None
        first = last = first + day - 1
    return day_of(first), day_of(last)


def hijri_year_of(day: Day) -> int:
    """The Hijri year in which the day lies, 1 for what is before.

    Examples
    --------
    >>> hijri_year_of((2025, 11, 16))
    1447
    """
    if (1925, 1, 1) <= day <= (2077, 1, 1):
        return int(Gregorian(*day).to_hijri().year)
    return max(1, (30 * (number_of(day) - HIJRI_EPOCH) + 10646) // THIRTY_YEARS)
