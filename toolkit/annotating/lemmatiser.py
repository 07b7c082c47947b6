"""Words to lemmas with Stanza's lemmatiser, each word with its part of speech once."""

from collections.abc import Iterable, Sequence
from typing import Any

from toolkit.annotating.memo import NO_MEMO, Memo

Word = tuple[str, str | None]  # a form and its part of speech
MOST_WORDS = 200_000


class Lemmatiser:
    """Lemmas of forms; most lemmatisers know no more of a word than its part of speech.

    One that reads the sentence too is given whole sentences, and nothing is kept.
    """

    def __init__(self, processor: Any) -> None:
        self.processor = processor
        self.in_context = processor.trainer is not None and (
            processor.trainer.has_contextual_lemmatizers()
        )
        self.lemmas: dict[Word, str | None] = {}
        self.memo: Memo = NO_MEMO

    def of(self, sentences: Sequence[Sequence[Word]]) -> list[list[str | None]]:
        """The lemma of each word of each sentence, vocalised as the model has learnt it."""
        if self.in_context:
            return self._read(sentences)
        self.learn({word for sentence in sentences for word in sentence})
        return [[self.lemmas[word] for word in sentence] for sentence in sentences]

    def learn(self, words: Iterable[Word]) -> None:
        """Have the lemmas of these words in `lemmas`."""
        if len(self.lemmas) > MOST_WORDS:
            self.lemmas.clear()
        unknown = {name_of(word): word for word in set(words) - self.lemmas.keys()}
        for name, lemma in self.memo.known(unknown).items():
            self.lemmas[unknown.pop(name)] = lemma
        if unknown:
            new = sorted(unknown.values(), key=lambda word: (len(word[0]), word[0], word[1] or ""))
            found = dict(zip(new, self._read([new])[0], strict=True))
            self.lemmas |= found
            self.memo.keep({name_of(word): lemma for word, lemma in found.items() if lemma})

    def _read(self, sentences: Sequence[Sequence[Word]]) -> list[list[str | None]]:
        from stanza.models.common.doc import Document

        entries = [
            [
                {"id": (number,), "text": form, "upos": upos}
                for number, (form, upos) in enumerate(sentence, 1)
            ]
            for sentence in sentences
        ]
        document = self.processor.process(Document(entries))
        return [[word.lemma for word in sentence.words] for sentence in document.sentences]


def name_of(word: Word) -> str:
    """The word as one string, as memos know it."""
    form, upos = word
    return f"{upos or ''} {form}"
