"""Export: files appear as a whole, replace only files of their kind, and hold what is saved."""

import gc
import json
import os
import re
import stat
import sys
import weakref
from pathlib import Path

import pandas as pd
import pytest

from toolkit import corpus, export
from toolkit.corpus import TABLES, Corpus
from toolkit.exporting import files as export_files
from toolkit.keeping import storage

ROOT = Path(__file__).resolve().parents[1]
WRITERS = {
    "write_conllu": (lambda c, path: export.write_conllu(c, path), ".conllu"),
    "write_csv": (lambda c, path: export.write_csv(c.words, path), ".csv"),
    "write_parquet": (lambda c, path: export.write_parquet(c.words, path), ".parquet"),
    "write_tei": (lambda c, path: export.write_tei(c, path), ".xml"),
    "write_vrt": (lambda c, path: export.write_vrt(c, path), ".vrt"),
    "write_xlsx": (lambda c, path: export.write_xlsx(c.words, path), ".xlsx"),
}


def test_every_writer_is_tested_here():
    assert {name for name in export.__all__ if name.startswith("write_")} == set(WRITERS)


@pytest.mark.parametrize("name", WRITERS)
def test_path_comes_back_and_folders_on_the_way_are_made(name, twelve, tmp_path):
    write, suffix = WRITERS[name]
    path = tmp_path / "new" / "folder" / f"a{suffix.upper()}"
    assert write(twelve, str(path)) == path
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", WRITERS)
def test_file_of_another_kind_is_not_replaced(name, twelve, tmp_path):
    write, suffix = WRITERS[name]
    text = tmp_path / "article.txt"
    text.write_text("نص", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"^{name}: 'article\.txt' does not end in .*\{suffix}"):
        write(twelve, text)
    assert text.read_text(encoding="utf-8") == "نص"
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    with pytest.raises(ValueError, match=rf"^{name}: .* is a folder; name a file\."):
        write(twelve, folder)


@pytest.mark.parametrize("name", WRITERS)
def test_same_corpus_makes_the_same_bytes_in_the_place_of_the_old(name, twelve, tmp_path):
    write, suffix = WRITERS[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    first = write(twelve, path).read_bytes()
    assert write(twelve, path).read_bytes() == first != b"old"


@pytest.mark.parametrize("name", WRITERS)
def test_file_that_fails_leaves_the_old_one(name, twelve, tmp_path, monkeypatch):
    write, suffix = WRITERS[name]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(export_files, "_mode_of", fail)
    with pytest.raises(OSError, match="disk full"):
        write(twelve, path)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_permissions_and_links_stay_what_they_were(twelve, tmp_path):
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    export.write_csv(twelve.words, link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    mask = os.umask(0o022)
    os.umask(mask)
    fresh = export.write_csv(twelve.words, tmp_path / "fresh.csv")
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o666 & ~mask


# --- parquet ----------------------------------------------------------------------------------


def test_parquet_keeps_columns_types_and_index(twelve, tmp_path):
    table = twelve.entities.set_index("name")
    table.attrs["problems"] = [object()]
    path = export.write_parquet(table, tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(path), table, check_flags=False)


def test_column_of_mixed_types_is_refused(tmp_path):
    table = pd.DataFrame({"value": [1, "a"]})
    with pytest.raises(ValueError, match=r"^write_parquet: the table cannot be written"):
        export.write_parquet(table, tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


# --- parts ------------------------------------------------------------------------------------


def halves(twelve):
    for doc in "ab":
        tables = {name: getattr(twelve, name) for name in TABLES}
        yield {name: table[table["doc"] == doc] for name, table in tables.items()}


def test_parts_of_a_saved_corpus_make_the_file_of_the_whole(twelve, tmp_path):
    folder = tmp_path / "corpus"
    storage.write_parts(halves(twelve), twelve.provenance, folder, finish=lambda _: None)
    parts = list(export.parts(folder))
    assert [part.texts["doc"].tolist() for part in parts] == [["a"], ["b"]]
    assert all(part.provenance == twelve.provenance for part in parts)
    whole = export.write_conllu(twelve, tmp_path / "whole.conllu")
    found = export.write_conllu(export.parts(folder), tmp_path / "parts.conllu")
    assert found.read_bytes() == whole.read_bytes()
    assert export.write_tei(export.parts(folder), tmp_path / "a.xml").read_bytes() == (
        export.write_tei(twelve, tmp_path / "b.xml", title="a").read_bytes()
    )


def test_saved_corpus_without_parts_is_one(twelve, tmp_path):
    twelve.save(tmp_path / "corpus")
    (found,) = export.parts(tmp_path / "corpus")
    pd.testing.assert_frame_equal(found.words, twelve.words)


def test_parts_that_are_missing_or_other_are_refused(twelve, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^parts: no saved corpus in"):
        next(export.parts(tmp_path))
    folder = twelve.save(tmp_path / "corpus")
    (folder / "words.parquet").write_bytes(b"other")
    with pytest.raises(ValueError, match=r"^parts: .* is not the file that was saved"):
        next(export.parts(folder))
    (folder / "words.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"^parts: .* is missing"):
        next(export.parts(folder))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["tables"]["words"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^parts: .*manifest\.json' is damaged"):
        next(export.parts(folder))


def test_document_in_two_parts_is_refused(twelve, tmp_path):
    with pytest.raises(ValueError, match=r"^write_conllu: doc 'a' occurs twice in texts"):
        export.write_conllu([twelve, twelve], tmp_path / "a.conllu")


def test_parts_are_in_memory_one_at_a_time(twelve, tmp_path):
    refs, alive = [], []

    def parts():
        for number in range(6):
            gc.collect()
            alive.append(sum(ref() is not None for ref in refs))
            tables = {name: getattr(twelve, name).astype({"doc": "str"}) for name in TABLES}
            part = Corpus(
                **{name: each.assign(doc=each["doc"] + f"#{number}")
                   for name, each in tables.items()}
            )  # fmt: skip
            refs.append(weakref.ref(part))
            yield part
            del part

    for write in (export.write_conllu, export.write_tei, export.write_vrt):
        refs.clear()
        suffix = {"write_tei": ".xml", "write_vrt": ".vrt"}.get(write.__name__, ".conllu")
        write(parts(), tmp_path / f"a{suffix}")
    assert max(alive) == 1


# --- what can be read back: docs/exporting.md, "What comes back" -------------------------------


def rows(table):
    """The cells as plain Python values, None where one is missing."""
    cells = table.astype("object").where(table.notna(), None)
    return list(cells.itertuples(index=False, name=None))


def test_saved_corpus_comes_back_with_every_table_and_type(twelve, tmp_path):
    found = Corpus.load(twelve.save(tmp_path / "saved"))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(twelve, name))
    assert found.provenance == twelve.provenance


def test_conllu_comes_back_as_a_corpus(twelve, tmp_path):
    found = export.read_conllu(export.write_conllu(twelve, tmp_path / "a.conllu"))
    for name in set(TABLES) - {"problems"}:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(twelve, name))
    assert found.provenance == twelve.provenance
    assert found.problems.empty


def test_csv_comes_back_as_text_cell_by_cell(twelve, tmp_path):
    found = export.read_csv(export.write_csv(twelve.words, tmp_path / "a.csv"))
    expected = twelve.words.astype("object").where(twelve.words.notna(), None)
    assert list(found.columns) == list(expected.columns)
    assert rows(found) == rows(expected.map(str, na_action="ignore"))
    assert found.astype({"start": "int32"})["start"].equals(twelve.words["start"])


def test_workbook_comes_back_with_text_and_numbers(twelve, tmp_path):
    pytest.importorskip("openpyxl")
    path = export.write_xlsx({"words": twelve.words, "texts": twelve.texts}, tmp_path / "a.xlsx")
    for name in ("words", "texts"):
        found = pd.read_excel(path, name)
        assert rows(found) == rows(getattr(twelve, name))


@pytest.mark.parametrize("unit", ["tokens", "words"])
def test_vertical_file_comes_back_as_the_columns_of_its_unit(twelve, tmp_path, unit):
    table = getattr(twelve, unit)
    found = export.read_vrt(export.write_vrt(twelve, tmp_path / "a.vrt", unit=unit))
    own = [name for name in found.columns if name in table.columns and name != "word"]
    assert {"doc", "sent", "norm", "kind"} < set(own)
    assert found["word"].tolist() == table["form"].tolist()
    shown = table[own].astype("object").where(table[own].notna(), "_")  # what is missing
    assert rows(found[own]) == rows(shown)
    named = found.loc[found["mention"] > 0, ["doc", "sent", "word", "type", "name"]]
    assert rows(named) == rows(twelve.entities[["doc", "sent", "text", "type", "name"]])


@pytest.mark.parametrize("name", ["a.xml", "a.conllu"])
def test_texts_of_tei_and_conllu_come_back_without_annotations(twelve, tmp_path, name):
    write = export.write_tei if name == "a.xml" else export.write_conllu
    found = corpus.read_texts(write(twelve, tmp_path / name))
    assert rows(found[["doc", "text", "date"]]) == rows(twelve.texts[["doc", "text", "date"]])


def test_documentation_says_of_every_format_what_comes_back():
    page = (ROOT / "docs/exporting.md").read_text(encoding="utf-8")
    section = page.partition("## What comes back\n")[2].partition("\n## ")[0]
    said = set(re.findall(r"`export\.(\w+)\(", section))
    assert {name for name in export.__all__ if name.startswith(("read_", "write_"))} == said
