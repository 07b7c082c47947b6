"""Persons of one family or with one first name in a document. Expected values: by hand."""

import pandas as pd
import pytest

from toolkit import entities
from toolkit.naming.canonical_names import canonical
from toolkit.naming.titles import ranks, royal_title

NO_WORDS = pd.DataFrame(columns=["doc", "sent", "token", "word", "form", "start", "end"])


def persons(*texts):
    starts = [100 * place for place in range(len(texts))]
    table = pd.DataFrame({"doc": "a", "type": "PER", "text": list(texts), "start": starts})
    return table.assign(end=table["start"] + table["text"].str.len())


def names_of(*texts):
    return canonical(persons(*texts), NO_WORDS)["name"].tolist()


@pytest.mark.parametrize(
    "names",
    [
        ["دونالد ترامب", "دونالد ترامب جونيور", "ترامب"],
        ["دونالد ترامب", "ترامب جونيور", "ترامب"],
        ["ترامب جونيور", "ترامب"],
        ["دونالد جون ترامب", "دونالد ترامب الابن", "ترامب", "دونالد ترامب"],
        ["جورج بوش الأب", "جورج دبليو بوش", "بوش", "جورج بوش"],
        ["جورج هربرت ووكر بوش", "جورج دبليو بوش", "بوش", "جورج بوش"],
        ["بيير الجميل الجد", "بيير الجميل", "بيير الجميل الحفيد", "الجميل"],
        ["بوش الأب", "بوش"],
    ],
)
def test_father_and_son_of_one_name_and_what_both_are_called_stay_apart(names):
    assert names_of(*names) == names


def test_surname_with_an_age_is_the_one_of_that_age():
    father, son = "جورج بوش الأب", "جورج بوش الابن"
    assert names_of(father, son, "بوش الأب", "بوش الابن") == [father, son, father, son]


def test_father_with_an_epithet_is_not_the_son_whose_name_ends_in_his():
    names = ["علي محمد الصغير", "محمد الصغير", "الصغير"]
    assert names_of(*names) == names


@pytest.mark.parametrize("first", ["نيمار", "فينيسيوس"])
def test_footballer_is_one_with_junior_and_without(first):
    assert names_of(f"{first} جونيور", f"{first} جونيور", first) == [f"{first} جونيور"] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("فيصل بن عبد العزيز", "فيصل بن مساعد بن عبد العزيز"),
        ("سلطان بن عبد العزيز", "سلطان بن سلمان بن عبد العزيز"),
        ("حمدان بن راشد", "حمدان بن محمد بن راشد"),
        ("عبد الله بن الخطاب", "عبد الله ابن عمر ابن الخطاب"),
        ("هند بنت مكتوم", "هند بنت فيصل بن مكتوم"),
    ],
)
def test_grandfather_is_no_father(one, other):
    assert names_of(one, other) == [one, other]
    assert names_of(other, one) == [other, one]


@pytest.mark.parametrize(
    "short", ["محمد بن سلمان", "محمد بن سلمان بن عبد العزيز", "محمد بن سلمان آل سعود"]
)
def test_family_may_follow_some_of_the_fathers(short):
    full = "محمد بن سلمان بن عبد العزيز آل سعود"
    assert names_of(full, full, short) == [full] * 3


def test_all_forms_with_fathers_and_family_are_one_person():
    full = "محمد بن سلمان بن عبد العزيز آل سعود"
    found = names_of("محمد بن سلمان", full, full, "محمد بن سلمان آل سعود")
    assert found == [full] * 4


def test_woman_called_ban_has_no_surname_first():
    names = ["بان عمر الجبوري", "عمر الجبوري"]
    assert names_of(*names) == names


def test_ban_ki_moon_is_one_without_ban():
    assert names_of("بان كي مون", "بان كي مون", "كي مون") == ["بان كي مون"] * 3


@pytest.mark.parametrize("first", ["جوعان", "شخبوط", "ثاني", "ذياب", "حمد", "طحنون"])
def test_sheikh_of_the_gulf_is_nobody_with_that_surname(first):
    assert names_of(f"سعد {first}", f"الشيخ {first}") == [f"سعد {first}", first]


def in_text(*sentences):
    """Entities and words of sentences in which brackets are round the persons, ``<>`` the bodies.

    A ``+`` stands behind a clitic whose word begins with the article that it swallows.
    """
    words, rows, place = [], [], 0
    for sent, sentence in enumerate(sentences, 1):
        lam = ""
        for token, piece in enumerate(sentence.split(), 1):
            form = piece.strip("[]<>")
            if form.endswith("+"):
                lam = form[:-1]
                continue
            text = lam + form.removeprefix("ا") if lam else form
            end = place + len(text)
            if piece[0] in "[<":
                rows.append(("a", "PER" if piece[0] == "[" else "ORG", "", place, 0))
            if lam:
                words.append(("a", sent, token, len(words), lam, place, end))
            words.append(("a", sent, token, len(words), form, place, end))
            if rows and not rows[-1][4]:
                rows[-1] = (*rows[-1][:2], f"{rows[-1][2]} {text}".strip(), rows[-1][3], 0)
            if piece[-1] in "]>":
                rows[-1] = (*rows[-1][:4], end)
            place, lam = end + 1, ""
    entities = pd.DataFrame(rows, columns=["doc", "type", "text", "start", "end"])
    return entities, pd.DataFrame(words, columns=NO_WORDS.columns)


def found_in(*sentences):
    return canonical(*in_text(*sentences))


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (
            ["العاهل الأردني [عبد الله الثاني]", "الملك [عبد الله بن عبد العزيز]"],
            "الملك [عبد الله]",
        ),
        (["العاهل المغربي [محمد السادس]", "الملك [محمد الخامس]"], "الملك [محمد]"),
        (["ولي العهد السعودي [محمد بن سلمان]", "الأمير [محمد بن نايف]"], "الأمير [محمد]"),
        (
            [
                "وزير الداخلية السعودي [عبد العزيز بن سعود بن نايف]",
                "الأمير [عبد العزيز بن سلمان]",
            ],
            "الأمير [عبد العزيز]",
        ),
        (["ولي عهد أبوظبي [محمد بن زايد]", "الشيخ [محمد بن راشد]"], "الشيخ [محمد]"),
        (["أمير قطر [محمد بن حمد]", "الشيخ [محمد بن راشد]"], "الشيخ [محمد]"),
        (["[محمد السادس]", "الملك [محمد الخامس]"], "الملك [محمد]"),
        (["خادم الحرمين [عبد الله آل سعود]", "الملك [عبد الله الثاني]"], "الملك [عبد الله]"),
        (["الإمام [محمد عبده]", "الشيخ [محمد رفعت]"], "الشيخ [محمد]"),
        (["الداعية [محمد حسان]", "الشيخ [محمد رفعت]"], "الشيخ [محمد]"),
        (["[حمد بن خليفة]", "الشيخ [خالد حمد]"], "الشيخ [حمد]"),
    ],
)
def test_ruler_by_first_name_is_nobody_where_two_may_be_called_so(sentences, name):
    alone = name.split(" ", 1)[1].strip("[]")
    for order in ([*sentences, name], [sentences[0], name, sentences[1]]):
        found = dict(zip(in_text(*order)[0]["text"], found_in(*order)["name"], strict=True))
        assert found[alone] in (alone, name.replace("[", "").replace("]", ""))


@pytest.mark.parametrize(
    ("other", "full", "short"),
    [
        ("الملك [محمد السادس]", "الأمير [محمد بن سلمان]", "الأمير [محمد]"),
        ("ولي العهد [محمد بن سلمان]", "الملك [محمد السادس]", "الملك [محمد]"),
        ("اللاعب [محمد صلاح]", "الأمير [محمد بن سلمان]", "الأمير [محمد]"),
        ("الرئيس [محمد مرسي]", "الملك [محمد السادس]", "الملك [محمد]"),
        ("اللواء [قاسم سليماني]", "الشيخ [نعيم قاسم]", "الشيخ [قاسم]"),
        ("وصل وفد", "العاهل المغربي [محمد السادس]", "الملك [محمد]"),
    ],
)
def test_ruler_by_first_name_is_the_one_who_bears_the_title(other, full, short):
    last = found_in(other, full, short)["name"].iloc[-1]
    assert last == full.partition("[")[2].rstrip("]")


@pytest.mark.parametrize(
    "sentences",
    [
        ["الأمير [هاري]", "المغني [هاري ستايلز]", "قال [هاري]"],
        ["الأميرة [ديانا]", "المغنية [ديانا كرزون]", "قالت [ديانا]"],
        ["البابا [فرنسيس]", "[فرنسيس أرينزي]", "قال [فرنسيس]"],
        ["البطريرك [كيريل]", "[كيريل بتروف]", "قال [كيريل]"],
        ["الملك [هاري]", "الأمير [هاري ستايلز]", "الأمير [هاري ستايلز]", "قال [هاري]"],
    ],
)
def test_first_name_that_a_title_told_is_nobody_elses_without_it(sentences):
    found = found_in(*sentences)["name"].tolist()
    assert found == in_text(*sentences)[0]["text"].tolist()


def test_first_name_is_the_princes_whose_full_name_was_told():
    full = "هاري ماونتباتن"
    found = found_in(f"الأمير [{full}]", f"قال [{full}]", "الأمير [هاري]", "قال [هاري]")
    assert found["name"].tolist() == [full] * 4


def test_span_with_the_title_of_a_second_person_names_neither():
    two = "سلمان بن عبد العزيز الملك عبد الله الثاني"
    names = [two, "سلمان بن عبد العزيز", "عبد الله الثاني", "بن عبد العزيز"]
    assert names_of(*names) == [two, names[1], names[2], names[1]]


def test_title_that_is_a_surname_makes_no_span_of_two():
    assert names_of("عبد اللطيف حسن الشيخ", "الشيخ")[1] == "عبد اللطيف حسن الشيخ"


def test_first_name_that_looks_like_an_adjective_is_no_title():
    found = found_in("الرئيس التونسي الباجي [قائد السبسي]", "قال [السبسي]")
    assert found["name"].tolist() == ["الباجي قائد السبسي"] * 2
    assert found["title"].fillna("").tolist() == ["الرئيس التونسي", ""]


@pytest.mark.parametrize("adjective", ["الانتقالي", "السابق", "الديمقراطي"])
def test_adjective_behind_that_of_a_country_is_of_the_title(adjective):
    found = found_in(f"الرئيس السوري {adjective} [أحمد الشرع]")
    assert found["name"].tolist() == ["أحمد الشرع"]
    assert found["title"].tolist() == [f"الرئيس السوري {adjective}"]


def test_title_holds_the_organisation_whose_article_a_clitic_swallowed():
    found = found_in("الأمين العام ل+ <الأمم المتحدة> [أنطونيو غوتيريش]")
    assert found["title"].iloc[-1] == "الأمين العام للأمم المتحدة"


def test_monarch_is_a_king():
    assert ranks("العاهل الأردني") == ranks("الملك")
    assert royal_title("العاهل الأردني") == "الملك"


def test_president_who_meets_a_monarch_is_another():
    assert found_in("التقى الرئيس العاهل الأردني [عبد الله الثاني]")["title"].tolist() == [
        "العاهل الأردني"
    ]


@pytest.mark.parametrize(
    ("sentences", "names"),
    [
        (
            ["استقبل [جورج بوش] الأب ضيوفه", "كان [جورج بوش] الابن في واشنطن", "قال [بوش] الابن"],
            ["جورج بوش الأب", "جورج بوش الابن", "جورج بوش الابن"],
        ),
        (
            ["دافع [دونالد ترامب] الابن عن الرئيس [دونالد ترامب]", "قال [ترامب] الابن", "[ترامب]"],
            ["دونالد ترامب الابن", "دونالد ترامب", "دونالد ترامب الابن", "ترامب"],
        ),
        (["[دونالد ترامب] جونيور", "[دونالد ترامب]"], ["دونالد ترامب جونيور", "دونالد ترامب"]),
        # a priest, and an elder son
        (["التقى [سامي بولس] الأب [إلياس زحلاوي]"], ["سامي بولس", "إلياس زحلاوي"]),
        (["[أحمد سالم] الابن الأكبر للراحل", "[أحمد سالم]"], ["أحمد سالم", "أحمد سالم"]),
        (["سجل [نيمار] جونيور", "قال [نيمار]"], ["نيمار", "نيمار"]),
        (["وصل [جورج بوش]", "الأب في البيت"], ["جورج بوش"]),
    ],
)
def test_word_behind_the_span_tells_father_and_son_apart(sentences, names):
    assert found_in(*sentences)["name"].tolist() == names


SAUDI = "العاهل السعودي الملك [عبد الله بن عبد العزيز]"


@pytest.mark.parametrize(
    "second",
    [
        "استقبل نظيره الأردني الملك [عبد الله]",
        "استقبل نظير ه الأردني الملك [عبد الله]",
        "استقبل ملك <الأردن> [عبد الله]",
        "استقبل ملك الأردن [عبد الله]",
        "وصل العاهل الأردني الملك [عبد الله]",
        "وصل العاهل الأردني [عبد الله]",
    ],
)
def test_king_of_another_country_is_another_king(second):
    """And the bare `الملك عبد الله` may be either of them."""
    for sentences in ([SAUDI, second], [second, SAUDI]):
        named = found_in(*sentences, "قال الملك [عبد الله]")["name"]
        assert sorted(named[named != "الأردن"]) == [
            "الملك عبد الله",
            "الملك عبد الله (الأردن)",
            "عبد الله بن عبد العزيز",
        ]


def test_two_kings_whom_only_their_countries_tell_apart_are_two():
    found = found_in(
        "العاهل السعودي الملك [فيصل]", "ملك العراق [فيصل]", "الملك السعودي [فيصل]", "الملك [فيصل]"
    )
    saudi, iraqi = "الملك فيصل (السعودية)", "الملك فيصل (العراق)"
    assert found["name"].tolist() == [saudi, iraqi, saudi, "فيصل"]


def test_country_tells_which_of_two_kings_is_meant():
    second = "العاهل الأردني [عبد الله الثاني]"
    found = found_in(SAUDI, second, "العاهل الأردني الملك [عبد الله]", "الملك السعودي [عبد الله]")
    one, other = "عبد الله بن عبد العزيز", "عبد الله الثاني"
    assert found["name"].tolist() == [one, other, other, one]


def test_sheikh_of_another_emirate_is_another():
    found = found_in("ولي عهد <أبوظبي> الشيخ [محمد بن زايد]", "حاكم <دبي> الشيخ [محمد]")
    assert found["name"].tolist()[1::2] == ["محمد بن زايد", "الشيخ محمد (دبي)"]


def test_counterpart_abroad_is_nobody_by_the_first_name():
    found = found_in("العاهل السعودي [هاشم بن سالم]", "استقبل نظيره الأردني [هاشم]")
    assert found["name"].tolist() == ["هاشم بن سالم", "هاشم"]


def test_king_of_one_country_is_known_without_it():
    found = found_in(SAUDI, "وصل الملك [عبد الله]", "قال العاهل السعودي [عبد الله]")
    assert found["name"].tolist() == ["عبد الله بن عبد العزيز"] * 3


def test_monarch_and_king_are_one_title():
    assert found_in("العاهل الأردني الملك [عبد الله الثاني]")["title"].tolist() == [
        "العاهل الأردني الملك"
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        ["دعا [جوزيف عون]", "الرئيس السابق [ميشال عون]", "أكد الرئيس [عون]"],
        ["قال [بشار الأسد]", "الرئيس الراحل [حافظ الأسد]", "قال الرئيس [الأسد]"],
        ["السيد [محمد باقر الصدر]", "جاء [مقتدى الصدر]", "دعا السيد [الصدر]"],
        [
            "[خالد العطية] وزير الدفاع",
            "وزير الطاقة السابق [عبد الله العطية]",
            "قال وزير الدفاع [العطية]",
        ],
        [
            "[خالد العطية] وزير الدفاع",
            "وزير الطاقة [عبد الله العطية]",
            "قال وزير الدفاع [العطية]",
        ],
        ["الرئيس [جوزيف عون]", "[ميشال عون]", "الرئيس السابق [عون]"],
        ["الرئيس [حافظ الأسد]", "نجله [بشار الأسد]", "أكد الرئيس [الأسد]"],
        ["الوزيرة [سناء حمد]", "شقيقته [هالة حمد]", "أكدت الوزيرة [حمد]"],
        ["نائب الرئيس [جوزيف عون]", "[ميشال عون]", "أكد الرئيس [عون]"],
        ["الوزير البريطاني [بوريس جونسون]", "أكد الوزير الأمريكي [جونسون]"],
    ],
)
def test_title_of_another_gives_nobody_the_surname(sentences):
    assert found_in(*sentences)["name"].tolist() == in_text(*sentences)[0]["text"].tolist()


@pytest.mark.parametrize(
    ("sentences", "name"),
    [
        (["الرئيس السابق [ميشال عون]", "الرئيس [جوزيف عون]", "الرئيس [عون]"], "جوزيف عون"),
        (["الرئيس السابق [ميشال عون]", "الرئيس [جوزيف عون]", "الرئيس السابق [عون]"], "ميشال عون"),
        (["وزير الدفاع [خالد العطية]", "وزير الطاقة [علي العطية]", "وزير الدفاع [العطية]"],
         "خالد العطية"),
        (["وزير الدفاع [خالد العطية]", "اللواء [علي العطية]", "الوزير [العطية]"], "خالد العطية"),
        (["رئيس الوزراء [سعد الحريري]", "النائبة [بهية الحريري]", "رئيس الحكومة [الحريري]"],
         "سعد الحريري"),
        (["الرئيس [دونالد ترامب]", "ابنته [إيفانكا ترامب]", "الرئيس [ترامب]"], "دونالد ترامب"),
        (["الرئيس السابق [باراك أوباما]", "قال الرئيس [أوباما]"], "باراك أوباما"),
        (["الرئيس السوري [بشار الأسد]", "قال الرئيس [الأسد]"], "بشار الأسد"),
    ],
)  # fmt: skip
def test_surname_is_the_one_holders_of_that_office(sentences, name):
    assert found_in(*sentences)["name"].iloc[-1] == name


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("محمد سامي", "قال والده [سامي]"),
        ("محمد سامي", "قال والد ه [سامي]"),
        ("محمد سامي", "قال والده الدكتور [سامي]"),
        ("سلمى رامي", "على يد والدها [رامي]"),
        ("هند رستم", "سافر شقيقها [رستم]"),
        ("هند رستم", "سافر شقيقها الأكبر [رستم]"),
        ("محمد نور", "قالت زوجته [نور]"),
        ("محمد نور", "قالت زوجة ه [نور]"),
        ("رامي نور", "قالت ابنته الصغرى [نور]"),
        ("رامي كريم", "مع أبيه [كريم]"),
    ],
)
def test_relative_by_first_name_is_not_who_has_it_as_surname(full, told):
    """Nor is the name alone from there on."""
    short = full.split()[1]
    found = found_in(f"قتل الطفل [{full}]", told, f"طالب [{short}]")
    assert found["name"].tolist() == [full, short, short]


@pytest.mark.parametrize("before", ["قالت والدة", "قال والد", "قال زميله"])
def test_surname_of_the_person_is_no_relatives(before):
    """`والدة سامي` is the mother of somebody called so."""
    found = found_in("قتل الطفل [محمد سامي]", f"{before} [سامي]")
    assert found["name"].tolist() == ["محمد سامي"] * 2


@pytest.mark.parametrize("columns", [["name"], ["name", "name"]])
def test_names_that_the_table_has_are_not_read(columns):
    table = persons("أحمد عمر", "احمد عمر", "أحمد عمر")
    for column in columns:
        table.insert(0, column, "ليلى", allow_duplicates=True)
    assert entities.names(table).tolist() == ["أحمد عمر"] * 3


@pytest.mark.parametrize("what", ["الروحي", "المؤسس", "اليسوعي"])
def test_the_father_of_something_is_no_elder(what):
    entities, words = in_text(f"يعد [آدم سميث] الأب {what} لعلم جديد", "كتب [آدم سميث]")
    assert canonical(entities, words)["name"].tolist() == ["آدم سميث", "آدم سميث"]


def test_the_father_of_a_player_who_goes_by_a_first_name_is_not_the_player():
    entities, words = in_text("قال [نيمار] الأب إن العقد جاهز", "سجل [نيمار] هدفا")
    assert canonical(entities, words)["name"].tolist() == ["نيمار الأب", "نيمار"]


def test_the_head_of_the_council_of_state_is_not_the_president():
    entities, words = in_text(
        "التقى رئيس مجلس الدولة [أحمد حسن] الضيوف",
        "حضر رئيس الوزراء [علي حسن]",
        "قال رئيس الجمهورية [حسن] إن العمل بدأ",
    )
    assert canonical(entities, words)["name"].tolist()[2] == "حسن"


def texts_of(sentences):
    return in_text(*sentences)[0]["text"].tolist()


@pytest.mark.parametrize(
    "sentences",
    [
        ["زوجة الرئيس [سوزان مبارك]", "الرئيس السابق [حسني مبارك]", "قال الرئيس [مبارك]"],
        ["قرينة الرئيس [سوزان مبارك]", "الرئيس السابق [حسني مبارك]", "قال الرئيس [مبارك]"],
        ["نجل الرئيس [جمال مبارك]", "الرئيس السابق [حسني مبارك]", "قال الرئيس [مبارك]"],
        ["النجل الأكبر ل الرئيس [جمال مبارك]", "قال الرئيس [مبارك]"],
        ["نجل ه الأكبر [جمال مبارك]", "قال الرئيس [مبارك]"],
        ["شقيق الرئيس [ماهر الأسد]", "الرئيس الراحل [حافظ الأسد]", "قال الرئيس [الأسد]"],
        ["ابن عم الرئيس [رامي الأسد]", "الرئيس الراحل [حافظ الأسد]", "قال الرئيس [الأسد]"],
        ["ابنة الرئيس [إيفانكا ترامب]", "الرئيس السابق [دونالد ترامب]", "قال الرئيس [ترامب]"],
        [
            "ابنة رئيس الوزراء [مريم شريف]",
            "رئيس الوزراء السابق [نواز شريف]",
            "قال رئيس الوزراء [شريف]",
        ],
    ],
)
def test_relative_of_the_holder_of_an_office_is_not_the_holder(sentences):
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


def test_first_name_behind_the_title_of_a_relative_is_not_the_kings():
    """Whether the son or the king is called so, nothing says."""
    found = found_in("الملك [فيصل بن عبد العزيز]", "قال نجل الملك [فيصل]", "قال الملك [فيصل]")
    full = "فيصل بن عبد العزيز"
    assert found["name"].tolist() == [full, "فيصل", full]


def test_holder_named_behind_a_relative_is_known_from_another_mention():
    found = found_in("نجل الرئيس [حسني مبارك]", "الرئيس [حسني مبارك]", "قال الرئيس [مبارك]")
    assert found["name"].tolist() == ["حسني مبارك"] * 3


@pytest.mark.parametrize(
    ("body", "minister", "told"),
    [
        ("رئيس محكمة أمن الدولة", "رئيس الوزراء", "رئيس الجمهورية"),
        ("رئيس محكمة أمن الدولة", "رئيس الوزراء", "رئيس الدولة"),
        ("رئيس وفد الحكومة", "وزير الدفاع", "رئيس الوزراء"),
        ("رئيس لجنة الحكومة", "وزير الدفاع", "رئيس الوزراء"),
    ],
)
def test_head_of_a_body_of_the_state_is_not_that_of_the_state(body, minister, told):
    found = found_in(f"{body} [أحمد حسن]", f"{minister} [علي حسن]", f"قال {told} [حسن]")
    assert found["name"].tolist() == ["أحمد حسن", "علي حسن", "حسن"]


def test_president_is_the_head_of_state():
    found = found_in("رئيس الدولة [أحمد حسن]", "رئيس الوزراء [علي حسن]", "رئيس الجمهورية [حسن]")
    assert found["name"].iloc[-1] == "أحمد حسن"


@pytest.mark.parametrize("behind", ["لطفلين", "ل طفلين", "ل 3 أطفال", "الحنون", "المكلوم"])
def test_father_of_children_and_a_father_of_some_kind_are_no_elders(behind):
    found = found_in(f"كان [رامي عياش] الأب {behind}", "قال [رامي عياش]")
    assert found["name"].tolist() == ["رامي عياش"] * 2


@pytest.mark.parametrize("behind", ["العراق", "لستة أبناء", "<العراق>", "الرئيس [حسني مبارك]"])
def test_elder_is_one_beside_his_son_whatever_follows(behind):
    found = found_in(f"غزا [جورج بوش] الأب {behind}", "كان [جورج بوش] الابن في واشنطن")
    assert found["name"].iloc[0] == "جورج بوش الأب"


@pytest.mark.parametrize("behind", ["لم", "لن", "لدى", "الرئيس [حسني مبارك]", "<العراق>"])
def test_elder_is_one_where_no_kind_of_father_follows(behind):
    found = found_in(f"استقبل [جورج بوش] الأب {behind}", "وصل [جورج بوش]")
    assert found["name"].tolist()[:: len(found) - 1] == ["جورج بوش الأب", "جورج بوش"]


@pytest.mark.parametrize("other", ["[جورج بوش] الابن", "[جورج بوش الابن]", "[بوش] الابن"])
def test_elder_before_another_person_is_known_by_his_son(other):
    found = found_in("هزم [جورج بوش] الأب [مايكل دوكاكيس]", f"كان {other} في واشنطن")
    assert found["name"].tolist()[:2] == ["جورج بوش الأب", "مايكل دوكاكيس"]
    assert found["title"].isna().all()


def test_elder_at_the_end_of_a_sentence_is_no_title_of_whom_the_next_begins_with():
    found = found_in("وصل [سامي بولس] الأب", "[إلياس زحلاوي] كاهن")
    assert found["name"].tolist() == ["سامي بولس الأب", "إلياس زحلاوي"]


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("هند رامي", "تجول في حماه [رامي]"),
        ("هند رامي", "تجول في حما ه [رامي]"),
        ("محمد كريم", "فيما خاله [كريم] لصا"),
    ],
)
def test_town_and_verb_that_look_like_a_relative_tell_none(full, told):
    found = found_in(f"سافر [{full}]", told)
    assert found["name"].tolist() == [full, full]


def test_uncle_of_one_name_does_not_take_it_from_the_holder_of_an_office():
    found = found_in("الرئيس [حسني مبارك]", "قال خاله [مبارك]", "قال الرئيس [مبارك]")
    assert found["name"].tolist() == ["حسني مبارك", "مبارك", "حسني مبارك"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["زوجته [ميشيل أوباما]", "قال الرئيس السابق [أوباما]"],
        ["ابنته [إيفانكا ترامب]", "قال الرئيس [ترامب]"],
        ["وزيرة الخارجية [هيلاري كلينتون]", "قال الرئيس السابق [كلينتون]"],
        ["نائبة الرئيس [كامالا هاريس]", "قال الرئيس [هاريس]"],
        ["النائبة [بهية الحريري]", "قال رئيس الحكومة [الحريري]"],
        ["السيدة [جيهان السادات]", "اغتيل الرئيس [السادات]"],
        ["الدكتور [أحمد زويل]", "قالت الدكتورة [زويل]"],
        ["والده [أحمد زويل]", "قالت الدكتورة [زويل]"],
    ],
)
def test_title_of_a_man_is_no_womans_and_the_reverse(sentences):
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("قالت السيدة [كلينتون]", "هيلاري كلينتون"),
        ("قال الرئيس [كلينتون]", "بيل كلينتون"),
        ("قالت الوزيرة [كلينتون]", "كلينتون"),
        ("قال الوزير [كلينتون]", "كلينتون"),
        ("قال [كلينتون]", "كلينتون"),
    ],
)
def test_title_tells_which_of_man_and_woman_of_one_surname_is_meant(told, name):
    """But not where neither has that office."""
    found = found_in("الرئيس السابق [بيل كلينتون]", "السيدة [هيلاري كلينتون]", told)
    assert found["name"].iloc[-1] == name


@pytest.mark.parametrize("one", ["زوجة الرئيس السابق", "السيدة"])
def test_surname_alone_is_nobodys_where_another_who_bears_it_is_told_by_a_title(one):
    found = found_in(f"{one} [سوزان مبارك]", "قال الرئيس السابق [مبارك]", "قال [مبارك]")
    assert found["name"].tolist() == ["سوزان مبارك", "مبارك", "مبارك"]


def test_relative_who_holds_the_office_is_the_holder():
    found = found_in("شقيقه الرئيس [بشار الأسد]", "قال الرئيس [الأسد]", "قال [الأسد]")
    assert found["name"].tolist() == ["بشار الأسد"] * 3


def test_relative_of_a_holder_may_have_another_office():
    found = found_in("صهر الرئيس [جاريد كوشنر]", "قال [كوشنر]", "قال المستشار [كوشنر]")
    assert found["name"].tolist() == ["جاريد كوشنر"] * 3


def test_title_that_neither_of_two_has_is_not_that_of_the_one_of_the_sex():
    found = found_in("مستشارة الرئيس [بثينة شعبان]", "الوزير [علي شعبان]", "الرئيس [شعبان]")
    assert found["name"].iloc[-1] == "شعبان"


def test_child_with_a_title_of_its_own_bears_it():
    found = found_in("الشيخ [زايد بن سلطان]", "نجله الشيخ [خليفة]", "الشيخ [خليفة بن زايد]")
    assert found["name"].tolist()[1:] == ["خليفة بن زايد"] * 2


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("ملك <بروسيا> [فريدريش الثاني]", "ملك <الدنمارك> [فريدريش]", "الملك فريدريش (الدنمارك)"),
        ("ملك <بروسيا> [فريدريش الثاني]", "ملك <ساكسونيا> [فريدريش]", "الملك فريدريش (ساكسونيا)"),
        ("ملك <بلجيكا> [فيليب السابع]", "ملك <إسبانيا> [فيليب]", "الملك فيليب (إسبانيا)"),
        ("ملك <بلجيكا> [فيليب السابع]", "الملك الإسباني [فيليب]", "الملك فيليب (إسبانيا)"),
        ("ملك <إنجلترا> [جورج السادس]", "ملك <بريطانيا> [جورج]", "جورج السادس"),
        ("ملك <المملكة المتحدة> [جورج السادس]", "الملك الإنجليزي [جورج]", "جورج السادس"),
        ("الملك النمساوي [فرانز الثاني]", "ملك <النمسا> [فرانز]", "فرانز الثاني"),
        ("الملك النمساوي [فرانز الثاني]", "الملك السويدي [فرانز]", "الملك فرانز (السويد)"),
    ],
)
def test_kings_of_two_places_are_two_and_the_place_is_shown_as_the_text_has_it(one, other, name):
    """Of lands that no list has, too; England and Britain are one."""
    assert found_in(one, other)["name"].iloc[-1] == name


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("الرئيس الكوري الجنوبي [لي جونغ]", "الرئيس الكوري الشمالي [جونغ]"),
        ("الوزير النيجري [محمد بازوم]", "الوزير النيجيري [بازوم]"),
        ("الوزير الإنجليزي [بوريس جونسون]", "الوزير النمساوي [جونسون]"),
        ("رئيس <جنوب السودان> [علي سلفا]", "الرئيس السوداني [سلفا]"),
    ],
)
def test_office_of_another_country_is_anothers(full, told):
    assert found_in(full, told)["name"].iloc[-1] == told.partition("[")[2].rstrip("]")


def test_korean_president_is_the_one_korean_of_that_name():
    found = found_in("الرئيس الكوري الجنوبي [لي جونغ]", "قال الرئيس الكوري [جونغ]")
    assert found["name"].iloc[-1] == "لي جونغ"


@pytest.mark.parametrize("degree", ["الدكتور", "المهندس", "النائب", "معالي"])
def test_degree_does_not_settle_which_of_two_is_meant(degree):
    one, other = "خالد العطية", "عبد الله العطية"
    sentences = [f"{degree} [{one}] وزير الدفاع", f"وزير الطاقة [{other}]"]
    assert found_in(*sentences, "قال الوزير [العطية]")["name"].iloc[-1] == "العطية"
    assert found_in(*sentences, f"قال {degree} [العطية]")["name"].iloc[-1] == "العطية"


@pytest.mark.parametrize(
    ("told", "other"),
    [
        ("حكم [الأسد] الأب الذي اتسم ب القمع", "قال الرئيس [بشار الأسد]"),
        ("قاد [بوش] الأب التحالف", "الرئيس السابق [جورج دبليو بوش]"),
        ("حكم [الأسد] الأب البلاد", "الرئيس [بشار الأسد]"),
        ("صرح [كوشنر] الأب ل صحيفة", "مستشار الرئيس [جاريد كوشنر]"),
        ("صرح [كوشنر] الأب لصحيفة", "مستشار الرئيس [جاريد كوشنر]"),
        ("توفي [جورج بوش] الأب السبت", "الرئيس [دونالد ترامب]"),
        ("غادر [جورج بوش] الأب المستشفى", "الرئيس [دونالد ترامب]"),
    ],
)
def test_elder_is_one_before_a_word_with_an_article_or_another_word_with_lam(told, other):
    names = texts_of([told, other])
    assert found_in(told, other)["name"].tolist() == [f"{names[0]} الأب", names[1]]


@pytest.mark.parametrize(
    "sentences",
    [
        ["الملكة المصرية الفرعونية [نفرتيتي]", "الملكة [نفرتيتي]", "تمثال [نفرتيتي]"],
        ["أمير <اليونان> و <الدنمارك> [أندرياس]", "قال [أندرياس]"],
        ["ملك <إنجلترا> و <اسكتلندا> [جيمس]", "الملك [جيمس]"],
        ["بابا <الفاتيكان> [فرنسيس]", "بابا <الكنيسة الكاثوليكية> [فرنسيس]"],
        ["البابا الأرجنتيني [فرنسيس]", "بابا <روما> [فرنسيس]", "البابا [فرنسيس]"],
        ["الأمير البريطاني [تشارلز]", "أمير <ويلز> [تشارلز]", "الأمير [تشارلز]"],
        ["أمير <منطقة مكة المكرمة> [بندر]", "أمير <مكة> [بندر]"],
        ["الملك الأسطوري [آرثر]", "ملك <إنجلترا> [آرثر]"],
        ["الملك المصري [توت]", "الملك الذهبي [توت]"],
        ["الملك التايلاندي [بوميبول]", "ملك <تايلند> [بوميبول]"],
        ["ملك <مصر> و <السودان> [فاروق]", "ملك <السودان> [فاروق]", "الملك المصري [فاروق]"],
    ],
)
def test_ruler_of_two_lands_or_with_an_adjective_of_no_list_is_one(sentences):
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("السلطان العثماني [سليمان القانوني]", "السلطان التركي [سليمان]"),
        ("الملك الهاشمي [عبد الله الثاني]", "العاهل الأردني الملك [عبد الله]"),
        ("أمير <منطقة مكة المكرمة> الأمير [خالد الفيصل]", "أمير <مكة> الأمير [خالد]"),
    ],
)
def test_first_name_is_the_rulers_whom_another_adjective_or_province_tells(full, told):
    assert found_in(full, told)["name"].iloc[-1] == texts_of([full])[-1]


def test_ruler_of_two_lands_has_one_name_beside_a_king_of_a_third():
    sentences = ["ملك <مصر> و <السودان> [فؤاد]", "ملك <مصر> [فؤاد]", "ملك <إسبانيا> [فؤاد]"]
    found = found_in(*sentences)
    one, other, third = found.loc[found["title"].notna(), "name"]
    assert one == other != third == "الملك فؤاد (إسبانيا)"


@pytest.mark.parametrize("before", ["في <جدة>", "في جدة", "في <حماة>", "في 20 آب", "20 / آب", "أم"])
def test_town_month_and_conjunction_before_a_title_are_no_relatives(before):
    found = found_in(f"استقبل {before} الرئيس المصري [عبد الفتاح السيسي]", "قال الرئيس [السيسي]")
    assert found["name"].tolist()[-2:] == ["عبد الفتاح السيسي"] * 2


def test_source_near_a_prime_minister_is_no_relative():
    found = found_in("مصدر قريب ل رئيس الحكومة [سعد الحريري]", "قال رئيس الحكومة [الحريري]")
    assert found["name"].tolist() == ["سعد الحريري"] * 2


@pytest.mark.parametrize(
    ("full", "told"),
    [("[بيل كلينتون]", "السيدة [كلينتون]"), ("[إيمانويل ماكرون]", "السيدة [ماكرون]")],
)
def test_title_of_wives_is_not_of_a_full_name_that_nothing_tells_to_be_a_womans(full, told):
    sentences = [f"وصل {full}", f"استقبلت {told}"]
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


@pytest.mark.parametrize(
    "before", ["رئيسة الوزراء", "قالت", "وصلت", "السياسية", "الوزيرة المستقيلة", "زوجته"]
)
def test_title_of_wives_is_of_a_full_name_that_a_word_tells_to_be_a_womans(before):
    found = found_in(f"{before} [تيريزا ماي]", "قالت السيدة [ماي]")
    assert found["name"].tolist() == ["تيريزا ماي"] * 2


@pytest.mark.parametrize("title", ["رئيسة الوزراء", "السفيرة", "الدكتورة", "المستشارة"])
def test_office_or_degree_of_a_woman_is_hers_who_is_named_in_full_without_one(title):
    found = found_in("تواجه [تيريزا ماي] أزمة", f"قالت {title} [ماي]")
    assert found["name"].tolist() == ["تيريزا ماي"] * 2


def test_verb_of_saying_keeps_the_title_of_a_man_from_a_woman():
    sentences = ["قالت [لارا ترامب]", "قال الرئيس [ترامب]"]
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


def test_woman_whose_office_is_told_in_the_masculine_is_told_in_the_feminine_too():
    found = found_in("وزير الصحة [هالة زايد]", "قالت الوزيرة [زايد]")
    assert found["name"].tolist() == ["هالة زايد"] * 2


@pytest.mark.parametrize("kin", ["حرم", "زوجة", "نجل"])
def test_surname_alone_is_not_of_who_is_told_as_the_holder_or_a_relative(kin):
    sentences = [f"{kin} الرئيس [سهى عرفات]", "قال [عرفات]"]
    assert found_in(*sentences)["name"].tolist() == texts_of(sentences)


@pytest.mark.parametrize(
    "told",
    [
        "حضرت [إيفانكا] ابنة الرئيس الأمريكي [دونالد ترامب]",
        "قال [جاريد كوشنر] ، صهر الرئيس [دونالد ترامب]",
        "قال [جاريد كوشنر] ، زوج ابنة الرئيس [دونالد ترامب]",
        "صهر الرئيس [دونالد ترامب] [جاريد كوشنر]",
    ],
)
def test_holder_is_who_is_named_with_the_relative_right_before_or_behind(told):
    found = found_in(told, "خطة الرئيس [ترامب]", "قال [ترامب]")
    assert found["name"].tolist()[-2:] == ["دونالد ترامب"] * 2


@pytest.mark.parametrize(
    ("told", "later", "name"),
    [
        ("حفيد ملكة <بريطانيا> [إليزابيث الثانية]", "الملكة [إليزابيث]", "إليزابيث الثانية"),
        (
            "نجل العاهل السعودي الملك [سلمان بن عبد العزيز]",
            "الملك [سلمان]",
            "سلمان بن عبد العزيز",
        ),
    ],
)
def test_ruler_behind_a_relative_is_known_by_number_or_title(told, later, name):
    assert found_in(told, later)["name"].iloc[-1] == name
