"""What a page has open, no notebook and no second page works on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from textwright.errors import DataError
from textwright.project.files import Project, make_project
from textwright.project.lock import InUseError, held

TAKE = "from pathlib import Path; from textwright.project.lock import held; held(Path({folder!r})).__enter__()"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "goods.textwright", "goods")


def can_be_taken_by_another(folder: Path) -> bool:
    line = [sys.executable, "-c", TAKE.format(folder=str(folder))]
    return subprocess.run(line, capture_output=True, check=False).returncode == 0


def test_nothing_is_judged_or_shipped_while_the_page_is_open(project: Project) -> None:
    with held(project.folder) as sign:
        sign("http://127.0.0.1:8650/")
        for work in (project.judge, project.ship):
            with pytest.raises(InUseError, match="open already at http://127"):
                work()
        assert not project.experiment_file.exists()
        assert not can_be_taken_by_another(project.folder)
    for work in (project.judge, project.ship):
        with pytest.raises(DataError) as refused:
            work()
        assert not isinstance(refused.value, InUseError)
    assert can_be_taken_by_another(project.folder)


def test_a_folder_is_one_whatever_it_is_called(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder.parent)
    with held(project.folder), pytest.raises(InUseError), held(Path(project.folder.name)):
        pass
