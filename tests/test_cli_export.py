"""`mudawwana export`: the formats, the ends of their files, and what is refused.

What stands in the files is tested with the functions that write them; here, that these are called
with the corpus, or the documents of it, that were asked for.
"""

import command_line
import openpyxl
import pandas as pd
import pytest

from toolkit import export


@pytest.fixture
def saved(twelve, tmp_path):
    return command_line.with_sections(twelve).save(tmp_path / "corpus")


@pytest.fixture
def command(capsys):
    return lambda *arguments: command_line.called(capsys, *arguments)


def test_export_as_a_process(saved, tmp_path):
    path = tmp_path / "corpus.conllu"
    done = command_line.process("export", saved, "-o", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"conllu: {path}\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    # by hand: 18 words in three sentences
    assert sum(line.split("\t")[0].isdecimal() for line in lines) == 18
    assert sum(line.startswith("# sent_id") for line in lines) == 3


@pytest.mark.parametrize(
    ("name", "more", "held"),
    [
        ("c.vrt", [], "للرئيس"),
        ("c.vert", ["--words"], "الرئيس"),
        ("c.xml", ["--title", "عنوان"], "<title>عنوان</title>"),
        ("c.tei", ["--to", "tei"], "<teiCorpus"),
        ("c.csv", [], "lemma_vocalised"),
        ("c.tsv", ["--table", "entities"], "دمشق\tLOC"),
        ("c.bib", [], "@misc{corpus,"),
    ],
)
def test_the_end_of_the_file_says_the_format(command, saved, tmp_path, name, more, held):
    code, out, _ = command("export", saved, *more, "-o", tmp_path / name, "--quiet")
    assert (code, out) == (0, "")
    assert held in (tmp_path / name).read_text(encoding="utf-8")


def test_a_workbook_has_a_sheet_for_each_table(command, saved, tmp_path):
    command("export", saved, "-o", tmp_path / "all.xlsx", "--quiet")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == [
        *("texts", "sentences", "tokens", "words", "entities", "dates", "problems"),
    ]
    command(
        *("export", saved, "-o", tmp_path / "two.xlsx", "--quiet"),
        *("--table", "words", "--table", "entities"),
    )
    assert openpyxl.load_workbook(tmp_path / "two.xlsx").sheetnames == ["words", "entities"]


def test_texts_too_long_for_a_cell_are_left_out_and_said_so(command, twelve, tmp_path):
    texts = twelve.texts.assign(text=[twelve.texts["text"][0], "ن" * 40_000])
    corpus = twelve.__class__(**{**vars(twelve), "texts": texts}).save(tmp_path / "corpus")
    code, _, err = command("export", corpus, "-o", tmp_path / "all.xlsx")
    assert code == 0
    assert "texts of more than 32,767 characters fit no cell" in err
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx")["texts"]
    assert [cell.value for cell in sheet[1]] == ["doc", "date"]


def test_documents_are_chosen(command, saved, tmp_path):
    path = tmp_path / "sport.csv"
    command("export", saved, "--table", "tokens", "--where", "section=sport", "-o", path)
    assert set(export.read_csv(path)["doc"]) == {"a"}
    command("export", saved, "--where", "section=arts", "-o", tmp_path / "c.conllu")
    text = (tmp_path / "c.conllu").read_text(encoding="utf-8")
    assert "newdoc id = b" in text
    assert "newdoc id = a" not in text


def test_a_citation_is_printed_without_a_file(command, saved):
    code, out, err = command("export", saved, "--to", "bibtex")
    assert (code, err) == (0, "")
    assert out.startswith("@misc{corpus,")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "Missing option '-o'"),
        (["--to", "conllu"], "Missing option '-o'"),
        (["-o", "c.doc"], "'c.doc' has no known format; end it in .conllu"),
        (["--to", "tei", "-o", "c.conllu"], "'c.conllu' is no file of tei; end it in .xml or .tei"),
        (["--to", "word", "-o", "c.doc"], "'word' is not one of"),
        (["-o", "c.conllu", "--table", "words"], "--table makes no difference to conllu"),
        (["-o", "c.csv", "--title", "x"], "--title makes no difference to csv"),
        (["-o", "c.xml", "--words"], "--tokens/--words makes no difference to tei"),
        (["-o", "c.csv", "--table", "words", "--table", "texts"], "a CSV file holds one table"),
        (["-o", "c.csv", "--table", "lines"], "'lines' is not one of"),
    ],
)
def test_wrong_call_is_one_line_and_nothing_is_written(
    command, saved, tmp_path, monkeypatch, arguments, reason
):
    monkeypatch.chdir(tmp_path)
    code, out, err = command("export", saved, *arguments)
    assert (code, out) == (2, "")
    assert reason in err
    assert len(err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_tables_of_one_corpus_are_equal_however_they_are_written(command, saved, tmp_path):
    command("export", saved, "--table", "words", "-o", tmp_path / "w.csv")
    command("export", saved, "--table", "words", "-o", tmp_path / "w.xlsx")
    written = export.read_csv(tmp_path / "w.csv")
    sheet = pd.read_excel(tmp_path / "w.xlsx", dtype="str", keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(written, sheet.astype("str"), check_dtype=False)
