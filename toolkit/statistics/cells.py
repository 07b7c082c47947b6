"""Cells and margins of contingency tables as arrays: what every measure computes with."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy

from toolkit.columns import require

Floats = npt.NDArray[np.float64]

OBSERVED = ("O11", "O12", "O21", "O22")
EXPECTED = ("E11", "E12", "E21", "E22")


@dataclass(frozen=True)
class Cells:
    """Observed cells of many tables, one array each, and what follows from them.

    Attributes
    ----------
    index : Index
        The items, one a table.
    o11, o12, o21, o22 : array of float
        The cells: the item and the other items (columns) in the target and elsewhere (rows).
    """

    index: pd.Index
    o11: Floats
    o12: Floats
    o21: Floats
    o22: Floats

    @cached_property
    def r1(self) -> Floats:
        """Size of the target."""
        return self.o11 + self.o12

    @cached_property
    def r2(self) -> Floats:
        """Size of the rest."""
        return self.o21 + self.o22

    @cached_property
    def c1(self) -> Floats:
        """Frequency of the item in all."""
        return self.o11 + self.o21

    @cached_property
    def c2(self) -> Floats:
        """Frequency of the other items in all."""
        return self.o12 + self.o22

    @cached_property
    def n(self) -> Floats:
        """Sum of the four cells."""
        return self.r1 + self.r2

    @cached_property
    def e11(self) -> Floats:
        """Frequency of the item in the target if it had no preference."""
        return ratio(self.r1 * self.c1, self.n)

    @property
    def observed(self) -> list[Floats]:
        """The four cells."""
        return [self.o11, self.o12, self.o21, self.o22]

    @property
    def expected(self) -> list[Floats]:
        """The four cells if the item had no preference."""
        rest = [(self.r1, self.c2), (self.r2, self.c1), (self.r2, self.c2)]
        return [self.e11, *(ratio(row * column, self.n) for row, column in rest)]

    @cached_property
    def difference(self) -> Floats:
        """O11 - E11; the other cells differ by as much, with changing sign."""
        return ratio(self.o11 * self.o22 - self.o12 * self.o21, self.n)

    @property
    def sign(self) -> Floats:
        """1 where the item is more frequent in the target than expected, -1 where it is less."""
        return np.sign(self.difference)

    @property
    def defined(self) -> npt.NDArray[np.bool_]:
        """Whether the item occurs and both rows hold something."""
        return (self.r1 > 0) & (self.r2 > 0) & (self.c1 > 0)

    def scores(self, name: str, values: Floats) -> pd.Series:
        """The values as a column named after their measure, NaN where the table is not defined."""
        return pd.Series(np.where(self.defined, values, np.nan), index=self.index, name=name)


def cells(function: str, obs: pd.DataFrame) -> Cells:
    """The cells of a table with the columns O11, O12, O21 and O22.

    Examples
    --------
    >>> table = pd.DataFrame({"O11": [4], "O12": [6], "O21": [1], "O22": [9]}, index=["قلم"])
    >>> cells("mi", table).e11.tolist()
    [2.5]
    >>> cells("mi", table[["O11"]])
    Traceback (most recent call last):
    ValueError: mi: no column 'O12' in the table; its columns are O11. Make it with
    contingency.observed or keyness.observed.
    """
    advice = "Make it with contingency.observed or keyness.observed."
    require(function, obs, OBSERVED, advice=advice)
    columns = [obs[name].to_numpy(dtype="float64", na_value=np.nan) for name in OBSERVED]
    return Cells(obs.index, *columns)


def ratio(above: Floats, below: Floats) -> Floats:
    """One divided by the other: by 0 infinite, and NaN for 0 by 0.

    Examples
    --------
    >>> ratio(np.array([1.0, 1.0, 0.0]), np.array([2.0, 0.0, 0.0])).tolist()
    [0.5, inf, nan]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(above, below)


def log(values: Floats, base: float = 2) -> Floats:
    """Logarithm: of 0 minus infinity, of a negative number NaN.

    Examples
    --------
    >>> log(np.array([8.0, 1.0, 0.0])).tolist()
    [3.0, 0.0, -inf]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        if base == 2:
            return np.log2(values)
        return np.log10(values) if base == 10 else np.log(values) / np.log(base)


def x_log_ratio(observed: Floats, expected: Floats, epsilon: float = 0) -> Floats:
    """Observed * ln(observed / expected + epsilon), where 0 * ln 0 = 0.

    Examples
    --------
    >>> x_log_ratio(np.array([2.0, 0.0]), np.array([2.0, 3.0])).tolist()
    [0.0, 0.0]
    """
    with np.errstate(invalid="ignore"):
        quotient = np.where(observed == 0, 1.0, ratio(observed, expected) + epsilon)
        found: Floats = xlogy(observed, quotient)
    return found
