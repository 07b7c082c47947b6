"""Entity spans, names and their counts. Expected values: by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.entities import mentions, names, spans
from toolkit.tables import empty_table

COLUMNS = ["type", "freq", "n", "share", "docs"]

# --- spans ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("", []),
        ("O O", []),
        ("S-PER", [(0, 1, "PER")]),
        ("B-PER E-PER", [(0, 2, "PER")]),
        ("O B-ORG I-ORG I-ORG E-ORG O", [(1, 5, "ORG")]),
        ("S-PER S-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER E-PER B-PER E-PER", [(0, 2, "PER"), (2, 4, "PER")]),
        ("B-PER E-PER S-LOC", [(0, 2, "PER"), (2, 3, "LOC")]),
        # malformed: a tag that continues nothing begins a span, none is lost
        ("B-PER", [(0, 1, "PER")]),
        ("I-PER", [(0, 1, "PER")]),
        ("E-PER", [(0, 1, "PER")]),
        ("I-PER E-PER", [(0, 2, "PER")]),
        ("E-PER E-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("E-PER I-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER I-PER O", [(0, 2, "PER")]),
        ("B-PER O E-PER", [(0, 1, "PER"), (2, 3, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER S-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("S-PER I-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("S-PER E-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER E-LOC", [(0, 1, "PER"), (1, 2, "LOC")]),
        ("B-PER I-LOC E-LOC", [(0, 1, "PER"), (1, 3, "LOC")]),
        ("B-PER I-LOC E-PER", [(0, 1, "PER"), (1, 2, "LOC"), (2, 3, "PER")]),
    ],
)
def test_tags_give_spans(tags, expected):
    assert spans(tags.split()) == expected
    assert spans(iter(tags.split())) == expected


TAGS = st.lists(
    st.sampled_from(["O", *(f"{prefix}-{kind}" for prefix in "BIES" for kind in ("PER", "LOC"))])
)


@given(TAGS)
def test_every_tagged_token_is_in_one_span_of_its_type(tags):
    covered = {}
    for start, end, kind in spans(tags):
        for position in range(start, end):
            assert position not in covered
            covered[position] = kind
    assert covered == {at: tag[2:] for at, tag in enumerate(tags) if tag != "O"}


@given(st.lists(st.tuples(st.sampled_from(["PER", "LOC", "O"]), st.integers(1, 4))))
def test_well_formed_tags_give_their_spans_back(units):
    tags, expected = [], []
    for kind, length in units:
        if kind == "O":
            tags.append("O")
            continue
        expected.append((len(tags), len(tags) + length, kind))
        inner = [f"I-{kind}"] * (length - 2)
        tags += [f"S-{kind}"] if length == 1 else [f"B-{kind}", *inner, f"E-{kind}"]
    assert spans(tags) == expected


# --- names ------------------------------------------------------------------------------------


def alone(surfaces):
    """Mentions of persons, each in a document of its own."""
    texts = pd.Series(surfaces, dtype="str") if isinstance(surfaces, list) else surfaces
    docs = [f"d{number}" for number in range(len(texts))]
    return pd.DataFrame({"text": texts, "doc": docs, "type": "PER", "start": 0, "end": 4})


def test_most_frequent_spelling_is_the_name():
    surfaces = ["احمد", "أحمد", "أحمد", "أَحْمَد", "ليلى", "ليلي", "ليلى"]
    assert names(alone(surfaces)).tolist() == ["أحمد"] * 4 + ["ليلى"] * 3


def test_tie_goes_to_the_first_by_code_point():
    # أ is U+0623, ا is U+0627; ة is U+0629, ه is U+0647
    assert names(alone(["احمد", "أحمد"])).tolist() == ["أحمد", "أحمد"]
    assert names(alone(["مكه", "مكة"])).tolist() == ["مكة", "مكة"]


def test_names_that_differ_otherwise_stay_apart():
    surfaces = ["عمان", "عمّان", "عثمان", "أحمد الأول", "أحمد"]
    assert names(alone(surfaces)).tolist() == ["عمان", "عمان", "عثمان", "أحمد الأول", "أحمد"]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_names_keep_the_index_and_what_is_missing(dtype):
    surfaces = pd.Series(["احمد", None, "أحمد"], index=[5, 5, 2], dtype="object").astype(dtype)
    found = names(alone(surfaces))
    assert found.index.tolist() == [5, 5, 2]
    assert found.isna().tolist() == [False, True, False]
    assert found.dropna().tolist() == ["أحمد", "أحمد"]
    assert found.dtype == "str"


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_no_mentions_have_no_names(dtype):
    found = names(alone(pd.Series([], dtype=dtype)))
    assert (len(found), str(found.dtype)) == (0, "str")


@given(st.lists(st.text("اأإحمدهةيى", min_size=1, max_size=3), max_size=12), st.randoms())
def test_names_do_not_depend_on_the_order_of_mentions(surfaces, random):
    mentions_of_all = alone(surfaces)
    shuffled = mentions_of_all.sample(frac=1, random_state=random.randrange(1000))
    assert names(shuffled).sort_index().tolist() == names(mentions_of_all).tolist()


# --- mentions ---------------------------------------------------------------------------------


def table(rows):
    return pd.DataFrame(rows, columns=["doc", "name", "type"], dtype="str")


MENTIONS = [
    ("a", "دمشق", "LOC"),
    ("a", "دمشق", "LOC"),
    ("b", "دمشق", "LOC"),
    ("b", "دمشق", "ORG"),
    ("b", "أحمد", "PER"),
    ("b", "ليلى", "PER"),
    ("a", "بيروت", "LOC"),
    ("a", "بيروت", "LOC"),
]


@pytest.mark.parametrize("dtype", ["str", "category"])
def test_mentions_are_counted_by_name_and_type(dtype):
    found = mentions(table(MENTIONS).astype(dtype))
    assert list(found.columns) == COLUMNS
    assert found.index.name == "name"
    assert found.reset_index().to_numpy().tolist() == [
        ["دمشق", "LOC", 3, 8, 0.375, 2],
        ["بيروت", "LOC", 2, 8, 0.25, 1],
        ["أحمد", "PER", 1, 8, 0.125, 1],
        ["دمشق", "ORG", 1, 8, 0.125, 1],
        ["ليلى", "PER", 1, 8, 0.125, 1],
    ]


def test_mentions_are_counted_by_type():
    found = mentions(table(MENTIONS), by="type")
    assert found.reset_index().to_numpy().tolist() == [
        ["LOC", 5, 8, 0.625, 2],
        ["PER", 2, 8, 0.25, 1],
        ["ORG", 1, 8, 0.125, 1],
    ]
    assert found.index.tolist() == ["LOC", "PER", "ORG"]


def test_ties_are_in_code_point_order_whatever_the_order_of_categories():
    rows = table([("a", name, "PER") for name in ("و", "ب", "ا")])
    rows["name"] = pd.Categorical(rows["name"], categories=["و", "ب", "ا"])
    assert mentions(rows).index.tolist() == ["ا", "ب", "و"]


def test_many_ties_stay_in_code_point_order():
    # 24 letters, one of them twice: a sort that is not stable mixes so many
    letters = [chr(code) for code in range(0x0641, 0x0641 - 24, -1)]
    rows = table([("a", letter, "PER") for letter in [*letters, letters[0]]])
    assert mentions(rows).index.tolist() == [letters[0], *sorted(letters[1:])]


def test_common_corpus_mentions_one_place_in_two_documents(entities):
    assert mentions(entities).reset_index().to_numpy().tolist() == [["دمشق", "LOC", 2, 2, 1.0, 2]]


@pytest.mark.parametrize("by", ["name", "type"])
def test_no_mentions_give_an_empty_table(by):
    found = mentions(empty_table("entities"), by=by)
    assert list(found.columns) == (COLUMNS if by == "name" else COLUMNS[1:])
    dtypes = ["str", "int64", "int64", "float64", "int64"]
    assert found.dtypes.astype("str").tolist() == (dtypes if by == "name" else dtypes[1:])
    assert found.empty
    assert found.index.name == by


def test_categories_that_do_not_occur_are_dropped(entities):
    assert mentions(entities[entities["doc"] == "b"]).index.tolist() == ["دمشق"]
    none = mentions(entities[entities["doc"] == "c"], by="type")
    assert none.empty


def test_mention_without_a_name_counts_in_n_only():
    rows = pd.DataFrame({"doc": ["a", "a"], "name": ["دمشق", None], "type": ["LOC", "LOC"]})
    assert mentions(rows).reset_index().to_numpy().tolist() == [["دمشق", "LOC", 1, 2, 0.5, 1]]


def test_unknown_by_and_missing_column_are_named(entities):
    with pytest.raises(ValueError, match=r"^mentions: by='text' is unknown; pass 'name' or 'type'"):
        mentions(entities, by="text")
    with pytest.raises(ValueError, match=r"^mentions: no column 'name' in the table; .* doc, sent"):
        mentions(entities.drop(columns=["name", "type"]))
    with pytest.raises(ValueError, match=r"^mentions: the table is of type NoneType, not a Data"):
        mentions(None)
    with pytest.raises(ValueError, match=r"^mentions: column 'name' stands 2 times in the table"):
        mentions(pd.concat([entities, entities[["name"]]], axis="columns"))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("PL"))))
def test_mentions_add_up(rows):
    entities = table(rows)
    before = entities.copy()
    for by in ("name", "type"):
        found = mentions(entities, by=by)
        assert found["freq"].sum() == len(rows)
        assert found["share"].sum() == pytest.approx(1.0 if rows else 0.0)
        assert (found["docs"] <= found["freq"]).all()
    pd.testing.assert_frame_equal(entities, before)
