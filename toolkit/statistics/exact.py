"""Fisher's exact test of many contingency tables at once."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaln

from toolkit.statistics.cells import Floats, cells

ALTERNATIVES = ("two-sided", "less", "greater")
SCALES = ("p", "-log10")
# Probabilities this close count as equal, as in R and scipy.
EQUAL = 1e-7
NEGLIGIBLE = 1e-17

# O11, O12, O21, O22 of many tables
Four = tuple[Floats, Floats, Floats, Floats]


def fisher_exact(
    obs: pd.DataFrame, *, alternative: str = "two-sided", scale: str = "p"
) -> pd.Series:
    """The p value of Fisher's exact test, or how small it is.

    NaN where the item does not occur, or the target or the rest is empty.

    Parameters
    ----------
    obs : DataFrame
        One row per item; columns O11, O12, O21, O22, whole numbers.
    alternative : {"two-sided", "less", "greater"}
        Tables of the same margins that are at most as probable as this one; that have at most
        this O11; or at least.
    scale : {"p", "-log10"}
        The probability p itself, or -log10 p as in UCS, which also tells apart those that are too
        small for a number.

    Returns
    -------
    Series
        One score per row: where the item's preference is sure, a small p and a large -log10 p.

    Raises
    ------
    ValueError
        There is no such alternative or scale, or a cell is negative or no whole number.

    References
    ----------
    Pedersen (1996), Fishing for exactness.

    Examples
    --------
    >>> from toolkit.contingency import observed
    >>> table = observed(1, r1=4, c1=4, n=8)
    >>> for alternative in ALTERNATIVES:
    ...     fisher_exact(table, alternative=alternative).round(3).tolist()
    [0.486]
    [0.243]
    [0.986]
    """
    if alternative not in ALTERNATIVES:
        raise ValueError(
            f"fisher_exact: no alternative {alternative!r}; there are {', '.join(ALTERNATIVES)}."
        )
    if scale not in SCALES:
        raise ValueError(f"fisher_exact: no scale {scale!r}; there are {', '.join(SCALES)}.")
    counts = cells("fisher_exact", obs)
    _refuse_fractions(obs.index, counts.observed)
    found = np.full(len(obs), np.nan)
    o11, o12, o21, o22 = (cell[counts.defined] for cell in counts.observed)
    table = (o11, o12, o21, o22)
    if alternative == "two-sided":
        log_p = _log_two_sided(table)
    else:
        log_p = _log_at_least(table if alternative == "greater" else _turned(table))
    log_p = np.minimum(log_p, 0)
    found[counts.defined] = np.exp(log_p) if scale == "p" else 0 - log_p / np.log(10)
    return counts.scores("fisher_exact", found)


def _refuse_fractions(items: pd.Index, observed: list[Floats]) -> None:
    for name, cell in zip(("O11", "O12", "O21", "O22"), observed, strict=True):
        wrong = np.flatnonzero((cell < 0) | (cell != np.floor(cell)))
        if len(wrong):
            raise ValueError(
                f"fisher_exact: {name} of {items[wrong[0]]!r} is {cell[wrong[0]]}, which is no "
                "count. The test is for whole numbers; take log_likelihood."
            )


def _turned(table: Four) -> Four:
    """The tables with their rows exchanged, so that few in one row are many in the other."""
    o11, o12, o21, o22 = table
    return o21, o22, o11, o12


def _moved(table: Four, by: Floats) -> Four:
    """Tables of the same margins whose O11 is larger by some number."""
    o11, o12, o21, o22 = table
    return o11 + by, o12 - by, o21 - by, o22 + by


def _chosen(where: npt.NDArray[np.bool_], one: Four, other: Four) -> Four:
    a, b, c, d = (np.where(where, x, y) for x, y in zip(one, other, strict=True))
    return a, b, c, d


def _more_than_expected(table: Four) -> npt.NDArray[np.bool_]:
    o11, o12, o21, o22 = table
    return o11 * o22 > o12 * o21


def _log_probability(table: Four) -> Floats:
    o11, o12, o21, o22 = table
    margins = [o11 + o12, o21 + o22, o11 + o21, o12 + o22]
    inside = np.sum([gammaln(cell + 1) for cell in table], axis=0)
    outside = np.sum([gammaln(margin + 1) for margin in margins], axis=0)
    found: Floats = outside - gammaln(o11 + o12 + o21 + o22 + 1) - inside
    return found


def _log_at_least(table: Four) -> Floats:
    """Logarithm of the probability of O11 or more in tables of the same margins."""
    upwards = _more_than_expected(table)
    downwards = _turned(_moved(table, np.full(len(upwards), -1.0)))
    tail = _log_tail(_chosen(upwards, table, downwards))
    return np.where(upwards, tail, np.log1p(-np.exp(np.where(upwards, -np.inf, tail))))


def _log_tail(table: Four) -> Floats:
    """Logarithm of the sum of the probabilities from O11 on, where they fall.

    Each follows from the one before, so that the first is enough; minus infinity where there is no
    such table.
    """
    found = np.full(len(table[0]), -np.inf)
    rows = np.flatnonzero(np.min(table, axis=0) >= 0)
    o11, o12, o21, o22 = (cell[rows] for cell in table)
    found[rows] = _log_probability((o11, o12, o21, o22))
    term, total = np.ones(len(rows)), np.ones(len(found))
    while len(rows):
        term = term * (o12 * o21) / ((o11 + 1) * (o22 + 1))
        total[rows] += term
        more = term > total[rows] * NEGLIGIBLE
        rows, term = rows[more], term[more]
        o11, o12, o21, o22 = o11[more] + 1, o12[more] - 1, o21[more] - 1, o22[more] + 1
    return found + np.log(total)


def _log_two_sided(table: Four) -> Floats:
    """Logarithm of the probability of all tables of these margins that are at most as probable."""
    turned = _chosen(_more_than_expected(table), table, _turned(table))
    other = _turned(_moved(turned, -_steps_to_other_tail(turned)))
    return np.logaddexp(_log_at_least(turned), _log_tail(other))


def _steps_to_other_tail(table: Four) -> Floats:
    """How far below O11 the probabilities are again as small as its own; found by bisection."""
    o11, o12, o21, o22 = table
    total = o11 + o12 + o21 + o22
    mode = np.floor((o11 + o12 + 1) * (o11 + o21 + 1) / (total + 2))
    limit = _log_probability(table) + EQUAL
    near = np.maximum(o11 - mode, 1.0)  # the first table of the other side
    far = np.minimum(o11, o22) + 1  # one too far: a cell would be negative
    while np.any(near < far):
        middle = np.floor((near + far) / 2)
        small = _log_probability(_moved(table, -middle)) <= limit
        inside = near < far
        far = np.where(inside & small, middle, far)
        near = np.where(inside & ~small, middle + 1, near)
    return far
