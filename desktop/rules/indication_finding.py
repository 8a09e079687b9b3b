"""What may be said of one indication, and how soon somebody is to be seen with what was found.

Sources: clinical reference §1.1, §1.5, §5.4 (temperature), §8 traps 10 and 19.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from desktop.models.choices import Baker, Choice, Indication, UrgencyTier, YesNo
from desktop.models.partial_date import PartialDate
from desktop.rules.dates import show_date, show_partial_date
from desktop.rules.indication import tier
from desktop.rules.numbers import show_decimal
from desktop.rules.problem import Check, Circumstances, Problem, Values
from desktop.rules.spell import check_volume

POSSIBLE_TEMPERATURE_C: Final = (Decimal(34), Decimal(43))
"""Source: clinical reference §5.4."""
_FAHRENHEIT: Final = (Decimal("93.2"), Decimal("109.4"))
LIKELY_WEIGHT_CHANGE_KG: Final = 60
"""More, up or down, is asked. [P]"""

_SYMPTOMS: Final = {
    "shape_changed": "shape changed",
    "new_firmness": "new firmness",
    "new_pain": "new pain",
    "lump": "a lump",
}
_DATES: Final = (
    "noticed_on",
    "weight_stable_since",
    "breastfeeding_ended_on",
    "drain_removed_on",
    "oncology_referred_on",
)


@dataclass(frozen=True)
class SuggestedTier:
    """How soon, going by what was found; a suggestion with its reason, for a person to take or to leave."""

    tier: UrgencyTier
    because: str


def suggest_tier(indication: Indication, found: Values, baker: Baker | None = None) -> SuggestedTier | None:
    """What the findings say about how soon; None while they say nothing. `baker` is the newest grade of that side."""
    reason = _REASONS.get(indication)
    return reason(found, baker) if reason else None


def tier_in_force(indication: Indication, chosen: UrgencyTier | None) -> UrgencyTier:
    """The surgeon's choice, else the tier of the indication as such."""
    return chosen or tier(indication)


def check_finding(indication: Indication) -> Check:
    """The check of the form of this indication."""

    def check(values: Values, circumstances: Circumstances) -> list[Problem]:
        return [
            *_check_tier(indication, values),
            *_check_dates(values, circumstances.today),
            *_check_numbers(values),
        ]

    return check


def _check_tier(indication: Indication, values: Values) -> list[Problem]:
    """Another tier than the one that follows from indication and findings is explained."""
    chosen, suggested = values.get("tier"), suggest_tier(indication, values)
    expected = {tier(indication)} | ({suggested.tier} if suggested else set())
    if indication is Indication.CAPSULAR_CONTRACTURE:
        expected.add(UrgencyTier.U2)  # the grade that makes it so is kept by the examination
    if not isinstance(chosen, UrgencyTier) or chosen in expected or values.get("note"):
        return []
    usual = tier(indication)
    order = tuple(UrgencyTier)
    moved = "more" if order.index(chosen) < order.index(usual) else "less"
    return [Problem("note", f"“{chosen.label}” is {moved} urgent than “{usual.label}”: write why.")]


def _check_dates(values: Values, today: dt.date) -> list[Problem]:
    problems = []
    for name in _DATES:
        told = values.get(name)
        first = told.earliest if isinstance(told, PartialDate) else told
        if isinstance(first, dt.date) and first > today:
            shown = show_partial_date(told) if isinstance(told, PartialDate) else show_date(first)
            problems.append(Problem(name, f"{shown} is in the future; today is {show_date(today)}."))
    return problems


def _check_numbers(values: Values) -> list[Problem]:
    problems = list(check_volume("wanted_ml", values.get("wanted_ml")))
    problems += _check_temperature(values.get("temperature_c"))
    high, low = values.get("systolic_mmhg"), values.get("diastolic_mmhg")
    if isinstance(high, int) and isinstance(low, int) and high <= low:
        problems.append(Problem("diastolic_mmhg", f"{low} is not below the upper value, {high}."))
    change = values.get("weight_change_kg")
    if isinstance(change, Decimal) and abs(change) > LIKELY_WEIGHT_CHANGE_KG:
        words = f"{show_decimal(change)} kg is a lot. Is it the change, and in kg?"
        problems.append(Problem("weight_change_kg", words, is_question=True))
    return problems


def _check_temperature(value: Any) -> list[Problem]:
    lowest, highest = POSSIBLE_TEMPERATURE_C
    if not isinstance(value, Decimal) or lowest <= value <= highest:
        return []
    if _FAHRENHEIT[0] <= value <= _FAHRENHEIT[1]:
        celsius = ((value - 32) * 5 / 9).quantize(Decimal("0.1"))
        return [Problem("temperature_c", f"Did you mean °F? {value} °F is {celsius} °C. Write it in °C.")]
    return [Problem("temperature_c", f"{show_decimal(value)} °C is outside 34–43 °C.")]


def _listed(words: list[str]) -> str:
    return ", ".join(words)


def _rupture(found: Values, _baker: Baker | None) -> SuggestedTier | None:
    named = [words for name, words in _SYMPTOMS.items() if found.get(name) is YesNo.YES]
    return SuggestedTier(UrgencyTier.U2, f"symptomatic: {_listed(named)}") if named else None


def _septic(found: Values, _baker: Baker | None) -> SuggestedTier | None:
    signs: tuple[Choice, ...] = found.get("systemic_signs") or ()
    named = [sign.label.lower() for sign in signs]
    return SuggestedTier(UrgencyTier.U0, f"signs in the whole body: {_listed(named)}") if named else None


def _contracture(_found: Values, baker: Baker | None) -> SuggestedTier | None:
    return SuggestedTier(UrgencyTier.U2, "Baker IV at the examination") if baker is Baker.IV else None


def _hematoma(found: Values, _baker: Baker | None) -> SuggestedTier | None:
    if found.get("expanding") is YesNo.YES:
        return SuggestedTier(UrgencyTier.U0, "the hematoma is expanding")
    return SuggestedTier(UrgencyTier.U1, "the hematoma is stable") if found.get("expanding") is YesNo.NO else None


def _said(name: str, because: str) -> Callable[[Values, Baker | None], SuggestedTier | None]:
    return lambda found, _baker: SuggestedTier(UrgencyTier.U2, because) if found.get(name) is YesNo.YES else None


_REASONS: Final[Mapping[Indication, Callable[[Values, Baker | None], SuggestedTier | None]]] = {
    Indication.RUPTURE_GEL_INTRA: _rupture,
    Indication.DEFLATION_SALINE: _said("distressed", "the patient is distressed"),
    Indication.CAPSULAR_CONTRACTURE: _contracture,
    Indication.EXPOSURE: _septic,
    Indication.EXTRUSION: _septic,
    Indication.THREATENED_EXPOSURE: _septic,
    Indication.INFECTION: _septic,
    Indication.HAEMATOMA_ACUTE: _hematoma,
    Indication.SYSTEMIC_SYMPTOMS: _said("acutely_unwell", "the patient is acutely unwell"),
}
