"""The browser's part of `explorer.py`: JupyterLab and Chromium, driven as the tests drive them."""

import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser import jupyter_lab
from playwright.sync_api import sync_playwright

SIZE = {"width": 1600, "height": 1000}
# From an action to the frame after its answer is drawn.
WAITED = """async ([name, given]) => {
    const root = document.querySelector(".mudawwana-explorer"), form = root.querySelector("form");
    const all = (selector) => [...root.querySelectorAll(selector)];
    const set = (field, value) => {
        field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const acts = {
        search: (node) => { form.node.value = node; form.requestSubmit(); },
        unit: (unit) => set(form.unit, unit),
        sort: (order) => all(`[data-order=${order}]`)[0].click(),
        choose: (place) => all("[data-facet='0'] input")[place].click(),
        range: ([from, to]) => {
            const [first, last] = all("[data-facet='1'] input");
            first.value = from;
            set(last, to);
        },
        clear: () => all("[data-clear]")[0].click(),
        line: (row) => all("[data-list=lines] button")[row].click(),
        word: (row) => all("[data-list=words] button")[row].click(),
        name: (row) => all("[data-list=names] button")[row].click(),
        more: (list) => all(`[data-more=${list}]`)[0].click(),
        text: (place) => set(all("select[name=doc]")[0], place),
    };
    const answered = new Promise((done) => {
        const watcher = new MutationObserver(() => {
            if (root.hasAttribute("aria-busy")) return;
            watcher.disconnect();
            done();
        });
        watcher.observe(root, { attributeFilter: ["aria-busy"] });
    });
    const begin = performance.now();
    acts[name](given);
    await answered;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begin;
}"""
ACTIONS = {
    "search a word": [("search", node) for node in ("كتاب", "مدينة", "عام", "قال", "حرب")],
    "search a pattern": [("search", f"*{sign}*") for sign in "كمعقح"],
    "search every word": [("search", "*" * times) for times in range(1, 6)],
    "sort lines of every word": [("sort", order) for order in ("before", "after", "node", "text")],
    "open a line": [("line", row) for row in (3, 40, 27, 12, 49)],
    "50 more lines": [("more", "lines")] * 5,
    "press a word": [("word", row) for row in range(5)],
    "press a name": [("name", row) for row in range(5)],
    "filter by choices": [("choose", place) for place in (0, 1, 4, 1, 5)],
    "filter by a range": [("range", years) for years in ((900, 1900), (1200, 2000), (1, 1999))],
    "all texts": [("clear", None)],
    "count in another unit": [("unit", unit) for unit in ("token", "word", "lemma")],
    "open a text": [("text", place) for place in (7, 200, 311, 42, 0)],
}


def waits(annotated):
    """Rows of: interaction, median and longest wait, most processor time, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        return _waits(annotated, Path(folder))


def _waits(annotated, folder):
    for name in ("notebooks", "own"):
        (folder / name).mkdir()
    annotated.save(folder / "corpus")
    _write(folder / "notebooks" / "e.ipynb", folder / "corpus")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with jupyter_lab.started(folder, folder / "own") as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.goto(lab.link("e.ipynb"), wait_until="load")
        jupyter_lab.run_all(page)
        page.locator("[data-list=words] tr").first.wait_for(timeout=60_000)
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable", {"timeDomain": "threadTicks"})
        rows = []
        for name, actions in ACTIONS.items():
            found = [_spent(page, client, action) for action in actions]
            waited, spent = zip(*found, strict=True)
            rows.append([name, statistics.median(waited), max(waited), max(spent)])
        browser.close()
    return rows


def _spent(page, client, action):
    """Milliseconds that a reader waits, and those of the processor that the page itself takes."""
    before = _processor(client)
    waited = page.evaluate(WAITED, list(action))
    return waited, _processor(client) - before


def _processor(client):
    metrics = client.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration") * 1000


def _write(path, kept):
    source = f"from toolkit import explore\nexplore.explore({str(kept)!r})"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": [cell | {"source": source}],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
