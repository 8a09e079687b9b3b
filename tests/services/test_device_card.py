"""The card that says what is in each side today: from the record, kept as given, given again byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import DocumentIncomplete, PermissionDenied
from desktop.models.audit import AuditEntry
from desktop.models.choices import (
    UNKNOWN,
    CardFormat,
    Language,
    Profile,
    Role,
    SideEvent,
    Surface,
    SurfaceEdition,
    UdiIssuer,
)
from desktop.models.device import Device
from desktop.models.operation import Operation
from desktop.models.practice import Practice
from desktop.opening import OpenPractice
from desktop.rules.permission import Actor
from desktop.services.device_card import issue_device_card, offer_device_card, preview_device_card
from desktop.services.handout import list_documents, reprint
from desktop.services.operation import save_operation
from desktop.services.record import Snapshot
from tests.documents.conftest import read_pdf  # noqa: F401  the reader of printed pages
from tests.factories import operation_values

AddPatient = Callable[..., int]
ReadPdf = Callable[[bytes], Any]
NEW = Snapshot(None, None, {})


def ask(practice: OpenPractice, work: Callable[..., Any], *args: Any, actor: Actor | None = None) -> Any:
    with practice.database.unit_of_work(actor or practice.actor) as session:
        return work(session, *args)


@pytest.fixture
def patient_id(practice: OpenPractice, add_patient: AddPatient) -> int:
    number = add_patient()
    facts = {"right.serial": "7001-1", "right.style": "350-3251BC", "left.serial": UNKNOWN, "facility": "Quay Clinic"}
    ask(practice, save_operation, NEW, operation_values(**facts), number)
    return number


def text_of(practice: OpenPractice, patient_id: int, read: ReadPdf, size: CardFormat = CardFormat.A6) -> str:
    text: str = read(ask(practice, preview_device_card, patient_id, size)).text
    return text


def test_that_the_card_says_what_the_record_holds_of_each_side(
    practice: OpenPractice,
    patient_id: int,
    read_pdf: ReadPdf,  # noqa: F811
) -> None:
    right, left = read_pdf(ask(practice, preview_device_card, patient_id, CardFormat.CARD)).pages
    for words in (
        "RIGHT", "Rosalind Okafor", "Manufacturer Mentor", "Line, style MemoryGel, 350-3251BC", "Volume 325 mL",
        "Fill Silicone gel", "Surface Smooth", "Shape, profile Round", "Serial 7001-1", "Lot not recorded",
        "Plane Subglandular", "Put in 12 May 2014", "Surgeon Dr. Lindqvist, Quay Clinic", "No code",
    ):  # fmt: skip
        assert words in right, words
    assert "Serial unknown" in left


def test_that_words_of_the_maker_stand_beside_their_class(
    practice: OpenPractice,
    patient_id: int,
    read_pdf: ReadPdf,  # noqa: F811
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        for device in session.scalars(select(Device)):
            device.surface, device.surface_name = Surface.MICROTEXTURED, "SILTEX"
            device.surface_edition, device.profile = SurfaceEdition.ISO_2018, Profile.HIGH
            device.profile_name, device.filled_ml = "high", 340
    text = text_of(practice, patient_id, read_pdf)
    assert "Surface Microtextured, SILTEX, ISO 14607:2018" in text
    assert "Shape, profile Round, High Serial" in text
    assert "Volume 325 mL, filled to 340 mL" in text


def test_that_a_known_identifier_becomes_a_code(
    practice: OpenPractice,
    patient_id: int,
    read_pdf: ReadPdf,  # noqa: F811
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        for device in session.scalars(select(Device)):
            device.udi_di, device.udi_issuer = "00643169001763", UdiIssuer.GS1
    text = text_of(practice, patient_id, read_pdf)
    assert "(01)00643169001763(21)7001-1" in text
    assert "No code" not in text


def test_that_only_what_is_in_place_today_stands_on_it(
    practice: OpenPractice,
    patient_id: int,
    read_pdf: ReadPdf,  # noqa: F811
) -> None:
    with practice.database.unit_of_work(practice.actor) as session:
        operation_id = session.scalars(select(Operation.id)).one()
    bare = {name: None for name in operation_values() if name.startswith(("right.", "left."))}
    out = operation_values(happened_on=None, **bare) | {"right.event": SideEvent.REMOVED, "left.event": SideEvent.NONE}
    with practice.database.unit_of_work(practice.actor) as session:
        session.get_one(Operation, operation_id).happened_on = None
    ask(practice, save_operation, NEW, out, patient_id)
    text = text_of(practice, patient_id, read_pdf)
    assert "RIGHT No device in place by our record" in text
    assert "Serial unknown" in text


def test_that_without_any_device_there_is_no_card(practice: OpenPractice, add_patient: AddPatient) -> None:
    nobody = add_patient(family_name="Bell")
    offer = ask(practice, offer_device_card, nobody, CardFormat.CARD)
    assert offer.pdf is None
    assert list(offer.missing) == ["devices"]
    with pytest.raises(DocumentIncomplete):
        ask(practice, issue_device_card, nobody, CardFormat.CARD)
    assert ask(practice, list_documents, nobody) == ()


@pytest.mark.parametrize("size", CardFormat)
def test_that_it_is_kept_logged_and_given_again_byte_for_byte(
    practice: OpenPractice, patient_id: int, size: CardFormat
) -> None:
    seen = ask(practice, preview_device_card, patient_id, size)
    issued = ask(practice, issue_device_card, patient_id, size)
    assert issued.pdf == seen == ask(practice, offer_device_card, patient_id, size).pdf
    with practice.database.unit_of_work(practice.actor) as session:
        session.scalars(select(Practice)).one().name = "Another name"
        entry = session.scalars(select(AuditEntry).where(AuditEntry.verb == "print_handout")).one()
    assert ask(practice, reprint, issued.id) == seen
    assert entry.changes == {"sha256": [None, issued.sha256]}
    (given,) = ask(practice, list_documents, patient_id)
    assert given.title.startswith("Device card: ")


def test_that_a_language_without_words_falls_back_to_one_there_is(
    practice: OpenPractice,
    add_patient: AddPatient,
    read_pdf: ReadPdf,  # noqa: F811
) -> None:
    number = add_patient(language=Language.RUSSIAN)
    ask(practice, save_operation, NEW, operation_values(), number)
    assert "Manufacturer Mentor" in text_of(practice, number, read_pdf)


@pytest.mark.parametrize("work", [preview_device_card, offer_device_card, issue_device_card])
def test_that_an_administrator_as_such_prints_no_card(
    practice: OpenPractice, patient_id: int, work: Callable[..., Any]
) -> None:
    nobody = Actor(9, "Somebody", frozenset({Role.ADMINISTRATOR}), "test")
    with pytest.raises(PermissionDenied):
        ask(practice, work, patient_id, CardFormat.CARD, actor=nobody)
