"""Titles of persons: offices, ranks, honours and forms of address that stand before a name.

A title is read word by word, clitics off: a word that is a title by itself (``الرئيس``, ``اللواء``,
``الشيخ``), or a word of office and what it is the office of (``وزير الدفاع``, ``رئيس مجلس
النواب``), each with its adjectives (``السوري``, ``السابق``), one after the other (``ولي العهد
الأمير``). Professions (``اللاعب``, ``الفنان``, ``المحامي``) are no titles.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from toolkit.naming.words import (
    ADJECTIVES,
    AFTER_BA,
    ALONE,
    BEFORE,
    BODIES,
    GIVEN_WITH_ARTICLE,
    HONOURS,
    LINKS,
    MONARCHS,
    OF_ONE,
    OFFICES,
    PAIRS,
    PEOPLES,
    RULERS,
)
from toolkit.normalise import fold

KEPT = 1 << 16
LONGEST = 9  # words of a title
NAME = "*"  # stands for a word of a name among the words of a title
ARTICLE = "ال"
STAFF = "ركن"  # of an officer: العقيد ركن


@lru_cache(KEPT)
def _reads(words: tuple[str, ...]) -> bool:
    """Whether the words can be cut into titles, each a head and what belongs to it."""
    if not words or len(words) > LONGEST:
        return False
    return any(_is_one(words[:end]) and _rest(words, end) for end in range(len(words), 0, -1))


def _rest(words: tuple[str, ...], end: int) -> bool:
    """Whether a title ends at this word, and others of the same person may follow."""
    if end == len(words):
        return True
    # the minister met the president: two persons, of whom the second has the name
    follows = words[end] not in OF_ONE or words[end - 1] in HONOURS
    return (follows or _is_monarch_again(words[0], words[end])) and _reads(words[end:])


def _is_monarch_again(head: str, next_head: str) -> bool:
    """Whether two titles are those of one monarch: العاهل الأردني الملك."""
    plain = head.removeprefix(ARTICLE)
    same = RULERS.get(plain, plain)
    return same in MONARCHS and same == next_head.removeprefix(ARTICLE)


def _is_one(words: tuple[str, ...]) -> bool:
    """Whether the words are one title with one head."""
    head, *rest = words
    if head in PAIRS:
        return bool(rest) and rest[0] in PAIRS[head] and all(map(_is_adjective, rest[1:]))
    if head not in ALONE:
        return head in OFFICES and _is_office_of(rest)
    adjectives = 0
    while adjectives < len(rest) and _is_adjective(rest[adjectives]):
        adjectives += 1
    of_what = rest[adjectives:]
    return not of_what or (of_what[0] in LINKS and _is_office_of(of_what))


def _is_office_of(words: Sequence[str]) -> bool:
    """Whether the words say what somebody is in office of, adjectives included."""
    if not words or words[-1] in LINKS | BODIES - ADJECTIVES:
        return False
    within = list(pairwise(words))
    if any(word in ALONE and last not in BODIES | OFFICES for last, word in within):
        return False  # another title begins there
    if any(last == "ب" and word not in AFTER_BA for last, word in within):
        return False  # in addition to, with the help of
    return all(
        word == NAME or word in BODIES | LINKS | OFFICES or _is_definite(word) for word in words
    )


def _is_definite(word: str) -> bool:
    return (word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 1) or word in ADJECTIVES


def _is_adjective(word: str) -> bool:
    """Whether the word may follow a title as its adjective: its form is all that is known."""
    if word in GIVEN_WITH_ARTICLE:
        return False
    return word in ADJECTIVES or (word.startswith(ARTICLE) and word.endswith(("ي", "يه")))


def is_people(word: str) -> bool:
    """Whether a folded word is the adjective of a country, masculine or feminine.

    Examples
    --------
    >>> is_people("السوري"), is_people("السوريه"), is_people("الشرع")
    (True, True, False)
    """
    return word in PEOPLES or word.removesuffix("ه") in PEOPLES


def before_name(words: Sequence[str]) -> int:
    """How many of the words before a name are its title, counted from the name.

    Parameters
    ----------
    words : sequence of str
        The folded words before the name in the order of the text, clitics apart; `NAME` stands for
        a word of another name.

    Examples
    --------
    >>> before_name(["بحث", "وزير", "الدفاع", "السوري"])
    3
    """
    return _before(tuple(words[-LONGEST:]))


@lru_cache(KEPT)
def _before(words: tuple[str, ...]) -> int:
    for size in range(len(words), 0, -1):
        if _reads(words[-size:]):
            return size
    return 0


def within_name(words: Sequence[str], before: Sequence[str] = ()) -> int:
    """How many words at the front of a span are a title that it has taken in.

    Parameters
    ----------
    words : sequence of str
        The folded words of the span; at least one is left as the name.
    before : sequence of str
        The words before it, as in `before_name`: a title may begin there.

    Examples
    --------
    >>> within_name(["الرءيس", "بشار", "الاسد"])
    1
    >>> within_name(["الدفاع", "مرهف", "ابو", "قصره"], ["وزير"])
    1
    """
    return _within(tuple(words[: LONGEST + 1]), tuple(before[-LONGEST:]))


@lru_cache(KEPT)
def _within(words: tuple[str, ...], before: tuple[str, ...]) -> int:
    ahead = _before(before)
    for size in range(len(words) - 1, 0, -1):
        front = words[:size]
        if words[size] in BEFORE:
            continue  # ركن الدين is one name
        if _reads(front) and _is_surely_title(front, words):
            return size
        if ahead and all(is_people(word) or word == STAFF for word in front):
            return size
        if not ahead and before and before[-1] in OFFICES and _reads((before[-1], *front)):
            return size
    return 0


def _is_surely_title(front: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether no word of the title may be a name: السيد and العربي are, too."""
    if front[-1] == "السيد" and len(words) == len(front) + 1:
        return False
    rest = front[1:] if front[0] in ALONE else ()
    return all(
        is_people(word) or word in ADJECTIVES | ALONE | OFFICES | LINKS | BODIES for word in rest
    )


def ranks(title: str) -> frozenset[str]:
    """The heads of a title without article: what it shares with another title of the same person.

    Examples
    --------
    >>> sorted(ranks("ولي العهد الأمير")), sorted(ranks("العاهل الأردني"))
    (['امير', 'ولي'], ['ملك'])
    """
    return _ranks(title)


@lru_cache(KEPT)
def _ranks(title: str) -> frozenset[str]:
    words = fold(title).split()
    heads = (word for word in words if word in ALONE or word in OFFICES or word in PAIRS)
    plain = (head.removeprefix(ARTICLE) for head in heads)
    return frozenset(RULERS.get(head, head) for head in plain)


def royal_title(title: str) -> str:
    """The last head of a title of those who go by their first name, with the article, or nothing.

    Examples
    --------
    >>> royal_title("ولي العهد الأمير"), royal_title("ملك الأردن"), royal_title("الرئيس")
    ('الأمير', 'الملك', '')
    """
    for word in reversed(title.split()):
        plain = fold(word).removeprefix(ARTICLE)
        if plain in RULERS:
            return ARTICLE + RULERS[plain]
        if plain in MONARCHS:
            return word if word.startswith(ARTICLE) else ARTICLE + word
    return ""
