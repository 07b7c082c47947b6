"""Every occurrence of a word or phrase in its context."""

from itertools import pairwise

import pandas as pd

from toolkit.normalise import fold as fold_spelling

COLUMNS = {
    "doc": "str",
    "sent": "int32",
    "before": "str",
    "node": "str",
    "after": "str",
    "start": "int32",
    "end": "int32",
}


def kwic(
    table: pd.DataFrame,
    node: str,
    *,
    by: str = "form",
    window: int = 8,
    fold: bool = True,
    texts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every occurrence of a word or phrase, with what stands before and after it.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split), rows in text order; columns ``doc``,
        ``sent``, ``form``, ``start``, ``end`` and that of `by`.
    node : str
        What is searched: one item, or several in sequence separated by spaces, in one sentence.
    by : str
        The column that is searched: ``form``, ``norm``, ``lemma``, ``upos`` ...
    window : int
        How many items (words and punctuation) of the document are shown on each side.
    fold : bool
        Whether spellings are folded on both sides, so that ``اكتوبر`` finds ``أكتوبر``.
    texts : DataFrame, optional
        The documents, columns ``doc`` and ``text``: then the lines show the raw text as it was
        written. Otherwise they are put together from the forms, which have their letters restored
        (``أجرى`` and ``ها`` for ``أجراها``).

    Returns
    -------
    DataFrame
        One row per occurrence, in text order: ``doc``, ``sent``, ``before``, ``node``, ``after``
        (spaced as in the text), ``start`` and ``end`` (code points in the raw text).

    Raises
    ------
    ValueError
        A missing column, an empty node, a negative window, or a document that `texts` lacks.

    Examples
    --------
    >>> tokens = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 4,
    ...         "sent": [1] * 4,
    ...         "form": ["بحث", "وزير", "الدفاع", "."],
    ...         "start": [0, 4, 9, 15],
    ...         "end": [3, 8, 15, 16],
    ...     }
    ... )
    >>> kwic(tokens, "وزير الدفاع", window=3)[["before", "node", "after"]].to_dict("records")
    [{'before': 'بحث', 'node': 'وزير الدفاع', 'after': '.'}]
    """
    _check(table, by, window)
    wanted = (fold_spelling(node) if fold else node).split()
    if not wanted:
        raise ValueError("kwic: node is empty; pass a word, or several separated by spaces.")
    items = table[by].astype("str")
    if fold and by != "norm":
        items = _folded(items)
    hits = _occurrences(table, items, wanted)
    lines = _Lines(table, _raw_texts(table, texts))
    rows = [lines.line(hit, hit + len(wanted), window) for hit in hits]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _folded(items: pd.Series) -> pd.Series:
    spellings = {spelling: fold_spelling(spelling) for spelling in items.dropna().unique()}
    return items.map(spellings)


def _check(table: pd.DataFrame, by: str, window: int) -> None:
    for column in ("doc", "sent", "form", "start", "end", by):
        if column not in table.columns:
            raise ValueError(
                f"kwic: no column {column!r} in the table; its columns are "
                f"{', '.join(map(str, table.columns))}."
            )
    if window < 0:
        raise ValueError(f"kwic: window is {window}; pass 0 or more words on each side.")


def _raw_texts(table: pd.DataFrame, texts: pd.DataFrame | None) -> dict[str, str] | None:
    if texts is None:
        return None
    missing = [column for column in ("doc", "text") if column not in texts.columns]
    if missing:
        raise ValueError(
            f"kwic: no column {', '.join(missing)} in texts; its columns are "
            f"{', '.join(map(str, texts.columns))}. Pass the texts of the corpus."
        )
    raw = dict(zip(texts["doc"].astype("str"), texts["text"], strict=True))
    absent = sorted(set(table["doc"].astype("str").unique()) - raw.keys())
    if absent:
        raise ValueError(f"kwic: no document {absent[0]!r} in texts; pass those of the corpus.")
    return raw


def _occurrences(table: pd.DataFrame, items: pd.Series, wanted: list[str]) -> list[int]:
    """Row positions at which the wanted items begin, all in one sentence."""
    values = items.reset_index(drop=True)
    sentence = table[["doc", "sent"]].reset_index(drop=True)
    matches = values == wanted[0]
    for distance, item in enumerate(wanted[1:], 1):
        matches &= values.shift(-distance) == item
        matches &= (sentence.shift(-distance) == sentence).all(axis=1)
    return [int(position) for position in matches.index[matches]]


class _Lines:
    """Concordance lines from the columns of a table."""

    def __init__(self, table: pd.DataFrame, raw: dict[str, str] | None) -> None:
        self.raw = raw
        self.doc = table["doc"].astype("str").tolist()
        self.sent = table["sent"].tolist()
        self.form = table["form"].astype("str").tolist()
        self.start = table["start"].tolist()
        self.end = table["end"].tolist()

    def line(self, first: int, last: int, window: int) -> tuple[object, ...]:
        """One line for the node in rows first to last (exclusive)."""
        doc = self.doc[first]
        begin = first
        while begin > max(first - window, 0) and self.doc[begin - 1] == doc:
            begin -= 1
        finish = last
        while finish < min(last + window, len(self.doc)) and self.doc[finish] == doc:
            finish += 1
        start, end = self.start[first], max(self.end[first:last])
        if self.raw is None:
            sides = self.forms(begin, first), self.forms(first, last), self.forms(last, finish)
        else:
            text = self.raw[doc]
            cuts = [min(self.start[begin], start), start, end, max(self.end[finish - 1], end)]
            before, node, after = (text[a:b] for a, b in pairwise(cuts))
            # line breaks and indents of the text would break the line
            sides = " ".join(before.split()), " ".join(node.split()), " ".join(after.split())
        return (doc, self.sent[first], *sides, start, end)

    def forms(self, first: int, last: int) -> str:
        """The forms of some rows, with a space where the text has one or letters are shared."""
        parts: list[str] = []
        for row in range(first, last):
            if parts and self.start[row] != self.end[row - 1]:
                parts.append(" ")
            parts.append(self.form[row])
        return "".join(parts)
