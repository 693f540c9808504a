"""What requests hold. A key that is not named here is refused, and so is a value of another type."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from textwright.store.accounts import LONGEST_NAME, LONGEST_PASSWORD, Role
from textwright.store.acts import Kind

MOST = 2**31 - 1
NO_NUL = r"^[^\x00]*$"
Number = Annotated[int, Field(ge=1, le=MOST)]
Count = Annotated[int, Field(ge=0, le=MOST)]
Word = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Prose = Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
KEY = re.compile("[A-Za-z0-9._:-]{1,64}")
Key = Annotated[str, StringConstraints(pattern=f"^{KEY.pattern}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=NO_NUL)]
Password = Annotated[str, StringConstraints(max_length=LONGEST_PASSWORD, pattern=NO_NUL)]
Token = Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]


class Shape(BaseModel):
    """A body: exactly these keys, no value bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Query(BaseModel):
    """What stands behind the question mark: exactly these names, each once."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanShape(Shape):
    """A span in code points."""

    start: Count
    end: Number
    label: Word
    score: float | None = None


class CategoryShape(Shape):
    """An answer to a task."""

    task: Word
    label: Word
    score: float | None = None


Spans = Annotated[list[SpanShape], Field(max_length=10_000)]
Categories = Annotated[list[CategoryShape], Field(max_length=1_000)]


class ProposedShape(Shape):
    """What is still shown as a suggestion."""

    spans: Spans
    categories: Categories


class StateShape(Shape):
    """What an annotator has made of a text."""

    spans: Spans
    categories: Categories
    proposed: ProposedShape
    note: Prose
    flagged: bool


class ActShape(Shape):
    """Something that an annotator did. `key` is the client's own: an act that comes twice is kept once."""

    key: Key
    text: Number
    base: Count
    kind: Kind
    state: StateShape
    suggestion: Number | None = None
    seconds: float = Field(0.0, ge=0, le=86_400)


class ActsBody(Shape):
    """Acts in the order in which they were done. Each is checked by itself: one that is wrong holds up no other."""

    acts: list[Annotated[dict[str, Any], WithJsonSchema({"$ref": "#/components/schemas/ActShape"})]]


class DecisionBody(Shape):
    """What a reviewer made of differing annotations; `took` is the annotator whose side it is, or null."""

    key: Key
    text: Number
    base: Count
    took: Word | None = None
    spans: Spans | None = None
    categories: Categories | None = None
    reason: Prose = ""


class LabelBody(Shape):
    """A new label for spans, and what it marks."""

    name: Name
    meaning: Prose = ""


class SessionBody(Shape):
    """Who logs in."""

    name: Name
    password: Password


class InvitationBody(Shape):
    """For which role, and for how many days the link holds."""

    role: Role = "annotator"
    days: int = Field(7, ge=1, le=90)


class JoinBody(Shape):
    """The word from an invitation's link, and how the new person is called."""

    invitation: Token
    name: Name
    password: Password


class PasswordBody(Shape):
    """One's own password as it is, and as it shall be."""

    current: Password
    new: Password


class AccountBody(Shape):
    """What becomes of an account."""

    role: Role | None = None
    disabled: bool | None = None


class NothingAsked(Query):
    """No parameters."""


class TextPath(Query):
    """A text."""

    number: Number


class AccountPath(Query):
    """An account."""

    name: Name


class QueueQuery(Query):
    """How many texts; `skip` are the numbers that the page has already, with commas between."""

    limit: int = Field(300, ge=1, le=1_000)
    skip: Annotated[str, StringConstraints(pattern=r"^([0-9]{1,9}(,[0-9]{1,9})*)?$")] = ""


class OverQuery(Query):
    """Numbers of texts, with commas between."""

    texts: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}(,[0-9]{1,9})*$")]


class RowsQuery(Query):
    """Which texts."""

    query: Word | None = None
    label: Word | None = None
    annotator: Word | None = None
    status: Literal["new", "begun", "done", "skipped"] | None = None
    flagged: bool | None = None
    disagreement: bool | None = None
    after: Count = 0
    limit: int = Field(50, ge=1, le=200)


class DisagreementsQuery(Query):
    """Which differing texts: those not decided yet, or those that are."""

    after: Count = 0
    limit: int = Field(20, ge=1, le=100)
    decided: bool = False


class NotesQuery(Query):
    """In which form."""

    format: Literal["json", "markdown"] = "json"


class HistoryQuery(Query):
    """Of which text."""

    text: Number


class AuditQuery(Query):
    """Entries after this one: the first of them, or the newest."""

    after: Count = 0
    limit: int = Field(200, ge=1, le=1_000)
    newest: bool = False


class ExportQuery(Query):
    """Which annotations, in which format. `lossy` leaves out what the format cannot hold."""

    format: Word = "jsonl"
    which: Literal["annotators", "gold"] = "annotators"
    status: Literal["any", "done"] = "any"
    lossy: bool = False


class ImportQuery(Query):
    """How the file is called, and its format where name and content do not tell; `column` holds a table's text."""

    name: Word = "import"
    format: Word | None = None
    column: Word = "text"


def plain(shape: BaseModel) -> dict[str, Any]:
    """Return a shape as plain data; a score only where there is one."""
    return shape.model_dump(exclude_none=True)
