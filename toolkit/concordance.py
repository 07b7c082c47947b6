"""Every occurrence of a word or phrase in its context."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from toolkit import columns
from toolkit.columns import ADVICE
from toolkit.statistics.context import SORT_KEYS, context, last_end
from toolkit.statistics.context_lines import lines_of
from toolkit.statistics.hit_rows import rows_of
from toolkit.statistics.query import InvertedIndex, Node, Rows, find, run_numbers, searchable


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


def count(
    table: pd.DataFrame | InvertedIndex,
    node: Node,
    *,
    by: str | None = None,
    fold: bool = True,
    kinds: str | Sequence[str] | None = None,
) -> int:
    """How often a word or phrase occurs: as many as `hits` has rows, without making them.

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
    kinds : str or sequence of str, optional
        What a node consists of, as for `hits`.

    Returns
    -------
    int
        Occurrences.

    Raises
    ------
    ValueError
        A missing column, or an empty node.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "sent": 1, "form": ["قال", "الوزير", "وقال"]})
    >>> count(tokens, "*قال")
    2
    """
    source = searchable("count", table, by)
    kinds = _kinds_of("count", source, kinds)
    return len(find("count", source, node, by=by, fold=fold, kinds=kinds)[0])


def _kinds_of(
    function: str, source: InvertedIndex, kinds: str | Sequence[str] | None
) -> list[str] | None:
    if kinds is None:
        return None
    columns.require(function, source.table, ["kind"], advice=ADVICE)
    return columns.kinds_of(function, kinds)


def hits(
    table: pd.DataFrame | InvertedIndex,
    node: Node,
    *,
    by: str | None = None,
    fold: bool = True,
    kinds: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Where a word or phrase occurs: one row per occurrence, its place in its document.

    What a concordance plot draws; `kwic` shows the lines of the hits that are left,
    ``kwic(table, hits.sample(20, random_state=1))``, and `count` says how many there are.

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
    kinds : str or sequence of str, optional
        What a node consists of, ``kind`` being a column: by default every row, so that punctuation
        stands between the words of a phrase. With ``("word", "number")`` rows of other kinds are
        passed over, and an n-gram of `counts.ngrams` is found as often as it was counted.

    Returns
    -------
    DataFrame
        One row per occurrence, in text order. Index: ``row``, the number of the first row of the
        node in the table, from 0. Columns ``doc``, ``sent``, ``token`` (of that row, where the
        table has one), ``form`` (of that row), ``position`` (its number in its document, from 1,
        words and punctuation alike), ``length`` (rows of the document, wherever they stand in the
        table), ``relative`` (rows before it, of all rows of the document: from 0 to below 1),
        ``width`` (rows from the first of the node to its last, those that are passed over among
        them), ``start`` and ``end`` (code points in the raw text). Rows without a document have
        their places as if all of them were one document.

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
    _refuse_gaps("hits", source.table)
    kinds = _kinds_of("hits", source, kinds)
    return _hits(source, *find("hits", source, node, by=by, fold=fold, kinds=kinds))


def _refuse_gaps(function: str, table: pd.DataFrame) -> None:
    """Refuse rows that stand nowhere in their text."""
    for name in ("start", "end"):
        if not isinstance(table[name].dtype, np.dtype) or table[name].dtype.kind not in "iu":
            without = int(table[name].isna().sum())
            if without:
                raise ValueError(
                    f"{function}: {without} of {len(table)} rows have no {name!r}, so they stand "
                    "nowhere in the text; fill it, or leave these rows out."
                )


def _hits(source: InvertedIndex, first: Rows, last: Rows) -> pd.DataFrame:
    table = source.table
    run = run_numbers(source.documents, first)
    before, length = (of_run[run] for of_run in source.in_documents)
    before += first - source.documents[run]
    found = {
        **{name: table[name].array.take(first) for name in _place_columns(table)},
        "position": (before + 1).astype(np.int32),
        "length": length.astype(np.int32),
        "relative": before / length,
        "width": (last - first).astype(np.int32),
        "start": table["start"].array.take(first),
        "end": last_end(table, first, last),
    }
    return pd.DataFrame(found, index=pd.Index(first, name="row"), copy=False)


def _place_columns(table: pd.DataFrame) -> list[str]:
    return [name for name in ("doc", "sent", "token", "form") if name in table]


def kwic(
    table: pd.DataFrame | InvertedIndex,
    node: Node | pd.DataFrame,
    *,
    by: str | None = None,
    window: int | str = 8,
    fold: bool = True,
    kinds: str | Sequence[str] | None = None,
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
    node : str, compiled regular expression, set, mapping, sequence, or DataFrame
        What is searched. A string: one item, or several in sequence separated by spaces, in one
        sentence; ``*`` in an item stands for any letters, ``?`` for one letter (``\*`` and ``\?``
        for themselves), ``*`` alone for any item. A regular expression matches whole items, as
        they are in the column, never folded. A set is any of its words, ``{"وزير", "رئيس"}``. A
        mapping sets conditions on several columns of one item,
        ``{"lemma": "قال", "upos": "VERB"}``; a sequence of all these is a phrase,
        ``[{"وزير", "رئيس"}, "*"]``. A table of `hits`: these occurrences and no others, each of
        which must have its document, form, start and end at its rows of this table.
    by : str, optional
        The column that is searched: ``form``, ``norm``, ``lemma``, ``upos`` ...; by default
        ``form``, or that of the index.
    window : int or "sentence"
        How many items of the document are shown on each side, or the rest of the sentence.
        Punctuation counts, though it takes no place in the window of `collocation.collocates`.
    fold : bool
        Whether spellings are folded on both sides, so that ``اكتوبر`` finds ``أكتوبر``.
    kinds : str or sequence of str, optional
        What a node consists of, as for `hits`: by default every row; with ``("word", "number")``
        punctuation inside a phrase is passed over, and shown.
    sort : str or sequence of str
        By what the lines are sorted, first key first: the forms at ``before1`` (next to the node)
        to ``before3``, ``node``, ``after1`` to ``after3``, in the order of the Arabic alphabet
        (see `collation.collation_key`); where nothing is shown comes first. The window must hold
        them. Equal lines, and all
        lines by default, are in text order, those of a table of hits in the order of the hits.
    limit : int, optional
        How many lines are made, the first after sorting; by default all.
    texts : DataFrame, optional
        The documents, columns ``doc`` and ``text``: then the lines show the raw text as it was
        written, what was written as one token whole, though the window may begin or end within
        it (where the table has a column ``token``). Otherwise they are put together from the
        forms, which have their letters restored (``أجرى`` and ``ها`` for ``أجراها``).
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
        A missing column, an empty node, a window or limit that is no whole number from 0, a sort
        key that is unknown or beyond the window, hits of another table, or a document that `texts`
        lacks, has twice, or has with another text.

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
    _refuse_gaps("kwic", source.table)
    keys = _sort_keys(sort)
    if window != "sentence":
        window = columns.whole_number("kwic", "window", window, least=0, otherwise="'sentence'")
        _refuse_unseen(keys, window)
    if limit is not None:
        limit = columns.whole_number("kwic", "limit", limit, least=0, otherwise="None for all")
    if isinstance(node, pd.DataFrame):
        first, last = rows_of(source.table, node)
    else:
        kinds = _kinds_of("kwic", source, kinds)
        first, last = find("kwic", source, node, by=by, fold=fold, kinds=kinds)
    if not keys:
        first, last = first[:limit], last[:limit]
    around = context(source, first, last, window=window)
    if keys:
        around = around.picked(around.order(keys)[:limit])
    return lines_of(around, texts, columns.names_of("kwic", "metadata", metadata))


def _sort_keys(sort: str | Sequence[str]) -> list[str]:
    keys = columns.names_of("kwic", "sort", sort)
    for key in keys:
        if key not in SORT_KEYS:
            raise ValueError(f"kwic: no sort key {key!r}; there are {', '.join(SORT_KEYS)}.")
    return keys


def _refuse_unseen(keys: list[str], window: int) -> None:
    for key in keys:
        if key != "node" and int(key[-1]) > window:
            raise ValueError(
                f"kwic: sort={key!r} is beyond the window of {window}, where no line shows it; "
                f"pass window={key[-1]} or more, or another key."
            )
