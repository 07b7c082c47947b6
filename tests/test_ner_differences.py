"""What the entity tagger and the gold disagree on: how differences are found, judged and counted.

Expected values: by hand. The judged spans are compared with the gold where the data lie beside the
checkout or in MUDAWWANA_DATA.
"""

import collections
import csv
import hashlib
import os
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "training"))
import ner_differences as differences  # noqa: E402
from ner_reading import CLASSIC, read_anercorp, read_aqmar, spans_of  # noqa: E402

DATA = Path(os.environ.get("MUDAWWANA_DATA", ROOT.parent / "shared/data"))
PUBLISHED = {"anercorp": (871, 890, 715), "aqmar": (507, 509, 389)}
VERDICTS = {"tagger", "gold", "both", "open"}


@pytest.fixture(scope="module")
def rows():
    with open(ROOT / "training/gold/anercorp_disagreements.tsv", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def spans(text):
    found = re.findall(r"(\d+)-(\d+):(PER|LOC|ORG)", text)
    assert " ".join("{}-{}:{}".format(*span) for span in found) == text
    return [(int(first), int(last), kind) for first, last, kind in found]


# --- differences ------------------------------------------------------------------------------


def test_spans_that_overlap_are_one_difference():
    gold = {(0, 2, "PER"), (4, 5, "LOC"), (5, 6, "ORG"), (8, 9, "LOC")}
    guess = {(0, 2, "PER"), (4, 6, "ORG"), (7, 8, "PER")}
    apart, shared = differences.compare(gold, guess)
    assert apart == [
        ([(4, 5, "LOC"), (5, 6, "ORG")], [(4, 6, "ORG")]),
        ([], [(7, 8, "PER")]),
        ([(8, 9, "LOC")], []),
    ]
    assert shared == [(0, 2, "PER")]


def test_other_names_are_left_out_on_both_sides():
    gold, guess = {(0, 1, "MISC"), (2, 3, "MISC")}, {(0, 1, "ORG"), (2, 3, "MISC")}
    assert differences.compare(gold, guess) == ([([], [(0, 1, "ORG")])], [])


@pytest.mark.parametrize(
    ("gold", "guess", "kind"),
    [
        ([(0, 1, "PER")], [(0, 1, "PER")], "agreement"),
        ([(0, 1, "PER")], [], "missed"),
        ([], [(0, 1, "PER")], "excess"),
        ([(0, 1, "PER")], [(0, 1, "LOC")], "type"),
        ([(0, 2, "PER")], [(1, 2, "PER")], "border"),
        ([(0, 2, "PER")], [(0, 1, "PER"), (1, 2, "PER")], "border"),
        ([(0, 2, "PER")], [(1, 2, "LOC")], "border+type"),
    ],
)
def test_kind_of_a_difference(gold, guess, kind):
    assert differences.kind_of(gold, guess) == kind


def test_gold_that_is_put_right_has_the_spans_of_the_tagger():
    rows = [
        {"gold": "0-2:PER", "tagger": "0-1:PER 1-2:PER"},  # gold +1, right +2
        {"gold": "4-5:LOC", "tagger": ""},  # gold -1
        {"gold": "", "tagger": "6-7:ORG"},  # gold +1, right +1
    ]
    assert differences.corrected((10, 12, 6), rows) == (11, 12, 9)
    assert differences.f1((11, 12, 9)) == pytest.approx(100 * 18 / 23)


# --- practice ---------------------------------------------------------------------------------


def sentence(text):
    pairs = (word.partition("/")[::2] for word in text.split())
    return [(token, ["-", tag or "O", "-"]) for token, tag in pairs]


def test_practice_counts_how_a_run_of_words_is_labelled():
    practice = differences.Practice(
        [
            sentence("ريال/B-ORG مدريد/I-ORG في مدريد/B-LOC"),
            sentence("ريال مدريد"),
            sentence("ريال مدريد/B-LOC"),
        ]
    )
    assert practice.counts(["ريال", "مدريد"]) == {"ORG": 1, "O": 1, "part": 1}
    assert practice.counts(["مدريد"]) == {"part": 1, "LOC": 2, "O": 1}
    assert practice.counts(["كييف"]) == {}


@pytest.mark.parametrize(
    ("gold", "tagger", "side"),
    [
        (("", ""), ("0-1:ORG", "ORG:2 O:1"), "tagger"),
        (("", ""), ("0-1:ORG", "O:4 part:1"), "gold"),
        (("", ""), ("0-1:ORG", "-"), ""),
        (("", ""), ("0-1:ORG", "O:2 ORG:2"), ""),
        (("0-1:PER", "LOC:16"), ("0-1:LOC", "LOC:16"), "tagger"),
        (("0-1:ORG 1-2:LOC", "ORG:9; LOC:7"), ("0-2:ORG", "ORG:4 part:1"), "tagger"),
        (("1-2:PER", "PER:4"), ("0-2:PER", "part:5"), "gold"),
        (("0-2:PER", "PER:3"), ("1-3:PER", "PER:3"), ""),
    ],
)
def test_side_that_the_training_part_favours(gold, tagger, side):
    row = {"gold": gold[0], "gold_train": gold[1], "tagger": tagger[0], "tagger_train": tagger[1]}
    assert differences.favours(row) == side


# --- verdicts ---------------------------------------------------------------------------------


def test_every_difference_has_a_verdict_and_the_taggers_own_have_a_kind_of_error(rows):
    for row in rows:
        if row["kind"] == "agreement":
            assert row["gold"] == row["tagger"], row
            assert (row["verdict"] in ("right", "wrong"), row["error"]) == (True, ""), row
        else:
            assert row["gold"] != row["tagger"], row
            assert row["verdict"] in VERDICTS, row
            assert bool(row["error"]) == (row["verdict"] in ("tagger", "both")), row
            assert row["error"] in ("", *differences.ERRORS), row
            assert row["kind"] == differences.kind_of(spans(row["gold"]), spans(row["tagger"]))


def test_no_place_is_judged_twice(rows):
    places = [(row["set"], row["sentence"], row["gold"], row["tagger"]) for row in rows]
    assert len(set(places)) == len(places)


def test_all_that_the_published_scores_count_as_wrong_was_read(rows):
    # Gold spans, predicted spans and those in both behind the scores of docs/models.md.
    for name, (gold, guess, hits) in PUBLISHED.items():
        apart = [row for row in rows if row["set"] == name and row["kind"] != "agreement"]
        assert sum(len(spans(row["gold"])) for row in apart) == gold - hits
        assert sum(len(spans(row["tagger"])) for row in apart) == guess - hits


def test_samples_are_as_large_as_the_model_card_says(rows):
    agreements = collections.Counter(row["set"] for row in rows if row["kind"] == "agreement")
    assert agreements == {"anercorp": 150, "aqmar": 100}
    assert sum(row["second"] != "" for row in rows) == 60


def test_model_card_counts_the_verdicts_of_the_file(rows):
    card = (ROOT / "docs/models.md").read_text(encoding="utf-8")
    card = card.partition("**What tagger and gold disagree on.**")[2].partition("\n## ")[0]
    for name, title in (("anercorp", "ANERcorp, last tenth"), ("aqmar", "AQMAR, held out")):
        judged = [r for r in rows if r["set"] == name and r["kind"] != "agreement"]
        counts = collections.Counter(row["verdict"] for row in judged)
        cells = [counts[verdict] for verdict in ("tagger", "gold", "both", "open")]
        line = " | ".join([title, str(len(judged)), *map(str, cells)])
        assert f"| {line} |" in card


def test_model_card_has_the_f1_that_follows_from_the_verdicts(rows):
    card = (ROOT / "docs/models.md").read_text(encoding="utf-8")
    lines = dict.fromkeys(("`gold`", "agreements corrected", "`open`"), "")
    for name, (gold, guess, hits) in PUBLISHED.items():
        side = collections.defaultdict(lambda: [0, 0])
        for row in (row for row in rows if row["set"] == name):
            side[row["verdict"]][0] += len(row["gold"].split())
            side[row["verdict"]][1] += len(row["tagger"].split())
        (less, more), (also_less, also_more) = side["gold"], side["open"]
        total = gold + guess + more - less
        wrong = hits * side["wrong"][0] / (side["wrong"][0] + side["right"][0])
        lines["`gold`"] += f" {200 * (hits + more) / total:.1f} |"
        lines["agreements corrected"] += f" {200 * (hits + more - wrong) / total:.1f} |"
        right = hits + more + also_more
        lines["`open`"] += f" {200 * right / (total + also_more - also_less):.1f} |"
    for words, cells in lines.items():
        assert re.search(rf"^\|.*{words}.*\|{re.escape(cells)}$", card, re.MULTILINE), (
            words,
            cells,
        )


@pytest.mark.skipif(not DATA.exists(), reason="the training data is not at hand")
def test_judged_spans_are_those_of_the_gold(rows):
    sets = {"anercorp": read_anercorp(DATA)[1], "aqmar": read_aqmar(DATA)[1]}
    for row in rows:
        sentence = sets[row["set"]][int(row["sentence"])]
        words = " ".join(token for token, _ in sentence)
        assert hashlib.sha256(words.encode("utf-8")).hexdigest() == row["sha256"], row
        true = set(spans_of(sentence, CLASSIC))
        assert set(spans(row["gold"])) <= true, row
        if row["kind"] != "agreement":
            assert not true & set(spans(row["tagger"])), row
