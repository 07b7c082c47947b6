"""Dates beside what looks like one: eras, ordinals, numbers of things, lists, places of bodies.

Hijri days by the closed formula of the tabular calendar (354 (y - 1) + (3 + 11 y) // 30 days before
the year y), worked out apart from the code; weekdays and lengths from a calendar of 2025.
"""

import pandas as pd
import pytest
from test_dates import found, one

from toolkit.dates import find_dates


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        (
            "القرنان الثاني والثالث الهجريان",
            "القرنان الثاني والثالث الهجريان",
            "0719-07-24 0913-08-06",
        ),
        (
            "في القرنين الثاني والثالث الهجريين",
            "القرنين الثاني والثالث الهجريين",
            "0719-07-24 0913-08-06",
        ),
        (
            "خلال القرنين الثاني والثالث للهجرة",
            "القرنين الثاني والثالث للهجرة",
            "0719-07-24 0913-08-06",
        ),
        (
            "القرنان الأول والثاني الميلاديان",
            "القرنان الأول والثاني الميلاديان",
            "0001-01-01 0200-12-31",
        ),
        (
            "القرنين الرابع والثالث قبل الميلاد",
            "القرنين الرابع والثالث قبل الميلاد",
            "-0399-01-01 -0200-12-31",
        ),
        (
            "القرنين الثالث والرابع قبل الميلاد",
            "القرنين الثالث والرابع قبل الميلاد",
            "-0399-01-01 -0200-12-31",
        ),
        (
            "القرنين الأول قبل الميلاد والأول الميلادي",
            "القرنين الأول قبل الميلاد والأول الميلادي",
            "-0099-01-01 0100-12-31",
        ),
        (
            "من القرن الأول قبل الميلاد إلى القرن السابع الميلادي",
            "القرن الأول قبل الميلاد إلى القرن السابع الميلادي",
            "-0099-01-01 0700-12-31",
        ),
        (
            "القرون الثاني والثالث والرابع الهجرية",
            "القرون الثاني والثالث والرابع الهجرية",
            "0719-07-24 1010-08-14",
        ),
        (
            "في القرن الرابع عشر والخامس عشر والسادس عشر",
            "القرن الرابع عشر والخامس عشر والسادس عشر",
            "1301-01-01 1600-12-31",
        ),
        (
            "القرنين العشرين والحادي والعشرين",
            "القرنين العشرين والحادي والعشرين",
            "1901-01-01 2100-12-31",
        ),
        (
            "القرون الثامن عشر والتاسع عشر والعشرين",
            "القرون الثامن عشر والتاسع عشر والعشرين",
            "1701-01-01 2000-12-31",
        ),
        (
            "السنتين الثانية والثالثة للهجرة",
            "السنتين الثانية والثالثة للهجرة",
            "0623-07-05 0625-06-12",
        ),
        (
            "السنتان الأولى والثانية الهجريتان",
            "السنتان الأولى والثانية الهجريتان",
            "0622-07-16 0624-06-23",
        ),
        (
            "العقدين الثاني والثالث من القرن الثالث الهجري",
            "العقدين الثاني والثالث من القرن الثالث الهجري",
            "0826-04-13 0845-09-06",
        ),
        (
            "العقدين الأول والثاني من القرن العشرين",
            "العقدين الأول والثاني من القرن العشرين",
            "1901-01-01 1920-12-31",
        ),
        (
            "بين الأربعينيات والستينيات من القرن التاسع عشر",
            "الأربعينيات والستينيات من القرن التاسع عشر",
            "1840-01-01 1869-12-31",
        ),
    ],
)
def test_two_that_share_an_era_are_one_range(text, surface, days):
    assert one(text) == (surface, days, "range")


@pytest.mark.parametrize(
    ("text", "days", "precision"),
    [
        ("العقد الثاني من القرن الثالث الهجري", "0826-04-13 0835-12-25", "decade"),
        ("ثمانينيات القرن الثالث الهجري", "0893-03-23 0902-12-04", "decade"),
        # 100 to 91 BC and 89 to 80 BC; 1 BC is the year 0
        ("العقد الأول من القرن الأول قبل الميلاد", "-0099-01-01 -0090-12-31", "decade"),
        ("ثمانينيات القرن الأول قبل الميلاد", "-0088-01-01 -0079-12-31", "decade"),
        ("الثمانينيات الميلادية", "1980-01-01 1989-12-31", "decade"),
        ("الخمسينات الهجرية", None, "unresolved"),
        ("القرن الثالث الهجري (القرن التاسع الميلادي)", "0801-01-01 0900-12-31", "century"),
    ],
)
def test_a_decade_or_century_is_of_the_era_that_is_named(text, days, precision):
    assert one(text) == (text, days, precision)


def test_one_century_in_two_calendars_is_no_range():
    text = "معارف القرن الرابع عشر الهجري والعشرين الميلادي"
    assert one(text)[1:] == ("1883-11-02 1980-11-08", "century")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("في 1402هـ/ش", "1402هـ/ش"),
        ("سنة 1402 هـ - ش", "سنة 1402 هـ - ش"),
        ("العام الهجري الشمسي 1402", "العام الهجري الشمسي 1402"),
        ("السنة الهجرية الشمسية 1402", "السنة الهجرية الشمسية 1402"),
        ("السنة الشمسية 1402", "السنة الشمسية 1402"),
        ("في 1402 شمسي", "1402 شمسي"),
        ("عام 1402 شمسي", "عام 1402 شمسي"),
        ("عام 1402 هجري شمسي", "عام 1402 هجري شمسي"),
        ("عامي 1402 و1403 هجري شمسي", "عامي 1402 و1403 هجري شمسي"),
        ("في 1402/5/3 شمسي", "1402/5/3 شمسي"),
        ("العام الهجري الشمسي الجديد", "العام الهجري الشمسي الجديد"),
        ("في مايو من العام الهجري الشمسي الحالي", "مايو من العام الهجري الشمسي الحالي"),
    ],
)
def test_solar_years_are_found_and_not_counted_as_lunar(text, surface):
    assert one(text) == (surface, None, "unresolved")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("المركز الثالث والرابع الشهر الماضي", "الشهر الماضي"),
        ("المباراة الثالثة والرابعة الشهر الماضي", "الشهر الماضي"),
        ("الجزء الثالث والرابع من الشهر الماضي", "الشهر الماضي"),
        ("المركز الـ15 الشهر الماضي", "الشهر الماضي"),
        ("بلغ عددهم 15 الشهر الماضي", "الشهر الماضي"),
        ("الأسبوع الأول والثاني من أكتوبر", "أكتوبر"),
        ("الأسبوعين الأول والثاني من أكتوبر", "أكتوبر"),
        ("الجزء الثالث من أكتوبر", "أكتوبر"),
        ("وللمرة الخامسة شهر أكتوبر", "شهر أكتوبر"),
        ("للدور الأول من أكتوبر", "أكتوبر"),
    ],
)
def test_an_ordinal_that_describes_a_noun_is_no_day(text, surface):
    assert one(text) == (surface, "2025-10-01 2025-10-31", "month")


def test_months_that_are_other_words_count_behind_such_an_ordinal():
    assert one("الأسبوع الأول من مارس")[:2] == ("مارس", "2025-03-01 2025-03-31")
    assert one("الليلة السابعة والعشرين من رمضان")[:2] == ("رمضان", "2025-03-01 2025-03-29")
    assert one("الفصل الأول والثاني من العام الماضي")[0] == "العام الماضي"


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("عقدت الجلسة الثالث من مايو", "الثالث من مايو", "2025-05-03"),
        ("اتفاق السابع عشر من مايو 1983", "السابع عشر من مايو 1983", "1983-05-17"),
        ("الموافق الثالث من مايو", "الثالث من مايو", "2025-05-03"),
        ("تزوجا في الرابعة عشر من مارس 1965", "الرابعة عشر من مارس 1965", "1965-03-14"),
        (
            "في الأول والثالث والخامس من مايو",
            "الأول والثالث والخامس من مايو",
            "2025-05-01 2025-05-05",
        ),
    ],
)
def test_an_ordinal_that_describes_no_noun_is_a_day(text, surface, days):
    assert one(text)[:2] == (surface, days)


@pytest.mark.parametrize(
    "text",
    [
        "قرار 2024-03",
        "وفي قرار 2024-03",
        "القرار رقم 2024-03",
        "الهاتف 2025-11",
        "ISBN 2025-11",
        "الرحلة 2024-05",
        "الملف 2024-05",
        "ملف: 2024-05",
        "البند 2024-05",
        "الفقرة 2024-05",
        "فاز 2024-05",
        "قانون 10/2018",
        "هاتف: 5/2020",
        "نحو 1/2000 من الكمية",
        "هاتف 2011-2015",
        "رقم الهاتف: 1990-2000",
        "الصفحة 2018",
        "الرمز البريدي 1990",
        "جرح أكثر من 2000",
        "وما يقارب 2000",
        "الإصدار 10.15.7",
        "سورة البقرة 2:255",
        "فاز 3-2 ثم 2-1",
        "بعد عامين من الحرب",
        "بين عامي 45 و50 من عمره",
        "العدد 2018",
    ],
)
def test_numbers_of_things_are_no_dates(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "days", "precision"),
    [
        ("في 2024-03", "2024-03", "2024-03-01 2024-03-31", "month"),
        ("بتاريخ 2024-03", "2024-03", "2024-03-01 2024-03-31", "month"),
        ("التاريخ: 2024-03", "2024-03", "2024-03-01 2024-03-31", "month"),
        ("(2024-03)", "2024-03", "2024-03-01 2024-03-31", "month"),
        ("2025-09 - 2025-11", "2025-09 - 2025-11", "2025-09-01 2025-11-30", "range"),
        ("10/2018 - 12/2019", "10/2018 - 12/2019", "2018-10-01 2019-12-31", "range"),
        ("منذ 1/2000", "1/2000", "2000-01-01 2000-01-31", "month"),
        # days of a month that is told
        ("من 3-5 الجاري", "3-5 الجاري", "2025-11-03 2025-11-05", "range"),
        ("اجتماع 3-5 الجاري", "3-5 الجاري", "2025-11-03 2025-11-05", "range"),
        ("حتى 20 الجاري", "20 الجاري", "2025-11-20", "day"),
        ("منذ 2 الجاري", "2 الجاري", "2025-11-02", "day"),
        ("يومي 3 و 5 المقبلين", "يومي 3 و 5 المقبلين", None, "unresolved"),
        ("يوم 20 المقبل", "يوم 20 المقبل", None, "unresolved"),
        ("في 15 الشهر الماضي", "15 الشهر الماضي", "2025-10-15", "day"),
        # lengths; 16 November 2025 is a Sunday
        ("منذ ثلاث سنوات حتى الآن", "منذ ثلاث سنوات حتى الآن", "2022-01-01 2025-11-16", "range"),
        ("منذ عامين وحتى الآن", "منذ عامين وحتى الآن", "2023-01-01 2025-11-16", "range"),
        ("منذ سنوات حتى الآن", "منذ سنوات", None, "vague"),
        ("منذ عقدين من الزمن", "منذ عقدين", "2000-01-01 2009-12-31", "decade"),
        ("قبل قرن من الزمان", "قبل قرن", "1901-01-01 2000-12-31", "century"),
        ("بعد عامين من الآن", "بعد عامين", "2027-01-01 2027-12-31", "year"),
        ("بعد أسبوع من الآن", "بعد أسبوع", "2025-11-17 2025-11-23", "week"),
        ("العامان الماضيان", "العامان الماضيان", "2023-11-16 2025-11-16", "range"),
        ("السبت والأحد المقبلان", "السبت والأحد المقبلان", "2025-11-22 2025-11-23", "range"),
        ("من الأمس القريب", "الأمس", None, "vague"),
        ("يوم أمس القريب", "يوم أمس", None, "vague"),
        ("أول أيام رمضان", "رمضان", "2025-03-01 2025-03-29", "month"),
        ("وصل قبل أمس", "قبل أمس", "2025-11-14", "day"),
        ("في مثل هذا اليوم", "هذا اليوم", None, "unresolved"),
        ("ذكرى لثورة 25 يناير", "25 يناير", None, "unresolved"),
    ],
)
def test_times_beside_such_numbers_are_read(text, surface, days, precision):
    assert one(text) == (surface, days, precision)


@pytest.mark.parametrize("text", ["يصلون الجمعة", "سيصلون الجمعة", "يصلون الجمعة إلى بيروت"])
def test_they_arrive_on_friday(text):
    assert one(text)[0] == "الجمعة"


@pytest.mark.parametrize("text", ["يصلون الجمعة في المسجد", "كان المصلون يصلون الجمعة"])
def test_they_pray_on_friday_where_something_speaks_of_prayer(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("في فبراير ومارس 1992", ["1992-02-01", "1992-03-01"]),
        ("في مارس ومايو ويونيو 2018", ["2018-03-01", "2018-05-01", "2018-06-01"]),
        ("في 3 مايو، و5 يونيو 2018", ["2018-05-03", "2018-06-05"]),
        ("في 30 و31 مايو و1 يونيو 2018", ["2018-05-30", "2018-06-01"]),
        ("في ديسمبر ويناير 2019", ["2018-12-01", "2019-01-01"]),
        ("في مايو ومارس 2018", ["2018-05-01", "2018-03-01"]),
        ("في رجب وشعبان 1445", ["2024-01-13", "2024-02-11"]),  # Umm al-Qura
        ("في مايو الماضي ويونيو 2018", ["2025-05-01", "2018-06-01"]),
        ("في 3 مايو و5 يونيو", ["2025-05-03", "2025-06-05"]),
        ("ثلاثينات وأربعينات القرن التاسع عشر", ["1830-01-01", "1840-01-01"]),
    ],
)
def test_what_is_listed_shares_the_year_of_the_last(text, days):
    assert [first for _, first, _, _ in found(text)] == days


# --- the place of the body --------------------------------------------------------------------


@pytest.mark.parametrize("begin", ["5", "abc", None, float("nan"), pd.NA, -1, 8, 2.5, True])
def test_a_body_that_begins_nowhere_is_refused(begin):
    texts = pd.DataFrame(
        {"doc": ["a"], "text": ["في 2024"], "body_start": pd.Series([begin], dtype="object")}
    )
    message = (
        r"^find_dates: body_start of document 'a' is .*, no place in its text of 7 code points\. "
        r"Pass a whole number from 0 \(no header\) to 7, or drop the column\.$"
    )
    with pytest.raises(ValueError, match=message):
        find_dates(texts)


def test_a_body_may_begin_at_either_end_of_its_text():
    texts = pd.DataFrame({"doc": ["a", "b"], "text": ["في 2024"] * 2, "body_start": [0.0, 7.0]})
    assert find_dates(texts)["doc"].tolist() == ["a"]


def test_where_there_is_no_text_there_is_no_place_to_refuse():
    texts = pd.DataFrame({"doc": ["a"], "text": [None], "body_start": [float("nan")]})
    assert len(find_dates(texts)) == 0


# --- words that look like other words ---------------------------------------------------------

NAMES_WITH_S = """
سيرخيو سيلفا سيلفيو سيشنز ستامفورد ستاندرد ستاندارد ستانفورد سياتل سيلتا سيسكا سيرلانكا
سيلتيكس سيرته سيرتها سيجارة سيدتي سيارة سياسة سيناء سيدني سيبيريا سيمون سيمنز سيمفونية ستيفن
ستوكهولم ستراسبورغ ستالين ستارة ستاد سيسيليا وستمنستر فستان وسيلة سيناريو سيطرة
"""
VERBS_WITH_S = """
سيعقد وستعقد ستواجه ستواصل ستوفر ستركز سترسل سترفع سترتفع سيغادر سيناقش سيتيح سيركز ستوقف
سيرتفع سيستورد سيلتقي وسيلتقيان وسيلعب سيمنح سيكسر سيدافع سيفيد سيرافق ستهدف
"""
MONDAY = "2018-05-21"  # the Wednesday before is 16 May, the one after 23 May


@pytest.mark.parametrize("name", NAMES_WITH_S.split())
def test_a_name_or_noun_with_s_makes_no_past_weekday_a_coming_one(name):
    assert one(f"تحدث عنه {name} في بيان الأربعاء", MONDAY)[1] == "2018-05-16"


@pytest.mark.parametrize("verb", VERBS_WITH_S.split())
def test_a_verb_with_s_makes_a_weekday_a_coming_one(verb):
    assert one(f"الوفد {verb} لقاءات الأربعاء", MONDAY)[1] == "2018-05-23"


def test_an_unknown_name_is_the_subject_of_the_verb_before_it():
    assert one("توفي سيداروس في بيته الأربعاء", MONDAY)[1] == "2018-05-16"
    assert one("من فاز سيحتفل مع جمهوره الأربعاء", MONDAY)[1] == "2018-05-23"


@pytest.mark.parametrize("word", ["من المرجح أن", "تستهل", "يختتم", "تختتم", "يوفد"])
def test_words_on_what_is_to_come_make_a_weekday_a_coming_one(word):
    assert one(f"{word} جولته الأربعاء", MONDAY)[1] == "2018-05-23"


@pytest.mark.parametrize(
    "text",
    [
        "اللاعبون الأحد عشر",
        "الدول الأحد عشر الأعضاء",
        "إن الاثنين قتلا",
        "أضاف أن الاثنين كانا معا",
        "قبض على الاثنين المتهمين",
        "الواحد الأحد",
        "الأربعاء الأحمر",
        "من بين 1000 مولود",
    ],
)
def test_numbers_and_names_that_look_like_weekdays_or_years_are_no_dates(text):
    assert found(text, MONDAY) == []


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("قتل الأحد عشرة أشخاص", "الأحد", "2018-05-20"),
        ("قال إن الاثنين هو الموعد", "الاثنين", "2018-05-21"),
        ("اعتقلت الشرطة الاثنين المتهمين", "الاثنين", "2018-05-21"),
        ("الواحد والعشرين من مايو", "الواحد والعشرين من مايو", "2018-05-21"),
    ],
)
def test_weekdays_and_days_beside_such_words_are_read(text, surface, day):
    assert one(text, MONDAY) == (surface, day, "day")


# Umm al-Qura: 1438 begins on 2 October 2016, 1439 on 21 September 2017, 1440 on 11 September 2018.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("عام 1439", "2017-09-21 2018-09-10"),
        ("سنة 1439", "2017-09-21 2018-09-10"),
        ("العام 1439", "2017-09-21 2018-09-10"),
        ("عامي 1438 و1439", "2016-10-02 2018-09-10"),
        ("عام 1439 (2018م)", "2018-01-01 2018-12-31"),  # said twice: the Gregorian one
        ("عام 1439 م", "1439-01-01 1439-12-31"),
        ("عام 1492", "1492-01-01 1492-12-31"),
        ("عام 1453", "1453-01-01 1453-12-31"),
        ("عام 1347", "1347-01-01 1347-12-31"),
    ],
)
def test_a_year_without_a_sign_is_hijri_near_that_of_the_document(text, days):
    assert one(text, MONDAY)[1] == days


def test_a_year_without_a_sign_is_gregorian_in_a_text_without_a_date():
    assert one("عام 1439", None)[1] == "1439-01-01 1439-12-31"


@pytest.mark.parametrize("date", [MONDAY, None])
def test_the_year_of_a_pilgrimage_is_hijri(date):
    assert one("موسم حج 1439", date) == ("1439", "2017-09-21 2018-09-10", "year")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("قوى 14 آذار", "14 آذار"),
        ("وقوى 8 آذار", "8 آذار"),
        ("فريق 14 آذار", "14 آذار"),
        ("لتيار 14 آذار", "14 آذار"),
        ("اتفاق 17 أيار", "17 أيار"),
        ("حراك 22 فبراير", "22 فبراير"),
        ("معركة 6 أكتوبر", "6 أكتوبر"),
        ("هزيمة يونيو", "يونيو"),
        ("في مثل هذا الشهر", "هذا الشهر"),
    ],
)
def test_coalitions_events_and_likenesses_have_no_days_of_the_document_year(text, surface):
    assert one(text, MONDAY) == (surface, None, "unresolved")


def test_an_event_with_its_year_has_its_days():
    assert one("اتفاق 17 أيار 1983", MONDAY)[1] == "1983-05-17"


def test_yesterday_as_a_likeness_is_vague():
    assert one("كما لو كانت بالأمس", MONDAY) == ("الأمس", None, "vague")
    assert one("لو حضر بالأمس", MONDAY)[2] == "day"


def test_the_twenty_first_century_is_read_with_either_word_for_one():
    text = "القرن الواحد والعشرين"
    assert one(text) == (text, "2001-01-01 2100-12-31", "century")
    assert found("مرة في القرن الواحد") == []
    assert found("في اليوم الواحد") == []


# --- beside a document of Wednesday 16 May 2018 -----------------------------------------------

WEDNESDAY = "2018-05-16"


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        # 4 BC is the year -3.
        ("بين 4 ق.م و39 م", "4 ق.م و39 م", "-0003-01-01 0039-12-31"),
        ("بين 39 م و4 ق.م", "39 م و4 ق.م", "-0003-01-01 0039-12-31"),
        ("(63 ق.م - 14 م)", "63 ق.م - 14 م", "-0062-01-01 0014-12-31"),
        (
            "من عام 27 ق.م إلى عام 14 م",
            "عام 27 ق.م إلى عام 14 م",
            "-0026-01-01 0014-12-31",
        ),
        (
            "من عام 27 ق.م إلى سنة 14 للميلاد",
            "عام 27 ق.م إلى سنة 14 للميلاد",
            "-0026-01-01 0014-12-31",
        ),
        (
            "بين عام 27 ق.م وعام 10 بعد الميلاد",
            "عام 27 ق.م وعام 10 بعد الميلاد",
            "-0026-01-01 0010-12-31",
        ),
        ("بين عام 27 ق.م و50 ميلادية", "عام 27 ق.م و50 ميلادية", "-0026-01-01 0050-12-31"),
        ("من 27 ق.م إلى 476 م", "27 ق.م إلى 476 م", "-0026-01-01 0476-12-31"),
        ("من 300 ق.م إلى 30 ق.م", "300 ق.م إلى 30 ق.م", "-0299-01-01 -0029-12-31"),
        ("(384 - 322 ق.م)", "384 - 322 ق.م", "-0383-01-01 -0321-12-31"),  # they share the era
    ],
)
def test_each_end_of_a_range_is_of_its_own_era(text, surface, days):
    assert one(text, WEDNESDAY) == (surface, days, "range")


def test_a_year_without_its_era_behind_one_before_christ_stays_open():
    assert one("بين 4 ق.م و39", WEDNESDAY) == ("4 ق.م و39", None, "unresolved")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("سيستمر المعرض من 20 أغسطس إلى 10 فبراير", "2018-08-20 2019-02-10"),
        ("من 1 نوفمبر المقبل إلى 10 فبراير", "2018-11-01 2019-02-10"),
        ("ستبقى المدرسة من سبتمبر حتى يونيو", "2018-09-01 2019-06-30"),
        ("سيعرض الفيلم من 10 سبتمبر إلى 10 أكتوبر", "2018-09-10 2018-10-10"),
        ("من 3 مايو 2016 إلى 5 يونيو", "2016-05-03 2016-06-05"),
        ("من أكتوبر 1998 حتى أكتوبر", "1998-10-01 1999-10-31"),
        # Umm al-Qura: Dhu al-Qada begins on 14 July 2018, Dhu al-Hijja on 12 August, 1440 on
        # 11 September.
        ("ستغلق المدارس من 25 ذي الحجة إلى 5 محرم", "2018-09-05 2018-09-15"),
        ("سيقام المعرض بين 1 ذي القعدة و10 محرم", "2018-07-14 2018-09-20"),
        # 29 Ramadan 1439 was 13 June 2018.
        ("من 17 مايو إلى 29 رمضان 1439", "2018-05-17 2018-06-13"),
        # What the second end is part of, or begins with the first one, is not over.
        ("من 20 مايو حتى نهاية مايو", "2018-05-20 2018-05-31"),
        ("من مايو حتى 20 مايو", "2018-05-01 2018-05-20"),
        ("من 20 ديسمبر إلى 10 فبراير", "2017-12-20 2018-02-10"),
    ],
)
def test_the_second_end_of_a_range_is_the_next_of_its_name_after_the_first(text, days):
    assert one(text, WEDNESDAY)[1:] == (days, "range")


@pytest.mark.parametrize(
    ("text", "day", "days"),
    [
        ("ارتفع التضخم من يناير إلى ديسمبر", "2018-01-10", "2017-01-01 2017-12-31"),
        ("قتل 500 شخص من 1 يناير إلى 31 ديسمبر", "2018-01-15", "2017-01-01 2017-12-31"),
        ("سجلت 500 حالة من 1 يناير إلى 30 ديسمبر", "2018-12-31", "2018-01-01 2018-12-30"),
        ("استمر القصف من أغسطس حتى يناير", WEDNESDAY, "2017-08-01 2018-01-31"),
        ("حاصر الجيش المدينة من 10 يوليو إلى 5 ديسمبر", WEDNESDAY, "2017-07-10 2017-12-05"),
        ("من 20 أغسطس إلى 10 فبراير", WEDNESDAY, "2017-08-20 2018-02-10"),
    ],
)
def test_a_range_that_nothing_puts_ahead_is_over(text, day, days):
    assert one(text, day)[1:] == (days, "range")


@pytest.mark.parametrize(
    "text",
    [
        "تراجع المؤشر بين أبريل ومارس",
        "قدم موعد المباراة من 20 مايو إلى 18 مايو",
        "الرياض - 16 مايو - 15 مايو",
        "(3 مايو - 10 أبريل)",
    ],
)
def test_two_times_of_which_the_second_is_a_little_before_are_no_range(text):
    read = find_dates(pd.DataFrame({"doc": ["a"], "text": [text], "date": [WEDNESDAY]}))
    assert [str(each) for each in read["precision"]] in (["day", "day"], ["month", "month"])


def test_a_list_of_two_months_in_falling_order_is_no_range():
    assert one("شهري مايو ويناير", WEDNESDAY)[1:] == (None, "unresolved")
    text = "(23 سبتمبر 63 ق.م - 19 أغسطس 14 م)"  # the year of the second day is not read
    assert [surface for surface, *_ in found(text, WEDNESDAY)] == ["23 سبتمبر 63 ق.م", "19 أغسطس"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("للعام الدراسي 1439/1440", [("1439/1440", "2017-09-21", "2019-08-30", "range")]),
        ("ميزانية 1439/1440", [("1439/1440", "2017-09-21", "2019-08-30", "range")]),
        # Beside another Hijri year one without a noun is Hijri as well; alone it stays open.
        (
            "افتتح عام 1439 ما بدأ في 1438",
            [
                ("عام 1439", "2017-09-21", "2018-09-10", "year"),
                ("1438", "2016-10-02", "2017-09-20", "year"),
            ],
        ),
        ("منذ 1430", [("1430", None, None, "unresolved")]),
        ("بين 1430 و1439", [("1430 و1439", None, None, "unresolved")]),
        ("بين 1405 و1433", [("1405 و1433", "1405-01-01", "1433-12-31", "range")]),
        # A year of the same sentence that is none of these makes them Gregorian.
        (
            "ولد ابن خلدون في تونس عام 1332 وتوفي في القاهرة عام 1406",
            [
                ("عام 1332", "1332-01-01", "1332-12-31", "year"),
                ("عام 1406", "1406-01-01", "1406-12-31", "year"),
            ],
        ),
        (
            "ولدت في 6 يناير 1412 وأحرقت عام 1431",
            [
                ("6 يناير 1412", "1412-01-06", "1412-01-06", "day"),
                ("عام 1431", "1431-01-01", "1431-12-31", "year"),
            ],
        ),
        # One of the last hundred years does not: 1394 began on 24 January 1974, 1351 on 7 May 1932.
        ("عامي 1394 و1409", [("عامي 1394 و1409", "1974-01-24", "1989-08-01", "range")]),
        (
            "تأسست السعودية عام 1351 وأطلقت الخطة عام 1439",
            [
                ("عام 1351", "1932-05-07", "1933-04-25", "year"),
                ("عام 1439", "2017-09-21", "2018-09-10", "year"),
            ],
        ),
        # One of another sentence, or of our own time, does not.
        (
            "كان ذلك عام 1332. وبدأ العمل عام 1439",
            [
                ("عام 1332", "1332-01-01", "1332-12-31", "year"),
                ("عام 1439", "2017-09-21", "2018-09-10", "year"),
            ],
        ),
        (
            "بدأ في 1995 وانتهى عام 1439",
            [
                ("1995", "1995-01-01", "1995-12-31", "year"),
                ("عام 1439", "2017-09-21", "2018-09-10", "year"),
            ],
        ),
    ],
)
def test_the_years_of_a_sentence_without_a_sign_are_of_one_calendar(text, expected):
    assert found(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("حركة شباب 6 أبريل", "6 أبريل"),
        ('حركة "6 أبريل"', "6 أبريل"),
        ("«شباب 6 أبريل»", "6 أبريل"),
        ("ثورة «25 يناير»", "25 يناير"),
        ("في ملعب 5 جويلية", "5 جويلية"),
        ("بملعب 5 جويلية", "5 جويلية"),
        ("في ساحة 1 مايو", "1 مايو"),
        ("شباب 25 يناير", "25 يناير"),
        ("كتيبة 17 فبراير", "17 فبراير"),
        ("مستشفى 6 أكتوبر", "6 أكتوبر"),
        ("محافظة 6 أكتوبر", "6 أكتوبر"),
        ("نظام 3 يوليو", "3 يوليو"),
        ("طريق 26 يوليو", "26 يوليو"),
    ],
)
def test_what_is_named_after_a_day_has_none_of_the_document_year(text, surface):
    assert one(text, WEDNESDAY) == (surface, None, "unresolved")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("التقيا في ساحة المدينة 1 مايو", "2018-05-01"),
        ("جرت في ملعب يوم 5 مايو", "2018-05-05"),
        ('قال "6 أبريل" موعدنا', "2018-04-06"),
    ],
)
def test_a_day_that_names_nothing_is_one(text, day):
    assert one(text, WEDNESDAY)[1:] == (day, "day")


@pytest.mark.parametrize(
    "verb",
    [
        "سيرأس",
        "سترأس",
        "سيباشر",
        "سيبيع",
        "سيرجع",
        "سترجع",
        "ستهاجم",
        "سيفاجئ",
        "سيولد",
        "سيرغب",
        "ستمارس",
        "سيبارك",
    ],
)
def test_a_verb_that_begins_like_a_name_speaks_of_what_is_to_come(verb):
    assert one(f"{verb} الوزير الوفد الأحد", WEDNESDAY)[1] == "2018-05-20"


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت سيئول وواشنطن الاثنين تعليق المناورات",
        "قالت وزارة الدفاع في سيئول الاثنين إن",
        "زار وفد من سيئول الاثنين",
        "أعلنت سيول الاثنين",
        "انفجرت عبوة في سيهات الاثنين",  # no verb stands behind a preposition
        "خسر أمام ستراسبورغ الاثنين",
        "التقى سيباستيان الاثنين",
    ],
)
def test_a_place_or_person_with_seen_is_no_verb(text):
    assert one(text, WEDNESDAY)[1] == "2018-05-14"


@pytest.mark.parametrize(
    "text",
    [
        "28 أكتوبر/تشرين الثاني الماضي",
        "28 أكتوبر (تشرين الثاني) 2017",
        "أكتوبر/تشرين الثاني 2017",
        "يونيو/تموز 2017",
        "فبراير/آذار الماضي",
    ],
)
def test_two_names_of_a_month_that_disagree_are_open(text):
    assert one(text, WEDNESDAY) == (text, None, "unresolved")


@pytest.mark.parametrize(
    ("text", "days", "precision"),
    [
        ("يوليو/أغسطس 2017", "2017-07-01 2017-08-31", "range"),
        ("أيلول/تشرين الأول 2017", "2017-09-01 2017-10-31", "range"),
        ("أكتوبر - تشرين الثاني 2017", "2017-10-01 2017-11-30", "range"),
        ("شباط/فبراير - آذار/مارس 2017", "2017-02-01 2017-03-31", "range"),
        ("تشرين الثاني/نوفمبر 2017", "2017-11-01 2017-11-30", "month"),
    ],
)
def test_two_months_of_one_tradition_and_two_names_of_one_month_have_their_days(
    text, days, precision
):
    assert one(text, WEDNESDAY) == (text, days, precision)


@pytest.mark.parametrize(
    ("text", "surface", "days"),
    [
        ("(570م - 632م)", "570م - 632م", "0570-01-01 0632-12-31"),
        ("توفي 632 م", "632 م", "0632-01-01 0632-12-31"),
        ("من 20-25/5/2018", "20-25/5/2018", "2018-05-20 2018-05-25"),
        ("3-5/6/2018", "3-5/6/2018", "2018-06-03 2018-06-05"),
        (
            "(732 هـ/1332م - 808 هـ/1406م)",
            "732 هـ/1332م - 808 هـ/1406م",
            "1332-01-01 1406-12-31",
        ),
        # 1407 lasts from September 1986 to August 1987; 26 is a day of the month, no year.
        ("(1407 هـ / 26 يوليو 1987)", "1407 هـ / 26 يوليو 1987", "1987-07-26"),
        ("الألفية الثالثة", "الألفية الثالثة", "2001-01-01 3000-12-31"),
        ("في العام الفارط", "العام الفارط", "2017-01-01 2017-12-31"),
        ("حكم أغسطس من 27 ق.م إلى 14 م", "27 ق.م إلى 14 م", "-0026-01-01 0014-12-31"),
        ("في أغسطس من عام 30 ق.م", "أغسطس من عام 30 ق.م", "-0029-08-01 -0029-08-31"),
    ],
)
def test_lives_days_and_years_in_rarer_forms(text, surface, days):
    assert one(text, WEDNESDAY)[:2] == (surface, days)


@pytest.mark.parametrize(
    "text",
    ["(100م - 200م)", "جبل (632م)", "ارتفاع (570م - 632م)", "القرار 3-5/6/2018", "20-32/5/2018"],
)
def test_lengths_and_numbers_of_things_are_none_of_them(text):
    assert found(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "أن علي سيشارك في مباراة الأحد",
        "محمد علي سيلتقي الوفد الأحد",
        "الأمير علي سيتوجه إلى عمان الأحد",
    ],
)
def test_a_verb_behind_the_name_ali_is_no_word_behind_a_preposition(text):
    assert one(text, WEDNESDAY)[1].startswith("2018-05-20")


@pytest.mark.parametrize(
    "text",
    ["بين عام 5 ق هـ وعام 11 هـ", "من 13 قبل الهجرة إلى 40 هـ", "من 1395 هـ ش حتى 1439 هـ"],
)
def test_a_range_from_a_year_that_is_not_counted_is_unresolved(text):
    assert [days for _, days, *_ in found(text, WEDNESDAY)] == [None]


@pytest.mark.parametrize("text", ["وباء 1437/1438 في القاهرة", "مجاعة 1401/1402 في مصر"])
def test_two_hijri_years_with_a_slash_are_open_without_a_word_of_schools(text):
    assert one(text, WEDNESDAY)[1:] == (None, "unresolved")


# Umm al-Qura: 1401 began on 9 November 1980, 1403 on 18 October 1982.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("العام الدراسي 1401/1402", "1980-11-09 1982-10-17"),
        ("بميزانية الدولة 1439/1440", "2017-09-21 2019-08-30"),
        ("الفصل الدراسي الأول 1439/1440", "2017-09-21 2019-08-30"),
    ],
)
def test_two_hijri_years_with_a_slash_are_of_this_age_in_schools_and_budgets(text, days):
    assert one(text, WEDNESDAY)[1:] == (days, "range")


@pytest.mark.parametrize("sign", ["!", "؟", "؛"])
def test_an_old_year_of_another_sentence_does_not_count(sign):
    read = found(f"كان ذلك عام 1332{sign} وبدأ العمل عام 1439", WEDNESDAY)
    assert [first for _, first, *_ in read] == ["1332-01-01", "2017-09-21"]


@pytest.mark.parametrize("metres", ["ويبعد 1500 م", "على بعد 1500 م من القرية", "وعلوه 1500 م"])
def test_metres_do_not_count_as_an_old_year(metres):
    assert one(f"بدأ العمل عام 1439 {metres}", WEDNESDAY)[:2] == (
        "عام 1439",
        "2017-09-21 2018-09-10",
    )


@pytest.mark.parametrize(
    "text",
    ["المضمار (800م - 805م)", "الطول (325م-330م)", "الطول (325م-390م)", "ولد 100 م غرب القرية"],
)
def test_metres_in_a_bracket_or_to_somewhere_are_no_years(text):
    assert found(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("عاود ارتفاعه، في 2000 – 2006", "2000-01-01 2006-12-31"),
        ("تراجع العرض (2014-2016)", "2014-01-01 2016-12-31"),
        ("زاد العرض عن الطلب 2014-2016", "2014-01-01 2016-12-31"),
        ("توقف ارتفاعها 2014-16", "2014-01-01 2016-12-31"),
        ("العمق الاستراتيجي (2002م)", "2002-01-01 2002-12-31"),
        ("عرض الفيلم في 2015م", "2015-01-01 2015-12-31"),
        ("بطولة 2004م", "2004-01-01 2004-12-31"),
    ],
)
def test_years_of_our_time_behind_a_rise_or_a_show_are_no_metres(text, days):
    assert one(text, WEDNESDAY)[1] == days


@pytest.mark.parametrize(
    "text", ["ارتفاعه 1950م", "على ارتفاع نحو 2000 م", "سباق 1500 م", "فاز بسباق 1500 م"]
)
def test_metres_right_behind_a_length_are_no_year(text):
    assert found(text, WEDNESDAY) == []


def test_a_year_of_birth_before_a_place_is_one():
    assert one("ولد 632 م غرب القرية", WEDNESDAY)[:2] == ("632 م", "0632-01-01 0632-12-31")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("قوى 8 و14 آذار", "8 و14 آذار"),
        ("فريقا 8 و14 آذار", "8 و14 آذار"),
        ("بين طرفي 14 و8 آذار", "8 آذار"),
        ("بين تكتلي 8 و 14 آذار", "8 و 14 آذار"),
    ],
)
def test_two_coalitions_named_after_days_have_none(text, surface):
    assert one(text, WEDNESDAY) == (surface, None, "unresolved")


def test_the_second_coalition_has_no_day_either():
    assert [day for _, day, *_ in found("قوى 8 آذار و14 آذار", WEDNESDAY)] == [None, None]


def test_two_days_behind_no_coalition_are_days():
    assert one("في 8 و14 آذار", WEDNESDAY)[1:] == ("2018-03-08 2018-03-14", "range")


def test_a_weekday_in_a_bracket_tells_of_which_day_the_morning_is():
    text = "هذا الصباح (الثلاثاء)"
    assert one(text, WEDNESDAY) == (text, "2018-05-15", "day")


@pytest.mark.parametrize(
    "text",
    [
        "كتبت صحيفة هذا الصباح أن الأزمة مستمرة",
        "لا أستطيع الكلام هذا المساء",
        'برنامج "هذا الصباح" الذي يقدمه',
        "في مثل هذا الصباح",
    ],
)
def test_this_morning_alone_which_may_be_that_of_a_story_is_not_read(text):
    assert found(text, WEDNESDAY) == []


# 1 May 2018 was a Tuesday.
def test_an_ordinal_behind_a_weekday_that_does_not_fit_counts_weeks():
    text = "الأحد الثاني من مايو"
    assert one(text, WEDNESDAY) == (text, None, "unresolved")
    assert one("الثلاثاء الأول من مايو", WEDNESDAY)[1] == "2018-05-01"


# 1 Ramadan 1439 is Wednesday 16 May 2018 in Umm al-Qura; most countries saw the moon a day later.
@pytest.mark.parametrize(
    ("weekday", "day"),
    [("الأربعاء", "2018-05-16"), ("الخميس", "2018-05-17"), ("الأحد", "2018-05-16")],
)
def test_the_weekday_tells_which_day_a_hijri_month_began(weekday, day):
    assert one(f"{weekday} 1 رمضان 1439", WEDNESDAY)[1] == day
    assert one(f"{weekday} 1/9/1439هـ", WEDNESDAY)[1] == day


# 1 Shawwal is Friday 15 June there.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("من الخميس 1 رمضان إلى الجمعة 2 رمضان", "2018-05-17 2018-05-18"),
        ("من السبت 1 شوال إلى الأحد 2 شوال", "2018-06-16 2018-06-17"),
        ("بين الخميس 1 رمضان والأحد 4 رمضان", "2018-05-17 2018-05-20"),
        ("من الخميس 1 رمضان إلى 2 رمضان", "2018-05-17 2018-05-18"),
        ("من 1 رمضان إلى الجمعة 2 رمضان 1439", "2018-05-17 2018-05-18"),
        ("من الأربعاء 1 رمضان إلى الجمعة 3 رمضان", "2018-05-16 2018-05-18"),
        ("من الخميس 29 رمضان إلى السبت 2 شوال", "2018-06-14 2018-06-16"),
    ],
)
def test_the_weekdays_of_a_range_move_both_ends_in_a_hijri_month_alike(text, days):
    assert one(text, WEDNESDAY)[1:] == (days, "range")


def test_weekdays_that_disagree_leave_a_range_where_the_tables_have_it():
    text = "من الخميس 1 رمضان إلى الأحد 2 رمضان"
    assert one(text, WEDNESDAY)[1:] == ("2018-05-16 2018-05-17", "range")


def test_a_range_from_a_hijri_day_to_a_weekday_begins_in_its_month():
    text = "من الخميس 1 رمضان إلى السبت"
    assert one(text, WEDNESDAY)[1:] == ("2018-05-17 2018-05-19", "range")


# The death of the Prophet is put on Monday 8 June 632; 11 Rabi II 1422 was said to be 3 July 2001.
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("يوم الإثنين 12 ربيع الأول سنة 11هـ", "0632-06-08"),
        ("يوم الثلاثاء 11 ربيع الثاني عام 1422 هـ", "2001-07-03"),
    ],
)
def test_hijri_days_of_history_are_those_of_their_weekdays(text, day):
    assert one(text, None)[1] == day


@pytest.mark.parametrize("date", [20180516, "20180516", 20180516.0])
def test_a_document_date_of_eight_figures_is_read(date):
    texts = pd.DataFrame({"doc": ["a"], "text": ["وصل أمس"], "date": [date]})
    assert list(find_dates(texts)["first"]) == ["2018-05-15"]


@pytest.mark.parametrize("date", ["2018-05", "2018", 2018, "20181316", "2018051"])
def test_a_month_a_year_or_no_date_is_no_day_of_a_document(date):
    texts = pd.DataFrame({"doc": ["a"], "text": ["وصل أمس"], "date": [date]})
    with pytest.warns(UserWarning, match="no ISO days"):
        assert find_dates(texts)["first"].isna().all()
