"""Devices and search.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("kept_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_edition")),
    )
    op.create_table(
        "catalogue_product",
        sa.Column("manufacturer", sa.String(length=200), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("style", sa.String(length=200), nullable=True),
        sa.Column("catalogue_no", sa.String(length=200), nullable=True),
        sa.Column("udi_di", sa.String(length=200), nullable=True),
        sa.Column("matrix_kind", sa.String(length=40), nullable=True),
        sa.Column("device_class", sa.String(length=40), nullable=True),
        sa.Column("volume_ml", sa.Integer(), nullable=True),
        sa.Column("fill", sa.String(length=40), nullable=True),
        sa.Column("fill_least_ml", sa.Integer(), nullable=True),
        sa.Column("fill_most_ml", sa.Integer(), nullable=True),
        sa.Column("gel", sa.String(length=200), nullable=True),
        sa.Column("shape", sa.String(length=40), nullable=True),
        sa.Column("surface", sa.String(length=40), nullable=True),
        sa.Column("surface_edition", sa.String(length=40), nullable=True),
        sa.Column("surface_name", sa.String(length=200), nullable=True),
        sa.Column("profile", sa.String(length=40), nullable=True),
        sa.Column("profile_name", sa.String(length=200), nullable=True),
        sa.Column("diameter_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("projection_mm", sa.Integer(), nullable=True),
        sa.Column("port", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_product")),
    )
    op.create_table(
        "device_number",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("serial_key", sa.String(length=200), nullable=True),
        sa.Column("lot_key", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("kind", "record_id", name=op.f("pk_device_number")),
    )
    with op.batch_alter_table("device_number", schema=None) as batch_op:
        batch_op.create_index("ix_device_number_by_lot", ["lot_key", "patient_id", "kind", "record_id"], unique=False)
        batch_op.create_index(
            "ix_device_number_by_serial", ["serial_key", "patient_id", "kind", "record_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_device_number_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "name_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("sound", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_word")),
        sa.UniqueConstraint("word", name=op.f("uq_name_word_word")),
    )
    with op.batch_alter_table("name_word", schema=None) as batch_op:
        batch_op.create_index("ix_name_word_by_sound", ["sound", "word"], unique=False)

    op.create_table(
        "patient_keys",
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("family_key", sa.String(length=200), nullable=False),
        sa.Column("given_key", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patient_keys")),
    )
    op.create_table(
        "patient_word",
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("family_key", sa.String(length=200), nullable=False),
        sa.Column("given_key", sa.String(length=200), nullable=False),
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("word", "rank", "family_key", "given_key", "patient_id", name=op.f("pk_patient_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "recent_patient",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("patient_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "patient_id", name=op.f("pk_recent_patient")),
    )
    with op.batch_alter_table("recent_patient", schema=None) as batch_op:
        batch_op.create_index("ix_recent_patient_by_time", ["account_id", "opened_at"], unique=False)

    op.create_table(
        "search_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_index")),
    )
    op.create_table(
        "imaging_study",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.String(length=10), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("facility", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_imaging_study_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imaging_study")),
    )
    with op.batch_alter_table("imaging_study", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imaging_study_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "drain",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("size_french", sa.Integer(), nullable=True),
        sa.Column("exit_site", sa.String(length=200), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_drain_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_drain_patient_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drain")),
    )
    with op.batch_alter_table("drain", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drain_operation_id"), ["operation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drain_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "matrix",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("thickness_mm", sa.String(length=20), nullable=True),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("orientation", sa.String(length=200), nullable=True),
        sa.Column("removed_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("catalogue_no", sa.String(length=200), nullable=True),
        sa.Column("serial", sa.String(length=200), nullable=True),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("udi_di", sa.String(length=200), nullable=True),
        sa.Column("udi_raw", sa.LargeBinary(), nullable=True),
        sa.Column("udi_issuer", sa.String(length=40), nullable=True),
        sa.Column("udi_entry", sa.String(length=40), nullable=True),
        sa.Column("distinct_id", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_matrix_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_matrix_patient_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix")),
    )
    with op.batch_alter_table("matrix", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matrix_operation_id"), ["operation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_matrix_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "patient_merge",
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(), nullable=False),
        sa.Column("merged_by", sa.String(length=200), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("copied", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("closed_case_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_case_id"], ["revision_case.id"], name=op.f("fk_patient_merge_closed_case_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["patient.id"], name=op.f("fk_patient_merge_kept_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["patient.id"], name=op.f("fk_patient_merge_merged_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_merge")),
    )
    with op.batch_alter_table("patient_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patient_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_patient_merge_merged_id"), ["merged_id"], unique=False)

    op.create_table(
        "records_request",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=True),
        sa.Column("recipient_kind", sa.String(length=40), nullable=False),
        sa.Column("recipient_name", sa.String(length=200), nullable=False),
        sa.Column("recipient_address", sa.Text(), nullable=True),
        sa.Column("recipient_contact", sa.String(length=200), nullable=True),
        sa.Column("asked_for", sa.JSON(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("closed_source", sa.String(length=40), nullable=True),
        sa.Column("closed_note", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_records_request_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_records_request_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_request")),
    )
    with op.batch_alter_table("records_request", schema=None) as batch_op:
        batch_op.create_index("ix_records_request_by_due", ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_records_request_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "removal",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("condition", sa.JSON(), nullable=False),
        sa.Column("capsule", sa.String(length=40), nullable=True),
        sa.Column("capsulectomy", sa.String(length=40), nullable=True),
        sa.Column("fluid", sa.String(length=40), nullable=True),
        sa.Column("fluid_ml", sa.Integer(), nullable=True),
        sa.Column("disposition", sa.String(length=40), nullable=True),
        sa.Column("disposition_on", sa.Date(), nullable=True),
        sa.Column("given_to", sa.String(length=200), nullable=True),
        sa.Column("warranty", sa.String(length=40), nullable=True),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("warranty_claimed_on", sa.Date(), nullable=True),
        sa.Column("warranty_claim_no", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_removal_operation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_removal_patient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
        sa.UniqueConstraint("operation_id", "side", name=op.f("uq_removal_operation_id_side")),
    )
    with op.batch_alter_table("removal", schema=None) as batch_op:
        batch_op.create_index("ix_removal_by_warranty", ["warranty", "warranty_until", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_removal_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "specimen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("removal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("laboratory", sa.String(length=200), nullable=True),
        sa.Column("result", sa.String(length=200), nullable=True),
        sa.Column("resulted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["removal_id"], ["removal.id"], name=op.f("fk_specimen_removal_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specimen")),
    )
    with op.batch_alter_table("specimen", schema=None) as batch_op:
        batch_op.create_index(
            "ix_specimen_outstanding",
            ["sent_on", "id"],
            unique=False,
            sqlite_where=sa.text("result IS NULL"),
            postgresql_where=sa.text("result IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_specimen_removal_id"), ["removal_id"], unique=False)

    with op.batch_alter_table("patient_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patient_name_by_word"))

    op.drop_table("patient_name")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device_class", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("fill_least_ml", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fill_most_ml", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("filled_ml", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("gel", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("surface_edition", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("surface_name", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("profile_name", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("diameter_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("width_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("height_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("projection_mm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("port", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("catalogue_no", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("made_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("udi_di", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("udi_raw", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("udi_issuer", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("udi_entry", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("distinct_id", sa.String(length=200), nullable=True))

    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index("ix_operation_by_day", ["happened_on", "patient_id"], unique=False)

    with op.batch_alter_table("operation_side", schema=None) as batch_op:
        batch_op.add_column(sa.Column("incision_detail", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("incision_mm", sa.Integer(), nullable=True))

    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_patient_by_family"))
        batch_op.drop_index(batch_op.f("ix_patient_by_given"))
        batch_op.create_index(batch_op.f("ix_patient_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_patient_merged_into_id"), "patient", ["merged_into_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("patient_phone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patient_phone_reversed_digits"))
        batch_op.create_index("ix_patient_phone_by_tail", ["reversed_digits", "patient_id"], unique=False)
        batch_op.drop_constraint(batch_op.f("fk_patient_phone_patient_id"), type_="foreignkey")

    with op.batch_alter_table("practice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("records_due_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("revision_case", schema=None) as batch_op:
        batch_op.create_index("ix_revision_case_by_surgery", ["surgery_on", "patient_id"], unique=False)
