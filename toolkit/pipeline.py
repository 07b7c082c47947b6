"""Texts to annotation tables, with Stanza. Only this module and its stages import stanza.

The text that the models see is folded (no diacritics, no tatweel ...); an offset map leads each
span back to the raw text, which is never changed.
"""

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from tqdm import TqdmWarning

from toolkit import engine, models, records
from toolkit.cache import Cache, default_folder
from toolkit.columns import whole_number
from toolkit.corpus import Corpus, problems
from toolkit.engine import Document, Done
from toolkit.entities import names
from toolkit.pieces import NO_TEXT, STAGE, batches, documents_of, source_of
from toolkit.provenance import provenance_of, settings_of
from toolkit.rows import Numbers, columns_of
from toolkit.stages import Stages
from toolkit.tables import sorted_categories, table_of_rows

WORDS_AT_ONCE = 500  # that the expander and the lemmatiser read letter by letter


def annotate(
    texts: pd.DataFrame,
    *,
    models: str | os.PathLike[str] = "news",
    entities: bool = True,
    workers: int = 1,
    cache: bool | str | os.PathLike[str] = True,
    progress: bool | None = None,
) -> Corpus:
    """The annotated corpus of the texts: sentences, tokens, words and entities.

    Parameters
    ----------
    texts : DataFrame
        One row per document, as `corpus.read_texts` returns it: ``doc`` (unique), ``text``, and
        where present ``body_start`` (what stands before it is not annotated).
    models : str or path
        ``"news"`` (bundled), ``"official"``, or a directory; see `models.resolve`.
    entities : bool
        Whether names are looked for. Without, annotation is faster, ``entities`` has no row and
        ``tokens.ner`` is missing (NA), which is not ``O``.
    workers : int
        In how many processes. Each holds the models (about 0.6 GB); more than there are cores
        is no gain.
    cache : bool or path
        Whether finished documents are kept for the next run, by default in the user's cache
        directory (`cache.default_folder`), or the folder. A document is annotated again where its
        text, the models, the options or a version has changed.
    progress : bool, optional
        Whether to show a progress bar on stderr; by default only in a terminal.

    Returns
    -------
    Corpus
        Every token, word, sentence and entity with its offsets into ``texts.text``. What could
        not be annotated has a row in ``problems``; the rest is complete.

    Raises
    ------
    ValueError
        A missing column, a repeated ``doc``, or not one text with Arabic letters.
    FileNotFoundError
        The models are not there.
    ChildProcessError
        A worker process ended early.
    """
    _check_texts(texts)
    whole_number("annotate", "workers", workers, least=1)
    model_set = _resolve(models)
    found_problems: list[tuple[str, str, str, str]] = []
    documents = list(documents_of(texts, found_problems))
    if not documents:
        detail = "; ".join(f"{row[0]!r}: {row[3]}" for row in found_problems[:3])
        raise ValueError(f"annotate: no text to annotate ({detail or 'the table has no rows'}).")
    found: dict[int, bytes] = {}
    provenance = provenance_of(model_set, entities=entities)
    work = partial(_annotate_documents, model_set, entities)
    with _store(cache, provenance) as store, engine.Progress(len(documents), progress) as bar:
        finished = engine.annotated(documents, work, workers=workers, store=store, bar=bar)
    for done in sorted(finished, key=lambda done: done.place):
        if done.record is None:
            doc = str(texts["doc"].iloc[done.place])
            found_problems.append((doc, STAGE, done.what, done.detail))
        else:
            found[done.place] = done.record
    return _corpus(texts, found, found_problems, provenance)


class StanzaPlaces(NamedTuple):
    """Where the installed Stanza gets its models and where it keeps them.

    ``resources`` is the address of the folder of the lists, ``models`` the pattern of a model's
    address or ``default`` for the one that the list names, ``version`` that of the list, ``folder``
    where the models lie. Stanza reads its own environment variables for the first three.
    """

    resources: str
    models: str
    version: str
    folder: Path


def stanza_places() -> StanzaPlaces:
    """The places of the installed Stanza, as its code and its environment variables state them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TqdmWarning)  # as in _load_cached
        from stanza.resources import common

    address = common.DEFAULT_RESOURCES_URL
    if address.lower() in ("stanford", "stanfordnlp"):
        address = common.STANFORDNLP_RESOURCES_URL
    return StanzaPlaces(
        resources=address,
        models=common.DEFAULT_MODEL_URL,
        version=common.DEFAULT_RESOURCES_VERSION,
        folder=Path(common.USER_CACHE_DIR) / "resources",
    )


def _resolve(name: str | os.PathLike[str]) -> models.ModelSet:
    return models.resolve(name)


def _check_texts(texts: pd.DataFrame) -> None:
    missing = [column for column in ("doc", "text") if column not in texts.columns]
    if missing:
        raise ValueError(
            f"annotate: no column {', '.join(missing)} in texts; its columns are "
            f"{', '.join(map(str, texts.columns))}. Pass what corpus.read_texts returns."
        )
    repeated = texts["doc"][texts["doc"].duplicated()]
    if len(repeated):
        raise ValueError(f"annotate: doc {repeated.iloc[0]!r} occurs twice; make doc unique.")


def _stanza(folder: Path, package: str) -> Any:
    """Stanza's own pipeline of the models in a folder."""
    with warnings.catch_warnings():
        # in a notebook without ipywidgets, an import inside Stanza warns about progress bars
        warnings.simplefilter("ignore", TqdmWarning)
        import stanza

    return stanza.Pipeline(
        models.LANGUAGE,
        dir=str(folder),
        package=package,
        processors=",".join(models.PROCESSORS),
        download_method=None,
        use_gpu=False,
        logging_level="CRITICAL",
        mwt_batch_size=WORDS_AT_ONCE,
        lemma_batch_size=WORDS_AT_ONCE,
    )


@lru_cache(maxsize=1)
def _load_cached(folder: Path, package: str, fingerprint: str) -> Stages:
    return Stages(_stanza(folder, package))


def _load(model_set: models.ModelSet) -> Stages:
    """The models of a set, kept for the next call."""
    try:
        return _load_cached(model_set.folder, model_set.package, model_set.fingerprint)
    except Exception as error:  # torch and pickle raise many kinds for a damaged file
        raise ValueError(
            f"annotate: Stanza cannot load the models in {str(model_set.folder)!r} "
            f"({type(error).__name__}); restore the directory or install mudawwana again."
        ) from error


def _annotate_documents(
    model_set: models.ModelSet, entities: bool, documents: Sequence[Document]
) -> list[Done]:
    """The records of some documents; where the models fail, each document is tried alone."""
    stages = _load(model_set)
    try:
        return list(_records(stages, documents, entities=entities))
    except Exception as error:  # whatever the models raise, the other documents are annotated
        if len(documents) > 1:
            return [
                done
                for document in documents
                for done in _annotate_documents(model_set, entities, [document])
            ]
        detail = f"{type(error).__name__}: {error}"
        return [Done(documents[0].place, None, 0, "model error", detail)]


def _records(stages: Stages, documents: Sequence[Document], *, entities: bool) -> Iterator[Done]:
    sources = [source_of(document) for document in documents]
    parts: list[list[bytes]] = [[] for _ in documents]
    tokens = [0] * len(documents)
    before = [Numbers() for _ in documents]
    for batch in batches(sources):
        of_pieces = zip(batch, stages.run(batch, entities=entities), strict=True)
        for doc, same in groupby(of_pieces, key=lambda pair: pair[0].doc):
            sentences = [sentence for _, of_piece in same for sentence in of_piece]
            columns = columns_of(sources[doc], sentences, before[doc])
            parts[doc].append(records.packed(columns))
            tokens[doc] += len(columns["tokens"]["form"])
    for document, of_document, size in zip(documents, parts, tokens, strict=True):
        yield Done(document.place, b"".join(of_document), size)


def _corpus(
    texts: pd.DataFrame,
    found: dict[int, bytes],
    problem_rows: list[tuple[str, str, str, str]],
    provenance: dict[str, Any],
) -> Corpus:
    places = sorted(found)
    docs = texts["doc"].astype("str").iloc[places].tolist()
    tables = records.tables_of(docs, [found[place] for place in places])
    mentions = tables["entities"]
    mentions["name"] = sorted_categories(names(mentions["name"].astype("str")))
    kept = texts.reset_index(drop=True)
    kept.attrs = {}
    no_text = {doc for doc, _, what, _ in problem_rows if what == NO_TEXT}
    kept["text"] = kept["text"].mask(kept["doc"].astype("str").isin(no_text)).astype("str")
    return Corpus(
        texts=kept,
        **tables,
        problems=pd.concat(
            [problems(texts), table_of_rows("problems", problem_rows)], ignore_index=True
        ),
        provenance=provenance,
    )


@contextmanager
def _store(
    cache: bool | str | os.PathLike[str], provenance: dict[str, Any]
) -> Iterator[engine.Store]:
    """The store of a call: what it keeps and under which conditions."""
    made_by = provenance["models"]
    group = f"{made_by['name']} {made_by['fingerprint'][:8]}"
    if cache is False:
        yield engine.Store(None, "", group)
        return
    with Cache(default_folder() if cache is True else cache) as opened:
        yield engine.Store(opened, settings_of(provenance), group)
