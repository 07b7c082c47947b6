"""What stands before and after some rows of a table: the parts of concordance lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arabic.collation import ranks
from toolkit.columns import Mask
from toolkit.normalise import fold
from toolkit.statistics.query import Column, InvertedIndex, Rows, coded_column, run_of

_BLOCK = 10_000  # lines put together at a time, for the sake of memory
SORT_KEYS = ("before3", "before2", "before1", "node", "after1", "after2", "after3")


@dataclass(frozen=True)
class Context:
    """Some nodes and what is shown around each.

    Attributes
    ----------
    table : DataFrame
        Columns ``start`` and ``end``, and ``token`` where it has one.
    form : Column
        The forms of its rows.
    first, last : array of int
        The row in which each node begins, and the row after it.
    lowest, highest : array of int
        The document, or the sentence, that it is in.
    begin, finish : array of int
        What is shown.
    """

    table: pd.DataFrame
    form: Column
    first: Rows
    last: Rows
    lowest: Rows
    highest: Rows
    begin: Rows
    finish: Rows

    def picked(self, places: Rows) -> Context:
        """The same for some of the nodes, in another order."""
        names = ("first", "last", "lowest", "highest", "begin", "finish")
        return replace(self, **{name: getattr(self, name)[places] for name in names})

    def forms(self) -> list[list[str]]:
        """Before, node and after, put together from the forms."""
        cuts = (self.begin, self.first, self.last, self.finish)
        blocks = range(0, len(self.first), _BLOCK)
        return [
            [
                line
                for at in blocks
                for line in self._joined(a[at : at + _BLOCK], b[at : at + _BLOCK])
            ]
            for a, b in pairwise(cuts)
        ]

    def _joined(self, first: Rows, last: Rows) -> list[str]:
        """The forms of some rows, with a space where the text has one or letters are shared."""
        ends = np.cumsum(last - first)
        begins = ends - (last - first)
        rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - begins, last - first)
        start, end = np.asarray(self.table["start"]), np.asarray(self.table["end"])
        spaced = start[rows] != end[rows - 1]
        spaced[begins[last > first]] = False
        pieces = _spellings(self.form, rows, spaced)
        return ["".join(pieces[a:b]) for a, b in zip(begins, ends, strict=True)]

    def raw(self, texts: dict[str, str], docs: Sequence[str]) -> list[list[str]]:
        """Before, node and after as the raw texts have them, line breaks and indents as spaces.

        What is written as one token is shown whole at the edge of the window.
        """
        starts = np.asarray(self.table["start"])
        start, end = starts[self.first], last_end(self.table, self.first, self.last)
        # rows that share the letters of the node begin and end with it
        begin = np.minimum(starts[self._to_token(self.begin, self.first, -1)], start)
        reached = self._to_token(self.finish - 1, self.last - 1, 1)
        finish = np.maximum(np.asarray(self.table["end"])[reached], end)
        self._check(texts, docs, start, finish)
        return [
            [" ".join(texts[doc][a:b].split()) for doc, a, b in zip(docs, *cuts, strict=True)]
            for cuts in pairwise([begin, start, end, finish])
        ]

    def _to_token(self, rows: Rows, node: Rows, step: int) -> Rows:
        """The rows moved to the end of their token, but for those that are the node itself."""
        names = [name for name in ("sent", "token") if name in self.table]
        if "token" not in names:
            return rows
        columns = [self.table[name] for name in names]
        found, moved = rows.copy(), np.flatnonzero(rows != node)
        while len(moved):
            at, beside = found[moved], found[moved] + step
            inside = (beside >= self.lowest[moved]) & (beside < self.highest[moved])
            moved, at, beside = moved[inside], at[inside], beside[inside]
            for column in columns:
                one, other = (column.array.take(places) for places in (at, beside))
                equal = pd.Series(one == other).fillna(False).to_numpy(dtype=bool)
                moved, at, beside = moved[equal], at[equal], beside[equal]
            found[moved] = beside
        return found

    def _check(
        self,
        texts: dict[str, str],
        docs: Sequence[str],
        start: npt.NDArray[np.int32],
        finish: npt.NDArray[np.int32],
    ) -> None:
        """Refuse texts that are too short, or have other letters where most nodes stand.

        Models restore letters, so that a node need not have all those of the text, but most.
        """
        end = last_end(self.table, self.first, self.last)
        forms = self._joined(self.first, self.last)
        lines = list(zip(docs, forms, start.tolist(), end.tolist(), finish.tolist(), strict=True))
        for doc, _, _, _, reach in lines:
            if reach > len(texts[doc]):
                raise ValueError(
                    f"kwic: the text of document {doc!r} has {len(texts[doc]):,} code points, and "
                    f"its rows reach to {reach:,}. Pass the texts that were annotated."
                )
        fitting = pd.Series(
            [fits(texts[doc][a:b], form) for doc, form, a, b, _ in lines], dtype=bool
        )
        share = fitting.groupby(list(docs)).transform("mean")
        wrong = np.flatnonzero(~fitting & (share < 0.5))
        if len(wrong):
            doc, form, a, b, _ = lines[wrong[0]]
            raise ValueError(
                f"kwic: the text of document {doc!r} has {texts[doc][a:b]!r:.60} from {a:,} to "
                f"{b:,}, where the table has {form!r:.60}. Pass the texts that were annotated."
            )

    def order(self, keys: Sequence[str]) -> Rows:
        """The places of the nodes sorted by the items at the keys, as the alphabet has them."""
        codes = [each for key in keys for each in self._neighbours(key)]
        present = np.unique(np.concatenate(codes))
        present = present[present >= 0]
        spellings = self.form.items.take(present)
        rank = ranks(spellings)
        places = np.zeros(len(self.form.items) + 1, dtype=np.int64)  # the last: no item, so first
        places[present] = [rank[spelling] + 1 for spelling in spellings]
        return np.lexsort([places[each] for each in reversed(codes)])

    def _neighbours(self, key: str) -> list[npt.NDArray[np.int32]]:
        """The codes of the items at a key: one array, or one per word of the node."""
        if key == "node":
            width = int((self.last - self.first).max(initial=1))
            return [self._codes(self.first + place, self.last) for place in range(width)]
        distance = int(key[-1])
        if key.startswith("before"):
            return [self._codes(self.first - distance, self.first)]
        return [self._codes(self.last - 1 + distance, self.highest)]

    def _codes(self, rows: Rows, highest: Rows) -> npt.NDArray[np.int32]:
        inside = (rows >= self.lowest) & (rows < highest)
        found = np.full(len(rows), -1, dtype=np.int32)
        found[inside] = self.form.codes[rows[inside]]
        return found


@lru_cache(maxsize=100_000)
def fits(raw: str, form: str) -> bool:
    """Whether most letters of one are letters of the other, spelling folded.

    Examples
    --------
    >>> fits("للرئيس", "الرئيس"), fits("نعم", "الرئيس"), fits("أجراها", "أجرى ها")
    (True, False, True)
    """
    one, other = (Counter(fold("".join(each.split()))) for each in (raw, form))
    fewest = min(one.total(), other.total())
    return not fewest or 2 * (one & other).total() >= fewest


def context(source: InvertedIndex, first: Rows, last: Rows, *, window: int | str) -> Context:
    """The context of some nodes: rows of the document on each side, or the sentence."""
    lowest, highest = run_of(source.sentences if window == "sentence" else source.documents, first)
    width = len(source.table) if isinstance(window, str) else min(window, len(source.table))
    form = source.column if source.by == "form" else coded_column(source.table, "form")
    begin, finish = np.maximum(lowest, first - width), np.minimum(highest, last + width)
    return Context(source.table, form, first, last, lowest, highest, begin, finish)


def last_end(table: pd.DataFrame, first: Rows, last: Rows) -> npt.NDArray[np.int32]:
    """The code point at which each node ends: where words share letters, not that of the last."""
    end = np.asarray(table["end"], dtype=np.int32)
    found = end[first]
    for place in range(1, int((last - first).max(initial=1))):
        found = np.maximum(found, end[np.minimum(first + place, last - 1)])
    return found


def _spellings(column: Column, rows: Rows, spaced: Mask) -> list[str]:
    """The items of some rows, behind a space where it is wanted; empty where one is missing."""
    present, places = np.unique(column.codes[rows], return_inverse=True)
    plain = column.items.take(present[present >= 0]).tolist()
    if len(plain) < len(present):
        plain = ["", *plain]
    # twice as many spellings rather than a new string for each row
    both = np.array([*plain, *(f" {spelling}" for spelling in plain)], dtype=object)
    return list(both[places + spaced * len(plain)])


def texts_by_doc(texts: pd.DataFrame, wanted: Sequence[str]) -> pd.DataFrame:
    """The documents that are wanted, index = doc as strings; each must be there once."""
    found = texts.set_index(texts["doc"].astype("str"))
    absent = sorted(set(wanted) - set(found.index))
    if absent:
        raise ValueError(f"kwic: no document {absent[0]!r} in texts; pass those of the corpus.")
    found = found.loc[found.index.isin(list(wanted))]
    if not found.index.is_unique:
        twice = found.index[found.index.duplicated()][0]
        raise ValueError(
            f"kwic: document {twice!r} is in texts twice; pass each document once, as in "
            "texts.drop_duplicates('doc')."
        )
    return found
