"""What /openapi.json says of the answers of the steps."""

from __future__ import annotations

from textwright.server.annotation.documents import FREE, Answers

FREE_ANSWER: Answers = {"200": {"description": "The answer", "content": {"application/json": {"schema": FREE}}}}
