"""Entity mentions: canonical names, frequencies.

What stands in `toolkit.cooccurrence`, `toolkit.gold.scores` and `toolkit.gold.errors` is called
from here too, as ``entities.cooccurrence`` or ``entities.evaluate``.
"""

import pandas as pd

from toolkit.annotating import content
from toolkit.annotating.bioes import TYPES as TYPES
from toolkit.annotating.bioes import spans as spans
from toolkit.columns import require
from toolkit.cooccurrence import cooccurrence as cooccurrence
from toolkit.cooccurrence import evidence as evidence
from toolkit.cooccurrence import matrix as matrix
from toolkit.gold.errors import errors as errors
from toolkit.gold.scores import confusion as confusion
from toolkit.gold.scores import evaluate as evaluate
from toolkit.naming.canonical_names import ENTITY_COLUMNS, WORD_COLUMNS


def names(entities: pd.DataFrame, *, words: pd.DataFrame | None = None) -> pd.Series:
    """The canonical name of each mention: clitics and title off, one spelling in the whole corpus.

    Short forms of a person's name have the full name where their document leaves no doubt; see
    `toolkit.naming.canonical_names.canonical` for what is one name, and docs/names.md for how often
    it is right. `pipeline.annotate` has done it already: the column ``name`` of the entities, which
    is not read, so that names changed there by hand do not come back.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``type``, ``text``, ``start``, ``end``.
    words : DataFrame, optional
        The words of the same corpus, which tell titles before a name and contracted clitics.

    Returns
    -------
    Series of str
        Same index. What has no text has no name.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> found = pd.DataFrame({"text": ["أحمد علي", "احمد علي", "أحمد علي"], "doc": ["a", "b", "c"]})
    >>> names(found.assign(type="PER", start=0, end=8)).tolist()
    ['أحمد علي', 'أحمد علي', 'أحمد علي']
    """
    if words is None:
        words = pd.DataFrame(columns=list(WORD_COLUMNS))
    require("names", entities, ENTITY_COLUMNS, advice="Pass the entities of a corpus.")
    found = content.named(entities[list(ENTITY_COLUMNS)], words)
    return content.respelt(found, content.counted(found))["name"].astype("str")


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
    advice = "Pass the entities of an annotated corpus."
    require("mentions", entities, ["doc", "name", "type"], advice=advice)
    plain = entities[["doc", "name", "type"]].astype("str")
    keys = ["name", "type"] if by == "name" else ["type"]
    counted = plain.groupby(keys, sort=True)["doc"].agg(freq="size", docs="nunique").reset_index()
    counted["n"] = len(plain)
    counted["share"] = counted["freq"] / counted["n"]
    ordered = counted.sort_values("freq", ascending=False, kind="stable")
    ordered.index = pd.Index(ordered[by], name=by)
    columns = ["type", "freq", "n", "share", "docs"]
    return ordered[columns if by == "name" else columns[1:]]
