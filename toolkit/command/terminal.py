"""Tables and concordances as lines of a terminal, in columns of equal width."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import pandas as pd

from toolkit.command.cells import PDI, cut, cut_words, padded, plain, width

RLI, RLM = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{RIGHT-TO-LEFT MARK}"
MISSING_NUMBER = "–"
# A mark in the first cell of a line has nothing before it to belong to, and multiplexers drop it.
MARGIN = " "
GAP = "  "
NARROWEST = 10  # to which a column of text may be cut: a day stays whole
COMFORTABLE = 20
# What is for programs rather than for readers is left out before a text is cut to less.
FIRST_LEFT_OUT = ("sha256", "path", "encoding", "start", "end")
LONGEST_LABEL = 24  # of the columns beside a concordance line


@dataclass(frozen=True)
class Column:
    """A column as it is shown: its name, its cells as strings, and whether they are numbers."""

    name: str
    cells: list[str]
    is_number: bool

    @cached_property
    def widest(self) -> int:
        """The cells of the terminal that the widest of its cells takes."""
        return max(map(width, self.cells), default=0)

    @cached_property
    def title(self) -> list[str]:
        """The lines of its name, cut behind underscores to be no wider than need be."""
        pieces = re.findall(r"[^_]+_*|_+", self.name) or [self.name]
        room = max([self.widest, *map(width, pieces)])
        lines = [""]
        for piece in pieces:
            if lines[-1] and width(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] += piece
        return lines

    @cached_property
    def room(self) -> int:
        """The cells that it takes with its name."""
        return max([self.widest, *map(width, self.title)])


# --- tables -----------------------------------------------------------------------------------


def lines(columns: Mapping[str, pd.Series], most: int) -> tuple[list[str], list[str]]:
    """A table as lines of a terminal of some width, and the columns that found no room.

    Parameters
    ----------
    columns : mapping of str to Series
        The columns by name, as `export_cells.named_columns` gives them.
    most : int
        The cells of a line. Columns of text are cut first, then columns at the end left out; the
        first one stays.

    Returns
    -------
    tuple of two lists of str
        Lines, those of the names first, and names.
    """
    shown = _fitting([column_of(name, cells) for name, cells in columns.items()], most)
    rooms = [column.room for column in shown]
    titles = zip_longest(*(column.title for column in shown), fillvalue="")
    rows = [*titles, tuple("-" * room for room in rooms)]
    rows += zip(*(column.cells for column in shown), strict=True)
    sides = ["start" if column.is_number else "end" for column in shown]
    left_out = [name for name in columns if name not in {column.name for column in shown}]
    return [_line(row, rooms, sides) for row in rows], left_out


def _line(cells: Iterable[str], rooms: Iterable[int], sides: Iterable[str]) -> str:
    placed = zip(cells, rooms, sides, strict=True)
    return MARGIN + GAP.join(padded(cell, room, at=at) for cell, room, at in placed).rstrip(" ")


def _fitting(columns: list[Column], most: int) -> list[Column]:
    """The columns that fit in a line, texts cut where that makes room."""
    for name in FIRST_LEFT_OUT:
        if len(columns) > 1 and _total(_narrowed(columns, most, COMFORTABLE)) > most:
            columns = [column for column in columns if column.name != name] or columns
    while len(columns) > 1 and _total(_narrowed(columns, most)) > most:
        columns = columns[:-1]
    return _narrowed(columns, most)


def _total(columns: Sequence[Column]) -> int:
    gaps = len(GAP) * (len(columns) - 1)
    return len(MARGIN) + sum(column.room for column in columns) + gaps


def _narrowed(columns: list[Column], most: int, least: int = NARROWEST) -> list[Column]:
    """The columns with their widest texts cut until all fit, or no text can be cut further."""
    found = list(columns)
    while (excess := _total(found) - most) > 0:
        texts = sorted(
            (column.widest, place) for place, column in enumerate(found) if not column.is_number
        )
        if not texts or texts[-1][0] <= least:
            break
        widest, place = texts[-1]
        next_widest = texts[-2][0] if len(texts) > 1 else least
        room = max(widest - excess, min(next_widest, widest - 1), least)
        found[place] = _cut_column(found[place], room)
    return found


def _cut_column(column: Column, room: int) -> Column:
    return Column(column.name, [cut(cell, room) for cell in column.cells], column.is_number)


def column_of(name: str, values: pd.Series) -> Column:
    """A column of a table as it is shown.

    Examples
    --------
    >>> column_of("mi", pd.Series([1.25, float("nan"), 12.0])).cells
    ['1.25', '–', '12.00']
    """
    kind = values.dtype
    if pd.api.types.is_bool_dtype(kind) or not pd.api.types.is_numeric_dtype(kind):
        return Column(plain(name), ["" if pd.isna(v) else plain(str(v)) for v in values], False)
    if pd.api.types.is_integer_dtype(kind):
        cells = [MISSING_NUMBER if pd.isna(value) else str(value) for value in values]
        return Column(plain(name), cells, True)
    return Column(plain(name), _floats([float(value) for value in values]), True)


def _floats(values: Sequence[float]) -> list[str]:
    """Numbers with equally many decimals, but for those that would be shown as 0."""
    largest = max((abs(value) for value in values if abs(value) < float("inf")), default=0)
    decimals = 1 if largest >= 1000 else 2 if largest >= 10 else 3 if largest >= 1 else 4
    return [_float(value, decimals) for value in values]


def _float(value: float, decimals: int) -> str:
    if value != value:
        return MISSING_NUMBER
    if value and abs(value) < 0.5 * 10**-decimals:
        return f"{value:.1e}"
    return f"{value:.{decimals}f}"


# --- concordances -----------------------------------------------------------------------------

IN_THE_LINE = ("before", "node", "after")
NOT_BESIDE = (*IN_THE_LINE, "start", "end")


def concordance(columns: Mapping[str, pd.Series], most: int) -> list[str]:
    """Lines of a concordance with their nodes one below the other.

    Before, node and after are in one isolate from right to left: a terminal that orders Arabic
    shows what stands before at the right, another one shows all in logical order.

    Parameters
    ----------
    columns : mapping of str to Series
        The columns of `concordance.kwic`; others than ``start`` and ``end`` stand at the left.
    most : int
        The cells of a line; both contexts are cut to it.

    Returns
    -------
    list of str
        One line per occurrence, below one with the names.
    """
    labels = [column_of(name, columns[name]) for name in columns if name not in NOT_BESIDE]
    longest = max(min(LONGEST_LABEL, most // 4), NARROWEST)
    labels = [_cut_column(column, longest) for column in labels]
    before, node, after = (column_of(name, columns[name]) for name in IN_THE_LINE)
    rooms = [max(column.widest, width(column.name)) for column in labels]
    rest = most - len(MARGIN) - sum(rooms) - len(GAP) * (len(rooms) + 2)
    middle = min(node.room, max(rest // 3, NARROWEST))
    side = min(max((rest - middle) // 2, NARROWEST), max(before.room, after.room))
    at = ["start" if column.is_number else "end" for column in labels]
    beside = [_beside([column.name for column in labels], rooms, at)]
    beside += [
        _beside([column.cells[row] for column in labels], rooms, at)
        for row in range(len(node.cells))
    ]
    parts = [IN_THE_LINE, *zip(before.cells, node.cells, after.cells, strict=True)]
    return [one + _three(*other, side, middle) for one, other in zip(beside, parts, strict=True)]


def _beside(cells: Sequence[str], rooms: Sequence[int], sides: Sequence[str]) -> str:
    placed = zip(cells, rooms, sides, strict=True)
    return MARGIN + "".join(padded(cell, room, at=at) + GAP for cell, room, at in placed)


def _three(before: str, node: str, after: str, room: int, middle: int) -> str:
    # Without the mark at the end, the spaces before it would have the direction of the line.
    cells = [
        padded(cut_words(before, room, keep="end"), room, at="start", always=True),
        padded(cut(node, middle), middle, always=True),
        padded(cut_words(after, room), room, always=True),
    ]
    return f"{RLI}{GAP.join(cells)}{RLM}{PDI}"
