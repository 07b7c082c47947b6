"""Headers of TEI: what was annotated, with what, and where each text comes from."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from toolkit import __version__
from toolkit.corpus import Corpus
from toolkit.exporting.documents import Document
from toolkit.exporting.xml import Escape, as_word

# What an attribute of TEI takes as a version.
VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")
MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
# Columns of the texts that TEI has elements for; `path` is the business of one machine.
ELEMENTS = ("title", "author", "date", "sha256")
NOT_WRITTEN = frozenset({"path", "body_start", "encoding"})

UNPUBLISHED = "Not published by this file; the texts have the rights of their sources."
SEGMENTATION = (
    "Elements p are the paragraphs of the source, s sentences by their final marks, w and pc "
    "tokens as written. An empty w in a w is a syntactic word (a clitic or its host), its letters "
    "restored in norm. White space is that of the source; join is right where none follows."
)
INTERPRETATION = (
    "Made by machine and not corrected unless a list of corrections says so: lemma without vowel "
    "signs; pos and msd, part of speech and features of Universal Dependencies; persName, "
    "placeName, orgName and name, whose key is the canonical name; date. A name stands around "
    "whole tokens, so that a clitic written together with it is inside."
)


def header_of_corpus(corpus: Corpus, title: str, escape: Escape) -> str:
    """The header of the whole: models, versions, what the elements mean."""
    return "\n".join(
        [
            "<teiHeader>",
            f"<fileDesc><titleStmt><title>{escape.text(title)}</title></titleStmt>",
            f"<publicationStmt><p>{UNPUBLISHED}</p></publicationStmt>",
            "<sourceDesc><p>The source of each text stands in its own header.</p></sourceDesc>",
            "</fileDesc>",
            "<encodingDesc>",
            f"<projectDesc>{_models(corpus.provenance, escape)}</projectDesc>",
            f"<editorialDecl><segmentation><p>{SEGMENTATION}</p></segmentation>",
            f"<interpretation><p>{INTERPRETATION}</p></interpretation></editorialDecl>",
            f"<appInfo>{''.join(_applications(corpus.provenance, escape))}</appInfo>",
            "</encodingDesc>",
            '<profileDesc><langUsage><language ident="ar">Arabic</language></langUsage>'
            "</profileDesc>",
            "</teiHeader>\n",
        ]
    )


def header_of_document(document: Document, escape: Escape) -> str:
    """The header of a text: its title, its size, what is known about its source."""
    known = document.metadata
    title = known.get("title") or document.doc
    counts = {
        "sentences": len(document.sents),
        "tokens": len(document.words_of),
        "words": len(document.words["form"]),
    }
    extent = "".join(
        f'<measure unit="{unit}" quantity="{count}">{count} {unit}</measure>'
        for unit, count in counts.items()
    )
    author = f"<author>{escape.text(known['author'])}</author>" if known.get("author") else ""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{escape.text(title)}</title>{author}</titleStmt>"
        f"<extent>{extent}</extent>"
        f"<publicationStmt><p>{UNPUBLISHED}</p></publicationStmt>"
        f"<sourceDesc><bibl>{''.join(_source(document, title, escape))}</bibl></sourceDesc>"
        "</fileDesc></teiHeader>\n"
    )


def _source(document: Document, title: str, escape: Escape) -> Iterator[str]:
    known = document.metadata
    yield f"<title>{escape.text(title)}</title>"
    if known.get("author"):
        yield f"<author>{escape.text(known['author'])}</author>"
    if known.get("date"):
        when = f' when="{known["date"]}"' if is_day(known["date"]) else ""
        yield f"<date{when}>{escape.text(known['date'])}</date>"
    yield f'<idno type="doc">{escape.text(document.doc)}</idno>'
    if known.get("sha256"):
        yield f'<idno type="sha256">{escape.text(known["sha256"])}</idno>'
    for name, value in known.items():
        if name not in ELEMENTS and name not in NOT_WRITTEN:
            kind = escape.attributes({"type": as_word(name, "note")})
            yield f"<note{kind}>{escape.text(value)}</note>"


def is_day(value: str) -> bool:
    """Whether this is a day, a month or a year as XML writes them."""
    if MONTH.fullmatch(value):
        return value[:4] != "0000"
    try:
        return len(value) == len("2025-11-16") and date.fromisoformat(value).year > 0
    except ValueError:
        return False


def _models(provenance: dict[str, Any], escape: Escape) -> str:
    models = provenance.get("models")
    models = models if isinstance(models, dict) else {}
    if not models:
        return "<p>The corpus does not say which models annotated it.</p>"
    fingerprint = f", fingerprint {models['fingerprint']}" if models.get("fingerprint") else ""
    said = f"Annotated by Stanza models: {models.get('name', '')}{fingerprint}."
    files = models.get("files")
    items = "".join(
        f"<item>{escape.text(f'{key}, sha256 {_hash(file)}')}</item>"
        for key, file in sorted(files.items() if isinstance(files, dict) else [])
    )
    listed = f"<list>{items}</list>" if items else ""
    return f"<p>{escape.text(said)}{listed}</p>{_corrections(provenance, escape)}"


def _corrections(provenance: dict[str, Any], escape: Escape) -> str:
    """Which tables of corrections were applied."""
    given = provenance.get("corrections")
    items = [
        ", ".join(f"{name} {value}" for name, value in each.items() if value is not None)
        for each in (given if isinstance(given, list) else [])
        if isinstance(each, dict)
    ]
    if not items:
        return ""
    listed = "".join(f"<item>{escape.text(item)}</item>" for item in items)
    return f"<p>Corrected from tables:<list>{listed}</list></p>"


def _hash(file: Any) -> str:
    return str(file.get("sha256", "unknown")) if isinstance(file, dict) else str(file)


def _applications(provenance: dict[str, Any], escape: Escape) -> Iterator[str]:
    """The programs, Mudawwana first, that which annotated rather than that which writes."""
    versions = provenance.get("versions")
    versions = versions if isinstance(versions, dict) else {}
    given = {"mudawwana": __version__} | {str(name): str(each) for name, each in versions.items()}
    for name, version in given.items():
        ident = as_word(name, "program")
        found = VERSION.match(version)
        values = escape.attributes({"ident": ident, "version": found[0] if found else "0"})
        label = escape.text(f"{name} {version}")
        yield f"<application{values}><label>{label}</label></application>"
