"""The tables of a CoNLL-U file, of any that follows the format."""

import json
import re
import warnings
from itertools import chain, count
from pathlib import Path
from sys import intern
from typing import Any

import pandas as pd

from toolkit.arabic.clitics import OWN, SHARED, place_words
from toolkit.corpus import Corpus
from toolkit.exporting.conllu_attached import TABLES as ATTACHED
from toolkit.exporting.conllu_attached import detached
from toolkit.exporting.conllu_cells import (
    EMPTY,
    lemma_key,
    plain_form,
    plain_kind,
    plain_norm,
    unescaped,
    unquoted,
)
from toolkit.exporting.conllu_parsing import (
    Row,
    Sentence,
    Span,
    Token,
    documents_of,
    range_of,
    raw_of,
)
from toolkit.reading.wording import counted
from toolkit.tables import SCHEMA, sorted_categories, typed_table

TABLES = ("sentences", "tokens", "words")
PLACEHOLDER = "placeholder"
NUMBERED = re.compile(r"(.*)-(\d+)")
METADATA = "meta::"

Columns = dict[str, list[Any]]


def corpus_of(path: Path) -> Corpus:
    """See `conllu.read_conllu`."""
    if not path.is_file():
        raise FileNotFoundError(f"read_conllu: no file {str(path)!r}.")
    found = _Tables()
    for name, sentences in documents_of(path):
        try:
            found.add(name, sentences)
        except ValueError as error:
            raise ValueError(f"read_conllu: {path.name}, document {name!r}: {error}.") from error
    if found.counted_anew:
        which = counted(found.counted_anew, "documents do", "document does")
        warnings.warn(
            f"read_conllu: the offsets of {which} not fit the forms; they were counted anew.",
            stacklevel=3,
        )
    return found.corpus()


class _Tables:
    """The columns of the tables, document by document."""

    def __init__(self) -> None:
        self.columns: dict[str, Columns] = {
            name: {column: [] for column in SCHEMA[name]} for name in TABLES
        }
        self.texts: dict[str, str] = {}
        self.metadata: list[dict[str, str]] = []
        self.attached: dict[str, list[dict[str, Any]]] = {name: [] for name in ATTACHED.values()}
        self.mention_columns: list[str] = []
        self.provenance: dict[str, Any] = {}
        self.counted_anew = 0

    def add(self, name: str, sentences: list[Sentence]) -> None:
        """Add a document."""
        copies = (f"{name}#{number}" for number in count(2))
        doc = next(each for each in chain([name], copies) if each not in self.texts)
        text, spans, fits = raw_of([token for each in sentences for token in each.tokens])
        self.texts[doc] = text
        self.counted_anew += not fits
        self._say(sentences[0].said)
        self._say_metadata(sentences[0].said)
        sent = first = 0
        for sentence in sentences:
            sent = _number(sentence.said.get("sent_id", ""), doc, sent)
            last = first + len(sentence.tokens)
            self._sentence(doc, sent, sentence, spans[first:last])
            self._attached(doc, sent, sentence, text)
            first = last

    def _say(self, said: dict[str, str]) -> None:
        """Keep what is said of the whole file."""
        listed = said.get("mention_columns")
        if listed and not self.mention_columns:
            self.mention_columns = [str(unescaped(name)) for name in listed.split("|")]
        try:
            found = json.loads(said.get("provenance", "{}"))
        except ValueError:
            return  # of another program
        self.provenance = self.provenance or (found if isinstance(found, dict) else {})

    def _say_metadata(self, said: dict[str, str]) -> None:
        self.metadata.append(
            {
                str(unescaped(name.removeprefix(METADATA))): str(unescaped(value))
                for name, value in said.items()
                if name.startswith(METADATA)
            }
        )

    def _append(self, table: str, *values: Any) -> None:
        for column, value in zip(self.columns[table].values(), values, strict=True):
            column.append(value)

    def _sentence(self, doc: str, sent: int, sentence: Sentence, spans: list[Span]) -> None:
        whole = range_of(sentence.said.get("sent_range")) or (spans[0][0], spans[-1][1])
        self._append("sentences", doc, sent, *whole)
        is_tree = sentence.said.get("dependencies") != PLACEHOLDER
        word_number = 0
        for number, (token, span) in enumerate(zip(sentence.tokens, spans, strict=True), start=1):
            form = token.row.value("Form", plain_form(token.surface))
            if len(token.words) > 1 or "WordForm" not in token.row.misc:
                form = intern(form) if form is not None else None
            norm, kind = _folded(token.row, form)
            ner = token.row.value("ner", None)
            self._append("tokens", doc, sent, number, form, norm, kind, *span, ner)
            for word, placed in zip(token.words, _places(token, span, form), strict=True):
                word_number += 1
                parts = _alone(word, form, norm, kind) if len(token.words) == 1 else _within(word)
                lemmas = _lemmas(word, parts[2])
                rest = _rest(word, is_tree=is_tree)
                self._append(
                    "words", doc, sent, number, word_number, *parts, *lemmas, *rest, *placed
                )

    def _attached(self, doc: str, sent: int, sentence: Sentence, text: str) -> None:
        for token in sentence.tokens:
            for key, table in ATTACHED.items():
                if key in token.row.misc:
                    for row in detached(key, token.row.misc[key], text=text, sent=sent):
                        self.attached[table].append({"doc": doc} | row)

    def corpus(self) -> Corpus:
        """The corpus of all that was added."""
        tables = {name: typed_table(name, columns) for name, columns in self.columns.items()}
        for name, rows in self.attached.items():
            listed = [*SCHEMA[name], *(self.mention_columns if name == "entities" else ())]
            given = {column: [row.get(column) for row in rows] for column in listed}
            tables[name] = typed_table(name, given)
        others = {
            name: sorted_categories(pd.Series(cells, dtype="object"))
            for name, cells in tables["entities"].drop(columns=list(SCHEMA["entities"])).items()
        }
        tables["entities"] = tables["entities"].assign(**{str(n): c for n, c in others.items()})
        names = dict.fromkeys(name for found in self.metadata for name in found)
        texts: dict[str, Any] = {"doc": list(self.texts), "text": list(self.texts.values())}
        for name in names:
            cells = pd.Series([found.get(name) for found in self.metadata], dtype="str")
            is_place = name == "body_start" and cells.str.fullmatch("[0-9]+").all()
            texts[name] = cells.astype("int32") if is_place else cells
        return Corpus(texts=typed_table("texts", texts), **tables, provenance=self.provenance)


def _number(sent_id: str, doc: str, before: int) -> int:
    match = NUMBERED.fullmatch(sent_id.strip())
    if match and unquoted(match[1]) == doc and int(match[2]) > before:
        return int(match[2])
    return before + 1


def _folded(row: Row, form: str | None) -> tuple[str | None, str | None]:
    return row.value("Norm", plain_norm(form)), row.value("Kind", plain_kind(form))


def _places(token: Token, span: Span, form: str | None) -> list[tuple[int, int, str | None]]:
    """Start, end and span of each word of a token."""
    if len(token.words) == 1:
        row = token.words[0]
        start, end = range_of(row.misc.get("WordRange")) or span
        return [(start, end, row.value("Span", OWN))]
    if token.row.span is None and form == token.surface:
        forms = [word.cells[1] for word in token.words]
        return [(span[0] + a, span[0] + b, name) for a, b, name in place_words(form, forms)]
    found: list[tuple[int, int, str | None]] = []
    for word in token.words:
        own = word.span
        start, end = own or span
        found.append((start, end, word.value("Span", OWN if own else SHARED)))
    return found


def _alone(
    row: Row, form: str | None, norm: str | None, kind: str | None
) -> tuple[str | None, str | None, str | None]:
    """Form, norm and kind of a word that is a token alone."""
    names = ("WordForm", form), ("WordNorm", norm), ("WordKind", kind)
    first, second, third = (row.value(name, usual) for name, usual in names)
    return first, second, third


def _within(row: Row) -> tuple[str | None, str | None, str | None]:
    """Form, norm and kind of one of several words of a token."""
    form = row.value("Form", intern(row.cells[1]))
    return form, *_folded(row, form)


def _lemmas(row: Row, kind: str | None) -> tuple[str | None, str | None]:
    """The unvocalised and the vocalised lemma."""
    column = intern(row.cells[2])
    vocalised = row.value("Lemma", None if column == EMPTY else column)
    return row.value("LemmaKey", lemma_key(vocalised, kind)), vocalised


def _rest(row: Row, *, is_tree: bool) -> tuple[str | None, str | None, int | None, str | None]:
    """Part of speech, features, head and relation."""
    upos, feats, head, deprel = (_cell(row.cells[place]) for place in (3, 5, 6, 7))
    if not is_tree:
        head, deprel = row.misc.get("Head"), row.value("Deprel", None)
    number = int(head) if head is not None and head.isdecimal() else None
    return row.value("Upos", upos), row.value("Feats", feats), number, deprel


def _cell(cell: str) -> str | None:
    return None if cell == EMPTY else intern(cell)
