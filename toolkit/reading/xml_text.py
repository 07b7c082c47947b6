"""XML and HTML as trees that load nothing from elsewhere, and the text of their blocks."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from html.entities import html5
from typing import Any

from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Report, needed

SPACES = re.compile(r"[ \t\r\n\f]+")
# The type of a page with declarations of its own, which are no text, and the entities in them.
SUBSET = re.compile(r"\A([^\[]{0,2000}?<!DOCTYPE[^\[>]{0,1000})\[([^\]]*)\]\s*>", re.IGNORECASE)
DECLARED = re.compile(r"<!ENTITY\s+([^\s%&;\"'<>]+)\s")


def parsed(data: bytes, what: str) -> Any:
    """The root of an XML document; entities are not expanded and nothing is fetched.

    Raises
    ------
    Unreadable
        lxml is missing, or the bytes are not well-formed.
    """
    etree = needed("lxml.etree", what)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", f"no well-formed XML ({error!s:.120})") from error


def html_tree(text: str, what: str) -> Any:
    """The root of an HTML document, however it is written; None for one without an element."""
    html = needed("lxml.html", what)
    etree = needed("lxml.etree", what)
    # a declaration of the encoding is of the bytes, which were read already
    text = SUBSET.sub(r"\1>", re.sub(r"^\s*<\?xml[^>]*\?>", "", text), count=1)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.replace("\0", ""), parser=parser)
    except etree.ParserError:
        root = None
    if any("depth" in entry.message for entry in parser.error_log):
        raise Unreadable("damaged", "its elements are nested too deep to be read as a whole")
    return root


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for a comment or an entity.

    Examples
    --------
    >>> from lxml import etree
    >>> local(etree.fromstring('<p xmlns="http://www.tei-c.org/ns/1.0"/>'))
    'p'
    """
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def tell_entities(roots: Iterable[Any], report: Report) -> None:
    """Report the entities of XML trees, which were not expanded."""
    names = sorted({name for root in roots for node in root.iter() if (name := _entity(node))})
    if names:
        report("entities", f"not expanded, so missing in the text: {_listed(names)}")


def _entity(node: Any) -> str:
    """The name of an entity; empty for elements, comments and processing instructions."""
    return getattr(node, "name", "") or "" if type(node).__name__ == "_Entity" else ""


def tell_declared(text: str, report: Report) -> None:
    """Report the entities that a page declares for itself, which parsers of HTML leave standing."""
    head = SUBSET.search(text)
    names = dict.fromkeys(DECLARED.findall(head[2])) if head else {}
    own = (name for name in names if f"{name};" not in html5)  # others every parser knows
    used = sorted(name for name in own if f"&{name};" in text)
    if used:
        report("entities", f"not expanded, so they stand in the text as here: {_listed(used)}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"&{name};" for name in names[:3]) + (", ..." if len(names) > 3 else "")


class Blocks:
    """How the text of a tree is put together.

    Attributes
    ----------
    blocks : collection of str
        Elements that stand on lines of their own.
    skipped : collection of str
        Elements that are left out.
    breaks : mapping
        Elements that stand for some characters.
    verbatim : collection of str
        Elements whose line ends count.
    """

    def __init__(
        self,
        blocks: Collection[str],
        *,
        skipped: Collection[str] = (),
        breaks: dict[str, str] | None = None,
        verbatim: Collection[str] = (),
    ) -> None:
        self.blocks, self.skipped = frozenset(blocks), frozenset(skipped)
        self.breaks, self.verbatim = breaks or {}, frozenset(verbatim)

    def text_of(self, root: Any, *, skip: Callable[[Any], bool] | None = None) -> str:
        """The text below an element, a line a block, white space folded as a reader sees it."""
        lines = "".join(self._pieces(root, skip)).split("\n")
        folded = (re.sub(" *([\t\x1f]) *| +", _space, line).strip(" \t") for line in lines)
        return "\n".join(line.replace("\x1f", "\n") for line in folded if line)

    def _pieces(self, root: Any, skip: Callable[[Any], bool] | None) -> Iterator[str]:
        """Pieces in reading order, without recursion, for a tree may be deep."""
        waiting: list[tuple[Any, bool, bool]] = [(root, False, False)]
        while waiting:
            node, is_end, verbatim = waiting.pop()
            name = local(node)
            is_block = name in self.blocks
            if is_end:
                yield "\n" if is_block else ""
                yield self._folded(node.tail, verbatim)
                continue
            waiting.append((node, True, verbatim))
            if name == "" or name in self.skipped or (skip is not None and skip(node)):
                continue
            yield "\n" if is_block else self.breaks.get(name, "")
            inside = verbatim or name in self.verbatim
            yield self._folded(node.text, inside)
            waiting += [(child, False, inside) for child in reversed(node)]

    def _folded(self, text: str | None, verbatim: bool) -> str:
        if not text:
            return ""
        return text.replace("\r\n", "\n") if verbatim else SPACES.sub(" ", text)


def _space(match: re.Match[str]) -> str:
    return match[1] or " "


def first_text(root: Any, names: Iterable[str]) -> str | None:
    """The text of the first element of one of the names, on one line; None where there is none.

    Examples
    --------
    >>> from lxml import etree
    >>> first_text(etree.fromstring("<a><title>الخط\\n العربي</title></a>"), ["title"])
    'الخط العربي'
    """
    for name in names:
        for node in root.iter():
            if local(node) == name:
                found = " ".join("".join(node.itertext()).split())
                if found:
                    return found
    return None
