"""What is mentioned when. Expected values: by hand, and Python's own calendar."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.statistics.periods import PERIODS, first_days, intervals, labels_of, numbers_of
from toolkit.timeline import timeline

# Of five documents: one of October with two mentions, one of December without any, two of
# January, one without a date. Words, counted by hand: 4, 3, 2, 2 and 1, and a mark in the first.
TEXTS = pd.DataFrame(
    {"doc": list("abcde"), "date": ["2015-10-28", "2015-12-01", "2016-01-03", "2016-01-31", None]}
)
ENTITIES = pd.DataFrame(
    [
        ("a", 1, "دمشق"),
        ("a", 2, "دمشق"),
        ("a", 2, "ليلى"),
        ("c", 1, "ليلى"),
        ("d", 1, "دمشق"),
        ("e", 1, "دمشق"),
    ],
    columns=["doc", "sent", "name"],
).assign(type="LOC")
WORDS = pd.DataFrame(
    [
        *[("a", 1, "word")] * 2,
        ("a", 1, "punctuation"),
        *[("a", 2, "word"), ("a", 2, "number")],
        *[("b", 1, "word")] * 3,
        *[("c", 1, "word")] * 2,
        *[("d", 1, "word")] * 2,
        ("e", 1, "word"),
    ],
    columns=["doc", "sent", "kind"],
)
COLUMNS = ["freq", "docs", "n_docs", "n"]


def rows(found, item="دمشق", columns=COLUMNS):
    shown = found[found["item"] == item][columns]
    return {period: tuple(row) for period, row in zip(shown.index, shown.to_numpy(), strict=True)}


# --- dates of documents -----------------------------------------------------------------------


def test_months_are_counted_with_their_documents_and_words():
    found = timeline(ENTITIES, TEXTS, words=WORDS)
    assert rows(found) == {
        "2015-10": (2, 1, 1, 4),
        "2015-11": (0, 0, 0, 0),
        "2015-12": (0, 0, 1, 3),
        "2016-01": (1, 1, 2, 4),
        "undated": (1, 1, 1, 1),
        "several": (0, 0, 0, 0),
    }
    assert rows(found, "ليلى")["2016-01"] == (1, 1, 2, 4)
    columns = ["first", "last", "item", *COLUMNS, "per_million", "per_document"]
    assert list(found.columns) == columns
    assert found.index.name == "period"
    assert found["item"].tolist() == ["دمشق"] * 6 + ["ليلى"] * 6


def test_rates_divide_by_the_words_and_documents_of_the_period_and_gaps_have_none():
    found = timeline(ENTITIES, TEXTS, words=WORDS, items="دمشق")
    # 2 of 4, nothing of 0, 0 of 3, 1 of 4, 1 of 1
    assert found["per_million"].tolist() == pytest.approx(
        [500_000, np.nan, 0, 250_000, 1_000_000, np.nan], nan_ok=True
    )
    assert found["per_document"].tolist() == pytest.approx(
        [2, np.nan, 0, 0.5, 1, np.nan], nan_ok=True
    )


def test_words_are_unknown_unless_they_are_passed():
    found = timeline(ENTITIES, TEXTS, items="دمشق")
    assert found["n"].isna().all()
    assert str(found["n"].dtype) == "Int64"
    assert found["per_million"].isna().all()
    assert found["per_document"].tolist()[0] == 2


def test_words_are_their_own_denominator_without_punctuation():
    words = WORDS.assign(norm=["قال", "وزير", "قال", "قال", *["وزير"] * 9])
    found = timeline(words, TEXTS, by="norm", period="year", items=["قال"])
    assert rows(found, "قال") == {
        "2015": (2, 1, 2, 7),
        "2016": (0, 0, 2, 4),
        "undated": (0, 0, 1, 1),
        "several": (0, 0, 0, 0),
    }


def test_with_texts_the_rows_add_up_to_all_occurrences():
    dates = TEXTS.assign(date=["2015-10", "2015", "2016-01-03", None, "2015-10-01"])
    for period in PERIODS:
        found = timeline(ENTITIES, dates, period=period, words=WORDS)
        assert found["freq"].sum() == len(ENTITIES)
        one = found[found["item"] == "دمشق"]
        assert one["n_docs"].sum() == 5
        assert one["n"].sum() == 12


def test_a_date_that_no_period_holds_whole_is_not_spread():
    dates = TEXTS.assign(date=["2015", "2015-12-01", "2015-12", "2015-12-31", None])
    assert rows(timeline(ENTITIES, dates, words=WORDS)) == {
        "2015-12": (1, 1, 3, 7),
        "undated": (1, 1, 1, 1),
        "several": (2, 1, 1, 4),
    }
    assert rows(timeline(ENTITIES, dates, period="year"), columns=["freq", "n_docs"]) == {
        "2015": (3, 4),
        "undated": (1, 1),
        "several": (0, 0),
    }


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        # 2015-10-28 was a Wednesday, 2016-01-03 a Sunday, in the 53rd week of 2015
        ("week", ["2015-W44", "2015-W53", "2016-W04"]),
        ("day", ["2015-10-28", "2016-01-03", "2016-01-31"]),
        ("quarter", ["2015-Q4", "2016-Q1", "2016-Q1"]),
        ("decade", ["2010/2019"] * 3),
        ("century", ["2001/2100"] * 3),
    ],
)
def test_periods_have_the_names_of_iso_8601(period, labels):
    found = timeline(ENTITIES, TEXTS, period=period)
    counted = found[(found["freq"] > 0) & found["first"].notna()]
    assert set(counted.index) == set(labels)
    for doc, label in zip("acd", labels, strict=True):
        day = TEXTS.set_index("doc").loc[doc, "date"]
        row = counted.loc[[label]].iloc[0]
        assert row["first"] <= day <= row["last"]


def test_no_dates_at_all_leave_two_rows():
    found = timeline(ENTITIES, TEXTS.assign(date=None), items="دمشق")
    assert rows(found, columns=["freq", "n_docs"]) == {"undated": (4, 5), "several": (0, 0)}


def test_years_can_be_numbers_and_stand_before_christ():
    dates = TEXTS.assign(date=[705, -43, 1254, 705, 2020])
    found = timeline(ENTITIES, dates, period="century")
    assert rows(found, columns=["freq", "n_docs"])["0701/0800"] == (3, 2)
    assert found.index[0] == "-0099/0000"
    assert found["first"].iloc[0] == "-0099-01-01"
    with_missing = TEXTS.assign(date=[705.0, np.nan, 1254.0, 705.0, 2020.0])
    assert rows(timeline(ENTITIES, with_missing, period="century"))["undated"][2] == 1


def test_days_can_be_whole_numbers():
    # As metadata give them; 28 October and 1 December 2015 are of one year, 2016 is the next.
    dates = TEXTS.assign(date=[20151028, 20151201, 20160103, 20160131, 20160131])
    found = timeline(ENTITIES, dates, items="دمشق", period="year")
    assert found.index.tolist() == ["2015", "2016", "undated", "several"]


def test_items_stand_as_they_were_asked_for_or_by_frequency():
    assert list(dict.fromkeys(timeline(ENTITIES, TEXTS)["item"])) == ["دمشق", "ليلى"]
    asked = timeline(ENTITIES, TEXTS, items=["ليلى", "دمشق", "ليلى"])
    assert list(dict.fromkeys(asked["item"])) == ["ليلى", "دمشق"]
    assert timeline(ENTITIES, TEXTS, by="type")["freq"].sum() == 6


def test_categories_row_labels_and_order_play_no_part():
    expected = timeline(ENTITIES, TEXTS, words=WORDS)
    typed = ENTITIES.astype({"doc": "category", "name": "category"})
    typed["name"] = typed["name"].cat.add_categories("الغائب")
    shuffled = typed.sample(frac=1, random_state=1).set_axis([0] * 6)
    words = WORDS.astype("category").sample(frac=1, random_state=2)
    dates = TEXTS.astype({"doc": "category"})[::-1]
    pd.testing.assert_frame_equal(timeline(shuffled, dates, words=words), expected)


def test_an_empty_table_has_no_items():
    found = timeline(ENTITIES.head(0), TEXTS)
    assert found.empty
    full = timeline(ENTITIES, TEXTS)
    assert found.dtypes.astype(str).tolist() == full.dtypes.astype(str).tolist()


def test_a_mention_without_a_name_is_no_item_and_its_document_counts():
    holes = ENTITIES.assign(name=["دمشق", None, "ليلى", "ليلى", "دمشق", "دمشق"])
    assert rows(timeline(holes, TEXTS), columns=["freq", "n_docs"])["2015-10"] == (1, 1)


# --- dates of expressions ---------------------------------------------------------------------

# Sentence 1 of a names a day and its month, sentence 2 a year; d names two months; b a day, and
# mentions no one; c has an expression that could not be resolved, e none.
DATES = pd.DataFrame(
    [
        ("a", 1, "2014-03-05", "2014-03-05", "day"),
        ("a", 1, "2014-03-01", "2014-03-31", "month"),
        ("a", 2, "2014-01-01", "2014-12-31", "year"),
        ("b", 1, "2014-05-02", "2014-05-02", "day"),
        ("c", 1, None, None, "vague"),
        ("d", 1, "2014-03-01", "2014-03-31", "month"),
        ("d", 1, "2014-05-01", "2014-05-31", "month"),
    ],
    columns=["doc", "sent", "first", "last", "precision"],
)


def test_what_a_sentence_holds_belongs_to_the_periods_that_it_names():
    found = timeline(ENTITIES, DATES, words=WORDS)
    assert rows(found) == {
        # sentence 1 of a, of two words, and d, of two
        "2014-03": (2, 2, 2, 4),
        "2014-04": (0, 0, 0, 0),
        "2014-05": (1, 1, 2, 5),
        # c of two words and e of one
        "undated": (1, 1, 2, 3),
        "several": (1, 1, 1, 2),
    }
    assert rows(found, "ليلى")["several"] == (1, 1, 1, 2)
    assert rows(found, "ليلى")["undated"] == (1, 1, 2, 3)


def test_what_a_document_holds_belongs_to_the_periods_that_it_names():
    found = timeline(ENTITIES, DATES, words=WORDS, within="document")
    assert rows(found) == {
        "2014-03": (3, 2, 2, 6),
        "2014-04": (0, 0, 0, 0),
        "2014-05": (1, 1, 2, 5),
        "undated": (1, 1, 2, 3),
        "several": (2, 1, 1, 4),
    }


def test_a_year_is_a_period_of_years():
    found = timeline(ENTITIES, DATES, period="year")
    assert rows(found, columns=["freq", "n_docs"]) == {
        "2014": (3, 3),
        "undated": (1, 2),
        "several": (0, 0),
    }


def test_sentences_are_found_whatever_their_integers_are():
    expected = timeline(ENTITIES, DATES, words=WORDS)
    dates = DATES.astype({"doc": "category", "sent": "Int32"})
    words = WORDS.astype({"sent": "int16", "doc": "category"})
    pd.testing.assert_frame_equal(timeline(ENTITIES, dates, words=words), expected)


# --- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"period": "hour"}, "no period 'hour'; there are day, week, month, quarter, year, decade"),
        ({"by": "lemma"}, "no column 'lemma' in the table"),
        ({"by": ["name"]}, "is not the name of one column"),
        ({"items": "حلب"}, "no row has the name 'حلب'"),
        ({"items": "ليلي"}, "no row has the name 'ليلي'; spelt otherwise: ليلى"),
        ({"items": 3}, "items is 3; pass a name"),
        ({"within": "sentence"}, "the dates of texts hold for documents"),
        ({"within": "page"}, "within is 'page'; pass 'sentence', 'document' or None"),
        ({"words": TEXTS}, "no column 'kind' in the table"),
        ({"words": WORDS.assign(doc="x")}, "12 rows have a doc that is not in the texts"),
    ],
)
def test_wrong_options_are_named(options, message):
    with pytest.raises(ValueError, match=f"^timeline: .*{message}"):
        timeline(ENTITIES, TEXTS, **options)


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (TEXTS.head(2), "3 rows have a doc that is not in the texts, first doc c"),
        (pd.concat([TEXTS, TEXTS]), "doc 'a' stands twice in the texts"),
        (TEXTS.drop(columns="date"), "no column 'date'.*or its dates"),
        (DATES.drop(columns="sent"), "no column 'sent'"),
        (DATES.assign(sent=None), "7 rows have no sent, which .*, first doc a"),
        (None, "the table is of type NoneType"),
    ],
)
def test_wrong_dates_are_named(dates, message):
    with pytest.raises(ValueError, match=f"^timeline: .*{message}"):
        timeline(ENTITIES, dates)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "28/10/2015",
        "2015-02-30",
        "٢٠١٥-١٠-٢٨",
        True,
        201510,
        20151328,
        20150230,
        123456789,
        "00000000",
        "00000101",
    ],
)
def test_what_is_no_date_is_counted_and_undated(value):
    # Of five documents a has two mentions of Damascus, the undated e one.
    wrong = TEXTS.assign(date=[value, *TEXTS["date"][1:]])
    with pytest.warns(UserWarning, match=r"^timeline: 1 of 5 values of date are no dates, first"):
        found = timeline(ENTITIES, wrong)
    assert rows(found, columns=["freq"])["undated"] == (3,)
    assert "2015-10" not in found.index


def test_what_is_no_date_of_an_expression_is_counted_and_undated():
    dates = DATES.assign(last=["", *DATES["last"][1:]], doc=pd.Categorical(DATES["doc"]))
    with pytest.warns(UserWarning, match=rf"^timeline: 1 of {len(DATES)} values of last are no d"):
        found = timeline(ENTITIES, dates)
    missing = timeline(ENTITIES, DATES.assign(last=[None, *DATES["last"][1:]]))
    pd.testing.assert_frame_equal(found, missing)


def test_too_many_rows_are_refused():
    dates = TEXTS.assign(date=["0205-10-28", "2015-12-01", "2016-01-03", None, None])
    with pytest.raises(
        ValueError, match=r"^timeline: from 0205-10-28 to 2016-01-03 are 661,\d\d\d pe"
    ):
        timeline(ENTITIES, dates, period="day")
    many = pd.DataFrame({"doc": "a", "name": [str(number) for number in range(3000)]})
    with pytest.raises(ValueError, match=r"^timeline: 3,000 items in 98 periods are more than 200"):
        timeline(many, TEXTS, period="day")


# --- periods ----------------------------------------------------------------------------------

NAMES = {
    "day": date.isoformat,
    "week": lambda day: "{}-W{:02d}".format(*day.isocalendar()[:2]),
    "month": lambda day: f"{day.year:04d}-{day.month:02d}",
    "quarter": lambda day: f"{day.year:04d}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year:04d}",
    "decade": lambda day: f"{day.year // 10 * 10:04d}/{day.year // 10 * 10 + 9:04d}",
    "century": lambda day: (
        f"{(day.year - 1) // 100 * 100 + 1:04d}/{(day.year - 1) // 100 * 100 + 100}"
    ),
}


@pytest.mark.parametrize("period", PERIODS)
@given(start=st.dates(date(1000, 1, 1), date(2400, 1, 1)))
def test_days_are_in_the_periods_of_the_calendar(period, start):
    days = [start + timedelta(days=step) for step in range(800)]
    given_days = np.array(days, dtype="M8[D]")
    numbers = numbers_of(given_days, period)
    assert labels_of(numbers, period) == [NAMES[period](day) for day in days]
    assert (first_days(numbers, period) <= given_days).all()
    assert (given_days < first_days(numbers + 1, period)).all()


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2015-10-28", "2015-10-28", "2015-10-28"),
        ("2015-10", "2015-10-01", "2015-10-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015", "2015-01-01", "2015-12-31"),
        (2015, "2015-01-01", "2015-12-31"),
        (np.int64(705), "0705-01-01", "0705-12-31"),
        (705.0, "0705-01-01", "0705-12-31"),
        ("2015-10-28T23:59:59Z", "2015-10-28", "2015-10-28"),
        ("2015-10-28 10:00", "2015-10-28", "2015-10-28"),
        (pd.Timestamp("2015-10-28 10:00"), "2015-10-28", "2015-10-28"),
        (date(2015, 10, 28), "2015-10-28", "2015-10-28"),
        (" 2015-10-28 ", "2015-10-28", "2015-10-28"),
        (20151028, "2015-10-28", "2015-10-28"),
        ("20151028", "2015-10-28", "2015-10-28"),
        (np.int64(20160229), "2016-02-29", "2016-02-29"),
        (20151028.0, "2015-10-28", "2015-10-28"),
    ],
)
def test_dates_are_read_as_intervals(value, first, last):
    column = pd.Series([value, None], dtype="object")
    assert intervals("timeline", column).astype(str).tolist() == [first, "NaT"]
    assert intervals("timeline", column, end=True).astype(str).tolist() == [last, "NaT"]
    assert np.isnat(intervals("timeline", pd.Series(pd.to_datetime([None])))).all()
