"""The word behind a name that tells father and son apart: جورج بوش الأب.

The father of two, a loving father and Father Paul are no elders. Where ``الأب`` may be meant so, it
is an age only if the document has elsewhere an age with that name.
"""

from collections.abc import Iterable
from typing import NamedTuple

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import ARTICLE, name_key, parts
from toolkit.naming.words import (
    AGES,
    ELDER,
    FIGURATIVE,
    JUNIOR,
    JUNIORS,
    OF_KIN,
    OF_ONE,
    ORDINALS,
)
from toolkit.normalise import fold

PARTICLES = range(2, 5)  # letters of لم, لقد, لدى, which have no ل before a noun
SHOWN = 2  # last parts of a name, by which two spans are taken to hold one name


class Behind(NamedTuple):
    """What stands behind a name in its sentence.

    Attributes
    ----------
    words : list of str
        The next two words, or fewer.
    is_named : bool
        Whether the second of them stands in a name that is no person's.
    is_person : bool
        Whether a person's name begins with it.
    """

    words: list[str]
    is_named: bool
    is_person: bool


def ages(people: Iterable[tuple[int, str, Behind]]) -> dict[int, str]:
    """The words behind the names of a document that are ages, by the numbers of the names.

    Parameters
    ----------
    people : iterable of (int, str, Behind)
        A number, the name as its span has it, and what stands behind it.

    Examples
    --------
    >>> one = (0, "جورج بوش", Behind(["الأب", "مايكل"], is_named=False, is_person=True))
    >>> other = (1, "جورج بوش", Behind(["الابن", "في"], is_named=False, is_person=False))
    >>> ages([one]), ages([one, other]) == {0: "الأب", 1: "الابن"}
    ({}, True)
    """
    sure: dict[int, str] = {}
    doubted: dict[int, tuple[str, tuple[str, ...]]] = {}
    told: set[tuple[str, ...]] = set()
    for number, text, behind in people:
        name = parts(name_key(text))
        if len(name) > 1 and name[-1] in AGES:
            told.add(name[:-1])
        if not _may_be_age(name, behind.words):
            continue
        if _is_doubted(behind):
            doubted[number] = behind.words[0], name
        else:
            sure[number] = behind.words[0]
            told.add(name)
    proven = {
        number: word
        for number, (word, name) in doubted.items()
        if any(_are_alike(name, other) for other in told)
    }
    return sure | proven


def _may_be_age(name: tuple[str, ...], words: list[str]) -> bool:
    behind = list(map(name_key, words))
    if not behind or not name or behind[0] not in AGES:
        return False
    is_of_name = behind[0] == JUNIOR and " ".join(name) in JUNIORS
    return not is_of_name and behind[-1] not in ORDINALS | OF_KIN | FIGURATIVE


def _is_doubted(behind: Behind) -> bool:
    """Whether an elder may be a father of somebody, a father of some kind, or a priest."""
    if name_key(behind.words[0]) != ELDER or len(behind.words) == 1:
        return False
    follows = behind.words[1]
    is_of = follows.startswith(PREPOSITION_LAM) and len(follows) not in PARTICLES
    is_kind = follows.startswith(ARTICLE) and fold(follows) not in OF_ONE
    return behind.is_person or (not behind.is_named and (is_of or is_kind))


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two spans may hold one name, with titles and first names or without."""
    if one[-1] != other[-1]:
        return False
    is_short = min(len(one), len(other)) == 1
    return is_short or one[0] == other[0] or one[-SHOWN:] == other[-SHOWN:]
