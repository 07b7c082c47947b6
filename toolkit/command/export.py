"""The command that writes a corpus for other programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.command.options import source_argument, source_options
from toolkit.command.saying import say
from toolkit.command.types import TextType

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.corpus import Corpus

TABLES = ("texts", "sentences", "tokens", "words", "entities", "dates", "problems")
LONGEST_CELL = 32_767  # of a workbook


class Format(NamedTuple):
    """A format by the ends of its files, and what is given to it."""

    suffixes: tuple[str, ...]
    options: tuple[str, ...] = ()


FORMATS = {
    "conllu": Format((".conllu", ".conll")),
    "vrt": Format((".vrt", ".vert"), ("unit",)),
    "tei": Format((".xml", ".tei"), ("title",)),
    "xlsx": Format((".xlsx",), ("tables",)),
    "csv": Format((".csv", ".tsv"), ("tables",)),
    "bibtex": Format((".bib",)),
}
FLAGS = {"unit": "--tokens/--words", "title": "--title", "tables": "--table"}


@click.command(
    epilog="""
\b
Examples:
  mudawwana export corpus/ -o corpus.conllu
  mudawwana export corpus/ --to vrt --words -o corpus.vrt
  mudawwana export corpus/ --to tei --title 'أخبار' -o corpus.xml
  mudawwana export corpus/ --table entities --table dates -o names.xlsx
  mudawwana export corpus/ --table words --where section=sport -o words.csv
  mudawwana export corpus/ --to bibtex
"""
)
@source_argument
@click.option(
    "--to",
    "kind",
    type=click.Choice(list(FORMATS)),
    help="The format; by default what the end of FILE says.",
)
@click.option(
    "-o",
    "--output",
    "--out",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="File to write. BibTeX is printed without it.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice(TABLES),
    help="Of csv and xlsx: which table. A workbook holds several (repeatable; by default all), a "
    "CSV file one (by default words).",
)
@click.option(
    "--tokens/--words",
    "unit",
    default=None,
    help="Of vrt: on each line a token as written (the default), or a word, clitics split.",
)
@click.option(
    "--title",
    type=TextType(),
    help="Of tei: the title of the corpus; by default the name of the file.",
)
@source_options
def export(
    sources: tuple[Path, ...],
    kind: str | None,
    output: Path | None,
    tables: tuple[str, ...],
    unit: bool | None,
    title: str | None,
    **options: Any,
) -> None:
    """Write SOURCE, a saved corpus, for other programs.

    conllu: Universal Dependencies. vrt: the vertical file of CWB and NoSketch Engine, with registry
    files. tei: TEI P5 with every letter of the texts. xlsx, csv: tables. bibtex: how to cite.
    """
    from toolkit.command.output import note, refuse_unwritable

    chosen = _format(kind, output)
    given = {"tables": tables or None, "unit": unit, "title": title}
    _refuse_of_others(chosen, given)
    if chosen == "csv" and len(tables) > 1:
        raise click.UsageError("a CSV file holds one table; pass --table once, or write .xlsx.")
    if output is None:
        from toolkit.command.sources import corpus_of
        from toolkit.export import citation

        say(citation(corpus_of(sources, options)), nl=False)
        return
    refuse_unwritable(output)
    if chosen == "csv":
        written = _write_csv(_whole(sources, options), output, tables)
    elif chosen == "xlsx":
        written = _write_xlsx(_whole(sources, options), output, tables or TABLES)
    else:
        written = _write_corpus(chosen, sources, options, output, given)
    if not options["quiet"]:
        note(f"{chosen}: {written}")


def _format(kind: str | None, output: Path | None) -> str:
    """The format that is asked for, which the end of the file must be of."""
    if output is None:
        if kind != "bibtex":
            raise click.UsageError("Missing option '-o': name the file to write.")
        return kind
    suffix = output.suffix.lower()
    of_suffix = next((name for name, each in FORMATS.items() if suffix in each.suffixes), None)
    if kind is None and of_suffix is None:
        ends = ", ".join(suffix for each in FORMATS.values() for suffix in each.suffixes)
        raise click.UsageError(f"{output.name!r} has no known format; end it in {ends}, ...")
    found = kind or str(of_suffix)
    if suffix not in FORMATS[found].suffixes:
        ends = " or ".join(FORMATS[found].suffixes)
        raise click.UsageError(f"{output.name!r} is no file of {found}; end it in {ends}.")
    return found


def _refuse_of_others(chosen: str, given: Mapping[str, Any]) -> None:
    """Refuse an option that says nothing in this format."""
    for name, value in given.items():
        if value is not None and name not in FORMATS[chosen].options:
            raise click.UsageError(f"{FLAGS[name]} makes no difference to {chosen}; leave it out.")


def _whole(sources: tuple[Path, ...], options: Mapping[str, Any]) -> "Corpus":
    from toolkit.command.sources import corpus_of

    return corpus_of(sources, options)


def _write_csv(found: "Corpus", output: Path, tables: tuple[str, ...]) -> Path:
    from toolkit import export

    table = getattr(found, tables[0] if tables else "words")
    return export.write_csv(table, output, bom=output.suffix.lower() == ".csv")


def _write_xlsx(found: "Corpus", output: Path, tables: tuple[str, ...]) -> Path:
    from toolkit import export
    from toolkit.command.output import note

    sheets: dict[str, pd.DataFrame] = {name: getattr(found, name) for name in tables}
    if "texts" in sheets and _is_too_long(sheets["texts"]):
        note(f"texts of more than {LONGEST_CELL:,} characters fit no cell: the sheet has none.")
        sheets["texts"] = sheets["texts"].drop(columns="text")
    return export.write_xlsx(sheets, output)


def _is_too_long(texts: "pd.DataFrame") -> bool:
    return any(
        isinstance(text, str) and len(text.encode("utf-16-le", "replace")) > 2 * LONGEST_CELL
        for text in texts["text"]
    )


def _write_corpus(
    chosen: str,
    sources: tuple[Path, ...],
    options: Mapping[str, Any],
    output: Path,
    given: Mapping[str, Any],
) -> Path:
    from toolkit import export
    from toolkit.exporting.files import appearing_text

    found = _whole(sources, options)
    if chosen == "conllu":
        return export.write_conllu(found, output)
    if chosen == "vrt":
        return export.write_vrt(found, output, unit="words" if given["unit"] is False else "tokens")
    if chosen == "tei":
        return export.write_tei(found, output, title=given["title"])
    with appearing_text(output) as file:
        file.write(export.citation(found))
    return output
