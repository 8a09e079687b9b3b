"""The revision case.

Revision 0003, after 0002.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diagnosis_code",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_code")),
    )
    with op.batch_alter_table("diagnosis_code", schema=None) as batch_op:
        batch_op.create_index("ix_diagnosis_code_by_code", ["code", "valid_from"], unique=False)

    op.create_table(
        "plan_template",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("suits", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_template")),
        sa.UniqueConstraint("name", "template_version", name=op.f("uq_plan_template_name_template_version")),
    )
    op.create_table(
        "case_filter",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_filter")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_case_filter_account_id_name")),
    )
    op.create_table(
        "case_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=200), nullable=True),
        sa.Column("coded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_case_code_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_code")),
    )
    with op.batch_alter_table("case_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_code_case_id"), ["case_id"], unique=False)

    op.create_table(
        "complication",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("onset_on", sa.String(length=10), nullable=True),
        sa.Column("treatment", sa.String(length=200), nullable=True),
        sa.Column("anesthetic", sa.String(length=40), nullable=True),
        sa.Column("no_anesthetic", sa.String(length=40), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("has_disability", sa.String(length=40), nullable=True),
        sa.Column("resolved_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_complication_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_complication_device_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_complication_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_complication_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complication")),
    )
    with op.batch_alter_table("complication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complication_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complication_device_id"), ["device_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complication_operation_id"), ["operation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complication_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("form_name", sa.String(length=200), nullable=True),
        sa.Column("maker", sa.String(length=200), nullable=True),
        sa.Column("form_version", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("interpreter", sa.String(length=200), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_with", sa.String(length=200), nullable=True),
        sa.Column("understanding_checked", sa.String(length=40), nullable=True),
        sa.Column("item_count", sa.Integer(), nullable=True),
        sa.Column("patient_signed_on", sa.Date(), nullable=True),
        sa.Column("patient_signed_as", sa.String(length=200), nullable=True),
        sa.Column("clinician_signed_on", sa.Date(), nullable=True),
        sa.Column("clinician_signed_as", sa.String(length=200), nullable=True),
        sa.Column("copy_given_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.Column("signed_content", sa.Text(), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_consent_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_consent_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "device_order",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("line", sa.String(length=200), nullable=True),
        sa.Column("style", sa.String(length=200), nullable=True),
        sa.Column("catalogue_no", sa.String(length=200), nullable=True),
        sa.Column("volume_ml", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_device_order_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_device_order_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_order")),
    )
    with op.batch_alter_table("device_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_order_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_order_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "examination",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("examined_by", sa.String(length=200), nullable=True),
        sa.Column("weight_kg", sa.String(length=20), nullable=True),
        sa.Column("between_breasts_mm", sa.Integer(), nullable=True),
        sa.Column("nipple_to_nipple_mm", sa.Integer(), nullable=True),
        sa.Column("fold_difference_mm", sa.Integer(), nullable=True),
        sa.Column("bra_size", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_examination_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_examination_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examination")),
    )
    with op.batch_alter_table("examination", schema=None) as batch_op:
        batch_op.create_index("ix_examination_by_day", ["patient_id", "examined_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_examination_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_examination_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "safety_phase",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("again_because", sa.String(length=40), nullable=True),
        sa.Column("present", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.Column("signed_content", sa.Text(), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_safety_phase_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_safety_phase_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_phase")),
        sa.UniqueConstraint("case_id", "moment", "round_no", name=op.f("uq_safety_phase_case_id_moment_round_no")),
    )
    with op.batch_alter_table("safety_phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_phase_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "seroma_work_up",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("onset_on", sa.String(length=10), nullable=True),
        sa.Column("textured_ever", sa.String(length=40), nullable=True),
        sa.Column("mass", sa.String(length=40), nullable=True),
        sa.Column("nodes", sa.String(length=40), nullable=True),
        sa.Column("rash", sa.String(length=40), nullable=True),
        sa.Column("b_symptoms", sa.String(length=40), nullable=True),
        sa.Column("ultrasound_on", sa.Date(), nullable=True),
        sa.Column("ultrasound_fluid", sa.String(length=40), nullable=True),
        sa.Column("ultrasound_mass", sa.String(length=40), nullable=True),
        sa.Column("ultrasound_nodes", sa.String(length=40), nullable=True),
        sa.Column("aspirated_on", sa.Date(), nullable=True),
        sa.Column("aspirate_ml", sa.Integer(), nullable=True),
        sa.Column("tests", sa.JSON(), nullable=True),
        sa.Column("cd30", sa.String(length=40), nullable=True),
        sa.Column("alk", sa.String(length=40), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("pet_ct_on", sa.Date(), nullable=True),
        sa.Column("team_met_on", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(length=200), nullable=True),
        sa.Column("reported_to", sa.String(length=200), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_seroma_work_up_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_seroma_work_up_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seroma_work_up")),
        sa.UniqueConstraint("case_id", "side", name=op.f("uq_seroma_work_up_case_id_side")),
    )
    with op.batch_alter_table("seroma_work_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seroma_work_up_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("imaging_id", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Integer(), nullable=True),
        sa.Column("work_up_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_attachment_consent_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["imaging_id"], ["imaging_study.id"], name=op.f("fk_attachment_imaging_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_attachment_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["work_up_id"], ["seroma_work_up.id"], name=op.f("fk_attachment_work_up_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_consent_id"), ["consent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_imaging_id"), ["imaging_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_work_up_id"), ["work_up_id"], unique=False)

    op.create_table(
        "chest_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=True),
        sa.Column("across_permille", sa.Integer(), nullable=True),
        sa.Column("down_permille", sa.Integer(), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name=op.f("fk_chest_mark_examination_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chest_mark")),
    )
    with op.batch_alter_table("chest_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chest_mark_examination_id"), ["examination_id"], unique=False)

    op.create_table(
        "consent_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("initials", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_item_consent_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_item")),
    )
    with op.batch_alter_table("consent_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_item_consent_id"), ["consent_id"], unique=False)

    op.create_table(
        "consent_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_side_consent_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_side")),
        sa.UniqueConstraint("consent_id", "side", name=op.f("uq_consent_side_consent_id_side")),
    )
    op.create_table(
        "consent_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_consent_withdrawal_consent_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_consent_withdrawal_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_withdrawal")),
        sa.UniqueConstraint("consent_id", name=op.f("uq_consent_withdrawal_consent_id")),
    )
    with op.batch_alter_table("consent_withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_withdrawal_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "contingency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("happens", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("then", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["revision_plan.id"], name=op.f("fk_contingency_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contingency")),
    )
    with op.batch_alter_table("contingency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contingency_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "examination_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("baker", sa.String(length=40), nullable=True),
        sa.Column("baker_scale", sa.String(length=40), nullable=True),
        sa.Column("rippling", sa.String(length=40), nullable=True),
        sa.Column("rippling_place", sa.String(length=40), nullable=True),
        sa.Column("displacement", sa.String(length=40), nullable=True),
        sa.Column("ptosis", sa.String(length=40), nullable=True),
        sa.Column("pain_nrs", sa.Integer(), nullable=True),
        sa.Column("swelling", sa.String(length=40), nullable=True),
        sa.Column("notch_to_nipple_mm", sa.Integer(), nullable=True),
        sa.Column("nipple_to_fold_mm", sa.Integer(), nullable=True),
        sa.Column("nipple_to_fold_stretched_mm", sa.Integer(), nullable=True),
        sa.Column("nipple_above_fold_mm", sa.Integer(), nullable=True),
        sa.Column("base_width_mm", sa.Integer(), nullable=True),
        sa.Column("pinch_upper_mm", sa.Integer(), nullable=True),
        sa.Column("pinch_lower_mm", sa.Integer(), nullable=True),
        sa.Column("pinch_medial_mm", sa.Integer(), nullable=True),
        sa.Column("pinch_lateral_mm", sa.Integer(), nullable=True),
        sa.Column("skin_stretch_mm", sa.Integer(), nullable=True),
        sa.Column("envelope_fill_percent", sa.Integer(), nullable=True),
        sa.Column("areola_width_mm", sa.Integer(), nullable=True),
        sa.Column("areola_height_mm", sa.Integer(), nullable=True),
        sa.Column("nipple_to_midline_mm", sa.Integer(), nullable=True),
        sa.Column("volume_estimate_ml", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examination.id"], name=op.f("fk_examination_side_examination_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examination_side")),
        sa.UniqueConstraint("examination_id", "side", name=op.f("uq_examination_side_examination_id_side")),
    )
    op.create_table(
        "indication_finding",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("indication_id", sa.Integer(), nullable=False),
        sa.Column("imaging_id", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=40), nullable=True),
        sa.Column("noticed_on", sa.String(length=10), nullable=True),
        sa.Column("own_words", sa.Text(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=True),
        sa.Column("size_mm", sa.Integer(), nullable=True),
        sa.Column("recurred", sa.String(length=40), nullable=True),
        sa.Column("trauma", sa.String(length=200), nullable=True),
        sa.Column("trigger", sa.String(length=200), nullable=True),
        sa.Column("earlier_treatment", sa.String(length=200), nullable=True),
        sa.Column("shape_changed", sa.String(length=40), nullable=True),
        sa.Column("new_firmness", sa.String(length=40), nullable=True),
        sa.Column("new_pain", sa.String(length=40), nullable=True),
        sa.Column("lump", sa.String(length=40), nullable=True),
        sa.Column("axillary_nodes", sa.String(length=40), nullable=True),
        sa.Column("skin_changed", sa.String(length=40), nullable=True),
        sa.Column("capsule_thickened", sa.String(length=40), nullable=True),
        sa.Column("rupture_signs", sa.JSON(), nullable=True),
        sa.Column("deflation_speed", sa.String(length=40), nullable=True),
        sa.Column("deflation_cause", sa.String(length=40), nullable=True),
        sa.Column("size_differs", sa.String(length=40), nullable=True),
        sa.Column("distressed", sa.String(length=40), nullable=True),
        sa.Column("scar_above_fold", sa.String(length=40), nullable=True),
        sa.Column("upper_pole_empty", sa.String(length=40), nullable=True),
        sa.Column("upper_pole_full", sa.String(length=40), nullable=True),
        sa.Column("implant_below_fold", sa.String(length=40), nullable=True),
        sa.Column("double_bubble", sa.String(length=40), nullable=True),
        sa.Column("old_fold_visible", sa.String(length=40), nullable=True),
        sa.Column("moves_with_muscle", sa.String(length=40), nullable=True),
        sa.Column("movement", sa.String(length=200), nullable=True),
        sa.Column("falls_away_lying", sa.String(length=40), nullable=True),
        sa.Column("touches_arm", sa.String(length=40), nullable=True),
        sa.Column("nipple_points_down", sa.String(length=40), nullable=True),
        sa.Column("edges_meet", sa.String(length=40), nullable=True),
        sa.Column("skin_tents", sa.String(length=40), nullable=True),
        sa.Column("crosses_midline", sa.String(length=40), nullable=True),
        sa.Column("orientation_seen", sa.String(length=40), nullable=True),
        sa.Column("seen_when", sa.JSON(), nullable=True),
        sa.Column("had_radiation", sa.String(length=40), nullable=True),
        sa.Column("had_infection", sa.String(length=40), nullable=True),
        sa.Column("had_hematoma", sa.String(length=40), nullable=True),
        sa.Column("wanted_ml", sa.Integer(), nullable=True),
        sa.Column("weight_change_kg", sa.String(length=20), nullable=True),
        sa.Column("weight_stable_since", sa.String(length=10), nullable=True),
        sa.Column("differs_in", sa.JSON(), nullable=True),
        sa.Column("chest_wall", sa.String(length=40), nullable=True),
        sa.Column("skin_quality", sa.String(length=200), nullable=True),
        sa.Column("earlier_scars", sa.String(length=200), nullable=True),
        sa.Column("tissue_causes", sa.JSON(), nullable=True),
        sa.Column("pregnancies", sa.Integer(), nullable=True),
        sa.Column("breastfeeding_ended_on", sa.String(length=10), nullable=True),
        sa.Column("pregnancy_wished", sa.String(length=40), nullable=True),
        sa.Column("hours_since_surgery", sa.Integer(), nullable=True),
        sa.Column("drainage", sa.String(length=40), nullable=True),
        sa.Column("drainage_ml", sa.Integer(), nullable=True),
        sa.Column("infection_signs", sa.String(length=40), nullable=True),
        sa.Column("photo_taken", sa.String(length=40), nullable=True),
        sa.Column("temperature_c", sa.String(length=20), nullable=True),
        sa.Column("redness_mm", sa.Integer(), nullable=True),
        sa.Column("redness_outlined", sa.String(length=40), nullable=True),
        sa.Column("warmth", sa.String(length=40), nullable=True),
        sa.Column("culture_sent", sa.String(length=40), nullable=True),
        sa.Column("antibiotics", sa.String(length=200), nullable=True),
        sa.Column("systemic_signs", sa.JSON(), nullable=True),
        sa.Column("expanding", sa.String(length=40), nullable=True),
        sa.Column("tightness", sa.String(length=40), nullable=True),
        sa.Column("bruising", sa.String(length=40), nullable=True),
        sa.Column("systolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("diastolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("pulse_bpm", sa.Integer(), nullable=True),
        sa.Column("texture", sa.String(length=200), nullable=True),
        sa.Column("fluid_ml", sa.Integer(), nullable=True),
        sa.Column("drain_removed_on", sa.Date(), nullable=True),
        sa.Column("pathology", sa.String(length=200), nullable=True),
        sa.Column("cd30", sa.String(length=40), nullable=True),
        sa.Column("alk", sa.String(length=40), nullable=True),
        sa.Column("stage", sa.String(length=200), nullable=True),
        sa.Column("oncology", sa.String(length=200), nullable=True),
        sa.Column("oncology_referred_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.String(length=200), nullable=True),
        sa.Column("imaging_category", sa.String(length=200), nullable=True),
        sa.Column("biopsy", sa.String(length=200), nullable=True),
        sa.Column("screening_current", sa.String(length=40), nullable=True),
        sa.Column("autoimmune", sa.String(length=200), nullable=True),
        sa.Column("tests_done", sa.String(length=200), nullable=True),
        sa.Column("acutely_unwell", sa.String(length=40), nullable=True),
        sa.Column("recall_match", sa.String(length=200), nullable=True),
        sa.Column("has_symptoms", sa.String(length=40), nullable=True),
        sa.Column("scar_kind", sa.String(length=40), nullable=True),
        sa.Column("sensation", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imaging_id"], ["imaging_study.id"], name=op.f("fk_indication_finding_imaging_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["indication_id"],
            ["case_indication.id"],
            name=op.f("fk_indication_finding_indication_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_indication_finding_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indication_finding")),
        sa.UniqueConstraint("indication_id", name=op.f("uq_indication_finding_indication_id")),
    )
    with op.batch_alter_table("indication_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indication_finding_imaging_id"), ["imaging_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indication_finding_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "operative_report",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("report_version", sa.Integer(), nullable=False),
        sa.Column("amends_reason", sa.Text(), nullable=True),
        sa.Column("assistant", sa.String(length=200), nullable=True),
        sa.Column("anesthesia_kind", sa.String(length=40), nullable=True),
        sa.Column("minutes_taken", sa.Integer(), nullable=True),
        sa.Column("blood_loss_ml", sa.Integer(), nullable=True),
        sa.Column("counts_right", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.Column("signed_content", sa.Text(), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_operative_report_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_operative_report_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_operative_report_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["revision_plan.id"], name=op.f("fk_operative_report_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operative_report")),
        sa.UniqueConstraint("case_id", "report_version", name=op.f("uq_operative_report_case_id_report_version")),
    )
    with op.batch_alter_table("operative_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operative_report_operation_id"), ["operation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operative_report_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operative_report_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "planned_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("line", sa.String(length=200), nullable=True),
        sa.Column("style", sa.String(length=200), nullable=True),
        sa.Column("volume_ml", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["revision_plan.id"], name=op.f("fk_planned_device_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_device")),
    )
    with op.batch_alter_table("planned_device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_device_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "prophylaxis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("drug", sa.String(length=40), nullable=True),
        sa.Column("dose", sa.String(length=20), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("given_when", sa.String(length=200), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["revision_plan.id"], name=op.f("fk_prophylaxis_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prophylaxis")),
    )
    with op.batch_alter_table("prophylaxis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prophylaxis_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "safety_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("reply", sa.String(length=40), nullable=True),
        sa.Column("comment", sa.String(length=200), nullable=True),
        sa.Column("read_aloud", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["safety_phase.id"], name=op.f("fk_safety_answer_phase_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_answer")),
    )
    with op.batch_alter_table("safety_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_answer_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "report_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("plane", sa.String(length=40), nullable=True),
        sa.Column("incision", sa.String(length=40), nullable=True),
        sa.Column("pocket", sa.String(length=40), nullable=True),
        sa.Column("drain_count", sa.Integer(), nullable=True),
        sa.Column("fat_ml", sa.Integer(), nullable=True),
        sa.Column("differs_because", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["operative_report.id"], name=op.f("fk_report_side_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_side")),
        sa.UniqueConstraint("report_id", "side", name=op.f("uq_report_side_report_id_side")),
    )
    op.create_table(
        "report_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("planned", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("performed", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["operative_report.id"], name=op.f("fk_report_step_report_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    with op.batch_alter_table("report_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_step_report_id"), ["report_id"], unique=False)

    _move_findings_into_examinations()
    _move_typed_findings()
    op.drop_table("side_finding")
    with op.batch_alter_table("plan_side", schema=None) as batch_op:
        batch_op.add_column(sa.Column("style", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("catalogue_no", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("width_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("projection_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pocket", sa.String(length=40), nullable=True))

    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("say_at_u0", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("say_at_u1", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("say_at_u2", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("say_at_u3", sa.Text(), nullable=True))

    with op.batch_alter_table("revision_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("prefilled", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("prefilled_from", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_revision_case_carried_from_id"), ["carried_from_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_revision_case_carried_from_id"),
            "revision_case",
            ["carried_from_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch_op.create_index(
            "ix_revision_case_open",
            ["opened_on", "id"],
            unique=False,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.drop_column("examined_by")
        batch_op.drop_column("examined_on")

    with op.batch_alter_table("revision_plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prefilled", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("prefilled_from", sa.String(length=200), nullable=True))


def _move_findings_into_examinations() -> None:
    """What was seen in a case becomes its first examination; a case in which nobody looked gets none."""
    columns = "baker, rippling, rippling_place, displacement, ptosis, pain_nrs, note"
    answered = " OR ".join(f"s.{column} IS NOT NULL" for column in columns.split(", "))
    op.execute(
        "INSERT INTO examination (patient_id, case_id, examined_on, examined_by)"
        " SELECT patient_id, id, examined_on, examined_by FROM revision_case c"
        " WHERE c.examined_on IS NOT NULL OR c.examined_by IS NOT NULL"
        f" OR EXISTS (SELECT 1 FROM side_finding s WHERE s.case_id = c.id AND ({answered}))"
    )
    op.execute(
        f"INSERT INTO examination_side (examination_id, side, {columns})"
        f" SELECT e.id, s.side, {', '.join(f's.{column}' for column in columns.split(', '))}"
        " FROM side_finding s JOIN examination e ON e.case_id = s.case_id"
    )


def _move_typed_findings() -> None:
    """What was typed of findings and not saved goes into the draft of the visit, where it is asked from now on."""
    connection, stood = op.get_bind(), "stood there before"
    columns = ("account_id", "form", "record_key", "opened_version", "typed", "kept_at")
    drafts = sa.table("draft", *map(sa.column, columns))
    for draft in connection.execute(sa.select(drafts).where(drafts.c.form == "revision_case")).all():
        typed = json.loads(draft.typed)
        before = typed.pop(stood, {})
        moved = {name: each for name, each in typed.items() if _is_of_a_visit(name)}
        if not moved:
            continue
        key, version = _visit_of(draft.record_key, draft.opened_version)
        visit = moved | {stood: {name: each for name, each in before.items() if name in moved}}
        whose = (draft.account_id, "examination", key, version, json.dumps(visit), draft.kept_at)
        connection.execute(sa.insert(drafts).values(dict(zip(columns, whose, strict=True))))
        rest = {name: each for name, each in typed.items() if name not in moved}
        here = sa.and_(*(drafts.c[name] == getattr(draft, name) for name in columns[:3]))
        if rest:
            rest[stood] = {name: each for name, each in before.items() if name in rest}
            connection.execute(sa.update(drafts).where(here).values(typed=json.dumps(rest)))
        else:
            connection.execute(sa.delete(drafts).where(here))


def _is_of_a_visit(name: str) -> bool:
    return name in ("examined_on", "examined_by") or name.startswith(("right.", "left."))


def _visit_of(record_key: str, opened_version: int | None) -> tuple[str, int | None]:
    """The draft of the case's examination, or of a new one; with 0, which none has, where the case went on since."""
    if not record_key.isdecimal():  # a case that was never saved
        return record_key, None
    asked: dict[str, Any] = {"case_id": int(record_key)}
    connection = op.get_bind()
    visit_id = connection.execute(sa.text("SELECT id FROM examination WHERE case_id = :case_id"), asked).scalar()
    version = connection.execute(sa.text("SELECT version FROM revision_case WHERE id = :case_id"), asked).scalar()
    if visit_id is None:
        return f"case {record_key}", None
    return str(visit_id), 1 if version == opened_version else 0
