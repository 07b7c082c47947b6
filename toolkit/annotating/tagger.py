"""Words to parts of speech and features with Stanza's tagger, many sentences at once.

The network is Stanza's own; each form is looked up and spelt out once
(`toolkit.annotating.vectors`), and the scorers of the features, which see of the part of speech its
embedding alone, are folded into one matrix per part of speech. A tagger of another build is run as
Stanza runs it.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from toolkit.annotating.devices import Room
from toolkit.annotating.vectors import Rows, Vectors, in_packed_order, letters_of, packed

Tag = tuple[str | None, str | None]
Sentences = Sequence[Sequence[str]]

NOTHING = "_"  # Stanza's


class Tags(Protocol):
    """What tags the words of sentences."""

    def tags(self, sentences: Sentences) -> list[list[Tag]]:
        """The part of speech and the features of each word of each sentence."""


def tagger_of(processor: Any) -> Tags:
    """The tagger of one of Stanza's processors."""
    model = processor.trainer.model
    args = model.args
    as_known = (
        args["pretrain"]
        and args["word_emb_dim"] > 0
        and hasattr(model, "charmodel")
        and not args.get("bert_model")
        and not model.share_hid
        and model.link_mode == "tag_emb"
        and model.column_parents.get("feats") == ("upos",)
        and isinstance(model.tag_clf["feats"], _list_of_modules())
    )
    return Tagger(processor) if as_known else StanzaTagger(processor)


def _list_of_modules() -> type:
    import torch

    return torch.nn.ModuleList


class StanzaTagger:
    """Stanza's processor as it is."""

    def __init__(self, processor: Any) -> None:
        self.processor = processor

    def tags(self, sentences: Sentences) -> list[list[Tag]]:
        """The part of speech and the features of each word of each sentence."""
        from stanza.models.common.doc import Document

        entries = [
            [{"id": (number,), "text": form} for number, form in enumerate(words, 1)]
            for words in sentences
        ]
        document = self.processor.process(Document(entries))
        return [[(word.upos, word.feats) for word in each.words] for each in document.sentences]


class Tagger:
    """Stanza's network, fed from tables."""

    def __init__(self, processor: Any) -> None:
        from stanza.models.common.utils import EXCLAM_RE, QUESTION_RE

        self.model = processor.trainer.model.eval()
        self.device = next(self.model.parameters()).device
        self.vocab = processor.vocab
        self.known = processor.pretrain.vocab
        self.marks = ((QUESTION_RE, "?"), (EXCLAM_RE, "!"))  # runs that Stanza reads as one mark
        self.room = Room(self.device)
        self.vectors = Vectors(self._vectors_of, self.room)
        parts = self.vocab["upos"].unmap(range(len(self.vocab["upos"])))
        self.parts = [None if part == NOTHING else part for part in parts]
        self.widths = self.vocab["feats"].lens()
        self.scorers = self._scorers()
        self.features: dict[bytes, str | None] = {}

    def tags(self, sentences: Sentences) -> list[list[Tag]]:
        """The part of speech and the features of each word of each sentence."""
        import torch

        with torch.inference_mode():
            return self.vectors.said(sentences, self._tagged)

    def _tagged(self, rows: Sequence[Rows], batch: list[int]) -> list[list[Tag]]:
        """The tags of the sentences of a batch, longest first."""
        lengths = np.array([len(rows[number]) for number in batch])
        inputs = packed(self.vectors.table, [rows[number] for number in batch])
        parts, features = (each.cpu().numpy() for each in self._read(inputs, lengths))
        order = np.argsort(in_packed_order(lengths))
        tags = self._tags_of(parts[order], features[order])
        ends = np.cumsum(lengths).tolist()
        return [tags[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]

    def _vectors_of(self, forms: list[str]) -> Any:
        """What the network reads of each form: embeddings trained with it, given ones, letters."""
        import torch

        model = self.model
        forms = [self._simplified(form) for form in forms]
        own = torch.tensor(self.vocab["word"].map(forms), device=self.device)
        given = torch.tensor(self.known.map([form.lower() for form in forms]), device=self.device)
        letters = letters_of(model.charmodel, self.vocab["char"], forms)
        return torch.cat(
            [
                model.word_emb(own),
                model.trans_pretrained(model.pretrained_emb(given)),
                model.trans_char(letters),
            ],
            dim=1,
        )

    def _simplified(self, form: str) -> str:
        for pattern, mark in self.marks:
            form = pattern.sub(mark, form)
        return form

    def _read(self, inputs: Any, lengths: Any) -> tuple[Any, Any]:
        """The numbers of the part of speech and of each feature, in packed order."""
        import torch

        model = self.model
        size = (len(model.taggerlstm_h_init), len(lengths), model.args["hidden_dim"])
        start = [
            each.expand(size).contiguous()
            for each in (model.taggerlstm_h_init, model.taggerlstm_c_init)
        ]
        states = model.taggerlstm(inputs, lengths, hx=tuple(start))[0].data
        parts = model.upos_clf(torch.relu(model.upos_hid(states))).argmax(1)
        hidden = torch.relu(model.tag_hid["feats"](states))
        features = torch.empty((len(states), len(self.widths)), dtype=torch.int16)
        for part in parts.unique().tolist():
            where = (parts == part).nonzero()[:, 0]
            weight, bias = self.scorers[part]
            scores = torch.split(torch.addmm(bias, hidden[where], weight), self.widths, dim=1)
            chosen = torch.stack([each.argmax(1) for each in scores], dim=1)
            features[where.cpu()] = chosen.to("cpu", torch.int16)
        return parts, features

    def _scorers(self) -> list[tuple[Any, Any]]:
        """For each part of speech, the matrix and the bias that score all values of all features.

        A scorer is bilinear in the hidden layer and the embedding of the part of speech, each with
        a 1 behind it.
        """
        import torch

        with torch.no_grad():
            layers = [each.W_bilin for each in self.model.tag_clf["feats"]]
            weight = torch.cat([each.weight for each in layers])
            bias = torch.cat([each.bias for each in layers])
            embeddings = self.model.upos_emb.weight
            ones = embeddings.new_ones((len(embeddings), 1))
            folded = torch.einsum("oij,tj->tio", weight, torch.cat([embeddings, ones], dim=1))
            return [(each[:-1].contiguous(), bias + each[-1]) for each in folded]

    def _tags_of(self, parts: Any, features: Any) -> list[Tag]:
        values = features.tobytes()
        size = features.shape[1] * features.itemsize
        written = [self._written(values[at : at + size]) for at in range(0, len(values), size)]
        return list(zip(map(self.parts.__getitem__, parts.tolist()), written, strict=True))

    def _written(self, values: bytes) -> str | None:
        """The features as Stanza writes them, such as ``Case=Nom|Definite=Def``."""
        if values not in self.features:
            numbers = np.frombuffer(values, dtype=np.int16).tolist()
            written = self.vocab["feats"].id2unit(numbers)
            self.features[values] = None if written == NOTHING else written
        return self.features[values]
