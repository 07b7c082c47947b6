"""What differs between two annotations of the same texts: frozen and live, bundled and official."""

from collections.abc import Sequence

import pandas as pd

from toolkit.corpus import Corpus

# What is compared of the units of each table; a unit is found again by where it stands.
COMPARED: dict[str, tuple[str, ...]] = {
    "sentences": (),
    "tokens": ("form", "kind"),
    "words": ("form", "lemma", "lemma_vocalised", "upos", "feats"),
    "entities": ("type", "name"),
    "dates": ("first", "last", "precision"),
}
PLACE = ["doc", "start", "end", "number"]  # words of one contracted token share a place
COLUMNS = ["table", "column", "doc", "start", "end", "text", "before", "after"]


def drift(before: Corpus, after: Corpus) -> pd.DataFrame:
    """What changed from one annotation of some texts to another, unit by unit.

    Parameters
    ----------
    before, after : Corpus
        Annotations of the same texts: of two sets of models, two versions, two machines.

    Returns
    -------
    DataFrame
        One row per difference, ordered by table and place. ``table`` and ``column`` say what
        differs: ``column`` is ``unit`` where a unit stands in one of the two alone. ``doc``,
        ``start`` and ``end`` say where (code points), ``text`` is the raw surface there; ``before``
        and ``after`` are the two values, missing where there is none. No row: no difference.

    Raises
    ------
    ValueError
        The two do not hold the same documents with the same texts.

    Examples
    --------
    >>> from toolkit.tables import typed_table
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["دمشق"]})
    >>> row = {"doc": ["a"], "sent": [1], "entity": [1], "text": ["دمشق"], "name": ["دمشق"]}
    >>> place = typed_table("entities", {**row, "type": ["LOC"], "start": [0], "end": [4]})
    >>> club = place.assign(type=["ORG"])
    >>> found = drift(Corpus(texts=texts, entities=place), Corpus(texts=texts, entities=club))
    >>> found[["table", "column", "text", "before", "after"]]
          table column  text before after
    0  entities   type  دمشق    LOC   ORG
    """
    _check_texts(before, after)
    texts = dict(zip(before.texts["doc"].astype("str"), before.texts["text"], strict=True))
    found = [
        _of_table(name, getattr(before, name), getattr(after, name), columns)
        for name, columns in COMPARED.items()
    ]
    rows = pd.concat(found, ignore_index=True)
    places = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    rows["text"] = pd.Series([texts[doc][start:end] for doc, start, end in places], dtype="str")
    return rows[COLUMNS]


def summary(before: Corpus, after: Corpus) -> pd.DataFrame:
    """How much changed from one annotation to another, table by table and column by column.

    Parameters
    ----------
    before, after : Corpus
        As for `drift`.

    Returns
    -------
    DataFrame
        One row per table and column that is compared. ``n`` is how many units the first has,
        ``changed`` how many differ in the column (``unit``: stand in one of the two alone),
        ``share`` is ``changed / n``, missing where n is 0.

    Raises
    ------
    ValueError
        As for `drift`.
    """
    counted = drift(before, after).groupby(["table", "column"]).size()
    rows = []
    for table, columns in COMPARED.items():
        n = len(getattr(before, table))
        for column in ("unit", *columns):
            changed = int(counted.get((table, column), 0))
            rows.append((table, column, n, changed, changed / n if n else float("nan")))
    return pd.DataFrame(rows, columns=["table", "column", "n", "changed", "share"])


def _of_table(
    name: str, before: pd.DataFrame, after: pd.DataFrame, columns: Sequence[str]
) -> pd.DataFrame:
    both = _placed(before, columns).merge(
        _placed(after, columns),
        on=PLACE,
        how="outer",
        suffixes=(" before", " after"),
        indicator=True,
    )
    alone = both["_merge"] != "both"
    first = columns[0] if columns else "doc"
    found = [_rows(both[alone], name, "unit", first)]
    for column in columns:
        one, other = both[f"{column} before"], both[f"{column} after"]
        differs = (one != other) & ~(one.isna() & other.isna())
        found.append(_rows(both[differs & ~alone], name, column, column))
    return pd.concat(found).sort_values(PLACE, kind="stable")


def _placed(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns that are compared as strings, with the place of each unit."""
    kept = table[["doc", "start", "end"]].astype({"doc": "str", "start": "int64", "end": "int64"})
    kept["number"] = kept.groupby(["doc", "start", "end"]).cumcount()
    for column in columns:
        kept[column] = table[column].astype("str")
    return kept.reset_index(drop=True)


def _rows(chosen: pd.DataFrame, table: str, column: str, value: str) -> pd.DataFrame:
    rows = chosen[PLACE].assign(table=table, column=column)
    for side in ("before", "after"):
        if value in PLACE:  # a sentence has no value but its place
            there = chosen["_merge"].isin(
                ["both", "left_only" if side == "before" else "right_only"]
            )
            rows[side] = chosen[value].where(there).astype("str")
        else:
            rows[side] = chosen[f"{value} {side}"].astype("str")
    return rows


def _check_texts(before: Corpus, after: Corpus) -> None:
    one, other = (
        each.texts.set_index(each.texts["doc"].astype("str"))["text"] for each in (before, after)
    )
    alone = sorted(set(one.index) ^ set(other.index))
    if alone:
        raise ValueError(
            f"drift: {len(alone)} documents stand in one of the two alone, first {alone[0]!r}; "
            "pass two annotations of the same texts."
        )
    changed = [doc for doc in sorted(one.index) if str(one[doc]) != str(other[doc])]
    if changed:
        raise ValueError(
            f"drift: the text of {len(changed)} documents differs, first {changed[0]!r}; pass two "
            "annotations of the same texts."
        )
