"""How often something occurs: frequencies with their denominator and document frequency."""

from collections.abc import Sequence

import pandas as pd

COUNTED_KINDS = ("word", "number")
PER_MILLION = 1_000_000


def frequencies(
    table: pd.DataFrame,
    *,
    by: str | Sequence[str] = "norm",
    kinds: Sequence[str] = COUNTED_KINDS,
) -> pd.DataFrame:
    """How often each item occurs among the words and numbers of a table.

    Parameters
    ----------
    table : DataFrame
        ``tokens`` (as written) or ``words`` (clitics split); columns ``doc``, ``kind`` and those
        of `by`.
    by : str or sequence of str
        The column that is counted, ``form``, ``norm``, ``lemma`` ..., or several that make one
        item together, such as ``["lemma", "upos"]``.
    kinds : sequence of str
        What is counted, and what ``n`` counts: by default words and numbers, not ``punctuation``
        and ``symbol``.

    Returns
    -------
    DataFrame
        One row per item, most frequent first, ties by code point. Index: the item; columns
        ``freq`` (occurrences), ``n`` (occurrences of all items), ``per_million``
        (``freq / n * 1,000,000``) and ``docs`` (documents it occurs in). Rows whose item is
        missing are not counted as items, but in ``n``.

    Raises
    ------
    ValueError
        A column or a kind does not exist.

    Examples
    --------
    >>> words = pd.DataFrame(
    ...     {
    ...         "doc": ["a", "a", "a", "b"],
    ...         "kind": ["word", "word", "punctuation", "word"],
    ...         "lemma": ["كتاب", "قلم", ".", "كتاب"],
    ...     }
    ... )
    >>> frequencies(words, by="lemma")
           freq  n    per_million  docs
    lemma
    كتاب      2  3  666666.666667     2
    قلم       1  3  333333.333333     1
    """
    keys = [by] if isinstance(by, str) else list(by)
    _check_columns(table, keys)
    counted = table[table["kind"].isin(_checked_kinds(kinds))]
    grouped = counted[list(dict.fromkeys(["doc", *keys]))].groupby(keys, observed=True, sort=False)
    found = pd.DataFrame({"freq": grouped.size(), "docs": grouped["doc"].nunique()}).astype("int64")
    found.index = _as_strings(found.index)
    found["n"] = len(counted)
    found["per_million"] = found["freq"] / len(counted) * PER_MILLION
    ordered = found.sort_index().sort_values("freq", ascending=False, kind="stable")
    return ordered[["freq", "n", "per_million", "docs"]]


def _as_strings(items: pd.Index) -> pd.Index:
    """The items as strings, whose order is that of code points and not that of categories."""
    if isinstance(items, pd.MultiIndex):
        levels = [items.get_level_values(place).astype("str") for place in range(items.nlevels)]
        return pd.MultiIndex.from_arrays(levels, names=items.names)
    return items.astype("str")


def _check_columns(table: pd.DataFrame, keys: list[str]) -> None:
    columns = list(map(str, table.columns))
    for needed in ("doc", "kind"):
        if needed not in columns:
            raise ValueError(
                f"frequencies: no column {needed!r} in the table; its columns are "
                f"{', '.join(columns)}. Pass the tokens or words of an annotated corpus."
            )
    if not keys or len(set(keys)) < len(keys):
        raise ValueError(
            f"frequencies: by={keys} names no column or one twice; pass one or several of "
            f"{', '.join(columns)}."
        )
    for key in keys:
        if key not in columns:
            raise ValueError(
                f"frequencies: no column {key!r} in the table; its columns are "
                f"{', '.join(columns)}. Pass one of them as by=."
            )


def _checked_kinds(kinds: Sequence[str]) -> list[str]:
    known = ("word", "number", "punctuation", "symbol")
    chosen = [kinds] if isinstance(kinds, str) else list(kinds)
    for kind in chosen:
        if kind not in known:
            raise ValueError(f"frequencies: no kind {kind!r}; there are {', '.join(known)}.")
    return chosen
