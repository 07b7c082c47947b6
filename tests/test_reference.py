"""The reference frequencies: tables that can be compared with, made by the models that ship."""

import json
from pathlib import Path

import pandas as pd
import pytest

from toolkit import corpus, counts, keyness, models, pipeline

FOLDER = Path(__file__).parents[1] / "data/reference"
FACTS = json.loads((FOLDER / "facts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("by", ["lemma", "norm", "form"])
def test_list_is_a_frequency_table_of_five_million_words(by):
    found = pd.read_parquet(FOLDER / f"{by}.parquet")
    assert found.index.name == by
    assert found.index.is_unique
    assert list(found) == ["freq", "n", "per_million", "docs"]
    assert set(found["n"]) == {FACTS["n"]}
    assert FACTS["n"] >= 5_000_000
    assert found["freq"].min() == FACTS["least"]
    assert (found["docs"].between(1, FACTS["documents"])).all()
    assert (found["docs"] <= found["freq"]).all()
    assert (found["per_million"] == found["freq"] / found["n"] * 1_000_000).all()
    order = sorted(zip(-found["freq"], found.index, strict=True))
    assert [item for _, item in order] == found.index.tolist()
    facts = FACTS[by]
    assert facts["kept"] == len(found) < facts["items"]
    assert facts["covered"] == round(found["freq"].sum() / FACTS["n"], 4)


def test_models_that_made_it_are_those_that_ship():
    files = models.resolve("news").files
    assert set(FACTS["models"]) == {name for name in files if "ner" not in name}
    assert all(files[name] == made_by for name, made_by in FACTS["models"].items())


def test_seed_article_set_against_it_shows_its_subject():
    news = pipeline.annotate(corpus.read_texts("seeds"), entities=False)
    reference = pd.read_parquet(FOLDER / "lemma.parquet")
    found = keyness.keywords(counts.frequencies(news.words, by="lemma"), reference)
    assert {"سوري", "روسي", "موسكو", "عسكري"} <= set(found.index[:12])
    assert found["freq_reference"].max() == reference["freq"].max()
