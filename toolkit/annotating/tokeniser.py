"""Paragraphs to tokens with Stanza's tokeniser, many paragraphs at once.

The network is Stanza's own; what stands around it there, a Python object per character and batches
of one document, is replaced by arrays. A tokeniser that reads more than single characters (a
character language model, a dictionary) is run as Stanza runs it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from toolkit.annotating.devices import Room
from toolkit.arabic.sentences import RawToken

MARK_OF_FUSED = "MWT=Yes"  # Stanza's, on tokens that hold several words
PARAGRAPH_BREAK = "\n\n"
AT_ONCE = 12_000  # characters, padding included, that the network reads in one step
SHORTEST_WINDOW = 1_000  # characters, as in Stanza

# What the network says of a character: inside a token, its end, that of a sentence too, the end of
# a fused token, that of a sentence too.
INSIDE, ENDS_TOKEN, ENDS_SENTENCE, ENDS_FUSED, FUSED_AT_END = range(5)
# The same of the last character of a paragraph.
AT_THE_END = np.array([ENDS_SENTENCE] * 3 + [FUSED_AT_END] * 2, dtype=np.int8)

CODE_POINTS = 0x110000
SPACES = " " + "".join(map(chr, range(0x80, 0xA0)))  # Stanza takes these controls for spaces
OF_CHARACTERS = ("space_before", "capitalized", "numeric")  # features, by Stanza's names
OF_PLACE = ("start_of_para", "end_of_para")

Codes = npt.NDArray[np.int32]
Labels = npt.NDArray[np.int8]


class Tokens(Protocol):
    """What gives the tokens of paragraphs."""

    def tokens(self, paragraphs: Sequence[str]) -> list[list[RawToken]]:
        """The tokens of each paragraph, offsets within it; white space in it is single spaces."""


def tokeniser_of(processor: Any) -> Tokens:
    """The tokeniser of one of Stanza's processors."""
    config = processor.config
    reads_more = (
        config.get("use_dictionary")
        or config.get("charlm_forward_file")
        or config.get("skip_newline")
        or processor.trainer.model.charmodel is not None
        or processor.vocab.lang_replaces_spaces
        or not set(config["feat_funcs"]) <= {*OF_CHARACTERS, *OF_PLACE}
    )
    return StanzaTokeniser(processor) if reads_more else Tokeniser(processor)


class StanzaTokeniser:
    """Stanza's processor as it is, over joined paragraphs."""

    def __init__(self, processor: Any) -> None:
        self.processor = processor

    def tokens(self, paragraphs: Sequence[str]) -> list[list[RawToken]]:
        """The tokens of each paragraph."""
        # a blank line ends a paragraph, so no token crosses from one to the next
        joined = PARAGRAPH_BREAK.join(paragraphs)
        lengths = [len(paragraph) + len(PARAGRAPH_BREAK) for paragraph in paragraphs]
        starts = np.cumsum([0, *lengths[:-1]])
        found: list[list[RawToken]] = [[] for _ in paragraphs]
        for sentence in self.processor.process(joined).sentences:
            for token in sentence.tokens:
                place = int(np.searchsorted(starts, token.start_char, side="right")) - 1
                start, end = token.start_char - starts[place], token.end_char - starts[place]
                fused = MARK_OF_FUSED in (token.misc or "")
                text = paragraphs[place][start:end]
                found[place].append(RawToken(text, int(start), int(end), fused))
        return found


class Window(NamedTuple):
    """A part of a paragraph that the network reads at once, and its length with what is padded."""

    paragraph: int
    start: int
    end: int
    length: int


class Tokeniser:
    """Stanza's network, fed from arrays.

    A paragraph longer than the model's window is read in windows, each from the last end of a
    sentence on, as Stanza does; unlike there, what else is read at the same time has no part in it.
    """

    def __init__(self, processor: Any) -> None:
        from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS
        from stanza.models.tokenization.utils import MASK_RE

        self.model = processor.trainer.model.eval()
        self.device = next(self.model.parameters()).device
        self.room = Room(self.device)
        self.vocab = processor.vocab
        self.pad = processor.vocab.unit2id("<PAD>")
        self.window: int = max(SHORTEST_WINDOW, processor.config.get("max_seqlen", 0))
        self.addresses = MASK_RE
        features = list(processor.config["feat_funcs"])
        self.of_place = {name: features.index(name) for name in OF_PLACE if name in features}
        self.of_character = {
            place: PER_CHAR_FEAT_FUNCS[name]
            for place, name in enumerate(features)
            if name not in OF_PLACE
        }
        # what the network is told of each code point, filled as they are met
        self.ids = np.full(CODE_POINTS, -1, dtype=np.int32)
        self.features = np.zeros((CODE_POINTS, len(features)), dtype=np.int8)

    def tokens(self, paragraphs: Sequence[str]) -> list[list[RawToken]]:
        """The tokens of each paragraph."""
        codes, places = zip(*map(_characters, paragraphs), strict=True) if paragraphs else ((), ())
        labels = self._labels(codes)
        return [
            _tokens_of(text, of_text, self._with_addresses(text, of_text, found))
            for text, of_text, found in zip(paragraphs, places, labels, strict=True)
        ]

    def _labels(self, codes: Sequence[Codes]) -> list[Labels]:
        """What the network says of each character of each paragraph."""
        found = [np.zeros(len(each), dtype=np.int8) for each in codes]
        begin = [0] * len(codes)
        left = [number for number, each in enumerate(codes) if len(each)]
        self._learn(codes)
        while left:
            windows = [self._window(number, begin[number], len(codes[number])) for number in left]
            for window, said in self._said(codes, windows):
                end = window.end
                sentences = np.flatnonzero((said == ENDS_SENTENCE) | (said == FUSED_AT_END))
                if len(sentences) and window.start < len(codes[window.paragraph]) - self.window:
                    end = window.start + int(sentences[-1]) + 1
                found[window.paragraph][window.start : end] = said[: end - window.start]
                begin[window.paragraph] = end
            left = [number for number in left if begin[number] < len(codes[number])]
        for each in found:
            each[-1:] = AT_THE_END[each[-1:]]
        return found

    def _window(self, paragraph: int, start: int, whole: int) -> Window:
        # Stanza pads a paragraph by one where it is read whole, and a window not at all
        padded = whole < self.window
        end = min(start + self.window, whole)
        return Window(paragraph, start, end, end - start + padded)

    def _said(
        self, codes: Sequence[Codes], windows: list[Window]
    ) -> Iterator[tuple[Window, Labels]]:
        for batch in _batches(windows, AT_ONCE * self.room.times):
            for part, labels in self.room.read(partial(self._read, codes), batch):
                yield from zip(part, labels, strict=True)

    def _read(self, codes: Sequence[Codes], batch: Sequence[Window]) -> Iterator[Labels]:
        """What the network says of each character of each window."""
        import torch

        shape = (len(batch), batch[0].length)
        units = np.full(shape, self.pad, dtype=np.int64)
        features = np.zeros((*shape, self.features.shape[1]), dtype=np.float32)
        for row, (number, start, end, _) in enumerate(batch):
            part = codes[number][start:end]
            units[row, : len(part)] = self.ids[part]
            features[row, : len(part)] = self.features[part]
            if "start_of_para" in self.of_place:
                features[row, 0, self.of_place["start_of_para"]] = start == 0
            if "end_of_para" in self.of_place:
                at_end = end == len(codes[number])
                features[row, len(part) - 1, self.of_place["end_of_para"]] = at_end
        lengths = [window.length for window in batch]
        with torch.inference_mode():
            inputs = [torch.from_numpy(each).to(self.device) for each in (units, features)]
            labels = self.model(*inputs, lengths).argmax(2).cpu().numpy().astype(np.int8)
        return (said[: end - start] for said, (_, start, end, _) in zip(labels, batch, strict=True))

    def _learn(self, codes: Sequence[Codes]) -> None:
        """Look up the code points that were not met before."""
        for each in codes:
            for code in np.unique(each[self.ids[each] < 0]).tolist():
                for place, of_character in self.of_character.items():
                    self.features[code, place] = of_character(chr(code))
                # last: with it the code point counts as met, also where Ctrl-C comes in between
                self.ids[code] = self.vocab.unit2id(chr(code))

    def _with_addresses(self, text: str, places: Codes, labels: Labels) -> Labels:
        """The labels with web and mail addresses in one token each, as Stanza keeps them."""
        if "." not in text:  # no address is without
            return labels
        spaced = "".join(text[place] for place in places.tolist())
        for match in self.addresses.finditer(spaced):
            labels[match.start() : match.end() - 1] = INSIDE
            labels[match.end() - 1] = labels[match.end() - 1] or ENDS_TOKEN
        return labels


def _characters(text: str) -> tuple[Codes, Codes]:
    """The code points of a paragraph, runs of white space as one space, and where they stand."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<i4").copy()
    codes[(codes >= 0x80) & (codes <= 0x9F)] = ord(" ")  # Stanza takes controls for spaces
    space = codes == ord(" ")
    kept = ~space
    kept[:1] = True
    kept[1:] |= ~space[:-1]
    places = np.flatnonzero(kept).astype(np.int32)
    return codes[places], places


def _batches(windows: list[Window], characters: int) -> Iterator[list[Window]]:
    """The windows by falling length, in lists of about so many characters."""
    ordered = sorted(windows, key=lambda window: -window.length)
    first = 0
    while first < len(ordered):
        last = first + max(1, characters // ordered[first].length)
        yield ordered[first:last]
        first = last


def _tokens_of(text: str, places: Codes, labels: Labels) -> list[RawToken]:
    """The tokens of a paragraph, from what was said of its characters."""
    ends = np.flatnonzero(labels)
    last = places[ends] + 1
    first = places[np.append(0, ends[:-1] + 1)] if len(ends) else last
    fused = labels[ends] >= ENDS_FUSED
    found = []
    for start, end, is_fused in zip(first.tolist(), last.tolist(), fused.tolist(), strict=True):
        piece = text[start:end]
        letters = piece.lstrip(SPACES)
        if letters:
            found.append(RawToken(letters, start + len(piece) - len(letters), end, is_fused))
    return found
