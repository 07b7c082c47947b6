"""How much more frequent an item is in the target: effect sizes from two relative frequencies.

Every measure takes a contingency table (``contingency.observed``: one row per item; columns O11,
O12, O21, O22) and returns one score per row under the same index. It compares O11 / R1, the
relative frequency in the target, with O21 / R2, that in the reference. A row whose item occurs
nowhere (C1 = 0), or whose target or reference is empty (R1 = 0, R2 = 0), has no score: NaN.
"""

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from toolkit.statistics.cells import Floats, cells, log, ratio
from toolkit.statistics.tallies import PER_MILLION

DISCOUNTS = ("hardie", "walter")


def log_ratio(obs: pd.DataFrame, *, discount: str | None = "hardie") -> pd.Series:
    """Binary logarithm of (O11 / R1) / (O21 / R2): 1 is twice as frequent, -1 half as frequent.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    discount : {"hardie", "walter", None}
        What is done about zeros. ``"hardie"``: 0.5 is put in for an O11 or O21 of 0.
        ``"walter"``: 0.5 is added to O11, O21, R1 and R2 of every row. None: nothing, so that an
        item missing from one side has plus or minus infinity.

    Returns
    -------
    Series
        One score per row, in doublings.

    Raises
    ------
    ValueError
        A column is missing, or there is no such discount.

    References
    ----------
    Hardie (2014), Log Ratio: an informal introduction.
    Walter (1975), Biometrika 62(2): 371-374.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed([8, 4], r1=1000, c1=[10, 4], n=2000)
    >>> log_ratio(table).tolist(), log_ratio(table, discount=None).tolist()
    ([2.0, 3.0], [2.0, inf])
    """
    counts = cells("log_ratio", obs)
    target, rest, r1, r2 = counts.o11, counts.o21, counts.r1, counts.r2
    if discount == "hardie":
        target, rest = (np.where(cell == 0, 0.5, cell) for cell in (target, rest))
    elif discount == "walter":
        target, rest, r1, r2 = (number + 0.5 for number in (target, rest, r1, r2))
    elif discount is not None:
        raise ValueError(
            f"log_ratio: no discount {discount!r}; there are {', '.join(DISCOUNTS)} and None."
        )
    return counts.scores("log_ratio", log(ratio(ratio(target, r1), ratio(rest, r2))))


def conservative_log_ratio(
    obs: pd.DataFrame, *, alpha: float = 0.05, comparisons: int | None = None
) -> pd.Series:
    """Log ratio that can be relied on: the bound of its confidence interval nearer to 0.

    0 where the interval holds 0, so a score other than 0 is significant. The interval is exact
    (of the conditional Poisson test), two-sided, and corrected for the number of items by
    Bonferroni.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    alpha : float
        Chance, over all items, that a true log ratio lies outside its interval.
    comparisons : int, optional
        How many items are compared; by default the rows of `obs`.

    Returns
    -------
    Series
        One score per row, in doublings; positive or negative like the log ratio.

    Raises
    ------
    ValueError
        `alpha` does not lie between 0 and 1, or there are no comparisons.

    References
    ----------
    Evert (2022), Measuring keyness. Digital Humanities 2022.

    Examples
    --------
    Twenty times as frequent, and surely at least 4.5 times; twice as frequent, perhaps by chance:

    >>> from toolkit.contingency import observed
    >>> table = observed([40, 4], r1=1000, c1=[42, 6], n=2000)
    >>> conservative_log_ratio(table).round(2).tolist()
    [2.19, 0.0]
    """
    counts = cells("conservative_log_ratio", obs)
    made = max(len(obs), 1) if comparisons is None else comparisons
    if not 0 < alpha < 1 or made < 1:
        raise ValueError(
            f"conservative_log_ratio: alpha={alpha} and comparisons={comparisons}; alpha lies "
            "between 0 and 1, and at least one item is compared."
        )
    size = log(ratio(counts.r2, counts.r1))
    more = size + _least_log_odds(counts.o11, counts.o21, alpha / 2 / made)
    less = size - _least_log_odds(counts.o21, counts.o11, alpha / 2 / made)
    score = np.where(counts.difference > 0, np.maximum(more, 0), np.minimum(less, 0))
    return counts.scores("conservative_log_ratio", score)


def simple_maths(obs: pd.DataFrame, *, n: float = 1) -> pd.Series:
    """Ratio of the two frequencies per million, each made larger by `n`.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    n : float
        What is added: 1 finds rare words, 100 and more find common ones.

    Returns
    -------
    Series
        One score per row: 1 for equal frequencies.

    References
    ----------
    Kilgarriff (2009), Simple maths for keywords.

    Examples
    --------
    35 of 112,289,776 words against 263 of 1,559,716,979:

    >>> from toolkit.contingency import observed
    >>> table = observed(35, r1=112_289_776, c1=298, n=1_672_006_755)
    >>> simple_maths(table).round(4).tolist()
    [1.1224]
    """
    counts = cells("simple_maths", obs)
    target, rest = (
        ratio(cell, size) * PER_MILLION
        for cell, size in ((counts.o11, counts.r1), (counts.o21, counts.r2))
    )
    return counts.scores("simple_maths", ratio(target + n, rest + n))


def percent_diff(obs: pd.DataFrame) -> pd.Series:
    """By how many percent the item is more frequent in the target: %DIFF.

    Infinite where the reference lacks the item, -100 where the target does.

    References
    ----------
    Gabrielatos and Marchi (2011), Keyness: matching metrics to definitions.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed(206_523, r1=959_641, c1=384_697, n=2_521_999)
    >>> percent_diff(table).round(1).tolist()
    [88.7]
    """
    counts = cells("percent_diff", obs)
    target, rest = ratio(counts.o11, counts.r1), ratio(counts.o21, counts.r2)
    return counts.scores("percent_diff", 100 * ratio(target - rest, rest))


def difference_coefficient(obs: pd.DataFrame) -> pd.Series:
    """Difference of the two relative frequencies divided by their sum, from -1 to 1.

    References
    ----------
    Hofland and Johansson (1982), Word Frequencies in British and American English.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> difference_coefficient(observed(18, r1=1_000_000, c1=53, n=2_000_000)).round(2).tolist()
    [-0.32]
    """
    counts = cells("difference_coefficient", obs)
    target, rest = ratio(counts.o11, counts.r1), ratio(counts.o21, counts.r2)
    return counts.scores("difference_coefficient", ratio(target - rest, target + rest))


def odds_ratio(
    obs: pd.DataFrame, *, base: float | None = None, infinity: float = np.inf
) -> pd.Series:
    """Odds of the item in the target divided by those in the reference: O11 * O22 / (O12 * O21).

    1 for equal odds, 0 where the target lacks the item, infinite where the reference does.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    base : float, optional
        The base of the logarithm that is taken, 10 as in UCS: then 0 is for equal odds, and minus
        infinity where the target lacks the item. By default the ratio itself.
    infinity : float
        The number that is put for infinity: 10,000,000 in UCS.

    Returns
    -------
    Series
        One score per row; no unit.

    References
    ----------
    Pojanapunya and Watson Todd (2018), Corpus Linguistics and Linguistic Theory 14(1): 133-167.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> odds_ratio(observed(16_217, r1=2_796_938, c1=16_952, n=4_884_884)).round(1).tolist()
    [16.6]
    """
    counts = cells("odds_ratio", obs)
    odds = ratio(counts.o11 * counts.o22, counts.o12 * counts.o21)
    found = odds if base is None else log(odds, base)
    return counts.scores("odds_ratio", np.clip(found, -infinity, infinity))


def _least_log_odds(one: Floats, other: Floats, alpha: float) -> Floats:
    """Binary logarithm of the lower bound for the odds of `one` against `other`, two counts."""
    share = betaincinv(one, other + 1, alpha)
    return log(ratio(share, 1 - share))
