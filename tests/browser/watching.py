"""A page that is watched, and what can be measured on it."""

from dataclasses import dataclass, field
from pathlib import Path
from re import Pattern
from typing import Any

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
# Widths and heights of windows; the tall one holds a whole output of a notebook.
PHONE, DESK, TALL = (390, 844), (1200, 900), (1200, 1800)


@dataclass
class Watched:
    """A page; `asked` holds blocked requests, `dialogs` and `errors` what the page did.

    Only addresses that `own` matches as a whole are loaded.
    """

    page: Any
    own: Pattern[str]
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.page.route("**/*", self._decide)
        self.page.on("dialog", self._dismiss)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("popup", lambda other: self.asked.append(f"window {other.url}"))
        self.page.add_init_script(MEASURES)

    def _decide(self, route):
        if self.own.fullmatch(route.request.url.split("#")[0]):
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def measure(self, name, *given):
        """The answer of a function in measures.js."""
        return self.page.evaluate(f"given => measures.{name}(...given)", list(given))

    def picture(self, path, *, of=None, whole=False):
        """A screenshot of the page, or of one element."""
        if of is not None:
            of.screenshot(path=path)
        else:
            self.page.screenshot(path=path, full_page=whole)
