"""What a corpus must have for each part of its report, and what the page says where it has less.

A single article gets only what a single article can support. All thresholds stand here.
"""

from collections.abc import Collection
from dataclasses import dataclass

# Texts are compared by a column whose values are groups: at least two, and two texts a group.
FEWEST_GROUPS = 2
TEXTS_PER_GROUP = 2
MOST_GROUPS = 100
# A group of fewer words has few words twice, and every one of them looks typical.
KEYNESS_WORDS = 1_000
KEYNESS_GROUPS = 10
KEYNESS_FREQ = 5
KEYNESS_DOCS = 2
# A line through two points is a straight line, whatever happened between them.
TIMELINE_PERIODS = 3
TIMELINE_TEXTS = 10
TEXTS_PER_PERIOD = 5  # on average, where a longer period gives them
MOST_PERIODS = 60
# A network of three names says no more than a sentence does.
NETWORK_NAMES = 6
NETWORK_TOGETHER = 2
MOST_NETWORK_NAMES = 40
MOST_NETWORK_PAIRS = 80
MAP_PLACES = 3
MOST_PLACES = 40
TOLD_DATES = 5
# Below this many words a rate per million pretends to a precision that is not there.
RATE_WORDS = 10_000


@dataclass(frozen=True)
class Words:
    """The same in Arabic and in English.

    Attributes
    ----------
    arabic, english : str
        Plain text, not HTML.
    """

    arabic: str
    english: str


@dataclass(frozen=True)
class Absent:
    """A part that the report does not have.

    Attributes
    ----------
    part, reason : Words
        Its name, and why the corpus does not support it.
    """

    part: Words
    reason: Words


GROUPS = Words("النصوص بحسب البيانات الوصفية", "Texts by metadata")
TIMELINE = Words("الخط الزمني", "Timeline")
KEYNESS = Words("ما يميّز كل قسم", "Keyness")
NETWORK = Words("شبكة الأعلام", "Network of names")
PLACES = Words("خريطة الأماكن", "Map of places")
TOLD = Words("التواريخ المذكورة في النصوص", "Dates told in the texts")
NAMES = Words("تواتر الأعلام", "Entity frequencies")


def no_groups(texts: int, columns: Collection[str]) -> Absent:
    """Why texts are not compared by their metadata."""
    if texts < FEWEST_GROUPS * TEXTS_PER_GROUP:
        return Absent(
            GROUPS,
            Words(
                f"تحتاج المقارنة إلى مجموعتين من نصّين على الأقل، وهنا {texts:,}.",
                f"Needs two groups of at least two texts; there {_are(texts, 'text')} here.",
            ),
        )
    named = ", ".join(columns) or "none"
    return Absent(
        GROUPS,
        Words(
            "لا عمود في البيانات الوصفية تتقاسم قيمَه نصوصٌ عدة، مثل القسم أو المصدر.",
            "Needs a column of metadata whose values several texts share, such as section or "
            f"source; the columns are: {named}.",
        ),
    )


def no_keyness(large: int, column: str | None) -> Absent:
    """Why groups are not compared by their words."""
    needed = f"Keyness needs at least two sections of {KEYNESS_WORDS:,} words"
    found = f"there {'is' if large == 1 else 'are'} {large} of {column} so large"
    if column is None:
        found = "the texts have no sections"
    return Absent(
        KEYNESS,
        Words(
            f"تحتاج المقارنة إلى قسمين على الأقل في كل منهما {KEYNESS_WORDS:,} كلمة.",
            f"{needed}; here {found}.",
        ),
    )


def no_timeline(dated: int, periods: int) -> Absent:
    """Why texts are not counted over time."""
    return Absent(
        TIMELINE,
        Words(
            f"يحتاج الخط الزمني إلى {TIMELINE_TEXTS} نصوص مؤرَّخة في {TIMELINE_PERIODS} أيام "
            f"مختلفة على الأقل، وهنا {dated:,} من النصوص المؤرَّخة.",
            f"A timeline needs at least {TIMELINE_TEXTS} dated texts of {TIMELINE_PERIODS} "
            f"different days; here {_are(dated, 'dated text')}, of {_count(periods, 'day')}.",
        ),
    )


def no_network(names: int) -> Absent:
    """Why no network is drawn."""
    return Absent(
        NETWORK,
        Words(
            f"تحتاج الشبكة إلى {NETWORK_NAMES} أعلام على الأقل تجتمع في جملتين أو أكثر، "
            f"وهنا {names:,}.",
            f"A network needs at least {NETWORK_NAMES} names that meet in {NETWORK_TOGETHER} "
            f"sentences or more; here {_are(names, 'such name')}.",
        ),
    )


def no_map(places: int) -> Absent:
    """Why no map is drawn."""
    return Absent(
        PLACES,
        Words(
            f"تحتاج الخريطة إلى {MAP_PLACES} أماكن على الأقل معروفة الإحداثيات، وهنا {places:,}.",
            f"A map needs at least {MAP_PLACES} places whose coordinates are known; here "
            f"{_are(places, 'such place')}.",
        ),
    )


def no_told_dates(dates: int) -> Absent:
    """Why the dates in the texts are not counted."""
    return Absent(
        TOLD,
        Words(
            f"يحتاج العدّ إلى {TOLD_DATES} تواريخ مذكورة على الأقل يُعرف عامها، وهنا {dates:,}.",
            f"Counting needs at least {TOLD_DATES} expressions whose year is known; here "
            f"{_are(dates, 'such expression')}.",
        ),
    )


def no_names() -> Absent:
    """Why names are not counted."""
    return Absent(NAMES, Words("لم يُعثر على أعلام.", "No entity was found."))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _are(number: int, noun: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_count(number, noun)}"
