"""What a worker does with a chunk of documents: their records, by the models that it has loaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from threading import Lock

from toolkit import models
from toolkit.annotating import records
from toolkit.annotating.loading import load
from toolkit.annotating.memo import memos
from toolkit.annotating.pieces import batches, source_of
from toolkit.annotating.rows import Numbers, columns_of
from toolkit.annotating.runners import Document, Done
from toolkit.annotating.stages import Stages

_ONE_AT_A_TIME = Lock()  # a Dask worker may have several threads, and the models keep what they met


@dataclass(frozen=True)
class How:
    """How documents are annotated, as it is sent to a worker.

    Attributes
    ----------
    model_set : ModelSet
        The models.
    entities : bool
        Whether names are looked for.
    device : str
        Where the networks compute.
    memo : Path or None
        The folder where forms that were met are kept.
    settings : str
        All but the text that decides what a record holds.
    """

    model_set: models.ModelSet
    entities: bool
    device: str
    memo: Path | None
    settings: str


def annotate(how: How, documents: Sequence[Document]) -> list[Done]:
    """The records of some documents; where the models fail, each document is tried alone."""
    with _ONE_AT_A_TIME, memos(how.memo, how.settings) as (words, lemmas):
        stages = load(how.model_set, how.device)
        stages.remember(words, lemmas)
        try:
            return list(_records(stages, documents, entities=how.entities))
        except Exception as error:  # whatever the models raise, the other documents are annotated
            if len(documents) == 1:
                detail = f"{type(error).__name__}: {error}"
                return [Done(documents[0].place, None, 0, "model error", detail)]
    return list(chain.from_iterable(annotate(how, [document]) for document in documents))


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
