"""Files are added, pasted, dropped, found to be there already, and shown inside the program."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.choices import AttachmentKind
from desktop.opening import OpenPractice
from desktop.services.attachment import AttachmentRow, BelongsTo, KeptFile, list_attachments
from desktop.ui.kit.attachments import NOTHING_YET, SAVE_FIRST, AttachmentList, files_of
from desktop.ui.kit.background import Background
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.file_view import FileView
from desktop.ui.kit.message_bar import MessageBar
from tests.consent_story import add_consent
from tests.files import pdf, picture
from tests.revision_story import add_case
from tests.ui.hands import Hands

KEY = Qt.Key


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background, practice: OpenPractice, patient_id: int) -> None:
        self.practice = practice
        with practice.database.unit_of_work(practice.actor) as session:
            case = add_case(session, patient_id)
            consent = add_consent(session, patient_id, case.id or 0)
        self.belongs = BelongsTo(patient_id, consent_id=consent.id)
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        self.messages = MessageBar()
        self.files = AttachmentList(background, self.messages, AttachmentKind.LETTER)
        column.addWidget(self.files)
        column.addWidget(self.messages)
        super().__init__(qtbot, background, self.page, 700, 500)
        self.files.show_files(files_of(self.belongs), may_edit=True)
        self.wait()

    def kept(self) -> list[AttachmentRow]:
        with self.practice.database.unit_of_work(self.practice.actor, writing=False) as session:
            return list(list_attachments(session, self.belongs))

    def add(self, path: Path, title: str) -> None:
        self.files.intake.add_file(path)
        self.wait()
        self.type(title)
        self.press(KEY.Key_Return)
        self.wait()

    def push(self, name: str) -> None:
        found = next(each for each in self.messages.actions_shown() if each.text() == name)
        assert found.hasFocus() or found.isVisible()
        found.click()
        self.wait()


@pytest.fixture
def desk(qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Any) -> Desk:
    return Desk(qtbot, background, practice, add_patient())


@pytest.fixture
def report(qapp: object, tmp_path: Path) -> Path:
    path = tmp_path / "Rosalind Okafor MRI.pdf"
    path.write_bytes(pdf())
    return path


def test_that_the_name_of_a_file_is_proposed_and_what_is_typed_is_kept(desk: Desk, report: Path) -> None:
    assert desk.files.nothing.text() == NOTHING_YET
    desk.files.intake.add_file(report)
    desk.wait()
    box = desk.files.intake.new_file
    assert (box.title.words(), desk.focus().objectName()) == ("Rosalind Okafor MRI", "file_title")
    assert "it may hold a name" in box.title.note.text()
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_Return)
    assert "Write a title" in box.title.note.text()
    desk.type("MRI report")
    desk.press(KEY.Key_Return)
    desk.wait()
    (row,) = desk.kept()
    assert (row.title, row.kind) == ("MRI report", AttachmentKind.LETTER)
    assert desk.focus() is desk.files.intake.add_button


def test_that_escape_lets_go_of_what_was_read(desk: Desk, report: Path) -> None:
    desk.files.intake.add_file(report)
    desk.wait()
    desk.press(KEY.Key_Escape)
    assert desk.files.intake.is_free()
    assert desk.focus() is desk.files.intake.add_button
    assert desk.kept() == []


def test_that_the_same_file_is_asked_about_before_it_is_kept_again(desk: Desk, report: Path) -> None:
    desk.add(report, "MRI report")
    desk.add(report, "Once more")
    assert "is kept already: “MRI report”" in desk.messages.words.text()
    assert desk.messages.actions_shown()[0].hasFocus()
    desk.push("Do not keep it")
    assert [row.title for row in desk.kept()] == ["MRI report"]
    desk.add(report, "Once more")
    desk.push("Keep it once more")
    assert [row.title for row in desk.kept()] == ["MRI report", "Once more"]


def test_that_a_refused_file_is_answered_and_leaves_the_keys_where_they_were(desk: Desk, tmp_path: Path) -> None:
    spoiled = tmp_path / "report.pdf"
    spoiled.write_bytes(b"MZ not a PDF")
    desk.files.intake.add_file(spoiled)
    desk.wait()
    assert "no PDF, PNG or JPEG" in desk.messages.words.text()
    assert desk.files.intake.is_free()
    assert desk.kept() == []


def test_that_another_record_opened_meanwhile_gets_nothing_of_the_file(desk: Desk, report: Path) -> None:
    desk.files.intake.add_file(report)
    desk.files.show_files(None, may_edit=False)
    desk.wait()
    assert desk.files.intake.new_file.isHidden()
    assert desk.files.nothing.text() == SAVE_FIRST
    assert not desk.messages.is_loud()


def test_that_cancel_stops_a_reading_and_says_so(desk: Desk, report: Path) -> None:
    gate = threading.Event()
    desk.background.read_long(desk.page, lambda _session: gate.wait())
    desk.files.intake.add_file(report)
    cancel = next(each for each in desk.messages.findChildren(Button) if each.text() == "Cancel")
    assert cancel.isVisible()
    cancel.click()
    gate.set()
    desk.wait()
    assert "nothing of the file is kept" in desk.messages.words.text()
    assert desk.files.intake.new_file.isHidden()
    assert desk.files.intake.is_free()


def test_that_a_picture_is_pasted_and_a_copied_file_too(desk: Desk, report: Path) -> None:
    copied = QImage(40, 30, QImage.Format.Format_RGB32)
    copied.fill(QColor("#a05010"))
    QGuiApplication.clipboard().setImage(copied)
    desk.tab_to("paste_file")
    desk.press(KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.wait()
    desk.type("Page 2")
    desk.press(KEY.Key_Return)
    desk.wait()
    both = QMimeData()
    both.setUrls([QUrl.fromLocalFile(str(report))])
    QGuiApplication.clipboard().setMimeData(both)
    desk.files.intake.paste()
    desk.wait()
    desk.press(KEY.Key_Return)
    desk.wait()
    assert [(row.title, row.media_type) for row in desk.kept()] == [
        ("Page 2", "image/png"),
        ("Rosalind Okafor MRI", "application/pdf"),
    ]
    QGuiApplication.clipboard().setText("words")
    desk.files.intake.paste()
    assert "There is no picture to paste" in desk.messages.words.text()


def test_that_one_file_is_dropped_at_a_time(desk: Desk, report: Path) -> None:
    def drop(*paths: Path) -> None:
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        desk.files.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, dropped, left, none))
        desk.wait()

    drop(report, report)
    assert "One file at a time" in desk.messages.words.text()
    drop(report)
    assert not desk.files.intake.new_file.isHidden()


def test_that_who_may_not_change_sees_and_opens_only(desk: Desk, report: Path) -> None:
    desk.add(report, "MRI report")
    desk.files.show_files(files_of(desk.belongs), may_edit=False)
    desk.wait()
    assert desk.files.intake.isHidden()
    assert desk.files.rows.findChildren(QWidget, "take_out_file") == []
    with desk.qtbot.waitSignal(desk.files.opened) as opened:
        desk.tab_to("file")
        desk.press(KEY.Key_Return)
    assert isinstance(opened.args[0], KeptFile)


def kept(data: bytes, media_type: str, title: str = "Page 2: front/back?") -> KeptFile:
    at = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    return KeptFile(AttachmentRow(1, AttachmentKind.OTHER, title, media_type, len(data), at, "Ros"), data)


@pytest.fixture
def view(qtbot: QtBot) -> FileView:
    made = FileView("Back to the consent")
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_that_pictures_and_pdfs_are_shown_zoomed_and_left_without_a_trace(view: FileView, qtbot: QtBot) -> None:
    view.show_file(kept(picture(width=1400, height=900), "image/png"))
    assert view.picture.isVisible()
    assert 0 < view.picture.scale() < 1
    before = view.picture.scale()
    qtbot.keyClick(view, KEY.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.picture.scale() > before)
    view.picture.fit_width()
    assert view.picture.scale() == pytest.approx(before)
    view.show_file(kept(pdf(), "application/pdf"))
    assert view.document.isVisible()
    assert view.document.page_count() == 1
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view.back_button, KEY.Key_Escape)
    assert view.picture.scale() != before


def test_that_a_file_leaves_only_where_somebody_saves_it_on_purpose(
    view: FileView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    target = tmp_path / "out"

    def choose(name: str, *_more: object) -> str:
        asked.append(name)
        return str(target)

    monkeypatch.setattr("desktop.ui.kit.file_view.ask_place", choose)
    data = picture(b"jpeg")
    view.show_file(kept(data, "image/jpeg"))
    view.save_button.click()
    assert asked == ["Page 2_ front_back_.jpg"]
    assert (tmp_path / "out.jpg").read_bytes() == data
    assert "not encrypted" in view.messages.words.text()
    target = tmp_path / "no such folder" / "x.jpg"
    view.save_button.click()
    assert "The file was not saved" in view.messages.words.text()


def test_that_what_cannot_be_shown_is_said_and_can_still_be_saved(view: FileView) -> None:
    view.show_file(kept(b"\x89PNG\r\n\x1a\nbroken", "image/png"))
    assert "cannot be shown" in view.messages.words.text()
    assert view.save_button.isEnabled()
