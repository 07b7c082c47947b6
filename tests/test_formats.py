"""Formats of one document, made here; what is expected is what was put in."""

import zipfile

import pytest
from texts_read import read

from toolkit import corpus
from toolkit.arabic import visual_order
from toolkit.reading import documents, formats

pytest.importorskip("lxml")

FIRST = "وصلت القافلة إلى الواحة، مساء أمس."
SECOND = "قال الدليل: «إن الطريق طويل»"


def packaged(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return path


# --- DOCX -------------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(path, body, **parts):
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    files = {"word/document.xml": document}
    files |= {f"word/{name}.xml": data for name, data in parts.items()}
    return packaged(path, files)


def test_paragraphs_tables_and_metadata_of_docx_are_read(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "عنوان", "كاتب"
    document.add_heading("رأس", 1)
    document.add_paragraph(FIRST)
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "خلية", "أخرى"
    paragraph = document.add_paragraph("قبل")
    paragraph.add_run().add_tab()
    paragraph.add_run("بعد")
    paragraph.add_run().add_break()
    paragraph.add_run("سطر")
    document.save(tmp_path / "a.docx")
    texts, problems = read(tmp_path)
    assert texts["text"][0] == f"رأس\n{FIRST}\nخلية\nأخرى\nقبل\tبعد\nسطر"
    assert (texts["title"][0], texts["author"][0]) == ("عنوان", "كاتب")
    assert problems == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:ins><w:r><w:t>أضيف</w:t></w:r></w:ins></w:p>", "أضيف"),
        (
            "<w:p><w:r><w:t>نص</w:t></w:r><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del></w:p>",
            "نص",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>رابط</w:t></w:r></w:hyperlink></w:p>", "رابط"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>حقل</w:t></w:r></w:p></w:sdtContent></w:sdt>", "حقل"),
        ("<w:p><w:smartTag><w:r><w:t>وسم</w:t></w:r></w:smartTag></w:p>", "وسم"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>نص</w:t></w:r></w:p>", "نص"),
        (
            "<w:p><w:r><w:t xml:space='preserve'>كلـ</w:t></w:r><w:r><w:t>مة</w:t></w:r></w:p>",
            "كلـمة",
        ),
        (
            "<w:p><w:r><w:t>قبل</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>إطار</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r><w:r><w:t> بعد</w:t></w:r></w:p>",
            "قبل بعد\nإطار",
        ),
    ],
)
def test_what_word_keeps_apart_is_text_or_not(tmp_path, body, text):
    assert read(docx_of(tmp_path / "a.docx", body))[0]["text"][0] == text


def test_notes_of_docx_stand_at_the_end(tmp_path):
    body = "<w:p><w:r><w:t>نص</w:t></w:r></w:p>"
    note = "<w:footnote{}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    notes = note.format(' w:type="separator"', "فاصل") + note.format("", "حاشية")
    footnotes = f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'
    assert (
        read(docx_of(tmp_path / "a.docx", body, footnotes=footnotes))[0]["text"][0] == "نص\nحاشية"
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "نص"><!ENTITY secret SYSTEM "{}">]>'


def declaring(path, address, within):
    """A file of one paragraph that declares two entities, one of them at an address."""
    declared = ENTITIES.format(address)
    parts = {
        ".docx": {
            "word/document.xml": f'{declared}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
            f"<w:t>{within}</w:t></w:r></w:p></w:body></w:document>"
        },
        ".odt": {
            "content.xml": f'{declared}<d xmlns:o="o"><o:body><o:text><o:p>{within}</o:p>'
            "</o:text></o:body></d>"
        },
    }
    if path.suffix in parts:
        packaged(path, parts[path.suffix])
    else:
        path.write_text(f"{declared}<TEI><text><p>{within}</p></text></TEI>", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "within"),
    [("a.docx", "قبل&secret;"), ("a.odt", "قبل&secret;"), ("a.xml", "قبل&secret;&a;")],
)
def test_external_entity_is_not_fetched(tmp_path, name, within):
    secret = tmp_path / "secret"
    secret.write_text("سر", encoding="utf-8")
    texts, problems = read(declaring(tmp_path / name, secret.as_uri(), within))
    assert texts["text"][0] == "قبل"
    if name == "a.xml":
        assert problems == [
            ["a", "entities", "not expanded, so missing in the text: &a;, &secret;"]
        ]


NOT_EXPANDED = "not expanded, so missing in the text: &a;, &secret;"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xml"])
def test_entities_are_told_and_what_stands_behind_them_is_kept(tmp_path, name):
    within = "قبل&a;&secret;خلف<!-- x -->آخر"
    texts, problems = read(declaring(tmp_path / name, "nowhere.txt", within))
    assert texts["text"][0] == "قبلخلفآخر"
    assert problems == [["a", "entities", NOT_EXPANDED]]


@pytest.mark.parametrize("name", ["a.epub", "a.html"])
def test_entities_that_a_page_declares_stand_in_the_text_and_are_told(tmp_path, name):
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "نص"> <!ENTITY nbsp "&#160;">'
        ' <!ENTITY unused "x">]><html><body><p>قبل&a;خلف&nbsp;آخر</p></body></html>'
    )
    if name == "a.html":
        (tmp_path / name).write_text(page, encoding="utf-8")
    else:
        packaged(tmp_path / name, book_of({"a.xhtml": page}, '<itemref idref="a.xhtml"/>'))
    texts, problems = read(tmp_path / name, boilerplate=True)
    assert texts["text"][0] == "قبل&a;خلف\N{NO-BREAK SPACE}آخر"
    assert problems == [["a", "entities", "not expanded, so they stand in the text as here: &a;"]]


def test_entities_that_swell_do_not(tmp_path):
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ضحك">{levels}]><TEI><text><p>قبل&l12;</p></text></TEI>'
    (tmp_path / "a.xml").write_text(bomb, encoding="utf-8")
    with pytest.raises(ValueError, match=r"no well-formed XML .*amplification"):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@pytest.mark.parametrize(
    "files", [{"x": "y"}, {"word/document.xml": "<open>", "content.xml": "<open>",
                           "META-INF/container.xml": "<open>"}]
)  # fmt: skip
def test_package_of_something_else_is_one_error(tmp_path, name, files):
    packaged(tmp_path / name, files)
    with pytest.raises(ValueError, match=rf"^read_texts: '{name}' could not be read: no "):
        corpus.read_texts(tmp_path)


def test_document_without_a_letter_is_empty(tmp_path):
    docx_of(tmp_path / "a.docx", "<w:p/>")
    with pytest.raises(ValueError, match="the document holds no text"):
        corpus.read_texts(tmp_path)


# --- ODT and EPUB -----------------------------------------------------------------------------

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DC = "http://purl.org/dc/elements/1.1/"


def test_paragraphs_notes_and_spaces_of_odt_are_read(tmp_path):
    body = (
        "<text:h>رأس</text:h><text:p>قبل<text:s text:c='2'/>بعد<text:tab/>ثم<text:line-break/>سطر"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p>"
        "</text:note-body></text:note></text:p><text:tracked-changes><text:p>حذف</text:p>"
        "</text:tracked-changes><text:p>آخر  \n نص</text:p>"
    )
    content = (
        f'<o:document-content xmlns:o="{OFFICE}" xmlns:text="{TEXT}"><o:body><o:text>{body}'
        "</o:text></o:body></o:document-content>"
    )
    meta = f'<m xmlns:dc="{DC}"><dc:title>عنوان</dc:title><dc:creator>كاتب</dc:creator></m>'
    packaged(tmp_path / "a.odt", {"content.xml": content, "meta.xml": meta})
    texts, _ = read(tmp_path)
    assert texts["text"][0] == "رأس\nقبل  بعد\tثم\nسطر\nحاشية\nآخر نص"
    assert (texts["title"][0], texts["author"][0]) == ("عنوان", "كاتب")


def test_chapters_of_epub_stand_in_the_order_of_the_spine(tmp_path):
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    book = (
        f'<package xmlns:dc="{DC}"><metadata><dc:title>كتاب</dc:title><dc:creator>كاتب</dc:creator>'
        '</metadata><manifest><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="sub/a%201.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/>'
        '<itemref idref="gone"/></spine></package>'
    )
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><head><title>x</title>'
        "<style>p{{}}</style></head><body><p>{}</p></body></html>"
    )
    files = {
        "META-INF/container.xml": container,
        "OPS/book.opf": book,
        "OPS/b.xhtml": page.format("ثان"),
        "OPS/sub/a 1.xhtml": page.format("أول&nbsp;نص<br/>سطر"),
        "OPS/nav.xhtml": page.format("فهرس"),
    }
    texts, problems = read(packaged(tmp_path / "a.epub", files))
    assert texts["text"][0] == "أول\N{NO-BREAK SPACE}نص\nسطر\n\nثان"
    assert texts["title"][0] == "كتاب"
    assert problems == [
        ["a", "chapter", "OPS/gone.xhtml is in the list of chapters, and not in the book"]
    ]


def book_of(pages, spine):
    """The files of an EPUB: pages by name, which is their id, too."""
    container = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="'
        f'{"image/svg+xml" if name.endswith(".svg") else "application/xhtml+xml"}"/>'
        for name in pages
    )
    book = f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>"
    return {"META-INF/container.xml": container, "book.opf": book, **pages}


def test_chapter_that_is_not_in_the_list_or_no_page_is_told(tmp_path):
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("a.xhtml", "lost", "map.svg"))
    pages = {"a.xhtml": f"<html><body><p>{FIRST}</p></body></html>", "map.svg": "<svg/>"}
    texts, problems = read(packaged(tmp_path / "a.epub", book_of(pages, spine)))
    assert texts["text"][0] == FIRST
    assert problems == [
        ["a", "chapter", "'lost' is in the order of the book, and not in its list"],
        ["a", "chapter", "map.svg is 'image/svg+xml', which is not read"],
    ]


# --- HTML -------------------------------------------------------------------------------------

ARTICLE = "وصلت القافلة إلى الواحة مساء أمس وقال الدليل إن الطريق كان طويلا جدا هذه السنة. " * 6
OTHER = "غادر المسافرون المدينة عند الفجر ومعهم ماء وتمر يكفي أياما كثيرة في الصحراء. " * 4
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>الموقع</title>
<meta property="og:title" content="خبر اليوم"><meta name="author" content="كاتب">
<meta property="article:published_time" content="2025-11-16T08:30:00+02:00">
<script>var x = "برنامج";</script></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<article><h1>خبر اليوم</h1><p>{ARTICLE}</p><p>{OTHER}</p></article>
<footer><a href="/about">حقوق النشر محفوظة</a></footer></body></html>"""


def test_article_of_a_page_is_read_without_what_surrounds_it(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"][0] == f"خبر اليوم\n{ARTICLE.strip()}\n{OTHER.strip()}"
    for outside in ("الرئيسية", "حقوق", "برنامج"):
        assert outside not in texts["text"][0]
    row = texts.iloc[0]
    assert (row["title"], row["author"], row["date"], row["lang"]) == (
        "خبر اليوم", "كاتب", "2025-11-16", "ar",
    )  # fmt: skip
    assert problems == []


def test_all_of_a_page_is_kept_where_asked(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    text = read(tmp_path, boilerplate=True)[0]["text"][0]
    assert text.split("\n")[:3] == ["الرئيسية", "رياضة", "خبر اليوم"]
    assert text.endswith("حقوق النشر محفوظة")
    assert "برنامج" not in text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>قال<b>وا</b> نعم</p>ثم", "قالوا نعم\nثم"),
        ("<p>سطر\n  واحد</p>", "سطر واحد"),
        ("<pre>سطر\n  ثان</pre>", "سطر\nثان"),
        ("<table><tr><td>أ</td><td>ب</td></tr><tr><td>ج</td></tr></table>", "أ\tب\nج"),
        ("<p>&lt;نص&gt; &amp; &#1605;</p>", "<نص> & م"),
        ("نص بلا وسوم", "نص بلا وسوم"),
        ("<p>مفتوح<p>ثان<div>ثالث", "مفتوح\nثان\nثالث"),
        ("<!-- تعليق --><p>نص</p><?x y?>", "نص"),
        ('<?xml version="1.0" encoding="windows-1256"?><html><body>نص</body></html>', "نص"),
        ("<p>" + "<div>" * 2_000 + "عميق", "عميق"),
    ],
)
def test_blocks_are_lines(tmp_path, page, text):
    (tmp_path / "a.htm").write_text(page, encoding="utf-8")
    assert read(tmp_path, boilerplate=True)[0]["text"][0] == text


@pytest.mark.parametrize(
    ("codec", "declared", "encoding"),
    [
        ("cp1256", "windows-1256", "cp1256"),
        ("utf-8", "windows-1256", "utf-8"),
        ("cp1256", "iso-8859-1", "cp1256"),
        ("utf-8", None, "utf-8"),
        ("utf-16", None, "utf-16"),
    ],
)
def test_bytes_count_more_than_what_a_page_declares(tmp_path, codec, declared, encoding):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta if declared else ''}</head><body><p>{ARTICLE}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(codec))
    texts, _ = read(tmp_path, boilerplate=True)
    assert (texts["text"][0], texts["encoding"][0]) == (ARTICLE.strip(), encoding)


def test_page_that_is_nested_beyond_measure_is_refused_as_a_whole(tmp_path):
    page = "<p>قبل</p>" + "<div>" * 20_000 + "عميق"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(ValueError, match="nested too deep"):
        corpus.read_texts(tmp_path, boilerplate=True)


def test_page_without_an_article_is_kept_and_told(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<html><body><nav>قائمة</nav></body></html>", encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"][0] == "قائمة"
    assert [what for _, what, _ in problems] in ([], ["boilerplate"])


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<!-- x -->", b"\0\1\2" * 50])
def test_page_without_text_is_one_error(tmp_path, data):
    (tmp_path / "a.html").write_bytes(data)
    with pytest.raises(ValueError, match=r"read_texts: 'a\.html' could not be read"):
        corpus.read_texts(tmp_path)


# --- optional packages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a.docx", "a.odt", "a.epub", "a.html", "a.pdf", "a.xml", "a.xlsx"]
)
def test_missing_package_is_named_with_how_to_install_it(tmp_path, monkeypatch, name):
    def missing(module):
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(documents.importlib, "import_module", missing)
    files = {"word/document.xml": "<x/>", "content.xml": "<x/>", "META-INF/container.xml": "<x/>"}
    packaged(tmp_path / name, files)
    if name in ("a.html", "a.xml"):
        (tmp_path / name).write_text("<html/>", encoding="utf-8")
    with pytest.raises(ValueError, match=r'not installed: pip install "mudawwana\[formats\]"'):
        corpus.read_texts(tmp_path)


def test_plain_formats_need_no_package(tmp_path, monkeypatch):
    def missing(module):
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(documents.importlib, "import_module", missing)
    for name, text in [("a.txt", FIRST), ("b.md", FIRST), ("c.csv", f"text\n{SECOND}\n"),
                       ("d.jsonl", '{"text": "نص"}')]:  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    packaged(tmp_path / "e.zip", {"x.txt": FIRST})
    assert len(corpus.read_texts(tmp_path)) == 5


def test_every_known_suffix_has_a_reader():
    for kind in set(formats.KIND_OF_SUFFIX.values()):
        assert callable(formats._reader(kind))


@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".xls", ".ods"])
def test_old_formats_are_refused_with_advice(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_bytes(b"x")
    with pytest.raises(ValueError, match=rf"\{suffix} is not read; save it as \.(docx|xlsx)"):
        corpus.read_texts(tmp_path / f"a{suffix}")


def test_file_that_is_named_is_read_as_text_whatever_its_suffix(tmp_path):
    (tmp_path / "a.dat").write_text(FIRST, encoding="utf-8")
    assert read(tmp_path / "a.dat")[0]["text"].tolist() == [FIRST]


# --- visual order -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        # by hand: each line as it is seen, written from its left end
        ("ةحاولا ىلإ ةلفاقلا تلصو", "وصلت القافلة إلى الواحة"),
        ("2024 ماع يف", "في عام 2024"),
        ("12.5 يلاوح", "حوالي 12.5"),
        ("2025-2024 نيب", "بين 2024-2025"),  # a hyphen joins no numbers after Arabic
        ("16/11/2025 يف", "في 16/11/2025"),  # a slash does
        ("BBC News ةانق", "قناة BBC News"),
        (")BBC( ةانق", "قناة (BBC)"),
        ("«ميدقلا» قيرطلا", "الطريق «القديم»"),
        ("١٩٩٩ ماع", "عام ١٩٩٩"),
        ("%50 ةبسنب", "بنسبة 50%"),
        ("plain English (only)", "plain English (only)"),
        ("", ""),
        ("2024", "2024"),
        ("؟ اذام", "ماذا ؟"),
    ],
)  # fmt: skip
def test_lines_are_turned_round_but_for_what_is_read_from_the_left(stored, text):
    assert visual_order.in_reading_order(stored) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST, False),
        (FIRST[::-1], True),
        ("لا إله إلا الله، هلا وأهلا وسهلا بكم في المدينة", False),
        ("", False),
        ("English only", False),
        ("ةلفاقلا", True),
    ],
)
def test_mirrored_words_are_known_by_their_ends(text, expected):
    assert visual_order.is_visual(text) == expected
