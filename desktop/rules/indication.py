"""What each reason for a revision presupposes, how soon it has to be seen, and what its three layers say together.

Source: clinical reference §1.1 and §1.5.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from desktop.models.choices import Indication, IndicationLayer, Side, UrgencyTier

U0, U1, U2, U3 = UrgencyTier


class Facts(NamedTuple):
    """`prior_implant`: True presupposes one, False needs none, None goes with either.

    `sooner_if` names what makes it more urgent than its tier. It is printed for staff; the program triages nobody.
    """

    prior_implant: bool | None
    tier: UrgencyTier
    sooner_if: str = ""


# Where the reference gives two tiers, the one that holds whatever else is found stands here and `sooner_if` says the
# rest; where only the finding decides (an acute hematoma, an early seroma) the more urgent one stands here.
FACTS: Final[Mapping[Indication, Facts]] = {
    Indication.RUPTURE_GEL_INTRA:       Facts(True, U3, "expedite if symptomatic"),
    Indication.RUPTURE_GEL_EXTRA:       Facts(True, U2),
    Indication.DEFLATION_SALINE:        Facts(True, U3, "expedite if the patient is distressed"),
    Indication.MALPOS_INFERIOR:         Facts(True, U3),
    Indication.MALPOS_LATERAL:          Facts(True, U3),
    Indication.MALPOS_SUPERIOR:         Facts(True, U3),
    Indication.DOUBLE_BUBBLE:           Facts(True, U3),
    Indication.SYNMASTIA:               Facts(True, U3),
    Indication.ROTATION:                Facts(True, U3),
    Indication.FLIP:                    Facts(True, U3),
    Indication.CAPSULAR_CONTRACTURE:    Facts(True, U3, "expedite with pain of Baker IV"),
    Indication.RIPPLING:                Facts(True, U3),
    Indication.SIZE_UP:                 Facts(True, U3),
    Indication.SIZE_DOWN:               Facts(True, U3),
    # Not a row of its own in the reference: another shape can be wished for with and without a device.
    Indication.RESHAPE:                 Facts(None, U3),
    Indication.ASYMMETRY:               Facts(None, U3),
    Indication.PTOSIS:                  Facts(None, U3),
    Indication.PSEUDOPTOSIS:            Facts(None, U3),
    Indication.TISSUE_CHANGE:           Facts(False, U3),
    Indication.ANIMATION:               Facts(True, U3),
    Indication.EXPOSURE:                Facts(True, U1, "emergency if septic"),
    Indication.EXTRUSION:               Facts(True, U1, "emergency if septic"),
    Indication.THREATENED_EXPOSURE:     Facts(True, U1, "emergency if septic"),
    Indication.INFECTION:               Facts(None, U1, "emergency with systemic signs"),
    Indication.HAEMATOMA_ACUTE:         Facts(None, U0),
    Indication.HAEMATOMA_LATE:          Facts(None, U2),
    Indication.SEROMA_EARLY:            Facts(None, U1),
    Indication.SEROMA_LATE:             Facts(True, U2),
    Indication.BIA_ALCL:                Facts(True, U2),
    Indication.BIA_SCC:                 Facts(True, U2),
    Indication.SYSTEMIC_SYMPTOMS:       Facts(True, U3, "expedite if acutely unwell"),
    Indication.BREAST_CANCER:           Facts(None, U2),
    Indication.MASS:                    Facts(None, U2),
    Indication.RECALLED_DEVICE_CONCERN: Facts(True, U3),
    Indication.PAIN_CHRONIC:            Facts(None, U3),
    Indication.NERVE_SYMPTOM:           Facts(None, U3),
    Indication.SCAR_PROBLEM:            Facts(None, U3),
    Indication.NAC_PROBLEM:             Facts(None, U3),
    Indication.PATIENT_REQUEST_EXPLANT: Facts(True, U3),
}  # fmt: skip


def needs_prior_implant(indication: Indication) -> bool | None:
    """True: it presupposes a device in that side. False: it needs none. None: it goes with either."""
    return FACTS[indication].prior_implant


def tier(indication: Indication) -> UrgencyTier:
    """How soon somebody with it is to be seen, before anything is known that makes it more urgent."""
    return FACTS[indication].tier


def sooner_if(indication: Indication) -> str:
    """What makes it more urgent than its tier, in words; empty when the reference names nothing."""
    return FACTS[indication].sooner_if


STAFF_WORDS: Final[Mapping[UrgencyTier, str]] = {
    U0: "Emergency: call the surgeon now / emergency services",
    U1: "Same-day call",
    U2: "Expedite",
    U3: "Routine",
}
"""What is shown to staff where the office has no words of its own."""

_WITHOUT_DEVICE: Final = (
    Indication.TISSUE_CHANGE,
    Indication.PTOSIS,
    Indication.PSEUDOPTOSIS,
    Indication.ASYMMETRY,
    Indication.SIZE_UP,
    Indication.SIZE_DOWN,
    Indication.RESHAPE,
)
"""What is most likely where no device is, in the order in which it is offered. [P]"""

NO_MATTER_OF_SURGERY: Final = frozenset(
    {
        Indication.SIZE_UP,
        Indication.SIZE_DOWN,
        Indication.RESHAPE,
        Indication.TISSUE_CHANGE,
        Indication.SYSTEMIC_SYMPTOMS,
        Indication.RECALLED_DEVICE_CONCERN,
        Indication.PAIN_CHRONIC,
        Indication.NERVE_SYMPTOM,
        Indication.PATIENT_REQUEST_EXPLANT,
    }
)
"""Wishes, complaints and what happened before: surgery neither finds them nor finds that they are not there. [P]"""

_COMES_WITH: Final = {Indication.RUPTURE_GEL_EXTRA: Indication.RUPTURE_GEL_INTRA}
"""Gel outside the capsule has come through it: whoever finds the first has found the second."""


class LayersSay(enum.Enum):
    """What the layers of one indication say together; the value is how it is shown."""

    ONE = ""
    AGREED = "Patient and surgeon agree"
    FOUND = "Suspected and found"
    NOT_FOUND = "Suspected, not found"
    NOT_SUSPECTED = "Found, not suspected"


@dataclass(frozen=True)
class ComparedIndication:
    """One indication of one side with what each layer remarks on it; a layer that is missing does not name it.

    `rank` is the place of its first mention in the list of the case, from 1.
    """

    indication: Indication
    rank: int
    remarks: Mapping[IndicationLayer, str]
    says: LayersSay


def urgency_words(urgency: UrgencyTier, own: Mapping[UrgencyTier, str | None]) -> str:
    """What staff are told at this tier: the office's own words, else those of the reference."""
    return own.get(urgency) or STAFF_WORDS[urgency]


def most_urgent(tiers: Iterable[UrgencyTier]) -> UrgencyTier | None:
    return min(tiers, key=tuple(UrgencyTier).index, default=None)


def offered(has_device: bool) -> tuple[Indication, ...]:
    """Every indication in the order in which it is offered; nothing is left out, because a record can be wrong."""
    if has_device:
        return tuple(Indication)
    rest = [each for each in Indication if each not in _WITHOUT_DEVICE]
    return (*_WITHOUT_DEVICE, *sorted(rest, key=lambda each: needs_prior_implant(each) is True))


def compare_layers(
    indications: Iterable[Mapping[str, Any]], operated: Collection[Side] | None = None
) -> Mapping[Side, tuple[ComparedIndication, ...]]:
    """What patient, surgeon and operation say of each side, in the order of the case; RIGHT first.

    `indications` are rows with `side`, `indication`, `layer` and `note`. `operated` are the sides of which it is known
    what was found, though it may be nothing; without it, those of which something is written as found.
    """
    rows = [row for row in indications if row.get("side") and row.get("indication")]
    if operated is None:
        operated = {row["side"] for row in rows if row.get("layer") is IndicationLayer.FOUND}
    return {side: _compare([row for row in rows if row["side"] is side], side in operated) for side in Side}


def _compare(rows: list[Mapping[str, Any]], was_operated: bool) -> tuple[ComparedIndication, ...]:
    found = {row["indication"] for row in rows if row.get("layer") is IndicationLayer.FOUND}
    found |= {_COMES_WITH[each] for each in found if each in _COMES_WITH}
    compared = []
    for rank, indication in enumerate(dict.fromkeys(row["indication"] for row in rows), start=1):
        remarks = {
            row["layer"]: row.get("note") or "" for row in rows if row["indication"] is indication and row.get("layer")
        }
        says = _says(indication, set(remarks), indication in found, was_operated)
        compared.append(ComparedIndication(indication, rank, remarks, says))
    return tuple(compared)


def _says(indication: Indication, layers: set[IndicationLayer], is_found: bool, was_operated: bool) -> LayersSay:
    is_suspected = IndicationLayer.SURGEON in layers
    if is_found:
        return LayersSay.FOUND if is_suspected else LayersSay.NOT_SUSPECTED
    if was_operated and is_suspected and indication not in NO_MATTER_OF_SURGERY:
        return LayersSay.NOT_FOUND
    return LayersSay.AGREED if is_suspected and IndicationLayer.PATIENT in layers else LayersSay.ONE
