"""Every occurrence of a word or phrase in its context."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from toolkit import columns
from toolkit.columns import ADVICE
from toolkit.context import SORT_KEYS, Context, context, last_end, texts_by_doc
from toolkit.query import InvertedIndex, Node, Rows, find, searchable

COLUMNS = {
    "doc": "str",
    "sent": "int32",
    "before": "str",
    "node": "str",
    "after": "str",
    "start": "int32",
    "end": "int32",
}


def index(table: pd.DataFrame, *, by: str = "form") -> InvertedIndex:
    """The table with the rows of each item of a column looked up once, for many searches.

    `kwic`, `hits` and `collocation.collocates` take it in the place of the table and find the
    same, in any column; in that of `by` at once, on millions of rows. Spelling is folded when a
    search asks for it.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split), rows in text order; columns ``doc``,
        ``sent`` and that of `by`. It must not be changed afterwards.
    by : str
        The column that is searched: ``form``, ``norm``, ``lemma``, ``upos`` ...

    Returns
    -------
    InvertedIndex
        To pass on; its `table` is the table itself, not a copy.

    Raises
    ------
    ValueError
        A column does not exist.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 3,
    ...         "sent": [1] * 3,
    ...         "lemma": ["قال", "وزير", "قال"],
    ...         "form": ["وقال", "الوزير", "قالت"],
    ...         "start": [0, 5, 12],
    ...         "end": [4, 11, 16],
    ...     }
    ... )
    >>> searched = index(words, by="lemma")
    >>> len(hits(searched, "قال")), len(hits(searched, "وزير"))
    (2, 1)
    """
    plain = table.table if isinstance(table, InvertedIndex) else table
    source = searchable("index", plain, by)
    ready = replace(source, column=source.column.indexed())
    # What is made at the first use is made now.
    _ = ready.column.folded, ready.in_documents, ready.sentences
    if list(plain.columns).count("kind") == 1:
        _ = ready.words
    return ready


def hits(
    table: pd.DataFrame | InvertedIndex,
    node: Node,
    *,
    by: str | None = None,
    fold: bool = True,
) -> pd.DataFrame:
    """Where a word or phrase occurs: one row per occurrence, its place in its document.

    What a concordance plot draws; ``len(hits)`` is how often the node occurs, and `kwic` shows
    the lines of the hits that are left, ``kwic(table, hits.sample(20, random_state=1))``.

    Parameters
    ----------
    table : DataFrame or InvertedIndex
        As for `kwic`.
    node : str, compiled regular expression, mapping or sequence
        What is searched, as for `kwic`.
    by : str, optional
        The column that is searched; by default ``form``, or that of the index.
    fold : bool
        Whether spellings are folded on both sides.

    Returns
    -------
    DataFrame
        One row per occurrence, in text order. Index: ``row``, the number of the first row of the
        node in the table, from 0. Columns ``doc``, ``sent``, ``form`` (of that row), ``position``
        (its number in its document, from 1, words and punctuation alike), ``length`` (rows of the
        document, wherever they stand in the table), ``relative`` (rows before it, of all rows of
        the document: from 0 to below 1), ``width`` (rows of the node), ``start`` and ``end`` (code
        points in the raw text). Rows without a document have their places as if all of them were
        one document.

    Raises
    ------
    ValueError
        A missing column, or an empty node.

    Examples
    --------
    >>> tokens = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 4,
    ...         "sent": [1] * 4,
    ...         "form": ["قال", "الوزير", "وقال", "الرئيس"],
    ...         "start": [0, 4, 11, 16],
    ...         "end": [3, 10, 15, 22],
    ...     }
    ... )
    >>> hits(tokens, "*قال")[["doc", "form", "position", "length", "relative"]]
        doc  form  position  length  relative
    row
    0     a   قال         1       4       0.0
    2     a  وقال         3       4       0.5
    """
    source = searchable("hits", table, by)
    columns.require("hits", source.table, ["doc", "sent", "form", "start", "end"], advice=ADVICE)
    first, width = find("hits", source, node, by=by, fold=fold)
    return _hits(source, first, width)


def _hits(source: InvertedIndex, first: Rows, width: int) -> pd.DataFrame:
    table = source.table
    run = np.searchsorted(source.documents, first, side="right") - 1
    before, length = (of_run[run] for of_run in source.in_documents)
    before += first - source.documents[run]
    found = {
        "doc": table["doc"].array.take(first),
        "sent": table["sent"].array.take(first),
        "form": table["form"].array.take(first),
        "position": (before + 1).astype(np.int32),
        "length": length.astype(np.int32),
        "relative": before / length,
        "width": np.full(len(first), width, dtype=np.int32),
        "start": table["start"].array.take(first),
        "end": last_end(table, first, first + width),
    }
    return pd.DataFrame(found, index=pd.Index(first, name="row"), copy=False)


def kwic(
    table: pd.DataFrame | InvertedIndex,
    node: Node | pd.DataFrame,
    *,
    by: str | None = None,
    window: int | str = 8,
    fold: bool = True,
    sort: str | Sequence[str] = (),
    limit: int | None = None,
    texts: pd.DataFrame | None = None,
    metadata: Sequence[str] = (),
) -> pd.DataFrame:
    r"""Every occurrence of a word or phrase, with what stands before and after it.

    Parameters
    ----------
    table : DataFrame or InvertedIndex
        ``tokens`` (as written) or ``words`` (clitics split), rows in text order; columns ``doc``,
        ``sent``, ``form``, ``start``, ``end`` and those that are searched. Or the `index` of one.
    node : str, compiled regular expression, mapping, sequence, or DataFrame
        What is searched. A string: one item, or several in sequence separated by spaces, in one
        sentence; ``*`` in an item stands for any letters, ``?`` for one letter (``\*`` and ``\?``
        for themselves), ``*`` alone for any item. A regular expression matches whole items, as
        they are in the column, never folded. A mapping sets conditions on several columns of one
        item, ``{"lemma": "قال", "upos": "VERB"}``; a sequence of these is a phrase. A table of
        `hits`: these occurrences and no others, each of which must have its document, form,
        start and end at its rows of this table.
    by : str, optional
        The column that is searched: ``form``, ``norm``, ``lemma``, ``upos`` ...; by default
        ``form``, or that of the index.
    window : int or "sentence"
        How many items (words and punctuation) of the document are shown on each side; or the
        rest of the sentence.
    fold : bool
        Whether spellings are folded on both sides, so that ``اكتوبر`` finds ``أكتوبر``.
    sort : str or sequence of str
        By what the lines are sorted, first key first: the forms at ``before1`` (next to the node)
        to ``before3``, ``node``, ``after1`` to ``after3``, in the order of the Arabic alphabet
        (see `collation.collation_key`); where nothing is shown comes first. Equal lines, and all
        lines by default, are in text order, those of a table of hits in the order of the hits.
    limit : int, optional
        How many lines are made, the first after sorting; by default all.
    texts : DataFrame, optional
        The documents, columns ``doc`` and ``text``: then the lines show the raw text as it was
        written. Otherwise they are put together from the forms, which have their letters restored
        (``أجرى`` and ``ها`` for ``أجراها``).
    metadata : sequence of str
        Columns of `texts` that are added to each line, such as ``("date", "section")``.

    Returns
    -------
    DataFrame
        One row per occurrence: ``doc``, ``sent``, ``before``, ``node``, ``after`` (spaced as in
        the text), ``start`` and ``end`` (code points in the raw text), then the metadata.

    Raises
    ------
    ValueError
        A missing column, an empty node, a window or limit that is no whole number from 0, an
        unknown sort key, hits of another table, or a document that `texts` lacks or has twice.

    Examples
    --------
    >>> tokens = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 6,
    ...         "sent": [1] * 6,
    ...         "form": ["وزير", "النفط", "ووزير", "الدفاع", "والوزراء", "."],
    ...         "start": [0, 5, 11, 17, 24, 32],
    ...         "end": [4, 10, 16, 23, 32, 33],
    ...     }
    ... )
    >>> shown = ["before", "node", "after"]
    >>> kwic(tokens, "وزير *", window=1)[shown].to_dict("records")
    [{'before': '', 'node': 'وزير النفط', 'after': 'ووزير'}]
    >>> kwic(tokens, "*وزير", window=1, sort="after1")["after"].tolist()
    ['الدفاع', 'النفط']
    """
    source = searchable("kwic", table, by)
    columns.require("kwic", source.table, ["doc", "sent", "form", "start", "end"], advice=ADVICE)
    keys = _sort_keys(sort)
    if window != "sentence":
        window = columns.whole_number("kwic", "window", window, least=0, otherwise="'sentence'")
    if limit is not None:
        limit = columns.whole_number("kwic", "limit", limit, least=0, otherwise="None for all")
    if isinstance(node, pd.DataFrame):
        first, last = _rows_of(source.table, node)
    else:
        first, width = find("kwic", source, node, by=by, fold=fold)
        last = first + width
    if not keys:
        first, last = first[:limit], last[:limit]
    around = context(source, first, last, window=window)
    if keys:
        around = around.picked(around.order(keys)[:limit])
    return _lines(around, texts, columns.names_of("kwic", "metadata", metadata))


def _sort_keys(sort: str | Sequence[str]) -> list[str]:
    keys = columns.names_of("kwic", "sort", sort)
    for key in keys:
        if key not in SORT_KEYS:
            raise ValueError(f"kwic: no sort key {key!r}; there are {', '.join(SORT_KEYS)}.")
    return keys


def _rows_of(table: pd.DataFrame, found: pd.DataFrame) -> tuple[Rows, Rows]:
    """The rows of some hits, which must be of this table."""
    told = ["doc", "form", "width", "start"]
    columns.require("kwic", found, told, advice="Pass a table of concordance.hits.")
    numbered = pd.api.types.is_integer_dtype(found.index.dtype)
    first = found.index.to_numpy(dtype=np.int64) if numbered else np.full(len(found), -1)
    width = _widths(found)
    last = first + np.minimum(width, len(table) + 1)
    inside = (first >= 0) & (width >= 1) & (last <= len(table))
    if not inside.all() or not _are_at(table, first, last, found):
        raise ValueError(
            "kwic: the hits are not of this table; pass the table that they were found in, "
            "and hits whose index is still that of concordance.hits, as is their width."
        )
    return first, last


def _widths(found: pd.DataFrame) -> Rows:
    """The rows of each hit, 0 where that is no whole number."""
    given = pd.to_numeric(found["width"], errors="coerce").to_numpy("float64", na_value=np.nan)
    sound = np.where(np.abs(given) < np.iinfo(np.int32).max, given, 0)
    return np.where(sound % 1 == 0, sound, 0).astype(np.int64)


def _are_at(table: pd.DataFrame, rows: Rows, last: Rows, found: pd.DataFrame) -> bool:
    """Whether hits have the document, form and start of these rows, and the end of the last."""
    if not (table["start"].to_numpy()[rows] == found["start"].to_numpy()).all():
        return False
    if "end" in found and not (last_end(table, rows, last) == found["end"].to_numpy()).all():
        return False
    pairs = [(table[name].array.take(rows), found[name].array) for name in ("doc", "form")]
    return all(one.equals(two) or one.astype("str").equals(two.astype("str")) for one, two in pairs)


def _lines(shown: Context, texts: pd.DataFrame | None, metadata: list[str]) -> pd.DataFrame:
    table, first = shown.table, shown.first
    docs = table["doc"].take(first).astype("str").tolist()
    about = None if texts is None else _about(texts, docs, metadata)
    if about is None and metadata:
        raise ValueError("kwic: metadata are columns of the texts; pass them as texts=.")
    sides = shown.forms() if about is None else shown.raw(dict(about["text"]), docs)
    spans = table["start"].take(first).array, last_end(table, first, shown.last)
    cells = dict(zip(COLUMNS, [docs, table["sent"].take(first).array, *sides, *spans], strict=True))
    lines = pd.DataFrame(cells).astype(COLUMNS)
    return lines if about is None else lines.assign(**_metadata_of(about, docs, metadata))


def _metadata_of(about: pd.DataFrame, docs: list[str], metadata: list[str]) -> dict[str, Any]:
    return {column: about[column].loc[docs].array for column in metadata}


def _about(texts: pd.DataFrame, docs: list[str], metadata: list[str]) -> pd.DataFrame:
    """The documents of the lines, each once, with all columns that are asked of them."""
    if not isinstance(texts, pd.DataFrame):
        raise ValueError(
            f"kwic: texts is of type {type(texts).__name__}, not a DataFrame. Pass the texts of "
            "the corpus."
        )
    missing = [column for column in ("doc", "text", *metadata) if column not in texts.columns]
    if missing:
        raise ValueError(
            f"kwic: no column {', '.join(map(str, missing))} in texts; its columns are "
            f"{', '.join(map(str, texts.columns))}. Pass the texts of the corpus."
        )
    taken = [column for column in metadata if column in COLUMNS]
    if taken:
        raise ValueError(
            f"kwic: the lines have a column {taken[0]!r} of their own; rename that of the texts."
        )
    return texts_by_doc(texts, docs)
