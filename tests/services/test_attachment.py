"""A file is kept whole with the record it belongs to, shown as it was added, and taken out with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event, select, text

from desktop.errors import PermissionDenied, RecordMissing, UserError
from desktop.forms.imaging import IMAGING_FORM
from desktop.models.attachment import Attachment
from desktop.models.audit import AuditEntry
from desktop.models.choices import AttachmentKind, ImagingKind, Role, Side
from desktop.opening import OpenPractice
from desktop.rules.attachment import MOST_BYTES, PDF, PNG
from desktop.rules.permission import Actor
from desktop.services.attachment import (
    BelongsTo,
    KeptAlready,
    NewFile,
    add_attachment,
    list_attachments,
    read_attachment,
    withdraw_attachment,
)
from desktop.services.imaging import save_imaging
from desktop.services.record import Snapshot
from desktop.services.withdrawal import take_out_consent, withdraw_imaging
from tests.consent_story import add_consent, add_filed_consent
from tests.revision_story import add_case

SCAN = NewFile(AttachmentKind.CONSENT, "Signed consent", b"%PDF-1.7 four pages")
PICTURE = NewFile(AttachmentKind.OTHER, "Page 2", b"\x89PNG\r\n\x1a\n....")

AddPatient = Callable[..., int]


class Shelf:
    """A patient with a case, a consent that is not filed, and a study; each step a unit of work of its own."""

    def __init__(self, practice: OpenPractice, add_patient: AddPatient) -> None:
        self.practice = practice
        self.patient_id = add_patient()
        self.case_id: int = self.do(add_case, self.patient_id).id
        self.consent = self.do(add_consent, self.patient_id, self.case_id)
        study = IMAGING_FORM.empty() | {"side": Side.RIGHT, "kind": ImagingKind.MRI}
        self.study = self.do(save_imaging, Snapshot(None, None, {}), study, self.patient_id)
        self.of_consent = BelongsTo(self.patient_id, consent_id=self.consent.id)
        self.of_study = BelongsTo(self.patient_id, imaging_id=self.study.id)

    def do(self, service: Callable[..., Any], *args: Any, roles: frozenset[Role] | None = None, **more: Any) -> Any:
        actor = self.practice.actor if roles is None else Actor(99, "Somebody", roles, "test")
        with self.practice.database.unit_of_work(actor) as session:
            return service(session, *args, **more)

    def last_audit(self) -> tuple[str, dict[str, Any]]:
        newest = select(AuditEntry.verb, AuditEntry.changes).order_by(AuditEntry.seq.desc()).limit(1)
        verb, changes = self.do(lambda session: session.execute(newest).one())
        return verb, changes


@pytest.fixture
def shelf(practice: OpenPractice, add_patient: AddPatient) -> Shelf:
    return Shelf(practice, add_patient)


def test_that_a_file_is_kept_with_its_record_and_no_other_and_comes_back_byte_for_byte(shelf: Shelf) -> None:
    row = shelf.do(add_attachment, shelf.of_consent, SCAN)
    assert (row.title, row.media_type, row.size_bytes) == ("Signed consent", PDF, len(SCAN.data))
    assert row.added_by == "Dr. A. Marchetti"
    assert shelf.do(list_attachments, shelf.of_consent) == (row,)
    assert shelf.do(list_attachments, shelf.of_study) == ()
    kept = shelf.do(read_attachment, row.id)
    assert (kept.row, kept.data) == (row, SCAN.data)
    assert shelf.last_audit()[0] == "view_attachment"


def test_that_the_list_reads_no_byte_of_a_file(shelf: Shelf) -> None:
    shelf.do(add_attachment, shelf.of_consent, SCAN)
    heard: list[str] = []

    def listen(session: Any) -> None:
        def hear(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            heard.append(statement)

        event.listen(shelf.practice.database.engine, "before_cursor_execute", hear)
        list_attachments(session, shelf.of_consent)
        event.remove(shelf.practice.database.engine, "before_cursor_execute", hear)

    shelf.do(listen)
    assert heard
    assert not any("attachment.data" in statement for statement in heard)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"MZ an executable called report.pdf", "no PDF, PNG or JPEG"),
        (b"%PDF-" + bytes(MOST_BYTES), "at most 20.0 MB"),
    ],
)
def test_that_a_file_that_cannot_be_kept_leaves_nothing_behind(shelf: Shelf, data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        shelf.do(add_attachment, shelf.of_consent, NewFile(AttachmentKind.OTHER, "Report", data))
    assert shelf.do(list_attachments, shelf.of_consent) == ()


@pytest.mark.parametrize("title", ["", " \u202e ", "x" * 201])
def test_that_a_file_needs_a_title_of_its_own(shelf: Shelf, title: str) -> None:
    with pytest.raises(UserError, match="title"):
        shelf.do(add_attachment, shelf.of_consent, NewFile(AttachmentKind.OTHER, title, SCAN.data))
    assert shelf.do(list_attachments, shelf.of_consent) == ()


def test_that_the_same_bytes_are_kept_twice_only_when_somebody_says_so(shelf: Shelf, add_patient: AddPatient) -> None:
    shelf.do(add_attachment, shelf.of_consent, SCAN)
    with pytest.raises(KeptAlready, match="“Signed consent”, added 23 Nov 2026 by Dr"):
        shelf.do(add_attachment, shelf.of_study, SCAN)
    shelf.do(add_attachment, shelf.of_study, SCAN, again=True)
    assert len(shelf.do(list_attachments, shelf.of_study)) == 1
    other = Shelf(shelf.practice, add_patient)  # what another patient has is nobody's business here
    other.do(add_attachment, other.of_consent, SCAN)


def test_that_a_file_is_taken_out_with_a_reason_that_stays_in_the_audit(shelf: Shelf) -> None:
    row = shelf.do(add_attachment, shelf.of_consent, SCAN)
    with pytest.raises(UserError, match="write why"):
        shelf.do(withdraw_attachment, shelf.of_consent, row.id, " ")
    with pytest.raises(RecordMissing):  # it is no file of the study
        shelf.do(withdraw_attachment, shelf.of_study, row.id, "by mistake")
    shelf.do(withdraw_attachment, shelf.of_consent, row.id, "somebody else's form")
    assert shelf.do(list_attachments, shelf.of_consent) == ()
    verb, changes = shelf.last_audit()
    with pytest.raises(RecordMissing):
        shelf.do(withdraw_attachment, shelf.of_consent, row.id, "again")
    assert verb == "withdraw_attachment"
    assert changes["reason"] == [None, "somebody else's form"]
    assert changes["title"] == ["Signed consent", None]
    assert changes["sha256"][0]


def test_that_bytes_that_were_changed_in_the_store_are_not_shown(shelf: Shelf) -> None:
    row = shelf.do(add_attachment, shelf.of_consent, SCAN)
    shelf.do(lambda session: session.execute(text("UPDATE attachment SET data = x'25504446'")))
    with pytest.raises(UserError, match="what is stored is not what was added"):
        shelf.do(read_attachment, row.id)


def test_that_a_scan_is_added_to_a_consent_that_is_filed(shelf: Shelf) -> None:
    filed = shelf.do(add_filed_consent, shelf.patient_id, shelf.case_id)
    belongs = BelongsTo(shelf.patient_id, consent_id=filed.id)
    assert shelf.do(add_attachment, belongs, PICTURE).media_type == PNG


def test_that_a_file_goes_to_no_other_patient(shelf: Shelf, add_patient: AddPatient) -> None:
    stranger = BelongsTo(add_patient(family_name="Other"), consent_id=shelf.consent.id)
    with pytest.raises(UserError):
        shelf.do(add_attachment, stranger, SCAN)


def test_that_a_record_with_files_is_not_taken_out_before_them(shelf: Shelf) -> None:
    shelf.do(add_attachment, shelf.of_study, SCAN)
    shelf.do(add_attachment, shelf.of_consent, PICTURE)
    with pytest.raises(UserError, match="The study was not taken out: 1 file is kept with it"):
        shelf.do(withdraw_imaging, shelf.study.id, shelf.study.version, "recorded twice")
    with pytest.raises(UserError, match="The consent was not taken out"):
        shelf.do(take_out_consent, shelf.consent.id, shelf.consent.version, "recorded twice")


def allowed(shelf: Shelf, role: Role) -> Iterator[str]:
    """What somebody with this role alone may do with files."""
    row = shelf.do(add_attachment, shelf.of_consent, SCAN, again=True)
    for name, service, arguments in (
        ("list", list_attachments, (shelf.of_consent,)),
        ("read", read_attachment, (row.id,)),
        ("add to consent", add_attachment, (shelf.of_consent, PICTURE)),
        ("add to study", add_attachment, (shelf.of_study, PICTURE)),
        ("withdraw", withdraw_attachment, (shelf.of_consent, row.id, "by mistake")),
    ):
        try:
            shelf.do(service, *arguments, roles=frozenset({role}))
        except PermissionDenied:
            continue
        except KeptAlready:
            pass
        yield name


def test_that_the_front_desk_sees_no_file_and_anesthesia_only_reads(shelf: Shelf) -> None:
    assert list(allowed(shelf, Role.FRONT_DESK)) == []
    assert list(allowed(shelf, Role.ANESTHESIA)) == ["list", "read"]
    assert list(allowed(shelf, Role.NURSE)) == ["list", "read", "add to consent", "add to study", "withdraw"]
    assert shelf.do(lambda session: session.scalars(select(Attachment.title)).all())
