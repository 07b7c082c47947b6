"""Pairs of names, the sentences that show them, and who with whom.

Expected values: by hand in the corpus typed below, and an independent count with sets.
"""

from collections import Counter, defaultdict
from itertools import combinations
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import contingency, show
from toolkit.cooccurrence import cooccurrence, evidence, matrix
from toolkit.statistics import pairings

# Three sentences in each document; the paragraph ends after the second, in b after the first.
SENTENCES_OF = {
    "a": ["في دمشق قابلت ليلى أم ليلى.", "زارت ليلى دمشق وبغداد.", "نام الجميع."],
    "b": ["دمشق ونادي دمشق وليلى.", "بغداد بعيدة.", "انتهى."],
}
TEXTS = pd.DataFrame(
    {
        "doc": ["a", "b"],
        "text": [
            "{} {}\n\n{}".format(*SENTENCES_OF["a"]),
            "{}\n\n{} {}".format(*SENTENCES_OF["b"]),
        ],
    }
)
TEXT = dict(zip(TEXTS["doc"], TEXTS["text"], strict=True))
SENTENCES = pd.DataFrame(
    [
        (doc, number, TEXT[doc].index(sentence), TEXT[doc].index(sentence) + len(sentence))
        for doc, sentences in SENTENCES_OF.items()
        for number, sentence in enumerate(sentences, 1)
    ],
    columns=["doc", "sent", "start", "end"],
)
# doc, sent, name, type, and which of its kind in the document
MENTIONS = [
    ("a", 1, "دمشق", "LOC", 0),
    ("a", 1, "ليلى", "PER", 0),
    ("a", 1, "ليلى", "PER", 1),
    ("a", 2, "ليلى", "PER", 2),
    ("a", 2, "دمشق", "LOC", 1),
    ("a", 2, "بغداد", "LOC", 0),
    ("b", 1, "دمشق", "LOC", 0),
    ("b", 1, "دمشق", "ORG", 1),
    ("b", 1, "ليلى", "PER", 0),
    ("b", 2, "بغداد", "LOC", 0),
]


def place(text, name, which):
    start = -1
    for _ in range(which + 1):
        start = text.index(name, start + 1)
    return start


ENTITIES = pd.DataFrame(
    [(doc, s, name, kind, place(TEXT[doc], name, nth)) for doc, s, name, kind, nth in MENTIONS],
    columns=["doc", "sent", "name", "type", "start"],
).assign(end=lambda table: table["start"] + table["name"].str.len())


def counts(found, *columns):
    shown = found.reset_index()[["name_a", "type_a", "name_b", "type_b", *columns]]
    return {tuple(row[:4]): tuple(row[4:]) for row in shown.itertuples(index=False)}


BAGHDAD, DAMASCUS, CLUB, LAYLA = (
    ("بغداد", "LOC"),
    ("دمشق", "LOC"),
    ("دمشق", "ORG"),
    ("ليلى", "PER"),
)

# --- pairs ------------------------------------------------------------------------------------


def test_pairs_of_sentences_are_counted_by_hand():
    found = cooccurrence(ENTITIES, SENTENCES, measure="mi")
    columns = ["freq", "freq_a", "freq_b", "n", "docs", "docs_a", "docs_b"]
    assert counts(found, *columns) == {
        (*DAMASCUS, *LAYLA): (3, 3, 3, 6, 2, 2, 2),
        (*BAGHDAD, *DAMASCUS): (1, 2, 3, 6, 1, 2, 2),
        (*BAGHDAD, *LAYLA): (1, 2, 3, 6, 1, 2, 2),
        (*CLUB, *LAYLA): (1, 1, 3, 6, 1, 1, 2),
    }
    # log2(3 / (3 * 3 / 6)), log2(1 / (1 * 3 / 6)) and twice log2(1 / (2 * 3 / 6)); of equal scores
    # the more frequent first, then by code point
    assert found["mi"].tolist() == [1, 1, 0, 0]
    assert found["expected"].tolist() == [1.5, 0.5, 1, 1]
    assert found.index.tolist() == [
        ("دمشق", "ليلى"),
        ("دمشق", "ليلى"),
        ("بغداد", "دمشق"),
        ("بغداد", "ليلى"),
    ]
    assert list(found.columns) == ["type_a", "type_b", *columns, "expected", "mi"]


def test_log_likelihood_is_that_of_the_four_cells():
    found = cooccurrence(ENTITIES, SENTENCES)
    # O11 = O22 = 3, O12 = O21 = 0, all expected 1.5
    assert found["log_likelihood"].iloc[0] == pytest.approx(2 * (3 * log(2) + 3 * log(2)))


def test_a_name_counts_once_in_a_paragraph():
    found = cooccurrence(ENTITIES, TEXTS, within="paragraph")
    assert counts(found, "freq", "freq_a", "freq_b", "n") == {
        (*DAMASCUS, *LAYLA): (2, 2, 2, 4),
        (*BAGHDAD, *DAMASCUS): (1, 2, 2, 4),
        (*BAGHDAD, *LAYLA): (1, 2, 2, 4),
        (*CLUB, *LAYLA): (1, 1, 2, 4),
    }


def test_a_name_counts_once_in_a_document_and_is_no_pair_with_itself_of_another_type():
    found = cooccurrence(ENTITIES, TEXTS, within="document")
    assert counts(found, "freq", "freq_a", "freq_b", "n", "docs") == {
        (*BAGHDAD, *DAMASCUS): (2, 2, 2, 2, 2),
        (*BAGHDAD, *LAYLA): (2, 2, 2, 2, 2),
        (*DAMASCUS, *LAYLA): (2, 2, 2, 2, 2),
        (*BAGHDAD, *CLUB): (1, 2, 1, 2, 1),
        (*CLUB, *LAYLA): (1, 1, 2, 2, 1),
    }


def test_stretches_of_words_weigh_near_names_more():
    # words at 0 2 4 6 8 and 10, a mark at 5; names at the first, third and sixth word
    words = pd.DataFrame(
        {
            "doc": "a",
            "kind": ["word", "word", "number", "punctuation", "word", "word", "word"],
            "start": [0, 2, 4, 5, 6, 8, 10],
        }
    )
    names = pd.DataFrame({"doc": "a", "start": [0, 4, 10], "name": list("بتث"), "type": "PER"})
    found = cooccurrence(names, words, within=3)
    # 6 + 3 - 1 stretches; the first two names are 2 words apart, the others 3 and 5
    assert counts(found, "freq", "freq_a", "freq_b", "n") == {
        ("ب", "PER", "ت", "PER"): (1, 3, 3, 8)
    }
    found = cooccurrence(names, words, within=5)
    assert counts(found, "freq", "n") == {
        ("ب", "PER", "ت", "PER"): (3, 10),
        ("ت", "PER", "ث", "PER"): (2, 10),
    }


def independent(entities, sentences, tokens, within):
    """The same count with Python sets, unit by unit."""
    units = defaultdict(set)
    if within == "sentence":
        n = len(
            {(doc, sent) for doc, sent in zip(sentences["doc"], sentences["sent"], strict=True)}
        )
        for row in entities.itertuples():
            units[row.doc, row.sent].add((row.name, row.type))
    else:
        n = 0
        for doc, words in tokens[tokens["kind"] == "word"].groupby("doc"):
            here = entities[entities["doc"] == doc]
            places = [max(0, sum(words["start"] <= start) - 1) for start in here["start"]]
            for first in range(1 - within, len(words)):
                n += 1
                for at, row in zip(places, here.itertuples(), strict=True):
                    if first <= at < first + within:
                        units[doc, first].add((row.name, row.type))
    alone = Counter(item for unit in units.values() for item in unit)
    pairs, docs = Counter(), defaultdict(set)
    for (doc, _), unit in units.items():
        for one, other in combinations(sorted(unit), 2):
            if one[0] != other[0]:
                pairs[one, other] += 1
                docs[one, other].add(doc)
    return {
        (*one, *other): (freq, alone[one], alone[other], n, len(docs[one, other]))
        for (one, other), freq in pairs.items()
    }


TOKENS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 3),
        st.sampled_from(["word", "punctuation"]),
        st.sampled_from(["", "", "د", "ل", "ب"]),
        st.sampled_from(["PER", "LOC"]),
    ),
    max_size=40,
)


@given(TOKENS, st.sampled_from(["sentence", 2, 3, 8]), st.sampled_from([1, 3, 1 << 22]))
def test_pairs_are_those_of_an_independent_count(rows, within, chunk):
    table = pd.DataFrame(
        sorted(rows, key=lambda row: row[:2]), columns=["doc", "sent", "kind", "name", "type"]
    )
    tokens = table.assign(start=range(len(table)))
    tokens = tokens[(tokens["kind"] == "word") | (tokens["doc"] != "c")]
    with_word = tokens[tokens["kind"] == "word"]["doc"].unique()
    entities = tokens[(tokens["name"] != "") & tokens["doc"].isin(with_word)]
    expected = independent(entities, tokens, tokens, within)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairings, "_CHUNK", chunk)
        found = cooccurrence(entities.sample(frac=1, random_state=1), tokens, within=within)
    assert counts(found, "freq", "freq_a", "freq_b", "n", "docs") == expected


def test_pairs_do_not_depend_on_the_order_of_rows_or_categories():
    typed = ENTITIES.astype({"doc": "category", "name": "category", "type": "category"})
    typed["name"] = (
        typed["name"]
        .cat.add_categories("الغائب")
        .cat.reorder_categories(["ليلى", "الغائب", "دمشق", "بغداد"])
    )
    shuffled = typed.sample(frac=1, random_state=3).set_index(pd.Index([7] * len(typed)))
    expected = cooccurrence(ENTITIES, SENTENCES)
    pd.testing.assert_frame_equal(cooccurrence(shuffled, SENTENCES[::-1]), expected)
    tokens = pd.concat([SENTENCES.astype({"sent": "Int32"})] * 2)
    pd.testing.assert_frame_equal(cooccurrence(typed, tokens), expected)


def test_min_freq_and_types_leave_out_what_they_say():
    often = cooccurrence(ENTITIES, SENTENCES, min_freq=2)
    assert counts(often, "freq", "freq_a", "freq_b", "n") == {(*DAMASCUS, *LAYLA): (3, 3, 3, 6)}
    places = cooccurrence(ENTITIES, SENTENCES, types="LOC")
    assert counts(places, "freq", "n") == {(*BAGHDAD, *DAMASCUS): (1, 6)}
    assert len(cooccurrence(ENTITIES, SENTENCES, types=["LOC", "PER"])) == 3


def test_another_column_can_hold_the_names():
    upper = ENTITIES.assign(key=ENTITIES["name"].replace("بغداد", "دمشق"))
    found = cooccurrence(upper, SENTENCES, by="key")
    assert counts(found, "freq", "freq_a") == {(*DAMASCUS, *LAYLA): (3, 4), (*CLUB, *LAYLA): (1, 1)}


@pytest.mark.parametrize("measure", contingency.measures().index)
def test_every_measure_scores_the_pairs(measure):
    found = cooccurrence(ENTITIES, SENTENCES, measure=measure)
    cells = contingency.observed(
        found["freq"].to_numpy(),
        r1=found["freq_a"].to_numpy(),
        c1=found["freq_b"].to_numpy(),
        n=6,
    )
    np.testing.assert_array_equal(found[measure], contingency.score(cells, measure))
    expected = found[measure].sort_values(ascending=measure == "fisher_exact")
    assert found[measure].tolist() == pytest.approx(expected.tolist(), nan_ok=True)


def test_several_measures_and_a_convention_give_a_column_each():
    found = cooccurrence(ENTITIES, SENTENCES, measure=["mi", "dice"], convention="ucs")
    # in decimal digits there; 2 * 3 / (3 + 3)
    assert found["mi"].iloc[0] == pytest.approx(0.30103)
    assert found["dice"].iloc[0] == 1


def test_mentions_without_a_name_or_a_type_are_passed_over():
    holes = ENTITIES.copy()
    holes.loc[[0, 4], "name"] = None
    holes.loc[6, "type"] = None
    found = cooccurrence(holes, SENTENCES)
    assert counts(found, "freq", "freq_a", "n") == {
        (*BAGHDAD, *LAYLA): (1, 2, 6),
        (*CLUB, *LAYLA): (1, 1, 6),
    }


@pytest.mark.parametrize(
    ("within", "units"), [("sentence", SENTENCES), ("document", TEXTS), ("paragraph", TEXTS)]
)
def test_no_mentions_give_no_pairs_in_the_same_columns(within, units):
    found = cooccurrence(ENTITIES.head(0), units, within=within)
    assert found.empty
    full = cooccurrence(ENTITIES, units, within=within)
    assert list(found.columns) == list(full.columns)
    assert found.index.names == ["name_a", "name_b"]
    assert found.dtypes.astype(str).tolist() == full.dtypes.astype(str).tolist()


def test_the_tables_are_not_changed():
    before, units = ENTITIES.copy(), SENTENCES.copy()
    cooccurrence(ENTITIES, SENTENCES)
    pd.testing.assert_frame_equal(ENTITIES, before)
    pd.testing.assert_frame_equal(SENTENCES, units)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"within": "page"},
            r"within is 'page'; pass 'sentence', 'paragraph', 'document', or a whole",
        ),
        ({"within": 1}, "within is 1; pass"),
        ({"within": True}, "within is True; pass"),
        ({"within": 2.5}, "within is 2.5; pass"),
        ({"by": "surface"}, "no column 'surface' in the table; its columns are doc, sent, name"),
        ({"by": ["name"]}, "by=.* is not the name of one column"),
        ({"types": "LOK"}, "no entity has the type 'LOK'; there are LOC, ORG, PER"),
        ({"min_freq": 0}, "min_freq is 0; pass a whole number, 1 or more"),
        ({"measure": "log_liklihood"}, "no measure 'log_liklihood'; there are log_likelihood"),
        ({"measure": []}, "measure names none"),
        ({"convention": "excel"}, "no convention 'excel'"),
        ({"within": 5}, "no column 'kind' in the table.*pass the tokens or words"),
        ({"within": "paragraph"}, "no column 'text' in the table.*Pass the texts"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(ValueError, match=f"^cooccurrence: {message}"):
        cooccurrence(ENTITIES, SENTENCES, **options)


def test_tables_of_another_corpus_are_refused():
    with pytest.raises(ValueError, match=r"^cooccurrence: 4 mentions stand in documents that the"):
        cooccurrence(ENTITIES, SENTENCES[SENTENCES["doc"] == "a"])
    with pytest.raises(
        ValueError, match=r"^cooccurrence: 1 mentions stand in none of .*doc 'b', se"
    ):
        cooccurrence(ENTITIES, SENTENCES[(SENTENCES["doc"] == "a") | (SENTENCES["sent"] != 2)])
    with pytest.raises(ValueError, match=r"^cooccurrence: 10 mentions stand in none of the units"):
        cooccurrence(ENTITIES.assign(sent=None), SENTENCES)
    category = SENTENCES.astype({"doc": "category"})
    with pytest.raises(ValueError, match=r"first 'b'\. Pass the tables of one corpus"):
        cooccurrence(ENTITIES, category[category["doc"] == "a"])
    with pytest.raises(ValueError, match=r"the table is of type NoneType, not a DataFrame"):
        cooccurrence(None, SENTENCES)


def test_a_hundred_thousand_mentions_take_no_loop_over_pairs():
    rows = 100_000
    random = np.random.default_rng(0)
    names = pd.Categorical.from_codes(
        random.integers(0, 20_000, rows), [f"ا{n}" for n in range(20_000)]
    )
    many = pd.DataFrame(
        {"doc": "a", "sent": random.integers(1, 30_000, rows), "name": names, "type": "PER"}
    )
    found = cooccurrence(many, pd.DataFrame({"doc": "a", "sent": range(1, 30_000)}))
    # each sentence of k different names has k (k - 1) / 2 pairs
    sizes = many.drop_duplicates(["sent", "name"]).groupby("sent").size()
    assert found["freq"].sum() == (sizes * (sizes - 1) // 2).sum()


# --- evidence ---------------------------------------------------------------------------------


def test_evidence_is_the_sentences_with_both_names():
    found = evidence(ENTITIES, ("ليلى", "دمشق"), SENTENCES, texts=TEXTS)
    assert list(found.columns) == ["doc", "sent", "start", "end", "text", "freq_a", "freq_b"]
    assert found[["doc", "sent", "freq_a", "freq_b"]].to_numpy().tolist() == [
        ["a", 1, 2, 1],
        ["a", 2, 1, 1],
        ["b", 1, 1, 2],
    ]
    assert found["text"].tolist() == [*SENTENCES_OF["a"][:2], SENTENCES_OF["b"][0]]
    assert [TEXT[row.doc][row.start : row.end] for row in found.itertuples()] == list(found["text"])
    assert "زارت ليلى دمشق وبغداد." in show.table(found).html


def test_each_pair_has_as_many_sentences_as_its_frequency():
    pairs = cooccurrence(ENTITIES, SENTENCES)
    for (one, other), row in zip(pairs.index, pairs.itertuples(), strict=True):
        pair = ((one, row.type_a), (other, row.type_b))
        assert len(evidence(ENTITIES, pair, SENTENCES, texts=TEXTS)) == row.freq


def test_evidence_of_larger_units_is_the_sentences_that_mention_either():
    def places(within):
        found = evidence(ENTITIES, ("بغداد", "ليلى"), SENTENCES, texts=TEXTS, within=within)
        return found[["doc", "sent", "freq_a", "freq_b"]].to_numpy().tolist()

    assert places("sentence") == [["a", 2, 1, 1]]
    assert places("paragraph") == [["a", 1, 0, 2], ["a", 2, 1, 1]]
    assert places("document") == [["a", 1, 0, 2], ["a", 2, 1, 1], ["b", 1, 0, 1], ["b", 2, 1, 0]]


def test_evidence_of_stretches_of_words_reads_the_tokens():
    tokens = pd.DataFrame(
        [
            (doc, "word", text.index(word, start))
            for doc, text in TEXT.items()
            for start, word in [(text.index(w), w) for w in dict.fromkeys(text.split())]
        ],
        columns=["doc", "kind", "start"],
    )
    found = evidence(ENTITIES, ("بغداد", "دمشق"), SENTENCES, texts=TEXTS, within=2, tokens=tokens)
    # دمشق وبغداد are neighbours in a; in b بغداد stands at the beginning of the next paragraph
    assert found[["doc", "sent"]].to_numpy().tolist()[0] == ["a", 2]
    with pytest.raises(ValueError, match=r"^evidence: no column 'doc' .*pass the tokens or words"):
        evidence(ENTITIES, ("بغداد", "دمشق"), SENTENCES, texts=TEXTS, within=2)


def test_names_that_never_meet_give_no_sentence():
    found = evidence(ENTITIES, (BAGHDAD, CLUB), SENTENCES, texts=TEXTS)
    assert found.empty
    assert list(found.columns) == ["doc", "sent", "start", "end", "text", "freq_a", "freq_b"]


def test_evidence_keeps_categories_and_order_of_the_sentences():
    typed = ENTITIES.astype({"doc": "category", "name": "category", "type": "category"})
    sentences = SENTENCES.astype({"doc": "category", "sent": "int32"})[::-1]
    found = evidence(typed, ("ليلى", "دمشق"), sentences, texts=TEXTS)
    assert found["doc"].tolist() == ["b", "a", "a"]


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("ليلى", "حلب"), "no entity has the name 'حلب'"),
        ((("دمشق", "PER"), "ليلى"), "no entity has the name 'دمشق' of type 'PER'"),
        (("ليلى", "ليلى"), "are one name"),
        (("دمشق", ("دمشق", "LOC")), "are one name"),
        ("ليلى", "pair is 'ليلى'; pass two names"),
        (("ليلى", "دمشق", "بغداد"), "pass two names"),
    ],
)
def test_wrong_pairs_are_named(pair, message):
    with pytest.raises(ValueError, match=f"^evidence: .*{message}"):
        evidence(ENTITIES, pair, SENTENCES, texts=TEXTS)


def test_evidence_of_another_corpus_is_refused():
    with pytest.raises(ValueError, match=r"^evidence: texts has no doc 'a'"):
        evidence(ENTITIES, ("ليلى", "دمشق"), SENTENCES, texts=TEXTS.tail(1))
    with pytest.raises(
        ValueError, match=r"^evidence: 3 sentences hold the mentions, and 2 of them"
    ):
        evidence(ENTITIES, ("ليلى", "دمشق"), SENTENCES.iloc[1:], texts=TEXTS, within="document")


# --- matrix -----------------------------------------------------------------------------------


def test_matrix_is_symmetric_and_the_most_frequent_name_first():
    found = matrix(cooccurrence(ENTITIES, SENTENCES))
    # in 3, 3, 2 and 1 sentences; د comes before ل
    names = ["دمشق (LOC)", "ليلى", "بغداد", "دمشق (ORG)"]
    assert found.index.tolist() == found.columns.tolist() == names
    cells = [[None, 3, 1, None], [3, None, 1, 1], [1, 1, None, None], [None, 1, None, None]]
    assert found.astype("object").where(found.notna(), None).to_numpy().tolist() == cells
    assert set(found.dtypes.astype(str)) == {"Int64"}
    assert found.fillna(0).to_numpy().sum() == 2 * (3 + 1 + 1 + 1)


def test_a_name_of_one_type_stands_without_it():
    found = matrix(cooccurrence(ENTITIES, SENTENCES, types=["PER", "LOC"]))
    assert found.index.tolist() == ["دمشق", "ليلى", "بغداد"]


def test_matrix_of_a_measure_holds_its_numbers():
    pairs = cooccurrence(ENTITIES, SENTENCES, measure="mi")
    found = matrix(pairs.head(1), column="mi")
    assert found.loc["دمشق", "ليلى"] == found.loc["ليلى", "دمشق"] == 1
    assert found.isna().to_numpy().sum() == 2


@pytest.mark.parametrize("measure", contingency.measures().index)
def test_only_measures_that_are_the_same_both_ways_make_a_matrix(measure):
    """By an independent look: the score of the table with its rows and columns exchanged."""
    # together in 300 units of 2,000, one in 400, the other in 800
    cells = contingency.observed([300, 300], r1=[400, 800], c1=[800, 400], n=2000)
    one, other = contingency.score(cells, measure)
    pairs = cooccurrence(ENTITIES, SENTENCES, measure=measure)
    if one == pytest.approx(other):
        assert matrix(pairs, column=measure).shape == (4, 4)
    else:
        with pytest.raises(
            ValueError, match=f"^matrix: {measure} of a with b is not that of b with"
        ):
            matrix(pairs, column=measure)


def test_wrong_tables_of_pairs_are_named():
    pairs = cooccurrence(ENTITIES, SENTENCES)
    with pytest.raises(
        ValueError, match=r"^matrix: no column 'mi' in the table.*cooccurrence\.coo"
    ):
        matrix(pairs, column="mi")
    with pytest.raises(ValueError, match=r"^matrix: column 'type_x' holds no numbers"):
        matrix(pairs.assign(type_x="a"), column="type_x")
    with pytest.raises(
        ValueError, match=r"^matrix: the index of the table is \[None\], not name_a"
    ):
        matrix(pairs.reset_index())
    with pytest.raises(ValueError, match=r"^matrix: the pair \('دمشق', 'ليلى'\) stands twice"):
        matrix(pd.concat([pairs, pairs.head(1)]))
    names = pd.MultiIndex.from_arrays(
        [[f"ا{n}" for n in range(5000)], ["ب"] * 5000], names=["name_a", "name_b"]
    )
    columns = {"freq": 1, "freq_a": 1, "freq_b": 1, "type_a": "PER", "type_b": "PER"}
    with pytest.raises(ValueError, match=r"^matrix: 5,001 names are too many"):
        matrix(pd.DataFrame(columns, index=names))
    assert matrix(pairs.head(0)).shape == (0, 0)
