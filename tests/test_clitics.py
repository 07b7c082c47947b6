"""Spans of clitic words. Expected spans: counted by hand."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.arabic.clitics import known_words, place_words
from toolkit.arabic.whole_names import begins_with_conjunction, is_whole

OWN, SHARED = "own", "shared"


@pytest.mark.parametrize(
    ("token", "forms", "spans"),
    [
        # letters follow one another
        ("كتاب", "كتاب", [(0, 4, OWN)]),
        ("وقالت", "و قالت", [(0, 1, OWN), (1, 5, OWN)]),
        ("وبالمدرسة", "و ب المدرسة", [(0, 1, OWN), (1, 2, OWN), (2, 9, OWN)]),
        ("فسيكتبونها", "ف س يكتبون ها", [(0, 1, OWN), (1, 2, OWN), (2, 8, OWN), (8, 10, OWN)]),
        ("فيما", "في ما", [(0, 2, OWN), (2, 4, OWN)]),
        ("للبنان", "ل لبنان", [(0, 1, OWN), (1, 6, OWN)]),
        ("لالتزام", "ل التزام", [(0, 1, OWN), (1, 7, OWN)]),
        # a letter is spelt otherwise at the seam
        ("مدرسته", "مدرسة ه", [(0, 5, OWN), (5, 6, OWN)]),
        ("إليه", "إلى ه", [(0, 3, OWN), (3, 4, OWN)]),
        ("لديهم", "لدى هم", [(0, 3, OWN), (3, 5, OWN)]),
        ("أبنائه", "أبناء ه", [(0, 5, OWN), (5, 6, OWN)]),
        ("أبناؤه", "أبناء ه", [(0, 5, OWN), (5, 6, OWN)]),
        ("مستواها", "مستوى ها", [(0, 5, OWN), (5, 7, OWN)]),
        ("بانه", "ب أن ه", [(0, 1, OWN), (1, 3, OWN), (3, 4, OWN)]),
        # one word lost or gained a letter, and has the rest of the token for itself
        ("كتبوه", "كتبوا ه", [(0, 4, OWN), (4, 5, OWN)]),
        ("بسم", "ب اسم", [(0, 1, OWN), (1, 3, OWN)]),
        # letters are contracted
        ("للرئيس", "ل الرئيس", [(0, 6, SHARED), (0, 6, SHARED)]),
        ("وللجزيرة", "و ل الجزيرة", [(0, 1, OWN), (0, 8, SHARED), (0, 8, SHARED)]),
        ("لله", "ل الله", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("مما", "من ما", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("عما", "عن ما", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("ممن", "من من", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("وعما", "و عن ما", [(0, 1, OWN), (0, 4, SHARED), (0, 4, SHARED)]),
        ("ألا", "أن لا", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("لئلا", "ل أن لا", [(0, 1, OWN), (0, 4, SHARED), (0, 4, SHARED)]),
        ("إلي", "إلى ي", [(0, 3, SHARED), (0, 3, SHARED)]),
        ("عم", "عن ما", [(0, 2, SHARED), (0, 2, SHARED)]),
        # contracted, with a pronoun that keeps its letters
        ("لمدرستها", "ل مدرسة ها", [(0, 1, OWN), (1, 6, OWN), (6, 8, OWN)]),
        ("للقائه", "ل اللقاء ه", [(0, 6, SHARED), (0, 6, SHARED), (5, 6, OWN)]),
        # what a model makes up
        ("مدرسة", "شيء آخر", [(0, 5, SHARED), (0, 5, SHARED)]),
        ("مدرسة", "مدرسة مدرسة", [(0, 5, SHARED), (0, 5, SHARED)]),
        ("مدرسة", "مدر", [(0, 5, OWN)]),
        ("م", "م ا ل", [(0, 1, SHARED), (0, 1, SHARED), (0, 1, SHARED)]),
    ],
)
def test_words_are_placed_in_their_token(token, forms, spans):
    assert place_words(token, forms.split()) == spans


LETTERS = st.text("اللوفبكسهمنيةىأإئءرx1.", min_size=1, max_size=8)


def assert_sound(token, forms):
    placed = place_words(token, forms)
    assert len(placed) == len(forms)
    assert all(0 <= start < end <= len(token) for start, end, _ in placed)
    assert {span for *_, span in placed} <= {OWN, SHARED}
    own = [(start, end) for start, end, span in placed if span == OWN]
    assert all(before[1] <= after[0] for before, after in pairwise(own))
    shared = [(start, end) for start, end, span in placed if span == SHARED]
    assert all(span == (0, len(token)) for span in shared)
    covered = set().union(*(range(start, end) for start, end, _ in placed))
    assert covered == set(range(len(token)))


@given(LETTERS, st.lists(st.text("اللوفبكسهمنيةىأإئءرx1.", max_size=6), min_size=1, max_size=5))
@example("ا", ["ا", "ا"])
@example("للل", ["ل", "ال", "ل"])
@example("مدرسته", [""])
@example("مدرسته", ["م", "", "ه"])
def test_any_expansion_is_placed_within_the_token(token, forms):
    """Every letter belongs to a word, own spans never overlap, shared ones are the token."""
    assert_sound(token, forms)


@given(st.lists(st.text("بتثجحخدرزسشصك", min_size=1, max_size=4), min_size=1, max_size=5))
def test_words_that_concatenate_get_their_own_letters(forms):
    token = "".join(forms)
    placed = place_words(token, forms)
    assert [token[start:end] for start, end, _ in placed] == forms
    assert {span for *_, span in placed} == {OWN}


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("لليفربول", "ل ليفربول"),
        ("لليون", "ل ليون"),
        ("وللبنان", "و ل لبنان"),
        ("للؤي", "ل لؤي"),
        ("لله", "ل الله"),
        ("والله", "و الله"),
        # with an article, or not to be told from one
        ("للجزيرة", None),
        ("للجين", None),
        ("للبنى", None),
        ("لليل", None),
        ("للرئيس", None),
        # no clitic
        ("ليفربول", None),
        ("لل", None),
        ("", None),
    ],
)
def test_words_of_tokens_that_no_model_decides(token, words):
    assert known_words(token) == (words.split() if words else None)


@pytest.mark.parametrize(
    ("name", "after_name", "expected"),
    [
        ("وأنالينا بيربوك", False, True),
        ("وإليسا", False, True),
        ("وفينيسيوس", True, True),
        ("وفينيسيوس", False, False),
        ("وجي دي فانس", True, True),
        ("وجي", True, False),
        ("وواشنطن", True, True),
        ("وويلز", True, True),
        ("ووكر", True, False),
        ("وليد المعلم", True, False),
        ("واشنطن", True, False),
        ("وول ستريت", True, False),
        ("وائل", True, False),
        ("فينيسيوس", True, False),
        ("و", True, False),
        ("", True, False),
    ],
)
def test_first_letter_of_a_name_that_is_a_word(name, after_name, expected):
    assert begins_with_conjunction(name, after_name=after_name) is expected


@pytest.mark.parametrize(
    ("letter", "rest", "expected"),
    [
        ("و", "اتسون", True),
        ("و", "ليد", True),
        ("ل", "مى", True),
        ("ل", "مي", False),
        ("س", "تولمان", True),
        ("و", "أحمد", False),
        ("ب", "دمشق", False),
        ("ل", "الأمم", False),
    ],
)
def test_letter_that_is_no_clitic_but_a_name_s(letter, rest, expected):
    assert is_whole(letter, rest) is expected
