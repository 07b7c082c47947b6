"""What stands in a notebook where no explorer can run: the same tables, still."""

from toolkit import show
from toolkit.exploring.session import Session
from toolkit.exploring.views import size_of_lines, size_of_part

WORDS, NAMES, LINES = 10, 10, 10


def snapshot(session: Session) -> str:
    """The sizes, the most frequent words and names and the first lines, as HTML."""
    state, part, labels = session.state, session.part, session.labels
    headings = "ar" if labels.language == "ar" else None
    frequencies, mentions = part.frequencies(state), part.mentions
    columns = ["freq", "per_million", "docs"]
    tables = [
        show.table(frequencies[columns], headings=headings, decimals=0, limit=WORDS).html,
        show.table(mentions[["type", "freq", "docs"]], headings=headings, limit=NAMES).html,
    ]
    beside = "".join(f'<div style="flex:1 1 20em;min-width:0">{table}</div>' for table in tables)
    pieces = [
        f'<p style="text-align:right"><b>{labels.html("explorer")}</b><br>'
        f"{labels.html('snapshot')}<br>"
        f"{size_of_part(part, session.whole, state, labels=labels)}</p>",
        f'<div style="display:flex;flex-wrap:wrap;gap:0 2em">{beside}</div>',
    ]
    if state.searches:
        lines = part.lines(state, LINES)
        shown = show.kwic(lines, texts=part.texts, headings=headings, limit=LINES).html
        said = size_of_lines(part, state, labels)
        pieces += [f'<p style="text-align:right">{said}</p>', shown]
    return f'<div class="mudawwana-snapshot" dir="rtl" lang="ar">{"".join(pieces)}</div>'
