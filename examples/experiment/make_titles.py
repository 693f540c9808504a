"""Make titles.jsonl: headlines of job adverts that nobody wrote, annotated as they are put together.

    python make_titles.py

Each board has its own habits: what stands around the title, and between which signs.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Span = tuple[int, int, str]

JOBS = {
    "design": ["UX Designer", "Product Designer", "UX Researcher", "Content Designer", "Head of Design"],
    "software": ["Software Engineer", "Data Analyst", "Front-end Developer", "Back-end Engineer", "Web Developer"],
    "care": ["Staff Nurse", "Care Assistant", "Occupational Therapist", "Support Worker", "Nurse in Charge"],
    "trades": ["Electrician", "Plumber", "Forklift Driver", "Site Manager", "Bricklayer"],
}
LEVELS = ["Senior", "Junior", "Lead", "Trainee", "Principal", "Mid-weight", "Graduate"]
PIECES = {
    "LOCATION": ["Leeds", "Bristol", "Glasgow", "York", "Newcastle upon Tyne", "Stoke-on-Trent", "Bury St Edmunds"],
    "EMPLOYMENT_TYPE": ["permanent", "contract", "part-time", "full-time", "temporary"],
    "DURATION": ["3 months", "12 months", "6 to 9 months", "at least 18 months"],
    "SALARY": ["£28k - £32k", "£35,000", "£450 a day", "£52k", "£14.20 per hour"],
}
BOARDS = {
    "anvil": "{TITLE} - {LOCATION}",
    "birch": "{LOCATION} - {TITLE}",
    "clover": "{TITLE} ({EMPLOYMENT_TYPE}) {LOCATION}",
    "dune": "{TITLE} | {DURATION} | {EMPLOYMENT_TYPE}",
    "ember": "{TITLE} {LOCATION}",
    "fjord": "{TITLE} in {LOCATION}, {DURATION}",
    "grove": "Urgent! {TITLE}, {SALARY}",
    "heath": "{TITLE}: {LOCATION} / {SALARY}",
}
COUNT = 200


def title(draw: random.Random, domain: str) -> tuple[str, list[Span]]:
    """Draw a title, with a level before it or not; return it with the spans in it."""
    job, level = draw.choice(JOBS[domain]), draw.choice(["", *LEVELS])
    text = f"{level} {job}".strip()
    spans = [(0, len(text), "JOBTITLE"), (len(text) - len(job), len(text), "COREJOBTITLE")]
    return text, [*spans, (0, len(level), "SENIORITY")] if level else spans


def headline(draw: random.Random, board: str, domain: str) -> tuple[str, list[Span]]:
    """Put one headline together, in the board's way; return its text and its spans."""
    text, spans = "", list[Span]()
    for sign, name in re.findall(r"([^{}]*)\{(\w+)\}", BOARDS[board]):
        text += sign
        piece, inside = title(draw, domain) if name == "TITLE" else piece_of(draw, name)
        spans += [(len(text) + start, len(text) + end, label) for start, end, label in inside]
        text += piece
    return text, sorted(spans, key=lambda span: (span[0], -span[1]))


def piece_of(draw: random.Random, label: str) -> tuple[str, list[Span]]:
    """Draw what stands around a title."""
    piece = draw.choice(PIECES[label])
    return piece, [(0, len(piece), label)]


def lines() -> Iterator[dict[str, Any]]:
    """Yield the lines of the file, no headline twice."""
    draw, seen = random.Random(8), set[str]()
    while len(seen) < COUNT:
        board, domain = draw.choice(list(BOARDS)), draw.choice(list(JOBS))
        text, spans = headline(draw, board, domain)
        if text not in seen:
            seen.add(text)
            marked = [{"start": start, "end": end, "label": label} for start, end, label in spans]
            meta = {"domain": domain, "source": board}
            yield {"id": f"made-{len(seen):04}", "text": text, "spans": marked, "meta": meta}


if __name__ == "__main__":
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines())
    Path(__file__).with_name("titles.jsonl").write_text(written, encoding="utf-8")
