"""The gold for dates and for entity names: places that can be, halves, counts, and no text.

The texts are compared where the raw data lie beside the checkout or in MUDAWWANA_DATA. The scorers
are tried on answers whose scores are counted by hand.
"""

import csv
import os
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "training/gold"
DATA = Path(os.environ.get("MUDAWWANA_DATA", ROOT.parent / "shared/data"))
FILES = ("dates.tsv", "entity_names.tsv")
PRECISIONS = {
    "day", "week", "month", "season", "quarter", "year", "decade", "century", "range",
    "vague", "unresolved",
}  # fmt: skip
OPEN_VALUES = {"vague", "unresolved"}


def read(name):
    with open(GOLD / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def article(row):
    return row["source"], row["article"]


@pytest.fixture(scope="module")
def dates():
    return read("dates.tsv")


@pytest.fixture(scope="module")
def names():
    return read("entity_names.tsv")


@pytest.fixture
def training(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "training"), *sys.path])


def counted(rows):
    return [row for row in rows if row["start"] and row["counted"] == "yes"]


@pytest.mark.parametrize("name", FILES)
def test_no_arabic_text_is_in_the_gold(name):
    assert (GOLD / name).read_text(encoding="utf-8").isascii()


@pytest.mark.parametrize("name", FILES)
def test_an_article_has_one_text_and_one_half(name):
    seen = defaultdict(set)
    for row in read(name):
        seen[article(row)].add((row.get("line"), row.get("lines"), row["sha256"], row["half"]))
    assert {len(texts) for texts in seen.values()} == {1}
    halves = [next(iter(texts))[-1] for texts in seen.values()]
    assert min(halves.count("open"), halves.count("aside")) >= 0.35 * len(halves)


def test_dates_are_enough_and_a_fifth_of_the_news_has_none(dates):
    news = [row for row in dates if row["draw"] != "rare"]
    assert len(counted(news)) >= 260
    assert len(counted(dates)) - len(counted(news)) >= 80
    filled = {article(row) for row in counted(news)}
    assert len(filled) <= 0.8 * len({article(row) for row in news})


def test_dates_stand_in_order_and_do_not_overlap(dates):
    ends = defaultdict(int)
    for row in dates:
        if row["start"]:
            assert ends[article(row)] <= int(row["start"]) < int(row["end"]), row
            ends[article(row)] = int(row["end"])
        else:
            assert not any(row[column] for column in ("end", "first", "last", "precision")), row


def is_day(text):
    """Whether a text is a day of the proleptic Gregorian calendar, years before 1 included."""
    year, month, day = text.removeprefix("-").split("-")
    return len(year) == 4 and bool(date(int(year) % 400 + 400, int(month), int(day)))


def test_values_are_days_in_order_or_missing(dates):
    for row in dates:
        if row["start"]:
            assert row["precision"] in PRECISIONS, row
            if row["precision"] in OPEN_VALUES:
                assert not row["first"], row
                assert not row["last"], row
            else:
                assert is_day(row["first"]), row
                assert is_day(row["last"]), row
        if row["first"] and not row["first"].startswith("-"):
            assert row["first"] <= row["last"], row
        if row["precision"] == "day":
            assert row["first"] == row["last"], row


def test_only_encyclopaedia_lacks_the_day_of_the_article(dates):
    for row in dates:
        assert (row["date"] == "") == (row["draw"] == "rare"), row


def test_names_are_enough(names):
    assert len(names) >= 400
    assert len({article(row) for row in names}) >= 59
    assert sum(row["title_kind"] == "title" for row in names) >= 60


def test_a_bare_name_lies_in_its_mention_and_a_title_before_it(names):
    for row in names:
        start, end, bare, bare_end = (
            int(row[column]) for column in ("start", "end", "bare_start", "bare_end")
        )
        assert start <= bare < bare_end <= end, row
        assert row["type"] in {"PER", "LOC", "ORG", "MISC"}, row
        assert bool(row["title_start"]) == bool(row["title_kind"]), row
        if row["title_kind"]:
            assert int(row["title_start"]) < int(row["title_end"]) <= bare, row


def test_the_full_name_is_the_longest_mention_of_the_identity(names):
    forms = defaultdict(set)
    for row in names:
        forms[article(row), row["identity"]].add((row["bare_start"], row["bare_end"]))
    for row in names:
        spans = {(int(start), int(end)) for start, end in forms[article(row), row["identity"]]}
        full = int(row["name_start"]), int(row["name_end"])
        assert full in spans, row
        assert full[1] - full[0] == max(end - start for start, end in spans), row


@pytest.mark.skipif(not DATA.exists(), reason="the training data is not at hand")
@pytest.mark.parametrize("name", FILES)
def test_every_place_lies_in_the_text_that_was_labelled(name, training):
    from gold_texts import beginnings, key, passages

    rows = read(name)
    cut = passages if name == "dates.tsv" else beginnings
    texts = {key(row): text for row, text in cut(rows, DATA)}
    for row in rows:
        if row["end"]:
            text = texts[key(row)]
            assert int(row["end"]) <= len(text)
            assert not (text[int(row["start"])] + text[int(row["end"]) - 1]).isspace(), row


def passage(gold, found):
    spans = [
        dict(zip(("span", "first", "last", "precision"), cells, strict=True)) for cells in gold
    ]
    guesses = [
        dict(zip(("span", "first", "last", "precision"), cells, strict=True)) for cells in found
    ]
    spans = [{**row, "kind": "day", "counted": "yes"} for row in spans]
    return {"text": "س" * 40, "gold": spans, "found": guesses, "half": "open", "wiki": False}


def test_scores_of_dates_are_those_of_a_hand_count(training):
    import evaluate_dates

    first = ((0, 4), "2018-01-01", "2018-01-01", "day")
    second = ((10, 20), "2018-01-01", "2018-12-31", "year")
    short = ((12, 20), "2018-01-01", "2018-12-31", "year")
    false = ((30, 34), "2018-01-01", "2018-01-01", "day")
    read = [passage([first, second], [short, false])]
    counts = evaluate_dates.tally(read)
    wanted = {"gold": 2, "found": 2, "overlap": 1, "right": 1, "exact": 0}
    assert {name: counts[name] for name in wanted} == wanted


def test_what_only_an_uncounted_expression_covers_is_not_wrong(training):
    import evaluate_dates

    read = passage([((0, 4), "", "", "vague")], [((0, 4), "2018-01-01", "2018-01-01", "day")])
    read["gold"][0]["counted"] = "no"
    assert evaluate_dates.tally([read])["found"] == 0


@pytest.mark.parametrize(
    ("gold", "guess", "right"),
    [
        (("2018-06-04", "2018-06-10", "week"), ("2018-06-03", "2018-06-09", "week"), True),
        (("2018-06-04", "2018-06-10", "week"), ("2018-05-28", "2018-06-03", "week"), False),
        (("1901-01-01", "2000-12-31", "century"), ("1900-01-01", "1999-12-31", "century"), True),
        (("1980-01-01", "1989-12-31", "decade"), ("1981-01-01", "1990-12-31", "decade"), False),
        (("-0479-01-01", "-0479-12-31", "year"), ("-0479-01-01", "-0479-12-31", "year"), True),
        (("2018-01-01", "2018-01-01", "day"), ("2018-01-01", "2018-01-01", "month"), False),
        (("", "", "vague"), ("", "", "open"), True),
        (("", "", "vague"), ("2018-01-01", "2018-01-01", "day"), False),
    ],
)
def test_a_value_is_right_within_the_conventions(training, gold, guess, right):
    import evaluate_dates

    columns = ("first", "last", "precision")
    gold = {**dict(zip(columns, gold, strict=True)), "kind": "year"}
    assert evaluate_dates.is_right(gold, dict(zip(columns, guess, strict=True))) is right


def test_scores_of_names_are_those_of_a_hand_count(training):
    import evaluate_names

    # Five mentions: identities a a a b b, keys x x y y z.
    mentions = [
        {"doc": "d", "identity": identity, "forms": {"bare": form}}
        for identity, form in [("a", "ا"), ("a", "ا"), ("a", "ب"), ("b", "ج"), ("b", "ج")]
    ]
    keys = pd.DataFrame({"key": ["x", "x", "y", "y", "z"]})
    evaluate_names.add_system(mentions, keys, "")
    counts = evaluate_names.pair_counts(mentions, "")
    # Pairs of one key: xx, yy (wrong); of one identity: 3 + 1, of which aa is merged.
    wanted = {"merged": 2, "wrong": 1, "same": 4, "missed": 3, "hard": 2, "hard missed": 2}
    assert {name: counts[name] for name in wanted} == wanted
    precision, recall = evaluate_names.b_cubed(mentions, "")
    assert precision == pytest.approx(1 + 1 + 1 / 2 + 1 / 2 + 1)
    assert recall == pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2)
