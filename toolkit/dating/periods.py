"""What is said of years, units counted from today, decades and centuries, seasons and quarters."""

from collections.abc import Callable
from dataclasses import replace

from toolkit.dating import days
from toolkit.dating.days import SECOND
from toolkit.dating.neighbours import folded
from toolkit.dating.said import UNRESOLVED, VAGUE, Said
from toolkit.dating.stretch import (
    Expression,
    Stretch,
    count,
    day_number,
    in_year,
    of_era,
    ordinal,
    within_year,
    year,
)

TEN = 10
MONTHS = 12
EARLIEST = 100
GREATEST_CENTURY = 30
LAST_THOUSAND = 3
MOST_UNITS = 1000
SEASONS = (3, 6, 9, 12)
UNIT_NAMES = "many accusative two year_noun month_noun day_noun other_noun decade_noun"


def single_year(stretch: Stretch) -> list[Expression]:
    """`عام 2015`, `سنة 331 ق.م`, `1445هـ`."""
    named = year(stretch)
    if named is None or (named.plain and not named.number >= EARLIEST):
        return []
    return stretch.whole(in_year(Said("year"), named))


def years(stretch: Stretch) -> list[Expression]:
    """`2011-2015`, `عامي 2011 و2015`, `أعوام 2006 و2008 و2010`, `1914-18`."""
    if "more" in stretch.match.groups and not stretch.has("many the_many"):
        return []
    if stretch.value("the_two many the_many") not in (None, "year"):
        return []
    first, last = year(stretch, "first"), year(stretch, "last")
    if first is None or last is None or (stretch.has("hijri") and stretch.has("era")):
        return []
    start, end = first.number, last.number
    if 0 < end < EARLIEST <= start:
        end += start - start % EARLIEST
    if start - end == 1 and not stretch.has("to and_"):  # written from right to left
        start, end = end, start
    if start > end and (stretch.has("two_years") or stretch.before() == "between"):
        start, end = end, start
    left, right = (in_year(Said("year"), last._replace(number=number)) for number in (start, end))
    if left is None or right is None or start >= end:
        return []
    return stretch.whole(left, right)


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


def old_year(stretch: Stretch) -> list[Expression]:
    """`1320 سنة قبل الميلاد`."""
    number = count(stretch, "year")
    return stretch.whole(Said("year", year=1 - number) if number else None)


def millennium(stretch: Stretch) -> list[Expression]:
    """`الألف الثالث قبل الميلاد`."""
    number = day_number(stretch, "number")
    if not number or number > TEN:
        return []
    first = 1 - 1000 * number if stretch.is_before_christ() else 1000 * number - 999
    return stretch.whole(Said("year", year=first), Said("year", year=first + 999))


def unit(stretch: Stretch) -> list[Expression]:
    """`العام الماضي`, `هذا الشهر`, `الأسبوع المقبل`."""
    named = str(stretch.value("the_year the_month the_week the_decade the_century"))
    if stretch.has("latest"):
        return stretch.whole(Said(named, mark=VAGUE))
    if stretch.has("same that same_"):
        return stretch.whole(Said(named, mark=UNRESOLVED))
    away = stretch.number("direction") or 0
    if stretch.has("new"):
        return stretch.whole(Said("year", within="new", hijri=stretch.has("hijri")))
    return stretch.whole(Said(named, within=named, away=away, hijri=stretch.has("hijri")))


def that_day(stretch: Stretch) -> list[Expression]:
    """`ذلك اليوم`, `اليوم التالي`: a day of the story, not of the document."""
    return stretch.whole(Said("day", mark=UNRESOLVED))


def ago(stretch: Stretch) -> list[Expression]:
    """`قبل ثلاثة أيام`, `منذ عامين`, `قبل نحو 30 عاما`."""
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
NOW = ("الان", "تاريخه")


def _is_before_other(stretch: Stretch) -> bool:
    """`قبل أسبوع فقط من زيارته`, `قبل يوم على انطلاق`: before what the expression does not say."""
    only = stretch.word_after() == ONLY and stretch.after(1) == "of_"
    until = stretch.word_after() == UNTIL and stretch.word_after(1) in EVENTS
    return stretch.has("before") and (until or (only and stretch.word_after(2) not in NOW))


def _ago_of(stretch: Stretch, named: str, number: int) -> list[Expression]:
    """`قبل عامين من الآن`; before what else, the expression does not say."""
    said = Said(named, mark=UNRESOLVED)
    if stretch.word_after() in NOW:
        said = Said(named, within=named, away=-number)
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


def decade(stretch: Stretch) -> list[Expression]:
    """`التسعينيات`, `ثمانينيات القرن الماضي`."""
    return stretch.whole(_tens(stretch, stretch.number("decade") or 0))


def _tens(stretch: Stretch, tens: int) -> Said | None:
    """The decade of such tens, in the century that the match names where it names one."""
    if "century" in stretch.match.groups:
        number = day_number(stretch, "century")
        return Said("decade", year=100 * number - 100 + tens) if number else None
    if stretch.has("the_century"):
        away = stretch.number("direction") or 0
        return Said("decade", part=tens, within="century", away=away)
    return Said("decade", part=tens)


def decades(stretch: Stretch) -> list[Expression]:
    """`عقدي الثمانينيات والتسعينيات من القرن الماضي`."""
    first, last = (_tens(stretch, int(tens)) for tens in stretch.values("decade")[:SECOND])
    return stretch.whole(first, last)


def decade_number(stretch: Stretch) -> list[Expression]:
    """`العقد الأول من القرن العشرين`, `العقد الأول من الألفية الثالثة`."""
    number = TEN if stretch.has("latest", group="number") else ordinal(stretch, "number")
    if number is None or number > TEN:
        return []
    if "century" in stretch.match.groups:
        begins = 100 * (day_number(stretch, "century") or 0) - 99
        return stretch.whole(Said("decade", year=begins + 10 * (number - 1)))
    if "thousand" in stretch.match.groups:
        new = stretch.has("new", group="thousand")
        thousand = LAST_THOUSAND if new else day_number(stretch, "thousand")
        begins = 1000 * (thousand or 0) - 999
        return stretch.whole(Said("decade", year=begins + 10 * (number - 1)))
    away = stretch.number("direction") or 0
    return stretch.whole(Said("decade", part=10 * number - 9, within="century", away=away))


def century(stretch: Stretch, group: str = "century") -> Said | None:
    """The century that a match names, by its number or by its distance."""
    if group not in stretch.match.groups:
        if stretch.has("latest"):
            return Said("century", mark=VAGUE)
        return Said("century", within="century", away=stretch.number("direction") or 0)
    number = day_number(stretch, group)
    if number is None or not 1 <= number <= GREATEST_CENTURY:
        return None
    if stretch.is_before_hijra() or stretch.has("solar"):
        return Said("century", mark=UNRESOLVED)
    hijri, before_christ = stretch.has("hijri hijra"), stretch.is_before_christ()
    return Said("century", part=number, hijri=hijri, bc=before_christ)


def single_century(stretch: Stretch) -> list[Expression]:
    """`القرن التاسع عشر`, `القرن الثالث الهجري`, `القرن الماضي`."""
    return stretch.whole(century(stretch))


def centuries(stretch: Stretch) -> list[Expression]:
    """`القرنين التاسع عشر والعشرين`."""
    if stretch.value("the_two the_many") not in (None, "century"):
        return []
    first, last = century(stretch, "first"), century(stretch)
    return stretch.whole(first, last) if first and last else []


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
    begins = (1 - 100 * of.part if of.bc else 100 * of.part - 99) + years * (number - 1)
    left, right = begins, begins + years - 1
    return stretch.whole(
        Said("year", year=left, hijri=of.hijri), Said("year", year=right, hijri=of.hijri)
    )


Reader = Callable[[Stretch], list[Expression]]
READERS: dict[str, Reader] = {
    "date": days.dated,
    "spoken": days.spoken,
    "opening": days.opening,
    "days": days.days,
    "month": days.month,
    "half": days.half_named,
    "month_day": days.dated,
    "months": days.two_months,
    "day_of_month": days.in_the_month,
    "days_of_month": days.days_in_the_month,
    "numeric": days.numeric,
    "numeric_month": days.numeric_month,
    "iso_month": days.iso_month,
    "year": single_year,
    "bare_year": single_year,
    "listed_year": single_year,
    "ordinal_year": ordinal_year,
    "old_year": old_year,
    "millennium": millennium,
    "years": years,
    "first_months": first_months,
    "weekday": days.weekday,
    "weekdays": days.weekdays,
    "relative": days.relative,
    "night": days.night,
    "unit": unit,
    "calendar_year": unit,
    "that_day": that_day,
    "ago": ago,
    "long_ago": vague,
    "last_units": last_units,
    "decade": decade,
    "decades": decades,
    "decade_number": decade_number,
    "century": single_century,
    "centuries": centuries,
    "season": season,
    "part": part,
    "parts": parts,
}
