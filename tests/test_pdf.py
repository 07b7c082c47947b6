"""Text layers of PDF files that are written here: by hand, glyph by glyph, and by matplotlib."""

import warnings

import pytest

from toolkit import corpus

pypdf = pytest.importorskip("pypdf")

FIRST = "وصلت القافلة إلى الواحة مساء أمس، وقال الدليل"
# As seen, from the left; by hand.
MIXED = "شركة Example Systems أصدرت برنامجا (القديم) في 2024 و ١٢٣ كتابا"
MIXED_SEEN = "اباتك ١٢٣ و 2024 يف )ميدقلا( اجمانرب تردصأ Example Systems ةكرش"
LIGATURES = "لا إله إلا الأمل والمسالة هنالك"


def seen(text):
    """The glyphs of a line of Arabic from the left; lam and alef are one glyph."""
    return glyphs(text)[::-1]


def glyphs(text):
    found = []
    for char in text:
        if char in "اأإآ" and found and found[-1] == "ل":
            found[-1] += char
        else:
            found.append(char)
    return found


def pdf(lines, *, show="whole", image_pages=0, blank_pages=0):
    """A PDF of lines of glyphs: each drawn at once, with gaps, or word by word."""
    numbers, drawn = {}, []
    for row, line in enumerate(lines):
        codes = [f"{numbers.setdefault(glyph, len(numbers) + 1):04X}" for glyph in line]
        y, space = 700 - 20 * row, f"{numbers.get(' ', 0):04X}"
        if show == "gaps":
            parts = " ".join("-500" if code == space else f"<{code}>" for code in codes)
            drawn.append(f"BT /F 12 Tf 1 0 0 1 72 {y} Tm [{parts}] TJ ET")
        elif show == "whole":
            drawn.append(f"BT /F 12 Tf 1 0 0 1 72 {y} Tm <{''.join(codes)}> Tj ET")
        else:
            drawn.append(words(codes, space, y, to_left=show == "words to the left"))
    mapped = "".join(
        f"<{number:04X}> <{glyph.encode('utf-16-be').hex()}>\n" for glyph, number in numbers.items()
    )
    cmap = f"begincmap\n{len(numbers)} beginbfchar\n{mapped}endbfchar\nendcmap"
    return assembled("\n".join(drawn), cmap, image_pages, blank_pages)


def words(codes, space, y, *, to_left):
    x, shown = 72, []
    for word in "|".join(codes).split(f"|{space}|"):
        code = word.replace("|", "")
        shown.append(f"1 0 0 1 {x} {y} Tm <{code}> Tj")
        x += 6 * (len(code) // 4) + 8
    return "BT /F 12 Tf " + " ".join(shown[::-1] if to_left else shown) + " ET"


def assembled(content, cmap, image_pages, blank_pages):
    pages = 1 + image_pages + blank_pages
    kids = " ".join(f"{number} 0 R" for number in range(10, 10 + pages))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {} >>"
    text = page.format("/Contents 3 0 R /Resources << /Font << /F 4 0 R >> >>")
    image = page.format("/Resources << /XObject << /I 8 0 R >> >>")
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        3: f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        4: "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        "/DescendantFonts [5 0 R] /ToUnicode 6 0 R >>",
        5: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R >>",
        6: f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        7: "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 9 9] /ItalicAngle 0 "
        "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        8: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream",
        10: text,
    }
    objects |= {11 + number: image for number in range(image_pages)}
    objects |= {11 + image_pages + number: page.format("") for number in range(blank_pages)}
    data, places = b"%PDF-1.7\n", {}
    for number, value in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer << /Size 99 /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF".encode("ascii")


def read(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = corpus.read_texts(tmp_path)
    return texts["text"][0], corpus.problems(texts)[["what", "detail"]].to_numpy().tolist()


REPAIRED = ["repaired", "lines were stored from left to right and were turned round"]


@pytest.mark.parametrize("show", ["whole", "gaps", "words"])
def test_lines_that_are_stored_as_seen_come_in_reading_order(tmp_path, show):
    lines = [seen(FIRST), list(MIXED_SEEN), seen(LIGATURES)]
    text, problems = read(tmp_path, pdf(lines, show=show))
    assert text.split("\n") == [FIRST, MIXED, LIGATURES]
    assert problems == [REPAIRED]


def test_words_that_are_drawn_from_the_right_come_in_reading_order(tmp_path):
    lines = [seen(FIRST), list(MIXED_SEEN)]
    text, problems = read(tmp_path, pdf(lines, show="words to the left"))
    assert text.split("\n") == [FIRST, MIXED]
    assert problems == [REPAIRED]


def test_lines_that_are_stored_as_read_stay(tmp_path):
    text, problems = read(tmp_path, pdf([list(FIRST), list(MIXED), glyphs(LIGATURES)]))
    assert text.split("\n") == [FIRST, MIXED, LIGATURES]
    assert problems == []


def test_presentation_forms_become_letters_and_are_counted(tmp_path):
    # ﻻ ﺣﻮل, as seen: U+0644, U+FEEE, U+FEA3, space, U+FEFB; and three words to tell the order
    line = ["ل", "\ufeee", "\ufea3", " ", "\ufefb", " ", *"ةنيدملا ىلإ ةحاولا"]
    text, problems = read(tmp_path, pdf([line]))
    assert text == "الواحة إلى المدينة لا حول"
    assert problems == [["repaired", f"{REPAIRED[1]}; 3 presentation forms became letters"]]


def test_latin_pages_stay(tmp_path):
    text, problems = read(tmp_path, pdf([list("The caravan (old) reached it in 1999.")]))
    assert text == "The caravan (old) reached it in 1999."
    assert problems == []


def test_matplotlib_writes_what_is_read(tmp_path):
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    lines = [FIRST, "إن الطريق (القديم) كان طويلا في 2024 جدا", "لا إله إلا الأمل والأمم"]
    lines += ["شركة Example Systems أصدرت برنامجا", "في 16/11/2025 بين 2024-2025"]
    with rc_context({"pdf.fonttype": 42}):
        figure = Figure(figsize=(8, 4))
        for number, line in enumerate(lines):
            figure.text(0.95, 0.9 - 0.1 * number, line, ha="right")
        figure.savefig(tmp_path / "figure.pdf")
    data = (tmp_path / "figure.pdf").read_bytes()
    (tmp_path / "figure.pdf").unlink()
    text, problems = read(tmp_path, data)
    assert text.split("\n") == lines
    assert problems == [REPAIRED]


def test_scanned_pages_are_named(tmp_path):
    _, problems = read(tmp_path, pdf([seen(FIRST)], image_pages=2, blank_pages=1))
    assert problems[0] == [
        "scanned",
        "2 of 4 pages are images without a text layer: 2, 3; recognise their text with an OCR "
        "program",
    ]


def test_file_of_scans_is_no_text(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([], image_pages=3))
    with pytest.raises(ValueError, match="3 of 4 pages are images without a text layer; recog"):
        corpus.read_texts(tmp_path)


def test_file_of_blank_pages_is_empty(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([], blank_pages=1))
    with pytest.raises(ValueError, match="the pages hold no text"):
        corpus.read_texts(tmp_path)


def test_glyphs_that_are_no_letters_are_told(tmp_path):
    text, problems = read(tmp_path, pdf([["\ue001", "\ue002", "\ue003", "a"]]))
    assert text == "\ue001\ue002\ue003a"
    assert problems == [["lost letters", "the fonts do not say which letters 3 glyphs are"]]


def test_encrypted_file_is_named(tmp_path):
    writer = pypdf.PdfWriter()
    writer.append(pypdf.PdfReader(__import__("io").BytesIO(pdf([seen(FIRST)]))))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(ValueError, match="it is encrypted"):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"no pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_damaged_file_is_one_error(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(ValueError, match=r"'a\.pdf' could not be read: "):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_file_that_was_cut_gives_its_text_or_one_reason(tmp_path, share):
    data = pdf([seen(FIRST)])
    (tmp_path / "a.pdf").write_bytes(data[: int(share * len(data))])
    (tmp_path / "b.txt").write_text(FIRST, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = corpus.read_texts(tmp_path)
    assert set(texts["text"]) == {FIRST}
