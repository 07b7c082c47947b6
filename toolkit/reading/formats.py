"""Which reader reads which file, chosen by the end of its name."""

import posixpath
import re
from collections.abc import Iterator

from toolkit.reading import archives, decoding
from toolkit.reading.archives import Source
from toolkit.reading.documents import Document, Options, Reader, Report

KIND_OF_SUFFIX = {
    **dict.fromkeys(decoding.TEXT_SUFFIXES, "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".pdf": "pdf",
    ".csv": "csv",
    **dict.fromkeys((".tsv", ".tab"), "tsv"),
    ".xlsx": "xlsx",
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".json": "json",
    ".parquet": "parquet",
    **dict.fromkeys((".conllu", ".conll"), "conllu"),
    **dict.fromkeys((".xml", ".tei"), "tei"),
}
# What a person has worked on of OpenITI, by its state.
OPENITI_SUFFIXES = (".markdown", ".completed", ".inprogress")
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".gz")
# Formats of which a person can save the other one.
ADVICE = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".dot": ".docx",
    ".pages": ".docx",
    ".wps": ".docx",
    ".xls": ".xlsx",
    ".xlsb": ".xlsx",
    ".ods": ".xlsx",
    ".mobi": ".epub",
    ".azw3": ".epub",
    ".djvu": ".pdf",
}
# A file of OpenITI: death year and author, book, and version with its language.
OPENITI = re.compile(r"\d{4}[A-Za-z]\w*\.\w+\.\w+(?:-[a-z]{3}\d+)?")


def is_known(name: str) -> bool:
    """Whether a file is of a format that is read, by its name.

    Examples
    --------
    >>> is_known("a.txt"), is_known("b.jsonl.gz"), is_known("0179MalikIbnAnas.Muwatta.JK01-ara1")
    (True, True, True)
    >>> is_known("image.png")
    False
    """
    return kind_of(name) is not None


def kind_of(name: str) -> str | None:
    """The format of a file, by its name; None where it is unknown."""
    name = _unpacked_name(name)
    suffix = suffix_of(name).lower()
    if suffix in OPENITI_SUFFIXES or OPENITI.fullmatch(posixpath.basename(name)):
        return "text"
    return KIND_OF_SUFFIX.get(suffix)


def suffix_of(name: str) -> str:
    """The end of a name from its last dot, as `Path.suffix` has it, which takes ten times as long.

    Examples
    --------
    >>> suffix_of("a/b.2025.txt"), suffix_of(".hidden"), suffix_of("a.b/c"), suffix_of("a.")
    ('.txt', '', '', '')
    """
    suffix = posixpath.splitext(name)[1]
    return suffix if suffix != "." else ""


def stem(name: str) -> str:
    """A path without the end that says the format.

    Examples
    --------
    >>> stem("news/2025.11.txt"), stem("news.jsonl.gz"), stem("0179Malik.Muwatta.JK01-ara1")
    ('news/2025.11', 'news', '0179Malik.Muwatta.JK01-ara1')
    """
    name = _unpacked_name(name)
    if OPENITI.fullmatch(posixpath.basename(name)):
        return name
    return name.removesuffix(suffix_of(name))


def _unpacked_name(name: str) -> str:
    suffix = suffix_of(name)
    return name[: -len(suffix)] if suffix.lower() in archives.COMPRESSED else name


def unread(name: str) -> str:
    """Why a file of another format is not read, and what is."""
    suffix = suffix_of(name)
    advice = ADVICE.get(suffix.lower())
    if advice:
        return f"{suffix} is not read; save it as {advice}"
    return f"{suffix or 'a file without a suffix'} is not read; what is read: {known()}"


def known() -> str:
    """The ends of names of all formats that are read, for a message.

    Examples
    --------
    >>> known()[:40]
    '.conll, .conllu, .csv, .docx, .epub, .gz'
    """
    return ", ".join(sorted({*KIND_OF_SUFFIX, *ARCHIVE_SUFFIXES}))


def documents(name: str, source: Source, *, options: Options, report: Report) -> Iterator[Document]:
    """The documents of one source.

    Raises
    ------
    Unreadable
        It is none of its format, holds no text, or the package that reads it is missing; also
        in the middle, after what could be read.
    """
    if suffix_of(name).lower() in ADVICE:
        raise decoding.Unreadable("format", unread(name))
    with archives.understood():
        yield from _reader(kind_of(name) or "text")(source, options, report)


def _reader(kind: str) -> Reader:
    """The function that reads a format; its module is imported when it is needed."""
    if kind == "text":
        return _text
    if kind in ("csv", "tsv", "jsonl", "json", "xlsx", "parquet"):
        from toolkit.reading import tabular

        return tabular.READERS[kind]
    if kind in ("docx", "odt", "epub"):
        from toolkit.reading import packaged

        return packaged.READERS[kind]
    if kind == "html":
        from toolkit.reading import html_text

        return html_text.read
    if kind == "pdf":
        from toolkit.reading import pdf_text

        return pdf_text.read
    from toolkit.reading import marked_up

    return marked_up.READERS[kind]


def _text(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """A file of plain text, with its header where it has one."""
    file = decoding.of_bytes(source.read(), options.encoding)
    if file.text.startswith(decoding.OPENITI):
        from toolkit.reading import openiti

        yield openiti.document(file, report)
        return
    header = decoding.header(file.text)
    for problem in header.problems:
        report("header", problem)
    yield Document(file.text, header.metadata, header.body_start, file.encoding, file.sha256)
