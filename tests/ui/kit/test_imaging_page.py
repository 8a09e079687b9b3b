"""The page of one imaging study, with the report that is kept with it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.imaging import IMAGING_FORM
from desktop.models.attachment import Attachment
from desktop.models.choices import AttachmentKind, ImagingKind, Side
from desktop.opening import OpenPractice
from desktop.services.imaging import save_imaging
from desktop.ui.kit.attachments import SAVE_FIRST
from desktop.ui.kit.background import Background
from desktop.ui.kit.imaging_page import ImagingPage
from tests.revision_story import NOTHING_YET
from tests.ui.hands import Hands

PICTURE = b"\x89PNG\r\n\x1a\n"


def test_that_a_report_is_looked_at_and_left_again_and_a_new_study_is_saved_first(
    qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        answers = IMAGING_FORM.empty() | {"side": Side.LEFT, "kind": ImagingKind.MRI}
        study_id = save_imaging(session, NOTHING_YET, answers, patient_id).id
        session.add(
            Attachment(
                patient_id=patient_id,
                kind=AttachmentKind.IMAGING_REPORT,
                title="MRI report",
                media_type="image/png",
                size_bytes=len(PICTURE),
                sha256=hashlib.sha256(PICTURE).hexdigest(),
                data=PICTURE,
                added_at=dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
                added_by="Dr. A. Marchetti",
                imaging_id=study_id,
            )
        )
    page = ImagingPage(background, may_edit=True, back_to="the visit")
    hands = Hands(qtbot, background, page, 760, 540)
    page.show_study(patient_id, study_id)
    hands.wait()
    (row,) = page.files.rows.findChildren(QWidget, "file")
    assert row.accessibleName().startswith("MRI report")
    row.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.wait()
    assert not page.editor.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert page.editor.isVisible()
    with qtbot.waitSignal(page.left):
        hands.press(Qt.Key.Key_Escape)

    page.show_study(patient_id, None)
    hands.wait()
    assert page.files.nothing.text() == SAVE_FIRST
    assert page.files.rows.findChildren(QWidget, "file") == [] or not row.isVisible()
