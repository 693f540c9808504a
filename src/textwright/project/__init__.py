"""A project from pasted lines to a model in one's own page: a folder of plain files, and six steps over them.

`files` knows the folder, `workbench` is a project at work, and each step has a folder of its own: `bring`,
`look_for`, `suggest`, `correct`, `judge`, `ship`. Nothing here knows of the web.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textwright.lazy import fetch_names

if TYPE_CHECKING:
    from textwright.project.files import Project
    from textwright.project.opening import open_project

__all__ = ["Project", "open_project"]

fetch_names(__name__, {"files": ("Project",), "opening": ("open_project",)})
