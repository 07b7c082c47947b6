"""Texts to annotation tables, with Stanza. Only the stages and `loading` import stanza.

The text that the models see is folded (no diacritics, no tatweel ...); an offset map leads each
span back to the raw text, which is never changed.
"""

import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import models
from toolkit.annotating import alike, content, engine, records, worker
from toolkit.annotating.cluster import answer_there
from toolkit.annotating.devices import device_of
from toolkit.annotating.given import check_texts
from toolkit.annotating.pieces import NO_TEXT, STAGE, documents_of, slices
from toolkit.annotating.progress import Progress
from toolkit.annotating.provenance import provenance_of, settings_of
from toolkit.annotating.runners import Runner, is_client, runner
from toolkit.annotating.work import Work
from toolkit.columns import whole_number
from toolkit.corpus import TABLES, Corpus, problems
from toolkit.keeping.cache import Cache, default_folder
from toolkit.keeping.storage import write_parts, write_table
from toolkit.tables import table_of_rows


def annotate(
    texts: pd.DataFrame,
    *,
    models: str | os.PathLike[str] = "news",
    entities: bool = True,
    workers: Any = 1,
    cache: bool | str | os.PathLike[str] = True,
    progress: bool | None = None,
    device: str = "auto",
) -> Corpus:
    """The annotated corpus of the texts: sentences, tokens, words, entities and dates.

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
    workers : int or dask.distributed.Client
        In how many processes; each holds the models (about 0.6 GB), and more than there are cores
        is no gain. Or a Dask cluster, whose workers need the models at the same place.
    cache : bool or path
        Whether finished documents are kept for the next run, by default in the user's cache
        directory (`cache.default_folder`), or the folder. A document is annotated again where its
        text, the models, the options or a version has changed.
    progress : bool, optional
        Whether to show a progress bar; by default in a terminal, and in a notebook that someone
        runs cell by cell.
    device : {"auto", "cpu", "cuda"}
        Where the networks compute; "auto" is an NVIDIA GPU where torch sees one. A number may
        differ there in its last digits, and hence a tag where two are equally likely.

    Returns
    -------
    Corpus
        Every token, word, sentence, entity and date with its offsets into ``texts.text``; beside
        the columns of `Corpus`, entities have ``title`` (`وزير الدفاع`; missing where there is
        none). What could not be annotated has a row in ``problems``; the rest is complete.

    Raises
    ------
    ValueError
        A missing column, a repeated ``doc``, metadata that no file can hold (numbers and strings
        in one column), or not one text with Arabic letters.
    FileNotFoundError
        The models are not there.
    ChildProcessError
        Worker processes cannot be started, or end one after the other. A text that ends its worker
        is a problem, and the others are annotated.
    """
    check_texts("annotate", texts)
    how = models, entities, workers, cache, progress, device
    with _annotation(*how, len(texts)) as annotation:
        tables, provenance = annotation.tables(texts), annotation.provenance
    annotation.refuse_if_nothing("annotate")
    tables["entities"] = content.respelt(tables["entities"], content.counted(tables["entities"]))
    tables["problems"] = pd.concat([problems(texts), tables["problems"]], ignore_index=True)
    return Corpus(**tables, provenance=provenance)


def annotate_to(
    texts: pd.DataFrame | Iterable[pd.DataFrame],
    folder: str | os.PathLike[str],
    *,
    models: str | os.PathLike[str] = "news",
    entities: bool = True,
    workers: Any = 1,
    cache: bool | str | os.PathLike[str] = True,
    progress: bool | None = None,
    device: str = "auto",
) -> Path:
    """Annotate texts part by part into a folder: for a corpus larger than memory.

    Parameters
    ----------
    texts : DataFrame, or iterable of DataFrame
        Texts as for `annotate`; or several such tables one after the other, of which only one need
        be in memory. A ``doc`` occurs once in all of them.
    folder : path
        Where to. It appears as a whole when all is annotated; a saved corpus that stands there is
        replaced, a folder that holds anything else refused.
    models, entities, workers, cache, progress, device
        As for `annotate`.

    Returns
    -------
    Path
        The folder: for each table of a `Corpus` a folder of Parquet files, and ``manifest.json``.
        `corpus.load` reads it as the corpus that `annotate` would have given; a data frame of Dask
        reads a table of it that is larger than memory.

    Raises
    ------
    ValueError, FileNotFoundError, ChildProcessError
        As for `annotate`; also where the folder holds anything but a saved corpus.
    """
    given = [texts] if isinstance(texts, pd.DataFrame) else texts
    total = len(texts) if isinstance(texts, pd.DataFrame) else None
    counted: Counter[str] = Counter()

    def parts(annotation: _Annotation) -> Iterator[dict[str, pd.DataFrame]]:
        for part in slices(_all_different(given)):
            tables = annotation.tables(part)
            counted.update(content.counted(tables["entities"]))
            tables["problems"] = pd.concat([problems(part), tables["problems"]], ignore_index=True)
            part_of_corpus = Corpus(**tables, provenance=annotation.provenance)
            yield {name: getattr(part_of_corpus, name) for name in TABLES}
        annotation.refuse_if_nothing("annotate_to")

    def name_all(unfinished: Path) -> None:
        """Give every mention the spelling that is the most frequent in the whole corpus."""
        for path in sorted((unfinished / "entities").iterdir()):
            mentions = pd.read_parquet(path)
            if len(mentions):
                write_table("entities", content.respelt(mentions, counted), path)

    how = models, entities, workers, cache, progress, device
    with _annotation(*how, total) as annotation:
        return write_parts(parts(annotation), annotation.provenance, Path(folder), finish=name_all)


def _all_different(given: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The tables of texts, once it is sure that no ``doc`` was met before."""
    met: set[str] = set()
    for texts in given:
        check_texts("annotate_to", texts)
        docs = set(texts["doc"].astype("str"))
        if met & docs:
            raise ValueError(
                f"annotate_to: doc {min(met & docs)!r} occurs in two tables; make doc unique."
            )
        met |= docs
        yield texts


class _Annotation:
    """The annotation of some tables of texts by the same models, on the same workers."""

    def __init__(
        self,
        work: Work,
        provenance: dict[str, Any],
        run: Runner,
        store: engine.Store,
        bar: Progress,
    ) -> None:
        self.work, self.provenance = work, provenance
        self.run, self.store, self.bar = run, store, bar
        self.annotated = False
        self.reasons: list[str] = []

    def tables(self, texts: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """The tables of a corpus of these texts, names as each document spells them."""
        found: list[tuple[str, str, str, str]] = []
        documents = list(documents_of(texts, found))
        self.bar.pass_over(len(found))
        finished = engine.annotated(
            documents, self.work, run=self.run, store=self.store, bar=self.bar
        )
        of_place = {done.place: done for done in finished}
        for place in sorted(of_place):
            done = of_place[place]
            if done.record is None:
                found.append((str(texts["doc"].iloc[place]), STAGE, done.what, done.detail))
        failed = [done for done in finished if done.record is None]
        self.annotated |= len(failed) < len(finished)
        if failed:
            warnings.warn(
                f"annotate: {len(failed)} of {len(documents)} texts could not be annotated, first "
                f"{texts['doc'].iloc[failed[0].place]!r} ({failed[0].detail}). The problems table "
                "lists them.",
                stacklevel=3,
            )
        self.reasons += [f"{doc!r}: {detail}" for doc, _, _, detail in found[:3]]
        of_documents = {n: done.record for n, done in of_place.items() if done.record is not None}
        return _tables(texts, of_documents, found)

    def refuse_if_nothing(self, function: str) -> None:
        """Complain of texts of which not one could be annotated."""
        if not self.annotated:
            detail = "; ".join(self.reasons[:3]) or "the table has no rows"
            raise ValueError(f"{function}: no text to annotate ({detail}).")


@contextmanager
def _annotation(
    models: str | os.PathLike[str],
    entities: bool,
    workers: Any,
    cache: bool | str | os.PathLike[str],
    progress: bool | None,
    device: str,
    total: int | None,
) -> Iterator[_Annotation]:
    if not is_client(workers):
        whole_number("annotate", "workers", workers, least=1)
    model_set = _resolve(models)
    device = _device(device, workers)
    provenance = provenance_of(model_set, entities=entities, device=device)
    with (
        _store(cache, provenance, model_set) as store,
        Progress(total, progress) as bar,
        runner(workers) as run,
    ):
        # the workers of a cluster may not see the folder
        memo = None if store.cache is None or is_client(workers) else store.cache.path.parent
        how = worker.How(model_set, entities, device, memo, store.settings)
        work: Work = partial(worker.annotate, how)
        if is_client(workers):
            work = alike.checked(workers, work, model_set)
        try:
            yield _Annotation(work, provenance, run, store, bar)
        except KeyboardInterrupt as stop:
            stop.add_note(engine.said_at_a_stop(store, bar))
            raise


def _device(name: str, workers: Any) -> str:
    """Where networks compute: on the machine of the workers, which may be another one."""
    return answer_there(workers, device_of, name) if is_client(workers) else device_of(name)


def _resolve(name: str | os.PathLike[str]) -> models.ModelSet:
    return models.resolve(name)


def _tables(
    texts: pd.DataFrame, found: dict[int, bytes], problem_rows: list[tuple[str, str, str, str]]
) -> dict[str, pd.DataFrame]:
    places = sorted(found)
    docs = texts["doc"].astype("str").iloc[places].tolist()
    tables = records.tables_of(docs, [records.unpacked(found[place]) for place in places])
    kept = texts.reset_index(drop=True)
    kept.attrs = {}
    kept["doc"] = kept["doc"].astype("str")
    no_text = {doc for doc, _, what, _ in problem_rows if what == NO_TEXT}
    if "body_start" in kept.columns and kept["body_start"].dtype == "object":
        # what is no number has a row in the problems, which says what it is
        kept["body_start"] = pd.to_numeric(kept["body_start"], errors="coerce")
    kept["text"] = kept["text"].mask(kept["doc"].isin(no_text)).astype("str")
    return {"texts": kept, **tables, "problems": table_of_rows("problems", problem_rows)}


@contextmanager
def _store(
    cache: bool | str | os.PathLike[str], provenance: dict[str, Any], model_set: models.ModelSet
) -> Iterator[engine.Store]:
    """The store of a call: what it keeps and under which conditions."""
    made_by = provenance["models"]
    group = f"{made_by['name']} {made_by['fingerprint'][:8]}"
    if cache is False:
        yield engine.Store(None, "", group)
        return
    with Cache(default_folder() if cache is True else cache) as opened:
        yield engine.Store(opened, settings_of(provenance, model_set), group)
