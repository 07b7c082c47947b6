"""Names that begin with the letter of a clitic, which is theirs: ``وليد``, ``ليفربول``.

Only first words of names are here, as they are mostly written; hamza aside, they are no other word
with a clitic before it. The lists say what neither the letters nor a document can.
"""

from toolkit.normalise import fold

WAW = "\N{ARABIC LETTER WAW}"
HAMZA_BEHIND_WAW = ("وأ", "وإ", "وآ")
SHORTEST, SHORT = 3, 2  # letters that are left of a name, and of the first word of several


def _set(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# With waw, and nothing else without it.
WITH_WAW = _set(
    "وائل وليد وسيم وجيه وحيد وهيب وفيق وضاح وقاص وليم وليام ويليام ويليامز وليامز ويليامسون "
    "ويلسون ويلكنز ويلكنسون ويلز ويلينغتون ويلنغتون ويلينجتون ويليان واتسون واتكينز واتفورد "
    "والتر والاس والكر ووكر وولف وولفسبورغ وولفرهامبتون وودز وودوارد وورد وورنر وايت وايلد واين "
    "واينستين واينرايت ويمبلدون ويمبلي ويغان ويستبروك ويستفيلد وست ويست ويسكونسن وستمنستر "
    "وندسور ونستون وينستون واشنطن وارسو وارن وارنر واغادوغو وايومنغ وانغ ووهان ووتش "
    "واتساب ويكيبيديا ويكيليكس ويكيميديا ويندوز ووردبريس ورويال ويتكوف ويتني ويندي واندا "
    "ورقلة وجدي وكالة وزارة وزير وحدات ولاية وادي وثيقة وفد ورشة وهران"
)
# With waw, and another name or word without it: وجدة, or and Jeddah.
PERHAPS_WITH_WAW = _set(
    "وجدة وسام وفاء وداد ولاء ورد وردة وعد وسن وصفي وصال وهبة وهبي وهبات ولي وي وير ويل ويس ويب "
    "وين وول وون واي ونغ وو وام واس وان والت والي واسط وسط وصف وقف وحدة والد والدة والدا والدي وجه "
    "وقت وطن وردي ولد ورود وصول وارد واقع واحة واحد واحات ووست ويلي وليامسون والتون واليس"
)
# With lam: after another one it is no article, as it is in للجين (to the gene).
WITH_LAM = _set(
    "لبنان ليبيا لندن لاتفيا ليتوانيا لوكسمبورغ لاهاي لاهور لشبونة لوزان لوغانو لاغوس ليوبليانا "
    "لوس لاس ليفربول ليون ليستر ليفانتي ليغانيس لاتسيو لايبزيغ ليفركوزن لوهافر لوكوموتيف ليدز "
    "لوموند ليبراسيون ليكيب لوفيغارو لوبوان لوفتهانزا لوكهيد ليكرز لينوفو لينكدإن "
    "ليونيل ليوناردو ليونارد ليبرمان ليفاندوفسكي لوبيتيغي لوكاكو لوكاشينكو لوريس لوكا لوكاس "
    "لويس لويجي لويز لويد لويدز لوران لورا لورنس لوسي لوف لافروف لاغارد لارس لاري "
    "ليلى لينا ليندا ليزا لينين لينكولن ليوبولد لؤي لميس"
)
# Only as it is written: لمي is ل and مي.
AS_WRITTEN = frozenset({"لمى"})
NEVER_BEFORE_NAMES = frozenset({"س", "أ"})  # those of verbs and questions


def begins_with_conjunction(name: str, *, after_name: bool) -> bool:
    """Whether the first letter of a name is surely ``و``, which no model took off.

    No name begins with ``وأ``, ``وإ`` or ``وآ``. Right behind another name, nothing between, the
    letter is a word of its own, but in the names that begin with it.

    Parameters
    ----------
    name : str
        The name as written.
    after_name : bool
        Whether a name ends right before it.

    Examples
    --------
    >>> begins_with_conjunction("وفينيسيوس جونيور", after_name=True)
    True
    >>> begins_with_conjunction("وليد المعلم", after_name=True)
    False
    """
    if not name.startswith(WAW):
        return False
    word, _, more = name.partition(" ")
    key = fold(word)
    if len(key) <= (SHORT if more else SHORTEST) or key in WITH_WAW:
        return False
    if word.startswith(HAMZA_BEHIND_WAW):
        return True
    if key[1] == WAW:
        return after_name and key[1:] in WITH_WAW
    return after_name and key not in PERHAPS_WITH_WAW


def is_whole(letter: str, rest: str) -> bool:
    """Whether a letter that a model took for a clitic is the first of a name.

    Examples
    --------
    >>> is_whole("و", "اتسون"), is_whole("س", "تولمان"), is_whole("و", "أحمد")
    (True, True, False)
    """
    name = letter + rest
    return letter in NEVER_BEFORE_NAMES or name in AS_WRITTEN or fold(name) in WITH_WAW | WITH_LAM
