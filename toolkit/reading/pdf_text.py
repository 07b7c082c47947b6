"""The text layer of PDF files, in reading order, with plain letters.

Arabic lies in most of them as it is seen: from left to right, ligatures as one glyph. The glyphs
are marked before the text is extracted, so that a ligature is not torn when a line is turned.
"""

import io
import itertools
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.arabic import visual_order
from toolkit.reading.archives import Source
from toolkit.reading.decoding import Unreadable
from toolkit.reading.documents import Document, Options, Report, hash_of, needed

SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
# Private planes, in which marked letters lie: alone, and as parts of a ligature.
ALONE, PART = 0xF0000, 0x100000
MARKED = re.compile("[\U000f0590-\U000ffefc]|[\U00100590-\U0010fefc]+")
UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]")
HIGHEST_UNKNOWN = 0.05
DEEPEST_FORM = 5
SPACES = re.compile(r"[ \t\xa0]+")
# Words that run together, for a PDF may hold no spaces.
LONGEST_MEAN_WORD = 12


def read(source: Source, options: Options, report: Report) -> Iterator[Document]:
    """The document of a PDF: its pages one below the other, as their lines stand."""
    data = source.read()
    pages = _pages(data)
    texts, about = _extracted(pages, report)
    if not any(text.strip() for text in texts):
        scans = sum(map(_has_image, pages))
        if scans:
            detail = f"{scans} of {len(pages)} pages are images without a text layer"
            raise Unreadable("scanned", f"{detail}; recognise the text with an OCR program")
        raise Unreadable("empty", "the pages hold no text")
    _tell_scans(pages, texts, report)
    text = _repaired(texts, report)
    _tell_unknown(text, report)
    yield Document(text, about, 0, None, hash_of(data))


def _pages(data: bytes) -> list[Any]:
    pypdf = needed("pypdf", ".pdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # `problems` tells instead
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if is_locked else list(reader.pages)
    except Exception as error:  # a damaged file can trip pypdf anywhere
        if type(error).__name__ == "DependencyError":
            raise Unreadable("encrypted", f"it is encrypted ({error})") from error
        raise Unreadable("damaged", f"no PDF that can be read ({error!r:.100})") from error
    if is_locked:
        raise Unreadable("encrypted", "it is encrypted; save it without its password")
    return pages


def _extracted(pages: Sequence[Any], report: Report) -> tuple[list[str], dict[str, str]]:
    """The text of each page as it is stored, and what the file says about itself."""
    met: set[int] = set()
    texts, failed = [], []
    for number, page in enumerate(pages, 1):
        try:
            _mark_fonts(page.get("/Resources"), met, DEEPEST_FORM)
            texts.append(_text_of(page))
        except Exception as error:  # a damaged page can trip pypdf anywhere
            texts.append("")
            failed.append(f"{number} ({type(error).__name__})")
    if failed:
        report("page", f"pages that could not be read: {', '.join(failed[:5])}")
    return texts, {}


def _text_of(page: Any) -> str:
    """The text of a page in the order of its stream; by place where lines run to the left."""
    places: list[tuple[float, float]] = []

    def note(operator: bytes, _: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        if operator in (b"Tj", b"TJ"):
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            places.append((x, tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

    text: str = page.extract_text(visitor_operand_before=note)
    pairs = list(itertools.pairwise(places))
    on_line = [(a[0], b[0]) for a, b in pairs if abs(a[1] - b[1]) < 1]
    to_left = sum(second < first for first, second in on_line)
    if to_left > 0.5 * len(on_line) and MARKED.search(text):
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    return "\n".join(SPACES.sub(" ", line).strip() for line in text.splitlines()).strip("\n")


# --- fonts ------------------------------------------------------------------------------------


def _mark_fonts(resources: Any, met: set[int], depth: int) -> None:
    """Let the fonts of a page give marked letters, so that pypdf leaves their order alone."""
    resources = _resolved(resources)
    if not isinstance(resources, dict) or depth == 0:
        return
    for font in (_resolved(resources.get("/Font")) or {}).values():
        _mark_font(_resolved(font), met)
    for form in (_resolved(resources.get("/XObject")) or {}).values():
        inner = _resolved(form)
        if isinstance(inner, dict) and inner.get("/Subtype") == "/Form":
            _mark_fonts(inner.get("/Resources"), met, depth - 1)


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _mark_font(font: Any, met: set[int]) -> None:
    stream = _resolved(font.get("/ToUnicode")) if isinstance(font, dict) else None
    if stream is None or not hasattr(stream, "get_data") or id(stream) in met:
        return
    generic = needed("pypdf.generic", ".pdf")
    marked = generic.DecodedStreamObject()
    marked.set_data(SECTION.sub(_marked_section, stream.get_data()))
    font[generic.NameObject("/ToUnicode")] = marked
    met.add(id(marked))


def _marked_section(match: re.Match[bytes]) -> bytes:
    kind, body = match[1], match[2]
    per_entry = 2 if kind == b"bfchar" else 3
    place = -1

    def marked(found: re.Match[bytes]) -> bytes:
        nonlocal place
        place += 1
        is_target = place % per_entry == per_entry - 1
        return b"<" + _marked_hex(found[1]) + b">" if is_target else found[0]

    if b"[" in body:  # ranges with a list of targets
        return match[0].replace(body, re.sub(rb"\[(.*?)\]", _marked_list, body, flags=re.DOTALL))
    return b"begin" + kind + HEX.sub(marked, body) + b"end" + kind


def _marked_list(match: re.Match[bytes]) -> bytes:
    return b"[" + HEX.sub(lambda found: b"<" + _marked_hex(found[1]) + b">", match[1]) + b"]"


def _marked_hex(digits: bytes) -> bytes:
    """The letters of a glyph in a private plane, those of a ligature from left to right."""
    try:
        letters = bytes.fromhex(digits.decode("ascii")).decode("utf-16-be")
    except ValueError:
        return digits
    if not visual_order.HAS_RIGHT.search(letters) and not _is_arabic_digit(letters):
        return digits
    plane = ALONE if len(letters) == 1 else PART
    marked = "".join(chr(plane + ord(letter)) for letter in reversed(letters))
    return marked.encode("utf-16-be").hex().encode("ascii")


def _is_arabic_digit(letters: str) -> bool:
    return any(
        "\u0660" <= letter <= "\u0669" or "\u06f0" <= letter <= "\u06f9" for letter in letters
    )


def _unmarked(text: str, *, visual: bool) -> str:
    """The letters themselves; ligatures as they are read, or from left to right."""

    def letters(match: re.Match[str]) -> str:
        found = "".join(chr(ord(letter) & 0xFFFF) for letter in match[0])
        return found if visual or ord(match[0][0]) < PART else found[::-1]

    return MARKED.sub(letters, text)


# --- what was found ---------------------------------------------------------------------------


def _repaired(texts: Sequence[str], report: Report) -> str:
    """The pages in reading order and plain letters; what was repaired is reported."""
    stored = "\n".join(text for text in texts if text)
    is_visual = visual_order.is_visual(_unmarked(stored, visual=True))
    text = _unmarked(stored, visual=is_visual)
    if is_visual:
        text = visual_order.in_reading_order(text)
    text, forms = visual_order.plain_letters(text)
    done = ["lines were stored from left to right and were turned round"] if is_visual else []
    done += [f"{forms:,} presentation forms became letters"] if forms else []
    if done:
        report("repaired", "; ".join(done))
    return text


def _has_image(page: Any) -> bool:
    try:
        resources = _resolved(page.get("/Resources")) or {}
        objects = (_resolved(resources.get("/XObject")) or {}).values()
        return any(_resolved(each).get("/Subtype") == "/Image" for each in objects)
    except Exception:  # a damaged page has no image that could be shown
        return False


def _tell_scans(pages: Sequence[Any], texts: Sequence[str], report: Report) -> None:
    scans = [
        number
        for number, (page, text) in enumerate(zip(pages, texts, strict=True), 1)
        if not text.strip() and _has_image(page)
    ]
    if scans:
        shown = ", ".join(map(str, scans[:10])) + (", ..." if len(scans) > 10 else "")
        report(
            "scanned",
            f"{len(scans)} of {len(pages)} pages are images without a text layer: {shown}; "
            "recognise their text with an OCR program",
        )


def _tell_unknown(text: str, report: Report) -> None:
    unknown = len(UNKNOWN.findall(text))
    if unknown > HIGHEST_UNKNOWN * len(text):
        report("lost letters", f"the fonts do not say which letters {unknown:,} glyphs are")
    words = visual_order.WORD.findall(text)
    if words and sum(map(len, words)) > LONGEST_MEAN_WORD * len(words):
        report("words", "words run together: the file does not say where spaces are")
