"""How varied the vocabulary of a text is: the type-token ratio and the indices that mend it.

`diversity` gives one row per text, `intervals` how far the numbers may be off, and `growth`,
`heaps`, `zipf` and `rank_frequency` (of `toolkit.statistics.growth`) how vocabulary and text grow
together.
"""

from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from toolkit.columns import COUNTED_KINDS, names_of, whole_number
from toolkit.statistics.groups import Text, texts_of
from toolkit.statistics.growth import growth as growth
from toolkit.statistics.growth import heaps as heaps
from toolkit.statistics.growth import rank_frequency as rank_frequency
from toolkit.statistics.growth import zipf as zipf
from toolkit.statistics.richness import OF_SPECTRUM, Value, bounds
from toolkit.statistics.sequences import OF_SEQUENCE, OF_WINDOWS

MEASURES = (
    "ttr",
    "rttr",
    "cttr",
    "herdan_c",
    "maas",
    "maas_a",
    "msttr",
    "mattr",
    "mtld",
    "mtld_below",
    "hdd",
    "yule_k",
    "yule_i",
    "index_of_diversity",
    "simpson",
    "repeat_rate",
    "entropy",
    "herdan_vm",
    "herdan_vm_squared",
    "hapax",
    "dis",
    "fisher_alpha",
)
WITH_INTERVALS = ("ttr", "mattr", "mtld", "hdd", "yule_k")
WHOLE = ("hapax", "dis")  # numbers of items, which are 0 and not missing where there are none
WINDOW = 100

FEWEST_UNITS = 10
MOST_UNDEFINED = 0.05  # of the draws
DEVIATIONS = NormalDist().inv_cdf(0.975)  # on each side of a 95 % interval


def diversity(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    groups: str | Sequence[str] | None = None,
    measures: str | Sequence[str] = MEASURES,
    window: int = WINDOW,
    kinds: str | Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """The lexical diversity of a text, or of each document or other group.

    n: words; V: types; f: the frequency of an item; S2: the sum of f ** 2 over the items. Natural
    logarithms unless said otherwise. Higher is more varied, except for Maas, Yule's K, Simpson's
    D, the repeat rate and Herdan's Vm. Most depend on the length of the text, the type-token ratio
    above all: compare texts of equal length, or MATTR, MTLD and HD-D.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split), rows in text order, on which MSTTR,
        MATTR and MTLD depend; columns ``kind`` and those of `by` and `groups`.
    by : str or sequence of str
        The column whose items are told apart, ``form``, ``norm``, ``lemma`` ..., or several that
        make one item together.
    groups : str or sequence of str, optional
        The column whose cells tell the texts apart, such as ``doc``; by default the whole table
        is one text.
    measures : str or sequence of str
        The columns wanted, of those below; by default all.
    window : int
        The length of the windows of ``mattr`` and of the segments of ``msttr``, in words.
    kinds : str or sequence of str
        What is counted: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per group, in the order in which the groups begin, index = the group ("all" where
        there is one): ``n``, ``types``, the measures, and ``note``, which says why a number is
        missing. Rows whose item is missing are counted nowhere, and the note says how many. Rows
        whose group is missing are in no text.

        - ``ttr`` V / n; ``rttr`` V / sqrt(n) (Guiraud); ``cttr`` V / sqrt(2 n) (Carroll)
        - ``herdan_c`` ln V / ln n
        - ``maas`` (ln n - ln V) / (ln n) ** 2, as LexicalRichness and Wordless have it;
          ``maas_a`` the root of the same with logarithms to base 10, as quanteda has it
        - ``msttr`` the mean TTR of full segments, the rest left out; ``mattr`` that of all windows
        - ``mtld`` the mean length of stretches whose TTR falls to 0.72 or below (McCarthy &
          Jarvis, LexicalRichness); ``mtld_below`` below 0.72 only. Read forwards and backwards,
          the last stretch counted in part; missing where in one direction no stretch is full
        - ``hdd`` HD-D: the expected TTR of 42 words drawn without replacement
        - ``yule_k`` 10,000 (S2 - n) / n ** 2
        - ``yule_i`` V ** 2 / (S2 - V), as quanteda and LexicalRichness have Yule's I;
          ``index_of_diversity`` n ** 2 / (S2 - n), as Wordless has it
        - ``simpson`` D = sum of f (f - 1) / (n (n - 1)); ``repeat_rate`` S2 / n ** 2
        - ``entropy`` in bits
        - ``herdan_vm`` sqrt(S2 / n ** 2 - 1 / V), as quanteda and LexicalRichness have it;
          ``herdan_vm_squared`` the same without the root, as Wordless has it
        - ``hapax``, ``dis`` items that occur once, twice
        - ``fisher_alpha`` the alpha at which V = alpha ln(1 + n / alpha)

    Raises
    ------
    ValueError
        A column, a kind or a measure does not exist, or `window` is no whole number from 1.

    References
    ----------
    Tweedie & Baayen (1998), Computers and the Humanities 32: 323-352; McCarthy & Jarvis (2007),
    Language Testing 24(4): 459-488 (HD-D) and (2010), Behavior Research Methods 42(2): 381-392
    (MTLD); Covington & McFall (2010), Journal of Quantitative Linguistics 17(2): 94-100 (MATTR);
    Fisher, Corbet & Williams (1943), Journal of Animal Ecology 12: 42-58.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a", "a", "a", "a", "b", "b"],
    ...         "kind": "word",
    ...         "lemma": ["كتاب", "قلم", "كتاب", "كتاب", "قلم", "نعم"],
    ...     }
    ... )
    >>> diversity(words, by="lemma", groups="doc", measures=["ttr", "simpson", "hdd"])
         n  types  ttr  simpson  hdd                    note
    doc
    a    4      2  0.5      0.5  NaN  hdd: 4 words, needs 42
    b    2      2  1.0      0.0  NaN  hdd: 2 words, needs 42
    """
    chosen = _measures_of("diversity", measures)
    window = whole_number("diversity", "window", window, least=1)
    texts, index = texts_of("diversity", table, by=by, groups=groups, kinds=kinds)
    rows = [_row(text, chosen, window) for text in texts]
    whole = ["n", "types", *(name for name in chosen if name in WHOLE)]
    return _frame(rows, ["n", "types", *chosen, "note"], whole, index)


def intervals(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    groups: str | Sequence[str] | None = None,
    measures: str | Sequence[str] = WITH_INTERVALS,
    unit: str | Sequence[str] = ("doc", "sent"),
    samples: int = 1000,
    window: int = WINDOW,
    kinds: str | Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """The measures of lexical diversity with 95 % intervals, by a bootstrap over sentences.

    The sentences of a text are drawn anew, as many as there are and with replacement, and each
    measure is taken of every draw. The interval is the measure of the text itself plus and minus
    1.96 standard deviations of the draws. Percentiles of the draws are not used: a draw repeats
    whole sentences, so it has fewer types than any text of that length, and for the type-token
    ratio their percentiles lie below the value they should surround. No bound lies outside what
    the measure can be in a text of that length.

    The intervals are too wide for ``ttr`` and other measures that depend on the length of the text,
    and for ``mattr``, which does not: against the spread over simulated texts of 800 and 2,000
    words, 1.2 to 1.3 times for ``ttr``, 1.2 to 1.6 for ``mattr``, 1.7 to 1.9 for ``herdan_c`` and
    ``maas``. For ``mtld`` they are up to a sixth too narrow; ``hdd``, ``yule_k``, ``simpson`` and
    ``entropy`` were right within a few percent.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` or ``words``, rows in text order; columns ``kind`` and those of `by`, `groups`
        and `unit`.
    by : str or sequence of str
        The column whose items are told apart.
    groups : str or sequence of str, optional
        The column whose cells tell the texts apart; by default the whole table is one text.
    measures : str or sequence of str
        The measures wanted, of those of `diversity`.
    unit : str or sequence of str
        The columns that tell apart what is drawn: a run of rows with equal cells is one unit. By
        default the sentences; for paragraphs, ``("doc", "paragraph")`` of a table from
        `corpus.with_paragraphs`.
    samples : int
        How many times to draw. The draws are the same at every call.
    window : int
        The length of the windows of ``mattr`` and of the segments of ``msttr``, in words.
    kinds : str or sequence of str
        What is counted: by default words and numbers.

    Returns
    -------
    DataFrame
        One row per group: ``n``, ``types``, ``units`` (with a word that is counted), then each
        measure with ``<measure>_low`` and ``<measure>_high``, and ``note``. With fewer than 10
        units, or where more than one draw in twenty leaves the measure undefined, there is no
        interval, and the note says so.

    Raises
    ------
    ValueError
        A column, a kind or a measure does not exist, or `window` or `samples` is not whole or too
        small.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap: chapters 12-13.

    Examples
    --------
    >>> words = pd.DataFrame({"doc": "a", "sent": range(20), "kind": "word", "norm": ["قال"] * 20})
    >>> words.loc[10:, "norm"] = ["نعم"] * 5 + ["لا"] * 5
    >>> intervals(words, measures="simpson").round(2)
          n  types  units  simpson  simpson_low  simpson_high note
    group
    all  20      3     20     0.34         0.22          0.47
    """
    chosen = _measures_of("intervals", measures)
    window = whole_number("intervals", "window", window, least=1)
    samples = whole_number("intervals", "samples", samples, least=2)
    texts, index = texts_of("intervals", table, by=by, groups=groups, kinds=kinds, unit=unit)
    rows = [_row_with_intervals(text, chosen, window, samples) for text in texts]
    columns = [f"{name}{end}" for name in chosen for end in ("", "_low", "_high")]
    whole = ["n", "types", "units", *(name for name in chosen if name in WHOLE)]
    return _frame(rows, ["n", "types", "units", *columns, "note"], whole, index)


def _value(text: Text, measure: str, window: int) -> Value:
    """The measure, or the reason why there is none."""
    if not len(text.codes) and measure not in WHOLE:
        return "no words"
    if measure in OF_WINDOWS:
        return OF_WINDOWS[measure](text.sequence, window)
    if measure in OF_SEQUENCE:
        return OF_SEQUENCE[measure](text.sequence)
    return OF_SPECTRUM[measure](text.spectrum)


def _row(text: Text, measures: Sequence[str], window: int) -> dict[str, Any]:
    values = {name: _value(text, name, window) for name in measures}
    reasons = {name: value for name, value in values.items() if isinstance(value, str)}
    size = {"n": len(text.codes), "types": text.spectrum.types, "units": len(text.begins)}
    return {**size, **values, **dict.fromkeys(reasons, np.nan), "note": _note(reasons, text)}


def _row_with_intervals(
    text: Text, measures: Sequence[str], window: int, samples: int
) -> dict[str, Any]:
    row = _row(text, measures, window)
    defined = [name for name in measures if not np.isnan(row[name])]
    reasons = {}
    if row["units"] < FEWEST_UNITS:
        few = f"no interval, {row['units']} unit{'s' * (row['units'] != 1)}, needs {FEWEST_UNITS}"
        reasons = dict.fromkeys(defined, few)
        defined = []
    draws = _draws(text, defined, window, samples)
    for name in defined:
        undefined = int(draws[name].isna().sum())
        if undefined > MOST_UNDEFINED * samples:
            reasons[name] = f"no interval, undefined in {undefined} of {samples} draws"
            continue
        reach = DEVIATIONS * float(draws[name].std(ddof=1))
        lowest, highest = bounds(name, row["n"], window)
        row[f"{name}_low"] = min(max(row[name] - reach, lowest), row[name])
        row[f"{name}_high"] = max(min(row[name] + reach, highest), row[name])
    return {**row, "note": _joined([row["note"], _note(reasons)])}


def _draws(text: Text, measures: Sequence[str], window: int, samples: int) -> pd.DataFrame:
    """The measures of each draw of the text's units, NaN where undefined."""
    rows = []
    if measures:
        for drawn in text.resampled(samples):
            values = [_value(drawn, name, window) for name in measures]
            rows.append([np.nan if isinstance(value, str) else value for value in values])
    return pd.DataFrame(rows, columns=list(measures), dtype="float64")


def _note(reasons: dict[str, str], text: Text | None = None) -> str:
    """The reasons, each after the measures that it holds for, and the words without an item."""
    names: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        names.setdefault(reason, []).append(name)
    notes = [f"{', '.join(held)}: {reason}" for reason, held in names.items()]
    if text is not None and text.missing:
        notes.append(f"{text.missing} without an item, not counted")
    return _joined(notes)


def _joined(notes: Iterable[str]) -> str:
    return "; ".join(filter(None, notes))


def _frame(
    rows: list[dict[str, Any]], columns: list[str], whole: list[str], index: pd.Index
) -> pd.DataFrame:
    dtypes: dict[str, Any] = dict.fromkeys(columns, "float64")
    dtypes |= dict.fromkeys(whole, "int64") | {"note": "str"}
    cells = {name: [row.get(name, np.nan) for row in rows] for name in columns}
    typed = {name: pd.array(cells[name], dtype=dtypes[name]) for name in columns}
    return pd.DataFrame(typed, index=index)


def _measures_of(function: str, measures: str | Sequence[str]) -> list[str]:
    chosen = names_of(function, "measures", measures)
    for name in chosen:
        if name not in MEASURES:
            raise ValueError(f"{function}: no measure {name!r}; there are {', '.join(MEASURES)}.")
    return list(dict.fromkeys(chosen))
