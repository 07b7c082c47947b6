"""Where the commands take corpora and texts from: folders, files, and what is piped in."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pandas as pd

from toolkit import corpus
from toolkit.command.options import STDIN
from toolkit.command.output import refuse_unwritable
from toolkit.command.types import typed
from toolkit.command.where import documents, with_documents
from toolkit.corpus import Corpus
from toolkit.keeping import storage

PIPED = Path("stdin.txt")
# What makes no difference to a corpus that is annotated already.
OF_TEXTS = ("encoding", "text", "doc", "metadata", "boilerplate", "models", "workers", "cache")

Options = Mapping[str, Any]


def saved_folder(source: Path) -> Path | None:
    """The folder of the corpus that is saved here, or in a report here; None where none is.

    One that a killed process left aside is put back, as `corpus.load` does.

    Examples
    --------
    >>> saved_folder(Path("nowhere")) is None
    True
    """
    for folder in (source, source / "corpus"):
        storage.put_back(folder)
        if (folder / storage.MANIFEST).is_file():
            return folder
    return None


def corpus_of(
    sources: Sequence[Path],
    options: Options,
    *,
    check: Callable[[Corpus], Any] | None = None,
) -> Corpus:
    """The saved corpus, or the texts, which are annotated; the chosen documents of it alone.

    Parameters
    ----------
    sources : sequence of Path
        One saved corpus, or texts as for `corpus.read_texts`; ``-`` is what is piped in.
    options : mapping
        What `cli_options.source_options` gave.
    check : callable, optional
        What will be done with the corpus, tried on one without rows before texts are annotated,
        so that a wrong name is refused at once.

    Returns
    -------
    Corpus
        With the documents that meet ``where``.
    """
    if options.get("output") is not None:
        refuse_unwritable(options["output"])
    folder = _one_saved(sources)
    conditions = options.get("where", ())
    if folder is not None:
        _tell_unused(sources[0])
        found = corpus.load(folder)
        if conditions:
            met = documents(found.texts, conditions)
            found = with_documents(found, found.texts["doc"][met].tolist())
        return found
    if check is not None:
        check(Corpus())
    return annotated(texts_of(sources, options), options)


def annotated(texts: pd.DataFrame, options: Options) -> Corpus:
    """The annotation of texts as the options have it."""
    from toolkit import pipeline

    chosen = {
        name: options[name]
        for name in ("models", "workers", "cache", "entities")
        if name in options
    }
    try:
        return pipeline.annotate(texts, progress=False if options["quiet"] else None, **chosen)
    except BrokenPipeError as error:  # not that of what reads our output, which is no error
        raise ChildProcessError(
            "annotate: a worker process or what reads the progress has ended; the same call goes "
            "on from there."
        ) from error


def texts_of(sources: Sequence[Path], options: Options) -> pd.DataFrame:
    """The texts that are read, those of them that meet the option ``where``."""
    refuse_saved(sources)
    with _files(sources) as files:
        texts = corpus.read_texts(
            files,
            text=options["text"],
            doc=options["doc"],
            metadata=[_metadata(each) for each in options["metadata"]] or None,
            boilerplate=options["boilerplate"],
            encoding=options["encoding"],
        )
        if STDIN in sources:
            piped = str(files[list(sources).index(STDIN)])
            texts["path"] = texts["path"].replace(piped, PIPED.stem).astype("str")
    conditions = options.get("where", ())
    if not conditions:
        return texts
    met = documents(texts, conditions)
    problems = texts.attrs.get("problems", [])
    chosen = texts[met].reset_index(drop=True)
    chosen.attrs["problems"] = problems
    return chosen


def refuse_saved(sources: Sequence[Path]) -> None:
    """Refuse to read the tables of a saved corpus as if they were texts."""
    for source in sources:
        if saved_folder(source) is not None:
            raise ValueError(
                f"{str(source)!r} is a saved corpus, which is annotated already; pass texts, or "
                "the corpus alone to a command that takes SOURCE."
            )


def _one_saved(sources: Sequence[Path]) -> Path | None:
    """The folder of the saved corpus, which must be the only source."""
    found = [folder for folder in map(saved_folder, sources) if folder is not None]
    if found and len(sources) > 1:
        raise ValueError(
            f"{str(found[0])!r} is a saved corpus and {len(sources)} sources are given; pass one "
            "corpus, or texts alone."
        )
    return found[0] if found else None


def _metadata(given: str) -> str | Path:
    """A pattern of file names as it is, and a table as a path."""
    return typed(given) if "{" in given else Path(given)


@contextmanager
def _files(sources: Sequence[Path]) -> Iterator[list[Path]]:
    """The files to read, what is piped in among them as a file of its own."""
    if STDIN not in sources:
        yield list(sources)
        return
    if list(sources).count(STDIN) > 1:
        raise ValueError("what is piped in can be read once only; pass - once.")
    with tempfile.TemporaryDirectory(prefix="mudawwana-") as folder:
        piped = Path(folder) / PIPED
        if sys.stdin is None:
            raise ValueError("nothing is piped in; pass files or folders in the place of -.")
        if sys.stdin.isatty():
            click.echo("mudawwana: reading a text from the keyboard; Ctrl+D ends it.", err=True)
        with piped.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield [piped if source == STDIN else source for source in sources]


def _tell_unused(source: Path) -> None:
    """Say which options make no difference, if some were given."""
    context = click.get_current_context(silent=True)
    if context is None:
        return
    given = [
        name
        for name in OF_TEXTS
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    ]
    if given:
        named = ", ".join(f"--{name}" for name in given)
        click.echo(
            f"mudawwana: {str(source)!r} is annotated already; {named} changes nothing.", err=True
        )


def with_metadata(found: Corpus, names: Sequence[str], *, option: str) -> Corpus:
    """The corpus with columns of its texts beside ``doc`` in tokens and words.

    For statistics by a part of the corpus that the metadata tell, such as ``section``.
    """
    here = [name for name in names if name not in found.words.columns]
    if not here:
        return found
    known = [name for name in found.texts.columns if name != "text"]
    for name in here:
        if name not in known:
            raise ValueError(
                f"--{option}: no column {name!r} in the words, and none in the texts, which have "
                f"{', '.join(map(str, known))}. Pass one of them."
            )
    return replace(
        found,
        tokens=_beside(found.tokens, found.texts, here),
        words=_beside(found.words, found.texts, here),
    )


def _beside(table: pd.DataFrame, texts: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    about = texts.set_index("doc")
    docs = table["doc"].astype("str")
    return table.assign(
        **{name: docs.map(about[name].astype("object")).astype("category") for name in columns}
    )
