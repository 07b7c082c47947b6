"""Inputs that nobody would write: strategies of hypothesis for each check of `promises.py`."""

import io
import stat
import tarfile
import zipfile

import small_files
from hypothesis import strategies as st

from toolkit.arabic import letters
from toolkit.dating import words

LONGEST = 20_000
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئةپچژڤگ"
INVISIBLE = letters.INVISIBLE_MARKS + "\N{ARABIC TATWEEL}"
LINES = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\0\x07\x7f\x9f"
PIECES = [
    "\r\n",
    "لله",
    "ال",
    "الله",
    "وبالـ",
    "İ",
    "ΑΣ",
    "e\u0301",
    "\u0338",
    "\u1100\u1161",
    "\ufdfa",
    "\ufefb",
    "\ufdf2",
    "\ufe73",
    "\U0001f468\u200d\U0001f469",
    "\u200d",
    "\ufe0f",
    "&amp;",
    "<b>",
    "]]>",
    '"',
    "\\",
    "%~%",
    "ms001",
]
characters = st.one_of(
    st.sampled_from(ARABIC),
    st.sampled_from(ARABIC),
    st.sampled_from(letters.ARABIC_DIACRITICS + letters.HAMZA_MARKS),
    st.sampled_from(INVISIBLE),
    st.sampled_from(sorted(letters.LOOK_ALIKES)),
    st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹.,:/-–_٫٬٪%؟،؛«»()[]"),
    st.sampled_from(LINES),
    st.sampled_from(PIECES),
    st.integers(0xFB50, 0xFEFF).map(chr),
    st.characters(exclude_categories=["Cs"]),
)


@st.composite
def long_or_short(draw, pieces, joint=""):
    """Some pieces side by side; of one input in sixteen, again and again up to 20 kB."""
    text = joint.join(draw(st.lists(pieces, max_size=40)))
    times = draw(st.sampled_from([1] * 15 + [1_000]))
    return (text * times)[:LONGEST]


def words_of(most, *, least=0):
    return st.lists(characters, min_size=least, max_size=most).map("".join)


spellings = long_or_short(characters)

# --- dates ------------------------------------------------------------------------------------

VOCABULARY = sorted(
    {
        word
        for tables in (words.PARTICLES, words.FOLLOWERS, words.CARRIERS, words.NOUNS)
        for table in tables.values()
        for word in table
    }
    | set("".join(words.SIGNS.values()))
)


@st.composite
def figures(draw):
    number = draw(
        st.one_of(
            st.integers(0, 31), st.integers(1300, 1500), st.integers(1900, 2100), st.integers(0)
        )
    )
    zero = draw(st.sampled_from([0x30, 0x30, 0x660, 0x6F0]))
    return "".join(chr(zero + int(digit)) for digit in str(number))


@st.composite
def numeric_dates(draw):
    sign = draw(st.sampled_from(["/", "-", ".", " / ", "\N{ARABIC TATWEEL}", "\u200f/"]))
    return sign.join(draw(st.lists(figures(), min_size=2, max_size=4)))


date_pieces = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(VOCABULARY),
    st.tuples(st.sampled_from(sorted(words.PREFIXES)), st.sampled_from(VOCABULARY)).map("".join),
    figures(),
    numeric_dates(),
    characters,
    st.sampled_from(["\n", "م", "هـ", "ه", "ق.م", "(", ")", "من كل عام", "ثلاثة آلاف", "ألفين"]),
)
days = st.one_of(
    st.none(),
    st.dates().map(str),
    st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-29", "0622-07-16", "1582-10-10"]),
)
near_dates = st.tuples(
    st.sampled_from([" ", " ", "", "\n"]).flatmap(lambda joint: long_or_short(date_pieces, joint)),
    days,
    st.sampled_from([0, 0, 0, 3, 40, 10**6]),
)

# --- texts in files ---------------------------------------------------------------------------

keys = st.sampled_from(["title", "date", "text", "doc", "path", "عنوان", "a b", "1", "title_given"])
values = st.one_of(
    st.sampled_from(
        [
            "",
            "'x'",
            '"\\u0644"',
            '"\\ud800"',
            "[a]",
            "|",
            "2020",
            "2025-11-16",
            "٢٠٢٠",
            "9" * 25,
            "~",
        ]
    ),
    words_of(12),
)
header_lines = st.one_of(
    st.tuples(keys, st.sampled_from([": ", ":", ":\t", " : "]), values).map("".join),
    st.sampled_from(["---", "...", "- x", "  y", "# z", "", "\ufeff", "'''", '"', "--- "]),
    values,
)


@st.composite
def headers(draw):
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    lines = draw(st.lists(header_lines, max_size=12))
    start = draw(
        st.sampled_from(["---", "---", "\ufeff---", "date 2025-11-16", "date: ٢٠٢٥-١١-١٦"])
    )
    return end.join(
        [start, *lines, draw(st.sampled_from(["---", "...", "----", ""])), small_files.FIRST]
    )


header_texts = st.one_of(headers(), long_or_short(header_lines, "\n"), spellings)
ENCODINGS = ["utf-8"] * 4 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"]
ENCODINGS += ["iso8859-6", "mac-arabic", "cp1252"]


@st.composite
def mutated(draw, data):
    """Bytes with some of them changed, left out, doubled or cut off."""
    data = bytearray(data)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        kind = draw(st.integers(0, 4))
        if kind == 0:
            data[place : place + 1] = draw(st.binary(min_size=1, max_size=1))
        elif kind == 1:
            del data[place : place + draw(st.integers(1, 40))]
        elif kind == 2:
            data[place:place] = draw(st.binary(max_size=8))
        elif kind == 3:
            data[place:place] = data[place : place + draw(st.integers(1, 200))]
        else:
            data[place : place + 4] = draw(
                st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"])
            )
    if draw(st.integers(0, 9)) == 0:
        del data[draw(st.integers(0, len(data))) :]
    return bytes(data)


FRAGMENTS = {
    ".txt": ["######OpenITI#\n", "#META#Header#End#\n", "### | ", "~~", "# ", "PageV01P002"],
    ".csv": ['"', '""', ",", ";", "|", "\t", "\r\n", "text", "doc", "date", "\0", "=1+1"],
    ".jsonl": [
        '{"text": "نص"}\n', '{"text": null}', "[", "{", "}", "]", '"', ":", "1e999", "\\ud800",
        '{"text": "\\ud800"}\n', '"doc": "a"', "9" * 5000, "[" * 3000, '{"a": ' * 1000, "-Infinity",
        '{"text": "نص", "body_start": 2}\n', '{"text": "نص", "date": 20200101, "path": []}\n',
    ],
    ".html": [
        "<p>", "</p>", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xd800;", "&#x1f;", "<pre>",
        "<table><td>", "<script>", "<title>", '<meta charset="base64">', '<meta charset="idna">',
        '<meta charset="undefined">', "<div>" * 300, "<svg>", "<br>", '<?xml version="1.0"?>',
        '<meta property="article:published_time" content="x">', "<article>", "<template>", "\x0c",
    ],
    ".tei": [
        "<TEI>", "<text>", "<p>", "</p>", "</text>", "</TEI>", "&x;", "<!DOCTYPE TEI [", "]>",
        '<!ENTITY x "y">', "<![CDATA[", "]]>", '<lb break="no"/>', '<front><div type="header">',
        '<text xml:space="preserve">', '<?xml version="1.0" encoding="x"?>', "<teiCorpus>", "<?p?>",
        "<!--c-->", '<date when="2020"/>', '<bibl><note type="path">x</note></bibl>',
    ],
    ".conllu": [
        "\t", "\n", "1\tو\t_\t_\t_\t_\t_\t_\t_\t_\n", "9" * 5000, "1-2", "1.1", "# newdoc id = a\n",
        "# newdoc\n", "# newpar\n", "# meta::path = x\n", "# meta::body_start = 1\n",
        "SpacesAfter=\\n", "Raw=\\u0020", "\\", "|", "=", "٣\tا\t_\t_\t_\t_\t_\t_\t_\tRaw=_\n",
        f"{'9' * 5000}\tا\t_\t_\t_\t_\t_\t_\t_\t_\n", "# meta::body_start = " + "9" * 5000 + "\n",
    ],
}  # fmt: skip
FRAGMENTS |= {".md": FRAGMENTS[".txt"], ".tsv": FRAGMENTS[".csv"], ".json": FRAGMENTS[".jsonl"]}
FRAGMENTS[".xml"] = FRAGMENTS[".tei"]


def of_suffix(suffix):
    pieces = st.one_of(
        st.sampled_from(FRAGMENTS[suffix]), st.sampled_from(FRAGMENTS[suffix]), characters
    )
    base = st.sampled_from(small_files.TEXTUAL[suffix])
    around = st.tuples(long_or_short(pieces), base, long_or_short(pieces)).map("".join)
    inside = st.tuples(base, st.integers(0, 2_000), long_or_short(pieces)).map(
        lambda given: given[0][: given[1]] + given[2] + given[0][given[1] :]
    )
    texts = st.one_of(long_or_short(pieces), around, inside)
    if suffix in (".txt", ".md"):
        texts = st.one_of(texts, header_texts)
    encoded = st.tuples(texts, st.sampled_from(ENCODINGS)).map(
        lambda given: given[0][:LONGEST].encode(given[1], "replace")
    )
    return st.one_of(
        encoded, encoded, encoded.flatmap(mutated), base.map(str.encode).flatmap(mutated)
    )


NAMES = ["a", "خبر", "a b", "x.y", "2020-01-02", "a\u202eb", "#", "a,b"]


def named(suffix):
    """A folder with one file of this suffix."""
    stems = st.sampled_from(["a"] * 8 + NAMES)
    return st.tuples(stems, of_suffix(suffix)).map(lambda given: {given[0] + suffix: given[1]})


def folder(suffixes):
    """A folder with one file of these suffixes, seldom with a second file beside it."""
    one = st.sampled_from(suffixes).flatmap(named)
    both = st.tuples(one, one).map(lambda given: {**given[0], **given[1]})
    return st.one_of(one, one, one, both)


plain_files = folder([".txt", ".txt", ".md"])
tables = folder([".csv", ".tsv", ".jsonl", ".json"])
marked_up = folder([".html", ".tei", ".conllu", ".xml"])

# --- what is repeated -------------------------------------------------------------------------

REPEATED = [
    "?",
    "??? ",
    " ",
    "#META# a: x  ",
    "a ",
    "a: ",
    "'",
    '"',
    "\\",
    "#",
    "- ",
    "1/1/1",
    "1-",
    "(",
    "في ",
]
repeated = st.lists(
    st.one_of(
        st.sampled_from(REPEATED),
        characters,
        date_pieces,
        st.sampled_from(FRAGMENTS[".html"]),
        st.sampled_from(FRAGMENTS[".txt"]),
    ),
    max_size=4,
).map(lambda pieces: "".join(pieces)[:200])

# --- packages and archives --------------------------------------------------------------------

PACKAGED = [
    "<w:p>", "</w:p>", "<w:t>", '<text:s text:c="²"/>', '<text:s text:c="' + "9" * 5000 + '"/>',
    '<text:s text:c="-1"/>', "<text:p>", "&x;", '<itemref idref="b"/>', 'href="../../x"', 'href=""',
    '<item id="a" href="%ff"/>', "<dc:title/>", "<w:del>", "<w:txbxContent>", "<!-- -->", "<?x?>",
]  # fmt: skip


@st.composite
def package_files(draw):
    suffix = draw(st.sampled_from(sorted(small_files.PARTS)))
    part = small_files.PARTS[suffix][1]
    place = draw(st.integers(0, len(part)))
    pieces = st.one_of(st.sampled_from(PACKAGED), characters)
    part = (part[:place] + draw(long_or_short(pieces)) + part[place:]).encode()
    return {f"a{suffix}": small_files.package(suffix, draw(mutated(part)))}


packages = package_files()
VALID = small_files.binary()
whole_files = st.sampled_from([".pdf", ".pdf", ".xlsx", ".parquet", ".docx", ".epub"]).flatmap(
    lambda suffix: mutated(VALID[suffix]).map(lambda data: {f"a{suffix}": data})
)
BOOK = {
    name: zipfile.ZipFile(io.BytesIO(VALID[".xlsx"])).read(name)
    for name in zipfile.ZipFile(io.BytesIO(VALID[".xlsx"])).namelist()
}


@st.composite
def workbook_files(draw):
    """A workbook with one of its parts damaged or gone."""
    name = draw(st.sampled_from(sorted(BOOK)))
    data = draw(st.one_of(mutated(BOOK[name]), st.none()))
    parts = {**BOOK, name: data}
    return {"a.xlsx": small_files.zipped({n: d for n, d in parts.items() if d is not None})}


workbooks = workbook_files()
member_names = st.one_of(
    st.sampled_from(
        [
            "a.txt", "a.txt", "b/c.md", "../x.txt", "/x.txt", "C:x.txt", "x\\y.txt", "", ".txt",
            "a.zip", "d/", "README", ".hidden.txt", "a\0b.txt", "a\nb.txt", "x" * 300 + ".txt",
            "..", "n.jsonl", "p.html", "q.docx", "t.csv", "g.txt.gz", "\ud800.txt", "خبر.txt",
        ]
    ),
    words_of(8, least=1).map(lambda stem: f"{stem}.txt"),
)  # fmt: skip
member_data = st.one_of(
    st.sampled_from([b"", small_files.PLAIN.encode(), b"\0\1\2", small_files.JSONL.encode()]),
    spellings.map(lambda text: text[:500].encode()),
)


@st.composite
def zips(draw):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in draw(st.lists(member_names, max_size=5, unique=True)):
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
            modes = [0, stat.S_IFREG | 0o644, stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFDIR]
            info.external_attr = draw(st.sampled_from(modes)) << 16
            info.compress_type = draw(st.sampled_from([0, 8, 12, 14]))
            archive.writestr(info, draw(member_data))
            info.flag_bits |= draw(st.sampled_from([0, 0, 0, 1]))
            info.file_size = draw(st.sampled_from([info.file_size] * 5 + [0, 2**31, 10**9]))
            info.header_offset = draw(st.sampled_from([info.header_offset] * 8 + [0, 2**31]))
            info.extract_version = draw(st.sampled_from([info.extract_version] * 8 + [0, 99]))
    return draw(mutated(buffer.getvalue()))


@st.composite
def tars(draw):
    mode = draw(st.sampled_from(["", "", ":gz", ":bz2", ":xz"]))
    buffer = io.BytesIO()
    kinds = [tarfile.REGTYPE] * 4 + [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
    ]
    formats = [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT]
    with tarfile.open(
        fileobj=buffer, mode=f"w{mode}", format=draw(st.sampled_from(formats)), errors="replace"
    ) as archive:
        for _ in range(draw(st.integers(0, 4))):
            name = draw(member_names).encode("utf-8", "replace").decode()
            info = tarfile.TarInfo(name[:90])
            info.type, data = draw(st.sampled_from(kinds)), draw(member_data)
            info.size = len(data) if info.type == tarfile.REGTYPE else 0
            info.pax_headers = draw(st.sampled_from([{}, {}, {"path": "../y.txt"}, {"size": "9"}]))
            try:
                archive.addfile(info, io.BytesIO(data))
            except (ValueError, UnicodeError):  # a name that this kind of tar cannot hold
                continue
    suffix = {"": ".tar", ":gz": ".tar.gz", ":bz2": ".tar.bz2", ":xz": ".tar.xz"}[mode]
    return {f"a{suffix}": draw(mutated(buffer.getvalue()))}


single = st.sampled_from([".gz", ".bz2", ".xz"]).flatmap(
    lambda suffix: mutated(VALID[f".tar{suffix}"]).map(lambda data: {f"a.txt{suffix}": data})
)
archives = st.one_of(zips().map(lambda data: {"a.zip": data}), tars(), single)

# --- options ----------------------------------------------------------------------------------

NAMED = [*ENCODINGS, "utf-7", "idna", "punycode", "undefined", "unicode_escape", "ascii", "big5"]
options = st.fixed_dictionaries(
    {},
    optional={
        "encoding": st.sampled_from(NAMED),
        "boilerplate": st.just(True),
        "doc": st.sampled_from(["doc", "title"]),
    },
)
with_options = st.tuples(st.one_of(plain_files, tables, marked_up), options)
side_tables = st.one_of(
    st.sampled_from([".csv", ".tsv", ".jsonl", ".json"]).flatmap(
        lambda suffix: of_suffix(suffix).map(lambda data: (f"beside{suffix}", data))
    ),
    workbooks.map(lambda given: ("beside.xlsx", given["a.xlsx"])),
    mutated(VALID[".parquet"]).map(lambda data: ("beside.parquet", data)),
)

# --- display ----------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=a()>',
    "</td></table>",
    "<!--",
    "&lt;",
]
cells = st.one_of(words_of(12), st.sampled_from(HOSTILE), st.sampled_from(PIECES))
any_cells = st.one_of(cells, st.none(), st.integers(), st.floats(), st.booleans(), st.dates())


def frame_of(rows, columns):
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)


@st.composite
def concordances(draw):
    places = st.integers(-2, 400)
    row = st.tuples(st.sampled_from("ab"), cells, cells, cells, places, places, any_cells)
    columns = ["doc", "before", "node", "after", "start", "end", draw(cells) + "x"]
    lines = frame_of(draw(st.lists(row, max_size=5)), columns)
    texts = frame_of([("a", draw(spellings)[:500]), ("b", draw(cells))], ["doc", "text"])
    options = draw(st.sampled_from([{}, {"texts": texts}, {"headings": "ar"}, {"limit": 2}]))
    return "kwic", (lines,), options


@st.composite
def highlighted(draw):
    text = draw(spellings)[:500]
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places).map(sorted), max_size=8))
    rows = [
        ("a", *span, draw(st.sampled_from(["PER", "LOC", "x", '"<'])), draw(cells))
        for span in spans
    ]
    found = frame_of(rows, ["doc", "start", "end", "type", "name"])
    texts = frame_of([("a", text, draw(cells))], ["doc", "text", "title"])
    caption = draw(st.one_of(st.none(), cells))
    return "entities", (texts, found), {"caption": caption}


@st.composite
def any_tables(draw):
    width = draw(st.integers(0, 4))
    columns = draw(st.lists(cells, min_size=width, max_size=width, unique=True))
    rows = draw(st.lists(st.tuples(*[any_cells] * width), max_size=5))
    table = frame_of(rows, columns)
    if rows and draw(st.booleans()):
        table.index = draw(st.lists(any_cells, min_size=len(rows), max_size=len(rows)))
    table.index.name = draw(st.one_of(st.none(), cells.filter(lambda name: name not in columns)))
    return "table", (table,), draw(st.sampled_from([{}, {"headings": "ar"}, {"caption": "<b>"}]))


displays = st.one_of(concordances(), highlighted(), any_tables())
