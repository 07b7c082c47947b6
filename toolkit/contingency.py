"""Contingency tables and every measure of association over them, chosen by name.

A contingency table here is one row of a DataFrame: how often an item occurs in the target (O11) and
elsewhere (O21), and what else occurs there (O12, O22). For keyness the rows of the 2x2 table are
two corpora, for collocation the places near a node word and the others::

                 the item   other items
    target         O11          O12         R1
    elsewhere      O21          O22         R2
                   C1           C2          N

Each measure is a function of such a DataFrame; `score` finds it by name and under the convention of
another tool, and `measures` lists them all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.statistics.association import (
    delta_p_1_given_2,
    delta_p_2_given_1,
    dice,
    liddell,
    local_mi,
    log_dice,
    mi,
    mi2,
    mi3,
    minimum_sensitivity,
    npmi,
    phi,
    ppmi,
)
from toolkit.statistics.cells import EXPECTED, OBSERVED, cells
from toolkit.statistics.effects import (
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
)
from toolkit.statistics.exact import fisher_exact
from toolkit.statistics.measures import (
    CHI_SQUARED,
    CONVENTIONS,
    MEASURES,
    WITH_P_VALUE,
    chosen,
    lowest_first,
)
from toolkit.statistics.p_values import p_of_chi_squared
from toolkit.statistics.significance import (
    bayes_factor,
    chi_squared,
    chi_squared_yates,
    log_likelihood,
    log_likelihood_two_term,
    log_likelihood_williams,
    simple_log_likelihood,
    t_score,
    z_score,
)

__all__ = [
    "CONVENTIONS",
    "bayes_factor",
    "chi_squared",
    "chi_squared_yates",
    "conservative_log_ratio",
    "delta_p_1_given_2",
    "delta_p_2_given_1",
    "dice",
    "difference_coefficient",
    "expected",
    "fisher_exact",
    "liddell",
    "local_mi",
    "log_dice",
    "log_likelihood",
    "log_likelihood_two_term",
    "log_likelihood_williams",
    "log_ratio",
    "measures",
    "mi",
    "mi2",
    "mi3",
    "minimum_sensitivity",
    "npmi",
    "observed",
    "odds_ratio",
    "p_value",
    "percent_diff",
    "phi",
    "ppmi",
    "score",
    "simple_log_likelihood",
    "simple_maths",
    "t_score",
    "z_score",
]


def observed(
    o11: npt.ArrayLike, *, r1: npt.ArrayLike, c1: npt.ArrayLike, n: npt.ArrayLike
) -> pd.DataFrame:
    """The observed cells of each item, from its frequencies and the sizes.

    Parameters
    ----------
    o11 : Series, array or number
        Frequency of each item in the target (in one corpus, near a node word).
    r1 : Series, array or number
        Size of the target: words of the corpus, places near the node word.
    c1 : Series, array or number
        Frequency of each item in all.
    n : Series, array or number
        Size of all: words of both corpora, of the whole corpus.

    Returns
    -------
    DataFrame
        One row per item; columns O11, O12, O21, O22. Index: that of the Series given, which must
        have the same.

    Raises
    ------
    ValueError
        A cell would be negative, or the Series have different indexes.

    Examples
    --------
    "قلم" 4 times in a text of 10 words and 5 times in all 20 words, "كتاب" 1 time and 6 times:

    >>> frequency = pd.Series([4, 1], index=["قلم", "كتاب"])
    >>> table = observed(frequency, r1=10, c1=[5, 6], n=20)
    >>> table
          O11  O12  O21  O22
    قلم     4    6    1    9
    كتاب    1    9    5    5
    >>> expected(table)
          E11  E12  E21  E22
    قلم   2.5  7.5  2.5  7.5
    كتاب  3.0  7.0  3.0  7.0
    >>> score(table, "mi").round(3)
    قلم     0.678
    كتاب   -1.585
    Name: mi, dtype: float64
    """
    given = {"o11": o11, "r1": r1, "c1": c1, "n": n}
    index = _common_index(given)
    values = np.broadcast_arrays(*(np.atleast_1d(np.asarray(value)) for value in given.values()))
    target, size, item, total = values
    found = [target, size - target, item - target, total - size - item + target]
    table = pd.DataFrame(
        dict(zip(OBSERVED, found, strict=True)),
        index=pd.RangeIndex(len(target)) if index is None else index,
    )
    _refuse_negative_cells(table, given.keys(), values)
    return table


def expected(obs: pd.DataFrame) -> pd.DataFrame:
    """The cells that each item would have if it had no preference: row total * column total / N.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.

    Returns
    -------
    DataFrame
        One row per item, the same index; columns E11, E12, E21, E22. NaN where all cells are 0.

    Examples
    --------
    >>> expected(observed(7, r1=10, c1=8, n=20))
       E11  E12  E21  E22
    0  4.0  6.0  4.0  6.0
    """
    found = cells("expected", obs).expected
    return pd.DataFrame(dict(zip(EXPECTED, found, strict=True)), index=obs.index)


def measures() -> pd.DataFrame:
    """The measures that `score`, `keywords` and `collocates` know.

    Returns
    -------
    DataFrame
        One row per measure; index: its name; columns ``kind`` (test, association or effect) and
        ``formula``.

    Examples
    --------
    >>> measures().loc[["log_likelihood", "log_dice", "log_ratio"], "kind"].tolist()
    ['test', 'association', 'effect']
    """
    rows = [(found.kind, found.formula) for found in MEASURES.values()]
    return pd.DataFrame(
        rows, columns=["kind", "formula"], index=pd.Index(MEASURES, dtype="str", name="measure")
    )


def score(
    obs: pd.DataFrame,
    measure: str = "log_likelihood",
    *,
    convention: str | None = None,
    comparisons: int | None = None,
) -> pd.Series:
    """The score of each item under a measure chosen by name.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    measure : str
        One of the names of `measures`.
    convention : {None, "antconc", "ucrel", "sketchengine", "quanteda", "ucs", "nltk"}
        The tool whose variant is computed, where it differs (`CONVENTIONS`); None: the formula of
        the function itself.
    comparisons : int, optional
        How many items are compared, for ``conservative_log_ratio``; by default the rows.

    Returns
    -------
    Series
        One score per row, the same index, named after the measure.

    Raises
    ------
    ValueError
        There is no such measure or convention.

    Examples
    --------
    Mutual information is in bits here, and in decimal digits in UCS:

    >>> table = observed(1, r1=15_334, c1=2, n=191_998)
    >>> score(table, "mi").round(6).tolist()
    [2.646285]
    >>> score(table, "mi", convention="ucs").round(6).tolist()
    [0.796611]
    """
    variant = chosen("score", measure, convention)
    options = dict(variant.options)
    if variant.function is conservative_log_ratio:
        options["comparisons"] = comparisons
    return variant.function(obs, **options).rename(measure)


def p_value(
    scores: pd.Series, *, measure: str = "log_likelihood", convention: str | None = None
) -> pd.Series:
    """The p value of each score of a test: two-sided, one degree of freedom.

    That of ``fisher_exact`` is its score as it stands: two-sided too, but one-sided where the score
    is, as under the conventions of NLTK (the chance of O11 or fewer) and of UCS (of O11 or more,
    whose score is -log10 p).

    Parameters
    ----------
    scores : Series
        What `score` gave; the sign plays no part.
    measure : str
        The test: a log-likelihood, a chi-squared, ``z_score`` or ``fisher_exact``, whose score is
        its p value.
    convention : str, optional
        That under which `score` was called.

    Returns
    -------
    Series
        One probability per score, the same index, named ``p``.

    Raises
    ------
    ValueError
        The measure is no test with a p value.

    Examples
    --------
    >>> p_value(pd.Series([3.841, -6.635, 10.828])).round(3).tolist()
    [0.05, 0.01, 0.001]
    >>> p_value(pd.Series([2.0]), measure="mi")
    Traceback (most recent call last):
    ValueError: p_value: 'mi' has no p value; these have: log_likelihood, log_likelihood_two_term,
    log_likelihood_williams, simple_log_likelihood, chi_squared, chi_squared_yates, z_score,
    fisher_exact.
    """
    if measure not in WITH_P_VALUE:
        raise ValueError(
            f"p_value: {measure!r} has no p value; these have: {', '.join(WITH_P_VALUE)}."
        )
    if measure == "fisher_exact":
        return (scores if lowest_first(measure, convention) else 10**-scores).rename("p")
    values = scores.to_numpy(dtype="float64")
    chi = values if measure in CHI_SQUARED else values**2
    return pd.Series(p_of_chi_squared(chi), index=scores.index, name="p")


def _common_index(given: Mapping[str, object]) -> pd.Index | None:
    columns = {name: value.index for name, value in given.items() if isinstance(value, pd.Series)}
    for name, index in columns.items():
        first = next(iter(columns))
        if not index.equals(columns[first]):
            raise ValueError(
                f"observed: the items of {name} and {first} differ; align them, for instance with "
                f"{name}.reindex({first}.index, fill_value=0)."
            )
    return next(iter(columns.values()), None)


def _refuse_negative_cells(
    table: pd.DataFrame, names: Iterable[str], values: tuple[npt.NDArray[Any], ...]
) -> None:
    wrong = np.flatnonzero((table.to_numpy() < 0).any(axis=1))
    if len(wrong):
        row = wrong[0]
        given = ", ".join(f"{name}={value[row]}" for name, value in zip(names, values, strict=True))
        cell = next(name for name in OBSERVED if table[name].iloc[row] < 0)
        raise ValueError(
            f"observed: {cell} of {table.index[row]!r} would be {table[cell].iloc[row]} ({given}). "
            "o11 is part of r1 and of c1, and both are part of n; count all in the same unit."
        )
