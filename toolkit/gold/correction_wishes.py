"""What corrections want of a mention, and which of them decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GONE = "gone"


@dataclass(frozen=True)
class Wish:
    """What a correction wants of a mention.

    Attributes
    ----------
    row : int
        The number of the correction among all.
    line : int
        Where it stands.
    action : str
        What it does.
    rank : (bool, int)
        How specific it is, see `rank_of`.
    aspect : str
        What of the mention it is about: ``gone``, ``span``, ``type`` or ``name``.
    value : object
        What that should be.
    """

    row: int
    line: int
    action: str
    rank: tuple[bool, int]
    aspect: str
    value: Any

    def shown(self) -> str:
        """Where the wish stands, and what it is."""
        what = "" if self.aspect == GONE else f" {self.value}"
        return f"line {self.line} ({self.action}{what})"


class Contradiction(ValueError):
    """Two wishes of one rank, of which one mention can have one alone."""

    def __init__(self, one: Wish, other: Wish) -> None:
        first, second = sorted((one, other), key=lambda wish: (wish.line, wish.row))
        advice = "keep one of them"
        if not one.rank[0]:
            advice += ", or fill in doc, start and end in the one that is to decide"
        super().__init__(f"{first.shown()} and {second.shown()} contradict each other; {advice}")


def rank_of(row: dict[str, Any]) -> tuple[bool, int]:
    """How specific a correction is: a place before all else, then as many cells as are filled in.

    What is added has a place, be it that of letters that stand there once.

    Examples
    --------
    >>> row = dict.fromkeys(("start", "type", "text")) | {"doc": "a", "name": "دمشق"}
    >>> rank_of(row | {"action": "delete"})
    (False, 2)
    >>> rank_of(row | {"action": "delete", "start": 4})
    (True, 0)
    """
    if row["start"] is not None or row["action"] == "add":
        return True, 0
    return False, sum(row[column] is not None for column in ("doc", "type", "name", "text"))


def decide(wishes: Sequence[Wish]) -> dict[str, Any]:
    """What becomes of a mention: the value of each aspect that is decided upon.

    A mention goes where no wish that would change it is more specific than the one that it goes.
    Otherwise the most specific wish decides about each aspect.

    Raises
    ------
    Contradiction
        Wishes that are equally specific differ.
    """
    gone = [wish for wish in wishes if wish.aspect == GONE]
    kept = [wish for wish in wishes if wish.aspect != GONE]
    if gone:
        first = max(gone, key=_rank)
        rival = max(kept, key=_rank, default=None)
        if rival is None or first.rank > rival.rank:
            return {GONE: True}
        if first.rank == rival.rank:
            raise Contradiction(first, rival)
    found: dict[str, Wish] = {}
    for wish in sorted(kept, key=_rank, reverse=True):
        chosen = found.setdefault(wish.aspect, wish)
        if chosen.rank == wish.rank and chosen.value != wish.value:
            raise Contradiction(chosen, wish)
    return {aspect: wish.value for aspect, wish in found.items()}


def _rank(wish: Wish) -> tuple[bool, int]:
    return wish.rank
