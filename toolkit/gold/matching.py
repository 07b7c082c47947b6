"""Mentions of two annotations of the same texts, set side by side span by span."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import changes, names_of, require
from toolkit.gold.letters import SPAN as SPAN
from toolkit.gold.letters import of_same_texts
from toolkit.normalise import strip_diacritics, strip_tatweel

ADVICE = "Pass the entities of an annotated corpus."
LONGEST_CLITICS = 12  # code points, diacritics and tatweel with them
CLITICS = re.compile("[وف]?[بلكس]?")

Rows = npt.NDArray[np.int64]


def checked(function: str, name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The spans of a table of mentions, index from 0; what cannot be a span is refused.

    Examples
    --------
    >>> mentions = pd.DataFrame({"doc": ["a"], "start": [3], "end": [3], "type": ["PER"]})
    >>> checked("evaluate", "gold", mentions)
    Traceback (most recent call last):
    ValueError: evaluate: [3:3] of doc 'a' in gold is no span; pass 0 <= start < end.
    """
    require(function, table, [*SPAN, "type"], advice=ADVICE)
    for column in (*SPAN, "type"):
        if table[column].isna().any():
            raise ValueError(
                f"{function}: {column} is missing in {int(table[column].isna().sum())} rows of "
                f"{name}; drop them or fill it in."
            )
    found = pd.DataFrame(
        {
            "doc": table["doc"].astype("str").to_numpy(),
            "start": _whole(function, name, table["start"]),
            "end": _whole(function, name, table["end"]),
            "type": table["type"].astype("str").to_numpy(),
        }
    )
    found["text"] = _surfaces(table)
    wrong = (found["start"] < 0) | (found["end"] <= found["start"])
    if wrong.any():
        doc, start, end = found.loc[wrong, SPAN].iloc[0]
        raise ValueError(
            f"{function}: [{start}:{end}] of doc {doc!r} in {name} is no span; "
            "pass 0 <= start < end."
        )
    twice = found.duplicated([*SPAN, "type"])
    if twice.any():
        doc, start, end, kind = found.loc[twice, [*SPAN, "type"]].iloc[0]
        raise ValueError(
            f"{function}: {kind} [{start}:{end}] of doc {doc!r} is in {name} twice, as are "
            f"{int(twice.sum()) - 1} more; drop_duplicates(['doc', 'start', 'end', 'type'])."
        )
    return found


def _whole(function: str, name: str, column: pd.Series) -> Rows:
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64")
    is_whole = np.isfinite(numbers) & (numbers == np.floor(numbers))
    if not is_whole.all():
        wrong = column.to_numpy(dtype="object")[~is_whole][0]
        raise ValueError(
            f"{function}: {column.name} of {name} holds {wrong!r:.60}; pass whole numbers."
        )
    return numbers.astype(np.int64)


def _surfaces(table: pd.DataFrame) -> npt.NDArray[Any]:
    """The letters of each mention, empty where they are not known."""
    if "text" not in table.columns:
        return np.full(len(table), "", dtype=object)
    return table["text"].astype("object").fillna("").astype("str").to_numpy(dtype="object")


def annotators(
    function: str,
    tables: Any,
    names: Any,
    *,
    columns: Sequence[str] = (),
    texts: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """The spans of each of two or more annotators, of the same texts, by their names."""
    if isinstance(tables, pd.DataFrame) or not isinstance(tables, Sequence):
        raise ValueError(
            f"{function}: tables is of type {type(tables).__name__}; pass a list of tables of "
            "mentions."
        )
    given = list(map(str, names_of(function, "names", names)))
    if len(given) != len(tables) or len(tables) < 2:
        raise ValueError(
            f"{function}: {len(tables)} tables and {len(given)} names; pass two or more tables "
            "and a name for each."
        )
    wrong = [name for name in given if not name or name.split() != [name] or given.count(name) > 1]
    if wrong:
        raise ValueError(
            f"{function}: the name {wrong[0]!r} is empty, holds a space or is given twice."
        )
    for each in tables:
        require(function, each, columns, advice="Pass the entities of an annotated corpus.")
    plain = [checked(function, name, each) for name, each in zip(given, tables, strict=True)]
    return dict(zip(given, of_same_texts(function, given, plain, texts=texts), strict=True))


def without_clitics_apart(tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The tables with one start for all spans that differ by proclitics on their front alone.

    Of spans that end together and of which one has و ف ب ل ك س more on its front, each begins
    where the shortest does.

    Examples
    --------
    >>> columns = ["doc", "start", "end", "type", "text"]
    >>> one = pd.DataFrame([("a", 0, 5, "LOC", "ودمشق")], columns=columns)
    >>> other = pd.DataFrame([("a", 1, 5, "LOC", "دمشق")], columns=columns)
    >>> [table["start"].tolist() for table in without_clitics_apart([one, other])]
    [[1], [1]]
    """
    whole = pd.concat(
        [table.assign(table=number, row=table.index) for number, table in enumerate(tables)],
        ignore_index=True,
    )
    order = whole.sort_values(["doc", "end", "start"], ascending=[True, True, False], kind="stable")
    places = order[["start", "end"]].to_numpy()
    together = ~changes(order["end"].to_numpy()) & ~changes(pd.factorize(order["doc"])[0])
    longer = np.r_[0, places[:-1, 0]] - places[:, 0]
    near = np.flatnonzero(together & (longer > 0) & (longer <= LONGEST_CLITICS))
    surfaces = order["text"].to_numpy(dtype="object")
    linked = together & (longer == 0)
    linked[near] = [is_proclitic(surfaces[row][: longer[row]]) for row in near]
    first_of_chain = np.maximum.accumulate(np.where(linked, 0, np.arange(len(order))))
    order["start"] = places[first_of_chain, 0] if len(order) else order["start"]
    found = [part.set_index("row").sort_index() for _, part in order.groupby("table")]
    starts = {number: part["start"] for number, part in zip(_tables(order), found, strict=True)}
    return [
        table.assign(start=starts[number]) if number in starts else table
        for number, table in enumerate(tables)
    ]


def _tables(order: pd.DataFrame) -> list[int]:
    return sorted(map(int, order["table"].unique()))


def is_proclitic(letters: str) -> bool:
    """Whether letters on the front of a name are one-letter words alone, such as و or ول.

    Examples
    --------
    >>> [is_proclitic(letters) for letters in ("و", "فَلِ", "ال", "")]
    [True, True, False, False]
    """
    plain = strip_tatweel(strip_diacritics(letters))
    return bool(plain) and CLITICS.fullmatch(plain) is not None


def overlaps(one: pd.DataFrame, other: pd.DataFrame) -> tuple[Rows, Rows, Rows]:
    """The rows of every two spans that share letters, and how many code points they share.

    Examples
    --------
    >>> one = pd.DataFrame({"doc": ["a", "b"], "start": [0, 0], "end": [5, 5]})
    >>> other = pd.DataFrame({"doc": ["a", "a"], "start": [3, 5], "end": [9, 9]})
    >>> [rows.tolist() for rows in overlaps(one, other)]
    [[0], [0], [2]]
    """
    (starts, ends), (other_starts, other_ends) = _on_one_line(one, other)
    order = np.argsort(other_starts, kind="stable")
    sorted_starts = other_starts[order]
    # spans may be nested, so ends are not in order; the furthest end so far is
    reached = np.maximum.accumulate(other_ends[order])
    first = np.searchsorted(reached, starts, side="right")
    last = np.maximum(np.searchsorted(sorted_starts, ends, side="left"), first)
    sizes = last - first
    rows = np.repeat(np.arange(len(starts)), sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    other_rows = order[np.repeat(first, sizes) + within]
    shared = np.minimum(ends[rows], other_ends[other_rows]) - np.maximum(
        starts[rows], other_starts[other_rows]
    )
    kept = shared > 0
    return rows[kept], other_rows[kept], shared[kept]


def _on_one_line(*tables: pd.DataFrame) -> list[tuple[Rows, Rows]]:
    """Starts and ends of the spans as if all documents stood one after the other."""
    codes = pd.factorize(pd.concat([table["doc"] for table in tables]))[0]
    longest = max((int(table["end"].max()) for table in tables if len(table)), default=0)
    found, begin = [], 0
    for table in tables:
        shift = codes[begin : begin + len(table)] * (longest + 1)
        begin += len(table)
        found.append((table["start"].to_numpy() + shift, table["end"].to_numpy() + shift))
    return found


def pairs(gold: pd.DataFrame, predicted: pd.DataFrame) -> tuple[Rows, Rows]:
    """The rows of mentions that stand for one another, each in one pair at most.

    The same span and type come first, then the same span, then spans that overlap and have one
    type, then other ones that overlap; of equal candidates the one that shares more, then the
    one that stands first in the text.
    """
    rows, others, shared = overlaps(gold, predicted)
    starts, ends, kinds = (
        gold[column].to_numpy()[rows] == predicted[column].to_numpy()[others]
        for column in ("start", "end", "type")
    )
    places = [gold["start"].to_numpy()[rows], predicted["start"].to_numpy()[others]]
    names = [pd.factorize(table["type"], sort=True)[0] for table in (gold, predicted)]
    order = np.lexsort(
        (names[1][others], names[0][rows], *places[::-1], -shared, ~kinds, ~(starts & ends))
    )
    return _one_to_one(rows[order], others[order])


def _one_to_one(rows: Rows, others: Rows) -> tuple[Rows, Rows]:
    """The first pair of each row whose partner is still free."""
    taken: tuple[set[int], set[int]] = (set(), set())
    kept = []
    for place, (row, other) in enumerate(zip(rows.tolist(), others.tolist(), strict=True)):
        if row not in taken[0] and other not in taken[1]:
            taken[0].add(row)
            taken[1].add(other)
            kept.append(place)
    return rows[kept], others[kept]
