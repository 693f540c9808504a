from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from textwright.errors import ModelError
from textwright.predictors.onnx import OnnxPredictor
from textwright.predictors.rules import RulesPredictor
from textwright.references import open_model
from textwright.server.app import create_app
from textwright.server.hosted import host, name_of, open_hosted

JSON = {"Content-Type": "application/json"}


def test_models_are_listed_with_their_folders(client: TestClient) -> None:
    ranks, moody = client.get("/v1/models").json()["models"]
    assert (ranks["name"], ranks["folder"], moody["folder"]) == ("ranks", "/models/ranks/", None)
    assert set(ranks["schema"]["labels"]) == {"SENIORITY", "LOCATION"}


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_a_server_that_has_not_started_is_not_ready(folder: Path) -> None:
    client = TestClient(create_app([host("ranks", RulesPredictor.open(folder))]))
    assert client.get("/readyz").status_code == 503


def test_metrics_count_texts_requests_and_failures(client: TestClient) -> None:
    client.post("/v1/models/moody/predict", json={"texts": ["a", "fail"]})
    client.post("/v1/models/moody/predict", content="{", headers=JSON)
    shown = client.get("/metrics").text
    for line in (
        'textwright_texts_total{model="moody"} 2.0',
        'textwright_failed_texts_total{model="moody"} 1.0',
        'textwright_predict_seconds_count{model="moody"} 1.0',
        'textwright_requests_total{status="400"} 1.0',
    ):
        assert line in shown


def test_the_api_describes_itself(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]
    assert set(described) == {"/v1/models", "/v1/models/{name}/predict", "/healthz", "/readyz", "/metrics"}
    assert {"200", "400", "404", "413", "422"} <= set(described["/v1/models/{name}/predict"]["post"]["responses"])


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/healthz", 405)])
def test_the_framework_s_own_errors_are_problems_too(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path, headers=JSON)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/", "/v1/models", "/nothing", "/models/ranks/rules.toml"])
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_what_runs_typed_code_may_compile_it_and_no_page_may(client: TestClient) -> None:
    policies = {path: client.get(path).headers["content-security-policy"] for path in ("/cells/", "/cells/worker.js")}
    assert {path: "'unsafe-eval'" in policy for path, policy in policies.items()} == {
        "/cells/": False,
        "/cells/worker.js": True,
    }


def test_a_folder_is_served_self_contained(client: TestClient, folder: Path) -> None:
    config = client.get("/models/ranks/config.json").json()
    assert (config["kind"], config["note"]) == ("rules", "kept")
    assert set(config["schema"]["labels"]) == {"SENIORITY", "LOCATION"}
    assert set(config["files"]) == {"rules.toml", "towns.txt"}
    for name, facts in config["files"].items():
        content = client.get(f"/models/ranks/{name}").content
        assert content == (folder / name).read_bytes()
        assert facts == {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_a_network_s_folder_is_served_as_python_reads_it(tmp_path: Path) -> None:
    client = TestClient(create_app([host("titles", open_model("job_titles"))]))
    assert client.get("/v1/models").json()["models"][0]["folder"] == "/models/titles/"
    config = client.get("/models/titles/config.json").json()
    for name in ("config.json", *config["files"]):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(client.get(f"/models/titles/{name}").content)
    assert OnnxPredictor.open(tmp_path).predict(["Nurse"]) == open_model("job_titles").predict(["Nurse"])


def test_pages_may_run_webassembly_and_no_other_code(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    packed = client.get("/runtime/onnxruntime.wasm.gz", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers


@pytest.mark.parametrize(
    "file", ["secret.txt", "", "../ranks/secret.txt", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "towns.txt%00"]
)
def test_no_other_file_is_served(client: TestClient, file: str) -> None:
    answer = client.get(f"/models/ranks/{file}")
    assert answer.status_code == 404
    assert answer.json()["files"] == ["config.json", "rules.toml", "towns.txt"]


def test_a_model_without_files_says_so(client: TestClient) -> None:
    answer = client.get("/models/moody/config.json")
    assert answer.status_code == 404
    assert "POST /v1/models/moody/predict" in answer.json()["detail"]


def test_a_file_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/models/ranks/towns.txt")
    again = client.get("/models/ranks/towns.txt", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_and_the_runtime_are_served(client: TestClient) -> None:
    assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"
    runtime = client.get("/runtime/textwright.js")
    assert runtime.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "export" in runtime.text
    assert client.head("/").status_code == 200


def test_a_removed_file_is_still_what_the_model_runs(client: TestClient, folder: Path) -> None:
    (folder / "towns.txt").unlink()
    assert client.get("/models/ranks/towns.txt").text == "Leeds\nYork\n"


def test_a_file_outside_the_folder_is_not_served(folder: Path) -> None:
    predictor = RulesPredictor.open(folder)
    (folder / "rules.toml").write_text('language = 1\n[lists]\nx = "../outside.txt"\n')
    with pytest.raises(ModelError, match="outside"):
        host("ranks", predictor)


def test_names_of_folders_are_their_own(folder: Path) -> None:
    assert name_of(f"{folder}/") == "ranks"
    assert [model.name for model in open_hosted([str(folder), "job_titles.split"])] == ["ranks", "job_titles.split"]


def test_two_models_of_one_name_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="two models would both be called 'ranks'"):
        open_hosted([str(folder), str(folder)])


def test_pages_find_the_models_in_a_file_as_on_a_static_host(client: TestClient) -> None:
    answer = client.get("/models/index.json")
    assert answer.json() == client.get("/v1/models").json() | {"server": True}
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/models/index.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_transformer_s_folder_is_served_with_its_tokeniser() -> None:
    client = TestClient(create_app([host("emotion", open_model("emotion"))]))
    config = client.get("/models/emotion/config.json").json()
    assert set(config["files"]) == {"onnx/model.onnx", "tokenizer.json"}
    tokeniser = client.get("/models/emotion/tokenizer.json")
    assert tokeniser.headers["content-type"] == "application/json"
    assert hashlib.sha256(tokeniser.content).hexdigest() == config["files"]["tokenizer.json"]["sha256"]


@pytest.mark.parametrize(("asked", "kept"), [("", False), ("?sha256=0", False), ("?sha256={own}", True)])
def test_a_file_asked_for_by_its_hash_never_has_to_be_asked_for_again(
    client: TestClient, asked: str, kept: bool
) -> None:
    own = client.get("/models/ranks/towns.txt").headers["etag"].strip('"')
    control = client.get(f"/models/ranks/towns.txt{asked.format(own=own)}").headers["cache-control"]
    assert control == ("public, max-age=31536000, immutable" if kept else "no-cache")


def test_every_page_that_the_navigation_names_is_there(client: TestClient) -> None:
    links = re.findall(r'<a href="\./(\w*/?)"', client.get("/").text)
    assert {"", "emotion/"} <= set(links)
    for link in links:
        assert client.get(f"/{link}").headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_without_its_slash_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/emotion", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "emotion/")


@pytest.mark.parametrize("path", ["/healthz/", "/v1/models/", "/metrics/"])
def test_nothing_leads_to_a_host_that_the_client_named(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (404, None)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/v1/models", "/metrics", "/openapi.json"])
def test_head_asks_what_get_may(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200


def test_the_place_of_a_problem_is_a_reference(client: TestClient) -> None:
    assert client.get("/a%20%22b%22%0a/é").json()["instance"] == "/a%20%22b%22%0A/%C3%A9"


def test_names_of_folders_outside_ascii_are_kept_apart(folder: Path) -> None:
    other = folder.with_name("Städte")
    folder.rename(other)
    models = open_hosted([str(other), "job_titles.split"])
    client = TestClient(create_app(models))
    assert [model.name for model in models] == ["Städte", "job_titles.split"]
    listed = client.get("/v1/models").json()["models"][0]
    assert (listed["name"], listed["folder"]) == ("Städte", "/models/St%C3%A4dte/")
    assert client.get(f"{listed['folder']}config.json").status_code == 200
    assert client.post("/v1/models/Städte/predict", json={"texts": ["York"]}).status_code == 200


def test_pages_may_use_threads(client: TestClient) -> None:
    for path in ("/emotion/", "/runtime/textwright.js", "/models/ranks/config.json"):
        headers = client.get(path).headers
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-embedder-policy"] == "require-corp"
        assert headers["cross-origin-resource-policy"] == "same-origin"
