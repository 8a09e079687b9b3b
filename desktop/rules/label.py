"""What a device's label says beside what was typed, what the catalogue knows and the day of surgery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.models.choices import Choice, Unknown
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.problem import Problem, Values
from desktop.rules.style_code import style_key, without_size


@dataclass(frozen=True, kw_only=True)
class LabelFacts:
    """What a label states; None is not on it. Text stands as it was read: capitals, zeros and spaces matter."""

    device_identifier: str | None = None
    lot: str | None = None
    serial: str | None = None
    expires_on: dt.date | None = None
    made_on: dt.date | None = None
    distinct_id: str | None = None
    quantity: int | None = None


FIELDS: Final = {
    "udi_di": "device_identifier",
    "lot": "lot",
    "serial": "serial",
    "expires_on": "expires_on",
    "made_on": "made_on",
    "distinct_id": "distinct_id",
}
"""The device's field for each fact of a label."""

NAMES: Final = {
    "udi_di": "product number",
    "lot": "lot",
    "serial": "serial number",
    "expires_on": "expiry date",
    "made_on": "date of manufacture",
    "distinct_id": "donation number",
}

COMPARED: Final = {
    "manufacturer": "maker",
    "line": "line",
    "style": "style",
    "volume_ml": "volume",
    "fill": "fill",
    "shape": "shape",
    "surface": "surface",
    "surface_name": "surface",
    "gel": "gel",
    "profile": "profile",
}
"""What the catalogue and the chosen device can disagree about."""


_FREE_WORDS: Final = ("manufacturer", "line", "surface_name", "gel")
"""Names that people write in capitals or small, with hyphens or without; a style is compared as a style."""


def check_label(
    read: LabelFacts, typed: Values, surgery_on: PartialDate | None, catalogue: Mapping[str, Any] | None
) -> list[Problem]:
    """All that label, typed answers, catalogue and day of surgery disagree on; a question each, and nothing changed.

    `typed` and `catalogue` hold answers by the device's field names; `catalogue` is None for an unknown product.
    Sources: clinical reference §2.8.1 (usable through the whole expiry day), §8 traps 12 to 14.
    """
    problems = check_expiry(read.expires_on, surgery_on)
    problems += [_differs(field, label, typed[field]) for field, label in differences(read, typed).items()]
    if read.device_identifier is not None:
        problems += _unknown_product(read.device_identifier) if catalogue is None else _other_product(typed, catalogue)
    return problems


def label_facts(read: LabelFacts) -> dict[str, Any]:
    """What the label states, by the device's field names."""
    facts = {field: getattr(read, name) for field, name in FIELDS.items()}
    return {field: fact for field, fact in facts.items() if fact is not None}


def differences(read: LabelFacts, typed: Values) -> dict[str, Any]:
    """The facts of the label that somebody typed otherwise, by the device's field names.

    Text is compared character by character: a label is never trimmed or put into capitals (trap 13).
    """
    return {field: fact for field, fact in label_facts(read).items() if _is_said(typed.get(field), fact)}


def check_expiry(expires_on: dt.date | None, surgery_on: PartialDate | None) -> list[Problem]:
    """Asks when the device had expired on the day of surgery, or may have because that day is not known exactly."""
    if expires_on is None or surgery_on is None or surgery_on.latest <= expires_on:
        return []
    surgery, expiry = show_partial_date(surgery_on), show_date(expires_on)
    if surgery_on.earliest > expires_on:
        message = (
            f"This device expired: it could be used through {expiry}, and the surgery is on {surgery}. "
            "Take another device. If it was used, confirm it and write why into the note."
        )
    else:
        message = (
            f"This device may have expired: it could be used through {expiry}, and of the surgery only {surgery} is "
            "known. Find out the day of surgery, or confirm."
        )
    return [Problem("expires_on", message, is_question=True)]


def show_fact(fact: Any) -> str:
    """A fact in words: a date with its month in words, an answer of a list by its label, anything else as it stands."""
    if isinstance(fact, dt.date):
        return show_date(fact)
    if isinstance(fact, Choice):
        return fact.label
    return "unknown" if isinstance(fact, Unknown) else str(fact)


def show_raw(raw: str) -> str:
    """The text of a label with everything in it to be seen: the separator as ␝, a space at an end as ␠."""
    inner = raw.strip(" ")
    start = raw.index(inner)
    spaced = "␠" * start + inner + "␠" * (len(raw) - start - len(inner))
    return "".join(map(_visible, spaced))


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode draws every control character
    if code == 0x7F:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no text
        return f"<{code - 0xDC00:02X}>"
    return character if character.isprintable() else "�"


def _is_said(answer: Any, fact: Any) -> bool:
    return answer is not None and not isinstance(answer, Unknown) and answer != fact


def _differs(field: str, label: Any, typed: Any) -> Problem:
    name = NAMES[field]
    message = f"The {name} on the label is {show_fact(label)}, and {show_fact(typed)} was typed."
    if isinstance(label, str) and _loose(label) == _loose(str(typed)):
        message += " They differ only in capitals, spaces or hyphens."
    return Problem(field, f"{message} Look at the label and choose one; nothing was changed.", is_question=True)


def _unknown_product(identifier: str) -> list[Problem]:
    message = (
        f"The catalogue does not know the product {identifier}, so volume, fill and surface could not be compared. "
        "Compare them with the label yourself."
    )
    return [Problem("udi_di", message, is_question=True)]


def _other_product(typed: Values, catalogue: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for field, name in COMPARED.items():
        known, chosen = catalogue.get(field), typed.get(field)
        if known is None or isinstance(known, Unknown) or not _is_said(chosen, known):
            continue
        if field == "style" and style_key(str(known)) in (style_key(str(chosen)), without_size(str(chosen))):
            continue
        if field in _FREE_WORDS and _loose(str(known)) == _loose(str(chosen)):
            continue
        message = (
            f"The catalogue knows this product with the {name} {_measured(field, known)}, and "
            f"{_measured(field, chosen)} was chosen. Compare the label with the record; nothing was changed."
        )
        problems.append(Problem(field, message, is_question=True))
    return problems


def _measured(field: str, fact: Any) -> str:
    return f"{fact:,} mL" if field == "volume_ml" and isinstance(fact, int) else show_fact(fact)


def _loose(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
