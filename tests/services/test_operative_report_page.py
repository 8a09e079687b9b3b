"""The operative report on paper, read back from the real PDF."""

from __future__ import annotations

from collections.abc import Callable

from desktop.forms.removal import REMOVAL_FORM
from desktop.models.choices import Indication, RemovedCondition, Side, StepOutcome
from desktop.opening import OpenPractice
from desktop.services.found_at_surgery import add_found
from desktop.services.operative_report import amend_report, begin_report, save_report
from desktop.services.operative_report_page import operative_report_page
from desktop.services.record import Snapshot
from desktop.services.removal import save_removal
from tests.files import words_printed
from tests.report_story import add_patient_to_operate_on, answer_as_planned, file_of, record_device, sign_newest_report


def test_that_the_page_tells_the_day_both_comparisons_the_devices_and_who_signed(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id, case_id = add_patient_to_operate_on(practice, add_patient)
    with practice.database.unit_of_work(practice.actor) as session:
        report = begin_report(session, case_id).report
        operation_id = file_of(session, patient_id, case_id).operation_id
        assert operation_id is not None
        steps = tuple(
            {**row, "outcome": StepOutcome.NOT_DONE, "reason": "Fold was stable"} if row["side"] is Side.LEFT else row
            for row in report.values["steps"]
        )
        save_report(session, report, {**report.values, "steps": steps}, patient_id)
        record_device(session, operation_id, Side.RIGHT, volume_ml=275)
        out = REMOVAL_FORM.empty() | {"condition": (RemovedCondition.RUPTURE_INTRACAPSULAR,)}
        save_removal(session, Snapshot(None, None, {}), out, operation_id, Side.RIGHT)
        add_found(session, patient_id, case_id, Side.RIGHT, Indication.RUPTURE_GEL_INTRA)
        answer_as_planned(session, patient_id, case_id, **{"right.differs_because": "Pocket too tight"})
        draft = words_printed(operative_report_page(session, report.id or 0))
        signed = sign_newest_report(session, patient_id, case_id)
        page = words_printed(operative_report_page(session, signed.id or 0))
        amend_report(session, signed.id or 0, "Another reason")
        again = words_printed(operative_report_page(session, signed.id or 0))
    assert "DRAFT" in draft.upper()
    for words in (
        "23 Nov 2026",
        "Dr. A. Marchetti",
        "not done: Fold was stable",
        "300 mL",
        "275 mL",
        "−25 mL",
        "other volume: Pocket too tight",
        "Gel rupture, inside the capsule",
        "Found, not suspected",
        "Suspected, not found",
        "S-R-1",
        "Counts not answered",
        "Known and open when it was signed",
    ):
        assert words in page, words
    assert page == again
