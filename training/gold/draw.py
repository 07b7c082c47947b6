"""Draw the passages of the dates gold and the articles of the names gold again, and list places.

    python training/gold/draw.py dates --data ../shared/data
    python training/gold/draw.py names --data ../shared/data

Prints a tab-separated line per text: source, article, line (dates) or number of lines (names), the
draw, and the SHA-256 of the text. No text is printed. ``names`` lists the articles drawn at random;
those drawn for names that are alike or short depend on what the models find and are not drawn again
(see ``dates_and_names.md``).
"""

import argparse
import random
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from gold_texts import read_articles
from sample import SOURCES, digest
from sample import read_articles as read_news
from vectors import BOILERPLATE, fold

DATES_SEED, RARE_SEED, NAMES_SEED = 20181104, 20170120, 20181105
WORDS = range(30, 121)
# Passages of each source, divided among its sections: any; with a cue; with three cues or more.
SHARES = {"even": (45, 42, 45), "cued": (45, 48, 45), "dense": (20, 24, 20)}
DENSE_CUES = 3
CUE = re.compile(
    r"(?:1[0-9]|20)[0-9]{2}|يناير|فبراير|مارس|[اأإ]بريل|مايو|يوني[وة]|يولي[وة]|[اأ]غسطس|سبتمبر"
    r"|[اأ]كتوبر|نوفمبر|ديسمبر|كانون|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|تشرين|[أا]يلول"
    r"|رمضان|شوال|محرم|هجري|ال[أا]حد|ال[إا]ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة|السبت"
    r"|\bعام\b|سنة|سنوات|[أا]عوام|عقد|عقود|قرن|قرون|شهر|[أا]شهر|شهور|يوم|[أا]يام|[أا]سبوع"
    r"|[أا]سابيع|[أا]مس|غد[اً]|القرن|ينيات"
)
RARE = {
    "hijri": r"[0-9٠-٩] ?هـ|هجري|محرم|صفر|ربيع (?:ال[أا]ول|الثاني|الآخر)|جماد[ىي]|رجب|شعبان|رمضان"
    r"|شوال|ذ[وي] (?:القعدة|الحجة)",
    "century": r"القرن (?:ال|[0-9٠-٩])|القرنين|القرون",
    "decade": r"(?:عشرين|ثلاثين|[أا]ربعين|خمسين|ستين|سبعين|ثمانين|تسعين)(?:ي)?ات\b|\bعقد\b|العقد ",
    "range": r"(?:1[0-9]|20)[0-9]{2} ?[-–—] ?(?:1[0-9]|20)[0-9]{2}|بين عامي"
    r"|من عام [0-9]+ (?:إلى|حتى)|عامي [0-9]",
    "words": r"(?:عام|سنة) (?:ألف|[اأ]لف|مئة|مائة)|(?:ال[أا]ول|الثاني|الثالث|الرابع|الخامس|السادس"
    r"|السابع|الثامن|التاسع|العاشر)(?: عشر| والعشرين)? من (?:شهر )?(?:يناير|فبراير|مارس|[أا]بريل"
    r"|مايو|يوني|يولي|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر)",
    "bc": r"ق\. ?م|قبل الميلاد|قبل ميلاد|ق م\b",
}
RARE_EACH = 8
ARTICLES, FEWEST, ENOUGH, MOST = 20, 60, 110, 200  # per source; words of a beginning


def is_eligible(line):
    return len(line.split()) in WORDS and not BOILERPLATE.search(fold(line))


def by_section(data, source):
    sections = {}
    for article, section, lines in read_news(data, source):
        sections.setdefault(section, []).append((article, lines))
    return sorted(sections.items())


def enough_cues(line, draw):
    fewest = {"even": 0, "cued": 1, "dense": DENSE_CUES}[draw]
    return len(CUE.findall(fold(line))) >= fewest


def draw_news(data, source, place, draws, taken):
    """Passages of one source, one an article: the draws in order within each section."""
    suffix = " dense" if draws == ("dense",) else ""
    generator = random.Random(f"{DATES_SEED} {source}{suffix}")
    sections = by_section(data, source)
    wanted = [draw for draw in draws for _ in range(SHARES[draw][place] // len(sections))]
    for _, articles in sections:
        left = list(wanted)
        for article, lines in generator.sample(articles, len(articles)):
            if not left or article in taken:
                continue
            eligible = [
                at
                for at, line in enumerate(lines)
                if at and is_eligible(line.strip()) and enough_cues(line.strip(), left[0])
            ]
            if eligible:
                at = generator.choice(eligible)
                taken.add(article)
                yield source, article, at, left.pop(0), digest(lines[at].strip())


def draw_rare(data):
    """Passages of Wikipedia with a rare kind of expression, as many of each kind."""
    pools = {kind: {} for kind in RARE}
    for source in (f"arwiki_{number:02}" for number in range(6)):
        for article, lines in read_articles(data, source):
            for at, line in enumerate(map(str.strip, lines)):
                if is_eligible(line):
                    for kind, pattern in RARE.items():
                        if re.search(pattern, fold(line)):
                            pools[kind].setdefault((source, article), []).append((at, line))
    taken = set()
    for kind, pool in pools.items():
        generator = random.Random(f"{RARE_SEED} {kind}")
        left = RARE_EACH
        for place in generator.sample(list(pool), len(pool)):
            if left and place not in taken:
                at, line = generator.choice(pool[place])
                taken.add(place)
                left -= 1
                yield *place, at, "rare", digest(line)


def draw_dates(data):
    taken = {source: set() for source in SOURCES}
    for draws in (("even", "cued"), ("dense",)):
        for place, source in enumerate(SOURCES):
            yield from draw_news(data, source, place, draws, taken[source])
    yield from draw_rare(data)


def beginning(lines):
    """How many lines make the beginning of an article, and how many words they have."""
    words = upto = 0
    for line in lines:
        if upto and BOILERPLATE.search(fold(line)):
            break
        words += len(line.split())
        upto += 1
        if words >= ENOUGH:
            break
    return upto, words


def draw_names(data):
    """Beginnings of articles, evenly over the sections of each source."""
    for source in SOURCES:
        generator = random.Random(f"{NAMES_SEED} {source}")
        sections = by_section(data, source)
        for place, (_, articles) in enumerate(sections):
            left = ARTICLES // len(sections) + (place < ARTICLES % len(sections))
            for article, lines in generator.sample(articles, len(articles)):
                upto, words = beginning(lines)
                if left and FEWEST <= words <= MOST:
                    left -= 1
                    yield source, article, upto, "even", digest("\n".join(lines[:upto]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("dates", "names"))
    parser.add_argument("--data", default="../shared/data")
    options = parser.parse_args()
    for line in {"dates": draw_dates, "names": draw_names}[options.what](options.data):
        print(*line, sep="\t")


if __name__ == "__main__":
    main()
