"""Date expressions. Expected values: by hand, from calendars, or from the labels of dates_gold."""

import datetime
import json
import re
import time
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from toolkit import corpus
from toolkit.dates import PRECISIONS, find_dates
from toolkit.dating import calendars
from toolkit.dating.tokens import tokens
from toolkit.tables import SCHEMA

ROOT = Path(__file__).parent.parent
GOLD = Path(__file__).parent / "data" / "dates_gold"
ARTICLE = ROOT / "seeds" / "000_7fa08adb6b02ef67.txt"
DAY = "2025-11-16"  # a Sunday


def found(text, date=DAY, **columns):
    """(text, first, last, precision) of each expression."""
    texts = pd.DataFrame({"doc": ["a"], "text": [text], "date": [date], **columns})
    dates = find_dates(texts)
    assert [text[a:b] for a, b in zip(dates["start"], dates["end"], strict=True)] == dates[
        "text"
    ].tolist()
    rows = dates[["text", "first", "last", "precision"]].astype("object")
    return [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()]


def one(text, date=DAY):
    """The only expression of a text, with one value where its first day is its last."""
    ((surface, first, last, precision),) = found(text, date)
    return surface, first if first == last else f"{first} {last}", precision


# --- the article that was given ---------------------------------------------------------------


def test_days_of_the_article():
    dates = find_dates(corpus.read_texts(ARTICLE))
    spans = [
        (row.text, row.first, row.last, row.precision)
        for row in dates[dates["first"].notna()].itertuples()
    ]
    assert spans == [
        ("اليوم الأحد", "2025-11-16", "2025-11-16", "day"),
        ("يوم 28 أكتوبر/تشرين الأول الماضي", "2025-10-28", "2025-10-28", "day"),
        ("عام 2024", "2024-01-01", "2024-12-31", "year"),
        ("15 أكتوبر/تشرين الأول الماضي", "2025-10-15", "2025-10-15", "day"),
        ("ديسمبر/كانون الأول 2024", "2024-12-01", "2024-12-31", "month"),
        ("العام 2015", "2015-01-01", "2015-12-31", "year"),
    ]
    assert dates.loc[dates["first"].isna(), "text"].tolist() == ["منذ سنوات"]


# --- labelled texts ---------------------------------------------------------------------------


def labelled(name):
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def scores(name):
    """Precision and recall of exact spans, shares of found and of labelled ones with the days."""
    rows = labelled(name)
    texts = pd.DataFrame([{key: row[key] for key in ("doc", "date", "text")} for row in rows])
    dates = find_dates(texts)
    values = dates[["first", "last", "precision"]].astype("object")
    values = values.where(values.notna(), None).itertuples(index=False, name=None)
    places = dates[["doc", "start", "end"]].astype("object").itertuples(index=False, name=None)
    hits = dict(zip(places, values, strict=True))
    gold = {
        (row["doc"], date["start"], date["end"]): tuple(
            date[key] for key in ("first", "last", "precision")
        )
        for row in rows
        for date in row["dates"]
    }
    spans = hits.keys() & gold.keys()
    right = sum(hits[span] == gold[span] for span in spans)
    return (
        len(spans) / len(hits),
        len(spans) / len(gold),
        right / len(hits),
        right / len(gold),
    )


@pytest.mark.parametrize("name", ["held_out", "open"])
def test_labelled_dates_are_found_with_their_days(name):
    precision, recall, right_of_found, right_of_labelled = scores(name)
    assert precision >= 0.95
    assert recall >= 0.95
    assert right_of_found >= 0.93
    assert right_of_labelled >= 0.93


def test_labels_are_well_formed():
    texts = expressions = 0
    for name in ("held_out", "open"):
        for row in labelled(name):
            texts += 1
            end = 0
            for date in row["dates"]:
                expressions += 1
                assert end <= date["start"] < date["end"]
                assert row["text"][date["start"] : date["end"]] == date["text"]
                assert date["precision"] in PRECISIONS
                end = date["end"]
    assert texts >= 60
    assert expressions >= 220


def test_figures_in_the_documentation_are_those_of_today():
    text = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
    for name in ("held_out", "open"):
        (line,) = re.findall(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
        figures = [float(cell) for cell in re.findall(r"[0-9]+\.[0-9]", line)]
        assert figures == [round(100 * score, 1) for score in scores(name)]


# --- months -----------------------------------------------------------------------------------

# Names of each month in the traditions of Egypt, the Levant, the Maghreb, Morocco.
NAMES = {
    1: "يناير جانفي",
    2: "فبراير شباط فيفري",
    3: "مارس آذار",
    4: "أبريل إبريل نيسان أفريل",
    5: "مايو أيار ماي",
    6: "يونيو يونيه حزيران جوان",
    7: "يوليو يوليه تموز جويلية يوليوز",
    8: "أغسطس آب أوت غشت",
    9: "سبتمبر أيلول شتنبر",
    10: "أكتوبر",
    11: "نوفمبر نونبر",
    12: "ديسمبر دجنبر",
}
LONG_NAMES = {
    1: "كانون الثاني",
    10: "تشرين الأول",
    11: "تشرين الثاني",
    12: "كانون الأول",
}
MONTHS = [(name, month) for month, line in NAMES.items() for name in line.split()] + [
    (name, month) for month, name in LONG_NAMES.items()
]


@pytest.mark.parametrize(("name", "month"), MONTHS)
def test_months_of_every_tradition(name, month):
    assert one(f"في 7 {name} 2019 كان") == (f"7 {name} 2019", f"2019-{month:02d}-07", "day")
    surface, days, precision = one(f"في {name} 2019 كان")
    assert (surface, precision) == (f"{name} 2019", "month")
    assert days.startswith(f"2019-{month:02d}-01 2019-{month:02d}-")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("في أكتوبر/تشرين الأول 2018", "أكتوبر/تشرين الأول 2018"),
        ("في تشرين الأول / أكتوبر 2018", "تشرين الأول / أكتوبر 2018"),
        ("في أكتوبر (تشرين الأول) 2018", "أكتوبر (تشرين الأول) 2018"),
        ("في أكتوبر تشرين الأول من عام 2018", "أكتوبر تشرين الأول من عام 2018"),
        ("في شهر أكتوبر سنة 2018 م", "شهر أكتوبر سنة 2018 م"),
        ("في اكتوبر، 2018", "اكتوبر، 2018"),
        ("في أُكْتُـــوبَر ٢٠١٨", "أُكْتُـــوبَر ٢٠١٨"),
        ("في أكتوبر \N{RIGHT-TO-LEFT MARK}2018", "أكتوبر \N{RIGHT-TO-LEFT MARK}2018"),
        ("بأكتوبر 2018", "أكتوبر 2018"),
        ("وفي أكتوبر ۲۰۱۸", "أكتوبر ۲۰۱۸"),
        ("10/2018", "10/2018"),
    ],
)
def test_a_month_in_its_spellings(text, surface):
    assert one(text) == (surface, "2018-10-01 2018-10-31", "month")


@pytest.mark.parametrize(
    "text",
    [
        "مارس الطبيب مهنته ومارس الرياضة",
        "آب المسافر إلى أهله، وهو أب لطفلين",
        "اشترى سيارة نيسان وقالت ماي إنها باقية",
        "قال رجب طيب ورمضان وشعبان والحاج محرم",
        "فاز 3-صفر ثم 2 صفر، وهذا محرم",
        "في ربيع العمر والربيع العربي",
        "بلغ عددهم 2015 شخصا و1990 دولارا",
        "على ارتفاع 2000 م وعمق 1500 متر",
        "صلاة الجمعة وكل جمعة والجمعة البيضاء",
        "اليوم العالمي للمرأة في روسيا اليوم",
        "الرأي العام الحالي والأمين العام السابق",
        "كان عاما صعبا ولمدة عام واحد وخلال ثلاثة أيام",
        "مرة في اليوم، ومرتين باليوم",
        "الآية 2/255 والهاتف 011-22-3344 ونسبة 3.5% والساعة 8:30",
        "رجل في الخمسينيات من عمره، والستينيات من عمرها",
        "http://example.org/2018/03/14/news و192.168.10.12",
        "القانون 1970 والمادة 1995 وبالقرار 2015",
        "بين 1990 و1995 كيلومترا، ومن 1990 إلى 1995 دولارا",
        "العلاقة بين الاثنين جيدة، وكلا الاثنين راض",
        "لم يكن أحد مارس الرياضة، وفاز بثلاثة صفر",
        "صام آخر ثلاثة أيام من الشهور",
        "صلوا الجمعة في المسجد، وصلى الجمعة، وهم يصلون الجمعة",
        "ذكريات الأمس ليست كالأمس",
        "لم يصل حتى الآن",
        "العامين الأول والثاني من عمره",
        "السنة الأولى من الهجرة إلى كندا",
        "في 2005-08",  # August, or up to 2008
        "",
    ],
)
def test_what_is_no_date(text):
    assert found(text) == []


# --- one table for the rest -------------------------------------------------------------------

CASES = [
    # days
    ("الأول من يناير 2020", "الأول من يناير 2020", "2020-01-01", "day"),
    ("في الثالث عشر من مايو 2011", "الثالث عشر من مايو 2011", "2011-05-13", "day"),
    ("الخامس والعشرين من يناير 2011", "الخامس والعشرين من يناير 2011", "2011-01-25", "day"),
    ("الـ15 من مايو 2011", "الـ15 من مايو 2011", "2011-05-15", "day"),
    ("فاتح ماي 2011", "فاتح ماي 2011", "2011-05-01", "day"),
    ("الفاتح من سبتمبر 1969", "الفاتح من سبتمبر 1969", "1969-09-01", "day"),
    ("في 1 الفاتح 1970 م", "1 الفاتح 1970 م", "1970-09-01", "day"),
    ("الجمعة الموافق 5 مايو 2023", "الجمعة الموافق 5 مايو 2023", "2023-05-05", "day"),
    ("15-مايو-2018", "15-مايو-2018", "2018-05-15", "day"),
    ("في 30 فبراير 2018", "30 فبراير 2018", None, "unresolved"),
    # digits
    ("١٥/١٠/٢٠٢٥", "١٥/١٠/٢٠٢٥", "2025-10-15", "day"),
    ("۱۵-۱۰-۲۰۲۵", "۱۵-۱۰-۲۰۲۵", "2025-10-15", "day"),
    ("15.10.2025", "15.10.2025", "2025-10-15", "day"),
    ("15 / 10 / 2025", "15 / 10 / 2025", "2025-10-15", "day"),
    ("2025/10/15", "2025/10/15", "2025-10-15", "day"),
    ("2025/15/10", "2025/15/10", "2025-10-15", "day"),  # written from right to left
    ("2025-10-05", "2025-10-05", "2025-10-05", "day"),
    ("2025-10-05T12:30", "2025-10-05", "2025-10-05", "day"),
    ("05/06/2020", "05/06/2020", None, "unresolved"),
    ("الأحد 05/07/2020", "الأحد 05/07/2020", "2020-07-05", "day"),  # 7 May was a Thursday
    ("07/07/2020", "07/07/2020", "2020-07-07", "day"),
    ("15/9/1445هـ", "15/9/1445هـ", "2024-03-25", "day"),
    # years
    ("في 2024.", "2024", "2024-01-01 2024-12-31", "year"),
    ("عام 2015", "عام 2015", "2015-01-01 2015-12-31", "year"),
    ("لعام 2015م", "عام 2015م", "2015-01-01 2015-12-31", "year"),
    ("للعام 2015", "للعام 2015", "2015-01-01 2015-12-31", "year"),
    ("نكسة العام 67", "العام 67", "1967-01-01 1967-12-31", "year"),
    ("سنة 70 للميلاد", "سنة 70 للميلاد", "0070-01-01 0070-12-31", "year"),
    ("سنة 331 ق.م", "سنة 331 ق.م", "-0330-01-01 -0330-12-31", "year"),
    ("عام 1 قبل الميلاد", "عام 1 قبل الميلاد", "0000-01-01 0000-12-31", "year"),
    (
        "عام ألف وتسعمئة واثنين وخمسين",
        "عام ألف وتسعمئة واثنين وخمسين",
        "1952-01-01 1952-12-31",
        "year",
    ),
    ("سنة ألفين وخمس عشرة", "سنة ألفين وخمس عشرة", "2015-01-01 2015-12-31", "year"),
    ("عام ألفين", "عام ألفين", "2000-01-01 2000-12-31", "year"),
    # decades, centuries
    ("في التسعينيات", "التسعينيات", "1990-01-01 1999-12-31", "decade"),
    ("في العشرينيات", "العشرينيات", "1920-01-01 1929-12-31", "decade"),
    (
        "ثمانينات القرن الماضي",
        "ثمانينات القرن الماضي",
        "1980-01-01 1989-12-31",
        "decade",
    ),
    ("أوائل الألفينيات", "الألفينيات", "2000-01-01 2009-12-31", "decade"),
    ("عقد الستينات", "عقد الستينات", "1960-01-01 1969-12-31", "decade"),
    ("العقد الماضي", "العقد الماضي", "2010-01-01 2019-12-31", "decade"),
    ("القرن التاسع عشر", "القرن التاسع عشر", "1801-01-01 1900-12-31", "century"),
    ("القرن 19", "القرن 19", "1801-01-01 1900-12-31", "century"),
    ("القرن الحادي والعشرين", "القرن الحادي والعشرين", "2001-01-01 2100-12-31", "century"),
    ("القرن الأول ق.م.", "القرن الأول ق.م", "-0099-01-01 0000-12-31", "century"),
    ("القرن الثالث الهجري", "القرن الثالث الهجري", "0816-07-30 0913-08-06", "century"),
    # seasons, quarters, halves: calendar months
    ("صيف 2018", "صيف 2018", "2018-06-01 2018-08-31", "season"),
    ("شتاء 2019", "شتاء 2019", "2019-12-01 2020-02-29", "season"),
    ("الربيع المقبل", "الربيع المقبل", "2026-03-01 2026-05-31", "season"),
    ("الربع الثالث من 2018", "الربع الثالث من 2018", "2018-07-01 2018-09-30", "quarter"),
    (
        "الربع الأخير من العام الماضي",
        "الربع الأخير من العام الماضي",
        "2024-10-01 2024-12-31",
        "quarter",
    ),
    ("النصف الثاني من 2016", "النصف الثاني من 2016", "2016-07-01 2016-12-31", "range"),
    (
        "النصف الأول من القرن العشرين",
        "النصف الأول من القرن العشرين",
        "1901-01-01 1950-12-31",
        "range",
    ),
    ("في الربع الثالث", "الربع الثالث", "2025-07-01 2025-09-30", "quarter"),
    (
        "الأشهر التسعة الأولى من 2018",
        "الأشهر التسعة الأولى من 2018",
        "2018-01-01 2018-09-30",
        "range",
    ),
    (
        "الألف الثالث قبل الميلاد",
        "الألف الثالث قبل الميلاد",
        "-2999-01-01 -2000-12-31",
        "range",
    ),
    # ranges
    ("بين عامي 2011 و2015", "عامي 2011 و2015", "2011-01-01 2015-12-31", "range"),
    ("من 3 إلى 5 مايو 2018", "3 إلى 5 مايو 2018", "2018-05-03 2018-05-05", "range"),
    ("3 - 5 مايو 2018", "3 - 5 مايو 2018", "2018-05-03 2018-05-05", "range"),
    ("٣ ـ ٥ مايو ٢٠١٨", "٣ ـ ٥ مايو ٢٠١٨", "2018-05-03 2018-05-05", "range"),
    ("2011-2015", "2011-2015", "2011-01-01 2015-12-31", "range"),
    ("موسم 2015-2014", "2015-2014", "2014-01-01 2015-12-31", "range"),
    ("(1254-1324م)", "1254-1324م", "1254-01-01 1324-12-31", "range"),
    ("موسم 2018/19", "2018/19", "2018-01-01 2019-12-31", "range"),
    (
        "(15 يناير 1918 - 28 سبتمبر 1970)",
        "15 يناير 1918 - 28 سبتمبر 1970",
        "1918-01-15 1970-09-28",
        "range",
    ),
    ("من يناير إلى مارس 2018", "يناير إلى مارس 2018", "2018-01-01 2018-03-31", "range"),
    ("من ديسمبر إلى فبراير 2018", "ديسمبر إلى فبراير 2018", "2017-12-01 2018-02-28", "range"),
    ("من عام 2011 حتى اليوم", "عام 2011 حتى اليوم", "2011-01-01 2025-11-16", "range"),
    ("يوليو/أغسطس 2018", "يوليو/أغسطس 2018", "2018-07-01 2018-08-31", "range"),
    (
        "القرنان التاسع عشر والعشرون",
        "القرنان التاسع عشر والعشرون",
        "1801-01-01 2000-12-31",
        "range",
    ),
    ("من 2011 إلى الآن", "2011 إلى الآن", "2011-01-01 2025-11-16", "range"),
    ("منذ مطلع عام 2011 وحتى الآن", "عام 2011 وحتى الآن", "2011-01-01 2025-11-16", "range"),
    ("بين 2011 والآن", "2011 والآن", "2011-01-01 2025-11-16", "range"),
    ("منذ 7 أكتوبر حتى الآن", "7 أكتوبر حتى الآن", "2025-10-07 2025-11-16", "range"),
    ("من يناير حتى الآن", "يناير حتى الآن", "2025-01-01 2025-11-16", "range"),
    ("من 10 أكتوبر إلى أمس", "10 أكتوبر إلى أمس", "2025-10-10 2025-11-15", "range"),
    ("من 2030 حتى الآن", "2030", "2030-01-01 2030-12-31", "year"),
    ("في 2018 لم يصل حتى الآن", "2018", "2018-01-01 2018-12-31", "year"),
    # a sign between two numbers: days, or a day and its month
    ("ليلة 10/12 مايو 2022", "10/12 مايو 2022", "2022-05-10 2022-05-12", "range"),
    ("في 10/12 ديسمبر 2022", "ديسمبر 2022", "2022-12-01 2022-12-31", "month"),
    ("في 12/5 مايو 2022", "مايو 2022", "2022-05-01 2022-05-31", "month"),
    ("في 5/12 مايو 2022", "مايو 2022", "2022-05-01 2022-05-31", "month"),
    ("في 2025-11", "2025-11", "2025-11-01 2025-11-30", "month"),
    ("من 2025-09 إلى 2025-11", "2025-09 إلى 2025-11", "2025-09-01 2025-11-30", "range"),
    ("موسم 2011-12", "2011-12", "2011-01-01 2012-12-31", "range"),
    # days of a month that is told by a direction
    ("من 3 إلى 5 من الشهر المقبل", "3 إلى 5 من الشهر المقبل", "2025-12-03 2025-12-05", "range"),
    (
        "يومي 22 و23 من الشهر الجاري",
        "يومي 22 و23 من الشهر الجاري",
        "2025-11-22 2025-11-23",
        "range",
    ),
    ("بين 3 و5 من الشهر الجاري", "3 و5 من الشهر الجاري", "2025-11-03 2025-11-05", "range"),
    ("أيام 3 و4 و5 من الشهر المقبل", "3 و4 و5 من الشهر المقبل", "2025-12-03 2025-12-05", "range"),
    (
        "في الثالث والرابع من الشهر المقبل",
        "الثالث والرابع من الشهر المقبل",
        "2025-12-03 2025-12-04",
        "range",
    ),
    ("من 3 حتى 5 من الشهر نفسه", "3 حتى 5 من الشهر نفسه", None, "unresolved"),
    ("بين 20 و25 الجاري", "20 و25 الجاري", "2025-11-20 2025-11-25", "range"),
    ("في 25 من الجاري", "25 من الجاري", "2025-11-25", "day"),
    ("الأسبوع الأول من الشهر المقبل", "الشهر المقبل", "2025-12-01 2025-12-31", "month"),
    # Hijri; days from tables of Umm al-Qura
    ("عام 1445 هـ", "عام 1445 هـ", "2023-07-19 2024-07-06", "year"),
    ("رمضان 1445هـ", "رمضان 1445هـ", "2024-03-11 2024-04-09", "month"),
    ("15 رمضان 1445", "15 رمضان 1445", "2024-03-25", "day"),
    ("غرة محرم 1445هـ", "غرة محرم 1445هـ", "2023-07-19", "day"),
    ("في رمضان الماضي", "رمضان الماضي", "2025-03-01 2025-03-29", "month"),
    ("4 صفر سنة 656 هـ", "4 صفر سنة 656 هـ", "1258-02-10", "day"),  # the Mongols take Baghdad
    ("1445هـ / 2023م", "1445هـ / 2023م", "2023-01-01 2023-12-31", "year"),
    ("سنة 656 هـ (1258م)", "سنة 656 هـ (1258م)", "1258-01-01 1258-12-31", "year"),
    ("سنة 656 هـ (1358م)", "سنة 656 هـ (1358م)", None, "unresolved"),
    ("سنة 1379 هـ ش", "سنة 1379 هـ ش", None, "unresolved"),
    ("سنة 1390هـ.ش", "سنة 1390هـ.ش", None, "unresolved"),
    ("1390 هـ.ش.", "1390 هـ.ش", None, "unresolved"),
    ("في 1379/5/3 هـ.ش", "1379/5/3 هـ.ش", None, "unresolved"),
    ("القرن 14 هـ.ش", "القرن 14 هـ.ش", None, "unresolved"),
    ("سنة 1445 هـ. وصل", "سنة 1445 هـ", "2023-07-19 2024-07-06", "year"),
    # 1446 begins on 7 July 2024, 1447 on 26 June 2025
    ("العام الهجري 1446", "العام الهجري 1446", "2024-07-07 2025-06-25", "year"),
    ("السنة الهجرية 1446", "السنة الهجرية 1446", "2024-07-07 2025-06-25", "year"),
    ("السنة الهجرية 1446هـ", "السنة الهجرية 1446هـ", "2024-07-07 2025-06-25", "year"),
    ("مطلع العام الهجري 1446", "العام الهجري 1446", "2024-07-07 2025-06-25", "year"),
    (
        "بداية العام الهجري الجديد 1446",
        "العام الهجري الجديد 1446",
        "2024-07-07 2025-06-25",
        "year",
    ),
    ("مطلع العام الهجري الجديد", "العام الهجري الجديد", "2025-06-26 2026-06-15", "year"),
    ("مطلع العام الهجري", "العام الهجري", "2025-06-26 2026-06-15", "year"),
    ("العام الميلادي 2024", "العام الميلادي 2024", "2024-01-01 2024-12-31", "year"),
    ("نهاية العام م. أحمد", "العام", "2025-01-01 2025-12-31", "year"),
    (
        "الربع الأول من العام الجديد",
        "الربع الأول من العام الجديد",
        "2026-01-01 2026-03-31",
        "quarter",
    ),
    ("العام الميلادي الجديد", "العام الميلادي الجديد", "2026-01-01 2026-12-31", "year"),
    ("في يناير من العام الجديد", "يناير من العام الجديد", "2026-01-01 2026-01-31", "month"),
    # the first tabular year has 354 days from 16 July 622 on, the second is a leap year
    ("السنة الثانية للهجرة", "السنة الثانية للهجرة", "0623-07-05 0624-06-23", "year"),
    ("السنة الثانية من الهجرة", "السنة الثانية من الهجرة", "0623-07-05 0624-06-23", "year"),
    ("السنة الثالثة قبل الهجرة", "السنة الثالثة قبل الهجرة", None, "unresolved"),
    # beside the document's date, Sunday 16 November 2025
    ("اليوم الأحد", "اليوم الأحد", "2025-11-16", "day"),
    ("وصل الأحد", "الأحد", "2025-11-16", "day"),
    ("وصل السبت", "السبت", "2025-11-15", "day"),
    ("وصل الاثنين", "الاثنين", "2025-11-10", "day"),
    ("سيصل الاثنين", "الاثنين", "2025-11-17", "day"),
    ("الأحد الماضي", "الأحد الماضي", "2025-11-09", "day"),
    ("الأحد المقبل", "الأحد المقبل", "2025-11-23", "day"),
    ("أمس", "أمس", "2025-11-15", "day"),
    ("يوم أمس السبت", "يوم أمس السبت", "2025-11-15", "day"),
    ("أول من أمس", "أول من أمس", "2025-11-14", "day"),
    ("أمس الأول", "أمس الأول", "2025-11-14", "day"),
    ("أول الأمس", "أول الأمس", "2025-11-14", "day"),
    ("وصل بالأمس", "الأمس", "2025-11-15", "day"),
    ("وبالأمس السبت", "الأمس السبت", "2025-11-15", "day"),
    ("في الأمس القريب", "الأمس", None, "vague"),
    ("وصلوا السبت الماضي إلى بيروت", "السبت الماضي", "2025-11-15", "day"),
    ("وصلوا الجمعة إلى بيروت", "الجمعة", "2025-11-14", "day"),
    ("يصلون الثلاثاء المقبل", "الثلاثاء المقبل", "2025-11-18", "day"),
    ("فصلوا الأحد من عملهم", "الأحد", "2025-11-16", "day"),
    ("غدًا", "غدًا", "2025-11-17", "day"),
    ("بعد غد", "بعد غد", "2025-11-18", "day"),
    ("الأسبوع الماضي", "الأسبوع الماضي", "2025-11-03 2025-11-09", "week"),
    ("الأسبوع المقبل", "الأسبوع المقبل", "2025-11-17 2025-11-23", "week"),
    ("الشهر الماضي", "الشهر الماضي", "2025-10-01 2025-10-31", "month"),
    ("مطلع الشهر", "الشهر", "2025-11-01 2025-11-30", "month"),
    ("العام الجاري", "العام الجاري", "2025-01-01 2025-12-31", "year"),
    ("هذه السنة", "هذه السنة", "2025-01-01 2025-12-31", "year"),
    ("القرن الماضي", "القرن الماضي", "1901-01-01 2000-12-31", "century"),
    ("في 15 أكتوبر", "15 أكتوبر", "2025-10-15", "day"),
    ("في 15 مايو المقبل", "15 مايو المقبل", "2026-05-15", "day"),
    ("في 15 ديسمبر الماضي", "15 ديسمبر الماضي", "2024-12-15", "day"),
    ("الخامس من الشهر الجاري", "الخامس من الشهر الجاري", "2025-11-05", "day"),
    ("في 10 الجاري", "10 الجاري", "2025-11-10", "day"),
    ("مايو من العام الماضي", "مايو من العام الماضي", "2024-05-01 2024-05-31", "month"),
    ("قبل ثلاثة أيام", "قبل ثلاثة أيام", "2025-11-13", "day"),
    ("منذ نحو عامين", "منذ نحو عامين", "2023-01-01 2023-12-31", "year"),
    ("قبل 30 عاما", "قبل 30 عاما", "1995-01-01 1995-12-31", "year"),
    ("السنوات الخمس الماضية", "السنوات الخمس الماضية", "2020-11-16 2025-11-16", "range"),
    ("الشهرين المقبلين", "الشهرين المقبلين", "2025-11-16 2026-01-16", "range"),
    ("منذ سنوات", "منذ سنوات", None, "vague"),
    ("منذ أكثر من ثلاث سنوات", "منذ أكثر من ثلاث سنوات", None, "vague"),
    ("الأربعة أشهر الماضية", "الأربعة أشهر الماضية", "2025-07-16 2025-11-16", "range"),
    ("السنوات الأخيرة", "السنوات الأخيرة", None, "vague"),
    ("العام نفسه", "العام نفسه", None, "unresolved"),
    ("في 7 يوليو من كل عام", "7 يوليو", None, "unresolved"),
    ("27 مايو من نفس العام", "27 مايو من نفس العام", None, "unresolved"),
    ("ثورة 25 يناير", "25 يناير", None, "unresolved"),
    # one step beyond the last and the next; 16 November 2025 is a Sunday
    ("الأحد قبل الماضي", "الأحد قبل الماضي", "2025-11-02", "day"),
    ("الجمعة قبل الماضية", "الجمعة قبل الماضية", "2025-11-07", "day"),
    ("الأحد بعد المقبل", "الأحد بعد المقبل", "2025-11-30", "day"),
    ("العام قبل الماضي", "العام قبل الماضي", "2023-01-01 2023-12-31", "year"),
    ("العام ما قبل الماضي", "العام ما قبل الماضي", "2023-01-01 2023-12-31", "year"),
    ("الأسبوع قبل الماضي", "الأسبوع قبل الماضي", "2025-10-27 2025-11-02", "week"),
    ("الشهر بعد القادم", "الشهر بعد القادم", "2026-01-01 2026-01-31", "month"),
    ("الصيف قبل الماضي", "الصيف قبل الماضي", "2024-06-01 2024-08-31", "season"),
    ("الأسبوعين قبل الماضيين", "الأسبوعين قبل الماضيين", None, "unresolved"),
    (
        "7 أكتوبر من العام قبل الماضي",
        "7 أكتوبر من العام قبل الماضي",
        "2023-10-07",
        "day",
    ),
    # several weekdays
    ("يومي السبت والأحد الماضيين", "يومي السبت والأحد الماضيين", "2025-11-08 2025-11-09", "range"),
    ("السبت والأحد الماضيين", "السبت والأحد الماضيين", "2025-11-08 2025-11-09", "range"),
    ("في يومي الأحد والاثنين", "يومي الأحد والاثنين", "2025-11-16 2025-11-17", "range"),
    (
        "يومي الأربعاء والخميس المقبلين",
        "يومي الأربعاء والخميس المقبلين",
        "2025-11-19 2025-11-20",
        "range",
    ),
    (
        "أيام الثلاثاء والأربعاء والخميس المقبلة",
        "أيام الثلاثاء والأربعاء والخميس المقبلة",
        "2025-11-18 2025-11-20",
        "range",
    ),
    ("سيلتقيان يومي الاثنين والثلاثاء", "يومي الاثنين والثلاثاء", "2025-11-17 2025-11-18", "range"),
    ("في أيام الخميس والجمعة", "أيام الخميس والجمعة", None, "unresolved"),  # or every week
    ("ليل الجمعة السبت", "الجمعة السبت", "2025-11-14 2025-11-15", "range"),
    ("ليلة الجمعة/السبت", "الجمعة/السبت", "2025-11-14 2025-11-15", "range"),
    (
        "يومي الأحد والاثنين 16 و17 نوفمبر",
        "يومي الأحد والاثنين 16 و17 نوفمبر",
        "2025-11-16 2025-11-17",
        "range",
    ),
    ("ستغلق اعتبارا من الخميس", "الخميس", "2025-11-20", "day"),
    ("أغلقت اعتبارا من السبت", "السبت", "2025-11-15", "day"),
    ("وتقام المباراة يوم الأربعاء", "يوم الأربعاء", "2025-11-19", "day"),
    # names and numbers of months and days
    ("في 2 مايس 1941", "2 مايس 1941", "1941-05-02", "day"),
    ("نكسة خمسة حزيران", "خمسة حزيران", "2025-06-05", "day"),
    ("في عشرين مارس", "عشرين مارس", "2025-03-20", "day"),
    ("ثلاثة عشر نيسان", "ثلاثة عشر نيسان", "2025-04-13", "day"),
    ("تاسع عشر ذي القعدة 1445", "ذي القعدة 1445", "2024-05-09 2024-06-06", "month"),
    ("خمسة وعشرين مايو 2018", "خمسة وعشرين مايو 2018", "2018-05-25", "day"),
    ("الفاتح نوفمبر 1954", "الفاتح نوفمبر 1954", "1954-11-01", "day"),
    ("في تشرين 2019", "تشرين 2019", None, "unresolved"),
    ("17 تشرين 2019", "17 تشرين 2019", None, "unresolved"),
    ("أكتوبر/تشرين 2019", "أكتوبر/تشرين 2019", "2019-10-01 2019-10-31", "month"),
    ("حرب ستة أكتوبر", "ستة أكتوبر", None, "unresolved"),
    ("يناير/كانون الأول 2019", "يناير/كانون الأول 2019", None, "unresolved"),
    (
        "الربعين الثاني والثالث من 2025",
        "الربعين الثاني والثالث من 2025",
        "2025-04-01 2025-09-30",
        "range",
    ),
    (
        "العقد الأول من الألفية الثالثة",
        "العقد الأول من الألفية الثالثة",
        "2001-01-01 2010-12-31",
        "decade",
    ),
    ("بين عامي 2015 و2011", "عامي 2015 و2011", "2011-01-01 2015-12-31", "range"),
    ("بين 1990 و1995", "1990 و1995", "1990-01-01 1995-12-31", "range"),
    # before and after the Hijra
    ("القرن السابع قبل الهجرة", "القرن السابع قبل الهجرة", None, "unresolved"),
    ("سنة 53 قبل الهجرة", "سنة 53 قبل الهجرة", None, "unresolved"),
    ("سنة 53 ق هـ", "سنة 53 ق هـ", None, "unresolved"),
    ("سنة 1445 بعد الهجرة", "سنة 1445 بعد الهجرة", "2023-07-19 2024-07-06", "year"),
    ("العام الهجري الحالي", "العام الهجري الحالي", "2025-06-26 2026-06-15", "year"),
    (
        "الثاني عشر من ربيع الأول من العام الهجري الحالي",
        "الثاني عشر من ربيع الأول من العام الهجري الحالي",
        "2025-09-04",
        "day",
    ),
    # lengths
    ("قبل يوم واحد", "قبل يوم واحد", "2025-11-15", "day"),
    ("قبل ثلاثة أسابيع من الآن", "قبل ثلاثة أسابيع", "2025-10-20 2025-10-26", "week"),
    ("قبل يومين فقط من زيارته", "قبل يومين", None, "unresolved"),
    ("قبل يومين على انطلاق البطولة", "قبل يومين", None, "unresolved"),
    ("في آخر ثلاثة أعوام", "آخر ثلاثة أعوام", "2022-11-16 2025-11-16", "range"),
    ("خلال آخر عامين", "آخر عامين", "2023-11-16 2025-11-16", "range"),
    (
        "في الاثني عشر شهرا الأخيرة",
        "الاثني عشر شهرا الأخيرة",
        "2024-11-16 2025-11-16",
        "range",
    ),
    ("ألف وعشرة آلاف سنة المقبلة", "ألف وعشرة آلاف سنة المقبلة", None, "vague"),
]


@pytest.mark.parametrize(("text", "surface", "days", "precision"), CASES)
def test_expressions(text, surface, days, precision):
    assert one(text) == (surface, days, precision)


@pytest.mark.parametrize(
    "text", ["أمس", "الأحد", "الشهر الماضي", "15 أكتوبر", "في رمضان", "قبل ثلاثة أيام", "اليوم"]
)
def test_without_the_day_of_the_document_it_stays_open(text):
    for date in (None, float("nan"), pd.NaT):
        ((_, first, last, precision),) = found(text, date)
        assert (first, last, precision) == (None, None, "unresolved")


def test_a_range_up_to_now_stays_open_without_the_day_of_the_document():
    assert found("من 2011 إلى الآن", None) == [("2011 إلى الآن", None, None, "unresolved")]


@pytest.mark.parametrize("date", [None, "2005-03-01", "2025-11-16"])
def test_the_decade_from_2000_on_is_the_same_for_every_document(date):
    assert one("في الألفينيات", date)[1:] == ("2000-01-01 2009-12-31", "decade")


@pytest.mark.parametrize(
    ("date", "days"),
    [
        # 1446 has its months from 7 July 2024 on, the seventh from 1 January 2025.
        ("2024-07-20", "2024-07-07 2025-06-25"),
        ("2024-12-31", "2024-07-07 2025-06-25"),
        ("2025-01-01", "2025-06-26 2026-06-15"),
        ("2025-06-20", "2025-06-26 2026-06-15"),
    ],
)
def test_the_new_hijri_year_is_the_coming_one_in_the_second_half_of_one(date, days):
    assert one("العام الهجري الجديد", date)[1:] == (days, "year")


@pytest.mark.parametrize(
    ("date", "text", "days"),
    [
        # In January, December is the last one; in late December, January the next one.
        ("2018-01-10", "في 28 ديسمبر", "2017-12-28"),
        ("2018-12-28", "في 5 يناير", "2019-01-05"),
        ("2018-05-10", "في 22 مايو", "2018-05-22"),
        ("2018-03-15", "قتل 44 في 5 أكتوبر", "2017-10-05"),
        ("2018-07-31", "سيحاكم في 5 نوفمبر", "2018-11-05"),
        # 30 March was a Friday in 2018 and a Saturday in 2019.
        ("2018-11-20", "في 30 مارس", "2018-03-30"),
        ("2018-11-20", "السبت 30 مارس", "2019-03-30"),
    ],
)
def test_a_day_without_its_year(date, text, days):
    assert one(text, date)[1:] == (days, "day")


PAST = [
    ("2026-01-05", "وقتل في 3 أبريل ثلاثة صحافيين", "2025-04-03"),
    ("2026-01-05", "كان قد أعلن ذلك في 3 مارس", "2025-03-03"),
    ("2025-11-16", "وكانت الشرطة اعتقلته في 3 ديسمبر", "2024-12-03"),
    ("2025-11-16", "يغيب منذ إصابته في 3 ديسمبر", "2024-12-03"),
    ("2025-11-16", "واستقال جونسون في 3 ديسمبر", "2024-12-03"),
    ("2025-11-16", "أقيل بعد تعيينه في 3 ديسمبر", "2024-12-03"),
    ("2025-11-16", "سيعود الغائب منذ 3 ديسمبر", "2024-12-03"),
    ("2025-12-30", "وقتل في 5 يناير ثلاثة", "2025-01-05"),
]
COMING = [
    ("2025-11-16", "أعلن أن القمة في 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "كان من المقرر عقدها في 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "وقع عقدا ينتهي في 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "ارتفع النفط تسليم 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "أطلق صفحة لتنظيم احتجاج في 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "بدأت الحملة قبل انتخابات 3 ديسمبر", "2025-12-03"),
    ("2025-11-16", "كانت لديها مواعيد من هنا إلى 3 ديسمبر", "2025-12-03"),
]


@pytest.mark.parametrize(("date", "text", "day"), PAST + COMING)
def test_a_sentence_on_what_is_over_takes_the_last_day_of_that_name(date, text, day):
    assert one(text, date)[1:] == (day, "day")


def test_the_thirtieth_of_a_short_hijri_month_follows_its_last_day():
    # Dhu al-Qada 1439 has 29 days in Umm al-Qura; 12 August 2018 was a Sunday.
    assert one("الأحد 30 ذي القعدة", "2018-07-23")[1:] == ("2018-08-12", "day")
    assert one("30 ذي القعدة 1439هـ")[1:] == ("2018-08-12", "day")
    assert one("31 ذي القعدة 1439هـ")[1:] == (None, "unresolved")


# --- every day --------------------------------------------------------------------------------

EGYPT = [
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
]
LEVANT = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WRITTEN = (
    lambda day: f"{day.day} {EGYPT[day.month - 1]} {day.year}",
    lambda day: f"{day.day} {LEVANT[day.month - 1]} {day.year}م",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: (
        f"{day.day} {EGYPT[day.month - 1]}/{LEVANT[day.month - 1]} عام {day.year}".translate(
            ARABIC_DIGITS
        )
    ),
)


def days_read(written):
    texts = pd.DataFrame({"doc": ["a"], "text": ["\n".join(written)]})
    dates = find_dates(texts)
    assert dates["text"].tolist() == written
    assert dates["first"].tolist() == dates["last"].tolist()
    return dates["first"].tolist()


def days_of(first, last):
    span = range(datetime.date(first, 1, 1).toordinal(), datetime.date(last + 1, 1, 1).toordinal())
    return [datetime.date.fromordinal(day) for day in span]


def test_every_day_of_1900_to_2077_in_one_of_four_ways():
    days = days_of(1900, 2077)
    written = [WRITTEN[place % len(WRITTEN)](day) for place, day in enumerate(days)]
    assert days_read(written) == [day.isoformat() for day in days]


@pytest.mark.slow
def test_every_day_of_1900_to_2077_in_every_way():
    days = days_of(1900, 2077)
    for write in WRITTEN:
        assert days_read([write(day) for day in days]) == [day.isoformat() for day in days]


def test_every_first_day_of_a_hijri_month_is_that_of_hijridate():
    names = "محرم|صفر|ربيع الأول|ربيع الثاني|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال"
    names = [*names.split("|"), "ذو القعدة", "ذو الحجة"]
    months = [(year, month) for year in range(1343, 1501) for month in range(1, 13)]
    written = [f"1 {names[month - 1]} {year}هـ" for year, month in months]
    expected = [Hijri(year, month, 1).to_gregorian().isoformat() for year, month in months]
    assert days_read(written) == expected


# --- calendars --------------------------------------------------------------------------------

LEAP_YEARS = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}


def test_gregorian_days_are_those_of_the_standard_library():
    for day in days_of(1583, 1700) + days_of(1990, 2030):
        written = day.year, day.month, day.day
        number = calendars.number_of(written)
        assert calendars.day_of(number) == written
        assert number - day.toordinal() == 1721425  # of 31 December of the year before 1
        assert calendars.weekday(written) == day.weekday()


def test_julian_days_go_back_beyond_the_first_year():
    for number in range(0, 2299161, 97):
        assert calendars.number_of(calendars.day_of(number)) == number
    # Day 0 is 1 January 4713 BC; 4 October 1582 is the day before 15 October.
    assert calendars.day_of(0) == (-4712, 1, 1)
    assert calendars.plus_days((1582, 10, 4), 1) == (1582, 10, 15)


def test_tabular_years_add_up_from_the_first():
    number = 1948440  # 16 July 622
    for year in range(1, 1343):
        assert calendars.hijri_month_start(year, 1) == number
        number += 355 if year % 30 in LEAP_YEARS else 354


@pytest.mark.parametrize(
    ("hijri", "day"),
    [
        ((1, 1, 1), (622, 7, 16)),
        ((583, 4, 24), (1187, 7, 3)),  # Hattin, 4 July by the sighted moon
        ((583, 7, 27), (1187, 10, 2)),  # Jerusalem surrenders
        ((656, 2, 4), (1258, 2, 10)),  # Baghdad falls
    ],
)
def test_days_of_history(hijri, day):
    assert calendars.hijri_span(*hijri) == (day, day)


def test_days_that_a_calendar_lacks():
    assert calendars.hijri_span(1445, 13) is None
    assert calendars.hijri_span(1445, 2, 31) is None
    assert calendars.hijri_span(0) is None
    assert not calendars.is_day(2023, 2, 29)


# --- spans and tables -------------------------------------------------------------------------


def test_rows_are_those_of_the_schema():
    dates = find_dates(pd.DataFrame({"doc": ["a"], "text": ["في 2024"]}))
    assert {column: str(dtype) for column, dtype in dates.dtypes.items()} == SCHEMA["dates"]
    assert dates["sent"].isna().all()


@pytest.mark.parametrize(
    ("text", "start"),
    [("وفي 2011", 4), ("وبعام 2011", 2), ("لعام 2011", 1), ("للعام 2011", 0), ("و2011-2012", 1)],
)
def test_spans_begin_behind_proclitics(text, start):
    dates = find_dates(pd.DataFrame({"doc": ["a"], "text": [text]}))
    assert dates[["start", "end"]].to_numpy().tolist() == [[start, len(text)]]


def test_nothing_is_read_before_the_body():
    text = "date 2025-11-16 اليوم"
    assert found(text, body_start=[16]) == [("اليوم", DAY, DAY, "day")]
    assert len(found(text)) == 2


def test_offsets_lead_into_the_raw_text_behind_marks():
    text = "\N{RIGHT-TO-LEFT EMBEDDING}وُلِدَ فِي عَــامِ ١٩٩٠\N{POP DIRECTIONAL FORMATTING}م."
    assert one(text)[1] == "1990-01-01 1990-12-31"


def test_documents_keep_their_order_and_their_names():
    texts = pd.DataFrame({"doc": ["b", "a"], "text": ["في 2011 و2012", "أمس"], "date": [None, DAY]})
    assert find_dates(texts)["doc"].tolist() == ["b", "b", "a"]


def test_odd_tables_are_read():
    texts = pd.DataFrame(
        {
            "doc": pd.Categorical(["x", "y", "z"], categories=["z", "unused", "y", "x"]),
            "text": ["أمس", None, float("nan")],
            "date": pd.to_datetime([DAY, None, DAY]),
        },
        index=[7, 7, 3],
    )
    dates = find_dates(texts)
    assert dates["doc"].tolist() == ["x"]
    assert dates["doc"].cat.categories.tolist() == ["x"]
    assert dates["first"].tolist() == ["2025-11-15"]
    assert find_dates(pd.DataFrame({"doc": [1], "text": ["في 2011"]}))["doc"].tolist() == ["1"]


@pytest.mark.parametrize("texts", [{"doc": [], "text": []}, {"doc": ["a"], "text": [""]}])
def test_no_text_gives_an_empty_table(texts):
    dates = find_dates(pd.DataFrame(texts))
    assert len(dates) == 0
    assert {column: str(dtype) for column, dtype in dates.dtypes.items()} == SCHEMA["dates"]


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"^find_dates: no column 'text' in the table; its"):
        find_dates(pd.DataFrame({"doc": ["a"]}))
    with pytest.raises(ValueError, match=r"^find_dates: the table is of type list, not a"):
        find_dates([])
    twice = pd.DataFrame([["a", "b", DAY, DAY]], columns=["doc", "text", "date", "date"])
    with pytest.raises(ValueError, match=r"^find_dates: column 'date' stands 2 times"):
        find_dates(twice)


def test_a_date_that_is_no_day_is_counted():
    texts = pd.DataFrame({"doc": ["a", "b"], "text": ["أمس", "أمس"], "date": ["2025-02-30", DAY]})
    with pytest.warns(UserWarning, match=r"1 of 2 values of date are no ISO days, first '2025-02"):
        dates = find_dates(texts)
    assert dates["precision"].tolist() == ["unresolved", "day"]


# --- whatever the text ------------------------------------------------------------------------

VOCABULARY = """
في من إلى حتى بين منذ قبل بعد خلال و ب ل الـ هذا ذلك كل نفس نحو أكثر بضعة يوم عام سنة شهر قرن عقد
أسبوع العام السنة الشهر الأسبوع اليوم القرن العقد عامي يومي شهري عقدي عامين سنوات أيام الأعوام
الأشهر الماضي المقبل الجاري الأخير نفسه الجديد مايو مارس ماي آب تشرين كانون رمضان صفر محرم ربيع
جمادى ذو الحجة أي النار الفاتح الأول الثاني الثالث عشر العشرين والعشرين ألف تسعمئة ثلاث خمسة وخمسين
التسعينيات صيف الصيف الربع النصف الأحد السبت أمس غدا أول هـ م ق.م الميلاد الهجري ش الموافق مطلع
ثورة صلاة شخصا 0 1 3 12 31 32 99 200 656 1445 1582 2015 2999 05/06/2020 2025-10-15 30/2/2015
1/1/1445 ( ) / - – ، . : ـ الماضيين المقبلة آخر الهجرة ما الربعين مايس عشرين خمسة الاثنين ليل
الألفية كان قتل اعتبارا الأمس بالأمس الآن والآن صلوا الألفينيات القرنان 2025-11 10/12 الثانية للهجرة
القرنين القرون والثالث العقدين السنتين شمسي الهجريان ق الرابعة يصلون المركز والسبعينيات
"""
WORDS = [*VOCABULARY.split(), "\n", "\N{RIGHT-TO-LEFT MARK}", "حزب"]
DATES = st.sampled_from(
    [None, "2025-11-16", "2024-02-29", "0001-01-01", "0600-05-05", "9999-12-31"]
)


def number(day):
    """A day as numbers that can be compared, years below 0 included."""
    year, month, of_month = re.fullmatch(r"(-?[0-9]+)-([0-9]{2})-([0-9]{2})", day).groups()
    return int(year), int(month), int(of_month)


def check(text, date):
    dates = find_dates(pd.DataFrame({"doc": ["a"], "text": [text], "date": [date]}))
    end = 0
    for row in dates.itertuples():
        assert end <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        assert row.precision in PRECISIONS
        end = row.end
        if pd.isna(row.first):
            assert pd.isna(row.last)
            assert row.precision in ("vague", "unresolved")
        else:
            assert number(row.first) <= number(row.last)
            assert row.precision not in ("vague", "unresolved")
            assert row.precision != "day" or row.first == row.last


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ""])), max_size=14), DATES)
def test_any_row_of_words_gives_spans_in_order_and_days_in_order(pieces, date):
    check("".join(word + space for word, space in pieces), date)


@given(st.text(max_size=60), DATES)
def test_any_text_is_read(text, date):
    check(text, date)


@given(st.lists(st.sampled_from(WORDS), max_size=10), st.lists(st.sampled_from(WORDS), max_size=10))
def test_a_paragraph_does_not_change_the_one_before(first, second):
    before, behind = " ".join(first).replace("\n", " "), " ".join(second)
    alone = found(before)
    assert found(f"{before}\n{behind}")[: len(alone)] == alone


RUNS = ["قبل الماضي ", "ما قبل الماضي ", "يومي السبت و", "السبت ", "كان ", "قتل في مايو ", "خمسة و"]
RUNS += ["الثالث و", "القرن الأول و", "مايو و", "القرون الثالث و", "منذ قرن من "]


@pytest.mark.parametrize(
    "piece", ["1، ", "مارس ", "ألف و", "(2011-", "2011 حتى ", "1/", "9", *RUNS]
)
def test_time_grows_with_the_length_only(piece):
    def seconds(times):
        texts = pd.DataFrame({"doc": ["a"], "text": [piece * times], "date": [DAY]})
        begin = time.process_time()
        find_dates(texts)
        return time.process_time() - begin

    # Squared, sixteen times the text would take 256 times as long.
    assert seconds(8000) < 80 * seconds(500) + 0.5


def test_a_word_that_recurs_in_a_long_text_is_held_once():
    *_, first, _, _, _, second = vars(tokens("زار الوفد موسكو ثم عاد الوفد"))["values"]
    assert first == second == "الوفد"
    assert first is second
