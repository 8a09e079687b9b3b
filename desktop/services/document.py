"""Tell what can be given to a patient now, and what was given to her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.models.choices import CardFormat, DocumentKind
from desktop.rules.permission import Verb
from desktop.services.context import require
from desktop.services.device_card import offer_device_card
from desktop.services.handout import GivenDocument, Offer, list_documents, offer_recovery_handout


@dataclass(frozen=True)
class Documents:
    offers: Mapping[DocumentKind, Offer]
    given: tuple[GivenDocument, ...]


def read_documents(session: Session, patient_id: int, card_size: CardFormat = CardFormat.CARD) -> Documents:
    require(session, Verb.PRINT_HANDOUT)
    offers = {
        DocumentKind.RECOVERY_HANDOUT: offer_recovery_handout(session, patient_id),
        DocumentKind.DEVICE_CARD: offer_device_card(session, patient_id, card_size),
    }
    return Documents(offers, list_documents(session, patient_id))
