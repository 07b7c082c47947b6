"""What a title says of its bearer: which office of what and of which country, and whether still.

Two persons of one name are told apart by it: the minister of defence is not the one of energy, the
president not the late one, the king of Jordan not the one of Saudi Arabia.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import ARTICLE, KEPT, name_key
from toolkit.naming.place_names import column
from toolkit.naming.titles import is_people
from toolkit.naming.words import (
    ADJECTIVES,
    ALONE,
    BODIES,
    CONTINENTS,
    COUNCIL,
    COUNTRIES,
    EMIRATES,
    IN_TITLES,
    LINKS,
    OFFICES,
    OTHER_LANDS,
    PAIRS,
    PAST,
    RULERS,
    SAME_OFFICE,
)
from toolkit.normalise import fold

# What is written before an article, and what it hides of it: للأمم, بالأردن.
BEFORE_ARTICLE = ((PREPOSITION_LAM * 2, ARTICLE), ("ب" + ARTICLE, ARTICLE))
ENDINGS = ("ه", "ا", "ي", "ستان")  # of countries and their adjectives, in the order they come off


class Office(NamedTuple):
    """An office that a title tells.

    Attributes
    ----------
    head : str
        What its holder is called, without article: وزير.
    of : frozenset of str
        The words for what it is the office of, without article: دفاع.
    lands : frozenset of str
        The countries and emirates that it names.
    is_past : bool
        Whether its holder is a former or a late one.
    """

    head: str
    of: frozenset[str]
    lands: frozenset[str]
    is_past: bool


def are_two(some: Set[str], others: Set[str]) -> bool:
    """Whether both tell something, and nothing that is the same."""
    return bool(some) and bool(others) and some.isdisjoint(others)


def may_hold(told: Set[Office], wanted: Set[Office]) -> bool:
    """Whether who holds the offices that are told may hold one of those that are wanted.

    Examples
    --------
    >>> may_hold(offices("وزير الطاقة"), offices("وزير الدفاع"))
    False
    >>> may_hold(offices("وزير الطاقة السوري"), offices("الوزير السوري"))
    True
    """
    return any(_may_be(told, office) for office in wanted)


def _may_be(told: Set[Office], office: Office) -> bool:
    alike = [each for each in told if each.head == office.head and each.is_past == office.is_past]
    is_other = are_two(_every(each.of for each in alike), office.of)
    return bool(alike) and not is_other and not are_two(_lands_told(alike), office.lands)


def is_abroad(told: Set[Office], wanted: Set[Office]) -> bool:
    """Whether an office that is wanted is told, but of another country."""
    alike = ([each for each in told if each.head == office.head] for office in wanted)
    pairs = zip(alike, wanted, strict=True)
    return any(are_two(_lands_told(same), office.lands) for same, office in pairs)


def _lands_told(told: Iterable[Office]) -> frozenset[str]:
    return _every(office.lands for office in told)


def _every(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(sets))


def offices(title: str) -> frozenset[Office]:
    """The offices of a title.

    Examples
    --------
    >>> office, = offices("وزير الدفاع الأردني السابق")
    >>> office.head, sorted(office.of), sorted(office.lands), office.is_past
    ('وزير', ['دفاع'], ['الأردن'], True)
    """
    return _offices(title)


@lru_cache(KEPT)
def _offices(title: str) -> frozenset[Office]:
    words = list(map(_plain, title.split()))
    of_heads: dict[str, list[str]] = {}
    head = before = ""
    for word in words:
        is_governed = before in OFFICES | BODIES | LINKS  # نائب رئيس الوزراء is no prime minister
        is_head = word in ALONE or word in OFFICES or word in PAIRS
        if is_head and not (is_governed and head):
            plain = word.removeprefix(ARTICLE)
            head = RULERS.get(plain, plain)
            of_heads.setdefault(head, [])
        elif head:
            of_heads[head].append(word)
        before = word
    lands = lands_of(words)
    return frozenset(
        Office(head, _of_what(rest), lands, not PAST.isdisjoint(rest))
        for head, rest in of_heads.items()
    )


def _of_what(words: list[str]) -> frozenset[str]:
    """The words for what an office is of, without its adjectives and countries."""
    same = {} if COUNCIL in words else SAME_OFFICE  # مجلس الدولة is no republic
    return frozenset(
        same.get(bare := word.removeprefix(ARTICLE), bare)
        for word in words
        if word not in ADJECTIVES | LINKS | BODIES and not is_people(word) and not land_of(word)
    )


def lands_of(words: Iterable[str]) -> frozenset[str]:
    """The countries that some words name, by their names or their adjectives."""
    return frozenset(filter(None, map(land_of, words)))


@lru_cache(KEPT)
def land_of(word: str) -> str:
    """The name of the country that a word of a title names, or nothing.

    Examples
    --------
    >>> land_of("الأردني"), land_of("الأردنية"), land_of("الأردن"), land_of("الدفاع")
    ('الأردن', 'الأردن', 'الأردن', '')
    """
    plain = _plain(word)
    return _lands().get(_stem(IN_TITLES.get(plain, plain)), "")


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


def _plain(word: str) -> str:
    """A word of a title folded, without the preposition that is written onto its article."""
    folded = fold(word)
    for written, article in BEFORE_ARTICLE:
        if folded.startswith(written):
            return article + folded.removeprefix(written)
    return folded
