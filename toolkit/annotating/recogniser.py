"""Tokens to scores of tags of named entities with Stanza's recogniser, many sentences at once.

The network is Stanza's own; each form is looked up, spelt out and transformed once
(`toolkit.annotating.vectors`), the loss that Stanza computes beside the scores is not, and the best
paths of many sentences are found together. A recogniser of another build is run as Stanza runs it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from toolkit.annotating.devices import Room
from toolkit.annotating.rows import Scores
from toolkit.annotating.tag_paths import best_paths
from toolkit.annotating.vectors import Rows, Vectors, in_packed_order, letters_of, packed

Sentences = Sequence[Sequence[str]]


class Names(Protocol):
    """What scores the tags of tokens.

    Attributes
    ----------
    tags : list of str
        The tag of each number, in BIOES.
    transitions : array of float32, (tags, tags)
        What it scores to go from the tag of the row to that of the column.
    """

    tags: list[str]
    transitions: Scores

    def scores(self, sentences: Sentences) -> list[Scores]:
        """What each tag scores for each token of each sentence: arrays (tokens, tags)."""


def best_tags(names: Names, scores: Sequence[Scores]) -> list[list[str]]:
    """The best tag of each token of each sentence, by these scores."""
    from stanza.models.ner.trainer import fix_singleton_tags

    if not scores:
        return []
    longest_first = sorted(range(len(scores)), key=lambda number: -len(scores[number]))
    lengths = np.array([len(scores[number]) for number in longest_first])
    rows = np.concatenate([scores[number] for number in longest_first])
    paths = best_paths(rows[in_packed_order(lengths)], lengths, names.transitions)
    tags = list(map(names.tags.__getitem__, paths.tolist()))
    places = pairwise([0, *np.cumsum(lengths).tolist()])
    found = {
        number: fix_singleton_tags(tags[begin:end])
        for number, (begin, end) in zip(longest_first, places, strict=True)
    }
    return [found[number] for number in range(len(scores))]


def recogniser_of(processor: Any) -> Names:
    """The recogniser of one of Stanza's processors."""
    from stanza.models.common.vocab import CompositeVocab

    model = processor.trainers[0].model
    args = model.args
    as_known = (
        args["word_emb_dim"] > 0
        and "word" in model.vocab
        and model.delta_emb is None
        and hasattr(model, "charmodel")
        and model.bert_model is None
        and isinstance(model.vocab["tag"], CompositeVocab)
    )
    return Recogniser(processor) if as_known else StanzaRecogniser(processor)


class StanzaRecogniser:
    """Stanza's network as Stanza runs it."""

    def __init__(self, processor: Any) -> None:
        self.trainer = processor.trainers[0]
        self.config = processor.configs[0]
        self.layer: int = self.trainer.args["predict_tagset"] or 0
        self.tags = _tags_of(self.trainer.vocab["tag"], self.layer)
        self.transitions = _transitions_of(self.trainer.model, self.layer)

    def scores(self, sentences: Sentences) -> list[Scores]:
        """What each tag scores for each token of each sentence."""
        from stanza.models.common.doc import Document
        from stanza.models.common.utils import unsort
        from stanza.models.ner.data import DataLoader

        entries = [
            [{"id": (number,), "text": form} for number, form in enumerate(tokens, 1)]
            for tokens in sentences
        ]
        if not entries:
            return []
        trainer, config = self.trainer, self.config
        batches = DataLoader(
            Document(entries),
            config["batch_size"],
            config,
            vocab=trainer.vocab,
            evaluation=True,
            preprocess_tags=False,
            bert_tokenizer=trainer.model.bert_tokenizer,
        )
        found: list[Scores] = []
        said: list[Any] = []
        hook = trainer.model.register_forward_hook(lambda model, given, heard: said.append(heard))
        try:
            for batch in batches:
                said.clear()
                trainer.predict(batch)
                _, logits, _ = said[0]
                places, lengths = batch[5], batch[8]
                each = zip(logits[self.layer].detach().cpu().numpy(), lengths, strict=True)
                found += unsort([scores[:length] for scores, length in each], places)
        finally:
            hook.remove()
        return found


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
        self.transitions = _transitions_of(self.model, self.layer)
        self.tags = _tags_of(self.vocab["tag"], self.layer)

    def scores(self, sentences: Sentences) -> list[Scores]:
        """What each tag scores for each token of each sentence."""
        import torch

        with torch.inference_mode():
            return self.vectors.said(sentences, self._scored)

    def _scored(self, rows: Sequence[Rows], batch: list[int]) -> list[Scores]:
        """The scores of all tags for the sentences of a batch, longest first, a row per token."""
        of_batch = [rows[number] for number in batch]
        lengths = np.array(list(map(len, of_batch)))
        scores = self._read(packed(self.vectors.table, of_batch), len(batch)).cpu().numpy()
        back = np.argsort(in_packed_order(lengths))
        return np.split(scores[back], np.cumsum(lengths)[:-1])

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


def _transitions_of(model: Any, layer: int) -> Scores:
    found: Scores = model.crits[layer]._transitions.detach().cpu().numpy()
    return found


def _tags_of(vocabulary: Any, layer: int) -> list[str]:
    """The tag of each number; what is no tag counts as the first one, as in Stanza."""
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE

    first = VOCAB_PREFIX_SIZE
    if hasattr(vocabulary, "lens"):
        names: list[str] = vocabulary.items(layer)
    else:
        names = vocabulary.unmap(range(len(vocabulary)))
    return [names[first]] * first + names[first:]
