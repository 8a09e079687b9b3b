"""Make and give the card that says which device is in each side today."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.device_card import VERSION, CardDevice, DeviceCard, render_device_card
from desktop.documents.wording import wording_of
from desktop.errors import DocumentIncomplete
from desktop.models.choices import UNKNOWN, CardFormat, Choice, DocumentKind, Language, Side, SurfaceEdition
from desktop.models.patient import Patient
from desktop.models.practice import Practice
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.device_card import code_of
from desktop.rules.permission import Verb
from desktop.services.context import require, today
from desktop.services.device_record import HeldDevice, held_devices
from desktop.services.handout import Issued, Offer, issue_document
from desktop.services.letterhead import read_patient_lines, read_practice_lines
from desktop.services.practice import is_demo
from desktop.services.record import get_record


def preview_device_card(session: Session, patient_id: int, size: CardFormat) -> bytes:
    """The card as it would be printed now; nothing is kept. DocumentIncomplete lists everything it lacks."""
    require(session, Verb.PRINT_HANDOUT)
    return render_device_card(_card(session, patient_id), size)


def offer_device_card(session: Session, patient_id: int, size: CardFormat) -> Offer:
    require(session, Verb.PRINT_HANDOUT)
    card = _card(session, patient_id)
    pdf, missing = None, {}
    try:
        pdf = render_device_card(card, size)
    except DocumentIncomplete as incomplete:
        missing = incomplete.missing
    number = get_record(session, Patient, patient_id).record_number
    return Offer(DocumentKind.DEVICE_CARD.label, VERSION, pdf, missing, "", number)


def issue_device_card(session: Session, patient_id: int, size: CardFormat) -> Issued:
    """Give the card: its bytes are kept with their hash, who gave it and when."""
    require(session, Verb.PRINT_HANDOUT)
    card = _card(session, patient_id)
    title = f"{DocumentKind.DEVICE_CARD.label}: {size.label}"
    pdf = render_device_card(card, size)
    return issue_document(session, patient_id, DocumentKind.DEVICE_CARD, title, VERSION, card.language, pdf)


def _card(session: Session, patient_id: int) -> DeviceCard:
    patients = get_record(session, Patient, patient_id).language
    practices = session.scalars(select(Practice.language)).one()
    devices = [held for held in held_devices(session, patient_id) if held.occupation.is_in_place]
    return DeviceCard(
        practice=read_practice_lines(session),
        patient=read_patient_lines(session, patient_id),
        right=tuple(_device(held) for held in devices if held.side is Side.RIGHT),
        left=tuple(_device(held) for held in devices if held.side is Side.LEFT),
        issued_on=today(session),
        language=_language(patients, practices),
        is_demo=is_demo(session),
    )


def _language(patients: Language | None, practices: Language) -> str:
    """The patient's language, else the practice's, if there are words in it."""
    for language in filter(None, (patients, practices)):
        try:
            return wording_of(language.value).language
        except DocumentIncomplete:
            continue
    return Language.ENGLISH.value


def _device(held: HeldDevice) -> CardDevice:
    answer = held.answer
    expires_on, happened_on = answer("expires_on"), answer("happened_on")
    edition = None if answer("surface_edition") is SurfaceEdition.NOT_STATED else answer("surface_edition")
    return CardDevice(
        facts={
            "manufacturer": answer("manufacturer"),
            "product": _joined(answer("line"), answer("style")),
            "volume": _joined(_millilitres(answer("volume_ml")), _millilitres(answer("filled_ml"), "filled to ")),
            "fill": _joined(answer("fill")),
            "surface": _joined(answer("surface"), answer("surface_name"), edition),
            "shape": _joined(answer("shape"), answer("profile"), answer("profile_name")),
            "serial": answer("serial"),
            "lot": answer("lot"),
            "expires": show_date(expires_on) if expires_on else None,
            "plane": _joined(answer("plane")),
            "put_in": happened_on if happened_on in (None, UNKNOWN) else show_partial_date(happened_on),
            "surgeon": _joined(answer("surgeon"), answer("facility")),
        },
        code=code_of(
            device_identifier=_text(answer("udi_di")),
            issuer=answer("udi_issuer"),
            serial=_text(answer("serial")),
            lot=_text(answer("lot")),
            label=_text(answer("udi_raw")),
        ),
        has_no_function=held.occupation.is_functionless,
    )


def _joined(*answers: Any) -> Any:
    """What is known, in one line; else UNKNOWN if somebody stated that, else None."""
    known = (one.label if isinstance(one, Choice) else one for one in answers if one is not None and one is not UNKNOWN)
    words = {each.casefold(): each for each in reversed(list(known))}  # the maker's word may be that of the class
    if words:
        return ", ".join(reversed(words.values()))
    return UNKNOWN if UNKNOWN in answers else None


def _millilitres(value: Any, before: str = "") -> Any:
    return f"{before}{value:,} mL" if isinstance(value, int) else value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
