"""Expected values are written by hand from the letters themselves, unless a test says otherwise."""

import pickle
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import normalise

TATWEEL = "\N{ARABIC TATWEEL}"
RLM = "\N{RIGHT-TO-LEFT MARK}"
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
ZWJ = "\N{ZERO WIDTH JOINER}"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
HAMZA_ABOVE = "\N{ARABIC HAMZA ABOVE}"
HAMZA_BELOW = "\N{ARABIC HAMZA BELOW}"
MADDAH = "\N{ARABIC MADDAH ABOVE}"
FATHA = "\N{ARABIC FATHA}"
SHADDA = "\N{ARABIC SHADDA}"
LAM_ALEF = "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}"
ALLAH = "\N{ARABIC LIGATURE ALLAH ISOLATED FORM}"
HONORIFIC = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"
ALEF_WASLA = "\N{ARABIC LETTER ALEF WASLA}"
KEHEH = "\N{ARABIC LETTER KEHEH}"
FARSI_YEH = "\N{ARABIC LETTER FARSI YEH}"
HEH_GOAL = "\N{ARABIC LETTER HEH GOAL}"
FAMILY = f"\N{MAN}{ZWJ}\N{WOMAN}{ZWJ}\N{GIRL}"
E_ACUTE_APART = "e\N{COMBINING ACUTE ACCENT}"

# text_in, cleaned, folded
EDGE_CASES = {
    "empty": ("", "", ""),
    "nothing to do": ("بحث وزير", "بحث وزير", "بحث وزير"),
    "only marks": (RLM + FATHA + TATWEEL, "", ""),
    "tashkil": ("مُدَوَّنةٌ", "مدونة", "مدونه"),
    "superscript alef": ("هٰذا الرحمٰن", "هذا الرحمن", "هذا الرحمن"),
    "quranic marks": ("قُلْ\N{ARABIC SMALL HIGH MEEM INITIAL FORM}", "قل", "قل"),
    "tatweel": (f"كتـــاب {TATWEEL} {TATWEEL}نص", "كتاب  نص", "كتاب  نص"),
    "hamza and alef": ("أحمد إلى آخر", "أحمد إلى آخر", "احمد الي اخر"),
    "alef wasla": (f"{ALEF_WASLA}لله", "الله", "الله"),
    "hamza on seats": ("مسؤول مسئول شيء", "مسؤول مسئول شيء", "مسءول مسءول شيء"),
    "ya and ta marbuta": ("مدرسة على", "مدرسة على", "مدرسه علي"),
    "combining hamza": (
        f"ا{HAMZA_ABOVE} ا{HAMZA_BELOW} ا{MADDAH} و{HAMZA_ABOVE} ي{HAMZA_ABOVE}",
        "أ إ آ ؤ ئ",
        "ا ا ا ء ء",
    ),
    "hamza behind a vowel": (f"ا{FATHA}{HAMZA_ABOVE}", "أ", "ا"),
    "hamza on dotless ya": (f"ى{HAMZA_ABOVE}", "ئ", "ء"),
    "hamza on tatweel": (f"شي{TATWEEL}{FATHA}{HAMZA_ABOVE}ا", "شيئا", "شيءا"),
    "hamza on a ligature": (LAM_ALEF + HAMZA_ABOVE, "لأ", "لا"),
    "hamza without a letter": (f"د{HAMZA_ABOVE} {HAMZA_ABOVE}", "د ", "د "),
    "arabic-indic digits": ("٢٠٢٥ و٣٫٥٪ ١٬٠٠٠", "٢٠٢٥ و٣٫٥٪ ١٬٠٠٠", "2025 و3.5% 1,000"),
    "persian digits": (
        "\N{EXTENDED ARABIC-INDIC DIGIT FOUR}\N{EXTENDED ARABIC-INDIC DIGIT FIVE}",
        "\N{EXTENDED ARABIC-INDIC DIGIT FOUR}\N{EXTENDED ARABIC-INDIC DIGIT FIVE}",
        "45",
    ),
    "zwnj and zwj": (f"می{ZWNJ}خ{ZWJ}", "ميخ", "ميخ"),
    "bidi marks": (f"{BOM}\N{RIGHT-TO-LEFT EMBEDDING}نص\N{POP DIRECTIONAL FORMATTING}", "نص", "نص"),
    "isolates and soft hyphen": (
        "\N{FIRST STRONG ISOLATE}a\N{SOFT HYPHEN}b\N{POP DIRECTIONAL ISOLATE}",
        "ab",
        "ab",
    ),
    "look-alikes": (f"{KEHEH}تاب{FARSI_YEH} {HEH_GOAL}و", "كتابي هو", "كتابي هو"),
    "letters of other sounds": ("پاريس چاد گاز", "پاريس چاد گاز", "پاريس چاد گاز"),
    "presentation forms": (
        "\N{ARABIC LETTER SEEN INITIAL FORM}\N{ARABIC LETTER LAM MEDIAL FORM}"
        "\N{ARABIC LETTER ALEF FINAL FORM}\N{ARABIC LETTER MEEM ISOLATED FORM}",
        "سلام",
        "سلام",
    ),
    "spacing diacritic": ("س\N{ARABIC FATHA ISOLATED FORM}لام", "سلام", "سلام"),
    "ligatures of a word": (f"{LAM_ALEF} {ALLAH}", "لا الله", "لا الله"),
    "ligature of a phrase": (f"محمد {HONORIFIC}", f"محمد {HONORIFIC}", f"محمد {HONORIFIC}"),
    "rial sign": ("5 \N{RIAL SIGN}", "5 \N{RIAL SIGN}", "5 \N{RIAL SIGN}"),
    "latin inside arabic": ("شركة iPhone في", "شركة iPhone في", "شركه iphone في"),
    "latin accents": (f"Caf{E_ACUTE_APART}", f"Caf{E_ACUTE_APART}", "café"),
    "emoji": (f"{FAMILY} ❤\ufe0f", f"{FAMILY} ❤\ufe0f", f"{FAMILY} ❤\ufe0f"),
    "lines": ("سطر\r\nآخر\rثم\tنص\n", "سطر\nآخر\nثم\tنص\n", "سطر\nاخر\nثم\tنص\n"),
    "control characters": ("نص\x00\x07\x0cنص\x1f", "نص\nنص ", "نص\nنص "),
    "lone surrogate": ("نص\ud800", "نص\ud800", "نص\ud800"),
}

NOISE = st.lists(
    st.sampled_from(
        [
            *"ابتسلمنهوييءأإآؤئةى",
            *"ًٌٍَُِّْ",
            "\N{ARABIC LETTER SUPERSCRIPT ALEF}",
            "\N{ARABIC SMALL HIGH MEEM INITIAL FORM}",
            *(TATWEEL, HAMZA_ABOVE, HAMZA_BELOW, MADDAH),
            *(LAM_ALEF, ALLAH, HONORIFIC, "\N{ARABIC LETTER SEEN INITIAL FORM}"),
            "\N{ARABIC FATHA ISOLATED FORM}",
            "\N{ARABIC FATHA MEDIAL FORM}",
            "\N{ARABIC LIGATURE SHADDA WITH FATHA ISOLATED FORM}",
            "\N{ARABIC LIGATURE ALEF WITH FATHATAN FINAL FORM}",
            "\N{ARABIC LIGATURE YEH WITH HAMZA ABOVE WITH ALEF ISOLATED FORM}",
            *(KEHEH, FARSI_YEH, HEH_GOAL, ALEF_WASLA),
            *(RLM, ZWNJ, ZWJ, BOM, "\N{SOFT HYPHEN}", "\N{ARABIC LETTER MARK}"),
            *(" ", "\n", "\r\n", "\r", "\t", "\x00", "\x0c", "."),
            *("a", "É", "İ", "Σ", "\N{COMBINING ACUTE ACCENT}", "1", "٣", "("),
            *("\N{MAN}", "\N{WOMAN}", "\ufe0f", "\N{HEAVY BLACK HEART}"),
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(("text_in", "cleaned", "folded"), EDGE_CASES.values(), ids=EDGE_CASES)
def test_edge_cases_are_cleaned_and_folded(text_in, cleaned, folded):
    assert normalise.clean(text_in)[0] == cleaned
    assert normalise.fold(text_in) == folded


@pytest.mark.parametrize(
    ("function", "text_in", "text_out"),
    [
        (normalise.strip_diacritics, "مُدَوَّنةٌ", "مدونة"),
        (normalise.strip_diacritics, f"ا{FATHA}{HAMZA_ABOVE}", "أ"),
        (normalise.strip_diacritics, f"{FARSI_YEH}{HAMZA_ABOVE}", "ئ"),
        (normalise.strip_tatweel, f"كت{TATWEEL * 3}اب", "كتاب"),
        (normalise.strip_tatweel, f"شي{TATWEEL}{HAMZA_ABOVE}ا", "شيئا"),
        (normalise.strip_marks, f"{BOM}نص{RLM} {FAMILY}", f"نص {FAMILY}"),
        (normalise.strip_controls, "أ\r\nب\rج\x00", "أ\nب\nج"),
        (normalise.fold_presentation_forms, "\N{ARABIC LETTER BEH INITIAL FORM}", "ب"),
        (normalise.fold_presentation_forms, "\N{ARABIC FATHA ISOLATED FORM}", FATHA),
        (normalise.fold_presentation_forms, HONORIFIC, HONORIFIC),
        (normalise.fold_lookalikes, KEHEH + FARSI_YEH + HEH_GOAL, "كيه"),
        (normalise.fold_hamza, "أ إ آ ؤ ئ ء", "ا ا ا ء ء ء"),
        (normalise.fold_hamza, f"و{HAMZA_ABOVE}", "ء"),
        (normalise.fold_hamza, f"ا{HAMZA_ABOVE}{HAMZA_ABOVE}", f"ا{HAMZA_ABOVE}"),
        (normalise.fold_ya, "مستشفى", "مستشفي"),
        (normalise.fold_ta_marbuta, "لغة", "لغه"),
        (normalise.fold_digits, "١٢٫٥", "12.5"),
        (normalise.join_hamza, f"د{HAMZA_ABOVE}", f"د{HAMZA_ABOVE}"),
    ],
)
def test_single_foldings_do_one_thing(function, text_in, text_out):
    assert function(text_in) == text_out


def test_fold_switches_leave_one_spelling_each_as_written():
    text = f"أولى مدرسة ٣ ا{HAMZA_ABOVE}"
    assert normalise.fold(text, hamza=False) == "أولي مدرسه 3 أ"
    assert normalise.fold(text, ya=False) == "اولى مدرسه 3 ا"
    assert normalise.fold(text, ta_marbuta=False) == "اولي مدرسة 3 ا"
    assert normalise.fold(text, digits=False) == "اولي مدرسه ٣ ا"


def test_one_word_with_three_seats_of_its_hamza_folds_to_one_spelling():
    assert len({normalise.fold(form) for form in ("أبناؤه", "أبنائه", "أبناءه")}) == 1


@given(NOISE | st.text())
def test_clean_and_fold_change_nothing_twice(text):
    cleaned, _ = normalise.clean(text)
    again, offsets = normalise.clean(cleaned)
    assert again is cleaned
    assert offsets.is_identity
    folded = normalise.fold(text)
    assert normalise.fold(folded) == folded
    assert normalise.fold(cleaned) == folded


def test_every_code_point_folds_once_and_for_all():
    for code in range(sys.maxunicode + 1):
        folded = normalise.fold(chr(code))
        assert normalise.fold(folded) == folded


def test_only_phrases_and_signs_are_left_of_the_presentation_forms():
    """The letters of the two blocks are those with a decomposition in Unicode's data."""
    codes = [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)]
    letters = "".join(chr(code) for code in codes if unicodedata.decomposition(chr(code)))
    left = {character for character in normalise.clean(letters)[0] if character >= "\ufb50"}
    assert left == {
        HONORIFIC,
        "\N{ARABIC LIGATURE JALLAJALALOUHOU}",
        "\N{RIAL SIGN}",
    }


# --- offsets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "word", "surface"),
    [
        (f"كِتَابٌ{RLM} جديد", "كتاب", "كِتَابٌ"),
        (f"في {RLM}كتاب{RLM}، ", "كتاب", "كتاب"),
        (f"في {TATWEEL * 2}كتاب", "كتاب", f"{TATWEEL * 2}كتاب"),
        (f"في كتاب{TATWEEL * 2} جديد", "كتاب", f"كتاب{TATWEEL * 2}"),
        (f"({FATHA}كتاب)", "كتاب", f"{FATHA}كتاب"),
        (f"قال{TATWEEL}: نعم", "قال", f"قال{TATWEEL}"),
        (f"ك{RLM}تا{ZWNJ}ب{RLM}{FATHA}{RLM} ", "كتاب", f"ك{RLM}تا{ZWNJ}ب{RLM}{FATHA}"),
        (f"سطر\r\nا{HAMZA_ABOVE}حمد\r\n", "أحمد", f"ا{HAMZA_ABOVE}حمد"),
        (f"سطر\r\nاخر{SHADDA}\r\n", "سطر", "سطر"),
        (f"{BOM}محمد {ALLAH}{FATHA} ", "الله", f"{ALLAH}{FATHA}"),
        (f"\N{GRINNING FACE}س{FATHA}لام", "سلام", f"س{FATHA}لام"),
    ],
)
def test_span_of_a_word_is_its_raw_surface_without_the_marks_around_it(raw, word, surface):
    cleaned, offsets = normalise.clean(raw)
    start = cleaned.index(word)
    raw_start, raw_end = offsets.span(start, start + len(word))
    assert raw[raw_start:raw_end] == surface


def test_letters_of_a_ligature_share_its_span():
    _, offsets = normalise.clean(f"ب{LAM_ALEF}{FATHA}م")
    assert [offsets.span(i, i + 1) for i in range(4)] == [(0, 1), (1, 3), (1, 3), (3, 4)]


def test_a_tatweel_that_stands_alone_belongs_to_no_token():
    raw = f"نص {TATWEEL} نص"
    cleaned, offsets = normalise.clean(raw)
    assert cleaned == "نص  نص"
    assert [offsets.span(i, i + 1) for i in (1, 2, 3, 4)] == [(1, 2), (2, 3), (4, 5), (5, 6)]


@given(NOISE)
def test_spans_are_in_order_and_within_the_raw_text(raw):
    cleaned, offsets = normalise.clean(raw)
    assert len(offsets) == len(cleaned)
    positions = np.arange(len(cleaned), dtype=np.int32)
    starts, ends = offsets.spans(positions, positions + 1)
    assert (starts < ends).all()
    assert (np.diff(starts) >= 0).all()
    assert (np.diff(ends) >= 0).all()
    same_character = starts[1:] == starts[:-1]
    assert ((ends[:-1] <= starts[1:]) | same_character).all()
    if len(cleaned):
        assert starts[0] >= 0
        assert ends[-1] <= len(raw)


@given(NOISE, st.data())
def test_cleaning_the_raw_surface_of_a_span_gives_the_span(raw, data):
    cleaned, offsets = normalise.clean(raw)
    if not cleaned:
        return
    start = data.draw(st.integers(0, len(cleaned) - 1))
    end = data.draw(st.integers(start + 1, len(cleaned)))
    raw_start, raw_end = offsets.span(start, end)
    cuts_ligature = (start and offsets.span(start - 1, start)[0] == raw_start) or (
        end < len(cleaned) and offsets.span(end, end + 1)[1] == raw_end
    )
    cuts_emoji = ZWJ in (cleaned[start], cleaned[end - 1])
    if not cuts_ligature and not cuts_emoji:
        assert normalise.clean(raw[raw_start:raw_end])[0] == cleaned[start:end]


@given(NOISE)
def test_no_visible_mark_of_a_word_lies_outside_all_spans(raw):
    cleaned, offsets = normalise.clean(raw)
    covered = np.zeros(len(raw), bool)
    for position in range(len(cleaned)):
        start, end = offsets.span(position, position + 1)
        covered[start:end] = True
    for position in np.flatnonzero(~covered):
        assert normalise.clean(raw[position])[0] in ("", "\n")


def test_text_without_changes_comes_back_itself_with_an_identity_map():
    text = "بحث وزير الدفاع 2025"
    cleaned, offsets = normalise.clean(text)
    assert cleaned is text
    assert offsets.is_identity
    assert offsets.span(4, 8) == (4, 8)
    starts, ends = offsets.spans(np.array([0, 4]), np.array([3, 8]))
    assert starts.tolist() == [0, 4]
    assert ends.tolist() == [3, 8]


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 2), (0, 5)])
@pytest.mark.parametrize("text", ["كتاب", "كِتاب"])
def test_a_span_outside_the_text_is_refused(text, span):
    _, offsets = normalise.clean(text)
    with pytest.raises(ValueError, match="4 code points"):
        offsets.span(*span)
    with pytest.raises(ValueError, match="4 code points"):
        offsets.spans([0, span[0]], [1, span[1]])


def test_offset_map_cannot_be_changed_and_travels_to_other_processes():
    _, offsets = normalise.clean("كِتاب")
    with pytest.raises(AttributeError):
        offsets.length = 3
    with pytest.raises(ValueError, match="read-only"):
        offsets.raw_starts[0] = 3
    assert pickle.loads(pickle.dumps(offsets)).span(0, 4) == (0, 5)


# --- report -------------------------------------------------------------------------------------


def test_changes_count_code_points_of_every_kind():
    raw = f"{BOM}مُدَوَّنـــة {KEHEH} {LAM_ALEF} ا{FATHA}{HAMZA_ABOVE} د{HAMZA_ABOVE}\r\n\x00{RLM}"
    assert normalise.changes(raw) == {
        "diacritics": 4 + 1 + 1,
        "tatweel": 3,
        "presentation_forms": 1,
        "marks": 2,
        "look_alikes": 1,
        "composed_hamza": 1,
        "control_characters": 2,
    }


def test_changes_of_an_empty_text_are_all_zero_and_in_order():
    assert normalise.changes("") == dict.fromkeys(
        (
            "diacritics",
            "tatweel",
            "presentation_forms",
            "marks",
            "look_alikes",
            "composed_hamza",
            "control_characters",
        ),
        0,
    )


@given(NOISE)
def test_a_text_has_changes_exactly_when_clean_changes_it(raw):
    assert (sum(normalise.changes(raw).values()) > 0) == (normalise.clean(raw)[0] != raw)


# --- skeleton and kind --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("مدرسته", ["مدرسة", "ه"]),
        ("عليه", ["على", "ه"]),
        ("مستواه", ["مستوى", "ه"]),
        ("أبنائه", ["أبناء", "ه"]),
        ("بانه", ["ب", "أن", "ه"]),
        ("رؤساؤهم", ["رؤساء", "هم"]),
        ("مبدئه", ["مبدأ", "ه"]),
    ],
)
def test_skeleton_of_a_token_is_that_of_its_words(token, words):
    assert normalise.skeleton(token) == normalise.skeleton("".join(words))


def test_skeleton_tells_other_letters_apart():
    assert normalise.skeleton("كتابه") != normalise.skeleton("كتابة")
    assert normalise.skeleton("وزير") != normalise.skeleton("يزير")


@given(NOISE | st.text())
def test_skeleton_keeps_the_length(text):
    assert len(normalise.skeleton(text)) == len(text)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        *(("وزير", "word"), ("5G", "word"), ("م٢", "word"), ("#سوريا", "word"), ("ء", "word")),
        *(("190", "number"), ("٣٫٥", "number"), ("10%", "number"), ("-3", "number")),
        *(("½", "number"), ("،", "punctuation"), ("...", "punctuation"), ("«", "punctuation")),
        *(("%", "punctuation"), (TATWEEL, "punctuation"), ("$", "symbol"), ("+", "symbol")),
        *((FAMILY, "symbol"), (HONORIFIC, "symbol"), ("\N{RIAL SIGN}", "symbol")),
        *(("", "symbol"), (FATHA, "symbol"), (" ", "symbol")),
    ],
)
def test_kind_follows_unicode_categories(form, expected):
    assert normalise.kind(form) == expected


# --- transliteration ----------------------------------------------------------------------------

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"


def test_buckwalter_is_the_published_table():
    """Table of Habash, Soudi & Buckwalter (2007), columns Arabic and Buckwalter."""
    assert normalise.transliterate(LETTERS, "buckwalter") == "'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy"


def test_hsb_is_the_table_of_its_authors():
    """Table ar2hsb of CAMeL Tools, whose group designed the scheme."""
    assert normalise.transliterate(LETTERS, "hsb") == "'ĀÂŵĂŷAbħtθjHxdðrzsšSDTĎςγfqklmnhwýy"


@given(st.text(st.sampled_from(LETTERS + "ًٌٍَُِّْٰ 123.،" + TATWEEL + ALEF_WASLA)))
def test_buckwalter_goes_back_to_the_same_text(text):
    latin = normalise.transliterate(text, "buckwalter")
    assert normalise.transliterate(latin, "buckwalter", reverse=True) == text


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("", ""),
        ("وزير", "wzyr"),
        ("مُدَوَّنة", "mudawwana"),
        ("المُدَوَّنة", "al-mudawwana"),
        ("الشَّمْس", "al-shams"),
        ("وَالشَّمْس", "wa-l-shams"),
        ("وَالِد", "wālid"),
        ("لِلْكِتَاب", "li-l-kitāb"),
        ("كِتَاب", "kitāb"),
        ("كِتَابًا", "kitāban"),
        ("مَنَارَة", "manāra"),
        ("مَدِينَة القاهرة", "madīnat al-qāhra"),
        ("المَدِينَة القَدِيمَة", "al-madīna al-qadīma"),
        ("بَيْت", "bayt"),
        ("يَوْم", "yawm"),
        ("نُور", "nūr"),
        ("عَرَبِيّ", "ʿarabī"),
        ("عَرَبِيَّة", "ʿarabiyya"),
        ("عَدُوّ", "ʿadū"),
        ("كَتَبُوا", "katabū"),
        ("هُدًى", "hudan"),
        ("عَلَى", "ʿalā"),
        ("هٰذا", "hādhā"),
        ("قُرْآن", "qurʾān"),
        ("أَحْمَد", "aḥmad"),
        ("أُسْرَة", "usra"),
        ("إيران", "īrān"),
        ("الأَمْن", "al-amn"),
        ("سُؤَال", "suʾāl"),
        ("حَياة", "ḥayāt"),
        ("الله", "allāh"),
        ("كـتاب iPhone، ٣؟", "ktāb iPhone, 3?"),
        (f"{KEHEH}تاب{RLM}", "ktāb"),
    ],
)
def test_ijmes_reads_as_the_table_of_the_journal_says(arabic, latin):
    """Letters, article, ta marbuta, diphthongs, final ī and ū: IJMES transliteration table."""
    assert normalise.transliterate(arabic) == latin


@given(NOISE | st.text(st.sampled_from(LETTERS + "ًٌٍَُِّْٰ " + ALEF_WASLA)))
def test_ijmes_leaves_no_arabic_letter_of_its_table(text):
    assert not set(normalise.transliterate(text)) & set(LETTERS)


# --- errors -------------------------------------------------------------------------------------


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="the schemes are buckwalter, hsb, ijmes"):
        normalise.transliterate("نص", "ala-lc")


def test_a_scheme_without_a_way_back_refuses_reverse():
    with pytest.raises(ValueError, match="'ijmes' cannot be reversed"):
        normalise.transliterate("ktab", reverse=True)


@pytest.mark.parametrize("name", sorted(set(normalise.__all__) - {"OffsetMap", "SCHEMES"}))
@pytest.mark.parametrize("value", [None, float("nan"), ["نص"], b"abc"])
def test_what_is_not_a_string_is_refused_by_name(name, value):
    with pytest.raises(TypeError, match=f"^{name}: `text` is .* not a string"):
        getattr(normalise, name)(value)
