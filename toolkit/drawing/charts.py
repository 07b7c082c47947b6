"""Figures of names together and in time: the network, who with whom, the timeline.

`toolkit.plot` gives them under its own name.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.drawing.axes import (
    axes_of_size,
    check_rows,
    check_table,
    empty_frame,
    from_the_side_of_zero,
    legend_beside,
    name_of,
    span,
)
from toolkit.drawing.labelling import Floats, labelled
from toolkit.drawing.layout import positions
from toolkit.drawing.lettering import label_of, labels_of
from toolkit.drawing.marks import (
    bars_above,
    coloured_cells,
    from_zero,
    joined,
    line_look,
    marked,
    told_sizes,
)
from toolkit.drawing.ticks import chosen_ticks, printed

if TYPE_CHECKING:
    import networkx
    import pandas as pd
    from matplotlib.axes import Axes

_MOST_NODES = 150
_MOST_LINES = 40
_MOST_NUMBERS = 15  # names of a matrix whose cells show their number
_LEGEND_ROWS = 16
_TRIES = 6  # each with fewer names at the axis
_UNITS = {
    "per_million": "occurrences per million words,\nof {n} words a period",
    "per_document": "occurrences per document,\nof {n_docs} documents a period",
    "freq": "occurrences,\nin {n_docs} documents a period",
    "docs": "documents with the item,\nof {n_docs} a period",
}


def network(
    graph: networkx.Graph,
    *,
    ax: Axes | None = None,
    by: str = "type",
    **kwargs: Any,
) -> Axes:
    """The network of names: a mark for each name, a line for each pair, labels beside the marks.

    A mark is as large as its name is frequent, a line as wide as its pair; labels do not lie on one
    another, and one that stands apart has a thin line to its mark. Equal networks give equal
    figures.

    Parameters
    ----------
    graph : networkx.Graph
        A network of `networks.graph`; nodes with ``freq`` and the attribute of `by`, edges with
        ``weight``.
    ax : Axes, optional
        Where to draw; by default a new figure, whose size grows with the names and their length.
        Labels are placed for the size that it has now.
    by : str
        The attribute of the nodes that gives colour and shape: "type", or another that was set
        with `networkx.set_node_attributes`, such as the community.
    **kwargs
        To `Axes.scatter`, for the marks.

    Returns
    -------
    Axes
        Lines, marks and labels, with a legend of the types; the axis label tells the largest mark
        and the widest line, and the number of units.

    Raises
    ------
    ValueError
        The network has no names or more than a figure can show, or an attribute is missing.

    Examples
    --------
    >>> import networkx
    >>> names = networkx.Graph(n=9)
    >>> names.add_node("ليلى", type="PER", freq=4)
    >>> names.add_node("دمشق", type="LOC", freq=3)
    >>> names.add_edge("ليلى", "دمشق", weight=2)
    >>> ax = network(names)
    >>> sorted(text.get_text() for text in ax.texts)
    ['دمشق', 'ليلى']
    >>> ax.get_xlabel().splitlines()
    ['mark: units with the name, at most 4', 'line: units with both, at most 2; of 9 units']
    """
    nodes = _checked_nodes(graph, by)
    labels = labels_of(nodes)
    ax = ax or axes_of_size(*_size_for(labels))
    places = positions(graph)
    points = np.array([places[node] for node in nodes])
    weights = [float(weight) for _, _, weight in graph.edges(data="weight", default=1)]
    ends = [(places[a], places[b]) for a, b in graph.edges]
    joined(ax, ends, weights)
    freqs = np.array([float(graph.nodes[node]["freq"]) for node in nodes])
    areas = 18 + 240 * freqs / max(freqs.max(), 1)
    kinds = [graph.nodes[node][by] for node in nodes]
    marked(ax, points, kinds, areas=areas, by=by, options=kwargs)
    empty_frame(ax)
    ax.set_xlabel(told_sizes(graph, freqs, weights), fontsize="small")
    labelled(ax, points, labels, radii=np.sqrt(areas) / 2, lines=np.array(ends).reshape(-1, 4))
    return ax


def _size_for(labels: list[str]) -> tuple[float, float]:
    """Inches that give each label room, a long one of several lines more than a short one."""
    more_lines = sum(label.count("\n") for label in labels)
    room = 0.07 * len(labels) + 0.03 * more_lines
    return 5.6 + room, 3.4 + room


def _checked_nodes(graph: networkx.Graph, by: str) -> list[Any]:
    nodes = list(getattr(graph, "nodes", []))
    if not nodes:
        raise ValueError("network: the network has no names. Pass one made by networks.graph.")
    if len(nodes) > _MOST_NODES:
        raise ValueError(
            f"network: {len(nodes):,} names are too many for one figure, which takes "
            f"{_MOST_NODES}. Choose some, as in networks.graph(pairs, min_freq=5)."
        )
    for node in nodes:
        for name in ("freq", by):
            if name not in graph.nodes[node]:
                raise ValueError(
                    f"network: {node!r:.60} has no attribute {name!r}; it has "
                    f"{', '.join(map(str, graph.nodes[node])) or 'none'}. Pass a network made by "
                    "networks.graph, and an attribute of all its names as by=."
                )
    return nodes


def matrix(
    matrix: pd.DataFrame,
    *,
    ax: Axes | None = None,
    unit: str = "units with both names",
    **kwargs: Any,
) -> Axes:
    """Who with whom, as a heat map: the fuller the colour of a cell, the more they have in common.

    Parameters
    ----------
    matrix : DataFrame
        A table of `cooccurrence.matrix`, or its first rows and columns: ``matrix.iloc[:40, :40]``.
    ax : Axes, optional
        Where to draw; by default a new figure, whose size grows with the names.
    unit : str
        What the cells hold, for the label of the scale: the measure, the kind of unit.
    **kwargs
        To `Axes.pcolormesh`, such as `cmap` and `vmax`.

    Returns
    -------
    Axes
        The cells, blank where the table has no value, with their numbers where there are few
        names, and a scale.

    Raises
    ------
    ValueError
        The table is empty, has other columns than rows, or more rows than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> names = ["ليلى", "دمشق"]
    >>> ax = matrix(pd.DataFrame([[None, 2], [2, None]], index=names, columns=names, dtype="Int64"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['ليلى', 'دمشق']
    >>> [text.get_text() for text in ax.texts]
    ['2', '2']
    """
    check_table("matrix", matrix, [], name="matrix", maker="cooccurrence.matrix(pairs)")
    if list(matrix.index) != list(matrix.columns):
        raise ValueError(
            "matrix: the rows and the columns have different names; pass a table made by "
            "cooccurrence.matrix, or as many first rows as columns: matrix.iloc[:40, :40]."
        )
    check_rows("matrix", len(matrix), "matrix.iloc[:40, :40]")
    labels = labels_of(matrix.index, width=None)
    side = 0.27 if len(matrix) > _MOST_NUMBERS else 0.42
    room = 0.08 * max(map(len, labels))
    ax = ax or axes_of_size(1.8 + room + side * len(matrix), 0.7 + room + side * len(matrix))
    values = matrix.to_numpy(dtype="float64", na_value=np.nan)
    coloured_cells(ax, values, unit, numbers=len(matrix) <= _MOST_NUMBERS, options=kwargs)
    places = np.arange(len(labels)) + 0.5
    ax.set_yticks(places, labels, parse_math=False)
    ax.set_xticks(places, labels, parse_math=False, rotation=90)
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    if ax.xaxis_inverted():
        ax.tick_params(axis="y", left=False, labelleft=False, right=False, labelright=True)
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.draw_without_rendering()  # the layout settles at the second drawing
    return ax


def timeline(
    timeline: pd.DataFrame, *, ax: Axes | None = None, column: str | None = None, **kwargs: Any
) -> Axes:
    """A line for each item over the periods, broken where nothing is to be read, and the documents.

    Grey bars above the lines show how many documents each period has. What has no period is not
    drawn, and the axis label says how much that is. Centuries and decades are named as in print:
    ``12th c.`` for 1101/1200, ``1990s`` for 1990/1999.

    Parameters
    ----------
    timeline : DataFrame
        A table of `timeline.timeline`: index = period; columns ``first``, ``last``, ``item``,
        ``freq``, ``n_docs``, ``n`` and the column drawn.
    ax : Axes, optional
        Where to draw; by default a new figure.
    column : str, optional
        "per_million", "per_document", "freq" or "docs"; by default the rate per million words
        where words were counted, else that per document.
    **kwargs
        To `Axes.plot`.

    Returns
    -------
    Axes
        The lines, with a legend; the axis label names the unit and the denominators.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, has no period, or more items than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"first": ["2015-01-01", "2016-01-01"], "last": ["2015-12-31", "2016-12-31"],
    ...      "item": "دمشق", "freq": [3, 1], "n_docs": [2, 1],
    ...      "n": [60, 40], "per_million": [50_000.0, 25_000.0]},
    ...     index=pd.Index(["2015", "2016"], name="period"),
    ... )
    >>> timeline(table).get_ylabel().splitlines()
    ['occurrences per million words,', 'of 40 to 60 words a period']
    """
    maker = "timeline.timeline(entities, texts)"
    check_table(
        "timeline",
        timeline,
        ["first", "last", "item", "freq", "n_docs", "n"],
        name="timeline",
        maker=maker,
    )
    column = column or ("per_million" if timeline["n"].notna().any() else "per_document")
    if column not in _UNITS:
        raise ValueError(
            f"timeline: column {column!r} has no unit to label the axis with; there are "
            f"{', '.join(_UNITS)}. Pass one of them as column=."
        )
    check_table("timeline", timeline, [column], name="timeline", maker=maker)
    drawn = timeline[timeline["first"].notna()]
    items = list(dict.fromkeys(drawn["item"]))
    if not items:
        raise ValueError("timeline: the table has no period that is dated; are the dates missing?")
    if len(items) > _MOST_LINES:
        raise ValueError(
            f"timeline: {len(items):,} items are too many lines for one figure, which takes "
            f"{_MOST_LINES}. Choose some, as in timeline[timeline['item'].isin(some)]."
        )
    columns = -(-len(items) // _LEGEND_ROWS)
    longest = max(len(label_of(item, width=None)) for item in items)
    ax = ax or axes_of_size(5.2 + (0.7 + 0.075 * longest) * columns, 4.2)
    periods = drawn.drop_duplicates("first").sort_values("first", key=_days)
    for place, item in enumerate(items):
        rows = drawn[drawn["item"] == item].sort_values("first", key=_days)
        read = rows[column].where(rows["n_docs"] > 0)
        heights = read.to_numpy(dtype="float64", na_value=np.nan)
        look = line_look(place, len(periods))
        ax.plot(_middles(rows), heights, **{"label": label_of(item), **look, **kwargs})
    ax.set_xlabel(_not_drawn(timeline, name_of(timeline.index)), parse_math=False)
    ax.margins(x=0.02)
    from_zero(ax, drawn[column].max())
    with_texts = periods[periods["n_docs"] > 0]
    known = [name for name in ("n", "n_docs") if with_texts[name].notna().all()]
    sizes = {name: span(with_texts[name]) for name in known}
    ax.set_ylabel(_UNITS[column].format(**{"n": "unknown", **sizes}))
    from_the_side_of_zero(ax)
    legend_beside(ax, ax.lines[-len(items) :], items, columns=columns, width=None)
    bars_above(ax, _middles(periods), periods["n_docs"].to_numpy(), widths=_lengths(periods))
    _name_periods(ax, periods)
    return ax


def _name_periods(ax: Axes, periods: pd.DataFrame) -> None:
    """As many names of periods at the axis as have room."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("timeline: the axes belong to no figure; were they removed from it?")
    keys = labels_of(periods.index, width=None)
    names = [printed(key) for key in keys]
    room = (2 + max(map(len, keys))) / (2 + max(map(len, names)))
    for _ in range(_TRIES):
        ticks = chosen_ticks(keys, room=room)
        ax.set_xticks(_middles(periods)[ticks], [names[tick] for tick in ticks], parse_math=False)
        figure.draw_without_rendering()  # so that the axes have their size
        boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
        ends = sorted((box.x0, box.x1) for box in boxes)
        if all(one[1] + 2 < other[0] for one, other in pairwise(ends)):
            return
        room *= 0.7


def _days(column: pd.Series) -> Floats:
    return column.to_numpy(dtype="M8[D]").astype(np.float64)


def _lengths(rows: pd.DataFrame) -> Floats:
    """How many days each period has."""
    return _days(rows["last"]) - _days(rows["first"]) + 1


def _middles(rows: pd.DataFrame) -> Floats:
    return _days(rows["first"]) + _lengths(rows) / 2


def _not_drawn(timeline: pd.DataFrame, period: str) -> str:
    """The axis label: what a place on it is, and what has no place there."""
    without = timeline[timeline["first"].isna()]
    freqs = without.groupby(without.index, sort=False)["freq"].sum()
    told = ", ".join(
        f"{freq:,} {label_of(name, width=None)}" for name, freq in freqs.items() if freq
    )
    return f"{period} (occurrences not shown: {told})" if told else period
