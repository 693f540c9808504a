"""Half a surrogate pair, which a Python string may hold and UTF-8 may not."""


def whole(text: str) -> str:
    r"""Put a question mark in place of each half character; every place stays.

    >>> whole("a\ud83d b")
    'a? b'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
