"""The published JSON Schema of experiment files, and the reader as a judge."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema

from textwright.errors import DataError
from textwright.experiment.file.published import schema_text
from textwright.experiment.file.reader import from_data

PUBLISHED = json.loads(schema_text())
DEFS = PUBLISHED["$defs"]
VALID = jsonschema.Draft202012Validator(PUBLISHED)


def refused_by_reader(data: Any, folder: Path = Path("/nowhere")) -> bool:
    try:
        from_data(deepcopy(data), folder / "experiment.toml")
    except DataError:
        return True
    return False
