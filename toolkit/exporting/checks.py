"""Whether the tables of a corpus are whole, as those who write files must be sure."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import borders, segments

WHOLE = "Pass whole tables of one corpus, rows in text order."

Rows = npt.NDArray[np.int64]


NUMBERS = {
    "sentences": ("sent", "start", "end"),
    "tokens": ("sent", "token", "start", "end"),
    "words": ("sent", "token", "word", "start", "end"),
    "entities": ("sent", "entity", "start", "end"),
    "dates": ("start", "end"),
}


def check_places(function: str, name: str, table: pd.DataFrame) -> None:
    """Refuse a table in which a document or a place is missing, or a place is no whole number."""
    if not len(table):
        return
    if table["doc"].isna().any():
        raise ValueError(f"{function}: a doc is missing in {name}. {WHOLE}")
    for column in NUMBERS[name]:
        if not pd.api.types.is_integer_dtype(table[column].dtype) or table[column].hasnans:
            raise ValueError(f"{function}: {column} in {name} is not all whole numbers. {WHOLE}")


def words_begin_of(function: str, tokens: pd.DataFrame, words: pd.DataFrame) -> Rows:
    """The row of the first word of each token, and the number of words at the end."""
    for name, table, number in (("tokens", tokens, "token"), ("words", words, "word")):
        _check_numbers(function, name, table, number)
    first = np.flatnonzero(borders(words, ["doc", "sent", "token"])[: len(words)])
    size = min(len(first), len(tokens))
    differ = np.zeros(size, dtype=bool)
    for name in ("sent", "token"):
        differ |= words[name].to_numpy()[first[:size]] != tokens[name].to_numpy()[:size]
    docs = words["doc"].iloc[first[:size]].astype("str").to_numpy()
    differ |= docs != tokens["doc"].iloc[:size].astype("str").to_numpy()
    row = int(differ.argmax()) if differ.any() else size
    if row < size or len(first) != len(tokens):
        where = tokens.iloc[row] if row < len(tokens) else words.iloc[first[row]]
        raise ValueError(
            f"{function}: tokens and words do not belong together, first at token "
            f"{where['token']} of sentence {where['sent']} of doc {where['doc']!r}. {WHOLE}"
        )
    return np.append(first, len(words)).astype(np.int64)


def _check_numbers(function: str, name: str, table: pd.DataFrame, number: str) -> None:
    """Refuse rows that are missing or out of order."""
    if not len(table):
        return
    check_places(function, name, table)
    sents, numbers, starts, ends = (
        table[column].to_numpy(dtype=np.int64) for column in ("sent", number, "start", "end")
    )
    same_doc = np.append(False, np.diff(segments(table, ["doc"])) == 0)
    expected = np.where(borders(table), 1, _shifted(numbers) + 1)
    wrong = (numbers != expected) | (starts < 0) | (ends < starts)
    wrong |= same_doc & (_shifted(sents) > sents)
    if name == "tokens":
        wrong |= same_doc & (_shifted(starts) > starts)
    if wrong.any():
        where = table.iloc[int(wrong.argmax())]
        raise ValueError(
            f"{function}: rows of {name} are missing or out of order, first at {number} "
            f"{where[number]} of sentence {where['sent']} of doc {where['doc']!r}. {WHOLE}"
        )


def _shifted(values: Rows) -> Rows:
    """What stands one row before."""
    return np.append(values[:1], values[:-1])
