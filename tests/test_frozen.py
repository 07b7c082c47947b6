"""The kept annotations of the notebooks' corpora are of the texts and models that lie here."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from toolkit import corpus, models

ROOT = Path(__file__).parent.parent
spec = importlib.util.spec_from_file_location("freeze", ROOT / "data" / "freeze.py")
freeze = importlib.util.module_from_spec(spec)
spec.loader.exec_module(freeze)
names = pytest.mark.parametrize("name", freeze.TEXTS)


@pytest.fixture(scope="module")
def kept():
    return {name: corpus.load(ROOT / freeze.kept(name)) for name in freeze.TEXTS}


@names
def test_texts_are_those_of_today(kept, name, monkeypatch):
    monkeypatch.chdir(ROOT)
    read = corpus.read_texts(freeze.TEXTS[name])
    pd.testing.assert_frame_equal(kept[name].texts, read, check_dtype=False)


@names
def test_models_are_the_bundled_ones(kept, name):
    made_by = kept[name].provenance["models"]
    assert made_by["fingerprint"] == models.resolve("news").fingerprint


@names
def test_every_document_has_words_and_nothing_went_wrong(kept, name):
    found = kept[name]
    assert len(found.problems) == 0
    assert set(found.words["doc"]) == set(found.texts["doc"])


def test_the_seed_says_today_what_is_kept(kept, monkeypatch):
    monkeypatch.chdir(ROOT)
    live = freeze.annotated("seed", "news")
    differences = freeze.drift.drift(kept["seed"], live)
    assert differences.empty


def test_the_command_prints_the_drift(kept, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    freeze.print_drift("seed", "news")
    printed = capsys.readouterr().out
    assert "lemma_vocalised" in printed
    assert "differences" not in printed
