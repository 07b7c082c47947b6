"""How closely an item and the target belong together: information, overlap and dependence.

Every measure takes a contingency table (``contingency.observed``: one row per item; columns O11,
O12, O21, O22) and returns one score per row under the same index. The target (row 1) is a node word
or a corpus, the item (column 1) a collocate or a word. A row whose item does not occur (C1 = 0), or
whose target or rest is empty (R1 = 0, R2 = 0), has no score: NaN. An item that never occurs in the
target (O11 = 0) has minus infinity where the measure is a logarithm.
"""

import numpy as np
import pandas as pd

from toolkit.statistics.cells import Cells, Floats, cells, log, ratio, x_log_ratio


def mi(obs: pd.DataFrame, *, base: float = 2, epsilon: float = 0) -> pd.Series:
    """Pointwise mutual information: log2(O11 / E11), in bits; another base on request.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22.
    base : float
        Base of the logarithm: 2 (bits), 10 (as in UCS) or ``math.e`` (as in quanteda).
    epsilon : float
        What is added to O11 / E11: nothing, or 1e-9 as in quanteda.

    Returns
    -------
    Series
        One score per row: 0 for independence, minus infinity where O11 is 0 and nothing is added.

    References
    ----------
    Church and Hanks (1990), Computational Linguistics 16(1): 22-29.

    Examples
    --------
    "Ayatollah Ruhollah" of Manning and Schütze:

    >>> from toolkit.contingency import observed
    >>> mi(observed(20, r1=42, c1=20, n=14_307_668)).round(2).tolist()
    [18.38]
    """
    return _information("mi", obs, power=1, base=base, epsilon=epsilon)


def mi2(obs: pd.DataFrame, *, base: float = 2) -> pd.Series:
    """Mutual information with O11 squared: log2(O11^2 / E11), which favours rare items less.

    References
    ----------
    Daille (1994), Approche mixte pour l'extraction automatique de terminologie.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> mi2(observed(4, r1=8, c1=4, n=32)).tolist()  # log2(16 / 1)
    [4.0]
    """
    return _information("mi2", obs, power=2, base=base)


def mi3(obs: pd.DataFrame, *, base: float = 2) -> pd.Series:
    """Mutual information with O11 cubed: log2(O11^3 / E11), which favours frequent items.

    References
    ----------
    Daille (1994), Approche mixte pour l'extraction automatique de terminologie.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> mi3(observed(4, r1=8, c1=4, n=32)).tolist()  # log2(64 / 1)
    [6.0]
    """
    return _information("mi3", obs, power=3, base=base)


def ppmi(obs: pd.DataFrame, *, base: float = 2) -> pd.Series:
    """Positive pointwise mutual information: `mi`, and 0 where that is negative.

    References
    ----------
    Bullinaria and Levy (2007), Behavior Research Methods 39(3): 510-526.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> ppmi(observed([4, 0], r1=8, c1=4, n=32)).tolist()
    [2.0, 0.0]
    """
    return mi(obs, base=base).clip(lower=0).rename("ppmi")


def npmi(obs: pd.DataFrame) -> pd.Series:
    """Normalised pointwise mutual information: ln(O11 / E11) / -ln(O11 / N).

    From -1 (never together) over 0 (independent) to 1 (never apart), whatever the base.

    References
    ----------
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> npmi(observed([10, 1, 0], r1=10, c1=10, n=100)).tolist()
    [1.0, 0.0, -1.0]
    """
    counts = cells("npmi", obs)
    together = ratio(log(ratio(counts.o11, counts.e11)), -log(ratio(counts.o11, counts.n)))
    return counts.scores("npmi", np.where(counts.o11 == 0, -1.0, together))


def local_mi(obs: pd.DataFrame, *, base: float = 2) -> pd.Series:
    """Local mutual information: O11 * log2(O11 / E11), 0 where O11 is 0; another base on request.

    References
    ----------
    Evert (2004), The Statistics of Word Cooccurrences, 3.1.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> local_mi(observed(4, r1=8, c1=4, n=32)).tolist()  # 4 * log2(4 / 1)
    [8.0]
    """
    counts = cells("local_mi", obs)
    return counts.scores("local_mi", x_log_ratio(counts.o11, counts.e11) / np.log(base))


def dice(obs: pd.DataFrame) -> pd.Series:
    """Dice coefficient: 2 * O11 / (R1 + C1), from 0 to 1.

    References
    ----------
    Smadja, McKeown and Hatzivassiloglou (1996), Computational Linguistics 22(1): 1-38.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> dice(observed(130, r1=3121, c1=143, n=10_000_000)).round(2).tolist()
    [0.08]
    """
    counts = cells("dice", obs)
    return counts.scores("dice", ratio(2 * counts.o11, counts.r1 + counts.c1))


def log_dice(obs: pd.DataFrame) -> pd.Series:
    """The logDice score: 14 + log2 of the Dice coefficient, at most 14, whatever the corpus size.

    References
    ----------
    Rychlý (2008), A lexicographer-friendly association score.

    Examples
    --------
    Always together, and twice less often:

    >>> from toolkit.contingency import observed
    >>> log_dice(observed([8, 4, 0], r1=8, c1=8, n=1000)).tolist()
    [14.0, 13.0, -inf]
    """
    counts = cells("log_dice", obs)
    return counts.scores("log_dice", 14 + log(dice(obs).to_numpy()))


def minimum_sensitivity(obs: pd.DataFrame) -> pd.Series:
    """Minimum sensitivity: the smaller of O11 / R1 and O11 / C1, from 0 to 1.

    References
    ----------
    Pedersen and Bruce (1996), What to infer from a description.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> minimum_sensitivity(observed(4, r1=8, c1=5, n=32)).tolist()
    [0.5]
    """
    counts = cells("minimum_sensitivity", obs)
    larger = np.maximum(counts.r1, counts.c1)
    return counts.scores("minimum_sensitivity", ratio(counts.o11, larger))


def liddell(obs: pd.DataFrame) -> pd.Series:
    """Liddell's difference of proportions: (O11 * O22 - O12 * O21) / (C1 * C2), from -1 to 1.

    The same number as `delta_p_1_given_2`: how much more probable the target is with the item.

    References
    ----------
    Liddell (1976), Journal of the Royal Statistical Society D 25(4): 295-304.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> liddell(observed(7, r1=15_334, c1=120, n=191_998)).round(6).tolist()
    [-0.021546]
    """
    counts = cells("liddell", obs)
    return counts.scores("liddell", _given_2(counts))


def delta_p_1_given_2(obs: pd.DataFrame) -> pd.Series:
    """Delta P of the target given the item: O11 / C1 - O12 / C2, from -1 to 1.

    References
    ----------
    Gries (2013), International Journal of Corpus Linguistics 18(1): 137-165.

    Examples
    --------
    "of course", where 1 is "of" and 2 is "course":

    >>> from toolkit.contingency import observed
    >>> table = observed(5610, r1=174_548, c1=7867, n=10_409_868)
    >>> delta_p_1_given_2(table).round(3).tolist(), delta_p_2_given_1(table).round(3).tolist()
    ([0.697], [0.032])
    """
    counts = cells("delta_p_1_given_2", obs)
    return counts.scores("delta_p_1_given_2", _given_2(counts))


def delta_p_2_given_1(obs: pd.DataFrame) -> pd.Series:
    """Delta P of the item given the target: O11 / R1 - O21 / R2, from -1 to 1.

    References
    ----------
    Gries (2013), International Journal of Corpus Linguistics 18(1): 137-165.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> delta_p_2_given_1(observed(4, r1=8, c1=4, n=32)).tolist()
    [0.5]
    """
    counts = cells("delta_p_2_given_1", obs)
    return counts.scores("delta_p_2_given_1", _determinant(counts, counts.r1 * counts.r2))


def phi(obs: pd.DataFrame) -> pd.Series:
    """Correlation of target and item: (O11 * O22 - O12 * O21) / sqrt(R1 * R2 * C1 * C2).

    From -1 to 1; its square times N is `chi_squared`.

    References
    ----------
    Church and Gale (1991), Concordances for parallel text.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed(31_950, r1=43_954, c1=36_743, n=897_077)
    >>> (phi(table) ** 2).round(2).tolist()
    [0.62]
    """
    counts = cells("phi", obs)
    spread = np.sqrt(counts.r1 * counts.r2) * np.sqrt(counts.c1 * counts.c2)
    return counts.scores("phi", _determinant(counts, spread))


def _information(
    name: str, obs: pd.DataFrame, *, power: int, base: float, epsilon: float = 0
) -> pd.Series:
    counts = cells(name, obs)
    return counts.scores(name, log(ratio(counts.o11**power, counts.e11) + epsilon, base))


def _determinant(counts: Cells, below: Floats) -> Floats:
    return ratio(counts.o11 * counts.o22 - counts.o12 * counts.o21, below)


def _given_2(counts: Cells) -> Floats:
    return _determinant(counts, counts.c1 * counts.c2)
