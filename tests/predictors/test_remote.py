"""A served model is a predictor: asked over a real port, of our own server and of one that misbehaves as it is told."""

from __future__ import annotations

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.server.conftest import Moody
from textwright import trust
from textwright.cli import main
from textwright.dataset import Dataset
from textwright.errors import ModelError, PredictionError
from textwright.evaluate import evaluate
from textwright.predictor import answers
from textwright.predictors import remote, remote_connections, remote_server
from textwright.predictors.remote import RemotePredictor, batches, open_remote
from textwright.predictors.remote_places import proxy_for
from textwright.predictors.remote_server import Server
from textwright.references import open_model
from textwright.schema import Schema, schema_of
from textwright.server.app import create_app
from textwright.server.hosted import Hosted, host, open_hosted
from textwright.server.limits import Limits
from textwright.server.run import address, bind
from textwright.testing import check_predictor
from textwright.types import Annotation, Answer, Problem, Span

KEY = "sk-very-secret"
LONG = "x" * 2_000
SCHEMA = schema_of(["TOWN"], tasks={"mood": ["good"]})


class Telling(Moody):
    """Says which words decided."""

    def answer(self, texts: Sequence[str]) -> list[Answer]:
        return [
            Answer(each, notes={"evidence": [{"start": 0, "end": 1, "label": "good"}]}) for each in self.predict(texts)
        ]


@contextmanager
def served(models: Sequence[Hosted], **limits: int) -> Iterator[str]:
    """Serve models from a thread; give the address of the interface."""
    with bind("127.0.0.1", 0) as listening:
        app = create_app(models, limits=Limits(**limits))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"{address(listening)}v1"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    models = [*open_hosted(["job_titles", "job_titles.rules"]), host("moody", Moody()), host("telling", Telling())]
    with served(models, texts=100, length=1_000_000) as found:
        yield found


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    """Give a server that takes three short texts at once."""
    with served([host("moody", Moody())], texts=3, length=1_000) as found:
        yield found


# --- of our own server ----------------------------------------------------------------------


def test_it_keeps_the_contract_of_a_predictor(url: str) -> None:
    check_predictor(open_model(f"{url}/models/job_titles"))


def test_it_says_what_the_model_says_that_is_served(url: str) -> None:
    here, there = open_model("job_titles"), open_model(f"{url}/models/job_titles/")
    texts = ["Senior UX Researcher, Edinburgh 👩‍💻 Leeds", "", "\ud800 Nurse"]
    assert (there.schema, there.predict(texts)) == (here.schema, here.predict(texts))


def test_texts_without_an_answer_spoil_no_other(url: str) -> None:
    model = open_model(f"{url}/models/moody")
    found = list(answers(model, ["a", "fail", "b"]))
    assert [each.problem for each in found] == [None, Problem("prediction", "it said so"), None]
    with pytest.raises(PredictionError, match="text 1: it said so"):
        model.predict(["a", "fail"])


def test_a_text_that_makes_the_server_fail_spoils_no_other(url: str) -> None:
    found = list(answers(open_model(f"{url}/models/moody"), ["a", "b", "crash", "c"]))
    assert [each.annotation is None for each in found] == [False, False, True, False]


def test_what_decided_stands_in_the_notes_as_it_is_sent(url: str) -> None:
    [answer] = answers(open_model(f"{url}/models/telling"), ["ok"])
    assert answer.notes == {"evidence": [{"start": 0, "end": 1, "label": "good"}]}


def test_a_text_too_long_for_the_server_spoils_no_other(strict: str) -> None:
    found = list(answers(open_model(f"{strict}/models/moody"), [*"abcdefgh", LONG, *"ijkl"]))
    assert [place for place, each in enumerate(found) if each.annotation is None] == [8]
    assert "at most 1000 are allowed" in str(found[8].problem)


def test_many_texts_come_back_in_order_while_few_are_taken(url: str) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for place in range(5_000):
            taken += 1
            yield "fail" if place % 7 == 0 else f"text {place}"

    found = answers(open_model(f"{url}/models/moody"), texts())
    assert next(found).problem is not None
    assert taken < 2_000
    assert [place for place, each in enumerate(found, start=1) if each.problem] == list(range(7, 5_000, 7))


def test_it_is_judged_like_any_other(url: str, sample: Path) -> None:
    here, there = (
        evaluate(open_model(name), Dataset.read(sample)) for name in ("job_titles", f"{url}/models/job_titles")
    )
    assert there.to_data()["exact"] == here.to_data()["exact"]
    assert there.to_data()["failed"] == 0


def test_it_is_compared_and_asked_by_the_command_line(url: str, sample: Path, capsys: Any) -> None:
    model = f"{url}/models/job_titles.rules"
    assert main(["compare", "job_titles.rules", model, "--data", str(sample)]) == 0
    assert main(["predict", model, str(sample)]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 12


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Write a dozen of the pack's samples."""
    path = tmp_path / "sample.jsonl"
    whole = Path(remote.__file__).parents[1] / "packs/job_titles/sample.jsonl"
    path.write_text("".join(whole.read_text("utf-8").splitlines(keepends=True)[:12]), "utf-8")
    return path


def test_a_cascade_may_ask_it(url: str, tmp_path: Path) -> None:
    trust.confirm(url)
    step = f'[[step]]\nmodel = "{url}/models/job_titles'
    (tmp_path / "both.toml").write_text(f'{step}.rules"\npass_on = "empty"\n{step}"\n')
    found = open_model(f"cascade:{tmp_path / 'both.toml'}").predict(["", "Nurse"])
    assert found == [Annotation(spans=()), Annotation((Span(0, 5, "COREJOBTITLE"), Span(0, 5, "JOBTITLE")))]


def test_it_can_be_served_again(url: str) -> None:
    trust.confirm(url)
    with served(open_hosted([f"{url}/models/telling"])) as outer:
        again = open_model(f"{outer}/models/telling")
        assert list(answers(again, ["a", "b"])) == list(answers(open_model(f"{url}/models/telling"), ["a", "b"]))


@pytest.mark.parametrize("name", ["/models/nurses", "", "/models"])
def test_a_wrong_name_is_told_what_there_is(url: str, name: str) -> None:
    with pytest.raises(ModelError, match=r"Models there: http://.*/v1/models/job_titles, "):
        open_model(url + name)


def test_probabilities_are_not_pretended(url: str) -> None:
    assert not hasattr(open_model(f"{url}/models/job_titles"), "score")


# --- of a server that misbehaves ------------------------------------------------------------

Script = Callable[["Told"], None]


class Told(BaseHTTPRequestHandler):
    """Answers as the test's list says, then as our server would."""

    protocol_version = "HTTP/1.1"
    server: Stage

    def do_GET(self) -> None:
        self.server.asked.append(self)
        self.reply(200, {"models": [{"name": "tiny", "folder": None, "schema": SCHEMA.to_data()}]})

    def do_POST(self) -> None:
        self.server.asked.append(self)
        self.texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["texts"]
        act = self.server.script.pop(0) if self.server.script else right
        act(self)

    def reply(self, status: int, data: Any, **headers: str) -> None:
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Stage(ThreadingHTTPServer):
    """A server with a script, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Told)
        self.script: list[Script] = []
        self.asked: list[Told] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


def right(told: Told) -> None:
    told.reply(200, {"annotations": [{"spans": [], "categories": []} for _ in told.texts]})


def says(status: int, data: Any, **headers: str) -> Script:
    return lambda told: told.reply(status, data, **headers)


def hangs_up(told: Told) -> None:
    told.close_connection = True
    told.connection.shutdown(socket.SHUT_RDWR)


def closes_after(told: Told) -> None:
    """Answer, and close a connection that it promised to keep, as one does after some seconds without a request."""
    right(told)
    told.close_connection = True


def breaks_off(told: Told) -> None:
    told.send_response(200)
    told.send_header("Content-Length", "500")
    told.end_headers()
    told.wfile.write(b'{"annotations": [')
    told.close_connection = True


def drips(told: Told) -> None:
    told.send_response(200)
    told.send_header("Content-Length", "500")
    told.end_headers()
    for _ in range(20):
        told.wfile.write(b" ")
        time.sleep(0.03)
    told.close_connection = True


def packed(told: Told) -> None:
    content = gzip.compress(json.dumps({"annotations": [{"spans": []} for _ in told.texts]}).encode())
    told.reply(200, content, Content_Encoding="gzip")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage() as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let nobody wait, and note for how long they would have."""
    found: list[float] = []
    monkeypatch.setattr(Server.__init__, "__kwdefaults__", {"key": None, "timeout": 0.3, "wait": found.append})
    for name in [name for name in os.environ if name.lower().endswith("_proxy") or name.startswith("TEXTWRIGHT_API")]:
        monkeypatch.delenv(name)
    return found


@pytest.fixture
def model(stage: Stage, waited: list[float]) -> RemotePredictor:
    return open_remote(f"{stage.url}/models/tiny")


NOTHING = Annotation(spans=(), categories=())


def test_a_busy_server_is_waited_for_as_it_asks(model: RemotePredictor, stage: Stage, waited: list[float]) -> None:
    stage.script = [
        says(503, {}, Retry_After="7"),
        says(429, {}, Retry_After="Thu, 01 Jan 2099 00:00:00 GMT", Date="Wed, 31 Dec 2098 23:59:51 GMT"),
    ]
    assert model.predict(["a"]) == [NOTHING]
    assert waited == [7.0, 9.0]


def test_a_server_that_stays_busy_is_left_at_last(model: RemotePredictor, stage: Stage, waited: list[float]) -> None:
    stage.script = [says(503, {"detail": "too many requests wait"})] * remote_server.BUSY
    [answer] = model.answer(["a"])
    assert answer.problem == Problem("busy", f"{stage.url} answered 503: too many requests wait")
    assert len(waited) == remote_server.BUSY - 1


def test_nobody_waits_for_an_hour(model: RemotePredictor, stage: Stage, waited: list[float]) -> None:
    stage.script = [says(503, {}, Retry_After="3600")]
    assert "asks to wait for 3,600 seconds" in str(model.answer(["a"])[0].problem)
    assert waited == []


@pytest.mark.parametrize("act", [hangs_up, breaks_off, drips, says(502, b"<html>")])
def test_what_fails_once_is_asked_again(model: RemotePredictor, stage: Stage, waited: list[float], act: Script) -> None:
    stage.script = [act]
    assert model.predict(["a"]) == [NOTHING]
    assert len(waited) == (act is not hangs_up)  # which looks like a connection that was closed meanwhile


def test_a_server_that_is_late_each_time_is_told_of(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [drips] * remote_server.LATE
    assert model.answer(["a"])[0].problem == Problem("timeout", f"{stage.url} did not answer in 0.3 seconds")


def test_a_server_that_goes_is_not_asked_for_each_text(
    model: RemotePredictor, stage: Stage, waited: list[float]
) -> None:
    stage.script = [hangs_up] * 1_000
    found = list(model.stream(str(number) for number in range(20_000)))
    assert len(found) == 20_000
    assert {each.problem.kind for each in found if each.problem} == {"connection"}
    assert len(stage.asked) <= 1 + 2 * remote_server.BROKEN * model.concurrency


def test_nobody_there_is_said_soon(waited: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ModelError, match=r"cannot be reached: Connection refused. Is the server running\?"):
        open_model(f"http://127.0.0.1:{port}/v1/models/x")
    assert len(waited) == remote_server.NEVER - 1


def test_a_connection_is_used_again(model: RemotePredictor, stage: Stage) -> None:
    for _ in range(3):
        model.predict(["a"])
    assert len({each.client_address for each in stage.asked}) == 1


def test_a_connection_that_was_closed_meanwhile_costs_no_wait(
    model: RemotePredictor, stage: Stage, waited: list[float]
) -> None:
    stage.script = [closes_after]
    assert [model.predict(["a"]), model.predict(["b"])] == [[NOTHING]] * 2
    assert waited == []


def test_an_answer_may_be_packed(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [packed]
    assert model.predict(["a", "b"]) == [Annotation(spans=())] * 2


def test_an_answer_that_is_packed_wrongly_is_refused(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [says(200, b"{}", Content_Encoding="gzip")]
    assert "packed wrongly" in str(model.answer(["a"])[0].problem)


def test_an_answer_has_a_largest_size(model: RemotePredictor, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_connections, "LARGEST", 1_000)
    stage.script = [says(200, gzip.compress(b" " * 100_000), Content_Encoding="gzip")]
    assert model.answer(["a"])[0].problem == Problem("too_much", "the server's answer has more than 1,000 bytes")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"<html>", 'it begins with "<html>"'),
        (b"[" * 100_000, "it begins with"),
        ([1], "no annotations for 1 texts"),
        ({"annotations": []}, "0 annotations for 1 texts"),
        ({"annotations": [7]}, "an annotation is int, expected an object"),
        ({"annotations": [{"spans": [{"start": 0, "end": 9, "label": "TOWN"}]}]}, "does not fit in the text"),
        ({"annotations": [{"spans": [{"start": 0}]}]}, "a span is not an object with start, end and label"),
        ({"annotations": [{"categories": [{"task": "mood"}]}]}, "a category is not an object with task and label"),
        ({"annotations": [{}]}, "an annotation has neither spans nor categories nor an error"),
        ({"annotations": [{"spans": None}]}, "an annotation has neither spans nor categories nor an error"),
        ({"annotations": [{"error": "x"}]}, "an error is not an object with kind and reason"),
        ({"annotations": [{"error": {"kind": 7}}]}, "an error is not an object with kind and reason"),
        ({"annotations": [{"spans": [], "evidence": "junk"}]}, "the evidence: the key 'spans' is str"),
        (
            {"annotations": [{"spans": [], "evidence": [{"start": 0, "end": 999, "label": "good"}]}]},
            "the evidence: span [0, 999) does not fit in the text of 1 code points",
        ),
        (
            {"annotations": [{"spans": [{"start": 0, "end": 1, "label": "LAKE"}]}]},
            "unknown label 'LAKE'. Known labels: TOWN",
        ),
        ({"annotations": [{"categories": [{"task": "mood", "label": "odd"}]}]}, "unknown label 'odd' of task mood"),
        (
            {"annotations": [{"categories": [{"task": "hue", "label": "good"}]}]},
            "unknown task 'hue'. Known tasks: mood",
        ),
    ],
)
def test_an_answer_of_another_shape_is_named(model: RemotePredictor, stage: Stage, body: Any, found: str) -> None:
    stage.script = [says(200, body)]
    problem = model.answer(["a"])[0].problem
    assert problem is not None
    assert problem.kind == "bad_answer"
    assert f"{stage.url} did not answer as a textwright server does" in problem.reason
    assert found in problem.reason


def test_a_model_with_an_open_schema_may_use_any_label(
    stage: Stage, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"models": [{"name": "tiny", "schema": Schema(open=True).to_data()}]}
    monkeypatch.setattr(Told, "do_GET", says(200, data))
    stage.script = [says(200, {"annotations": [{"spans": [{"start": 0, "end": 1, "label": "LAKE"}]}]})]
    assert open_model(f"{stage.url}/models/tiny").predict(["a"]) == [Annotation((Span(0, 1, "LAKE"),))]


@pytest.mark.parametrize(
    "body",
    [b"<html>", {"models": 7}, {"models": [{"name": "tiny"}]}, {"models": [{"name": "tiny", "schema": {"labels": 3}}]}],
)
def test_a_list_of_models_of_another_shape_is_named(
    stage: Stage, waited: list[float], monkeypatch: pytest.MonkeyPatch, body: Any
) -> None:
    monkeypatch.setattr(Told, "do_GET", says(200, body))
    with pytest.raises(ModelError, match="did not answer as a textwright server does"):
        open_model(f"{stage.url}/models/tiny")


def test_a_model_that_is_gone_is_told_with_those_there_are(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [says(404, {"detail": "no model is called 'tiny'. Served models: large"})]
    assert "Served models: large" in str(model.answer(["a"])[0].problem)


# --- keys, redirects, proxies ---------------------------------------------------------------


@pytest.fixture
def keyed(stage: Stage, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> RemotePredictor:
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", KEY)
    return open_remote(f"{stage.url}/models/tiny")


def test_the_key_is_sent_and_never_shown(keyed: RemotePredictor, stage: Stage) -> None:
    stage.script = [says(401, {"detail": f"wrong key {KEY}"})]
    [answer] = keyed.answer(["a"])
    assert stage.asked[-1].headers["Authorization"] == f"Bearer {KEY}"
    assert "the key is not the right one" in str(answer.problem)
    assert KEY not in f"{answer}{keyed}"


def test_a_missing_key_is_asked_for(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [says(401, {"detail": "who are you?"})]
    assert "it wants a key: set TEXTWRIGHT_API_KEY" in str(model.answer(["a"])[0].problem)


def test_a_redirect_is_followed_without_the_key(keyed: RemotePredictor, stage: Stage) -> None:
    with Stage() as other:
        threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        stage.script = [says(307, b"", Location=f"{other.url}/elsewhere")]
        assert keyed.predict(["a"]) == [NOTHING]
        assert [(each.path, each.headers["Authorization"]) for each in other.asked] == [("/v1/elsewhere", None)]
        other.shutdown()


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ([says(301, b"", Location="https://example.org/v1")], "is now https://example.org/v1: name that"),
        ([says(308, b"", Location="ftp://example.org")], "redirects to ftp://example.org, which is not followed"),
        ([says(308, b"", Location="/v1/models/tiny/predict")] * 9, "redirects without end"),
        *(
            ([says(307, b"", Location=place)], f"redirects to {place}, which is not followed")
            for place in ("http://127.0.0.1:99999/x", "http://[::1/x", f"http://{'a' * 70}.example/", "https:///x")
        ),
    ],
)
def test_a_redirect_that_is_not_followed_is_told(
    model: RemotePredictor, stage: Stage, script: list[Script], found: str
) -> None:
    stage.script = script
    assert found in str(model.answer(["a"])[0].problem)


def test_a_redirect_may_be_written_in_any_script(model: RemotePredictor, stage: Stage) -> None:
    stage.script = [says(307, b"", Location="/m\u00f3del x")]
    assert model.predict(["a"]) == [NOTHING]
    assert stage.asked[-1].path == "/m%F3del%20x"


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 70}.example", "\udc80"])
def test_a_host_that_cannot_be_is_told(waited: list[float], host: str) -> None:
    with pytest.raises(ModelError, match="no server can have this address"):
        open_model(f"http://{host}/v1/models/tiny")
    assert waited == []


def test_an_address_may_be_written_in_any_script_and_case(stage: Stage, waited: list[float]) -> None:
    assert open_model(f"HTTP://127.0.0.1:{stage.server_port}/m\u00f6dels/models/tiny").predict(["a"]) == [NOTHING]
    assert stage.asked[-1].path == "/m%C3%B6dels/models/tiny/predict"


def test_a_proxy_is_asked_as_the_environment_says(
    stage: Stage, waited: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:pass@127.0.0.1:{stage.server_port}")
    monkeypatch.setenv("no_proxy", "")
    model = open_remote("http://models.invalid/v1/models/tiny")
    assert model.predict(["a"]) == [NOTHING]
    assert stage.asked[-1].path == "http://models.invalid/v1/models/tiny/predict"
    assert stage.asked[-1].headers["Proxy-Authorization"] == "Basic bWU6cGFzcw=="
    assert proxy_for(("http", "localhost", 80)) is None


def test_a_proxy_of_another_kind_is_refused(waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1")
    with pytest.raises(ModelError, match=r"names a socks5 proxy\. Only http proxies"):
        open_model("https://models.invalid/v1/models/tiny")


def test_where_a_key_goes_is_told(monkeypatch: pytest.MonkeyPatch, waited: list[float]) -> None:
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", KEY)
    told: list[str] = []
    with pytest.raises(ModelError, match="no such host"):
        open_remote("http://models.invalid/v1/models/tiny", say=told.append)
    assert [line.partition(" is sent to ")[2] for line in told[:1]] == ["models.invalid"]
    assert "unencrypted" in told[1]


def test_batches_are_neither_long_nor_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "CHARACTERS", 10)
    assert list(batches(["aaaa"] * 5 + ["b" * 50] + [""] * 4, 3)) == [["aaaa", "aaaa"]] * 2 + [
        ["aaaa"],
        ["b" * 50],
        [""] * 3,
        [""],
    ]


def test_a_server_says_how_much_it_takes() -> None:
    data = {"models": [{"name": "tiny", "schema": SCHEMA.to_data()}], "limits": {"texts": 20}}
    assert remote.model_in(data, "tiny", Server("http://localhost/v1")).texts == 20
