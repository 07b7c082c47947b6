"""The command that compares: what sets a corpus, or a part of it, apart."""

from collections.abc import Mapping, Sequence
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
from toolkit.command.tables import one_or_several, unit
from toolkit.command.types import Condition, ConditionType

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")
NUMBERS = ("freq", "n")
SAME_CORPUS = "name a REFERENCE, or choose documents of the target with --where"


@click.command(
    epilog="""
\b
Examples:
  mudawwana keywords corpus/ other_corpus/ --top 30
  mudawwana keywords corpus/ data/reference/lemma.parquet -o keywords.csv
  mudawwana keywords corpus/ --where section=sport
  mudawwana keywords corpus/ --where section=sport --against section=arts
  mudawwana keywords today.txt corpus/ --against date=2024 --measure log_ratio
"""
)
@click.argument("target", type=READ)
@click.argument("reference", required=False, type=READ)
@click.option(
    "--against",
    type=ConditionType(),
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Only documents of the reference with this metadata, written as for --where. Without a "
    "REFERENCE, those of TARGET; without both, all that --where leaves.",
)
@by_option("lemma")
@unit_option
@measure_option("log_likelihood", several=False)
@click.option(
    "--effect", default="log_ratio", show_default=True, metavar="NAME", help="Size beside it."
)
@convention_option
@click.option(
    "--correction",
    type=click.Choice(["bonferroni", "holm", "benjamini_hochberg"]),
    help="Correct p for the number of comparisons.",
)
@min_option("freq", of=" in both")
@min_option("docs", of=" in both")
@table_options
def keywords(
    target: Path,
    reference: Path | None,
    against: tuple[Condition, ...],
    by: tuple[str, ...],
    tokens: bool | None,
    measure: str,
    effect: str,
    convention: str | None,
    correction: str | None,
    min_freq: int,
    min_docs: int,
    **options: Any,
) -> None:
    """Print what sets TARGET apart from REFERENCE.

    What is typical of TARGET stands first, what is typical of REFERENCE last. Each is a saved
    corpus, texts (annotated first), or a table of frequencies: a .csv, .tsv or .parquet file with
    columns freq and n, such as `freq -o` writes. Without REFERENCE, documents of TARGET are
    compared: those that --where chooses with those that --against chooses, or with all others.
    """
    from toolkit import keyness
    from toolkit.command.output import deliver
    from toolkit.statistics import measures

    for name in (measure, effect):
        measures.chosen("keywords", name, convention)
    ready = [_frequency_table(path) for path in (target, reference) if path is not None]
    known = next((table for table in ready if table is not None), None)
    if known is not None and not _was_given("by"):
        by = tuple(str(name) for name in known.index.names)
    if reference is None:
        sides = _parts(target, against, by, tokens, options, table=ready[0])
    else:
        _refuse_chosen_rows(ready, options["where"], against)
        chosen = options, {**options, "where": against}
        sides = [
            _counted(path, by, tokens, of_side) if table is None else table
            for path, table, of_side in zip((target, reference), ready, chosen, strict=True)
        ]
    found = keyness.keywords(
        *sides,
        measure=measure,
        effect=effect,
        convention=convention,
        correction=correction,
        min_freq=min_freq,
        min_docs=min_docs,
    )
    deliver(found, options, sheet="keywords")


def _was_given(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE


def _counted(
    path: Path, by: Sequence[str], tokens: bool | None, options: Mapping[str, Any]
) -> "pd.DataFrame":
    """The frequencies of a corpus or of texts."""
    from toolkit.command.sources import corpus_of

    def made(found: "Corpus") -> "pd.DataFrame":
        return _frequencies(found, by, tokens)

    return made(corpus_of([path], options, check=made))


def _frequencies(found: "Corpus", by: Sequence[str], tokens: bool | None) -> "pd.DataFrame":
    from toolkit import counts

    return counts.frequencies(unit(found, tokens, by), by=one_or_several(by))


def _parts(
    target: Path,
    against: Sequence[Condition],
    by: Sequence[str],
    tokens: bool | None,
    options: Mapping[str, Any],
    *,
    table: "pd.DataFrame | None",
) -> "list[pd.DataFrame]":
    """The frequencies of two parts of one corpus."""
    from toolkit.command.sources import corpus_of
    from toolkit.command.where import documents, with_documents

    where = options["where"]
    if table is not None or not where:
        raise click.UsageError(f"nothing to compare {str(target)!r} with; {SAME_CORPUS}")
    whole = corpus_of(
        [target], {**options, "where": ()}, check=lambda empty: _frequencies(empty, by, tokens)
    )
    chosen = documents(whole.texts, where)
    others = documents(whole.texts, against, option="against") if against else ~chosen
    docs = whole.texts["doc"]
    both = docs[chosen & others].tolist()
    if both:
        raise ValueError(
            f"keywords: on both sides is {both[0]!r} ({len(both):,} in all); choose others with "
            "--where or --against."
        )
    if not others.any():
        raise ValueError("keywords: --where chooses all documents, and none is left to compare.")
    parts = (with_documents(whole, docs[side].tolist()) for side in (chosen, others))
    return [_frequencies(part, by, tokens) for part in parts]


def _refuse_chosen_rows(
    ready: "Sequence[pd.DataFrame | None]", *conditions: Sequence[Condition]
) -> None:
    """Refuse to choose documents where only frequencies are known."""
    for side, table, given in zip(("where", "against"), ready, conditions, strict=True):
        if table is not None and given:
            raise click.UsageError(
                f"--{side} chooses documents, and a table of frequencies has none; leave it out."
            )


def _frequency_table(path: Path) -> "pd.DataFrame | None":
    """The table of frequencies in a file, its items as the index; None where it is something else.

    A file without columns ``freq`` and ``n`` may be a table of texts.
    """
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES or not path.is_file():
        return None
    table = _parquet(path) if suffix == ".parquet" else _delimited(path)
    if table is None or not set(NUMBERS) <= set(table.columns):
        return None
    if not len(table):
        raise ValueError(f"keywords: the table of frequencies {str(path)!r} has no rows.")
    return table


def _parquet(path: Path) -> "pd.DataFrame | None":
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet

    try:
        names = parquet.read_schema(path).names
        if not set(NUMBERS) <= set(names):
            return None
        table = pd.read_parquet(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ValueError(f"keywords: {str(path)!r} cannot be read ({error}).") from error
    # written without its index, the items are the first columns
    items = [str(name) for name in table.columns[: list(table.columns).index("freq")]]
    return table.set_index(items) if items else table


def _delimited(path: Path) -> "pd.DataFrame | None":
    import pandas as pd

    from toolkit import export

    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline()
    separator = "," if path.suffix.lower() == ".csv" else "\t"
    names = [name.strip().strip('"') for name in header.split(separator)]
    if not set(NUMBERS) <= set(names):
        return None
    try:
        table = export.read_csv(path)
        items = [str(name) for name in table.columns[: list(table.columns).index("freq")]]
        numbers = {str(name): pd.to_numeric(table[name]) for name in table if name not in items}
        return table[items].assign(**numbers).set_index(items)
    except (ValueError, UnicodeError) as error:
        raise ValueError(
            f"keywords: {str(path)!r} is no table of frequencies ({error}); its columns are an "
            "item, then freq, n and other numbers."
        ) from error
