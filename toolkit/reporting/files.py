"""The tables of a report as files: each once, CSV where a table is small enough to be looked at."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from toolkit import export
from toolkit.corpus import Corpus

CSV_ROWS = 200_000
ANNOTATION = ("sentences", "tokens", "words", "entities", "dates", "problems")
STATISTICS = (
    "card",
    "entity_mentions",
    "keywords",
    "lemma_frequencies",
    "names_over_time",
    "normalisation",
    "pairs",
    "places",
    "texts_over_time",
    "token_frequencies",
    "told_dates",
    "told_dates_by_period",
)
GROUPS = "texts_by_"  # and the name of a column


def write(annotated: Corpus, statistics: Mapping[str, pd.DataFrame], folder: Path) -> list[str]:
    """The names of the files written; those of an earlier report are removed.

    Parameters
    ----------
    annotated : Corpus
        The corpus. Its own tables are written where they are small; Parquet files of the report
        hold them already.
    statistics : mapping
        Tables by name; their index becomes columns.
    folder : Path
        Where the files go.
    """
    folder.mkdir(exist_ok=True)
    written = []
    for name in ANNOTATION:
        table = getattr(annotated, name)
        if len(table) <= CSV_ROWS:
            written.append(export.write_csv(table, folder / f"{name}.csv").name)
    for name, table in statistics.items():
        if len(table) <= CSV_ROWS:
            written.append(export.write_csv(table.reset_index(), folder / f"{name}.csv").name)
        else:
            written.append(export.write_parquet(table, folder / f"{name}.parquet").name)
    _remove_older(folder, written)
    return written


def _remove_older(folder: Path, written: list[str]) -> None:
    for path in folder.iterdir():
        ours = path.stem in (*ANNOTATION, *STATISTICS) or path.stem.startswith(GROUPS)
        if ours and path.suffix in (".csv", ".parquet") and path.name not in written:
            path.unlink()
