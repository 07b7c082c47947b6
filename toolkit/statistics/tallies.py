"""Counting items: occurrences, documents, and the order and shares of a frequency table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import MISSING, Coded, Codes, Mask, changes, mask_of_kinds

Counts = npt.NDArray[np.int64]

PER_MILLION = 1_000_000
MOST_BITS = 63  # of an integer that is not negative
BLOCK = 1 << 20  # rows counted at a time, so that what is made of them stays in the cache


def counts_where(codes: Codes, where: Mask | slice, items: int) -> Counts:
    """How often each item stands in the rows that are chosen; missing ones are no item."""
    counts = np.zeros(items + 1, dtype=np.int64)
    rows = codes[where] if isinstance(where, slice) else codes
    size = _block(items)
    for start in range(0, len(rows), size):
        some = rows[start : start + size] + 1  # 0: no item
        if not isinstance(where, slice):
            some *= where[start : start + size]
        counts += np.bincount(some, minlength=items + 1)
    return counts[1:]


def _block(items: int) -> int:
    """How many rows are counted at a time: many more than there are counters to add up."""
    return max(BLOCK, 4 * items)


@dataclass(frozen=True)
class Counted:
    """The rows of a table that are counted, each with a number: its position.

    Attributes
    ----------
    codes : array of int32
        The item at each position; -1 where it is missing.
    freq : array of int64
        Occurrences of each item.
    before : array of int32, optional
        How many positions stand before each row, and at the end how many there are; None where
        every row is counted.
    """

    codes: Codes
    freq: Counts
    before: Codes | None

    def positions(self, rows: npt.NDArray[np.integer]) -> Codes:
        """The positions of rows, or of the next rows that are counted."""
        return rows.astype(np.int32) if self.before is None else self.before[rows]


def counted_rows(table: pd.DataFrame, codes: Codes, *, items: int, kinds: Sequence[str]) -> Counted:
    """The rows of these kinds, from the item of each row and how many items there are."""
    mask = mask_of_kinds(table, kinds)
    freq = counts_where(codes, mask, items)
    if mask.all():
        return Counted(codes, freq, None)
    before = np.zeros(len(mask) + 1, dtype=np.int32)
    np.cumsum(mask, out=before[1:])
    return Counted(codes[mask], freq, before)


def per_item(items: Coded, mask: Mask, docs: Codes) -> tuple[Counts, Counts]:
    """Occurrences and document frequency of each item among the rows of the mask."""
    starts = np.flatnonzero(changes(docs))
    if len(np.unique(docs[starts])) < len(starts):
        order = np.argsort(docs, kind="stable")
        return per_item(Coded(items.codes[order], items.items), mask[order], docs[order])
    freq, in_docs = np.zeros((2, len(items.items) + 1), dtype=np.int64)
    sizes = lengths(starts, len(docs))
    begins = np.searchsorted(starts, np.arange(0, len(docs), _block(len(items.items))))
    for first, last in pairwise(np.unique([*begins, len(starts)])):
        run = np.repeat(np.arange(last - first, dtype=np.uint32), sizes[first:last])
        rows = slice(starts[first], starts[first] + len(run))
        codes = (items.codes[rows] + 1) * mask[rows]  # 0: no item
        item, times, documents = _of_runs(codes, run, docs[starts[first:last]] != MISSING)
        freq[item] += times
        in_docs[item] += documents
    return freq[1:], in_docs[1:]


def _of_runs(
    codes: Codes, run: npt.NDArray[np.uint32], known: Mask
) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.intp], Counts]:
    """The items of some rows, the occurrences of each, and the known runs that it occurs in."""
    spare = (len(known) - 1).bit_length()
    # numbers of 32 bits are sorted in half the time of 64
    wide = int(codes.max()).bit_length() + spare > 32
    keys: npt.NDArray[np.integer] = codes.astype(np.int64 if wide else np.uint32)
    keys <<= spare
    keys |= run
    keys.sort()
    new = changes(keys)
    if not known.all():
        new &= known[keys & ((1 << spare) - 1)]
    keys >>= spare
    starts = np.flatnonzero(changes(keys))
    documents: Counts = np.add.reduceat(new.view(np.int8), starts, dtype=np.int64)
    return keys[starts], lengths(starts, len(keys)), documents


def lengths(starts: npt.NDArray[np.intp], end: int) -> npt.NDArray[np.intp]:
    """The lengths of runs, from where they begin and the last one ends."""
    found = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=found[:-1])
    found[-1:] = end - starts[-1:]
    return found


def in_code_point_order(items: pd.Index) -> bool:
    """Whether items that are all different stand in code point order."""
    if isinstance(items, pd.MultiIndex):
        return False
    # `is_monotonic_increasing` makes a Python string of each item first.
    return not bool((items.array[1:] < items.array[:-1]).any())


def most_frequent_first(
    items: pd.Index, freq: Counts, places: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """These places of items by falling frequency, ties by code point."""
    if not in_code_point_order(items):
        places = places[np.asarray(items.take(places).argsort())]
    return places[falling(freq[places])]


def with_shares(
    items: pd.Index, n: int, freq: Counts, *, docs: Counts | None = None
) -> pd.DataFrame:
    """A frequency table: `freq`, the denominator, the frequency per million, and perhaps `docs`."""
    if isinstance(items, pd.MultiIndex):
        items = items.remove_unused_levels()
    size = np.full(len(freq), n, dtype=np.int64)
    columns = {"freq": freq, "n": size, "per_million": freq / n * PER_MILLION}
    if docs is not None:
        columns["docs"] = docs
    return pd.DataFrame(columns, index=items, copy=False)


def falling(freq: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Places of numbers from the highest to the lowest, equal ones as they were.

    Examples
    --------
    >>> falling(np.array([1, 3, 1, 2])).tolist()
    [1, 3, 0, 2]
    """
    # As a rule most items occur once; they stand last, as they stood, without being sorted.
    lowest = freq.min(initial=np.iinfo(freq.dtype).max)
    more = np.flatnonzero(freq > lowest)
    return np.concatenate([more[_falling(freq[more])], np.flatnonzero(freq == lowest)])


def _falling(freq: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    # A sort of integers that carry their place is ten times faster than a stable argsort.
    places = len(freq).bit_length()
    highest = int(freq.max(initial=0))
    if highest.bit_length() + places > MOST_BITS:
        return np.argsort(-freq, kind="stable")
    keys = (highest - freq.astype(np.int64)) << places
    keys |= np.arange(len(freq))
    keys.sort()
    order: npt.NDArray[np.intp] = keys & ((1 << places) - 1)
    return order
