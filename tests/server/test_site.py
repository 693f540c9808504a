"""The static site: what is in it, and what it never does to a folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from textwright.cli import main
from textwright.errors import ModelError, TextwrightError
from textwright.predictors.rules import RulesPredictor
from textwright.references import open_model
from textwright.server import site
from textwright.server.envelope import HEADERS, POLICY
from textwright.server.hosted import Hosted, host
from textwright.server.served_files import page_files, served_file
from textwright.server.site import headers_file, site_files, write_site

PAGES = {"index.html": b"<!doctype html>", "emotion/index.html": b"", "sw.js": b"1", "annotate/annotate.js": b"2"}
REAL = ("index.html", "runtime/textwright.js", "runtime/onnxruntime.wasm.gz", "runtime/onnxruntime.wasm.br")


@pytest.fixture(autouse=True)
def pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages be a few bytes: to pack the real ones takes seconds."""
    if "whole" not in request.fixturenames:
        made = {name: served_file(name, content) for name, content in PAGES.items()}
        monkeypatch.setattr(site, "page_files", lambda: made)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """Return a site of a few real files, without a model."""
    real = page_files()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "page_files", lambda: {name: real[name] for name in REAL})
        return site_files([])


@pytest.fixture
def ranks(folder: Path) -> Hosted:
    return host("ranks", RulesPredictor.open(folder))


def test_it_holds_pages_runtime_and_models(ranks: Hosted) -> None:
    files = site_files([ranks])
    wanted = {
        "index.html",
        "emotion/index.html",
        "sw.js",
        "models/ranks/rules.toml",
        ".nojekyll",
    }
    assert wanted <= files.keys()
    assert not any(name.startswith("annotate/") for name in files)
    assert sorted(files) == json.loads(files["site.json"])["files"]


def test_the_list_names_no_server_and_folders_below_the_site(ranks: Hosted) -> None:
    listed = json.loads(site_files([ranks])["models/index.json"])
    assert listed.keys() == {"models"}
    [model] = listed["models"]
    assert (model["name"], model["folder"]) == ("ranks", "models/ranks/")
    assert list(model["schema"]["labels"]) == ["LOCATION", "SENIORITY"]


def test_what_becomes_smaller_lies_there_packed(whole: dict[str, bytes]) -> None:
    import brotli  # type: ignore[import-untyped]  # it ships no types

    for name in ("index.html", "runtime/textwright.js"):
        assert gzip.decompress(whole[f"{name}.gz"]) == whole[name]
        assert brotli.decompress(whole[f"{name}.br"]) == whole[name]
        assert len(whole[f"{name}.br"]) < len(whole[f"{name}.gz"]) < len(whole[name])


def test_what_would_not_become_smaller_does_not(ranks: Hosted) -> None:
    assert "models/ranks/towns.txt.gz" not in site_files([ranks])


def test_the_webassembly_lies_there_by_brotli_too(whole: dict[str, bytes]) -> None:
    import brotli

    wasm = "runtime/onnxruntime.wasm.gz"
    assert brotli.decompress(whole[f"{wasm}.br"]) == gzip.decompress(whole[wasm])
    assert f"{wasm}.gz" not in whole


def test_the_headers_are_the_server_s() -> None:
    rules = dict(rule.split("\n", 1) for rule in headers_file().rstrip().split("\n\n"))
    policy = f"  Content-Security-Policy: {POLICY}"
    others = [f"  {name}: {value}" for name, value in HEADERS.items() if value != POLICY]
    assert rules["/*"].splitlines() == others
    assert rules["/assets/*"].splitlines() == [policy, "  Cache-Control: public, max-age=31536000, immutable"]
    assert {path for path, said in rules.items() if said == policy} >= {"/", "/index.html", "/runtime/*", "/sw.js"}


def test_one_script_has_a_policy_of_its_own_and_no_page() -> None:
    rules = dict(rule.split("\n", 1) for rule in headers_file().rstrip().split("\n\n"))
    assert [path for path, said in rules.items() if "'unsafe-eval'" in said] == ["/cells/worker.js"]


def test_a_model_on_it_is_one_for_python(ranks: Hosted, tmp_path: Path) -> None:
    write_site(tmp_path / "site", [ranks])
    model = open_model(f"{tmp_path / 'site/models/ranks'}/")
    assert model.predict(["senior in York"]) == ranks.predictor.predict(["senior in York"])


def test_a_site_is_replaced(ranks: Hosted, tmp_path: Path) -> None:
    write_site(tmp_path / "site", [ranks])
    write_site(tmp_path / "site", [])
    assert not (tmp_path / "site/models/ranks").exists()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_an_empty_folder_will_do(ranks: Hosted, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert (tmp_path / "site/index.html").is_file() is False
    write_site(tmp_path / "site", [ranks])
    assert (tmp_path / "site/index.html").is_file()


@pytest.mark.parametrize("with_site", [True, False])
def test_a_folder_with_anything_else_is_left_alone(ranks: Hosted, tmp_path: Path, with_site: bool) -> None:
    folder = tmp_path / "site"
    if with_site:
        write_site(folder, [ranks])
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/HEAD").write_text("ref")
    with pytest.raises(TextwrightError, match=r"site holds \.git/HEAD, .* name a new or an empty folder"):
        write_site(folder, [ranks])
    assert (folder / ".git/HEAD").read_text() == "ref"


def test_a_file_is_no_folder(ranks: Hosted, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    with pytest.raises(TextwrightError, match="is a file; name a folder"):
        write_site(tmp_path / "site", [ranks])


def test_a_model_that_no_page_can_run_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"job_titles\.split: no page can run a SplitPredictor"):
        write_site(tmp_path / "site", [host("job_titles.split", open_model("job_titles.split"))])
    assert list(tmp_path.iterdir()) == []


def test_what_fails_half_way_leaves_the_old_site(
    ranks: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path / "site", [ranks])
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "sw.js":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_site(tmp_path / "site", [])
    assert (tmp_path / "site/models/ranks/config.json").is_file()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_the_command_says_what_it_wrote(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pages", str(tmp_path / "site"), str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 pages and 1 model" in said.err
    assert f"python -m http.server --directory {tmp_path / 'site'}" in said.err
    assert main(["pages", str(folder), str(folder)]) == 2
    assert "name a new or an empty folder" in capsys.readouterr().err
