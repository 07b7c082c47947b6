"""What is told beforehand of frequent forms is what the bundled models say of them."""

import random
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit import corpus, models, pipeline
from toolkit.annotating import known_forms, loading, worker
from toolkit.annotating.expander import Expander
from toolkit.annotating.lemmatiser import Lemmatiser


@pytest.fixture(scope="module")
def bundled():
    return models.resolve("news")


@pytest.fixture(scope="module")
def processors(bundled):
    return loading.stanza_pipeline(bundled.folder, bundled.package).processors


def some_of(forms):
    names = sorted(forms)
    return random.Random(17).sample(names, 400)


def test_forms_were_told_by_the_models_that_ship(bundled):
    words, lemmas = known_forms.known_forms(bundled)
    assert len(words) > 10_000
    assert len(lemmas) > 10_000


def test_words_are_those_of_the_expander(bundled, processors):
    given, _ = known_forms.known_forms(bundled)
    expander = Expander(processors["mwt"])
    expander.learn(some_of(given))
    assert {name: " ".join(words) for name, words in expander.words.items()} == {
        name: given[name] for name in expander.words
    }


def test_lemmas_are_those_of_the_lemmatiser(bundled, processors):
    _, given = known_forms.known_forms(bundled)
    chosen = {name: tuple(reversed(name.split(" ", 1))) for name in some_of(given)}
    lemmatiser = Lemmatiser(processors["lemma"])
    lemmatiser.learn(chosen.values())
    assert {name: lemmatiser.lemmas[word] for name, word in chosen.items()} == {
        name: given[name] for name in chosen
    }


def test_other_models_are_told_nothing(bundled, tmp_path):
    words, lemmas = {"وقال": "و قال"}, {"VERB قال": "قَال"}
    path = tmp_path / known_forms.FILE
    assert known_forms._read(path, b"a b") == ({}, {})
    known_forms.write(path, words, lemmas, models=b"a b")
    assert known_forms._read(path, b"a c") == ({}, {})
    assert known_forms._read(path, b"a b") == (words, lemmas)


@pytest.mark.parametrize("damage", ["cut", "empty", "no table", "changed"])
def test_a_damaged_file_is_told_of_and_not_used(damage, tmp_path):
    path = tmp_path / known_forms.FILE
    known_forms.write(path, {"وقال": "و قال"}, {"VERB قال": "قَال"}, models=b"a b")
    content, table = path.read_bytes(), pq.read_table(path)
    if damage == "changed":  # a letter is another, and the file can be read
        other = [*table.to_pylist()[:-1], {"kind": "lemmas", "name": "VERB قال", "value": "قَالَ"}]
        pq.write_table(pa.Table.from_pylist(other, schema=table.schema), path)
    else:
        damaged = {"cut": content[: len(content) // 2], "empty": b"", "no table": b"none " * 40}
        path.write_bytes(damaged[damage])
    with pytest.warns(UserWarning, match="is damaged"):
        assert known_forms._read(path, b"a b") == ({}, {})


def test_version_of_the_file_is_that_of_what_it_tells(bundled, tmp_path):
    moved, models_of_it = replace(bundled, folder=tmp_path), known_forms.made_by(bundled)
    path = tmp_path / known_forms.FILE
    assert known_forms.version_of(moved) == ""
    known_forms.write(path, {"وقال": "و قال"}, {}, models=models_of_it)
    one = known_forms.version_of(moved)
    assert len(one) == 64
    known_forms.write(path, {"وقال": "وقال"}, {}, models=models_of_it)
    assert known_forms.version_of(moved) not in {"", one}
    known_forms.write(path, {"وقال": "و قال"}, {}, models=b"others")
    assert known_forms.version_of(moved) == ""
    path.write_bytes(b"damaged")
    with pytest.warns(UserWarning, match="is damaged"):
        assert known_forms.version_of(moved) == ""


def test_annotation_is_the_same_without(monkeypatch):
    texts = corpus.read_texts("seeds")
    told = pipeline.annotate(texts, cache=False)
    loading._cached.cache_clear()
    monkeypatch.setattr(worker, "known_forms", lambda model_set: ({}, {}))
    untold = pipeline.annotate(texts, cache=False)
    assert told.words.equals(untold.words)
