"""Names of methods become names of files that every file system takes."""

from __future__ import annotations

import pytest

from textwright.errors import DataError
from textwright.experiment.file.names import LONGEST, refuse_same_slugs, slug


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("network", "network"),
        ("Rules, then network", "rules-then-network"),
        ("  a/b\\c:d*e?  ", "a-b-c-d-e"),
        ("../../etc", "etc"),
        ("Größe Ünïcode", "grosse-unicode"),
        ("职位 1", "职位-1"),
        ("a" * 300, "a" * LONGEST),
        ("a" * (LONGEST - 1) + " b", "a" * (LONGEST - 1)),
        ("***", ""),
    ],
)
def test_name_is_made_safe(name: str, file: str) -> None:
    assert slug(name) == file


def test_long_names_that_are_cut_to_the_same_are_refused() -> None:
    with pytest.raises(DataError, match="would both be kept as"):
        refuse_same_slugs(["a" * 60 + "1", "a" * 60 + "2"], "experiment.toml")
    refuse_same_slugs(["a1", "a2"], "experiment.toml")
