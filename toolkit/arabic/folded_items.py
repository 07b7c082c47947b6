"""Many items with their spelling folded, as `normalise.fold` folds each, but all at once."""

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.normalise import fold
from toolkit.statistics.alignment import as_arrow

_LETTERS = 0x700  # letters beyond are folded one by one


@cache
def _letter_table() -> npt.NDArray[np.uint32]:
    """The folded letter of each letter that folds by itself, whatever stands beside it, or 0."""
    table = np.zeros(_LETTERS + 1, dtype=np.uint32)
    for code in (*range(0x20, 0x7F), *range(0x600, _LETTERS)):
        letter, plain = chr(code), fold(chr(code))
        if len(plain) == 1 and unicodedata.category(letter)[0] not in "MC":
            table[code] = ord(plain)
    return table


def folded(items: pd.Index) -> pd.Index:
    """The folded spelling of each item; letters alone are folded all at once."""
    joined = _joined(items)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4")
    plain = _letter_table()[np.minimum(letters, _LETTERS)]
    breaks = letters == 0x0A
    plain[breaks] = 0x0A
    if np.count_nonzero(breaks) != len(items) - 1:  # no item, or a line break in one
        return pd.Index(list(map(fold, items)), dtype="str")
    together: str = plain.tobytes().decode("utf-32-le")
    pieces = pc.split_pattern(pa.array([together], pa.large_string()), "\n").flatten()
    spellings = pd.Series(pd.array(pieces, dtype="str"))
    others = np.unique(np.cumsum(breaks)[plain == 0])
    if len(others):
        spellings.iloc[others] = [fold(item) for item in items.take(others)]
    return pd.Index(spellings)


def _joined(items: pd.Index) -> str:
    """The items with a line break between each two, without a Python string for each."""
    strings = as_arrow(items).cast(pa.large_string())
    one_list = pa.ListArray.from_arrays(pa.array([0, len(strings)], pa.int32()), strings)
    joined: str = pc.binary_join(one_list, pa.scalar("\n", pa.large_string()))[0].as_py()
    return joined
