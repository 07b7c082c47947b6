"""Words before a name that tell whose name it is: a relative of somebody, a counterpart abroad."""

from collections.abc import Sequence
from functools import lru_cache

from toolkit.naming.offices import lands_of
from toolkit.naming.parts import KEPT
from toolkit.naming.titles import is_people
from toolkit.naming.words import COUNTERPARTS, KIN, OF_KIN, PRONOUNS
from toolkit.normalise import fold

WITH_PRONOUN = 2  # words: والد, ه


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
    return found if found in KIN else ""


def of_counterpart(before: Sequence[str]) -> frozenset[str]:
    """The country of a counterpart, where the words before a name, its title apart, end in one.

    Examples
    --------
    >>> of_counterpart(["استقبل", "نظير", "ه", "الأردني"]), of_counterpart(["الفريق", "الأردني"])
    (frozenset({'الأردن'}), frozenset())
    """
    is_told = len(before) > 1 and is_people(fold(before[-1]))
    return lands_of(before[-1:]) if is_told and _whose(before[:-1]) in COUNTERPARTS else frozenset()


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
