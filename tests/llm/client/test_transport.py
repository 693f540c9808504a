"""The connection: through TLS and proxies, with the same limits; and what is said when a package is missing."""

from __future__ import annotations

import ipaddress
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.llm.client.conftest import KEY, Talk, talk
from tests.llm.servers import Act, Server, drip, says
from textwright.errors import CallError, MissingExtraError, ModelError
from textwright.llm.calls import Message, Request
from textwright.llm.client.client import Client


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a certificate for 127.0.0.1 that only who is told to trusts, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
    now = datetime.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(pem))
    return path


class TlsServer(Server):
    """A server behind TLS."""

    def __init__(self, certificate: Path, *acts: Act) -> None:
        super().__init__(*acts)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)

    @property
    def origin(self) -> str:
        return super().origin.replace("http://", "https://")


@contextmanager
def tls_talk(certificate: Path, *acts: Act, **options: object) -> Iterator[Talk]:
    with TlsServer(certificate, *acts) as server:
        talking = Talk(server, **options)
        try:
            yield talking
        finally:
            talking.client.close()


def test_a_trusted_certificate_is_asked(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_talk(certificate, says("Hello"), key=KEY) as talking:
        assert talking.ask().text == "Hello"
    assert talking.server.received[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_stranger_does_not_get_the_key(certificate: Path) -> None:
    with tls_talk(certificate, says("Hello"), key=KEY) as talking:
        error = talking.fault()
    assert (error.kind, error.final, talking.time.waits, talking.server.received) == ("connection", True, [], [])
    assert "no certificate that this machine trusts" in error.reason


def test_a_drip_through_tls_has_the_same_limit(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_talk(certificate, drip(), attempts=1, timeout=1.0) as talking:
        assert talking.fault().kind == "timeout"


def ask(client: Client) -> str:
    return client.complete(Request(client.address, "talker", (Message("user", "Hello?"),))).text


def test_the_systems_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(says("by proxy")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.origin.replace("http://", "http://anna:s3cret@"))
        monkeypatch.setenv("no_proxy", "other.example.org")
        with Client("http://models.example.org") as client:
            assert ask(client) == "by proxy"
    assert proxy.received[0].path == "http://models.example.org/v1/chat/completions"
    assert proxy.received[0].headers["proxy-authorization"].startswith("Basic ")


def test_this_machine_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(says("by proxy")) as proxy, talk(says("direct")) as talking:
        monkeypatch.setenv("http_proxy", proxy.origin)
        with Client(talking.server.address) as client:
            assert ask(client) == "direct"
    assert proxy.received == []


def test_a_proxy_that_does_not_answer_keeps_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://anna:s3cret@127.0.0.1:9")
    with Client("http://models.example.org", attempts=1) as client, pytest.raises(CallError) as caught:
        ask(client)
    assert caught.value.kind == "connection"
    assert "s3cret" not in caught.value.reason


def test_a_proxy_of_another_kind_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://anna:s3cret@127.0.0.1:9")
    with pytest.raises(ModelError, match="socks5 proxy") as caught:
        Client("http://models.example.org")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("package", ["openai", "tenacity"])
def test_a_missing_package_is_named_with_its_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "textwright.llm.client.transport", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"{package} is not installed.*textwright\[llm\]"):
        Client("localhost:8000")
