"""What a network reads of each form, computed once a form.

A tagger reads a word through its embeddings and its letters, whatever stands around it. So the
vector of a form is computed once, many forms at a time, and kept.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from toolkit.annotating.devices import Room

MOST_FORMS = 50_000  # that are kept: 40 to 60 MB
WORDS_AT_ONCE = 2_000  # that a network reads in one step
LETTERS_AT_ONCE = 40_000  # of forms, padding included

Compute = Callable[[list[str]], Any]
Rows = npt.NDArray[np.int64]
Said = TypeVar("Said")


class Vectors:
    """The vectors of forms, kept up to a limit.

    `compute` gives the vectors of some forms as a tensor, a row each.
    """

    def __init__(self, compute: Compute, room: Room | None = None) -> None:
        self.compute = compute
        self.room = room or Room()
        self.places: dict[str, int] = {}
        self.table: Any = None

    def rows(self, sentences: Sequence[Sequence[str]]) -> list[Rows]:
        """For each word of the sentences the row of `table` with its vector."""
        import torch

        # Ctrl-C may come between any two lines: no place is ever told before its row is there
        if len(self.places) > MOST_FORMS:
            self.places = {}
            self.table = None
        new = set(chain.from_iterable(sentences)) - self.places.keys()
        if new:
            forms = sorted(new, key=lambda form: (len(form), form))
            computed = torch.cat(list(self._computed(forms)))
            begin = 0 if self.table is None else len(self.table)
            self.table = torch.cat([self.table, computed]) if begin else computed
            self.places |= zip(forms, range(begin, len(self.table)), strict=True)
        place = self.places.__getitem__
        return [np.fromiter(map(place, words), dtype=np.int64) for words in sentences]

    def said(
        self,
        sentences: Sequence[Sequence[str]],
        read: Callable[[Sequence[Rows], list[int]], list[Said]],
    ) -> list[Said]:
        """What `read` says of each sentence.

        It is given the rows of all and the numbers of some, longest first, as many as there is
        room for.
        """
        rows = self.rows(sentences)
        found: dict[int, Said] = {}
        for batch in batches([len(each) for each in rows], self.room.times):
            for part, said in self.room.read(partial(read, rows), batch):
                found |= zip(part, said, strict=True)
        return [found[number] for number in range(len(rows))]

    def _computed(self, forms: list[str]) -> Iterator[Any]:
        for part in _parts(forms, LETTERS_AT_ONCE * self.room.times):
            for _, vectors in self.room.read(self.compute, part):
                yield vectors


def _parts(forms: list[str], letters: int) -> Iterator[list[str]]:
    """The forms, shortest first, in lists of at most so many letters or of one."""
    begin = 0
    for end in range(1, len(forms) + 1):
        if end == len(forms) or len(forms[end]) * (end + 1 - begin) > letters:
            yield forms[begin:end]
            begin = end


def batches(lengths: Sequence[int], times: int = 1) -> Iterator[list[int]]:
    """Numbers of sequences, longest first, in lists of about `times` `WORDS_AT_ONCE`."""
    ordered = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    batch: list[int] = []
    words = 0
    for number in ordered:
        batch.append(number)
        words += lengths[number]
        if words >= WORDS_AT_ONCE * times:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def packed(table: Any, rows: Sequence[Rows]) -> Any:
    """The vectors of some sentences, longest first, as torch packs sequences.

    The words of one place of all sentences follow each other, first the first words.
    """
    import torch
    from torch.nn.utils.rnn import PackedSequence

    lengths = np.array([len(each) for each in rows])
    sizes = (lengths[:, None] > np.arange(lengths[0])).sum(axis=0)
    order = torch.from_numpy(np.concatenate(rows)[in_packed_order(lengths)])
    return PackedSequence(table[order], torch.from_numpy(sizes))


def in_packed_order(lengths: Rows) -> Rows:
    """Where the words, sentence after sentence, go: the order that turns them into a packed one.

    Examples
    --------
    >>> in_packed_order(np.array([3, 2])).tolist()
    [0, 3, 1, 4, 2]
    """
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    order: Rows = np.lexsort((sentence, within))
    return order


def letters_of(model: Any, vocabulary: Any, forms: list[str], *, lower: bool = False) -> Any:
    """What a character model makes of each form."""
    import torch

    longest_first = sorted(range(len(forms)), key=lambda number: -len(forms[number]))
    unit = vocabulary.unit2id
    ids = [[unit(char.lower() if lower else char) for char in forms[n]] for n in longest_first]
    lengths = [len(each) for each in ids]
    padded = np.zeros((len(ids), lengths[0]), dtype=np.int64)
    for row, each in zip(padded, ids, strict=True):
        row[: len(each)] = each
    device = next(model.parameters()).device
    # each form is a sentence of one word, so that the words come back in their order
    found = model(torch.from_numpy(padded).to(device), None, longest_first, [1] * len(ids), lengths)
    return found.data
