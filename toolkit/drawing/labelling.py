"""Labels beside the points of a figure, none of which lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

Floats = npt.NDArray[np.float64]

_ANGLES = np.deg2rad(np.arange(0, 360, 12))
_RINGS = (0.0, 4.0, 9.0, 16.0, 26.0, 40.0, 60.0, 90.0, 130.0, 180.0, 250.0, 350.0)
_GAP = 2.0  # between a point and its label
_PASSES = 12
# What a place costs: on another label or outside, on a point, on each line, far from its point; and
# where the way from a point to its label leads through another label.
_ON_LABEL, _OUTSIDE, _ON_POINT, _ON_LINE, _FAR, _ON_WAY = 1e6, 1e6, 3e3, 12.0, 2.0, 5e3


@dataclass(frozen=True)
class Scene:
    """What labels are placed among, in points of 1/72 inch.

    Attributes
    ----------
    points : array, n rows of x and y
        The points that are labelled.
    radii : array of n
        How large they are drawn.
    sizes : array, n rows of width and height
        The labels.
    lines : array, m rows of x, y, x, y
        Lines that labels had better not lie on.
    bounds : (float, float, float, float)
        Left, bottom, right and top of the figure.
    """

    points: Floats
    radii: Floats
    sizes: Floats
    lines: Floats
    bounds: tuple[float, float, float, float]


def placed(scene: Scene, order: npt.NDArray[np.intp]) -> Floats:
    """The centre of each label: near its point, off the other labels, points and lines.

    Labels are placed one after the other, and then each again among the others until none moves.

    Parameters
    ----------
    scene : Scene
        Points, labels and lines.
    order : array of int
        The labels, the most important first: it has the choice.

    Returns
    -------
    array, n rows of x and y
        The centres. Labels overlap only where they find no place inside the bounds.

    Examples
    --------
    >>> scene = Scene(
    ...     points=np.array([[50.0, 50.0], [52.0, 50.0]]), radii=np.array([2.0, 2.0]),
    ...     sizes=np.array([[30.0, 10.0], [30.0, 10.0]]), lines=np.empty((0, 4)),
    ...     bounds=(0, 0, 100, 100),
    ... )
    >>> one, other = placed(scene, np.array([0, 1]))
    >>> bool((abs(one - other) >= [30, 10]).any())
    True
    """
    candidates = [_candidates(scene, label) for label in range(len(scene.points))]
    alone = [
        _cost_alone(scene, label, places, ring) for label, (places, ring) in enumerate(candidates)
    ]
    centres = np.full_like(scene.points, np.nan)
    for _ in range(_PASSES):
        before = centres.copy()
        for label in order:
            places = candidates[label][0]
            costs = alone[label] + _on_labels(scene, label, places, centres)
            centres[label] = places[int(np.argmin(costs))]
        if np.array_equal(before, centres):
            break
    return centres


def _candidates(scene: Scene, label: int) -> tuple[Floats, Floats]:
    """Centres around a point, ring by ring, and how far out each is."""
    width, height = scene.sizes[label]
    rings = np.repeat(_RINGS, len(_ANGLES))
    cosine, sine = (np.tile(wave(_ANGLES), len(_RINGS)) for wave in (np.cos, np.sin))
    out = scene.radii[label] + _GAP + rings
    # the box touches the ring: beside it in the middle, above it likewise, at corners between
    reach = np.maximum(np.abs(cosine), np.abs(sine))
    x = out * cosine + width / 2 * cosine / reach
    y = out * sine + height / 2 * sine / reach
    return scene.points[label] + np.column_stack([x, y]), rings


def _cost_alone(scene: Scene, label: int, places: Floats, rings: Floats) -> Floats:
    """What each place costs whatever the other labels do."""
    half = scene.sizes[label] / 2
    left, bottom, right, top = scene.bounds
    out = np.maximum(places + half - [right, top], [left, bottom] - places + half).clip(0)
    gaps = np.abs(places[:, None, :] - scene.points[None]) - half - scene.radii[None, :, None]
    on_points = (gaps < 0).all(axis=2).sum(axis=1)
    crossed = _through(scene.lines, places, half).sum(axis=0)
    cost: Floats = (
        _OUTSIDE * (out.sum(axis=1) > 0) * (1 + out.sum(axis=1))
        + _ON_POINT * on_points
        + _ON_LINE * crossed
        + _ON_WAY * _over_marks(scene, label, places)
        + _FAR * rings
    )
    # of equally good places the first angle, so that nothing depends on rounding
    return cost + np.arange(len(places)) * 1e-6


def _over_marks(scene: Scene, label: int, places: Floats) -> npt.NDArray[np.int64]:
    """How many other points lie on the way from a point to each place."""
    others = np.arange(len(scene.points)) != label
    ways = np.column_stack([np.broadcast_to(scene.points[label], places.shape), places])
    halves = np.column_stack([scene.radii[others]] * 2)
    over: npt.NDArray[np.int64] = _through(ways, scene.points[others], halves).sum(axis=1)
    return over


def _on_labels(scene: Scene, label: int, places: Floats, centres: Floats) -> Floats:
    """What each place costs because of the labels that are placed already."""
    others = np.flatnonzero(~np.isnan(centres[:, 0]))
    others = others[others != label]
    half, halves = scene.sizes[label] / 2, scene.sizes[others] / 2
    overlap = (half + halves - np.abs(places[:, None, :] - centres[None, others])).clip(0)
    area: Floats = overlap.prod(axis=2)
    ways = np.column_stack([np.broadcast_to(scene.points[label], places.shape), places])
    their_ways = np.column_stack([scene.points[others], centres[others]])
    crossed = _through(ways, centres[others], halves).sum(axis=1)
    crossed += _through(their_ways, places, half).sum(axis=0)
    crossed += _crossing(ways, their_ways).sum(axis=1)
    cost: Floats = (_ON_LABEL * (area > 0) + 1e3 * area).sum(axis=1) + _ON_WAY * crossed
    return cost


def _crossing(lines: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Whether each line, a row, crosses each other line, a column."""

    def turn(a: Floats, b: Floats, c: Floats) -> Floats:
        found: Floats = np.sign(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
            - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )
        return found

    one, two = lines[:, None, :2], lines[:, None, 2:]
    three, four = others[None, :, :2], others[None, :, 2:]
    crossing: npt.NDArray[np.bool_] = (turn(one, two, three) * turn(one, two, four) < 0) & (
        turn(three, four, one) * turn(three, four, two) < 0
    )
    return crossing


def _through(lines: Floats, centres: Floats, halves: Floats) -> npt.NDArray[np.bool_]:
    """Whether each line, a row, runs through each box, a column."""
    enters = np.zeros((len(lines), len(centres)))
    leaves = np.ones_like(enters)
    # the stretch of the line between the sides of the box, and that between its floor and top
    for axis in range(2):
        start, run = lines[:, axis, None], lines[:, axis + 2, None] - lines[:, axis, None]
        run = np.where(run == 0, 1e-9, run)
        centre, half = centres[:, axis], np.broadcast_to(halves, centres.shape)[:, axis]
        one, other = (centre - half - start) / run, (centre + half - start) / run
        np.maximum(enters, np.minimum(one, other), out=enters)
        np.minimum(leaves, np.maximum(one, other), out=leaves)
    through: npt.NDArray[np.bool_] = enters < leaves
    return through


def labelled(
    ax: Axes,
    points: Floats,
    labels: Sequence[str],
    *,
    radii: Floats,
    lines: Floats,
    bold: int = 0,
) -> None:
    """Draw labels beside points, with a thin line where one stands apart from its point.

    The layout of the figure is done first, and labels are placed for the size that it has then.

    Parameters
    ----------
    ax : Axes
        Where to draw; its limits are set so that labels have room beside the outermost points.
    points : array, n rows of x and y
        The points, in the data of the axes, from 0 to 1.
    labels : sequence of str
        Their labels.
    radii : array of n
        How large the points are drawn, in points of 1/72 inch; the largest have the first choice.
    lines : array, m rows of x, y, x, y
        Lines that labels had better not lie on, in the data of the axes.
    bold : int
        So many labels, the first ones, are bold.
    """
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2.5, foreground=ax.get_facecolor())]
    drawn = [
        ax.annotate(
            label,
            point,
            xytext=(0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize="small",
            fontweight="bold" if number < bold else None,
            parse_math=False,
            path_effects=halo,
            zorder=4,
        )
        for number, (point, label) in enumerate(zip(points, labels, strict=True))
    ]
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("network: the axes belong to no figure; were they removed from it?")
    figure.draw_without_rendering()  # so that the layout is done and the axes have their size
    points_of = 72 / figure.dpi
    sizes = np.array([_extent(text) for text in drawn]) * points_of + [3, 2]
    _widen(ax, sizes.max(axis=0) + 8, points_of)
    ax.apply_aspect()  # which moves the axes where both of them have one scale
    at = ax.transData.transform(points) * points_of
    box = ax.get_window_extent()
    left, bottom, right, top = (float(edge) * points_of for edge in box.extents)
    drawn_lines = ax.transData.transform(lines.reshape(-1, 2)).reshape(-1, 4) * points_of
    scene = Scene(at, radii, sizes, drawn_lines, (left, bottom, right, top))
    for text, offset, size, radius in zip(
        drawn, placed(scene, np.argsort(-radii, kind="stable")) - at, sizes, radii, strict=True
    ):
        text.set_position(tuple(offset))
        _lead(ax, text, offset, size, radius)


def _widen(ax: Axes, room: Floats, points_of: float) -> None:
    """Limits that leave some room on each side of what lies between 0 and 1."""
    box = ax.get_window_extent()
    parts = np.minimum(room / (np.array([box.width, box.height]) * points_of), [0.24, 0.14])
    x, y = parts / (1 - 2 * parts)
    ax.set_xlim(-x, 1 + x)
    ax.set_ylim(-y, 1 + y)


def _extent(text: Annotation) -> tuple[float, float]:
    box = text.get_window_extent()
    return box.width, box.height


def _lead(ax: Axes, text: Annotation, offset: Floats, size: Floats, radius: float) -> None:
    """A thin line from the mark to a label that stands apart from it."""
    edge = np.clip(0, offset - size / 2, offset + size / 2)
    if np.hypot(*edge) - radius < 8:
        return
    ax.annotate(
        "",
        text.xy,
        xytext=tuple(edge),
        textcoords="offset points",
        arrowprops={"arrowstyle": "-", "linewidth": 0.5, "color": text.get_color()},
        zorder=3,
    )
