"""VRT, one token or word a line between tags: what CWB and NoSketch Engine are fed with."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import unescape

import pandas as pd

from toolkit.corpus import Corpus
from toolkit.exporting.conllu_cells import KEPT
from toolkit.exporting.documents import Document, corpora, documents, paragraphs_of
from toolkit.exporting.files import appearing_text, target_of
from toolkit.exporting.mentions import LOST, Mention, around_tokens, around_words, outermost
from toolkit.exporting.vertical_registry import CWB, NOSKETCH, attributes_in, write_registries
from toolkit.exporting.xml import ATTRIBUTE, ILLEGAL, TEXT, Escape, warn
from toolkit.tables import sorted_categories

SUFFIXES = (".vrt", ".vert")
ATTRIBUTES = {
    "tokens": ("word", "norm", "kind", "lemma", "upos", "feats", "ner"),
    "words": ("word", "norm", "kind", "lemma", "lemma_vocalised", "upos", "feats", "surface"),
}
NONE = "_"
JOINER = "+"
# What tells of the file that a text was read from, not of the text.
TECHNICAL = frozenset({"path", "encoding", "sha256", "body_start"})
SPACE = re.compile(r"[\s\x1c-\x1f]+")
TAG = re.compile(r'<(/?)([a-z][a-z0-9_]*)((?: [a-z][a-z0-9_]*="[^"]*")*)(/?)>')
PAIR = re.compile(r'([a-z][a-z0-9_]*)="([^"]*)"')
CODES = {f"{value}": chr(number) for number, value in ATTRIBUTE.items()}

Brackets = dict[int, list[str]]


def write_vrt(
    corpus: Corpus | Iterable[Corpus], path: str | os.PathLike[str], *, unit: str = "tokens"
) -> Path:
    """The path of the vertical file written, with a registry file for each of CWB and NoSketch.

    Structures are ``text`` (``id`` and the metadata), ``p``, ``s`` (``id``: its number), ``name``
    (``type``, ``key``: the canonical name) and the empty ``g``, between what no space divides. Of
    names in names the outer one is written. ``<``, ``>`` and ``&`` are written as in XML: each
    ``text`` is a well-formed element.

    Parameters
    ----------
    corpus : Corpus or iterable of Corpus
        An annotated corpus; or its parts, one after the other, of which one is in memory at a
        time (see `export.parts`).
    path : path
        A file that ends in .vrt or .vert; replaced as a whole if it is there. The registries
        stand beside it, with .cwb and .nosketch for its suffix.
    unit : {"tokens", "words"}
        What stands on a line. Tokens as written: ``word`` (the letters of the text), ``norm``,
        ``kind``, ``lemma``, ``upos`` and ``feats`` (those of the words, joined by ``+``),
        ``ner``. Or words, clitics split: ``word`` (its form), ``norm``, ``kind``, ``lemma``,
        ``lemma_vocalised``, ``upos``, ``feats``, ``surface`` (the token that it is in). What is
        missing is ``_``.

    Returns
    -------
    Path
        The path. A warning counts names that were left out, and characters that XML does not
        have, which become U+FFFD.

    Raises
    ------
    ValueError
        An unknown unit, another suffix, a table lacks a column, or rows are missing.
    """
    if unit not in ATTRIBUTES:
        raise ValueError(f"write_vrt: unit={unit!r:.60} is unknown; pass 'tokens' or 'words'.")
    target = target_of("write_vrt", path, SUFFIXES)
    for suffix in (CWB, NOSKETCH):  # a folder in the way of one is told before any is written
        target_of("write_vrt", target.with_suffix(suffix), (suffix,))
    lost: Counter[str] = Counter()
    names: dict[str, str] = {"id": "id"}
    escape = Escape()
    with appearing_text(target) as file:
        for part in corpora("write_vrt", corpus):
            paragraphs = paragraphs_of(part)
            for document in documents("write_vrt", part):
                file.writelines(_lines(document, unit, paragraphs, names, escape, lost))
        file.flush()  # a full disk must show before the registries take their places
        write_registries(target, ATTRIBUTES[unit], list(names.values()))
    lost["characters that XML does not have were replaced by U+FFFD"] = escape.replaced
    warn("write_vrt", lost)
    return target


def read_vrt(
    path: str | os.PathLike[str], *, attributes: Iterable[str] | None = None
) -> pd.DataFrame:
    """One row per position of a vertical file: its attributes, and the structures it stands in.

    Parameters
    ----------
    path : path
        The file.
    attributes : iterable of str, optional
        The names of its columns; by default those of the .nosketch file beside it.

    Returns
    -------
    DataFrame
        ``doc`` (the id of its text), ``sent`` (that of its ``s``), the attributes, ``type`` and
        ``name`` (of the name around it), ``mention`` (its number, from 1 in the file; 0 outside),
        ``glued`` (whether no space divides it from the position before).

    Raises
    ------
    FileNotFoundError
        The file, or the names of its columns, are not there.
    ValueError
        A line has another number of columns, or a tag is none; the message names the line.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"read_vrt: no file {str(path)!r}.")
    names = list(attributes) if attributes is not None else attributes_in(path)
    columns: dict[str, list[str | int | bool | None]] = defaultdict(list)
    inside: dict[str, dict[str, str]] = {}
    mentions, glued = 0, False
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            line = line.rstrip("\r\n")
            tag = TAG.fullmatch(line)
            if tag is None:
                cells = line.split("\t")
                if len(cells) != len(names) or line.startswith("<"):
                    raise ValueError(
                        f"read_vrt: {path.name}, line {number}: neither a tag nor {len(names)} "
                        f"columns ({', '.join(names)})."
                    )
                columns["doc"].append(inside.get("text", {}).get("id"))
                columns["sent"].append(int(inside.get("s", {}).get("id", "0")))
                for name, cell in zip(names, cells, strict=True):
                    columns[name].append(unescape(cell, CODES))
                columns["type"].append(inside.get("name", {}).get("type"))
                columns["name"].append(inside.get("name", {}).get("key"))
                columns["mention"].append(mentions if "name" in inside else 0)
                columns["glued"].append(glued)
                glued = False
            elif tag[4]:
                glued = glued or tag[2] == "g"
            elif tag[1]:
                inside.pop(tag[2], None)
            else:
                inside[tag[2]] = {key: unescape(v, CODES) for key, v in PAIR.findall(tag[3])}
                mentions += tag[2] == "name"
    whole = ("sent", "mention")
    order = ("doc", "sent", *names, "type", "name", "mention", "glued")
    table = pd.DataFrame({name: pd.Series(columns[name], dtype="object") for name in order})
    table = table.astype({**dict.fromkeys(whole, "int32"), "glued": "bool"})
    texts = ("doc", *names, "type", "name")
    return table.assign(**{name: sorted_categories(table[name]) for name in texts})


# --- a document -------------------------------------------------------------------------------


def _lines(
    document: Document,
    unit: str,
    paragraphs: set[tuple[str, int]],
    names: dict[str, str],
    escape: Escape,
    lost: Counter[str],
) -> Iterator[str]:
    metadata = {_named(name, names): value for name, value in document.metadata.items()
                if name not in TECHNICAL}  # fmt: skip
    yield f"<text{escape.attributes({'id': document.doc, **metadata})}>\n"
    found, crossing = (around_tokens if unit == "tokens" else around_words)(document)
    mentions = outermost(found)
    lost[LOST] += crossing
    lost["mentions within others were left out"] += len(found) - len(mentions)
    lost["sentences without tokens were left out"] += document.untold
    opened, closed = _brackets(mentions, escape)
    lines = (_tokens if unit == "tokens" else _words)(document, escape)
    if document.sents:
        yield "<p>\n"
    for place, sent in enumerate(document.sents):
        if (document.doc, sent) in paragraphs:
            yield "</p>\n<p>\n"
        yield f'<s id="{sent}">\n'
        tokens = document.tokens_of[place]
        rows = tokens if unit == "tokens" else document.words_of_sentence(place)
        for row in rows:
            line, glued = lines[row]
            if glued and row != rows[0]:
                yield "<g/>\n"
            yield from opened.get(row, ())
            yield line
            yield from closed.get(row, ())
        yield "</s>\n"
    yield "</p>\n</text>\n" if document.sents else "</text>\n"


def _named(name: str, names: dict[str, str]) -> str:
    """The name of a metadata column as an attribute: small Latin letters, digits and `_`."""
    if name not in names:
        plain = re.sub(r"[^a-z0-9_]", "_", name.lower())
        plain = plain if plain[:1].isalpha() else f"meta{plain}"
        number, free = 1, plain
        while free in names.values():
            number += 1
            free = f"{plain}_{number}"
        names[name] = free
    return names[name]


def _brackets(mentions: list[Mention], escape: Escape) -> tuple[Brackets, Brackets]:
    opened: Brackets = {}
    closed: Brackets = {}
    for mention in mentions:
        values = escape.attributes({"type": mention.type, "key": mention.name})
        opened[mention.first] = [f"<name{values}>\n"]
        closed[mention.last] = ["</name>\n"]
    return opened, closed


def _tokens(document: Document, escape: Escape) -> list[tuple[str, bool]]:
    """The line of each token, and whether it follows the one before without a space."""
    tokens, words, text = document.tokens, document.words, document.raw
    found, before = [], -1
    for place, of_token in enumerate(document.words_of):
        start, end = tokens["start"][place], tokens["end"][place]
        cells = [text[start:end], tokens["norm"][place], tokens["kind"][place]]
        for column in ("lemma", "upos", "feats"):
            values = words[column][of_token.start : of_token.stop]
            if len(values) == 1:
                cells.append(values[0])
            else:
                cells.append(JOINER.join(value or NONE for value in values))
        found.append(
            (_line((*cells, tokens["ner"][place]), escape), _is_glued(text, before, start))
        )
        before = end
    return found


def _words(document: Document, escape: Escape) -> list[tuple[str, bool]]:
    tokens, words, text = document.tokens, document.words, document.raw
    columns = [words[name] for name in ("form", *ATTRIBUTES["words"][1:-1])]
    found, before = [], -1
    for place, of_token in enumerate(document.words_of):
        start, end = tokens["start"][place], tokens["end"][place]
        glued = _is_glued(text, before, start)
        for word in of_token:
            cells = (*(column[word] for column in columns), text[start:end])
            found.append((_line(cells, escape), glued))
            glued = True
        before = end
    return found


def _is_glued(text: str, before: int, start: int) -> bool:
    """Whether nothing that is a space divides two tokens; those that share letters are two."""
    if before < 0 or before > start:
        return False
    return before == start or not SPACE.search(text, before, start)


def _line(cells: tuple[str | None, ...], escape: Escape) -> str:
    line = "\t".join(map(_cell, cells)) + "\n"
    if ILLEGAL.search(line):
        line = escape.legal(line)
    return line


@lru_cache(KEPT)
def _cell(value: str | None) -> str:
    """A cell: no tab and no line break, `_` where it is empty, escaped as in XML."""
    return SPACE.sub(" ", value or "").strip(" ").translate(TEXT) or NONE
