"""Filters by metadata: which columns of the texts can be filtered, by what, which texts pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit.arabic.collation import collation_key
from toolkit.columns import Mask
from toolkit.exploring.state import Among, Between, Filter
from toolkit.showing.pieces import is_missing

# What a text is and where it lay are no metadata of it.
NO_METADATA = ("doc", "text", "body_start", "path", "encoding", "sha256")
MOST_VALUES = 300
_DAY = re.compile(r"-?\d{4,6}-\d\d-\d\d")


@dataclass(frozen=True)
class Facet:
    """A column by which texts are filtered.

    Attributes
    ----------
    column : str
        The column of the texts.
    kind : str
        ``among`` (values are chosen), ``number`` or ``day`` (a range).
    choices : tuple
        Of ``among`` the values, most texts first, None for a missing one at the end; else the
        smallest and the largest.
    missing : int
        Texts without a value.
    """

    column: str
    kind: str
    choices: tuple[Any, ...]
    missing: int


def facets_of(texts: pd.DataFrame) -> list[Facet]:
    """The columns that part the texts, in their order.

    Numbers and days give a range. Other columns give choices where they part the texts: two values
    or more, at most `MOST_VALUES`, and not another one for every text, as titles are.
    """
    found = [_facet(texts, name) for name in texts.columns if name not in NO_METADATA]
    return [facet for facet in found if facet is not None]


def _facet(texts: pd.DataFrame, name: Any) -> Facet | None:
    values = texts[name]
    present = values.dropna()
    missing = len(values) - len(present)
    if present.empty or not isinstance(name, str):
        return None
    if pd.api.types.is_bool_dtype(values.dtype):
        return _choices(name, present, missing)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _range(name, "number", present, missing)
    days = comparable(present)
    if days.map(lambda day: bool(_DAY.fullmatch(str(day)))).all():
        return _range(name, "day", days, missing)
    return _choices(name, present, missing)


def _range(name: str, kind: str, present: "pd.Series[Any]", missing: int) -> Facet | None:
    first, last = (_plain(value) for value in (present.min(), present.max()))
    return Facet(name, kind, (first, last), missing) if first != last else None


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _choices(name: str, present: "pd.Series[Any]", missing: int) -> Facet | None:
    if not all(isinstance(value, (str, bool, int, float)) for value in present):
        return None
    counted = present.value_counts()
    counted = counted[counted > 0]
    kinds = len(counted) + bool(missing)
    one_each = len(counted) == len(present) and len(counted) > 1
    if not 2 <= kinds <= MOST_VALUES or one_each:
        return None
    order = sorted(counted.items(), key=lambda each: (-each[1], collation_key(str(each[0]))))
    values = [_plain(value) for value, _ in order]
    return Facet(name, "among", tuple([*values, None] if missing else values), missing)


def comparable(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Points in time as ISO days, which are compared with those of a filter; all else as it is."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days: pd.Series[Any] = values.dt.strftime("%Y-%m-%d")
        return days
    return values


def passing(texts: pd.DataFrame, filters: Mapping[str, Filter], *, but: str | None = None) -> Mask:
    """Which texts pass all filters, that of one column left out where it is named."""
    chosen = np.ones(len(texts), dtype=bool)
    for column, filter_ in filters.items():
        if column != but:
            chosen &= _passes(texts, column, filter_)
    return chosen


def _passes(texts: pd.DataFrame, column: str, filter_: Filter) -> Mask:
    if column not in texts.columns:
        raise ValueError(
            f"explore: no column {column!r} in the texts; there are "
            f"{', '.join(map(str, texts.columns))}. Filter by one of them."
        )
    values = comparable(texts[column])
    if isinstance(filter_, Among):
        known = [value for value in filter_.choices if value is not None]
        found = values.isin(known)
        return np.asarray(found | values.isna() if None in filter_.choices else found, dtype=bool)
    chosen = np.asarray(values.notna(), dtype=bool)
    if filter_.first is not None:
        chosen = chosen & _mask(values >= filter_.first)
    if filter_.last is not None:
        chosen = chosen & _mask(values <= filter_.last)
    return chosen


def _mask(found: "pd.Series[Any]") -> Mask:
    """Where something is known to hold."""
    return np.asarray(found.fillna(False), dtype=bool)


def counts_of(
    texts: pd.DataFrame, facets: list[Facet], filters: Mapping[str, Filter]
) -> dict[int, list[int]]:
    """For each choice of each facet, how many texts have it and pass the filters of the others."""
    found = {}
    for place, facet in enumerate(facets):
        if facet.kind != "among":
            continue
        column = texts.loc[passing(texts, filters, but=facet.column), facet.column]
        counted = column.value_counts()
        missing = int(column.isna().sum())
        found[place] = [
            missing if value is None else int(counted.get(value, 0)) for value in facet.choices
        ]
    return found


def filter_of(facet: Facet, given: Mapping[str, Any]) -> Filter | None:
    """The filter that the browser asks for, None where it leaves nothing out.

    Choices are asked for by their number, so that no value has to survive the way there and back.
    """
    if facet.kind == "among":
        numbers = [number for number in given["among"] if number in range(len(facet.choices))]
        return Among(tuple(facet.choices[number] for number in numbers)) if numbers else None
    first, last = (_border(facet, value) for value in given["between"])
    if first is not None and last is not None and first > last:
        first, last = last, first  # between two values, whichever was typed first
    return None if first is None and last is None else Between(first, last)


def _border(facet: Facet, value: Any) -> Any:
    if value is None or is_missing(value) or str(value).strip() == "":
        return None
    if facet.kind == "day":
        return str(value)
    number = float(value)
    return int(number) if number.is_integer() else number
