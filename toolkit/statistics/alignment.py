"""Two frequency tables side by side: which of their rows are the same item."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from toolkit.columns import require

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sides:
    """Two frequency tables and which rows of them are the same item.

    Attributes
    ----------
    tables : tuple of DataFrame
        The target and the reference.
    sizes : tuple of int
        Their n.
    joined : Index
        The items of the target, then those of the reference.
    first : array of int
        For each item the first place where it stands in `joined`.
    number : array of int
        For each row of the reference, the number of its item; a row of the target has its own.
    """

    tables: tuple[pd.DataFrame, pd.DataFrame]
    sizes: tuple[int, int]
    joined: pd.Index
    first: Integers
    number: Integers

    def both(self, column: str) -> tuple[Integers, Integers]:
        """A column of both tables for each item, 0 where it is missing."""
        of_target, of_reference = np.zeros((2, len(self.first)), dtype=np.int64)
        # NumPy asks a Series for attributes, and pandas looks for them among its items
        of_target[: len(self.tables[0])] = self.tables[0][column].to_numpy()
        of_reference[self.number] = self.tables[1][column].to_numpy()
        return of_target, of_reference


def aligned(function: str, target: pd.DataFrame, reference: pd.DataFrame) -> Sides:
    """The two frequency tables, checked, and which of their rows are the same item.

    Examples
    --------
    >>> one = pd.DataFrame({"freq": [2, 1], "n": 3}, index=["قلم", "كتاب"])
    >>> other = pd.DataFrame({"freq": [4, 1], "n": 5}, index=["كتاب", "باب"])
    >>> sides = aligned("keywords", one, other)
    >>> sides.joined.take(sides.first).tolist()
    ['قلم', 'كتاب', 'باب']
    >>> [column.tolist() for column in sides.both("freq")]
    [[2, 1, 0], [0, 4, 1]]
    """
    sizes = _size(function, "target", target), _size(function, "reference", reference)
    units = [", ".join(map(str, table.index.names)) for table in (target, reference)]
    if units[0] != units[1]:
        raise ValueError(
            f"{function}: `target` counts {units[0]} and `reference` counts {units[1]}; count both "
            "by the same column."
        )
    joined = target.index.append(reference.index)
    _refuse_mixed(function, joined)
    codes = _codes(joined)
    number = codes[len(target) :]
    seen = np.bincount(codes[: len(target)]), np.bincount(number)
    for side, times in zip(("target", "reference"), seen, strict=True):
        if times.max() > 1:
            item = joined[np.flatnonzero(codes == times.argmax())[0]]
            raise ValueError(
                f"{function}: {item!r} stands {times.max()} times in the index of `{side}`; each "
                "item of a frequency table has one row."
            )
    alone = np.flatnonzero(number >= len(target))
    first = np.concatenate([np.arange(len(target)), len(target) + alone])
    return Sides((target, reference), sizes, joined, first, number)


def _size(function: str, side: str, table: pd.DataFrame) -> int:
    """The n of a frequency table, which must have one."""
    require(function, table, ["freq", "n"], advice=f"Make `{side}` with counts.frequencies.")
    n = table["n"].to_numpy()
    if not len(n):
        raise ValueError(
            f"{function}: `{side}` has no rows, and so no n; was the filter on its documents or on "
            "its items too strict?"
        )
    if n[0] <= 0:
        raise ValueError(
            f"{function}: `{side}` is empty (0 words); was the filter on doc too strict?"
        )
    if not (n == n[0]).all():
        raise ValueError(
            f"{function}: the rows of `{side}` have different n ({n.min()} to {n.max()}), but n is "
            "the size of one corpus; count its parts together instead of joining their tables."
        )
    freq = table["freq"].to_numpy()
    wrong = np.flatnonzero((freq < 0) | (freq > n) | (freq != np.floor(freq)))
    if len(wrong):
        raise ValueError(
            f"{function}: {table.index[wrong[0]]!r} has freq {freq[wrong[0]]} in `{side}`, whose n "
            f"is {n[0]}; a frequency is a whole number up to n."
        )
    return int(n[0])


def _codes(items: pd.Index) -> Integers:
    """A number for each item, in the order in which the items are first met."""
    if isinstance(items, (pd.MultiIndex, pd.CategoricalIndex)):
        return np.asarray(items.factorize(use_na_sentinel=False)[0], dtype=np.int64)
    encoded = as_arrow(items).dictionary_encode(null_encoding="encode")
    return np.asarray(encoded.indices, dtype=np.int64)


def _refuse_mixed(function: str, items: pd.Index) -> None:
    """Refuse items of several types, which have no order."""
    if items.dtype == "object" and not isinstance(items, pd.MultiIndex):
        types = {type(item).__name__: item for item in items.tolist()}
        if len(types) > 1:
            one, other, *_ = types.values()
            raise ValueError(
                f"{function}: the items are of several types, such as {one!r:.60} and "
                f"{other!r:.60}; make them strings with table.set_axis(table.index.astype('str'))."
            )


def as_arrow(items: pd.Index) -> pa.Array:
    """The items as one Arrow array, without copying strings."""
    column = pa.array(items.array)
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return column.dictionary_decode() if isinstance(column, pa.DictionaryArray) else column
