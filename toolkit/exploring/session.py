"""The Python side of an explorer: it keeps the state and answers what the browser asks."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from toolkit.arabic.visible import visible
from toolkit.corpus import Corpus
from toolkit.exploring import views
from toolkit.exploring.code import code_of
from toolkit.exploring.facets import counts_of, facets_of, filter_of
from toolkit.exploring.labels import Labels
from toolkit.exploring.part import Part
from toolkit.exploring.state import Among, Between, State

KEPT_PARTS = 4
PLAIN = ("node", "unit", "exact", "order", "function_words")


class Session:
    """A corpus, the state of its explorer, and what was made for it.

    Attributes
    ----------
    corpus : Corpus
        What is explored.
    state : State
        What is shown.
    labels : Labels
        The language of what is said.
    variable, source : str
        How the cell of code calls the corpus, and where it loads it from (None: nowhere).
    """

    def __init__(
        self, corpus: Corpus, state: State, labels: Labels, *, variable: str, source: str | None
    ) -> None:
        self.corpus, self.labels = corpus, labels
        self.variable, self.source = variable, source
        self.facets = facets_of(corpus.texts)
        self.whole = Part(corpus, State())
        self._parts: OrderedDict[Any, Part] = OrderedDict()
        self.state = self._with_text(state)

    def part_of(self, state: State) -> Part:
        """The texts that pass the filters of a state; the last few are kept."""
        key = state.filters_key()
        if not key:
            return self.whole
        if key not in self._parts:
            self._parts[key] = Part(self.corpus, state)
            if len(self._parts) > KEPT_PARTS:
                self._parts.popitem(last=False)
        self._parts.move_to_end(key)
        return self._parts[key]

    @property
    def part(self) -> Part:
        """The texts that are looked at."""
        return self.part_of(self.state)

    def _with_text(self, state: State) -> State:
        """The state with a text open, one of those that pass."""
        docs = self.part_of(state).texts["doc"]
        if state.doc is not None and (docs == state.doc).any():
            return state
        return state.changed({"doc": docs.iloc[0] if len(docs) else None, "place": None})

    def change(self, changes: Mapping[str, Any]) -> None:
        """Another state, refused as a whole where it cannot be shown."""
        state = self._with_text(self.state.changed(changes))
        if state.search_key() != self.state.search_key() and "place" not in changes:
            state = state.changed({"place": None})
        if state.searches:
            self.part_of(state).hits(state)
        self.state = state

    def code(self) -> str:
        """The cell that gives the tables which are shown."""
        return code_of(self.state, self.corpus.texts, corpus=self.variable, source=self.source)

    # --- what the browser asks ----------------------------------------------------------------

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent back: the panes that changed, or what is wrong."""
        before = self.state
        answer = {name: message.get(name) for name in ("view", "number")}
        try:
            if message["do"] == "more":
                return answer | self._more(str(message["list"]), int(message["shown"]))
            if message["do"] == "open":
                return answer | {"shell": views.shell(self.facets, self.labels)} | self._shown(None)
            self.change(self._asked(message))
        except ValueError as error:
            return answer | {"problem": visible(str(error))}
        return answer | self._shown(before)

    def _asked(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The changes of the state that a message asks for."""
        given = message.get("changes", {})
        changes = {name: given[name] for name in PLAIN if name in given}
        if "filters" in given:
            changes["filters"] = self._filters(given["filters"])
        if "doc" in given:
            changes |= {"doc": self.part.texts["doc"].iloc[int(given["doc"])], "place": None}
        if "at" in given:
            changes["place"] = (int(given["at"]), int(given["at"]))
        if "row" in given:
            changes |= self._pressed(str(given["list"]), int(given["row"]), given["label"])
        return changes

    def _filters(self, given: Mapping[str, Any]) -> dict[str, Among | Between]:
        facets = {self.facets[int(place)]: asked for place, asked in given.items()}
        found = {facet.column: filter_of(facet, asked) for facet, asked in facets.items()}
        return {column: filter_ for column, filter_ in found.items() if filter_ is not None}

    def _pressed(self, what: str, row: int, label: str) -> dict[str, Any]:
        """What a press on a row asks for; nothing where the row is another one by now."""
        if what == "lines":
            lines = self.part.lines(self.state, views.limit_of(row))
            if row >= len(lines) or str(lines["start"].iloc[row]) != label:
                return {}
            doc, start, end = lines[["doc", "start", "end"]].iloc[row]
            return {"doc": doc, "place": (int(start), int(end))}
        table = self.part.mentions if what == "names" else self.part.frequencies(self.state)
        if row >= len(table) or _as_shown(table.index[row]) != _as_shown(label):
            return {}
        if what == "names":
            return {"node": "", "name": (str(table["type"].iloc[row]), str(table.index[row]))}
        # The lines of an item are as many as the list says: lemmas that differ in spelling only
        # are two items there.
        exact = self.state.exact or self.state.unit == "lemma"
        return {"node": as_node(str(table.index[row])), "exact": exact}

    def _shown(self, before: State | None) -> dict[str, Any]:
        """What is shown otherwise than before, or all of it."""
        state, part, labels = self.state, self.part, self.labels
        panes: dict[str, str] = {}
        shown: dict[str, Any] = {"state": self._told(), "panes": panes, "code": self.code()}
        if before is None or _words_key(before) != _words_key(state):
            panes["words"] = views.words_pane(part, state, labels)
            shown["size"] = views.size_of_part(part, self.whole, state, labels=labels)
        if before is None or before.filters_key() != state.filters_key():
            panes["names"] = views.names_pane(part, labels)
            shown["counts"] = counts_of(self.corpus.texts, self.facets, state.filters)
        if before is None or before.lines_key() != state.lines_key():
            panes["lines"] = views.lines_pane(part, state, labels)
        if before is None or self._other_text(before):
            panes["text"], shown["target"] = views.text_pane(part, state, labels)
            shown["opened"] = before is None or (before.doc, before.place) != (
                state.doc,
                state.place,
            )
        shown["text"] = views.place_of(part, state)
        if "names" in panes or shown["text"] >= views.MOST_CHOICES:
            shown["texts"] = views.texts_choice(part, state, labels)
        return shown

    def _other_text(self, before: State) -> bool:
        """Whether the open text looks otherwise than before."""
        state = self.state
        if (before.doc, before.place) != (state.doc, state.place):
            return True
        if before.search_key() == state.search_key():
            return False
        found = (self.part_of(each).found_in(each, state.doc) for each in (before, state))
        return any(found)

    def _more(self, what: str, begin: int) -> dict[str, Any]:
        """More rows of a list."""
        state, part, labels = self.state, self.part, self.labels
        if what == "lines":
            rows, total = views.line_rows(part, state, begin), len(part.hits(state))
        elif what == "names":
            rows, total = views.name_rows(part, begin, labels), len(part.mentions)
        else:
            rows, total = views.word_rows(part, state, begin), len(part.frequencies(state))
        button = views.more(what, begin + views.PAGE, total, labels=labels)
        return {"more": {"list": what, "rows": rows, "button": button}}

    def _told(self) -> dict[str, Any]:
        """The state as the browser has to know it: filters and their values by their numbers."""
        state = self.state
        told: dict[str, Any] = {name: getattr(state, name) for name in PLAIN}
        told["name"] = None if state.name is None else visible(state.name[1])
        told["filters"] = {
            place: _numbers_of(facet.choices, state.filters[facet.column])
            for place, facet in enumerate(self.facets)
            if facet.column in state.filters
        }
        return told


def as_node(item: str) -> str:
    r"""An item of a list as it is searched: stars are stars, and a space is part of it.

    Examples
    --------
    >>> print(as_node("5*"), as_node("1 000"))
    5\* 1?000
    """
    plain = item.replace("*", "\\*").replace("?", "\\?")
    return "".join("?" if sign.isspace() else sign for sign in plain)


def _numbers_of(values: tuple[Any, ...], filter_: Among | Between) -> dict[str, list[Any]]:
    if isinstance(filter_, Between):
        return {"between": [filter_.first, filter_.last]}
    return {"among": [values.index(value) for value in filter_.choices if value in values]}


def _as_shown(item: Any) -> str:
    """A text as the browser has it, line ends and spaces aside."""
    return " ".join(visible(str(item)).split())


def _words_key(state: State) -> tuple[Any, ...]:
    return (state.filters_key(), state.unit, state.exact, state.function_words)
