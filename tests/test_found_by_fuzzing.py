"""Inputs on which the package failed under `make fuzz`, each as small as it could be made.

What is expected follows from the promise that was broken (docs/reliability.md): a damaged file is
a row in `problems` and never an exception of another package, and time grows with the text.
"""

import io
import time
import zipfile

import pandas as pd
import pytest
from texts_read import read

from toolkit import corpus, dates
from toolkit.reading import decoding, front_matter, mojibake, openiti

SENTENCE = "وصلت القافلة إلى الواحة مساء أمس."
SECONDS = 2.0


def whats(problems):
    return [what for _, what, _ in problems]


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def beside(tmp_path):
    """Write bytes beside a file that is well; give the problems of the folder."""

    def problems_of(name, data, **options):
        (tmp_path / "well.txt").write_text(SENTENCE, "utf-8")
        (tmp_path / name).write_bytes(data)
        texts, problems = read(tmp_path, **options)
        assert "well" in texts["doc"].tolist()
        return texts, problems

    return problems_of


# --- archives and packages --------------------------------------------------------------------


def central(data, place, value):
    """A zip file with a byte of the first entry of its directory changed."""
    at = data.index(b"PK\x01\x02") + place
    return data[:at] + value + data[at + len(value) :]


def test_zip_of_a_version_from_the_future_is_damaged(beside):
    # byte 6 of the entry is the version that is needed to unpack it, in tenths
    _, problems = beside("a.zip", central(zipped({"a.txt": SENTENCE}), 6, b"\x63"))
    assert problems == [["a.zip", "damaged", "zip file version 9.9"]]


def test_zip_whose_name_is_marked_as_utf8_and_is_not_is_damaged(beside):
    data = zipped({"خ.txt": SENTENCE})
    at = data.rindex("خ.txt".encode())
    _, problems = beside("a.zip", data[:at] + b"\xff\xff" + data[at + 2 :])
    assert whats(problems) == ["damaged"]


def test_member_of_a_zip_without_a_name_is_told(beside):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(zipfile.ZipInfo("xx"), SENTENCE)
        package.infolist()[0].filename = ""
    _, problems = beside("a.zip", archive.getvalue())
    assert [row[:2] for row in problems] == [["a.zip/(no name)", "format"]]


def test_package_that_lost_its_first_byte_is_damaged(beside):
    # its first part then lies one byte before the beginning of the file
    _, problems = beside("a.docx", zipped({"word/document.xml": "<p><t>x</t></p>"})[1:])
    assert whats(problems) == ["damaged"]


ODT = '<d xmlns:t="urn:t"><t:body><t:text><t:p>قبل<t:s t:c="{}"/>بعد</t:p></t:text></t:body></d>'


@pytest.mark.parametrize(
    ("number", "spaces"), [("3", 3), ("²", 1), ("9" * 5000, 1), ("-1", 1), ("5000", 1000)]
)
def test_number_of_spaces_of_odt_is_a_number_or_none(beside, number, spaces):
    texts, problems = beside("a.odt", zipped({"content.xml": ODT.format(number)}))
    assert texts["text"][0] == f"قبل{' ' * spaces}بعد"
    assert problems == []


# --- workbooks --------------------------------------------------------------------------------


def workbook(**changed):
    """A workbook with parts changed, or left out where they are None."""
    openpyxl = pytest.importorskip("openpyxl")
    whole = io.BytesIO()
    book = openpyxl.Workbook()
    for row in [("text", "doc"), (SENTENCE, "a"), (SENTENCE, "b")]:
        book.active.append(row)
    book.save(whole)
    parts = {name: zipfile.ZipFile(whole).read(name) for name in zipfile.ZipFile(whole).namelist()}
    named = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml"}
    named["types"] = "[Content_Types].xml"
    parts |= {named[name]: data for name, data in changed.items()}
    return zipped({name: data for name, data in parts.items() if data is not None})


def test_rows_before_the_damage_of_a_sheet_are_read_and_the_damage_is_told(beside):
    whole = zipfile.ZipFile(io.BytesIO(workbook())).read("xl/worksheets/sheet1.xml")
    at = whole.index(b'<row r="3"')
    texts, problems = beside("a.xlsx", workbook(sheet=whole[:at] + b"<\x01" + whole[at:]))
    assert texts["doc"].tolist() == ["a", "well"]
    assert whats(problems) == ["damaged"]
    assert "rows below are not read" in problems[0][2]


@pytest.mark.parametrize(
    "changed",
    [
        {"book": b"<workbook"},
        {"book": b"<workbook/>"},
        {"types": None},
        {"types": b"<Types/>"},
        {"sheet": b"<worksheet><sheetData><row><"},
    ],
    ids=str,
)
def test_damaged_workbook_of_metadata_is_an_error_that_names_it(tmp_path, changed):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "beside.xlsx").write_bytes(workbook(**changed))
    with pytest.raises(ValueError, match=r"^read_texts: .*beside\.xlsx' cannot be read: "):
        corpus.read_texts(tmp_path / "a.txt", metadata=tmp_path / "beside.xlsx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("beside.parquet", b"PAR1" + b"\0" * 40 + b"PAR1"),
        ("beside.json", b"[" * 5000),
    ],
)
def test_damaged_table_of_metadata_is_an_error_that_names_it(tmp_path, name, data):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=rf"^read_texts: .*{name}' cannot be read: "):
        corpus.read_texts(tmp_path / "a.txt", metadata=tmp_path / name)


def test_metadata_in_json_that_is_no_table_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    (tmp_path / "beside.json").write_bytes(b"1")
    with pytest.raises(ValueError, match=r"^read_texts: no column doc, path or file in 'beside"):
        corpus.read_texts(tmp_path / "a.txt", metadata=tmp_path / "beside.json")


# --- encodings --------------------------------------------------------------------------------


def test_page_that_declares_an_encoding_of_no_text_is_told(beside):
    # Python knows one that is called undefined, and fails for every text
    _, problems = beside("a.html", b'<meta charset="undefined"><p>\xff')
    assert whats(problems) == ["encoding"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("a.csv", "punycode"), ("a.jsonl", "utf-16"), ("a.csv", "utf-16"), ("a.txt", "undefined")],
)
def test_bytes_that_a_named_encoding_cannot_read_are_told(tmp_path, name, encoding):
    # UTF-16 without its mark, or a sign that punycode does not use
    (tmp_path / name).write_bytes(b'"\0,\0' if encoding == "utf-16" else b'"')
    with pytest.raises(
        ValueError, match=rf"^read_texts: '{name}' could not be read: not {encoding}"
    ):
        corpus.read_texts(tmp_path, encoding=encoding)


def test_halves_of_surrogate_pairs_are_no_text(tmp_path):
    # UTF-7 can write U+D800 alone
    (tmp_path / "a.txt").write_bytes(b"text +2AA-")
    with pytest.raises(ValueError, match=r"could not be read: not utf-7: .*surrogates not allowed"):
        corpus.read_texts(tmp_path, encoding="utf-7")


# --- numbers in files -------------------------------------------------------------------------

MANY_DIGITS = "9" * 5000  # Python refuses to make a number of more than 4,300


def test_number_of_a_token_of_conllu_may_have_any_length(beside):
    line = "\t".join([MANY_DIGITS, "كلمة", *"_" * 8])
    texts, problems = beside("a.conllu", f"{line}\n1\tأخرى{chr(9)}_".encode() + b"\t_" * 7 + b"\n")
    assert texts["text"][0] == "أخرى"
    assert problems == []


def test_body_start_of_conllu_may_have_any_length(beside):
    head = f"# newdoc id = a\n# meta::body_start = {MANY_DIGITS}\n1\tكلمة"
    texts, _ = beside("a.conllu", head.encode() + b"\t_" * 8 + b"\n")
    assert texts["body_start"].tolist() == [0, 0]


def test_body_start_of_a_row_may_have_any_length(beside):
    row = f'{{"text": "{SENTENCE}", "body_start": "{MANY_DIGITS}"}}\n'
    texts, problems = beside("a.jsonl", row.encode())
    assert texts["body_start"].tolist() == [0, 0]
    assert whats(problems) == ["header"]


# --- nothing is lost --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"doc,text"),
        ("a.tsv", b"doc\ttext\n\n"),
        ("a.json", b"[]"),
        ("a.json", b"{}"),
        ("a.jsonl", b"{}\n{}\n"),
        ("a.jsonl", b"\xff\xfe\0\0"),
    ],
    ids=str,
)
def test_table_without_rows_is_told(beside, name, data):
    _, problems = beside(name, data)
    assert whats(problems) == ["empty"]


def test_workbook_without_rows_is_told(beside):
    whole = zipfile.ZipFile(io.BytesIO(workbook())).read("xl/worksheets/sheet1.xml")
    first, last = whole.index(b'<row r="2"'), whole.index(b"</sheetData>")
    _, problems = beside("a.xlsx", workbook(sheet=whole[:first] + whole[last:]))
    assert whats(problems) == ["empty"]


def test_object_without_keys_among_others_is_told(beside):
    _, problems = beside("a.jsonl", f'{{"text": "{SENTENCE}"}}\n{{}}\n'.encode())
    assert problems == [["a", "empty", "an object without keys: row 2"]]


def test_document_of_conllu_without_tokens_is_told(beside):
    text = f"# newdoc id = x\n# newdoc id = y\n1\tكلمة{chr(9)}_".encode() + b"\t_" * 7 + b"\n"
    texts, problems = beside("a.conllu", text)
    assert texts["doc"].tolist() == ["y", "well"]
    assert problems == [["a", "empty", "document x has no tokens"]]


HALF = r"\ud800"  # as JSON and CoNLL-U write it


def test_half_of_a_surrogate_pair_in_front_matter_is_told(beside):
    """All texts were lost for one such header."""
    header = f'---\ntitle: "{HALF}"\nyear: 2020\n---\n{SENTENCE}'
    texts, problems = beside("a.txt", header.encode())
    assert texts["year"].tolist()[0] == 2020
    assert "title" not in texts
    assert whats(problems) == ["surrogate"]


def test_half_of_a_surrogate_pair_in_conllu_is_told(beside):
    line = f"# newdoc id = x\n# meta::y = {HALF}\n1\tكلمة" + "\t_" * 7
    texts, problems = beside("a.conllu", f"{line}\t_\n".encode())
    assert texts["doc"].tolist() == ["x", "well"]
    assert whats(problems) == ["surrogate"]
    texts, problems = beside("a.conllu", f"{line}\tRaw={HALF}\n".encode())
    assert texts["doc"].tolist() == ["well"]
    assert whats(problems) == ["surrogate"]


def test_detail_of_a_problem_has_an_end(beside):
    # the name of a column has any length
    _, problems = beside("a.csv", b"x" * 50_000 + b",y\n1,2\n")
    assert whats(problems) == ["no text column"]
    assert len(problems[0][2]) == 1_000


# --- time -------------------------------------------------------------------------------------


def in_time(make, *given):
    begin = time.process_time()
    made = make(*given)
    assert time.process_time() - begin < SECONDS
    return made


@pytest.mark.parametrize("text", ["?" * 200_000, "???" + " " * 200_000, "x?? " * 50_000])
def test_long_rows_of_question_marks_are_looked_at_once(text):
    """Took 8.6 s for 20,000 marks, and a hundred times as long for ten times as many."""
    in_time(lambda: list(mojibake.signs(text)))


def test_rows_of_question_marks_are_counted_as_before():
    # by hand: 4 + 1 + 3 characters of 8, then a row that stands alone
    found = list(mojibake.signs("???? ???"))
    assert found == [("lost letters", "8 question marks in rows, where letters stood before")]
    assert list(mojibake.signs("ماذا؟؟؟ ???????? نعم")) == []


def test_long_line_in_the_head_of_openiti_is_read_once():
    """Took 2.4 s for 20,000 spaces, and a hundred times as long for ten times as many."""
    head = f"######OpenITI#\n#META# 020.BookTITLE :: أ{' ' * 200_000}ب\n#META#Header#End#\nنص"
    read_file = decoding.ReadFile(head, "utf-8", "")
    document = in_time(openiti.document, read_file, lambda *_: None)
    assert document.metadata["title"].split() == ["أ", "ب"]


def test_empty_field_in_the_head_of_openiti_does_not_take_the_next_line():
    head = "######OpenITI#\n#META# 010.AuthorNAME ::\n#META# 020.BookTITLE :: كتاب\n"
    read_file = decoding.ReadFile(f"{head}#META#Header#End#\nنص", "utf-8", "")
    assert openiti.document(read_file, print).metadata == {"title": "كتاب"}


@pytest.mark.parametrize("line", ["a: b{}x", "a{}x", "a{}: b"])
def test_long_lines_of_front_matter_are_looked_at_once(line):
    """Took 2.4 s for 20,000 spaces, the longest header there is."""
    in_time(front_matter.front_matter, f"---\n{line.format(' ' * 19_000)}\n---\nنص")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a b : c", {"a b": "c"}),
        ("a \t: c # d", {"a": "c"}),
        ("a: b  #c", {"a": "b"}),
        ("a: b#c", {"a": "b#c"}),
        ("a.b-c:", {}),
    ],
)
def test_keys_and_comments_of_front_matter_are_as_before(line, found):
    assert front_matter.front_matter(f"---\n{line}\n---\nنص").metadata == found


def test_dates_in_a_text_without_spaces_are_read_in_one_go():
    """Took 48 s for 200,000 characters, and a hundred times less for a tenth of them."""
    texts = pd.DataFrame({"doc": ["a"], "text": ["ا1/1/1" * 10_000]})
    in_time(dates.find_dates, texts)


def test_date_is_none_where_a_number_follows_in_the_same_word():
    # as before: a part number; what stands in the next word does not count
    texts = pd.DataFrame({"doc": ["a"], "text": ["رقم 15/10/2020ب7 و15/10/2020ب 7"]})
    assert dates.find_dates(texts)["start"].tolist() == [18]
