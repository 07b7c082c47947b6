"""Annotation with the bundled models: offsets, tables, bad input. Expected values: hand counts."""

import shutil

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import corpus, models, normalise, pipeline
from toolkit.annotating import devices, loading, pieces, provenance

HEADER = " date 2025-11-16 "
FULL_NAMES = [
    "مرهف أبو قصرة",
    "يونس بك يفكيروف",
    "محمد سامح حامض",
    "ميخائيل ديجتياريف",
    "أحمد الشرع",
    "بشار الأسد",
]


def annotate_one(text, **columns):
    return pipeline.annotate(pd.DataFrame({"doc": ["one"], "text": [text], **columns}))


@pytest.fixture(scope="module")
def news():
    return pipeline.annotate(corpus.read_texts("seeds"))


def raw_spans(annotated, table):
    raw = dict(zip(annotated.texts["doc"], annotated.texts["text"], strict=True))
    rows = getattr(annotated, table)
    return [
        raw[doc][start:end]
        for doc, start, end in zip(rows["doc"], rows["start"], rows["end"], strict=True)
    ]


def assert_offsets_hold(annotated):
    """Every unit lies on its raw surface, and every visible character in one token."""
    for surface, form in zip(raw_spans(annotated, "tokens"), annotated.tokens["form"], strict=True):
        assert normalise.clean(surface)[0] == form
    words = annotated.words
    own = words["span"] == "own"
    for surface, form, is_own in zip(
        raw_spans(annotated, "words"), words["form"], own, strict=True
    ):
        assert surface.strip()
        if is_own and len(normalise.clean(surface)[0]) == len(form):
            assert normalise.skeleton(normalise.clean(surface)[0]) == normalise.skeleton(form)
    spans = annotated.tokens.set_index(["doc", "sent", "token"])[["start", "end"]]
    shared = words[~own].join(spans, on=["doc", "sent", "token"], suffixes=("", "_token"))
    assert (shared["start"] == shared["start_token"]).all()
    assert (shared["end"] == shared["end_token"]).all()
    assert raw_spans(annotated, "entities") == annotated.entities["text"].tolist()


def uncovered(annotated):
    """The characters of the texts that lie in no token."""
    left = []
    for doc, text in zip(annotated.texts["doc"], annotated.texts["text"], strict=True):
        covered = [False] * len(text)
        rows = annotated.tokens[annotated.tokens["doc"] == doc]
        for start, end in zip(rows["start"], rows["end"], strict=True):
            covered[start:end] = [True] * (end - start)
        left.append("".join(char for char, inside in zip(text, covered, strict=True) if not inside))
    return left


def test_seed_offsets_point_at_the_raw_text(news):
    assert_offsets_hold(news)


def test_seed_header_is_the_date_and_lies_in_no_token(news):
    assert news.texts["date"].tolist() == ["2025-11-16"]
    assert news.texts["text"][0].startswith(HEADER)
    assert news.tokens["start"].min() == len(HEADER)
    assert news.sentences["start"].min() == len(HEADER)


def test_seed_loses_no_character(news):
    assert uncovered(news)[0].split() == ["date", "2025-11-16"]


def test_seed_has_nineteen_words_in_its_opening_clause(news):
    # by hand: بحث وزير الدفاع السوري مرهف أبو قصرة اليوم الأحد مع وفد عسكري روسي رفيع المستوى
    #          برئاسة يونس بك يفكيروف
    forms = news.tokens["form"].tolist()[:19]
    assert forms[0] == "بحث"
    assert forms[18] == "يفكيروف"


def test_seed_full_names_are_persons(news):
    persons = news.entities[news.entities["type"] == "PER"]
    found = set(persons["name"])
    assert [name for name in FULL_NAMES if name not in found] == []


def test_seed_splits_clitics_and_keeps_their_letters(news):
    fused = news.words[news.words["form"] == "الجزيرة"].iloc[0]
    surface = news.texts["text"][0][fused["start"] : fused["end"]]
    assert (surface, fused["span"]) == ("للجزيرة", "shared")
    said = news.words[news.words["form"] == "قالت"].iloc[0]
    assert said["span"] == "own"
    assert news.texts["text"][0][said["start"] - 1 : said["end"]] == "وقالت"


def test_entity_span_leaves_the_proclitic_outside(news):
    moscow = news.entities[news.entities["name"] == "موسكو"]
    assert len(moscow) >= 3
    assert set(moscow["text"]) == {"موسكو"}


def test_lemmas_are_unvocalised_keys(news):
    keys = news.words["lemma"].astype("str")
    assert (keys.map(normalise.strip_diacritics) == keys).all()
    assert news.words["lemma"].notna().all()


def test_two_runs_give_the_same_tables(news):
    again = pipeline.annotate(corpus.read_texts("seeds"), cache=False)
    for name in corpus.TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(news, name))
    assert again.provenance == news.provenance


def test_words_of_a_sentence_are_numbered_from_one_without_gaps():
    # names of God are split by a table, other tokens by the model: both number what comes after
    text = "قال والله إنه سيكتب للوزير بالله ثم يعود لبيته. ولله الحمد في كل مكان."
    words = annotate_one(text).words
    numbers = words.groupby("sent")["word"].apply(list)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers)
    assert len(words) > words.groupby(["sent", "token"]).ngroups + 6


def test_a_token_is_split_alike_whatever_was_annotated_before(news):
    loaded = loading.load(models.resolve("news"), "cpu")
    kept = dict(loaded.expander.words)
    assert kept
    loaded.expander.words.clear()
    again = pipeline.annotate(corpus.read_texts("seeds"), cache=False)
    pd.testing.assert_frame_equal(again.words, news.words)
    assert loaded.expander.words.items() <= kept.items()


def test_without_entities_the_rest_is_the_same(news):
    bare = pipeline.annotate(corpus.read_texts("seeds"), entities=False)
    pd.testing.assert_frame_equal(bare.words, news.words)
    pd.testing.assert_frame_equal(bare.sentences, news.sentences)
    pd.testing.assert_frame_equal(bare.tokens.drop(columns="ner"), news.tokens.drop(columns="ner"))
    assert bare.tokens["ner"].isna().all()
    assert bare.entities.empty
    assert bare.provenance["options"] == {"entities": False}
    assert news.provenance["options"] == {"entities": True}


def test_without_entities_their_model_is_not_loaded(monkeypatch):
    loaded = []
    pipeline_of = loading.stanza_pipeline

    def noted(*arguments, **options):
        loaded.extend(options["processors"])
        return pipeline_of(*arguments, **options)

    monkeypatch.setattr(loading, "stanza_pipeline", noted)
    loading._cached.cache_clear()
    texts = pd.DataFrame({"doc": ["a"], "text": ["زار الرئيس بشار الأسد مدينة دمشق."]})
    pipeline.annotate(texts, entities=False, cache=False)
    assert set(loaded) == {"tokenize", "mwt", "pos", "lemma"}
    loaded.clear()
    found = pipeline.annotate(texts, cache=False)
    assert "ner" in loaded
    assert "دمشق" in set(found.entities["text"])
    loaded.clear()
    pipeline.annotate(texts, cache=False)
    assert loaded == []


def test_saved_corpus_comes_back_as_it_was(news, tmp_path):
    loaded = corpus.load(news.save(tmp_path / "kept"))
    for name in corpus.TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(news, name))
    assert loaded.provenance == news.provenance


def test_documents_do_not_change_each_other(news):
    texts = corpus.read_texts("seeds")
    other = texts.assign(doc="other", text="وصل الرئيس إلى دمشق. ثم عاد.", body_start=0)
    both = pipeline.annotate(pd.concat([other, texts, other.assign(doc="last")]))
    seed = both.words[both.words["doc"] == texts["doc"][0]].reset_index(drop=True)
    for column in ("sent", "form", "lemma", "upos", "start", "end", "span"):
        assert seed[column].tolist() == news.words[column].tolist()
    assert both.sentences.groupby("doc", observed=True)["sent"].max()["other"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "قَالَ الرَّئِيسُ إِنَّهُ سَيَصِلُ غَدًا.",
        "قــــال الرئيـــس، ثم عـاد.",
        "\ufee3\ufea4\ufee4\ufeaa وصل \ufefb أحد",  # presentation forms
        "\u200fوصل\u200f \u202bالرئيس\u202c \u200eABC\u200e اليوم",
        "وصل 😀 الرئيس 👨‍👩‍👧 إلى دمشق!",
        "قال iPhone 15 في café بسعر ٩٩٫٥ دولارا أو 10%",
        "سطر أول\r\nسطر ثان\rسطر ثالث\n\n\n  سطر رابع  ",
        "بريد user@example.org و www.example.org/a?b=1 انتهى.",
        "وللرئيس وبالمدرسة فسيكتبونها مما عما إليه",
        "...",
        "ا",
    ],
)
def test_offsets_hold_for(text):
    if not pieces.ARABIC_LETTER.search(text):
        text += " نص"
    annotated = annotate_one(text)
    assert_offsets_hold(annotated)
    visible = normalise.clean(uncovered(annotated)[0])[0]
    assert visible.split() == []


ARABIC = st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة")
NOISE = st.sampled_from(
    [
        *"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u0653\u0654\u0655",
        *"\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2069\ufeff\u00ad",
        *"\ufefb\ufee3\ufea4\ufdf2\ufb56\ufe8f",
        *" \t\n\r\u00a0\u2028\u3000",
        "\r\n",
        "\n\n",
        *'.,،؛؟!?"«»()[]:-/…%',
        *"0123٠١٢٣۴۵",
        *"abZéñ",
        "😀",
        "👨‍👩‍👧",
        "e\u0301",
        "ک",
        "ی",
        "لل",
        "وال",
    ]
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(st.one_of(ARABIC, ARABIC, ARABIC, NOISE, st.just(" ")), min_size=1, max_size=120))
def test_offsets_hold_for_generated_noise(parts):
    text = "نص " + "".join(parts)
    annotated = annotate_one(text)
    assert annotated.texts["text"][0] == text
    assert_offsets_hold(annotated)
    assert normalise.clean(uncovered(annotated)[0])[0].split() == []


def test_empty_body_gets_a_problem_row():
    texts = pd.DataFrame(
        {"doc": ["a", "b", "c", "d"], "text": ["وصل الرئيس.", " \n", "only Latin", None]}
    )
    annotated = pipeline.annotate(texts)
    assert annotated.problems[["doc", "what"]].to_numpy().tolist() == [
        ["b", "empty"],
        ["c", "no Arabic"],
        ["d", "no text"],
    ]
    assert set(annotated.tokens["doc"]) == {"a"}
    assert len(annotated.texts) == 4


def test_no_arabic_at_all_is_an_error():
    with pytest.raises(ValueError, match=r"annotate: no text to annotate .*no Arabic letter"):
        annotate_one("only Latin letters")


def test_missing_column_is_named():
    with pytest.raises(ValueError, match="annotate: no column 'text' in the table; its columns"):
        pipeline.annotate(pd.DataFrame({"doc": ["a"]}))


def test_repeated_doc_is_named():
    with pytest.raises(ValueError, match="annotate: doc 'a' occurs twice"):
        pipeline.annotate(pd.DataFrame({"doc": ["a", "a"], "text": ["نص", "نص"]}))


def test_missing_model_directory_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="neither a known name"):
        pipeline.annotate(pd.DataFrame({"doc": ["a"], "text": ["نص"]}), models=tmp_path / "none")


def test_unloadable_model_is_named(tmp_path):
    folder = tmp_path / "models"
    shutil.copytree(models.bundled_dir(), folder)
    damaged = folder / "ar" / "lemma" / "news.pt"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    texts = pd.DataFrame({"doc": ["a"], "text": ["نص"]})
    with pytest.raises(ValueError, match=r"news\.pt' is damaged"):
        pipeline.annotate(texts, models=folder)
    # without a stated md5 it is Stanza that fails
    listed = (folder / "resources.json").read_text(encoding="utf-8")
    (folder / "resources.json").write_text(listed.replace('"md5"', '"was"'), encoding="utf-8")
    with pytest.raises(ValueError, match="annotate: Stanza cannot load the models"):
        pipeline.annotate(texts, models=folder)


def test_paragraph_without_punctuation_is_cut_at_white_space():
    text = "وصل الرئيس إلى دمشق اليوم " * 2000
    spans = list(pieces._cut(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= pieces.LONGEST_PARAGRAPH
    assert all(text[start] == " " for start, _ in spans[1:])


def test_allah_keeps_its_letters_behind_clitics():
    # by hand: ل and الله are contracted in لله; ب and الله stand side by side in بالله
    words = annotate_one("الحمد لله، وبالله التوفيق.").words
    forms = words["form"].tolist()
    assert forms[:3] == ["الحمد", "ل", "الله"]
    assert forms[4:7] == ["و", "ب", "الله"]
    assert words["span"].tolist()[1:3] == ["shared", "shared"]
    assert set(words["span"][4:7]) == {"own"}


def test_own_proclitic_stays_outside_a_contracted_name():
    annotated = annotate_one(
        "وصل الوفد إلى دمشق، وللجزيرة مراسلون في موسكو وللعربية مراسل في بغداد."
    )
    mentioned = annotated.entities["text"].tolist()
    assert [text for text in mentioned if text.startswith("و")] == []
    fused = annotated.words.groupby("token", observed=True)["form"].agg(list).tolist()
    assert ["و", "ل", "الجزيرة"] in fused


def test_half_a_surrogate_pair_is_a_problem_row_and_stops_nothing():
    texts = pd.DataFrame(
        {"doc": ["a", "b"], "text": ["وصل الرئيس.", "وقال \ud800 الرئيس"]}, dtype=object
    )
    annotated = pipeline.annotate(texts)
    assert annotated.problems["doc"].tolist() == ["b"]
    assert set(annotated.tokens["doc"]) == {"a"}


def test_ellipsis_in_one_character_is_a_token_and_can_end_a_sentence():
    text = "رحب الوزير بالضيف في القصر…ثم غادر الوفد المدينة إلى المطار."
    tokens = pipeline.annotate(pd.DataFrame({"doc": ["a"], "text": [text]})).tokens
    assert {"القصر", "…", "ثم"} <= set(tokens["form"])


def test_a_gpu_that_is_not_there_is_refused(monkeypatch):
    monkeypatch.setattr(devices, "_has_gpu", lambda: False)
    texts = pd.DataFrame({"doc": ["a"], "text": ["نص"]})
    with pytest.raises(ValueError, match=r"^annotate: torch sees no GPU .*; pass 'auto' or 'cpu'"):
        pipeline.annotate(texts, device="cuda")
    with pytest.raises(ValueError, match=r"^annotate: no device 'tpu'; there are auto, cpu, cuda"):
        pipeline.annotate(texts, device="tpu")
    assert devices.device_of("auto") == devices.device_of("cpu") == "cpu"


def test_a_gpu_is_used_and_named_where_there_is_one(monkeypatch):
    monkeypatch.setattr(devices, "_has_gpu", lambda: True)
    assert [devices.device_of(name) for name in ("auto", "cuda", "cpu")] == [
        "cuda",
        "cuda",
        "cpu",
    ]
    found = provenance.provenance_of(models.resolve("news"), entities=True, device="cuda")
    assert found["processor"].endswith(", cuda")


@pytest.mark.parametrize("text", ["ــــ", "\N{ARABIC LETTER SUPERSCRIPT ALEF}", "\ufe70 \ufe7e"])
def test_marks_without_a_letter_are_a_problem(text):
    texts = pd.DataFrame({"doc": ["a", "b"], "text": [text, "نص"]})
    found = pipeline.annotate(texts, cache=False)
    assert found.problems[["doc", "what"]].to_numpy().tolist() == [["a", "no Arabic"]]


@pytest.mark.parametrize("body_start", [[4, None], ["4", 0], [4.5, 0.0], [-1, 0]])
def test_a_header_that_is_no_place_is_a_problem_of_its_document(body_start):
    texts = pd.DataFrame({"doc": ["a", "b"], "text": ["عنوان نص", "نص"], "body_start": body_start})
    found = pipeline.annotate(texts, cache=False)
    assert found.problems["what"].tolist() == ["header"]
    assert len(found.words) > 0


@pytest.mark.parametrize(
    ("docs", "message"),
    [
        ([1, "1"], r"doc '1' occurs twice"),
        ([None, "1"], r"a doc is missing"),
        (["a", "\ud800"], r"doc .* holds half a surrogate pair"),
    ],
)
def test_names_of_documents_that_cannot_be_told_apart_are_refused(docs, message):
    texts = pd.DataFrame({"doc": pd.Series(docs, dtype="object"), "text": ["نص", "نص"]})
    with pytest.raises(ValueError, match=f"^annotate: {message}"):
        pipeline.annotate(texts, cache=False)


def test_numbers_as_names_of_documents_become_strings_in_all_tables():
    texts = pd.DataFrame({"doc": [10, 9], "text": ["نص", "كتاب"]})
    found = pipeline.annotate(texts, cache=False)
    assert found.texts["doc"].tolist() == ["10", "9"]
    assert corpus.with_paragraphs(found.tokens, found.texts)["paragraph"].tolist() == [1, 1]


@pytest.mark.parametrize("texts", [pd.Series(["نص"]), ["نص"], "نص"])
def test_what_is_no_table_is_refused(texts):
    with pytest.raises(ValueError, match=r"^annotate: .*Pass what corpus.read_texts returns"):
        pipeline.annotate(texts)
