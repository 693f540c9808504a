"""The first tables."""

from __future__ import annotations

from alembic import op

from textwright.store.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    METADATA.create_all(op.get_bind())
