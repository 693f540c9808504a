"""A prompt inside an experiment file: the keys are those of a prompt file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textwright.errors import DataError, MissingExtraError, TextwrightError


def checked_prompt(data: Mapping[str, Any], folder: Path, where: str) -> dict[str, Any]:
    """Check a prompt as its file would be, and make its paths whole. Raise `DataError` that says where.

    Examples need no file here: without, they are of the train set.
    """
    from textwright.predictors.prompt_file import checked, prompt_of
    from textwright.references import surroundings

    said = f"{where}, prompt"
    try:
        prompt = checked(data, folder, where=said)
        prompt_of({key: value for key, value in prompt.items() if key != "examples"}, surroundings(), where=said)
    except MissingExtraError:
        return prompt
    except TextwrightError as error:
        raise DataError(str(error) if str(error).startswith(said) else f"{said}: {error}") from error
    return prompt
