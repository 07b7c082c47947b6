"""Where the nodes of a network stand in a figure: the same place every time."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import networkx

Floats = npt.NDArray[np.float64]

_MOVES = 100


def positions(graph: networkx.Graph) -> dict[Hashable, tuple[float, float]]:
    """A place for each node in a square from 0 to 1; joined ones near, parts side by side.

    Each connected part is laid out after Kamada and Kawai, by the number of edges between two
    nodes, from a circle in the order of the nodes' names: chance plays no part. The parts fill
    rows, the largest first. At last nodes that stand close are moved apart, to make room for names.

    References
    ----------
    Kamada and Kawai (1989), Information Processing Letters 31(1): 7-15.

    Examples
    --------
    >>> import networkx
    >>> positions(networkx.Graph([("ليلى", "دمشق")]))["دمشق"]
    (1.0, 0.5)
    """
    import networkx

    parts = [sorted(part, key=str) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), str(part[0])))
    corners, sides = _rows([float(np.sqrt(len(part))) for part in parts])
    places: dict[Hashable, Floats] = {}
    for part, corner, side in zip(parts, corners, sides, strict=True):
        inner = _spread(_of_part(graph, part))
        # half of the space of one name lies between two parts
        around = corner + (side - _margin(side)) * inner + _margin(side) / 2
        places |= dict(zip(part, around, strict=True))
    every = _spread(_apart(_spread(np.array(list(places.values())))))
    return {node: (float(x), float(y)) for node, (x, y) in zip(places, every, strict=True)}


def _margin(side: float) -> float:
    return min(0.9, 0.6 * side)


def _of_part(graph: networkx.Graph, part: list[Hashable]) -> Floats:
    import networkx

    plain = networkx.Graph()
    plain.add_nodes_from(range(len(part)))
    number = {node: place for place, node in enumerate(part)}
    plain.add_edges_from(
        sorted(tuple(sorted((number[a], number[b]))) for a, b in graph.edges(part))
    )
    found = networkx.kamada_kawai_layout(plain, weight=None)
    return np.array([found[place] for place in range(len(part))])


def _spread(places: Floats) -> Floats:
    """The places stretched to the square from 0 to 1; in the middle where all are in line."""
    low, size = places.min(axis=0), np.ptp(places, axis=0)
    flat = size < 1e-6 * max(float(size.max()), 1e-9)
    return np.where(flat, 0.5, (places - low) / np.where(flat, 1, size))


def _apart(places: Floats) -> Floats:
    """The places moved until each has some room of its own, wider than high as a name is."""
    room = np.array([0.75, 0.42]) / np.sqrt(len(places))
    upper = np.arange(len(places))[:, None] < np.arange(len(places))
    for _ in range(_MOVES):
        way = places[:, None] - places[None]
        lacking = room - np.abs(way)
        near = (lacking > 0).all(axis=2)
        np.fill_diagonal(near, val=False)
        if not near.any():
            break
        # along the shorter way, half of it by each of the two
        sideways = lacking[..., 0] / room[0] < lacking[..., 1] / room[1]
        along = np.stack([sideways, ~sideways], axis=2) & near[..., None]
        sign = np.where(way == 0, np.where(upper, -1.0, 1.0)[..., None], np.sign(way))
        places = places + 0.25 * (np.where(along, lacking, 0) * sign).sum(axis=1)
    return places


def _rows(sides: list[float]) -> tuple[list[Floats], list[float]]:
    """The lower left corners of squares in rows from the top, as wide together as they are high."""
    wide = max(max(sides), float(np.sqrt(sum(side**2 for side in sides))) * 1.05)
    corners, x, y, high = [], 0.0, 0.0, sides[0]
    for side in sides:
        if x and x + side > wide + 1e-9:
            x, y, high = 0.0, y - high, side
        corners.append(np.array([x, y - side]))
        x += side
    return corners, sides
