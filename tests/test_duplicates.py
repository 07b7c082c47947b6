"""Duplicates. Similarities are counted by hand, or by sets of runs of words written out here."""

import itertools
import random

import numpy as np
import pandas as pd
import pytest

from toolkit import duplicates as module
from toolkit.duplicates import duplicates

TEN = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة"


def texts_of(*texts, **columns):
    docs = [chr(ord("a") + place) for place in range(len(texts))]
    return pd.DataFrame({"doc": docs, "text": list(texts), **columns})


def pairs(found):
    return found[["doc", "other", "kind"]].to_numpy().tolist()


def jaccard(one, other, size=3):
    """The definition, on sets of runs."""
    sets = []
    for text in (one, other):
        words = text.split()
        sets.append({tuple(words[n : n + size]) for n in range(max(len(words) - size + 1, 1))})
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def test_similarity_is_the_share_of_runs(twelve):
    # by hand: 8 runs of three words in ten; the last word changed breaks one of them: 7 of 9
    other = TEN.replace("عشرة", "مائة")
    found = duplicates(texts_of(TEN, other), min_similarity=0.7)
    assert pairs(found) == [["a", "b", "near"]]
    assert found["similarity"].tolist() == [pytest.approx(7 / 9)]
    assert duplicates(texts_of(TEN, other), min_similarity=0.8).empty


def test_same_text_and_same_words_are_told_apart():
    texts = texts_of(TEN, TEN, TEN.replace(" ", "،\n"), "أُخْرى نصوص", "اخري نصوص")
    assert pairs(duplicates(texts)) == [
        ["a", "b", "text"], ["a", "c", "words"], ["d", "e", "words"],
    ]  # fmt: skip


def test_header_is_no_part_of_what_is_compared():
    texts = texts_of(f"date 2025-11-16 {TEN}", f"x {TEN}", body_start=[16, 2])
    assert pairs(duplicates(texts)) == [["a", "b", "text"]]


def test_several_equal_texts_are_paired_with_the_first():
    near = TEN + " أحد"
    texts = texts_of(TEN, near, TEN, near, TEN)
    assert pairs(duplicates(texts)) == [
        ["a", "b", "near"], ["a", "c", "text"], ["a", "e", "text"], ["b", "d", "text"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n", "،؛؟ ...", None, np.nan, 3])
def test_texts_without_words_are_in_no_pair(text):
    assert duplicates(texts_of(text, text, TEN)).empty


def test_texts_shorter_than_a_run_are_compared_as_a_whole():
    assert pairs(duplicates(texts_of("نص", "نص", "نص آخر"))) == [["a", "b", "text"]]


def test_empty_table_gives_an_empty_one_with_its_columns():
    found = duplicates(texts_of())
    assert list(found.columns) == ["doc", "other", "kind", "similarity"]
    assert found.dtypes.astype("str").tolist() == ["str", "str", "category", "float64"]


def test_any_index_and_categorical_docs_are_taken():
    texts = texts_of(TEN, TEN).set_index(pd.Index([7, 7]))
    texts["doc"] = texts["doc"].astype(pd.CategoricalDtype(["z", "b", "a"]))
    assert pairs(duplicates(texts)) == [["a", "b", "text"]]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"min_similarity": 0.2}, "min_similarity is 0.2; pass a number from 0.3 to 1"),
        ({"min_similarity": 1.1}, "min_similarity is 1.1"),
        ({"min_similarity": "x"}, "min_similarity is 'x'"),
        ({"min_similarity": float("nan")}, "min_similarity is nan"),
        ({"shingle": 0}, "shingle is 0; pass a whole number"),
    ],
)
def test_numbers_out_of_range_are_refused(options, reason):
    with pytest.raises(ValueError, match=f"^duplicates: {reason}"):
        duplicates(texts_of(TEN), **options)


def test_missing_column_is_named():
    with pytest.raises(ValueError, match=r"^duplicates: no column 'text'"):
        duplicates(pd.DataFrame({"doc": ["a"]}))


def edited(text, number, draw):
    words = text.split()
    for place in draw.sample(range(len(words)), number):
        words[place] = f"بديل{place}"
    return " ".join(words)


@pytest.mark.parametrize(("threshold", "edits"), [(0.8, range(12)), (0.5, range(6, 40))])
def test_pairs_are_those_of_an_exhaustive_comparison(threshold, edits):
    draw = random.Random(5)
    vocabulary = [f"كلمة{number}" for number in range(3_000)]
    originals = [" ".join(draw.choices(vocabulary, k=200)) for _ in range(60)]
    copies = [edited(text, draw.choice(edits), draw) for text in originals]
    texts = pd.DataFrame({"doc": [f"{n:03}" for n in range(120)], "text": originals + copies})
    found = duplicates(texts, min_similarity=threshold)
    expected = {}
    for (one, first), (other, second) in itertools.combinations(enumerate(texts["text"]), 2):
        similarity = jaccard(first, second)
        if similarity >= threshold:
            expected[f"{one:03}", f"{other:03}"] = similarity
    got = dict(
        zip(zip(found["doc"], found["other"], strict=True), found["similarity"], strict=True)
    )
    assert set(got) <= set(expected)
    assert len(got) >= 0.97 * len(expected)
    for pair, similarity in got.items():
        assert similarity == pytest.approx(expected[pair])


def test_result_does_not_depend_on_the_run(twelve):
    draw = random.Random(1)
    texts = texts_of(*[edited(TEN * 3, draw.choice(range(4)), draw) for _ in range(20)])
    pd.testing.assert_frame_equal(duplicates(texts), duplicates(texts))


def test_missing_package_is_named_with_how_to_install_it(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(module.importlib, "import_module", missing)
    with pytest.raises(ValueError, match=r'pip install "mudawwana\[formats\]"\. Or pass min_sim'):
        duplicates(texts_of(TEN, TEN + " أحد"))
    assert len(duplicates(texts_of(TEN, TEN), min_similarity=1)) == 1
