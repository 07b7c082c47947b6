"""What a model says of a word elsewhere, added to what it says where the word stands.

A model reads one sentence at a time: it draws a verb into a name, or takes a club for a town, where
the sentence tells little and another one would have told it. Here what it says of a word in the
other sentences of the text counts too, and what it says of the form on average in other texts
(`toolkit.annotating.known_names`), as if that were one more place in this one.

The evidence of a place is the logarithm of the share of each tag, and of its type, since a surname
that stands alone elsewhere is a person's too where it ends a full name. The words of an
organisation's name are often ordinary ones elsewhere (`هيئة الأركان العامة`): that counts less
against them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from toolkit.annotating.rows import Scores

WEIGHT = 0.4  # of the evidence of other places beside what is said at one
LETTERS = 3  # that a word has at least: shorter ones are many words
LEAST = -12.0  # that a place says for a tag
# What all places together say at most for the best tag before another, and for no name before a
# tag within an organisation.
MOST_AGAINST, MOST_AGAINST_ORGANISATIONS = 4.0, 1.0

STEP = 0.1  # of evidence that is kept: a byte holds it from 0 downwards

WITHIN_ORGANISATIONS = ("B-ORG", "I-ORG", "E-ORG")

Evidence = npt.NDArray[np.float64]  # for each tag


@dataclass(frozen=True)
class Known:
    """The evidence for forms in other texts.

    Attributes
    ----------
    places : mapping of str to int
        The row of each form.
    rows : array of uint8, (forms, tags)
        The evidence for each tag, in steps of -`STEP`.
    """

    places: Mapping[str, int]
    rows: npt.NDArray[np.uint8]


NOTHING = Known({}, np.empty((0, 0), np.uint8))


def evidence_of(scores: Scores, tags: Sequence[str]) -> Evidence:
    """The evidence of each place for each tag, a row per place.

    Examples
    --------
    >>> evidence_of(np.log([[2, 1, 1]]), ["O", "S-PER", "B-PER"]).round(2).tolist()
    [[-1.39, -2.08, -2.08]]
    """
    of_tags: Evidence = scores.astype(np.float64)
    of_tags -= np.logaddexp.reduce(of_tags, axis=1, keepdims=True)
    np.maximum(of_tags, LEAST, out=of_tags)
    types = [tag.partition("-")[2] for tag in tags]
    of_types = np.empty_like(of_tags)
    for kind in set(types):
        same = [number for number, each in enumerate(types) if each == kind]
        of_types[:, same] = np.logaddexp.reduce(of_tags[:, same], axis=1, keepdims=True)
    of_types += of_tags
    return of_types


def with_evidence(
    scores: Sequence[Scores],
    keys: Sequence[Sequence[str]],
    forms: Sequence[Sequence[str]],
    *,
    tags: Sequence[str],
    known: Known,
) -> list[Scores]:
    """The scores of the sentences of a text, the evidence of other places added.

    Added is `WEIGHT` times the mean evidence of all places of the word but this one, which counts
    as a place without any. No tag falls behind the best one by more than `MOST_AGAINST`, and none
    of an organisation of several words behind that of no name by `MOST_AGAINST_ORGANISATIONS`.

    Parameters
    ----------
    scores : sequence of array of float32, (tokens, tags)
        What each tag scores in each sentence.
    keys, forms : sequence of sequence of str
        The tokens as they are compared within the text, without clitics that stand before a name,
        and as they stand. A token with such a clitic is not looked up in `known`: it is rarer, and
        another word at times.
    tags : sequence of str
        The tag of each number.
    known : Known
        The evidence for forms in other texts.

    Returns
    -------
    list of array of float32, (tokens, tags)
    """
    flat = np.concatenate(scores)
    number_of: dict[str, int] = {}
    numbers = np.array([number_of.setdefault(key, len(number_of)) for key in chain(*keys)])
    here = evidence_of(flat, tags)
    sums = np.zeros((len(number_of), len(tags)))
    np.add.at(sums, numbers, here)
    others = sums[numbers] - here
    places = np.bincount(numbers)[numbers] - 1
    tokens = zip(chain(*keys), chain(*forms), strict=True)
    found = {
        row: known.places[form]
        for row, (key, form) in enumerate(tokens)
        if key == form and form in known.places
    }
    if found:
        others[list(found)] -= STEP * known.rows[list(found.values())]
        places[list(found)] += 1
    is_long = np.array([len(key) >= LETTERS for key in chain(*keys)])
    added = WEIGHT * _tempered(others / (places + 1)[:, None], tags) * is_long[:, None]
    ends = np.cumsum([len(each) for each in scores])[:-1]
    return np.split((flat + added).astype(np.float32), ends)


def _tempered(evidence: Evidence, tags: Sequence[str]) -> Evidence:
    """The evidence of each place, what speaks against some of the tags lessened."""
    tempered: Evidence = np.maximum(evidence, evidence.max(axis=1, keepdims=True) - MOST_AGAINST)
    inside = [number for number, tag in enumerate(tags) if tag in WITHIN_ORGANISATIONS]
    no_name = [number for number, tag in enumerate(tags) if tag == "O"]
    if inside and no_name:
        least = tempered[:, no_name].max(axis=1, keepdims=True) - MOST_AGAINST_ORGANISATIONS
        tempered[:, inside] = np.maximum(tempered[:, inside], least)
    return tempered
