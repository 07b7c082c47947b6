"""Tokens to tags of named entities with Stanza's recogniser, many sentences at once.

The network is Stanza's own; each form is looked up, spelt out and transformed once
(`toolkit.annotating.vectors`), the loss that Stanza computes beside the tags is not, and the best
paths of many sentences are found together. A recogniser of another build is run as Stanza runs it.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from toolkit.annotating.devices import Room
from toolkit.annotating.repeated_names import Claim
from toolkit.annotating.tag_paths import Scores, best_paths, costs_of
from toolkit.annotating.vectors import Rows, Vectors, in_packed_order, letters_of, packed

Sentences = Sequence[Sequence[str]]


class Names(Protocol):
    """What tags the tokens of sentences."""

    def tags(self, sentences: Sentences) -> list[list[str]]:
        """The tag of each token of each sentence, in BIOES."""

    def costs(self, sentences: Sentences, claims: Sequence[Claim]) -> list[float]:
        """How far the best tags with each claim score below the best ones of its sentence."""


def recogniser_of(processor: Any) -> Names:
    """The recogniser of one of Stanza's processors."""
    from stanza.models.common.vocab import CompositeVocab

    model = processor.trainers[0].model
    args = model.args
    as_known = (
        len(processor.trainers) == 1
        and args["word_emb_dim"] > 0
        and "word" in model.vocab
        and model.delta_emb is None
        and hasattr(model, "charmodel")
        and model.bert_model is None
        and isinstance(model.vocab["tag"], CompositeVocab)
    )
    return Recogniser(processor) if as_known else StanzaRecogniser(processor)


class StanzaRecogniser:
    """Stanza's processor as it is."""

    def __init__(self, processor: Any) -> None:
        self.processor = processor

    def tags(self, sentences: Sentences) -> list[list[str]]:
        """The tag of each token of each sentence."""
        from stanza.models.common.doc import Document

        entries = [
            [{"id": (number,), "text": form} for number, form in enumerate(tokens, 1)]
            for tokens in sentences
        ]
        document = self.processor.process(Document(entries))
        return [[token.ner or "O" for token in each.tokens] for each in document.sentences]

    def costs(self, sentences: Sentences, claims: Sequence[Claim]) -> list[float]:
        """How far the best tags with each claim score below the best ones; by the first model."""
        trainer = self.processor.trainers[0]
        layer: int = trainer.args["predict_tagset"] or 0
        scores: dict[int, Scores] = {}
        transitions = trainer.model.crits[layer]._transitions.detach().cpu().numpy()
        seen: list[Any] = []
        hook = trainer.model.register_forward_hook(lambda model, given, said: seen.append(said))
        try:
            for number in sorted({claim.sentence for claim in claims}):
                seen.clear()
                self.tags([sentences[number]])
                _, logits, _ = seen[0]
                scores[number] = logits[layer][0].detach().cpu().numpy()
        finally:
            hook.remove()
        vocab = trainer.vocab["tag"]
        numbers = range(len(vocab))
        names = vocab.items(layer) if hasattr(vocab, "lens") else vocab.unmap(numbers)
        return costs_of(claims, scores, transitions, names=names)


class Recogniser:
    """Stanza's network, fed from tables."""

    def __init__(self, processor: Any) -> None:
        trainer = processor.trainers[0]
        self.model = trainer.model.eval()
        self.device = next(self.model.parameters()).device
        self.vocab = trainer.vocab
        self.layer: int = trainer.args["predict_tagset"] or 0
        self.room = Room(self.device)
        self.vectors = Vectors(self._vectors_of, self.room)
        transitions = self.model.crits[self.layer]._transitions
        self.transitions: Scores = transitions.detach().cpu().numpy()
        self.names = self._names_of_tags()

    def tags(self, sentences: Sentences) -> list[list[str]]:
        """The tag of each token of each sentence."""
        import torch

        with torch.inference_mode():
            return self.vectors.said(sentences, self._tagged)

    def costs(self, sentences: Sentences, claims: Sequence[Claim]) -> list[float]:
        """How far the best tags with each claim score below the best ones of its sentence."""
        import torch

        numbers = sorted({claim.sentence for claim in claims})
        with torch.inference_mode():
            scores = self.vectors.said([sentences[number] for number in numbers], self._scored)
        of_number = dict(zip(numbers, scores, strict=True))
        return costs_of(claims, of_number, self.transitions, names=self.names)

    def _scored(self, rows: Sequence[Rows], batch: list[int]) -> list[Scores]:
        """The scores of all tags for the sentences of a batch, a row per token."""
        scores, lengths = self._packed_scores(rows, batch)
        back = np.argsort(in_packed_order(lengths))
        return np.split(scores[back], np.cumsum(lengths)[:-1])

    def _tagged(self, rows: Sequence[Rows], batch: list[int]) -> list[list[str]]:
        """The tags of the sentences of a batch, longest first."""
        from stanza.models.ner.trainer import fix_singleton_tags

        scores, lengths = self._packed_scores(rows, batch)
        paths = best_paths(scores, lengths, self.transitions)
        tags = list(map(self.names.__getitem__, paths.tolist()))
        ends = np.cumsum(lengths).tolist()
        return [
            fix_singleton_tags(tags[begin:end])
            for begin, end in zip([0, *ends], ends, strict=False)
        ]

    def _packed_scores(self, rows: Sequence[Rows], batch: list[int]) -> tuple[Scores, Rows]:
        """The scores of all tags in packed order, and the lengths of the sentences of a batch."""
        of_batch = [rows[number] for number in batch]
        scores = self._read(packed(self.vectors.table, of_batch), len(batch)).cpu().numpy()
        return scores, np.array(list(map(len, of_batch)))

    def _vectors_of(self, forms: list[str]) -> Any:
        """What the network reads of each form: its embedding and its letters, transformed."""
        import torch

        model, args = self.model, self.model.args
        cased = [form.lower() for form in forms] if args.get("lowercase", True) else forms
        known = torch.tensor(self.vocab["word"].map(cased), device=self.device)
        lower = args.get("char_lowercase", False)
        letters = letters_of(model.charmodel, self.vocab["char"], forms, lower=lower)
        vectors = torch.cat([model.word_emb(known), letters], dim=1)
        return model.input_transform(vectors) if model.input_transform else vectors

    def _read(self, inputs: Any, sentences: int) -> Any:
        """The scores of all tags, a row per token in packed order."""
        import torch

        model = self.model
        size = (len(model.taggerlstm_h_init), sentences, model.args["hidden_dim"])
        start = [
            each.expand(size).contiguous()
            for each in (model.taggerlstm_h_init, model.taggerlstm_c_init)
        ]
        states = model.taggerlstm(inputs, None, hx=tuple(start))[0].data
        scores = model.tag_clfs[0](states)
        for layer in model.tag_clfs[1 : self.layer + 1]:
            # a layer may read what the one before it says
            connected = model.args.get("connect_output_layers")
            scores = layer(torch.cat([states, scores], dim=1) if connected else states)
        return scores

    def _names_of_tags(self) -> list[str]:
        """The tag of each number; what is no tag counts as the first one, as in Stanza."""
        from stanza.models.common.vocab import VOCAB_PREFIX_SIZE

        first = VOCAB_PREFIX_SIZE
        names: list[str] = self.vocab["tag"].items(self.layer)
        return [names[first]] * first + names[first:]
