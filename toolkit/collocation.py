"""What stands near a word, or depends on it, more often than chance would have it."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from toolkit import columns, contingency
from toolkit.columns import ADVICE, COUNTED_KINDS
from toolkit.statistics.dependencies import DIRECTIONS, pairs_of, related, shown
from toolkit.statistics.item_lists import listed
from toolkit.statistics.measures import chosen
from toolkit.statistics.neighbours import counted_near, ranked, scored, window_of
from toolkit.statistics.query import InvertedIndex, Node, find, searchable


def collocates(
    table: pd.DataFrame | InvertedIndex,
    node: Node,
    *,
    by: str = "lemma",
    window: int | tuple[int, int] = 5,
    across_sentences: bool = False,
    kinds: str | Sequence[str] = COUNTED_KINDS,
    node_kinds: str | Sequence[str] | None = None,
    stop_words: Collection[str] | None = None,
    measure: str | Sequence[str] = "log_dice",
    convention: str | None = None,
    min_freq: int = 1,
    fold: bool = True,
) -> pd.DataFrame:
    """How often each item occurs near a node, and how strongly the two are associated.

    Parameters
    ----------
    table : DataFrame or InvertedIndex
        ``words`` (clitics split) or ``tokens`` (as written), rows in text order; columns ``doc``,
        ``sent``, ``kind`` and those that are searched and counted. Or its `concordance.index`. Or
        the Dask DataFrame of a corpus larger than memory, each document in one partition.
    node : str, compiled regular expression, mapping or sequence
        What is searched, as for `concordance.kwic`, in the column of `by` unless a mapping names
        another: ``{"upos": "VERB"}``.
    by : str
        The column that is counted.
    window : int or pair of int
        How many words on each side are near, or how many before and how many after. Rows of other
        kinds take no place, though in the window of `concordance.kwic` punctuation does.
    across_sentences : bool
        Whether words beyond the end of the sentence can be near; those of another document never
        are.
    kinds : str or sequence of str
        What is counted, and what fills the window: by default words and numbers.
    node_kinds : str or sequence of str, optional
        What a node consists of, as `kinds` of `concordance.hits`: by default all rows, so that
        punctuation stands between the words of a phrase; with ``("word", "number")`` it is passed
        over, as in `counts.ngrams`.
    stop_words : collection of str, optional
        Items that get no row, as they stand in the column `by`. They still fill the window and
        are counted in ``n``, so no number of another item changes.
    measure : str or sequence of str
        One or several names of `contingency.measures`; each gives a column.
    convention : {None, "antconc", "sketchengine", "nltk", "berry_rogghe", ...}
        What is counted as near and compared, see the notes, and whose variant of the measure is
        computed, see `contingency.score`, whose other conventions count as None does.
    min_freq : int
        Items that occur less often near the node are left out.
    fold : bool
        Whether the spelling of the node is folded.

    Returns
    -------
    DataFrame
        One row per item, in the order of the first measure, then of ``freq``, then of code
        points. Index: the item; columns ``freq`` (its occurrences near the node), ``before`` and
        ``after`` (those on each side), ``freq_item`` (its occurrences in all), ``freq_node``
        (occurrences of the node), ``n`` (all words and numbers), ``expected`` (the ``freq`` that
        chance would give) and the measures.

    Raises
    ------
    ValueError
        A column, kind, measure or convention does not exist, the node is empty, the window is no
        window, or `min_freq` is no whole number from 1.

    Notes
    -----
    By default a position counts once, however many nodes it is near, as do ``before`` and
    ``after`` each for itself (Evert 2008, surface co-occurrence): O11 is ``freq``, R1 the number
    of positions near the node that there are, C1 ``freq_item``, N ``n``. Dice, logDice and minimum
    sensitivity compare two frequencies and know no expectation: their R1 is ``freq_node``.

    The other conventions count each pair of a node and a position near it, so that a position
    near two nodes counts twice. "antconc" and "sketchengine": R1 is ``freq_node``; where the
    item is near the node more often than that, a cell is negative and the measures that need all
    four are missing. "nltk": the same, with O11 and ``expected`` divided by the number of
    positions in a window, as Church and Hanks (1990) do. "berry_rogghe": R1 is ``freq_node``
    times the positions in a window, N is ``n`` less ``freq_node``; its ``z_score`` is
    (O11 - E11) / sqrt(E11 * (1 - p)) with p = C1 / N, missing where p is 1 or more, as it can be
    for the node itself.

    References
    ----------
    Berry-Rogghe (1973), in Aitken et al., The Computer and Literary Studies: 103-112.
    Church and Hanks (1990), Computational Linguistics 16(1): 22-29.
    Evert (2008), in Luedeling and Kytoe, Corpus Linguistics 2: 1212-1248.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 7,
    ...         "sent": [1, 1, 1, 2, 2, 2, 2],
    ...         "kind": ["word"] * 7,
    ...         "lemma": ["قال", "وزير", "دفاع", "قال", "رئيس", "وزير", "دفاع"],
    ...     }
    ... )
    >>> found = collocates(words, "وزير", window=1, measure="mi")
    >>> found[["freq", "before", "after", "freq_item", "mi"]].round(2)
           freq  before  after  freq_item    mi
    lemma
    دفاع      2       0      2          2  0.81
    رئيس      1       1      0          1  0.81
    قال       1       1      0          2 -0.19
    """
    if columns.is_partitioned(table):
        from toolkit.statistics import larger  # which imports this module

        return larger.collocate_table(
            table,
            node,
            {
                "by": by,
                "window": window,
                "across_sentences": across_sentences,
                "kinds": kinds,
                "node_kinds": node_kinds,
                "stop_words": stop_words,
                "measure": measure,
                "convention": convention,
                "min_freq": min_freq,
                "fold": fold,
            },
        )
    source = searchable("collocates", table, by)
    columns.require("collocates", source.table, ["doc", "sent", "kind"], advice=ADVICE)
    measures = _measures("collocates", measure, convention, others=["berry_rogghe"])
    near = window_of(window, across_sentences=across_sentences, kinds=kinds, convention=convention)
    min_freq = columns.whole_number("collocates", "min_freq", min_freq, least=1)
    stop = listed("collocates", "stop_words", stop_words)
    node_kinds = None if node_kinds is None else columns.kinds_of("collocates", node_kinds)
    nodes = find("collocates", source, node, by=by, fold=fold, kinds=node_kinds)
    counts, items, totals = counted_near(source, by, nodes, window=near)
    shown = np.flatnonzero(counts["freq"] >= min_freq)
    if stop:
        shown = shown[~items.take(shown).isin(stop)]
    found = pd.DataFrame(
        {name: of_all[shown] for name, of_all in counts.items()}, index=items.take(shown)
    )
    found["freq_node"], found["n"] = totals["freq_node"], totals["n"]
    positions, size = totals["positions"], sum(near.sizes)
    return scored(found, positions=positions, size=size, measures=measures, convention=convention)


def _measures(
    function: str,
    measure: str | Sequence[str],
    convention: str | None,
    *,
    others: Sequence[str] = (),
) -> list[str]:
    names = columns.names_of(function, "measure", measure)
    if not names:
        raise ValueError(f"{function}: measure names none; pass one or several of them.")
    for name in names:
        chosen(function, name, convention, others=others)
    if convention == "nltk" and "fisher_exact" in names and function == "collocates":
        raise ValueError(
            "collocates: the nltk convention divides the pairs by the window, so they are no "
            "counts for fisher_exact; pass another measure or convention."
        )
    return names


def relations(
    words: pd.DataFrame | InvertedIndex,
    node: Node,
    *,
    by: str = "lemma",
    deprel: str | Sequence[str] | None = None,
    measure: str | Sequence[str] = "log_dice",
    convention: str | None = None,
    min_freq: int = 1,
    fold: bool = True,
) -> pd.DataFrame:
    """Which items depend on a node or govern it, by relation, and how strongly they are associated.

    Parameters
    ----------
    words : DataFrame or InvertedIndex
        Words with the heads and relations of a parser; columns ``doc``, ``sent``, ``word``,
        ``head``, ``deprel`` and those that are searched and counted. Or its `concordance.index`.
    node : str, compiled regular expression, mapping or sequence
        What is searched, as for `collocates`; of a phrase, the first word is the node.
    by : str
        The column that is counted.
    deprel : str or sequence of str, optional
        The relations that are shown, such as ``"nsubj"`` or ``["nsubj", "obj"]``; by default all.
    measure : str or sequence of str
        One or several names of `contingency.measures`; each gives a column.
    convention : {None, "antconc", "ucrel", "sketchengine", "quanteda", "ucs", "nltk"}
        Whose variant of the measure is computed, see `contingency.score`.
    min_freq : int
        Items that stand in a relation less often are left out.
    fold : bool
        Whether the spelling of the node is folded.

    Returns
    -------
    DataFrame
        One row per relation, direction and item, in the order of the first measure, then of
        ``freq``, then of code points. Index: the item; columns ``relation``, ``direction``
        ("dependent": the item depends on the node; "head": the node depends on the item),
        ``freq`` (pairs of the node and the item, O11), ``freq_node`` (pairs of the node there,
        R1), ``freq_item`` (pairs of the item there, C1), ``n`` (pairs of the relation, N),
        ``expected`` and the measures, which are missing where all pairs of a relation are the
        node's: there is nothing to compare them with.

    Raises
    ------
    ValueError
        A column, measure or convention does not exist, or no measure is named; the column
        ``deprel`` is empty, for want of a parser; a relation of `deprel` does not occur; the node
        is empty; or `min_freq` is no whole number from 1.

    References
    ----------
    Evert (2008), in Luedeling and Kytoe, Corpus Linguistics 2: 1212-1248 (relational
    co-occurrence).

    Examples
    --------
    قال is the head of its subjects وزير and رئيس, وصل that of وزير:

    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a"] * 6,
    ...         "sent": [1, 1, 2, 2, 3, 3],
    ...         "word": [1, 2] * 3,
    ...         "lemma": ["قال", "وزير", "قال", "رئيس", "وصل", "وزير"],
    ...         "head": [0, 1] * 3,
    ...         "deprel": ["root", "nsubj"] * 3,
    ...     }
    ... )
    >>> relations(words, "قال", measure="mi")[["relation", "direction", "freq", "mi"]].round(2)
          relation  direction  freq    mi
    lemma
    رئيس     nsubj  dependent     1  0.58
    وزير     nsubj  dependent     1 -0.42
    """
    source = searchable("relations", words, by)
    columns.require("relations", source.table, ["word", "head", "deprel"], advice=ADVICE)
    measures = _measures("relations", measure, convention)
    min_freq = columns.whole_number("relations", "min_freq", min_freq, least=1)
    pairs = pairs_of("relations", source.table)
    is_node = np.zeros(len(source.table), dtype=bool)
    is_node[find("relations", source, node, by=by, fold=fold)[0]] = True
    column = source.named("relations", by)
    parts = [related(pairs, column, is_node, direction=direction) for direction in DIRECTIONS]
    found = pd.concat(parts).sort_values("relation", kind="stable")
    found = found[found["relation"].isin(shown(pairs, deprel))]
    found = found[found["freq"] >= min_freq]
    obs = contingency.observed(
        found["freq"], r1=found["freq_node"], c1=found["freq_item"], n=found["n"]
    )
    scores = {name: contingency.score(obs, name, convention=convention) for name in measures}
    found = found.assign(expected=contingency.expected(obs)["E11"], **scores)
    return ranked(found, measures[0], convention=convention)
