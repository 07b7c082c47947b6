"""The figure of topics: a small panel for each, with the terms that weigh most in it.

`toolkit.plot` gives it under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from pandas.api.types import is_numeric_dtype

from toolkit.columns import whole_number
from toolkit.drawing.axes import axes_of_size, check_columns, check_rows, empty_frame
from toolkit.drawing.lettering import label_of, labels_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

_TITLE_WIDTH = 28
_ROW = 0.22  # inches from bar to bar
_ABOVE, _BELOW, _BESIDE = 0.3, 0.26, 0.25  # inches round a panel: title, scale, next column
_LETTER = 0.08  # inches, about
_PAD = 0.08  # inches between a bar and its term


def topics(
    topics: pd.DataFrame,
    *,
    ax: Axes | None = None,
    columns: int = 3,
    unit: str = "weight of the term in the topic",
    **kwargs: Any,
) -> Axes:
    """A panel of bars for each topic, from right to left as Arabic is read, the first at the right.

    Terms stand at the right of their bars, bars grow to the left, and all panels have one scale.
    Draws the rows that it is given, in their order: choose them with
    ``table.groupby("topic").head(10)``.

    Parameters
    ----------
    topics : DataFrame
        One row per topic and term, strongest terms first; columns ``topic`` (a number, or a name
        that you gave it), ``term`` and ``weight``.
    ax : Axes, optional
        Where to draw; by default a new figure, whose size grows with topics and terms. The panels
        lie inside it and are its ``child_axes``.
    columns : int
        How many panels stand side by side.
    unit : str
        What ``weight`` is, for the axis label.
    **kwargs
        To `Axes.barh`.

    Returns
    -------
    Axes
        The frame of the panels, with the axis label.

    Raises
    ------
    ValueError
        The table is empty, lacks a column or a value, or has more rows than a figure can show.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"topic": [1, 1, 2], "term": ["مباراة", "هدف", "لوحة"], "weight": [0.4, 0.2, 0.3]}
    ... )
    >>> ax = topics(table)
    >>> [panel.get_title(loc="right") for panel in ax.child_axes]
    ['topic 1', 'topic 2']
    >>> [label.get_text() for label in ax.child_axes[0].get_yticklabels()]
    ['مباراة', 'هدف']
    """
    _check(topics)
    columns = whole_number("topics", "columns", columns, least=1)
    parts = [topics[topics["topic"] == topic] for topic in dict.fromkeys(topics["topic"])]
    labels = [labels_of(part["term"]) for part in parts]
    columns = min(columns, len(parts))
    ax = ax or _new_axes(labels, [_title(part) for part in parts], columns)
    panels = [_panel(ax, part, names, kwargs) for part, names in zip(parts, labels, strict=True)]
    _one_scale(panels, topics["weight"], columns)
    _placed(ax, panels, columns)
    empty_frame(ax)
    ax.set_xlabel(unit, parse_math=False)
    return ax


def _check(topics: Any) -> None:
    """Refuse a table that cannot be drawn."""
    columns = ["topic", "term", "weight"]
    advice = "of one row per topic and term, strongest terms first"
    check_columns("topics", topics, columns, name="topics", advice=advice)
    if len(topics) == 0:
        raise ValueError("topics: `topics` is empty (0 rows); was the filter too strict?")
    check_rows("topics", len(topics), "topics.groupby('topic').head(10)")
    for column in columns:
        if missing := int(topics[column].isna().sum()):
            raise ValueError(
                f"topics: {missing} of {len(topics)} rows have no {column}. "
                f"Leave them out, as in topics.dropna(subset={column!r})."
            )
    weights = topics["weight"]
    if not is_numeric_dtype(weights) or not np.isfinite(weights.to_numpy(dtype=float)).all():
        raise ValueError(
            f"topics: the column weight, of type {weights.dtype}, does not hold finite numbers "
            "alone. Convert it, as with astype(float)."
        )


def _title(topic: pd.DataFrame) -> str:
    name = topic["topic"].iloc[0]
    return label_of(name if isinstance(name, str) else f"topic {name}", width=_TITLE_WIDTH)


def _new_axes(labels: list[list[str]], titles: list[str], columns: int) -> Axes:
    names = [name for part in labels for name in part]
    row = max(_ROW, 0.16 * _most_lines(names) + 0.06)
    height = _ABOVE + _BELOW + row * max(map(len, labels)) + 0.16 * (_most_lines(titles) - 1)
    bars = max(1.4, _LETTER * _longest(titles))
    width = max(columns * (bars + _BESIDE + _LETTER * _longest(names)), 3.2)
    return axes_of_size(width, 0.4 + height * -(-len(labels) // columns))


def _most_lines(texts: list[str]) -> int:
    return max(text.count("\n") + 1 for text in texts)


def _longest(texts: list[str]) -> int:
    return max(len(line) for text in texts for line in text.split("\n"))


def _panel(ax: Axes, topic: pd.DataFrame, labels: list[str], options: dict[str, Any]) -> Axes:
    """The bars of one topic, from the right, the first term on top."""
    panel = ax.inset_axes((0, 0, 1, 1))
    panel.set_facecolor("none")
    places = range(len(labels))
    panel.barh(places, topic["weight"], **{"height": 0.72, "color": "C0", **options})
    panel.set_yticks(places, labels, parse_math=False)
    panel.tick_params(axis="y", length=0, right=True, labelright=True, left=False, labelleft=False)
    panel.spines[["left", "top"]].set_visible(False)
    panel.spines["right"].set_visible(True)
    panel.set_title(_title(topic), loc="right", fontsize="medium", parse_math=False)
    return panel


def _one_scale(panels: list[Axes], weights: pd.Series, columns: int) -> None:
    """Equal axes for all panels: weights to the left, as many rows as the longest has."""
    from matplotlib.ticker import MaxNLocator

    low, high = min(0.0, float(weights.min())), max(0.0, float(weights.max()))
    rows = max(len(panel.get_yticks()) for panel in panels)
    for place, panel in enumerate(panels):
        panel.set_xlim((1.05 * high, 1.05 * low) if high > low else (1, 0))
        panel.set_ylim(rows - 0.5, -0.5)
        panel.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10]))
        panel.xaxis.set_major_formatter("{x:,g}")
        # the marks of the lowest panel of a column serve those above it
        lowest = place + columns >= len(panels)
        panel.tick_params(axis="x", labelsize="small", labelbottom=lowest)


def _placed(ax: Axes, panels: list[Axes], columns: int) -> None:
    """Let each panel find its place whenever it is drawn, for the size that the frame has then."""
    _figure(ax).draw_without_rendering()  # gives the labels their size
    beside = max(_label_width(panel) for panel in panels)
    above = _ABOVE + 0.16 * (_most_lines([panel.get_title(loc="right") for panel in panels]) - 1)
    for place, panel in enumerate(panels):
        shape = columns, -(-len(panels) // columns)
        panel.set_axes_locator(_Place(ax, place, shape, room=(above, beside)))


def _label_width(panel: Axes) -> float:
    """Inches of the widest term."""
    widths = [label.get_window_extent().width for label in panel.get_yticklabels()]
    return max(widths) / _figure(panel).dpi + _PAD


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("topics: the axes belong to no figure; were they removed from it?")
    return figure


class _Place:
    """Where a panel lies: in its cell of the frame, with room for its title and its labels."""

    def __init__(
        self, frame: Axes, place: int, shape: tuple[int, int], *, room: tuple[float, float]
    ) -> None:
        self.frame, self.shape = frame, shape
        self.above, self.beside = room
        self.row, self.column = divmod(place, shape[0])

    def __call__(self, panel: Any, renderer: Any) -> Bbox:
        from matplotlib.transforms import Bbox

        frame, inch = self.frame.bbox, _figure(self.frame).dpi
        width, height = frame.width / self.shape[0], frame.height / self.shape[1]
        right = frame.x1 - self.column * width - self.beside * inch
        left = frame.x1 - (self.column + 1) * width + _BESIDE * inch
        top = frame.y1 - self.row * height - self.above * inch
        bottom = frame.y1 - (self.row + 1) * height + _BELOW * inch
        # in a frame too small for its labels a panel still has some extent
        left, bottom = min(left, right - 0.1 * width), min(bottom, top - 0.1 * height)
        inside = panel.get_figure(root=False).transSubfigure.inverted()
        return Bbox.from_extents(left, bottom, right, top).transformed(inside)
