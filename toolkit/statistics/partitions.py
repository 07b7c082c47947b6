"""Tables larger than memory: what is counted in each partition of a Dask DataFrame, added up.

A partition is read, counted and let go; the counts of some partitions are added up as soon as they
are there. So memory holds a partition for each thread, the counts of a few, and one sum.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from toolkit.columns import coded

AT_ONCE = 8  # how many counts are added up at a time
NO_DOCS = pd.Index([], dtype="str")

Found = TypeVar("Found")


def reduced(
    tables: Sequence[tuple[Any, Sequence[str]]],
    count: Callable[..., Found],
    combine: Callable[[list[Found]], Found],
    *,
    shared: Sequence[Any] = (),
) -> Found:
    """What is found in all partitions of Dask tables, computed where Dask is set to compute.

    Parameters
    ----------
    tables : sequence of tuple
        Each table and the columns that are read of it; several have as many partitions.
    count : callable
        Makes what is wanted of the pandas table of one partition of each, and of `shared`.
    combine : callable
        Makes one of several of these, which come in the order of the partitions.
    shared : sequence
        What `count` needs besides; sent to each worker of a cluster once.
    """
    import dask.config
    from dask.delayed import delayed

    known = [delayed(each) for each in shared]
    # Dask would read several files as one partition where few of their columns are wanted; their
    # categories would be united, which takes as long as the counting.
    with dask.config.set({"optimization.tune.active": False}):
        parts = [table[list(dict.fromkeys(columns))].to_delayed() for table, columns in tables]
    found = [delayed(count)(*together, *known) for together in zip(*parts, strict=True)]
    while len(found) > 1:
        groups = [found[first : first + AT_ONCE] for first in range(0, len(found), AT_ONCE)]
        found = [delayed(combine)(group) for group in groups]
    whole: Found = found[0].compute()
    return whole


@dataclass(frozen=True)
class Tally:
    """What was counted in some partitions.

    Attributes
    ----------
    counts : DataFrame
        One row per item, in any order; index = item; columns of numbers that add up.
    totals : dict
        Numbers that add up and belong to no item, such as ``n``.
    docs : Index
        The documents of the rows, where they matter.
    """

    counts: pd.DataFrame
    totals: dict[str, int]
    docs: pd.Index = field(default_factory=lambda: NO_DOCS)


def added_up(tallies: Sequence[Tally], *, function: str = "") -> Tally:
    """One tally of several, whose partitions must have no document in common.

    Examples
    --------
    >>> one = Tally(pd.DataFrame({"freq": [2]}, index=["قلم"]), {"n": 3}, pd.Index(["a"]))
    >>> other = Tally(pd.DataFrame({"freq": [1, 1]}, index=["قلم", "باب"]), {"n": 2})
    >>> both = added_up([one, other])
    >>> both.counts["freq"].to_dict(), both.totals, both.docs.tolist()
    ({'قلم': 3, 'باب': 1}, {'n': 5}, ['a'])
    >>> added_up([one, one], function="frequencies")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: frequencies: document 'a' lies in two partitions of the table...
    """
    counts = pd.concat([tally.counts for tally in tallies])
    levels = list(range(counts.index.nlevels))
    totals = {name: sum(each.totals[name] for each in tallies) for name in tallies[0].totals}
    docs = tallies[0].docs.append([tally.docs for tally in tallies[1:]])
    _check_different(function, docs)
    return Tally(counts.groupby(level=levels, sort=False).sum(), totals, docs)


def _check_different(function: str, docs: pd.Index) -> None:
    """Refuse a document that was met twice: it would count as two, and its sentences as cut."""
    twice = docs[docs.duplicated()]
    if not len(twice):
        return
    named = "rows without a document lie" if pd.isna(twice[0]) else f"document {twice[0]!r} lies"
    raise ValueError(
        f"{function}: {named} in two partitions of the table, where it would be counted as two; "
        "read the folder that pipeline.annotate_to wrote, whose parts hold whole documents, with "
        "dask.dataframe.read_parquet(folder, split_row_groups=False) and leave its partitions as "
        "they are."
    )


def documents(part: pd.DataFrame, *, missing: bool) -> pd.Index:
    """The documents of a table, each once, and perhaps a missing one where rows have none."""
    column = coded(part, ["doc"])
    present = np.unique(column.codes)
    found = column.items.take(present[present >= 0])
    if missing and present.min(initial=0) < 0:
        return found.append(pd.Index([None], dtype="str"))
    return found
