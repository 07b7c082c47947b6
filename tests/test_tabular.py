"""Tables of documents. The files are written here, so what is expected is what was put in."""

import csv
import datetime
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from texts_read import read

from toolkit import corpus
from toolkit.reading import delimited, documents, tabular
from toolkit.reading.cell_values import as_text

FIRST = "وصلت القافلة إلى الواحة، مساء أمس."
SECOND = "قال الدليل:\n«إن الطريق طويل»"


def written(path, rows, **options):
    with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as file:
        csv.writer(file, **options).writerows(rows)
    return path


# --- CSV and TSV ------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"])
@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_every_row_is_a_document(tmp_path, encoding, suffix, delimiter):
    one_line = SECOND.replace("«", "").replace("»", "") if encoding == "iso8859-6" else SECOND
    rows = [["id", "text", "date", "source"]]
    rows += [["a", FIRST, "2025-11-16", "س"], ["b", one_line, "", "ص"]]
    path = written(tmp_path / f"news.{suffix}", rows, encoding=encoding, delimiter=delimiter)
    texts, problems = read(path, doc="id")
    assert texts["doc"].tolist() == ["a", "b"]
    assert texts["text"].tolist() == [FIRST, one_line]
    assert texts["date"].tolist()[0] == "2025-11-16"
    assert texts["source"].tolist() == ["س", "ص"]
    assert set(texts["encoding"]) == {encoding}
    assert problems == []


def test_rows_without_a_name_are_numbered(tmp_path):
    path = written(tmp_path / "news.csv", [["text", "n"], [FIRST, 1], [SECOND, 2]])
    texts, _ = read(path)
    assert texts["doc"].tolist() == ["news#1", "news#2"]
    assert texts["n"].tolist() == [1, 2]


def test_column_named_doc_names_the_documents(tmp_path):
    path = written(tmp_path / "news.csv", [["text", "doc"], [FIRST, "x"]])
    assert read(path)[0]["doc"].tolist() == ["x"]


def test_hash_of_a_row_is_that_of_its_text(tmp_path):
    # printf abc | sha256sum
    path = written(tmp_path / "news.csv", [["text"], ["abc"]])
    assert read(path)[0]["sha256"][0].startswith("ba7816bf8f01cfea414140de5dae2223")


def test_missing_column_is_named_with_those_that_there_are(tmp_path):
    path = written(tmp_path / "news.csv", [["body", "id"], [FIRST, "a"]])
    with pytest.raises(ValueError, match=r"no column 'text'; its columns are 'body', 'id'. Pass"):
        corpus.read_texts(path)
    with pytest.raises(ValueError, match=r"no column 'name'; .*Pass one of them as doc="):
        corpus.read_texts(path, text="body", doc="name")
    assert read(path, text="body", doc="id")[0]["doc"].tolist() == ["a"]


def test_rows_that_are_no_documents_are_told_once_a_kind(tmp_path):
    rows = [["doc", "text", "n"], ["a", FIRST, 1], ["b", " ", 2], ["c", "", 3], ["", SECOND, 4]]
    rows += [[], ["d", FIRST, 5, 6], ["e", FIRST]]
    texts, problems = read(written(tmp_path / "news.csv", rows))
    assert texts["doc"].tolist() == ["a", "news#4", "e"]
    assert problems == [
        ["news", "empty", "no text: 2 rows (2, 3)"],
        ["news", "doc", "no 'doc', so the number of the row is the doc: row 4"],
        ["news", "cells", "more cells than the 3 columns (a comma outside quotes?): row 5"],
        ["news", "cells", "fewer cells than the 3 columns: row 6"],
    ]


def test_doc_that_occurs_twice_gets_a_number(tmp_path):
    texts, problems = read(written(tmp_path / "a.csv", [["doc", "text"], ["x", "أ"], ["x", "ب"]]))
    assert texts["doc"].tolist() == ["x", "x#2"]
    assert problems == [["x#2", "doc", "'x' was the doc of another text"]]


def test_quotation_mark_that_is_never_closed_is_told(tmp_path):
    (tmp_path / "a.csv").write_text(f'text,n\n{FIRST}x,1\n"{SECOND},2\n', encoding="utf-8")
    texts, problems = read(tmp_path / "a.csv", text="n")
    assert len(texts) == 1
    assert problems[0][1] == "damaged"
    assert "rows below are not read" in problems[0][2]


def test_quotation_marks_of_the_text_stay_in_a_tsv_without_quoting(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text('text\tn\n"وصلت" القافلة\t1\n"قال\t2\n', encoding="utf-8")
    assert read(path)[0]["text"].tolist() == ['"وصلت" القافلة', '"قال']


def test_cell_longer_than_the_limit_of_csv_is_read_and_the_limit_kept(tmp_path):
    before = csv.field_size_limit()
    long = "كلمة " * 100_000
    path = written(tmp_path / "a.csv", [["text"], [long]])
    assert read(path)[0]["text"][0] == long
    assert csv.field_size_limit() == before


def test_bytes_that_do_not_fit_far_below_end_the_table(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "SAMPLE", 100)
    good = "text\n" + f"{FIRST}\n" * 2_000
    (tmp_path / "a.csv").write_bytes(good.encode() + "é\n".encode("latin-1"))
    texts, problems = read(tmp_path / "a.csv")
    assert len(texts) > 1_000
    assert problems[-1][1:] == [
        "encoding",
        "not utf-8 throughout: byte 0xE9; rows below are not read",
    ]


@pytest.mark.parametrize("size", range(60, 80))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1256"])
def test_sample_may_end_within_a_character(tmp_path, monkeypatch, size, encoding):
    monkeypatch.setattr(delimited, "SAMPLE", size)
    line = "وصلت القافلة إلى الواحة مساء أمس وقال الدليل إن الطريق كان طويلا"
    (tmp_path / "a.csv").write_bytes(f"text\n{line}\n{line}\n".encode(encoding))
    assert read(tmp_path / "a.csv")[0]["text"].tolist() == [line, line]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"text\n", b"text\n\n \n"])
def test_table_without_a_text_is_one_error(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(ValueError, match="read_texts: "):
        corpus.read_texts(tmp_path)


def test_saved_table_of_texts_comes_back(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(f"---\ntitle: خبر\n---\n{FIRST}", encoding="utf-8")
    texts = corpus.read_texts(tmp_path / "in")
    texts.to_csv(tmp_path / "texts.csv", index=False)
    again, _ = read(tmp_path / "texts.csv")
    for column in ("doc", "text", "body_start", "title", "sha256"):
        if column != "sha256":
            assert again[column].tolist() == texts[column].tolist()
    assert again["sha256_given"].tolist() == texts["sha256"].tolist()
    assert again["path_given"].tolist() == texts["path"].tolist()


# --- JSON -------------------------------------------------------------------------------------


def test_every_line_of_jsonl_is_a_document(tmp_path):
    records = [
        {
            "text": FIRST,
            "n": 1,
            "tags": ["أ", "ب"],
            "ok": True,
            "x": None,
            "date": "2025-11-16T08:00",
        },
        {"text": SECOND, "n": 2.5, "other": {"a": 1}},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["news#1", "news#2"]
    assert texts["text"].tolist() == [FIRST, SECOND]
    assert texts["n"].tolist() == ["1", "2.5"]
    assert texts["tags"].tolist()[0] == '["أ", "ب"]'
    assert texts["ok"].tolist()[0] == "true"
    assert texts["date"].tolist()[0] == "2025-11-16"
    assert "x" not in texts.columns
    assert problems == []


def test_lines_that_are_no_records_are_told(tmp_path):
    lines = [
        f'{{"text": "{FIRST}"}}',
        "{broken",
        "[1]",
        "3",
        '{"body": 1}',
        '{"text": "\\ud800"}',
        "",
    ]
    lines += ["[" * 100_000, '{"text": null}', '{"text": "أ", "t": "\\udc00"}', "1" * 5_000]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    texts, problems = read(tmp_path / "a.jsonl")
    assert texts["text"].tolist() == [FIRST, "أ"]
    # by hand: the lines as numbered in the file
    rows = {
        number for row in problems for number in row[2].replace(")", "").replace(",", "").split()
    }
    assert {"2", "3", "4", "5", "6", "8", "9", "10"} <= rows | {"3", "4"}
    assert {what for _, what, _ in problems} == {"damaged", "empty", "surrogate"}


def test_jsonl_without_the_key_names_the_keys(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"body": "x", "id": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"no column 'text'; its columns are 'body', 'id'"):
        corpus.read_texts(tmp_path)


def test_key_of_the_doc_may_be_missing_in_some_records(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "أ", "id": 7}\n{"text": "ب"}\n', encoding="utf-8")
    texts, problems = read(tmp_path, doc="id")
    assert texts["doc"].tolist() == ["7", "a#2"]
    assert problems == [["a", "doc", "no 'id', so the number of the row is the doc: row 2"]]


def test_json_is_a_list_of_records_or_one(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": FIRST}, {"text": SECOND}]), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"text": FIRST}), encoding="utf-8")
    texts, _ = read(tmp_path)
    assert texts["doc"].tolist() == ["a#1", "a#2", "b#1"]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nan", "3", '"نص"', "[1, 2]"])
def test_json_of_something_else_is_one_error(tmp_path, text):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="read_texts: "):
        corpus.read_texts(tmp_path)


# --- XLSX -------------------------------------------------------------------------------------


def test_rows_of_every_sheet_with_the_column_are_documents(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    first = book.active
    first.title = "أخبار"
    first.append(["text", "year", "day", "x"])
    first.append([FIRST, 1999, datetime.datetime(2025, 11, 16), "=1+1"])
    first.append([None, 2000, None, None])
    first.append([SECOND, 2001, datetime.datetime(2025, 1, 2, 3, 4), None])
    second = book.create_sheet("تقارير")
    second.append(["text"])
    second.append([FIRST])
    book.create_sheet("شرح").append(["note"])
    book.save(tmp_path / "a.xlsx")
    texts, problems = read(tmp_path / "a.xlsx")
    assert texts["doc"].tolist() == ["a#أخبار#1", "a#أخبار#3", "a#تقارير#1"]
    assert texts["sheet"].tolist() == ["أخبار", "أخبار", "تقارير"]
    assert texts["year"].tolist()[:2] == [1999, 2001]
    assert texts["day"].tolist()[:2] == ["2025-11-16", "2025-01-02T03:04:00"]
    assert problems == [
        ["a", "empty", "no text: row 2"],
        ["a", "no text column", "sheet 'شرح': no column 'text'; its columns are 'note'. "
         "Pass one of them as text="],
    ]  # fmt: skip


def test_one_sheet_needs_no_name(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "body"])
    book.active.append([7, FIRST])
    book.save(tmp_path / "a.xlsx")
    texts, _ = read(tmp_path / "a.xlsx", text="body", doc="id")
    assert texts["doc"].tolist() == ["7"]


def test_sheet_that_says_it_is_huge_is_read_as_it_is(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    import zipfile

    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.active.append([FIRST])
    book.save(tmp_path / "b.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "b.xlsx") as old,
        zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            new.writestr(name, data)
    (tmp_path / "b.xlsx").unlink()
    assert read(tmp_path)[0]["text"].tolist() == [FIRST]


# --- Parquet ----------------------------------------------------------------------------------


def test_rows_of_parquet_are_documents_and_types_become_text(tmp_path):
    table = pd.DataFrame(
        {
            "text": pd.Categorical([FIRST, SECOND]),
            "n": [1, 2],
            "share": [0.5, np.nan],
            "day": pd.to_datetime(["2025-11-16", None]),
            "tags": [["a"], ["b"]],
        },
        index=pd.Index(["x", "y"], name="doc"),
    )
    table.to_parquet(tmp_path / "a.parquet")
    texts, problems = read(tmp_path)
    assert texts["doc"].tolist() == ["x", "y"]
    assert texts["n"].tolist() == [1, 2]
    assert texts["share"].tolist()[0] == "0.5"
    assert texts["day"].tolist()[0] == "2025-11-16"
    assert problems == [["a", "columns", "no plain values, so left out: 'tags'"]]


def test_extension_types_and_bytes_of_parquet_are_not_loaded(tmp_path):
    class Loaded(pa.ExtensionType):
        def __init__(self):
            super().__init__(pa.string(), "toolkit.tests.loaded")

        def __arrow_ext_serialize__(self):
            return b""

        @classmethod
        def __arrow_ext_deserialize__(cls, storage_type, serialized):
            raise AssertionError("code of the corpus was run")

    extended = pa.ExtensionArray.from_storage(Loaded(), pa.array(["a"]))
    table = pa.table({"text": [FIRST], "raw": [b"\x80\x04."], "extended": extended})
    pq.write_table(table, tmp_path / "a.parquet")
    texts, problems = read(tmp_path)
    assert texts["text"].tolist() == [FIRST]
    assert "raw" not in texts.columns
    assert problems[0][1] == "columns"


@pytest.mark.parametrize("name", ["a.parquet", "a.xlsx"])
@pytest.mark.parametrize("data", [b"PAR1", b"PK\x03\x04", b"PAR1" + b"\0" * 50 + b"PAR1"])
def test_damaged_table_is_one_error(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match="read_texts: 'a"):
        corpus.read_texts(tmp_path)


def test_arrays_of_numpy_and_pickles_are_no_format(tmp_path):
    np.save(tmp_path / "a.npy", np.array([FIRST], dtype=object), allow_pickle=True)
    pd.DataFrame({"text": [FIRST]}).to_pickle(tmp_path / "b.pkl")
    with pytest.raises(
        ValueError, match=r"none of 2 files could be read: 'a\.npy': \.npy is not read"
    ):
        corpus.read_texts(tmp_path)


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", None),
        (None, None),
        (pd.NaT, None),
        (float("nan"), None),
        (0, "0"),
        (-0.0, "0"),
        (1e20, "1e+20"),
        (float("inf"), "inf"),
        (False, "false"),
        (datetime.date(2025, 1, 2), "2025-01-02"),
        (datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC), "2025-01-02T00:00:00+00:00"),
        (datetime.time(1, 2), "01:02:00"),
        ({"أ": [1]}, '{"أ": [1]}'),
    ],
)
def test_cells_are_text(value, text):
    assert as_text(value) == text


def test_missing_package_is_named_with_how_to_install_it(tmp_path, monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(documents.importlib, "import_module", missing)
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    (tmp_path / "b.csv").write_text(f"text\n{FIRST}\n", encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["doc"].tolist() == ["b#1"]
    assert problems[0][1] == "not installed"
    assert 'pip install "mudawwana[formats]"' in problems[0][2]


def test_reader_of_rows_needs_no_file():
    reader = delimited.csv_reader(iter(["a;b\n", "1;2\n"]), None)
    assert list(reader) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl"])
def test_line_without_an_end_is_refused(tmp_path, monkeypatch, name):
    for module in (delimited, tabular):
        monkeypatch.setattr(module, "LONGEST_CELL", 1_000)
    (tmp_path / name).write_text("text\n" + "ن" * 5_000, encoding="utf-8")
    with pytest.raises(ValueError, match=r"line \d has more than 1,000 characters"):
        corpus.read_texts(tmp_path)


# --- twice, hidden, invisible -------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_two_columns_of_the_text_are_one_problem(tmp_path, suffix):
    rows = [["text", "text", "n", "n"], [FIRST, SECOND, "1", "2"]]
    write_rows(tmp_path / f"a{suffix}", {"s": rows})
    with pytest.raises(ValueError, match=r"could not be read: column 'text' stands there twice\.$"):
        corpus.read_texts(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_two_columns_of_metadata_are_told(tmp_path, suffix):
    write_rows(tmp_path / f"a{suffix}", {"s": [["text", "n", "n"], [FIRST, "1", "2"]]})
    texts, problems = read(tmp_path / f"a{suffix}")
    assert texts["n"].tolist() == [2]
    assert problems == [["a", "columns", "column 'n' stands there 2 times; the last counts"]]


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_key_that_stands_twice_in_an_object_is_told(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_text('{"text": "أ", "text": "ب"}', encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"].tolist() == ["ب"]
    which = ": row 1" if suffix == ".jsonl" else ""
    assert problems == [["a", "columns", f"a key stands there twice; the last counts{which}"]]


def test_hidden_sheet_is_read_and_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    write_rows(path, {"seen": [["text"], [FIRST]], "old": [["text"], [SECOND]]})
    book = openpyxl.load_workbook(path)
    book["old"].sheet_state = "hidden"
    book.save(path)
    texts, problems = read(path)
    assert texts["text"].tolist() == [FIRST, SECOND]
    assert problems == [["a", "hidden", "sheet 'old' is hidden, and read all the same"]]


def test_row_of_invisible_marks_is_empty(tmp_path):
    invisible = " \N{RIGHT-TO-LEFT MARK}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
    write_rows(tmp_path / "a.csv", {"s": [["text"], [FIRST], [invisible]]})
    texts, problems = read(tmp_path)
    assert texts["text"].tolist() == [FIRST]
    assert problems == [["a", "empty", "no text: row 2"]]


def write_rows(path, sheets):
    """A workbook of sheets, or a CSV file of the first."""
    if path.suffix == ".csv":
        lines = [",".join(row) for row in next(iter(sheets.values()))]
        path.write_text("\n".join(lines), encoding="utf-8")
        return
    book = pytest.importorskip("openpyxl").Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
