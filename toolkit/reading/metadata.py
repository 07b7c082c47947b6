"""What is known about texts beside them: in the names of their files, and in a table."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any, NamedTuple

import pandas as pd

from toolkit.reading import formats
from toolkit.reading.cell_values import as_text
from toolkit.reading.sources import Place
from toolkit.reading.wording import counted

FIXED = ("doc", "text", "date", "body_start", "path", "encoding", "sha256")
KEYS = ("doc", "path", "file")
# ISO days, also with a time behind, and days without separators, as in names of files.
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?|(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)", re.DOTALL)
FIELD = {"date": r"\d{4}[-_.]?\d\d[-_.]?\d\d", "year": r"\d{3,4}"}
ANY_FIELD = r"[^/]+?"
WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})", re.ASCII)
FEW = 3

Given = str | os.PathLike[str] | pd.DataFrame


def iso_day(written: str) -> str | None:
    """The ISO day of a date as it is written; None where it is no day of the calendar.

    Examples
    --------
    >>> iso_day("2025-11-16T08:30:00Z"), iso_day("20251116"), iso_day("16/11/2025")
    ('2025-11-16', '2025-11-16', None)
    """
    match = DAY.fullmatch(written.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


class Pattern:
    """Names of files and the values in them, such as ``{source}_{date}.txt``.

    A field is a name in braces; ``{}`` stands for what is not wanted. A slash in the pattern
    matches folders.
    """

    def __init__(self, function: str, pattern: str) -> None:
        self.function, self.pattern = function, pattern
        self.unmatched: list[str] = []
        self.fields: list[str] = []
        pieces = []
        try:
            parsed = list(Formatter().parse(pattern))
        except ValueError as error:
            raise self._refused(str(error)) from error
        for literal, name, form, conversion in parsed:
            pieces.append(re.escape(literal))
            if name is not None:
                pieces.append(self._piece(name, form or conversion))
        if not self.fields:
            raise self._refused("it has no field")
        self.regex = re.compile("".join(pieces))
        self.folders = pattern.count("/")

    def _piece(self, name: str, more: str | None) -> str:
        if name == "":
            return ANY_FIELD
        if not name.isidentifier() or more:
            raise self._refused(f"{name!r} is no name of a field")
        if name in FIXED and name != "date":
            raise self._refused(f"{name!r} is a column of its own")
        if name in self.fields:
            raise self._refused(f"{name!r} stands in it twice")
        self.fields.append(name)
        return f"(?P<{name}>{FIELD.get(name, ANY_FIELD)})"

    def _refused(self, reason: str) -> ValueError:
        return ValueError(
            f"{self.function}: the pattern {self.pattern!r} cannot be used: {reason}. Write fields "
            "in braces, as in '{source}_{date}.txt'."
        )

    def of(self, place: Place, doc: str) -> Mapping[str, str]:
        """The values in the name of a file, with or without the end that says the format."""
        name = place.name
        parts = PurePosixPath(name).parts
        shown = "/".join(parts[-1 - self.folders :])
        match = self.regex.fullmatch(shown) or self.regex.fullmatch(formats.stem(shown))
        if match is None:
            if name not in self.unmatched[-1:]:
                self.unmatched.append(name)
            return {}
        return match.groupdict()

    def left(self) -> Iterator[tuple[str, str, str]]:
        """The files whose names do not fit (doc, what, detail)."""
        for name in self.unmatched:
            yield name, "file name", f"it does not fit the pattern {self.pattern!r}"


class _About(NamedTuple):
    """The files that a row fits, and how well: 0 is best."""

    rank: int
    files: dict[Any, str]


class Beside:
    """A table that says more about texts, a row a text; it is told which by doc, path or file."""

    def __init__(self, function: str, given: str | os.PathLike[str] | pd.DataFrame) -> None:
        self.path = None if isinstance(given, pd.DataFrame) else Path(given)
        self.name = "the metadata" if self.path is None else repr(self.path.name)
        table = given if isinstance(given, pd.DataFrame) else _read(function, Path(given))
        self.key = next((key for key in KEYS if key in table.columns), None)
        if self.key is None:
            raise ValueError(
                f"{function}: no column {', '.join(KEYS[:-1])} or {KEYS[-1]} in {self.name}; its "
                f"columns are {', '.join(map(str, table.columns))}. One of them says which text a "
                "row is about."
            )
        self.rows = self._rows(function, table)
        in_folders = any("/" in key for key in self.rows)
        self.by_bare_name = self.key == "file" or not in_folders
        self.about: dict[str, _About] = {}
        self.used: set[str] = set()
        self.named: set[str] = set()  # rows that are about a document by its very name
        self.without: list[str] = []
        self.lacking = 0

    def _rows(self, function: str, table: pd.DataFrame) -> dict[str, dict[str, str]]:
        names = [str(name) for name in table.columns]
        rows: dict[str, dict[str, str]] = {}
        for cells in table.itertuples(index=False, name=None):
            values = {name: as_text(_plain(cell)) for name, cell in zip(names, cells, strict=True)}
            key = _normal(values.pop(str(self.key)) or "")
            about = {name: value for name, value in values.items() if value is not None and name}
            if not key:
                continue
            if rows.setdefault(key, about) != about:
                raise ValueError(
                    f"{function}: {key!r} stands in {self.name} twice, with different values; "
                    "keep one row."
                )
        return rows

    def settle(self, docs: Iterable[str], places: Iterable[Place]) -> None:
        """Learn which file each row is about, before the first is read: its name says more or less.

        A row that names a file in full is not about one that is called the same in another folder.
        """
        for doc, place in zip(docs, places, strict=True):
            for rank, key in enumerate(self._keys(place.name, doc)):
                if key not in self.rows:
                    continue
                about = self.about.get(key)
                if about is None or rank < about.rank:
                    about = self.about[key] = _About(rank, {})
                if rank == about.rank:
                    about.files.setdefault(place[1:], place.name)

    def _keys(self, name: str, doc: str) -> list[str]:
        """What a row may call a text, what says most first."""
        whole = [doc, name] if self.key == "doc" else [name, doc]
        return [*whole, formats.stem(name), *[PurePosixPath(name).name] * self.by_bare_name]

    def of(self, place: Place, doc: str) -> Mapping[str, str]:
        """What the table says about a text; its row names the doc, the path or the file.

        A row that fits several files is about none.
        """
        if self.key == "doc" and doc in self.rows:
            self.used.add(doc)
            self.named.add(doc)
            return self.rows[doc]
        is_doubtful = False
        for key in self._keys(place.name, doc):
            if key not in self.rows or key in self.named:
                continue
            files = self.about[key].files if key in self.about else {place[1:]: place.name}
            if len(files) == 1 and place[1:] in files:
                self.used.add(key)
                return self.rows[key]
            is_doubtful |= place[1:] in files
        if not is_doubtful:
            self.lacking += 1
            if len(self.without) < FEW:
                self.without.append(doc)
        return {}

    def left(self) -> Iterator[tuple[str, str, str]]:
        """The texts without a row, and the rows without a text (doc, what, detail)."""
        where = self.name.strip("'")
        if self.lacking:
            shown = _shown(self.without, self.lacking)
            lacking = counted(self.lacking, "texts have", "text has")
            yield where, "metadata", f"{lacking} no row: {shown}"
        yield from ((where, "metadata", detail) for detail in self._doubtful())
        unused = [key for key in self.rows if key not in self.used and not self._is_of_several(key)]
        if unused:
            shown = _shown(unused[:FEW], len(unused))
            idle = counted(len(unused), "rows are", "row is")
            yield where, "metadata", f"{idle} about no text: {shown}"

    def _is_of_several(self, key: str) -> bool:
        return key in self.about and len(self.about[key].files) > 1

    def _doubtful(self) -> Iterator[str]:
        """The rows that fit several files: which of them is meant is not said."""
        several = [key for key in self.rows if self._is_of_several(key)]
        for key in several[:FEW]:
            files = list(self.about[key].files.values())
            if len(set(files)) < len(files):  # below two folders that were given
                files = [str(path) for path, _ in self.about[key].files]
            shown = _shown(files[:FEW], len(files))
            yield f"row {key!r} fits {len(files):,} files, so it is about none: {shown}"
        if more := several[FEW:]:
            said = counted(len(more), "more rows fit", "more row fits")
            they = "it is" if len(more) == 1 else "they are"
            yield f"{said} several files, so {they} about none: {_shown(more[:FEW], len(more))}"


def _shown(first: Sequence[str], number: int) -> str:
    return ", ".join(map(repr, first)) + (", ..." if number > len(first) else "")


def _normal(key: str) -> str:
    key = key.strip().replace("\\", "/")
    return key[2:] if key.startswith("./") else key


def _plain(cell: Any) -> Any:
    return None if cell is pd.NA or cell is pd.NaT else cell


def _read(function: str, path: Path) -> pd.DataFrame:
    """A table of a file, cells as they are written."""
    if not path.is_file():
        raise FileNotFoundError(f"{function}: no file {str(path)!r} with metadata.")
    from toolkit.reading import side_tables  # with readers that most calls do not need

    try:
        return side_tables.read(path)
    except ValueError as error:
        raise ValueError(f"{function}: {str(path)!r} cannot be read: {error}.") from error


Joins = list[Pattern | Beside]


def joins(function: str, metadata: Given | Iterable[Given] | None) -> Joins:
    """The patterns and tables that say more about texts, in their order."""
    if metadata is None:
        return []
    given: list[Any] = [metadata]
    if isinstance(metadata, Iterable) and not isinstance(metadata, str | pd.DataFrame):
        given = list(metadata)
    found: Joins = []
    for each in given:
        if isinstance(each, str) and "{" in each:
            found.append(Pattern(function, each))
        elif isinstance(each, str | os.PathLike | pd.DataFrame):
            found.append(Beside(function, each))
        else:
            raise ValueError(
                f"{function}: metadata is {each!r:.60}; pass a pattern of file names such as "
                "'{source}_{date}.txt', the path of a table, a DataFrame, or a list of these."
            )
    return found


def gathered(own: Mapping[str, str], joined: Joins, *, place: Place, doc: str) -> dict[str, str]:
    """What a text says about itself, and what is said beside it, which counts more."""
    about = dict(own)
    for join in joined:
        about.update(join.of(place, doc))
    return about


def columns_of(rows: Sequence[Mapping[str, str]], *, numbers: bool) -> dict[str, pd.Series]:
    """Columns of metadata; where asked, one whose values are all whole numbers is of integers.

    Examples
    --------
    >>> found = columns_of([{"year": "940", "shelf": "07"}, {}], numbers=True)
    >>> found["year"].tolist(), found["shelf"].dtype.name
    ([940, <NA>], 'str')
    """
    names = dict.fromkeys(name for row in rows for name in row)
    found = {}
    for name in names:
        values = [row.get(name) for row in rows]
        is_number = numbers and all(v is None or WHOLE_NUMBER.fullmatch(v) for v in values)
        if is_number and name not in FIXED:
            found[name] = pd.Series([None if v is None else int(v) for v in values], dtype="Int64")
        else:
            found[name] = pd.Series(values, dtype="str")
    return found
