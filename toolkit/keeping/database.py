"""The SQLite file under the cache: opened, checked, moved aside where it is damaged."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import filelock

FILE = "cache.sqlite"
LOCK = "cache.lock"
APPLICATION = 0x6D756477  # in the header of the file: whose it is
SCHEMA_VERSION = 1
TABLES = (
    'CREATE TABLE records (key BLOB PRIMARY KEY, "group" TEXT NOT NULL, checksum BLOB NOT NULL, '
    "value BLOB NOT NULL)",
    "CREATE TABLE claims (key BLOB PRIMARY KEY, owner TEXT NOT NULL, since REAL NOT NULL) "
    "WITHOUT ROWID",
)
PATIENCE = 5  # seconds that another process may hold the file
CHUNK = 500  # keys in one query; old versions of SQLite take 999
# How a file is opened to be read: SQLite writes a little beside it even then, where it can. The
# second takes no lock, so it may read what is half written; checksums tell.
READING = ("mode=rw", "mode=ro&immutable=1")
COMPANIONS = ("-journal", "-wal", "-shm")


class Damaged(sqlite3.DatabaseError):
    """The file is a database, but not one that was written here."""


class Newer(sqlite3.DatabaseError):
    """The file was written by a newer version."""


def is_damage(error: Exception) -> bool:
    """Whether the bytes of the file are to blame."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, Damaged) or code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reason(error: Exception) -> str:
    """What went wrong, in the words of the system or of SQLite."""
    if isinstance(error, filelock.Timeout):
        return "another process holds it"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def remedy(error: Exception) -> str:
    """What its user can do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    begin = "Make it writable"
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT):
        begin = "Free space there (mudawwana cache clear takes none)"
    elif code == sqlite3.SQLITE_BUSY or isinstance(error, filelock.Timeout):
        begin = "End the process that holds it"
    elif isinstance(error, Newer):
        begin = "Update mudawwana"
    return f"{begin}, or name another folder in MUDAWWANA_CACHE_DIR."


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While a file is made or moved, nobody else does the same."""
    with filelock.FileLock(folder / LOCK, timeout=PATIENCE):
        yield


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands under a name; none where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def opened(path: Path) -> sqlite3.Connection:
    """A connection to the file, which is made where there is none."""
    connection = _connection(path.absolute().as_uri())
    try:
        # a crash of the machine may lose the last records, never the file
        connection.execute("PRAGMA synchronous = NORMAL")
        if _is_blank(connection):
            _set_up(connection)
        _check(connection)  # before anything is changed
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def opened_or_moved(path: Path, move: Callable[[Exception], None]) -> sqlite3.Connection:
    """The same, of a new file where the one that stands there is damaged and is moved away."""
    try:
        return opened(path)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        move(error)
    return opened(path)


def opened_to_read(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, in the last resort without any lock."""
    address = path.absolute().as_uri()
    with suppress(sqlite3.OperationalError):
        return _checked(f"{address}?{READING[0]}")
    return _checked(f"{address}?{READING[1]}")


def _checked(address: str) -> sqlite3.Connection:
    connection = _connection(address)
    try:
        _check(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _connection(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    # a damaged record may hold anything
    connection.text_factory = lambda data: data.decode(errors="replace")
    return connection


def _is_blank(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return not tables and not _pragma(connection, "user_version")


def _set_up(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        for table in TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check(connection: sqlite3.Connection) -> None:
    """Refuse a file that was not written here, or by a newer version."""
    version = _pragma(connection, "user_version")
    if _pragma(connection, "application_id") != APPLICATION:
        raise Damaged("it was not written by mudawwana")
    if version > SCHEMA_VERSION:
        raise Newer(f"it has schema {version}; this version knows up to {SCHEMA_VERSION}")
    tables = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master")}
    if version != SCHEMA_VERSION or not tables.issuperset(TABLES):
        raise Damaged("its tables are not those of a cache")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written in it, or nothing."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have ended it
            connection.rollback()
        raise


def among(
    connection: sqlite3.Connection, select: str, keys: Sequence[bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query whose key is one of many."""
    for first in range(0, len(keys), CHUNK):
        chunk = keys[first : first + CHUNK]
        marks = ", ".join("?" * len(chunk))
        yield from connection.execute(f"{select} WHERE key IN ({marks})", chunk)


def set_aside(path: Path) -> Path:
    """Move a file, and what SQLite keeps beside it, to a name that says that it is damaged."""
    names = (path.with_stem(f"{path.stem}.damaged-{number}") for number in count(1))
    target = next(name for name in names if not name.exists())
    os.replace(path, target)
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            os.replace(f"{path}{suffix}", f"{target}{suffix}")
    return target


def those_set_aside(path: Path) -> list[Path]:
    """The damaged files that were moved aside."""
    return sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}"))


def size(path: Path) -> int:
    """The bytes of a file, with what SQLite keeps beside it."""
    total = 0
    for suffix in ("", *COMPANIONS):
        with suppress(FileNotFoundError):
            total += Path(f"{path}{suffix}").stat().st_size
    return total


def remove(path: Path) -> None:
    """Remove a file, and what SQLite keeps beside it."""
    for suffix in ("", *COMPANIONS):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
