"""What the tests of tuning share."""

from __future__ import annotations

from pathlib import Path

import pytest

from textwright.types import Annotation, Example, Span

ROLES = (
    "Nurse",
    "Baker",
    "Welder",
    "Teacher",
    "Pilot",
    "Roofer",
    "Barber",
    "Judge",
    "Clerk",
    "Diver",
    "Tailor",
    "Miner",
)


def marked(number: int, level: str = "Senior") -> Example:
    role = ROLES[number % len(ROLES)]
    start = len(level) + 1
    spans = (Span(0, len(level), "SENIORITY"), Span(start, start + len(role), "ROLE"))
    return Example(f"t-{number}", f"{level} {role}", Annotation(spans=spans))


@pytest.fixture
def examples() -> list[Example]:
    """Return twelve titles with their level and role marked."""
    return [marked(number) for number in range(12)]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep keys, caches and records of the machine's user out of the tests."""
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
