"""From what is searched to the rows where it stands: words, wildcards, expressions, phrases.

A node is what a user searches. It becomes one or several conditions on the items of columns, each
condition is tried once per item and not once per row, and the rows follow from the codes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit import columns
from toolkit.arabic.folded_items import folded
from toolkit.columns import ADVICE, Codes, Mask
from toolkit.normalise import fold as fold_spelling
from toolkit.statistics.tallies import Counted, counted_rows

Condition: TypeAlias = str | re.Pattern[str] | set[str] | frozenset[str]
Item: TypeAlias = Condition | Mapping[str, Condition]
Node: TypeAlias = Item | Sequence[Item]
Rows: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Postings:
    """The rows of each item, in text order: those of code c are ``rows[first[c]:first[c + 1]]``."""

    first: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Column:
    """A column that is searched: its codes, its items as they are and as they are folded."""

    codes: Codes
    items: pd.Index
    is_folded: bool
    postings: Postings | None = None

    @cached_property
    def folded(self) -> pd.Index:
        """The folded spelling of each item."""
        return self.items if self.is_folded else folded(self.items)

    def indexed(self) -> "Column":
        """The same column with the rows of each item."""
        from scipy import sparse

        present = self.codes >= 0
        ends = np.append(0, np.cumsum(present)).astype(np.int32)
        # One cell a row, at its item; read by columns, the rows come sorted by item: a counting
        # sort, linear in the rows.
        cells = sparse.csr_array(
            (np.ones(ends[-1], dtype=np.bool_), self.codes[present], ends),
            shape=(len(self.codes), len(self.items)),
        ).tocsc()
        found = Postings(cells.indptr, cells.indices)
        return replace(self, postings=found)

    def matching(self, condition: Condition, fold: bool) -> Mask:
        """Whether each item meets the condition, and False at the end for a missing one."""
        chosen = np.zeros(len(self.items) + 1, dtype=bool)
        if isinstance(condition, (set, frozenset)):
            for one in condition:
                chosen |= self.matching(one, fold)
            return chosen
        if isinstance(condition, re.Pattern):
            chosen[:-1] = [bool(condition.fullmatch(item)) for item in self.items.tolist()]
            return chosen
        spellings = self.folded if fold else self.items
        wanted = fold_spelling(condition) if fold else condition
        if set(wanted) == {"*"}:
            chosen[:-1] = True
        elif pattern := wildcard(wanted):
            chosen[:-1] = [bool(pattern.fullmatch(item)) for item in spellings.tolist()]
        else:
            chosen[:-1] = spellings == _literal(wanted)
        return chosen

    def size(self, chosen: Mask) -> int:
        """How many rows have a chosen item, or all rows where that would have to be counted."""
        if self.postings is None:
            return len(self.codes)
        return int(np.diff(self.postings.first)[chosen[:-1]].sum())

    def rows(self, chosen: Mask) -> Rows:
        """The rows of the chosen items, in text order."""
        codes = np.flatnonzero(chosen[:-1])
        if self.postings is None and len(codes) == 1:
            return np.flatnonzero(self.codes == codes[0])
        # Many small groups are slower to gather than all codes are to look up.
        if self.postings is None or self.size(chosen) > len(self.codes) / 4:
            return np.flatnonzero(chosen[self.codes])
        first, rows = self.postings.first, self.postings.rows
        groups = [rows[first[code] : first[code + 1]] for code in codes]
        if len(groups) == 1:
            return groups[0].astype(np.int64)
        return np.sort(np.concatenate([*groups, np.zeros(0, dtype=np.int32)])).astype(np.int64)


@dataclass(frozen=True)
class Order:
    """The rows of some kinds, each with a number: its place among them.

    Attributes
    ----------
    rows : array of int, optional
        The row of each number; None where every row is one, and its own number.
    before : array of int32, optional
        How many of them stand before each row, and at the end how many there are.
    """

    rows: Rows | None
    before: npt.NDArray[np.int32] | None

    def of(self, numbers: Rows) -> Rows:
        """The rows of some numbers."""
        return numbers if self.rows is None else self.rows[numbers]

    def numbers(self, rows: Rows) -> Rows:
        """The numbers of those rows that have one."""
        if self.before is None:
            return rows
        number = self.before[rows]
        return number[self.before[rows + 1] > number].astype(np.int64)


@dataclass(frozen=True, repr=False)
class InvertedIndex:
    """A table made ready for searching: one column as codes, and where texts begin and end.

    Attributes
    ----------
    table : DataFrame
        The table itself, rows in text order.
    by : str
        The column that is searched unless another is named.
    column : Column
        That column; with the rows of each item, once it has been indexed.
    """

    table: pd.DataFrame
    by: str
    column: Column

    def __repr__(self) -> str:
        """The column and the sizes, not the arrays."""
        items, rows = len(self.column.items), len(self.table)
        return f"InvertedIndex(by={self.by!r}, {items:,} items, {rows:,} rows)"

    def named(self, function: str, name: str) -> Column:
        """A column to search: the indexed one, or another, coded now."""
        if name == self.by:
            return self.column
        columns.require(function, self.table, [name], advice="Pass one of them as by=.")
        return coded_column(self.table, name)

    def counted(self, column: Column, kinds: Sequence[str]) -> Counted:
        """The rows of these kinds, with the items of a column."""
        if column is self.column and set(kinds) == set(columns.COUNTED_KINDS):
            return self.words
        return counted_rows(self.table, column.codes, items=len(column.items), kinds=kinds)

    def order(self, kinds: Sequence[str]) -> Order:
        """The rows of these kinds in text order."""
        words = set(kinds) == set(columns.COUNTED_KINDS)
        return self.order_of_words if words else _order(self.table, kinds)

    @cached_property
    def order_of_words(self) -> Order:
        """The rows of words and numbers in text order."""
        return _order(self.table, columns.COUNTED_KINDS)

    @cached_property
    def words(self) -> Counted:
        """The words and numbers, with the items of the indexed column."""
        codes, items = self.column.codes, len(self.column.items)
        return counted_rows(self.table, codes, items=items, kinds=columns.COUNTED_KINDS)

    @cached_property
    def documents(self) -> Rows:
        """The rows at which runs of one document begin, and the number of all rows at the end."""
        return _starts(columns.borders(self.table, ["doc"]))

    @cached_property
    def sentences(self) -> Rows:
        """The rows at which sentences begin, and the number of all rows at the end."""
        return _starts(columns.borders(self.table))

    @cached_property
    def in_documents(self) -> tuple[Rows, Rows]:
        """How many rows of its document stand before each of `documents`, and how many in all."""
        sizes = pd.Series(np.diff(self.documents))
        docs = columns.coded(self.table[["doc"]].take(self.documents[:-1]), ["doc"]).codes
        of_document = sizes.groupby(docs)
        before, whole = of_document.cumsum() - sizes, of_document.transform("sum")
        return np.asarray(before, dtype=np.int64), np.asarray(whole, dtype=np.int64)


def _order(table: pd.DataFrame, kinds: Sequence[str]) -> Order:
    mask = columns.mask_of_kinds(table, kinds)
    if mask.all():
        return Order(None, None)
    before = np.zeros(len(mask) + 1, dtype=np.int32)
    np.cumsum(mask, out=before[1:])
    return Order(np.flatnonzero(mask), before)


def coded_column(table: pd.DataFrame, name: str) -> Column:
    """A column of a table as codes; the spelling of ``norm`` is folded already."""
    coded = columns.coded(table, [name])
    return Column(coded.codes, coded.items, is_folded=name == "norm")


def searchable(function: str, table: pd.DataFrame | InvertedIndex, by: str | None) -> InvertedIndex:
    """The index that was given, or a table made ready for one search."""
    if isinstance(table, InvertedIndex):
        return table
    columns.require(function, table, ["doc", "sent"], advice=ADVICE)
    name = "form" if by is None else columns.one_name(function, by)
    columns.require(function, table, [name], advice="Pass one of them as by=.")
    return InvertedIndex(table, name, coded_column(table, name))


def _starts(borders: Mask) -> Rows:
    return np.append(np.flatnonzero(borders), len(borders))


def run_numbers(starts: Rows, rows: Rows) -> Rows:
    """The number of the run that each row is in, from 0."""
    if len(rows) > len(starts) and bool((rows[1:] >= rows[:-1]).all()):
        # in text order it is the borders that are looked up among the rows
        return np.repeat(np.arange(len(starts) - 1), np.diff(np.searchsorted(rows, starts)))
    return np.searchsorted(starts, rows, side="right") - 1


def run_of(starts: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """The first row of the run that each row is in, and the row after its last."""
    number = run_numbers(starts, rows)
    return starts[number], starts[number + 1]


# --- what is searched -------------------------------------------------------------------------


def conditions_of(function: str, node: Node, *, by: str, fold: bool) -> list[dict[str, Condition]]:
    """The conditions that a node sets, one dictionary of columns per item of the phrase."""
    if isinstance(node, str):
        parts: Sequence[Item] = (fold_spelling(node) if fold else node).split()
    elif isinstance(node, (re.Pattern, Mapping, set, frozenset)):
        parts = [node]
    elif isinstance(node, Sequence):
        parts = node
    else:
        raise ValueError(_no_node(function, node))
    wanted = [dict(part) if isinstance(part, Mapping) else {by: part} for part in parts]
    for condition in (condition for item in wanted for condition in item.values()):
        for one in condition if isinstance(condition, (set, frozenset)) else [condition]:
            if not isinstance(one, (str, re.Pattern)):
                raise ValueError(_no_node(function, one))
    blank = [not item or any(_is_blank(each, fold) for each in item.values()) for item in wanted]
    if not wanted or any(blank):
        raise ValueError(f"{function}: node is empty; pass a word, or several separated by spaces.")
    return wanted


def _no_node(function: str, node: object) -> str:
    return (
        f"{function}: node is {node!r:.60} of type {type(node).__name__}; pass a word, several "
        "separated by spaces, a compiled regular expression, a set of words, or a list of "
        "dictionaries such as [{'lemma': 'وزير'}, {'upos': 'NOUN'}]."
    )


def _is_blank(condition: Condition, fold: bool) -> bool:
    if isinstance(condition, re.Pattern):
        return False
    if isinstance(condition, (set, frozenset)):
        return not condition or any(_is_blank(one, fold) for one in condition)
    return not (fold_spelling(condition) if fold else condition).strip()


_SPECIAL = re.compile(r"(\\[*?]|[*?])")


def wildcard(text: str) -> re.Pattern[str] | None:
    r"""The expression of a text with wildcards, or None where it has none.

    ``*`` stands for any letters, none included, ``?`` for one letter; ``\*`` and ``\?`` for
    themselves.
    """
    parts = _SPECIAL.split(text)
    if not {"*", "?"} & set(parts[1::2]):
        return None
    special = {"*": ".*", "?": ".", r"\*": r"\*", r"\?": r"\?"}
    expression = "".join(special.get(part) or re.escape(part) for part in parts)
    return re.compile(expression, re.DOTALL)


def _literal(text: str) -> str:
    return re.sub(r"\\([*?])", r"\1", text)


def find(
    function: str,
    source: InvertedIndex,
    node: Node,
    *,
    by: str | None,
    fold: bool,
    kinds: Sequence[str] | None = None,
) -> tuple[Rows, Rows]:
    """The rows at which the node begins, in text order, and those after its last.

    All rows of one occurrence are in one sentence. With `kinds`, rows of other kinds are passed
    over, as if they were not there.
    """
    wanted = conditions_of(function, node, by=by or source.by, fold=fold)
    tests: list[tuple[int, Column, Mask]] = []
    for place, item in enumerate(wanted):
        for name, condition in item.items():
            column = source.named(function, name)
            tests.append((place, column, column.matching(condition, fold)))
    order = Order(None, None) if kinds is None else source.order(kinds)
    # The rarest item leads, the others are looked up at the rows it leaves.
    lead = min(range(len(tests)), key=lambda number: tests[number][1].size(tests[number][2]))
    place, column, chosen = tests.pop(lead)
    size = len(source.table) if order.rows is None else len(order.rows)
    numbers = order.numbers(column.rows(chosen)) - place
    if len(wanted) > 1:
        numbers = numbers[(numbers >= 0) & (numbers + len(wanted) <= size)]
    for place, column, chosen in tests:
        numbers = numbers[chosen[column.codes[order.of(numbers + place)]]]
    first, last = order.of(numbers), order.of(numbers + len(wanted) - 1) + 1
    if len(wanted) > 1:
        inside = last <= run_of(source.sentences, first)[1]
        first, last = first[inside], last[inside]
    return first, last
