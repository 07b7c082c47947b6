"""The labelled excerpts: spans that can be, and no text of a held-out set among the training ones.

The text is compared where the data lie beside the checkout or in MUDAWWANA_DATA.
"""

import csv
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("MUDAWWANA_DATA", ROOT.parent / "shared/data"))
CLASSES = {"PER", "LOC", "ORG", "MISC"}
RUN = 8  # words in a row that two texts may not share


@pytest.fixture(scope="module")
def rows():
    with open(ROOT / "training/gold/names.tsv", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_every_span_lies_in_its_excerpt_after_the_one_before(rows):
    for row in rows:
        end = 0
        for span in row["names"].split():
            place, kind = span.split(":")
            first, last = map(int, place.split("-"))
            assert end <= first < last <= int(row["tokens"]), row
            assert kind in CLASSES, row
            end = last


def test_an_article_has_one_excerpt_and_one_use(rows):
    places = [(row["source"], row["article"]) for row in rows]
    assert len(set(places)) == len(places)
    assert {row["use"] for row in rows} == {"train", "test", "neither"}


def test_enough_excerpts_are_held_back(rows):
    held_back = [row for row in rows if row["use"] == "test"]
    assert len(held_back) >= 300
    assert sum(len(row["names"].split()) for row in held_back) >= 900


@pytest.mark.skipif(not DATA.exists(), reason="the training data is not at hand")
def test_no_training_excerpt_shares_text_with_a_held_out_set(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "training"), *sys.path])
    from excerpts import read_labelled
    from ner_reading import read_anercorp, read_aqmar

    def runs(tokens):
        return {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}

    train, test = read_labelled(DATA)
    with open(ROOT / "training/gold/names.tsv", encoding="utf-8") as lines:
        uses = [row["use"] for row in csv.DictReader(lines, delimiter="\t")]
    assert (len(train), len(test)) == (uses.count("train"), uses.count("test"))
    held_out = [*test, *read_anercorp(DATA)[1], *read_aqmar(DATA)[1]]
    held_back = set().union(*(runs([token for token, _ in s]) for s in held_out))
    shared = [
        " ".join(token for token, _ in excerpt)
        for excerpt in train
        if runs([token for token, _ in excerpt]) & held_back
    ]
    assert shared == []
