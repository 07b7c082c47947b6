"""What a reader copies, types or reads: text without joiners, code in its own direction."""

import html
import json

import pandas as pd
import pytest

from browser.conftest import ROOT
from toolkit import show

ZWJ = "\N{ZERO WIDTH JOINER}"
TEXT = f"1446 ه{ZWJ} زار بوزيرنا"
LINES = pd.DataFrame(
    {"doc": ["a"], "before": [TEXT[:13]], "node": ["وزير"], "after": ["نا"], "start": 13, "end": 17}
)
TEXTS = pd.DataFrame({"doc": ["a"], "text": [TEXT]})
NAMED = pd.DataFrame({"doc": ["a"], "start": [13], "end": [17], "type": ["PER"], "name": ["x"]})
OUTPUTS = {"kwic": show.kwic(LINES, texts=TEXTS), "entities": show.entities(TEXTS, NAMED)}


def page_of(folder, body, *, style=""):
    page = folder / "page.html"
    page.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{body}<textarea></textarea>",
        encoding="utf-8",
    )
    return page


def copied(page, selector):
    """What the clipboard holds after all of an element was chosen and copied."""
    page.locator(selector).first.evaluate(
        "element => getSelection().selectAllChildren(element)",
    )
    page.keyboard.press("Control+c")
    if not page.locator("textarea").count():
        page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.press("Control+v")
    return page.locator("textarea").input_value()


@pytest.mark.parametrize("name", OUTPUTS)
def test_joiners_of_ours_are_not_copied_and_those_of_the_text_are(open_page, tmp_path, name):
    page = open_page(page_of(tmp_path, OUTPUTS[name].html)).page
    assert page.locator(".mudawwana").inner_text().count(ZWJ) >= 1
    taken = copied(page, ".mudawwana table, .mudawwana-text")
    assert taken.count(ZWJ) == 1
    assert f"1446 ه{ZWJ} زار ب" in taken
    assert "بوزيرنا" in taken.replace("\t", "").replace("ب وزير نا", "بوزيرنا")


def test_joiners_are_not_copied_from_the_wider_context(open_page, tmp_path):
    page = open_page(page_of(tmp_path, OUTPUTS["kwic"].html)).page
    page.locator("tbody button").first.click()
    assert page.locator(".mudawwana-wide .mudawwana-joiner").count() == 2
    assert copied(page, ".mudawwana-wide .mudawwana-text") == TEXT


def test_letters_of_the_wider_context_are_joined(open_page, tmp_path):
    """The ب before the node has no tail, as at the beginning of a word, and so is narrower."""
    alone = '<div class="mudawwana" dir="rtl"><div class="mudawwana-text" id="alone">ب</div></div>'
    page = open_page(page_of(tmp_path, OUTPUTS["kwic"].html + alone)).page
    page.locator("tbody button").first.click()
    last = """element => {
        const range = document.createRange(), text = element.firstChild;
        range.setStart(text, text.length - 1);
        range.setEnd(text, text.length);
        return [text.data.at(-1), range.getBoundingClientRect().width];
    }"""
    first, apart = (
        page.locator(each).evaluate(last) for each in (".mudawwana-wide .mudawwana-text", "#alone")
    )
    assert first[0] == apart[0] == "ب"
    assert 0 < first[1] < 0.7 * apart[1]


def test_joiners_are_not_copied_from_the_report(open_page, seed_report):
    page = open_page(seed_report).page
    inside = OUTPUTS["entities"].html.split('<div class="mudawwana-text">')[1].split("</div>")[0]
    assert inside.count(ZWJ) == 3
    text = page.locator(".mudawwana-text").first
    text.evaluate("(element, inside) => { element.innerHTML = inside; }", inside)
    assert copied(page, ".mudawwana-text") == TEXT


@pytest.mark.parametrize(("width", "display"), [(640, "inline"), (900, "table-cell")])
def test_a_concordance_that_has_no_room_for_its_contexts_is_running_text(
    open_page, tmp_path, width, display
):
    """640 pixels in letters of 17.6, as on a page of the site with a column at each side."""
    framed = f'<div style="width:{width}px;font-size:17.6px">{OUTPUTS["kwic"].html}</div>'
    page = open_page(page_of(tmp_path, framed)).page
    cell = page.locator("tbody .mudawwana-before").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == display


@pytest.mark.parametrize("code", [".venv", "seeds/", "make run OUT=my_report/", "00_start_here"])
def test_code_within_arabic_is_shown_from_its_own_beginning_on_the_site(open_page, tmp_path, code):
    style = (ROOT / "docs" / "site" / "site.css").read_text(encoding="utf-8")
    shown = f'<div dir="rtl" lang="ar"><p>يقرأ <code>{html.escape(code)}</code> ويكتب</p></div>'
    view = open_page(page_of(tmp_path, shown, style=style))
    assert view.measure("orders", "code", code) == ["ltr"]


def test_strings_in_code_stand_in_the_order_of_the_code_on_the_site(open_page, tmp_path):
    style = (ROOT / "docs" / "site" / "site.css").read_text(encoding="utf-8")
    words = ["كتاب", "الكتاب", "وكتب"]
    strings = ", ".join(
        f"<span class=s2>{json.dumps(word, ensure_ascii=False)}</span>" for word in words
    )
    page = open_page(page_of(tmp_path, f"<pre class=highlight>[{strings}]</pre>", style=style)).page
    lefts = page.locator(".s2").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert lefts == sorted(lefts)
    assert len(lefts) == 3
