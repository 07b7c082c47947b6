"""The mentions of a corpus while corrections are applied, and what became of each correction."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.columns import require
from toolkit.gold.correction_targets import Mention, Targets, Unmatched
from toolkit.gold.correction_wishes import GONE, Contradiction, Wish, decide, rank_of

ADVICE = "Pass an annotated corpus."
NEEDED = ["doc", "sent", "entity", "text", "type", "name", "start", "end"]


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
        ``applied``, ``already`` (its aim was reached before), ``outweighed`` (more specific
        corrections decided about all that it means) or ``unmatched``.
    mentions : frozenset of int
        Which mentions it changed.
    reason : str
        Why it is unmatched.
    """

    line: int
    doc: str
    action: str
    state: str
    mentions: frozenset[int] = frozenset()
    reason: str = ""


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
        self._targets = Targets(self._all, self._raw, _bodies(texts))

    def correct(self, rows: pd.DataFrame, *, known: bool) -> list[Outcome]:
        """Match all rows against the mentions as they are, then do what is decided about each.

        The outcomes are in the order of the rows.

        `known`: the rows were applied before, so one that finds nothing has reached its aim.
        """
        plain = rows.astype("object").where(rows.notna(), None)
        cells = [{str(key): cell for key, cell in row.items()} for row in plain.to_dict("records")]
        wishes, reasons = self._wishes(cells)
        changed: dict[int, set[int]] = {
            wish.row: set() for of_mention in wishes.values() for wish in of_mention
        }
        reached: set[int] = set()
        for place, of_mention in wishes.items():
            for wish, is_new in self._fulfil(place, of_mention):
                reached.add(wish.row)
                if is_new:
                    changed[wish.row].add(place)
        found = []
        for number, row in enumerate(cells):
            mentions = frozenset(changed.get(number, ()))
            state, reason = "applied" if mentions else "already", ""
            if number in reasons and not known:
                state, reason = "unmatched", reasons[number]
            elif number in changed and number not in reached:
                state = "outweighed"
            about = int(row["line"]), row["doc"] or "", row["action"]
            found.append(Outcome(*about, state, mentions, reason))
        return found

    def kept(self) -> list[Mention]:
        """The mentions that are left, in the order of the texts."""
        place = {doc: number for number, doc in enumerate(self._raw)}
        left = [each for number, each in enumerate(self._all) if number not in self._gone]
        return sorted(left, key=lambda each: (place[each.doc], each.start, each.end))

    def refuse_overlaps(self) -> None:
        """Complain of a mention that is new or has moved onto another one, or repeats it."""
        of_doc = defaultdict(list)
        for each in self.kept():
            if each.doc in self.changed:
                of_doc[each.doc].append(each)
        for mentions in of_doc.values():
            last = mentions[0]
            alike: dict[tuple[int, int, str], Mention] = {}
            for number, each in enumerate(mentions):
                if number and each.start < last.end and (each.moved or last.moved):
                    raise ValueError(
                        f"apply: {each.text!r} [{each.start}:{each.end}] of doc {each.doc!r} would "
                        f"overlap {last.text!r} [{last.start}:{last.end}]; delete one of them or "
                        "change its span as well."
                    )
                last = max(last, each, key=lambda mention: mention.end)
                twin = alike.setdefault((each.start, each.end, each.type), each)
                if twin is not each and (twin.retyped or each.retyped):
                    raise ValueError(
                        f"apply: {each.text!r} [{each.start}:{each.end}] of doc {each.doc!r} would "
                        f"be {each.type} twice; delete one of the mentions that stand there."
                    )

    def _wishes(self, cells: list[dict[str, Any]]) -> tuple[dict[int, list[Wish]], dict[int, str]]:
        """What is wanted of each mention, and why a row finds none."""
        wishes: dict[int, list[Wish]] = defaultdict(list)
        reasons: dict[int, str] = {}
        # rows mean the mentions as they are, so new ones come last
        for number in sorted(range(len(cells)), key=lambda at: cells[at]["action"] == "add"):
            row = cells[number]
            about = number, int(row["line"]), row["action"], rank_of(row)
            try:
                for place, wanted in self._targets.wanted(row):
                    wishes[place] += [Wish(*about, *each) for each in wanted.items()]
            except Unmatched as error:
                reasons[number] = str(error)
        return wishes, reasons

    def _fulfil(self, place: int, wishes: list[Wish]) -> Iterator[tuple[Wish, bool]]:
        """Do what is decided about a mention; the wishes that it has, and whether that is new."""
        each = self._all[place]
        before = {"span": (each.start, each.end), "type": each.type, "name": each.name}
        try:
            decided = decide(wishes)
        except Contradiction as error:
            raise ValueError(
                f"apply: {each.text!r:.60} [{each.start}:{each.end}] of doc {each.doc!r}: {error}."
            ) from error
        self._change(place, decided)
        for wish in wishes:
            if decided.get(wish.aspect) == wish.value:
                is_new = before.get(wish.aspect) != wish.value
                if is_new:
                    self.changed.add(each.doc)
                yield wish, is_new

    def _change(self, place: int, decided: dict[str, Any]) -> None:
        each = self._all[place]
        if GONE in decided:
            self._gone.add(place)
        span = decided.get("span", (each.start, each.end))
        is_new = each.row is None
        if is_new or span != (each.start, each.end):
            each.start, each.end = span
            each.moved = True
            each.text = self._raw[each.doc][each.start : each.end]
            each.name = " ".join(each.text.split())
        each.retyped = "type" in decided and decided["type"] != each.type
        each.type = decided.get("type", each.type)
        each.name = decided.get("name", each.name)


def _bodies(texts: pd.DataFrame) -> dict[str, int]:
    """Where the text behind the header of each document begins."""
    has_headers = "body_start" in texts.columns
    starts = texts["body_start"].fillna(0).astype("int64") if has_headers else [0] * len(texts)
    return dict(zip(texts["doc"].astype("str"), starts, strict=True))


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
