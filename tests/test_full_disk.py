"""What is said, and what is left, where there is no room to write or no folder to write in."""

import errno
import gc
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from full_disk import no_file_beyond

from toolkit import corpus, export, report
from toolkit.exporting import vertical_registry, workbook
from toolkit.keeping.system_errors import naming

ROOM = 100  # bytes: less than any of the files
WRITERS = {
    "a.csv": lambda found, path: export.write_csv(found.words, path),
    "a.parquet": lambda found, path: export.write_parquet(found.words, path),
    "a.conllu": export.write_conllu,
    "a.vrt": export.write_vrt,
    "a.xml": export.write_tei,
    "saved": corpus.save,
}


@pytest.mark.parametrize("name", WRITERS)
def test_error_of_a_full_disk_names_what_was_asked_for_and_leaves_nothing(twelve, tmp_path, name):
    with pytest.raises(OSError, match="Errno") as caught, no_file_beyond(ROOM):
        WRITERS[name](twelve, tmp_path / name)
    assert caught.value.errno == errno.EFBIG
    assert caught.value.filename == str(tmp_path / name)
    assert caught.value.strerror == os.strerror(errno.EFBIG)
    assert list(tmp_path.iterdir()) == []


def test_report_that_cannot_be_written_leaves_no_folder(twelve, tmp_path):
    with pytest.raises(OSError, match="Errno") as caught, no_file_beyond(ROOM):
        report.build(twelve, tmp_path / "report")
    assert caught.value.filename == str(tmp_path / "report" / "corpus")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_was_there_before_a_report_stays(twelve, tmp_path):
    (tmp_path / "report").mkdir()
    with pytest.raises(OSError, match="Errno"), no_file_beyond(ROOM):
        report.build(twelve, tmp_path / "report")
    assert (tmp_path / "report").is_dir()


def test_workbook_that_cannot_be_finished_is_an_error_of_the_system(twelve, tmp_path, monkeypatch):
    pytest.importorskip("xlsxwriter")
    close = workbook._close
    ignored = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)

    def without_room(*given):
        with no_file_beyond(ROOM):
            close(*given)

    monkeypatch.setattr(workbook, "_close", without_room)
    with pytest.raises(OSError, match="Errno") as caught:
        export.write_xlsx(twelve.words, tmp_path / "a.xlsx")
    assert caught.value.errno == errno.EFBIG
    assert caught.value.filename == str(tmp_path / "a.xlsx")
    caught = None
    gc.collect()
    assert ignored == []
    assert list(tmp_path.iterdir()) == []


def test_vertical_file_and_its_registries_are_replaced_together(twelve, tmp_path, monkeypatch):
    export.write_vrt(twelve, tmp_path / "a.vrt", unit="words")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {"a.vrt", "a.cwb", "a.nosketch"}

    def without_room(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(vertical_registry, "_nosketch", without_room)
    with pytest.raises(OSError, match="Errno") as caught:
        export.write_vrt(twelve, tmp_path / "a.vrt", unit="tokens")
    assert caught.value.filename == str(tmp_path / "a.nosketch")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("suffix", [".cwb", ".nosketch"])
def test_folder_in_the_way_of_a_registry_leaves_the_old_files(twelve, tmp_path, suffix):
    (tmp_path / f"a{suffix}").mkdir()
    (tmp_path / "a.vrt").write_bytes(b"old")
    with pytest.raises(ValueError, match="is a folder; name a file"):
        export.write_vrt(twelve, tmp_path / "a.vrt")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.vrt", f"a{suffix}"])
    assert (tmp_path / "a.vrt").read_bytes() == b"old"


@pytest.mark.parametrize("code", [errno.EIO, errno.ECONNRESET, errno.EACCES])
def test_errors_of_what_is_read_are_not_laid_on_what_is_written(tmp_path, code):
    with pytest.raises(OSError, match="own words") as caught, naming(tmp_path / "out"):
        raise OSError(code, "own words")
    assert caught.value.filename is None


@pytest.mark.parametrize("name", WRITERS)
def test_place_in_a_file_is_refused_by_the_name_of_the_file(twelve, tmp_path, monkeypatch, name):
    (tmp_path / "words.parquet").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"cannot be written \('words\.parquet' is a file\)"):
        WRITERS[name](twelve, Path("words.parquet") / "in" / name)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_output_that_takes_nothing_is_named(twelve, tmp_path):
    found = replace(twelve, problems=pd.DataFrame(columns=["doc", "stage", "what", "detail"]))
    corpus.save(found, tmp_path / "saved")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", "freq", str(tmp_path / "saved"), "--quiet"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    said = f"mudawwana: 'the output': {os.strerror(errno.ENOSPC)}.\n"
    assert (done.returncode, done.stderr.decode()) == (1, said)
