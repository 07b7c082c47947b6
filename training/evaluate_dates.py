"""Score date expressions in news and encyclopaedia and print Markdown tables.

    python training/evaluate_dates.py --data ../shared/data
    python training/evaluate_dates.py --errors           # also what fails of the open half

The gold is ``gold/dates.tsv`` (see ``gold/dates_and_names.md``); ``toolkit.dates.find_dates`` gets
each passage as a document, with its article's day where there is one. A span is exact where both
ends are right; an expression is found where a span overlaps it, one span for one expression. Its
value is right where first day, last day and precision are. Where conventions differ, each is right:
weeks from Saturday, Sunday or Monday, centuries from the year 00 or 01, seasons with the month or
the sun, Hijri days up to two off and, before 1582, of the Julian calendar. Names of precisions that
only say that a value is open count as one. Expressions that are not counted (``counted`` is no) are
neither missed when absent nor wrong when found.
"""

import argparse
import collections
from datetime import date

import pandas as pd
from evaluate_scores import table
from gold_texts import HALVES, key, passages, percent, read_rows

VALUED = {
    "day", "week", "month", "season", "quarter", "year", "decade", "century", "range",
}  # fmt: skip
# By which the ends of a value may differ, since no convention is the only one.
DAYS_OFF = {"week": 2, "season": 24, "century": 366}
HIJRI_OFF = 2
GREGORIAN = date(1582, 10, 15).toordinal()  # before it, Hijri days are often given as Julian ones
HEADER = [
    "passages", "gold", "found", "exact: P", "R", "F1", "overlap: P", "R", "F1",
    "value, of gold", "value, of those found",
]  # fmt: skip


def read_gold(data):
    """Passages: dicts of ``text``, ``date``, ``half``, ``wiki`` and ``gold``, a list of rows."""
    rows = read_rows("dates.tsv")
    spans = collections.defaultdict(list)
    for row in rows:
        if row["start"]:
            spans[key(row)].append({**row, "span": (int(row["start"]), int(row["end"]))})
    for row, text in passages(rows, data):
        yield {
            "doc": key(row), "text": text, "date": row["date"] or None, "half": row["half"],
            "wiki": row["draw"] == "rare", "gold": spans[key(row)],
        }  # fmt: skip


def text_of(value):
    """A day as ISO text, empty where it is missing."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    text = str(value)
    return text.split("T")[0].split(" ")[0]


def add_found(read, find_dates):
    """Add to each passage what is found in it: a list of dicts like the gold's."""
    read = list(read)
    texts = pd.DataFrame({name: [passage[name] for passage in read] for name in COLUMNS})
    found = collections.defaultdict(list)
    for row in find_dates(texts).itertuples(index=False):
        first, last = text_of(row.first), text_of(row.last)
        span, precision = (int(row.start), int(row.end)), text_of(row.precision)
        found[str(row.doc)].append(
            {"span": span, "first": first, "last": last, "precision": precision}
        )
    for passage in read:
        passage["found"] = found[passage["doc"]]
    return read


COLUMNS = ("doc", "text", "date")


def trimmed(span, text):
    """The span without the article's alef that a fused preposition has taken (للأشهر)."""
    start, end = span
    return (start + 1, end) if text[start : start + 2] == "لل" else span


def shared(one, other):
    """How many code points two spans share."""
    return min(one[1], other[1]) - max(one[0], other[0])


def pairs(passage):
    """(gold, found) pairs by overlap, the largest first; what has no partner is paired with None.

    Found spans that overlap only uncounted gold are left out.
    """
    text, found = passage["text"], passage["found"]
    counted = [row for row in passage["gold"] if row["counted"] == "yes"]
    other = [row for row in passage["gold"] if row["counted"] != "yes"]
    overlaps = sorted(
        (-shared(gold["span"], guess["span"]), at, place)
        for at, gold in enumerate(counted)
        for place, guess in enumerate(found)
        if shared(gold["span"], guess["span"]) > 0
    )
    partner, used = {}, set()
    for _, at, place in overlaps:
        if at not in partner and place not in used:
            partner[at] = place
            used.add(place)
    for at, gold in enumerate(counted):
        guess = found[partner[at]] if at in partner else None
        yield gold, guess, guess and trimmed(guess["span"], text) == trimmed(gold["span"], text)
    for place, guess in enumerate(found):
        free = any(shared(row["span"], guess["span"]) > 0 for row in other)
        if place not in used and not free:
            yield None, guess, False


def day_number(text):
    """The day of an ISO date as a number; years before 1 as ISO 8601 numbers them."""
    sign = -1 if text.startswith("-") else 1
    year, month, day = text.lstrip("-+").split("-")
    year = sign * int(year)
    moved = year % 400 + 400
    return date(moved, int(month), int(day)).toordinal() + (year - moved) // 400 * 146097


def days_off(gold, guess):
    """How many days two ISO dates differ, where the second may be of the Julian calendar."""
    number = day_number(guess)
    found = [abs(number - day_number(gold))]
    if number < GREGORIAN:
        year = int(guess[:4]) if guess[:1] != "-" else 0
        found.append(abs(number + year // 100 - year // 400 - 2 - day_number(gold)))
    return min(found)


def is_right(gold, guess):
    """Whether a value is the gold's, within what other conventions allow."""
    if gold["precision"] not in VALUED:
        # Whatever the name of the mark, nothing may be claimed.
        return guess["precision"] not in VALUED and not guess["first"] and not guess["last"]
    if guess["precision"] != gold["precision"] or not guess["first"] or not guess["last"]:
        return False
    if (guess["first"], guess["last"]) == (gold["first"], gold["last"]):
        return True
    off = [days_off(gold[end], guess[end]) for end in ("first", "last")]
    hijri = HIJRI_OFF if gold["kind"] == "hijri" else 0
    return max(off) <= max(hijri, DAYS_OFF.get(gold["precision"], 0))


def tally(passages_read):
    """Counts over passages: gold, found, exact, overlap, right (values)."""
    counts = collections.Counter()
    for passage in passages_read:
        for gold, guess, exact in pairs(passage):
            counts["gold"] += gold is not None
            counts["found"] += guess is not None
            if gold is not None and guess is not None:
                counts["exact"] += bool(exact)
                counts["overlap"] += 1
                counts["right"] += is_right(gold, guess)
    return counts


def cells(name, counts):
    """A line of the table of scores."""
    line = [name, counts["gold"], counts["found"]]
    for hits in (counts["exact"], counts["overlap"]):
        line += [percent(hits, counts["found"]), percent(hits, counts["gold"])]
        line.append(percent(2 * hits, counts["found"] + counts["gold"]))
    right = counts["right"]
    return [*line, percent(right, counts["gold"]), percent(right, counts["overlap"])]


def groups(read):
    """Name and passages of each line."""
    for wiki, name in ((False, "news of 2018"), (True, "Wikipedia, rare kinds")):
        part = [passage for passage in read if passage["wiki"] == wiki]
        for half in HALVES:
            yield f"{name}: {half}", [passage for passage in part if passage["half"] == half]
        yield f"**{name}**", part
    for half in HALVES:
        yield f"both: {half}", [passage for passage in read if passage["half"] == half]


def kind_lines(read):
    """Lines by kind and half: gold, found with exact span, found at all, value right."""
    counts = collections.defaultdict(collections.Counter)
    for passage in read:
        for gold, guess, exact in pairs(passage):
            if gold is not None:
                count = counts[gold["kind"]][passage["half"]]
                cell = counts[gold["kind"]]
                cell[passage["half"]] = count + 1
                cell[passage["half"], "exact"] += bool(exact)
                cell[passage["half"], "found"] += guess is not None
                cell[passage["half"], "right"] += guess is not None and is_right(gold, guess)
    for kind in sorted(counts, key=lambda name: (-sum(counts[name][h] for h in HALVES), name)):
        line = [kind]
        for half in HALVES:
            whole = counts[kind][half]
            parts = ("exact", "found", "right")
            line += [whole, *(percent(counts[kind][half, part], whole) for part in parts)]
        yield line


def errors(read):
    """What fails of the open half, a line each."""
    for passage in read:
        if passage["half"] != "open":
            continue
        for gold, guess, exact in pairs(passage):
            if gold is None:
                yield f"false  {shown(passage, guess)}"
            elif guess is None:
                yield f"missed {shown(passage, gold)}"
            else:
                if not exact:
                    yield f"span   {shown(passage, gold)} but {shown(passage, guess)}"
                if not is_right(gold, guess):
                    yield f"value  {shown(passage, gold)} but {value_of(guess)}"


def value_of(row):
    return f"{row['first'] or '–'}..{row['last'] or '–'} {row['precision']}"


def shown(passage, row):
    start, end = row["span"]
    text = passage["text"]
    around = f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 15]}"
    kind = f" {row['kind']}" if "kind" in row else ""
    return f"{passage['doc']} {passage['date'] or 'no date'}{kind} {value_of(row)}: {around}"


def main():
    from toolkit.dates import find_dates

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--errors", action="store_true", help="also print what fails, open half")
    options = parser.parse_args()
    read = add_found(read_gold(options.data), find_dates)
    print("### Date expressions\n")
    print(table(HEADER, [cells(name, tally(part)) for name, part in groups(read)]))
    names = ["exact span", "found", "value right"]
    header = ["kind", *(part for half in HALVES for part in (f"{half}: gold", *names))]
    print("\n" + table(header, kind_lines(read)))
    if options.errors:
        print("", *errors(read), sep="\n")


if __name__ == "__main__":
    main()
