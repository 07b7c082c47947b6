"""The neighbours of a node: counted, and scored against what chance would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit import columns, contingency
from toolkit.statistics.cells import OBSERVED
from toolkit.statistics.measures import CONVENTIONS, lowest_first
from toolkit.statistics.query import InvertedIndex, Rows
from toolkit.statistics.ranking import places
from toolkit.statistics.spans import near_nodes, spans_of
from toolkit.statistics.tallies import Counts

# These count pairs of a node and a position near it; the others count each position once.
OF_PAIRS = ("antconc", "sketchengine", "nltk", "berry_rogghe")
# These compare two frequencies, not a frequency with what is expected of it.
OF_TWO_FREQUENCIES = ("dice", "log_dice", "minimum_sensitivity")
# These read O11 and the margins alone, and so are defined where another cell is negative.
OF_MARGINS = (*OF_TWO_FREQUENCIES, "mi", "mi2", "mi3", "ppmi", "local_mi", "t_score", "z_score")


@dataclass(frozen=True)
class Window:
    """What is near a node, and how it is counted.

    Attributes
    ----------
    sizes : pair of int
        How many positions before the node, and how many after it.
    across_sentences : bool
        Whether positions beyond the end of the sentence are near.
    kinds : list of str
        What takes a position.
    once : bool
        Whether a position that is near several nodes counts once, or once for each.
    """

    sizes: tuple[int, int]
    across_sentences: bool
    kinds: list[str]
    once: bool


def window_of(
    window: int | tuple[int, int],
    *,
    across_sentences: bool,
    kinds: str | Sequence[str],
    convention: str | None,
) -> Window:
    """The window of the options of `collocation.collocates`, which are checked."""
    kinds = columns.kinds_of("collocates", kinds)
    return Window(_sizes(window), across_sentences, kinds, once=convention not in OF_PAIRS)


def _sizes(window: int | tuple[int, int]) -> tuple[int, int]:
    sides: Any = window if isinstance(window, tuple) else (window, window)
    if [columns.is_whole(side, least=0) for side in sides] != [True, True] or sum(sides) < 1:
        raise ValueError(
            f"collocates: window is {window!r:.60}; pass a whole number of words on each side, or "
            "how many before and how many after, such as (0, 3)."
        )
    return int(sides[0]), int(sides[1])


def counted_near(
    source: InvertedIndex, by: str, nodes: tuple[Rows, Rows], *, window: Window
) -> tuple[dict[str, Counts], pd.Index, dict[str, int]]:
    """How often each item is near the nodes, given by their first rows and those after the last.

    Returns
    -------
    tuple
        For each item ``freq``, ``before``, ``after`` and ``freq_item``; the items; and the numbers
        of positions near a node (``positions``), of nodes (``freq_node``) and of all positions
        (``n``).
    """
    column = source.named("collocates", by)
    counted = source.counted(column, window.kinds)
    borders = source.documents if window.across_sentences else source.sentences
    spans = spans_of(counted, nodes, borders=borders)
    near = near_nodes(spans, window.sizes, len(column.items), once=window.once)
    totals = {"positions": near.positions, "freq_node": len(nodes[0]), "n": len(counted.codes)}
    return near.counts | {"freq_item": counted.freq}, column.items, totals


def scored(
    found: pd.DataFrame,
    *,
    positions: int,
    size: int,
    measures: list[str],
    convention: str | None,
) -> pd.DataFrame:
    """The counts with what chance would give and the measures, in the order of the first.

    Parameters
    ----------
    found : DataFrame
        One row per item: ``freq``, ``before``, ``after``, ``freq_item``, ``freq_node``, ``n``.
    positions : int
        How many positions are near.
    size : int
        How many positions a window has.
    measures : list of str
        Names of measures.
    convention : str, optional
        As for `collocation.collocates`.
    """
    node, n, share = found["freq_node"], found["n"], 1
    if convention not in OF_PAIRS:
        node = node * 0 + positions
    elif convention == "nltk":
        share = size
    elif convention == "berry_rogghe":
        node, n = node * size, n - node
    of_chance = _observed(found["freq"] / share, node, found["freq_item"], n)
    of_two = of_chance
    if convention not in OF_PAIRS:
        of_two = _observed(found["freq"], found["freq_node"], found["freq_item"], n)
    found["expected"] = contingency.expected(of_chance)["E11"] * share
    tool = convention if convention in CONVENTIONS else None
    for name in measures:
        if name == "z_score" and convention == "berry_rogghe":
            found[name] = _berry_rogghe(found)
            continue
        obs = of_two if name in OF_TWO_FREQUENCIES else of_chance
        # a negative cell, where pairs are counted, leaves nothing to measures that read it
        sound = obs if name in OF_MARGINS else obs[(obs >= 0).all(axis=1)]
        scores = contingency.score(sound, name, convention=tool, comparisons=len(obs))
        found[name] = scores.reindex(obs.index)
    return ranked(found, measures[0], convention=tool)


def _berry_rogghe(found: pd.DataFrame) -> pd.Series:
    """Her z score, (O11 - E11) / sqrt(E11 * (1 - p)), missing where p is no chance below 1."""
    p = found["freq_item"] / (found["n"] - found["freq_node"])
    variance = found["expected"] * (1 - p)
    return (found["freq"] - found["expected"]) / np.sqrt(variance.where(variance > 0))


def _observed(o11: pd.Series, r1: pd.Series, c1: pd.Series, n: pd.Series) -> pd.DataFrame:
    """The cells, which a convention that counts pairs may make negative: then no test is defined.

    `contingency.observed` refuses such cells, as a mistake of the one who counted.
    """
    cells = [o11, r1 - o11, c1 - o11, n - r1 - c1 + o11]
    return pd.DataFrame(dict(zip(OBSERVED, cells, strict=True)))


def ranked(found: pd.DataFrame, measure: str, *, convention: str | None = None) -> pd.DataFrame:
    """The rows in the order of a measure, then of ``freq``, then of code points."""
    if not lowest_first(measure, convention):
        return columns.ordered(found, [measure, "freq"])
    in_items = found.sort_index(kind="stable")
    scores = places(in_items[measure], rising=True)
    return in_items.iloc[np.lexsort([-in_items["freq"].to_numpy(), scores])]
