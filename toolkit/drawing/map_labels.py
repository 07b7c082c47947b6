"""Names beside points of a figure, placed so that none lies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]
# West, east, south and north of a rectangle, in points of paper.
Box = tuple[float, float, float, float]

GAP = 1.5  # between a point and its name
# Where a name may stand, the best first: the direction from the point, and how far beyond its edge.
ANGLES = (0, 180, 90, 270, 45, 135, 315, 225, 22, 158, 338, 202, 68, 112, 292, 248)
DISTANCES = (0.0, 9.0, 18.0, 30.0, 44.0, 60.0, 80.0)
WITH_LINE = 5.0  # how far off a name is led to its point by a line
HALO = 2.2


def place_labels(ax: Axes, points: Floats, names: list[str], *, radii: Floats) -> list[bool]:
    """For each name whether it was written beside its point, the first ones first.

    A name covers no point, no name before it, and no edge of the axes. Where it stands off, a thin
    line leads to its point; where there is no room, it is left out.

    Parameters
    ----------
    ax : Axes
        The axes, whose limits and layout are final.
    points : array of float
        A row per point: where it is, in the units of the axes.
    names : list of str
        The names, the most important first.
    radii : array of float
        How far each point reaches, in points of paper.

    Returns
    -------
    list of bool
        Whether each name is written.
    """
    figure = ax.get_figure(root=True)
    if figure is None or not names:
        return [False] * len(names)
    figure.draw_without_rendering()  # so that the axes stand where they will stay
    scale = 72 / figure.dpi  # in points of paper, so that no resolution changes the places
    centres = ax.transData.transform(points) * scale
    frame = ax.get_window_extent()
    edges = (frame.x0 * scale, frame.x1 * scale, frame.y0 * scale, frame.y1 * scale)
    discs = np.column_stack([centres - radii[:, None], centres + radii[:, None]])[:, [0, 2, 1, 3]]
    labels = np.empty((0, 4))
    written = [False] * len(names)
    for number, name in enumerate(names):
        size = _size(ax, name) * scale
        others = np.concatenate([np.delete(discs, number, axis=0), labels])
        reach = float(radii[number])
        for box in _boxes(centres[number], reach, size):
            line = _line(box, centres[number], reach)
            if _is_inside(box, edges) and not (_meet(box, others) or _meets_any(line, labels)):
                labels = np.concatenate([labels, [box], line])
                offset = _middle(box) - centres[number]
                _write(ax, name, points[number], offset, reach if len(line) else None)
                written[number] = True
                break
    return written


def _size(ax: Axes, name: str) -> Floats:
    """Width and height of a name in pixels."""
    text = ax.text(0, 0, name, fontsize="small", parse_math=False)
    extent = text.get_window_extent()
    text.remove()
    return np.array([extent.width, extent.height])


def _boxes(centre: Floats, radius: float, size: Floats) -> Iterator[Box]:
    """Where a name of this size may stand around its point, the best place first."""
    (x, y), (width, height) = centre, size
    for distance in DISTANCES:
        for angle in np.radians(ANGLES):
            reach = radius + GAP + distance
            across, up = float(np.cos(angle)), float(np.sin(angle))
            # beside, above or at a corner: the box moves by half its size
            corner = np.clip(np.array([across, up]) * 1.42, -1, 1) / 2
            middle = x + across * reach + corner[0] * width, y + up * reach + corner[1] * height
            yield (
                float(middle[0] - width / 2),
                float(middle[0] + width / 2),
                float(middle[1] - height / 2),
                float(middle[1] + height / 2),
            )


def _is_inside(box: Box, edges: Box) -> bool:
    across = edges[0] <= box[0] and box[1] <= edges[1]
    return across and edges[2] <= box[2] and box[3] <= edges[3]


def _meet(box: Box, others: Floats) -> bool:
    """Whether a box lies on one of others."""
    west, east, south, north = others.T
    return bool(((box[0] < east) & (west < box[1]) & (box[2] < north) & (south < box[3])).any())


def _meets_any(line: Floats, others: Floats) -> bool:
    return any(_meet(tuple(step), others) for step in line)


def _middle(box: Box) -> Floats:
    return np.array([(box[0] + box[1]) / 2, (box[2] + box[3]) / 2])


def _line(box: Box, centre: Floats, radius: float) -> Floats:
    """The line from a point to a box that is far from it, as a row of small boxes; or none."""
    end = np.clip(centre, [box[0], box[2]], [box[1], box[3]])
    length = float(np.hypot(*(end - centre)))
    if length - radius < WITH_LINE:
        return np.empty((0, 4))
    steps = np.linspace(radius / length, 1, max(2, int(length / 2)), endpoint=False)[:, None]
    places = centre + steps * (end - centre)
    return np.column_stack([places - 0.5, places + 0.5])[:, [0, 2, 1, 3]]


def _write(ax: Axes, name: str, point: Floats, offset: Floats, radius: float | None) -> None:
    """Write a name; with a radius, a line leads to the edge of its point."""
    from matplotlib import rcParams
    from matplotlib.patheffects import withStroke

    ink = rcParams["text.color"]
    line: dict[str, Any] = {"arrowstyle": "-", "color": ink, "linewidth": 0.5, "shrinkA": 0}
    ax.annotate(
        name,
        (float(point[0]), float(point[1])),
        xytext=(float(offset[0]), float(offset[1])),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize="small",
        parse_math=False,
        color=ink,
        path_effects=[withStroke(linewidth=HALO, foreground=ax.get_facecolor())],
        arrowprops=None if radius is None else {**line, "shrinkB": radius},
        zorder=4,
    )
