"""How this computer's user likes to see Reprise: kept in a small file of their own, which holds no patient's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from PySide6 import QtCore

from desktop.ui.kit.theme import Mode, apply_theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

LEAST_PERCENT, LARGEST_PERCENT = 100, 200


class Preferences(NamedTuple):
    mode: Mode = "system"
    text_percent: int = 100


def load_preferences() -> Preferences:
    """What was chosen before; anything unreadable counts as not chosen."""
    settings = _settings()
    mode, percent = str(settings.value("look/mode", "")), str(settings.value("look/text_percent", ""))
    return Preferences(
        cast(Mode, mode) if mode in get_args(Mode) else Preferences().mode,
        min(LARGEST_PERCENT, max(LEAST_PERCENT, int(percent))) if percent.isdecimal() else Preferences().text_percent,
    )


def keep_preferences(preferences: Preferences) -> bool:
    """Whether they could be written."""
    settings = _settings()
    settings.setValue("look/mode", preferences.mode)
    settings.setValue("look/text_percent", preferences.text_percent)
    settings.sync()
    return settings.status() == QtCore.QSettings.Status.NoError


def prefers_table() -> bool:
    """Whether the timeline of devices is wanted as a table."""
    return str(_settings().value("timeline/as_table", "")) == "yes"


def keep_prefers_table(as_table: bool) -> None:
    _settings().setValue("timeline/as_table", "yes" if as_table else "no")


def keep_apart(folder: Path) -> None:
    """From now on choices are kept in this folder: a tour leaves those of whoever runs it as they are."""
    QtCore.QSettings.setPath(QtCore.QSettings.Format.IniFormat, QtCore.QSettings.Scope.UserScope, str(folder))


def apply_preferences(app: QApplication, preferences: Preferences) -> None:
    apply_theme(app, preferences.mode, preferences.text_percent / 100)


def _settings() -> QtCore.QSettings:
    return QtCore.QSettings(QtCore.QSettings.Format.IniFormat, QtCore.QSettings.Scope.UserScope, "Reprise", "look")
