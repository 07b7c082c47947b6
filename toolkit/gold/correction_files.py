"""Tables of corrections as files: CSV that survives a spreadsheet, written and read."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.annotating.bioes import TYPES
from toolkit.columns import require
from toolkit.gold.columns import MARKS
from toolkit.keeping.storage import hash_file
from toolkit.reading.decoding import Unreadable, read_file

ACTIONS = ("delete", "retype", "rename", "span", "add")
COLUMNS = ("doc", "start", "end", "text", "type", "name", "action", "value", "note")
CONTEXT = ("before", "after")
DTYPES = dict.fromkeys(COLUMNS, "str") | {"start": "Int32", "end": "Int32"}
# A cell that begins so is a formula to a spreadsheet.
FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
# Spaces, and the marks of direction that come along when Arabic is pasted.
EDGES = f" \u00a0{MARKS}\ufeff"
OFFSETS = re.compile(r"\d+\.\.\d+")
NEEDS_VALUE = ("retype", "rename", "span", "add")


def read(
    path: str | os.PathLike[str],
    *,
    types: Sequence[str] = TYPES,
    encoding: str | None = None,
) -> pd.DataFrame:
    """The corrections of a CSV file, each checked for what it says.

    Parameters
    ----------
    path : path
        A file as `draft` writes it, edited: comma, semicolon or tab between cells, the column
        names in the first line, ``action`` among them. A row without an action says nothing.
    types : sequence of str
        The types that mentions may be given.
    encoding : str, optional
        Its encoding; by default detected, as by `corpus.read_texts`.

    Returns
    -------
    DataFrame
        One row per correction, in the order of the file:

        - which mention: ``doc``, ``start``, ``end``; or all that have this ``name`` or ``text``
          (both, where both are given) and, where given, this ``doc`` and this ``type``
        - ``action`` and ``value``: ``delete``; ``retype`` to a type; ``rename`` to a canonical
          name; ``span`` to a surface that overlaps the mention, such as ``بشار الأسد``, or to
          offsets as in ``12..22``; ``add`` a mention of a type at ``doc``, ``start``, ``end``, or
          at the only place of ``text`` in ``doc``, with the ``name`` that is given or the surface
        - ``note``, and ``line``: of the file

    Raises
    ------
    FileNotFoundError
        There is no such file.
    ValueError
        The file is none, or a row does not say what to do; the message names the line.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"read: no file {str(path)!r}.")
    try:
        text = read_file(path, encoding).text.removeprefix("\ufeff")
    except Unreadable as error:
        raise ValueError(f"read: {str(path)!r} cannot be read: {error}.") from error
    rows = [
        (line, row) for line, row in _rows(path.name, text) if row["action"] or row["value"]
    ]  # fmt: skip
    check_rows(f"read: {path.name}", rows, types=types)
    found = table_of(rows)
    found.attrs["corrections"] = [path.name, hash_file(path), hash_of(found)]
    return found


def _rows(name: str, text: str) -> list[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(name, header)
        found, line = [], reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header) and any(cells[len(header) :]):
                raise ValueError(
                    f"read: {name}, line {line}: {len(cells)} cells under {len(header)} columns. "
                    "Put a cell that holds a comma into quotation marks."
                )
            row = dict.fromkeys(COLUMNS, "")
            row |= {key: _plain(cell) for key, cell in zip(header, cells, strict=False)}
            row["action"] = row["action"].lower()
            found.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"read: {name}, line {reader.line_num}: {error}.") from error
    return found


def _check_header(name: str, header: list[str]) -> None:
    known = ", ".join((*COLUMNS, *CONTEXT))
    strange = [column for column in header if column and column not in (*COLUMNS, *CONTEXT)]
    twice = [column for column in COLUMNS if header.count(column) > 1]
    if strange or twice or "action" not in header:
        what = (
            f"unknown column {strange[0]!r}"
            if strange
            else f"column {twice[0]!r} twice"
            if twice
            else "no column 'action'"
        )
        raise ValueError(f"read: {name}: {what} in its first line; columns are {known}.")


def _plain(cell: str) -> str:
    cell = cell.strip(EDGES)
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


# --- checks -----------------------------------------------------------------------------------


def check_rows(
    where: str, rows: Sequence[tuple[int, dict[str, str]]], *, types: Sequence[str] | None = None
) -> None:
    """Refuse rows that do not say what to do, or want different things; their numbers are tidied.

    Parameters
    ----------
    where : str
        What a message begins with.
    rows : sequence of (int, dict)
        The line and the cells of each, as strings.
    types : sequence of str, optional
        The types that mentions may be given; without it, any.
    """
    for line, row in rows:
        _check(f"{where}, line {line}", row, types)
    _check_conflicts(where, rows)


def _check(where: str, row: dict[str, str], types: Sequence[str] | None) -> None:
    action, value = row["action"], row["value"]
    if action not in ACTIONS:
        raise ValueError(f"{where}: action {action!r}; there are {', '.join(ACTIONS)}.")
    if (action in NEEDS_VALUE) != bool(value):
        wanted = "needs a value" if action in NEEDS_VALUE else f"has no value, and {value!r} is one"
        raise ValueError(f"{where}: {action} {wanted}.")
    if types is not None and action in ("retype", "add") and value not in types:
        raise ValueError(
            f"{where}: type {value!r} is none of {', '.join(types)}; pass more as types=."
        )
    for column in ("start", "end"):
        row[column] = _whole(f"{where}: {column}", row[column])
    if bool(row["start"]) != bool(row["end"]):
        raise ValueError(f"{where}: start or end alone is no span; fill in both or none.")
    if row["start"] and not int(row["start"]) < int(row["end"]):
        raise ValueError(f"{where}: {row['start']} to {row['end']} is no span.")
    has_place = row["doc"] and row["start"]
    if not has_place and not (row["text"] or (row["name"] and action != "add")):
        raise ValueError(f"{where}: no mention is named; fill in doc, start and end, or a name.")
    if row["start"] and not row["doc"]:
        raise ValueError(f"{where}: start and end without a doc.")
    if action in ("add", "span") and not row["doc"]:
        raise ValueError(f"{where}: {action} needs a doc.")
    if action == "span" and OFFSETS.fullmatch(value):
        first, last = map(int, value.split(".."))
        if first >= last:
            raise ValueError(f"{where}: {value} is no span.")


def _whole(where: str, cell: str) -> str:
    """The number of a cell, also as spreadsheets write it (12.0) and in digits of any script."""
    if not cell:
        return ""
    match = re.fullmatch(r"(\d+)(?:[.,]0+)?", cell)
    if match is None:
        raise ValueError(f"{where} is {cell!r}, not a whole number.")
    return str(int(match[1]))


def _check_conflicts(where: str, rows: Sequence[tuple[int, dict[str, str]]]) -> None:
    """Refuse two rows that say different things of the same words, and names given in a chain.

    What words mean is known beside the mentions alone: the rest is for `apply`.
    """
    met: dict[tuple[str, ...], tuple[int, dict[str, str]]] = {}
    for line, row in rows:
        aspect = "add" if row["action"] == "add" else "mention"
        key = tuple(row[column] for column in ("doc", "start", "end", "text", "name", "type"))
        for action in ACTIONS:
            other = met.get((aspect, action, *key))
            if other is not None and _disagree(row, other[1]):
                raise ValueError(
                    f"{where}: lines {other[0]} and {line} disagree; keep one of them."
                )
        met.setdefault((aspect, row["action"], *key), (line, row))
    renames = [(line, row) for line, row in rows if row["action"] == "rename" and not row["start"]]
    renamed = {row["name"]: line for line, row in renames if row["name"]}
    for line, row in renames:
        other_line = renamed.get(row["value"])
        if other_line is not None and row["value"] != row["name"]:
            raise ValueError(
                f"{where}: line {line} gives the name {row['value']!r}, which line "
                f"{other_line} changes again; write the last name into both."
            )


def _disagree(row: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows on the same mentions cannot both be done."""
    if row["action"] != other["action"]:
        return "delete" in (row["action"], other["action"])
    # letters and offsets may be the same span
    return row["action"] != "span" and row["value"] != other["value"]


# --- tables -----------------------------------------------------------------------------------


def table_of(rows: Sequence[tuple[int, dict[str, str]]]) -> pd.DataFrame:
    """The table of checked rows, empty cells missing."""
    columns: dict[str, Any] = {
        column: pd.Series([row[column] or None for _, row in rows], dtype="object")
        for column in COLUMNS
    }
    for column in ("start", "end"):
        numbers = [None if cell is None else int(cell) for cell in columns[column]]
        columns[column] = pd.array(numbers, dtype="Int32")
    found = pd.DataFrame(columns).astype(DTYPES)
    return found.assign(line=pd.Series([line for line, _ in rows], dtype="int32"))


def hash_of(corrections: pd.DataFrame) -> str:
    """The sha256 of what corrections say, notes and lines apart, in whatever order."""
    said = corrections[[column for column in COLUMNS if column != "note"]]
    rows = [
        "\x1f".join("" if pd.isna(cell) else str(cell) for cell in row)
        for row in said.itertuples(index=False)
    ]
    return hashlib.sha256("\x1e".join(sorted(rows)).encode("utf-8")).hexdigest()


def draft(
    entities: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    by: str = "mention",
    texts: pd.DataFrame | None = None,
    context: int = 40,
) -> Path:
    """Write a CSV file of the mentions, for a person to edit in a spreadsheet and `read`.

    UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula (``=``, ``+``,
    ``-``, ``@`` at its beginning) has a ``'`` before it, which `read` takes away.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``start``, ``end``, ``text``, ``type``, ``name``.
    path : path
        Where to; a file that stands there is replaced.
    by : {"mention", "name"}
        A row per mention; or per name and type, for corrections of all its mentions.
    texts : DataFrame, optional
        The texts; with them, columns ``before`` and ``after`` show what stands around a mention.
    context : int
        How many code points of it.

    Returns
    -------
    Path
        The file. Columns ``action``, ``value``, ``note`` are empty.

    Raises
    ------
    ValueError
        A column is missing, `by` is unknown, or a document is not in the texts.
    """
    if by not in ("mention", "name"):
        raise ValueError(f"draft: by={by!r} is unknown; pass 'mention' or 'name'.")
    columns = ["doc", "start", "end", "text", "type", "name"]
    require("draft", entities, columns, advice="Pass the entities of an annotated corpus.")
    rows = entities[columns].astype({"doc": "str", "text": "str", "type": "str", "name": "str"})
    if by == "name":
        counted = rows.groupby(["type", "name"], sort=True).size().reset_index(name="freq")
        rows = counted.sort_values("freq", ascending=False, kind="stable")[["type", "name"]]
    elif texts is not None:
        rows = _with_context(rows, texts, context)
    order = [*COLUMNS[:6], *(CONTEXT if "before" in rows.columns else ()), *COLUMNS[6:]]
    cells = rows.reindex(columns=order).astype("object")
    path = Path(path)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(order)
        writer.writerows(
            ["" if pd.isna(cell) else _as_text(cell) for cell in row]
            for row in cells.itertuples(index=False)
        )
    return path


def _as_text(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    shown = str(cell)
    return f"'{shown}" if FORMULA.match(shown) else shown


def _with_context(rows: pd.DataFrame, texts: pd.DataFrame, context: int) -> pd.DataFrame:
    require("draft", texts, ["doc", "text"], advice="Pass the texts of the corpus.")
    raw = dict(zip(texts["doc"].astype("str"), texts["text"], strict=True))
    absent = sorted(set(rows["doc"]) - set(raw))
    if absent:
        raise ValueError(f"draft: no document {absent[0]!r} in texts; pass those of the corpus.")
    spans = list(zip(rows["doc"], rows["start"], rows["end"], strict=True))
    before = [raw[doc][max(start - context, 0) : start] for doc, start, _ in spans]
    after = [raw[doc][end : end + context] for doc, _, end in spans]
    sides = {"before": before, "after": after}
    return rows.assign(**{name: [" ".join(text.split()) for text in sides[name]] for name in sides})
