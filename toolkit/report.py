"""The main job in one call: a folder of tables, figures and a page to keep, from a corpus."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from toolkit import corpus, summary
from toolkit.keeping.system_errors import naming
from toolkit.reporting import contents, drawings, files, page


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
        ``index.html`` in the folder, with what the corpus supports (`toolkit.reporting.rules`);
        beside it ``corpus/`` (the annotated corpus as Parquet, for `corpus.load`), ``tables/``
        (CSV, of more than 200,000 rows Parquet, or for the tables of the corpus nothing besides
        ``corpus/``) and ``figures/`` (PNG and SVG).

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
    if found is None:
        found = summary.findings(annotated)
    parts = contents.contents(annotated, found)
    with naming(folder), _not_left_empty(folder):
        corpus.save(annotated, folder / "corpus")
        first = {"card": found.card, "normalisation": found.normalisation}
        tables = files.write(annotated, first | parts.files(), folder / "tables")
        figures = drawings.write(parts.figures(), folder / "figures")
        index = folder / "index.html"
        text = page.render(annotated, found, parts, figures=figures, files=tables)
        index.write_text(text, encoding="utf-8")
    return index


@contextmanager
def _not_left_empty(folder: Path) -> Iterator[None]:
    """Take a folder away that was made for what then failed, if nothing is in it."""
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):  # something is in it
                folder.rmdir()
        raise
