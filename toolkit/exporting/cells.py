"""The columns of a table as they are written to a file that has no index."""

from typing import Any

import pandas as pd

from toolkit.columns import require

ADVICE = "Pass a table, or several in a dictionary by name."


def named_columns(function: str, table: Any) -> dict[str, pd.Series]:
    """The columns of a table by name, those of its index first where it says something.

    An index says something unless it is unnamed and holds whole numbers, the places of rows. A
    name that occurs twice gets a number.

    Examples
    --------
    >>> freqs = pd.DataFrame({"freq": [2]}, index=pd.Index(["قال"], name="lemma"))
    >>> list(named_columns("write_csv", freqs))
    ['lemma', 'freq']
    >>> list(named_columns("write_csv", freqs.reset_index()))
    ['lemma', 'freq']
    """
    require(function, table, [], advice=ADVICE)
    index = table.index
    of_places = index.nlevels == 1 and index.name is None and _is_whole(index)
    levels = [] if of_places else [index.get_level_values(place) for place in range(index.nlevels)]
    columns = [(_text(level.name, "item"), level.to_series()) for level in levels]
    columns += [(_text(name, ""), table.iloc[:, place]) for place, name in enumerate(table.columns)]
    found: dict[str, pd.Series] = {}
    for name, column in columns:
        number, free = 1, name
        while free in found:
            number += 1
            free = f"{name}_{number}"
        found[free] = column.reset_index(drop=True)
    return found


def _is_whole(index: pd.Index) -> bool:
    return bool(pd.api.types.is_integer_dtype(index.dtype)) or not len(index)


def _text(name: Any, otherwise: str) -> str:
    if isinstance(name, tuple):
        return " ".join(str(part) for part in name if str(part))
    return otherwise if name is None else str(name)
