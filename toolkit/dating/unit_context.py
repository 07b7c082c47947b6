"""Whether what stands around a weekday or a unit lets it be a date: `الجمعة السوداء`."""

from toolkit.dating.neighbours import (
    AGED,
    BLACK_DAYS,
    BOTH,
    BY_OR_IN,
    CHANNELS,
    COMPARED,
    DAY_NAMES,
    DUAL,
    FRIDAY,
    INTRODUCING,
    MEETINGS,
    MONDAY,
    NOW,
    OF_LIFE,
    OF_TIME,
    OF_TWO,
    OFFICES,
    PLAYED,
    PRAYERS,
    RANGING,
    RECENT,
    SCHOOL,
    SUNDAY,
)
from toolkit.dating.stretch import Stretch

LOOKS_AROUND = 8
DUALS = ("ا", "ان", "ين")  # قتلا, يعملان, المتهمين
SHORTEST_DUAL = 3
THIS_THOUSAND = 3
THOUSANDS = ("الالفيه", "للالفيه")  # as they are folded


def is_general(stretch: Stretch) -> bool:
    """Whether العام is an adjective: الأمين العام, والرأي العام."""
    word = stretch.word_before()
    bare = "ال" + word[2:] if word.startswith("لل") else word[1:]
    return word in OFFICES or bare in OFFICES


def weekday(stretch: Stretch, previous_end: int) -> bool:
    """Whether a weekday is one of a week, no prayer, holiday or الاثنين for the two."""
    if stretch.before() in ("prayer", "each") or stretch.word_after() in BLACK_DAYS:
        return False
    if _is_prayer(stretch) or _is_number(stretch):
        return False
    recurring = stretch.before() == "many" and not stretch.has("direction")
    if stretch.word_before() in BOTH or (stretch.before() == "between" and _is_two(stretch)):
        return False
    return not recurring and (stretch.after() not in ("ordinal", "first_"))


def _is_prayer(stretch: Stretch) -> bool:
    """Whether a verb makes a prayer of الجمعة: صلوا الجمعة, but وصلوا is "they arrived"."""
    friday = stretch.number("weekday") == FRIDAY and not stretch.has("direction")
    if stretch.before() != "praying" or not friday:
        return False
    verb = stretch.tokens.values[stretch.match.start - 1]
    if verb == "pray or arrive":
        return stretch.after() != "to" and _is_at_prayer(stretch)
    return not (verb == "pray or arrived" and stretch.before(2) == "and_")


def _is_at_prayer(stretch: Stretch) -> bool:
    """Whether something near the verb before the match speaks of prayer."""
    near = range(2, LOOKS_AROUND + 2)
    kinds = {stretch.before(back) for back in near} & {"praying", "prayer"}
    words = {stretch.word_before(back) for back in near}
    words |= {stretch.word_after(ahead) for ahead in range(LOOKS_AROUND)}
    return bool(kinds or words & PRAYERS)


def _is_number(stretch: Stretch) -> bool:
    """Whether a weekday is one, two or eleven: الواحد الأحد, إن الاثنين قتلا, الدول الأحد عشر."""
    if stretch.has("day_noun direction"):
        return False
    if stretch.number("weekday") == SUNDAY:
        eleven = stretch.after() == "cardinal" and stretch.word_at(stretch.match.end) == "عشر"
        return eleven or stretch.before() == "one_"
    is_dual = stretch.word_after().endswith(DUALS) and len(stretch.word_after()) > SHORTEST_DUAL
    return stretch.number("weekday") == MONDAY and stretch.word_before() in OF_TWO and is_dual


def _is_two(stretch: Stretch) -> bool:
    """Whether الاثنين is no Monday but the two that are spoken of: العلاقة بين الاثنين."""
    ranging = stretch.after() in (*RANGING, "comma") or stretch.has("direction day_noun")
    return stretch.number("weekday") == MONDAY and not ranging


def weekdays(stretch: Stretch, previous_end: int) -> bool:
    """Several weekdays: without a noun of days, one dual word or a night from one to the next."""
    if stretch.has("two_days many the_two the_many"):
        return True
    if stretch.has("and_"):
        last = stretch.tokens.ends[stretch.match.end - 1]
        return stretch.tokens.cleaned.endswith(DUAL, 0, last)
    first, last = (int(day) for day in stretch.values("weekday"))
    return stretch.before() == "edge" and (last - first) % 7 == 1


def relative(stretch: Stretch, previous_end: int) -> bool:
    """Whether اليوم, أمس and غدا are days, not parts of names: روسيا اليوم."""
    if stretch.has("the_day") and not stretch.has("this day_noun"):
        if stretch.word_before() in CHANNELS or stretch.word_after() in DAY_NAMES:
            return False
        if stretch.before() in (*BY_OR_IN, "during"):  # twice a day
            return False
        return stretch.after() not in ("ordinal", "first_", "one_", "the", "latest", "day") and (
            stretch.before() not in ("each", "that", "fore")
        )
    if stretch.has("first_") and stretch.number("first_") != 1:
        return False
    if stretch.has("at_yesterday"):
        if stretch.word_after() in RECENT:
            return True
        return stretch.has("day_noun fore before") or (
            stretch.before() in BY_OR_IN and not _is_like(stretch)
        )
    if stretch.has("tomorrow") and not stretch.has("day_noun after"):
        return _is_tomorrow(stretch)
    return True


def _is_like(stretch: Stretch) -> bool:
    """Whether the proclitic before the match is one of likeness: كالأمس."""
    return stretch.tokens.values[stretch.match.start - 1] == "as"


def _is_tomorrow(stretch: Stretch) -> bool:
    """Whether غد stands for the next day: غدا does, الغد and غد do behind what has a time."""
    last = stretch.match.end - 1
    word = stretch.tokens.cleaned[stretch.tokens.starts[last] : stretch.tokens.ends[last]]
    of_time = ("edge",) if word == "غد" else (*BY_OR_IN, "edge")
    return word == "غدا" or stretch.before() in of_time or stretch.word_before() in MEETINGS


def unit(stretch: Stretch, previous_end: int) -> bool:
    """Whether a year, month or week is told from others: العام الماضي, not العام."""
    if stretch.has("the_year") and is_general(stretch):
        return False
    if stretch.has("this") and stretch.has("the_decade"):  # or this contract
        return stretch.before() in ("during", "since", "edge")
    if stretch.has("this that direction same new"):
        return not stretch.has("new") or stretch.has("the_year")
    if stretch.has("latest"):
        return not stretch.has("the_day")
    word = stretch.word_after()
    described = word.startswith("ال") and word.endswith(SCHOOL)
    dated = stretch.after() in ("year", "small", "day", "of_")
    return (
        stretch.before() == "edge"
        and stretch.has("the_year the_month the_week")
        and not described
        and not dated
    )


def calendar_year(stretch: Stretch, previous_end: int) -> bool:
    """Whether what names the calendar describes the year, as in العام الهجري, not العام هـ."""
    described = stretch.word_at(stretch.match.start + 1).startswith("ال")
    return described and unit(stretch, previous_end)


def ago(stretch: Stretch, previous_end: int) -> bool:
    """Whether a length of time behind قبل or منذ counts back from the document."""
    if stretch.after() == "before":  # منذ 1320 سنة قبل الميلاد
        return False
    if stretch.has("after"):  # بعد عامين من الآن
        return stretch.has("of_") and stretch.word_after() in NOW
    if stretch.has("of_") and stretch.word_after() in OF_TIME:
        return True
    if "count" in stretch.match.groups or "one" in stretch.match.groups or stretch.has("two"):
        return stretch.before() != "of_"
    bare = stretch.match.end - 1 if stretch.has("of_") else stretch.match.end
    at_end = bare < len(stretch.tokens.tags) and stretch.after() == "x"
    word = stretch.word_after() if at_end else ""
    return not word.startswith("ال") and stretch.before() != "of_" and not stretch.has("day_noun")


def last_units(stretch: Stretch, previous_end: int) -> bool:
    """The last days of something else are not the last ones: آخر ثلاثة أيام من رمضان."""
    of_other = stretch.has("ending") and stretch.after() == "of_"
    return not of_other and stretch.before() not in ("cardinal", "cardinal_definite")


def part(stretch: Stretch, previous_end: int) -> bool:
    """A quarter alone is one of a match as well; a half alone is nothing."""
    if stretch.match.end > stretch.match.groups["number"][1]:
        return True
    if stretch.has("the_half") or stretch.after() == "of_":
        return False
    introduced = stretch.before() in (*INTRODUCING, "by") or stretch.word_before() in COMPARED
    around = range(1, LOOKS_AROUND + 1)
    words = {stretch.word_before(back) for back in around}
    return introduced and not PLAYED & (words | {stretch.word_after(back - 1) for back in around})


def millennium(stretch: Stretch, previous_end: int) -> bool:
    """Whether الألف is a millennium, not the number; الألفية الثالثة always is one."""
    third = stretch.number("ordinal", group="number") == THIS_THOUSAND
    named = third and stretch.word_at(stretch.match.start) in THOUSANDS
    return named or stretch.has("christ qaf era") or stretch.before() in INTRODUCING


def decade(stretch: Stretch, previous_end: int) -> bool:
    """Whether الخمسينيات are years, not those of a life."""
    ahead = 1 if stretch.after() == "of_" else 0
    if stretch.word_after(ahead).startswith(OF_LIFE):
        return False
    return not (stretch.before() == "in_" and stretch.word_before(2) in AGED)
