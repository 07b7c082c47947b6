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


@pytest.mark.parametrize("columns", [["name"], ["name", "name"]])
def test_names_that_the_table_has_are_not_read(columns):
    table = persons("أحمد عمر", "احمد عمر", "أحمد عمر")
    for column in columns:
        table.insert(0, column, "ليلى", allow_duplicates=True)
    assert entities.names(table).tolist() == ["أحمد عمر"] * 3
