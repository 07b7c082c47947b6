"""Tables of documents, read row by row: CSV, TSV, JSONL, JSON, XLSX and Parquet."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from toolkit.reading import decoding
from toolkit.reading.archives import Source
from toolkit.reading.cell_values import as_text, is_plain
from toolkit.reading.decoding import Unreadable
from toolkit.reading.delimited import LONGEST_CELL, decoded, misfit, read_csv, read_tsv, too_long
from toolkit.reading.documents import Document, Options, Reader, Report, needed
from toolkit.reading.packaged import checked
from toolkit.reading.row_documents import (
    FEW,
    Flaws,
    Row,
    check_columns,
    document_of,
    documents,
    tell_repeated,
)

ROWS_AT_ONCE = 256
MOST_KEYS = 200
INDEX = "__index_level_"
KEY_TWICE = "a key stands there twice; the last counts"


# --- JSON -------------------------------------------------------------------------------------


def _jsonl(source: Source, options: Options, report: Report) -> Iterator[Document]:
    flaws = Flaws()
    with source.open() as file:
        lines, encoding = decoded(file, options.encoding)
        with lines:
            try:
                records = _records(lines, flaws)
                yield from _record_documents(records, options, flaws, encoding)
            except UnicodeError as error:
                raise misfit(error, encoding) from error
            finally:
                flaws.tell(report)


def _records(lines: IO[str], flaws: Flaws) -> Iterator[tuple[int, Any]]:
    number = 0
    while line := lines.readline(LONGEST_CELL):
        number += 1
        if len(line) >= LONGEST_CELL:
            raise too_long(number)
        if not line.strip():
            continue
        try:
            record, is_repeated = _loaded(line.strip("\ufeff \t\r\n"))
            if is_repeated:
                flaws.add(number, "columns", KEY_TWICE)
            yield number, record
        except (ValueError, RecursionError) as error:
            flaws.add(number, "damaged", f"no JSON ({_short(error)})")


def _loaded(text: str) -> tuple[Any, bool]:
    """What a text in JSON says, and whether a key stands in an object of it more than once."""
    is_repeated = False

    def gathered(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal is_repeated
        found = dict(pairs)
        is_repeated |= len(found) < len(pairs)
        return found

    return json.loads(text, object_pairs_hook=gathered), is_repeated


def _short(error: Exception) -> str:
    return getattr(error, "msg", None) or type(error).__name__


def _record_documents(
    records: Iterable[tuple[int, Any]], options: Options, flaws: Flaws, encoding: str | None
) -> Iterator[Document]:
    """The documents of records, of which each may have keys of its own."""
    met: dict[str, None] = {}
    found = False
    for number, record in records:
        cells = _cells_of(number, record, flaws)
        if len(met) < MOST_KEYS:
            met |= dict.fromkeys(cells)
        if options.text not in cells:
            if cells:
                flaws.add(number, "empty", f"no key {options.text!r}")
            continue
        if not found:
            check_columns(list(met), options)
        found = True
        doc = options.doc or ("doc" if "doc" in cells else None)
        document = document_of(number, cells, text=options.text, doc=doc, flaws=flaws)
        if document is not None:
            yield document._replace(encoding=encoding)
    if met and not found:
        flaws.counts.clear()
        check_columns(list(met), options)
    if not (found or flaws.counts):
        raise Unreadable("empty", "it holds no record")


def _cells_of(number: int, record: Any, flaws: Flaws) -> dict[str, str | None]:
    if not isinstance(record, dict):
        flaws.add(number, "damaged", "no object with keys")
        return {}
    if not record:
        flaws.add(number, "empty", "an object without keys")
    try:
        return {name: as_text(value) for name, value in record.items()}
    except RecursionError:
        flaws.add(number, "damaged", "nested too deep")
        return {}


def _json(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """A list of records, or one record."""
    text, encoding = decoding.decode(source.read(), options.encoding)
    try:
        given, is_repeated = _loaded(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("damaged", f"no JSON ({_short(error)})") from error
    if is_repeated:
        report("columns", KEY_TWICE)
    flaws = Flaws()
    try:
        records = enumerate(given if isinstance(given, list) else [given], 1)
        yield from _record_documents(records, options, flaws, encoding)
    finally:
        flaws.tell(report)


# --- XLSX -------------------------------------------------------------------------------------


def _xlsx(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The rows of every sheet that has the columns; formulas by their stored values."""
    openpyxl = needed("openpyxl", ".xlsx")
    file = source.seekable()
    with file:
        checked(file)
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # whatever openpyxl trips over in a damaged file
            raise Unreadable("damaged", f"no workbook ({error!r:.100})") from error
        try:
            yield from _sheets(book, options, report)
        finally:
            book.close()


def _sheets(book: Any, options: Options, report: Report) -> Iterator[Document]:
    refused: list[tuple[str, Unreadable]] = []
    several = len(book.worksheets) > 1
    for sheet in book.worksheets:
        flaws = Flaws()
        try:
            for document in _sheet(sheet, options, flaws, report):
                key = document.key if document.is_named else f"{sheet.title}#{document.key}"
                about = (
                    {"sheet": sheet.title, **document.metadata} if several else document.metadata
                )
                yield document._replace(key=key if several else document.key, metadata=about)
        except Unreadable as error:
            refused.append((sheet.title, error))
        else:
            if sheet.sheet_state != "visible":
                report("hidden", f"sheet {sheet.title!r} is hidden, and read all the same")
        flaws.tell(report)
    if len(refused) == len(book.worksheets):
        raise refused[0][1] if refused else Unreadable("empty", "the workbook has no sheet")
    for title, reason in refused:
        report(reason.what, f"sheet {title!r}: {reason.detail}")


def _sheet(sheet: Any, options: Options, flaws: Flaws, report: Report) -> Iterator[Document]:
    sheet.reset_dimensions()  # what a file says of its size may be anything
    rows = _stored_rows(sheet)
    header = next((row for row in rows if any(cell is not None for cell in row)), ())
    columns = [(as_text(cell) or "").strip() for cell in header]
    check_columns(columns, options)
    tell_repeated(columns, report)
    yield from documents(
        columns, _sheet_rows(rows, columns), options=options, flaws=flaws, encoding=None
    )


def _stored_rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """The rows of a sheet as they are stored; what they are made of is read row by row."""
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            row = next(rows, None)
        except Unreadable:
            raise
        except Exception as error:  # whatever openpyxl trips over in a damaged sheet
            detail = f"the sheet is damaged ({error!r:.100}); rows below are not read"
            raise Unreadable("damaged", detail) from error
        if row is None:
            return
        yield row


def _sheet_rows(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> Iterator[Row]:
    number = 0
    for row in rows:
        if any(cell is not None for cell in row):
            number += 1
            cells = zip(columns, row, strict=False)
            yield number, {name: as_text(cell) for name, cell in cells if name}


# --- Parquet ----------------------------------------------------------------------------------


def _parquet(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The rows of a Parquet file; columns that are no plain values are left out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    flaws = Flaws()
    try:
        with source.seekable() as file:
            table = pq.ParquetFile(file, pre_buffer=False)
            names = _plain_columns(table.schema_arrow, report)
            rows = _batches(table.iter_batches(ROWS_AT_ONCE, columns=names))
            yield from documents(names, rows, options=options, flaws=flaws, encoding=None)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise Unreadable("damaged", f"no Parquet file ({error!s:.100})") from error
    finally:
        flaws.tell(report)


def _plain_columns(schema: Any, report: Report) -> list[str]:
    plain = [field.name for field in schema if is_plain(field.type)]
    named = [name for name in plain if not name.startswith(INDEX)]
    left = [field.name for field in schema if field.name not in plain]
    if left:
        report("columns", f"no plain values, so left out: {', '.join(map(repr, left[:FEW]))}")
    return named


def _batches(batches: Iterable[Any]) -> Iterator[Row]:
    number = 0
    for batch in batches:
        for record in batch.to_pylist():
            number += 1
            yield number, {name: as_text(value) for name, value in record.items()}


READERS: dict[str, Reader] = {
    "csv": read_csv,
    "tsv": read_tsv,
    "jsonl": _jsonl,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
