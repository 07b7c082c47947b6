"""What the readers of annotated files have in common: a document, and what was repaired in it."""

from collections import Counter
from dataclasses import dataclass, field

Span = tuple[int, int, str]


@dataclass
class Annotated:
    """A document as it was annotated.

    Attributes
    ----------
    doc : str
        Its name.
    text : str
        What the offsets are into.
    spans : list of (int, int, str)
        Start, end and type of each mention.
    sentences : list of int
        Where its sentences begin; empty where the file does not tell.
    met : Counter
        How often each type occurs in the file.
    """

    doc: str
    text: str
    spans: list[Span]
    sentences: list[int] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)


class Repairs:
    """What was repaired or left out in a file, and how often.

    Examples
    --------
    >>> repairs = Repairs("a.conll", strict=False)
    >>> repairs.malformed("line 3", "tag 'OO' is unknown", "read as O")
    >>> repairs.malformed("line 9", "tag 'OO' is unknown", "read as O")
    >>> repairs.rows()
    [['a.conll', 'read', 'malformed', "2: tag 'OO' is unknown; read as O (first: line 3)"]]
    """

    def __init__(self, file: str, *, strict: bool) -> None:
        self.file = file
        self.strict = strict
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], str] = {}

    def add(self, what: str, place: str, detail: str) -> None:
        """Count something that was repaired."""
        self._counts[what, detail] += 1
        self._first.setdefault((what, detail), place)

    def malformed(self, place: str, detail: str, repair: str) -> None:
        """Count something that was malformed, or refuse it."""
        if self.strict:
            raise ValueError(
                f"read_entities: {self.file}, {place}: {detail}. Mend the file, or pass "
                f"malformed='repair' ({repair})."
            )
        self.add("malformed", place, f"{detail}; {repair}")

    def rows(self) -> list[list[str]]:
        """A row of the table of problems for each kind."""
        return [
            [self.file, "read", what, f"{count}: {detail} (first: {self._first[what, detail]})"]
            for (what, detail), count in self._counts.items()
        ]
