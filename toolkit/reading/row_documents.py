"""Rows of tables to documents, and what is wrong with rows, counted and told once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolkit.reading.cell_values import is_unicode
from toolkit.reading.decoding import Unreadable, is_blank
from toolkit.reading.documents import Document, Options, Report, hash_of_text

FEW = 3
PLACE = re.compile("[0-9]{1,9}")

Row = tuple[int, Mapping[str, str | None]]


class Flaws:
    """What is wrong with rows of one table, counted by kind, with the numbers of the first."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.first: dict[tuple[str, str], list[int]] = {}

    def add(self, row: int, what: str, detail: str) -> None:
        """Note one row."""
        self.counts[what, detail] += 1
        numbers = self.first.setdefault((what, detail), [])
        if len(numbers) < FEW:
            numbers.append(row)

    def tell(self, report: Report) -> None:
        """Report each kind once."""
        for (what, detail), number in self.counts.items():
            rows = ", ".join(map(str, self.first[what, detail]))
            more = ", ..." if number > FEW else ""
            which = f"row {rows}" if number == 1 else f"{number:,} rows ({rows}{more})"
            report(what, f"{detail}: {which}")


def documents(
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    options: Options,
    flaws: Flaws,
    encoding: str | None,
) -> Iterator[Document]:
    """A document for each row that has a text."""
    check_columns(columns, options)
    doc = options.doc or ("doc" if "doc" in columns else None)
    number = 0
    for number, cells in rows:
        document = document_of(number, cells, text=options.text, doc=doc, flaws=flaws)
        if document is not None:
            yield document._replace(encoding=encoding)
    if not (number or flaws.counts):
        raise Unreadable("empty", "the table has columns and no rows")


def document_of(
    number: int,
    cells: Mapping[str, str | None],
    *,
    text: str,
    doc: str | None,
    flaws: Flaws,
) -> Document | None:
    """The document of a row; None, and a flaw, where it has no text."""
    body = cells.get(text) or ""
    if is_blank(body):
        flaws.add(number, "empty", "no text")
        return None
    if not is_unicode(body):
        flaws.add(number, "surrogate", "half a surrogate pair, which is no character")
        return None
    key = cells.get(doc) if doc else None
    if doc and not (key and is_unicode(key)):
        flaws.add(number, "doc", f"no {doc!r}, so the number of the row is the doc")
        key = None
    metadata = {}
    for name, value in cells.items():
        if value is None or not name or name in (text, doc):
            continue
        if is_unicode(value) and is_unicode(name):
            metadata[name] = value
        else:
            flaws.add(number, "surrogate", "half a surrogate pair in the metadata, left out")
    body_start = _body_start(metadata, body, flaws, number)
    hashed = hash_of_text(body)
    return Document(body, metadata, body_start, None, hashed, key or str(number), bool(key))


def _body_start(metadata: dict[str, str], text: str, flaws: Flaws, number: int) -> int:
    """Where the body begins, in a table that says it, as one that was read before does."""
    given = metadata.pop("body_start", "0")
    if PLACE.fullmatch(given) and int(given) <= len(text):
        return int(given)
    flaws.add(number, "header", f"body_start is no place in the text, such as {given!r:.40}")
    return 0


def check_columns(columns: Sequence[str], options: Options) -> None:
    """Raise `Unreadable` for a table without the columns that were named."""
    shown = ", ".join(map(repr, columns[:30])) or "none"
    for argument, name in (("text", options.text), ("doc", options.doc)):
        if name is None:
            continue
        if name not in columns:
            detail = f"no column {name!r}; its columns are {shown}. Pass one of them as {argument}="
            raise Unreadable("no text column" if argument == "text" else "no doc column", detail)
        if list(columns).count(name) > 1:
            raise Unreadable("columns", f"column {name!r} stands there twice")


def tell_repeated(columns: Sequence[str], report: Report) -> None:
    """Report columns of the same name, of those that `check_columns` lets pass."""
    for name, number in Counter(columns).items():
        if name and number > 1:
            report("columns", f"column {name!r} stands there {number} times; the last counts")
