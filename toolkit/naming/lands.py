"""Countries that a title names, by their names or their adjectives.

Of kings and others who go by their first name, those of no list too: two places are two countries.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, takewhile

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import ARTICLE, KEPT, name_key
from toolkit.naming.place_names import column
from toolkit.naming.words import (
    ADJECTIVES,
    ALONE,
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
OF_PEOPLES = ("ي", "يه")


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


def lands_of_ruler(
    words: Sequence[str], named: Sequence[bool], *, by_people: bool
) -> dict[str, str]:
    """The countries that the title of one who goes by the first name names, known or not.

    Parameters
    ----------
    words : sequence of str
        The title.
    named : sequence of bool
        Whether each word stands in another name: a place.
    by_people : bool
        Whether an adjective that no list has is a country's.

    Examples
    --------
    >>> lands_of_ruler(["ملك", "بروسيا"], [False, True], by_people=True)
    {'بروس': 'بروسيا'}
    >>> lands_of_ruler(["الملك", "البروسي", "الراحل"], [False] * 3, by_people=True)
    {'بروس': 'البروسي'}
    """
    known = list(_known(words))
    found = {land: shown for _, land, shown in known}
    rows = {row for row, _, _ in known}
    for is_name, group in groupby(range(len(words)), key=named.__getitem__):
        run = list(group)
        if is_name and rows.isdisjoint(run):
            found |= _place([words[row] for row in run])
        elif by_people and not is_name:
            unknown = (words[row] for row in run if row not in rows)
            found |= {_stem(word): word for word in unknown if is_of_people(word)}
    return found


def _place(words: list[str]) -> dict[str, str]:
    """A place that no list has, without what kind of thing it is."""
    rest = words[1:] if len(words) > 1 and fold(words[0]) in OF_PLACES else words
    name = " ".join(rest)
    land = land_of(name)
    return {land: land} if land else {_stem(name): name}


def is_of_people(word: str) -> bool:
    """Whether a word has the form of the adjective of a country.

    Examples
    --------
    >>> is_of_people("البروسي"), is_of_people("بروسيا"), is_of_people("الملكي")
    (True, False, False)
    """
    folded = fold(word)
    is_form = folded.startswith(ARTICLE) and folded.endswith(OF_PEOPLES)
    return is_form and folded not in ADJECTIVES | ALONE | _every_direction()


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


@cache
def _every_direction() -> frozenset[str]:
    return frozenset().union(*DIRECTIONS.values())


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
