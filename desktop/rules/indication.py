"""What each reason for a revision presupposes, and how soon it has to be seen (clinical reference §1.1 and §1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from desktop.models.choices import Indication, UrgencyTier

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
