"""The stages give what Stanza's own processors give, whatever they keep between sentences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from stanza.models.common.crf import viterbi_decode
from stanza.models.common.doc import Document as StanzaDocument

from toolkit import corpus, models
from toolkit.annotating import loading, tokeniser, vectors
from toolkit.annotating.expander import Expander
from toolkit.annotating.lemmatiser import Lemmatiser
from toolkit.annotating.pieces import blank, source_of
from toolkit.annotating.recogniser import (
    Recogniser,
    StanzaRecogniser,
    best_tags,
    recogniser_of,
)
from toolkit.annotating.tag_paths import best_paths
from toolkit.annotating.tagger import StanzaTagger, Tagger, tagger_of
from toolkit.annotating.tokeniser import StanzaTokeniser, Tokeniser, tokeniser_of
from toolkit.annotating.work import Document
from toolkit.arabic.sentences import paragraphs

# Nothing here is a sentence: what the tokeniser reads one window after the other, and odd letters.
LONG = "ذهب الوزير إلى المدينة وقال للصحفيين إنه سيعود " * 60
ODD = [
    "",
    "و",
    "راجع www.example.com/a-b أو اكتب إلى name.b@example.org. ثم عد!!",
    "قال...ثم سكت؟! نعم!!! لا؟؟؟",
    "أ" * 1500 + " نعم",
    "عام ١٩٩٩ و2015م، بنسبة 3.5% (تقريبا) في U.S.A و COVID-19",
    "كلمة  بعد   فراغ\x85وعلامة\x90تحكم \N{NO-BREAK SPACE} أخرى",
    "مع😀رمز وحرف\N{COMBINING ACUTE ACCENT} وكلمة نادرة: قسطنطينوبوليتانية",
    LONG,
    LONG.replace("إنه", "إنه."),
    LONG[:998],
    LONG[:999],
    LONG[:1000],
    LONG[:1001],
]


@pytest.fixture(scope="module")
def processors():
    found = models.resolve("news")
    return loading.stanza_pipeline(found.folder, found.package).processors


@pytest.fixture(scope="module")
def texts():
    (row,) = corpus.read_texts("seeds").itertuples()
    source = source_of(Document(0, row.doc, row.text, row.body_start))
    seed = [source.folded[start:end] for start, end in paragraphs(source.folded)]
    return [blank(text) for text in [*ODD, *seed]]


@pytest.fixture(scope="module")
def sentences(processors, texts):
    """Forms of tokens, short and long, seen and not seen, as the tokeniser gives them."""
    found = StanzaTokeniser(processors["tokenize"]).tokens(texts)
    return [[token.text for token in tokens] for tokens in found if tokens]


def test_tokens_are_those_of_stanza(processors, texts):
    fast, plain = Tokeniser(processors["tokenize"]), StanzaTokeniser(processors["tokenize"])
    for text in texts:  # each alone: Stanza's answer may depend on what is read beside it
        assert fast.tokens([text]) == plain.tokens([text]), text[:60]


def test_tokens_of_a_paragraph_do_not_depend_on_the_others(processors, texts):
    fast = Tokeniser(processors["tokenize"])
    alone = [fast.tokens([text])[0] for text in texts]
    assert fast.tokens(texts) == alone
    assert fast.tokens(texts[::-1]) == alone[::-1]
    assert fast.tokens([]) == []


def test_tokens_hold_every_letter(processors, texts):
    for text, tokens in zip(texts, Tokeniser(processors["tokenize"]).tokens(texts), strict=True):
        assert all(text[token.start : token.end] == token.text for token in tokens)
        covered = {at for token in tokens for at in range(token.start, token.end)}
        left = {char for at, char in enumerate(text) if at not in covered}
        assert left <= {" ", "\x85", "\x90"}


def test_tags_are_those_of_stanza(processors, sentences):
    fast = Tagger(processors["pos"])
    assert fast.tags(sentences) == StanzaTagger(processors["pos"]).tags(sentences)
    assert fast.tags(sentences[::-1]) == fast.tags(sentences)[::-1]
    assert fast.tags([]) == []


def test_names_are_those_of_stanza(processors, sentences):
    fast, plain = Recogniser(processors["ner"]), StanzaRecogniser(processors["ner"])
    scores = fast.scores(sentences)
    for ours, theirs in zip(scores, plain.scores(sentences), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
    found = best_tags(fast, scores)
    entries = [
        [{"id": (number,), "text": form} for number, form in enumerate(tokens, 1)]
        for tokens in sentences
    ]
    document = processors["ner"].process(StanzaDocument(entries))
    assert found == [[token.ner for token in each.tokens] for each in document.sentences]
    assert sum(tag != "O" for tags in found for tag in tags) > 20
    assert best_tags(fast, fast.scores(sentences[::-1])) == found[::-1]
    assert best_tags(plain, plain.scores(sentences)) == found
    assert best_tags(fast, fast.scores([])) == best_tags(plain, plain.scores([])) == []


def test_lemmas_are_those_of_stanza(processors, sentences):
    tags = Tagger(processors["pos"]).tags(sentences)
    words = [
        [(form, upos) for form, (upos, _) in zip(*each, strict=True)]
        for each in zip(sentences, tags, strict=True)
    ]
    kept = Lemmatiser(processors["lemma"])
    assert not kept.in_context
    first = kept.of(words)
    kept.in_context = True  # each sentence as it stands, nothing looked up
    assert first == kept.of(words) == Lemmatiser(processors["lemma"]).of(words)


def test_expanded_tokens_are_those_of_stanza(processors, texts):
    document = processors["tokenize"].process("\n\n".join(texts[-12:]))
    tokens = [token for each in document.sentences for token in each.tokens]
    fused = [token.text for token in tokens if "MWT=Yes" in (token.misc or "")]
    document = processors["mwt"].process(document)
    theirs = {
        token.text: [word.text for word in token.words]
        for sentence in document.sentences
        for token in sentence.tokens
    }
    expander = Expander(processors["mwt"])
    expander.learn(fused)
    assert len(expander.words) > 30
    assert expander.words == {form: theirs[form] for form in fused}


def test_what_is_kept_is_bounded(processors, sentences, monkeypatch):
    tags, names = Tagger(processors["pos"]), Recogniser(processors["ner"])

    def named(some):
        return best_tags(names, names.scores(some))

    expected = tags.tags(sentences), named(sentences)
    monkeypatch.setattr(vectors, "MOST_FORMS", 20)
    for sentence, of_words, of_tokens in zip(sentences, *expected, strict=True):
        assert tags.tags([sentence]) == [of_words]
        assert named([sentence]) == [of_tokens]
        assert len(tags.vectors.places) == len(tags.vectors.table) <= 20 + len(set(sentence))


@pytest.mark.parametrize(
    ("build", "fast", "plain"),
    [
        (tokeniser_of, Tokeniser, StanzaTokeniser),
        (tagger_of, Tagger, StanzaTagger),
        (recogniser_of, Recogniser, StanzaRecogniser),
    ],
)
def test_models_of_another_build_are_run_as_stanza_runs_them(
    processors, build, fast, plain, monkeypatch
):
    names = {tokeniser_of: "tokenize", tagger_of: "pos", recogniser_of: "ner"}
    processor = processors[names[build]]
    assert isinstance(build(processor), fast)
    if build is tokeniser_of:
        monkeypatch.setitem(processor.config, "use_dictionary", True)
    elif build is tagger_of:
        monkeypatch.setitem(processor.trainer.model.args, "bert_model", "some")
    else:
        monkeypatch.setattr(processor.trainers[0].model, "bert_model", "some")
    assert isinstance(build(processor), plain)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_best_paths_are_those_of_one_sentence_alone(data):
    lengths = sorted(data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=5)), reverse=True)
    numbers = st.floats(-5, 5, width=32)
    scores = data.draw(arrays.arrays(np.float32, (sum(lengths), 4), elements=numbers))
    transitions = data.draw(arrays.arrays(np.float32, (4, 4), elements=numbers))
    ends = np.cumsum(lengths)
    expected = [
        viterbi_decode(scores[end - length : end], transitions)[0]
        for length, end in zip(lengths, ends, strict=True)
    ]
    packed = scores[vectors.in_packed_order(np.array(lengths))]
    found = best_paths(packed, np.array(lengths), transitions)
    assert found.tolist() == [int(tag) for path in expected for tag in path]


def test_windows_are_cut_at_the_end_of_a_sentence_or_where_they_are_full(processors):
    fast = Tokeniser(processors["tokenize"])
    assert fast.window == tokeniser.SHORTEST_WINDOW == 1000
    found = fast._window(3, 10, 1500)
    assert (found.paragraph, found.start, found.end, found.length) == (3, 10, 1010, 1000)
    assert fast._window(0, 0, 20).length == 21  # a mark stands behind what is read whole
