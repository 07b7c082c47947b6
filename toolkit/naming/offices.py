"""What a title says of its bearer: which office of what and of which country, and whether still.

Two persons of one name are told apart by it: the minister of defence is not the one of energy, the
president not the late one, the king of Jordan not the one of Saudi Arabia.
"""

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from toolkit.naming.lands import land_of, lands_of, without_preposition
from toolkit.naming.parts import ARTICLE, KEPT
from toolkit.naming.titles import is_people
from toolkit.naming.words import (
    ADJECTIVES,
    ALONE,
    BODIES,
    COURTESIES,
    LINKS,
    OF_WOMEN,
    OFFICES,
    PAIRS,
    PAST,
    RULERS,
    SAME_OFFICE,
    WITHIN_STATE,
)

HEADS = frozenset(word.removeprefix(ARTICLE) for word in ALONE | OFFICES)
TA_MARBUTA = "ه"  # folded
WOMAN, MAN = "woman", "man"


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


@lru_cache(KEPT)
def offices(title: str) -> frozenset[Office]:
    """The offices of a title.

    Examples
    --------
    >>> office, = offices("وزير الدفاع الأردني السابق")
    >>> office.head, sorted(office.of), sorted(office.lands), office.is_past
    ('وزير', ['دفاع'], ['الأردن'], True)
    """
    words = list(map(without_preposition, title.split()))
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
    lands = frozenset(lands_of(words))
    return frozenset(
        Office(head, _of_what(rest), lands, not PAST.isdisjoint(rest))
        for head, rest in of_heads.items()
    )


def _of_what(words: list[str]) -> frozenset[str]:
    """The words for what an office is of, without its adjectives and countries."""
    return frozenset(
        _same(word.removeprefix(ARTICLE), is_next=place == 0)
        for place, word in enumerate(words)
        if word not in ADJECTIVES | LINKS | BODIES and not is_people(word) and not land_of(word)
    )


def _same(word: str, *, is_next: bool) -> str:
    """The word that stands for what an office is of, right behind the head or within a body."""
    return (SAME_OFFICE if is_next else WITHIN_STATE).get(word, word)


def settling(told: Set[Office]) -> frozenset[Office]:
    """The offices without forms of address and degrees, which anybody may have.

    Examples
    --------
    >>> [office.head for office in settling(offices("الدكتور") | offices("وزير الدفاع"))]
    ['وزير']
    """
    return frozenset(office for office in told if office.of or office.head not in COURTESIES)


def sex_of(told: Set[Office]) -> str:
    """Whether a title is a woman's or a man's, or nothing: that of one who has both is a woman's.

    Examples
    --------
    >>> sex_of(offices("وزيرة الخارجية")), sex_of(offices("الوزير")), sex_of(offices("اللواء"))
    ('woman', 'man', '')
    """
    sexes = set(chain.from_iterable(_sexes(office.head) for office in told))
    return WOMAN if WOMAN in sexes else MAN if sexes else ""


def _sexes(head: str) -> Iterator[str]:
    if head in OF_WOMEN or (head.endswith(TA_MARBUTA) and head[:-1] in HEADS):
        yield WOMAN
    elif head + TA_MARBUTA in HEADS:
        yield MAN
