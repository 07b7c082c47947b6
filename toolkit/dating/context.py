"""Whether what stands around a stretch lets it be a date: `مارس` the verb, `2015 شخصا`."""

from collections.abc import Callable

from toolkit.dating.neighbours import (
    AGED,
    BLACK_DAYS,
    BY_OR_IN,
    CHANNELS,
    COMPARED,
    COUNTED,
    DAY_NAMES,
    ENDS,
    INTRODUCING,
    LAST_TEN,
    MEASURED,
    MEETINGS,
    NOT_COUNTED,
    NUMBERED,
    NUMBERS,
    OF_LIFE,
    OFFICES,
    PERIODS,
    PLAYED,
    SAFAR,
    SCHOOL,
)
from toolkit.dating.numbers import HIJRI_YEARS
from toolkit.dating.stretch import Stretch

LOOKS_AROUND = 8


def accepts(stretch: Stretch, previous_end: int) -> bool:
    """Whether the words around a match let it be a date.

    Parameters
    ----------
    stretch : Stretch
        The match in its text.
    previous_end : int
        The place of the token behind the expression before it.
    """
    check = CHECKS.get(stretch.match.rule)
    return check is None or check(stretch, previous_end)


def is_named_after(stretch: Stretch) -> bool:
    """Whether a day or month without a year names an event, a town or a street: ثورة 25 يناير."""
    rules = ("date", "month", "opening")
    if stretch.match.rule not in rules or stretch.has("year small direction the_year"):
        return False
    return stretch.before() == "event" and "year" not in stretch.match.groups


def is_yearly(stretch: Stretch) -> bool:
    """Whether it comes every year: 7 يوليو من كل عام."""
    return stretch.after() == "of_" and stretch.after(1) == "each"


# --- months -----------------------------------------------------------------------------------


def _is_dated(stretch: Stretch) -> bool:
    """Whether a year, an adjective or a second name makes a month of the word."""
    groups = stretch.match.groups
    named_twice = len(stretch.values("month weak_month doubtful_month half_month")) > 1
    return (
        "year" in groups
        or "counted" in groups
        or named_twice
        or stretch.has("direction the_year month_noun")
    )


def _month(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("libyan_month") or (
        stretch.has("the_season") and not stretch.has("month half_month")
    ):
        return False
    if _is_dated(stretch):
        return not stretch.has("half_hijri hijri_month") or _hijri_year_fits(stretch)
    if stretch.before() == "person" or stretch.has("father"):
        return False
    listed = stretch.match.start == previous_end + 1 and stretch.before() in ("and_", "comma", "to")
    introduced = stretch.before() in INTRODUCING or listed
    if stretch.has("doubtful_month"):
        return introduced and _is_august(stretch)
    if stretch.has("weak_month hijri_month"):
        if stretch.before() == "of_" and stretch.has("hijri_month"):
            return stretch.before(2) in ENDS or stretch.word_before(2) in LAST_TEN
        by = ("to",) if stretch.has("hijri_month") else ("to", "by")
        return introduced or stretch.before() in by or stretch.after() == "blessed"
    return True


def _is_august(stretch: Stretch) -> bool:
    """Whether the word is written آب, not أب."""
    return stretch.tokens.cleaned[stretch.tokens.starts[stretch.match.start]] == "آ"


def _hijri_year_fits(stretch: Stretch) -> bool:
    return not (stretch.before() == "person" or stretch.before(1) == "dhu")


def _day_of_month(stretch: Stretch, previous_end: int) -> bool:
    """A day and a month: an ordinal needs من before names that are other words, a score is none."""
    if stretch.before() in ("slash", "dash") and stretch.before(2) == "day":
        return False
    if stretch.has("dash") and stretch.number("hijri_month") == SAFAR:
        return False
    if stretch.before() in PERIODS and not stretch.has("day", group="day"):
        return False  # الأسبوع الأول من مايو
    if stretch.has("half_hijri qi_da month half_month") or _is_dated(stretch):
        return True
    if not stretch.has("of_ the") and not stretch.has("day", group="day"):
        return False
    if stretch.has("hijri_month"):
        score = stretch.number("hijri_month") == SAFAR and not stretch.has("of_")
        return not score or stretch.before() == "in_"
    return True


def _in_month(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("of_ the_month"):
        return stretch.has("direction same this that") or stretch.before() in BY_OR_IN
    return stretch.value("direction") == 0 and (
        stretch.before() in BY_OR_IN or stretch.has("day_noun weekday")
    )


# --- years ------------------------------------------------------------------------------------


def _is_counted(stretch: Stretch) -> bool:
    """Whether the word behind a number is what the number counts."""
    if stretch.after() in ("year_noun", "day_noun", "accusative", "many", "cardinal", "month_noun"):
        return True
    return stretch.word_after() in COUNTED


def _looks_counted(stretch: Stretch) -> bool:
    """The same by the ending of the word, which adverbs share: where other signs are weak."""
    word = stretch.word_after()
    return len(word) > 3 and word.endswith("ا") and not word.endswith(NOT_COUNTED)


def _is_measured(stretch: Stretch) -> bool:
    return any(stretch.word_before(back) in MEASURED for back in (1, 2, 3))


def _bare_year(stretch: Stretch, previous_end: int) -> bool:
    number, before = stretch.number("year"), stretch.before()
    if stretch.has("hijri"):
        return int(stretch.value("year small day") or 0) < HIJRI_YEARS.stop + 100
    if stretch.has("christ qaf"):
        return True
    if "early" in stretch.match.groups:
        return stretch.match.start == previous_end + 1 and before in ("slash", "open_", "dash")
    if number is None or _is_joined(stretch) or _is_counted(stretch):
        return False
    if stretch.has("era"):
        return not _is_measured(stretch)
    return _is_introduced(stretch, number, previous_end)


def _is_joined(stretch: Stretch) -> bool:
    """Whether a sign ties the number to another one."""
    before, after = stretch.before(), stretch.after()
    figures = ("day", "small", "year")
    tied_before = before in ("slash", "dash") and stretch.before(2) in figures
    tied_after = after in ("slash", "dash") and stretch.after(1) in figures
    return tied_before or tied_after or stretch.word_before() in NUMBERED


def _is_introduced(stretch: Stretch, number: int, previous_end: int) -> bool:
    before, modern = stretch.before(), 1800 <= number <= 2100
    if before == "about":
        return stretch.before(2) in INTRODUCING and number <= 2100
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
        return (stretch.before(2) != "more" and number % 100 != 0) or number == 2000
    if before in ("", "line"):
        return stretch.after() in ("colon", "dash", "line", "")
    round_number = number % 100 == 0 and bool(stretch.word_after())
    return before not in NUMBERS and 1900 <= number <= 2050 and not round_number


def _year(stretch: Stretch, previous_end: int) -> bool:
    if stretch.before() in ("day", "small") and stretch.has("year_noun"):
        return False  # 29 سنة
    return not (stretch.has("the_year") and _is_general(stretch))


def _is_general(stretch: Stretch) -> bool:
    """Whether العام is an adjective: الأمين العام, والرأي العام."""
    word = stretch.word_before()
    bare = "ال" + word[2:] if word.startswith("لل") else word[1:]
    return word in OFFICES or bare in OFFICES


def _years(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("two_years the_two many the_many year_noun the_year"):
        return stretch.before() not in ("day", "small")
    if stretch.has("hijri christ qaf"):
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


def _numeric(stretch: Stretch, previous_end: int) -> bool:
    return stretch.word_before() not in NUMBERED


def _numeric_month(stretch: Stretch, previous_end: int) -> bool:
    number = stretch.number("year") or 0
    return 1900 <= number <= 2100 and not _is_joined(stretch)


# --- days and units ---------------------------------------------------------------------------


def _weekday(stretch: Stretch, previous_end: int) -> bool:
    if stretch.before() in ("prayer", "each") or stretch.word_after() in BLACK_DAYS:
        return False
    recurring = stretch.before() == "many" and not stretch.has("direction")
    return not recurring and (stretch.after() not in ("ordinal", "first_"))


def _relative(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("the_day") and not stretch.has("this day_noun"):
        if stretch.word_before() in CHANNELS or stretch.word_after() in DAY_NAMES:
            return False
        if stretch.before() in (*BY_OR_IN, "during"):  # twice a day
            return False
        return stretch.after() not in ("ordinal", "first_", "the", "latest", "day") and (
            stretch.before() not in ("each", "that", "fore")
        )
    if stretch.has("first_") and stretch.number("first_") != 1:
        return False
    if stretch.has("at_yesterday"):
        return stretch.before() in BY_OR_IN or stretch.has("day_noun")
    if stretch.has("tomorrow") and not stretch.has("day_noun after"):
        return _is_tomorrow(stretch)
    return True


def _is_tomorrow(stretch: Stretch) -> bool:
    """Whether غد stands for the next day: غدا does, الغد and غد do behind what has a time."""
    last = stretch.match.end - 1
    word = stretch.tokens.cleaned[stretch.tokens.starts[last] : stretch.tokens.ends[last]]
    of_time = ("edge",) if word == "غد" else (*BY_OR_IN, "edge")
    return word == "غدا" or stretch.before() in of_time or stretch.word_before() in MEETINGS


def _unit(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("the_year") and _is_general(stretch):
        return False
    if stretch.has("this") and stretch.has("the_decade"):  # or this contract
        return stretch.before() in ("during", "since", "edge")
    if stretch.has("this that direction same new"):
        return not stretch.has("new") or stretch.has("the_year")
    if stretch.has("latest"):
        return not stretch.has("the_day")
    word = stretch.word_after()
    described = word.startswith("ال") and word.endswith(SCHOOL)
    dated = stretch.after() in ("year", "small", "day", "of_")
    return (
        stretch.before() == "edge"
        and stretch.has("the_year the_month the_week")
        and not described
        and not dated
    )


def _ago(stretch: Stretch, previous_end: int) -> bool:
    if stretch.after() == "before":  # منذ 1320 سنة قبل الميلاد
        return False
    if "count" in stretch.match.groups or stretch.has("two"):
        return stretch.before() != "of_"
    bare = stretch.match.end - 1 if stretch.has("of_") else stretch.match.end
    at_end = bare < len(stretch.tokens.tags) and stretch.after() == "x"
    word = stretch.word_after() if at_end else ""
    return not word.startswith("ال") and stretch.before() != "of_" and not stretch.has("day_noun")


def _part(stretch: Stretch, previous_end: int) -> bool:
    """A quarter alone is one of a match as well; a half alone is nothing."""
    if stretch.match.end > stretch.match.groups["number"][1]:
        return True
    if stretch.has("the_half") or stretch.after() == "of_":
        return False
    introduced = stretch.before() in (*INTRODUCING, "by") or stretch.word_before() in COMPARED
    around = range(1, LOOKS_AROUND + 1)
    words = {stretch.word_before(back) for back in around}
    return introduced and not PLAYED & (words | {stretch.word_after(back - 1) for back in around})


def _millennium(stretch: Stretch, previous_end: int) -> bool:
    return stretch.has("christ qaf era") or stretch.before() in INTRODUCING


def _decade(stretch: Stretch, previous_end: int) -> bool:
    ahead = 1 if stretch.after() == "of_" else 0
    if stretch.word_after(ahead).startswith(OF_LIFE):
        return False
    return not (stretch.before() == "in_" and stretch.word_before(2) in AGED)


Check = Callable[[Stretch, int], bool]
CHECKS: dict[str, Check] = {
    "month": _month,
    "date": _day_of_month,
    "days": _day_of_month,
    "day_of_month": _in_month,
    "year": _year,
    "bare_year": _bare_year,
    "years": _years,
    "numeric": _numeric,
    "numeric_month": _numeric_month,
    "weekday": _weekday,
    "relative": _relative,
    "unit": _unit,
    "ago": _ago,
    "decade": _decade,
    "part": _part,
    "millennium": _millennium,
}
