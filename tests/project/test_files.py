"""A project's folder: what is wrong with it is told with what helps."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from textwright.errors import DataError
from textwright.project import Project, open_project
from textwright.project.files import STATE, make_project
from textwright.project.lock import held


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "goods.txt").write_text("Sony headphones\nBosch drill\n")
    return open_project(tmp_path / "goods.txt")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 9}', b"\xff", b'{"version": 1, "name": ""}'])
def test_a_broken_state_is_told_with_what_to_write_and_that_helps(project: Project, content: bytes) -> None:
    state = project.folder / STATE
    state.write_bytes(content)
    with pytest.raises(DataError, match=r"goods\.textwright.*project\.json: ") as refused:
        open_project(project.folder)
    cure = re.search(r"let it hold (.*)$", str(refused.value))
    assert cure is not None
    state.write_text(cure[1])
    assert len(open_project(project.folder).texts) == 2


def test_a_project_of_a_newer_version_is_told_as_such(project: Project) -> None:
    (project.folder / STATE).write_text('{"version": 2, "name": "goods"}')
    with pytest.raises(DataError, match="newer textwright, as version 2; this one reads 1"):
        open_project(project.folder)


@pytest.mark.parametrize(
    ("error", "helps"), [(errno.EACCES, True), (errno.EROFS, True), (errno.ENOSPC, False)], ids=["mine", "disk", "full"]
)
def test_whose_folder_it_is_is_told_with_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, helps: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    project = make_project(tmp_path / "goods.textwright", "goods")
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DataError, match=f"cannot be written: {os.strerror(error)}") as refused, held(project.folder):
        pass
    assert ("Copy the project's folder" in str(refused.value)) == helps
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DataError, match=f"cannot be made: {os.strerror(error)}") as refused:
        make_project(tmp_path / "new.textwright", "new")
    assert ("a folder where you may write" in str(refused.value)) == helps


def test_what_is_chosen_is_on_disk_at_once(project: Project) -> None:
    project.change(step="judge", suggesting="rules")
    assert open_project(project.folder).state == project.state
    with pytest.raises(DataError, match="no step is called"):
        project.change(step="dance")
    assert open_project(project.folder).state.step == "judge"


def test_a_project_says_what_is_in_it(project: Project, tmp_path: Path) -> None:
    assert repr(open_project(tmp_path / "new.textwright")).endswith("\n  no texts yet")
    project.schema_file.write_text('[labels.BRAND]\n[tasks.topic]\nlabels = ["a", "b"]\n')
    assert (
        repr(project) == f"Project('goods', {str(project.folder)!r})\n  2 texts, 0 for the test; looks for BRAND, topic"
    )
    project.schema_file.write_text("[labels")
    project.database_file.write_bytes(b"no database" * 100)
    assert f"{project.schema_file}: Expected" in repr(project)
    assert repr(project).count("Expected") == 1
    assert "is not a database" in repr(project)


def test_a_missing_package_is_named_wherever_it_is_missed_first(project: Project) -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None; import textwright as tw\n"
        "project = tw.open_project(sys.argv[1]); print(project)\n"
        "try: tw.open_project(sys.argv[2])\nexcept tw.TextwrightError as error: print(error)"
    )
    other = project.folder.with_name("other.txt")
    other.write_text("A lamp\n")
    line = [sys.executable, "-c", code, str(project.folder), str(other)]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    assert said.count("sqlalchemy is not installed. Install it with: pip install 'textwright[start]'") == 2


def test_a_project_may_be_copied_and_renamed(project: Project, tmp_path: Path) -> None:
    copy = open_project(shutil.copytree(project.folder, tmp_path / "elsewhere" / "other.textwright"))
    assert (copy.name, copy.texts.texts) == ("goods", project.texts.texts)


def test_a_folder_with_other_things_becomes_no_project(tmp_path: Path) -> None:
    folder = tmp_path / "photos.textwright"
    folder.mkdir()
    (folder / "cat.png").touch()
    with pytest.raises(DataError, match="holds no project; name a new folder"):
        open_project(folder)
    assert [each.name for each in folder.iterdir()] == ["cat.png"]
