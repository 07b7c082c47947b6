"""The order of the alphabet. Expected orders: written down by hand from the Arabic alphabet."""

import pytest

from toolkit.arabic.collation import collation_key, ranks

ALPHABET = list("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def in_order(texts):
    return sorted(texts, key=collation_key)


def test_letters_come_in_the_order_of_the_alphabet():
    assert in_order(reversed(ALPHABET)) == ALPHABET


def test_digits_and_latin_come_after_arabic_and_punctuation_last():
    expected = ["اب", "يد", "1", "٢", "3", "Alpha", "beta", "Ωμέγα", ".", "؟"]
    assert in_order(reversed(expected)) == expected


@pytest.mark.parametrize(
    ("between", "before", "after"),
    [
        ("أمن", "امل", "انس"),
        ("إمن", "امل", "انس"),
        ("آمن", "امل", "انس"),
        ("\N{ARABIC LETTER ALEF WASLA}من", "امل", "انس"),
        ("سؤل", "سوك", "سوم"),
        ("سئل", "سيك", "سيم"),
        ("سءل", "ساك", "سام"),
        ("مكتبة", "مكتبب", "مكتبث"),
        ("موسى", "موسو", "موسيا"),
        ("كَتَبَ", "كتا", "كتت"),
        ("كتـــب", "كتا", "كتت"),
        ("\N{ARABIC LETTER KEHEH}تب", "كتا", "كتت"),
        ("\N{ARABIC LETTER BEH INITIAL FORM}يت", "بيب", "بيث"),
        ("2b", "2a", "2c"),
    ],
)
def test_variants_go_with_their_letter(between, before, after):
    assert in_order([after, between, before]) == [before, between, after]


def test_spellings_of_equal_letters_follow_by_code_point():
    # U+0622 آ, U+0623 أ, U+0625 إ, U+0627 ا
    assert in_order(["ان", "إن", "أن", "آن"]) == ["آن", "أن", "إن", "ان"]


def test_shorter_comes_before_longer_and_nothing_first():
    assert in_order(["باب", "با", "ب", ""]) == ["", "ب", "با", "باب"]


def test_ranks_count_each_text_once():
    assert ranks(["ت", "ب", "ت", "أ"]) == {"أ": 0, "ب": 1, "ت": 2}
    assert ranks([]) == {}
