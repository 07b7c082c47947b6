"""Each mention that was missed, invented or taken for another, in its context."""

from typing import Any

import pandas as pd

from toolkit.columns import whole_number
from toolkit.gold.letters import documents, of_same_texts, raw_texts
from toolkit.gold.matching import checked, pairs, without_clitics_apart

COLUMNS = {
    "doc": "str",
    "kind": "str",
    "type_gold": "str",
    "type_predicted": "str",
    "before": "str",
    "node": "str",
    "after": "str",
    "text_predicted": "str",
    "start": "int32",
    "end": "int32",
}


def errors(
    gold: pd.DataFrame,
    predicted: pd.DataFrame,
    texts: pd.DataFrame,
    *,
    context: int = 40,
    ignore_proclitics: bool = False,
) -> pd.DataFrame:
    """Every mention that was missed, invented or taken for another, with the text around it.

    Mentions are paired as for `confusion`; what is right has no row.

    Parameters
    ----------
    gold, predicted : DataFrame
        As for `evaluate`.
    texts : DataFrame
        The documents that both looked at, all of them; columns ``doc``, ``text``.
    context : int
        How many code points are shown on each side.
    ignore_proclitics : bool
        As for `evaluate`.

    Returns
    -------
    DataFrame
        One row per error, in the order of the texts: ``doc``, ``kind`` (``missed``, ``invented``,
        ``wrong type``, ``wrong border``, ``wrong type and border``), ``type_gold``,
        ``type_predicted`` (missing where there is none), ``before``, ``node``, ``after`` (line
        breaks as spaces), ``text_predicted``, ``start``, ``end``. The node and its offsets are
        those of the gold mention, for an invented one its own. `show.kwic` shows the table.

    Raises
    ------
    ValueError
        As for `evaluate`; a mention lies outside its text or has other letters there; or `context`
        is no whole number.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["زار بشار الأسد دمشق أمس"]})
    >>> columns = ["doc", "start", "end", "type"]
    >>> gold = pd.DataFrame([("a", 4, 14, "PER"), ("a", 15, 19, "LOC")], columns=columns)
    >>> predicted = pd.DataFrame([("a", 9, 14, "PER")], columns=columns)
    >>> errors(gold, predicted, texts)[["kind", "before", "node", "text_predicted"]]
               kind          before        node text_predicted
    0  wrong border             زار  بشار الأسد          الأسد
    1        missed  زار بشار الأسد        دمشق            NaN
    """
    context = whole_number("errors", "context", context, least=0)
    raw = raw_texts("errors", texts)
    names = ("gold", "predicted")
    plain = [
        checked("errors", name, table) for name, table in zip(names, (gold, predicted), strict=True)
    ]
    tables = of_same_texts("errors", names, plain, texts=texts)
    documents("errors", dict(zip(names, tables, strict=True)), docs=raw)
    compared = without_clitics_apart(tables) if ignore_proclitics else tables
    known, given = (list(table.itertuples(index=False)) for table in tables)
    lines = [
        _line(None if row is None else known[row], None if other is None else given[other], kind)
        for row, other, kind in _wrong(compared[0], compared[1])
    ]
    return _in_context(lines, raw, context)


def _wrong(known: pd.DataFrame, given: pd.DataFrame) -> list[tuple[int | None, int | None, str]]:
    """The row of the gold and of the predicted mention of each error, and its kind."""
    rows, others = pairs(known, given)
    alike = {
        column: known[column].to_numpy()[rows] == given[column].to_numpy()[others]
        for column in ("start", "end", "type")
    }
    found: list[tuple[int | None, int | None, str]] = []
    same_span = alike["start"] & alike["end"]
    for row, other, span, kind in zip(
        rows.tolist(), others.tolist(), same_span, alike["type"], strict=True
    ):
        if not span:
            found.append((row, other, "wrong border" if kind else "wrong type and border"))
        elif not kind:
            found.append((row, other, "wrong type"))
    found += [(row, None, "missed") for row in sorted(set(range(len(known))) - set(rows))]
    found += [(None, row, "invented") for row in sorted(set(range(len(given))) - set(others))]
    return found


def _line(known: Any, given: Any, kind: str) -> dict[str, Any]:
    node = given if known is None else known
    return {
        "doc": node.doc,
        "kind": kind,
        "type_gold": None if known is None else known.type,
        "type_predicted": None if given is None else given.type,
        "text_predicted": None if given is None else _one_line(given.text),
        "start": node.start,
        "end": node.end,
    }


def _in_context(lines: list[dict[str, Any]], raw: dict[str, str], context: int) -> pd.DataFrame:
    place = {doc: number for number, doc in enumerate(raw)}
    lines = sorted(lines, key=lambda line: (place[line["doc"]], line["start"], line["end"]))
    for line in lines:
        text, start, end = raw[line["doc"]], line["start"], line["end"]
        sides = text[max(start - context, 0) : start], text[start:end], text[end : end + context]
        line |= dict(zip(("before", "node", "after"), map(_one_line, sides), strict=True))
    return pd.DataFrame(
        {
            column: pd.Series([line[column] for line in lines], dtype=dtype)
            for column, dtype in COLUMNS.items()
        }
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
