"""A way to the log-ins in the audit log, of which the oldest are dropped."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Find what happened by its kind."""
    op.create_index("ix_audit_what_number", "audit", ["what", "number"])
