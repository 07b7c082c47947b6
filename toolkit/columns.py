"""Columns as integer codes: what every statistic counts with, and where texts begin and end.

The tables hold repeated strings as categoricals, so counting is arithmetic on small integers. This
module turns one or several columns into codes once, and checks what it is given at the boundary.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.statistics.ranking import places

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

KINDS = ("word", "number", "punctuation", "symbol")
COUNTED_KINDS = ("word", "number")
MISSING = -1
ADVICE = "Pass the tokens or words of an annotated corpus."
FEW = 3  # items that are faster compared one by one than looked up


@dataclass(frozen=True)
class Coded:
    """Columns of a table as one integer per row.

    Attributes
    ----------
    codes : array of int32
        For each row, the place of its item in `items`; -1 where the item is missing.
    items : Index
        The items as strings (a MultiIndex for several columns), named after their columns. An
        item need not occur in the rows, and their order means nothing.
    """

    codes: Codes
    items: pd.Index

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.codes)


def is_partitioned(table: Any) -> bool:
    """Whether this is a `dask.dataframe.DataFrame`, without importing Dask.

    Examples
    --------
    >>> is_partitioned(pd.DataFrame({"doc": ["a"]}))
    False
    """
    names = [(base.__module__.split(".")[0], base.__name__) for base in type(table).__mro__]
    return ("dask", "DataFrame") in names


def require(function: str, table: pd.DataFrame, columns: Sequence[str], *, advice: str) -> None:
    """Refuse a table without some of the columns, or with one twice, and say which there are.

    Examples
    --------
    >>> require("kwic", pd.DataFrame({"doc": []}), ["doc", "form"], advice="Pass tokens or words.")
    Traceback (most recent call last):
    ValueError: kwic: no column 'form' in the table; its columns are doc. Pass tokens or words.
    """
    if is_partitioned(table):
        raise ValueError(
            f"{function}: the table is a Dask DataFrame, and this needs it in memory; choose rows "
            f"that fit and call .compute() on them. {advice}"
        )
    if not isinstance(table, pd.DataFrame):
        raise ValueError(
            f"{function}: the table is of type {type(table).__name__}, not a DataFrame. {advice}"
        )
    present = list(map(str, table.columns))
    for column in columns:
        if column not in present:
            raise ValueError(
                f"{function}: no column {column!r} in the table; its columns are "
                f"{', '.join(present) or 'none'}. {advice}"
            )
        if present.count(column) > 1:
            raise ValueError(
                f"{function}: column {column!r} stands {present.count(column)} times in the table; "
                f"its columns are {', '.join(present)}. Rename or drop all but one."
            )


def keys_of(function: str, table: pd.DataFrame, by: str | Sequence[str]) -> list[str]:
    """The columns that `by` names, which must exist and be different."""
    require(function, table, [], advice=ADVICE)
    keys = [by] if isinstance(by, str) else list(by) if isinstance(by, Sequence) else []
    present = ", ".join(map(str, table.columns))
    if not keys or len(set(keys)) < len(keys):
        raise ValueError(
            f"{function}: by={by!r} names no column or one twice; pass one or several of {present}."
        )
    require(function, table, keys, advice="Pass one of them as by=.")
    return keys


def one_name(function: str, by: object) -> str:
    """The column that `by` names, where it can be one only."""
    if not isinstance(by, str):
        raise ValueError(
            f"{function}: by={by!r:.60} is not the name of one column; pass one string."
        )
    return by


def names_of(function: str, name: str, given: str | Iterable[str]) -> list[str]:
    """One name, or each of several.

    Examples
    --------
    >>> names_of("kwic", "sort", "after1"), names_of("kwic", "sort", ("node", "after1"))
    (['after1'], ['node', 'after1'])
    >>> names_of("kwic", "sort", None)
    Traceback (most recent call last):
    ValueError: kwic: sort is None; pass a name, or a list of names.
    """
    if isinstance(given, str):
        return [given]
    if not isinstance(given, Iterable):
        raise ValueError(f"{function}: {name} is {given!r:.60}; pass a name, or a list of names.")
    return list(given)


def is_whole(value: object, *, least: int) -> TypeGuard[int]:
    """Whether something is a whole number that is not too small; True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= least


def whole_number(
    function: str, name: str, value: object, *, least: int, otherwise: str = ""
) -> int:
    """The number, which must be whole and not too small.

    Parameters
    ----------
    function, name : str
        Where the number was passed, for the message.
    value : object
        What was passed.
    least : int
        The lowest number that is taken.
    otherwise : str
        What can be passed instead of a number, for the message.

    Examples
    --------
    >>> whole_number("ngrams", "min_freq", 3, least=1)
    3
    >>> whole_number("ngrams", "min_freq", 2.5, least=1)
    Traceback (most recent call last):
    ValueError: ngrams: min_freq is 2.5; pass a whole number, 1 or more.
    """
    if is_whole(value, least=least):
        return int(value)
    other = f", or {otherwise}" if otherwise else ""
    raise ValueError(
        f"{function}: {name} is {value!r:.60}; pass a whole number, {least} or more{other}."
    )


def kinds_of(function: str, kinds: str | Sequence[str]) -> list[str]:
    """The kinds that are counted, each of which must be known."""
    chosen = names_of(function, "kinds", kinds)
    for kind in chosen:
        if kind not in KINDS:
            raise ValueError(f"{function}: no kind {kind!r}; there are {', '.join(KINDS)}.")
    return chosen


def coded(table: pd.DataFrame, keys: Sequence[str]) -> Coded:
    """Codes of one column, or of several that make one item together."""
    columns = [_one(table[key]) for key in keys]
    if len(columns) == 1:
        return columns[0]
    whole = np.zeros(len(table), dtype=np.int64)
    missing = np.zeros(len(table), dtype=bool)
    for column in columns:
        whole *= max(len(column.items), 1)
        whole += column.codes
        missing |= column.codes == MISSING
    present, codes = np.unique(whole[~missing], return_inverse=True)
    places = np.full(len(table), MISSING, dtype=np.int32)
    places[~missing] = codes
    levels = []
    for column in reversed(columns):
        present, place = np.divmod(present, max(len(column.items), 1))
        levels.append(column.items.take(place))
    return Coded(places, pd.MultiIndex.from_arrays(levels[::-1], names=list(keys)))


def _places(column: pd.Series) -> tuple[npt.NDArray[np.integer], pd.Index]:
    """For each row the place of its item, in as few bits as the table has, and the items."""
    whole = column.array
    if isinstance(whole, pd.Categorical):
        return whole.codes, whole.categories  # `column.cat.codes` would copy them
    cells = column.to_numpy(dtype="object")
    if pd.api.types.infer_dtype(cells, skipna=True) not in ("string", "empty"):
        cells = column.astype("object").map(str, na_action="ignore").to_numpy()  # True is no 1
        _refuse_lists(column)
    places, found = pd.factorize(cells)
    return places, pd.Index(found)


def _refuse_lists(column: pd.Series) -> None:
    """Refuse cells that hold several items, which would be counted as one."""
    wrong = np.flatnonzero(column.map(pd.api.types.is_list_like).to_numpy(dtype=bool))
    if len(wrong):
        cell = column.iloc[wrong[0]]
        raise ValueError(
            f"the table: column {column.name!r} has {cell!r:.60} in row {wrong[0]}, which is a "
            f"{type(cell).__name__} and no item. Make it a string, or a row for each by .explode()."
        )


def _one(column: pd.Series) -> Coded:
    places, items = _places(column)
    strings = items.astype("str").rename(column.name)
    codes: Codes = places.astype(np.int32, copy=False)
    if not strings.is_unique:  # 1 and "1" are one item
        same, distinct = pd.factorize(strings)
        codes = np.append(same, MISSING).astype(np.int32)[codes]
        strings = pd.Index(distinct, dtype="str", name=column.name)
    return Coded(codes, strings)


def mask_of_kinds(table: pd.DataFrame, kinds: Sequence[str]) -> Mask:
    """Whether each row is of one of the kinds; a row of a kind that is none is refused."""
    codes, items = _places(table["kind"])
    known = np.append(items.astype("str").isin(KINDS), False)  # the last: code -1
    if not known[:-1].all() or codes.min(initial=0) < 0:
        wrong = np.flatnonzero(~known[codes])
        if len(wrong):
            raise ValueError(
                f"the table: kind is {table['kind'].iloc[wrong[0]]!r:.60} in row {wrong[0]}, and "
                f"{len(wrong)} of {len(codes)} rows are of no known kind; there are "
                f"{', '.join(KINDS)}. Mend the column, or leave these rows out."
            )
    return _are_in(codes, items.astype("str"), kinds)


def in_items(column: Coded, wanted: Sequence[str]) -> Mask:
    """Whether the item of each row is one of the wanted; a missing one is not."""
    return _are_in(column.codes, column.items, wanted)


def _are_in(codes: npt.NDArray[np.integer], items: pd.Index, wanted: Sequence[str]) -> Mask:
    places = np.flatnonzero(items.isin(list(wanted)))
    if len(places) <= FEW:
        found = np.zeros(len(codes), dtype=bool)
        for place in places:
            found |= codes == place
        return found
    chosen = np.zeros(len(items) + 1, dtype=bool)  # the last: code -1
    chosen[places] = True
    every: Mask = chosen[codes]
    return every


def changes(numbers: npt.NDArray[Any]) -> Mask:
    """Whether each number differs from the one before it; the first does."""
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return new


def segments(table: pd.DataFrame, columns: Sequence[str] = ("doc", "sent")) -> Codes:
    """The number of the run of equal cells that each row is in, from 0, rows in text order.

    A run ends where any of the columns changes, and rows of different runs are no neighbours. A
    run is no document: a document is its id, wherever its rows stand, so ``docs``, ``range``, the
    length of a document and a place in it are counted over all runs of the id.

    Examples
    --------
    >>> segments(pd.DataFrame({"doc": ["a", "a", "b"], "sent": [1, 2, 1]})).tolist()
    [0, 1, 2]
    >>> segments(pd.DataFrame({"doc": ["a", "b", "a"]}), ["doc"]).tolist()
    [0, 1, 2]
    """
    return numbered(np.flatnonzero(borders(table, columns)), len(table))


def numbered(first: npt.NDArray[np.intp], rows: int) -> Codes:
    """For each row the number of the run that it is in, from the first row of each."""
    # repeating is five times faster than a running sum over all rows
    return np.repeat(np.arange(len(first), dtype=np.int32), np.diff(first, append=rows))


def borders(table: pd.DataFrame, columns: Sequence[str] = ("doc", "sent")) -> Mask:
    """Whether each row is the first of its run, see `segments`."""
    new = np.zeros(len(table), dtype=bool)
    new[:1] = True  # also where no column ends a run
    for column in columns:
        values = _one(table[column]).codes if _is_text(table[column]) else table[column].to_numpy()
        new |= changes(values)
    return new


def _is_text(column: pd.Series) -> bool:
    return not pd.api.types.is_integer_dtype(column.dtype)


def ordered(found: pd.DataFrame, by: str | Sequence[str] = "freq") -> pd.DataFrame:
    """The rows in the order of every list here: scores descending, then items by code point.

    Missing scores come last. Scores that differ by rounding alone are equal.
    """
    columns = [by] if isinstance(by, str) else list(by)
    in_items = found.sort_index(kind="stable")
    keys = [places(in_items[column]) for column in reversed(columns)]
    return in_items.iloc[np.lexsort(keys)]
