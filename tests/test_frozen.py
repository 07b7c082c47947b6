"""The kept annotations of the notebooks' corpora are of the texts and models that lie here."""

import importlib.util
from dataclasses import replace
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


@pytest.mark.parametrize(("options", "listed"), [([], 20), (["--all"], 25)])
def test_the_first_differences_are_listed_or_all(kept, monkeypatch, capsys, options, listed):
    """Of 25 lemmas that another model would give, 20 are printed unless all are asked for."""
    words = kept["seed"].words
    lemma = words["lemma"].astype("str")
    lemma = lemma.mask(pd.Series(range(len(words)), words.index) < 25, "zzz")
    live = replace(kept["seed"], words=words.assign(lemma=lemma))
    monkeypatch.setattr(freeze, "annotated", lambda name, models: live)
    monkeypatch.setattr("sys.argv", ["freeze.py", "--drift", *options, "seed"])
    monkeypatch.chdir(ROOT)  # to which the command goes itself
    freeze.main()
    printed = capsys.readouterr().out
    assert printed.count("zzz") == listed
    assert ("all 25 differences" if options else "first 20 of 25 differences") in printed
