"""An explorer of a corpus in JupyterLab: search, filters, lines, frequencies, names, texts.

It adds no statistics: what it shows are the tables of `concordance.kwic`, `counts.frequencies` and
`entities.mentions` of the texts that are chosen, and `Explorer.code` is the cell that gives them.
"""

import os
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.corpus import Corpus, load
from toolkit.exploring.labels import Labels
from toolkit.exploring.mentions import hits_of
from toolkit.exploring.session import Session
from toolkit.exploring.snapshot import snapshot
from toolkit.exploring.state import Among, Between, State

__all__ = ["Among", "Between", "Explorer", "State", "explore", "hits_of"]

VARIABLE = "annotated"


def explore(
    corpus: Corpus | str | os.PathLike[str],
    *,
    state: State | None = None,
    language: str = "en",
) -> "Explorer":
    """An explorer of an annotated corpus; as the last line of a cell it opens below the cell.

    Parameters
    ----------
    corpus : Corpus or path
        An annotated corpus, or the folder where `corpus.save` put it.
    state : State, optional
        What is shown at first; by default all texts, and nothing is searched.
    language : str
        The language of the labels, ``en`` or ``ar``.

    Returns
    -------
    Explorer
        What JupyterLab shows as a widget, other readers of notebooks as a still picture of it.

    Raises
    ------
    ValueError
        The corpus has no texts, the language is unknown, or the state cannot be shown.
    FileNotFoundError
        There is no corpus in the folder.
    """
    labels = Labels(language)
    source = None if isinstance(corpus, Corpus) else Path(corpus).as_posix()
    opened = corpus if isinstance(corpus, Corpus) else load(corpus)
    if opened.texts.empty:
        raise ValueError("explore: the corpus has no texts; pass an annotated corpus.")
    variable = _variable_of(opened) if source is None else VARIABLE
    session = Session(opened, State(), labels, variable=variable, source=source)
    if state is not None:
        session.change({name: getattr(state, name) for name in State.__dataclass_fields__})
    return Explorer(session)


def _variable_of(corpus: Corpus) -> str:
    """What the notebook calls the corpus."""
    try:
        from IPython import get_ipython
    except ImportError:
        return VARIABLE
    shell = get_ipython()
    names = {} if shell is None else shell.user_ns
    found = [name for name, value in list(names.items()) if value is corpus and name[0] != "_"]
    return found[0] if found else VARIABLE


class Explorer:
    """An open explorer: its state, the tables that it shows, the code that gives them.

    The tables are those of the moment; after a search in the browser they are those of the search.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __repr__(self) -> str:
        """The sizes of what is looked at."""
        part = self._session.part
        texts, words = len(part.texts), len(part.words)
        return f"Explorer({texts:,} of {len(self._session.corpus.texts):,} texts, {words:,} words)"

    @property
    def state(self) -> State:
        """What is shown."""
        return self._session.state

    def change(self, changes: dict[str, Any]) -> None:
        """Show something else, as a click would; an open widget keeps its picture until the next.

        Parameters
        ----------
        changes : dict
            Attributes of `State` and their new values, such as ``{"node": "كتاب"}``.

        Raises
        ------
        ValueError
            There is no such attribute or value.
        """
        self._session.change(changes)

    def texts(self) -> pd.DataFrame:
        """The texts that pass the filters, as in the corpus."""
        return self._session.part.texts.copy()

    def frequencies(self) -> pd.DataFrame:
        """The list of words, a table of `counts.frequencies`."""
        return self._session.part.frequencies(self.state).copy()

    def mentions(self) -> pd.DataFrame:
        """The list of names, a table of `entities.mentions`."""
        return self._session.part.mentions.copy()

    def lines(self) -> pd.DataFrame:
        """All lines of the search, a table of `concordance.kwic`.

        Raises
        ------
        ValueError
            Nothing is searched.
        """
        if not self.state.searches:
            raise ValueError("lines: nothing is searched; search in the explorer, or change it.")
        return self._session.part.lines(self.state)

    def code(self) -> str:
        """The cell of code that gives the tables which are shown."""
        return self._session.code()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        try:
            from toolkit.exploring.widget import ExplorerWidget
        except ImportError as error:
            raise ImportError(
                "explore: the widget needs anywidget, which is not installed; run "
                "pip install 'mudawwana[notebooks]', and open JupyterLab anew."
            ) from error
        still = {"text/html": snapshot(self._session), "text/plain": repr(self)}
        display(still, raw=True)  # type: ignore[no-untyped-call]
        display(ExplorerWidget(self._session))  # type: ignore[no-untyped-call]
