"""What the log says of a fault: where it was, and never what an exception says, which may hold a text."""

from __future__ import annotations

import traceback


def where_it_failed(error: BaseException) -> str:
    """Name an exception and the lines that it came through.

    >>> where_it_failed(ValueError("a text"))
    'ValueError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    return "\n  ".join([type(error).__qualname__, *(f"{each.filename}:{each.lineno} {each.name}" for each in frames)])
