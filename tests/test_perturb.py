"""Expected values are written by hand from the letters themselves."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import perturb

from toolkit.normalise import clean

KEHEH, FARSI_YEH = "\N{ARABIC LETTER KEHEH}", "\N{ARABIC LETTER FARSI YEH}"

# function, text in, text out
EXAMPLES = [
    (perturb.drop_hamza, "أكتوبر", "اكتوبر"),
    (perturb.drop_hamza, "إلى", "الى"),
    (perturb.drop_hamza, "مسؤول", "مسؤول"),
    (perturb.ya_undotted, "عربي", "عربى"),
    (perturb.ya_undotted, "عربية", "عربية"),
    (perturb.ya_undotted, "ي", "ي"),
    (perturb.maqsura_dotted, "على", "علي"),
    (perturb.ta_without_dots, "مدرسة", "مدرسه"),
    (perturb.ta_without_dots, "ة", "ة"),
    (perturb.ha_dotted, "كتابه", "كتابة"),
    (perturb.ha_dotted, "هذا", "هذا"),
    (perturb.hasty, "الأولية", "الاوليه"),
    (perturb.hasty, "أمي", "امى"),
    (perturb.arabic_indic_digits, "2018/10", "٢٠١٨/١٠"),
    (perturb.arabic_indic_numbers, "15,300.5%", "١٥\u066c٣٠٠\u066b٥\N{ARABIC PERCENT SIGN}"),
    (perturb.arabic_indic_numbers, "10,5", "١٠,٥"),
    (perturb.persian_digits, "2018", "\u06f2\u06f0\u06f1\u06f8"),
    (perturb.persian_keyboard, "كتابي", f"{KEHEH}تاب{FARSI_YEH}"),
    (perturb.persian_keyboard, "على", f"عل{FARSI_YEH}"),
    (
        perturb.presentation_forms,
        "ولأن",
        "\N{ARABIC LETTER WAW ISOLATED FORM}"
        "\N{ARABIC LIGATURE LAM WITH ALEF WITH HAMZA ABOVE ISOLATED FORM}"
        "\N{ARABIC LETTER NOON ISOLATED FORM}",
    ),
    (
        perturb.presentation_forms,
        "بلد",
        "\N{ARABIC LETTER BEH INITIAL FORM}\N{ARABIC LETTER LAM MEDIAL FORM}"
        "\N{ARABIC LETTER DAL FINAL FORM}",
    ),
    (perturb.shadda_and_tanwin, "من", "من"),
    (perturb.shadda_and_tanwin, "2018", "2018"),
    (perturb.all_diacritics, "(2018)", "(2018)"),
    (perturb.stretch, "دار", "دار"),
]
FOLDED_AWAY = [
    perturb.all_diacritics,
    perturb.shadda_and_tanwin,
    perturb.stretch,
    perturb.invisible_marks,
    perturb.presentation_forms,
]
TOKENS = ["للرئيس", "الأمة", "كتابي", "آمال", "ولأن", "إسلامية", "شيء", "2018", "(", "iPhone"]


@pytest.mark.parametrize(("change", "text_in", "text_out"), EXAMPLES)
def test_what_each_perturbation_writes(change, text_in, text_out):
    assert change(text_in) == text_out


@pytest.mark.parametrize("change", FOLDED_AWAY)
@pytest.mark.parametrize("token", TOKENS)
def test_signs_that_are_not_spelling_are_folded_away(change, token):
    assert clean(change(token))[0] == token


@pytest.mark.parametrize("change", FOLDED_AWAY)
def test_the_same_token_is_always_respelt_alike(change):
    assert change("للرئيس") == change("للرئيس") != "للرئيس"


def test_every_letter_gets_a_diacritic():
    bare = perturb.MARKS.sub("|", perturb.all_diacritics("كتب")).replace("||", "|")
    assert bare == "ك|ت|ب|"


def test_shadda_and_tanwin_are_partial():
    written = perturb.shadda_and_tanwin("مدرسة")
    assert written.count("\N{ARABIC SHADDA}") == 1
    assert written.endswith("\N{ARABIC FATHATAN}")
    assert len(written) == 7


def test_tatweel_stands_between_joined_letters_only():
    parts = perturb.stretch("كتاب").split("\N{ARABIC TATWEEL}")
    assert [part for part in parts if part] == ["ك", "ت", "اب"]


@pytest.mark.parametrize(
    ("token", "vocalised", "written"),
    [
        ("قال", "قَالَ", "قَالَ"),
        ("للحظر", "لِاَلحَظرِ", "لِلحَظرِ"),
        ("مدرسته", "مَدرَسَةِهِ", "مَدرَسَتِهِ"),
        ("الاميركيين", "اَلأَمِيرِكِيِّينَ", "اَلاَمِيرِكِيِّينَ"),
        ("كتب", "", "كتب"),
    ],
)
def test_diacritics_move_to_the_letters_as_written(token, vocalised, written):
    assert perturb.vocalise(token, vocalised) == written


def test_latin_words_follow_every_tenth_token_that_has_a_space():
    spaced = [True] * 9 + [False] + [True] * 15
    assert list(perturb.latin_insertions(spaced)) == [10, 20]
    assert set(perturb.latin_insertions(spaced).values()) <= set(perturb.LATIN_WORDS)


SENTENCE = [("قال", "O"), ("جون", "B-PER"), ("سميث", "I-PER"), ("في", "O"), ("لندن", "B-LOC")]


def test_names_in_latin_letters_keep_their_type():
    respelt = perturb.latin_names(SENTENCE)
    assert [pair for pair in respelt if pair[1] == "O"] == [("قال", "O"), ("في", "O")]
    assert all(token.isascii() for token, tag in respelt if tag != "O")
    assert [tag for _, tag in respelt if tag.startswith("B-")] == ["B-PER", "B-LOC"]


def test_no_name_is_replaced_at_a_share_of_zero():
    assert perturb.latin_names(SENTENCE, share=0) == SENTENCE


def test_the_conjunction_goes_before_the_first_token_of_a_name():
    respelt = perturb.and_before_names([*SENTENCE, ("Google", "B-ORG")])
    assert [token for token, _ in respelt] == ["قال", "وجون", "سميث", "في", "ولندن", "Google"]
