"""What an explorer says, in English and in Arabic."""

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.showing.arabic_names import ARABIC_NAMES, ARABIC_TYPES
from toolkit.showing.pieces import escaped

LANGUAGES = ("en", "ar")
# English, Arabic. Numbers are put in where braces stand; a form fits every number.
WORDS = {
    "explorer": ("Corpus explorer", "مستكشف المدوّنة"),
    "search": ("Search", "بحث"),
    "examples": ("كتاب، كت*ب، في *", "كتاب، كت*ب، في *"),
    "search_label": ("Word, phrase, or pattern with * and ?", "كلمة أو عبارة أو نمط فيه * و ?"),
    "unit": ("Search in", "ابحث في"),
    "lemma": ("lemmas", "المداخل المعجمية"),
    "word": ("words, clitics split", "الكلمات مفصولة اللواصق"),
    "token": ("words as written", "الكلمات كما كُتبت"),
    "exact": ("exact spelling", "الرسم كما هو"),
    "filters": ("Filters", "تصفية النصوص"),
    "all_texts": ("All texts", "كل النصوص"),
    "unknown": ("not known", "غير معروف"),
    "without": ("{0} texts without it, left out by a range", "نصوص بلا قيمة يستبعدها المدى: {0}"),
    "from": ("from", "من"),
    "to": ("to", "إلى"),
    "texts_of": ("{0} of {1} texts", "النصوص: {0} من {1}"),
    "lemma_of": ("{0} of {1} words, clitics split", "الكلمات مفصولة اللواصق: {0} من {1}"),
    "word_of": ("{0} of {1} words, clitics split", "الكلمات مفصولة اللواصق: {0} من {1}"),
    "token_of": ("{0} of {1} words as written", "الكلمات كما كُتبت: {0} من {1}"),
    "mentions_of": ("{0} of {1} mentions of names", "إشارات الأعلام: {0} من {1}"),
    "lines": ("Lines", "الأسطر"),
    "words": ("Words", "الكلمات"),
    "names": ("Names", "الأعلام"),
    "text": ("Text", "النص"),
    "lines_of_node": (
        "{node}: {0} occurrences among {1} words, in {2} of {3} texts",
        "{node}: مرات الورود {0} بين {1} كلمة، في {2} من {3} من النصوص",
    ),
    "lines_of_name": (
        "{node}: {0} of {1} mentions of names, in {2} of {3} texts",
        "{node}: الإشارات {0} من {1} إشارة إلى الأعلام، في {2} من {3} من النصوص",
    ),
    "no_search": (
        "Type a word above, or press one in the lists.",
        "اكتب كلمة في خانة البحث، أو اضغط كلمة في القوائم.",
    ),
    "nothing": ("Nothing is found in these texts.", "لا شيء في هذه النصوص."),
    "items": ("{0} different among {1} words", "المختلف منها: {0} بين {1} كلمة"),
    "items_kept": (
        "{0} different among {1} words, without function words",
        "المختلف منها دون كلمات الوظيفة: {0} بين {1} كلمة",
    ),
    "function_words": ("function words too", "وكلمات الوظيفة"),
    "names_size": ("{0} different among {1} mentions", "المختلف منها: {0} بين {1} إشارة"),
    "more": ("{0} more, of {1}", "{0} أخرى من {1}"),
    "item": ("item", "المفردة"),
    "name": ("name", "العَلَم"),
    "type": ("type", "النوع"),
    "freq": ("freq", "التكرار"),
    "per_million": ("per million", "لكل مليون"),
    "docs": ("texts", "النصوص"),
    "doc": ("text", "النص"),
    "before": ("before", "ما قبلها"),
    "node": ("found", "الموضع"),
    "after": ("after", "ما بعدها"),
    "choose_text": ("Text", "النص"),
    "first_texts": ("first {0} of {1}", "أول {0} من {1}"),
    "text_size": ("{0} mentions of names, {1} found", "إشارات الأعلام: {0}، مواضع البحث: {1}"),
    "crossing": ("; {0} overlapping mentions not shown", "؛ إشارات متقاطعة لم تظهر: {0}"),
    "stretch": ("part {0} of {1}", "الجزء {0} من {1}"),
    "earlier": ("earlier", "السابق"),
    "later": ("later", "التالي"),
    "code": ("As code", "بصورة شيفرة"),
    "code_note": (
        "This cell gives the tables above.",
        "هذه الخلية تعطي الجداول التي فوقها.",
    ),
    "copy": ("Copy", "انسخ"),
    "copied": ("Copied", "نُسخت"),
    "found_mark": ("found", "موضع البحث"),
    "snapshot": (
        "A picture of the explorer as it was opened; run the cell in JupyterLab to explore.",
        "صورة المستكشف كما فُتح؛ شغّل الخلية في JupyterLab لتستكشف.",
    ),
}


class Labels:
    """The labels in one language.

    Attributes
    ----------
    language : str
        ``en`` or ``ar``.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(
                f"explore: no language {language!r}; there are {', '.join(LANGUAGES)}. Pass one "
                "of them as language=."
            )
        self.language = language

    def text(self, key: str, counts: Sequence[int] = (), *, node: str = "") -> str:
        """A label as plain text, numbers with commas."""
        words = WORDS[key][LANGUAGES.index(self.language)]
        for place, count in enumerate(counts):
            words = words.replace(f"{{{place}}}", f"{count:,}")
        return words.replace("{node}", node)

    def html(self, key: str, counts: Sequence[int] = (), *, node: str = "") -> str:
        """A label as HTML, with its language."""
        words = self.text(key, counts, node="{node}")
        before, named, after = words.partition("{node}") if node else (words, "", "")
        inside = f'{escaped(before)}<bdi lang="ar">{escaped(node)}</bdi>{escaped(after)}'
        return f'<bdi lang="{self.language}">{inside if named else escaped(words)}</bdi>'

    def attribute(self, key: str, counts: Sequence[int] = ()) -> str:
        """A label as the value of an attribute."""
        return escaped(self.text(key, counts))

    def column(self, name: str) -> str:
        """The heading of a column of metadata."""
        return ARABIC_NAMES.get(name, name) if self.language == "ar" else name

    def type(self, name: Any) -> str:
        """The name of a type of entities."""
        known: Mapping[str, str] = ARABIC_TYPES if self.language == "ar" else {}
        return known.get(str(name), str(name))
