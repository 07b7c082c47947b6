"""A stretch of tokens that a rule of the grammar matched, and the numbers and years in it."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from toolkit.dating import numbers as date_numbers
from toolkit.dating.calendars import day_of, hijri_month_start, hijri_year_of
from toolkit.dating.grammar import Match, expanded
from toolkit.dating.neighbours import PILGRIMAGE
from toolkit.dating.number_words import Value
from toolkit.dating.said import UNRESOLVED, Said
from toolkit.dating.tokens import OTHER, TAGS, Tokens
from toolkit.normalise import fold

NAMES = {tag: name for name, tag in TAGS.items()}
LAST_HIJRI = 1600  # a later year beside a Hijri month is one of the Gregorian calendar
YEAR_NOUNS = "year_noun the_year two_years the_two"
SAID_YEARS = f"{YEAR_NOUNS} many the_many"
SHORT_YEARS = range(32, 100)
LISTED = re.compile(expanded("Listed"))


@cache
def tags_of(names: str) -> str:
    """The tags of some classes, whose names stand between spaces."""
    return "".join(TAGS[name] for name in names.split())


class Expression(NamedTuple):
    """A date expression: its tokens, what it says, and where a range ends."""

    start: int
    end: int
    said: Said
    until: Said | None = None


@dataclass(frozen=True)
class Stretch:
    """A match in its text: what it holds, and what stands around it."""

    tokens: Tokens
    match: Match

    def values(self, names: str, *, group: str = "") -> list[Value]:
        """The values of the tokens of some classes, in the match or in one of its groups."""
        start, tags = self._tags(group)
        wanted = tags_of(names)
        return [self.tokens.values[start + at] for at, tag in enumerate(tags) if tag in wanted]

    def value(self, names: str, *, group: str = "") -> Value | None:
        """The first of these values, None where there is none."""
        if not self.has(names, group=group):
            return None
        return self.values(names, group=group)[0]

    def number(self, names: str, *, group: str = "") -> int | None:
        """The first of these values as a number."""
        value = self.value(names, group=group)
        return None if value is None else int(value)

    def has(self, names: str, *, group: str = "") -> bool:
        """Whether a token of one of the classes is in the match, or in one of its groups."""
        _, tags = self._tags(group)
        return any(tag in tags for tag in tags_of(names))

    def _tags(self, group: str) -> tuple[int, str]:
        """Place and tags of the match, or of one of its groups."""
        start, end = self.match.groups.get(group, (0, 0)) if group else self.match[1:3]
        return start, self.tokens.tags[start:end]

    def is_before_christ(self) -> bool:
        """Whether the match says that it counts the years before Christ."""
        return self.has("qaf before") and self.has("christ era") and not self.is_before_hijra()

    def is_before_hijra(self) -> bool:
        """Whether the match says that it counts the years before the Hijra."""
        return (self.has("before") and self.has("hijra")) or (self.has("qaf") and self.has("hijri"))

    def is_solar(self) -> bool:
        """Whether the match says that it counts the solar years since the Hijra."""
        return self.has("solar solar_sign")

    def before(self, back: int = 1) -> str:
        """The class of a token before the match, counted back from it."""
        at = self.match.start - back
        return NAMES.get(self.tokens.tags[at], OTHER) if at >= 0 else ""

    def after(self, ahead: int = 0) -> str:
        """The class of a token behind the match."""
        at = self.match.end + ahead
        return NAMES.get(self.tokens.tags[at], OTHER) if at < len(self.tokens.tags) else ""

    def word_before(self, back: int = 1) -> str:
        """A word before the match that is of no class, else nothing."""
        at = self.match.start - back
        return str(self.tokens.values[at]) if self.before(back) == OTHER else ""

    def word_after(self, ahead: int = 0) -> str:
        """A word behind the match that is of no class, else nothing."""
        at = self.match.end + ahead
        return str(self.tokens.values[at]) if self.after(ahead) == OTHER else ""

    def word_at(self, place: int) -> str:
        """A token as it stands in the text, folded."""
        return fold(self.tokens.cleaned[self.tokens.starts[place] : self.tokens.ends[place]])

    def whole(self, said: Said | None, until: Said | None = None) -> list[Expression]:
        """The match as one expression, none where it says nothing."""
        if said is None:
            return []
        return [Expression(self.match.start, self.match.end, said, until)]


# --- numbers ----------------------------------------------------------------------------------


def day_number(stretch: Stretch, group: str) -> int | None:
    """The number of a day, in figures or as an ordinal."""
    figure = stretch.number("day", group=group)
    if figure is not None:
        return figure
    return ordinal(stretch, group)


def ordinal(stretch: Stretch, group: str) -> int | None:
    """The number of an ordinal."""
    words = stretch.values("ordinal first_ one_ tens_definite cardinal", group=group)
    return date_numbers.ordinal([int(word) for word in words]) if words else None


def listed(stretch: Stretch, group: str) -> list[int]:
    """The numbers of the days that a group lists, 0 for what is no number."""
    start, end = stretch.match.groups.get(group, (0, 0))
    found = []
    for one in LISTED.finditer(stretch.tokens.tags, start, end):
        within = stretch.match._replace(groups={group: one.span()})
        found.append(day_number(replace(stretch, match=within), group) or 0)
    return found


def count(stretch: Stretch, group: str) -> int | None:
    """A number in figures or in words."""
    figure = stretch.number("day small year", group=group)
    if figure is not None:
        return figure
    words = stretch.values("cardinal cardinal_definite", group=group)
    return date_numbers.cardinal([int(word) for word in words]) if words else None


class Year(NamedTuple):
    """A year as it is written; `uncounted` is one of a calendar that is not counted here.

    `unsigned` is one of 1300 to 1499 without a sign of its calendar, `bare` where no عام, سنة or
    word of schools stands beside it, and `paired` where it is one of two with a slash.
    """

    number: int
    hijri: bool = False
    uncounted: bool = False
    plain: bool = True
    unsigned: bool = False
    bare: bool = False
    paired: bool = False


def year(stretch: Stretch, group: str = "") -> Year | None:
    """The year that a match names, None where it names none."""
    group = group or next(
        (name for name in ("counted", "year", "early") if name in stretch.match.groups), ""
    )
    number = count(stretch, group) if group else None
    return of_era(stretch, number) if number else None  # there is no year 0


def of_era(stretch: Stretch, number: int) -> Year:
    """The year of such a number in the era that the match names."""
    hijri = stretch.has("hijri hijra") or _is_of_pilgrimage(stretch, number)
    before_christ = stretch.is_before_christ()
    plain = not (stretch.has("hijri era christ qaf hijra") or stretch.is_solar())
    if plain and number in SHORT_YEARS and stretch.has(YEAR_NOUNS):
        number += 1900  # عام 67
    number = 1 - number if before_christ else number
    uncounted = stretch.is_solar() or stretch.is_before_hijra()
    unsigned = plain and not hijri and number in date_numbers.HIJRI_YEARS
    return Year(number, hijri, uncounted, plain, unsigned, not stretch.has(SAID_YEARS))


def _is_of_pilgrimage(stretch: Stretch, number: int) -> bool:
    """Whether a number alone behind a pilgrimage is its Hijri year: موسم حج 1439."""
    alone = stretch.match.rule == "bare_year" and not stretch.has("era christ qaf")
    behind = stretch.word_before() in PILGRIMAGE
    return alone and behind and number in date_numbers.HIJRI_YEARS


def within_year(said: Said, stretch: Stretch) -> Said | None:
    """What is said, in the year that the match names, or as far away as it says."""
    if stretch.has("same that same_"):
        return replace(said, mark=UNRESOLVED)
    named = year(stretch)
    if named is not None:
        return in_year(said, named)
    if stretch.has("the_year"):
        if stretch.is_solar():
            return replace(said, mark=UNRESOLVED)
        away = stretch.number("direction") or 0
        return replace(said, within="new" if stretch.has("new") else "year", away=away)
    return replace(said, direction=stretch.number("direction"))


def in_year(said: Said, named: Year) -> Said | None:
    """What is said, in a year; of the Hijri calendar where the year or the month is."""
    if named.uncounted:
        return replace(said, mark=UNRESOLVED)
    if named.hijri and (named.number > LAST_HIJRI or (said.month and not said.hijri)):
        return None
    hijri = named.hijri or said.hijri
    number = named.number
    if hijri and number > LAST_HIJRI:
        number = _hijri_year_in(number, said.month or 1)
    unsigned = named.unsigned and not said.month
    bare = unsigned and named.bare
    paired = unsigned and named.paired
    return replace(said, year=number, hijri=hijri, unsigned=unsigned, bare=bare, paired=paired)


def _hijri_year_in(gregorian: int, month: int) -> int:
    """The Hijri year whose month begins in a Gregorian year."""
    near = hijri_year_of((gregorian, 1, 1))
    for hijri in (near, near + 1):
        if day_of(hijri_month_start(hijri, month))[0] == gregorian:
            return hijri
    return near
