"""The grammar of Arabic dates, over the tags of `date_tokens`.

A rule is a regular expression whose letters are words: `day of_? month` reads a day number, perhaps
`من`, and a month. Names in lower case are classes of tokens, names with a capital letter stand for
the rules of `PARTS`, and `<year: ...>` keeps the tokens that it covers under a name.
"""

import re
from typing import NamedTuple

from toolkit.dating.tokens import TAGS

PARTS = {
    # months
    "Name": (
        "(month | weak_month | doubtful_month | half_month (first_ | fore | second_) | father fire)"
    ),
    "Gregorian": "(Name ((slash | dash)? Name | slash half_month | open_ Name close){0,3})",
    "Hijri": "(hijri_month | half_hijri first_ | dhu qi_da)",
    "Month": "(<month: Gregorian | Hijri | (libyan_month | the_season) (?= year)>)",
    # numbers
    "Ordinal": "((ordinal | first_) (and_ tens_definite | cardinal)? | tens_definite"
    " | one_ and_ tens_definite)",
    "Day": "(the? day | Ordinal)",
    "Listed": (  # الحادي والعشرين is one of them, never two
        "(the? day | (ordinal | first_) (and_ tens_definite | cardinal)?+ | tens_definite)"
    ),
    "Words": "(cardinal (and_? cardinal){0,9})",
    "Count": "(Words | day | small | year)",
    "Spoken": "(cardinal (and_? cardinal)?)",
    # years
    "Bc": "(before (christ | era) | qaf dot? era)",
    "Bh": "(before hijra | qaf dot? hijri)",
    "Solar": "((dot | slash | dash)? (solar_sign | solar))",
    "Era": "(Bc | Bh | hijri Solar? | solar | era | after (christ | hijra))",
    "Eras": "(Era | open_ Era close)",
    "YearNoun": "(year_noun | the_year (Calendar new?)?)",
    "Calendar": "(hijri solar? | solar | era)",
    "OfEra": "((small | day) (Bc | Bh | hijri Solar? | after hijra))",
    "Counted": "((year | small | Words) Eras? | day Eras | open_ (year | small) Era? close Era?)",
    "Year": ("(YearNoun <counted: Counted> | <year: year Eras? | OfEra>)"),
    "UnsaidYear": (
        "(this? the_year Calendar? (direction | same | new)? | (that | same_) the_year)"
    ),
    "YearOfMonth": "((comma | slash | dash)? (of_ by? | by)? (Year | <early: small era>) direction?"
    " | of_? by? UnsaidYear | direction)",
    "OfMonth": "(blessed? YearOfMonth)?",
    # days
    "Relative": (
        "((fore of_? | before) (yesterday | at_yesterday) | (yesterday | at_yesterday) first_?"
        " | after tomorrow | tomorrow | this? the_day)"
    ),
    "Agreeing": "(agreeing in_it? by?)",
    "Days": "((two_days | day_noun)? (weekday (and_ weekday)?)? <first: Day>)",
    "Join": "(comma | open_ | dash | Agreeing)",
    "Before": (
        "((day_noun? Relative (comma | Agreeing)?)? (day_noun? weekday direction? Join?)?"
        " day_noun?)"
    ),
    "To": "(dash | and_? to | and_)",
    "OfTheMonth": (
        "(of_? (this? the_month (direction | same)? | that the_month) | of_? direction)"
    ),
    # units
    "Unit": "(the_year | the_month | the_week | the_decade | the_century)",
    "Noun": "(year_noun | month_noun | day_noun | other_noun | decade_noun)",
    "Alone": (
        "(?! day | year | small | cardinal | month | weak_month | doubtful_month | half_month"
        " | hijri_month | half_hijri | dhu | weekday | decade | yesterday)"
    ),
    "Century": "(the_century (<century: Day> Eras? | direction | latest))",
    "Whole": "(Year direction? | UnsaidYear | Century)",
}

RULES = {
    "date": "Before <day: Day> (of_ | slash | dash)? month_noun? Month OfMonth",
    "spoken": "(day_noun? weekday)? day_noun? <spoken: Spoken> of_? month_noun? Month OfMonth",
    "opening": (
        "Before (opening | libyan_month (?= of_ | month | weak_month | doubtful_month)) of_?"
        " month_noun? Month OfMonth"
    ),
    "days": (
        "Days <more: ((and_ | comma) Listed){1,9}>? <to: To | slash> (day_noun? weekday)?"
        " <day: Day> (of_ | slash | dash)? month_noun? Month OfMonth"
    ),
    "month": "month_noun? Month OfMonth",
    "half": "(<day: the? day> of_?)? half_month (of_? YearNoun)? <year: year Eras?>",
    "month_day": "Month <day: day> comma <year: year>",
    "months": "two_months <first: Gregorian | Hijri> <to: To> Month OfMonth",
    "day_of_month": "Before <day: Day> OfTheMonth",
    "days_of_month": (
        "Days <more: ((and_ | comma) Listed){1,9}>? <to: To> (day_noun? weekday)? <day: Day>"
        " OfTheMonth"
    ),
    "numeric": "Before numbers Eras?",
    "numeric_month": "day slash year",
    "numeric_days": "<first: day> dash <day: day> slash <month: day> slash <year: year Eras?>",
    "iso_month": "<year: year> dash <number: day>",
    "year": "YearNoun <counted: Counted> direction?"
    " | the_year direction open_? <year: year Eras?> close?",
    "bare_year": "<year: year Eras? | OfEra> | <early: small era>",
    "ordinal_year": "the_year <number: Ordinal> (Era | of_ hijra)",
    "ordinal_years": "the_two <first: Ordinal> <to: To> <number: Ordinal> (Era | of_ hijra)",
    "old_year": "<year: year | small> (year_noun | accusative) Bc",
    "millennium": "the_thousand <number: Day> Eras?",
    "years": (
        "(two_years | the_two | many | the_many | YearNoun)? open_?"
        " <left: <first: year | small | day> Era?> <more: ((and_ | comma) year){1,9}>?"
        " <to: To | slash> YearNoun? <right: <last: year | small | day> Eras?> (close Bc)?"
    ),
    "first_months": (
        "(the_many <count: cardinal_definite | the? day> first_ | fore <some: Words | day> many)"
        " of_ Whole"
    ),
    "listed_year": "many <year: year Eras?>",
    "weekday": ("(day_noun? Relative comma?)? day_noun? weekday (direction | latest)?"),
    "weekdays": (
        "(two_days | many | the_two | the_many) weekday ((and_ | comma) day_noun? weekday){1,6}"
        " direction? | day_noun? weekday and_ day_noun? weekday direction"
        " | weekday slash? weekday direction?"
    ),
    "relative": "day_noun? Relative",
    "night": "night direction",
    "day_part": "this the_day_part open_ weekday close",
    "unit": ("this? Unit (direction | same | new | latest)? | (that | same_) Unit"),
    "calendar_year": "the_year Calendar (direction | new)?",
    "that_day": "(that | same_) the_day | the_day same",
    "ago": (
        "(since | before | after) (about | more of_)?"
        " (<count: Count> (many | accusative | Noun) | two | Noun <one: cardinal>"
        " | Noun Alone) (and_ half_)? of_?"
    ),
    "long_ago": "(since | before) some? many few?",
    "last_units": (
        "(the_many (few | <count: cardinal_definite cardinal? | tens_definite | the? day>)? few?"
        " | the_two few?"
        " | the? <some: Words | day | tens_definite | cardinal_definite cardinal?>"
        " (many | accusative | year_noun))"
        " (direction | latest)"
        " | ending (<recent: Words | day> many | two)"
    ),
    "decade": (
        "(decade_noun | the_decade | many)? decade"
        " (of_? (Century | this the_century) | era | hijri)?"
    ),
    "decades": "two_decades <first: decade> <to: To> decade (of_? (Century | this the_century))?",
    "decade_number": (
        "the_decade <number: Ordinal | latest> of_ (Century | the_thousand <thousand: Day | new>)"
    ),
    "decade_numbers": ("the_two <first: Ordinal> <to: To> <number: Ordinal | latest> of_ Century"),
    "century": "Century",
    "centuries": (
        "(the_two | the_century | the_many) <first: Day> <to: To> the_century? <century: Day> Eras?"
    ),
    "centuries_apart": (
        "(the_two | the_century) <left: <first: Day> Eras> <to: To> the_century?"
        " <right: <century: Day> Eras>"
    ),
    "listed_centuries": (
        "(the_century | the_many) <first: Listed> ((and_ | comma) Listed){1,9} <to: To>"
        " <century: Listed> Eras?"
    ),
    "season": (
        "(season | half_hijri) of_? (Year | UnsaidYear) ((slash | dash) <next: year | day>)?"
        " | this the_season | the_season direction"
    ),
    "part": "(the_quarter | the_half) <number: first_ | ordinal | latest> (of_? by? Whole)?",
    "parts": "the_quarters <first: Day> <to: To> <number: Day> of_? by? Whole",
}

WORD = re.compile(r"<(?P<group>\w+):|(?P<end>>)|(?P<name>[A-Za-z]\w*)|(?P<open>\((?!\?))|\s+")


class Match(NamedTuple):
    """A stretch of tokens that a rule reads, and what stands where in it."""

    rule: str
    start: int
    end: int
    groups: dict[str, tuple[int, int]]


def expanded(rule: str) -> str:
    """The rule as a regular expression over tags.

    Examples
    --------
    >>> expanded("day of_?") == f"{TAGS['day']}{TAGS['of_']}?"
    True
    """

    def replacement(match: re.Match[str]) -> str:
        if match["group"]:
            return f"(?P<{match['group']}>"
        if match["end"]:
            return ")"
        if match["open"]:
            return "(?:"
        name = match["name"]
        if not name:
            return ""
        return expanded(PARTS[name]) if name in PARTS else TAGS[name]

    return WORD.sub(replacement, rule)


PATTERNS = {name: re.compile(expanded(rule)) for name, rule in RULES.items()}
# What no expression begins with.
CONNECTING = (
    "in_ of_ to between during edge about more some each and_ by comma dot colon line close"
    " direction latest qi_da christ era hijri solar solar_sign qaf few blessed person event prayer"
    " praying half_ same new accusative second_ slash dash open_ in_it hijra"
)
BEGINNING = re.compile(f"[^x{''.join(TAGS[name] for name in CONNECTING.split())}]")


def matches(tags: str, place: int) -> list[Match]:
    """What the rules read from a place on, the longest first, then in the order of the rules."""
    found = [
        Match(name, place, match.end(), _groups(match))
        for name, pattern in PATTERNS.items()
        if (match := pattern.match(tags, place)) and match.end() > place
    ]
    return sorted(found, key=lambda match: -match.end)


def _groups(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    return {name: match.span(name) for name, letters in match.groupdict().items() if letters}
