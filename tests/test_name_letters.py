"""Letters of names that models take for words, and words that they leave on names, in the tables.

Expected values: by hand, from what the letters can only be.
"""

import pytest

from toolkit.annotating.pieces import source_of
from toolkit.annotating.rows import Numbers, Sentence, columns_of
from toolkit.annotating.work import Document
from toolkit.arabic.sentences import RawToken


def columns(text, names, *, words=None, tags=None):
    """The tables of a text whose tokens stand between blanks, names as BIOES without a type."""
    tokens, start = [], 0
    for form in text.split():
        tokens.append(RawToken(form, start, start + len(form), fused=False))
        start += len(form) + 1
    words = words or [[token.text] for token in tokens]
    flat = [word for of_token in words for word in of_token]
    tags = tags or [("X", None)] * len(flat)
    kinds = [name if name == "O" else f"{name}-PER" for name in names]
    document = Document(0, "a", text, 0)
    sentence = Sentence(0, tokens, words, tags, list(flat), kinds)
    return columns_of(source_of(document), [sentence], Numbers())


def test_and_between_two_names_is_a_word_and_outside_the_mention():
    found = columns("قال ترامب وجي دي فانس", ["O", "S", "B", "I", "E"])
    assert found["words"]["form"] == ["قال", "ترامب", "و", "جي", "دي", "فانس"]
    assert list(found["words"]["token"]) == [1, 2, 3, 3, 4, 5]
    assert list(found["words"]["start"]) == [0, 4, 10, 11, 14, 17]
    assert found["words"]["upos"] == ["X", "X", "CCONJ", "X", "X", "X"]
    assert found["words"]["lemma"] == ["قال", "ترامب", "و", "جي", "دي", "فانس"]
    assert found["entities"]["text"] == ["ترامب", "جي دي فانس"]
    assert list(found["entities"]["start"]) == [4, 11]
    assert found["tokens"]["form"] == ["قال", "ترامب", "وجي", "دي", "فانس"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال ترامب ، وفينيسيوس", ["O", "S", "O", "S"]),
        ("قال ترامب ثم وفينيسيوس", ["O", "S", "O", "S"]),
        ("وفينيسيوس قال", ["S", "O"]),
        ("قال ترامب وليد المعلم", ["O", "S", "B", "E"]),
        ("قال ترامب وفينيسيوس", ["O", "S", "O"]),
        ("قال ترامب وكيم", ["O", "B", "E"]),
    ],
)
def test_other_words_stay_as_the_models_split_them(text, names):
    assert columns(text, names)["words"]["form"] == text.split()


def test_two_such_words_in_a_sentence_are_split_both():
    found = columns("رأى ميسي ونيمار وسواريز", ["O", "S", "S", "S"])
    assert found["words"]["form"] == ["رأى", "ميسي", "و", "نيمار", "و", "سواريز"]
    assert found["entities"]["text"] == ["ميسي", "نيمار", "سواريز"]


@pytest.mark.parametrize(
    ("token", "words", "upos", "text"),
    [
        ("واتسون", ["و", "اتسون"], "CCONJ", "واتسون"),
        ("ستولمان", ["س", "تولمان"], "AUX", "ستولمان"),
        ("لمى", ["ل", "مى"], "ADP", "لمى"),
        ("لمي", ["ل", "مي"], "ADP", "مي"),
        ("وأحمد", ["و", "أحمد"], "CCONJ", "أحمد"),
        ("ولليون", ["و", "ل", "ليون"], "ADP", "ليون"),
    ],
)
def test_letter_of_a_known_name_is_no_clitic(token, words, upos, text):
    tags = [*[(upos, None)] * (len(words) - 1), ("X", None)]
    found = columns(token, ["S"], words=[words], tags=tags)
    assert found["entities"]["text"] == found["entities"]["name"] == [text]
