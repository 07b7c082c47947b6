"""Annotated files of a token a line: the columns of CoNLL, and CoNLL-U with tags in MISC."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.annotating.bioes import spans
from toolkit.arabic.clitics import place_words
from toolkit.gold.parts import Annotated, Repairs, Span

TAG = re.compile(r"([BIESLUMW])-(\S.*)", re.IGNORECASE)
# BILOU says L and U, BMEWO M and W for what BIOES says E, S and I.
AS_BIOES = {"L": "E", "U": "S", "W": "S", "M": "I"}
BLANKS = re.compile(r"[ \t]+")
TOKEN = re.compile(r"\w+|[^\w\s]")
NEW_DOCUMENT = re.compile(r"#\s*newdoc(?:\s+id\s*=\s*(.*\S))?\s*")
DOCSTART = "-DOCSTART-"
MISC_KEYS = frozenset({"ner", "ne", "named_entity", "namedentity"})
MISC_COLUMN, CONLLU_COLUMNS = 9, 10
AS_OUTSIDE = "read as O"
MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass
class _Document:
    """A document that is being put together: its units are tokens or words with a tag each."""

    name: str | None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Unit:
    """Letters that carry a tag, where they stand in their token, and the line they come from."""

    start: int
    end: int
    tag: str
    line: int


def tag_of(given: str) -> str | None:
    """The tag in BIOES, its type as it is; None where it is no tag.

    Marks of direction, which editors set beside Arabic, are no part of it.

    Examples
    --------
    >>> [tag_of(tag) for tag in ("B-PER", "U-LOC", "l-ORG", "O", "OO")]
    ['B-PER', 'S-LOC', 'E-ORG', 'O', None]
    """
    given = given.strip(MARKS)
    if given in ("O", "o"):
        return "O"
    match = TAG.fullmatch(given)
    if match is None:
        return None
    prefix = match[1].upper()
    return f"{AS_BIOES.get(prefix, prefix)}-{match[2]}"


# --- columns ----------------------------------------------------------------------------------


def of_columns(
    text: str, stem: str, repairs: Repairs, *, places: tuple[int, int] = (0, -1)
) -> list[Annotated]:
    """The documents of a file of columns."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    width = _width(lines)
    _check_places(places, width, repairs)
    documents = [_Document(None)]
    sentence: list[tuple[str, list[_Unit]]] = []
    for number, line in enumerate(lines, 1):
        fields = _fields(line)
        if (fields and fields[0].startswith(DOCSTART)) or NEW_DOCUMENT.fullmatch(line):
            _end_sentence(documents[-1], sentence)
            header = NEW_DOCUMENT.fullmatch(line)
            documents.append(_Document(header[1] if header else None))
        elif not fields:
            _end_sentence(documents[-1], sentence)
        elif not _is_comment(fields, line, places, width):
            token, tag = _token_and_tag(fields, number, places, width, repairs)
            sentence.append((token, [_Unit(0, len(token), tag, number)]))
    _end_sentence(documents[-1], sentence)
    _refuse_numbers(documents, places, width, repairs)
    return _finished(documents, stem, repairs)


def _refuse_numbers(
    documents: Sequence[_Document], places: tuple[int, int], width: int, repairs: Repairs
) -> None:
    """Refuse a column of numbers that count the tokens of each sentence, from 1 or from 0."""
    pieces = [piece for document in documents for piece in document.pieces]
    if width > 2 and any(" " in piece for piece in pieces) and all(map(_is_counted, pieces)):
        raise ValueError(
            f"read_entities: {repairs.file}: column {places[0]} numbers the tokens of each "
            f"sentence. Name the columns of the tokens and of the tags, such as columns=(1, "
            f"{places[1]})."
        )


def _is_counted(piece: str) -> bool:
    """Whether the tokens of a sentence are 1, 2, 3 and so on, or 0, 1, 2.

    Examples
    --------
    >>> [_is_counted(piece) for piece in ("1 2 3", "0 1", "1", "1 3", "في 2018")]
    [True, True, True, False, False]
    """
    found = piece.split(" ")
    return any(found == [str(at + first) for at in range(len(found))] for first in (0, 1))


def _fields(line: str) -> list[str]:
    """The cells of a line; a token may hold blanks where tabs stand between the cells."""
    if not line.strip(" \t\ufeff"):
        return []
    if "\t" in line:
        return [cell.strip(" ") or cell for cell in line.rstrip("\t ").split("\t")]
    return BLANKS.split(line.strip(" "))


def _width(lines: Sequence[str]) -> int:
    """How many cells a line has: as many as the first that is no comment."""
    for line in lines:
        fields = _fields(line)
        if fields and not line.startswith("#") and not fields[0].startswith(DOCSTART):
            return len(fields)
    return 0


def _check_places(places: tuple[int, int], width: int, repairs: Repairs) -> None:
    for place in places:
        if width and not -width <= place < width:
            raise ValueError(
                f"read_entities: {repairs.file} has {width} columns, and columns={places} names "
                f"{place}; count them from 0, or from -1 at the end."
            )


def _is_comment(fields: list[str], line: str, places: tuple[int, int], width: int) -> bool:
    """Whether a line that begins with # is a comment, and not the token # with its tag."""
    if not line.startswith("#"):
        return False
    return len(fields) != width or width < 2 or tag_of(fields[places[1]]) is None


def _token_and_tag(
    fields: list[str], number: int, places: tuple[int, int], width: int, repairs: Repairs
) -> tuple[str, str]:
    place = f"line {number}"
    if len(fields) != width or width < 2:
        detail = f"{len(fields)} columns, where the file has {width} and a token and a tag need two"
        repairs.malformed(place, detail, "the first one is a token outside of names")
        return fields[0], "O"
    token, given = fields[places[0]], fields[places[1]]
    tag = tag_of(given)
    if tag is None:
        repairs.malformed(place, f"{given!r:.40} is no tag (O, B-PER, I-PER ...)", AS_OUTSIDE)
    return token, tag or "O"


# --- CoNLL-U ----------------------------------------------------------------------------------


def of_conllu(text: str, stem: str, repairs: Repairs) -> list[Annotated]:
    """The documents of a CoNLL-U file."""
    documents = [_Document(None)]
    sentence: list[_Row] = []
    tagged = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        header = NEW_DOCUMENT.fullmatch(line)
        if header or not line.strip():
            _end_sentence(documents[-1], list(_tokens(sentence, repairs)), spaced=False)
            sentence.clear()
        if header:
            documents.append(_Document(header[1]))
        elif line.strip() and not line.startswith("#"):
            row = _row(line, number, repairs)
            if row is not None:
                sentence.append(row)
                tagged |= row.tag is not None
    _end_sentence(documents[-1], list(_tokens(sentence, repairs)), spaced=False)
    if not tagged:
        keys = ", ".join(sorted(MISC_KEYS))
        repairs.add("no tags", "the whole file", f"no word has one of {keys} in MISC")
    return _finished(documents, stem, repairs)


@dataclass(frozen=True)
class _Row:
    """A line of CoNLL-U."""

    first: int
    last: int
    form: str
    tag: str | None
    spaced: bool
    line: int


def _row(line: str, number: int, repairs: Repairs) -> _Row | None:
    """The row of a token, of a word or of a range of words; None for an empty node."""
    cells = line.split("\t")
    place = f"line {number}"
    match = re.fullmatch(r"(\d+)(?:-(\d+)|\.\d+)?", cells[0])
    if len(cells) != CONLLU_COLUMNS or match is None:
        detail = f"{len(cells)} columns, the first {cells[0]!r:.20}: no line of CoNLL-U"
        repairs.malformed(place, detail, "left out")
        return None
    if "." in cells[0]:
        return None
    features = dict(pair.partition("=")[::2] for pair in cells[MISC_COLUMN].split("|"))
    given = next((value for key, value in features.items() if key.lower() in MISC_KEYS), None)
    tag = None if given is None else tag_of(given)
    if given is not None and tag is None:
        repairs.malformed(place, f"{given!r:.40} is no tag (O, B-PER, I-PER ...)", AS_OUTSIDE)
    spaced = features.get("SpaceAfter") != "No"
    return _Row(int(match[1]), int(match[2] or match[1]), cells[1], tag, spaced, number)


def _tokens(rows: list[_Row], repairs: Repairs) -> Iterator[tuple[str, list[_Unit]]]:
    """The tokens of a sentence as written, with the space that follows, and what is tagged."""
    place = 0
    while place < len(rows):
        row = rows[place]
        words = [each for each in rows[place + 1 :] if row.first <= each.first <= row.last]
        words = words if row.last > row.first else []
        place += 1 + len(words)
        after = " " if row.spaced else ""
        if not words or row.tag is not None:
            tag = row.tag or "O"
            yield row.form + after, [_Unit(0, len(row.form), tag, row.line)]
            continue
        placed = place_words(row.form, [word.form for word in words])
        units = [
            _Unit(start, end, word.tag or "O", word.line)
            for (start, end, _), word in zip(placed, words, strict=True)
        ]
        yield row.form + after, units


# --- documents --------------------------------------------------------------------------------


def _end_sentence(
    document: _Document, sentence: list[tuple[str, list[_Unit]]], *, spaced: bool = True
) -> None:
    """Put the tokens of a sentence behind the text, and forget them."""
    if not sentence:
        return
    begin = place = document.length + (1 if document.pieces else 0)
    pieces, placed = [], []
    for token, units in sentence:
        placed += [(place + unit.start, place + unit.end, unit) for unit in units]
        pieces.append(token + (" " if spaced else ""))
        place += len(pieces[-1])
    document.pieces.append("".join(pieces).removesuffix(" "))
    document.length = begin + len(document.pieces[-1])
    document.sentences.append(begin)
    tags = [unit.tag for _, _, unit in placed]
    for first, last, kind in spans(tags):
        document.spans.append((placed[first][0], placed[last - 1][1], kind))
        document.loose.append(_how_begun(tags, first, placed[first][2].line))
    sentence.clear()


def _how_begun(tags: list[str], first: int, line: int) -> str:
    """How a name begins: ``I`` where its tag continues nothing, ``B`` where it need not say so."""
    prefix, _, kind = tags[first].partition("-")
    if prefix in "IE":
        return f"I line {line}"
    before = tags[first - 1] if first else "O"
    return f"S line {line}" if prefix == "S" or before[2:] != kind else ""


def _finished(documents: list[_Document], stem: str, repairs: Repairs) -> list[Annotated]:
    """The documents that have a text, each with a name."""
    filled = [document for document in documents if document.sentences]
    for document in documents[1:]:
        if not document.sentences:
            repairs.add("empty", document.name or stem, "documents without a token; left out")
    begun = [how for document in filled for how in document.loose if how]
    # in IOB1 a name begins with I and needs B only behind another one
    if any(how[0] == "S" for how in begun):
        for how in begun:
            if how[0] == "I":
                repairs.add("tags", how[2:], "tags that continue nothing; each begins a name")
    return [
        Annotated(
            document.name or (stem if len(filled) == 1 else f"{stem}-{number}"),
            "\n".join(document.pieces),
            document.spans,
            document.sentences,
        )
        for number, document in enumerate(filled, 1)
    ]
