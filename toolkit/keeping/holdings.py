"""What the cache holds: counted, and removed when it is asked for."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from toolkit.annotating import memo
from toolkit.keeping import database
from toolkit.keeping.cache import file_in
from toolkit.keeping.sharing import FAILURES


class Size(NamedTuple):
    """How many records, and how many bytes they have."""

    records: int
    bytes: int


class Info(NamedTuple):
    """What a cache holds.

    Attributes
    ----------
    path : Path
        The SQLite file, whether it is there or not.
    records : int
        How many there are.
    bytes : int
        The size of the file, with what SQLite keeps beside it.
    groups : dict
        For each group, in the order of their names, its `Size`.
    set_aside : list of Path
        Damaged files that were moved aside.
    """

    path: Path
    records: int
    bytes: int
    groups: dict[str, Size]
    set_aside: list[Path]


def info(folder: str | os.PathLike[str] | None = None) -> Info:
    """What the cache in a folder holds, by default in `cache.default_folder`; nothing is changed.

    Parameters
    ----------
    folder : str or path, optional
        It need not be there.

    Returns
    -------
    Info
        Path, records and bytes, and the same for each group.

    Raises
    ------
    ValueError
        The file is damaged, or was written by a newer version.
    OSError
        It cannot be read.
    """
    path = file_in(folder)
    set_aside = database.those_set_aside(path)
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        return Info(path, 0, 0, {}, set_aside)
    query = 'SELECT "group", count(*), sum(length(value)) FROM records GROUP BY 1 ORDER BY 1'
    with _explained(path), closing(database.opened_to_read(path)) as connection:
        groups = {str(name): Size(count, size) for name, count, size in connection.execute(query)}
    records = sum(size.records for size in groups.values())
    return Info(path, records, database.size(path), groups, set_aside)


def clear(folder: str | os.PathLike[str] | None = None, *, group: str | None = None) -> int:
    """Remove the records of a group, or all of them with all that is kept beside them.

    Beside them lie the forms that were met, and damaged files that were moved aside. To remove all
    takes no room on a full disk; to remove a group takes as much as it has.

    Parameters
    ----------
    folder : str or path, optional
        By default `cache.default_folder`.
    group : str, optional
        One of those that `info` lists.

    Returns
    -------
    int
        How many records were removed; 0 where the file could not be read and was itself removed.

    Raises
    ------
    ValueError
        No such group, or the file was written by a newer version.
    OSError
        The file cannot be written to, or its folder does not let it be removed.
    """
    path = file_in(folder)
    groups = info(folder).groups if group is not None else {}
    if group is not None and group not in groups:
        there = f"there are {', '.join(groups)}" if groups else "there are no records"
        raise ValueError(f"cache: no group {group!r} in {str(path)!r}; {there}.")
    forms = path.parent / memo.FOLDER
    if group is None and forms.is_dir():
        clear(forms)  # what may be computed again is not counted
    removed = 0
    with _explained(path):
        if path.exists():
            with database.held(path.parent):
                removed = _removed(path) if group is None else _emptied(path, group)
        if group is None:
            for damaged in database.those_set_aside(path):
                database.remove(damaged)
    return removed


def _removed(path: Path) -> int:
    """Remove the file, which works on a full disk too; to empty it takes room for what it held."""
    try:
        with closing(database.opened_to_read(path)) as connection:
            removed = int(connection.execute("SELECT count(*) FROM records").fetchone()[0])
    except sqlite3.Error as error:
        if isinstance(error, database.Newer):
            raise
        removed = 0
    try:
        database.remove(path)
    except PermissionError:  # Windows removes no file that is open, but one may write to it
        return _emptied(path)
    return removed


def _emptied(path: Path, group: str | None = None) -> int:
    """Remove the records of a group, or all of them, from the file."""
    where, values = ("", ()) if group is None else (' WHERE "group" = ?', (group,))
    with closing(database.opened(path)) as connection:
        with database.transaction(connection):
            removed = connection.execute(f"DELETE FROM records{where}", values).rowcount
        with suppress(sqlite3.Error):  # without, the space is used again later
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return removed


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Errors that say which file, and what to do."""
    try:
        yield
    except FAILURES as error:
        what = f"cache: {str(path)!r} cannot be used ({database.reason(error)})."
        if database.is_damage(error):
            raise ValueError(f"{what} mudawwana cache clear removes it.") from error
        kind = ValueError if isinstance(error, database.Newer) else OSError
        raise kind(f"{what} {database.remedy(error)}") from error
