"""Texts as the tests of readers want them: with what was wrong, and without its warnings."""

import warnings

from toolkit import corpus

FIRST = "وصلت القافلة."


def make(folder, *names):
    """Write files of one short text, with the folders on the way."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FIRST, encoding="utf-8")


def read(path, **options):
    """The texts, and (doc, what, detail) of the problems."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = corpus.read_texts(path, **options)
    return texts, corpus.problems(texts)[["doc", "what", "detail"]].to_numpy().tolist()
