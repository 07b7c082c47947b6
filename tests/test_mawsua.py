"""The teaching corpus: encoding, metadata, spelling, lengths and repetition."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from toolkit.normalise import fold, strip_diacritics

FOLDER = Path(__file__).parent.parent / "data" / "mawsua"
FILES = sorted((FOLDER / "texts").glob("*/*.md"))
SECTIONS = ["arts", "cities", "events", "people", "sciences", "sport"]
KEYS = ["title", "section", "year", "period", "place", "lang"]
# The first year after each period.
PERIODS = {"ancient": 600, "medieval": 1500, "early modern": 1800, "modern": 1945}
# Frequent words, and how they are misspelt.
MISSPELT = set(
    """
    الى الي اذا ان انه انها او اي اما اول اخر ايضا اكثر اكبر اهم احد احدى انسان
    هاذا هذة هاذه ذالك لاكن لكنة الذى التى فى حتي متي مدينه سنه دوله جامعه عاصمه قصيده
    مره ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره مئه شيئ مسئول شئون رءيس قرأن انشاء
    """.split()  # noqa: SIM905
)
PUNCTUATION = set(".،؛:؟!()«»-–/%…")


def parts(path):
    text = path.read_text(encoding="utf-8")
    _, header, body = text.split("---\n", 2)
    return dict(line.split(": ", 1) for line in header.splitlines()), body.strip()


ARTICLES = {path.stem: parts(path) for path in FILES}
names = pytest.mark.parametrize("name", ARTICLES)


def words_of(body):
    return re.findall(r"[^\W\d_]+", strip_diacritics(body))


def shingles(body, size):
    words = [fold(word) for word in words_of(body)]
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_six_sections_of_sixteen_articles():
    assert Counter(path.parent.name for path in FILES) == dict.fromkeys(SECTIONS, 16)
    assert len(ARTICLES) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_files_are_plain_utf_8(path):
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    text = data.decode("utf-8")
    assert unicodedata.normalize("NFC", text) == text
    assert text.endswith("\n")


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_metadata_are_whole(path):
    found, _ = parts(path)
    assert list(found) == KEYS
    assert found["section"] == path.parent.name
    assert found["lang"] == "ar"
    year = int(found["year"])
    period = next((name for name, end in PERIODS.items() if year < end), "contemporary")
    assert (-3000 < year < 2026, found["period"]) == (True, period)
    assert re.fullmatch(r"[؀-ۿ ]+، [؀-ۿ ]+", found["place"])


def test_titles_are_different():
    assert len({found["title"] for found, _ in ARTICLES.values()}) == len(ARTICLES)


@names
def test_articles_are_of_200_to_350_words_in_paragraphs(name):
    _, body = ARTICLES[name]
    assert 200 <= len(body.split()) <= 350
    assert 3 <= len(body.split("\n\n")) <= 5


@names
def test_signs_are_arabic_letters_western_digits_and_arabic_punctuation(name):
    _, body = ARTICLES[name]
    odd = {
        char
        for char in body
        if not (char.isspace() or char in PUNCTUATION or char in "0123456789G")
        and not ("ء" <= char <= "ْ" and char != "\N{ARABIC TATWEEL}")
    }
    assert odd == set()
    assert not re.search(r"  | [،؛؟.:!»)]|[«(] | \n", body)
    assert body.count("«") == body.count("»")
    assert body.count("(") == body.count(")")


@names
def test_frequent_words_are_spelt_right(name):
    _, body = ARTICLES[name]
    assert set(words_of(body)) & MISSPELT == set()


@names
def test_no_sentence_stands_twice(name):
    _, body = ARTICLES[name]
    sentences = [fold(each.strip()) for each in re.split(r"[.؟!\n]+", body) if each.strip()]
    others = [fold(other) for key, (_, other) in ARTICLES.items() if key != name]
    long = [each for each in sentences if len(each.split()) >= 5]
    assert len(set(long)) == len(long)
    assert [each for each in long if any(each in other for other in others)] == []


def test_no_two_articles_are_alike():
    """Of the runs of three words of two articles no more than one in thirty is in both."""
    sets = {name: shingles(body, 3) for name, (_, body) in ARTICLES.items()}
    ordered = sorted(sets)
    alike = [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if len(sets[one] & sets[other]) > len(sets[one] | sets[other]) / 30
    ]
    assert alike == []


def test_no_run_of_six_words_stands_in_two_articles():
    met = Counter(run for _, body in ARTICLES.values() for run in shingles(body, 6))
    assert [" ".join(run) for run, number in met.items() if number > 1] == []


def test_articles_begin_differently():
    begins = Counter(tuple(words_of(body)[:3]) for _, body in ARTICLES.values())
    assert begins.most_common(1)[0][1] == 1


def test_sizes_are_those_of_the_readme():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    sizes = Counter()
    for found, body in ARTICLES.values():
        sizes[found["section"]] += len(body.split())
    for section, words in sizes.items():
        assert f"| `{section}` | 16 | {words:,} |" in page
    assert f"| all | 96 | {sum(sizes.values()):,} |" in page
    lengths = [len(body.split()) for _, body in ARTICLES.values()]
    assert f"{min(lengths)} to {max(lengths)} an article" in page
    years = [int(found["year"]) for found, _ in ARTICLES.values()]
    assert f"years from {-min(years)} BC to {max(years)} (of `year`, below" in page
    told = [int(year) for _, body in ARTICLES.values() for year in re.findall(r"\b20\d\d\b", body)]
    assert f"what the articles tell goes on to {max(told)}" in page


def test_sizes_by_period_are_those_of_the_readme():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    for period in [*PERIODS, "contemporary"]:
        chosen = [(found, body) for found, body in ARTICLES.values() if found["period"] == period]
        words = sum(len(body.split()) for _, body in chosen)
        years = sorted(int(found["year"]) for found, _ in chosen)
        row = f"| `{period}` | {len(chosen)} | {words:,} | {years[0]} | {years[-1]} |"
        assert row in page
