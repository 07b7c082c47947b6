"""The commands that count: frequencies, n-grams, dispersion and diversity."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.command.options import (
    by_option,
    measure_option,
    min_option,
    source_argument,
    table_options,
    unit_option,
)
from toolkit.command.tables import frequent, one_or_several, unit

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

ALL_MEASURES = "all"
SPREAD = "dp,dp_norm,juilland_d,da,arf"
VARIETY = "ttr,mattr,mtld,hdd,yule_k"


@click.command(
    epilog="""
\b
Examples:
  mudawwana freq corpus/ --by lemma --top 30
  mudawwana freq corpus/ --by lemma,upos --without-stop-words -o lemmas.xlsx
  mudawwana freq corpus/ --where section=sport --where date=2024-05..2024-09
  cat article.txt | mudawwana freq -
"""
)
@source_argument
@by_option("lemma")
@unit_option
@min_option("freq")
@min_option("docs")
@click.option("--without-stop-words", "stop", is_flag=True, help="Leave out function words.")
@table_options
def freq(
    sources: tuple[Path, ...],
    by: tuple[str, ...],
    tokens: bool | None,
    min_freq: int,
    min_docs: int,
    stop: bool,
    **options: Any,
) -> None:
    """Print how often each item occurs in SOURCE, with its denominator.

    SOURCE is a saved corpus, or texts, which are annotated first; - is what is piped in.
    """
    from toolkit import counts
    from toolkit.arabic import function_words
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of

    column = one_or_several(by)
    stopped = function_words.stop_words(",".join(by)) if stop else None

    def made(found: "Corpus") -> "pd.DataFrame":
        table = unit(found, tokens, by)
        freqs = counts.frequencies(table, by=column, stop_words=stopped)
        return frequent(freqs, min_freq, min_docs)

    deliver(made(corpus_of(sources, options, check=made)), options, sheet="frequencies")


@click.command(
    epilog="""
\b
Examples:
  mudawwana ngrams corpus/ -n 3 --min-freq 5
  mudawwana ngrams corpus/ --by lemma --skip 2 --top 50
  mudawwana ngrams corpus/ -n 2 --by upos -o patterns.csv
"""
)
@source_argument
@click.option(
    "-n", "--size", "n", type=click.IntRange(1, 9), default=2, show_default=True, help="Items."
)
@by_option("norm", several=False)
@unit_option
@click.option(
    "--skip",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How many words may be left out between the first and the last.",
)
@click.option("--across-sentences", is_flag=True, help="Go over the end of sentences.")
@min_option("freq")
@min_option("docs")
@table_options
def ngrams(
    sources: tuple[Path, ...],
    n: int,
    by: str,
    tokens: bool | None,
    skip: int,
    across_sentences: bool,
    min_freq: int,
    min_docs: int,
    **options: Any,
) -> None:
    """Print how often each sequence of words occurs in SOURCE."""
    from toolkit import counts
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of

    def made(found: "Corpus") -> "pd.DataFrame":
        return counts.ngrams(
            unit(found, tokens, by),
            n,
            by=by,
            skip=skip,
            across_sentences=across_sentences,
            min_freq=min_freq,
            min_docs=min_docs,
        )

    deliver(made(corpus_of(sources, options, check=made)), options, sheet="ngrams")


def _dispersion_names() -> tuple[str, ...]:
    from toolkit.statistics.dispersion import MEASURES

    return (ALL_MEASURES, *MEASURES)


@click.command(
    epilog="""
\b
Examples:
  mudawwana dispersion corpus/ --by lemma --min-freq 10
  mudawwana dispersion corpus/ --parts section --measure dp_norm
  mudawwana dispersion corpus/ --parts 10 --measure all -o spread.csv
"""
)
@source_argument
@by_option("lemma")
@unit_option
@click.option(
    "--parts",
    default="doc",
    show_default=True,
    metavar="COLUMN|NUMBER",
    help="The parts: a column such as doc or section, or into how many the corpus is cut.",
)
@measure_option(SPREAD, several=True, names=_dispersion_names)
@min_option("freq")
@table_options
def dispersion(
    sources: tuple[Path, ...],
    by: tuple[str, ...],
    tokens: bool | None,
    parts: str,
    measure: tuple[str, ...],
    min_freq: int,
    **options: Any,
) -> None:
    """Print how evenly items are spread over parts of SOURCE."""
    from toolkit import counts
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of, with_metadata
    from toolkit.statistics import dispersion as spread

    chosen = spread.measures_of(_measures(measure, spread.MEASURES))
    column = one_or_several(by)
    pieces: str | int = int(parts) if parts.isdecimal() else parts
    found = with_metadata(
        corpus_of(sources, options), [parts] if isinstance(pieces, str) else [], option="parts"
    )
    table = counts.dispersion(
        unit(found, tokens, by),
        by=column,
        parts=pieces,
        min_freq=min_freq,
        measures=chosen,
    )
    deliver(table, options, sheet="dispersion")


def _diversity_names() -> tuple[str, ...]:
    from toolkit.diversity import MEASURES

    return (ALL_MEASURES, *MEASURES)


@click.command(
    epilog="""
\b
Examples:
  mudawwana diversity corpus/
  mudawwana diversity corpus/ --groups doc --measure mtld,hdd
  mudawwana diversity corpus/ --groups section --by lemma -o variety.csv
"""
)
@source_argument
@by_option("norm")
@unit_option
@click.option(
    "--groups",
    metavar="COLUMN",
    help="A row for each of these, such as doc or section; by default one for the corpus.",
)
@measure_option(VARIETY, several=True, names=_diversity_names)
@click.option(
    "--window",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="The length of the windows of mattr and msttr, in words.",
)
@table_options
def diversity(
    sources: tuple[Path, ...],
    by: tuple[str, ...],
    tokens: bool | None,
    groups: str | None,
    measure: tuple[str, ...],
    window: int,
    **options: Any,
) -> None:
    """Print how varied the vocabulary of SOURCE is."""
    from toolkit import diversity as variety
    from toolkit.command.output import deliver
    from toolkit.command.sources import corpus_of, with_metadata

    found = with_metadata(corpus_of(sources, options), [groups] if groups else [], option="groups")
    table = variety.diversity(
        unit(found, tokens, by),
        by=one_or_several(by),
        groups=groups,
        measures=_measures(measure, variety.MEASURES),
        window=window,
    )
    deliver(table, options, sheet="diversity")


def _measures(chosen: tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    return list(known) if chosen == (ALL_MEASURES,) else list(chosen)
