"""The report: what is written, that it is self-contained, inert and the same on every run."""

from html.parser import HTMLParser

import pandas as pd
import pytest

from toolkit import corpus, pipeline, report, summary


@pytest.fixture(scope="module")
def news():
    return pipeline.annotate(corpus.read_texts("seeds"))


@pytest.fixture(scope="module")
def folder(news, tmp_path_factory):
    out = tmp_path_factory.mktemp("report")
    report.build(news, out)
    return out


class Outline(HTMLParser):
    """Tags that were opened, the text, and addresses that a browser would fetch."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self.fetched = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.fetched += [value for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_data(self, data):
        self.text.append(data)


def test_report_writes_tables_figures_and_page(folder):
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    tables = ["card", "normalisation", "lemma_frequencies", "token_frequencies", "entity_mentions"]
    expected = {f"tables/{name}.{kind}" for name in tables for kind in ("csv", "parquet")}
    annotated = ("sentences", "tokens", "words", "entities", "dates")
    expected |= {f"tables/{name}.csv" for name in annotated}
    expected |= {
        f"figures/{name}.{kind}" for name in ("lemmas", "mentions") for kind in ("png", "svg")
    }
    expected |= {f"corpus/{name}.parquet" for name in corpus.TABLES}
    expected |= {"corpus/manifest.json", "index.html", "tables/problems.csv"}
    assert written == expected


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


def test_hostile_text_is_inert(tmp_path):
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(1)"> وصل الرئيس إلى دمشق'
    texts = pd.DataFrame({"doc": ["<b>a</b>"], "text": [hostile]})
    page = report.build(pipeline.annotate(texts), tmp_path / "report")
    tags = {tag for tag, _ in Outline(page.read_text(encoding="utf-8")).tags}
    assert tags.isdisjoint({"script", "img"})
    assert "&lt;script&gt;" in page.read_text(encoding="utf-8")


def test_corpus_without_words_is_an_error():
    with pytest.raises(ValueError, match="build: the corpus has no words"):
        report.build(corpus.Corpus(), "nowhere")


def test_out_that_is_a_file_is_an_error(news, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="is a file; name a folder"):
        report.build(news, tmp_path / "file")
