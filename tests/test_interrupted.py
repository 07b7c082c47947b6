"""Ctrl-C between any two lines: what is kept in memory and on the disk stays whole."""

import inspect
import shutil
import sys
from contextlib import suppress
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from test_keeping import SENTENCES, assert_same, texts_of

from toolkit import models, pipeline
from toolkit.annotating import engine, loading, memo, vectors
from toolkit.annotating.expander import Expander
from toolkit.annotating.lemmatiser import Lemmatiser
from toolkit.annotating.memo import Memo
from toolkit.annotating.tokeniser import Tokeniser
from toolkit.annotating.vectors import Vectors
from toolkit.keeping import cache, database, sharing
from toolkit.keeping.cache import Cache

FORMS = ["قال", "في", "وزير", "في", "المستشفى"]


def functions_of(*places):
    """The code of all functions of some modules or classes."""
    found = set()
    for place in places:
        for _, value in inspect.getmembers(place):
            value = inspect.unwrap(value) if callable(value) else value
            if inspect.isclass(value) and value.__module__ == getattr(place, "__name__", ""):
                found |= functions_of(value)
            elif inspect.isfunction(value):
                found.add(value.__code__)
    return found


def is_interrupted(call, line, code):
    """Whether Ctrl-C came before the line of that number, counted over the lines that are run."""
    left = line

    def trace(frame, event, _):
        nonlocal left
        if frame.f_code not in code:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def interrupted(begin, call, *places):
    """What `begin` makes, after `call` was interrupted in it before each line in turn."""
    for line in count():
        made = begin()
        if not is_interrupted(lambda made=made: call(made), line, functions_of(*places)):
            break
        yield made
    assert line > 5


def first_letters(forms):
    return torch.tensor([[len(form), ord(form[0])] for form in forms])


@pytest.mark.parametrize("most", [50_000, 2])
def test_vectors_are_those_of_their_forms(most, monkeypatch):
    monkeypatch.setattr(vectors, "MOST_FORMS", most)

    def begun():
        kept = Vectors(first_letters)
        kept.rows([["من", "إلى", "عن"]])
        return kept

    for kept in interrupted(begun, lambda kept: kept.rows([FORMS]), Vectors):
        (rows,) = kept.rows([FORMS])
        assert torch.equal(kept.table[torch.from_numpy(rows)], first_letters(FORMS))
        (rows,) = kept.rows([["عن", "كتب"]])
        assert torch.equal(kept.table[torch.from_numpy(rows)], first_letters(["عن", "كتب"]))


def test_the_tokeniser_knows_all_of_a_character_or_nothing():
    found = models.resolve("news")
    processor = loading.stanza_pipeline(found.folder, found.package).processors["tokenize"]
    codes = np.array([ord(char) for char in "A5 قا."], dtype=np.int32)
    expected = Tokeniser(processor)
    expected._learn([codes])
    assert expected.features[codes].any()

    def learn(made):
        made._learn([codes])

    for made in interrupted(lambda: Tokeniser(processor), learn, Tokeniser):
        learn(made)
        assert np.array_equal(made.ids[codes], expected.ids[codes])
        assert np.array_equal(made.features[codes], expected.features[codes])


def test_forms_have_their_words_and_lemmas(tmp_path):
    words = {"وقال": ["و", "قال"], "بيده": ["ب", "يد", "ه"], "كتب": ["كتب"]}
    lemmas = {("قال", "VERB"): "قَال", ("يد", "NOUN"): "يَد", ("؟", "PUNCT"): None}

    def begun():
        expander = Expander(SimpleNamespace(config={}))
        expander._predicted = lambda forms: [words[form] for form in forms]
        lemmatiser = Lemmatiser(SimpleNamespace(trainer=None))
        lemmatiser._read = lambda given: [[lemmas[word] for word in each] for each in given]
        expander.memo = Memo(kept, "news", "words", {})
        lemmatiser.memo = Memo(kept, "news", "lemmas", {})
        return expander, lemmatiser

    def learn(both):
        both[0].learn(words)
        both[1].learn(lemmas)

    with Cache(tmp_path) as kept:
        for both in interrupted(begun, learn, Expander, Lemmatiser, Memo):
            learn(both)
            assert both[0].words == words
            assert both[1].lemmas == lemmas


def test_a_memo_has_all_of_what_is_kept_at_once_or_nothing(tmp_path):
    found = {form: form[::-1] for form in FORMS}
    numbers = count()
    folders = []

    def begun():
        folders.append(tmp_path / str(next(numbers)))
        folders[-1].mkdir()
        return folders[-1]

    def keep(folder):
        with memo.memos(folder, "news", ({}, {})) as (words, _):
            words.keep(found)

    places = (memo, cache, sharing, database)
    for folder in interrupted(begun, keep, *places):
        with memo.memos(folder, "news", ({}, {})) as (words, _):
            assert words.known(found) in ({}, found)
            words.keep(found)
            assert words.known(found) == found


def test_a_removed_folder_is_not_made_again_by_a_memo(tmp_path):
    def begun():
        (tmp_path / "kept").mkdir()
        shutil.rmtree(tmp_path / "kept")
        return tmp_path / "kept"

    def keep(folder):
        with memo.memos(folder, "news", ({}, {})) as (words, _):
            words.keep({"وقال": "و قال"})

    keep(begun())
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_is_removed_during_a_run_stays_so(tmp_path, monkeypatch):
    expected = pipeline.annotate(texts_of(SENTENCES), cache=False)
    add = engine.Progress.add

    def remove(bar, some):
        with suppress(FileNotFoundError):
            shutil.rmtree(tmp_path / "kept")
        add(bar, some)

    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)
    monkeypatch.setattr(engine.Progress, "add", remove)
    with pytest.warns(cache.CacheWarning, match="was removed; this run goes on without it"):
        found = pipeline.annotate(texts_of(SENTENCES), cache=tmp_path / "kept")
    assert_same(found, expected)
    assert not (tmp_path / "kept").exists()
