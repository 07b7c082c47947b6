"""The mentions of several annotators as one table, and who found each."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import whole_number
from toolkit.gold.letters import documents
from toolkit.gold.matching import SPAN, annotators, overlaps, without_clitics_apart
from toolkit.keeping.storage import joined
from toolkit.tables import SCHEMA, typed_table

WAYS = ("union", "vote", "priority")
BETWEEN = " "  # names of annotators in one cell


def merge(
    tables: Sequence[pd.DataFrame],
    names: Sequence[str],
    *,
    how: str = "union",
    min_votes: int = 2,
    docs: Iterable[Any] | None = None,
    texts: pd.DataFrame | None = None,
    ignore_proclitics: bool = False,
) -> pd.DataFrame:
    """The mentions of several annotators as one table, and who found each.

    Of mentions that overlap one stays: with "union" and "vote" that of more annotators, of equally
    many the longer one, and of equally long ones that of the annotator who is named first; with
    "priority" that of the annotator who is named first.

    Parameters
    ----------
    tables : sequence of DataFrame
        The ``entities`` of each annotator (models, a gazetteer, a list, a person), over the same
        texts.
    names : sequence of str
        What the annotators are called, in the same order, without spaces.
    how : {"union", "vote", "priority"}
        Which mentions: all; those that `min_votes` annotators have with the same span and type; or
        all, in the order of the annotators. Of three tools for Arabic, the union had the best
        recall and F1, and a vote of two the best precision (Aldumaykhi et al.).
    min_votes : int
        For "vote": how many annotators must have a mention.
    docs : iterable of str, optional
        The documents that all annotators looked at, such as ``texts["doc"]``; by default those of
        `texts`. Without either, a document in which an annotator has no mention is an error for
        "vote", since one that did not look at it has no vote there; the other ways need no such
        knowledge.
    texts : DataFrame, optional
        The texts of the tables, as for `entities.evaluate`.
    ignore_proclitics : bool
        Whether spans that differ by و ف ب ل ك س on their front alone count as the same; the
        shortest is kept, since a mention here has its clitics outside.

    Returns
    -------
    DataFrame
        One row per mention, documents as they come in the tables and mentions in text order, with
        the columns of ``entities``, numbered anew, the rest of a row from the first annotator who
        has it; then ``found_by`` (who has this span and type, in the order of `names`), ``votes``
        (how many), and ``against`` (who has a mention there that differs in border or type, and
        was left out for it).

    Raises
    ------
    ValueError
        A column is missing, there are not as many names as tables, a name is empty or given twice,
        `how` is unknown, `min_votes` is more than there are annotators, the offsets are into
        different texts or no code points, or an annotator may not have looked at a document.

    References
    ----------
    Aldumaykhi, Otai & Alsudais (2022), Comparing open Arabic named entity recognition tools,
    arXiv:2205.05857.

    Examples
    --------
    >>> columns = ["doc", "sent", "entity", "text", "type", "name", "start", "end"]
    >>> one = pd.DataFrame([("a", 1, 1, "دمشق", "LOC", "دمشق", 5, 9)], columns=columns)
    >>> other = pd.DataFrame([("a", 1, 1, "قالت دمشق", "ORG", "قالت دمشق", 0, 9)], columns=columns)
    >>> both = merge([one, other, one], ["bundled", "official", "list"])
    >>> both[["text", "type", "found_by", "votes", "against"]]
       text type      found_by  votes   against
    0  دمشق  LOC  bundled list      2  official
    """
    if how not in WAYS:
        raise ValueError(f"merge: how={how!r} is unknown; pass one of {', '.join(WAYS)}.")
    named = annotators("merge", tables, names, columns=list(SCHEMA["entities"]), texts=texts)
    plain = list(named.values())
    min_votes = whole_number("merge", "min_votes", min_votes, least=1)
    if how == "vote" and min_votes > len(plain):
        raise ValueError(f"merge: min_votes is {min_votes}, and there are {len(plain)} annotators.")
    if how == "vote" or docs is not None or texts is not None:
        documents("merge", named, docs=docs, texts=texts)
    spans = without_clitics_apart(plain) if ignore_proclitics else plain
    found = _candidates(spans)
    kept = found[found["votes"] >= min_votes] if how == "vote" else found
    keys = ["first"] if how == "priority" else ["minus_votes", "minus_length", "first"]
    order = kept.sort_values([*keys, *SPAN, "type"], kind="stable").reset_index(drop=True)
    chosen = order.iloc[_apart(order)].reset_index(drop=True)
    return _merged(chosen, [*map(str, names)], tables, spans, plain)


def _candidates(spans: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One row per span and type: how many have it, and who is the first of them."""
    whole = pd.concat(
        [table[[*SPAN, "type"]].assign(first=number) for number, table in enumerate(spans)]
    ).drop_duplicates()
    grouped = whole.groupby([*SPAN, "type"], sort=True)["first"]
    found = grouped.agg(votes="size", first="min").reset_index()
    found["minus_votes"] = -found["votes"]
    found["minus_length"] = found["start"] - found["end"]
    return found


def _apart(order: pd.DataFrame) -> list[int]:
    """The rows that overlap none before them."""
    rows, others, _ = overlaps(order, order)
    earlier = others < rows
    rivals: dict[int, list[int]] = {}
    for row, other in zip(rows[earlier].tolist(), others[earlier].tolist(), strict=True):
        rivals.setdefault(row, []).append(other)
    kept: set[int] = set()
    for row in range(len(order)):
        if not kept.intersection(rivals.get(row, ())):
            kept.add(row)
    return sorted(kept)


def _merged(
    chosen: pd.DataFrame,
    names: list[str],
    tables: Sequence[pd.DataFrame],
    spans: Sequence[pd.DataFrame],
    plain: Sequence[pd.DataFrame],
) -> pd.DataFrame:
    """The chosen mentions with the other columns of the first annotator who has each."""
    columns = list(SCHEMA["entities"])
    parts = []
    found_by: list[list[str]] = [[] for _ in range(len(chosen))]
    against: list[list[str]] = [[] for _ in range(len(chosen))]
    for number, (name, table) in enumerate(zip(names, spans, strict=True)):
        own = table[[*SPAN, "type"]].assign(row=np.arange(len(table)))
        own = own.drop_duplicates([*SPAN, "type"])
        has = chosen[[*SPAN, "type"]].merge(own, on=[*SPAN, "type"], how="left")["row"]
        rows, _, _ = overlaps(chosen, table)
        for row in np.flatnonzero(has.notna()):
            found_by[row].append(name)
        for row in sorted(set(rows) - set(np.flatnonzero(has.notna()))):
            against[row].append(name)
        mine = np.flatnonzero(chosen["first"] == number)
        places = has.to_numpy()[mine].astype(np.int64)
        part = tables[number].iloc[places][columns].assign(place=mine)
        part["text"] = _cut(part["text"], plain[number], table, places)
        part["start"] = chosen["start"].to_numpy()[mine]
        parts.append(part)
    whole = joined(parts).set_index("place").sort_index()
    about: dict[str, Any] = {
        "found_by": [BETWEEN.join(each) for each in found_by],
        "votes": chosen["votes"].to_numpy(),
        "against": [BETWEEN.join(each) for each in against],
    }
    whole = whole.assign(**about)
    order = _text_order(whole, [doc for table in tables for doc in table["doc"].astype("str")])
    whole = whole.iloc[order].reset_index(drop=True)
    whole["entity"] = whole.groupby(whole["doc"].astype("str")).cumcount() + 1
    extra = {name: whole[name] for name in about}
    extra |= {name: extra[name].astype("str") for name in ("found_by", "against")}
    return typed_table("entities", {name: whole[name] for name in columns} | extra)


def _cut(
    texts: pd.Series, plain: pd.DataFrame, moved: pd.DataFrame, places: npt.NDArray[np.int64]
) -> list[str]:
    """The surfaces without the clitics that were taken off their fronts."""
    off = (moved["start"].to_numpy() - plain["start"].to_numpy())[places]
    return [text[int(size) :] for text, size in zip(texts.astype("str"), off, strict=True)]


def _text_order(whole: pd.DataFrame, docs: Iterable[str]) -> npt.NDArray[np.int64]:
    """The documents as they come first in the tables, mentions by place."""
    place = {doc: number for number, doc in enumerate(dict.fromkeys(docs))}
    of_doc = whole["doc"].astype("str").map(place).to_numpy()
    return np.lexsort((whole["end"].to_numpy(), whole["start"].to_numpy(), of_doc))
