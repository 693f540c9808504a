"""Who sees whose annotations: nobody sees another's before he has handed in his own."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import ColumnElement, and_, false, or_, select

from textwright.store.tables import ANNOTATIONS, TEXTS

Role = Literal["annotator", "reviewer", "owner"]
REVIEWERS: tuple[Role, ...] = ("reviewer", "owner")


def may_see(asker: str, role: Role, *, people: int) -> ColumnElement[bool]:
    """Give the condition, over `texts` and `annotations`, that `asker` may see an annotation.

    One's own always; another's only when it is handed in, and one's own of that text is handed in, too, or one
    is a reviewer and as many have handed in as were asked.
    """
    mine = ANNOTATIONS.alias("mine")
    own = select(mine.c.text).where(mine.c.text == TEXTS.c.number, mine.c.annotator == asker, mine.c.status == "done")
    complete = TEXTS.c.handed_in >= people if role in REVIEWERS else false()
    other = and_(ANNOTATIONS.c.status == "done", or_(own.correlate(TEXTS).exists(), complete))
    return or_(ANNOTATIONS.c.annotator == asker, other)
