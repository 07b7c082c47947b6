"""From tokens to expressions: one after the other, then those that belong together.

Two expressions are one where they are the ends of a range, or one time in two calendars.
"""

import re
from dataclasses import dataclass, replace

from toolkit.dating.calendars import Day
from toolkit.dating.context import accepts, is_named_after, is_yearly
from toolkit.dating.grammar import BEGINNING, expanded, matches
from toolkit.dating.moves import STOPS, moved, moves
from toolkit.dating.readers import READERS
from toolkit.dating.said import UNKNOWN, UNRESOLVED, Meant, Said
from toolkit.dating.stretch import Expression, Stretch
from toolkit.dating.tense import is_ahead, is_beginning, is_over
from toolkit.dating.tokens import TAGS, Tokens
from toolkit.dating.values import (
    agreed,
    between,
    in_calendars,
    is_weekday,
    lacks_year,
    resolved,
    with_year_of,
)

OPEN, CLOSE, BETWEEN, EDGE = (TAGS[name] for name in ("open_", "close", "between", "edge"))
SINCE = TAGS["since"]
ENDS = (TAGS["dot"], TAGS["line"])
BEGINNINGS = (TAGS["of_"], SINCE)
TO = re.compile(expanded("comma? and_? to (in_ | of_)? edge?"))
DASH = re.compile(expanded("dash"))
AND = re.compile(expanded("comma? and_"))
UNTIL = re.compile(expanded("comma? and_? to"))
MOVED_TO = re.compile(expanded("comma? to (in_ | of_)? edge?"))
NOW, AND_NOW = "الان", "والان"  # as they are folded
OF_YEAR = re.compile(expanded("(day | small | year) (era | year_noun)"))
MIDDLE_OF_WEEK = 3  # days from one weekday of a list to the next
SAME = re.compile(expanded("(slash | dash | comma | open_)? (agreeing in_it? by? | by)?"))


@dataclass(frozen=True)
class Dated:
    """An expression with its days.

    Attributes
    ----------
    start, end : int
        Places of its tokens, half-open.
    first_said, last_said : Said
        What it says, or its two ends.
    meant : Meant
        The days, beside the document's date.
    """

    start: int
    end: int
    first_said: Said
    last_said: Said
    meant: Meant


def dated(tokens: Tokens, document: Day | None, begin: int = 0) -> list[Dated]:
    """The date expressions of a text in their order, from one of its tokens on."""
    expressions = _expressions(tokens, begin)
    read = [
        one
        for sentence in _sentences(expressions, tokens)
        for one in _in_calendars(sentence, document)
    ]
    single = [_meaning(found, document) for found in read]
    listed = _sharing_year(_double(single, tokens), tokens, document)
    return _ranges(_weekdays_in_order(listed, tokens, document), tokens, document)


def _expressions(tokens: Tokens, begin: int) -> list[Expression]:
    found: list[Expression] = []
    place, previous = begin, -1
    while at := BEGINNING.search(tokens.tags, place):
        read = _read(tokens, at.start(), previous)
        found += read
        place = at.end()
        if read:
            place = previous = read[-1].end
    return found


def _read(tokens: Tokens, place: int, previous: int) -> list[Expression]:
    """What the longest match says that makes sense and stands in a fitting context."""
    for match in matches(tokens.tags, place):
        stretch = Stretch(tokens, match)
        if not accepts(stretch, previous):
            continue
        read = READERS[match.rule](stretch)
        if read and (is_named_after(stretch) or is_yearly(stretch)):
            read = [one._replace(said=replace(one.said, mark=UNRESOLVED)) for one in read]
        if read and is_ahead(stretch):
            read = [one._replace(said=replace(one.said, ahead=True)) for one in read]
        elif read and is_beginning(stretch):
            read = [one._replace(said=replace(one.said, starting=True)) for one in read]
        elif read and lacks_year(read[0].said) and is_over(stretch):
            read = [_over(one) for one in read]
        if read:
            return [*read[:-1], _closed(read[-1], tokens)]
    return []


def _over(found: Expression) -> Expression:
    until = found.until and replace(found.until, over=True)
    return found._replace(said=replace(found.said, over=True), until=until)


def _closed(found: Expression, tokens: Tokens) -> Expression:
    """With the bracket that closes one of its own."""
    inside = tokens.tags[found.start : found.end]
    closes = tokens.tags[found.end : found.end + 1] == CLOSE
    opened = inside.count(OPEN) > inside.count(CLOSE)
    return found._replace(end=found.end + 1) if opened and closes else found


def _sentences(found: list[Expression], tokens: Tokens) -> list[list[Expression]]:
    """The expressions of each sentence, which a full stop, a line, `!`, `؟` or `؛` ends."""
    sentences: list[list[Expression]] = []
    end = 0
    for one in found:
        tags, values = tokens.tags[end : one.start], tokens.values[end : one.start]
        ended = any(sign in tags for sign in ENDS) or any(sign in values for sign in STOPS)
        if not sentences or ended:
            sentences.append([])
        sentences[-1].append(one)
        end = one.end
    return sentences


def _in_calendars(sentence: list[Expression], document: Day | None) -> list[Expression]:
    """The expressions of a sentence, of which years without a sign are of one calendar."""
    ends = [end for one in sentence for end in (one.said, one.until) if end]
    read = iter(in_calendars(ends, document))
    return [
        one._replace(said=next(read), until=next(read) if one.until else None) for one in sentence
    ]


def _meaning(found: Expression, document: Day | None) -> Dated:
    said = found.said, found.until or found.said
    return _meant(found.start, found.end, said, document)


def _meant(start: int, end: int, said: tuple[Said, Said], document: Day | None) -> Dated:
    """What stands there, with its days; said twice it is no range."""
    first, last = said
    meant = resolved(first, document) if first is last else between(first, last, document)
    return Dated(start, end, first, last, meant)


# --- two calendars ----------------------------------------------------------------------------


def _double(found: list[Dated], tokens: Tokens) -> list[Dated]:
    joined: list[Dated] = []
    is_open = False  # one time stands in two calendars, and no third belongs to it
    for one in found:
        both = _in_two_calendars(joined[-1], one, tokens) if is_open else None
        if both:
            joined[-1] = both
        else:
            joined.append(one)
        is_open = not both
    return joined


def _in_two_calendars(left: Dated, right: Dated, tokens: Tokens) -> Dated | None:
    """Both as one where one is Hijri and the other is not, and nothing else stands between."""
    hijri = left.last_said.hijri
    numbered = _is_numbered(left.last_said) and _is_numbered(right.last_said)
    if hijri == right.last_said.hijri or not numbered:
        return None
    gap = tokens.tags[left.end : right.start]
    if not SAME.fullmatch(gap):
        return None
    opened = OPEN in gap
    if opened and tokens.tags[right.end : right.end + 1] != CLOSE:
        return None
    meant = agreed(left.meant, right.meant) if hijri else agreed(right.meant, left.meant)
    said = right if hijri else left
    return Dated(left.start, right.end + opened, said.first_said, said.last_said, meant)


def _is_numbered(said: Said) -> bool:
    """Whether a year or a century is said by its number."""
    return bool(said.year or (said.unit == "century" and said.part))


# --- lists ------------------------------------------------------------------------------------


def _sharing_year(found: list[Dated], tokens: Tokens, document: Day | None) -> list[Dated]:
    """`يناير وفبراير 2018`: what stands before a month with its year is of this year, too.

    So is what stands before two names that disagree: `حزيران/يونيو إلى تموز/أغسطس 2017`.
    """
    shared = found[-1:]
    for one in reversed(found[:-1]):
        following, gap = shared[-1].first_said, (one.end, shared[-1].start)
        listed = AND.fullmatch(tokens.tags, *gap) or (
            following.mark and TO.fullmatch(tokens.tags, *gap)
        )
        shared.append(_with_year_of(one, following, document) if listed else one)
    return shared[::-1]


def _with_year_of(found: Dated, following: Said, document: Day | None) -> Dated:
    first = with_year_of(found.first_said, following)
    single = found.first_said is found.last_said
    last = first if single else with_year_of(found.last_said, following)
    return _meant(found.start, found.end, (first, last), document)


def _weekdays_in_order(found: list[Dated], tokens: Tokens, document: Day | None) -> list[Dated]:
    """`الثلاثاء والأربعاء`: the second weekday is the next of its name behind the first."""
    ordered = found[:1]
    for one in found[1:]:
        before, said = ordered[-1], one.first_said
        listed = AND.fullmatch(tokens.tags, before.end, one.start) and before.meant.first
        follows = listed and is_weekday(said) and before.last_said.weekday is not None
        days = ((said.weekday or 0) - (before.last_said.weekday or 0)) % 7
        today = days == 1 and one.meant.first == document  # that of the first is in doubt then
        if follows and 0 < days <= MIDDLE_OF_WEEK and not today:
            meant = resolved(replace(said, direction=1), before.meant.last)
            ordered.append(replace(one, meant=meant))
        else:
            ordered.append(one)
    return ordered


# --- ranges -----------------------------------------------------------------------------------


def _ranges(found: list[Dated], tokens: Tokens, document: Day | None) -> list[Dated]:
    joined: list[Dated] = []
    for one in found:
        way = _moves(joined, one, tokens) if joined else 0
        both = _range(joined[-1], one, tokens, document) if joined and not way else None
        if way:
            joined[-1:] = _two_days(joined[-1], one, way, document)
        elif both:
            joined[-1] = both
        else:
            joined.append(one)
    return [_until_now(one, tokens, document) for one in joined]


def _moves(before: list[Dated], right: Dated, tokens: Tokens) -> int:
    """Which way something is moved from the last day to the next one, 0 where nothing is."""
    left = before[-1]
    single = left.first_said is left.last_said and right.first_said is right.last_said
    to = single and MOVED_TO.fullmatch(tokens.tags, left.end, right.start)
    return moves(tokens, left.start, before[-2].end if before[:-1] else 0) if to else 0


def _two_days(left: Dated, right: Dated, way: int, document: Day | None) -> list[Dated]:
    start, end = moved(left.first_said, right.first_said, way, document=document)
    return [replace(left, meant=start), replace(right, meant=end)]


def _until_now(found: Dated, tokens: Tokens, document: Day | None) -> Dated:
    """`من 2011 إلى الآن`: what begins and lasts to the document's day, as one range."""
    said = found.first_said
    if said is not found.last_said or said.mark:
        return found
    at = found.start - 1
    at -= tokens.tags[at : at + 1] == EDGE
    before = tokens.tags[at] if at >= 0 else ""
    if tokens.tags[found.start] == SINCE:  # منذ ثلاث سنوات حتى الآن
        before = SINCE
    to = UNTIL.match(tokens.tags, found.end) if before in BEGINNINGS else None
    end, now = (to.end(), NOW) if to else (found.end, AND_NOW)
    if not (to or before == BETWEEN) or tokens.values[end : end + 1] != [now]:
        return found
    today = Said("day", within="day")
    meant = between(said, today, document)
    if meant == UNKNOWN and document:  # what begins after the document's day
        return found
    return Dated(found.start, end + 1, said, today, meant)


def _range(left: Dated, right: Dated, tokens: Tokens, document: Day | None) -> Dated | None:
    single = left.first_said is left.last_said and right.first_said is right.last_said
    marked = left.last_said.mark or right.last_said.mark
    either = left.last_said.bare and right.last_said.bare  # of this age or of the Middle Ages
    if not single or (marked and not either):
        return None
    if not _is_joined(left, right, tokens) or _goes_on(right, tokens):
        return None
    meant = between(left.first_said, right.last_said, document, rising=True)
    if meant == UNKNOWN and right.meant != UNKNOWN:
        return None
    return Dated(left.start, right.end, left.first_said, right.last_said, meant)


def _goes_on(found: Dated, tokens: Tokens) -> bool:
    """Whether a year that is not read follows a month without one: 19 أغسطس 14 م."""
    return lacks_year(found.last_said) and bool(OF_YEAR.match(tokens.tags, found.end))


def _is_joined(left: Dated, right: Dated, tokens: Tokens) -> bool:
    gap = tokens.tags[left.end : right.start]
    if TO.fullmatch(gap):
        return True
    if DASH.fullmatch(gap):
        around = tokens.tags[left.start - 1 : left.start] + tokens.tags[right.end : right.end + 1]
        return left.last_said.unit == right.first_said.unit or around == OPEN + CLOSE
    return bool(AND.fullmatch(gap)) and tokens.tags[left.start - 1 : left.start] == BETWEEN
