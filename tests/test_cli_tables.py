"""The commands that print tables of a corpus: what they count, choose, write and refuse.

The corpus is that of twelve words of `conftest`, whose counts stand there; document a is of section
sport, b of section arts.
"""

import json

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


def failure(answer, code):
    found, out, err = answer
    assert (found, out) == (code, "")
    assert err.startswith("mudawwana: ")
    assert len(err.splitlines()) == 1
    return err


# --- frequencies ------------------------------------------------------------------------------


def test_freq_as_a_process(saved):
    printed = command_line.rows(command_line.succeeded("freq", saved, "--top", 2))
    # by hand: دمشق and قال twice each in 14 words and numbers, in both documents
    assert printed == [
        ["lemma", "freq", "n", "per_million", "docs"],
        ["دمشق", "2", "14", "142857", "2"],
        ["قال", "2", "14", "142857", "2"],
    ]


def test_freq_of_tokens_counts_what_is_written(command, saved):
    _, out, _ = command("freq", saved, "--tokens", "--by", "norm", "--top", "all")
    assert len(out.splitlines()) == 1 + 11  # by hand: 11 types of 12 tokens
    assert command_line.rows(out)[1] == ["دمشق", "2", "12", "166667", "2"]


def test_freq_by_two_columns(command, saved):
    _, out, _ = command("freq", saved, "--by", "lemma,upos", "--min-docs", "2")
    assert [row[:3] for row in command_line.rows(out)] == [
        ["lemma", "upos", "freq"],
        ["دمشق", "PROPN", "2"],
        ["قال", "VERB", "2"],
    ]


def test_freq_leaves_out_function_words_and_still_counts_them(command, saved):
    _, out, _ = command("freq", saved, "--without-stop-words", "--top", "all")
    items = {row[0]: row[2] for row in command_line.rows(out)[1:]}
    assert not {"إلى", "ل", "و"} & set(items)
    assert set(items.values()) == {"14"}


@pytest.mark.parametrize(
    ("conditions", "n"),
    [
        # by hand: 9 words and numbers in a (sport), 5 in b (arts)
        (["section=sport"], 9),
        (["section=sport", "section=arts"], 14),
        (["section!=sport"], 5),
        (["section=sp*"], 9),
        (["doc=b"], 5),
        (["date=2025"], 5),
        (["date=2025-11"], 5),
        (["date=2025-11-16"], 5),
        (["date=2025-01..2025-11"], 5),
        (["date=..2025"], 5),
        (["date="], 9),
        (["year=2024"], 9),
        (["year=2020.."], 9),
        (["year="], 5),
        (["section=sport", "year=2024"], 9),
    ],
)
def test_where_chooses_documents(command, saved, conditions, n):
    given = [part for condition in conditions for part in ("--where", condition)]
    code, out, _ = command("freq", saved, *given)
    assert code == 0
    assert {row[2] for row in command_line.rows(out)[1:]} == {str(n)}


@pytest.mark.parametrize(
    ("conditions", "code", "reason"),
    [
        (["section=sprot"], 1, "no document has section=sprot; there are sport, arts."),
        (["sections=x"], 1, "no column 'sections' in the table; its columns are doc, text"),
        (["date=2026.."], 1, "no document has date=2026..; there are 2025-11-16."),
        (["section=sport", "date=2025"], 1, "no document meets all of --where section=sport"),
        (["section"], 2, "'section' is not COLUMN=VALUE, such as section=sport"),
        (["=sport"], 2, "'=sport' is not COLUMN=VALUE"),
    ],
)
def test_where_that_chooses_nothing_says_what_there_is(command, saved, conditions, code, reason):
    given = [part for condition in conditions for part in ("--where", condition)]
    assert reason in failure(command("freq", saved, *given), code)


def test_composed_and_decomposed_letters_are_the_same_value(command, twelve, tmp_path):
    texts = twelve.texts.assign(source=["الأهرام", None])
    corpus = twelve.__class__(**{**vars(twelve), "texts": texts}).save(tmp_path / "corpus")
    decomposed = "source=الا\N{ARABIC HAMZA ABOVE}هرام"
    _, out, _ = command("freq", corpus, "--where", decomposed)
    assert command_line.rows(out)[1][2] == "9"


# --- files ------------------------------------------------------------------------------------


def read_json(path):
    return pd.DataFrame(json.loads(path.read_text(encoding="utf-8")))


def read_parquet(path):
    return pd.read_parquet(path).reset_index()


def read_xlsx(path):
    header, *cells = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return pd.DataFrame(cells, columns=header)


READERS = {
    ".csv": export.read_csv,
    ".tsv": export.read_csv,
    ".json": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
}


@pytest.mark.parametrize("suffix", READERS)
def test_a_file_holds_all_rows_that_are_not_asked_to_be_fewer(command, saved, tmp_path, suffix):
    path = tmp_path / f"table{suffix}"
    assert command("freq", saved, "-o", path) == (0, "", "")
    table = READERS[suffix](path)
    assert list(table) == ["lemma", "freq", "n", "per_million", "docs"]
    assert len(table) == 12
    assert [int(freq) for freq in table["freq"]] == [2, 2, *[1] * 10]
    command("freq", saved, "-o", path, "--top", 3)
    assert len(READERS[suffix](path)) == 3


def test_a_file_of_no_known_format_is_refused_before_anything_is_read(command):
    said = failure(command("freq", "nowhere", "-o", "table.doc"), 2)
    assert "'table.doc' has no known format; end it in .csv, .tsv, .json, .xlsx, .parquet" in said


def test_a_folder_in_the_place_of_a_file_is_refused(command, saved, tmp_path):
    (tmp_path / "table.csv").mkdir()
    failure(command("freq", saved, "-o", tmp_path / "table.csv"), 2)


def test_a_place_that_cannot_be_written_is_named(command, saved, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = failure(command("freq", saved, "-o", tmp_path / "file" / "table.csv"), 1)
    assert "table.csv" in said
    assert "cannot be written" in said


# --- sequences, spread, variety ---------------------------------------------------------------


def test_ngrams_as_a_process(saved):
    printed = command_line.rows(command_line.succeeded("ngrams", saved, "-n", 3, "--top", "all"))
    # by hand: of the sentences of 5, 4 and 5 words, 3 + 2 + 3 sequences of three
    assert printed[0] == ["ngram", "freq", "n", "per_million", "docs"]
    assert len(printed) == 1 + 8
    assert ["قالت دمشق 3", "1", "8", "125000", "1"] in printed


def test_ngrams_of_ten_are_refused(command, saved):
    assert "10 is not in the range 1<=x<=9" in failure(command("ngrams", saved, "-n", 10), 2)


def test_dispersion_as_a_process_by_a_column_of_the_texts(saved):
    out = command_line.succeeded(
        "dispersion", saved, "--parts", "section", "--measure", "dp", "--min-freq", 2
    )
    # by hand: expected shares 9/14 and 5/14, observed 1/2 and 1/2: DP = 2/14
    assert command_line.rows(out) == [
        ["lemma", "freq", "n", "parts", "range", "dp"],
        ["دمشق", "2", "14", "2", "2", "0.142857"],
        ["قال", "2", "14", "2", "2", "0.142857"],
    ]


def test_dispersion_over_equal_parts_in_all_measures(command, saved):
    _, out, _ = command("dispersion", saved, "--parts", "2", "--measure", "all", "--top", 1)
    assert len(command_line.rows(out)[0]) == 5 + 17


def test_parts_that_are_nowhere_are_named(command, saved):
    said = failure(command("dispersion", saved, "--parts", "place"), 1)
    assert "--parts: no column 'place' in the words, and none in the texts, which have doc" in said


def test_diversity_as_a_process_by_a_column_of_the_texts(saved):
    out = command_line.succeeded("diversity", saved, "--groups", "section", "--measure", "ttr")
    # by hand: all words of each document differ
    assert [row[:4] for row in command_line.rows(out)] == [
        ["section", "n", "types", "ttr"],
        ["sport", "9", "9", "1"],
        ["arts", "5", "5", "1"],
    ]


def test_an_unknown_measure_is_answered_with_all_of_them(command, saved):
    for name, known in (("dispersion", "dp_norm"), ("diversity", "mtld"), ("keywords", "log_dice")):
        more = ["--where", "section=sport"] if name == "keywords" else []
        said = failure(command(name, saved, "--measure", "beauty", *more), 1)
        assert "no measure 'beauty'" in said
        assert known in said


# --- contexts ---------------------------------------------------------------------------------


def test_kwic_as_a_process(saved):
    out = command_line.succeeded("kwic", saved, "دمشق", "--window", 2, "--columns", "section")
    # by hand: the raw text of both documents
    assert command_line.rows(out) == [
        ["doc", "sent", "before", "node", "after", "start", "end", "section"],
        ["a", "1", "الدفاع إلى", "دمشق", ". قال", "20", "24", "sport"],
        ["b", "1", "وقالت", "دمشق", "3 مرات", "22", "26", "arts"],
    ]


def test_kwic_by_lemma_searches_words(command, saved):
    _, out, _ = command("kwic", saved, "قال", "--by", "lemma", "--window", "sentence")
    assert [row[3] for row in command_line.rows(out)[1:]] == ["قال", "قالت"]


def test_kwic_by_a_regular_expression(command, saved):
    _, out, _ = command("kwic", saved, "و.*", "--regex", "--sort", "node")
    assert [row[3] for row in command_line.rows(out)[1:]] == ["وزير", "وصل", "وقالت"]


def test_kwic_without_folding_finds_the_spelling_alone(command, saved):
    assert len(command("kwic", saved, "الى")[1].splitlines()) == 2
    code, out, err = command("kwic", saved, "الى", "--exact")
    assert (code, len(out.splitlines())) == (0, 1)
    assert err == "0 rows: nothing was found, or the column is empty.\n"


@pytest.mark.parametrize("name", ["kwic", "collocates"])
def test_a_missing_node_is_told_from_a_missing_source(command, saved, name):
    assert f"only {str(saved)!r} is given" in failure(command(name, saved), 2)
    assert "Missing argument 'NODE'" in failure(command(name), 2)


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["kwic", "SAVED", " "], 1, "node is empty"),
        (["kwic", "SAVED", "(", "--regex"], 2, "'(' is no regular expression"),
        (["kwic", "SAVED", "قال", "--window", "-1"], 2, "'-1' is not a number of words"),
        (["kwic", "SAVED", "قال", "--window", "2,3"], 2, "or 'sentence'"),
        (["kwic", "SAVED", "قال", "--sort", "after9"], 1, "no sort key 'after9'"),
        (["kwic", "SAVED", "قال", "--columns", "place"], 1, "no column place in texts"),
        (["kwic", "SAVED", "قال", "--by", "root"], 1, "no column 'root' in the table"),
        (["kwic", "SAVED", "قال", "--by", "lemma", "--tokens"], 1, "no column 'lemma'"),
        (["collocates", "SAVED", "قال", "--window", "a"], 2, "or BEFORE,AFTER"),
        (["collocates", "SAVED", "قال", "--window", "1,2,3"], 2, "or BEFORE,AFTER"),
        (["collocates", "SAVED", "قال", "--convention", "abacus"], 1, "no convention 'abacus'"),
        (["freq", "SAVED", "--by", "root"], 1, "no column 'root' in the table"),
        (["freq", "SAVED", "--by", "lemma,"], 2, "is not one name, or several"),
        (["freq", "SAVED", "--top", "0"], 2, "'0' is not a number from 1, or 'all'"),
        (["freq", "SAVED", "--min-freq", "0"], 2, "0 is not in the range x>=1"),
        (["freq", "SAVED", "--by", "upos", "--without-stop-words"], 1, "no list by 'upos'"),
        (["entities", "SAVED", "--by", "place"], 2, "'place' is not one of"),
        (["freq", "SAVED", "SAVED"], 1, "is a saved corpus and 2 sources are given"),
    ],
)
def test_wrong_call_is_one_line_and_a_failure(command, saved, arguments, code, reason):
    given = [saved if part == "SAVED" else part for part in arguments]
    assert reason in failure(command(*given), code)


def test_collocates_as_a_process(saved):
    out = command_line.succeeded(
        "collocates", saved, "دمشق", "--window", "1,1", "--measure", "mi,log_dice"
    )
    found = command_line.rows(out)
    # by hand: إلى before, and قالت before (lemma قال) and 3 behind; the full stop is not counted
    assert found[0] == [
        *("lemma", "freq", "before", "after", "freq_item", "freq_node", "n", "expected"),
        *("mi", "log_dice"),
    ]
    assert {row[0]: row[1:6] for row in found[1:]} == {
        "إلى": ["1", "1", "0", "1", "2"],
        "3": ["1", "0", "1", "1", "2"],
        "قال": ["1", "1", "0", "2", "2"],
    }


# --- names and dates --------------------------------------------------------------------------


def test_entities_as_a_process(saved):
    assert command_line.rows(command_line.succeeded("entities", saved)) == [
        ["name", "type", "freq", "n", "share", "docs"],
        ["دمشق", "LOC", "2", "2", "1", "2"],
    ]


def test_entities_that_are_too_rare_are_left_out(command, saved):
    code, out, err = command("entities", saved, "--min-freq", 3)
    assert (code, len(out.splitlines())) == (0, 1)
    assert err.startswith("0 rows")


def test_dates_as_a_process_of_texts_that_are_not_annotated(tmp_path):
    (tmp_path / "a.txt").write_text("date 2025-11-16 زار موسكو أمس", encoding="utf-8")
    out = command_line.succeeded("dates", tmp_path / "a.txt")
    # by hand: yesterday is the fifteenth; the header is not read
    assert command_line.rows(out) == [
        ["doc", "sent", "text", "start", "end", "first", "last", "precision"],
        ["a", "", "أمس", "26", "29", "2025-11-15", "2025-11-15", "day"],
    ]


def test_dates_are_counted_by_a_column(command, saved):
    # the corpus was saved without dates, and one stands in the text of b
    _, out, _ = command("dates", saved, "--by", "precision")
    assert command_line.rows(out) == [["precision", "freq", "n", "share", "docs"], ["day", *"1111"]]


# --- notes ------------------------------------------------------------------------------------


def test_what_is_not_printed_is_counted_unless_quiet(command, saved):
    assert command("freq", saved, "--top", 5)[2] == (
        "5 of 12 rows; --top shows more, -o writes all.\n"
    )
    assert command("freq", saved, "--top", 5, "--quiet")[2] == ""


def test_options_of_texts_are_said_to_change_nothing_of_a_corpus(command, saved):
    _, _, err = command("freq", saved, "--models", "official", "--encoding", "cp1256", "--quiet")
    assert err == f"mudawwana: {str(saved)!r} is annotated already; --encoding, --models " + (
        "changes nothing.\n"
    )
