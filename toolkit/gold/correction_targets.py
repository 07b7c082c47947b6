"""Which mentions a correction means, and what it wants of each."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from toolkit.arabic.sentences import paragraphs
from toolkit.gold.correction_files import OFFSETS
from toolkit.gold.correction_wishes import GONE
from toolkit.normalise import fold

ASPECTS = {"delete": GONE, "retype": "type", "rename": "name"}

Wanted = list[tuple[int, dict[str, Any]]]


@dataclass
class Mention:
    """A mention, and its row in the table if it has one."""

    doc: str
    start: int
    end: int
    text: str
    type: str
    name: str | None
    row: int | None
    moved: bool = False
    retyped: bool = False


class Unmatched(ValueError):
    """Why a correction finds nothing."""


class Targets:
    """The mentions by their place, name and text, as they are before all corrections."""

    def __init__(
        self, mentions: list[Mention], raw: dict[str, str], bodies: dict[str, int]
    ) -> None:
        self._all, self._raw, self._bodies = mentions, raw, bodies
        self._by_span = defaultdict(list)
        self._by_name, self._by_text = defaultdict(list), defaultdict(list)
        for place, each in enumerate(mentions):
            self._by_span[each.doc, each.start, each.end].append(place)
            self._by_name[fold(each.name or "")].append(place)
            self._by_text[fold(each.text)].append(place)

    def wanted(self, row: dict[str, Any]) -> Wanted:
        """The mentions that a row means, each with what it should be."""
        if row["doc"] is not None and row["doc"] not in self._raw:
            raise Unmatched(f"no document {row['doc']!r}")
        if row["action"] == "add":
            return self._wanted_anew(row)
        places = self._meant(row)
        if row["action"] == "span":
            return self._wanted_elsewhere(row, places)
        if not places:
            if row["action"] == "delete" and self._has_letters(row):
                return []
            raise Unmatched(self._why(row))
        aspect = ASPECTS[row["action"]]
        value = True if aspect == GONE else row["value"]
        return [(place, {aspect: value}) for place in places]

    def _meant(self, row: dict[str, Any]) -> list[int]:
        """The mentions that a row means, as they were before all corrections."""
        if row["start"] is not None:
            places = self._by_span.get((row["doc"], row["start"], row["end"]), [])
            self._check_letters(row)
            typed = [place for place in places if self._all[place].type == row["type"]]
            if row["type"] is not None and len(places) > 1 and not typed:
                raise Unmatched(f"{len(places)} mentions stand there, none of type {row['type']}")
            return typed or places
        named = [
            by.get(fold(cell), []) if fold(cell) else []
            for by, cell in ((self._by_name, row["name"]), (self._by_text, row["text"]))
            if cell is not None
        ]
        return [
            place
            for place in named[0]
            if row["doc"] in (None, self._all[place].doc)
            and row["type"] in (None, self._all[place].type)
            and (len(named) == 1 or place in named[1])
        ]

    def _wanted_elsewhere(self, row: dict[str, Any], places: list[int]) -> Wanted:
        """The mention that a row gives another span, or the one that has it."""
        if len(places) > 1:
            wanted = "start, end" if row["start"] is None else "type"
            raise Unmatched(f"{len(places)} mentions; give {wanted}")
        old = row["start"], row["end"]
        if places:
            old = self._all[places[0]].start, self._all[places[0]].end
        if old[0] is None:
            raise Unmatched(self._why(row))
        span = self._new_span(row, *old)
        meant = places or self._by_span.get((row["doc"], *span), [])
        if not meant:
            raise Unmatched(self._why(row))
        return [(place, {"span": span}) for place in meant]

    def _new_span(self, row: dict[str, Any], start: int, end: int) -> tuple[int, int]:
        """The span that a row names: its offsets, or the place of its letters that is meant."""
        text, value = self._raw[row["doc"]], row["value"]
        if OFFSETS.fullmatch(value):
            first, last = map(int, value.split(".."))
            near = [(first, last)]
        else:
            near = _places(text, value, max(start - len(value) - 1, 0), end + len(value) + 1)
        near = [span for span in near if span[0] < end and span[1] > start]
        if not near:
            raise Unmatched(f"{value!r:.60} does not overlap the mention at [{start}:{end}]")
        span = max(near, key=lambda span: (min(span[1], end) - max(span[0], start), -span[0]))
        self._check_place(row["doc"], *span)
        return span

    def _wanted_anew(self, row: dict[str, Any]) -> Wanted:
        """The mention that a row adds, or the one that stands there."""
        start, end = self._place_of(row)
        wanted = {"type": row["value"]} | ({"name": row["name"]} if row["name"] else {})
        there = self._by_span[row["doc"], start, end]
        if not there:
            there.append(len(self._all))
            surface = self._raw[row["doc"]][start:end]
            self._all.append(Mention(row["doc"], start, end, surface, "", None, None, moved=True))
        given = [
            place
            for place in there
            if self._all[place].row is None or self._all[place].type == row["value"]
        ]
        if not given:
            kinds = {self._all[place].type for place in there}
            raise Unmatched(f"a mention of type {min(kinds)} stands there; retype it")
        return [(place, wanted) for place in given]

    def _place_of(self, row: dict[str, Any]) -> tuple[int, int]:
        """Where a mention is to be added."""
        text = self._raw[row["doc"]]
        if row["start"] is not None:
            self._check_letters(row)
            place = row["start"], row["end"]
        else:
            found = _places(text, row["text"], self._bodies[row["doc"]], len(text))
            if len(found) != 1:
                raise Unmatched(
                    f"{row['text']!r} stands {len(found)} times in the text; give start"
                )
            place = found[0]
        self._check_place(row["doc"], *place)
        return place

    def _check_place(self, doc: str, start: int, end: int) -> None:
        """Complain of a place at which no name can stand."""
        text, body = self._raw[doc], self._bodies[doc]
        letters, fault = text[start:end], ""
        if end > len(text):
            fault = f"which ends at {len(text)}"
        elif start < body:
            fault = f"whose header ends at {body}; give a place behind it"
        elif letters.strip() != letters:
            fault = "for white space stands at its edge; leave it outside"
        elif len(letters.splitlines()) > 1 and not _is_in_paragraph(
            text[body:], start - body, end - body
        ):
            fault = "for a line ends in it; give a place in one of the lines"
        if fault:
            raise Unmatched(f"[{start}:{end}] is no place of a name in the text, {fault}")

    def _check_letters(self, row: dict[str, Any]) -> None:
        letters = self._raw[row["doc"]][row["start"] : row["end"]]
        if row["text"] is not None and not _same(letters, row["text"]):
            raise Unmatched(f"the text there is {letters!r:.60}, not {row['text']!r:.60}")

    def _has_letters(self, row: dict[str, Any]) -> bool:
        """Whether a row names the letters at its place, so that it is no slip."""
        return row["start"] is not None and row["text"] is not None

    def _why(self, row: dict[str, Any]) -> str:
        if row["start"] is not None:
            return f"no mention at [{row['start']}:{row['end']}] of doc {row['doc']!r}"
        kind = f" of type {row['type']}" if row["type"] else ""
        where = f" in doc {row['doc']!r}" if row["doc"] else ""
        named = f"name {row['name']!r}" if row["name"] else f"text {row['text']!r}"
        return f"no mention with the {named}{kind}{where}"


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _is_in_paragraph(text: str, start: int, end: int) -> bool:
    """Whether a place is in one paragraph, whose lines may be wrapped at a margin."""
    return any(first <= start and end <= last for first, last in paragraphs(text))


def _places(text: str, wanted: str, begin: int, finish: int) -> list[tuple[int, int]]:
    """Where the words stand in a part of a text, whatever white space is between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    # a look-ahead finds places that overlap
    found = re.compile(f"(?=({pattern.pattern}))").finditer(text, begin, finish)
    return [match.span(1) for match in found if match.end(1) > match.start(1)]
