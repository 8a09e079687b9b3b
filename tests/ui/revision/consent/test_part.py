"""The consents of a case, as a surgeon, a nurse and an anesthetist meet them on a keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.choices import ConsentKind, Language, Role
from desktop.opening import OpenPractice
from desktop.rules.consent import ConsentFacts
from desktop.services.attachment import BelongsTo, list_attachments
from desktop.services.consent import consent_facts, file_consent, open_consent, save_consent, withdraw_consent
from desktop.services.handout import list_documents
from desktop.ui.kit import print_view
from desktop.ui.kit.background import Background
from desktop.ui.kit.text import Text
from desktop.ui.revision.consent.list_page import ConsentRow
from desktop.ui.revision.consent.part import ConsentPart
from desktop.ui.revision.screen import RevisionScreen
from tests.consent_story import add_consent, add_filed_consent, consent_answers, initialled
from tests.files import pdf
from tests.revision_story import add_case, add_plan
from tests.ui.hands import Hands

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
AddPatient = Callable[..., int]


class Desk(Hands):
    def __init__(self, qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient) -> None:
        self.screen = RevisionScreen(background)
        self.practice = practice
        self.patient_id = add_patient(language=Language.ENGLISH)
        self.case_id: int = self.do(add_case, self.patient_id).id
        self.do(add_plan, self.patient_id, self.case_id)
        super().__init__(qtbot, background, self.screen, 1020, 540)

    def do(self, service: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with self.practice.database.unit_of_work(self.practice.actor) as session:
            return service(session, *args, **more)

    def go_to_consents(self) -> ConsentPart:
        self.screen.show_patient(self.patient_id)
        self.wait()
        self.press(KEY.Key_4, ALT)
        self.wait()
        part = self.screen.case.part("consent")
        assert isinstance(part, ConsentPart)
        return part

    def facts(self) -> list[ConsentFacts]:
        return list(self.do(consent_facts, self.case_id))

    def fill_in(self, answers: dict[str, str]) -> None:
        for name, words in answers.items():
            self.tab_to(name)
            self.type(words)

    def push(self, name: str) -> None:
        self.tab_to(name)
        self.press(KEY.Key_Space)
        self.wait()

    def says(self, inside: QWidget) -> str:
        return " ".join(text.text() for text in inside.findChildren(Text) if text.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, background: Background, practice: OpenPractice, add_patient: AddPatient) -> Desk:
    return Desk(qtbot, background, practice, add_patient)


def test_that_a_consent_goes_from_nothing_to_filed_by_keyboard_alone(desk: Desk) -> None:
    part = desk.go_to_consents()
    for kind in (ConsentKind.PROCEDURE, ConsentKind.DECISION_CHECKLIST, ConsentKind.ANESTHESIA):
        assert "Missing" in desk.says(part.list.cards[kind])
    desk.push("new_procedure")
    page = part.page
    assert desk.focus().objectName() == "kind"
    assert "no signature of the patient" in page.head.facts.text()
    desk.fill_in({"form_name": "Consent to revision", "form_version": "March 2026"})
    desk.tab_to("language")
    desk.choose("English")
    desk.fill_in({"given_on": "10 nov 2026", "reviewed_on": "16 nov 2026", "reviewed_with": "Dr. A. Marchetti"})
    desk.tab_to("understanding_checked")
    desk.press(KEY.Key_Space)
    desk.push("file_consent")
    assert "Not filed: it is not complete." in page.editor.messages.words.text()
    desk.push("take_over")
    assert desk.focus().objectName() == "right.procedure"
    assert page.editor.form.values()["left.procedure"] == "Capsulorrhaphy, inferior"
    desk.fill_in({"item_count": "2"})
    desk.push("add_numbers")
    assert desk.focus().objectName() == "items.initials"
    for _row in range(2):
        desk.tab_to("items.initials")
        desk.type("RO")
        desk.press(KEY.Key_Tab)
    desk.fill_in({"patient_signed_on": "19 nov 2026", "patient_signed_as": "Rosalind Okafor"})
    desk.fill_in({"clinician_signed_on": "19 nov 2026", "clinician_signed_as": "Dr. A. Marchetti"})
    desk.fill_in({"copy_given_on": "19 nov 2026"})
    assert page.head.facts.text() == "Complete: it can be filed."
    desk.push("file_consent")
    assert desk.focus().objectName() == "not_yet"
    assert "Implant exchange" in desk.says(page.file_question)
    assert not desk.facts()[0].is_filed
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Space)
    desk.wait()
    (filed,) = desk.facts()
    assert filed.is_filed
    assert [row["initials"] for row in filed.answers["items"]] == ["RO", "RO"]
    assert "Filed 23 Nov 2026" in desk.says(page)
    assert "signed 15 days before surgery" in page.head.facts.text()
    assert page.editor.save_button.isHidden()
    assert page.head.file_button.isHidden()
    desk.press(KEY.Key_Escape)
    assert isinstance(desk.focus(), ConsentRow)
    assert "Missing" not in desk.says(part.list.cards[ConsentKind.PROCEDURE])


def test_that_tab_comes_to_what_is_there_before_the_key_that_begins_another(desk: Desk) -> None:
    desk.do(add_filed_consent, desk.patient_id, desk.case_id)
    desk.go_to_consents()
    desk.screen.findChild(QWidget, "new_procedure").setFocus()
    desk.press(KEY.Key_Backtab)
    assert isinstance(desk.focus(), ConsentRow)


def test_that_a_withdrawal_is_noted_by_keyboard_and_the_consent_counts_as_none(desk: Desk) -> None:
    desk.do(add_filed_consent, desk.patient_id, desk.case_id)
    part = desk.go_to_consents()
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.push("withdraw_consent")
    desk.press(KEY.Key_Escape)
    assert part.page.withdraw_question.isHidden()
    desk.push("withdraw_consent")
    desk.type("24 nov 2026")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert "has not come yet" in part.page.editor.messages.words.text()
    desk.focus().selectAll()
    desk.type("21 nov 2026")
    desk.press(KEY.Key_Tab)
    desk.type("wants to wait")
    desk.press(KEY.Key_Return)
    desk.wait()
    (facts,) = desk.facts()
    assert facts.withdrawn is not None
    assert (facts.withdrawn.on, facts.withdrawn.reason) == (dt.date(2026, 11, 21), "wants to wait")
    assert "Counts as none" in part.page.head.facts.text()
    assert part.page.head.withdraw_button.isHidden()
    desk.press(KEY.Key_Escape)
    card = desk.says(part.list.cards[ConsentKind.PROCEDURE])
    assert "Missing What is recorded was withdrawn" in card


def test_that_the_page_is_looked_at_printed_and_kept_only_when_it_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(add_filed_consent, desk.patient_id, desk.case_id)
    part = desk.go_to_consents()
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.push("print_consent")
    assert part.paper.isVisible()
    assert part.paper.preview.page_count() == 1
    assert desk.do(list_documents, desk.patient_id) == ()
    monkeypatch.setattr(print_view, "print_pdf", lambda data, parent, title: True)
    desk.push("print_pdf")
    (given,) = desk.do(list_documents, desk.patient_id)
    assert given.title == "Consent record: Consent to the operation"
    desk.press(KEY.Key_Escape)
    assert desk.focus() is part.page.head.print_button


def test_that_a_scan_is_added_looked_at_and_taken_out_by_keyboard(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scan = tmp_path / "Okafor Žižková form.pdf"
    scan.write_bytes(pdf())
    desk.do(add_filed_consent, desk.patient_id, desk.case_id)
    belongs = BelongsTo(desk.patient_id, consent_id=1)
    part = desk.go_to_consents()
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(scan), ""))
    desk.push("add_file")
    assert desk.focus().objectName() == "file_title"
    assert part.page.files.intake.new_file.title.words() == "Okafor Žižková form"
    desk.type("Signed form, 4 pages")
    desk.press(KEY.Key_Return)
    desk.wait()
    (row,) = desk.do(list_attachments, belongs)
    assert row.title == "Signed form, 4 pages"
    desk.tab_to("file")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert part.file.isVisible()
    assert part.file.document.page_count() == 1
    desk.press(KEY.Key_Escape)
    assert desk.focus().objectName() == "file"
    desk.push("take_out_file")
    desk.type("another patient's form")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.do(list_attachments, belongs) == ()


def test_that_one_begun_by_mistake_is_taken_out_with_a_reason(desk: Desk) -> None:
    desk.do(add_consent, desk.patient_id, desk.case_id, items=initialled(3, None))
    part = desk.go_to_consents()
    assert "3 of 3 items not initialed (1, 2, 3)" in desk.says(part.list)
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    desk.push("take_out")
    desk.type("wrong case")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert desk.facts() == []
    assert part.list.isVisible()


def test_that_what_is_typed_comes_back_and_stays_while_the_case_changes(desk: Desk) -> None:
    part = desk.go_to_consents()
    desk.push("new_anesthesia")
    desk.fill_in({"form_name": "Consent to sedation"})
    filed = desk.do(add_filed_consent, desk.patient_id, desk.case_id)
    desk.screen.refresh()
    desk.wait()
    assert part.page.editor.form.values()["form_name"] == "Consent to sedation"
    desk.press(KEY.Key_Escape)
    desk.wait()
    assert "Filed" in desk.says(part.list)
    desk.do(withdraw_consent, filed.id, dt.date(2026, 11, 23), "")
    desk.push("new_anesthesia")
    assert part.page.editor.form.values()["form_name"] == "Consent to sedation"
    assert part.page.editor.form.values()["kind"] is ConsentKind.ANESTHESIA


def test_that_what_somebody_else_saves_or_files_meanwhile_is_shown_and_what_is_typed_stays(desk: Desk) -> None:
    saved = desk.do(add_consent, desk.patient_id, desk.case_id)
    part = desk.go_to_consents()
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    theirs = consent_answers(maker="Quay Devices")
    desk.do(save_consent, saved, theirs, desk.patient_id, desk.case_id)
    desk.screen.refresh()
    desk.wait()
    assert part.page.editor.form.values()["maker"] == "Quay Devices"
    desk.tab_to("note")
    desk.type("asked twice")
    desk.do(save_consent, desk.do(open_consent, 1), theirs | {"maker": "Mentor"}, desk.patient_id, desk.case_id)
    desk.screen.refresh()
    desk.wait()
    assert part.page.editor.form.values()["note"] == "asked twice"
    assert desk.focus().objectName() == "note"
    desk.push("print_consent")  # both are saved; what came in from elsewhere is seen before it is printed
    assert desk.facts()[0].answers["note"] == "asked twice"
    assert part.page.editor.form.values()["maker"] == desk.facts()[0].answers["maker"] == "Mentor"
    desk.push("print_consent")
    assert part.paper.isVisible()
    desk.press(KEY.Key_Escape)
    stored = desk.do(open_consent, 1)
    desk.do(file_consent, 1, stored.version)
    desk.screen.refresh()
    desk.wait()
    assert part.page.editor.save_button.isHidden()
    assert "Filed 23 Nov 2026" in desk.says(part.page)


def test_that_a_consent_for_the_other_side_is_said_where_consents_are_seen(desk: Desk) -> None:
    part = desk.go_to_consents()
    assert part.list.warning.isHidden()
    desk.do(add_filed_consent, desk.patient_id, desk.case_id, **{"left.procedure": None})
    desk.screen.refresh()
    desk.wait()
    assert "The plan cannot be signed No consent for LEFT" in desk.says(part.list.warning)


def test_that_anesthesia_reads_and_changes_nothing(
    qtbot: QtBot, as_role: Callable[..., Background], practice: OpenPractice, add_patient: AddPatient
) -> None:
    desk = Desk(qtbot, as_role(Role.ANESTHESIA), practice, add_patient)
    desk.do(add_consent, desk.patient_id, desk.case_id)
    part = desk.go_to_consents()
    assert all(card.new_button.isHidden() for card in part.list.cards.values())
    desk.tab_to("consent_1")
    desk.press(KEY.Key_Return)
    desk.wait()
    assert part.page.editor.save_button.isHidden()
    assert "does not include changing it" in part.page.editor.messages.words.text()
    for each in (part.page.head.file_button, part.page.head.withdraw_button, part.page.take_over_button):
        assert each.isHidden()
    assert part.page.files.intake.isHidden()
    QApplication.processEvents()
