"""The state of an explorer as the cell of code that gives the tables it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.exploring.state import ORDERS, Among, Filter, State

LONGEST_LINE = 96


def quoted(value: Any) -> str:
    r"""A value as Python writes it, in double quotes; what could reorder the line is a number.

    Examples
    --------
    >>> print(quoted('كتاب'), quoted('a"b'), quoted(3), quoted("\u202e"))
    "كتاب" "a\"b" 3 "\u202e"
    """
    written = repr(value)
    if not isinstance(value, str):
        return written
    inside = written[1:-1]
    return f'"{inside}"' if written[0] == '"' else '"' + inside.replace('"', '\\"') + '"'


def call(start: str, arguments: Sequence[str]) -> str:
    """A call in one line, or with an argument a line where it is too long.

    Examples
    --------
    >>> call("x = f", ["words", "by=1"])
    'x = f(words, by=1)'
    """
    line = f"{start}({', '.join(arguments)})"
    if len(line) <= LONGEST_LINE:
        return line
    return f"{start}(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"


def code_of(state: State, texts: pd.DataFrame, *, corpus: str, source: str | None) -> str:
    """The cell: imports, the corpus, the texts that are looked at, the tables.

    Parameters
    ----------
    state : State
        What is shown.
    texts : DataFrame
        The texts of the corpus, for the kinds of their columns.
    corpus : str
        The variable that holds the corpus.
    source : str, optional
        The folder that it is loaded from; without one the variable is there already.
    """
    needed = _needed(state)
    parts = [_imports(state, loads=source is not None)]
    if source is not None:
        parts.append(f"{corpus} = corpus.load({quoted(source)})")
    parts.append("\n".join(_tables(state, texts, corpus, needed)))
    parts.append("\n".join(_results(state)))
    return "\n\n".join(parts) + "\n"


def _needed(state: State) -> list[str]:
    """The tables of the corpus that the calls read."""
    tables = {state.table, "entities"} | ({"tokens"} if state.name is not None else set())
    return [name for name in ("words", "tokens", "entities") if name in tables]


def _imports(state: State, *, loads: bool) -> str:
    modules = {"counts", "entities", "show"}
    modules |= {"corpus"} if loads else set()
    modules |= {"concordance"} if state.searches else set()
    modules |= {"explore"} if state.name is not None else set()
    return f"from toolkit import {', '.join(sorted(modules))}"


def _tables(state: State, texts: pd.DataFrame, corpus: str, needed: Sequence[str]) -> list[str]:
    """The lines that make the tables of the texts that are looked at."""
    lines = [f"texts = {corpus}.texts"]
    for column, filter_ in state.filters.items():
        lines.append(_filtered(column, filter_, texts[column].dtype))
    for name in needed:
        variable = "named" if name == "entities" else name
        whole = f"{corpus}.{name}"
        chosen = f'{whole}[{whole}["doc"].isin(texts["doc"])]' if state.filters else whole
        lines.append(f"{variable} = {chosen}")
    return lines


def _filtered(column: str, filter_: Filter, dtype: Any) -> str:
    values = f"texts[{quoted(column)}]"
    if pd.api.types.is_datetime64_any_dtype(dtype):
        values += '.dt.strftime("%Y-%m-%d")'
    if isinstance(filter_, Among):
        return f"texts = texts[{_among(values, filter_)}]"
    if filter_.first is None:
        return f"texts = texts[{values} <= {quoted(filter_.last)}]"
    if filter_.last is None:
        return f"texts = texts[{values} >= {quoted(filter_.first)}]"
    return f"texts = texts[{values}.between({quoted(filter_.first)}, {quoted(filter_.last)})]"


def _among(values: str, filter_: Among) -> str:
    known = [quoted(value) for value in filter_.choices if value is not None]
    if not known:
        return f"{values}.isna()"
    inside = f"[{', '.join(known)}]"
    if len(inside) > LONGEST_LINE - 40:
        inside = "[\n" + "".join(f"    {value},\n" for value in known) + "]"
    return f"{values}.isin({inside})" + (f" | {values}.isna()" if None in filter_.choices else "")


def _results(state: State) -> list[str]:
    """The calls that make what is shown."""
    counted = [state.table, f"by={quoted(state.column)}"]
    if not state.function_words:
        counted.append(f"stop_words=counts.stop_words({quoted(state.column)})")
    lines = [call("frequencies = counts.frequencies", counted)]
    lines.append("mentions = entities.mentions(named)")
    if state.searches:
        lines += _concordance(state)
    if state.doc is not None:
        lines.append(f"text = show.entities(texts, named, doc={quoted(state.doc)})")
    return [
        *lines,
        "show.kwic(lines, texts=texts)" if state.searches else "show.table(frequencies)",
    ]


def _concordance(state: State) -> list[str]:
    options: Mapping[str, str] = {}
    if state.name is None:
        options = {"by": quoted(state.column), "kinds": "counts.COUNTED_KINDS"}
        options = {**options, "fold": "False"} if state.exact else options
    if ORDERS[state.order]:
        keys = ", ".join(map(quoted, ORDERS[state.order]))
        options = {**options, "sort": f"[{keys}]"}
    written = [f"{name}={value}" for name, value in options.items()]
    if state.name is None:
        searched = [state.table, quoted(state.node), *written, "texts=texts"]
        return [call("lines = concordance.kwic", searched)]
    kind, name = map(quoted, state.name)
    meant = f'meant = named[(named["type"] == {kind}) & (named["name"] == {name})]'
    searched = ["tokens", "explore.hits_of(meant, tokens)", *written, "texts=texts"]
    return [meant, call("lines = concordance.kwic", searched)]
