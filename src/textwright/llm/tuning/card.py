"""The card beside a training file: how it was made, so that the tuned model is asked in the same words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from textwright.dataset import Dataset
from textwright.errors import DataError
from textwright.llm.calls import Form
from textwright.llm.prompts.prompt import Prompt
from textwright.llm.tuning.checks import Checked, Share
from textwright.llm.tuning.estimate import Estimate
from textwright.llm.tuning.record import write_json
from textwright.trust import parsed_json

VERSION = 1
Card = Mapping[str, Any]
# Shown to two prompts to see whether they ask alike.
PROBE = 'Probe: "two\n  lines" & <text>'


def card_place(file: Path) -> Path:
    """Return where the card of a training file stands."""
    return file.with_name(f"{file.name}.card.json")


def card_of(
    *,
    prompt: Prompt,
    described: Mapping[str, Any],
    data: Dataset,
    checked: Checked,
    shares: Sequence[Share],
    estimate: Estimate,
    form: Form,
    stop: str | None,
    base_model: str | None,
    tests: Sequence[Dataset],
    made_by: str,
    sha256: str,
) -> dict[str, Any]:
    """Gather what is to be known of a training file.

    `described` is the prompt as a prompt file says it, `made_by` the version of textwright.
    """
    return {
        "version": VERSION,
        "textwright": made_by,
        "file_sha256": sha256,
        "form": form,
        "stop": stop,
        "base_model": base_model,
        "epochs": estimate.epochs,
        "prompt": dict(described),
        "question_sha256": question(prompt),
        "template_files": prompt.template.files,
        "schema": prompt.schema.to_data(),
        "data": {"name": data.name, "fingerprint": data.fingerprint, "examples": len(data)},
        "tests": [{"name": each.name, "fingerprint": each.fingerprint, "examples": len(each)} for each in tests],
        "examples": len(checked.examples),
        "left_out": {reason: len(ids) for reason, ids in checked.left_out.items()},
        "labels": {each.label: each.examples for each in shares},
        "tokens": {"epoch": estimate.tokens, "longest": estimate.longest, "exact": estimate.exact},
        "cost": estimate.cost,
    }


def question(prompt: Prompt) -> str:
    """Return the SHA-256 of what a prompt asks: two prompts that ask alike have the same."""
    asked = [(message.role, message.content) for message in prompt.messages(PROBE)]
    return hashlib.sha256(json.dumps([asked, prompt.answer], sort_keys=True).encode()).hexdigest()


def write_card(file: Path, card: Card) -> None:
    """Write the card beside its training file."""
    write_json(card_place(file), card)


def read_card(file: Path, sha256: str) -> Card | None:
    """Read the card beside a training file; None without one. Raise `DataError` when it is of another file."""
    place = card_place(file)
    if not place.exists():
        return None
    try:
        card = parsed_json(place.read_bytes())
    except ValueError as error:
        raise DataError(f"{place}: not a card: {error}") from error
    if type(card) is not dict or card.get("version") != VERSION:
        raise DataError(f"{place}: not a card of version {VERSION}; textwright tune export writes one")
    if card.get("file_sha256") != sha256:
        raise DataError(f"{file}: was changed since {place.name} was written. Export it again, or remove the card")
    return card
