"""Arabic names of places: the gazetteer as a table, and what a name can mean in it."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pandas as pd

from toolkit.normalise import fold

ARTICLE = "ال"
# Words that may stand before a name and are no part of it.
GENERIC = frozenset(
    map(fold, ("مدينة", "محافظة", "ولاية", "بلدة", "قرية", "جمهورية", "دولة", "العاصمة", "إمارة"))
)
# Proclitics that a tagger may leave on a name, and what they become without it.
CLITICS = (
    ("ولل", ARTICLE),
    ("لل", ARTICLE),
    ("وب", ""),
    ("ول", ""),
    ("ب", ""),
    ("ل", ""),
    ("و", ""),
)
SMALL = 50_000  # inhabitants of a town that its name alone does not point to
SHORTEST = 4  # letters of a name that is found without its article or a clitic
OTHER = re.compile(r"[\W_]+")
FOREIGN = str.maketrans("پڤ", "بف")


class Candidate(NamedTuple):
    """A place that a name may mean.

    Attributes
    ----------
    place : int
        Its row in the table.
    common : bool
        Whether the name is an ordinary word or the name of a person too.
    small : bool
        Whether it is so small a town that there may well be others of its name.
    """

    place: int
    common: bool
    small: bool

    @property
    def clear(self) -> bool:
        """Whether the name alone says that this place is meant."""
        return not (self.common or self.small)


@cache
def table() -> pd.DataFrame:
    """The gazetteer, one row per place, what is meant as a rule first; not to be changed."""
    source = files("toolkit") / "resources" / "places.tsv"
    with source.open("r", encoding="utf-8") as rows:
        read = pd.read_csv(
            rows,
            sep="\t",
            dtype={"population": "Int64"},
            quoting=csv.QUOTE_NONE,
            keep_default_na=False,  # NA is Namibia
            na_values={"country": [""], "population": [""]},
        )
    order = read["kind"].map({"country": 0, "continent": 1, "region": 1, "water": 1}).fillna(2)
    sized = read.assign(order=order, size=read["population"].fillna(0))
    ranked = sized.sort_values(["order", "size"], ascending=[True, False], kind="stable")
    return ranked.drop(columns=["order", "size"]).reset_index(drop=True)


@cache
def column(name: str) -> list[Any]:
    """A column of the table as a list, which is faster to look things up in; missing is None."""
    return [None if pd.isna(cell) else cell for cell in table()[name]]


@cache
def index() -> dict[str, list[Candidate]]:
    """The candidates of each folded name, what is meant as a rule first."""
    places = table()
    small = ((places["kind"] == "city") & (places["population"] < SMALL).fillna(False)).tolist()
    found: dict[str, list[Candidate]] = {}
    for place, names in enumerate(places["names"]):
        for name in names.split("|"):
            candidate = Candidate(place, name.endswith("*"), small[place])
            found.setdefault(key_of(name), []).append(candidate)
    return found


def key_of(name: str) -> str:
    """What the spellings of a name have in common: folded, letters and digits alone.

    Examples
    --------
    >>> key_of("بور سعيد") == key_of("#بورسعيد")
    True
    """
    return OTHER.sub("", fold(name).translate(FOREIGN))


def candidates_of(name: str) -> list[Candidate]:
    """The places that a name can mean, as it is written or else with less around it.

    Examples
    --------
    >>> len(candidates_of("طرابلس")), candidates_of("وزير")
    (2, [])
    """
    known, key = index(), key_of(name)
    if key in known:
        return known[key]
    for shorter in _variants(name, key):
        sure = [candidate for candidate in known.get(shorter, []) if not candidate.common]
        if sure:
            return sure
    return []


def _variants(name: str, key: str) -> Iterator[str]:
    """Other keys of a name: without a generic word, with and without article, without clitics."""
    words = fold(name).split()
    if len(words) > 1 and words[0] in GENERIC:
        yield key_of(" ".join(words[1:]))
    if len(key) >= SHORTEST:
        yield ARTICLE + key
    for clitic, instead in ((ARTICLE, ""), *CLITICS):
        if key.startswith(clitic) and len(key) - len(clitic) >= SHORTEST:
            yield instead + key.removeprefix(clitic)
