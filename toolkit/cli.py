"""The command `mudawwana`: tables to the terminal or a file, errors in one line."""

import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from toolkit import __version__

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

EXAMPLES = """
\b
Examples:
  mudawwana run seeds/ --out report/
  mudawwana annotate texts/ --out corpus/
  mudawwana freq corpus/ --by lemma --top 30
  mudawwana kwic corpus/ وزير
  mudawwana entities corpus/ -o names.csv
  mudawwana models download official
  mudawwana cache info
"""
CACHE_EXAMPLES = """
\b
Examples:
  mudawwana cache info
  mudawwana cache clear --group "news 3f2a91c0"
  MUDAWWANA_CACHE_DIR=/scratch/cache mudawwana cache clear --yes
"""

models_option = click.option(
    "--models",
    default="news",
    show_default=True,
    help="news (bundled), official, or a directory in Stanza's layout.",
)
encoding_option = click.option(
    "--encoding", help="Encoding of the texts; detected for each file by default."
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="In how many processes to annotate.",
)
cache_option = click.option(
    "--cache/--no-cache",
    default=True,
    help="Keep finished texts for the next run (the default), or do not.",
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress and no summary.")
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the table to this file (.csv, .tsv, .json or .parquet).",
)
top_option = click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="Rows to print."
)
source_argument = click.argument("source", type=click.Path(path_type=Path))
texts_argument = click.argument(
    "texts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TEXTS..."
)


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mudawwana")
def commands() -> None:
    """Arabic corpus analysis: texts in, annotated and counted corpora out, offline.

    SOURCE is a corpus that `annotate` or `run` wrote, or texts, which are annotated first.
    """


@commands.command()
@texts_argument
@click.option("--out", default="report", show_default=True, type=click.Path(path_type=Path))
@models_option
@encoding_option
@workers_option
@cache_option
@quiet_option
def run(texts: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Annotate TEXTS, count them, and write tables, figures and index.html to a folder."""
    from toolkit import report, summary

    begun = time.perf_counter()
    annotated = _annotate(texts, **options)
    found = summary.findings(annotated)
    page = report.build(annotated, out, found=found)
    if options["quiet"]:
        return
    click.echo(_summary(found.card["value"]))
    click.echo("most frequent content lemmas: " + _top(found.content_lemmas["freq"]))
    if len(found.mentions):
        click.echo("most frequent names: " + _top(found.mentions["freq"]))
    click.echo(f"report: {page}")
    click.echo(f"done in {time.perf_counter() - begun:.0f} s", err=True)


def _summary(sizes: "pd.Series[int]") -> str:
    names = ("documents", "sentences", "tokens", "words", "entity mentions", "problems")
    return ", ".join(_counted(sizes[name], name) for name in names)


def _counted(count: int, plural: str) -> str:
    return f"{count:,} {plural if count != 1 else plural.removesuffix('s')}"


def _top(freq: "pd.Series[int]") -> str:
    return "، ".join(f"{item} {count:,}" for item, count in freq.head(5).items())


@commands.command()
@texts_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@models_option
@encoding_option
@workers_option
@cache_option
@quiet_option
def annotate(texts: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Annotate TEXTS and write the corpus (Parquet) to a folder."""
    from toolkit import summary

    annotated = _annotate(texts, **options)
    annotated.save(out)
    if not options["quiet"]:
        click.echo(_summary(summary.card(annotated)["value"]))
        click.echo(f"corpus: {out}")


@commands.command()
@source_argument
@click.option("--by", default="lemma", show_default=True, help="form, norm, lemma, upos ...")
@click.option(
    "--tokens", is_flag=True, help="Count tokens as written, not words with their clitics split."
)
@top_option
@output_option
@models_option
def freq(source: Path, by: str, tokens: bool, top: int, output: Path | None, models: str) -> None:
    """Print how often each item occurs in SOURCE, with its denominator."""
    from toolkit import counts

    corpus = _source(source, models)
    table = counts.frequencies(corpus.tokens if tokens else corpus.words, by=by)
    _deliver(table, output, top)


@commands.command()
@source_argument
@click.argument("node")
@click.option("--by", default="form", show_default=True, help="form, norm, lemma, upos ...")
@click.option("--words", is_flag=True, help="Search words with their clitics split.")
@click.option("--window", default=8, show_default=True, help="Words shown on each side.")
@click.option("--exact", is_flag=True, help="Do not fold spelling.")
@top_option
@output_option
@models_option
def kwic(
    source: Path,
    node: str,
    by: str,
    words: bool,
    window: int,
    exact: bool,
    top: int,
    output: Path | None,
    models: str,
) -> None:
    """Print every occurrence of NODE in SOURCE with its context."""
    from toolkit import concordance

    corpus = _source(source, models)
    table = corpus.words if words or by in ("lemma", "upos") else corpus.tokens
    lines = concordance.kwic(table, node, by=by, window=window, fold=not exact, texts=corpus.texts)
    _deliver(lines.set_index("doc"), output, top)


@commands.command()
@source_argument
@click.option("--by", default="name", show_default=True, type=click.Choice(["name", "type"]))
@top_option
@output_option
@models_option
def entities(source: Path, by: str, top: int, output: Path | None, models: str) -> None:
    """Print how often each entity is mentioned in SOURCE."""
    from toolkit import entities as entity_tables

    _deliver(entity_tables.mentions(_source(source, models).entities, by=by), output, top)


@commands.group()
def models() -> None:
    """Show which models are used, and fetch the official ones."""


@models.command("show")
@click.argument("name", default="news")
def show_models(name: str) -> None:
    """Print the files of a model set: news, official, or a directory."""
    from toolkit.models import resolve

    found = resolve(name)
    click.echo(f"{found.name}: package {found.package}, fingerprint {found.fingerprint[:16]}")
    for key, file in sorted(found.files.items()):
        size = (found.folder / file["file"]).stat().st_size
        click.echo(f"{key:20} {size / 1e6:6.1f} MB  sha256 {file['sha256'][:16]}")


@models.command("download")
@click.argument("name", metavar="official")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to install in; by default where --models official is looked for.",
)
@click.option(
    "--from",
    "address",
    metavar="URL",
    help="A mirror: Stanza's resources directory, served over HTTP.",
)
@quiet_option
def download_models(name: str, folder: Path | None, address: str | None, quiet: bool) -> None:
    """Fetch Stanza's official Arabic models, or go on where a download stopped.

    Every file is checked by its hash. Without the network, copy the directory from another machine
    and name it in STANZA_RESOURCES_DIR.
    """
    from toolkit import models as model_sets

    progress = False if quiet else None
    try:
        found = model_sets.download(name, folder=folder, source=address, progress=progress)
    except KeyboardInterrupt:
        _fail("stopped; what has arrived is kept, and the same command goes on from there.", 130)
    if quiet:
        return
    size = sum((found.folder / file["file"]).stat().st_size for file in found.files.values())
    click.echo(
        f"{found.name}: package {found.package}, {len(found.files)} models, {size / 1e6:.1f} MB, "
        f"in {found.folder}"
    )
    click.echo(f"use them with --models {found.name if folder is None else found.folder}")


@commands.group(epilog=CACHE_EXAMPLES)
def cache() -> None:
    """Show what is kept of finished texts between runs, and remove it.

    It lies in the user's cache directory, or in the folder that MUDAWWANA_CACHE_DIR names.
    """


@cache.command("info", epilog=CACHE_EXAMPLES)
def show_cache() -> None:
    """Print where the cache is, how many records it has, and how large it is."""
    from toolkit import holdings

    found = holdings.info()
    if found.path.exists():
        click.echo(f"cache: {found.path}")
        click.echo(f"{_counted(found.records, 'records')}, {found.bytes / 1e6:.1f} MB on disk")
    else:
        click.echo(f"there is no cache; the next annotation begins it in {found.path.parent}")
    for name, size in found.groups.items():
        click.echo(f"{name or '(no group)':30} {size.records:>11,} {size.bytes / 1e6:8.1f} MB")
    for damaged in found.set_aside:
        click.echo(f"damaged, moved aside: {damaged}")


@cache.command("clear", epilog=CACHE_EXAMPLES)
@click.option("--group", help="Only the records of this group, as `cache info` names it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear_cache(group: str | None, yes: bool) -> None:
    """Remove all records, and damaged files that were moved aside, or the records of a group.

    Nothing is lost but time: the texts are annotated again.
    """
    from toolkit import cache, holdings

    if not yes:
        what = "all records" if group is None else f"the records of group {group!r}"
        question = f"Remove {what} in {cache.default_folder()}?"
        if not click.confirm(question, err=True):
            click.echo("nothing was removed")
            return
    click.echo(f"removed: {_counted(holdings.clear(group=group), 'records')}")


def _annotate(
    texts: Sequence[Path], *, encoding: str | None = None, quiet: bool = False, **options: Any
) -> "Corpus":
    from toolkit import corpus, pipeline

    table = corpus.read_texts(texts, encoding=encoding)
    return pipeline.annotate(table, progress=False if quiet else None, **options)


def _source(source: Path, models: str) -> "Corpus":
    """The corpus in a folder (or in a report's folder), else the annotated texts."""
    from toolkit import corpus, storage

    for folder in (source, source / "corpus"):
        if (folder / storage.MANIFEST).is_file():
            return corpus.load(folder)
    return _annotate([source], models=models)


def _deliver(table: "pd.DataFrame", output: Path | None, top: int) -> None:
    if not len(table):
        click.echo("0 rows: nothing was found, or the column is empty.", err=True)
    if output is None:
        click.echo(table.head(top).to_csv(sep="\t", float_format="%.6g"), nl=False)
        if len(table) > top:
            click.echo(f"{top} of {len(table):,} rows; --top shows more, -o writes all.", err=True)
        return
    writers: dict[str, Callable[[], Any]] = {
        ".csv": lambda: table.to_csv(output, encoding="utf-8-sig", lineterminator="\n"),
        ".tsv": lambda: table.to_csv(output, sep="\t", lineterminator="\n"),
        ".json": lambda: table.reset_index().to_json(output, orient="records", force_ascii=False),
        ".parquet": lambda: table.to_parquet(output),
    }
    if output.suffix.lower() not in writers:
        raise ValueError(
            f"output: {output.name!r} has no known format; end it in {', '.join(writers)}."
        )
    writers[output.suffix.lower()]()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every failure is one line on stderr and a non-zero exit."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.showwarning = _show_warning
            code = commands(args=given, prog_name="mudawwana", standalone_mode=False)
    except click.ClickException as error:
        _fail(f"{error.format_message()} (mudawwana --help lists commands and options)", 2)
    except (click.Abort, KeyboardInterrupt) as stop:
        _fail(" ".join(["stopped.", *getattr(stop.__cause__, "__notes__", [])]), 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except (ValueError, OSError) as error:
        _fail(str(error), 1)
    sys.exit(code if isinstance(code, int) else 0)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    click.echo(f"mudawwana: {_one_line(str(message))}", err=True)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"mudawwana: {_one_line(message)}", err=True)
    sys.exit(code)


def _one_line(text: str) -> str:
    return " ".join(text.split())
