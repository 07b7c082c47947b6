"""The header of a text between two lines of hyphens (front matter): its keys and plain values.

A strict reader of a small part of YAML: one ``key: value`` a line, the value a plain or a quoted
scalar. Lists, nested keys, anchors, tags and blocks are left out and named, never evaluated.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

FENCE = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
CLOSING = re.compile(r"(?<![^\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
# A header is short: a rule of hyphens in a long text is none.
LONGEST = 20_000
LINE_END = re.compile(r"\r\n|\r|\n")
# Possessive, and a comment begins where its white space does: long lines are looked at once.
KEY = re.compile(r"([^\W\d][\w .-]*+)[ \t]*+:(?:[ \t]+(.*))?$")
DOUBLE_QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")[ \t]*(?:#.*)?$')
SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'[ \t]*(?:#.*)?$")
COMMENT = re.compile(r"(?:^|(?<![ \t])[ \t]+)#.*$")
# What begins a list, a mapping, an anchor, an alias, a tag, a block or nothing that YAML knows.
NOT_PLAIN = tuple("[{&*!|>@`%]},\"'")
ITEM = re.compile(r"-(?:[ \t]|$)")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Header(NamedTuple):
    """What stands before the body of a text.

    Attributes
    ----------
    metadata : dict
        The value of each key, as written.
    body_start : int
        Code point where the body begins; 0 where there is no header.
    problems : tuple of str
        What in the header could not be read, a sentence each.
    """

    metadata: dict[str, str]
    body_start: int
    problems: tuple[str, ...] = ()


def front_matter(text: str) -> Header:
    r"""Keys and values of the front matter of a text, and where its body begins.

    Front matter begins with the first line, which is ``---``, has a key in its first line of
    content, and ends with a line ``---`` or ``...``. A key without a value is left out.

    Examples
    --------
    >>> front_matter("---\ntitle: الخط العربي\nyear: 940\n---\n\nوزير ثلاثة خلفاء")[:2]
    ({'title': 'الخط العربي', 'year': '940'}, 38)
    >>> front_matter("---\ntitle: نص\ntags: [a, b]\n---\nنص").problems
    ("front matter, line 3: the value of 'tags' is no plain scalar and was left out",)
    """
    fence = FENCE.match(text)
    closing = CLOSING.search(text, fence.end(), fence.end() + LONGEST) if fence else None
    if fence is None or closing is None:
        return Header({}, 0)
    lines = LINE_END.split(text[fence.end() : closing.start()])
    content = next((line for line in lines if not _is_blank(line)), None)
    if content is not None and not KEY.match(content):
        return Header({}, 0)
    return _of_lines(lines, _end(text, closing.end()))


def _end(text: str, start: int) -> int:
    """Where the white space behind the header ends, which may be longer than was searched."""
    body = re.compile(r"\s*").match(text, start)
    return body.end() if body else start


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _of_lines(lines: list[str], body_start: int) -> Header:
    metadata: dict[str, str | None] = {}
    problems: list[str] = []
    for number, key, value in _entries(lines):
        where = f"front matter, line {number}"
        if key is None:
            problems.append(f"{where}: {value!r:.60} is no 'key: value' and was left out")
        elif key in metadata:
            problems.append(f"{where}: {key!r} stands there twice; the first counts")
        else:
            metadata[key] = _scalar(value)
            if metadata[key] is None and COMMENT.sub("", value) not in NULLS:
                problems.append(
                    f"{where}: the value of {key!r} is no plain scalar and was left out"
                )
    given = {key: value for key, value in metadata.items() if value is not None}
    return Header(given, body_start, tuple(problems))


def _entries(lines: list[str]) -> Iterator[tuple[int, str | None, str]]:
    """Line number, key and value as written, lines that go on with the value joined to it."""
    entry: tuple[int, str | None, str] | None = None
    for number, line in enumerate(lines, 2):
        if _is_blank(line):
            continue
        if entry is not None and (line[0] in " \t" or ITEM.match(line)):
            entry = (entry[0], entry[1], f"{entry[2]}\n{line}")
            continue
        if entry is not None:
            yield entry
        match = KEY.match(line.rstrip())
        entry = (
            (number, None, line) if match is None else (number, match[1].rstrip(), match[2] or "")
        )
    if entry is not None:
        yield entry


def _scalar(written: str) -> str | None:
    """The value of a scalar on one line; None for null and for anything else."""
    if "\n" in written:
        return None
    written = written.strip()
    double, single = DOUBLE_QUOTED.match(written), SINGLE_QUOTED.match(written)
    if double:
        try:
            return str(json.loads(double[1]))  # YAML's common escapes are those of JSON
        except ValueError:
            return None
    if single:
        return single[1].replace("''", "'")
    plain = COMMENT.sub("", written)
    if plain in NULLS or plain.startswith(NOT_PLAIN) or ITEM.match(plain):
        return None
    return plain
