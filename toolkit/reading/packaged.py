"""Documents that are zip files of XML: DOCX, ODT and EPUB."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from toolkit.reading import archives
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options, Reader, Report, hash_of, refuse_empty
from toolkit.reading.html_text import HTML, decoded
from toolkit.reading.xml_text import (
    Blocks,
    first_text,
    html_tree,
    local,
    parsed,
    tell_declared,
    tell_entities,
)

# Insertions count, deletions do not; a fallback repeats what stands before it.
WORD_SKIPPED = frozenset(
    ("del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "sectPr")
)
WORD_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
# The lines above and below the notes of a page, which have numbers of their own.
NO_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))
ODT = Blocks(
    ("p", "h", "list-item", "table-cell", "note-body"),
    skipped=(
        "annotation",
        "tracked-changes",
        "note-citation",
        "ruby-text",
        "sequence-decls",
        "forms",
        "script",
        "desc",
        "title",
    ),
    breaks={"tab": "\t", "line-break": "\x1f"},
)
# How often a space is repeated.
COUNT = re.compile("[0-9]{1,9}")
# No character: it stands for a space that is not folded into its neighbours.
SPACE = "\ufdd0"
METADATA = {
    "title": ("title",),
    "author": ("creator", "initial-creator"),
    "lang": ("language",),
    "publisher": ("publisher",),
}


def checked(file: BinaryIO) -> zipfile.ZipFile:
    """A file of this kind as a zip file that does not swell beyond measure."""
    package = archives.zip_of(file)
    size = file.seek(0, 2)
    archives.refuse_bomb(package.infolist(), size)
    return package


def _part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a part; None where there is none."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    return archives.source_of_member(package, info).read()


def _needed_part(package: zipfile.ZipFile, name: str, what: str) -> bytes:
    data = _part(package, name)
    if data is None:
        raise Unreadable("damaged", f"no {what} file: {name} is not in it")
    return data


def _about(data: bytes | None) -> dict[str, str]:
    """Title, author and the like from an XML file of metadata."""
    if data is None:
        return {}
    root = parsed(data, "metadata")
    found = {key: first_text(root, names) for key, names in METADATA.items()}
    return {key: value for key, value in found.items() if value}


# --- DOCX -------------------------------------------------------------------------------------


def _docx(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The paragraphs of a document, those in tables and text boxes too, then its notes."""
    data = source.read()
    with checked(io.BytesIO(data)) as package:
        body = _needed_part(package, "word/document.xml", ".docx")
        notes = (_part(package, name) for name in NOTES)
        roots = [parsed(part, ".docx") for part in (body, *notes) if part is not None]
        about = _about(_part(package, "docProps/core.xml"))
    tell_entities(roots, report)
    text = "\n".join(line for root in roots for line in _word_lines(root))
    refuse_empty(text, "the document holds no text")
    yield Document(text, about, 0, None, hash_of(data))


def _word_lines(root: Any) -> Iterator[str]:
    """The text of each paragraph that has one; of a text box after the paragraph it is in."""
    for node in root.iter("{*}p"):
        if not _is_skipped(node):
            text = "".join(_word_pieces(node))
            if text.strip():
                yield text


def _is_skipped(paragraph: Any) -> bool:
    for above in paragraph.iterancestors():
        if local(above) in WORD_SKIPPED or _attribute(above, "type") in NO_NOTES:
            return True
    return False


def _attribute(node: Any, name: str) -> str:
    return next((value for key, value in node.items() if key.rpartition("}")[2] == name), "")


def _word_pieces(node: Any) -> Iterator[str]:
    for child in node:
        name = local(child)
        if name == "t":
            yield (child.text or "") + "".join(inner.tail or "" for inner in child)
        elif name in WORD_SIGNS:
            yield WORD_SIGNS[name]
        elif name and name not in WORD_SKIPPED and name != "txbxContent":
            yield from _word_pieces(child)


# --- ODT --------------------------------------------------------------------------------------


def _odt(source: Source, options: Options, report: Report) -> Iterator[Document]:
    data = source.read()
    with checked(io.BytesIO(data)) as package:
        root = parsed(_needed_part(package, "content.xml", ".odt"), ".odt")
        about = _about(_part(package, "meta.xml"))
    body = next((node for node in root.iter("{*}text") if local(node.getparent()) == "body"), None)
    if body is None:
        raise Unreadable("damaged", "no .odt file: content.xml has no text")
    tell_entities([body], report)
    for space in body.iter("{*}s"):  # repeated spaces are counted, not written
        number = _attribute(space, "c")
        space.text = SPACE * min(int(number) if COUNT.fullmatch(number) else 1, 1_000)
    text = ODT.text_of(body).replace(SPACE, " ")
    refuse_empty(text, "the document holds no text")
    yield Document(text, about, 0, None, hash_of(data))


# --- EPUB -------------------------------------------------------------------------------------


def _epub(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The chapters of a book in the order of its spine, a blank line between two."""
    data = source.read()
    with checked(io.BytesIO(data)) as package:
        container = parsed(_needed_part(package, "META-INF/container.xml", ".epub"), ".epub")
        path = next((node.get("full-path") or "" for node in container.iter("{*}rootfile")), "")
        book = _needed_part(package, path, ".epub")
        names = list(_spine(parsed(book, ".epub"), path, report))
        chapters = [_chapter(package, name, report) for name in names]
        about = _about(book)
    text = "\n\n".join(chapter for chapter in chapters if chapter)
    refuse_empty(text, "the book holds no text")
    yield Document(text, about, 0, None, hash_of(data))


def _spine(root: Any, path: str, report: Report) -> Iterator[str]:
    """The names of the chapters in their order; tables of contents are none."""
    folder = posixpath.dirname(path)
    items = {node.get("id"): node for node in root.iter("{*}item")}
    for reference in root.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            named = reference.get("idref") or ""
            report("chapter", f"{named!r:.100} is in the order of the book, and not in its list")
            continue
        kind = item.get("media-type") or "html"
        href = unquote((item.get("href") or "").partition("#")[0])
        name = posixpath.normpath(posixpath.join(folder, href))
        if "html" not in kind:
            report("chapter", f"{name:.100} is {kind!r:.60}, which is not read")
        elif "nav" not in (item.get("properties") or "").split():
            yield name


def _chapter(package: zipfile.ZipFile, name: str, report: Report) -> str:
    data = _part(package, name)
    if data is None:
        report("chapter", f"{name} is in the list of chapters, and not in the book")
        return ""
    try:
        source = decoded(data, None)[0]
        root = html_tree(source, ".epub")
        tell_declared(source, report)
    except Unreadable as reason:
        report("chapter", f"{name} was left out: {reason.detail}")
        return ""
    return "" if root is None else HTML.text_of(root)


READERS: dict[str, Reader] = {"docx": _docx, "odt": _odt, "epub": _epub}
