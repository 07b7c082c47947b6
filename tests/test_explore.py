"""The explorer without a browser: messages in, tables and HTML out.

The corpus of twelve words is counted in tests/conftest.py; that of the teaching articles is used
where what is shown is compared with what the written cell gives.
"""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from browser import hostile

from toolkit import concordance, corpus, counts, entities, explore
from toolkit.exploring import texts as reading
from toolkit.exploring.code import quoted
from toolkit.exploring.facets import Facet, facets_of, filter_of
from toolkit.exploring.session import as_node
from toolkit.exploring.snapshot import snapshot
from toolkit.exploring.views import MOST_CHOICES, PAGE
from toolkit.showing.highlights import Span, highlighted

TAUGHT = Path(__file__).parents[1] / "data" / "mawsua" / "annotated"


@pytest.fixture(scope="module")
def taught():
    return corpus.load(TAUGHT)


@pytest.fixture
def opened(twelve):
    """An explorer of twelve words, and how its browser asks."""
    explorer = explore.explore(twelve)
    return explorer, Browser(explorer)


class Browser:
    """What a browser does: it asks, and keeps what is shown."""

    def __init__(self, explorer):
        self.session = explorer._session
        self.panes, self.answers = {}, []
        self.ask(do="open")

    def ask(self, **message):
        answer = self.session.answer({"view": "v", "number": len(self.answers), **message})
        self.answers.append(answer)
        self.panes |= answer.get("panes", {})
        return answer

    def change(self, **changes):
        return self.ask(do="change", changes=changes)

    def press(self, what, row):
        """Press the button of a row, as it is shown."""
        found = re.findall(r'<tr data-row="\d+".*?</tr>', self.panes[what], re.DOTALL)[row]
        label = re.search(r'data-start="(\d+)"', found) if what == "lines" else None
        inside = re.search(r"<button.*?>(.*?)</button>", found, re.DOTALL)[1]
        return self.change(list=what, row=row, label=label[1] if label else plain(inside))


def plain(html):
    """The text of a piece of HTML, without what stands in tags, joiners left out."""
    found = []
    parser = HTMLParser()
    parser.handle_data = found.append
    parser.feed(html)
    return "".join(found).replace("\N{ZERO WIDTH JOINER}", "")


def tags(html):
    """Every tag with the names of its attributes."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(html)
    return found


# --- search -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "unit", "exact", "starts"),
    [
        # قال is the lemma of قال and of قالت
        ("قال", "lemma", False, [26, 17]),
        ("قال", "word", False, [26]),
        ("قال", "token", False, [26]),
        ("*قال*", "token", False, [26, 16]),
        # the form is إلى: folded it is found as الى, exactly it is not
        ("الى", "word", False, [16]),
        ("الى", "word", True, []),
        ("إلى", "word", True, [16]),
        ("إلى دمشق", "lemma", False, [16]),
        # punctuation in a phrase is passed over: the colon between للرئيس and نعم
        ("للرئيس نعم", "token", False, [30]),
        # and is not found itself
        (".", "token", False, []),
    ],
)
def test_search_finds_the_places(opened, node, unit, exact, starts):
    explorer, browser = opened
    answer = browser.change(node=node, unit=unit, exact=exact)
    assert "problem" not in answer
    assert explorer.lines()["start"].tolist() == starts
    assert browser.panes["lines"].count("<tr data-row=") == len(starts)


def test_sizes_say_what_they_count_and_of_how_many(opened):
    _, browser = opened
    size = plain(browser.answers[0]["size"])
    assert size == "2 of 2 texts · 14 of 14 words, clitics split · 2 of 2 mentions of names"
    browser.change(node="قال")
    assert "قال: 2 occurrences among 14 words, in 2 of 2 texts" in plain(browser.panes["lines"])
    answer = browser.change(unit="token")
    assert "12 of 12 words as written" in plain(answer["size"])
    assert "قال: 1 occurrences among 12 words, in 1 of 2 texts" in plain(browser.panes["lines"])


def test_what_is_wrong_is_said_and_nothing_changes(opened):
    explorer, browser = opened
    browser.change(node="قال")
    before = explorer.state
    answer = browser.change(node="\N{ARABIC FATHA}")  # folded away: nothing is left to look for
    assert "node is empty" in answer["problem"]
    assert explorer.state == before


def test_blank_search_shows_the_hint(opened):
    _, browser = opened
    browser.change(node="قال")
    browser.change(node="  ")
    assert "Type a word" in plain(browser.panes["lines"])


@pytest.mark.parametrize(
    ("order", "starts"),
    [
        # قال and وقالت: before them the stop, and nothing, which comes first; after them للرئيس
        # and دمشق
        ("text", [26, 16]),
        ("before", [16, 26]),
        ("after", [16, 26]),
        ("node", [26, 16]),
    ],
)
def test_lines_stand_in_the_order_that_is_asked_for(opened, order, starts):
    explorer, browser = opened
    browser.change(node="*قال*", unit="token", order=order)
    assert explorer.lines()["start"].tolist() == starts
    pane = browser.panes["lines"]
    sorts = re.findall(r'aria-sort="(\w+)"><button type="button" data-order="(\w+)"', pane)
    assert [name for sort, name in sorts if sort == "ascending"] == [order]


def test_sorting_before_follows_the_alphabet(taught):
    explorer = explore.explore(taught, state=explore.State("في", "token", order="before"))
    nearest = [str(before).split()[-1] for before in explorer.lines()["before"] if str(before)]
    first = [word[0] for word in nearest if re.fullmatch("[بتجحخد][ء-ي]*", word)]
    assert len(first) > 100
    assert first == sorted(first)


# --- lists ------------------------------------------------------------------------------------


def test_frequencies_are_those_of_the_chosen_unit(opened, twelve):
    explorer, browser = opened
    browser.change(unit="token", function_words=True)
    expected = counts.frequencies(twelve.tokens, by="norm")
    pd.testing.assert_frame_equal(explorer.frequencies(), expected)
    assert "11 different among 12 words" in plain(browser.panes["words"])


def test_function_words_are_hidden_and_still_counted_in_n(opened):
    explorer, browser = opened
    hidden = explorer.frequencies()
    assert "إلى" not in hidden.index
    assert set(hidden["n"]) == {14}
    assert "without function words" in plain(browser.panes["words"])
    browser.change(function_words=True)
    assert "إلى" in explorer.frequencies().index


def test_pressed_word_is_searched_as_often_as_it_was_counted(taught):
    explorer = explore.explore(taught, state=explore.State(function_words=True))
    browser = Browser(explorer)
    for unit in ("lemma", "word", "token"):
        browser.change(unit=unit, exact=False)
        frequencies = explorer.frequencies()
        for row in (0, 1, 5, 20, 35, PAGE - 1):
            browser.press("words", row)
            assert len(explorer.lines()) == frequencies["freq"].iloc[row], frequencies.index[row]


def test_pressed_name_shows_as_many_lines_as_it_has_mentions(taught):
    explorer = explore.explore(taught)
    browser = Browser(explorer)
    mentions = explorer.mentions()
    pd.testing.assert_frame_equal(mentions, entities.mentions(taught.entities))
    for row in (0, 3, 17, PAGE - 1):
        browser.press("names", row)
        kind, name = mentions["type"].iloc[row], mentions.index[row]
        assert explorer.state.name == (kind, name)
        assert len(explorer.lines()) == mentions["freq"].iloc[row]
        size = f"{mentions['freq'].iloc[row]} of 2,137 mentions of names"
        assert size in plain(browser.panes["lines"])


def test_search_after_a_name_leaves_the_name(opened):
    explorer, browser = opened
    browser.press("names", 0)
    assert explorer.state.name == ("LOC", "دمشق")
    browser.change(node="قال")
    assert explorer.state.name is None


def test_press_on_a_row_that_is_another_by_now_does_nothing(opened):
    explorer, browser = opened
    before = explorer.state
    browser.change(list="words", row=0, label="شيء آخر")
    browser.change(list="names", row=99, label="دمشق")
    assert explorer.state == before
    browser.change(node="قال")
    before = explorer.state
    browser.change(list="lines", row=1, label="26")  # the start of the first
    assert explorer.state == before


@pytest.mark.parametrize(("item", "node"), [("5*", "5\\*"), ("؟?", "؟\\?"), ("1 000", "1?000")])
def test_item_of_a_list_finds_itself(item, node):
    assert as_node(item) == node
    table = pd.DataFrame({"doc": "a", "sent": 1, "form": [item, "55", "1"]})
    assert concordance.count(table, node) == 1


def test_more_rows_go_on_where_the_list_ends(taught):
    explorer = explore.explore(taught, state=explore.State(node="في", function_words=True))
    browser = Browser(explorer)
    for what, table in (
        ("lines", explorer.lines()),
        ("words", explorer.frequencies()),
        ("names", explorer.mentions()),
    ):
        answer = browser.ask(do="more", list=what, shown=PAGE)["more"]
        rows = [int(row) for row in re.findall(r'data-row="(\d+)"', answer["rows"])]
        assert rows == list(range(PAGE, 2 * PAGE))
        assert f'data-shown="{2 * PAGE}"' in answer["button"]
        assert f"of {len(table):,}" in plain(answer["button"])
    last = len(explorer.lines()) // PAGE * PAGE
    answer = browser.ask(do="more", list="lines", shown=last)["more"]
    assert answer["rows"].count("<tr") == len(explorer.lines()) - last
    assert answer["button"] == ""


# --- filters ----------------------------------------------------------------------------------

DESCRIBED = pd.DataFrame(
    {
        "doc": list("abcd"),
        "text": ["one", "two", "three", "four"],
        "title": ["A", "B", "C", "D"],
        "section": ["news", "news", None, "sport"],
        "year": pd.array([1950, None, 1975, 2000], dtype="Int64"),
        "date": ["1950-01-02", None, "1975-05-05", "2000-12-31"],
        "when": pd.to_datetime(
            ["1950-01-02", None, "1975-05-05 18:00", "2000-12-31"], format="mixed"
        ),
        "checked": [True, False, True, True],
        "lang": "ar",
        "sizes": [[1], [2], [1], [2]],
    }
)


def described():
    return corpus.Corpus(texts=DESCRIBED)


def test_columns_that_part_the_texts_are_filters():
    found = {facet.column: facet for facet in facets_of(DESCRIBED)}
    # a title a text, one language for all and values that cannot be listed part nothing
    assert list(found) == ["section", "year", "date", "when", "checked"]
    assert found["section"].choices == ("news", "sport", None)
    assert (found["year"].kind, found["year"].choices, found["year"].missing) == (
        "number",
        (1950, 2000),
        1,
    )
    assert (found["date"].kind, found["date"].choices) == ("day", ("1950-01-02", "2000-12-31"))
    assert (found["when"].kind, found["when"].choices) == ("day", ("1950-01-02", "2000-12-31"))
    assert found["checked"].choices == (True, False)


@pytest.mark.parametrize(
    ("column", "filter_", "docs"),
    [
        ("section", explore.Among(("news",)), "ab"),
        ("section", explore.Among(("sport", None)), "cd"),
        ("section", explore.Among((None,)), "c"),
        ("year", explore.Between(1950, 1975), "ac"),
        ("year", explore.Between(None, 1974), "a"),
        ("year", explore.Between(1951, None), "cd"),
        ("date", explore.Between("1950-01-02", "1975-05-05"), "ac"),
        # the whole of the last day is within
        ("when", explore.Between("1950-01-02", "1975-05-05"), "ac"),
        ("when", explore.Between("1975-05-05", None), "cd"),
        ("checked", explore.Among((False,)), "b"),
    ],
)
def test_filter_lets_its_texts_pass_here_and_in_the_code(column, filter_, docs):
    state = explore.State(filters={column: filter_})
    explorer = explore.explore(described(), state=state)
    assert "".join(explorer.texts()["doc"]) == docs
    made = run(explorer, described())
    pd.testing.assert_frame_equal(made["texts"], explorer.texts())


def test_choices_count_the_texts_that_pass_the_other_filters():
    browser = Browser(explore.explore(described()))
    section, year = 0, 1
    assert browser.answers[0]["counts"][section] == [2, 1, 1]
    answer = browser.change(
        filters={str(section): {"among": [0]}, str(year): {"between": ["1960", ""]}}
    )
    # of the other years: c and d, whose sections are unknown and sport
    assert answer["counts"][section] == [0, 1, 1]
    # of the news: a and b, checked once each way
    assert answer["counts"][4] == [0, 0]
    assert answer["state"]["filters"] == {0: {"among": [0]}, 1: {"between": [1960, None]}}


def test_a_range_is_between_two_values_whichever_stands_first():
    facet = Facet("year", "number", (1950, 1975), 0)
    assert filter_of(facet, {"between": ["1975", "1951"]}) == explore.Between(1951, 1975)
    day = Facet("date", "day", ("1950-01-02", "1975-05-05"), 0)
    turned = {"between": ["1975-05-05", "1950-01-02"]}
    assert filter_of(day, turned) == explore.Between("1950-01-02", "1975-05-05")


def test_filters_hold_for_every_list_and_the_text(opened):
    explorer, browser = opened
    browser.session.facets = []  # the corpus has one date: it is no filter of its own
    explorer.change({"node": "قال", "filters": {"date": explore.Among(("2025-11-16",))}})
    assert explorer.texts()["doc"].tolist() == ["b"]
    assert explorer.lines()["start"].tolist() == [17]
    assert explorer.mentions()["freq"].tolist() == [1]
    assert set(explorer.frequencies()["n"]) == {5}
    assert explorer.state.doc == "b"


def test_filters_that_no_text_passes_leave_empty_panes(taught):
    explorer = explore.explore(taught)
    browser = Browser(explorer)
    browser.change(node="في", filters={"1": {"between": [1, 2]}})
    assert len(explorer.texts()) == 0
    assert explorer.state.doc is None
    for pane in ("words", "names", "lines", "text"):
        assert "Nothing is found" in plain(browser.panes[pane])
    browser.change(filters={})
    assert len(explorer.texts()) == 96
    assert explorer.state.doc is not None


def test_unknown_column_or_value_is_named():
    with pytest.raises(
        ValueError, match=r"^explore: no column 'genre' in the texts; there are doc"
    ):
        explore.explore(described(), state=explore.State(filters={"genre": explore.Among(("x",))}))
    with pytest.raises(ValueError, match=r"^explore: no unit 'root'; there are lemma, word, token"):
        explore.State(unit="root")
    with pytest.raises(ValueError, match=r"^explore: no 'colour' in a state; it has node, unit"):
        explore.State().changed({"colour": "red"})
    with pytest.raises(ValueError, match=r"^explore: no language 'fr'; there are en, ar"):
        explore.explore(described(), language="fr")
    with pytest.raises(ValueError, match=r"^explore: node is of type int; pass a word"):
        explore.State(node=3)
    with pytest.raises(ValueError, match=r"^explore: the corpus has no texts"):
        explore.explore(corpus.Corpus())
    with pytest.raises(ValueError, match=r"^lines: nothing is searched"):
        explore.explore(described()).lines()


# --- the text ---------------------------------------------------------------------------------


def test_pressed_line_opens_its_text_at_the_node(opened):
    explorer, browser = opened
    browser.change(node="قال")
    answer = browser.press("lines", 1)
    assert (explorer.state.doc, explorer.state.place) == ("b", (17, 21))
    pane = browser.panes["text"]
    assert "date 2025-11-16 وقالت دمشق 3 مرات." in plain(pane)
    marks = [attributes["class"] for tag, attributes in tags(pane) if tag == "mark"]
    assert marks == ["mudawwana-found", "mudawwana-loc"]
    assert answer["target"] == 0
    assert "1 mentions of names, 1 found" in plain(pane)


def test_text_is_whole_with_its_names_and_what_is_found(taught):
    explorer = explore.explore(taught, state=explore.State(node="*", unit="token"))
    browser = Browser(explorer)
    for place in (0, 40, 95):
        browser.change(doc=place)
        doc, text = taught.texts.loc[place, ["doc", "text"]]
        assert explorer.state.doc == doc
        inside = browser.panes["text"].split('<div class="mudawwana-text">')[1]
        assert plain(inside) == text
        marks = [given["class"] for tag, given in tags(inside) if tag == "mark"]
        names = [each for each in marks if "mudawwana-found" not in each]
        assert len(names) == (taught.entities["doc"] == doc).sum()


def test_header_stands_apart_and_a_text_may_have_none():
    header = "title: x\n"
    texts = pd.DataFrame({"doc": ["a", "b", "c"], "text": [header + "نص", "نص", None]})
    texts["body_start"] = pd.array([len(header), None, 0], dtype="Int64")
    browser = Browser(explore.explore(corpus.Corpus(texts=texts)))
    assert '<span class="explorer-header">title: x\n</span>نص' in browser.panes["text"]
    browser.change(doc=1)
    assert '<div class="mudawwana-text">نص</div>' in browser.panes["text"]
    browser.change(doc=2)
    assert '<div class="mudawwana-text"></div>' in browser.panes["text"]


def test_long_text_comes_in_stretches_that_are_the_text():
    text = "\n".join(f"السطر {number} من نص طويل جدا" for number in range(3000))
    starts = reading.stretches(text)
    assert len(starts) > 3
    assert "".join(text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)) == text
    assert all(text[start - 1] == "\n" for start in starts[1:])
    assert reading.stretches("x" * 45_000) == [0, 20_000, 40_000]


def test_line_in_a_long_text_opens_the_stretch_it_stands_in(twelve):
    filler = "كلام " * 9000
    texts = twelve.texts.assign(text=[twelve.texts["text"][0], filler + twelve.texts["text"][1]])
    words, tokens, named = (
        table.assign(
            start=table["start"] + len(filler) * (table["doc"] == "b"),
            end=table["end"] + len(filler) * (table["doc"] == "b"),
        )
        for table in (twelve.words, twelve.tokens, twelve.entities)
    )
    long = replace(twelve, texts=texts, words=words, tokens=tokens, entities=named)
    browser = Browser(explore.explore(long, state=explore.State(node="قال")))
    answer = browser.press("lines", 1)
    assert answer["target"] == 0
    assert "part 3 of 3" in plain(browser.panes["text"])
    assert "وقالت دمشق 3 مرات." in plain(browser.panes["text"])
    browser.change(at=0)
    assert "part 1 of 3" in plain(browser.panes["text"])


@pytest.mark.parametrize(
    ("names", "found", "html"),
    [
        # crossing: what is found is cut at the border of the name
        ([(0, 5)], [(3, 8)], "<loc>one<found> t</found></loc><found>wo </found>three"),
        # around the name, and the same place
        (
            [(4, 7)],
            [(0, 13)],
            "<found>one </found><loc><found>two</found></loc><found> three</found>",
        ),
        ([(4, 7)], [(4, 7)], "one <loc><found>two</found></loc> three"),
        # places that overlap are one
        ([], [(0, 3), (2, 7)], "<found>one two</found> three"),
    ],
)
def test_what_is_found_is_marked_whole_across_names(names, found, html):
    spans = [Span(start, end, "LOC", "") for start, end in names]
    marked = highlighted("one two three", reading.with_found(spans, found, "x"))
    opened = re.sub(r'<mark class="mudawwana-(\w+)"[^>]*>', r"<\1>", marked)
    stack, pieces = [], []
    for piece in re.split(r"(<[^>]+>)", opened):
        if piece == "</mark>":
            pieces.append(f"</{stack.pop()}>")
            continue
        if piece.startswith("<"):
            stack.append(piece[1:-1])
        pieces.append(piece)
    assert "".join(pieces) == html


def test_list_of_texts_stops_where_it_gets_long_and_says_so():
    many = pd.DataFrame({"doc": [f"d{n}" for n in range(700)], "text": "نص"})
    browser = Browser(explore.explore(corpus.Corpus(texts=many), state=explore.State(doc="d650")))
    choice = browser.answers[0]["texts"]
    values = [given.get("value") for _, given in tags(choice)]
    assert values == [*map(str, range(MOST_CHOICES)), "650", None]
    assert plain(choice).endswith("d650first 500 of 700")
    assert browser.answers[0]["text"] == 650


# --- mentions as lines ------------------------------------------------------------------------


def test_hits_of_mentions_are_the_tokens_they_stand_in(twelve):
    found = explore.hits_of(twelve.entities, twelve.tokens)
    # rows 4 and 12 of the tokens: see tests/conftest.py
    assert found.index.tolist() == [4, 12]
    assert found["form"].tolist() == ["دمشق", "دمشق"]
    assert found["width"].tolist() == [1, 1]
    lines = concordance.kwic(twelve.tokens, found, window=2, texts=twelve.texts)
    assert lines["node"].tolist() == ["دمشق", "دمشق"]
    assert lines["before"].tolist() == ["الدفاع إلى", "وقالت"]


def test_mention_in_no_token_is_named(twelve):
    apart = twelve.entities.assign(start=[15, 22], end=[16, 26])
    with pytest.raises(ValueError, match=r"^hits_of: the mention 15:16 of document 'a' lies in no"):
        explore.hits_of(apart.head(1), twelve.tokens.query("start != 9"))
    with pytest.raises(ValueError, match=r"^hits_of: the mention 20:24 of document 'a' lies in no"):
        explore.hits_of(twelve.entities, twelve.tokens.query("doc == 'b'"))
    with pytest.raises(ValueError, match=r"^hits_of: the mention 20:24 of document 'a' lies in no"):
        explore.hits_of(twelve.entities, twelve.tokens.head(0))
    assert len(explore.hits_of(twelve.entities.head(0), twelve.tokens)) == 0


# --- as code ----------------------------------------------------------------------------------


def run(explorer, opened, variable="annotated"):
    """The variables of the cell that an explorer writes."""
    names = {variable: opened}
    exec(compile(explorer.code(), "<cell>", "exec"), names)
    return names


STATES = {
    "opened": {},
    "lemma": {"node": "كتاب"},
    "pattern, sorted": {"node": "كت*ب", "unit": "token", "order": "after"},
    "phrase": {"node": "في *", "unit": "word", "function_words": True},
    "exact": {"node": "أن", "unit": "lemma", "exact": True, "order": "before"},
    "quotes and signs": {"node": "'\"\\\\?", "unit": "token"},
    "filtered": {
        "node": "مدينة",
        "filters": {
            "section": explore.Among(("cities", "arts")),
            "year": explore.Between(900, 1950),
            "period": explore.Among(("medieval", "modern")),
        },
        "order": "node",
    },
    "many places": {
        "node": "في",
        "filters": {
            "place": explore.Among((*(f"مكان بعيد {n}" for n in range(20)), "القاهرة، مصر"))
        },
    },
    "name": {"name": ("LOC", "القاهرة"), "order": "before"},
    "name, filtered": {
        "name": ("LOC", "بغداد"),
        "filters": {"section": explore.Among(("people",))},
        "unit": "token",
    },
}


@pytest.mark.parametrize("name", STATES)
def test_cell_of_code_gives_the_tables_that_are_shown(taught, name):
    explorer = explore.explore(taught, state=explore.State(**STATES[name]))
    browser = Browser(explorer)
    made = run(explorer, taught)
    pd.testing.assert_frame_equal(made["texts"], explorer.texts())
    pd.testing.assert_frame_equal(made["frequencies"], explorer.frequencies())
    pd.testing.assert_frame_equal(made["mentions"], explorer.mentions())
    if explorer.state.searches:
        pd.testing.assert_frame_equal(made["lines"], explorer.lines())
        shown = re.findall(r'<td class="mudawwana-node">.*?</td>', browser.panes["lines"])
        assert [plain(cell) for cell in shown] == made["lines"]["node"].head(PAGE).tolist()
    assert str(made["text"].html).count("<mark class") >= 1
    assert browser.answers[0]["code"] == explorer.code()
    assert all(len(line) <= 100 for line in explorer.code().splitlines())


def test_cell_loads_the_folder_that_was_given():
    explorer = explore.explore(TAUGHT, state=explore.State(node="كتاب"))
    names = {}
    exec(compile(explorer.code(), "<cell>", "exec"), names)
    pd.testing.assert_frame_equal(names["lines"], explorer.lines())


@pytest.mark.parametrize(
    "value",
    [
        "كتاب",
        "a'b",
        'a"b',
        "a'\"b",
        "\\",
        '\\"',
        "\n\t",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        3,
        None,
        True,
    ],
)
def test_quoted_value_is_the_value_and_reorders_nothing(value):
    written = quoted(value)
    assert eval(written) == value
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in written
    assert "\n" not in written


# --- the HTML ---------------------------------------------------------------------------------


def test_no_element_comes_out_of_a_hostile_corpus():
    found = {}
    for kind, attacks in (("hostile", hostile.ATTACKS), ("tame", hostile.TAME)):
        explorer = explore.explore(
            hostile.corpus(attacks), state=explore.State(node="*", unit="token")
        )
        browser = Browser(explorer)
        pieces = [*browser.panes.values(), browser.answers[0]["shell"], browser.answers[0]["size"]]
        browser.press("names", 0)
        browser.press("lines", 0)
        pieces += [*browser.panes.values(), snapshot(explorer._session)]
        found[kind] = {(tag, *sorted(given)) for html in pieces for tag, given in tags(html)}
    assert found["hostile"] - found["tame"] == set()


def test_attacks_are_shown_as_text_and_can_be_pressed():
    explorer = explore.explore(hostile.corpus(), state=explore.State(unit="token", exact=True))
    browser = Browser(explorer)
    for row in range(len(explorer.frequencies().head(PAGE))):
        browser.press("words", row)
        assert len(explorer.lines()) == explorer.frequencies()["freq"].iloc[row]


def test_labels_are_in_the_language_that_is_asked_for(twelve):
    arabic, english = (Browser(explore.explore(twelve, language=each)) for each in ("ar", "en"))
    assert "النصوص: 2 من 2" in plain(arabic.answers[0]["size"])
    for browser, other in ((arabic, '<bdi lang="en">'), (english, '<bdi lang="ar">')):
        shown = browser.answers[0]["shell"] + "".join(browser.panes.values())
        assert other not in shown
    assert not re.search("[a-z]{4,}", plain(arabic.answers[0]["shell"]))


def test_every_control_has_a_name_for_those_who_do_not_see_it(taught):
    browser = Browser(explore.explore(taught, state=explore.State(node="في")))
    for html in (browser.answers[0]["shell"], *browser.panes.values()):
        for control in re.findall(
            r"<(?:button|summary)[^>]*>.*?</(?:button|summary)>", html, re.DOTALL
        ):
            assert plain(control).strip()
        for tag, given in tags(html):
            if tag == "section" or given.get("role") in ("group", "search"):
                assert (
                    given.get("aria-label")
                    or given.get("role") == "search"
                    or "tabs" in given["class"]
                )
    assert browser.panes["lines"].count('aria-sort="ascending"') == 1


def test_snapshot_is_still_and_the_same_every_time(taught):
    state = explore.State(node="كتاب", filters={"section": explore.Among(("arts",))})
    one, two = (snapshot(explore.explore(taught, state=state)._session) for _ in range(2))
    assert one == two
    assert "16 of 96 texts" in plain(one)
    assert "run the cell in JupyterLab" in plain(one)
    assert not [tag for tag, _ in tags(one) if tag in ("button", "input", "select")]
    assert len(one) < 80_000


def test_repr_says_how_much_is_looked_at(taught):
    state = explore.State(filters={"section": explore.Among(("arts",))})
    assert repr(explore.explore(taught, state=state)).startswith("Explorer(16 of 96 texts, ")


# --- the widget -------------------------------------------------------------------------------


def test_widget_answers_what_the_browser_sends(twelve):
    widget = pytest.importorskip("toolkit.exploring.widget")
    shown = widget.ExplorerWidget(explore.explore(twelve)._session)
    sent = []
    shown.send = sent.append
    shown._handle_custom_msg({"do": "open", "view": "v", "number": 1}, [])
    shown._handle_custom_msg(
        {"do": "change", "changes": {"node": "قال"}, "view": "v", "number": 2}, []
    )
    assert [(answer["view"], answer["number"]) for answer in sent] == [("v", 1), ("v", 2)]
    assert "explorer-search" in sent[0]["shell"]
    assert sent[1]["state"]["node"] == "قال"


def test_no_text_of_the_corpus_is_in_the_state_of_the_widget(twelve):
    widget = pytest.importorskip("toolkit.exploring.widget")
    shown = widget.ExplorerWidget(explore.explore(twelve)._session)
    assert "دمشق" not in repr(shown.get_state())


def test_cell_shows_the_still_picture_and_then_the_widget(twelve, monkeypatch):
    pytest.importorskip("anywidget")
    import IPython.display

    displayed = []
    monkeypatch.setattr(IPython.display, "display", lambda *given, **_: displayed.append(given[0]))
    explorer = explore.explore(twelve)
    explorer._ipython_display_()
    still, live = displayed
    assert still["text/plain"] == repr(explorer)
    assert "mudawwana-snapshot" in still["text/html"]
    assert type(live).__name__ == "ExplorerWidget"


def test_without_anywidget_the_error_says_what_to_install(twelve, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "toolkit.exploring.widget", None)
    with pytest.raises(ImportError, match=r"^explore: the widget needs anywidget.*\[notebooks\]"):
        explore.explore(twelve)._ipython_display_()


def test_script_and_sheet_load_nothing():
    folder = Path(explore.__file__).parent / "exploring"
    for name in ("explorer.js", "explorer.css"):
        text = (folder / name).read_text(encoding="utf-8")
        assert not re.search(
            r"https?:|//[a-z]|@import|url\(|\bimport\b|fetch\(", text.replace("// ", "")
        )
