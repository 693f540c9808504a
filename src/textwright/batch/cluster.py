"""A Ray cluster: one that is there, or one on this machine for the time of a run."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textwright.batch.libraries import ray
from textwright.errors import DataError

LOCAL = "local"
KNOCK_SECONDS = 10
WORKS = "Give HOST:PORT as ray start --head prints it, auto or local"


@contextmanager
def connected(address: str, workers: int | None) -> Iterator[int]:
    """Connect with a cluster, or with `local` start one with as many cores as workers; give the number of workers.

    Raise `DataError` when nobody answers, or when the cluster has fewer cores than workers are wanted.
    """
    engine = ray()
    with _temporary(address) as options:
        try:
            _begin(engine, address, workers, options)
            yield _workers(engine, address, workers)
        finally:
            engine.shutdown()


def _begin(engine: Any, address: str, workers: int | None, options: dict[str, Any]) -> None:
    _knock(address)
    quiet = {"logging_level": "ERROR", "log_to_driver": False, "include_dashboard": False}
    try:
        if address == LOCAL:
            engine.init(address=LOCAL, num_cpus=workers or os.cpu_count(), **quiet, **options)
        else:
            engine.init(address=address, logging_level="ERROR", log_to_driver=False)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        first = str(error).strip().split("\n")[0]
        raise DataError(
            f"--ray {address}: no cluster answers there ({first}). Give HOST:PORT, auto or local"
        ) from error


def _knock(address: str) -> None:
    """Raise `DataError` where nobody listens, which Ray would find out in many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), KNOCK_SECONDS).close()
    except OSError as error:
        raise DataError(f"--ray {address}: no cluster answers there ({error}). {WORKS}") from error


@contextmanager
def _temporary(address: str) -> Iterator[dict[str, Any]]:
    """Give a cluster of our own a folder with a short name, since its sockets lie there, and take it away."""
    if address != LOCAL:
        yield {}
        return
    folder = tempfile.mkdtemp(prefix="tw-")
    try:
        yield {"_temp_dir": folder}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _workers(engine: Any, address: str, workers: int | None) -> int:
    cores = int(engine.cluster_resources().get("CPU", 0))
    if cores < 1 or (workers or 0) > cores:
        raise DataError(
            f"--ray {address}: the cluster has {cores} cores for {workers or 1} workers. Give fewer, or add machines"
        )
    return workers or cores
