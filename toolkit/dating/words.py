"""The words of Arabic dates: spelling as `fold` leaves it, class, value.

A class is a name that the grammar (`date_grammar`) uses; a value is what a word of it says: the
number of a month, of a weekday (Monday is 0), -1 for the past.
"""

from toolkit.dating.number_words import (
    CARDINALS,
    CARDINALS_DEFINITE,
    DECADES,
    FIRSTS,
    ORDINALS,
    TENS_DEFINITE,
    Value,
    Words,
    numbered,
    words,
)

Piece = tuple[str, Value, int]  # class, value, length

# Each line a month: the names of Egypt and the Gulf, of the Levant and Iraq, of Algeria and
# Tunisia, of Morocco, of Mauritania, and a frequent slip. Those of two words, and those that are
# other words as well, stand below.
MONTHS = numbered("""
يناير جانفي جانفيه
فبراير شباط فيفري فبرائر
آذار
أبريل إبريل أفريل ابرايل
مايو أيار
يونيو حزيران
يوليو تموز يوليوز جويلية
أغسطس غشت أغشت أوغسطس
سبتمبر أيلول شتنبر شتمبر سبتمر
أكتوبر أوكتوبر
نوفمبر نونبر نوفنبر
ديسمبر دجنبر دجمبر دسمبر
""")
# Months that are also verbs, persons, cars: they count beside a day, a year or a preposition.
WEAK_MONTHS = words({3: "مارس", 4: "نيسان", 5: "مايس", 6: "يونيه", 7: "يوليه"})
# ... and those that count beside a day, a year or another name of the same month only.
DOUBTFUL_MONTHS = words({5: "ماي", 6: "جوان", 8: "أوت آب"})
# Libya, 1986 to 2011: only between a day and a year.
LIBYAN_MONTHS = words(
    {
        2: "النوار",
        3: "الربيع",
        4: "الطير",
        5: "الماء",
        6: "الصيف",
        7: "ناصر",
        8: "هانيبال هنيبعل",
        9: "الفاتح",
        10: "التمور",
        11: "الحرث",
        12: "الكانون",
    }
)
HALF_MONTHS = words({10: "تشرين", 12: "كانون"})  # the first; the second is one month later
HIJRI_MONTHS = words(
    {
        1: "محرم المحرم",
        2: "صفر",
        7: "رجب",
        8: "شعبان",
        9: "رمضان",
        10: "شوال",
        11: "ذوالقعدة ذيالقعدة",
        12: "ذوالحجة ذيالحجة",
    }
)
HALF_HIJRI_MONTHS = words({3: "ربيع", 5: "جمادى جماد"})
WEEKDAYS = words(
    {
        0: "الاثنين الإثنين الأثنين",
        1: "الثلاثاء الثلثاء",
        2: "الأربعاء",
        3: "الخميس",
        4: "الجمعة",
        5: "السبت",
        6: "الأحد",
    }
)

# class -> words -> value; the unit of a noun is its value.
NOUNS: dict[str, Words] = {
    "year_noun": words({"year": "عام سنة"}),
    "month_noun": words({"month": "شهر"}),
    "day_noun": words({"day": "يوم"}),
    "the_year": words({"year": "العام السنة"}),
    "the_month": words({"month": "الشهر"}),
    "the_week": words({"week": "الأسبوع"}),
    "the_day": words({"day": "اليوم"}),
    "the_day_part": words({"day": "الصباح المساء"}),
    "the_century": words({"century": "القرن"}),
    "the_decade": words({"decade": "العقد"}),
    "decade_noun": words({"decade": "عقد"}),
    "other_noun": words({"week": "أسبوع", "century": "قرن"}),
    "accusative": words({"year": "عاما", "month": "شهرا", "day": "يوما", "week": "أسبوعا"}),
    "two_years": words({"year": "عامي سنتي"}),
    "two_days": words({"day": "يومي"}),
    "two_decades": words({"decade": "عقدي"}),
    "two_months": words({"month": "شهري"}),
    "two": words(
        {
            "year": "عامين سنتين",
            "month": "شهرين",
            "week": "أسبوعين",
            "day": "يومين",
            "decade": "عقدين",
            "century": "قرنين",
        }
    ),
    "the_two": words(
        {
            "year": "العامين السنتين العامان السنتان",
            "month": "الشهرين الشهران",
            "week": "الأسبوعين الأسبوعان",
            "day": "اليومين اليومان",
            "decade": "العقدين العقدان",
            "century": "القرنين القرنان",
        }
    ),
    "many": words(
        {
            "year": "سنوات أعوام سنين",
            "month": "أشهر شهور",
            "week": "أسابيع",
            "day": "أيام",
            "decade": "عقود",
            "century": "قرون",
        }
    ),
    "the_many": words(
        {
            "year": "السنوات الأعوام السنين",
            "month": "الأشهر الشهور",
            "week": "الأسابيع",
            "day": "الأيام",
            "decade": "العقود",
            "century": "القرون",
        }
    ),
    "season": words({3: "ربيع", 6: "صيف", 9: "خريف", 12: "شتاء"}),
    "the_season": words({3: "الربيع", 6: "الصيف", 9: "الخريف", 12: "الشتاء"}),
    "the_thousand": words({"millennium": "الألف الألفية"}),
    "the_quarter": words({"quarter": "الربع"}),
    "the_half": words({"half": "النصف"}),
    "the_quarters": words({"quarter": "الربعين الربعان"}),
}
# What may stand alone and take no proclitic but و and ف, or none.
PARTICLES: dict[str, Words] = {
    "in_": words({"in": "في"}),
    "of_": words({"of": "من"}),
    "to": words({"to": "إلى حتى"}),
    "since": words({-1: "منذ مذ"}),
    "before": words({-1: "قبل"}),
    "after": words({1: "بعد"}),
    "between": words({"between": "بين"}),
    "during": words({"during": "خلال طوال طيلة بحلول أثناء"}),
    "edge": words(
        {
            "edge": "مطلع مستهل بداية أوائل نهاية أواخر منتصف أواسط ختام حلول انتهاء غضون"
            " صباح مساء ليل ليلة فجر ظهر عصر"
        }
    ),
    "opening": words({1: "غرة فاتح مستهل"}),
    "this": words({"this": "هذا هذه"}),
    "that": words({"that": "ذلك تلك"}),
    "about": words({"about": "نحو حوالي قرابة زهاء"}),
    "more": words({"more": "أكثر أقل"}),
    "some": words({"some": "بضعة بضع عدة"}),
    "half_": words({"half": "نصف"}),
    "in_it": words({"in it": "فيه له لها"}),
    "same_": words({"same": "نفس ذات"}),
    "each": words({"each": "كل"}),
    "agreeing": words({"agreeing": "الموافق المصادف الموافقة"}),
    "yesterday": words({-1: "أمس البارحة"}),
    "tomorrow": words({1: "غدا غد الغد"}),
    "night": words({"night": "الليلة"}),
    "fore": words({1: "أول"}),
    "ending": words({-1: "آخر"}),
    "second_": words({2: "ثاني ثان"}),
    "dhu": words({"dhu": "ذو ذي ذا"}),
    "father": words({"father": "أي"}),
    "fire": words({"fire": "النار"}),
    "prayer": words(
        {"prayer": "صلاة خطبة خطيب صلوات خطب لصلاة وصلاة بصلاة نادي سوق ملحق صحيفة جريدة مجلة"}
    ),
    "praying": words(
        {"pray": "صلى نصلي يصلي", "pray or arrived": "صلوا", "pray or arrive": "يصلون"}
    ),
    "event": words(
        {
            "event": "ثورة حرب انتفاضة أحداث هجمات هجوم اعتداءات تفجيرات انقلاب حركة مدينة شارع"
            " جسر ميدان كوبري حي محور جامعة جمعية ائتلاف تحالف نصر انتصار انتصارات تظاهرات"
            " احتجاجات حزب تنظيم وثيقة إعلان"
        }
    ),
    "person": words({"person": "السيد السيدة الدكتور الحاج الشيخ تيريزا تريزا الأستاذ ماريسا"}),
}
# What follows its noun, without proclitics.
FOLLOWERS: dict[str, Words] = {
    "direction": words(
        {
            -1: "الماضي الماضية المنصرم المنصرمة الفائت الفائتة السالف الماضيين الماضيتين"
            " الفارط الفارطة المنصرمين المنصرمتين الفائتين الماضيان الماضيتان المنصرمان المنصرمتان",
            0: "الجاري الجارية الحالي الحالية الراهن الراهنة",
            1: "المقبل المقبلة القادم القادمة الآتي الآتية المقبلين المقبلتين القادمين القادمتين"
            " المقبلان المقبلتان القادمان القادمتان",
        }
    ),
    "one_": words({1: "الواحد الواحدة"}),
    "latest": words({-1: "الأخير الأخيرة الأخيرين الأخيرتين"}),
    "same": words({"same": "نفسه ذاته نفسها ذاتها التالي التالية السابق السابقة"}),
    "new": words({"new": "الجديد الجديدة"}),
    "qi_da": words({11: "القعدة قعدة", 12: "الحجة حجة"}),
    "christ": words({"era": "الميلاد المسيح"}),
    "hijra": words({"hijra": "الهجرة"}),
    "era": words(
        {
            "era": "م ميلاديا ميلادي ميلادية الميلادي الميلادية الميلاديين الميلاديان"
            " الميلاديتين الميلاديتان للميلاد"
        }
    ),
    "hijri": words(
        {
            "hijri": "ه ھ هجريا هجري هجرية الهجري الهجرية الهجريين الهجريان الهجريتين"
            " الهجريتان للهجرة"
        }
    ),
    "few": words({"few": "قليلة معدودة طويلة عديدة كثيرة قلائل القليلة الطويلة العديدة الكثيرة"}),
    "blessed": words({"blessed": "المبارك الكريم المعظم الحرام الخير المكرم الفرد الأصب"}),
    "solar_sign": words({"solar": "ش"}),
    "solar": words({"solar": "شمسي شمسية شمسيا الشمسي الشمسية الشمسيين الشمسيان"}),
    "qaf": words({"qaf": "ق"}),
}
CARRIERS: dict[str, Words] = {
    "month": MONTHS,
    "weak_month": WEAK_MONTHS,
    "doubtful_month": DOUBTFUL_MONTHS,
    "libyan_month": LIBYAN_MONTHS,
    "half_month": HALF_MONTHS,
    "hijri_month": HIJRI_MONTHS,
    "half_hijri": HALF_HIJRI_MONTHS,
    "weekday": WEEKDAYS,
    "at_yesterday": words({-1: "الأمس"}),
    "ordinal": ORDINALS,
    "first_": FIRSTS,
    "tens_definite": TENS_DEFINITE,
    "cardinal": CARDINALS,
    "cardinal_definite": CARDINALS_DEFINITE,
    "decade": DECADES,
    **NOUNS,
}
SIGNS: dict[str, str] = {
    "slash": "/\\⁄|",
    "dash": "-–—−‐‑",
    "open_": "([",
    "close": ")]",
    "comma": "،,",
    "dot": ".",
    "colon": ":",
    "line": "\n",
}
# Words that several lists hold: the class that the grammar expects them in.
LAST_WORD = {"ربيع": "half_hijri", "مستهل": "edge", "الربيع": "the_season", "الصيف": "the_season"}

PREFIXES: dict[str, tuple[Piece, ...]] = {
    "": (),
    "و": (("and_", "and", 1),),
    "ف": (("and_", "and", 1),),
    "ب": (("by", "by", 1),),
    "ل": (("by", "to", 1),),
    "ك": (("by", "as", 1),),
    "وب": (("and_", "and", 1), ("by", "by", 1)),
    "ول": (("and_", "and", 1), ("by", "to", 1)),
    "فب": (("and_", "and", 1), ("by", "by", 1)),
    "فل": (("and_", "and", 1), ("by", "to", 1)),
}
# ل and the article are written as one: the span of the word keeps both.
CONTRACTED: dict[str, tuple[Piece, ...]] = {
    "لل": (),
    "ولل": (("and_", "and", 1),),
    "فلل": (("and_", "and", 1),),
}
# A proclitic makes another word of these (باب, لست, وفد, بست).
ALONE = frozenset(words({1: "آب ست أحد إحدى سبع عشر ألف أي حي ماي صفر ثمان"}))
