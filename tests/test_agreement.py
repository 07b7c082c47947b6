"""Several annotators of the same texts.

Expected values: by hand; the worked examples of Krippendorff (2011), "Computing Krippendorff's
alpha-reliability"; scikit-learn and krippendorff, independent implementations, where installed.
"""

import string

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.agreement import alpha, from_list, merge, table
from toolkit.gold.name_lists import readings
from toolkit.gold.scores import evaluate
from toolkit.normalise import fold
from toolkit.tables import SCHEMA, empty_table, typed_table

SPAN = ["doc", "start", "end", "type"]
LETTERS = string.ascii_letters  # a text in which each letter tells its place


def mentions(rows, texts=None):
    texts = texts or {}
    surfaces = [
        texts.get(doc, {}).get((start, end), LETTERS[start:end]) for doc, start, end, _ in rows
    ]
    docs, starts, ends, types = zip(*rows, strict=True) if rows else ([], [], [], [])
    numbers = range(1, len(rows) + 1)
    return typed_table(
        "entities",
        {"doc": docs, "sent": [1] * len(rows), "entity": numbers, "text": surfaces, "type": types}
        | {"name": surfaces, "start": starts, "end": ends},
    )


def spans_of(merged, *more):
    return [tuple(row) for row in merged[[*SPAN, *more]].astype("object").to_numpy().tolist()]


# --- merge ------------------------------------------------------------------------------------

ONE = mentions([("a", 0, 5, "PER"), ("a", 10, 15, "LOC"), ("a", 20, 25, "ORG"), ("b", 0, 4, "LOC")])
TWO = mentions([("a", 0, 5, "PER"), ("a", 10, 15, "ORG"), ("a", 20, 30, "ORG")])
THREE = mentions([("a", 0, 5, "PER"), ("a", 10, 15, "LOC"), ("a", 40, 45, "PER")])
TABLES, NAMES = [ONE, TWO, THREE], ["one", "two", "three"]


def test_union_keeps_what_any_has_and_says_who():
    found = merge(TABLES, NAMES)
    assert spans_of(found, "found_by", "votes", "against") == [
        ("a", 0, 5, "PER", "one two three", 3, ""),
        ("a", 10, 15, "LOC", "one three", 2, "two"),
        ("a", 20, 30, "ORG", "two", 1, "one"),  # of equally many votes the longer one
        ("a", 40, 45, "PER", "three", 1, ""),
        ("b", 0, 4, "LOC", "one", 1, ""),
    ]
    assert list(found.columns) == [*SCHEMA["entities"], "found_by", "votes", "against"]
    assert found["entity"].tolist() == [1, 2, 3, 4, 1]


def test_vote_keeps_what_enough_have():
    vote = {"how": "vote", "docs": ["a", "b"]}
    assert spans_of(merge(TABLES, NAMES, **vote)) == [("a", 0, 5, "PER"), ("a", 10, 15, "LOC")]
    assert spans_of(merge(TABLES, NAMES, **vote, min_votes=3)) == [("a", 0, 5, "PER")]
    assert len(merge(TABLES, NAMES, **vote, min_votes=1)) == len(merge(TABLES, NAMES))


def test_who_did_not_look_at_a_document_has_no_vote_there():
    message = "^merge: only one has mentions in 'b'; two has some in 'a'. If all looked at all of"
    with pytest.raises(ValueError, match=message):
        merge(TABLES, NAMES, how="vote")
    both = pd.DataFrame({"doc": ["a", "b"], "text": [LETTERS] * 2})
    assert spans_of(merge(TABLES, NAMES, how="vote", texts=both)) == spans_of(
        merge(TABLES, NAMES, how="vote", docs=["a", "b"])
    )
    with pytest.raises(ValueError, match=r"^merge: one has mentions in 'b', and the documents"):
        merge(TABLES, NAMES, docs=["a"])


def test_mentions_must_have_the_letters_of_the_texts_where_they_are_given():
    both = pd.DataFrame({"doc": ["a", "b"], "text": [LETTERS] * 2})
    shifted = both.assign(text=["-" + LETTERS, LETTERS])
    calls = {
        "merge": lambda texts: merge(TABLES, NAMES, texts=texts),
        "table": lambda texts: table(TABLES, NAMES, texts=texts),
        "alpha": lambda texts: alpha(
            TABLES, NAMES, pd.concat([tokens(50), tokens(50, "b")]), texts=texts
        ),
    }
    for name, call in calls.items():
        assert len(call(both)) > 0
        message = rf"^{name}: \[0:5\] of doc 'a' is '-abcd' in its text and 'abcde' in one"
        with pytest.raises(ValueError, match=message):
            call(shifted)


def test_priority_keeps_what_the_first_has():
    found = merge(TABLES, NAMES, how="priority")
    assert spans_of(found) == [
        ("a", 0, 5, "PER"),
        ("a", 10, 15, "LOC"),
        ("a", 20, 25, "ORG"),
        ("a", 40, 45, "PER"),
        ("b", 0, 4, "LOC"),
    ]
    turned = merge([TWO, ONE, THREE], ["two", "one", "three"], how="priority")
    assert ("a", 10, 15, "ORG") in spans_of(turned)
    assert ("a", 20, 30, "ORG") in spans_of(turned)


def test_further_columns_are_those_of_the_first_who_has_the_mention():
    named = TWO.assign(name=["second"] * 3)
    found = merge([ONE, named], ["one", "two"])
    assert found["name"].astype("str").tolist() == ["abcde", "klmno", "second", "abcd"]


def test_spans_that_differ_by_a_clitic_are_one_where_it_is_ignored():
    texts = {"a": {(0, 6): "وبيروت", (1, 6): "بيروت"}}
    one, two = (mentions([("a", start, 6, "LOC")], texts) for start in (0, 1))
    for tables, names in (([one, two], ["x", "y"]), ([two, one], ["y", "x"])):
        found = merge(tables, names, how="vote", ignore_proclitics=True)
        assert spans_of(found, "text", "votes") == [("a", 1, 6, "LOC", "بيروت", 2)]
        assert merge(tables, names, how="vote").empty
    alone = merge([one, mentions([])], ["x", "y"], ignore_proclitics=True)
    assert spans_of(alone, "text") == [("a", 0, 6, "LOC", "وبيروت")]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.integers(0, 12), st.integers(1, 4), st.sampled_from(["P", "L"])
    ),
    max_size=6,
)


def flat(rows):
    """The mentions that overlap none before them."""
    kept = []
    for doc, start, size, kind in rows:
        if not any(d == doc and start < e and s < start + size for d, s, e, _ in kept):
            kept.append((doc, start, start + size, kind))
    return mentions(sorted(kept))


@given(st.lists(ROWS.map(flat), min_size=2, max_size=4), st.sampled_from(["union", "priority"]))
@settings(max_examples=40)
def test_merged_mentions_are_of_the_annotators_and_overlap_none(tables, how):
    names = [f"n{number}" for number in range(len(tables))]
    found = spans_of(merge(tables, names, how=how), "found_by", "votes")
    everything = [spans_of(each) for each in tables]
    for doc, start, end, kind, found_by, votes in found:
        has = [
            name
            for name, own in zip(names, everything, strict=True)
            if (doc, start, end, kind) in own
        ]
        assert has == found_by.split()
        assert len(has) == votes
    for place, (doc, start, end, *_) in enumerate(found):
        assert not any(d == doc and start < e and s < end for d, s, e, *_ in found[:place])
    # what is not kept overlaps something that is
    for doc, start, end, _ in {row for own in everything for row in own}:
        assert any(d == doc and start < e and s < end for d, s, e, *_ in found)


def test_merged_table_is_one_of_a_corpus_again():
    merged = merge(TABLES, NAMES)
    assert evaluate(merged, merged).loc["micro", "f1"] == 1
    again = merge([merged, merged], ["x", "y"])
    assert spans_of(again) == spans_of(merged)


def test_index_and_order_of_rows_do_not_matter():
    mixed = [
        each.iloc[::-1].sort_values("doc", kind="stable").set_index("entity", drop=False)
        for each in TABLES
    ]
    pd.testing.assert_frame_equal(merge(mixed, NAMES), merge(TABLES, NAMES))


def test_no_mentions_merge_to_none():
    empty = empty_table("entities")
    found = merge([empty, empty], ["x", "y"])
    assert found.empty
    assert list(found.columns) == [*SCHEMA["entities"], "found_by", "votes", "against"]
    assert spans_of(merge([empty, ONE], ["x", "y"])) == spans_of(ONE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: merge(ONE, NAMES), "tables is of type DataFrame; pass a list of tables"),
        (lambda: merge([ONE], ["one"]), "1 tables and 1 names; pass two or more tables"),
        (lambda: merge([ONE, TWO], NAMES), "2 tables and 3 names"),
        (
            lambda: merge([ONE, TWO], ["x", "x"]),
            "the name 'x' is empty, holds a space or",
        ),
        (lambda: merge([ONE, TWO], ["x", "a b"]), "the name 'a b' is empty"),
        (
            lambda: merge([ONE, TWO], ["x", "y"], how="best"),
            "how='best' is unknown; pass",
        ),
        (
            lambda: merge([ONE, TWO], ["x", "y"], how="vote", min_votes=3),
            "min_votes is 3, and",
        ),
        (lambda: merge([ONE, TWO], ["x", "y"], min_votes=0), "min_votes is 0; pass a whole number"),
        (
            lambda: merge([ONE, ONE.drop(columns="sent")], ["x", "y"]),
            "no column 'sent' in",
        ),
        (
            lambda: merge([ONE, ONE.assign(text=ONE["text"].str.upper())], ["x", "y"]),
            r"doc 'a' has 'abcde' at \[0:5\] in x, and 'ABCDE' at \[0:5\] in y; the offsets",
        ),
    ],
)
def test_wrong_calls_are_told_what_to_pass(call, message):
    with pytest.raises(ValueError, match=f"^merge: .*{message}"):
        call()


# --- table and alpha --------------------------------------------------------------------------


def tokens(size, doc="a"):
    """Tokens of one letter each, a space behind."""
    return pd.DataFrame(
        {"doc": doc, "start": range(0, 2 * size, 2), "end": range(1, 2 * size + 1, 2)}
    )


def labelled(labels, outside="O"):
    """A mention for each token that has a label."""
    return mentions(
        [("a", 2 * at, 2 * at + 1, kind) for at, kind in enumerate(labels) if kind != outside]
    )


def test_alpha_is_that_of_krippendorffs_binary_example():
    meg, owen = "0100000010", "1110010000"
    found = alpha([labelled(meg, "0"), labelled(owen, "0")], ["Meg", "Owen"], tokens(10))
    assert found.loc["all", ["annotators", "tokens"]].tolist() == [2, 10]
    assert round(found.loc["all", "alpha"], 3) == 0.095
    assert found.index.tolist() == ["all", "1"]


def test_alpha_is_that_of_krippendorffs_nominal_example():
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    found = alpha([labelled(ben), labelled(gerry)], ["Ben", "Gerry"], tokens(12))
    assert round(found.loc["all", "alpha"], 3) == 0.692
    pairwise = table([labelled(ben), labelled(gerry)], ["Ben", "Gerry"], tokens=tokens(12))
    assert round(pairwise["alpha"][0], 3) == 0.692


LABELS = st.integers(2, 4).flatmap(
    lambda annotators: st.lists(
        st.lists(st.sampled_from("OOPL"), min_size=annotators, max_size=annotators),
        min_size=2,
        max_size=12,
    )
)


@given(LABELS)
@settings(max_examples=60)
def test_alpha_and_kappa_are_those_of_other_packages(rows):
    krippendorff = pytest.importorskip("krippendorff")
    metrics = pytest.importorskip("sklearn.metrics")
    labels = list(zip(*rows, strict=True))
    names = [f"n{number}" for number in range(len(labels))]
    tables = [labelled(each) for each in labels]
    found = alpha(tables, names, tokens(len(rows))).loc["all", "alpha"]
    coded = [["OPL".index(label) for label in each] for each in labels]
    if len({label for each in labels for label in each}) == 1:
        assert np.isnan(found)
        return
    theirs = krippendorff.alpha(reliability_data=coded, level_of_measurement="nominal")
    assert found == pytest.approx(theirs)
    pairs = table(tables[:2], names[:2], tokens=tokens(len(rows)))
    if set(labels[0]) != set(labels[1]) or len(set(labels[0])) > 1:
        assert pairs["kappa"][0] == pytest.approx(metrics.cohen_kappa_score(*labels[:2]))
    else:
        assert np.isnan(pairs["kappa"][0])


def test_who_did_not_look_at_a_document_does_not_disagree_there():
    with pytest.raises(ValueError, match=r"^table: only one has mentions in 'b'; two has some in"):
        table(TABLES, NAMES)
    of_one = tokens(30)
    for call in (lambda: table(TABLES, NAMES, tokens=of_one), lambda: alpha(TABLES, NAMES, of_one)):
        with pytest.raises(
            ValueError, match=r"one has mentions in 'b', and the documents compared"
        ):
            call()
    both = pd.concat([tokens(30), tokens(30, "b")])
    assert table(TABLES, NAMES, tokens=both)["tokens"].tolist() == [60] * 12
    with pytest.raises(ValueError, match=r"^table: tokens has document 'c', which docs does not"):
        table(TABLES, NAMES, tokens=pd.concat([both, tokens(2, "c")]), docs=["a", "b"])


def test_agreement_is_that_counted_by_hand():
    found = table(TABLES, NAMES, docs=["a", "b"])
    assert found[["first", "second", "type"]].to_numpy().tolist() == [
        [first, second, kind]
        for first, second in (("one", "two"), ("one", "three"), ("two", "three"))
        for kind in ("all", "LOC", "ORG", "PER")
    ]
    assert found[["freq_first", "freq_second", "both"]].to_numpy().tolist()[:4] == [
        [4, 3, 1],
        [2, 0, 0],
        [1, 2, 0],
        [1, 1, 1],
    ]
    np.testing.assert_allclose(found["f1"][:4], [2 / 7, 0, 0, 1])
    # one's 20-25 and two's 20-30 overlap: 2 of 4 and 2 of 3; of ORG 1 of 1 and 1 of 2
    np.testing.assert_allclose(found["f1_overlap"][:4], [4 / 7, 0, 2 / 3, 1])
    assert found[["tokens", "kappa", "alpha"]].isna().all(axis=None)


def test_kappa_of_a_type_is_counted_by_hand():
    # 10 tokens; one: P at 0, 1; other: P at 0, L at 1
    found = table(
        [labelled("PPOOOOOOOO"), labelled("PLOOOOOOOO")], ["x", "y"], tokens=tokens(10)
    ).set_index("type")
    assert found["tokens"].tolist() == [10, 10, 10]
    # all: agree 9; by chance P .2 * .1 + O .8 * .8 = .66; P: agree 9; .02 + .8 * .9 = .74
    assert found.loc["all", "kappa"] == pytest.approx((0.9 - 0.66) / (1 - 0.66))
    assert found.loc["P", "kappa"] == pytest.approx((0.9 - 0.74) / (1 - 0.74))
    assert found.loc["L", "kappa"] == 0  # one never says L


def test_punctuation_is_no_token_and_partial_tokens_count():
    kinds = tokens(4).assign(kind=["word", "word", "punctuation", "number"])
    one = mentions([("a", 0, 5, "PER")])  # over the first three
    two = mentions([("a", 0, 3, "PER")])
    found = table([one, two], ["x", "y"], tokens=kinds)
    assert found["tokens"].tolist() == [3, 3]
    assert found["kappa"].tolist() == [1, 1]
    assert found["f1"].tolist() == [0, 0]
    assert found["f1_overlap"].tolist() == [1, 1]


def test_nothing_to_agree_on_is_undefined():
    empty = empty_table("entities")
    found = table([empty, empty], ["x", "y"], tokens=tokens(3))
    assert found["type"].tolist() == ["all"]
    assert found[["f1", "f1_overlap", "kappa", "alpha"]].isna().all(axis=None)
    assert np.isnan(alpha([empty, empty], ["x", "y"], tokens(3)).loc["all", "alpha"])
    with pytest.raises(ValueError, match=r"^alpha: `tokens` has no word; was the filter"):
        alpha([empty, empty], ["x", "y"], tokens(0))
    with pytest.raises(ValueError, match=r"^table: no column 'start' in the table"):
        table([empty, empty], ["x", "y"], tokens=pd.DataFrame({"doc": ["a"]}))


# --- from_list --------------------------------------------------------------------------------


def tokenised(text, doc="a", form=None):
    """Tokens at white space, one sentence a line."""
    rows, place = [], 0
    for sent, line in enumerate(text.split("\n"), 1):
        for word in line.split(" "):
            rows.append((doc, sent, fold(word), place, place + len(word)))
            place += len(word) + 1
    found = pd.DataFrame(rows, columns=["doc", "sent", "norm", "start", "end"])
    return found, pd.DataFrame({"doc": [doc], "text": [text]})


def listed(text, names, **options):
    rows, texts = tokenised(text)
    found = from_list(rows, names, texts, **options)
    assert all(
        text[start:end] == surface
        for start, end, surface in zip(found["start"], found["end"], found["text"], strict=True)
    )
    return found["text"].tolist()


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("زار بشار الأسد دمشق", ["بشار الأسد", "دمشق"], ["بشار الأسد", "دمشق"]),
        # the longest name, and the next one behind it
        ("بشار الأسد الأسد", ["بشار", "الأسد", "بشار الأسد"], ["بشار الأسد", "الأسد"]),
        ("بشار بشار الأسد", ["بشار الأسد"], ["بشار الأسد"]),
        # spelling on both sides
        ("احمد في مكه", ["أحمد", "مكة"], ["احمد", "مكه"]),
        ("أَحْمَد", ["احمد"], ["أَحْمَد"]),
        ("أحمـــد", ["أحمد"], ["أحمـــد"]),
        # clitics outside
        ("ودمشق وبدمشق لدمشق كدمشق فدمشق", ["دمشق"], ["دمشق"] * 5),
        ("وَدمشق", ["دمشق"], ["دمشق"]),
        ("وبشار الأسد", ["بشار الأسد"], ["بشار الأسد"]),
        ("سدمشق مدمشق الدمشق", ["دمشق"], []),
        ("بشار والأسد", ["بشار الأسد"], []),
        # contracted: ل keeps no letters of its own
        ("للأمم المتحدة", ["الأمم المتحدة"], ["للأمم المتحدة"]),
        ("وللأمم المتحدة", ["الأمم المتحدة"], ["للأمم المتحدة"]),
        ("للبنان", ["لبنان"], ["لبنان"]),
        # a name that begins with the letter of a clitic
        ("وليد", ["وليد"], ["وليد"]),
        ("ووليد", ["وليد"], ["وليد"]),
        ("بوتين", ["بوتين", "وتين"], ["بوتين"]),
        # not over the end of a sentence
        ("بشار\nالأسد", ["بشار الأسد"], []),
        ("", ["دمشق"], []),
    ],
)
def test_names_of_a_list_are_found(text, names, found):
    assert listed(text, names) == found


def test_mention_has_the_type_and_the_spelling_of_the_list():
    rows, texts = tokenised("احمد في مكه")
    found = from_list(rows, {"أحمد": "PER", "مكة": "LOC"}, texts)
    assert list(found.columns) == list(SCHEMA["entities"])
    assert found["type"].tolist() == ["PER", "LOC"]
    assert found["name"].tolist() == ["أحمد", "مكة"]
    assert found["entity"].tolist() == [1, 2]
    assert from_list(rows, ["مكة"], texts, type="LOC")["type"].tolist() == ["LOC"]


def test_documents_do_not_run_together():
    one, texts = tokenised("قال بشار")
    two, more = tokenised("الأسد قال", doc="b")
    rows, both = pd.concat([one, two], ignore_index=True), pd.concat([texts, more])
    assert from_list(rows, ["بشار الأسد"], both).empty
    found = from_list(rows.astype({"doc": "category", "norm": "category"}), ["الأسد"], both)
    assert spans_of(found) == [("b", 0, 5, "PER")]


def test_punctuation_in_a_name_is_a_token():
    rows = pd.DataFrame(
        {"doc": "a", "sent": 1, "norm": ["بي", ".", "بي"], "start": [0, 2, 3], "end": [2, 3, 5]}
    )
    texts = pd.DataFrame({"doc": ["a"], "text": ["بي.بي"]})
    assert from_list(rows, ["بي.بي"], texts)["text"].tolist() == ["بي.بي"]


def test_tokens_without_a_norm_match_nothing():
    rows, texts = tokenised("زار دمشق")
    rows["norm"] = [None, "دمشق"]
    assert from_list(rows, ["دمشق", "زار دمشق"], texts)["text"].tolist() == ["دمشق"]


@pytest.mark.parametrize("norm", ["", "و", "ل", "لل", "وبال", "كتاب", "للل"])
def test_readings_begin_with_the_token_itself_and_lose_letters_in_front(norm):
    found = list(readings(norm))
    assert found[0] == (norm, 0)
    assert all(len(each.norm) + each.off >= len(norm) for each in found)


def test_wrong_lists_are_told_what_to_pass():
    rows, texts = tokenised("دمشق")
    for names, message in (
        ([], "the list of names is empty"),
        ("دمشق", "names is 'دمشق'; pass a list of names, or a dict"),
        (["دمشق", None], "None of type 'PER' is no name"),
        (["دمشق", " "], "' ' of type 'PER' is no name"),
        ({"دمشق": ""}, "'دمشق' of type '' is no name"),
        ({"مكة": "LOC", "مكه": "PER"}, "'مكة' is LOC and 'مكه' is PER, and both are one name when"),
    ):
        with pytest.raises(ValueError, match=f"^from_list: {message}"):
            from_list(rows, names, texts)
    with pytest.raises(ValueError, match=r"^from_list: no document 'a' in texts"):
        from_list(rows, ["دمشق"], texts.assign(doc="b"))
    with pytest.raises(ValueError, match=r"^from_list: no column 'norm' in the table"):
        from_list(rows.drop(columns="norm"), ["دمشق"], texts)


def test_list_on_the_common_corpus(twelve):
    found = from_list(twelve.tokens, ["دمشق", "وزير الدفاع"], twelve.texts, type="LOC")
    assert found["text"].tolist() == ["وزير الدفاع", "دمشق", "دمشق"]
    assert found["doc"].tolist() == ["a", "a", "b"]
    agreed = table([twelve.entities, found], ["model", "list"], tokens=twelve.tokens)
    # 12 words; both say LOC of 2, the list of 2 more: F1 4 / 5
    assert agreed["f1"][0] == pytest.approx(4 / 5)
    assert agreed["tokens"][0] == 12
