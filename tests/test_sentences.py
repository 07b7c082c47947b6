"""Paragraphs and sentences. Expected borders: set by hand. Texts written for this test."""

import re
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.arabic.sentences import LONGEST_ENCLOSURE, RawToken, paragraphs, split_sentences

# A word, a number, or one mark: dots together are one token, as the tokeniser has it.
TOKEN = re.compile(r"\.{2,}|[\w\N{ARABIC FATHA}]+|[^\w\s]")


def tokenise(text):
    return [RawToken(m[0], m.start(), m.end()) for m in TOKEN.finditer(text)]


def split(text):
    """The sentences of a text, with a bar between them."""
    return [
        text[sentence[0].start : sentence[-1].end] for sentence in split_sentences(tokenise(text))
    ]


# --- sentences --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        # a bar stands where a sentence ends
        "",
        "وصل",
        "وصل الضيف",
        "وصل الضيف.",
        "وصل الضيف. | ثم عاد.",
        "وصل الضيف! | ثم عاد.",
        "هل وصل الضيف؟ | نعم.",
        "هل وصل? | نعم.",
        "ماذا؟! | نعم.",
        "كفى!! | نعم.",
        "آية\N{ARABIC FULL STOP} | نعم.",
        # no sentence ends here
        "وصل، ثم عاد؛ وقال: نعم.",
        "بلغ 3.5 أمتار ثم زاد.",
        "بلغ ٣.٥ أمتار ثم زاد.",
        "قال د. سالم نعم.",
        "قال أ. د. سالم نعم.",
        "زار www.example.org ثم عاد.",
        # a forgotten space
        "وصل الضيف.|ثم عاد.",
        "هل وصل؟|ثم عاد.",
        # an ellipsis ends a sentence between two stretches that can stand alone
        "عاد الضيف إلى البيت مساء… | ولم يجد أحدا هناك.",
        "عاد الضيف إلى البيت مساء... | ولم يجد أحدا هناك.",
        "عاد الضيف إلى البيت مساء. . | ولم يجد أحدا هناك.",
        "عاد الضيف إلى البيت مساء.. | ولم يجد.. ثم نام الناس جميعا.",
        "هل عاد؟.. | ولم يجد أحدا هناك.",
        # ... and is a pause after a topic, before an afterthought or a word that leans on the last
        "الضيف.. عاد إلى البيت مساء.",
        "عاد الضيف إلى البيت مساء.. وحيدا. | ثم نام.",
        "عاد الضيف إلى البيت مساء.. وحيدا",
        "عاد الضيف إلى البيت مساء.. الذي بناه أبوه قديما.",
        "عاد الضيف إلى البيت...ثم نام حتى الصباح.",
        # names of Latin letters and addresses are no forgotten space
        "قالت شبكة بي.بي.سي ذلك. | نعم.",
        "وقع بنك جي.بي مورغان ذلك. | نعم.",
        "قالت وكالتا سي.إن.إن وإيه.بي.سي ذلك. | نعم.",
        "قال موقع العربية.نت ذلك. | نعم.",
        # an initial with a conjunction
        "قال م. سالم ود. كامل ذلك. | نعم.",
        "قال لي وي. | ثم عاد.",
        # numbers of a list
        "1. وصل الضيف. | 2. ثم عاد.",
        "بلغ العدد 20. | ثم زاد.",
        # brackets and quotation marks
        "قال (وصل. ثم عاد) ذلك. | نعم.",
        "قال «وصل. ثم عاد» ذلك. | نعم.",
        "قال “وصل. ثم عاد” ذلك. | نعم.",
        'قال "وصل. ثم عاد" ذلك. | نعم.',
        'قال "انتهى." | ثم عاد.',
        "قال (انتهى.) | ثم عاد.",
        "قال «انتهى!» | ثم عاد.",
        "قال «انتهى»، ثم عاد.",
        "قال «انتهى.»، ثم عاد.",
        "قال («وصل. ثم عاد.») | ثم نام.",
        'قال «أجاب "انتهى."» | ثم عاد.',
        "قال ((وصل. ثم) عاد. نعم) ذلك. | نعم.",
        # each paragraph of a quotation begins with a mark, only the last ends with one
        'قال "وصل الضيف. "ثم عاد". | نعم.',
        'قال "وصل الضيف. "ثم عاد. "ثم نام". | نعم.',
        'قال "وصل الضيف. "ثم عاد."',
        'قال "وصل الضيف. " | ثم "عاد" ونام.',
        'قال "وصل الضيف. " | "عاد" ونام.',
        # a mark that is never closed, or never opened
        "قال (وصل. | ثم عاد.",
        "قال وصل). | ثم عاد.",
        "قال وصل.) | ثم عاد.",
        'قال "وصل. | ثم عاد.',
    ],
)
def test_sentence_ends_at(marked):
    text = marked.replace(" | ", " ").replace("|", "")
    assert split(text) == [part.strip() for part in marked.split("|") if part]


def test_unclosed_bracket_swallows_no_paragraph():
    text = "قال (وصل. " + "نعم " * LONGEST_ENCLOSURE + ". انتهى ) ثم عاد."
    assert split(text)[0] == "قال (وصل."


def test_bracket_is_closed_within_the_longest_enclosure():
    text = "قال (وصل. " + "نعم " * (LONGEST_ENCLOSURE - 10) + "انتهى) ثم عاد."
    assert len(split(text)) == 1


TOKENS = st.lists(
    st.tuples(
        st.sampled_from([*'.!؟…"()[]«»،:;', "...", "1", "د", "قال", "عاد", "ab"]), st.booleans()
    ),
    max_size=40,
)


@given(TOKENS)
def test_no_token_is_lost_and_order_is_kept(parts):
    tokens, position = [], 0
    for text, spaced in parts:
        position += spaced
        tokens.append(RawToken(text, position, position + len(text)))
        position += len(text)
    sentences = split_sentences(tokens)
    assert list(chain.from_iterable(sentences)) == tokens
    assert all(sentences)


@given(st.integers(1, 30))
def test_each_plain_sentence_is_one(number):
    assert split("وصل الضيف. " * number) == ["وصل الضيف."] * number


# --- paragraphs -------------------------------------------------------------------------------


def parts(text):
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"])
def test_line_is_a_paragraph(line_end):
    text = f" عنوان{line_end}نص أول {line_end}{line_end}\tنص ثان{line_end}"
    assert parts(text) == ["عنوان", "نص أول", "نص ثان"]


@pytest.mark.parametrize("text", ["", " ", "\n", " \r\n\t\n "])
def test_blank_text_has_no_paragraph(text):
    assert paragraphs(text) == []


# Lines of 40 to 44 letters that break in the middle of a sentence, and a last one that is short.
WRAPPED = [
    "كانت القافلة تسير في الصحراء منذ أيام ولم",
    "تجد ماء ولا ظلا حتى لاحت لها من بعيد نخلة",
    "عالية عند بئر قديمة حفرها أهل تلك البلاد",
    "قبل مئات السنين فنزل الناس وشربوا وحمدوا",
    "الله.",
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", " \n"])
def test_wrapped_lines_of_a_block_are_one_paragraph(line_end):
    text = line_end.join(WRAPPED) + line_end * 2 + line_end.join(WRAPPED)
    block = line_end.join(WRAPPED)
    assert parts(text) == [block, block]


def test_long_lines_that_end_sentences_stay_paragraphs():
    lines = [line + "." for line in WRAPPED[:4]]
    assert parts("\n".join(lines)) == lines


def test_one_line_beyond_the_margin_shows_that_lines_are_paragraphs():
    lines = [*WRAPPED[:4], WRAPPED[0] + " " + WRAPPED[1][:20].strip()]
    assert parts("\n".join(lines)) == lines


def test_short_lines_stay_paragraphs():
    poem = ["قفا نبك من ذكرى حبيب", "ومنزل قديم في الديار", "سقاه المطر كل عام", "ثم رحل أهله عنه"]
    assert parts("\n".join(poem)) == poem


@given(st.text("اب. \t\n\r\v\u2028\x1c\u200f\u00a0", max_size=60))
def test_paragraphs_are_disjoint_and_cover_every_visible_character(text):
    spans = paragraphs(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for start, end in spans:
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
    covered = set(chain.from_iterable(range(start, end) for start, end in spans))
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


WORDS = st.lists(
    st.sampled_from(["قال", "الضيف", "في", "مدينة", "بعيدة."]), min_size=8, max_size=12
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_blank_line_always_ends_a_paragraph(blocks):
    """Whether lines are taken for wrapped or not, no paragraph reaches over a blank line."""
    lines = [["  ".join(words) for words in block] for block in blocks]
    text = "\n \n".join("\n".join(block) for block in lines)
    assert all("\n \n" not in part for part in parts(text))
    assert "".join(parts(text)).replace("\n", "") == "".join(chain.from_iterable(lines))
