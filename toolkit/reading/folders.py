"""Files in folders and under patterns of paths: links are followed, each folder is read once."""

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from toolkit.reading.decoding import COMPANIONS

Problem = tuple[str, str, str, str]
STAGE = "read"
IS_PATTERN = re.compile(r"[*?\[]")
ANY_FOLDERS = "**"


def real_path(path: str | os.PathLike[str]) -> str:
    """The path without links, spelt in one way."""
    return os.path.normcase(os.path.realpath(path))


def in_folder(folder: Path, problems: list[Problem], elsewhere: dict[str, str]) -> list[Path]:
    """The files below a folder that can be texts, ordered by path.

    Parameters
    ----------
    folder : Path
        The folder.
    problems : list of tuple
        What is not followed, and why, is added here.
    elsewhere : dict of str to str
        Real paths of folders to which no link is followed, since they are read for themselves,
        and how they are called; those to which a link was followed are added.
    """
    walk = _Walk(folder, problems, elsewhere)
    files = walk.files([str(folder)])
    walk.tell_doubles()
    return walk.checked(files)


def matching(pattern: str, problems: list[Problem], elsewhere: dict[str, str]) -> list[Path]:
    """The files that a pattern matches, and those below the folders that it matches."""
    parts = Path(pattern).parts
    walk = _Walk(fixed_part(pattern), problems, elsewhere)
    if ANY_FOLDERS in parts:  # which glob follows in a circle where a link leads back
        depth = parts.index(ANY_FOLDERS)
        walk.named = [part for part in parts[depth:] if part.startswith(".")]
        heads = sorted(glob.glob(str(Path(*parts[:depth]))))
        below = walk.files([head for head in heads if os.path.isdir(head)])
        return walk.checked(
            path
            for path in [*below, *walk.by_other_names(below)]
            if _fits(Path(path).parts[depth:], parts[depth:])
        )
    matches = sorted(glob.glob(pattern))
    folders = [match for match in matches if os.path.isdir(match)]
    alone = {match for match in matches if is_content(os.path.basename(match))}.difference(folders)
    files = walk.files(folders)
    walk.tell_doubles()
    return walk.checked([*alone, *files])


def fixed_part(pattern: str) -> Path:
    """The folder that a pattern searches: its parts before the first that has a wildcard."""
    parts = Path(pattern).parts
    wild = next(place for place, part in enumerate(parts) if IS_PATTERN.search(part))
    return Path(*parts[:wild])


def _fits(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a path fits a pattern, or lies in a folder that fits."""
    if not wanted or wanted == (ANY_FOLDERS,):
        return True
    if wanted[0] == ANY_FOLDERS:
        return any(_fits(parts[place:], wanted[1:]) for place in range(len(parts)))
    return bool(parts) and fnmatch(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


class _Walk:
    """A search below one folder, which tells what it does not follow."""

    def __init__(self, base: Path, problems: list[Problem], elsewhere: dict[str, str]) -> None:
        self.base, self.problems, self.elsewhere = base, problems, elsewhere
        self.named: list[str] = []  # what a pattern names though it is hidden
        self.doubles: list[tuple[str, str]] = []  # folders met again, and as what they were read
        self.told: set[Problem] = set()
        self.real_paths: dict[str, str] = {}
        self.links: dict[str, str | None] = {}
        self.met: dict[str, str] = {}  # real folders, as they were called when they were read

    def files(self, folders: Iterable[str]) -> list[str]:
        """What is below some folders and no folder; where links lead comes last."""
        found: list[str] = []
        waiting = sorted(folders, key=self._is_link)
        while waiting:
            start = waiting.pop(0)
            if self._leads_back(start):
                self._note(start, "link", "it leads back to a folder that it lies in")
                continue
            if self._link_in(start):
                real = self._real(start)
                if real in self.elsewhere and real not in self.met:
                    called = self.elsewhere[real]
                    self._note(start, "link", f"it leads to {called!r}, which is read for itself")
                    continue
                self.elsewhere[real] = start
            found += self._below(start, waiting)
        return found

    def tell_doubles(self) -> None:
        """Tell which folders were met again, and are not read again."""
        for path, read in self.doubles:
            self._note_double(path, read)

    def by_other_names(self, files: Sequence[str]) -> Iterator[str]:
        """The files of folders that were met again, called as these are."""
        for path, read in self.doubles:
            inside = os.path.join(read, "")
            yield from (
                os.path.join(path, file[len(inside) :]) for file in files if file.startswith(inside)
            )

    def _below(self, start: str, links: list[str]) -> Iterator[str]:
        for root, folders, names in os.walk(start, onerror=self._locked):
            real = self._real(root)
            if real in self.met:
                self.doubles.append((root, self.met[real]))
                folders.clear()
                continue
            self.met[real] = root
            inside = [name for name in sorted(folders) if self._is_content(name)]
            linked = [name for name in inside if self._is_link(os.path.join(root, name))]
            links += [os.path.join(root, name) for name in linked]
            folders[:] = [name for name in inside if name not in linked]
            yield from (os.path.join(root, name) for name in names if self._is_content(name))

    def _is_content(self, name: str) -> bool:
        return is_content(name) or any(fnmatch(name, each) for each in self.named)

    def _real(self, path: str) -> str:
        if path not in self.real_paths:
            self.real_paths[path] = real_path(path)
        return self.real_paths[path]

    def _is_link(self, path: str) -> bool:
        """Whether a folder lies elsewhere; Windows has other kinds of links than `islink` knows."""
        folder, name = os.path.split(path)
        return self._real(path) != os.path.join(self._real(folder), os.path.normcase(name))

    def _leads_back(self, start: str) -> bool:
        if Path(start) == self.base:
            return False
        target = self._real(start)
        above = [self._real(os.path.dirname(start)), self._real(str(self.base))]
        return any(target in (folder, *map(str, Path(folder).parents)) for folder in above)

    def checked(self, paths: Iterable[str]) -> list[Path]:
        """The paths of files, each file once, ordered by path; what is none is told."""
        once: dict[str, str] = {}
        for path in sorted(paths, key=self._straight_first):
            folder, name = os.path.split(path)
            kept = once.setdefault(os.path.join(self._real(folder), name), path)
            if kept != path:
                self._note_double(self._link_in(folder) or folder, os.path.dirname(kept))
        ordered = sorted(once.values(), key=lambda path: path.replace(os.sep, "/"))
        return [Path(path) for path in ordered if self._is_file(path)]

    def _straight_first(self, path: str) -> tuple[bool, int, str]:
        return self._link_in(os.path.dirname(path)) is not None, len(path), path

    def _link_in(self, folder: str) -> str | None:
        """The first part of a path below the base that is a link."""
        if folder not in self.links:
            path = Path(folder)
            inside = [each for each in (path, *path.parents) if self.base in each.parents]
            links = (str(each) for each in reversed(inside) if self._is_link(str(each)))
            self.links[folder] = next(links, None)
        return self.links[folder]

    def _is_file(self, path: str) -> bool:
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            what = "it is a link to nothing" if os.path.islink(path) else error.strerror
            self._note(path, "cannot be opened", what or str(error))
            return False
        if not stat.S_ISREG(mode):
            self._note(path, "no file", "it is no file, but a device or the like")
        return stat.S_ISREG(mode)

    def _locked(self, error: OSError) -> None:
        self._note(error.filename or self.base, "cannot be opened", error.strerror or str(error))

    def _note_double(self, path: str, read: str) -> None:
        called = self._name(read)
        self._note(path, "link", f"it leads to the folder {called!r}, which is read there")

    def _note(self, path: str | Path, what: str, detail: str) -> None:
        row = (self._name(path), STAGE, what, detail)
        if row not in self.told:
            self.told.add(row)
            self.problems.append(row)

    def _name(self, path: str | Path) -> str:
        """A path below the base; the base as it was given."""
        return printable(
            self.base if Path(path) == self.base else Path(path).relative_to(self.base)
        )


def is_content(name: str) -> bool:
    """Whether a path below a folder is neither hidden nor of a file that describes the folder.

    Examples
    --------
    >>> is_content("news/2025.txt"), is_content(".git/a.txt"), is_content("news/README.md")
    (True, False, False)
    """
    parts = [part for part in name.split("/") if part not in ("", ".", "..")] or [name]
    hidden = any(part.startswith(".") for part in parts)
    hidden |= "__MACOSX" in parts
    return not hidden and not COMPANIONS.fullmatch(parts[-1])


def printable(path: Path | PurePosixPath) -> str:
    """A path with forward slashes; bytes of its name that are not UTF-8 as in ``\\xc7``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
