"""The figure of keywords: bars to two sides, what the target prefers and what the reference.

`toolkit.plot` gives it under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.arabic.visual_order import HAS_RIGHT
from toolkit.drawing.axes import (
    check_rows,
    check_table,
    check_values,
    from_the_side_of_zero,
    name_of,
    new_axes,
    thickness_of,
)
from toolkit.drawing.labelling import Floats
from toolkit.drawing.lettering import BROAD, label_of, labels_of, no_maths

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MARK = "\N{LEFT-TO-RIGHT MARK}"
_SIDES = ("target", "reference")
_RATES = ("per_million_target", "per_million_reference")
# What the bars are about, by the kind of the measure.
_KINDS = {
    "test": "how sure the preference is",
    "effect": "how large the preference is",
    "association": "how closely item and side belong together",
}
_TOLD = {
    "log_ratio": "log_ratio (1: twice as frequent, 2: four times)",
    "conservative_log_ratio": "conservative_log_ratio (1: at least twice as frequent)",
    "percent_diff": "percent_diff (100: twice as frequent)",
    "difference_coefficient": "difference_coefficient (1: on that side alone)",
    "per_million": "occurrences per million {unit}",
}
# Where 0 is not the middle between the two sides, or the lowest is the strongest.
_ONE_SIDED = (
    "fisher_exact", "bayes_factor", "simple_maths", "odds_ratio",
    "mi2", "mi3", "ppmi", "dice", "log_dice", "minimum_sensitivity",
)  # fmt: skip
_BELOW, _LINE = 0.45, 0.15  # inches of the legend, and of each further line of it
_GAP = 4.0  # points of 1/72 inch between a bar and what is written beside it


def keywords(
    scores: pd.DataFrame,
    *,
    ax: Axes | None = None,
    column: str | None = None,
    sides: tuple[str, str] = _SIDES,
    unit: str = "words",
    **kwargs: Any,
) -> Axes:
    """Two-sided bars, one row per item: to the right what the target prefers, else to the left.

    Items stand beside the bars, where the bar of a measure ends at zero. Draws the rows that it is
    given, in their order: both ends are ``pd.concat([scores.head(10), scores.tail(10)])``.

    Parameters
    ----------
    scores : DataFrame
        A table of `keyness.keywords`, whatever the reference: index = item; columns
        ``freq_target``, ``freq_reference``, ``per_million_target``, ``per_million_reference`` and
        the column drawn.
    ax : Axes, optional
        Where to draw; by default a new figure, whose height grows with the rows. If its x axis is
        inverted already, the target is at the left. Room is made for the size that it has now.
    column : str, optional
        A measure or an effect size that has two sides, such as "log_likelihood" or "log_ratio";
        by default the first such column. Or "per_million": two bars for each item, its rate in
        the target and its rate in the reference.
    sides : pair of str
        What the target and the reference are, for the legend.
    unit : str
        What was counted: "words", "tokens", "bigrams".
    **kwargs
        To `Axes.barh`, but for `color`, a pair: of the target and of the reference.

    Returns
    -------
    Axes
        The bars with their numbers, which have the sign that the table gives them, and a legend
        of the two sides with their sizes. An infinite score is a bar up to the edge, with the
        sign of infinity.

    Raises
    ------
    ValueError
        The table is empty, lacks a column or a score, or has more rows than a figure can show;
        the column has no two sides; or `sides` or the colours are no pair.

    Notes
    -----
    The side is that of the higher rate, for the tests of some conventions have no sign.

    Examples
    --------
    >>> import pandas as pd
    >>> from toolkit import keyness
    >>> target = pd.DataFrame({"freq": [7, 3], "n": 10}, index=["قلم", "كتاب"])
    >>> reference = pd.DataFrame({"freq": [7, 2], "n": 9}, index=["كتاب", "قلم"])
    >>> ax = keywords(keyness.keywords(target, reference), column="log_ratio")
    >>> [round(float(bar.get_width()), 1) for bar in ax.patches]
    [1.7, -1.4]
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['target, of 10 words', 'reference, of 9 words']
    """
    needed = ["freq_target", "freq_reference", *_RATES]
    maker = "keyness.keywords(target, reference)"
    check_table("keywords", scores, needed, name="scores", maker=maker)
    check_rows("keywords", len(scores), "pd.concat([scores.head(10), scores.tail(10)])")
    column = _chosen(scores, column)
    drawn = list(_RATES) if column == "per_million" else [column]
    check_values("keywords", scores, drawn, name="scores", finite=False)
    colours = _pair("color", kwargs.pop("color", ("C0", "C1")))
    names = _pair("sides", sides)
    labels = labels_of(scores.index, width=BROAD)
    sized = [_sized(scores, side, name, unit) for side, name in zip(_SIDES, names, strict=True)]
    below = _BELOW + _LINE * sum(name.count("\n") for name in sized)
    ax = new_axes(labels, below=below) if ax is None else ax
    options = {"height": thickness_of(labels), **kwargs}
    _axes(ax, name_of(scores.index), len(labels))
    kind = _TOLD.get(column) or f"{column} ({_KINDS[_kind(column)]})"
    ax.set_xlabel(kind.format(unit=unit))
    _legend(ax, colours, sized, options)
    if column == "per_million":
        _rates(ax, scores, labels, colours=colours, options=options)
    else:
        _scores(ax, scores, column, labels, colours=colours, options=options)
    return ax


def _chosen(scores: pd.DataFrame, column: str | None) -> str:
    """The column that is drawn, which is one with two sides."""
    from toolkit.statistics.measures import MEASURES

    there = [name for name in scores.columns if name in MEASURES and name not in _ONE_SIDED]
    if column is None and there:
        return str(there[0])
    if column == "per_million" or column in there:
        return str(column)
    why = (
        "no column of the table has two sides"
        if column is None
        else f"the column {column!r} has no two sides"
    )
    if column is not None and column not in scores.columns:
        why = f"no column {column!r} in scores"
    raise ValueError(
        f"keywords: {why}; to be drawn to two sides there are "
        f"{', '.join([*map(str, there), 'per_million'])}. Pass one of them as column=, or make the "
        "table with effect='log_ratio'."
    )


def _kind(column: str) -> str:
    from toolkit.statistics.measures import MEASURES

    return MEASURES[column].kind


def _pair(name: str, given: Any) -> tuple[Any, Any]:
    if isinstance(given, str) or not hasattr(given, "__len__") or len(given) != len(_SIDES):
        raise ValueError(
            f"keywords: {name} is {given!r:.60}, not a pair. Pass two: that of the target and that "
            "of the reference."
        )
    return given[0], given[1]


def _sized(scores: pd.DataFrame, side: str, name: str, unit: str) -> str:
    """A side with the number of its words, which its most frequent item tells most exactly."""
    freqs, rates = (
        scores[f"{name}_{side}"].to_numpy(dtype="float64", na_value=0)
        for name in ("freq", "per_million")
    )
    most = int(np.argmax(freqs))
    name = label_of(name)
    if not (freqs[most] > 0 and rates[most] > 0):
        return name
    if HAS_RIGHT.search(name):  # which is not to turn round what stands beside it
        name = f"{_MARK}{name}{_MARK}"
    return f"{name}, of {round(float(freqs[most] / rates[most] * 1e6)):,} {unit}"


def _axes(ax: Axes, name: str, rows: int) -> None:
    ax.set_yticks([])
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_ylabel(name, parse_math=False)
    ax.spines["left"].set_visible(False)
    ax.axvline(0, color=ax.spines["bottom"].get_edgecolor(), linewidth=0.8, zorder=2)
    ax.xaxis.set_major_formatter("{x:,g}")


def _legend(ax: Axes, colours: Any, names: list[str], options: dict[str, Any]) -> None:
    """Below the axes, whose whole width the two sides need."""
    from matplotlib.patches import Patch

    look: dict[str, Any] = {
        name: options[name] for name in ("alpha", "hatch", "edgecolor") if name in options
    }
    shown = [Patch(**{"facecolor": colour, **look}) for colour in colours]
    legend = ax.legend(
        shown, names, loc="upper left", bbox_to_anchor=(0, 0), borderaxespad=4.0, frameon=False,
        fontsize="small",
    )  # fmt: skip
    no_maths(legend.get_texts())


def _scores(
    ax: Axes,
    scores: pd.DataFrame,
    column: str,
    labels: list[str],
    *,
    colours: Any,
    options: dict[str, Any],
) -> None:
    """A bar for each item, its number beyond it and its name on the other side of zero."""
    values = scores[column].to_numpy(dtype="float64")
    there, elsewhere = (scores[rate].to_numpy(dtype="float64") for rate in _RATES)
    widths = np.where((there < elsewhere) & (values > 0), -values, values)
    finite = np.abs(widths[np.isfinite(widths)])
    most = float(finite.max(initial=0)) or 1.0
    widths = np.clip(widths, -1.08 * most, 1.08 * most)
    left = np.signbit(widths) | ((widths == 0) & (there < elsewhere))
    tints = [colours[int(side)] for side in left]
    ax.barh(range(len(labels)), widths, **{"color": tints, **options})
    numbers = [_number(value, most) for value in values]
    beyond = [_written(ax, w, row, text, left[row], small=True) for row, (w, text) in
              enumerate(zip(widths, numbers, strict=True))]  # fmt: skip
    beside = [_written(ax, 0.0, row, text, not left[row]) for row, text in enumerate(labels)]
    _limits(ax, widths, beyond, beside, left)


def _rates(
    ax: Axes, scores: pd.DataFrame, labels: list[str], *, colours: Any, options: dict[str, Any]
) -> None:
    """Two bars for each item, and its name at the edge of the axes."""
    rates = [scores[rate].to_numpy(dtype="float64") for rate in _RATES]
    most = max(float(rate.max()) for rate in rates) or 1.0
    nothing = np.zeros(len(labels), dtype=bool)
    every, beyond, left = [], [], []
    for widths, colour, side in zip((rates[0], -rates[1]), colours, (False, True), strict=True):
        ax.barh(range(len(labels)), widths, **{"color": colour, **options})
        every.append(widths)
        beyond += [
            _written(ax, w, row, _number(abs(w), most), side, small=True)
            for row, w in enumerate(widths)
        ]
        left.append(nothing | side)
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    from_the_side_of_zero(ax)
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):,g}")
    _limits(ax, np.concatenate(every), beyond, [], np.concatenate(left))


def _number(value: float, most: float) -> str:
    """A score with as many decimals as the largest needs."""
    if np.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    decimals = 0 if most >= 100 else 1 if most >= 10 else 2
    rounded = round(value, decimals) or 0.0  # a negative zero is none
    return f"{rounded:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _written(ax: Axes, x: float, row: int, text: str, left: Any, *, small: bool = False) -> Any:
    """Text at the left or at the right of a place."""
    at_left = bool(left) != ax.xaxis_inverted()
    return ax.annotate(
        text,
        (float(x), row),
        xytext=(-_GAP if at_left else _GAP, 0),
        textcoords="offset points",
        ha="right" if at_left else "left",
        va="center",
        fontsize="small" if small else "medium",
        parse_math=False,
    )


def _limits(ax: Axes, widths: Floats, beyond: list[Any], beside: list[Any], left: Any) -> None:
    """Limits as narrow as leaves room for all that is written on each side."""
    from matplotlib.ticker import MaxNLocator

    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("keywords: the axes belong to no figure; were they removed from it?")
    inverted = ax.xaxis_inverted()
    reach = float(np.abs(widths).max()) or 1.0
    ax.set_xlim(*((reach, -reach) if inverted else (-reach, reach)))
    figure.draw_without_rendering()  # so that the axes have their size
    pixel = figure.dpi / 72
    room = ax.get_window_extent().width
    numbers = np.array([text.get_window_extent().width for text in beyond]) + 1.5 * _GAP * pixel
    names = np.array([text.get_window_extent().width for text in beside]) + 2 * _GAP * pixel
    opposite = names if len(names) else np.zeros(len(widths))

    def sides(scale: float) -> list[float]:
        needed = np.abs(widths) * scale + numbers
        return [
            max(needed[at].max(initial=0.0), opposite[~at].max(initial=0.0)) for at in (left, ~left)
        ]

    # pixels of a unit: the most with which both sides together fit
    low, high = 0.0, room / reach
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(sides(middle)) <= room else (low, middle)
    scale = max(low, 0.05 * room / reach)
    numbers_at_axis = room / figure.dpi / (0.3 + 0.09 * len(f"{reach:,.0f}"))
    ticks = int(np.clip(numbers_at_axis, 2, 6))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))
    below, above = (side / scale for side in sides(scale))
    ax.set_xlim(*((above, -below) if inverted else (-below, above)))
