"""CSV that survives a spreadsheet: Arabic stays Arabic, and no cell becomes a formula."""

import csv
import os
import re
from pathlib import Path

import pandas as pd

from toolkit.exporting.cells import named_columns
from toolkit.exporting.files import appearing, target_of
from toolkit.exporting.xml import REPLACEMENT, warn

DELIMITERS = {".csv": ",", ".tsv": "\t"}
# What spreadsheets take for the beginning of a formula, also in full width or behind spaces.
FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
HALF = re.compile("[\ud800-\udfff]")


def write_csv(
    table: pd.DataFrame, path: str | os.PathLike[str], *, bom: bool = True, guard: bool = True
) -> Path:
    """The path of the CSV file written: UTF-8, one row per row, column names in the first line.

    An index that says something (items, names) becomes the first columns. What is missing is an
    empty cell. `read_csv` undoes the guard.

    Parameters
    ----------
    table : DataFrame
        Any table.
    path : path
        A file that ends in .csv (commas) or .tsv (tabs); replaced as a whole if it is there.
    bom : bool
        Whether the file begins with a byte order mark, without which Excel misreads Arabic.
    guard : bool
        Whether text that a spreadsheet would compute gets an apostrophe before it: text that
        begins with ``=`` ``+`` ``-`` ``@`` or their full-width forms, after spaces or not, or
        with a tab or a line break; and such text with apostrophes before it gets one more.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    ValueError
        No table, or another suffix.

    Examples
    --------
    >>> import tempfile
    >>> table = pd.DataFrame({"form": ["=1+1", "قال"], "freq": [1, -2]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_csv(table, Path(folder) / "table.csv", bom=False)
    ...     print(path.read_text(encoding="utf-8"), read_csv(path)["form"].tolist())
    form,freq
    '=1+1,1
    قال,-2
     ['=1+1', 'قال']
    """
    columns = named_columns("write_csv", table)
    target = target_of("write_csv", path, tuple(DELIMITERS))
    replaced = 0
    cells: dict[str, pd.Series] = {}
    for name, column in columns.items():
        whole, halves = _whole(column)
        replaced += halves
        cells[guarded(name) if guard else name] = _guarded(whole) if guard else whole
    with appearing(target) as unfinished:
        pd.DataFrame(cells).to_csv(
            unfinished,
            index=False,
            sep=DELIMITERS[target.suffix.lower()],
            encoding="utf-8-sig" if bom else "utf-8",
            lineterminator="\n",
            quoting=csv.QUOTE_NONNUMERIC if _has_returns(cells) else csv.QUOTE_MINIMAL,
        )
    warn("write_csv", {"halves of characters were replaced by U+FFFD": replaced})
    return target


def read_csv(path: str | os.PathLike[str]) -> pd.DataFrame:
    """The table of a CSV file as text, cell by cell as `write_csv` was given it.

    Parameters
    ----------
    path : path
        A file that ends in .csv or .tsv, with a byte order mark or without.

    Returns
    -------
    DataFrame
        Every column is text; an empty cell is missing. ``table.astype({"freq": int})`` makes
        numbers of a column.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    ValueError
        It ends in something else.
    """
    path = Path(path)
    if path.suffix.lower() not in DELIMITERS:
        raise ValueError(f"read_csv: {path.name!r} does not end in .csv or .tsv; rename it.")
    if not path.is_file():
        raise FileNotFoundError(f"read_csv: no file {str(path)!r}.")
    table = pd.read_csv(
        path,
        sep=DELIMITERS[path.suffix.lower()],
        dtype="str",
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8-sig",
        skip_blank_lines=False,
        lineterminator="\n",
    )
    table.columns = [unguarded(str(name)) for name in table.columns]
    return pd.DataFrame(
        {name: table[name].map(unguarded, na_action="ignore").astype("str") for name in table}
    )


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> [guarded(cell) for cell in ("=1+1", "'=1+1", "قال", "'quoted'", " -3")]
    ["'=1+1", "''=1+1", 'قال', "'quoted'", "' -3"]
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given.

    Examples
    --------
    >>> [unguarded(guarded(cell)) for cell in ("=1+1", "'=1+1", "قال", "'quoted'")]
    ['=1+1', "'=1+1", 'قال', "'quoted'"]
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _guarded(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        if pd.api.types.is_numeric_dtype(column.cat.categories.dtype):
            return column
        categories = [
            guarded(each) if isinstance(each, str) else each for each in column.cat.categories
        ]
        return column.cat.rename_categories(categories)
    if _is_text(column):
        return column.map(lambda cell: guarded(cell) if isinstance(cell, str) else cell)
    return column


def _has_returns(cells: dict[str, pd.Series]) -> bool:
    """Whether a cell has a carriage return, which is not quoted of itself but ends a row."""
    texts = (
        column.cat.categories.to_series()
        if isinstance(column.dtype, pd.CategoricalDtype)
        else column
        for column in cells.values()
    )
    found = (
        any("\r" in cell for cell in text if isinstance(cell, str))
        for text in texts
        if _is_text(text)
    )
    return any(found) or any("\r" in name for name in cells)


def _is_text(column: pd.Series) -> bool:
    return bool(
        pd.api.types.is_object_dtype(column.dtype) or pd.api.types.is_string_dtype(column.dtype)
    )


def _whole(column: pd.Series) -> tuple[pd.Series, int]:
    """The column without halves of surrogate pairs, which no encoding has, and their number."""
    if not pd.api.types.is_object_dtype(column.dtype):
        return column, 0  # text of Arrow has none
    counts = [len(HALF.findall(cell)) if isinstance(cell, str) else 0 for cell in column]
    if not any(counts):
        return column, 0
    return column.map(lambda c: HALF.sub(REPLACEMENT, c) if isinstance(c, str) else c), sum(counts)
