"""Workers of a Dask cluster have what this process has, or are refused by name."""

import pytest
from distributed import Client, LocalCluster
from test_keeping import SENTENCES, texts_of

from toolkit import models, pipeline
from toolkit.annotating import alike, provenance

HERE = "tcp://10.0.0.1:4000"
OTHER = "tcp://10.0.0.2:4000"


class Cluster:
    """A client of two workers that answer what they are told to."""

    def __init__(self, first, second):
        self.answers = {OTHER: second, HERE: first}

    def run(self, function, *arguments, on_error):
        assert on_error == "return"
        if isinstance(self.answers[OTHER], SystemError):
            raise self.answers[OTHER]
        return dict(self.answers)


@pytest.fixture(scope="module")
def model_set():
    return models.resolve("news")


def work(chunk):
    return list(chunk)


def test_workers_that_are_alike_may_work(model_set):
    here = provenance.made_with(model_set)
    assert {"mudawwana", "torch", "stanza", "models", "code of records"} <= here.keys()
    assert callable(alike.checked(Cluster(here, here), work, model_set))


@pytest.mark.parametrize("what", ["mudawwana", "torch", "stanza", "code of records", "models"])
def test_a_worker_with_another_version_is_refused_with_both(what, model_set):
    here = provenance.made_with(model_set)
    message = rf"^annotate: the Dask worker {OTHER} has {what} 0\.1, this process {here[what]}"
    with pytest.raises(ValueError, match=message.replace("+", r"\+")):
        alike.checked(Cluster(here, {**here, what: "0.1"}), work, model_set)


def test_a_worker_that_does_not_know_a_version_has_none(model_set):
    here = provenance.made_with(model_set)
    there = {what: version for what, version in here.items() if what != "hijridate"}
    with pytest.raises(ValueError, match=f"the Dask worker {OTHER} has hijridate none, this"):
        alike.checked(Cluster(here, there), work, model_set)


def test_a_worker_without_the_models_is_refused(model_set):
    here = provenance.made_with(model_set)
    lacking = FileNotFoundError("models: no directory")
    with pytest.raises(ValueError, match=rf"{OTHER} cannot say .*FileNotFoundError: models: no"):
        alike.checked(Cluster(here, lacking), work, model_set)


def test_a_worker_without_this_package_is_refused(model_set):
    with pytest.raises(ValueError, match=r"a Dask worker cannot say .*No module named 'toolkit'"):
        alike.checked(Cluster({}, SystemError("No module named 'toolkit'")), work, model_set)


def other_torch():
    """On a worker: be one with another version."""
    alike.made_with = lambda _: {**provenance.made_with(models.resolve("news")), "torch": "1.0"}


def test_real_workers_are_compared_also_those_that_come_later():
    texts = texts_of(SENTENCES[:1])
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):
        found = models.resolve("news")
        checked = alike.checked(client, work, found)
        assert client.submit(checked, [1, 2]).result() == [1, 2]
        client.run(other_torch)
        client.run(alike._made_there.cache_clear)
        with pytest.raises(ValueError, match=r"the Dask worker tcp:\S+ has torch 1\.0, this"):
            client.submit(checked, [1, 2, 3]).result()
        with pytest.raises(ValueError, match=r"the Dask worker tcp:\S+ has torch 1\.0, this"):
            pipeline.annotate(texts, workers=client, cache=False)
