"""The first tables of a corpus: its sizes, what normalisation changed, what is most frequent."""

from dataclasses import dataclass

import pandas as pd

from toolkit import counts, entities, normalise
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
        Frequencies of lemmas, of the lemmas of content words, and of tokens as written.
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
    content = words[words["upos"].isin(CONTENT_TAGS) & (words["kind"] == "word")]
    lemmas = counts.frequencies(words, by="lemma")
    return Findings(
        card=card(annotated),
        normalisation=normalisation(annotated.texts),
        lemmas=lemmas,
        # of all words and numbers, not of the content words alone: the filter chooses rows only
        content_lemmas=lemmas[lemmas.index.isin(content["lemma"].unique())],
        forms=counts.frequencies(annotated.tokens, by="norm"),
        mentions=entities.mentions(annotated.entities),
    )


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
        numbers, not punctuation and symbols, which have rows of their own. Documents are those
        that were annotated.
    """
    counted_tokens = annotated.tokens[annotated.tokens["kind"].isin(counts.COUNTED_KINDS)]
    counted_words = annotated.words[annotated.words["kind"].isin(counts.COUNTED_KINDS)]
    fused = annotated.words.groupby(["doc", "sent", "token"], observed=True).size() > 1
    sizes = {
        "documents": annotated.sentences["doc"].nunique(),
        "sentences": len(annotated.sentences),
        "tokens": len(counted_tokens),
        "words": len(counted_words),
        "punctuation and symbols": len(annotated.tokens) - len(counted_tokens),
        "tokens with clitics": int(fused.sum()),
        "token types": counted_tokens["norm"].nunique(),
        "lemma types": counted_words["lemma"].nunique(),
        "entity mentions": len(annotated.entities),
        "documents without annotation": len(annotated.texts) - annotated.sentences["doc"].nunique(),
        "problems": len(annotated.problems),
    }
    return pd.DataFrame({"value": pd.Series(sizes, dtype="int64").rename_axis("size")})


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
