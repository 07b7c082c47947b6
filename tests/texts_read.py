"""Texts as the tests of readers want them: with what was wrong, and without its warnings."""

import warnings

from toolkit import corpus


def read(path, **options):
    """The texts, and (doc, what, detail) of the problems."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = corpus.read_texts(path, **options)
    return texts, corpus.problems(texts)[["doc", "what", "detail"]].to_numpy().tolist()
