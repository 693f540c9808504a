"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.Column("used_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("token", name="pk_invitations"),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("schema", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.UniqueConstraint("name", name="uq_projects_name"),
    )
    op.create_table(
        "rounds",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_rounds_project"),
        sa.PrimaryKeyConstraint("number", name="pk_rounds"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rounds_project", "rounds", ["project"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_sessions_account"),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"], unique=False)
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), server_default="", nullable=False),
        sa.Column("meta", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("gold", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("takers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handed_in", sa.Integer(), server_default="0", nullable=False),
        sa.Column("differs", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_texts_project"),
        sa.PrimaryKeyConstraint("number", name="pk_texts"),
        sa.UniqueConstraint("project", "key", name="uq_texts_project_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_texts_gold",
        "texts",
        ["project", "number"],
        unique=False,
        sqlite_where=sa.text("gold IS NOT NULL"),
        postgresql_where=sa.text("gold IS NOT NULL"),
    )
    op.create_index("ix_texts_project_differs_number", "texts", ["project", "differs", "number"], unique=False)
    op.create_index("ix_texts_project_handed_in_number", "texts", ["project", "handed_in", "number"], unique=False)
    op.create_index("ix_texts_project_number", "texts", ["project", "number"], unique=False)
    op.create_index("ix_texts_project_takers_rank", "texts", ["project", "takers", "rank"], unique=False)
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("suggestion", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["texts.number"], name="fk_acts_text"),
        sa.PrimaryKeyConstraint("number", name="pk_acts"),
        sa.UniqueConstraint("key", name="uq_acts_key"),
        sa.UniqueConstraint("text", "annotator", "version", name="uq_acts_text_annotator_version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "annotations",
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.String(length=200), nullable=False),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("state", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("suggestion", sa.Integer(), nullable=True),
        sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_annotations_project"),
        sa.ForeignKeyConstraint(["text"], ["texts.number"], name="fk_annotations_text"),
        sa.PrimaryKeyConstraint("text", "annotator", name="pk_annotations"),
    )
    op.create_index(
        "ix_annotations_project_annotator_status_at",
        "annotations",
        ["project", "annotator", "status", "at"],
        unique=False,
    )
    op.create_index(
        "ix_annotations_project_annotator_text", "annotations", ["project", "annotator", "text"], unique=False
    )
    op.create_index("ix_annotations_project_flagged_text", "annotations", ["project", "flagged", "text"], unique=False)
    op.create_index("ix_annotations_project_status_text", "annotations", ["project", "status", "text"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("took", sa.String(length=200), nullable=True),
        sa.Column("annotation", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["texts.number"], name="fk_decisions_text"),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"),
        sa.UniqueConstraint("key", name="uq_decisions_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_text", "decisions", ["text"], unique=False)
    op.create_table(
        "labels",
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("annotator", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_labels_project"),
        sa.ForeignKeyConstraint(["text"], ["texts.number"], name="fk_labels_text"),
        sa.PrimaryKeyConstraint("project", "label", "text", "annotator", name="pk_labels"),
    )
    op.create_index("ix_labels_text_annotator", "labels", ["text", "annotator"], unique=False)
    op.create_table(
        "suggestions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("annotation", sa.JSON(), nullable=False),
        sa.Column("doubt", sa.Float(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["texts.number"], name="fk_suggestions_text"),
        sa.PrimaryKeyConstraint("number", name="pk_suggestions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suggestions_text_source_round", "suggestions", ["text", "source", "round"], unique=False)
