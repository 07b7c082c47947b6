"""What the Axes of the topics hold: a panel for each topic, from right to left."""

import matplotlib

matplotlib.use("Agg")

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot

from toolkit import plot

pytestmark = pytest.mark.usefixtures("closed_figures")

# Typed by hand: three topics of 3, 2 and 1 terms.
TOPICS = pd.DataFrame(
    {
        "topic": [1, 1, 1, 2, 2, 3],
        "term": ["مباراة", "هدف", "كأس", "لوحة", "خط", "مدينة"],
        "weight": [0.4, 0.2, 0.1, 0.3, 0.25, 0.5],
    }
)


def titles(ax):
    return [panel.get_title(loc="right") for panel in ax.child_axes]


def terms(panel):
    return [label.get_text() for label in panel.get_yticklabels()]


def boxes(ax):
    ax.get_figure(root=True).canvas.draw()
    return [panel.get_window_extent().frozen() for panel in ax.child_axes]


def labels_of(ax):
    ax.get_figure(root=True).canvas.draw()
    return [
        label.get_window_extent() for panel in ax.child_axes for label in panel.get_yticklabels()
    ]


def is_whole(ax):
    """Whether all that is drawn lies inside the figure, once the layout is done."""
    figure = ax.get_figure(root=True)
    figure.canvas.draw()
    drawn = figure.get_tightbbox()  # inches
    width, height = figure.get_size_inches()
    return min(drawn.x0, drawn.y0) >= -0.01 and drawn.x1 <= width + 0.01 and drawn.y1 <= height


def test_each_topic_has_a_panel_with_its_terms_and_weights():
    ax = plot.topics(TOPICS)
    assert titles(ax) == ["topic 1", "topic 2", "topic 3"]
    # logical order, nothing reshaped
    assert [terms(panel) for panel in ax.child_axes] == [
        ["مباراة", "هدف", "كأس"],
        ["لوحة", "خط"],
        ["مدينة"],
    ]
    assert [[bar.get_width() for bar in panel.patches] for panel in ax.child_axes] == [
        [0.4, 0.2, 0.1],
        [0.3, 0.25],
        [0.5],
    ]
    assert ax.get_xlabel() == "weight of the term in the topic"
    assert ax.get_title() == ""


def test_first_topic_stands_at_the_right_and_rows_follow_below():
    one, two, three = boxes(plot.topics(TOPICS, columns=2))
    assert two.x1 < one.x0
    assert two.y0 == pytest.approx(one.y0)
    assert three.y1 < one.y0
    assert three.x0 == pytest.approx(one.x0)


def test_bars_grow_to_the_left_from_terms_at_the_right_the_strongest_on_top():
    ax = plot.topics(TOPICS)
    ax.get_figure().canvas.draw()
    for panel in ax.child_axes:
        left, right = panel.get_xlim()
        assert left > right == 0
        bottom, top = panel.get_ylim()
        assert bottom > top
        box = panel.get_window_extent()
        assert all(label.get_window_extent().x0 >= box.x1 for label in panel.get_yticklabels())


def test_all_panels_have_one_scale_and_the_lowest_of_each_column_shows_it():
    ax = plot.topics(TOPICS, columns=2)
    assert len({panel.get_xlim() for panel in ax.child_axes}) == 1
    assert len({panel.get_ylim() for panel in ax.child_axes}) == 1
    assert 0.5 < ax.child_axes[0].get_xlim()[0] < 0.6
    shown = [panel.xaxis.get_tick_params()["labelbottom"] for panel in ax.child_axes]
    assert shown == [False, True, True]


@pytest.mark.parametrize("size", [(6, 5), (9, 7)])
@pytest.mark.parametrize("columns", [1, 2, 3, 7])
def test_nothing_overlaps_and_all_lies_inside_whatever_the_size(size, columns):
    _, axes = pyplot.subplots(1, 2, figsize=(2 * size[0], size[1]), layout="constrained")
    ax = plot.topics(TOPICS, ax=axes[1], columns=columns)
    assert ax is axes[1]
    drawn = [*boxes(ax), *labels_of(ax)]
    assert not any(one.overlaps(other) for one, other in combinations(drawn, 2))
    frame = ax.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 + 1 for box in drawn)
    assert is_whole(ax)


def test_panels_follow_when_the_figure_is_made_larger():
    ax = plot.topics(TOPICS)
    before = boxes(ax)
    ax.get_figure().set_size_inches(16, 9)
    after = boxes(ax)
    assert all(new.width > 1.5 * old.width for old, new in zip(before, after, strict=True))
    drawn = [*after, *labels_of(ax)]
    assert not any(one.overlaps(other) for one, other in combinations(drawn, 2))


def test_panels_lie_in_the_axes_of_a_subfigure():
    part = pyplot.figure(figsize=(10, 4)).subfigures(1, 2)[1]
    ax = plot.topics(TOPICS, ax=part.subplots())
    frame = ax.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes(ax))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_long_terms_stand_on_several_lines_and_inside(theme):
    table = pd.DataFrame(
        {
            "topic": "الألعاب الأولمبية ومسابقات ألعاب القوى في القرن العشرين",
            "term": [("بيت", "الحكمة"), "منظمة الأمم المتحدة للتربية والعلم والثقافة", "$x_1$"],
            "weight": [3, 2, 1],
        }
    )
    with plot.style(theme):
        ax = plot.topics(table)
    (panel,) = ax.child_axes
    assert [" ".join(term.split()) for term in terms(panel)] == [
        "بيت الحكمة",
        "منظمة الأمم المتحدة للتربية والعلم والثقافة",
        "$x_1$",
    ]
    assert max(len(line) for term in terms(panel) for line in term.split("\n")) <= 22
    assert is_whole(ax)
    extents = labels_of(ax)
    assert not any(one.overlaps(other) for one, other in combinations(extents, 2))


def test_topics_can_have_names_and_the_axis_another_unit_and_bars_other_colours():
    named = TOPICS.assign(topic=TOPICS["topic"].map({1: "كرة القدم", 2: "فنون", 3: "cities"}))
    ax = plot.topics(named, unit="share of the topic", color="red")
    assert titles(ax) == ["كرة القدم", "فنون", "cities"]
    assert ax.get_xlabel() == "share of the topic"
    assert ax.child_axes[0].patches[0].get_facecolor() == (1, 0, 0, 1)


def test_panels_come_in_the_order_of_the_table_and_the_table_stays_as_it_was():
    turned = TOPICS.iloc[::-1].astype({"topic": "category", "term": "category"})
    turned = turned[turned["topic"] != 2]
    before = turned.copy(deep=True)
    ax = plot.topics(turned)
    assert titles(ax) == ["topic 3", "topic 1"]
    assert terms(ax.child_axes[1]) == ["كأس", "هدف", "مباراة"]
    pd.testing.assert_frame_equal(turned, before)


@pytest.mark.parametrize("weights", [[0, 0, 0, 0, 0, 0], [0.4, -0.2, 0.1, -0.3, 0.2, 0.1]])
def test_weights_that_are_zero_or_negative_are_drawn(weights):
    ax = plot.topics(TOPICS.assign(weight=weights))
    left, right = ax.child_axes[0].get_xlim()
    assert left > max(weights)
    assert right <= min(weights)


def test_equal_tables_give_equal_files(tmp_path):
    def drawn(name):
        return plot.save(plot.topics(TOPICS), tmp_path / name).read_bytes()

    assert drawn("a.svg") == drawn("b.svg")


def test_wrong_tables_are_answered_with_what_there_is():
    with pytest.raises(
        ValueError,
        match=r"^topics: no column 'topic', 'weight' in topics; its columns are term, freq\. Pass",
    ):
        plot.topics(TOPICS[["term"]].assign(freq=1))
    for given in (None, 3, TOPICS["term"]):
        with pytest.raises(ValueError, match=r"^topics: no column .* it has no columns\. Pass a"):
            plot.topics(given)
    with pytest.raises(ValueError, match=r"^topics: `topics` is empty \(0 rows\)"):
        plot.topics(TOPICS.head(0))
    with pytest.raises(ValueError, match=r"^topics: 600 rows .*\.groupby\('topic'\)\.head\(10\)"):
        plot.topics(pd.concat([TOPICS] * 100))


@pytest.mark.parametrize("column", ["topic", "term", "weight"])
def test_missing_values_are_refused(column):
    table = TOPICS.astype({"topic": object})
    table.loc[2, column] = None
    with pytest.raises(ValueError, match=rf"^topics: 1 of 6 rows have no {column}\. Leave"):
        plot.topics(table)


@pytest.mark.parametrize("weight", [["a"] * 6, [np.inf] * 6, ["0.4"] * 6])
def test_weights_that_are_no_finite_numbers_are_refused(weight):
    with pytest.raises(ValueError, match=r"^topics: the column weight, of type \w+, does not hold"):
        plot.topics(TOPICS.assign(weight=weight))


@pytest.mark.parametrize("columns", [0, -1, 1.5, "3", None])
def test_columns_must_be_a_whole_number(columns):
    with pytest.raises(ValueError, match=r"^topics: columns is .*; pass a whole number, 1 or more"):
        plot.topics(TOPICS, columns=columns)
