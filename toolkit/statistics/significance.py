"""How sure it is that an item prefers the target: tests.

Every test takes a contingency table (``contingency.observed``: one row per item; columns O11, O12,
O21, O22) and returns one score per row under the same index. A test is signed unless said: negative
where the item is less frequent in the target than expected. A row whose item does not occur (C1 =
0), or whose target or rest is empty (R1 = 0, R2 = 0), has no score: NaN. Logarithms are natural.
"""

import numpy as np
import pandas as pd

from toolkit.statistics.cells import Cells, Floats, cells, ratio, x_log_ratio


def log_likelihood(
    obs: pd.DataFrame, *, correction: str | None = None, signed: bool = True, epsilon: float = 0
) -> pd.Series:
    """Log-likelihood ratio G2 over the four cells: 2 * sum of O * ln(O / E).

    A cell of 0 adds 0. Not the two-term variant of UCREL, see `log_likelihood_two_term`.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    correction : {None, "yates", "quanteda"}
        The cells are first moved towards the expected ones, as in `chi_squared`.
    signed : bool
        Whether the score is negative where O11 < E11.
    epsilon : float
        What is added to each O / E: nothing, or 1e-9 as in quanteda.

    Returns
    -------
    Series
        One score per row; chi-squared distributed with one degree of freedom.

    Raises
    ------
    ValueError
        A column is missing, or there is no such correction.

    References
    ----------
    Dunning (1993), Computational Linguistics 19(1): 61-74.

    Examples
    --------
    The first bigram of Dunning's table, "the swiss":

    >>> from toolkit.contingency import observed
    >>> log_likelihood(observed(110, r1=2552, c1=221, n=31_777)).round(2).tolist()
    [270.72]
    """
    counts = cells("log_likelihood", obs)
    shift = _shift("log_likelihood", counts, correction)
    moved = [cell - sign * shift for cell, sign in _with_signs(counts)]
    pairs = zip(moved, counts.expected, strict=True)
    terms = [x_log_ratio(cell, mean, epsilon) for cell, mean in pairs]
    return counts.scores("log_likelihood", _signed(counts, 2 * np.sum(terms, axis=0), signed))


def log_likelihood_two_term(obs: pd.DataFrame, *, signed: bool = True) -> pd.Series:
    """Log-likelihood of UCREL: 2 * (O11 * ln(O11 / E11) + O21 * ln(O21 / E21)).

    The cells of the other words are left out, so it is a little smaller than `log_likelihood`.

    References
    ----------
    Rayson and Garside (2000), Comparing corpora using frequency profiling.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed(10, r1=1000, c1=10, n=2000)
    >>> log_likelihood_two_term(table).round(4).tolist(), log_likelihood(table).round(4).tolist()
    ([13.8629], [13.9132])
    """
    counts = cells("log_likelihood_two_term", obs)
    means = counts.expected
    score = 2 * (x_log_ratio(counts.o11, means[0]) + x_log_ratio(counts.o21, means[2]))
    return counts.scores("log_likelihood_two_term", _signed(counts, score, signed))


def log_likelihood_williams(
    obs: pd.DataFrame, *, zero_cells: bool = True, epsilon: float = 0
) -> pd.Series:
    """Signed log-likelihood divided by the correction of Williams for small samples.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    zero_cells : bool
        Whether tables with a cell of 0 are corrected too; quanteda leaves them as they are.
    epsilon : float
        As in `log_likelihood`.

    Returns
    -------
    Series
        One score per row; chi-squared distributed with one degree of freedom.

    References
    ----------
    Williams (1976), Biometrika 63(1): 33-37.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> log_likelihood_williams(observed(7, r1=10, c1=9, n=19)).round(6).tolist()
    [4.200833]
    """
    counts = cells("log_likelihood_williams", obs)
    rows = ratio(counts.n, counts.r1) + ratio(counts.n, counts.r2) - 1
    columns = ratio(counts.n, counts.c1) + ratio(counts.n, counts.c2) - 1
    divisor = 1 + ratio(rows * columns, 6 * counts.n)
    if not zero_cells:
        divisor = np.where(np.prod(counts.observed, axis=0) == 0, 1.0, divisor)
    score = ratio(log_likelihood(obs, epsilon=epsilon).to_numpy(), divisor)
    return counts.scores("log_likelihood_williams", score)


def simple_log_likelihood(obs: pd.DataFrame, *, signed: bool = True) -> pd.Series:
    """Log-likelihood of the first cell alone: 2 * (O11 * ln(O11 / E11) - (O11 - E11)).

    References
    ----------
    Evert (2008), Corpora and collocations.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> simple_log_likelihood(observed(7, r1=15_334, c1=120, n=191_998)).round(6).tolist()
    [-0.769331]
    """
    counts = cells("simple_log_likelihood", obs)
    score = 2 * (x_log_ratio(counts.o11, counts.e11) - counts.difference)
    return counts.scores("simple_log_likelihood", _signed(counts, score, signed))


def chi_squared(
    obs: pd.DataFrame, *, correction: str | None = None, signed: bool = True
) -> pd.Series:
    """Pearson's chi-squared over the four cells: sum of (O - E)^2 / E.

    NaN where an expected cell is 0.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    correction : {None, "yates", "ucs", "quanteda"}
        ``"yates"``: each \\|O - E\\| is made smaller by 0.5, but not below 0 (as in R and scipy).
        ``"ucs"``: by 0.5 always, so that one of 0 to 0.5 is below 0, and squared.
        ``"quanteda"``: by 0.5 where \\|O - E\\| is at least 0.5 and some E is below 5, else not.
    signed : bool
        Whether the score is negative where O11 < E11.

    Returns
    -------
    Series
        One score per row; chi-squared distributed with one degree of freedom.

    Raises
    ------
    ValueError
        A column is missing, or there is no such correction.

    References
    ----------
    Manning and Schütze (1999), Foundations of Statistical Natural Language Processing, 5.3.3.
    Yates (1934), Supplement to the Journal of the Royal Statistical Society 1(2): 217-235.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed(1, r1=4, c1=4, n=8)
    >>> chi_squared(table).tolist(), chi_squared(table, correction="yates").tolist()
    ([-2.0], [-0.5])
    """
    counts = cells("chi_squared", obs)
    apart = np.abs(counts.difference) - _shift("chi_squared", counts, correction)
    score = np.sum([ratio(apart**2, mean) for mean in counts.expected], axis=0)
    return counts.scores("chi_squared", _signed(counts, score, signed))


def chi_squared_yates(obs: pd.DataFrame) -> pd.Series:
    """Signed chi-squared with the correction of Yates: see `chi_squared`.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> chi_squared_yates(observed(7, r1=10, c1=9, n=19)).round(6).tolist()
    [2.632438]
    """
    return chi_squared(obs, correction="yates").rename("chi_squared_yates")


def z_score(obs: pd.DataFrame) -> pd.Series:
    """The z score: (O11 - E11) / sqrt(E11).

    That of Berry-Rogghe divides by sqrt(E11 * (1 - p)), see `collocation.collocates`.

    References
    ----------
    Evert (2005), The statistics of word cooccurrences: word pairs and collocations.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> z_score(observed(7, r1=15_334, c1=120, n=191_998)).round(6).tolist()
    [-0.834636]
    """
    counts = cells("z_score", obs)
    return counts.scores("z_score", ratio(counts.difference, np.sqrt(counts.e11)))


def t_score(obs: pd.DataFrame) -> pd.Series:
    """The t score: (O11 - E11) / sqrt(O11); minus infinity where O11 is 0.

    References
    ----------
    Church, Gale, Hanks and Hindle (1991), Using statistics in lexical analysis.

    Examples
    --------
    "new companies" of Manning and Schütze:

    >>> from toolkit.contingency import observed
    >>> t_score(observed(8, r1=15_828, c1=4675, n=14_307_668)).round(6).tolist()
    [0.999932]
    """
    counts = cells("t_score", obs)
    with np.errstate(invalid="ignore"):
        return counts.scores("t_score", ratio(counts.difference, np.sqrt(counts.o11)))


def bayes_factor(obs: pd.DataFrame, *, terms: int = 4) -> pd.Series:
    """Bayes factor by the BIC approximation: G2 - ln N, without the sign of preference.

    Above 2 positive, above 6 strong, above 10 very strong evidence for a difference; below 0
    evidence against one.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    terms : {4, 2}
        Which G2: over four cells, or the two-term one of UCREL.

    Returns
    -------
    Series
        One score per row, in units of G2.

    Raises
    ------
    ValueError
        A column is missing, or `terms` is neither 4 nor 2.

    References
    ----------
    Wilson (2013), Embracing Bayes factors for key item analysis in corpus linguistics.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> bayes_factor(observed(100, r1=10_000, c1=150, n=20_000)).round(4).tolist()
    [7.2124]
    """
    if terms not in (4, 2):
        raise ValueError(f"bayes_factor: no G2 of {terms} terms; pass 4 or 2.")
    counts = cells("bayes_factor", obs)
    g2 = (log_likelihood if terms == 4 else log_likelihood_two_term)(obs, signed=False)
    with np.errstate(divide="ignore"):
        return counts.scores("bayes_factor", g2.to_numpy() - np.log(counts.n))


def _with_signs(counts: Cells) -> list[tuple[Floats, Floats]]:
    """Each cell with the sign of its difference from the expected one."""
    sign = counts.sign
    return list(zip(counts.observed, [sign, -sign, -sign, sign], strict=True))


def _signed(counts: Cells, score: Floats, signed: bool) -> Floats:
    # rounding can leave a G2 a hair below 0
    positive = np.maximum(score, 0)
    return np.multiply(counts.sign, positive) if signed else positive


def _shift(function: str, counts: Cells, correction: str | None) -> Floats:
    """By how much the correction moves each cell towards the expected one."""
    apart = np.abs(counts.difference)
    if correction is None:
        return np.zeros_like(apart)
    if correction == "yates":
        return np.minimum(apart, 0.5)
    if correction == "ucs" and function == "chi_squared":
        return np.full_like(apart, 0.5)
    if correction == "quanteda":
        small = np.min(counts.expected, axis=0) < 5
        return np.where((apart >= 0.5) & small, 0.5, 0.0)
    known = "yates, quanteda" if function == "log_likelihood" else "yates, ucs, quanteda"
    raise ValueError(f"{function}: no correction {correction!r}; there are {known}.")
