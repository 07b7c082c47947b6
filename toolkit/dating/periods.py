"""What is said of years, units counted from today, seasons, quarters and halves."""

from dataclasses import replace

from toolkit.dating.centuries import century, first_year
from toolkit.dating.days import SECOND
from toolkit.dating.grammar import Match
from toolkit.dating.neighbours import LIKE, NOW, OF_TIME, SCHOOL_YEARS, folded
from toolkit.dating.said import UNRESOLVED, VAGUE, Said
from toolkit.dating.stretch import (
    Expression,
    Stretch,
    Year,
    count,
    in_year,
    of_era,
    ordinal,
    within_year,
    year,
)

ERAS = "before after qaf era hijri solar solar_sign"
MONTHS = 12
EARLIEST = 100
MOST_UNITS = 1000
NEAR_WORDS = 3
SEASONS = (3, 6, 9, 12)
UNIT_NAMES = "many accusative two year_noun month_noun day_noun other_noun decade_noun"


def single_year(stretch: Stretch) -> list[Expression]:
    """`عام 2015`, `سنة 331 ق.م`, `1445هـ`."""
    named = year(stretch)
    if named is None or (named.plain and not named.number >= EARLIEST):
        return []
    return stretch.whole(in_year(Said("year"), named))


def years(stretch: Stretch) -> list[Expression]:
    """`2011-2015`, `عامي 2011 و2015`, `أعوام 2006 و2008 و2010`, `1914-18`, `27 ق.م - 14 م`."""
    if "more" in stretch.match.groups and not stretch.has("many the_many"):
        return []
    if stretch.value("the_two many the_many") not in (None, "year"):
        return []
    first, last = _two_years(stretch)
    if _is_of_either_era(stretch):
        return stretch.whole(Said("year", mark=UNRESOLVED))
    if first is None or last is None or (stretch.has("hijri") and stretch.has("era")):
        return []
    start, end = first.number, last.number
    if 0 < end < EARLIEST <= start:
        end += start - start % EARLIEST
    if start - end == 1 and not stretch.has("to and_"):  # written from right to left
        start, end = end, start
    if start > end and (stretch.has("two_years") or stretch.before() == "between"):
        start, end = end, start
    if stretch.has("slash", group="to") and end - start == 1:
        last = last._replace(bare=last.bare and not _is_of_school(stretch), paired=True)
    opening = first if first.uncounted else last  # years before the Hijra: their days are not told
    left = in_year(Said("year"), opening._replace(number=start))
    right = in_year(Said("year"), last._replace(number=end))
    if left is None or right is None or start >= end:
        return []
    return stretch.whole(left, right)


def _is_of_school(stretch: Stretch) -> bool:
    """Whether a word of schools, budgets or seasons stands before two years: 1439/1440."""
    return any(stretch.word_before(back) in SCHOOL_YEARS for back in range(1, NEAR_WORDS + 1))


def _is_of_either_era(stretch: Stretch) -> bool:
    """Whether the second of two years may be one before Christ or after: بين 4 ق.م و39."""
    left, right = _sides(stretch)
    signed = left.is_before_christ() and not right.has(ERAS) and stretch.before() == "between"
    return signed and (count(stretch, "first") or 0) < (count(stretch, "last") or 0)


def _sides(stretch: Stretch) -> tuple[Stretch, Stretch]:
    """The two ends of a range of years, each with its era."""
    groups, rule = stretch.match.groups, stretch.match.rule
    left, right = (Match(rule, *groups[side], groups) for side in ("left", "right"))
    return replace(stretch, match=left), replace(stretch, match=right)


def _two_years(stretch: Stretch) -> tuple[Year | None, Year | None]:
    """The ends of a range of years: each of its own era, or both of the only one."""
    left, right = _sides(stretch)
    if not (left.has(ERAS) and right.has(ERAS)):
        left = right = stretch
    return year(left, "first"), year(right, "last")


def first_months(stretch: Stretch) -> list[Expression]:
    """`الأشهر التسعة الأولى من 2018`, `أول ثلاثة أشهر من العام`."""
    number = count(stretch, "count" if "count" in stretch.match.groups else "some")
    if number is None or stretch.value("the_many many") != "month" or number > MONTHS:
        return []
    if stretch.number("first_") not in (None, 1) or stretch.has("the_century"):
        return []
    said = within_year(Said("month", month=1, last_month=number), stretch)
    return stretch.whole(said)


def ordinal_year(stretch: Stretch) -> list[Expression]:
    """`السنة الثانية للهجرة`."""
    number = ordinal(stretch, "number")
    return stretch.whole(in_year(Said("year"), of_era(stretch, number)) if number else None)


def ordinal_years(stretch: Stretch) -> list[Expression]:
    """`السنتان الأولى والثانية للهجرة`."""
    first, last = ordinal(stretch, "first"), ordinal(stretch, "number")
    if not first or not last or stretch.value("the_two") != "year":
        return []
    ends = sorted((of_era(stretch, first), of_era(stretch, last)))
    left, right = (in_year(Said("year"), named) for named in ends)
    return stretch.whole(left, right) if left and right else []


def old_year(stretch: Stretch) -> list[Expression]:
    """`1320 سنة قبل الميلاد`."""
    number = count(stretch, "year")
    return stretch.whole(Said("year", year=1 - number) if number else None)


def unit(stretch: Stretch) -> list[Expression]:
    """`العام الماضي`, `هذا الشهر`, `الأسبوع المقبل`."""
    named = str(stretch.value("the_year the_month the_week the_decade the_century"))
    if stretch.has("latest"):
        return stretch.whole(Said(named, mark=VAGUE))
    like = stretch.has("this") and stretch.word_before() in LIKE  # مثل هذا الشهر
    if like or stretch.has("same that same_") or stretch.is_solar():
        return stretch.whole(Said(named, mark=UNRESOLVED))
    away = stretch.number("direction") or 0
    if stretch.has("new"):
        return stretch.whole(Said("year", within="new", hijri=stretch.has("hijri")))
    return stretch.whole(Said(named, within=named, away=away, hijri=stretch.has("hijri")))


def that_day(stretch: Stretch) -> list[Expression]:
    """`ذلك اليوم`, `اليوم التالي`: a day of the story, not of the document."""
    return stretch.whole(Said("day", mark=UNRESOLVED))


def ago(stretch: Stretch) -> list[Expression]:
    """`قبل ثلاثة أيام`, `منذ عامين`, `قبل نحو 30 عاما`, `بعد عامين من الآن`."""
    units = stretch.values(UNIT_NAMES)
    number = count(stretch, "count") if "count" in stretch.match.groups else None
    number = number or (SECOND if stretch.has("two") else 1)
    named = str(units[-1])
    if "one" in stretch.match.groups and stretch.number("cardinal", group="one") != 1:
        return []
    if stretch.has("of_") and not stretch.has("more"):
        return _ago_of(stretch, named, number)
    if _is_before_other(stretch):
        return stretch.whole(Said(named, mark=UNRESOLVED))
    if stretch.has("more half_") or number > LONGEST_YEARS.get(named, number):
        return stretch.whole(Said(named, mark=VAGUE))
    return stretch.whole(Said(named, within=named, away=-number))


LONGEST_YEARS = {"year": 150, "decade": 15, "century": 3}
ONLY, UNTIL = "فقط", "علي"  # as they are folded
EVENTS = folded("انطلاق انطلاقة بدء بداية موعد الموعد موعده موعدها نهائي نهائيات انتهاء نهاية")


def _is_before_other(stretch: Stretch) -> bool:
    """`قبل أسبوع فقط من زيارته`, `قبل يوم على انطلاق`: before what the expression does not say."""
    only = stretch.word_after() == ONLY and stretch.after(1) == "of_"
    until = stretch.word_after() == UNTIL and stretch.word_after(1) in EVENTS
    return stretch.has("before") and (until or (only and stretch.word_after(2) not in NOW))


def _ago_of(stretch: Stretch, named: str, number: int) -> list[Expression]:
    """`قبل عامين من الآن`, `منذ عقدين من الزمن`; before what else, the expression does not say."""
    said = Said(named, mark=UNRESOLVED)
    if stretch.word_after() in NOW + OF_TIME:
        away = number if stretch.has("after") else -number
        said = Said(named, within=named, away=away)
    return [Expression(stretch.match.start, stretch.match.end - 1, said)]


def vague(stretch: Stretch) -> list[Expression]:
    """`منذ سنوات`."""
    return stretch.whole(Said("day", mark=VAGUE))


def last_units(stretch: Stretch) -> list[Expression]:
    """`السنوات الخمس الماضية`, `العامين المقبلين`; `الأيام الماضية` is vague."""
    named = str(stretch.value("the_many the_two many accusative year_noun two"))
    number = SECOND if stretch.has("the_two two") else _how_many(stretch)
    direction = stretch.number("direction latest ending") or 0
    if abs(direction) > 1:
        return stretch.whole(Said(named, mark=UNRESOLVED))
    if number is None or direction == 0 or number > MOST_UNITS:
        return stretch.whole(Said(named, mark=VAGUE))
    return stretch.whole(Said(named, count=number, direction=direction))


def _how_many(stretch: Stretch) -> int | None:
    for group in ("count", "some", "recent"):
        if group in stretch.match.groups:
            return count(stretch, group) or stretch.number("tens_definite", group=group)
    return None


def season(stretch: Stretch) -> list[Expression]:
    """`صيف عام 2018`, `الصيف الماضي`."""
    begins = stretch.number("season half_hijri the_season")
    if begins not in SEASONS:
        return []
    if stretch.has("this"):
        return stretch.whole(Said("season", month=begins, direction=0))
    return stretch.whole(within_year(Said("season", month=begins), stretch))


FISCAL = ("المالي", "الماليه", "الدراسي", "الدراسيه")
PARTS = {"quarter": 4, "half": 2}


def part(stretch: Stretch) -> list[Expression]:
    """`الربع الأول من 2018`, `النصف الثاني من القرن التاسع عشر`."""
    named = str(stretch.value("the_quarter the_half"))
    parts = PARTS[named]
    number = parts if stretch.has("latest", group="number") else ordinal(stretch, "number")
    if number is None or number > parts:
        return []
    said = Said(named, part=number)
    if stretch.match.end == stretch.match.groups["number"][1]:
        return stretch.whole(said)
    if stretch.word_after() in FISCAL:  # a year that begins where its country says
        return stretch.whole(replace(said, mark=UNRESOLVED))
    if not stretch.has("the_century"):
        return stretch.whole(within_year(said, stretch))
    if "century" not in stretch.match.groups:
        away = stretch.number("direction") or 0
        return stretch.whole(replace(said, within="century", away=away))
    return _part_of_century(stretch, number, 100 // parts)


def parts(stretch: Stretch) -> list[Expression]:
    """`الربعين الثاني والثالث من 2025`."""
    first, last = ordinal(stretch, "first"), ordinal(stretch, "number")
    if not first or not last or not first < last <= PARTS["quarter"] or stretch.has("the_century"):
        return []
    mark = UNRESOLVED if stretch.word_after() in FISCAL else None
    quarters = (Said("quarter", part=number, mark=mark) for number in (first, last))
    left, right = (within_year(said, stretch) for said in quarters)
    return stretch.whole(left, right) if left and right else []


def _part_of_century(stretch: Stretch, number: int, years: int) -> list[Expression]:
    of = century(stretch)
    if of is None or of.part is None:
        return []
    begins = first_year(of) + years * (number - 1)
    left, right = begins, begins + years - 1
    return stretch.whole(
        Said("year", year=left, hijri=of.hijri), Said("year", year=right, hijri=of.hijri)
    )
