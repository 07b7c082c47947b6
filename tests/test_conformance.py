"""The worked examples of others, and the page that shows them."""

import importlib.util
from pathlib import Path

import pytest

from toolkit.contingency import CONVENTIONS
from toolkit.statistics.neighbours import OF_PAIRS

ROOT = Path(__file__).parents[1]


def load():
    spec = importlib.util.spec_from_file_location("conformance", ROOT / "docs/conformance.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


conformance = load()
TEXTS, EXAMPLES = conformance.read()


def name(example):
    return f"{example['statistic']}-{example['source']}"


@pytest.mark.parametrize("example", EXAMPLES, ids=map(name, EXAMPLES))
def test_published_figure_comes_out_to_its_last_digit(example):
    """Figures and sources: docs/conformance.toml."""
    value = conformance.value_of(example, TEXTS)
    assert conformance.rounded(value, example["published"]) == example["published"]


def test_page_is_the_one_that_the_command_writes():
    assert conformance.PAGE.read_text(encoding="utf-8") == conformance.page()


def test_rounding_keeps_the_digits_that_were_published():
    assert conformance.rounded(0.1279, "0.13") == "0.13"
    assert conformance.rounded(-0.001, "0.0") == "0.0"
    assert conformance.rounded(456399.6, "456400") == "456400"
    assert conformance.rounded(0.126, "0.12") != "0.12"


def test_every_statistic_is_on_the_page():
    text = conformance.page()
    assert [s for s in conformance.statistics() if f"| `{s}` |" not in text] == []


def test_every_variant_of_a_tool_has_a_figure():
    shown = {(e.get("convention"), e["statistic"]) for e in EXAMPLES}
    variants = {(tool, name) for tool, of in CONVENTIONS.items() for name in of}
    assert variants - shown == set()
    near = {e["convention"] for e in EXAMPLES if conformance.section_of(e) == "collocation"}
    assert near == set(OF_PAIRS)


def test_published_and_recomputed_figures_are_told_apart():
    text = conformance.page()
    apart = [bool(e.get("recomputed")) for e in EXAMPLES]
    counts = f"{apart.count(False)} published figures, and {apart.count(True)} that stand in no"
    assert counts in " ".join(text.split())
    assert not any("recomputed" in e["source"] for e in EXAMPLES)
    tables = text.split("\n### ")[1:]
    found = {True: 0, False: 0}
    for table in tables:
        found[table.startswith("Recomputed")] += table.split("\n## ")[0].count("| yes |")
    assert found == {True: apart.count(True), False: apart.count(False)}
