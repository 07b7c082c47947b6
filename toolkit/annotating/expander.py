"""Fused tokens to their words with Stanza's expander, each token once."""

from collections.abc import Iterable
from typing import Any

from toolkit.annotating.memo import NO_MEMO, Memo
from toolkit.annotating.tokeniser import MARK_OF_FUSED
from toolkit.arabic.clitics import known_words

MOST_TOKENS = 200_000


class Expander:
    """Fused tokens to their words. A token is expanded once: no sentence changes its words."""

    def __init__(self, processor: Any) -> None:
        self.processor = processor
        self.words: dict[str, list[str]] = {}
        self.memo: Memo = NO_MEMO

    def learn(self, forms: Iterable[str]) -> None:
        """Have the words of these tokens in `words`."""
        if len(self.words) > MOST_TOKENS:
            self.words.clear()
        unknown = []
        for form in sorted(set(forms) - self.words.keys(), key=lambda form: (len(form), form)):
            found = known_words(form) or self._looked_up(form)
            if found is None:
                unknown.append(form)
            else:
                self.words[form] = _whole(form, found)
        for form, kept in self.memo.known(unknown).items():
            self.words[form] = kept.split(" ")
        new = [form for form in unknown if form not in self.words]
        if new:
            predicted = dict(zip(new, map(_whole, new, self._predicted(new)), strict=True))
            self.words |= predicted
            self.memo.keep({form: " ".join(words) for form, words in predicted.items()})

    def _looked_up(self, form: str) -> list[str] | None:
        """What the model's dictionary says, which Stanza prefers to the network."""
        config = self.processor.config
        if not (config.get("ensemble_dict") or config.get("dict_only")):
            return None
        found: str | None = self.processor.trainer.dict_expansion(form)
        return None if found is None else found.split()

    def _predicted(self, forms: list[str]) -> list[list[str]]:
        from stanza.models.common.doc import Document

        tokens = [
            {"id": (number,), "text": form, "misc": MARK_OF_FUSED}
            for number, form in enumerate(forms, 1)
        ]
        document = self.processor.process(Document([tokens]))
        return [[word.text for word in token.words] for token in document.sentences[0].tokens]


def _whole(form: str, words: list[str]) -> list[str]:
    """The words of a token; where there is but one, it is the token."""
    return words if len(words) > 1 else [form]
