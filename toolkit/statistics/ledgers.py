"""The ledger of words beside that of tokens: who stands alone, and whom clitics hide."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.arabic.clitics import PROCLITICS
from toolkit.columns import MISSING, Codes, changes, coded, mask_of_kinds, ordered, segments
from toolkit.statistics.tallies import counts_where

# Pronouns as they are written on the end of the word before: of 1st, 2nd and 3rd person.
ENCLITICS = frozenset(["ي", "ني", "نا", "ك", "كما", "كم", "كن", "ه", "ها", "هما", "هم", "هن"])

COLUMNS = [
    "freq_tokens",
    "n_tokens",
    "freq_words",
    "n_words",
    "bare",
    "attached",
    "hidden",
    "clitics",
]


@dataclass(frozen=True)
class Both:
    """What is counted among words and among tokens.

    Attributes
    ----------
    words : DataFrame
        One row per item that is a word: ``freq_words``, ``bare``, ``attached``.
    clitics : DataFrame
        One row per item and clitic in its tokens: ``times``.
    tokens : DataFrame
        One row per item that is a token: ``freq_tokens``.
    n_words, n_tokens : int
        All words, and all tokens.
    """

    words: pd.DataFrame
    clitics: pd.DataFrame
    tokens: pd.DataFrame
    n_words: int
    n_tokens: int


def counted(tokens: pd.DataFrame, words: pd.DataFrame, *, by: str, kinds: Sequence[str]) -> Both:
    """Both ledgers of tables with all columns, once it is sure that they belong together."""
    in_tokens, mask = mask_of_kinds(tokens, kinds), mask_of_kinds(words, kinds)
    check_whole(tokens, words)
    check_documents(tokens[in_tokens], words[mask])
    check_tokens(tokens, words)
    group = segments(words, ["doc", "sent", "token"])[mask]
    items, form = coded(words, [by]), coded(words, ["form"])
    item = items.codes[mask]
    found = of_words(item, group, len(items.items)).set_axis(items.items)
    found = found[found["freq_words"] > 0]
    clitics = hiding(item, group, form.codes[mask], forms=form.items, items=items.items)
    written = found[["bare"]].set_axis(["freq_tokens"], axis=1)
    if by in tokens.columns:
        column = coded(tokens, [by])
        freq = counts_where(column.codes[in_tokens], slice(None), len(column.items))
        written = pd.DataFrame({"freq_tokens": freq}, index=column.items)[freq > 0]
    sizes = (int(np.count_nonzero(rows)) for rows in (mask, in_tokens))
    return Both(found, clitics, written, *sizes)


def check_documents(tokens: pd.DataFrame, words: pd.DataFrame) -> None:
    """Refuse tokens and words of different documents, and name one that only one of them has."""
    first, second = (
        set(column.items.take(np.unique(column.codes[column.codes >= 0])))
        for column in (coded(tokens, ["doc"]), coded(words, ["doc"]))
    )
    if first != second:
        name = min(first ^ second)
        table, other = ("tokens", "words") if name in first else ("words", "tokens")
        raise ValueError(
            f"ledger: document {name!r} is in {table} and not in {other}; pass the tokens and "
            "words of the same documents."
        )


def check_whole(tokens: pd.DataFrame, words: pd.DataFrame) -> None:
    """Refuse words some of which were filtered out, and tables in the wrong order.

    A clitic that is missing from the table would make the word that it hides look bare.
    """
    if "word" in tokens.columns:
        raise ValueError(
            "ledger: the first table has a column 'word', so it is of words; pass the tokens first."
        )
    if "word" not in words.columns or not len(words):
        return
    number, sentence = words["word"].to_numpy(), segments(words)
    before = np.where(changes(sentence), 0, np.append(0, number[:-1]))
    gaps = np.flatnonzero(number != before + 1)
    if len(gaps):
        row = words.iloc[gaps[0]]
        raise ValueError(
            f"ledger: in document {row['doc']!r}, sentence {row['sent']}, word {row['word']} "
            f"follows word {before[gaps[0]]}; pass all words, and choose among the rows of the "
            "ledger."
        )


def check_tokens(tokens: pd.DataFrame, words: pd.DataFrame) -> None:
    """Refuse tokens that are not those of the words, where tokens are numbered, and name one."""
    if not {"sent", "token"} <= set(tokens.columns):
        return
    first, second = coded(tokens, ["doc"]), coded(words, ["doc"])
    docs = np.append(first.items.get_indexer(second.items), MISSING)[second.codes]
    written, split = _numbered(tokens, first.codes), _numbered(words, docs)
    if written.shape == split.shape and (written.to_numpy() == split.to_numpy()).all():
        return
    both = pd.concat([written.drop_duplicates(), split.drop_duplicates()], keys=[0, 1])
    lone = both.drop_duplicates(keep=False)
    if len(lone):
        one, row = lone.index[0]
        table, other = ("words", "tokens") if one else ("tokens", "words")
        found = (words if one else tokens).iloc[row]
        raise ValueError(
            f"ledger: in document {found['doc']!r}, sentence {found['sent']}, token "
            f"{found['token']} is in {table} and not in {other}; pass all tokens and all words, "
            "and choose among the rows of the ledger."
        )


def _numbered(table: pd.DataFrame, docs: npt.NDArray[np.integer]) -> pd.DataFrame:
    """Document, sentence and number of each token, once for the words of one; index = the row."""
    rows = np.flatnonzero(changes(segments(table, ["doc", "sent", "token"])))
    numbers = {name: table[name].to_numpy()[rows] for name in ("sent", "token")}
    return pd.DataFrame({"doc": docs[rows], **numbers}, index=rows)


def of_words(item: Codes, group: Codes, items: int) -> pd.DataFrame:
    """How often each item occurs, alone in its token and not, from words and their tokens."""
    alone = np.bincount(group)[group] == 1 if len(group) else np.zeros(0, dtype=bool)
    freq = counts_where(item, slice(None), items)
    bare = counts_where(item, alone, items)
    return pd.DataFrame({"freq_words": freq, "bare": bare, "attached": freq - bare})


def hiding(
    item: Codes, group: Codes, form: Codes, *, forms: pd.Index, items: pd.Index
) -> pd.DataFrame:
    """How often each clitic stands in the tokens of each item.

    Parameters
    ----------
    item, group, form : array of int32
        The item, the token and the form of each word, in text order; -1 for a missing item.
    forms, items : Index
        What the codes of `form` and `item` stand for.

    Returns
    -------
    DataFrame
        One row per item and clitic, which are the index; column ``times``.
    """
    clitic = _are_clitics(group, form, forms)
    pairs = []
    for distance in range(1, int(np.bincount(group).max(initial=1)) if len(group) else 1):
        first = np.flatnonzero(group[distance:] == group[:-distance])
        second = first + distance
        pairs += [_pairs(item, form, first, second[clitic[second]], clitic[second])]
        pairs += [_pairs(item, form, second, first[clitic[first]], clitic[first])]
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *pairs])
    keys, times = np.unique(keys, return_counts=True)
    levels = [items.take(keys >> 32), forms.take(keys & 0xFFFFFFFF)]
    index = pd.MultiIndex.from_arrays(levels, names=["item", "clitic"])
    return pd.DataFrame({"times": times}, index=index)


def _are_clitics(group: Codes, form: Codes, forms: pd.Index) -> npt.NDArray[np.bool_]:
    """Whether each word is a proclitic before others of its token, or an enclitic after them."""
    same = group[1:] == group[:-1]
    before = np.append(same, False) & np.append(forms.isin(list(PROCLITICS)), False)[form]
    after = np.append(False, same) & np.append(forms.isin(list(ENCLITICS)), False)[form]
    either: npt.NDArray[np.bool_] = before | after
    return either[: len(form)]


def _pairs(
    item: Codes,
    form: Codes,
    hidden: npt.NDArray[np.intp],
    clitics: npt.NDArray[np.intp],
    chosen: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Item of one word and form of another as one integer, where the item is known."""
    found = item[hidden[chosen]].astype(np.int64)
    return (found << 32 | form[clitics])[found >= 0]


def _texts(hidden: pd.DataFrame, items: pd.Index) -> list[str]:
    """The clitics of each item and how often, such as ``و 3, ل 2``, or nothing."""
    of_item, clitic = (hidden.index.get_level_values(level) for level in (0, 1))
    places, times = items.get_indexer(of_item).tolist(), (-hidden["times"]).tolist()
    rows = sorted(zip(places, times, clitic, strict=True))
    texts = {
        place: ", ".join(f"{clitic} {-times}" for _, times, clitic in found)
        for place, found in groupby(rows, key=itemgetter(0))
    }
    return [texts.get(place, "") for place in range(len(items))]


def side_by_side(both: Both) -> pd.DataFrame:
    """Both ledgers as one table, most frequent words first."""
    texts = pd.Series(_texts(both.clitics, both.words.index), both.words.index, dtype="str")
    in_words, written = both.words.assign(clitics=texts), both.tokens["freq_tokens"]
    found = in_words.reindex(in_words.index.union(written.index, sort=False))
    found["clitics"] = found["clitics"].fillna("")
    counts = ["freq_words", "bare", "attached"]
    found[counts] = found[counts].fillna(0).astype("int64")
    found["freq_tokens"] = written.reindex(found.index).fillna(0).astype("int64")
    found["n_tokens"], found["n_words"] = both.n_tokens, both.n_words
    found["hidden"] = found["attached"] / found["freq_words"].where(found["freq_words"] > 0)
    found.index.name = in_words.index.name
    return ordered(found[COLUMNS], ["freq_words", "freq_tokens"])
