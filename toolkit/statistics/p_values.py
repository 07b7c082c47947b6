"""p values of scores, and their correction where many items are compared."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import erfc

from toolkit.statistics.cells import Floats

CORRECTIONS = ("bonferroni", "holm", "benjamini_hochberg")


def p_of_chi_squared(scores: npt.ArrayLike) -> Floats:
    """Probability of a score at least as far from 0, chi-squared with one degree of freedom.

    Examples
    --------
    >>> p_of_chi_squared([3.841, -6.635, 10.828, 15.137]).round(4).tolist()
    [0.05, 0.01, 0.001, 0.0001]
    """
    found: Floats = erfc(np.sqrt(np.abs(np.asarray(scores, dtype="float64")) / 2))
    return found


def corrected(p: Sequence[float] | pd.Series | Floats, correction: str) -> Floats:
    """The p values after correction for as many comparisons as there are (those not NaN).

    Parameters
    ----------
    p : sequence of float
        The p values of all comparisons made; NaN stays NaN and counts as none.
    correction : {"bonferroni", "holm", "benjamini_hochberg"}
        Bonferroni and Holm bound the chance of a single false positive, Benjamini and Hochberg
        the share of false positives among all positives.

    Returns
    -------
    array of float
        One corrected value for each, at most 1.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6(2): 65-70.
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1): 289-300.

    Examples
    --------
    >>> corrected([0.01, 0.02, 0.04], "holm").round(2).tolist()
    [0.03, 0.04, 0.04]
    """
    if correction not in CORRECTIONS:
        raise ValueError(
            f"corrected: no correction {correction!r}; there are {', '.join(CORRECTIONS)}."
        )
    values = np.asarray(p, dtype="float64")
    found = np.full(len(values), np.nan)
    made = np.flatnonzero(~np.isnan(values))
    made = made[np.argsort(values[made], kind="stable")]
    steps, count = values[made], len(made)
    rank = np.arange(1, count + 1)
    if correction == "bonferroni":
        found[made] = steps * count
    elif correction == "holm":
        found[made] = np.maximum.accumulate(steps * (count + 1 - rank))
    else:
        found[made] = np.minimum.accumulate((steps * count / rank)[::-1])[::-1]
    bounded: Floats = np.minimum(found, 1)
    return bounded
