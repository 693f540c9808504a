"""Nothing is uploaded or ordered twice, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from textwright.errors import CallError, DataError
from textwright.llm.client.keys import Key
from textwright.llm.tuning import submit as submitting
from textwright.llm.tuning.jobs import Server
from textwright.llm.tuning.record import Records, Submission
from textwright.llm.tuning.submit import digest, submit, wait_for

from ..servers import Act, dumped, hang_up, html, sends, status
from ..servers import Server as Listening
from .server import BASE, Tuning


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tune.jsonl"
    path.write_text('{"messages": []}\n' * 10, encoding="utf-8")
    return path


@pytest.fixture
def played() -> Iterator[tuple[Tuning, Listening]]:
    act = Tuning()
    with Listening(act) as listening:
        yield act, listening


def records_of(file: Path) -> Records:
    return Records(file.parent / "records")


def wanted(file: Path, listening: Listening, **changes: object) -> Submission:
    given = {"address": listening.address, "base_model": BASE, "file": str(file), "sha256": digest(file)} | changes
    return Submission(**given)  # type: ignore[arg-type]


def hand_over(file: Path, listening: Listening, *, again: bool = False, **changes: object) -> submitting.Submitted:
    server = Server(listening.address, wait=lambda seconds: None)
    try:
        asked = wanted(file, listening, **changes)
        return submit(server, records_of(file), asked, again=again, tell=lambda line: None)
    finally:
        server.close()


def posts(listening: Listening, end: str) -> int:
    return sum(1 for each in listening.received if each.method == "POST" and each.path.endswith(end))


def test_file_arrives_as_it_is_and_the_job_names_it(file: Path, played: tuple[Tuning, Listening]) -> None:
    act, listening = played
    done = hand_over(file, listening, epochs=4, suffix="titles", seed=7)
    assert act.contents[str(done.submission.file_id)] == file.read_bytes()
    job = act.jobs[str(done.submission.job)]
    assert (job["training_file"], job["hyperparameters"], job["suffix"]) == ("file-1", {"n_epochs": 4}, "titles")
    assert done.new


def test_second_submission_sends_nothing_and_names_the_job(file: Path, played: tuple[Tuning, Listening]) -> None:
    _, listening = played
    first = hand_over(file, listening)
    sent = len(listening.received)
    second = hand_over(file, listening)
    assert (second.new, second.submission.job) == (False, first.submission.job)
    assert len(listening.received) == sent


def test_again_creates_another_job_of_the_same_upload(file: Path, played: tuple[Tuning, Listening]) -> None:
    act, listening = played
    hand_over(file, listening)
    again = hand_over(file, listening, again=True)
    assert (again.new, again.submission.job, len(act.jobs), len(act.files)) == (True, "ftjob-2", 2, 1)


def test_another_base_model_uses_the_same_upload(file: Path, played: tuple[Tuning, Listening]) -> None:
    _, listening = played
    hand_over(file, listening)
    with pytest.raises(CallError, match="does not exist"):
        hand_over(file, listening, base_model="none-such")
    assert posts(listening, "/files") == 1


@pytest.mark.parametrize("fault", [hang_up(), html(502)], ids=["hang_up", "html"])
@pytest.mark.parametrize("step", ["POST files", "POST jobs"])
def test_answer_that_was_lost_is_looked_for_and_nothing_done_twice(file: Path, fault: Act, step: str) -> None:
    act = Tuning(faults={step: fault}, done_first=frozenset({step}))
    with Listening(act) as listening:
        with pytest.raises(CallError):
            hand_over(file, listening)
        done = hand_over(file, listening)
    assert (len(act.files), len(act.jobs)) == (1, 1)
    assert done.submission.job == "ftjob-1"


@pytest.mark.parametrize("step", ["POST files", "POST jobs"])
def test_step_that_never_arrived_is_done_by_the_next_call(file: Path, step: str) -> None:
    act = Tuning(faults={step: hang_up()})
    with Listening(act) as listening:
        with pytest.raises(CallError, match="cannot be reached, or hung up"):
            hand_over(file, listening)
        hand_over(file, listening)
    assert (len(act.files), len(act.jobs)) == (1, 1)


def test_kill_after_the_upload_goes_on_with_the_job(
    file: Path, played: tuple[Tuning, Listening], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, listening = played

    def killed(self: Server, order: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Server, "order", killed)
        with pytest.raises(KeyboardInterrupt):
            hand_over(file, listening)
    assert [each.step for each in records_of(file).all()] == ["ordering"]
    assert hand_over(file, listening).submission.job == "ftjob-1"
    assert posts(listening, "/files") == 1


def test_busy_server_is_asked_again_and_does_it_once(file: Path) -> None:
    act = Tuning(faults={"POST jobs": status(429, "slow down", headers={"Retry-After": "3"})})
    with Listening(act) as listening:
        assert hand_over(file, listening).submission.job == "ftjob-1"
        assert posts(listening, "/jobs") == 2


def test_refused_job_leaves_the_upload_for_the_next_call(file: Path, played: tuple[Tuning, Listening]) -> None:
    _, listening = played
    with pytest.raises(CallError, match="could not create the job"):
        hand_over(file, listening, base_model="none-such")
    assert [(each.step, each.file_id) for each in records_of(file).all()] == [("uploaded", "file-1")]


def test_server_that_does_not_tune_is_found_out_before_the_upload(file: Path) -> None:
    with Listening(status(404, "File Not Found")) as listening:
        with pytest.raises(CallError, match="it does not tune models") as caught:
            hand_over(file, listening)
        assert posts(listening, "/files") == 0
    assert caught.value.kind == "no_tuning"


def test_wrong_key_is_said_before_the_upload_and_never_shown(file: Path) -> None:
    with Listening(Tuning(key="right")) as listening:
        server = Server(listening.address, key=Key("sk-wrong-key"))
        with pytest.raises(CallError, match="Incorrect API key") as caught:
            submit(server, records_of(file), wanted(file, listening), tell=lambda line: None)
        assert posts(listening, "/files") == 0
    assert "sk-wrong-key" not in str(caught.value)
    assert not list(records_of(file).folder.glob("*.json"))


def test_server_that_is_not_there_is_named(file: Path) -> None:
    with Listening(Tuning()) as listening:
        pass
    with pytest.raises(CallError, match="cannot be reached"):
        hand_over(file, listening)


def test_second_process_is_kept_out_while_the_first_submits(file: Path, played: tuple[Tuning, Listening]) -> None:
    _, listening = played
    with records_of(file).alone(wanted(file, listening).identity), pytest.raises(DataError, match="another process"):
        hand_over(file, listening)


def test_validation_file_is_uploaded_and_named(file: Path, played: tuple[Tuning, Listening]) -> None:
    act, listening = played
    other = file.with_name("check.jsonl")
    other.write_text('{"messages": [1]}\n', encoding="utf-8")
    done = hand_over(file, listening, validation=str(other))
    assert act.jobs[str(done.submission.job)]["validation_file"] == done.submission.validation_id
    assert act.contents[str(done.submission.validation_id)] == other.read_bytes()


def test_record_that_is_none_is_named(file: Path, played: tuple[Tuning, Listening]) -> None:
    folder = records_of(file).folder
    folder.mkdir()
    (folder / "odd.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(DataError, match=r"odd.json: not a record of a tuning job"):
        hand_over(file, played[1])


def test_waiting_tells_each_event_once_and_bears_a_server_that_is_away(file: Path) -> None:
    act = Tuning(course=("queued", "running", "succeeded"))
    with Listening(act) as listening:
        job = str(hand_over(file, listening).submission.job)
        told: list[str] = []
        pauses: list[int] = []

        def pause() -> None:
            pauses.append(1)
            if len(pauses) == 2:
                act.faults |= {"GET ftjob-1": status(400, "odd"), "GET events": status(404, "no events")}

        server = Server(listening.address, wait=lambda seconds: None)
        ended = wait_for(server, job, tell=told.append, pause=pause)
    assert (ended.status, ended.tuned_model) == ("succeeded", f"ft:{BASE}:org:ftjob-1")
    assert len(told) == len(set(told))
    assert "The job is succeeded" in told


def test_page_after_page_is_read() -> None:
    pages = [
        {"data": [{"id": "j-1", "status": "running"}], "has_more": True},
        {"data": [{"id": "j-2", "status": "failed", "error": "no"}], "has_more": False},
    ]
    with Listening(*(sends(dumped(page)) for page in pages)) as listening:
        server = Server(listening.address)
        assert [(job.id, job.error) for job in server.jobs()] == [("j-1", None), ("j-2", "no")]
