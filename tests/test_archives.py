"""Archives, harmless and hostile, all made here; what was put in is what is expected."""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
import zlib

import pytest

from toolkit import corpus
from toolkit.reading import archives, sources

SENTENCE = "وصلت القافلة إلى الواحة مساء أمس."


def read(path):
    with pytest.warns(UserWarning, match="read_texts: "):
        texts = corpus.read_texts(path)
    return texts, problems_of(texts)


def problems_of(texts):
    found = corpus.problems(texts)
    return dict(zip(found["doc"], found["what"], strict=True))


def zipped(path, files, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path, members, mode="w:gz"):
    """A tar of (TarInfo or name, bytes)."""
    with tarfile.open(path, mode) as tar:
        for member, data in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data))
    return path


# --- what is read -----------------------------------------------------------------------------


def test_zip_is_read_by_name_like_a_folder(tmp_path):
    path = zipped(
        tmp_path / "news.zip",
        {"b.txt": SENTENCE, "a/x.md": f"---\ntitle: خبر\n---\n{SENTENCE}", "README.md": "x"},
    )
    texts = corpus.read_texts(path)
    assert texts["doc"].tolist() == ["a/x", "b"]
    assert texts["title"].tolist()[0] == "خبر"
    assert texts["path"].tolist() == [path.as_posix()] * 2
    assert corpus.problems(texts).empty


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.tar", "w"),
        ("a.tar.gz", "w:gz"),
        ("a.tgz", "w:gz"),
        ("a.tar.bz2", "w:bz2"),
        ("a.tbz2", "w:bz2"),
        ("a.tar.xz", "w:xz"),
        ("a.TXZ", "w:xz"),
    ],
)
def test_tar_is_read_in_its_order(tmp_path, name, mode):
    members = [("./b.txt", SENTENCE.encode()), ("a/x.txt", SENTENCE.encode("cp1256"))]
    texts = corpus.read_texts(tarred(tmp_path / name, members, mode))
    assert texts["doc"].tolist() == ["b", "a/x"]
    assert texts["text"].tolist() == [SENTENCE] * 2
    assert texts["encoding"].tolist() == ["utf-8", "cp1256"]


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_single_compressed_file_is_read(tmp_path, suffix, pack):
    (tmp_path / f"a.txt{suffix}").write_bytes(pack(SENTENCE.encode()))
    (tmp_path / f"b.jsonl{suffix}").write_bytes(pack(f'{{"text": "{SENTENCE}"}}\n'.encode()))
    assert corpus.read_texts(tmp_path)["doc"].tolist() == ["a", "b#1"]


def test_archive_in_a_folder_has_its_name_before_those_inside(tmp_path):
    zipped(tmp_path / "news.zip", {"a.txt": SENTENCE})
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert corpus.read_texts(tmp_path)["doc"].tolist() == ["a", "news.zip/a"]


def test_every_format_is_read_in_a_tar(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    data = io.BytesIO()
    document.save(data)
    members = [("a.docx", data.getvalue()), ("b.csv", f"text\n{SENTENCE}\n".encode())]
    texts = corpus.read_texts(tarred(tmp_path / "a.tar.gz", members))
    assert texts["doc"].tolist() == ["a", "b#1"]
    assert texts["text"].tolist() == [SENTENCE] * 2


def test_name_without_the_mark_of_utf8_is_read_as_utf8(tmp_path):
    path = zipped(tmp_path / "a.zip", {"خبر.txt": SENTENCE})
    data = path.read_bytes()
    # the flag of UTF-8 names, bit 11, in the local header and in the directory
    data = data.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00")
    data = data.replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
    )
    path.write_bytes(data)
    assert corpus.read_texts(path)["doc"].tolist() == ["خبر"]


def test_macos_companions_are_no_texts(tmp_path):
    files = {"a.txt": SENTENCE, "__MACOSX/._a.txt": b"\0\5", ".DS_Store": b"\0", ".git/x.txt": "x"}
    texts = corpus.read_texts(zipped(tmp_path / "a.zip", files))
    assert texts["doc"].tolist() == ["a"]
    assert corpus.problems(texts).empty


# --- what leads out of the archive ------------------------------------------------------------

OUT = [
    "../out.txt",
    "a/../../out.txt",
    "a/..",
    "/out.txt",
    "//host/out.txt",
    "C:/out.txt",
    "C:out.txt",
    "..\\out.txt",
    "\\out.txt",
    "a\nb.txt",
]


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_name_that_leads_out_is_not_read_and_nothing_is_written(tmp_path, name, kind):
    inside = tmp_path / "inside"
    inside.mkdir()
    if kind == "zip":
        path = zipped(inside / "a.zip", {"ok.txt": SENTENCE, name: SENTENCE})
    else:
        members = [("ok.txt", SENTENCE.encode()), (name, SENTENCE.encode())]
        path = tarred(inside / "a.tar", members, "w")
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["ok"]
    assert list(problems.values()) == ["unsafe name"]
    assert [each.name for each in tmp_path.rglob("*")] == ["inside", path.name]


def test_link_in_a_zip_is_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("ok.txt", SENTENCE)
    texts, problems = read(tmp_path / "a.zip")
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {"link.txt": "link"}


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.CHRTYPE, "no file"),
        (tarfile.BLKTYPE, "no file"),
        (tarfile.FIFOTYPE, "no file"),
    ],
)
def test_link_or_device_in_a_tar_is_not_read(tmp_path, kind, what):
    info = tarfile.TarInfo("x.txt")
    info.type, info.linkname = kind, "../../secret.txt"
    path = tarred(tmp_path / "a.tar", [(info, b""), ("ok.txt", SENTENCE.encode())], "w")
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {"x.txt": what}


@pytest.mark.parametrize("name", ["b.zip", "b.tar.gz", "b.txt.gz", "b.TGZ"])
def test_archive_in_an_archive_is_not_opened(tmp_path, name):
    path = zipped(tmp_path / "a.zip", {"ok.txt": SENTENCE, name: b"PK"})
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {name: "archive"}


def test_encrypted_member_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": SENTENCE, "ok.txt": SENTENCE})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {"a.txt": "encrypted"}


# --- what swells ------------------------------------------------------------------------------


@pytest.fixture
def small_limits(monkeypatch):
    """Limits that a test can pass without filling the memory."""
    monkeypatch.setattr(archives, "HARMLESS", 1_000_000)
    monkeypatch.setattr(archives, "LARGEST_DOCUMENT", 2_000_000)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, suffix):
    path = zipped(tmp_path / "a.zip", {f"bomb{suffix}": b"\n" * 50_000_000})
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"would swell to 50,000,000"):
        corpus.read_texts(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.usefixtures("small_limits")
def test_one_member_that_swells_is_named_and_the_others_are_read(tmp_path):
    noise = os.urandom(200_000)  # so that the archive as a whole does not swell
    files = {"bomb.txt": b"a" * 3_000_000, "noise.png": noise, "ok.txt": SENTENCE}
    texts, problems = read(zipped(tmp_path / "a.zip", files))
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {"bomb.txt": "bomb", "noise.png": "format"}


@pytest.mark.usefixtures("small_limits")
def test_zip_whose_members_share_their_bytes_is_refused(tmp_path):
    # as in zip bombs of one layer: many entries of the directory lead to one member
    path = zipped(tmp_path / "a.zip", {"a.txt": b"a" * 900_000})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, number = data[start:end], 2_000
    tail = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(entry) * number, start, 0
    )
    path.write_bytes(data[:start] + entry * number + tail)
    with pytest.raises(ValueError, match="would swell to 1,800,000,000"):
        corpus.read_texts(path)


@pytest.mark.usefixtures("small_limits")
def test_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": b"a" * 500_000})
    data = path.read_bytes().replace(struct.pack("<L", 500_000), struct.pack("<L", 10))
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"'a\.txt' could not be read: Bad CRC"):
        corpus.read_texts(path)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_tar_that_swells_is_read_no_further(tmp_path, mode):
    members = [("ok.txt", SENTENCE.encode()), ("bomb.txt", b"\n" * 50_000_000)]
    path = tarred(tmp_path / f"a.tar.{mode[2:]}", members, mode)
    tracemalloc.start()
    texts, problems = read(path)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    assert texts["doc"].tolist() == ["ok"]
    assert problems[path.name] == "bomb"


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
def test_compressed_file_that_swells_is_refused(tmp_path, pack, suffix):
    ends = {gzip.compress: ".gz", bz2.compress: ".bz2", lzma.compress: ".xz"}
    (tmp_path / f"a{suffix}{ends[pack]}").write_bytes(pack(b"text\n" + b" " * 50_000_000))
    with pytest.raises(ValueError, match=r"swells to more than|more than one document"):
        corpus.read_texts(tmp_path)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.xlsx"])
def test_document_that_is_a_bomb_is_refused(tmp_path, name):
    pytest.importorskip("lxml")
    path = zipped(tmp_path / name, {"word/document.xml": b" " * 50_000_000, "content.xml": b"x"})
    with pytest.raises(ValueError, match="would swell to 50,000,001"):
        corpus.read_texts(path)


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    files = {f"{number}.txt": SENTENCE for number in range(4)}
    with pytest.raises(ValueError, match="4 members, more than 3"):
        corpus.read_texts(zipped(tmp_path / "a.zip", files))
    members = [(name, text.encode()) for name, text in files.items()]
    texts, problems = read(tarred(tmp_path / "a.tar", members, "w"))
    assert len(texts) == 3
    assert problems == {"a.tar": "bomb"}


def test_sparse_member_of_a_tar_is_not_read(tmp_path):
    # a member of the old GNU format: one megabyte on tape, a terabyte in its header
    info = tarfile.TarInfo("x.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:398], header[398:410] = b"00000000000\0", b"00000000000\0"
    header[483:495] = b"\x80\0\0\0\0\0\x10\0\0\0\0\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header[:512])
    good = tarred(tmp_path / "b.tar", [("ok.txt", SENTENCE.encode())], "w").read_bytes()
    (tmp_path / "a.tar").write_bytes(bytes(header[:512]) + good)
    texts, problems = read(tmp_path / "a.tar")
    assert texts["doc"].tolist() == ["ok"]
    assert problems == {"x.txt": "no file"}


# --- what is damaged --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.txt.gz"])
@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all" * 100, bytes(range(256)) * 9])
def test_what_is_no_archive_is_one_error(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=rf"^read_texts: '{name}' could not be read: "):
        corpus.read_texts(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar"])
def test_archive_that_was_cut_is_told(tmp_path, share, kind):
    texts = {f"{number}.txt": (SENTENCE + os.urandom(2_000).hex()) for number in range(20)}
    if kind == "zip":
        path = zipped(tmp_path / "a.zip", texts)
    else:
        members = [(name, text.encode()) for name, text in texts.items()]
        path = tarred(tmp_path / f"a.{kind}", members, "w:gz" if kind == "tar.gz" else "w")
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    (tmp_path / "ok.txt").write_text(SENTENCE, encoding="utf-8")
    found, problems = read(tmp_path)
    assert "ok" in set(found["doc"])
    assert path.name in problems or any(name.startswith(path.name) for name in problems)


def test_damaged_member_is_named_and_the_others_are_read(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": SENTENCE * 50, "b.txt": SENTENCE})
    data = bytearray(path.read_bytes())
    data[40:60] = bytes(20)
    path.write_bytes(bytes(data))
    texts, problems = read(path)
    assert texts["doc"].tolist() == ["b"]
    assert problems == {"a.txt": "damaged"}


def test_deflate_stream_is_bounded_whatever_the_directory_says():
    # zlib itself: what is counted is what was unpacked
    packed = zlib.compress(b"\n" * 100_000_000)
    assert len(packed) < 100_000
    limited = archives._Limited(io.BytesIO(zlib.decompress(packed)), len(packed))
    with pytest.raises(archives.Unreadable, match="swells"):
        io.BufferedReader(limited).read()


def test_places_are_found_without_reading_them(tmp_path):
    zipped(tmp_path / "a.zip", {"b.txt": SENTENCE, "a.txt": SENTENCE})
    found, problems = sources.places("read_texts", tmp_path)
    assert [(place.name, place.member) for place in found] == [
        ("a.zip/a.txt", 2),
        ("a.zip/b.txt", 1),
    ]
    assert problems == []
