"""The parts of a corpus: how often items occur in each, and how far apart.

`toolkit.statistics.dispersion` measures from these values how evenly items are spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import MISSING, Codes, Mask, changes, coded, is_whole, require
from toolkit.statistics.tallies import lengths

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]


@dataclass(frozen=True)
class PerItem:
    """Values of items, several to an item.

    Attributes
    ----------
    item : array of int
        The item of each value, from 0, in rising order.
    items : int
        How many items there are.
    """

    item: Codes
    items: int

    @cached_property
    def held(self) -> npt.NDArray[np.int64]:
        """How many values each item has."""
        return np.bincount(self.item, minlength=self.items)

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Where the values of each item that has some begin."""
        return np.flatnonzero(changes(self.item))

    def sum(self, values: Floats) -> Floats:
        """The sum of the values of each item; NaN for an item without values."""
        sums = np.full(self.items, np.nan)
        sums[self.held > 0] = np.add.reduceat(values, self.starts)
        return sums


@dataclass(frozen=True)
class Parts(PerItem):
    """Frequencies of items in the parts of a corpus: one value per item and part that holds it.

    Attributes
    ----------
    item, items
        As in `PerItem`.
    part : array of int
        The part of each value.
    freq : array of float
        Occurrences of the item in the part, 1 or more: v.
    sizes : array of float
        The words of each part, 1 or more.
    """

    part: Codes
    freq: Floats
    sizes: Floats

    @property
    def n(self) -> int:
        """How many parts there are: n."""
        return len(self.sizes)

    @cached_property
    def total(self) -> Floats:
        """Occurrences of each item in the corpus: f."""
        return self.sum(self.freq)

    @cached_property
    def share(self) -> Floats:
        """The share of the corpus that the part of each value holds: s."""
        shares: Floats = self.sizes / self.sizes.sum()
        return shares[self.part]

    @cached_property
    def share_without(self) -> Floats:
        """The share of the corpus that lies in parts without the item."""
        return 1 - self.sum(self.share)

    @cached_property
    def of_item(self) -> Floats:
        """The share of the item's occurrences that lies in the part: v / f."""
        return self.freq / self.total[self.item]

    @cached_property
    def rate(self) -> Floats:
        """The relative frequency of the item in the part: p."""
        return self.freq / self.sizes[self.part]


@dataclass(frozen=True)
class Gaps(PerItem):
    """Distances between the occurrences of items: one value per occurrence.

    Attributes
    ----------
    item, items
        As in `PerItem`.
    distance : array of float
        How many words the occurrence stands after the one before it; the first after the last,
        round the end of the corpus, so that the distances of an item sum to `n`.
    n : int
        Words of the corpus.
    """

    distance: Floats
    n: int


def parts_of(freqs: npt.ArrayLike, sizes: npt.ArrayLike) -> Parts:
    """Frequencies given as a table: one row per item, one column per part.

    Examples
    --------
    >>> parts_of([[1, 0, 3]], [10, 10, 20]).part.tolist()
    [0, 2]
    """
    table = np.atleast_2d(np.asarray(freqs, dtype=np.float64))
    item, part = np.nonzero(table)
    return Parts(
        item.astype(np.int32),
        len(table),
        part.astype(np.int32),
        table[item, part],
        np.asarray(sizes, dtype=np.float64),
    )


def parts_of_rows(codes: Codes, parts: Codes, *, items: int, sizes: Floats) -> Parts:
    """Frequencies counted from rows: the item (-1 for none) and the part of each."""
    keys = _pairs(codes, parts)
    starts = np.flatnonzero(changes(keys))
    freq = lengths(starts, len(keys)).astype(np.float64)
    item, part = _unpaired(keys[starts])
    return Parts(item, items, part, freq, sizes)


def gaps_of_rows(codes: Codes, items: int) -> Gaps:
    """Distances counted from rows in text order: the item (-1 for none) of each."""
    item, place = _unpaired(_pairs(codes, np.arange(len(codes), dtype=np.int32)))
    return _gaps(item, place, items=items, n=len(codes))


def gaps_of(item: Codes, place: Places, *, items: int, n: int) -> Gaps:
    """Distances from occurrences in text order: the item of each, and its place among n words."""
    order = np.argsort(item, kind="stable")
    return _gaps(item[order], place[order], items=items, n=n)


def _gaps(item: Codes, place: Places, *, items: int, n: int) -> Gaps:
    """Distances from occurrences that are sorted by item, then place."""
    distance = np.empty(len(place))
    np.subtract(place[1:], place[:-1], out=distance[1:])
    first = np.flatnonzero(changes(item))
    last = first + lengths(first, len(item)) - 1
    distance[first] = place[first] - place[last] + n
    return Gaps(item, items, distance, n)


def cut(table: pd.DataFrame, parts: str | Sequence[str] | int, mask: Mask) -> tuple[Codes, Floats]:
    """The part of each counted row, and the rows of each part."""
    rows = int(np.count_nonzero(mask))
    if columns := columns_of(parts):
        require("dispersion", table, columns, advice="Pass one of them, or a number, as parts=.")
        codes = coded(table, columns).codes[mask]
        check_all_in_parts(columns, int(np.count_nonzero(codes == MISSING)), rows)
        place = np.unique(codes, return_inverse=True)[1].astype(np.int32)
        return place, np.bincount(place).astype(np.float64)
    number = check_number(parts, rows)
    return equal_part(np.arange(rows), number, rows), equal_sizes(number, rows)


def columns_of(parts: object) -> list[str]:
    """The columns whose values are the parts; none where these are a number, or nothing known."""
    if isinstance(parts, str):
        return [parts]
    known = isinstance(parts, Sequence) and all(isinstance(column, str) for column in parts)
    return list(parts) if isinstance(parts, Sequence) and known else []


def check_all_in_parts(columns: list[str], without: int, rows: int) -> None:
    """Refuse columns that leave some of the counted rows without a part."""
    if without:
        named = " or ".join(map(repr, columns))
        raise ValueError(
            f"dispersion: {without} of {rows} counted rows have no {named}, so they are in no "
            "part; fill it, or leave these rows out."
        )


def check_number(parts: object, rows: int) -> int:
    """The number of parts, into which so many rows can be cut."""
    if not is_whole(parts, least=1) or 0 < rows < parts:
        raise ValueError(
            f"dispersion: parts is {parts!r:.60} and {rows} rows are counted; pass a column, or a "
            f"whole number of parts from 1 to {max(rows, 1)}."
        )
    return parts


def equal_part(place: Places, parts: int, rows: int) -> Codes:
    """The part of the row at each place, of so many rows cut into parts of about equal size."""
    return (place * parts // max(rows, 1)).astype(np.int32)


def equal_sizes(parts: int, rows: int) -> Floats:
    """How many rows each of these parts has.

    Examples
    --------
    >>> equal_sizes(3, 7).tolist(), np.bincount(equal_part(np.arange(7), 3, 7)).tolist()
    ([3.0, 2.0, 2.0], [3, 2, 2])
    """
    first = -(-np.arange(parts + 1) * rows // parts)  # rounded up
    return np.diff(first).astype(np.float64) if rows else np.zeros(0)


def chosen(
    codes: Codes, items: pd.Index, wanted: list[Any] | None, *, min_freq: int
) -> tuple[Codes, pd.Index]:
    """Codes of the wanted items, or of the frequent ones; -1 for the others; and these items."""
    if wanted is None:
        freq = np.bincount(codes[codes >= 0], minlength=len(items))
        old = np.flatnonzero(freq >= min_freq)
        index = items.take(old)
    elif isinstance(items, pd.MultiIndex):
        index = pd.MultiIndex.from_tuples(wanted, names=items.names)
        old = items.get_indexer(index)
    else:
        index = pd.Index(wanted, dtype="str", name=items.name)
        old = items.get_indexer(index)
    new = np.full(len(items) + 1, MISSING, dtype=np.int32)
    new[old[old >= 0]] = np.flatnonzero(old >= 0)
    new[-1] = MISSING  # code -1
    return new[codes], index


def _pairs(codes: Codes, others: Codes) -> npt.NDArray[np.int64]:
    """Item and another number of each row with an item, as one integer, in rising order."""
    known = codes >= 0
    keys = codes[known].astype(np.int64) << 32
    keys |= others[known]
    keys.sort()
    return keys


def _unpaired(keys: npt.NDArray[np.int64]) -> tuple[Codes, Codes]:
    return (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
