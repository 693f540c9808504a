"""The committed front end is what its source gives."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import spec

BUILT = spec.ROOT / "src/textwright/notebook/annotator.js"


@pytest.mark.node
def test_a_new_build_gives_the_committed_file(tmp_path: Path) -> None:
    spec.need_modules()
    vite = spec.WEB / "node_modules/vite/bin/vite.js"
    environment = {**os.environ, "PATH": f"{spec.node().parent}{os.pathsep}{os.environ['PATH']}"}
    command = [spec.node(), vite, "build", "--config", "vite.notebook.ts", "--outDir", tmp_path]
    done = subprocess.run(command, cwd=spec.WEB, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / BUILT.name).read_bytes() == BUILT.read_bytes(), "stale: run npm run build in web/"


def test_the_front_end_loads_nothing_else() -> None:
    script = BUILT.read_text(encoding="utf-8")
    assert "import(" not in script
    assert "\nimport " not in script
