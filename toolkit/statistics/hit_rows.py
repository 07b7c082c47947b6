"""The rows of hits that a user kept: which they are, and that they are of this table."""

import numpy as np
import pandas as pd

from toolkit import columns
from toolkit.statistics.context import last_end
from toolkit.statistics.query import Rows


def rows_of(table: pd.DataFrame, found: pd.DataFrame) -> tuple[Rows, Rows]:
    """The rows of some hits, which must be of this table."""
    told = ["doc", "form", "width", "start"]
    columns.require("kwic", found, told, advice="Pass a table of concordance.hits.")
    numbered = pd.api.types.is_integer_dtype(found.index.dtype)
    first = found.index.to_numpy(dtype=np.int64) if numbered else np.full(len(found), -1)
    width = _widths(found)
    last = first + np.minimum(width, len(table) + 1)
    inside = (first >= 0) & (width >= 1) & (last <= len(table))
    if not inside.all() or not _are_at(table, first, last, found):
        raise ValueError(
            "kwic: the hits are not of this table; pass the table that they were found in, "
            "and hits whose index is still that of concordance.hits, as is their width."
        )
    return first, last


def _widths(found: pd.DataFrame) -> Rows:
    """The rows of each hit, 0 where that is no whole number."""
    given = pd.to_numeric(found["width"], errors="coerce").to_numpy("float64", na_value=np.nan)
    sound = np.where(np.abs(given) < np.iinfo(np.int32).max, given, 0)
    return np.where(sound % 1 == 0, sound, 0).astype(np.int64)


def _are_at(table: pd.DataFrame, rows: Rows, last: Rows, found: pd.DataFrame) -> bool:
    """Whether hits have the document, form and start of these rows, and the end of the last."""
    if not (table["start"].to_numpy()[rows] == found["start"].to_numpy()).all():
        return False
    if "end" in found and not (last_end(table, rows, last) == found["end"].to_numpy()).all():
        return False
    pairs = [(table[name].array.take(rows), found[name].array) for name in ("doc", "form")]
    return all(one.equals(two) or one.astype("str").equals(two.astype("str")) for one, two in pairs)
