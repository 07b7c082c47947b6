"""Words before a name that tell whose name it is: a relative of somebody, a counterpart abroad."""

from collections.abc import Sequence
from functools import lru_cache

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.lands import lands_of
from toolkit.naming.parts import ARTICLE, KEPT
from toolkit.naming.words import (
    COUNTERPARTS,
    DIRECTIONS,
    KIN,
    NEAR,
    OF_KIN,
    ORDINARY,
    PRONOUNS,
    SHE_SAID,
)
from toolkit.normalise import fold

WITH_PRONOUN = 2  # words: والد, ه
COMMAS = frozenset({"،", ","})


def relative(before: Sequence[str]) -> str:
    """The folded word for somebody's relative that ends the words before a name, or nothing.

    Parameters
    ----------
    before : sequence of str
        The words before the title, clitics apart or not; an adjective may stand behind the word:
        شقيقه الأكبر.

    Examples
    --------
    >>> relative(["قال", "والد", "ه"]), relative(["قالت", "شقيقته", "الصغرى"])
    ('والد', 'شقيقه')
    >>> relative(["قالت", "والدة"])
    ''
    """
    words = before[:-1] if before and fold(before[-1]) in OF_KIN else before
    found = _whose(words) if words else ""
    if found in ORDINARY:
        ahead = words[: -WITH_PRONOUN if words[-1] in PRONOUNS else -1]
        return "" if ahead and fold(ahead[-1]) in ORDINARY[found] else found
    return found if found in KIN else ""


def near(before: Sequence[str], is_person: Sequence[bool]) -> str:
    """The folded word for the holder's relative that ends the words before a title, or nothing.

    Nothing too where a person's name stands right before: the relative is that one.

    Parameters
    ----------
    before : sequence of str
        The words before the title, clitics apart; those of other names that are no person's empty.
    is_person : sequence of bool
        Whether each stands in the name of a person.

    Examples
    --------
    >>> near(["قالت", "زوجة"], [False] * 2), near(["النجل", "الأكبر", "ل"], [False] * 3)
    ('زوجه', 'نجل')
    >>> near(["إيفانكا", "،", "ابنة"], [True, False, False])
    ''
    """
    words = list(map(fold, before))
    if words[-1:] == [PREPOSITION_LAM]:
        words.pop()
    if words and words[-1] in OF_KIN:
        words.pop()
    found = words[-1].removeprefix(ARTICLE) if words else ""
    if found not in NEAR:
        return ""
    while words and words[-1].removeprefix(ARTICLE) in NEAR:  # زوج ابنة الرئيس
        words.pop()
    if words and words[-1] in COMMAS:
        words.pop()
    return "" if words and is_person[len(words) - 1] else found


def may_be_hers(before: Sequence[str]) -> bool:
    """Whether the word before a name may go with a woman: وصلت, السفيرة المستقيلة.

    Examples
    --------
    >>> may_be_hers(["وصلت"]), may_be_hers(["السفيرة", "المستقيلة"]), may_be_hers(["قال"])
    (True, True, False)
    """
    word = before[-1] if before else ""
    if word.startswith(ARTICLE):
        return word.endswith("ة")
    return word.endswith("ت") and not word.endswith("ات")


def is_hers(before: Sequence[str]) -> bool:
    """Whether the word before a name is a verb of saying with a woman for its subject: قالت."""
    return bool(before) and fold(before[-1]) in SHE_SAID


def of_counterpart(before: Sequence[str]) -> dict[str, str]:
    """The country of a counterpart, where the words before a name, its title apart, end in one.

    Examples
    --------
    >>> of_counterpart(["استقبل", "نظير", "ه", "الأردني"]), of_counterpart(["الفريق", "الأردني"])
    ({'الأردن': 'الأردن'}, {})
    """
    size = 2 if before and any(fold(before[-1]) in side for side in DIRECTIONS.values()) else 1
    is_told = len(before) > size and _whose(before[:-size]) in COUNTERPARTS
    return lands_of(before[-size:]) if is_told else {}


def _whose(words: Sequence[str]) -> str:
    """The folded word whose pronoun ends the words, without it; or nothing."""
    if len(words) >= WITH_PRONOUN and words[-1] in PRONOUNS:
        return _bound(fold(words[-2]))
    return _without_pronoun(words[-1])


@lru_cache(KEPT)
def _without_pronoun(word: str) -> str:
    for pronoun in sorted(PRONOUNS, key=len, reverse=True):
        if word.endswith(pronoun):
            return _bound(fold(word.removesuffix(pronoun)))
    return ""


def _bound(word: str) -> str:
    """A word as it is without a pronoun: زوجته has the ta of زوجة."""
    return f"{word[:-1]}ه" if word.endswith("ت") and f"{word[:-1]}ه" in KIN | COUNTERPARTS else word
