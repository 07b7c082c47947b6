"""How the vocabulary grows with the text, and how frequency falls with rank: Heaps and Zipf.

`growth` and `rank_frequency` give the points of the two curves, `heaps` and `zipf` what is fitted
to them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import (
    ADVICE,
    COUNTED_KINDS,
    MISSING,
    coded,
    keys_of,
    kinds_of,
    mask_of_kinds,
    ordered,
    require,
    whole_number,
)
from toolkit.statistics.sequences import previous

FEWEST_POINTS = 3

Numbers = npt.NDArray[np.int64]


def growth(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    points: int | Sequence[int] = 100,
    kinds: str | Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """How many different items have occurred after so many words of a text.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split), rows in the order in which they are
        read; columns ``kind`` and those of `by`.
    by : str or sequence of str
        The column whose items are told apart, or several that make one item together.
    points : int or sequence of int
        After how many words to look: so many points at equal distances, the last one at the end
        of the text, or the numbers of words themselves.
    kinds : str or sequence of str
        What is read: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per point: ``n`` (words read), ``types`` (different items among them) and
        ``hapax`` (items that have occurred once so far). Rows whose item is missing are passed
        over and not counted in ``n``.

    Raises
    ------
    ValueError
        A column or a kind does not exist, or a point lies outside the text.

    Examples
    --------
    >>> words = pd.DataFrame({"kind": "word", "norm": "وزير قال وزير نعم قال قال".split()})
    >>> growth(words, points=3)
       n  types  hapax
    0  2      2      2
    1  4      3      2
    2  6      3      1
    """
    require("growth", table, ["kind"], advice=ADVICE)
    keys, counted = keys_of("growth", table, by), kinds_of("growth", kinds)
    codes = coded(table, keys).codes[mask_of_kinds(table, counted)]
    before = previous(codes[codes != MISSING])
    first = before < 0
    again = ~first
    second = again.copy()
    second[again] = first[before[again]]  # the occurrence before was the first
    at = _places(points, len(before))
    curves = {"types": first, "hapax": first.astype(np.int64) - second}
    read = {name: np.cumsum(steps, dtype=np.int64)[at - 1] for name, steps in curves.items()}
    return pd.DataFrame({"n": at, **read})


def _places(points: int | Sequence[int], n: int) -> Numbers:
    """The numbers of words after which to look, ascending and each once."""
    given = np.asarray(points)
    if not (given.ndim == 1 and np.issubdtype(given.dtype, np.integer)):
        read = "the whole numbers of words after which to look"
        number = whole_number("growth", "points", points, least=1, otherwise=read)
        even = np.linspace(0, n, number + 1).round().astype(np.int64)
        return np.unique(even[even > 0])
    places = np.unique(given.astype(np.int64))
    outside = places[(places < 1) | (places > n)]
    if len(outside):
        raise ValueError(f"growth: point {outside[0]} lies outside the {n} words; pass 1 to {n}.")
    return places


def heaps(curve: pd.DataFrame) -> pd.DataFrame:
    """Heaps' law fitted to a growth curve: types = constant * n ** exponent.

    The fit is a straight line by least squares through the logarithms of the points of the curve;
    so the points decide it, and other points give another line.

    Parameters
    ----------
    curve : DataFrame
        A table of `growth`; columns ``n`` and ``types``.

    Returns
    -------
    DataFrame
        One row: ``constant`` (K), ``exponent`` (b, or beta), ``r_squared`` (of the line through
        the logarithms), ``points`` and ``n`` (the last of them) that it rests on, and ``note``,
        why a number is missing. With fewer than three points there is no fit.

    Raises
    ------
    ValueError
        A column is missing.

    References
    ----------
    Heaps (1978), Information Retrieval: Computational and Theoretical Aspects: 206-208.

    Examples
    --------
    >>> heaps(pd.DataFrame({"n": [1, 100, 10_000], "types": [2, 20, 200]})).round(3)
       constant  exponent  r_squared  points      n note
    0       2.0       0.5        1.0       3  10000
    """
    require("heaps", curve, ["n", "types"], advice="Pass a table of growth.")
    used = curve[(curve["n"] > 0) & (curve["types"] > 0)]
    found: dict[str, Any] = {"constant": np.nan, "exponent": np.nan, "r_squared": np.nan}
    note = ""
    if used["n"].nunique() < FEWEST_POINTS:
        note = f"{_count(used['n'].nunique(), 'point')}, needs {FEWEST_POINTS}"
    else:
        found |= _line(np.log(used["n"].to_numpy()), np.log(used["types"].to_numpy()))
        if np.isnan(found["r_squared"]):
            note = "r_squared: the types do not grow"
    size = {"points": len(used), "n": int(used["n"].max()) if len(used) else 0}
    return _one_row(found | size, note)


def _line(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> dict[str, float]:
    """The line by least squares, its height at x = 0 given as a power of e."""
    x_off, y_off = x - x.mean(), y - y.mean()
    slope = float((x_off * y_off).sum() / (x_off**2).sum())
    total = float((y_off**2).sum())
    return {
        "constant": float(np.exp(y.mean() - slope * x.mean())),
        "exponent": slope,
        "r_squared": 1 - float(((y_off - slope * x_off) ** 2).sum()) / total if total else np.nan,
    }


def zipf(freqs: pd.DataFrame) -> pd.DataFrame:
    """Zipf's law fitted to a frequency list: the exponent of greatest likelihood.

    The chance that a word has rank r is taken as r ** -exponent, divided by the sum of that over
    all ranks of the list: a discrete power law that ends at the last rank. The exponent is fitted
    to every word and not, by eye or by least squares, to the points of a figure.

    Parameters
    ----------
    freqs : DataFrame
        A table of `counts.frequencies`, index = item, column ``freq``: the whole list, because the
        ranks that are left out would be taken not to exist.

    Returns
    -------
    DataFrame
        One row: ``exponent``; ``standard_error`` of the exponent, from the information of `n`
        independent words, hence too small for running text; ``n`` (the sum of ``freq``),
        ``types`` (ranks), and ``note``, why a number is missing.

    Raises
    ------
    ValueError
        The column is missing, or a frequency is not 1 or more.

    References
    ----------
    Piantadosi (2014), Psychonomic Bulletin & Review 21: 1112-1130 (on ranks taken from the words
    that are counted); Clauset, Shalizi & Newman (2009), SIAM Review 51(4): 661-703 (on likelihood
    rather than lines).

    Examples
    --------
    >>> freqs = pd.DataFrame({"freq": [60, 30, 20, 15]}, index=["في", "من", "على", "أن"])
    >>> zipf(freqs).round(3)
       exponent  standard_error    n  types note
    0       1.0           0.169  125      4
    """
    counts = _ranked("zipf", freqs)["freq"].to_numpy(dtype=np.int64)
    found = {"exponent": np.nan, "standard_error": np.nan}
    note = ""
    if len(counts) < 2:
        note = f"{_count(len(counts), 'item')}, needs 2"
    else:
        found["exponent"] = _exponent(counts)
        spread = _moments(found["exponent"], len(counts))[1]
        found["standard_error"] = float(1 / np.sqrt(counts.sum() * spread))
    return _one_row(found | {"n": int(counts.sum()), "types": len(counts)}, note)


def rank_frequency(freqs: pd.DataFrame) -> pd.DataFrame:
    """Rank and frequency of each item, beside the frequency that the fitted Zipf's law expects.

    Parameters
    ----------
    freqs : DataFrame
        A table of `counts.frequencies`, index = item, column ``freq``: the whole list.

    Returns
    -------
    DataFrame
        One row per item, most frequent first, ties by code point. Index: the item; columns
        ``rank`` (from 1, no two the same), ``freq`` and ``fitted`` (the frequency that `zipf`
        expects at that rank; NaN where the list has fewer than two items).

    Raises
    ------
    ValueError
        The column is missing, or a frequency is not 1 or more.

    Examples
    --------
    >>> freqs = pd.DataFrame({"freq": [60, 30, 20, 15]}, index=["في", "من", "على", "أن"])
    >>> rank_frequency(freqs).round(1)
         rank  freq  fitted
    في      1    60    60.0
    من      2    30    30.0
    على     3    20    20.0
    أن      4    15    15.0
    """
    ranked = _ranked("rank_frequency", freqs)
    counts = ranked["freq"].to_numpy(dtype=np.int64)
    fitted = np.full(len(counts), np.nan)
    if len(counts) > 1:
        fitted = counts.sum() * _chances(_exponent(counts), len(counts))
    ranks = np.arange(1, len(counts) + 1)
    return pd.DataFrame({"rank": ranks, "freq": counts, "fitted": fitted}, index=ranked.index)


def _ranked(function: str, freqs: pd.DataFrame) -> pd.DataFrame:
    require(function, freqs, ["freq"], advice="Pass a table of counts.frequencies.")
    wrong = np.flatnonzero(~((freqs["freq"] >= 1) & (freqs["freq"] % 1 == 0)))
    if len(wrong):
        item, freq = freqs.index[wrong[0]], freqs["freq"].iloc[wrong[0]]
        raise ValueError(
            f"{function}: the frequency of {item!r} is {freq}; pass the "
            "items that occur, as counts.frequencies gives them."
        )
    return ordered(freqs[["freq"]])


def _chances(exponent: float, ranks: int) -> npt.NDArray[np.float64]:
    """How likely each rank is."""
    weights = np.arange(1, ranks + 1, dtype=np.float64) ** -exponent
    chances: npt.NDArray[np.float64] = weights / weights.sum()
    return chances


def _moments(exponent: float, ranks: int) -> tuple[float, float]:
    """Mean and variance of the logarithm of the rank."""
    logs, chances = np.log(np.arange(1, ranks + 1)), _chances(exponent, ranks)
    mean = float((chances * logs).sum())
    return mean, float((chances * (logs - mean) ** 2).sum())


def _exponent(counts: Numbers) -> float:
    """The exponent of greatest likelihood, at which the expected log rank is the observed one."""
    from scipy.optimize import brentq

    ranks, n = len(counts), counts.sum()
    observed = float((counts * np.log(np.arange(1, ranks + 1))).sum() / n)
    if counts[0] == counts[-1]:
        return 0.0
    # The expected log rank falls with the exponent. Frequencies in descending order put the
    # observed one below that of 0, and one word beyond rank 1 puts it above that of this limit.
    limit = 3 + float(np.log2(n))
    return float(brentq(lambda exponent: _moments(exponent, ranks)[0] - observed, 0.0, limit))


def _one_row(numbers: dict[str, Any], note: str) -> pd.DataFrame:
    return pd.DataFrame({**numbers, "note": pd.Series([note], dtype="str")}, index=[0])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
