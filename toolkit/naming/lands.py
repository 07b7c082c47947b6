"""Countries that a title names, by their names or their adjectives.

Of kings, places that no list has too: two of them are two countries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import ARTICLE, KEPT, name_key
from toolkit.naming.place_names import column
from toolkit.naming.words import (
    CONTINENTS,
    COUNTRIES,
    DIRECTIONS,
    DIVIDED,
    EMIRATES,
    IN_TITLES,
    NEITHER,
    OF_PLACES,
    OTHER_LANDS,
)
from toolkit.normalise import fold

# What is written before an article, and what it hides of it: للأمم, بالأردن.
BEFORE_ARTICLE = ((PREPOSITION_LAM * 2, ARTICLE), ("ب" + ARTICLE, ARTICLE))
ENDINGS = ("ه", "ا", "ي", "ستان")  # of countries and their adjectives, in the order they come off


class Realm(NamedTuple):
    """The lands that one title names, which are one ruler's.

    Attributes
    ----------
    lands : frozenset of str
        The lands.
    are_listed : bool
        Whether a list has each of them.
    are_places : bool
        Whether each of them stands there as the name of a place.
    """

    lands: frozenset[str]
    are_listed: bool
    are_places: bool


NO_LANDS = Realm(frozenset(), are_listed=True, are_places=False)


def are_apart(one: Realm, other: Realm) -> bool:
    """Whether two titles name lands of two rulers: of one kind, and none that is the same.

    Whether an adjective of the lists means a place of no list, nothing tells.

    Examples
    --------
    >>> prussia = Realm(frozenset({"بروس"}), are_listed=False, are_places=True)
    >>> denmark = Realm(frozenset({"الدنمارك"}), are_listed=True, are_places=True)
    >>> are_apart(prussia, denmark), are_apart(prussia, denmark._replace(are_places=False))
    (True, False)
    """
    is_of_kind = (one.are_listed and other.are_listed) or (one.are_places and other.are_places)
    return bool(one.lands and other.lands) and is_of_kind and one.lands.isdisjoint(other.lands)


def is_elsewhere(known: Iterable[Realm], told: Realm) -> bool:
    """Whether a title names no land of somebody's, and those are surely others.

    Examples
    --------
    >>> spain, france = (Realm(frozenset({land}), True, False) for land in ("إسبانيا", "فرنسا"))
    >>> is_elsewhere([spain], france), is_elsewhere([spain, france], france)
    (True, False)
    """
    known = list(known)
    is_told = any(not each.lands.isdisjoint(told.lands) for each in known)
    return not is_told and any(are_apart(each, told) for each in known)


def lands_of(words: Sequence[str]) -> dict[str, str]:
    """The countries of the lists that some words name, each with its name as it is shown.

    Examples
    --------
    >>> lands_of(["وزير", "الدفاع", "الأردني"])
    {'الأردن': 'الأردن'}
    >>> lands_of(["الرئيس", "الكوري", "الجنوبي"]), lands_of(["الرئيس", "الكوري"])
    ({'جنوب كوريا': 'جنوب كوريا'}, {})
    """
    return {land: shown for _, land, shown in _known(words)}


def lands_of_ruler(words: Sequence[str], named: Sequence[bool]) -> tuple[dict[str, str], Realm]:
    """The lands that a king's title names, with their names as they are shown, and their realm.

    Parameters
    ----------
    words : sequence of str
        The title.
    named : sequence of bool
        Whether each word stands in another name: a place.

    Examples
    --------
    >>> lands_of_ruler(["ملك", "بروسيا"], [False, True])[0]
    {'بروس': 'بروسيا'}
    >>> lands_of_ruler(["الملك", "البروسي"], [False, False])[0]
    {}
    """
    known = list(_known(words))
    found = {land: shown for _, land, shown in known}
    rows = {row for row, _, _ in known}
    are_listed = True
    for is_name, group in groupby(range(len(words)), key=named.__getitem__):
        run = list(group)
        if is_name and rows.isdisjoint(run):
            place = _place([words[row] for row in run])
            land = land_of(place)
            found[land or _stem(place)] = land or place
            are_listed = are_listed and bool(land)
    return found, Realm(frozenset(found), are_listed, all(named[row] for row in rows))


def _place(words: list[str]) -> str:
    """The name of a place without what kind of thing it is."""
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) in OF_PLACES else words)


def _known(words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The place of each word that names a country, the country, and its name as it is shown."""
    for row, word in enumerate(words):
        land = land_of(word)
        key = name_key(land)
        if key in DIVIDED:
            side = _direction(words[max(row - 1, 0) : row + 2])
            if side or key in NEITHER:
                land = f"{side} {land}" if side else ""
        if land:
            yield row, land, _shown(word, land)


def _direction(words: Sequence[str]) -> str:
    folded = set(map(fold, words))
    return next((side for side, forms in DIRECTIONS.items() if forms & folded), "")


def _shown(word: str, land: str) -> str:
    """The name of a country with the letters that the text has: إسبانيا where that has الإسباني."""
    if name_key(word) == name_key(land):
        return word
    bare, known = word.removeprefix(ARTICLE), land.removeprefix(ARTICLE)
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(fold(bare), fold(known), strict=False))
    size = len(list(alike))
    shown = land.removesuffix(known) + bare[:size] + known[size:]
    return shown if name_key(shown) == name_key(land) else land


@lru_cache(KEPT)
def land_of(word: str) -> str:
    """The name of the country that a word of a title names, or nothing.

    Examples
    --------
    >>> land_of("الأردني"), land_of("الأردنية"), land_of("الأردن"), land_of("الدفاع")
    ('الأردن', 'الأردن', 'الأردن', '')
    """
    plain = without_preposition(word)
    masculine = plain.removesuffix("ه") if plain.endswith("يه") else plain
    return _lands().get(_stem(IN_TITLES.get(plain) or IN_TITLES.get(masculine, plain)), "")


@cache
def _lands() -> dict[str, str]:
    """The names of countries by what they and their adjectives have in common."""
    written: dict[str, list[str]] = defaultdict(list)
    for names in column("names"):
        for name in names.replace("*", "").split("|"):
            if not name.endswith("ى"):  # دبى
                written[name_key(name)].append(name)
    known = sorted((COUNTRIES | OTHER_LANDS | EMIRATES) - CONTINENTS)
    shown = {key: min(written[key] or [key], key=_words) for key in known}
    # the article of المانيا is none
    return {
        stem: name for key, name in shown.items() for stem in (_stem(key), _stem(f"{ARTICLE}{key}"))
    }


def _words(name: str) -> int:
    return len(name.split())


@lru_cache(KEPT)
def _stem(word: str) -> str:
    stem = name_key(word).removeprefix(ARTICLE)
    for ending in ENDINGS:
        stem = stem.removesuffix(ending)
    return stem


@lru_cache(KEPT)
def without_preposition(word: str) -> str:
    """A word of a title folded, without the preposition that is written onto its article."""
    folded = fold(word)
    for written, article in BEFORE_ARTICLE:
        if folded.startswith(written):
            return article + folded.removeprefix(written)
    return folded
