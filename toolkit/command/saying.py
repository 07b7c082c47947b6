"""Results as lines on stdout, and what is said where they cannot be written."""

import os
import sys
from contextlib import suppress

import click

from toolkit.keeping.system_errors import naming

OUTPUT = "the output"


def say(message: str, *, nl: bool = True) -> None:
    """Print a result; the error of a full disk names the output, which has no path."""
    try:
        with naming(OUTPUT):
            click.echo(message, nl=nl)
    except BrokenPipeError:
        raise
    except OSError:
        with suppress(OSError):  # else Python writes it once more at its end, and complains
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
