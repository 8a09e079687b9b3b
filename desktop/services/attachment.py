"""Keep files that came from outside with the record they belong to, show them again, take a wrong one out."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RecordMissing, UserError
from desktop.models.attachment import Attachment
from desktop.models.choices import AttachmentKind
from desktop.models.consent import Consent
from desktop.models.imaging import ImagingStudy
from desktop.models.indication import SeromaWorkUp
from desktop.rules.attachment import media_type_of, refusal
from desktop.rules.dates import show_date
from desktop.rules.permission import Verb
from desktop.rules.reading import clean_line
from desktop.services.audit import write_audit
from desktop.services.context import now, require
from desktop.services.patient import require_hers
from desktop.services.record import get_record

_OWNERS: Final[dict[str, tuple[Any, Verb]]] = {
    "imaging_id": (ImagingStudy, Verb.EDIT_HISTORY),
    "consent_id": (Consent, Verb.EDIT_CONSENT),
    "work_up_id": (SeromaWorkUp, Verb.EDIT_CASE),
}
"""The table of each owner, and the verb of whoever may change it."""


@dataclass(frozen=True)
class BelongsTo:
    """The record that files are kept with: exactly one of the three is named."""

    patient_id: int
    imaging_id: int | None = None
    consent_id: int | None = None
    work_up_id: int | None = None

    @property
    def owner(self) -> tuple[str, int]:
        ((column, owner_id),) = ((name, number) for name in _OWNERS if (number := getattr(self, name)) is not None)
        return column, owner_id


@dataclass(frozen=True)
class NewFile:
    """`title` is what a person wrote; the name of the file on the disk is never kept."""

    kind: AttachmentKind
    title: str
    data: bytes


@dataclass(frozen=True)
class AttachmentRow:
    """A file without its bytes."""

    id: int
    kind: AttachmentKind
    title: str
    media_type: str
    size_bytes: int
    added_at: dt.datetime
    added_by: str


@dataclass(frozen=True)
class KeptFile:
    row: AttachmentRow
    data: bytes


class KeptAlready(UserError):
    """The very same bytes are kept with this patient; they are kept twice only when somebody says so."""


def list_attachments(session: Session, belongs: BelongsTo) -> tuple[AttachmentRow, ...]:
    """Oldest first, without a byte of them."""
    require(session, Verb.VIEW_CASE)
    column, owner_id = belongs.owner
    rows = session.execute(_rows().where(getattr(Attachment, column) == owner_id).order_by(Attachment.id))
    return tuple(AttachmentRow(*row) for row in rows)


def add_attachment(session: Session, belongs: BelongsTo, file: NewFile, *, again: bool = False) -> AttachmentRow:
    """Keep a file; `again` says that the same bytes may be kept a second time."""
    column, owner_id = belongs.owner
    table, verb = _OWNERS[column]
    actor = require(session, verb)
    require_hers(session, get_record(session, table, owner_id).patient_id, belongs.patient_id)
    title = clean_line(file.title)
    media_type = media_type_of(file.data)
    if why_not := refusal(file.data):
        raise UserError(why_not)
    if not title:
        raise UserError("Not kept yet: write a title for the file, such as “MRI report”.")
    if len(title) > Attachment.title.type.length:
        raise UserError(f"Not kept yet: a title holds at most {Attachment.title.type.length} characters.")
    sha256 = hashlib.sha256(file.data).hexdigest()
    if not again:
        _refuse_twin(session, belongs.patient_id, sha256)
    attachment = Attachment(
        patient_id=belongs.patient_id,
        kind=file.kind,
        title=title,
        media_type=str(media_type),
        size_bytes=len(file.data),
        sha256=sha256,
        data=file.data,
        added_at=now(session),
        added_by=actor.name,
        **{column: owner_id},
    )
    session.add(attachment)
    session.flush()
    write_audit(session, "add_attachment", attachment, {"title": [None, title], "sha256": [None, sha256]})
    return _row_of(attachment)


def read_attachment(session: Session, attachment_id: int) -> KeptFile:
    """The file with its bytes, which are those that were added; looking at it is audited."""
    require(session, Verb.VIEW_CASE)
    attachment = get_record(session, Attachment, attachment_id)
    data = session.scalars(select(Attachment.data).where(Attachment.id == attachment_id)).one()
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise UserError(
            f"“{attachment.title}” is not shown: what is stored is not what was added, because its bytes do not match "
            "their fingerprint. Tell the administrator to check the store, and add the file again."
        )
    write_audit(session, "view_attachment", attachment)
    return KeptFile(_row_of(attachment), data)


def withdraw_attachment(session: Session, belongs: BelongsTo, attachment_id: int, reason: str) -> None:
    """Take a file out that does not belong there; the audit keeps what it was and why it went."""
    column, owner_id = belongs.owner
    require(session, _OWNERS[column][1])
    attachment = get_record(session, Attachment, attachment_id)
    if getattr(attachment, column) != owner_id:
        raise RecordMissing
    if not clean_line(reason):
        raise UserError("Nothing was changed: write why the file is taken out.")
    told = {"title": [attachment.title, None], "sha256": [attachment.sha256, None], column: [owner_id, None]}
    write_audit(session, "withdraw_attachment", attachment, told | {"reason": [None, clean_line(reason)]})
    session.delete(attachment)
    session.flush()


def refuse_while_files_hang(session: Session, belongs: BelongsTo, what: str) -> None:
    """A record goes only after its files: they would hang on nothing."""
    column, owner_id = belongs.owner
    kept = session.scalars(select(Attachment.title).where(getattr(Attachment, column) == owner_id)).all()
    if kept:
        files = "1 file is" if len(kept) == 1 else f"{len(kept)} files are"
        raise UserError(f"{what} was not taken out: {files} kept with it. Take them out first, each with its reason.")


def _refuse_twin(session: Session, patient_id: int, sha256: str) -> None:
    same = _rows().where(Attachment.patient_id == patient_id, Attachment.sha256 == sha256).order_by(Attachment.id)
    if (found := session.execute(same.limit(1)).first()) is not None:
        twin = AttachmentRow(*found)
        on = show_date(twin.added_at.astimezone().date())
        raise KeptAlready(f"The very same file is kept already: “{twin.title}”, added {on} by {twin.added_by}.")


def _rows() -> Any:
    return select(
        Attachment.id,
        Attachment.kind,
        Attachment.title,
        Attachment.media_type,
        Attachment.size_bytes,
        Attachment.added_at,
        Attachment.added_by,
    )


def _row_of(attachment: Attachment) -> AttachmentRow:
    return AttachmentRow(
        attachment.id,
        attachment.kind,
        attachment.title,
        attachment.media_type,
        attachment.size_bytes,
        attachment.added_at,
        attachment.added_by,
    )
