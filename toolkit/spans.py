"""The words near some nodes: which positions a window holds, and how often each item stands there.

A position is the number of a counted row: rows of other kinds, such as punctuation, take no place
in a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.columns import Codes, Mask
from toolkit.query import Rows, run_of
from toolkit.tallies import Counts, counts_where

Positions = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Spans:
    """Nodes among the positions of a table.

    Attributes
    ----------
    codes : array of int32
        The item at each position; -1 where it is missing.
    first, last : array of int32
        The position of each node, or of what follows it, and that after it.
    lowest, highest : array of int32
        The sentence, or the document, that it is in.
    """

    codes: Codes
    first: Positions
    last: Positions
    lowest: Positions
    highest: Positions

    @property
    def longest(self) -> int:
        """Words of the longest sentence, or document, that has a node."""
        return int((self.highest - self.lowest).max(initial=0))

    def before(self, window: int) -> Iterator[Positions]:
        """The positions 1, 2, ... words before a node, as many as there are."""
        for distance in range(1, min(window, self.longest) + 1):
            places = self.first - distance
            yield places[places >= self.lowest]

    def after(self, window: int) -> Iterator[Positions]:
        """The positions 1, 2, ... words after a node, as many as there are."""
        for distance in range(min(window, self.longest)):
            places = self.last + distance
            yield places[places < self.highest]


def spans_of(codes: Codes, counted: Mask, nodes: tuple[Rows, Rows], *, borders: Rows) -> Spans:
    """The nodes, given by their first rows and the rows after their last, as positions."""
    first, last = nodes
    lowest, highest = run_of(borders, first)
    rows = (first, last, lowest, highest)
    if counted.all():
        return Spans(codes, *(each.astype(np.int32) for each in rows))
    number = np.zeros(len(counted) + 1, dtype=np.int32)
    np.cumsum(counted, out=number[1:])
    return Spans(codes[counted], *(number[each] for each in rows))


@dataclass(frozen=True)
class Near:
    """What stands near the nodes.

    Attributes
    ----------
    counts : dict
        How often each item does: ``freq`` in all, ``before`` and ``after`` on each side.
    positions : int
        How many positions are near.
    """

    counts: dict[str, Counts]
    positions: int


def near_nodes(spans: Spans, sizes: tuple[int, int], items: int, *, once: bool) -> Near:
    """What stands in a window: each position once, or once for each node that it is near."""
    sides = spans.before(sizes[0]), spans.after(sizes[1])
    if once:
        return _positions(spans.codes, [_marked(spans.codes, side) for side in sides], items)
    (first, before_size), (then, after_size) = (_pairs(spans.codes, side, items) for side in sides)
    counts = {"freq": first + then, "before": first, "after": then}
    return Near(counts, before_size + after_size)


def _positions(codes: Codes, sides: list[Mask], items: int) -> Near:
    """What stands at the positions that are marked before or after a node, or both."""
    side = sides[0] + 2 * sides[1].view(np.uint8)
    near = np.flatnonzero(side)
    # 1 before, 2 after, 3 both; four places for each item
    each = counts_where(codes[near] * 4 + side[near], slice(None), items * 4).reshape(items, 4)
    counts = {
        "freq": each.sum(axis=1),
        "before": each[:, 1] + each[:, 3],
        "after": each[:, 2] + each[:, 3],
    }
    return Near(counts, len(near))


def _pairs(codes: Codes, places: Iterator[Positions], items: int) -> tuple[Counts, int]:
    counts, size = np.zeros(items, dtype=np.int64), 0
    for some in places:
        counts += counts_where(codes, some, items)
        size += len(some)
    return counts, size


def _marked(codes: Codes, places: Iterator[Positions]) -> Mask:
    near = np.zeros(len(codes), dtype=bool)
    for some in places:
        near[some] = True
    return near
