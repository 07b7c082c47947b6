"""How often something occurs: frequencies, both ledgers, n-grams, dispersion and stop words.

Each table carries its denominator. What stands in `toolkit.statistics.ledgers`,
`toolkit.statistics.ngrams` and `toolkit.statistics.dispersion` is how the rows are counted; what
users call stands here.

`frequencies`, `ledger`, `ngrams` and `dispersion` also take the Dask DataFrames of a corpus larger
than memory, such as ``dask.dataframe.read_parquet(folder / "words")`` of a folder that
`pipeline.annotate_to` wrote, and give the same pandas tables; each document must lie in one
partition. `toolkit.statistics.larger` says of each what it holds in memory.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from toolkit.arabic.function_words import function_words, stop_words
from toolkit.columns import (
    ADVICE,
    COUNTED_KINDS,
    Coded,
    Mask,
    coded,
    is_partitioned,
    keys_of,
    kinds_of,
    mask_of_kinds,
    one_name,
    require,
    whole_number,
)
from toolkit.statistics import dispersion as spread
from toolkit.statistics import ledgers
from toolkit.statistics import ngrams as sequences
from toolkit.statistics import parts as pieces
from toolkit.statistics.item_lists import Items, listed
from toolkit.statistics.tallies import counts_where, most_frequent_first, per_item, with_shares

__all__ = [
    "COUNTED_KINDS",
    "dispersion",
    "frequencies",
    "function_words",
    "ledger",
    "ngrams",
    "stop_words",
]

LONGEST_NGRAM = 9


def frequencies(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    kinds: Sequence[str] = COUNTED_KINDS,
    stop_words: Items | None = None,
    docs: bool = True,
) -> pd.DataFrame:
    """How often each item occurs among the words and numbers of a table.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split); columns ``doc``, ``kind`` and those
        of `by`.
    by : str or sequence of str
        The column that is counted, ``form``, ``norm``, ``lemma`` ..., or several that make one
        item together, such as ``["lemma", "upos"]``.
    kinds : sequence of str
        What is counted, and what ``n`` counts: by default words and numbers, not ``punctuation``
        and ``symbol``.
    stop_words : collection of str or of tuples, optional
        Items that get no row, as they stand in the column `by` (tuples for several columns), such
        as those of `stop_words`. They are still counted in ``n``, so no number of another item
        changes.
    docs : bool
        Whether the column ``docs`` is wanted, which takes most of the time of a large table.

    Returns
    -------
    DataFrame
        One row per item, most frequent first, ties by code point. Index: the item; columns
        ``freq`` (occurrences), ``n`` (occurrences of all items), ``per_million``
        (``freq / n * 1,000,000``) and ``docs`` (documents it occurs in; rows without a document
        count in ``freq`` alone). Rows whose item is missing are not counted as items, but in ``n``.

    Raises
    ------
    ValueError
        A column or a kind does not exist, or `stop_words` is one string, a DataFrame, or a list
        of something other than items.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a", "a", "a", "b"],
    ...         "kind": ["word", "word", "punctuation", "word"],
    ...         "lemma": ["كتاب", "في", ".", "كتاب"],
    ...     }
    ... )
    >>> frequencies(words, by="lemma")
           freq  n    per_million  docs
    lemma
    كتاب      2  3  666666.666667     2
    في        1  3  333333.333333     1
    >>> frequencies(words, by="lemma", stop_words=["في"])
           freq  n    per_million  docs
    lemma
    كتاب      2  3  666666.666667     2
    """
    if is_partitioned(table):
        from toolkit.statistics import larger  # which imports this module

        options = {"by": by, "kinds": kinds, "stop_words": stop_words, "docs": docs}
        return larger.frequency_table(table, options)
    items, mask = _counted("frequencies", table, by, kinds, others=["doc"] if docs else [])
    stop = listed("frequencies", "stop_words", stop_words, columns=items.items.nlevels)
    in_docs = None
    if docs:
        freq, in_docs = per_item(items, mask, coded(table, ["doc"]).codes)
    else:
        freq = counts_where(items.codes, mask, len(items.items))
    shown = np.flatnonzero(freq)
    if stop:
        shown = shown[~items.items.take(shown).isin(stop)]
    shown = most_frequent_first(items.items, freq, shown)
    in_docs = in_docs if in_docs is None else in_docs[shown]
    n = int(np.count_nonzero(mask))
    return with_shares(items.items.take(shown), n, freq[shown], docs=in_docs)


def ledger(
    tokens: pd.DataFrame,
    words: pd.DataFrame,
    *,
    by: str = "norm",
    kinds: Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """Each item in two ledgers: among the tokens as written, and among the words split from them.

    ``السلام`` is a token of its own in ``تحقق السلام``, and hidden by a clitic in ``والسلام``: a
    count of tokens misses the second, a count of words has both.

    Parameters
    ----------
    tokens : DataFrame
        All tokens as written; columns ``doc``, ``kind`` and, where tokens have it, that of `by`;
        with ``sent`` and ``token`` too, they are compared with those of the words.
    words : DataFrame
        All words of these tokens, clitics split, the words of a token in adjacent rows; columns
        ``doc``, ``sent``, ``token``, ``form``, ``kind`` and that of `by`.
    by : str
        The column that is counted: ``form``, ``norm`` or ``lemma``. Tokens have no lemma: there
        ``freq_tokens`` counts the tokens that are one word, of this lemma.
    kinds : sequence of str
        What is counted: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per item of words or tokens, most frequent among words first, then among tokens,
        ties by code point. Index: the item; columns

        * ``freq_tokens``, ``n_tokens``: tokens written as the item, and all tokens;
        * ``freq_words``, ``n_words``: words that are the item, and all words;
        * ``bare``: words that are alone in their token;
        * ``attached``: words that share their token with others; bare + attached = freq_words;
        * ``hidden``: attached / freq_words, the share that a count of tokens misses; NaN for an
          item that is no word, such as ``والسلام``;
        * ``clitics``: the clitics that share its tokens and how often, most frequent first, such
          as ``"و 3, ل 2"``; empty where there are none. A clitic is a one-letter word before
          others or a pronoun after them.

    Raises
    ------
    ValueError
        A column or a kind does not exist, or the tables are not of the same documents and
        tokens.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "kind": "word", "norm": ["السلام", "والسلام"]})
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": "a",
    ...         "sent": 1,
    ...         "token": [1, 2, 2],
    ...         "kind": "word",
    ...         "form": ["السلام", "و", "السلام"],
    ...         "norm": ["السلام", "و", "السلام"],
    ...     }
    ... )
    >>> ledger(tokens, words).loc["السلام"].to_dict() == {
    ...     "freq_tokens": 1, "n_tokens": 2, "freq_words": 2, "n_words": 3,
    ...     "bare": 1, "attached": 1, "hidden": 0.5, "clitics": "و 1",
    ... }
    True
    """
    if is_partitioned(tokens) or is_partitioned(words):
        from toolkit.statistics import larger  # which imports this module

        return larger.ledger_table(tokens, words, {"by": by, "kinds": kinds})
    columns = ["sent", "token", "form"]
    require("ledger", words, columns, advice="Pass the words of an annotated corpus.")
    require("ledger", words, ["doc", "kind"], advice=ADVICE)
    require("ledger", words, [one_name("ledger", by)], advice="Pass one of them as by=.")
    kinds = kinds_of("ledger", kinds)
    require("ledger", tokens, ["doc", "kind"], advice="Pass the tokens of the same corpus.")
    return ledgers.side_by_side(ledgers.counted(tokens, words, by=by, kinds=kinds))


def ngrams(
    table: pd.DataFrame,
    n: int = 2,
    *,
    by: str = "norm",
    skip: int = 0,
    across_sentences: bool = False,
    min_freq: int = 1,
    min_docs: int = 1,
    stop_words: Collection[str] | None = None,
    kinds: Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """How often each sequence of n items occurs.

    The rows of other kinds are left out first, so the words on both sides of a comma are
    neighbours, as in AntConc and Wordless; to let punctuation stand between them, pass all kinds.
    The lines of an n-gram are those of ``concordance.kwic(table, ngram.split(), by=by, fold=False,
    kinds=counts.COUNTED_KINDS)``: without `kinds`, `concordance` lets punctuation stand between.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` or ``words``, rows in text order; columns ``doc``, ``sent``, ``kind`` and that of
        `by`.
    n : int
        Items of a sequence, 1 to 9.
    by : str
        The column whose items are joined: ``form``, ``norm``, ``lemma``, ``upos`` ...
    skip : int
        How many rows may be left out between the first and the last item, all gaps together: 0
        gives contiguous n-grams, more gives skip-grams with the contiguous ones among them, as
        `nltk.skipgrams` does (Guthrie et al. 2006).
    across_sentences : bool
        Whether an n-gram may go over the end of a sentence. It never goes over the end of a
        document.
    min_freq, min_docs : int
        Rows are left out where ``freq`` or ``docs`` is smaller; ``n`` stays.
    stop_words : collection of str, optional
        Items as they stand in the column `by`: a sequence with one of them gets no row. ``n``
        stays.
    kinds : sequence of str
        What the sequences consist of: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per n-gram, most frequent first, ties by the code points of the items. Index
        ``ngram``: the items joined by one space; columns ``freq`` (occurrences), ``n``
        (occurrences of all n-grams), ``per_million`` (``freq / n * 1,000,000``) and ``docs``
        (documents it occurs in). An n-gram with a missing item is counted in ``n`` only. Where
        items have spaces themselves, two n-grams may read the same.

    Raises
    ------
    ValueError
        A column or a kind does not exist, or a number is not whole or out of range.

    References
    ----------
    Guthrie, Allison, Liu, Guthrie and Wilks (2006), A closer look at skip-gram modelling, LREC.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {"doc": "a", "sent": [1, 1, 1, 2, 2], "norm": "قال وزير قال وزير قال".split()}
    ... ).assign(kind="word")
    >>> ngrams(words)["freq"].to_dict()
    {'وزير قال': 2, 'قال وزير': 1}
    >>> ngrams(words, skip=1)["freq"].to_dict()
    {'وزير قال': 2, 'قال قال': 1, 'قال وزير': 1}
    """
    if is_partitioned(table):
        from toolkit.statistics import larger  # which imports this module

        options = {
            "by": by,
            "skip": skip,
            "across_sentences": across_sentences,
            "min_freq": min_freq,
            "min_docs": min_docs,
            "stop_words": stop_words,
            "kinds": kinds,
        }
        return larger.ngram_table(table, n, options)
    n = whole_number("ngrams", "n", n, least=1)
    if n > LONGEST_NGRAM:
        raise ValueError(f"ngrams: n is {n}; pass {LONGEST_NGRAM} items or fewer.")
    skip = whole_number("ngrams", "skip", skip, least=0)
    min_freq = whole_number("ngrams", "min_freq", min_freq, least=1)
    min_docs = whole_number("ngrams", "min_docs", min_docs, least=1)
    require("ngrams", table, ["sent"], advice=ADVICE)
    by, kinds = one_name("ngrams", by), kinds_of("ngrams", kinds)
    require("ngrams", table, ["doc", "kind"], advice=ADVICE)
    require("ngrams", table, [by], advice="Pass one of them as by=.")
    stop = listed("ngrams", "stop_words", stop_words)
    rows = sequences.rows_of(table, by=by, kinds=kinds, across_sentences=across_sentences)
    grams = rows.grams(n, skip)
    shown = (grams.freq >= min_freq) & (grams.docs >= min_docs)
    if stop:
        shown &= ~rows.items.isin(stop)[grams.items()].any(axis=1)
    grams = (grams if shown.all() else grams.chosen(shown)).most_frequent_first()
    labels = sequences.joined(grams.items(), rows.items)
    return with_shares(labels, grams.n, grams.freq, docs=grams.docs)


def dispersion(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    parts: str | Sequence[str] | int = "doc",
    items: Items | None = None,
    min_freq: int = 1,
    measures: str | Sequence[str] = spread.MEASURES,
    kinds: Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """How evenly each item is spread over the parts of a table.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` or ``words``, rows in text order; columns ``kind``, that of `parts` and those of
        `by`.
    by : str or sequence of str
        The column that is counted, or several that make one item together.
    parts : str, sequence of str or int
        The column whose values are the parts, ``doc``, ``section`` ..., or several, such as
        ``["doc", "sent"]``, or a number of parts into which the counted rows are cut in text
        order, sizes differing by one at most. A value without counted rows is no part.
    items : collection of str or of tuples, optional
        The items that get a row, also those that do not occur; by default, all.
    min_freq : int
        Rows are left out where ``freq`` is smaller, unless `items` asks for them.
    measures : str or sequence of str
        The measures that become columns; by default all of them.
    kinds : sequence of str
        What is counted: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per item, most frequent first, ties by code point. Index: the item; columns
        ``freq``, ``n`` (occurrences of all items), ``parts`` (how many there are), ``range`` (how
        many hold the item), then the measures, whose formulas stand in
        `toolkit.statistics.dispersion`:

        * 1 is even: ``juilland_d`` (parts of any size), ``juilland_d_equal`` (as if the parts were
          equal), ``carroll_d2``, ``rosengren_s``, ``lyne_d3``, ``da``;
        * 0 is even: ``dp``, ``dp_norm``, ``kld`` (base 2);
        * frequencies lowered where the spread is uneven: ``juilland_u`` (with ``juilland_d``),
          ``carroll_um``, ``rosengren_kf``;
        * from the distances between occurrences, in words, whatever the parts: ``arf``, ``ald``
          (base 10), ``awt``, and the frequencies ``f_ald`` and ``f_awt``.

        NaN where a measure is undefined: for an item that does not occur and, but for
        ``rosengren_s``, ``lyne_d3``, ``dp``, ``kld``, ``rosengren_kf`` and the distances, with one
        part.

    Raises
    ------
    ValueError
        A column, kind or measure does not exist, a number is not whole or too small, `items` is
        no list of items, a counted row has no part, or there are more parts than rows.

    References
    ----------
    Gries (2020), Analyzing dispersion, in Paquot and Gries (eds.), A Practical Handbook of Corpus
    Linguistics: 99-118; and those of each measure.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {"doc": list("aaabbb"), "kind": "word", "norm": "قال وزير قال قال قال نفط".split()}
    ... )
    >>> dispersion(words, measures=["dp", "dp_norm", "arf"]).round(2)
          freq  n  parts  range   dp  dp_norm   arf
    norm
    قال      4  6      2      2  0.0      0.0  3.33
    نفط      1  6      2      1  0.5      1.0  1.00
    وزير     1  6      2      1  0.5      1.0  1.00
    """
    if is_partitioned(table):
        from toolkit.statistics import larger  # which imports this module

        options = {
            "by": by,
            "parts": parts,
            "items": items,
            "min_freq": min_freq,
            "measures": measures,
            "kinds": kinds,
        }
        return larger.dispersion_table(table, options)
    names = spread.measures_of(measures)
    min_freq = whole_number("dispersion", "min_freq", min_freq, least=1)
    counted, mask = _counted("dispersion", table, by, kinds, others=[])
    place, sizes = pieces.cut(table, parts, mask)
    wanted = (
        None
        if items is None
        else listed("dispersion", "items", items, columns=counted.items.nlevels)
    )
    codes, index = pieces.chosen(counted.codes[mask], counted.items, wanted, min_freq=min_freq)
    found = spread.measured(codes, place, sizes, items=len(index), measures=names)
    found = found.set_axis(index)
    order = most_frequent_first(index, found["freq"].to_numpy(), np.arange(len(index)))
    return found.iloc[order]


def _counted(
    function: str,
    table: pd.DataFrame,
    by: str | Sequence[str],
    kinds: Sequence[str],
    others: Sequence[str] = ("doc",),
) -> tuple[Coded, Mask]:
    """The items of all rows, and which rows are counted, of a table that was checked."""
    require(function, table, [*others, "kind"], advice=ADVICE)
    keys = keys_of(function, table, by)
    mask = mask_of_kinds(table, kinds_of(function, kinds))
    return coded(table, keys), mask
