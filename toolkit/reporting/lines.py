"""Concordance lines of a report: a few of each item that a table counts, and how many there are."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

LINES_PER_ITEM = 5
BESIDE = 70  # code points on each side
LONGEST_NODE = 240

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Line:
    """One occurrence in its text.

    Attributes
    ----------
    doc : str
        The document.
    before, after : str
        What stands beside it.
    node : tuple of str
        The occurrence; of two names together, the first, what stands between them, the second.
    """

    doc: str
    before: str
    node: tuple[str, ...]
    after: str


@dataclass(frozen=True)
class Item:
    """What the lines of an item are.

    Attributes
    ----------
    label : str
        The item as its table shows it.
    detail : str
        In what it is looked for, such as a section; "" for the whole corpus.
    total : int
        All occurrences.
    lines : list of Line
        At most `LINES_PER_ITEM`.
    """

    label: str
    detail: str
    total: int
    lines: list[Line]


@dataclass
class Book:
    """The items that have lines, each once, in the order in which tables named them first.

    Attributes
    ----------
    texts : DataFrame
        Those of the corpus, for the raw text around each occurrence.
    items : dict
        The lines of each item, by its key; its place is the number of its anchor.
    """

    texts: pd.DataFrame
    items: dict[Hashable, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up once where the body of each text begins."""
        starts = self.texts.get("body_start")
        begins = np.zeros(len(self.texts), int) if starts is None else starts.fillna(0)
        docs = self.texts["doc"].astype("str")
        self._place = {doc: place for place, doc in enumerate(docs)}
        self._texts = self.texts["text"].tolist()
        self._begins = np.asarray(begins, dtype=int).tolist()

    def add(self, key: Hashable, label: str, spans: pd.DataFrame, *, detail: str = "") -> Hashable:
        """The key, with lines of some of the spans of the item unless it has them already.

        Parameters
        ----------
        key : hashable
            What is one item, whichever table names it.
        label : str
            How it is called.
        spans : DataFrame
            All its occurrences in text order; columns ``doc``, ``start``, ``end``, and of two
            names together ``inner_end`` and ``inner_start``, where the first ends and the second
            begins.
        detail : str
            In what it is looked for.
        """
        if key not in self.items:
            some = spans.iloc[spread(len(spans))]
            lines = [self._line(span) for span in some.to_dict("records")]
            self.items[key] = Item(label, detail, len(spans), lines)
        return key

    def numbers(self) -> dict[Hashable, int]:
        """The number of each item, from 1."""
        return {key: number for number, key in enumerate(self.items, start=1)}

    def _line(self, span: dict[Hashable, object]) -> Line:
        doc, start, end = str(span["doc"]), int(str(span["start"])), int(str(span["end"]))
        place = self._place[doc]
        text, begin = self._texts[place], min(self._begins[place], start)
        cuts = [start, end]
        if "inner_end" in span:
            cuts[1:1] = [int(str(span["inner_end"])), int(str(span["inner_start"]))]
        pieces = tuple(shortened(_one_line(text[one:other])) for one, other in pairwise(cuts))
        return Line(doc, _before(text, begin, start), pieces, _after(text, end))


def spread(number: int, most: int = LINES_PER_ITEM) -> Rows:
    """Which of so many rows are shown: all, or some at equal distances, the first among them.

    Examples
    --------
    >>> spread(3).tolist(), spread(100).tolist()
    ([0, 1, 2], [0, 20, 40, 60, 80])
    """
    if number <= most:
        return np.arange(number)
    return np.arange(most) * number // most


def rows_by_code(codes: npt.NDArray[np.integer], wanted: Iterable[int]) -> dict[int, Rows]:
    """The rows of each wanted code, in order, from one look at all codes."""
    chosen = np.unique(np.fromiter(wanted, dtype=np.int64))
    found: dict[int, Rows] = {int(code): np.empty(0, np.intp) for code in chosen}
    if not len(chosen) or not len(codes):
        return found
    look = np.zeros(max(int(codes.max()), int(chosen.max())) + 2, dtype=bool)  # the last: code -1
    look[chosen] = True
    rows = np.flatnonzero(look[codes])
    order = np.argsort(codes[rows], kind="stable")
    rows, sorted_codes = rows[order], codes[rows][order]
    borders = np.flatnonzero(np.diff(sorted_codes)) + 1
    for part in np.split(rows, borders):
        if len(part):
            found[int(codes[part[0]])] = part
    return found


def shortened(text: str, most: int = LONGEST_NODE) -> str:
    """The text, or its beginning and an ellipsis.

    Examples
    --------
    >>> shortened("كتاب قديم", 6)
    'كتاب …'
    """
    if len(text) <= most:
        return text
    head = text[:most]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + " …"


def _one_line(text: str) -> str:
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return " ".join(text.split()).join(edges) if text.strip() else text[:1]


def _before(text: str, begin: int, start: int) -> str:
    """What stands before a place, cut at a space."""
    cut = max(begin, start - BESIDE)
    if cut > begin and not text[cut - 1].isspace():
        spaces = [place for place in range(cut, start) if text[place].isspace()]
        cut = spaces[0] if spaces else start
    return _one_line(text[cut:start]).lstrip()


def _after(text: str, end: int) -> str:
    cut = min(len(text), end + BESIDE)
    if cut < len(text) and not text[cut].isspace():
        while cut > end and not text[cut - 1].isspace():
            cut -= 1
    return _one_line(text[end:cut]).rstrip()
