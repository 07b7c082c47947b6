"""Figures of curves: how the vocabulary grows, and how frequency falls with rank.

`toolkit.plot` gives both under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.drawing.axes import axes_of_size, check_table, from_the_side_of_zero, set_span

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_SIZE = 6.4, 4.4  # inches
_MOST_OUTLINES = 5000  # points that an SVG or PDF holds one by one


def growth(
    curve: pd.DataFrame,
    *,
    ax: Axes | None = None,
    heaps: pd.DataFrame | None = None,
    **kwargs: Any,
) -> Axes:
    """The curve of vocabulary growth: types and hapax legomena against words read.

    Parameters
    ----------
    curve : DataFrame
        A table of `diversity.growth`: columns `n`, `types`, `hapax`.
    ax : Axes, optional
        Where to draw; by default a new figure.
    heaps : DataFrame, optional
        The law fitted to the curve, a table of `diversity.heaps`, drawn as a dashed line, or not
        at all where there is no fit; columns `constant` and `exponent`.
    **kwargs
        To `Axes.plot`, for the curves of types and hapax.

    Returns
    -------
    Axes
        The curves, with a legend.

    Raises
    ------
    ValueError
        The curve is empty, or a table lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> curve = pd.DataFrame({"n": [10, 20], "types": [8, 14], "hapax": [7, 11]})
    >>> growth(curve).get_xlabel()
    'words read, of 20'
    """
    maker = "diversity.growth(words)"
    check_table("growth", curve, ["n", "types", "hapax"], name="curve", maker=maker)
    ax = ax or axes_of_size(*_SIZE)
    # a line of one point would not be seen
    marker = "o" if len(curve) == 1 else ""
    for column, colour in (("types", "C0"), ("hapax", "C1")):
        look = {"color": colour, "label": column, "marker": marker, **kwargs}
        ax.plot(curve["n"], curve[column], **look)
    if heaps is not None:
        numbers, maker = ["constant", "exponent"], "diversity.heaps(curve)"
        check_table("growth", heaps, numbers, name="heaps", maker=maker)
        if heaps[numbers].iloc[0].notna().all():
            _law(ax, curve, *(float(heaps[name].iloc[0]) for name in numbers))
    set_span(ax, 0, max(ax.get_xlim()))
    ax.set_ylim(0, None)
    from_the_side_of_zero(ax)
    _count_both(ax)
    ax.set_xlabel(f"words read, of {curve['n'].max():,}")
    ax.set_ylabel("different items so far")
    ax.legend(loc="upper right" if ax.xaxis_inverted() else "upper left", frameon=False)
    return ax


def _law(ax: Axes, curve: pd.DataFrame, constant: float, exponent: float) -> None:
    """The dashed line of Heaps' law."""
    law = f"Heaps, {constant:.3g} n$^{{{exponent:.3f}}}$"
    fitted = constant * curve["n"] ** exponent
    ax.plot(curve["n"], fitted, color=ax.xaxis.label.get_color(), ls="--", lw=1, label=law)


def rank_frequency(ranks: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Frequency against rank on logarithmic axes, with the line of the fitted Zipf's law.

    Parameters
    ----------
    ranks : DataFrame
        A table of `diversity.rank_frequency`: columns `rank`, `freq`, `fitted`.
    ax : Axes, optional
        Where to draw; by default a new figure.
    **kwargs
        To `Axes.plot`, for the points.

    Returns
    -------
    Axes
        A point per item, and the line of the law, with a legend; one item has no line.

    Raises
    ------
    ValueError
        The table is empty or lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> ranks = pd.DataFrame({"rank": [1, 2], "freq": [9, 4], "fitted": [9.0, 4.0]})
    >>> rank_frequency(ranks).get_xscale()
    'log'
    """
    maker = "diversity.rank_frequency(freqs)"
    check_table("rank_frequency", ranks, ["rank", "freq", "fitted"], name="ranks", maker=maker)
    ax = ax or axes_of_size(*_SIZE)
    points: dict[str, Any] = {"marker": ".", "linestyle": "none", "color": "C0", "label": "items"}
    # as a picture inside the file where there are too many for outlines
    points["rasterized"] = len(ranks) > _MOST_OUTLINES
    ax.plot(ranks["rank"], ranks["freq"], **{**points, **kwargs})
    # a line of one point would not be seen
    if ranks["fitted"].notna().sum() > 1:
        ax.plot(ranks["rank"], ranks["fitted"], color="C1", lw=1.5, label="Zipf's law, fitted")
    ax.set_xscale("log")
    ax.set_yscale("log")
    _count_both(ax)
    ax.set_xlabel(f"rank, of {len(ranks):,} item{'s' if len(ranks) != 1 else ''}")
    ax.set_ylabel(f"occurrences, of {ranks['freq'].sum():,} words")
    ax.set_ylim(0.7, None)
    set_span(ax, 0.8, max(1.25 * ranks["rank"].max(), 10))
    from_the_side_of_zero(ax)
    ax.legend(loc="upper left" if ax.xaxis_inverted() else "upper right", frameon=False)
    return ax


def _count_both(ax: Axes) -> None:
    """Whole numbers with commas between the thousands on both axes."""
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:,.0f}")
