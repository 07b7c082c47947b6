"""The figure of collocates: round one node, the nearer the stronger; or the network of several.

`toolkit.plot` gives it under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.drawing.axes import (
    axes_of_size,
    check_columns,
    check_table,
    check_values,
    empty_frame,
    legend_beside,
    span,
)
from toolkit.drawing.labelling import Floats, labelled
from toolkit.drawing.layout import positions
from toolkit.drawing.lettering import labels_of

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    from matplotlib.axes import Axes

_COUNTED = ["freq", "freq_node", "n", "expected"]
_MOST_MARKS = 100
_NEAREST = 0.3  # of the way to the edge: where the strongest collocate stands
_GOLDEN = (3 - np.sqrt(5)) / 2  # of a turn: no few of such steps come back to the beginning
_FREE = 0.07  # of a turn: at the lower end there are the numbers of the rings
_NODE_AREA = 260.0
_MAKER = "collocation.collocates(words, node)"


def collocates(
    collocates: pd.DataFrame,
    *,
    ax: Axes | None = None,
    node: str | None = None,
    column: str | None = None,
    **kwargs: Any,
) -> Axes:
    """A node with its collocates round it, the nearer the stronger; of several nodes the network.

    Marks are as large as the collocates are frequent near the node. Labels do not lie on one
    another, and one that stands apart has a thin line to its mark. Draws the rows that it is given:
    choose them with ``collocates.head(30)``. Equal tables give equal figures.

    Round one node, distance is the score: rings have its numbers, the strongest collocate stands on
    the innermost one. Directions mean nothing. In the network of several nodes a line joins each
    with its collocates, the wider the higher the score; distances mean nothing there.

    Parameters
    ----------
    collocates : DataFrame
        A table of `collocation.collocates`: index = item; columns ``freq``, ``freq_node``, ``n``,
        ``expected`` and the measures. Or several of them, of one measure, in one table whose
        index has the node and the item: ``pd.concat({"قرن": one, "مدينة": other})``.
    ax : Axes, optional
        Where to draw; by default a new figure, whose size grows with the items. Labels are placed
        for the size that it has now.
    node : str, optional
        The node of a table of one, which the table does not tell: it stands in the middle.
    column : str, optional
        The measure drawn; by default the first one of the table. Its higher scores must be the
        stronger ones, so ``fisher_exact`` cannot be drawn.
    **kwargs
        To `Axes.scatter`, for the marks of the collocates.

    Returns
    -------
    Axes
        Rings or lines, marks and labels; the axis label tells what distance, width and size say,
        and the number of words.

    Raises
    ------
    ValueError
        The table is empty, lacks a column or a finite score, or has more items than a figure can
        show; or `node` is not given where it is needed, or given where the index has nodes.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"freq": [9, 4], "freq_node": 20, "n": 600, "expected": [1.0, 2.0],
    ...      "log_dice": [12.4, 10.0]},
    ...     index=["عشرة", "قبل"],
    ... )
    >>> ax = collocates(table, node="قرن")
    >>> [text.get_text() for text in ax.texts if text.get_text()][-3:]
    ['قرن', 'عشرة', 'قبل']
    >>> print(ax.get_xlabel())
    distance from the node: log_dice, 12.4 at the nearest, 10 at the farthest
    area of a mark: occurrences near the node, at most 9; the node 20, of 600 words
    """
    check_table("collocates", collocates, _COUNTED, name="collocates", maker=_MAKER)
    column = _measure(collocates, column)
    check_values("collocates", collocates, ["freq", column], name="collocates")
    several = collocates.index.nlevels == 2
    if several == (node is not None):
        raise ValueError(
            "collocates: the index of the table has the nodes, so node= is one too many; leave it "
            "out." if several else
            "collocates: the table does not tell its node; pass what was searched as node=."
        )  # fmt: skip
    if several:
        return _network(ax, collocates, column, kwargs)
    return _round_one(ax, collocates, str(node), column, kwargs)


def _measure(table: pd.DataFrame, column: str | None) -> str:
    """The column of the scores: the one asked for, or the first after what was counted."""
    from toolkit.statistics.measures import MEASURES, lowest_first

    there = [name for name in table.columns if name in MEASURES and not lowest_first(name)]
    if column is None and there:
        return str(there[0])
    if column not in there:
        what = "no measure" if column is None else f"no measure {column!r}"
        raise ValueError(
            f"collocates: {what} in collocates whose highest score is the strongest; there are "
            f"{', '.join(there) or 'none'}. Pass one of them as column=, or make the table with "
            "measure='log_dice'."
        )
    check_columns("collocates", table, [column], name="collocates", advice=f"made by {_MAKER}")
    return column


def _check_marks(marks: int) -> None:
    if marks > _MOST_MARKS:
        raise ValueError(
            f"collocates: {marks:,} items are too many for one figure, which takes {_MOST_MARKS}. "
            "Choose some, as in collocates.head(30)."
        )


def _areas(freqs: Floats) -> Floats:
    areas: Floats = 14 + 240 * freqs / max(float(freqs.max()), 1.0)
    return areas


# --- one node ---------------------------------------------------------------------------------


def _round_one(
    ax: Axes | None, table: pd.DataFrame, node: str, column: str, options: dict[str, Any]
) -> Axes:
    _check_marks(len(table))
    side = 4.6 + 0.08 * len(table)
    ax = axes_of_size(side, side + 0.4) if ax is None else ax
    scores = table[column].to_numpy(dtype="float64")
    # strongest first, equal ones by code point, so that the order of the rows changes nothing
    order = sorted(range(len(table)), key=lambda row: (-scores[row], str(table.index[row])))
    table, scores = table.iloc[order], scores[order]
    reach = _reaches(scores, scores)
    turns = _FREE / 2 + (1 - _FREE) * ((0.5 + _GOLDEN * np.arange(len(scores))) % 1)
    angles = 2 * np.pi * (turns - 0.25)
    around = 0.5 + 0.5 * reach[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    empty_frame(ax)
    ax.set_aspect("equal")
    numbers = _rings(ax, scores)
    freqs = table["freq"].to_numpy(dtype="float64")
    areas = _areas(freqs)
    middle = np.array([[0.5, 0.5]])
    ax.scatter(0.5, 0.5, s=_NODE_AREA, color="C1", zorder=2)
    shown = {"color": "C0", "edgecolor": ax.get_facecolor(), "zorder": 2, **options}
    ax.scatter(around[:, 0], around[:, 1], **{"s": areas, **shown})
    ends = f"{scores[0]:,.3g} at the nearest, {scores[-1]:,.3g} at the farthest"
    if scores[0] == scores[-1]:
        ends = f"{scores[0]:,.3g}"
    told = (
        f"distance from the node: {column}, {ends}\n"
        f"area of a mark: occurrences near the node, at most {freqs.max():,g}; "
        f"the node {span(table['freq_node'])}, of {span(table['n'])} words"
    )
    ax.set_xlabel(told, fontsize="small", parse_math=False, wrap=True)
    labelled(
        ax,
        np.concatenate([middle, around]),
        labels_of([node, *table.index]),
        radii=np.sqrt(np.concatenate([[_NODE_AREA], areas])) / 2,
        lines=numbers,
        bold=1,
    )
    return ax


def _reaches(values: Floats, scores: Floats) -> Floats:
    """How far from the middle to the edge a score stands: near where it is high."""
    low, high = float(scores.min()), float(scores.max())
    if high - low < 1e-9 * max(abs(high), 1):
        return np.full(len(values), 0.65)
    reach: Floats = _NEAREST + (1 - _NEAREST) * (high - values) / (high - low)
    return reach


def _rings(ax: Axes, scores: Floats) -> Floats:
    """Circles at round scores; a line through the number that each has at the lower end."""
    from matplotlib.patches import Circle
    from matplotlib.ticker import MaxNLocator

    low, high = float(scores.min()), float(scores.max())
    colour = ax.spines["bottom"].get_edgecolor()
    ticks = MaxNLocator(nbins=4, steps=[1, 2, 5, 10]).tick_values(low, high)
    values = np.array([tick for tick in ticks if low <= tick <= high] if high > low else [high])
    reaches = _reaches(values, scores) / 2
    for value, reach in zip(values, reaches, strict=True):
        ring = Circle((0.5, 0.5), float(reach), fill=False, linewidth=0.6, edgecolor=colour)
        ring.set_zorder(0.5)
        ax.add_patch(ring)
        ax.annotate(
            f"{value:,.3g}",
            (0.5, 0.5 - float(reach)),
            ha="center",
            va="center",
            fontsize="x-small",
            bbox={"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 1},
            zorder=0.6,
        )
    middle = np.full_like(reaches, 0.5)
    return np.column_stack([middle - 0.03, 0.5 - reaches, middle + 0.03, 0.5 - reaches])


# --- several nodes ----------------------------------------------------------------------------


def _network(ax: Axes | None, table: pd.DataFrame, column: str, options: dict[str, Any]) -> Axes:
    from toolkit.drawing.marks import joined

    graph = _graph(table, column)
    _check_marks(len(graph))
    ax = axes_of_size(5.6 + 0.07 * len(graph), 3.4 + 0.07 * len(graph)) if ax is None else ax
    places = positions(graph)
    names = list(graph)
    points = np.array([places[name] for name in names])
    ends = [(places[a], places[b]) for a, b in graph.edges]
    weights = [float(weight) for *_, weight in graph.edges(data="width")]
    joined(ax, ends, weights)
    searched = np.array([graph.nodes[name]["searched"] for name in names])
    freqs = np.array([graph.nodes[name]["freq"] for name in names])
    areas = np.where(searched, _NODE_AREA, _areas(np.where(searched, 0, freqs)))
    shown = {"color": "C0", "edgecolor": ax.get_facecolor(), "zorder": 2, **options}
    x, y = points.T
    marks = [
        ax.scatter(x[searched], y[searched], s=_NODE_AREA, color="C1", marker="s", zorder=2),
        ax.scatter(x[~searched], y[~searched], **{"s": areas[~searched], **shown}),
    ]
    legend_beside(ax, marks, ["node", "collocate"])
    legend = ax.get_legend()
    for handle in legend.legend_handles if legend else []:
        handle.set_sizes([60])  # type: ignore[union-attr]
    empty_frame(ax)
    scores = table[column]
    told = (
        f"line: {column}, {scores.min():,.3g} at the thinnest, {scores.max():,.3g} at the widest\n"
        f"area of a collocate: occurrences near the nodes, at most {table['freq'].max():,g}; "
        f"of {span(table['n'])} words"
    )
    ax.set_xlabel(told, fontsize="small", parse_math=False, wrap=True)
    labelled(
        ax,
        points,
        labels_of(names),
        radii=np.sqrt(areas) / 2,
        lines=np.array(ends).reshape(-1, 4),
        bold=int(searched.sum()),
    )
    return ax


def _graph(table: pd.DataFrame, column: str) -> networkx.Graph:
    """Nodes first; what is the collocate of several is one, and a node may be one too."""
    import networkx

    graph = networkx.Graph()
    for name in dict.fromkeys(map(str, table.index.get_level_values(0))):
        graph.add_node(name, searched=True, freq=0.0)
    low, high = float(table[column].min()), float(table[column].max())
    rows = zip(table.index, table["freq"].astype(float), table[column].astype(float), strict=True)
    for (node, item), freq, score in sorted(rows, key=lambda row: tuple(map(str, row[0]))):
        name = str(item)
        if name not in graph:
            graph.add_node(name, searched=False, freq=0.0)
        graph.nodes[name]["freq"] += freq
        # between 1 and 5, so that the thinnest line is still seen
        width = 1 + 4 * (score - low) / (high - low) if high > low else 3.0
        if str(node) != name:
            graph.add_edge(str(node), name, width=width)
    return graph
