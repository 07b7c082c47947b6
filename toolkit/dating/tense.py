"""Whether a sentence speaks of what is to come or of what is over.

The first tells which `الأحد` is the next one, not the last; the second which `أبريل` is the last.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from toolkit.dating.futures import is_future
from toolkit.dating.neighbours import folded
from toolkit.dating.stretch import Stretch
from toolkit.dating.tokens import OTHER
from toolkit.normalise import fold

# Beside verbs with the س of the future, what says that something is to come.
EXPECTED = folded(
    """سوف المقرر المقررة المتوقع المنتظر المنتظرة المرتقب المرتقبة المزمع يعتزم تعتزم مقرر مقررة
    متوقع يتوقع تتوقع يستعد تستعد وسوف والمقرر ومقرر مرتقب مرتقبة لن سيصل ستصل سيتم ستتم
    سيقع ستقع سيضع ستضع سيحل ستحل وسيصل وسيتم يلتقي تلتقي يلتقيان يواجه تواجه يواجهون يلعب
    تلعب يخوض تخوض تقام يقام ينطلق تنطلق يستضيف تستضيف المرجح والمرجح يستهل تستهل يختتم تختتم
    يوفد توفد"""
)
SAID = folded(
    """قال قالت وقال وقالت أعلن أعلنت وأعلن وأعلنت أكد أكدت وأكد ذكر ذكرت وذكر أفاد أفادت وأفاد صرح
    وصرح أضاف وأضاف أوضح وأوضح كان كانت وكان وكانت نقل نقلت وقع وقعت قتل قتلت كشف كشفت بدأ
    بدأت دعا ودعا وصل وصلت"""
)
LOOKS_BACK = 10
STARTING = folded("اعتبارا ابتداء بدءا واعتبارا وابتداء وبدءا")

# What happened: perfect forms that are no nouns as well, and those of اعتقل, انفجر, استقال.
HAPPENED = folded(
    """قتل قتلت أصيب أصيبت توفي توفيت اغتيل اغتيلت مات ماتت ولد ولدت فاز فازت خسر خسرت هزم استقال
    استقالت أقيل أقيلت عزل عين عينت أعيد أعيدت أطيح شكلت تشكلت تأسس تأسست أسس أسست سبق التقى التقت
    زار زارت غادر غادرت وصل وصلت وقع وقعت بدأ بدأت شن شنت نفذ نفذت أطلق أطلقت أصدر أصدرت
    صدر صدرت نشرت انهار انهارت انضم انضمت انتهى انتهت تولى تولت سيطر سيطرت دخلت خرجت حكمت
    قضت أدين أدينت ألغى ألغت ألقي تعرض تعرضت خضع خضعت أسفر أسفرت تزوج تزوجت فرض فرضت حصل
    حصلت جرت جرى حدث حدثت ظهر ظهرت فقد فقدت عاد عادت أوقف أوقفت سجن هاجم هاجمت قصفت سقط
    سقطت رحل رحلت تخلى تخلت أغلق أغلقت ضربت أفرج أبرم أبرمت تسلم تسلمت طرد طردت
    انفجر انفجرت اندلع اندلعت انسحب انسحبت انتحر انتحرت انطلق انطلقت انعقد انعقدت"""
)
PERFECT = re.compile(
    "[وف]?ا(?!قترح|شترط|عتزم|عتقد|ستعد|ستبعد|عتبر|قترب|كتون)"
    "(?:ست[^ اي]{3}|[^ نلسي]ت[^ اي][^ هاي])(?:ت|وا)?(?:ه|ها|هم)?"
)
IF = folded("إذا لو")
CLOSED = IF | folded("الذي التي ما")
WAS = folded("كان كانت وكان وكانت")
INTENDED = re.compile("[وف]?(?:ي|ل[تا])[^ ]{3,}")
ALREADY = folded("قد وقد لقد")
AFTERMATH = folded("أعقاب إثر عقب")
# What turns to things to come without a verb of its own.
TO_COME = folded(
    """التسليم للتسليم تسليم موعد مهلة قبيل استعدادا تحضيرا تمهيدا سيكون ستكون وسيكون وستكون يمكن
    يجب ينبغي ترشيح مرشح المقبلة خطة خطط"""
)
Token = tuple[str, str]  # its class and, where it has none, the word
ON = "على"  # as it is written: folded, it is the name علي
PREPOSITIONS = folded("عن مع لدى نحو") | {ON}
ENDING = ("", "line", "dot")
BETWEEN = (OTHER, "in_", "edge", "by", "of_", "after", "since")
# Behind it other verbs count: أعلن أن.
CLAUSE = folded("أن إن بأن وأن أنه أنها إنه إنها")
LOOKS_AROUND = 25  # words, for what is to come
LOOKS_BEHIND = 8
NEAR_VERB = 8
NEAR_NOUN = 4


def is_ahead(stretch: Stretch) -> bool:
    """Whether the sentence up to the match speaks of what is to come."""
    for back in range(1, LOOKS_BACK + 1):
        kind, word = stretch.before(back), stretch.word_before(back)
        if kind in ("", "line", "dot", "after", "since") or word in SAID:
            return False
        if word in HAPPENED and stretch.word_before(back + 1) not in IF:
            return False
        governed = _is_governed(*_token_before(stretch, back + 1))
        if is_future(word) and not governed and not _is_subject(stretch, back):
            return True
        if word in EXPECTED or word.removeprefix("و") in EXPECTED:
            return not any(stretch.word_before(back + more) in SAID for more in (1, 2, 3))
    return False


def _token_before(stretch: Stretch, back: int) -> Token:
    """A token before the match, the preposition على as it is written."""
    word, at = stretch.word_before(back), stretch.match.start - back
    if word == fold(ON) and stretch.tokens.cleaned[stretch.tokens.ends[at] - 1] == ON[-1]:
        word = ON
    return stretch.before(back), word


def _is_governed(kind: str, word: str) -> bool:
    """Whether a token is a preposition, behind which stands no verb: في سيهات."""
    return kind in ("in_", "to") or word in PREPOSITIONS


def is_beginning(stretch: Stretch) -> bool:
    """Whether something holds from the match on: اعتبارا من الخميس."""
    return stretch.before() == "of_" and stretch.word_before(2) in STARTING


def _is_subject(stretch: Stretch, back: int) -> bool:
    """Whether a verb in the perfect right before the word makes a name of it: فاز سيرخي.

    Behind إذا, الذي or من the verb closes its clause, and the word may be a verb: من فاز سيلعب.
    """
    closed = stretch.word_before(back + 2) in CLOSED or stretch.before(back + 2) == "of_"
    return stretch.word_before(back + 1) in HAPPENED and not closed


def is_over(stretch: Stretch) -> bool:
    """Whether the sentence up to the match speaks of what happened, and of nothing to come."""
    if stretch.before() == "since" or (stretch.before() == "edge" and stretch.before(2) == "since"):
        return True
    return stretch.before() != "to" and _has_happened(stretch) and not _has_to_come(stretch)


def _has_happened(stretch: Stretch) -> bool:
    """Whether the nearest verb before the match is a perfect one, or a noun says what was."""
    straight = True  # nothing of another time stands between
    for back in range(1, NEAR_VERB + 1):
        kind, word = stretch.before(back), stretch.word_before(back)
        if kind in (*ENDING, "before") or word in CLAUSE or _is_imperfect(word):
            return False
        if _is_perfect(word, stretch.word_before(back + 1), near=back <= 2):
            return True
        if word in WAS:
            return any(_is_done(stretch.word_before(more)) for more in range(1, back))
        straight = straight and back <= NEAR_NOUN and kind in BETWEEN
        if straight and back > 1 and (kind in ("after", "since") or word in AFTERMATH):
            return True
    return False


def _is_perfect(word: str, before: str, *, near: bool) -> bool:
    """Whether the word is a verb in the perfect; one of saying where the date is its own."""
    if word in SAID and word not in HAPPENED and not near:
        return before in ALREADY
    bare = word.lstrip("وف")
    return bare in HAPPENED or bool(PERFECT.fullmatch(word)) or (word in SAID and word not in WAS)


def _is_done(word: str) -> bool:
    """Whether the word behind كانت says that it had been: قد, or a feminine perfect."""
    return word in ALREADY or (len(word) > 3 and word[-1] == "ت" and word[-2] != "ا")


def _is_imperfect(word: str) -> bool:
    """Whether a verb or a purpose stands between: يعتزم, لتنظيم."""
    return bool(INTENDED.fullmatch(word))


def _has_to_come(stretch: Stretch) -> bool:
    """Whether a word around the match, in its sentence, speaks of what is to come."""
    before = [_token_before(stretch, n) for n in range(LOOKS_AROUND + 1, 0, -1)]
    behind = [(stretch.after(n), stretch.word_after(n)) for n in range(LOOKS_BEHIND)]
    back = [(word, one) for one, word in pairwise(before)][::-1]
    ahead = [(word, one) for one, word in pairwise([("", ""), *behind])]
    return _names_what_comes(back) or _names_what_comes(ahead)


def _names_what_comes(words: Iterable[tuple[Token, Token]]) -> bool:
    """Whether one of the tokens, each with the one before it, says that something is to come."""
    for (kind, word), before in words:
        if kind in ENDING:
            return False
        if word in EXPECTED or word in TO_COME:
            return True
        if is_future(word) and not _is_governed(*before):
            return True
    return False
