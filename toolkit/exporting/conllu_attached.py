"""Mentions of names and dates in CoNLL-U: attributes of the token in which they begin.

``Mention=1:PER:40:53:name`` is number, type, start, end and canonical name; ``Date`` is start,
end, first and last day and precision. The text and the sentence follow where they are not those of
the place, then further columns of the entities by name.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from toolkit.exporting.conllu_cells import escaped, unescaped
from toolkit.exporting.documents import COLUMNS, Document

MENTION, DATE = "Mention", "Date"
TABLES = {MENTION: "entities", DATE: "dates"}
# In this order; then `text` and `sent`.
FIELDS = {
    MENTION: ("entity", "type", "start", "end", "name"),
    DATE: ("start", "end", "first", "last", "precision"),
}
WHOLE = frozenset({"entity", "start", "end", "sent"})

Row = dict[str, Any]


def attached(document: Document) -> dict[int, str]:
    """The attributes of each token in which something begins, each with a ``|`` before it."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    sentence = document.sentence_of()
    for key, table in ((MENTION, document.mentions), (DATE, document.dates)):
        names = list(table)
        for values in zip(*table.values(), strict=True):
            row = dict(zip(names, values, strict=True))
            near = document.tokens_between(row["start"], max(row["end"], row["start"] + 1))
            token = min(near.start, len(sentence) - 1)
            usual = document.raw[row["start"] : row["end"]], document.sents[sentence[token]]
            found[token][key].append(":".join(_cells(key, row, usual)))
    return {
        token: "".join(f"|{key}={','.join(cells)}" for key, cells in keys.items())
        for token, keys in found.items()
    }


def _cells(key: str, row: Row, usual: tuple[str, int]) -> Iterator[str]:
    for name in FIELDS[key]:
        yield _cell(row[name])
    if (row["text"], row["sent"]) != usual:
        yield _cell(row["text"])
        yield _cell(row["sent"])
    known = COLUMNS[TABLES[key]]
    for name, value in row.items():
        if name not in known and value is not None:
            yield f"{escaped(name, also=':,')}={_cell(value)}"


def _cell(value: Any) -> str:
    return escaped(None if value is None else str(value), also=":,")


def detached(key: str, listed: str, *, text: str, sent: int) -> Iterator[Row]:
    """The rows that an attribute of a token in a sentence of a text says.

    Raises
    ------
    ValueError
        It is not as `attached` writes it.
    """
    for cells in listed.split(","):
        parts = [cell.partition("=") for cell in cells.split(":")]
        more = {str(unescaped(name)): unescaped(value) for name, equals, value in parts if equals}
        plain = [unescaped(name) for name, equals, _ in parts if not equals]
        names = [*FIELDS[key], "text", "sent"]
        if len(plain) not in (len(names), len(names) - 2):
            raise ValueError(f"{key}={cells:.80} has {len(plain)} parts")
        given = dict(zip(names, plain, strict=False))
        row: Row = {name: _value(name, value) for name, value in given.items()}
        yield {"text": text[row["start"] : row["end"]], "sent": sent} | row | more


def _value(name: str, value: str | None) -> str | int | None:
    return int(value) if name in WHOLE and value is not None else value
