"""What the Axes of a word cloud hold: words by size, none on another."""

import matplotlib

matplotlib.use("Agg")

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from figures_drawn import is_whole
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.colors import to_hex

from toolkit import plot
from toolkit.drawing import cloud

pytestmark = pytest.mark.usefixtures("closed_figures")

# Typed by hand: of 1,000 words.
FREQS = pd.DataFrame(
    {"freq": [36, 9, 4], "n": 1000, "per_million": [36000.0, 9000.0, 4000.0], "docs": [9, 4, 1]},
    index=pd.Index(["مدينة", "كتاب", "قرن"], name="lemma"),
)
NAMES = ["عام", "مدينة", "الولايات المتحدة", "COVID-19", "كَتَبَ", "لا", "أُسْتاذ", "١٩٤٨"]


def many(rows, steep=1.0):
    freqs = [max(1, int(3000 / (place + 1) ** steep)) for place in range(rows)]
    items = [NAMES[place % 8] + (f" {place}" if place >= 8 else "") for place in range(rows)]
    return pd.DataFrame({"freq": freqs, "n": 99_999}, index=pd.Index(items, name="lemma"))


def boxes(ax):
    ax.get_figure().canvas.draw()
    return [text.get_window_extent() for text in ax.texts]


def test_height_of_letters_is_the_square_root_of_the_frequency():
    ax = plot.cloud(FREQS)
    assert [text.get_text() for text in ax.texts] == ["مدينة", "كتاب", "قرن"]  # logical order
    sizes = [text.get_fontsize() for text in ax.texts]
    # by hand: the roots of 36, 9 and 4 are 6, 3 and 2
    assert sizes[0] / sizes[1] == pytest.approx(2)
    assert sizes[0] / sizes[2] == pytest.approx(3)
    assert ax.get_title() == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "occurrences, of 1,000 words; at most 36"),
        ({"unit": "tokens"}, "occurrences, of 1,000 tokens; at most 36"),
        (
            {"column": "per_million"},
            "occurrences per million words, from 1,000 words; at most 36,000.00",
        ),
        ({"column": "docs"}, "documents that contain the item; at most 9"),
    ],
)
def test_the_label_names_what_size_says_and_the_denominator(options, told):
    label = plot.cloud(FREQS, **options).get_xlabel()
    assert label == f"area of a word, of equally long ones: {told}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("rows", [1, 2, 40, 120])
def test_no_word_lies_on_another_and_none_is_clipped(rows, theme):
    with plot.style(theme):
        ax = plot.cloud(many(rows, steep=0.5))
        extents = boxes(ax)
        assert len(extents) == rows
        assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
        frame = ax.get_window_extent()
        for box in extents:
            assert frame.x0 <= box.x0
            assert box.x1 <= frame.x1
            assert frame.y0 <= box.y0
            assert box.y1 <= frame.y1
        assert is_whole(ax)


def test_no_word_lies_on_another_in_a_file(tmp_path):
    table = many(15)
    table.index = [*table.index[:14], "منظمة الأمم المتحدة للتربية والعلم والثقافة (اليونسكو)"]
    table = table.assign(freq=np.linspace(400, 3, 15))
    ax = plot.cloud(table)
    before = [box.extents for box in boxes(ax)]
    plot.save(ax, tmp_path / "cloud.png")
    after = boxes(ax)
    assert not any(one.overlaps(other) for one, other in combinations(after, 2))
    assert np.allclose(before, [box.extents for box in after], atol=1)
    assert is_whole(ax)


@pytest.mark.parametrize("size", [(2, 6), (9, 2), (3, 3)])
def test_words_fill_axes_of_any_shape(size):
    _, given_axes = pyplot.subplots(figsize=size, layout="constrained")
    ax = plot.cloud(many(30, steep=0.5), ax=given_axes)
    assert ax is given_axes
    extents = boxes(ax)
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
    frame = ax.get_window_extent()
    wide = max(box.x1 for box in extents) - min(box.x0 for box in extents)
    high = max(box.y1 for box in extents) - min(box.y0 for box in extents)
    assert max(wide / frame.width, high / frame.height) > 0.8


def test_most_frequent_word_stands_amid_the_others():
    ax = plot.cloud(many(60, steep=0.5))
    places = np.array([text.get_position() for text in ax.texts])
    far = np.hypot(*(places - places.mean(axis=0)).T)
    assert far[0] < np.median(far) / 2
    assert far[:10].mean() < far[-10:].mean()


def test_words_too_small_to_be_read_are_counted_in_the_label():
    ax = plot.cloud(many(150, steep=2))
    left_out = 150 - len(ax.texts)
    assert left_out > 0
    last = ax.get_xlabel().splitlines()[-1]
    assert last == f"{left_out} of 150 words are too small to be written"
    assert min(text.get_fontsize() for text in ax.texts) >= 3.5


def test_the_order_of_the_rows_changes_nothing(tmp_path):
    def drawn(table):
        return plot.save(plot.cloud(table), tmp_path / "a.png", dpi=50).read_bytes()

    table = many(30).assign(freq=[5] * 10 + [3] * 20)  # ties
    assert drawn(table) == drawn(table.iloc[::-1])


def test_words_are_plain_text_and_keep_the_options():
    index = pd.MultiIndex.from_tuples([("مجلس", "الأمن"), ("$x$", "_"), ("ا", "ب")])
    ax = plot.cloud(FREQS.set_axis(index), color="#123456")
    assert [text.get_text() for text in ax.texts] == ["مجلس الأمن", "$x$ _", "ا ب"]
    assert not any(text.get_parse_math() for text in ax.texts)
    assert {to_hex(text.get_color()) for text in ax.texts} == {"#123456"}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.2, 12), st.floats(0.2, 3)), min_size=1, max_size=30),
    st.floats(0.2, 5),
)
def test_boxes_are_packed_apart(sizes, ratio):
    sizes = np.array(sizes)
    centres = cloud._packed(sizes, ratio)
    for one, other in combinations(range(len(sizes)), 2):
        gap = np.abs(centres[one] - centres[other]) - (sizes[one] + sizes[other]) / 2
        assert gap.max() >= -1e-6


def test_table_and_settings_stay_as_they_are():
    before, settings_before = FREQS.copy(), dict(matplotlib.rcParams)
    plot.cloud(FREQS)
    pd.testing.assert_frame_equal(FREQS, before)
    assert dict(matplotlib.rcParams) == settings_before


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(ValueError, match=r"^cloud: `freqs` is empty \(0 rows\)"):
        plot.cloud(FREQS.head(0))
    with pytest.raises(ValueError, match=r"no column 'freq' in freqs.*counts\.frequencies"):
        plot.cloud(FREQS.drop(columns="freq"))
    with pytest.raises(ValueError, match=r"^cloud: 5,000 rows .*freqs\.head\(60\)"):
        plot.cloud(many(5000))
    with pytest.raises(ValueError, match=r"^cloud: column 'share' has no unit"):
        plot.cloud(FREQS.assign(share=0.1), column="share")
    with pytest.raises(
        ValueError, match=r"^cloud: 1 of 3 rows have no freq above 0.*freqs\['freq'"
    ):
        plot.cloud(FREQS.assign(freq=[3, 0, 1]))
    with pytest.raises(ValueError, match=r"^cloud: 1 of 3 rows have no freq\. .*dropna"):
        plot.cloud(FREQS.assign(freq=[3, None, 1]))
    with pytest.raises(ValueError, match=r"^cloud: the column 'freq' .*infinite"):
        plot.cloud(FREQS.assign(freq=[3, np.inf, 1]))
    with pytest.raises(ValueError, match=r"^cloud: the column 'freq' .*astype\(float\)"):
        plot.cloud(FREQS.assign(freq="a"))
    with pytest.raises(ValueError, match=r"^cloud: no column .* it has no columns"):
        plot.cloud(FREQS["freq"])
