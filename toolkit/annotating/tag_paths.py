"""Sequences of tags: the best ones by a model's scores, and what another one costs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.annotating.bioes import tags_of
from toolkit.annotating.repeated_names import Claim
from toolkit.annotating.rows import Scores


def best_paths(scores: Scores, lengths: npt.NDArray[np.int64], transitions: Scores) -> Any:
    """The best sequence of tags of each sentence, by Viterbi's algorithm.

    Parameters
    ----------
    scores : array of float32, (words, tags)
        In packed order: the first words of all sentences, then the second ones.
    lengths : array of int64
        Words of each sentence, the longest first.
    transitions : array of float32, (tags, tags)
        From the tag of the row to that of the column.

    Returns
    -------
    array of int64
        The number of the tag of each word, sentence after sentence.

    Examples
    --------
    >>> scores = np.array([[0, 1], [2, 0], [0, 1]], dtype=np.float32)
    >>> best_paths(scores, np.array([2, 1]), np.zeros((2, 2), dtype=np.float32)).tolist()
    [1, 1, 0]
    """
    sizes = (lengths[:, None] > np.arange(lengths[0])).sum(axis=0)
    begins = np.cumsum(sizes) - sizes
    best = scores[: sizes[0]].copy()
    back = []
    for begin, size in zip(begins[1:], sizes[1:], strict=True):
        through = best[:size, :, None] + transitions
        back.append(through.argmax(axis=1))
        best[:size] = scores[begin : begin + size] + through.max(axis=1)
    tags = np.empty((len(lengths), lengths[0]), dtype=np.int64)
    last = best.argmax(axis=1)
    tags[np.arange(len(lengths)), lengths - 1] = last
    for place in range(lengths[0] - 1, 0, -1):
        size = sizes[place]
        rows = np.arange(size)
        tags[:size, place - 1] = back[place - 1][rows, tags[:size, place]]
    return tags[np.arange(lengths[0]) < lengths[:, None]]


def costs_of(
    claims: Sequence[Claim],
    *,
    scores: Sequence[Scores],
    transitions: Scores,
    tags: Sequence[str],
) -> list[float]:
    """How far the best tags with each claim score below the best ones of its sentence.

    Parameters
    ----------
    claims : sequence of Claim
        Spans and their types.
    scores : sequence of array of float32, (words, tags)
        For each sentence the scores of all tags.
    transitions : array of float32, (tags, tags)
        As for `best_paths`.
    tags : sequence of str
        The tag of each number.

    Returns
    -------
    list of float
        0 where the best tags have the name; infinite where a model has no tags of its type.
    """
    last_of = {tag: number for number, tag in enumerate(tags)}
    claimed = sorted({claim.sentence for claim in claims})
    ways = {number: _best_ways(scores[number], transitions) for number in claimed}
    best = {
        number: float((b[0] + scores[number][0] + h[0]).max()) for number, (b, h) in ways.items()
    }
    costs = []
    for number, first, last, kind in claims:
        path = [last_of.get(tag, -1) for tag in tags_of(last - first, kind)]
        if -1 in path:
            costs.append(float("inf"))
            continue
        before, behind = ways[number]
        inside = float(scores[number][range(first, last), path].sum())
        inside += float(transitions[path[:-1], path[1:]].sum())
        with_claim = float(before[first, path[0]]) + inside + float(behind[last - 1, path[-1]])
        costs.append(best[number] - with_claim)
    return costs


def _best_ways(scores: Scores, transitions: Scores) -> tuple[Scores, Scores]:
    """What the best tags before each word score, by its own tag, and the best ones behind it."""
    before, behind = np.zeros_like(scores), np.zeros_like(scores)
    for place in range(1, len(scores)):
        through = before[place - 1] + scores[place - 1]
        before[place] = (through[:, None] + transitions).max(axis=0)
    for place in range(len(scores) - 2, -1, -1):
        through = behind[place + 1] + scores[place + 1]
        behind[place] = (transitions + through).max(axis=1)
    return before, behind
