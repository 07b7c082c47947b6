"""Reading texts, saving and loading a corpus. Texts written for this test; counts by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import corpus, diversity, pipeline
from toolkit.keeping import storage
from toolkit.reading import sources
from toolkit.tables import SCHEMA, empty_table, typed_table

SENTENCE = "وصلت القافلة إلى الواحة مساء أمس، وقال الدليل إن الطريق كان طويلا."
COLUMNS = ["doc", "text", "date", "body_start", "path", "encoding", "sha256"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "texts" / "sub").mkdir(parents=True)
    return tmp_path / "texts"


def write(path, text=SENTENCE, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def assert_same(loaded, saved):
    for name in corpus.TABLES:
        expected = getattr(saved, name).reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(loaded, name), expected)
    assert loaded.provenance == saved.provenance


# --- read_texts -------------------------------------------------------------------------------


def test_folder_gives_a_row_per_text_ordered_by_path(folder):
    write(folder / "b.txt", "date 2025-11-16 " + SENTENCE)
    write(folder / "sub" / "a.md")
    write(folder / "a.text", encoding="cp1256")
    texts = corpus.read_texts(folder)
    assert list(texts.columns) == COLUMNS
    assert texts["doc"].tolist() == ["a", "b", "sub/a"]
    assert texts["text"].tolist() == [SENTENCE, "date 2025-11-16 " + SENTENCE, SENTENCE]
    assert texts["date"].isna().tolist() == [True, False, True]
    assert texts["date"][1] == "2025-11-16"
    assert texts["body_start"].tolist() == [0, 16, 0]
    assert texts["encoding"].tolist() == ["cp1256", "utf-8", "utf-8"]
    assert texts["path"].tolist() == [
        (folder / name).as_posix() for name in ("a.text", "b.txt", "sub/a.md")
    ]
    assert corpus.problems(texts).empty


def test_text_keeps_every_character(folder):
    raw = " \tمُدَوَّنة\r\nكتـــاب\rسطر\N{RIGHT-TO-LEFT MARK}\u2028\ufefb\n\n"
    write(folder / "a.txt", raw)
    assert corpus.read_texts(folder)["text"][0] == raw


def test_one_file_and_several_paths_are_read(folder):
    one, two = write(folder / "one.txt"), write(folder / "two.txt")
    assert corpus.read_texts(one)["doc"].tolist() == ["one"]
    assert corpus.read_texts(str(one))["doc"].tolist() == ["one"]
    assert corpus.read_texts([two, str(one)])["doc"].tolist() == ["two", "one"]
    assert corpus.read_texts(path for path in (one, two))["doc"].tolist() == ["one", "two"]


@pytest.mark.parametrize(
    ("names", "docs"),
    [
        ([], []),
        (["a.txt", "b.md"], ["a", "b"]),
        (["a.txt", "a.md"], ["a.txt", "a.md"]),
        (["a.txt", "x/a.txt"], ["a", "x/a"]),
        (["a.2025.txt", "a.txt"], ["a.2025", "a"]),
        (["a.txt", "a.txt"], ["a.txt", "a.txt#2"]),
        (["a.txt", "a.txt", "a.txt#2"], ["a.txt", "a.txt#2", "a.txt#2#2"]),
        (["a.txt.txt", "a.txt", "a.md"], ["a.txt.txt", "a.txt", "a.md"]),
    ],
)
def test_doc_is_the_path_without_suffix_where_unique(names, docs):
    assert sources.short_names(names) == docs


@given(st.lists(st.sampled_from(["a", "a.txt", "a.md", "a.txt#2", "a#2", "b.txt", "a.txt.txt"])))
def test_doc_is_always_unique(names):
    docs = sources.short_names(names)
    assert len(docs) == len(set(docs)) == len(names)


def test_same_file_twice_gives_two_documents(folder):
    path = write(folder / "a.txt")
    assert corpus.read_texts([path, folder])["doc"].tolist() == ["a.txt", "a.txt#2"]


def test_warning_counts_files_and_names_the_first_that_was_not_read(folder):
    write(folder / "b.csv", "text\nوصل الوفد\nوصل القطار\n")
    write(folder / "a.txt", "كلام ؟؟؟؟؟؟ \N{REPLACEMENT CHARACTER}")
    (folder / "c.txt").write_bytes(b"")
    expected = r"^read_texts: 1 of 3 files were not read, first 'c.txt' .*, and 1 problem is in the"
    with pytest.warns(UserWarning, match=expected):
        assert len(corpus.read_texts(folder)) == 3


def test_one_problem_is_told_as_one(folder):
    write(folder / "a.txt", "كلام \N{REPLACEMENT CHARACTER}")
    with pytest.warns(UserWarning, match="^read_texts: 1 problem, first 'a': lost letters"):
        corpus.read_texts(folder)


def test_unreadable_files_are_counted_and_listed(folder):
    write(folder / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "sub" / "blank.txt").write_bytes(b" \n ")
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    with pytest.warns(UserWarning, match=r"read_texts: 4 of 5 files were not read, first ") as seen:
        texts = corpus.read_texts(folder)
    assert seen[0].filename == __file__
    assert texts["doc"].tolist() == ["good"]
    found = corpus.problems(texts)
    assert list(found.columns) == ["doc", "stage", "what", "detail"]
    assert dict(zip(found["doc"], found["what"], strict=True)) == {
        "image.png": "format",
        "binary.txt": "binary",
        "empty.txt": "empty",
        "sub/blank.txt": "empty",
    }
    assert set(found["stage"]) == {"read"}


def test_problems_of_a_plain_table_are_none(texts):
    pd.testing.assert_frame_equal(corpus.problems(texts), empty_table("problems"))


def test_missing_path_is_named(folder):
    write(folder / "a.txt")
    with pytest.raises(FileNotFoundError, match=r"^read_texts: no file or folder 'nowhere'\.$"):
        corpus.read_texts([folder, "nowhere"])


def test_empty_folder_is_an_error_that_says_what_is_read(folder):
    with pytest.raises(
        ValueError, match=r"^read_texts: no text file \(\.conll, .*\.txt, .*\) in '"
    ):
        corpus.read_texts(folder)


def test_no_path_at_all_is_an_error():
    with pytest.raises(ValueError, match=r"no text file .* in the given paths"):
        corpus.read_texts([])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "'a.txt' could not be read: the file holds no text."),
        ("a.txt", b"\n \n", "'a.txt' could not be read: only white space."),
        (
            "a.txt",
            " \N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}\N{ARABIC LETTER MARK}\n".encode(),
            "'a.txt' could not be read: only white space and invisible marks.",
        ),
        ("a.txt", bytes(range(256)), "'a.txt' could not be read: the bytes are no text"),
        ("a.txt", b"caf\xe9", "'a.txt' could not be read: neither UTF-8 (byte 0xE9 at offset 3)"),
        ("a.png", b"PNG", "'a.png' could not be read: .png is not read; what is read: .conll, "),
        ("a.rtf", b"{", "'a.rtf' could not be read: .rtf is not read; save it as .docx."),
        ("a.docx", b"PK", "'a.docx' could not be read: File is not a zip file."),
    ],
)
def test_nothing_readable_is_one_error_with_the_reason(folder, name, data, reason):
    (folder / name).write_bytes(data)
    with pytest.raises(ValueError, match=r"^read_texts: ") as refused:
        corpus.read_texts(folder)
    assert reason in str(refused.value)


def test_several_unreadable_files_are_one_error(folder):
    for name in "abcd":
        (folder / f"{name}.txt").touch()
    with pytest.raises(ValueError, match=r"none of 4 files could be read: 'a.txt': the file holds"):
        corpus.read_texts(folder)


@pytest.mark.parametrize("encoding", ["utf-9", "hex"])
def test_unknown_encoding_is_named(folder, encoding):
    write(folder / "a.txt")
    with pytest.raises(ValueError, match=f"^read_texts: no encoding '{encoding}'; pass one"):
        corpus.read_texts(folder, encoding=encoding)


def test_encoding_applies_to_every_file(folder):
    write(folder / "a.txt", "مرحبا بكم", "iso8859-6")
    write(folder / "b.txt", "مرحبا")
    with pytest.warns(UserWarning, match="1 of 2 files"):
        texts = corpus.read_texts(folder, encoding="iso8859-6")
    assert texts["text"].tolist() == ["مرحبا بكم"]
    assert corpus.problems(texts)["doc"].tolist() == ["b.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_file_name_that_is_no_utf8_is_spelt_out(folder):
    path = os.fsencode(folder) + b"/\xc7\xc8.txt"
    with open(path, "wb") as file:
        file.write(SENTENCE.encode())
    texts = corpus.read_texts(folder)
    assert texts["doc"].tolist() == ["\\xc7\\xc8"]
    assert texts["path"][0].endswith("/\\xc7\\xc8.txt")


def test_arabic_file_name_is_the_doc(folder):
    write(folder / "خبر أول.txt")
    assert corpus.read_texts(folder)["doc"].tolist() == ["خبر أول"]


# --- Corpus -----------------------------------------------------------------------------------


def test_corpus_says_its_sizes(twelve):
    assert repr(twelve) == (
        "Corpus(2 texts, 3 sentences, 16 tokens, 18 words, 2 entities, 1 problems)"
    )


def test_corpus_is_frozen_and_its_defaults_are_not_shared(twelve):
    with pytest.raises(AttributeError):
        twelve.tokens = None
    assert corpus.Corpus().texts is not corpus.Corpus().texts
    assert corpus.Corpus().provenance is not corpus.Corpus().provenance


def test_empty_corpus_has_every_column():
    empty = corpus.Corpus()
    assert set(corpus.TABLES) == set(SCHEMA)
    for name in corpus.TABLES:
        assert list(getattr(empty, name).columns) == list(SCHEMA[name])


def test_typed_table_has_the_dtypes_of_the_schema(twelve):
    for name, dtypes in SCHEMA.items():
        found = getattr(twelve, name).dtypes.astype("str").to_dict()
        assert {column: found[column] for column in dtypes} == dtypes


def test_categories_are_in_code_point_order(tokens):
    # by hand: U+0021, U+002E, U+0033, U+003A, U+0625 (إ), U+0627 (ا)
    categories = tokens["form"].cat.categories.tolist()
    assert categories[:6] == ["!", ".", "3", ":", "إلى", "الدفاع"]


# --- save and load ----------------------------------------------------------------------------


def test_saved_corpus_comes_back_with_dtypes_and_provenance(twelve, tmp_path):
    assert twelve.save(tmp_path / "deep" / "kept") == tmp_path / "deep" / "kept"
    assert_same(corpus.Corpus.load(str(tmp_path / "deep" / "kept")), twelve)


def test_empty_corpus_comes_back(tmp_path):
    saved = corpus.Corpus()
    assert_same(corpus.load(saved.save(tmp_path / "kept")), saved)


def test_saving_twice_gives_identical_bytes(twelve, tmp_path):
    first, second = twelve.save(tmp_path / "first"), twelve.save(tmp_path / "second")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted([*(f"{name}.parquet" for name in corpus.TABLES), "manifest.json"])
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_saving_does_not_change_the_corpus(twelve, tmp_path):
    twelve.texts.attrs["problems"] = [["c", "read", "empty", "-"]]
    before = {name: getattr(twelve, name).copy() for name in corpus.TABLES}
    twelve.save(tmp_path / "kept")
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(twelve, name), table)
    assert twelve.texts.attrs["problems"]


def test_saving_replaces_an_older_corpus_and_leaves_nothing_else(twelve, tmp_path):
    corpus.Corpus().save(tmp_path / "kept")
    (tmp_path / "kept" / ".DS_Store").touch()
    twelve.save(tmp_path / "kept")
    assert_same(corpus.load(tmp_path / "kept"), twelve)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_empty_folder_is_filled(twelve, tmp_path):
    (tmp_path / "kept").mkdir()
    assert_same(corpus.load(twelve.save(tmp_path / "kept")), twelve)


def test_damaged_corpus_can_be_saved_again(twelve, tmp_path):
    twelve.save(tmp_path / "kept")
    (tmp_path / "kept" / "manifest.json").write_text("{", encoding="utf-8")
    (tmp_path / "kept" / "words.parquet").unlink()
    assert_same(corpus.load(twelve.save(tmp_path / "kept")), twelve)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["notes.txt"], "'notes.txt' is in it"),
        (["manifest.json", "icon.png"], "'icon.png' is in it"),
        (["manifest.json"], "no tables"),
        (["words.parquet"], "no manifest.json"),
    ],
)
def test_folder_of_something_else_is_refused_and_kept(twelve, tmp_path, names, reason):
    for name in names:
        (tmp_path / name).write_text("kept", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^save: .* exists and is no saved corpus") as refused:
        twelve.save(tmp_path)
    assert reason in str(refused.value)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(
        names, "kept"
    )


def test_own_notes_beside_the_tables_are_never_deleted(twelve, tmp_path):
    twelve.save(tmp_path / "kept")
    (tmp_path / "kept" / "notes.md").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=r"'notes\.md' is in it"):
        twelve.save(tmp_path / "kept")
    assert (tmp_path / "kept" / "notes.md").read_text(encoding="utf-8") == "mine"
    assert_same(corpus.load(tmp_path / "kept"), twelve)


def test_file_in_the_place_of_the_folder_is_refused(twelve, tmp_path):
    (tmp_path / "kept").touch()
    with pytest.raises(ValueError, match=r"is no saved corpus \(a file\); name another folder"):
        twelve.save(tmp_path / "kept")


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_link_to_a_folder_stays_a_link(twelve, tmp_path):
    corpus.Corpus().save(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    twelve.save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert_same(corpus.load(tmp_path / "real"), twelve)


def test_corpus_is_saved_in_the_current_folder(twelve, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    twelve.save(".")
    assert_same(corpus.load(tmp_path / "here"), twelve)


class Failure(Exception):
    """What goes wrong in the middle of saving."""


def fail_at(call, wrapped):
    """The wrapped function, which fails at its n-th call."""
    calls = iter(range(1, 1000))

    def wrapper(*arguments, **keywords):
        if next(calls) == call:
            raise Failure
        return wrapped(*arguments, **keywords)

    return wrapper


@pytest.mark.parametrize("table", range(1, len(corpus.TABLES) + 1))
def test_failure_while_a_table_is_written_keeps_the_old_corpus(
    twelve, tmp_path, monkeypatch, table
):
    twelve.save(tmp_path / "kept")
    monkeypatch.setattr(storage.pq, "write_table", fail_at(table, storage.pq.write_table))
    with pytest.raises(Failure):
        corpus.Corpus().save(tmp_path / "kept")
    assert_same(corpus.load(tmp_path / "kept"), twelve)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("rename", [1, 2])
def test_failure_while_folders_change_places_keeps_the_old_corpus(
    twelve, tmp_path, monkeypatch, rename
):
    twelve.save(tmp_path / "kept")
    monkeypatch.setattr(Path, "rename", fail_at(rename, Path.rename))
    with pytest.raises(Failure):
        corpus.Corpus().save(tmp_path / "kept")
    assert_same(corpus.load(tmp_path / "kept"), twelve)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_failure_of_a_first_save_leaves_nothing(twelve, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "rename", fail_at(1, Path.rename))
    with pytest.raises(Failure):
        twelve.save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_old_corpus_is_not_deleted_where_it_cannot_be_put_back(twelve, tmp_path, monkeypatch):
    twelve.save(tmp_path / "kept")

    def rename_once(self, target, done=[]):  # noqa: B006
        if done:
            raise Failure
        done.append(True)
        return os.rename(self, target)

    monkeypatch.setattr(Path, "rename", rename_once)
    with pytest.raises(Failure):
        corpus.Corpus().save(tmp_path / "kept")
    (aside,) = tmp_path.iterdir()
    assert_same(corpus.load(aside / "old"), twelve)


def test_column_of_mixed_types_is_named(texts, tmp_path):
    mixed = texts.assign(source=pd.Series([1, "x"], dtype="object"))
    with pytest.raises(ValueError, match=r"^save: the table texts cannot be written .*source"):
        corpus.Corpus(texts=mixed).save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_provenance_that_is_no_json_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"^save: the provenance is not plain JSON"):
        corpus.Corpus(provenance={"options": {1, 2}}).save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_metadata_columns_and_an_odd_index_come_back(texts, tmp_path):
    more = texts.assign(
        source=["صحيفة", None],
        year=pd.array([2025, None], dtype="Int64"),
        when=pd.to_datetime(["2025-11-16", "2025-11-17"]),
    )
    more.index = pd.Index([7, 7])
    saved = corpus.Corpus(texts=more)
    assert_same(corpus.load(saved.save(tmp_path / "kept")), saved)


@pytest.fixture
def kept(twelve, tmp_path):
    return twelve.save(tmp_path / "kept")


def change_manifest(folder, change):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_missing_folder_and_missing_manifest_are_named(kept):
    with pytest.raises(FileNotFoundError, match=r"^load: no saved corpus in 'nowhere' \(no manif"):
        corpus.load("nowhere")
    (kept / "manifest.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"no saved corpus in .*kept"):
        corpus.load(kept)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": "one", "tables": {}}',
        b'{"schema": 1, "tables": []}',
        b'{"schema": 1, "tables": {"words": "words.parquet"}}',
        b'{"schema": 1, "tables": {"words": {"file": "words.parquet"}}}',
    ],
)
def test_damaged_manifest_is_named(kept, manifest):
    (kept / "manifest.json").write_bytes(manifest)
    with pytest.raises(ValueError, match=r"^load: .*manifest\.json' is damaged \("):
        corpus.load(kept)


def test_newer_schema_asks_for_an_update_whatever_its_shape(kept):
    def make_newer(manifest):
        manifest.update(schema=99, written_by="mudawwana 9.0", tables=["another shape"])

    change_manifest(kept, make_newer)
    with pytest.raises(
        ValueError, match=r"has schema 99, written by mudawwana 9\.0; .* Update mudawwana"
    ):
        corpus.load(kept)


def test_table_that_the_manifest_lacks_is_named(kept):
    change_manifest(kept, lambda manifest: manifest["tables"].pop("dates"))
    with pytest.raises(ValueError, match="names no table 'dates'"):
        corpus.load(kept)


def test_missing_file_is_named(kept):
    (kept / "words.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"^load: .*words\.parquet' is missing; save"):
        corpus.load(kept)


def test_truncated_file_is_named(kept):
    path = kept / "tokens.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ValueError, match=r"tokens\.parquet' is not the file that was saved"):
        corpus.load(kept)


def test_table_without_a_column_of_the_schema_is_named(kept, words):
    words.drop(columns=["lemma", "span"]).to_parquet(kept / "words.parquet", index=False)

    def approve(manifest):
        manifest["tables"]["words"][0]["sha256"] = storage.hash_file(kept / "words.parquet")

    change_manifest(kept, approve)
    with pytest.raises(ValueError, match=r"words\.parquet' has no column lemma, span\."):
        corpus.load(kept)


def test_saved_categories_keep_their_order_in_a_large_table(tmp_path):
    # a dictionary beyond a megabyte is written in another way; rows in random order
    forms = [f"كلمة{number:06d}" for number in np.random.default_rng(0).permutation(120_000)]
    columns = {column: ["x"] * len(forms) for column in SCHEMA["tokens"]}
    columns |= {column: [1] * len(forms) for column in ("sent", "token", "start", "end")}
    saved = corpus.Corpus(tokens=typed_table("tokens", columns | {"form": forms}))
    loaded = corpus.load(saved.save(tmp_path / "kept")).tokens["form"].cat
    assert loaded.categories.equals(saved.tokens["form"].cat.categories)
    assert loaded.codes.equals(saved.tokens["form"].cat.codes)


CELLS = {
    "str": st.none() | st.text("ابت \n,\"'ـَ😀", max_size=4),
    "category": st.none() | st.sampled_from(["", "دمشق", "O", "a b"]),
    "int32": st.integers(-(2**31), 2**31 - 1),
    "Int32": st.none() | st.integers(-(2**31), 2**31 - 1),
}


@st.composite
def random_table(draw, name):
    rows = draw(st.integers(0, 4))
    return typed_table(
        name,
        {
            column: draw(st.lists(CELLS[dtype], min_size=rows, max_size=rows))
            for column, dtype in SCHEMA[name].items()
        },
    )


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.fixed_dictionaries({name: random_table(name) for name in SCHEMA}))
def test_random_tables_come_back_as_they_were(tmp_path, tables):
    saved = corpus.Corpus(**tables, provenance={"text": "نص", "number": 1.5, "none": None})
    assert_same(corpus.load(saved.save(tmp_path / "kept")), saved)


def test_corpus_saved_by_another_process_has_the_same_bytes(kept, tmp_path):
    code = "import sys; from toolkit import corpus; corpus.load(sys.argv[1]).save(sys.argv[2])"
    subprocess.run([sys.executable, "-c", code, kept, tmp_path / "again"], check=True)
    for path in kept.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


# --- paragraphs -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two_texts():
    header = "2025-01-01\n"
    return pd.DataFrame(
        {
            "doc": ["b", "a"],
            "text": [f"{header}عُنوانٌ\n\nنص أول.\r\nنص ثان", "نص وحيد"],
            "body_start": [len(header), 0],
        }
    )


def test_paragraph_of_each_token_is_that_of_its_text(two_texts):
    found = pipeline.annotate(two_texts, cache=False)
    numbered = corpus.with_paragraphs(found.tokens, two_texts)
    assert numbered.groupby("doc", observed=True)["paragraph"].apply(list).to_dict() == {
        "a": [1, 1],
        "b": [1, 2, 2, 2, 3, 3],
    }
    assert numbered["paragraph"].dtype == "int32"
    pd.testing.assert_frame_equal(numbered.drop(columns="paragraph"), found.tokens)
    assert "paragraph" not in found.tokens.columns


def test_paragraphs_do_not_depend_on_the_index_or_the_order_of_rows(two_texts):
    found = pipeline.annotate(two_texts, cache=False)
    expected = corpus.with_paragraphs(found.words, two_texts)
    turned = found.words.iloc[::-1].set_axis(range(7, 7 + len(found.words)))
    again = corpus.with_paragraphs(turned, two_texts.iloc[::-1])
    assert again["paragraph"].tolist() == expected["paragraph"].tolist()[::-1]
    assert again.index.equals(turned.index)


def test_paragraphs_of_another_corpus_are_refused(two_texts):
    found = pipeline.annotate(two_texts, cache=False)
    with pytest.raises(ValueError, match=r"^with_paragraphs: doc 'b' is not in texts; pass the"):
        corpus.with_paragraphs(found.tokens, two_texts[two_texts["doc"] == "a"])
    with pytest.raises(ValueError, match="no column 'start'"):
        corpus.with_paragraphs(found.tokens.drop(columns="start"), two_texts)


def test_intervals_are_drawn_over_paragraphs(two_texts):
    long = two_texts.assign(text=["\n".join(f"كتب الولد درس {n}" for n in range(12)), "نص"])
    found = pipeline.annotate(long.assign(body_start=0), cache=False)
    words = corpus.with_paragraphs(found.words, long.assign(body_start=0))
    drawn = diversity.intervals(words, groups="doc", measures="ttr", unit=("doc", "paragraph"))
    assert drawn["units"].to_dict() == {"b": 12, "a": 1}
    assert drawn.loc["b", "ttr_low"] < drawn.loc["b", "ttr"] < drawn.loc["b", "ttr_high"]
