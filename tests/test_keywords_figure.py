"""What the Axes of the keywords hold: bars to two sides."""

from itertools import combinations

import matplotlib

matplotlib.use("Agg")

import numpy as np
import pandas as pd
import pytest
from figures_drawn import is_whole
from matplotlib import pyplot
from matplotlib.colors import to_hex

from toolkit import keyness, plot

pytestmark = pytest.mark.usefixtures("closed_figures")

# Typed by hand: of 1,000 and of 2,000 words. هدف and كأس are preferred by the target.
TARGET = pd.DataFrame(
    {"freq": [30, 20, 2, 1], "n": 1000},
    index=pd.Index(["هدف", "كأس", "مدينة", "قرن"], name="lemma"),
)
REFERENCE = pd.DataFrame(
    {"freq": [40, 30, 10, 4], "n": 2000},
    index=pd.Index(["مدينة", "قرن", "هدف", "كأس"], name="lemma"),
)
SCORES = keyness.keywords(TARGET, REFERENCE, measure=["log_likelihood", "percent_diff"])


def many(rows, name="كلمة"):
    """Half of them typical of the target, half of the reference."""
    items = pd.Index([f"{name} {place}" for place in range(rows)], name="lemma")
    freqs = np.arange(rows, 0, -1)
    sides = [pd.DataFrame({"freq": f, "n": 9999}, index=items) for f in (freqs, freqs[::-1])]
    return keyness.keywords(*sides)


def drawn(ax):
    ax.get_figure().canvas.draw()
    return [text for text in ax.texts if text.get_text()]


def text_of(ax, wanted):
    return next(text for text in drawn(ax) if text.get_text() == wanted).get_window_extent()


def test_target_stands_at_the_right_and_reference_at_the_left_in_the_order_of_the_table():
    ax = plot.keywords(SCORES)
    assert [bar.get_width() for bar in ax.patches] == SCORES["log_likelihood"].tolist()
    assert [bar.get_width() > 0 for bar in ax.patches] == [True, True, False, False]
    bottom, top = ax.get_ylim()
    assert top < 0 < 3 < bottom
    assert ax.get_xlabel() == "log_likelihood (how sure the preference is)"
    assert (ax.get_ylabel(), ax.get_title()) == ("lemma", "")


def test_items_stand_beside_their_bars_on_the_other_side_of_zero():
    ax = plot.keywords(SCORES)
    assert is_whole(ax)
    zero = ax.transData.transform((0, 0))[0]
    for item, bar in zip(SCORES.index, ax.patches, strict=True):
        box = text_of(ax, item)
        assert box.x1 < zero if bar.get_width() > 0 else box.x0 > zero
        assert min(abs(box.x0 - zero), abs(box.x1 - zero)) < 10  # pixels
        middle = ax.transData.transform((0, bar.get_y() + bar.get_height() / 2))[1]
        assert box.y0 < middle < box.y1


def test_legend_has_the_sides_with_their_colours_and_sizes():
    ax = plot.keywords(SCORES, sides=("رياضة", "سائر الأقسام"), unit="lemmas")
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        # between marks of direction, so that the line is read from the left
        "\u200eرياضة\u200e, of 1,000 lemmas",
        "\u200eسائر الأقسام\u200e, of 2,000 lemmas",
    ]
    shown = [to_hex(handle.get_facecolor()) for handle in legend.legend_handles]
    assert [to_hex(ax.patches[row].get_facecolor()) for row in (0, 3)] == shown


def test_colours_are_a_pair_and_other_options_go_to_the_bars():
    ax = plot.keywords(SCORES, color=("#112233", "#445566"), height=0.5, alpha=1)
    colours = [to_hex(bar.get_facecolor()) for bar in ax.patches]
    assert colours == ["#112233", "#112233", "#445566", "#445566"]
    assert {bar.get_height() for bar in ax.patches} == {0.5}


def test_an_effect_size_can_be_drawn():
    ax = plot.keywords(SCORES, column="log_ratio")
    # by hand: (30 / 1000) / (10 / 2000) = 6, (1 / 1000) / (30 / 2000) = 1 / 15
    widths = dict(zip(SCORES.index, [bar.get_width() for bar in ax.patches], strict=True))
    assert widths["هدف"] == pytest.approx(np.log2(6))
    assert widths["قرن"] == pytest.approx(-np.log2(15))
    assert ax.get_xlabel() == "log_ratio (1: twice as frequent, 2: four times)"
    numbers = [text.get_text() for text in drawn(ax)]
    assert {"2.58", "\N{MINUS SIGN}3.91"} <= set(numbers)


def test_rates_are_two_bars_for_each_item():
    ax = plot.keywords(SCORES, column="per_million")
    assert [label.get_text() for label in ax.get_yticklabels()] == list(SCORES.index)
    right, left = ax.patches[:4], ax.patches[4:]
    assert right[0].get_width() == 30_000  # 30 of 1,000
    assert left[0].get_width() == -5_000  # 10 of 2,000
    assert ax.get_xlabel() == "occurrences per million words"
    ax.get_figure().canvas.draw()
    assert not any("\N{MINUS SIGN}" in label.get_text() for label in ax.get_xticklabels())
    assert {"30,000", "5,000"} <= {text.get_text() for text in ax.texts}


def test_tests_without_a_sign_are_drawn_to_the_side_of_the_higher_rate():
    unsigned = keyness.keywords(TARGET, REFERENCE, convention="sketchengine")
    assert (unsigned["log_likelihood"] > 0).all()
    widths = [bar.get_width() for bar in plot.keywords(unsigned).patches]
    rates = unsigned["per_million_target"] > unsigned["per_million_reference"]
    assert [width > 0 for width in widths] == rates.tolist()
    assert [abs(width) for width in widths] == unsigned["log_likelihood"].tolist()


def test_infinite_scores_reach_the_edge_and_say_so():
    alone = keyness.keywords(TARGET, REFERENCE.drop(index="هدف"), measure="percent_diff")
    assert np.isinf(alone["percent_diff"].iloc[0])
    ax = plot.keywords(alone)
    assert "∞" in [text.get_text() for text in drawn(ax)]
    widths = [bar.get_width() for bar in ax.patches]
    assert np.isfinite(widths).all()
    assert widths[0] == max(widths)


def test_no_number_is_a_negative_zero():
    tiny = SCORES.assign(log_likelihood=[40.0, 0.0, -0.001, -20.0])
    texts = [text.get_text() for text in drawn(plot.keywords(tiny))]
    assert "0.0" in texts
    assert "\N{MINUS SIGN}0.0" not in texts


@pytest.mark.parametrize("column", [None, "log_ratio", "per_million"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("rows", [1, 2, 40])
def test_nothing_is_clipped_and_no_text_lies_on_another(rows, theme, column):
    with plot.style(theme):
        ax = plot.keywords(many(rows, "منظمة الأمم المتحدة"), column=column)
        assert is_whole(ax)
        texts = [*drawn(ax), *ax.get_yticklabels(), *ax.get_legend().get_texts(), ax.xaxis.label]
        boxes = [text.get_window_extent() for text in texts]
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("column", [None, "per_million"])
def test_target_stands_at_the_left_where_the_axes_are_turned_round(column):
    _, given = pyplot.subplots(figsize=(6, 4), layout="constrained")
    given.invert_xaxis()
    ax = plot.keywords(SCORES, ax=given, column=column)
    assert ax is given
    assert is_whole(ax)
    zero = ax.transData.transform((0, 0))[0]
    assert ax.patches[0].get_window_extent().x0 < zero - 10
    boxes = [text.get_window_extent() for text in [*drawn(ax), *ax.get_yticklabels()]]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_items_of_several_words_and_mathematics_are_plain_text():
    index = pd.MultiIndex.from_tuples([("كأس", "العالم"), ("$x$", "_"), ("ا", "ب"), ("ت", "ث")])
    ax = plot.keywords(SCORES.set_axis(index))
    assert {"كأس العالم", "$x$ _"} <= {text.get_text() for text in drawn(ax)}
    assert not any(text.get_parse_math() for text in ax.texts)


def test_table_and_settings_stay_as_they_are():
    before, settings = SCORES.copy(), dict(matplotlib.rcParams)
    plot.keywords(SCORES)
    pd.testing.assert_frame_equal(SCORES, before)
    assert dict(matplotlib.rcParams) == settings


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(ValueError, match=r"^keywords: `scores` is empty"):
        plot.keywords(SCORES.head(0))
    with pytest.raises(ValueError, match=r"no column 'freq_reference', .*keyness\.keywords"):
        plot.keywords(TARGET.rename(columns={"freq": "freq_target"}))
    with pytest.raises(ValueError, match=r"^keywords: 201 rows .*scores\.head\(10\)"):
        plot.keywords(many(201))
    with pytest.raises(
        ValueError, match=r"^keywords: no column 'dice' in scores; .*log_likelihood"
    ):
        plot.keywords(SCORES, column="dice")
    ratios = keyness.keywords(TARGET, REFERENCE, measure="simple_maths", effect=None)
    with pytest.raises(ValueError, match=r"no column of the table has two sides; .*effect='log_ra"):
        plot.keywords(ratios)
    with pytest.raises(
        ValueError, match=r"^keywords: the column 'simple_maths' has no two sides; "
    ):
        plot.keywords(ratios, column="simple_maths")
    with pytest.raises(ValueError, match=r"^keywords: 1 of 4 rows have no log_likelihood.*dropna"):
        plot.keywords(SCORES.assign(log_likelihood=[1.0, None, 2.0, 3.0]))
    with pytest.raises(ValueError, match=r"^keywords: the column 'log_ratio' .*astype\(float\)"):
        plot.keywords(SCORES.assign(log_ratio="3"), column="log_ratio")
    for wrong in ("sport", ("a",), 3):
        with pytest.raises(ValueError, match=r"^keywords: sides is .*not a pair"):
            plot.keywords(SCORES, sides=wrong)
    with pytest.raises(ValueError, match=r"^keywords: color is 'red', not a pair"):
        plot.keywords(SCORES, color="red")


def test_keywords_against_the_reference_list_are_drawn():
    from pathlib import Path

    listed = pd.read_parquet(Path(__file__).parents[1] / "data" / "reference" / "lemma.parquet")
    ax = plot.keywords(keyness.keywords(TARGET, listed[listed.index.isin(TARGET.index)]))
    # the README of the list: 5,017,549 words and numbers
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "target, of 1,000 words",
        "reference, of 5,017,549 words",
    ]
