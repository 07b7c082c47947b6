"""Mentions found beside mentions known: precision, recall and F1 with intervals, confusion."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import require, whole_number
from toolkit.gold.letters import documents, of_same_texts
from toolkit.gold.matching import SPAN, checked, overlaps, pairs
from toolkit.gold.matching import without_clitics_apart as aligned

COUNTS = ("gold", "predicted", "right", "gold_overlap", "predicted_overlap")
RATES = ("precision", "recall", "f1", "precision_overlap", "recall_overlap", "f1_overlap")
COLUMNS = (*COUNTS[:3], *RATES[:3], *COUNTS[3:], *RATES[3:], "docs")

SEED = 0
FEWEST_DOCS = 10
MOST_UNDEFINED = 0.05  # of the draws
BLOCK = 64  # draws at a time, for the sake of memory

Floats = npt.NDArray[np.float64]


def evaluate(
    gold: pd.DataFrame,
    predicted: pd.DataFrame,
    *,
    docs: Iterable[Any] | None = None,
    texts: pd.DataFrame | None = None,
    ignore_proclitics: bool = False,
    samples: int | None = None,
) -> pd.DataFrame:
    """Precision, recall and F1 of mentions by type, for exact spans and for those that overlap.

    A mention is right when its document, start, end and type are those of a gold mention, as in
    the shared tasks of CoNLL. An overlap is lenient: it suffices that a mention of the same type
    shares a letter.

    Parameters
    ----------
    gold : DataFrame
        The mentions that are taken for true; columns ``doc``, ``start``, ``end``, ``type`` and
        where present ``text``, the letters that stand there.
    predicted : DataFrame
        The mentions that are judged, over the same texts; the same columns.
    docs : iterable of str, optional
        The documents that both looked at, such as ``texts["doc"]``; by default those of `texts`.
        Without either, a document that has mentions in one table alone is an error.
    texts : DataFrame, optional
        The texts that both tables are of; columns ``doc``, ``text``. With them each mention must
        have the letters that stand at its place. Without them, the letters of both tables must be
        the same wherever mentions overlap: where none do, offsets that are shifted go unseen.
    ignore_proclitics : bool
        Whether spans that differ by و ف ب ل ك س on their front alone count as the same, since
        tools differ in where they cut. Needs ``text`` or `texts`.
    samples : int, optional
        With a number, 95 % intervals of the rates: documents are drawn anew, as many as there are
        and with replacement, this often; the interval is that of the middle 95 % of the draws. The
        draws are the same at every call.

    Returns
    -------
    DataFrame
        One row per type, by code point, then ``micro`` (all mentions together) and ``macro`` (the
        mean of the types, undefined ones left out; its counts are those of all). Index ``type``;
        columns ``gold``, ``predicted``, ``right`` (mentions), ``precision`` (right / predicted),
        ``recall`` (right / gold), ``f1`` (their harmonic mean; 0 where nothing is right),
        ``gold_overlap`` (gold mentions that one of their type overlaps), ``predicted_overlap``
        (the reverse), ``precision_overlap``, ``recall_overlap``, ``f1_overlap`` and ``docs``
        (documents compared). With `samples` also ``<rate>_low``, ``<rate>_high`` and ``note``,
        which says why there is no interval: fewer than 10 documents, or a rate that is undefined
        in more than one draw of twenty. A rate without a denominator is missing, not 0.

    Raises
    ------
    ValueError
        A column is missing, a span is none or stands there twice, the offsets are into different
        texts or no code points, a document is in one table alone, or `samples` is too small.

    References
    ----------
    Tjong Kim Sang & De Meulder (2003), Proceedings of CoNLL-2003: 142-147; Berg-Kirkpatrick,
    Burkett & Klein (2012), Proceedings of EMNLP-CoNLL: 995-1005.

    Examples
    --------
    >>> columns = ["doc", "start", "end", "type"]
    >>> gold = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 20, "PER")], columns=columns)
    >>> predicted = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 14, "PER")], columns=columns)
    >>> evaluate(gold, predicted)[["gold", "predicted", "right", "f1", "f1_overlap"]]
           gold  predicted  right   f1  f1_overlap
    type
    LOC       1          1      1  1.0         1.0
    PER       1          1      0  0.0         1.0
    micro     2          2      1  0.5         1.0
    macro     2          2      1  0.5         1.0
    """
    if samples is not None:
        samples = whole_number("evaluate", "samples", samples, least=2, otherwise="None")
    gold, predicted, compared = _both("evaluate", (gold, predicted), docs, texts, ignore_proclitics)
    types = sorted({*gold["type"], *predicted["type"]})
    counts = _counts(gold, predicted, compared, types)
    found = _table(counts.sum(axis=0), types, len(compared))
    if samples is None:
        return found
    return _with_intervals(found, counts, types, samples)


def confusion(
    gold: pd.DataFrame,
    predicted: pd.DataFrame,
    *,
    docs: Iterable[Any] | None = None,
    texts: pd.DataFrame | None = None,
    ignore_proclitics: bool = False,
) -> pd.DataFrame:
    """Which types the mentions of each type were taken for.

    Each mention is paired with one of the other table at most: first with that of the same span,
    then with the one that it overlaps most, of its own type rather than of another.

    Parameters
    ----------
    gold, predicted : DataFrame
        As for `evaluate`.
    docs : iterable of str, optional
        As for `evaluate`.
    texts : DataFrame, optional
        As for `evaluate`.
    ignore_proclitics : bool
        As for `evaluate`.

    Returns
    -------
    DataFrame
        One row per type and ``invented``, one column per type and ``missed``; each cell is a
        number of mentions, wrong borders included. A row sums to the gold mentions of its type, a
        column to the predicted ones; ``invented`` and ``missed`` never meet.

    Raises
    ------
    ValueError
        As for `evaluate`.

    Examples
    --------
    >>> columns = ["doc", "start", "end", "type"]
    >>> gold = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 20, "PER")], columns=columns)
    >>> predicted = pd.DataFrame([("a", 0, 4, "ORG"), ("a", 30, 34, "LOC")], columns=columns)
    >>> confusion(gold, predicted)
    predicted  LOC  ORG  PER  missed
    gold
    LOC          0    1    0       0
    ORG          0    0    0       0
    PER          0    0    0       1
    invented     1    0    0       0
    """
    gold, predicted, _ = _both("confusion", (gold, predicted), docs, texts, ignore_proclitics)
    types = sorted({*gold["type"], *predicted["type"]})
    rows, others = pairs(gold, predicted)
    cells = np.zeros((len(types) + 1, len(types) + 1), dtype=np.int64)
    known, given = (_codes(table["type"], types) for table in (gold, predicted))
    np.add.at(cells, (known[rows], given[others]), 1)
    np.add.at(cells[:, -1], np.delete(known, rows), 1)
    np.add.at(cells[-1], np.delete(given, others), 1)
    return pd.DataFrame(
        cells,
        index=pd.Index([*types, "invented"], dtype="str", name="gold"),
        columns=pd.Index([*types, "missed"], dtype="str", name="predicted"),
    )


def _both(
    function: str,
    tables: tuple[pd.DataFrame, pd.DataFrame],
    docs: Iterable[Any] | None,
    texts: pd.DataFrame | None,
    ignore_proclitics: bool,
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """The spans of the gold and of the predicted mentions, and the documents compared."""
    names = ("gold", "predicted")
    if ignore_proclitics and texts is None:
        for table in tables:
            require(function, table, ["text"], advice="Clitics are seen in it; or pass texts=.")
    found = [checked(function, name, table) for name, table in zip(names, tables, strict=True)]
    found = of_same_texts(function, names, found, texts=texts)
    named = dict(zip(names, found, strict=True))
    compared = documents(function, named, docs=docs, texts=texts)
    one, other = aligned(found) if ignore_proclitics else found
    return one, other, compared


def _codes(column: pd.Series, items: list[str]) -> npt.NDArray[np.int64]:
    return pd.Index(items, dtype="str").get_indexer(pd.Index(column, dtype="str")).astype(np.int64)


# --- counts and rates -------------------------------------------------------------------------


def _counts(
    gold: pd.DataFrame, predicted: pd.DataFrame, docs: list[str], types: list[str]
) -> npt.NDArray[np.int64]:
    """The counts of each document, type and column of `COUNTS`."""
    rows, others, _ = overlaps(gold, predicted)
    alike = gold["type"].to_numpy()[rows] == predicted["type"].to_numpy()[others]
    right = gold.merge(predicted, on=[*SPAN, "type"])
    marked = (
        gold,
        predicted,
        right,
        gold.iloc[np.unique(rows[alike])],
        predicted.iloc[np.unique(others[alike])],
    )
    shape = len(docs), len(types)
    found = np.zeros((*shape, len(COUNTS)), dtype=np.int64)
    for place, table in enumerate(marked):
        cells = _codes(table["doc"], docs) * len(types) + _codes(table["type"], types)
        found[..., place] = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    return found


def _rates(counts: npt.NDArray[Any]) -> Floats:
    """The rates of counts in the last axis, which has the columns of `COUNTS`."""
    gold, predicted, right, gold_overlap, predicted_overlap = np.moveaxis(
        counts.astype(np.float64), -1, 0
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = right / predicted, right / gold
        overlap = predicted_overlap / predicted, gold_overlap / gold
    some = gold + predicted > 0
    rates = [*exact, _f1(*exact, some), *overlap, _f1(*overlap, some)]
    return np.stack(rates, axis=-1)


def _f1(precision: Floats, recall: Floats, some: npt.NDArray[np.bool_]) -> Floats:
    """The harmonic mean; 0 where there are mentions and none is right."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = 2 * precision * recall / (precision + recall)
    return np.where(some, np.nan_to_num(mean, nan=0.0), np.nan)


def _all_rates(counts: npt.NDArray[Any]) -> Floats:
    """The rates of each type, then micro and macro, from counts (..., types, columns)."""
    of_types = _rates(counts)
    micro = _rates(counts.sum(axis=-2))[..., None, :]
    defined = ~np.isnan(of_types)
    with np.errstate(invalid="ignore", divide="ignore"):
        macro = np.nansum(of_types, axis=-2) / defined.sum(axis=-2)
    return np.concatenate([of_types, micro, macro[..., None, :]], axis=-2)


def _table(counts: npt.NDArray[np.int64], types: list[str], docs: int) -> pd.DataFrame:
    total = counts.sum(axis=0)
    cells = dict(zip(COUNTS, np.vstack([counts, total, total]).T, strict=True))
    rates = dict(zip(RATES, _all_rates(counts).T, strict=True))
    found = pd.DataFrame(cells | rates | {"docs": docs}, index=_index(types))
    return found[list(COLUMNS)]


def _index(types: list[str]) -> pd.Index:
    return pd.Index([*types, "micro", "macro"], dtype="str", name="type")


def _with_intervals(
    found: pd.DataFrame, counts: npt.NDArray[np.int64], types: list[str], samples: int
) -> pd.DataFrame:
    docs = len(counts)
    shape = (len(types) + 2, len(RATES))
    low, high, notes = np.full(shape, np.nan), np.full(shape, np.nan), [""] * shape[0]
    if docs < FEWEST_DOCS:
        notes = [f"no interval, {docs} document{'s' * (docs != 1)}, needs {FEWEST_DOCS}"] * shape[0]
    else:
        draws = _draws(counts, samples)
        undefined = np.isnan(draws).sum(axis=0)
        kept = (undefined <= MOST_UNDEFINED * samples) & found[list(RATES)].notna().to_numpy()
        for row, column in zip(*np.nonzero(kept), strict=True):
            low[row, column], high[row, column] = np.nanquantile(
                draws[:, row, column], (0.025, 0.975)
            )
        notes = [_note(names, samples) for names in np.where(kept, 0, undefined)]
    columns = {}
    for name in found.columns:
        columns[name] = found[name].to_numpy()
        if name in RATES:
            place = RATES.index(name)
            columns |= {f"{name}_low": low[:, place], f"{name}_high": high[:, place]}
    return pd.DataFrame(columns | {"note": pd.array(notes, dtype="str")}, index=found.index)


def _note(undefined: npt.NDArray[Any], samples: int) -> str:
    """Which rates have no interval, and in how many draws they are undefined."""
    reasons = [
        f"{name}: no interval, undefined in {int(number)} of {samples} draws"
        for name, number in zip(RATES, undefined, strict=True)
        if number
    ]
    return "; ".join(reasons)


def _draws(counts: npt.NDArray[np.int64], samples: int) -> Floats:
    """The rates of each draw of as many documents, with replacement."""
    random = np.random.default_rng(SEED)
    docs, *shape = counts.shape
    flat = counts.reshape(docs, -1).astype(np.float64)
    found = []
    for begin in range(0, samples, BLOCK):
        size = min(BLOCK, samples - begin)
        drawn = random.integers(docs, size=(size, docs)) + np.arange(size)[:, None] * docs
        weights = np.bincount(drawn.ravel(), minlength=size * docs).reshape(size, docs)
        found.append(_all_rates((weights @ flat).reshape(size, *shape)))
    return np.concatenate(found)
