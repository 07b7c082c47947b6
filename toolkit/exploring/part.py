"""The part of a corpus that passes the filters, and its tables, each made when first asked for."""

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from toolkit import concordance, counts, entities
from toolkit.columns import COUNTED_KINDS
from toolkit.corpus import Corpus
from toolkit.exploring.facets import passing
from toolkit.exploring.mentions import hits_of
from toolkit.exploring.state import ORDERS, State
from toolkit.showing.pieces import is_missing
from toolkit.statistics.query import InvertedIndex


class Part:
    """The tables of some texts of a corpus: its rows, nothing counted by other means than ours.

    Attributes
    ----------
    corpus : Corpus
        The whole.
    texts : DataFrame
        The texts that pass the filters.
    """

    def __init__(self, corpus: Corpus, state: State) -> None:
        self.corpus = corpus
        self._chosen = passing(corpus.texts, state.filters)
        self.texts = corpus.texts if self._chosen.all() else corpus.texts[self._chosen]
        self._made: dict[tuple[Any, ...], Any] = {}

    def _of(self, table: pd.DataFrame) -> pd.DataFrame:
        if self._chosen.all():
            return table
        return table[table["doc"].isin(self.texts["doc"])]

    @cached_property
    def words(self) -> pd.DataFrame:
        """The words of the texts."""
        return self._of(self.corpus.words)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """The tokens of the texts."""
        return self._of(self.corpus.tokens)

    @cached_property
    def entities(self) -> pd.DataFrame:
        """The entity mentions of the texts."""
        return self._of(self.corpus.entities)

    def rows(self, state: State) -> pd.DataFrame:
        """The rows that are searched and counted."""
        return self.words if state.table == "words" else self.tokens

    def size(self, state: State) -> int:
        """How many words or tokens are searched, punctuation left out."""
        key = ("size", state.table)
        if key not in self._made:
            kinds = self.rows(state)["kind"]
            self._made[key] = int(kinds.isin(COUNTED_KINDS).sum())
        return self._made[key]  # type: ignore[no-any-return]

    def frequencies(self, state: State) -> pd.DataFrame:
        """How often each item of the searched column occurs; see `counts.frequencies`."""
        key = ("frequencies", state.table, state.column, state.function_words)
        if key not in self._made:
            stop = None if state.function_words else counts.stop_words(state.column)
            self._made[key] = counts.frequencies(self.rows(state), by=state.column, stop_words=stop)
        return self._made[key]  # type: ignore[no-any-return]

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """How often each name is mentioned; see `entities.mentions`."""
        return entities.mentions(self.entities)

    def _index(self, table: str, column: str) -> InvertedIndex:
        key = ("index", table, column)
        if key not in self._made:
            rows = self.words if table == "words" else self.tokens
            self._made[key] = concordance.index(rows, by=column)
        return self._made[key]  # type: ignore[no-any-return]

    def hits(self, state: State) -> pd.DataFrame:
        """Where what is searched stands; see `concordance.hits`."""
        key = ("hits", *state.search_key())
        if key not in self._made:
            self._made[key] = self._hits(state)
        return self._made[key]  # type: ignore[no-any-return]

    def _hits(self, state: State) -> pd.DataFrame:
        if state.name is not None:
            return hits_of(self.named(state), self.tokens)
        return concordance.hits(
            self._index(state.table, state.column),
            state.node,
            fold=not state.exact,
            kinds=COUNTED_KINDS,
        )

    def named(self, state: State) -> pd.DataFrame:
        """The mentions of the name that is looked at."""
        found = self.entities
        if state.name is None:
            return found.head(0)
        kind, name = state.name
        return found[(found["type"] == kind) & (found["name"] == name)]

    def lines(self, state: State, limit: int | None = None) -> pd.DataFrame:
        """The concordance lines; see `concordance.kwic`."""
        key = ("lines", *state.lines_key(), limit)
        if key not in self._made:
            self._made[key] = self._lines(state, limit)
        return self._made[key]  # type: ignore[no-any-return]

    def _lines(self, state: State, limit: int | None) -> pd.DataFrame:
        shown: dict[str, Any] = {"sort": ORDERS[state.order], "limit": limit, "texts": self.texts}
        if state.name is not None:
            return concordance.kwic(self._index("tokens", "norm"), self.hits(state), **shown)
        return concordance.kwic(
            self._index(state.table, state.column),
            state.node,
            fold=not state.exact,
            kinds=COUNTED_KINDS,
            **shown,
        )

    def found_in(self, state: State, doc: Any) -> list[tuple[int, int]]:
        """Start and end of what is searched in one text, in its order."""
        if not state.searches:
            return []
        found = self.named(state) if state.name is not None else self.hits(state)
        here = found[found["doc"] == doc]
        return list(zip(here["start"].tolist(), here["end"].tolist(), strict=True))

    def text_of(self, doc: Any) -> tuple[str, int]:
        """The raw text of a document, and where its body begins."""
        row = self.corpus.texts.iloc[int(np.flatnonzero(self.corpus.texts["doc"] == doc)[0])]
        text, start = row["text"], row.get("body_start", 0)
        return "" if is_missing(text) else str(text), 0 if is_missing(start) else int(start)
