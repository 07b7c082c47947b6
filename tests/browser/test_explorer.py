"""The explorer in JupyterLab, used by mouse and by keyboard; and the still picture of it.

The texts are the 96 articles of the teaching corpus; what the tables hold is tested without a
browser in tests/test_explore.py.
"""

import json
import re
from pathlib import Path

import pytest

from browser import hostile, jupyter_lab
from browser.watching import PHONE

WIDE = (1600, 1000)
OPEN = "from toolkit import corpus, explore\nannotated = corpus.load('../data/mawsua/annotated')"
CELLS = {
    "explorer_en.ipynb": [OPEN, "explore.explore(annotated)"],
    "explorer_ar.ipynb": [OPEN, "explore.explore(annotated, language='ar')"],
    "explorer_hostile.ipynb": [
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from browser import hostile\nfrom toolkit import explore",
        "explore.explore(hostile.corpus(), state=explore.State('*', 'token'))",
    ],
}


def write(path, cells):
    fresh = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = {
        "cells": [fresh | {"id": f"cell-{n}", "source": cell} for n, cell in enumerate(cells)],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def ran(lab, workplace, open_page):
    """Open a notebook with an explorer and run it."""

    def run(name, size=WIDE):
        path = workplace / "notebooks" / f"{size[0]}_{name}"
        write(path, CELLS[name])
        watched = open_page(lab.link(path.name), size=size)
        watched.page.set_default_timeout(60_000)
        cells = jupyter_lab.run_all(watched.page)
        assert [errors for _, errors in cells] == [0, 0]
        if size == PHONE:
            _shut_side_bar(watched.page)
        watched.page.locator(".explorer-size", has_text=re.compile(r"\d")).wait_for()
        return watched

    return run


def _shut_side_bar(page):
    page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").first.click()


@pytest.fixture(scope="module")
def watched(ran):
    return ran("explorer_en.ipynb")


@pytest.fixture
def page(watched):
    """The explorer of all texts, nothing found."""
    page = watched.page
    if page.locator("[data-clear]").is_visible():
        done(page, page.locator("[data-clear]").click)
    search(page, "")
    return page


def done(page, act):
    """Do something, and wait for the answer."""
    act()
    page.locator(".mudawwana-explorer:not([aria-busy])").wait_for()


def search(page, node):
    page.locator("[name=node]").fill(node)
    done(page, lambda: page.keyboard.press("Enter"))


def pane(page, name):
    return page.locator(f".explorer-pane[data-pane={name}]")


def rows(page, name):
    return pane(page, name).locator("tr[data-row]")


def size_of(page):
    return page.locator(".explorer-size").inner_text()


def test_all_panes_stand_side_by_side(watched, page, pictures):
    watched.picture(pictures / "explorer_open.png", of=page.locator(".mudawwana-explorer"))
    boxes = [pane(page, name).bounding_box() for name in ("words", "lines", "text")]
    assert boxes[1]["x"] + boxes[1]["width"] <= boxes[0]["x"]
    assert boxes[2]["x"] + boxes[2]["width"] <= boxes[1]["x"]
    assert rows(page, "words").count() == rows(page, "names").count() == 50
    assert "96 of 96 texts" in size_of(page)
    assert not page.locator(".mudawwana-snapshot").is_visible()


def test_enter_searches_and_a_press_on_a_line_opens_its_text_at_the_node(watched, page, pictures):
    search(page, "كتاب")
    assert "75 occurrences among 28,628 words" in pane(page, "lines").inner_text()
    done(page, rows(page, "lines").nth(20).locator("button").click)
    mark = page.locator(".explorer-here").bounding_box()
    body = pane(page, "text").locator(".explorer-body").bounding_box()
    assert body["y"] <= mark["y"] <= body["y"] + body["height"] - mark["height"]
    watched.picture(pictures / "explorer_line.png", of=page.locator(".mudawwana-explorer"))
    title = rows(page, "lines").nth(20).locator(".mudawwana-doc").inner_text()
    chosen = page.locator("[name=doc]").evaluate("each => each.selectedOptions[0].textContent")
    assert chosen.strip() == title.strip()


def test_before_stands_at_the_right_and_letters_are_joined(watched, page):
    search(page, "كتاب")
    row = rows(page, "lines").nth(2)
    before, node, after = (
        row.locator(f".mudawwana-{side}").bounding_box() for side in ("before", "node", "after")
    )
    assert after["x"] + after["width"] <= node["x"] + 1
    assert node["x"] + node["width"] <= before["x"] + 1
    word = pane(page, "text").locator(".mudawwana-text")
    found = re.search("[بتثجحخسشصضطظعغفقكلمنهي]{3,}", word.inner_text()).group()
    width, unjoined = word.evaluate("(text, word) => measures.joining(text, word)", found)
    assert 0 < width < 0.95 * unjoined
    orders = watched.measure("orders", "[data-pane=text] .mudawwana-text", found)
    assert set(orders) == {"rtl"}


@pytest.mark.parametrize("order", ["before", "node", "after"])
def test_press_on_a_heading_sorts(page, order):
    search(page, "في")
    as_found = rows(page, "lines").all_inner_texts()
    done(page, page.locator(f"[data-order={order}]").click)
    assert rows(page, "lines").all_inner_texts() != as_found
    head = pane(page, "lines").locator("th[aria-sort=ascending]")
    assert head.locator("button").get_attribute("data-order") == order
    assert head.locator("button").evaluate("each => each === document.activeElement")
    done(page, page.locator("[data-order=text]").click)
    assert rows(page, "lines").all_inner_texts() == as_found


def test_choices_and_years_filter_and_are_taken_back(watched, page, pictures):
    facets = page.locator(".explorer-facet")
    facets.nth(0).locator("summary").click()
    watched.picture(pictures / "explorer_filter.png")
    done(page, facets.nth(0).locator("input").nth(0).check)
    assert "16 of 96 texts" in size_of(page)
    done(page, facets.nth(0).locator("input").nth(1).check)
    assert "32 of 96 texts" in size_of(page)
    page.keyboard.press("Escape")
    assert facets.nth(0).get_attribute("open") is None
    facets.nth(1).locator("summary").click()
    facets.nth(1).locator("input").nth(0).fill("1900")
    done(page, lambda: page.keyboard.press("Tab"))
    fewer = int(re.search(r"(\d+) of 96 texts", size_of(page))[1])
    assert 0 < fewer < 32
    assert '.isin(["arts", "cities"])' in page.locator(".explorer-code code").text_content()
    assert 'texts["year"] >= 1900' in page.locator(".explorer-code code").text_content()
    done(page, page.locator("[data-clear]").click)
    assert "96 of 96 texts" in size_of(page)


@pytest.mark.parametrize("what", ["words", "names"])
def test_press_on_a_list_shows_its_lines(page, what):
    row = rows(page, what).nth(3)
    freq = int(row.locator(".mudawwana-number").nth(0).inner_text().replace(",", ""))
    done(page, row.locator("button").click)
    said = pane(page, "lines").locator(".explorer-note").inner_text()
    assert f": {freq} " in said
    assert rows(page, "lines").count() == min(freq, 50)
    search(page, "دمشق")
    assert not page.locator("[name=exact]").is_checked()


def test_more_lines_are_added_below(page):
    search(page, "في")
    done(page, page.locator("[data-more=lines]").click)
    numbers = rows(page, "lines").evaluate_all("rows => rows.map(row => row.dataset.row)")
    assert numbers == [str(number) for number in range(100)]


def test_keyboard_alone_searches_reads_and_goes_on(page):
    search(page, "كتاب")
    rows(page, "lines").nth(0).locator("button").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    done(page, lambda: page.keyboard.press("Enter"))
    assert rows(page, "lines").nth(2).get_attribute("aria-current") == "true"
    assert page.locator(".explorer-here").count() == 1
    assert page.evaluate("document.activeElement.closest('tr').dataset.row") == "2"


def test_code_can_be_copied(watched, page):
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    search(page, "كتاب")
    page.locator(".explorer-code summary").click()
    page.locator("[data-copy]").click()
    page.locator("[data-copy]", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert 'concordance.kwic(words, "كتاب", by="lemma"' in copied
    assert copied.startswith("from toolkit import")
    assert "corpus.load" not in copied  # the variable of the notebook is there
    assert "texts = annotated.texts" in copied
    page.locator(".explorer-code summary").click()


def test_what_is_wrong_is_said(page):
    search(page, "\N{ARABIC FATHA}")
    assert "node is empty" in page.locator(".explorer-problem").inner_text()
    search(page, "كتاب")
    assert page.locator(".explorer-problem").is_hidden()


def test_nothing_is_asked_of_another_server(watched):
    assert watched.asked == []
    assert watched.errors == []
    assert watched.dialogs == []


def test_dark_theme_is_legible(watched, page, pictures):
    search(page, "كتاب")
    _theme(page, "JupyterLab Dark")
    explorer = page.locator(".mudawwana-explorer")
    watched.picture(pictures / "explorer_dark.png", of=explorer)
    pale = watched.measure("pale", ".mudawwana-explorer", 4.5)
    measured = watched.measure("textsMeasured", ".mudawwana-explorer")
    _theme(page, "JupyterLab Light")
    assert measured > 200
    assert pale == []


def test_light_theme_is_legible(watched, page):
    search(page, "كتاب")
    assert watched.measure("pale", ".mudawwana-explorer", 4.5) == []


def _theme(page, name):
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Settings$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).hover()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{name}$")).click()
    page.wait_for_timeout(3000)


def test_on_a_telephone_one_pane_is_there_at_a_time(ran, pictures):
    watched = ran("explorer_ar.ipynb", PHONE)
    page, explorer = watched.page, watched.page.locator(".mudawwana-explorer")
    search(page, "كتاب")
    watched.picture(pictures / "explorer_phone_lines.png", of=explorer)
    assert [
        name for name in ("words", "names", "lines", "text") if pane(page, name).is_visible()
    ] == ["lines"]
    done(page, rows(page, "lines").nth(3).locator("button").click)
    assert pane(page, "text").is_visible()
    assert not pane(page, "lines").is_visible()
    watched.picture(pictures / "explorer_phone_text.png", of=explorer)
    page.locator("[data-show=words]").click()
    watched.picture(pictures / "explorer_phone_words.png", of=explorer)
    assert explorer.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_hostile_texts_run_nothing(ran, pictures):
    watched = ran("explorer_hostile.ipynb")
    page = watched.page
    watched.picture(pictures / "explorer_hostile.png", of=page.locator(".mudawwana-explorer"))
    for what, places in (("words", (0, 3, 9)), ("names", (0, 5, 11)), ("lines", (0, 1, 0))):
        for place in places:
            done(page, rows(page, what).nth(place).locator("button").click)
    for facet in page.locator(".explorer-facet summary").all():
        facet.click()
    page.wait_for_timeout(500)
    assert page.evaluate("window.attacked") is None
    assert watched.dialogs == []
    assert [
        each for each in watched.asked if "hostile.example" in each or each.endswith("/x")
    ] == []
    marks = watched.measure("markup", ".mudawwana-explorer")
    assert [mark for mark in marks if mark.partition(" ")[2].startswith("on")] == []
    assert {mark.split()[0] for mark in marks} & {
        "img",
        "svg",
        "iframe",
        "a",
        "base",
        "script",
    } == set()
    orders = watched.measure("orders", ".mudawwana-explorer .mudawwana", hostile.LATIN)
    assert set(orders) == {"ltr"}


class TestExported:
    def test_still_picture_is_shown_where_nothing_runs(
        self, workplace, exported, open_page, pictures
    ):
        path = workplace / "notebooks" / "explorer_still.ipynb"
        write(path, CELLS["explorer_en.ipynb"])
        watched = open_page(exported(path, "--execute"))
        still = watched.page.locator(".mudawwana-snapshot")
        assert still.is_visible()
        assert "run the cell in JupyterLab" in still.inner_text()
        assert "96 of 96 texts" in still.inner_text()
        watched.picture(pictures / "explorer_still.png", whole=True)
        assert watched.errors == []
