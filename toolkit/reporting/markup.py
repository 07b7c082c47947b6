"""HTML of the pieces of a report: words in two languages, tables whose rows lead to lines, figures.

Texts are made inert as `toolkit.show` does it.
"""

import re
from collections.abc import Hashable, Mapping
from numbers import Integral, Real
from typing import Any

from toolkit.reporting.parts import Table
from toolkit.reporting.rules import Words
from toolkit.showing.pieces import escaped, is_missing, isolated

TALL = 30  # rows from which a table has a window of its own

_ISO = re.compile(r"-?\d{4,6}-\d\d(?:-\d\d)?")


def arabic(text: str) -> str:
    """A piece of Arabic of ours; dates in it keep their order.

    Examples
    --------
    >>> arabic("من 2015-10-28")
    'من <bdi dir="ltr">2015-10-28</bdi>'
    """
    return _ISO.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', escaped(text))


def english(text: str) -> str:
    """A piece of English in the Arabic page."""
    return f'<span lang="en" dir="ltr">{escaped(text)}</span>'


def note(words: Words) -> str:
    """A remark in both languages."""
    return (
        f'<div class="note"><p>{arabic(words.arabic)}</p>\n'
        f'<p lang="en" dir="ltr">{escaped(words.english)}</p></div>\n'
    )


def heading(words: Words, level: int = 2) -> str:
    """A heading, Arabic first."""
    return f"<h{level}>{escaped(words.arabic)} {english(words.english)}</h{level}>"


def section(key: str, words: Words, content: str) -> str:
    """A section with its heading, to which links lead."""
    return f'<section id="{key}">\n{heading(words)}\n{content}\n</section>'


def table(shown: Table, numbers: Mapping[Hashable, int]) -> str:
    """A table whose rows lead to their lines.

    Parameters
    ----------
    shown : Table
        What is shown.
    numbers : mapping
        The number of the anchor of each item.
    """
    rows = shown.frame.head(shown.rows)
    index = [str(name) for name in shown.frame.index.names]
    keys = list(shown.keys) or [None] * len(rows)
    labels = [rows.index.get_level_values(level) for level in range(len(index))]
    cells = [
        list(labels[index.index(name)]) if name in index else list(rows[name])
        for name in shown.columns
    ]
    largest = float(rows[shown.bar].max()) if shown.bar else 0.0
    body = "\n".join(
        _row(shown, list(row), key if key is None else numbers[key], largest)
        for key, *row in zip(keys, *cells, strict=True)
    )
    heads = "".join(_head(name, arabic) for name, arabic in shown.columns.items())
    tall = ' tall" tabindex="0' if len(rows) > TALL else ""
    return (
        f'<div class="wide{tall}"><table><caption>{_caption(shown)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _caption(shown: Table) -> str:
    size = f"{shown.rows:,} of {len(shown.frame):,} rows. "
    more = size if len(shown.frame) > shown.rows else ""
    return f"{isolated(shown.caption.arabic)} {english(more + shown.caption.english)}"


def _head(column: str, arabic: str) -> str:
    own = "" if arabic == column else f" {english(column)}"
    return f'<th scope="col">{isolated(arabic)}{own}</th>'


def _row(shown: Table, values: list[Any], number: int | None, largest: float) -> str:
    first = isolated(_text(values[0]))
    if number is not None:
        first = f'<a href="#l{number}">{first}</a>'
    columns = list(shown.columns)[1:]
    cells = "".join(
        _bar(value, largest) if name == shown.bar else _cell(value, shown.decimals.get(name, 0))
        for name, value in zip(columns, values[1:], strict=True)
    )
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _text(value: Any) -> str:
    return "–" if is_missing(value) else str(value)


def _bar(value: Any, largest: float) -> str:
    """A share, with a bar as long as it is beside the largest of the table."""
    wide = 100 * float(value) / largest if largest else 0
    bar = f'<i style="inline-size:{wide:.1f}%"></i>'
    return f'<td class="number bar" dir="ltr">{float(value):.1%}{bar}</td>'


def _cell(value: Any, decimals: int) -> str:
    if is_missing(value):
        return '<td class="number">–</td>'
    if isinstance(value, Real) and not isinstance(value, bool):
        number = f"{value:,}" if isinstance(value, Integral) else f"{float(value):,.{decimals}f}"
        number = number.replace("inf", "∞").replace("-", "−")
        return f'<td class="number" dir="ltr">{number}</td>'
    return f"<td>{isolated(value)}</td>"


def figure(drawing: str, label: Words, *, whole: bool = False) -> str:
    """A figure with what it shows in words; on a phone it is scrolled, or shown whole."""
    frame = "" if whole else ' class="large" tabindex="0"'
    return (
        f'<figure{frame}><div role="img" aria-label="{escaped(label.english)}">{drawing}</div>'
        f"<figcaption>{arabic(label.arabic)} {english(label.english)}</figcaption></figure>"
    )
