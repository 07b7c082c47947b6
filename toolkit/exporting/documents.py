"""A corpus document by document, in text order: what those who write files walk over."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from toolkit.columns import borders, coded, require
from toolkit.corpus import Corpus, with_paragraphs
from toolkit.exporting.checks import WHOLE, check_places, words_begin_of

COLUMNS = {
    "sentences": ("sent", "start", "end"),
    "tokens": ("sent", "token", "form", "norm", "kind", "start", "end", "ner"),
    "words": (
        *("sent", "token", "word", "form", "norm", "kind", "lemma", "lemma_vocalised", "upos"),
        *("feats", "head", "deprel", "start", "end", "span"),
    ),
    "entities": ("sent", "entity", "text", "type", "name", "start", "end"),
    "dates": ("sent", "text", "start", "end", "first", "last", "precision"),
}
# Whole numbers, where there are any.
NULLABLE = ("head", "sent")
ADVICE = "Pass an annotated corpus."

Cells = dict[str, list[Any]]


@dataclass(frozen=True)
class Document:
    """A document with its annotation; positions of tokens and words count from 0 in it.

    Attributes
    ----------
    doc, text : str
        Its id and its raw text; None where there is none.
    metadata : dict
        The other columns of its row of the texts, as strings, those that are not missing.
    sents : list of int
        The number of each sentence that has tokens.
    spans : list of (int, int)
        Where each of them begins and ends.
    tokens_of : list of range
        The tokens of each of them.
    words_of : list of range
        The words of each token.
    tokens, words, mentions, dates : dict of list
        The columns of the tables, of the mentions all; None where a cell is missing.
    untold : int
        Sentences without tokens, which are in none of the lists.
    """

    doc: str
    text: str | None
    metadata: dict[str, str]
    sents: list[int]
    spans: list[tuple[int, int]]
    tokens_of: list[range]
    words_of: list[range]
    tokens: Cells
    words: Cells
    mentions: Cells
    dates: Cells
    untold: int

    @property
    def raw(self) -> str:
        """The raw text, empty where there is none."""
        return self.text or ""

    def words_of_sentence(self, place: int) -> range:
        """The words of a sentence, by the place of the sentence in the lists."""
        tokens = self.tokens_of[place]
        return range(self.words_of[tokens[0]].start, self.words_of[tokens[-1]].stop)

    def sentence_of(self) -> list[int]:
        """For each token the place of its sentence in the lists."""
        return [place for place, tokens in enumerate(self.tokens_of) for _ in tokens]

    def tokens_between(self, start: int, end: int) -> range:
        """The tokens that have letters in a span of the text."""
        first = bisect_right(self.tokens["start"], start) - 1
        first += first < 0 or self.tokens["end"][first] <= start
        return range(first, max(bisect_left(self.tokens["start"], end), first))


def corpora(function: str, corpus: Corpus | Iterable[Corpus]) -> Iterator[Corpus]:
    """A corpus, or each of several, once its tables have the columns that are written.

    Parameters
    ----------
    function : str
        Who asks, for the messages.
    corpus : Corpus or iterable of Corpus
        A corpus, or its parts one after the other.

    Yields
    ------
    Corpus
        Each part.

    Raises
    ------
    ValueError
        It is neither, a table lacks a column, or a document occurs twice.
    """
    parts = [corpus] if isinstance(corpus, Corpus) else corpus
    if not isinstance(parts, Iterable) or isinstance(parts, str | bytes | pd.DataFrame):
        raise ValueError(
            f"{function}: the corpus is of type {type(corpus).__name__}, not a Corpus. {ADVICE}"
        )
    met: set[str] = set()
    for part in parts:
        if not isinstance(part, Corpus):
            raise ValueError(
                f"{function}: a part is of type {type(part).__name__}, not a Corpus. {ADVICE}"
            )
        require(function, part.texts, ["doc", "text"], advice=ADVICE)
        for name, columns in COLUMNS.items():
            require(function, getattr(part, name), ["doc", *columns], advice=ADVICE)
        for doc in part.texts["doc"].astype("str"):
            if doc in met:
                raise ValueError(f"{function}: doc {doc!r} occurs twice in texts; make it unique.")
            met.add(doc)
        yield part


def documents(function: str, corpus: Corpus) -> Iterator[Document]:
    """Each document of a corpus, in the order of its texts.

    Parameters
    ----------
    function : str
        Who asks, for the messages.
    corpus : Corpus
        Whole tables: each token has its words, and rows stand in text order.

    Yields
    ------
    Document
        One for each row of the texts, also where nothing is annotated.

    Raises
    ------
    ValueError
        Rows are missing, out of order, or of another corpus.
    """
    words_begin = words_begin_of(function, corpus.tokens, corpus.words)
    tables = {name: _Table(function, name, getattr(corpus, name)) for name in COLUMNS}
    known = set(corpus.texts["doc"].astype("str"))
    for name, table in tables.items():
        strange = min(set(table.rows) - known, default=None)
        if strange is not None:
            raise ValueError(f"{function}: doc {strange!r} of {name} is not in texts. {WHOLE}")
    for doc, text, metadata in _texts(corpus.texts):
        cells = {name: table.cells(doc) for name, table in tables.items()}
        rows = tables["tokens"].rows.get(doc, range(0))
        begins = words_begin[rows.start : rows.stop + 1] if len(rows) else words_begin[:1]
        longest = max([0, *cells["tokens"]["end"], *cells["words"]["end"]])
        if longest > len(text or ""):
            raise ValueError(
                f"{function}: a token of doc {doc!r} ends at {longest}, its text has "
                f"{len(text or '')} code points. {WHOLE}"
            )
        yield _document(doc, text, metadata, cells, (begins - begins[0]).tolist())


def paragraphs_of(corpus: Corpus) -> set[tuple[str, int]]:
    """The first sentence of each paragraph but the first of a document, by document and number."""
    sentences = corpus.sentences[["doc", "sent", "start"]].astype({"doc": "str"})
    texts = corpus.texts[corpus.texts["text"].notna()].astype({"doc": "str"})
    found = with_paragraphs(sentences[sentences["doc"].isin(texts["doc"])], texts)
    found = found[found.duplicated("doc") & ~found.duplicated(["doc", "paragraph"])]
    return set(zip(found["doc"], found["sent"].tolist(), strict=True))


def _document(
    doc: str,
    text: str | None,
    metadata: dict[str, str],
    cells: dict[str, Cells],
    begins: list[int],
) -> Document:
    tokens = cells["tokens"]
    starts, ends, numbers = tokens["start"], tokens["end"], tokens["sent"]
    firsts = [row for row, sent in enumerate(numbers) if not row or sent != numbers[row - 1]]
    ranges = [range(*pair) for pair in pairwise([*firsts, len(numbers)])]
    sents = [numbers[first] for first in firsts]
    told = zip(*(cells["sentences"][name] for name in COLUMNS["sentences"]), strict=True)
    span_of = {sent: (start, end) for sent, start, end in told}
    spans = [(starts[each[0]], ends[each[-1]]) for each in ranges]
    return Document(
        doc,
        text,
        metadata,
        sents,
        [span_of.get(sent, span) for sent, span in zip(sents, spans, strict=True)],
        ranges,
        [range(*pair) for pair in pairwise(begins)],
        tokens,
        cells["words"],
        cells["entities"],
        cells["dates"],
        len(span_of.keys() - set(sents)),
    )


def _texts(texts: pd.DataFrame) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """The id, the text and the metadata of each row."""
    others = [name for name in texts.columns if name not in ("doc", "text")]
    cells = [texts[name].astype("object").tolist() for name in others]
    names = [str(name) for name in others]
    docs, bodies = texts["doc"].astype("str").tolist(), texts["text"].astype("object").tolist()
    for row, (doc, text) in enumerate(zip(docs, bodies, strict=True)):
        values = ((name, column[row]) for name, column in zip(names, cells, strict=True))
        metadata = {name: _string(value) for name, value in values if not is_missing(value)}
        yield doc, text if isinstance(text, str) else None, metadata


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing.

    Examples
    --------
    >>> is_missing(None), is_missing(float("nan")), is_missing(""), is_missing([None])
    (True, True, False, False)
    """
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _string(value: Any) -> str:
    """A cell of the metadata; a day without the hours that pandas gives it."""
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


class _Table:
    """A table of a corpus: the rows of each document, and their cells as plain values."""

    def __init__(self, function: str, name: str, table: pd.DataFrame) -> None:
        check_places(function, name, table)
        docs = coded(table, ["doc"])
        first = np.flatnonzero(borders(table, ["doc"]))
        if len(np.unique(docs.codes[first])) < len(first):
            if name in ("tokens", "words"):
                raise ValueError(f"{function}: rows of {name} are out of order. {WHOLE}")
            # what a document has does not depend on where the rows stand
            table = table.take(np.argsort(docs.codes, kind="stable"))
            docs = coded(table, ["doc"])
            first = np.flatnonzero(borders(table, ["doc"]))
        names = docs.items.take(docs.codes[first]).tolist()
        last = [*first.tolist()[1:], len(table)]
        self.rows = dict(zip(names, map(range, first.tolist(), last), strict=False))
        others = [*table.columns.drop(["doc", *COLUMNS[name]])] if name == "entities" else []
        listed = (*COLUMNS[name], *others)
        self.columns = {str(column): _lister(table[column]) for column in listed}

    def cells(self, doc: str) -> Cells:
        """The columns of the rows of a document."""
        rows = self.rows.get(doc, range(0))
        return {name: column(rows.start, rows.stop) for name, column in self.columns.items()}


def _lister(column: pd.Series) -> Callable[[int, int], list[Any]]:
    """What lists the values of some rows of a column, None where a cell is missing."""
    if column.name in NULLABLE:
        whole = column.astype("Int64").astype("object")
        cells = whole.where(column.notna(), None).to_numpy()
        return lambda first, last: cells[first:last].tolist()
    if pd.api.types.is_integer_dtype(column.dtype):
        numbers = column.to_numpy()
        return lambda first, last: numbers[first:last].tolist()
    found = coded(column.to_frame(), [str(column.name)])
    # code -1, what is missing, is the last place
    items = np.array([*found.items, None], dtype="object")
    return lambda first, last: items[found.codes[first:last]].tolist()
