"""Tables in lines of text, CSV and TSV, read row by row, and how such files are decoded."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any, BinaryIO

from toolkit.reading import archives, decoding
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options, Report
from toolkit.reading.row_documents import Flaws, Row, check_columns, documents, tell_repeated

DELIMITERS = ",;\t|"
# The encoding is decided by the beginning of a file.
SAMPLE = 1_000_000
# A line or a cell beyond this is no text of one document.
LONGEST_CELL = archives.LARGEST_DOCUMENT
FIRST_LINES = 50


def read_csv(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The documents of a CSV file, whose first line tells what stands between cells."""
    yield from _delimited(source, options, report, None)


def read_tsv(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The documents of a file with tabs between cells."""
    yield from _delimited(source, options, report, "\t")


def _delimited(
    source: Source, options: Options, report: Report, delimiter: str | None
) -> Iterator[Document]:
    flaws = Flaws()
    with source.open() as file:
        lines, encoding = decoded(file, options.encoding)
        with lines:
            try:
                reader = csv_reader(_lines(lines), delimiter)
                columns = [cell.strip("\ufeff \t") for cell in _next(reader) or []]
                check_columns(columns, options)
                tell_repeated(columns, report)
                rows = _cells(reader, columns, flaws)
                yield from documents(columns, rows, options=options, flaws=flaws, encoding=encoding)
            except csv.Error as error:
                where = f"line {reader.line_num}"
                raise Unreadable("damaged", f"{where}: {error}; rows below are not read") from error
            except UnicodeError as error:
                raise misfit(error, encoding) from error
            finally:
                flaws.tell(report)


def _lines(file: IO[str]) -> Iterator[str]:
    """The lines of a file, none of which may fill the memory."""
    number = 0
    while line := file.readline(LONGEST_CELL):
        number += 1
        if len(line) >= LONGEST_CELL:
            raise too_long(number)
        yield line


def too_long(number: int) -> Unreadable:
    """Why a file is read no further at a line that has no end."""
    return Unreadable("too large", f"line {number:,} has more than {LONGEST_CELL:,} characters")


def csv_reader(lines: Iterator[str], delimiter: str | None) -> Any:
    """A strict reader of rows; without a delimiter, the most frequent one of the first line."""
    some = list(islice(lines, FIRST_LINES))
    used = delimiter or max(DELIMITERS, key="".join(some[:1]).count)
    is_unquoted = used == "\t" and _is_unquoted(some)
    quoting: Any = csv.QUOTE_NONE if is_unquoted else csv.QUOTE_MINIMAL
    return csv.reader(chain(some, lines), delimiter=used, strict=True, quoting=quoting)


def _is_unquoted(lines: Sequence[str]) -> bool:
    """Whether a quotation mark in a tab-separated file is one of the text."""
    rows = [line.rstrip("\r\n").split("\t") for line in lines]
    if len({len(row) for row in rows}) > 1:
        return False  # a line end within quotes
    cells = [cell for row in rows for cell in row if cell.startswith('"')]
    return any(len(cell) == 1 or not cell.endswith('"') for cell in cells)


def _next(reader: Any) -> list[str] | None:
    """The next row, however long its cells; the limit is that of the whole process."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        row: list[str] | None = next(reader, None)
        return row
    finally:
        csv.field_size_limit(before)


def _cells(reader: Any, columns: Sequence[str], flaws: Flaws) -> Iterator[Row]:
    number = 0
    while (row := _next(reader)) is not None:
        if not any(row):
            continue
        number += 1
        if any(row[len(columns) :]):
            detail = f"more cells than the {len(columns)} columns (a comma outside quotes?)"
            flaws.add(number, "cells", detail)
            continue
        if len(row) < len(columns):
            flaws.add(number, "cells", f"fewer cells than the {len(columns)} columns")
        yield number, {name: cell or None for name, cell in zip(columns, row, strict=False)}


class _Rejoined(io.RawIOBase):
    """A file with the bytes before it that were read already."""

    def __init__(self, beginning: bytes, file: BinaryIO) -> None:
        self.beginning, self.file = memoryview(beginning), file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.beginning[: len(buffer)] or self.file.read(len(buffer))
        self.beginning = self.beginning[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def decoded(file: BinaryIO, encoding: str | None) -> tuple[io.TextIOWrapper, str]:
    """The lines of a file, and the encoding, decided by its beginning."""
    sample = file.read(SAMPLE)
    if not sample.strip():
        raise Unreadable("empty", "the file holds no text")
    chosen = encoding or _encoding_of(sample)
    whole = io.BufferedReader(_Rejoined(sample, file), SAMPLE)
    return io.TextIOWrapper(whole, encoding=chosen, newline=""), chosen


def _encoding_of(sample: bytes) -> str:
    """The encoding of a file by its beginning, which may end within a character."""
    marked = any(sample.startswith(mark) for mark, _ in decoding.MARKED_ENCODINGS)
    if marked or b"\0" in sample:
        return decoding.decode(sample[: len(sample) // 4 * 4])[1]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return decoding.decode(sample)[1]  # of one byte a letter, so no letter is cut
    return "utf-8"


def misfit(error: UnicodeError, encoding: str) -> Unreadable:
    """Why a file is read no further."""
    reason = f"{error!s:.100}"
    if isinstance(error, UnicodeDecodeError):
        reason = f"byte 0x{error.object[error.start]:02X}"
    return Unreadable("encoding", f"not {encoding} throughout: {reason}; rows below are not read")
