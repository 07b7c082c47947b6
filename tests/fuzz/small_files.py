"""One small valid file of each format that is read, made here; the texts were written for it."""

import io
import tarfile
import zipfile

import pandas as pd

FIRST = "وصلت القافلة إلى الواحة، مساء أمس."
SECOND = "قال الدليل: «إن الطريق طويل» في 15 مايو 2020."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"

PLAIN = f"---\ntitle: رحلة\nyear: 2020\ntags: [a, b]\n---\n{FIRST}\n{SECOND}\n"
DATED = f"date 2025-11-16 {FIRST}"
OPENITI = (
    "######OpenITI#\n#META# 010.AuthorNAME :: كاتب\n#META#Header#End#\n\n"
    f"### | باب\n# {FIRST}\n~~{SECOND} PageV01P002 ms001\n"
)
CSV = f'doc,text,date,title\na,"{FIRST}",2025-11-16,"عنوان"\nb,"سطر\n{SECOND}",,\n'
TSV = CSV.replace(",", "\t")
JSONL = (
    f'{{"text": "{FIRST}", "year": 2020, "doc": "a"}}\n'
    f'{{"text": "{SECOND}", "tags": ["x", 1], "date": "2025-11-16"}}\n'
)
JSON = f'[{{"text": "{FIRST}", "id": 1.5}}, {{"text": "{SECOND}", "id": null, "x": {{"y": 2}}}}]'
HTML = (
    '<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>عنوان</title>'
    '<meta property="article:published_time" content="2025-11-16"></head><body><nav>قائمة</nav>'
    f"<article><h1>رأس</h1><p>{FIRST}</p><p>{SECOND}<br>سطر</p><table><tr><td>خلية</td></tr></table>"
    "<pre>أ\n ب</pre></article><script>x()</script></body></html>"
)
CONLLU = (
    "# newdoc id = a\n# meta::title = عنوان\n# newpar\n# sent_id = 1\n"
    "1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\tStart=0|SpacesAfter=\\s\n"
    "1\tو\tو\tCCONJ\t_\t_\t0\troot\t_\t_\n2\tقال\tقال\tVERB\t_\t_\t0\troot\t_\t_\n"
    "3\tالدليل\tدليل\tNOUN\t_\tCase=Nom\t2\tnsubj\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"
)
TEI = (
    '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>'
    "<fileDesc><titleStmt><title>عنوان</title><author>كاتب</author></titleStmt><sourceDesc><bibl>"
    '<date when="2025-11-16"/><note type="section">قسم</note></bibl></sourceDesc></fileDesc>'
    f'</teiHeader><text><body><div><head>رأس</head><p>{FIRST}<lb break="no"/> {SECOND}</p>'
    "<choice><sic>غلط</sic><corr>صواب</corr></choice></div></body></text></TEI>"
)
DOCX_BODY = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{FIRST}</w:t><w:tab/></w:r></w:p>'
    f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del></w:p></w:body></w:document>"
)
ODT_BODY = (
    f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0">'
    f'<office:body><office:text><text:p>{FIRST}<text:s text:c="3"/>كلمة<text:tab/></text:p>'
    f"<text:h>{SECOND}</text:h></office:text></office:body></office:document-content>"
)
EPUB_BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/'
    '1.1/"><dc:title>عنوان</dc:title></metadata><manifest><item id="a" href="a%20b.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
EPUB_CONTAINER = (
    f'<container xmlns="{CONTAINER}"><rootfiles><rootfile full-path="O/book.opf"/></rootfiles>'
    "</container>"
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
    'properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>عنوان</dc:title>'
    "<dc:creator>كاتب</dc:creator></cp:coreProperties>"
)
# For each kind of package the part that is fuzzed, and what stands around it.
PARTS = {
    ".docx": ("word/document.xml", DOCX_BODY, {"docProps/core.xml": CORE}),
    ".odt": ("content.xml", ODT_BODY, {}),
    ".epub": (
        "O/book.opf",
        EPUB_BOOK,
        {"META-INF/container.xml": EPUB_CONTAINER, "O/a b.xhtml": HTML},
    ),
}


def package(suffix, part):
    """A package of a kind whose main part is this."""
    name, _, others = PARTS[suffix]
    return zipped({name: part, **others})


def zipped(files, packed=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, packed)
    return data.getvalue()


def tarred(files, mode):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def workbook():
    data = io.BytesIO()
    frame = pd.DataFrame(
        {"text": [FIRST, SECOND], "n": [1, 2.5], "day": pd.Timestamp("2020-01-02")}
    )
    frame.to_excel(data, index=False, engine="openpyxl")
    return data.getvalue()


def parquet():
    data = io.BytesIO()
    frame = pd.DataFrame({"text": [FIRST, SECOND], "n": [1, 2], "day": pd.Timestamp("2020-01-02")})
    frame.to_parquet(data)
    return data.getvalue()


def pdf():
    """A page of glyphs with their letters, drawn from left to right."""
    letters = list(dict.fromkeys(FIRST))
    codes = "".join(f"{letters.index(letter) + 1:04X}" for letter in reversed(FIRST))
    mapped = "".join(
        f"<{number:04X}> <{letter.encode('utf-16-be').hex()}>\n"
        for number, letter in enumerate(letters, 1)
    )
    cmap = f"begincmap\n{len(letters)} beginbfchar\n{mapped}endbfchar\nendcmap"
    second = f"[<{codes[:16]}> -500 <{codes[16:40]}>] TJ"
    drawn = f"BT /F 12 Tf 1 0 0 1 72 700 Tm <{codes}> Tj 0 -20 Td {second} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 4 0 R >> >> /MediaBox [0 0 600 800]"
        " /Contents 6 0 R >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R"
        " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


TEXTUAL = {
    ".txt": [PLAIN, DATED, OPENITI],
    ".md": [PLAIN],
    ".csv": [CSV],
    ".tsv": [TSV],
    ".jsonl": [JSONL],
    ".json": [JSON],
    ".html": [HTML],
    ".conllu": [CONLLU],
    ".tei": [TEI],
    ".xml": [TEI],
}
MEMBERS = {"a.txt": PLAIN.encode(), "b/c.jsonl": JSONL.encode(), "d.png": b"\x89PNG"}


def binary():
    """Suffix to the bytes of a valid file, of the formats that are no text."""
    return {
        ".xlsx": workbook(),
        ".parquet": parquet(),
        ".pdf": pdf(),
        ".zip": zipped(MEMBERS),
        ".tar": tarred(MEMBERS, "w"),
        ".tar.gz": tarred(MEMBERS, "w:gz"),
        ".tar.bz2": tarred(MEMBERS, "w:bz2"),
        ".tar.xz": tarred(MEMBERS, "w:xz"),
        **{suffix: package(suffix, part) for suffix, (_, part, _) in PARTS.items()},
    }
