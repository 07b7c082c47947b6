"""What sets two corpora apart: their frequency tables compared item by item."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from toolkit.columns import names_of, require, whole_number
from toolkit.contingency import p_value, score
from toolkit.statistics.alignment import Integers, Sides, aligned, as_arrow
from toolkit.statistics.cells import OBSERVED, Floats
from toolkit.statistics.item_lists import Items, listed
from toolkit.statistics.measures import WITH_P_VALUE, chosen, lowest_first
from toolkit.statistics.p_values import CORRECTIONS, corrected
from toolkit.statistics.ranking import places
from toolkit.statistics.tallies import PER_MILLION


def keywords(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    measure: str | Sequence[str] = "log_likelihood",
    effect: str | None = "log_ratio",
    convention: str | None = None,
    correction: str | None = None,
    min_freq: int = 1,
    min_docs: int = 1,
    stop_words: Items | None = None,
) -> pd.DataFrame:
    """Every item of two frequency tables with how much it prefers the target.

    Sizes are those of the column ``n``, so tables from which rows were dropped keep their
    denominators. An item missing from one table has frequency 0 there.

    Parameters
    ----------
    target : DataFrame
        What is described, as `counts.frequencies` gives it: index item; columns ``freq``, ``n``
        and, for `min_docs`, ``docs``.
    reference : DataFrame
        What it is compared with, counted by the same column; n-grams of the same n, which their
        tables do not tell.
    measure : str or sequence of str
        What the items are sorted by: a name of `contingency.measures`; of several, by the first.
    effect : str, optional
        A second measure beside it, an effect size; None for none.
    convention : {None, "antconc", "ucrel", "sketchengine", "quanteda", "ucs", "nltk"}
        The tool whose variants are computed, where they differ.
    correction : {None, "bonferroni", "holm", "benjamini_hochberg"}
        How p is corrected for the number of comparisons, which is the number of rows given back,
        those of items that only the reference has among them.
    min_freq : int
        Items that are rarer than this in both tables are not compared.
    min_docs : int
        Items in fewer documents than this in both tables are not compared.
    stop_words : collection of str or of tuples, optional
        Items that are not compared, as they stand in the index; they stay in the sizes.

    Returns
    -------
    DataFrame
        One row per item, highest score first (for ``fisher_exact`` lowest, but for its -log10 p
        of "ucs"), undefined scores last; ties, which are scores that agree to 12 digits, by
        frequency in the target, in the reference, and by code point. Under a signed
        measure, items typical of the target stand first, those of the reference last. Index: the
        item; columns ``freq_target``, ``freq_reference``, ``per_million_target``,
        ``per_million_reference``, one named after each measure, ``p``, with a correction
        ``p_corrected``, and one named after the effect. ``p`` is that of the first measure if it
        is a test, and else that of log-likelihood; two-sided, but for ``fisher_exact`` of "nltk",
        which is the chance of so few in the target or fewer (the items that the target avoids
        stand first), and of "ucs", that of so many or more.

    Raises
    ------
    ValueError
        A name is not known, a number is not whole or too small, a table is empty or has no n, or
        the two were counted by different columns.

    Examples
    --------
    >>> target = pd.DataFrame(
    ...     {"freq": [7, 3], "n": 10}, index=pd.Index(["قلم", "كتاب"], name="lemma")
    ... )
    >>> reference = pd.DataFrame(
    ...     {"freq": [7, 2], "n": 9}, index=pd.Index(["كتاب", "قلم"], name="lemma")
    ... )
    >>> found = keywords(target, reference)
    >>> found[["freq_target", "freq_reference", "log_likelihood", "p", "log_ratio"]].round(3)
           freq_target  freq_reference  log_likelihood      p  log_ratio
    lemma
    قلم              7               2           4.535  0.033      1.655
    كتاب             3               7          -4.535  0.033     -1.374
    """
    measures = names_of("keywords", "measure", measure)
    if not measures:
        raise ValueError("keywords: measure names none; pass one or several of them.")
    for name in measures if effect is None else [*measures, effect]:
        chosen("keywords", name, convention)
    if correction not in (None, *CORRECTIONS):
        raise ValueError(
            f"keywords: no correction {correction!r}; there are {', '.join(CORRECTIONS)} and None."
        )
    min_freq = whole_number("keywords", "min_freq", min_freq, least=1)
    min_docs = whole_number("keywords", "min_docs", min_docs, least=1)
    sides = aligned("keywords", target, reference)
    rows = np.flatnonzero(_reach(sides, "freq", min_freq) & _reach(sides, "docs", min_docs))
    stop = listed("keywords", "stop_words", stop_words, columns=sides.joined.nlevels)
    if stop:
        rows = rows[~sides.joined.take(sides.first[rows]).isin(stop)]
    pairs, pair = _pairs(sides, rows)
    scores = _scores(pairs, len(rows), measures, effect, convention)
    rising = lowest_first(measures[0], convention)
    rank = _rank(pairs, scores[measures[0]], rising=rising)
    order, items = _ordered(sides, rows, rank[pair])
    found = pd.DataFrame(
        {name: values[pair[order]] for name, values in _frequencies(pairs).items()}
        | {name: values[pair[order]] for name, values in scores.items()},
        index=items,
    )
    if correction is not None:
        beside = list(found).index("p") + 1
        found.insert(beside, "p_corrected", corrected(found["p"], correction))
    return found


def observed(target: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """The contingency table of each item of two frequency tables.

    Parameters
    ----------
    target : DataFrame
        The first row of each table, as `counts.frequencies` gives it: index item; columns
        ``freq`` and ``n``.
    reference : DataFrame
        The second row, counted by the same column.

    Returns
    -------
    DataFrame
        One row per item: those of the target as they stand there, then those of the reference
        alone. Columns O11, O12 (target), O21, O22 (reference), for the measures of `contingency`.

    Raises
    ------
    ValueError
        A table is empty or has no n, or the two were counted by different columns.

    Examples
    --------
    Any measure with options of its own:

    >>> from toolkit import contingency
    >>> target = pd.DataFrame({"freq": [7, 3], "n": 10}, index=["قلم", "كتاب"])
    >>> reference = pd.DataFrame({"freq": [9], "n": 9}, index=["كتاب"])
    >>> table = observed(target, reference)
    >>> table
          O11  O12  O21  O22
    قلم     7    3    0    9
    كتاب    3    7    9    0
    >>> contingency.simple_maths(table, n=100_000).round(2).tolist()
    [8.0, 0.36]
    """
    sides = aligned("observed", target, reference)
    found = _table(sides.both("freq"), sides.sizes)
    return found.set_axis(sides.joined.take(sides.first))


def _reach(sides: Sides, column: str, least: int) -> npt.NDArray[np.bool_]:
    """Whether each item reaches some number in one of the tables."""
    if least == 1:
        return np.ones(len(sides.first), dtype=bool)
    for side, table in zip(("target", "reference"), sides.tables, strict=True):
        require("keywords", table, [column], advice=f"Make `{side}` with counts.frequencies.")
    return np.maximum(*sides.both(column)) >= least


def _table(frequencies: tuple[Integers, Integers], sizes: tuple[int, int]) -> pd.DataFrame:
    (one, other), (size, other_size) = frequencies, sizes
    cells = [one, size - one, other, other_size - other]
    return pd.DataFrame(dict(zip(OBSERVED, cells, strict=True)))


def _pairs(sides: Sides, rows: Integers) -> tuple[pd.DataFrame, Integers]:
    """The contingency tables that occur, and which of them each row has.

    Most items are rare, so a few thousand pairs of frequencies serve all: each is scored once.
    """
    one, other = (freq[rows] for freq in sides.both("freq"))
    firsts, seconds = (pd.factorize(freq) for freq in (one, other))
    # places and not frequencies, whose product can be more than a number holds
    pair, keys = pd.factorize(firsts[0] * max(len(seconds[1]), 1) + seconds[0])
    first, second = np.divmod(keys, max(len(seconds[1]), 1))
    return _table((firsts[1][first], seconds[1][second]), sides.sizes), pair


def _frequencies(pairs: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    one, rest, other, other_rest = (pairs[cell].to_numpy() for cell in OBSERVED)
    return {
        "freq_target": one,
        "freq_reference": other,
        "per_million_target": one / (one + rest) * PER_MILLION,
        "per_million_reference": other / (other + other_rest) * PER_MILLION,
    }


def _scores(
    pairs: pd.DataFrame,
    comparisons: int,
    measures: list[str],
    effect: str | None,
    convention: str | None,
) -> dict[str, Floats]:
    def scored(name: str) -> pd.Series:
        return score(pairs, name, convention=convention, comparisons=max(comparisons, 1))

    found = {name: scored(name) for name in measures}
    test = measures[0] if measures[0] in WITH_P_VALUE else "log_likelihood"
    of_test = found[test] if test in found else scored(test)
    found["p"] = p_value(of_test, measure=test, convention=convention)
    if effect is not None and effect not in found:
        found[effect] = scored(effect)
    return {name: column.to_numpy() for name, column in found.items()}


def _rank(pairs: pd.DataFrame, scores: Floats, *, rising: bool) -> npt.NDArray[Any]:
    """The place of each pair of frequencies in the order of the scores."""
    order = np.lexsort((-pairs["O21"], -pairs["O11"], places(scores, rising=rising)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    # numbers of 16 bits are sorted much faster
    return rank.astype(np.uint16) if len(rank) <= 2**16 else rank


def _ordered(sides: Sides, rows: Integers, rank: npt.NDArray[Any]) -> tuple[Integers, pd.Index]:
    """The order of the rows by rank, then code point, and their items in this order.

    Frequency tables are in code point order within a frequency, so the order is right as a rule;
    only where it is not are the strings sorted.
    """
    order = np.argsort(rank, kind="stable")
    items = sides.joined.take(sides.first[rows[order]])
    if isinstance(items, pd.MultiIndex):
        places = pd.Series(np.arange(len(items)), index=items).sort_index().to_numpy()
    else:
        column, tied = as_arrow(items), rank[order][1:] == rank[order][:-1]
        falls = np.asarray(pc.less(column.slice(1), column.slice(0, max(len(column) - 1, 0))))
        if not (falls.astype(bool) & tied).any():
            return order, items
        places = np.asarray(pc.sort_indices(column))
    by_item = np.empty(len(places), dtype=np.int64)
    by_item[places] = np.arange(len(places))
    again = np.lexsort((by_item, rank[order]))
    return order[again], items.take(again)
