"""The prose of the notebooks speaks of what stands in their cells.

The notebook checker compares every output anew, but not the sentences below it. So each Arabic
word in code style, and each number of two digits or more, has to stand in a cell of code, in an
output, or in a page that the same cell of prose names. What follows from such numbers is listed
in RECKONED with the sum; what stands nowhere is listed in GIVEN with the reason.
"""

import functools
import html
import json
import math
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted(Path("notebooks").glob("*.ipynb"))

# By notebook: a number of the prose, and the sum of shown numbers that it is, rounded.
RECKONED = {
    "00": {"400": "round(394, -2)"},
    "02": {"98.7": "98.73", "97.1": "97.06"},
    "03": {"60": "394 - 334"},
    "04": {
        "15": "13 + 2",
        "33": "13 + 20",
        "42": "11 + 7 + 8 + 8 + 6 + 2",
        "45": "100 * 13 / 29",
        "49": "100 * 37 / 76",
        "70": "76 - 5 - 1",
    },
    "05": {
        "23000": "round(23306, -3)",
        "86": "100 * 0.86",
        "97": "100 * 0.97",
        "99": "100 * 0.99",
        "221": "308 - 87",
    },
    "06": {"88": "100 * (1013 + 860) / 2137"},
    "07": {
        "95": "100 * 2123 / 2225",
        "590": "692 - 91 - 11",
        "916": "464 + 452",
        "57000": "round(56522, -3)",
        "65000": "round(64935, -3)",
    },
    "08": {"39": "0.05 * 787", "96": "6 * 16", "217": "1e6 / 4605", "271": "2 ** 8.08"},
    "09": {
        "0.16": "4605 / 28628",
        "17": "17.14",
        "22": "22.4",
        "23": "22.6",
        "302": "5913 - 5611",
        "942": "942.18",
        "3067": "3068 - 1",
    },
    "10": {"80": "96 - 16", "95": "96 - 1"},
    "11": {"87": "86.6", "91": "91.2"},
    "12": {
        "0.12": "121 / 1e3",
        "12": "2.0 + 4.0 + 1.0 + 4.9",
        "14": "100 / sqrt(50)",
        "16": "15.7",
        "18": "18.0",
        "25": "504 * 50000 / 1e6",
        "57": "57.3",
        "98": "98.3",
    },
}
# By notebook: what the prose says of its own, and why no cell shows it.
GIVEN = {
    "00": {"قالت": "a part of `وقالت`", "حميميم": "a part of `وحميميم` in the article"},
    "01": {"1999": "an exercise"},
    "02": {"2000": "the year of the treebank's newspapers"},
    "03": {"علم": "an example of one spelling of several words"},
    "04": {
        "1960": "the year of Luhn's paper",
        "1999": "the last number that the pattern finds",
        "2025": "the date of the seed article",
        "مدينة": "an exercise",
        "اليوم": "an exercise",
    },
    "05": {"جامعة": "an exercise", "حرب": "an exercise"},
    "06": {"100": "per cent", "2003": "the year of a task", "الخديوي": "missing from the list"},
    "07": {"331": "the year -330, which is shown, as counted before Christ"},
    "08": {
        "0.00005": "half of the last digit of a p",
        "0.5": "what the log ratio puts in the place of 0",
        "100": "an exercise",
        "2017": "the year of the reference",
        "2025": "the date of the seed article",
        "خليفة": "the lemma that the model ought to give",
    },
    "09": {
        "0.38": "an exercise",
        "0.45": "an exercise",
        "85": "an exercise",
        "86": "an exercise",
        "مدينة": "an exercise",
        "قرن": "an exercise",
        "الخط": "the title of an article",
        "العربي": "the title of an article",
    },
    "11": {
        "0.3": "an exercise",
        "1500": "a limit of a period",
        "1800": "a limit of a period",
        "100000": "rows of a large file",
    },
    "12": {"5613": "an example of a lemma", "100000": "a size of which the rule speaks"},
}

ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
# With commas between thousands; in `arts/01`, `utf8`, x86-64 or notebook `05` there is none.
NUMBER = re.compile(r"(?<![\w.,/])(?<!\w-)(?!0\d)\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
UNHEARD = re.compile(r"[\u064b-\u0652\u0670\u0640\u200d-\u200f]")
TAG = "<[^>]+>"
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
PAGE = re.compile(r"`((?:docs|data)/[\w/]+\.md)`")
BLOCK = re.compile(r'<div dir="rtl" lang="ar">.*?</div>', re.DOTALL)
LATIN = re.compile("[A-Za-z]")
# At one end of Arabic code it takes the direction of the English around it, unless a mark of
# direction (U+200F) closes it in; a pair of them at both ends looks the same in either.
SIGN = re.compile(r"[^\w\u064b-\u0652\u200f]")
# No results: the number of a notebook in its title or beside its name, and how long it runs.
NAMED = re.compile(r"^# \d\d|[Nn]otebooks? \d\d|(?:\d+ to )?\d+ seconds", re.MULTILINE)


def letters(text):
    """The text without vowel signs, tatweel and invisible marks."""
    return UNHEARD.sub("", text)


def words_and_numbers(text):
    return {*ARABIC.findall(letters(text)), *numbers(text)}


def numbers(text):
    return {number.replace(",", "") for number in NUMBER.findall(text)}


def read_as_text(markup):
    """What a table says: cell by cell, and with clitics joined to the cell before or after."""
    seen = re.sub(r"<(style|script)\b.*?</\1>", "", markup, flags=re.DOTALL)
    closed = re.sub(r"(<td[^>]*>) ", r"\1", seen)
    read = (
        re.sub(*each) for each in [(TAG, " ", seen), (TAG, "", closed), (f" ?{TAG} ?", "", seen)]
    )
    return html.unescape("\n".join(read))


def output_text(output):
    data = output.get("data", {})
    if "text/html" in data:
        return read_as_text("".join(data["text/html"]))
    return "".join([*data.get("text/plain", []), *output.get("text", []), output.get("evalue", "")])


@functools.cache
def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def prose(path):
    kept = [cell for cell in cells(path) if cell["cell_type"] == "markdown"]
    return [FENCED.sub("", "".join(cell["source"])) for cell in kept]


@functools.cache
def shown(path):
    """What the code and the outputs of a notebook hold, and the article if it reads that."""
    parts = []
    for cell in cells(path):
        if cell["cell_type"] == "code":
            parts += ["".join(cell["source"]), *map(output_text, cell["outputs"])]
    if any("../seeds" in part for part in parts):
        parts += [file.read_text(encoding="utf-8") for file in Path("seeds").glob("*.txt")]
    return words_and_numbers("\n".join(parts))


def named_pages(paragraph):
    texts = [Path(page).read_text(encoding="utf-8") for page in PAGE.findall(paragraph)]
    return words_and_numbers("\n".join(texts))


def said(paragraph):
    """The Arabic words in code style and the numbers of a cell; no single letters or digits."""
    quoted = set(ARABIC.findall(letters(" ".join(CODE.findall(paragraph))))) - {"ال"}
    counted = numbers(NAMED.sub("", paragraph))
    return {each for each in quoted | counted if len(each.replace(".", "")) > 1}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestProse:
    def test_it_speaks_of_what_the_cells_show(self, path):
        left = [said(text) - shown(path) - named_pages(text) for text in prose(path)]
        left = set().union(*left)
        excused = {*RECKONED.get(path.name[:2], {}), *GIVEN.get(path.name[:2], {})}
        assert sorted(left - excused) == [], "no cell shows it"
        assert sorted(excused - left) == [], "it needs no excuse any more"

    def test_what_it_reckons_follows_from_what_the_cells_show(self, path):
        known = shown(path).union(*map(named_pages, prose(path)))
        for number, total in RECKONED.get(path.name[:2], {}).items():
            assert {each for each in numbers(total) if len(each) > 1} - {"100"} <= known, total
            value = eval(total, {"sqrt": math.sqrt})
            assert f"{value:.{len(number.partition('.')[2])}f}" == number, total

    def test_its_arabic_runs_from_right_to_left(self, path):
        plain = CODE.sub("", BLOCK.sub("", prose(path)[0]))
        assert ARABIC.findall(plain) == [], "the Arabic title stands outside the Arabic block"

    def test_its_arabic_code_keeps_its_signs_in_their_places(self, path):
        quoted = CODE.findall("\n".join(prose(path)))
        arabic = [code for code in quoted if ARABIC.search(code) and not LATIN.search(code)]
        assert [
            code for code in arabic if bool(SIGN.match(code[0])) != bool(SIGN.match(code[-1]))
        ] == []

    def test_its_arabic_writes_tanwin_before_the_alef(self, path):
        assert "\N{ARABIC LETTER ALEF}\N{ARABIC FATHATAN}" not in "".join(
            BLOCK.findall(prose(path)[0])
        )


def test_a_clitic_is_read_as_its_own_cell_and_joined():
    row = "<tr><td><bdi>داره و</bdi> </td><td>كتب</td><td> \N{ZERO WIDTH JOINER}ه على</td></tr>"
    found = words_and_numbers(read_as_text(f"<style>b {{ top: 12px }}</style>{row}"))
    assert {"و", "كتب", "ه", "كتبه", "وكتبه"} <= found
    assert "12" not in found


def test_numbers_are_read_as_written_and_names_hold_none():
    assert numbers("5,608 of 28,628, 0.5 or 98.7 %.") == {"5608", "28628", "0.5", "98.7"}
    assert numbers("`arts/12_x`, x86-64, utf8, notebook `05`") == set()


def test_an_unsplit_word_is_another_word():
    text = "`ولبنان` (*and Lebanon*), `و`, 7 or 12 times, in about 20 seconds"
    assert said(text) == {"ولبنان", "12"}
    assert "ولبنان" not in words_and_numbers("لبنان 12")
