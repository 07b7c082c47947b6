"""The command `mudawwana`: tables to the terminal or a file, errors in one line."""

import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import click

from toolkit import __version__
from toolkit.command.contexts import collocates, kwic
from toolkit.command.counts import dispersion, diversity, freq, ngrams
from toolkit.command.export import export
from toolkit.command.keywords import keywords
from toolkit.command.models import cache, models
from toolkit.command.names import dates, entities
from toolkit.command.saying import say
from toolkit.command.texts import annotate, read, report, run
from toolkit.command.types import Stopped

EXAMPLES = """
\b
Examples:
  mudawwana run seeds/ --out report/
  mudawwana annotate texts/ --out corpus/
  mudawwana freq corpus/ --by lemma --top 30
  mudawwana kwic corpus/ وزير
  mudawwana keywords corpus/ --where section=sport
  mudawwana entities corpus/ -o names.csv
  mudawwana export corpus/ -o corpus.conllu
  cat article.txt | mudawwana freq - | head
  mudawwana models download official
  mudawwana cache info

\b
Exit codes: 0 done (also where nothing was found), 1 an error, 2 a wrong call, 130 stopped.
Completion, for bash: eval "$(_MUDAWWANA_COMPLETE=bash_source mudawwana)"; or zsh, fish.
"""
DEBUG = "MUDAWWANA_DEBUG"


class Commands(click.Group):
    """The commands in the order of the work: texts first, then what is made of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as the help lists them."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left of the arguments; the help is printed here where it is asked for."""
        with _telling_of_readers():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what is asked for."""
        with _telling_of_readers():
            return super().invoke(ctx)


class ReaderHasGone(Exception):
    """What reads the output, such as `head`, has read enough; click would call that an error."""


@contextmanager
def _telling_of_readers() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderHasGone from error


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    say(f"mudawwana, version {__version__}")
    say(f"bundled models: {_bundled()}")
    context.exit()


def _bundled() -> str:
    """The package and the fingerprint of the models that ship with the package."""
    from toolkit.models import resolve

    try:
        found = resolve("news")
    except (OSError, ValueError) as error:
        return f"none that can be used ({_one_line(str(error))})"
    return f"package {found.package}, fingerprint {found.fingerprint[:16]}"


@click.group(
    cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and the bundled models.",
)
@click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    help=f"Show where an error comes from; anywhere in a command, or {DEBUG}=1.",
)
def commands() -> None:
    """Arabic corpus analysis: texts in, annotated and counted corpora out, offline.

    SOURCE is a corpus that `annotate` or `run` wrote, or texts, which are annotated first; - is
    what is piped in.
    """


for _command in (
    *(run, read, annotate),
    *(freq, ngrams, kwic, collocates, keywords, dispersion, diversity, entities, dates),
    *(report, export, models, cache),
):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every failure is one line on stderr and a non-zero exit."""
    given, debug = _without_debug(list(sys.argv[1:] if arguments is None else arguments))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_done(given or ["--help"], debug=debug))


def _without_debug(given: list[str]) -> tuple[list[str], bool]:
    """The arguments without --debug, which may stand anywhere, and whether it is wanted."""
    options = given[: given.index("--")] if "--" in given else given
    rest = [*(each for each in options if each != "--debug"), *given[len(options) :]]
    return rest, len(rest) < len(given) or os.environ.get(DEBUG, "0") not in ("", "0")


def _done(given: Sequence[str], *, debug: bool) -> int:
    """Run a command; its exit code."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.showwarning = _show_warning
            code = commands.main(args=given, prog_name="mudawwana", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (ReaderHasGone, BrokenPipeError):
        return _quietly_closed()
    except (click.Abort, KeyboardInterrupt) as stop:
        if isinstance(stop.__cause__, EOFError):  # of a file, not of what is typed
            return _failed(
                stop, f"a file or a worker ended early ({stop.__cause__}).", 1, debug=debug
            )
        notes = getattr(stop.__cause__, "__notes__", []) or getattr(stop, "__notes__", [])
        return _failed(stop, " ".join(["stopped.", *notes]), 130, debug=debug)
    except Stopped as stop:
        return _failed(stop, stop.message, stop.exit_code, debug=debug)
    except click.ClickException as error:
        return _failed(error, f"{error.format_message()} ({_help_of(error)})", 2, debug=debug)
    except (ValueError, OSError, ImportError) as error:
        return _failed(error, _said(error), 1, debug=debug)
    except MemoryError as error:
        return _failed(error, "there is not enough memory.", 1, debug=debug)
    except Exception as error:
        said = f"{type(error).__name__}: {error} (unexpected; --debug shows where it comes from)"
        return _failed(error, said, 1, debug=debug)


def _said(error: BaseException) -> str:
    """What an error says; of the system's own, which have numbers, the place and the reason.

    Examples
    --------
    >>> _said(PermissionError(13, "Permission denied", "texts"))
    "'texts': Permission denied."
    """
    if isinstance(error, OSError) and error.strerror:
        places = [str(each) for each in (error.filename, error.filename2) if each is not None]
        return ": ".join([*map(repr, places), error.strerror]) + "."
    return str(error) or type(error).__name__


def _help_of(error: click.ClickException) -> str:
    """Where the command that was called wrongly is described."""
    context = getattr(error, "ctx", None)
    command = "mudawwana" if context is None else context.command_path
    return f"{command} --help says what there is"


def _failed(error: BaseException, message: str, code: int, *, debug: bool) -> int:
    with suppress(BrokenPipeError):  # nobody reads it, and the code stays
        if debug:
            click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        click.echo(f"mudawwana: {_one_line(message)}", err=True)
    return code


def _quietly_closed() -> int:
    """End without an error where what reads the output, such as `head`, has read enough."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            # else Python complains when it flushes the stream at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return 0


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    click.echo(f"mudawwana: {_one_line(str(message))}", err=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())
