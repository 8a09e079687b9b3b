"""What is asked where a device gave way, lies in the wrong place or has become hard (§1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.forms.form import ChoiceField, ManyField, SegmentField, TextField
from desktop.forms.indication_question import BEFORE, FOUND, STUDY, TREATED, Questions, noticed, places
from desktop.models.choices import Indication
from desktop.models.indication import IndicationFinding as F

_CHANGED: Final = (
    SegmentField(F.shape_changed, "Shape changed"),
    SegmentField(F.new_firmness, "New firmness"),
    SegmentField(F.new_pain, "New pain"),
)
_SIGNS = ManyField(F.rupture_signs, "Signs the report names", prompt="Add a sign …")
_RUPTURED: Final[Questions] = {
    FOUND: (_CHANGED, SegmentField(F.lump, "Lump"), _SIGNS, STUDY),
    BEFORE: (noticed(),),
}
_TURNED: Final[Questions] = {
    FOUND: (ChoiceField(F.orientation_seen, "How its position was seen"), STUDY),
    BEFORE: ((noticed(), SegmentField(F.recurred, "Has it happened before", past=True)),),
}

OF_DEVICE: Final[Mapping[Indication, Questions]] = {
    Indication.RUPTURE_GEL_INTRA: _RUPTURED,
    Indication.RUPTURE_GEL_EXTRA: {
        FOUND: (
            _CHANGED,
            (
                SegmentField(F.lump, "Lump or palpable nodules"),
                SegmentField(F.axillary_nodes, "Nodes in the armpit"),
                SegmentField(F.skin_changed, "Skin changed"),
            ),
            _SIGNS,
            STUDY,
        ),
        BEFORE: (noticed(),),
    },
    Indication.DEFLATION_SALINE: {
        FOUND: (
            (SegmentField(F.size_differs, "Smaller than the other"), SegmentField(F.distressed, "Patient distressed")),
            SegmentField(F.deflation_cause, "What leaks"),
            STUDY,
        ),
        BEFORE: (
            (noticed(), TextField(F.trauma, "Trauma", past=True)),
            SegmentField(F.deflation_speed, "How fast", past=True),
        ),
    },
    Indication.MALPOS_INFERIOR: {
        FOUND: (
            (
                SegmentField(F.scar_above_fold, "Scar above the fold"),
                SegmentField(F.upper_pole_empty, "Upper pole empty"),
                SegmentField(F.implant_below_fold, "Implant below the fold"),
            ),
        ),
        BEFORE: (noticed(),),
    },
    Indication.DOUBLE_BUBBLE: {
        FOUND: (
            ChoiceField(F.double_bubble, "What makes the two lower curves"),
            (
                SegmentField(F.old_fold_visible, "Old fold visible"),
                SegmentField(F.moves_with_muscle, "Changes when the muscle tightens"),
            ),
        ),
        BEFORE: (noticed(),),
    },
    Indication.MALPOS_LATERAL: {
        FOUND: (
            (
                SegmentField(F.falls_away_lying, "Falls away lying down"),
                SegmentField(F.touches_arm, "Touches the arm"),
            ),
        ),
        BEFORE: (noticed(),),
    },
    Indication.MALPOS_SUPERIOR: {
        FOUND: (
            (
                SegmentField(F.upper_pole_full, "Upper pole full"),
                SegmentField(F.nipple_points_down, "Nipple points down"),
            ),
        ),
        BEFORE: (noticed(),),
    },
    Indication.SYNMASTIA: {
        FOUND: (
            (
                SegmentField(F.edges_meet, "Medial edges meet"),
                SegmentField(F.skin_tents, "Skin tents over the sternum"),
                SegmentField(F.crosses_midline, "Pushed across the midline"),
            ),
        ),
        BEFORE: (noticed(),),
    },
    Indication.ROTATION: _TURNED,
    Indication.FLIP: _TURNED,
    Indication.CAPSULAR_CONTRACTURE: {
        BEFORE: (
            (noticed("Firm since"), TREATED),
            (
                SegmentField(F.had_radiation, "Radiation", past=True),
                SegmentField(F.had_infection, "Infection here", past=True),
                SegmentField(F.had_hematoma, "Hematoma here", past=True),
            ),
        ),
    },
    Indication.RIPPLING: {
        FOUND: (places(), ManyField(F.seen_when, "In which position", prompt="Add a position …")),
        BEFORE: (noticed(),),
    },
    Indication.ANIMATION: {
        FOUND: (
            SegmentField(F.moves_with_muscle, "Moves when the muscle tightens"),
            TextField(F.movement, "How it moves"),
        ),
        BEFORE: (noticed(),),
    },
}
