"""The catalogue in the settings by keyboard: found, added to, imported whole or not at all, and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot
from typing_extensions import override

from desktop.models.choices import Role
from desktop.paths import resource
from desktop.ui.kit.background import Background
from desktop.ui.office.catalogue_section import CatalogueSection
from desktop.ui.office.screen import OfficeScreen
from tests.ui.hands import NONE, Hands

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIPPED = resource("catalogue", "devices.toml").read_text(encoding="utf-8")


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background) -> None:
        self.office = OfficeScreen(background)
        super().__init__(qtbot, background, self.office, 1020, 640)
        self.keys("Ctrl+5")

    @property
    def section(self) -> CatalogueSection:
        return self.office.catalogue

    def keys(self, keys: str) -> None:
        self.qtbot.keySequence(self.office, QKeySequence(keys))
        self.wait()

    def begin(self) -> None:
        self.press_by_shortcut(self.section.add_button, KEY.Key_D, CTRL)

    def save(self) -> None:
        self.press_by_shortcut(self.section.product.editor.save_button, KEY.Key_S, CTRL)

    @override
    def type(self, text: str) -> None:
        super().type(text)
        self.wait()

    @override
    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        super().press(key, held)
        self.wait()

    def search(self, text: str) -> None:
        self.section.search.setFocus()
        self.section.search.selectAll()
        self.type(text)

    def titles(self) -> list[str]:
        return [self.section.model.row(at).entry.title for at in range(self.section.model.rowCount())]

    def said(self) -> str:
        messages = self.section.messages
        return f"{messages.words.text()} {messages.reason.text()}"

    def add(self, **answers: str) -> None:
        self.begin()
        for name, text in answers.items():
            self.tab_to(name)
            self.type(text)
        self.save()


@pytest.fixture
def desk(qtbot: QtBot, background: Background) -> Iterator[Desk]:
    yield Desk(qtbot, background)
    qtbot.waitUntil(background.is_idle)


def test_that_the_edition_in_use_is_named_and_its_entries_are_found_while_typing(desk: Desk) -> None:
    assert "as of 23 Nov 2026 · came with Reprise" in desk.section.edition.text()
    assert len(desk.titles()) > 150
    desk.search("mcghan")
    assert desk.titles()[0] == "Allergan"
    assert "BIOCELL textured devices were withdrawn on 24 Jul 2019" in desk.section.about.text()
    desk.search("siltex")
    assert "SILTEX" in " ".join(desk.titles())
    desk.search("nothing of that kind")
    assert desk.titles() == []
    assert "typed by hand" in desk.section.about.text()


def test_that_a_product_of_ones_own_is_added_changed_and_offered_no_more_by_keyboard(desk: Desk) -> None:
    desk.add(manufacturer="Quay", line="Calm")
    assert "Saved" in desk.section.product.editor.messages.words.text()
    desk.press(KEY.Key_Escape)
    assert desk.section.pages.currentIndex() == 0
    desk.search("quay")
    assert desk.titles() == ["Quay Calm"]
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    assert desk.focus().objectName() == "manufacturer"
    desk.tab_to("line")
    desk.type("Calmer")
    desk.save()
    desk.section.product.retire_button.setFocus()
    desk.press(KEY.Key_Space)
    assert desk.section.pages.currentIndex() == 0
    assert desk.titles() == []
    desk.search("")
    desk.section.search.clear()
    desk.wait()
    assert desk.titles()[-1] == "Quay Calmer"
    desk.section.table.selectRow(len(desk.titles()) - 1)
    desk.section.table.setFocus()
    desk.press(KEY.Key_Return)
    assert desk.section.product.retire_button.text() == "Offer again"


def test_that_what_is_wrong_with_a_product_is_said_under_its_field(desk: Desk) -> None:
    desk.add(manufacturer="Quay", line="Calm", udi_di="10888628001228")
    assert desk.focus().objectName() == "udi_di"
    assert "should be 0" in desk.section.product.editor.form.boxes["udi_di"].note.text()


def test_that_a_half_written_product_is_kept_when_another_part_is_opened(desk: Desk) -> None:
    desk.begin()
    desk.tab_to("manufacturer")
    desk.type("Quay")
    desk.keys("Ctrl+4")
    desk.keys("Ctrl+5")
    desk.press(KEY.Key_Escape)
    desk.begin()
    assert desk.section.product.editor.form.values()["manufacturer"] == "Quay"


def test_that_an_entry_of_the_list_itself_is_not_opened(desk: Desk) -> None:
    desk.search("mentor")
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    assert desk.section.pages.currentIndex() == 0
    assert not desk.section.open_button.isEnabled()


def give(desk: Desk, path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    desk.section.choose_file = lambda _parent: str(path)
    desk.section.import_button.setFocus()
    desk.press(KEY.Key_Space)


def test_that_a_file_with_faults_names_each_line_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    broken = SHIPPED.replace('fill = "silicone_gel"', 'fill = "gel"', 1).replace('mark = "K"', 'mark = "?"', 1)
    lines = [at for at, line in enumerate(broken.splitlines(), 1) if line in ('fill = "gel"', 'mark = "?"')]
    give(desk, tmp_path / "broken.toml", broken)
    assert "the one in use stays" in desk.said()
    assert all(f"Line {line}: " in desk.said() for line in lines)
    assert "came with Reprise" in desk.section.edition.text()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff", b"\0", b"", b"[" * 5_000])
def test_that_a_file_that_is_no_catalogue_is_refused_in_words(desk: Desk, tmp_path: Path, content: bytes) -> None:
    give(desk, tmp_path / "picture.toml", content)
    assert "The catalogue was not imported, and the one in use stays. Line 1: " in desk.said()


def test_that_a_file_that_is_not_there_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.section.choose_file = lambda _parent: str(tmp_path / "gone.toml")
    desk.section.import_file()
    assert "“gone.toml” was not read" in desk.said()


def test_that_thinking_better_of_it_changes_nothing(desk: Desk) -> None:
    desk.section.choose_file = lambda _parent: ""
    desk.section.choose_place = lambda _name, _parent: ""
    desk.section.import_file()
    desk.section.export_file()
    assert desk.said().strip() == ""


def test_that_a_newer_list_is_used_and_an_older_one_only_when_it_is_meant(desk: Desk, tmp_path: Path) -> None:
    give(desk, tmp_path / "newer.toml", SHIPPED.replace("as_of = 2026-11-23", "as_of = 2027-02-01"))
    assert "of 1 Feb 2027 is in use now" in desk.said()
    assert "imported by Dr. A. Marchetti on 23 Nov 2026" in desk.section.edition.text()
    give(desk, tmp_path / "older.toml", SHIPPED.replace("as_of = 2026-11-23", "as_of = 2020-02-01"))
    assert "which is newer" in desk.said()
    assert "1 Feb 2027" in desk.section.edition.text()
    (again,) = desk.section.messages.actions_shown()
    again.setFocus()
    desk.press(KEY.Key_Space)
    assert "as of 1 Feb 2020" in desk.section.edition.text()
    assert desk.section.newer_button.isVisible()
    desk.section.newer_button.setFocus()
    desk.press(KEY.Key_Space)
    assert "as of 23 Nov 2026" in desk.section.edition.text()
    assert not desk.section.newer_button.isVisible()


def test_that_the_exported_file_holds_the_own_products_and_can_be_imported(desk: Desk, tmp_path: Path) -> None:
    desk.add(manufacturer="Quay", line="Calm")
    desk.press(KEY.Key_Escape)
    desk.section.choose_place = lambda name, _parent: str(tmp_path / name.removesuffix(".toml"))
    desk.section.export_button.setFocus()
    desk.press(KEY.Key_Space)
    written = (tmp_path / "devices.toml").read_text(encoding="utf-8")
    assert 'manufacturer = "Quay"' in written
    give(desk, tmp_path / "devices.toml", written)
    assert "is in use now" in desk.said()


def test_that_a_place_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.section.choose_place = lambda name, _parent: str(tmp_path / "no folder" / name)
    desk.section.export_file()
    desk.wait()
    assert "was not exported" in desk.said()


def test_that_the_front_desk_reads_and_exports_and_changes_nothing(
    qtbot: QtBot, as_role: Callable[..., Background]
) -> None:
    desk = Desk(qtbot, as_role(Role.FRONT_DESK))
    assert len(desk.titles()) > 150
    assert not desk.section.add_button.isVisible()
    assert not desk.section.import_button.isVisible()
    assert desk.section.export_button.isVisible()
