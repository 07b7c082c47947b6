"""What the Axes of the collocates hold: rings round one node, or the network of several."""

from itertools import combinations

import matplotlib

matplotlib.use("Agg")

import numpy as np
import pandas as pd
import pytest
from figures_drawn import is_whole
from matplotlib import pyplot
from matplotlib.colors import to_hex

from toolkit import collocation, plot

pytestmark = pytest.mark.usefixtures("closed_figures")

NAMES = ["عشرة", "رابع", "مطلع", "الولايات المتحدة الأمريكية", "COVID-19", "$x$"]


def table_of(size):
    """So many collocates, the scores from 13 downward."""
    items = [NAMES[n % 6] + (f" {n}" if n >= 6 else "") for n in range(size)]
    return pd.DataFrame(
        {
            "freq": [4 * (size - n) for n in range(size)],
            "freq_node": 85,
            "n": 28617,
            "expected": 1.5,
            "log_dice": [13 - 4 * n / max(size - 1, 1) for n in range(size)],
            "mi": [float(n) for n in range(size)],
        },
        index=pd.Index(items, name="lemma"),
    )


def labels(ax):
    """The names, in bold and not, without the numbers of the rings."""
    return [text for text in ax.texts if text.get_text() and text.get_zorder() > 1]


def distances(ax):
    """How far from the node each mark stands, on the paper."""
    ax.get_figure().canvas.draw()
    node, marks = ax.collections[:2]
    middle = ax.transData.transform(np.asarray(node.get_offsets()))[0]
    return np.hypot(*(ax.transData.transform(np.asarray(marks.get_offsets())) - middle).T).tolist()


def test_distance_from_the_node_is_the_score():
    table = table_of(5)  # scores 13, 12, 11, 10, 9: equal steps
    far = distances(plot.collocates(table, node="قرن"))
    steps = np.diff(far)
    assert (steps > 0).all()
    assert steps.tolist() == pytest.approx([steps[0]] * 4)
    by_mi = distances(plot.collocates(table, node="قرن", column="mi"))
    # the same steps, the last row nearest; the axes differ by the width of a label
    assert by_mi == pytest.approx(far, rel=0.01)


def test_rings_have_the_numbers_of_the_scores():
    ax = plot.collocates(table_of(5), node="قرن")
    far = distances(ax)
    rings = [patch for patch in ax.patches if hasattr(patch, "radius")]
    numbers = [float(text.get_text()) for text in ax.texts if text not in labels(ax)
               and text.get_text()]  # fmt: skip
    assert len(rings) == len(numbers) >= 3
    on_paper = dict(zip(numbers, [ring.get_window_extent().width / 2 for ring in rings],
                        strict=True))  # fmt: skip
    for score, distance in zip((13, 12, 11, 10, 9), far, strict=True):
        if score in on_paper:
            assert on_paper[score] == pytest.approx(distance, rel=0.02)


def test_marks_are_as_large_as_the_collocates_are_frequent():
    table = table_of(4)
    ax = plot.collocates(table.iloc[::-1], node="قرن")
    # strongest first, whatever the order of the rows
    areas = ax.collections[1].get_sizes()
    assert np.diff(areas) == pytest.approx([areas[1] - areas[0]] * 3)
    assert [text.get_text() for text in labels(ax)][:2] == ["قرن", NAMES[0]]
    assert labels(ax)[0].get_fontweight() == "bold"
    assert ax.get_xlabel() == (
        "distance from the node: log_dice, 13 at the nearest, 9 at the farthest\n"
        "area of a mark: occurrences near the node, at most 16; the node 85, of 28,617 words"
    )
    assert ax.get_title() == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [1, 2, 40])
def test_labels_lie_on_no_other_label_and_inside_the_figure(theme, size):
    with plot.style(theme):
        ax = plot.collocates(table_of(size), node="قرن")
        assert is_whole(ax)
        extents = [text.get_window_extent() for text in labels(ax)]
        assert len(extents) == size + 1
        assert not any(one.overlaps(other) for one, other in combinations(extents, 2))
        assert not any(text.get_parse_math() for text in labels(ax))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [1, 20])
def test_labels_of_the_network_lie_on_no_other_label(theme, size):
    one, other = table_of(size), table_of(2 * size).tail(size)
    with plot.style(theme):
        ax = plot.collocates(pd.concat({"قرن": one, "مدينة": other}))
        assert is_whole(ax)
        extents = [text.get_window_extent() for text in labels(ax)]
        assert not any(one.overlaps(two) for one, two in combinations(extents, 2))


def test_network_joins_each_node_with_its_collocates():
    one = table_of(2)  # عشرة 8 times, رابع 4 times
    other = pd.concat([one.head(1).assign(log_dice=11.0), one.head(1).set_axis(["قرن"])])
    ax = plot.collocates(pd.concat({"قرن": one, "مدينة": other}))
    lines, nodes, marks = ax.collections
    # قرن with both, مدينة with عشرة and with the node قرن
    assert len(lines.get_segments()) == 4
    assert (len(nodes.get_offsets()), len(marks.get_offsets())) == (2, 2)
    assert [text.get_text() for text in labels(ax)] == ["قرن", "مدينة", "رابع", "عشرة"]
    # عشرة stands near both, 8 and 8 times; رابع 4 times
    areas = marks.get_sizes()
    assert (areas[1] - 14) / (areas[0] - 14) == pytest.approx(4)
    # scores 13, 9, 11 and 13: from the thinnest to the widest
    low, middle, *high = sorted(lines.get_linewidths())
    assert low < middle < high[0] == high[1]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["node", "collocate"]
    assert ax.get_xlabel().splitlines()[0] == (
        "line: log_dice, 9 at the thinnest, 13 at the widest"
    )


def test_equal_tables_give_equal_figures_whatever_the_order_of_the_rows(tmp_path):
    def drawn(table, **options):
        ax = plot.collocates(table, **options)
        return plot.save(ax, tmp_path / "a.png", dpi=50).read_bytes()

    table = table_of(8)
    assert drawn(table, node="قرن") == drawn(table.iloc[::-1], node="قرن")
    both = pd.concat({"قرن": table.head(3), "عام": table.tail(3)})
    assert drawn(both) == drawn(both)


def test_what_collocation_gives_is_drawn():
    words = pd.DataFrame(
        {"doc": "a", "sent": 1, "kind": "word", "lemma": ["قال", "وزير", "دفاع", "وزير", "قال"]}
    )
    found = collocation.collocates(words, "وزير", window=1)
    _, given = pyplot.subplots()
    ax = plot.collocates(found, ax=given, node="وزير", color="#123456")
    assert ax is given
    assert to_hex(ax.collections[1].get_facecolor()[0]) == "#123456"
    assert sorted(text.get_text() for text in labels(ax)[1:]) == sorted(found.index)


def test_equal_scores_stand_on_one_ring():
    table = table_of(6).assign(log_dice=7.25)
    far = distances(plot.collocates(table, node="قرن"))
    assert far == pytest.approx([far[0]] * 6)


def test_table_and_settings_stay_as_they_are():
    table, settings = table_of(4), dict(matplotlib.rcParams)
    before = table.copy()
    plot.collocates(table, node="قرن")
    pd.testing.assert_frame_equal(table, before)
    assert dict(matplotlib.rcParams) == settings


def test_what_cannot_be_drawn_is_named():
    table = table_of(4)
    with pytest.raises(ValueError, match=r"^collocates: `collocates` is empty"):
        plot.collocates(table.head(0), node="قرن")
    with pytest.raises(ValueError, match=r"no column 'freq_node', .*collocation\.collocates"):
        plot.collocates(table[["freq", "log_dice"]], node="قرن")
    with pytest.raises(ValueError, match=r"^collocates: the table does not tell its node; .*node="):
        plot.collocates(table)
    with pytest.raises(ValueError, match=r"^collocates: the index of the table has the nodes"):
        plot.collocates(pd.concat({"قرن": table}), node="قرن")
    with pytest.raises(ValueError, match=r"^collocates: 101 items are too many .*head\(30\)"):
        plot.collocates(table_of(101), node="قرن")
    with pytest.raises(
        ValueError, match=r"^collocates: no measure 'dice' .*there are log_dice, mi"
    ):
        plot.collocates(table, node="قرن", column="dice")
    with pytest.raises(ValueError, match=r"^collocates: no measure in .*there are none.*log_dice"):
        plot.collocates(table.drop(columns=["log_dice", "mi"]), node="قرن")
    with pytest.raises(ValueError, match=r"^collocates: no measure 'fisher_exact'"):
        plot.collocates(table.assign(fisher_exact=0.1), node="قرن", column="fisher_exact")
    with pytest.raises(ValueError, match=r"^collocates: 4 of 4 rows have no mi\. .*dropna"):
        plot.collocates(table.assign(mi=np.nan), node="قرن", column="mi")
    with pytest.raises(ValueError, match=r"^collocates: the column 'mi' .*infinite numbers"):
        plot.collocates(table.assign(mi=np.inf), node="قرن", column="mi")
