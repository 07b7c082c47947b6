"""Mentions as brackets around tokens or words: which of them can be written so, one in another."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from toolkit.annotating.name_clitics import PROCLITIC_TAGS
from toolkit.arabic.clitics import PROCLITICS, SHARED
from toolkit.exporting.documents import Document

LOST = "names and dates that cross others or the end of a sentence were left out"

DATE = "DATE"


class Mention(NamedTuple):
    """A mention and the positions that it covers, of tokens or of words of its document.

    That of a date has the first and the last day, where they are known.
    """

    first: int
    last: int
    type: str
    name: str
    days: tuple[str | None, str | None] | None = None


def around_tokens(document: Document) -> tuple[list[Mention], int]:
    """The mentions around the tokens that they have letters of, and how many are left out.

    They begin in the order of the list; of those that begin at one token the longest first.
    """
    given = [(start, end, (kind, name)) for start, end, kind, name in _given(document)]
    return _around_tokens(document, given)


def with_dates(document: Document) -> tuple[list[Mention], int]:
    """`around_tokens` of names and dates; a date in the header, where no token is, is left out."""
    given = [(start, end, (kind, name)) for start, end, kind, name in _given(document)]
    columns = (document.dates[name] for name in ("start", "end", "first", "last"))
    dates = [
        (start, end, (DATE, "", (first, last)))
        for start, end, first, last in zip(*columns, strict=True)
        if document.tokens_of and end > document.spans[0][0]
    ]
    return _around_tokens(document, given + dates)


def _around_tokens(
    document: Document, given: list[tuple[int, int, tuple[Any, ...]]]
) -> tuple[list[Mention], int]:
    sentence = document.sentence_of()
    found = []
    for start, end, values in given:
        tokens = document.tokens_between(start, end)
        if tokens and sentence[tokens[0]] == sentence[tokens[-1]]:
            found.append(Mention(tokens[0], tokens[-1], *values))
    return _without_crossing(found, len(given))


def around_words(document: Document) -> tuple[list[Mention], int]:
    """The mentions around the words that they have letters of, proclitics outside."""
    sentence = document.sentence_of()
    found = []
    for start, end, kind, name in _given(document):
        tokens = document.tokens_between(start, end)
        words = [word for token in tokens for word in _covered(document, token, start, end)]
        while len(words) > 1 and _is_contracted_proclitic(document, words[0]):
            words = words[1:]
        if words and sentence[tokens[0]] == sentence[tokens[-1]]:
            found.append(Mention(words[0], words[-1], kind, name))
    return _without_crossing(found, len(document.mentions["start"]))


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that stand in no other."""
    found: list[Mention] = []
    for mention in mentions:
        if not found or mention.first > found[-1].last:
            found.append(mention)
    return found


def _given(document: Document) -> Iterable[tuple[int, int, str, str]]:
    columns = (document.mentions[name] for name in ("start", "end", "type", "name", "text"))
    for start, end, kind, name, text in zip(*columns, strict=True):
        yield start, end, kind or "MISC", name or text or ""


def _covered(document: Document, token: int, start: int, end: int) -> list[int]:
    columns = document.words
    words = document.words_of[token]
    return [word for word in words if columns["start"][word] < end and start < columns["end"][word]]


def _is_contracted_proclitic(document: Document, word: int) -> bool:
    """Whether a word is no part of a name although its letters cannot be told from it."""
    columns = document.words
    return (
        columns["span"][word] == SHARED
        and columns["form"][word] in PROCLITICS
        and columns["upos"][word] in PROCLITIC_TAGS
    )


def _without_crossing(found: list[Mention], given: int) -> tuple[list[Mention], int]:
    kept: list[Mention] = []
    open_until: list[int] = []
    for mention in sorted(found, key=lambda each: (each.first, -each.last)):
        while open_until and open_until[-1] < mention.first:
            open_until.pop()
        if not open_until or mention.last <= open_until[-1]:
            open_until.append(mention.last)
            kept.append(mention)
    return kept, given - len(kept)
