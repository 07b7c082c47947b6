"""The words near some nodes: which positions a window holds, and how often each item stands there.

A position is the number of a counted row: rows of other kinds, such as punctuation, take no place
in a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toolkit.columns import Codes
from toolkit.statistics.query import Rows, run_of
from toolkit.statistics.tallies import Counted, Counts

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


def spans_of(counted: Counted, nodes: tuple[Rows, Rows], *, borders: Rows) -> Spans:
    """The nodes, given by their first rows and the rows after their last, as positions."""
    rows = (*nodes, *run_of(borders, nodes[0]))
    return Spans(counted.codes, *(counted.positions(each) for each in rows))


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
        return _positions(spans.codes, sides, items)
    (first, before_size), (then, after_size) = (_pairs(spans.codes, side, items) for side in sides)
    counts = {"freq": first + then, "before": first, "after": then}
    return Near(counts, before_size + after_size)


def _positions(codes: Codes, sides: tuple[Iterator[Positions], ...], items: int) -> Near:
    """What stands at the positions before or after a node, or both."""
    marks = np.zeros(len(codes), dtype=np.uint8)
    for mark, side in enumerate(sides, start=1):
        for places in side:
            marks[places] |= mark
    near = np.flatnonzero(marks != 0)
    # 1 before, 2 after, 3 both; four places for each item, the first four for a missing one
    places = (codes[near] + 1) * 4 + marks[near]
    before, after, both = np.bincount(places, minlength=4 * items + 4).reshape(-1, 4)[1:, 1:].T
    counts = {"freq": before + after + both, "before": before + both, "after": after + both}
    return Near(counts, len(near))


def _pairs(codes: Codes, side: Iterator[Positions], items: int) -> tuple[Counts, int]:
    """How often each item stands on one side of a node, a position once for each node."""
    counts, size = np.zeros(items + 1, dtype=np.int64), 0
    for places in side:
        counts += np.bincount(codes[places] + 1, minlength=items + 1)  # 0: a missing one
        size += len(places)
    return counts[1:], size
