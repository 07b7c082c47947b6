"""Texts of OpenITI, marked up in mARkdown: the text without its marks, and what its head says."""

import re
from collections.abc import Iterator

from toolkit.reading.decoding import ReadFile
from toolkit.reading.documents import Document, Report, refuse_empty

END_OF_HEAD = re.compile(r"^#META#Header#End#.*$", re.MULTILINE)
META = re.compile(r"^#META#[^\S\n]*(?:\d+\.)?([\w.-]+)[^\S\n]*:+(.*)$", re.MULTILINE)
NOTHING = frozenset({"", "NODATA", "NOTGIVEN", "NOCODE", "غير معروف"})
# What keys of the head are called in the table.
KEYS = {
    "AuthorNAME": "author",
    "AuthorDIED": "author_died_ah",
    "BookTITLE": "title",
    "BookURI": "uri",
    "BookSUBJ": "subject",
    "LibURI": "library_uri",
    "EdPUBLISHER": "publisher",
}
# Numbers of pages and milestones, tags of names and dates, and the middle of a verse.
IN_LINE = re.compile(
    r"PageV[^P\s]{1,4}P\w{3,6}|(?<!\w)ms[A-Z]?\d{2,}(?!\w)|@[A-Z][A-Za-z0-9_@-]*|%~%"
)
# What a line begins with: a heading, a biography or an event, a region, a paragraph, a line that
# goes on.
STRUCTURE = re.compile(r"^(?:###\s*[|$@]*(?:[A-Z_]+[|$ ])*|#(?:\$#[A-Z]+)+|[#~]+)\s*")
CONTINUED = "~~"
SPACES = re.compile(r"[ \t]+")


def document(file: ReadFile, report: Report) -> Document:
    """The document of a file: paragraphs on lines of their own, continued lines joined."""
    end = END_OF_HEAD.search(file.text)
    head = file.text[: end.start()] if end else ""
    if end is None:
        report("header", "the head of OpenITI has no end (#META#Header#End#); all is text")
    body = file.text[end.end() :] if end else file.text.partition("\n")[2]
    text = "\n".join(_paragraphs(body))
    refuse_empty(text, "nothing stands below the head")
    return Document(text, _about(head), 0, file.encoding, file.sha256)


def _about(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in META.findall(head):
        name = KEYS.get(key)
        if name and value.strip() not in NOTHING:
            found.setdefault(name, value.strip())
    return found


def _paragraphs(body: str) -> Iterator[str]:
    paragraph: list[str] = []
    for line in body.splitlines():
        if not line.startswith(CONTINUED) and paragraph:
            yield from _joined(paragraph)
            paragraph = []
        paragraph.append(_plain(line))
    yield from _joined(paragraph)


def _joined(lines: list[str]) -> Iterator[str]:
    text = " ".join(line for line in lines if line)
    if text:
        yield text


def _plain(line: str) -> str:
    return SPACES.sub(" ", IN_LINE.sub(" ", STRUCTURE.sub("", line))).strip()
