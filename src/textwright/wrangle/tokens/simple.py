"""Words as Keras and TensorFlow cut them: lower case, a fixed set of signs for white space, then cut at each space.

The rule is `text_to_word_sequence` of keras_preprocessing 1.1.2, with what it does unless told otherwise.
"""

from __future__ import annotations

import re

from textwright.wrangle.tokens.token import Token

SIGNS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
_SPACES = str.maketrans(dict.fromkeys(SIGNS, " "))
_WORD = re.compile(r"[^ ]+")


def simple_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without the signs, as Keras does.

    Only a space, a tab and a line feed part words, and the signs of ASCII but for the apostrophe: other
    white space, dashes and quotes stay where they are.

    >>> simple_words("Part-time Nurse (m/f), it's £20k")
    ['part', 'time', 'nurse', 'm', 'f', "it's", '£20k']
    """
    return [word for word in text.lower().translate(_SPACES).split(" ") if word]


def simple_tokens(text: str) -> list[Token]:
    """Return the same words with their places in the text.

    A letter whose lower case is two letters stands as a whole at the place of both.

    >>> simple_tokens("UX-Lead")
    [Token(text='ux', start=0, end=2, kind='word'), Token(text='lead', start=3, end=7, kind='word')]
    """
    lower = text.lower().translate(_SPACES)
    if len(lower) == len(text):
        return [Token(match[0], match.start(), match.end(), "word") for match in _WORD.finditer(lower)]
    place = [number for number, char in enumerate(text) for _ in char.lower()]
    return [Token(m[0], place[m.start()], place[m.end() - 1] + 1, "word") for m in _WORD.finditer(lower)]
