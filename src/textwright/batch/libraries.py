"""Daft and Ray, loaded when they are needed, and told to keep quiet and to call nobody."""

from __future__ import annotations

import logging
import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from textwright.errors import MissingExtraError

QUIET_DAFT = {"DAFT_PROGRESS_BAR": "0", "DAFT_ANALYTICS_ENABLED": "0", "SCARF_NO_ANALYTICS": "true"}
QUIET_RAY = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
}


def require(*, ray: bool) -> None:
    """Raise `MissingExtraError` when something that a run needs is not installed, before it begins.

    The extra that brings most is named first.
    """
    wanted = {"daft": "batch", "pyarrow": "batch"} | ({"ray": "ray"} if ray else {})
    for package, extra in reversed(wanted.items()):
        if find_spec(package) is None:
            raise MissingExtraError(package, extra)


def daft() -> Any:
    """Return Daft. Raise `MissingExtraError` when it is not installed."""
    for name, value in QUIET_DAFT.items():
        os.environ.setdefault(name, value)
    # What becomes of a worker that dies is said by us.
    logging.getLogger("daft_local_execution").setLevel(logging.CRITICAL)
    try:
        return import_module("daft")
    except ImportError as error:
        raise MissingExtraError("daft", "batch") from error


def ray() -> Any:
    """Return Ray. Raise `MissingExtraError` when it is not installed."""
    for name, value in QUIET_RAY.items():
        os.environ.setdefault(name, value)
    try:
        return import_module("ray")
    except ImportError as error:
        raise MissingExtraError("ray", "ray") from error
