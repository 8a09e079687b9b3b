"""Which units, ranges and hours the anesthesia note is compared with: every figure with its source, none of it advice.

All figures are those of the clinical reference, edition 1; a licensed clinician signs them before first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.models.choices import DoseUnit, Drug, SedationScale


@dataclass(frozen=True)
class FastingRow:
    intake: str
    hours: int


FASTING_SOURCE: Final = "ASA 2017, update 2023"
CLEAR_FLUID_ROWS: Final = (FastingRow("clear fluid", 2),)
MEAL_ROWS: Final = (FastingRow("light meal", 6), FastingRow("fried or fatty meal", 8))
"""§4.7: hours between the intake and the planned start of sedation; a meal is compared with both of its rows."""

ALDRETE_CRITERION: Final = 9
ALDRETE_VERSION: Final = "modified Aldrete 1995"
"""§4.16: the usual criterion of ten points in five items."""

TICK_MINUTES: Final = 5
GRACE_SECONDS: Final = 60
"""§4.10: pressure and pulse at least every five minutes; one more minute before a gap is shown."""

LIKELY_MG_PER_ML: Final = (Decimal("1.25"), Decimal(40))
"""§4.14: the strengths on sale, 0.125 % to 4 %. Weaker is a tumescent solution, or percent typed as mg/mL."""

_PER_KG_MIN, _PER_KG_H = DoseUnit.MCG_PER_KG_MIN, DoseUnit.MCG_PER_KG_H
_MG, _MCG, _G, _ML, _ML_H = DoseUnit.MG, DoseUnit.MCG, DoseUnit.G, DoseUnit.ML, DoseUnit.ML_PER_H

LOCAL_ANESTHETICS: Final = (
    Drug.LIDOCAINE, Drug.LIDOCAINE_EPINEPHRINE, Drug.BUPIVACAINE, Drug.BUPIVACAINE_EPINEPHRINE,
    Drug.ROPIVACAINE, Drug.LIPOSOMAL_BUPIVACAINE,
)  # fmt: skip

ANTIBIOTICS: Final = frozenset({Drug.CEFAZOLIN, Drug.CLINDAMYCIN, Drug.VANCOMYCIN})

USUAL_UNITS: Final[Mapping[Drug, frozenset[DoseUnit]]] = {
    Drug.MIDAZOLAM: frozenset({_MG}),
    Drug.DIAZEPAM: frozenset({_MG}),
    Drug.REMIMAZOLAM: frozenset({_MG}),
    Drug.FENTANYL: frozenset({_MCG}),
    Drug.SUFENTANIL: frozenset({_MCG}),
    Drug.REMIFENTANIL: frozenset({_MCG, _PER_KG_MIN}),
    Drug.MORPHINE: frozenset({_MG}),
    Drug.HYDROMORPHONE: frozenset({_MG}),
    Drug.PROPOFOL: frozenset({_MG, _PER_KG_MIN, _ML_H}),
    Drug.KETAMINE: frozenset({_MG, _PER_KG_MIN}),
    Drug.DEXMEDETOMIDINE: frozenset({_MCG, _PER_KG_H}),
    Drug.ONDANSETRON: frozenset({_MG}),
    Drug.DEXAMETHASONE: frozenset({_MG}),
    Drug.ACETAMINOPHEN: frozenset({_MG, _G}),
    Drug.KETOROLAC: frozenset({_MG}),
    Drug.CEFAZOLIN: frozenset({_MG, _G}),
    Drug.CLINDAMYCIN: frozenset({_MG, _G}),
    Drug.VANCOMYCIN: frozenset({_MG, _G}),
    Drug.TRANEXAMIC_ACID: frozenset({_MG, _G}),
    Drug.EPHEDRINE: frozenset({_MG}),
    Drug.PHENYLEPHRINE: frozenset({_MCG, _PER_KG_MIN}),
    Drug.LABETALOL: frozenset({_MG}),
    Drug.EPINEPHRINE: frozenset({_MCG}),
    Drug.NALOXONE: frozenset({_MG}),
    Drug.FLUMAZENIL: frozenset({_MG}),
    Drug.LIPID_EMULSION: frozenset({_ML}),
    Drug.CRYSTALLOID: frozenset({_ML, _ML_H}),
    Drug.OXYGEN: frozenset({DoseUnit.L_PER_MIN}),
    **{drug: frozenset({_MG, _ML}) for drug in LOCAL_ANESTHETICS},
}
"""§4.13, §8 trap 3: another unit is asked about, for an antibiotic it is refused."""

MCG_PER_UNIT: Final[Mapping[DoseUnit, int]] = {_MCG: 1, _MG: 1_000, _G: 1_000_000}

RATES: Final = frozenset({_ML_H, _PER_KG_MIN, _PER_KG_H, DoseUnit.L_PER_MIN})
"""Units of something that runs until it is stopped."""

SCALE_WORDS: Final[Mapping[SedationScale, Mapping[int, str]]] = {
    SedationScale.MOAAS: {
        5: "answers readily to name",
        4: "lethargic answer to name",
        3: "answers when called loudly or repeatedly",
        2: "answers to prodding",
        1: "answers to a painful squeeze only",
        0: "no answer to a painful squeeze",
    },
    SedationScale.RASS: {
        4: "combative",
        3: "very agitated",
        2: "agitated",
        1: "restless",
        0: "alert and calm",
        -1: "drowsy",
        -2: "light sedation",
        -3: "moderate sedation",
        -4: "deep sedation",
        -5: "no response",
    },
    SedationScale.RAMSAY: {
        1: "anxious, restless",
        2: "cooperative, calm",
        3: "responds to commands",
        4: "asleep, brisk response",
        5: "asleep, sluggish response",
        6: "no response",
    },
}
"""§4.12: the scales run in opposite directions, so a value never stands without the name of its scale."""
