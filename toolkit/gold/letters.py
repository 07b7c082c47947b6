"""Whether tables of mentions are of the same texts: their letters, and their documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.columns import require

SPAN = ["doc", "start", "end"]
SPACES = np.array([ord(space) for space in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029"])


def of_same_texts(
    function: str,
    names: Sequence[str],
    tables: Sequence[pd.DataFrame],
    *,
    texts: pd.DataFrame | None = None,
) -> list[pd.DataFrame]:
    """The spans of tables that are of the same texts; offsets into different ones are refused.

    With the texts, each mention must have their letters; and those that are not known are filled
    in. Without them, mentions must have the same letters wherever they overlap.

    Parameters
    ----------
    function : str
        Who asks, for messages.
    names : sequence of str
        What the tables are called.
    tables : sequence of DataFrame
        Columns ``doc``, ``start``, ``end``, ``type`` and ``text``, empty where it is not known.
    texts : DataFrame, optional
        Columns ``doc``, ``text``.
    """
    for name, table in zip(names, tables, strict=True):
        _refuse_other_lengths(function, name, table)
    if texts is None:
        _refuse_other_letters(function, names, tables)
        return list(tables)
    raw = raw_texts(function, texts)
    return [
        _with_letters(function, name, table, raw) for name, table in zip(names, tables, strict=True)
    ]


def raw_texts(function: str, texts: pd.DataFrame) -> dict[str, str]:
    """The text of each document, which may stand there once."""
    require(function, texts, ["doc", "text"], advice="Pass the texts of the corpus.")
    docs = texts["doc"].astype("str")
    if docs.duplicated().any():
        twice = docs[docs.duplicated()].iloc[0]
        raise ValueError(
            f"{function}: document {twice!r} is in texts twice; pass each document once."
        )
    return dict(zip(docs, texts["text"].astype("object").fillna("").tolist(), strict=True))


def _refuse_other_lengths(function: str, name: str, table: pd.DataFrame) -> None:
    sizes = table["text"].str.len().to_numpy(dtype=np.int64)
    wrong = (sizes > 0) & (sizes != (table["end"] - table["start"]).to_numpy())
    if wrong.any():
        doc, start, end, text = table.loc[wrong, [*SPAN, "text"]].iloc[0]
        raise ValueError(
            f"{function}: [{start}:{end}] of doc {doc!r} in {name} covers {end - start} code "
            f"points, and its text {text!r:.60} has {len(text)}{_more(wrong)}. Offsets are code "
            "points of the text that was annotated, and text is what stands there; pass both so, "
            "or leave the column text out."
        )


def _with_letters(
    function: str, name: str, table: pd.DataFrame, raw: Mapping[str, str]
) -> pd.DataFrame:
    """The mentions with the letters of the texts, in which they must lie."""
    sizes = table["doc"].map({doc: len(text) for doc, text in raw.items()})
    outside = table[table["end"] > sizes]
    if len(outside):
        doc, start, end = outside[SPAN].iloc[0]
        raise ValueError(
            f"{function}: [{start}:{end}] of doc {doc!r} in {name} lies outside its text, which "
            f"has {len(raw[doc])} code points. Pass the texts that the mentions are of."
        )
    spans = zip(table["doc"], table["start"], table["end"], strict=True)
    found = pd.Series([raw.get(doc, "")[start:end] for doc, start, end in spans], dtype="object")
    given = table["text"].to_numpy(dtype="object")
    # what is empty is not known; a document that is not in the texts is refused with the others
    wrong = (given != "") & (found != "").to_numpy() & (found.to_numpy() != given)
    wrong[wrong] = [_plain(found[row]) != _plain(given[row]) for row in np.flatnonzero(wrong)]
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        doc, start, end = table[SPAN].iloc[row]
        raise ValueError(
            f"{function}: [{start}:{end}] of doc {doc!r} is {found[row]!r:.60} in its text and "
            f"{given[row]!r:.60} in {name}{_more(wrong)}; the offsets are into another text. Pass "
            "the texts that the mentions are of."
        )
    return table.assign(text=found.to_numpy())


def _plain(text: str) -> str:
    """The letters with one kind of white space."""
    return "".join(" " if letter.isspace() else letter for letter in text)


def _refuse_other_letters(
    function: str, names: Sequence[str], tables: Sequence[pd.DataFrame]
) -> None:
    """Refuse mentions that have different letters at a place that both cover."""
    named = [table.assign(table=name) for name, table in zip(names, tables, strict=True)]
    known = pd.concat(named, ignore_index=True)
    known = known[known["text"] != ""].reset_index(drop=True)
    if known.empty:
        return
    places, letters, rows = _letters(known)
    order = np.argsort(places, kind="stable")
    places, letters, rows = places[order], letters[order], rows[order]
    differ = np.flatnonzero((places[1:] == places[:-1]) & (letters[1:] != letters[:-1]))
    if len(differ):
        one, other = (known.loc[rows[differ[0] + side]] for side in (0, 1))
        raise ValueError(
            f"{function}: doc {one['doc']!r} has {one['text']!r:.60} at "
            f"[{one['start']}:{one['end']}] in {one['table']}, and {other['text']!r:.60} at "
            f"[{other['start']}:{other['end']}] in {other['table']}; the offsets are into "
            "different texts. Annotate the texts that the others were made of."
        )


def _letters(known: pd.DataFrame) -> tuple[npt.NDArray[np.int64], ...]:
    """Each letter of each mention: its place as if all documents were one, itself, and its row."""
    starts, ends = (known[column].to_numpy(dtype=np.int64) for column in ("start", "end"))
    sizes = ends - starts
    starts = starts + pd.factorize(known["doc"])[0] * (ends.max() + 1)
    rows = np.repeat(np.arange(len(known)), sizes)
    places = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(len(rows))
    joined = "".join(known["text"]).encode("utf-32-le", "surrogatepass")
    letters = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    letters[np.isin(letters, SPACES)] = ord(" ")
    return places, letters, rows


def _more(wrong: npt.NDArray[np.bool_]) -> str:
    more = int(wrong.sum()) - 1
    return f" (and {more} more are wrong)" if more else ""


# --- documents --------------------------------------------------------------------------------


def documents(
    function: str,
    tables: Mapping[str, pd.DataFrame],
    *,
    docs: Iterable[Any] | None,
    texts: pd.DataFrame | None = None,
) -> list[str]:
    """The documents that are compared, which must be those of all tables unless they are named."""
    present = {name: set(table["doc"]) for name, table in tables.items()}
    if docs is None and texts is None:
        _refuse_alone(function, present)
        return sorted(set().union(*present.values()))
    chosen = _names(function, texts["doc"] if docs is None and texts is not None else docs)
    known = chosen if texts is None else set(texts["doc"].astype("str"))
    if not chosen <= known:
        raise ValueError(
            f"{function}: the documents compared are {_some(chosen)}, and texts lacks "
            f"{_some(chosen - known)}; pass the texts of all of them."
        )
    for name, own in present.items():
        if not own <= chosen:
            raise ValueError(
                f"{function}: {name} has mentions in {_some(own - chosen)}, and the documents "
                f"compared are {_some(chosen)}. To compare fewer documents, keep their mentions "
                f"alone: {name}[{name}['doc'].isin(docs)]."
            )
    return sorted(chosen)


def _refuse_alone(function: str, present: Mapping[str, set[str]]) -> None:
    """Refuse documents in which some have mentions and others none, seen or not."""
    for name, own in present.items():
        alone = set().union(*present.values()) - own
        if alone:
            having = [other for other in present if present[other] & alone]
            verb = "has" if len(having) == 1 else "have"
            raise ValueError(
                f"{function}: only {', '.join(having)} {verb} mentions in {_some(alone)}; {name} "
                f"has some in {_some(own)}. If {'both' if len(present) == 2 else 'all'} looked at "
                "all of them, name the documents that were looked at: docs=texts['doc']."
            )


def _names(function: str, docs: Any) -> set[str]:
    if isinstance(docs, (str, pd.DataFrame)) or not isinstance(docs, Iterable):
        raise ValueError(
            f"{function}: docs is of type {type(docs).__name__}; pass the names of documents, "
            "such as texts['doc']."
        )
    return {str(doc) for doc in docs}


def _some(names: set[str]) -> str:
    shown = ", ".join(map(repr, sorted(names)[:3])) or "none"
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
