"""Files to strings. The sentences were written for this test (CC0) and are encoded here."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.reading import decoding

SENTENCE = "وصلت القافلة إلى الواحة مساء أمس، وقال الدليل إن الطريق كان طويلا لكن الهواء معتدل."
LINES = "سطر أول في الرسالة\r\nثم سطر ثان من الكاتب نفسه\rوسطر ثالث إلى أهل المدينة\n"
VOCALISED = "وَصَلَتِ القَافِلَةُ إِلَى الوَاحَةِ، وَقَالَ الدَّلِيلُ إِنَّ الطَّرِيقَ كَانَ طَوِيلًا."
WITH_LATIN = "قال المهندس إن شركة Example Systems أصدرت برنامجا جديدا للمكتبات في العام 2024."


@pytest.fixture
def read(tmp_path):
    """Write bytes to a file and read it."""

    def read_bytes(data, encoding=None):
        path = tmp_path / "text.txt"
        path.write_bytes(data)
        return decoding.read_file(path, encoding)

    return read_bytes


@pytest.mark.parametrize("text", [SENTENCE, LINES, VOCALISED, WITH_LATIN, SENTENCE * 500])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("cp1256", "cp1256"),
        ("iso8859-6", "iso8859-6"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encoding_without_mark_is_detected_and_text_kept(read, text, codec, name):
    file = read(text.encode(codec))
    assert (file.text, file.encoding) == (text, name)


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_byte_order_mark_decides_and_is_no_text(read, mark, codec, name):
    file = read(mark + LINES.encode(codec))
    assert (file.text, file.encoding) == (LINES, name)


def test_utf8_is_never_taken_for_another_encoding(read):
    assert read("café déjà vu".encode()).encoding == "utf-8"
    assert read("Москва".encode()).text == "Москва"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Le café est déjà fermé, là-bas, où l'été a été très agréable.", "latin-1"),
        ("Die Mädchen hätten später fünf größere Äpfel gepflückt.", "latin-1"),
        ("Das Mädchen trägt die Wäsche in das Gästehaus.", "latin-1"),
        ("Москва является столицей России и крупнейшим городом страны.", "cp1251"),
        ("Москва является столицей России и крупнейшим городом страны.", "koi8-r"),
        ("Η Αθήνα είναι η πρωτεύουσα και η μεγαλύτερη πόλη.", "cp1253"),
        ("ירושלים היא העיר הגדולה ביותר בארץ.", "cp1255"),
        ("北京是中国的首都,也是一个很大的城市。", "gbk"),
    ],
)
def test_other_languages_are_not_read_as_arabic(read, text, codec):
    with pytest.raises(decoding.Unreadable, match="nor surely cp1256, ISO-8859-6 or") as refused:
        read(text.encode(codec) * 10)
    assert refused.value.what == "encoding"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # « and » are bytes 8C and 98 there, Arabic digits B0 to B9, which ISO-8859-6 has not
        ("قال الوزير «إن الطريق طويل» ثم غادر المدينة مساء أمس", "mac-arabic"),
        ("وصلت القافلة إلى الواحة في سنة ١٩٩٩ وقال الدليل إن الطريق طويل", "mac-arabic"),
        # its space is byte A0, which in ISO-8859-6 never breaks
        ("وصلت القافلة إلى الواحة مساء أمس وقال الدليل إن الطريق طويل", "mac-arabic"),
    ],
)
def test_arabic_of_the_macintosh_is_known_by_what_iso_lacks(read, text, name):
    file = read(text.encode("mac-arabic"))
    assert (file.text, file.encoding) == (text, name)


def test_two_words_do_not_decide_between_legacy_encodings(read):
    # مرحبا بكم in ISO-8859-6 is also the Arabic letters "هرحبا بمه" in cp1256
    with pytest.raises(decoding.Unreadable, match="Pass encoding="):
        read("مرحبا بكم".encode("iso8859-6"))


def test_damaged_utf8_names_byte_and_offset(read):
    # by hand: the 4 letters of وصلت are 8 bytes
    damaged = SENTENCE.encode()[:8] + b"\xc7" + SENTENCE.encode()[8:]
    with pytest.raises(decoding.Unreadable) as refused:
        read(damaged)
    assert refused.value.detail == (
        "neither UTF-8 (byte 0xC7 at offset 8) nor surely cp1256, ISO-8859-6 or MacArabic. "
        "Pass encoding="
    )


@pytest.mark.parametrize("cut", [1, 1000])
def test_utf8_cut_within_a_letter_is_no_legacy_text(read, cut):
    with pytest.raises(decoding.Unreadable, match="neither UTF-8"):
        read((SENTENCE * 20).encode()[: -2 * cut - 1] + b"\xd9")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(200)),
        b"PK\x03\x04" + b"\0" * 100,
        b"\x7fELF\x02\x01\x01" + b"\0" * 9 + SENTENCE.encode(),
        SENTENCE.encode() + b"\0" + SENTENCE.encode(),
        b"\x01\x02\x03\x04" * 50,
        codecs.BOM_UTF16_LE + b"\0\0\1\0" * 20,
    ],
)
def test_binary_file_is_no_text(read, data):
    with pytest.raises(decoding.Unreadable, match=r"no text|not utf-32") as refused:
        read(data)
    assert refused.value.what in ("binary", "encoding")


def test_binary_file_stays_binary_when_an_encoding_is_named(read):
    with pytest.raises(decoding.Unreadable, match="the bytes are no text"):
        read(bytes(range(256)), "cp1256")


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "the file holds no text"),
        (b" \t\r\n\n", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
        (codecs.BOM_UTF16_LE + "\n \n".encode("utf-16-le"), "only white space"),
        ("\N{NO-BREAK SPACE}\u2028\n".encode(), "only white space"),
    ],
)
def test_empty_file_is_unreadable(read, data, detail):
    with pytest.raises(decoding.Unreadable) as refused:
        read(data)
    assert (refused.value.what, refused.value.detail) == ("empty", detail)


def test_named_encoding_is_used_and_its_misfit_named(read):
    assert read("مرحبا بكم".encode("iso8859-6"), "iso8859-6").text == "مرحبا بكم"
    with pytest.raises(decoding.Unreadable, match="not utf-8: byte 0xE5 at offset 0"):
        read("مرحبا بكم".encode("iso8859-6"), "utf-8")


def test_hash_is_that_of_the_bytes(read):
    # printf abc | sha256sum
    assert read(b"abc").sha256.startswith("ba7816bf8f01cfea414140de5dae2223")


def test_file_that_is_gone_is_unreadable(tmp_path):
    with pytest.raises(decoding.Unreadable) as refused:
        decoding.read_file(tmp_path / "gone.txt")
    assert refused.value.what == "cannot be opened"


@pytest.mark.parametrize(
    ("text", "metadata", "body"),
    [
        ("date 2025-11-16 نص", {"date": "2025-11-16"}, "نص"),
        (" date 2025-11-16  نص", {"date": "2025-11-16"}, "نص"),
        ("\ufeffdate: 2025-11-16\r\n\r\nنص", {"date": "2025-11-16"}, "نص"),
        ("date ٢٠٢٥-١١-١٦ نص", {"date": "2025-11-16"}, "نص"),
        ("date 2025-11-16", {"date": "2025-11-16"}, ""),
        ("date 2025-13-45 نص", {}, "date 2025-13-45 نص"),
        ("date 2025-02-29 نص", {}, "date 2025-02-29 نص"),
        ("date 2025-11-16نص", {}, "date 2025-11-16نص"),
        ("update 2025-11-16 نص", {}, "update 2025-11-16 نص"),
        ("نص date 2025-11-16 نص", {}, "نص date 2025-11-16 نص"),
        ("", {}, ""),
        ("---\ntitle: نص\n---\nبداية", {"title": "نص"}, "بداية"),
    ],
)
def test_header_is_a_leading_day_of_the_calendar(text, metadata, body):
    found, start = decoding.split_header(text)
    assert found == metadata
    assert text[start:] == body


ARABIC_TEXT = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة \n.،", min_size=1)


@given(ARABIC_TEXT, st.sampled_from(["cp1256", "iso8859-6", "utf-16-le", "utf-16-be", "utf-8"]))
def test_text_is_read_as_it_was_or_refused_for_certain_codecs(text, codec):
    """No crash on any text; UTF-8 always comes back, and UTF-16 as itself or not at all."""
    try:
        read, name = decoding.decode(text.encode(codec))
    except decoding.Unreadable:
        assert codec != "utf-8"
        return
    assert name in {"utf-8", "cp1256", "iso8859-6", "mac-arabic", "utf-16-le", "utf-16-be"}
    if codec in ("utf-8", "utf-16-le", "utf-16-be"):
        assert read == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1256", "utf-16"]))
def test_any_bytes_give_text_or_one_reason(data, encoding):
    try:
        text, name = decoding.decode(data, encoding)
    except decoding.Unreadable as refused:
        assert refused.what in ("encoding", "binary")  # noqa: PT017
        assert refused.detail  # noqa: PT017
    else:
        assert data.decode(name) == text
        assert "\0" not in text
