"""Pages to hand on: the report and an exported notebook, opened as files without a network."""

import re

import pandas as pd
import pytest

from browser.watching import DESK, PHONE
from toolkit import show

PLACES = {"phone": PHONE, "desk": DESK}
LEAST = 4.5
# The exporter's own page names these libraries; the page must be whole without them.
LIBRARIES = re.compile(r"https://cdnjs\.cloudflare\.com/ajax/libs/(require\.js|mathjax)/.*")
PAGES = {"report": "body", "notebook": ".mudawwana"}


@pytest.fixture(scope="module")
def views(open_page, seed_report, exported, workplace):
    """Open a page in a size and a colour scheme, once."""
    opened = {}

    def view(kind, place, dark):
        asked = kind, place, dark
        if asked not in opened:
            path = seed_report
            if kind == "notebook":
                path = exported(workplace / "published" / "04_concordance.ipynb")
            opened[asked] = open_page(path, size=PLACES[place], dark=dark)
        return opened[asked]

    return view


@pytest.fixture(params=["report", "notebook"])
def kind(request):
    return request.param


@pytest.fixture(params=PLACES)
def place(request):
    return request.param


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request):
    return request.param


def test_the_page_is_no_wider_than_its_window(views, kind, place, dark):
    window, content = views(kind, place, dark).measure("widths")
    assert window == PLACES[place][0]
    assert content <= window


def test_text_stands_out_from_its_ground(views, kind, place, dark, pictures):
    view = views(kind, place, dark)
    name = f"{kind}_{place}_{'dark' if dark else 'light'}"
    view.picture(pictures / f"{name}.png", whole=kind == "report")
    assert view.measure("textsMeasured", PAGES[kind]) > 100
    assert view.measure("pale", PAGES[kind], LEAST) == []


def test_nothing_is_asked_of_the_network(views, kind, place, dark):
    view = views(kind, place, dark)
    own = [address for address in view.asked if not LIBRARIES.fullmatch(address)]
    assert own == []
    assert kind == "notebook" or view.asked == []
    assert view.dialogs == []


def test_figures_are_drawn(views, kind, place, dark):
    shown = views(kind, place, dark).page.locator("figure svg, .jp-RenderedImage img")
    assert shown.count() > 0
    for number in range(shown.count()):
        box = shown.nth(number).bounding_box()
        assert box["width"] > 200, number
        assert box["height"] > 50, number


@pytest.mark.parametrize(("word", "most"), [("محمد", 0.999), ("فلسطيني", 0.9), ("تثبيت", 0.8)])
def test_joined_letters_are_narrower_than_letters_apart(views, kind, place, word, most):
    """A word of our own, in the font of the page, within an output.

    By how much depends on the letters: the tails of a lone ت or ي are long, those of م short.
    """
    view = views(kind, place, False)
    view.page.locator(".mudawwana").first.evaluate(
        "(output, word) => { const cell = document.createElement('span');"
        "cell.id = 'word'; cell.textContent = word; output.prepend(cell); }",
        word,
    )
    try:
        joined, apart = view.page.locator("#word").evaluate(
            "(cell, word) => measures.joining(cell, word)", word
        )
        assert view.measure("orders", "#word", word) == ["rtl"]
    finally:
        view.page.locator("#word").evaluate("cell => cell.remove()")
    assert 0 < joined < most * apart


def _sides(line, *names):
    return [line.locator(name).first.bounding_box()["x"] for name in names]


def test_concordance_of_the_notebook_reads_from_right_to_left(views):
    line = views("notebook", "desk", False).page.locator(".mudawwana-kwic tbody tr").first
    before, node, after = _sides(line, ".mudawwana-before", ".mudawwana-node", ".mudawwana-after")
    assert after < node < before


def test_a_row_of_a_table_of_the_report_leads_to_its_lines(open_page, seed_report):
    page = open_page(seed_report).page
    row = page.locator('table a[href^="#"]').first
    place = page.locator(f"[id='{row.get_attribute('href')[1:]}']")
    row.click()
    line = place.locator("li").first
    line.wait_for()
    assert page.evaluate("document.querySelector(':target').checkVisibility()")
    before, node, after = _sides(line, ".before", "mark", ".after")
    assert after < node < before


@pytest.mark.parametrize("split", [1, 2, 3, 4, 5])
def test_a_highlight_that_begins_inside_a_word_leaves_it_joined(open_page, tmp_path, split):
    """The word is as wide as without highlight; cut in two, it would be wider."""
    word = "بلبنان"
    found = {"doc": ["a"], "start": [split], "end": [6], "type": ["LOC"], "name": ["لبنان"]}
    texts = pd.DataFrame({"doc": ["a"], "text": [word]})
    shown = [show.entities(texts, table).html for table in _with_and_without(pd.DataFrame(found))]
    cut = word[:split] + "\N{ZERO WIDTH NON-JOINER}" + word[split:]
    page = tmp_path / "highlight.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8>{''.join(shown)}"
        f"<div class=mudawwana dir=rtl><div class=mudawwana-text>{cut}</div></div>",
        encoding="utf-8",
    )
    widths = (
        open_page(page)
        .page.locator(".mudawwana-text")
        .evaluate_all(
            """texts => texts.map(text => {
            const range = document.createRange();
            range.selectNodeContents(text);
            return range.getBoundingClientRect().width;
        })"""
        )
    )
    marked, plain, apart = widths
    assert marked == pytest.approx(plain, abs=0.5)
    joins = word[split - 1] not in "ا"
    assert (abs(apart - plain) > 0.5) == joins


def _with_and_without(found):
    return found, found.head(0)
