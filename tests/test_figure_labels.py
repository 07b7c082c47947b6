"""Text of a table in figures: plain letters, no formula, no box without a reason, no end to it."""

import warnings

import matplotlib
import networkx
import pandas as pd
import pytest

matplotlib.use("Agg")

from matplotlib import pyplot
from matplotlib.text import Text

from toolkit import plot
from toolkit.drawing.lettering import LONGEST, label_of

OVERRIDE, ISOLATE = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{LEFT-TO-RIGHT ISOLATE}"
HOSTILE = {
    "unfinished formula": r"$$\frac{1}{$$ \(x\) \[y\]",
    "formula": "$x^2$",
    "one dollar": "ب$س",
    "bidi": f"{OVERRIDE}aaa{ISOLATE}ببب",
    "controls": "ب\x00\x01\x1b\x7f\x85س",
    "line ends": "ب\r\n\t\u2028\u2029س",
    "no glyph": "ب中文\U0001faa8\ufdfdس",
    "long word": "و" * 300,
    "long name": "وزارة " * 60,
    "many marks": "ب" + "\N{ARABIC FATHA}" * 200,
    "underscore": "_ب",
    "braces": "{x} {0} %s {",
    "blank": " \t ",
    "empty": "",
}


def frequencies(text):
    index = pd.Index([text, "ب"], name=text)
    return plot.frequencies(pd.DataFrame({"freq": [3, 1], "n": 5}, index=index))


def mentions(text):
    table = pd.DataFrame({"type": ["LOC", text], "freq": [3, 1], "n": 4}, index=[text, "ب"])
    return plot.mentions(table.rename_axis(text))


def hits(text):
    return plot.hits(pd.DataFrame({"doc": [text, "ب"], "relative": [0.5, 0.25]}))


def cloud(text):
    return plot.cloud(pd.DataFrame({"freq": [3, 1], "n": 5}, index=[text, "ب"]))


def keywords(text, **options):
    rates = {"per_million_target": [3.0, 1.0], "per_million_reference": [1.0, 3.0]}
    freqs = {"freq_target": [3, 1], "freq_reference": [1, 3], "log_ratio": [1.6, -1.6]}
    table = pd.DataFrame(freqs | rates, index=pd.Index([text, "ب"], name=text))
    return plot.keywords(table, sides=(text, "ب"), **options)


def rates(text):
    return keywords(text, column="per_million")


def collocates(text):
    return plot.collocates(neighbours([text, "ب"]), node=text)


def several_nodes(text):
    index = pd.MultiIndex.from_tuples([(text, "ب"), (text, "س"), ("ج", text)])
    return plot.collocates(neighbours(index))


def neighbours(index):
    counted = {"freq": range(3, 3 + len(index)), "freq_node": 20, "n": 600, "expected": 1.0}
    return pd.DataFrame({**counted, "log_dice": range(9, 9 + len(index))}, index=index)


def topics(text):
    table = {"topic": [text, text, "ب"], "term": [text, "س", text], "weight": [0.3, 0.2, 0.1]}
    return plot.topics(pd.DataFrame(table))


def network(text):
    graph = networkx.Graph(n=9)
    graph.add_node(text, type=text, freq=4)
    graph.add_node("ب", type="LOC", freq=3)
    graph.add_edge(text, "ب", weight=2)
    return plot.network(graph)


def matrix(text):
    names = [text, "ب"]
    values = [[None, 2], [2, None]]
    return plot.matrix(pd.DataFrame(values, index=names, columns=names, dtype="Int64"))


def timeline(text):
    table = {
        "first": ["2015-01-01", "2015-01-01", "2016-01-01", None],
        "last": ["2015-12-31", "2015-12-31", "2016-12-31", None],
        "item": [text, "ب", text, text],
        "freq": [3, 2, 1, 4],
        "n_docs": 2,
        "n": 60,
        "per_million": 5.0,
    }
    index = pd.Index([text, text, "2016", text], name=text)
    return plot.timeline(pd.DataFrame(table, index=index))


def places(text):
    points = {"lat": [33.51, 36.2], "lon": [36.29, 37.15], "kind": "city", "freq": [9, 2]}
    return plot.places(pd.DataFrame({**points, "ambiguous": False}, index=[text, "ب"]))


FIGURES = [
    frequencies, mentions, hits, cloud, keywords, rates, collocates, several_nodes, topics,
    network, matrix, timeline, places,
]  # fmt: skip
# They draw curves of numbers, or are no figures.
WITHOUT_TEXT = {"growth", "rank_frequency", "save", "style", "TYPES", "OTHER_TYPE"}
# A name that finds no room on a map is left out and counted.
LEFT_OUT = {places}


@pytest.fixture(autouse=True)
def closed_figures():
    with plot.style():
        yield
    pyplot.close("all")


def written(ax):
    """The texts that are drawn, on whatever axes."""
    return [text for text in ax.figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("figure", FIGURES)
def test_any_text_is_drawn_without_a_warning(figure, text, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = figure(text)
        ax.figure.savefig(tmp_path / "figure.svg")
    for axes in [ax, *ax.child_axes]:
        box = axes.get_window_extent()
        assert min(box.width, box.height) > 15  # pixels: the layout did not collapse


@pytest.mark.parametrize("figure", FIGURES)
def test_text_of_a_table_is_no_formula(figure):
    ax = figure("$x$")
    pyplot.close("all")
    texts = [text for text in written(ax) if "$x$" in text.get_text()]
    assert texts
    assert not any(text.get_parse_math() for text in texts)


@pytest.mark.parametrize("figure", FIGURES)
def test_characters_that_hide_or_reorder_are_boxes(figure):
    texts = "\n".join(text.get_text() for text in written(figure(f"ب{OVERRIDE}س\x00{ISOLATE}")))
    assert "ب▯س▯▯" in texts
    assert not set(texts) & {OVERRIDE, ISOLATE, "\x00"}


@pytest.mark.parametrize("figure", [each for each in FIGURES if each not in LEFT_OUT])
def test_long_names_end_in_an_ellipsis(figure):
    texts = [text.get_text().replace("\n", "") for text in written(figure("و" * 300))]
    longest = "و" * (LONGEST - 1) + "…"
    assert any(longest in text for text in texts)
    assert not any("و" * LONGEST in text for text in texts)


@pytest.mark.parametrize("text", ["", " ", "\N{BYTE ORDER MARK}"], ids=ascii)
@pytest.mark.parametrize("figure", [each for each in FIGURES if each not in LEFT_OUT])
def test_an_item_without_letters_has_a_name_all_the_same(figure, text):
    assert any("(empty)" in each.get_text() for each in written(figure(text)))


def test_letters_are_joined_in_a_figure():
    """The tails of a lone ت and ي are long: the word is far narrower than its letters apart.

    So it is for readers; a string in the figure could be right and its letters stand apart.
    """
    word = "تثبيت"
    ax = frequencies(word)
    apart = ax.figure.text(0, 0, "\N{ZERO WIDTH NON-JOINER}".join(word))
    joined = next(text for text in written(ax) if text.get_text() == word)
    apart.set_fontsize(joined.get_fontsize())
    widths = [text.get_window_extent().width for text in (joined, apart)]
    assert 0 < widths[0] < 0.8 * widths[1]
    assert apart.get_fontproperties().get_family() == joined.get_fontproperties().get_family()


def test_every_figure_with_text_is_tried():
    tried = {each.__name__ for each in FIGURES} | WITHOUT_TEXT
    assert set(plot.__all__) <= tried


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("دمشق", "دمشق"),
        ("مُدَوَّنة", "مُدَوَّنة"),
        ("كتــاب", "كتــاب"),
        ("أ إ آ ى ة", "أ إ آ ى ة"),
        ("٢٠١٥", "٢٠١٥"),
        (("قال", "الوزير"), "قال الوزير"),
        (2015, "2015"),
        (None, "None"),
        ("", "(empty)"),
        (" \t", "(empty)"),
        (("", ""), "(empty)"),
        ("\N{BYTE ORDER MARK}سور\N{SOFT HYPHEN}يا\N{ZERO WIDTH SPACE}", "سوريا"),
        ("\N{ZERO WIDTH SPACE}", "(empty)"),
        # other characters that take no place may part words, or hide: they stay boxes
        ("ب\N{WORD JOINER}س", "ب▯س"),
        (" ب \n\t س ", "ب س"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
        ("ب\N{RIGHT-TO-LEFT MARK}(x)", "ب\N{RIGHT-TO-LEFT MARK}(x)"),
        ("ب\N{ARABIC LETTER MARK}1", "ب\N{ARABIC LETTER MARK}1"),
        (f"{OVERRIDE}x", "▯x"),
        ("ب\ud800س", "ب▯س"),
        ("中", "▯"),
        ("$x$", "$x$"),
        ("ا" * 60, "ا" * 60),
        ("ا" * 61, "ا" * 59 + "…"),
        # the 60th code point is the mark of the 59th, which goes with it
        ("ا" * 58 + "بَ" + "ت" * 9, "ا" * 58 + "…"),
        ("ا" * 50 + " " + "ب" * 20, "ا" * 50 + "…"),
        ("ا" * 20 + " " + "ب" * 60, "ا" * 20 + " " + "ب" * 38 + "…"),
        ("ا" * 59 + " " + "ب" * 60, "ا" * 59 + "…"),
        ("ب" + "\N{ARABIC FATHA}" * 80, "ب" + "\N{ARABIC FATHA}" * 58 + "…"),
    ],
)
def test_labels(item, label):
    assert label_of(item, width=None) == label


def test_labels_are_broken_at_blanks_and_within_long_words():
    assert label_of("قال الوزير إن الحكومة", width=12) == "قال الوزير\nإن الحكومة"
    assert label_of("ا" * 15, width=10) == "ا" * 10 + "\n" + "ا" * 5


def test_a_font_without_arabic_is_told_by_matplotlib_and_letters_stay():
    """Boxes for letters would hide that another font is needed."""
    with matplotlib.rc_context({"font.family": "cmr10"}):
        assert label_of("دمشق") == "دمشق"


def test_a_further_font_is_asked_for_its_letters():
    # 中 is in no font of matplotlib, ℵ of its own STIX fonts is in DejaVu Sans too
    assert label_of("中", fonts=["no such font", "STIXGeneral"]) == "▯"
    assert label_of("\U0001d6a4", fonts="STIXGeneral") == "\U0001d6a4"
