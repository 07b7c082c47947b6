"""Annotation that is kept: what a second run computes, and what becomes of stops and damage."""

import importlib.util
import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pandas as pd
import pytest

import toolkit
from toolkit import corpus, models, pipeline
from toolkit.annotating import content, engine, provenance, worker
from toolkit.keeping import cache, database

SENTENCES = [
    "وصل الرئيس إلى دمشق صباح اليوم.",
    "قالت وزارة الدفاع إن الوفد غادر موسكو.",
    "وبالمدرسة كتب التلاميذ درسهم الأول.",
    "نقلت الجزيرة عن للوزير قوله إن الاتفاق قريب.",
    "عاد الفريق إلى القاهرة بعد المباراة.",
    "فسيكتبونها غدا في بيروت ثم يعودون.",
]


def texts_of(sentences):
    docs = [f"d{number}" for number in range(len(sentences))]
    return pd.DataFrame({"doc": docs, "text": sentences})


@pytest.fixture(scope="module")
def undisturbed():
    return pipeline.annotate(texts_of(SENTENCES), cache=False)


@pytest.fixture
def one_by_one(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_CHARACTERS", 1)


@pytest.fixture
def sent(monkeypatch):
    """The documents that the models are given."""
    found = []
    annotate = worker.annotate

    def noted(how, documents):
        found.extend(document.doc for document in documents)
        return annotate(how, documents)

    monkeypatch.setattr(worker, "annotate", noted)
    return found


def assert_same(one, other):
    for name in corpus.TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert one.provenance == other.provenance


def test_second_run_needs_no_model_and_gives_the_same(undisturbed, tmp_path, monkeypatch):
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path), undisturbed)
    monkeypatch.setattr(worker, "load", None)
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path), undisturbed)


def test_only_what_changed_is_annotated_again(undisturbed, tmp_path, sent):
    pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    sent.clear()
    changed = texts_of([*SENTENCES[:5], "لا شيء."])
    again = pipeline.annotate(changed, cache=tmp_path)
    assert sent == ["d5"]
    kept = again.words[again.words["doc"] != "d5"].reset_index(drop=True)
    before = undisturbed.words[undisturbed.words["doc"] != "d5"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept.astype("object"), before.astype("object"))


def test_options_and_header_are_part_of_what_is_kept(tmp_path, sent):
    one = texts_of(SENTENCES[:1])
    for call in (
        lambda: pipeline.annotate(one, cache=tmp_path),
        lambda: pipeline.annotate(one, cache=tmp_path, entities=False),
        lambda: pipeline.annotate(one.assign(body_start=4), cache=tmp_path),
    ):
        call()
        call()
    assert len(sent) == 3


def test_second_run_tells_no_name_and_no_date_anew(undisturbed, tmp_path, monkeypatch):
    pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    monkeypatch.setattr(content, "named", None)
    monkeypatch.setattr(content, "dated", None)
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path), undisturbed)


def test_equal_texts_of_two_days_have_the_dates_of_their_days(tmp_path):
    twice = texts_of([SENTENCES[0]] * 2).assign(date=["2025-11-16", "2024-02-29"])
    for _ in range(2):
        found = pipeline.annotate(twice, cache=tmp_path)
        assert found.dates["first"].tolist() == ["2025-11-16", "2024-02-29"]


def modules_imported(source):
    """The modules of the package that a source imports when it is imported."""
    for module, names in re.findall(r"^from (toolkit[\w.]*) import (\([^)]*\)|.+)", source, re.M):
        for name in re.findall(r"(\w+)(?: as \w+)?", names):
            inside = f"{module}.{name}"
            yield (
                inside
                if importlib.util.find_spec(module).submodule_search_locations
                and (importlib.util.find_spec(inside))
                else module
            )


def test_all_code_that_decides_a_record_is_part_of_what_is_kept():
    """What the modules of the models and the rows import, however far, and the tables they read."""
    package = Path(toolkit.__file__).parent
    resources = set()
    no_part = {"", "models", "download", "keeping", "statistics"}  # of columns, the order of scores
    left, found = ["toolkit.annotating.worker"], set()
    while left:
        path = left.pop().removeprefix("toolkit").removeprefix(".").replace(".", "/")
        if path.partition("/")[0] in no_part or path in found:
            continue
        found.add(path)
        source = (package / f"{path}.py").read_text(encoding="utf-8")
        resources.update(re.findall(r'"resources" / "([\w.]+)"', source))
        left += modules_imported(source)
    parts = {path.partition("/")[0] + ("" if "/" in path else ".py") for path in found}
    assert parts == set(provenance.CODE_OF_RECORDS)
    assert resources == set(provenance.RESOURCES_OF_RECORDS)


def settings_with(monkeypatch, resources, forms="", dates="2.6.0"):
    """The settings of a call with other tables, told forms or dates than those of now."""
    model_set = models.resolve("news")
    provenance.code_of_records.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(provenance, "PACKAGE", resources)
        patch.setattr(provenance, "CODE_OF_RECORDS", ())
        patch.setattr(provenance.known_forms, "version_of", lambda _: forms)
        known = provenance.version
        patch.setattr(provenance, "version", lambda p: dates if p == "hijridate" else known(p))
        try:
            found = provenance.provenance_of(model_set, entities=True)
            return provenance.settings_of(found, model_set)
        finally:
            provenance.code_of_records.cache_clear()


def test_gazetteer_told_forms_and_calendar_are_part_of_what_is_kept(monkeypatch, tmp_path):
    for name, content_of_it in (("one", "دمشق"), ("other", "دمشق|الشام")):
        (tmp_path / name / "resources").mkdir(parents=True)
        table = tmp_path / name / "resources" / "places.tsv"
        table.write_text(content_of_it, encoding="utf-8")
    here = settings_with(monkeypatch, tmp_path / "one")
    assert settings_with(monkeypatch, tmp_path / "one") == here
    assert settings_with(monkeypatch, tmp_path / "other") != here
    assert settings_with(monkeypatch, tmp_path / "one", forms="3f2a") != here
    assert settings_with(monkeypatch, tmp_path / "one", dates="2.7.0") != here


def test_equal_texts_are_annotated_once_and_both_are_there(tmp_path, sent):
    twice = pipeline.annotate(texts_of([SENTENCES[0]] * 2), cache=tmp_path)
    assert len(sent) == 1
    one, other = (twice.words[twice.words["doc"] == doc] for doc in ("d0", "d1"))
    assert one["form"].tolist() == other["form"].tolist() != []


def test_without_a_cache_no_file_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path / "none"))
    pipeline.annotate(texts_of(SENTENCES[:1]), cache=False)
    assert not (tmp_path / "none").exists()


def test_damaged_record_is_computed_again_and_said(undisturbed, tmp_path, sent):
    pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    sent.clear()
    with sqlite3.connect(tmp_path / database.FILE) as base:
        column = base.execute("SELECT * FROM records").description[-1][0]
        key, record = base.execute(f"SELECT key, {column} FROM records").fetchone()
        flipped = record[:20] + bytes([record[20] ^ 1]) + record[21:]
        base.execute(f"UPDATE records SET {column} = ? WHERE key = ?", (flipped, key))
    base.close()
    with pytest.warns(cache.CacheWarning, match="1 of 6 records"):
        again = pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    assert len(sent) == 1
    assert_same(again, undisturbed)


def test_folder_that_cannot_be_made_is_said_and_annotation_goes_on(undisturbed, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.warns(cache.CacheWarning, match="cache: "):
        found = pipeline.annotate(texts_of(SENTENCES), cache=tmp_path / "file" / "below")
    assert_same(found, undisturbed)


def test_stop_in_the_middle_says_how_to_go_on(undisturbed, tmp_path, one_by_one, monkeypatch):
    annotate = worker.annotate

    def stop_at_third(how, documents):
        if documents[0].doc == "d3":
            raise KeyboardInterrupt
        return annotate(how, documents)

    with monkeypatch.context() as patch:
        patch.setattr(worker, "annotate", stop_at_third)
        with pytest.raises(KeyboardInterrupt) as stopped:
            pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    assert "3 of 6 texts are finished" in stopped.value.__notes__[0]
    sent = []

    def noted(how, documents):
        sent.extend(document.doc for document in documents)
        return annotate(how, documents)

    monkeypatch.setattr(worker, "annotate", noted)
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path), undisturbed)
    assert sent == ["d3", "d4", "d5"]


def test_killed_run_goes_on_where_it_was(undisturbed, tmp_path, sent):
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import pandas as pd
            from toolkit import pipeline
            from toolkit.annotating import engine
            engine.CHUNK_CHARACTERS = 1
            sentences = {SENTENCES!r}
            docs = [f"d{{number}}" for number in range(len(sentences))]
            texts = pd.DataFrame({{"doc": docs, "text": sentences}})
            pipeline.annotate(texts, cache={str(tmp_path / "kept")!r})
            """
        ),
        encoding="utf-8",
    )
    process = subprocess.Popen([sys.executable, str(script)])
    while process.poll() is None:
        with cache.Cache(tmp_path / "kept") as kept:
            if os.path.exists(kept.path) and records_in(kept.path) >= 2:
                process.send_signal(signal.SIGKILL)
                break
        time.sleep(0.05)
    process.wait()
    there = records_in(tmp_path / "kept" / database.FILE)
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path / "kept"), undisturbed)
    assert len(sent) == len(SENTENCES) - there < len(SENTENCES)


def records_in(path):
    base = sqlite3.connect(path)
    try:
        return base.execute("SELECT count(*) FROM records").fetchone()[0]
    except sqlite3.Error:
        return 0
    finally:
        base.close()


def test_two_workers_give_the_same(undisturbed):
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=False, workers=2), undisturbed)


def test_document_that_fails_is_a_problem_and_the_others_are_whole(
    undisturbed, tmp_path, monkeypatch
):
    run = worker.Stages.run

    def fail(self, batch, **options):
        if any("الفريق" in piece.text for piece in batch):
            raise RuntimeError("no room")
        return run(self, batch, **options)

    with monkeypatch.context() as patch:
        patch.setattr(worker.Stages, "run", fail)
        with pytest.warns(UserWarning, match=r"^annotate: 1 of 6 texts could .*first 'd4' \(Runt"):
            found = pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    assert found.problems.to_numpy().tolist() == [
        ["d4", "annotate", "model error", "RuntimeError: no room"]
    ]
    assert set(found.words["doc"]) == {"d0", "d1", "d2", "d3", "d5"}
    assert_same(pipeline.annotate(texts_of(SENTENCES), cache=tmp_path), undisturbed)


@pytest.mark.parametrize("workers", [0, 1.5, None, True])
def test_wrong_number_of_workers_is_refused(workers):
    with pytest.raises(ValueError, match=r"^annotate: workers is .*pass a whole number, 1 or more"):
        pipeline.annotate(texts_of(SENTENCES), workers=workers)


def test_a_run_of_which_nothing_comes_is_refused(monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no room")

    monkeypatch.setattr(worker.Stages, "run", fail)
    with (
        pytest.warns(UserWarning, match="6 of 6 texts could not be annotated"),
        pytest.raises(ValueError, match=r"no text to annotate \('d0': RuntimeError: no room"),
    ):
        pipeline.annotate(texts_of(SENTENCES), cache=False)
