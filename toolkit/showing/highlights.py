"""Mentions marked within their text: nested, side by side, letters joined across the borders."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from toolkit.arabic.joining import joins
from toolkit.arabic.visible import visible
from toolkit.showing.pieces import (
    JOINED,
    body_begin,
    escaped,
    is_missing,
    isolated,
    whole_place,
)

CLASSES = {"PER": "per", "LOC": "loc", "ORG": "org", "MISC": "misc"}


class Span(NamedTuple):
    """A mention that is highlighted; `follows` tells that it touches the one before it.

    `css` is its class where that is not the one of its kind.
    """

    start: int
    end: int
    kind: str
    name: str
    follows: bool = False
    css: str = ""


def spans_of(doc: str, text: str, mentions: pd.DataFrame) -> tuple[list[Span], int]:
    """The mentions of a text, each after what it lies in, and how many cannot be shown.

    Those that begin in one and end after it cannot, nor those that are there twice.
    """
    kept: list[Span] = []
    open_: list[Span] = []
    shut, left_out = 0, 0
    for span in sorted(_checked(doc, text, mentions), key=lambda span: (span[0], -span[1], *span)):
        while open_ and open_[-1].end <= span.start:
            shut = open_.pop().end
        crossing = bool(open_) and span.end > open_[-1].end
        if span.start == span.end or crossing or any(span[:4] == each[:4] for each in open_):
            left_out += 1
            continue
        open_.append(span._replace(follows=0 < shut == span.start))
        kept.append(open_[-1])
    return kept, left_out


def from_body(text: str, spans: Sequence[Span], body_start: Any) -> tuple[str, list[Span]]:
    """The text without its header, and the spans in it; whole where a span lies in the header.

    Parameters
    ----------
    text : str
        The raw text.
    spans : sequence of Span
        What is highlighted in it.
    body_start : int or missing
        Where its body begins.
    """
    body = body_begin(body_start, min([len(text), *(span.start for span in spans)]))
    moved = [span._replace(start=span.start - body, end=span.end - body) for span in spans]
    return text[body:], moved


def _checked(doc: str, text: str, mentions: pd.DataFrame) -> list[Span]:
    """The mentions as spans whose borders do not part a letter from its marks."""
    rows = mentions[["start", "end", "type", "name"]].itertuples(index=False, name=None)
    spans = []
    for start, end, kind, name in rows:
        first, last = whole_place(start), whole_place(end)
        if not 0 <= first < last <= len(text):
            raise ValueError(
                f"entities: the span {start}:{end} of {name!r} lies outside document {doc!r}, "
                f"which has {len(text):,} characters. Pass the texts that were annotated."
            )
        label = "" if is_missing(name) else str(name)
        spans.append(Span(_past_marks(text, first), _past_marks(text, last), str(kind), label))
    return spans


def _past_marks(text: str, place: int) -> int:
    while 0 < place < len(text) and unicodedata.combining(text[place]):
        place += 1
    return place


def highlighted(text: str, spans: Sequence[Span]) -> str:
    """The text as HTML with its spans marked, letters joined across the borders."""
    # One character for one, so that the offsets hold; a sign shown as a box joins nothing.
    text = visible(text)
    pieces: list[str] = []
    open_: list[Span] = []
    at = 0
    for span in [*spans, Span(len(text), len(text), "", "")]:
        while open_ and open_[-1].end <= span.start:
            pieces += [_joined(text, at, open_[-1].end), "</mark>"]
            at = open_.pop().end
        pieces.append(_joined(text, at, span.start))
        at = span.start
        if span.start < span.end:
            open_.append(span)
            title = f"{span.kind}: {span.name}" if span.name else span.kind
            pieces.append(_opening(span.kind, title, follows=span.follows, css=span.css))
    return "".join(pieces)


def _joined(text: str, start: int, end: int) -> str:
    """The escaped piece, with a joiner at each end where the letters join across it."""
    if start == end:
        return ""
    before = JOINED if joins(text, start) else ""
    after = JOINED if joins(text, end) else ""
    return f"{before}{escaped(text[start:end])}{after}"


def _opening(kind: str, title: str = "", *, follows: bool = False, css: str = "") -> str:
    tooltip = f' title="{escaped(title)}"' if title else ""
    beside = " mudawwana-next" if follows else ""
    return f'<mark class="mudawwana-{css or CLASSES.get(kind, "other")}{beside}"{tooltip}>'


def legend(kinds: Sequence[str], labels: Mapping[Any, str]) -> str:
    """Each type as it is marked, with the number of its mentions."""
    names = [*[t for t in CLASSES if t in kinds], *sorted(set(kinds) - set(CLASSES))]
    entries = [
        f"{_opening(name)}{isolated(labels.get(name, name))}</mark> {kinds.count(name):,}"
        for name in names
    ]
    return f"<div>{' · '.join(entries)}</div>" if entries else ""
