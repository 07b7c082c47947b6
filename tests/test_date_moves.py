"""Two days that look like a range and are none, and weekdays that follow one another.

The document is of Wednesday 16 May 2018 unless a test gives its day; Turkey moved its elections of
3 November 2019 to 24 June 2018 in April 2018.
"""

import pytest
from test_dates import found, one

WEDNESDAY = "2018-05-16"


@pytest.mark.parametrize(
    ("text", "date", "first", "second"),
    [
        (
            "تقديم الانتخابات من 3 نوفمبر 2019 إلى 24 يونيو",
            "2018-04-20",
            ("3 نوفمبر 2019", "2019-11-03"),
            ("24 يونيو", "2018-06-24"),
        ),
        (
            "تقديم الانتخابات من 3 نوفمبر إلى 24 يونيو",
            "2018-04-20",
            ("3 نوفمبر", "2018-11-03"),
            ("24 يونيو", "2018-06-24"),
        ),
        (
            "قدم موعد المباراة من 20 مايو إلى 18 مايو",
            WEDNESDAY,
            ("20 مايو", "2018-05-20"),
            ("18 مايو", "2018-05-18"),
        ),
        (
            "نقل موعد المباراة من 25 أبريل إلى 27 أبريل",
            "2018-04-20",
            ("25 أبريل", "2018-04-25"),
            ("27 أبريل", "2018-04-27"),
        ),
        (
            "قدم الرئيس موعد الانتخابات من 20 مايو إلى 18 مايو",
            WEDNESDAY,
            ("20 مايو", "2018-05-20"),
            ("18 مايو", "2018-05-18"),
        ),
        (
            "تأجيل المباراة من 27 ديسمبر إلى 5 يناير",
            "2018-12-20",
            ("27 ديسمبر", "2018-12-27"),
            ("5 يناير", "2019-01-05"),
        ),
        (
            "تأجيل المباراة من 8 ديسمبر 2018 إلى 5 يناير",
            WEDNESDAY,
            ("8 ديسمبر 2018", "2018-12-08"),
            ("5 يناير", "2019-01-05"),
        ),
        (
            "تم تأجيل الجلسة التي كان مقررا انعقادها أمس إلى مساء اليوم",
            WEDNESDAY,
            ("أمس", "2018-05-15"),
            ("اليوم", "2018-05-16"),
        ),
        (
            "أجل الرئيس زيارته من 20 مايو إلى 5 يونيو",
            WEDNESDAY,
            ("20 مايو", "2018-05-20"),
            ("5 يونيو", "2018-06-05"),
        ),
        # Most countries began Ramadan on Thursday 17 May, a day later than Umm al-Qura.
        (
            "تأجيل الجلسة من الخميس 1 رمضان إلى الجمعة 2 رمضان",
            WEDNESDAY,
            ("الخميس 1 رمضان", "2018-05-17"),
            ("الجمعة 2 رمضان", "2018-05-18"),
        ),
        # Saturday 12 May is the last one, and the match comes a day later.
        (
            "تأجيل المباراة من السبت إلى الأحد",
            WEDNESDAY,
            ("السبت", "2018-05-12"),
            ("الأحد", "2018-05-13"),
        ),
    ],
)
def test_what_is_moved_from_one_day_to_another_has_two_days(text, date, first, second):
    assert [(surface, day) for surface, day, *_ in found(text, date)] == [first, second]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "تأجيل التوازن المالي المستهدف من عام 2020 إلى عام 2023",
            ["2020-01-01", "2023-01-01"],
        ),
        ("تأجيل الانتخابات من 2018 إلى 2019", ["2018-01-01", "2019-01-01"]),
        (
            "أجلت إطلاق التلسكوب في سبتمبر الجاري، إلى مايو 2020",
            ["2018-09-01", "2020-05-01"],
        ),
    ],
)
def test_what_is_moved_from_one_month_or_year_to_another_has_two(text, days):
    assert [first for _, first, *_ in found(text, "2018-09-06")] == days


def test_of_two_days_of_a_month_that_share_it_the_second_is_found():
    assert one("تأجيل المباراة من 18 إلى 20 مايو", WEDNESDAY) == ("20 مايو", "2018-05-20", "day")


def test_a_move_against_its_verb_leaves_the_first_day_open():
    moved = found("قدم موعد المباراة من 18 مايو إلى 20 مايو", WEDNESDAY)
    assert [day for _, day, *_ in moved] == [None, "2018-05-20"]


def test_a_move_to_a_weekday_goes_back_only_where_its_verb_says_so():
    text = "ترحيل العطلة من الثلاثاء إلى الخميس"
    assert [day for _, day, *_ in found(text, WEDNESDAY)] == ["2018-05-15", None]


@pytest.mark.parametrize(
    "text",
    [
        "من أجل المعرض من 18 مايو إلى 20 مايو",
        "تأجيل المهرجان المقرر من 18 مايو إلى 20 مايو",
        "نقل الحفل خلال الفترة من 18 مايو إلى 20 مايو",
        "قدمت الفرقة عرضا من 18 مايو إلى 20 مايو",
        "تأجل اللقاء. يفتح المعرض من 18 مايو إلى 20 مايو",
        "تأجل اللقاء؛ يفتح المعرض من 18 مايو إلى 20 مايو",
        "تأجل اللقاء، ويفتح المعرض من 18 مايو إلى 20 مايو",
        "تأجيل المباريات التي تقام من 18 مايو إلى 20 مايو",
        "قروض طويلة الأجل من 18 مايو إلى 20 مايو",
        "جمع التبرعات لأجل المدارس من 18 مايو إلى 20 مايو",
        "تقديم طلبات الترشح للانتخابات من 18 مايو إلى 20 مايو",
        "تقديم الامتحانات من 18 مايو إلى 20 مايو",
        "أجلت السفن المدنيين من 18 مايو إلى 20 مايو",
        "أجل مسمى من 18 مايو إلى 20 مايو",
        "من أجل المباراة من 18 مايو إلى 20 مايو",
        "تعديل مواعيد القطارات من 18 مايو إلى 20 مايو",
        "تغيير موعد الإفطار يسري من 18 مايو إلى 20 مايو",
        "تأجيل معرض الكتاب ليكون من 18 مايو إلى 20 مايو",
        "تعديل موعد البطولة لتصبح من 18 مايو إلى 20 مايو",
        "تعديل موعد المعرض ليصبح من 18 مايو إلى 20 مايو",
        "تأجل مونديال الأندية المقام من 18 مايو إلى 20 مايو",
        "مكتب نقل الجلسات إن التصويت يجري من 18 مايو إلى 20 مايو",
    ],
)
def test_what_lasts_from_one_day_to_another_stays_a_range(text):
    assert one(text, WEDNESDAY) == ("18 مايو إلى 20 مايو", "2018-05-18 2018-05-20", "range")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "أجلت الشرطة محاكمة المتهمين في أحداث وقعت من 2011 إلى 2013",
            ["2011-01-01 2013-12-31"],
        ),
        ("تأجيل الخدمة العسكرية للمواليد من 1990 إلى 1995", ["1990-01-01 1995-12-31"]),
        ("تقديم موعد التقاعد للمولودين من 1960 إلى 1965", ["1960-01-01 1965-12-31"]),
        (
            "أجل القاضي المحاكمة إلى 27 مايو بعد جلسات من 3 إلى 10 مايو",
            ["2018-05-27", "2018-05-03 2018-05-10"],
        ),
    ],
)
def test_a_verb_or_a_date_between_ends_what_is_moved(text, days):
    ends = [(first, last) for _, first, last, _ in found(text, WEDNESDAY)]
    assert [first if first == last else f"{first} {last}" for first, last in ends] == days


def test_the_first_end_of_a_range_keeps_the_year_that_it_tells():
    text = "من سبتمبر الماضي إلى مايو 2020"
    assert one(text, WEDNESDAY)[1:] == ("2017-09-01 2020-05-31", "range")


def test_the_first_end_is_of_the_year_of_two_names_that_disagree():
    read = found("حزيران/يونيو إلى تموز/أغسطس 2017", WEDNESDAY)
    assert [(first, precision) for _, first, *_, precision in read] == [
        ("2017-06-01", "month"),
        (None, "unresolved"),
    ]


@pytest.mark.parametrize(
    ("text", "date", "days"),
    [
        ("جلسات الثلاثاء والأربعاء", "2018-05-15", ["2018-05-15", "2018-05-16"]),
        ("جلسات اليوم الثلاثاء والأربعاء", "2018-05-15", ["2018-05-15", "2018-05-16"]),
        ("مظاهرة الجمعة والأحد", "2018-05-18", ["2018-05-18", "2018-05-20"]),
        ("شهد يوما الخميس والجمعة أحداثا", "2018-05-17", ["2018-05-17", "2018-05-18"]),
        ("سيواجه يوفنتوس وروما الأحد والأربعاء", WEDNESDAY, ["2018-05-20", "2018-05-23"]),
    ],
)
def test_a_weekday_listed_behind_another_follows_it(text, date, days):
    assert [day for _, day, *_ in found(text, date)] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("الخميس والأربعاء", ["2018-05-10", "2018-05-16"]),
        ("من المتوقع أن يأتي ليل الثلاثاء ويوم الأربعاء", ["2018-05-22", "2018-05-16"]),
    ],
)
def test_weekdays_that_fall_or_reach_the_day_of_the_document_are_read_alone(text, days):
    assert [day for _, day, *_ in found(text, WEDNESDAY)] == days
