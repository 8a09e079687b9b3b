"""What is asked about a wish, the shape and the tissue, and about complaints that last (§1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.forms.form import (
    ChoiceField,
    DecimalField,
    ManyField,
    NoteField,
    NumberField,
    PartialDateField,
    SegmentField,
    TextField,
    VolumeField,
)
from desktop.forms.indication_question import AS_PRECISE, BEFORE, FOUND, TREATED, Questions, noticed, places
from desktop.models.choices import Indication
from desktop.models.indication import IndicationFinding as F

_OWN = "in the patient's own words"
_WEIGHT: Final = (
    DecimalField(F.weight_change_kg, "Weight gained or lost", unit="kg", past=True, hint="lost: −8"),
    PartialDateField(F.weight_stable_since, "Stable since", past=True, hint=AS_PRECISE),
)
_WISH = NoteField(F.wish, "The wish", lines=3, hint=_OWN)
_TRIGGER = TextField(F.trigger, "What brings it on")
_SENSATION = ChoiceField(F.sensation, "Sensation")
_SCAR = ChoiceField(F.scar_kind, "Kind of scar")
_SIZE: Final[Questions] = {
    FOUND: (_WISH, VolumeField(F.wanted_ml, "Volume wished for", hint="a wish; no cup size is promised")),
    BEFORE: (_WEIGHT,),
}
_DROOPS: Final[Questions] = {
    FOUND: (TextField(F.skin_quality, "Quality of the skin"),),
    BEFORE: (TextField(F.earlier_scars, "Earlier scars, and the pedicle of the nipple", past=True),),
}

OF_WISH: Final[Mapping[Indication, Questions]] = {
    Indication.SIZE_UP: _SIZE,
    Indication.SIZE_DOWN: _SIZE,
    Indication.RESHAPE: {FOUND: (_WISH,), BEFORE: (_WEIGHT,)},
    Indication.ASYMMETRY: {
        FOUND: (
            ManyField(F.differs_in, "What differs", prompt="Add what differs …"),
            ChoiceField(F.chest_wall, "Chest wall"),
        ),
        BEFORE: (noticed(),),
    },
    Indication.PTOSIS: _DROOPS,
    Indication.PSEUDOPTOSIS: _DROOPS,
    Indication.TISSUE_CHANGE: {
        FOUND: (ManyField(F.tissue_causes, "After what", prompt="Add a cause …"), noticed("Changed since")),
        BEFORE: (
            (
                NumberField(F.pregnancies, "Pregnancies", lowest=0, highest=20, past=True),
                PartialDateField(F.breastfeeding_ended_on, "Breastfeeding ended", past=True, hint=AS_PRECISE),
            ),
            _WEIGHT,
            SegmentField(F.pregnancy_wished, "Wishes another pregnancy"),
        ),
    },
    Indication.SYSTEMIC_SYMPTOMS: {
        FOUND: (
            NoteField(F.own_words, "Symptoms, each with its beginning", lines=4, hint=_OWN),
            SegmentField(F.acutely_unwell, "Acutely unwell"),
            _WISH,
        ),
        BEFORE: (
            noticed("First symptom"),
            TextField(F.autoimmune, "Autoimmune diagnosis", past=True),
            TextField(F.tests_done, "Tests already done", past=True),
        ),
    },
    Indication.RECALLED_DEVICE_CONCERN: {
        FOUND: (
            TextField(F.recall_match, "Result of matching the device", hint="affected, cannot be excluded, cleared"),
            SegmentField(F.has_symptoms, "Symptoms"),
        ),
    },
    Indication.PAIN_CHRONIC: {
        FOUND: (places("Where it hurts"), _TRIGGER),
        BEFORE: (noticed("Since"), TREATED),
    },
    Indication.NERVE_SYMPTOM: {
        FOUND: (places(), (_SENSATION, _TRIGGER)),
        BEFORE: (noticed("Since"),),
    },
    Indication.SCAR_PROBLEM: {
        FOUND: (places(), (_SCAR, _SENSATION)),
        BEFORE: (noticed("Since"), TREATED),
    },
    Indication.NAC_PROBLEM: {
        FOUND: (places(), (_SENSATION, _SCAR)),
        BEFORE: (noticed("Since"),),
    },
    Indication.PATIENT_REQUEST_EXPLANT: {
        FOUND: (NoteField(F.own_words, "The reason", lines=4, hint=_OWN),),
    },
}
