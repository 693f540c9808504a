"""The tables. Acts and decisions are only ever added; `annotations` repeats the last act of each pair.

Times are ISO 8601 in UTC. Offsets within JSON are code points.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

LARGEST = 2**31 - 1  # what a column of whole numbers holds everywhere
KEY_SIZE = 64
LABEL_SIZE = 200
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def now() -> str:
    """Return the time as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


# `former` maps the names that labels had to those that they have now.
PROJECTS = Table(
    "projects",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("schema", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("former", JSON(none_as_null=True)),
)

# `given` is what the file said of the text, `gold` the answer of a gold question. `rank` orders the work, the
# smallest first. `takers` counts the annotators who have the text, `handed_in` those who are done with it;
# `differs` says that what they handed in is not the same. `folded` is the text as it is searched.
TEXTS = Table(
    "texts",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("project", ForeignKey("projects.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False, server_default=""),
    Column("meta", JSON, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("given", JSON(none_as_null=True)),
    Column("gold", JSON(none_as_null=True)),
    Column("rank", Float, nullable=False),
    Column("takers", Integer, nullable=False, server_default="0"),
    Column("handed_in", Integer, nullable=False, server_default="0"),
    Column("differs", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("project", "key"),
    Index(None, "project", "number"),
    Index(None, "project", "takers", "rank"),
    Index(None, "project", "handed_in", "number"),
    Index(None, "project", "differs", "number"),
    Index(
        "ix_texts_gold",
        "project",
        "number",
        sqlite_where=text("gold IS NOT NULL"),
        postgresql_where=text("gold IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

# What an annotator did. `key` is the client's own, so that an act that is sent twice is kept once.
ACTS = Table(
    "acts",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("text", ForeignKey("texts.number"), nullable=False),
    Column("annotator", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("key", String(KEY_SIZE), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("state", JSON, nullable=False),
    Column("suggestion", Integer),
    Column("seconds", Float, nullable=False),
    Column("at", String(32), nullable=False),
    UniqueConstraint("text", "annotator", "version"),
    sqlite_autoincrement=True,
)

# Where each annotator stands with each text: the state after the last act, and how it was shown. A row without
# acts (version 0, status "new") says that the annotator has taken the text. `content` is a fingerprint of the spans
# and categories that are kept: two annotators agree where it is equal.
ANNOTATIONS = Table(
    "annotations",
    METADATA,
    Column("text", ForeignKey("texts.number"), primary_key=True),
    Column("annotator", String(200), primary_key=True),
    Column("project", ForeignKey("projects.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("state", JSON(none_as_null=True)),
    Column("seconds", Float, nullable=False),
    Column("at", String(32), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("suggestion", Integer),
    Column("flagged", Boolean, nullable=False, server_default=false()),
    Column("content", String(64)),
    Index(None, "project", "annotator", "status", "at"),
    Index(None, "project", "annotator", "text"),
    Index(None, "project", "status", "text"),
    Index(None, "project", "flagged", "text"),
)

# Which labels, of spans and categories, an annotator keeps on a text: only for searching.
LABELS = Table(
    "labels",
    METADATA,
    Column("project", ForeignKey("projects.id"), primary_key=True),
    Column("label", String(LABEL_SIZE), primary_key=True),
    Column("text", ForeignKey("texts.number"), primary_key=True),
    Column("annotator", String(200), primary_key=True),
    Index(None, "text", "annotator"),
)

# What a predictor proposed; `source` is its name, `round` counts trainings. `doubt` is high where it is unsure.
SUGGESTIONS = Table(
    "suggestions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("text", ForeignKey("texts.number"), nullable=False),
    Column("source", String(200), nullable=False),
    Column("round", Integer, nullable=False),
    Column("annotation", JSON, nullable=False),
    Column("doubt", Float),
    Column("at", String(32), nullable=False),
    Index(None, "text", "source", "round"),
    sqlite_autoincrement=True,
)

# Trainings in the background, for the curve.
ROUNDS = Table(
    "rounds",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("project", ForeignKey("projects.id"), nullable=False, index=True),
    Column("facts", JSON, nullable=False),
    Column("at", String(32), nullable=False),
    sqlite_autoincrement=True,
)

# What a reviewer made of differing annotations; the latest of a text is in force. `took` names the annotator whose
# side it is, or is null for a third.
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("text", ForeignKey("texts.number"), nullable=False, index=True),
    Column("key", String(KEY_SIZE), nullable=False, unique=True),
    Column("by", String(200), nullable=False),
    Column("took", String(200)),
    Column("annotation", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
    sqlite_autoincrement=True,
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("password", String(300), nullable=False),
    Column("role", String(16), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", String(32), nullable=False),
)

# Tokens are kept as SHA-256 only.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.name"), nullable=False, index=True),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("by", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_by", String(200)),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("who", String(200), nullable=False),
    Column("what", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", String(32), nullable=False),
    Index(None, "what", "number"),
    sqlite_autoincrement=True,
)
