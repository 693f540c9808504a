"""The table of routes: who may call each, what it takes, what it answers. Nothing else is reached under /api."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from fastapi import Response

from textwright.server.annotation import documents as said
from textwright.server.annotation import files, people, reviews, shapes, work
from textwright.server.annotation.service import Asked, Service
from textwright.store.accounts import Role

Pool = Literal["quick", "texts", "hashing", "files"]
Answer = Callable[[Service, Asked], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `role` is the least that is needed; None lets strangers in, too."""

    method: str
    path: str
    role: Role | None
    answer: Answer
    good: said.Answers
    query: type[shapes.Query] = shapes.NothingAsked
    body: type[shapes.Shape] | None = None
    inside: type[shapes.Query] = shapes.NothingAsked
    pool: Pool = "quick"
    takes_file: bool = False
    problems: tuple[int, ...] = field(default=())

    @property
    def does(self) -> str:
        """Say in a sentence what it does."""
        return (self.answer.__doc__ or "").strip()


ROUTES: tuple[Route, ...] = (
    Route("GET", "/api/project", None, work.project, said.PROJECT),
    Route("POST", "/api/labels", "owner", work.add_label, said.SCHEMA, body=shapes.LabelBody),
    Route("GET", "/api/queue", "annotator", work.queue, said.QUEUE, shapes.QueueQuery, pool="texts"),
    Route("GET", "/api/over", "annotator", work.over, said.OVER, shapes.OverQuery),
    Route("GET", "/api/texts", "annotator", work.rows, said.ROWS, shapes.RowsQuery),
    Route("GET", "/api/texts/{number}", "annotator", work.text, said.TEXT, inside=shapes.TextPath, problems=(404,)),
    Route("GET", "/api/history", "annotator", work.history, said.HISTORY, shapes.HistoryQuery),
    Route("POST", "/api/acts", "annotator", work.acts, said.RESULTS, body=shapes.ActsBody),
    Route("GET", "/api/progress", "annotator", work.progress, said.PROGRESS),
    Route("GET", "/api/agreement", "reviewer", reviews.agreement, said.AGREEMENT, pool="files"),
    Route(
        "GET", "/api/disagreements", "reviewer", reviews.disagreements, said.DISAGREEMENTS, shapes.DisagreementsQuery
    ),
    Route(
        "POST",
        "/api/decisions",
        "reviewer",
        reviews.decide,
        said.DECIDED,
        body=shapes.DecisionBody,
        problems=(409,),
    ),
    Route("GET", "/api/notes", "annotator", reviews.notes, said.NOTES, shapes.NotesQuery),
    Route(
        "GET",
        "/api/export",
        "reviewer",
        files.export,
        said.EXPORT,
        shapes.ExportQuery,
        pool="files",
        problems=(409, 501),
    ),
    Route(
        "POST",
        "/api/import",
        "owner",
        files.import_file,
        said.IMPORTED,
        shapes.ImportQuery,
        pool="files",
        takes_file=True,
        problems=(501,),
    ),
    Route(
        "POST",
        "/api/session",
        None,
        people.enter,
        said.NOTHING,
        body=shapes.SessionBody,
        pool="hashing",
        problems=(401, 409),
    ),
    Route("DELETE", "/api/session", None, people.leave, said.NOTHING),
    Route("POST", "/api/invitations", "owner", people.make_invitation, said.INVITATION, body=shapes.InvitationBody),
    Route(
        "POST",
        "/api/accounts",
        None,
        people.accept_invitation,
        said.NOTHING,
        body=shapes.JoinBody,
        pool="hashing",
        problems=(410,),
    ),
    Route(
        "POST",
        "/api/password",
        "annotator",
        people.new_password,
        said.NOTHING,
        body=shapes.PasswordBody,
        pool="hashing",
        problems=(409,),
    ),
    Route("GET", "/api/accounts", "owner", people.accounts, said.ACCOUNTS),
    Route(
        "PATCH",
        "/api/accounts/{name}",
        "owner",
        people.change,
        said.ACCOUNT,
        body=shapes.AccountBody,
        inside=shapes.AccountPath,
        problems=(404, 409),
    ),
    Route("GET", "/api/audit", "owner", people.audit, said.AUDIT, shapes.AuditQuery),
)
