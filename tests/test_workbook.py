"""Workbooks, opened with openpyxl, another's reader: what it finds is what was written."""

import datetime
import hashlib
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest

from toolkit import counts
from toolkit.exporting import workbook

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://a.b")']
LINKS = ["http://example.org", "mailto:a@example.org", "internal:A1", "external:a.xlsx"]
NUMBERS = ["00123", "1e5", "٣", "1,5"]


def opened(path):
    return openpyxl.load_workbook(path)


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_cells_are_those_of_the_table(twelve, tmp_path):
    path = workbook.write_xlsx(twelve.entities, tmp_path / "a.xlsx")
    found = cells(opened(path).active)
    assert found[0] == list(twelve.entities.columns)
    assert found[1:] == [
        ["a", 1, 1, "دمشق", "LOC", "دمشق", 20, 24],
        ["b", 1, 1, "دمشق", "LOC", "دمشق", 22, 26],
    ]


def test_index_that_says_something_becomes_a_column(twelve, tmp_path):
    freqs = counts.frequencies(twelve.words, by="lemma")
    found = cells(opened(workbook.write_xlsx(freqs, tmp_path / "a.xlsx")).active)
    assert found[0] == ["lemma", "freq", "n", "per_million", "docs"]
    assert found[1][:3] == ["دمشق", 2, 14]


@pytest.mark.parametrize("text", [*FORMULAS, *LINKS, *NUMBERS, " ", "a\nb", "<&>\"'"])
def test_text_stays_text(text, tmp_path):
    path = workbook.write_xlsx(pd.DataFrame({"form": [text]}), tmp_path / "a.xlsx")
    cell = opened(path).active["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert not any("externalLink" in name for name in archive.namelist())


@pytest.mark.parametrize("text", ["\x00\x1f", "_x0041_", "\r\n"])
def test_control_characters_are_coded_as_excel_codes_them(text, tmp_path):
    from openpyxl.utils.escape import unescape

    path = workbook.write_xlsx(pd.DataFrame({"form": [text]}), tmp_path / "a.xlsx")
    assert unescape(opened(path).active["A2"].value) == text


def test_characters_that_xml_lacks_are_counted(tmp_path):
    table = pd.DataFrame({"form": ["ا\ufffe\uffff"]})
    with pytest.warns(UserWarning, match=r"^write_xlsx: 2 characters that XML does not have"):
        path = workbook.write_xlsx(table, tmp_path / "a.xlsx")
    assert opened(path).active["A2"].value == "ا\ufffd\ufffd"


@pytest.mark.parametrize(
    ("values", "expected", "number_format"),
    [
        ([1_234_567], 1_234_567, "#,##0"),
        ([12.5], 12.5, "#,##0.00"),
        ([0.25], 0.25, "#,##0.000"),
        ([1e-9], 1e-9, "0.00E+00"),
        ([np.nan], None, "General"),
        ([np.inf], "inf", "General"),
        ([2**60], str(2**60), "General"),
        ([True], True, "General"),
        ([pd.Timestamp("2025-11-16")], datetime.datetime(2025, 11, 16), "yyyy-mm-dd"),
        ([pd.Timestamp("1850-01-01")], "1850-01-01", "General"),
        (pd.array([None], dtype="Int32"), None, "General"),
        (pd.array([7], dtype="Int32"), 7, "#,##0"),
        ([["a"]], "['a']", "General"),
    ],
)
def test_numbers_and_days_have_a_format_that_shows_them(values, expected, number_format, tmp_path):
    path = workbook.write_xlsx(pd.DataFrame({"value": values}), tmp_path / "a.xlsx")
    cell = opened(path).active["A2"]
    assert cell.value == expected
    assert cell.number_format == number_format


def test_years_and_places_have_no_separator(tmp_path):
    table = pd.DataFrame({"year": [2025], "start": [12000], "freq": [12000]})
    sheet = opened(workbook.write_xlsx(table, tmp_path / "a.xlsx")).active
    assert [cell.number_format for cell in sheet[2]] == ["0", "0", "#,##0"]


def test_sheets_are_right_to_left_with_a_header_that_stays(twelve, tmp_path):
    tables = {"الكلمات": twelve.words, "names": twelve.entities, "empty": twelve.tokens.head(0)}
    book = opened(workbook.write_xlsx(tables, tmp_path / "a.xlsx"))
    assert book.sheetnames == list(tables)
    for sheet, table in zip(book, tables.values(), strict=True):
        assert sheet.sheet_view.rightToLeft
        assert sheet.freeze_panes == "A2"
        assert sheet.max_row == len(table) + 1
    path = workbook.write_xlsx(twelve.words, tmp_path / "b.xlsx", right_to_left=False)
    assert not opened(path).active.sheet_view.rightToLeft


def test_same_table_makes_the_same_file(twelve, tmp_path):
    paths = [workbook.write_xlsx(twelve.words, tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    first, second = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    assert first == second


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "empty"),
        ("a" * 32, "longer than 31"),
        ("😀" * 16, "longer than 31"),
        ("a/b", r"one with \["),
        ("'a", "one that begins or ends with an apostrophe"),
        ("History", "Excel's own"),
        (3, "not text"),
    ],
)
def test_names_that_excel_refuses_are_refused(name, message, twelve, tmp_path):
    with pytest.raises(ValueError, match=rf"^write_xlsx: the name .* is {message}"):
        workbook.write_xlsx({name: twelve.words}, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_names_that_differ_in_case_only_are_refused(twelve, tmp_path):
    with pytest.raises(ValueError, match=r"the name 'words' is given twice, as Excel sees it"):
        workbook.write_xlsx({"Words": twelve.words, "words": twelve.words}, tmp_path / "a.xlsx")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path):
    table = pd.DataFrame({"n": np.zeros(1_048_576, dtype=np.int8)})
    message = r"^write_xlsx: 'table' has 1,048,576 rows and 1 columns; a sheet holds 1,048,575"
    with pytest.raises(ValueError, match=message):
        workbook.write_xlsx(table, tmp_path / "a.xlsx")


def test_text_longer_than_a_cell_holds_is_refused(tmp_path):
    workbook.write_xlsx(pd.DataFrame({"text": ["ا" * 32_767]}), tmp_path / "a.xlsx")
    for text in ("ا" * 32_768, "😀" * 16_384):  # an emoji is two characters to Excel
        with pytest.raises(ValueError, match=r"^write_xlsx: row 1 of 'text' in 'table' has"):
            workbook.write_xlsx(pd.DataFrame({"text": [text]}), tmp_path / "b.xlsx")


@pytest.mark.parametrize("given", [None, 3, {}, [1], {"a": 3}, "words"])
def test_what_is_no_table_is_refused(given, tmp_path):
    with pytest.raises(ValueError, match=r"^write_xlsx: .* Pass a table, or several"):
        workbook.write_xlsx(given, tmp_path / "a.xlsx")


def test_missing_package_is_named(twelve, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ImportError, match=r'xlsxwriter is not installed.*"mudawwana\[formats\]"'):
        workbook.write_xlsx(twelve.words, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []
