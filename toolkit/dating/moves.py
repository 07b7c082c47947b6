"""Whether something is moved from one day to another: `تقديم الانتخابات من 3 نوفمبر إلى 24 يونيو`.

Such days are two and no range. What postpones says so alone; what may also bring, carry, change or
evacuate (`قدم`, `نقل`, `تغيير`, `أجلت`) does where the time or an event is moved.
"""

from dataclasses import replace

from toolkit.dating.calendars import Day, number_of
from toolkit.dating.neighbours import folded
from toolkit.dating.relative import following, preceding
from toolkit.dating.said import UNKNOWN, Meant, Said
from toolkit.dating.stretch import NAMES
from toolkit.dating.tokens import OTHER, Tokens
from toolkit.dating.values import as_sighted, by_tables, is_weekday, lacks_year, resolved

LOOKS_BACK = 10  # tokens
LOOKS_BEHIND = 3  # tokens, for the date that is moved: قدم الرئيس موعد الانتخابات
ENDING = ("dot", "line", "comma")
STOPS = ("!", "؟", "?", "؛")
PROCLITICS = ("و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "")
POSTPONED = folded(
    """تأجيل تأجيله تأجيلها تأجل تأجلت أرجأ أرجأت إرجاء إرجاؤها إرجاؤه يؤجل تؤجل سيؤجل ستؤجل"""
)
PUT_OFF = folded("أجل أجلت")  # and the sake, the term, and evacuated: أجلت السفن المدنيين
ADVANCED = folded("قدم قدمت تقديم يقدم تبكير")
MOVED = folded("نقل نقلت ينقل تنقل تحويل تغيير غيرت تعديل عدل عدلت ترحيل")
TIMES = folded("موعد موعده موعدها تاريخ")  # no مواعيد, which last: مواعيد القطارات
# Right behind the word, but for أجل, behind which stands who does it. No shows and examinations,
# which are given and taken (قدم عرضا), and no matches, which are broadcast (نقل مباريات).
EVENTS = folded(
    """مباراة مباراته مواجهة انتخابات انتخاباتها جلسة جلسات جلسته اجتماع قمة محاكمة استفتاء زيارة
    زيارته رحلة عطلة إجازة اقتراع عيد افتتاح انطلاق إطلاق"""
)
# What lasts from one day to the other, or another verb, whose days they are.
LASTING = folded(
    """الفترة فترة المدة مدة يستمر تستمر استمر استمرت سيستمر ستستمر يمتد تمتد يقام تقام سيقام ستقام
    المقام المقامة يسري تسري سيسري ستسري ليكون لتكون ليصبح لتصبح يجري تجري وقع وقعت مواليد
    مولودين"""
)
PLANNED = folded("المقرر المقررة المقررتين المقررين المقررات مقررا مقررة المزمع")
FURTHEST = 330  # days that something is moved
FOR, TERMS = "اجل", ("لاجل", "الاجل")  # as they are folded: من أجل, لأجل, طويلة الأجل


def moves(tokens: Tokens, start: int, begin: int) -> int:
    """Which way something is moved from the day at a place: -1 to an earlier one, 1 to a later.

    0 where nothing is moved, 2 where the words do not say which way. What stands before `begin`,
    the end of another date, does not count.
    """
    governed = _kind(tokens, start - 1) == "of_"
    for at in range(start - 1, max(start - 1 - LOOKS_BACK, begin - 1, -1), -1):
        kind, word = _kind(tokens, at), str(tokens.values[at])
        planned = governed and _is_one(word, PLANNED)  # تأجيل المهرجان المقرر من 3 إلى 5 مايو
        ended = kind in (*ENDING, "during") or word in STOPS
        if ended or planned or _is_one(word, LASTING):
            return 0
        if kind == OTHER and (way := _way(tokens, at, start)):
            return way
    return 0


def _kind(tokens: Tokens, at: int) -> str:
    """The class of a token, none before the first."""
    return NAMES.get(tokens.tags[at], OTHER) if at >= 0 else ""


def _way(tokens: Tokens, at: int, start: int) -> int:
    """Where the word at a place moves something to: -1, 1, 2, or 0 where it moves nothing."""
    word = str(tokens.values[at])
    if _is_one(word, POSTPONED):
        return 1
    behind = [str(one) for one in tokens.values[at + 1 : min(at + 1 + LOOKS_BEHIND, start)]]
    time = any(_is_one(one, TIMES) for one in behind)
    if _is_one(word, PUT_OFF):
        sake = word == FOR and _kind(tokens, at - 1) in ("of_", "to")
        told = time or any(_is_one(one, EVENTS) for one in behind)
        return int(told and not sake and not word.endswith(TERMS))
    if not (time or any(_is_one(one, EVENTS) for one in behind[:1])):
        return 0
    return -1 if _is_one(word, ADVANCED) else 2 * _is_one(word, MOVED)


def _is_one(word: str, of: frozenset[str]) -> bool:
    """Whether a word is one of some, perhaps behind a proclitic or the article."""
    return any(word.startswith(front) and word[len(front) :] in of for front in PROCLITICS)


def moved(left: Said, right: Said, way: int, *, document: Day | None) -> tuple[Meant, Meant]:
    """The days of both ends, those without a year on the side of the other that the move says."""
    start, end = resolved(_nearest(left), document), resolved(_nearest(right), document)
    if is_weekday(right) and start.first:
        if abs(way) == 1:
            return start, resolved(replace(right, direction=way), start.first)
        return start, end if _is_on(end, start, 1) else UNKNOWN  # none goes back unsaid
    start, end = by_tables(_nearest(left), document), by_tables(_nearest(right), document)
    if lacks_year(left) and end.first:
        start = _beside(left, end, -way)
    elif lacks_year(right) and start.first and end.first and not _is_on(end, start, way):
        end = _beside(right, start, way)
    return as_sighted((left, right), (start, end))


def _nearest(said: Said) -> Said:
    """What is said, as the nearest of its name where it has no year."""
    return replace(said, ahead=True, over=False) if lacks_year(said) else said


def _is_on(one: Meant, other: Meant, way: int) -> bool:
    """Whether it lies on that side of the other: 1 behind it, -1 before it, 2 on either."""
    if not (one.first and other.first):
        return False
    behind = number_of(one.first) - number_of(other.first)
    return abs(way) != 1 or behind * way > 0


def _beside(said: Said, other: Meant, way: int) -> Meant:
    """A month or day without a year on one side of the other end, or nearest to it.

    None of more than `FURTHEST` days away, where the words and the calendar disagree.
    """
    if not (other.first and other.last):
        return UNKNOWN
    if abs(way) != 1:
        return by_tables(_nearest(said), other.first)
    span = (following if way > 0 else preceding)(said, (other.first, other.last))
    far = span and abs(number_of(span[0]) - number_of(other.first)) > FURTHEST
    return Meant(*span, said.unit) if span and not far else UNKNOWN
