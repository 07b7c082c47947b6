"""The mentions of a corpus while corrections are applied: which one each row means, and its aim."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.columns import require
from toolkit.gold.correction_files import OFFSETS
from toolkit.normalise import fold

ADVICE = "Pass an annotated corpus."
NEEDED = ["doc", "sent", "entity", "text", "type", "name", "start", "end"]


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


@dataclass(frozen=True)
class Outcome:
    """What became of a correction.

    Attributes
    ----------
    line : int
        Where it stands.
    doc : str
        The document that it names, or nothing.
    action : str
        What it does.
    state : str
        ``applied``, ``already`` (its aim was reached before) or ``unmatched``.
    mentions : int
        How many mentions it changed.
    reason : str
        Why it is unmatched.
    """

    line: int
    doc: str
    action: str
    state: str
    mentions: int = 0
    reason: str = ""


class Unmatched(ValueError):
    """Why a correction finds nothing."""


class Mentions:
    """The mentions of a corpus.

    Attributes
    ----------
    changed : set of str
        The documents in which something was corrected.
    """

    def __init__(self, entities: pd.DataFrame, texts: pd.DataFrame) -> None:
        require("apply", entities, NEEDED, advice=ADVICE)
        require("apply", texts, ["doc", "text"], advice=ADVICE)
        self.changed: set[str] = set()
        raw = texts["text"].astype("object").fillna("")
        self._raw = dict(zip(texts["doc"].astype("str"), raw, strict=True))
        self._all = list(_mentions_of(entities))
        strange = {each.doc for each in self._all} - set(self._raw)
        if strange:
            raise ValueError(
                f"apply: no document {min(strange)!r} in texts, which has mentions. {ADVICE}"
            )
        self._gone: set[int] = set()
        self._by_span = defaultdict(list)
        self._by_name, self._by_text = defaultdict(list), defaultdict(list)
        for place, each in enumerate(self._all):
            self._by_span[each.doc, each.start, each.end].append(place)
            self._by_name[fold(each.name or "")].append(place)
            self._by_text[fold(each.text)].append(place)
        self._given = [(each.doc, each.start, each.end, each.type) for each in self._all]

    def correct(self, rows: pd.DataFrame, *, known: bool) -> list[Outcome]:
        """Apply all rows, moves first, which begin a name anew, and then the least specific ones.

        The outcomes are in the order of the rows.

        `known`: the rows were applied before, so one that finds nothing has reached its aim.
        """
        plain = rows.astype("object").where(rows.notna(), None)
        cells = [{str(key): cell for key, cell in row.items()} for row in plain.to_dict("records")]
        order = sorted(
            range(len(cells)),
            key=lambda at: (cells[at]["action"] != "span", _specific(cells[at]), at),
        )
        found: dict[int, Outcome] = {}
        for place in order:
            row = cells[place]
            about = int(row["line"]), row["doc"] or "", row["action"]
            try:
                changed = self._apply(row)
                found[place] = Outcome(*about, "applied" if changed else "already", changed)
            except Unmatched as error:
                state = "already" if known else "unmatched"
                found[place] = Outcome(*about, state, 0, "" if known else str(error))
        return [found[place] for place in range(len(cells))]

    def kept(self) -> list[Mention]:
        """The mentions that are left, in the order of the texts."""
        place = {doc: number for number, doc in enumerate(self._raw)}
        left = [each for number, each in enumerate(self._all) if number not in self._gone]
        return sorted(left, key=lambda each: (place[each.doc], each.start, each.end))

    def refuse_overlaps(self) -> None:
        """Complain of a mention that is new or has moved onto another one."""
        of_doc = defaultdict(list)
        moved = {each.doc for each in self._all if each.moved}
        for each in self.kept():
            if each.doc in moved:
                of_doc[each.doc].append(each)
        for mentions in of_doc.values():
            last = mentions[0]
            for each in mentions[1:]:
                if each.start < last.end and (each.moved or last.moved):
                    raise ValueError(
                        f"apply: {each.text!r} [{each.start}:{each.end}] of doc {each.doc!r} would "
                        f"overlap {last.text!r} [{last.start}:{last.end}]; delete one of them or "
                        "change its span as well."
                    )
                last = max(last, each, key=lambda mention: mention.end)

    # --- one row ------------------------------------------------------------------------------

    def _apply(self, row: dict[str, Any]) -> int:
        """How many mentions the row changes."""
        if row["doc"] is not None and row["doc"] not in self._raw:
            raise Unmatched(f"no document {row['doc']!r}")
        if row["action"] == "add":
            return self._add(row)
        places = self._meant(row)
        if row["action"] == "span":
            return self._move(row, places)
        if not places:
            if row["action"] == "delete" and self._has_letters(row):
                return 0
            raise Unmatched(self._why(row))
        return sum(self._change(place, row["action"], row["value"]) for place in places)

    def _meant(self, row: dict[str, Any]) -> list[int]:
        """The mentions that a row means, as they were before all corrections."""
        if row["start"] is not None:
            places = self._by_span.get((row["doc"], row["start"], row["end"]), [])
            self._check_letters(row)
            return [place for place in places if self._given[place][3] == row["type"]] or places
        by, cell = (self._by_name, row["name"]) if row["name"] else (self._by_text, row["text"])
        return [
            place
            for place in by.get(fold(cell), [])
            if row["doc"] in (None, self._given[place][0])
            and row["type"] in (None, self._given[place][3])
        ]

    def _change(self, place: int, action: str, value: str) -> int:
        each = self._all[place]
        if action == "delete":
            self._gone.add(place)
        elif getattr(each, "type" if action == "retype" else "name") == value:
            return 0
        else:
            setattr(each, "type" if action == "retype" else "name", value)
        self.changed.add(each.doc)
        return 1

    def _move(self, row: dict[str, Any], places: list[int]) -> int:
        """Give a mention the span that a row names; 0 where it has it."""
        old = [(row["start"], row["end"])] if row["start"] is not None else []
        old = old or [self._given[place][1:3] for place in places]
        if len(old) != 1:
            raise Unmatched(self._why(row) if not old else f"{len(old)} mentions; give start, end")
        start, end = self._new_span(row, *old[0])
        there = self._by_span.get((row["doc"], start, end), [])
        if there and (not places or (start, end) == old[0]):
            return 0
        if there or not places:
            raise Unmatched("a mention stands there as well" if there else self._why(row))
        each = self._all[places[0]]
        each.start, each.end, each.moved = start, end, True
        each.text = each.name = self._raw[each.doc][start:end]
        self.changed.add(each.doc)
        return 1

    def _new_span(self, row: dict[str, Any], start: int, end: int) -> tuple[int, int]:
        """The span that a row names: its offsets, or the place of its letters that is meant."""
        text, value = self._raw[row["doc"]], row["value"]
        if OFFSETS.fullmatch(value):
            first, last = map(int, value.split(".."))
            near = [(first, last)] if last <= len(text) else []
        else:
            near = _places(text, value, max(start - len(value) - 1, 0), end + len(value) + 1)
        near = [span for span in near if span[0] < end and span[1] > start]
        if not near:
            raise Unmatched(f"{value!r:.60} does not overlap the mention at [{start}:{end}]")
        return max(near, key=lambda span: (min(span[1], end) - max(span[0], start), -span[0]))

    def _add(self, row: dict[str, Any]) -> int:
        start, end = self._place_of(row)
        there = self._by_span.get((row["doc"], start, end), [])
        if there:
            kinds = {self._all[place].type for place in there}
            if row["value"] in kinds:
                return 0
            raise Unmatched(f"a mention of type {min(kinds)} stands there; retype it")
        surface = self._raw[row["doc"]][start:end]
        name = row["name"] or " ".join(surface.split())
        self._all.append(
            Mention(row["doc"], start, end, surface, row["value"], name, None, moved=True)
        )
        self.changed.add(row["doc"])
        return 1

    def _place_of(self, row: dict[str, Any]) -> tuple[int, int]:
        """Where a mention is to be added."""
        text = self._raw[row["doc"]]
        if row["start"] is not None:
            self._check_letters(row)
            letters = text[row["start"] : row["end"]]
            if row["end"] > len(text) or letters.strip() != letters:
                raise Unmatched(f"[{row['start']}:{row['end']}] is no place of a name in the text")
            return row["start"], row["end"]
        found = _places(text, row["text"], 0, len(text))
        if len(found) != 1:
            raise Unmatched(f"{row['text']!r} stands {len(found)} times in the text; give start")
        return found[0]

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


def _mentions_of(entities: pd.DataFrame) -> list[Mention]:
    names = [None if pd.isna(name) else str(name) for name in entities["name"]]
    cells = zip(
        entities["doc"].astype("str"),
        entities["start"].tolist(),
        entities["end"].tolist(),
        entities["text"].astype("str"),
        entities["type"].astype("str"),
        names,
        strict=True,
    )
    return [
        Mention(doc, start, end, text, kind, name, place)
        for place, (doc, start, end, text, kind, name) in enumerate(cells)
    ]


def _specific(row: dict[str, Any]) -> tuple[bool, ...]:
    return tuple(row[column] is not None for column in ("start", "doc", "type"))


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _places(text: str, wanted: str, begin: int, finish: int) -> list[tuple[int, int]]:
    """Where the words stand in a part of a text, whatever white space is between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split())))
    # a look-ahead finds places that overlap
    found = re.compile(f"(?=({pattern.pattern}))").finditer(text, begin, finish)
    return [match.span(1) for match in found if match.end(1) > match.start(1)]
