"""TEI P5: a corpus as XML, its raw text whole, tokens and names as elements in it."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.corpus import Corpus
from toolkit.exporting.conllu_cells import KEPT
from toolkit.exporting.documents import Document, corpora, documents, paragraphs_of
from toolkit.exporting.files import appearing_text, target_of
from toolkit.exporting.mentions import LOST, Mention, with_dates
from toolkit.exporting.tei_header import header_of_corpus, header_of_document, is_day
from toolkit.exporting.xml import Escape, as_word, warn

SUFFIXES = (".xml", ".tei")
NAMESPACE = "http://www.tei-c.org/ns/1.0"
ELEMENTS = {"PER": "persName", "LOC": "placeName", "ORG": "orgName"}
XML_SPACE = " \t\r\n"
FRONT = '<front><div type="header"><p>{}</p></div></front>'

Tags = dict[int, str]


def write_tei(
    corpus: Corpus | Iterable[Corpus], path: str | os.PathLike[str], *, title: str | None = None
) -> Path:
    """The path of the TEI file written: a ``teiCorpus`` with a ``TEI`` for each document.

    The text within ``text`` is the raw text, every space and line break of it: what stands before
    the body in ``front``, the body in ``p``, ``s``, ``w`` and ``pc``, names around them as
    ``persName``, ``placeName``, ``orgName`` or ``name`` with their canonical name as ``key``, and
    ``date`` with its days. A token of several words holds an empty ``w`` for each, its letters
    restored in ``norm``. The headers name models, versions and hashes, and what is known about
    each text.

    Parameters
    ----------
    corpus : Corpus or iterable of Corpus
        An annotated corpus; or its parts, one after the other, of which one is in memory at a
        time (see `export.parts`).
    path : path
        A file that ends in .xml or .tei; replaced as a whole if it is there.
    title : str, optional
        Of the corpus; by default the name of the file.

    Returns
    -------
    Path
        The path. A warning counts names and dates that were left out, and characters that XML
        does not have, which become U+FFFD.

    Raises
    ------
    ValueError
        Another suffix, no text, a table lacks a column, or rows are missing or out of order.
    """
    target = target_of("write_tei", path, SUFFIXES)
    lost: Counter[str] = Counter()
    escape = Escape()
    with appearing_text(target) as file:
        number = 0
        for part in corpora("write_tei", corpus):
            paragraphs = paragraphs_of(part)
            for document in documents("write_tei", part):
                number += 1
                if number == 1:
                    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
                    file.write(f'<teiCorpus xmlns="{NAMESPACE}" xml:lang="en">\n')
                    file.write(header_of_corpus(part, title or target.stem, escape))
                file.writelines(_lines(document, f"d{number}", paragraphs, escape, lost))
        if not number:
            raise ValueError("write_tei: the corpus has no texts; read and annotate some first.")
        file.write("</teiCorpus>\n")
    lost["characters that XML does not have were replaced by U+FFFD"] = escape.replaced
    warn("write_tei", lost)
    return target


# --- a document -------------------------------------------------------------------------------


def _lines(
    document: Document,
    name: str,
    paragraphs: set[tuple[str, int]],
    escape: Escape,
    lost: Counter[str],
) -> Iterator[str]:
    lost["sentences without tokens were left out"] += document.untold
    yield f"<TEI{escape.attributes({'xml:id': name, 'n': document.doc})}>\n"
    yield header_of_document(document, escape)
    yield '<text xml:lang="ar" xml:space="preserve">'
    body = min(_place(document.metadata.get("body_start")), _first(document))
    text = escape.legal(document.raw)
    if text[:body].strip(XML_SPACE):
        yield FRONT.format(_escaped(text[:body]))
    else:
        body = 0
    yield "<body>"
    if document.sents:
        yield from _body(document, name, text, body, paragraphs, escape, lost)
    else:
        lost[LOST] += len(document.mentions["sent"])
        yield f"<p>{_escaped(text[body:])}</p>"
    yield "</body></text>\n</TEI>\n"


def _place(value: str | None) -> int:
    """Where the body begins; a column with gaps has numbers such as 17.0."""
    number = pd.to_numeric(value or "0", errors="coerce")
    return max(int(number), 0) if pd.notna(number) else 0


def _first(document: Document) -> int:
    starts: list[int] = document.tokens["start"]
    return starts[0] if starts else len(document.raw)


def _body(
    document: Document,
    name: str,
    text: str,
    reached: int,
    paragraphs: set[tuple[str, int]],
    escape: Escape,
    lost: Counter[str],
) -> Iterator[str]:
    opened, closed = _tags(document, escape, lost)
    starts, ends = document.tokens["start"], document.tokens["end"]
    for place, sent in enumerate(document.sents):
        tokens = document.tokens_of[place]
        gap = text[reached : starts[tokens[0]]]
        if not place or (document.doc, sent) in paragraphs:
            yield "</p>" if place else ""
            # a body holds no text but white space
            yield f"<p>{_escaped(gap)}" if gap.strip(XML_SPACE) else f"{_escaped(gap)}<p>"
        else:
            yield _escaped(gap)
        reached = max(reached, starts[tokens[0]])
        yield f'<s xml:id="{name}.s{sent}">'
        for number, token in enumerate(tokens, start=1):
            yield _escaped(text[reached : starts[token]])
            yield opened.get(token, "")
            shown = _escaped(text[max(reached, starts[token]) : ends[token]])
            key = f"{name}.s{sent}.t{number}"
            yield _token(document, token, text, key, shown, escape)
            yield closed.get(token, "")
            reached = max(reached, ends[token])
        yield "</s>"
    gap = text[reached:]
    yield f"{_escaped(gap)}</p>" if gap.strip(XML_SPACE) else f"</p>{_escaped(gap)}"


def _escaped(text: str) -> str:
    """Text that is legal already, between tags."""
    return _of_text(text) if len(text) < 64 else Escape().text(text)


_of_text = lru_cache(KEPT)(lambda text: Escape().text(text))


def _tags(document: Document, escape: Escape, lost: Counter[str]) -> tuple[Tags, Tags]:
    """The tags of names before and after each token."""
    mentions, left_out = with_dates(document)
    lost[LOST] += left_out
    opened: Tags = defaultdict(str)
    closed: Tags = defaultdict(str)
    for mention in mentions:
        element, values = _element(mention)
        opened[mention.first] += f"<{element}{escape.attributes(values)}>"
        # the one that begins last, or is shorter, ends first
        closed[mention.last] = f"</{element}>" + closed[mention.last]
    return opened, closed


def _element(mention: Mention) -> tuple[str, dict[str, str]]:
    """The element of a name or date, and its attributes."""
    if mention.days is not None:
        days = [day for day in mention.days if day and is_day(day)]
        if len(days) < 2:
            return "date", {}
        named = {"when": days[0]} if days[0] == days[1] else {"from": days[0], "to": days[1]}
        return "date", named
    key = {"key": mention.name} if mention.name.strip() else {}
    if mention.type in ELEMENTS:
        return ELEMENTS[mention.type], key
    return "name", {"type": as_word(mention.type, "MISC"), **key}


# --- a token ----------------------------------------------------------------------------------


class Cells(NamedTuple):
    """What the attributes of a word say."""

    form: str | None
    lemma: str | None
    upos: str | None
    feats: str | None


def _token(document: Document, token: int, text: str, key: str, shown: str, escape: Escape) -> str:
    """The element of a token, its words in it where there are several."""
    tokens, words = document.tokens, document.words_of[token]
    join = ' join="right"' if _is_joined(document, token, text) else ""
    surface = text[tokens["start"][token] : tokens["end"][token]]
    form = tokens["form"][token]
    cells = [_cells(document, word, escape) for word in words]
    if len(words) > 1:
        norm = _norm(form, surface)
        inner = "".join(f"<w{norm_of}{rest}/>" for norm_of, rest in cells)
        return f'<w xml:id="{key}"{norm}{join}>{shown}{inner}</w>'
    element = "pc" if tokens["kind"][token] == "punctuation" else "w"
    return f'<{element} xml:id="{key}"{_norm(form, surface)}{cells[0][1]}{join}>{shown}</{element}>'


def _is_joined(document: Document, token: int, text: str) -> bool:
    """Whether no space divides a token and the next one."""
    starts = document.tokens["start"]
    end = document.tokens["end"][token]
    if token + 1 == len(starts) or starts[token + 1] < end:
        return False
    gap = text[end : starts[token + 1]]
    return not gap or not any(map(str.isspace, gap))


@lru_cache(KEPT)
def _norm(form: str | None, surface: str) -> str:
    """The form that the models saw, where it is not what is written."""
    return "" if not form or form == surface else Escape().attributes({"norm": form})


def _cells(document: Document, word: int, escape: Escape) -> tuple[str, str]:
    words = document.words
    columns = ("form", "lemma", "upos", "feats")
    norm, rest, replaced = _attributes(Cells(*(words[column][word] for column in columns)))
    escape.replaced += replaced
    return norm, rest


@lru_cache(KEPT)
def _attributes(cells: Cells) -> tuple[str, str, int]:
    """The attribute of the form, the others, and how many characters had to be replaced."""
    escape = Escape()
    pos = "_".join((cells.upos or "").split())
    values = {"lemma": cells.lemma, "pos": pos, "msd": cells.feats}
    norm = escape.attributes({"norm": cells.form} if cells.form else {})
    rest = escape.attributes({name: value for name, value in values.items() if value})
    return norm, rest, escape.replaced
