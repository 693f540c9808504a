"""A bare static server: `python -m http.server` over a folder, as somebody has who only has Python."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAYS = re.compile(r"port (\d+)")


@contextmanager
def bare_server(folder: Path) -> Iterator[str]:
    """Serve a folder at a free port; give the address."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        found = SAYS.search(process.stdout.readline())
        assert found is not None
        try:
            yield f"http://127.0.0.1:{found[1]}/"
        finally:
            process.kill()
