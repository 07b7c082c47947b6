"""The ledger of words beside that of tokens: who stands alone, and whom clitics hide."""

from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.clitics import PROCLITICS
from toolkit.columns import MISSING, Codes, changes, coded, ordered, segments
from toolkit.tallies import counts_where

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


def counted(codes: Codes, items: pd.Index) -> pd.Series:
    """Occurrences of the items that occur."""
    freq = counts_where(codes, slice(None), len(items))
    return pd.Series(freq, index=items)[freq > 0]


def hiding(
    item: Codes, group: Codes, form: Codes, *, forms: pd.Index, items: pd.Index
) -> pd.Series:
    """The clitics in the tokens of each item and how often, such as ``و 3, ل 2``, or nothing.

    Parameters
    ----------
    item, group, form : array of int32
        The item, the token and the form of each word, in text order; -1 for a missing item.
    forms, items : Index
        What the codes of `form` and `item` stand for.

    Returns
    -------
    Series
        One text per item.
    """
    clitic = _are_clitics(group, form, forms)
    pairs = []
    for distance in range(1, int(np.bincount(group).max(initial=1)) if len(group) else 1):
        first = np.flatnonzero(group[distance:] == group[:-distance])
        second = first + distance
        pairs += [_pairs(item, form, first, second[clitic[second]], clitic[second])]
        pairs += [_pairs(item, form, second, first[clitic[first]], clitic[first])]
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *pairs])
    keys, counts = np.unique(keys, return_counts=True)
    texts = _texts((keys >> 32).tolist(), forms.take(keys & 0xFFFFFFFF).tolist(), counts.tolist())
    return pd.Series([texts.get(place, "") for place in range(len(items))], items, dtype="str")


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


def _texts(items: list[int], forms: list[str], counts: list[int]) -> dict[int, str]:
    rows = sorted(zip(items, [-count for count in counts], forms, strict=True))
    return {
        item: ", ".join(f"{form} {-count}" for _, count, form in found)
        for item, found in groupby(rows, key=itemgetter(0))
    }


def side_by_side(
    in_words: pd.DataFrame, written: pd.Series, *, n_tokens: int, n_words: int
) -> pd.DataFrame:
    """Both ledgers as one table, most frequent words first."""
    found = in_words.reindex(in_words.index.union(written.index, sort=False))
    found["clitics"] = found["clitics"].fillna("")
    counts = ["freq_words", "bare", "attached"]
    found[counts] = found[counts].fillna(0).astype("int64")
    found["freq_tokens"] = written.reindex(found.index).fillna(0).astype("int64")
    found["n_tokens"], found["n_words"] = n_tokens, n_words
    found["hidden"] = found["attached"] / found["freq_words"].where(found["freq_words"] > 0)
    found.index.name = in_words.index.name
    return ordered(found[COLUMNS], ["freq_words", "freq_tokens"])
