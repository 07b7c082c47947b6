"""The commands that read and annotate texts, and make reports and files of corpora."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.command.options import (
    folder_option,
    output_options,
    quiet_option,
    reading_options,
    source_argument,
    source_options,
    texts_argument,
    where_option,
)
from toolkit.command.saying import say

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

SHOWN = 40  # code points of each text


@click.command(
    epilog="""
\b
Examples:
  mudawwana run seeds/ --out report/
  mudawwana run news.csv --text body --where section=sport
  mudawwana run 'news/**/*.txt' --metadata '{source}_{date}.txt' --workers 2
"""
)
@texts_argument
@folder_option("report")
@source_options
def run(texts: tuple[Path, ...], output: Path, **options: Any) -> None:
    """Annotate TEXTS and write a report: tables, figures, index.html.

    The report's folder also holds the corpus, which the other commands take: SOURCE is the folder.
    """
    from toolkit.command.sources import annotated, texts_of

    begun = time.perf_counter()
    _refuse_place(output, corpus=output / "corpus")
    found = annotated(texts_of(texts, options), options)
    try:
        _report(found, output, quiet=options["quiet"])
    except KeyboardInterrupt as stop:
        kept = "kept in the cache, and the same call goes on from there"
        lost = "not kept, as no cache is used; the same call begins anew"
        stop.add_note(f"run: all texts are annotated, and {kept if options['cache'] else lost}.")
        raise
    if not options["quiet"]:
        click.echo(f"done in {time.perf_counter() - begun:.0f} s", err=True)


@click.command(
    epilog="""
\b
Examples:
  mudawwana report corpus/ --out report/
  mudawwana report corpus/ --where section=sport --out sport/
"""
)
@source_argument
@folder_option("report")
@source_options
def report(sources: tuple[Path, ...], output: Path, **options: Any) -> None:
    """Write the report of SOURCE, a saved corpus, to a folder."""
    from toolkit.command.sources import corpus_of

    _refuse_place(output, corpus=output / "corpus")
    _report(corpus_of(sources, options), output, quiet=options["quiet"])


def _refuse_place(output: Path, *, corpus: Path) -> None:
    """Refuse a folder that cannot take the corpus, before texts are read and annotated for it."""
    from toolkit.command.output import refuse_unwritable
    from toolkit.keeping import storage

    refuse_unwritable(output)
    storage.refuse_other(corpus)


def _report(annotated: "Corpus", output: Path, *, quiet: bool) -> None:
    from toolkit import report, summary

    found = summary.findings(annotated)
    page = report.build(annotated, output, found=found)
    if quiet:
        return
    say(_summary(found.card["value"]))
    say("most frequent content lemmas: " + _top(found.content_lemmas["freq"]))
    if len(found.mentions):
        say("most frequent names: " + _top(found.mentions["freq"]))
    say(f"report: {page}")


def _summary(sizes: "pd.Series[int]") -> str:
    from toolkit.reading.wording import counted

    said = [counted(sizes["documents"], "documents")]
    if sizes["documents without annotation"]:
        said.append(f"{sizes['documents without annotation']:,} of them without annotation")
    names = ("sentences", "tokens", "words", "entity mentions", "problems")
    return ", ".join([*said, *(counted(sizes[name], name) for name in names)])


def _top(freq: "pd.Series[int]") -> str:
    return "، ".join(f"{item} {count:,}" for item, count in freq.head(5).items())


@click.command(
    epilog="""
\b
Examples:
  mudawwana annotate texts/ --out corpus/
  mudawwana annotate texts/ --out corpus/ --models official --workers 2
  curl https://example.org/article.txt | mudawwana annotate - --out corpus/
"""
)
@texts_argument
@folder_option()
@click.option(
    "--entities/--no-entities", default=True, help="Look for names (the default), or do not."
)
@source_options
def annotate(texts: tuple[Path, ...], output: Path, **options: Any) -> None:
    """Annotate TEXTS and write the corpus (Parquet) to a folder."""
    from toolkit import summary
    from toolkit.command.sources import annotated, texts_of

    _refuse_place(output, corpus=output)
    found = annotated(texts_of(texts, options), options)
    found.save(output)
    if not options["quiet"]:
        say(_summary(summary.card(found)["value"]))
        say(f"corpus: {output}")


@click.command(
    epilog="""
\b
Examples:
  mudawwana read texts/
  mudawwana read news.csv --text body --doc id --top all
  mudawwana read texts/ --metadata '{source}_{date}.txt' -o texts.parquet
  mudawwana read texts/ --problems -o problems.csv
"""
)
@source_argument
@click.option(
    "--problems", "wrong", is_flag=True, help="Print the table of problems, not that of texts."
)
@output_options
@where_option
@reading_options
@quiet_option
def read(sources: tuple[Path, ...], wrong: bool, **options: Any) -> None:
    """Print the texts in SOURCE, their metadata and the problems.

    Nothing is annotated. A file (-o) holds the texts themselves too; a terminal shows how they
    begin. Of a saved corpus, its texts and all its problems are shown.
    """
    import warnings

    from toolkit import corpus
    from toolkit.command import sources as cli_sources
    from toolkit.command.output import deliver, note

    if any(cli_sources.saved_folder(source) for source in sources):
        saved = cli_sources.corpus_of(sources, options)
        texts, problems = saved.texts, saved.problems
    else:
        with warnings.catch_warnings():
            # that there are problems: they are shown
            warnings.filterwarnings("ignore", message="read_texts: ", category=UserWarning)
            texts = cli_sources.texts_of(sources, options)
        problems = corpus.problems(texts)
    if wrong:
        deliver(problems, options, sheet="problems")
        return
    deliver(texts if options["output"] else _shown(texts), options, sheet="texts")
    if len(problems) and not options["quiet"]:
        _tell(problems, note)


def _shown(texts: "pd.DataFrame") -> "pd.DataFrame":
    """The table of texts with their lengths and first letters in the place of the texts."""
    import pandas as pd

    bodies = texts["text"].fillna("").astype("str")
    if "body_start" in texts.columns:
        pairs = zip(bodies, texts["body_start"].fillna(0).astype(int), strict=True)
        bodies = pd.Series([text[at:] for text, at in pairs], index=texts.index, dtype="str")
    begins = bodies.str.slice(0, 4 * SHOWN).str.split().str.join(" ").str.slice(0, SHOWN)
    columns = [name for name in texts.columns if name not in ("text", "body_start", "sha256")]
    shown = texts[columns].dropna(axis="columns", how="all")
    place = 1 if "doc" in shown.columns else 0
    shown.insert(place, "begins", begins)
    shown.insert(place, "code_points", bodies.str.len().astype("int64"))
    return shown


def _tell(problems: "pd.DataFrame", note: Any) -> None:
    """The problems, below the texts and beside them: a pipe takes the texts alone."""
    from toolkit.command.cells import plain
    from toolkit.reading.wording import counted

    note(f"{counted(len(problems), 'problems')}:")
    rows = zip(problems["doc"], problems["what"], problems["detail"], strict=True)
    for doc, what, detail in list(rows)[:20]:
        note(plain(f"  {doc}: {what} ({detail})"))
    if len(problems) > 20:
        note(f"  and {len(problems) - 20:,} more; --problems prints them all.")
