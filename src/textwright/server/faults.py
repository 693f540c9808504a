"""What the log says of a fault: where it was, and never what an exception says, which may hold a text."""

from __future__ import annotations

import traceback


def where_it_failed(error: BaseException) -> str:
    """Name an exception and the lines that it came through.

    >>> where_it_failed(ValueError("a text"))
    'ValueError'
    """
    lines = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    name = type(error).__qualname__
    return f"{name}\n{lines}" if lines else name
