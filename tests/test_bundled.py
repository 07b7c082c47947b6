"""The models that ship with the package: they load in plain Stanza, fit, and need no network."""

import hashlib
import json
import socket

import pandas as pd
import pytest

from toolkit import models, pipeline
from toolkit.annotating import loading

LIMIT = 45_000_000  # bytes of all weights and tables together


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_plain_stanza_loads_the_package(no_network):
    import stanza

    nlp = stanza.Pipeline(
        "ar",
        dir=str(models.bundled_dir()),
        package="news",
        download_method=None,
        use_gpu=False,
        logging_level="ERROR",
    )
    # by hand: وقالت is two words, the rest one each
    document = nlp("وقالت وزيرة الخارجية إن الرئيس وصل إلى دمشق.")
    token = document.sentences[0].tokens[0]
    assert [word.text for word in token.words] == ["و", "قالت"]
    assert document.sentences[0].tokens[-2].ner == "S-LOC"
    assert all(word.lemma and word.upos for word in document.sentences[0].words)


def test_annotation_opens_no_connection(no_network):
    loading._cached.cache_clear()
    annotated = pipeline.annotate(pd.DataFrame({"doc": ["a"], "text": ["وصل الرئيس إلى دمشق."]}))
    assert annotated.tokens["form"].tolist() == ["وصل", "الرئيس", "إلى", "دمشق", "."]


def test_every_file_is_the_one_that_is_listed():
    folder = models.bundled_dir()
    listed = json.loads((folder / "resources.json").read_text(encoding="utf-8"))["ar"]
    found = {path.relative_to(folder / "ar").as_posix() for path in folder.rglob("*.pt")}
    stated = {
        f"{kind}/{name}.pt": entry["md5"]
        for kind, entries in listed.items()
        if kind not in ("packages", "lang_name")
        for name, entry in entries.items()
    }
    assert found == set(stated)
    for name, md5 in stated.items():
        assert hashlib.md5((folder / "ar" / name).read_bytes()).hexdigest() == md5


def test_all_weights_and_tables_together_stay_small():
    files = [path for path in models.bundled_dir().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LIMIT


def test_weights_load_without_running_code():
    import torch

    for path in models.bundled_dir().rglob("*.pt"):
        torch.load(path, map_location="cpu", weights_only=True)
