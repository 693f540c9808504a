"""Where templates for language models are looked for, beside the package's own."""

from __future__ import annotations

from pathlib import Path

from textwright import packs
from textwright.llm.prompts.template import user_folder

FOLDER = "prompts"


def template_folders() -> list[Path]:
    """Return the user's folder, then the folder `prompts` beside the sample of each installed pack."""
    return [user_folder(), *(packs.open_pack(name).sample.parent / FOLDER for name in packs.installed())]
