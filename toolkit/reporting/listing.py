"""The concordance lines of a report as HTML.

The lines of an item are shown when a table leads to them, or all together, by the style sheet
alone.
"""

from collections.abc import Hashable

from toolkit.reporting import markup
from toolkit.reporting.contents import Contents
from toolkit.reporting.lines import LINES_PER_ITEM, Item, Line
from toolkit.reporting.rules import Words
from toolkit.showing.pieces import escaped, isolated

SHORT_NODE = 60  # code points that leave room for the context beside them

_EVERY = Words("أظهِر السطور كلها", "Show all lines")


def lines(contents: Contents) -> str:
    """The items that tables name, under the part that names them first.

    Parameters
    ----------
    contents : Contents
        The parts of the report and the book of lines.
    """
    note = Words(
        f"لكل بند في الجداول {LINES_PER_ITEM} سطور على الأكثر، على مسافات متساوية بين مواضعه في "
        "المدوّنة، وبجانبه عدد مواضعه كلها. يُظهرها النقر على البند.",
        f"For each row of the tables above at most {LINES_PER_ITEM} lines, at equal distances "
        "among all its occurrences in the order of the corpus; beside it, how many there are. "
        "They appear where an item is chosen. All lines: mudawwana kwic, or concordance.kwic.",
    )
    numbers, pieces = contents.book.numbers(), []
    left = set(numbers)
    for part in contents.parts:
        keys = dict.fromkeys(key for table in part.tables for key in table.keys if key in left)
        left -= set(keys)
        if keys:
            items = [_item(contents.book.items[key], numbers[key], part.key) for key in keys]
            pieces.append(markup.heading(part.title, 3) + _together(items))
    every = (
        f'<label class="every"><input type="checkbox"> {escaped(_EVERY.arabic)} '
        f"{markup.english(_EVERY.english)}</label>"
    )
    return markup.note(note) + every + "\n".join(pieces)


def _together(items: list[str]) -> str:
    return '<div class="items">\n' + "\n".join(items) + "\n</div>"


def _item(item: Item, number: int, back: Hashable) -> str:
    shown = f"{len(item.lines)} / {item.total:,}"
    detail = f" · <small>{isolated(item.detail)}</small>" if item.detail else ""
    found = "\n".join(_line(line) for line in item.lines)
    return (
        f'<div class="item" id="l{number}"><h4><a href="#l{number}">{isolated(item.label)}</a>'
        f'{detail} · <small dir="ltr">{item.total:,}</small></h4>\n<ol>\n{found}\n</ol>\n'
        f'<p class="back"><small dir="ltr">{shown}</small> '
        f'<a href="#{back}">عودة {markup.english("back")}</a></p></div>'
    )


def _line(line: Line) -> str:
    before, after = isolated(line.before), isolated(line.after)
    cite = f"<cite>{isolated(line.doc)}</cite>"
    if len(line.node) == 3:
        one, between, other = map(escaped, line.node)
        marked = f"<mark>{one}</mark>{between}<mark>{other}</mark>"
    else:
        marked = f"<mark>{escaped(line.node[0])}</mark>"
    whole = ' class="whole"' if len(line.node) == 3 or len(line.node[0]) > SHORT_NODE else ""
    return (
        f'<li{whole}><span class="before">{before}</span> <span>{marked}</span> '
        f'<span class="after">{after}</span>{cite}</li>'
    )
