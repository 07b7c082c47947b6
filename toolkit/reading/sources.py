"""Where texts lie: files, folders, patterns of paths and archives, as sources in a fixed order."""

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, count, groupby
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from toolkit.reading import archives, formats
from toolkit.reading.archives import Source
from toolkit.reading.decoding import COMPANIONS, Unreadable

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Problem = tuple[str, str, str, str]
STAGE = "read"
IS_PATTERN = re.compile(r"[*?\[]")


class Place(NamedTuple):
    """Where one source lies.

    Attributes
    ----------
    name : str
        Its path below the folder or the archive that was given, with forward slashes.
    path : Path
        The file, or the archive that it is in.
    member : int or None
        Its number in the archive.
    """

    name: str
    path: Path
    member: int | None = None


def places(function: str, paths: Paths) -> tuple[list[Place], list[Problem]]:
    """Where the sources of some paths lie, in a fixed order, and a problem row for what is none.

    Hidden files and files that describe a folder (README, LICENSE, CITATION ...) are neither.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: list[Place] = []
    problems: list[Problem] = []
    for path in given:
        for file in _files(function, path, problems):
            _sort_in(file, found, problems)
    return found, problems


class _File(NamedTuple):
    """A file, its name below what was given, and whether it was itself given."""

    name: str
    path: Path
    is_given: bool = False


def _files(
    function: str, given: str | os.PathLike[str], problems: list[Problem]
) -> Iterator[_File]:
    """The files that a path stands for; a pattern stands for what it matches."""
    path, written = Path(given), os.fspath(given)
    if path.is_dir():
        yield from _walk(path, path, problems)
    elif path.exists():
        yield _File(printable(Path(path.name)), path, is_given=True)
    else:
        matches = sorted(glob.glob(written, recursive=True)) if IS_PATTERN.search(written) else []
        if not matches:
            what = "file matches" if IS_PATTERN.search(written) else "file or folder"
            raise FileNotFoundError(f"{function}: no {what} {written!r}.")
        yield from _matched(matches, _fixed_part(written), problems)


def _matched(matches: Sequence[str], base: Path, problems: list[Problem]) -> Iterator[_File]:
    """The files that a pattern matches, and those in the folders that it matches, each once."""
    met: set[Path] = set()
    for match in map(Path, matches):
        alone = [_File(_below(match, base), match)]
        inside = _walk(match, base, problems) if match.is_dir() else alone
        for file in inside:
            if file.path not in met and is_content(file.path.name):
                met.add(file.path)
                yield file


def _fixed_part(pattern: str) -> Path:
    """The folder that a pattern searches: its parts before the first that has a wildcard."""
    parts = Path(pattern).parts
    wild = next(place for place, part in enumerate(parts) if IS_PATTERN.search(part))
    return Path(*parts[:wild])


def _below(path: Path, base: Path) -> str:
    return printable(path.relative_to(base))


def _walk(folder: Path, base: Path, problems: list[Problem]) -> list[_File]:
    """The files below a folder that can be texts, ordered by path."""
    found = []

    def note(error: OSError) -> None:
        name = _below(Path(error.filename or folder), base)
        problems.append((name, STAGE, "cannot be opened", error.strerror or str(error)))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if is_content(name)]
        paths = (os.path.join(root, name) for name in names if is_content(name))
        found += [path for path in paths if _is_file(path)]
    ordered = sorted(found, key=lambda path: path.replace(os.sep, "/"))
    return [_File(_below(Path(path), base), Path(path)) for path in ordered]


def _is_file(path: str) -> bool:
    """A file, or a link to one that is gone: a row in `problems` tells of it."""
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))


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


def _sort_in(file: _File, found: list[Place], problems: list[Problem]) -> None:
    """Add a file, or what is in it where it is an archive, to the places or to the problems."""
    name, path, is_given = file
    if not archives.is_archive(name):
        if is_given or formats.is_known(name):
            found.append(Place(name, path))
        else:
            problems.append((name, STAGE, "format", formats.unread(name)))
        return
    try:
        for member in archives.members(path):
            _sort_member("" if is_given else f"{name}/", member, path, found, problems)
    except Unreadable as reason:
        problems.append((name, STAGE, reason.what, reason.detail))


def _sort_member(
    prefix: str,
    member: archives.Member,
    file: Path,
    found: list[Place],
    problems: list[Problem],
) -> None:
    name = prefix + member.name
    if not is_content(member.name):
        return
    if member.problem:
        problems.append((name, STAGE, *member.problem))
    elif not formats.is_known(member.name):
        problems.append((name, STAGE, "format", formats.unread(member.name)))
    else:
        found.append(Place(name, file, member.number))


def opened(found: Sequence[Place]) -> Iterator[tuple[Place, Source]]:
    """Each place with its source, which can be read until the next one is asked for."""
    for path, group in groupby(found, key=lambda place: place.path if place.member else None):
        if path is None:
            for place in group:
                yield place, archives.source_of_file(place.path)
        else:
            yield from _members(path, list(group))


def _members(path: Path, group: Sequence[Place]) -> Iterator[tuple[Place, Source]]:
    """The places in one archive; where it breaks off, sources that say so."""
    sources = archives.sources(path, [place.member or 0 for place in group])
    reason = Unreadable("damaged", "the archive ends before it")
    for place in group:
        try:
            source = next(sources, None)
        except Unreadable as error:
            source, reason = None, error
        yield place, source or Source(-1, partial(_fail, reason))


def _fail(reason: Unreadable) -> BinaryIO:
    raise reason


def printable(path: Path | PurePosixPath) -> str:
    """A path with forward slashes; bytes of its name that are not UTF-8 as in ``\\xc7``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def short_names(names: Sequence[str]) -> list[str]:
    """Paths without their suffix, where that is unique.

    Examples
    --------
    >>> short_names(["a.txt", "b.txt", "b.md"])
    ['a', 'b.txt', 'b.md']
    """
    stems = [formats.stem(name) for name in names]
    counts = Counter(stems)
    shorter = [stem if counts[stem] == 1 else name for stem, name in zip(stems, names, strict=True)]
    if len(set(shorter)) == len(shorter):
        return shorter
    unique: dict[str, None] = {}  # in order
    for name in names:
        copies = (f"{name}#{number}" for number in count(2))
        unique[next(copy for copy in chain([name], copies) if copy not in unique)] = None
    return list(unique)
