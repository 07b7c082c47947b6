"""The first tables of a corpus: its sizes, what normalisation changed, what is most frequent."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit import counts, entities, normalise
from toolkit.columns import Mask, borders, mask_of_kinds
from toolkit.corpus import Corpus

# Function words carry no topic. X stays: in the treebank that the models learn from, most foreign
# names are X.
CONTENT_TAGS = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "X"})


@dataclass(frozen=True)
class Findings:
    """The tables of a report, computed once, written and shown from here.

    Attributes
    ----------
    card : DataFrame
        One row per size of the corpus; ``value``.
    normalisation : DataFrame
        One row per kind of change; ``code_points`` changed, ``texts`` concerned.
    lemmas, content_lemmas, forms : DataFrame
        Frequencies of lemmas, of those that are content words in most of their occurrences, and
        of tokens as written.
    mentions : DataFrame
        Frequencies of entity names.
    """

    card: pd.DataFrame
    normalisation: pd.DataFrame
    lemmas: pd.DataFrame
    content_lemmas: pd.DataFrame
    forms: pd.DataFrame
    mentions: pd.DataFrame


def findings(annotated: Corpus) -> Findings:
    """The tables that a report shows.

    Parameters
    ----------
    annotated : Corpus
        An annotated corpus.

    Returns
    -------
    Findings
        See there; each table carries its denominators.
    """
    words = annotated.words
    lemmas = counts.frequencies(words, by="lemma")
    return Findings(
        card=card(annotated),
        normalisation=normalisation(annotated.texts),
        lemmas=lemmas,
        # of all words and numbers, not of the content words alone: the filter chooses rows only
        content_lemmas=lemmas[_mostly_content(words, lemmas)],
        forms=counts.frequencies(annotated.tokens, by="norm"),
        mentions=entities.mentions(annotated.entities),
    )


def _mostly_content(words: pd.DataFrame, lemmas: pd.DataFrame) -> Mask:
    """Whether each lemma is a content word in more than half of its occurrences."""
    content = words["upos"].isin(CONTENT_TAGS).to_numpy() & (words["kind"] == "word").to_numpy()
    freqs = counts.frequencies(words.loc[content, ["doc", "kind", "lemma"]], by="lemma", docs=False)
    among = freqs["freq"].reindex(lemmas.index, fill_value=0)
    return (2 * among > lemmas["freq"]).to_numpy()


def card(annotated: Corpus) -> pd.DataFrame:
    """The sizes of a corpus, each with what it counts.

    Parameters
    ----------
    annotated : Corpus
        An annotated corpus.

    Returns
    -------
    DataFrame
        One row per size; index: its name; column ``value``. Tokens and words count words and
        numbers, not punctuation and symbols, which have rows of their own. Documents are all texts;
        those that could not be annotated have a row of their own, too.
    """
    # columns alone are cut down: a copy of all would take as much room as the table
    tokens = annotated.tokens["norm"][mask_of_kinds(annotated.tokens, counts.COUNTED_KINDS)]
    lemmas = annotated.words["lemma"][mask_of_kinds(annotated.words, counts.COUNTED_KINDS)]
    firsts = np.flatnonzero(borders(annotated.words, ["doc", "sent", "token"]))
    fused = np.diff(firsts, append=len(annotated.words)) > 1
    sizes = {
        "documents": len(annotated.texts),
        "sentences": len(annotated.sentences),
        "tokens": len(tokens),
        "words": len(lemmas),
        "punctuation and symbols": len(annotated.tokens) - len(tokens),
        "tokens with clitics": int(fused.sum()),
        "token types": tokens.nunique(),
        "lemma types": lemmas.nunique(),
        "entity mentions": len(annotated.entities),
        "documents without annotation": without_annotation(annotated),
        "problems": len(annotated.problems),
    }
    return pd.DataFrame({"value": pd.Series(sizes, dtype="int64").rename_axis("size")})


def without_annotation(annotated: Corpus) -> int:
    """How many documents of a corpus have no sentence: the problems table says why.

    Parameters
    ----------
    annotated : Corpus
        An annotated corpus.

    Returns
    -------
    int
        A number of documents.
    """
    return len(annotated.texts) - annotated.sentences["doc"].nunique()


def normalisation(texts: pd.DataFrame) -> pd.DataFrame:
    """What is folded before the models read the texts, and how often.

    Parameters
    ----------
    texts : DataFrame
        Columns ``doc`` and ``text``.

    Returns
    -------
    DataFrame
        One row per kind of change; index ``change``; columns ``code_points`` (how many are
        changed or left out), ``texts`` (how many texts have any). The texts stay as they are.
    """
    changes = pd.DataFrame([normalise.changes(text) for text in texts["text"].dropna()])
    return pd.DataFrame(
        {"code_points": changes.sum(), "texts": (changes > 0).sum()}, dtype="int64"
    ).rename_axis("change")
