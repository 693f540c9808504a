"""One way to write each server's address."""

from __future__ import annotations

import pytest

from textwright.addresses import is_openai, is_overheard, normalised
from textwright.errors import ModelError


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        (" HTTPS://API.OpenAI.com:443/v1 ", "https://api.openai.com/v1"),
        ("http://localhost:80", "http://localhost/v1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("[::1]:8000", "http://[::1]:8000/v1"),
        ("openrouter.ai/api/v1", "https://openrouter.ai/api/v1"),
        ("https://example.org/v1/chat/completions", "https://example.org/v1"),
        ("https://example.org/v1/completions/", "https://example.org/v1"),
        ("https://example.org/chat/completions", "https://example.org/v1"),
        ("https://example.org/v1beta/openai/", "https://example.org/v1beta/openai"),
    ],
)
def test_an_address_is_written_in_one_way(address: str, expected: str) -> None:
    assert normalised(address) == expected
    assert normalised(expected) == expected


@pytest.mark.parametrize(
    "address",
    [
        *("", "http://", "https://:8000", "ftp://example.org", "file:///etc/passwd", "http://example.org:port"),
        *("http://example.org:99999", "http://exam ple.org", "https://example.org/v1?key=1", "https://example.org/#a"),
        *("http://[::1", "https://example.org\\@elsewhere.example", "java script:x", "https://exa\nmple.org"),
    ],
)
def test_what_is_no_address_is_refused_with_one_that_is(address: str) -> None:
    with pytest.raises(ModelError, match=r"Expected one like|Leave it out"):
        normalised(address)


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(ModelError, match=r"example\.org.*keyring") as caught:
        normalised("https://anna:s3cret@example.org/v1")
    assert "s3cret" not in str(caught.value)
    assert "anna" not in str(caught.value)


def test_only_openai_over_tls_is_openai() -> None:
    assert is_openai("https://api.openai.com/v1")
    assert not any(
        is_openai(address)
        for address in ("http://api.openai.com/v1", "https://api.openai.com:444/v1", "https://xapi.openai.com/v1")
    )


def test_only_what_leaves_this_machine_without_tls_is_overheard() -> None:
    overheard = [
        address
        for address in ("http://localhost/v1", "http://127.0.0.9/v1", "http://gpu:8000/v1", "https://gpu:8000/v1")
        if is_overheard(address)
    ]
    assert overheard == ["http://gpu:8000/v1"]
