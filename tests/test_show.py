"""The HTML of `toolkit.show`: structure, escaping, joined letters, equal bytes."""

import html
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import show

ZWJ = "\N{ZERO WIDTH JOINER}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table></div><style>*{display:none}</style>",
    "' onmouseover='alert(1)",
    "&lt;b&gt;",
    "<!-- ",
]
UNSAFE = [*"\0\a\b\x1b\x7f\x85\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a"]

LINES = pd.DataFrame(
    {
        "doc": ["akhbar.txt", "maqal.txt"],
        "sent": [1, 4],
        "before": ["قال", "زار"],
        "node": ["وزير", "الوزير"],
        "after": ["الخارجية إن", "دمشق"],
        "start": [4, 100],
        "end": [8, 106],
    }
)


class Elements(HTMLParser):
    """Every element as (tag, attributes, text inside), in reading order; checks the nesting."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])
        if tag != "br":
            self.open.append(self.found[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def texts(self, tag, part=None):
        wanted = None if part is None else f"mudawwana-{part}"
        return [text for name, attrs, text in self.found if name == tag and classed(attrs, wanted)]

    def attributes(self, tag):
        return [attrs for name, attrs, _ in self.found if name == tag]


def classed(attrs, wanted):
    return wanted is None or attrs.get("class") == wanted


def texts_of(text, doc="a"):
    return pd.DataFrame({"doc": [doc], "text": [text]})


def mentions_of(*spans, doc="a"):
    columns = ["start", "end", "type", "name"]
    return pd.DataFrame(list(spans), columns=columns).assign(doc=doc)


def body(piece):
    """The HTML without the style sheet."""
    return re.sub(r"<style>.*?</style>", "", str(piece), flags=re.DOTALL)


def highlighted(text, *spans):
    """The marked text alone, as HTML without attributes."""
    page = body(show.entities(texts_of(text), mentions_of(*spans)))
    inside = re.search(r'<div class="mudawwana-text">(.*)</div>\s*</div>', page, re.DOTALL)
    return re.sub(r"<mark[^>]*>", "<mark>", inside.group(1))


def test_a_piece_is_html_for_jupyter_and_one_line_of_text():
    piece = show.kwic(LINES)
    assert piece._repr_html_() == str(piece) == piece.html
    assert repr(piece) == "kwic: 2 lines"
    assert piece.html.startswith('<div class="mudawwana" dir="rtl" lang="ar"><style>')


def test_kwic_has_a_row_per_line_before_node_after():
    page = Elements(show.kwic(LINES).html)
    assert page.texts("caption") == ["2 lines"]
    assert page.texts("td") == ["قال ", "وزير", " الخارجية إن", "زار ", "الوزير", " دمشق"]
    assert page.texts("th", "doc")[1:] == ["akhbar.txt", "maqal.txt"]
    cells = [attrs["class"] for attrs in page.attributes("td")]
    assert cells == ["mudawwana-before", "mudawwana-node", "mudawwana-after"] * 2


def test_kwic_leads_back_to_the_text():
    titles = [attrs.get("title") for attrs in Elements(show.kwic(LINES).html).attributes("td")]
    assert [title for title in titles if title] == ["akhbar.txt 4:8", "maqal.txt 100:106"]


def test_kwic_says_how_many_of_how_many():
    many = pd.concat([LINES] * 617, ignore_index=True)  # 1,234 lines
    piece = show.kwic(many)
    assert repr(piece) == "kwic: 50 of 1,234 lines"
    page = Elements(piece.html)
    assert page.texts("caption") == ["50 of 1,234 lines"]
    assert len(page.texts("td", "node")) == 50
    assert repr(show.kwic(many, limit=None)) == "kwic: 1,234 lines"
    assert repr(show.kwic(LINES.head(1))) == "kwic: 1 line"


def test_kwic_without_lines_says_so():
    piece = show.kwic(LINES.head(0))
    assert repr(piece) == "kwic: 0 lines"
    assert "no lines: the node does not occur" in piece.html
    assert "<table" not in body(piece)


# Borders (|) derived by hand from the joining types of the letters in ArabicShaping.txt: + where
# both neighbours are joined, so that a joiner must stand on both sides, - where they are not.
BORDERS = [
    ("ب|سوريا", "+"),
    ("ل|أحمد", "+"),
    ("كتاب|هم", "+"),
    ("سن|ة", "+"),
    ("على|ه", "+"),
    ("ی|ا", "+"),
    ("و|سوريا", "-"),
    ("ا|لعراق", "-"),
    ("دار|نا", "-"),
    ("سنة|ب", "-"),
    ("شي|ء", "-"),
    ("ء|ب", "-"),
    ("ؤ|ل", "-"),
    ("ئ|ل", "+"),
    ("ب |سوريا", "-"),
    ("ب|5", "-"),
    ("ب|٥", "-"),
    ("BBC|عربية", "-"),
    ("ب|BBC", "-"),
    ("ب\N{ARABIC KASRA}|سوريا", "+"),
    ("ب\N{ARABIC SHADDA}\N{ARABIC KASRA}|سوريا", "+"),
    ("د\N{ARABIC FATHA}|ر", "-"),
    ("ه\N{ARABIC LETTER SUPERSCRIPT ALEF}|ذا", "+"),
    ("ب\N{ARABIC TATWEEL}|سوريا", "+"),
    ("ب|\N{ARABIC TATWEEL}", "+"),
    ("و|\N{ARABIC TATWEEL}", "-"),
    ("ب\N{ZERO WIDTH NON-JOINER}|س", "-"),
    ("ب|\N{ZERO WIDTH NON-JOINER}س", "-"),
    ("ب\N{RIGHT-TO-LEFT MARK}|س", "+"),
    ("ب\N{RIGHT-TO-LEFT OVERRIDE}|س", "-"),
    ("ﺑ|ﺲ", "-"),  # presentation forms have their shape already
]


@pytest.mark.parametrize(("bordered", "joined"), BORDERS)
def test_letters_stay_joined_across_a_border(bordered, joined):
    before, after = bordered.split("|")
    border, text = len(before), before + after
    joiner = ZWJ if joined == "+" else ""
    before = before.replace("\N{RIGHT-TO-LEFT OVERRIDE}", "▯")
    expected_start = f"{before}{joiner}<mark>{joiner}{after}</mark>"
    expected_end = f"<mark>{before}{joiner}</mark>{joiner}{after}"
    assert highlighted(text, (border, len(text), "LOC", "x")) == expected_start
    assert highlighted(text, (0, border, "LOC", "x")) == expected_end


def test_neighbouring_highlights_are_joined_too():
    # ب and ل join, ل and ه join
    assert (
        highlighted("بله", (0, 1, "PER", "x"), (1, 2, "LOC", "y"))
        == f"<mark>ب{ZWJ}</mark><mark>{ZWJ}ل{ZWJ}</mark>{ZWJ}ه"
    )


def test_diacritics_stay_with_their_letter():
    text = "ب\N{ARABIC KASRA}سوريا"
    assert highlighted(text, (1, 7, "LOC", "x")) == (
        f"ب\N{ARABIC KASRA}{ZWJ}<mark>{ZWJ}سوريا</mark>"
    )


@given(
    st.text(alphabet="بسوا ء\N{ARABIC KASRA}\N{ARABIC TATWEEL}\n<&\"'a1", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 8)), max_size=5),
)
def test_the_text_is_shown_whole_and_in_order(text, starts):
    spans = [
        (start, start + size, "LOC", "x") for start, size in starts if start + size <= len(text)
    ]
    shown = re.sub(r"</?mark>", "", highlighted(text, *spans))
    assert html.unescape(shown).replace(ZWJ, "") == text


def test_entities_has_a_legend_with_counts_and_names_in_tooltips():
    text = "زار لافروف سوريا ثم روسيا"
    spans = [
        (20, 25, "LOC", "روسيا"),
        (4, 10, "PER", "سيرغي لافروف"),
        (11, 16, "LOC", "سوريا"),
    ]
    piece = show.entities(texts_of(text), mentions_of(*spans))
    assert repr(piece) == "entities: 3 mentions in 1 document"
    page = Elements(piece.html)
    assert page.texts("mark") == ["PER", "LOC", "لافروف", "سوريا", "روسيا"]
    assert "PER 1 · LOC 2" in page.texts("div")
    titles = [attrs["title"] for attrs in page.attributes("mark") if "title" in attrs]
    assert titles == ["PER: سيرغي لافروف", "LOC: سوريا", "LOC: روسيا"]


def test_paragraphs_are_kept():
    text = "فقرة أولى\n\nفقرة ثانية\r\nسطر"
    page = Elements(show.entities(texts_of(text), mentions_of()).html)
    assert page.texts("div", "text") == ["فقرة أولى\n\nفقرة ثانية\nسطر"]
    assert "white-space:pre-wrap" in show.entities(texts_of(text), mentions_of()).html


def test_of_overlapping_mentions_the_first_and_longest_is_shown():
    text = "منظمة الأمم المتحدة"
    spans = [(6, 19, "ORG", "b"), (0, 5, "ORG", "c"), (0, 19, "ORG", "a"), (0, 19, "ORG", "a")]
    piece = show.entities(texts_of(text), mentions_of(*spans))
    assert Elements(piece.html).texts("mark") == ["ORG", text]
    assert "1 mention in 1 document; 3 overlapping mentions not shown" in piece.html


def test_types_of_other_models_are_shown_under_their_name():
    page = Elements(show.entities(texts_of("سوريا"), mentions_of((0, 5, "GPE", "x"))).html)
    assert page.texts("mark", "other") == ["GPE", "سوريا"]


def test_documents_follow_one_another_up_to_the_limit():
    texts = pd.DataFrame({"doc": [f"d{place}" for place in range(12)], "text": "سوريا"})
    texts["doc"] = texts["doc"].astype("category")
    found = mentions_of((0, 5, "LOC", "سوريا"), doc="d2").astype({"doc": "category"})
    piece = show.entities(texts, found)
    assert repr(piece) == "entities: 1 mention in 10 of 12 documents"
    assert Elements(piece.html).texts("div", "label") == [f"d{place}" for place in range(10)]
    assert repr(show.entities(texts, found, limit=None)) == "entities: 1 mention in 12 documents"
    assert repr(show.entities(texts, found, doc="d2")) == "entities: 1 mention in 1 document"


@pytest.mark.parametrize("span", [(0, 6), (-1, 3), (3, 3), (4, 2), (90, 95)])
def test_offsets_outside_the_document_are_refused(span):
    with pytest.raises(ValueError, match=r"entities: the span .* of 'x' .* 'a', which has 5 char"):
        show.entities(texts_of("سوريا"), mentions_of((*span, "LOC", "x")))


def test_an_unknown_document_is_answered_with_those_there_are():
    with pytest.raises(ValueError, match=r"entities: no document 'b' in texts, which has 1: 'a'\."):
        show.entities(texts_of("سوريا"), mentions_of(), doc="b")


TABLE = pd.DataFrame(
    {
        "freq": [12345, 3],
        "score": [-1234.567, float("nan")],
        "whole": [4.0, float("nan")],
        "gloss": ["Syria", None],
        "zero": [-0.001, float("-inf")],
    },
    index=pd.Index(["سوريا", "روسيا"], name="lemma"),
)


def test_table_formats_numbers_and_missing_values():
    page = Elements(show.table(TABLE).html)
    assert page.texts("td")[:5] == ["12,345", "−1,234.57", "4", "Syria", "0.00"]
    assert page.texts("td")[5:] == ["3", "–", "–", "–", "−∞"]
    assert page.texts("th") == [
        *["lemma", "freq", "score", "whole", "gloss", "zero", "سوريا", "روسيا"]
    ]
    numbers = [attrs for attrs in page.attributes("td") if "class" in attrs]
    assert {(attrs["class"], attrs["dir"]) for attrs in numbers} == {("mudawwana-number", "ltr")}


@pytest.mark.parametrize(
    ("decimals", "shown"),
    [(None, "−1,234.57"), (0, "−1,235"), (1, "−1,234.6"), ({"score": 3}, "−1,234.567")],
)
def test_decimals_are_fixed_for_all_or_by_column(decimals, shown):
    assert Elements(show.table(TABLE, decimals=decimals).html).texts("td")[1] == shown


def test_the_whole_column_decides_its_decimals():
    frame = pd.DataFrame({"score": [1.0, 2.0, 0.5]})
    assert Elements(show.table(frame, limit=2).html).texts("td") == ["1.00", "2.00"]


def test_headings_and_caption_are_shown_and_the_frame_kept():
    before = TABLE.copy()
    piece = show.table(TABLE, headings={"freq": "التكرار", "lemma": "المدخل"}, caption="جدول")
    page = Elements(piece.html)
    assert page.texts("th")[:3] == ["المدخل", "التكرار", "score"]
    assert page.texts("caption") == ["جدول"]
    pd.testing.assert_frame_equal(TABLE, before)


def test_years_in_the_index_have_no_separator():
    frame = pd.DataFrame({"freq": [1]}, index=pd.Index([2016], name="year"))
    assert "2016" in Elements(show.table(frame).html).texts("th")


def test_index_levels_and_equal_column_names_are_all_shown():
    index = pd.MultiIndex.from_tuples([("سوريا", "روسيا")], names=["source", "target"])
    frame = pd.DataFrame([[1, 2]], index=index, columns=["freq", "freq"])
    page = Elements(show.table(frame).html)
    assert page.texts("th") == ["source", "target", "freq", "freq", "سوريا", "روسيا"]
    assert page.texts("td") == ["1", "2"]


def test_table_says_how_many_rows_were_left_out():
    frame = pd.DataFrame({"freq": range(1200)})
    piece = show.table(frame, caption="جدول", limit=3)
    assert repr(piece) == "table: 3 of 1,200 rows, 1 column"
    assert Elements(piece.html).texts("caption") == ["جدول3 of 1,200 rows"]
    assert repr(show.table(frame.head(0))) == "table: 0 rows, 1 column"


def test_unknown_names_in_options_are_answered_with_those_there_are():
    with pytest.raises(ValueError, match=r"table: headings names 'frq', .* there are lemma|freq"):
        show.table(TABLE, headings={"frq": "x"})
    with pytest.raises(ValueError, match=r"table: decimals names 'p', .* freq, score"):
        show.table(TABLE, decimals={"p": 4})


@pytest.mark.parametrize("limit", [0, -3, 2.5, "3", True])
def test_limits_are_whole_numbers_from_1(limit):
    message = rf"limit is {limit!r}; pass a whole number, 1 or more, or None to show all\."
    with pytest.raises(ValueError, match=f"kwic: {message}"):
        show.kwic(LINES, limit=limit)
    with pytest.raises(ValueError, match=f"table: {message}"):
        show.table(TABLE, limit=limit)


def test_wrong_tables_are_answered_with_what_there_is():
    with pytest.raises(ValueError, match=r"kwic: no column 'node' in lines; its columns are doc, "):
        show.kwic(LINES.drop(columns="node"))
    with pytest.raises(ValueError, match=r"entities: no column 'doc', 'text' in texts; .*name"):
        show.entities(mentions_of().drop(columns="doc"), texts_of(""))


def pieces_with(text):
    """Every place that a text can reach."""
    frame = pd.DataFrame({text: [text]}, index=pd.Index([text], name=text + "i"))
    return [
        show.kwic(LINES.assign(doc=text, before=text, node=text, after=text)),
        show.entities(
            texts_of(f"{text}سوريا", doc=text), mentions_of((0, len(text), text, text), doc=text)
        ),
        show.table(frame, caption=text),
        show.table(frame, headings={text: text, text + "i": text}),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    for piece, harmless in zip(pieces_with(text), pieces_with("x" * len(text)), strict=True):
        page, expected = Elements(piece.html), Elements(harmless.html)
        assert [tag for tag, _, _ in page.found] == [tag for tag, _, _ in expected.found]
        assert [set(attrs) for _, attrs, _ in page.found] == [
            set(attrs) for _, attrs, _ in expected.found
        ]
        assert text in page.found[0][2]


@pytest.mark.parametrize("char", UNSAFE)
def test_control_characters_are_shown_as_a_box(char):
    for piece in pieces_with(f"ب{char}س"):
        assert char not in piece.html
        assert "ب▯س" in body(piece)


def test_joiners_and_direction_marks_of_ordinary_text_stay():
    text = "می\N{ZERO WIDTH NON-JOINER}خواهم\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    assert text in show.kwic(LINES.assign(node=text)).html


def test_equal_tables_give_equal_bytes():
    for text in ("سوريا", HOSTILE[0]):
        assert [p.html for p in pieces_with(text)] == [p.html for p in pieces_with(text)]


def test_the_style_is_the_same_everywhere_and_loads_nothing():
    sheets = {re.search(r"<style>.*?</style>", p.html, re.DOTALL)[0] for p in pieces_with("x")}
    assert len(sheets) == 1
    assert not re.search(r"url|@import|http", sheets.pop())
    assert not any(re.search(r"<script| id=| on\w+=", p.html) for p in pieces_with("x"))
