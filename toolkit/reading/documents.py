"""What every reader of a format takes and gives: options in, documents and problems out."""

import hashlib
import importlib
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import NamedTuple

from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable, is_blank, only_blanks

EXTRA = 'pip install "mudawwana[formats]"'


class Options(NamedTuple):
    """How files are read, see `corpus.read_texts`."""

    text: str = "text"
    doc: str | None = None
    boilerplate: bool = False
    encoding: str | None = None


class Document(NamedTuple):
    """One document of a file.

    Attributes
    ----------
    text : str
        What is annotated and counted.
    metadata : mapping
        What the file says about it, all values strings.
    body_start : int
        Code point of the text where the body begins.
    encoding : str or None
        In which the file was written; None where the format knows no other.
    sha256 : str
        Of the bytes of the file, or of the text of a row.
    key : str or None
        The document's own name, or its number in a file of several.
    is_named : bool
        Whether the key is a name, and not a number.
    """

    text: str
    metadata: Mapping[str, str]
    body_start: int = 0
    encoding: str | None = None
    sha256: str = ""
    key: str | None = None
    is_named: bool = False


# Called with what is wrong with a document that is read all the same: what, detail.
Report = Callable[[str, str], None]
Reader = Callable[[Source, Options, Report], Iterator[Document]]


def needed(module: str, what: str) -> ModuleType:
    """A module of an optional package, or `Unreadable` that says how it is installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        missing = getattr(error, "name", None) or ""
        reason = "" if missing.partition(".")[0] in ("", package) else f" ({missing} is missing)"
        raise Unreadable(
            "not installed",
            f"{what} is read with {package}, which is not installed{reason}: {EXTRA}",
        ) from error


def hash_of(data: bytes) -> str:
    """The sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_of_text(text: str) -> str:
    """The sha256 of a text in UTF-8, in hexadecimal."""
    return hash_of(text.encode("utf-8", "surrogatepass"))


def refuse_empty(text: str, what: str = "the file holds no text") -> None:
    """Raise `Unreadable` for a text without a visible character."""
    if is_blank(text):
        raise Unreadable("empty", only_blanks(text) if text else what)
