"""Numbers as words in dates: folded spelling and value."""

from collections.abc import Mapping
from itertools import product

from toolkit.normalise import fold

Value = int | str
Words = dict[str, Value]


def words(spellings: Mapping[Value, str]) -> Words:
    """Folded word -> value, from value -> words with spaces between them."""
    return {fold(word): value for value, line in spellings.items() for word in line.split()}


def numbered(lines: str) -> Words:
    """Folded word -> number of its line, the first being 1."""
    return words(dict(enumerate(lines.strip().split("\n"), start=1)))


ORDINALS = words(
    {
        1: "الحادي الحادية",
        3: "الثالث الثالثة",
        4: "الرابع الرابعة",
        5: "الخامس الخامسة",
        6: "السادس السادسة",
        7: "السابع السابعة",
        8: "الثامن الثامنة",
        9: "التاسع التاسعة",
        10: "العاشر العاشرة",
    }
)
FIRSTS = words({1: "الأول الأولى", 2: "الثاني الثانية", 3: "الآخر الآخرة"})
TENS_DEFINITE = words(
    {
        20: "العشرين العشرون",
        30: "الثلاثين الثلاثون",
        40: "الأربعين الأربعون",
        50: "الخمسين الخمسون",
        60: "الستين الستون",
        70: "السبعين السبعون",
        80: "الثمانين الثمانون",
        90: "التسعين التسعون",
    }
)
UNITS: dict[Value, str] = {
    2: "اثنين اثنتين اثنان اثنتان إثنين اثني اثنا اثنتي",
    3: "ثلاثة ثلاث",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني ثمان",
    9: "تسعة تسع",
}
HUNDRED = "مئة مائة مية"


def _hundreds() -> dict[Value, str]:
    stems = {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان ثماني", 9: "تسع"}
    return {
        100 * value: " ".join(a + b for a, b in product(line.split(), HUNDRED.split()))
        for value, line in stems.items()
    }


CARDINALS = words(
    {1: "واحد واحدة إحدى أحد"}
    | UNITS
    | {
        10: "عشرة عشر",
        20: "عشرين عشرون",
        30: "ثلاثين ثلاثون",
        40: "أربعين أربعون",
        50: "خمسين خمسون",
        60: "ستين ستون",
        70: "سبعين سبعون",
        80: "ثمانين ثمانون",
        90: "تسعين تسعون",
        100: HUNDRED,
        200: "مئتين مائتين مئتان مائتان",
        1000: "ألف آلاف",
        2000: "ألفين ألفان",
    }
    | _hundreds()
)
CARDINALS_DEFINITE = words(
    {value: " ".join("ال" + word for word in line.split()) for value, line in UNITS.items()}
    | {10: "العشرة العشر"}
)
# With the endings of العشرينات and العشرينيات. Those of 2000 on have no tens.
DECADES: Words = {
    fold(article + stem + ending): value
    for value, stem in {
        0: "ألفين",
        20: "عشرين",
        30: "ثلاثين",
        40: "أربعين",
        50: "خمسين",
        60: "ستين",
        70: "سبعين",
        80: "ثمانين",
        90: "تسعين",
    }.items()
    for article in ("", "ال")
    for ending in ("ات", "يات")
}
