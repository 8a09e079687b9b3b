"""A kept file is read, shown and refused without a copy or a word of it outside the store."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.models.choices import AttachmentKind
from desktop.opening import OpenPractice
from desktop.services.attachment import BelongsTo, KeptFile
from desktop.ui.kit.attachments import AttachmentList, files_of
from desktop.ui.kit.background import Background
from desktop.ui.kit.file_view import FileView
from desktop.ui.kit.message_bar import MessageBar
from desktop.ui.kit.pick_row import PickRow
from tests.consent_story import add_consent
from tests.files import LOCKED_PDF, pdf, picture
from tests.revision_story import add_case
from tests.ui.hands import settle

SECRET = "Vandergriftova-QZX7739145"


def test_that_no_byte_and_no_name_of_a_file_is_written_anywhere_but_into_the_store(
    qtbot: QtBot,
    background: Background,
    practice: OpenPractice,
    add_patient: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    source, temporary = tmp_path / "from outside", tmp_path / "temporary"
    source.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    document, image = pdf(SECRET) + SECRET.encode(), picture(b"jpeg", 400, 300) + SECRET.encode() + b"\xff\xd9"
    with practice.database.unit_of_work(practice.actor) as session:
        patient_id = add_patient()
        case = add_case(session, patient_id)
        consent = add_consent(session, patient_id, case.id or 0)
    files = AttachmentList(background, MessageBar(), AttachmentKind.CONSENT)
    view = FileView("Back")
    shown: list[KeptFile] = []
    files.opened.connect(shown.append)
    for widget in (files, view):
        qtbot.addWidget(widget)
        widget.show()
    files.show_files(files_of(BelongsTo(patient_id, consent_id=consent.id)), may_edit=True)
    for data in (document, image, LOCKED_PDF, b"MZ" + SECRET.encode()):
        path = source / f"{SECRET}.pdf"
        path.write_bytes(data)
        files.intake.add_file(path)
        settle(qtbot, background)
        if not files.intake.new_file.isHidden():
            files.intake.new_file.keep_button.click()
            settle(qtbot, background)
    path.unlink()
    for row in files.rows.findChildren(PickRow, "file"):
        row.opened.emit()
        settle(qtbot, background)
        view.show_file(shown[-1])
        qtbot.wait(20)
    assert [each.data for each in shown] == [document, image]
    written = [file for file in tmp_path.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]
    assert written == []
    assert list(temporary.iterdir()) == []
    assert SECRET not in caplog.text
