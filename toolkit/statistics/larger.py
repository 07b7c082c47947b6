"""The statistics of tables larger than memory, equal to those of the same table in memory.

`counts` and `collocation` call these for a Dask DataFrame, with the options that they were given.
Each first does the same with a table without rows, which refuses what is refused in memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit import collocation, counts
from toolkit.columns import Codes, changes, coded, is_partitioned, kinds_of, mask_of_kinds, names_of
from toolkit.statistics import dispersion, ledgers, ngrams, parts
from toolkit.statistics.item_lists import listed
from toolkit.statistics.neighbours import Window, counted_near, scored, window_of
from toolkit.statistics.ngrams import Keys
from toolkit.statistics.partitions import NO_DOCS, Tally, added_up, documents, reduced
from toolkit.statistics.parts import Floats
from toolkit.statistics.query import Node, conditions_of, find, searchable
from toolkit.statistics.tallies import MOST_BITS, falling, most_frequent_first, with_shares

Options = Mapping[str, Any]

# More than these are counted in several passes over the table, so that memory does for all.
MOST_GRAMS = 1 << 23  # n-grams
MOST_PLACES = 1 << 23  # occurrences whose places are held


# --- frequencies ------------------------------------------------------------------------------


def frequency_table(table: Any, options: Options) -> pd.DataFrame:
    """What `counts.frequencies` gives; `options` are its keyword arguments.

    Memory holds the distinct items and, for ``docs``, the names of the documents.
    """
    options = _kept("frequencies", options)
    counts.frequencies(table._meta, **options)
    by, kinds, docs = (options[name] for name in ("by", "kinds", "docs"))
    tally = _occurrences("frequencies", table, by=by, kinds=kinds, docs=docs)
    items = tally.counts.index
    stop = listed("frequencies", "stop_words", options["stop_words"], columns=items.nlevels)
    rows = np.flatnonzero(~items.isin(stop)) if stop else np.arange(len(items))
    rows = most_frequent_first(items, tally.counts["freq"].to_numpy(), rows)
    found = {name: tally.counts[name].to_numpy()[rows] for name in tally.counts}
    in_docs = found.get("docs")
    return with_shares(items.take(rows), tally.totals["n"], found["freq"], docs=in_docs)


def _occurrences(
    function: str, table: Any, *, by: str | Sequence[str], kinds: Sequence[str], docs: bool
) -> Tally:
    count = partial(_occurrences_of, by=by, kinds=kinds, docs=docs)
    columns = [*_listed(by), "kind", *(["doc"] if docs else [])]
    tally: Tally = reduced([(table, columns)], count, partial(added_up, function=function))
    return tally


def _occurrences_of(
    part: pd.DataFrame, *, by: str | Sequence[str], kinds: Sequence[str], docs: bool
) -> Tally:
    found = counts.frequencies(part, by=by, kinds=kinds, docs=docs)
    n = int(np.count_nonzero(mask_of_kinds(part, kinds)))
    columns = ["freq", "docs"] if docs else ["freq"]
    return Tally(found[columns], {"n": n}, documents(part, missing=False) if docs else NO_DOCS)


def _kept(function: str, options: Options) -> dict[str, Any]:
    """The options, with lists for what can be read once only and for the kinds."""
    kept = {name: list(o) if isinstance(o, Iterator) else o for name, o in options.items()}
    return kept | {"kinds": kinds_of(function, kept["kinds"])}


def _listed(by: str | Sequence[str]) -> list[str]:
    return [by] if isinstance(by, str) else list(by)


# --- n-grams ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sequences:
    """Distinct n-grams in the code point order of their items.

    Attributes
    ----------
    keys : array of int64
        A column for each n-gram: its items, packed into as few integers as hold them.
    freq, docs : array of int64
        Occurrences, and documents with at least one.
    """

    keys: Keys
    freq: Keys
    docs: Keys

    def chosen(self, which: npt.NDArray[Any]) -> "Sequences":
        """These n-grams alone, in this order."""
        return Sequences(self.keys[:, which], self.freq[which], self.docs[which])


def ngram_table(table: Any, n: int, options: Options) -> pd.DataFrame:
    """What `counts.ngrams` gives; `options` are its keyword arguments.

    The n-grams are counted in several passes, each of those that begin with some items, and what
    is below a threshold is dropped after each. Memory holds the distinct items, the n-grams of a
    pass, and those that are given back: of a large table, ask with a threshold.
    """
    options = _kept("ngrams", options)
    empty = counts.ngrams(table._meta, n, **options)
    counted = {name: options[name] for name in ("by", "kinds", "across_sentences")}
    of_length = {"n": n, "skip": options["skip"], "options": counted}
    columns = ["doc", "sent", "kind", options["by"]]
    begun = partial(_begun, **of_length)
    tally = reduced([(table, columns)], begun, partial(added_up, function="ngrams"))
    if not len(tally.counts):
        return empty
    tally = Tally(tally.counts.sort_index(), tally.totals)
    items, width = tally.counts.index, len(tally.counts).bit_length()
    stop = listed("ngrams", "stop_words", options["stop_words"])
    passes = []
    for first, last in _passes(tally.counts["begun"].to_numpy(), MOST_GRAMS):
        count = partial(_grams, first=first, last=last, **of_length)
        grams = reduced([(table, columns)], count, _merged, shared=[items])
        enough = (grams.freq >= options["min_freq"]) & (grams.docs >= options["min_docs"])
        if stop:
            enough &= ~items.isin(stop)[_unpacked(grams.keys, n, width)].any(axis=1)
        passes.append(grams.chosen(enough))
    grams = _joined(passes)
    grams = grams.chosen(falling(grams.freq))
    labels = ngrams.joined(_unpacked(grams.keys, n, width), items)
    return with_shares(labels, tally.totals["n"], grams.freq, docs=grams.docs)


def _passes(sizes: npt.NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    """Runs of items that have about so much together, as the first and the one after the last.

    Examples
    --------
    >>> _passes(np.array([3, 1, 9, 1, 1]), most=4)
    [(0, 2), (2, 3), (3, 5)]
    """
    number = (np.cumsum(sizes) - sizes) // most
    first = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist()]
    return list(zip(first, [*first[1:], len(sizes)], strict=True))


def _begun(part: pd.DataFrame, *, n: int, skip: int, options: Options) -> Tally:
    """How many n-grams begin with each item of the n-grams of a partition."""
    rows = ngrams.rows_of(part, **options)
    grams = rows.grams(n, skip)
    codes = grams.items()
    begun = np.bincount(codes[:, 0], minlength=len(rows.items))
    present = np.unique(codes)
    counted = pd.DataFrame({"begun": begun[present]}, index=rows.items.take(present))
    return Tally(counted, {"n": grams.n}, documents(part, missing=True))


def _grams(
    part: pd.DataFrame,
    items: pd.Index,
    *,
    first: int,
    last: int,
    n: int,
    skip: int,
    options: Options,
) -> Sequences:
    """The n-grams of a partition that begin with items from a first one up to before a last."""
    rows = ngrams.rows_of(part, **options)
    places = items.get_indexer(rows.items).astype(np.int32)
    rows = rows.near((places >= first) & (places < last), reach=n + skip)
    grams = rows.grams(n, skip)
    codes = places[grams.items()]
    which = (codes[:, 0] >= first) & (codes[:, 0] < last)
    keys = _packed(codes[which], len(items).bit_length())
    return Sequences(keys, grams.freq[which], grams.docs[which])


def _packed(codes: Codes, width: int) -> Keys:
    """The items of each n-gram, `width` bits each, in as few integers as hold them."""
    in_one = MOST_BITS // width
    firsts = range(0, codes.shape[1], in_one)
    keys = np.zeros((len(firsts), len(codes)), dtype=np.int64)
    for key, first in zip(keys, firsts, strict=True):
        for place in codes[:, first : first + in_one].T:
            key <<= width
            key |= place
    return keys


def _unpacked(keys: Keys, n: int, width: int) -> Codes:
    """The codes of the items again: a row for each n-gram, a column for each place in it."""
    in_one = MOST_BITS // width
    codes = np.empty((keys.shape[1], n), dtype=np.int32)
    for key, first in zip(keys, range(0, n, in_one), strict=True):
        places = range(first, min(first + in_one, n))
        for distance, place in enumerate(reversed(places)):
            codes[:, place] = (key >> (distance * width)) & ((1 << width) - 1)
    return codes


def _joined(some: Sequence[Sequences]) -> Sequences:
    return Sequences(
        np.concatenate([each.keys for each in some], axis=1),
        np.concatenate([each.freq for each in some]),
        np.concatenate([each.docs for each in some]),
    )


def _merged(some: Sequence[Sequences]) -> Sequences:
    """The n-grams of several partitions, each once, with the sums of its counts."""
    whole = _joined(some)
    whole = whole.chosen(np.lexsort(whole.keys[::-1]))
    starts = np.flatnonzero(np.any([changes(key) for key in whole.keys], axis=0))
    freq, docs = (np.add.reduceat(each, starts) for each in (whole.freq, whole.docs))
    return Sequences(whole.keys[:, starts], freq, docs)


# --- dispersion -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Places:
    """Where some items stand.

    Attributes
    ----------
    item : array of int32
        The item of each occurrence, in text order.
    part : array of int32
        The part of the corpus that it is in, where parts are the values of a column.
    place : array of int64
        How many counted rows stand before it.
    n : int
        How many rows are counted in all.
    """

    item: Codes
    part: Codes
    place: npt.NDArray[np.int64]
    n: int


def dispersion_table(table: Any, options: Options) -> pd.DataFrame:
    """What `counts.dispersion` gives; `options` are its keyword arguments.

    The text goes on from partition to partition, so these must be in its order; a document may lie
    in several. Memory holds the distinct items, the sizes of the parts, and the places of the items
    of a pass; all items of a large table take many passes, so ask for those that are wanted.
    """
    options = _kept("dispersion", options)
    by, kinds, cut = (options[name] for name in ("by", "kinds", "parts"))
    in_columns = parts.columns_of(cut)
    checked = options if in_columns else options | {"parts": 1}
    wanted = counts.dispersion(table._meta, **checked).index
    tally = _occurrences("dispersion", table, by=by, kinds=kinds, docs=False)
    freq, n = tally.counts["freq"], tally.totals["n"]
    if options["items"] is None:
        wanted = freq.index[freq >= options["min_freq"]]
    freq = freq.reindex(wanted, fill_value=0)
    freq = freq.iloc[most_frequent_first(wanted, freq.to_numpy(), np.arange(len(wanted)))]
    names, sizes = _sizes(table, cut, kinds, n)
    columns = [*_listed(by), "kind", *in_columns]
    count = partial(_places, by=by, kinds=kinds, cut=in_columns)
    measures = dispersion.measures_of(options["measures"])
    found = []
    for first, last in _passes(freq.to_numpy(), MOST_PLACES):
        some = freq.index[first:last]
        held = reduced([(table, columns)], count, _one_after_the_other, shared=[some, names])
        part = held.part if in_columns else parts.equal_part(held.place, cut, n)
        of_items = parts.parts_of_rows(held.item, part, items=len(some), sizes=sizes)
        gaps = parts.gaps_of(held.item, held.place, items=len(some), n=n)
        found.append(dispersion.measured_parts(of_items, gaps, measures).set_axis(some))
    return pd.concat(found)


def _sizes(
    table: Any, cut: str | Sequence[str] | int, kinds: Sequence[str], n: int
) -> tuple[pd.Index, Floats]:
    """The parts, where they are the values of columns, and how many counted rows each has."""
    columns = parts.columns_of(cut)
    if not columns:
        return NO_DOCS, parts.equal_sizes(parts.check_number(cut, n), n)
    tally = _occurrences("dispersion", table, by=columns, kinds=kinds, docs=False)
    sizes = tally.counts["freq"]
    parts.check_all_in_parts(columns, n - int(sizes.sum()), n)
    return sizes.index, sizes.to_numpy(dtype=np.float64)


def _places(
    part: pd.DataFrame,
    items: pd.Index,
    names: pd.Index,
    *,
    by: str | Sequence[str],
    kinds: Sequence[str],
    cut: list[str],
) -> Places:
    """Where some items stand in a partition, and in which of the named parts."""
    mask = mask_of_kinds(part, kinds)
    item = _codes_in(items, part[mask], _listed(by))
    rows = np.flatnonzero(item >= 0)
    cells = _codes_in(names, part[mask], cut)[rows] if cut else np.zeros(0, dtype=np.int32)
    return Places(item[rows], cells, rows, len(item))


def _codes_in(items: pd.Index, part: pd.DataFrame, columns: list[str]) -> Codes:
    """For each row the place of its item among some items; -1 where it is none of them."""
    column = coded(part, columns)
    places = np.append(items.get_indexer(column.items), -1).astype(np.int32)
    return places[column.codes]


def _one_after_the_other(some: Sequence[Places]) -> Places:
    before = np.cumsum([0, *(each.n for each in some)])
    moved = [each.place + offset for each, offset in zip(some, before, strict=False)]
    return Places(
        np.concatenate([each.item for each in some]),
        np.concatenate([each.part for each in some]),
        np.concatenate(moved),
        int(before[-1]),
    )


# --- collocates -------------------------------------------------------------------------------


def collocate_table(table: Any, node: Node, options: Options) -> pd.DataFrame:
    """What `collocation.collocates` gives; `options` are its keyword arguments.

    Memory holds the distinct items and the names of the documents.
    """
    options = _kept("collocates", options)
    collocation.collocates(table._meta, node, **options)
    by, fold, node_kinds = (options[name] for name in ("by", "fold", "node_kinds"))
    beside = {name: options[name] for name in ("across_sentences", "kinds", "convention")}
    window = window_of(options["window"], **beside)
    conditions = conditions_of("collocates", node, by=by, fold=fold)
    searched = [name for condition in conditions for name in condition]
    count = partial(_near, node=node, by=by, fold=fold, node_kinds=node_kinds, window=window)
    columns = ["doc", "sent", "kind", by, *searched]
    tally = reduced([(table, columns)], count, partial(added_up, function="collocates"))
    found = tally.counts[tally.counts["freq"] >= options["min_freq"]]
    stop = listed("collocates", "stop_words", options["stop_words"])
    found = found[~found.index.isin(stop)]
    found = found.assign(freq_node=tally.totals["freq_node"], n=tally.totals["n"])
    measures = names_of("collocates", "measure", options["measure"])
    positions = tally.totals["positions"]
    size, convention = sum(window.sizes), options["convention"]
    return scored(found, positions=positions, size=size, measures=measures, convention=convention)


def _near(
    part: pd.DataFrame,
    *,
    node: Node,
    by: str,
    fold: bool,
    node_kinds: Sequence[str] | None,
    window: Window,
) -> Tally:
    source = searchable("collocates", part, by)
    nodes = find("collocates", source, node, by=by, fold=fold, kinds=node_kinds)
    of_items, items, totals = counted_near(source, by, nodes, window=window)
    occur = np.flatnonzero(of_items["freq_item"])
    counted = pd.DataFrame(
        {name: of_all[occur] for name, of_all in of_items.items()}, index=items.take(occur)
    )
    return Tally(counted, totals, documents(part, missing=True))


# --- both ledgers -----------------------------------------------------------------------------


def ledger_table(tokens: Any, words: Any, options: Options) -> pd.DataFrame:
    """What `counts.ledger` gives; `options` are its keyword arguments.

    The documents of a partition of tokens are compared with those of the same partition of words.
    Memory holds the distinct items with their clitics, and the names of the documents.
    """
    options = _kept("ledger", options)
    _check_alike(tokens, words)
    counts.ledger(tokens._meta, words._meta, **options)
    of_words = ["doc", "sent", "token", "word", "form", "kind", options["by"]]
    of_tokens = ["doc", "sent", "token", "kind", options["by"]]
    tables = [
        (table, [name for name in columns if name in table.columns])
        for table, columns in ((tokens, of_tokens), (words, of_words))
    ]
    whole = reduced(tables, partial(_both_ledgers, **options), _ledgers_added)
    in_words, clitics, in_tokens = (tally.counts for tally in whole)
    n_words, n_tokens = (whole[0].totals[name] for name in ("n_words", "n_tokens"))
    both = ledgers.Both(in_words, clitics, in_tokens, n_words=n_words, n_tokens=n_tokens)
    return ledgers.side_by_side(both)


def _check_alike(tokens: Any, words: Any) -> None:
    """Refuse tables of which one is in memory, or that were cut in different ways."""
    sizes = [
        f"{table.npartitions} partitions" if is_partitioned(table) else "no partitions"
        for table in (tokens, words)
    ]
    if sizes[0] != sizes[1]:
        raise ValueError(
            f"ledger: tokens has {sizes[0]} and words {sizes[1]}; pass two Dask DataFrames with "
            "the same documents in each partition, as they are read from the folders 'tokens' and "
            "'words' of one corpus, or call .compute() on what fits in memory."
        )


def _both_ledgers(
    tokens: pd.DataFrame, words: pd.DataFrame, *, by: str, kinds: Sequence[str]
) -> tuple[Tally, Tally, Tally]:
    both = ledgers.counted(tokens, words, by=by, kinds=kinds)
    totals = {"n_words": both.n_words, "n_tokens": both.n_tokens}
    docs = documents(words, missing=True)
    return Tally(both.words, totals, docs), Tally(both.clitics, {}), Tally(both.tokens, {})


def _ledgers_added(some: Sequence[tuple[Tally, Tally, Tally]]) -> tuple[Tally, Tally, Tally]:
    in_words, clitics, in_tokens = (
        added_up(tallies, function="ledger") for tallies in zip(*some, strict=True)
    )
    return in_words, clitics, in_tokens
