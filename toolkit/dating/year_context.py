"""Whether what stands around a number lets it be a year, or a date of numbers: `2015 شخصا`."""

from toolkit.dating import unit_context
from toolkit.dating.neighbours import (
    BY_OR_IN,
    COUNTED,
    DATES,
    DIRECTIONS,
    INTRODUCING,
    LIVED,
    MEASURED,
    NOT_COUNTED,
    NUMBERED,
    NUMBERS,
    OF_LIFE,
    PILGRIMAGE,
    RANGING,
    REFERENCES,
    UNITS,
)
from toolkit.dating.numbers import HIJRI_YEARS
from toolkit.dating.stretch import Stretch

FIGURES = ("day", "small", "year")
MONTHS = ("month", "weak_month", "doubtful_month", "half_month", "hijri_month", "half_hijri", "dhu")
LONGEST_LIFE, SHORTEST_LIFE = 120, 10  # years
ROUND = 50  # such numbers may be metres
RECENT = range(1900, 2051)  # such numbers are years, if nothing measures them
FROM = "علي"  # على بعد, as it is folded


def _is_counted(stretch: Stretch) -> bool:
    """Whether the word behind a number, or behind the other end of its range, is counted."""
    ends = {"between": ("year", "small"), "of_": ("year",)}.get(stretch.before(), ())
    ranged = stretch.match.rule == "bare_year" and stretch.after() in RANGING
    ahead = 2 if ranged and stretch.after(1) in ends else 0
    return stretch.after(ahead) in UNITS or stretch.word_after(ahead) in COUNTED


def _looks_counted(stretch: Stretch) -> bool:
    """The same by the ending of the word, which adverbs share: where other signs are weak."""
    word = stretch.word_after()
    return len(word) > 3 and word.endswith("ا") and not word.endswith(NOT_COUNTED)


def _is_measured(stretch: Stretch) -> bool:
    """Whether it is a length: of what may be a year of our time right behind its word, with م."""
    recent = int(stretch.values("day small year")[0]) in RECENT
    if recent and not stretch.has("era"):
        return False
    far = stretch.before() == "after" and stretch.word_before(2) == FROM  # على بعد 1500 م
    places = (1 + (stretch.before() == "about"),) if recent else (1, 2, 3)
    return far or any(stretch.word_before(back) in MEASURED for back in places)


def _is_distance(stretch: Stretch) -> bool:
    """Whether a number with م is one of metres to somewhere: ولد 100 م غرب القرية."""
    number = int(stretch.value("year small day") or 0)
    return number % ROUND == 0 and stretch.word_after() in DIRECTIONS


def bare_year(stretch: Stretch, previous_end: int) -> bool:
    """Whether a number alone is a year: where a word, a bracket or an era introduces it."""
    number, before = stretch.number("year"), stretch.before()
    if stretch.has("hijri hijra"):
        return int(stretch.value("year small day") or 0) < HIJRI_YEARS.stop + 100
    if stretch.has("christ qaf"):
        return True
    if stretch.is_solar():
        return (number or 0) < HIJRI_YEARS.stop
    if stretch.has("era") and _is_distance(stretch):
        return False
    second = stretch.match.start == previous_end + 1
    if stretch.word_before() in LIVED and stretch.has("era"):
        return True
    if "early" in stretch.match.groups:
        return second and before in ("slash", "open_", "dash")
    if second and before == "slash" and stretch.has("era"):  # 732 هـ/1332م - 808 هـ/1406م
        return True
    if number is None or _is_joined(stretch) or _is_counted(stretch):
        return False
    if stretch.has("era"):
        return not _is_measured(stretch)
    return _is_introduced(stretch, number, previous_end)


def _is_joined(stretch: Stretch) -> bool:
    """Whether a sign ties the number to another one, or a noun makes it one of a series."""
    numbered = stretch.word_before(2 if stretch.before() == "colon" else 1) in NUMBERED
    return any(_ties(stretch)) or numbered


def _ties(stretch: Stretch) -> tuple[bool, bool]:
    """Whether a sign ties it to the number before it, and to the one after it."""
    before = stretch.before() in ("slash", "dash") and stretch.before(2) in FIGURES
    after = stretch.after() in ("slash", "dash") and stretch.after(1) in FIGURES
    return before, after


def _is_introduced(stretch: Stretch, number: int, previous_end: int) -> bool:
    before, modern = stretch.before(), 1800 <= number <= 2100
    if before == "about":
        return stretch.before(2) in INTRODUCING and number <= 2100
    if before == "between" and stretch.before(2) == "of_":
        return False  # من بين 1000 مولود
    if stretch.word_before() in PILGRIMAGE and number in HIJRI_YEARS:
        return True
    if before in INTRODUCING or before == "event":
        return number <= 2100
    if before == "open_":
        return number <= 2100 and stretch.after() in ("close", "comma", "dash", "colon", "")
    if before in ("and_", "comma") and stretch.match.start == previous_end + 1:
        return number <= 2100
    if before == "comma" and stretch.after() in ("comma", "close", "colon", "and_"):
        return modern
    if _looks_counted(stretch) or not modern:
        return False
    if before in ("to", "by", "of_"):
        return stretch.before(2) != "more" and (number % 100 != 0 or number == 2000)
    if before in ("", "line"):
        return stretch.after() in ("colon", "dash", "line", "")
    round_number = number % 100 == 0 and bool(stretch.word_after())
    return before not in NUMBERS and 1900 <= number <= 2050 and not round_number


def year(stretch: Stretch, previous_end: int) -> bool:
    """Whether عام or سنة names the year: none of 29 سنة, nor of المدير العام."""
    if stretch.before() in ("day", "small") and stretch.has("year_noun"):
        return False  # 29 سنة
    return not (stretch.has("the_year") and unit_context.is_general(stretch))


def years(stretch: Stretch, previous_end: int) -> bool:
    """Whether two numbers are years: near each other, and counted or measured in no unit."""
    if stretch.has("two_years the_two many the_many year_noun the_year"):
        of_life = stretch.after() == "of_" and stretch.word_after(1).startswith(OF_LIFE)
        return stretch.before() not in ("day", "small") and not of_life
    if stretch.has("slash", group="to") and stretch.after() in MONTHS:
        return False  # 1407 هـ / 26 يوليو 1987
    if stretch.has("hijri hijra christ qaf") or _is_life(stretch):
        return True
    numbers = stretch.values("day small year")
    first, last = int(numbers[0]), int(numbers[-1])
    if first < 1000 or last > 2100 or _is_joined(stretch) or _is_counted(stretch):
        return False
    if _looks_counted(stretch) or _is_measured(stretch):
        return False
    if stretch.has("slash") or last < 100:
        following = (last - first) % 100 in (1, 99) or (last > 12 and not stretch.has("slash"))
        return following and (last >= 1000 or stretch.has("slash dash"))
    if stretch.has("dash") or stretch.has("era"):
        return last - first <= 500
    return first >= 1500 and (stretch.has("to") or stretch.before() == "between")


def _is_life(stretch: Stretch) -> bool:
    """Whether a bracket holds two years with their signs, no lengths: (570م - 632م)."""
    numbers = [int(number) for number in stretch.values("day small year")]
    signs = len(stretch.values("era"))
    around = stretch.before(), stretch.after()
    return (
        signs == len(numbers) == 2
        and around == ("open_", "close")
        and numbers[0] >= 100
        and SHORTEST_LIFE <= numbers[1] - numbers[0] <= LONGEST_LIFE
        and any(number % 10 for number in numbers)
        and not _is_measured(stretch)
    )


def numeric_days(stretch: Stretch, previous_end: int) -> bool:
    """Whether `20-25/5/2018` stands alone: tied to no further number, the number of nothing."""
    return not any(_ties(stretch)) and not _is_reference(stretch)


def numeric(stretch: Stretch, previous_end: int) -> bool:
    """Whether three numbers are a date, not the number of something."""
    return stretch.word_before() not in NUMBERED


def numeric_month(stretch: Stretch, previous_end: int) -> bool:
    """Whether `05/2020` is a month: of our time, tied to no number, the number of nothing."""
    number = stretch.number("year") or 0
    tied = _is_tied(stretch) or _is_reference(stretch) or _is_fraction(stretch)
    return 1900 <= number <= 2100 and not tied


def _is_tied(stretch: Stretch) -> bool:
    """Whether a sign ties it to another number; a spaced dash stands between two months."""
    starts, ends = stretch.tokens.starts, stretch.tokens.ends
    first, last = stretch.match.start, stretch.match.end
    spaced_before = stretch.before() == "dash" and ends[first - 1] < starts[first]
    spaced_after = stretch.after() == "dash" and ends[last - 1] < starts[last]
    tied_before, tied_after = _ties(stretch)
    return (tied_before and not spaced_before) or (tied_after and not spaced_after)


def _is_fraction(stretch: Stretch) -> bool:
    """Whether it is a part of something: نحو 1/2000, but not من 1/2000."""
    written, number = stretch.word_at(stretch.match.start), stretch.number("year") or 0
    return written == "1" and number % 100 == 0 and stretch.before() not in (*INTRODUCING, "to")


def _is_reference(stretch: Stretch) -> bool:
    """Whether the noun before it makes it the number of something: القرار 10/2018, ملف: 2024-03."""
    back = 2 if stretch.before() in ("colon", "open_", "dash") else 1
    return stretch.word_before(back) in REFERENCES | NUMBERED


def iso_month(stretch: Stretch, previous_end: int) -> bool:
    """A month as 2024-03, which needs a word or a place that introduces a time."""
    if not numeric_month(stretch, previous_end):
        return False
    before = stretch.before()
    if before in (*INTRODUCING, *BY_OR_IN, "of_", "to", "month_noun"):
        return True
    if before in ("and_", "comma", "dash"):
        return stretch.match.start == previous_end + 1
    if before in ("open_", "line", ""):
        return stretch.after() in ("close", "comma", "colon", "dash", "line", "")
    back = 2 if before == "colon" else 1
    return stretch.word_before(back) in DATES


def ordinal_year(stretch: Stretch, previous_end: int) -> bool:
    """A year by its ordinal: before من الهجرة إلى the word is for emigration."""
    return not (stretch.has("of_") and stretch.after() == "to")
