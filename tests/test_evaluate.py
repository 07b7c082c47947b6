"""The scores of the model card on toy input; expected values are counted by hand."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import evaluate_ner
import evaluate_robustness as robustness
import evaluate_scores as scores
from evaluate_scores import Token, word_columns


def token(form, *words, gap=" ", upos="X", misc="_"):
    """A token of the words `form, lemma, feats`, or of one word that is the token."""
    columns = [word_columns(w[0], w[1], upos, w[2]) for w in words or [(form, None, None)]]
    return Token(form, gap, [[*word[:-1], misc] for word in columns])


# وقال is two words of gold; the system leaves it whole
GOLD = [[token("وقال", ("و", None, None), ("قال", None, None)), token("في"), token("دار", gap="")]]
WHOLE = [[token("وقال"), token("في"), token("دار", gap="")]]


def test_words_f1_counts_aligned_words():
    # 4 gold words, 3 of the system, 2 aligned
    measures = scores.score(scores.rows(GOLD), scores.rows(WHOLE))
    assert measures["Words"].f1 == pytest.approx(2 * 2 / (4 + 3))
    assert measures["Tokens"].f1 == 1


def test_lemmas_without_gold_are_not_scored():
    gold = [[token("أ", ("أ", "ا", None)), token("ب", ("ب", "ب", None)), token("ت")]]
    guess = [[token(form, (form, "ا", None)) for form in "أبت"]]
    share = scores.known_accuracy(
        scores.rows(gold), scores.rows(guess), "Lemmas", scores.LEMMA, scores.has_lemma
    )
    assert share == (0.5, 2)


def test_features_are_scored_where_their_source_is_named():
    known = "FeatsFrom=v1"
    gold = [
        [
            token("أ", ("أ", None, "Case=Nom|NumForm=Word"), misc=known),
            token("ب", misc=known),
            token("ت", ("ت", None, "Case=Gen"), misc=known),
            token("ث"),
        ]
    ]
    guess = [[token(form, (form, None, "Case=Nom")) for form in "أبتث"]]
    # right: the first, since NumForm is not universal; wrong: one with none, one in the genitive
    share, count = scores.known_accuracy(
        scores.rows(gold), scores.rows(guess), "UFeats", scores.FEATS, scores.has_feats
    )
    assert (share, count) == (pytest.approx(1 / 3), 3)


def test_gold_rows_and_their_text_give_tokens_with_their_gaps():
    text = "وقال في\n\nدار"
    lines = [*scores.rows([GOLD[0][:2]]), *scores.rows([GOLD[0][2:]])]
    sentences = scores.tokens_of(lines, text)
    assert [[t.gap for t in s] for s in sentences] == [[" ", "\n\n"], [""]]
    assert [len(t.words) for s in sentences for t in s] == [2, 1, 1]
    assert scores.text_of(sentences) == text
    assert scores.rows(sentences) == lines


def test_a_text_that_is_not_that_of_the_gold_is_named():
    with pytest.raises(ValueError, match="has 'وقال'"):
        scores.tokens_of(scores.rows(GOLD), "قال في دار")


def test_tokens_that_folding_takes_away_are_no_gold():
    sentences = [[token("دَار"), token("\N{ARABIC TATWEEL}")], [token("\N{ARABIC TATWEEL}")]]
    assert [[t.form for t in s] for s in scores.as_models_see(sentences)] == [["دار"]]


def test_a_table_is_markdown():
    assert scores.table(["a", "b"], [[1, "x"]]) == "| a | b |\n| --- | --- |\n| 1 | x |"


def test_entities_are_right_with_both_ends_and_the_type():
    gold = [["B-PER", "I-PER", "O", "B-LOC", "B-MISC"]]
    guess = [["B-PER", "E-PER", "O", "S-ORG", "S-MISC"]]
    rows = evaluate_ner.scores(gold, guess)
    # micro over PER, LOC, ORG: two guesses, two gold spans, one right; MISC stands apart
    assert rows["micro"] == (50, 50, 50, 2)
    assert rows["PER"] == (100, 100, 100, 1)
    assert rows["LOC"][1:] == (0, 0, 1)
    assert rows["MISC"] == (100, 100, 100, 1)


def test_a_letter_restored_or_not_costs_nothing():
    gold = [[token("واشار", ("و", None, None), ("أشار", None, None))]]
    guess = [[token("واشار", ("و", None, None), ("اشار", None, None))]]
    pair = [scores.rows(gold), scores.rows(guess)]
    assert scores.score(*pair)["Words"].correct == 1
    assert scores.score(*map(robustness.folded_forms, pair))["Words"].correct == 2


def test_vocalised_twins_agree_in_seven_words_of_ten():
    one = [token("وقال", ("و", None, None), ("قال", None, None)), token("كلمة")]
    plain, vocalised = robustness.vocalised_twins(
        [one, [token("أخرى")]], [["وَ", "قَالَ", "كَلِمَةً"], ["لا"]]
    )
    assert [[t.form for t in s] for s in plain] == [["وقال", "كلمة"]]
    assert [[t.form for t in s] for s in vocalised] == [["وَقَالَ", "كَلِمَةً"]]
    assert vocalised[0][-1].gap == "\n\n"


def test_latin_words_join_the_gold():
    sentence = [token(form, gap=" ") for form in "أبتثجحخدذر"]
    respelt = robustness.with_latin([sentence])[0]
    assert len(respelt) == 11
    assert respelt[-1].form.isascii()
    assert respelt[-1].words[0][2] == "X"


def test_no_latin_word_is_put_into_a_name():
    inside = [("كلمة", "O")] * 9 + [("نيو", "B-LOC"), ("يورك", "I-LOC")]
    assert robustness.latin_between(inside) == inside


@pytest.mark.parametrize(
    ("value", "base", "text"),
    [
        (90.0, None, "90.0"),
        (90.0, 90.0, "90.0 (+0.0)"),
        (88.0, 90.0, "88.0 (-2.0)"),
        (87.9, 90.0, "**87.9 (-2.1)**"),
        (90.5, 90.0, "90.5 (+0.5)"),
    ],
)
def test_a_cost_over_two_points_is_bold(value, base, text):
    assert robustness.cell(value, base, 1) == text


def test_every_perturbation_has_a_statement():
    assert all(len(line) > 20 and line.endswith(".") for line in robustness.statements())
