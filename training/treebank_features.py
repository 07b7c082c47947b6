"""UD v2 columns from UniMorph bundles and from UD v1: features and relations."""

import re

from treebank_reading import skeleton

UNIMORPH = {
    **{"SG": "Number=Sing", "DU": "Number=Dual", "PL": "Number=Plur"},
    **{"NOM": "Case=Nom", "ACC": "Case=Acc", "GEN": "Case=Gen"},
    **{"DEF": "Definite=Def", "INDF": "Definite=Ind", "PSSD": "Definite=Cons"},
    **{"MASC": "Gender=Masc", "FEM": "Gender=Fem"},
    **{"1": "Person=1", "2": "Person=2", "3": "Person=3"},
    **{"PFV": "Aspect=Perf", "IPFV": "Aspect=Imp", "ACT": "Voice=Act", "PASS": "Voice=Pass"},
    **{"FIN": "VerbForm=Fin", "IND": "Mood=Ind", "SBJV": "Mood=Sub", "NEG": "Polarity=Neg"},
}
UNIMORPH_POS = {"_", "N", "V", "ADJ", "ADP", "ADV", "CONJ", "DET", "INTJ", "NUM", "PART", "PRO"}
UNIMORPH_POS |= {"PROPN"}
# UPOS whose words all have features in PADT: an empty bundle there is a word left unanalysed.
ALWAYS_WITH_FEATURES = {"NOUN", "ADJ", "VERB", "PRON"}
DETERMINERS = {"الذي": "PronType=Rel", "هذا": "PronType=Dem", "ذلك": "PronType=Dem"}
ABBREVIATIONS = {"تغ", "كلم", "كم"}
V1_FEATURES = {
    "Definite=Red": "Definite=Cons",
    "Foreign=Foreign": "Foreign=Yes",
    "Negative=Neg": "Polarity=Neg",
}
V1_RELATIONS = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "foreign": "flat:foreign",
    "mwe": "fixed",
    "neg": "advmod",
}
V1_UPOS = {
    "CONJ": {"CCONJ", "SCONJ"},
    "PART": {"PART", "AUX"},
    "PRON": {"PRON", "DET"},
    "SYM": {"SYM", "PUNCT"},
    "VERB": {"VERB", "AUX"},
}
VOWEL_SIGN = re.compile("[\u064b-\u0652\u0670]")


def joined_features(features):
    """UD's FEATS column of a set of features; `_` when there are none."""
    return "|".join(sorted(features, key=str.lower)) or "_"


def features_of_bundle(upos, lemma, bundle):
    """UD features of a UniMorph `bundle`, or None where they do not follow from it.

    UniMorph has no word for the type of a pronoun, for foreign words and for abbreviations: the
    part of speech and the lemma tell them (only an analysed foreign word has a vocalised lemma).
    """
    tags = set(bundle.split(";")) - UNIMORPH_POS
    mood = {"Mood=Jus" if "IPFV" in tags else "Mood=Imp"} if "IMP" in tags else set()
    tags -= {"IMP"}
    features = {UNIMORPH[tag] for tag in tags if tag in UNIMORPH} | mood
    unanalysed = upos in ALWAYS_WITH_FEATURES and not features
    if tags - set(UNIMORPH) or unanalysed or (upos == "X" and features):
        return None
    if upos == "ADP":
        features.add("AdpType=Prep")
    elif upos == "PRON":
        features.add("PronType=Prs")
    elif upos == "NUM":
        features.add("NumForm=Word" if features or lemma.isalpha() else "NumForm=Digit")
    elif upos == "DET" and features:
        if skeleton(lemma) not in DETERMINERS:
            return None
        features.add(DETERMINERS[skeleton(lemma)])
    elif upos == "X" and ((len(lemma) == 1 and lemma.isalpha()) or lemma in ABBREVIATIONS):
        features.add("Abbr=Yes")
    elif upos == "X" and VOWEL_SIGN.search(lemma):
        features.add("Foreign=Yes")
    return joined_features(features)


def features_of_v1(upos, v1_upos, feats):
    """UD v2 features of a UD v1 word, or None where the two parts of speech do not go together.

    A word that v1 left unanalysed is X there. NumValue is dropped: v1 has it on some number words
    only, and SIGMORPHON on none.
    """
    if upos not in V1_UPOS.get(v1_upos, {v1_upos}):
        return None
    features = {V1_FEATURES.get(feature, feature) for feature in feats.split("|")} - {"_"}
    return joined_features(f for f in features if not f.startswith("NumValue="))


def relation_of_v1(deprel, head_upos):
    """UD v2 relation of a UD v1 one: the names that only changed, and nmod of a verb as obl.

    Heads stay as they are. v1 hangs conjunctions and commas between conjuncts on the first one,
    v2 on the next.
    """
    if deprel == "nmod" and head_upos == "VERB":
        return "obl"
    return V1_RELATIONS.get(deprel, deprel)
