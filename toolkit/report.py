"""The main job in one call: a folder of tables, figures and a page to keep, from a corpus."""

from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import corpus, export, plot, summary
from toolkit.reporting import page

LEMMAS_DRAWN = 25
NAMES_DRAWN = 25


def build(
    annotated: corpus.Corpus, out: str | Path, *, found: summary.Findings | None = None
) -> Path:
    """Write the report of a corpus.

    Parameters
    ----------
    annotated : Corpus
        What `pipeline.annotate` returned.
    out : path
        A folder; files of an earlier report in it are replaced.
    found : Findings, optional
        What `summary.findings` returned for this corpus, where it is at hand already.

    Returns
    -------
    Path
        ``index.html`` in the folder; beside it ``corpus/`` (the annotated corpus as Parquet, for
        `corpus.load`), ``tables/`` (CSV of all tables, CSV and Parquet of the statistics) and
        ``figures/`` (PNG and SVG).

    Raises
    ------
    ValueError
        The corpus has no words, or `out` is a file.
    """
    if not len(annotated.words):
        raise ValueError("build: the corpus has no words; annotate texts first.")
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"build: {str(folder)!r} is a file; name a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    if found is None:
        found = summary.findings(annotated)
    corpus.save(annotated, folder / "corpus")
    _write_tables(annotated, found, folder / "tables")
    figures = _write_figures(found, folder / "figures")
    index = folder / "index.html"
    index.write_text(page.render(annotated, found, figures), encoding="utf-8")
    return index


def _write_tables(annotated: corpus.Corpus, found: summary.Findings, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in ("sentences", "tokens", "words", "entities", "dates", "problems"):
        _write_csv(getattr(annotated, name), folder / f"{name}.csv", index=False)
    statistics = {
        "card": found.card,
        "normalisation": found.normalisation,
        "lemma_frequencies": found.lemmas,
        "token_frequencies": found.forms,
        "entity_mentions": found.mentions,
    }
    for name, table in statistics.items():
        _write_csv(table, folder / f"{name}.csv", index=True)
        table.to_parquet(folder / f"{name}.parquet")


def _write_csv(table: pd.DataFrame, path: Path, *, index: bool) -> None:
    export.write_csv(table.reset_index() if index else table, path)


def _write_figures(found: summary.Findings, folder: Path) -> dict[str, str]:
    """Draw the figures; return the SVG of each for the page."""
    from matplotlib import pyplot as plt

    folder.mkdir(exist_ok=True)
    drawings: dict[str, tuple[Any, pd.DataFrame]] = {
        "lemmas": (plot.frequencies, found.content_lemmas.head(LEMMAS_DRAWN)),
        "mentions": (plot.mentions, found.mentions.head(NAMES_DRAWN)),
    }
    pictures = {}
    for name, (draw, table) in drawings.items():
        if not len(table):
            for suffix in ("png", "svg"):  # of an earlier report
                (folder / f"{name}.{suffix}").unlink(missing_ok=True)
            continue
        with plot.style():
            axes = draw(table)
            for suffix in ("png", "svg"):
                plot.save(axes, folder / f"{name}.{suffix}")
            plt.close(axes.get_figure(root=True))
        pictures[name] = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return pictures
