"""What the figures of `toolkit.plot` are made of: axes, bars, strokes, labels, checked tables."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_LABEL_WIDTH = 40  # characters of a label before it is broken into lines
_ROW = 0.27  # inches from bar to bar where every label has one line
_MOST_ROWS = 200


def check_table(where: str, table: Any, columns: Sequence[str], *, name: str, maker: str) -> None:
    """Refuse a table that is empty or lacks some of the columns, and say who makes such tables."""
    check_columns(where, table, columns, name=name, advice=f"made by {maker}")
    if len(table) == 0:
        raise ValueError(f"{where}: `{name}` is empty (0 rows); was the filter too strict?")


def check_columns(
    where: str, table: Any, columns: Sequence[str], *, name: str, advice: str
) -> None:
    """Refuse a table that lacks some of the columns, and say what to pass."""
    have = list(getattr(table, "columns", []))
    missing = [column for column in columns if column not in have]
    if missing:
        there = f"its columns are {', '.join(map(str, have))}" if have else "it has no columns"
        raise ValueError(
            f"{where}: no column {', '.join(map(repr, missing))} in {name}; {there}. "
            f"Pass a table {advice}."
        )


def check_rows(where: str, rows: int, advice: str) -> None:
    """Refuse more rows than a figure can show."""
    if rows > _MOST_ROWS:
        raise ValueError(
            f"{where}: {rows:,} rows are too many for one figure, which takes {_MOST_ROWS}. "
            f"Choose some, as in {advice}."
        )


def span(n: pd.Series[Any]) -> str:
    """A denominator as a label has it, or the lowest and the highest of several."""
    low, high = n.min(), n.max()
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def bars(
    table: pd.DataFrame,
    column: str,
    ax: Axes | None,
    *,
    options: dict[str, Any],
    ground_edge: bool = False,
) -> Axes:
    """Horizontal bars of a column, the first row on top, each with its number.

    Parameters
    ----------
    table : DataFrame
        One row per bar; the index labels them.
    column : str
        How long they are.
    ax : Axes or None
        Where to draw; None for a new figure.
    options : dict
        To `Axes.barh`.
    ground_edge : bool
        Whether edges, and so hatches, have the colour of the ground.

    Returns
    -------
    Axes
        The bars, without a label on the axis of the numbers.
    """
    from matplotlib.ticker import MaxNLocator

    labels = [_label(item) for item in table.index]
    if ax is None:
        ax = _new_axes(labels)
    if ground_edge:
        # The hatch takes the colour of the edge.
        options = {"edgecolor": ax.get_facecolor(), "linewidth": 0, **options}
    thickness = 0.72 * _ROW / _row_height(labels)
    bars = ax.barh(range(len(labels)), table[column], **{"height": thickness, **options})
    whole = column != "per_million" or table[column].max() >= 100
    number = "{:,.0f}" if whole else "{:,.2f}"
    ax.bar_label(bars, fmt=number, padding=3, fontsize="small")
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_ylabel(str(table.index.name or ""), parse_math=False)
    ax.margins(x=0.1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:,g}")
    return ax


def strokes(
    table: pd.DataFrame, column: str, ax: Axes | None, *, docs: list[Any], options: dict[str, Any]
) -> Axes:
    """Upright strokes in the rows of documents, and behind them a line as long as each document.

    Parameters
    ----------
    table : DataFrame
        One row per stroke; columns ``doc``, that of `column` and, for ``position``, ``length``.
    column : str
        Where the strokes stand, ``relative`` or ``position``.
    ax : Axes or None
        Where to draw; None for a new figure.
    docs : list
        The documents, the first on top.
    options : dict
        To `Axes.vlines`.

    Returns
    -------
    Axes
        The strokes, without a label on the axis of the places.
    """
    from matplotlib.ticker import MaxNLocator

    labels = [_label(doc) for doc in docs]
    if ax is None:
        ax = _new_axes(labels)
    row_of = {doc: row for row, doc in enumerate(docs)}
    rows = [row_of[doc] for doc in table["doc"]]
    # A position is the number of a word: the first stroke stands where the first word begins.
    whole = column == "position"
    places = [place - 1 for place in table[column]] if whole else list(table[column])
    lengths = dict(zip(rows, table["length"], strict=True)) if whole else dict.fromkeys(rows, 1)
    # the line of a document lies behind its strokes
    ax.hlines(list(lengths), 0, list(lengths.values()), color="0.6", linewidth=0.6, zorder=1)
    ends = [row - 0.36 for row in rows], [row + 0.36 for row in rows]
    ax.vlines(places, *ends, **{"color": "C0", "linewidth": 1, **options})
    ax.set_yticks(range(len(docs)), labels, parse_math=False)
    ax.set_ylim(len(docs) - 0.5, -0.5)
    ax.set_ylabel("doc")
    ax.set_xlim(0, max(lengths.values()))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:g}")
    return ax


def legend_beside(ax: Axes, drawn: Sequence[Any], names: Sequence[str]) -> None:
    """A legend beside the axes: inside, it would lie on the bars of a short table."""
    # Its distance is in points, not in axes widths: so the layout settles at the first drawing.
    ax.legend(
        drawn,
        names,
        loc="upper left",
        bbox_to_anchor=(1, 1),
        borderaxespad=0.6,
        frameon=False,
    )


def _label(item: Any) -> str:
    """An index entry on lines of at most 40 characters; the parts of an n-gram with spaces."""
    text = " ".join(map(str, item)) if isinstance(item, tuple) else str(item)
    return textwrap.fill(text, _LABEL_WIDTH, break_on_hyphens=False)


def _row_height(labels: Sequence[str]) -> float:
    """Inches from bar to bar: the highest label sets it for all."""
    lines = max(label.count("\n") + 1 for label in labels)
    return max(_ROW, 0.18 * lines + 0.09)


def _new_axes(labels: Sequence[str]) -> Axes:
    from matplotlib import pyplot

    height = max(1.2, 0.75 + _row_height(labels) * len(labels))
    _, ax = pyplot.subplots(figsize=(6.4, height), layout="constrained")
    return ax
