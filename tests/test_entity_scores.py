"""Mentions judged by gold mentions.

Expected values: by hand; the counts and percentages of the sample output of conlleval (shared task
of CoNLL-2000); a second implementation by sets, here; seqeval and nervaluate, where installed.
"""

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.gold.errors import errors
from toolkit.gold.matching import is_proclitic, overlaps
from toolkit.gold.scores import COLUMNS, RATES, confusion, evaluate
from toolkit.tables import empty_table

SPAN = ["doc", "start", "end", "type"]
EXACT = ["gold", "predicted", "right", "precision", "recall", "f1"]
OVERLAP = ["gold_overlap", "predicted_overlap", "precision_overlap", "recall_overlap", "f1_overlap"]


def table(rows, texts=None):
    found = pd.DataFrame(rows, columns=SPAN)
    if texts is not None:
        found["text"] = [texts[doc][start:end] for doc, start, end, _ in rows]
    return found


#                   0    4    9     15   20     27
TEXT = "زار بشار الأسد دمشق وبيروت أمس"
TEXTS = pd.DataFrame({"doc": ["a", "b"], "text": [TEXT, "قال الأسد\nإن لبنان بعيد"]})
RAW = dict(zip(TEXTS["doc"], TEXTS["text"], strict=True))
GOLD = table(
    [
        ("a", 4, 14, "PER"),  # بشار الأسد
        ("a", 15, 19, "LOC"),  # دمشق
        ("a", 21, 26, "LOC"),  # بيروت
        ("b", 4, 9, "PER"),  # الأسد
        ("b", 13, 18, "LOC"),  # لبنان
    ],
    RAW,
)
PREDICTED = table(
    [
        ("a", 9, 14, "PER"),  # wrong border
        ("a", 15, 19, "LOC"),  # right
        ("a", 20, 26, "LOC"),  # وبيروت: wrong border, by a clitic
        ("b", 4, 9, "ORG"),  # wrong type
        ("b", 19, 23, "LOC"),  # invented; and لبنان is missed
    ],
    RAW,
)


# --- evaluate ---------------------------------------------------------------------------------


def test_scores_are_those_counted_by_hand():
    found = evaluate(GOLD, PREDICTED)
    assert list(found.columns) == list(COLUMNS)
    assert found.index.tolist() == ["LOC", "ORG", "PER", "micro", "macro"]
    assert found.index.name == "type"
    counts = found[["gold", "predicted", "right", "gold_overlap", "predicted_overlap", "docs"]]
    assert counts.to_numpy().tolist() == [
        [3, 3, 1, 2, 2, 2],
        [0, 1, 0, 0, 0, 2],
        [2, 1, 0, 1, 1, 2],
        [5, 5, 1, 3, 3, 2],
        [5, 5, 1, 3, 3, 2],
    ]
    third, half, nan = 1 / 3, 1 / 2, np.nan
    expected = [
        [third, third, third, 2 / 3, 2 / 3, 2 / 3],
        [0, nan, 0, 0, nan, 0],
        [0, 0, 0, 1, half, 2 / 3],
        [0.2, 0.2, 0.2, 0.6, 0.6, 0.6],
        [third / 3, third / 2, third / 3, 5 / 9, 7 / 12, 4 / 9],
    ]
    np.testing.assert_allclose(found[list(RATES)].to_numpy(), expected)


def test_clitics_are_ignored_where_asked():
    found = evaluate(GOLD, PREDICTED, ignore_proclitics=True)
    assert found.loc["LOC", "right"] == 2
    assert found.loc["micro", "right"] == 2
    assert found.loc["PER", "right"] == 0  # بشار is no clitic
    swapped = evaluate(PREDICTED, GOLD, ignore_proclitics=True)
    assert swapped.loc["micro", "right"] == 2


@pytest.mark.parametrize(
    ("surface", "front", "same"),
    [
        ("وبيروت", 1, True),
        ("فبيروت", 1, True),
        ("ببيروت", 1, True),
        ("لبيروت", 1, True),
        ("كبيروت", 1, True),
        ("وببيروت", 2, True),
        ("وَبيروت", 2, True),
        ("وـبيروت", 2, True),
        ("وبيروت", 2, True),  # the letters decide, not the sense
        ("البيروت", 2, False),
        ("و بيروت", 2, False),
        ("من بيروت", 3, False),
        ("بوبيروت", 2, False),
    ],
)
def test_what_counts_as_a_clitic(surface, front, same):
    gold = pd.DataFrame(
        [("a", front, len(surface), "LOC", surface[front:])], columns=[*SPAN, "text"]
    )
    guess = pd.DataFrame([("a", 0, len(surface), "LOC", surface)], columns=[*SPAN, "text"])
    assert is_proclitic(surface[:front]) == same
    for one, other in ((gold, guess), (guess, gold)):
        assert evaluate(one, other, ignore_proclitics=True).loc["micro", "right"] == same
        assert evaluate(one, other).loc["micro", "right"] == 0


# type: gold, found, right; then precision, recall, F1 in percent, as conlleval prints them
CONLLEVAL = {
    "ADJP": (6, 1, 0, 0.00, 0.00, 0.00),
    "ADVP": (8, 11, 5, 45.45, 62.50, 52.63),
    "NP": (262, 317, 206, 64.98, 78.63, 71.16),
    "PP": (90, 107, 89, 83.18, 98.89, 90.36),
    "SBAR": (6, 3, 2, 66.67, 33.33, 44.44),
    "VP": (87, 100, 69, 69.00, 79.31, 73.80),
}


def from_counts(counts):
    gold, guess = [], []
    for kind, (n_gold, n_guess, right, *_) in counts.items():
        place = itertools.count(0, 10)
        both = [("a", at, at + 5, kind) for at in itertools.islice(place, right)]
        apart = [
            [("a", at, at + 5, kind) for at in itertools.islice(place, size - right)]
            for size in (n_gold, n_guess)
        ]
        gold += both + apart[0]
        guess += both + apart[1]
    return table(gold), table(guess)


def test_percentages_are_those_of_conlleval():
    found = evaluate(*from_counts(CONLLEVAL))
    for kind, row in CONLLEVAL.items():
        values = found.loc[kind, EXACT]
        assert values[:3].tolist() == list(row[:3])
        assert (100 * values[3:]).astype(float).round(2).tolist() == list(row[3:])
    # processed 961 tokens with 459 phrases; found: 539 phrases; correct: 371
    values = found.loc["micro", EXACT]
    assert values[:3].tolist() == [459, 539, 371]
    assert (100 * values[3:]).astype(float).round(2).tolist() == [68.83, 80.83, 74.35]


def by_sets(gold, guess):
    """F1 and the overlap counts, mention by mention."""
    one, other = set(map(tuple, gold[SPAN].to_numpy())), set(map(tuple, guess[SPAN].to_numpy()))

    def touched(these, those):
        return sum(
            any(a[0] == b[0] and a[3] == b[3] and a[1] < b[2] and b[1] < a[2] for b in those)
            for a in these
        )

    total = len(one) + len(other)
    f1 = 2 * len(one & other) / total if total else np.nan
    return len(one & other), f1, touched(one, other), touched(other, one)


MENTIONS = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.integers(0, 8), st.integers(1, 4), st.sampled_from(["P", "L"])
    ),
    max_size=8,
).map(lambda rows: table(sorted({(doc, at, at + size, kind) for doc, at, size, kind in rows})))


@given(MENTIONS, MENTIONS)
@settings(max_examples=40)
def test_scores_are_those_of_a_second_implementation(gold, guess):
    found = evaluate(gold, guess, docs=["a", "b"])
    for kind in [*found.index[:-2], "micro"]:
        one, other = (t if kind == "micro" else t[t["type"] == kind] for t in (gold, guess))
        right, f1, gold_overlap, guess_overlap = by_sets(one, other)
        row = found.loc[kind]
        assert (row["gold"], row["predicted"], row["right"]) == (len(one), len(other), right)
        np.testing.assert_allclose(row["f1"], f1)
        assert row["gold_overlap"] == gold_overlap
        assert row["predicted_overlap"] == guess_overlap
    np.testing.assert_allclose(
        found.loc["macro", "f1"], found["f1"][:-2].mean() if len(found) > 2 else np.nan
    )


@given(MENTIONS, MENTIONS)
@settings(max_examples=40)
def test_who_is_gold_changes_precision_for_recall_alone(one, other):
    there = evaluate(one, other, docs=["a", "b"])
    back = evaluate(other, one, docs=["a", "b"])
    np.testing.assert_allclose(there["precision"][:-1], back["recall"][:-1])
    np.testing.assert_allclose(there["f1_overlap"], back["f1_overlap"])


@given(MENTIONS, MENTIONS)
@settings(max_examples=40)
def test_overlaps_are_those_of_every_pair(one, other):
    expected = [
        (row, column, min(a[2], b[2]) - max(a[1], b[1]))
        for row, a in enumerate(one[SPAN].to_numpy().tolist())
        for column, b in enumerate(other[SPAN].to_numpy().tolist())
        if a[0] == b[0] and min(a[2], b[2]) > max(a[1], b[1])
    ]
    found = zip(*(each.tolist() for each in overlaps(one, other)), strict=True)
    assert sorted(found) == expected


def tags_of(mentions, doc, size):
    tags = ["O"] * size
    for _, start, end, kind in mentions[mentions["doc"] == doc][SPAN].to_numpy().tolist():
        tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return tags


def flat_mentions(seed, docs, size):
    """Random mentions that do not overlap, in documents of as many letters."""
    draw = random.Random(seed)
    rows = []
    for doc in docs:
        place = 0
        while place < size - 6:
            place += draw.randrange(4)
            length = draw.randrange(1, 4)
            if draw.random() < 0.7:
                rows.append((doc, place, place + length, draw.choice(["PER", "LOC", "ORG"])))
            place += length
    return table(rows)


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_seqeval(seed):
    seqeval = pytest.importorskip("seqeval.metrics")
    docs, size = list("abcdef"), 30
    gold, guess = (flat_mentions(each, docs, size) for each in (seed, seed + 100))
    sequences = [[tags_of(each, doc, size) for doc in docs] for each in (gold, guess)]
    report = seqeval.classification_report(*sequences, output_dict=True, zero_division=0)
    found = evaluate(gold, guess, docs=docs)
    for kind in ("PER", "LOC", "ORG"):
        for name, theirs in (("precision", "precision"), ("recall", "recall"), ("f1", "f1-score")):
            assert found.loc[kind, name] == pytest.approx(report[kind][theirs])
    assert found.loc["micro", "f1"] == pytest.approx(report["micro avg"]["f1-score"])
    assert found.loc["macro", "f1"] == pytest.approx(report["macro avg"]["f1-score"])


@pytest.mark.parametrize("seed", range(5))
def test_exact_scores_are_those_of_nervaluate(seed):
    nervaluate = pytest.importorskip("nervaluate")
    docs, size = list("abcdef"), 30
    gold, guess = (flat_mentions(each, docs, size) for each in (seed, seed + 100))
    sequences = [[tags_of(each, doc, size) for doc in docs] for each in (gold, guess)]
    evaluator = nervaluate.Evaluator(*sequences, tags=["PER", "LOC", "ORG"], loader="list")
    theirs = evaluator.evaluate()["overall"]["strict"]
    ours = evaluate(gold, guess, docs=docs).loc["micro"]
    assert ours["right"] == theirs.correct
    assert ours["f1"] == pytest.approx(theirs.f1)


def test_document_of_one_table_alone_is_refused_unless_it_was_looked_at():
    message = r"^evaluate: only gold has mentions in 'b'; predicted has some in 'a'. .*docs=texts"
    with pytest.raises(ValueError, match=message):
        evaluate(GOLD, PREDICTED[PREDICTED["doc"] == "a"])
    with pytest.raises(ValueError, match=r"^evaluate: only predicted has mentions in 'b'"):
        evaluate(GOLD[GOLD["doc"] == "a"], PREDICTED)
    found = evaluate(GOLD, PREDICTED[PREDICTED["doc"] == "a"], docs=TEXTS["doc"])
    assert found.loc["micro", ["gold", "predicted", "docs"]].tolist() == [5, 3, 2]
    assert evaluate(GOLD, PREDICTED, docs=["a", "b", "c"])["docs"].tolist() == [3] * 5
    with pytest.raises(ValueError, match=r"^evaluate: gold has mentions in 'b', and the documents"):
        evaluate(GOLD, PREDICTED, docs=["a"])
    with pytest.raises(ValueError, match=r"^evaluate: docs is of type DataFrame; pass the names"):
        evaluate(GOLD, PREDICTED, docs=TEXTS)
    with pytest.raises(ValueError, match=r"^evaluate: docs is of type str; pass the names"):
        evaluate(GOLD, PREDICTED, docs="ab")


def test_offsets_into_different_texts_are_noticed():
    shifted = GOLD.assign(text=["دمشق وحلب ", *GOLD["text"][1:]])
    message = (
        r"doc 'a' has 'بشار الأسد' at \[4:14\] in gold, and 'دمشق وحلب ' at \[4:14\] in predicted; "
        "the offsets are into different texts"
    )
    for function in (evaluate, confusion):
        with pytest.raises(ValueError, match=f"^{function.__name__}: {message}"):
            function(GOLD, shifted)


def test_offsets_into_a_folded_text_are_noticed_where_no_span_is_the_same():
    raw, folded = "زارَ بشار الأسد دمشق", "زار بشار الاسد دمشق"
    gold = table([("a", 5, 15, "PER")], {"a": raw})  # بشار الأسد
    guess = table([("a", 9, 14, "PER")], {"a": folded})  # الاسد
    message = r"^evaluate: doc 'a' has 'بشار الأسد' at \[5:15\] in gold, and 'الاسد' at \[9:14\] in"
    with pytest.raises(ValueError, match=message):
        evaluate(gold, guess)


def test_offsets_that_are_no_code_points_are_noticed():
    # in UTF-8 a letter of Arabic is two bytes: بشار الأسد is 7 to 26
    gold = table([("a", 7, 26, "PER")]).assign(text="بشار الأسد")
    message = (
        r"^evaluate: \[7:26\] of doc 'a' in gold covers 19 code points, and its text 'بشار الأسد' "
        "has 10. Offsets are code points"
    )
    with pytest.raises(ValueError, match=message):
        evaluate(gold, PREDICTED[PREDICTED["doc"] == "a"])


MOVED = TEXTS.assign(text=["و" + TEXT, TEXTS["text"][1]])


@pytest.mark.parametrize("function", [evaluate, confusion, errors])
def test_each_mention_has_the_letters_of_the_text_where_it_is_given(function):
    name = function.__name__
    there = {} if function is errors else {"texts": TEXTS}
    moved = {} if function is errors else {"texts": MOVED}
    own = (lambda texts: (texts,)) if function is errors else (lambda texts: ())
    function(GOLD, PREDICTED, *own(TEXTS), **there)
    message = rf"^{name}: \[4:14\] of doc 'a' is ' بشار الأس' in its text and 'بشار الأسد' in gold"
    with pytest.raises(ValueError, match=message + r" \(and 2 more are wrong\); the offsets"):
        function(GOLD, PREDICTED, *own(MOVED), **moved)
    # no mention of the gold shares a letter with this one
    lonely = table([("b", 0, 3, "PER")]).assign(text="ناس")
    message = rf"^{name}: \[0:3\] of doc 'b' is 'قال' in its text and 'ناس' in predicted"
    with pytest.raises(ValueError, match=message):
        function(GOLD, lonely, *own(TEXTS), **there)


def test_texts_name_the_documents_and_give_the_letters():
    found = evaluate(GOLD, PREDICTED[PREDICTED["doc"] == "a"], texts=TEXTS)
    assert found.loc["micro", ["gold", "predicted", "docs"]].tolist() == [5, 3, 2]
    bare = [each.drop(columns="text") for each in (GOLD, PREDICTED)]
    assert evaluate(*bare, texts=TEXTS, ignore_proclitics=True).loc["LOC", "right"] == 2
    of_a = [each[each["doc"] == "a"] for each in (GOLD, PREDICTED)]
    assert evaluate(*of_a, docs=["a"], texts=TEXTS).loc["micro", "docs"] == 1
    with pytest.raises(ValueError, match=r"compared are 'a', 'b', and texts lacks 'b'; pass the"):
        evaluate(GOLD, PREDICTED, docs=["a", "b"], texts=TEXTS.head(1))
    with pytest.raises(ValueError, match=r"^evaluate: gold has mentions in 'b', and the documents"):
        evaluate(GOLD, PREDICTED, texts=TEXTS.head(1))
    with pytest.raises(ValueError, match=r"^evaluate: \[25:99\] of doc 'a' in gold lies outside"):
        evaluate(table([("a", 25, 99, "PER")]), PREDICTED, texts=TEXTS)


@given(
    st.text("ab \n", min_size=1, max_size=9), st.text("ab \n", min_size=1, max_size=9), st.data()
)
@settings(max_examples=80)
def test_letters_are_compared_wherever_two_mentions_overlap(one, other, data):
    spans, tables = [], []
    for text in (one, other):
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append((start, data.draw(st.integers(start + 1, len(text)))))
        tables.append(table([("a", *spans[-1], "PER")], {"a": text}))
    shared = range(max(spans[0][0], spans[1][0]), min(spans[0][1], spans[1][1]))
    plain = [text.replace("\n", " ") for text in (one, other)]
    if all(plain[0][at] == plain[1][at] for at in shared):
        assert evaluate(*tables).loc["micro", "gold"] == 1
    else:
        with pytest.raises(ValueError, match="the offsets are into different texts"):
            evaluate(*tables)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="type"), r"no column 'type' in the table"),
        (lambda t: t.assign(start=[np.nan, *t["start"][1:]]), "start is missing in 1 rows of gold"),
        (lambda t: t.assign(type=[None, *t["type"][1:]]), "type is missing in 1 rows of gold"),
        (lambda t: t.assign(start=t["start"] + 0.5), "start of gold holds 4.5; pass whole numbers"),
        (lambda t: t.assign(start=["x", *t["start"][1:]]), "start of gold holds 'x'; pass whole"),
        (lambda t: t.assign(end=t["start"]), r"\[4:4\] of doc 'a' in gold is no span"),
        (lambda t: t.assign(start=-1), r"\[-1:14\] of doc 'a' in gold is no span"),
        (
            lambda t: pd.concat([t, t.head(2)]),
            r"PER \[4:14\] of doc 'a' is in gold twice",
        ),
        (lambda t: t.to_dict(), "the table is of type dict, not a DataFrame"),
    ],
)
def test_what_cannot_be_gold_is_named(change, message):
    for function in (evaluate, confusion):
        with pytest.raises(ValueError, match=f"^{function.__name__}: {message}"):
            function(change(GOLD), PREDICTED)


def test_order_index_and_categories_do_not_matter():
    expected = evaluate(GOLD, PREDICTED)
    mixed = GOLD.sample(frac=1, random_state=1).astype({"doc": "category", "type": "category"})
    mixed.index = [5, 5, 0, -1, 2]
    mixed["type"] = mixed["type"].cat.add_categories("NEVER")
    floats = PREDICTED.astype({"start": "float64", "end": "Int32"}).iloc[::-1]
    before = mixed.copy(deep=True)
    pd.testing.assert_frame_equal(evaluate(mixed, floats), expected)
    pd.testing.assert_frame_equal(mixed, before)


def test_without_mentions_there_are_no_rates():
    empty = empty_table("entities")
    found = evaluate(empty, empty)
    assert found.index.tolist() == ["micro", "macro"]
    assert found[["gold", "predicted", "right", "docs"]].to_numpy().sum() == 0
    assert found[list(RATES)].isna().all(axis=None)
    none = evaluate(GOLD, empty, docs=["a", "b"])
    assert none.loc["micro", "recall"] == 0
    assert np.isnan(none.loc["micro", "precision"])
    assert none.loc["micro", "f1"] == 0
    assert confusion(empty, empty).to_numpy().tolist() == [[0]]


# --- intervals --------------------------------------------------------------------------------


def many(docs, right):
    """Documents of one gold mention each; the first ones are found."""
    gold = table([(f"d{number:03}", 0, 5, "PER") for number in range(docs)])
    return gold, gold.head(right)


def test_interval_is_that_of_the_binomial():
    # recall of 60 of 100: the middle 95 % of Binomial(100, 0.6) / 100 are 0.50 to 0.69 or 0.70
    gold, guess = many(100, 60)
    found = evaluate(gold, guess, docs=gold["doc"], samples=4000).loc["micro"]
    assert found["recall"] == 0.6
    assert found["recall_low"] == pytest.approx(0.50, abs=0.011)
    assert found["recall_high"] == pytest.approx(0.695, abs=0.011)
    assert (found["precision_low"], found["precision_high"]) == (1, 1)
    assert found["note"] == ""


def test_intervals_are_the_same_at_every_call_and_beside_the_same_scores():
    gold, guess = many(40, 25)
    one, other = (evaluate(gold, guess, docs=gold["doc"], samples=200) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    plain = evaluate(gold, guess, docs=gold["doc"])
    pd.testing.assert_frame_equal(one[list(COLUMNS)], plain)
    for rate in RATES:
        assert (one[f"{rate}_low"] <= one[rate]).all()
        assert (one[rate] <= one[f"{rate}_high"]).all()


def test_note_says_why_there_is_no_interval():
    found = evaluate(GOLD, PREDICTED, samples=50)
    assert set(found["note"]) == {"no interval, 2 documents, needs 10"}
    assert found[[f"{rate}_low" for rate in RATES]].isna().all(axis=None)
    # of 20 documents one has a LOC: drawn anew, it is absent from (19/20)**20 = 36 % of the draws
    gold = pd.concat([many(20, 0)[0], table([("d000", 9, 12, "LOC")])])
    found = evaluate(gold, gold, samples=200)
    assert "recall: no interval, undefined in" in found.loc["LOC", "note"]
    assert np.isnan(found.loc["LOC", "recall_low"])
    assert found.loc["PER", "note"] == ""
    with pytest.raises(ValueError, match=r"^evaluate: samples is 1; pass a whole number, 2"):
        evaluate(GOLD, PREDICTED, samples=1)


# --- confusion --------------------------------------------------------------------------------


def test_confusion_is_that_counted_by_hand():
    found = confusion(GOLD, PREDICTED)
    assert found.index.tolist() == ["LOC", "ORG", "PER", "invented"]
    assert found.columns.tolist() == ["LOC", "ORG", "PER", "missed"]
    assert (found.index.name, found.columns.name) == ("gold", "predicted")
    assert found.to_numpy().tolist() == [[2, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 0], [1, 0, 0, 0]]


def test_mention_is_paired_with_the_one_that_shares_most():
    gold = table([("a", 0, 10, "PER")])
    guess = table([("a", 0, 4, "LOC"), ("a", 4, 10, "ORG"), ("a", 9, 12, "PER")])
    # its own type first, though it shares one letter only; the others are invented
    found = confusion(gold, guess)
    assert found.loc["PER", "PER"] == 1
    assert found.loc["invented"].tolist() == [1, 1, 0, 0]
    found = confusion(gold, guess.head(2))
    assert found.loc["PER", "ORG"] == 1
    same = confusion(gold, table([("a", 0, 10, "ORG"), ("a", 9, 12, "PER")]))
    assert same.loc["PER"].tolist() == [1, 0, 0]  # the same span before the same type


@given(MENTIONS, MENTIONS)
@settings(max_examples=40)
def test_confusion_and_errors_add_up(gold, guess):
    found = confusion(gold, guess, docs=["a", "b"])
    for kind in found.index[:-1]:
        assert found.loc[kind].sum() == (gold["type"] == kind).sum()
        assert found[kind].sum() == (guess["type"] == kind).sum()
    texts = pd.DataFrame({"doc": ["a", "b"], "text": ["x" * 20] * 2})
    wrong = errors(gold, guess, texts)
    right = evaluate(gold, guess, docs=["a", "b"]).loc["micro", "right"]
    counts = wrong["kind"].value_counts()
    assert counts.get("missed", 0) == found["missed"].sum()
    assert counts.get("invented", 0) == found.loc["invented"].sum()
    assert len(gold) == right + len(wrong) - counts.get("invented", 0)


# --- errors -----------------------------------------------------------------------------------


def test_each_error_is_shown_in_its_context():
    found = errors(GOLD, PREDICTED, TEXTS, context=5)
    shown = found.drop(columns=["start", "end"]).astype("object").where(found.notna(), None)
    assert shown.to_numpy().tolist() == [
        ["a", "wrong border", "PER", "PER", "زار", "بشار الأسد", "دمشق", "الأسد"],
        ["a", "wrong border", "LOC", "LOC", "مشق و", "بيروت", "أمس", "وبيروت"],
        ["b", "wrong type", "PER", "ORG", "قال", "الأسد", "إن ل", "الأسد"],
        ["b", "missed", "LOC", None, "د إن", "لبنان", "بعيد", None],
        ["b", "invented", None, "LOC", "بنان", "بعيد", "", "بعيد"],
    ]
    assert found[["start", "end"]].to_numpy().tolist() == [
        [4, 14], [21, 26], [4, 9], [13, 18], [19, 23],
    ]  # fmt: skip


def test_error_by_a_clitic_alone_is_none_where_it_is_ignored():
    found = errors(GOLD, PREDICTED, TEXTS, ignore_proclitics=True)
    assert found["kind"].tolist() == ["wrong border", "wrong type", "missed", "invented"]
    # لبنان taken for وبيروت: the border differs by a clitic, so what is wrong is the type
    guess = table([("a", 20, 26, "ORG")])
    gold = GOLD.iloc[[2]]
    assert errors(gold, guess, TEXTS)["kind"].tolist() == ["wrong type and border"]
    assert errors(gold, guess, TEXTS, ignore_proclitics=True)["kind"].tolist() == ["wrong type"]
    # and the offsets shown are still those of the table
    swapped = errors(guess, gold, TEXTS, ignore_proclitics=True)
    assert swapped[["node", "start"]].to_numpy().tolist() == [["وبيروت", 20]]


def test_errors_can_be_shown_as_a_concordance():
    from toolkit import show

    assert repr(show.kwic(errors(GOLD, PREDICTED, TEXTS))) == "kwic: 5 lines"


def test_mention_outside_of_its_text_is_named():
    far = pd.concat([GOLD, table([("a", 25, 99, "PER")])])
    with pytest.raises(ValueError, match=r"^errors: \[25:99\] of doc 'a' in gold lies outside its"):
        errors(far, PREDICTED, TEXTS)
    with pytest.raises(ValueError, match=r"^errors: gold has mentions in 'b', and the documents"):
        errors(GOLD, PREDICTED, TEXTS.head(1))
    with pytest.raises(ValueError, match=r"^errors: document 'a' is in texts twice"):
        errors(GOLD, PREDICTED, pd.concat([TEXTS, TEXTS]))
    with pytest.raises(ValueError, match=r"^errors: context is -1; pass a whole number, 0 or more"):
        errors(GOLD, PREDICTED, TEXTS, context=-1)


def test_without_errors_there_is_an_empty_table():
    found = errors(GOLD, GOLD, TEXTS)
    assert found.empty
    assert found.dtypes.astype("str").tolist() == ["str"] * 8 + ["int32"] * 2
