"""One text as it is read: a stretch of it, names highlighted, what was found marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from toolkit.showing.highlights import Span

STRETCH = 20_000  # code points; a longer text is shown in stretches
FOUND = "found"
_LINE_END = re.compile(r"\n+")
_SPACE = re.compile(r"\s+")


def stretches(text: str, size: int = STRETCH) -> list[int]:
    r"""Where the stretches of a text begin: after a line end where one is near, else a space.

    Examples
    --------
    >>> stretches("one two\nthree four five", 9), stretches("", 9)
    ([0, 8, 14], [0])
    """
    starts = [0]
    while len(text) - starts[-1] > size:
        lowest, highest = starts[-1] + size // 2, starts[-1] + size
        starts.append(
            _last(_LINE_END, text, lowest, highest)
            or _last(_SPACE, text, lowest, highest)
            or highest
        )
    return starts


def _last(border: re.Pattern[str], text: str, lowest: int, highest: int) -> int:
    """Where the last border between two places ends, 0 where there is none."""
    ends = [found.end() for found in border.finditer(text, lowest, highest)]
    return ends[-1] if ends else 0


def stretch_of(starts: Sequence[int], place: int) -> int:
    """The number of the stretch that a code point is in, from 0."""
    return max(bisect_right(starts, place) - 1, 0)


def within(spans: Iterable[Span], first: int, last: int) -> list[Span]:
    """The spans in a stretch, cut at its ends, counted from its begin."""
    return [
        span._replace(start=max(span.start, first) - first, end=min(span.end, last) - first)
        for span in spans
        if span.start < last and span.end > first
    ]


def merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in their order, those that overlap as one.

    Examples
    --------
    >>> merged([(4, 9), (0, 3), (7, 12)])
    [(0, 3), (4, 12)]
    """
    places: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if places and start < places[-1][1]:
            places[-1] = places[-1][0], max(end, places[-1][1])
        else:
            places.append((start, end))
    return places


def with_found(names: Sequence[Span], found: Iterable[tuple[int, int]], label: str) -> list[Span]:
    """The spans of names and of what was found, in the order that they are marked.

    What was found is cut where a name begins or ends in it, so that no two spans cross.

    Parameters
    ----------
    names : sequence of Span
        As `highlights.spans_of` gives them.
    found : iterable of tuple of int
        Start and end of what was found.
    label : str
        What the tooltip says.
    """
    borders = sorted({border for span in names for border in (span.start, span.end)})
    pieces = []
    for start, end in merged(found):
        inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        pieces += [
            Span(first, last, label, "", css=FOUND)
            for first, last in pairwise([start, *inside, end])
        ]
    # Of equal spans the name comes first, so that what was found lies within it.
    return sorted([*names, *pieces], key=lambda span: (span.start, -span.end, span.css == FOUND))
