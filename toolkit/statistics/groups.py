"""A table cut into the texts of its groups, each text as integers in text order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import (
    ADVICE,
    MISSING,
    Codes,
    changes,
    coded,
    keys_of,
    kinds_of,
    mask_of_kinds,
    names_of,
    require,
    segments,
)
from toolkit.statistics import sequences
from toolkit.statistics.richness import Spectrum, spectrum_of

SEED = 0

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Text:
    """The items of a text as integers.

    Attributes
    ----------
    codes : array of int
        The item of each word that is counted, in text order.
    units : array of int
        The number of the sentence (or other unit) of each, ascending.
    missing : int
        How many words have no item and are not among them.
    """

    codes: Codes
    units: Codes
    missing: int = 0

    @cached_property
    def spectrum(self) -> Spectrum:
        """How many items occur how often."""
        return spectrum_of(self.codes)

    @cached_property
    def sequence(self) -> sequences.Sequence:
        """The words in order."""
        return sequences.Sequence(self.codes)

    @cached_property
    def begins(self) -> Rows:
        """The word at which each unit begins."""
        return np.flatnonzero(changes(self.units))

    def resampled(self, samples: int) -> "Iterator[Text]":
        """Texts of as many units, drawn from these with replacement, the same at every call."""
        sizes = np.diff(self.begins, append=len(self.units))
        random = np.random.default_rng(SEED)
        for _ in range(samples):
            drawn = random.integers(len(sizes), size=len(sizes))
            lengths = sizes[drawn]
            shift = self.begins[drawn] - (np.cumsum(lengths) - lengths)
            places = np.repeat(shift, lengths) + np.arange(lengths.sum())
            yield Text(self.codes[places], self.units[places])


def texts_of(
    function: str,
    table: pd.DataFrame,
    *,
    by: str | Sequence[str],
    groups: str | Sequence[str] | None,
    kinds: str | Sequence[str],
    unit: str | Sequence[str] = (),
) -> tuple[list[Text], pd.Index]:
    """The text of each group, and the groups, in the order in which they begin."""
    require(function, table, ["kind"], advice=ADVICE)
    keys, cut = keys_of(function, table, by), names_of(function, "unit", unit)
    require(function, table, cut, advice="Pass those that tell the units apart as unit=.")
    counted = mask_of_kinds(table, kinds_of(function, kinds))
    items, units = coded(table, keys).codes, segments(table, cut)
    texts = []
    rows_of_groups, index = _groups(function, table, groups)
    for rows in rows_of_groups:
        read = rows[counted[rows]]
        present = read[items[read] != MISSING]
        texts.append(Text(items[present], units[present], len(read) - len(present)))
    return texts, index


def _groups(
    function: str, table: pd.DataFrame, groups: str | Sequence[str] | None
) -> tuple[list[Rows], pd.Index]:
    if groups is None:
        return [np.arange(len(table))], pd.Index(["all"], dtype="str", name="group")
    keys = names_of(function, "groups", groups)
    if not keys:
        raise ValueError(f"{function}: groups={groups!r} names no column; pass one, or None.")
    require(function, table, keys, advice="Pass one of them as groups=.")
    grouped = coded(table, keys)
    rows = np.flatnonzero(grouped.codes != MISSING)
    number, found = pd.factorize(grouped.codes[rows])
    order = rows[np.argsort(number, kind="stable")]
    ends = np.cumsum(np.bincount(number, minlength=len(found)))
    return np.split(order, ends)[:-1], grouped.items.take(found)
