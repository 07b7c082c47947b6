"""Where entity mentions stand in a table of tokens, so that they can be shown as lines."""

import numpy as np
import pandas as pd

from toolkit import columns
from toolkit.statistics.context import last_end
from toolkit.statistics.query import Rows

_OF_MENTIONS = ["doc", "start", "end"]
_OF_TOKENS = ["doc", "sent", "form", "start", "end"]


def hits_of(entities: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens of each entity mention, as a table of hits that `concordance.kwic` takes.

    Parameters
    ----------
    entities : DataFrame
        One row per mention; columns ``doc``, ``start``, ``end``.
    tokens : DataFrame
        ``tokens`` (or ``words``) of the same corpus, rows in text order, each document in one run;
        columns ``doc``, ``sent``, ``form``, ``start``, ``end``.

    Returns
    -------
    DataFrame
        One row per mention, in the order of the mentions. Index: ``row``, the number of its first
        token in the table, from 0. Columns ``doc``, ``sent``, ``form`` (of that token), ``width``
        (its tokens), ``start`` and ``end`` (code points of these tokens: a clitic written onto the
        name stands in them).

    Raises
    ------
    ValueError
        A column is missing, or a mention lies in no token.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "sent": 1, "form": ["زار", "ودمشق", "القديمة"],
    ...                        "start": [0, 4, 10], "end": [3, 9, 17]})
    >>> named = pd.DataFrame({"doc": ["a"], "start": [5], "end": [17]})
    >>> hits_of(named, tokens)[["form", "width", "start", "end"]]
          form  width  start  end
    row
    1    ودمشق      2      4   17
    """
    columns.require("hits_of", entities, _OF_MENTIONS, advice="Pass the entities of a corpus.")
    columns.require("hits_of", tokens, _OF_TOKENS, advice="Pass the tokens of the same corpus.")
    first, last = _rows(entities, tokens)
    found = {name: tokens[name].array.take(first) for name in ("doc", "sent", "form")}
    found |= {"width": (last - first).astype(np.int32), "start": tokens["start"].array.take(first)}
    found |= {"end": last_end(tokens, first, last)}
    return pd.DataFrame(found, index=pd.Index(first, name="row"), copy=False)


def _rows(entities: pd.DataFrame, tokens: pd.DataFrame) -> tuple[Rows, Rows]:
    """The first row of each mention, and the row after its last."""
    if tokens.empty:
        _refuse_outside(entities, np.zeros(len(entities), dtype=bool))
        return (np.zeros(0, dtype=np.int64),) * 2
    docs, names = pd.factorize(tokens["doc"].astype("str"))
    order = pd.Index(names).get_indexer(entities["doc"].astype("str"))
    # One number for a place in the whole table: documents are far apart.
    apart = int(max(tokens["end"].max(), entities["end"].max() if len(entities) else 0)) + 1
    starts = docs.astype(np.int64) * apart + tokens["start"].to_numpy(dtype=np.int64)
    begin = order * apart + entities["start"].to_numpy(dtype=np.int64)
    finish = order * apart + entities["end"].to_numpy(dtype=np.int64)
    first = np.searchsorted(starts, begin, side="right") - 1
    last = np.searchsorted(starts, finish, side="left")
    inside = tokens["end"].to_numpy()[first] > entities["start"].to_numpy()
    _refuse_outside(entities, (first >= 0) & (first < last) & (docs[first] == order) & inside)
    return first, last


def _refuse_outside(entities: pd.DataFrame, inside: columns.Mask) -> None:
    if not inside.all():
        row = entities.iloc[int(np.flatnonzero(~inside)[0])]
        raise ValueError(
            f"hits_of: the mention {row['start']}:{row['end']} of document {row['doc']!r} lies in "
            "no token; pass the tokens of the same corpus."
        )
