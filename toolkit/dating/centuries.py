"""What is said of decades, centuries and millennia."""

from dataclasses import replace

from toolkit.dating.days import SECOND
from toolkit.dating.grammar import Match
from toolkit.dating.said import UNRESOLVED, VAGUE, Said
from toolkit.dating.stretch import Expression, Stretch, day_number, ordinal

TEN, HUNDRED = 10, 100
GREATEST_CENTURY = 30
LAST_THOUSAND = 3


def millennium(stretch: Stretch) -> list[Expression]:
    """`الألف الثالث قبل الميلاد`."""
    number = day_number(stretch, "number")
    if not number or number > TEN:
        return []
    first = 1 - 1000 * number if stretch.is_before_christ() else 1000 * number - 999
    return stretch.whole(Said("year", year=first), Said("year", year=first + 999))


def decade(stretch: Stretch) -> list[Expression]:
    """`التسعينيات`, `ثمانينيات القرن الماضي`."""
    return stretch.whole(_tens(stretch, stretch.number("decade") or 0))


def _tens(stretch: Stretch, tens: int) -> Said | None:
    """The decade of such tens, in the century that the match names where it names one."""
    if "century" in stretch.match.groups:
        first = HUNDRED - tens - 9 if stretch.is_before_christ() else tens - 1
        return _of_century(stretch, first)
    if stretch.has("the_century"):
        away = stretch.number("direction") or 0
        return Said("decade", part=tens, within="century", away=away)
    return Said("decade", part=tens, mark=UNRESOLVED if stretch.has("hijri") else None)


def decades(stretch: Stretch) -> list[Expression]:
    """`عقدي الثمانينيات والتسعينيات من القرن الماضي`."""
    first, last = (_tens(stretch, int(tens)) for tens in stretch.values("decade")[:SECOND])
    return stretch.whole(first, last)


def decade_number(stretch: Stretch) -> list[Expression]:
    """`العقد الأول من القرن العشرين`, `العقد الأول من الألفية الثالثة`."""
    number = TEN if stretch.has("latest", group="number") else ordinal(stretch, "number")
    if number is None or number > TEN:
        return []
    if "thousand" in stretch.match.groups:
        new = stretch.has("new", group="thousand")
        thousand = LAST_THOUSAND if new else day_number(stretch, "thousand")
        begins = 1000 * (thousand or 0) - 999
        return stretch.whole(Said("decade", year=begins + TEN * (number - 1)))
    return stretch.whole(_numbered_decade(stretch, number))


def decade_numbers(stretch: Stretch) -> list[Expression]:
    """`العقدين الأول والثاني من القرن العشرين`."""
    latest = stretch.has("latest", group="number")
    first, last = ordinal(stretch, "first"), TEN if latest else ordinal(stretch, "number")
    if not first or not last or not first < last <= TEN or stretch.value("the_two") != "decade":
        return []
    left, right = (_numbered_decade(stretch, number) for number in (first, last))
    return stretch.whole(left, right) if left and right else []


def _numbered_decade(stretch: Stretch, number: int) -> Said | None:
    """The decade of such a number, in the century that the match names or tells."""
    if "century" in stretch.match.groups:
        return _of_century(stretch, TEN * (number - 1))
    away = stretch.number("direction") or 0
    return Said("decade", part=TEN * (number - 1) + 1, within="century", away=away)


def _of_century(stretch: Stretch, years: int) -> Said | None:
    """The ten years that begin so many years after the century that the match names."""
    of = century(stretch)
    if of is None or of.part is None:
        return of and replace(of, unit="decade")
    return Said("decade", year=first_year(of) + years, hijri=of.hijri)


def first_year(of: Said) -> int:
    """The first year of a century."""
    number = of.part or 0
    return 1 - 100 * number if of.bc else 100 * number - 99


def century(stretch: Stretch, group: str = "century") -> Said | None:
    """The century that a match names, by its number or by its distance."""
    if group not in stretch.match.groups:
        if stretch.has("latest"):
            return Said("century", mark=VAGUE)
        return Said("century", within="century", away=stretch.number("direction") or 0)
    number = day_number(stretch, group)
    if number is None or not 1 <= number <= GREATEST_CENTURY:
        return None
    if stretch.is_before_hijra() or stretch.is_solar():
        return Said("century", mark=UNRESOLVED)
    hijri, before_christ = stretch.has("hijri hijra"), stretch.is_before_christ()
    return Said("century", part=number, hijri=hijri, bc=before_christ)


def single_century(stretch: Stretch) -> list[Expression]:
    """`القرن التاسع عشر`, `القرن الثالث الهجري`, `القرن الماضي`."""
    return stretch.whole(century(stretch))


def centuries(stretch: Stretch) -> list[Expression]:
    """`القرنين التاسع عشر والعشرين`, `القرون الثاني والثالث والرابع الهجرية`."""
    if stretch.value("the_two the_many") not in (None, "century"):
        return []
    ends = [found for group in ("first", "century") if (found := century(stretch, group))]
    if len(ends) < SECOND:
        return []
    if stretch.has("the_two") and stretch.is_before_christ():  # الثالث والرابع قبل الميلاد
        ends.sort(key=lambda said: said.part or 0, reverse=True)
    return stretch.whole(*ends)


def centuries_apart(stretch: Stretch) -> list[Expression]:
    """`القرنين الأول قبل الميلاد والأول الميلادي`: each of its own era."""
    if stretch.value("the_two") not in (None, "century"):
        return []
    groups = stretch.match.groups
    ends = [
        century(replace(stretch, match=Match(stretch.match.rule, *groups[side], groups)), group)
        for side, group in (("left", "first"), ("right", "century"))
    ]
    left, right = ends
    if left is None or right is None or left.hijri != right.hijri:
        return []  # one century in two calendars
    return stretch.whole(left, right)
