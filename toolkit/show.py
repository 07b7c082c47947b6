"""Right-to-left HTML of a table or a text: concordance lines, highlighted entities, tables.

Plain HTML with one small inline style sheet, nothing loaded, no random ids, so that equal tables
give equal bytes. Concordance lines have a few lines of script behind them, for sorting and for
the wider context; where a page takes no scripts the table is the same without. Colours are tints
over the page's own ground and text, so that one output is legible in light and in dark theme.

Text is escaped, and characters that could reorder or hide the page are shown as ``▯``: control
characters (but not tab and line ends), bidi embeddings, overrides and isolates (U+202A to U+202E,
U+2066 to U+2069), deprecated format characters (U+206A to U+206F), and those that take no place,
such as the zero width space and the soft hyphen. Marks that belong to ordinary Arabic text stay
(U+200C to U+200F, U+061C). This concerns the display alone; the tables and texts are never
changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from toolkit.arabic.visual_order import HAS_RIGHT
from toolkit.showing.arabic_names import ARABIC_TYPES
from toolkit.showing.cells import column_cells, heading_kind, index_cell
from toolkit.showing.highlights import from_body, highlighted, legend, spans_of
from toolkit.showing.lines import columns_of, rows_of
from toolkit.showing.pieces import (
    Headings,
    Html,
    arabic_size,
    captioned,
    check_decimals,
    check_frame,
    check_names,
    check_table,
    checked_limit,
    escaped,
    framed,
    headings_of,
    is_missing,
    isolated,
    note,
    size_of,
)
from toolkit.showing.script import SCRIPT

__all__ = ["Html", "entities", "kwic", "table"]

_OF_MENTIONS = ["doc", "start", "end", "type", "name"]
_OF_LINES = ["doc", "before", "node", "after", "start", "end"]


def kwic(
    lines: pd.DataFrame,
    *,
    texts: pd.DataFrame | None = None,
    headings: Headings = None,
    limit: int | None = 50,
) -> Html:
    """Concordance lines, right to left: `before` at the right, the node centred, `after` left.

    A click on a heading sorts the lines that are shown by its column, a second one the other way
    round, a third one as they were: contexts by their words, the nearest first, punctuation
    passed over, in the order of the alphabet (see `collation.collation_key`); numbers by their
    size. A click on a line, or Enter on its node, opens its wider context below it.

    Contexts that do not fit are cut by the browser, away from the node; the HTML holds them
    whole, and in a narrow window each line is shown whole, as running text. The node's tooltip
    names the document and the offsets.

    Parameters
    ----------
    lines : DataFrame
        A table of `concordance.kwic`: one row per hit; columns `doc`, `before`, `node`, `after`,
        `start`, `end`. Other columns, such as metadata, stand behind them.
    texts : DataFrame, optional
        The documents, columns `doc` and `text`: then the wider context is what stands in the raw
        text, about 300 characters on each side, and not before ``body_start`` where they have
        that column. Otherwise it is the whole line.
    headings : "ar" or mapping, optional
        Arabic headings, or headings to show instead of column names, as in
        ``{"year": "السنة"}``.
    limit : int, optional
        Most lines to show, the first ones; None for all. The caption says how many there are.

    Returns
    -------
    Html
        The table.

    Raises
    ------
    ValueError
        A column is missing, `limit` is no whole number from 1, `headings` name a column that is
        not there, or `texts` are not those of the lines.

    Examples
    --------
    >>> lines = pd.DataFrame({"doc": ["a"], "before": ["قال"], "node": ["وزير"],
    ...                       "after": ["الخارجية"], "start": [4], "end": [8]})
    >>> kwic(lines)
    kwic: 1 line
    """
    check_table("kwic", lines, _OF_LINES, name="lines")
    if texts is not None:
        check_table("kwic", texts, ["doc", "text"], name="texts")
    shown = lines.head(checked_limit("kwic", limit, len(lines)))
    size = size_of(len(shown), len(lines), "line")
    arabic = headings == "ar"
    names = headings_of("kwic", headings, columns_of(lines))
    if lines.empty:
        nothing = "no lines: the node does not occur"
        said = note("لا أسطر: لم ترد كلمة البحث", arabic=True) if arabic else note(nothing)
        return framed(f"<div>{said}</div>", what="kwic", size=size)
    counted = arabic_size(len(shown), len(lines), "الأسطر") if arabic else size
    head = "".join(_sortable(name, heading) for name, heading in names.items())
    body = (
        f'<table class="mudawwana-kwic">{captioned([note(counted, arabic=arabic)])}'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows_of(shown, names, texts)}</tbody></table>"
    )
    return framed(body, what="kwic", size=size, script=SCRIPT)


def _sortable(name: Any, heading: str) -> str:
    part = name if name in _OF_LINES else "about"
    language = ' lang="en"' if heading == name and part != "about" else ""
    return f'<th class="mudawwana-{part}" scope="col"{language}>{isolated(heading)}</th>'


def entities(
    texts: pd.DataFrame,
    entities: pd.DataFrame,
    *,
    doc: Any = None,
    caption: str | None = None,
    headings: Headings = None,
    limit: int | None = 10,
) -> Html:
    """The texts with every entity mention highlighted, one document after the other.

    Each type has its tint and its underline (PER solid, LOC dashed, ORG double, MISC dotted), and
    the tooltip names type and entity. Where a highlight begins or ends inside a joined word, a zero
    width joiner on both sides, which is not copied with the text, keeps the letters joined; a
    border between a letter and its diacritics is drawn after them. A mention within another is
    highlighted within it. Of those that cross, the first is highlighted, of equal ones one, and the
    legend says how many were left out.

    Parameters
    ----------
    texts : DataFrame
        One row per document; columns `doc` and `text`, `title` where there is one, and
        `body_start`: the header of a text, which is never counted, is not shown unless a mention
        lies in it. Offsets count from the beginning of the whole text all the same.
    entities : DataFrame
        One row per mention; columns `doc`, `start`, `end` (code points into `text`), `type`,
        `name`. Mentions of documents that are not shown are passed over.
    doc : optional
        The one document to show; by default all, up to `limit`.
    caption : str, optional
        A line above the legend.
    headings : "ar" or mapping, optional
        Arabic names of the types in the legend, or names to show, as in ``{"PER": "أشخاص"}``.
    limit : int, optional
        Most documents to show, the first ones; None for all.

    Returns
    -------
    Html
        A legend with the number of highlights of each type, then the documents.

    Raises
    ------
    ValueError
        A column is missing, `doc` is not in `texts`, `limit` is no whole number from 1, or an
        offset lies outside its document.

    Examples
    --------
    >>> texts = pd.DataFrame({"doc": ["a"], "text": ["زار سوريا"]})
    >>> found = pd.DataFrame({"doc": ["a"], "start": [4], "end": [9],
    ...                       "type": ["LOC"], "name": ["سوريا"]})
    >>> entities(texts, found)
    entities: 1 mention in 1 document
    """
    check_table("entities", texts, ["doc", "text"], name="texts")
    check_table("entities", entities, _OF_MENTIONS, name="entities")
    chosen = texts if doc is None else _one_document(texts, doc)
    shown = chosen.head(checked_limit("entities", limit, len(chosen)))
    labels = _type_labels(headings, entities)
    documents, types, left_out = [], [], 0
    by_doc: dict[Any, pd.DataFrame] = dict(list(entities.groupby("doc", observed=True)))
    for name, text, title, body_start in _rows_of(shown):
        raw = "" if is_missing(text) else str(text)
        spans, overlapping = spans_of(str(name), raw, by_doc.get(name, entities.head(0)))
        left_out += overlapping
        types += [span.kind for span in spans]
        marked = highlighted(*from_body(raw, spans, body_start))
        documents.append(f'{_label(name, title)}\n<div class="mudawwana-text">{marked}</div>')
    sizes = ((len(types), len(types)), (len(shown), len(chosen)))
    mentions, within = size_of(*sizes[0], "mention"), size_of(*sizes[1], "document")
    above = [f'<div class="mudawwana-label">{isolated(caption)}</div>'] if caption else []
    above += [_counts(*sizes, left_out, arabic=headings == "ar"), legend(types, labels)]
    return framed("\n".join([*above, *documents]), what="entities", size=f"{mentions} in {within}")


def _rows_of(texts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Of each text its name, its letters, its title and where its body begins, if known."""
    columns = ("doc", "text", "title", "body_start")
    nothing = [None] * len(texts)
    return zip(*(texts.get(column, nothing) for column in columns), strict=True)


def _type_labels(headings: Headings, entities: pd.DataFrame) -> dict[Any, str]:
    if isinstance(headings, Mapping):
        return dict(headings)
    given = headings_of("entities", headings, list(entities["type"].drop_duplicates()))
    return {**given, **(ARABIC_TYPES if headings else {})}


def _label(doc: Any, title: Any) -> str:
    where = isolated(doc)
    if not is_missing(title) and str(title) not in ("", str(doc)):
        where = f'{isolated(title)} <span class="mudawwana-where">{where}</span>'
    return f'<div class="mudawwana-label" role="heading" aria-level="4">{where}</div>'


def _counts(
    mentions: tuple[int, int], documents: tuple[int, int], left_out: int, *, arabic: bool
) -> str:
    """How many mentions in how many documents, and how many are not shown."""
    if arabic:
        parts = [arabic_size(*mentions, "الإشارات"), arabic_size(*documents, "الوثائق")]
        parts += [arabic_size(left_out, left_out, "ما لم يظهر لتقاطعه")] if left_out else []
        return f"<div>{note(' · '.join(parts), arabic=True)}</div>"
    said = f"{size_of(*mentions, 'mention')} in {size_of(*documents, 'document')}"
    said += f"; {size_of(left_out, left_out, 'overlapping mention')} not shown" if left_out else ""
    return f"<div>{note(said)}</div>"


def _one_document(texts: pd.DataFrame, doc: Any) -> pd.DataFrame:
    chosen: pd.DataFrame = texts[texts["doc"] == doc]
    if chosen.empty:
        some = ", ".join(map(repr, texts["doc"].head(5)))
        raise ValueError(
            f"entities: no document {doc!r} in texts, which has {len(texts):,}: {some}"
            f"{', ...' if len(texts) > 5 else ''}. Pass one of them as doc=."
        )
    return chosen


def table(
    frame: pd.DataFrame,
    *,
    headings: Headings = None,
    caption: str | None = None,
    decimals: int | Mapping[Any, int] | None = None,
    limit: int | None = 50,
) -> Html:
    """A small table with its index, right to left unless nothing in it is Arabic.

    Numbers in columns have commas between the thousands, missing values stand as "–". The index
    is shown as it is, so that years can stand there; a column of years goes in as strings.

    Parameters
    ----------
    frame : DataFrame
        Any table; every column is shown as text or as numbers.
    headings : "ar" or mapping, optional
        Arabic headings for the columns that the toolkit's tables have, or headings to show
        instead of column names, and of the index name, as in ``{"freq": "التكرار"}``. The table
        keeps its names.
    caption : str, optional
        A line above the table.
    decimals : int or mapping, optional
        Decimals of the columns of floats, for all or by column; by default 2, and 0 where all
        values of the column are whole.
    limit : int, optional
        Most rows to show, the first ones; None for all. The caption says so where rows are left
        out.

    Returns
    -------
    Html
        The table.

    Raises
    ------
    ValueError
        `frame` is no DataFrame (of a Series pass ``series.to_frame()``), `headings` or `decimals`
        name a column that is not there, `decimals` is no whole number, or `limit`
        none from 1.

    Examples
    --------
    >>> freqs = pd.DataFrame({"freq": [1234]}, index=pd.Index(["سوريا"], name="lemma"))
    >>> shown = table(freqs, headings="ar")
    >>> shown
    table: 1 row, 1 column
    >>> "1,234" in shown.html, "التكرار" in shown.html
    (True, True)
    """
    check_frame("table", frame)
    columns, names = list(frame.columns), list(frame.index.names)
    given = headings_of("table", headings, [*columns, *names])
    check_decimals("table", decimals)
    fixed = decimals if isinstance(decimals, Mapping) else {}
    check_names("table", fixed, columns, option="decimals")
    shown = frame.head(checked_limit("table", limit, len(frame)))
    size = size_of(len(shown), len(frame), "row")
    above = [isolated(caption)] if caption else []
    if len(shown) < len(frame):
        counted = arabic_size(len(shown), len(frame), "الصفوف")
        above.append(note(counted, arabic=True) if headings == "ar" else note(size))
    labels = [
        [index_cell(value) for value in shown.index.get_level_values(level)]
        for level in range(len(names))
    ]
    cells = [
        column_cells(frame.iloc[:, place], len(shown), decimals) for place in range(len(columns))
    ]
    rows = "".join(f"<tr>{''.join(row)}</tr>\n" for row in zip(*labels, *cells, strict=True))
    kinds = ["" for _ in names] + [heading_kind(column) for column in cells]
    head = "".join(
        f'<th scope="col"{kind}><bdi>{escaped(given[name])}</bdi></th>'
        for name, kind in zip([*names, *columns], kinds, strict=True)
    )
    body = (
        f"<table>{captioned(above)}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    size = f"{size}, {size_of(len(columns), len(columns), 'column')}"
    return framed(body, what="table", size=size, arabic=bool(HAS_RIGHT.search(body)))
