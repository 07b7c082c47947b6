"""Pairs of items that share a unit of text, counted: what `toolkit.cooccurrence` is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from toolkit.columns import Coded, require
from toolkit.statistics.units import Numbers, Units

_CHUNK = 1 << 22  # pairs of mentions counted at a time


def counted_pairs(places: Units, names: Coded, min_freq: int) -> pd.DataFrame:
    """The pairs of names that share units, in the order of their code points.

    Parameters
    ----------
    places : Units
        Which mention stands in which unit.
    names : Coded
        For each mention its name and type.
    min_freq : int
        The fewest units that a pair shares.

    Returns
    -------
    DataFrame
        One row per pair, as of `cooccurrence.cooccurrence`, without expectation and measures.
    """
    items = _in_order(names)
    seen = _seen(places, items)
    freq, docs = _alone(seen, len(items.items))
    # a rarer name is in no pair that is frequent enough
    often = seen[freq[seen["item"].to_numpy()] >= min_freq]
    label = items.items.get_level_values(0)
    pairs = _pairs(often, pd.factorize(label)[0].astype(np.int64))
    pairs = pairs[pairs["freq"] >= min_freq].sort_values(["a", "b"])
    one, other = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    kinds = items.items.get_level_values(-1)
    columns = {
        "type_a": pd.Series(kinds.take(one).to_numpy(), dtype="str").array,
        "type_b": pd.Series(kinds.take(other).to_numpy(), dtype="str").array,
        "freq": pairs["freq"].to_numpy(),
        "freq_a": freq[one],
        "freq_b": freq[other],
        "n": np.full(len(pairs), places.n, dtype=np.int64),
        "docs": pairs["docs"].to_numpy(),
        "docs_a": docs[one],
        "docs_b": docs[other],
    }
    index = [label.take(one), label.take(other)]
    return pd.DataFrame(columns, index=pd.MultiIndex.from_arrays(index, names=["name_a", "name_b"]))


def _in_order(items: Coded) -> Coded:
    """The items by code point, so that the lower number of two is the first of a pair."""
    order = np.asarray(items.items.argsort(), dtype=np.intp)
    place = np.full(len(order) + 1, -1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return Coded(place[items.codes], items.items.take(order))


def _seen(places: Units, items: Coded) -> pd.DataFrame:
    """Each item of each unit, once, with the size and the document of the unit."""
    seen = pd.DataFrame({"unit": places.unit, "item": items.codes[places.row]})
    seen = seen[seen["item"] >= 0].drop_duplicates().sort_values(["unit", "item"])
    unit = seen["unit"].to_numpy()
    return seen.assign(units=places.size[unit], doc=places.doc[unit])


def _alone(seen: pd.DataFrame, items: int) -> tuple[Numbers, Numbers]:
    """In how many units each item is, and in how many documents."""
    freq, docs = np.zeros((2, items), dtype=np.int64)
    np.add.at(freq, seen["item"].to_numpy(), seen["units"].to_numpy())
    np.add.at(docs, seen[["item", "doc"]].drop_duplicates()["item"].to_numpy(), 1)
    return freq, docs


def _pairs(seen: pd.DataFrame, name: Numbers) -> pd.DataFrame:
    """Each pair of items that share a unit: how many units, and how many documents."""
    keys = ["a", "b", "doc"]
    parts = [part.groupby(keys, sort=False).sum() for part in _chunks(seen, name)]
    every = pd.concat(parts).groupby(keys, sort=False)["units"].sum().reset_index()
    found = every.groupby(["a", "b"], sort=False)["units"].agg(freq="sum", docs="size")
    return found.reset_index()


def _chunks(seen: pd.DataFrame, name: Numbers) -> Iterator[pd.DataFrame]:
    """All pairs of the items of each unit, but for two of one name, some millions at a time."""
    unit, item = seen["unit"].to_numpy(), seen["item"].to_numpy()
    # how many items of its unit stand after each
    after = np.searchsorted(unit, unit, side="right") - np.arange(len(unit)) - 1
    ends = np.cumsum(after)
    cuts = np.searchsorted(ends, np.arange(_CHUNK, after.sum(), _CHUNK)) + 1
    borders = np.unique([0, *cuts, len(unit)])
    if len(borders) == 1:
        borders = np.zeros(2, dtype=np.int64)  # one table without rows
    for begin, end in pairwise(borders):
        number = after[begin:end]
        first = np.repeat(np.arange(begin, end), number)
        nth = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        second = first + 1 + nth
        differ = name[item[first]] != name[item[second]]
        one, other = first[differ], second[differ]
        rows = seen.iloc[one][["doc", "units"]].reset_index(drop=True)
        yield rows.assign(a=item[one], b=item[other])


@dataclass(frozen=True)
class Ends:
    """The names of a table of pairs, and which of them each pair has.

    Attributes
    ----------
    names : DataFrame
        One row per name and type, the most frequent first, ties by code point. Index: the name,
        with its type in brackets where it stands with two; columns ``name``, ``type``, ``freq``
        and, where asked for, ``docs``.
    a, b : array of int
        For each pair the rows of its names.
    """

    names: pd.DataFrame
    a: Numbers
    b: Numbers


def ends_of(
    function: str, pairs: pd.DataFrame, *, attributes: Sequence[str], columns: Sequence[str]
) -> Ends:
    """The names of pairs, from a table of `cooccurrence.cooccurrence` or some of its rows.

    Parameters
    ----------
    function : str
        Who asks, for the messages.
    pairs : DataFrame
        One row per pair.
    attributes : sequence of str
        What is told of each name: ``type``, ``freq``, ``docs``.
    columns : sequence of str
        What else the table must have.
    """
    advice = "Pass a table of cooccurrence.cooccurrence."
    sides = [[f"{attribute}_{side}" for attribute in attributes] for side in "ab"]
    require(function, pairs, [*sides[0], *sides[1], *columns], advice=advice)
    if list(pairs.index.names) != ["name_a", "name_b"]:
        raise ValueError(
            f"{function}: the index of the table is {list(pairs.index.names)}, not name_a and "
            f"name_b. {advice}"
        )
    ends = [
        pairs[side]
        .set_axis(list(attributes), axis="columns")
        .assign(name=pairs.index.get_level_values(place))
        .reset_index(drop=True)
        for place, side in enumerate(sides)
    ]
    every = pd.concat(ends, ignore_index=True)
    names = every.drop_duplicates(["name", "type"]).sort_values(["name", "type"])
    names = names.sort_values("freq", ascending=False, kind="stable")[["name", *attributes]]
    numbers = pd.MultiIndex.from_frame(names[["name", "type"]])
    a, b = (numbers.get_indexer(pd.MultiIndex.from_frame(end[["name", "type"]])) for end in ends)
    _refuse_twice(function, pairs, np.minimum(a, b) * len(names) + np.maximum(a, b))
    return Ends(names.set_axis(_labels(names), axis="index"), a, b)


def _refuse_twice(function: str, pairs: pd.DataFrame, keys: Numbers) -> None:
    twice = np.flatnonzero(pd.Series(keys).duplicated().to_numpy())
    if len(twice):
        raise ValueError(
            f"{function}: the pair {pairs.index[twice[0]]!r} stands twice in the table. Pass the "
            "rows of one table of cooccurrence.cooccurrence."
        )


def _labels(names: pd.DataFrame) -> pd.Index:
    full = names["name"] + " (" + names["type"] + ")"
    twice = names["name"].duplicated(keep=False)
    # a name that is written as another one with its type has its own behind it
    twice |= names["name"].isin(full[twice])
    labels = names["name"].where(~twice, full)
    index: pd.Index = pd.Index(labels.to_numpy(), dtype="str", name="name")
    return index
