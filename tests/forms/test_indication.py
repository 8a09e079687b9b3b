"""Every finding that the clinical reference names for an indication (§1.5) is asked, or shown from where it is kept."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.forms.examination import EXAMINATION_FORM
from desktop.forms.form import DecimalField, ManyField, NumberField
from desktop.forms.indication import ASKED, indication_form
from desktop.forms.indication_beside import OF_PATIENT, SEEN_BESIDE
from desktop.forms.patient import PATIENT_FORM
from desktop.models.choices import Indication
from desktop.models.indication import IndicationFinding, SeromaWorkUp

SYMPTOMS = "shape_changed new_firmness new_pain lump"
WOUND = "places size_mm drainage noticed_on infection_signs systemic_signs photo_taken"
ONCOLOGY_FIRST = "found_by noticed_on imaging_category biopsy oncology screening_current imaging_id"

NAMED = {
    Indication.RUPTURE_GEL_INTRA: f"{SYMPTOMS} imaging_id rupture_signs",
    Indication.RUPTURE_GEL_EXTRA: f"{SYMPTOMS} axillary_nodes skin_changed imaging_id rupture_signs",
    Indication.DEFLATION_SALINE: "noticed_on deflation_speed size_differs trauma deflation_cause distressed",
    Indication.MALPOS_INFERIOR: "scar_above_fold upper_pole_empty implant_below_fold",
    Indication.DOUBLE_BUBBLE: "double_bubble old_fold_visible moves_with_muscle",
    Indication.MALPOS_LATERAL: "falls_away_lying touches_arm",
    Indication.MALPOS_SUPERIOR: "upper_pole_full nipple_points_down noticed_on",
    Indication.SYNMASTIA: "edges_meet skin_tents crosses_midline",
    Indication.ROTATION: "orientation_seen noticed_on recurred",
    Indication.FLIP: "orientation_seen noticed_on recurred",
    Indication.CAPSULAR_CONTRACTURE: "noticed_on earlier_treatment had_radiation had_infection had_hematoma",
    Indication.RIPPLING: "places seen_when",
    Indication.SIZE_UP: "wish wanted_ml weight_change_kg",
    Indication.SIZE_DOWN: "wish wanted_ml weight_change_kg",
    Indication.RESHAPE: "wish",
    Indication.ASYMMETRY: "differs_in chest_wall",
    Indication.PTOSIS: "skin_quality earlier_scars",
    Indication.PSEUDOPTOSIS: "skin_quality earlier_scars",
    Indication.TISSUE_CHANGE: "tissue_causes noticed_on pregnancies breastfeeding_ended_on weight_change_kg"
    " weight_stable_since pregnancy_wished",
    Indication.ANIMATION: "moves_with_muscle movement",
    Indication.EXPOSURE: WOUND,
    Indication.EXTRUSION: WOUND,
    Indication.THREATENED_EXPOSURE: WOUND,
    Indication.INFECTION: "noticed_on temperature_c redness_mm redness_outlined warmth drainage culture_sent"
    " antibiotics systemic_signs",
    Indication.HAEMATOMA_ACUTE: "hours_since_surgery expanding tightness new_pain bruising drainage_ml systolic_mmhg"
    " diastolic_mmhg pulse_bpm",
    Indication.HAEMATOMA_LATE: "noticed_on trauma texture",
    Indication.SEROMA_EARLY: "fluid_ml imaging_id drain_removed_on infection_signs",
    Indication.SEROMA_LATE: "noticed_on fluid_ml",
    Indication.BIA_ALCL: "pathology cd30 alk stage imaging_id oncology_referred_on",
    Indication.BIA_SCC: "new_pain lump skin_changed capsule_thickened pathology",
    Indication.SYSTEMIC_SYMPTOMS: "own_words noticed_on autoimmune tests_done wish acutely_unwell",
    Indication.BREAST_CANCER: ONCOLOGY_FIRST,
    Indication.MASS: ONCOLOGY_FIRST,
    Indication.RECALLED_DEVICE_CONCERN: "recall_match has_symptoms",
    Indication.PAIN_CHRONIC: "places trigger",
    Indication.NERVE_SYMPTOM: "sensation places trigger",
    Indication.SCAR_PROBLEM: "scar_kind places",
    Indication.NAC_PROBLEM: "sensation scar_kind places",
    Indication.PATIENT_REQUEST_EXPLANT: "own_words",
}
"""The findings of each row of §1.5 that are asked on its page, by their columns."""

BESIDE = {
    Indication.RUPTURE_GEL_INTRA: "pain_nrs",
    Indication.MALPOS_INFERIOR: "nipple_to_fold_mm nipple_to_fold_stretched_mm",
    Indication.MALPOS_LATERAL: "between_breasts_mm",
    Indication.MALPOS_SUPERIOR: "displacement",
    Indication.SYNMASTIA: "between_breasts_mm",
    Indication.CAPSULAR_CONTRACTURE: "baker pain_nrs",
    Indication.RIPPLING: "rippling pinch_upper_mm pinch_lower_mm pinch_medial_mm pinch_lateral_mm",
    Indication.SIZE_UP: "base_width_mm skin_stretch_mm",
    Indication.SIZE_DOWN: "base_width_mm skin_stretch_mm",
    Indication.ASYMMETRY: "volume_estimate_ml fold_difference_mm",
    Indication.PTOSIS: "ptosis notch_to_nipple_mm nipple_to_fold_mm areola_width_mm areola_height_mm",
    Indication.PSEUDOPTOSIS: "ptosis notch_to_nipple_mm nipple_to_fold_mm areola_width_mm areola_height_mm",
    Indication.BIA_SCC: "swelling pain_nrs",
    Indication.PAIN_CHRONIC: "pain_nrs",
}
"""The findings of §1.5 that the examination measures: shown beside, never asked again."""

WORKED_UP = "onset_on textured_ever mass nodes rash b_symptoms ultrasound_on aspirate_ml tests"
"""The rest of the row of a late seroma, which its work-up keeps (§1.6)."""


@pytest.mark.parametrize("indication", Indication)
def test_that_every_finding_the_reference_names_is_asked_or_shown(indication: Indication) -> None:
    asked = {field.name for field in indication_form(indication)}
    assert set(NAMED[indication].split()) <= asked
    assert set(BESIDE.get(indication, "").split()) <= set(SEEN_BESIDE.get(indication, ()))


def test_that_what_the_page_of_a_late_seroma_leaves_out_is_kept_by_its_work_up() -> None:
    assert set(WORKED_UP.split()) <= set(SeromaWorkUp.__mapper__.columns.keys())


def test_that_every_column_is_asked_by_some_indication() -> None:
    own = {"id", "version", "patient_id", "indication_id", "unknown", "sources"}
    asked = {field.name for indication in Indication for field in indication_form(indication)}
    assert set(IndicationFinding.__mapper__.columns.keys()) - own == asked


@pytest.mark.parametrize("indication", Indication)
def test_that_nothing_is_asked_twice_and_everything_has_a_label_of_its_own(indication: Indication) -> None:
    fields = list(indication_form(indication))
    assert len({field.name for field in fields}) == len(fields)
    assert len({field.label for field in fields}) == len(fields)
    assert all(field.label[:1].isupper() for field in fields if not field.label.startswith("ALK"))
    measured = {name.rpartition(".")[2] for name in EXAMINATION_FORM.empty()} - {"note"}
    assert not {field.name for field in fields} & measured


def numbers() -> list[Any]:
    return [
        field
        for indication in Indication
        for field in indication_form(indication)
        if isinstance(field, NumberField | DecimalField)
    ]


def test_that_every_number_has_its_unit_and_refuses_what_cannot_be() -> None:
    for field in numbers():
        assert field.unit or field.name == "pregnancies", field.name
        if field.name not in ("temperature_c", "weight_change_kg", "wanted_ml"):  # those are asked by the rule
            assert field.problems(field.lowest - 1), field.name
            assert field.problems(field.highest + 1), field.name


def test_that_several_answers_invite_to_add_one() -> None:
    many = [field for i in Indication for field in indication_form(i) if isinstance(field, ManyField)]
    assert many
    assert all(field.prompt.startswith("Add ") and field.prompt.endswith(" …") for field in many)


def test_that_what_is_shown_beside_is_asked_where_it_is_kept() -> None:
    examined = {name.rpartition(".")[2] for name in EXAMINATION_FORM.empty()}
    assert {name for names in SEEN_BESIDE.values() for name in names} <= examined
    assert {name for names in OF_PATIENT.values() for name in names} <= set(PATIENT_FORM.empty())


def test_that_every_indication_has_questions_of_its_own() -> None:
    assert set(ASKED) == set(NAMED) == set(Indication)
