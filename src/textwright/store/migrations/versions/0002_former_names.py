"""The names that labels had before they were renamed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let a project remember them."""
    op.add_column("projects", sa.Column("former", sa.JSON(none_as_null=True), nullable=True))
