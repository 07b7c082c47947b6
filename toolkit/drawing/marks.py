"""The marks, lines and cells of `toolkit.drawing.charts`, with their colours, sizes and scales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.drawing.axes import legend_beside
from toolkit.drawing.labelling import Floats

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes

_MARKERS = {"PER": "o", "LOC": "s", "ORG": "^", "MISC": "D"}
_OTHER_MARKERS = "ovsD^P*X"
_LINE_MARKERS = "osD^vP*X<>"
_DASHES = ("-", "--", ":", "-.")


def told_sizes(graph: networkx.Graph, freqs: Floats, weights: Sequence[float]) -> str:
    """What the sizes of marks and lines say, for the axis label."""
    told = [f"mark: units with the name, at most {freqs.max():,g}"]
    if weights:
        told.append(f"line: units with both, at most {max(weights):,g}")
    if "n" in graph.graph:
        told[-1] += f"; of {graph.graph['n']:,} units"
    return "\n".join(told)


def joined(ax: Axes, ends: Sequence[Any], weights: Sequence[float]) -> None:
    """Lines between pairs of points, as wide as their weight."""
    from matplotlib.collections import LineCollection

    widths = [0.5 + 3.0 * weight / max(5, *weights) for weight in weights]
    colour = ax.spines["bottom"].get_edgecolor()
    ax.add_collection(LineCollection(list(ends), linewidths=widths, colors=[colour], zorder=1))


def marked(
    ax: Axes, points: Floats, kinds: list[Any], *, areas: Floats, by: str, options: dict[str, Any]
) -> None:
    """The marks, kind by kind, and their legend."""
    looks = _looks(kinds, by)
    drawn = []
    for kind, (colour, marker) in looks.items():
        rows = [row for row, value in enumerate(kinds) if value == kind]
        given = {"color": colour, "marker": marker, "edgecolor": ax.get_facecolor(), **options}
        drawn.append(ax.scatter(*points[rows].T, **{"s": areas[rows], "zorder": 2, **given}))
    names = [kind if by == "type" else f"{by} {kind}" for kind in looks]
    legend_beside(ax, drawn, names)
    legend = ax.get_legend()
    for handle in legend.legend_handles if legend else []:
        handle.set_sizes([60])  # type: ignore[union-attr]


def _looks(kinds: list[Any], by: str) -> dict[Any, tuple[str, str]]:
    """Colour and marker of each kind that occurs, types in the order of their legend elsewhere."""
    import matplotlib

    from toolkit.plot import OTHER_TYPE, TYPES  # which imports this module

    if by == "type":
        present = [*[t for t in TYPES if t in kinds], *sorted(set(kinds) - set(TYPES), key=str)]
        return {t: (TYPES.get(t, OTHER_TYPE)[0], _MARKERS.get(t, "v")) for t in present}
    cycle = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    present = sorted(set(kinds), key=lambda kind: (str(type(kind)), kind))
    return {
        kind: (
            cycle[place % len(cycle)],
            _OTHER_MARKERS[place // len(cycle) % len(_OTHER_MARKERS)],
        )
        for place, kind in enumerate(present)
    }


def coloured_cells(
    ax: Axes, values: Floats, unit: str, *, numbers: bool, options: dict[str, Any]
) -> None:
    """The cells of a square table, the first row on top, with a scale and perhaps numbers."""
    import matplotlib
    from matplotlib.colors import LinearSegmentedColormap, to_rgb

    ground, colour = np.array(to_rgb(ax.get_facecolor())), np.array(to_rgb("C0"))
    # 0 has a tint, which tells it from a cell without a value
    tint = LinearSegmentedColormap.from_list("tint", [0.9 * ground + 0.1 * colour, colour])
    most = np.nanmax(values, initial=0) or 1  # where all are 0 too, the scale has two ends
    scale = {"vmin": min(0, np.nanmin(values, initial=0)), "vmax": most}
    shown = {"cmap": tint, "edgecolors": ax.get_facecolor(), "linewidth": 0.8, **scale, **options}
    cells = ax.pcolormesh(np.ma.masked_invalid(values), **shown)
    ax.set_aspect("equal")
    ax.set_ylim(len(values), 0)
    ax.spines[:].set_visible(False)
    if not np.isfinite(values).any():
        return
    bar = ax.figure.colorbar(cells, ax=ax, shrink=0.6, aspect=25, pad=0.02)
    bar.outline.set_visible(False)
    bar.set_label(unit)
    whole = bool((np.mod(values[np.isfinite(values)], 1) == 0).all())
    if whole:
        bar.locator = matplotlib.ticker.MaxNLocator(integer=True, nbins=5)
        bar.update_ticks()
    for row, column in np.argwhere(np.isfinite(values)) if numbers else []:
        value = values[row, column]
        ax.text(
            column + 0.5,
            row + 0.5,
            f"{value:,.0f}" if whole else f"{value:,.1f}",
            ha="center",
            va="center",
            fontsize="small",
            color=_legible(cells.cmap(cells.norm(value))),
        )


def _legible(colour: Any) -> str:
    """Black or white, whichever stands out more."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]
    )
    return "black" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "white"


def line_look(place: int, periods: int) -> dict[str, Any]:
    """Colour, dash and marker of a line: of forty no two have both in common, for print in grey."""
    import matplotlib

    cycle = matplotlib.rcParams["axes.prop_cycle"].by_key()["color"]
    again, marker = divmod(place, len(_LINE_MARKERS))
    return {
        "color": cycle[place % len(cycle)],
        "linestyle": _DASHES[(marker + again) % len(_DASHES)],
        "marker": _LINE_MARKERS[marker],
        "markersize": 5 if periods <= 60 else 3,
        "linewidth": 1.4,
    }


def from_zero(ax: Axes, highest: float) -> None:
    """An axis of numbers from 0 to above the highest, whose marks at 0 are drawn whole."""
    highest = float(highest) if np.isfinite(highest) and highest > 0 else 1.0
    ax.set_ylim(0, 1.08 * highest)
    for line in ax.lines:
        line.set_clip_on(False)
    ax.yaxis.set_major_formatter("{x:,.0f}" if highest >= 10 else "{x:,g}")


def bars_above(ax: Axes, places: Floats, heights: Floats, *, widths: Floats) -> None:
    """A strip above the axes: how many documents there are at each place."""
    from matplotlib.ticker import MaxNLocator

    strip = ax.inset_axes((0, 1.03, 1, 0.14), sharex=ax)
    colour = ax.spines["bottom"].get_edgecolor()
    strip.bar(places, heights, width=0.9 * widths, color=colour, linewidth=0)
    strip.set_facecolor("none")
    strip.set_ylim(0, max(heights.max(), 1) * 1.05)
    strip.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    strip.tick_params(axis="x", bottom=False, labelbottom=False)
    strip.tick_params(axis="y", labelsize="small")
    strip.set_ylabel("docs", fontsize="small", rotation=0, ha="right", va="center")
