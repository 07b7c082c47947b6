"""A corpus full of markup, maths, bidi overrides and control characters renders inert."""

import re
import warnings

import pytest

from browser import hostile, jupyter_lab
from browser.watching import DESK, PHONE, TALL
from toolkit import concordance, report, show

# Enough for a report to compare sections.
SENTENCES = 50
PAGE = (
    '<!DOCTYPE html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>t</title>'
    '<meta name="viewport" content="width=device-width"><body>{}'
)


def _shown(corpus):
    """The page of everything that `show` makes of a corpus."""
    import pandas as pd

    lines = concordance.kwic(corpus.words, {"upos": "NOUN"}, window=3, texts=corpus.texts)
    names = list(corpus.texts["title"])
    tables = [
        show.kwic(lines, limit=None),
        show.entities(corpus.texts, corpus.entities, limit=None),
        show.table(corpus.texts.set_index("doc"), caption=names[0], limit=None),
        show.table(pd.DataFrame([[1] * len(names)], columns=names)),
        show.table(pd.DataFrame({"n": [1] * len(names)}, index=pd.Index(names, name=names[1]))),
        show.table(pd.DataFrame({"n": [1]}), headings={"n": names[2]}, caption=names[3]),
    ]
    return PAGE.format("\n".join(table.html for table in tables))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Pages of the hostile corpus and of a tame one of the same shape, by name."""
    folder = tmp_path_factory.mktemp("hostile")
    pages = {}
    with warnings.catch_warnings():
        # of a glyph that no font has, or of a name too long for a figure
        warnings.simplefilter("error", UserWarning)
        for name, attacks in (("hostile", hostile.ATTACKS), ("tame", hostile.TAME)):
            path = folder / f"{name}.html"
            path.write_text(_shown(hostile.corpus(attacks)), encoding="utf-8")
            pages["show", name] = path
            large = hostile.corpus(attacks, sentences=SENTENCES)
            pages["report", name] = report.build(large, folder / name)
    return pages


@pytest.fixture(params=["show", "report"])
def kind(request):
    return request.param


def _use(watched):
    """Click on every heading and line of the concordances, and pass over everything."""
    opened = watched.page.evaluate(
        """() => {
            const table = [...document.querySelectorAll(".mudawwana-kwic")];
            const size = () => document.body.innerText.length;
            const shut = size();
            for (const name of ["thead :is(th, button)", "tbody .mudawwana-node"]) {
                for (const each of table.flatMap((one) => [...one.querySelectorAll(name)])) {
                    each.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
                    each.click();
                }
            }
            return table.length === 0 || size() > shut;
        }"""
    )
    assert opened


def _check_inert(watched):
    assert watched.page.evaluate("window.attacked") is None
    assert watched.dialogs == []
    assert watched.errors == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
class TestFile:
    def test_nothing_runs_and_nothing_is_asked(self, open_page, written, kind, size):
        watched = open_page(written[kind, "hostile"], size=size)
        watched.page.keyboard.press("Tab")
        _use(watched)
        watched.page.wait_for_timeout(500)
        _check_inert(watched)
        assert watched.asked == []

    def test_page_has_the_markup_of_a_tame_one(self, open_page, written, kind, size):
        """No element and no attribute came out of a text; figures differ in their letters."""
        found = {}
        for name in ("hostile", "tame"):
            watched = open_page(written[kind, name], size=size)
            watched.page.evaluate(
                "document.querySelectorAll('figure svg').forEach(svg => svg.replaceChildren())"
            )
            found[name] = set(watched.measure("markup", "html"))
            named = watched.measure("addresses")
            assert [each for each in named if re.match(r"[\s\x00]*(\w+:|//)", each)] == []
        assert found["hostile"] - found["tame"] == set()

    def test_figures_hold_drawing_alone(self, open_page, written, kind, size):
        watched = open_page(written[kind, "hostile"], size=size)
        drawn = set(watched.measure("markup", "figure svg"))
        active = {"script", "foreignobject", "image", "iframe", "animate", "set", "a"}
        assert {mark.split()[0] for mark in drawn} & active == set()
        assert [mark for mark in drawn if mark.partition(" ")[2].startswith("on")] == []

    def test_what_stands_beside_keeps_its_order(self, open_page, written, kind, size, pictures):
        watched = open_page(written[kind, "hostile"], size=size)
        watched.picture(pictures / f"hostile_{kind}_{size[0]}.png", whole=True)
        assert set(watched.measure("orders", "body", hostile.ARABIC)) == {"rtl"}
        assert set(watched.measure("orders", "body", hostile.LATIN)) == {"ltr"}

    def test_attacks_are_shown_as_text(self, open_page, written, kind, size):
        text = open_page(written[kind, "hostile"], size=size).page.locator("body").inner_text()
        for attack in hostile.MARKUP:
            assert attack in text

    def test_the_page_is_no_wider_than_its_window(self, open_page, written, kind, size):
        window, content = open_page(written[kind, "hostile"], size=size).measure("widths")
        assert content <= window == size[0]


@pytest.fixture(scope="module")
def in_lab(lab, open_page):
    watched = open_page(lab.link(hostile.NOTEBOOK), size=TALL)
    cells = jupyter_lab.run_all(watched.page)
    assert [errors for _, errors in cells] == [0] * len(cells)
    watched.page.wait_for_timeout(1000)
    return watched


@pytest.fixture(scope="module")
def in_a_file(exported, workplace, open_page):
    watched = open_page(exported(workplace / "notebooks" / hostile.NOTEBOOK, "--execute"))
    watched.page.wait_for_timeout(500)
    return watched


class TestNotebook:
    @pytest.fixture(params=["in_lab", "in_a_file"])
    def watched(self, request):
        return request.getfixturevalue(request.param)

    def test_nothing_runs_and_nothing_is_asked(self, watched):
        assert watched.page.evaluate("window.attacked") is None
        assert watched.dialogs == []
        assert [each for each in watched.asked if "hostile.example" in each] == []
        assert [each for each in watched.asked if each.endswith("/x")] == []

    def test_no_element_came_out_of_a_text(self, watched):
        marks = watched.measure("markup", ".mudawwana")
        assert [mark for mark in marks if mark.partition(" ")[2].startswith("on")] == []
        assert {mark.split()[0] for mark in marks} & {"img", "svg", "iframe", "a", "base"} == set()

    def test_what_stands_beside_keeps_its_order(self, watched):
        assert set(watched.measure("orders", ".mudawwana", hostile.ARABIC)) == {"rtl"}
        assert set(watched.measure("orders", ".mudawwana", hostile.LATIN)) == {"ltr"}

    def test_a_text_with_dollar_signs_is_no_formula(self, in_lab, pictures):
        in_lab.page.locator(".control mjx-container").first.wait_for()
        for place, table in enumerate(in_lab.page.locator(".jp-OutputArea .mudawwana").all()):
            table.scroll_into_view_if_needed()
            in_lab.picture(pictures / f"hostile_lab_{place}.png", of=table)
        assert in_lab.page.locator(".mudawwana mjx-container").count() == 0
        text = " ".join(in_lab.page.locator(".mudawwana").all_inner_texts())
        assert [attack for attack in hostile.MATHS if attack not in text] == []


@pytest.mark.parametrize("attack", hostile.MARKUP[:3])
def test_an_unescaped_attack_would_be_noticed(open_page, tmp_path, attack):
    """The control of the tests above."""
    path = tmp_path / "open.html"
    path.write_text(PAGE.format(f"<p>{attack} {hostile.RUN}"), encoding="utf-8")
    watched = open_page(path)
    watched.page.wait_for_timeout(500)
    assert watched.page.evaluate("window.attacked") == 1
    assert watched.asked or "img" not in attack


@pytest.mark.parametrize(
    ("text", "word", "order"),
    [
        ("\N{RIGHT-TO-LEFT OVERRIDE}beside", "beside", "rtl"),
        ("\N{LEFT-TO-RIGHT OVERRIDE}دمشق", "دمشق", "ltr"),
    ],
)
def test_an_override_that_is_let_through_would_be_noticed(open_page, tmp_path, text, word, order):
    path = tmp_path / "override.html"
    path.write_text(PAGE.format(f"<p>{text}"), encoding="utf-8")
    assert open_page(path).measure("orders", "p", word) == [order]
