"""The committed web files are what their sources give."""

from __future__ import annotations

import gzip
import os
import subprocess
from pathlib import Path

import pytest

from tests import spec

BUILT = spec.ROOT / "src/textwright/server/web"


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): unpacked(path) for path in folder.rglob("*") if path.is_file()}


def unpacked(path: Path) -> bytes:
    """Read a file; gzip packs the same content differently from machine to machine."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.node
def test_a_new_build_gives_the_committed_files(tmp_path: Path) -> None:
    spec.need_modules()
    vite = spec.WEB / "node_modules/vite/bin/vite.js"
    environment = {**os.environ, "PATH": f"{spec.node().parent}{os.pathsep}{os.environ['PATH']}"}
    builds = {
        "vite.runtime.ts": tmp_path / "runtime",
        "vite.annotator.ts": tmp_path / "annotate",
        "vite.pages.ts": tmp_path,
    }
    for config, folder in builds.items():
        command = [spec.node(), vite, "build", "--config", config, "--outDir", folder]
        done = subprocess.run(command, cwd=spec.WEB, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    assert content(tmp_path) == content(BUILT), "stale: run npm run build in web/"


def test_the_lock_file_names_no_address() -> None:
    lock = (spec.WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "://registry" not in lock
    assert '"resolved": "http' not in lock
