"""Tables in a terminal: widths, cuts, isolates, and what a terminal that orders Arabic shows.

Widths are those of wcwidth, an independent implementation, where it is installed. How a line looks
was worked out by hand from the Unicode Bidirectional Algorithm (UAX #9).
"""

import os
import re
import struct
import subprocess
import sys
import unicodedata

import command_line
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.command import terminal
from toolkit.command.cells import FSI, PDI, cut, cut_words, isolated, padded, plain, width

NAMED = {
    "letters": ("كتاب", 4),
    "vowel signs take none": ("كِتَابٌ", 4),
    "shadda and fatha on one letter": ("مدّة", 3),
    "superscript alef": ("هٰذا", 3),
    "Koranic sign": ("قۖ", 1),
    "tatweel is a letter": ("كـتاب", 5),
    "joiners take none": ("می\N{ZERO WIDTH NON-JOINER}خواهم", 7),
    "direction marks take none": ("\N{RIGHT-TO-LEFT MARK}قال\N{ARABIC LETTER MARK}", 3),
    "a ligature is a letter": ("\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}", 1),
    "the phrase in one character": ("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}", 1),
    "Arabic figures": ("١٩٧٣", 4),
    "the sign over a number": ("\N{ARABIC NUMBER SIGN}١", 2),
    "Chinese takes two": ("語料庫", 6),
    "full width takes two": ("ＡＢ", 4),
    "half width takes one": ("ｱ", 1),
    "accents take none": ("e\N{COMBINING ACUTE ACCENT}", 1),
    "Korean vowels of syllables in parts take none": ("\u1112\u1161\u11ab", 2),
    "a face takes two": ("\N{GRINNING FACE}", 2),
    "nothing": ("", 0),
}


@pytest.mark.parametrize(("text", "cells"), NAMED.values(), ids=NAMED)
def test_width_in_cells(text, cells):
    assert width(text) == cells


@pytest.mark.parametrize("text", [text for text, _ in NAMED.values()])
def test_width_is_that_of_wcwidth(text):
    wcwidth = pytest.importorskip("wcwidth", reason="an independent implementation")
    assert width(text) == wcwidth.wcswidth(text)


# --- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("سطر\nآخر", "سطر آخر"),
        ("\x1b[2Jقال", " [2Jقال"),  # clears the screen
        ("a\x9b31mb", "a 31mb"),
        ("\u202eقال\u2069", "قال"),  # would turn the line round, or close our isolate
        ("\N{RIGHT-TO-LEFT MARK}قال", "\N{RIGHT-TO-LEFT MARK}قال"),
        ("\ud800", "\ufffd"),
        ("a\u2028b", "a b"),
    ],
)
def test_what_steers_a_terminal_is_taken_off(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["كلمة", "abc كلمة", "١٩٧٣", "עברית", "\N{RIGHT-TO-LEFT MARK}x"])
def test_what_is_read_from_the_right_is_isolated(text):
    assert isolated(text) == f"{FSI}{text}{PDI}"


@pytest.mark.parametrize("text", ["word", "1973", "", "語料庫", "-"])
def test_what_is_read_from_the_left_is_not(text):
    assert isolated(text) == text
    assert isolated(text, always=True) == f"{FSI}{text}{PDI}"


def test_isolates_take_no_cell():
    assert width(padded("كلمة", 6)) == 6
    assert padded("كلمة", 6) == f"{FSI}كلمة{PDI}  "
    assert padded("كلمة", 6, at="start") == f"  {FSI}كلمة{PDI}"


@given(st.text(alphabet="قاَل wé語\N{ZERO WIDTH JOINER}"), st.integers(1, 12))
def test_what_is_cut_fits_and_begins_as_it_did(text, most):
    for shown in (cut(text, most), cut_words(text, most), cut_words(text, most, keep="end")):
        assert width(shown) <= max(most, 1)
        assert shown == text or "…" in shown
    assert text.startswith(cut(text, most).rstrip("…"))
    assert text.endswith(cut_words(text, most, keep="end").lstrip("…"))


def test_marks_stay_with_their_letter_where_a_text_is_cut():
    assert cut("كِتَابُ", 3) == "كِتَ…"
    assert cut_words("قالَ كِتَابُ", 5, keep="end") == "…كِتَابُ"


def test_words_are_whole_where_there_is_more_than_one():
    assert cut_words("قال وزير الدفاع", 12) == "قال وزير…"
    assert cut_words("قال وزير الدفاع", 9) == "قال وزير…"
    assert cut_words("قال وزير الدفاع", 12, keep="end") == "…وزير الدفاع"
    assert cut_words("والاستراتيجيات", 6) == "والاس…"


# --- tables -----------------------------------------------------------------------------------


def bare(line):
    """A line as its cells are filled: without what takes none."""
    return "".join(char for char in line if unicodedata.category(char) != "Cf")


FREQS = {
    "lemma": pd.Series(["كِتاب", "في", "x"]),
    "freq": pd.Series([120, 7, 1]),
    "per_million_target": pd.Series([1234.5, 0.25, float("nan")]),
    "p": pd.Series([0.5, 1e-9, 0.0]),
}


def test_columns_stand_below_one_another():
    lines, left_out = terminal.lines(FREQS, 80)
    assert left_out == []
    assert [line.rstrip() for line in lines[:4]] == [
        " lemma  freq      per_        p",
        "              million_",
        "                target",
        " -----  ----  --------  -------",
    ]
    assert [bare(line) for line in lines[4:]] == [
        " كِتاب    120    1234.5   0.5000",
        " في        7       0.2  1.0e-09",
        " x         1         –   0.0000",
    ]


def test_each_line_begins_with_a_cell_that_a_mark_can_belong_to():
    for line in terminal.lines(FREQS, 80)[0]:
        assert line.startswith(" ")


@pytest.mark.parametrize("most", range(1, 60))
def test_lines_are_no_wider_than_the_terminal_where_that_can_be(most):
    columns = {"doc": pd.Series(["وثيقة طويلة الاسم " * 3] * 3), **FREQS}
    lines, left_out = terminal.lines(columns, most)
    narrowest = 1 + terminal.NARROWEST
    assert max(map(width, lines)) <= max(most, narrowest)
    assert left_out == list(columns)[len(columns) - len(left_out) :]
    assert "doc" not in left_out


def test_texts_are_cut_before_columns_are_left_out():
    columns = {"text": pd.Series(["ن" * 100]), "freq": pd.Series([1])}
    lines, left_out = terminal.lines(columns, 40)
    assert left_out == []
    assert bare(lines[-1]) == " " + "ن" * 32 + "…" + "     1"
    assert terminal.lines(columns, 12)[1] == ["freq"]


def test_a_table_without_rows_has_its_names():
    lines, _ = terminal.lines({"doc": pd.Series([], dtype="str")}, 80)
    assert lines == [" doc", " ---"]


def test_missing_cells_of_all_kinds():
    columns = {
        "text": pd.Series(["a", None], dtype="str"),
        "whole": pd.Series([1, None], dtype="Int64"),
        "kind": pd.Series(["b", None], dtype="category"),
        "flag": pd.Series([True, None], dtype="boolean"),
        "far": pd.Series([float("inf"), None]),
    }
    lines, _ = terminal.lines(columns, 80)
    assert lines[2:] == [" a         1  b     True  inf", "           –                –"]


# --- concordances -----------------------------------------------------------------------------

LINES = {
    "doc": pd.Series(["a", "خبر"]),
    "sent": pd.Series([1, 12]),
    "before": pd.Series(["وصل وزير الدفاع إلى", ""]),
    "node": pd.Series(["دمشق", "دمشق"]),
    "after": pd.Series([". قال", "3 مرات"]),
    "start": pd.Series([20, 22]),
    "end": pd.Series([24, 26]),
    "section": pd.Series(["sport", "arts"]),
}


def test_nodes_stand_below_one_another():
    assert [bare(line) for line in terminal.concordance(LINES, 80)] == [
        " doc  sent  section               before  node  after              ",
        " a       1  sport    وصل وزير الدفاع إلى  دمشق  . قال              ",
        " خبر    12  arts                          دمشق  3 مرات             ",
    ]


def test_a_line_is_one_isolate_from_right_to_left():
    line = terminal.concordance(LINES, 80)[1]
    beside, _, rest = line.partition(terminal.RLI)
    assert beside == " a       1  sport    "
    # spaces at the end would have the direction of the line: a mark stands behind them
    assert rest.endswith(f"{terminal.RLM}{PDI}")
    assert re.sub(" +", " ", rest.removesuffix(f"{terminal.RLM}{PDI}")).strip() == (
        f"{FSI}وصل وزير الدفاع إلى{PDI} {FSI}دمشق{PDI} {FSI}. قال{PDI}"
    )


def test_contexts_are_cut_at_their_far_ends():
    line = bare(terminal.concordance(LINES, 60)[1])
    assert "…الدفاع إلى  دمشق" in line
    for most in range(1, 100):
        widths = {width(line) for line in terminal.concordance(LINES, most)}
        assert len(widths) == 1
        assert max(widths) <= max(most, 49)  # 21 beside, 10 + 4 + 10 and two gaps


# --- a real terminal --------------------------------------------------------------------------


def in_a_terminal(columns, *arguments):
    """What the command writes to a terminal of so many columns."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
    ) as running:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
    os.close(ours)
    assert running.returncode == 0
    return written.decode("utf-8").splitlines()


@pytest.fixture
def saved(twelve, tmp_path):
    return command_line.with_sections(twelve).save(tmp_path / "corpus")


def test_a_terminal_gets_columns_and_a_pipe_gets_tabs(saved):
    written = in_a_terminal(60, "freq", saved, "--min-freq", 2)
    assert written == [
        " lemma  freq   n      per_  docs",
        "                   million",
        " -----  ----  --  --------  ----",
        f" {FSI}دمشق{PDI}      2  14  142857.1     2",
        f" {FSI}قال{PDI}       2  14  142857.1     2",
    ]
    piped = command_line.succeeded("freq", saved, "--min-freq", 2)
    assert piped.splitlines()[1] == "دمشق\t2\t14\t142857\t2"
    assert not re.search("[\u2066-\u2069\u200e\u200f]", piped)


def test_a_narrow_terminal_says_which_columns_it_has_no_room_for(saved):
    written = in_a_terminal(28, "freq", saved, "--top", 1)
    assert written[-2] == "1 of 12 rows; --top shows more, -o writes all."
    assert written[-1].startswith("no room for docs; ")


def test_a_concordance_in_a_terminal(saved):
    written = in_a_terminal(60, "kwic", saved, "دمشق")
    assert len(written) == 3
    assert all(width(line) < 60 for line in written)
    assert written[1].count(terminal.RLI) == 1
