from __future__ import annotations

import platform

from textwright.server.memory import give_memory_back


def test_memory_can_be_given_back_where_the_c_library_is_gnu_s() -> None:
    assert give_memory_back() == (platform.libc_ver()[0] == "glibc")
