"""The measures of association by name, and what other tools compute under these names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from toolkit.statistics.association import (
    delta_p_1_given_2,
    delta_p_2_given_1,
    dice,
    liddell,
    local_mi,
    log_dice,
    mi,
    mi2,
    mi3,
    minimum_sensitivity,
    npmi,
    phi,
    ppmi,
)
from toolkit.statistics.effects import (
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    simple_maths,
)
from toolkit.statistics.exact import fisher_exact
from toolkit.statistics.significance import (
    bayes_factor,
    chi_squared,
    chi_squared_yates,
    log_likelihood,
    log_likelihood_two_term,
    log_likelihood_williams,
    simple_log_likelihood,
    t_score,
    z_score,
)

Function = Callable[..., pd.Series]


@dataclass(frozen=True)
class Measure:
    """A measure of the registry.

    Attributes
    ----------
    function : callable
        Contingency table in, one score per row out.
    kind : str
        ``test`` (sure of a preference?), ``effect`` (how large is it?) or ``association`` (how
        closely do the two belong together?).
    formula : str
        What it computes, logarithms with their base.
    """

    function: Function
    kind: str
    formula: str


@dataclass(frozen=True)
class Variant:
    """What a tool computes under the name of a measure.

    Attributes
    ----------
    function : callable
        The function that gives that tool's number.
    options : mapping
        Its keyword arguments.
    """

    function: Function
    options: Mapping[str, Any] = field(default_factory=dict)


_ALL = [
    Measure(log_likelihood, "test", "2 * sum of O * ln(O / E) over four cells, signed"),
    Measure(log_likelihood_two_term, "test", "2 * (O11 ln(O11 / E11) + O21 ln(O21 / E21)), signed"),
    Measure(log_likelihood_williams, "test", "log_likelihood / Williams' q, signed"),
    Measure(simple_log_likelihood, "test", "2 * (O11 ln(O11 / E11) - (O11 - E11)), signed"),
    Measure(chi_squared, "test", "sum of (O - E)^2 / E over four cells, signed"),
    Measure(chi_squared_yates, "test", "sum of (|O - E| - 0.5)^2 / E over four cells, signed"),
    Measure(fisher_exact, "test", "p of tables that are at most as probable, two-sided"),
    Measure(z_score, "test", "(O11 - E11) / sqrt(E11)"),
    Measure(t_score, "test", "(O11 - E11) / sqrt(O11)"),
    Measure(bayes_factor, "test", "G2 - ln N, unsigned"),
    Measure(mi, "association", "log2(O11 / E11)"),
    Measure(mi2, "association", "log2(O11^2 / E11)"),
    Measure(mi3, "association", "log2(O11^3 / E11)"),
    Measure(ppmi, "association", "max(0, log2(O11 / E11))"),
    Measure(npmi, "association", "ln(O11 / E11) / -ln(O11 / N)"),
    Measure(local_mi, "association", "O11 * log2(O11 / E11)"),
    Measure(dice, "association", "2 * O11 / (R1 + C1)"),
    Measure(log_dice, "association", "14 + log2(2 * O11 / (R1 + C1))"),
    Measure(minimum_sensitivity, "association", "min(O11 / R1, O11 / C1)"),
    Measure(liddell, "association", "(O11 O22 - O12 O21) / (C1 C2)"),
    Measure(delta_p_1_given_2, "association", "O11 / C1 - O12 / C2"),
    Measure(delta_p_2_given_1, "association", "O11 / R1 - O21 / R2"),
    Measure(phi, "association", "(O11 O22 - O12 O21) / sqrt(R1 R2 C1 C2)"),
    Measure(log_ratio, "effect", "log2((O11 / R1) / (O21 / R2)), 0.5 for a zero"),
    Measure(
        conservative_log_ratio, "effect", "bound nearer to 0 of the 95 % interval of log_ratio"
    ),
    Measure(simple_maths, "effect", "(O11 / R1 * 10^6 + 1) / (O21 / R2 * 10^6 + 1)"),
    Measure(percent_diff, "effect", "100 * (O11 / R1 - O21 / R2) / (O21 / R2)"),
    Measure(difference_coefficient, "effect", "(O11 / R1 - O21 / R2) / (O11 / R1 + O21 / R2)"),
    Measure(odds_ratio, "effect", "O11 O22 / (O12 O21)"),
]
MEASURES: dict[str, Measure] = {found.function.__name__: found for found in _ALL}

QUANTEDA_EPSILON = 1e-9  # added inside its logarithms
UCS_INFINITY = 1e7  # what it prints for odds that are infinite

# What each tool computes otherwise than the function of that name here; where a measure is not
# listed, the tool agrees or has none.
CONVENTIONS: dict[str, dict[str, Variant]] = {
    "antconc": {},
    "ucrel": {
        "log_likelihood": Variant(log_likelihood_two_term),
        "bayes_factor": Variant(bayes_factor, {"terms": 2}),
    },
    "sketchengine": {"log_likelihood": Variant(log_likelihood, {"signed": False})},
    "quanteda": {
        "log_likelihood": Variant(
            log_likelihood, {"correction": "quanteda", "epsilon": QUANTEDA_EPSILON}
        ),
        "log_likelihood_williams": Variant(
            log_likelihood_williams, {"zero_cells": False, "epsilon": QUANTEDA_EPSILON}
        ),
        "chi_squared": Variant(chi_squared, {"correction": "quanteda"}),
        "chi_squared_yates": Variant(chi_squared, {"correction": "quanteda"}),
        "mi": Variant(mi, {"base": np.e, "epsilon": QUANTEDA_EPSILON}),
    },
    "ucs": {
        "mi": Variant(mi, {"base": 10}),
        "mi2": Variant(mi2, {"base": 10}),
        "mi3": Variant(mi3, {"base": 10}),
        "local_mi": Variant(local_mi, {"base": 10}),
        "log_ratio": Variant(log_ratio, {"discount": None}),
        "odds_ratio": Variant(odds_ratio, {"base": 10, "infinity": UCS_INFINITY}),
        "chi_squared_yates": Variant(chi_squared, {"correction": "ucs"}),
        "fisher_exact": Variant(fisher_exact, {"alternative": "greater", "scale": "-log10"}),
    },
    "nltk": {
        "log_likelihood": Variant(log_likelihood, {"signed": False}),
        "chi_squared": Variant(chi_squared, {"signed": False}),
        "fisher_exact": Variant(fisher_exact, {"alternative": "less"}),
    },
}
# Distributed like chi-squared with one degree of freedom, if the item has no preference.
CHI_SQUARED = (
    "log_likelihood",
    "log_likelihood_two_term",
    "log_likelihood_williams",
    "simple_log_likelihood",
    "chi_squared",
    "chi_squared_yates",
)
WITH_P_VALUE = (*CHI_SQUARED, "z_score", "fisher_exact")


def lowest_first(measure: str, convention: str | None = None) -> bool:
    """Whether the score is a probability, of which the lowest is the strongest.

    Examples
    --------
    >>> lowest_first("fisher_exact"), lowest_first("fisher_exact", "ucs"), lowest_first("mi")
    (True, False, False)
    """
    return measure == "fisher_exact" and convention != "ucs"


def chosen(
    function: str, measure: str, convention: str | None = None, *, others: Sequence[str] = ()
) -> Variant:
    """What is computed under a name and a convention; an unknown one is refused.

    Parameters
    ----------
    function : str
        Where the names came from, for the message.
    measure : str
        One of the names of `measures`.
    convention : str, optional
        A tool of `CONVENTIONS`.
    others : sequence of str
        Conventions of the function itself, under which the measures are as they are documented.

    Returns
    -------
    Variant
        The function and its options.

    Examples
    --------
    >>> chosen("keywords", "log_liklihood")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: keywords: no measure 'log_liklihood'; there are log_likelihood, ...
    """
    if not isinstance(measure, str) or measure not in MEASURES:
        close = get_close_matches(str(measure), MEASURES, cutoff=0.5)
        names = [*close, *(name for name in MEASURES if name not in close)]
        raise ValueError(f"{function}: no measure {measure!r:.60}; there are {', '.join(names)}.")
    own = Variant(MEASURES[measure].function)
    if convention is None:
        return own
    known = [*CONVENTIONS, *others]
    if not isinstance(convention, str) or convention not in known:
        raise ValueError(
            f"{function}: no convention {convention!r:.60}; there are {', '.join(known)}, and None "
            "for the formulas as they are documented."
        )
    return CONVENTIONS.get(convention, {}).get(measure, own)
