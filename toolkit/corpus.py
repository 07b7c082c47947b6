"""Texts in, annotated corpora kept: `read_texts`, the `Corpus` container, `save` and `load`."""

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from toolkit import reading, storage
from toolkit.columns import require
from toolkit.offsets import clean
from toolkit.sentences import paragraphs
from toolkit.tables import empty_table, table_of_rows


@dataclass(frozen=True)
class Corpus:
    """The annotation tables of a corpus and where they come from.

    A plain container: statistics take the table they read. Offsets are code points, half-open,
    into ``texts.text``; ``text[start:end]`` is the raw surface.

    Attributes
    ----------
    texts : DataFrame
        One row per document: ``doc``, ``text`` and the metadata that were found.
    sentences : DataFrame
        One row per sentence; ``sent`` counts from 1 in each document.
    tokens : DataFrame
        One row per token as written; ``token`` counts from 1 in each sentence.
    words : DataFrame
        One row per syntactic word, clitics split; ``word`` counts from 1 in each sentence.
    entities : DataFrame
        One row per entity mention; ``entity`` counts from 1 in each document.
    dates : DataFrame
        One row per date expression.
    problems : DataFrame
        One row per thing that went wrong; ``doc`` is a document or a path.
    provenance : dict
        Models, versions, hashes and options, as plain JSON values.
    """

    texts: pd.DataFrame = field(default_factory=partial(empty_table, "texts"))
    sentences: pd.DataFrame = field(default_factory=partial(empty_table, "sentences"))
    tokens: pd.DataFrame = field(default_factory=partial(empty_table, "tokens"))
    words: pd.DataFrame = field(default_factory=partial(empty_table, "words"))
    entities: pd.DataFrame = field(default_factory=partial(empty_table, "entities"))
    dates: pd.DataFrame = field(default_factory=partial(empty_table, "dates"))
    problems: pd.DataFrame = field(default_factory=partial(empty_table, "problems"))
    provenance: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """One line: the sizes of the tables."""
        sizes = ", ".join(
            f"{len(getattr(self, name)):,} {name}"
            for name in ("texts", "sentences", "tokens", "words", "entities", "problems")
        )
        return f"Corpus({sizes})"

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write the corpus to a folder; see `corpus.save`."""
        return save(self, folder)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "Corpus":
        """Read a corpus from a folder; see `corpus.load`."""
        return load(folder)


TABLES = tuple(entry.name for entry in fields(Corpus) if entry.name != "provenance")


def read_texts(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
) -> pd.DataFrame:
    """One row per document: the text of each file, never changed, and what is known about it.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, or folders that are searched with their subfolders for ``.txt``, ``.text`` and
        ``.md``. Hidden files and files that describe a folder (README, LICENSE, CITATION ...)
        are no texts.
    encoding : str, optional
        The encoding of all files. By default each is detected: UTF-8, UTF-16, cp1256 or
        ISO-8859-6; what was decided stands in the column ``encoding``.

    Returns
    -------
    DataFrame
        One row per document, ordered by path: ``doc`` (the path below the folder, without its
        suffix where that is unique), ``text``, ``date`` (ISO day from a leading
        ``date YYYY-MM-DD``, else missing), ``body_start`` (code point where the body begins;
        what stands before it is never counted), ``path``, ``encoding``, ``sha256`` (of the
        bytes). Files that could not be read are listed by `problems`, and a warning counts them.

    Raises
    ------
    FileNotFoundError
        A path does not exist.
    ValueError
        No text could be read, or the encoding is unknown.
    """
    paths = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    _check_encoding(encoding)
    found, problem_rows = _find_texts(paths)
    rows = []
    for name, path in found:
        try:
            file = reading.read_file(path, encoding)
        except reading.Unreadable as reason:
            problem_rows.append((name, "read", reason.what, reason.detail))
            continue
        metadata, body_start = reading.split_header(file.text)
        rows.append((name, file.text, metadata.get("date"), body_start, path, file))
    if not rows:
        raise ValueError(_nothing_read(paths, problem_rows))
    if problem_rows:
        warnings.warn(
            f"read_texts: {len(problem_rows)} of {len(rows) + len(problem_rows)} files were not "
            f"read, first {problem_rows[0][0]!r} ({problem_rows[0][3]}). "
            "The problems table lists them: corpus.problems(texts).",
            stacklevel=2,
        )
    texts = pd.DataFrame(
        {
            "doc": pd.Series(_short_names([row[0] for row in rows]), dtype="str"),
            "text": pd.Series([row[1] for row in rows], dtype="str"),
            "date": pd.Series([row[2] for row in rows], dtype="str"),
            "body_start": pd.Series([row[3] for row in rows], dtype="int32"),
            "path": pd.Series([_printable(row[4]) for row in rows], dtype="str"),
            "encoding": pd.Series([row[5].encoding for row in rows], dtype="str"),
            "sha256": pd.Series([row[5].sha256 for row in rows], dtype="str"),
        }
    )
    texts.attrs["problems"] = [list(row) for row in problem_rows]
    return texts


def problems(texts: pd.DataFrame) -> pd.DataFrame:
    """One row per file that `read_texts` could not read.

    Parameters
    ----------
    texts : DataFrame
        What `read_texts` returned.

    Returns
    -------
    DataFrame
        ``doc`` (the path), ``stage`` (``read``), ``what``, ``detail``.
    """
    return table_of_rows("problems", texts.attrs.get("problems", []))


def _find_texts(
    paths: Sequence[str | os.PathLike[str]],
) -> tuple[list[tuple[str, Path]], list[tuple[str, str, str, str]]]:
    """(name, path) of each text file, and a problem row for each file of another format."""
    found, problem_rows = [], []
    for path in map(Path, paths):
        if path.is_dir():
            readable, others = reading.find_files(path)
            found += [(_printable(file.relative_to(path)), file) for file in readable]
            problem_rows += [
                (_printable(file.relative_to(path)), "read", "format", _unread_format(file))
                for file in others
            ]
        elif path.exists():
            found.append((_printable(Path(path.name)), path))
        else:
            raise FileNotFoundError(f"read_texts: no file or folder {str(path)!r}.")
    return found, problem_rows


def _check_encoding(encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        b" ".decode(encoding)
    except UnicodeError:  # an encoding, if not one of this byte
        return
    except LookupError as error:
        raise ValueError(
            f"read_texts: no encoding {encoding!r}; pass one that Python knows, such as 'utf-8', "
            "'utf-16', 'cp1256' or 'iso8859-6'."
        ) from error


def _printable(path: Path) -> str:
    """A path with forward slashes; bytes of its name that are not UTF-8 as in ``\\xc7``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _unread_format(file: Path) -> str:
    known = ", ".join(sorted(reading.TEXT_SUFFIXES))
    return f"{file.suffix or 'a file without a suffix'} is not read; what is read: {known}"


def _nothing_read(
    paths: Sequence[str | os.PathLike[str]], problem_rows: list[tuple[str, str, str, str]]
) -> str:
    where = ", ".join(repr(str(path)) for path in paths[:3]) or "the given paths"
    if len(problem_rows) == 1:
        return f"read_texts: {problem_rows[0][0]!r} could not be read: {problem_rows[0][3]}."
    if problem_rows:
        reasons = "; ".join(f"{row[0]!r}: {row[3]}" for row in problem_rows[:3])
        return f"read_texts: none of {len(problem_rows)} files could be read: {reasons}."
    known = ", ".join(sorted(reading.TEXT_SUFFIXES))
    return f"read_texts: no text file ({known}) in {where}."


def _short_names(names: list[str]) -> list[str]:
    """Paths without their suffix, where that is unique."""
    stems = [name[: -len(Path(name).suffix)] if Path(name).suffix else name for name in names]
    counts = pd.Series(stems).value_counts()
    shorter = [stem if counts[stem] == 1 else name for stem, name in zip(stems, names, strict=True)]
    if len(set(shorter)) == len(shorter):
        return shorter
    unique: dict[str, None] = {}  # in order
    for name in names:
        copies = (f"{name}#{number}" for number in count(2))
        unique[next(copy for copy in chain([name], copies) if copy not in unique)] = None
    return list(unique)


def save(corpus: Corpus, folder: str | os.PathLike[str]) -> Path:
    """Write a corpus as Parquet files with a manifest.

    The folder appears as a whole or not at all. A corpus that stands there is replaced by two
    renames: a process that is killed between them leaves the old one in a hidden folder beside it.

    Parameters
    ----------
    corpus : Corpus
        What to write.
    folder : path
        Where to; a folder that holds anything but a saved corpus is refused.

    Returns
    -------
    Path
        The folder: a Parquet file for each table, and ``manifest.json`` with the schema version,
        the sha256 and the number of rows of each file, and the provenance.

    Raises
    ------
    ValueError
        The folder holds something else, or a table or the provenance cannot be written.
    """
    tables = {name: getattr(corpus, name) for name in TABLES}
    return storage.write(tables, corpus.provenance, Path(folder))


def load(folder: str | os.PathLike[str]) -> Corpus:
    """Read a corpus that `save` wrote.

    Parameters
    ----------
    folder : path
        The folder that holds ``manifest.json``.

    Returns
    -------
    Corpus
        The tables and the provenance as they were saved.

    Raises
    ------
    FileNotFoundError
        The folder, its manifest or one of its files is missing.
    ValueError
        The manifest is damaged or of a newer schema, or a file is not the one that was saved.
    """
    tables, provenance = storage.read(TABLES, Path(folder))
    return Corpus(**tables, provenance=provenance)


def with_paragraphs(table: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    r"""The rows of a table with the paragraph of their document that they stand in.

    Paragraphs are those of `sentences.paragraphs`, in which sentences are looked for.

    Parameters
    ----------
    table : DataFrame
        ``sentences``, ``tokens``, ``words`` or ``entities`` of a corpus; columns ``doc``,
        ``start``.
    texts : DataFrame
        Its ``texts``; columns ``doc``, ``text`` and where present ``body_start``.

    Returns
    -------
    DataFrame
        A copy of the table with a column ``paragraph``, int32, from 1 in each document.

    Raises
    ------
    ValueError
        A column is missing, or a document of the table is not in the texts.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["عنوان\n\nنص أول\nنص ثان"]})
    >>> tokens = pd.DataFrame({"doc": ["a"] * 5, "start": [0, 7, 10, 14, 17]})
    >>> with_paragraphs(tokens, texts)["paragraph"].tolist()
    [1, 2, 2, 3, 3]
    """
    require("with_paragraphs", table, ["doc", "start"], advice="Pass a table of a corpus.")
    require("with_paragraphs", texts, ["doc", "text"], advice="Pass the texts of the corpus.")
    starts = texts["body_start"] if "body_start" in texts.columns else [0] * len(texts)
    of_doc = dict(zip(texts["doc"], zip(texts["text"], starts, strict=True), strict=True))
    found = np.zeros(len(table), dtype=np.int32)
    places = table["start"].to_numpy()
    for doc, rows in table.groupby("doc", observed=True).indices.items():
        if doc not in of_doc:
            raise ValueError(
                f"with_paragraphs: doc {doc!r} is not in texts; pass the texts of the same corpus."
            )
        found[rows] = np.searchsorted(_paragraph_starts(*of_doc[doc]), places[rows], side="right")
    return table.assign(paragraph=found)


def _paragraph_starts(text: str, body_start: int) -> list[int]:
    folded, offsets = clean(text[body_start:])
    return [offsets.span(start, end)[0] + body_start for start, end in paragraphs(folded)]
