"""CoNLL-U, TEI and OpenITI back to texts; small files by hand, whose texts can be read off."""

import warnings

import pytest

from toolkit import corpus

FIRST = "وصلت القافلة."


def read(path):
    """The texts, and (doc, what, detail) of the problems."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = corpus.read_texts(path)
    return texts, corpus.problems(texts)[["doc", "what", "detail"]].to_numpy().tolist()


def token(number, form, misc="_"):
    return "\t".join([number, form, *["_"] * 7, misc])


# --- CoNLL-U ----------------------------------------------------------------------------------

SENTENCE = [token("1", "وصلت"), token("2", "القافلة", "SpaceAfter=No"), token("3", ".")]
FUSED = [
    token("1-2", "وقال"),
    token("1", "و"),
    token("2", "قال"),
    token("2.1", "هو"),
    token("3", "نعم"),
]


def test_tokens_are_joined_as_their_spaces_say(tmp_path):
    lines = ["# sent_id = 1", "# text = x", *SENTENCE, "", *FUSED, ""]
    (tmp_path / "a.conllu").write_text("\n".join(lines), encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["doc"].tolist() == ["a"]
    assert texts["text"].tolist() == [f"{FIRST} وقال نعم"]
    assert problems == []


def test_documents_and_paragraphs_are_those_of_the_file(tmp_path):
    lines = ["# newdoc id = خبر 1", "# newpar", *SENTENCE, "", "# newpar id = p2", *FUSED, ""]
    lines += ["# newdoc id = خبر 2", *SENTENCE, "", "# newdoc", *FUSED, ""]
    (tmp_path / "a.conllu").write_text("\n".join(lines), encoding="utf-8")
    texts, _ = read(tmp_path)
    assert texts["doc"].tolist() == ["خبر 1", "خبر 2", "a#3"]
    assert texts["text"].tolist() == [f"{FIRST}\nوقال نعم", FIRST, "وقال نعم"]


def test_spaces_that_were_kept_come_back(tmp_path):
    lines = [
        token("1", "سطر", r"SpacesBefore=\s\t|SpacesAfter=\n\n"),
        token("2", "ثان", r"SpacesAfter=\s\s"),
    ]
    lines += [token("3", "a", r"NE=O|SpacesAfter=\p\\"), token("4", "b", "SpaceAfter=No")]
    (tmp_path / "a.conllu").write_text("\n".join(lines), encoding="utf-8")
    assert read(tmp_path)[0]["text"][0] == " \tسطر\n\nثان  a|\\b"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("كلمة O\nأخرى B-PER\n", "line 1 has 1 columns between tabs, CoNLL-U 10"),
        ("1\tكلمة\t_\n", "line 1 has 3 columns"),
        ("# newdoc\n\n", "no line is one of CoNLL-U"),
    ],
)
def test_what_is_no_conllu_is_named(tmp_path, text, reason):
    (tmp_path / "a.conllu").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        corpus.read_texts(tmp_path)


# --- TEI --------------------------------------------------------------------------------------

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>عنوان\n  طويل</title><author>كاتب</author></titleStmt>"
    "<publicationStmt><publisher>دار</publisher></publicationStmt><sourceDesc><bibl>"
    '<date when="1999-05-01"/></bibl></sourceDesc></fileDesc></teiHeader>'
)
NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(body, *, header=HEADER, attributes=""):
    return f"<TEI {NAMESPACE} {attributes}>{header}<text><body>{body}</body></text></TEI>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<head>رأس</head><p>فقرة <hi>أولى</hi></p><p>ثانية</p>", "رأس\nفقرة أولى\nثانية"),
        ("<p>سطر<lb/>ثان <lb/> ثالث</p>", "سطر ثان ثالث"),
        ("<p>كل\n <lb break='no'/>\n مة</p>", "كلمة"),
        ("<p><s><w>وصلت</w> <w>القافلة</w><pc>.</pc></s></p>", FIRST),
        ("<p><choice><sic>خطا</sic><corr>خطأ</corr></choice> نص</p>", "خطا نص"),
        ("<p><choice><orig>هذ</orig><reg>هذا</reg></choice></p>", "هذ"),
        ("<p><choice><abbr>ص</abbr><expan>صفحة</expan></choice></p>", "ص"),
        ("<p><persName>ابن <placeName>بغداد</placeName></persName> قال</p>", "ابن بغداد قال"),
        ("<lg><l>صدر</l><l>عجز</l></lg>", "صدر\nعجز"),
        ("<p>نص<!-- تعليق --> آخر<?pi?></p>", "نص آخر"),
        ("<p>قبل <pb n='2'/>بعد</p>", "قبل بعد"),
        ("<p>نص<note>حاشية</note> بعد</p>", "نص\nحاشية\nبعد"),
    ],
)
def test_text_of_tei_is_what_was_written(tmp_path, body, text):
    (tmp_path / "a.xml").write_text(tei(body), encoding="utf-8")
    assert read(tmp_path)[0]["text"][0] == text


def test_header_of_tei_is_metadata(tmp_path):
    (tmp_path / "a.tei").write_text(tei("<p>نص</p>"), encoding="utf-8")
    row = read(tmp_path)[0].iloc[0]
    assert (row["title"], row["author"], row["publisher"]) == ("عنوان طويل", "كاتب", "دار")
    assert row["date"] == "1999-05-01"


def test_texts_of_a_corpus_are_documents(tmp_path):
    parts = tei("<p>أول</p>", attributes='xml:id="a1"') + tei("<p>ثان</p>") + tei("<p> </p>")
    corpus_of = f"<teiCorpus {NAMESPACE}>{HEADER}{parts}</teiCorpus>"
    (tmp_path / "c.xml").write_text(corpus_of, encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["doc"].tolist() == ["a1", "c#2"]
    assert texts["text"].tolist() == ["أول", "ثان"]
    assert problems == [["c", "empty", "text 3 has no letters"]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "the root element is 'html', not that of TEI"),
        ("<TEI>", "no well-formed XML"),
        ("<TEI/>", "the file holds no text element with letters"),
        ("نص", "no well-formed XML"),
    ],
)
def test_what_is_no_tei_is_named(tmp_path, text, reason):
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        corpus.read_texts(tmp_path)


def test_encoding_of_xml_is_that_which_it_declares(tmp_path):
    text = '<?xml version="1.0" encoding="windows-1256"?><TEI><text><p>نص</p></text></TEI>'
    (tmp_path / "a.xml").write_bytes(text.encode("cp1256"))
    texts, _ = read(tmp_path)
    assert (texts["text"][0], texts["encoding"][0]) == ("نص", "windows-1256")


# --- OpenITI ----------------------------------------------------------------------------------

OPENITI = """######OpenITI#

#META# 010.AuthorNAME\t:: ابن فلان
#META# 011.AuthorDIED\t:: 179
#META# 020.BookTITLE\t:: كتاب الطريق
#META# 021.BookSUBJ\t:: NODATA
#META#Header#End#

### | باب أول
# قال الشيخ وصلت القافلة
~~إلى الواحة PageV01P005 مساء
~~أمس ms0012 .
### || فصل
# صدر البيت %~% عجزه
### $ ترجمة رجل
# @PER 5 نص @YB120 آخر
PageV01P006
"""


OPENITI_NAME = "0179IbnFulan.Tariq.JK001-ara1"


@pytest.mark.parametrize("name", [OPENITI_NAME, f"{OPENITI_NAME}.mARkdown", "a.txt"])
def test_openiti_is_read_without_its_marks(tmp_path, name):
    (tmp_path / name).write_text(OPENITI, encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"][0].split("\n") == [
        "باب أول",
        "قال الشيخ وصلت القافلة إلى الواحة مساء أمس .",
        "فصل",
        "صدر البيت عجزه",
        "ترجمة رجل",
        "5 نص آخر",
    ]
    row = texts.iloc[0]
    assert (row["author"], row["title"], row["author_died_ah"]) == ("ابن فلان", "كتاب الطريق", 179)
    assert "subject" not in texts.columns
    assert texts["doc"][0] in ("0179IbnFulan.Tariq.JK001-ara1", "a")
    assert problems == []


def test_openiti_without_an_end_of_its_head_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("######OpenITI#\n# نص أول\n", encoding="utf-8")
    texts, problems = read(tmp_path)
    assert texts["text"][0] == "نص أول"
    assert problems[0][1] == "header"


# --- what export writes -----------------------------------------------------------------------


@pytest.mark.parametrize(("name", "write"), [("c.conllu", "write_conllu"), ("c.xml", "write_tei")])
def test_texts_that_were_exported_come_back_with_their_headers(tmp_path, twelve, name, write):
    export = pytest.importorskip("toolkit.export")
    header = "date 2025-11-16\n"
    texts = twelve.texts.assign(text=header + twelve.texts["text"], body_start=len(header))
    moved = {
        table: getattr(twelve, table).assign(
            start=getattr(twelve, table)["start"] + len(header),
            end=getattr(twelve, table)["end"] + len(header),
        )
        for table in ("sentences", "tokens", "words", "entities")
    }
    moved = {key: value.astype({"start": "int32", "end": "int32"}) for key, value in moved.items()}
    written = corpus.Corpus(texts=texts, **moved)
    getattr(export, write)(written, tmp_path / name)
    found, _ = read(tmp_path / name)
    assert found["doc"].tolist() == texts["doc"].tolist()
    assert found["text"].tolist() == texts["text"].tolist()
    assert found["body_start"].tolist() == [len(header)] * len(texts)
