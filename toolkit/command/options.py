"""The options of the command line: one name and one meaning for all commands."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from toolkit.command.types import FORMATS, ConditionType, NamesType, RowsType, TableFile, TextType

Decorator = Callable[[Any], Any]

COLUMNS = ("form", "norm", "lemma", "upos")
STDIN = Path("-")
ROWS = 20  # that are printed
# Whether a file can be read is found, and told, where it is read.
READ = click.Path(path_type=Path, readable=False)


def together(decorators: Sequence[Decorator]) -> Decorator:
    """One decorator for several, whose options are shown in this order."""

    def add(command: Any) -> Any:
        """The command with these options."""
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return add


def completing(names: Callable[[], tuple[str, ...]]) -> Any:
    """What the shell offers for an option: the names that begin as what is typed."""

    def complete(_context: Any, _option: Any, typed: str) -> list[CompletionItem]:
        """The names that continue the last of those between commas."""
        given, comma, begun = typed.rpartition(",")
        return [CompletionItem(given + comma + name) for name in names() if name.startswith(begun)]

    return complete


def measure_names() -> tuple[str, ...]:
    """The measures of association and keyness by name."""
    from toolkit.statistics.measures import MEASURES

    return tuple(MEASURES)


def convention_names() -> tuple[str, ...]:
    """The tools whose variants of a measure can be asked for."""
    from toolkit.statistics.measures import CONVENTIONS

    return tuple(CONVENTIONS)


def column_names() -> tuple[str, ...]:
    """The columns that are counted as a rule."""
    return COLUMNS


# --- texts ------------------------------------------------------------------------------------

reading_options = together(
    [
        click.option(
            "--encoding", help="Encoding of the texts; detected for each file by default."
        ),
        click.option(
            "--text",
            type=TextType(),
            default="text",
            show_default=True,
            metavar="COLUMN",
            help="Of CSV, JSONL, XLSX, Parquet: the column with the texts.",
        ),
        click.option(
            "--doc",
            type=TextType(),
            metavar="COLUMN",
            help="Of tables: the column that names the documents.",
        ),
        click.option(
            "--metadata",
            multiple=True,
            metavar="PATTERN|FILE",
            help="More about the texts: a pattern of file names such as '{source}_{date}.txt', or "
            "a table with a column doc, path or file. Repeatable.",
        ),
        click.option("--boilerplate", is_flag=True, help="Keep menus and comments of web pages."),
    ]
)
where_option = click.option(
    "--where",
    type=ConditionType(),
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Only documents with this metadata: section=sport, date=2024-05..2024-09, doc=news/*, "
    "source!=X, author= (none). Repeatable: values of one column are alternatives, columns add up.",
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress, no notes, no summary.")
models_option = click.option(
    "--models",
    default="news",
    show_default=True,
    help="news (bundled), official, or a directory in Stanza's layout.",
    shell_complete=completing(lambda: ("news", "official")),
)
annotation_options = together(
    [
        models_option,
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help="In how many processes to annotate.",
        ),
        click.option(
            "--cache/--no-cache",
            default=True,
            help="Keep finished texts for the next run (the default), or do not.",
        ),
    ]
)
texts_argument = click.argument("texts", nargs=-1, required=True, type=READ, metavar="TEXTS...")
source_argument = click.argument("sources", nargs=-1, required=True, type=READ, metavar="SOURCE...")
source_options = together([where_option, reading_options, annotation_options, quiet_option])


def folder_option(default: str | None = None) -> Decorator:
    """Where a folder is written to: by default here, or nowhere and it must be named."""
    return click.option(
        "-o",
        "--out",
        "--output",
        "output",
        default=default,
        show_default=default is not None,
        required=default is None,
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Folder to write.",
    )


# --- tables -----------------------------------------------------------------------------------

output_options = together(
    [
        click.option(
            "--top",
            type=RowsType(),
            show_default=f"{ROWS}; all with -o",
            metavar="ROWS|all",
            help="How many rows, from the first.",
        ),
        click.option(
            "-o",
            "--output",
            "--out",
            "output",
            type=TableFile(),
            metavar="FILE",
            help=f"Write the table to this file ({', '.join(FORMATS)}).",
        ),
    ]
)
table_options = together([output_options, source_options])
unit_option = click.option(
    "--tokens/--words",
    "tokens",
    default=None,
    help="Tokens as written, or words with their clitics split.",
)


def by_option(default: str, *, several: bool = True) -> Decorator:
    """Which column is counted or searched."""
    more = "; several with commas" if several else ""
    return click.option(
        "--by",
        default=default,
        show_default=True,
        type=NamesType() if several else TextType(),
        metavar="COLUMN",
        help=f"form, norm, lemma, upos ...{more}.",
        shell_complete=completing(column_names),
    )


def min_option(what: str, *, default: int = 1, of: str = "") -> Decorator:
    """Below which frequency, or in fewer than how many documents, an item gets no row."""
    helps = {
        "freq": f"Leave out what is rarer{of}.",
        "docs": f"Leave out what is in fewer documents{of}.",
    }
    return click.option(
        f"--min-{what}",
        type=click.IntRange(min=1),
        default=default,
        show_default=default > 1,
        help=helps[what],
    )


def measure_option(
    default: str, *, several: bool, names: Callable[[], tuple[str, ...]] | None = None
) -> Decorator:
    """What is computed; other names than those of `measures` where there are some."""
    more = "; several with commas" if several else ""
    return click.option(
        "--measure",
        default=default,
        show_default=True,
        type=NamesType() if several else TextType(),
        metavar="NAME",
        help=f"What is computed{more}. An unknown name lists all.",
        shell_complete=completing(names or measure_names),
    )


convention_option = click.option(
    "--convention",
    metavar="TOOL",
    help="Compute as this tool does where tools differ: antconc, ucrel, sketchengine ...",
    shell_complete=completing(convention_names),
)
