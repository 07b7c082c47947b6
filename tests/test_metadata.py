"""What is known about texts beside them; names and tables are written here."""

import json

import pandas as pd
import pytest
from texts_read import FIRST, make, read

from toolkit import corpus
from toolkit.reading.metadata import columns_of, iso_day


@pytest.fixture
def folder(tmp_path):
    names = ["jazeera_2025-11-16.txt", "al_ahram_20251117.txt", "sub/quds_2025.11.18.md"]
    make(tmp_path / "texts", *names)
    return tmp_path / "texts"


# --- names of files ---------------------------------------------------------------------------


def test_fields_of_a_name_are_columns(folder):
    texts, problems = read(folder, metadata="{source}_{date}")
    assert texts["source"].tolist() == ["al_ahram", "jazeera", "quds"]
    assert texts["date"].tolist() == ["2025-11-17", "2025-11-16", "2025-11-18"]
    assert problems == []


def test_pattern_with_a_suffix_is_for_files_of_that_suffix(folder):
    texts, problems = read(folder, metadata="{source}_{date}.txt")
    assert texts["source"].isna().tolist() == [False, False, True]
    assert problems == [
        ["sub/quds_2025.11.18.md", "file name", "it does not fit the pattern '{source}_{date}.txt'"]
    ]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_name_of_a_table_is_said_of_each_of_its_rows_and_counts_more_than_they_do(tmp_path, suffix):
    rows = [{"text": FIRST, "date": "2025-11-16", "page": "1"}, {"text": FIRST, "page": "2"}]
    pd.DataFrame(rows).to_csv(tmp_path / "quds_2018.csv", index=False)
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "quds_2018.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pd.DataFrame(rows).to_csv(tmp_path / "others.csv", index=False)
    texts, problems = read(
        [tmp_path / f"quds_2018{suffix}", tmp_path / "others.csv"], metadata="{page}_{year}"
    )
    assert texts["date"].tolist()[:1] == ["2025-11-16"]
    assert texts["year"].tolist()[:2] == [2018, 2018]
    assert texts["page"].tolist() == ["quds", "quds", "1", "2"]
    assert problems == [  # once for the file, not once for each row
        ["others.csv", "file name", "it does not fit the pattern '{page}_{year}'"]
    ]


def test_slash_in_a_pattern_matches_folders_and_empty_braces_anything(folder):
    texts, problems = read(folder / "sub" / "..", metadata="{section}/{}_{}.md")
    assert texts["section"].tolist()[2] == "sub"
    assert len(problems) == 2


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{source", "expected '}' before end of string"),
        ("{}_{}.txt", "it has no field"),
        ("{a}_{a}", "'a' stands in it twice"),
        ("{text}", "'text' is a column of its own"),
        ("{doc}", "'doc' is a column of its own"),
        ("{a-b}", "'a-b' is no name of a field"),
        ("{a:>3}", "'a' is no name of a field"),
        ("{0}", "'0' is no name of a field"),
    ],
)
def test_pattern_that_says_nothing_is_refused(folder, pattern, reason):
    with pytest.raises(ValueError, match=r"^read_texts: the pattern ") as refused:
        corpus.read_texts(folder, metadata=pattern)
    assert reason in str(refused.value)


def test_signs_of_regular_expressions_are_letters_in_a_pattern(tmp_path):
    (tmp_path / "a (1)+x.txt").write_text(FIRST, encoding="utf-8")
    assert read(tmp_path, metadata="{name} (1)+{x}.txt")[0]["name"].tolist() == ["a"]


# --- tables beside ----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json", ".parquet", ".xlsx"])
def test_table_beside_is_joined_and_is_no_text(folder, suffix):
    table = pd.DataFrame(
        {"doc": ["jazeera_2025-11-16", "sub/quds_2025.11.18", "gone"], "section": ["س", "ص", "ع"],
         "rank": ["1", "2", "3"]}
    )  # fmt: skip
    path = folder / f"about{suffix}"
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    write = {
        ".csv": lambda: table.to_csv(path, index=False, encoding="utf-8-sig"),
        ".tsv": lambda: table.to_csv(path, index=False, sep="\t"),
        ".jsonl": lambda: table.to_json(path, orient="records", lines=True),
        ".json": lambda: table.to_json(path, orient="records"),
        ".parquet": lambda: table.to_parquet(path),
        ".xlsx": lambda: table.to_excel(path, index=False),
    }
    write[suffix]()
    texts, problems = read(folder, metadata=path)
    assert len(texts) == 3
    assert texts["section"].fillna("-").tolist() == ["-", "س", "ص"]
    assert texts["rank"].tolist()[1:] == [1, 2]
    assert problems == [
        [f"about{suffix}", "metadata", "1 text has no row: 'al_ahram_20251117'"],
        [f"about{suffix}", "metadata", "1 row is about no text: 'gone'"],
    ]


@pytest.mark.parametrize(
    "keys",
    [
        {"doc": ["jazeera_2025-11-16", "al_ahram_20251117", "sub/quds_2025.11.18"]},
        {"path": ["jazeera_2025-11-16.txt", "./al_ahram_20251117.txt", "sub\\quds_2025.11.18.md"]},
        {"file": ["jazeera_2025-11-16.txt", "al_ahram_20251117.txt", "quds_2025.11.18.md"]},
    ],
)
def test_rows_are_found_by_doc_path_or_file(folder, keys):
    about = pd.DataFrame({**keys, "n": ["a", "b", "c"]})
    texts, problems = read(folder, metadata=about)
    assert texts["n"].tolist() == ["b", "a", "c"]
    assert problems == []


def test_cells_of_a_data_frame_are_text_and_missing_ones_missing(folder):
    about = pd.DataFrame(
        {"doc": ["jazeera_2025-11-16", "al_ahram_20251117", "sub/quds_2025.11.18"],
         "share": [0.5, float("nan"), 2.0], "kind": pd.Categorical(["x", None, "y"]),
         "day": pd.to_datetime(["2025-11-16", None, None])},
        index=[7, 7, 9],
    )  # fmt: skip
    texts, _ = read(folder, metadata=about)
    assert texts["share"].fillna("-").tolist() == ["-", "0.5", "2"]
    assert texts["kind"].fillna("-").tolist() == ["-", "x", "y"]
    assert texts["day"].fillna("-").tolist() == ["-", "2025-11-16", "-"]


def test_what_stands_later_counts_more_and_the_file_least(tmp_path):
    path = tmp_path / "a_2025-01-01.md"
    path.write_text("---\nsource: من الملف\nlang: ar\ndate: 2024-01-01\n---\nنص", encoding="utf-8")
    about = pd.DataFrame({"file": [path.name], "source": ["من الجدول"]})
    texts, _ = read(path, metadata=["{source}_{date}", about])
    assert texts[["source", "date", "lang"]].to_numpy().tolist() == [
        ["من الجدول", "2025-01-01", "ar"]
    ]
    texts, _ = read(path, metadata=[about, "{source}_{date}"])
    assert texts["source"].tolist() == ["a"]


def test_table_is_joined_to_rows_of_tables(tmp_path):
    (tmp_path / "a.csv").write_text("doc,text\nx,نص\ny,نص\n", encoding="utf-8")
    about = pd.DataFrame({"doc": ["y"], "section": ["س"]})
    texts, _ = read(tmp_path, metadata=about)
    assert texts["section"].fillna("-").tolist() == ["-", "س"]


@pytest.mark.parametrize(
    ("column", "rows", "given", "told"),
    [
        (  # a bare name that fits two texts
            "file", {"001.txt": "أحمد"}, ["-", "-", "-"],
            ["1 text has no row: 'other'",
             "row '001.txt' fits 2 files, so it is about none: '2019/001.txt', '2020/001.txt'"],
        ),
        (  # one of them has a row of its own: whether the other is meant is not said
            "file", {"2019/001.txt": "a", "001.txt": "b", "other.txt": "c"}, ["a", "-", "c"],
            ["row '001.txt' fits 2 files, so it is about none: '2019/001.txt', '2020/001.txt'"],
        ),
        (  # a column of paths, in which no folder is the outermost one
            "path", {"2019/001.txt": "a", "001.txt": "b"}, ["a", "-", "-"],
            ["2 texts have no row: '2020/001', 'other'", "1 row is about no text: '001.txt'"],
        ),
        (
            "doc", {"2019/001": "a", "001.txt": "b", "other": "c"}, ["a", "-", "c"],
            ["1 text has no row: '2020/001'", "1 row is about no text: '001.txt'"],
        ),
        ("path", {"other.txt": "c", "2020/001.txt": "b", "2019/001.txt": "a"}, list("abc"), []),
    ],
)  # fmt: skip
def test_row_is_about_one_text_and_where_several_fit_about_none(
    tmp_path, column, rows, given, told
):
    make(tmp_path / "by", "2019/001.txt", "2020/001.txt", "other.txt")
    about = pd.DataFrame({column: list(rows), "author": list(rows.values())})
    texts, problems = read(tmp_path / "by", metadata=about)
    assert texts["doc"].tolist() == ["2019/001", "2020/001", "other"]
    found = texts.get("author", pd.Series([None] * 3))
    assert found.fillna("-").tolist() == given
    assert [detail for _, _, detail in problems] == told


def test_row_names_a_file_in_full_before_one_of_its_name_in_a_folder(tmp_path):
    make(tmp_path / "in", "001.txt", "sub/001.txt")
    about = pd.DataFrame({"file": ["001.txt"], "n": ["a"]})
    texts, problems = read(tmp_path / "in", metadata=about)
    assert texts.set_index("doc")["n"].fillna("-").to_dict() == {"001": "a", "sub/001": "-"}
    assert [detail for _, _, detail in problems] == ["1 text has no row: 'sub/001'"]


def test_row_that_fits_files_of_two_folders_is_about_none(tmp_path):
    make(tmp_path, "a/001.txt", "b/001.txt")
    about = pd.DataFrame({"path": ["001.txt"], "n": ["1"]})
    texts, problems = read([tmp_path / "a", tmp_path / "b"], metadata=about)
    assert texts["doc"].tolist() == ["001.txt", "001.txt#2"]
    assert "n" not in texts
    paths = ", ".join(repr(str(tmp_path / name)) for name in ("a/001.txt", "b/001.txt"))
    detail = f"row '001.txt' fits 2 files, so it is about none: {paths}"
    assert problems == [["the metadata", "metadata", detail]]


def test_row_is_about_the_document_that_bears_its_name(tmp_path):
    rows = [{"id": name, "text": FIRST} for name in ("m1", "m2")]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "m1.txt").write_text(FIRST, encoding="utf-8")
    about = pd.DataFrame({"doc": ["m1", "m2"], "author": ["A", "B"]})
    texts, problems = read(tmp_path, metadata=about, doc="id")
    authors = texts.set_index("doc")["author"].fillna("-").to_dict()
    assert authors == {"m1": "A", "m2": "B", "m1#2": "-"}
    assert "1 text has no row: 'm1#2'" in [detail for _, _, detail in problems]


def test_row_about_a_table_of_documents_is_said_of_each(tmp_path):
    (tmp_path / "news.csv").write_text("text\nنص\nنص\n", encoding="utf-8")
    about = pd.DataFrame({"doc": ["news"], "source": ["س"]})
    texts, problems = read(tmp_path, metadata=about)
    assert texts["source"].tolist() == ["س", "س"]
    assert problems == []


def test_rows_that_fit_several_files_are_counted_beyond_the_first(tmp_path):
    for number in range(5):
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{number}.txt").write_text(FIRST, encoding="utf-8")
    about = pd.DataFrame({"file": [f"{number}.txt" for number in range(5)], "n": list("abcde")})
    texts, problems = read(tmp_path, metadata=about)
    assert "n" not in texts
    assert (
        problems[3][2] == "2 more rows fit several files, so they are about none: '3.txt', '4.txt'"
    )
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        (pd.DataFrame({"name": ["a"]}), "no column doc, path or file in the metadata; its columns"),
        (pd.DataFrame({"doc": ["a", "a"], "n": ["1", "2"]}), "'a' stands in the metadata twice"),
        (3, "metadata is 3; pass a pattern"),
        ([3.5], "metadata is 3.5"),
    ],
)
def test_metadata_that_cannot_be_used_is_named(folder, about, reason):
    with pytest.raises((ValueError, TypeError), match=reason):
        corpus.read_texts(folder, metadata=about)


def test_missing_table_and_file_that_is_no_table_are_named(folder):
    with pytest.raises(FileNotFoundError, match=r"no file '.*gone\.csv' with metadata"):
        corpus.read_texts(folder, metadata=folder / "gone.csv")
    with pytest.raises(ValueError, match=r"cannot be read: '\.txt' is no table"):
        corpus.read_texts(folder, metadata=folder / "jazeera_2025-11-16.txt")


def test_equal_rows_of_a_table_are_one(folder):
    about = pd.DataFrame({"doc": ["jazeera_2025-11-16"] * 2, "n": ["1", "1"]})
    assert read(folder, metadata=about)[0]["n"].tolist()[1] == 1


# --- front matter and columns -----------------------------------------------------------------


def test_front_matter_is_metadata_and_stays_in_the_text(tmp_path):
    raw = "---\ntitle: خبر\nyear: 940\nshelf: 07\ntags: [a]\n---\n\nالبداية"
    (tmp_path / "a.md").write_text(raw, encoding="utf-8")
    (tmp_path / "b.md").write_text("بلا رأس", encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"].tolist() == [raw, "بلا رأس"]
    assert raw[texts["body_start"][0] :] == "البداية"
    assert texts["year"].tolist() == [940, pd.NA]
    assert texts["shelf"].tolist()[0] == "07"
    assert problems == [
        ["a", "header", "front matter, line 5: the value of 'tags' is no plain scalar and was "
         "left out"]
    ]  # fmt: skip


def test_name_that_is_taken_gets_another(tmp_path):
    raw = "---\npath: x\ndoc: y\ntext: z\nsha256: w\n---\nنص"
    (tmp_path / "a.md").write_text(raw, encoding="utf-8")
    texts, _ = read(tmp_path)
    assert texts["doc"].tolist() == ["a"]
    taken = ["path_given", "doc_given", "text_given", "sha256_given"]
    assert texts[taken].to_numpy().tolist() == [["x", "y", "z", "w"]]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-11-16", "2025-11-16"),
        ("2025-11-16T08:30:00+03:00", "2025-11-16"),
        ("2025-11-16 08:30", "2025-11-16"),
        ("20251116", "2025-11-16"),
        ("2025_11_16", "2025-11-16"),
        ("٢٠٢٥-١١-١٦", "2025-11-16"),
        (" 2025-11-16 ", "2025-11-16"),
        ("2025-02-29", None),
        ("2025-13-01", None),
        ("16-11-2025", None),
        ("2025", None),
        ("2025-11", None),
        ("", None),
        ("1447-05-25", "1447-05-25"),
    ],
)
def test_days_are_iso_days(written, day):
    assert iso_day(written) == day


def test_date_that_is_no_day_stands_beside(tmp_path):
    (tmp_path / "a.csv").write_text("text,date\nنص,16/11/2025\nنص,2025\nنص,2025-01-02\n", "utf-8")
    texts, problems = read(tmp_path)
    assert texts["date"].fillna("-").tolist() == ["-", "-", "2025-01-02"]
    assert texts["date_given"].fillna("-").tolist() == ["16/11/2025", "2025", "-"]
    assert problems == [
        ["a", "date", "2 dates are no ISO days, such as '16/11/2025'; they stand in date_given"]
    ]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (["1", "-2", "0"], "Int64"),
        (["1", None], "Int64"),
        (["01"], "str"),
        (["1.5"], "str"),
        (["١"], "str"),
        (["1", "x"], "str"),
        (["9" * 19], "str"),
        (["+1"], "str"),
        ([" 1"], "str"),
    ],
)
def test_columns_of_whole_numbers_only_are_numbers(values, dtype):
    rows = [{} if value is None else {"n": value} for value in values]
    assert columns_of(rows, numbers=True)["n"].dtype.name == dtype
    assert columns_of(rows, numbers=False)["n"].dtype.name == "str"
