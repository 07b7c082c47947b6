"""In which unit of a text a mention stands: a sentence, a paragraph, a document, some words.

What `toolkit.cooccurrence` counts with: each unit that mentions someone is a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import COUNTED_KINDS, MISSING, coded, is_whole, mask_of_kinds, require
from toolkit.corpus import with_paragraphs

Numbers = npt.NDArray[np.int64]

WITHIN = {
    "sentence": (["doc", "sent"], "Pass the sentences of the corpus."),
    "paragraph": (["doc", "text"], "Pass the texts of the corpus."),
    "document": (["doc"], "Pass the texts of the corpus."),
}
_WORDS = (["doc", "kind", "start"], "For a number of words, pass the tokens or words.")


@dataclass(frozen=True)
class Units:
    """The units that hold a mention.

    Attributes
    ----------
    unit : array of int64
        The number of a unit, from 0, for each place of a mention in a unit.
    row : array of int64
        For each such place the row of the mention.
    size : array of int64
        For each unit how many equal units it stands for: one, but for windows of words.
    doc : array of int64
        For each unit the number of its document.
    n : int
        How many units there are in all, those that mention nobody included.
    """

    unit: Numbers
    row: Numbers
    size: Numbers
    doc: Numbers
    n: int


def units_of(
    function: str, entities: pd.DataFrame, units: pd.DataFrame | None, *, within: str | int
) -> Units:
    """The units of the mentions, from the table in which all units stand.

    Parameters
    ----------
    function : str
        Who asks, for the messages.
    entities : DataFrame
        One row per mention; columns ``doc`` and, but for documents, ``sent`` or ``start``.
    units : DataFrame
        The sentences, texts or tokens of the corpus.
    within : str or int
        "sentence", "paragraph", "document", or a number of words.

    Returns
    -------
    Units
        Which mention stands in which unit.

    Raises
    ------
    ValueError
        There is no such unit, a column is missing, or a mention stands in none of the units.
    """
    known = isinstance(within, str) and within in WITHIN
    if not known and not is_whole(within, least=2):
        raise ValueError(
            f"{function}: within is {within!r:.60}; pass {', '.join(map(repr, WITHIN))}, or a "
            "whole number of words, 2 or more."
        )
    needed, advice = WITHIN[str(within)] if known else _WORDS
    units = pd.DataFrame() if units is None else units
    require(function, units, needed, advice=advice)
    places = {"sentence": "sent", "document": "doc"}.get(str(within), "start")
    require(function, entities, ["doc", places], advice="Pass the entities of the same corpus.")
    if not known:
        return _windows(function, entities, units, int(within))
    if within != "paragraph":
        return _keyed(function, entities, units, needed)
    # a place at the end of a text stands in its last paragraph
    ends = pd.DataFrame({"doc": units["doc"], "start": [len(text) for text in units["text"]]})
    last = with_paragraphs(ends, units)["paragraph"].to_numpy()
    _documents(function, entities, units)
    found = with_paragraphs(entities, units)
    every = pd.DataFrame({"doc": np.repeat(units["doc"].to_numpy(), last)})
    starts = np.repeat(np.cumsum(last) - last, last)
    every["paragraph"] = np.arange(len(every)) - starts + 1
    return _keyed(function, found, every, ["doc", "paragraph"])


def _documents(
    function: str, entities: pd.DataFrame, units: pd.DataFrame
) -> tuple[Numbers, Numbers]:
    """The number of the document of each mention and of each row of the units."""
    given, there = coded(entities, ["doc"]), coded(units, ["doc"])
    known = np.append(there.items.get_indexer(given.items), MISSING)
    of_mentions = known[given.codes]
    # a category that has no row is no document of the units
    present = np.zeros(len(there.items) + 1, dtype=bool)
    present[there.codes] = True
    present[-1] = False
    lost = np.flatnonzero(~present[of_mentions])
    if len(lost):
        raise ValueError(
            f"{function}: {len(lost):,} mentions stand in documents that the units lack, first "
            f"{entities['doc'].iloc[lost[0]]!r:.60}. Pass the tables of one corpus."
        )
    return of_mentions.astype(np.int64), there.codes.astype(np.int64)


def _keyed(
    function: str, entities: pd.DataFrame, units: pd.DataFrame, keys: Sequence[str]
) -> Units:
    """Units that columns name: the sentences, the paragraphs, the documents."""
    docs, unit_docs = _documents(function, entities, units)
    if len(keys) == 1:
        key, unit_key = docs, unit_docs
    else:
        both = pd.concat([units[keys[1]].astype("object"), entities[keys[1]].astype("object")])
        codes, values = pd.factorize(both)  # what is missing is -1, and in no unit
        key = docs * (len(values) + 1) + codes[len(units) :] + 1
        unit_key = unit_docs * (len(values) + 1) + codes[: len(units)] + 1
    known = (unit_docs != MISSING) & units[keys[-1]].notna().to_numpy()
    every = np.unique(unit_key[known])
    lost = np.flatnonzero(~np.isin(key, every))
    if len(lost):
        mention = ", ".join(f"{name} {entities[name].iloc[lost[0]]!r:.60}" for name in keys)
        raise ValueError(
            f"{function}: {len(lost):,} mentions stand in none of the units, first that in "
            f"{mention}. Pass the tables of one corpus."
        )
    _, first, unit = np.unique(key, return_index=True, return_inverse=True)
    size = np.ones(len(first), dtype=np.int64)
    return Units(unit.astype(np.int64), np.arange(len(key)), size, docs[first], len(every))


def _windows(function: str, entities: pd.DataFrame, words: pd.DataFrame, width: int) -> Units:
    """All stretches of so many words; those that hold the same mentions are one unit, with a size.

    Stretches overhang the ends of a document, so that each mention is in as many as any other.
    """
    docs, word_docs = _documents(function, entities, words)
    place, lengths = _positions(entities["start"], words, docs, word_docs)
    place += docs * width  # no stretch reaches from one document into the next
    edges = np.unique(np.concatenate([place - width + 1, place + 1]))
    first = np.searchsorted(edges, place - width + 1)
    number = np.searchsorted(edges, place + 1) - first
    row = np.repeat(np.arange(len(place)), number)
    unit = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    unit += np.repeat(first, number)
    held, unit = np.unique(unit, return_inverse=True)
    doc = np.zeros(len(held), dtype=np.int64)
    doc[unit] = docs[row]
    size = np.diff(edges, append=0)[held] if len(edges) else held
    return Units(unit, row, size, doc, int((lengths[lengths > 0] + width - 1).sum()))


def _positions(
    starts: pd.Series, words: pd.DataFrame, docs: Numbers, word_docs: Numbers
) -> tuple[Numbers, Numbers]:
    """At which word of all each mention begins, and how many words each document has."""
    counted = mask_of_kinds(words, COUNTED_KINDS) & (word_docs != MISSING)
    word_starts = words["start"].to_numpy(dtype=np.int64)
    wide = int(max(word_starts.max(initial=0), starts.max() if len(starts) else 0)) + 1
    keys = np.sort(word_docs[counted] * wide + word_starts[counted])
    place = np.searchsorted(keys, docs * wide + starts.to_numpy(dtype=np.int64), side="right") - 1
    begins = np.searchsorted(keys, docs * wide)
    lengths = np.bincount(word_docs[counted], minlength=1)
    return np.maximum(place, begins), lengths.astype(np.int64)
