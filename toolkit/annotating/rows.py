"""From the sentences of a document to the columns of its tables, offsets in the raw text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from toolkit import normalise
from toolkit.annotating.bioes import spans
from toolkit.annotating.name_clitics import clitics_before_name
from toolkit.arabic.clitics import OWN, Placement, place_words
from toolkit.arabic.sentences import RawToken
from toolkit.arabic.whole_names import WAW, begins_with_conjunction
from toolkit.tables import SCHEMA

CONJUNCTION = (WAW, ("CCONJ", None), "وَ")  # form, tag, lemma

Columns = dict[str, dict[str, Any]]
Places = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]

# Forms whose folding and kind are kept, so that memory does not grow with the corpus.
KEPT = 1 << 17


@dataclass(frozen=True)
class Source:
    """A document: its raw text, its folded body, and the way back."""

    doc: str
    text: str
    body_start: int
    folded: str
    offsets: normalise.OffsetMap

    def raw(self, starts: ArrayLike, ends: ArrayLike) -> tuple[Places, Places]:
        """The raw spans of spans in the folded body."""
        first, last = self.offsets.spans(starts, ends)
        return first + np.int32(self.body_start), last + np.int32(self.body_start)


@dataclass(frozen=True)
class Sentence:
    """A sentence as the models see it.

    Attributes
    ----------
    start : int
        Where its tokens are counted from, in the folded body of its document.
    tokens : list of RawToken
        The tokens as written.
    words : list of list of str
        The words of each token.
    tags : list of (str, str)
        The part of speech and the features of each word.
    lemmas : list of str
        The vocalised lemma of each word.
    names : list of str or None
        The tag of each token, in BIOES; None where names were not looked for, or not yet told.
    scores : array of float32, (tokens, tags), or None
        What each tag of a name scores for each token; None where names were not looked for.
    """

    start: int
    tokens: list[RawToken]
    words: list[list[str]]
    tags: list[tuple[str | None, str | None]]
    lemmas: list[str | None]
    names: list[str] | None = None
    scores: Scores | None = field(default=None, compare=False, repr=False)


@lru_cache(KEPT)
def folded(form: str) -> str:
    """The form as it is compared with others, `normalise.fold`; what is asked often is kept."""
    return normalise.fold(form)


@lru_cache(KEPT)
def _kind(form: str) -> str:
    return normalise.kind(form)


@lru_cache(KEPT)
def _lemma_key(lemma: str, kind: str) -> str:
    key = normalise.strip_tatweel(normalise.strip_diacritics(lemma))
    return normalise.fold_digits(key) if kind == "number" else key or lemma


@dataclass
class Numbers:
    """How many sentences and mentions a document has before the next ones."""

    sentences: int = 0
    entities: int = 0


def columns_of(source: Source, sentences: Sequence[Sentence], before: Numbers) -> Columns:
    """The columns of a document's tables, all but ``doc``, from some of its sentences.

    `before` is what came before them, and counts them too then.
    """
    sentences = list(map(with_conjunctions, sentences))
    found: Columns = {name: {} for name in ("sentences", "tokens", "words", "entities")}
    sizes = [len(sentence.tokens) for sentence in sentences]
    starts = [token.start + each.start for each in sentences for token in each.tokens]
    ends = [token.end + each.start for each in sentences for token in each.tokens]
    raw_starts, raw_ends = source.raw(starts, ends)
    last = np.cumsum(sizes, dtype=np.int32)
    sents = _from_one(len(sentences)) + np.int32(before.sentences)
    found["sentences"] = {
        "sent": sents,
        "start": raw_starts[last - sizes] if sizes else raw_starts,
        "end": raw_ends[last - 1] if sizes else raw_ends,
    }
    forms = [token.text for sentence in sentences for token in sentence.tokens]
    found["tokens"] = {
        "sent": np.repeat(sents, sizes),
        "token": _within(sizes),
        "form": forms,
        "norm": list(map(folded, forms)),
        "kind": list(map(_kind, forms)),
        "start": raw_starts,
        "end": raw_ends,
        "ner": list(chain.from_iterable(map(_names, sentences))),
    }
    found["words"] = _words(source, sentences, sents, starts)
    found["entities"] = _entities(source, sentences, before, found["tokens"], found["words"])
    before.sentences += len(sentences)
    before.entities += len(found["entities"]["sent"])
    return found


def with_conjunctions(sentence: Sentence) -> Sentence:
    """The sentence with ``و`` apart where it stands between two names and no model split it off."""
    joined, end = [], 0
    for first, last, _ in spans(sentence.names or []):
        if len(sentence.words[first]) == 1:
            name = " ".join(token.text for token in sentence.tokens[first:last])
            if begins_with_conjunction(name, after_name=first == end > 0):
                joined.append(first)
        end = last
    for token in reversed(joined):
        sentence = _split(sentence, token)
    return sentence


def _split(sentence: Sentence, token: int) -> Sentence:
    """The sentence with this token, which is one word, as ``و`` and the rest."""
    at = sum(map(len, sentence.words[:token]))
    form, tag, lemma = CONJUNCTION
    rest = sentence.words[token][0].removeprefix(form)
    words, tags, lemmas = sentence.words, sentence.tags, sentence.lemmas
    return replace(
        sentence,
        words=[*words[:token], [form, rest], *words[token + 1 :]],
        tags=[*tags[:at], tag, *tags[at:]],
        lemmas=[*lemmas[:at], lemma, rest, *lemmas[at + 1 :]],
    )


def _names(sentence: Sentence) -> Sequence[str | None]:
    return sentence.names if sentence.names is not None else [None] * len(sentence.tokens)


def _words(
    source: Source, sentences: Sequence[Sentence], sents: Places, token_starts: list[int]
) -> Any:
    """The columns of the words."""
    of_tokens = [words for sentence in sentences for words in sentence.words]
    per_token = list(map(len, of_tokens))
    per_sentence = [sum(map(len, sentence.words)) for sentence in sentences]
    tokens = (token.text for sentence in sentences for token in sentence.tokens)
    placed = list(chain.from_iterable(map(_placed, tokens, of_tokens)))
    begins = np.repeat(np.array(token_starts, dtype=np.int32), per_token)
    inside = np.array([place[:2] for place in placed], dtype=np.int32).reshape(-1, 2)
    starts, ends = source.raw(begins + inside[:, 0], begins + inside[:, 1])
    forms = list(chain.from_iterable(of_tokens))
    kinds = list(map(_kind, forms))
    lemmas = [lemma for sentence in sentences for lemma in sentence.lemmas]
    vocalised = [
        lemma if lemma and kind == "word" else form
        for lemma, kind, form in zip(lemmas, kinds, forms, strict=True)
    ]
    tags = [tag for sentence in sentences for tag in sentence.tags]
    token_numbers = _within([len(sentence.tokens) for sentence in sentences])
    return {
        "sent": np.repeat(sents, per_sentence),
        "token": np.repeat(token_numbers, per_token),
        "word": _within(per_sentence),
        "form": forms,
        "norm": list(map(folded, forms)),
        "kind": kinds,
        "lemma": list(map(_lemma_key, vocalised, kinds)),
        "lemma_vocalised": vocalised,
        "upos": [upos for upos, _ in tags],
        "feats": [feats for _, feats in tags],
        "head": [None] * len(forms),
        "deprel": [None] * len(forms),
        "start": starts,
        "end": ends,
        "span": [span for *_, span in placed],
    }


def _placed(token: str, words: list[str]) -> tuple[Placement, ...] | list[Placement]:
    if len(words) == 1 and words[0] == token:
        return ((0, len(token), OWN),)
    return place_words(token, words)


def _from_one(size: int) -> Places:
    return np.arange(1, size + 1, dtype=np.int32)


def _within(sizes: Sequence[int]) -> Places:
    """The numbers 1, 2, 3 ... within each of some groups."""
    before = np.cumsum(sizes, dtype=np.int32) - np.array(sizes, dtype=np.int32)
    return _from_one(sum(sizes)) - np.repeat(before, sizes)


def _entities(
    source: Source, sentences: Sequence[Sentence], before: Numbers, tokens: Any, words: Any
) -> Any:
    """The columns of the mentions."""
    found: dict[str, list[Any]] = {name: [] for name in SCHEMA["entities"] if name != "doc"}
    first_token = first_word = 0
    for number, sentence in enumerate(sentences, before.sentences + 1):
        word_at = np.cumsum([first_word, *map(len, sentence.words)]).tolist()
        for first, last, kind in spans(sentence.names or []):
            of_name = range(word_at[first], word_at[last])
            of_token = range(word_at[first], word_at[first + 1])
            start, clitics = _front(words, of_token)
            end = max(words["end"][word] for word in range(word_at[last - 1], of_name.stop))
            rest = tokens["form"][first_token + first + 1 : first_token + last]
            name = " ".join(["".join(words["form"][word] for word in of_token[clitics:]), *rest])
            values = (
                number,
                before.entities + len(found["sent"]) + 1,
                source.text[start:end],
                kind,
                name,
                int(start),
                int(end),
            )
            for column, value in zip(found.values(), values, strict=True):
                column.append(value)
        first_token += len(sentence.tokens)
        first_word = word_at[-1]
    return found


def _front(words: Any, of_token: range) -> tuple[int, int]:
    """Where a name begins whose first token has these words, and how many of them are clitics.

    Proclitics with letters of their own stay outside its span.
    """
    forms, tags = words["form"], words["upos"]
    clitics = clitics_before_name([forms[w] for w in of_token], [tags[w] for w in of_token])
    own = 0
    while own < clitics and words["span"][of_token[own]] == OWN:
        own += 1
    # words that share a span begin with their token: what an own clitic covers is not theirs
    start = words["end"][of_token[own - 1]] if own else words["start"][of_token[0]]
    return int(start), clitics
