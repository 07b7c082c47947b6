"""What an explorer shows, as plain values: what is searched, in which texts, what is open."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias

Value: TypeAlias = Hashable


@dataclass(frozen=True)
class Among:
    """Texts whose value in a column is one of these; None stands for a missing one."""

    choices: tuple[Value, ...]


@dataclass(frozen=True)
class Between:
    """Texts whose value in a column lies between these, both included; None for no border."""

    first: Any = None
    last: Any = None


Filter: TypeAlias = Among | Between


@dataclass(frozen=True)
class Unit:
    """What is searched and counted: a table of the corpus and a column of it."""

    table: str
    folded: str
    exact: str

    def column(self, *, exact: bool) -> str:
        """The column that is searched."""
        return self.exact if exact else self.folded


UNITS = {
    "lemma": Unit("words", "lemma", "lemma"),
    "word": Unit("words", "norm", "form"),
    "token": Unit("tokens", "norm", "form"),
}
# What the lines are sorted by, and how `concordance.kwic` calls it.
ORDERS: dict[str, tuple[str, ...]] = {
    "text": (),
    "before": ("before1", "before2", "before3"),
    "node": ("node", "after1"),
    "after": ("after1", "after2", "after3"),
}


@dataclass(frozen=True)
class State:
    """What an explorer shows.

    Attributes
    ----------
    node : str
        What is searched, as `concordance.kwic` takes it; empty for nothing.
    unit : str
        ``lemma``, ``word`` (clitics split) or ``token`` (as written): what is searched and
        counted.
    exact : bool
        Whether spelling is taken as it is, not folded.
    name : tuple of str, optional
        Type and name of an entity: then the lines are those of its mentions, not of `node`.
    filters : mapping of str to Among or Between
        By column of the texts, which texts are looked at.
    order : str
        What the lines are sorted by: ``text``, ``before``, ``node`` or ``after``.
    function_words : bool
        Whether function words stand in the list of frequencies.
    doc : str, optional
        The text that is open.
    place : tuple of int, optional
        The code points in it to which it is scrolled.
    """

    node: str = ""
    unit: str = "lemma"
    exact: bool = False
    name: tuple[str, str] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    order: str = "text"
    function_words: bool = False
    doc: Any = None
    place: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Refuse what no explorer can show."""
        for name, known in (("unit", UNITS), ("order", ORDERS)):
            if (value := getattr(self, name)) not in known:
                raise ValueError(f"explore: no {name} {value!r}; there are {', '.join(known)}.")
        if not isinstance(self.node, str):
            raise ValueError(
                f"explore: node is of type {type(self.node).__name__}; pass a word, or several "
                "separated by spaces."
            )

    @property
    def searches(self) -> bool:
        """Whether there is something to look for."""
        return self.name is not None or bool(self.node.strip())

    @property
    def column(self) -> str:
        """The column that is searched and counted."""
        return UNITS[self.unit].column(exact=self.exact)

    @property
    def table(self) -> str:
        """The table that is searched and counted."""
        return UNITS[self.unit].table

    def filters_key(self) -> tuple[tuple[str, Filter], ...]:
        """The filters as one value that can be compared."""
        return tuple(sorted(self.filters.items()))

    def search_key(self) -> tuple[Any, ...]:
        """What the hits depend on."""
        if self.name is not None:
            return (self.filters_key(), self.name)
        return (self.filters_key(), self.node, self.unit, self.exact)

    def lines_key(self) -> tuple[Any, ...]:
        """What the lines depend on."""
        return (*self.search_key(), self.order)

    def changed(self, changes: Mapping[str, Any]) -> "State":
        """The same state but for some values; a change of what is searched leaves a name.

        Examples
        --------
        >>> State(name=("LOC", "دمشق")).changed({"node": "قال"}).name is None
        True
        """
        known = [entry.name for entry in fields(State)]
        unknown = [name for name in changes if name not in known]
        if unknown:
            raise ValueError(f"explore: no {unknown[0]!r} in a state; it has {', '.join(known)}.")
        searched = {"node", "unit", "exact"} & set(changes)
        forgotten: dict[str, Any] = {"name": None} if searched and "name" not in changes else {}
        return replace(self, **{**forgotten, **changes})
