"""What the Axes of `toolkit.plot` hold, and the bytes that are written."""

import subprocess
import sys

import matplotlib
import pandas as pd
import pytest
from figures_drawn import is_whole

matplotlib.use("Agg")

from matplotlib import pyplot
from matplotlib.colors import to_hex

from toolkit import plot

pytestmark = pytest.mark.usefixtures("closed_figures")

# Counted by hand in: قال الوزير قال الرئيس قال (5 words: 3, 1, 1).
FREQS = pd.DataFrame(
    {"freq": [3, 1, 1], "n": 5, "per_million": [600000.0, 200000.0, 200000.0], "docs": [2, 1, 1]},
    index=pd.Index(["قال", "الوزير", "الرئيس"], name="norm"),
)
MENTIONS = pd.DataFrame(
    {
        "type": ["LOC", "PER", "LOC", "EVENT"],
        "freq": [4, 3, 2, 1],
        "n": 10,
        "share": [0.4, 0.3, 0.2, 0.1],
        "docs": 1,
    },
    index=pd.Index(["سوريا", "بشار الأسد", "روسيا", "كأس العالم"], name="name"),
)


def many(rows):
    return pd.DataFrame(
        {"freq": range(rows, 0, -1), "n": 9999}, index=[f"كلمة {place}" for place in range(rows)]
    )


def label_texts(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_frequencies_draws_one_bar_per_row_first_row_on_top():
    ax = plot.frequencies(FREQS)
    assert label_texts(ax) == ["قال", "الوزير", "الرئيس"]  # logical order, nothing reshaped
    assert [bar.get_width() for bar in ax.patches] == [3, 1, 1]
    bottom, top = ax.get_ylim()
    assert top < 0 < 2 < bottom


@pytest.mark.parametrize(
    ("options", "label", "widths"),
    [
        ({}, "occurrences, of 5 words", [3, 1, 1]),
        ({"unit": "tokens"}, "occurrences, of 5 tokens", [3, 1, 1]),
        (
            {"column": "per_million"},
            "occurrences per million words, from 5 words",
            [600000, 200000, 200000],
        ),
        ({"column": "docs"}, "documents that contain the item", [2, 1, 1]),
    ],
)
def test_the_axis_names_the_unit_and_the_denominator(options, label, widths):
    ax = plot.frequencies(FREQS, **options)
    assert ax.get_xlabel() == label
    assert ax.get_ylabel() == "norm"
    assert [bar.get_width() for bar in ax.patches] == widths
    assert ax.get_title() == ""


def test_values_stand_at_the_bars_with_thousands_separators():
    ax = plot.frequencies(FREQS, column="per_million")
    assert [text.get_text() for text in ax.texts] == ["600,000", "200,000", "200,000"]


def test_small_rates_keep_their_decimals():
    ax = plot.frequencies(FREQS.assign(per_million=[1.25, 0.5, 0.04]), column="per_million")
    assert [text.get_text() for text in ax.texts] == ["1.25", "0.50", "0.04"]


def test_denominators_that_differ_are_given_as_a_range():
    ax = plot.frequencies(FREQS.assign(n=[5, 1200, 7]))
    assert ax.get_xlabel() == "occurrences, of 5 to 1,200 words"


def test_items_of_several_words_and_mathematics_are_plain_text():
    index = pd.MultiIndex.from_tuples([("مجلس", "الأمن"), ("$x$", "_")])
    ax = plot.frequencies(pd.DataFrame({"freq": [2, 1], "n": 9}, index=index))
    assert label_texts(ax) == ["مجلس الأمن", "$x$ _"]
    assert not any(label.get_parse_math() for label in ax.get_yticklabels())


def test_equal_items_keep_a_bar_each():
    ax = plot.frequencies(FREQS.set_axis(["قال", "قال", "قال"]))
    assert len(ax.patches) == 3


def test_draws_into_the_axes_given_and_passes_options_on():
    _, given = pyplot.subplots()
    ax = plot.frequencies(FREQS, ax=given, color="#123456", height=0.5)
    assert ax is given
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == {"#123456"}
    assert {bar.get_height() for bar in ax.patches} == {0.5}


@pytest.mark.parametrize("rows", [1, 2, 40])
def test_nothing_is_clipped(rows):
    assert is_whole(plot.frequencies(many(rows)))


def test_forty_rows_are_as_far_apart_as_ten():
    heights = [plot.frequencies(many(rows)).get_figure().get_figheight() for rows in (10, 40)]
    # 30 more rows of 0.27 inches
    assert heights[1] - heights[0] == pytest.approx(8.1)


def test_long_labels_are_broken_into_lines_and_not_clipped():
    name = "منظمة الأمم المتحدة للتربية والعلم والثقافة في الوطن العربي"
    ax = plot.mentions(MENTIONS.rename({"سوريا": name}))
    assert "\n" in label_texts(ax)[0]
    assert label_texts(ax)[0].split() == name.split()
    assert is_whole(ax)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("width", [3.2, 6.4])
def test_numbers_at_the_bars_stay_inside_the_axes_and_off_the_legend(width, inverted):
    _, given = pyplot.subplots(figsize=(width, 3), layout="constrained")
    if inverted:
        given.invert_xaxis()
    ax = plot.mentions(MENTIONS.assign(freq=[12_345_678, 3, 2, 1]), ax=given)
    ax.get_figure().canvas.draw()
    frame = ax.get_window_extent()
    for text in ax.texts:
        box = text.get_window_extent()
        assert frame.x0 <= box.x0
        assert box.x1 <= frame.x1 + 1
        assert not box.overlaps(ax.get_legend().get_window_extent())


def test_limits_that_were_given_stay():
    _, given = pyplot.subplots()
    given.set_xlim(0, 40)
    assert plot.frequencies(FREQS, ax=given).get_xlim() == (0, 40)


MIRRORED = {
    "frequencies": lambda ax: plot.frequencies(FREQS, ax=ax),
    "mentions": lambda ax: plot.mentions(MENTIONS, ax=ax),
    "hits": lambda ax: plot.hits(HITS, ax=ax),
    "growth": lambda ax: plot.growth(CURVE, ax=ax, heaps=HEAPS),
    "rank_frequency": lambda ax: plot.rank_frequency(RANKS, ax=ax),
}


@pytest.mark.parametrize("name", MIRRORED)
def test_figures_on_axes_that_are_turned_round_run_from_right_to_left(name):
    with plot.style():
        _, given = pyplot.subplots(figsize=(5, 3), layout="constrained")
        given.invert_xaxis()
        ax = MIRRORED[name](given)
    assert is_whole(ax)
    left, right = ax.get_xlim()
    assert left > right >= 0
    assert ax.yaxis.get_label_position() == "right"
    assert [ax.spines[side].get_visible() for side in ("left", "right")] == [False, True]
    frame = ax.get_window_extent()
    labels = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
    assert all(box.x0 >= frame.x1 for box in labels)
    # numbers stand beyond the bars, not on them
    for bar, text in zip(ax.patches, ax.texts, strict=False):
        assert text.get_window_extent().x1 <= bar.get_window_extent().x0


def test_mentions_has_a_legend_of_the_types_that_occur():
    ax = plot.mentions(MENTIONS)
    assert [bar.get_width() for bar in ax.patches] == [4, 3, 2, 1]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["PER", "LOC", "EVENT"]
    assert ax.get_xlabel() == "mentions, of 10 entity mentions"
    assert is_whole(ax)


def test_types_differ_by_colour_and_by_hatch():
    ax = plot.mentions(MENTIONS)
    loc, per, other_loc, other = ax.patches
    assert loc.get_facecolor() == other_loc.get_facecolor()
    assert len({bar.get_facecolor() for bar in (loc, per, other)}) == 3
    assert len({bar.get_hatch() for bar in (loc, per, other)}) == 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", [colour for colour, _ in plot.TYPES.values()])
def test_type_colours_reach_three_to_one_on_the_ground(theme, colour):
    # WCAG 2.2, 1.4.11: graphics need a contrast of 3:1.
    with plot.style(theme):
        ground = matplotlib.rcParams["axes.facecolor"]
    high, low = sorted((luminance(ground), luminance(colour)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 3


def luminance(colour):
    channels = matplotlib.colors.to_rgb(colour)
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(
        weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


# By hand: documents of 10 and 4 words, the words counted from 1.
HITS = pd.DataFrame(
    {
        "doc": pd.Categorical(["خبر", "خبر", "a"]),
        "position": [1, 6, 3],
        "length": [10, 10, 4],
        "relative": [0.0, 0.5, 0.5],
    },
    index=pd.Index([0, 5, 12], name="row"),
)


def strokes(ax):
    """Place and document of each upright stroke, and how far the line of each document goes."""
    lines, marks = ax.collections
    found = [(mark[0][0], (mark[0][1] + mark[1][1]) / 2) for mark in marks.get_segments()]
    return found, [line[1][0] for line in lines.get_segments()]


def test_hits_are_strokes_in_the_row_of_their_document():
    ax = plot.hits(HITS)
    assert label_texts(ax) == ["خبر", "a"]
    assert strokes(ax) == ([(0, 0), (0.5, 0), (0.5, 1)], [1, 1])
    bottom, top = ax.get_ylim()
    assert top < 0 < 1 < bottom
    assert ax.get_title() == ""
    assert is_whole(ax)


def test_hits_by_word_show_how_long_documents_are():
    ax = plot.hits(HITS, column="position")
    # the first word begins at 0
    assert strokes(ax) == ([(0, 0), (5, 0), (2, 1)], [10, 4])
    assert ax.get_xlim() == (0, 10)
    assert ax.get_xlabel() == "position in the document, in words and punctuation"


def test_hits_are_drawn_as_they_are_told():
    _, given = pyplot.subplots()
    ax = plot.hits(HITS, ax=given, color="#123456", linewidth=3)
    assert ax is given
    assert to_hex(ax.collections[1].get_color()[0]) == "#123456"
    assert ax.collections[1].get_linewidth() == [3]


def test_hits_may_be_many_but_not_their_documents():
    many_hits = pd.concat([HITS] * 100)
    assert len(strokes(plot.hits(many_hits))[0]) == 300
    documents = HITS.iloc[[0] * 201].assign(doc=[str(number) for number in range(201)])
    with pytest.raises(ValueError, match=r"hits: 201 rows .* hits\[hits\['doc'\]\.isin\(some\)\]"):
        plot.hits(documents)


def test_wrong_tables_of_hits_are_answered():
    with pytest.raises(ValueError, match=r"hits: no column 'length' in hits; .*concordance\.hits"):
        plot.hits(HITS.drop(columns="length"), column="position")
    with pytest.raises(ValueError, match="hits: no column 'sent' to draw; there are relative, pos"):
        plot.hits(HITS, column="sent")
    with pytest.raises(ValueError, match=r"hits: `hits` is empty"):
        plot.hits(HITS.head(0))
    with pytest.raises(ValueError, match=r"hits: no column 'doc', 'relative' in hits"):
        plot.hits(FREQS)


def test_the_global_settings_are_untouched():
    before = dict(matplotlib.rcParams)
    with plot.style("dark"):
        ax = plot.mentions(MENTIONS)
        plot.frequencies(FREQS)
    assert dict(matplotlib.rcParams) == before
    assert to_hex(ax.get_facecolor()) == "#161616"


@pytest.mark.parametrize("name", ["figure.png", "figure.svg", "figure.pdf"])
def test_saving_again_gives_the_same_bytes(tmp_path, name):
    def bytes_of(ax):
        return plot.save(ax, tmp_path / name).read_bytes()

    ax = plot.mentions(MENTIONS)
    first = bytes_of(ax)
    plot.save(ax, tmp_path / "between.png", dpi=50)
    assert bytes_of(ax) == first
    assert bytes_of(ax.get_figure()) == first
    assert bytes_of(plot.mentions(MENTIONS)) == first


def test_svg_has_no_date_and_no_text_that_needs_a_font(tmp_path):
    svg = plot.save(plot.frequencies(FREQS), tmp_path / "figure.svg").read_text("utf-8")
    assert "date" not in svg
    assert "<text" not in svg


def test_png_has_print_resolution(tmp_path):
    path = plot.save(plot.frequencies(FREQS), tmp_path / "figure.png")
    width = pyplot.imread(path).shape[1]
    assert width > 6 * 200


def test_save_says_what_is_wrong_with_the_path(tmp_path):
    ax = plot.frequencies(FREQS)
    with pytest.raises(ValueError, match=r"save: 'figure.gif' .* there are \.png, \.svg, \.pdf"):
        plot.save(ax, tmp_path / "figure.gif")
    with pytest.raises(FileNotFoundError, match=r"save: no folder .* Create it first"):
        plot.save(ax, tmp_path / "missing" / "figure.png")


def test_wrong_tables_are_answered_with_what_there_is():
    words = pd.DataFrame({"doc": ["a"], "lemma": ["قال"]})
    with pytest.raises(
        ValueError,
        match=r"frequencies: no column 'freq', 'n' in freqs; its columns are doc, lemma\. "
        r"Pass a table made by counts\.frequencies",
    ):
        plot.frequencies(words)
    with pytest.raises(ValueError, match=r"mentions: no column 'type'.*entities\.mentions"):
        plot.mentions(FREQS)
    with pytest.raises(ValueError, match=r"frequencies: no column .* it has no columns"):
        plot.frequencies(FREQS["freq"])


def test_tables_too_small_or_too_large_are_refused():
    with pytest.raises(ValueError, match=r"frequencies: `freqs` is empty \(0 rows\)"):
        plot.frequencies(FREQS.head(0))
    with pytest.raises(ValueError, match=r"frequencies: 5,000 rows .* freqs\.head\(20\)"):
        plot.frequencies(many(5000))


def test_columns_without_a_unit_and_unknown_themes_are_refused():
    with pytest.raises(ValueError, match=r"column 'share' has no unit .* freq, per_million, docs"):
        plot.frequencies(MENTIONS, column="share")
    with pytest.raises(ValueError, match="style: no theme 'sepia'; there are light and dark"):
        plot.style("sepia")


def test_every_figure_is_called_from_plot():
    drawn = ["cloud", "collocates", "frequencies", "growth", "hits", "keywords", "matrix"]
    drawn += ["mentions", "network", "places", "rank_frequency"]
    names = [*drawn, "save", "style", "timeline", "topics"]
    assert names == [name for name in plot.__all__ if callable(getattr(plot, name))]


def test_importing_the_module_does_not_import_matplotlib():
    code = "import sys, toolkit.plot; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- growth, rank and frequency ---

CURVE = pd.DataFrame({"n": [100, 1000], "types": [20, 63], "hapax": [15, 40]})
HEAPS = pd.DataFrame({"constant": [2.0], "exponent": [0.5], "note": [""]})
RANKS = pd.DataFrame({"rank": [1, 2, 3], "freq": [60, 30, 20], "fitted": [60.0, 30.0, 20.0]})


def legend_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_growth_draws_types_and_hapax_against_words():
    ax = plot.growth(CURVE)
    assert [line.get_xdata().tolist() for line in ax.lines] == [[100, 1000]] * 2
    assert [line.get_ydata().tolist() for line in ax.lines] == [[20, 63], [15, 40]]
    assert legend_of(ax) == ["types", "hapax"]
    assert ax.get_xlabel() == "words read, of 1,000"
    assert (ax.get_xlim()[0], ax.get_ylim()[0]) == (0, 0)


def test_growth_of_one_point_is_seen():
    assert [line.get_marker() for line in plot.growth(CURVE.head(1)).lines] == ["o", "o"]
    assert [line.get_marker() for line in plot.growth(CURVE).lines] == ["", ""]


def test_growth_draws_no_law_where_there_is_no_fit():
    ax = plot.growth(CURVE, heaps=HEAPS.assign(constant=float("nan"), exponent=float("nan")))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["types", "hapax"]
    assert len(ax.lines) == 2


def test_growth_draws_the_law_of_heaps_through_the_points_of_the_curve():
    line = plot.growth(CURVE, heaps=HEAPS).lines[2]
    # by hand: 2 * sqrt(100), 2 * sqrt(1000)
    assert line.get_ydata().tolist() == pytest.approx([20, 63.2456], abs=1e-4)
    assert line.get_label() == "Heaps, 2 n$^{0.500}$"


def test_rank_frequency_draws_points_and_line_on_logarithmic_axes():
    ax = plot.rank_frequency(RANKS)
    points, line = ax.lines
    assert points.get_ydata().tolist() == [60, 30, 20]
    assert points.get_linestyle() == "None"
    assert line.get_ydata().tolist() == [60, 30, 20]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert ax.get_xlabel() == "rank, of 3 items"
    assert ax.get_ylabel() == "occurrences, of 110 words"


def test_the_ranks_begin_at_one_however_few_there_are():
    ax = plot.rank_frequency(RANKS.head(1))
    assert ax.get_xlabel() == "rank, of 1 item"
    ax.get_figure().canvas.draw()
    low, high = ax.get_xlim()
    seen = [x for x in ax.get_xticks() if low <= x <= high]
    assert seen == [1, 10]


def test_one_item_has_no_line_of_the_law_and_no_promise_of_one():
    ax = plot.rank_frequency(RANKS.head(1))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["items"]
    assert len(ax.lines) == 1


def test_many_points_are_drawn_as_a_picture():
    many = pd.DataFrame({"rank": range(1, 6002), "freq": 1, "fitted": 1.0})
    assert plot.rank_frequency(many).lines[0].get_rasterized()
    assert not plot.rank_frequency(RANKS).lines[0].get_rasterized()


@pytest.mark.parametrize(("figure", "table"), [(plot.growth, CURVE), (plot.rank_frequency, RANKS)])
def test_figures_draw_where_told_and_pass_keywords_on(figure, table):
    _, ax = pyplot.subplots()
    before = table.copy()
    assert figure(table, ax=ax, color="red") is ax
    assert ax.lines[0].get_color() == "red"
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(("figure", "table"), [(plot.growth, CURVE), (plot.rank_frequency, RANKS)])
def test_wrong_tables_are_named(figure, table):
    with pytest.raises(ValueError, match=rf"^{figure.__name__}: .* is empty \(0 rows\)"):
        figure(table.head(0))
    last = table.columns[-1]
    with pytest.raises(ValueError, match=f"^{figure.__name__}: no column '{last}' in "):
        figure(table.drop(columns=last))
    with pytest.raises(ValueError, match=r"no column 'exponent' in heaps.*diversity\.heaps"):
        plot.growth(CURVE, heaps=HEAPS.drop(columns="exponent"))


def test_style_leaves_what_is_set_meanwhile():
    """A notebook's backend turns on the display of figures when the first one is drawn."""
    before = matplotlib.rcParams["interactive"]
    try:
        with plot.style():
            matplotlib.rcParams["interactive"] = not before
        assert matplotlib.rcParams["interactive"] is not before
    finally:
        matplotlib.rcParams["interactive"] = before
