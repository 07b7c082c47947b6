"""Citations: what the provenance says, and what CITATION.cff and the licences of the models say."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from toolkit import corpus, models, pipeline, summary
from toolkit.command import texts
from toolkit.corpus import Corpus
from toolkit.exporting import citation

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def seed():
    return pipeline.annotate(corpus.read_texts(ROOT / "seeds"), progress=False)


def fields(entries, key):
    """The fields of an entry of BibTeX, each on its line."""
    entry = re.search(rf"^@\w+\{{{key},\n(.*?)^\}}$", entries, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"^  (\w+) +?= \{(.*)\},$", entry[1], re.MULTILINE)) if entry else None


def test_entries_say_what_annotated_the_corpus(seed):
    found = citation.citation(seed)
    assert re.findall(r"^@(\w+)\{(\w+),$", found, re.MULTILINE) == [
        ("misc", "corpus"),
        ("misc", "models"),
        ("software", "mudawwana"),
        ("inproceedings", "stanza"),
    ]
    made_by = seed.provenance["models"]
    said = fields(found, "models")
    assert said["version"] == f"fingerprint {made_by['fingerprint']}"
    for key, file in made_by["files"].items():
        assert f"{key} sha256 {file['sha256']}" in said["note"]
    assert seed.provenance["versions"]["stanza"] in fields(found, "stanza")["note"]
    sizes = "1 documents, 11 sentences, 368 tokens, 428 words, punctuation included"
    assert fields(found, "corpus")["note"].startswith(sizes)
    assert "texts of 2025-11-16" in fields(found, "corpus")["note"]


def test_braces_are_paired(seed):
    found = citation.citation(seed)
    assert found.count("{") == found.count("}")


def test_software_is_that_of_the_citation_file(seed):
    listed = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    value = dict(re.findall(r'^(\w+): "?(.*?)"?$', listed, re.MULTILINE))
    said = fields(citation.citation(seed), "mudawwana")
    assert re.sub("[{}]", "", said["title"]) == value["title"]
    assert said["version"] == value["version"]
    assert said["note"] == f"licence: {value['license']}"
    assert re.findall(r'- name: "(.*)"', listed) == list(citation.AUTHORS)


def test_licences_of_the_bundled_models_are_those_of_their_list():
    listed = (models.bundled_dir() / "LICENSE.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in listed.splitlines() if row.startswith("| `ar/")]
    expected = {}
    for _, names, licence, *_ in rows:
        for name in re.findall(r"`ar/(\w+)/", names):
            expected[name] = licence.partition(":")[0].strip()
    assert expected == citation.NEWS


def test_licences_of_other_models_are_not_guessed(seed):
    others = {**seed.provenance["models"], "fingerprint": "0" * 64}
    made = replace(seed, provenance={"models": others})
    note = fields(citation.citation(made), "models")["note"]
    assert note.startswith("licence: that of the models, which the corpus does not state")


def test_hash_is_of_the_texts_and_their_names(twelve):
    # counted by hand: 1 and 42 code points of 1 and 73 bytes, then 1 and 34 of 1 and 53
    digest = hashlib.sha256()
    for doc, text in zip(twelve.texts["doc"], twelve.texts["text"], strict=True):
        for cell in (doc, text):
            digest.update(f"{len(cell.encode())}:".encode() + cell.encode())
    assert digest.hexdigest() in citation.citation(twelve)
    other = replace(twelve, texts=twelve.texts.assign(text="نص"))
    assert digest.hexdigest() not in citation.citation(other)


@pytest.mark.parametrize(
    "provenance", [{}, {"models": "news"}, {"models": {"name": "a_b & {c}\n"}}]
)
def test_provenance_that_says_little_is_enough(provenance, twelve):
    found = citation.citation(replace(twelve, provenance=provenance))
    assert fields(found, "mudawwana")
    assert fields(found, "stanza") is None
    if isinstance(provenance.get("models"), dict):
        assert fields(found, "models")["title"].endswith(r": a\_b \& \{c\}")


def test_documents_without_annotation_are_told_as_the_command_tells_them(twelve):
    more = pd.concat([twelve.texts, twelve.texts.tail(1).assign(doc="c")], ignore_index=True)
    found = replace(twelve, texts=more)
    said = "3 documents, 1 of them without annotation, 3 sentences, "
    assert fields(citation.citation(found), "corpus")["note"].startswith(said)
    assert texts._summary(summary.card(found)["value"]).startswith(said)


def test_empty_corpus_has_a_citation():
    assert "0 documents" in citation.citation(Corpus())


@pytest.mark.parametrize("given", [None, 3, "corpus"])
def test_what_is_no_corpus_is_refused(given):
    with pytest.raises(ValueError, match=r"^citation: \w+ is no Corpus\."):
        citation.citation(given)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "annotated by machine, not corrected"),
        ([{"applied": {}}], "annotated by machine, not corrected"),
        ([{"applied": {"add": 1}}], "annotated by machine, 1 correction applied"),
        ([{"applied": {"add": 2}}, {"applied": {"span": 1}}], "3 corrections applied"),
    ],
)
def test_corrections_that_were_applied_are_counted(twelve, entries, said):
    corrected = replace(twelve, provenance=twelve.provenance | {"corrections": entries})
    assert f"{said}}}" in citation.citation(corrected)
