"""How the device card is made that a patient carries: what is in each side, with a code of the device's identifier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from desktop.documents.letterhead import PatientLines, PracticeLines, lacking_identity, refuse_if_lacking, sheet
from desktop.documents.typesetting import NoRoom, render
from desktop.documents.wording import Wording, wording_of
from desktop.errors import DocumentIncomplete
from desktop.models.choices import UNKNOWN, CardFormat, Side
from desktop.rules.device_card import CardCode

VERSION: Final = "1"
"""Of the layout and its words, printed on every card."""

FACTS: Final = (
    "manufacturer", "product", "volume", "fill", "surface", "shape", "serial", "lot", "expires", "plane", "put_in",
    "surgeon",
)  # fmt: skip
"""What stands on a card, in this order; the words are in `layouts/words`. Source: clinical reference §3.4."""
_ONLY_IF_KNOWN: Final = frozenset({"expires"})


@dataclass(frozen=True)
class CardDevice:
    """`facts` by the names of FACTS: text, UNKNOWN when somebody stated it, or None when nobody was asked."""

    facts: dict[str, Any]
    code: CardCode | None
    has_no_function: bool = False


@dataclass(frozen=True)
class DeviceCard:
    practice: PracticeLines
    patient: PatientLines
    right: tuple[CardDevice, ...]
    left: tuple[CardDevice, ...]
    issued_on: dt.date
    language: str = "en"
    is_demo: bool = False


def render_device_card(card: DeviceCard, size: CardFormat) -> bytes:
    """The card as a PDF; DocumentIncomplete when it lacks something or when it would not fit whole."""
    lacking = lacking_identity(card.patient)
    if not (card.right or card.left):
        lacking["devices"] = (
            "No device is in place in either side by the record: record the operation that put it in, then print."
        )
    if not (card.practice.phone or "").strip():
        lacking["practice.phone"] = "The practice's phone is missing: fill it in on the Practice page."
    refuse_if_lacking(lacking)
    wording = wording_of(card.language)
    page = sheet(
        wording,
        card.practice,
        card.patient,
        title=wording["card_title"],
        issued_on=card.issued_on,
        is_demo=card.is_demo,
    )
    faces = [_face(wording, side, devices) for side, devices in ((Side.RIGHT, card.right), (Side.LEFT, card.left))]
    try:
        return render("device_card", {**page, "size": size.value, "version": VERSION, "faces": faces})
    except NoRoom as no_room:
        other = "Shorten the longest answers" if size is CardFormat.A6 else "Print the A6 card"
        sentence = f"The facts of {no_room.part} do not fit on a card of this size, and none may be left out. {other}."
        raise DocumentIncomplete({"room": sentence}) from None


def code_squares(code: CardCode) -> list[str]:
    """The code's rows from the top, each a string of `1` for dark and `0` for light, without a quiet zone."""
    import zxingcpp

    if code.is_gs1:
        made = zxingcpp.create_barcode(code.text, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, force_square=True)
    else:
        made = zxingcpp.create_barcode(code.text, zxingcpp.BarcodeFormat.QRCode)
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its types do not say
    squares: Any = memoryview(image).tolist()
    return ["".join("1" if shade < 128 else "0" for shade in row) for row in squares]


def _face(wording: Wording, side: Side, devices: tuple[CardDevice, ...]) -> dict[str, Any]:
    return {
        "side": wording["right" if side is Side.RIGHT else "left"],
        "devices": [
            {
                "has_no_function": device.has_no_function,
                "facts": [
                    (wording[f"card_{name}"], _fact(wording, device.facts.get(name)))
                    for name in FACTS
                    if name not in _ONLY_IF_KNOWN or isinstance(device.facts.get(name), str)
                ],
                "code": code_squares(device.code) if device.code else [],
                "is_gs1": device.code is not None and device.code.is_gs1,
                "code_text": device.code.text if device.code else "",
            }
            for device in devices
        ],
    }


def _fact(wording: Wording, value: Any) -> dict[str, Any]:
    """Unknown is said as such; what nobody was asked is another word."""
    if value is UNKNOWN:
        return {"is_known": False, "text": wording["card_unknown"]}
    return {"is_known": True, "text": value} if value else {"is_known": False, "text": wording["not_recorded"]}
