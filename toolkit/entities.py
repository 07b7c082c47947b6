"""Entity mentions: spans over names without their clitics, canonical names, frequencies."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from toolkit.normalise import fold

TYPES = ("PER", "LOC", "ORG", "MISC")


def spans(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Entity spans of one sentence from its BIOES tags.

    A tag that does not continue what stands before it begins a new span, so that no tag is lost.

    Parameters
    ----------
    tags : iterable of str
        ``O``, or ``B-``, ``I-``, ``E-``, ``S-`` and a type, one per token.

    Returns
    -------
    list of (int, int, str)
        Half-open spans of token positions, from 0, and the type.

    Examples
    --------
    >>> spans(["B-PER", "E-PER", "O", "S-LOC"])
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    found: list[tuple[int, int, str]] = []
    open_type = None
    for position, tag in enumerate(tags):
        prefix, _, kind = tag.partition("-")
        if prefix == "O" or not kind:
            open_type = None
            continue
        if prefix in "IE" and open_type == kind:
            start, _, _ = found[-1]
            found[-1] = (start, position + 1, kind)
        else:
            found.append((position, position + 1, kind))
        open_type = None if prefix in "ES" else kind
    return found


def names(surfaces: pd.Series) -> pd.Series:
    """The canonical name of each mention: its most frequent spelling in the corpus.

    Parameters
    ----------
    surfaces : Series of str
        The names as they stand in the text, clitics off.

    Returns
    -------
    Series of str
        Same index. Names that differ only in diacritics, hamza, ``ي``/``ى`` or ``ة``/``ه`` get one
        spelling, the most frequent; of equally frequent ones the first by code point. What is
        missing stays missing.

    Examples
    --------
    >>> names(pd.Series(["أحمد", "احمد", "أحمد"])).tolist()
    ['أحمد', 'أحمد', 'أحمد']
    """
    spelling = spellings(Counter(surfaces.dropna().tolist()))
    return surfaces.map(spelling, na_action="ignore").astype("str")


def spellings(counted: Mapping[str, int]) -> dict[str, str]:
    """For each name as it is written the spelling of `names`, from how often each is written.

    Examples
    --------
    >>> spellings({"أحمد": 2, "احمد": 1})
    {'أحمد': 'أحمد', 'احمد': 'أحمد'}
    """
    best: dict[str, str] = {}
    for surface in sorted(counted, key=lambda surface: (-counted[surface], surface)):
        best.setdefault(fold(surface), surface)
    return {surface: best[fold(surface)] for surface in counted}


def mentions(entities: pd.DataFrame, *, by: str = "name") -> pd.DataFrame:
    """How often each name is mentioned, and in how many documents.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``name``, ``type``, ``doc``.
    by : str
        What is counted: ``name`` (a name that occurs with two types has two rows) or ``type``.

    Returns
    -------
    DataFrame
        One row per name and type, or per type, most frequent first, ties by code point. Index:
        the name or type; columns ``type`` (by name only), ``freq`` (mentions), ``n`` (mentions of
        all), ``share`` (``freq / n``), ``docs`` (documents that mention it).

    Raises
    ------
    ValueError
        A column is missing, or ``by`` is neither ``name`` nor ``type``.

    Examples
    --------
    >>> table = pd.DataFrame({"doc": ["a", "b"], "name": ["دمشق", "دمشق"], "type": ["LOC", "LOC"]})
    >>> mentions(table)
         type  freq  n  share  docs
    name
    دمشق  LOC     2  2    1.0     2
    """
    if by not in ("name", "type"):
        raise ValueError(f"mentions: by={by!r} is unknown; pass 'name' or 'type'.")
    missing = [column for column in ("doc", "name", "type") if column not in entities.columns]
    if missing:
        raise ValueError(
            f"mentions: no column {', '.join(missing)}; columns are {', '.join(entities.columns)}. "
            "Pass the entities of an annotated corpus."
        )
    plain = entities[["doc", "name", "type"]].astype("str")
    keys = ["name", "type"] if by == "name" else ["type"]
    counted = plain.groupby(keys, sort=True)["doc"].agg(freq="size", docs="nunique").reset_index()
    counted["n"] = len(plain)
    counted["share"] = counted["freq"] / counted["n"]
    ordered = counted.sort_values("freq", ascending=False, kind="stable")
    ordered.index = pd.Index(ordered[by], name=by)
    columns = ["type", "freq", "n", "share", "docs"]
    return ordered[columns if by == "name" else columns[1:]]
