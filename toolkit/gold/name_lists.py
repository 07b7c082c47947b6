"""An annotator from a list of names: the longest match over folded tokens, clitics before it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from toolkit.columns import require, segments
from toolkit.normalise import clean, fold
from toolkit.tables import SCHEMA, typed_table

PIECE = re.compile(r"\w+|[^\w\s]")
# What may stand on the front of a name, and what the letters after it stand for: with ل the
# article loses its alif.
FRONT = re.compile("([وف]?)(?:(لل)|([بلك]))?(.*)", re.DOTALL)
ADVICE = "Pass the tokens of an annotated corpus."


class Entry(NamedTuple):
    """A name of the list: the tokens after the first one, the spelling that is kept, the type."""

    rest: tuple[str, ...]
    name: str
    kind: str


class Reading(NamedTuple):
    """A token read as clitics and the rest; `off` letters belong to the clitics alone."""

    norm: str
    off: int


def from_list(
    tokens: pd.DataFrame,
    names: Iterable[str] | Mapping[str, str],
    texts: pd.DataFrame,
    *,
    type: str = "PER",
) -> pd.DataFrame:
    """The mentions of the names of a list: an annotator that knows nothing else.

    The longest name that begins at a token is taken, and the next is looked for behind it; a name
    does not reach over the end of a sentence. Spelling is folded on both sides (`normalise.fold`).
    Before the first token of a name و ف and ب ل ك may stand, which stay outside the span where
    they have letters of their own (``لل`` is ``ل`` and ``ال``, and stays inside).

    Parameters
    ----------
    tokens : DataFrame
        Columns ``doc``, ``sent``, ``norm``, ``start``, ``end``, rows in text order.
    names : iterable of str, or dict
        The names; or a dict of names to their types.
    texts : DataFrame
        The texts of the tokens; columns ``doc``, ``text``.
    type : str
        The type of all names, where no dict gives it.

    Returns
    -------
    DataFrame
        One row per mention, with the columns of ``entities``; ``name`` is the name as the list has
        it.

    Raises
    ------
    ValueError
        A column is missing, a document is not in the texts, the list is empty or holds what is no
        name, or two names that fold to one have different types.

    Examples
    --------
    >>> tokens = pd.DataFrame({"doc": "a", "sent": 1, "norm": ["قال", "للامم", "المتحده"],
    ...                        "start": [0, 4, 10], "end": [3, 9, 17]})
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["قال للأمم المتحدة"]})
    >>> found = from_list(tokens, ["الأمم المتحدة"], texts, type="ORG")
    >>> found[["text", "type", "name", "start", "end"]].values.tolist()
    [['للأمم المتحدة', 'ORG', 'الأمم المتحدة', 4, 17]]
    """
    for column in ("doc", "sent", "norm", "start", "end"):
        require("from_list", tokens, [column], advice=ADVICE)
    require("from_list", texts, ["doc", "text"], advice="Pass the texts of the corpus.")
    entries = _entries(names, type)
    raw = dict(zip(texts["doc"].astype("str"), texts["text"], strict=True))
    absent = sorted(set(tokens["doc"].astype("str")) - set(raw))
    if absent:
        raise ValueError(
            f"from_list: no document {absent[0]!r} in texts; pass those of the corpus."
        )
    columns: dict[str, list[Any]] = {name: [] for name in SCHEMA["entities"]}
    numbers: dict[str, int] = {}
    docs = tokens["doc"].astype("str").to_numpy()
    sents, starts, ends = (tokens[name].to_numpy() for name in ("sent", "start", "end"))
    for row, last, off, entry in _matches(tokens, entries):
        doc, sent, end = str(docs[row]), int(sents[row]), int(ends[last])
        start = _behind(raw[doc], int(starts[row]), end, off)
        numbers[doc] = numbers.get(doc, 0) + 1
        values = doc, sent, numbers[doc], raw[doc][start:end], entry.kind, entry.name, start, end
        for cells, value in zip(columns.values(), values, strict=True):
            cells.append(value)
    return typed_table("entities", columns)


def _entries(names: Iterable[str] | Mapping[str, str], kind: str) -> dict[str, list[Entry]]:
    """The names by their first token, the longest first."""
    given = names if isinstance(names, Mapping) else _with_type(names, kind)
    found: dict[tuple[str, ...], Entry] = {}
    for name, its_kind in given.items():
        pieces = tuple(PIECE.findall(fold(name))) if isinstance(name, str) else ()
        if not pieces or not isinstance(its_kind, str) or not its_kind:
            raise ValueError(f"from_list: {name!r:.60} of type {its_kind!r:.20} is no name.")
        entry = found.setdefault(pieces, Entry(pieces[1:], name, its_kind))
        if entry.kind != its_kind:
            raise ValueError(
                f"from_list: {entry.name!r} is {entry.kind} and {name!r} is {its_kind}, and both "
                "are one name when folded; keep one type."
            )
    if not found:
        raise ValueError("from_list: the list of names is empty.")
    by_first: dict[str, list[Entry]] = {}
    for pieces in sorted(found, key=lambda pieces: (-len(pieces), pieces)):
        by_first.setdefault(pieces[0], []).append(found[pieces])
    return by_first


def _with_type(names: Any, kind: str) -> dict[str, str]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise ValueError(f"from_list: names is {names!r:.60}; pass a list of names, or a dict.")
    return dict.fromkeys(names, kind)


def readings(norm: str) -> Iterator[Reading]:
    """A folded token as it is, and as what is left of it when clitics are taken off.

    Examples
    --------
    >>> [tuple(reading) for reading in readings("وللامم")]
    [('وللامم', 0), ('للامم', 1), ('الامم', 1), ('لامم', 2)]
    """
    yield Reading(norm, 0)
    match = FRONT.fullmatch(norm)
    if match is None:
        return
    conjunction, contracted, preposition, rest = match.groups()
    if conjunction:
        yield Reading(norm[1:], 1)
    if contracted:
        yield Reading(f"ال{rest}", len(conjunction))
        yield Reading(f"ل{rest}", len(conjunction) + 1)
    elif preposition:
        yield Reading(rest, len(conjunction) + 1)


def _matches(
    tokens: pd.DataFrame, entries: Mapping[str, list[Entry]]
) -> Iterator[tuple[int, int, int, Entry]]:
    """The first and the last row of each match, the letters of its clitics, and its name."""
    coded = pd.Categorical(tokens["norm"].astype("object"))
    forms = [str(form) for form in coded.categories]
    begins = [_beginnings(form, entries) for form in forms]
    is_first = np.array([bool(each) for each in begins] + [False])
    codes = coded.codes.astype(np.int64)
    runs = segments(tokens)
    ends = np.searchsorted(runs, runs, side="right") if len(runs) else runs
    free = 0
    for row in np.flatnonzero(is_first[codes]).tolist():
        if row < free:
            continue
        for off, entry in begins[codes[row]]:
            last = row + len(entry.rest)
            following = codes[row + 1 : last + 1]
            if last < ends[row] and all(
                code >= 0 and forms[code] == piece
                for code, piece in zip(following, entry.rest, strict=True)
            ):
                yield row, last, off, entry
                free = last + 1
                break


def _beginnings(form: str, entries: Mapping[str, list[Entry]]) -> list[tuple[int, Entry]]:
    """The names that may begin with a token: longer ones first, then fewer clitics."""
    found = [
        (reading.off, entry)
        for reading in readings(form)
        for entry in entries.get(reading.norm, ())
    ]
    return sorted(found, key=lambda pair: (-len(pair[1].rest), pair[0], pair[1].name))


def _behind(text: str, start: int, end: int, off: int) -> int:
    """Where the letters after the first `off` ones begin in the raw text."""
    if not off:
        return start
    _, offsets = clean(text[start:end])
    return start + offsets.span(off, off + 1)[0]
