"""The command as tests call it: in this process, or as a process of its own."""

import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from toolkit import cli


def called(capsys, *arguments):
    """The exit code, stdout and stderr of the command in this process."""
    with pytest.raises(SystemExit) as stop:
        cli.main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return stop.value.code, printed.out, printed.err


def process(*arguments, **options):
    """The finished process ``python -m toolkit``; what is printed is text."""
    bytes_in = options.pop("input", None)
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, arguments)],
        capture_output=True,
        check=False,
        input=bytes_in.encode() if isinstance(bytes_in, str) else bytes_in,
        **options,
    )
    done.stdout, done.stderr = (printed.decode("utf-8") for printed in (done.stdout, done.stderr))
    return done


def succeeded(*arguments, **options):
    """What a process printed that ended well."""
    done = process(*arguments, **options)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def rows(printed):
    """The rows of a printed table, cell by cell."""
    return [line.split("\t") for line in printed.splitlines()]


def with_sections(twelve):
    """The corpus of twelve words, document a of section sport and b of section arts."""
    about = {
        "section": pd.Series(["sport", "arts"], dtype="str"),
        "year": pd.Series([2024, None], dtype="Int64"),
    }
    return replace(twelve, texts=twelve.texts.assign(**about))
