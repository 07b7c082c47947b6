"""How evenly items are spread over a corpus: one function per measure.

Most measures compare the occurrences of an item in each part of the corpus with the sizes of the
parts (`toolkit.statistics.parts.Parts`); ARF, ALD and AWT need no parts, but the distances between
its occurrences (`toolkit.statistics.parts.Gaps`). In the formulas below, for one item: v is its
frequency in a part, f its frequency in all parts, n the number of parts, s the share of the corpus
that a part holds, and p = v / (words of the part) its relative frequency there. Undefined is NaN.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from toolkit.columns import Codes, names_of
from toolkit.statistics.parts import Floats, Gaps, Parts, gaps_of_rows, parts_of_rows


def juilland_d(parts: Parts) -> Floats:
    """Juilland's D = 1 - sd(p) / mean(p) / sqrt(n - 1), for parts of any size; 1 is even.

    References
    ----------
    Juilland and Chang-Rodriguez (1964); with relative frequencies: Gries (2020), Analyzing
    dispersion, in A Practical Handbook of Corpus Linguistics, ch. 5.
    """
    return _juilland(parts, parts.rate)


def juilland_d_equal(parts: Parts) -> Floats:
    """Juilland's D = 1 - sd(v) / mean(v) / sqrt(n - 1), as if the parts were equal; 1 is even."""
    return _juilland(parts, parts.freq)


def _juilland(parts: Parts, values: Floats) -> Floats:
    mean = parts.sum(values) / parts.n
    squares = parts.sum((values - mean[parts.item]) ** 2) + (parts.n - parts.held) * mean**2
    return 1 - _ratio(np.sqrt(squares / parts.n) / mean, np.sqrt(parts.n - 1))


def carroll_d2(parts: Parts) -> Floats:
    """Carroll's D2 = -sum(q log q) / log n, where q = p / sum(p); 1 is even.

    References
    ----------
    Carroll (1970), An alternative to Juilland's usage coefficient: 61-65.
    """
    share = parts.rate / parts.sum(parts.rate)[parts.item]
    return _ratio(-parts.sum(share * np.log2(share)), np.log2(parts.n)) + 0.0


def rosengren_s(parts: Parts) -> Floats:
    """Rosengren's S = sum(sqrt(s v)) ** 2 / f; 1 is even.

    References
    ----------
    Rosengren (1971), The quantitative concept of language and its relation to the structure of
    frequency dictionaries.
    """
    return parts.sum(np.sqrt(parts.share * parts.freq)) ** 2 / parts.total


def lyne_d3(parts: Parts) -> Floats:
    """Lyne's D3 = 1 - chi2 / (4 f), where chi2 = sum((v - s f) ** 2 / (s f)); 1 is even.

    Below 0 where an item stands in few of more than five parts.

    References
    ----------
    Lyne (1985), The vocabulary of French business correspondence.
    """
    expected = parts.share * parts.total[parts.item]
    squares = parts.sum((parts.freq - expected) ** 2 / expected)
    return 1 - (squares + parts.total * parts.share_without) / (4 * parts.total)


def dp(parts: Parts) -> Floats:
    """Gries's deviation of proportions, DP = sum(|v / f - s|) / 2; 0 is even.

    References
    ----------
    Gries (2008), International Journal of Corpus Linguistics 13(4): 403-437.
    """
    return (parts.sum(np.abs(parts.of_item - parts.share)) + parts.share_without) / 2


def dp_norm(parts: Parts) -> Floats:
    """DP divided by its highest value, 1 - min(s); 0 is even, 1 is all in the smallest part.

    References
    ----------
    Lijffijt and Gries (2012), International Journal of Corpus Linguistics 17(1): 147-149.
    """
    smallest = parts.sizes.min(initial=np.inf) / parts.sizes.sum()
    return _ratio(dp(parts), 1 - smallest)


def kld(parts: Parts) -> Floats:
    """Kullback-Leibler divergence, sum(v / f * log2(v / f / s)), in bits; 0 is even.

    References
    ----------
    Gries (2020), Analyzing dispersion, in A Practical Handbook of Corpus Linguistics, ch. 5.
    """
    return parts.sum(parts.of_item * np.log2(parts.of_item / parts.share))


def da(parts: Parts) -> Floats:
    """DA = 1 - mean(|p - p'|) / (2 mean(p)) over all pairs of parts; 1 is even.

    References
    ----------
    Burch, Egbert and Biber (2017), Journal of Research Design and Statistics in Linguistics and
    Communication Science 3(2): 189-216.
    """
    # Sorted by p, the k-th of n parts is the greater of a pair k - 1 times, the lesser n - k times.
    rates = parts.rate[np.lexsort((parts.rate, parts.item))]
    ends = np.cumsum(parts.held)[parts.item]
    rank = np.arange(len(rates)) - ends + 1 + parts.n
    differences = parts.sum((2 * rank - parts.n - 1) * rates)
    return 1 - _ratio(differences / parts.sum(rates), parts.n - 1)


def juilland_u(parts: Parts) -> Floats:
    """Juilland's usage coefficient U = D f, in occurrences; D as in `juilland_d`."""
    return juilland_d(parts) * parts.total


def carroll_um(parts: Parts) -> Floats:
    """Carroll's usage Um = D2 f + (1 - D2) f / n, in occurrences.

    References
    ----------
    Carroll (1970), An alternative to Juilland's usage coefficient: 61-65.
    """
    spread = carroll_d2(parts)
    return spread * parts.total + (1 - spread) * parts.total / parts.n


def rosengren_kf(parts: Parts) -> Floats:
    """Rosengren's corrected frequency KF = S f, in occurrences."""
    return rosengren_s(parts) * parts.total


def arf(gaps: Gaps) -> Floats:
    """Average reduced frequency, sum(min(d, N / f)) / (N / f), in occurrences.

    d are the distances and N the words of the corpus. Between 1 (all in one place) and f (even).

    References
    ----------
    Savicky and Hlavacova (2002), Journal of Quantitative Linguistics 9(3): 215-231.
    """
    even = gaps.n / np.where(gaps.held > 0, gaps.held, np.nan)
    return gaps.sum(np.minimum(gaps.distance, even[gaps.item])) / even


def ald(gaps: Gaps) -> Floats:
    """Average logarithmic distance, sum(d log10 d) / N.

    References
    ----------
    Savicky and Hlavacova (2002), Journal of Quantitative Linguistics 9(3): 215-231.
    """
    return gaps.sum(gaps.distance * np.log10(gaps.distance)) / gaps.n


def awt(gaps: Gaps) -> Floats:
    """Average waiting time, (1 + sum(d ** 2) / N) / 2, in words.

    References
    ----------
    Savicky and Hlavacova (2002), Journal of Quantitative Linguistics 9(3): 215-231.
    """
    return (1 + gaps.sum(gaps.distance**2) / gaps.n) / 2


def f_ald(gaps: Gaps) -> Floats:
    """Frequency of an evenly spread item of the same ALD, N / 10 ** ALD, in occurrences."""
    return gaps.n / 10 ** ald(gaps)


def f_awt(gaps: Gaps) -> Floats:
    """Frequency of an evenly spread item of the same AWT, N / (2 AWT - 1), in occurrences."""
    return gaps.n / (2 * awt(gaps) - 1)


# The measures by the name of their column, in the order of the columns.
OVER_PARTS: dict[str, Callable[[Parts], Floats]] = {
    measure.__name__: measure
    for measure in (
        juilland_d,
        juilland_d_equal,
        carroll_d2,
        rosengren_s,
        lyne_d3,
        dp,
        dp_norm,
        kld,
        da,
        juilland_u,
        carroll_um,
        rosengren_kf,
    )
}
OVER_GAPS: dict[str, Callable[[Gaps], Floats]] = {
    measure.__name__: measure for measure in (arf, ald, awt, f_ald, f_awt)
}
MEASURES = (*OVER_PARTS, *OVER_GAPS)


def measures_of(measures: str | Sequence[str]) -> list[str]:
    """The names of measures, each of which must be known."""
    names = names_of("dispersion", "measures", measures)
    for name in names:
        if name not in MEASURES:
            raise ValueError(f"dispersion: no measure {name!r}; there are {', '.join(MEASURES)}.")
    return names


def measured_parts(parts: Parts, gaps: Gaps, measures: Sequence[str]) -> pd.DataFrame:
    """Frequency, range and measures of each item.

    Parameters
    ----------
    parts : Parts
        How often the items occur in each part.
    gaps : Gaps
        How far apart they are; read by the measures in `OVER_GAPS` alone.
    measures : sequence of str
        Names in `MEASURES`.

    Returns
    -------
    DataFrame
        One row per item: ``freq``, ``n``, ``parts``, ``range`` and a column per measure.
    """
    freq = np.bincount(parts.item, weights=parts.freq, minlength=parts.items).astype(np.int64)
    found = pd.DataFrame({"freq": freq})
    found["n"], found["parts"], found["range"] = int(parts.sizes.sum()), parts.n, parts.held
    if not parts.n:
        return found.reindex(columns=[*found.columns, *measures])
    for name in measures:
        found[name] = OVER_PARTS[name](parts) if name in OVER_PARTS else OVER_GAPS[name](gaps)
    return found


def measured(
    codes: Codes, part: Codes, sizes: Floats, *, items: int, measures: Sequence[str]
) -> pd.DataFrame:
    """The same from the item (-1 for none) and the part of each row, in text order."""
    parts = parts_of_rows(codes, part, items=items, sizes=sizes)
    # only some measures need the distances, which are long to find
    with_places = codes if set(measures) & set(OVER_GAPS) else codes[:0]
    return measured_parts(parts, gaps_of_rows(with_places, items), measures)


def _ratio(numerator: Floats, denominator: float | np.floating) -> Floats:
    """A quotient; NaN where the denominator is 0, as it is with one part."""
    return numerator / (denominator if denominator > 0 else np.nan)
