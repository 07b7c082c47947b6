"""What the command line takes: conditions, lists of names, windows, files of tables."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:  # older versions of click have no brackets
    ParamType = click.ParamType

FORMATS = (".csv", ".tsv", ".json", ".xlsx", ".parquet")
ALL = sys.maxsize


class Stopped(click.ClickException):
    """The user stopped a command, which says what is left."""

    exit_code = 130


class Condition(NamedTuple):
    """What a document must have to be chosen: a value in a column of the texts, or not to have."""

    column: str
    value: str
    is_wanted: bool = True

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.column}{'=' if self.is_wanted else '!='}{self.value}"


def typed(given: str) -> str:
    """An argument as it was typed, where the locale is not UTF-8 and Python decodes it otherwise.

    Names of files are left as they are, for these are how the system's calls take them.
    """
    if sys.getfilesystemencoding() == "utf-8":
        return given
    try:
        return os.fsencode(given).decode("utf-8")
    except UnicodeError:
        return given


class TextType(ParamType):
    """A word or several, such as what is searched."""

    name = "text"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The text as it was typed."""
        return typed(str(value))


class ConditionType(ParamType):
    """``column=value`` or ``column!=value``."""

    name = "column=value"

    def convert(self, value: Any, param: Any, ctx: Any) -> Condition:
        """The condition that is written so."""
        if isinstance(value, Condition):
            return value
        column, sign, wanted = typed(str(value)).partition("=")
        is_wanted = not column.endswith("!")
        column = column.removesuffix("!").strip()
        if not sign or not column:
            self.fail(f"{value!r} is not COLUMN=VALUE, such as section=sport", param, ctx)
        return Condition(column, wanted.strip(), is_wanted)


class NamesType(ParamType):
    """One name, or several with commas between them."""

    name = "name"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """The names in their order."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in typed(str(value)).split(","))
        if not all(names):
            self.fail(f"{value!r} is not one name, or several with commas between them", param, ctx)
        return names


class WindowType(ParamType):
    """How much is near: a number, two of them, or ``sentence``."""

    name = "number"

    def __init__(self, *, pair: bool = False, sentence: bool = False) -> None:
        self.pair, self.sentence = pair, sentence

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The window as the statistics take it."""
        if isinstance(value, int | tuple) or (self.sentence and value == "sentence"):
            return value
        numbers = str(value).split(",")
        if all(number.strip().isdecimal() for number in numbers):
            found = [int(number) for number in numbers]
            if len(found) == 1:
                return found[0]
            if len(found) == 2 and self.pair:
                return found[0], found[1]
        others = ", or BEFORE,AFTER" * self.pair + ", or 'sentence'" * self.sentence
        return self.fail(f"{value!r} is not a number of words{others}", param, ctx)


class RowsType(ParamType):
    """How many rows: a number from 1, or ``all``."""

    name = "rows"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The number."""
        if value == "all":
            return ALL
        if str(value).isdecimal() and int(value) > 0:
            return int(value)
        return self.fail(f"{value!r} is not a number from 1, or 'all'", param, ctx)


class TableFile(click.Path):
    """A file whose end says in which format a table is written."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The path, refused before anything is read or annotated."""
        if Path(value).suffix.lower() not in FORMATS:
            self.fail(
                f"{Path(value).name!r} has no known format; end it in {', '.join(FORMATS)}.",
                param,
                ctx,
            )
        return super().convert(value, param, ctx)
