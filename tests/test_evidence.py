"""Evidence for names from other places of a text and from other texts. Expected: by hand."""

import warnings
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from toolkit import corpus, models, pipeline
from toolkit.annotating import evidence, known_names, loading, provenance
from toolkit.annotating.evidence import NOTHING, WEIGHT, Known, evidence_of, with_evidence

TAGS = ["O", "S-PER", "E-PER", "S-LOC"]
# Shares of the tags at a place, and their evidence: the logarithm of the share of the tag times
# that of its type.
PERSON = [0.25, 0.5, 0.125, 0.125]
OF_PERSON = np.log([0.25 * 0.25, 0.5 * 0.625, 0.125 * 0.625, 0.125 * 0.125])
PLACE = [0.125, 0.125, 0.25, 0.5]
OF_PLACE = np.log([0.125 * 0.125, 0.125 * 0.375, 0.25 * 0.375, 0.5 * 0.5])
EVEN = [0.25, 0.25, 0.25, 0.25]


def scores(*shares):
    """Scores of a sentence with these shares; what is added to all tags does not matter."""
    return (np.log(shares) + 5).astype(np.float32)


def added(sentences, keys, known=NOTHING, forms=None):
    """What is added to the scores of each token of each sentence."""
    found = with_evidence(sentences, keys, forms or keys, tags=TAGS, known=known)
    assert [each.dtype for each in found] == [np.float32] * len(sentences)
    return [new - old for new, old in zip(found, sentences, strict=True)]


def test_evidence_is_the_logarithm_of_the_share_of_a_tag_and_of_its_type():
    found = evidence_of(scores(PERSON, PLACE), TAGS)
    np.testing.assert_allclose(found, [OF_PERSON, OF_PLACE], atol=1e-5)


def test_evidence_against_a_tag_has_an_end():
    (found,) = evidence_of(np.array([[0, 100, 100, 100]], np.float32), TAGS)
    assert found[0] == -24


def test_a_word_has_the_evidence_of_its_other_places():
    text = [scores(PERSON), scores(EVEN, PLACE)]
    (first,), (other, second) = added(text, [["مالطا"], ["إلى", "مالطا"]])
    np.testing.assert_allclose(first, WEIGHT * OF_PLACE / 2, atol=1e-5)
    np.testing.assert_allclose(second, WEIGHT * OF_PERSON / 2, atol=1e-5)
    np.testing.assert_allclose(other, 0, atol=1e-5)


def test_of_several_places_the_mean_counts_and_the_more_there_are_the_more():
    text = [scores(EVEN), scores(PLACE), scores(PERSON), scores(PLACE)]
    found = added(text, [["مالطا"]] * 4)
    np.testing.assert_allclose(found[0][0], WEIGHT * (2 * OF_PLACE + OF_PERSON) / 4, atol=1e-5)


def test_the_form_in_other_texts_counts_as_one_more_place():
    known = Known({"مالطا": 1, "حلب": 0}, np.array([[0] * 4, [10, 20, 30, 5]], np.uint8))
    elsewhere = -np.array([1, 2, 3, 0.5])
    text, keys = [scores(EVEN), scores(PLACE)], [["مالطا"], ["مالطا"]]
    first, _ = added(text, keys, known)
    np.testing.assert_allclose(first[0], WEIGHT * (OF_PLACE + elsewhere) / 3, atol=1e-5)
    (alone,) = added(text[:1], keys[:1], known)
    np.testing.assert_allclose(alone[0], WEIGHT * elsewhere / 2, atol=1e-5)


def test_a_token_with_a_clitic_counts_within_the_text_alone():
    known = Known({"ومالطا": 0, "مالطا": 0}, np.array([[10, 20, 30, 5]], np.uint8))
    text, keys = [scores(EVEN), scores(PLACE)], [["مالطا"], ["مالطا"]]
    first, second = added(text, keys, known, [["ومالطا"], ["ومالطا"]])
    np.testing.assert_allclose(first[0], WEIGHT * OF_PLACE / 2, atol=1e-5)
    of_even = np.log([0.25 * 0.25, 0.25 * 0.5, 0.25 * 0.5, 0.25 * 0.25])
    np.testing.assert_allclose(second[0], WEIGHT * of_even / 2, atol=1e-5)


def test_no_tag_falls_far_behind_the_best():
    known = Known({"مالطا": 0}, np.array([[10, 200, 30, 90]], np.uint8))
    (found,) = added([scores(EVEN)], [["مالطا"]], known)
    np.testing.assert_allclose(found[0], WEIGHT * np.array([-0.5, -4.5, -1.5, -4.5]), atol=1e-5)


def test_ordinary_words_may_well_be_those_of_an_organisation():
    tags = ["O", "B-ORG", "S-ORG", "B-PER"]
    known = Known({"هيئة": 0, "جامعة": 1}, np.array([[10, 40, 40, 40], [40, 10, 40, 40]], np.uint8))
    words = [["هيئة", "جامعة"]]
    (found,) = with_evidence([scores(EVEN, EVEN)], words, words, tags=tags, known=known)
    body, university = (found - scores(EVEN, EVEN)) / WEIGHT
    np.testing.assert_allclose(body, [-0.5, -1.5, -2, -2], atol=1e-5)
    np.testing.assert_allclose(university, [-2, -0.5, -2, -2], atol=1e-5)


def test_words_of_two_letters_are_left_alone():
    known = Known({"من": 0}, np.array([[10, 20, 30, 5]], np.uint8))
    for each in added([scores(EVEN), scores(PLACE)], [["من"], ["من"]], known):
        assert not each.any()


@given(
    arrays.arrays(np.float32, (5, 4), elements=st.floats(-9, 9, width=32)),
    st.lists(st.sampled_from(["دمشق", "حلب", "في"]), min_size=5, max_size=5),
    st.integers(1, 4),
)
def test_where_sentences_begin_does_not_matter(table, words, cut):
    whole = with_evidence([table], [words], [words], tags=TAGS, known=NOTHING)
    parts, keys = [table[:cut], table[cut:]], [words[:cut], words[cut:]]
    found = with_evidence(parts, keys, keys, tags=TAGS, known=NOTHING)
    np.testing.assert_array_equal(np.concatenate(found), whole[0])


# --- the file ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundled():
    return models.resolve("news")


def test_the_bundled_file_knows_names_of_the_news(bundled):
    loading._cached.cache_clear()
    stages = loading.load(bundled, "cpu")
    known, tags = stages.known, stages.recogniser.tags
    assert known.rows.shape == (len(known.places), len(tags))
    best = {
        form: tags[known.rows[known.places[form]].argmin()]
        for form in ("ميركل", "دمشق", "برشلونة", "على", "محمود", "سافر")
    }
    assert best == {
        "ميركل": "S-PER",
        "دمشق": "S-LOC",
        "برشلونة": "S-ORG",
        "على": "O",
        "محمود": "B-PER",
        "سافر": "O",
    }


@pytest.fixture
def moved(bundled, tmp_path):
    return replace(bundled, folder=tmp_path)


EVIDENCE = {"دمشق": np.array([-1.04, -30.0, 0.0]), "حلب": np.array([-0.5, -0.16, -12.0])}


def test_the_file_gives_what_was_written_to_a_step(moved):
    known_names.write(moved, EVIDENCE)
    known = known_names.known_names(moved)
    assert known.places == {"حلب": 0, "دمشق": 1}
    assert known.rows.tolist() == [[5, 2, 120], [10, 255, 0]]


def test_other_models_are_told_nothing(moved):
    known_names.write(moved, EVIDENCE)
    files = {**moved.files, "ner/news": {"file": "ner.pt", "sha256": "0" * 64}}
    other = replace(moved, files=files)
    assert known_names.known_names(other) is NOTHING
    assert known_names.version_of(other) == ""
    assert len(known_names.version_of(moved)) == 64
    (moved.folder / known_names.FILE).unlink()
    assert known_names.known_names(other) is NOTHING
    assert known_names.version_of(moved) == ""


@pytest.mark.parametrize("damage", ["cut", "empty", "changed", "another column", "no bytes"])
def test_a_damaged_file_is_told_of_and_not_used(damage, moved):
    path = known_names.write(moved, EVIDENCE)
    content, table = path.read_bytes(), pq.read_table(path)
    if damage == "changed":
        rows = [{**table.to_pylist()[0], "evidence": b"\x05\x03\x78"}, table.to_pylist()[1]]
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    elif damage == "another column":
        pq.write_table(table.rename_columns(["form", "other"]), path)
    elif damage == "no bytes":
        rows = [{**table.to_pylist()[0], "evidence": None}]
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    else:
        path.write_bytes(content[:200] if damage == "cut" else b"")
    with pytest.warns(UserWarning, match="is damaged.*fewer names are found"):
        assert known_names.known_names(moved) is NOTHING
    assert known_names.version_of(moved) == ""


def test_any_changed_bit_is_noticed_or_changes_nothing(moved):
    forms = {f"شكل{number}": np.arange(21) * -0.1 for number in range(200)}
    path = known_names.write(moved, forms)
    content, version = path.read_bytes(), known_names.version_of(moved)
    rows = known_names.known_names(moved).rows
    for place in range(0, len(content), len(content) // 60):
        damaged = bytearray(content)
        damaged[place] ^= 4
        path.write_bytes(bytes(damaged))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = known_names.known_names(moved)
        if known_names.version_of(moved):
            assert known_names.version_of(moved) == version
            assert (known.rows == rows).all()
        else:
            assert known is NOTHING


def test_a_file_that_is_mended_is_used_in_the_same_process(moved):
    path = known_names.write(moved, EVIDENCE)
    content, version = path.read_bytes(), known_names.version_of(moved)
    path.write_bytes(b"")
    with pytest.warns(UserWarning, match="is damaged"):
        assert known_names.version_of(moved) == ""
    path.write_bytes(content)
    assert known_names.version_of(moved) == version
    assert known_names.known_names(moved).places == {"حلب": 0, "دمشق": 1}


def test_a_corpus_says_which_evidence_told_its_names(bundled, monkeypatch):
    made = provenance.provenance_of(bundled, entities=True)
    assert len(made["models"]["evidence"]) == 64
    assert "evidence" not in provenance.provenance_of(bundled, entities=False)["models"]
    settings = provenance.settings_of(made, bundled)
    monkeypatch.setattr(known_names, "version_of", lambda model_set: "")
    without = provenance.provenance_of(bundled, entities=True)
    assert "evidence" not in without["models"]
    assert provenance.settings_of(without, bundled) != settings


# --- whole -------------------------------------------------------------------------------------


def test_a_name_has_no_word_that_other_places_tell_to_be_none(monkeypatch):
    texts = corpus.read_texts("data/mawsua/texts/sciences")
    canon = texts[texts["doc"].str.endswith("03_alqanun")]

    def first_name():
        found = pipeline.annotate(canon, cache=False, progress=False).entities
        return found["text"].iloc[0]

    # by hand: of "Abu Ali Ibn Sina finished it around 1025" the word for "around" is no name
    assert first_name() == "أبو علي ابن سينا"
    monkeypatch.setattr(evidence, "WEIGHT", 0.0)
    assert first_name() == "أبو علي ابن سينا نحو"
