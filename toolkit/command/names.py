"""The commands that tell of names and dates."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.command.options import (
    min_option,
    output_options,
    quiet_option,
    reading_options,
    source_argument,
    table_options,
    where_option,
)
from toolkit.command.tables import frequent

if TYPE_CHECKING:
    import pandas as pd


@click.command(
    epilog="""
\b
Examples:
  mudawwana entities corpus/ -o names.csv
  mudawwana entities corpus/ --by type
  mudawwana entities corpus/ --where source=aljazeera --min-docs 3
"""
)
@source_argument
@click.option(
    "--by",
    default="name",
    show_default=True,
    type=click.Choice(["name", "type"]),
    help="What is counted.",
)
@min_option("freq")
@min_option("docs")
@table_options
def entities(
    sources: tuple[Path, ...], by: str, min_freq: int, min_docs: int, **options: Any
) -> None:
    """Print how often each entity is mentioned in SOURCE."""
    from toolkit import entities as entity_tables
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of

    found = corpus_of(sources, options)
    table = entity_tables.mentions(found.entities, by=by)
    deliver(frequent(table, min_freq, min_docs), options, sheet="entities")


@click.command(
    epilog="""
\b
Examples:
  mudawwana dates corpus/ --top all
  mudawwana dates texts/ -o dates.csv
  mudawwana dates corpus/ --by precision
"""
)
@source_argument
@click.option(
    "--by",
    type=click.Choice(["text", "first", "last", "precision", "doc"]),
    help="Count what is found by this column; by default each expression has a row.",
)
@output_options
@where_option
@reading_options
@quiet_option
def dates(sources: tuple[Path, ...], by: str | None, **options: Any) -> None:
    """Print the dates in SOURCE and the days that they mean.

    SOURCE is a saved corpus, or texts, which are read for this and not annotated.
    """
    from toolkit.command.output import deliver

    table = _found_dates(sources, options)
    deliver(table if by is None else _counted(table, by), options, sheet="dates")


def _found_dates(sources: tuple[Path, ...], options: Any) -> "pd.DataFrame":
    """The dates of a corpus, or of texts; those of a corpus without a row are looked for."""
    from toolkit.command import sources as cli_sources
    from toolkit.dates import find_dates

    if any(cli_sources.saved_folder(source) for source in sources):
        found = cli_sources.corpus_of(sources, options)
        return found.dates if len(found.dates) else find_dates(found.texts)
    return find_dates(cli_sources.texts_of(sources, options))


def _counted(table: "pd.DataFrame", by: str) -> "pd.DataFrame":
    """How many date expressions there are of each kind, and in how many documents."""
    import pandas as pd

    plain = pd.DataFrame({"item": table[by].astype("str"), "doc": table["doc"].astype("str")})
    grouped = plain.groupby("item", sort=True)["doc"]
    found = pd.DataFrame({"freq": grouped.size(), "n": len(table)})
    found["share"] = found["freq"] / len(table)
    found["docs"] = grouped.nunique()
    return found.rename_axis(by).sort_values("freq", ascending=False, kind="stable")
