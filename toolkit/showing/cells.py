"""The cells of a table: numbers, missing values, texts."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from numbers import Integral, Real
from typing import Any

import pandas as pd

from toolkit.showing.pieces import is_missing, isolated

NUMBER = 'class="mudawwana-number"'


def column_cells(
    values: "pd.Series[Any]", shown: int, decimals: int | Mapping[Any, int] | None
) -> list[str]:
    """The cells of the first rows of a column; the whole column decides its decimals."""
    places = decimals.get(values.name) if isinstance(decimals, Mapping) else decimals
    if places is None:
        places = 2 if _has_fractions(values) else 0
    return [_cell(value, places) for value in values.head(shown)]


def heading_kind(cells: Sequence[str]) -> str:
    """The class of the heading over these cells: numbers stand at the right, and so it does."""
    return f" {NUMBER}" if any(NUMBER in cell for cell in cells) else ""


def index_cell(value: Any) -> str:
    """A cell of the index, shown as it is."""
    return f'<th scope="row">{"–" if is_missing(value) else isolated(value)}</th>'


def _has_fractions(values: "pd.Series[Any]") -> bool:
    dtype = values.dtype
    if pd.api.types.is_float_dtype(dtype):
        return bool((values.dropna() % 1).dropna().ne(0).any())
    mixed = pd.api.types.is_object_dtype(dtype) or isinstance(dtype, pd.CategoricalDtype)
    return mixed and any(_is_fraction(value) for value in values)


def _is_fraction(value: Any) -> bool:
    return _is_number(value) and math.isfinite(value) and value % 1 != 0


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _cell(value: Any, places: int) -> str:
    if is_missing(value):
        return "<td>–</td>"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if not _is_number(value):
        return f"<td>{isolated(value)}</td>"
    number = f"{value:,}" if isinstance(value, Integral) else f"{float(value):z,.{places}f}"
    number = number.replace("inf", "∞").replace("-", "−")
    return f'<td {NUMBER} dir="ltr">{number}</td>'
