"""Excel workbooks: a sheet a table, right to left, text always text."""

from __future__ import annotations

import importlib
import io
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeGuard

import numpy as np
import pandas as pd

from toolkit.exporting.cells import ADVICE, named_columns
from toolkit.exporting.documents import is_missing
from toolkit.exporting.files import appearing, target_of
from toolkit.exporting.xml import REPLACEMENT, warn

MISSING_PACKAGE = (
    'write_xlsx: the package xlsxwriter is not installed. Run: pip install "mudawwana[formats]"'
)
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT = 32_767
LARGEST_WHOLE = 2**53  # Excel has no whole numbers, only floats
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Columns of numbers that count nothing: no separator of thousands.
ORDINAL = frozenset({"year", "sent", "token", "word", "entity", "head", "start", "end", "line"})
FIRST_DAY = datetime(1900, 3, 1)  # before it Excel counts a day that never was
WIDEST, NARROWEST, ROWS_MEASURED = 60, 8, 500
# The date of a workbook would make two of the same table differ.
CREATED = datetime(2000, 1, 1)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Sheet(Protocol):
    """What is used of a worksheet of xlsxwriter."""

    def write_string(self, row: int, column: int, value: str, style: Any = None) -> Any:
        """Write text."""

    def write_number(self, row: int, column: int, value: float, style: Any = None) -> Any:
        """Write a number."""

    def write_boolean(self, row: int, column: int, value: bool, style: Any = None) -> Any:
        """Write true or false."""

    def write_datetime(self, row: int, column: int, value: datetime, style: Any = None) -> Any:
        """Write a day."""


def write_xlsx(
    tables: pd.DataFrame | Mapping[str, pd.DataFrame],
    path: str | os.PathLike[str],
    *,
    right_to_left: bool = True,
) -> Path:
    """The path of the workbook written, for Excel, LibreOffice and Google Sheets.

    Each sheet has its column names in a first row that stays in sight. Text is text, whatever it
    begins with: never a formula, a link or a number. Numbers have a format that fits their
    column; what is missing is an empty cell; days before March 1900, infinities and whole numbers
    of more than 15 digits, which Excel cannot hold, are text. An index that says something
    becomes the first columns.

    Parameters
    ----------
    tables : DataFrame or mapping of str to DataFrame
        A table, or several by the names of their sheets.
    path : path
        A file that ends in .xlsx; replaced as a whole if it is there.
    right_to_left : bool
        Whether the first column stands at the right.

    Returns
    -------
    Path
        The path. A warning counts characters that XML does not have, which become U+FFFD.

    Raises
    ------
    ValueError
        No table, a name that Excel refuses, or more rows, columns or text in a cell than it
        holds.
    ImportError
        The package xlsxwriter is not installed.
    """
    sheets = _sheets(tables)
    target = target_of("write_xlsx", path, (".xlsx",))
    xlsxwriter = _package()
    replaced = 0
    with appearing(target) as unfinished, _File(unfinished, "w") as file:
        book = xlsxwriter.Workbook(file, OPTIONS)
        book.set_properties({"created": CREATED})
        for name, columns in sheets.items():
            sheet = book.add_worksheet(name)
            if right_to_left:
                sheet.right_to_left()
            replaced += _fill(book, sheet, columns)
        _close(book, xlsxwriter.exceptions.FileCreateError)
    warn("write_xlsx", {"characters that XML does not have were replaced by U+FFFD": replaced})
    return target


class _File(io.FileIO):
    """A file that keeps still after it failed: zipfile adds an end even to what is thrown away."""

    has_failed = False

    def write(self, data: Any) -> int:
        """Write all of it, or raise OSError once."""
        view = memoryview(data).cast("B")
        left = view[:0] if self.has_failed else view
        while left:
            try:
                left = left[super().write(left) :]
            except OSError:
                self.has_failed = True
                raise
        return len(view)


def _close(book: Any, its_error: type[Exception]) -> None:
    """Finish a workbook; what the system says against it comes out as an error of the system.

    A new one: the old holds on to the zip file, which ends itself while its file is open.
    """
    said: tuple[int | None, str] | None = None
    try:
        book.close()
    except its_error as error:
        reason = error.args[0] if error.args else None
        if not isinstance(reason, OSError):
            raise
        said = reason.errno, reason.strerror or str(reason)
        del reason
    if said is not None:
        raise OSError(*said)


def _package() -> Any:
    try:
        return importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise ImportError(MISSING_PACKAGE) from error


# --- checks -----------------------------------------------------------------------------------


def _sheets(tables: Any) -> dict[str, dict[str, pd.Series]]:
    """The columns of each sheet, all of which Excel can hold."""
    given = {"table": tables} if isinstance(tables, pd.DataFrame) else tables
    if not isinstance(given, Mapping) or not given:
        raise ValueError(f"write_xlsx: the tables are {type(tables).__name__} or none. {ADVICE}")
    seen: set[str] = set()
    found = {}
    for name, table in given.items():
        _check_name(name, seen)
        found[name] = named_columns("write_xlsx", table)
        _check_size(name, found[name], len(table))
    return found


def _check_name(name: Any, seen: set[str]) -> None:
    text = str(name)
    wrong = (
        "empty" * (not text.strip())
        or "longer than 31 characters" * (len(text.encode("utf-16-le", "replace")) > 62)
        or "one with [ ] : * ? / \\ or a control character" * bool(NOT_IN_NAMES.search(text))
        or "one that begins or ends with an apostrophe" * (text != text.strip("'"))
        or "Excel's own" * (text.lower() == "history")
        or "given twice, as Excel sees it" * (text.lower() in seen)
        or "not text" * (not isinstance(name, str))
    )
    if wrong:
        raise ValueError(f"write_xlsx: the name {text!r:.80} is {wrong}; rename the sheet.")
    seen.add(text.lower())


def _check_size(name: str, columns: dict[str, pd.Series], rows: int) -> None:
    if rows + 1 > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise ValueError(
            f"write_xlsx: {name!r} has {rows:,} rows and {len(columns):,} columns; a sheet holds "
            f"{MOST_ROWS - 1:,} under its names, and {MOST_COLUMNS:,}. Write fewer rows, several "
            "sheets, or a CSV or Parquet file."
        )
    for column, cells in columns.items():
        for row, text in enumerate([column, *map(_long, cells)]):
            if len(text) > LONGEST_TEXT // 2 and _units(text) > LONGEST_TEXT:
                raise ValueError(
                    f"write_xlsx: row {row} of {column!r} in {name!r} has {len(text):,} "
                    f"characters; a cell holds {LONGEST_TEXT:,}. Leave the column out, or write a "
                    "CSV or Parquet file."
                )


def _long(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""


def _units(text: str) -> int:
    """How many characters Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# --- cells ------------------------------------------------------------------------------------


def _fill(book: Any, sheet: Any, columns: dict[str, pd.Series]) -> int:
    """Write a sheet; how many characters had to be replaced."""
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    styles = []
    for place, (name, column) in enumerate(columns.items()):
        number_format = _format(name, column)
        styles.append(book.add_format({"num_format": number_format}) if number_format else None)
        sheet.set_column(place, place, _width(name, column))
    replaced = 0
    for place, name in enumerate(columns):
        replaced += _write_text(sheet, 0, place, name, header)
    if columns and len(next(iter(columns.values()))):
        sheet.autofilter(0, 0, len(next(iter(columns.values()))), len(columns) - 1)
    listed = [column.astype("object").tolist() for column in columns.values()]
    for row, cells in enumerate(zip(*listed, strict=True), start=1):
        for place, value in enumerate(cells):
            kind = type(value)
            if kind is str:
                replaced += _write_text(sheet, row, place, value, None)
            elif kind is int and -LARGEST_WHOLE < value < LARGEST_WHOLE:
                sheet.write_number(row, place, value, styles[place])
            elif value is not None:
                replaced += _write(sheet, row, place, value, styles[place])
    return replaced


def _write(sheet: _Sheet, row: int, place: int, value: Any, style: Any) -> int:
    """Write a cell that is no text; how many characters had to be replaced."""
    if is_missing(value):
        return 0
    if pd.api.types.is_bool(value):
        sheet.write_boolean(row, place, bool(value), style)
    elif _is_exact(value):
        sheet.write_number(row, place, float(value), style)
    elif isinstance(value, datetime) and value.tzinfo is None and value >= FIRST_DAY:
        sheet.write_datetime(row, place, value, style or None)
    else:
        return _write_text(sheet, row, place, _text(value), None)
    return 0


def _write_text(sheet: _Sheet, row: int, place: int, value: str, style: Any) -> int:
    text, replaced = value, 0
    if not value.isascii():
        text, replaced = NO_CHARACTER.subn(REPLACEMENT, value)
    sheet.write_string(row, place, text, style)
    return replaced


def _is_exact(value: Any) -> TypeGuard[float]:
    """Whether Excel can hold a number."""
    if pd.api.types.is_integer(value):
        return abs(int(value)) <= LARGEST_WHOLE
    return isinstance(value, float | np.floating) and math.isfinite(value)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def _format(name: str, column: pd.Series) -> str | None:
    """How Excel shows the numbers of a column."""
    kind = column.dtype
    if pd.api.types.is_bool_dtype(kind):
        return None
    if pd.api.types.is_integer_dtype(kind):
        return "0" if name in ORDINAL else "#,##0"
    if pd.api.types.is_float_dtype(kind):
        return _format_of_floats(column)
    if pd.api.types.is_datetime64_any_dtype(kind):
        days = column.dropna()
        return "yyyy-mm-dd" if (days == days.dt.normalize()).all() else "yyyy-mm-dd hh:mm:ss"
    return None


def _format_of_floats(column: pd.Series) -> str:
    """As many decimals as the smallest number needs, so that none is shown as 0."""
    sizes = [abs(value) for value in column.astype("float64") if math.isfinite(value) and value]
    if sizes and min(sizes) < 0.001:
        return "0.00E+00"
    return "#,##0.00" if not sizes or min(sizes) >= 10 else "#,##0.000"


def _width(name: str, column: pd.Series) -> int:
    """The width of a column in characters, from its first rows."""
    lengths = [len(name), *(len(line) for line in _lines(column.head(ROWS_MEASURED)))]
    return max(NARROWEST, min(max(lengths) + 2, WIDEST))


def _lines(column: pd.Series) -> Iterator[str]:
    show: Callable[[Any], str] = str
    if pd.api.types.is_float_dtype(column.dtype):
        show = "{:,.3f}".format
    for value in column:
        if not is_missing(value):
            yield from show(value).splitlines()
