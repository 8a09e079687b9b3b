"""What is measured on: a small practice of this run, the big one kept between runs, and a dressed application."""

from __future__ import annotations

import tempfile
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.opening import OpenPractice
from desktop.storage.vault import DataKey, unlock
from tests.bench.quiet import keep_hints_back
from tests.scale.big_practice import ACCOUNT, PASSWORD, kept_practice, new_practice, open_kept

FEW = 10_000


class Places:
    """Each is made when something first asks for it."""

    def __init__(self, folder: Path, patients: int) -> None:
        self.folder, self.patients = folder, patients
        self.tables: list[tuple[str, list[tuple[str, ...]]]] = []
        """What is printed besides the measures: a title and rows."""

    @property
    def compiled(self) -> Path:
        """Where started windows keep what Python compiled."""
        return self.folder / "compiled"

    @cached_property
    def practice(self) -> OpenPractice:
        return new_practice(self.folder / "practice")

    @cached_property
    def key(self) -> DataKey:
        return unlock(self.practice.folder, ACCOUNT, PASSWORD)

    @cached_property
    def big(self) -> OpenPractice:
        return open_kept(self.patients)

    @cached_property
    def big_key(self) -> DataKey:
        return unlock(self.big.folder, ACCOUNT, PASSWORD)

    @cached_property
    def few(self) -> Path:
        return kept_practice(FEW)

    @cached_property
    def app(self) -> Any:
        """As it is once somebody has signed in: its theme on, its icons there."""
        from desktop.ui.kit.icons import load_icons
        from desktop.ui.kit.theme import apply_theme, new_application

        keep_hints_back()
        app = new_application([])
        apply_theme(app, "light")
        load_icons()
        return app

    def close(self) -> None:
        if "app" in self.__dict__:
            self.app.processEvents()
            self.app.shutdown()
        for name in ("practice", "big"):
            if name in self.__dict__:
                self.__dict__[name].close()


def temporary_folder() -> Any:
    return tempfile.TemporaryDirectory(prefix="reprise-bench-")
