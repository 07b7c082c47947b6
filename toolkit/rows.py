"""From Stanza's sentences to the rows of a document's tables, offsets in the raw text."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from toolkit import normalise
from toolkit.clitics import OWN, PROCLITICS, place_words
from toolkit.entities import spans
from toolkit.tables import SCHEMA

# How a clitic on the front of a name is tagged.
PROCLITIC_TAGS = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "AUX"})


@dataclass(frozen=True)
class Source:
    """A document: its raw text, its folded body, and the way back."""

    doc: str
    text: str
    body_start: int
    folded: str
    offsets: normalise.OffsetMap


@dataclass(frozen=True)
class RawSpans:
    """From Stanza's offsets in a joined text to offsets in the raw text of one document."""

    source: Source
    shift: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of a span in the joined text."""
        raw_start, raw_end = self.source.offsets.span(start + self.shift, end + self.shift)
        return raw_start + self.source.body_start, raw_end + self.source.body_start


@dataclass
class Rows:
    """Columns of one document's tables while they are filled, all but ``doc``."""

    sentences: dict[str, list[Any]] = field(default_factory=lambda: _columns("sentences"))
    tokens: dict[str, list[Any]] = field(default_factory=lambda: _columns("tokens"))
    words: dict[str, list[Any]] = field(default_factory=lambda: _columns("words"))
    entities: dict[str, list[Any]] = field(default_factory=lambda: _columns("entities"))


def _columns(name: str) -> dict[str, list[Any]]:
    return {column: [] for column in SCHEMA[name] if column != "doc"}


@cache
def _fold(form: str) -> str:
    return normalise.fold(form)


@cache
def _kind(form: str) -> str:
    return normalise.kind(form)


def add_sentence(rows: Rows, raw: RawSpans, sentence: Any, *, entities: bool) -> None:
    """Append one of Stanza's sentences to the tables."""
    sent = len(rows.sentences["sent"]) + 1
    tokens = sentence.tokens
    start, end = raw.span(tokens[0].start_char, tokens[-1].end_char)
    _append(rows.sentences, sent=sent, start=start, end=end)
    placed = []
    for number, token in enumerate(tokens, 1):
        _add_token(rows, sent, number, token, raw, (token.ner or "O") if entities else None)
        placed.append(_add_words(rows, sent, number, token, raw))
    for first, last, kind in spans(token.ner or "O" for token in tokens):
        _add_entity(rows, raw.source, sent, tokens[first:last], placed[first:last], kind)


def _append(columns: dict[str, list[Any]], **values: Any) -> None:
    for column, cells in columns.items():
        cells.append(values[column])


def _add_token(
    rows: Rows, sent: int, number: int, token: Any, raw: RawSpans, ner: str | None
) -> None:
    start, end = raw.span(token.start_char, token.end_char)
    _append(
        rows.tokens,
        sent=sent,
        token=number,
        form=token.text,
        norm=_fold(token.text),
        kind=_kind(token.text),
        start=start,
        end=end,
        ner=ner,
    )


def _add_words(
    rows: Rows, sent: int, number: int, token: Any, raw: RawSpans
) -> list[tuple[Any, int, int, str]]:
    """Append the words of a token; return each with its raw span."""
    forms = [word.text for word in token.words]
    placed = []
    for word, (first, last, span) in zip(token.words, place_words(token.text, forms), strict=True):
        start, end = raw.span(token.start_char + first, token.start_char + last)
        placed.append((word, start, end, span))
        kind = _kind(word.text)
        vocalised = word.lemma if word.lemma and kind == "word" else word.text
        _append(
            rows.words,
            sent=sent,
            token=number,
            word=word.id,
            form=word.text,
            norm=_fold(word.text),
            kind=kind,
            lemma=_lemma_key(vocalised, kind),
            lemma_vocalised=vocalised,
            upos=word.upos,
            feats=word.feats,
            head=None,
            deprel=None,
            start=start,
            end=end,
            span=span,
        )
    return placed


@cache
def _lemma_key(lemma: str, kind: str) -> str:
    key = normalise.strip_tatweel(normalise.strip_diacritics(lemma))
    return normalise.fold_digits(key) if kind == "number" else key or lemma


def _add_entity(
    rows: Rows,
    source: Source,
    sent: int,
    tokens: list[Any],
    placed: list[list[tuple[Any, int, int, str]]],
    kind: str,
) -> None:
    """Append a mention; proclitics with letters of their own stay outside its span."""
    first = placed[0]
    clitics = 0
    while clitics < len(first) - 1 and _is_proclitic(first[clitics][0]):
        clitics += 1
    if all(word.upos == "PRON" for word, *_ in first[clitics:]):
        clitics = 0  # a name is no pronoun: the split is doubtful
    own = 0
    while own < clitics and first[own][3] == OWN:
        own += 1
    # words that share a span begin with their token: what an own clitic covers is not theirs
    start = first[own - 1][2] if own else first[0][1]
    end = max(word_end for _, _, word_end, _ in placed[-1])
    name = " ".join(
        ["".join(word.text for word, *_ in first[clitics:]), *(token.text for token in tokens[1:])]
    )
    _append(
        rows.entities,
        sent=sent,
        entity=len(rows.entities["entity"]) + 1,
        text=source.text[start:end],
        type=kind,
        name=name,
        start=start,
        end=end,
    )


def _is_proclitic(word: Any) -> bool:
    return word.text in PROCLITICS and word.upos in PROCLITIC_TAGS
