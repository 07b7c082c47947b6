"""Read the corpora of named entities: ANERcorp with NewsFANE, WikiFANE, AQMAR.

A sentence is a list of (token, tags). The tags are BIO, one in each of three columns: the label set
of WikiFANE and NewsFANE (COARSE), that of ANERcorp (CLASSIC), and the fine classes of the former
(FINE), which say what kind of organisation a name is. EMPTY stands where a corpus has no such
column. Tokens are cut as the tokeniser cuts them, and spans neither begin nor end in punctuation.
"""

import lzma
import re

from vectors import TOKEN, fold

COARSE, CLASSIC, FINE = 0, 1, 2
EMPTY = "-"
INNER_TA = re.compile("ة(?=[\u0621-\u064a])")
INNER_YA = re.compile("ى(?=[\u0621-\u064a])")
# AQMAR articles that are scored and never trained on: energy, science, sport, history, computing.
AQMAR_HELD_OUT = ("Nuclear_Power", "Physics", "Raul_Gonzales", "Razi", "Richard_Stallman")
LONGEST = 80  # tokens in a training sentence; longer ones are cut between entities


def subtokens(token):
    """Pieces of a source token as the tokeniser gives them: punctuation stands alone."""
    pieces = [m.group() for m in TOKEN.finditer(fold(token))]
    # A number and the clitic or unit written to it stay one token, as in the source.
    if all(piece.isalnum() for piece in pieces):
        return ["".join(pieces)] if pieces else []
    return pieces


def spread(token, tags):
    """Pieces of a token, each with its copy of the tags (B- on the first, I- on the rest)."""
    pieces = subtokens(token)
    rest = [f"I-{tag[2:]}" if tag.startswith("B-") else tag for tag in tags]
    return [(piece, tags if number == 0 else rest) for number, piece in enumerate(pieces)]


def repair(tags, tokens):
    """BIO tags whose spans begin with B- and neither begin nor end in punctuation."""
    tags = list(tags)
    marks = [
        i
        for i, token in enumerate(tokens)
        if tags[i] not in ("O", EMPTY) and not any(c.isalnum() for c in token)
    ]
    for i in marks:
        if tags[i][0] == "B" or tags[i - 1 : i] in (["O"], [EMPTY]):
            tags[i] = "O"
    for i in reversed(marks):
        if not tags[i + 1 : i + 2] or not tags[i + 1].startswith("I-"):
            tags[i] = "O"
    for i, tag in enumerate(tags):
        if tag.startswith("I-") and (i == 0 or tags[i - 1][2:] != tag[2:]):
            tags[i] = f"B-{tag[2:]}"
    return tags


def read_columns(lines, columns):
    """Sentences of a column file, each a list of (token, [tag, ...]); blank line = sentence end."""
    sentences, sentence = [], []
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# token"):
            continue
        fields = line.split("\t")
        if len(fields) > 1:
            tags = [EMPTY if c is None or fields[c] == "?" else fields[c] for c in columns]
            sentence += spread(fields[0], tags)
        elif sentence:
            sentences.append(sentence)
            sentence = []
    if sentence:
        sentences.append(sentence)
    return [mend(s) for s in sentences]


def mend(sentence):
    """The sentence with each column of tags repaired."""
    tokens = [token for token, _ in sentence]
    columns = zip(*(tags for _, tags in sentence), strict=True)
    columns = [repair(column, tokens) for column in columns]
    # Stanza's CRF cannot leave out the first token alone: then the column says nothing at all.
    columns = [[EMPTY] * len(c) if c[0] == EMPTY else c for c in columns]
    return [(token, list(tags)) for token, *tags in zip(tokens, *columns, strict=True)]


def cut(sentence):
    """The sentence in pieces of at most about LONGEST tokens, cut outside entities."""
    pieces, piece = [], []
    for number, (token, tags) in enumerate(sentence):
        piece.append((token, tags))
        following = sentence[number + 1][1] if number + 1 < len(sentence) else []
        inside = any(tag.startswith("I-") for tag in following)
        if not inside and (
            len(piece) >= LONGEST or (len(piece) >= LONGEST * 0.7 and token in "،؛,;-.")
        ):
            pieces.append(piece)
            piece = []
    if piece:
        pieces.append(piece)
    return pieces


def spans_of(sentence, column):
    """(first, last, class) of the spans of a column; ``last`` is the place after the last token."""
    place = 0
    while place < len(sentence):
        tag = sentence[place][1][column]
        last = place + 1
        if tag.startswith("B-"):
            while last < len(sentence) and sentence[last][1][column].startswith("I-"):
                last += 1
            yield place, last, tag[2:]
        place = last


def read_anercorp(data):
    """ANERcorp as (train, dev): dev is the last tenth of the tokens, from a sentence border on."""
    path = data / "ner/anercorp/anercorp_train.tsv"
    with open(path, encoding="utf-8") as lines:
        sentences = read_columns(lines, [3, 1, 2])
    total = sum(map(len, sentences))
    seen, train, dev = 0, [], []
    for sentence in sentences:
        (train if seen < 0.9 * total else dev).append(sentence)
        seen += len(sentence)
    return train, dev


def read_wikifane(data):
    """WikiFANE sentences; letters that change before a suffix are set right (كليةه -> كليته)."""
    path = data / "ner/wikifane_gold/wikifane_gold_rejoined.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        lines = (INNER_TA.sub("ت", INNER_YA.sub("ا", line)) for line in lines)
        return read_columns(lines, [2, None, 1])


def aqmar_articles(data):
    """The articles of AQMAR: name -> sentences.

    AQMAR names no guideline of WikiFANE, so the columns COARSE and FINE are empty. Classes of one
    article only (MIS0 ...) and typing errors become O.
    """
    articles = {}
    for path in sorted((data / "ner/aqmar").glob("*.txt")):
        if path.name == "PROVENANCE.txt":
            continue
        lines = []
        for line in path.read_text(encoding="utf-8").splitlines():
            token, _, tag = line.strip().rpartition(" ")
            tag = tag if tag[2:] in ("PER", "LOC", "ORG") else "O"
            lines.append(f"{token}\t{tag}" if token else "")
        articles[path.stem] = read_columns(lines, [None, 1, None])
    return articles


def read_aqmar(data):
    """AQMAR as (train, held out), two lists of sentences; split by article."""
    train, held_out = [], []
    for name, sentences in aqmar_articles(data).items():
        (held_out if name in AQMAR_HELD_OUT else train).extend(sentences)
    return train, held_out
