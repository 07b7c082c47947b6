"""Indices of vocabulary richness that rest on how often each item occurs, not on the order.

Each takes a `Spectrum` and gives a number, or the reason why there is none. Their names are those
of the columns of `diversity.diversity`, which says where each formula comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, log1p, log2, log10, sqrt

import numpy as np
import numpy.typing as npt

DRAWS = 42
EACH_ONCE = "every word occurs once"

Value = float | str
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spectrum:
    """How many items occur once, twice, and so on.

    Attributes
    ----------
    freq : array of int
        The frequencies that occur, ascending.
    items : array of int
        How many items have each.
    """

    freq: Counts
    items: Counts

    # Plain integers, whose products do not overflow.
    @cached_property
    def n(self) -> int:
        """How many words there are."""
        return int((self.freq * self.items).sum())

    @cached_property
    def types(self) -> int:
        """How many different items there are."""
        return int(self.items.sum())

    @cached_property
    def squares(self) -> int:
        """The sum over the items of their squared frequencies."""
        return int((self.freq * self.freq * self.items).sum())

    def occurring(self, times: int) -> int:
        """How many items occur so many times."""
        return int(self.items[self.freq == times].sum())


def spectrum_of(codes: npt.NDArray[np.integer]) -> Spectrum:
    """The spectrum of a text, each word an integer.

    Examples
    --------
    >>> spectrum_of(np.array([7, 7, 7, 2, 5]))
    Spectrum(freq=array([1, 3]), items=array([2, 1]))
    """
    frequencies = np.unique(codes, return_counts=True)[1]
    return Spectrum(*np.unique(frequencies, return_counts=True))


def needs(words: int, needed: int) -> str:
    """The reason that there are too few words.

    Examples
    --------
    >>> needs(1, 42)
    '1 word, needs 42'
    """
    return f"{words} word{'' if words == 1 else 's'}, needs {needed}"


def ttr(spectrum: Spectrum) -> Value:
    """Types divided by words."""
    return spectrum.types / spectrum.n


def rttr(spectrum: Spectrum) -> Value:
    """Types divided by the root of words."""
    return spectrum.types / sqrt(spectrum.n)


def cttr(spectrum: Spectrum) -> Value:
    """Types divided by the root of twice the words."""
    return spectrum.types / sqrt(2 * spectrum.n)


def herdan_c(spectrum: Spectrum) -> Value:
    """The logarithm of types divided by that of words."""
    if spectrum.n < 2:
        return needs(spectrum.n, 2)
    return log(spectrum.types) / log(spectrum.n)


def maas(spectrum: Spectrum) -> Value:
    """Maas's a squared, natural logarithms: lower where the vocabulary is richer."""
    return _maas(spectrum, log)


def maas_a(spectrum: Spectrum) -> Value:
    """Maas's a itself, logarithms to base 10."""
    squared = _maas(spectrum, log10)
    return squared if isinstance(squared, str) else sqrt(squared)


def _maas(spectrum: Spectrum, logarithm: Callable[[float], float]) -> Value:
    if spectrum.n < 2:
        return needs(spectrum.n, 2)
    words = logarithm(spectrum.n)
    return (words - logarithm(spectrum.types)) / words**2


def hdd(spectrum: Spectrum) -> Value:
    """The expected type-token ratio of 42 words drawn without replacement."""
    if spectrum.n < DRAWS:
        return needs(spectrum.n, DRAWS)
    drawn = np.arange(DRAWS)
    # how likely each draw leaves the item out; where too few others are left, one factor is 0
    others = (spectrum.n - spectrum.freq)[:, np.newaxis] - drawn
    absent = np.prod(others / (spectrum.n - drawn), axis=1)
    return float((spectrum.items * (1 - absent)).sum() / DRAWS)


def yule_k(spectrum: Spectrum) -> Value:
    """Ten thousand times the chance that two words drawn with replacement repeat, beyond 1/n."""
    return 10_000 * (spectrum.squares - spectrum.n) / spectrum.n**2


def yule_i(spectrum: Spectrum) -> Value:
    """Types squared, divided by the sum of squared frequencies less the types."""
    if spectrum.squares == spectrum.types:
        return EACH_ONCE
    return spectrum.types**2 / (spectrum.squares - spectrum.types)


def index_of_diversity(spectrum: Spectrum) -> Value:
    """Words squared, divided by the sum of squared frequencies less the words."""
    if spectrum.squares == spectrum.n:
        return EACH_ONCE
    return spectrum.n**2 / (spectrum.squares - spectrum.n)


def simpson(spectrum: Spectrum) -> Value:
    """The chance that two words drawn without replacement are the same item."""
    if spectrum.n < 2:
        return needs(spectrum.n, 2)
    return (spectrum.squares - spectrum.n) / (spectrum.n * (spectrum.n - 1))


def repeat_rate(spectrum: Spectrum) -> Value:
    """The chance that two words drawn with replacement are the same item."""
    return spectrum.squares / spectrum.n**2


def entropy(spectrum: Spectrum) -> Value:
    """The mean information of a word, in bits."""
    share = spectrum.freq / spectrum.n
    return float((spectrum.items * share * np.log2(1 / share)).sum())


def herdan_vm(spectrum: Spectrum) -> Value:
    """The relative spread of the frequencies about their mean, over the root of the types."""
    return sqrt(_herdan(spectrum))


def herdan_vm_squared(spectrum: Spectrum) -> Value:
    """The square of Herdan's Vm."""
    return _herdan(spectrum)


def _herdan(spectrum: Spectrum) -> float:
    # whole numbers until the division, for equal frequencies give 0 and nothing below
    above = spectrum.types * spectrum.squares - spectrum.n**2
    return above / (spectrum.types * spectrum.n**2)


def hapax(spectrum: Spectrum) -> Value:
    """How many items occur once."""
    return spectrum.occurring(1)


def dis(spectrum: Spectrum) -> Value:
    """How many items occur twice."""
    return spectrum.occurring(2)


def fisher_alpha(spectrum: Spectrum) -> Value:
    """The alpha at which types = alpha * ln(1 + words / alpha)."""
    if spectrum.types == spectrum.n:
        return EACH_ONCE
    from scipy.optimize import brentq

    words, types = spectrum.n, spectrum.types
    # the types that an alpha predicts grow with it: none at 0, more than n - 1 at n squared
    found = brentq(lambda alpha: alpha * log1p(words / alpha) - types, 1e-9, float(words) ** 2)
    return float(found)


OF_SPECTRUM: dict[str, Callable[[Spectrum], Value]] = {
    index.__name__: index
    for index in (
        ttr,
        rttr,
        cttr,
        herdan_c,
        maas,
        maas_a,
        hdd,
        yule_k,
        yule_i,
        index_of_diversity,
        simpson,
        repeat_rate,
        entropy,
        herdan_vm,
        herdan_vm_squared,
        hapax,
        dis,
        fisher_alpha,
    )
}


def bounds(measure: str, words: int, window: int) -> tuple[float, float]:
    """The lowest and the highest value that a measure can have in a text of so many words.

    Those of ``mtld`` and ``mtld_below`` are those of a text that has one, see
    `toolkit.statistics.sequences`.

    Examples
    --------
    >>> bounds("ttr", 50, 100), bounds("yule_k", 50, 100), bounds("hapax", 50, 100)
    ((0.02, 1.0), (0.0, 9800.0), (0.0, 50.0))
    """
    n = max(words, 2)
    found: dict[str, tuple[float, float]] = {
        "ttr": (1 / n, 1),
        "rttr": (1 / sqrt(n), sqrt(n)),
        "cttr": (1 / sqrt(2 * n), sqrt(n / 2)),
        "herdan_c": (0, 1),
        "maas": (0, 1 / log(n)),
        "maas_a": (0, sqrt(1 / log10(n))),
        "msttr": (1 / window, 1),
        "mattr": (1 / window, 1),
        "mtld": (2, n),
        "mtld_below": (2, n),
        "hdd": (1 / DRAWS, 1),
        "yule_k": (0, 10_000 * (1 - 1 / n)),
        "yule_i": (1 / (n**2 - 1), (n - 1) ** 2 / 3),
        "index_of_diversity": (n / (n - 1), n**2 / 2),
        "simpson": (0, 1),
        "repeat_rate": (1 / n, 1),
        "entropy": (0, log2(n)),
        "herdan_vm": (0, 1),
        "herdan_vm_squared": (0, 1),
        "hapax": (0, n),
        "dis": (0, n // 2),
        "fisher_alpha": (0, inf),
    }
    lowest, highest = found[measure]
    return float(lowest), float(highest)
