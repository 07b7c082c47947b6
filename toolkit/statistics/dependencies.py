"""Pairs of a head and a word that depends on it, from the columns ``head`` and ``deprel``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit import columns
from toolkit.columns import Codes, Mask
from toolkit.statistics.query import Column, Rows

DIRECTIONS = ("head", "dependent")


@dataclass(frozen=True)
class Pairs:
    """Heads and dependents, one pair per word that has a head in its sentence.

    Attributes
    ----------
    head, dependent : array of int
        Their rows in the table.
    relation : array of int32
        The relation of each pair, a place in `relations`.
    relations : Index
        The names of the relations.
    """

    head: Rows
    dependent: Rows
    relation: Codes
    relations: pd.Index


def pairs_of(function: str, words: pd.DataFrame) -> Pairs:
    """The pairs of a table of words; a root, and a word whose head is not there, has none.

    The models must have filled ``head`` (the number of the head in its sentence, 0 for the root)
    and ``deprel``.
    """
    named = columns.coded(words, ["deprel"])
    if len(words) and not (named.codes >= 0).any():
        raise ValueError(
            f"{function}: deprel is empty in words: the models that annotated them have no parser, "
            "and the bundled ones have none. Fill head and deprel from a parser, as in "
            "words.assign(head=heads, deprel=relations), or count neighbours with "
            "collocation.collocates."
        )
    heads = words["head"].to_numpy(dtype="float64", na_value=np.nan)
    dependent = np.flatnonzero((heads > 0) & (named.codes >= 0))
    sentence = columns.segments(words).astype(np.int64)
    number = words["word"].to_numpy(dtype=np.int64)
    width = int(max(number.max(initial=0), np.nanmax(heads, initial=0))) + 1
    place, wanted = sentence * width + number, sentence[dependent] * width + heads[dependent]
    order = np.argsort(place, kind="stable")
    found = np.searchsorted(place[order], wanted)
    head = order[np.minimum(found, len(order) - 1)] if len(order) else found
    there = place[head] == wanted
    dependent = dependent[there]
    return Pairs(head[there], dependent, named.codes[dependent], named.items)


def related(pairs: Pairs, column: Column, is_node: Mask, *, direction: str) -> pd.DataFrame:
    """The items that stand in a relation with a node, the item being its head or dependent."""
    head_first = pairs.head, pairs.dependent
    items, nodes = head_first if direction == "head" else head_first[::-1]
    codes, with_node = column.codes[items], is_node[nodes]
    known = codes >= 0
    width = max(len(column.items), 1)
    kind = pairs.relation.astype(np.int64) * width + codes
    kinds, freq = np.unique(kind[known & with_node], return_counts=True)
    all_kinds, all_freq = np.unique(kind[known], return_counts=True)
    relation, item = np.divmod(kinds, width)
    per_relation = len(pairs.relations)
    found = {
        "relation": pairs.relations.take(relation),
        "direction": direction,
        "freq": freq,
        "freq_node": np.bincount(pairs.relation[with_node], minlength=per_relation)[relation],
        "freq_item": all_freq[np.searchsorted(all_kinds, kinds)],
        "n": np.bincount(pairs.relation, minlength=per_relation)[relation],
    }
    return pd.DataFrame(found, index=column.items.take(item))


def shown(pairs: Pairs, deprel: str | Sequence[str] | None) -> list[str]:
    """The relations that are shown, each of which must occur in the words."""
    present = sorted(pairs.relations.take(np.unique(pairs.relation)))
    if deprel is None:
        return present
    wanted = columns.names_of("relations", "deprel", deprel)
    for name in wanted:
        if name not in present:
            raise ValueError(
                f"relations: no relation {name!r} in words; there are {', '.join(present)}. "
                "Pass some of them as deprel=."
            )
    return wanted
