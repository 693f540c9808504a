"""One module decides what runs and who is asked; who opens what a reference names is known by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from textwright import private, trust
from textwright.errors import DataError, ModelError

SOURCE = Path(trust.__file__).parent
# Who may open what a person typed, and so names it: the command line and the Python interface.
NAMERS = {
    *(f"cli/{name}.py" for name in ("annotate_run", "annotate_texts", "check", "evaluate", "export", "parity")),
    *(f"cli/{name}.py" for name in ("predict", "tokens", "train")),
    "batch/table.py",
}
# Who opens what a file, a page or a request may have named.
OPENERS = {
    *(f"experiment/methods/{name}.py" for name in ("cascade", "model", "quantise", "recipe", "work")),
    *(f"experiment/{name}.py" for name in ("file/leaks/before", "measure/judging", "measure/process")),
    *(f"project/{name}.py" for name in ("judge/summing", "ship/shipping", "suggest/choosing", "workbench")),
    *("batch/work.py", "cli/advise.py", "cli/annotate_run.py", "references.py", "server/hosted.py"),
}
# What lies below them: the function that imports a module, the one that makes a client, the one that asks a server.
DEEPER = {
    "open_function": {"experiment/methods/fit.py", "experiment/methods/function.py", "references.py"},
    "open_python": {"references.py"},
    "open_remote": {"references.py"},
    "open_model_at": {"predictors/prompt_file.py", "project/look_for/asked.py"},
    "check_code": {"predictors/module.py", "references.py"},
    "check_address": {"llm/opening.py", "references.py"},
    "import_module": {
        *(f"batch/{name}.py" for name in ("libraries",)),
        *(f"formats/{name}.py" for name in ("arrow", "spacy")),
        *("cli/lazy.py", "display.py", "lazy.py", "experiment/methods/__init__.py"),
        *("predictors/module.py", "references.py"),
    },
}


def users_of(name: str) -> set[str]:
    """List the files that use a function, but for that which makes it."""
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "lessons" not in path.parts and name in names_in(path) and not makes(path, name)
    } | ({"references.py"} if name == "open_reference" else set())


def names_in(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_bytes()))
    return {getattr(node, "id", None) or getattr(node, "attr", "") for node in tree}


def makes(path: Path, name: str) -> bool:
    return any(
        isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(ast.parse(path.read_bytes()))
    )


def test_who_opens_what_is_known() -> None:
    passed_on = {"predictors/cascade.py"}  # it is given the function that opens its steps
    assert users_of("open_model") - passed_on == NAMERS
    assert users_of("open_reference") == OPENERS
    assert {name: users_of(name) for name in DEEPER} == DEEPER


# --- code ------------------------------------------------------------------------------------


def test_nothing_is_named_at_the_beginning() -> None:
    with pytest.raises(ModelError, match=r"^python:mine:find is code"):
        trust.check_code("python:mine:find")
    assert not trust.names_code()


@pytest.mark.parametrize("reference", ["python:mine:find", "python:mine:other", "python:mine.parts:Model"])
def test_who_names_something_of_a_module_names_all_of_it(reference: str) -> None:
    trust.name(["python:mine:find"])
    trust.check_code(reference)


@pytest.mark.parametrize("reference", ["python:os:system", "python:mines:find", "python:textwright.cli:main"])
def test_other_modules_are_not_named_by_it(reference: str) -> None:
    trust.name(["python:mine:find", "http://localhost:1/v1", "run:abc"])
    with pytest.raises(ModelError, match="is code"):
        trust.check_code(reference)


def test_peers_of_ours_are_made_to_be_named() -> None:
    trust.check_code("python:textwright.experiment.peers.spacy:fit")
    with pytest.raises(ModelError, match="is code"):
        trust.check_code("python:textwright.experiment.peers.spacy:subprocess")


# --- addresses -------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEXTWRIGHT_CONFIG", str(tmp_path / "settings"))
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    return tmp_path / "settings"


def test_an_address_is_confirmed_in_all_its_spellings_and_no_other(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trust.confirm("localhost:8000")
    assert not trust.confirm("http://localhost:8000/v1/")
    monkeypatch.delenv("TEXTWRIGHT_NAMED")  # another process, later
    assert trust.is_confirmed("http://LOCALHOST:8000/v1/chat/completions")
    others = (
        "http://localhost:8001/v1",
        "https://localhost:8000/v1",
        "http://localhost:8000/other",
        "http://localhost/v1",
    )
    assert not any(map(trust.is_confirmed, others))
    assert (settings / "addresses.txt").read_text() == "http://localhost:8000/v1\n"
    assert (settings / "addresses.txt").stat().st_mode & 0o777 == 0o600
    assert settings.stat().st_mode & 0o777 == 0o700


def test_a_served_model_that_was_named_names_its_server_for_this_process(settings: Path) -> None:
    trust.name(["http://localhost:8660/v1/models/job_titles", "job_titles", "python:localhost:9"])
    assert trust.is_confirmed("http://localhost:8660/v1")
    assert not trust.is_confirmed("https://job_titles/v1")
    assert not settings.exists()


def test_the_shells_address_is_the_persons(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:11434/v1")
    trust.check_address("http://localhost:11434/v1")
    with pytest.raises(ModelError, match=r"say so once: textwright --base-url http://localhost:11435/v1"):
        trust.check_address("http://localhost:11435/v1")


def test_settings_that_cannot_be_written_hold_for_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TEXTWRIGHT_CONFIG", str(tmp_path / "file" / "settings"))
    trust.confirm("http://localhost:1/v1")
    trust.check_address("http://localhost:1/v1")


# --- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../b", "/etc/passwd", "a/../../b", "out/b"])
def test_a_path_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(DataError, match=f"^here: {name} lies outside {folder}"):
        trust.inside(folder, name, where="here")


@pytest.mark.parametrize(("name", "said"), [("a" * 10_000, "File name too long"), ("a\x00b", "null")])
def test_what_can_be_no_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(DataError, match=f"^here: .* can be no file: .*{said}"):
        trust.inside(tmp_path, name, where="here")


@pytest.mark.parametrize("name", ["b", "a/b", "a/../b", "./b"])
def test_a_path_that_stays_in_its_folder_is_given(tmp_path: Path, name: str) -> None:
    assert trust.inside(tmp_path, name, where="here") == tmp_path / name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 200_000, "nested too deeply"),
        (b"[1" + b",1" * 100, "is larger than 100 bytes"),
        (b"{", "is no JSON"),
        (b"\xff", "is no JSON"),
    ],
)
def test_json_of_anybody_is_read_or_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(DataError, match=rf"a\.json: .*{said}"):
        trust.read_json(tmp_path / "a.json", most_bytes=1_000_000 if len(content) > 1000 else 100)


def test_a_private_file_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private.write_private(tmp_path / "s" / "secret", "before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        private.write_private(tmp_path / "s" / "secret", "after")
    assert [(each.name, each.read_text()) for each in (tmp_path / "s").iterdir()] == [("secret", "before")]
