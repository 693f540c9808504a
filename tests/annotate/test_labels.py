from __future__ import annotations

import pytest

from textwright.annotate.labels import with_label
from textwright.errors import SchemaError
from textwright.schema import Schema


def keys(*names: str) -> list[str | None]:
    schema = Schema()
    for name in names:
        schema = with_label(schema, name)
    return [label.key for label in schema.labels]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["CITY"], ["c"]),
        (["CITY", "COUNTRY"], ["c", "o"]),
        (["aa", "aaa"], ["a", "b"]),
        (["Ort", "Straße", "日本"], ["o", "s", "a"]),
    ],
)
def test_label_gets_a_free_letter(names: list[str], expected: list[str]) -> None:
    assert keys(*names) == expected


def test_27th_label_has_no_key() -> None:
    assert keys(*[f"L{i}" for i in range(27)])[-1] is None


@pytest.mark.parametrize("name", ["", " CITY", "CITY"])
def test_wrong_name_is_refused(name: str) -> None:
    with pytest.raises(SchemaError):
        with_label(with_label(Schema(), "CITY"), name)
