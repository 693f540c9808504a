"""What Alembic runs: the migrations, on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from textwright.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
context.run_migrations()
