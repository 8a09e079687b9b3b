"""The diagnosis codes in the settings by keyboard: found, replaced from a file whole or not at all, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.choices import Role
from desktop.ui.kit.background import Background
from desktop.ui.office.codes_section import CodesSection
from desktop.ui.office.screen import OfficeScreen
from tests.ui.hands import Hands

OWN = 'edition = "FY 2027"\n[[codes]]\ncode = "N60.19"\ntext = "Mastopathy"\n'


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.office = OfficeScreen(background)
        super().__init__(qtbot, background, self.office, 1020, 640)
        qtbot.keySequence(self.office, QKeySequence("Ctrl+6"))
        self.wait()

    @property
    def section(self) -> CodesSection:
        return self.office.codes

    def shown(self) -> list[str]:
        return [self.section.model.row(at).code for at in range(self.section.model.rowCount())]

    def push(self, pressed: QPushButton) -> None:
        pressed.setFocus()
        self.press(Qt.Key.Key_Space)
        self.wait()


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Desk:
    return Desk(qtbot, background)


def test_that_codes_are_found_replaced_from_a_file_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.tab_to("codes_search")
    desk.type("t8544")
    assert desk.shown() == ["T85.44XA", "T85.44XD", "T85.44XS"]
    desk.section.search.clear()
    file = tmp_path / "own.toml"
    desk.section.choose_file = lambda _parent: str(file)
    file.write_text(OWN.replace('"N60.19"', '"breast"'), "utf-8")
    desk.push(desk.section.import_button)
    assert "Line 2: BREAST is no code." in desk.section.messages.words.text()
    assert "N60.19" not in desk.shown()
    file.write_text(OWN, "utf-8")
    desk.push(desk.section.import_button)
    assert desk.shown()[-1] == "N60.19"
    assert "FY 2027" in desk.section.edition.text()
    desk.push(desk.section.shipped_button)
    assert "N60.19" not in desk.shown()
    file.unlink()
    desk.push(desk.section.import_button)
    assert "was not read" in desk.section.messages.words.text()


def test_that_a_nurse_reads_the_codes_and_changes_nothing(qtbot: QtBot, as_role: Callable[..., Background]) -> None:
    desk = Desk(qtbot, as_role(Role.NURSE))
    assert "T85.44XA" in desk.shown()
    assert not desk.section.import_button.isVisible()
    assert not desk.section.shipped_button.isVisible()
