"""The site: every function that is called has its place in the reference, and links are checked."""

import importlib.util
import pkgutil
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parents[1]


@pytest.fixture(scope="module")
def site():
    """The script that builds the site, as a module."""
    spec = importlib.util.spec_from_file_location("build", ROOT / "docs" / "site" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def listed(site):
    return {module for modules in site.REFERENCE.values() for module in modules}


def test_every_module_that_is_called_is_in_the_reference(site):
    """The others are the command line, what modules share, and what is called by another's name."""
    shared = {"__main__", "cli", "columns", "cooccurrence", "download", "tables"}
    packages = (module for module in pkgutil.iter_modules(toolkit.__path__))
    assert {each.name for each in packages if not each.ispkg} - shared == listed(site)


def test_names_called_through_a_module_are_listed_with_it(site):
    names = {module: dict(site.names_of(module)) for module in sorted(listed(site))}
    assert {"evaluate", "cooccurrence", "names"} <= set(names["entities"])
    assert {"growth", "save", "style"} <= set(names["plot"])
    assert {"Corpus", "load", "read_texts"} <= set(names["corpus"])
    assert all(names.values())


def test_every_link_between_sources_leads_to_what_is_gathered(site, tmp_path):
    """Sphinx is not needed for that, and takes minutes."""
    site.gather(tmp_path)
    links = re.compile(r"\]\(([^)\s]+)\)")
    sources = [*tmp_path.rglob("*.md"), *tmp_path.rglob("*.ipynb")]
    assert len(sources) > 30
    dead = []
    for path in sources:
        for address in links.findall(path.read_text(encoding="utf-8")):
            parts = urlsplit(address)
            there = not parts.path or (path.parent / unquote(parts.path)).exists()
            if not (parts.scheme or parts.netloc or there):
                dead.append(f"{path.relative_to(tmp_path)} leads to {address}")
    assert dead == []


def test_the_rule_for_dark_outputs_is_that_of_the_theme():
    """The theme's own gives all outputs a light ground; ours must weigh as much."""
    theme = pytest.importorskip("pydata_sphinx_theme")
    sheets = Path(theme.__file__).parent.rglob("pydata-sphinx-theme.css")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", next(sheets).read_text(encoding="utf-8"))
    light = [rule for rule, body in rules if ".text_html" in rule and "background-color" in body]
    ours = (ROOT / "docs" / "site" / "site.css").read_text(encoding="utf-8")
    own = re.search(r"^(html\[.*text_html.*) \{\n  background: none;$", ours, re.MULTILINE)
    theirs = light[0].split(",")[0]
    assert own[1].replace('"', "") == theirs


def page(text):
    return f'<html><body><h1 id="top">{text}</h1></body></html>'


def test_links_that_lead_nowhere_are_named(site, tmp_path):
    good = '<a href="b.html#top">b</a> <a href="https://example.org">elsewhere</a>'
    bad = '<a href="c.html">c</a> <a href="b.html#bottom">b</a> <script src="//example.org/x.js">'
    (tmp_path / "a.html").write_text(page(good), encoding="utf-8")
    (tmp_path / "b.html").write_text(page("b"), encoding="utf-8")
    assert list(site.dead_links(tmp_path)) == []
    (tmp_path / "d.html").write_text(page(bad), encoding="utf-8")
    assert sorted(site.dead_links(tmp_path)) == [
        "d.html leads to b.html#bottom",
        "d.html leads to c.html",
        "d.html loads //example.org/x.js",
    ]
