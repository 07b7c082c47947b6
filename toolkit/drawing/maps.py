"""Maps: places as points on outlines of the world, without a network.

`toolkit.plot` gives the figure under its own name. The outlines are those of Natural Earth (public
domain), simplified; `training/outlines.py` makes them. They follow its borders, which show who
holds a land and take no side in a dispute.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from toolkit.drawing.axes import axes_of_size, check_rows, check_table, check_values
from toolkit.drawing.lettering import labels_of
from toolkit.drawing.map_labels import place_labels

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Floats = npt.NDArray[np.float64]

LARGEST = 320.0  # square points of the largest point
SMALLEST = 9.0
MARGIN = 0.14  # of the width of what is shown
NARROWEST = 9.0  # degrees of latitude that are shown at least
WIDTH = 6.8  # inches
TOWNS = ("city", "capital")
UNITS = {"freq": "mentions", "docs": "documents"}


def places(
    places: pd.DataFrame,
    *,
    ax: Axes | None = None,
    column: str = "freq",
    region: tuple[float, float, float, float] | None = None,
    **kwargs: Any,
) -> Axes:
    """Map of places: points on outlines of countries, as large as their numbers, with their names.

    A circle is a town, a square a country, region or water, which stands at one point inside it;
    a hollow one may be another place of that name (``ambiguous``). Names without coordinates are
    not drawn, and a name that finds no room beside its point is not written; the line below the
    map says how many. Names are written from the largest number on, with a thin line where they
    stand off.

    Parameters
    ----------
    places : DataFrame
        A table of `places.locate`, one row per point: index = name; columns `lat`, `lon`, `kind`,
        `ambiguous`, and the column drawn.
    ax : Axes, optional
        Where to draw; by default a new figure.
    column : str
        "freq" (mentions) or "docs" (documents): the area of a point.
    region : tuple of float, optional
        West, east, south and north of what is shown, in degrees; by default all points with a
        margin.
    **kwargs
        To `Axes.scatter`, such as `color` and `alpha`.

    Returns
    -------
    Axes
        The map, longitude and latitude in degrees on its axes.

    Raises
    ------
    ValueError
        The table is empty, lacks a column, has no row with coordinates or more than a figure can
        show; or the region is empty.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"lat": [33.51, None], "lon": [36.29, None], "kind": ["capital", None],
    ...      "freq": [9, 2], "ambiguous": False},
    ...     index=["دمشق", "الفازة"],
    ... )
    >>> ax = places(table)
    >>> [text.get_text() for text in ax.texts]
    ['دمشق']
    >>> ax.get_xlabel()
    'area of a point: mentions, at most 9; 1 of 2 names is without coordinates'
    """
    needed = ["lat", "lon", "kind", "ambiguous", column]
    if column not in UNITS:
        raise ValueError(
            f"places: no column {column!r} to draw; there are {', '.join(UNITS)}. "
            "Pass one of them as column=."
        )
    check_table("places", places, needed, name="places", maker="places.locate(entities)")
    drawn = _within(places, region)
    check_rows("places", len(drawn), "places.head(40)")
    view = _view(drawn, region)
    ax = _new_axes(view) if ax is None else ax
    _draw_world(ax)
    _show(ax, view)
    sizes = _areas(drawn[column].to_numpy(dtype="float64"))
    _draw_points(ax, drawn, sizes, kwargs)
    note = _note(places, drawn, column)
    ax.set_xlabel(note, parse_math=False, fontsize="small")
    unwritten = _draw_names(ax, drawn, sizes)
    if unwritten:
        found = "name finds" if unwritten == 1 else "names find"
        ax.set_xlabel(f"{note}; {unwritten:,} {found} no room", parse_math=False, fontsize="small")
    return ax


def _within(places: pd.DataFrame, region: tuple[float, float, float, float] | None) -> pd.DataFrame:
    """The rows that have coordinates, inside the region if there is one."""
    known = places[places["lat"].notna() & places["lon"].notna()]
    _check_degrees(known)
    if region is not None:
        west, east, south, north = _checked(region)
        known = known[known["lon"].between(west, east) & known["lat"].between(south, north)]
    if len(known) == 0:
        where = "inside the region" if region is not None else "with coordinates"
        raise ValueError(
            f"places: none of the {len(places):,} rows of places is {where}. "
            "Pass a table of places.locate with places that the gazetteer knows."
        )
    return known


def _check_degrees(places: pd.DataFrame) -> None:
    """Refuse coordinates that lie nowhere on the earth."""
    if len(places):
        check_values("places", places, ["lat", "lon"], name="places")
    for column, most in (("lat", 90), ("lon", 180)):
        beyond = places[places[column].abs() > most] if len(places) else places
        if len(beyond):
            raise ValueError(
                f"places: the {column} of {len(beyond):,} rows is beyond {most} degrees, first "
                f"{beyond[column].iloc[0]} of {beyond.index[0]!r:.60}. Mend it, or leave them out."
            )


def _checked(region: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    try:
        west, east, south, north = map(float, region)
    except (TypeError, ValueError):
        west = east = south = north = float("nan")
    if not (west < east and south < north):
        raise ValueError(
            f"places: region is {region!r:.60}; pass (west, east, south, north) in degrees, "
            "west < east and south < north."
        )
    return west, east, south, north


# --- what is shown ----------------------------------------------------------------------------


def _view(
    drawn: pd.DataFrame, region: tuple[float, float, float, float] | None
) -> tuple[float, float, float, float]:
    """West, east, south and north: the region, or the points with a margin."""
    if region is not None:
        return _checked(region)
    south, north = _widened(drawn["lat"].to_numpy(dtype="float64"), NARROWEST)
    shrink = np.cos(np.radians((south + north) / 2))
    west, east = _widened(drawn["lon"].to_numpy(dtype="float64"), 1.4 * NARROWEST / shrink)
    # a strip is no map: at most three times as wide as high, and no higher than wide
    width, height = (east - west) * shrink, north - south
    south, north = _stretched(south, north, width / 3)
    west, east = _stretched(west, east, height / shrink)
    return max(west, -180.0), min(east, 180.0), max(south, -90.0), min(north, 90.0)


def _widened(degrees: Floats, least: float) -> tuple[float, float]:
    low, high = float(degrees.min()), float(degrees.max())
    margin = MARGIN * (high - low)
    return _stretched(low - margin, high + margin, least)


def _stretched(low: float, high: float, least: float) -> tuple[float, float]:
    more = max(0.0, least - (high - low)) / 2
    return low - more, high + more


def _new_axes(view: tuple[float, float, float, float]) -> Axes:
    west, east, south, north = view
    ratio = (north - south) / ((east - west) * np.cos(np.radians((south + north) / 2)))
    height = float(np.clip(WIDTH * ratio, 2.2, 8.0)) + 0.7
    return axes_of_size(WIDTH, height)


def _show(ax: Axes, view: tuple[float, float, float, float]) -> None:
    """Limits and proportions: a degree of longitude is as wide as in the middle of the map."""
    west, east, south, north = view
    ax.set_aspect(1 / np.cos(np.radians((south + north) / 2)), adjustable="box")
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(True)


# --- what is drawn ----------------------------------------------------------------------------


@cache
def _outlines(kind: str) -> list[Floats]:
    """The lines of a kind (land, water, border), each with rows of longitude and latitude."""
    source = files("toolkit") / "resources" / "outlines.tsv"
    rows = (row.split("\t") for row in source.read_text(encoding="utf-8").splitlines()[1:])
    return [_points(points) for name, points in rows if name == kind]


def _points(written: str) -> Floats:
    steps = np.array(written.split(), dtype=np.int64).reshape(-1, 2)
    degrees: Floats = np.cumsum(steps, axis=0) / 100
    return degrees


def _draw_world(ax: Axes) -> None:
    from matplotlib import rcParams
    from matplotlib.collections import LineCollection, PolyCollection

    ground = ax.get_facecolor()
    land = _mixed(ground, rcParams["text.color"], 0.09)
    line = _mixed(ground, rcParams["text.color"], 0.32)
    for kind, face, order in (("land", land, 0.1), ("water", ground, 0.2)):
        shapes = PolyCollection(
            _outlines(kind), facecolors=[face], edgecolors=[line], linewidths=0.5, zorder=order
        )
        ax.add_collection(shapes, autolim=False)
    borders = LineCollection(_outlines("border"), colors=[line], linewidths=0.5, zorder=0.3)
    ax.add_collection(borders, autolim=False)


def _mixed(ground: Any, ink: Any, share: float) -> tuple[float, ...]:
    """The colour between two, with a share of the second."""
    from matplotlib.colors import to_rgb

    below, above = np.array(to_rgb(ground)), np.array(to_rgb(ink))
    return tuple(float(channel) for channel in below * (1 - share) + above * share)


def _areas(numbers: Floats) -> Floats:
    """Areas of the points, in proportion to the numbers, the smallest ones still seen."""
    largest = float(np.nanmax(numbers)) if np.isfinite(numbers).any() else 1.0
    areas: Floats = np.maximum(np.nan_to_num(numbers) / max(largest, 1e-9) * LARGEST, SMALLEST)
    return areas


def _draw_points(ax: Axes, drawn: pd.DataFrame, sizes: Floats, options: dict[str, Any]) -> None:
    """Circles and squares, full and hollow, and a legend where there is more than one sort."""
    towns = drawn["kind"].isin(TOWNS).to_numpy(dtype=bool)
    unsure = drawn["ambiguous"].fillna(False).to_numpy(dtype=bool)
    given = {"color": "C0", "alpha": 0.75, "linewidths": 1.1, **options}
    colour = given.pop("c", given.pop("color"))
    sorts = []
    for town, label in ((True, "town"), (False, "country, region or water")):
        for hollow in (False, True):
            chosen = (towns == town) & (unsure == hollow)
            if not chosen.any():
                continue
            face = "none" if hollow else colour
            points = ax.scatter(
                drawn["lon"][chosen],
                drawn["lat"][chosen],
                s=sizes[chosen],
                **{
                    "marker": "o" if town else "s",
                    "facecolors": face,
                    "edgecolors": colour,
                    **given,
                },
            )
            points.set_zorder(2)
            sorts.append((points, label + (", unsure which" if hollow else "")))
    if len(sorts) > 1:
        _legend(ax, sorts)


def _legend(ax: Axes, sorts: list[tuple[Any, str]]) -> None:
    handles, names = zip(*sorts, strict=True)
    legend = ax.legend(
        handles, names, loc="upper left", bbox_to_anchor=(0, 0), ncols=2, frameon=False,
        borderaxespad=1.8, fontsize="small", scatterpoints=1,
    )  # fmt: skip
    for handle in legend.legend_handles:
        handle.set_sizes([30])  # type: ignore[union-attr]


def _note(places: pd.DataFrame, drawn: pd.DataFrame, column: str) -> str:
    note = f"area of a point: {UNITS[column]}, at most {drawn[column].max():,.0f}"
    lost = int((places["lat"].isna() | places["lon"].isna()).sum())
    if lost:
        verb = "is" if lost == 1 else "are"
        note += f"; {lost:,} of {len(places):,} names {verb} without coordinates"
    outside = len(places) - lost - len(drawn)
    if outside:
        note += f"; {outside:,} lie outside"
    return note


def _draw_names(ax: Axes, drawn: pd.DataFrame, sizes: Floats) -> int:
    """How many names found no room, the others written from the largest point on."""
    order = np.argsort(-sizes, kind="stable")
    points = drawn[["lon", "lat"]].to_numpy(dtype="float64")[order]
    names = labels_of(drawn.index[order], width=None)
    written = place_labels(ax, points, names, radii=np.sqrt(sizes[order] / np.pi))
    return written.count(False)
