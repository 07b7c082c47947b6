"""Files annotated with names, to tables: CoNLL columns, CoNLL-U, what annotation tools write."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from toolkit.annotating.bioes import TYPES
from toolkit.arabic.offsets import clean
from toolkit.arabic.sentences import RawToken, paragraphs, split_sentences
from toolkit.columns import is_whole
from toolkit.entities import names
from toolkit.gold import columns as annotation_columns
from toolkit.gold import records
from toolkit.gold.parts import Annotated, Repairs
from toolkit.keeping.storage import hash_file
from toolkit.reading.decoding import COMPANIONS, Unreadable, read_file
from toolkit.tables import typed_table

FORMATS = ("columns", "conllu", "jsonl", "json", "brat")
OF_SUFFIX = {
    **dict.fromkeys((".conll", ".iob", ".iob2", ".bio", ".bioes", ".bilou", ".tsv"), "columns"),
    ".txt": "columns",
    ".conllu": "conllu",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    ".ann": "brat",
}
MALFORMED = ("error", "repair")


def read_entities(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    types: Mapping[str, str | None] | None = None,
    format: str | None = None,
    columns: tuple[int, int] = (0, -1),
    malformed: str = "error",
    encoding: str | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The texts and the mentions of files that are annotated with names.

    Offsets are code points into ``texts.text``. Of JSON and brat that is the text as it was
    annotated; of columns it is put together from the tokens, with a space between two and a line
    end between sentences (CoNLL-U: without the space after ``SpaceAfter=No``).

    Parameters
    ----------
    paths : path or iterable of paths
        Files, or folders that are searched with their subfolders.
    types : dict, optional
        Names of types as the files have them to those wanted, such as ``{"PERS": "PER"}``; None
        for a type whose mentions are left out. Types that are not named stay as they are.
    format : {"columns", "conllu", "jsonl", "json", "brat"}, optional
        By default from the suffix.

        - columns: a token a line with its tag, BIO, BIOES (BILOU, BMEWO) or IOB1, also mixed;
          blank lines between sentences; documents begin at ``-DOCSTART-`` or ``# newdoc``;
          ``#`` begins a comment where no tag ends the line
        - conllu: the tag in MISC, as ``ner=B-PER`` or ``NE=B-PER``, of tokens or of words
        - jsonl: a document a line, with its spans as doccano (``label``, ``labels``, or
          ``entities``), spaCy and Prodigy (``spans``, ``ents``, or ``[text, {"entities": ...}]``)
          have them
        - json: a list of such documents, or an export of Label Studio
        - brat: ``.ann`` beside ``.txt``
    columns : (int, int)
        Where a line of columns has the token and the tag, counted from 0, or from -1 at the end.
    malformed : {"error", "repair"}
        Whether what cannot be read is an error that names file and line. Otherwise it has a row in
        the problems: an unknown tag counts as ``O``, a record or a span that is none is left out.
    encoding : str, optional
        The encoding of all files; by default each is detected, as by `corpus.read_texts`.

    Returns
    -------
    texts : DataFrame
        One row per document: ``doc`` (the name in the file, or that of the file, numbered where it
        has several), ``text``, ``path``, ``encoding``, ``sha256`` (of the file).
        `corpus.problems` lists what was repaired or left out, and the types that are not of PER,
        LOC, ORG, MISC, each with how often.
    entities : DataFrame
        One row per mention, in text order, with the columns of a corpus. ``sent`` is the sentence
        of the file, or, where it has none, of the text by its punctuation; ``name`` is the surface
        with its spelling folded, clitics that are in the span with it.

    Raises
    ------
    FileNotFoundError
        A path does not exist, or the text that belongs to an ``.ann``.
    ValueError
        A file cannot be read, a line is malformed, a document occurs twice, or a name is unknown.
    """
    _check_names(format, malformed, types, columns)
    found: list[Annotated] = []
    files: list[dict[str, Any]] = []
    problem_rows: list[list[str]] = []
    for name, path in _found(paths, format, problem_rows):
        kind = format or OF_SUFFIX.get(path.suffix.lower(), "columns")
        repairs = Repairs(name, strict=malformed == "error")
        content, about = _content(path, kind, encoding)
        documents = _reader(kind, path, columns, encoding)(content, Path(name).stem, repairs)
        for document in documents:
            _tidy(document, types or {}, repairs)
        found += documents
        files += [about] * len(documents)
        problem_rows += repairs.rows()
    if not found:
        raise ValueError(f"read_entities: no annotated document in {_shown(paths)}.")
    problem_rows += _unused(types or {}, found)
    return _texts(found, files, problem_rows), _entities(found)


def _check_names(format: str | None, malformed: str, types: Any, columns: Any) -> None:
    if format is not None and format not in FORMATS:
        raise ValueError(
            f"read_entities: no format {format!r}; there are {', '.join(FORMATS)} and None."
        )
    if malformed not in MALFORMED:
        raise ValueError(f"read_entities: malformed={malformed!r}; pass 'error' or 'repair'.")
    if types is not None and not isinstance(types, Mapping):
        raise ValueError(
            f"read_entities: types is of type {type(types).__name__}; pass a dict such as "
            "{'PERS': 'PER'}."
        )
    is_pair = isinstance(columns, tuple) and len(columns) == 2
    if not is_pair or not all(is_whole(abs(place), least=0) for place in columns):
        raise ValueError(
            f"read_entities: columns={columns!r:.60}; pass the places of the token and of the tag, "
            "such as (0, -1)."
        )


# --- files ------------------------------------------------------------------------------------


def _shown(paths: Any) -> str:
    each = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    return ", ".join(repr(str(path)) for path in each[:3]) or "the given paths"


def _found(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    format: str | None,
    problem_rows: list[list[str]],
) -> list[tuple[str, Path]]:
    """The name and the path of each file, those of a folder below it and in order."""
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: list[tuple[str, Path]] = []
    for path in map(Path, given):
        if path.is_dir():
            found += _in_folder(path, format, problem_rows)
        elif path.exists():
            found.append((path.name, path))
        else:
            raise FileNotFoundError(f"read_entities: no file or folder {str(path)!r}.")
    return found


def _in_folder(
    folder: Path, format: str | None, problem_rows: list[list[str]]
) -> list[tuple[str, Path]]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    below = {path: path.relative_to(folder) for path in files}
    files = [
        path
        for path in files
        if not COMPANIONS.fullmatch(path.name)
        and not any(part.startswith(".") for part in below[path].parts)
    ]
    annotated = {path.with_suffix("") for path in files if path.suffix.lower() == ".ann"}
    found = []
    for path in files:
        kind = OF_SUFFIX.get(path.suffix.lower())
        if path.suffix.lower() == ".txt" and path.with_suffix("") in annotated:
            continue  # read with its .ann
        if kind is None or format not in (None, kind):
            detail = f"{path.suffix or 'a file without a suffix'} is not read"
            problem_rows.append([below[path].as_posix(), "read", "format", detail])
            continue
        found.append((below[path].as_posix(), path))
    return found


def _content(path: Path, kind: str, encoding: str | None) -> tuple[str, dict[str, Any]]:
    about = {"path": path.as_posix()}
    try:
        file = read_file(path, encoding)
    except Unreadable as error:
        if kind == "brat" and error.what == "empty":  # a text without names
            return "", about | {"encoding": "utf-8", "sha256": hash_file(path)}
        raise ValueError(f"read_entities: {str(path)!r} cannot be read: {error}.") from error
    return file.text, about | {"encoding": file.encoding, "sha256": file.sha256}


def _reader(
    kind: str, path: Path, columns: tuple[int, int], encoding: str | None
) -> Callable[[str, str, Repairs], list[Annotated]]:
    if kind == "columns":
        return lambda text, stem, repairs: annotation_columns.of_columns(
            text, stem, repairs, places=columns
        )
    if kind == "conllu":
        return annotation_columns.of_conllu
    if kind == "brat":
        return lambda text, stem, repairs: records.of_brat(
            text, stem, repairs, raw=_text_beside(path, encoding)
        )
    return records.of_lines if kind == "jsonl" else records.of_json


def _text_beside(path: Path, encoding: str | None) -> str:
    beside = path.with_suffix(".txt")
    if not beside.exists():
        raise FileNotFoundError(f"read_entities: {str(path)!r} has no {beside.name!r} beside it.")
    return _content(beside, "text", encoding)[0]


# --- what was read ----------------------------------------------------------------------------


def _tidy(document: Annotated, types: Mapping[str, str | None], repairs: Repairs) -> None:
    """Types renamed, spans without white space at their ends, none twice, in text order."""
    kept: dict[tuple[int, int, str], None] = {}
    for start, end, given in document.spans:
        place = f"{document.doc} [{start}:{end}]"
        kind = types.get(given, given)
        if kind is None:
            repairs.add("left out", place, f"mentions of type {given}, as types= says")
            continue
        if kind not in TYPES:
            known = ", ".join(TYPES)
            detail = f"mentions of type {kind}, which is none of {known}; kept"
            repairs.add("unknown type", place, detail)
        letters = document.text[start:end]
        span = start + len(letters) - len(letters.lstrip()), start + len(letters.rstrip())
        if span != (start, end):
            repairs.add("white space", place, "mentions begin or end in it; cut off")
        if (*span, kind) in kept:
            repairs.add("twice", place, "mentions that stand there already; left out")
        kept[*span, kind] = None
    document.met = Counter(given for _, _, given in document.spans)
    document.spans = sorted(kept, key=lambda span: (span[0], -span[1], span[2]))


def _unused(types: Mapping[str, str | None], found: Sequence[Annotated]) -> list[list[str]]:
    """A row for each type that was to be renamed and does not occur."""
    met = {kind for document in found for kind in document.met}
    detail = "types= names it, and no mention has it"
    return [[kind, "read", "type does not occur", detail] for kind in types if kind not in met]


def _texts(
    found: Sequence[Annotated], files: Sequence[dict[str, Any]], problem_rows: list[list[str]]
) -> pd.DataFrame:
    docs = [document.doc for document in found]
    twice = [doc for doc, number in Counter(docs).items() if number > 1]
    if twice:
        raise ValueError(
            f"read_entities: document {twice[0]!r} occurs {docs.count(twice[0])} times; "
            "read the files one by one, or give the documents names of their own."
        )
    about = {
        column: pd.Series([file[column] for file in files], dtype="str")
        for column in ("path", "encoding", "sha256")
    }
    of_texts = {"doc": docs, "text": [document.text for document in found]}
    texts = typed_table("texts", of_texts | about)
    texts.attrs["problems"] = problem_rows
    return texts


def _entities(found: Sequence[Annotated]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {
        name: [] for name in ("doc", "sent", "entity", "text", "type", "start", "end")
    }
    for document in found:
        starts = [start for start, _, _ in document.spans]
        borders = document.sentences or (sentence_starts(document.text) if starts else [0])
        sents = np.maximum(np.searchsorted(borders, starts, side="right"), 1)
        for number, (start, end, kind) in enumerate(document.spans):
            surface = document.text[start:end]
            values = document.doc, int(sents[number]), number + 1, surface, kind, start, end
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
    named = names(pd.DataFrame(columns))
    return typed_table("entities", columns | {"name": named})


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a text begin, by its line ends and punctuation.

    Examples
    --------
    >>> sentence_starts("وصل الوزير. قال: نعم!")
    [0, 12]
    """
    folded, offsets = clean(text)
    found = []
    for start, end in paragraphs(folded):
        tokens = [
            RawToken(match.group(), match.start(), match.end())
            for match in annotation_columns.TOKEN.finditer(folded, start, end)
        ]
        found += [offsets.span(each[0].start, each[0].end)[0] for each in split_sentences(tokens)]
    return found or [0]
