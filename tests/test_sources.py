"""Files, folders and patterns of paths, made here."""

import os
import warnings

import pytest
from texts_read import make

from toolkit import corpus
from toolkit.reading import sources


def docs(paths):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return corpus.read_texts(paths)["doc"].tolist()


def test_files_come_in_a_fixed_order_without_companions(tmp_path):
    names = ["b/2.txt", "b/1.TXT", "a.md", "c.text", "d.png", "noend"]
    make(tmp_path, *names, "README.md", "LICENSE", "b/CITATION.cff", ".hidden.txt", ".git/x.txt")
    found, problems = sources.places("read_texts", tmp_path)
    assert [place.name for place in found] == ["a.md", "b/1.TXT", "b/2.txt", "c.text"]
    assert [(row[0], row[2]) for row in problems] == [("d.png", "format"), ("noend", "format")]


def test_companion_is_a_whole_word(tmp_path):
    make(tmp_path, "licensed_news.txt", "readmes.txt")
    assert docs(tmp_path) == ["licensed_news", "readmes"]


@pytest.mark.skipif(os.name == "nt", reason="making links needs a privilege on Windows")
def test_link_to_a_file_that_is_gone_is_listed(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.warns(UserWarning, match="1 of 2 files were not read"):
        texts = corpus.read_texts(tmp_path)
    assert corpus.problems(texts)[["doc", "what"]].to_numpy().tolist() == [
        ["link.txt", "cannot be opened"]
    ]


def test_folder_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    make(tmp_path, "a.txt", "locked/b.txt")
    scandir = os.scandir

    def refuse(path):
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found, problems = sources.places("read_texts", tmp_path)
    assert [place.name for place in found] == ["a.txt"]
    assert problems == [("locked", "read", "cannot be opened", "Permission denied")]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a", "b"]),
        ("**/*.txt", ["a", "b", "x/c", "x/y/d"]),
        ("x/*/*.txt", ["y/d"]),
        ("[ab].txt", ["a", "b"]),
        ("?.md", ["e"]),
        ("*", ["a", "b", "e", "x/c", "x/y/d"]),
        ("**", ["a", "b", "e", "x/c", "x/y/d"]),
        ("*.md", ["e"]),
    ],
)
def test_pattern_of_paths_stands_for_what_it_matches_once(tmp_path, pattern, expected):
    make(tmp_path, "a.txt", "b.txt", "e.md", "README.md", "x/c.txt", "x/y/d.txt")
    assert sorted(docs(str(tmp_path / pattern))) == expected


def names_and_problems(path):
    found, problems = sources.places("read_texts", path)
    return [place.name for place in found], [(row[0], *row[2:]) for row in problems]


# Folder, pattern that fits as far down as there are texts, pattern that stands for each level.
SHAPES = ["", "**", "**/*.txt", "*"]
NEEDS_LINKS = pytest.mark.skipif(
    os.name == "nt", reason="making links needs a privilege on Windows"
)


@NEEDS_LINKS
@pytest.mark.parametrize("shape", SHAPES)
def test_linked_folder_is_read(tmp_path, shape):
    make(tmp_path, "in/a.txt", "elsewhere/b.txt", "elsewhere/x/c.txt")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "elsewhere")
    names, problems = names_and_problems(str(tmp_path / "in" / shape))
    assert names == ["a.txt", "more/b.txt", "more/x/c.txt"]
    assert problems == []


@NEEDS_LINKS
@pytest.mark.parametrize("shape", SHAPES)
def test_folder_is_read_once_however_many_links_lead_to_it(tmp_path, shape):
    make(tmp_path, "in/x/a.txt", "elsewhere/b.txt")
    (tmp_path / "in" / "again").symlink_to("x")
    (tmp_path / "in" / "first").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "second").symlink_to(tmp_path / "elsewhere")
    names, problems = names_and_problems(str(tmp_path / "in" / shape))
    assert names == ["first/b.txt", "x/a.txt"]
    assert problems == [
        ("again", "link", "it leads to the folder 'x', which is read there"),
        ("second", "link", "it leads to the folder 'first', which is read there"),
    ]


@NEEDS_LINKS
@pytest.mark.parametrize("shape", SHAPES)
def test_links_in_a_circle_are_told_and_end(tmp_path, shape):
    make(tmp_path, "in/x/a.txt", "in/y/b.txt", "beside.txt")
    (tmp_path / "in" / "x" / "up").symlink_to("..")
    (tmp_path / "in" / "x" / "itself").symlink_to(".")
    (tmp_path / "in" / "y" / "out").symlink_to(tmp_path)
    names, problems = names_and_problems(str(tmp_path / "in" / shape))
    assert names == ["x/a.txt", "y/b.txt"]
    back = "it leads back to a folder that it lies in"
    assert problems == [(name, "link", back) for name in ("x/itself", "x/up", "y/out")]


@NEEDS_LINKS
@pytest.mark.parametrize("pattern", ["**/cur/**/*.txt", "**/2020/*.txt"])
def test_pattern_that_names_a_link_reads_what_it_leads_to(tmp_path, pattern):
    make(tmp_path, "archive/x/1.txt", "cur/2.txt")
    (tmp_path / "cur" / "2020").symlink_to(tmp_path / "archive" / "x")
    names, problems = names_and_problems(str(tmp_path / pattern))
    assert "cur/2020/1.txt" in names
    assert problems == []


def test_pattern_that_names_a_hidden_folder_reads_it(tmp_path):
    make(tmp_path, "a/.kept/1.txt", "a/.other/2.txt")
    assert names_and_problems(str(tmp_path / "**" / ".kept" / "*.txt")) == (["a/.kept/1.txt"], [])


@NEEDS_LINKS
@pytest.mark.parametrize("order", [["w", "x"], ["x", "w"]])
def test_folder_that_is_given_and_linked_is_read_for_itself(tmp_path, order):
    make(tmp_path, "w/a.txt", "x/1.txt")
    (tmp_path / "w" / "more").symlink_to(tmp_path / "x")
    found, problems = sources.places("read_texts", [tmp_path / each for each in order])
    assert sorted(place.name for place in found) == ["1.txt", "a.txt"]
    shown = (tmp_path / "x").as_posix()
    said = f"it leads to {shown!r}, which is read for itself"
    assert [row for row in problems if row[2] == "link"] == [("more", "read", "link", said)]


@NEEDS_LINKS
def test_folder_that_two_links_lead_to_is_told_once(tmp_path):
    make(tmp_path, "real/1.txt", "real/2.txt", "real/3.txt")
    for name in ("one", "two"):
        (tmp_path / name).symlink_to("real")
    names, problems = names_and_problems(str(tmp_path / "*" / "*.txt"))
    assert names == ["real/1.txt", "real/2.txt", "real/3.txt"]
    assert [name for name, _, _ in problems] == ["one", "two"]


@NEEDS_LINKS
def test_pattern_of_fixed_depth_gives_a_file_once(tmp_path):
    make(tmp_path, "z/a.txt")
    (tmp_path / "l").symlink_to("z")
    names, problems = names_and_problems(str(tmp_path / "*" / "*.txt"))
    assert names == ["z/a.txt"]
    assert problems == [("l", "link", "it leads to the folder 'z', which is read there")]
    assert names_and_problems(str(tmp_path / "l" / "*.txt")) == (["a.txt"], [])
    assert names_and_problems(tmp_path / "l") == (["a.txt"], [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("shape", SHAPES)
def test_special_file_is_told(tmp_path, shape):
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    names, problems = names_and_problems(str(tmp_path / shape))
    assert names == ["a.txt"]
    assert problems == [("pipe.txt", "no file", "it is no file, but a device or the like")]


@NEEDS_LINKS
def test_link_to_nothing_is_told_whatever_its_name(tmp_path):
    make(tmp_path, "a.txt")
    (tmp_path / "data").symlink_to(tmp_path / "not_mounted")
    assert names_and_problems(tmp_path) == (
        ["a.txt"],
        [("data", "cannot be opened", "it is a link to nothing")],
    )


def test_folder_that_is_closed_is_called_as_it_was_given(tmp_path, monkeypatch):
    make(tmp_path, "closed/a.txt")

    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ValueError, match=r"^read_texts: 'closed' could not be read: Permission"):
        corpus.read_texts("closed")


def test_pattern_that_matches_nothing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^read_texts: no file matches '.*\*\.txt'\.$"):
        corpus.read_texts(str(tmp_path / "*.txt"))


def test_file_whose_name_has_signs_of_a_pattern_is_that_file(tmp_path):
    make(tmp_path, "a[1].txt", "a1.txt")
    assert docs(tmp_path / "a[1].txt") == ["a[1]"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", True),
        ("a/b/c.txt", True),
        ("../a.txt", True),
        (".a.txt", False),
        ("a/.b/c.txt", False),
        ("__MACOSX/a.txt", False),
        ("readme.md", False),
        ("README", False),
        ("licence.txt", False),
        ("a/CHANGELOG.txt", False),
    ],
)
def test_hidden_files_and_companions_are_no_content(name, content):
    assert sources.is_content(name) == content
