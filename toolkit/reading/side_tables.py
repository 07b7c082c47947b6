"""Small tables that say more about texts, read as a whole, cells as they are written."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.reading import decoding
from toolkit.reading.cell_values import as_text
from toolkit.reading.decoding import Unreadable
from toolkit.reading.delimited import csv_reader
from toolkit.reading.documents import needed
from toolkit.reading.packaged import checked

SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".json", ".parquet")


def read(path: Path) -> pd.DataFrame:
    """The table of a file: its columns, and cells as strings.

    Raises
    ------
    Unreadable
        The file is no table, or the package that reads it is missing.
    """
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return _of_lines(decoding.read_file(path).text, "\t" if suffix == ".tsv" else None)
    if suffix == ".xlsx":
        return _of_sheet(path)
    if suffix in (".jsonl", ".json"):
        return _of_records(decoding.read_file(path).text.strip("\ufeff \r\n"), suffix)
    if suffix == ".parquet":
        return _of_parquet(path)
    raise Unreadable("format", f"{suffix!r} is no table; what is read: {', '.join(SUFFIXES)}")


def _of_lines(text: str, delimiter: str | None) -> pd.DataFrame:
    reader = csv_reader(iter(io.StringIO(text.removeprefix("\ufeff"), newline="")), delimiter)
    try:
        header, *rows = [row for row in reader if any(row)]
    except csv.Error as error:
        raise Unreadable("damaged", f"line {reader.line_num}: {error}") from error
    return _table([cell.strip() for cell in header], rows)


def _of_sheet(path: Path) -> pd.DataFrame:
    openpyxl = needed("openpyxl", ".xlsx")
    with path.open("rb") as file:
        checked(file)
        try:
            rows = _first_sheet(openpyxl.load_workbook(file, read_only=True, data_only=True))
        except Exception as error:  # whatever openpyxl trips over in a damaged file
            raise Unreadable("damaged", f"no workbook ({error!r:.100})") from error
    header, *others = [row for row in rows if any(row)] or [[]]
    return _table([cell.strip() for cell in header], others)


def _first_sheet(book: Any) -> list[list[str]]:
    with closing(book):
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [[as_text(cell) or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def _of_parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path).reset_index()
    except Exception as error:  # what is told of pandas in the file can be anything
        raise Unreadable("damaged", f"no Parquet file ({error!s:.100})") from error


def _of_records(text: str, suffix: str) -> pd.DataFrame:
    try:
        found = json.loads(text) if suffix == ".json" else map(json.loads, text.splitlines())
        found = [found] if isinstance(found, dict | int | float | str | None) else found
        records = [record for record in found if isinstance(record, Mapping)]
        names = list(dict.fromkeys(name for record in records for name in record))
        rows = [[as_text(record.get(name)) or "" for name in names] for record in records]
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged", f"no JSON ({error})") from error
    return _table(names, rows)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    if len(set(names)) < len(names):
        twice = next(name for name in names if list(names).count(name) > 1)
        raise Unreadable("columns", f"column {twice!r} stands there twice")
    longest = max(map(len, rows), default=0)
    if longest > len(names):
        raise Unreadable("columns", f"a row has {longest} cells under {len(names)} columns")
    filled = [[*row, *[""] * (len(names) - len(row))] for row in rows]
    return pd.DataFrame(filled, columns=list(names), dtype="str")
