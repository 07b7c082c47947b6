"""Sequences of tags: the best ones by a model's scores, and what another one costs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from toolkit.annotating.bioes import tags_of
from toolkit.annotating.repeated_names import Claim

Scores = npt.NDArray[np.float32]


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
    scores: Mapping[int, Scores],
    transitions: Scores,
    *,
    names: Sequence[str],
) -> list[float]:
    """How far the best tags with each claim score below the best ones of its sentence.

    Parameters
    ----------
    claims : sequence of Claim
        Spans and their types.
    scores : mapping of int to array of float32, (words, tags)
        For each sentence of a claim the scores of all tags.
    transitions : array of float32, (tags, tags)
        As for `best_paths`.
    names : sequence of str
        The tag of each number.

    Returns
    -------
    list of float
        0 where the best tags have the name; infinite where a model has no tags of its type.
    """
    best = {number: best_score(each, transitions) for number, each in scores.items()}
    last_of = {name: number for number, name in enumerate(names)}
    costs = []
    for number, first, last, kind in claims:
        tags = [last_of.get(tag) for tag in tags_of(last - first, kind)]
        with_claim = np.full_like(scores[number], -np.inf)
        with_claim[:first], with_claim[last:] = scores[number][:first], scores[number][last:]
        for place, tag in enumerate(tags, first):
            if tag is not None:
                with_claim[place, tag] = scores[number][place, tag]
        costs.append(best[number] - best_score(with_claim, transitions))
    return costs


def best_score(scores: Scores, transitions: Scores) -> float:
    """The score of the best sequence of tags of one sentence.

    Examples
    --------
    >>> scores = np.array([[0, 1], [2, 0]], dtype=np.float32)
    >>> best_score(scores, np.array([[0, 0], [-2, 0]], dtype=np.float32))
    2.0
    """
    best = scores[0]
    for each in scores[1:]:
        best = each + (best[:, None] + transitions).max(axis=0)
    return float(best.max())
