"""Sources to tables of texts: all in one, or one after the other for a corpus of any size."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.reading import formats, mojibake
from toolkit.reading.cell_values import is_unicode
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options
from toolkit.reading.folders import STAGE, Problem, printable
from toolkit.reading.metadata import FIXED, Beside, Joins, columns_of, gathered, iso_day
from toolkit.reading.sources import Paths, Place, opened, places, short_names
from toolkit.reading.wording import counted

GIVEN = "_given"
# A table of a stream has at most so many texts and, but for the last one, code points.
MOST_ROWS = 2_000
MOST_CHARACTERS = 8_000_000
LONGEST_DETAIL = 1_000
# What one table may hold: above, strings and their table no longer fit a laptop. A row weighs as
# much as so many code points.
LARGEST_TABLE, ROW_WEIGHT = 2_000_000_000, 400


class Read(NamedTuple):
    """One document, named, with all that is known about it."""

    doc: str
    document: Document
    about: Mapping[str, str]
    path: str


class Names:
    """Which names were given already, in eight bytes each."""

    def __init__(self) -> None:
        self.kept: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.recent: set[int] = set()

    def unique(self, name: str) -> str:
        """The name, or where it was given before with the first number that is free behind it."""
        if self._is_new(name):
            return name
        copies = (f"{name}#{number}" for number in count(2))
        return next(copy for copy in copies if self._is_new(copy))

    def _is_new(self, name: str) -> bool:
        number = hash(name)
        place = int(np.searchsorted(self.kept, number))
        if number in self.recent or (place < len(self.kept) and self.kept[place] == number):
            return False
        self.recent.add(number)
        if len(self.recent) > 100_000:
            self.kept = np.sort(np.concatenate([self.kept, np.fromiter(self.recent, np.int64)]))
            self.recent.clear()
        return True


class Gatherer:
    """Documents of sources one after the other, and the problems that were met on the way."""

    def __init__(self, function: str, paths: Paths, options: Options, joined: Joins) -> None:
        given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        self.given: Sequence[str | os.PathLike[str]] = given
        self.options, self.joined = options, joined
        found, self.problems = places(function, given)
        beside = {_real(join.path) for join in joined if isinstance(join, Beside) and join.path}
        self.places = [place for place in found if not beside or _real(place.path) not in beside]
        self.unread = len(self.problems)
        self.first_unread = self.problems[0] if self.problems else None
        self.files = len(self.places) + self.unread
        self.names = Names()

    def documents(self) -> Iterator[Read]:
        """Each document that can be read."""
        docs = short_names([place.name for place in self.places])
        for join in self.joined:
            if isinstance(join, Beside):
                join.settle(docs, self.places)
        for doc, (place, source) in zip(docs, opened(self.places), strict=True):
            noted: list[tuple[str, str]] = []
            wrong_days: list[str] = []
            report = partial(_note, noted)
            try:
                for document in formats.documents(
                    place.name, source, options=self.options, report=report
                ):
                    if is_unicode(document.text):
                        yield self._named(doc, place, document, wrong_days)
                    else:
                        which = f" ({document.key})" if document.key else ""
                        report("surrogate", f"half a surrogate pair, which is no character{which}")
            except Unreadable as reason:
                self.unread += 1
                self.problems.append((place.name, STAGE, reason.what, _shortened(reason.detail)))
                self.first_unread = self.first_unread or self.problems[-1]
            if wrong_days:
                noted.append(("date", _told_days(wrong_days)))
            self.problems += [(doc, STAGE, *note) for note in noted]
        for join in self.joined:
            self.problems += [(doc, STAGE, what, detail) for doc, what, detail in join.left()]

    def _named(self, base: str, place: Place, document: Document, wrong_days: list[str]) -> Read:
        wanted = base if document.key is None else document.key
        if document.key is not None and not document.is_named:
            wanted = f"{base}#{document.key}"
        doc = self.names.unique(wanted)
        if doc != wanted and document.is_named:
            self.problems.append((doc, STAGE, "doc", f"{wanted!r} was the doc of another text"))
        given = gathered(document.metadata, self.joined, place=place, doc=doc)
        known = {name: given[name] for name in given if is_unicode(name + given[name])}
        if len(known) < len(given):
            detail = "half a surrogate pair in the metadata, left out"
            self.problems.append((doc, STAGE, "surrogate", detail))
        about = _settled(known, wrong_days)
        self.problems += [(doc, STAGE, *sign) for sign in mojibake.signs(document.text)]
        return Read(doc, document, about, printable(place.path))

    def taken(self) -> list[Problem]:
        """The problems since the last time."""
        taken, self.problems = self.problems, []
        return [(doc, stage, what, _shortened(detail)) for doc, stage, what, detail in taken]


def _shortened(detail: str) -> str:
    """A detail that can be shown: what it quotes from a file may have any length."""
    return detail if len(detail) <= LONGEST_DETAIL else f"{detail[: LONGEST_DETAIL - 1]}…"


def _told_days(wrong: Sequence[str]) -> str:
    said = counted(len(wrong), "dates are no ISO days, such as", "date is no ISO day:")
    stand = "it stands" if len(wrong) == 1 else "they stand"
    return f"{said} {wrong[0]!r:.40}; {stand} in date{GIVEN}"


def _note(noted: list[tuple[str, str]], what: str, detail: str) -> None:
    noted.append((what, detail))


def _settled(about: Mapping[str, str], wrong_days: list[str]) -> dict[str, str]:
    """Metadata whose names are free and whose date is a day, or has another name."""
    settled = {f"{key}{GIVEN}" if key in FIXED else key: about[key] for key in about}
    written = settled.pop(f"date{GIVEN}", None)
    if written is not None:
        day = iso_day(written)
        settled["date" if day else f"date{GIVEN}"] = day or written
        if day is None:
            wrong_days.append(written)
    return settled


def _real(path: Path) -> str:
    return os.path.realpath(path)


def table_of(reads: Sequence[Read], *, numbers: bool) -> pd.DataFrame:
    """The table of some documents."""
    about = columns_of([read.about for read in reads], numbers=numbers)
    day = about.pop("date", pd.Series([None] * len(reads), dtype="str"))
    fixed = {
        "doc": pd.Series([read.doc for read in reads], dtype="str"),
        "text": pd.Series([read.document.text for read in reads], dtype="str"),
        "date": day,
        "body_start": pd.Series([read.document.body_start for read in reads], dtype="int32"),
        "path": pd.Series([read.path for read in reads], dtype="str"),
        "encoding": pd.Series([read.document.encoding for read in reads], dtype="str"),
        "sha256": pd.Series([read.document.sha256 for read in reads], dtype="str"),
    }
    return pd.DataFrame({**fixed, **about})


def parts(gatherer: Gatherer) -> Iterator[pd.DataFrame]:
    """Tables of texts one after the other, each with the problems that were met for it."""
    reads: list[Read] = []
    characters = 0
    for read in gatherer.documents():
        reads.append(read)
        characters += len(read.document.text)
        if len(reads) >= MOST_ROWS or characters >= MOST_CHARACTERS:
            yield _with_problems(table_of(reads, numbers=False), gatherer)
            reads, characters = [], 0
    if reads or gatherer.problems:
        yield _with_problems(table_of(reads, numbers=False), gatherer)


def whole(gatherer: Gatherer) -> pd.DataFrame:
    """One table of all texts."""
    reads: list[Read] = []
    characters = 0
    for read in gatherer.documents():
        reads.append(read)
        characters += len(read.document.text)
        if characters + ROW_WEIGHT * len(reads) > LARGEST_TABLE:
            raise ValueError(
                f"read_texts: {len(reads):,} texts of {characters:,} code points are too many for "
                "one table; read them part by part with stream_texts, which pipeline.annotate_to "
                "takes."
            )
    return _with_problems(table_of(reads, numbers=True), gatherer)


def _with_problems(texts: pd.DataFrame, gatherer: Gatherer) -> pd.DataFrame:
    texts.attrs["problems"] = [list(problem) for problem in gatherer.taken()]
    return texts
