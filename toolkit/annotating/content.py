"""What is told of the content of annotated texts, beyond what the models say: names and days."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from toolkit.dates import find_dates
from toolkit.naming.canonical_names import canonical, spellings
from toolkit.tables import sorted_categories


def named(entities: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """The mentions with the name that their document knows them by, and their title.

    Parameters
    ----------
    entities : DataFrame
        One row per mention.
    words : DataFrame
        The words of the same documents.

    Returns
    -------
    DataFrame
        The mentions with new columns ``name`` and ``title``; see `naming.canonical_names`.
    """
    found = canonical(entities, words)
    return entities.assign(
        name=sorted_categories(found["name"]), title=sorted_categories(found["title"])
    )


def counted(entities: pd.DataFrame) -> Counter[str]:
    """How often each name occurs."""
    return Counter(entities["name"].dropna().astype("str"))


def respelt(entities: pd.DataFrame, names: Mapping[str, int]) -> pd.DataFrame:
    """The mentions with the spelling of their name that is the most frequent in a corpus.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; column ``name`` of `named`.
    names : mapping of str to int
        How often each name occurs in the corpus.

    Returns
    -------
    DataFrame
        The mentions with a new column ``name``.
    """
    shown = entities["name"].astype("str").map(spellings(names))
    return entities.assign(name=sorted_categories(shown))


def dated(texts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The date expressions of annotated texts, each with its sentence.

    Parameters
    ----------
    texts : DataFrame
        One row per document.
    sentences : DataFrame
        The sentences of those documents that are annotated; the others have no dates.

    Returns
    -------
    DataFrame
        The table `dates`; see `dates.find_dates`. ``sent`` is missing where an expression begins
        in no sentence.
    """
    documents = set(sentences["doc"].astype("str"))
    found = find_dates(texts[texts["doc"].astype("str").isin(documents)])
    return found.assign(sent=_sentence_of(found, sentences))


def _sentence_of(places: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """The number of the sentence in which each place begins."""
    known = pd.Index(sentences["doc"].astype("str").unique())
    longest = int(max(sentences["end"].max(), places["end"].max())) + 1 if len(places) else 1
    of_sentence = known.get_indexer(sentences["doc"].astype("str")) * longest
    of_place = known.get_indexer(places["doc"].astype("str")) * longest
    order = np.argsort(of_sentence + sentences["start"].to_numpy(), kind="stable")
    starts = (of_sentence + sentences["start"].to_numpy())[order]
    ends = (of_sentence + sentences["end"].to_numpy())[order]
    wanted = of_place + places["start"].to_numpy()
    before = np.searchsorted(starts, wanted, side="right") - 1
    inside = (before >= 0) & (wanted < ends[np.maximum(before, 0)]) if len(starts) else before >= 0
    numbers = sentences["sent"].to_numpy()[order][np.maximum(before, 0)] if len(starts) else before
    return pd.Series(numbers, index=places.index).astype("Int32").where(inside)
