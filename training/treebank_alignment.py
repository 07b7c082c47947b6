"""Find a sentence of one source in another, carry its gold columns over, keep dev and test out."""

from collections import Counter, defaultdict
from itertools import pairwise

from treebank_features import features_of_bundle, features_of_v1, relation_of_v1
from treebank_reading import bare, edit_distance, key_of, read_conllu, skeleton, words_of


def set_spacing(sentence, text):
    """Set ``space`` of each token from the raw `text`; False if the letters do not match."""
    text = " ".join(bare(text).split())
    position, spaces = 0, []
    for token in sentence:
        if not text.startswith(token["form"], position):
            return False
        position += len(token["form"])
        spaces.append(text[position : position + 1] == " ")
        position += spaces[-1]
    if position < len(text):
        return False
    for token, space in zip(sentence, spaces, strict=True):
        token["space"] = space
    sentence[-1]["space"] = True
    return True


def set_features(word, feats, source):
    if feats is not None:
        word.update(feats=feats, feats_from=source)


def same_word(word, row):
    """Whether a v1 row is `word`, perhaps with its spelling corrected: two letters off at most."""
    one, two = skeleton(word["form"]), skeleton(row[1])
    if one == two:
        return True
    distance = edit_distance(one, two)
    return row[3] != "X" and distance <= 2 and distance < len(one) - 1


def within_token(word, row):
    """Whether a v1 row is a token left unsplit there, once for each of its words, and `word` one.

    The last letter of a longer word may change before a pronoun.
    """
    own = skeleton(word["form"])
    stem = own if len(own) < 3 else own[:-1]
    return row[3] == "X" and stem != "" and stem in skeleton(row[1])


def set_tree(words, rows):
    """Give `words` the heads and relations of v1 `rows`, if every row is the word in its place."""
    pairs = list(zip(words, rows, strict=True))
    if not all(same_word(word, row) or within_token(word, row) for word, row in pairs):
        return
    for word, row in pairs:
        head = int(row[6])
        upos = words[head - 1]["upos"] if head else None
        word.update(head=head, deprel=relation_of_v1(row[7], upos))


def has_tree(sentence):
    return all("head" in word for word in words_of(sentence))


def has_all_features(sentence):
    return all("feats" in word for word in words_of(sentence))


def add_sigmorphon(sentences, paths):
    """Add raw spacing, lemmas and features to the `sentences` found in the SIGMORPHON files.

    Returns
    -------
    set of int
        Indices of the sentences whose spacing is real.
    """
    by_words = defaultdict(list)
    for index, sentence in enumerate(sentences):
        by_words[tuple(skeleton(word["form"]) for word in words_of(sentence))].append(index)
    real = set()
    for path in paths:
        for _, text, rows in read_conllu(path):
            rows = [row for row in rows if row[0].isdigit()]
            for index in by_words.get(tuple(skeleton(row[1]) for row in rows), []):
                for word, row in zip(words_of(sentences[index]), rows, strict=True):
                    word["lemma"] = row[2]
                    set_features(word, features_of_bundle(word["upos"], row[2], row[5]), "unimorph")
                if set_spacing(sentences[index], text):
                    real.add(index)
    return real


def add_v1(sentences, paths):
    """Add features and trees of the UD v1 files, and lemmas to words that have none.

    The forms there are vocalised, and some are corrected in spelling. A sentence is taken for the
    same when it has as many words and seven tenths of them agree.

    Returns
    -------
    int
        How many sentences were aligned.
    """
    index_of = defaultdict(set)
    lengths = {}
    for index, sentence in enumerate(sentences):
        skeletons = [skeleton(word["form"]) for word in words_of(sentence)]
        lengths[index] = len(skeletons)
        for pair in pairwise(skeletons):
            index_of[pair].add(index)
    aligned = 0
    for path in paths:
        for _, _, rows in read_conllu(path):
            skeletons = [skeleton(row[1]) for row in rows]
            votes = Counter()
            for pair in pairwise(skeletons):
                found = index_of.get(pair, ())
                if len(found) <= 20:
                    votes.update(found)
            for index, _ in votes.most_common(3):
                if lengths[index] != len(rows):
                    continue
                words = words_of(sentences[index])
                agree = [skeleton(w["form"]) == s for w, s in zip(words, skeletons, strict=True)]
                if sum(agree) < 0.7 * len(rows):
                    continue
                for word, row, same in zip(words, rows, agree, strict=True):
                    if same and word["lemma"] is None:
                        word["lemma"] = row[2]
                    if same_word(word, row):
                        set_features(word, features_of_v1(word["upos"], row[3], row[5]), "v1")
                set_tree(words, rows)
                aligned += 1
                break
    return aligned


def shingles(sentence, size=5):
    words = [skeleton(token["form"]) for token in sentence]
    words = [word for word in words if word]
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def without_held_out(sentences, held_out):
    """`sentences` that are neither equal nor nearly equal to one of `held_out`."""
    keys = {key_of(sentence) for sentence in held_out}
    known = set().union(*(shingles(sentence) for sentence in held_out))
    kept = []
    for sentence in sentences:
        own = shingles(sentence)
        near = len(own) >= 4 and len(own & known) >= 0.8 * len(own)
        if key_of(sentence) not in keys and not near:
            kept.append(sentence)
    return kept
