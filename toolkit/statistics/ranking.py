"""The places of scores, of which those that differ by rounding alone are equal."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

# Two ways of computing one score differ by less, and different scores by more.
DIGITS = 1e-12
NEAR_ZERO = 1e-15


def places(scores: pd.Series | npt.ArrayLike, *, rising: bool = False) -> npt.NDArray[np.int64]:
    """The place of each score from the best, 0, equal ones sharing one and missing ones the last.

    Scores that agree to about 12 digits are equal, as those of two items are that are the same
    formula of other frequencies: the order of such items is no matter of chance.

    Parameters
    ----------
    scores : Series or array
        Scores, or whole numbers, which are compared as they are.
    rising : bool
        Whether the lowest is the best, as of probabilities, which may be as small as they like.

    Examples
    --------
    >>> places([0.5, 0.7369655941662062, np.nan, 0.736965594166206]).tolist()
    [1, 0, 2, 0]
    >>> places([1e-30, 1e-20, 1e-30], rising=True).tolist()
    [0, 1, 0]
    >>> places(pd.Series([2, 3, None], dtype="Int64")).tolist()
    [1, 0, 2]
    """
    given = pd.Series(scores)
    whole = isinstance(given.dtype, np.dtype) and given.dtype.kind in "iu"
    values: npt.NDArray[Any] = (
        given.to_numpy(np.int64) if whole else given.to_numpy(np.float64, na_value=np.nan)
    )
    order = np.argsort(values if rising else -values, kind="stable")
    best_first = values[order]
    new = best_first[1:] != best_first[:-1]
    if not whole:
        nearest = 0.0 if rising else NEAR_ZERO
        new &= ~np.isclose(
            best_first[1:], best_first[:-1], rtol=DIGITS, atol=nearest, equal_nan=True
        )
    found = np.empty(len(values), dtype=np.int64)
    found[order] = np.append(np.zeros(min(len(values), 1), dtype=np.int64), np.cumsum(new))
    return found
