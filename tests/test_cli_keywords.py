"""`mudawwana keywords`: corpora, tables of frequencies and parts of a corpus compared.

By hand, of the corpus of twelve words: document a (sport) has 9 words and numbers, b (arts) 5; دمشق
and the lemma قال stand once in each.
"""

import command_line
import pandas as pd
import pytest

from toolkit import export

HEADER = [
    *("lemma", "freq_target", "freq_reference", "per_million_target", "per_million_reference"),
    *("log_likelihood", "p", "log_ratio"),
]


@pytest.fixture
def saved(twelve, tmp_path):
    return command_line.with_sections(twelve).save(tmp_path / "corpus")


@pytest.fixture
def command(capsys):
    return lambda *arguments: command_line.called(capsys, *arguments)


@pytest.fixture
def frequencies():
    """A reference of ten words, two of them دمشق."""
    index = pd.Index(["نهر", "دمشق"], name="lemma")
    return pd.DataFrame({"freq": [8, 2], "n": 10, "per_million": 1.0, "docs": [2, 1]}, index=index)


def counts(printed):
    """The frequencies in target and reference of each item."""
    found = command_line.rows(printed)
    assert found[0][1:3] == ["freq_target", "freq_reference"]
    return {row[0]: (int(row[1]), int(row[2])) for row in found[1:]}


def test_keywords_as_a_process_of_one_part_against_the_others(saved):
    out = command_line.succeeded("keywords", saved, "--where", "section=sport")
    assert command_line.rows(out)[0] == HEADER
    found = counts(out)
    assert found["دمشق"] == found["قال"] == (1, 1)
    assert found["وزير"] == (1, 0)
    assert found["مرة"] == (0, 1)
    assert len(found) == 12


def test_parts_chosen_on_both_sides(command, saved):
    _, out, _ = command(
        "keywords", saved, "--where", "section=arts", "--against", "section=sport", "--top", "all"
    )
    assert counts(out)["وزير"] == (0, 1)


def test_all_documents_chosen_leave_none_to_compare(command, saved):
    code, _, err = command("keywords", saved, "--where", "doc=*")
    assert code == 1
    assert "--where chooses all documents" in err


def test_a_document_on_both_sides_is_refused(command, saved):
    code, _, err = command("keywords", saved, "--where", "doc=a", "--against", "doc=*")
    assert code == 1
    assert "on both sides is 'a' (1 in all)" in err


def test_two_corpora_and_conditions_on_each(command, saved):
    _, out, _ = command("keywords", saved, saved, "--where", "doc=a", "--against", "doc=b")
    assert counts(out)["قال"] == (1, 1)
    assert len(counts(out)) == 12
    _, out, _ = command("keywords", saved, saved, "--where", "doc=a")
    assert counts(out)["قال"] == (1, 2)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet"])
def test_a_table_of_frequencies_is_a_reference(command, saved, frequencies, tmp_path, suffix):
    path = tmp_path / f"reference{suffix}"
    write = export.write_parquet if suffix == ".parquet" else export.write_csv
    write(frequencies, path)
    _, out, _ = command("keywords", saved, path, "--top", "all")
    assert counts(out)["دمشق"] == (2, 2)
    assert counts(out)["نهر"] == (0, 8)


def test_what_freq_writes_is_a_reference(command, saved, tmp_path):
    path = tmp_path / "norms.csv"
    command("freq", saved, "--by", "norm", "-o", path)
    _, out, _ = command("keywords", saved, path)
    assert command_line.rows(out)[0][0] == "norm"  # what the table counts is counted
    assert counts(out)["دمشق"] == (2, 2)


def test_a_table_that_counts_something_else_is_refused(command, saved, frequencies, tmp_path):
    path = export.write_csv(frequencies, tmp_path / "lemmas.csv")
    code, _, err = command("keywords", saved, path, "--by", "norm")
    assert code == 1
    assert "`target` counts norm and `reference` counts lemma" in err


def test_rows_of_a_table_are_not_chosen(command, saved, frequencies, tmp_path):
    path = export.write_csv(frequencies, tmp_path / "lemmas.csv")
    code, _, err = command("keywords", saved, path, "--against", "section=arts")
    assert code == 2
    assert "--against chooses documents, and a table of frequencies has none" in err


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("r.csv", "lemma,freq,n\nx,1,ten\n", "is no table of frequencies"),
        ("r.csv", "lemma,freq,n\n", "has no rows"),
        ("r.csv", "lemma,freq,n\nx,20,10\n", "a frequency is a whole number up to n"),
        ("r.parquet", "garbage", "cannot be read"),
    ],
)
def test_a_damaged_table_is_named(command, saved, tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    code, out, err = command("keywords", saved, path)
    assert (code, out) == (1, "")
    assert reason in err
    assert len(err.splitlines()) == 1


def test_a_table_of_texts_is_no_table_of_frequencies(command, saved, tmp_path, monkeypatch):
    from toolkit.command import sources

    path = tmp_path / "texts.csv"
    path.write_text("doc,text\nx,وصل الوزير\n", encoding="utf-8")
    monkeypatch.setattr(sources, "annotated", lambda texts, options: pytest.fail("read"))
    with pytest.raises(pytest.fail.Exception, match="read"):
        command("keywords", saved, path)


@pytest.mark.parametrize("more", [[], ["--against", "doc=b"]])
def test_nothing_to_compare_with_is_a_wrong_call(command, saved, more):
    code, _, err = command("keywords", saved, *more)
    assert code == 2
    assert "nothing to compare" in err


def test_correction_effect_and_thresholds_are_passed_on(command, saved):
    _, out, _ = command(
        *("keywords", saved, "--where", "doc=a", "--measure", "chi_squared"),
        *("--effect", "odds_ratio", "--correction", "holm", "--min-docs", "1", "--min-freq", "1"),
    )
    assert command_line.rows(out)[0][5:] == ["chi_squared", "p", "p_corrected", "odds_ratio"]


@pytest.mark.parametrize("option", ["--measure", "--effect", "--convention"])
def test_a_wrong_name_is_refused_before_anything_is_read(command, option):
    code, _, err = command("keywords", "nowhere", "nowhere", option, "beauty")
    assert code == 1
    assert "'beauty'; there are " in err
