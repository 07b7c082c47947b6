"""Whether what stands around a stretch lets it be a date: `مارس` the verb, `2015 شخصا`."""

from collections.abc import Callable

from toolkit.dating import unit_context, year_context
from toolkit.dating.moves import moves
from toolkit.dating.neighbours import (
    ARTICLES,
    BY_OR_IN,
    CONQUEROR,
    ENDS,
    FEMININE,
    FEMININE_ORDINALS,
    INTRODUCING,
    LAST_TEN,
    MARCH,
    NAMED_AFTER,
    ORDINALS,
    PERIODS,
    QUOTES,
    SAFAR,
)
from toolkit.dating.stretch import NAMES, Stretch
from toolkit.dating.words import PARTICLES

EVENTS, PROCLITICS = PARTICLES["event"], ("ل", "ب")


def accepts(stretch: Stretch, previous_end: int) -> bool:
    """Whether the words around a match let it be a date.

    Parameters
    ----------
    stretch : Stretch
        The match in its text.
    previous_end : int
        The place of the token behind the expression before it.
    """
    to = stretch.has("to", group="to")
    if to and moves(stretch.tokens, stretch.match.start, previous_end):
        return False  # two days, of which the first stands alone
    check = CHECKS.get(stretch.match.rule)
    return check is None or check(stretch, previous_end)


def is_named_after(stretch: Stretch) -> bool:
    """Whether a day or month without a year names an event, a town or a street: ثورة 25 يناير."""
    rules = ("date", "month", "opening", "spoken", "days")
    if stretch.match.rule not in rules or stretch.has("year small direction the_year to"):
        return False
    back = _place_of_name(stretch)
    word = stretch.word_before(back)
    event = stretch.before(back) == "event" or (word[:1] in PROCLITICS and word[1:] in EVENTS)
    named = word in NAMED_AFTER or (word[:1] in (*PROCLITICS, "و") and word[1:] in NAMED_AFTER)
    named = named and not stretch.has("day_noun weekday")  # في ملعب يوم 5 مايو
    return (event or named) and "year" not in stretch.match.groups


def _place_of_name(stretch: Stretch) -> int:
    """How far back the word stands that a day may name: before a quotation mark, or another day."""
    back = 1
    if stretch.before() == "and_" and stretch.before(2) in ("day", "month"):  # قوى 14 و8 آذار
        back = 2
        while stretch.before(back) in ("day", "month"):
            back += 1
    return back + (stretch.word_before(back) in set(QUOTES))


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


Check = Callable[[Stretch, int], bool]
CHECKS: dict[str, Check] = {
    "month": _month,
    "date": _day_of_month,
    "days": _day_of_month,
    "spoken": _spoken,
    "opening": _opening,
    "day_of_month": _in_month,
    "days_of_month": _in_month,
    "year": year_context.year,
    "bare_year": year_context.bare_year,
    "years": year_context.years,
    "numeric": year_context.numeric,
    "numeric_month": year_context.numeric_month,
    "numeric_days": year_context.numeric_days,
    "iso_month": year_context.iso_month,
    "ordinal_year": year_context.ordinal_year,
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
