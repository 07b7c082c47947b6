"""The texts that stand-off gold speaks of: read from the raw data, checked by their SHA-256.

A row of ``gold/dates.tsv`` or ``gold/entity_names.tsv`` says where its text stands (source file,
article, and a line or the number of lines from the title on) and what its digest is.
"""

import csv
import hashlib
import lzma
import re
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from vectors import NEWS, WIKI

GOLD = Path(__file__).with_name("gold")
HALVES = ("open", "aside")


def read_rows(name):
    """The rows of a file of the gold, a dict each."""
    with open(GOLD / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def read_source(data, source):
    """The whole text of one raw file."""
    folder = WIKI if source.startswith("arwiki") else NEWS
    path = Path(data) / folder / f"{source}.txt.xz"
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there. Pass the folder of the raw data as --data.")
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return "\n" + file.read()


def read_articles(data, source):
    """Pairs of an article's number and its lines, the title first, of one raw file."""
    for block in re.split(r"\n# (?=[^\n]*\t)", read_source(data, source))[1:]:
        header, *lines = block.split("\n")
        yield header.split("\t")[0], lines


def find_article(text, article):
    """The lines of one article of a raw file's text; none where it is not there."""
    start = text.find(f"\n# {article}\t")
    if start < 0:
        return []
    end = re.compile(r"\n# [^\n]*\t|\Z").search(text, start + 1).start()
    return text[start + 1 : end].split("\n")[1:]


def passages(rows, data):
    """(row, text) of each passage of ``dates.tsv``: the row is its first one."""
    yield from located(rows, data, lambda row, lines: lines[int(row["line"])].strip())


def beginnings(rows, data):
    """(row, text) of each article of ``entity_names.tsv``: the row is its first one."""
    yield from located(rows, data, lambda row, lines: "\n".join(lines[: int(row["lines"])]))


def located(rows, data, cut):
    """The first row of each article with the text that ``cut`` takes from its lines, checked."""
    firsts = {}
    for row in rows:
        firsts.setdefault((row["source"], row["article"]), row)
    by_source = sorted(firsts.values(), key=itemgetter("source"))
    for source, group in groupby(by_source, key=itemgetter("source")):
        whole = read_source(data, source)
        for row in group:
            yield row, checked(row, find_article(whole, row["article"]), cut)


def checked(row, lines, cut):
    place = f"{row['source']}, article {row['article']}"
    try:
        text = cut(row, lines)
    except IndexError:
        text = ""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if digest != row["sha256"]:
        raise ValueError(
            f"gold_texts: the text of {place} is not the one that was labelled (its SHA-256 is "
            f"{digest[:12]}, the gold's {row['sha256'][:12]}). Take ANT corpus 2.1 and the ar-arz "
            "Wikipedia dump of 2017-01-20."
        )
    return text


def key(row):
    """The name of a row's article, unique in the gold."""
    return f"{row['source']}:{row['article']}"


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"
