"""First.

Revision 0001, after nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("display_name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("account_name", sa.String(length=200), nullable=False),
        sa.Column("workstation", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=200), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("previous_mac", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "patient",
        sa.Column("record_number", sa.String(length=200), nullable=False),
        sa.Column("family_name", sa.String(length=200), nullable=False),
        sa.Column("given_name", sa.String(length=200), nullable=True),
        sa.Column("former_name", sa.String(length=200), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("mobile_phone", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("emergency_name", sa.String(length=200), nullable=True),
        sa.Column("emergency_phone", sa.String(length=200), nullable=True),
        sa.Column("responsible_adult_name", sa.String(length=200), nullable=True),
        sa.Column("responsible_adult_phone", sa.String(length=200), nullable=True),
        sa.Column("no_known_allergies", sa.Boolean(), nullable=False),
        sa.Column("no_known_allergies_by", sa.String(length=200), nullable=True),
        sa.Column("no_known_allergies_at", sa.DateTime(), nullable=True),
        sa.Column("height_cm", sa.Integer(), nullable=True),
        sa.Column("weight_kg", sa.String(length=20), nullable=True),
        sa.Column("smoking", sa.String(length=40), nullable=True),
        sa.Column("family_key", sa.String(length=200), nullable=False),
        sa.Column("given_key", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("record_number", name=op.f("uq_patient_record_number")),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patient_birth_date"), ["birth_date"], unique=False)
        batch_op.create_index("ix_patient_by_family", ["family_key", "given_key", "id"], unique=False)
        batch_op.create_index("ix_patient_by_given", ["given_key", "family_key", "id"], unique=False)

    op.create_table(
        "practice",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("after_hours_phone", sa.String(length=200), nullable=True),
        sa.Column("emergency_number", sa.String(length=200), nullable=True),
        sa.Column("paper_size", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("next_record_number", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "protocol_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("protocol_name", sa.String(length=200), nullable=False),
        sa.Column("protocol_version", sa.String(length=200), nullable=False),
        sa.Column("content_hash", sa.String(length=200), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_approval")),
    )
    with op.batch_alter_table("protocol_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protocol_approval_content_hash"), ["content_hash"], unique=False)

    op.create_table(
        "allergy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("substance", sa.String(length=200), nullable=False),
        sa.Column("reaction", sa.String(length=200), nullable=True),
        sa.Column("severity", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_allergy_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allergy")),
    )
    with op.batch_alter_table("allergy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allergy_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_condition_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
    )
    with op.batch_alter_table("condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_condition_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("line", sa.String(length=200), nullable=True),
        sa.Column("style", sa.String(length=200), nullable=True),
        sa.Column("volume_ml", sa.Integer(), nullable=True),
        sa.Column("fill", sa.String(length=40), nullable=True),
        sa.Column("shape", sa.String(length=40), nullable=True),
        sa.Column("surface", sa.String(length=40), nullable=True),
        sa.Column("profile", sa.String(length=40), nullable=True),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_device_patient_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_lot"), ["lot"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_serial"), ["serial"], unique=False)

    op.create_table(
        "draft",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("record_key", sa.String(length=200), nullable=False),
        sa.Column("opened_version", sa.Integer(), nullable=True),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("account_id", "form", "record_key", name=op.f("pk_draft")),
    )
    op.create_table(
        "issued_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("template_version", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_issued_document_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
    )
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_document_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "medicine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("dose", sa.String(length=200), nullable=True),
        sa.Column("is_anticoagulant", sa.Boolean(), nullable=False),
        sa.Column("plan", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_medicine_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine")),
    )
    with op.batch_alter_table("medicine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medicine_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "operation",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.String(length=10), nullable=True),
        sa.Column("surgeon", sa.String(length=200), nullable=True),
        sa.Column("facility", sa.String(length=200), nullable=True),
        sa.Column("was_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_operation_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
    )
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operation_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "patient_name",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_name_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("patient_id", "word", name=op.f("pk_patient_name")),
    )
    with op.batch_alter_table("patient_name", schema=None) as batch_op:
        batch_op.create_index("ix_patient_name_by_word", ["word", "patient_id"], unique=False)

    op.create_table(
        "patient_phone",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("reversed_digits", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_patient_phone_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("patient_id", "reversed_digits", name=op.f("pk_patient_phone")),
    )
    with op.batch_alter_table("patient_phone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patient_phone_reversed_digits"), ["reversed_digits"], unique=False)

    op.create_table(
        "revision_case",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=True),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("examined_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("surgery_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_revision_case_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_case")),
    )
    with op.batch_alter_table("revision_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_case_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "anesthesia_note",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("asa_class", sa.String(length=40), nullable=True),
        sa.Column("mallampati", sa.String(length=40), nullable=True),
        sa.Column("planned_depth", sa.String(length=40), nullable=True),
        sa.Column("previous_problems", sa.Text(), nullable=True),
        sa.Column("malignant_hyperthermia", sa.String(length=40), nullable=True),
        sa.Column("sleep_apnea", sa.String(length=40), nullable=True),
        sa.Column("glp1_agonist", sa.String(length=40), nullable=True),
        sa.Column("pregnancy", sa.String(length=40), nullable=True),
        sa.Column("last_clear_fluid_at", sa.DateTime(), nullable=True),
        sa.Column("last_meal_at", sa.DateTime(), nullable=True),
        sa.Column("weight_kg", sa.String(length=20), nullable=True),
        sa.Column("baseline_systolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("baseline_diastolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("baseline_pulse_bpm", sa.Integer(), nullable=True),
        sa.Column("baseline_spo2_percent", sa.Integer(), nullable=True),
        sa.Column("consent_given", sa.String(length=40), nullable=True),
        sa.Column("aldrete_activity", sa.String(length=40), nullable=True),
        sa.Column("aldrete_respiration", sa.String(length=40), nullable=True),
        sa.Column("aldrete_circulation", sa.String(length=40), nullable=True),
        sa.Column("aldrete_consciousness", sa.String(length=40), nullable=True),
        sa.Column("aldrete_oxygenation", sa.String(length=40), nullable=True),
        sa.Column("pain_nrs", sa.Integer(), nullable=True),
        sa.Column("nausea", sa.String(length=40), nullable=True),
        sa.Column("discharged_at", sa.DateTime(), nullable=True),
        sa.Column("escort_name", sa.String(length=200), nullable=True),
        sa.Column("escort_exception", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.Column("signed_content", sa.Text(), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_anesthesia_note_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_anesthesia_note_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anesthesia_note")),
        sa.UniqueConstraint("case_id", name=op.f("uq_anesthesia_note_case_id")),
    )
    with op.batch_alter_table("anesthesia_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anesthesia_note_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "case_indication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("indication", sa.String(length=40), nullable=False),
        sa.Column("layer", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_case_indication_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_indication")),
    )
    with op.batch_alter_table("case_indication", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_indication_case_id"), ["case_id"], unique=False)

    op.create_table(
        "operation_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("incision", sa.String(length=40), nullable=True),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_operation_side_operation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_side")),
        sa.UniqueConstraint("operation_id", "side", name=op.f("uq_operation_side_operation_id_side")),
    )
    op.create_table(
        "recovery_checklist",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("surgery_on", sa.Date(), nullable=False),
        sa.Column("protocol_name", sa.String(length=200), nullable=False),
        sa.Column("protocol_version", sa.String(length=200), nullable=False),
        sa.Column("protocol_hash", sa.String(length=64), nullable=False),
        sa.Column("routine_after_days", sa.Integer(), nullable=False),
        sa.Column("routine_set_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_recovery_checklist_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_recovery_checklist_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_checklist")),
        sa.UniqueConstraint("case_id", name=op.f("uq_recovery_checklist_case_id")),
    )
    with op.batch_alter_table("recovery_checklist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_checklist_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "revision_plan",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("amends_reason", sa.Text(), nullable=True),
        sa.Column("anesthesia_kind", sa.String(length=40), nullable=True),
        sa.Column("routine_after_days", sa.Integer(), nullable=True),
        sa.Column("minutes_needed", sa.Integer(), nullable=True),
        sa.Column("contingencies", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.Column("signed_content", sa.Text(), nullable=True),
        sa.Column("signed_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_revision_plan_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_revision_plan_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_plan")),
        sa.UniqueConstraint("case_id", "plan_version", name=op.f("uq_revision_plan_case_id_plan_version")),
    )
    with op.batch_alter_table("revision_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_plan_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "side_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("baker", sa.String(length=40), nullable=True),
        sa.Column("rippling", sa.String(length=40), nullable=True),
        sa.Column("rippling_place", sa.String(length=40), nullable=True),
        sa.Column("displacement", sa.String(length=40), nullable=True),
        sa.Column("ptosis", sa.String(length=40), nullable=True),
        sa.Column("pain_nrs", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["revision_case.id"], name=op.f("fk_side_finding_case_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_finding")),
        sa.UniqueConstraint("case_id", "side", name=op.f("uq_side_finding_case_id_side")),
    )
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["anesthesia_note.id"], name=op.f("fk_addendum_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_addendum_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addendum_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "device_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("implanted_operation_side_id", sa.Integer(), nullable=True),
        sa.Column("removed_operation_id", sa.Integer(), nullable=True),
        sa.Column("fate_unknown", sa.Boolean(), nullable=False),
        sa.Column("plane", sa.String(length=40), nullable=True),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_device_spell_device_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["implanted_operation_side_id"],
            ["operation_side.id"],
            name=op.f("fk_device_spell_implanted_operation_side_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_device_spell_patient_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["removed_operation_id"],
            ["operation.id"],
            name=op.f("fk_device_spell_removed_operation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_spell")),
    )
    with op.batch_alter_table("device_spell", schema=None) as batch_op:
        batch_op.create_index("ix_device_spell_by_patient", ["patient_id", "side"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_spell_device_id"), ["device_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_device_spell_implanted_operation_side_id"), ["implanted_operation_side_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_device_spell_removed_operation_id"), ["removed_operation_id"], unique=False
        )

    op.create_table(
        "drug_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=True),
        sa.Column("drug", sa.String(length=40), nullable=False),
        sa.Column("dose", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("concentration_mg_per_ml", sa.String(length=20), nullable=True),
        sa.Column("route", sa.String(length=40), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["anesthesia_note.id"], name=op.f("fk_drug_given_note_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_given")),
    )
    with op.batch_alter_table("drug_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drug_given_note_id"), ["note_id"], unique=False)

    op.create_table(
        "noted_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["anesthesia_note.id"], name=op.f("fk_noted_event_note_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_noted_event")),
    )
    with op.batch_alter_table("noted_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_noted_event_note_id"), ["note_id"], unique=False)

    op.create_table(
        "plan_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("line", sa.String(length=200), nullable=True),
        sa.Column("volume_ml", sa.Integer(), nullable=True),
        sa.Column("fill", sa.String(length=40), nullable=True),
        sa.Column("shape", sa.String(length=40), nullable=True),
        sa.Column("surface", sa.String(length=40), nullable=True),
        sa.Column("plane", sa.String(length=40), nullable=True),
        sa.Column("incision", sa.String(length=40), nullable=True),
        sa.Column("drain_count", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["revision_plan.id"], name=op.f("fk_plan_side_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_side")),
        sa.UniqueConstraint("plan_id", "side", name=op.f("uq_plan_side_plan_id_side")),
    )
    op.create_table(
        "recovery_item",
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start_day", sa.Integer(), nullable=False),
        sa.Column("end_day", sa.Integer(), nullable=False),
        sa.Column("rule_day", sa.Integer(), nullable=False),
        sa.Column("is_limit", sa.Boolean(), nullable=False),
        sa.Column("follows", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["recovery_checklist.id"], name=op.f("fk_recovery_item_checklist_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_item")),
        sa.UniqueConstraint(
            "checklist_id", "code", "start_day", name=op.f("uq_recovery_item_checklist_id_code_start_day")
        ),
    )
    op.create_table(
        "recovery_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("old_day", sa.Integer(), nullable=False),
        sa.Column("new_day", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"],
            ["recovery_checklist.id"],
            name=op.f("fk_recovery_override_checklist_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_override")),
    )
    op.create_table(
        "red_flag_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("action_shown", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.String(length=200), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"],
            ["recovery_checklist.id"],
            name=op.f("fk_red_flag_report_checklist_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_red_flag_report_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_flag_report")),
    )
    with op.batch_alter_table("red_flag_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_red_flag_report_checklist_id"), ["checklist_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_red_flag_report_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "vital",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("systolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("diastolic_mmhg", sa.Integer(), nullable=True),
        sa.Column("pulse_bpm", sa.Integer(), nullable=True),
        sa.Column("spo2_percent", sa.Integer(), nullable=True),
        sa.Column("breaths_per_min", sa.Integer(), nullable=True),
        sa.Column("etco2_mmhg", sa.Integer(), nullable=True),
        sa.Column("sedation_scale", sa.String(length=40), nullable=True),
        sa.Column("sedation_value", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["anesthesia_note.id"], name=op.f("fk_vital_note_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vital")),
    )
    with op.batch_alter_table("vital", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vital_note_id"), ["note_id"], unique=False)
