"""Sequences of items as integers: where n-grams and skip-grams begin, and how often each occurs.

An n-gram is one 64-bit integer, so counting is one sort of integers. Codes are places in code point
order, hence the integers of n-grams are in the order of their items, first item first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.columns import Coded, Codes, Mask, borders, changes, coded, mask_of_kinds, numbered
from toolkit.statistics.alignment import as_arrow
from toolkit.statistics.tallies import MOST_BITS, falling, in_code_point_order, lengths

Keys = npt.NDArray[np.int64]
Pattern = tuple[int, ...]

NOT_RENUMBERED: Keys = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Grams:
    """Distinct n-grams in the code point order of their items.

    Attributes
    ----------
    keys : array of int64
        Each n-gram as an integer.
    levels : list of array of int64
        For each place in the n-gram, what the integers up to it stood for before they were
        renumbered, or `NOT_RENUMBERED`.
    width : int
        The bits that an item takes in an integer.
    freq, docs : array of int64
        Occurrences, and documents with at least one.
    n : int
        Occurrences of all n-grams, those with a missing item included.
    """

    keys: Keys
    levels: list[Keys]
    width: int
    freq: Keys
    docs: Keys
    n: int

    def chosen(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> "Grams":
        """These n-grams alone, in this order; `n` stays."""
        freq, docs = self.freq[rows], self.docs[rows]
        return replace(self, keys=self.keys[rows], freq=freq, docs=docs)

    def most_frequent_first(self) -> "Grams":
        """The same n-grams by falling frequency, ties as they were."""
        return self.chosen(falling(self.freq))

    def items(self) -> Codes:
        """The codes of the items: a row for each n-gram, a column for each place in it."""
        found = np.empty((len(self.keys), len(self.levels)), dtype=np.int32)
        keys, last = self.keys, (1 << self.width) - 1
        for place, distinct in reversed(list(enumerate(self.levels))):
            keys = distinct[keys] if len(distinct) else keys
            found[:, place] = keys & last if place else keys
            keys = keys >> self.width
        return found


@dataclass(frozen=True)
class Rows:
    """The rows of a table whose items make n-grams.

    Attributes
    ----------
    codes : array of int32
        The item of each row, in text order; -1 where it is missing.
    segments : array of int32
        The sentence or document of each row, in rising order.
    docs : array of int32
        The document of each segment; -1 where it is missing, which is no document.
    items : Index
        What the codes stand for, in code point order.
    """

    codes: Codes
    segments: Codes
    docs: Codes
    items: pd.Index

    def grams(self, n: int, skip: int) -> "Grams":
        """All n-grams that lie in one segment, see `count`."""
        return count(self.codes, self.segments, self.docs, n=n, skip=skip)

    def near(self, begins: Mask, reach: int) -> "Rows":
        """The rows of some items, and as many after each as it reaches with itself.

        Rows between which others are left out are in different segments.
        """
        first = np.append(begins, False)[self.codes]
        near = first.copy()
        for distance in range(1, min(reach, len(near))):
            near[distance:] |= first[:-distance]
        rows = np.flatnonzero(near)
        segments = self.segments[rows]
        new = changes(segments)
        new[1:] |= np.diff(rows) > 1
        starts = np.flatnonzero(new)
        docs = self.docs[segments[starts]]
        return Rows(self.codes[rows], numbered(starts, len(rows)), docs, self.items)


def rows_of(table: pd.DataFrame, *, by: str, kinds: Sequence[str], across_sentences: bool) -> Rows:
    """The rows of a table that make n-grams; the parameters, which are checked, as there."""
    items = by_code_point(coded(table, [by]))
    mask = mask_of_kinds(table, kinds)
    first = np.flatnonzero(borders(table, ["doc"] if across_sentences else ["doc", "sent"]))
    docs = coded(table, ["doc"]).codes[first]
    rows = slice(None) if mask.all() else mask  # all rows need no copy
    return Rows(items.codes[rows], numbered(first, len(table))[rows], docs, items.items)


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
    if skip:  # no more can be left out than the longest segment has
        skip = min(skip, max(int(np.bincount(segments).max(initial=0)) - n, 0))
    found = [_occurrences(codes, segments, pattern) for pattern in patterns(n, skip)]
    *columns, places = (_joined(column) for column in zip(*found, strict=True))
    whole = len(places)
    if codes.min(initial=0) < 0:
        known = np.all([column >= 0 for column in columns], axis=0)
        columns, places = [column[known] for column in columns], places[known]
    width, spare = _bits(int(codes.max(initial=0))), _bits(int(docs.max(initial=0)) + 1)
    keys, levels = _keys(columns, width, spare)
    keys <<= spare
    keys |= (docs + 1)[places]  # 0: no document
    grams, freq, in_docs = _counted(keys, spare, all_in_documents=docs.min(initial=0) >= 0)
    return Grams(grams, levels, width, freq, in_docs, whole)


def joined(codes: Codes, items: pd.Index) -> pd.Index:
    """The n-grams as strings, items separated by one space, from a row of codes for each."""
    text = as_arrow(items).cast(pa.large_string())
    nothing, space = (pa.scalar(each, pa.large_string()) for each in ("", " "))
    spaced = pc.binary_join_element_wise(text, nothing, space)
    codes = codes.copy()
    codes[:, -1] += len(items)
    # One gathering of all pieces, whose every n-th border is that of an n-gram, is twice as fast
    # as a gathering for each place and a joining.
    letters = pa.concat_arrays([spaced, text]).take(pa.array(codes.ravel()))
    _, offsets, data = letters.buffers()
    borders = np.frombuffer(offsets, dtype=np.int64)[:: codes.shape[1]].copy()
    whole = pa.LargeStringArray.from_buffers(len(codes), pa.py_buffer(borders), data)
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


def _keys(columns: Sequence[Codes], width: int, spare: int) -> tuple[Keys, list[Keys]]:
    """One integer per occurrence, with `spare` bits free, and what its renumberings stood for."""
    keys, bits, levels = columns[0].astype(np.int64), width, []
    for column in columns[1:]:
        if bits + width + spare > MOST_BITS:
            distinct, keys = _renumbered(keys, bits)
            bits = _bits(len(distinct))
            levels.append(distinct)
        else:
            levels.append(NOT_RENUMBERED)
        keys <<= width
        keys |= column
        bits += width
    if bits + spare > MOST_BITS:
        distinct, keys = _renumbered(keys, bits)
        return keys, [*levels, distinct]
    return keys, [*levels, NOT_RENUMBERED]


def _renumbered(keys: Keys, bits: int) -> tuple[Keys, Keys]:
    """The distinct integers in rising order, and the place of each integer among them."""
    places = _bits(len(keys))
    if bits + places > MOST_BITS:
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


def _counted(keys: Keys, spare: int, *, all_in_documents: bool) -> tuple[Keys, Keys, Keys]:
    """The distinct n-grams, their occurrences and their documents, which the lowest bits hold."""
    keys.sort()
    new = changes(keys)
    if not all_in_documents:
        new &= keys & ((1 << spare) - 1) != 0
    keys >>= spare
    starts = np.flatnonzero(changes(keys))
    freq = lengths(starts, len(keys))
    # few occurrences are not the first in their document, so these are looked up and taken off
    again = np.searchsorted(starts, np.flatnonzero(~new), side="right") - 1
    in_docs = freq.copy()
    np.subtract.at(in_docs, again, 1)
    return keys[starts], freq, in_docs


def _bits(number: int) -> int:
    return number.bit_length()
