"""Draw the paragraphs of the sentence gold from the 2018 news and list where they stand.

    python training/gold/sample.py --data ../shared/data

Prints a tab-separated line per paragraph: source, article, section, number of the line below the
article's first line (the title is 0), and the SHA-256 of the paragraph. No text is printed.

The rule: for each source and section, the articles are put in an order drawn with a fixed seed;
from each in turn one paragraph is drawn among those that are eligible, until the section has its
share. A paragraph is a line below the title. It is eligible if it is no boilerplate and has either
25 words or a final mark before its last word. Nothing is left out for being odd or hard.
"""

import argparse
import hashlib
import lzma
import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from vectors import BOILERPLATE, NEWS, fold

SEED = 20180218
PARAGRAPHS_PER_SOURCE = 120
SOURCES = ("Alarabia", "BBC", "SkyNews")
FEWEST_WORDS = 25
INNER_MARK = re.compile(r"[.!?؟…].*\w", re.DOTALL)


def read_articles(data, source):
    """Yield article id, section and lines (the title first) of one file of the raw data."""
    path = Path(data) / NEWS / f"{source}.txt.xz"
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there. Pass the folder of the raw data as --data.")
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for block in file.read().split("\n\n"):
            header, *lines = block.strip("\n").split("\n")
            if header.startswith("# "):
                article, _, section = header[2:].split("\t")
                yield article, section, lines


def is_eligible(line):
    """Whether a line is running text: no boilerplate, and long or with a final mark inside."""
    if BOILERPLATE.search(fold(line)):
        return False
    return len(line.split()) >= FEWEST_WORDS or bool(INNER_MARK.search(line))


def draw(data, source):
    """Yield article, section, line number and text of the paragraphs drawn from one source."""
    generator = random.Random(f"{SEED} {source}")
    sections = {}
    for article, section, lines in read_articles(data, source):
        sections.setdefault(section, []).append((article, lines))
    share = PARAGRAPHS_PER_SOURCE // len(sections)
    for section, articles in sorted(sections.items()):
        taken = 0
        for article, lines in generator.sample(articles, len(articles)):
            eligible = [at for at, line in enumerate(lines) if at and is_eligible(line.strip())]
            if eligible and taken < share:
                at = generator.choice(eligible)
                yield article, section, at, lines[at].strip()
                taken += 1


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    options = parser.parse_args()
    for source in SOURCES:
        for article, section, at, text in draw(options.data, source):
            print(source, article, section, at, digest(text), sep="\t")


if __name__ == "__main__":
    main()
