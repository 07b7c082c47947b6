"""Lists of items that are passed as options: stop words, items that are wanted."""

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

Items = Collection[str] | Collection[tuple[str, ...]]


def listed(function: str, name: str, items: Items | None, *, columns: int = 1) -> list[Any]:
    """The items of a collection, each once: strings, or tuples where `by` names several columns.

    Examples
    --------
    >>> listed("ngrams", "stop_words", ["في", "من", "في"])
    ['في', 'من']
    >>> listed("ngrams", "stop_words", "في")
    Traceback (most recent call last):
    ValueError: ngrams: stop_words='في' is one string; pass a list of items.
    """
    if isinstance(items, str) or not isinstance(items, Iterable | None):
        what = "one string" if isinstance(items, str) else "no list"
        raise ValueError(f"{function}: {name}={items!r:.60} is {what}; pass a list of items.")
    if isinstance(items, pd.DataFrame):
        raise ValueError(
            f"{function}: {name} is a DataFrame, whose items are its columns; pass a list of "
            "items, such as counts.stop_words() or list(table.index)."
        )
    given = [] if items is None else list(items)
    for item in given:
        parts = [item] if columns == 1 else item if isinstance(item, tuple) else []
        if len(parts) != columns or not all(isinstance(part, str) for part in parts):
            named = "one column" if columns == 1 else f"{columns} columns"
            wanted = "strings" if columns == 1 else f"tuples of {columns} strings"
            raise ValueError(
                f"{function}: {name} has {item!r:.60}, and by= names {named}; pass {wanted}."
            )
    return list(dict.fromkeys(given))
