"""Front matter. Expected values follow YAML 1.2 for plain and quoted scalars, or the docstring."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.reading.front_matter import front_matter

TEACHING_TEXTS = Path(__file__).parent.parent / "data" / "mawsua" / "texts"


def header(*lines, body="نص"):
    return "\n".join(["---", *lines, "---", "", body])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("الخط العربي", "الخط العربي"),
        ("940", "940"),
        ("007", "007"),
        ("2025-11-16", "2025-11-16"),
        ("القاهرة: مدينة", "القاهرة: مدينة"),
        ("نص # تعليق", "نص"),
        ("نص#ليس تعليقا", "نص#ليس تعليقا"),
        ('"نص: مقتبس" # تعليق', "نص: مقتبس"),
        (r'"a \"b\" \u0627"', 'a "b" ا'),
        ("'it''s'", "it's"),
        ("'[a]'", "[a]"),
        ("  نص  ", "نص"),
        ("-5", "-5"),
        ("true", "true"),
        ("http://example.org/a", "http://example.org/a"),
        ("مُدَوَّنة ـ١٢٣", "مُدَوَّنة ـ١٢٣"),
    ],
)
def test_scalar_is_read_as_yaml_has_it(written, value):
    found = front_matter(header(f"key: {written}"))
    assert found.metadata == {"key": value}
    assert found.problems == ()


@pytest.mark.parametrize("written", ["", "~", "null", "# تعليق"])
def test_key_without_a_value_is_left_out(written):
    found = front_matter(header("title: نص", f"key: {written}".rstrip()))
    assert found.metadata == {"title": "نص"}
    assert found.problems == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["key: [a, b]"],
        ["key: {a: b}"],
        ["key:", "  - a", "  - b"],
        ["key:", "- a"],
        ["key:", "  nested: a"],
        ["key: |", "  block"],
        ["key: > ", "  folded"],
        ["key: &anchor a"],
        ["key: *alias"],
        ["key: !!python/object/apply:os.system [echo]"],
        ["key: first", "  second"],
        ['key: "open'],
        ["key: 'open"],
        ['key: "bad \\q escape"'],
        ["key: - a"],
        ["key: @a"],
    ],
)
def test_what_is_no_plain_scalar_is_named_and_left_out(lines):
    found = front_matter(header("title: نص", *lines, "last: ب"))
    assert found.metadata == {"title": "نص", "last": "ب"}
    assert found.problems == (
        "front matter, line 3: the value of 'key' is no plain scalar and was left out",
    )


def test_first_of_two_equal_keys_counts():
    found = front_matter(header("a: 1", "a: 2"))
    assert found.metadata == {"a": "1"}
    assert found.problems == ("front matter, line 3: 'a' stands there twice; the first counts",)


def test_line_that_is_no_key_is_named():
    found = front_matter(header("a: 1", "نص بلا مفتاح"))
    assert found.metadata == {"a": "1"}
    assert found.problems == (
        "front matter, line 3: 'نص بلا مفتاح' is no 'key: value' and was left out",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("closing", ["---", "...", "--- "])
def test_body_begins_behind_the_header_and_its_blank_lines(end, mark, closing):
    text = mark + end.join(["---", "# تعليق", "", "title: نص", closing, "", "  ", "البداية"])
    found = front_matter(text)
    assert found.metadata == {"title": "نص"}
    assert text[found.body_start :] == "البداية"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\ntitle: نص",
        "---\ntitle: نص\n----\nنص",
        "نص\n---\ntitle: نص\n---\n",
        "---\nحوار بين اثنين\n---\nنص",
        "---\n- قال\n---\nنص",
        " ---\ntitle: نص\n---\nنص",
        "----\ntitle: نص\n---\nنص",
        "---\n" + "نص طويل\n" * 5_000 + "---\n",
        "---\ntitle: " + "ن" * 30_000 + "\n---\nنص",
    ],
)
def test_text_without_front_matter_has_none(text):
    assert front_matter(text) == ({}, 0, ())


def test_empty_header_is_one():
    text = "---\n---\nنص"
    assert text[front_matter(text).body_start :] == "نص"


def test_arabic_keys_and_keys_of_several_words_are_keys():
    found = front_matter(header("العنوان: أ", "first published: 1999", "dc.title: ب"))
    assert found.metadata == {"العنوان": "أ", "first published": "1999", "dc.title": "ب"}


@given(st.text(st.sampled_from("---\n\r :#'\"[]{}&*!|>@\\abن\t.")))
def test_any_text_has_a_header_within_it(text):
    metadata, body_start, problems = front_matter(text)
    assert 0 <= body_start <= len(text)
    assert body_start or not (metadata or problems)
    assert all(isinstance(value, str) for value in metadata.values())


@pytest.mark.skipif(not TEACHING_TEXTS.is_dir(), reason="the teaching corpus is not there")
def test_headers_of_the_teaching_corpus_are_read():
    # grep -c '^---$' and the six keys, by hand in a few files
    for path in sorted(TEACHING_TEXTS.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = front_matter(text)
        assert list(found.metadata) == ["title", "section", "year", "period", "place", "lang"]
        assert found.problems == ()
        assert "---" not in text[found.body_start :]
