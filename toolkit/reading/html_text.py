"""Web pages to texts: the article without what surrounds it, or all of the page."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from toolkit.reading import decoding
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options, Report, hash_of, needed, refuse_empty
from toolkit.reading.xml_text import Blocks, html_tree, local, tell_declared

CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
HEAD = 4_096
HTML = Blocks(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "option",
    ],
    skipped=[
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "object",
        "svg",
        "math",
        "canvas",
    ],
    breaks={"br": "\n", "td": "\t", "th": "\t", "wbr": "\u200b"},
    verbatim=("pre", "textarea"),
)
# Where a page says itself what it is, in the order in which it is believed.
META = {
    "title": ("og:title", "dc.title", "citation_title", "twitter:title"),
    "author": ("author", "article:author", "dc.creator", "citation_author"),
    "date": (
        "article:published_time",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "citation_publication_date",
        "date",
        "pubdate",
    ),
    "site": ("og:site_name",),
}


def read(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The document of a web page."""
    data = source.read()
    text, encoding = decoded(data, options.encoding)
    root = html_tree(text, "HTML")
    if root is None:
        raise Unreadable("empty", "the page holds no text")
    about = _about(root)
    tell_declared(text, report)
    whole = HTML.text_of(root)
    refuse_empty(whole, "the page holds no text")
    body = whole if options.boilerplate else _article(text)
    if not body.strip():
        report("boilerplate", "no article was found in the page, so all of it was kept")
        body = whole
    yield Document(body, about, 0, encoding, hash_of(data))


def decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The source of a page and its encoding: what the bytes tell counts before what is declared.

    Examples
    --------
    >>> decoded('<meta charset="windows-1256"><p>مرحبا'.encode("cp1256"), None)[1]
    'windows-1256'
    """
    if encoding is not None:
        return decoding.decode(data, encoding)
    try:
        return decoding.decode(data)
    except Unreadable as reason:
        declared = CHARSET.search(data[:HEAD])
        if declared is None:
            raise
        name = declared[1].decode("ascii", "replace")
        try:
            return decoding.decode(data, name)
        except LookupError:
            raise reason from None


def _article(text: str) -> str:
    """The main text of a page; empty where there is none."""
    trafilatura = needed("trafilatura", "the article of a web page (boilerplate=False)")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # `problems` tells instead
    return trafilatura.extract(text, include_comments=False, include_tables=True) or ""


def _about(root: Any) -> dict[str, str]:
    given: dict[str, str] = {}
    title = ""
    for node in root.iter("meta", "title"):
        if local(node) == "title":
            title = title or " ".join(node.text_content().split())
            continue
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        given.setdefault(name.lower(), " ".join((node.get("content") or "").split()))
    found = {
        key: next((given[name] for name in names if given.get(name)), "")
        for key, names in META.items()
    }
    found["title"] = found["title"] or title
    found["lang"] = (root.get("lang") or "").strip()
    return {key: value for key, value in found.items() if value}
