"""Clusters that are not there. `make verify` has one that is."""

from __future__ import annotations

import pytest

from textwright.batch.cluster import connected
from textwright.errors import DataError


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1"])
def test_a_cluster_that_is_not_there_is_said_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textwright.batch.cluster.ray", Nothing)
    with pytest.raises(DataError, match=f"--ray {address}: no cluster answers there"), connected(address, 1):
        pass


class Nothing:
    """Stands for Ray, which takes seconds to load, where it must not be asked."""

    def shutdown(self) -> None:
        pass
