"""Places: names of type LOC matched with a light gazetteer, for English, country and coordinates.

The gazetteer knows all countries and capitals, towns of Arab countries from 500 inhabitants, of
some neighbours from 30,000 and of the rest of the world from 100,000, as far as GeoNames has an
Arabic name for them, and the regions and waters that news names most. It holds no streets and no
buildings. `training/places.py` makes it.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from toolkit.columns import require
from toolkit.naming.place_names import Candidate, candidates_of, column, table

NEAR = 5  # degrees between a region and a place that tells it from a country of its name
ADVICE = "Pass the entities of an annotated corpus."
PLACE = ("english", "kind", "country", "lat", "lon", "population")
COLUMNS = (*PLACE, "freq", "docs", "candidates", "ambiguous")


def gazetteer() -> pd.DataFrame:
    """The table behind `locate`: one row per place.

    Columns ``english``, ``kind`` (country, capital, city, region, water, continent), ``country``
    (ISO 3166 code, missing where it lies in several or in dispute), ``lat`` and ``lon`` (degrees;
    of a country a point inside its largest piece), ``population`` (missing where unknown) and
    ``names``, its Arabic names with ``|`` between them. A star follows a name that is also an
    ordinary word or the name of a person.

    Examples
    --------
    >>> known = gazetteer()
    >>> known.query("english == 'Damascus'").iloc[0].drop("population").to_dict()
    {'english': 'Damascus', 'kind': 'capital', 'country': 'SY', 'lat': 33.51, 'lon': 36.29,
     'names': 'دمشق'}
    """
    return table().copy()


def locate(entities: pd.DataFrame, *, by: str = "name") -> pd.DataFrame:
    """The place of each name of type LOC, and how often it is mentioned.

    A name is looked up without regard to hamza, vowel signs, ``ى``/``ي``, ``ة``/``ه``, spaces and,
    where it has four letters more, its article. Of several places of one name the one is taken
    whose country the document names otherwise (by its name or by that of a place there that has
    no double; a region that has the name of a country needs a place nearby); where that settles
    nothing a country comes first, then a region, then the town with most inhabitants. A name that
    is also an ordinary word, and a town of less than 50,000 inhabitants, is taken only where the
    document names the country.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``name``, ``type``.
    by : str
        What a row is: ``name`` (a name that means two places, each in other documents, has two
        rows), or ``place`` (all names of one place together, under the most frequent of them).

    Returns
    -------
    DataFrame
        One row per name or place, most frequent first, ties by code point. Index: the name;
        columns ``english``, ``kind``, ``country``, ``lat``, ``lon``, ``population``, missing where
        the gazetteer does not know the name or cannot tell; ``freq`` (mentions), ``docs``
        (documents that mention it), ``candidates`` (places that the name can mean),
        ``ambiguous`` (whether it can mean several and some document does not settle which). By
        place also ``names``, all names of the row by frequency.

    Raises
    ------
    ValueError
        A column is missing, or ``by`` is neither ``name`` nor ``place``.

    Examples
    --------
    >>> table = pd.DataFrame({"doc": "a", "name": ["بيروت", "لبنان", "طرابلس"], "type": "LOC"})
    >>> locate(table)[["english", "country", "lat", "candidates", "ambiguous"]]
            english country    lat  candidates  ambiguous
    name
    بيروت    Beirut      LB  33.89           1      False
    طرابلس  Tripoli      LB  34.43           2      False
    لبنان   Lebanon      LB  33.92           1      False
    """
    if by not in ("name", "place"):
        raise ValueError(f"locate: by={by!r:.60} is unknown; pass 'name' or 'place'.")
    require("locate", entities, ["doc", "name", "type"], advice=ADVICE)
    pairs = _decided(_pairs(entities))
    return _by_name(pairs) if by == "name" else _by_place(pairs)


def gloss(names: pd.Series) -> pd.Series:
    """The English name of each place, for readers without Arabic.

    Parameters
    ----------
    names : Series of str
        Arabic names of places, clitics off.

    Returns
    -------
    Series of str
        Same index; missing where the gazetteer does not know the name, or knows it as an ordinary
        word too. Of several places of one name the first as `locate` ranks them.

    Raises
    ------
    ValueError
        ``names`` is no Series.

    Examples
    --------
    >>> gloss(pd.Series(["دمشق", "المملكه المتحده", "وزير"])).tolist()
    ['Damascus', 'United Kingdom', nan]
    """
    if not isinstance(names, pd.Series):
        raise ValueError(
            f"gloss: names is of type {type(names).__name__}, not a Series. "
            "Pass a column, such as entities['name'], or pd.Series of a list."
        )
    english = column("english")
    glosses: dict[Any, Any] = dict.fromkeys(names.dropna().unique())
    for name in glosses:
        sure = [candidate.place for candidate in candidates_of(str(name)) if not candidate.common]
        glosses[name] = english[sure[0]] if sure else None
    return names.astype("object").map(glosses).astype("str")


# --- names of documents -----------------------------------------------------------------------


def _pairs(entities: pd.DataFrame) -> pd.DataFrame:
    """One row per name of type LOC and document, in code point order, and its ``freq``."""
    chosen = entities.loc[entities["type"].isin(["LOC"]).to_numpy(), ["name", "doc"]].dropna()
    plain = chosen.astype("str")
    return plain.groupby(["name", "doc"], sort=True).size().rename("freq").reset_index()


def _decided(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with their ``place`` (-1: none), ``candidates``, and whether one is ``settled``."""
    known = {name: candidates_of(name) for name in pairs["name"].unique()}
    clear = {name: c[0].place for name, c in known.items() if len(c) == 1 and c[0].clear}
    names, docs = pairs["name"].tolist(), pairs["doc"].tolist()
    named = _named(zip(docs, (clear.get(name) for name in names), strict=True))
    decided = [
        (clear[name], True) if name in clear else _choice(known[name], named.get(doc, set()))
        for name, doc in zip(names, docs, strict=True)
    ]
    return pairs.assign(
        place=pd.Series([place for place, _ in decided], dtype="int64"),
        settled=pd.Series([settled for _, settled in decided], dtype="bool"),
        candidates=pd.Series([len(known[name]) for name in names], dtype="int64"),
    )


def _named(places: Iterable[tuple[str, int | None]]) -> dict[str, set[int]]:
    """For each document the places in it that have no double and lie in one country."""
    where = column("country")
    found: dict[str, set[int]] = {}
    for doc, place in places:
        if place is not None and where[place]:
            found.setdefault(doc, set()).add(place)
    return found


def _choice(candidates: list[Candidate], named: set[int]) -> tuple[int, bool]:
    """The place that is meant in a document that names these places, and whether that is sure.

    -1 where no candidate is clear by itself, and no country speaks for one.
    """
    where = column("country")
    countries = {where[place] for place in named}
    spoken = [
        c.place
        for c in candidates
        if where[c.place] in countries
        and (c is candidates[0] or _may_stand_for_country(c.place, candidates[0].place, named))
    ]
    if spoken:
        return spoken[0], len(spoken) == 1
    sure = [c.place for c in candidates if c.clear]
    return (sure[0], len(candidates) == 1) if sure else (-1, False)


def _may_stand_for_country(place: int, first: int, named: set[int]) -> bool:
    """Whether a place is none that has a country's name, or a place near it is named.

    News of Georgia names the United States: that alone does not make it the state.
    """
    kind, lat, lon = column("kind"), column("lat"), column("lon")
    if kind[first] != "country" or kind[place] != "region":
        return True
    return any(
        max(abs(lat[place] - lat[other]), abs(lon[place] - lon[other])) < NEAR for other in named
    )


# --- tables -----------------------------------------------------------------------------------


def _by_name(pairs: pd.DataFrame) -> pd.DataFrame:
    counted = _counted(pairs, ["name", "place"])
    return _described(counted)[list(COLUMNS)]


def _by_place(pairs: pd.DataFrame) -> pd.DataFrame:
    """A row per place; a name without place is a row of its own."""
    pairs = pairs.assign(unknown=pairs["name"].where(pairs["place"] < 0, ""))
    spelt = _counted(pairs, ["place", "unknown", "name"])
    spellings: dict[tuple[int, str], list[str]] = {}
    for place, unknown, name in zip(spelt["place"], spelt["unknown"], spelt["name"], strict=True):
        spellings.setdefault((place, unknown), []).append(name)
    counted = _counted(pairs, ["place", "unknown"])
    every = [spellings[row] for row in zip(counted["place"], counted["unknown"], strict=True)]
    named = counted.assign(
        name=pd.Series([names[0] for names in every], dtype="str"),
        names=pd.Series(["، ".join(names) for names in every], dtype="str"),
    )
    return _described(named)[[*COLUMNS, "names"]]


def _counted(pairs: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The pairs added up by some columns, most frequent first, ties by these columns."""
    unsure = pairs.assign(ambiguous=(pairs["candidates"] > 1) & ~pairs["settled"])
    counted = unsure.groupby(keys, as_index=False).agg(
        freq=("freq", "sum"),
        docs=("doc", "nunique"),
        candidates=("candidates", "max"),
        ambiguous=("ambiguous", "any"),
    )
    return counted.sort_values("freq", ascending=False, kind="stable", ignore_index=True)


def _described(counted: pd.DataFrame) -> pd.DataFrame:
    """The rows with what the gazetteer says of their place, index the name."""
    ordered = counted.sort_values(["freq", "name", "place"], ascending=[False, True, True])
    about = table()[list(PLACE)].reindex(ordered["place"]).reset_index(drop=True)
    rows = pd.concat([about, ordered.reset_index(drop=True)], axis=1)
    return rows.set_index(pd.Index(rows["name"], name="name", dtype="str"))
