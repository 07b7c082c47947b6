"""The common fixture: a corpus of twelve Arabic words, typed by hand.

doc a  وصل وزير الدفاع إلى دمشق. قال للرئيس: نعم!      8 words, 3 punctuation marks
doc b  date 2025-11-16 وقالت دمشق 3 مرات.               3 words, 1 number, 1 punctuation mark

tokens   16 = 12 words and numbers + 4 punctuation marks; sentences 2 + 1
         دمشق 2 (in both documents), the other ten once: 11 types of 12
words    18 = 14 words and numbers + 4 punctuation marks: للرئيس is ل + الرئيس, whose letters are
         contracted (shared), وقالت is و + قالت, whose letters follow one another (own)
lemmas   دمشق 2 and قال 2 (in both documents), the other ten once: 12 types of 14
entities دمشق (LOC) 2, in both documents
"""

import os
import tempfile

import pandas as pd
import pytest
from hypothesis import settings

from toolkit.corpus import Corpus
from toolkit.tables import typed_table

# A slow machine is no failure, and every run tries the same examples.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

# What is annotated in a test is kept for this run of the tests alone, subprocesses included.
os.environ["MUDAWWANA_CACHE_DIR"] = tempfile.mkdtemp(prefix="mudawwana-tests-")

TEXTS = {
    "a": "وصل وزير الدفاع إلى دمشق. قال للرئيس: نعم!",
    "b": "date 2025-11-16 وقالت دمشق 3 مرات.",
}
# doc, sent, token, form, norm, kind, start, end, ner
TOKENS = [
    ("a", 1, 1, "وصل", "وصل", "word", 0, 3, "O"),
    ("a", 1, 2, "وزير", "وزير", "word", 4, 8, "O"),
    ("a", 1, 3, "الدفاع", "الدفاع", "word", 9, 15, "O"),
    ("a", 1, 4, "إلى", "الي", "word", 16, 19, "O"),
    ("a", 1, 5, "دمشق", "دمشق", "word", 20, 24, "S-LOC"),
    ("a", 1, 6, ".", ".", "punctuation", 24, 25, "O"),
    ("a", 2, 1, "قال", "قال", "word", 26, 29, "O"),
    ("a", 2, 2, "للرئيس", "للرءيس", "word", 30, 36, "O"),
    ("a", 2, 3, ":", ":", "punctuation", 36, 37, "O"),
    ("a", 2, 4, "نعم", "نعم", "word", 38, 41, "O"),
    ("a", 2, 5, "!", "!", "punctuation", 41, 42, "O"),
    ("b", 1, 1, "وقالت", "وقالت", "word", 16, 21, "O"),
    ("b", 1, 2, "دمشق", "دمشق", "word", 22, 26, "S-LOC"),
    ("b", 1, 3, "3", "3", "number", 27, 28, "O"),
    ("b", 1, 4, "مرات", "مرات", "word", 29, 33, "O"),
    ("b", 1, 5, ".", ".", "punctuation", 33, 34, "O"),
]
# doc, sent, token, word, form, norm, kind, lemma, upos, start, end, span
WORDS = [
    ("a", 1, 1, 1, "وصل", "وصل", "word", "وصل", "VERB", 0, 3, "own"),
    ("a", 1, 2, 2, "وزير", "وزير", "word", "وزير", "NOUN", 4, 8, "own"),
    ("a", 1, 3, 3, "الدفاع", "الدفاع", "word", "دفاع", "NOUN", 9, 15, "own"),
    ("a", 1, 4, 4, "إلى", "الي", "word", "إلى", "ADP", 16, 19, "own"),
    ("a", 1, 5, 5, "دمشق", "دمشق", "word", "دمشق", "PROPN", 20, 24, "own"),
    ("a", 1, 6, 6, ".", ".", "punctuation", ".", "PUNCT", 24, 25, "own"),
    ("a", 2, 1, 1, "قال", "قال", "word", "قال", "VERB", 26, 29, "own"),
    ("a", 2, 2, 2, "ل", "ل", "word", "ل", "ADP", 30, 36, "shared"),
    ("a", 2, 2, 3, "الرئيس", "الرءيس", "word", "رئيس", "NOUN", 30, 36, "shared"),
    ("a", 2, 3, 4, ":", ":", "punctuation", ":", "PUNCT", 36, 37, "own"),
    ("a", 2, 4, 5, "نعم", "نعم", "word", "نعم", "PART", 38, 41, "own"),
    ("a", 2, 5, 6, "!", "!", "punctuation", "!", "PUNCT", 41, 42, "own"),
    ("b", 1, 1, 1, "و", "و", "word", "و", "CCONJ", 16, 17, "own"),
    ("b", 1, 1, 2, "قالت", "قالت", "word", "قال", "VERB", 17, 21, "own"),
    ("b", 1, 2, 3, "دمشق", "دمشق", "word", "دمشق", "PROPN", 22, 26, "own"),
    ("b", 1, 3, 4, "3", "3", "number", "3", "NUM", 27, 28, "own"),
    ("b", 1, 4, 5, "مرات", "مرات", "word", "مرة", "NOUN", 29, 33, "own"),
    ("b", 1, 5, 6, ".", ".", "punctuation", ".", "PUNCT", 33, 34, "own"),
]
SENTENCES = [("a", 1, 0, 25), ("a", 2, 26, 42), ("b", 1, 16, 34)]
ENTITIES = [
    ("a", 1, 1, "دمشق", "LOC", "دمشق", 20, 24),
    ("b", 1, 1, "دمشق", "LOC", "دمشق", 22, 26),
]


def columns(names, rows):
    return dict(zip(names.split(), zip(*rows, strict=True), strict=True))


@pytest.fixture(scope="session")
def peer():
    """The measures of the package association-measures, an independent implementation."""
    reason = (
        "the extra `peers` is not installed: association-measures 0.3.0 comes as source alone, so "
        "it needs a C compiler, and its C code is not made for Python 3.13"
    )
    return pytest.importorskip("association_measures.measures", reason=reason)


@pytest.fixture
def texts():
    return typed_table(
        "texts",
        {
            "doc": list(TEXTS),
            "text": list(TEXTS.values()),
            "date": pd.Series([None, "2025-11-16"], dtype="str"),
        },
    )


@pytest.fixture
def tokens():
    return typed_table("tokens", columns("doc sent token form norm kind start end ner", TOKENS))


@pytest.fixture
def words():
    filled = columns("doc sent token word form norm kind lemma upos start end span", WORDS)
    empty = [None] * len(WORDS)
    return typed_table(
        "words",
        filled
        | {"lemma_vocalised": filled["lemma"], "feats": empty, "head": empty, "deprel": empty},
    )


@pytest.fixture
def entities():
    return typed_table("entities", columns("doc sent entity text type name start end", ENTITIES))


@pytest.fixture
def twelve(texts, tokens, words, entities):
    """The whole corpus of twelve words."""
    return Corpus(
        texts=texts,
        sentences=typed_table("sentences", columns("doc sent start end", SENTENCES)),
        tokens=tokens,
        words=words,
        entities=entities,
        problems=typed_table(
            "problems", {"doc": ["c"], "stage": ["read"], "what": ["empty"], "detail": ["-"]}
        ),
        provenance={"models": {"name": "by hand"}},
    )


@pytest.fixture
def closed_figures():
    """Close what a test has drawn."""
    from matplotlib import pyplot

    yield
    pyplot.close("all")
