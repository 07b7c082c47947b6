"""Texts cut into what the models read at once: the documents that can be annotated, in batches."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit import normalise
from toolkit.annotating.rows import Source
from toolkit.annotating.work import Document
from toolkit.arabic import sentences
from toolkit.arabic.sentences import RawToken
from toolkit.dating.calendars import Day, iso
from toolkit.dating.document_days import days_of

# Code points of folded text that are tokenised at once, and tokens that are tagged at once:
# enough to fill the matrices, little enough to stay in memory.
BATCH_CHARACTERS = 40_000
# Code points of raw text that are annotated before they are written, where a corpus is in parts.
SLICE_CHARACTERS = 4_000_000
# A paragraph longer than this is cut at white space: memory grows with the longest.
LONGEST_PARAGRAPH = 20_000

# What the tokeniser leaves in one token, and its parts: الضيف…ثم
GLUED = re.compile("[ …]")
PART = re.compile("…+|[^ …]+")

# What is wrong with a cell that cannot be kept as text.
NO_TEXT = "no text"
STAGE = "annotate"
SURROGATE = re.compile("[\ud800-\udfff]")

# Letters of Arabic script, presentation forms included.
ARABIC_LETTER = re.compile(
    "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\ufb50-\ufbb1\ufbd3-\ufdfb\ufe80-\ufefc]"
)


@dataclass(frozen=True)
class Piece:
    """A paragraph of one document as the models see it."""

    doc: int
    start: int
    text: str


def documents_of(
    texts: pd.DataFrame, problem_rows: list[tuple[str, str, str, str]]
) -> Iterator[Document]:
    """The documents that can be annotated; the others get a problem row."""
    starts = texts["body_start"] if "body_start" in texts.columns else [0] * len(texts)
    days: list[Day | None] = [None] * len(texts)
    if "date" in texts.columns:
        days = days_of("annotate", texts["date"], stacklevel=5)
    cells = zip(texts["doc"], texts["text"], starts, days, strict=True)
    for place, (doc, text, body_start, day) in enumerate(cells):
        reason = _unfit(text, body_start)
        if reason is not None:
            problem_rows.append((str(doc), STAGE, *reason))
            continue
        yield Document(place, str(doc), text, int(body_start), iso(day) if day else "")


def source_of(document: Document) -> Source:
    """The document with its body folded, as the models see it."""
    folded, offsets = normalise.clean(document.text[document.body_start :])
    return Source(document.doc, document.text, document.body_start, folded, offsets)


def slices(tables: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The rows of tables of texts, in order, in tables of about `SLICE_CHARACTERS`."""
    for texts in tables:
        sizes = [len(text) if isinstance(text, str) else 0 for text in texts["text"]]
        number = (np.cumsum(sizes, dtype=np.int64) - sizes) // SLICE_CHARACTERS
        problems = texts.attrs.get("problems", [])
        if problems and not len(texts):
            yield texts
        for _, part in texts.groupby(number, sort=True):
            part.attrs = {"problems": problems}
            problems = []
            yield part


def _unfit(text: Any, body_start: Any) -> tuple[str, str] | None:
    """Why a text cannot be annotated: what, detail."""
    if not isinstance(text, str):
        return NO_TEXT, f"the text is {type(text).__name__}, not a string"
    surrogate = SURROGATE.search(text)
    if surrogate:
        return NO_TEXT, f"code point {surrogate.start()} is half a surrogate pair, no character"
    if not _is_place(body_start, len(text)):
        return "header", f"body_start is {body_start}, the text has {len(text)} code points"
    body_start = int(body_start)
    if not text[body_start:].strip():
        return "empty", "the text has no body, only white space"
    if not ARABIC_LETTER.search(text, body_start):
        return "no Arabic", "the text has no Arabic letter"
    return None


def _is_place(body_start: Any, size: int) -> bool:
    """Whether this is a whole number up to a size; pandas makes floats of a column with a gap."""
    is_number = isinstance(body_start, (int, float, np.integer, np.floating))
    return is_number and 0 <= body_start <= size and body_start == int(body_start)


def batches(sources: list[Source]) -> Iterator[list[Piece]]:
    """The paragraphs of the documents, in order, in lists of about `BATCH_CHARACTERS`."""
    batch: list[Piece] = []
    size = 0
    for doc, source in enumerate(sources):
        for start, end in sentences.paragraphs(source.folded):
            for piece_start, piece_end in _cut(source.folded, start, end):
                batch.append(Piece(doc, piece_start, source.folded[piece_start:piece_end]))
                size += piece_end - piece_start
                if size >= BATCH_CHARACTERS:
                    yield batch
                    batch, size = [], 0
    if batch:
        yield batch


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a span that are no longer than `LONGEST_PARAGRAPH`, cut at white space."""
    while end - start > LONGEST_PARAGRAPH:
        limit = start + LONGEST_PARAGRAPH
        space = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        yield start, space
        start = space
    yield start, end


def blank(text: str) -> str:
    """The text with each white-space character as one space: same length, one paragraph."""
    return "".join(" " if char.isspace() else char for char in text)


def parts_of(token: RawToken) -> list[RawToken]:
    """The token, or its parts where white space or an ellipsis stands beside its letters."""
    if not GLUED.search(token.text):
        return [token]
    return [
        RawToken(part[0], token.start + part.start(), token.start + part.end(), token.fused)
        for part in PART.finditer(token.text)
    ]
