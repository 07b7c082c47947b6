"""The steps of annotation one after the other: tokens, sentences, clitics, tags, lemmas, names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, islice
from typing import Any

from toolkit.annotating.evidence import NOTHING, Known, with_evidence
from toolkit.annotating.expander import Expander
from toolkit.annotating.lemmatiser import Lemmatiser
from toolkit.annotating.memo import Memo
from toolkit.annotating.pieces import Piece, blank, parts_of
from toolkit.annotating.recogniser import Names, best_tags, recogniser_of
from toolkit.annotating.repeated_names import agreed, bare_forms
from toolkit.annotating.rows import Sentence
from toolkit.annotating.tag_paths import costs_of
from toolkit.annotating.tagger import tagger_of
from toolkit.annotating.tokeniser import tokeniser_of
from toolkit.arabic.clitics import known_words
from toolkit.arabic.sentences import RawToken, split_sentences


class Stages:
    """The models of one of Stanza's pipelines, and what they need to compute only once.

    `names` gives Stanza's processor of names; it is asked when names are first looked for.
    `known` is the evidence for names that there is from other texts.
    """

    def __init__(self, nlp: Any, names: Callable[[], Any], known: Known = NOTHING) -> None:
        self.tokeniser = tokeniser_of(nlp.processors["tokenize"])
        self.expander = Expander(nlp.processors["mwt"])
        self.tagger = tagger_of(nlp.processors["pos"])
        self.lemmatiser = Lemmatiser(nlp.processors["lemma"])
        self.known = known
        self._names = names

    @cached_property
    def recogniser(self) -> Names:
        """What scores the tags of names."""
        return recogniser_of(self._names())

    def remember(self, words: Memo, lemmas: Memo) -> None:
        """Look forms up in these memos before a network reads them, and keep there what it says."""
        self.expander.memo, self.lemmatiser.memo = words, lemmas

    def run(self, batch: Sequence[Piece], *, entities: bool) -> Iterator[list[Sentence]]:
        """The sentences of each piece."""
        of_pieces = self.tokeniser.tokens([blank(piece.text) for piece in batch])
        repaired = [split_sentences(list(chain.from_iterable(map(parts_of, o)))) for o in of_pieces]
        sentences = [tokens for of_piece in repaired for tokens in of_piece]
        said = iter(self.said(sentences, entities=entities))
        for piece, of_piece in zip(batch, repaired, strict=True):
            yield [replace(each, start=piece.start) for each in islice(said, len(of_piece))]

    def said(
        self, sentences: Sequence[Sequence[RawToken]], *, entities: bool = True
    ) -> list[Sentence]:
        """The sentences with their words, tags, lemmas and scores of names, each read alone."""
        words = self._words(sentences)
        flat = [list(chain.from_iterable(of_tokens)) for of_tokens in words]
        tags = self.tagger.tags(flat)
        tagged = [
            [(form, upos) for form, (upos, _) in zip(forms, of_words, strict=True)]
            for forms, of_words in zip(flat, tags, strict=True)
        ]
        lemmas = self.lemmatiser.of(tagged)
        forms = [[token.text for token in tokens] for tokens in sentences]
        scores = self.recogniser.scores(forms) if entities else [None] * len(sentences)
        columns = zip(map(list, sentences), words, tags, lemmas, scores, strict=True)
        return [
            Sentence(0, tokens, of_tokens, of_words, their_lemmas, scores=of_names)
            for tokens, of_tokens, of_words, their_lemmas, of_names in columns
        ]

    def named(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences of one text with their names, which they tell one another."""
        return named(sentences, self.recogniser, self.known)

    def _words(self, sentences: Sequence[Sequence[RawToken]]) -> list[list[list[str]]]:
        """The words of each token of each sentence."""
        fused = [
            [token.fused or known_words(token.text) is not None for token in tokens]
            for tokens in sentences
        ]
        self.expander.learn(
            token.text
            for tokens, marks in zip(sentences, fused, strict=True)
            for token, is_fused in zip(tokens, marks, strict=True)
            if is_fused
        )
        words = self.expander.words
        return [
            [
                words[token.text] if is_fused else [token.text]
                for token, is_fused in zip(tokens, marks, strict=True)
            ]
            for tokens, marks in zip(sentences, fused, strict=True)
        ]


def named(sentences: Sequence[Sentence], recogniser: Names, known: Known) -> list[Sentence]:
    """The sentences of one text, whose tags of names are scored, with their names."""
    if not sentences:
        return []
    forms = [[token.text for token in sentence.tokens] for sentence in sentences]
    keys = list(map(bare_forms, sentences))
    said = [sentence.scores for sentence in sentences if sentence.scores is not None]
    scores = with_evidence(said, keys, forms, tags=recogniser.tags, known=known)
    found = [
        replace(sentence, names=tags, scores=None)
        for sentence, tags in zip(sentences, best_tags(recogniser, scores), strict=True)
    ]
    costs = partial(
        costs_of, scores=scores, transitions=recogniser.transitions, tags=recogniser.tags
    )
    return agreed(found, costs)
