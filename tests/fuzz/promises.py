"""What every input must keep, whatever it is: functions that take one and fail where it does not.

Each takes one input of its kind. They are called by `fuzz.py` for hours, and by `test_promises.py`
for a few seconds.
"""

import contextlib
import hashlib
import itertools
import logging
import re
import shutil
import signal
import tempfile
import time
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from toolkit import corpus, dates, normalise, show
from toolkit.arabic import offsets, transliterate
from toolkit.reading import decoding, front_matter, html_text, mojibake, openiti, xml_text

# Seconds of processor time for an input of at most 20 kB.
LONGEST = 5.0
ISO_DAY = re.compile(r"-?\d{4,}-\d{2}-\d{2}")
PLAIN = (".txt", ".text", ".md")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz")
SOME_OPTIONS = ({}, {"hamza": False}, {"ya": False, "digits": False}, {"ta_marbuta": False})
REVERSIBLE = set(transliterate.BUCKWALTER) | {" ", "\n", "،", "٣", "é"}


class Slow(Exception):
    """An input took too long."""


@contextlib.contextmanager
def in_time(limit=LONGEST):
    """Fail where what is done inside needs more processor time than the limit."""

    def stop(*_):
        raise Slow(f"more than {4 * limit:.0f} s")

    begin = time.process_time()
    if hasattr(signal, "SIGPROF"):  # elsewhere what never ends is not stopped
        before = signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, 4 * limit)
    try:
        yield
    finally:
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    spent = time.process_time() - begin
    if spent > limit:
        raise Slow(f"{spent:.1f} s")


# --- spelling ---------------------------------------------------------------------------------


def spelling(text):
    """`normalise`: idempotent folding, offsets that lead back, transliteration that turns back."""
    with in_time():
        cleaned, back = normalise.clean(text)
        check_offsets(text, cleaned, back)
        assert normalise.clean(cleaned)[0] == cleaned
        assert normalise._weak(text) == cleaned
        assert any(normalise.changes(text).values()) != back.is_identity or cleaned == text
        for options in SOME_OPTIONS:
            folded = normalise.fold(text, **options)
            assert normalise.fold(folded, **options) == folded
            assert normalise.fold(cleaned, **options) == folded
        check_single_foldings(text)
        check_transliteration(text)


def check_offsets(text, cleaned, back):
    assert isinstance(back, offsets.OffsetMap)
    assert len(back) == len(cleaned)
    if back.is_identity:
        assert cleaned == text
        return
    spans = [back.span(place, place + 1) for place in range(len(cleaned))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for (start, end), (later_start, later_end) in itertools.pairwise(spans):
        assert start <= later_start
        assert end <= later_end
        assert end <= later_start or (start, end) == (later_start, later_end)
    for piece in re.finditer(r"\S+", cleaned):
        start, end = back.span(*piece.span())
        assert normalise.clean(text[start:end])[0] == piece[0]
        assert normalise.fold(text[start:end]) == normalise.fold(piece[0])


def check_single_foldings(text):
    for one in (
        normalise.strip_diacritics,
        normalise.strip_tatweel,
        normalise.strip_marks,
        normalise.strip_controls,
        normalise.fold_presentation_forms,
        normalise.fold_lookalikes,
        normalise.fold_ya,
        normalise.fold_ta_marbuta,
        normalise.fold_digits,
        normalise.join_hamza,
    ):
        once = one(text)
        assert one(once) == once, one.__name__
    assert len(normalise.skeleton(text)) == len(text)
    assert normalise.kind(text) in ("word", "number", "punctuation", "symbol")


def check_transliteration(text):
    kept = "".join(char for char in text if char in REVERSIBLE)
    latin = normalise.transliterate(kept, "buckwalter")
    assert normalise.transliterate(latin, "buckwalter", reverse=True) == kept
    assert len(normalise.transliterate(text, "hsb")) == len(text)
    assert not re.search("[ء-غف-ي]", normalise.transliterate(text, "ijmes"))


# --- dates ------------------------------------------------------------------------------------


def date_expressions(given):
    """`dates.find_dates` of (text, day of the document, where the body begins)."""
    text, day, begin = given
    texts = pd.DataFrame(
        {"doc": ["a", "b"], "text": [text, "في 3 مايو 2020"], "date": [day, None]}
    ).assign(body_start=[min(max(begin, 0), len(text)), 0])
    with in_time(), own_warnings("find_dates"):
        found = dates.find_dates(texts)
    assert found["doc"].tolist()[-1] == "b"
    rows = found[found["doc"] == "a"]
    assert len(found) == len(rows) + 1
    previous = 0
    for row in rows.itertuples():
        assert previous <= row.start < row.end <= len(text)
        assert row.start >= min(begin, len(text))
        assert row.text == text[row.start : row.end]
        previous = row.end
        check_days(row)


def check_days(row):
    assert row.precision in dates.PRECISIONS
    missing = row.precision in ("vague", "unresolved")
    assert pd.isna(row.first) == pd.isna(row.last) == missing
    if missing:
        return
    assert ISO_DAY.fullmatch(row.first)
    assert ISO_DAY.fullmatch(row.last)
    assert as_numbers(row.first) <= as_numbers(row.last)
    if row.precision == "day":
        assert row.first == row.last


def as_numbers(day):
    year, month, number = day.rsplit("-", 2)
    assert 1 <= int(month) <= 12
    assert 1 <= int(number) <= 31
    return int(year), int(month), int(number)


# --- headers ----------------------------------------------------------------------------------


def header(text):
    """`front_matter` and `mojibake.signs`: a place in the text, strings, sentences."""
    with in_time():
        found = front_matter.front_matter(text)
        signs = list(mojibake.signs(text))
    assert 0 <= found.body_start <= len(text)
    assert bool(found.body_start) or not (found.metadata or found.problems)
    for key, value in found.metadata.items():
        assert key
        assert isinstance(value, str)
    assert all(found.problems)
    assert all(what and detail for what, detail in signs)


# --- files ------------------------------------------------------------------------------------


def files(given, options=None):
    """`corpus.read_texts` of a folder with these files (name to bytes): nothing is lost."""
    options = options or {}
    with folder_of(given) as folder:
        texts, refused = read(folder, options)
        for name, data in given.items():
            check_told(name, data, texts, refused)
        if texts is not None:
            check_texts(texts)
            again(folder, texts, given, options)


def files_with_options(given):
    """The same with options: files, and what `read_texts` is told beside them."""
    files(*given)


def side_tables(given):
    """`read_texts` of one text with a table of metadata, a name and its bytes."""
    name, data = given
    with folder_of({"a.txt": "وصلت القافلة".encode()}) as folder:
        beside = folder.parent / name
        beside.write_bytes(data)
        texts, refused = read(folder, {"metadata": beside})
        if texts is None:
            assert name in refused or "metadata" in refused
        else:
            check_texts(texts)


def read(folder, options):
    """The table, or what was said in its place; both with the warnings that may be."""
    try:
        with in_time(), own_warnings("read_texts") as said:
            texts = corpus.read_texts(folder, **options)
    except ValueError as error:
        if not str(error).startswith("read_texts: "):
            raise
        return None, str(error)
    assert bool(said) == bool(len(corpus.problems(texts)))
    return texts, ""


def check_told(name, data, texts, refused):
    """A file gives rows, or a row in the problems that names it, or is named by the error."""
    stem = name.partition(".")[0]
    if texts is None:
        # an archive may be empty
        told = repr(stem)[1:-1] in refused or "none of" in refused
        assert told or ("no text file" in refused and name.endswith(ARCHIVES)), refused
        return
    mine = texts[texts["path"].map(Path).map(lambda path: path.name) == Path(name).name]
    about = corpus.problems(texts)["doc"].astype(str)
    told = about.str.startswith(stem).any() or name.endswith(ARCHIVES)
    assert len(mine) or told, f"{name} is lost"
    if name.endswith(PLAIN) and len(mine):
        row = mine.iloc[0]
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
        written = data.decode(row["encoding"])
        if "OpenITI#" not in written[:20]:
            assert written == row["text"], "the text was changed"


def check_texts(texts):
    fixed = ["doc", "text", "date", "body_start", "path", "encoding", "sha256"]
    assert list(texts.columns[:7]) == fixed
    assert texts.columns.is_unique
    assert texts["doc"].is_unique
    for row in texts[fixed].itertuples():
        assert row.doc
        assert row.text.strip()
        assert 0 <= row.body_start <= len(row.text)
        assert pd.isna(row.date) or re.fullmatch(r"\d{4}-\d\d-\d\d", row.date)
        assert re.fullmatch("[0-9a-f]{64}", row.sha256)
    problems = corpus.problems(texts)
    for row in problems.itertuples():
        assert row.doc
        assert row.stage == "read"
        assert row.what
        assert row.detail
        assert len(row.detail) <= 1_000
    for table in (texts, problems):
        for value in [*table.columns, *table.to_numpy().ravel()]:
            str(value).encode()  # no half of a surrogate pair


def again(folder, texts, given, options):
    """A stream gives the same, and what was read can be kept; tried for one input in eight."""
    if sum(map(len, given.values())) % 8:
        return
    parts = list(corpus.stream_texts(folder, **options))
    streamed = pd.concat(parts, ignore_index=True)
    assert streamed[["doc", "text"]].equals(texts[["doc", "text"]])
    kept = corpus.save(corpus.Corpus(texts=texts), folder.parent / "kept")
    loaded = corpus.load(kept).texts
    assert list(loaded.columns) == list(texts.columns)
    pd.testing.assert_frame_equal(loaded, texts)
    with own_warnings("find_dates"):
        dates.find_dates(texts)


@contextlib.contextmanager
def folder_of(given):
    outer = Path(tempfile.mkdtemp(dir=SHARED))
    folder = outer / "texts"
    try:
        for name, data in given.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield folder
    finally:
        shutil.rmtree(outer, ignore_errors=True)


SHARED = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Heard(logging.Handler):
    """What the packages below would have written to the terminal."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append(record.getMessage())


@contextlib.contextmanager
def own_warnings(function):
    """Fail where there is a warning or a log line that is not the package's own."""
    heard = Heard()
    logging.getLogger().addHandler(heard)
    own = []
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            yield own
    finally:
        logging.getLogger().removeHandler(heard)
    for warning in said:
        text = str(warning.message)
        assert text.startswith(f"{function}: "), f"{warning.category.__name__}: {text:.200}"
        own.append(text)
    assert len(own) <= 1
    assert not heard.records, heard.records[:2]


# --- display ----------------------------------------------------------------------------------

VOID = {"br", "wbr"}
ELEMENTS = VOID | {
    *("div", "span", "p", "b", "bdi", "bdo", "mark", "button", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "ul", "ol", "li"),
    *("ruby", "rt", "sub", "sup", "small", "style", "script"),
}


class Strict(HTMLParser):
    """Fails for elements that are not closed in order, of another kind, or that do something."""

    def __init__(self, page):
        super().__init__()
        self.open, self.scripts = [], 0
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in ELEMENTS, tag
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        assert len({name for name, _ in attrs}) == len(attrs)
        self.scripts += tag == "script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data!r}")


UNSAFE = re.compile("[\0-\b\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f]")


def display(given):
    """`show.kwic`, `entities` and `table`: closed elements, no script of others, equal bytes."""
    kind, tables, options = given
    make = {"kwic": show.kwic, "entities": show.entities, "table": show.table}[kind]
    with in_time(), own_warnings(kind):
        try:
            first = make(*tables, **options)
            second = make(*(table.copy() for table in tables), **options)
        except ValueError as error:
            if not str(error).startswith(f"{kind}: "):
                raise
            return
    page = first.html
    assert page == second.html
    parser = Strict(page)
    assert parser.scripts <= 1
    outside = re.sub("<(script|style)>.*?</\\1>", "", page, flags=re.DOTALL)
    assert not set(UNSAFE.findall(outside)) - {"\u2068", "\u2069"}
    assert "\u2068" not in outside
    page.encode()
    assert repr(first)


# --- how time grows ---------------------------------------------------------------------------

SHORT, LONG = 8_000, 64_000
# Eight times the text may take so many times the time, and is not measured below one second.
MOST_TIMES = 24


def growth(piece):
    """A piece again and again: eight times the text takes about eight times the time."""
    if not piece:
        return
    for make in READING:
        short, long = (seconds(make, repeated(piece, size)) for size in (SHORT, LONG))
        assert long < 1 or long < MOST_TIMES * short, f"{make.__name__}: {short:.2f}, {long:.2f} s"


def repeated(piece, size):
    return piece * (size // len(piece) + 1)


def seconds(make, text):
    begin = time.process_time()
    with in_time(30):
        make(text)
    return time.process_time() - begin


def dates_of(text):
    dates.find_dates(pd.DataFrame({"doc": ["a"], "text": [text]}))


def ijmes_of(text):
    normalise.transliterate(text, "ijmes")


def head_of(text):
    with contextlib.suppress(decoding.Unreadable):
        openiti.document(
            decoding.ReadFile(f"######OpenITI#\n{text}\n{END}\nنص", "utf-8", ""), print_not
        )


def page_of(text):
    with contextlib.suppress(decoding.Unreadable):
        html_text.HTML.text_of(xml_text.html_tree(f"<p>ا</p>{text}", "HTML"))


def front_matter_of(text):
    front_matter.front_matter(f"---\na: {text}\n---\n")


def signs_of(text):
    list(mojibake.signs(text))


def decoded(text):
    with contextlib.suppress(decoding.Unreadable):
        decoding.decode(text.encode("cp1256", "replace"))


def print_not(*_):
    """Where a reader reports what it met."""


END = "#META#Header#End#"
READING = (
    dates_of,
    normalise.clean,
    normalise.fold,
    ijmes_of,
    decoding.header,
    front_matter_of,
    signs_of,
    decoded,
    head_of,
    page_of,
)
