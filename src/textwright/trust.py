"""What is data and what is code, and who may be sent anything: docs/security.md is this module in words.

Texts, schemas, rules, prompts, projects and model folders are data, whoever made them: opening them runs nothing,
sends nothing and writes nothing outside their folder.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from textwright.errors import DataError

# A file of settings; those of the largest model that is shipped have a tenth of that.
MOST_BYTES = 64 * 1024 * 1024


def inside(folder: Path, name: str, *, where: str) -> Path:
    """Return the path of what a file of `folder` names; it must lie in the folder, links followed.

    Raise `DataError` that begins with `where` at an absolute path and at one that leaves the folder.
    """
    path = folder / name
    if Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise DataError(f"{where}: {name} lies outside {folder}. What a file names must stand in its own folder")
    return path


def read_json(path: Path, *, most_bytes: int = MOST_BYTES) -> Any:
    """Read a JSON file that anybody may have made. Raise `DataError` at one that is too large, too deep or no JSON."""
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise DataError(f"{path}: is larger than {most_bytes:,} bytes, which is more than a file of settings has")
        return json.loads(content)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    except RecursionError:
        raise DataError(f"{path}: its brackets nest deeper than any file of ours") from None
    except ValueError as error:
        raise DataError(f"{path}: is no JSON: {error}") from error
