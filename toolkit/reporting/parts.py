"""What a part of a report consists of: its figure, its tables, the files and the words about it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from toolkit.reporting.rules import Absent, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROWS_SHOWN = 25


@dataclass(frozen=True)
class Table:
    """The rows of a table that the page shows.

    Attributes
    ----------
    frame : DataFrame
        The whole table; the first `rows` are shown.
    columns : mapping
        Which columns are shown, the names of the index among them, and their Arabic headings.
    caption : Words
        What a row is, and of what.
    rows : int
        How many rows are shown.
    keys : sequence of hashable
        For each row shown its item in the book of lines; none where there are no lines.
    decimals : mapping
        Of columns of floats; 0 for the others.
    bar : str
        A column whose numbers are shares, shown as bars too; "" for none.
    """

    frame: pd.DataFrame
    columns: Mapping[str, str]
    caption: Words
    rows: int = ROWS_SHOWN
    keys: Sequence[Hashable] = ()
    decimals: Mapping[str, int] = field(default_factory=dict)
    bar: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure of the report.

    Attributes
    ----------
    name : str
        Of its files.
    draw : callable
        Draws it in the style that holds then.
    label : Words
        What it shows, for who does not see it.
    beside : bool
        Whether it stands beside its table, where there is room.
    """

    name: str
    draw: "Callable[[], Axes]"
    label: Words
    beside: bool = False


@dataclass(frozen=True)
class Part:
    """A section of the page.

    Attributes
    ----------
    key : str
        Its anchor.
    title : Words
        Its heading.
    notes : sequence of Words
        What the reader must know to read the numbers.
    figures : sequence of Figure
        Drawn above the tables.
    tables : sequence of Table
        Shown below.
    files : mapping
        Whole tables by the name of their file.
    absent : sequence of Absent
        What this part lacks, and why.
    """

    key: str
    title: Words
    notes: Sequence[Words] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    files: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    absent: Sequence[Absent] = ()
