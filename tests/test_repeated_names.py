"""Names that a text has more than once. Expected tags: by hand, from the rules that are stated."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from toolkit import corpus, models, pipeline
from toolkit.annotating import loading, repeated_names
from toolkit.annotating.bioes import spans, tags_of
from toolkit.annotating.recogniser import Recogniser, best_tags
from toolkit.annotating.repeated_names import Claim, agreed, stretches
from toolkit.annotating.rows import Sentence
from toolkit.annotating.tag_paths import costs_of
from toolkit.arabic.sentences import RawToken

SURE, UNSURE = 99.0, 0.5


def sentence(text, names="", *, split=None, tags=None):
    """A sentence of tokens between blanks; names as in ``"PER:1-3 LOC:5"``, tokens from 1."""
    forms = text.split()
    found = ["O"] * len(forms)
    for each in names.split():
        kind, _, place = each.partition(":")
        first, _, last = place.partition("-")
        size = int(last or first) - int(first) + 1
        found[int(first) - 1 : int(first) - 1 + size] = tags_of(size, kind)
    words = [(split or {}).get(form, [form]) for form in forms]
    flat = [word for of_token in words for word in of_token]
    upos = [((tags or {}).get(word, "X"), None) for word in flat]
    tokens = [RawToken(form, 0, 0, fused=False) for form in forms]
    return Sentence(0, tokens, words, upos, list(flat), found)


def names(sentences, cost=UNSURE):
    """The mentions of each sentence once they agree: text and type; all claims cost the same."""
    return [
        [(" ".join(t.text for t in each.tokens[i:j]), kind) for i, j, kind in spans(each.names)]
        for each in agreed(sentences, lambda claims: [cost] * len(claims))
    ]


def test_a_name_that_was_missed_is_added():
    text = [sentence("قال مالوري أمس", "PER:2"), sentence("وسافر مالوري إلى مالطا", "LOC:4")]
    assert names(text) == [[("مالوري", "PER")], [("مالوري", "PER"), ("مالطا", "LOC")]]


def test_a_name_is_not_added_where_the_model_is_sure_that_there_is_none():
    text = [sentence("في الشمال فريق", "ORG:2"), sentence("هبت من الشمال ريح")]
    assert names(text, SURE) == [[("الشمال", "ORG")], []]


def test_the_more_often_a_name_was_found_the_less_sure_may_the_model_be():
    def text(times):
        return [sentence("قال مالوري", "PER:2")] * times + [sentence("سافر مالوري")]

    assert names(text(1), 4.5)[-1] == []
    assert names(text(2), 4.5)[-1] == [("مالوري", "PER")]
    assert names(text(4), 6.0)[-1] == [("مالوري", "PER")]
    assert names(text(4), 6.5)[-1] == []


def test_a_word_that_is_mostly_no_name_is_left_alone():
    text = [sentence("قال صالح", "PER:2"), sentence("هذا صالح للشرب"), sentence("عمل صالح")]
    assert names(text) == [[("صالح", "PER")], [], []]


@pytest.mark.parametrize(
    ("form", "split", "tags"),
    [
        ("ومالوري", {"ومالوري": ["و", "مالوري"]}, {"و": "CCONJ"}),
        ("لمالوري", {"لمالوري": ["ل", "مالوري"]}, {"ل": "ADP"}),
    ],
)
def test_a_clitic_before_a_name_does_not_hide_it(form, split, tags):
    text = [sentence("قال مالوري", "PER:2"), sentence(f"سافر زيد {form}", split=split, tags=tags)]
    assert names(text)[1] == [(form, "PER")]


def test_letters_of_clitics_are_taken_off_only_where_the_words_are_split():
    text = [sentence("زار صالح", "PER:2"), sentence("هذا لصالح الجميع")]
    assert names(text)[1] == []


@pytest.mark.parametrize("form", ["أحمد", "احمد", "أَحْمَد", "أحـمد"])
def test_spellings_of_one_name_are_one(form):
    assert names([sentence("قال أحمد", "PER:2"), sentence(f"سافر {form}")])[1] == [(form, "PER")]


def test_the_surname_of_a_full_name_is_found_and_its_first_name_is_not():
    text = [sentence("قال براد فالتشوك", "PER:2-3"), sentence("سافر فالتشوك"), sentence("جاء براد")]
    assert names(text) == [[("براد فالتشوك", "PER")], [("فالتشوك", "PER")], []]


def test_the_longest_name_is_taken():
    text = [
        sentence("في جنوب السودان", "LOC:2-3"),
        sentence("في السودان", "LOC:2"),
        sentence("من جنوب السودان إلى السودان"),
    ]
    assert names(text)[2] == [("جنوب السودان", "LOC"), ("السودان", "LOC")]


def test_a_name_of_two_types_has_the_one_that_is_twice_as_frequent():
    text = [*[sentence("قالت آبل", "ORG:2")] * 2, sentence("في آبل", "LOC:2")]
    assert names(text) == [[("آبل", "ORG")]] * 3
    text = [*text, sentence("في آبل", "LOC:2")]
    assert names(text) == [[("آبل", "ORG")]] * 2 + [[("آبل", "LOC")]] * 2


def test_a_type_is_not_changed_where_the_model_is_sure_of_it():
    text = [*[sentence("فاز برشلونة", "ORG:2")] * 4, sentence("في مدينة برشلونة", "LOC:3")]
    assert names(text, SURE)[4] == [("برشلونة", "LOC")]


def test_the_firm_does_not_take_the_type_of_its_founder():
    text = [*[sentence("قال والت ديزني", "PER:2-3")] * 4, sentence("أعلنت ديزني أرباحها", "ORG:2")]
    assert names(text)[4] == [("ديزني", "ORG")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("صلاح الدين", "رجال الدين حوله"),
        ("عبد الكريم", "القرآن الكريم معه"),
        ("ناصر الدولة", "أموال الدولة عنده"),
        ("محمد السادس", "في اليوم السادس"),
    ],
)
def test_the_last_word_of_a_compound_name_is_no_surname(name, text):
    found = [*[sentence(f"قال {name}", "PER:2-3")] * 4, sentence(text)]
    assert names(found)[4] == []


def test_an_adjective_is_no_organisation_and_may_be_a_person():
    adjective = {"الحوثي": "ADJ", "تشين": "ADJ"}
    text = [sentence("قال الحوثي", "ORG:2"), sentence("الحصار الحوثي", tags=adjective)]
    assert names(text)[1] == []
    text = [sentence("قال تشين", "PER:2"), sentence("فاز تشين", tags=adjective)]
    assert names(text)[1] == [("تشين", "PER")]


def test_the_surname_of_a_person_is_no_place():
    text = [*[sentence("قال ألبرت آينشتاين", "PER:2-3")] * 2, sentence("إلى آينشتاين", "LOC:2")]
    assert names(text)[2] == [("آينشتاين", "PER")]


def test_a_surname_is_not_put_beside_the_first_name_of_its_person():
    text = [sentence("قال فيليب لام", "PER:2-3"), sentence("ثم فيليب لام آخر", "PER:2")]
    assert names(text)[1] == [("فيليب", "PER")]
    split, tags = {"ولام": ["و", "لام"]}, {"و": "CCONJ"}
    text = [text[0], sentence("ثم فيليب ولام", "PER:2", split=split, tags=tags)]
    assert names(text)[1] == [("فيليب", "PER"), ("ولام", "PER")]


def test_what_is_of_the_class_of_many_things_is_never_added():
    text = [sentence("جائزة الأوسكار", "MISC:2"), sentence("حفل الأوسكار")]
    assert names(text)[1] == []


def test_a_nationality_is_no_place_and_the_country_is():
    tags = {"السعودية": "ADJ"}
    text = [sentence("في السعودية", "LOC:2"), sentence("الأغنية السعودية", tags=tags)]
    assert names(text)[1] == []
    assert names([text[0], sentence("وزير السعودية")])[1] == [("السعودية", "LOC")]


def test_a_name_is_never_put_over_a_part_of_another():
    text = [sentence("قال الأسد", "PER:2"), sentence("في حديقة الأسد الكبير", "LOC:2-4")]
    assert names(text)[1] == [("حديقة الأسد الكبير", "LOC")]


def test_sentences_without_names_are_as_they_were():
    text = [sentence("قال الوزير"), sentence("سافر الوزير")]
    assert agreed(text, lambda claims: pytest.fail("nothing is asked")) == text


def test_what_is_claimed_are_the_places_that_were_missed():
    asked = []

    def costs(claims):
        asked.extend(claims)
        return [SURE] * len(claims)

    agreed([sentence("قال مالوري", "PER:2"), sentence("ثم سافر مالوري")], costs)
    assert asked == [Claim(1, 2, 3, "PER")]


# --- stretches ---------------------------------------------------------------------------------


def test_a_document_is_read_in_stretches_and_never_with_another(monkeypatch):
    monkeypatch.setattr(repeated_names, "STRETCH", 10)
    parts = [(0, 6, ["a"]), (0, 6, ["b"]), (0, 6, ["c"]), (1, 3, ["d"]), (2, 20, ["e", "f"])]
    assert list(stretches(parts)) == [(0, ["a", "b"]), (0, ["c"]), (1, ["d"]), (2, ["e", "f"])]


def test_no_sentence_is_lost():
    parts = [(0, 1, []), (1, 30_000, ["a"]), (1, 1, []), (1, 1, ["b"]), (3, 0, [])]
    found = list(stretches(parts))
    assert [each for _, some in found for each in some] == ["a", "b"]


# --- costs -------------------------------------------------------------------------------------

TAGS = ["O", "S-PER", "B-PER", "E-PER"]
SIZES = st.floats(-9, 9, width=32)


@given(
    scores=arrays.arrays(np.float32, (4, 4), elements=SIZES),
    transitions=arrays.arrays(np.float32, (4, 4), elements=SIZES),
    first=st.integers(0, 3),
    size=st.integers(1, 2),
)
def test_a_cost_is_the_difference_to_the_best_of_all_sequences(scores, transitions, first, size):
    last = min(first + size, 4)
    wanted = [TAGS.index(tag) for tag in tags_of(last - first, "PER")]

    def score(path):
        through = sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
        return through + sum(float(scores[place, tag]) for place, tag in enumerate(path))

    paths = list(itertools.product(range(4), repeat=4))
    best = max(map(score, paths))
    with_it = max(score(path) for path in paths if list(path[first:last]) == wanted)
    (cost,) = costs_of(
        [Claim(1, first, last, "PER")],
        scores=[scores + 1, scores],
        transitions=transitions,
        tags=TAGS,
    )
    assert cost == pytest.approx(best - with_it, abs=1e-3)


def test_a_type_that_a_model_does_not_know_costs_all():
    scores, transitions = np.ones((2, 4), np.float32), np.zeros((4, 4), np.float32)
    claims = [Claim(0, 0, 1, "DATE")]
    costs = costs_of(claims, scores=[scores], transitions=transitions, tags=TAGS)
    assert costs == [np.inf]


def test_what_was_found_costs_nothing():
    found = models.resolve("news")
    recogniser = Recogniser(loading.stanza_pipeline(found.folder, found.package).processors["ner"])
    text = ["قال الرئيس محمود عباس في رام الله أمس .", "وصل عباس إلى القاهرة ."]
    scores = recogniser.scores([each.split() for each in text])
    tags = best_tags(recogniser, scores)
    claims = [Claim(n, *span) for n, each in enumerate(tags) for span in spans(each)]
    assert len(claims) == 4
    claims += [Claim(0, 1, 2, "PER"), Claim(1, 0, 2, "LOC"), Claim(1, 3, 4, "ORG")]
    costs = costs_of(
        claims, scores=scores, transitions=recogniser.transitions, tags=recogniser.tags
    )
    assert costs[:4] == pytest.approx([0] * 4, abs=1e-3)
    assert min(costs[4:]) > 1


# --- whole -------------------------------------------------------------------------------------


def test_the_mentions_of_a_text_do_not_depend_on_what_is_annotated_beside_it(monkeypatch):
    monkeypatch.setattr(repeated_names, "STRETCH", 1_500)
    texts = corpus.read_texts("data/mawsua/texts/people").head(4)

    def annotated(some):
        return pipeline.annotate(some, cache=False, progress=False).entities

    beside = annotated(texts)
    for doc in texts["doc"]:
        alone = annotated(texts[texts["doc"] == doc]).astype("object")
        columns = ["sent", "type", "start", "end", "text"]
        same = beside[beside["doc"] == doc].astype("object")
        assert alone[columns].to_numpy().tolist() == same[columns].to_numpy().tolist()
