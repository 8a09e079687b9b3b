"""What every test of the screens has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.ui.kit.theme import apply_theme


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """The choices of whoever runs the tests stay as they are, and change nothing here."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    """For a test of where things stand: with the style sheet, as a person has it."""
    apply_theme(qapp, "light")
