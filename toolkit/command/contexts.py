"""The commands that search: concordance lines and collocates."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.command.options import (
    READ,
    by_option,
    convention_option,
    measure_option,
    min_option,
    table_options,
    unit_option,
)
from toolkit.command.tables import unit
from toolkit.command.types import NamesType, TextType, WindowType

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus


@click.command(
    epilog="""
\b
Examples:
  mudawwana kwic corpus/ وزير
  mudawwana kwic corpus/ قال --by lemma --sort after1 --window sentence
  mudawwana kwic corpus/ 'وزير *' --columns date,section -o ministers.csv
  mudawwana kwic corpus/ '.*(ون|ين)' --regex --top all | less
"""
)
@click.argument("sources", nargs=-1, type=READ, metavar="SOURCE...")
@click.argument("node", type=TextType(), metavar="NODE")
@by_option("form", several=False)
@unit_option
@click.option(
    "--window",
    type=WindowType(sentence=True),
    default="8",
    show_default=True,
    help="Words shown on each side, or 'sentence'.",
)
@click.option("--exact", is_flag=True, help="Do not fold spelling.")
@click.option("--regex", is_flag=True, help="NODE is a regular expression over whole words.")
@click.option(
    "--sort",
    type=NamesType(),
    metavar="KEY",
    help="before1 to before3, node, after1 to after3; several with commas.",
)
@click.option(
    "--columns",
    type=NamesType(),
    metavar="COLUMN",
    help="Metadata shown with each line; several with commas.",
)
@table_options
def kwic(
    sources: tuple[Path, ...],
    node: str,
    by: str,
    tokens: bool | None,
    window: int | str,
    exact: bool,
    regex: bool,
    sort: tuple[str, ...] | None,
    columns: tuple[str, ...] | None,
    **options: Any,
) -> None:
    """Print each occurrence of NODE in SOURCE with its context.

    NODE is a word, or several in sequence; in it, * stands for any letters, and ? for one.
    """
    from toolkit import concordance
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of

    searched = _node(node, sources, regex=regex)

    def made(found: "Corpus", *, shown: "pd.DataFrame | None" = None) -> "pd.DataFrame":
        return concordance.kwic(
            unit(found, tokens, by, usual="tokens"),
            searched,
            by=by,
            window=window,
            fold=not exact,
            sort=sort or (),
            texts=shown,
            metadata=(columns or ()) if shown is not None else (),
        )

    found = corpus_of(sources, options, check=made)
    deliver(made(found, shown=found.texts), options, sheet="concordance")


@click.command(
    epilog="""
\b
Examples:
  mudawwana collocates corpus/ وزير
  mudawwana collocates corpus/ قال --window 3,5 --measure mi,t_score --min-freq 3
  mudawwana collocates corpus/ نفط --convention antconc --measure log_likelihood
"""
)
@click.argument("sources", nargs=-1, type=READ, metavar="SOURCE...")
@click.argument("node", type=TextType(), metavar="NODE")
@by_option("lemma", several=False)
@unit_option
@click.option(
    "--window",
    type=WindowType(pair=True),
    default="5",
    show_default=True,
    metavar="WORDS|BEFORE,AFTER",
    help="How many words on each side are near.",
)
@click.option("--across-sentences", is_flag=True, help="Go over the end of sentences.")
@measure_option("log_dice", several=True)
@convention_option
@min_option("freq", of=" near NODE")
@click.option("--exact", is_flag=True, help="Do not fold spelling.")
@click.option("--regex", is_flag=True, help="NODE is a regular expression over whole words.")
@table_options
def collocates(
    sources: tuple[Path, ...],
    node: str,
    by: str,
    tokens: bool | None,
    window: int | tuple[int, int],
    across_sentences: bool,
    measure: tuple[str, ...],
    convention: str | None,
    min_freq: int,
    exact: bool,
    regex: bool,
    **options: Any,
) -> None:
    """Print what stands near NODE more often than by chance."""
    from toolkit import collocation
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of

    searched = _node(node, sources, regex=regex)

    def made(found: "Corpus") -> "pd.DataFrame":
        return collocation.collocates(
            unit(found, tokens, by),
            searched,
            by=by,
            window=window,
            across_sentences=across_sentences,
            measure=measure,
            convention=convention,
            min_freq=min_freq,
            fold=not exact,
        )

    deliver(made(corpus_of(sources, options, check=made)), options, sheet="collocates")


def _node(node: str, sources: tuple[Path, ...], *, regex: bool) -> "str | re.Pattern[str]":
    """What is searched, once it is sure that there is something to search it in."""
    if not sources:
        raise click.UsageError(
            f"Missing argument 'NODE': only {node!r} is given, the corpus or the texts; name what "
            "is searched behind it."
        )
    if not regex:
        return node
    try:
        return re.compile(node)
    except re.error as error:
        raise click.UsageError(f"{node!r} is no regular expression ({error}).") from error
