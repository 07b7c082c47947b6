"""Whether a sentence speaks of what is to come: which `الأحد` is the next one, not the last."""

import re

from toolkit.dating.neighbours import folded
from toolkit.dating.stretch import Stretch

# What is to come: a verb with س, and words that say so; and what turns back to what was.
COMING = re.compile("[وف]?س[يت][^ ]{3,}")
NOT_COMING = re.compile(
    "[وف]?(?:سي(?:ا[رسحقجد]|د[هان]|ن[ام]|طر|ر[هاغجكي]|م[وي]|ف[اي]|ل[يف]ك|ب[اي]|تي|غا|ول)"
    "|ست(?:و|ي|ا[دلرف]|ر|م[اء]|ه))"
)
EXPECTED = folded(
    """سوف المقرر المقررة المتوقع المنتظر المنتظرة المرتقب المرتقبة المزمع يعتزم تعتزم مقرر مقررة
    متوقع يتوقع تتوقع يستعد تستعد وسوف والمقرر ومقرر مرتقب مرتقبة لن سيصل ستصل سيتم ستتم
    سيقع ستقع سيضع ستضع سيحل ستحل وسيصل وسيتم يلتقي تلتقي يلتقيان يواجه تواجه يواجهون يلعب
    تلعب يخوض تخوض تقام يقام ينطلق تنطلق يستضيف تستضيف"""
)
SAID = folded(
    """قال قالت وقال وقالت أعلن أعلنت وأعلن وأعلنت أكد أكدت وأكد ذكر ذكرت وذكر أفاد أفادت وأفاد صرح
    وصرح أضاف وأضاف أوضح وأوضح كان كانت وكان وكانت نقل نقلت وقع وقعت قتل قتلت كشف كشفت بدأ
    بدأت دعا ودعا وصل وصلت"""
)
LOOKS_BACK = 10


def is_ahead(stretch: Stretch) -> bool:
    """Whether the sentence up to the match speaks of what is to come."""
    for back in range(1, LOOKS_BACK + 1):
        kind, word = stretch.before(back), stretch.word_before(back)
        if kind in ("", "line", "dot", "after", "since") or word in SAID:
            return False
        if _is_coming(word):
            return True
        if word in EXPECTED:
            return not any(stretch.word_before(back + more) in SAID for more in (1, 2, 3))
    return False


def _is_coming(word: str) -> bool:
    return bool(COMING.fullmatch(word)) and not NOT_COMING.match(word)
