"""Where templates for language models are looked for, beside the package's own."""

from __future__ import annotations

from pathlib import Path

from textwright import packs
from textwright.errors import MissingExtraError
from textwright.llm.prompts.template import user_folder

FOLDER = "prompts"


def template_folders() -> list[Path]:
    """Return the user's folder, then the folder `prompts` beside the sample of each installed pack.

    Without the extra that says where the user's folder is, there is none.
    """
    found = [packs.open_pack(name).sample.parent / FOLDER for name in packs.installed()]
    try:
        return [user_folder(), *found]
    except MissingExtraError:
        return found
