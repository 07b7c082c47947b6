"""What a worker does with a chunk of documents: their records, by the models that it has loaded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd
import pyarrow as pa

from toolkit import models
from toolkit.annotating import content, records, tally
from toolkit.annotating.known_forms import known_forms
from toolkit.annotating.loading import load
from toolkit.annotating.memo import memos
from toolkit.annotating.pieces import batches, source_of
from toolkit.annotating.repeated_names import stretches
from toolkit.annotating.rows import Columns, Numbers, columns_of
from toolkit.annotating.stages import Stages
from toolkit.annotating.work import Document, Done

# What tells names and dates: of a long document no other column is held until its end.
TELLING = {
    "sentences": ("sent", "start", "end"),
    "words": ("sent", "token", "word", "form", "start", "end"),
}

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
    given = known_forms(how.model_set)
    with _ONE_AT_A_TIME, memos(how.memo, how.settings, given) as (words, lemmas):
        stages = load(how.model_set, how.device, entities=how.entities)
        stages.remember(words, lemmas)
        try:
            return list(_records(stages, documents, entities=how.entities))
        except Exception as error:  # whatever the models raise, the other documents are annotated
            if len(documents) == 1:
                detail = f"{type(error).__name__}: {error}"
                return [Done(documents[0].place, None, 0, "model error", detail)]
    return list(chain.from_iterable(annotate(how, [document]) for document in documents))


@dataclass
class _Growing:
    """The record of a document that is not finished, in parts of some sentences each.

    Its mentions are kept apart: what they name is told when all of them are there. Of what else
    tells that, `TELLING`, the rows of all parts are held.
    """

    before: Numbers = field(default_factory=Numbers)
    finished: list[bytes] = field(default_factory=list)
    last: records.Batches = field(default_factory=lambda: records.batches_of({}))
    telling: list[records.Batches] = field(default_factory=list)
    mentions: dict[str, list[Any]] = field(default_factory=dict)
    tokens: int = 0

    def add(self, columns: Columns) -> None:
        """Take the rows of some more sentences."""
        if self.tokens:
            self.finished.append(records.packed(self.last))
        for column, values in columns.pop("entities").items():
            self.mentions.setdefault(column, []).extend(values)
        self.last = records.batches_of(columns)
        self.telling.append({name: self.last[name].select(kept) for name, kept in TELLING.items()})
        self.tokens += len(columns["tokens"]["form"])
        tally.add(len(columns["tokens"]["form"]))

    def tables(self) -> records.Parts:
        """What names and dates are told from; it is held no longer here."""
        found = {"entities": [records.batches_of({"entities": self.mentions})["entities"]]}
        for name in TELLING:
            found[name] = [part[name] for part in self.telling or [self.last]]
        self.telling, self.mentions = [], {}
        return {name: pa.Table.from_batches(parts) for name, parts in found.items()}

    def record(self, mentions: pa.RecordBatch, dates: pa.RecordBatch) -> bytes:
        """The record with these mentions and dates."""
        last = {**self.last, "entities": mentions, "dates": dates}
        return b"".join([*self.finished, records.packed(last)])


def _records(stages: Stages, documents: Sequence[Document], *, entities: bool) -> Iterator[Done]:
    growing = _grown(stages, documents, entities=entities)
    told = _told(documents, [each.tables() for each in growing])
    for document, each, (mentions, dates) in zip(documents, growing, told, strict=True):
        yield Done(document.place, each.record(mentions, dates), each.tokens)


def _grown(stages: Stages, documents: Sequence[Document], *, entities: bool) -> list[_Growing]:
    """What the models say of each document."""
    sources = [source_of(document) for document in documents]
    growing = [_Growing() for _ in documents]
    said = (
        (piece.doc, len(piece.text), of_piece)
        for batch in batches(sources)
        for piece, of_piece in zip(batch, stages.run(batch, entities=entities), strict=True)
    )
    for doc, sentences in stretches(said):
        whole = stages.named(sentences) if entities else sentences
        growing[doc].add(columns_of(sources[doc], whole, growing[doc].before))
    return growing


def _told(
    documents: Sequence[Document], parts: Sequence[records.Parts]
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """The mentions of each document with what they name, and its dates."""
    docs = [str(number) for number in range(len(documents))]
    entities = _named(docs, parts)
    sentences = [{"sentences": part["sentences"]} for part in parts]
    del parts  # the words of a long document are many
    told = {"entities": entities, "dates": _dated(docs, documents, sentences)}
    batches = records.batches_of(
        {name: {str(c): table[c] for c in table} for name, table in told.items()}
    )
    rows = {name: table["doc"].astype("str").value_counts() for name, table in told.items()}
    begin = dict.fromkeys(told, 0)
    for doc in docs:
        size = {name: int(rows[name].get(doc, 0)) for name in told}
        yield (
            batches["entities"].slice(begin["entities"], size["entities"]),
            batches["dates"].slice(begin["dates"], size["dates"]),
        )
        begin = {name: begin[name] + size[name] for name in told}


def _named(docs: Sequence[str], parts: Sequence[records.Parts]) -> pd.DataFrame:
    """The mentions of all documents with what they name."""
    found = records.tables_of(docs, parts, ("words", "entities"))
    return content.named(found["entities"], found["words"])


def _dated(
    docs: Sequence[str], documents: Sequence[Document], parts: Sequence[records.Parts]
) -> pd.DataFrame:
    """The dates of all documents."""
    texts = pd.DataFrame(
        {
            "doc": docs,
            "text": [document.text for document in documents],
            "body_start": [document.body_start for document in documents],
            "date": [document.day or None for document in documents],
        }
    )
    return content.dated(texts, records.tables_of(docs, parts, ("sentences",))["sentences"])
