"""A SQLite file that many processes share, and that stands in nobody's way.

What goes wrong with it is said once, as a `CacheWarning`; then it is begun anew, or only read, or
left alone for the rest of the run.
"""

import inspect
import os
import sqlite3
import threading
import warnings
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TypeVar

from toolkit.keeping import database

# A damaged file is replaced once, and the work done on the new one.
ATTEMPTS = 2
# What the system and SQLite raise; filelock where the file system has no locks.
FAILURES = (sqlite3.Error, OSError, NotImplementedError)

T = TypeVar("T")


class CacheWarning(UserWarning):
    """What is wrong with the cache, and what follows from it; no result is affected."""


class SharedFile:
    """The connection to the file, for the threads of one process.

    Attributes
    ----------
    path : Path
        The file.
    problems : list of str
        What went wrong so far.
    writable : bool
        Whether what is written may be kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self.writable = False
        self.lock = threading.RLock()
        self._process = os.getpid()
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._is_closed = False
        self._open()

    @property
    def is_ours(self) -> bool:
        """Whether it is open, and in this process."""
        return not self._is_closed and os.getpid() == self._process

    def attempt(self, work: Callable[[sqlite3.Connection], T], otherwise: T, *, writes: bool) -> T:
        """What the work gives, or the other value where the file does not let it be done."""
        if os.getpid() != self._process:
            raise ValueError("cache: it was opened before the fork; open it again in this process.")
        with self.lock:
            if self._is_closed:
                raise ValueError("cache: it is closed; open it again.")
            for _ in range(ATTEMPTS):
                connection = self._connected()
                if connection is None or (writes and not self.writable):
                    break
                try:
                    with database.transaction(connection) if writes else nullcontext():
                        return work(connection)
                except FAILURES as error:
                    if isinstance(error, sqlite3.ProgrammingError):
                        raise
                    self._recover(error, writes)
            return otherwise

    def say(self, problem: str) -> None:
        """Warn whoever called the toolkit, once."""
        if problem not in self.problems:
            self.problems.append(problem)
            warnings.warn(problem, CacheWarning, stacklevel=_levels_to_caller())

    def close(self) -> None:
        """Let go of the file."""
        self._disconnect()
        self._is_closed = True

    def _recover(self, error: Exception, writes: bool) -> None:
        """Put a new file in the place of a damaged one; else go on with less."""
        if database.is_damage(error) and self.writable:
            self._open(error)
        elif writes:
            self._stop_writing(error)
        else:
            self._turn_off(error)

    def _connected(self) -> sqlite3.Connection | None:
        """The connection to the file that stands there now; others may have replaced it."""
        if self._connection and database.identity(self.path) != self._identity:
            if self.path.parent.is_dir():
                self._open()
            else:
                self._disconnect()
                self.say(
                    f"cache: {str(self.path.parent)!r} was removed; this run goes on without it, "
                    "the next one begins it anew."
                )
        return self._connection

    def _open(self, damage: Exception | None = None) -> None:
        """Open the file, if need be only to read it or after moving a damaged one aside."""
        known = self._identity
        self._disconnect()
        try:
            if known is None:  # a folder that was removed since is not made again
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with database.held(self.path.parent):
                # another process may have been faster
                if damage and database.identity(self.path) == known:
                    self._set_aside(damage)
                self._connect(database.opened_or_moved(self.path, self._set_aside))
                self.writable = True
        except FAILURES as error:
            if isinstance(error, database.Newer) or database.is_damage(error):
                self._turn_off(error)
            else:
                self._open_to_read(error)

    def _open_to_read(self, error: Exception) -> None:
        try:
            self._connect(database.opened_to_read(self.path))
        except sqlite3.Error:
            self._turn_off(error)
        else:
            self._stop_writing(error)

    def _connect(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._identity = database.identity(self.path)

    def _disconnect(self) -> None:
        self.writable = False
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _set_aside(self, damage: Exception) -> None:
        target = database.set_aside(self.path)
        self.say(
            f"cache: {str(self.path)!r} is damaged ({database.reason(damage)}); it was moved to "
            f"{str(target)!r} and a new one begun. What was in it is computed again."
        )

    def _stop_writing(self, error: Exception) -> None:
        self.writable = False
        self.say(
            f"cache: {str(self.path)!r} cannot be written to ({database.reason(error)}); this run "
            f"reads what is in it and adds nothing. {database.remedy(error)}"
        )

    def _turn_off(self, error: Exception) -> None:
        self._disconnect()
        self.say(
            f"cache: {str(self.path)!r} cannot be used ({database.reason(error)}); this run goes "
            f"on without it. {database.remedy(error)}"
        )


def _levels_to_caller() -> int:
    """For `warnings.warn` in the calling function: how far up the first foreign line is."""
    frame, levels = inspect.currentframe(), 0
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] == "toolkit":
        frame, levels = frame.f_back, levels + 1
    return levels
