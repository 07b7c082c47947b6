"""What the commands print and write: tables to a terminal, a pipe or a file, and short notes."""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pandas as pd

from toolkit import export
from toolkit.command import terminal
from toolkit.command.options import ROWS
from toolkit.command.saying import say
from toolkit.command.types import ALL
from toolkit.exporting.cells import named_columns
from toolkit.exporting.files import appearing_text, target_of

NOTHING = "0 rows: nothing was found, or the column is empty."
IN_CONCORDANCE = ("before", "node", "after")


def refuse_unwritable(path: Path) -> None:
    """Raise OSError for a place that cannot be written, before hours of work for it."""
    try:
        near = next(each for each in (path, *path.absolute().parents) if each.exists())
        folder = path.parent if near == path and path.is_file() else near
        with tempfile.TemporaryDirectory(prefix=".mudawwana-", dir=folder):
            pass
    except OSError as error:
        raise OSError(f"{str(path)!r} cannot be written ({error.strerror or error}).") from error


def deliver(table: pd.DataFrame, options: Mapping[str, Any], *, sheet: str = "table") -> None:
    """Print the first rows of a table, or write it to a file.

    Parameters
    ----------
    table : DataFrame
        Its index is shown where it says something.
    options : mapping
        What `cli_options.output_options` gave, and ``quiet``.
    sheet : str
        The name of the sheet of a workbook.
    """
    output, top, quiet = options["output"], options["top"], options["quiet"]
    if not len(table) and not quiet:
        note(NOTHING)
    if output is not None:
        write(table.head(ALL if top is None else top), output, sheet=sheet)
        return
    shown = table.head(ROWS if top is None else top)
    left_out = show(shown)
    if len(shown) < len(table) and not quiet:
        note(f"{len(shown):,} of {len(table):,} rows; --top shows more, -o writes all.")
    if left_out and not quiet:
        note(f"no room for {', '.join(left_out)}; a wider terminal or a file (-o) has all columns.")


def show(table: pd.DataFrame) -> list[str]:
    """Print a table, and give the columns that a terminal had no room for.

    To a pipe or a file it is printed with tabs and in full.
    """
    columns = named_columns("show", table)
    if sys.stdout is None or not sys.stdout.isatty():
        plain = pd.DataFrame(columns)
        text = plain.to_csv(sep="\t", float_format="%.6g", index=False, lineterminator="\n")
        say(text, nl=False)
        return []
    room = shutil.get_terminal_size().columns - 1
    left_out: list[str] = []
    if all(name in columns for name in IN_CONCORDANCE):
        lines = terminal.concordance(columns, room)
    else:
        lines, left_out = terminal.lines(columns, room)
    say("\n".join(lines))
    return left_out


def write(table: pd.DataFrame, path: Path, *, sheet: str = "table") -> None:
    """Write a table in the format that the end of the path says."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            export.write_xlsx({sheet: table}, path)
        elif suffix == ".parquet":
            export.write_parquet(table, path)
        elif suffix == ".json":
            _write_json(table, path)
        else:
            export.write_csv(table, path, bom=suffix == ".csv")
    except OSError as error:
        raise OSError(f"{str(path)!r} cannot be written ({error.strerror or error}).") from error


def _write_json(table: pd.DataFrame, path: Path) -> None:
    plain = pd.DataFrame(named_columns("write_json", table))
    with appearing_text(target_of("write_json", path, (".json",))) as file:
        file.write(plain.to_json(orient="records", force_ascii=False, double_precision=15))
        file.write("\n")


def note(message: str) -> None:
    """Say something beside the result: on stderr."""
    click.echo(message, err=True)
