"""The words that the reading of names goes by: titles, kinship, organisations, countries.

All are folded as `normalise.fold` does, those of names also as `toolkit.naming.parts.name_key`.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# --- titles -----------------------------------------------------------------------------------

# A title by itself.
ALONE = _set(
    "الرءيس الرءيسه الملك الملكه الامير الاميره السلطان السلطانه الامبراطور الامبراطوره القيصر "
    "الشيخ الشيخه السيد السيده الانسه الحاج الحاجه الاستاذ الاستاذه الدكتور الدكتوره البروفيسور "
    "البروفسور المهندس المهندسه القاضي القاضيه المستشار المستشاره الوزير الوزيره السفير السفيره "
    "الناءب الناءبه السيناتور السناتور المحافظ العمده المفتي الامام الخليفه المرشد القس القسيس "
    "الاب البابا الكاردينال المطران البطريرك الانبا الاسقف الراهب الراهبه الحاخام اللواء العماد "
    "العميد العقيد المقدم الراءد النقيب الملازم الرقيب العريف المشير الماريشال الجنرال الكولونيل "
    "الادميرال الاميرال الكابتن القبطان الزعيم القاءد الامين المدير دكتور د سماحه فضيله معالي "
    "سعاده فخامه جلاله سمو نيافه غبطه قداسه دوله مولانا البارون اللورد الليدي السير الدوق الدوقه "
    "الكونت المتحدث المتحدثه الناطق الحاكم المدعي المدعيه المبعوث المبعوثه المفوض المفوضه "
    "المندوب المندوبه المنسق المنسقه المقرر السكرتير الناطقه الامينه المديره القاءده الزعيمه "
    "النبي الشاه الخديوي الخديو بروفيسور بروفسور العاهل العاهله"
)
# A title with what it is the office of.
OFFICES = _set(
    "رءيس رءيسه وزير وزيره ناءب ناءبه امين امينه مدير مديره محافظ محافظه سفير سفيره حاكم حاكمه "
    "قاءد قاءده زعيم زعيمه ملك ملكه امير اميره سلطان شيخ ولي مستشار مستشاره مفتي مفوض مفوضه "
    "مبعوث مبعوثه مندوب مندوبه ممثل ممثله وكيل وكيله مساعد عضو عمده مرشد متحدث متحدثه كبير كبيره "
    "قاضي قاضيه نقيب نقيبه بابا بطريرك مطران اسقف عميد عميده سكرتير سكرتيره خديوي"
)
# Without article within the office of something.
BODIES = _set(
    "مجلس هيءه لجنه حزب حركه جمهوريه حكومه وزاره دوله بلديه جهاز شءون قوات قوه جيش اركان محكمه "
    "اتحاد نادي شركه جامعه منظمه مكتب وفد قسم اداره دير دار بنك مصرف كتله تيار جبهه جماعه تنظيم "
    "برلمان عام عهد بيت غرفه نقابه جمعيه مءسسه معهد كليه مركز مدينه ولايه محافظه منطقه اقليم "
    "قضاء بعثه شرطه سلاح امن مفوضيه وكاله سلطه قاءمه حلف صندوق تحالف اءتلاف ديوان اسم اول ثاني"
)
# Of a title, beside those of countries and places.
ADJECTIVES = _set(
    "السابق السابقه الاسبق الاسبقه الراحل الراحله الحالي الحاليه المكلف المكلفه المءقت المءقته "
    "العام العامه الاعلي العليا الاول الاولي الثاني المساعد المساعده المخلوع المعزول المنتخب "
    "المنتخبه الجديد الجديده المقبل القادم الخاص الخاصه الداءم الداءمه السامي الاكبر الكبير "
    "المتحده الرسمي الرسميه الفخري الشرفي الركن ركن الطيار المتقاعد التنفيذي اول ثاني الموقر "
    "الكريم الجليل الشريفين العظمي الملكي"
)
# Adjectives of countries, which a span may have taken in with the name.
PEOPLES = _set(
    "السوري المصري العراقي الاردني اللبناني الفلسطيني السعودي اليمني العماني القطري الكويتي "
    "البحريني الاماراتي السوداني الليبي التونسي الجزاءري المغربي الموريتاني الصومالي التركي "
    "الايراني الافغاني الباكستاني الهندي الصيني الياباني الروسي الاوكراني الامريكي الاميركي "
    "البريطاني الفرنسي الالماني الايطالي الاسباني البرتغالي الهولندي البلجيكي السويدي النرويجي "
    "الدنماركي اليوناني البولندي الاسراءيلي الكوري البرازيلي الارجنتيني المكسيكي الفنزويلي "
    "الكندي الاسترالي الاوروبي الاثيوبي الكيني النيجيري الاندونيسي الماليزي السنغالي التشادي"
)
# Titles of two words, of which the first alone is none; الفريق is a team otherwise.
PAIRS = {
    "الفريق": _set("اول الركن البحري الطيار ركن"),
    "ايه": _set("الله"),
    "حجه": _set("الاسلام"),
    "خادم": _set("الحرمين"),
    "صاحب": _set("السمو الجلاله الفخامه السعاده المعالي السماحه الغبطه القداسه الدوله"),
}
# Between an office and what it is of; after ب only some words.
LINKS = _set("ل ب لدي في الي باسم و")
AFTER_BA = _set("اسم الوكاله الانابه النيابه")
# After another title these are another person's, but after an honour.
OF_ONE = _set(
    "العاهل العاهله الرءيس الرءيسه الملك الملكه السلطان البابا الوزير السفير الزعيم القاءد"
)
HONOURS = _set(
    "فخامه جلاله سمو قداسه معالي سعاده سماحه السيد السيده الشريفين الجلاله الفخامه السمو"
)
# Who bears such a title is called by the first name.
MONARCHS = _set(
    "ملك ملكه امير اميره سلطان سلطانه امبراطور بابا قيصر امام نبي خليفه شيخ شيخه انبا خديوي خديو"
)

# Heads of titles whose holder has relatives in the news.
HOLDERS = _set("رءيس رءيسه ملك ملكه سلطان بابا وزير سفير زعيم قاءد")
# Words for one who is called by another title in the next sentence.
RULERS = {"عاهل": "ملك", "عاهله": "ملكه"}
# Of those who go by their first name: one person may bear the titles of one line.
RANKS = """
ملك خادم
ملكه
امير شيخ ولي امام نبي خليفه
اميره شيخه
سلطان
سلطانه
امبراطور قيصر
بابا انبا بطريرك كاردينال مطران اسقف قس اب راهب
خديوي خديو
"""
# Of an office that somebody else has by now.
PAST = _set("السابق السابقه الاسبق الاسبقه الراحل الراحله المخلوع المعزول")
# Forms of address, degrees and seats that anybody may have, told or not: they do not settle which
# of two is meant.
COURTESIES = _set(
    "سيد سيده انسه حاج حاجه استاذ استاذه دكتور دكتوره د بروفيسور بروفسور مهندس مهندسه ناءب ناءبه "
    "معالي سعاده فخامه سماحه فضيله"
)
# Of a woman, beside those that are a man's with a ta marbuta.
OF_WOMEN = _set("انسه ليدي")
# A wife has it with her husband's surname.
OF_WIVES = _set("سيده")
# Right before a woman's name.
SHE_SAID = _set("قالت اكدت اضافت اعلنت اوضحت صرحت ذكرت اشارت اعتبرت تابعت")
# What an office is of by another word, right behind its head: the president of a court of the state
# is not that of the state, by whatever word.
SAME_OFFICE = {"حكومه": "وزراء", "مال": "ماليه", "حرب": "دفاع", "دوله": "جمهوريه"}
WITHIN_STATE = {"جمهوريه": "دوله"}
# Before the adjective of a country: one who has there the office of somebody named before.
COUNTERPARTS = _set("نظير نظيره")
# First names with an article that are written like an adjective of what stands before.
GIVEN_WITH_ARTICLE = _set(
    "الباجي الشاذلي المنجي التيجاني التهامي الجيلاني الجيلالي الميلودي العياشي"
)

# --- names of persons --------------------------------------------------------------------------

# So frequent that one of them alone, or two in a row, may be anybody.
GIVEN = _set(
    "محمد احمد محمود علي حسن حسين الحسن الحسين ابراهيم اسماعيل عبدالله عبدالرحمن عبدالعزيز عمر "
    "عثمان يوسف موسي عيسي صالح سعيد خالد مصطفي سليمان سلمان سالم فاطمه مريم عايشه زينب خديجه "
    "جاسم قاسم"
)
# Sheikhs of the Gulf go by these first names; by others, with this title, it is a surname.
OF_SHEIKHS = (GIVEN - {"قاسم"}) | _set(
    "حمد خليفه تميم زايد صباح جابر ناصر سعود فيصل راشد مكتوم منصور حمدان سيف سلطان صقر هزاع طحنون "
    "نواف مشعل مبارك حميد سعد نهيان ذياب فهد بدر دعيج سرور حامد طلال حشر حصه هند لبني موزه مي شمه "
    "شما ماجد مروان عمار فلاح عبدالملك عبدالمجيد جوعان ثاني شخبوط ذياب لطيفه ميثاء "
    "العنود مياسه موزا اليازيه جراح عذبي"
)
SHEIKH = frozenset({"شيخ"})
# Before a full name these are no child's: family names that stand first, in the east of Asia.
FIRST_SURNAMES = _set(
    "شي لي وانغ وانج تشانغ ليو كيم بارك مون هو دنغ دينغ ماو جيانغ تشو نغوين هان يانغ تشن"
)
# Letters that are spelt out, as between two names: جورج دبليو بوش.
INITIALS = _set("دبليو اتش ايتش اف ايف جيه ار ام بي سي تي اكس كيه")
# With these a surname begins, and no first name.
PARTICLES = _set("دي دا دو دوس ديل دير دن فان فون فن لو دل تير سان سانت سانتا ماك")
AFTER_SURNAME = frozenset({"اوغلو"})  # داود أوغلو is a surname
# Of rulers, and of the second of two who have one name.
ORDINALS = _set(
    "الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي عشر الاولي الثانيه"
)
GENERATIONS = _set("الاب الابن الجد الحفيد الكبير الصغير الاكبر الاصغر جونيور سينيور")
# Of those, the ones that are hardly ever a surname.
AGES = GENERATIONS - _set("الكبير الصغير الاكبر الاصغر")
JUNIOR = "جونيور"
ELDER = "الاب"
# Behind الأب or الابن: a father or son of something else, or of some kind.
FIGURATIVE = _set(
    "الروحي المءسس المدلل اليسوعي الماروني البار الضال المفقود الشرعي الحنون الحاني المثالي "
    "المكلوم المفجوع البيولوجي"
)
# Behind الأب and ل: whose father, or of how many.
CHILDREN = _set(
    "طفل طفله طفلين طفلتين اطفال ابن ابنه ابنين ابنتين ابناء بنت بنتين بنات ولد ولدين اولاد توءم "
    "توءمين اثنين اثنتين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني تسعه تسع عشره"
)
# Footballers who go by their first name, with "junior" and without.
JUNIORS = _set("نيمار فينيسيوس فيني")
# Before a surname: the family, or several of it.
FAMILIES = _set(
    "عايله اسره ال عشيره قبيله بنو الاخوان الاخوين الشقيقان الشقيقين الشقيقتان الشقيقتين الزوجان "
    "الزوجين الاخوه الاشقاء"
)
# Before a name, where a span has taken it in: somebody else.
RELATIVES = _set("نجل نجلا نجلي ابنه ابناء زوجه زوج شقيق شقيقه شقيقا والد والده")
# With a pronoun, before a name: a relative of somebody named before, who has another surname or
# none; and what may stand between.
KIN = _set(
    "اب ابو ابي ابا ام والد والده ابن ابنه بنت نجل نجله كريمه طفل طفله شقيق شقيقه اخ اخو اخي اخا "
    "اخت زوج زوجه خطيب خطيبه طليق طليقه عم عمه خال خاله جد جده حفيد حفيده صهر حما حمو حمي حماه "
    "قريب قريبه"
)
# Of those, what is as well a town or a verb, behind some words: في حماه, فيما خاله.
ORDINARY = {
    "حما": _set("في الي من نحو مدينه ريف محافظه وسط"),
    "خال": _set("ما فيما كما مما الذي"),
}
# Of those, the women: ابنه is ابنة without its dots.
KINSWOMEN = _set(
    "ام والده ابنه بنت نجله كريمه طفله شقيقه اخت زوجه خطيبه طليقه عمه خاله جده حفيده حماه قريبه"
)
# Without a pronoun, before a title: whether the name behind is the holder's or the relative's, the
# text does not say. Not what is a town, a month, a verb or another word as well.
NEAR = (
    (KIN - _set("ابو ابي ابا اب ام جده حماه حمي قريب قريبه"))
    | RELATIVES
    | _set("قرين قرينه عقيله حرم ارمله ارمل كنه نسيب")
)
# Of those, whose surname is another one than the holder's.
IN_LAWS = _set("صهر نسيب")
PRONOUNS = _set("ه ها هم هما هن")
OF_KIN = _set(
    "الاكبر الاصغر الاوسط الكبري الصغري الكبير الكبيره الصغير الصغيره الوحيد الوحيده البكر الراحل "
    "الراحله الاول الاولي الثاني الثانيه الثالث الثالثه"
)
# Before a surname: something that has the name.
BEARERS = _set(
    "شارع مطار مدينه جامعه ملعب استاد جسر قصر مستشفي مخيم قانون جايزه كاس متحف مسجد مدرسه معهد "
    "مركز ميدان ساحه حديقه بحيره سد قاعده ميليشيا مليشيا ميليشيات مليشيات جماعه حركه تنظيم حزب "
    "شركه مءسسه دار قناه صحيفه مجله فيلم مسلسل"
)
# After these no preposition is written onto a name, so that its first letter is its own.
NO_PREPOSITION = _set("في من الي علي عن لدي بين ضد عبر نحو حول قرب ب ل ك ان لان لكن")
# Words that are one with a name that follows or goes before.
FATHERS = {"ابي": "ابو", "ابا": "ابو", "ابو": "ابو"}
NO_KUNYA = frozenset({("ابي", "احمد")})  # the name of a prime minister
BEFORE = {
    "الله": _set(
        "نصر فتح سعد عطا جاد جار ضيف خير حمد رزق شكر امر فضل عون خلف سيف نعمه عبيد هبه حزب"
    ),
    "الدين": _set(
        "نور صلاح جمال سيف عماد علاء شمس تقي محيي محي ركن بدر خير زين عز ضياء فخر ناصر نجم سعد "
        "كمال شرف حسام بهاء صفي جلال شهاب تاج علم"
    ),
    "بوك": _set("فيس فايس"),
    "تيوب": _set("يو"),
    "اب": _set("واتس"),
    "يورك": _set("نيو"),
    "كونغ": _set("هونغ هونج"),
    "كونج": _set("هونغ هونج"),
}

# --- other names ------------------------------------------------------------------------------

# Before a name: what kind of thing it is. Two of one line may stand before one and the same name.
GENERICS = """
نادي النادي
شركه مجموعه موقع تطبيق متجر
صحيفه جريده
مجله
قناه شبكه محطه
اذاعه
وكاله
حركه تنظيم جماعه ميليشيا مليشيا ميليشيات مليشيات كتايب
حزب
مدينه
بلده قريه
دوله سلطنه مملكه جمهوريه
"""
# With what kind of thing they are another's name: the republic of China is Taiwan.
OTHER_WITH_GENERIC = frozenset({"جمهوريه الصين", "جمهوريه الكونغو", "كتايب حزبالله"})
# Where it is the clearer name: عمان is the town in Jordan too, which the document may name.
CLEARER_WITH_GENERIC = {"سلطنه عمان": "الاردن"}
STATE = "دوله"  # one of those that stand before a country
# Those that stand before places.
OF_PLACES = _set("مدينه بلده قريه دوله سلطنه مملكه جمهوريه")
# Names with the first letter of another, of which no preposition makes them.
WITH_LETTER = frozenset({"بروسيا"})
# Countries whose names are no others with a letter before them.
COUNTRIES = _set(
    "مصر قطر "
    "سوريا لبنان العراق فلسطين السعوديه اليمن الكويت البحرين الامارات ليبيا تونس الجزاير المغرب "
    "موريتانيا السودان الصومال جيبوتي تركيا ايران افغانستان باكستان الصين اليابان كوريا "
    "اندونيسيا ماليزيا اوكرانيا بيلاروسيا بولندا بريطانيا فرنسا المانيا ايطاليا اسبانيا البرتغال "
    "هولندا بلجيكا سويسرا النمسا السويد النرويج الدنمارك فنلندا اليونان قبرص المجر رومانيا "
    "بلغاريا صربيا كرواتيا البوسنه البانيا كوسوفو اسراييل امريكا كندا المكسيك البرازيل الارجنتين "
    "فنزويلا كولومبيا كوبا استراليا نيوزيلندا اثيوبيا اريتريا كينيا اوغندا نيجيريا غانا السنغال "
    "الكاميرون زيمبابوي انغولا رواندا كازاخستان ارمينيا اذربيجان جورجيا ميانمار تايلاند الفلبين "
    "فيتنام اوروبا افريقيا الاردن انجلترا اسكتلندا ايرلندا"
)
CONTINENTS = _set("اوروبا افريقيا")
# Countries as well, whose names may be others with a letter before them; and emirates.
OTHER_LANDS = _set("عمان روسيا الهند تشاد النيجر")
EMIRATES = _set("دبي ابوظبي الشارقه عجمان الفجيره")
# What a title has in the place of the name of a country.
IN_TITLES = {
    "الولايات": "امريكا",
    "الحرمين": "السعوديه",
    "المملكه المتحده": "بريطانيا",
    "انجلترا": "بريطانيا",
    "انكلترا": "بريطانيا",
    "الانجليزي": "بريطانيا",
    "الانكليزي": "بريطانيا",
    "النمساوي": "النمسا",
}
# Two countries of one name, and by which words they are told apart.
DIVIDED = _set("كوريا السودان")
NEITHER = frozenset({"كوريا"})  # of those, the one that by itself is none of the two
DIRECTIONS = {
    "جنوب": _set("جنوب الجنوبي الجنوبيه"),
    "شمال": _set("شمال الشمالي الشماليه"),
}
# Whose titles name a country, also one that no list has, and whose do not name one.
OF_COUNTRIES = _set("ملك ملكه سلطان سلطانه امبراطور قيصر")
OF_CHURCHES = _set("بابا انبا")
# Written with the article and without, in one meaning.
ARTICLE_VARIES = _set(
    "فيفا ناتو يويفا اوبك يونسكو يونيسف بنتاغون غارديان اندبندنت تلغراف بوليساريو اناضول شاباك "
    "موساد انتربول بوندسليغا ليغا ماركا يوتيوب فيسبوك تويتر غوغل واتساب انستغرام تليغرام"
)
# The first of each line stands for the others.
SPELLINGS = """
سوريا سوريه
امريكا اميركا امريكه اميركه
امريكي اميركي
امريكيه اميركيه
الامريكي الاميركي
الامريكيه الاميركيه
فرنسا فرانسا
صنعاء صنعا
سيناء سينا
اسطنبول استانبول استنبول
انجلترا انكلترا انجلتره انكلتره
بريطانيا بريتانيا
تشيلي شيلي
كازاخستان كازخستان
قرغيزستان قيرغيزستان قرقيزستان
موزمبيق موزامبيق
نيجيريا نايجيريا
اريتريا ارتريا
سنغافوره سنغافورا سنجافوره
انغولا انجولا
غوانتانامو جوانتانامو
هامبورغ هامبورج
البوكمال ابوكمال
هونغكونغ هونجكونج هونغكونج هونجكونغ هونكونغ
غوغل جوجل قوقل
فيسبوك فايسبوك
انستغرام انستجرام انستقرام انستاغرام
تليغرام تيليغرام تلغرام تيلغرام تيليجرام تليجرام تلجرام
واتساب واتسب
سامسونغ سامسونج
بلومبرغ بلومبيرغ بلومبرج
ووتش واتش
يونيسف يونيسيف
نتنياهو نتانياهو
ترامب ترمب
اردوغان اردوجان
بوتين بوتن
زيلينسكي زيلنسكي
ميركل ميركيل
انجيلا انغيلا
سيرغي سيرجي
غوتيريش جوتيريش غوتيرش
داود داوود دايود
يحيي يحي
عبدالرحمن عبدالرحمان
"""

# Whole names, the first of each line stands for the others.
NAMES = """
السعوديه = المملكه العربيه السعوديه
الامارات = الامارات العربيه المتحده = دوله الامارات = دوله الامارات العربيه المتحده
الولايات المتحده = الولايات المتحده الامريكيه
مصر = جمهوريه مصر العربيه
سوريا = الجمهوريه العربيه السوريه
العراق = جمهوريه العراق
قطر = دوله قطر
الكويت = دوله الكويت
البحرين = مملكه البحرين
المغرب = المملكه المغربيه
الاردن = المملكه الاردنيه الهاشميه
لبنان = الجمهوريه اللبنانيه
تونس = الجمهوريه التونسيه
ايران = الجمهوريه الاسلاميه الايرانيه
روسيا = روسيا الاتحاديه = الاتحاد الروسي
الصين = جمهوريه الصين الشعبيه
كوريا الجنوبيه = جمهوريه كوريا
مجلس الامن = مجلس الامن الدولي
الاخوان المسلمون = الاخوان المسلمين
بي بي سي = بيبيسي
جنوب افريقيا = جنوب افريقيه
قوات الدعم السريع = الدعم السريع = ميليشيا الدعم السريع = مليشيا الدعم السريع
كتايب القسام = كتايب عزالدين القسام = كتايب الشهيد عزالدين القسام
الحشد الشعبي = قوات الحشد الشعبي
ابي احمد = اابي احمد = ابي احمد علي = اابي احمد علي
محمد حسني مبارك = حسني مبارك
محمد حسين طنطاوي = حسين طنطاوي
محمد خيرت الشاطر = خيرت الشاطر
محمد جواد ظريف = جواد ظريف
محمد باقر قاليباف = باقر قاليباف
محمد اشرف غني = اشرف غني
محمود احمدي نجاد = احمدي نجاد
رجب طيب اردوغان = طيب اردوغان
عبدربه منصور هادي = منصور هادي
بان كي مون = كي مون
اونغ سان سو تشي = اون سان سو تشي = سو تشي
"""


def _first_of(lines: list[list[str]]) -> dict[str, str]:
    return {other: first for first, *others in lines for other in others}


SPELLING = _first_of([line.split() for line in SPELLINGS.split("\n") if line])
NAME = _first_of([line.split(" = ") for line in NAMES.split("\n") if line])
RANK = {word: line for line in RANKS.split("\n") for word in line.split()}
GENERIC = {word: line for line in GENERICS.split("\n") for word in line.split()}
