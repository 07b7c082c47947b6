"""Texts in, annotated corpora kept: `read_texts`, the `Corpus` container, `save` and `load`."""

import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from toolkit.arabic.offsets import clean
from toolkit.arabic.sentences import paragraphs
from toolkit.columns import require
from toolkit.keeping import storage
from toolkit.reading import formats, streaming
from toolkit.reading.documents import Options
from toolkit.reading.metadata import Given, joins
from toolkit.reading.wording import counted
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
    text: str = "text",
    doc: str | None = None,
    metadata: Given | Iterable[Given] | None = None,
    boilerplate: bool = False,
    encoding: str | None = None,
) -> pd.DataFrame:
    """One row per document: its text, never changed, and what is known about it.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, folders that are searched with their subfolders and where links lead, each once,
        patterns such as ``"news/**/*.txt"``, zip and tar archives. Read are

        - plain text (``.txt``, ``.text``, ``.md``) and OpenITI mARkdown, a document a file
        - ``.html``, ``.docx``, ``.odt``, ``.epub``, ``.pdf`` (its text layer), a document a file
        - tables, a document a row: ``.csv``, ``.tsv``, ``.jsonl``, ``.json``, ``.xlsx``,
          ``.parquet``
        - CoNLL-U and TEI, a document a file or as many as they name

        Hidden files and files that describe a folder (README, LICENSE, CITATION ...) are no texts.
    text : str
        The column of tables that holds the texts; the other columns are metadata.
    doc : str, optional
        The column of tables that names the documents; by default ``doc`` where there is one, and
        else the rows are numbered, as in ``news#17``.
    metadata : str, path, DataFrame, or several of them, optional
        Where more is known about the texts: a pattern of file names, such as
        ``"{source}_{date}.txt"``, which of a table holds for each of its rows; or a table, a row
        a text, whose column ``doc``, ``path`` or ``file`` says which; one that fits several files
        is about none. What stands later counts more, and what stands in a file least.
    boilerplate : bool
        Whether menus, advertisements and comments of web pages are kept.
    encoding : str, optional
        The encoding of all files. By default each is detected: UTF-8, UTF-16, cp1256, ISO-8859-6
        or MacArabic; what was decided stands in the column ``encoding``.

    Returns
    -------
    DataFrame
        One row per document, in the order of the paths, of a folder ordered by path: ``doc`` (the
        path below the folder, without its suffix where that is unique), ``text``, ``date`` (ISO
        day, where known), ``body_start`` (code point where the body begins; the header before it
        is never counted), ``path``, ``encoding``, ``sha256`` (of the bytes of the file; of a row,
        of its text), and the metadata: keys of front matter, columns of tables, fields of file
        names. They are strings, or Int64 where all values are whole numbers; a name that is taken
        has ``_given`` behind it. What could not be read, and what is doubtful in what was read, is
        listed by `problems`, and a warning counts it.

    Raises
    ------
    FileNotFoundError
        A path does not exist.
    ValueError
        No text could be read, the encoding is unknown, a pattern or a table of metadata cannot be
        used, or the texts are too large for one table; `stream_texts` reads these.
    """
    options = Options(text, doc, boilerplate, encoding)
    gatherer = _gatherer("read_texts", paths, options, metadata)
    texts = streaming.whole(gatherer)
    rows = texts.attrs["problems"]
    if not len(texts):
        raise ValueError(_nothing_read("read_texts", gatherer.given, rows))
    if rows:
        warnings.warn(_warning(gatherer, rows), stacklevel=2)
    return texts


def stream_texts(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    text: str = "text",
    doc: str | None = None,
    metadata: Given | Iterable[Given] | None = None,
    boilerplate: bool = False,
    encoding: str | None = None,
) -> Iterator[pd.DataFrame]:
    """Tables of texts one after the other, as `read_texts` gives them in one.

    Only one table is in memory, of at most 2,000 texts or about 8 million code points; tables of
    documents are read row by row. `pipeline.annotate_to` takes the stream as it is.

    Parameters
    ----------
    paths, text, doc, metadata, boilerplate, encoding
        As for `read_texts`.

    Returns
    -------
    iterator of DataFrame
        Tables as of `read_texts`, all metadata strings. `problems` lists what was met for each;
        there is no warning.

    Raises
    ------
    FileNotFoundError, ValueError
        As for `read_texts`; that no text could be read shows at the end.
    """
    options = Options(text, doc, boilerplate, encoding)
    gatherer = _gatherer("stream_texts", paths, options, metadata)
    return _streamed(gatherer)


def _streamed(gatherer: streaming.Gatherer) -> Iterator[pd.DataFrame]:
    found = 0
    rows: list[list[str]] = []
    for texts in streaming.parts(gatherer):
        found += len(texts)
        rows += texts.attrs["problems"] if not found else []
        yield texts
    if not found:
        raise ValueError(_nothing_read("stream_texts", gatherer.given, rows))


def _gatherer(function: str, paths: Any, options: Options, metadata: Any) -> streaming.Gatherer:
    for name, value in (("text", options.text), ("doc", options.doc or "")):
        if not isinstance(value, str):
            raise ValueError(f"{function}: {name}={value!r:.60} is no column; pass its name.")
    _check_encoding(function, options.encoding)
    return streaming.Gatherer(function, paths, options, joins(function, metadata))


def _warning(gatherer: streaming.Gatherer, rows: Sequence[Sequence[str]]) -> str:
    """How many files were not read, and how many things to know about the others."""
    unread = gatherer.unread
    doc, _, what, detail = gatherer.first_unread or rows[0]
    end = "The problems table lists them: corpus.problems(texts)."
    if not unread:
        met = counted(len(rows), "problems")
        return f"read_texts: {met}, first {doc!r}: {what} ({detail}). {end}"
    beyond = counted(len(rows) - unread, "problems are", "problem is")
    others = f", and {beyond} in the others" if len(rows) > unread else ""
    verb = "was" if gatherer.files == 1 else "were"
    return (
        f"read_texts: {unread:,} of {counted(gatherer.files, 'files')} {verb} not read, first "
        f"{doc!r} ({detail}){others}. {end}"
    )


def problems(texts: pd.DataFrame) -> pd.DataFrame:
    """One row per thing that went wrong while texts were read.

    Parameters
    ----------
    texts : DataFrame
        What `read_texts` returned, or a table of `stream_texts`.

    Returns
    -------
    DataFrame
        ``doc`` (the path of a file that was not read, else the document), ``stage`` (``read``),
        ``what`` (a word), ``detail``.
    """
    return table_of_rows("problems", texts.attrs.get("problems", []))


def _check_encoding(function: str, encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        b" ".decode(encoding)
    except UnicodeError:  # an encoding, if not one of this byte
        return
    except LookupError as error:
        raise ValueError(
            f"{function}: no encoding {encoding!r}; pass one that Python knows, such as 'utf-8', "
            "'utf-16', 'cp1256' or 'iso8859-6'."
        ) from error


def _nothing_read(function: str, paths: Sequence[Any], rows: Sequence[Sequence[str]]) -> str:
    where = ", ".join(repr(str(path)) for path in paths[:3]) or "the given paths"
    if len(rows) == 1:
        return f"{function}: {rows[0][0]!r} could not be read: {rows[0][3]}."
    if rows:
        reasons = "; ".join(f"{row[0]!r}: {row[3]}" for row in rows[:3])
        return f"{function}: none of {len(rows)} files could be read: {reasons}."
    return f"{function}: no text file ({formats.known()}) in {where}."


def save(corpus: Corpus, folder: str | os.PathLike[str]) -> Path:
    """The folder of the corpus, written as Parquet files with a manifest.

    The folder appears as a whole or not at all. A corpus that stands there is replaced by two
    renames: a process that is killed between them leaves the old one in a hidden folder beside it,
    and the next `load`, `save`, `export.parts` or command that names the folder puts it back.

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
