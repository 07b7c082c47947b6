"""Documents chosen by their metadata, for the option --where of the command line."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import require
from toolkit.command.types import Condition
from toolkit.corpus import TABLES, Corpus

Mask = npt.NDArray[np.bool_]
IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
IS_MONTH_OR_YEAR = re.compile(r"[0-9]{4}(-[0-9]{2})?")
MOST_VALUES = 12  # that a message lists


def documents(
    texts: pd.DataFrame, conditions: Sequence[Condition], *, option: str = "where"
) -> Mask:
    """Whether each text meets the conditions.

    Of one column, one of the wanted values must be there and none of the unwanted; the conditions
    of different columns must be met together. A value is the whole cell, with ``*`` for any
    characters; ``2024`` and ``2024-05`` are all their days; ``from..to``, where either may be left
    out, is a range (of days, ``..2024`` ends with the last day of 2024); nothing at all is a
    missing cell.

    Parameters
    ----------
    texts : DataFrame
        One row per document.
    conditions : sequence of Condition
        As they were given.
    option : str
        Where they were given, for messages.

    Returns
    -------
    array of bool
        One per row.

    Raises
    ------
    ValueError
        A column does not exist, or no text meets the conditions.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a", "b"], "date": ["2024-05-31", "2025-01-01"]})
    >>> documents(texts, [Condition("date", "2024..2024")]).tolist()
    [True, False]
    >>> documents(texts, [Condition("date", "2025-01")]).tolist()
    [False, True]
    """
    columns = list(dict.fromkeys(condition.column for condition in conditions))
    require(f"--{option}", texts, columns, advice=f"Pass one of them as --{option} COLUMN=VALUE.")
    met = np.ones(len(texts), dtype=bool)
    for column in columns:
        of_column = [condition for condition in conditions if condition.column == column]
        met &= _of_column(texts[column], of_column, option)
    if not met.any():
        told = " ".join(f"--{option} {condition}" for condition in conditions)
        raise ValueError(f"no document meets all of {told}.")
    return met


def _of_column(cells: pd.Series, conditions: Sequence[Condition], option: str) -> Mask:
    wanted = [condition.value for condition in conditions if condition.is_wanted]
    unwanted = [condition.value for condition in conditions if not condition.is_wanted]
    met = np.ones(len(cells), dtype=bool)
    if wanted:
        met = np.logical_or.reduce([_matching(cells, value) for value in wanted])
        if not met.any():
            raise ValueError(_unmet(cells, wanted, option))
    for value in unwanted:
        met &= ~_matching(cells, value)
    return met


def _matching(cells: pd.Series, value: str) -> Mask:
    """Which cells are the value, match it, or lie in the range that it is."""
    if not value:
        return np.asarray(cells.isna() | (cells.astype("str") == ""), dtype=bool)
    if ".." in value and pd.api.types.is_numeric_dtype(cells.dtype):
        first, _, last = value.partition("..")
        low, high = _number(first, -np.inf), _number(last, np.inf)
        if low is not None and high is not None:
            numbers = cells.astype("Float64").to_numpy("float64", na_value=np.nan)
            return np.asarray((numbers >= low) & (numbers <= high))
    texts = cells.map(lambda cell: _composed(str(cell)), na_action="ignore").astype("object")
    chosen = {text for text in texts.dropna().unique() if _is_meant(text, _composed(value))}
    return np.asarray(texts.isin(chosen), dtype=bool)


def _number(end: str, otherwise: float) -> float | None:
    """A limit of a range of numbers, and what it is where none is given; None where it is none."""
    try:
        return float(end) if end.strip() else otherwise
    except ValueError:
        return None


def _is_meant(text: str, value: str) -> bool:
    if text == value or (IS_DAY.fullmatch(text) and IS_MONTH_OR_YEAR.fullmatch(value)):
        return text.startswith(value)
    if "*" in value and ".." not in value:
        pattern = ".*".join(map(re.escape, value.split("*")))
        return re.fullmatch(pattern, text, re.DOTALL) is not None
    low, dots, high = value.partition("..")
    # "2024-05" is a limit for whole days: cut, the last days of May are not behind it
    return bool(dots) and text >= low and (not high or text[: len(high)] <= high)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _unmet(cells: pd.Series, wanted: Sequence[str], option: str) -> str:
    """What is said where no document has a value: those that there are, the near ones first."""
    present = [str(value) for value in cells.dropna().unique()]
    near = get_close_matches(wanted[0], present, n=MOST_VALUES, cutoff=0.6)
    there = list(dict.fromkeys([*near, *sorted(present)]))
    listed = ", ".join(there[:MOST_VALUES]) or "no value"
    more = f" and {len(there) - MOST_VALUES:,} more" * (len(there) > MOST_VALUES)
    told = " or ".join(f"{cells.name}={value}" for value in wanted)
    return f"--{option}: no document has {told}; there are {listed}{more}."


def with_documents(corpus: Corpus, docs: Sequence[str]) -> Corpus:
    """The corpus with these documents alone, in all of its tables.

    Problems are kept where they are those of the documents; files that could not be read have no
    metadata to be chosen by.
    """
    chosen = {
        name: table[table["doc"].astype("str").isin(docs)].reset_index(drop=True)
        if len(table := getattr(corpus, name))
        else table
        for name in TABLES
    }
    return replace(corpus, **chosen)
