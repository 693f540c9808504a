"""`textwright tune`: from annotations to a tuned model that answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textwright import open_model
from textwright.cli import main, tune_export, tune_jobs
from textwright.dataset import Dataset
from textwright.errors import CallError
from textwright.types import Annotation, Example, Span

from ..llm.servers import Server, sends, status
from ..llm.tuning.server import BASE, Tuning
from .conftest import Ran, Run

ROLES = ("Nurse", "Baker", "Welder", "Teacher", "Pilot", "Roofer", "Barber", "Judge", "Clerk", "Diver", "Cook", "Miner")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "TEXTWRIGHT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(tune_jobs, "POLL_SECONDS", 0.0)


def marked(number: int) -> Example:
    text = f"Senior {ROLES[number]}"
    return Example(f"t-{number}", text, Annotation(spans=(Span(0, 6, "SENIORITY"), Span(7, len(text), "ROLE"))))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write twelve annotated titles."""
    path = tmp_path / "train.jsonl"
    Dataset([marked(number) for number in range(12)]).write(path)
    return path


@pytest.fixture
def tune(data: Path, run: Run) -> Path:
    """Export them."""
    path = data.with_name("tune.jsonl")
    assert run("tune", "export", data, "-o", path, "--template", "ner").status == 0
    return path


def submit(run: Run, tune: Path, server: Server, *more: object) -> Ran:
    return run("tune", "submit", tune, "--base-model", BASE, "--base-url", server.address, *more)


# --- the whole way --------------------------------------------------------------------------


def last_role(prompt: str) -> str:
    """Answer as a model would that learned what the training file shows."""
    role = prompt.rpartition("<text>")[2].split("</text>")[0].split()[-1]
    return json.dumps({"spans": [{"label": "ROLE", "text": role}]})


@pytest.mark.parametrize("form", ["chat", "completion"])
def test_from_annotations_to_a_model_that_answers(data: Path, run: Run, form: str) -> None:
    tune, toml = data.with_name("tune.jsonl"), data.with_name("tuned.toml")
    with Server(Tuning(answer=last_role)) as server:
        assert run("tune", "export", data, "-o", tune, "--template", "ner", "--form", form).status == 0
        assert run("tune", "submit", tune, "--base-model", BASE, "--base-url", server.address).status == 0
        assert "running" in run("tune", "status").out
        finished = run("tune", "status", "--write", toml)
        assert f"ft:{BASE}:org:ftjob-1" in finished.out
        answer = open_model(f"prompt:{toml}").predict(["Junior Judge"])
        asked = server.received[-1].json
    assert answer == [Annotation(spans=(Span(7, 12, "ROLE"),))]
    learned = json.loads(tune.read_text(encoding="utf-8").splitlines()[7])
    if form == "chat":
        assert asked["messages"][0] == learned["messages"][0]
        assert asked["messages"][1]["content"].replace("Junior", "Senior") == learned["messages"][1]["content"]
    else:
        assert asked["prompt"].replace("Junior", "Senior") == learned["prompt"]
        assert learned["completion"].endswith(asked["stop"][0])


def test_waiting_tells_events_and_writes_the_prompt_file(tune: Path, run: Run) -> None:
    toml = tune.with_name("tuned.toml")
    with Server(Tuning()) as server:
        ran = run(
            *("tune", "submit", tune, "--base-model", BASE, "--base-url", server.address),
            *("--wait", "--suffix", "titles", "--write", toml),
        )
    assert (ran.status, "The job is running" in ran.err) == (0, True)
    assert f'model = "ft:{BASE}:titles:ftjob-1"' in toml.read_text(encoding="utf-8")


def test_prompt_file_keeps_the_words_that_were_learned_when_the_template_is_changed(data: Path, run: Run) -> None:
    tune, toml, template = (data.with_name(name) for name in ("tune.jsonl", "tuned.toml", "mine.md"))
    template.write_text('{% extends "ner" %}\n{% block role %}Find the words.{% endblock %}', encoding="utf-8")
    with Server(Tuning(answer=last_role)) as server:
        assert run("tune", "export", data, "-o", tune, "--template", template).status == 0
        template.write_text('{% extends "ner" %}\n{% block role %}Otherwise.{% endblock %}', encoding="utf-8")
        ran = run("tune", "submit", tune, "--base-model", BASE, "--base-url", server.address, "--wait", "--write", toml)
        assert "were changed since the export" in ran.err
        open_model(f"prompt:{toml}").predict(["Senior Judge"])
        asked = server.received[-1].json
    learned = json.loads(tune.read_text(encoding="utf-8").splitlines()[7])
    assert asked["messages"] == learned["messages"][:2]


# --- export ---------------------------------------------------------------------------------


def test_export_tells_counts_tokens_cost_and_the_end_of_the_base_model(data: Path, run: Run) -> None:
    ran = run(
        *("tune", "export", data, "-o", data.with_name("x.jsonl"), "--template", "ner"),
        *("--base-model", "gpt-4o", "--epochs", 3),
    )
    assert ran.status == 0
    for said in ("12 examples as chat", "about 2,", "tokens an epoch", "for 3 epochs", "2027-01-14"):
        assert said in ran.err


def test_export_writes_the_same_file_each_time_and_a_shuffled_one_by_seed(data: Path, run: Run) -> None:
    def lines(*more: object) -> list[str]:
        out = data.with_name("x.jsonl")
        assert run("tune", "export", data, "-o", out, "--template", "ner", *more).status == 0
        return out.read_text(encoding="utf-8").splitlines()

    assert lines() == lines()
    assert lines("--seed", 1) == lines("--seed", 1) != lines()
    assert sorted(lines("--seed", 1)) == sorted(lines())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--test", "train.jsonl"], "12 texts are in a test set"),
        (["--context", "10"], "0 examples are too few to tune on (left out: 12 longer than 10 tokens)"),
        (["--template", "nerr"], "Did you mean 'ner'?"),
        (["--schema", "job_titels"], "no pack has this name"),
        (["-o", "train.jsonl"], "would overwrite the annotated texts"),
    ],
)
def test_export_refuses_with_a_line_and_writes_nothing(
    data: Path, run: Run, more: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.parent)
    before = data.read_bytes()
    ran = run("tune", "export", data, "-o", "x.jsonl", "--template", "ner", *more)
    assert (ran.status, said in ran.err, data.read_bytes()) == (2, True, before)
    assert not data.with_name("x.jsonl").exists()


def test_export_of_a_pack_asks_with_its_meanings(run: Run, tmp_path: Path) -> None:
    from textwright.packs import open_pack

    pack, out = open_pack("job_titles"), tmp_path / "x.jsonl"
    assert run("tune", "export", pack.sample, "-o", out, "--template", "ner", "--schema", "job_titles").status == 0
    card = json.loads(out.with_name("x.jsonl.card.json").read_text(encoding="utf-8"))
    assert card["prompt"] == {"template": "ner", "schema": "job_titles"}
    assert (
        open_pack("job_titles").schema.labels[0].meaning in json.loads(out.open().readline())["messages"][0]["content"]
    )


# --- jobs -----------------------------------------------------------------------------------


def test_second_submission_names_the_job_that_exists(tune: Path, run: Run) -> None:
    with Server(Tuning()) as server:
        submit(run, tune, server)
        second = submit(run, tune, server, "--json")
    assert second.status == 0
    assert "job ftjob-1 exists already" in second.err
    assert [row["job"] for row in json.loads(second.out)] == ["ftjob-1"]


def test_failed_job_ends_with_the_servers_reason(tune: Path, run: Run) -> None:
    with Server(Tuning(course=("failed",), reason="line 3 is too long")) as server:
        ran = submit(run, tune, server, "--wait")
    assert ran.status == 2
    assert "job ftjob-1 failed: line 3 is too long (training_file)" in ran.err


def test_cancelled_job_is_listed_as_such(tune: Path, run: Run) -> None:
    with Server(Tuning()) as server:
        submit(run, tune, server)
        assert "cancelled" in run("tune", "cancel", "ftjob-1").out
    listed = run("tune", "list", "--json")
    assert [(row["job"], row["status"]) for row in json.loads(listed.out)] == [("ftjob-1", "cancelled")]


def test_list_shows_what_is_recorded_when_the_server_is_away(
    tune: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(Tuning()) as server:
        submit(run, tune, server)
    monkeypatch.setattr(tune_jobs.time, "sleep", lambda seconds: None)
    ran = run("tune", "list")
    assert (ran.status, "validating_files" in ran.out) == (0, True)
    assert "is shown as it was" in ran.err


def test_list_of_a_server_shows_jobs_that_are_not_recorded(tune: Path, run: Run, tmp_path: Path) -> None:
    with Server(Tuning()) as server:
        submit(run, tune, server)
        ran = run("tune", "list", "--base-url", server.address, "--record", tmp_path / "other", "--json")
    assert [row["job"] for row in json.loads(ran.out)] == ["ftjob-1"]


@pytest.mark.parametrize("command", ["status", "cancel"])
def test_unknown_job_is_told_with_those_recorded(tune: Path, run: Run, command: str) -> None:
    with Server(Tuning()) as server:
        submit(run, tune, server)
        unrecorded = run("tune", command, "ftjob-9")
        missing = run("tune", command, "ftjob-9", "--base-url", server.address)
    assert (unrecorded.status, "Recorded: ftjob-1" in unrecorded.err) == (2, True)
    assert (missing.status, "Could not find fine tune: ftjob-9" in missing.err) == (2, True)


def test_unfinished_job_gives_no_prompt_file(tune: Path, run: Run) -> None:
    with Server(Tuning(course=("running",))) as server:
        submit(run, tune, server)
        ran = run("tune", "status", "--write", tune.with_name("tuned.toml"))
    assert (ran.status, "it is running" in ran.err) == (2, True)


def test_key_of_the_address_is_sent_and_shown_nowhere(
    tune: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEXTWRIGHT_API_KEY", "sk-secret-of-mine")
    with Server(Tuning(key="sk-secret-of-mine")) as server:
        ran = submit(run, tune, server, "--record", tmp_path / "record")
    assert ran.status == 0
    kept = "".join(each.read_text(encoding="utf-8") for each in (tmp_path / "record").iterdir())
    assert "sk-secret" not in ran.out + ran.err + kept


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Tuning(key="another"), "Incorrect API key"),
        (status(404, "Not Found"), "it does not tune models"),
        (sends(b"<html>hello"), "does not answer as a server that tunes models does"),
    ],
    ids=["401", "404", "odd"],
)
def test_server_that_refuses_ends_with_a_line(tune: Path, run: Run, act: object, said: str) -> None:
    with Server(act) as server:  # type: ignore[arg-type]
        ran = submit(run, tune, server)
    assert ran.status == 2
    assert said in ran.err


def test_openai_is_submitted_to_with_the_news_of_its_end(tune: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*arguments: object, **options: object) -> None:
        raise CallError("connection", "no network in tests")

    monkeypatch.setattr("textwright.llm.tuning.submit.submit", unreachable)
    ran = run("tune", "submit", tune, "--base-model", "gpt-4o", "--base-url", "https://api.openai.com/v1")
    assert ran.status == 2
    for said in ("OpenAI is closing its fine-tuning", "2027-01-06", "gpt-4o is shut down on 2027-01-14"):
        assert said in ran.err


def test_file_that_was_changed_since_the_export_is_refused(tune: Path, run: Run) -> None:
    tune.write_text(tune.read_text(encoding="utf-8") * 2, encoding="utf-8")
    ran = run("tune", "submit", tune, "--base-model", BASE, "--base-url", "http://127.0.0.1:9/v1")
    assert (ran.status, "was changed since tune.jsonl.card.json was written" in ran.err) == (2, True)


def test_base_model_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr("textwright.llm.money.prices.shutdown_of", lambda model: date(2020, 1, 2))
    assert "was shut down on 2020-01-02" in (tune_export.end_of("old") or "")


def test_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tune"]) == 2
    assert "submit" in capsys.readouterr().err
