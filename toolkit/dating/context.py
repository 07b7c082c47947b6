"""Whether what stands around a stretch lets it be a date: `مارس` the verb, `2015 شخصا`."""

from collections.abc import Callable

from toolkit.dating import unit_context
from toolkit.dating.neighbours import (
    ARTICLES,
    BY_OR_IN,
    CONQUEROR,
    COUNTED,
    DATES,
    ENDS,
    FEMININE,
    FEMININE_ORDINALS,
    INTRODUCING,
    LAST_TEN,
    MARCH,
    MEASURED,
    NAMED_AFTER,
    NOT_COUNTED,
    NUMBERED,
    NUMBERS,
    OF_LIFE,
    ORDINALS,
    PERIODS,
    PILGRIMAGE,
    RANGING,
    REFERENCES,
    SAFAR,
    UNITS,
)
from toolkit.dating.numbers import HIJRI_YEARS
from toolkit.dating.stretch import NAMES, Stretch
from toolkit.dating.words import PARTICLES

EVENTS, PROCLITICS = PARTICLES["event"], ("ل", "ب")
FIGURES = ("day", "small", "year")


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
    rules = ("date", "month", "opening", "spoken")
    if stretch.match.rule not in rules or stretch.has("year small direction the_year"):
        return False
    word = stretch.word_before()
    event = stretch.before() == "event" or (word[:1] in PROCLITICS and word[1:] in EVENTS)
    named = word in NAMED_AFTER or (word[:1] in (*PROCLITICS, "و") and word[1:] in NAMED_AFTER)
    return (event or named) and "year" not in stretch.match.groups


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
        if stretch.before() == "of_":
            return stretch.before(2) in ENDS or stretch.word_before(2) in LAST_TEN
        by = ("to", "many") if stretch.has("hijri_month") else ("to", "by")
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
    if _is_of_noun(stretch):
        return False  # الأسبوع الأول من مايو
    if stretch.has("half_hijri qi_da month half_month") or _is_dated(stretch):
        return True
    if not stretch.has("of_ the") and not stretch.has("day", group="day"):
        return False
    if stretch.has("hijri_month"):
        score = stretch.number("hijri_month") == SAFAR and not stretch.has("of_")
        return not score or stretch.before() == "in_"
    return True


def _spoken(stretch: Stretch, previous_end: int) -> bool:
    """A day in number words: names that are other words need more (لم يكن أحد مارس)."""
    if stretch.before() in ("cardinal", "cardinal_definite"):
        return False
    if stretch.has("month half_month half_hijri qi_da") or _is_dated(stretch):
        return True
    if stretch.number("weak_month") not in (None, MARCH) or stretch.has("day_noun weekday"):
        return True
    return stretch.before() in INTRODUCING


def _opening(stretch: Stretch, previous_end: int) -> bool:
    """الفاتح before a month is the first day, unless it is Mehmed the Conqueror."""
    if not stretch.has("libyan_month") or stretch.has("of_"):
        return True
    if stretch.word_before() in CONQUEROR:
        return False
    if _is_dated(stretch):
        return True
    return stretch.has("day_noun weekday") or stretch.before() in (*INTRODUCING, "by", "event")


def _in_month(stretch: Stretch, previous_end: int) -> bool:
    """A day of a month that is told by a direction, or several: 3 إلى 5 من الشهر المقبل."""
    if _is_of_noun(stretch):
        return False  # الأسبوع الأول من الشهر المقبل
    named = stretch.before() == "many" or stretch.has("day_noun weekday two_days")
    introduced = named or stretch.before() in (*INTRODUCING, *BY_OR_IN, "to", "of_", "agreeing")
    if stretch.has("the_month"):
        of_month = stretch.has("of_") and stretch.has("direction same this that")
        return of_month or introduced
    if stretch.number("direction") == 0:
        return introduced or stretch.has("dash", group="to")
    return named


def _is_of_noun(stretch: Stretch) -> bool:
    """Whether an ordinal is no day but an adjective: الجزء الثالث والرابع من مايو."""
    if NAMES.get(stretch.tokens.tags[stretch.match.start]) not in ORDINALS:
        return False
    back = 1
    while stretch.before(back) in ("and_", "comma") and stretch.before(back + 1) in ORDINALS:
        back += 1
        while stretch.before(back) in ORDINALS:
            back += 1
    noun = stretch.word_before(back)
    if stretch.word_at(stretch.match.start - back + 1).endswith(FEMININE_ORDINALS):
        return stretch.before(back) not in (*INTRODUCING, "of_", "to")  # days are masculine
    definite = noun.startswith(ARTICLES) and not noun.endswith(FEMININE)
    return definite or stretch.before(back) in PERIODS


# --- years ------------------------------------------------------------------------------------


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
    return any(stretch.word_before(back) in MEASURED for back in (1, 2, 3))


def _bare_year(stretch: Stretch, previous_end: int) -> bool:
    number, before = stretch.number("year"), stretch.before()
    if stretch.has("hijri hijra"):
        return int(stretch.value("year small day") or 0) < HIJRI_YEARS.stop + 100
    if stretch.has("christ qaf"):
        return True
    if stretch.is_solar():
        return (number or 0) < HIJRI_YEARS.stop
    if "early" in stretch.match.groups:
        return stretch.match.start == previous_end + 1 and before in ("slash", "open_", "dash")
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


def _year(stretch: Stretch, previous_end: int) -> bool:
    if stretch.before() in ("day", "small") and stretch.has("year_noun"):
        return False  # 29 سنة
    return not (stretch.has("the_year") and unit_context.is_general(stretch))


def _years(stretch: Stretch, previous_end: int) -> bool:
    if stretch.has("two_years the_two many the_many year_noun the_year"):
        of_life = stretch.after() == "of_" and stretch.word_after(1).startswith(OF_LIFE)
        return stretch.before() not in ("day", "small") and not of_life
    if stretch.has("hijri hijra christ qaf"):
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


def _iso_month(stretch: Stretch, previous_end: int) -> bool:
    """A month as 2024-03, which needs a word or a place that introduces a time."""
    if not _numeric_month(stretch, previous_end):
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


def _ordinal_year(stretch: Stretch, previous_end: int) -> bool:
    """A year by its ordinal: before من الهجرة إلى the word is for emigration."""
    return not (stretch.has("of_") and stretch.after() == "to")


Check = Callable[[Stretch, int], bool]
CHECKS: dict[str, Check] = {
    "month": _month,
    "date": _day_of_month,
    "days": _day_of_month,
    "spoken": _spoken,
    "opening": _opening,
    "day_of_month": _in_month,
    "days_of_month": _in_month,
    "year": _year,
    "bare_year": _bare_year,
    "years": _years,
    "numeric": _numeric,
    "numeric_month": _numeric_month,
    "iso_month": _iso_month,
    "ordinal_year": _ordinal_year,
    "weekday": unit_context.weekday,
    "weekdays": unit_context.weekdays,
    "relative": unit_context.relative,
    "unit": unit_context.unit,
    "calendar_year": unit_context.calendar_year,
    "ago": unit_context.ago,
    "last_units": unit_context.last_units,
    "decade": unit_context.decade,
    "part": unit_context.part,
    "millennium": unit_context.millennium,
}
