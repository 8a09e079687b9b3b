"""The page a patient takes home: made from the record, kept as given, given again byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from desktop.errors import DocumentIncomplete, PermissionDenied, UserError
from desktop.models.audit import AuditEntry
from desktop.models.choices import Language, Role
from desktop.models.document import IssuedDocument
from desktop.models.patient import Medicine, Patient
from desktop.models.practice import Practice
from desktop.models.revision import RevisionCase
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor, Verb, may
from desktop.services.handout import (
    issue_recovery_handout,
    list_documents,
    offer_recovery_handout,
    preview_recovery_handout,
    reprint,
)
from desktop.services.recovery import override_day, set_routine_days
from desktop.services.recovery_protocol import approve_protocol
from desktop.services.refusal import writing_file
from desktop.services.search import find_by_record_number
from tests.conftest import NOW
from tests.documents.conftest import read_pdf  # noqa: F401  the reader of printed pages
from tests.recovery_story import add_operated_patient, add_recovering_patient

AddPatient = Callable[..., int]
ReadPdf = Callable[[bytes], Any]


def ask(practice: OpenPractice, work: Callable[..., Any], *args: Any, actor: Actor | None = None) -> Any:
    with practice.database.unit_of_work(actor or practice.actor) as session:
        return work(session, *args)


def missing(practice: OpenPractice, patient_id: int) -> dict[str, str]:
    with pytest.raises(DocumentIncomplete) as refused:
        ask(practice, preview_recovery_handout, patient_id)
    assert str(refused.value).startswith("Nothing was printed.")
    return refused.value.missing


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    return add_recovering_patient(practice, add_patient)[0]


class TestWhatItSays:
    def test_that_it_is_filled_in_from_the_record(
        self,
        practice: OpenPractice,
        patient_id: int,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        printed = read_pdf(ask(practice, preview_recovery_handout, patient_id))
        for words in (
            "Harbour Plastic Surgery", "555-0100", "555-0199", "911",
            "Rosalind Okafor", "14 March 1981", "000 001", "Dr. A. Marchetti", "Friday 20 November 2026",
            "Grace Okafor", "about 7 days", "38.0 °C (100.4 °F)", "RIGHT drain", "Chest pain",
            "Lift nothing heavier than 2.3 kg (5 lb) until Fri 4 Dec 2026 (day 14).",
            "Every day until Fri 27 Nov 2026 (day 7).", "Week 6", "Example, to be approved by your surgeon",
        ):  # fmt: skip
            assert words in printed.text, words
        assert "LEFT drain" not in printed.text
        assert "protocol 1" in printed.pages[0]

    def test_that_the_surgeons_own_days_stand_on_it(
        self,
        practice: OpenPractice,
        add_patient: AddPatient,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        patient_id, view = add_recovering_patient(practice, add_patient)
        moved = ask(practice, override_day, view.id, "LIFT_FIRST", 21, "matrix", view.version)
        ask(practice, set_routine_days, view.id, 14, "slow", moved.version)
        ask(practice, approve_protocol)
        printed = read_pdf(ask(practice, preview_recovery_handout, patient_id))
        assert "until Fri 11 Dec 2026 (day 21)" in printed.text
        assert "until Fri 4 Dec 2026 (day 14)" not in printed.text
        assert "about 14 days" in printed.text
        assert "plan approved by Dr. A. Marchetti" in printed.text
        assert "to be approved" not in printed.text

    def test_that_what_is_done_every_day_stands_there_once(
        self,
        practice: OpenPractice,
        patient_id: int,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        printed = read_pdf(ask(practice, preview_recovery_handout, patient_id))
        assert printed.text.count("Take your medicines as we prescribed") == 1

    def test_that_a_blood_thinner_stands_there_with_its_plan(
        self,
        practice: OpenPractice,
        patient_id: int,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        plan = "restart on the evening of 22 Nov"
        with practice.database.unit_of_work(practice.actor) as session:
            thinner = Medicine(name="Apixaban", dose="5 mg", is_anticoagulant=True, plan=plan)
            thinner.patient_id = patient_id
            session.add(thinner)
        printed = read_pdf(ask(practice, preview_recovery_handout, patient_id))
        assert f"Apixaban 5 mg: {plan}" in printed.text

    def test_that_drains_are_counted_by_side(
        self,
        practice: OpenPractice,
        add_patient: AddPatient,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        drains = {"right.drain_count": 2, "left.drain_count": 1}
        patient_id, _view = add_recovering_patient(practice, add_patient, plan=drains)
        text = read_pdf(ask(practice, preview_recovery_handout, patient_id)).text
        assert all(words in text for words in ("RIGHT drain 1", "RIGHT drain 2", "LEFT drain"))

    def test_that_markup_in_a_name_is_letters(
        self,
        practice: OpenPractice,
        add_patient: AddPatient,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        patient_id, _view = add_recovering_patient(
            practice, add_patient, family_name="#eval(`x`)", given_name="<b>Bobby</b>"
        )
        printed = read_pdf(ask(practice, preview_recovery_handout, patient_id))
        assert all("<b>Bobby</b> #eval(`x`)" in page for page in printed.pages)

    def test_that_another_language_is_told_and_never_guessed(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _view = add_recovering_patient(practice, add_patient, language=Language.SPANISH)
        offer = ask(practice, offer_recovery_handout, patient_id)
        assert offer.note == "The patient prefers Spanish; this text is in English. Go through it together."
        assert offer.pdf is not None

    def test_that_a_demo_page_says_so(
        self,
        practice: OpenPractice,
        patient_id: int,
        read_pdf: ReadPdf,  # noqa: F811
    ) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(Practice)).one().is_demo = True
        assert "DEMO" in read_pdf(ask(practice, preview_recovery_handout, patient_id)).text


class TestWhatIsMissing:
    def test_that_everything_missing_is_listed_at_once(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        patient_id = add_patient()
        with practice.database.unit_of_work(practice.actor) as session:
            here = session.scalars(select(Practice)).one()
            here.phone = here.after_hours_phone = None
        assert set(missing(practice, patient_id)) == {
            "checklist", "surgery.surgeon_name", "practice.phone", "practice.after_hours_phone",
        }  # fmt: skip

    def test_that_an_unsigned_plan_is_missing_its_surgeon(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _view = add_recovering_patient(practice, add_patient, signed=False)
        lacking = missing(practice, patient_id)
        assert list(lacking) == ["surgery.surgeon_name"]
        assert "not signed yet" in lacking["surgery.surgeon_name"]

    def test_that_a_blood_thinner_without_a_plan_keeps_the_page_back(
        self, practice: OpenPractice, patient_id: int
    ) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            thinner = Medicine(name="Apixaban", is_anticoagulant=True)
            thinner.patient_id = patient_id
            session.add(thinner)
        (sentence,) = missing(practice, patient_id).values()
        assert "Apixaban" in sentence

    def test_that_a_surgery_put_off_keeps_the_page_back(self, practice: OpenPractice, patient_id: int) -> None:
        with practice.database.unit_of_work(practice.actor) as session:
            session.scalars(select(RevisionCase)).one().surgery_on = dt.date(2026, 12, 18)
        assert list(missing(practice, patient_id)) == ["surgery.moved"]

    def test_that_nothing_is_kept_of_what_could_not_be_printed(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, _case = add_operated_patient(practice, add_patient)
        with pytest.raises(DocumentIncomplete):
            ask(practice, issue_recovery_handout, patient_id)
        assert ask(practice, list_documents, patient_id) == ()


class TestGiving:
    def test_that_a_preview_is_not_kept(self, practice: OpenPractice, patient_id: int) -> None:
        ask(practice, preview_recovery_handout, patient_id)
        assert ask(practice, list_documents, patient_id) == ()

    def test_that_what_was_given_is_what_was_seen(self, practice: OpenPractice, patient_id: int) -> None:
        seen = ask(practice, preview_recovery_handout, patient_id)
        issued = ask(practice, issue_recovery_handout, patient_id)
        assert issued.pdf == seen
        assert issued.sha256 == hashlib.sha256(seen).hexdigest()
        assert (issued.title, issued.issued_by, issued.issued_at) == (
            "Recovering after your revision", "Dr. A. Marchetti", NOW,
        )  # fmt: skip
        assert issued.page_count >= 2

    def test_that_it_is_audited_with_its_fingerprint(self, practice: OpenPractice, patient_id: int) -> None:
        issued = ask(practice, issue_recovery_handout, patient_id)
        with practice.database.unit_of_work(practice.actor, writing=False) as session:
            entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "print_handout")).one()
        assert (entry.patient_id, entry.record_id) == (patient_id, issued.id)
        assert entry.changes == {"sha256": [None, issued.sha256]}

    def test_that_it_is_given_again_byte_for_byte_when_the_record_has_changed(
        self, practice: OpenPractice, add_patient: AddPatient
    ) -> None:
        patient_id, view = add_recovering_patient(practice, add_patient)
        issued = ask(practice, issue_recovery_handout, patient_id)
        ask(practice, override_day, view.id, "LIFT_FIRST", 21, "matrix", view.version)
        with practice.database.unit_of_work(practice.actor) as session:
            session.get_one(Patient, patient_id).family_name = "Changed"
            session.scalars(select(Practice)).one().name = "Another name"
        assert ask(practice, reprint, issued.id) == issued.pdf
        assert ask(practice, preview_recovery_handout, patient_id) != issued.pdf
        (given,) = ask(practice, list_documents, patient_id)
        assert (given.id, given.template_version, given.issued_by) == (issued.id, "1, protocol 1", "Dr. A. Marchetti")

    def test_that_a_stored_page_that_changed_is_refused_loudly(self, practice: OpenPractice, patient_id: int) -> None:
        issued = ask(practice, issue_recovery_handout, patient_id)
        with practice.database.unit_of_work(practice.actor) as session:
            session.execute(
                update(IssuedDocument).values(pdf=issued.pdf.replace(b"%PDF", b"%PDG", 1)),
                execution_options={"synchronize_session": False},
            )
        with pytest.raises(UserError, match="DO NOT USE"):
            ask(practice, reprint, issued.id)

    def test_that_the_newest_stands_first(self, practice: OpenPractice, patient_id: int) -> None:
        first = ask(practice, issue_recovery_handout, patient_id)
        second = ask(practice, issue_recovery_handout, patient_id)
        assert [row.id for row in ask(practice, list_documents, patient_id)] == [second.id, first.id]


@pytest.mark.parametrize("role", Role)
def test_that_each_verb_is_asked_for(practice: OpenPractice, patient_id: int, role: Role) -> None:
    issued = ask(practice, issue_recovery_handout, patient_id)
    actor = Actor(99, "Somebody", frozenset({role}), "test")
    for verb, work, about in (
        (Verb.PRINT_HANDOUT, preview_recovery_handout, patient_id),
        (Verb.PRINT_HANDOUT, offer_recovery_handout, patient_id),
        (Verb.PRINT_HANDOUT, issue_recovery_handout, patient_id),
        (Verb.PRINT_HANDOUT, reprint, issued.id),
        (Verb.VIEW_DOCUMENTS, list_documents, patient_id),
    ):
        if may({role}, verb):
            ask(practice, work, about, actor=actor)
        else:
            with pytest.raises(PermissionDenied):
                ask(practice, work, about, actor=actor)


@pytest.mark.parametrize("number", ["000001", "000 001", "1", " 1 ", "٠٠٠٠٠١"])
def test_that_a_record_number_is_found_however_it_is_written(
    practice: OpenPractice, add_patient: AddPatient, number: str
) -> None:
    patient_id = add_patient()
    assert ask(practice, find_by_record_number, number) == patient_id


@pytest.mark.parametrize("number", ["", "2", "1; DROP TABLE patient", "000001x", "%"])
def test_that_an_unknown_record_number_is_a_sentence(
    practice: OpenPractice, add_patient: AddPatient, number: str
) -> None:
    add_patient()
    with pytest.raises(UserError, match="No patient has the record number"):
        ask(practice, find_by_record_number, number)


class TestWritingAFile:
    def test_that_a_missing_folder_is_a_sentence(self, tmp_path: Path) -> None:
        path = tmp_path / "nowhere" / "page.pdf"
        with pytest.raises(UserError, match="folder does not exist"), writing_file(path):
            path.write_bytes(b"x")

    def test_that_a_folder_in_place_of_the_file_is_a_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="it is a folder"), writing_file(tmp_path):
            tmp_path.write_bytes(b"x")

    def test_that_a_full_disk_is_a_sentence_and_leaves_no_half_file(self, tmp_path: Path) -> None:
        path = tmp_path / "page.pdf"

        def write_half() -> None:
            path.write_bytes(b"half")
            raise OSError(28, "No space left on device")

        with pytest.raises(UserError, match="the disk is full"), writing_file(path):
            write_half()
        assert not path.exists()

    def test_that_whatever_else_fails_is_told_in_the_computers_words(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="Input/output error"), writing_file(tmp_path / "page.pdf"):
            raise OSError(5, "Input/output error")

    def test_that_a_bug_stays_a_bug(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="bug"), writing_file(tmp_path / "page.pdf"):
            raise ValueError("bug")
