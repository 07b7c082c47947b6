"""Score canonical entity names in news of 2018 and print Markdown tables.

    python training/evaluate_names.py --data ../shared/data

The gold is ``gold/entity_names.tsv`` (see ``gold/dates_and_names.md``): mentions as the shipped
models found them, each with its identity. ``toolkit.naming.canonical_names.canonical`` gets these
mentions and the words of the pipeline, so that no missed or wrong mention mixes in. A pair is two
mentions of one document. Wrong merges: of the pairs with one key, those that are two identities.
Missed merges: of the pairs of one identity, those with two keys. B-cubed: per mention, the share of
its key's mentions that are its identity's (precision) and of its identity's that have its key
(recall). The first lines are what folding the surface alone would score.
"""

import argparse
import collections
import itertools
import re

import pandas as pd
from evaluate_scores import table
from gold_texts import HALVES, beginnings, key, percent, read_rows

from toolkit.normalise import fold

TYPES = ("PER", "LOC", "ORG", "MISC")
DRAWS = {"even": "articles at random", "short": "short forms", "alike": "names alike"}
JOINED = re.compile(r"[#_\s]+")
FUSED, ARTICLE = "لل", "ال"  # the preposition takes the alef of the article: للصين is of الصين
PAIR_HEADER = [
    "mentions", "number", "pairs of one key", "wrong", "pairs of one identity", "missed",
    "of these written differently", "missed", "B-cubed: P", "R",
]  # fmt: skip
TITLE_HEADER = ["titles", "gold", "found", "right", "mentions without", "given one"]


def letters(form):
    """A form with the alef of an article that a preposition has taken."""
    return ARTICLE + form.removeprefix(FUSED) if form.startswith(FUSED) else form


def plain(form):
    """A form folded for comparison: spelling, hash signs and underscores aside."""
    return JOINED.sub(" ", fold(form)).strip()


def read_gold(data):
    """The mentions: dicts of the row, its article and half, with its forms as text."""
    rows = read_rows("entity_names.tsv")
    texts = {key(row): text for row, text in beginnings(rows, data)}
    mentions = []
    for row in rows:
        text = texts[key(row)]
        form = {
            what: letters(text[int(row[f"{what}_start"]) : int(row[f"{what}_end"])])
            if row[f"{what}_start"]
            else ""
            for what in ("bare", "title", "name")
        }
        span = int(row["start"]), int(row["end"])
        mentions.append(
            {
                **row,
                "doc": key(row),
                "start": span[0],
                "end": span[1],
                "text": text[slice(*span)],
                "forms": form,
            }
        )
    return texts, mentions


def annotate(texts):
    from toolkit import pipeline

    table_of_texts = pd.DataFrame({"doc": list(texts), "text": list(texts.values())})
    return pipeline.annotate(table_of_texts, progress=False)


def entity_table(mentions, corpus):
    """The mentions as the table of entities, with the names that the pipeline gives such spans."""
    from toolkit.tables import typed_table

    starts = {
        doc: group[["start", "sent"]].to_numpy().tolist()
        for doc, group in corpus.sentences.groupby("doc", observed=True)
    }
    names = {
        (str(row.doc), row.start, row.end): str(row.name_given)
        for row in corpus.entities.rename(columns={"name": "name_given"}).itertuples()
    }
    columns = collections.defaultdict(list)
    numbers = collections.Counter()
    for mention in mentions:
        doc, start, end = mention["doc"], mention["start"], mention["end"]
        numbers[doc] += 1
        cells = {
            "doc": doc, "sent": max(s for at, s in starts[doc] if at <= start),
            "entity": numbers[doc], "text": mention["text"], "type": mention["type"],
            "name": names.get((doc, start, end), mention["text"]), "start": start, "end": end,
        }  # fmt: skip
        for column, cell in cells.items():
            columns[column].append(cell)
    return typed_table("entities", columns)


def add_system(mentions, found, prefix):
    """Add to each mention what a system says: ``<prefix>key``, and name and title where given."""
    for place, mention in enumerate(mentions):
        for column in ("key", "name", "title"):
            if column in found:
                value = found[column].iloc[place]
                mention[prefix + column] = "" if pd.isna(value) else str(value)
        # A mention without a key is merged with nothing.
        mention[prefix + "key"] = mention[prefix + "key"] or f"no key {place}"


def pair_counts(mentions, prefix):
    """Counts over the pairs of mentions of each document."""
    counts = collections.Counter()
    for group in by_document(mentions):
        for one, other in itertools.combinations(group, 2):
            merged = one[prefix + "key"] == other[prefix + "key"]
            same = one["identity"] == other["identity"]
            differently = plain(one["forms"]["bare"]) != plain(other["forms"]["bare"])
            counts["merged"] += merged
            counts["wrong"] += merged and not same
            counts["same"] += same
            counts["missed"] += same and not merged
            counts["hard"] += same and differently
            counts["hard missed"] += same and differently and not merged
    return counts


def by_document(mentions):
    groups = collections.defaultdict(list)
    for mention in mentions:
        groups[mention["doc"]].append(mention)
    return groups.values()


def b_cubed(mentions, prefix):
    """B-cubed precision and recall as sums over the mentions."""
    precision = recall = 0.0
    for group in by_document(mentions):
        keys = collections.Counter(m[prefix + "key"] for m in group)
        identities = collections.Counter(m["identity"] for m in group)
        both = collections.Counter((m[prefix + "key"], m["identity"]) for m in group)
        for mention in group:
            cell = both[mention[prefix + "key"], mention["identity"]]
            precision += cell / keys[mention[prefix + "key"]]
            recall += cell / identities[mention["identity"]]
    return precision, recall


def pair_line(name, mentions, prefix):
    counts = pair_counts(mentions, prefix)
    whole = len(mentions)
    precision, recall = b_cubed(mentions, prefix)
    return [
        name, whole, counts["merged"], percent(counts["wrong"], counts["merged"]),
        counts["same"], percent(counts["missed"], counts["same"]),
        counts["hard"], percent(counts["hard missed"], counts["hard"]),
        percent(precision, whole), percent(recall, whole),
    ]  # fmt: skip


def groups(mentions):
    for half in HALVES:
        yield half, [mention for mention in mentions if mention["half"] == half]
    yield "**all**", mentions
    for kind in TYPES:
        yield f"of all: {kind}", [mention for mention in mentions if mention["type"] == kind]
    for draw, name in DRAWS.items():
        yield f"of all: {name}", [mention for mention in mentions if mention["draw"] == draw]


def is_title(given, gold):
    """Whether a title is the gold's, another title before it or not (قائد القوات الجنرال)."""
    return f" {plain(given)}".endswith(f" {plain(gold)}")


def title_lines(mentions, prefix):
    """Lines by half: titles in the narrow sense, roles, and titles given where there is none."""
    for half in (*HALVES, "**all**"):
        part = [m for m in mentions if half in (m["half"], "**all**")]
        bare = [m for m in part if not m["title_kind"]]
        given = sum(bool(m[prefix + "title"]) for m in bare)
        for kind in ("title", "role"):
            gold = [m for m in part if m["title_kind"] == kind]
            found = [m for m in gold if m[prefix + "title"]]
            right = [m for m in found if is_title(m[prefix + "title"], m["forms"]["title"])]
            shares = percent(len(found), len(gold)), percent(len(right), len(gold))
            yield [f"{half}: {kind}s", len(gold), *shares, len(bare), percent(given, len(bare))]


def name_lines(mentions, prefix):
    for half, part in groups(mentions):
        right = sum(plain(m[prefix + "name"]) == plain(m["forms"]["name"]) for m in part)
        yield [half, len(part), percent(right, len(part))]


def across_lines(mentions, prefix):
    """Pairs of two documents: one key for two identities; two keys for one name written alike."""
    for half in (*HALVES, "**all**"):
        part = [m for m in mentions if half in (m["half"], "**all**")]
        counts = collections.Counter()
        for one, other in itertools.combinations(part, 2):
            if one["doc"] == other["doc"]:
                continue
            merged = one[prefix + "key"] == other[prefix + "key"]
            same = one["identity"] == other["identity"]
            alike = same and plain(one["forms"]["name"]) == plain(other["forms"]["name"])
            counts["merged"] += merged
            counts["wrong"] += merged and not same
            counts["alike"] += alike
            counts["missed"] += alike and not merged
        yield [
            half, counts["merged"], percent(counts["wrong"], counts["merged"]),
            counts["alike"], percent(counts["missed"], counts["alike"]),
        ]  # fmt: skip


def errors(mentions, prefix):
    """What fails of the open half: pairs of forms with their keys, and titles."""
    lines = collections.Counter()
    for group in by_document([m for m in mentions if m["half"] == "open"]):
        for one, other in itertools.combinations(group, 2):
            merged = one[prefix + "key"] == other[prefix + "key"]
            same = one["identity"] == other["identity"]
            if merged != same:
                what = "wrong merge" if merged else "missed merge"
                pair = f"{one['text']} ({one[prefix + 'key']}), {other['text']}"
                lines[f"{what}: {one['doc']}: {pair} ({other[prefix + 'key']})"] += 1
        for mention in group:
            given, wanted = mention[prefix + "title"], mention["forms"]["title"]
            if bool(given) != bool(wanted) or not is_title(given, wanted):
                lines[
                    f"title: {mention['doc']}: {mention['text']}: [{given}], gold [{wanted}] "
                    f"{mention['title_kind']}"
                ] += 1
    yield from lines


def print_tables(mentions):
    lines = [pair_line(f"surface folded: {n}", part, "plain ") for n, part in groups(mentions)]
    lines += [pair_line(name, part, "") for name, part in groups(mentions)]
    print("### Canonical names\n")
    print("Within a document (shares in percent).\n")
    print(table(PAIR_HEADER, lines))
    print("\n" + table(["shown name", "mentions", "right"], name_lines(mentions, "")))
    print("\n" + table(TITLE_HEADER, title_lines(mentions, "")))
    header = [
        "across documents", "pairs of one key", "wrong", "pairs of one full name", "missed",
    ]  # fmt: skip
    print("\n" + table(header, across_lines(mentions, "")))


def score(data, canonical):
    """The mentions with what ``canonical`` says of them and, for comparison, their folded text."""
    texts, mentions = read_gold(data)
    corpus = annotate(texts)
    found = canonical(entity_table(mentions, corpus), corpus.words)
    add_system(mentions, found, "")
    surfaces = pd.DataFrame({"key": [plain(mention["text"]) for mention in mentions]})
    add_system(mentions, surfaces, "plain ")
    return mentions


def main():
    from toolkit.naming.canonical_names import canonical

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--errors", action="store_true", help="also print what fails, open half")
    options = parser.parse_args()
    mentions = score(options.data, canonical)
    print_tables(mentions)
    if options.errors:
        print("", *errors(mentions, ""), sep="\n")


if __name__ == "__main__":
    main()
