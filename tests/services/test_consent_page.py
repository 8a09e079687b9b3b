"""The page of a consent: a draft is looked at, what was filed can be given and is kept as it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from desktop.errors import UserError
from desktop.models.choices import ConsentKind
from desktop.opening import OpenPractice
from desktop.services.consent import withdraw_consent
from desktop.services.consent_page import issue_consent_record, preview_consent_record
from desktop.services.handout import list_documents, reprint
from tests.consent_story import add_consent, add_filed_consent
from tests.files import words_printed
from tests.revision_story import add_case

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_a_draft_is_shown_with_what_it_lacks_and_is_not_given(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        case = add_case(session, patient_id)
        saved = add_consent(session, patient_id, case.id or 0, copy_given_on=None, kind=ConsentKind.ANESTHESIA)
        text = words_printed(preview_consent_record(session, saved.id or 0))
        with pytest.raises(UserError, match="not filed yet"):
            issue_consent_record(session, saved.id or 0, b"%PDF-1.7")
        assert list_documents(session, patient_id) == ()
    assert "Consent to anesthesia" in text
    assert "Draft: not filed • no copy given to the patient" in text
    assert "RIGHT Total capsulectomy; implant exchange LEFT Capsulorrhaphy, inferior" in text


def test_that_the_page_of_a_filed_consent_is_kept_as_it_was_given_and_shows_that_it_was_withdrawn(
    practice: OpenPractice, add_patient: Callable[..., int]
) -> None:
    patient_id = add_patient()
    with practice.database.unit_of_work(practice.actor) as session:
        case = add_case(session, patient_id)
        filed = add_filed_consent(session, patient_id, case.id or 0)
        page = preview_consent_record(session, filed.id or 0)
        assert preview_consent_record(session, filed.id or 0) == page
        issue_consent_record(session, filed.id or 0, page)
        withdraw_consent(session, filed.id or 0, dt.date(2026, 11, 21), "she wants to wait")
        after = words_printed(preview_consent_record(session, filed.id or 0))
        (given,) = list_documents(session, patient_id)
        assert given.title == "Consent record: Consent to the operation"
        assert reprint(session, given.id) == page
    assert "signed 15 days before surgery" in words_printed(page)
    assert "Rosalind Okafor, 19 Nov 2026" in words_printed(page)
    assert "WITHDRAWN By the patient on 21 Nov 2026, noted by Dr. A. Marchetti · she wants to wait" in after
