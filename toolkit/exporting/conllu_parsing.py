"""The lines of CoNLL-U files: documents, sentences, tokens, and the text that they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from toolkit.exporting.conllu_cells import EMPTY, unescaped, unquoted

COLUMNS = 10
EMPTY_NODE = re.compile(r"\d+\.\d+")
RANGE = re.compile(r"(\d+)[-:](\d+)")
# What stands before the version in the first sentence of a file that was written here.
GENERATOR = "mudawwana "
# Attributes that mean the same in the files of others; the further ones may mean anything there.
COMMON = frozenset(
    {
        *("SpaceAfter", "SpacesAfter", "SpacesBefore"),
        *("TokenRange", "start_char", "end_char", "ner"),
    }
)

Attributes = dict[str, str]
Span = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A line of a word, or of a token of several words."""

    cells: list[str]
    misc: Attributes

    def value(self, name: str, otherwise: str | None) -> str | None:
        """An attribute, or what is usual."""
        given = self.misc.get(name)
        return otherwise if given is None else unescaped(given)

    @property
    def span(self) -> Span | None:
        """Where the token or word is, as Stanza and UDPipe say it."""
        start, end = self.misc.get("start_char", ""), self.misc.get("end_char", "")
        if start.isdecimal() and end.isdecimal():
            return int(start), int(end)
        return range_of(self.misc.get("TokenRange"))


@dataclass(frozen=True)
class Token:
    """A token as written: its line and those of its words, which may be the same one."""

    row: Row
    words: list[Row]

    @property
    def surface(self) -> str:
        """Its letters in the raw text."""
        return self.row.value("Raw", self.row.cells[1]) or ""


@dataclass(frozen=True)
class Sentence:
    """A sentence: what the comments say, and its tokens."""

    said: dict[str, str]
    tokens: list[Token]


# --- lines ------------------------------------------------------------------------------------


def documents_of(path: Path) -> Iterator[tuple[str, list[Sentence]]]:
    """The id of each document and its sentences."""
    name, sentences = path.stem, list[Sentence]()
    for sentence in _sentences(path):
        new = next((each for each in sentence.said if each.split()[:1] == ["newdoc"]), None)
        if new is not None:
            if sentences:
                yield name, sentences
            named = sentence.said[new] if new == "newdoc id" else new[6:].strip() or path.stem
            name = unquoted(named)
            sentences = []
        sentences.append(sentence)
    if sentences:
        yield name, sentences


def _sentences(path: Path) -> Iterator[Sentence]:
    said: dict[str, str] = {}
    rows: list[Row] = []
    is_ours = False
    number = first = 1
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(chain(file, [""]), start=1):
                line = line.rstrip("\r\n")
                if line[:1] == "#":
                    name, _, value = line[1:].partition("=")
                    said.setdefault(name.strip(), value.removeprefix(" "))
                    is_ours = is_ours or said.get("generator", "").startswith(GENERATOR)
                elif line:
                    rows.append(_row(line, is_ours=is_ours))
                elif rows:
                    yield Sentence(said, _tokens(rows))
                if not line:
                    said, rows, first = {}, [], number + 1
    except UnicodeDecodeError as error:
        raise ValueError(f"read_conllu: {path.name} is not UTF-8 ({error}).") from error
    except _NoConllu as error:
        raise ValueError(
            f"read_conllu: {path.name}, {'sentence at ' if rows and not line else ''}line "
            f"{first if not line else number}: {error}."
        ) from error


class _NoConllu(ValueError):
    """What is wrong with a line."""


def _row(line: str, *, is_ours: bool) -> Row:
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise _NoConllu(f"{len(cells)} columns, CoNLL-U has {COLUMNS}")
    if cells[9] == EMPTY:
        return Row(cells, {})
    pairs = (each.partition("=") for each in cells[9].split("|"))
    return Row(cells, {name: value for name, _, value in pairs if is_ours or name in COMMON})


def _tokens(rows: list[Row]) -> list[Token]:
    """The tokens of a sentence, which must be numbered from 1 without a gap."""
    found: list[Token] = []
    words = last = 0
    for row in rows:
        number = row.cells[0]
        span = range_of(number)
        if span is not None:
            last = span[1]
            found.append(Token(row, []))
        elif number.isdecimal():
            words += 1
            if int(number) != words:
                raise _NoConllu(f"word {number} where {words} is expected")
            if words > last:
                found.append(Token(row, []))
            found[-1].words.append(row)
        elif not EMPTY_NODE.fullmatch(number):
            raise _NoConllu(f"{number!r} is no number of a word")
    if any(not token.words for token in found) or words < last:
        raise _NoConllu("a range without its words")
    return found


def range_of(value: str | None) -> Span | None:
    """The two numbers of a range such as 2-3 or 17:20."""
    match = RANGE.fullmatch(value or "")
    return (int(match[1]), int(match[2])) if match else None


# --- texts ------------------------------------------------------------------------------------


def raw_of(tokens: list[Token]) -> tuple[str, list[Span], bool]:
    """The text of a document, where its tokens are, and whether that is where they say."""
    spans = [token.row.span for token in tokens]
    known = [span for span in spans if span is not None]
    text = _placed(tokens, known) if len(known) == len(tokens) else None
    if text is not None:
        return text, known, True
    pieces, spans_found, end = [tokens[0].row.value("SpacesBefore", "") or ""], list[Span](), 0
    end = len(pieces[0])
    for token in tokens:
        gap = _gap(token.row, " ")
        spans_found.append((end, end + len(token.surface)))
        pieces += [token.surface, gap]
        end += len(token.surface) + len(gap)
    return "".join(pieces[:-1]), spans_found, not known


def _placed(tokens: list[Token], spans: list[Span]) -> str | None:
    """The text that has each token where it says it is, if there is one."""
    before = tokens[0].row.value("SpacesBefore", "") or ""
    pieces, end, gap = [before], len(before), ""
    for token, (start, stop) in zip(tokens, spans, strict=True):
        surface = token.surface
        # tokens that share letters have no gap between them, and none is said
        between = gap if start > end else ""
        fits = start - end == len(gap) if start > end else gap in ("", " ")
        if not fits or stop - start != len(surface):
            return None
        end += len(between)
        pieces += [between, surface[max(end - start, 0) :]]
        end, gap = max(end, stop), _gap(token.row, " ")
    return "".join([*pieces, _gap(tokens[-1].row, "")])


def _gap(row: Row, usual: str) -> str:
    """What stands between a token and the next."""
    if "SpacesAfter" in row.misc:
        return row.value("SpacesAfter", None) or ""
    return "" if row.misc.get("SpaceAfter") == "No" else usual
