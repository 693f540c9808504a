"""What `textwright tune` shows of jobs, and the prompt file that it writes of a finished one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textwright.cli.telling import say
from textwright.errors import DataError, ModelError, SchemaError
from textwright.references import surroundings

if TYPE_CHECKING:
    from textwright.llm.tuning.record import Submission

COLUMNS = ("job", "status", "base model", "tuned model", "file", "address")


def show(submissions: Sequence[Submission], *, as_json: bool) -> None:
    """Print jobs, as a table or as JSON."""
    rows = [_row(each) for each in submissions]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if rows:
        cells = [[str(row[column.replace(" ", "_")] or "-") for column in COLUMNS] for row in rows]
        for line in _table([list(COLUMNS), *cells]):
            print(line)
    for row in rows:
        if row["error"]:
            print(f"{row['job']}: {row['error']}")


def _row(submission: Submission) -> dict[str, Any]:
    return {
        "job": submission.job,
        "status": submission.status or f"not submitted yet ({submission.step})",
        "base_model": submission.base_model,
        "tuned_model": submission.tuned_model,
        "file": Path(submission.file).name,
        "file_sha256": submission.sha256,
        "address": submission.address,
        "at": submission.at,
        "error": submission.error,
    }


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def tell_use(submission: Submission, write: Path | None) -> None:
    """Say how the tuned model is used, and write its prompt file. Raise `ModelError` for a job that failed."""
    if submission.status == "failed":
        raise ModelError(f"job {submission.job} failed: {submission.error or 'the server gives no reason'}")
    if submission.tuned_model is None or submission.status != "succeeded":
        if write is not None:
            raise DataError(f"job {submission.job} has no model to write a prompt file for: it is {submission.status}")
        return
    if write is None:
        say(f"write what asks {submission.tuned_model}: textwright tune status {submission.job} --write tuned.toml")
        return
    _write(write, submission)
    say(f"{write} is written. Try it: textwright evaluate prompt:{write} DATA")


def _write(path: Path, submission: Submission) -> None:
    """Write the prompt file; where template or schema are not as they were, with copies of what they were."""
    from textwright.llm.tuning.prompt_toml import described, with_copies, write_prompt

    data = described(submission)
    card = submission.card
    assert card is not None
    if not _asks_alike(data, card):
        data = with_copies(path, data, card)
        say(f"template or schema were changed since the export: {data['template']} is as the model learned it")
    write_prompt(path, data)


def _asks_alike(data: Mapping[str, Any], card: Mapping[str, Any]) -> bool:
    """Say whether the template and schema that are named still ask what the training file asked."""
    from textwright.llm.tuning.card import question
    from textwright.predictors.prompt_file import prompt_of

    try:
        asked = question(prompt_of(data, surroundings(), where="the tuned model"))
    except (ModelError, SchemaError, DataError):
        return False
    return asked == str(card["question_sha256"])
