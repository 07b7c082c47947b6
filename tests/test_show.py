"""The HTML of `toolkit.show`: structure, escaping, joined letters, equal bytes."""

import html
import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import show
from toolkit.tables import SCHEMA, empty_table

ZWJ = "\N{ZERO WIDTH JOINER}"
JOINER = f'<span class="mudawwana-joiner">{ZWJ}</span>'
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
    """The HTML without the style sheet and the script."""
    return re.sub(r"<(style|script)>.*?</\1>", "", str(piece), flags=re.DOTALL)


def highlighted(text, *spans):
    """The marked text alone, as HTML without attributes, joiners as letters."""
    page = body(show.entities(texts_of(text), mentions_of(*spans)))
    inside = re.search(r'<div class="mudawwana-text">(.*)</div>\s*</div>', page, re.DOTALL)
    return re.sub(r"<mark[^>]*>", "<mark>", inside.group(1)).replace(JOINER, ZWJ)


def test_a_piece_is_html_for_jupyter_and_one_line_of_text():
    piece = show.kwic(LINES)
    assert piece._repr_html_() == str(piece) == piece.html
    assert repr(piece) == "kwic: 2 lines"
    frame = '<div class="mudawwana tex2jax_ignore mathjax_ignore" dir="rtl" lang="ar"><style>'
    assert piece.html.startswith(frame)


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


def keys_of(lines, **options):
    """The numbers that each column sorts by, column after column."""
    rows = Elements(show.kwic(lines, **options).html).attributes("tr")[1:]
    return list(zip(*(row["data-keys"].split() for row in rows), strict=True))


def lines_of(**columns):
    size = len(next(iter(columns.values())))
    plain = {"doc": "a", "before": "", "node": "", "after": "", "start": 0, "end": 0}
    return pd.DataFrame({**plain, **columns}, index=range(size))


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        # the nearest word first: باب before تاب before ثاب; nothing stands before all
        ("before", ["ا ثاب", "ي باب", "ا تاب", "", "ب ثاب"], "3 1 2 0 4"),
        ("after", ["ثاب ا", "باب ي", "تاب ا", "", "ثاب ب"], "3 1 2 0 4"),
        # punctuation is passed over; hamza and alef go together, so the second word decides
        ("before", ["ب «أمن»", "ا امن .", "ت، إمن"], "1 0 2"),
        ("after", ["... ت", "(ب)", "، ا"], "2 1 0"),
        # vowel signs do not count before letters
        ("after", ["كَتَبَ ب", "كتب ا", "كتب ت"], "1 0 2"),
        ("node", ["وزير", "الوزير", "وزير"], "1 0 1"),
        ("doc", ["b", "a", "c"], "1 0 2"),
        ("doc", [10, 9, 10], "1 0 1"),
        ("year", [1000, 999, None], "1 0 -"),
        ("year", pd.array([1000, None, 7], dtype="Int32"), "1 - 0"),
        ("date", pd.to_datetime(["2025-02-01", None, "2024-12-31"]), "1 - 0"),
        ("section", pd.Categorical(["ب", "ا", "ب"], ["ت", "ب", "ا"]), "1 0 1"),
        ("section", ["ب", 3, None], "0 1 -"),
    ],
)
def test_lines_sort_by_each_column(column, values, expected):
    """By hand: the places of the lines in the order of the column, equal ones in one place."""
    place = ["doc", "before", "node", "after", column].index(column)
    assert " ".join(keys_of(lines_of(**{column: values}))[place]) == expected


def test_metadata_stand_behind_the_lines():
    lines = LINES.assign(year=[2024, None], title=["<b>", "ب"])
    page = Elements(show.kwic(lines).html)
    assert page.texts("th")[:6] == ["doc", "before", "node", "after", "year", "title"]
    assert page.texts("td", "about") == ["2024.0", "<b>", "–", "ب"]
    about = [attrs for attrs in page.attributes("td") if classed(attrs, "mudawwana-about")]
    assert [attrs["data-heading"] for attrs in about] == ["year", "title"] * 2
    assert show.kwic(LINES.assign(**{"'\"<": 1})).html.count("&#x27;&quot;&lt;") == 3


def test_headings_of_lines_may_be_arabic_or_given():
    lines = LINES.assign(year=2024, odd=1)
    page = Elements(show.kwic(lines, headings="ar").html)
    assert page.texts("th")[:6] == ["الوثيقة", "ما قبلها", "كلمة البحث", "ما بعدها", "السنة", "odd"]
    assert page.texts("caption") == ["عدد الأسطر: 2"]
    page = Elements(show.kwic(lines, headings={"year": "سنة"}, limit=1).html)
    assert page.texts("th")[:6] == ["doc", "before", "node", "after", "سنة", "odd"]
    assert page.texts("caption") == ["1 of 2 lines"]
    with pytest.raises(ValueError, match="kwic: headings names 'yaer'"):
        show.kwic(lines, headings={"yaer": "سنة"})
    with pytest.raises(ValueError, match="kwic: headings is 'en'; pass 'ar'"):
        show.kwic(lines, headings="en")


def around(lines, text, doc="a"):
    rows = Elements(show.kwic(lines, texts=texts_of(text, doc=doc)).html).attributes("tr")[1:]
    return [json.loads(row["data-around"]) for row in rows]


def test_the_wider_context_is_that_of_the_raw_text():
    text = "سطر أول\nقال وزير الخارجية"
    lines = lines_of(node=["وزير"]).assign(start=12, end=16)
    assert around(lines, text) == [["سطر أول\nقال ", "وزير", " الخارجية", 0, 0]]


def test_the_wider_context_ends_between_words_and_joins_letters():
    text = f"{'كلمة ' * 100}بوزيرنا{' كلمة' * 100}"
    lines = lines_of(node=["وزير"]).assign(start=501, end=505)
    before, node, after, *joined = around(lines, text)[0]
    # ب does not stand alone but joins و; ر joins nothing. 300 characters hold 59 words of 5 and
    # ب, and نا and 59 words of 5.
    assert before == f"… {'كلمة ' * 59}ب"
    assert node == "وزير"
    assert after == f"نا{' كلمة' * 59} …"
    assert joined == [1, 0]
    assert around(lines, "ب" * 501 + "وزير" + "ب" * 501)[0][0] == f"… {'ب' * 300}"


def with_header(text, header="---\ntitle: نص\nlang: ar\n---\n\n"):
    texts = texts_of(header + text).assign(title="نص", body_start=len(header))
    return texts, len(header)


def test_the_wider_context_begins_where_the_body_begins():
    texts, begin = with_header("قال وزير الخارجية")
    lines = lines_of(node=["وزير"]).assign(start=begin + 4, end=begin + 8)
    row = Elements(show.kwic(lines, texts=texts).html).attributes("tr")[1]
    assert json.loads(row["data-around"]) == ["قال ", "وزير", " الخارجية", 0, 0]
    # the place in the whole text
    assert f'title="a {begin + 4}:{begin + 8}"' in show.kwic(lines, texts=texts).html
    # a long body is cut at the first blank among the 300 characters: 59 words of 5 are left
    texts, begin = with_header(f"{'كلمة ' * 100}وزير")
    lines = lines_of(node=["وزير"]).assign(start=begin + 500, end=begin + 504)
    row = Elements(show.kwic(lines, texts=texts).html).attributes("tr")[1]
    assert json.loads(row["data-around"])[0] == f"… {'كلمة ' * 59}"


def test_a_line_within_the_header_shows_the_header():
    texts, _ = with_header("قال")
    lines = lines_of(node=["نص"]).assign(start=11, end=13)
    row = Elements(show.kwic(lines, texts=texts).html).attributes("tr")[1]
    assert json.loads(row["data-around"])[0] == "---\ntitle: "


@pytest.mark.parametrize("start", [-1, 2.5, None, "3", 10_000])
def test_a_place_that_is_none_begins_no_body(start):
    texts = texts_of("قال وزير").assign(body_start=[start])
    assert Elements(show.entities(texts, mentions_of()).html).texts("div", "text") == ["قال وزير"]


def test_letters_of_a_line_are_joined_where_the_text_joins_them():
    text = "زار بوزيرنا وبكتابهم"
    lines = lines_of(before=["زار ب", "زار بوزيرنا وب"], node=["وزير", "كتاب"], after=["نا", "هم"])
    lines = lines.assign(start=[5, 14], end=[9, 18])
    cells = Elements(show.kwic(lines, texts=texts_of(text)).html).texts("td")
    # ر joins nothing after it, nor does و; ب joins on both sides
    assert cells[:3] == [f"زار ب{ZWJ} ", f"{ZWJ}وزير", " نا"]
    assert cells[3:] == [f"زار بوزيرنا وب{ZWJ} ", f"{ZWJ}كتاب{ZWJ}", f" {ZWJ}هم"]


def test_lines_without_texts_have_no_wider_context_than_themselves():
    assert not any("data-around" in row for row in Elements(show.kwic(LINES).html).attributes("tr"))


def test_texts_that_are_not_those_of_the_lines_are_refused():
    lines = lines_of(node=["وزير"]).assign(start=4, end=8)
    with pytest.raises(ValueError, match="kwic: no document 'a' in texts"):
        show.kwic(lines, texts=texts_of("قال وزير", doc="b"))
    with pytest.raises(ValueError, match="kwic: the line 4:8 lies outside document 'a', which has"):
        show.kwic(lines, texts=texts_of("قال"))
    with pytest.raises(ValueError, match="kwic: the text of document 'a' has other letters"):
        show.kwic(lines, texts=texts_of("زار كلمة"))
    with pytest.raises(ValueError, match="kwic: no column 'text' in texts"):
        show.kwic(lines, texts=lines)


def test_joiners_stand_apart_from_the_text_so_that_they_are_not_copied():
    """The sheet lets nobody choose what stands in these elements; a joiner of the text stays."""
    text = f"1446 ه{ZWJ} زار بوزيرنا"
    lines = lines_of(before=[text[:12]], node=["وزير"], after=["نا"]).assign(start=13, end=17)
    own = text[: text.index("و")]
    marked = show.entities(texts_of(text), mentions_of((13, 17, "PER", "x")))
    for piece in (show.kwic(lines.assign(before=own), texts=texts_of(text)), marked):
        page = body(piece)
        assert page.count(JOINER) == 2
        page = re.sub(r' data-around="[^"]*"', "", page.replace(JOINER, ""))
        assert [page.count(ZWJ), page.count(f"1446 ه{ZWJ} زار ب")] == [1, 1]
        assert ".mudawwana-joiner{-webkit-user-select:none;user-select:none}" in piece.html


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


def test_the_header_of_a_text_is_not_shown_and_offsets_count_from_its_beginning():
    texts, begin = with_header("زار سوريا")
    piece = show.entities(texts, mentions_of((begin + 4, begin + 9, "LOC", "سوريا")))
    page = Elements(piece.html)
    assert page.texts("div", "text") == ["زار سوريا"]
    assert page.texts("mark") == ["LOC", "سوريا"]
    assert "---" not in body(piece)


def test_a_header_with_a_mention_is_shown_with_the_text():
    """Nothing that is counted is hidden. The title begins after ``---``, line end, ``title: ``."""
    texts, begin = with_header("زار سوريا")
    spans = [(11, 13, "MISC", "نص"), (begin + 4, begin + 9, "LOC", "سوريا")]
    page = Elements(show.entities(texts, mentions_of(*spans)).html)
    assert page.texts("div", "text") == [texts["text"][0]]
    assert page.texts("mark")[2:] == ["نص", "سوريا"]


def test_paragraphs_are_kept():
    text = "فقرة أولى\n\nفقرة ثانية\r\nسطر"
    page = Elements(show.entities(texts_of(text), mentions_of()).html)
    assert page.texts("div", "text") == ["فقرة أولى\n\nفقرة ثانية\nسطر"]
    assert "white-space:pre-wrap" in show.entities(texts_of(text), mentions_of()).html


def test_mentions_within_mentions_are_marked_within_them():
    text = "منظمة الأمم المتحدة"
    spans = [(6, 19, "LOC", "b"), (0, 5, "MISC", "c"), (0, 19, "ORG", "a"), (6, 11, "PER", "d")]
    piece = show.entities(texts_of(text), mentions_of(*spans))
    assert repr(piece) == "entities: 4 mentions in 1 document"
    assert highlighted(text, *spans) == (
        "<mark><mark>منظمة</mark> <mark><mark>الأمم</mark> المتحدة</mark></mark>"
    )
    assert Elements(piece.html).texts("mark")[-4:] == [text, "منظمة", "الأمم المتحدة", "الأمم"]


def test_letters_stay_joined_across_the_borders_of_nested_mentions():
    # بلبنان: ب joins ل, and ن joins ا but not the ن after it
    assert highlighted("بلبنان", (0, 6, "ORG", "x"), (1, 6, "LOC", "y")) == (
        f"<mark>ب{ZWJ}<mark>{ZWJ}لبنان</mark></mark>"
    )
    assert highlighted("بلبنان", (0, 6, "ORG", "x"), (0, 4, "LOC", "y")) == (
        f"<mark><mark>بلبن{ZWJ}</mark>{ZWJ}ان</mark>"
    )


def test_of_crossing_mentions_the_first_is_marked_and_of_equal_ones_one():
    text = "منظمة الأمم المتحدة"
    crossing = [(0, 11, "ORG", "a"), (6, 19, "ORG", "b")]
    piece = show.entities(texts_of(text), mentions_of(*crossing, crossing[0]))
    assert Elements(piece.html).texts("mark") == ["ORG", "منظمة الأمم"]
    assert "1 mention in 1 document; 2 overlapping mentions not shown" in piece.html


def test_mentions_of_two_types_in_one_place_are_both_marked():
    for spans in (
        [(0, 5, "LOC", "x"), (0, 5, "ORG", "x")],
        [(0, 5, "ORG", "x"), (0, 5, "LOC", "x")],
    ):
        assert highlighted("سوريا", *spans) == "<mark><mark>سوريا</mark></mark>"


def test_mentions_that_touch_are_told_apart():
    page = Elements(
        show.entities(
            texts_of("سوريالبنان دمشق"),
            mentions_of((0, 5, "LOC", "x"), (5, 10, "LOC", "y"), (11, 15, "LOC", "z")),
        ).html
    )
    classes = [attrs["class"] for attrs in page.attributes("mark")][1:]
    assert classes == ["mudawwana-loc", "mudawwana-loc mudawwana-next", "mudawwana-loc"]


def test_types_of_other_models_are_shown_under_their_name():
    page = Elements(show.entities(texts_of("سوريا"), mentions_of((0, 5, "GPE", "x"))).html)
    assert page.texts("mark", "other") == ["GPE", "سوريا"]


def test_titles_and_a_caption_stand_above():
    texts = texts_of("سوريا").assign(title="أخبار <b>")
    page = Elements(show.entities(texts, mentions_of(), caption="جدول & نص").html)
    assert page.texts("div", "label") == ["جدول & نص", "أخبار <b> a"]
    for title in (None, float("nan"), "", "a"):
        piece = show.entities(texts.assign(title=title), mentions_of())
        assert Elements(piece.html).texts("div", "label") == ["a"]


def test_types_may_have_arabic_or_given_names():
    found = mentions_of((0, 5, "LOC", "x"), (6, 10, "GPE", "y"))
    page = Elements(show.entities(texts_of("سوريا دمشق"), found, headings="ar").html)
    assert page.texts("mark")[:2] == ["مكان", "GPE"]
    assert "عدد الإشارات: 2 · عدد الوثائق: 1" in page.texts("div")
    piece = show.entities(texts_of("سوريا دمشق"), found, headings={"GPE": "بلد", "PER": "شخص"})
    assert Elements(piece.html).texts("mark")[:2] == ["LOC", "بلد"]


def test_a_mention_without_a_name_and_a_document_without_text_are_shown():
    page = Elements(show.entities(texts_of("سوريا"), mentions_of((0, 5, "LOC", None))).html)
    assert page.attributes("mark")[-1]["title"] == "LOC"
    assert Elements(show.entities(texts_of(None), mentions_of()).html).texts("div", "text") == [""]


def test_offsets_may_be_whole_floats():
    found = mentions_of((0, 5, "LOC", "x")).astype({"start": "float64", "end": "float64"})
    assert Elements(show.entities(texts_of("سوريا"), found).html).texts("mark")[-1] == "سوريا"


def test_documents_follow_one_another_up_to_the_limit():
    texts = pd.DataFrame({"doc": [f"d{place}" for place in range(12)], "text": "سوريا"})
    texts["doc"] = texts["doc"].astype("category")
    found = mentions_of((0, 5, "LOC", "سوريا"), doc="d2").astype({"doc": "category"})
    piece = show.entities(texts, found)
    assert repr(piece) == "entities: 1 mention in 10 of 12 documents"
    assert Elements(piece.html).texts("div", "label") == [f"d{place}" for place in range(10)]
    assert repr(show.entities(texts, found, limit=None)) == "entities: 1 mention in 12 documents"
    assert repr(show.entities(texts, found, doc="d2")) == "entities: 1 mention in 1 document"


@pytest.mark.parametrize(
    "span",
    [(0, 6), (-1, 3), (3, 3), (4, 2), (90, 95), (0.5, 3), (float("nan"), 3), (0, float("inf"))],
)
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


@pytest.mark.parametrize(
    ("frame", "options", "direction"),
    [
        (pd.DataFrame({"freq": [3]}, index=["وزير"]), {}, "rtl"),
        (pd.DataFrame({"text": ["قال"]}, index=["a"]), {}, "rtl"),
        (pd.DataFrame({"freq": [3]}, index=["a"]), {"headings": "ar"}, "rtl"),
        (pd.DataFrame({"freq": [3]}, index=["a"]), {"caption": "التكرار"}, "rtl"),
        (pd.DataFrame({"freq": [3]}, index=["tokens"]), {"caption": "Sizes"}, "ltr"),
        (pd.DataFrame({"freq": []}), {}, "ltr"),
    ],
)
def test_a_table_without_arabic_is_read_from_the_left(frame, options, direction):
    frames = Elements(show.table(frame, **options).html).attributes("div")
    assert [attrs["dir"] for attrs in frames] == [direction]


def test_days_stand_without_an_hour():
    days = [pd.Timestamp("2020-01-01"), pd.NaT, pd.Timestamp("2020-01-02 15:30")]
    cells = Elements(show.table(pd.DataFrame({"day": days})).html).texts("td")
    assert cells == ["2020-01-01", "–", "2020-01-02 15:30:00"]


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        (pd.Series([1, 2]), {}, r"type Series, not a DataFrame\. .* series\.to_frame\(\)"),
        ({"freq": [1]}, {}, "type dict, not a DataFrame"),
        (pd.DataFrame({"a": [1.5]}), {"decimals": -1}, "decimals is -1; pass a whole number, 0"),
        (pd.DataFrame({"a": [1.5]}), {"decimals": {"a": "x"}}, "decimals is 'x'; pass a whole"),
    ],
)
def test_what_is_no_table_is_refused_in_words(given, options, said):
    with pytest.raises(ValueError, match=f"^table: .*{said}"):
        show.table(given, **options)


def test_headings_stand_over_their_numbers():
    frame = pd.DataFrame({"said": ["class=mudawwana-number"], "freq": [3]}, index=["a"])
    headings = Elements(show.table(frame).html).attributes("th")[:3]
    assert [attrs.get("class") for attrs in headings] == [None, None, "mudawwana-number"]


def test_table_says_how_many_rows_were_left_out():
    frame = pd.DataFrame({"freq": range(1200)})
    piece = show.table(frame, caption="جدول", limit=3)
    assert repr(piece) == "table: 3 of 1,200 rows, 1 column"
    assert Elements(piece.html).texts("caption") == ["جدول3 of 1,200 rows"]
    assert repr(show.table(frame.head(0))) == "table: 0 rows, 1 column"


def test_headings_may_be_arabic():
    frame = TABLE.rename_axis("lemma").rename(columns={"gloss": "x"})
    piece = show.table(frame, headings="ar", limit=1)
    page = Elements(piece.html)
    assert page.texts("th")[:6] == ["المدخل", "التكرار", "score", "whole", "x", "zero"]
    assert page.texts("caption") == ["عدد الصفوف: 1 من 2"]
    assert repr(piece) == "table: 1 of 2 rows, 5 columns"


@pytest.mark.parametrize("name", SCHEMA)
def test_every_column_of_the_tables_has_an_arabic_name(name):
    headings = Elements(show.table(empty_table(name), headings="ar").html).texts("th")[1:]
    assert all(re.match("[\u0621-\u064a]", heading) for heading in headings)


def test_columns_of_several_levels_have_one_heading_each():
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("b", "")]))
    assert Elements(show.table(frame).html).texts("th")[1:3] == ["a · x", "b"]


@pytest.mark.parametrize("dtype", ["object", "category", "Float64", "float32"])
def test_fractions_keep_their_decimals_whatever_the_dtype(dtype):
    frame = pd.DataFrame({"x": pd.Series([0.25, 1.0, None], dtype=dtype)})
    assert Elements(show.table(frame).html).texts("td") == ["0.25", "1.00", "–"]


def test_numbers_among_texts_are_numbers():
    frame = pd.DataFrame({"x": [0.5, "نص", True, 1234, float("inf")]}, dtype="object")
    assert Elements(show.table(frame).html).texts("td") == ["0.50", "نص", "True", "1,234", "∞"]


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
        show.kwic(
            LINES.assign(
                doc=text, before=text, node=text, after=text, start=0, end=len(text)
            ).assign(**{text: text}),
            texts=texts_of(text, doc=text),
        ),
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


# By the general categories and the list of default ignorable code points of Unicode.
TAKES_NO_PLACE = [
    *"\xad\u034f\u115f\u1160\u180e\u200b\u2060\u2064\u3164\ufeff\uffa0\ufff9\U000e0041"
]
NO_CHARACTERS = [*"\ufdd0\ufffe\uffff"]


@pytest.mark.parametrize("char", [*UNSAFE, *TAKES_NO_PLACE, *NO_CHARACTERS])
def test_characters_that_hide_or_reorder_are_shown_as_a_box(char):
    for piece in pieces_with(f"ب{char}س"):
        assert piece.html.encode()
        assert char not in piece.html
        assert "ب▯س" in body(piece)


def test_half_a_character_is_shown_as_a_box():
    """A page with one could not be written."""
    frame = pd.DataFrame({"x": ["ب\ud800\udfffس"]}, dtype="object")
    assert Elements(show.table(frame).html).texts("td") == ["ب▯▯س"]
    assert show.table(frame, caption="\ud800").html.encode()


def test_joiners_and_direction_marks_of_ordinary_text_stay():
    text = "می\N{ZERO WIDTH NON-JOINER}خواهم\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    assert text in show.kwic(LINES.assign(node=text)).html


def test_line_and_paragraph_separators_are_line_ends():
    assert "ب\nس" in show.kwic(LINES.assign(before="ب\u2029س")).html
    text = Elements(show.entities(texts_of("ب\u2028س"), mentions_of()).html).texts("div", "text")
    assert text == ["ب\nس"]


def test_formulas_are_not_looked_for():
    for piece in pieces_with("$x$"):
        assert {"tex2jax_ignore", "mathjax_ignore"} <= set(
            Elements(piece.html).attributes("div")[0]["class"].split()
        )


def test_equal_tables_give_equal_bytes():
    for text in ("سوريا", HOSTILE[0]):
        assert [p.html for p in pieces_with(text)] == [p.html for p in pieces_with(text)]


def test_the_style_is_the_same_everywhere_and_loads_nothing():
    sheets = {re.search(r"<style>.*?</style>", p.html, re.DOTALL)[0] for p in pieces_with("x")}
    assert len(sheets) == 1
    assert not re.search(r"url|@import|http", sheets.pop())
    assert not any(re.search(r" id=| on\w+=", p.html) for p in pieces_with("x"))


def test_the_script_stands_behind_concordance_lines_alone_and_asks_for_nothing():
    scripts = [re.findall(r"<script>.*?</script>", p.html, re.DOTALL) for p in pieces_with("x")]
    assert [len(each) for each in scripts] == [1, 0, 0, 0]
    risky = r"http|fetch|import|eval|innerHTML|outerHTML|insertAdjacent|cookie|Storage|</.*</"
    assert not re.search(risky, scripts[0][0], re.DOTALL)
