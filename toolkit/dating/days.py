"""What is said of days and months: from the match of a grammar rule to `Said`."""

from dataclasses import replace
from itertools import pairwise

from toolkit.dating import numbers as date_numbers
from toolkit.dating.neighbours import INTRODUCING, LEVANT, LIKE, RECENT
from toolkit.dating.said import UNRESOLVED, VAGUE, Said
from toolkit.dating.stretch import (
    NAMES,
    Expression,
    Stretch,
    day_number,
    listed,
    within_year,
    year,
)

SECOND = 2
MOST_WEEKS = 5  # of a month
AUGUST, LAST_MONTH, LAST_DAY = 8, 12, 31
ISO_LENGTH = len("2025-11")
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
LONG_RANGE = 50  # years; longer ones are not written as 1960-05
AS_IF = ("كما", "لو")
AS_IF_BACK = 5  # words, with a proclitic: كما لو أنها كانت بالأمس
# As they are folded; forms of one and ten that count no days by themselves.
NO_DAYS = ("احد", "احدي", "واحد", "واحده", "عشر")
MONTH_NAMES = ("month", "weak_month", "doubtful_month", "libyan_month", "the_season")


def months(stretch: Stretch, group: str = "month") -> Said | None:
    """The month that is named, or two of one double name; None for what is no month."""
    hijri = _hijri_month(stretch, group)
    if hijri is not None:
        return Said("month", month=hijri, hijri=True)
    named = _named_months(stretch, group)
    if named is None:
        return None
    first, last = named[0][0], named[-1][0]
    backwards = (first - last) % LAST_MONTH == 1  # two names that disagree: نوفمبر/تشرين الأول
    if backwards or (not stretch.has("dash", group=group) and _disagree(named)):
        return Said("month", month=first, mark=UNRESOLVED)
    return Said("month", month=first, last_month=last if last != first else None)


def _named_months(stretch: Stretch, group: str) -> list[tuple[int, bool]] | None:
    """Each name of a month, and whether it is one of the Levant; None for what is no month."""
    start, end = stretch.match.groups[group]
    found: list[tuple[int, bool]] = []
    for at in range(start, end):
        name, value = NAMES.get(stretch.tokens.tags[at]), stretch.tokens.values[at]
        if name in MONTH_NAMES:
            found.append((int(value), stretch.word_at(at) in LEVANT))
        elif name == "father":
            found.append((1, False))
        elif name == "half_month":
            half = _half_month(stretch, at, end, [month for month, _ in found])
            if half is None:
                return None
            found.append((half, True))
    return found


def _disagree(named: list[tuple[int, bool]]) -> bool:
    """Whether names of two traditions are of other months each: أكتوبر/تشرين الثاني."""
    levant = {month for month, of_levant in named if of_levant}
    others = {month for month, of_levant in named if not of_levant}
    return bool(levant and others) and levant.isdisjoint(others)


def _half_month(stretch: Stretch, at: int, end: int, before: list[int]) -> int | None:
    """The month of a name that two share: by its number, or by the name before it."""
    first = int(stretch.tokens.values[at])
    second = first % LAST_MONTH + 1
    number = NAMES.get(stretch.tokens.tags[at + 1]) if at + 1 < end else None
    if number not in ("first_", "fore", "second_"):  # أكتوبر/تشرين
        return before[-1] if before[-1] in (first, second) else None
    return {1: first, SECOND: second}.get(int(stretch.tokens.values[at + 1]))


def _hijri_month(stretch: Stretch, group: str) -> int | None:
    single = stretch.number("hijri_month qi_da", group=group)
    if single is not None:
        return single
    half = stretch.number("half_hijri", group=group)
    second = stretch.number("first_", group=group)
    return None if half is None or second is None else half + min(second, SECOND) - 1


def day_of_month(said: Said | None, day: int | None, weekday: int | None) -> Said | None:
    """A day of the month that is said; None where one is no day or no month."""
    if said is None or day is None or not 1 <= day <= LAST_DAY or said.last_month:
        return None
    return replace(said, unit="day", day=day, weekday=weekday)


def relative_day(stretch: Stretch) -> int | None:
    """How many days from the document's date, None where no word says so."""
    tomorrow, yesterday = stretch.has("tomorrow"), stretch.has("yesterday at_yesterday")
    if tomorrow:
        return 2 if stretch.has("after") else 1
    if yesterday:
        return -2 if stretch.has("fore first_ before") else -1
    return 0 if stretch.has("the_day") else None


def dated(stretch: Stretch) -> list[Expression]:
    """`15 مايو 2018`, `الأحد 28 أكتوبر/تشرين الأول الماضي`."""
    day = day_number(stretch, "day")
    said = day_of_month(months(stretch), day, stretch.number("weekday"))
    if said and _may_count_weeks(stretch, day or 0):
        said = replace(said, counting=True)
    return stretch.whole(said and within_year(said, stretch))


def _may_count_weeks(stretch: Stretch, day: int) -> bool:
    """Whether an ordinal right behind a weekday may be that of its week: الأحد الثاني من مايو."""
    ordinal = not stretch.has("day", group="day") and day <= MOST_WEEKS
    before = stretch.match.groups["day"][0] - 1
    return ordinal and before >= 0 and NAMES.get(stretch.tokens.tags[before]) == "weekday"


def spoken(stretch: Stretch) -> list[Expression]:
    """`ثلاثة عشر نيسان`, `خمسة وعشرين مايو`."""
    words = stretch.values("cardinal", group="spoken")
    day = date_numbers.ordinal([int(word) for word in words])
    start, end = stretch.match.groups["spoken"]
    cut_off = end - start == 1 and stretch.word_at(start) in NO_DAYS
    if cut_off:  # لم يكن أحد; تاسع عشر
        return []
    said = day_of_month(months(stretch), day, stretch.number("weekday"))
    return stretch.whole(said and within_year(said, stretch))


def half_named(stretch: Stretch) -> list[Expression]:
    """`تشرين 2019`: the first of its name or the second."""
    unit = "day" if "day" in stretch.match.groups else "month"
    return stretch.whole(Said(unit, mark=UNRESOLVED))


def opening(stretch: Stretch) -> list[Expression]:
    """`غرة محرم`, `الفاتح من نوفمبر`."""
    if stretch.number("libyan_month") not in (None, 9):
        return []
    said = day_of_month(months(stretch), 1, stretch.number("weekday"))
    return stretch.whole(said and within_year(said, stretch))


def days(stretch: Stretch) -> list[Expression]:
    """`3 إلى 5 مايو`, `22 و24 فبراير`: from the first day to the last."""
    month, ends = months(stretch), _first_and_last(stretch)
    if month is None or ends is None:
        return []
    if stretch.has("slash", group="to") and month.month in ends:  # 12/5 مايو, 10/12 ديسمبر
        return []
    said = [day_of_month(month, number, None) for number in ends]
    left, right = (one and within_year(one, stretch) for one in said)
    return stretch.whole(left, right) if left and right else []


def _first_and_last(stretch: Stretch) -> tuple[int, int] | None:
    """The ends of a row of days, where it rises."""
    middle = listed(stretch, "more")
    first, last = day_number(stretch, "first") or 0, day_number(stretch, "day") or 0
    numbers = [first, *middle, last]
    return (first, last) if numbers == sorted(set(numbers)) and last <= LAST_DAY else None


def month(stretch: Stretch) -> list[Expression]:
    """`شهر مايو 2018`, `تشرين الأول الماضي`."""
    if _is_augustus(stretch):
        return []
    said = months(stretch)
    return stretch.whole(said and within_year(said, stretch))


def _is_augustus(stretch: Stretch) -> bool:
    """Whether أغسطس is the emperor: أغسطس من 27 ق.م, but في أغسطس من عام 30 ق.م."""
    august = stretch.number("month") == AUGUST and stretch.before() not in (
        *INTRODUCING,
        "of_",
        "to",
    )
    return august and stretch.has("of_") and stretch.is_before_christ()


def two_months(stretch: Stretch) -> list[Expression]:
    """`شهري مايو ويونيو`."""
    first, last = months(stretch, "first"), months(stretch)
    left, right = (said and within_year(said, stretch) for said in (first, last))
    return stretch.whole(left, right) if left and right else []


def in_the_month(stretch: Stretch) -> list[Expression]:
    """`الخامس من الشهر الجاري`, `10 الجاري`; `يوم 10 المقبل` may be of this month or the next."""
    day = day_number(stretch, "day")
    if day is None or day > LAST_DAY:
        return []
    return stretch.whole(_in_the_month(stretch, day))


def days_in_the_month(stretch: Stretch) -> list[Expression]:
    """`3 إلى 5 من الشهر المقبل`, `20 و25 الجاري`: from the first day to the last."""
    ends = _first_and_last(stretch)
    return stretch.whole(*(_in_the_month(stretch, day) for day in ends)) if ends else []


def _in_the_month(stretch: Stretch, day: int) -> Said:
    """A day of the month that is as far away as the match says; of no month it stays open."""
    told = stretch.has("the_month") or stretch.number("direction") == 0
    mark = UNRESOLVED if stretch.has("same that") or not told else None
    away = stretch.number("direction") or 0
    return Said("day", day=day, within="month", away=away, mark=mark)


def numeric(stretch: Stretch) -> list[Expression]:
    """`15/10/2025`, `2025-10-15`; ambiguous ones unresolved."""
    written = str(stretch.value("numbers"))
    if not date_numbers.is_date(written):
        return []
    if stretch.is_solar():
        return stretch.whole(Said("day", mark=UNRESOLVED))
    hijri, on = stretch.has("hijri"), stretch.number("weekday")
    found = date_numbers.numeric(written, hijri=hijri, on=on)
    if found is None:
        return stretch.whole(Said("day", mark=UNRESOLVED))
    said = Said("day", year=found.year, month=found.month, day=found.day, hijri=found.hijri)
    return stretch.whole(replace(said, weekday=on))


def numeric_month(stretch: Stretch) -> list[Expression]:
    """`05/2020`."""
    number, named = stretch.number("day"), stretch.number("year")
    if number is None or named is None or number > LAST_MONTH:
        return []
    return stretch.whole(Said("month", year=named, month=number))


def numeric_days(stretch: Stretch) -> list[Expression]:
    """`20-25/5/2018`: from the first day to the last."""
    named, number = year(stretch), stretch.number("day", group="month")
    ends = _first_and_last(stretch)
    if named is None or number is None or number > LAST_MONTH or ends is None:
        return []
    hijri = named.hijri or named.number in date_numbers.HIJRI_YEARS
    left, right = (
        Said("day", year=named.number, month=number, day=day, hijri=hijri) for day in ends
    )
    return stretch.whole(left, right)


def iso_month(stretch: Stretch) -> list[Expression]:
    """`2025-11`; what may be two years as well (2005-08) is neither."""
    start, end = stretch.match.start, stretch.match.end
    written = stretch.word_at(start) + stretch.word_at(start + 1) + stretch.word_at(end - 1)
    first, last = stretch.tokens.starts[start], stretch.tokens.ends[end - 1]
    named, number = stretch.number("year") or 0, stretch.number("day", group="number") or 0
    if last - first != ISO_LENGTH or written[4] not in HYPHENS or number > LAST_MONTH:
        return []
    if (number - named) % 100 < LONG_RANGE:
        return []
    return stretch.whole(Said("month", year=named, month=number))


def weekday(stretch: Stretch) -> list[Expression]:
    """`الأحد الماضي`, `أمس السبت`."""
    named, away = stretch.number("weekday"), relative_day(stretch)
    if stretch.has("latest"):
        return stretch.whole(Said("day", mark=UNRESOLVED))
    if away is not None:
        return stretch.whole(Said("day", weekday=named, within="day", away=away))
    return stretch.whole(Said("day", weekday=named, direction=stretch.number("direction")))


def weekdays(stretch: Stretch) -> list[Expression]:
    """`يومي السبت والأحد الماضيين`, `ليل الجمعة السبت`: from the first to the last of them."""
    if stretch.value("two_days many the_two the_many") not in (None, "day"):
        return []
    named = [int(day) for day in stretch.values("weekday")]
    direction = stretch.number("direction")
    if stretch.has("many") and len(named) == SECOND and direction is None:  # every week
        return stretch.whole(Said("day", mark=UNRESOLVED))
    # The last of those that are over is the anchor, of others the first.
    over = direction if (direction or 0) < 0 else None
    first = Said("day", weekday=named[0], direction=direction)
    return stretch.whole(first, Said("day", weekday=named[-1], direction=over))


def relative(stretch: Stretch) -> list[Expression]:
    """`أمس`, `بعد غد`, `اليوم`; `الأمس القريب` is vague, `مثل هذا اليوم` of another year."""
    if stretch.has("yesterday at_yesterday") and (
        stretch.word_after() in RECENT or _is_as_if(stretch)
    ):
        return stretch.whole(Said("day", mark=VAGUE))
    if stretch.has("this") and stretch.word_before() in LIKE:
        return stretch.whole(Said("day", mark=UNRESOLVED))
    return stretch.whole(Said("day", within="day", away=relative_day(stretch) or 0))


def _is_as_if(stretch: Stretch) -> bool:
    """Whether the day before is a likeness: كما لو كانت بالأمس."""
    words = [stretch.word_before(back) for back in range(AS_IF_BACK, 0, -1)]
    return AS_IF in pairwise(words)


def night(stretch: Stretch) -> list[Expression]:
    """`الليلة الماضية`, `هذا المساء (الأربعاء)`."""
    away, named = stretch.number("direction") or 0, stretch.number("weekday")
    return stretch.whole(Said("day", within="day", away=away, weekday=named))
