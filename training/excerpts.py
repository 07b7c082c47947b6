"""Excerpts of raw news and encyclopaedia, to be read and labelled with names, and their labels.

    python training/excerpts.py draw --data ../shared/data --work build/training
    python training/excerpts.py join --data ../shared/data --work build/training

``draw`` writes ``<work>/excerpts/NNN.txt``, a line per excerpt: its number, a tab, its tokens with
spaces between them, from articles that neither the folder nor ``training/gold/names.tsv`` has. A
reader writes ``NNN.tsv`` beside it, a line per name: number, class (PER, LOC, ORG, MISC), the
name's tokens as they stand, in the order of the text. ``join`` finds these names in the excerpts,
prints those that it cannot place, and adds to ``training/gold/names.tsv`` where each excerpt stands
in its source and which of its tokens are names, without the text; new excerpts are to train on, the
test excerpts stay those that they are.

An excerpt is the beginning of a paragraph, at most one of an article: that with the largest share
of words outside the most frequent ones, since names are what is wanted. Articles of the predictions
in ``gold/entities_read.tsv`` and paragraphs that share eight words in a row with a held-out
sentence (ANERcorp's last tenth, the five AQMAR articles, the test excerpts) are left out.
"""

import argparse
import collections
import csv
import lzma
import pathlib
import random
import sys

from ner_reading import EMPTY, mend, read_anercorp, read_aqmar
from vectors import BOILERPLATE, HAMZA, NEWS, WIKI, fold, tokenise

GOLD = pathlib.Path(__file__).parent / "gold"
CLASSES = ("PER", "LOC", "ORG", "MISC")
SHORTEST, LONGEST = 25, 70  # tokens of an excerpt
FREQUENT = 8_000  # forms that are no sign of a name
FILE = 2_500  # tokens of a file of excerpts
SHARES = {  # tokens to be drawn, by section; the articles of arwiki have none
    "sport": 62_000,
    "internationalNews": 26_000,
    "middleEast": 26_000,
    "economy": 20_000,
    "culture": 14_000,
    "technology": 12_000,
    "arwiki": 100_000,
}
ENDS = {".", "!", "؟"}
LEAST_BEFORE_END = 4  # tokens that a sentence has before its mark
SHINGLE = 8
HEADER = ("source", "article", "line", "tokens", "use", "names")


def read_lines(path):
    """(key, section, number of the line below the title, tokens) of every line of a raw file."""
    key, section, number = "", "", 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# ") and "\t" in line:
                fields = line[2:].rstrip("\n").split("\t")
                key, section = fields[0], fields[2] if len(fields) > 2 else "arwiki"
                number = -1 if len(fields) > 2 else 0
            else:
                number += 1
                if not BOILERPLATE.search(line):
                    yield key, section, number, tokenise(fold(line))


def sources(data):
    """The raw files, by name."""
    paths = sorted((data / NEWS).glob("*.txt.xz")) + sorted((data / WIKI).glob("*.txt.xz"))
    return {path.name.removesuffix(".txt.xz"): path for path in paths}


def shingles(tokens):
    folded = [token.translate(HAMZA) for token in tokens]
    return {tuple(folded[i : i + SHINGLE]) for i in range(len(folded) - SHINGLE + 1)}


def shingles_of(sentences):
    """The shingles of all sentences of (token, tags)."""
    return set().union(*(shingles([token for token, _ in sentence]) for sentence in sentences))


def shorten(tokens):
    """The tokens up to the last end of a sentence within LONGEST, or up to LONGEST."""
    if len(tokens) <= LONGEST:
        return tokens
    ends = [i for i in range(SHORTEST, LONGEST) if tokens[i] in ENDS]
    return tokens[: ends[-1] + 1] if ends else tokens[:LONGEST]


def draw(data, work, seed):
    held_out = read_anercorp(data)[1] + read_aqmar(data)[1] + read_labelled(data)[1]
    held_back = shingles_of(held_out)
    with open(GOLD / "entities_read.tsv", encoding="utf-8") as rows:
        read_before = {row["doc"] for row in csv.DictReader(rows, delimiter="\t")}
    counts, best = collections.Counter(), {}
    for source, path in sources(data).items():
        article, last = -1, None
        for key, section, number, tokens in read_lines(path):
            article += key != last
            last = key
            counts.update(tokens)
            if number and len(tokens) >= SHORTEST and f"{source}:{article}" not in read_before:
                best.setdefault((section, source, key), []).append((number, shorten(tokens)))
    folder = work / "excerpts"
    folder.mkdir(parents=True, exist_ok=True)
    before = read_index(folder)
    taken = {(row[1], row[2]) for row in before}
    taken |= {(row["source"], row["article"]) for row in read_names()}
    frequent = {form for form, _ in counts.most_common(FREQUENT)}
    rng = random.Random(seed)
    chosen, size = [], collections.Counter()
    articles = list(best)
    rng.shuffle(articles)
    for section, source, key in articles:
        if size[section] >= SHARES.get(section, 0) or (source, key) in taken:
            continue
        number, tokens = max(
            best[section, source, key],
            key=lambda line: sum(t.isalpha() and t not in frequent for t in line[1]) / len(line[1]),
        )
        if not shingles(tokens) & held_back:
            chosen.append((source, key, number, tokens))
            size[section] += len(tokens)
    rng.shuffle(chosen)
    rows, texts, filled = [], [[]], 0
    for place, (source, key, number, tokens) in enumerate(chosen, len(before)):
        if filled >= FILE:
            texts.append([])
            filled = 0
        texts[-1].append(f"{place}\t{' '.join(tokens)}\n")
        filled += len(tokens)
        rows.append((place, source, key, number, len(tokens)))
    done = len(list(folder.glob("*.txt")))
    for number, lines in enumerate(texts, done):
        (folder / f"{number:03}.txt").write_text("".join(lines), encoding="utf-8")
    with open(folder / "index.tsv", "a", encoding="utf-8") as index:
        index.writelines("\t".join(map(str, row)) + "\n" for row in rows)
    print(f"{folder}: {len(chosen)} excerpts in {len(texts)} files from {done}, {dict(size)}")


def read_index(folder):
    """The rows of the excerpts that were drawn: number, source, article, line, tokens."""
    path = folder / "index.tsv"
    if not path.exists():
        return []
    with open(path, encoding="utf-8") as index:
        return list(csv.reader(index, delimiter="\t"))


def read_names():
    """The rows of ``gold/names.tsv``, a dict each."""
    with open(GOLD / "names.tsv", encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


def place_names(tokens, names):
    """Spans (first, last, class) of names in the order of the text, and the names not found."""
    spans, lost, start = [], [], 0
    for kind, name in names:
        wanted = tokenise(fold(name))
        size = len(wanted)
        found = next(
            (i for i in range(start, len(tokens) - size + 1) if tokens[i : i + size] == wanted),
            None,
        )
        if not wanted or kind not in CLASSES or found is None:
            lost.append((kind, name))
        else:
            spans.append((found, found + size, kind))
            start = found + size
    return spans, lost


def join(work):
    folder = work / "excerpts"
    where = {row[0]: row[1:] for row in read_index(folder)}
    rows = {(r["source"], r["article"], r["line"]): list(r.values()) for r in read_names()}
    before, lost, kinds = len(rows), 0, collections.Counter()
    for path in sorted(folder.glob("[0-9]*.tsv")):
        names = collections.defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                place, kind, name = [*line.split("\t"), "", ""][:3]
                names[place.strip()].append((kind.strip(), name.strip()))
        for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
            place, text = line.split("\t")
            spans, missing = place_names(text.split(" "), names.pop(place, []))
            for kind, name in missing:
                print(
                    f"{path.name}: {place}: {kind} {name}: not in the excerpt after the name before"
                )
            lost += len(missing)
            kinds.update(kind for _, _, kind in spans)
            written = " ".join(f"{first}-{last}:{kind}" for first, last, kind in spans)
            rows[tuple(where[place][:3])] = [*where[place], "train", written]
        for place in names:
            print(f"{path.name}: {place}: no such excerpt")
    with open(GOLD / "names.tsv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(sorted(rows.values(), key=lambda row: (row[0], row[1], int(row[2]))))
    print(f"{GOLD / 'names.tsv'}: {len(rows)} excerpts, {len(rows) - before} of them new")
    print(f"read now: {dict(kinds)}, {lost} names not placed")


def tags_of(row):
    """The BIO tags of the tokens of an excerpt."""
    tags = ["O"] * int(row["tokens"])
    for span in row["names"].split():
        place, kind = span.split(":")
        first, last = map(int, place.split("-"))
        tags[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return tags


def read_in_articles(data):
    """The articles of the test excerpts: sentences as of these, EMPTY where nothing is labelled."""
    wanted = {(r["source"], r["article"]): r for r in read_names() if r["use"] == "test"}
    found = {place: [] for place in wanted}
    for source, path in sources(data).items():
        for key, _, number, tokens in read_lines(path):
            row = wanted.get((source, key))
            if row is not None:
                tags = tags_of(row) if number == int(row["line"]) else []
                found[source, key] += sentences_of(zip(tokens, tags, strict=False))
                rest = [(token, EMPTY) for token in tokens[len(tags) :]]
                found[source, key] += sentences_of(rest)
    return list(found.values())


def read_labelled(data):
    """The excerpts of ``gold/names.tsv`` as (train, test): sentences of (token, BIO tag)."""
    wanted, found = {}, {"train": [], "test": [], "neither": []}
    for row in read_names():
        wanted[row["source"], row["article"], int(row["line"])] = row
    for source, path in sources(data).items():
        for key, _, number, tokens in read_lines(path):
            row = wanted.get((source, key, number))
            if row is not None:
                tags = tags_of(row)
                excerpt = list(zip(tokens[: len(tags)], tags, strict=True))
                found[row["use"]].append(excerpt)
    return found["train"], found["test"]


def sentences_of(excerpt):
    """The sentences of an excerpt, its tags in the column of ANERcorp."""
    pairs = [(token, [EMPTY, tag, EMPTY]) for token, tag in excerpt]
    return [mend(pairs[begin:end]) for begin, end in cut_at_ends([token for token, _ in pairs])]


def cut_at_ends(tokens, longest=sys.maxsize):
    """Where sentences begin and end: at each mark that ends one, or at as many tokens."""
    begin = 0
    for end, token in enumerate(tokens, 1):
        size = end - begin
        if (token in ENDS and size > LEAST_BEFORE_END) or size == longest:
            yield begin, end
            begin = end
    if begin < len(tokens):
        yield begin, len(tokens)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("draw", "join"))
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/training"))
    parser.add_argument("--seed", type=int, default=25)
    args = parser.parse_args()
    if args.step == "draw":
        draw(args.data, args.work, args.seed)
    else:
        join(args.work)


if __name__ == "__main__":
    main()
