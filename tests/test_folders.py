"""Saving at every moment of a kill: the old corpus is there, or the new one, and it can be loaded.

A process that saves is killed at a chosen rename by itself, as a `kill -9` would at that moment.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

import command_line
import pandas as pd
import pytest
from filelock import FileLock
from test_corpus import assert_same

from toolkit import corpus, export
from toolkit.keeping import folders, storage

# Saves the corpus of the first folder into the second; killed before the n-th rename, or after all.
SAVE = """
import os, pathlib, sys
from toolkit import corpus
found, left = corpus.load(sys.argv[1]), [int(sys.argv[3])]
rename = pathlib.Path.rename
def until_killed(path, target):
    left[0] -= 1
    if not left[0]:
        os._exit(9)
    return rename(path, target)
pathlib.Path.rename = until_killed
if left[0] == 3:
    import shutil
    shutil.rmtree = lambda *_, **__: os._exit(9)
found.save(sys.argv[2])
"""


@pytest.fixture
def kept(tmp_path):
    return corpus.Corpus(provenance={"made": "old"}).save(tmp_path / "kept")


@pytest.fixture
def newer(twelve, tmp_path):
    return twelve.save(tmp_path / "newer")


def save_killed(newer, kept, moment):
    ran = subprocess.run([sys.executable, "-c", SAVE, newer, kept, str(moment)], timeout=300)
    assert ran.returncode == 9


@pytest.mark.parametrize(
    ("moment", "left", "is_new"),
    [(1, "new", False), (2, "old and new", False), (3, "old", True)],
    ids=["before both renames", "between them", "after both"],
)
def test_killed_save_leaves_the_old_corpus_or_the_new(
    twelve, newer, kept, tmp_path, moment, left, is_new
):
    save_killed(newer, kept, moment)
    (aside,) = tmp_path.glob(".kept-*")
    assert {path.name for path in aside.iterdir()} - {"lock"} == set(left.split(" and "))
    expected = twelve if is_new else corpus.Corpus(provenance={"made": "old"})
    assert_same(corpus.load(kept), expected)
    # and the next save takes away what was left
    os.utime(aside, (0, 0))
    twelve.save(kept)
    assert_same(corpus.load(kept), twelve)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "newer"]


def test_parts_are_found_after_a_kill_between_renames(newer, kept):
    save_killed(newer, kept, 2)
    (found,) = export.parts(kept)
    assert found.provenance == {"made": "old"}


@pytest.mark.parametrize("report", [False, True], ids=["a corpus", "the corpus of a report"])
def test_command_finds_the_corpus_after_a_kill_between_renames(
    twelve, kept, tmp_path, capsys, report
):
    source = tmp_path / "source"
    place = source / "corpus" if report else source
    save_killed(kept, twelve.save(place), 2)
    assert not place.exists()
    code, out, err = command_line.called(capsys, "freq", source, "--top", 1)
    assert (code, out.splitlines()[1].split("\t")[:3]) == (0, ["دمشق", "2", "14"]), err


def test_corpus_is_waited_for_while_another_process_renames(kept):
    aside = kept.parent / ".kept-alive"
    aside.mkdir()
    lock = FileLock(aside / folders.LOCK, thread_local=False)
    lock.acquire()
    kept.rename(aside / folders.OLD)

    def finish():
        time.sleep(0.3)
        (aside / folders.OLD).rename(kept)
        lock.release()

    threading.Thread(target=finish).start()
    assert corpus.load(kept).provenance == {"made": "old"}


def test_folder_of_a_similar_name_is_not_put_back(kept, tmp_path):
    (tmp_path / ".kept-mine").mkdir()
    shutil.move(kept, tmp_path / ".kept-mine" / "older")
    with pytest.raises(FileNotFoundError, match=r"^load: no saved corpus in .*kept"):
        corpus.load(kept)


# --- what a saved corpus must be --------------------------------------------------------------


@pytest.fixture
def saved(twelve, tmp_path):
    return twelve.save(tmp_path / "saved")


def change(folder, key, value):
    """Put a value into the manifest, by keys from the outside in."""
    path = folder / "manifest.json"
    manifest = inner = json.loads(path.read_text(encoding="utf-8"))
    for each in key[:-1]:
        inner = inner[each]
    inner[key[-1]] = value
    path.write_text(json.dumps(manifest), encoding="utf-8")


def approve(folder, name):
    """Have the manifest state the file as it is now."""
    file = folder / f"{name}.parquet"
    change(folder, ("tables", name, 0, "sha256"), storage.hash_file(file))


@pytest.mark.parametrize("schema", [0, -1, 1.5, True, "2", None])
def test_schema_that_is_no_version_is_damage(saved, schema):
    change(saved, ("schema",), schema)
    with pytest.raises(ValueError, match=r"^load: .*manifest\.json' is damaged \(.*its schema is"):
        corpus.load(saved)


@pytest.mark.parametrize("read", [corpus.load, lambda folder: next(export.parts(folder))])
def test_newer_schema_is_refused_by_every_reader(saved, read):
    change(saved, ("schema",), storage.SCHEMA_VERSION + 1)
    change(saved, ("written_by",), "mudawwana 9.0")
    with pytest.raises(ValueError, match=r"has schema 3, written by mudawwana 9\.0; this .* up to"):
        read(saved)


def test_first_schema_is_still_read(twelve, saved):
    for name in corpus.TABLES:
        file = saved / f"{name}.parquet"
        entry = {"file": file.name, "rows": 0, "sha256": storage.hash_file(file)}
        change(saved, ("tables", name), entry)
    change(saved, ("schema",), 1)
    assert_same(corpus.load(saved), twelve)


@pytest.mark.parametrize(
    "file", ["../words.parquet", "/etc/passwd", "tokens.parquet", "words/../a"]
)
def test_file_outside_the_folder_is_not_opened(saved, file):
    change(saved, ("tables", "words", 0, "file"), file)
    with pytest.raises(ValueError, match=r"is damaged \(.*is no file of the table words"):
        corpus.load(saved)


@pytest.mark.parametrize(
    ("value", "reason"),
    [([], "a table has no file"), ([{"file": "words.parquet"}], "sha256")],
)
def test_table_without_files_or_hashes_is_damage(saved, value, reason):
    change(saved, ("tables", "words"), value)
    with pytest.raises(ValueError, match=rf"^load: .* is damaged \(.*{reason}"):
        corpus.load(saved)


def test_tables_of_unequal_parts_are_damage(saved):
    entry = {"file": "words.parquet", "sha256": storage.hash_file(saved / "words.parquet")}
    change(saved, ("tables", "words"), [entry, entry])
    with pytest.raises(ValueError, match="its tables have not equally many parts"):
        corpus.load(saved)


def test_deeply_nested_manifest_is_damage(saved):
    (saved / "manifest.json").write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(ValueError, match=r"manifest\.json' is damaged"):
        corpus.load(saved)


@pytest.mark.parametrize("read", [corpus.load, lambda folder: next(export.parts(folder))])
def test_file_that_is_no_parquet_is_named(saved, read):
    (saved / "words.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    approve(saved, "words")
    with pytest.raises(ValueError, match=r"words\.parquet' cannot be read \("):
        read(saved)


@pytest.mark.parametrize(
    ("column", "cells", "reason"),
    [
        ("start", "7", "the column start is str, not whole numbers"),
        ("lemma", 7, "the column lemma is int64, not text"),
    ],
)
def test_column_of_another_type_is_named(twelve, saved, column, cells, reason):
    twelve.words.assign(**{column: cells}).to_parquet(saved / "words.parquet")
    approve(saved, "words")
    with pytest.raises(ValueError, match=rf"words\.parquet' is no table of words \({reason}\)"):
        corpus.load(saved)


def test_column_of_another_type_is_not_saved(twelve, tmp_path):
    wrong = corpus.Corpus(texts=twelve.texts.assign(doc=[1, 2]))
    with pytest.raises(ValueError, match=r"^save: the table texts cannot be written .*int64, not"):
        wrong.save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_columns_beyond_the_schema_come_back(twelve, tmp_path):
    more = corpus.Corpus(
        words=twelve.words.assign(root=pd.Categorical(["كتب"] * len(twelve.words)))
    )
    assert_same(corpus.load(more.save(tmp_path / "kept")), more)


def test_corpus_replaced_between_two_parts_is_said_to_be(twelve, tmp_path):
    tables = {name: getattr(twelve, name) for name in corpus.TABLES}
    folder = tmp_path / "kept"
    storage.write_parts([tables, tables], {}, folder, finish=lambda _: None)
    found = export.parts(folder)
    next(found)
    twelve.save(folder)
    with pytest.raises(ValueError, match=r"^parts: .*kept' was replaced while it was read; read"):
        next(found)
