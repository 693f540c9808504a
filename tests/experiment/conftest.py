"""What the tests of experiments share."""

from __future__ import annotations

import pytest

from textwright import trust

# The modules that the experiments of these tests have beside them, as `--code` would name them.
MODULES = ("answering", "before_the_sign", "made", "mine", "mine_to_advise", "own", "own_rules", "peers", "plain")


@pytest.fixture(scope="session", autouse=True)
def nothing_named() -> None:
    """Name the code of these experiments, as who runs them would; what one test names stays for the next."""
    trust.name(f"python:{module}:any" for module in (*MODULES, "tests"))
