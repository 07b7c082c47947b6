"""Sequences of items as integers: where n-grams and skip-grams begin, and how often each occurs.

An n-gram is one 64-bit integer, so counting is one sort of integers. Codes are places in code point
order, hence the integers of n-grams are in the order of their items, first item first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.columns import Coded, Codes, changes
from toolkit.tallies import MOST_BITS, falling, in_code_point_order, lengths

Keys = npt.NDArray[np.int64]
Pattern = tuple[int, ...]

NOT_RENUMBERED: Keys = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Grams:
    """Distinct n-grams in the code point order of their items.

    Attributes
    ----------
    items : list of array of int32
        For each place in the n-gram, the codes of the items that stand there.
    freq, docs : array of int64
        Occurrences, and documents with at least one.
    n : int
        Occurrences of all n-grams, those with a missing item included.
    """

    items: list[Codes]
    freq: Keys
    docs: Keys
    n: int

    def chosen(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "Grams":
        """These n-grams alone, in this order; `n` stays."""
        items = [codes[rows] for codes in self.items]
        return Grams(items, self.freq[rows], self.docs[rows], self.n)

    def most_frequent_first(self) -> "Grams":
        """The same n-grams by falling frequency, ties as they were."""
        return self.chosen(falling(self.freq))


def by_code_point(column: Coded) -> Coded:
    """The same column with its items, and so its codes, in code point order."""
    if in_code_point_order(column.items):
        return column
    order = column.items.argsort()
    places = np.empty(len(order) + 1, dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    places[-1] = -1  # code -1
    return Coded(places[column.codes], column.items.take(order))


def patterns(n: int, skip: int) -> Iterator[Pattern]:
    """Distances of the items of an n-gram from its first, with up to `skip` rows left out.

    Examples
    --------
    >>> list(patterns(2, 1)), list(patterns(3, 1))
    ([(0, 1), (0, 2)], [(0, 1, 2), (0, 1, 3), (0, 2, 3)])
    """
    return ((0, *rest) for rest in combinations(range(1, n + skip), n - 1))


def count(codes: Codes, segments: Codes, docs: Codes, *, n: int, skip: int) -> Grams:
    """All n-grams that lie in one segment.

    Parameters
    ----------
    codes : array of int32
        The item of each row, in text order; -1 where it is missing.
    segments : array of int32
        The sentence or document of each row, in rising order.
    docs : array of int32
        The document of each segment; -1 where it is missing, which is no document.
    n, skip : int
        Items of an n-gram, and how many rows it may leave out between its first and last.

    Returns
    -------
    Grams
        Every n-gram whose items are all known.
    """
    # no more can be left out than the longest segment has
    skip = min(skip, max(int(np.bincount(segments).max(initial=0)) - n, 0))
    found = [_occurrences(codes, segments, pattern) for pattern in patterns(n, skip)]
    *columns, places = (_joined(column) for column in zip(*found, strict=True))
    whole = len(places)
    if codes.min(initial=0) < 0:
        known = np.all([column >= 0 for column in columns], axis=0)
        columns, places = [column[known] for column in columns], places[known]
    size = int(codes.max(initial=0)) + 1
    spare = _bits(int(docs.max(initial=0)) + 1)
    keys, levels = _keys(columns, size, spare)
    keys <<= spare
    keys |= (docs + 1)[places]  # 0: no document
    grams, freq, in_docs = _counted(keys, spare)
    return Grams(_items(grams, levels, size, n), freq, in_docs, whole)


def joined(grams: Grams, items: pd.Index) -> pd.Index:
    """The n-grams as strings, items separated by one space."""
    text = pa.array(items.array, type=pa.large_string())
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    columns = [text.take(pa.array(codes)) for codes in grams.items]
    whole = pc.binary_join_element_wise(*columns, pa.scalar(" ", type=pa.large_string()))
    found: pd.Index = pd.Index(pd.array(whole, dtype="str"), name="ngram")
    return found


def _occurrences(codes: Codes, segments: Codes, pattern: Pattern) -> list[Codes]:
    """Items of each place, and the segment, of every occurrence of a pattern."""
    length = max(len(codes) - pattern[-1], 0)
    inside = segments[:length] == segments[pattern[-1] :]
    columns = [codes[distance : distance + length][inside] for distance in pattern]
    return [*columns, segments[:length][inside]]


def _joined(columns: Sequence[Codes]) -> Codes:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _keys(columns: Sequence[Codes], size: int, spare: int) -> tuple[Keys, list[Keys]]:
    """One integer per occurrence, with `spare` bits free, and what its renumberings stood for."""
    keys, highest, levels = columns[0].astype(np.int64), size - 1, []
    for column in columns[1:]:
        if _bits((highest + 1) * size - 1) + spare > MOST_BITS:
            distinct, keys = _renumbered(keys, highest)
            highest = max(len(distinct) - 1, 0)
            levels.append(distinct)
        else:
            levels.append(NOT_RENUMBERED)
        keys *= size
        keys += column
        highest = (highest + 1) * size - 1
    if _bits(highest) + spare > MOST_BITS:
        distinct, keys = _renumbered(keys, highest)
        return keys, [*levels, distinct]
    return keys, [*levels, NOT_RENUMBERED]


def _renumbered(keys: Keys, highest: int) -> tuple[Keys, Keys]:
    """The distinct integers in rising order, and the place of each integer among them."""
    places = _bits(len(keys))
    if _bits(highest) + places > MOST_BITS:
        distinct, numbers = np.unique(keys, return_inverse=True)
        return distinct, numbers.astype(np.int64, copy=False)
    packed = keys << places
    packed |= np.arange(len(keys))
    packed.sort()
    order = packed & ((1 << places) - 1)
    packed >>= places
    new = changes(packed)
    numbers = np.empty(len(keys), dtype=np.int64)
    numbers[order] = np.cumsum(new) - 1
    return packed[new], numbers


def _counted(keys: Keys, spare: int) -> tuple[Keys, Keys, Keys]:
    """The distinct n-grams, their occurrences and their documents, which the lowest bits hold."""
    keys.sort()
    new = changes(keys) & (keys & ((1 << spare) - 1) != 0)
    keys >>= spare
    starts = np.flatnonzero(changes(keys))
    in_docs = np.add.reduceat(new, starts, dtype=np.int64)
    return keys[starts], lengths(starts, len(keys)), in_docs


def _items(grams: Keys, levels: list[Keys], size: int, n: int) -> list[Codes]:
    """The items of each n-gram: its integer taken apart, from the last place to the first."""
    columns: list[Codes] = []
    for distinct in levels[::-1]:
        grams = distinct[grams] if len(distinct) else grams
        grams, last = np.divmod(grams, size) if len(columns) < n - 1 else (grams, grams)
        columns.append(last.astype(np.int32))
    return columns[::-1]


def _bits(number: int) -> int:
    return number.bit_length()
