"""Words beside numbers and names that tell whether these are dates."""

from toolkit.normalise import fold


def folded(words: str) -> frozenset[str]:
    """The words of a line as `fold` leaves them."""
    return frozenset(fold(word) for word in words.split())


def carrying(words: str, proclitics: str) -> frozenset[str]:
    """The same, alone and behind each of some proclitics."""
    return folded(" ".join(start + word for word in words.split() for start in ("", *proclitics)))


# Classes of tokens that introduce a time.
INTRODUCING = ("in_", "since", "during", "edge", "before", "after", "between")
# Classes before a number that make it something else than a year.
NUMBERS = ("day", "small", "year", "numbers", "slash", "dash", "more", "some", "cardinal", "open_")
# What stands between the two ends of a range, and units that numbers count.
RANGING = ("and_", "to", "dash")
UNITS = ("year_noun", "day_noun", "accusative", "many", "cardinal", "month_noun")
# What numbers count, and other ends of words than the one that they put on it.
COUNTED = folded(
    """مليونا مليارا ألفا شخص شخصا دولار دولارا متر مترا كيلومتر كيلومترا كم كلم سم مليون مليار
    تريليون طن طنا جنيه جنيها ريال ريالا درهم درهما دينار دينارا ليرة يورو روبل قتيل قتيلا
    جريح جريحا شهيد شهيدا عنصر عنصرا مقاتل مقاتلا جندي جنديا عسكري عسكريا لاجئ لاجئا نازح
    نازحا طفل طفلا امرأة رجل رجلا موظف موظفا طالب طالبا صفحة كتاب كتابا قطعة موقع موقعا
    مدرسة وحدة سيارة حالة إصابة وفاة نقطة مقعد مقعدا صوت صوتا ميل ميلا قدم قدما كيلو
    كيلوغرام كيلوغراما غرام غراما جرام جراما ساعة دقيقة ثانية نسمة فرد فردا أسرة عائلة منزل
    منزلا مشارك مشاركا متظاهر متظاهرا هكتار هكتارا فدان فدانا ميغاواط واط برميل برميلا لتر
    لترا نسخة مرة درجة بالمئة بالمائة عام عاما سنة يوما شهرا أسبوعا مواطن مواطنا شركة مدينة
    قرية دولة بلدة غرفة سرير سريرا قضية حادث حادثا صاروخ صاروخا طائرة سفينة دبابة عضو عضوا
    لاعب لاعبا فيلم فيلما هدف هدفا ناخب ناخبا مهاجر مهاجرا سجين سجينا معتقل معتقلا متر مربع
    هجري ميلا عامل عاملا وظيفة خطوة كلمة نوع نوعا"""
)
NOT_COUNTED = ("يا", "ضا", "يبا", "ما", "نا", "ها", "ددا", "حدا")
# Words before a number that is counted or measured, none of years.
LAWS = "قانون قرار مرسوم مادة بند فقرة قرارين قرارات قانونين مادتين مواد صفحة آية غرفة رحلة"
PHONES = "هاتف تلفون جوال فاكس موبايل"
NUMBERED = folded(
    " ".join(
        start + word
        for word in f"{LAWS} {PHONES}".split()
        for start in ("ال", "وال", "بال", "وبال", "فال", "كال", "لل", "ولل")
    )
) | folded(
    PHONES
    + """ مادة ومادة رقم رقمه رقمها عدد
    عددهم عددها عدده بلغ بلغت يبلغ تبلغ يقارب تقارب يناهز تناهز يفوق تفوق تجاوز تجاوزت يتجاوز
    العدد بالعدد المرتبة بالمرتبة بريد البريدي صفحة ص ج مجلد طراز بنحو بحوالي"""
)
# Before what looks like a month (2024-03) and is the number of something.
REFERENCES = folded(
    " ".join(
        start + word
        for word in (
            f"{LAWS} {PHONES} ملف طلب قضية دعوى محضر حساب فاتورة كود رمز رخصة إصدار نسخة لوحة مرجع"
        ).split()
        for start in ("", "و", "ب", "ل", "ال", "وال", "بال", "فال", "كال", "لل", "ولل")
    )
)
DATES = folded("تاريخ بتاريخ التاريخ وتاريخ")
# What makes the ordinal behind it an adjective: المركز الثالث, but not الجلسة الثالث من مايو.
ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل")
FEMININE = ("ه", "ات")
FEMININE_ORDINALS = ("ه", *folded("الأولى"))
# Without بطوله, which is folded as بطولة is, a championship.
MEASURED = carrying(
    """ارتفاع بارتفاع لارتفاع الارتفاع ارتفاعه ارتفاعها مسافة لمسافة المسافة طول بطول الطول طوله
    طولها عمق بعمق العمق عمقه عمقها مساحة لمساحة عرض بعرض العرض سباق بسباق علو بعلو علوه علوها
    مضمار المضمار يبعد تبعد""",
    "و",
)
# Behind a round number with م: a distance, even behind ولد.
DIRECTIONS = folded("غرب شرق شمال جنوب غربي شرقي شمالي جنوبي فوق تحت")
# What is counted by two Hijri years with a slash; other such years may be of the Middle Ages.
SCHOOL_YEARS = carrying(
    """الدراسي الدراسية الجامعي الجامعية التعليمي الأكاديمي الأكاديمية المالي المالية الرياضي
    الرياضية التدريبي ميزانية الميزانية موازنة الموازنة موسم الموسم دوري الدوري""",
    "وبل",
)
# What is general (عام) rather than of a year.
OFFICES = folded(
    """الأمين أمين المدير مدير المدعي المدعى مدعي النائب نائب المفتش مفتش الرأي رأي القائد قائد
    المراقب مراقب القطاع قطاع الصالح المجلس الحاكم الشكل السياق السكرتير الكاتب المنسق منسق
    المؤتمر المستشفى النقل الأمن للأمين للمدعي والأمين والمدير والمدعي للرأي بالأمين الاتحاد
    العرف الطريق المركز المستوى الإطار المعنى الحق المال النظام والنظام الطابع الوضع المناخ
    الاتجاه المزاج الجو"""
)
# Behind and before اليوم where it is no day of the calendar: the World Day, Russia Today.
DAY_NAMES = folded(
    """العالمي الوطني الدولي العربي الواحد كله بأكمله السابع الأخير الأسود الذي الموعود الختامي قبل
    السعودية الدراسي"""
)
CHANNELS = folded(
    """روسيا إسرائيل الإمارات عن المصري الجزائر ليبيا سوريا الآن لبنان قناة صحيفة جريدة موقع تونس
    فلسطين أخبار"""
)
# What ends in the days of a Hijri month, and periods of which one is the first.
ENDS = ("ordinal", "first_", "latest", "tens_definite", "cardinal")
ORDINALS = ("ordinal", "first_", "tens_definite", "cardinal", "one_")
LAST_TEN = folded("الأواخر الأوائل")
PERIODS = ("the_week", "the_half", "the_quarter", "the_decade", "the_many", "the_two", "many")
# What takes place tomorrow.
MEETINGS = folded("لقاء مباراة مواجهة جلسة اجتماع لقائه مباراته قمة")
MARCH = 3  # and the word for practised
SAFAR = 2  # and the word for zero
CONQUEROR = folded("محمد السلطان")
DUAL = ("ين", "ان")  # الماضيين, الماضيان
MONDAY = 0  # and the word for the two
FRIDAY = 4  # and its prayer
SUNDAY = 6  # and the word for the one
BOTH = folded("كلا وكلا لكلا بكلا هذين لهذين بهذين")
# Behind these الاثنين are the two where a dual follows: إن الاثنين قتلا.
OF_TWO = folded("إن وإن أن وأن بأن لأن لكن ولكن على وعلى")
# What day and month name without a year: قوى 14 آذار.
NAMED_AFTER = folded(
    """قوى فريق فريقا فريقي طرفا طرفي تكتل تكتلا تكتلي تيار تيارا تياري معسكر معسكرا معسكري اتفاق
    حراك معركة هزيمة شباب ملعب استاد ساحة كتيبة مستشفى محافظة نظام طريق كلية مدرسة مطار معهد مسرح
    حديقة"""
)
QUOTES = "\"«“„'‘”"
# Before a number with م: a year, which is no length there.
LIVED = folded("توفي توفيت ولد ولدت مات ماتت وتوفي وولد وتوفيت وولدت")
# Months of two names each: the first is the one of the Levant.
LEVANT = folded("شباط آذار نيسان أيار حزيران تموز آب أيلول")
PILGRIMAGE = folded("حج الحج لحج")
# Where people pray: with them يصلون الجمعة is a prayer, else "they arrive on Friday".
PRAYERS = folded(
    """المسجد مسجد المساجد مساجد الجامع جامع المصلى المصلون المصلين المسلمون المسلمين مسلمون الإمام
    الصلاة جماعة خلف"""
)
LIKE = folded("مثل بمثل")  # مثل هذا اليوم is of another year
RECENT = folded("القريب")  # الأمس القريب is no day
# Behind a length of time: from now, of time; as they are folded.
NOW = ("الان", "تاريخه")
OF_TIME = ("الزمن", "الزمان")
# Weekdays with names.
BLACK_DAYS = folded(
    """السوداء البيضاء العظيمة الحزينة الأسود الدامي اليتيمة المقدس المقدسة الكبير الأحمر"""
)
# Endings of what describes a year: the school year.
SCHOOL = ("ي", "يه")
# In their fifties.
AGED = folded("رجل رجلا سيدة امرأة شاب شابا مسن مسنا شابة رجال نساء سيدات وهو وهي كان كانت")
OF_LIFE = ("عمر", "العمر")
BY_OR_IN = ("by", "in_")
# Before a quarter of the year, and around one of a match.
COMPARED = folded("عن مع أرباح نتائج أرقام توقعات مقابل إيرادات مبيعات وشهد شهد")
PLAYED = folded("نقطة نقاط المباراة اللقاء مباراة الدوري السلة الموسم الفريق فريق تمريرات رمية")
