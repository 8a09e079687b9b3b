"""The questions that several indications share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.forms.form import Field, ManyField, PartialDateField, Row, TextField
from desktop.forms.study_field import StudyField
from desktop.models.indication import IndicationFinding as F

FOUND, BEFORE = "What was found", "What was before"
AS_PRECISE = "as precise as known: 2026, Apr 2026"


def noticed(label: str = "Noticed") -> Field[Any]:
    return PartialDateField(F.noticed_on, label, past=True, hint=AS_PRECISE)


def places(label: str = "Where") -> Field[Any]:
    return ManyField(F.places, label, prompt="Add a place …")


STUDY = StudyField(F.imaging_id, "Imaging it rests on")
TREATED = TextField(F.earlier_treatment, "Treated before", past=True)

Questions = Mapping[str, tuple[Row, ...]]
"""The questions of one indication by their heading; without `BEFORE` nothing is asked about the past."""
