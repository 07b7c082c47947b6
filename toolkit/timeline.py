"""How often something is mentioned in each period, beside what there is to read of the period."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import (
    COUNTED_KINDS,
    MISSING,
    Coded,
    coded,
    mask_of_kinds,
    names_of,
    one_name,
    require,
)
from toolkit.normalise import fold
from toolkit.statistics.periods import (
    PERIODS,
    first_days,
    intervals,
    iso,
    labels_of,
    last_days,
    no_dates,
    numbers_of,
)
from toolkit.statistics.tallies import PER_MILLION, most_frequent_first

Numbers = npt.NDArray[np.int64]

UNDATED, SEVERAL = "undated", "several"
_MOST_ROWS = 200_000
_TABLE = "Pass the entities, words or tokens of an annotated corpus."
_DATES = "Pass the texts of the corpus (column date), or its dates (columns first and last)."


def timeline(
    table: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    by: str = "name",
    period: str = "month",
    items: str | Sequence[str] | None = None,
    words: pd.DataFrame | None = None,
    within: str | None = None,
) -> pd.DataFrame:
    """How often each item occurs in each period, with the documents and words of the period.

    With `texts`, what a document holds belongs to the period of its date. With the table `dates`
    of expressions, what a sentence holds belongs to every period that the sentence names.

    Parameters
    ----------
    table : DataFrame
        ``entities``, ``words`` or ``tokens``; columns ``doc``, that of `by`, ``sent`` for the dates
        of sentences, and where present ``kind``, of which words and numbers count.
    dates : DataFrame
        ``texts`` (columns ``doc``, ``date``), all of them, those without the items included; or
        ``dates`` (columns ``doc``, ``first``, ``last``, ``sent``). Days are ISO strings or dates;
        ``2015-10`` and ``2015`` stand for a whole month and year. A whole number is a year, one of
        eight figures a day (20151028).
    by : str
        The column that is counted.
    period : {"day", "week", "month", "quarter", "year", "decade", "century"}
        Weeks are those of ISO 8601: from Monday, in the year of their Thursday. A decade begins
        with the year 0, a century with the year 1: ``2010/2019``, ``2001/2100``.
    items : str or sequence of str, optional
        Which items; by default all.
    words : DataFrame, optional
        The words or tokens that are the denominator; columns ``doc``, ``kind`` and, for the dates
        of sentences, ``sent``. By default `table`, where it has a ``kind``.
    within : {"sentence", "document"}, optional
        What a date holds for, with the table `dates`: its sentence, by default, or its document.
        With `texts` it is the document.

    Returns
    -------
    DataFrame
        Of each item, in the order of `items` or by falling frequency, one row per period from the
        first to the last that is dated, gaps included, and then two rows for what has no period:
        ``undated`` (no date, or one that is missing) and ``several`` (a date that no period holds
        whole, such as a year where months are counted: it is not spread). Index: the period;
        columns ``first`` and ``last`` (its days, missing in these two), ``item``, ``freq``
        (occurrences), ``docs`` (documents with the item), ``n_docs`` (documents of the period),
        ``n`` (its words; missing if no words were passed), ``per_million`` (words) and
        ``per_document`` (occurrences); the rates are missing where there is nothing to divide by.

    Raises
    ------
    ValueError
        A column, period, item or document does not exist, or there would be more than 200,000 rows.

    Warns
    -----
    UserWarning
        Values are no dates, such as an empty string; how many. They count as undated.

    Notes
    -----
    What belongs to several periods, a sentence that names two years, counts in each of them, its
    words too; a sentence that names a year and a month counts, where months are counted, in the
    month and in ``several``. So the rows add up to more than there is. With `texts` they add up to
    the occurrences in all.

    Examples
    --------
    >>> table = pd.DataFrame({"doc": ["a", "a", "c"], "name": ["دمشق"] * 3})
    >>> texts = pd.DataFrame(
    ...     {"doc": ["a", "b", "c"], "date": ["2015-10-28", "2015-12-01", None]}
    ... )
    >>> found = timeline(table, texts)
    >>> found[["first", "last", "freq", "docs", "n_docs", "per_document"]]
                   first        last  freq  docs  n_docs  per_document
    period
    2015-10   2015-10-01  2015-10-31     2     1       1           2.0
    2015-11   2015-11-01  2015-11-30     0     0       0           NaN
    2015-12   2015-12-01  2015-12-31     0     0       1           0.0
    undated          NaN         NaN     1     1       1           1.0
    several          NaN         NaN     0     0       0           NaN
    """
    if not isinstance(period, str) or period not in PERIODS:
        raise ValueError(f"timeline: no period {period!r:.60}; there are {', '.join(PERIODS)}.")
    require("timeline", table, ["doc", one_name("timeline", by)], advice=_TABLE)
    keys = _keys(dates, within)
    dates = _known(dates, stacklevel=3)
    counted = [_counted(table, keys)]
    if words is not None or "kind" in table.columns:
        words = table if words is None else words
        require("timeline", words, ["doc", "kind"], advice="Pass words or tokens as words=.")
        counted.append(_counted(words, keys))
    units = _units([dates, *counted], keys, known=_is_texts(dates))
    slots = _slots(dates, units, period)
    column = coded(counted[0], [by])
    chosen = _chosen(column, by, items, len(slots.labels))
    return _table(slots, units, column, chosen)


def _is_texts(dates: pd.DataFrame) -> bool:
    return not {"first", "last"} <= set(getattr(dates, "columns", []))


def _keys(dates: pd.DataFrame, within: str | None) -> list[str]:
    """The columns that name what a date holds for, after a look at the dates."""
    if within not in (None, "sentence", "document"):
        raise ValueError(
            f"timeline: within is {within!r:.60}; pass 'sentence', 'document' or None."
        )
    if _is_texts(dates):
        require("timeline", dates, ["doc", "date"], advice=_DATES)
        if within == "sentence":
            raise ValueError(
                "timeline: the dates of texts hold for documents, not for a sentence. Pass the "
                "table dates of the corpus, or leave out within=."
            )
        twice = dates["doc"][dates["doc"].duplicated()]
        if len(twice):
            raise ValueError(f"timeline: doc {twice.iloc[0]!r:.60} stands twice in the texts.")
        return ["doc"]
    keys = ["doc"] if within == "document" else ["doc", "sent"]
    require("timeline", dates, keys, advice=_DATES)
    return keys


def _known(dates: pd.DataFrame, *, stacklevel: int) -> pd.DataFrame:
    """The dates without the values that are none, and a warning that counts these."""
    for name in ("date",) if _is_texts(dates) else ("first", "last"):
        wrong = no_dates(dates[name])
        if wrong.any():
            value = dates[name][wrong].iloc[0]
            warnings.warn(
                f"timeline: {int(wrong.sum()):,} of {len(dates):,} values of {name} are no dates, "
                f"first {value!r:.60}. They count as undated; pass ISO days such as '2015-10-28' "
                "('2015-10' and '2015' for a whole month and year).",
                stacklevel=stacklevel,
            )
            dates = dates.assign(**{name: dates[name].astype("object").mask(wrong, None)})
    return dates


def _counted(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The rows that count: all, or those of words and numbers where there are kinds."""
    require("timeline", table, keys, advice=_TABLE)
    if "kind" not in table.columns:
        return table
    return table[mask_of_kinds(table, COUNTED_KINDS)]


@dataclass(frozen=True)
class _Units:
    """The unit of each row of several tables, as numbers, and the document of each unit."""

    rows: list[Numbers]
    doc: Numbers


def _units(tables: Sequence[pd.DataFrame], keys: Sequence[str], *, known: bool) -> _Units:
    """Units numbered over all tables; where `known`, the first must have all documents."""
    docs = [coded(table, ["doc"]) for table in tables]
    every = docs[0].items
    for one in docs[1:]:
        every = every.union(one.items, sort=False)
    codes = [np.append(every.get_indexer(one.items), MISSING)[one.codes] for one in docs]
    for table, doc in zip(tables, codes, strict=True):
        _refuse_lost(table, (doc == MISSING), "no doc")
        if known:
            lost = ~np.isin(doc, codes[0])
            _refuse_lost(table, lost, "a doc that is not in the texts")
    sents = [_sentences(table, keys) for table in tables]
    wide = max(int(sent.max(initial=0)) for sent in sents) + 1
    joint = [doc * wide + sent for doc, sent in zip(codes, sents, strict=True)]
    units, rows = np.unique(np.concatenate(joint), return_inverse=True)
    ends = np.cumsum([len(part) for part in joint])
    return _Units(np.split(rows, ends[:-1]), units // wide)


def _sentences(table: pd.DataFrame, keys: Sequence[str]) -> Numbers:
    if len(keys) == 1:
        return np.zeros(len(table), dtype=np.int64)
    _refuse_lost(
        table, table["sent"].isna().to_numpy(), "no sent, which within='document' does not need"
    )
    return table["sent"].to_numpy(dtype=np.int64)


def _refuse_lost(table: pd.DataFrame, lost: npt.NDArray[np.bool_], what: str) -> None:
    if lost.any():
        row = table.iloc[int(np.flatnonzero(lost)[0])]
        shown = ", ".join(f"{name} {row[name]!s:.40}" for name in list(table.columns)[:4])
        raise ValueError(
            f"timeline: {int(lost.sum()):,} rows have {what}, first {shown}. Pass the tables of "
            "one corpus."
        )


@dataclass(frozen=True)
class _Slots:
    """The periods and the two rows for what has none, and which of them each unit belongs to.

    `unit` and `slot` are pairs, each once, in the order of the units.
    """

    labels: list[str]
    first: list[str | None]
    last: list[str | None]
    unit: Numbers
    slot: Numbers


def _slots(dates: pd.DataFrame, units: _Units, period: str) -> _Slots:
    one_date = _is_texts(dates)
    begins = intervals("timeline", dates["date" if one_date else "first"])
    ends = intervals("timeline", dates["date" if one_date else "last"], end=True)
    known = np.flatnonzero(~(np.isnat(begins) | np.isnat(ends)))
    number = numbers_of(begins[known], period)
    whole = number == numbers_of(ends[known], period)
    low, high = (int(number[whole].min()), int(number[whole].max())) if whole.any() else (0, -1)
    periods = high - low + 1
    if periods > _MOST_ROWS:
        days = iso(first_days(np.array([low, high]), period))
        raise ValueError(
            f"timeline: from {days[0]} to {days[1]} are {periods:,} periods of a {period}; "
            f"{_MOST_ROWS:,} rows are the most. Choose a longer period=, or mend the dates."
        )
    slot = np.where(whole, number - low, periods + 1)
    unit = units.rows[0][known]
    undated = np.setdiff1d(np.arange(len(units.doc)), unit)
    pairs = np.unique(
        np.concatenate([unit, undated]) * (periods + 2)
        + np.concatenate([slot, np.full(len(undated), periods)])
    )
    numbers = np.arange(low, high + 1)
    return _Slots(
        [*labels_of(numbers, period), UNDATED, SEVERAL],
        [*iso(first_days(numbers, period)), None, None],
        [*iso(last_days(numbers, period)), None, None],
        *np.divmod(pairs, periods + 2),
    )


def _chosen(
    column: Coded, by: str, items: str | Sequence[str] | None, slots: int
) -> npt.NDArray[np.intp]:
    """The places of the items that are counted."""
    freq = np.bincount(column.codes[column.codes != MISSING], minlength=len(column.items))
    if items is None:
        found = most_frequent_first(column.items, freq, np.flatnonzero(freq))
    else:
        names = list(dict.fromkeys(names_of("timeline", "items", items)))
        found = column.items.get_indexer(pd.Index(names, dtype="str"))
        for name, place in zip(names, found, strict=True):
            if place < 0 or not freq[place]:
                raise ValueError(_unknown(name, by, column.items[freq > 0]))
    if len(found) * slots > _MOST_ROWS:
        raise ValueError(
            f"timeline: {len(found):,} items in {slots:,} periods are more than {_MOST_ROWS:,} "
            "rows. Choose some as items=, or a longer period=."
        )
    return found


def _unknown(name: object, by: str, there: pd.Index) -> str:
    like = [item for item in there if fold(item) == fold(str(name))]
    shown = f"; spelt otherwise: {', '.join(like[:5])}" if like else ""
    return f"timeline: no row has the {by} {name!r:.60}{shown}. Pass items that occur."


def _spread(units: Numbers, slots: _Slots) -> tuple[Numbers, Numbers]:
    """Each row of a table once for each slot of its unit: which row, and which slot."""
    begins = np.searchsorted(slots.unit, units)
    number = np.searchsorted(slots.unit, units, side="right") - begins
    row = np.repeat(np.arange(len(units)), number)
    nth = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return row, slots.slot[np.repeat(begins, number) + nth]


def _table(
    slots: _Slots, units: _Units, column: Coded, chosen: npt.NDArray[np.intp]
) -> pd.DataFrame:
    size, docs = len(slots.labels), units.doc
    place = np.full(len(column.items) + 1, MISSING)
    place[chosen] = np.arange(len(chosen))
    item = place[column.codes]
    rows = np.flatnonzero(item != MISSING)
    row, slot = _spread(units.rows[1][rows], slots)
    cell = item[rows][row] * size + slot
    cells = len(chosen) * size
    freq = np.bincount(cell, minlength=cells)
    in_docs = np.unique(cell * (docs.max(initial=0) + 1) + docs[units.rows[1][rows]][row])
    found = pd.DataFrame(
        {
            "first": pd.Series(slots.first * len(chosen), dtype="str"),
            "last": pd.Series(slots.last * len(chosen), dtype="str"),
            "item": pd.Series(np.repeat(column.items.take(chosen), size), dtype="str"),
            "freq": freq,
            "docs": np.bincount(in_docs // (docs.max(initial=0) + 1), minlength=cells),
            "n_docs": np.tile(_documents(slots, docs), len(chosen)),
            "n": pd.array(np.tile(_words(slots, units), len(chosen)), dtype="Int64"),
        }
    )
    for name, of, times in (("per_million", "n", PER_MILLION), ("per_document", "n_docs", 1)):
        divisor = found[of].astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
        found[name] = found["freq"] / np.where(divisor > 0, divisor, np.nan) * times
    found.index = pd.Index(slots.labels * len(chosen), dtype="str", name="period")
    return found


def _documents(slots: _Slots, docs: Numbers) -> Numbers:
    """How many documents have a unit in each slot."""
    wide = docs.max(initial=0) + 1
    every = np.unique(slots.slot * wide + docs[slots.unit])
    return np.bincount(every // wide, minlength=len(slots.labels))


def _words(slots: _Slots, units: _Units) -> npt.NDArray[np.object_] | Numbers:
    """How many words stand in the units of each slot; missing where no words are known."""
    if len(units.rows) < 3:
        return np.full(len(slots.labels), pd.NA, dtype="object")
    _, slot = _spread(units.rows[2], slots)
    return np.bincount(slot, minlength=len(slots.labels))
