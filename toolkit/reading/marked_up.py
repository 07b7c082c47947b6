"""Texts that other tools have annotated, CoNLL-U and TEI, as the texts that they were."""

import re
from collections.abc import Iterator
from typing import Any

from toolkit.exporting.conllu_cells import unescaped, unquoted
from toolkit.reading import decoding
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options, Reader, Report, hash_of, hash_of_text
from toolkit.reading.xml_text import Blocks, first_text, local, parsed, tell_entities

NEW_DOC, NEW_PARAGRAPH = re.compile(r"# newdoc(?:\s+id\s*=\s*(.*))?$"), re.compile(r"# newpar\b")
PLAIN_TOKEN, RANGE = re.compile(r"\d{1,9}"), re.compile(r"(\d{1,9})-(\d{1,9})")
PLACE = re.compile("[0-9]{1,9}")
# What is said of a document as a whole, in the manner of `export.write_conllu`.
META = re.compile(r"# meta::(\S+) = (.*)$")
LINE_END = re.compile(r"\r\n|\n|\r")  # a form may hold what else ends a line
COLUMNS = 10

# --- CoNLL-U ----------------------------------------------------------------------------------


class _Lines:
    """The text of one document of a CoNLL-U file, put together token by token."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.metadata: dict[str, str] = {}
        self.pieces: list[str] = []
        self.covered = 0
        self.gap = ""  # the space behind the last token, where the file does not say which

    def add(self, cells: list[str]) -> None:
        """Add the surface of a token; words within one that was split have none of their own."""
        span = RANGE.fullmatch(cells[0])
        if span:
            self.covered = int(span[2])
        elif not PLAIN_TOKEN.fullmatch(cells[0]) or int(cells[0]) <= self.covered:
            return
        misc = dict(part.partition("=")[::2] for part in cells[9].split("|"))
        before, after = misc.get("SpacesBefore"), misc.get("SpacesAfter")
        surface = unescaped(misc["Raw"]) if "Raw" in misc else cells[1]
        self.pieces += [self.gap, unescaped(before or "") or "", surface or ""]
        self.gap = " " if after is None and misc.get("SpaceAfter") != "No" else ""
        self.pieces.append(unescaped(after or "") or "")

    def end_paragraph(self) -> None:
        """Begin a new line, where the file has not kept which spaces there are."""
        if self.gap:
            self.gap = "\n"

    def document(self, encoding: str, number: int, number_of_all: int) -> Document:
        """The document, numbered where it has no name and is not alone."""
        text = "".join(self.pieces)
        key = self.name or (str(number) if number_of_all > 1 else None)
        start = self.metadata.pop("body_start", "")
        body_start = int(start) if PLACE.fullmatch(start) and int(start) <= len(text) else 0
        hashed = hash_of_text(text)
        return Document(text, self.metadata, body_start, encoding, hashed, key, bool(self.name))


def _conllu(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """A document for each ``# newdoc``, or one of the file where there is none."""
    data = source.read()
    text, encoding = decoding.decode(data, options.encoding)
    documents = list(_documents_of_lines(text.removeprefix("\ufeff")))
    found = [lines for lines in documents if lines.pieces]
    if not found:
        raise Unreadable("format", f"no line is one of CoNLL-U ({COLUMNS} columns between tabs)")
    for lines in documents:
        if lines.name and not lines.pieces:
            report("empty", f"document {lines.name} has no tokens")
    for number, lines in enumerate(found, 1):
        document = lines.document(encoding, number, len(found))
        if decoding.is_blank(document.text):
            report("empty", f"document {document.key or number} has no letters")
        elif len(found) == 1:
            yield document._replace(sha256=hash_of(data))
        else:
            yield document


def _documents_of_lines(text: str) -> Iterator[_Lines]:
    found = _Lines(None)
    for number, line in enumerate(LINE_END.split(text), 1):
        new, about = NEW_DOC.match(line), META.match(line)
        if new:
            yield found
            found = _Lines(unquoted((new[1] or "").strip()) or None)
        elif about:
            found.metadata[unescaped(about[1]) or ""] = unescaped(about[2]) or ""
        elif NEW_PARAGRAPH.match(line):
            found.end_paragraph()
        elif not line.strip():
            found.covered = 0
        elif not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != COLUMNS:
                raise Unreadable(
                    "format",
                    f"line {number} has {len(cells)} columns between tabs, CoNLL-U {COLUMNS}",
                )
            found.add(cells)
    yield found


# --- TEI --------------------------------------------------------------------------------------

TEI = Blocks(
    [
        "p",
        "ab",
        "head",
        "l",
        "lg",
        "item",
        "row",
        "div",
        "div1",
        "div2",
        "div3",
        "note",
        "list",
        "table",
        "figure",
        "titlePage",
        "docTitle",
        "opener",
        "closer",
        "dateline",
        "salute",
        "signed",
        "trailer",
        "argument",
        "epigraph",
        "quote",
        "sp",
        "speaker",
        "stage",
        "front",
        "body",
        "back",
        "group",
        "text",
        "byline",
        "bibl",
        "castList",
        "castItem",
        "u",
        "seg2",
    ],
    skipped=[
        "teiHeader",
        "corr",
        "reg",
        "expan",
        "facsimile",
        "sourceDoc",
        "standOff",
        "spanGrp",
        "fw",
        "gap",
        "graphic",
    ],
    breaks={"lb": " ", "cell": "\t", "cb": " ", "pb": " "},
)
XML = "{http://www.w3.org/XML/1998/namespace}"
ABOUT = {"title": "titleStmt", "author": "titleStmt", "publisher": "publicationStmt"}


def _tei(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """A document for each text of a TEI file; a corpus has several."""
    data = source.read()
    root = parsed(data, "TEI")
    if local(root) not in ("TEI", "teiCorpus", "TEI.2"):
        raise Unreadable("format", f"the root element is {local(root)!r}, not that of TEI")
    texts = [root] if local(root) != "teiCorpus" else list(root.iter("{*}TEI"))
    for number, tei in enumerate(texts, 1):
        tell_entities([tei], report)
        text, body_start = _text_of(tei)
        name = (tei.get("n") or tei.get(f"{XML}id")) if len(texts) > 1 else None
        key = name or (str(number) if len(texts) > 1 else None)
        if not decoding.is_blank(text):
            hashed = hash_of(data) if len(texts) == 1 else hash_of_text(text)
            yield Document(text, _header(tei), body_start, _encoding(root), hashed, key, bool(name))
        elif len(texts) == 1:
            raise Unreadable("empty", "the file holds no text element with letters")
        else:
            report("empty", f"text {key} has no letters")


def _encoding(root: Any) -> str | None:
    encoding = root.getroottree().docinfo.encoding
    return encoding.lower() if encoding else None


def _text_of(tei: Any) -> tuple[str, int]:
    """The text, and where its body begins."""
    body = next((node for node in tei.iter("{*}text")), None)
    if body is None:
        return "", 0
    if body.get(f"{XML}space") == "preserve":
        return _preserved(body)
    for node in body.iter("{*}lb", "{*}pb", "{*}cb"):
        if node.get("break") == "no":
            _join(node)
    return TEI.text_of(body), 0


def _preserved(body: Any) -> tuple[str, int]:
    """A text whose white space counts, as `export.write_tei` writes it, its header before it."""
    front = next((node for node in body.iter("{*}front")), None)
    text = "".join(body.itertext())
    if front is None or any(node.get("type") != "header" for node in front.iter("{*}div")):
        return text, 0
    return text, len("".join(front.itertext()))


def _join(node: Any) -> None:
    """Take away a line end within a word, and the white space around it."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()
    node.tail = (node.tail or "").lstrip()
    node.tag = "joined"


def _header(tei: Any) -> dict[str, str]:
    header = next((node for node in tei.iter("{*}teiHeader")), None)
    if header is None:
        return {}
    found: dict[str, str] = {}
    for name, within in ABOUT.items():
        statement = next((node for node in header.iter("{*}" + within)), None)
        value = None if statement is None else first_text(statement, [name])
        if value:
            found[name] = value
    for node in header.iter("{*}date"):
        value = node.get("when") or ""
        if value:
            found.setdefault("date", value)
    for node in header.iter("{*}note"):  # as `export.write_tei` has other metadata
        if node.get("type") and local(node.getparent()) == "bibl":
            found.setdefault(node.get("type"), " ".join("".join(node.itertext()).split()))
    return {name: value for name, value in found.items() if value}


READERS: dict[str, Reader] = {"conllu": _conllu, "tei": _tei}
