"""Annotated files of a text with its spans: doccano, spaCy, Prodigy, Label Studio, brat."""

import json
import re
from collections.abc import Iterator
from typing import Any

from toolkit.gold.parts import Annotated, Repairs, Span

SPAN_KEYS = ("spans", "labels", "label", "entities", "ents")
BRAT = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+)((?:;\d+ \d+)*)\t?(.*)")
LEFT_OUT = "left out"
STARTS, ENDS = ("start", "start_offset", "begin"), ("end", "end_offset")
NAMES = ("labels", "label", "type")
LAST_OF_ONE_UNIT = "\uffff"
# What offsets count where they are no code points: JavaScript has two units for an emoji.
COUNTED = (
    ("UTF-16", "utf-16-le", "offsets count some characters as two"),
    ("bytes", "utf-8", "offsets count bytes"),
)


class Wrong(ValueError):
    """What makes a record or a span none."""


def of_lines(text: str, stem: str, repairs: Repairs) -> list[Annotated]:
    """The documents of a file that has one as JSON on each line."""
    records = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append((f"line {number}", json.loads(line)))
        except ValueError as error:
            repairs.malformed(f"line {number}", f"no JSON ({error})", LEFT_OUT)
    return _documents(records, stem, repairs)


def of_json(text: str, stem: str, repairs: Repairs) -> list[Annotated]:
    """The documents of a JSON file: a list of them, one, or one on each line."""
    try:
        found = json.loads(text)
    except ValueError:
        return of_lines(text, stem, repairs)
    records = found if isinstance(found, list) and not _is_pair(found) else [found]
    return _documents(
        [(f"record {number}", record) for number, record in enumerate(records, 1)], stem, repairs
    )


def _is_pair(record: Any) -> bool:
    """Whether this is a document as spaCy trains on: its text, and a dict with its entities."""
    return (
        isinstance(record, list)
        and len(record) == 2
        and isinstance(record[0], str)
        and isinstance(record[1], dict)
    )


def _documents(records: list[tuple[str, Any]], stem: str, repairs: Repairs) -> list[Annotated]:
    found = []
    for number, (place, record) in enumerate(records, 1):
        if isinstance(record, dict) and record.get("answer", "accept") != "accept":
            repairs.add("not accepted", place, f"answer is {record['answer']!r:.20}; left out")
            continue
        try:
            text, name, given = _parts(record, place, repairs)
            text.encode("utf-8")
        except (Wrong, UnicodeEncodeError) as error:
            repairs.malformed(place, str(error), LEFT_OUT)
            continue
        if not text.strip():
            repairs.add("empty", place, "documents without text; left out")
            continue
        doc = name if isinstance(name, str) else f"{stem}-{number if name is None else name}"
        spans = list(_spans(text, given, place, repairs))
        found.append(Annotated(stem if len(records) == 1 and name is None else doc, text, spans))
    return found


def _parts(record: Any, place: str, repairs: Repairs) -> tuple[str, str | int | None, list[Any]]:
    """The text of a record, its name or number, and its spans as they are given."""
    if _is_pair(record):
        record = {"text": record[0], **record[1]}
    if not isinstance(record, dict):
        raise Wrong(f"of type {type(record).__name__}, not a document")
    if isinstance(record.get("data"), dict):
        return _task(record, place, repairs)
    text = record.get("text", record.get("data"))
    if not isinstance(text, str):
        raise Wrong(f"no text; there are {', '.join(record) or 'no keys'}")
    return text, _name(record), _given_spans(record)


def _given_spans(record: dict[str, Any]) -> list[Any]:
    """The spans of a record, under one of the keys that the tools use."""
    groups = [key for key in SPAN_KEYS if isinstance(record.get(key), dict) and record[key]]
    if groups:
        raise Wrong(f"{groups[0]} holds groups of spans ({', '.join(record[groups[0]])}), no list")
    given = [key for key in SPAN_KEYS if isinstance(record.get(key), list)]
    if not given and "annotation_id" in record:
        # the short form of Label Studio: the key is the name of its control, and left out if empty
        given = [key for key, cell in record.items() if _are_labelled(cell)]
        if not given:
            return []
    filled = [key for key in given if record[key]]
    if not given or len(filled) > 1:
        raise Wrong(
            f"{' and '.join(filled) or 'none'} of {', '.join(SPAN_KEYS)} holds spans; there are "
            f"{', '.join(record)}"
        )
    return record[filled[0]] if filled else []


def _are_labelled(cell: Any) -> bool:
    return isinstance(cell, list) and any(
        isinstance(each, dict) and "labels" in each for each in cell
    )


def _name(record: dict[str, Any]) -> str | int | None:
    doc, number = record.get("doc"), record.get("id")
    if isinstance(doc, str) and doc:
        return doc
    return number if isinstance(number, int) else None if number is None else str(number)


def _task(
    record: dict[str, Any], place: str, repairs: Repairs
) -> tuple[str, str | int | None, list[Any]]:
    """The parts of a task of Label Studio."""
    data = record["data"]
    made = record.get("annotations", record.get("completions"))
    if not isinstance(made, list):
        raise Wrong("no annotations")
    if not all(isinstance(each, dict) for each in made):
        raise Wrong("an annotation is no object")
    made = [each for each in made if not each.get("was_cancelled")]
    made.sort(key=lambda each: not each.get("ground_truth"))
    for _ in made[1:]:
        repairs.add("several annotators", place, "further annotations of a text; left out")
    if not made:
        repairs.add("not annotated", place, "texts without an annotation; read without names")
    results = made[0].get("result", []) if made else []
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        raise Wrong("the result of an annotation is no list of objects")
    kinds = [str(each.get("type", "labels")) for each in results]
    others = [kind for kind in kinds if kind.endswith("labels") and kind != "labels"]
    if others:
        raise Wrong(f"{others[0]} are no spans of a plain text")
    labels = [each for each, kind in zip(results, kinds, strict=True) if kind == "labels"]
    name = data["doc"] if isinstance(data.get("doc"), str) else record.get("id")
    return _text_of(data, labels), name, [each.get("value") for each in labels]


def _text_of(data: dict[str, Any], labels: list[dict[str, Any]]) -> str:
    """The text that the labels of a task are of; a task may show several."""
    shown = sorted({str(each["to_name"]) for each in labels if "to_name" in each})
    if len(shown) > 1:
        raise Wrong(f"the labels are of several texts ({', '.join(shown)})")
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    only = next(iter(texts)) if len(texts) == 1 else None
    key = next((key for key in (*shown, "text", only) if key in texts), None)
    if key is None:
        raise Wrong(f"no text in data; there are {', '.join(data) or 'no keys'}")
    return texts[key]


def _spans(text: str, given: list[Any], place: str, repairs: Repairs) -> Iterator[Span]:
    for each in given:
        try:
            start, end, kinds, surface = _cells(each)
            span = _checked(text, start, end, surface, place, repairs)
        except Wrong as error:
            repairs.malformed(place, str(error), LEFT_OUT)
            continue
        for kind in kinds:
            yield (*span, kind)


def _cells(each: Any) -> tuple[int, int, list[str], str | None]:
    """Start, end, types and letters of a span, as a list or as a dict."""
    if isinstance(each, list) and len(each) == 3:
        start, end, kinds = each
        surface = None
    elif isinstance(each, dict):
        start, end, kinds = (
            next((each[key] for key in keys if key in each), None) for keys in (STARTS, ENDS, NAMES)
        )
        surface = each.get("text")
    else:
        raise Wrong(f"{each!r:.60} is no span (start, end, type)")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    numbers = all(isinstance(at, int) and not isinstance(at, bool) for at in (start, end))
    named = isinstance(kinds, list) and kinds and all(isinstance(k, str) and k for k in kinds)
    if not numbers or not named:
        raise Wrong(f"{each!r:.60} is no span (start, end, type)")
    return start, end, list(dict.fromkeys(kinds)), surface if isinstance(surface, str) else None


def _checked(
    text: str, start: int, end: int, surface: str | None, place: str, repairs: Repairs
) -> tuple[int, int]:
    """The span in code points, which must lie in the text and have the letters it says."""
    if surface is not None and _as_line(text[max(start, 0) : end]) != _as_line(surface):
        start, end = _recounted(text, (start, end), surface, place, repairs)
    if not 0 <= start < end <= len(text):
        raise Wrong(f"[{start}:{end}] is no span of the text, which has {len(text)} code points")
    if not text[start:end].strip():
        raise Wrong(f"[{start}:{end}] holds white space alone")
    if surface is None and max(text[:end]) > LAST_OF_ONE_UNIT:
        detail = "offsets behind characters that some tools count as two, read as code points"
        repairs.add("not checked", place, f"{detail}; the file has no letters that would prove it")
    return start, end


def _as_line(text: str) -> str:
    """Tools show line ends in different ways."""
    return " ".join(text.replace("\\n", "\n").split())


def _recounted(
    text: str, span: tuple[int, int], surface: str, place: str, repairs: Repairs
) -> tuple[int, int]:
    """The code points of a span that counts something else, as its letters prove."""
    for what, encoding, detail in COUNTED:
        units = text.encode(encoding)
        size = len("a".encode(encoding))
        start, end = (len(units[: size * max(at, 0)].decode(encoding, "ignore")) for at in span)
        if _as_line(text[start:end]) == _as_line(surface):
            repairs.add(what, place, f"{detail}; corrected")
            return start, end
    raise Wrong(f"the letters at its offsets are not those of {surface!r:.40}")


def of_brat(text: str, stem: str, repairs: Repairs, *, raw: str) -> list[Annotated]:
    """The document of an ``.ann`` file and of the text that belongs to it."""
    spans: list[Span] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("T"):
            continue  # relations, events, attributes and notes are no mentions
        match = BRAT.fullmatch(line.rstrip("\r"))
        place = f"line {number}"
        if match is None:
            repairs.malformed(place, f"{line!r:.60} is no text-bound annotation", LEFT_OUT)
            continue
        if match[5]:
            repairs.add("in pieces", place, "mentions of several pieces; left out")
            continue
        given = [{"start": int(match[3]), "end": int(match[4]), "label": match[2]}]
        spans += _spans(raw, [given[0] | {"text": match[6] or None}], place, repairs)
    return [Annotated(stem, raw, spans)]
