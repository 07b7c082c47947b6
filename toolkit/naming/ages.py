"""The word behind a name that tells father and son apart: جورج بوش الأب.

A loving father is no elder. Before another person, as Father Paul is, and before children, as a
father of two, ``الأب`` is an age only if the document has elsewhere an age with that name.
"""

from collections.abc import Iterable
from typing import NamedTuple

from toolkit.arabic.clitics import PREPOSITION_LAM
from toolkit.naming.parts import name_key, parts
from toolkit.naming.words import (
    AGES,
    CHILDREN,
    ELDER,
    FIGURATIVE,
    JUNIOR,
    JUNIORS,
    OF_KIN,
    ORDINALS,
)
from toolkit.normalise import fold

SHOWN = 2  # last parts of a name, by which two spans are taken to hold one name


class Behind(NamedTuple):
    """What stands behind a name in its sentence.

    Attributes
    ----------
    words : list of str
        The next three words, or fewer.
    is_person : bool
        Whether a person's name begins with the second of them.
    """

    words: list[str]
    is_person: bool


def ages(people: Iterable[tuple[int, str, Behind]]) -> dict[int, str]:
    """The words behind the names of a document that are ages, by the numbers of the names.

    Parameters
    ----------
    people : iterable of (int, str, Behind)
        A number, the name as its span has it, and what stands behind it.

    Examples
    --------
    >>> one = (0, "جورج بوش", Behind(["الأب", "مايكل"], is_person=True))
    >>> other = (1, "جورج بوش", Behind(["الابن", "في"], is_person=False))
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
    return not is_of_name and ORDINALS.union(OF_KIN, FIGURATIVE).isdisjoint(behind[1:2])


def _is_doubted(behind: Behind) -> bool:
    """Whether an elder may be the father of some children, or a priest."""
    elder, *follow = behind.words
    if name_key(elder) != ELDER:
        return False
    size = 2 if follow[:1] == [PREPOSITION_LAM] else 1
    of = fold("".join(follow[:size]))
    children = of.removeprefix(PREPOSITION_LAM)
    is_of = of != children and (children in CHILDREN or children.isdigit())
    return behind.is_person or is_of


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two spans may hold one name, with titles and first names or without."""
    if one[-1] != other[-1]:
        return False
    is_short = min(len(one), len(other)) == 1
    return is_short or one[0] == other[0] or one[-SHOWN:] == other[-SHOWN:]
