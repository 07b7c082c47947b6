"""Right-to-left HTML of a table or a text: concordance lines, highlighted entities, tables.

Plain HTML with one small inline style sheet: no script, nothing loaded, no random ids, so that
equal tables give equal bytes. Colours are tints over the page's own ground and text, so that one
output is legible in light and in dark theme.

Text is escaped, and characters that could reorder or hide the page are shown as ``▯``: control
characters (but not tab and line ends), bidi embeddings, overrides and isolates (U+202A to U+202E,
U+2066 to U+2069) and deprecated format characters (U+206A to U+206F). Marks that belong to
ordinary Arabic text stay (U+200C to U+200F, U+061C). This concerns the display alone; the tables
and texts are never changed.
"""

import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import pandas as pd

from toolkit.arabic.joining import JOINER, joins
from toolkit.columns import whole_number
from toolkit.drawing.axes import check_columns

# `&` stands for the doubled class, which outweighs the table styles of JupyterLab and nbviewer.
_CSS = """
&{color:inherit;contain-intrinsic-inline-size:40em;container-type:inline-size;line-height:1.8;
overflow-x:auto}
& table{border-collapse:collapse;color:inherit;font-size:1em;margin:0;table-layout:auto}
& caption{caption-side:top;color:inherit;padding:.2em 0;text-align:right}
& :is(th,td){border:0 solid rgba(128,128,128,.4);border-bottom-width:1px;line-height:1.8;
max-width:none;padding:.15em .6em;text-align:right;vertical-align:baseline}
& td{min-width:6em}
& .mudawwana-number{font-variant-numeric:tabular-nums;min-width:0;white-space:nowrap}
& .mudawwana-kwic{width:100%}
& .mudawwana-kwic :is(.mudawwana-before,.mudawwana-after){max-width:0;overflow:hidden;
text-overflow:ellipsis;white-space:nowrap;width:50%}
& .mudawwana-kwic .mudawwana-before{direction:ltr;text-align:left}
& .mudawwana-kwic .mudawwana-node{font-weight:bold;text-align:center;white-space:nowrap}
& .mudawwana-kwic tbody .mudawwana-doc{font-size:.85em;font-weight:normal;opacity:.8}
& .mudawwana-label{font-weight:bold}
& .mudawwana-text{line-height:2.1;margin:.4em 0 1.2em;max-width:45em;overflow-wrap:anywhere;
white-space:pre-wrap}
& mark{background:rgba(128,128,128,.25);border-bottom:2px solid #808080;color:inherit;
padding:.1em 0}
& .mudawwana-per{background:rgba(0,114,178,.22);border-bottom:2px solid #3d93c8}
& .mudawwana-loc{background:rgba(0,158,115,.22);border-bottom:2px dashed #00a67a}
& .mudawwana-org{background:rgba(213,94,0,.22);border-bottom:4px double #e06d13}
& .mudawwana-misc{background:rgba(204,121,167,.26);border-bottom:3px dotted #cc79a7}
@container (max-width:34em){
& .mudawwana-kwic :is(tbody,tr){display:block;width:100%}
& .mudawwana-kwic thead{display:none}
& .mudawwana-kwic tr{border-bottom:1px solid rgba(128,128,128,.4);padding:.3em 0}
& .mudawwana-kwic :is(th,td){border:0;padding:0}
& .mudawwana-kwic .mudawwana-doc{display:block}
& .mudawwana-kwic :is(.mudawwana-before,.mudawwana-node,.mudawwana-after){direction:rtl;
display:inline;max-width:none;white-space:normal}}
""".replace("&", ".mudawwana.mudawwana")

_CLASSES = {"PER": "per", "LOC": "loc", "ORG": "org", "MISC": "misc"}

_SHOWN_AS = "▯"
_UNSAFE = str.maketrans(
    dict.fromkeys(
        [
            *(set(range(0x20)) - {0x09, 0x0A, 0x0D}),
            *range(0x7F, 0xA0),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x2070),
        ],
        _SHOWN_AS,
    )
)


@dataclass(frozen=True, repr=False)
class Html:
    """A piece of HTML that Jupyter shows; ``str(piece)`` is the HTML, its repr one line of text.

    Attributes
    ----------
    html : str
        The HTML, with its style sheet; it can stand anywhere in a page.
    summary : str
        What it shows, as plain text.
    """

    html: str
    summary: str

    def __repr__(self) -> str:
        """The summary."""
        return self.summary

    def __str__(self) -> str:
        """The HTML."""
        return self.html

    def _repr_html_(self) -> str:
        return self.html


def kwic(lines: pd.DataFrame, *, limit: int | None = 50) -> Html:
    """Concordance lines, right to left: `before` at the right, the node centred, `after` left.

    Contexts that do not fit are cut by the browser, away from the node; the HTML holds them
    whole, and in a narrow window each line is shown whole, as running text. The node's tooltip
    names the document and the offsets.

    Parameters
    ----------
    lines : DataFrame
        A table of `concordance.kwic`: one row per hit; columns `doc`, `before`, `node`, `after`,
        `start`, `end`.
    limit : int, optional
        Most lines to show, the first ones; None for all. The caption says how many there are.

    Returns
    -------
    Html
        The table.

    Raises
    ------
    ValueError
        A column is missing, or `limit` is no whole number from 1.

    Examples
    --------
    >>> lines = pd.DataFrame({"doc": ["a"], "before": ["قال"], "node": ["وزير"],
    ...                       "after": ["الخارجية"], "start": [4], "end": [8]})
    >>> kwic(lines)
    kwic: 1 line
    """
    _check_columns("kwic", "lines", lines, ["doc", "before", "node", "after", "start", "end"])
    shown = lines.head(_checked_limit("kwic", limit, len(lines)))
    size = _size(len(shown), len(lines), "line")
    if lines.empty:
        return _html(f"<div>{_note('no lines: the node does not occur')}</div>", "kwic", size)
    rows = "".join(
        f'<tr><th class="mudawwana-doc" scope="row">{_cell(line.doc)}</th>'
        # The sheet sets the cell left to right, so that what is cut is furthest from the node.
        f'<td class="mudawwana-before"><bdi dir="rtl">{_escape(line.before)}</bdi> </td>'
        f'<td class="mudawwana-node" title="{_escape(f"{line.doc} {line.start}:{line.end}")}">'
        f"{_escape(line.node)}</td>"
        f'<td class="mudawwana-after"> {_escape(line.after)}</td></tr>\n'
        for line in shown.itertuples()
    )
    head = "".join(
        f'<th class="mudawwana-{name}" scope="col" lang="en">{name}</th>'
        for name in ("doc", "before", "node", "after")
    )
    body = (
        f'<table class="mudawwana-kwic">{_caption(_note(size))}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>"
    )
    return _html(body, "kwic", size)


def entities(
    texts: pd.DataFrame, entities: pd.DataFrame, *, doc: Any = None, limit: int | None = 10
) -> Html:
    """The texts with every entity mention highlighted, one document after the other.

    Each type has its tint and its underline (PER solid, LOC dashed, ORG double, MISC dotted), and
    the tooltip names type and entity. Where a highlight begins or ends inside a joined word, a
    zero width joiner on both sides keeps the letters joined; a border between a letter and its
    diacritics is drawn after them. Of overlapping mentions the first is highlighted, of those
    that begin together the longest, and the legend says how many were left out.

    Parameters
    ----------
    texts : DataFrame
        One row per document; columns `doc` and `text`.
    entities : DataFrame
        One row per mention; columns `doc`, `start`, `end` (code points into `text`), `type`,
        `name`. Mentions of documents that are not shown are passed over.
    doc : optional
        The one document to show; by default all, up to `limit`.
    limit : int, optional
        Most documents to show, the first ones; None for all.

    Returns
    -------
    Html
        A legend with the number of highlights of each type, then the documents, whole.

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
    _check_columns("entities", "texts", texts, ["doc", "text"])
    _check_columns("entities", "entities", entities, ["doc", "start", "end", "type", "name"])
    chosen = texts if doc is None else _one_document(texts, doc)
    shown = chosen.head(_checked_limit("entities", limit, len(chosen)))
    documents, types, left_out = [], [], 0
    by_doc: dict[Any, pd.DataFrame] = dict(list(entities.groupby("doc", observed=True)))
    for row in shown.itertuples():
        mentions = by_doc.get(row.doc, entities.head(0))
        spans, overlapping = _apart(str(row.doc), str(row.text), mentions)
        left_out += overlapping
        types += [span[2] for span in spans]
        documents.append(
            f'<div class="mudawwana-label">{_cell(row.doc)}</div>\n'
            f'<div class="mudawwana-text">{_highlighted(str(row.text), spans)}</div>'
        )
    size = (
        f"{_size(len(types), len(types), 'mention')} in "
        f"{_size(len(shown), len(chosen), 'document')}"
    )
    return _html("\n".join([_legend(types, size, left_out), *documents]), "entities", size)


def table(
    frame: pd.DataFrame,
    *,
    headings: Mapping[Any, str] | None = None,
    caption: str | None = None,
    decimals: int | Mapping[Any, int] | None = None,
    limit: int | None = 50,
) -> Html:
    """A small table, right to left, with its index.

    Numbers in columns have commas between the thousands, missing values stand as "–". The index
    is shown as it is, so that years can stand there; a column of years goes in as strings.

    Parameters
    ----------
    frame : DataFrame
        Any table; every column is shown as text or as numbers.
    headings : mapping, optional
        Headings to show instead of column names, and of the index name, as in
        ``{"freq": "التكرار"}``. The table keeps its names.
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
        `headings` or `decimals` name a column that is not there, or `limit` is no whole number
        from 1.

    Examples
    --------
    >>> freqs = pd.DataFrame({"freq": [1234]}, index=pd.Index(["سوريا"], name="lemma"))
    >>> shown = table(freqs, headings={"freq": "التكرار"})
    >>> shown
    table: 1 row, 1 column
    >>> "1,234" in shown.html
    True
    """
    columns, names = list(frame.columns), list(frame.index.names)
    _check_names("headings", headings or {}, [*columns, *names])
    _check_names("decimals", decimals if isinstance(decimals, Mapping) else {}, columns)
    shown = frame.head(_checked_limit("table", limit, len(frame)))
    size = _size(len(shown), len(frame), "row")
    above = [_cell(caption)] if caption else []
    above += [_note(size)] if len(shown) < len(frame) else []
    heads = [
        _escape((headings or {}).get(name, "" if name is None else name))
        for name in [*names, *columns]
    ]
    labels = [
        [_index_cell(value) for value in shown.index.get_level_values(level)]
        for level in range(len(names))
    ]
    cells = [_column(frame.iloc[:, place], len(shown), decimals) for place in range(len(columns))]
    rows = "".join(f"<tr>{''.join(row)}</tr>\n" for row in zip(*labels, *cells, strict=True))
    head = "".join(f'<th scope="col"><bdi>{name}</bdi></th>' for name in heads)
    body = (
        f"<table>{_caption(*above)}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
    )
    return _html(body, "table", f"{size}, {_size(len(columns), len(columns), 'column')}")


def _html(body: str, what: str, size: str) -> Html:
    page = f'<div class="mudawwana" dir="rtl" lang="ar"><style>{_CSS}</style>\n{body}\n</div>'
    return Html(page, f"{what}: {size}")


def _escape(value: Any) -> str:
    text = str(value).translate(_UNSAFE).replace("\r\n", "\n").replace("\r", "\n")
    return html.escape(text)


def _cell(value: Any) -> str:
    """An escaped text whose direction does not touch its neighbours'."""
    return f"<bdi>{_escape(value)}</bdi>"


def _note(text: str) -> str:
    """A line of ours; it is in English."""
    return f'<bdi lang="en">{_escape(text)}</bdi>'


def _caption(*texts: str) -> str:
    return f"<caption>{'<br>'.join(texts)}</caption>" if texts else ""


def _size(shown: int, total: int, noun: str) -> str:
    count = f"{total:,}" if shown == total else f"{shown:,} of {total:,}"
    return f"{count} {noun}{'' if total == 1 else 's'}"


def _check_columns(where: str, name: str, frame: Any, columns: Sequence[str]) -> None:
    check_columns(where, frame, columns, name=name, advice=f"with {', '.join(columns)}")


def _check_names(option: str, given: Iterable[Any], have: Sequence[Any]) -> None:
    unknown = [name for name in given if name not in have]
    if unknown:
        raise ValueError(
            f"table: {option} names {', '.join(map(repr, unknown))}, which the frame does not "
            f"have; there are {', '.join(str(name) for name in have if name is not None)}. "
            f"Correct {option}=."
        )


def _checked_limit(where: str, limit: int | None, size: int) -> int:
    if limit is None:
        return size
    return whole_number(where, "limit", limit, least=1, otherwise="None to show all")


def _one_document(texts: pd.DataFrame, doc: Any) -> pd.DataFrame:
    chosen: pd.DataFrame = texts[texts["doc"] == doc]
    if chosen.empty:
        some = ", ".join(map(repr, texts["doc"].head(5)))
        raise ValueError(
            f"entities: no document {doc!r} in texts, which has {len(texts):,}: {some}"
            f"{', ...' if len(texts) > 5 else ''}. Pass one of them as doc=."
        )
    return chosen


Span = tuple[int, int, str, str]


def _apart(doc: str, text: str, mentions: pd.DataFrame) -> tuple[list[Span], int]:
    """Spans in reading order without overlap (start, end, type, name), and how many are left."""
    rows = mentions[["start", "end", "type", "name"]].itertuples(index=False, name=None)
    spans: list[Span] = []
    left_out = 0
    for start, end, kind, name in sorted(rows, key=lambda row: (row[0], -row[1])):
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"entities: the span {start}:{end} of {name!r} lies outside document {doc!r}, "
                f"which has {len(text):,} characters. Pass the texts that were annotated."
            )
        start, end = _past_marks(text, start), _past_marks(text, end)
        if start < end and (not spans or start >= spans[-1][1]):
            spans.append((start, end, str(kind), str(name)))
        else:
            left_out += 1
    return spans, left_out


def _highlighted(text: str, spans: Sequence[Span]) -> str:
    """The text as HTML with its spans marked, letters joined across the borders."""
    # One character for one, so that the offsets hold; a sign shown as a box joins nothing.
    text = text.translate(_UNSAFE)
    pieces, last = [], 0
    for start, end, kind, name in spans:
        pieces.append(_joined(text, last, start))
        pieces.append(_mark(kind, _joined(text, start, end), title=f"{kind}: {name}"))
        last = end
    return "".join([*pieces, _joined(text, last, len(text))])


def _joined(text: str, start: int, end: int) -> str:
    """The escaped piece, with a joiner at each end where the letters join across it."""
    if start == end:
        return ""
    before = JOINER if joins(text, start) else ""
    after = JOINER if joins(text, end) else ""
    return f"{before}{_escape(text[start:end])}{after}"


def _past_marks(text: str, place: int) -> int:
    while 0 < place < len(text) and unicodedata.combining(text[place]):
        place += 1
    return place


def _mark(kind: str, content: str, title: str = "") -> str:
    tooltip = f' title="{_escape(title)}"' if title else ""
    return f'<mark class="mudawwana-{_CLASSES.get(kind, "other")}"{tooltip}>{content}</mark>'


def _legend(types: Sequence[str], size: str, left_out: int) -> str:
    names = [*[t for t in _CLASSES if t in types], *sorted(set(types) - set(_CLASSES))]
    entries = [f"{_mark(name, _cell(name))} {types.count(name):,}" for name in names]
    overlapping = f"; {_size(left_out, left_out, 'overlapping mention')} not shown"
    heading = f"<div>{_note(size + (overlapping if left_out else ''))}</div>"
    return heading + (f"<div>{' · '.join(entries)}</div>" if entries else "")


def _column(
    values: "pd.Series[Any]", shown: int, decimals: int | Mapping[Any, int] | None
) -> list[str]:
    """The cells of the first rows of a column; the whole column decides its decimals."""
    places = decimals.get(values.name) if isinstance(decimals, Mapping) else decimals
    if places is None:
        floats = pd.api.types.is_float_dtype(values.dtype)
        places = 2 if floats and not (values.dropna() % 1 == 0).all() else 0
    return [_value_cell(value, places) for value in values.head(shown)]


def _index_cell(value: Any) -> str:
    return f'<th scope="row">{"–" if _is_missing(value) else _cell(value)}</th>'


def _value_cell(value: Any, places: int) -> str:
    if _is_missing(value):
        return "<td>–</td>"
    if isinstance(value, Real) and not isinstance(value, bool):
        number = f"{value:,}" if isinstance(value, Integral) else f"{float(value):z,.{places}f}"
        number = number.replace("inf", "∞").replace("-", "−")
        return f'<td class="mudawwana-number" dir="ltr">{number}</td>'
    return f"<td>{_cell(value)}</td>"


def _is_missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
