"""The two lists of a case that are edited in a way of their own: its indications and its codes."""

from __future__ import annotations

from typing import Any

from desktop.forms.form import ListField


class IndicationsField(ListField):
    """Reasons for a revision, the most important first; each has a page of findings."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.hint = "Alt+↑↓ moves a row · Alt+O adds the same for the other side"


class CodesField(ListField):
    """Diagnosis codes, offered from the list of the office."""
