"""Forms that were met are kept between runs, and decide nothing that the models would not."""

import pandas as pd
import pytest

from toolkit import corpus, pipeline
from toolkit.annotating import memo, worker
from toolkit.keeping import cache, holdings

SENTENCES = [
    "وصل الرئيس السوري إلى موسكو يوم الأحد وبحث مع نظيره الروسي تطوير العلاقات بين البلدين.",
    "وللمستشفيات الجديدة قسطنطينيات مستنسخات، وسيستقبلونها غدا في دمشق.",
]


def texts_of(sentences):
    return pd.DataFrame({"doc": [f"d{n}" for n in range(len(sentences))], "text": sentences})


@pytest.fixture
def read(monkeypatch):
    """The forms that a network reads: those of tokens and those of words."""
    found = {"words": [], "lemmas": []}
    stages = worker.load(pipeline.models.resolve("news"), "cpu")
    monkeypatch.setattr(stages.expander, "words", {})
    monkeypatch.setattr(stages.lemmatiser, "lemmas", {})
    expand, lemmatise = stages.expander._predicted, stages.lemmatiser._read

    def expanded(forms):
        found["words"] += forms
        return expand(forms)

    def lemmatised(sentences):
        found["lemmas"] += [word for sentence in sentences for word in sentence]
        return lemmatise(sentences)

    monkeypatch.setattr(stages.expander, "_predicted", expanded)
    monkeypatch.setattr(stages.lemmatiser, "_read", lemmatised)
    return found


def forget():
    stages = worker.load(pipeline.models.resolve("news"), "cpu")
    stages.expander.words.clear()
    stages.lemmatiser.lemmas.clear()


def assert_same(one, other):
    for name in corpus.TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_forms_of_an_earlier_run_are_not_read_again(read, tmp_path):
    once = pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    assert read["lemmas"]
    assert read["words"]
    for forms in read.values():
        forms.clear()
    forget()
    other = pipeline.annotate(texts_of([" ".join(SENTENCES)]), cache=tmp_path)
    assert read == {"words": [], "lemmas": []}
    assert other.words["lemma"].tolist() == once.words["lemma"].tolist()


def test_without_a_cache_nothing_is_kept(read, tmp_path, monkeypatch):
    monkeypatch.setenv("MUDAWWANA_CACHE_DIR", str(tmp_path))
    pipeline.annotate(texts_of(SENTENCES), cache=False)
    assert list(tmp_path.iterdir()) == []


def test_other_settings_have_forms_of_their_own(tmp_path):
    with memo.memos(tmp_path, "one", ({}, {})) as (words, lemmas):
        words.keep({"وقال": "و قال"})
        lemmas.keep({"وقال": "قال"})
        assert words.known(["وقال", "غيره"]) == {"وقال": "و قال"}
        assert lemmas.known(["وقال"]) == {"وقال": "قال"}
    with memo.memos(tmp_path, "other", ({}, {})) as (words, _):
        assert words.known(["وقال"]) == {}


def test_a_damaged_file_of_forms_costs_time_alone(tmp_path):
    texts = texts_of(SENTENCES)
    expected = pipeline.annotate(texts, cache=tmp_path / "one")
    forms = tmp_path / "two" / memo.FOLDER
    forms.mkdir(parents=True)
    (forms / "cache.sqlite").write_bytes(b"no database" * 1000)
    forget()
    assert_same(pipeline.annotate(texts, cache=tmp_path / "two"), expected)
    with pytest.MonkeyPatch.context() as patch:  # nor one that cannot be opened at all
        patch.setattr(memo, "FOLDER", "file")
        (tmp_path / "three").mkdir()
        (tmp_path / "three" / "file").write_text("")
        forget()
        assert_same(pipeline.annotate(texts, cache=tmp_path / "three"), expected)


def test_clearing_the_cache_clears_the_forms(tmp_path):
    forget()
    pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    assert holdings.info(tmp_path / memo.FOLDER).records > 0
    assert holdings.clear(tmp_path) == len(SENTENCES)
    assert holdings.info(tmp_path / memo.FOLDER).records == 0


def test_a_group_is_cleared_without_the_forms(tmp_path):
    forget()
    pipeline.annotate(texts_of(SENTENCES), cache=tmp_path)
    (group,) = holdings.info(tmp_path).groups
    holdings.clear(tmp_path, group=group)
    assert holdings.info(tmp_path / memo.FOLDER).records > 0
    assert cache.file_in(tmp_path).exists()
