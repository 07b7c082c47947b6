"""Notebooks opened and run in JupyterLab by its menus, as a reader does."""

import json
import re

import pytest

from browser import jupyter_lab
from browser.watching import TALL

NOTEBOOKS = {
    "00_start_here.ipynb": ("Corpus(1 texts, 11 sentences, 368 tokens, 428 words", "24 mentions"),
    "04_concordance.ipynb": ("28 lines", "The first three articles"),
    "07_networks_maps_timelines.ipynb": ("Later numbers divide by these", "Not located"),
}
CONCORDANCE = "04_concordance.ipynb"
PICTURE = '.jp-OutputArea [data-mime-type="image/png"] img'
BAR = "application/vnd.jupyter.widget-view+json"
LINES = ".jp-OutputArea .mudawwana-kwic"


def code(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def kept(name):
    """The notebook as it stands in the repository."""
    return json.loads((jupyter_lab.ROOT / "notebooks" / name).read_text(encoding="utf-8"))


def shows(cell):
    """What a cell shows: names of streams, of errors, and media types."""
    return [
        output.get("name") or output.get("ename") or sorted(output["data"])
        for output in cell["outputs"]
    ]


@pytest.fixture(scope="module")
def ran(lab, open_page):
    """Open a notebook and run all its cells, once: (page, prompts and errors by cell)."""
    done = {}

    def run(name):
        if name not in done:
            watched = open_page(lab.link(name), size=TALL)
            done[name] = watched, jupyter_lab.run_all(watched.page)
        return done[name]

    return run


@pytest.mark.parametrize("name", NOTEBOOKS)
class TestNotebook:
    def test_every_cell_runs_and_only_the_deliberate_mistake_fails(self, ran, name):
        _, cells = ran(name)
        expected = [
            (f"[{number}]:", "raises-exception" in cell["metadata"].get("tags", []))
            for number, cell in enumerate(code(kept(name)), start=1)
        ]
        assert [(prompt, errors > 0) for prompt, errors in cells] == expected

    def test_saved_outputs_are_of_the_kinds_that_are_published(self, ran, name, workplace):
        watched, _ = ran(name)
        saved = jupyter_lab.save(watched.page, workplace / "notebooks" / name)
        # the bar stands where someone sits, and in no published output
        ran_here = [[kinds for kinds in shows(cell) if BAR not in kinds] for cell in code(saved)]
        assert ran_here == [shows(cell) for cell in code(kept(name))]

    def test_outputs_are_drawn(self, ran, name, pictures):
        watched, _ = ran(name)
        _keep_pictures(watched, pictures, f"lab_{name[:2]}")
        texts = watched.page.locator(".jp-OutputArea-output").all_inner_texts()
        assert [part for part in NOTEBOOKS[name] if not any(part in text for text in texts)] == []
        sizes = watched.page.locator(PICTURE).evaluate_all(
            "images => images.map(image => [image.naturalWidth, image.naturalHeight])"
        )
        assert len(sizes) == sum("image/png" in str(shows(cell)) for cell in code(kept(name)))
        assert all(width > 100 and height > 100 for width, height in sizes), sizes

    def test_arabic_is_joined_and_right_to_left(self, ran, name):
        watched, _ = ran(name)
        outputs = watched.page.locator(".jp-OutputArea .mudawwana")
        outputs.first.scroll_into_view_if_needed()
        # Two letters or more that join on both sides.
        joined = re.compile("[بتثجحخسشصضطظعغفقكلمنهي]{2,}")
        found = joined.search(" ".join(outputs.all_inner_texts())).group()
        watched.page.locator(".jp-OutputArea .mudawwana", has_text=found).first.evaluate(
            "(output, word) => { output.setAttribute('data-tested', ''); }", found
        )
        tested = watched.page.locator("[data-tested]")
        width, unjoined = tested.evaluate("(output, word) => measures.joining(output, word)", found)
        assert 0 < width < 0.95 * unjoined
        orders = watched.measure("orders", "[data-tested]", found)
        tested.evaluate("output => output.removeAttribute('data-tested')")
        assert set(orders) == {"rtl"}

    def test_nothing_is_asked_of_another_server(self, ran, name):
        watched, _ = ran(name)
        assert watched.asked == []
        assert watched.dialogs == []


def _keep_pictures(watched, pictures, stem):
    shown = watched.page.locator(f".jp-OutputArea .mudawwana, {PICTURE}")
    for place in range(shown.count()):
        shown.nth(place).scroll_into_view_if_needed()
        watched.picture(pictures / f"{stem}_{place:02}.png", of=shown.nth(place))


class TestConcordance:
    @pytest.fixture
    def table(self, ran):
        """The lines of "in a book", in the order of the corpus."""
        watched, _ = ran(CONCORDANCE)
        found = watched.page.locator(LINES).nth(1)
        found.scroll_into_view_if_needed()
        return found

    def test_before_stands_at_the_right_of_the_node_and_after_at_its_left(self, table):
        rows = table.locator("tbody tr:has(.mudawwana-node)")
        for place in range(rows.count()):
            before, node, after = (
                rows.nth(place).locator(f".mudawwana-{side}").bounding_box()
                for side in ("before", "node", "after")
            )
            assert after["x"] + after["width"] <= node["x"] + 1
            assert node["x"] + node["width"] <= before["x"] + 1

    @pytest.mark.parametrize("column", ["before", "after", "doc"])
    def test_a_click_on_a_heading_sorts(self, table, column):
        orders = [_lines(table)]
        for _ in range(2):
            table.locator(f"thead .mudawwana-{column}").click()
            orders.append(_lines(table))
        as_found, once, twice = orders
        assert sorted(once) == sorted(twice) == sorted(as_found)
        assert len({once[0], twice[0], as_found[0]}) >= 2
        assert once[0] != twice[0]

    def test_a_heading_says_how_it_sorts(self, table):
        heading = table.locator("thead .mudawwana-after")
        heading.click()
        assert heading.get_attribute("aria-sort") in ("ascending", "descending")

    @pytest.mark.parametrize("key", [None, "Enter"])
    def test_a_click_or_enter_on_a_line_opens_its_context(self, ran, table, pictures, key):
        watched, _ = ran(CONCORDANCE)
        line = table.locator("tbody tr:has(.mudawwana-node)").nth(1)
        shut = len(table.inner_text())
        _press(watched.page, line, key)
        assert len(table.inner_text()) > shut + 20
        watched.picture(pictures / f"lab_context_{key or 'click'}.png", of=table)
        _press(watched.page, line, key)
        assert len(table.inner_text()) == shut


def _press(page, line, key):
    if key is None:
        line.locator(".mudawwana-node").click()
        return
    stop = line.locator("xpath=descendant-or-self::*[@tabindex='0' or self::button]").first
    stop.focus()
    page.keyboard.press(key)


def _lines(table):
    """The lines as they stand, the node with what is before and after it."""
    return table.locator("tbody tr:has(.mudawwana-node)").all_inner_texts()
