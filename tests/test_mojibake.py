"""Letters lost before. The damage is done here, by the codecs, so the expected names are known."""

import ftfy
import pytest

from toolkit.reading import mojibake

SENTENCE = "وصلت القافلة إلى الواحة مساء أمس، وقال الدليل إن الطريق كان طويلا."


def misread(text, encoding):
    """UTF-8 that was read in another encoding; bytes that it lacks as in Latin-1."""
    found = []
    for byte in text.encode():
        try:
            found.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            found.append(chr(byte))
    return "".join(found)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1256", "mac-roman", "cp437"])
def test_utf8_in_a_wrong_encoding_is_named(encoding):
    found = list(mojibake.signs(misread(SENTENCE, encoding)))
    assert [what for what, _ in found] == ["mojibake"]
    assert f"UTF-8 that was read as {encoding}" in found[0][1]


def test_ftfy_agrees_about_what_is_damaged():
    assert mojibake.signs(misread(SENTENCE, "cp1252"))
    assert ftfy.fix_text(misread(SENTENCE, "cp1252")) == SENTENCE
    assert ftfy.fix_text(SENTENCE) == SENTENCE
    assert list(mojibake.signs(SENTENCE)) == []


def test_the_repair_that_is_named_repairs():
    text = "وصلت البنت من المدرسة"  # no byte that cp1252 lacks
    damaged = text.encode().decode("cp1252")
    ((_, detail),) = mojibake.signs(damaged)
    assert detail.endswith("text.encode('cp1252').decode('utf-8')")
    assert damaged.encode("cp1252").decode("utf-8") == text


def test_damage_done_twice_is_named():
    twice = misread(misread(SENTENCE, "cp1252"), "cp1252")
    assert [what for what, _ in mojibake.signs(twice)] == ["mojibake"]


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
def test_arabic_that_was_read_as_latin_is_named(encoding):
    damaged = SENTENCE.encode(encoding).decode("latin-1")
    if encoding == "cp1256":
        damaged = SENTENCE.encode(encoding).decode("cp1252")
    (what, detail), *_ = mojibake.signs(damaged)
    assert what == "mojibake"
    assert f"looks like {encoding}" in detail


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain English",
        SENTENCE,
        "فقط، وحفظ؛ وضغط؟ ربع، وسمع؛ وبلغ؟",  # letters that begin the mojibake of cp1256
        "مُدَوَّنة ١٢٣ «كتاب» پ چ گ ڤ ک ی",
        "ﻻ ﺣﻮﻝ",
        "Le café est déjà fermé, où l'été a été très agréable.",
        "Die Mädchen hätten später fünf größere Äpfel gepflückt.",
        "São Paulo não é a capital; ÇA VA, ÀÉÈ",
        "Việt Nam là một quốc gia ở Đông Nam Á",
        "Москва",
        "ماذا؟؟؟ لماذا؟؟ كيف???",
        "هل جاء؟ ???",
    ],
)
def test_text_that_is_well_has_no_sign(text):
    assert list(mojibake.signs(text)) == []


def test_replacement_characters_are_counted():
    assert list(mojibake.signs("نص \ufffd\ufffd نص")) == [
        (
            "lost letters",
            "2 replacement characters (U+FFFD): bytes were lost before this file was saved",
        )
    ]


def test_letters_that_became_question_marks_are_counted():
    damaged = SENTENCE.encode("cp1252", "replace").decode("cp1252")
    assert [what for what, _ in mojibake.signs(damaged)] == ["lost letters"]
