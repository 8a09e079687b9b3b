"""What is asked about wounds, infection, blood, fluid and tumors (§1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.forms.form import ChoiceField, DateField, DecimalField, ManyField, NumberField, SegmentField, TextField
from desktop.forms.indication_question import BEFORE, FOUND, STUDY, Questions, noticed, places
from desktop.models.choices import Indication
from desktop.models.indication import IndicationFinding as F

_SYSTEMIC = ManyField(F.systemic_signs, "Signs in the whole body", prompt="Add a sign …")
_ONCOLOGY: Final = (
    TextField(F.oncology, "Oncology team", past=True),
    DateField(F.oncology_referred_on, "Referred on", past=True),
)
_TUMOR: Final = (
    TextField(F.pathology, "Pathology report", past=True),
    TextField(F.stage, "Stage", past=True, hint="as the report or the team states it"),
)
_WOUND: Final[Questions] = {
    FOUND: (
        places(),
        (NumberField(F.size_mm, "Size", unit="mm", lowest=1, highest=200), ChoiceField(F.drainage, "Drainage")),
        (SegmentField(F.infection_signs, "Signs of infection"), SegmentField(F.photo_taken, "Photograph taken")),
        _SYSTEMIC,
    ),
    BEFORE: (noticed(),),
}
_FOUND_LUMP: Final[Questions] = {
    FOUND: (
        STUDY,
        TextField(F.imaging_category, "Category of the imaging", hint="as the report states it"),
        TextField(F.biopsy, "Biopsy", past=True),
    ),
    BEFORE: (
        (noticed("Found"), TextField(F.found_by, "Who found it", past=True)),
        SegmentField(F.screening_current, "Screening up to date", past=True),
        _ONCOLOGY,
    ),
}

OF_DISEASE: Final[Mapping[Indication, Questions]] = {
    Indication.EXPOSURE: _WOUND,
    Indication.EXTRUSION: _WOUND,
    Indication.THREATENED_EXPOSURE: _WOUND,
    Indication.INFECTION: {
        FOUND: (
            _SYSTEMIC,
            (
                DecimalField(F.temperature_c, "Temperature", unit="°C"),
                NumberField(F.redness_mm, "Redness across", unit="mm", lowest=0, highest=400),
            ),
            (
                SegmentField(F.redness_outlined, "Outline drawn on the skin"),
                SegmentField(F.warmth, "Warmth"),
            ),
            (ChoiceField(F.drainage, "Drainage"), SegmentField(F.culture_sent, "Culture sent")),
        ),
        BEFORE: (noticed("Began"), TextField(F.antibiotics, "Antibiotics so far", past=True)),
    },
    Indication.HAEMATOMA_ACUTE: {
        FOUND: (
            (
                SegmentField(F.expanding, "Swells rapidly on one side"),
                NumberField(F.hours_since_surgery, "Since surgery", unit="hours", lowest=0, highest=720),
            ),
            (SegmentField(F.tightness, "Tight"), SegmentField(F.new_pain, "Painful")),
            (
                SegmentField(F.bruising, "Bruised"),
                NumberField(F.drainage_ml, "Drain output", unit="mL", lowest=0, highest=3000),
            ),
            (
                NumberField(F.systolic_mmhg, "Systolic", unit="mmHg", lowest=30, highest=300),
                NumberField(F.diastolic_mmhg, "Diastolic", unit="mmHg", lowest=10, highest=200),
                NumberField(F.pulse_bpm, "Heart rate", unit="/min", lowest=20, highest=250),
            ),
        ),
    },
    Indication.HAEMATOMA_LATE: {
        FOUND: (STUDY, NumberField(F.fluid_ml, "Fluid", unit="mL", lowest=0, highest=3000)),
        BEFORE: (
            (noticed(), TextField(F.trauma, "Trauma", past=True)),
            TextField(F.texture, "Texture of the implant, as told", past=True),
        ),
    },
    Indication.SEROMA_EARLY: {
        FOUND: (
            (
                NumberField(F.fluid_ml, "Fluid", unit="mL", lowest=0, highest=3000),
                SegmentField(F.infection_signs, "Signs of infection"),
            ),
            STUDY,
        ),
        BEFORE: ((noticed(), DateField(F.drain_removed_on, "Drain out on", past=True)),),
    },
    Indication.SEROMA_LATE: {
        FOUND: (NumberField(F.fluid_ml, "Fluid", unit="mL", lowest=0, highest=3000), STUDY),
        BEFORE: (noticed("Swollen since"),),
    },
    Indication.BIA_ALCL: {
        FOUND: (
            _TUMOR,
            (SegmentField(F.cd30, "CD30"), SegmentField(F.alk, "ALK")),
            STUDY,
        ),
        BEFORE: (_ONCOLOGY,),
    },
    Indication.BIA_SCC: {
        FOUND: (
            (SegmentField(F.new_pain, "New pain"), SegmentField(F.lump, "Lump")),
            (SegmentField(F.skin_changed, "Skin changed"), SegmentField(F.capsule_thickened, "Capsule thickened")),
            _TUMOR,
            STUDY,
        ),
        BEFORE: (noticed("Swollen since"), _ONCOLOGY),
    },
    Indication.BREAST_CANCER: _FOUND_LUMP,
    Indication.MASS: _FOUND_LUMP,
}
