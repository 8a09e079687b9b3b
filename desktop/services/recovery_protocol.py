"""Read the practice's recovery protocol with its red flags, and have a surgeon approve it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import UserError
from desktop.models.recovery import ProtocolApproval
from desktop.paths import resource
from desktop.rules.permission import Verb, may
from desktop.rules.reading import Unreadable
from desktop.rules.recovery_protocol import Protocol, RedFlags, read_protocol, read_red_flags
from desktop.services.audit import write_audit
from desktop.services.context import now, require

FILES = ("recovery_protocol.toml", "red_flags.toml")


@dataclass(frozen=True)
class Approval:
    """Whose signature stands under one wording of protocol and red flags; nobody's yet is None."""

    approved_by: str | None = None
    approved_at: dt.datetime | None = None


@dataclass(frozen=True)
class ProtocolFile:
    """`content_hash` names exactly this wording of both files: change a letter and nobody has approved it yet."""

    protocol: Protocol
    red_flags: RedFlags
    content_hash: str
    approval: Approval
    may_approve: bool = False


def protocol_texts() -> tuple[str, ...]:
    return tuple(resource("rules", name).read_text(encoding="utf-8") for name in FILES)


def open_protocol(session: Session) -> ProtocolFile:
    """What new checklists are made from; a file that cannot be followed is refused with what is wrong in it."""
    actor = require(session, Verb.VIEW_RECOVERY)
    protocol_text, flags_text = protocol_texts()
    try:
        protocol, flags = read_protocol(protocol_text), read_red_flags(flags_text)
    except Unreadable as error:
        sentence = f"The recovery protocol cannot be used. {error} Correct the file, then open this again."
        raise UserError(sentence) from error
    content_hash = hashlib.sha256(f"{protocol_text}\0{flags_text}".encode()).hexdigest()
    approval = approval_of(session, content_hash)
    return ProtocolFile(protocol, flags, content_hash, approval, may(actor.roles, Verb.APPROVE_PROTOCOL))


def approval_of(session: Session, content_hash: str) -> Approval:
    row = session.execute(
        select(ProtocolApproval.approved_by, ProtocolApproval.approved_at)
        .where(ProtocolApproval.content_hash == content_hash)
        .order_by(ProtocolApproval.id)
        .limit(1)
    ).one_or_none()
    return Approval(*row) if row else Approval()


def approve_protocol(session: Session, read_hash: str | None = None) -> ProtocolFile:
    """Sign the protocol that is in use; refused when it is no longer the one that was read (`read_hash`)."""
    actor = require(session, Verb.APPROVE_PROTOCOL)
    file = open_protocol(session)
    if read_hash is not None and read_hash != file.content_hash:
        raise UserError("The protocol was changed while you read it. Nothing was approved: read it again.")
    if file.approval.approved_by is not None:
        return file
    signed = ProtocolApproval(
        protocol_name=file.protocol.name,
        protocol_version=file.protocol.version,
        content_hash=file.content_hash,
        approved_by=actor.name,
        approved_at=now(session),
    )
    session.add(signed)
    write_audit(session, Verb.APPROVE_PROTOCOL, signed, {"content_hash": [None, file.content_hash]})
    return open_protocol(session)
