"""Numbers in words."""

from __future__ import annotations

from textwright.wrangle.counted import counted as counted


def share(part: int, whole: int) -> str:
    """Say what share a part is.

    >>> share(1, 3), share(2, 1000), share(1, 10**6), share(0, 5), share(999, 1000)
    ('33 %', '0.2 %', 'under 0.1 %', '0 %', '99.9 %')
    """
    return percent(part / whole) if whole else "0 %"


def percent(value: float) -> str:
    """Write a share between 0 and 1.

    >>> percent(0.9984), percent(1.0)
    ('99.8 %', '100 %')
    """
    if value in {0.0, 1.0}:
        return f"{value:.0%}".replace("%", " %")
    if value < 0.001:
        return "under 0.1 %"
    digits = 0 if 0.1 <= value <= 0.99 else 1
    return f"{min(100 * value, 99.9) if digits else 100 * value:.{digits}f} %"


LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "la": "Latin",
    "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian Bokmål", "nl": "Dutch",
    "nn": "Norwegian Nynorsk", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese", "zxx": "no language",
}  # fmt: skip


def language(code: str) -> str:
    """Name a language; one that is rarer here keeps its code.

    >>> language("en"), language("pcm")
    ('English', 'pcm')
    """
    return LANGUAGES.get(code, code)
