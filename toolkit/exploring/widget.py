"""The explorer in JupyterLab: a widget that passes messages between the browser and a session.

The texts travel in messages and never into the state of the widget, which notebooks may keep.
"""

from importlib.resources import files
from typing import Any

import anywidget

from toolkit.exploring.session import Session
from toolkit.showing.sheet import CSS

_OWN = files("toolkit") / "exploring"


class ExplorerWidget(anywidget.AnyWidget):
    """A widget that shows a session, every view of it the same."""

    _esm = (_OWN / "explorer.js").read_text(encoding="utf-8")
    _css = CSS + (_OWN / "explorer.css").read_text(encoding="utf-8")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.on_msg(self._answer)

    def _answer(self, _: Any, content: Any, __: Any) -> None:
        self.send(self._session.answer(content))
