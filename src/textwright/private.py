"""What only the person who runs textwright may read: the folder of settings, files of mode 0600, folders of 0700."""

from __future__ import annotations

import os
import shlex
import tempfile
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
# Another place for the folder of settings, as for tests and for a service without a home.
VARIABLE = "TEXTWRIGHT_CONFIG"


def config_folder() -> Path:
    """Return this person's folder of settings, `TEXTWRIGHT_CONFIG` or what is usual; who writes there makes it."""
    from platformdirs import user_config_path

    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_config_path("textwright", appauthor=False)


def make_private(folder: Path) -> None:
    """Make a folder, and those it stands in, that nobody else can look into. One that is there stays as it is."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file that nobody else can read, where there is none; what writes beside it takes its mode.

    Where it cannot be made, whoever opens it says why.
    """
    if path.exists():  # to open and close a database that is in use would undo its locks
        return
    with suppress(OSError):
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))


def exposed(path: Path) -> str | None:
    """Say what helps where every user of this machine can read a file, or look into a folder; None: nobody else can.

    What is there is not changed: its owner may have meant it.
    """
    if os.name != "posix" or not path.exists():
        return None
    wanted, most = (FOLDER, 0o001) if path.is_dir() else (FILE, 0o004)
    open_all_the_way = path.is_dir() or path.resolve().parent.stat().st_mode & 0o001
    if not (path.stat().st_mode & most and open_all_the_way):
        return None
    cure = f"chmod {wanted:o} {shlex.quote(str(path))}"
    return f"every user of this machine can read {path}. To keep it to yourself: {cure}"


def write_private(path: Path, content: str | bytes) -> None:
    """Put a file that nobody else can read in the place of one, whole or not at all; its folder is made.

    Raise `OSError` where that cannot be done; what was there stays then.
    """
    data = content.encode() if isinstance(content, str) else content
    make_private(path.parent)
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # of mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
