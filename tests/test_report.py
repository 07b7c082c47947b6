"""The report: what is written, that it is self-contained, inert and the same on every run."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import press
import pytest

from toolkit import corpus, pipeline, report, summary
from toolkit.reporting import contents, drawings, files, lines, periods, rules, told

ONE_ARTICLE = ["card", "normalisation", "lemma_frequencies", "token_frequencies", "entity_mentions"]


@pytest.fixture(scope="module")
def news():
    return pipeline.annotate(corpus.read_texts("seeds"))


@pytest.fixture(scope="module")
def folder(news, tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    report.build(news, out)
    return out


@pytest.fixture(scope="module")
def twelve_texts():
    return press.corpus()


@pytest.fixture(scope="module")
def press_folder(twelve_texts, tmp_path_factory):
    """The report of twelve short texts with sections, sources and days; see press.py."""
    out = tmp_path_factory.mktemp("press")
    report.build(twelve_texts, out)
    return out


@pytest.fixture
def undrawn(monkeypatch):
    """No figure is drawn: what is tested is the rest of the page."""
    monkeypatch.setattr(drawings, "write", _no_figures)


def _no_figures(figures, folder):
    return {figure.name: "<svg></svg>" for figure in figures}


class Outline(HTMLParser):
    """Tags that were opened, the text, links, and addresses that a browser would fetch."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.fetched, self.links = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        named = [value for name, value in attrs if name in ("src", "href", "xlink:href")]
        (self.links if tag == "a" else self.fetched).extend(named)

    def handle_data(self, data):
        self.text.append(data)


def page_of(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def table(folder, name):
    return pd.read_csv(folder / "tables" / f"{name}.csv")


def test_report_of_one_article_writes_what_one_article_supports(folder):
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    tables = [*ONE_ARTICLE, "places", "told_dates", "told_dates_by_period", *files.ANNOTATION]
    expected = {f"tables/{name}.csv" for name in tables}
    figures = ("lemmas", "mentions", "places")
    expected |= {f"figures/{name}.{kind}" for name in figures for kind in ("png", "svg")}
    expected |= {f"corpus/{name}.parquet" for name in corpus.TABLES}
    assert written - {"figures/told_dates.png", "figures/told_dates.svg"} == expected | {
        "corpus/manifest.json",
        "index.html",
    }


def test_page_of_one_article_says_what_it_does_not_support_and_why(folder):
    text = " ".join(Outline(page_of(folder)).text)
    for reason in (
        "Needs two groups of at least two texts; there is 1 text here.",
        "Keyness needs at least two sections of 1,000 words",
        "A timeline needs at least 10 dated texts of 3 different days; here is 1 dated text",
        "A network needs at least 6 names that meet in 2 sentences or more",
    ):
        assert reason in text


def test_page_is_right_to_left_and_fetches_nothing(folder):
    page = (folder / "index.html").read_text(encoding="utf-8")
    outline = Outline(page)
    assert ("html", {"lang": "ar", "dir": "rtl"}) in outline.tags
    assert [tag for tag, _ in outline.tags if tag in ("script", "link", "iframe", "img")] == []
    assert [address for address in outline.fetched if not address.startswith("#")] == []
    assert "url(http" not in page
    assert "@import" not in page


def test_page_shows_every_part(news, folder):
    text = " ".join(Outline((folder / "index.html").read_text(encoding="utf-8")).text)
    for heading in (
        "Corpus card",
        "Map of places",
        "Dates told in the texts",
        "What these texts do not support",
        "What normalisation changed",
        "Entities in the text",
        "Entity frequencies",
        "Lemma frequencies",
        "Concordance",
        "Provenance",
    ):
        assert heading in text
    assert news.provenance["models"]["fingerprint"] in text
    assert f"{len(news.sentences):,}" in text


def test_two_reports_are_the_same_bytes(news, folder, tmp_path):
    report.build(news, tmp_path / "again")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            again = tmp_path / "again" / path.relative_to(folder)
            assert again.read_bytes() == path.read_bytes(), path.name


def test_card_counts_words_without_punctuation(news):
    card = summary.card(news)["value"]
    assert card["documents"] == 1
    assert card["words"] == news.words["kind"].isin(["word", "number"]).sum()
    assert card["tokens"] + card["punctuation and symbols"] == len(news.tokens)


def test_normalisation_counts_code_points_and_texts():
    # by hand: two short vowels and one tatweel in the first text, nothing in the second
    table = summary.normalisation(pd.DataFrame({"doc": ["a", "b"], "text": ["كَتَـب", "كتب"]}))
    assert table.loc["diacritics"].tolist() == [2, 1]
    assert table.loc["tatweel"].tolist() == [1, 1]
    assert table["code_points"].sum() == 3


def test_the_text_is_shown_from_its_body_on(news, folder):
    """The article begins with its date, which is in no count; the page has room for the rest."""
    row = news.texts.iloc[0]
    assert 0 < row["body_start"] < len(row["text"]) < 10_000
    page = (folder / "index.html").read_text(encoding="utf-8")
    (inside,) = re.findall(r'<div class="mudawwana-text">(.*?)</div>', page, re.DOTALL)
    plain = re.sub(r'<span class="mudawwana-joiner">.</span>|</?mark[^>]*>', "", inside)
    assert html.unescape(plain) == row["text"][row["body_start"] :].rstrip()


def test_hostile_text_is_inert(tmp_path):
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(1)"> وصل الرئيس إلى دمشق'
    texts = pd.DataFrame({"doc": ["<b>a</b>"], "text": [hostile]})
    page = report.build(pipeline.annotate(texts), tmp_path / "report")
    tags = {tag for tag, _ in Outline(page.read_text(encoding="utf-8")).tags}
    assert tags.isdisjoint({"script", "img"})
    assert "&lt;script&gt;" in page.read_text(encoding="utf-8")


def test_document_without_annotation_is_a_document_and_told(twelve):
    more = pd.concat([twelve.texts, twelve.texts.tail(1).assign(doc="c")], ignore_index=True)
    card = summary.card(replace(twelve, texts=more))["value"]
    assert (card["documents"], card["documents without annotation"]) == (3, 1)


def test_corpus_without_words_is_an_error():
    with pytest.raises(ValueError, match="build: the corpus has no words"):
        report.build(corpus.Corpus(), "nowhere")


def test_out_that_is_a_file_is_an_error(news, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="is a file; name a folder"):
        report.build(news, tmp_path / "file")


# --- a corpus with metadata ---------------------------------------------------------------------


def test_press_is_counted_by_section_source_and_year(press_folder):
    # by hand: 12 texts of 204 words, half of them in each section and of each source
    for column, groups in {"section": ["economy", "sport"], "source": ["x", "y"]}.items():
        found = table(press_folder, f"texts_by_{column}")
        assert found[column].tolist() == groups
        assert found["texts"].tolist() == [6, 6]
        assert found["words"].tolist() == [6 * press.WORDS_OF_TEXT] * 2
        assert found["n"].tolist() == [12 * press.WORDS_OF_TEXT] * 2
        assert found["share"].tolist() == [0.5, 0.5]
    assert not (press_folder / "tables" / "texts_by_year.csv").exists()  # one year is no group


def test_press_keywords_are_those_of_each_section(press_folder):
    # by hand: three a text in six texts, and none in the other section
    found = table(press_folder, "keywords").groupby("section").first()
    assert found["lemma"].to_dict() == {"sport": "هدف", "economy": "سهم"}
    assert found["freq_target"].tolist() == [18, 18]
    assert found["freq_reference"].tolist() == [0, 0]
    assert found["docs"].tolist() == [6, 6]


def test_press_has_a_row_for_each_day(press_folder):
    found = table(press_folder, "texts_over_time")
    assert found["period"].tolist() == [f"2020-01-{day:02d}" for day in range(1, 13)]
    assert found["texts"].tolist() == [1] * 12


def test_press_pairs_are_neighbouring_towns(press_folder):
    found = table(press_folder, "pairs")
    towns = found[~found[["name_a", "name_b"]].eq(press.LEADER).any(axis=1)]
    neighbours = {
        frozenset((one, other))
        for one, other in zip(press.TOWNS, [*press.TOWNS[1:], press.TOWNS[0]], strict=True)
    }
    assert set(map(frozenset, towns[["name_a", "name_b"]].to_numpy().tolist())) == neighbours
    assert set(towns["freq"]) == {2}


def test_press_tells_three_years_four_times_each(press_folder):
    found = table(press_folder, "told_dates")
    assert dict(zip(found["interval"], found["freq"], strict=True)) == dict.fromkeys(
        [2015, 2016, 2017], 4
    )
    assert set(found["n"]) == {12}


def test_figures_are_files_and_stand_in_the_page(press_folder):
    names = {path.stem for path in (press_folder / "figures").iterdir()}
    assert names == set(drawings.NAMES)
    outline = Outline(page_of(press_folder))
    labels = [attrs["aria-label"] for tag, attrs in outline.tags if attrs.get("role") == "img"]
    assert len(labels) == len(names)
    assert all(labels)


def test_ids_of_the_page_are_single_and_links_lead_somewhere(press_folder):
    outline = Outline(page_of(press_folder))
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    addresses = [*outline.fetched, *outline.links]
    inside = [address[1:] for address in addresses if address.startswith("#")]
    assert set(inside) <= set(ids)
    outside = [address for address in addresses if not address.startswith("#")]
    assert outside
    assert all((press_folder / address).is_file() for address in outside)


def test_every_row_of_a_figures_table_leads_to_lines(twelve_texts):
    found = contents.contents(twelve_texts, summary.findings(twelve_texts))
    keys = {part.key: part for part in found.parts}
    assert set(keys) == {
        "groups", "timeline", "names", "lemmas", "keyness", "network", "places", "dates",
    }  # fmt: skip
    for part in found.parts:
        for shown in part.tables:
            assert len(shown.keys) == min(shown.rows, len(shown.frame)) > 0
            assert all(found.book.items[key].lines for key in shown.keys)


def test_lines_are_five_and_the_count_is_of_all(twelve_texts):
    book = contents.contents(twelve_texts, summary.findings(twelve_texts)).book
    goals = book.items["lemma", "هدف", "section", "sport"]
    assert goals.total == 18
    assert len(goals.lines) == 5
    assert {line.node for line in goals.lines} == {("هدف",)}
    # of 18 the first, and then every 18 / 5: the occurrences 0, 3, 7, 10 and 14, three a text
    assert [line.doc for line in goals.lines] == ["t00", "t01", "t02", "t03", "t04"]
    assert book.items["lemma", "هدف"].total == 18
    assert book.items["name", "دمشق", "LOC"].total == 4
    assert book.items["told", "2015"].total == 4
    assert book.items["texts", "section", "sport"].total == 6


def test_line_of_a_pair_marks_both_names(twelve_texts):
    book = contents.contents(twelve_texts, summary.findings(twelve_texts)).book
    pair = book.items["pair", ("بيروت", "LOC"), ("دمشق", "LOC")]
    assert pair.total == 2
    assert pair.lines[0].node == ("دمشق", " ", "بيروت")
    assert pair.lines[0].before == ""
    assert pair.lines[0].after.startswith(" ليلى حداد . عام 2015 .")


def test_a_line_begins_and_ends_at_a_space_and_shows_no_header():
    text = "date 2020-01-01\n" + "كلمات " * 30 + "هنا\n\n" + "بعدها " * 30
    texts = pd.DataFrame({"doc": ["a"], "text": [text], "body_start": [16]})
    at = text.index("هنا")
    book = lines.Book(texts)
    book.add("here", "هنا", pd.DataFrame({"doc": ["a"], "start": [at], "end": [at + 3]}))
    book.add("first", "كلمات", pd.DataFrame({"doc": ["a"], "start": [22], "end": [27]}))
    (line,), (first,) = (item.lines for item in book.items.values())
    assert set(line.before.split()) == {"كلمات"}
    assert set(line.after.split()) == {"بعدها"}
    assert len(line.before) <= lines.BESIDE
    assert first.before == "كلمات "


def test_items_are_written_once_whichever_table_names_them(press_folder):
    page = page_of(press_folder)
    named = re.findall(r'href="#(l\d+)"', page)
    assert len(named) > len(set(named))
    assert len(re.findall(r'class="item" id="l\d+"', page)) == len(set(named))


def test_tables_too_long_for_csv_are_said_to_stand_in_the_corpus(
    twelve_texts, tmp_path, monkeypatch, undrawn
):
    report.build(twelve_texts, tmp_path)
    monkeypatch.setattr(files, "CSV_ROWS", 48)
    monkeypatch.setattr("toolkit.reporting.page.CSV_ROWS", 48)
    report.build(twelve_texts, tmp_path)
    written = {path.name for path in (tmp_path / "tables").iterdir()}
    assert written.isdisjoint({"words.csv", "tokens.csv"})
    assert "sentences.csv" in written  # 48 of them
    text = " ".join(Outline(page_of(tmp_path)).text)
    assert "it alone holds tokens, words: too long for CSV." in text


def test_a_report_replaces_the_files_of_another_corpus(twelve_texts, tmp_path, undrawn):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.csv").write_text("")
    report.build(twelve_texts, tmp_path)
    report.build(press.corpus(1), tmp_path)
    written = {path.stem for path in (tmp_path / "tables").iterdir()}
    assert written == {*ONE_ARTICLE, *files.ANNOTATION, "mine"}


def test_figures_of_an_earlier_report_are_removed(tmp_path):
    (tmp_path / "network.png").write_text("")
    assert drawings.write([], tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "absent"),
    [
        ({"section": None, "source": None}, {"groups", "keyness"}),
        ({"section": ["one"] * 12, "source": list("abcdefghijkl")}, {"groups", "keyness"}),
        ({"date": None}, {"timeline"}),
        ({"date": ["Sunday", "2020-13-45", "", "12"] * 3}, {"timeline"}),
        ({"date": ["2020-01-01"] * 12}, {"timeline"}),
        ({"date": [None] * 3 + ["2020-01-01", "2020-02-01", "2020-03-01"] * 3}, {"timeline"}),
        ({"section": ["a", "b", "c", "d"] * 3, "source": None}, {"keyness"}),
        ({"section": [None] * 6 + ["a"] * 3 + ["b"] * 3, "source": None}, {"keyness"}),
    ],
)
def test_what_the_metadata_do_not_support_is_left_out(change, absent):
    odd = press.corpus(**change)
    found = contents.contents(odd, summary.findings(odd))
    every = {"groups", "timeline", "names", "lemmas", "keyness", "network", "places", "dates"}
    assert every - {part.key for part in found.parts} == absent
    assert all(one.reason.arabic and one.reason.english for one in found.absent)


@pytest.mark.parametrize("dtype", ["category", "object"])
def test_metadata_may_be_of_any_kind(twelve_texts, dtype):
    texts = twelve_texts.texts.set_index(pd.Index(range(100, 112)))
    texts["section"] = pd.Categorical(texts["section"], ["sport", "none", "economy"])
    texts = texts.astype({"section": dtype, "date": dtype}).assign(
        year=pd.Series([2020, None] * 6, texts.index, dtype="Int64"), mixed=[1, "a"] * 6
    )
    odd = replace(twelve_texts, texts=texts)
    found = {part.key: part for part in contents.contents(odd, summary.findings(odd)).parts}
    assert found["groups"].files["texts_by_section"]["texts"].to_dict() == {
        "economy": 6,
        "sport": 6,
    }
    assert "texts_by_mixed" in found["groups"].files
    assert {"keyness", "timeline"} <= set(found)


def test_corpus_without_entities_and_dates_has_the_rest(twelve_texts, tmp_path, undrawn):
    bare = replace(
        twelve_texts, entities=twelve_texts.entities.head(0), dates=twelve_texts.dates.head(0)
    )
    text = " ".join(Outline(page_of(report.build(bare, tmp_path).parent)).text)
    for said in ("No entity was found.", "here are 0 such names", "here are 0 such places"):
        assert said in text
    assert "Texts of each day, by their dates." in text


def test_a_date_far_from_the_others_does_not_stretch_the_timeline():
    days = pd.date_range("2020-01-01", periods=200).to_numpy(dtype="M8[D]")
    ends, period = periods.near(days)
    assert (str(ends[0]), str(ends[1]), period) == ("2020-01-01", "2020-07-18", "week")
    with_mistake = [*days.tolist(), pd.Timestamp("1970-01-01").date()]
    ends, period = periods.near(pd.Series(with_mistake).to_numpy(dtype="M8[D]"))
    assert (str(ends[0]), str(ends[1]), period) == ("2020-01-01", "2020-07-18", "week")


@pytest.mark.parametrize(
    ("days", "a_day", "period"),
    [
        (40, 5, "day"),
        (40, 1, "week"),  # 1 a day is 7 a week, and of 40 days are 6 or 7 weeks
        (12, 1, "day"),  # two weeks would be too few
        (400, 1, "week"),
        (400, 0.5, "month"),
        (4000, 1, "quarter"),
    ],
)
def test_period_is_the_shortest_with_enough_texts(days, a_day, period):
    step = pd.Timedelta(days=1) / a_day
    every = pd.date_range("2020-01-01", periods=round(days * a_day), freq=step)
    assert periods.near(every.to_numpy(dtype="M8[D]"))[1] == period


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2020-02-01", "2020-02-28", "2020-02-01/2020-02-28"),
        ("2015-06-01", "2015-08-31", "2015-06/2015-08"),
        ("-0011-02-01", "-0011-02-28", "-0011-02"),
        ("-1200-01-01", "-1101-12-31", "-1200/-1101"),
        ("2019-12-31", "2019-12-31", "2019-12-31"),
    ],
)
def test_interval_is_named_after_iso_8601(first, last, name):
    assert told.interval(first, last) == name


def test_content_lemmas_are_content_words_in_most_of_their_occurrences(twelve):
    # قال is a verb twice, إلى a preposition; made a noun once of three times it stays out
    found = summary.findings(twelve)
    assert "قال" in found.content_lemmas.index
    assert "إلى" not in found.content_lemmas.index
    words = twelve.words.astype({"lemma": "str", "upos": "str"})
    words.loc[[0, 3, 8], "lemma"] = "س"
    words.loc[[0, 3, 8], "upos"] = ["NOUN", "ADP", "ADP"]
    found = summary.findings(replace(twelve, words=words))
    assert found.lemmas["freq"]["س"] == 3
    assert "س" not in found.content_lemmas.index


def test_card_counts_tokens_that_hold_several_words(twelve):
    # للرئيس and وقالت
    assert summary.card(twelve)["value"]["tokens with clitics"] == 2


def test_greys_of_a_drawing_follow_the_theme():
    svg = (
        '<?xml?>\n<svg><path id="m" style="fill: #ffffff; stroke: #0072b2"/><use xlink:href="#m"/>'
    )
    drawn = drawings.inlined(svg, "map")
    assert drawn == (
        '<svg><path id="map-m" style="fill: var(--grey-ff); stroke: #0072b2"/><use href="#map-m"/>'
    )
    assert drawings.theme(["ff", "1a"], paper=0x000000, ink=0xFFFFFF) == (
        "--grey-ff: #000000; --grey-1a: #ffffff;"
    )


def test_reasons_are_in_both_languages():
    reasons = [
        rules.no_groups(1, []), rules.no_groups(9, ["path"]), rules.no_keyness(0, None),
        rules.no_keyness(1, "section"), rules.no_timeline(1, 1), rules.no_network(3),
        rules.no_map(1), rules.no_told_dates(0), rules.no_names(),
    ]  # fmt: skip
    for one in reasons:
        assert re.search("[\u0621-\u064a]", one.reason.arabic)
        assert one.reason.english.isascii()
