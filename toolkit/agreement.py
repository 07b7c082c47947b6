"""Several annotators of the same texts: how far they agree, and their mentions as one table."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import require
from toolkit.gold.letters import documents
from toolkit.gold.matching import SPAN, annotators, overlaps, without_clitics_apart
from toolkit.gold.merging import merge as merge
from toolkit.gold.name_lists import from_list as from_list

ALL = "all"

Labels = npt.NDArray[np.int64]


def table(
    tables: Sequence[pd.DataFrame],
    names: Sequence[str],
    *,
    tokens: pd.DataFrame | None = None,
    docs: Iterable[Any] | None = None,
    texts: pd.DataFrame | None = None,
    ignore_proclitics: bool = False,
) -> pd.DataFrame:
    """How far every two annotators agree, in all and by type.

    F1 treats the two alike: either may be taken for the gold. Kappa and alpha compare what each
    says of each token (its type, or none) and take off what would agree by chance; most tokens
    are no names, so they are to be compared with each other rather than with F1.

    Parameters
    ----------
    tables : sequence of DataFrame
        The ``entities`` of each annotator over the same texts.
    names : sequence of str
        What the annotators are called, in the same order.
    tokens : DataFrame, optional
        The ``tokens`` of all documents that the annotators looked at; without them ``kappa`` and
        ``alpha`` are missing. Columns ``doc``, ``start``, ``end`` and where present ``kind``:
        punctuation and symbols are left out.
    docs : iterable of str, optional
        The documents that all annotators looked at, such as ``texts["doc"]``; by default those of
        `tokens`, or of `texts`. Without any, a document in which an annotator has no mention is an
        error, since one that did not look at it does not disagree there.
    texts : DataFrame, optional
        The texts of the tables, as for `entities.evaluate`.
    ignore_proclitics : bool
        As for `merge`.

    Returns
    -------
    DataFrame
        One row per pair of annotators and type, ``all`` types first: ``first``, ``second``,
        ``type``, ``freq_first``, ``freq_second`` (mentions), ``both`` (same span and type),
        ``f1``, ``f1_overlap`` (the harmonic mean of the shares of each that overlap one of their
        type of the other), ``tokens``, ``kappa`` (Cohen), ``alpha`` (Krippendorff, nominal). For a
        type, kappa and alpha tell it from all else. Missing where undefined: no mentions; or one
        label alone, which leaves nothing to agree on.

    Raises
    ------
    ValueError
        As for `merge`; or the tokens are of other documents than those compared.

    References
    ----------
    Hripcsak & Rothschild (2005), JAMIA 12(3): 296-298 (F1); Cohen (1960), Educational and
    Psychological Measurement 20(1): 37-46; Krippendorff (2011), Computing Krippendorff's
    alpha-reliability.

    Examples
    --------
    >>> columns = ["doc", "start", "end", "type"]
    >>> one = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 20, "PER")], columns=columns)
    >>> other = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 14, "PER")], columns=columns)
    >>> found = table([one, other], ["one", "other"])
    >>> found[["type", "freq_first", "freq_second", "both", "f1", "f1_overlap"]]
      type  freq_first  freq_second  both   f1  f1_overlap
    0  all           2            2     1  0.5         1.0
    1  LOC           1            1     1  1.0         1.0
    2  PER           1            1     0  0.0         1.0
    """
    named = annotators("table", tables, names, texts=texts)
    units = None if tokens is None else _units("table", tokens)
    _check_documents("table", named, tokens, docs=docs, texts=texts)
    plain = list(named.values())
    types = sorted({kind for each in plain for kind in each["type"]})
    labels = None if units is None else np.stack([_labels(each, units, types) for each in plain])
    spans = without_clitics_apart(plain) if ignore_proclitics else plain
    rows = [
        {"first": str(names[one]), "second": str(names[other]), "type": kind or ALL}
        | _of_spans(*(_of_type(spans[place], kind) for place in (one, other)))
        | _of_labels(None if labels is None else labels[[one, other]], kind, types)
        for one, other in combinations(range(len(plain)), 2)
        for kind in (None, *types)
    ]
    columns = ["first", "second", "type", "freq_first", "freq_second", "both", "f1", "f1_overlap"]
    found = pd.DataFrame(rows, columns=[*columns, "tokens", "kappa", "alpha"])
    return found.astype({"first": "str", "second": "str", "type": "str", "tokens": "Int64"})


def alpha(
    tables: Sequence[pd.DataFrame],
    names: Sequence[str],
    tokens: pd.DataFrame,
    *,
    texts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Krippendorff's alpha of all annotators together: what each says of each token.

    Parameters
    ----------
    tables : sequence of DataFrame
        The ``entities`` of each annotator over the same texts.
    names : sequence of str
        What the annotators are called, in the same order.
    tokens : DataFrame
        As for `table`.
    texts : DataFrame, optional
        As for `table`.

    Returns
    -------
    DataFrame
        One row for ``all`` types (nominal labels: the types, and none), and one per type (it, or
        anything else). Index ``type``; columns ``annotators``, ``tokens``, ``alpha`` (1: as one;
        0: as by chance; missing where there is one label alone).

    Raises
    ------
    ValueError
        As for `table`.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "start": [0, 5, 9, 14], "end": [4, 8, 13, 20]})
    >>> columns = ["doc", "start", "end", "type"]
    >>> one = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 20, "PER")], columns=columns)
    >>> other = pd.DataFrame([("a", 0, 4, "LOC"), ("a", 9, 13, "PER")], columns=columns)
    >>> alpha([one, other], ["one", "other"], tokens).round(3)
          annotators  tokens  alpha
    type
    all            2       4  0.667
    LOC            2       4  1.000
    PER            2       4  0.533
    """
    named = annotators("alpha", tables, names, texts=texts)
    units = _units("alpha", tokens)
    _check_documents("alpha", named, tokens, docs=None, texts=texts)
    plain = list(named.values())
    types = sorted({kind for each in plain for kind in each["type"]})
    labels = np.stack([_labels(each, units, types) for each in plain])
    values = [_alpha(_told(labels, kind, types)) for kind in (None, *types)]
    sizes = {"annotators": len(plain), "tokens": len(units)}
    index = pd.Index([ALL, *types], dtype="str", name="type")
    return pd.DataFrame(sizes | {"alpha": np.array(values, dtype="float64")}, index=index)


def _check_documents(
    function: str,
    named: dict[str, pd.DataFrame],
    tokens: pd.DataFrame | None,
    *,
    docs: Iterable[Any] | None,
    texts: pd.DataFrame | None,
) -> None:
    """Refuse documents that an annotator may not have looked at, or whose tokens are not there."""
    looked_at: list[str] | None = None
    if docs is not None or tokens is None:
        looked_at = documents(function, named, docs=docs, texts=texts)
    if tokens is None:
        return
    of_tokens = tokens["doc"].drop_duplicates().astype("str")
    documents(function, named, docs=of_tokens, texts=texts)
    alone = [] if looked_at is None else sorted(set(of_tokens) - set(looked_at))
    if alone:
        raise ValueError(
            f"{function}: tokens has document {alone[0]!r}, which docs does not name; keep the "
            "tokens of the documents compared: tokens[tokens['doc'].isin(docs)]."
        )


def _of_type(table: pd.DataFrame, kind: str | None) -> pd.DataFrame:
    return table if kind is None else table[table["type"] == kind].reset_index(drop=True)


def _of_spans(one: pd.DataFrame, other: pd.DataFrame) -> dict[str, Any]:
    """Counts and F1 of two annotators."""
    both = len(one.merge(other, on=[*SPAN, "type"]))
    rows, others, _ = overlaps(one, other)
    alike = one["type"].to_numpy()[rows] == other["type"].to_numpy()[others]
    shares = [
        len(np.unique(found[alike])) / len(table) if len(table) else np.nan
        for found, table in ((rows, one), (others, other))
    ]
    total = len(one) + len(other)
    mean = 2 * shares[0] * shares[1] / sum(shares) if sum(shares) > 0 else 0.0
    return {
        "freq_first": len(one),
        "freq_second": len(other),
        "both": both,
        "f1": 2 * both / total if total else np.nan,
        "f1_overlap": mean if total else np.nan,
    }


def _units(function: str, tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens that are words or numbers, and their places."""
    require(function, tokens, SPAN, advice="Pass the tokens of an annotated corpus.")
    kept = tokens
    if "kind" in tokens.columns:
        kept = tokens[tokens["kind"].astype("str").isin(("word", "number"))]
    if kept.empty:
        raise ValueError(f"{function}: `tokens` has no word; was the filter too strict?")
    columns = {"doc": kept["doc"].astype("str").to_numpy()}
    return pd.DataFrame(columns | {name: kept[name].to_numpy() for name in ("start", "end")})


def _labels(table: pd.DataFrame, units: pd.DataFrame, types: list[str]) -> Labels:
    """For each token the number of the type of the mention that is in it, from 1; 0 for none."""
    rows, mentions, shared = overlaps(units, table)
    numbers = np.array([types.index(kind) + 1 for kind in table["type"]], dtype=np.int64)
    found = np.zeros(len(units), dtype=np.int64)
    order = np.lexsort((-numbers[mentions], shared))  # of several the one that shares most is last
    found[rows[order]] = numbers[mentions[order]]
    return found


def _told(labels: Labels, kind: str | None, types: list[str]) -> Labels:
    """The labels, or whether each is that of one type."""
    return labels if kind is None else (labels == types.index(kind) + 1).astype(np.int64)


def _of_labels(labels: Labels | None, kind: str | None, types: list[str]) -> dict[str, Any]:
    if labels is None:
        return {"tokens": None, "kappa": np.nan, "alpha": np.nan}
    told = _told(labels, kind, types)
    return {"tokens": labels.shape[1], "kappa": _kappa(told), "alpha": _alpha(told)}


def _kappa(labels: Labels) -> float:
    """Cohen's kappa of two annotators."""
    size = int(labels.max(initial=0)) + 1
    shares = [np.bincount(each, minlength=size) / labels.shape[1] for each in labels]
    expected = float(shares[0] @ shares[1])
    observed = float((labels[0] == labels[1]).mean())
    return (observed - expected) / (1 - expected) if expected < 1 else np.nan


def _alpha(labels: Labels) -> float:
    """Krippendorff's alpha of nominal labels, a row per annotator, none missing."""
    annotators, units = labels.shape
    size = int(labels.max(initial=0)) + 1
    counts = np.stack([(labels == label).sum(axis=0) for label in range(size)])
    # pairs of labels within a unit that differ, and pairs of any two labels
    within = (annotators**2 - (counts**2).sum(axis=0)).sum() / (annotators - 1)
    total = annotators * units
    totals = counts.sum(axis=1)
    between = (total**2 - (totals**2).sum()) / (total - 1)
    return float(1 - within / between) if between > 0 else np.nan
