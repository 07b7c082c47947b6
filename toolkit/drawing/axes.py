"""What the figures of `toolkit.plot` are made of: axes, bars, strokes, labels, checked tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.drawing.lettering import BROAD, NARROW, label_of, labels_of, no_maths

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW = 0.27  # inches from bar to bar where every label has one line
_MOST_ROWS = 200
_MARGIN = 0.1  # of the longest bar, beside it


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
    if not hasattr(table, "columns"):
        raise ValueError(
            f"{where}: {name} is of type {type(table).__name__}, not a DataFrame. "
            f"Pass a table {advice}."
        )


def check_values(
    where: str, table: pd.DataFrame, columns: Sequence[str], *, name: str, finite: bool = True
) -> None:
    """Refuse columns that do not hold numbers alone, and say which rows to leave out."""
    from pandas.api.types import is_numeric_dtype

    for column in columns:
        values = table[column]
        if not is_numeric_dtype(values):
            raise ValueError(
                f"{where}: the column {column!r} of {name} is of type {values.dtype}, not numbers. "
                "Convert it, as with astype(float)."
            )
        missing = int(values.isna().sum())
        if missing:
            raise ValueError(
                f"{where}: {missing:,} of {len(table):,} rows have no {column}. "
                f"Leave them out, as in {name}.dropna(subset={column!r})."
            )
        if finite and not np.isfinite(values.to_numpy(dtype="float64")).all():
            raise ValueError(
                f"{where}: the column {column!r} of {name} has infinite numbers. Leave them out, "
                f"as in {name}[{name}[{column!r}].abs() < float('inf')]."
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


def counted_units(where: str, column: str, *, unit: str, total: str) -> str:
    """What a column of a frequency table counts, and of how many; another column is refused."""
    labels = {
        "freq": f"occurrences, of {total} {unit}",
        "per_million": f"occurrences per million {unit}, from {total} {unit}",
        "docs": "documents that contain the item",
    }
    if column not in labels:
        raise ValueError(
            f"{where}: column {column!r} has no unit to label the axis with; "
            f"there are {', '.join(labels)}. Pass one of them as column=."
        )
    return labels[column]


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

    labels = labels_of(table.index, width=BROAD)
    if ax is None:
        ax = new_axes(labels)
    if ground_edge:
        # The hatch takes the colour of the edge.
        options = {"edgecolor": ax.get_facecolor(), "linewidth": 0, **options}
    thickness = thickness_of(labels)
    bars = ax.barh(range(len(labels)), table[column], **{"height": thickness, **options})
    whole = column != "per_million" or table[column].max() >= 100
    number = "{:,.0f}" if whole else "{:,.2f}"
    ax.bar_label(bars, fmt=number, padding=3, fontsize="small")
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_ylabel(name_of(table.index), parse_math=False)
    ax.margins(x=_MARGIN)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:,g}")
    from_the_side_of_zero(ax)
    return ax


def room_for_numbers(ax: Axes) -> None:
    """Widen an axis of bars, unless its limits were given, until the numbers at them lie inside."""
    figure = ax.get_figure(root=True)
    if figure is None or not ax.get_autoscalex_on():
        return
    figure.draw_without_rendering()  # so that the axes have their size
    width = ax.get_window_extent().width
    bars: list[Any] = list(ax.patches)
    lengths = np.array([bar.get_width() for bar in bars], dtype="float64")
    texts = np.array([text.get_window_extent().width for text in ax.texts]) + figure.dpi / 12
    most = np.nanmax(lengths, initial=0)
    if most > 0 and len(texts) == len(lengths):
        # a bar as long as the longest has this part of the axis beside its number
        part = (1 - texts / width).clip(0.2)
        ax.margins(x=max(_MARGIN, float(np.nanmax(lengths / most / part)) - 1))


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

    labels = labels_of(docs, width=BROAD)
    if ax is None:
        ax = new_axes(labels)
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
    set_span(ax, 0, max(lengths.values()))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=whole, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:,.0f}" if whole else "{x:g}")
    ax.xaxis.label.set_wrap(True)
    from_the_side_of_zero(ax)
    return ax


def set_span(ax: Axes, low: float, high: float) -> None:
    """Limits of the x axis, whose direction stays as it is."""
    ax.set_xlim(*((high, low) if ax.xaxis_inverted() else (low, high)))


def from_the_side_of_zero(ax: Axes) -> None:
    """Where the x axis runs from right to left, let the other one stand at the right."""
    if ax.xaxis_inverted():
        shown = [ax.spines[side].get_visible() for side in ("left", "right")]
        for side, visible in zip(("right", "left"), shown, strict=True):
            ax.spines[side].set_visible(visible)
        ax.yaxis.tick_right()
        ax.yaxis.set_label_position("right")


def legend_beside(
    ax: Axes,
    drawn: Sequence[Any],
    names: Sequence[Any],
    *,
    columns: int = 1,
    width: int | None = NARROW,
) -> None:
    """A legend beside the axes, names as labels are: inside, it would lie on what is drawn."""
    mirrored = ax.xaxis_inverted() and str(ax.yaxis.get_label_position()) == "right"
    # Its distance is in points, not in axes widths: so the layout settles at the first drawing.
    legend = ax.legend(
        drawn,
        labels_of(names, width=width),
        loc="upper right" if mirrored else "upper left",
        bbox_to_anchor=(0, 1) if mirrored else (1, 1),
        borderaxespad=0.6,
        frameon=False,
        ncols=columns,
        fontsize="medium" if columns == 1 else "small",
    )
    no_maths(legend.get_texts())


def name_of(index: pd.Index[Any]) -> str:
    """The name of an index as a label of its axis; "" where it has none."""
    return "" if index.name is None or not str(index.name).strip() else label_of(index.name)


def thickness_of(labels: Sequence[str]) -> float:
    """Of bars, in rows: the same on paper however many lines the labels have."""
    return 0.72 * _ROW / _row_height(labels)


def _row_height(labels: Sequence[str]) -> float:
    """Inches from bar to bar: the highest label sets it for all."""
    lines = max(label.count("\n") + 1 for label in labels)
    return max(_ROW, 0.18 * lines + 0.09)


def new_axes(labels: Sequence[str], *, below: float = 0) -> Axes:
    """Axes of a new figure, high enough for a row for each label and some inches below."""
    height = max(1.2, 0.75 + _row_height(labels) * len(labels))
    return axes_of_size(6.4, height + below)


def axes_of_size(width: float, height: float) -> Axes:
    """Axes of a new figure of so many inches."""
    from matplotlib import pyplot

    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def empty_frame(ax: Axes) -> None:
    """Take the ticks and the frame away, where places mean nothing."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
