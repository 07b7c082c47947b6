"""Indices of lexical diversity that follow a text word by word: MSTTR, MATTR and MTLD.

Each takes the words as integers, in text order, and gives a number, or the reason why there is
none. The windows are not walked one by one: a word is new to a window where its item has not
occurred since the window began, so the place of the previous occurrence decides.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from toolkit.statistics.richness import Value, needs

CUT = 0.72

Places = npt.NDArray[np.int64]


def previous(codes: npt.NDArray[np.integer]) -> Places:
    """Where the item of each word occurred last before it; -1 where nowhere.

    Examples
    --------
    >>> previous(np.array([5, 6, 5, 5])).tolist()
    [-1, -1, 0, 2]
    """
    order = np.argsort(codes, kind="stable")
    again = codes[order][1:] == codes[order][:-1]
    places = np.full(len(codes), -1, dtype=np.int64)
    places[order[1:][again]] = order[:-1][again]
    return places


@dataclass(frozen=True)
class Sequence:
    """The words of a text in order, and where each item occurred before and occurs next."""

    codes: npt.NDArray[np.integer]

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.codes)

    @cached_property
    def forward(self) -> Places:
        """The place of the previous occurrence of each word's item, read forwards."""
        return previous(self.codes)

    @cached_property
    def backward(self) -> Places:
        """The same, read from the last word to the first."""
        return previous(self.codes[::-1])


def msttr(words: Sequence, window: int) -> Value:
    """The mean type-token ratio of the full segments of the text; the rest is left out."""
    whole = len(words) // window * window
    if not whole:
        return needs(len(words), window)
    begin = np.arange(whole) // window * window
    return float((words.forward[:whole] < begin).sum() / whole)


def mattr(words: Sequence, window: int) -> Value:
    """The mean type-token ratio of all windows of the text."""
    n = len(words)
    if n < window:
        return needs(n, window)
    place = np.arange(n)
    # the windows in which a word is the first of its item begin after the previous occurrence,
    # hold the word, and end in the text
    earliest = np.maximum(words.forward + 1, place - window + 1)
    latest = np.minimum(place, n - window)
    firsts = np.maximum(latest - np.maximum(earliest, 0) + 1, 0).sum()
    return float(firsts / (n - window + 1) / window)


def mtld(words: Sequence) -> Value:
    """The mean length of the stretches whose type-token ratio falls to 0.72."""
    return _mtld(words, operator.le)


def mtld_below(words: Sequence) -> Value:
    """The mean length of the stretches whose type-token ratio falls below 0.72."""
    return _mtld(words, operator.lt)


def _mtld(words: Sequence, reached: Callable[[float, float], bool]) -> Value:
    lengths = []
    for places in (words.forward, words.backward):
        full, rest = _factors(places, reached)
        if not full:
            to = "to" if reached is operator.le else "below"
            return f"the type-token ratio never falls {to} {CUT} in {len(words)} words"
        lengths.append(len(words) / (full + rest))
    return sum(lengths) / len(lengths)


def _factors(places: Places, reached: Callable[[float, float], bool]) -> tuple[int, float]:
    """How many stretches reach the cut, and how far the rest has come towards it."""
    full = begin = types = length = 0
    ratio = 1.0
    for before in places.tolist():
        length += 1
        types += before < begin
        ratio = types / length
        if reached(ratio, CUT):
            full += 1
            begin += length
            types = length = 0
    return full, (1 - ratio) / (1 - CUT) if length else 0.0


OF_WINDOWS: dict[str, Callable[[Sequence, int], Value]] = {"msttr": msttr, "mattr": mattr}
OF_SEQUENCE: dict[str, Callable[[Sequence], Value]] = {"mtld": mtld, "mtld_below": mtld_below}
