"""What makes a patient's record acceptable, and what everybody must see about her first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from desktop.models.choices import UNKNOWN, Severity
from desktop.rules.dates import show_date, years_between
from desktop.rules.numbers import KG_PER_LB, show_decimal
from desktop.rules.problem import Circumstances, Problem, Values
from desktop.rules.reading import clean_line as clean_line
from desktop.rules.reading import is_one_line
from desktop.rules.search_key import digits

RECORD_DIGITS: Final = 6
"""How many digits a record number has that Reprise gives."""
OLDEST_YEARS: Final = 120
LIKELY_WEIGHT_KG: Final = (Decimal(30), Decimal(200))
LIKELY_HEIGHT_CM: Final = (Decimal(120), Decimal(220))
"""Outside these a person is asked. Source: clinical reference §8, trap 6."""
LIKELY_BMI: Final = (Decimal(14), Decimal(40))
"""Outside these a person looks at both again: pounds typed as kg make 44 of 20. Our own choice, to be confirmed by
the practice."""

_PHONES = {
    "phone": "phone",
    "mobile_phone": "mobile phone",
    "emergency_phone": "emergency contact's phone",
    "responsible_adult_phone": "responsible adult's phone",
}
_LINES = (
    "family_name", "given_name", "former_name", "email", "emergency_name", "responsible_adult_name", *_PHONES,
)  # fmt: skip
_FEWEST_DIGITS = 3
_SEVERE = (Severity.ANAPHYLAXIS, Severity.SEVERE)


@dataclass(frozen=True)
class Alert:
    """A few words that stay on every screen and page of a patient."""

    text: str
    tone: Literal["danger", "warning", "good"]


def check_patient(values: Values, circumstances: Circumstances) -> list[Problem]:
    """What is wrong or unlikely; a question is answered by confirming the value (`weight_kg_confirmed`)."""
    return [
        *_check_name(values),
        *_check_lines(values),
        *_check_birth_date(values.get("birth_date"), circumstances.today),
        *_check_phones(values),
        *_check_email(values.get("email")),
        *_check_allergies(values),
        *_check_medicines(values),
        *check_body(values),
    ]


def check_body(values: Values) -> list[Problem]:
    """Weight in kg and height in cm: refused at or below 0, asked when unlikely alone or together."""
    weight, height = _number(values.get("weight_kg")), _number(values.get("height_cm"))
    problems = []
    if weight is not None:
        problems += check_weight(weight)
    if height is not None:
        problems += _check_height(height)
    if problems or weight is None or height is None:
        return problems
    low, high = LIKELY_BMI
    if not low <= body_mass_index(weight, height) <= high:
        shown = show_decimal(weight)
        in_pounds = low <= body_mass_index(weight * KG_PER_LB, height) <= high
        pounds = f" If the weight is in pounds write {shown} lb." if in_pounds else ""
        both = f"{shown} kg with {show_decimal(height)} cm is unlikely."
        message = f"{both}{pounds} Look at both; confirm if both are right."
        return [Problem("weight_kg", message, is_question=True), Problem("height_cm", message, is_question=True)]
    return []


def body_mass_index(weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """kg / m², not rounded: compare this, show one decimal.

    ValueError unless both are above 0. Source: clinical reference §4.8.
    """
    if weight_kg <= 0 or height_cm <= 0:
        raise ValueError("weight and height must be above 0")
    return weight_kg * 10_000 / (height_cm * height_cm)


def patient_alerts(values: Values) -> tuple[Alert, ...]:
    """Allergies first, the most severe of them first; then anticoagulants.

    "No known allergies" appears only when a person stated it: an empty list is "not asked".
    Source: clinical reference §4.1 and §8, trap 21.
    """
    return (*_allergy_alerts(values), *_anticoagulant_alerts(values))


def allergies_were_asked(values: Values) -> bool:
    """Somebody named an allergy or stated that there is none; "unknown" is no answer to this question."""
    return bool(rows_of(values.get("allergies"))) or values.get("no_known_allergies") is True


def anticoagulants_without_plan(values: Values) -> tuple[str, ...]:
    """The names of blood-thinning medicines for which nobody wrote what to do around surgery."""
    return tuple(
        _text(row.get("name")) or "An anticoagulant"
        for row in rows_of(values.get("medicines"))
        if row.get("is_anticoagulant") is True and not _text(row.get("plan"))
    )


def show_record_number(number: str) -> str:
    """`004 217`: six digits are read and compared in two groups of three."""
    return f"{number[:3]} {number[3:]}" if len(number) == RECORD_DIGITS else number


def rows_of(value: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of a list answer; none for "not asked" and for "unknown"."""
    return () if value is None or value is UNKNOWN else tuple(value)


def _check_name(values: Values) -> list[Problem]:
    if _text(values.get("family_name")):
        return []
    return [Problem("family_name", "Write the family name. If there is only one name, write it here.")]


def _check_lines(values: Values) -> list[Problem]:
    return [
        Problem(name, "This has a line break or an invisible sign in it. Type it again on one line.")
        for name in _LINES
        if isinstance(values.get(name), str) and not is_one_line(values[name])
    ]


def _check_birth_date(born: Any, today: dt.date) -> list[Problem]:
    if not isinstance(born, dt.date):
        return []
    if born > today:
        return [Problem("birth_date", f"{show_date(born)} is in the future. Write the date of birth like 14 Mar 1981.")]
    if years_between(born, today) > OLDEST_YEARS:
        return [Problem("birth_date", f"{show_date(born)} is more than {OLDEST_YEARS} years ago. Check the year.")]
    return []


def _check_phones(values: Values) -> list[Problem]:
    return [
        Problem(name, f"The {label} needs its digits, like 555-0142.")
        for name, label in _PHONES.items()
        if _text(values.get(name)) and len(digits(values[name])) < _FEWEST_DIGITS
    ]


def _check_email(email: Any) -> list[Problem]:
    if not _text(email) or re.fullmatch(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+", email.strip()):
        return []
    return [Problem("email", "This is not an e-mail address. Write it like name@example.org.")]


def _check_allergies(values: Values) -> list[Problem]:
    rows = rows_of(values.get("allergies"))
    problems = []
    if any(not _text(row.get("substance")) for row in rows):
        problems.append(
            Problem("allergies", "An allergy has no substance. Write what the allergy is to, or remove the line.")
        )
    if rows and values.get("no_known_allergies") is True:
        message = "This contradicts the allergies that are listed. Remove them, or take this statement back."
        problems.append(Problem("no_known_allergies", message))
    return problems


def _check_medicines(values: Values) -> list[Problem]:
    if any(not _text(row.get("name")) for row in rows_of(values.get("medicines"))):
        return [Problem("medicines", "A medicine has no name. Write its name, or remove the line.")]
    return []


def check_weight(weight: Decimal) -> list[Problem]:
    """Above 0; outside what is likely a person is asked, with pounds where these would fit."""
    low, high = LIKELY_WEIGHT_KG
    if weight <= 0:
        return [Problem("weight_kg", "The weight must be above 0. Write it like 62 kg or 137 lb.")]
    if low <= weight <= high:
        return []
    shown = show_decimal(weight)
    in_pounds = f" If this is in pounds write {shown} lb." if low <= weight * KG_PER_LB <= high else ""
    message = f"{shown} kg is outside {low}–{high} kg.{in_pounds} Confirm it if it is right."
    return [Problem("weight_kg", message, is_question=True)]


def _check_height(height: Decimal) -> list[Problem]:
    low, high = LIKELY_HEIGHT_CM
    shown = show_decimal(height)
    if height <= 0:
        return [Problem("height_cm", "The height must be above 0. Write it like 165 cm or 5'5\".")]
    if low <= height <= high:
        return []
    in_inches = f" If this is in inches write {shown} in." if low <= height * Decimal("2.54") <= high else ""
    message = f"{shown} cm is outside {low}–{high} cm.{in_inches} Confirm it if it is right."
    return [Problem("height_cm", message, is_question=True)]


def _allergy_alerts(values: Values) -> tuple[Alert, ...]:
    if values.get("allergies") is UNKNOWN:
        return (Alert("Allergies unknown", "warning"),)
    rows = rows_of(values.get("allergies"))
    if not rows:
        stated = values.get("no_known_allergies") is True
        return (Alert("No known allergies", "good") if stated else Alert("Allergies not asked", "warning"),)
    alerts = []
    for row in sorted(rows, key=_urgency):
        severity, substance = row.get("severity"), _text(row.get("substance")) or "Allergy, substance not written"
        how = (
            severity.label.lower()
            if isinstance(severity, Severity)
            else _text(row.get("reaction")) or "severity not known"
        )
        alerts.append(Alert(f"{substance} — {how}", "danger" if severity in _SEVERE else "warning"))
    return tuple(alerts)


def _urgency(row: Mapping[str, Any]) -> int:
    """An unknown severity stands before a mild one: it may be worse."""
    order = (Severity.ANAPHYLAXIS, Severity.SEVERE, None, Severity.MODERATE, Severity.MILD)
    severity = row.get("severity")
    return order.index(severity if severity in order else None)


def _anticoagulant_alerts(values: Values) -> tuple[Alert, ...]:
    return tuple(
        Alert(
            f"{_text(row.get('name')) or 'Anticoagulant'} — {_text(row.get('plan')) or 'thins the blood, no plan yet'}",
            "warning",
        )
        for row in rows_of(values.get("medicines"))
        if row.get("is_anticoagulant") is True
    )


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def _text(value: Any) -> str:
    return clean_line(value) if isinstance(value, str) else ""
