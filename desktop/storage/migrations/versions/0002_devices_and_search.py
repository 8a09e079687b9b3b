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
        batch_op.create_index(batch_op.f("ix_specimen_removal_id"), ["removal_id"], unique=False)

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

    with op.batch_alter_table("operation_side", schema=None) as batch_op:
        batch_op.add_column(sa.Column("incision_detail", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("incision_mm", sa.Integer(), nullable=True))
