"""The bar: who sees it, what it says, and that it goes on while a document takes long."""

import io
import sys
import time
from contextlib import redirect_stderr
from types import SimpleNamespace

import pytest
from jupyter_client.manager import start_new_kernel

from toolkit.annotating import progress, tally
from toolkit.annotating.progress import Progress
from toolkit.annotating.runners import runner
from toolkit.annotating.work import Document, Done

PATIENCE = 60  # seconds for a kernel, or a thread, on a machine with other work


def done(*tokens):
    return [Done(place, b"record", number) for place, number in enumerate(tokens)]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_bar_counts_documents_tokens_and_problems():
    with redirect_stderr(Terminal()) as terminal, Progress(6, None) as bar:
        bar.add(done(1200, 34))
        bar.pass_over(1)
        bar.add([Done(3, None, 0, "model error", "no room")])
        assert (bar.bar.n, bar.tokens, bar.problems) == (4, 1234, 2)
    last = terminal.getvalue().split("\r")[-1]
    assert "4/6" in last
    assert "1,234 tokens, " in last
    assert "tokens/s, 2 problems" in last


@pytest.mark.parametrize(("shown", "is_there"), [(None, False), (False, False), (True, True)])
def test_a_file_has_a_bar_only_where_it_is_asked_for(shown, is_there):
    with redirect_stderr(io.StringIO()) as log, Progress(1, shown) as bar:
        bar.add(done(3))
    assert ("1/1" in log.getvalue()) == is_there


def test_a_hidden_bar_is_hidden_in_a_terminal_too():
    with redirect_stderr(Terminal()) as terminal, Progress(1, shown=False) as bar:
        bar.add(done(3))
    assert terminal.getvalue() == ""


def test_a_process_without_stderr_has_no_bar():
    with redirect_stderr(None), Progress(1, None) as bar:
        bar.add(done(3))


def test_a_log_is_not_filled():
    with redirect_stderr(io.StringIO()) as log, Progress(5000, shown=True) as bar:
        for _ in range(5000):
            bar.add(done(3))
    assert "5000/5000" in log.getvalue()
    assert log.getvalue().count("\r") <= 3  # the first state, the last, and one of this minute


def said_meanwhile(terminal, what):
    end = time.monotonic() + PATIENCE
    while what not in terminal.getvalue() and time.monotonic() < end:
        time.sleep(0.02)
    return what in terminal.getvalue()


def test_bar_goes_on_before_a_document_is_finished(monkeypatch):
    monkeypatch.setattr(progress, "INTERVAL", 0.02)
    with redirect_stderr(Terminal()) as terminal, Progress(1, None) as bar:
        tally.add(4321)
        assert said_meanwhile(terminal, "4,321 tokens")
        tally.add(1000)
        assert said_meanwhile(terminal, "5,321 tokens")
        bar.add(done(5321))
    assert "5,321 tokens" in terminal.getvalue().split("\r")[-1]


def read_seven(chunk):
    tally.add(7)
    return [Done(each.place, b"", 0) for each in chunk]


def test_tokens_that_worker_processes_read_are_counted_here():
    before = tally.read()
    with runner(2) as run:
        for number in range(3):  # one after the other: two at once may overwrite each other
            assert len(list(run([[Document(number, "d", "text", 0)]], read_seven))) == 1
    assert tally.read() - before == 21


@pytest.mark.parametrize(
    ("kernel", "someone"),
    [
        (None, False),  # IPython in a terminal
        (SimpleNamespace(), False),
        (SimpleNamespace(get_parent=lambda: {}), False),
        (SimpleNamespace(get_parent=lambda: {"content": {"allow_stdin": False}}), False),
        (SimpleNamespace(get_parent=lambda: {"content": {"allow_stdin": True}}), True),
    ],
)
def test_someone_sits_at_a_notebook_that_can_ask(kernel, someone, monkeypatch):
    shell = SimpleNamespace(kernel=kernel)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert progress._someone_sits_at_the_notebook() == someone


CELL = """
from toolkit.annotating.progress import Progress
from toolkit.annotating.work import Done
with Progress(2, None) as bar:
    bar.add([Done(0, b"", 5), Done(1, b"", 6)])
"""


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(startup_timeout=PATIENCE)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("asks", "kinds"),
    [(True, {"display_data"}), (False, set())],
    ids=["as JupyterLab runs it", "as nbval and nbconvert run it"],
)
def test_bar_is_shown_in_a_notebook_and_changes_no_stored_one(kernel, asks, kinds):
    outputs = []
    reply = kernel.execute_interactive(
        CELL,
        allow_stdin=asks,
        output_hook=outputs.append,
        stdin_hook=lambda _: None,
        timeout=PATIENCE,
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    of_output = {"display_data", "stream", "execute_result", "update_display_data"}
    assert {each["header"]["msg_type"] for each in outputs} & of_output == kinds
