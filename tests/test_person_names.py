"""Persons of one family or with one first name in a document. Expected values: by hand."""

import pandas as pd
import pytest

from toolkit import entities
from toolkit.naming.canonical_names import canonical

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


@pytest.mark.parametrize("columns", [["name"], ["name", "name"]])
def test_names_that_the_table_has_are_not_read(columns):
    table = persons("أحمد عمر", "احمد عمر", "أحمد عمر")
    for column in columns:
        table.insert(0, column, "ليلى", allow_duplicates=True)
    assert entities.names(table).tolist() == ["أحمد عمر"] * 3
