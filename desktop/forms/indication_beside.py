"""What is known already and shown beside the questions of an indication, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.models.choices import Indication

_FOLD: Final = ("nipple_to_fold_mm", "nipple_to_fold_stretched_mm")
_DROOP: Final = ("ptosis", "notch_to_nipple_mm", *_FOLD, "areola_width_mm", "areola_height_mm")
_MIDLINE: Final = ("between_breasts_mm", "nipple_to_midline_mm")
_PLACE: Final = ("displacement",)
_SIZED: Final = ("base_width_mm", "skin_stretch_mm", "envelope_fill_percent", "volume_estimate_ml")

SEEN_BESIDE: Final[Mapping[Indication, tuple[str, ...]]] = {
    Indication.RUPTURE_GEL_INTRA: ("baker", "pain_nrs"),
    Indication.RUPTURE_GEL_EXTRA: ("baker", "pain_nrs"),
    Indication.DEFLATION_SALINE: ("volume_estimate_ml",),
    Indication.MALPOS_INFERIOR: (*_PLACE, *_FOLD, "nipple_above_fold_mm"),
    Indication.DOUBLE_BUBBLE: (*_PLACE, *_FOLD),
    Indication.MALPOS_LATERAL: (*_PLACE, *_MIDLINE),
    Indication.MALPOS_SUPERIOR: (*_PLACE, *_FOLD),
    Indication.SYNMASTIA: _MIDLINE,
    Indication.ROTATION: _PLACE,
    Indication.FLIP: _PLACE,
    Indication.CAPSULAR_CONTRACTURE: ("baker", "pain_nrs", "displacement"),
    Indication.RIPPLING: (
        "rippling",
        "rippling_place",
        "pinch_upper_mm",
        "pinch_lower_mm",
        "pinch_medial_mm",
        "pinch_lateral_mm",
    ),
    Indication.SIZE_UP: _SIZED,
    Indication.SIZE_DOWN: _SIZED,
    Indication.RESHAPE: _SIZED,
    Indication.ASYMMETRY: ("fold_difference_mm", "volume_estimate_ml", "notch_to_nipple_mm", "nipple_to_midline_mm"),
    Indication.PTOSIS: _DROOP,
    Indication.PSEUDOPTOSIS: _DROOP,
    Indication.TISSUE_CHANGE: ("ptosis", "notch_to_nipple_mm", *_FOLD, "skin_stretch_mm"),
    Indication.ANIMATION: ("displacement", "pinch_upper_mm"),
    Indication.INFECTION: ("swelling", "pain_nrs"),
    Indication.HAEMATOMA_ACUTE: ("swelling", "pain_nrs"),
    Indication.HAEMATOMA_LATE: ("swelling",),
    Indication.SEROMA_EARLY: ("swelling",),
    Indication.SEROMA_LATE: ("swelling",),
    Indication.BIA_ALCL: ("swelling",),
    Indication.BIA_SCC: ("swelling", "pain_nrs"),
    Indication.PAIN_CHRONIC: ("pain_nrs", "baker"),
    Indication.NERVE_SYMPTOM: ("pain_nrs",),
    Indication.SCAR_PROBLEM: ("pain_nrs",),
    Indication.NAC_PROBLEM: ("pain_nrs", "areola_width_mm", "areola_height_mm", "nipple_to_midline_mm"),
}
"""What the examination measured that belongs to the indication, by its fields."""

OF_PATIENT: Final[Mapping[Indication, tuple[str, ...]]] = {
    Indication.CAPSULAR_CONTRACTURE: ("smoking",),
    Indication.SIZE_UP: ("weight_kg",),
    Indication.SIZE_DOWN: ("weight_kg",),
    Indication.RESHAPE: ("weight_kg",),
    Indication.PTOSIS: ("smoking",),
    Indication.PSEUDOPTOSIS: ("smoking",),
    Indication.TISSUE_CHANGE: ("weight_kg",),
    Indication.HAEMATOMA_ACUTE: ("medicines",),
    Indication.HAEMATOMA_LATE: ("medicines",),
}
"""What the patient told about herself that belongs to the indication: fields of her own form."""
