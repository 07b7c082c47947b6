"""Make the outlines of the world, ``toolkit/resources/outlines.tsv``, that maps are drawn on.

::

    python training/outlines.py --shapes countries-50m.json

``countries-50m.json`` is TopoJSON of Natural Earth 1:50m (public domain) from the package
world-atlas 2.0.2. Its lines are simplified, those around the Arab countries least, and written as
one row a line: ``land`` (a closed coast), ``water`` (a closed coast inside land), ``border`` (an
open line between two countries). Points are whole hundredths of a degree, longitude and latitude
by turns, the first as it is, each other as its distance from the one before.
"""

import argparse
import collections
import json
import pathlib

import numpy as np

TABLE = pathlib.Path(__file__).parent.parent / "toolkit" / "resources" / "outlines.tsv"
# West, east, south, north of what is drawn in detail.
DETAIL = (-18, 63, 8, 43)
NEAR, FAR = 0.03, 0.13  # degrees that a line may be off
SMALLEST_NEAR, SMALLEST_FAR = 0.01, 0.15  # square degrees of an island that is kept
SCALE = 100


def read(path):
    """The countries, the rings of land, and the lines that both are made of, in degrees."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, origin = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]
    land = topology["objects"]["land"]["geometries"][0]
    return topology["objects"]["countries"]["geometries"], land["arcs"], arcs


def line(ring, arcs):
    """The points of a ring, whose arcs run backwards where they are negative."""
    pieces = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def area(ring):
    """Square degrees inside a ring, positive whichever way it runs."""
    x, y = ring.T
    return abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def is_near(points):
    west, east, south, north = DETAIL
    x, y = points.mean(axis=0)
    return west < x < east and south < y < north


def simplified(points, far):
    """The points that matter to `far` degrees, first and last kept (Douglas and Peucker 1973)."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        off = distances(points[first + 1 : last], points[first], points[last])
        if off.max() > far:
            middle = first + 1 + int(off.argmax())
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return points[keep]


def distances(points, start, end):
    """How far each point is from the stretch between two others."""
    along = end - start
    length = along @ along
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def country_points(path):
    """For each ISO number of a country a point inside its largest piece, (latitude, longitude)."""
    countries, _, arcs = read(path)
    found = {}
    for country in countries:
        polygons = country.get("arcs", [])
        polygons = [polygons] if country["type"] == "Polygon" else polygons
        rings = [unbroken(line(polygon[0], arcs)) for polygon in polygons]
        if rings and country.get("id"):
            found.setdefault(int(country["id"]), inside(max(rings, key=area)))
    return found


def unbroken(ring):
    """The ring without jumps at the date line; one around the pole is closed along the pole."""
    x, y = np.unwrap(ring[:, 0], period=360), ring[:, 1]
    if abs(x[-1] - x[0]) > 180:
        x, y = np.append(x, [x[-1], x[0], x[0]]), np.append(y, [-90, -90, y[0]])
    return np.column_stack([x, y])


def copies(ring):
    """The ring, and where it reaches beyond the date line the same from the other side."""
    shifts = [turn for turn in (0, -360, 360) if shown(ring[:, 0] + turn)]
    return [ring + np.array([turn, 0]) for turn in shifts]


def shown(x):
    return x.max() > -180 and x.min() < 180


def inside(ring):
    """The middle of the widest stretch at the height of the ring's centre."""
    x, y = ring.T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    height = ((y[:-1] + y[1:]) * cross).sum() / (3 * cross.sum())
    cut = (y[:-1] > height) != (y[1:] > height)
    share = (height - y[:-1][cut]) / (y[1:][cut] - y[:-1][cut])
    ends = np.sort(x[:-1][cut] + share * (x[1:][cut] - x[:-1][cut]))
    stretches = ends.reshape(-1, 2)
    west, east = stretches[np.argmax(stretches[:, 1] - stretches[:, 0])]
    return float(height), float(((west + east) / 2 + 180) % 360 - 180)


def written(points):
    whole = np.rint(points * SCALE).astype(int)
    moved = np.ones(len(whole), dtype=bool)
    moved[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    steps = np.diff(whole[moved], axis=0, prepend=[[0, 0]])
    return " ".join(map(str, steps.ravel()))


def rows(path):
    countries, land, arcs = read(path)
    used = collections.Counter(arc for country in countries for arc in arcs_of(country))
    simple = [simplified(arc, NEAR if is_near(arc) else FAR) for arc in arcs]
    for polygon in land:
        for place, ring in enumerate(polygon):
            whole = line(ring, arcs)
            if area(unbroken(whole)) >= (SMALLEST_NEAR if is_near(whole) else SMALLEST_FAR):
                for copy in copies(unbroken(line(ring, simple))):
                    yield "water" if place else "land", written(copy)
    for arc, times in sorted(used.items()):
        if times > 1:
            yield "border", written(simple[arc])


def arcs_of(country):
    """The numbers of the arcs of a country, each once."""
    stack, found = [country.get("arcs", [])], set()
    while stack:
        for item in stack.pop():
            if isinstance(item, list):
                stack.append(item)
            else:
                found.add(item if item >= 0 else ~item)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shapes", type=pathlib.Path, required=True)
    parser.add_argument("--table", type=pathlib.Path, default=TABLE)
    args = parser.parse_args()
    lines = [f"{kind}\t{points}\n" for kind, points in rows(args.shapes)]
    args.table.write_text("kind\tpoints\n" + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{args.table.name}: {len(lines)} lines, {args.table.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
