"""The files of each model: which sentences go into which, and in which variants."""

import random
from collections import Counter

from treebank_alignment import has_all_features, has_tree
from treebank_augmentation import (
    HAMZA,
    augment,
    eastern_digits,
    end_with_stop,
    fold_hamza,
    fold_ta,
    modern_quotes,
)
from treebank_reading import bare, tidy_lemma, words_of
from treebank_spacing import sampler, split_inside
from treebank_writing import SEED, paragraphs_of, write_characters, write_conllu, write_mwt_counts


def write_tokenizer(out, train, dev, rng, table):
    """Real text as it is, PADT by the rule, and one augmented variant of every sentence.

    The text for the end of the training has every ة as it should be: ه for ة teaches what people
    write, and costs some of what is well written.
    """
    write_characters(out / "tokenize.train", running_text(train, rng, table))
    end = running_text(train, random.Random(SEED), table, ta=0)
    write_characters(out / "tokenize_end.train", end)
    write_mwt_counts(out / "tokenize.mwt.json", train)
    parts = [part for sentence in dev for part in split_inside(sentence)]
    write_characters(out / "tokenize.dev", paragraphs_of(parts, random.Random(SEED)))


def running_text(train, rng, table, **shares):
    """The sentences and their augmented variants, in paragraphs."""
    attach = sampler(table, rng)
    sentences = []
    for sentence in train:
        for part in split_inside(sentence):
            sentences.append(end_with_stop(part, rng))
            sentences.append(end_with_stop(augment(part, rng, attach, **shares), rng))
    return paragraphs_of(sentences[0::2], rng) + paragraphs_of(sentences[1::2], rng)


def and_forms(sentences, least=2):
    """Tokens of و and a content word that never is a multiword token itself, and their words.

    The conjunction goes before any word, so the expander's dictionary can know what it leaves:
    "وساهمت" is و + ساهمت, whatever else the letters could spell.
    """
    counts, never = Counter(), set()
    for sentence in sentences:
        for token in sentence:
            if len(token["words"]) > 1:
                never.add(token["form"])
            elif token["words"][0]["upos"] in ("NOUN", "ADJ", "VERB", "X", "PROPN"):
                counts[token["form"]] += 1
    made = []
    for form, count in counts.items():
        joined = "و" + form
        taken = form in never or joined in never or joined in counts
        if count >= least and len(form) >= 3 and form.isalpha() and form > "ء" and not taken:
            words = [{"form": part, "upos": "X", "lemma": None} for part in ("و", form)]
            made.append({"form": joined, "words": words, "space": True})
    return made


def write_expander(out, train, dev, attested):
    """Every sentence, and multiword tokens that follow from the ones seen.

    The hamza-less spelling of those that differ, the ones with ه for a final ة, the conjunction
    before the words of the training text, and the `attested` tokens (treebank_attested.py). After
    the article a final ه is no pronoun; elsewhere it may be, and one token alone does not tell.
    The variants are strung together by the fifty: alone, one word could pass for a held-out
    sentence.
    """
    variants = []
    for sentence in train:
        for one, two in zip(sentence, fold_hamza(sentence), strict=True):
            if len(two["words"]) > 1 and one["form"] != two["form"]:
                variants.append(two)
        for one, two in zip(sentence, fold_ta(sentence), strict=True):
            last = two["words"][-1]["form"]
            if len(two["words"]) > 1 and one["form"] != two["form"] and last.startswith("ال"):
                variants.append(two)
    variants += and_forms(train)
    made = {token["form"] for token in variants}
    variants += [token for token in attested if token["form"] not in made]
    strung = [variants[start : start + 50] for start in range(0, len(variants), 50)]
    write_conllu(out / "mwt.train.conllu", train + strung)
    write_conllu(out / "mwt.dev.conllu", dev)


def write_tagger(out, padt, rng, dev):
    """PADT alone, since the UPOS of IAHLT follow other conventions; some spellings varied.

    Stanza learns a column from the files that have it. A sentence with the features of all its
    words goes to the second file; one unknown word sends it to the first, where features are not
    looked at, since the second teaches `_` as "no features".
    """
    sentences = []
    for sentence in padt:
        if rng.random() < 0.15:
            sentence = fold_hamza(sentence)
        if rng.random() < 0.1:
            sentence = eastern_digits(sentence)
        sentences.append(modern_quotes(sentence, rng) if rng.random() < 0.3 else sentence)
    known = [sentence for sentence in sentences if has_all_features(sentence)]
    unknown = [sentence for sentence in sentences if not has_all_features(sentence)]
    dev_known = [sentence for sentence in dev if has_all_features(sentence)]
    write_conllu(out / "pos.train.conllu", unknown)
    write_conllu(out / "pos.feats.conllu", known, feats=True)
    write_conllu(out / "pos.dev.conllu", dev)
    write_conllu(out / "pos.feats.dev.conllu", dev_known, feats=True)
    return {"pos.train": unknown, "pos.feats": known, "pos.feats.dev": dev_known}


def write_parser(out, train, dev, test):
    """The sentences with a tree, with gold parts of speech and what is known of the features."""
    parts = {"train": train, "dev": dev, "test": test}
    written = {}
    for name, sentences in parts.items():
        trees = [sentence for sentence in sentences if has_tree(sentence)]
        write_conllu(out / f"depparse.{name}.conllu", trees, feats=True, trees=True)
        written[f"depparse.{name}"] = trees
    return written


def damped(counts):
    """Rows of a Counter repeated 1 + log2(count) times, the frequent ones first.

    The lemmatiser knows frequent words by its dictionary; the network is there for the rare
    ones and should not spend its time on conjunctions. The order decides the dictionary's ties.
    """
    rows = []
    for row, count in counts.most_common():
        rows += [row] * count.bit_length()
    return rows


def write_rows(path, rows):
    """One word a row; a sentence is fifty rows, since the lemmatiser looks at single words."""
    sentences = []
    for start in range(0, len(rows), 50):
        part = rows[start : start + 50]
        words = [{"form": form, "upos": upos, "lemma": lemma} for form, upos, lemma in part]
        sentences.append([{"form": w["form"], "words": [w], "space": True} for w in words])
    write_conllu(path, sentences, lemmas=True)


def further_forms(gold, chainbank):
    """(form, UPOS, lemma) that follow from the known ones, for the dictionary alone.

    The hamza-less spelling of every gold form, and the ChainBank lemmas as forms of themselves,
    nouns and adjectives with the article too.
    """
    rows = [(form.translate(HAMZA), upos, lemma) for form, upos, lemma in gold]
    for form, upos, lemma in chainbank:
        rows.append((form, upos, lemma))
        if upos in ("NOUN", "ADJ"):
            rows.append(("ال" + form, upos, lemma))
    return rows


def write_lemmatizer(out, padt, iahlt, chainbank, dev):
    """Words with a gold lemma: PADT first, IAHLT where PADT is silent, ChainBank last."""
    counts = Counter()
    for sentence in padt:
        for word in words_of(sentence):
            lemma = tidy_lemma(word)
            if lemma:
                counts[word["form"], word["upos"], lemma] += 1
    known = {(form, upos) for form, upos, _ in counts}
    # the vocalised spelling PADT gives to each bare lemma, so that one lemma has one spelling
    spelling = {}
    for (_, upos, lemma), _ in counts.most_common():
        spelling.setdefault((bare(lemma), upos), lemma)
    others = Counter()
    for sentence in iahlt:
        for word in words_of(sentence):
            upos = {"PROPN": "X"}.get(word["upos"], word["upos"])
            lemma = tidy_lemma(word)
            if lemma and (word["form"], upos) not in known:
                others[word["form"], upos, spelling.get((bare(lemma), upos), lemma)] += 1
    extra = []
    seen = {(form, upos) for form, upos, _ in [*counts, *others]}
    for form, upos, lemma in further_forms([*counts, *others], chainbank):
        if (form, upos) not in seen:
            seen.add((form, upos))
            extra.append((form, upos, spelling.get((bare(lemma), upos), lemma)))
    write_rows(out / "lemma.train.conllu", damped(counts) + damped(others))
    write_rows(out / "lemma.secondary.conllu", extra)
    gold = [
        (word["form"], word["upos"], tidy_lemma(word))
        for sentence in dev
        for word in words_of(sentence)
        if word["lemma"] is not None and tidy_lemma(word)
    ]
    write_rows(out / "lemma.dev.conllu", gold)
    return {"padt": sum(counts.values()), "iahlt": sum(others.values()), "dictionary": len(extra)}
