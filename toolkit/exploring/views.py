"""The panes of an explorer as HTML: lists, lines, a text, filters. All text is escaped."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from toolkit.exploring.facets import Facet
from toolkit.exploring.labels import Labels
from toolkit.exploring.part import Part
from toolkit.exploring.state import ORDERS, State
from toolkit.exploring.texts import stretch_of, stretches, with_found, within
from toolkit.showing.highlights import CLASSES, from_body, highlighted, spans_of
from toolkit.showing.pieces import escaped, is_missing, isolated

PAGE = 50  # rows of a list that are shown at first, and more each time
MOST_CHOICES = 500  # texts to choose from


def titles_of(texts: pd.DataFrame) -> dict[Any, str]:
    """The title of each text, by its name."""
    docs = texts["doc"].tolist()
    titles = texts["title"].tolist() if "title" in texts.columns else [None] * len(docs)
    return {
        doc: str(doc) if is_missing(title) or not str(title).strip() else str(title)
        for doc, title in zip(docs, titles, strict=True)
    }


# --- sizes ------------------------------------------------------------------------------------


def size_of_part(part: Part, whole: Part, state: State, *, labels: Labels) -> str:
    """How much of the corpus passes the filters: texts, words, mentions, each of how many."""
    sizes = [
        labels.html("texts_of", (len(part.texts), len(whole.texts))),
        labels.html(f"{state.unit}_of", (part.size(state), whole.size(state))),
        labels.html("mentions_of", (len(part.entities), len(whole.entities))),
    ]
    return " · ".join(sizes)


def size_of_lines(part: Part, state: State, labels: Labels) -> str:
    """How often what is searched occurs, of how many, in how many texts."""
    hits = part.hits(state)
    docs, texts = hits["doc"].nunique(), len(part.texts)
    if state.name is not None:
        of = len(part.entities)
        return labels.html("lines_of_name", (len(hits), of, docs, texts), node=state.name[1])
    counts = (len(hits), part.size(state), docs, texts)
    return labels.html("lines_of_node", counts, node=state.node)


# --- lines ------------------------------------------------------------------------------------


def lines_pane(part: Part, state: State, labels: Labels) -> str:
    """The concordance lines, the first `PAGE` of them."""
    if not state.searches:
        return _said(labels.html("no_search"))
    size = f'<p class="explorer-note" role="status">{size_of_lines(part, state, labels)}</p>'
    total = len(part.hits(state))
    if not total:
        return size + _said(labels.html("nothing"))
    head = "".join(
        _sortable(column, order, state, labels)
        for column, order in zip(("doc", "before", "node", "after"), ORDERS, strict=True)
    )
    return (
        f'{size}<div class="mudawwana"><table class="mudawwana-kwic" data-live>'
        f'<thead><tr>{head}</tr></thead><tbody data-list="lines">'
        f"{line_rows(part, state, 0)}</tbody></table></div>"
        f"{more('lines', PAGE, total, labels=labels)}"
    )


def _sortable(column: str, order: str, state: State, labels: Labels) -> str:
    sort = "ascending" if state.order == order else "none"
    return (
        f'<th class="mudawwana-{column}" scope="col" aria-sort="{sort}">'
        f'<button type="button" data-order="{order}">{labels.html(column)}</button></th>'
    )


def limit_of(row: int) -> int:
    """How many lines are made where one of them is to be shown: whole pages."""
    return (row // PAGE + 1) * PAGE


def line_rows(part: Part, state: State, begin: int) -> str:
    """The rows of `PAGE` lines from one on."""
    lines = part.lines(state, limit_of(begin)).iloc[begin:]
    titles = titles_of(part.texts[part.texts["doc"].isin(lines["doc"])])
    columns = [lines[name].tolist() for name in ("doc", "before", "node", "after", "start", "end")]
    rows = []
    for row, (doc, before, node, after, start, end) in enumerate(zip(*columns, strict=True), begin):
        where = f"{doc} {start}:{end}"
        rows.append(
            f'<tr data-row="{row}" data-start="{start}">'
            f'<th class="mudawwana-doc" scope="row">{isolated(titles.get(doc, doc))}</th>'
            f'<td class="mudawwana-before"><bdi dir="rtl">{escaped(before)}</bdi> </td>'
            f'<td class="mudawwana-node"><button type="button" title="{escaped(where)}">'
            f"{escaped(node)}</button></td>"
            f'<td class="mudawwana-after"> {escaped(after)}</td></tr>\n'
        )
    return "".join(rows)


# --- lists ------------------------------------------------------------------------------------


def words_pane(part: Part, state: State, labels: Labels) -> str:
    """The frequencies, the first `PAGE` of them."""
    table = part.frequencies(state)
    key = "items" if state.function_words else "items_kept"
    size = labels.html(key, (len(table), part.size(state)))
    checked = " checked" if state.function_words else ""
    switch = (
        f'<label class="explorer-switch"><input type="checkbox" name="function_words"{checked}> '
        f"{labels.html('function_words')}</label>"
    )
    names = ("item", "freq", "per_million", "docs")
    rows = word_rows(part, state, 0)
    return f'<p class="explorer-note">{size}</p>{switch}' + _list(
        "words", names, rows, len(table), labels
    )


def word_rows(part: Part, state: State, begin: int) -> str:
    """The rows of `PAGE` frequencies from one on."""
    table = part.frequencies(state)
    most = int(table["freq"].iloc[0]) if len(table) else 1
    shown = table.iloc[begin : begin + PAGE]
    columns = (shown["freq"], shown["per_million"], shown["docs"])
    rows = []
    for row, (item, freq, share, docs) in enumerate(zip(shown.index, *columns, strict=True), begin):
        numbers = _numbers(f"{freq:,}", f"{share:,.0f}", f"{docs:,}")
        rows.append(_row(row, isolated(item), numbers, freq / most))
    return "".join(rows)


def names_pane(part: Part, labels: Labels) -> str:
    """The names, the first `PAGE` of them."""
    table = part.mentions
    size = labels.html("names_size", (len(table), len(part.entities)))
    names = ("name", "type", "freq", "docs")
    return f'<p class="explorer-note">{size}</p>' + _list(
        "names", names, name_rows(part, 0, labels), len(table), labels
    )


def name_rows(part: Part, begin: int, labels: Labels) -> str:
    """The rows of `PAGE` names from one on."""
    table = part.mentions
    most = int(table["freq"].iloc[0]) if len(table) else 1
    shown = table.iloc[begin : begin + PAGE]
    columns = (shown["type"], shown["freq"], shown["docs"])
    rows = []
    for row, (name, kind, freq, docs) in enumerate(zip(shown.index, *columns, strict=True), begin):
        type_ = (
            f'<td><mark class="mudawwana-{CLASSES.get(str(kind), "other")}">'
            f"{isolated(labels.type(kind))}</mark></td>"
        )
        rows.append(
            _row(row, isolated(name), type_ + _numbers(f"{freq:,}", f"{docs:,}"), freq / most)
        )
    return "".join(rows)


def _row(number: int, label: str, cells: str, share: float) -> str:
    return (
        f'<tr data-row="{number}" style="--share:{share:.3f}"><th scope="row">'
        f'<button type="button">{label}</button></th>{cells}</tr>\n'
    )


def _numbers(*values: str) -> str:
    return "".join(f'<td class="mudawwana-number" dir="ltr">{value}</td>' for value in values)


def _list(what: str, columns: Sequence[str], rows: str, total: int, labels: Labels) -> str:
    if not total:
        return _said(labels.html("nothing"))
    head = "".join(f'<th scope="col">{labels.html(name)}</th>' for name in columns)
    return (
        f'<div class="mudawwana"><table class="explorer-list"><thead><tr>{head}</tr></thead>'
        f'<tbody data-list="{what}">{rows}</tbody></table></div>'
        f"{more(what, PAGE, total, labels=labels)}"
    )


def more(what: str, shown: int, total: int, *, labels: Labels) -> str:
    """The button that asks for more rows of a list, where there are any."""
    left = total - shown
    if left <= 0:
        return ""
    label = labels.html("more", (min(PAGE, left), total))
    return (
        f'<button type="button" class="explorer-more" data-more="{what}" data-shown="{shown}">'
        f"{label}</button>"
    )


def _said(label: str) -> str:
    return f'<p class="explorer-said">{label}</p>'


# --- the text ---------------------------------------------------------------------------------


def text_pane(part: Part, state: State, labels: Labels) -> tuple[str, int]:
    """The text that is open, and the number of the mark to which it is scrolled (-1 for none)."""
    if state.doc is None:
        return _said(labels.html("nothing")), -1
    text, body = part.text_of(state.doc)
    starts = stretches(text)
    at = state.place[0] if state.place is not None else 0
    number = stretch_of(starts, at)
    first, last = [*starts, len(text)][number : number + 2]
    mentions = part.entities[part.entities["doc"] == state.doc]
    names, crossing = spans_of(str(state.doc), text, mentions)
    found = part.found_in(state, state.doc)
    spans = within(with_found(names, found, labels.text("found_mark")), first, last)
    size = labels.html("text_size", (len(names), len(found)))
    size += labels.html("crossing", (crossing,)) if crossing else ""
    ends = [span.end + first for span in spans if span.css]
    target = next((place for place, end in enumerate(ends) if end > at), -1)
    return (
        f'<p class="explorer-note">{size}</p>'
        f"{_stretch_choice(number, starts, labels)}"
        f'<div class="mudawwana"><div class="mudawwana-text">'
        f"{_with_header(text[first:last], spans, body - first)}</div></div>"
    ), -1 if state.place is None else target


def _with_header(text: str, spans: Sequence[Any], body: int) -> str:
    """The text as HTML, its header, which is never counted, apart."""
    rest, later = from_body(text, spans, min(body, len(text)))
    header = text[: len(text) - len(rest)]
    apart = f'<span class="explorer-header">{escaped(header)}</span>' if header else ""
    return apart + highlighted(rest, later)


def texts_choice(part: Part, state: State, labels: Labels) -> str:
    """The texts of the part as options; where they are many, the first ones and the open one."""
    docs = part.texts["doc"].tolist()
    titles = titles_of(part.texts)
    numbers = list(range(min(len(docs), MOST_CHOICES)))
    here = place_of(part, state)
    if here >= MOST_CHOICES:
        numbers.append(here)
    options = "".join(
        f'<option value="{number}">{escaped(titles[docs[number]])}</option>' for number in numbers
    )
    if len(docs) > MOST_CHOICES:
        said = labels.attribute("first_texts", (MOST_CHOICES, len(docs)))
        options += f"<option disabled>{said}</option>"
    return options


def place_of(part: Part, state: State) -> int:
    """The number of the open text among those of the part, -1 for none."""
    found = np.flatnonzero(part.texts["doc"] == state.doc)
    return int(found[0]) if len(found) else -1


def _stretch_choice(number: int, starts: Sequence[int], labels: Labels) -> str:
    """The way to the stretches before and after, where the text is long."""
    if len(starts) == 1:
        return ""
    buttons = [
        f'<button type="button" data-at="{starts[other] if 0 <= other < len(starts) else 0}"'
        f"{'' if 0 <= other < len(starts) else ' disabled'}>{labels.html(key)}</button>"
        for other, key in ((number - 1, "earlier"), (number + 1, "later"))
    ]
    said = labels.html("stretch", (number + 1, len(starts)))
    return f'<p class="explorer-stretch">{buttons[0]} {said} {buttons[1]}</p>'


# --- the frame --------------------------------------------------------------------------------


def shell(facets: Iterable[Facet], labels: Labels) -> str:
    """What is there from the beginning: the search, the filters, the empty panes."""
    chosen = f'<select name="doc" aria-label="{labels.attribute("choose_text")}"></select>'
    panes = "".join(
        f'<section class="explorer-pane" data-pane="{name}" aria-label="{labels.attribute(name)}">'
        f"<h3>{labels.html(name)}</h3>{chosen if name == 'text' else ''}"
        f'<div class="explorer-body" tabindex="0" role="group" '
        f'aria-label="{labels.attribute(name)}"></div></section>'
        for name in ("words", "names", "lines", "text")
    )
    choices = "".join(_facet(place, facet, labels) for place, facet in enumerate(facets))
    tabs = "".join(
        f'<button type="button" data-show="{name}" aria-pressed="false">'
        f"{labels.html(name)}</button>"
        for name in ("lines", "words", "names", "text")
    )
    return (
        f'{_search(labels)}<div class="explorer-filters" role="group" '
        f'aria-label="{labels.attribute("filters")}">{choices}'
        f'<button type="button" data-clear hidden>{labels.html("all_texts")}</button></div>'
        f'<p class="explorer-size" role="status"></p>'
        f'<p class="explorer-problem" role="alert" hidden></p>'
        f'<div class="explorer-tabs" role="group">{tabs}</div>'
        f'<div class="explorer-panes">{panes}</div>'
        f'<details class="explorer-code"><summary>{labels.html("code")}</summary>'
        f'<p class="explorer-note">{labels.html("code_note")} '
        f'<button type="button" data-copy data-copied="{labels.attribute("copied")}">'
        f"{labels.html('copy')}</button></p>"
        '<pre dir="ltr" lang="en" tabindex="0"><code></code></pre></details>'
    )


def _search(labels: Labels) -> str:
    units = "".join(
        f'<option value="{unit}">{labels.attribute(unit)}</option>'
        for unit in ("lemma", "word", "token")
    )
    return (
        '<form class="explorer-search" role="search">'
        f'<input type="search" name="node" dir="rtl" lang="ar" autocomplete="off" '
        f'spellcheck="false" aria-label="{labels.attribute("search_label")}" '
        f'placeholder="{labels.attribute("examples")}">'
        f'<button type="submit">{labels.html("search")}</button>'
        f'<label>{labels.html("unit")} <select name="unit">{units}</select></label>'
        f'<label><input type="checkbox" name="exact"> {labels.html("exact")}</label></form>'
    )


def _facet(place: int, facet: Facet, labels: Labels) -> str:
    inside = _choices(facet, labels) if facet.kind == "among" else _range(facet, labels)
    return (
        f'<details class="explorer-facet" data-facet="{place}">'
        f"<summary>{isolated(labels.column(facet.column))} <b></b></summary>"
        f'<div class="explorer-choices">{inside}</div></details>'
    )


def _choices(facet: Facet, labels: Labels) -> str:
    return "".join(
        f'<label><input type="checkbox" value="{number}"> '
        f"{labels.html('unknown') if value is None else isolated(value)} "
        "<span></span></label>"
        for number, value in enumerate(facet.choices)
    )


def _range(facet: Facet, labels: Labels) -> str:
    kind = "date" if facet.kind == "day" else "number"
    first, last = map(escaped, facet.choices)
    inputs = "".join(
        f'<label>{labels.html(key)} <input type="{kind}" step="any" dir="ltr" min="{first}" '
        f'max="{last}" placeholder="{edge}" data-edge="{key}"></label>'
        for key, edge in (("from", first), ("to", last))
    )
    if not facet.missing:
        return inputs
    return f'{inputs}<p class="explorer-note">{labels.html("without", (facet.missing,))}</p>'
