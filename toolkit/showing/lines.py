"""Concordance lines as rows of a table: cells, what they sort by, their wider context."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from toolkit.arabic.collation import collation_key
from toolkit.arabic.joining import joins
from toolkit.arabic.visible import visible
from toolkit.showing.pieces import JOINED, body_begin, escaped, is_missing, isolated
from toolkit.statistics.context import fits, texts_by_doc

# Columns of the lines that are shown in a place of their own.
SHOWN = ("doc", "sent", "before", "node", "after", "start", "end")
WIDER = 300  # code points of the wider context on each side
LAST = "-"  # what sorts behind all numbers
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class Around(NamedTuple):
    """The wider context of a line, and whether letters join at the two borders of the node."""

    before: str = ""
    node: str = ""
    after: str = ""
    begins: bool = False
    ends: bool = False


def columns_of(lines: pd.DataFrame) -> list[Any]:
    """The columns of the table in their order: the document, the line, what is known of it."""
    return ["doc", "before", "node", "after", *(name for name in lines if name not in SHOWN)]


def rows_of(lines: pd.DataFrame, headings: dict[Any, str], texts: pd.DataFrame | None) -> str:
    """The rows of the table; with the texts, the wider context of each."""
    about = [name for name in headings if name not in SHOWN]
    contexts = [Around()] * len(lines) if texts is None else _contexts(lines, texts)
    cells = zip(*(lines[name] for name in ["doc", "before", "node", "after"]), strict=True)
    known = _known(lines, about, [headings[name] for name in about])
    spans = zip(lines["start"], lines["end"], strict=True)
    rows = zip(_keys(lines, list(headings)), contexts, cells, spans, known, strict=True)
    return "".join(_row(*row) for row in rows)


def _row(
    keys: str, context: Around, cells: Sequence[Any], span: tuple[Any, Any], known: str
) -> str:
    doc, before, node, after = cells
    begins, ends = (JOINED if joined else "" for joined in context[3:])
    # Boxes now: as JSON a control character would be shown as letters and digits.
    parts = json.dumps([*map(visible, context[:3]), *map(int, context[3:])], ensure_ascii=False)
    around = f' data-around="{escaped(parts)}"' if any(context) else ""
    where = f"{doc} {span[0]}:{span[1]}"
    return (
        f'<tr data-keys="{keys}"{around}>'
        f'<th class="mudawwana-doc" scope="row">{isolated(doc)}</th>'
        # The sheet sets the cell left to right, so that what is cut is furthest from the node.
        f'<td class="mudawwana-before"><bdi dir="rtl">{escaped(before)}{begins}</bdi> </td>'
        f'<td class="mudawwana-node" title="{escaped(where)}">{begins}{escaped(node)}{ends}</td>'
        f'<td class="mudawwana-after"> {ends}{escaped(after)}</td>{known}</tr>\n'
    )


def _known(lines: pd.DataFrame, about: Sequence[Any], headings: Sequence[str]) -> Iterable[str]:
    """The cells of the other columns, row by row."""
    values = [lines[name] for name in about]
    if not values:
        return [""] * len(lines)
    return (
        "".join(
            f'<td class="mudawwana-about" data-heading="{escaped(heading)}">'
            f"{'–' if is_missing(value) else isolated(value)}</td>"
            for heading, value in zip(headings, row, strict=True)
        )
        for row in zip(*values, strict=True)
    )


# --- what lines are sorted by -----------------------------------------------------------------


def _keys(lines: pd.DataFrame, names: Sequence[Any]) -> list[str]:
    """For each line its place in the order of each column, apart by spaces."""
    places = [_places(name, lines[name]) for name in names]
    return [" ".join(row) for row in zip(*places, strict=True)]


def _places(name: Any, values: "pd.Series[Any]") -> list[str]:
    """The place of each value among the others, equal ones in one place."""
    if name in ("before", "node", "after"):
        keys = [_words_key(value, backwards=name == "before") for value in values]
    else:
        keys = _value_keys(values)
    order = {key: str(place) for place, key in enumerate(sorted(set(keys) - {None}))}
    return [LAST if key is None else order[key] for key in keys]


def _words_key(value: Any, *, backwards: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a side, the nearest first, punctuation passed over; letters before marks."""
    words = [word for word in (_EDGES.sub("", each) for each in str(value).split()) if word]
    pairs = [collation_key(word) for word in (reversed(words) if backwards else words)]
    return tuple(letters for letters, _ in pairs), tuple(word for _, word in pairs)


def _value_keys(values: "pd.Series[Any]") -> list[Any]:
    """Numbers and days by their size, all else by the alphabet; None where one is missing."""
    dtype = values.dtype
    sized = pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype)
    return [
        None if is_missing(value) else value if sized else collation_key(str(value))
        for value in values
    ]


# --- the wider context ------------------------------------------------------------------------


def _contexts(lines: pd.DataFrame, texts: pd.DataFrame) -> list[Around]:
    """What stands around each node in the texts."""
    docs = lines["doc"].astype("str").tolist()
    found = texts_by_doc(texts, docs)
    raw = dict(found["text"])
    bodies = dict(found["body_start"]) if "body_start" in found else {}
    places = list(zip(docs, lines["start"], lines["end"], lines["node"], strict=True))
    _check_texts(raw, places)
    return [
        _around(raw[doc], int(start), int(end), body_begin(bodies.get(doc), int(start)))
        for doc, start, end, _ in places
    ]


def _check_texts(raw: dict[str, str], places: Sequence[tuple[str, int, int, Any]]) -> None:
    """Refuse texts that are too short for a line, or have other letters than most lines."""
    fit: dict[str, list[bool]] = {}
    for doc, start, end, node in places:
        if not 0 <= start <= end <= len(raw[doc]):
            raise ValueError(
                f"kwic: the line {start}:{end} lies outside document {doc!r}, which has "
                f"{len(raw[doc]):,} characters. Pass the texts that were annotated."
            )
        fit.setdefault(doc, []).append(fits(raw[doc][int(start) : int(end)], str(node)))
    for doc, found in fit.items():
        if sum(found) < len(found) / 2:
            raise ValueError(
                f"kwic: the text of document {doc!r} has other letters than its lines. Pass the "
                "texts that were annotated."
            )


def _around(text: str, start: int, end: int, body: int) -> Around:
    """The text before a node, from the body at the earliest, the node, and the text after it."""
    begin = body if start - WIDER <= body else _at_space(text, start - WIDER, start)
    finish = _until_space(text, end, end + WIDER)
    return Around(
        f"{'… ' if begin > body else ''}{text[begin:start]}",
        text[start:end],
        f"{text[end:finish]}{' …' if finish < len(text) else ''}",
        joins(text, start),
        joins(text, end),
    )


def _at_space(text: str, lowest: int, highest: int) -> int:
    """Where the first whole word begins between two places."""
    space = re.compile(r"\s+").search(text, lowest, highest)
    return space.end() if space else lowest


def _until_space(text: str, lowest: int, highest: int) -> int:
    """Where the last whole word ends between two places."""
    if highest >= len(text):
        return len(text)
    return lowest + len(re.sub(r"\s+\S*$", "", text[lowest:highest]))
